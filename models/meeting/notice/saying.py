"""What a person is shown: the words in messages of bounded length, the buttons under the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from models.delivery.message import Button, Buttons, Lane, Message, Method, Recipient
from models.delivery.outbox import compose
from models.ground.markup import split_html
from models.meeting.notice.rows import Notice
from models.people.unit import Unit
from models.phrases import common
from models.phrases.meeting import notice as phrases
from models.phrases.text import Lang, Text, both

_LONGEST = 3900  # below the limit of a message, also when it is hidden from a lock screen


@dataclass(frozen=True)
class NoticeLetter:
    """A notice as it is said now; the same for everybody, but for language and buttons."""

    notice: Notice
    unit: str

    @cached_property
    def words(self) -> Text:
        one = self.notice
        return phrases.letter(
            unit=self.unit,
            text=one.text or "",
            version=one.version,
            reason=one.reason or "",
            question=one.question or "",
        )

    @cached_property
    def choices(self) -> list[str]:
        return self.notice.choices

    def pieces(self, lang: Lang) -> list[Text]:
        return split(self.words, lang)

    def buttons(self, *, read: bool = False, chosen: int | None = None) -> list[list[Button]]:
        """Return the choices. They stay when one is chosen: it is marked, and another may be taken instead."""
        one = self.notice
        rows = [
            [Button(phrases.choice_button(choice=words, chosen=i == chosen), f"notice:choose:{one.id}:{i}")]
            for i, words in enumerate(self.choices)
        ]
        if one.file_kind:
            rows.append([Button(phrases.OPEN_FILE, f"notice:file:{one.id}")])
        return rows if read else [*rows, [Button(phrases.READ, f"notice:read:{one.id}")]]


def letter_of(db: Session, notice: Notice) -> NoticeLetter:
    return NoticeLetter(notice, db.get_one(Unit, notice.unit_id).name)


def split(words: Text, lang: Lang) -> list[Text]:
    return [both(Markup(piece), Markup(piece)) for piece in split_html(words.to(lang), _LONGEST)]  # noqa: S704


def changing(about: str) -> str:
    """Return the outbox matter of changes to messages already there. Stopping to send stops none of them."""
    return f"{about}:change"


def key_of(receipt_id: int, version: int, part: int) -> str:
    return f"notice.say:{receipt_id}:{version}:{part}"


def as_said(
    pieces: list[Text],
    buttons: Buttons,
    to: Recipient,
    *,
    receipt_id: int,
    about: str,
    version: int,
    now: datetime,
    standing: list[int],
) -> list[dict[str, Any]]:
    """Return rows of the outbox, the last with the buttons. `standing`: messages already there, to be changed.

    A change makes no sound, so it keeps no quiet hours; what is added to it does.
    """
    silent = replace(to, zone=None)
    about = changing(about) if standing else about
    rows: list[dict[str, Any]] = []
    for part, piece in enumerate(pieces):
        old = standing[part] if part < len(standing) else None
        message = Message(
            piece,
            buttons if part == len(pieces) - 1 else (),
            method=Method.EDIT if old else Method.TEXT,
            message_id=old,
        )
        rows += compose(
            silent if old else to,
            message,
            key=key_of(receipt_id, version, part),
            lane=Lane.BULK,
            now=now,
            # a change that arrives twice does no harm, a second copy does
            again=old is not None,
            about=about,
        )
    return [
        *_dropped(silent, standing[len(pieces) :], receipt_id, about=about, version=version, now=now),
        *rows,
    ]


def _dropped(
    to: Recipient, surplus: list[int], receipt_id: int, *, about: str, version: int, now: datetime
) -> Iterator[dict[str, Any]]:
    for message_id in surplus:
        message = Message(common.TAKEN_OUT, method=Method.DELETE, message_id=message_id)
        key = f"notice.drop:{receipt_id}:{version}:{message_id}"
        yield from compose(to, message, key=key, lane=Lane.BULK, now=now, about=about)
