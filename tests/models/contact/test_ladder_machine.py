"""Anybody does anything about a silence, in any order, while clocks jump, we are down, and offices change hands.

What holds throughout: each step is taken at most once, in order, never before its day and never at night; nobody is
spoken to at night on their own clock; no open ladder is without a next moment, none that is taken without an owner and
a day; and how it ended is heard only by those who had heard of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.checkin import Checkin, CheckinKind, CheckinState
from models.contact.ladder import (
    RUNGS,
    Ended,
    Ladder,
    LadderAlert,
    LadderMove,
    LadderState,
    Rung,
    Silence,
    begin_ladders,
    cancel_ladder,
    climb_ladders,
    due_ladders,
    end_ladder,
    note_desk_alerted,
    open_ladder,
    postpone_ladders,
    take_ladder,
)
from models.contact.policy import LadderPolicy
from models.delivery.outbox import Outbox
from models.ground.clock import HOME_ZONE, local_date
from models.ground.days_off import DaysOff
from models.ground.errors import Refused
from models.people.assignment import assign_contact
from models.people.member import (
    Account,
    Member,
    Purpose,
    Reachability,
    account_of,
    add_member,
    link_account,
    record_consent,
)
from models.people.rights import Role, appoint, appointments, end_appointment
from models.people.unit import UnitKind, create_unit
from tests.memory import empty_engine
from tests.sizes import sized

POLICY = LadderPolicy()
STAFF = ("secretary", "deputy", "contact", "stand-in")
ZONES = {"contact": "Europe/Berlin", "stand-in": "America/New_York", "deputy": "Asia/Tokyo"}
staff = st.sampled_from(STAFF)
anybody = st.sampled_from((*STAFF, "silent", "other", "officer"))
silents = st.sampled_from(("silent", "other"))


class Ladders(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.engine = empty_engine()
        self.db = Session(self.engine)
        self.now = datetime(2026, 12, 8, 1, 0, tzinfo=UTC)
        self.too_early: list[Any] = []

    @initialize()
    def people(self) -> None:
        db, now = self.db, self.now
        commune = create_unit(db, kind=UnitKind.COMMUNE, name="Xã", parent=None, now=now)
        self.cell_id = create_unit(db, kind=UnitKind.CELL, name="Đông", parent=commune, now=now).id
        self.ids: dict[str, int] = {}
        for chat, name in enumerate(("officer", "silent", "other", *STAFF), start=1):
            home = None if name == "officer" else self.cell_id
            place = "JP" if name in ("silent", "other") else None
            person = add_member(db, cell_id=home, full_name=name, place_code=place, now=now)
            person.zone = ZONES.get(name, person.zone)
            link_account(db, person, address=chat_address(chat), now=now)
            record_consent(db, person.id, Purpose.CONTACT, given=True, now=now)
            self.ids[name] = person.id
        self.offices = {
            "secretary": (self.cell_id, Role.SECRETARY),
            "deputy": (self.cell_id, Role.DEPUTY),
            "officer": (commune.id, Role.OFFICER),
        }
        for name in self.offices:
            self.appoints(name)
        self.assigns("contact", 0)
        db.commit()

    # --- what people do ---------------------------------------------------------------------------------------------

    def tries(self, act: Callable[[], Any]) -> None:
        """Whoever may not, or not now, is refused, and nothing of it stays."""
        try:
            act()
            self.db.commit()
        except Refused:
            self.db.rollback()

    def member(self, name: str) -> Member:
        return self.db.get_one(Member, self.ids[name])

    @rule(who=silents, heard=st.booleans())
    def falls_silent(self, who: str, heard: bool) -> None:
        """Also while a ladder of theirs is open: it belongs to that one then."""
        late = Checkin(
            member_id=self.ids[who],
            cell_id=self.cell_id,
            kind=CheckinKind.ADHOC,
            state=CheckinState.LATE,
            zone=HOME_ZONE,
            period=local_date(self.now, HOME_ZONE),
            opens_at=self.now,
            due_at=self.now,
            late_at=self.now,
            closes_at=self.now,
            nudges=0,
        )
        self.db.add(late)
        self.db.flush()
        day_zero = self.now + timedelta(hours=13)
        silence = Silence(self.ids[who], self.cell_id, late.id, self.now, day_zero)
        begin_ladders(self.db, [silence], POLICY, now=self.now)
        if heard:
            told = [self.ids["secretary"], self.ids["deputy"]]
            note_desk_alerted(self.db, {self.ids[who]}, told, now=self.now)
        self.db.commit()

    @rule(who=silents, by=anybody, how=st.sampled_from(Ended))
    def ends(self, who: str, by: str, how: Ended) -> None:
        end_ladder(self.db, self.ids[who], how, by_id=self.ids[by], now=self.now)
        self.db.commit()

    @rule(who=silents, by=anybody, days=st.integers(-1, 9))
    def takes(self, who: str, by: str, days: int) -> None:
        ladder = open_ladder(self.db, self.ids[who])
        if ladder is not None:
            on = local_date(self.now, HOME_ZONE) + timedelta(days=days)
            self.tries(
                lambda: take_ladder(
                    self.db, ladder, by_id=self.ids[by], promised_on=on, policy=POLICY, now=self.now
                )
            )

    @rule(who=silents, by=anybody)
    def stops(self, who: str, by: str) -> None:
        ladder = open_ladder(self.db, self.ids[who])
        if ladder is not None:
            self.tries(lambda: cancel_ladder(self.db, ladder, by_id=self.ids[by], now=self.now))

    @rule(who=staff, days=st.integers(0, 20))
    def assigns(self, who: str, days: int) -> None:
        ends_on: date | None = local_date(self.now, HOME_ZONE) + timedelta(days=days) if days else None
        for silent in ("silent", "other"):
            self.tries(
                lambda silent=silent: assign_contact(  # type: ignore[misc]
                    self.db,
                    self.member(silent),
                    self.member(who),
                    by_id=self.ids["secretary"],
                    ends_on=ends_on,
                    now=self.now,
                )
            )

    @rule(who=st.sampled_from(("secretary", "deputy", "officer")))
    def appoints(self, who: str) -> None:
        unit_id, role = self.offices[who]
        appoint(self.db, member_id=self.ids[who], unit_id=unit_id, role=role, by_id=None, now=self.now)
        self.db.commit()

    @rule(who=anybody)
    def goes_on_leave(self, who: str) -> None:
        for held in appointments(self.db, self.ids[who], now=self.now):
            end_appointment(self.db, held, by_id=None, now=self.now)
        self.db.commit()

    @rule(who=anybody, state=st.sampled_from((Reachability.OK, Reachability.OK, Reachability.BLOCKED)))
    def account_becomes(self, who: str, state: Reachability) -> None:
        account = account_of(self.db, self.ids[who])
        assert account is not None
        account.reachability = state
        self.db.commit()

    # --- what time does ---------------------------------------------------------------------------------------------

    def climb(self) -> None:
        """A tick; the days of the rungs are looked at before it."""
        before = {
            row.id: {rung: row.rung_at(rung) for rung in RUNGS} for row in self.db.scalars(select(Ladder))
        }
        known = set(self.db.scalars(select(LadderMove.id)))
        climb_ladders(
            self.db, due_ladders(self.db, now=self.now, limit=100), POLICY, off=DaysOff(), now=self.now
        )
        self.db.commit()
        for move in self.db.scalars(select(LadderMove).where(LadderMove.rung.is_not(None))):
            if move.id not in known and self.now < before[move.ladder_id][Rung(move.rung or "")]:
                self.too_early.append(move)

    @rule(hours=st.integers(1, 12) | st.integers(1, 24 * 12))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.climb()

    @rule(days=st.integers(1, 40))
    def days_pass_quietly(self, days: int) -> None:
        """A tick in each hour that matters: the morning and the middle of the night."""
        for _ in range(days):
            for hours in (10, 14):
                self.now += timedelta(hours=hours)
                self.climb()

    @rule(hours=st.integers(1, 96))
    def we_are_down(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        postpone_ladders(self.db, timedelta(hours=hours), now=self.now)
        self.db.commit()

    @rule(hours=st.integers(1, 48))
    def clock_is_set_back(self, hours: int) -> None:
        self.now -= timedelta(hours=hours)
        self.climb()

    @rule()
    def restarts(self) -> None:
        """In the middle of a tick, of which nothing stays; then the same tick twice."""
        climb_ladders(
            self.db, due_ladders(self.db, now=self.now, limit=100), POLICY, off=DaysOff(), now=self.now
        )
        self.db.rollback()
        self.db.close()
        self.db = Session(self.engine)
        self.climb()
        self.climb()

    # --- what holds -------------------------------------------------------------------------------------------------

    @invariant()
    def each_step_is_taken_once_and_in_order(self) -> None:
        taken: dict[int, list[int]] = {}
        rows = select(LadderMove).where(LadderMove.rung.is_not(None)).order_by(LadderMove.id)
        for move in self.db.scalars(rows):
            taken.setdefault(move.ladder_id, []).append(RUNGS.index(Rung(move.rung or "")))
            assert 7 <= move.at.astimezone(ZoneInfo(HOME_ZONE)).hour < 21
        assert all(steps == sorted(set(steps)) for steps in taken.values())
        assert self.too_early == []

    @invariant()
    def nobody_is_spoken_to_at_night(self) -> None:
        rows = self.db.execute(
            select(Outbox.not_before, Member.zone)
            .join(Account, Account.address == Outbox.address)
            .join(Member, Member.id == Account.member_id)
            .where(Outbox.key.startswith("ladder."))
        )
        assert all(7 <= at.astimezone(ZoneInfo(zone)).hour < 21 for at, zone in rows)

    @invariant()
    def what_is_open_has_a_next_step(self) -> None:
        for ladder in self.db.scalars(select(Ladder)):
            ended = ladder.state == LadderState.ENDED
            assert (ladder.next_at is None) == (ladder.ended_at is not None) == ended
            if ladder.state == LadderState.TAKEN:
                assert ladder.owner_id
                assert ladder.promised_on

    @invariant()
    def the_end_is_heard_only_by_those_who_had_heard(self) -> None:
        told = {(row.ladder_id, row.told_id) for row in self.db.scalars(select(LadderAlert))}
        for key in self.db.scalars(select(Outbox.key).where(Outbox.key.startswith("ladder.ended:"))):
            _, ladder_id, person_id = key.split(":")
            assert (int(ladder_id), int(person_id)) in told


TestLadders = Ladders.TestCase
TestLadders.settings = settings(max_examples=sized(3, 15), stateful_step_count=20, deadline=None)
