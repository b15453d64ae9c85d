"""The roof: everything meets here, and nothing imports it."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")  # python-telegram-bot then gives waiting times as timedelta

VERSION = "0.1.0"  # said by `python -m bot --version`, and the name of a release
UPGRADE = (
    "Hint: `python3.11 xanha-….pyz /opt/xanha` with the newer file; from a clone `git pull && make install`"
)
