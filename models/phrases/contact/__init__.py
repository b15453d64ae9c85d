"""Keeping in touch: check-ins, rhythm, pauses, the ladder, requests."""
