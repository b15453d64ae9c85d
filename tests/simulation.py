"""Years of check-ins without Telegram: the jobs run on a database, the outbox is read, and every promise is checked.

Simulation(database).people(1000, zones)   .live(until)   .broken()  -> [] or what was not kept
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address, number_of
from jobs import TIMETABLE, postpone_after_outage
from jobs.ground.runner import Items, Runner
from models.contact.checkin import (
    OWING,
    Checkin,
    CheckinKind,
    CheckinMove,
    CheckinState,
    Report,
    answer_checkin,
    next_alert_at,
    next_checkin_at,
    plan_checkin,
)
from models.delivery.job_run import skip_heartbeat
from models.delivery.outbox import Outbox
from models.ground.clock import NIGHT, SettableClock, add_months
from models.ground.db import Database
from models.people.member import (
    Account,
    Member,
    Purpose,
    Reachability,
    add_member,
    link_account,
    record_consent,
)
from models.people.rights import Role, appoint
from models.people.unit import UnitKind, create_unit
from models.policies import Policies

ZONES = (
    "Asia/Ho_Chi_Minh",
    "Asia/Tokyo",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Sydney",
    "Asia/Taipei",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Africa/Casablanca",  # summer time all year, but for Ramadan
)
START = datetime(2026, 11, 20, 1, tzinfo=UTC)
CELL_SIZE = 50


def _days_of(month: date) -> list[int]:
    """The days on which a month asks and reminds; of the years that are lived through one month has Tết in it."""
    if month == date(2027, 2, 1):  # days of rest 5 to 11 February
        return [1, 3, 12]
    return [1, 3, 5]


class Simulation:
    """`calm`: nobody moves, everything is on time, so every date can be foretold. `silent`: how many never answer."""

    def __init__(self, database: Database, *, seed: int = 0, calm: bool = False, silent: float = 0.2) -> None:
        self.database, self.calm, self.share_of_silent = database, calm, silent
        self.random = random.Random(seed)  # noqa: S311
        self.policies = Policies()
        self.clock = SettableClock(START)
        self.errors: list[BaseException] = []
        self.runner = Runner(
            database,
            self.policies,
            self.clock,
            on_error=lambda _name, error: self.errors.append(error),
            on_outage=postpone_after_outage,
        )
        self.jobs = [job for job in TIMETABLE if job.name.startswith("checkin.") and isinstance(job, Items)]
        self.members: list[int] = []
        self.moved: set[int] = set()
        self.silent: set[int] = set()  # never answer
        self.zone_at: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
        self.down: list[tuple[datetime, datetime]] = []

    # --- setting up -------------------------------------------------------------------------------------------------

    def people(self, count: int, zones: tuple[str, ...] = ZONES) -> Simulation:
        self.database.run(lambda db: self._people(db, count, zones))
        self.runner.beat()
        return self

    def _people(self, db: Session, count: int, zones: tuple[str, ...]) -> None:
        for number in range(count):
            if number % CELL_SIZE == 0:
                cell = create_unit(db, kind=UnitKind.CELL, name=f"Chi bộ {number}", parent=None, now=START)
            member = add_member(db, cell_id=cell.id, full_name=f"Người {number}", place_code="JP", now=START)
            self._at(member, zones[number % len(zones)])
            link_account(db, member, address=chat_address(number + 1), now=START)
            record_consent(db, member.id, Purpose.CONTACT, given=True, now=START)
            if number % CELL_SIZE == 0:
                appoint(db, member_id=member.id, unit_id=cell.id, role=Role.SECRETARY, by_id=None, now=START)
            plan_checkin(db, member, self.policies.checkin, now=START)
            self.members.append(member.id)
            if self.random.random() < self.share_of_silent:
                self.silent.add(member.id)

    def _at(self, member: Member, zone: str) -> None:
        member.zone = zone
        self.zone_at[member.id].append((self.clock(), zone))

    # --- living -----------------------------------------------------------------------------------------------------

    def live(self, until: datetime) -> Simulation:
        """From one due thing to the next, with people and accidents in between."""
        while (due := self._next()) is not None and due <= until:
            self._be_at(max(due, self.clock() + timedelta(minutes=1)))
            self.tick()
            if not self.calm:
                self._accidents()
            self.database.run(self._people_act)
        return self

    def _next(self) -> datetime | None:
        found = self.database.run(lambda db: (next_checkin_at(db), next_alert_at(db)))
        return min((at for at in found if at is not None), default=None)

    def _be_at(self, moment: datetime) -> None:
        """The heart went on beating all the while: a jump is no outage."""
        self.clock.set(moment)
        self.database.run(lambda db: skip_heartbeat(db, now=moment))

    def tick(self) -> None:
        for job in self.jobs:
            self.runner.run(job)

    def restart_after(self, silence: timedelta) -> None:
        """The program was down; the heart says how long, and then it goes on."""
        self.down.append((self.clock(), self.clock() + silence))
        self.database.run(lambda db: skip_heartbeat(db, now=self.down[-1][0]))
        self.clock.advance(silence)
        self.runner.beat()
        self.tick()

    def _accidents(self) -> None:
        if self.random.random() < 0.02:
            self.restart_after(timedelta(hours=self.random.choice([1, 3, 10, 30, 80])))

    def _people_act(self, db: Session) -> None:
        now = self.clock()
        owed = select(Checkin.id, Checkin.member_id).where(Checkin.state.in_(OWING), Checkin.closes_at > now)
        for checkin_id, by_id in db.execute(owed.order_by(Checkin.id)).all():
            if by_id not in self.silent and self.random.random() < 0.05:
                checkin, policy = db.get_one(Checkin, checkin_id), self.policies.checkin
                answer_checkin(db, checkin, Report(fine=True), by_id=by_id, policy=policy, now=now)
        if not self.calm and self.random.random() < 0.2:
            self.move(db, db.get_one(Member, self.random.choice(self.members)), self.random.choice(ZONES))

    def move(self, db: Session, member: Member, zone: str) -> None:
        self._at(member, zone)
        self.moved.add(member.id)
        plan_checkin(db, member, self.policies.checkin, now=self.clock())

    def block(self, member_id: int, state: Reachability = Reachability.BLOCKED) -> None:
        def work(db: Session) -> None:
            account = db.scalars(select(Account).where(Account.member_id == member_id)).one()
            account.reachability = state

        self.database.run(work)

    # --- looking ----------------------------------------------------------------------------------------------------

    def broken(self) -> list[str]:
        """Every promise that was not kept."""
        return [str(error) for error in self.errors] + self.database.run(self._broken)

    def _broken(self, db: Session) -> list[str]:
        checkins = {c.id: c for c in db.scalars(select(Checkin).where(Checkin.kind == CheckinKind.RHYTHM))}
        moves = defaultdict(list)
        for move in db.scalars(select(CheckinMove).order_by(CheckinMove.id)):
            moves[move.checkin_id].append(move)
        letters = db.scalars(select(Outbox).order_by(Outbox.id)).all()
        found = self._months(checkins)
        found += self._nights(letters)
        found += self._moves(checkins, moves)
        found += self._nudges(checkins, letters)
        found += self._alerts(letters)
        return found

    def _months(self, checkins: dict[int, Checkin]) -> list[str]:
        """Each month of each member once, from the first to the planned one; none left out but by an outage."""
        periods: dict[int, list[date]] = defaultdict(list)
        for checkin in checkins.values():
            periods[checkin.member_id].append(checkin.period)
        found = []
        for member_id in self.members:
            mine = sorted(periods[member_id])
            count = (mine[-1].year - 2026) * 12 + mine[-1].month - 11
            missing = [m for at in range(count) if (m := add_months(date(2026, 12, 1), at)) not in mine]
            if len(set(mine)) != len(mine) or not all(self._slept_through(month) for month in missing):
                found.append(f"{member_id} has the months {mine}")
        return found

    def _slept_through(self, month: date) -> bool:
        """We were down when it ended, so it merged into the one that was open afterwards."""
        end = datetime.combine(add_months(month, 1), time(12), UTC)
        return any(began <= end <= ended + timedelta(days=1) for began, ended in self.down)

    def _nights(self, letters: Sequence[Outbox]) -> list[str]:
        zones = {chat + 1: self.zone_at[member_id] for chat, member_id in enumerate(self.members)}
        found = []
        for letter in letters:
            before = [zone for since, zone in zones[number_of(letter.address)] if since < letter.created_at]
            moved_now = [
                zone for since, zone in zones[number_of(letter.address)] if since == letter.created_at
            ]
            clocks = [
                letter.not_before.astimezone(ZoneInfo(zone)).time() for zone in [*before[-1:], *moved_now]
            ]
            if not any(NIGHT.ends <= clock < NIGHT.begins for clock in clocks):
                found.append(f"{letter.key} goes out at {clocks}")
        return found

    def _moves(self, checkins: dict[int, Checkin], moves: dict[int, list[CheckinMove]]) -> list[str]:
        """Opened once, late at most once, never late ahead of the grace."""
        found = []
        for checkin_id, checkin in checkins.items():
            counts = Counter(move.after for move in moves[checkin_id])
            if counts[CheckinState.OPEN] != (0 if checkin.state == CheckinState.SCHEDULED else 1):
                found.append(f"{checkin_id} {checkin.period} opened {counts[CheckinState.OPEN]} times")
            if counts[CheckinState.LATE] > 1:
                found.append(f"{checkin_id} was late {counts[CheckinState.LATE]} times")
            for move in moves[checkin_id]:
                if move.after == CheckinState.LATE and move.at < checkin.late_at:
                    found.append(f"{checkin_id} was late before its time")
        return found

    def _nudges(self, checkins: dict[int, Checkin], letters: Sequence[Outbox]) -> list[str]:
        """At most as many reminders as the rhythm says, on different days; in calm times at 19:00 on its days."""
        said: dict[int, list[Outbox]] = defaultdict(list)
        for letter in letters:
            if letter.key.startswith(("checkin.open:", "checkin.nudge:")):
                said[int(letter.key.split(":")[1])].append(letter)
        rhythm, found = self.policies.checkin.rhythm, []
        for checkin_id, mine in said.items():
            checkin = checkins[checkin_id]
            times = [letter.created_at for letter in mine]
            if len(mine) > 1 + len(rhythm.nudge_days_before):
                found.append(f"{checkin_id} was asked {len(mine)} times")
            if any(b - a < timedelta(hours=18) for a, b in pairwise(times)):
                found.append(f"{checkin_id} was asked twice in a day")
            answered = checkin.answered_at
            if answered and any(at > answered for at in times):
                found.append(f"{checkin_id} was asked after its answer")
            if self.calm:
                found += self._foretold(checkin, times)
        return found

    def _foretold(self, checkin: Checkin, times: list[datetime]) -> list[str]:
        local = [at.astimezone(ZoneInfo(checkin.zone)) for at in times]
        days = _days_of(checkin.period)[: len(times)]
        if [at.day for at in local] != days or any(at.time() != time(19) for at in local):
            return [f"{checkin.id} in {checkin.zone} was asked at {[f'{at:%d %H:%M}' for at in local]}"]
        settled = checkin.answered_at or datetime.max.replace(tzinfo=UTC)
        should = sum(at <= settled for at in self._steps(checkin) if at <= self.clock())
        return [] if len(times) == should else [f"{checkin.id} was asked {len(times)} times, not {should}"]

    def _steps(self, checkin: Checkin) -> list[datetime]:
        zone = ZoneInfo(checkin.zone)
        return [
            datetime.combine(checkin.period.replace(day=day), time(19), zone)
            for day in _days_of(checkin.period)
        ]

    def _alerts(self, letters: Sequence[Outbox]) -> list[str]:
        """At most one alert a morning for each cell."""
        days = Counter(
            (letter.address, letter.created_at.date())
            for letter in letters
            if letter.key.startswith("checkin.alert:") and "#" not in letter.key
        )
        return [
            f"{chat} was alerted {count} times on {day}" for (chat, day), count in days.items() if count > 1
        ]

    def count(self, state: CheckinState) -> int:
        return self.database.run(
            lambda db: len(db.scalars(select(CheckinMove.id).where(CheckinMove.after == state)).all())
        )
