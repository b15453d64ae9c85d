"""A file that is not taken; the phrase says why and what to send instead."""

from __future__ import annotations

from models.ground.errors import Refused


class BadFile(Refused):
    """The file is broken, dangerous, or of a kind that nobody asked for."""
