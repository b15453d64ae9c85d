"""How fast, beside a bare python-telegram-bot echo bot on the same stand-in: `make bench`."""
