"""What a person can put right."""

from __future__ import annotations

from models.ground.errors import Refused


class ReviewRefused(Refused):
    """What was asked does not fit how this review, or its campaign, stands; the phrase says what does."""
