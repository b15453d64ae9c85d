"""Letters between the home cell and the place of stay: what was sent, reminded of, answered, with the scan of the answer.

    (paper printed) ──> SENT ──reminded, as often as needed──> ANSWERED      a letter of thanks asks for no answer
                         │ ├─ nobody answers: called to mind after a month, then monthly   │
                         │ └─ REPLIED on the page, not signed: it waits for the paper ─────┤
                         └──────────> withdrawn, when it was typed by mistake <────────────┘

What the place of stay says about a member is told to the member too, and so is what is corrected in it. The answer to a
request for a comment ticks that line of a return that is open. `next_at` (UTC, indexed) is when time next calls an
unanswered letter to mind; a correction leaves what was there before in a row of its own (`letter_change`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Index, not_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.away.away import (
    OPEN,
    Away,
    AwayState,
    CommentNeeded,
    DatesUnfit,
    FilingAct,
    ReturnItem,
    ReturnStep,
    Scan,
    reopen_return_item,
    return_items,
    tick_return_item,
)
from models.away.away.paper import head_of_papers, place_words
from models.away.away.rows import keep_history
from models.away.away.rules import morning
from models.away.away.telling import keepers, place_name, remind, tell_news
from models.away.policy import AwayPolicy
from models.delivery.message import Button
from models.delivery.outbox import cancel_outbox
from models.delivery.papers import (
    CommentRequest,
    IntroductionLetter,
    LetterPaper as Paper,
    ThanksLetter,
    paper_number,
)
from models.ground.base import Base, Identified, Soonest, lock, locked, partial_index
from models.ground.clock import HOME_ZONE, local_date, same_day
from models.ground.errors import Refused
from models.ground.marking import clean
from models.ground.sealing import Sealed
from models.people.assignment import contacts_of
from models.people.member import Member, Purpose, has_refused
from models.people.rights import Right, Role, holders, require
from models.people.trail import record_change
from models.phrases.away import away as away_words, letter as phrases
from models.policies import Policies


class LetterKind(StrEnum):
    COMMENT = "comment"  # asks the place of stay what it thinks of the member (đề nghị nhận xét)
    INTRODUCTION = "introduction"
    THANKS = "thanks"

    @property
    def wants_answer(self) -> bool:
        return self not in _FINAL


_FINAL = frozenset({LetterKind.THANKS})  # they ask for no answer


class Letter(Identified, Base):
    __tablename__ = "letter"

    away_id: Mapped[int] = mapped_column(ForeignKey("away.id"))
    kind: Mapped[str]
    number: Mapped[str | None]
    sent_on: Mapped[date]
    sent_by: Mapped[int]
    recorded_at: Mapped[datetime]
    reminded_on: Mapped[date | None]  # the last time
    replied_at: Mapped[datetime | None]  # an answer that nobody has signed came by the page (reply_slip.py)
    answered_on: Mapped[date | None]  # the date on the answer
    answered_by: Mapped[int | None]  # who typed it here
    file_id_sealed: Mapped[bytes | None]  # the scan of the answer
    next_at: Mapped[datetime | None]  # when it is called to mind next
    withdrawn_at: Mapped[datetime | None]
    to_sealed: Mapped[bytes | None]
    answer_sealed: Mapped[bytes | None]
    file_name_sealed: Mapped[bytes | None]
    paper_sealed: Mapped[bytes | None]  # the letter as it was when it left; None: older than this column

    to = Sealed("to_sealed")
    paper_json = Sealed("paper_sealed")
    answer = Sealed("answer_sealed")
    file_id = Sealed("file_id_sealed")
    file_name = Sealed("file_name_sealed")

    __table_args__ = (
        Index("ix_letter_away_id", "away_id", "sent_on"),
        partial_index("ix_letter_next_at", "next_at", where="next_at IS NOT NULL"),
    )

    @property
    def is_open(self) -> bool:
        """Whether its answer on paper has not come."""
        return LetterKind(self.kind).wants_answer and self.answered_on is None and self.withdrawn_at is None

    @property
    def waits(self) -> bool:
        """Whether an answer is hoped for, and none has come by whatever way."""
        return self.is_open and self.replied_at is None

    @property
    def waits_for_paper(self) -> bool:
        """Whether an answer has come that nobody has signed."""
        return self.is_open and self.replied_at is not None


class LetterFacts(BaseModel):
    """What was typed about a letter, as it stood before it was corrected."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    to: str | None
    number: str | None
    sent_on: date
    answered_on: date | None
    answer: str | None
    file_id: str | None
    file_name: str | None


class LetterChange(Identified, Base):
    """A correction, or the withdrawal: who, when, why, and what was there before. Never changed afterwards."""

    __tablename__ = "letter_change"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    at: Mapped[datetime]
    by_id: Mapped[int]
    withdrawn: Mapped[bool]
    before_sealed: Mapped[bytes | None]
    why_sealed: Mapped[bytes | None]

    before_json = Sealed("before_sealed")
    why = Sealed("why_sealed")

    __table_args__ = (Index("ix_letter_change_letter_id", "letter_id", "at"),)

    @property
    def before(self) -> LetterFacts | None:
        """None when the member has had it erased."""
        return LetterFacts.model_validate_json(self.before_json) if self.before_json else None


keep_history(LetterChange)


_PAPERS: dict[LetterKind, type[Paper]] = {
    LetterKind.COMMENT: CommentRequest,
    LetterKind.INTRODUCTION: IntroductionLetter,
    LetterKind.THANKS: ThanksLetter,
}


class LetterSettled(Refused):
    """It was answered already, or asks for no answer."""

    def __init__(self) -> None:
        super().__init__(phrases.settled())


# --- the paper ------------------------------------------------------------------------------------------------------


def letter_paper(
    db: Session,
    away: Away,
    kind: LetterKind,
    *,
    signer: Member,
    now: datetime,
    to: str = "",
    number: str = "",
    sent_on: date | None = None,
) -> Paper:
    """Return a letter to the place of stay, to be numbered and signed by `signer`; with number and day once it leaves."""
    contact = next(iter(contacts_of(db, away.member_id, now=now)), None)
    keeps = db.get(Member, contact.contact_id) if contact else None
    secretaries = holders(db, away.cell_id, Role.SECRETARY, now=now)
    facts: dict[str, object] = {
        **head_of_papers(db, away),
        "to": to or away.host or "",
        "number": paper_number(number, "-CV/CB"),
        "signed_on": sent_on,
        "place_away": place_words(away.place_code, away.city or ""),
        "cell_contact": keeps.full_name if keeps else "",
        "signer": signer.own_name,
        "signer_role": "Bí thư" if signer.id in secretaries else "Phó bí thư",
    }
    if kind.wants_answer:
        facts |= {
            "work": away_words.WORKS[away.work].to_plain("vi"),
            "from_on": away.begins_on,
            "until_on": away.ends_on or away.due_on,
        }
    return _PAPERS[kind].model_validate(facts)


def sent_paper(letter: Letter) -> Paper | None:
    """Return the letter as it left, with later corrections of number, day and address; None: it was not kept then."""
    if not letter.paper_json:
        return None
    paper = _PAPERS[LetterKind(letter.kind)].model_validate_json(letter.paper_json)
    typed = {
        "to": letter.to or paper.to,
        "number": paper_number(letter.number or "", "-CV/CB"),
        "signed_on": letter.sent_on,
    }
    return paper.model_copy(update=typed)


# --- acts -----------------------------------------------------------------------------------------------------------


def record_letter_sent(
    db: Session,
    away: Away,
    kind: LetterKind,
    *,
    sent_on: date,
    by_id: int,
    policies: Policies,
    now: datetime,
    to: str = "",
    number: str = "",
) -> Letter:
    """Note that a letter has left; noting it twice makes one. Refuses: NotEntitled, DatesUnfit, secrets."""
    lock(db, away)
    require(db, by_id, Right.KEEP_ABSENCES, away.cell_id, now=now)
    clean(to, number)
    _check_day(sent_on, now=now)
    for known in letters_of(db, away.id):
        if (known.kind, known.sent_on, known.number or "") == (kind, sent_on, number.strip()):
            return known
    letter = _note_sent(db, away, kind, sent_on=sent_on, by_id=by_id, now=now, to=to, number=number)
    record_change(db, "letter.send", by_id=by_id, member_id=away.member_id, now=now, detail=str(kind))
    _retime(db, letter, policies.away, now=now)
    return letter


def _note_sent(
    db: Session,
    away: Away,
    kind: LetterKind,
    *,
    sent_on: date,
    by_id: int,
    now: datetime,
    to: str,
    number: str,
) -> Letter:
    letter = Letter(
        away_id=away.id,
        kind=kind,
        number=number.strip() or None,
        sent_on=sent_on,
        sent_by=by_id,
        recorded_at=now,
    )
    letter.to = to.strip() or None
    signer = db.get_one(Member, by_id)
    paper = letter_paper(
        db, away, kind, signer=signer, now=now, to=to.strip(), number=number, sent_on=sent_on
    )
    letter.paper_json = paper.model_dump_json()
    db.add(letter)
    return letter


def note_letter_left(
    db: Session, away: Away, kind: LetterKind, *, made_at: datetime, made_by: int, now: datetime
) -> Letter:
    """Note a letter that nobody noted as sent: its answer shows that it has left, on the day when it was made or later."""
    sent_on = local_date(made_at, HOME_ZONE)
    return _note_sent(db, away, kind, sent_on=sent_on, by_id=made_by, now=now, to=away.host or "", number="")


def note_letter_replied(db: Session, letter: Letter, *, policies: Policies, now: datetime) -> None:
    """Note that an answer came which nobody has signed: from now on the letter waits for the paper alone."""
    letter.replied_at = now
    _retime(db, letter, policies.away, now=now)


def let_letter_wait_again(db: Session, letter: Letter, *, policies: Policies, now: datetime) -> None:
    """Set aside what came by the page; the letter is called to mind again as before."""
    letter.replied_at = None
    _retime(db, letter, policies.away, now=now)


def record_letter_reminded(
    db: Session, letter: Letter, *, reminded_on: date, by_id: int, policies: Policies, now: datetime
) -> None:
    """Note that they were reminded of it; the last day counts. Refuses: NotEntitled, LetterSettled, DatesUnfit."""
    _lock_waiting(db, letter, by_id=by_id, now=now)
    _check_day(reminded_on, now=now, first=letter.sent_on)
    letter.reminded_on = max(reminded_on, letter.reminded_on or reminded_on)
    _retime(db, letter, policies.away, now=now)


def record_letter_answered(
    db: Session,
    letter: Letter,
    *,
    answered_on: date,
    answer: str,
    by_id: int,
    policies: Policies,
    now: datetime,
    scan: Scan | None = None,
) -> None:
    """Keep what the place of stay says, in words or as a scan. The member is told all of it.

    Refuses: NotEntitled, LetterSettled, DatesUnfit, secrets, Refused when there is neither text nor scan.
    """
    away = _lock_waiting(db, letter, by_id=by_id, now=now)
    _take_answer(letter, answered_on, answer, scan, by_id=by_id, now=now)
    _retime(db, letter, policies.away, now=now)
    _tell_member(db, letter, away, key=f"letter.answered:{letter.id}", by_id=by_id, now=now)
    _tick_comment(db, letter, away, scan, by_id=by_id, policies=policies, now=now)


def _take_answer(
    letter: Letter, answered_on: date, answer: str, scan: Scan | None, *, by_id: int, now: datetime
) -> None:
    _check_day(answered_on, now=now, first=letter.sent_on)
    clean(answer, scan.name if scan else "")
    if not answer.strip() and scan is None:
        raise Refused(phrases.answer_empty())
    letter.answered_on, letter.answered_by = answered_on, by_id
    letter.answer = answer.strip() or None
    letter.file_id, letter.file_name = (scan.file_id, scan.name or None) if scan else (None, None)


def _lock_waiting(db: Session, letter: Letter, *, by_id: int, now: datetime) -> Away:
    away = _lock(db, letter, by_id=by_id, now=now)
    if not letter.is_open:
        raise LetterSettled
    return away


def _lock(db: Session, letter: Letter, *, by_id: int, now: datetime) -> Away:
    """The letter as it is now, for somebody in office; refuses when it was withdrawn."""
    lock(db, letter)
    away = db.get_one(Away, letter.away_id)
    require(db, by_id, Right.KEEP_ABSENCES, away.cell_id, now=now)
    if letter.withdrawn_at is not None:
        raise LetterSettled
    record_change(db, "letter.change", by_id=by_id, member_id=away.member_id, now=now)
    return away


def _check_day(day: date, *, now: datetime, first: date | None = None) -> None:
    if day > local_date(now, HOME_ZONE) or (first is not None and day < first):
        raise DatesUnfit(phrases.day_unfit(first=first))


def _tell_member(
    db: Session,
    letter: Letter,
    away: Away,
    *,
    key: str,
    by_id: int,
    now: datetime,
    corrected: bool = False,
) -> None:
    words = phrases.answer_for_you(
        kind=letter.kind,
        place=place_name(away.place_code),
        on=letter.answered_on or letter.sent_on,
        answer=letter.answer,
        scan=letter.file_id is not None,
        corrected=corrected,
    )
    buttons = [[Button(phrases.SEE_SCAN, f"absence:answer:{letter.id}")]] if letter.file_id else []
    member = db.get_one(Member, away.member_id)
    tell_news(db, [member], words, key=key, now=now, but=by_id, buttons=buttons)


def _tick_comment(
    db: Session,
    letter: Letter,
    away: Away,
    scan: Scan | None,
    *,
    by_id: int,
    policies: Policies,
    now: datetime,
) -> None:
    if letter.kind != LetterKind.COMMENT or away.state != AwayState.RETURNING:
        return
    for item in return_items(db, away.id):
        if item.step == ReturnStep.COMMENT and item.done_at is None:
            tick_return_item(
                db,
                item,
                FilingAct(by_id=by_id, policies=policies, now=now, scan=scan),
                happened_on=letter.answered_on,
                quiet=True,
            )


# --- corrections ----------------------------------------------------------------------------------------------------


def correct_letter(
    db: Session,
    letter: Letter,
    *,
    sent_on: date,
    to: str,
    number: str,
    by_id: int,
    policies: Policies,
    now: datetime,
) -> None:
    """Correct what was typed wrong and keep what was there. Refuses: NotEntitled, LetterSettled, DatesUnfit, secrets."""
    _lock(db, letter, by_id=by_id, now=now)
    clean(to, number)
    _check_day(sent_on, now=now)
    if any(sent_on > later for later in (letter.reminded_on, letter.answered_on) if later):
        raise DatesUnfit(phrases.sent_too_late())
    _keep_facts(db, letter, by_id=by_id, now=now)
    letter.sent_on, letter.to, letter.number = sent_on, to.strip() or None, number.strip() or None
    _retime(db, letter, policies.away, now=now)


def correct_answer(
    db: Session,
    letter: Letter,
    *,
    answered_on: date,
    answer: str,
    by_id: int,
    now: datetime,
    scan: Scan | None = None,
) -> None:
    """Correct the answer of the place of stay; the member reads what is right. Refuses as the answer itself does."""
    away = _lock(db, letter, by_id=by_id, now=now)
    if letter.answered_on is None:
        raise LetterSettled
    line = _ticked_line(db, letter, away)
    change = _keep_facts(db, letter, by_id=by_id, now=now)
    _take_answer(letter, answered_on, answer, scan, by_id=by_id, now=now)
    if line is not None:
        line.happened_on = answered_on
        line.file_id, line.file_name = letter.file_id, letter.file_name
    db.flush()
    key = f"letter.corrected:{change.id}"
    _tell_member(db, letter, away, key=key, by_id=by_id, now=now, corrected=True)


def withdraw_letter(db: Session, letter: Letter, *, why: str, by_id: int, now: datetime) -> None:
    """Withdraw a letter noted by mistake. The member who read its answer is told; the line it ticked is open again.

    Refuses: NotEntitled, LetterSettled when it is withdrawn already, CommentNeeded, secrets.
    """
    away = _lock(db, letter, by_id=by_id, now=now)
    clean(why)
    if not why.strip():
        raise CommentNeeded
    line = _ticked_line(db, letter, away)
    _keep_facts(db, letter, by_id=by_id, now=now, why=why.strip(), withdrawn=True)
    letter.withdrawn_at, letter.next_at = now, None
    cancel_outbox(db, _about(letter))
    db.flush()
    if letter.answered_on is not None:
        words = phrases.answer_withdrawn(kind=letter.kind, on=letter.answered_on, why=why.strip())
        member = db.get_one(Member, away.member_id)
        tell_news(db, [member], words, key=f"letter.withdrawn:{letter.id}", now=now, but=by_id)
    if line is not None:
        reopen_return_item(db, line, now=now)


def _keep_facts(
    db: Session, letter: Letter, *, by_id: int, now: datetime, why: str = "", withdrawn: bool = False
) -> LetterChange:
    change = LetterChange(letter_id=letter.id, at=now, by_id=by_id, withdrawn=withdrawn)
    facts = {name: getattr(letter, name) for name in LetterFacts.model_fields}
    change.before_json, change.why = LetterFacts(**facts).model_dump_json(), why or None
    db.add(change)
    return change


def _ticked_line(db: Session, letter: Letter, away: Away) -> ReturnItem | None:
    """The line of the open return that this letter's answer has ticked."""
    if letter.kind != LetterKind.COMMENT or letter.answered_on is None or away.state != AwayState.RETURNING:
        return None
    answer = (letter.answered_on, letter.file_id)
    items = (
        item for item in return_items(db, away.id) if item.step == ReturnStep.COMMENT and not item.waived
    )
    return next((item for item in items if item.done_at and (item.happened_on, item.file_id) == answer), None)


# --- time -----------------------------------------------------------------------------------------------------------


def call_letters_to_mind(db: Session, ids: Sequence[int], policies: Policies, *, now: datetime) -> None:
    """Remind secretary and deputy of letters that nobody has answered. What was settled meanwhile is left alone."""
    due = select(Letter).where(Letter.id.in_(ids), Letter.next_at <= now).order_by(Letter.next_at, Letter.id)
    for letter in locked(db, due):
        away = db.get_one(Away, letter.away_id)
        if letter.waits and away.is_open:
            _call_to_mind(db, letter, away, policies.away, now=now)
            _retime(db, letter, policies.away, now=now)
        else:
            letter.next_at = None


def _call_to_mind(db: Session, letter: Letter, away: Away, policy: AwayPolicy, *, now: datetime) -> None:
    today = local_date(now, HOME_ZONE)
    words = phrases.still_unanswered(
        kind=letter.kind,
        name=db.get_one(Member, away.member_id).full_name,
        to=letter.to,
        sent_on=letter.sent_on,
        reminded_on=letter.reminded_on,
    )
    remind(
        db,
        [one for one in keepers(db, away.cell_id, now=now) if one.id != away.member_id],
        words,
        key=f"letter.waits:{letter.id}:{today}",
        about=_about(letter),
        day=today,
        policy=policy,
        now=now,
        buttons=[[Button(phrases.SEE_LETTER, f"absence:letter:{letter.id}")]],
    )


def _about(letter: Letter) -> str:
    """By this, what is not yet sent about a letter is cancelled."""
    return f"letter:{letter.id}"


def _retime(db: Session, letter: Letter, policy: AwayPolicy, *, now: datetime) -> None:
    """When time calls it to mind next; steps that went by are not made up for."""
    if not letter.waits:
        cancel_outbox(db, _about(letter))
    letter.next_at = _next_call(letter, policy, after=local_date(now, HOME_ZONE)) if letter.waits else None
    db.flush()


def _next_call(letter: Letter, policy: AwayPolicy, *, after: date) -> datetime:
    """The first morning later than `after` of: days after it was sent or reminded of, then every so many months."""
    first = max(letter.sent_on, letter.reminded_on or letter.sent_on) + timedelta(days=policy.letter_days)
    months = 0
    while (on := same_day(first, months)) <= after:
        months += policy.letter_months
    return morning(on, HOME_ZONE, policy)


def due_letters(db: Session, *, now: datetime, limit: int) -> list[int]:
    """Return the ids of letters to remind of now, the oldest first."""
    due = select(Letter.id).where(Letter.next_at <= now)
    return list(db.scalars(due.order_by(Letter.next_at).limit(limit)))


next_letter_at = Soonest(Letter.next_at)


# --- questions ------------------------------------------------------------------------------------------------------


def letters_of(db: Session, away_id: int, *, also_withdrawn: bool = False) -> list[Letter]:
    """Return the letters about an absence, the newest first. The member may read them, and whoever keeps the absence."""
    rows = select(Letter).where(Letter.away_id == away_id)
    if not also_withdrawn:
        rows = rows.where(Letter.withdrawn_at.is_(None))
    return list(db.scalars(rows.order_by(Letter.sent_on.desc(), Letter.id.desc())))


def unanswered_letters(db: Session, cell_id: int) -> list[Letter]:
    """Return the unanswered letters of the cell's open absences, the oldest first."""
    rows = (
        select(Letter)
        .join(Away, Away.id == Letter.away_id)
        .where(Away.cell_id == cell_id, Away.state.in_(OPEN), Letter.kind.not_in(_FINAL))
        .where(Letter.answered_on.is_(None), Letter.withdrawn_at.is_(None), Letter.replied_at.is_(None))
        .where(not_(has_refused(Away.member_id, Purpose.AWAY)))
    )
    return list(db.scalars(rows.order_by(Letter.sent_on, Letter.id)))


def letters_without_paper(db: Session, cell_id: int) -> list[tuple[Letter, Member]]:
    """Return the letters of the cell that were answered on the page and wait for the paper, with whom they are about.

    Also of absences that are over: the paper is to come all the same.
    """
    rows = (
        select(Letter, Member)
        .join(Away, Away.id == Letter.away_id)
        .join(Member, Member.id == Away.member_id)
        .where(Away.cell_id == cell_id, Member.left_at.is_(None))
        .where(Letter.replied_at.is_not(None), Letter.answered_on.is_(None), Letter.withdrawn_at.is_(None))
        .where(not_(has_refused(Away.member_id, Purpose.AWAY)))
    )
    return [(letter, member) for letter, member in db.execute(rows.order_by(Letter.replied_at, Letter.id))]


def letter_changes(db: Session, letter_id: int) -> list[LetterChange]:
    """Return what was corrected, oldest first."""
    rows = select(LetterChange).where(LetterChange.letter_id == letter_id)
    return list(db.scalars(rows.order_by(LetterChange.at, LetterChange.id)))
