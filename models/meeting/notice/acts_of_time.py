"""What time does: a handful of people in one transaction, until nothing is left to do at this moment.

    prepare ──> say ──> call off ──> change ──> remind ──> settle ──> when again
    each does one handful and says whether there was one; the first that did ends the turn

The outbox is fed no further ahead than `policy.ahead` at the allowed pace (`fed_until`), so it stays short: a notice to
a hundred thousand can be stopped at once, and others' messages do not queue behind all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from models.delivery.message import Button, Lane, Message, Recipient
from models.delivery.outbox import Outbox, compose, enqueue_all
from models.ground.base import locked, table_of
from models.ground.channel import PULLED
from models.ground.clock import HOME_ZONE
from models.ground.sealing import new_id
from models.meeting.notice.audience import Hearer, aim_of, arrives_at, hearers_after
from models.meeting.notice.rows import ARRIVED, MOVES, Notice, NoticeReceipt, NoticeState, NoticeVersion, R
from models.meeting.notice.saying import NoticeLetter, as_said, letter_of
from models.meeting.notice.settling import settle_receipts
from models.people.member import TOLD, UNREACHABLE, Account, Member
from models.phrases.meeting import notice as phrases
from models.phrases.text import Lang, Text
from models.policies import Policies

_LOOK_AGAIN = timedelta(minutes=1)  # at what lies in the outbox
_LOOK_AT_PAGES = timedelta(hours=3)  # at what waits until somebody comes to their page, which may be weeks
_RECEIPT = table_of(NoticeReceipt)
_WAITING = NoticeReceipt.state == literal_column("'waiting'")  # spelt out for the partial index


def move_notices(db: Session, ids: Sequence[int], policies: Policies, *, now: datetime) -> None:
    """Do one handful of each notice's work. A notice stays due while there is more to do."""
    due = select(Notice).where(Notice.id.in_(ids), Notice.next_at <= now)
    for notice in locked(db, due):
        work_notice(db, notice, policies, now=now)
    db.flush()


def work_notice(db: Session, notice: Notice, policies: Policies, *, now: datetime) -> bool:
    """Do one handful of a notice's work; return whether there was any."""
    did = any(work(db, notice, policies, now) for work in _WORKS)
    notice.next_at = now if did else _when(db, notice, policies, now=now)
    return did


def move_notice_state(notice: Notice, state: NoticeState) -> None:
    if state not in MOVES[NoticeState(notice.state)]:
        raise ValueError(f"a notice does not move from {notice.state} to {state}")
    notice.state = state.value


# --- the works ------------------------------------------------------------------------------------------------------


def _prepare(db: Session, notice: Notice, policies: Policies, now: datetime) -> bool:
    """A receipt for each of the next people of the audience."""
    if notice.state != NoticeState.PREPARING:
        return False
    aim = aim_of(notice, silent_days=policies.away.no_contact_days)
    people, cursor = hearers_after(db, aim, notice.cursor, limit=policies.notice.handful, now=now)
    if cursor is None:
        move_notice_state(notice, NoticeState.SAYING)
        return True
    rows = [_receipt(notice, one, now=now) for one in people]
    if rows:
        connection = db.connection()
        connection.execute(_NEW[connection.dialect.name], rows)
    notice.cursor = cursor
    return True


def _receipt(notice: Notice, one: Hearer, *, now: datetime) -> dict[str, Any]:
    at = arrives_at(one.zone, urgent=notice.is_urgent, now=now) if one.state is R.WAITING else None
    return {
        "id": new_id(),
        "notice_id": notice.id,
        "member_id": one.member_id,
        "state": one.state.value,
        "say_at": at,
        "version": 0,
        "shown": 0,
        "parts": 0,
        "messages": "",
    }


_ONE_EACH = ["notice_id", "member_id"]  # also of who moves to another cell meanwhile
_NEW = {
    "sqlite": sqlite_insert(_RECEIPT).on_conflict_do_nothing(index_elements=_ONE_EACH),
    "postgresql": pg_insert(_RECEIPT).on_conflict_do_nothing(index_elements=_ONE_EACH),
}


def _say(db: Session, notice: Notice, policies: Policies, now: datetime) -> bool:
    """Into the outbox with the next whose moment has come."""
    if notice.state != NoticeState.SAYING or not _may_feed(notice, policies, now=now):
        return False
    due = _listeners(notice).where(_WAITING, NoticeReceipt.say_at <= now).order_by(NoticeReceipt.say_at)
    people = db.execute(due.limit(policies.notice.handful)).all()
    letter, writer = letter_of(db, notice), _Writer(notice, now)
    for one in people:
        at = arrives_at(one.zone, urgent=notice.is_urgent, now=now)
        if one.address is None or one.left_at is not None:
            writer.note(one, R.NO_ACCOUNT)
        elif one.reachability in UNREACHABLE:
            writer.note(one, R.UNREACHABLE)
        elif at > now:
            writer.note(one, R.WAITING, say_at=at)
        else:
            writer.say(one, letter)
    _write(db, notice, writer, policies, now=now)
    return bool(people)


def _call_off(db: Session, notice: Notice, policies: Policies, now: datetime) -> bool:
    """Cancelled: who waits is not told."""
    if notice.state != NoticeState.CANCELLED:
        return False
    some = select(NoticeReceipt.id).where(NoticeReceipt.notice_id == notice.id, _WAITING)
    # more at once than elsewhere: it is one statement, and no message is written
    statement = update(_RECEIPT).where(_RECEIPT.c.id.in_(some.limit(4 * policies.notice.handful)))
    done = db.connection().execute(statement.values(state=R.NOT_SAID.value, say_at=None))
    return done.rowcount > 0


def _change(db: Session, notice: Notice, policies: Policies, now: datetime) -> bool:
    """Edit the messages in chats to the corrected text, a handful of people at a time. Return whether there were any."""
    if notice.version == 1 or not _may_feed(notice, policies, now=now):
        return False
    stale = _listeners(notice).where(
        NoticeReceipt.state.in_(ARRIVED),
        NoticeReceipt.version < notice.version,
        NoticeReceipt.outbox_id.is_(None),
    )
    people = db.execute(stale.limit(policies.notice.handful)).all()
    letter, writer = letter_of(db, notice), _Writer(notice, now)
    for one in people:
        if one.address is None or one.reachability in UNREACHABLE:
            writer.note(one, None)  # it stays as it was, and stands among those not corrected
        else:
            writer.say(one, letter)
    _write(db, notice, writer, policies, now=now)
    return bool(people)


def _remind(db: Session, notice: Notice, policies: Policies, now: datetime) -> bool:
    """Remind, once, the people who received the notice and have not read it."""
    if not _reminds(notice, now=now) or not _may_feed(notice, policies, now=now):
        return False
    unread = _listeners(notice).where(
        NoticeReceipt.member_id > notice.cursor,
        NoticeReceipt.state == R.SENT,
        NoticeReceipt.reminded_at.is_(None),
    )
    people = db.execute(unread.order_by(NoticeReceipt.member_id).limit(policies.notice.handful)).all()
    if not people:
        notice.remind_at = None
        return False
    letter = letter_of(db, notice)
    reached = [one for one in people if one.reachability not in UNREACHABLE]
    words = {
        zone: phrases.reminder(unit=letter.unit, at=notice.made_at, zone=zone)
        for zone in {one.zone for one in reached}
    }
    rows = [_reminder(one, notice, words[one.zone], now=now) for one in reached]
    _feed(notice, enqueue_all(db, [row for row in rows if row]), policies, now=now)
    ids = [one.id for one in people]
    db.connection().execute(update(_RECEIPT).where(_RECEIPT.c.id.in_(ids)).values(reminded_at=now))
    notice.cursor = people[-1].member_id
    return True


def _settle(db: Session, notice: Notice, policies: Policies, now: datetime) -> bool:
    """Last, and once more only after a whole handful: the next to be settled are found by walking past all on their way."""
    limit = policies.notice.handful
    return settle_receipts(db, notice, limit=limit, now=now) == limit


_WORKS: tuple[Callable[[Session, Notice, Policies, datetime], bool], ...] = (
    _prepare,
    _say,
    _call_off,
    _change,
    _remind,
    _settle,
)


# --- one handful's writing ------------------------------------------------------------------------------------------


def _listeners(notice: Notice) -> Any:
    """A notice's receipts with all that it takes to speak to their people."""
    return (
        select(
            NoticeReceipt.id,
            NoticeReceipt.member_id,
            NoticeReceipt.state,
            NoticeReceipt.messages,
            NoticeReceipt.read_version,
            NoticeReceipt.choice,
            Member.lang,
            Member.discreet,
            Member.zone,
            Member.left_at,
            Account.address,
            Account.reachability,
        )
        .join(Member, Member.id == NoticeReceipt.member_id)
        .outerjoin(Account, and_(Account.member_id == Member.id, TOLD))
        .where(NoticeReceipt.notice_id == notice.id)
    )


class _Writer:
    """Collects what a handful says and becomes."""

    def __init__(self, notice: Notice, now: datetime) -> None:
        self._notice, self._now = notice, now
        self._pieces: dict[Lang, list[Text]] = {}
        self.rows: list[dict[str, Any]] = []
        self.said: list[dict[str, Any]] = []
        self.noted: list[dict[str, Any]] = []

    def note(self, one: Row[Any], state: R | None, *, say_at: datetime | None = None) -> None:
        becomes = (state or R(one.state)).value
        self.noted.append(
            {"row": one.id, "seen": one.state, "becomes": becomes, "at": say_at, "text": self._text(state)}
        )

    def _text(self, state: R | None) -> int:
        return self._notice.version if state is None else 0

    def say(self, one: Row[Any], letter: NoticeLetter) -> None:
        notice, lang = self._notice, Lang(one.lang)
        if lang not in self._pieces:
            self._pieces[lang] = letter.pieces(lang)
        pieces = self._pieces[lang]
        zone = None if notice.is_urgent else one.zone
        standing = [int(message_id) for message_id in one.messages.split()]
        buttons = letter.buttons(read=one.read_version == notice.version, chosen=one.choice)
        rows = as_said(
            pieces,
            buttons,
            Recipient(one.address, lang, one.discreet, zone),
            receipt_id=one.id,
            about=notice.about,
            version=notice.version,
            now=self._now,
            standing=standing,
        )
        self.rows += rows
        becomes = R.QUEUED if one.state == R.WAITING else R(one.state)
        self.said.append(
            {
                "row": one.id,
                "seen": one.state,
                "becomes": becomes.value,
                "last": rows[-1]["id"],
                "text": notice.version,
                "messages_there": len(pieces),
            }
        )


_SAID = (
    update(_RECEIPT)
    .where(_RECEIPT.c.id == bindparam("row"), _RECEIPT.c.state == bindparam("seen"))
    .values(
        state=bindparam("becomes"),
        say_at=None,
        outbox_id=bindparam("last"),
        version=bindparam("text"),
        parts=bindparam("messages_there"),
    )
)
_NOTED = (
    update(_RECEIPT)
    .where(_RECEIPT.c.id == bindparam("row"), _RECEIPT.c.state == bindparam("seen"))
    .values(state=bindparam("becomes"), say_at=bindparam("at"), version=bindparam("text"))
)


def _write(db: Session, notice: Notice, writer: _Writer, policies: Policies, *, now: datetime) -> None:
    enqueue_all(db, writer.rows)
    for statement, rows in ((_SAID, writer.said), (_NOTED, writer.noted)):
        if rows:
            db.connection().execute(statement, rows)
    _feed(notice, len(writer.rows), policies, now=now)


def _reminder(one: Row[Any], notice: Notice, words: Text, *, now: datetime) -> dict[str, Any]:
    if one.address is None:
        return {}
    buttons = [
        [Button(phrases.READ_AGAIN, f"notice:open:{notice.id}")],
        [Button(phrases.READ, f"notice:done:{notice.id}")],
    ]
    to = Recipient(one.address, Lang(one.lang), one.discreet, one.zone)
    not_before = arrives_at(one.zone, urgent=False, now=now)
    key = f"notice.remind:{one.id}"
    (row,) = compose(
        to,
        Message(words, buttons),
        key=key,
        lane=Lane.BULK,
        now=now,
        not_before=not_before,
        about=f"{notice.about}:remind",
    )
    return row


# --- pace, and when again -------------------------------------------------------------------------------------------


def _may_feed(notice: Notice, policies: Policies, *, now: datetime) -> bool:
    return notice.fed_until <= now + policies.notice.ahead


def _feed(notice: Notice, messages: int, policies: Policies, *, now: datetime) -> None:
    pace = timedelta(seconds=messages / policies.outbox.rate)
    notice.fed_until = max(notice.fed_until, now) + pace


def _reminds(notice: Notice, *, now: datetime) -> bool:
    return notice.state == NoticeState.SAID and notice.remind_at is not None and notice.remind_at <= now


def _when(db: Session, notice: Notice, policies: Policies, *, now: datetime) -> datetime | None:
    """Nothing can be done now: when it can; None: never again."""
    in_flight = _in_flight(
        db, notice, on_pages=False
    )  # what waits on a page keeps nobody from being reminded
    first = db.scalar(
        select(func.min(NoticeReceipt.say_at)).where(NoticeReceipt.notice_id == notice.id, _WAITING)
    )
    if notice.state == NoticeState.SAYING and first is None and not in_flight:
        move_notice_state(notice, NoticeState.SAID)
        notice.said_at, notice.cursor = now, 0
        if policies.notice.remind_days:
            notice.remind_at = remind_at(now, policies)
    fed = notice.fed_until - policies.notice.ahead  # from then on the pace has room again
    moments = [now + _LOOK_AGAIN] if in_flight else []
    if not in_flight and _in_flight(db, notice, on_pages=True):
        moments.append(now + _LOOK_AT_PAGES)
    if first is not None:
        moments.append(max(first, fed))
    if _is_stale(db, notice):
        moments.append(max(now, fed))
    if notice.remind_at is not None:
        moments.append(max(notice.remind_at, fed))
    return min(moments, default=None)


def remind_at(now: datetime, policies: Policies) -> datetime:
    return arrives_at(HOME_ZONE, urgent=False, now=now + timedelta(days=policies.notice.remind_days))


def _in_flight(db: Session, notice: Notice, *, on_pages: bool) -> bool:
    """Whether messages of it wait on pages, or are under way elsewhere; those whose row has gone are settled next."""
    rows = select(NoticeReceipt.id).outerjoin(Outbox, Outbox.id == NoticeReceipt.outbox_id)
    mine = (NoticeReceipt.notice_id == notice.id) & NoticeReceipt.outbox_id.is_not(None)
    pulled = Outbox.channel.in_(PULLED)
    which = pulled if on_pages else or_(Outbox.id.is_(None), ~pulled)
    return db.scalar(rows.where(mine, which).limit(1)) is not None


def _is_stale(db: Session, notice: Notice) -> bool:
    """Something corrected waits to be shown."""
    rows = select(NoticeReceipt.id).where(
        NoticeReceipt.notice_id == notice.id,
        NoticeReceipt.state.in_(ARRIVED),
        NoticeReceipt.version < notice.version,
        NoticeReceipt.outbox_id.is_(None),
    )
    return db.scalar(rows.limit(1)) is not None


def log_version(db: Session, notice: Notice, *, by_id: int, now: datetime) -> None:
    version = NoticeVersion(notice_id=notice.id, number=notice.version, by_id=by_id, at=now)
    version.text = notice.text
    db.add(version)
