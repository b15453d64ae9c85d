"""A letter in pieces: several messages, voice, photos, until it is sent. Nothing typed is lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from pydantic import BaseModel, Field

from handlers.ground.context import Answer, Context, FileKind, Kind as Sort
from handlers.ground.conversation import choice
from handlers.ground.form import AGAIN, At, FieldKind, Row, S
from handlers.ground.scans import voices
from models.contact.request import SentFile
from models.ground.errors import Refused
from models.ground.marking import clean
from models.ground.markup import units
from models.phrases import common
from models.phrases.contact import request as phrases
from models.phrases.text import Text

LIMIT = 10_000  # characters of one letter; a message of Telegram holds 4,096
FILES = 5


class WordsInParts(BaseModel):
    parts: list[str] = Field(default_factory=list)
    said_in: list[int] = Field(
        default_factory=list
    )  # the message of each part, so that its edit can be taken over
    sent_along: list[SentFile] = Field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.parts)

    @property
    def slips(self) -> str:
        """As it is kept beside the text: message:letters, one for each part."""
        return " ".join(f"{one}:{len(part)}" for one, part in zip(self.said_in, self.parts, strict=False))

    @property
    def is_empty(self) -> bool:
        return not self.parts and not self.sent_along


L = TypeVar("L", bound=WordsInParts)


class Letters(FieldKind[L, S], Generic[L, S]):
    """Whatever is sent is added, until the writer says that it is complete; `done` says so."""

    wants = staticmethod(voices)

    def __init__(self, done: Text) -> None:
        self.done = done

    def rows(self, at: At[L, S]) -> Sequence[Row]:
        if at.draft.is_empty:
            return ()
        return [[choice(self.done, "done")], [choice(phrases.REWRITE, "rewrite")]]

    def sent(self, at: At[L, S], answer: Answer) -> object:
        add_to_letter(at.draft, answer)
        return AGAIN

    def tapped(self, at: At[L, S], key: str) -> object:
        letter = at.draft
        if Answer(at.ctx.incoming, key).choice("done", "rewrite") == "rewrite":
            letter.parts, letter.said_in, letter.sent_along = [], [], []
            return AGAIN
        if letter.is_empty:
            raise Refused(phrases.something_to_send())
        return None

    def put(self, at: At[L, S], name: str, value: object) -> None:
        """Do nothing: the letter stands in the draft already, piece by piece."""


def add_to_letter(letter: WordsInParts, answer: Answer) -> None:
    """Add what arrived; Refused for what is no part of a letter."""
    _add_file(letter, answer)
    text = answer.incoming.text.strip()
    if text:
        add_text(letter, text, message_id=answer.incoming.message_id or 0)


def take_letter_edit(ctx: Context, letter: WordsInParts) -> Text | None:
    """Take a message of the letter that was changed after it was sent. Return None if it is no part of the letter."""
    message_id, text = ctx.incoming.message_id or 0, ctx.incoming.text.strip()
    if not text or message_id not in letter.said_in:
        return None
    parts = [
        text if one == message_id else part for one, part in zip(letter.said_in, letter.parts, strict=False)
    ]
    _check(parts)
    letter.parts = parts
    return phrases.edit_taken()


def corrected(text: str, slips: str, *, message_id: int, now_says: str) -> tuple[str, str] | None:
    """Return the text and its slips with one message changed, or None if the message is in neither. Raise Refused."""
    letter, at = WordsInParts(), 0
    for slip in slips.split():
        one, length = (int(number) for number in slip.split(":"))
        letter.said_in.append(one)
        letter.parts.append(now_says.strip() if one == message_id else text[at : at + length])
        # one more: the line break between two parts
        at += length + 1
    if message_id not in letter.said_in or not now_says.strip():
        return None
    _check(letter.parts)
    return letter.text, letter.slips


def _add_file(letter: WordsInParts, answer: Answer) -> None:
    file = answer.incoming.file
    if file is None:
        if answer.incoming.kind is not Sort.TEXT:
            raise Refused(phrases.letter_expected())
        return
    kinds = {FileKind.VOICE: "voice", FileKind.PHOTO: "photo"}
    if file.kind not in kinds:
        raise Refused(phrases.letter_expected())
    if len(letter.sent_along) >= FILES:
        raise Refused(phrases.too_many_files(limit=FILES))
    letter.sent_along = [*letter.sent_along, SentFile(kinds[file.kind], file.keep())]


def add_text(letter: WordsInParts, text: str, *, message_id: int = 0) -> None:
    _check([*letter.parts, text])
    letter.parts, letter.said_in = [*letter.parts, text], [*letter.said_in, message_id]


def _check(parts: list[str]) -> None:
    whole = clean("\n".join(parts))
    if units(whole) > LIMIT:
        raise Refused(common.too_long(LIMIT))
