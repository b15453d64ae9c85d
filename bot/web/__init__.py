"""Doors of the web: pages that a browser opens, on the server that Telegram's calls come to."""
