"""Whatever stands behind a button's address, it is answered like an old button: no alarm, no error, no digit of another alphabet."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import pytest
from hypothesis import given, strategies as st
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from handlers import ROUTES, TAPS
from handlers.ground.arguments import number, number_or_0, one_of, whole
from handlers.ground.context import Context, Incoming, Kind
from handlers.ground.days import EARLIEST, read_day
from models.delivery.conversation import current_conversation
from models.delivery.outbox import spoken_to
from models.ground.errors import Refused
from models.policies import Policies
from tests.fakes import World
from tests.people import ALICE, BOB, DEPUTY, OFFICER, a_cell, settle_in
from tests.sizes import sized

HUGE, BEYOND = str(2**80), str(2**63)
JUNK = (
    "",
    "x",
    "٣",
    "²",
    "-1",
    "0",
    "1",
    HUGE,
    BEYOND,
    "yes",
    "9" * 18,
    "a b",
    "%s",
    "{0}",
    "\u202e1",
    "None",
    "1e9",
)
TAILS = (
    [],
    *([junk] for junk in JUNK),
    ["c", "x"],
    ["m", HUGE],
    ["x"] * 12,
    ["1", "²"],
    ["0", "0", "0", "0", "0"],
    ["9" * 18, "9" * 18, "9" * 18, "9" * 18],
)
VALUES = (*JUNK, "page" + HUGE, "m:" + BEYOND, "who", "p²", "t-1")
EVERY = int(
    os.environ.get("XANHA_SAMPLE", sized("51", "17"))
)  # one in so many; 1: all of them, some ten minutes
AFTER_AN_ID: tuple[list[str], ...] = (
    [],
    [""],
    ["x"],
    ["²", "²"],
    ["-1", "-1"],
    ["0", "0", "0"],
    [HUGE, HUGE],
    ["9" * 18, "9" * 18],
    ["yes"],
    ["yes", "x", "yes"],
    ["end", "x", "x"],
)


class _Undone(Exception):
    pass


class Walk:
    """Steps the program's routes in a transaction that is rolled back, so that each forged button finds the same world."""

    def __init__(self, world: World) -> None:
        self.world, self.every, self.policies, self.count = world, EVERY, Policies(), 0

    def taps(self, user: int, data: str) -> None:
        def work(db: Session) -> None:
            self._step(db, user, data)
            row = current_conversation(db, chat_address(user))
            if row is not None:
                self._answers(db, user, f"{row.room}:{row.step}", row.version)
            raise _Undone

        with pytest.raises(_Undone):
            self.world.db(work)

    def _answers(self, db: Session, user: int, question: str, version: int) -> None:
        """The question that the button has opened, too, is answered by buttons that it never had."""
        for value in VALUES[self.count % self.every :: self.every]:
            undone = db.begin_nested()
            self._step(db, user, f"{question}:{value}~{version}")
            undone.rollback()

    def _step(self, db: Session, user: int, data: str) -> None:
        self.count += 1
        db.info.clear()
        incoming = Incoming(str(self.count), chat_address(user), Kind.BUTTON, data=data, message_id=7)
        ctx = self._context(db, incoming)
        try:
            try:
                with db.begin_nested():
                    ROUTES.step(ctx)
                    db.flush()
            except Refused as refused:
                ctx = self._context(db, incoming)
                ROUTES.refuse(ctx, refused)
                db.flush()
        except Exception as error:
            raise AssertionError(f"{user} {data!r}: {error!r}") from error
        assert chat_address(user) in spoken_to(db) or ctx.told is not None, (
            f"no answer to {data!r}"
        )  # a message, or a note

    def _context(self, db: Session, incoming: Incoming) -> Context:
        return Context(db, self.world.clock(), self.policies, incoming, bot_username="demo_bot")


def forged(tap: str, ids: list[int]) -> Iterator[str]:
    for tail in TAILS:
        yield ":".join([tap, *tail])
    for known in ids:
        for tail in AFTER_AN_ID:
            yield ":".join([tap, str(known), *tail])
    yield f"{tap}~abc"
    yield f"{tap}:1~{HUGE}"
    yield f"below:{tap}"


def test_forged_and_missing_arguments_of_every_button_are_an_old_button(world: World) -> None:
    cell = a_cell(world)
    settle_in(world, cell, OFFICER, BOB, DEPUTY, ALICE)
    walk = Walk(world)
    people = (BOB, ALICE, OFFICER)
    for place, tap in enumerate(TAPS):
        every = list(forged(tap.address, [cell.id, cell.alice, cell.commune]))
        for turn, data in list(enumerate(every))[place % EVERY :: EVERY]:
            walk.taps(people[(place + turn) % len(people)], data)
    sys.stdout.write(f"\n{walk.count} forged buttons were answered\n")
    assert walk.count > 12_000 / EVERY


class Colour(StrEnum):
    RED = "red"


@given(st.lists(st.text(max_size=30), max_size=4), st.integers(0, 5))
def test_any_argument_is_a_number_that_fits_a_column_or_refused(arguments: list[str], index: int) -> None:
    assert 0 <= number_or_0(arguments, index) < 10**18
    for read in (number, lambda given, place: one_of(Colour, given, place)):
        try:
            read(arguments, index)
        except Refused:
            continue


@given(st.text(max_size=40) | st.integers(-(10**30), 10**30).map(str), st.integers(0, 99), st.integers(0, 99))
def test_a_typed_number_lies_in_its_bounds_or_is_none(text: str, least: int, most: int) -> None:
    found = whole(text, least=least, most=most)
    assert found is None or least <= found <= most


_DAYS = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"(ngày )?\d{1,2}[/. -]\d{1,2}([/. -]\d{1,5})?", fullmatch=True),
    st.from_regex(r"[0-9]{8}", fullmatch=True),
    st.from_regex(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", fullmatch=True),
)


@given(_DAYS, st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_any_text_is_a_day_of_this_century_or_the_last_or_refused(text: str, near: date) -> None:
    try:
        found = read_day(text, near=near)
    except Refused:
        return
    assert EARLIEST <= found.year <= near.year + 50


@given(_DAYS, st.dates(date(2020, 1, 1), date(2060, 12, 31)), st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_any_text_is_a_day_between_the_two_or_refused(text: str, first: date, last: date) -> None:
    try:
        found = read_day(text, near=first, last=last)
    except Refused:
        return
    assert first <= found <= last


def test_a_day_at_the_end_of_the_calendar_is_a_wrong_one() -> None:
    for wrong in ("31/12/9999", "1/1/0001", "31121899", "9999-12-31", "29/2/2027", "٣١/١٢/٢٠٢٦"):
        with pytest.raises(Refused):
            read_day(wrong, near=date(2026, 12, 1))
    assert read_day("29/2", near=date(2028, 3, 1)) == date(2032, 2, 29)
    assert read_day("31/12", near=date(2026, 12, 1)) == date(2026, 12, 31)
    assert read_day("NGÀY 5 THÁNG 12 NĂM 2026", near=date(2026, 12, 1)) == date(2026, 12, 5)
