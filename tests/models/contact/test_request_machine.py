"""Anybody tries anything with requests for help, in any order, while time passes and offices change hands.

What holds throughout: nothing open is without a next moment, what is taken has an owner and a promised day; each step up is
taken once; time does nothing at night, but for an emergency; of a private request nobody hears whom the member did not choose.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.policy import RequestPolicy, Urgency
from models.contact.request import (
    Did,
    HelpRequest,
    RequestMove,
    RequestState,
    RequestWords,
    chosen_viewers,
    close_request,
    due_requests,
    hand_request,
    move_requests,
    moves_of,
    open_request,
    open_requests,
    promise_request,
    propose_closing,
    reply_request,
    requests_for,
    requests_without_next,
    say_not_yet,
    seers,
    share_request,
    take_request,
    wake_requests_of,
)
from models.delivery.message import Lane
from models.delivery.outbox import Outbox
from models.ground.clock import HOME_ZONE, NIGHT, local_date
from models.ground.errors import Refused
from models.people.assignment import assign_contact
from models.people.member import Member, add_member, link_account
from models.people.rights import Role, appoint, appointments, end_appointment
from models.people.unit import UnitKind, create_unit
from tests.memory import empty_engine
from tests.sizes import sized

POLICY = RequestPolicy()
PEOPLE = ("member", "secretary", "deputy", "officer", "contact", "neighbour")
people = st.sampled_from(PEOPLE)
helpers = st.sampled_from(("secretary", "secretary", "deputy", "deputy", "officer", "contact", "neighbour"))
which = st.integers(0, 2)


class Requests(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.db = Session(empty_engine())
        self.now = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)

    @initialize()
    def cast(self) -> None:
        db, now = self.db, self.now
        commune = create_unit(db, kind=UnitKind.COMMUNE, name="Xã", parent=None, now=now)
        cell = create_unit(db, kind=UnitKind.CELL, name="Đông", parent=commune, now=now)
        self.units = {"secretary": cell.id, "deputy": cell.id, "officer": commune.id}
        self.cell_id, self.ids = cell.id, {}
        for chat, name in enumerate(PEOPLE, start=1):
            home = None if name == "officer" else cell.id
            person = add_member(db, cell_id=home, full_name=name, now=now)
            link_account(db, person, address=chat_address(chat), now=now)
            self.ids[name] = person.id
        for name in self.units:
            self._appoint(name)
        assign_contact(
            db, self.member, db.get_one(Member, self.ids["contact"]), by_id=self.ids["secretary"], now=now
        )
        db.commit()
        self.asks(Urgency.SOON, None)
        self.asks(Urgency.URGENT, {"deputy", "contact"})

    # --- what is done -----------------------------------------------------------------------------------------------

    @property
    def member(self) -> Member:
        return self.db.get_one(Member, self.ids["member"])

    def _appoint(self, name: str) -> None:
        role = {"secretary": Role.SECRETARY, "deputy": Role.DEPUTY, "officer": Role.OFFICER}[name]
        appoint(
            self.db, member_id=self.ids[name], unit_id=self.units[name], role=role, by_id=None, now=self.now
        )

    def _all(self) -> list[HelpRequest]:
        return list(self.db.scalars(select(HelpRequest).order_by(HelpRequest.id)))

    def _tries(self, index: int, act: Callable[..., Any], **how: Any) -> None:
        """What is refused changes nothing."""
        found = self._all()
        if not found:
            return
        request = found[index % len(found)]
        try:
            act(self.db, request, now=self.now, **how)
            self.db.commit()
        except Refused:
            self.db.rollback()

    @rule(urgency=st.sampled_from(Urgency), chosen=st.none() | st.sets(helpers, min_size=1))
    def asks(self, urgency: Urgency, chosen: set[str] | None) -> None:
        viewers = None if chosen is None else {self.ids[name] for name in chosen}
        if len(self._all()) >= 3:
            return
        try:
            open_request(
                self.db,
                self.member,
                RequestWords(text="giúp", urgency=urgency),
                viewers=viewers,
                policy=POLICY,
                now=self.now,
            )
            self.db.commit()
        except Refused:
            self.db.rollback()

    @rule(index=which, by=helpers)
    def takes(self, index: int, by: str) -> None:
        self._tries(index, take_request, by_id=self.ids[by], policy=POLICY)

    @rule(index=which, by=helpers, days=st.integers(-1, 70))
    def promises(self, index: int, by: str, days: int) -> None:
        on = local_date(self.now, HOME_ZONE) + timedelta(days=days)
        self._tries(index, promise_request, by_id=self.ids[by], on=on, policy=POLICY)

    @rule(index=which, by=helpers, to=people)
    def hands(self, index: int, by: str, to: str) -> None:
        self._tries(index, hand_request, by_id=self.ids[by], to_id=self.ids[to], policy=POLICY)

    @rule(index=which, by=people)
    def writes(self, index: int, by: str) -> None:
        self._tries(index, reply_request, by_id=self.ids[by], text="lời", policy=POLICY)

    @rule(index=which, by=helpers)
    def proposes(self, index: int, by: str) -> None:
        self._tries(index, propose_closing, by_id=self.ids[by], policy=POLICY)

    @rule(index=which)
    def denies(self, index: int) -> None:
        self._tries(index, say_not_yet, policy=POLICY)

    @rule(index=which, sure=st.integers(0, 3))
    def confirms(self, index: int, sure: int) -> None:
        if not sure:
            self._tries(index, close_request)

    @rule(index=which, more=st.sets(helpers))
    def shares(self, index: int, more: set[str]) -> None:
        self._tries(index, share_request, viewer_ids={self.ids[name] for name in more}, policy=POLICY)

    @rule(name=st.sampled_from(("secretary", "deputy", "officer")), noticed=st.booleans())
    def an_office_changes(self, name: str, noticed: bool) -> None:
        held = appointments(self.db, self.ids[name], now=self.now)
        for one in held:
            end_appointment(self.db, one, by_id=None, now=self.now)
        if not held:
            self._appoint(name)
        elif noticed:
            wake_requests_of(self.db, self.ids[name], now=self.now)
        self.db.commit()

    @rule(hours=st.sampled_from((1, 3, 9, 24, 60)), every=st.sampled_from((1, 6, 1000)))
    def time_passes(self, hours: int, every: int) -> None:
        """With a tick every `every` hours: the program may have been down."""
        for hour in range(1, hours + 1):
            self.now += timedelta(hours=1)
            if hour % every == 0 or hour == hours:
                move_requests(self.db, due_requests(self.db, now=self.now, limit=10), POLICY, now=self.now)
                self.db.commit()
                assert due_requests(self.db, now=self.now, limit=10) == []

    # --- what holds -------------------------------------------------------------------------------------------------

    @invariant()
    def everything_open_has_a_next_step(self) -> None:
        assert requests_without_next(self.db, limit=10) == []
        for request in self._all():
            held = request.owner_id is not None and request.promised_on is not None
            assert (
                held == (request.state in (RequestState.TAKEN, RequestState.PROPOSED)) or not request.is_open
            )
            assert request.is_open or request.next_at is None

    @invariant()
    def each_step_up_is_taken_once_and_only_the_member_closes(self) -> None:
        for request in self._all():
            moves = moves_of(self.db, request.id)
            levels = [move.level for move in moves if move.did == Did.RISEN]
            assert levels == sorted(set(levels))
            assert [move.by_id for move in moves if move.did == Did.CLOSED] in ([], [request.member_id])
            lapses = [move.at for move in moves if move.did == Did.LAPSED]
            promises = [move for move in moves if move.state == RequestState.TAKEN and move.by_id]
            assert len(lapses) <= len(promises)

    @invariant()
    def time_sleeps_at_night_but_for_an_emergency(self) -> None:
        quiet = {one.id for one in self._all() if one.urgency != Urgency.URGENT}
        moves = list(self.db.scalars(select(RequestMove).where(RequestMove.request_id.in_(quiet))))
        acts = [move.at for move in moves if move.by_id is None]
        about = [f"request:{one}" for one in quiet]
        said = self.db.scalars(
            select(Outbox.not_before).where(Outbox.lane == Lane.ALERT, Outbox.about.in_(about))
        )
        for at in (*acts, *said):
            assert NIGHT.ends <= at.astimezone(ZoneInfo(HOME_ZONE)).time() < NIGHT.begins

    @invariant()
    def of_a_private_one_nobody_else_hears_or_reads(self) -> None:
        keys = [key.split(":") for key in self.db.scalars(select(Outbox.key)) if key.startswith("request.")]
        whose = {move.id: move.request_id for move in self.db.scalars(select(RequestMove))}
        private = [one for one in self._all() if one.is_private]
        read = {person_id: self._reads(person_id) for person_id in self.ids.values()} if private else {}
        for request in private:
            chosen = chosen_viewers(self.db, request.id)
            told = {int(person) for _, move, person in keys if whose[int(move)] == request.id}
            assert told <= chosen | {request.member_id}
            assert seers(self.db, request, now=self.now).keys() <= chosen
            assert {person_id for person_id, found in read.items() if request in found} <= chosen
            assert request not in open_requests(self.db, self.cell_id)

    def _reads(self, person_id: int) -> list[HelpRequest]:
        """On the desk, and among their own."""
        listed = open_requests(self.db, self.cell_id, reader_id=person_id)
        return [*listed, *requests_for(self.db, person_id, now=self.now)]


TestRequests = Requests.TestCase
TestRequests.settings = settings(max_examples=sized(3, 12), stateful_step_count=25, deadline=None)
