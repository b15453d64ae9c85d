"""Letters between the home cell and the place of stay: what was sent, reminded of, answered, with the scan of the answer.

    (paper printed) ──> SENT ──reminded, as often as needed──> ANSWERED      a letter of thanks asks for no answer

What the place of stay says about a member is told to the member too. The answer to a request for a comment ticks that
line of a return that is open.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.away import (
    Away,
    AwayPolicies,
    AwayState,
    DatesUnfit,
    ReturnStep,
    Scan,
    return_items,
    tick_return_item,
)
from models.away.refusals import check_texts
from models.away.telling import place_name, tell_news
from models.base import Base, Identified
from models.clock import HOME_ZONE, local_date
from models.errors import Refused
from models.member import Member
from models.outbox import Button
from models.phrases import letter as phrases
from models.rights import Right, require
from models.sealing import Sealed


class LetterKind(StrEnum):
    COMMENT = "comment"  # asks the place of stay what it thinks of the member (đề nghị nhận xét)
    INTRODUCTION = "introduction"
    THANKS = "thanks"


class Letter(Identified, Base):
    __tablename__ = "letter"

    away_id: Mapped[int] = mapped_column(ForeignKey("away.id"))
    kind: Mapped[str]
    number: Mapped[str | None]
    sent_on: Mapped[date]
    sent_by: Mapped[int]
    recorded_at: Mapped[datetime]
    reminded_on: Mapped[date | None]  # the last time
    answered_on: Mapped[date | None]  # the date on the answer
    answered_by: Mapped[int | None]  # who typed it here
    file_id: Mapped[str | None]  # the scan of the answer
    to_sealed: Mapped[bytes | None]
    answer_sealed: Mapped[bytes | None]
    file_name_sealed: Mapped[bytes | None]

    to = Sealed("to_sealed")
    answer = Sealed("answer_sealed")
    file_name = Sealed("file_name_sealed")

    __table_args__ = (Index("ix_letter_away_id", "away_id", "sent_on"),)

    @property
    def waits(self) -> bool:
        """Whether an answer is hoped for."""
        return self.kind != LetterKind.THANKS and self.answered_on is None


class LetterSettled(Refused):
    """It was answered already, or asks for no answer."""

    def __init__(self) -> None:
        super().__init__(phrases.settled())


# --- acts -----------------------------------------------------------------------------------------------------------


def record_letter_sent(
    db: Session,
    away: Away,
    kind: LetterKind,
    *,
    sent_on: date,
    by_id: int,
    now: datetime,
    to: str = "",
    number: str = "",
) -> Letter:
    """A letter has left; said twice it is one. Refuses: NotEntitled, DatesUnfit, secrets."""
    db.refresh(away, with_for_update=True)
    require(db, by_id, Right.KEEP_ABSENCES, away.cell_id, now=now)
    check_texts(to, number)
    _check_day(sent_on, now=now)
    for known in letters_of(db, away.id):
        if (known.kind, known.sent_on, known.number or "") == (kind, sent_on, number.strip()):
            return known
    letter = Letter(
        away_id=away.id,
        kind=kind,
        number=number.strip() or None,
        sent_on=sent_on,
        sent_by=by_id,
        recorded_at=now,
    )
    letter.to = to.strip() or None
    db.add(letter)
    db.flush()
    return letter


def record_letter_reminded(
    db: Session, letter: Letter, *, reminded_on: date, by_id: int, now: datetime
) -> None:
    """They were reminded of it; the last day counts. Refuses: NotEntitled, LetterSettled, DatesUnfit."""
    _lock(db, letter, by_id=by_id, now=now)
    _check_day(reminded_on, now=now, first=letter.sent_on)
    letter.reminded_on = max(reminded_on, letter.reminded_on or reminded_on)
    db.flush()


def record_letter_answered(
    db: Session,
    letter: Letter,
    *,
    answered_on: date,
    answer: str,
    by_id: int,
    policies: AwayPolicies,
    now: datetime,
    scan: Scan | None = None,
) -> None:
    """What the place of stay says, in words or as a scan; the member is told all of it.

    Refuses: NotEntitled, LetterSettled, DatesUnfit, secrets, Refused when there is neither text nor scan.
    """
    away = _lock(db, letter, by_id=by_id, now=now)
    _check_day(answered_on, now=now, first=letter.sent_on)
    check_texts(answer, scan.name if scan else "")
    if not answer.strip() and scan is None:
        raise Refused(phrases.answer_empty())
    letter.answered_on, letter.answered_by = answered_on, by_id
    letter.answer = answer.strip() or None
    if scan is not None:
        letter.file_id, letter.file_name = scan.file_id, scan.name or None
    db.flush()
    _tell_member(db, letter, away, by_id=by_id, now=now)
    _tick_comment(db, letter, away, scan, by_id=by_id, policies=policies, now=now)


def _lock(db: Session, letter: Letter, *, by_id: int, now: datetime) -> Away:
    """The letter as it is now, for somebody in office; refuses when it waits for nothing."""
    db.flush()
    db.refresh(letter, with_for_update=True)
    away = db.get_one(Away, letter.away_id)
    require(db, by_id, Right.KEEP_ABSENCES, away.cell_id, now=now)
    if not letter.waits:
        raise LetterSettled
    return away


def _check_day(day: date, *, now: datetime, first: date | None = None) -> None:
    if day > local_date(now, HOME_ZONE) or (first is not None and day < first):
        raise DatesUnfit(phrases.day_unfit(first=first))


def _tell_member(db: Session, letter: Letter, away: Away, *, by_id: int, now: datetime) -> None:
    words = phrases.answer_for_you(
        kind=letter.kind,
        place=place_name(away.place_code),
        on=letter.answered_on or letter.sent_on,
        answer=letter.answer,
        scan=letter.file_id is not None,
    )
    buttons = [[Button(phrases.SEE_SCAN, f"absence:answer:{letter.id}")]] if letter.file_id else []
    member, key = db.get_one(Member, away.member_id), f"letter.answered:{letter.id}"
    tell_news(db, [member], words, key=key, now=now, but=by_id, buttons=buttons)


def _tick_comment(
    db: Session,
    letter: Letter,
    away: Away,
    scan: Scan | None,
    *,
    by_id: int,
    policies: AwayPolicies,
    now: datetime,
) -> None:
    if letter.kind != LetterKind.COMMENT or away.state != AwayState.RETURNING:
        return
    for item in return_items(db, away.id):
        if item.step == ReturnStep.COMMENT and item.done_at is None:
            tick_return_item(
                db,
                item,
                by_id=by_id,
                policies=policies,
                now=now,
                happened_on=letter.answered_on,
                scan=scan,
            )


# --- questions ------------------------------------------------------------------------------------------------------


def letters_of(db: Session, away_id: int) -> list[Letter]:
    """The letters about an absence, the newest first. The member may read them, and whoever keeps the absence."""
    rows = select(Letter).where(Letter.away_id == away_id)
    return list(db.scalars(rows.order_by(Letter.sent_on.desc(), Letter.id.desc())))
