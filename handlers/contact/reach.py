"""Who was reached, in words for the desk: the names stand there, so it is for those alone who may see them."""

from __future__ import annotations

from models.contact.reach import Reach
from models.phrases.contact import reach as phrases
from models.phrases.text import Text


def told_words(reach: Reach) -> Text:
    return phrases.told(
        now=len(reach.now),
        waiting=[(at, [member.full_name for member in people]) for at, people in reach.hours],
        opening=[member.full_name for member in reach.opening],
        out=[(member.full_name, why) for member, why in reach.out],
    )
