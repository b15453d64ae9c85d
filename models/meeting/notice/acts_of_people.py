"""What people do with a notice: send it, stop it, correct it; read it, answer its question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.contact.sign_of_life import Sign, note_sign
from models.delivery.outbox import cancel_outbox
from models.ground.base import lock
from models.ground.marking import marked_secret
from models.meeting.notice.acts_of_time import log_version, move_notice_state, work_notice
from models.meeting.notice.audience import Addressees, forecast
from models.meeting.notice.questions import receipt_of
from models.meeting.notice.rows import (
    RECEIPT_MOVES,
    UNDER_WAY,
    Audience,
    NobodyToTell,
    Notice,
    NoticeReceipt,
    NoticeRefused,
    NoticeState,
    R,
)
from models.meeting.notice.saying import changing
from models.people.member import Member
from models.people.rights import Right, require
from models.people.trail import record_act
from models.phrases import common
from models.phrases.meeting import notice as phrases
from models.policies import Policies

_AT_ONCE = 4  # handfuls done in the sender's own step: a cell hears of it without waiting for the next tick


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a notice says. `reason`: it keeps no quiet hours, and this is why; `file`: kind, id, name."""

    text: str
    reason: str | None = None
    question: str | None = None
    choices: tuple[str, ...] = ()
    file: tuple[str, str, str] | None = None


def send_notice(
    db: Session,
    *,
    unit_id: int,
    by_id: int,
    audience: Audience,
    said: Announcement,
    policies: Policies,
    now: datetime,
) -> Notice:
    """Begin to say it."""
    reason, question, choices, file = said.reason, said.question, said.choices, said.file
    require(db, by_id, Right.ANNOUNCE, unit_id, now=now)
    refuse_secrets(said.text, reason or "", question or "", *choices, file[2] if file else "")
    aim = Addressees(unit_id, audience, by_id, policies.away.no_contact_days)
    outlook = forecast(db, aim, urgent=reason is not None, messages=1, rate=policies.outbox.rate, now=now)
    if not outlook.told:
        raise NobodyToTell
    notice = Notice(unit_id=unit_id, by_id=by_id, audience=audience.value, state=NoticeState.PREPARING)
    notice.people, notice.made_at = outlook.people, now
    notice.next_at, notice.fed_until = now, now
    notice.version, notice.cursor = 1, 0
    notice.text, notice.reason = said.text, reason
    notice.question, notice.choices_as_kept = question, "\n".join(choices) or None
    if file:
        notice.file_kind, notice.file_id, notice.file_name = file
    db.add(notice)
    db.flush()
    notice.asking = bool(choices)
    log_version(db, notice, by_id=by_id, now=now)
    record_act(db, "notice.send", by_id=by_id, now=now, unit_id=unit_id, detail=audience.value)
    _begin(db, notice, policies, now=now)
    return notice


def _begin(db: Session, notice: Notice, policies: Policies, *, now: datetime) -> None:
    for _ in range(_AT_ONCE):
        if not work_notice(db, notice, policies, now=now):
            break
    db.flush()


def refuse_secrets(*texts: str) -> None:
    if any(marked_secret(text) for text in texts):
        raise NoticeRefused(common.secret_refused())


def cancel_notice(db: Session, notice: Notice, *, by_id: int, policies: Policies, now: datetime) -> None:
    """Cancel what is not yet said. What is on the wire at this moment arrives."""
    require(db, by_id, Right.ANNOUNCE, notice.unit_id, now=now)
    lock(db, notice)
    if notice.state not in UNDER_WAY:
        raise NoticeRefused(phrases.too_late_to_stop())
    move_notice_state(notice, NoticeState.CANCELLED)
    notice.cancelled_at, notice.cancelled_by, notice.next_at = now, by_id, now
    cancel_outbox(db, notice.about)
    record_act(db, "notice.stop", by_id=by_id, now=now, unit_id=notice.unit_id)
    _begin(db, notice, policies, now=now)


def stop_asking(db: Session, notice: Notice, *, by_id: int, now: datetime) -> None:
    """Stop waiting for answers. One that is given all the same is counted."""
    require(db, by_id, Right.ANNOUNCE, notice.unit_id, now=now)
    if notice.asking:
        notice.asking = False
        record_act(db, "notice.enough", by_id=by_id, now=now, unit_id=notice.unit_id)
        db.flush()


def correct_notice(db: Session, notice: Notice, text: str, *, by_id: int, now: datetime) -> None:
    """Correct the text from now on, also in the chats where it stands. Both texts are kept."""
    require(db, by_id, Right.ANNOUNCE, notice.unit_id, now=now)
    refuse_secrets(text)
    lock(db, notice)
    if text == notice.text:
        raise NoticeRefused(phrases.same_text())
    notice.text = text
    notice.version += 1
    notice.next_at = now
    record_act(db, "notice.correct", by_id=by_id, now=now, unit_id=notice.unit_id)
    log_version(db, notice, by_id=by_id, now=now)
    if notice.state in UNDER_WAY:
        cancel_outbox(db, notice.about)  # nobody is told the old words any more
    cancel_outbox(db, changing(notice.about))
    db.flush()


def read_notice(db: Session, notice: Notice, member_id: int, *, now: datetime) -> NoticeReceipt:
    """Note that a member has read it. A second tap changes nothing but which text it was."""
    receipt = receipt_of(db, notice, member_id)
    if receipt is None or R.READ not in {receipt.state, *RECEIPT_MOVES[R(receipt.state)]}:
        raise NoticeRefused(common.gone_button())
    receipt.state = R.READ
    receipt.read_at = receipt.read_at or now
    receipt.read_version = notice.version
    db.flush()
    note_sign(db, db.get_one(Member, member_id), Sign.NOTICE, at=now)
    return receipt


def choose_answer(
    db: Session, notice: Notice, member_id: int, choice: int, *, now: datetime
) -> NoticeReceipt:
    """Keep a member's answer to the question, also when they change their mind. It is counted, never scored."""
    if not 0 <= choice < len(notice.choices):
        raise NoticeRefused(common.gone_button())
    receipt = read_notice(db, notice, member_id, now=now)
    receipt.choice = choice
    db.flush()
    return receipt
