"""Telegram: one channel's way in and out; nobody else knows its library."""
