"""Plays steps in a town, one after the other."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.standin.faults import Fault
from models.desk.handover import begin_handover
from models.desk.office import can_be_reached
from models.desk.reorganising import OfficesGo, merge_units, undo_change
from models.ground.errors import Refused
from models.people.member import Member
from models.people.rights import Role, holders
from models.people.unit import Unit
from models.people.unit_change import Decision, UnitChange
from tests.phone import Phone
from tests.simulate.cast import OFFICER, TELEGRAM, ZALO, Cast, Person
from tests.simulate.hands import Hands, PageHand, TelegramHand
from tests.simulate.steps import TOWN, NotNow, Step
from tests.simulate.town import OPERATOR, Town

MARKER = re.compile(r"zq\d{5}")
LONG = "Dòng chữ dài của người viết. "


@dataclass(frozen=True, slots=True)
class Typed:
    """Words that nobody else says, and at which end. `said`: how much had been said to anybody before.

    `heard`: whether they arrived; the person was told where not, or hears nothing and says it again.
    """

    marker: str
    person: Person
    said: int
    address: str
    heard: bool


class Player:
    """`play(step)`: True where it was done, False where it could not be."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.cast = Cast(town)
        self.hands = Hands(self.cast)
        self.typed: list[Typed] = []
        self.luck = random.Random(0)  # noqa: S311 - chance need not be secret
        town.road.delay = lambda: self.luck.choice((0.0, 0.0, 0.05, 0.3, 2.0))
        town.weather.groups = lambda: self.luck.choice((1, 1, 2, 8))
        town.weather.delay = lambda: self.luck.choice((0.0, 0.0, 0.0, 0.004))

    def play(self, step: Step) -> bool:
        self.luck.seed(step.luck)
        self.town.chance.reseed(step.luck)
        self.town.passes(step.after)
        try:
            if step.who == TOWN:
                _TOWN[step.does](self, step)
            else:
                person = self.cast.people.get(step.who)
                if person is None:
                    raise NotNow(f"nobody is called {step.who}")
                _PEOPLE[step.does](self, person, step)
        except NotNow:
            return False
        finally:
            self.town.settle()
            self.cast.hand_over_links()
        return True

    # --- people -----------------------------------------------------------------------------------------------------

    def opens(self, person: Person, step: Step) -> None:
        if not person.tokens:
            raise NotNow("no invite")
        self.hands.of(person).opens(person.tokens.pop())

    def says(self, person: Person, step: Step) -> None:
        self._types(person, step.what)

    def says_decomposed(self, person: Person, step: Step) -> None:
        """As a keyboard of Apple's composes it."""
        self._types(person, unicodedata.normalize("NFD", step.what))

    def _types(self, person: Person, words: str) -> None:
        said = len(self.town.journal.effects)
        hand = self.hands.of(person)
        hand.says(words)
        if (marker := MARKER.search(words)) is not None:
            self.typed.append(Typed(marker[0], person, said, hand.address(), hand.heard()))

    def pastes(self, person: Person, step: Step) -> None:
        """A text so long that the messenger breaks it in two."""
        words = f"{step.what} " + LONG * (int(step.much) // len(LONG))
        for start in range(0, len(words), 4_000):
            self._types(person, words[start : start + 4_000])

    def taps(self, person: Person, step: Step) -> None:
        self.hands.of(person).taps(step.what)

    def taps_twice(self, person: Person, step: Step) -> None:
        self.hands.of(person).taps(step.what, times=2)

    def taps_old(self, person: Person, step: Step) -> None:
        self.hands.of(person).taps(step.what, old=True)

    def looks(self, person: Person, step: Step) -> None:
        hand = self.hands.of(person)
        if not isinstance(hand, PageHand):
            raise NotNow("only a page is opened to look")
        hand.looks()

    def sends_again(self, person: Person, step: Step) -> None:
        """What the page has not answered is posted a second time."""
        hand = self.hands.of(person)
        if not isinstance(hand, PageHand):
            raise NotNow("only a page is posted again")
        hand.sends_again()

    def allows_push(self, person: Person, step: Step) -> None:
        hand = self.hands.of(person)
        if not isinstance(hand, PageHand):
            raise NotNow("only a browser is rung so")
        hand.allows_push()

    def shares(self, person: Person, step: Step) -> None:
        hand = self.hands.of(person)
        if not isinstance(hand, TelegramHand):
            raise NotNow("there is nothing to share")
        hand.shares()

    def blocks(self, person: Person, step: Step) -> None:
        if person.way == TELEGRAM:
            self.town.telegram.blocks(person.chat)
        elif person.way == ZALO:
            self.town.zalo.blocks(str(person.chat))

    def unblocks(self, person: Person, step: Step) -> None:
        if person.way == TELEGRAM:
            self.town.telegram.unblocks(person.chat)
        elif person.way == ZALO:
            self.town.zalo.chats[str(person.chat)].blocked = False

    def changes_phone(self, person: Person, step: Step) -> None:
        """`lost`: the account before is gone; else it stays."""
        if person.way == TELEGRAM and step.what == "lost":
            self.town.telegram.deactivates(person.chat)
        self.cast.takes_new_phone(person)

    # --- the town ---------------------------------------------------------------------------------------------------

    def waits(self, step: Step) -> None:
        """So many minutes pass, with all that is due."""
        self.town.until(self.town.now() + timedelta(minutes=step.much))

    def rests(self, step: Step) -> None:
        """Nothing befalls anybody any more until all that waits is done: then it can be judged."""
        self.town.calms_down()

    def fails(self, step: Step) -> None:
        """`method fault`: the next `much` calls go wrong so."""
        method, fault = step.what.split(" ")
        self.town.journal.faults[fault] = self.town.journal.faults.get(fault, 0) + int(step.much or 1)
        self.town.telegram.fail(method, times=int(step.much or 1), fault=Fault.of(fault))

    def brings_again(self, step: Step) -> None:
        """The messenger brings so many updates a second time, though they were confirmed."""
        self.town.telegram.again = int(step.much or 1)

    def zalo_fails(self, step: Step) -> None:
        method, fault = step.what.split(" ")
        self.town.zalo.fail(Fault.of(fault), method=method, times=int(step.much or 1))

    def kills(self, step: Step) -> None:
        """At the n-th passing of `point n`; then `much` seconds go by without it."""
        point, _, count = step.what.partition(" ")
        self.town.sentence.point, self.town.sentence.count = point, int(count or 1)
        self.town.down_for = timedelta(seconds=step.much or 1)

    def stops(self, step: Step) -> None:
        self.town.rests(timedelta(seconds=step.much or 1))

    def holds(self, step: Step) -> None:
        self.town.holds(step.much or 1)

    def fills(self, step: Step) -> None:
        self.town.fills(step.much or 1)

    def stands_by(self, step: Step) -> None:
        """A second process is started beside the first."""
        if len(self.town.lives) > 1:
            raise NotNow("two are enough")
        self.town.starts()

    def sets_clock(self, step: Step) -> None:
        """The machine's clock is wrong by so many seconds."""
        self.town.sets_clock(timedelta(seconds=step.much))

    def says_of_clock(self, step: Step) -> None:
        """The operator taps `what` below the question about the clock."""
        phone = Phone(self.town.telegram, OPERATOR, self.town.settle)
        try:
            phone.taps(step.what)
        except AssertionError:
            raise NotNow("nobody has asked") from None

    def hands_over(self, step: Step) -> None:
        """The committee makes somebody else secretary of the cell that `what` is the number of."""
        cell_id, officer = self.cast.cells[int(step.what)], self.cast.people[OFFICER[0]].member_id

        def work(db: Session) -> None:
            now, cell = self.town.program(), db.get_one(Unit, cell_id)
            leads = holders(db, cell_id, Role.SECRETARY, now=now)
            ours = {
                one.member_id for one in self.cast if db.get_one(Member, one.member_id).cell_id == cell_id
            }
            others = [one for one in sorted(ours - set(leads)) if can_be_reached(db, one)] or [officer]
            to_id = self.luck.choice(others)
            begin_handover(db, cell, to_id=to_id, by_id=officer, now=now)

        self._decides(work)

    def merges(self, step: Step) -> None:
        """The committee merges a cell into the other one; its secretary goes as `what` says."""
        officer, (first, second) = self.cast.people[OFFICER[0]].member_id, self.cast.cells

        def work(db: Session) -> None:
            now = self.town.program()
            paper = Decision(f"{self.luck.randint(1, 99)}-QĐ/ĐU", now.date())
            unit, into = db.get_one(Unit, second), db.get_one(Unit, first)
            merge_units(db, unit, into, paper, OfficesGo(step.what), by_id=officer, now=now)

        self._decides(work)

    def undoes(self, step: Step) -> None:
        """The committee takes its last decision about units back."""
        officer, policy = self.cast.people[OFFICER[0]].member_id, self.town.settings.policies().units

        def work(db: Session) -> None:
            newest = db.scalars(select(UnitChange).order_by(UnitChange.at.desc()).limit(1)).first()
            if newest is None:
                raise NotNow("no unit has changed")
            undo_change(db, newest, policy, by_id=officer, now=self.town.program())

        self._decides(work)

    def _decides(self, work: Callable[[Session], None]) -> None:
        try:
            self.town.db(work)
        except Refused as refused:
            raise NotNow(f"the program refuses: {refused!r}") from None

    def invites(self, step: Step) -> None:
        """The operator invites somebody: anew, when they have lost their phone."""
        person = self.cast.people.get(step.what)
        if person is None:
            raise NotNow("nobody is called so")
        self.cast.operator_invites(person)


_PEOPLE: dict[str, Callable[[Player, Person, Step], None]] = {
    "opens": Player.opens,
    "says": Player.says,
    "says decomposed": Player.says_decomposed,
    "pastes": Player.pastes,
    "taps": Player.taps,
    "taps twice": Player.taps_twice,
    "taps old": Player.taps_old,
    "looks": Player.looks,
    "sends again": Player.sends_again,
    "allows push": Player.allows_push,
    "shares": Player.shares,
    "blocks": Player.blocks,
    "unblocks": Player.unblocks,
    "changes phone": Player.changes_phone,
}
_TOWN: dict[str, Callable[[Player, Step], None]] = {
    "waits": Player.waits,
    "rests": Player.rests,
    "fails": Player.fails,
    "brings again": Player.brings_again,
    "zalo fails": Player.zalo_fails,
    "kills": Player.kills,
    "stops": Player.stops,
    "holds": Player.holds,
    "fills": Player.fills,
    "stands by": Player.stands_by,
    "sets clock": Player.sets_clock,
    "says of clock": Player.says_of_clock,
    "hands over": Player.hands_over,
    "merges": Player.merges,
    "undoes": Player.undoes,
    "invites": Player.invites,
}
