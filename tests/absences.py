"""Absences to begin a test from: filed, decided, as one would through the front door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.away.away import (
    Away,
    Declaration,
    Filing,
    FilingAct,
    Stay,
    away_of,
    decide_filing,
    file_away,
    put_filing_to_cell,
    record_cell_result,
)
from models.people.member import Member
from models.policies import Policies
from tests.fakes import World
from tests.people import Cell

OSAKA = Stay(
    place_code="JP",
    zone="Asia/Tokyo",
    city="Osaka",
    work="trainee",
    employer="Xưởng mộc Aoki",
    phone_there="+819011112222",
)
SAIGON = Stay(place_code="VN-79", zone="Asia/Ho_Chi_Minh", work="factory")


def declaration(
    begins_on: date = date(2026, 12, 1),
    ends_on: date | None = date(2027, 10, 31),
    stay: Stay = OSAKA,
    **more: Any,
) -> Declaration:
    return Declaration(stay=stay, begins_on=begins_on, ends_on=ends_on, reason="đi thực tập", **more)


def acts(db: Session, act: Callable[..., Any], *rows: Any, **more: Any) -> Any:
    """Act on these rows. What says who, when and on which paper goes into a `FilingAct`, where one is taken."""
    if "FilingAct" in act.__annotations__.values():
        how = {one.name: more.pop(one.name) for one in fields(FilingAct) if one.name in more}
        rows = (*rows, FilingAct(**how))
    return act(db, *rows, **more)


class Chain:
    """Acts on one member's absence, each in a transaction of its own; rows are loaded afresh."""

    def __init__(self, world: World, cell: Cell, member_id: int) -> None:
        self.world, self.cell, self.member_id = world, cell, member_id
        self.filing_id = self.away_id = 0

    @property
    def policies(self) -> Policies:
        return self.world.settings.at(self.world.clock())

    def files(self, declared: Declaration | None = None, **more: Any) -> Chain:
        def work(db: Session) -> None:
            member = db.get_one(Member, self.member_id)
            by_id = more.pop("by_id", member.id)
            act = FilingAct(by_id, self.policies, self.world.clock(), **more)
            filing = file_away(db, member, declared or declaration(), act)
            self.filing_id, self.away_id = filing.id, filing.away_id

        self.world.db(work)
        return self

    def does(self, act: Callable[..., Any], **more: Any) -> Any:
        """`act(db, filing or absence, …)`, whichever it takes first."""

        def work(db: Session) -> Any:
            on_filing = next(iter(list(act.__annotations__.values())[1:2])) == "Filing"
            row = db.get_one(Filing, self.filing_id) if on_filing else db.get_one(Away, self.away_id)
            made = acts(db, act, row, policies=self.policies, now=self.world.clock(), **more)
            if isinstance(made, Filing):
                self.filing_id = made.id
            return None if not isinstance(made, bool) else made

        return self.world.db(work)

    def is_put_to_the_cell(self, **more: Any) -> Chain:
        self.does(put_filing_to_cell, by_id=self.cell.bob, **more)
        return self

    def is_proposed(self, **more: Any) -> Chain:
        self.is_put_to_the_cell()
        met = self.world.clock().date()
        self.does(
            record_cell_result,
            **{
                "by_id": self.cell.bob,
                "met_on": met,
                "proposes": True,
                "votes_for": 7,
                "votes_against": 0,
                **more,
            },
        )
        return self

    def is_approved(self, **more: Any) -> Chain:
        self.is_proposed()
        return self.is_decided(**more)

    def is_decided(self, **more: Any) -> Chain:
        given = {
            "by_id": self.cell.officer,
            "approve": True,
            "number": "15-QĐ/ĐU",
            "decided_on": self.world.clock().date(),
        }
        self.does(decide_filing, **{**given, **more})
        return self

    def of_away(self, read: Callable[[Away], Any]) -> Any:
        return self.world.db(lambda db: read(db.get_one(Away, self.away_id)))

    def of_filing(self, read: Callable[[Filing], Any]) -> Any:
        return self.world.db(lambda db: read(db.get_one(Filing, self.filing_id)))

    @property
    def state(self) -> str:
        return str(self.of_away(lambda away: away.state))

    @property
    def filing_state(self) -> str:
        return str(self.of_filing(lambda filing: filing.state))

    @property
    def place(self) -> tuple[Any, str]:
        def work(db: Session) -> tuple[Any, str]:
            member = db.get_one(Member, away_of(db, db.get_one(Filing, self.filing_id)).member_id)
            return member.place_code, member.zone

        return self.world.db(work)
