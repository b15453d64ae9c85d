"""Reply slips: by a code in a letter the place of stay answers on a page, without an account; the paper follows.

    make_slip ──> OPEN: the letter carries its address (a QR) and its code
      │             ├──the code, then four lines and perhaps a scan──> ANSWERED, not signed: the letter waits for the paper
      │             └──`reply_days`──> over
      └──a newer one for the same absence and kind of letter──> REPLACED

The address finds the slip and opens nothing; the code opens it and stands nowhere but on the paper. A wrong code is counted
at its slip: every fifth locks it for longer, as with a PIN (models/people/secret.py). Until the code is right, all that
anybody learns is whether to try again.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Index, SmallInteger, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.away.away import Away, Scan
from models.away.away.telling import keepers, tell_news
from models.away.letter import (
    Letter,
    LetterKind,
    LetterSettled,
    let_letter_wait_again,
    letters_of,
    note_letter_left,
    note_letter_replied,
)
from models.delivery.message import Button
from models.delivery.papers import LetterPaper as Paper
from models.ground.base import Base, Identified, lock, locked
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.marking import clean
from models.ground.sealing import Sealed, keyring
from models.people.member import Member, Purpose, refuses
from models.people.rights import Right, require
from models.people.secret import digits_of, hash_secret, is_same_secret, lock_for
from models.people.trail import record_change
from models.people.unit import Unit
from models.phrases.away import letter as letter_words, reply_slip as phrases
from models.phrases.text import Text
from models.policies import Policies

LOOKUP_DIGITS = 12
CODE_DIGITS = 10
LONGEST_COMMENT = 2000
LONGEST_LINE = 120
_PLACE = "reply_slip.hash_sealed"


class SlipState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    REPLACED = "replaced"  # by a newer slip


class SlipStanding(StrEnum):
    """What somebody with a code finds. The first two are all that is said before the code is right."""

    WRONG = "wrong"  # the address or the code; which of them is not said
    LOCKED = "locked"
    OPEN = "open"
    ANSWERED = "answered"
    REPLACED = "replaced"
    EXPIRED = "expired"
    SETTLED = "settled"  # the paper came first, or the cell does not ask any more


class IsHere(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class ReplySlip(Identified, Base):
    __tablename__ = "reply_slip"

    away_id: Mapped[int] = mapped_column(ForeignKey("away.id"))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))  # once it is known which one it is
    kind: Mapped[str]  # of the letter
    lookup: Mapped[str] = mapped_column(unique=True)
    hash_sealed: Mapped[bytes | None]  # argon2id of the code
    state: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[int]
    expires_at: Mapped[datetime]
    wrong_tries: Mapped[int] = mapped_column(SmallInteger, default=0)  # since the last right one
    locked_until: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    receipt: Mapped[str | None]  # the receipt's number
    form_hash: Mapped[bytes | None]  # of the form that was sent: sent twice it is one answer
    answer_sealed: Mapped[bytes | None]
    file_id_sealed: Mapped[bytes | None]
    file_name_sealed: Mapped[bytes | None]

    answer_json = Sealed("answer_sealed")
    file_id = Sealed("file_id_sealed")
    file_name = Sealed("file_name_sealed")

    __table_args__ = (
        Index("ix_reply_slip_away_id", "away_id", "made_at"),
        Index("ix_reply_slip_letter_id", "letter_id"),
    )

    @property
    def answer(self) -> SlipAnswer | None:
        return SlipAnswer.model_validate_json(self.answer_json) if self.answer_json else None


class SlipAnswer(BaseModel):
    """The four lines: whether they are there, since when, what is to be said, who says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    here: IsHere | None = None
    since: str = ""
    comment: str = ""
    by_name: str = ""
    post: str = ""
    phone: str = ""

    @property
    def words(self) -> Text:
        return phrases.answer(
            here=self.here or IsHere.UNKNOWN,
            since=self.since,
            comment=self.comment,
            by_name=self.by_name,
            post=self.post,
            phone=self.phone,
        )


class IssuedSlip(NamedTuple):
    """A slip as it goes onto the paper; the code is said here and never again."""

    link: str
    code: str
    until: date  # the last day
    replaced: bool  # another code is void since


class LetterAsks(NamedTuple):
    """What a letter asks, for whoever has given the code: this and nothing else."""

    kind: str
    cell: str
    member: str
    from_on: date
    until_on: date | None


class SlipUnfit(Refused):
    """Something is missing in the four lines, or is too long; `fields`: where."""

    def __init__(self, phrase: Text, fields: Sequence[str]) -> None:
        super().__init__(phrase)
        self.fields = fields


# --- acts of the desk -------------------------------------------------------------------------------------------------


def make_slip(
    db: Session,
    away: Away,
    kind: LetterKind,
    *,
    by_id: int,
    policies: Policies,
    now: datetime,
    letter: Letter | None = None,
) -> IssuedSlip | None:
    """Make the code for a letter; an older one for the same kind is void. None: no page is served, or no answer wanted.

    `letter`: the one that it is for, where it has left already. Refuses: NotEntitled.
    """
    door = policies.attendance.door
    require(db, by_id, Right.KEEP_ABSENCES, away.cell_id, now=now)
    if not door or not kind.wants_answer:
        return None
    lock(db, away)
    older = [one for one in _slips(db, away.id, kind) if one.state == SlipState.OPEN]
    for one in older:
        one.state = SlipState.REPLACED
    code = _digits(CODE_DIGITS)
    slip = ReplySlip(
        away_id=away.id,
        letter_id=letter.id if letter else None,
        kind=kind,
        lookup=_free_lookup(db),
        state=SlipState.OPEN,
        made_at=now,
        made_by=by_id,
        expires_at=now + timedelta(days=policies.away.reply_days),
    )
    slip.hash_sealed = keyring().seal(hash_secret(code).encode(), place=_PLACE, row=slip.id)
    db.add(slip)
    record_change(db, "letter.code", by_id=by_id, member_id=away.member_id, now=now, detail=str(kind))
    db.flush()
    until = local_date(slip.expires_at, HOME_ZONE)
    return IssuedSlip(f"{door}/r/{slip.lookup}", code, until, any(now < one.expires_at for one in older))


def replace_slip(
    db: Session, letter: Letter, *, by_id: int, policies: Policies, now: datetime
) -> IssuedSlip | None:
    """Make another code for a letter that has left; an answer that nobody has signed is set aside with the old one.

    Refuses: NotEntitled, LetterSettled.
    """
    lock(db, letter)
    away = db.get_one(Away, letter.away_id)
    require(db, by_id, Right.KEEP_ABSENCES, away.cell_id, now=now)
    if not letter.is_open:
        raise LetterSettled
    if letter.replied_at is not None:
        let_letter_wait_again(db, letter, policies=policies, now=now)
        for one in _slips(db, away.id, letter.kind):
            if one.letter_id == letter.id and one.state == SlipState.ANSWERED:
                one.state = SlipState.REPLACED
    return make_slip(
        db, away, LetterKind(letter.kind), by_id=by_id, policies=policies, now=now, letter=letter
    )


def with_slip(paper: Paper, slip: IssuedSlip | None) -> Paper:
    """Return the letter with the address and the code on it."""
    if slip is None:
        return paper
    return paper.model_copy(
        update={"reply_address": slip.link, "reply_code": in_groups(slip.code), "reply_until": slip.until}
    )


# --- acts of whoever has the letter -----------------------------------------------------------------------------------


def try_code(
    db: Session, lookup: str, typed: str, *, policies: Policies, now: datetime
) -> tuple[SlipStanding, ReplySlip | None]:
    """Compare a code; a wrong one is counted. The slip is there only where the code was right.

    Nothing is raised: the count has to be kept.
    """
    slip = next(iter(locked(db, select(ReplySlip).where(ReplySlip.lookup == lookup), wait=True)), None)
    if slip is not None and slip.locked_until is not None and now < slip.locked_until:
        return SlipStanding.LOCKED, None
    if not _is_code_of(slip, digits_of(typed)) or slip is None:
        if slip is not None:
            slip.wrong_tries += 1
            wait = lock_for(slip.wrong_tries, policies.secret)
            slip.locked_until = now + wait if wait else None
        return SlipStanding.WRONG, None
    slip.wrong_tries, slip.locked_until = 0, None
    return standing_of(db, slip, now=now), slip


def answer_slip(
    db: Session,
    slip: ReplySlip,
    answer: SlipAnswer,
    *,
    form: str,
    policies: Policies,
    now: datetime,
    scan: Scan | None = None,
) -> SlipStanding:
    """Keep the four lines and tell secretary and deputy; return how the slip stands, ANSWERED being what was hoped for.

    `form`: by which the same form is known when it comes twice. Refuses: SlipUnfit, secrets.
    """
    lock(db, slip)
    if (standing := standing_of(db, slip, now=now)) is not SlipStanding.OPEN:
        return standing
    check_answer(answer)
    clean(answer.since, answer.comment, answer.by_name, answer.post, answer.phone, scan.name if scan else "")
    away, kind = db.get_one(Away, slip.away_id), LetterKind(slip.kind)
    letter = _letter_of(db, slip) or note_letter_left(
        db, away, kind, made_at=slip.made_at, made_by=slip.made_by, now=now
    )
    slip.letter_id, slip.state, slip.answered_at = letter.id, SlipState.ANSWERED, now
    slip.receipt = f"TL-{now.year}-{secrets.token_hex(4).upper()}"
    slip.form_hash = _form_hash(form)
    slip.answer_json = answer.model_dump_json()
    slip.file_id, slip.file_name = (scan.file_id, scan.name or None) if scan else (None, None)
    note_letter_replied(db, letter, policies=policies, now=now)
    _tell_desk(db, slip, letter, away, now=now)
    return SlipStanding.ANSWERED


def check_answer(answer: SlipAnswer) -> None:
    """Refuse what is missing or too long, one thing at a time."""
    if answer.here is None:
        raise SlipUnfit(phrases.here_missing(), ["here"])
    if missing := [name for name in ("by_name", "post", "phone") if not getattr(answer, name)]:
        raise SlipUnfit(phrases.signer_missing(), missing)
    if len(answer.comment) > LONGEST_COMMENT:
        raise SlipUnfit(
            phrases.comment_too_long(length=len(answer.comment), most=LONGEST_COMMENT), ["comment"]
        )
    lines = ("since", "by_name", "post", "phone")
    if long := [name for name in lines if len(getattr(answer, name)) > LONGEST_LINE]:
        raise SlipUnfit(phrases.line_too_long(most=LONGEST_LINE), long)


def _tell_desk(db: Session, slip: ReplySlip, letter: Letter, away: Away, *, now: datetime) -> None:
    words = phrases.arrived(kind=letter.kind, name=db.get_one(Member, away.member_id).full_name)
    tell_news(
        db,
        [one for one in keepers(db, away.cell_id, now=now) if one.id != away.member_id],
        words,
        key=f"letter.replied:{slip.id}",
        now=now,
        but=None,
        buttons=[[Button(letter_words.SEE_LETTER, f"absence:letter:{letter.id}")]],
    )


# --- questions --------------------------------------------------------------------------------------------------------


def standing_of(db: Session, slip: ReplySlip, *, now: datetime) -> SlipStanding:
    """Return how it stands for whoever has given the code."""
    if now >= slip.expires_at:
        return SlipStanding.EXPIRED
    if slip.state != SlipState.OPEN:
        return SlipStanding(slip.state)
    away = db.get_one(Away, slip.away_id)
    letter = _letter_of(db, slip)
    if refuses(db, away.member_id, Purpose.AWAY) or (letter is not None and not letter.waits):
        return SlipStanding.SETTLED
    return SlipStanding.OPEN


def slip_at(db: Session, lookup: str) -> ReplySlip | None:
    """Return the slip at an address, for a form that was given out after the code."""
    return db.scalars(select(ReplySlip).where(ReplySlip.lookup == lookup)).first()


def asked_by(db: Session, slip: ReplySlip) -> LetterAsks:
    """Return what the letter asks."""
    away = db.get_one(Away, slip.away_id)
    return LetterAsks(
        slip.kind,
        db.get_one(Unit, away.cell_id).name,
        db.get_one(Member, away.member_id).own_name,
        away.begins_on,
        away.ends_on or away.due_on,
    )


def is_same_form(slip: ReplySlip, form: str) -> bool:
    """Return whether this very form is the one that was answered."""
    return slip.form_hash is not None and secrets.compare_digest(slip.form_hash, _form_hash(form))


def slip_of(db: Session, letter: Letter) -> ReplySlip | None:
    """Return the slip that counts for a letter: the one that was answered, or by which it can still be answered."""
    return next(
        (
            one
            for one in _slips(db, letter.away_id, letter.kind)
            if one.state != SlipState.REPLACED
            and (one.letter_id == letter.id or (one.letter_id is None and one.made_at <= letter.recorded_at))
        ),
        None,
    )


def reply_line(db: Session, away_id: int) -> Text | None:
    """Return in one line how the place of stay stands: the newest answer, else the newest letter; None: no letter."""
    asking = [one for one in letters_of(db, away_id) if LetterKind(one.kind).wants_answer]
    letter = next((one for one in asking if not one.waits), asking[0] if asking else None)
    if letter is None:
        return None
    slip = slip_of(db, letter)
    answer = slip.answer if slip is not None else None
    return phrases.on_absence(
        sent_on=letter.sent_on,
        replied_on=local_date(letter.replied_at, HOME_ZONE) if letter.replied_at else None,
        signed_on=letter.answered_on,
        here=answer.here if answer is not None else None,
    )


def in_groups(code: str) -> str:
    """Write ten digits so that they are read out easily: 483 920 1175."""
    return f"{code[:3]} {code[3:6]} {code[6:]}"


# --- within -----------------------------------------------------------------------------------------------------------


def _slips(db: Session, away_id: int, kind: str) -> Sequence[ReplySlip]:
    """Those of one absence and kind of letter, the newest first."""
    rows = select(ReplySlip).where(ReplySlip.away_id == away_id, ReplySlip.kind == kind)
    return db.scalars(rows.order_by(ReplySlip.made_at.desc(), ReplySlip.id.desc())).all()


def _letter_of(db: Session, slip: ReplySlip) -> Letter | None:
    """The letter that left with this slip; None: nobody has noted it as sent."""
    if slip.letter_id is not None:
        return db.get_one(Letter, slip.letter_id)
    left = [
        one
        for one in letters_of(db, slip.away_id)
        if one.kind == slip.kind and one.recorded_at >= slip.made_at
    ]
    return next((one for one in left if one.waits), left[0] if left else None)


def _is_code_of(slip: ReplySlip | None, code: str) -> bool:
    kept = slip.hash_sealed if slip is not None else None
    if slip is None or kept is None:
        is_same_secret(_nobodys_hash(), code)  # as long as for a slip that there is
        return False
    return is_same_secret(keyring().unseal(kept, place=_PLACE, row=slip.id).decode(), code)


@cache
def _nobodys_hash() -> str:
    return hash_secret(secrets.token_hex(8))


def _free_lookup(db: Session) -> str:
    while True:
        lookup = _digits(LOOKUP_DIGITS)
        if slip_at(db, lookup) is None:
            return lookup


def _digits(count: int) -> str:
    return "".join(str(secrets.randbelow(10)) for _ in range(count))


def _form_hash(form: str) -> bytes:
    return hashlib.sha256(form.encode()).digest()
