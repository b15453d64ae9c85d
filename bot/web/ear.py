"""The page's way in: what a browser posts, stored like any update, and what it means.

{"kind": "text", "text": …, "row": …}\\n<bytes of a file>         one body of the inbox
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from bot.ear import Unreadable
from handlers.ground.context import FileKind, Given, Incoming, Kind, SharedFile, WholeForm
from models.delivery.foreign.content import clean_file_name
from models.delivery.inbox import Received
from models.ground.channel import Address, Channel
from models.ground.typed import tidy

_KINDS = {kind.value: kind for kind in (Kind.TEXT, Kind.BUTTON, Kind.FILE, Kind.WHOLE)}


class Posted(NamedTuple):
    """What a stored body says. `row`: under which the person's own words stand on the page."""

    key: str
    address: Address
    kind: Kind
    text: str
    data: str
    message_id: int | None
    language: str
    browser: int | None
    file_name: str
    picture: bool
    at: datetime
    file: bytes
    whole: WholeForm | None


def posted(
    key: str,
    address: Address,
    kind: Kind,
    *,
    at: datetime,
    text: str = "",
    data: str = "",
    message_id: int | None = None,
    language: str = "",
    browser: int | None = None,
    file_name: str = "",
    picture: bool = False,
    file: bytes = b"",
    whole: WholeForm | None = None,
) -> Received:
    """Return what a browser posted, to be stored; `key` is the same when it is posted again."""
    head = {
        "key": key, "address": str(address), "kind": kind.value, "text": text, "data": data, "row": message_id,
        "language": language, "browser": browser, "name": file_name, "picture": picture, "at": at.isoformat(),
        "whole": whole and _as_json(whole),
    }  # fmt: skip
    return Received(key, address, json.dumps(head).encode() + b"\n" + file)


class WebEar:
    """`name`: asks what the program is called on the messenger, for the links that lead there."""

    channel = Channel.WEB

    def __init__(self, name: Callable[[], str]) -> None:
        self._name = name

    @property
    def name(self) -> str:
        return self._name()

    def load(self, body: bytes) -> Posted:
        """Read what was stored; Unreadable for what nothing of ours has written."""
        head, _, file = body.partition(b"\n")
        try:
            said = json.loads(head)
            return Posted(
                key=str(said["key"]),
                address=Address.read(said["address"]),
                kind=_KINDS[said["kind"]],
                text=typed(said["text"]),
                data=tidy(said["data"]),
                message_id=said["row"],
                language=said["language"],
                browser=said["browser"],
                file_name=clean_file_name(tidy(said["name"])),
                picture=said["picture"],
                at=datetime.fromisoformat(said["at"]),
                file=file,
                whole=_from_json(said["whole"]) if said.get("whole") else None,
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unreadable(type(error).__name__) from None

    def read(self, update: Posted) -> Incoming:
        incoming = Incoming(
            update.key,
            update.address,
            update.kind,
            text=update.text,
            data=update.data,
            message_id=update.message_id,
            language=update.language,
            browser=update.browser,
            whole=update.whole,
        )
        if update.kind is Kind.FILE:
            kind = FileKind.PHOTO if update.picture else FileKind.DOCUMENT
            file = SharedFile(kind, "", update.key, update.file_name, len(update.file), data=update.file)
            return replace(incoming, file=file)
        if update.kind is Kind.TEXT and update.text.startswith("/"):
            command, rest = [*update.text[1:].split(maxsplit=1), "", ""][:2]
            return replace(incoming, kind=Kind.COMMAND, command=command.lower(), text=rest.strip())
        return incoming

    def sent_at(self, update: Posted, *, now: datetime) -> datetime:
        return min(update.at, now)

    def has_file(self, body: bytes) -> bool:
        return not body.endswith(b"\n")

    def is_private(self, address: Address) -> bool:
        return True

    def waits(self, update: Posted) -> str:
        return ""  # a browser's button waits for the page that comes next

    async def answer(self, waiting: str, said: str) -> None:
        """Do nothing: nobody waits."""

    async def show_working(self, address: Address) -> None:
        """Do nothing: the page itself says that it waits."""


def typed(text: str) -> str:
    """Return what was typed in a browser: forms end their lines in two characters, messengers in one."""
    return tidy(text).replace("\r\n", "\n")


def _as_json(whole: WholeForm) -> dict[str, object]:
    given = {name: [one.text, one.key] for name, one in whole.given.items()}
    return {"room": whole.room, "step": whole.step, "version": whole.version, "given": given}


def _from_json(said: dict[str, Any]) -> WholeForm:
    given = {str(name): Given(typed(text), tidy(key)) for name, (text, key) in said["given"].items()}
    return WholeForm(str(said["room"]), str(said["step"]), int(said["version"]), given)
