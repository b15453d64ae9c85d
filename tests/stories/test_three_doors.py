"""One conversation through three doors: the same answers leave the same rows, and say the same to others.

    Telegram    buttons that are tapped
    the page    the same buttons in a browser
    words       numbers that are typed

Three worlds go step by step side by side. Where a person stands, each door has to offer the same; then the same is chosen.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import Phase, given, settings, strategies as st
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from handlers import ROUTES
from handlers.ground.secrecy import is_protected
from models.contact.checkin import plan_checkin
from models.ground.channel import Address, Channel
from models.people.browser import device_of, new_page, open_browser
from models.people.held import records_about
from models.people.member import Member, Purpose, link_account, record_consent
from models.people.policy import PushPolicy
from tests import postgres
from tests.fakes import ZALO, World
from tests.people import BOB, DAN, a_cell, phone_of, settle_in
from tests.phone import Phone
from tests.sizes import sized
from tests.tab import ANDROID, Tab

CHAT = "6ede9afa66b88fe6d6a9"
RINGS = PushPolicy(services=("push.example",))
REPORT_DAY = datetime(2026, 12, 5, 2, 0, tzinfo=UTC)


class Door(Protocol):
    """What a person can do on each of them."""

    def says(self, *texts: str) -> Any: ...
    def taps(self, *labels: str) -> Any: ...
    def reads(self) -> str: ...
    def buttons(self) -> list[str]: ...


@dataclass
class Side:
    """A world in which Dân has one door, and his secretary Telegram."""

    world: World
    door: Door
    bob: Phone
    dan_id: int

    def lives_until(self, moment: datetime) -> None:
        """Let time pass for somebody who looks twice a day: of a page that is not looked at others are told."""
        while self.world.clock() < moment:
            self.world.until(min(self.world.clock() + timedelta(hours=12), moment))
            self.door.reads()

    def choices(self) -> list[str]:
        return sorted(label.strip("‹› ") for label in self.door.buttons())

    def rows(self) -> dict[str, list[Any]]:
        """All that is held about Dân, without numbers of rows and without his chats."""

        def work(db: Session) -> dict[str, list[Any]]:
            held = records_about(db, self.dan_id)
            return {name: sorted(map(_plain, found)) for name, found in held if name not in _CHATS}

        return self.world.db(work)


_CHATS = {
    "account",
    "conversation",
    "form_end",
    "choice_list",
    "inbox",
    "outbox",
    "trail",
    "browser",
    "knock",
    "reachability_move",
}


def _plain(record: Any) -> list[tuple[str, str]]:
    """Its fields as text; the number of a row is another in each world."""
    return sorted(
        (name, "a row" if isinstance(value, int) and value > 1 << 40 else repr(value))
        for name, value in record.items()
    )


def telegram(world: World) -> tuple[Address, Callable[[], Door]]:
    phone = phone_of(world, DAN)
    world.telegram.users[DAN].started = True
    return chat_address(DAN), lambda: phone


class Newest(Tab):
    """A browser whose person looks at the newest message."""

    def buttons(self) -> list[str]:
        return [key["text"] for row in self._newest() for key in row]

    def _newest(self) -> list[list[dict[str, str]]]:
        shown = (one["inline_keyboard"] for one in reversed(self.messages()))
        return next((rows for rows in shown if rows), [])


def page(world: World) -> tuple[Address, Callable[[], Door]]:
    there, tab = new_page(), Newest(world)
    opening = partial(open_browser, address=there, device=device_of(ANDROID), now=world.clock())
    tab.cookies.set("__Host-so", world.db(lambda db: opening(db)[1]), domain="so.example")
    return there, lambda: tab


def words(world: World) -> tuple[Address, Callable[[], Door]]:
    return Address(Channel.TEXT, CHAT), lambda: world.text_phone(CHAT, "Dân")


DOORS = {"telegram": telegram, "page": page, "words": words}


def a_side(world: World, make: Callable[[World], tuple[Address, Callable[[], Door]]]) -> Side:
    cell = a_cell(world)
    bob = settle_in(world, cell, BOB)[0]
    address, door = make(world)

    def work(db: Session) -> None:
        member, now = db.get_one(Member, cell.dan), world.clock()
        link_account(db, member, address=address, now=now)
        for purpose in Purpose:
            record_consent(db, member.id, purpose, given=True, now=now)
        plan_checkin(db, member, world.settings.policies().checkin, now=now)

    world.db(work)
    opened = door()
    if CHAT in world.zalo.chats:
        world.zalo.chats[CHAT].has_written = True
    if isinstance(opened, Tab):
        opened.opens().allows_push(world.push)  # it rings, as the others do
    side = Side(world, opened, bob, cell.dan)
    side.lives_until(REPORT_DAY)
    return side


@contextmanager
def three_sides(template: Path) -> Iterator[list[Side]]:
    with ExitStack() as stack:
        sides = []
        for make in DOORS.values():
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="xn-", dir=postgres.memory()))
            shutil.copy(template, Path(folder) / "xanha.db")
            world = stack.enter_context(World.open(f"sqlite:///{folder}/xanha.db", zalo=ZALO, push=RINGS))
            sides.append(a_side(world, make))
        yield sides


def open_to_all(side: Side) -> set[str]:
    """The choices on Telegram that lead to no room about people: words may not show those."""
    assert isinstance(side.door, Phone)
    shown = next(m for m in reversed(side.door.messages()) if m["inline_keyboard"])
    flat = [button for row in shown["inline_keyboard"] for button in row]
    return {
        one["text"].strip("‹› ") for one in flat if not _is_about_people(one.get("callback_data", "absence"))
    }


def _is_about_people(data: str) -> bool:
    """Whether a button, or the command that it stands for, opens what words may not show."""
    command = ROUTES.commands.get(data.removeprefix("menu:go:"))
    return is_protected(command.room if command is not None else data)


def agree(sides: list[Side]) -> None:
    first, *others = sides
    for other in others:
        assert other.rows() == first.rows()
        assert other.bob.chat() == first.bob.chat()


@pytest.mark.long
@settings(max_examples=sized(2, 6), phases=[Phase.generate])  # each is three worlds
@given(
    begins=st.sampled_from(["/baocao", "/menu", "/hop"]),
    turns=st.lists(st.integers(0, 9), min_size=4, max_size=12),
)
def test_the_same_answers_leave_the_same_rows(sqlite_template: Path, begins: str, turns: list[int]) -> None:
    with three_sides(sqlite_template) as sides:
        walk(sides, begins, turns)


def walk(sides: list[Side], begins: str, turns: list[int]) -> None:
    for side in sides:
        side.door.says(begins)
    for turn in turns:
        first, *others = sides
        for other in others:
            assert other.choices() == first.choices()
        choices = [one for one in first.choices() if one in open_to_all(first)]
        for side in sides:
            if choices:
                side.door.taps(choices[turn % len(choices)])
        agree(sides)


@pytest.mark.parametrize(
    "answers",
    [
        ["Mọi việc vẫn ổn", "Gửi"],
        ["Có việc cần báo", "Đã chuyển chỗ"],
        ["Có việc cần báo", "Vẫn ở đó"],
    ],
    ids=lambda answers: answers[-1],
)
def test_a_report_leaves_the_same_rows_through_each_door(sqlite_template: Path, answers: list[str]) -> None:
    with three_sides(sqlite_template) as sides:
        for answer in answers:
            for side in sides:
                side.door.taps(answer)
            agree(sides)
        for side in sides:
            side.lives_until(side.world.clock() + timedelta(days=2))
        agree(sides)
