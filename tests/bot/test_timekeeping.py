"""A wrong clock is not believed: no deadline moves by it, people are answered, the operator is asked and heard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.clockword import answer_clock, show_clock, undo_clock
from bot.telegram.chats import chat_address
from bot.telegram.transport import _date_of, _sent_at
from bot.timekeeping import ClockState, Timekeeper
from models.contact.checkin import Checkin
from models.delivery.clock_doubt import ClockDoubt
from models.delivery.job_run import Outage
from models.delivery.message import Button, Lane, Message, Recipient
from models.delivery.outbox import enqueue
from models.delivery.policy import ClockPolicy
from models.phrases.text import raw
from tests.fakes import START, World
from tests.people import DAN, a_cell, settle_in
from tests.phone import Phone

OPERATOR = 7
YEAR = timedelta(days=365)


class Computer:
    """Its clock, which anybody may set, and its watch, which nobody can."""

    def __init__(self) -> None:
        self.shows, self.counts = START, 1_000.0

    def wall(self) -> datetime:
        return self.shows

    def seconds(self) -> float:
        return self.counts

    def lives(self, by: timedelta) -> None:
        self.shows += by
        self.counts += by.total_seconds()


@pytest.fixture
def computer() -> Computer:
    return Computer()


@pytest.fixture
def time(computer: Computer) -> Timekeeper:
    made = Timekeeper(computer.wall, computer.seconds, ClockPolicy())
    made.begin(START - timedelta(minutes=1))
    return made


@pytest.mark.parametrize("step", [YEAR, -YEAR, timedelta(minutes=3)])
def test_a_step_of_the_clock_is_not_followed(time: Timekeeper, computer: Computer, step: timedelta) -> None:
    computer.lives(timedelta(hours=1))
    assert time.look() is None
    computer.shows += step
    news = time.look()
    assert news is not None
    assert (news.state, time.holds) == (ClockState.HELD, True)
    computer.lives(timedelta(hours=1))
    assert time() == START + timedelta(hours=2)


def test_a_clock_that_is_set_a_little_is_followed(time: Timekeeper, computer: Computer) -> None:
    computer.shows += timedelta(seconds=90)
    assert time.look() is None
    assert time() == computer.shows


def test_of_two_clocks_the_messenger_bears_one_out(time: Timekeeper, computer: Computer) -> None:
    time.hear(START)  # before the step: it says nothing about it
    computer.shows += YEAR
    assert time.look() is not None
    assert time.holds
    computer.lives(timedelta(minutes=1))
    time.hear(START + timedelta(minutes=1))
    news = time.look()
    assert news is not None
    assert news.state is ClockState.ASIDE
    assert time() == START + timedelta(minutes=1)


def test_a_machine_that_slept_goes_by_its_clock_where_the_messenger_shows_the_same(
    time: Timekeeper, computer: Computer
) -> None:
    computer.shows += timedelta(hours=9)
    time.look()
    computer.lives(timedelta(seconds=5))
    time.hear(computer.shows)
    news = time.look()
    assert news is not None
    assert (news.state, news.by) == (ClockState.SURE, timedelta(hours=9))
    assert time() == computer.shows


def test_a_clock_that_is_set_right_again_is_believed_again(time: Timekeeper, computer: Computer) -> None:
    computer.shows += YEAR
    time.look()
    computer.shows -= YEAR
    news = time.look()
    assert news is not None
    assert (news.state, time.holds) == (ClockState.SURE, False)


@pytest.mark.parametrize(
    ("seen", "heard", "state", "shows"),
    [
        (None, None, ClockState.SURE, START),
        (START - timedelta(hours=20), None, ClockState.SURE, START),
        (START - timedelta(days=3), None, ClockState.HELD, START - timedelta(days=3)),
        (START - timedelta(days=300), START, ClockState.SURE, START),
        (
            START - YEAR,
            START - YEAR + timedelta(hours=1),
            ClockState.ASIDE,
            START - YEAR + timedelta(hours=1),
        ),
        (START + YEAR, None, ClockState.HELD, START + YEAR),
        (START + YEAR, START, ClockState.SURE, START),
        (START - YEAR, START + YEAR, ClockState.HELD, START + YEAR),
    ],
)
def test_what_is_believed_at_the_start(
    computer: Computer, seen: datetime | None, heard: datetime | None, state: ClockState, shows: datetime
) -> None:
    time = Timekeeper(computer.wall, computer.seconds, ClockPolicy())
    if heard is not None:
        time.hear(heard)
    assert (time.begin(seen).state, time()) == (state, shows)


def test_the_messengers_time_stands_in_its_answers() -> None:
    assert _date_of("Tue, 01 Dec 2026 01:00:00 GMT") == START
    assert _date_of("") is None
    said = b'{"ok":true,"result":{"date":1796086800,"text":"\\"date\\":1999999999","reply_to_message":{"date":1}}}'
    assert _sent_at(said) == START
    assert _sent_at(b'{"ok":true,"result":true}') is None


# --- the whole program ----------------------------------------------------------------------------------------------


@pytest.fixture
def world(database_url: str, computer: Computer) -> Iterator[World]:
    with World.open(
        database_url, operator_chat=OPERATOR, wall=computer.wall, seconds=computer.seconds
    ) as opened:
        yield opened


@pytest.fixture
def operator(world: World) -> Phone:
    return world.phone(OPERATOR).says("/start")


def lives(world: World, computer: Computer, by: timedelta) -> None:
    computer.lives(by)
    world.clock.now += by
    looks(world)


def looks(world: World) -> None:
    """A second goes by: the clocks are compared, the jobs of a minute have their turn."""
    assert world.app.clock_watch is not None
    world.run(world.app.clock_watch.look())
    world.run(world.app.tick())


def dates(world: World) -> list[tuple[int, datetime | None, datetime | None]]:
    return world.db(lambda db: [(c.id, c.due_at, c.next_at) for c in db.query(Checkin).order_by(Checkin.id)])


def test_a_clock_a_year_ahead_moves_nothing_and_the_operator_sets_it_right(
    world: World, computer: Computer, operator: Phone
) -> None:
    cell = a_cell(world)
    (dan,) = settle_in(world, cell, DAN)
    lives(world, computer, timedelta(minutes=2))
    before = dates(world)
    assert before
    computer.shows += YEAR
    for _ in range(3):
        lives(world, computer, timedelta(minutes=1))
    assert dates(world) == before
    assert "không chắc bây giờ là mấy giờ" in operator.chat()
    assert "Các việc tự động" in operator.chat()
    dan.says("/baocao")  # people are answered all the same
    assert "Mọi việc vẫn ổn" in dan.buttons()
    computer.shows -= YEAR
    lives(world, computer, timedelta(minutes=1))
    assert "Đồng hồ của máy chủ đã đúng" in operator.reads()
    assert dates(world) == before
    assert world.db(lambda db: db.query(Outage).count()) == 0


def test_a_clock_that_is_set_back_stops_no_job_once_the_operator_has_spoken(
    world: World, computer: Computer, operator: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = a_cell(world)
    (dan,) = settle_in(world, cell, DAN)
    monkeypatch.setenv("BOT_DATABASE_URL", world.url)
    assert "not doubted" in answer_clock(is_right=True)
    computer.shows -= timedelta(days=40)
    lives(world, computer, timedelta(minutes=1))
    assert "python -m bot clock" in operator.reads()
    assert "not answered" in show_clock()
    assert "No deadline moves" in answer_clock(is_right=False)
    lives(world, computer, timedelta(minutes=1))
    assert "đồng hồ của máy chủ sai" in operator.reads()
    lives(world, computer, timedelta(hours=11))  # the evening on which Dân is asked
    assert "tháng 12/2026" in dan.chat()


def test_a_clock_that_the_operator_believes_is_gone_by(
    world: World, computer: Computer, operator: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", world.url)
    computer.shows += timedelta(hours=5)
    lives(world, computer, timedelta(minutes=1))
    assert "không chắc" in operator.reads()
    answer_clock(is_right=True)
    lives(world, computer, timedelta(minutes=1))
    assert "lệch 300 phút" in operator.reads()
    assert world.app.clock() == computer.shows
    assert world.db(lambda db: db.query(Outage).count()) == 1  # deadlines move by it, once


def test_the_operator_answers_in_the_chat_that_was_asked(
    world: World, computer: Computer, operator: Phone
) -> None:
    cell = a_cell(world)
    (dan,) = settle_in(world, cell, DAN)
    computer.shows -= timedelta(days=40)
    lives(world, computer, timedelta(minutes=1))
    assert operator.buttons() == ["Đồng hồ đúng", "Đồng hồ sai"]
    (doubt,) = world.db(lambda db: [one.id for one in db.query(ClockDoubt)])
    forged = [[Button(raw("?"), "clock_doubt:right")]]
    shown = Message(raw("?"), forged)
    world.db(lambda db: enqueue(db, Recipient(chat_address(DAN)), shown, key="f", lane=Lane.REPLY, now=START))
    world.settle()
    dan.taps("?")  # nobody else is heard
    assert world.db(lambda db: db.get_one(ClockDoubt, doubt).is_right) is None
    operator.taps("Đồng hồ sai")
    lives(world, computer, timedelta(minutes=1))
    assert "đồng hồ của máy chủ sai" in operator.reads()
    assert operator.buttons() == ["Đồng hồ đúng"]


def test_what_a_wrong_clock_moved_is_given_back(world: World, computer: Computer, operator: Phone) -> None:
    """The operator believes a clock that is ten days ahead, by mistake; then sets it right, and taps once."""
    cell = a_cell(world)
    (dan,) = settle_in(world, cell, DAN)
    lives(world, computer, timedelta(hours=11))  # Dân is asked
    assert "tháng 12/2026" in dan.chat()
    before, silences = dates(world), world.db(lambda db: db.query(Outage).count())
    computer.shows += timedelta(days=10)
    lives(world, computer, timedelta(minutes=1))
    operator.taps("Đồng hồ đúng")
    world.clock.now += timedelta(days=10)
    lives(world, computer, timedelta(minutes=1))
    assert dates(world) != before
    said = operator.reads()
    assert "được dời thêm 144" in said
    assert "python -m bot clock undo" in said

    computer.shows -= timedelta(days=10)
    world.clock.now -= timedelta(days=10)
    lives(world, computer, timedelta(minutes=1))
    operator.taps("Trả lại các hạn như trước")
    assert "Đã trả lại như trước" in operator.reads()
    assert dates(world) == before
    assert world.db(lambda db: db.query(Outage).count()) == silences
    operator.taps("Trả lại các hạn như trước")
    assert dates(world) == before


def test_the_command_gives_back_what_an_outage_moved_and_nobody_elses_change(
    world: World, computer: Computer, operator: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", world.url)
    cell = a_cell(world)
    settle_in(world, cell, DAN)
    lives(world, computer, timedelta(hours=11))
    assert "nothing was changed" in undo_clock()
    before = dates(world)
    computer.shows += timedelta(hours=20)
    lives(world, computer, timedelta(minutes=1))
    operator.taps("Đồng hồ đúng")
    lives(world, computer, timedelta(minutes=1))
    first, changed, _ = dates(world)[0]
    assert changed is not None

    def puts_off(db: Session) -> None:
        db.get_one(Checkin, first).due_at = changed + timedelta(days=2)

    world.db(puts_off)
    assert "Deadlines given back" in undo_clock()
    after = {id_: due for id_, due, _ in dates(world)}
    assert after.pop(first) == changed + timedelta(days=2)
    assert after == {id_: due for id_, due, _ in before if id_ != first}


def test_a_program_that_starts_with_a_wrong_clock_holds_its_jobs(
    world: World, computer: Computer, operator: Phone
) -> None:
    looks(world)
    cell = a_cell(world)
    settle_in(world, cell, DAN)
    looks(world)
    before = dates(world)
    computer.shows += YEAR
    world.restart()
    assert world.app.time is not None
    assert world.app.time.holds
    looks(world)
    assert dates(world) == before
    assert "không chắc" in operator.chat()
