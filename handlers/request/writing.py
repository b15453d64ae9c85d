"""A letter in pieces: several messages, voice, photos, until it is sent. Nothing typed is lost on the way."""

from __future__ import annotations

from pydantic import BaseModel, Field

from handlers.context import Answer, FileKind, Kind
from handlers.conversation import choice
from models.errors import Refused
from models.marking import marked_secret
from models.markup import units
from models.outbox import Button
from models.phrases import common
from models.phrases import request as phrases
from models.phrases.text import Text
from models.request import SentFile

LIMIT = 10_000  # characters of one letter; a message of Telegram holds 4,096
FILES = 5


class Letter(BaseModel):
    parts: list[str] = Field(default_factory=list)
    sent_along: list[SentFile] = Field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.parts)

    @property
    def is_empty(self) -> bool:
        return not self.parts and not self.sent_along


def letter_buttons(letter: Letter, done: Text) -> list[list[Button]]:
    if letter.is_empty:
        return []
    return [[choice(done, "done")], [choice(phrases.REWRITE, "rewrite")]]


def take_letter(letter: Letter, answer: Answer) -> bool:
    """Add what arrived; True when the writer says that it is complete."""
    if answer.incoming.kind is Kind.BUTTON:
        if answer.choice("done", "rewrite") == "rewrite":
            letter.parts, letter.sent_along = [], []
            return False
        if letter.is_empty:
            raise Refused(phrases.something_to_send())
        return True
    _add_file(letter, answer)
    text = answer.incoming.text.strip()
    if text:
        _add_text(letter, text)
    return False


def _add_file(letter: Letter, answer: Answer) -> None:
    file = answer.incoming.file
    if file is None:
        if answer.incoming.kind is not Kind.TEXT:
            raise Refused(phrases.letter_expected())
        return
    kinds = {FileKind.VOICE: "voice", FileKind.PHOTO: "photo"}
    if marked_secret(file.name) or marked_secret(answer.incoming.text):
        raise Refused(common.secret_refused())
    if file.kind not in kinds:
        raise Refused(phrases.letter_expected())
    if len(letter.sent_along) >= FILES:
        raise Refused(phrases.too_many_files(limit=FILES))
    letter.sent_along = [*letter.sent_along, SentFile(kinds[file.kind], file.file_id)]


def _add_text(letter: Letter, text: str) -> None:
    if marked_secret("\n".join([*letter.parts, text])):
        raise Refused(common.secret_refused())
    if units(letter.text) + units(text) > LIMIT:
        raise Refused(common.too_long(LIMIT))
    letter.parts = [*letter.parts, text]
