"""Zalo Bot: the first messenger of words; nobody else knows its API."""
