"""Where somebody is reached: a channel, and the key by which that channel knows them.

    member 1──n account ── address ──┬── conversation, form_end      what is asked there
                                     ├── outbox (channel, address)   what is to be said there
    a stranger ─────────── address ──┴── inbox (channel, external id, address)

    "telegram:40"     Address(Channel.TELEGRAM, "40")      one column, one value: no table of addresses, nothing to look up

A stranger has an address and no row; an account is a row that says whose address it is. What a channel can do stands in
its `Limits`: whoever composes a message asks them, and nobody asks which channel it is. A new channel is a member of
`Channel`, a line of `LIMITS`, and a folder under bot/ that turns what it hears into `Incoming` and says what it claims.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from pydantic_core import core_schema
from sqlalchemy import Dialect, String, TypeDecorator


class Channel(StrEnum):
    TELEGRAM = "telegram"
    WEB = "web"  # the page: the same screens in a browser
    TEXT = "text"  # a messenger that shows words and nothing else


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel can do. Lengths in UTF-16 units, as they are counted in `models/ground/markup.py`."""

    text: int  # the longest message
    caption: int  # the longest text under a file
    edits: bool  # a message that was sent can be changed, and taken back
    files: bool  # it carries files
    pushes: bool  # a message is shown on the phone's lock screen as it comes
    hides: bool  # its markup covers words until they are touched
    contact: bool  # a button hands over the person's own, proved phone number
    commands: bool  # it shows a menu of commands
    notes: bool  # a tapped button says something by itself, which goes again
    company: (
        str  # whose servers carry what is said there: what a person agrees to (`Purpose`); empty: ours alone
    )
    proves: bool  # whoever speaks there has shown it to others, so that other people's data may be shown
    buttons: bool  # what can be chosen is tapped; else it is numbered lines, and a number is typed
    tables: bool  # it shows columns, where a screen is wide enough
    mutes: bool  # its people can set that it lets no voice message through
    shares: bool  # it shows apart, to be copied or handed on, what somebody else is to get
    guards: bool  # it may show what is about people: nobody else keeps it for good


LIMITS = {
    # core.telegram.org/bots/api#sendmessage, #senddocument
    Channel.TELEGRAM: Limits(
        text=4096, caption=1024, edits=True, files=True, pushes=True, hides=True, contact=True, commands=True,
        notes=True, company="abroad", proves=True, buttons=True, tables=False, shares=False, mutes=True, guards=True,
    ),
    Channel.WEB: Limits(
        text=100_000, caption=100_000, edits=True, files=True, pushes=False, hides=False, contact=False, commands=False,
        notes=False, company="", proves=False, buttons=True, tables=True, shares=True, mutes=False, guards=True,
    ),
    Channel.TEXT: Limits(
        text=2000, caption=0, edits=False, files=False, pushes=True, hides=False, contact=False, commands=False,
        notes=False, company="zalo", proves=False, buttons=False, tables=False, shares=False, mutes=False, guards=False,
    ),
}  # fmt: skip


PULLED = [
    channel.value for channel, limits in LIMITS.items() if not limits.pushes
]  # shows only what is asked for


@dataclass(frozen=True, slots=True)
class Address:
    """One person's end of a channel; `key` is the channel's own, and read by nobody but its adapter."""

    channel: Channel
    key: str

    def __str__(self) -> str:
        """Return it as it is stored: telegram:40."""
        return f"{self.channel.value}:{self.key}"

    @property
    def limits(self) -> Limits:
        return LIMITS[self.channel]

    @staticmethod
    def read(stored: str) -> Address:
        """Return the address that was stored; ValueError for what is none."""
        return _read(stored)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Let it stand in a model as it is stored."""
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, cls) else _read(value),
            serialization=core_schema.to_string_ser_schema(),
        )


@lru_cache(maxsize=4096)
def _read(stored: str) -> Address:
    channel, _, key = stored.partition(":")
    return Address(Channel(channel), key)


class AddressText(TypeDecorator[Address]):
    """Kept as text, "telegram:40"."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Address | None:
        return None if value is None else _read(value)


NOWHERE = Address(Channel.TELEGRAM, "0")  # where an address has been erased, or none was ever known
