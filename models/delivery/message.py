"""What a room says before it is anybody's: words, buttons, tables and files, in every language; to whom; and in which lane.

lane       REPLY 0 ── ALERT 1 ── REMINDER 2 ── BULK 3         the lower goes first
message    text, buttons, file ──body.py──> parts for one channel ──outbox.py──> rows ──claims.py──> the wire
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum

from models.ground.channel import Address
from models.phrases.text import Lang, Text


class Lane(IntEnum):
    REPLY = 0
    ALERT = 1
    REMINDER = 2
    BULK = 3


class Method(StrEnum):
    TEXT = "text"
    EDIT = "edit"
    DELETE = "delete"
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    COMMANDS = "commands"  # the command menu of one chat


LOGIN = "login+"  # before an https link: Telegram adds its proof of who opens it


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what it sends back (`room:verb:…`) or an https link that it opens.

    `personal`: for its receiver alone, so the app lets nobody forward the message.
    """

    label: Text
    to: str
    personal: bool = False


Buttons = Sequence[Sequence[Button]]


@dataclass(frozen=True, slots=True)
class Table:
    """What a text says, whole and in columns, for a channel that shows tables. Each row: what its first cell taps, its cells."""

    headings: Sequence[Text]
    rows: Sequence[tuple[str, Sequence[Text]]]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send: its bytes, or the id under which it is kept (file.py).

    `password`: it is encrypted under it on its way out (protected.py).
    """

    name: str
    data: bytes = b""
    file_id: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote or recorded what a message carries, and the button by which they write again (`room:verb:…`)."""

    member_id: int
    again: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message before it is anybody's: words and buttons in every language."""

    text: Text
    buttons: Buttons = ()
    table: Table | None = None
    beside: Text | None = (
        None  # what helps to read or to answer it, for a channel that shows columns; no part of what is said
    )
    share: Text | None = None  # the words of it that are handed on to somebody else
    attachment: Attachment | None = None
    method: Method = Method.TEXT
    message_id: int | None = None  # the message to edit or delete
    ask_contact: Text | None = None  # label of a reply-keyboard button that shares the phone number
    drop_keyboard: bool = False
    lasts: timedelta | None = None  # so long after it was sent it is taken back out of the chat
    guarded: bool = False  # about people: neither forwarded nor saved
    hides: bool = False  # a reply that a discreet person's lock screen must not show
    silent: bool = False  # it comes without a sound
    writer: Writer | None = None  # is told when it cannot be delivered
    to_page: bool = False  # a link to the reader's page stands below, where there is one
    owed: bool = False  # the law wants it said, also where nothing else may be said yet

    @property
    def protected(self) -> bool:
        """It is neither forwarded nor saved. That is said when it is sent: an edit cannot make it so."""
        return self.guarded or any(button.personal for row in self.buttons for button in row)


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address and how to speak to it. `discreet`: a lock screen shows a neutral line and nothing else."""

    address: Address
    lang: Lang = Lang.VI
    discreet: bool = False
    zone: str | None = None  # whose nights are kept, also when it goes out late; None: at any hour
