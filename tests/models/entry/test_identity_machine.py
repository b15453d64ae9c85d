"""One keeper tries everything that a keeper can do, in any order, with as many phones as they like, while time passes.

What holds throughout: no chat of theirs becomes the chat of a person who was registered before, whether that person's own
chat is alive or known to be dead; and no chat of theirs holds an office, awake, that was another's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address, number_of
from models.contact.policy import CheckinPolicy
from models.desk.handover import begin_handover
from models.desk.office import appoint_deputy
from models.desk.policy import OfficePolicy
from models.entry.invite import Claim, claim_invite, create_invite, due_invites, newest_invite, open_invite
from models.entry.policy import InvitePolicy
from models.entry.register import (
    change_number,
    confirm_identity,
    move_held_invites,
    reject_identity,
    take_claim,
    vouch_for,
)
from models.ground.errors import Refused
from models.people.member import (
    Member,
    Reachability,
    account_at,
    account_of,
    add_member,
    link_account,
    set_reachability,
)
from models.people.rights import Right, Role, appoint, appointments, may
from models.people.unit import UnitKind, create_unit
from tests.memory import empty_engine
from tests.sizes import sized

POLICY, CHECKINS, OFFICES = InvitePolicy(), CheckinPolicy(), OfficePolicy()
KEEPERS = ("secretary", "deputy", "officer")
VICTIMS = ("alive", "dead", "secretary", "deputy", "officer", "new deputy")
THIEF = 1000  # chats from here on are the thief's; and so are their numbers
phones = st.integers(0, 3)


class TakeOvers(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.db = Session(empty_engine())
        self.now = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)

    @initialize(thief=st.sampled_from(KEEPERS), victim=st.sampled_from(VICTIMS))
    def cast(self, thief: str, victim: str) -> None:
        """The thief is one of those in charge and wants to be one person; the others do nothing at all."""
        db, now = self.db, self.now
        commune = create_unit(db, kind=UnitKind.COMMUNE, name="Xã", parent=None, now=now)
        self.cell = create_unit(db, kind=UnitKind.CELL, name="Đông", parent=commune, now=now)
        self.ids: dict[str, int] = {}
        for at, name in enumerate(VICTIMS):
            home = None if name == "officer" else self.cell.id
            person = add_member(db, cell_id=home, full_name=name, phone=f"+8491200000{at}", now=now)
            self.ids[name] = person.id
            if name != "new deputy":
                account = link_account(
                    db, person, address=chat_address(THIEF if name == thief else at + 1), now=now
                )
                if name == "dead":
                    set_reachability(account, Reachability.BLOCKED, now=now)
        for name, unit, role in (
            ("secretary", self.cell, Role.SECRETARY),
            ("deputy", self.cell, Role.DEPUTY),
            ("new deputy", self.cell, Role.DEPUTY),
            ("officer", commune, Role.OFFICER),
        ):
            appoint(db, member_id=self.ids[name], unit_id=unit.id, role=role, by_id=None, now=now)
        self.thief, self.victim, self.made = thief, self.ids[victim], [self.ids[thief]]
        db.commit()

    # --- what a keeper can do ---------------------------------------------------------------------------------------

    def _tries(self, act: Callable[[], object]) -> None:
        """What is refused changes nothing."""
        try:
            act()
            self.db.commit()
        except Refused:
            self.db.rollback()

    def _mine(self) -> list[int]:
        """Everybody for whom a chat of the thief's speaks now."""
        found = (account_at(self.db, chat_address(THIEF + at)) for at in range(4))
        return [one.member_id for one in found if one is not None]

    def _may(self, right: Right) -> int | None:
        return next(
            (one for one in self._mine() if may(self.db, one, right, self.cell.id, now=self.now)), None
        )

    @rule(phone=phones, number=phones, keeper=phones)
    def invites_and_claims(self, phone: int, number: int, keeper: int) -> None:
        mine = [one for one in self._mine() if self._may_invite(one)]
        if mine:
            self._claims(self.victim, mine[keeper % len(mine)], phone, number)

    def _may_invite(self, member_id: int) -> bool:
        may_invite = may(self.db, member_id, Right.INVITE, self.cell.id, now=self.now)
        return may_invite or may(self.db, member_id, Right.CREATE_UNIT, self.cell.id, now=self.now)

    def _claims(self, whom: int, by_id: int, phone: int, number: int) -> None:
        def act() -> None:
            chat, person = THIEF + phone, self.db.get_one(Member, whom)
            if account_at(self.db, chat_address(chat)) is not None:
                return  # what is linked already opens no other's invite (handlers/entry/register.py)
            invite, token = create_invite(self.db, person, by_id=by_id, policy=POLICY, now=self.now)
            open_invite(self.db, token, address=chat_address(chat), now=self.now)
            claim_invite(self.db, invite, address=chat_address(chat), now=self.now)
            claim = Claim(address=chat_address(chat), phone=_number(number))
            take_claim(self.db, invite, claim, policy=POLICY, checkins=CHECKINS, now=self.now)

        self._tries(act)

    @rule(number=phones)
    def changes_a_number(self, number: int) -> None:
        by_id, person = self._may(Right.EDIT_ROSTER), self.db.get_one(Member, self.victim)
        if by_id is not None and person.cell_id is not None:
            self._tries(lambda: change_number(self.db, person, _number(number), by_id=by_id, now=self.now))

    @rule(phone=phones)
    def invents_somebody(self, phone: int) -> None:
        """Somebody who does not exist comes onto the roster, with a phone that does; and registers."""
        by_id = self._may(Right.EDIT_ROSTER)
        if by_id is None:
            return
        person = add_member(
            self.db, cell_id=self.cell.id, full_name="Không có", phone=_number(phone), now=self.now
        )
        self.made.append(person.id)
        self._claims(person.id, by_id, phone, phone)

    @rule(which=st.integers(0, 5))
    def names_a_deputy(self, which: int) -> None:
        by_id = self._may(Right.APPOINT_DEPUTY)
        if by_id is None:
            return
        self._tries(
            lambda: appoint_deputy(
                self.db,
                self.cell,
                self.made[which % len(self.made)],
                until=None,
                by_id=by_id,
                policy=OFFICES,
                now=self.now,
            )
        )

    @rule(which=st.integers(0, 5))
    def hands_over(self, which: int) -> None:
        by_id = self._may(Right.HAND_OVER)
        if by_id is None or self.thief == "officer":
            return  # who may name secretaries names whom they like: docs/decisions/0022
        to_id = self.made[which % len(self.made)]
        self._tries(lambda: begin_handover(self.db, self.cell, to_id=to_id, by_id=by_id, now=self.now))

    @rule(keeper=phones)
    def confirms(self, keeper: int) -> None:
        invite, mine = newest_invite(self.db, self.victim), self._mine()
        if invite is None or not mine:
            return
        self._tries(
            lambda: confirm_identity(
                self.db,
                invite,
                by_id=mine[keeper % len(mine)],
                policy=POLICY,
                checkins=CHECKINS,
                now=self.now,
            )
        )

    @rule(keeper=phones)
    def rejects(self, keeper: int) -> None:
        invite, mine = newest_invite(self.db, self.victim), self._mine()
        if invite is not None and mine:
            self._tries(
                lambda: reject_identity(self.db, invite, by_id=mine[keeper % len(mine)], now=self.now)
            )

    @rule(keeper=phones)
    def vouches(self, keeper: int) -> None:
        person, mine = self.db.get_one(Member, self.victim), self._mine()
        if mine:
            self._tries(lambda: vouch_for(self.db, person, by_id=mine[keeper % len(mine)], now=self.now))

    @rule(phone=phones, number=phones, keeper=phones)
    def tries_the_whole_way(self, phone: int, number: int, keeper: int) -> None:
        """The eight taps: invite, open it, and everybody in the thief's hands confirms, vouches, and waits."""
        self.invites_and_claims(phone, number, keeper)
        for at in range(len(self._mine())):
            self.confirms(at)
        self.waits(2)
        for at in range(len(self._mine())):
            self.vouches(at)

    @rule(days=st.sampled_from([1, 2, 40]))
    def waits(self, days: int) -> None:
        self.now += timedelta(days=days)
        due = due_invites(self.db, now=self.now, limit=10)
        move_held_invites(self.db, due, checkins=CHECKINS, now=self.now)
        self.db.commit()

    # --- what holds -------------------------------------------------------------------------------------------------

    @invariant()
    def nobody_who_was_registered_is_in_the_thiefs_hands(self) -> None:
        others = {name for name in VICTIMS if name not in (self.thief, "new deputy")}
        for name in others if self.ids else ():
            account = account_of(self.db, self.ids[name])
            assert account is not None
            assert number_of(account.address) < THIEF, name

    @invariant()
    def no_office_of_anothers_is_awake_there(self) -> None:
        if not self.ids or account_of(self.db, self.ids["new deputy"]) is None:
            return
        assert not appointments(self.db, self.ids["new deputy"], now=self.now)


def _number(at: int) -> str:
    return f"+8491277777{at}"


TestTakeOvers = TakeOvers.TestCase
TestTakeOvers.settings = settings(max_examples=sized(3, 12), stateful_step_count=20, deadline=None)
