"""Agreements with whoever receives members away: an employer, a committee, an association at a place.

    make ──> IN FORCE ──renew, until another day or without an end──> IN FORCE
               │  └──its last day went by──> over, but not ended: the desk is asked to renew or to end it, a committee is
               │                             told once, a month before
               ├──correct──> IN FORCE, and among the talks what stood there, what stands there now, and who put it there
               └──end──> ENDED, kept for the years of an absence

    talks        what was said with them and what was corrected, on which day, by whom: only added to
    offer        told to a member whose absence is at that place; once for each absence

Whose it is: the unit that made it, a cell or a committee. It is changed by who keeps that unit's agreements, and read by
who keeps those of any unit on the same line of the tree: a cell uses its committee's, the committee sees its cells'. What
somebody agrees with an organisation is no member's data: nobody away is named in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import assert_never

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Index, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.away.away import OPEN, Away
from models.away.away.refusals import KeptOnPaper
from models.away.away.telling import place_name
from models.delivery.message import Button, Lane, Message
from models.ground.base import Base, Identified, lock
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.phones import show_phone
from models.ground.sealing import Sealed
from models.people.member import Member, Purpose, refuses, tell
from models.people.rights import NotEntitled, Right, Role, holders, may, require, units_where
from models.people.trail import record_act
from models.people.unit import Unit, UnitKind, ancestor_ids, subtree_ids
from models.phrases.away import agreement as phrases
from models.phrases.text import Lang
from models.policies import Policies

KEEP = Right.KEEP_AGREEMENTS


class AgreementKind(StrEnum):
    EMPLOYER = "employer"
    COMMITTEE = "committee"
    ASSOCIATION = "association"
    OTHER = "other"


class AgreementFact(StrEnum):
    """What can be put right of one that there is."""

    UNTIL = "until"
    PERSON = "person"
    PHONE = "phone"
    AGREED = "agreed"


class Agreement(Identified, Base):
    __tablename__ = "agreement"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str]
    place_code: Mapped[str]
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]  # the last day; None: not agreed
    made_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    with_whom_sealed: Mapped[bytes | None]
    person_sealed: Mapped[bytes | None]
    phone_sealed: Mapped[bytes | None]
    agreed_sealed: Mapped[bytes | None]

    with_whom = Sealed("with_whom_sealed")
    person = Sealed("person_sealed")
    phone = Sealed("phone_sealed")
    agreed = Sealed("agreed_sealed")

    __table_args__ = (
        Index("ix_agreement_unit_id", "unit_id", "ended_at"),
        Index("ix_agreement_made_by", "made_by"),
        Index("ix_agreement_ended_by", "ended_by"),
    )


class AgreementTalk(Identified, Base):
    """One talk with them. Never changed afterwards."""

    __tablename__ = "agreement_talk"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    held_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    words_sealed: Mapped[bytes | None]

    words = Sealed("words_sealed")

    __table_args__ = (
        Index("ix_agreement_talk_agreement_id", "agreement_id", "held_on"),
        Index("ix_agreement_talk_by_id", "by_id"),
    )


class AgreementFacts(BaseModel):
    """What is written down when it is made; `person` and `phone` may be empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: AgreementKind
    with_whom: str
    place_code: str
    begins_on: date
    ends_on: date | None
    person: str
    phone: str
    agreed: str


# --- acts -----------------------------------------------------------------------------------------------------------


def make_agreement(db: Session, unit: Unit, facts: AgreementFacts, *, by_id: int, now: datetime) -> Agreement:
    """Write an agreement down as the unit's own. Refuses: NotEntitled, an end before the beginning."""
    require(db, by_id, KEEP, unit.id, now=now)
    check_end(facts.begins_on, facts.ends_on)
    row = Agreement(
        unit_id=unit.id,
        kind=facts.kind,
        place_code=facts.place_code,
        begins_on=facts.begins_on,
        ends_on=facts.ends_on,
        made_by=by_id,
        made_at=now,
    )
    row.with_whom, row.agreed = facts.with_whom, facts.agreed
    row.person, row.phone = facts.person or None, facts.phone or None
    db.add(row)
    db.flush()
    record_act(db, "agreement.make", by_id=by_id, unit_id=unit.id, now=now, detail=facts.kind)
    return row


def note_talk(
    db: Session, agreement: Agreement, words: str, *, held_on: date, by_id: int, now: datetime
) -> AgreementTalk:
    """Add what was said with them. Refuses: NotEntitled, one that was ended."""
    _hold(db, agreement, by_id, now=now)
    talk = AgreementTalk(agreement_id=agreement.id, held_on=held_on, by_id=by_id, at=now)
    talk.words = words
    db.add(talk)
    db.flush()
    record_act(db, "agreement.talk", by_id=by_id, unit_id=agreement.unit_id, now=now)
    return talk


def renew_agreement(
    db: Session, agreement: Agreement, ends_on: date | None, *, by_id: int, now: datetime
) -> None:
    """Let it last until another day; None: without an end."""
    _hold(db, agreement, by_id, now=now)
    check_end(agreement.begins_on, ends_on)
    agreement.ends_on = ends_on
    record_act(db, "agreement.renew", by_id=by_id, unit_id=agreement.unit_id, now=now)
    db.flush()


def correct_agreement(
    db: Session,
    agreement: Agreement,
    what: AgreementFact,
    value: str | date | None,
    *,
    by_id: int,
    now: datetime,
) -> bool:
    """Put one fact right, and keep beside the talks what it was, what it is and who did it; False: it stands so already.

    Refuses: NotEntitled, one that was ended, an end before the beginning.
    """
    _hold(db, agreement, by_id, now=now)
    before = said_of(agreement, what)
    match what:
        case AgreementFact.UNTIL:
            agreement.ends_on = value if isinstance(value, date) else None
            check_end(agreement.begins_on, agreement.ends_on)
        case AgreementFact.PERSON:
            agreement.person = str(value or "") or None
        case AgreementFact.PHONE:
            agreement.phone = str(value or "") or None
        case AgreementFact.AGREED:
            agreement.agreed = str(value or "")
        case _:
            assert_never(what)
    after = said_of(agreement, what)
    if before == after:
        return False
    talk = AgreementTalk(agreement_id=agreement.id, held_on=local_date(now, HOME_ZONE), by_id=by_id, at=now)
    talk.words = phrases.correction(what=what, before=before, after=after).to_plain(Lang.VI)
    db.add(talk)
    record_act(db, "agreement.correct", by_id=by_id, unit_id=agreement.unit_id, now=now, detail=what)
    db.flush()
    return True


def said_of(agreement: Agreement, what: AgreementFact) -> str:
    """Return a fact as it is read; empty where there is none."""
    match what:
        case AgreementFact.UNTIL:
            return f"{agreement.ends_on:%d/%m/%Y}" if agreement.ends_on else ""
        case AgreementFact.PERSON:
            return agreement.person or ""
        case AgreementFact.PHONE:
            return show_phone(agreement.phone) if agreement.phone else ""
        case AgreementFact.AGREED:
            return agreement.agreed or ""
        case _:
            assert_never(what)


def end_agreement(db: Session, agreement: Agreement, *, by_id: int, now: datetime) -> None:
    """End it today: it is offered to nobody any more."""
    _hold(db, agreement, by_id, now=now)
    agreement.ended_at, agreement.ended_by = now, by_id
    record_act(db, "agreement.end", by_id=by_id, unit_id=agreement.unit_id, now=now)
    db.flush()


def offer_agreement(db: Session, agreement: Agreement, away: Away, *, by_id: int, now: datetime) -> bool:
    """Tell the member whom they may turn to at their place; False: they were told before, or nothing reaches them.

    Refuses: NotEntitled, who wants nothing of absences kept here, another place, one that is over.
    """
    require(db, by_id, Right.KEEP_ABSENCES, away.cell_id, now=now)
    if refuses(db, away.member_id, Purpose.AWAY):
        raise KeptOnPaper(db.get_one(Member, away.member_id).full_name)
    if agreement not in agreements_for(db, away, now=now):
        raise Refused(phrases.not_offered_here())
    words = phrases.offer(
        with_whom=agreement.with_whom or "",
        place=place_name(agreement.place_code),
        person=agreement.person,
        phone=show_phone(agreement.phone) if agreement.phone else None,
        agreed=agreement.agreed or "",
    )
    member, key = db.get_one(Member, away.member_id), f"agreement.offer:{agreement.id}:{away.id}"
    told = tell(db, member, Message(words), key=key, lane=Lane.REMINDER, now=now)
    if told:
        record_act(db, "agreement.offer", by_id=by_id, member_id=member.id, now=now)
    return told


def tell_committees(db: Session, policies: Policies, *, now: datetime) -> bool:
    """Tell each committee once that an agreement of its own ends soon; a cell has it on its desk. False: no more to do."""
    today = local_date(now, HOME_ZONE)
    # said once is known as long as the outbox remembers it; on the last day itself it would be too late
    days = min(policies.away.agreement_days, policies.outbox.keep.days)
    rows = (
        select(Agreement)
        .join(Unit, Unit.id == Agreement.unit_id)
        .where(Unit.kind != UnitKind.CELL, Agreement.ended_at.is_(None))
        .where(Agreement.ends_on > today, Agreement.ends_on <= today + timedelta(days=days))
    )
    for one in db.scalars(rows.order_by(Agreement.id)):
        words = phrases.ends_soon(with_whom=one.with_whom or "", ends_on=one.ends_on or today)
        message = Message(words, [[Button(phrases.SEE, f"agreement:see:{one.id}")]])
        for keeper in holders(db, one.unit_id, Role.OFFICER, now=now):
            if may(db, keeper, KEEP, one.unit_id, now=now):
                key = f"agreement.ends:{one.id}:{one.ends_on}:{keeper}"
                tell(db, db.get_one(Member, keeper), message, key=key, lane=Lane.REMINDER, now=now)
    return False


def check_end(begins_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < begins_on:
        raise Refused(phrases.ends_before(begins_on=begins_on))


def _hold(db: Session, agreement: Agreement, by_id: int, *, now: datetime) -> None:
    """Lock it for whoever keeps it; what was ended stays as it is."""
    require(db, by_id, KEEP, agreement.unit_id, now=now)
    lock(db, agreement)
    if agreement.ended_at is not None:
        raise Refused(phrases.ended_already())


# --- questions ------------------------------------------------------------------------------------------------------


def agreement_for(db: Session, agreement_id: int, member_id: int, *, now: datetime) -> Agreement:
    """Return it for who may read it: who keeps the agreements of a unit on the same line of the tree."""
    row = db.get(Agreement, agreement_id)
    if row is not None:
        line = ancestor_ids(db, row.unit_id)
        for unit in units_where(db, member_id, KEEP, now=now):
            if unit.id in line or row.unit_id in ancestor_ids(db, unit.id):
                return row
    raise NotEntitled


def agreements_of(db: Session, unit_id: int) -> list[Agreement]:
    """Return what the unit may read and nobody has ended: its own, of those above and below; those that end first."""
    line = {*ancestor_ids(db, unit_id), *subtree_ids(db, unit_id)}
    rows = select(Agreement).where(Agreement.unit_id.in_(line), Agreement.ended_at.is_(None))
    return list(db.scalars(rows.order_by(Agreement.ends_on.is_(None), Agreement.ends_on, Agreement.id)))


def agreements_for(db: Session, away: Away, *, now: datetime) -> list[Agreement]:
    """Return those in force at the place of an open absence, of its cell and the committees above, the cell's first."""
    if away.state not in OPEN:
        return []
    line, today = ancestor_ids(db, away.cell_id), local_date(now, HOME_ZONE)
    rows = db.scalars(
        select(Agreement)
        .where(Agreement.unit_id.in_(line), Agreement.place_code == away.place_code)
        .where(Agreement.ended_at.is_(None), Agreement.begins_on <= today)
        .where(or_(Agreement.ends_on.is_(None), Agreement.ends_on >= today))
    )
    return sorted(rows, key=lambda one: (line.index(one.unit_id), one.id))


def agreements_ending(db: Session, unit_id: int, *, days: int, today: date) -> list[Agreement]:
    """Return the unit's own whose last day is so near, or has gone by."""
    rows = select(Agreement).where(Agreement.unit_id == unit_id, Agreement.ended_at.is_(None))
    return list(
        db.scalars(
            rows.where(Agreement.ends_on <= today + timedelta(days=days)).order_by(
                Agreement.ends_on, Agreement.id
            )
        )
    )


def talks_of(db: Session, agreement_id: int, *, limit: int) -> Sequence[AgreementTalk]:
    """Return the newest talks first."""
    rows = select(AgreementTalk).where(AgreementTalk.agreement_id == agreement_id)
    return db.scalars(rows.order_by(AgreementTalk.held_on.desc(), AgreementTalk.id.desc()).limit(limit)).all()
