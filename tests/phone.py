"""A person's phone: says, taps, reads. Whatever is done on it, the program then does all that it can at that moment."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any, Literal, Self

import msoffcrypto
from msoffcrypto.exceptions import InvalidKeyError

from bot.standin import StandIn
from bot.standin.records import ChatMessage, history_entry

_ASKS_PIN = re.compile(
    "Mời tự chọn sáu chữ số|Mời gõ lại đúng sáu chữ số|Mời gõ mã PIN"
    "|Please choose six digits|Please type the same six digits|Please type your PIN"
)
_PASSWORD = re.compile(r"(?:Mật khẩu mở tệp|Password of the file) \([^)]*\): ([0-9 ]+)")
_ENCRYPTED = b"\xd0\xcf\x11\xe0"


Face = tuple[str, Any]


class Phone:
    """One person's chat with the bot. Actions give the phone back, so that they read as a sentence.

    Whoever is asked for a PIN types the one they always use; `pin = None`: they wait, for tests about that.
    """

    pin: str | None = "274915"

    def __init__(self, telegram: StandIn, user_id: int, settle: Callable[[], None]) -> None:
        self.telegram, self.user_id, self._settle = telegram, user_id, settle
        self._seen: dict[int, Face] = {}
        self._noted: set[str] = set()

    # --- what a person does -----------------------------------------------------------------------------------------

    def says(self, *texts: str) -> Self:
        for text in texts:
            self._mark_seen()
            self.telegram.says(self.user_id, text)
            self._settle()
            self._gives_pin()
        return self

    def taps(self, *labels: str) -> Self:
        """Tap the newest button whose label contains each of `labels` in turn."""
        for label in labels:
            message_id, data = self._find(label)
            self.taps_data(message_id, data)
        return self

    def goes(self, *labels: str) -> Self:
        """As `taps`, where a label may stand behind “more”, or on another page of a text that one writes."""
        for label in labels:
            is_section = label.startswith(" ") or label in ("Tự chấm điểm", "Tự đề xuất mức")
            turns = ["Tất cả các mục", *["Các mục sau"] * 4] if is_section else ["Việc khác"]
            for turn in turns:
                if self._shows(label) or not self._shows(turn):
                    continue
                self.taps(turn)
            self.taps(label)
        return self

    def _shows(self, label: str) -> bool:
        return any(label.lower() in one.lower() for one in self.buttons())

    def taps_data(self, message_id: int, data: str, *, stale: bool = False) -> Self:
        """A particular button of a particular message, also one that is no longer shown."""
        self._mark_seen()
        self.telegram.taps(self.user_id, message_id, data, stale=stale)
        self._settle()
        self._gives_pin()
        return self

    def _gives_pin(self) -> None:
        """At the most twice: once to choose it, once more to be sure."""
        for _ in range(2):
            newest = self._newest()
            if self.pin is None or newest is None or not _ASKS_PIN.search(newest.text):
                return
            self._mark_seen()
            self.telegram.says(self.user_id, self.pin)
            self._settle()

    def opens_link(self, payload: str) -> Self:
        self._mark_seen()
        self.telegram.opened_link(self.user_id, payload)
        self._settle()
        return self

    def shares_contact(self, **how: Any) -> Self:
        self._mark_seen()
        self.telegram.shares_contact(self.user_id, **how)
        self._settle()
        return self

    def sends(
        self,
        kind: Literal["photo", "voice", "document", "video", "audio"],
        name: str,
        data: bytes,
        caption: str = "",
    ) -> Self:
        self._mark_seen()
        self.telegram.sends_file(self.user_id, kind, name, data, caption=caption)
        self._settle()
        return self

    def edits(self, message_id: int, text: str) -> Self:
        self.telegram.edits(self.user_id, message_id, text)
        self._settle()
        return self

    def blocks(self) -> Self:
        self.telegram.blocks(self.user_id)
        self._settle()
        return self

    def unblocks(self) -> Self:
        self.telegram.unblocks(self.user_id)
        self._settle()
        return self

    # --- what a person sees -----------------------------------------------------------------------------------------

    def reads(self) -> str:
        """All that the bot has said or changed since the last thing done or read on this phone, also in a tapped button."""
        fresh = [m.text for m in self._from_bot() if self._seen.get(m.message_id) != _face(m)]
        fresh += [text for tap, text in self._notes().items() if tap not in self._noted]
        self._mark_seen()
        return "\n\n".join(fresh)

    def _notes(self) -> dict[str, str]:
        """What tapped buttons have said on this phone, in their own passing notes."""
        own = {tap: one.toast for tap, one in self.telegram.callbacks.items() if one.chat_id == self.user_id}
        return {tap: toast["text"] for tap, toast in own.items() if toast and toast["text"]}

    def chat(self) -> str:
        """The whole conversation as it stands now."""
        return "\n\n".join(m["text"] for m in self.telegram.history(self.user_id))

    def messages(self) -> list[dict[str, Any]]:
        """The bot's messages, oldest first."""
        return [history_entry(m) for m in self._from_bot()]

    def last(self) -> dict[str, Any]:
        newest = self._newest()
        assert newest is not None, "the bot has said nothing"
        return history_entry(newest)

    def _from_bot(self) -> list[ChatMessage]:
        """As the stand-in keeps them: a long chat is looked through at every tap, and copying it would be most of a test."""
        return [m for m in self.telegram.chats[self.user_id].messages.values() if m.by_bot]

    def _newest(self) -> ChatMessage | None:
        return next(
            (m for m in reversed(self.telegram.chats[self.user_id].messages.values()) if m.by_bot), None
        )

    def buttons(self) -> list[str]:
        """The labels under the newest message that has any."""
        shown = next((m for m in reversed(self._from_bot()) if m.inline), None)
        return [b["text"] for row in shown.inline for b in row] if shown else []

    def button_data(self, label: str) -> tuple[int, str]:
        """The message and the data behind the newest button with this label."""
        return self._find(label)

    def documents(self) -> list[tuple[str, bytes]]:
        """Every document the bot has sent: name and bytes, opened with the password that was read with it."""
        passwords = self.passwords()
        return [(name, opened(data, passwords)) for name, data in self.files()]

    def files(self) -> list[tuple[str, bytes]]:
        """Every document as it lies in the chat."""
        files = [m["document"] for m in self.messages() if m["document"]]
        return [(f["file_name"], self.telegram.file(f["file_id"])[2]) for f in files]

    def passwords(self) -> list[str]:
        """Those that can be read in the chat now."""
        found = [_PASSWORD.search(m["text"]) for m in self.messages()]
        return [one.group(1).replace(" ", "") for one in found if one]

    def _find(self, label: str) -> tuple[int, str]:
        for message in reversed(self._from_bot()):
            for row in message.inline:
                for button in row:
                    if label.lower() in button["text"].lower() and "callback_data" in button:
                        return message.message_id, button["callback_data"]
        raise AssertionError(f"no button {label!r}; the newest are {self.buttons()}")

    def _mark_seen(self) -> None:
        self._seen = {m.message_id: _face(m) for m in self._from_bot()}
        self._noted = set(self._notes())


def opened(data: bytes, passwords: list[str]) -> bytes:
    """What Office shows: a workbook or a document, or a .zip of them; as it is when no password fits."""
    if data.startswith(_ENCRYPTED):
        return next((plain for one in passwords if (plain := _decrypted(data, one))), data)
    if not data.startswith(b"PK") or not passwords:
        return data
    with zipfile.ZipFile(BytesIO(data)) as book:
        inside = {entry.filename: book.read(entry) for entry in book.infolist()}
    if not any(one.startswith(_ENCRYPTED) for one in inside.values()):
        return data
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, one in inside.items():
            book.writestr(name, opened(one, passwords))
    return out.getvalue()


def _decrypted(data: bytes, password: str) -> bytes | None:
    file: Any = msoffcrypto.OfficeFile(BytesIO(data))
    out = BytesIO()
    try:
        file.load_key(password=password, verify_password=True)
        file.decrypt(out, verify_integrity=True)
    except InvalidKeyError:
        return None
    return out.getvalue()


def _face(message: ChatMessage) -> Face:
    return message.text, message.inline  # an edit brings a list of its own
