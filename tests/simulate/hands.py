"""What people do with a phone, a messenger of words or a browser, as far as a simulation needs it: see, tap, type."""

from __future__ import annotations

from typing import Protocol

from bot.standin.records import ChatMessage
from tests.phone import Phone
from tests.simulate.cast import PAGE, TELEGRAM, Cast, Person
from tests.simulate.steps import NotNow
from tests.simulate.town import Lost, Town
from tests.tab import Tab
from tests.textphone import TextPhone

_SHOWN = 12  # messages that somebody sees without searching


class Hand(Protocol):
    """One person's end. What cannot be done raises `NotNow`."""

    def asked(self) -> str:
        """Return the words of the newest message."""
        ...

    def labels(self) -> list[str]:
        """Return what can be tapped below the newest message that has anything to tap."""
        ...

    def old_labels(self) -> list[str]:
        """Return what can be tapped below older ones."""
        ...

    def wants_contact(self) -> bool: ...
    def opens(self, token: str) -> None: ...
    def says(self, text: str) -> None: ...
    def taps(self, label: str, *, old: bool = False, times: int = 1) -> None: ...


class TelegramHand:
    def __init__(self, town: Town, person: Person) -> None:
        self._town, self._chat = town, person.chat
        self._phone = Phone(town.telegram, person.chat, town.settle)

    def _messages(self) -> list[ChatMessage]:
        own = [one for one in self._town.telegram.chats[self._chat].messages.values() if one.by_bot]
        return own[-_SHOWN:]

    def asked(self) -> str:
        messages = self._messages()
        return messages[-1].text if messages else ""

    def _tappable(self) -> list[tuple[int, dict[str, str]]]:
        """Newest message first."""
        return [
            (message.message_id, {b["text"]: b["callback_data"] for row in message.inline for b in row if "callback_data" in b})
            for message in reversed(self._messages())
            if message.inline
        ]  # fmt: skip

    def labels(self) -> list[str]:
        return [label for _, labels in self._tappable()[:1] for label in labels]

    def old_labels(self) -> list[str]:
        return [label for _, labels in self._tappable()[1:] for label in labels]

    def wants_contact(self) -> bool:
        keyboard = self._town.telegram.chats[self._chat].reply_keyboard
        return keyboard is not None and any(b["request_contact"] for row in keyboard["keyboard"] for b in row)

    def opens(self, token: str) -> None:
        self._can_write()
        self._phone.opens_link(token)

    def says(self, text: str) -> None:
        self._can_write()
        self._phone.says(text)

    def shares(self) -> None:
        self._can_write()
        self._phone.shares_contact()

    def taps(self, label: str, *, old: bool = False, times: int = 1) -> None:
        self._can_write()
        found = self._tappable()
        for message_id, labels in reversed(found) if old else found:
            if label in labels:
                for _ in range(times - 1):
                    self._town.telegram.taps(self._chat, message_id, labels[label])
                self._phone.taps_data(message_id, labels[label])
                return
        raise NotNow(f"no button {label!r}")

    def _can_write(self) -> None:
        user = self._town.telegram.users[self._chat]
        if user.blocked or user.deactivated:
            raise NotNow("the chat is blocked")


class ZaloHand:
    def __init__(self, town: Town, person: Person) -> None:
        self._phone = TextPhone(town.zalo, str(person.chat), town.settle)

    def asked(self) -> str:
        messages = self._phone.messages()
        return messages[-1].text if messages else ""

    def labels(self) -> list[str]:
        return self._phone.buttons()

    def old_labels(self) -> list[str]:
        return []

    def wants_contact(self) -> bool:
        return False

    def opens(self, token: str) -> None:
        self._phone.opens_link(token)

    def says(self, text: str) -> None:
        self._phone.says(text[:2000])

    def taps(self, label: str, *, old: bool = False, times: int = 1) -> None:
        try:
            number = self._phone.number_of(label)
        except AssertionError as error:
            raise NotNow(str(error)) from None
        for _ in range(times - 1):
            self._phone.zalo.says(self._phone.chat_id, number)
        self._phone.says(number)


class PageHand:
    def __init__(self, town: Town, person: Person) -> None:
        self._tab = Tab(town, ip=f"203.0.113.{person.chat % 200}")  # type: ignore[arg-type] # a town is a world

    def _does(self, *what: object) -> None:
        verb, *given = what
        try:
            getattr(self._tab, str(verb))(*given)
        except (AssertionError, StopIteration, ValueError) as error:
            raise NotNow(f"the page has no such thing: {error}") from None
        except Lost:
            self._tab.html = ""
        # a page that was not answered is opened again
        if self._tab.status >= 400 or not self._tab.html:
            self._tab.html, self._tab.status = "", 0

    def asked(self) -> str:
        return self._tab.text() if self._tab.html else ""

    def labels(self) -> list[str]:
        return self._tab.buttons() if self._tab.html else []

    def old_labels(self) -> list[str]:
        return []

    def wants_contact(self) -> bool:
        return False

    def opens(self, token: str) -> None:
        self._does("opens", f"/i/{token}")
        if self._tab.html:
            self._does("enters")

    def looks(self) -> None:
        self._does("opens", "/")

    def says(self, text: str) -> None:
        self._does("says", text)

    def taps(self, label: str, *, old: bool = False, times: int = 1) -> None:
        self._does("taps", label)


class Hands:
    """Everybody's, as they are now."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._kept: dict[int, Hand] = {}

    def of(self, person: Person) -> Hand:
        if person.chat not in self._kept:
            town = self._cast.town
            made: Hand = (
                TelegramHand(town, person)
                if person.way == TELEGRAM
                else PageHand(town, person)
                if person.way == PAGE
                else ZaloHand(town, person)
            )
            self._kept[person.chat] = made
        return self._kept[person.chat]
