"""What people do with a phone, a messenger of words or a browser, as far as a simulation needs it: see, tap, type."""

from __future__ import annotations

from typing import Protocol

from bot.standin.records import ChatMessage
from bot.web.look import PageLook
from models.people.browser import hash_of
from tests.phone import Phone
from tests.pushservice import FakeBrowserPush
from tests.simulate.cast import PAGE, TELEGRAM, Cast, Person
from tests.simulate.network import Shown
from tests.simulate.steps import NotNow
from tests.simulate.town import Lost, Town
from tests.tab import DOOR, Tab
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

    def address(self) -> str:
        """Return how the program writes this end of theirs; empty: it cannot know it yet."""
        ...

    def heard(self) -> bool:
        """Return whether the program, or what stands before it, took what was said last."""
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

    def address(self) -> str:
        return f"telegram:{self._chat}"

    def heard(self) -> bool:
        return True

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
    """What Zalo handed to a process that died before it was stored is lost: nobody asks for it again, but its writer."""

    def __init__(self, town: Town, person: Person) -> None:
        self._town, self._deaths, self._last = town, 0, ""
        self._phone = TextPhone(town.zalo, str(person.chat), town.settle)

    def address(self) -> str:
        return str(self._phone.address)

    def heard(self) -> bool:
        if len(self._town.deaths) == self._deaths:
            return True
        row = self._town.looking.execute(
            "SELECT 1 FROM inbox WHERE channel = 'text' AND external_id = ?", [self._last]
        )
        return row.fetchone() is not None

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
        self._deaths = len(self._town.deaths)
        self._phone.says(text[:2000])
        own = [one.id for one in self._phone.zalo.history(self._phone.chat_id) if one.by == "person"]
        self._last = own[-1]

    def taps(self, label: str, *, old: bool = False, times: int = 1) -> None:
        try:
            number = self._phone.number_of(label)
        except AssertionError as error:
            raise NotNow(str(error)) from None
        for _ in range(times - 1):
            self._phone.zalo.says(self._phone.chat_id, number)
        self._phone.says(number)


class PageHand:
    """A browser. Where its connection breaks, the page stands as it was, and what was sent may be sent once more."""

    def __init__(self, town: Town, person: Person) -> None:
        self._town, self._person = town, person
        self._tab = Tab(town, ip=f"203.0.113.{person.chat % 200}")  # type: ignore[arg-type] # a town is a world
        self._again: tuple[str, tuple[object, ...]] | None = None  # what was not answered
        if person.cookie:
            self._tab.cookies.set(
                PageLook.cookie, person.cookie, domain=DOOR.removeprefix("https://"), path="/"
            )

    def _does(self, verb: str, *given: object) -> None:
        before, self._tab.status = self._tab.html, 0
        try:
            getattr(self._tab, verb)(*given)
        except (AssertionError, StopIteration, ValueError) as error:
            raise NotNow(f"the page has no such thing: {error}") from None
        except Lost:
            self._again, self._tab.html, self._tab.status = (verb, given), before, 0
            return
        if self._tab.status >= 500:  # what was typed stands in the browser still
            self._again, self._tab.html = (verb, given), before
            return
        self._again = None
        if self._tab.status >= 400 or not self._tab.html:
            self._tab.html = ""
            return
        self._reads()

    def _reads(self) -> None:
        """Tell the journal what stands there."""
        self._town.journal.pages.append(
            Shown(
                self._town.now(),
                self.address(),
                tuple((one["message_id"], one["text"]) for one in self._tab.messages()),
            )
        )

    def address(self) -> str:
        key = self._tab.cookies.get(PageLook.cookie)
        if not key:
            return ""
        row = self._town.looking.execute(
            "SELECT address FROM browser WHERE key_hash = ?1 OR old_hash = ?1", [hash_of(key)]
        ).fetchone()
        return str(row[0]) if row else ""

    def heard(self) -> bool:
        return self._again is None

    def sends_again(self) -> None:
        """Send once more what was not answered: as a browser does that is told to."""
        if self._again is None:
            raise NotNow("all was answered")
        verb, given = self._again
        self._does(verb, *given)

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

    def allows_push(self) -> None:
        """Let this browser be rung."""
        if not self.address():
            raise NotNow("nobody is let in here")
        browser = FakeBrowserPush()
        self._town.journal.bells[browser.path] = self.address()
        self._does("allows_push", self._town.push, browser)
        self._does("opens", "/")

    def says(self, text: str) -> None:
        self._does("says", text)

    def taps(self, label: str, *, old: bool = False, times: int = 1) -> None:
        """Twice is the same form, posted before its answer has come."""
        html = self._tab.html
        self._does("taps", label)
        for _ in range(times - 1):
            if self.heard():
                self._tab.html = html
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
