"""The queue of a desk, the sentence above it and the buttons below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from textwrap import shorten

from markupsafe import Markup, escape

from models.delivery.body import letters_for
from models.desk.waiting.look import Glance, Waiting
from models.desk.waiting.sources import SOURCES, lines_of
from models.phrases.desk import waiting as phrases
from models.phrases.text import Lang, Text, both, capital, raw


class Desk(Glance):
    """A cell's desk, as one reader sees it at one moment."""

    @cached_property
    def queue(self) -> list[Waiting]:
        """What waits, the oldest promise first. What was promised to nobody comes last."""
        return sorted((one for matter in SOURCES for one in lines_of(matter, self)), key=_place)

    @property
    def to_call(self) -> list[Waiting]:
        """Whom somebody has to phone, each once, the worst first."""
        return to_call(self.queue)

    @property
    def sentence(self) -> Text:
        """The answer to "whom must I call today?"."""
        return sentence_of(self.queue)


def to_call(queue: Sequence[Waiting]) -> list[Waiting]:
    """Return those of a queue whom somebody has to phone, each once."""
    first: dict[int | None, Waiting] = {}
    for one in queue:
        if one.calls:
            first.setdefault(one.member_id, one)
    return list(first.values())


def label_of(name: str, what: Text, *, is_person: bool = True) -> Text:
    """Return a button's label that no phone cuts: the name, and of what matters about it the words that have room.

    Two lines about one person stay two buttons that can be told apart. Where the name is only the cell's, what matters
    stands alone.
    """
    label = phrases.line(name=name, what=what)
    longest = max(len(label.to_plain(lang)) for lang in Lang)
    shown = label if is_person or longest <= letters_for(1) else capital(what)
    return both(_fitting(shown, Lang.VI), _fitting(shown, Lang.EN))


def _fitting(label: Text, lang: Lang) -> Markup:
    """Return it as it is, or cut between words."""
    plain = label.to_plain(lang)
    if len(plain) <= letters_for(1):
        return label.en if lang is Lang.EN else label.vi
    room = letters_for(1) - 1
    return escape((shorten(plain, room, placeholder="") or plain[:room]).rstrip(" ·,:") + "…")


def sentence_of(queue: Sequence[Waiting]) -> Text:
    """Return the queue's sentence: what is urgent and asks for no call, then whom to call.

    The first of the list below it is named first.
    """
    calls = to_call(queue)
    first = queue[0] if queue and queue[0].urgent and not queue[0].calls else None
    others = sum(not one.calls for one in queue) - (first is not None)
    said = (
        phrases.first(calls=len(calls), worst=calls[0].name, why=calls[0].what, others=others)
        if calls
        else phrases.first(calls=0, worst="", why=phrases.GROUPS, others=others)
    )
    if first is None:
        return said
    urgent = phrases.most_urgent(name=first.name, what=first.what)
    return urgent + raw(" ") + said if calls or others else urgent


def _place(one: Waiting) -> tuple[bool, bool, datetime, str]:
    return not one.urgent, one.promised_at is None, one.promised_at or one.since, one.name
