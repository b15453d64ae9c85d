"""No question within a pause, whatever zones and dates; after it exactly one turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, given, settings, strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from jobs import TIMETABLE
from jobs.ground.runner import Items
from models.away.pausing import PausePlan, announce_pause, change_pause, check_days, end_pause
from models.contact.checkin import (
    OWING,
    Checkin,
    CheckinKind,
    CheckinMove,
    CheckinState,
    next_alert_at,
    next_checkin_at,
    plan_checkin,
)
from models.contact.pause import Pause, PauseKind, PauseState, next_pause_at, open_pause
from models.contact.policy import PausePolicy
from models.delivery.outbox import Outbox
from models.ground.clock import SettableClock, at_wall, local_date
from models.ground.db import Database
from models.ground.errors import Refused
from models.ground.rhythm import Rhythm
from models.ground.sealing import new_id
from models.people.member import Member, Purpose, add_member, link_account, record_consent
from models.people.unit import UnitKind, create_unit
from models.policies import Policies
from tests.sizes import sized

ZONES = (
    "Asia/Ho_Chi_Minh",
    "Asia/Tokyo",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Pago_Pago",
)
START = datetime(2026, 11, 20, 5, tzinfo=UTC)
JOBS = [
    job
    for job in TIMETABLE
    if isinstance(job, Items) and job.name in ("pause.move", "checkin.move", "checkin.alert")
]


class Life:
    """One member and time, without Telegram. Whoever lived on this database before is asked nothing any more."""

    def __init__(self, run: Callable[[Callable[[Session], Any]], Any], zone: str, rhythm: Rhythm) -> None:
        self.run, self.policies, self.clock = run, Policies(), SettableClock(START)
        self.zones = [(START, zone)]
        self.id: int = run(lambda db: self._born(db, zone, rhythm))

    def _born(self, db: Session, zone: str, rhythm: Rhythm) -> int:
        db.execute(update(Checkin).values(next_at=None, alert_at=None))
        db.execute(update(Pause).values(next_at=None))
        cell = create_unit(db, kind=UnitKind.CELL, name=f"Chi bộ {new_id()}", parent=None, now=START)
        member = add_member(db, cell_id=cell.id, full_name="Người đi biển", place_code="JP", now=START)
        member.zone, member.rhythm = zone, rhythm
        link_account(db, member, address=chat_address(new_id()), now=START)
        record_consent(db, member.id, Purpose.CONTACT, given=True, now=START)
        plan_checkin(db, member, self.policies.checkin, now=START)
        return member.id

    def pause(self, begins_on: date, ends_on: date) -> None:
        self.run(
            lambda db: announce_pause(
                db,
                db.get_one(Member, self.id),
                PausePlan(kind=PauseKind.VOYAGE, begins_on=begins_on, ends_on=ends_on, reason=None),
                by_id=self.id,
                policies=self.policies,
                now=self.clock(),
            )
        )

    def sail(self, zone: str) -> None:
        def work(db: Session) -> None:
            member = db.get_one(Member, self.id)
            member.zone = zone
            plan_checkin(db, member, self.policies.checkin, now=self.clock())

        self.zones.append((self.clock(), zone))
        self.run(work)

    def live(self, until: datetime) -> None:
        while (due := self._next()) is not None and due <= until:
            self.clock.set(max(due, self.clock() + timedelta(minutes=1)))
            self.tick()
        self.clock.set(until)

    def tick(self) -> None:
        """Every job once, in one transaction: the order of the timetable."""
        self.run(self._tick)

    def _tick(self, db: Session) -> None:
        for job in JOBS:
            ids = job.due(db, self.policies, now=self.clock(), limit=100)
            job.act(db, self.policies, ids, now=self.clock())
            db.flush()

    def _next(self) -> datetime | None:
        found = self.run(lambda db: (next_checkin_at(db), next_alert_at(db), next_pause_at(db)))
        return min((at for at in found if at is not None), default=None)

    def turns(self) -> list[Checkin]:
        mine = (Checkin.member_id == self.id) & (Checkin.kind == CheckinKind.RHYTHM)
        rows = select(Checkin).where(mine).order_by(Checkin.period)
        found: list[Checkin] = self.run(lambda db: list(db.scalars(rows)))
        return found

    def asked(self) -> list[datetime]:
        """When a question or a reminder was put."""

        def work(db: Session) -> list[datetime]:
            ids = [c.id for c in db.scalars(select(Checkin).where(Checkin.member_id == self.id))]
            abouts = [f"checkin:{one}" for one in ids]
            return list(db.scalars(select(Outbox.created_at).where(Outbox.about.in_(abouts))))

        found: list[datetime] = self.run(work)
        return found

    def zone_at(self, moment: datetime) -> str:
        return [zone for since, zone in self.zones if since <= moment][-1]

    def was_late_within(self, first: date, last: date) -> bool:
        def work(db: Session) -> list[datetime]:
            late = (Checkin.member_id == self.id) & (CheckinMove.after == CheckinState.LATE)
            rows = select(CheckinMove.at).join(Checkin, Checkin.id == CheckinMove.checkin_id).where(late)
            return list(db.scalars(rows))

        return any(first <= local_date(at, self.zone_at(at)) < last for at in self.run(work))


RHYTHMS = st.builds(
    lambda opens, length, hour, weekday: Rhythm(
        opens_day=opens, due_day=opens + length, hour=hour, weekday=weekday if opens + length <= 22 else None
    ),
    opens=st.integers(1, 23),
    length=st.integers(3, 5),
    hour=st.integers(7, 20),
    weekday=st.none() | st.integers(0, 6),
)


@settings(max_examples=sized(3, 10), phases=[Phase.generate])
@given(
    rhythm=RHYTHMS,
    zone=st.sampled_from(ZONES),
    then=st.sampled_from(ZONES),
    announced=st.integers(15, 50),
    ahead=st.integers(0, 30),
    length=st.integers(2, 100),
)
def test_no_question_within_a_pause_and_one_turn_after_it(
    database: Database, rhythm: Rhythm, zone: str, then: str, announced: int, ahead: int, length: int
) -> None:
    """Each life is one transaction, which is quicker by far."""
    database.run(
        lambda db: _live(Life(lambda work: work(db), zone, rhythm), rhythm, then, announced, ahead, length)
    )


def _live(life: Life, rhythm: Rhythm, then: str, announced: int, ahead: int, length: int) -> None:
    life.live(START + timedelta(days=announced))
    begins_on = local_date(life.clock(), life.zone_at(life.clock())) + timedelta(days=ahead)
    ends_on = begins_on + timedelta(days=length)
    life.pause(begins_on, ends_on)
    paused_at = life.clock()
    life.live(paused_at + timedelta(days=ahead, hours=length * 12))
    life.sail(then)
    over_at = at_wall(ends_on, time(rhythm.hour), then)
    life.live(over_at + timedelta(days=life.policies.pause.ask_again_days, minutes=-1))
    days = [local_date(at, life.zone_at(at)) for at in life.asked() if at > paused_at]
    assert [day for day in days if begins_on <= day < ends_on] == []
    assert not life.was_late_within(begins_on, ends_on)
    turns = life.turns()
    assert len({turn.period for turn in turns}) == len(turns)
    assert sum(turn.state in OWING for turn in turns) <= 1
    later = [t for t in turns if t.asked_at and local_date(t.asked_at, life.zone_at(t.asked_at)) >= ends_on]
    silenced = [turn for turn in turns if turn.state == CheckinState.PAUSED]
    assert len(later) == 1 or (not later and not silenced)


# --- one at a time --------------------------------------------------------------------------------------------------


@contextmanager
def _refused() -> Iterator[None]:
    with pytest.raises(Refused):
        yield


def at(month: int, day: int, hour: int = 12) -> datetime:
    """Vietnam's clock."""
    year = 2026 if month > 10 else 2027
    return datetime(year, month, day, hour, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def life(database: Database) -> Life:
    return Life(database.run, "Asia/Ho_Chi_Minh", Rhythm())


def december(life: Life) -> Checkin:
    return next(turn for turn in life.turns() if turn.period == date(2026, 12, 1))


def test_what_was_late_is_laid_aside_and_asked_when_it_is_over(life: Life) -> None:
    life.live(at(12, 8))
    assert december(life).state == CheckinState.LATE
    life.pause(date(2026, 12, 8), date(2026, 12, 20))
    assert (december(life).state, december(life).alert_at) == (CheckinState.PAUSED, None)
    life.live(at(12, 20, 20))
    checkin = december(life)
    assert checkin.state == CheckinState.OPEN
    assert checkin.due_at == at(12, 24, 19)
    assert checkin.late_at == at(12, 26, 19)


def test_a_turn_that_ends_soon_gives_way_to_the_next(life: Life) -> None:
    life.live(at(12, 2))
    life.pause(date(2026, 12, 2), date(2026, 12, 29))
    life.live(at(1, 2))
    assert december(life).state == CheckinState.PAUSED
    assert [turn.state for turn in life.turns()][:2] == [CheckinState.PAUSED, CheckinState.OPEN]


def test_an_end_put_off_keeps_the_silence(life: Life) -> None:
    life.live(at(12, 2))
    life.pause(date(2026, 12, 2), date(2026, 12, 10))

    def work(db: Session) -> None:
        pause = open_pause(db, life.id)
        assert pause is not None
        change_pause(
            db,
            pause,
            ends_on=date(2027, 2, 10),
            by_id=life.id,
            policy=life.policies.pause,
            checkins=life.policies.checkin,
            now=life.clock(),
        )

    life.run(work)
    asked = len(life.asked())
    life.live(at(2, 10, 18))
    assert len(life.asked()) == asked
    life.live(at(2, 10, 20))
    assert len(life.asked()) == asked + 1


def test_down_over_a_whole_pause_is_one_greeting_and_one_question(life: Life) -> None:
    life.live(at(11, 25))
    life.pause(date(2026, 11, 28), date(2026, 12, 10))
    life.clock.set(at(12, 12))
    life.tick()
    life.tick()
    assert [turn.state for turn in life.turns()] == [CheckinState.OPEN, CheckinState.SCHEDULED]
    state = life.run(lambda db: db.scalars(select(Pause.state).where(Pause.member_id == life.id)).one())
    assert state == PauseState.OVER


def test_ended_early_it_is_over_once(life: Life) -> None:
    life.live(at(12, 2))
    life.pause(date(2026, 12, 2), date(2026, 12, 20))

    def work(db: Session) -> Checkin | None:
        pause = db.scalars(select(Pause).where(Pause.member_id == life.id)).one()
        return end_pause(
            db,
            pause,
            by_id=life.id,
            policy=life.policies.pause,
            checkins=life.policies.checkin,
            now=life.clock(),
        )

    assert life.run(work) is not None
    with _refused():
        life.run(work)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(2026, 11, 30), date(2026, 12, 10)),
        (date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 12, 1), date(2027, 6, 2)),
        (date(2027, 6, 1), date(2027, 6, 9)),
    ],
)
def test_days_outside_the_policy_are_refused(begins: date, ends: date) -> None:
    with _refused():
        check_days(begins, ends, PausePolicy(), today=date(2026, 12, 1))


def test_the_longest_pause_is_six_months() -> None:
    check_days(date(2026, 12, 1), date(2027, 6, 1), PausePolicy(), today=date(2026, 12, 1))
