"""What is to be said, until it is said. A row is for one address; each channel has a sender of its own, which takes its rows.

    enqueue ──> PENDING ──claim──> SENDING (lease) ──wire──> SENDING, wired ──> SENT
                   ^                  │                          │
                   ├── its turn did not come, crash              │
                   ├── not sent ─────────────────────────────────┤   429, connect error: later
                   ├── not known ────────────────────────────────┤   no answer, crash: once more, if the kind says so
                   │                                             ├─> UNCERTAIN   not known, and a second copy would be worse
                   │                                             └─> FAILED      refused for good: blocked, bad request, too late
                   └─ settled before it was said ──> CANCELLED

A row that is claimed waits in its sender's line: a crash changes nothing, it goes again. `wired` is written down before the
row goes on the wire, and `attempts` is counted there, so that a crash can never lead to a third copy: it counts the times that
the channel may have received it. An answer that goes at once is wired by the claim in its step's transaction; what stands
behind another in its line is wired in the transaction that settles the one before it.

`tries` numbers the claims and only grows: an outcome changes its own claim and no later one. Every automatic message has a key
(what:whom:occurrence:step) that is unique here: it is said once, however often the question is asked. A row holds what was
said, rendered and sealed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import BaseModel, Field
from sqlalchemy import (
    Index,
    Integer,
    SmallInteger,
    String,
    bindparam,
    case,
    delete,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    type_coerce,
    union_all,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.delivery.choices import lines_length
from models.delivery.policy import OutboxPolicy
from models.ground.base import Base, Identified, partial_index, table_of
from models.ground.bulk import bulk_insert
from models.ground.channel import PULLED, Address, Channel, Limits
from models.ground.clock import decent
from models.ground.markup import split_html, visible_length
from models.ground.sealing import CannotUnseal, Sealed, keyring, new_id
from models.phrases import common
from models.phrases.text import Lang, Text


class Lane(IntEnum):
    REPLY = 0
    ALERT = 1
    REMINDER = 2
    BULK = 3


class OutboxState(StrEnum):
    PENDING = "pending"
    SENDING = (
        "sending"  # claimed: in a sender's line, or on the wire (`wired`), or the process died on the way
    )
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # nobody knows; the next nudge or a person decides
    CANCELLED = "cancelled"  # settled before it was said


class Method(StrEnum):
    TEXT = "text"
    EDIT = "edit"
    DELETE = "delete"
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    COMMANDS = "commands"  # the command menu of one chat


UNREADABLE = (
    "unreadable"  # why a message is FAILED that does not open: it is set aside, and its words are kept
)
LOGIN = "login+"  # before an https link: Telegram adds its proof of who opens it


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what it sends back (`room:verb:…`) or an https link that it opens.

    `personal`: for its receiver alone, so the app lets nobody forward the message.
    """

    label: Text
    to: str
    personal: bool = False


Buttons = Sequence[Sequence[Button]]


@dataclass(frozen=True, slots=True)
class Table:
    """What a text says, whole and in columns, for a channel that shows tables. Each row: what its first cell taps, its cells."""

    headings: Sequence[Text]
    rows: Sequence[tuple[str, Sequence[Text]]]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send: its bytes, or the id under which it is kept (file.py).

    `password`: it is encrypted under it on its way out (protected.py).
    """

    name: str
    data: bytes = b""
    file_id: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote or recorded what a message carries, and the button by which they write again (`room:verb:…`)."""

    member_id: int
    again: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message before it is anybody's: words and buttons in every language."""

    text: Text
    buttons: Buttons = ()
    table: Table | None = None
    beside: Text | None = (
        None  # what helps to read or to answer it, for a channel that shows columns; no part of what is said
    )
    share: Text | None = None  # the words of it that are handed on to somebody else
    attachment: Attachment | None = None
    method: Method = Method.TEXT
    message_id: int | None = None  # the message to edit or delete
    ask_contact: Text | None = None  # label of a reply-keyboard button that shares the phone number
    drop_keyboard: bool = False
    lasts: timedelta | None = None  # so long after it was sent it is taken back out of the chat
    guarded: bool = False  # about people: neither forwarded nor saved
    hides: bool = False  # a reply that a discreet person's lock screen must not show
    silent: bool = False  # it comes without a sound
    writer: Writer | None = None  # is told when it cannot be delivered
    to_page: bool = False  # a link to the reader's page stands below, where there is one
    owed: bool = False  # the law wants it said, also where nothing else may be said yet

    @property
    def protected(self) -> bool:
        """It is neither forwarded nor saved. That is said when it is sent: an edit cannot make it so."""
        return self.guarded or any(button.personal for row in self.buttons for button in row)


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address and how to speak to it. `discreet`: a lock screen shows a neutral line and nothing else."""

    address: Address
    lang: Lang = Lang.VI
    discreet: bool = False
    zone: str | None = None  # whose nights are kept, also when it goes out late; None: at any hour


class WireBody(BaseModel):
    """What goes over the wire, without the bytes of a file."""

    text: str = ""
    buttons: list[list[tuple[str, str]]] = Field(
        default_factory=list
    )  # a default list would be copied deeply
    table: list[list[str]] = Field(default_factory=list)  # the headings; then rows: what is tapped, the cells
    beside: str = ""
    share: str = ""
    ask_contact: str = ""
    drop_keyboard: bool = False
    protected: bool = False
    silent: bool = False
    message_id: int | None = None
    file_name: str = ""
    file_id: str = ""
    password: str = ""  # of the file, which lies beside it in plain
    instead: str = ""  # what is said where the file does not come through
    no_voice: str = ""  # the same where it is the person's own setting that lets no voice message through
    elsewhere: str = ""  # it is guarded: what is said on a channel that may not show it
    to_page: str = ""  # the words over a link to the reader's page, which the channel of words puts below
    writer: tuple[int, str] | None = None
    owed: bool = False


_TO_THE_MENU = [[Button(common.MENU, "nav:menu")]]
_PAGE_LINK = 200  # units for a link to the page and the words over it


class Outbox(Identified, Base):
    __tablename__ = "outbox"

    key: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]  # of the address: its sender looks for its own rows only
    address: Mapped[Address]
    about: Mapped[str | None]  # room:id of the matter, by which what is not yet said can be cancelled
    lane: Mapped[int] = mapped_column(SmallInteger)
    method: Mapped[str]
    state: Mapped[str]
    not_before: Mapped[datetime]
    zone: Mapped[str | None]  # the receiver's clock, where nights are kept
    not_after: Mapped[datetime | None]  # past this it is of no use any more
    again: Mapped[bool]  # when nobody knows whether it arrived: once more?
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)  # times it may have arrived
    tries: Mapped[int] = mapped_column(
        SmallInteger().with_variant(Integer(), "postgresql"), default=0
    )  # times it was claimed
    wired: Mapped[bool] = mapped_column(default=False, server_default=false())  # on the wire: it may arrive
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[int | None]
    lasts: Mapped[int | None] = mapped_column(
        SmallInteger
    )  # seconds after `sent_at`; then it is gone, here too
    error: Mapped[str | None]
    unrung_since: Mapped[
        datetime | None
    ]  # nothing rings by itself there: its reader is to be told that it waits
    body_sealed: Mapped[bytes | None]
    file_sealed: Mapped[bytes | None]

    body = Sealed("body_sealed")

    __table_args__ = (
        partial_index("ix_outbox_due", "channel", "lane", "not_before", "id", where="state = 'pending'"),
        Index("ix_outbox_address", "address", "created_at"),
        Index("ix_outbox_about", "about"),
        partial_index("ix_outbox_sending", "lease_until", where="state = 'sending'"),
        partial_index(
            "ix_outbox_unrung", "unrung_since", where="unrung_since IS NOT NULL AND state = 'pending'"
        ),
        partial_index("ix_outbox_lasts", "id", where="lasts IS NOT NULL"),
        partial_index("ix_outbox_words", "created_at", where="body_sealed IS NOT NULL"),
    )


# --- acts -----------------------------------------------------------------------------------------------------------


def enqueue(
    db: Session,
    to: Recipient,
    message: Message,
    *,
    key: str,
    lane: Lane,
    now: datetime,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    again: bool | None = None,
    about: str | None = None,
) -> bool:
    """Put `message` into the outbox, in as many parts as its channel wants.

    False when `key` was said before, and when the channel can show nothing of it. `key`: "what:whom:occurrence:step".
    `not_before`, `not_after`: when it may go out; too late, it is FAILED. `again`: whether it is sent once more when
    nobody knows if it arrived (None: answers and alerts are). `about`: "room:id", for `cancel_outbox`.
    """
    rows = compose(
        to,
        message,
        key=key,
        lane=lane,
        now=now,
        not_before=not_before,
        not_after=not_after,
        again=again,
        about=about,
    )
    return enqueue_all(db, rows) > 0


class Circular:
    """One message for thousands: what goes over the wire is made once for each language, channel and kind of reader."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self._made: dict[tuple[Lang, Limits, bool], list[_Part]] = {}

    def parts(self, lang: Lang, limits: Limits, *, hidden: bool) -> list[_Part]:
        made = self._made.get((lang, limits, hidden))
        if made is None:
            made = self._made[lang, limits, hidden] = _parts(self.message, lang, limits, hidden=hidden)
        return made


def compose(
    to: Recipient,
    message: Message | Circular,
    *,
    key: str,
    lane: Lane,
    now: datetime,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    again: bool | None = None,
    about: str | None = None,
) -> list[dict[str, Any]]:
    """Return the rows of one message, to be put into the outbox together with others."""
    said = message if isinstance(message, Circular) else Circular(message)
    hidden = to.discreet and (lane is not Lane.REPLY or said.message.hides)
    rows = []
    for index, part in enumerate(said.parts(to.lang, to.address.limits, hidden=hidden)):
        rows.append(
            _row(
                part,
                to.address,
                key=key if index == 0 else f"{key}#{index + 1}",
                lane=lane,
                created_at=now,
                not_before=not_before or now,
                unrung_since=_unrung_since(to.address, lane, not_before or now),
                not_after=not_after,
                zone=to.zone,
                # the lack of an answer or an alert is worse than a second copy
                again=lane in (Lane.REPLY, Lane.ALERT) if again is None else again,
                about=about,
            )
        )
    return rows


def _unrung_since(address: Address, lane: Lane, due: datetime) -> datetime | None:
    """From when on somebody is to be told of it who looks only when they come; an answer finds them there."""
    return None if address.limits.pushes or lane is Lane.REPLY else due


def enqueue_all(db: Session, rows: list[dict[str, Any]]) -> int:
    """Put composed rows into the outbox in one statement; return how many were new.

    A row whose key is there already was said before and is left out. A message in several parts is several rows.
    """
    if not rows:
        return 0
    db.info.setdefault(_SPOKEN_TO, set()).update(row["address"] for row in rows)
    return bulk_insert(db.connection(), table_of(Outbox), rows, once=("key",))


_SPOKEN_TO = "outbox.spoken_to"


def spoken_to(db: Session) -> set[Address]:
    """Return the addresses for which this session has put something into the outbox."""
    found: set[Address] = db.info.get(_SPOKEN_TO, set())
    return found


@dataclass(frozen=True)
class _Part:
    method: Method
    body: WireBody
    data: bytes = b""
    lasts: int | None = None

    @cached_property
    def in_json(self) -> bytes:
        """The body as it is stored: asked for when nothing of it changes any more."""
        return self.body.model_dump_json(exclude_defaults=True).encode()


def _row(part: _Part, address: Address, **columns: Any) -> dict[str, Any]:
    row, ring = new_id(), keyring()
    return {
        "id": row,
        "channel": address.channel.value,
        "address": address,
        "method": part.method.value,
        "state": OutboxState.PENDING.value,
        "attempts": 0,
        "tries": 0,
        "lasts": part.lasts,
        "body_sealed": ring.seal(part.in_json, place="outbox.body_sealed", row=row),
        "file_sealed": ring.seal(part.data, place="outbox.file_sealed", row=row) if part.data else None,
        **columns,
    }


def _parts(message: Message, lang: Lang, limits: Limits, *, hidden: bool) -> list[_Part]:
    """The message as its channel takes it: texts of bounded length, then the file; buttons under the last."""
    if message.guarded and not limits.guards:
        message = _only_elsewhere(message)
    words = message.text.to(lang)
    if message.method is Method.COMMANDS:  # no words: a table in JSON
        return [_Part(Method.COMMANDS, WireBody(text=words))] if limits.commands else []
    if message.method is Method.DELETE and not limits.edits:
        return []
    file = message.attachment
    caption = words if file and visible_length(words) <= limits.caption - 100 else ""  # room for the cover
    covers = hidden and limits.pushes
    # room for the line that `common.discreet` puts above them
    longest = limits.text - 96 if covers else limits.text
    texts = [] if file and caption == words else split_html(words, longest)
    if covers:
        if not limits.hides:
            texts = texts[:1]
            message = replace(message, buttons=_TO_THE_MENU, to_page=True)
        texts = [common.discreet(words, lang, hides=limits.hides) for words in texts]
        caption = common.discreet(caption, lang, hides=limits.hides) if caption else ""
    lasts = int(message.lasts.total_seconds()) if message.lasts else None
    guarded = hidden or message.protected
    parts = [_Part(Method.TEXT, WireBody(text=words, protected=guarded), lasts=lasts) for words in texts]
    if message.method in (Method.EDIT, Method.DELETE) and limits.edits:
        parts[0] = _Part(message.method, parts[0].body)
        parts[0].body.message_id = message.message_id
    if file:
        parts.append(_file_part(message, file, lang, limits, caption=caption))
    for part in parts:
        part.body.silent, part.body.owed = message.silent, message.owed
    if message.writer is not None:
        parts[-1].body.writer = (message.writer.member_id, message.writer.again)
    _put_under(parts[-1].body, message, lang, limits)
    if message.guarded and limits.guards:
        for part in parts:
            part.body.elsewhere = common.only_elsewhere().to(lang)
            part.body.to_page = common.page_is().to(lang)
    if not limits.buttons:
        parts += [_Part(Method.TEXT, body) for body in _lined(parts[-1].body, limits)]
        cannot = message.to_page or file is not None or _asks_login(message)
        parts[-1].body.to_page = common.page_is().to(lang) if cannot else ""
    return parts


def _only_elsewhere(message: Message) -> Message:
    """What is said in place of what a channel may not show."""
    return Message(
        common.only_elsewhere(),
        _TO_THE_MENU,
        silent=message.silent,
        writer=message.writer,
        to_page=True,
        owed=message.owed,
    )


def _asks_login(message: Message) -> bool:
    return any(button.to.startswith(LOGIN) for row in message.buttons for button in row)


def _lined(body: WireBody, limits: Limits) -> list[WireBody]:
    """Take the buttons whose lines do not fit below the text from it, for further messages that hold nothing else.

    Nobody can prove who opens a link where there is no login: such a button is not shown.
    """
    body.buttons = [[one] for row in body.buttons for one in row if not one[1].startswith(LOGIN)]
    room = limits.text - visible_length(body.text) - _PAGE_LINK
    further: list[WireBody] = []
    waiting, body.buttons = body.buttons, []
    here = body
    for row in waiting:
        room -= lines_length(row)
        if room < 0:
            here = WireBody(silent=body.silent, owed=body.owed)
            further.append(here)
            room = limits.text - _PAGE_LINK - lines_length(row)
        here.buttons.append(row)
    return further


def _file_part(message: Message, file: Attachment, lang: Lang, limits: Limits, *, caption: str) -> _Part:
    """The file, or what is said where the channel carries none."""
    method = message.method if message.method is not Method.TEXT else Method.DOCUMENT
    if not limits.files:
        words = common.file_not_shown().to(lang)
        return _Part(Method.TEXT, WireBody(text="\n\n".join(filter(None, [caption, words]))))
    body = WireBody(
        text=caption,
        file_name=file.name,
        file_id=file.file_id,
        password=file.password,
        instead=common.file_not_let_through().to(lang),
        no_voice=common.voice_not_let_through().to(lang) if method is Method.VOICE and limits.mutes else "",
    )
    # 0: the row forgets the password as soon as the file is sent (take_back_outbox)
    return _Part(method, body, file.data, lasts=0 if file.password else None)


def _put_under(body: WireBody, message: Message, lang: Lang, limits: Limits) -> None:
    labelled = [[(button.label.to_plain(lang), button.to) for button in row] for row in message.buttons]
    body.buttons = [line for row in labelled for line in _uncut(row)]
    if message.ask_contact and limits.contact:
        body.ask_contact = message.ask_contact.to_plain(lang)
    if message.drop_keyboard and limits.contact:
        body.drop_keyboard = True
    if message.protected:
        body.protected = True
    if message.share is not None and limits.shares:
        body.share = message.share.to(lang)
    if message.beside is not None and limits.tables:
        body.beside = message.beside.to(lang)
    if message.table is not None and limits.tables:
        body.table = [[heading.to_plain(lang) for heading in message.table.headings]]
        body.table += [[to, *(cell.to_plain(lang) for cell in cells)] for to, cells in message.table.rows]


def letters_for(in_a_row: int) -> int:
    """Return how many letters of each label a phone shows without cutting it (measured: 34, 16 and 10)."""
    return 34 if in_a_row == 1 else max(34 // in_a_row - 1, 1)


def _uncut(row: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Break a row into as few as it takes to show every label whole; a label alone in its row stays as it is."""
    lines: list[list[tuple[str, str]]] = []
    for button in row:
        longer = [*lines[-1], button] if lines else [button]
        if lines and max(len(label) for label, _ in longer) <= letters_for(len(longer)):
            lines[-1] = longer
        else:
            lines.append([button])
    return lines


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one claimed row. `tries` is the claim's own: one that lost the row meanwhile changes nothing."""

    id: int
    tries: int
    state: OutboxState
    message_id: int | None = None
    error: str | None = None
    reached_nobody: bool = False  # it was on the wire, and it is known that the channel did not take it
    in_words: bool = False  # Telegram did not let its file through: that was said instead


@dataclass(frozen=True, slots=True)
class Claimed:
    """One row in the sender's hands, until `lease_until`."""

    id: int
    address: Address
    lane: Lane
    method: Method
    again: bool
    attempts: int
    tries: int
    wired: bool
    lease_until: datetime
    body: WireBody
    data: bytes

    def on_the_wire(self) -> Claimed:
        """Return it as it is once `wire_outbox` has written down that it goes."""
        return replace(self, wired=True, attempts=self.attempts + 1)

    def becomes(self, state: OutboxState, **details: Any) -> Outcome:
        return Outcome(self.id, self.tries, state, **details)

    def later(self, why: str) -> Outcome:
        """Return the outcome that Telegram did not take it: it waits for another turn."""
        return self.becomes(OutboxState.PENDING, error=why, reached_nobody=True)

    def untouched(self) -> Outcome:
        """Return the outcome that its turn did not come: nothing was said."""
        return self.becomes(OutboxState.PENDING, reached_nobody=self.wired)

    def unknown(self) -> Outcome:
        """Return the outcome that nobody knows whether it arrived: once more when its kind allows, never a third time."""
        if self.again and self.attempts < 2:
            return self.becomes(OutboxState.PENDING, error="not known: once more")
        return self.becomes(OutboxState.UNCERTAIN, error="not known")


_PENDING = Outbox.state == literal_column(
    "'pending'"
)  # spelt out, or no database would use the partial index
_SENDING = Outbox.state == literal_column("'sending'")
_UNREAD = _PENDING & Outbox.channel.in_(PULLED)
_CLAIMED = (
    Outbox.id,
    type_coerce(Outbox.address, String).label("address"),  # one that is damaged must not stop the others
    Outbox.lane,
    Outbox.method,
    Outbox.again,
    Outbox.attempts,
    Outbox.tries,
    Outbox.wired,
    Outbox.lease_until,
    Outbox.body_sealed,
    Outbox.file_sealed,
    Outbox.not_before,
    Outbox.not_after,
    Outbox.zone,
)


def _claim(*which: Any, wires: bool = False) -> Any:
    """`wires`: the first `at_once` of them go on the wire when this is committed."""
    due = (
        select(Outbox.id, Outbox.lane, Outbox.not_before)
        .where(_PENDING, Outbox.not_before <= bindparam("now"), Outbox.lane <= bindparam("up_to"), *which)
        .order_by(Outbox.lane, Outbox.not_before, Outbox.id)
        .limit(bindparam("at_most"))
        .with_for_update(skip_locked=True)
        .cte("due")  # asked once: PostgreSQL may repeat a subquery, and lock more each time
    )
    claim = update(table_of(Outbox)).where(Outbox.id.in_(select(due.c.id)))
    claim = claim.values(
        state=OutboxState.SENDING.value, tries=Outbox.tries + 1, lease_until=bindparam("lease")
    )
    if wires:
        first = select(due.c.id).order_by(due.c.lane, due.c.not_before, due.c.id).limit(bindparam("at_once"))
        goes = case((Outbox.id.in_(first), true()), else_=false())
        claim = claim.values(wired=goes, attempts=Outbox.attempts + case((goes, 1), else_=0))
    return claim.returning(*_CLAIMED)


_CLAIM_ANY = _claim(
    Outbox.channel == bindparam("of"), Outbox.address.not_in(bindparam("busy", expanding=True))
)
_CLAIM_ONE = _claim(Outbox.address == bindparam("to"), wires=True)


def claim_outbox(
    db: Session,
    channel: Channel,
    *,
    now: datetime,
    policy: OutboxPolicy,
    limit: int,
    busy: Collection[Address] = (),
    up_to: Lane = Lane.BULK,
) -> list[Claimed]:
    """Take up to `limit` due rows of a channel into a sender's lines, best lane first, but none for those in `busy`."""
    which = {"of": channel.value, "busy": list(busy)}
    return _take(db, _CLAIM_ANY, now=now, policy=policy, limit=limit, up_to=up_to, wakes=True, **which)


def claim_replies(
    db: Session,
    address: Address,
    *,
    now: datetime,
    policy: OutboxPolicy,
    limit: int,
    at_once: int = 0,
    up_to: Lane = Lane.REPLY,
) -> list[Claimed]:
    """Take what an address is to be answered, in the transaction of the step that answers.

    `at_once`: so many of them go on the wire as soon as it is committed. `up_to`: a channel that shows only what is asked
    for takes the rest by this as well.
    """
    which = {"to": address, "at_once": at_once}
    pushes = address.limits.pushes
    return _take(db, _CLAIM_ONE, now=now, policy=policy, limit=limit, up_to=up_to, wakes=pushes, **which)


def _take(
    db: Session,
    claim: Any,
    *,
    now: datetime,
    policy: OutboxPolicy,
    limit: int,
    up_to: Lane,
    wakes: bool,
    **which: Any,
) -> list[Claimed]:
    """`wakes`: it rings a phone, so what its receiver's night has overtaken waits for the morning."""
    lease = now + policy.lease
    values = {"now": now, "lease": lease, "up_to": int(up_to), "at_most": limit, **which}
    rows = db.connection().execute(claim, values).all()
    if len(rows) > 1:
        # RETURNING gives them in no order
        rows = sorted(rows, key=lambda row: (row.lane, row.not_before, row.id))
    fit, failed = [], []
    for row in rows:
        item = _claimed(row)
        if item is None:
            failed.append(_failed(row, UNREADABLE))
            db.info.setdefault(_SET_ASIDE, []).append(row.id)
        elif row.not_after and row.not_after < now:
            failed.append(_failed(row, "too late"))
        else:
            fit.append((row, item))
    settle_outbox(db, failed, now=now)
    asleep = [row for row, _ in fit if wakes and row.zone and _morning(row.zone, now) > now]
    if asleep:
        waits = [
            {
                "row": row.id,
                "claim": row.tries,
                "unsent": int(row.wired),
                "morning": _morning(row.zone, now),
            }
            for row in asleep
        ]
        db.connection().execute(_TO_THE_MORNING, waits)
    return [item for row, item in fit if row not in asleep]


_SET_ASIDE = "outbox.set_aside"


def set_aside_outbox(db: Session) -> list[int]:
    """Return the rows that this session has set aside because they do not open."""
    found: list[int] = db.info.get(_SET_ASIDE, [])
    return found


def _failed(row: Any, why: str) -> Outcome:
    return Outcome(row.id, row.tries, OutboxState.FAILED, error=why, reached_nobody=row.wired)


def _morning(zone: str, now: datetime) -> datetime:
    """`now`, or the end of the night that it is in `zone`: a message held up by the network may come out late."""
    return decent(now, zone)


def _claimed(row: Any) -> Claimed | None:
    """The row as its sender takes it; None: its seal does not open, or what is in it is nothing of ours."""
    try:
        return Claimed(
            row.id,
            Address.read(row.address),
            Lane(row.lane),
            Method(row.method),
            row.again,
            row.attempts,
            row.tries,
            row.wired,
            row.lease_until,
            *open_outbox(row.id, row.body_sealed, row.file_sealed),
        )
    except (CannotUnseal, ValueError):
        return None


def open_outbox(row_id: int, body: bytes | None, file: bytes | None) -> tuple[WireBody, bytes]:
    """Return what a row says, and its file; raise CannotUnseal or ValueError where it does not open."""
    ring = keyring()
    data = ring.unseal(file, place="outbox.file_sealed", row=row_id) if file else b""
    said = ring.unseal(body or b"", place="outbox.body_sealed", row=row_id)
    return WireBody.model_validate_json(said), data


def wire_outbox(db: Session, items: Sequence[Claimed]) -> set[int]:
    """Write down that these claimed rows go on the wire; return the ids of those that are still ours to send."""
    if not items:
        return set()
    which = {"claims": [(item.id, item.tries) for item in items]}
    return set(db.connection().execute(_WIRE, which).scalars())


def still_claimed(db: Session, items: Sequence[Claimed]) -> list[Claimed]:
    """Return those of these claimed rows that nobody has freed, settled or claimed again."""
    if not items:
        return []
    which = {"claims": [(item.id, item.tries) for item in items]}
    ours = set(db.connection().execute(_STILL, which).scalars())
    return [item for item in items if item.id in ours]


_STILL = select(Outbox.id).where(
    tuple_(Outbox.id, Outbox.tries).in_(bindparam("claims", expanding=True)), _SENDING
)
_WIRE = (
    update(table_of(Outbox))
    .where(
        tuple_(Outbox.id, Outbox.tries).in_(bindparam("claims", expanding=True)),
        Outbox.state == OutboxState.SENDING.value,
    )
    # nothing is counted twice where the answer to the COMMIT was lost, and it is written down again
    .values(wired=true(), attempts=Outbox.attempts + case((Outbox.wired, 0), else_=1))
    .returning(Outbox.id)
)
_THIS_CLAIM = (Outbox.id == bindparam("row"), Outbox.tries == bindparam("claim"))
_SETTLE = update(table_of(Outbox)).where(*_THIS_CLAIM, Outbox.state == OutboxState.SENDING.value)
# also where it was freed meanwhile, because its lease was over: it has arrived all the same
_SENT = update(table_of(Outbox)).where(*_THIS_CLAIM, Outbox.state != OutboxState.CANCELLED.value)
_SENT = _SENT.values(
    state=OutboxState.SENT.value,
    wired=False,
    lease_until=None,
    error=None,
    sent_at=bindparam("at"),
    message_id=bindparam("message"),
    file_sealed=None,
)
# nothing was put on the wire
_TO_THE_MORNING = _SETTLE.values(
    state=OutboxState.PENDING.value,
    wired=False,
    lease_until=None,
    not_before=bindparam("morning"),
    attempts=Outbox.attempts - bindparam("unsent"),
)
_NOT_SENT = _SETTLE.values(
    state=bindparam("becomes"),
    wired=False,
    lease_until=None,
    error=bindparam("why"),
    attempts=Outbox.attempts - bindparam("unsent"),
)


def settle_outbox(db: Session, outcomes: Sequence[Outcome], *, now: datetime) -> None:
    """Write down what became of claimed rows."""
    sent = [
        {"row": o.id, "claim": o.tries, "at": now, "message": o.message_id}
        for o in outcomes
        if o.state is OutboxState.SENT
    ]
    others = [
        {
            "row": o.id,
            "claim": o.tries,
            "becomes": o.state.value,
            "why": o.error,
            "unsent": int(o.reached_nobody),
        }
        for o in outcomes
        if o.state is not OutboxState.SENT
    ]
    for statement, rows in ((_SENT, sent), (_NOT_SENT, others)):  # most often one of them, or none
        if rows:
            db.connection().execute(statement, rows)


def cancel_outbox(db: Session, *about: str) -> int:
    """Cancel what is not yet said about these matters; return how many messages."""
    matters = [{"matter": one} for one in about]
    return int(db.connection().execute(_CANCEL, matters).rowcount) if matters else 0


_CANCEL = (
    update(Outbox)
    .where(Outbox.about == bindparam("matter"), Outbox.state == OutboxState.PENDING.value)
    .values(state=OutboxState.CANCELLED.value)
)


def cancel_message(db: Session, row_id: int) -> None:
    """Cancel one message, unless it is said already."""
    row = update(Outbox).where(Outbox.id == row_id, Outbox.state == OutboxState.PENDING.value)
    db.execute(row.values(state=OutboxState.CANCELLED.value))


def move_outbox(db: Session, old: Address, new: Address, *, row_id: int | None = None) -> int:
    """Let what waits at one address be said at another of the same person's; return how many messages.

    `row_id`: the one that was refused there. An answer stays where it was asked for, and what changes a message that
    stands there has nothing to change elsewhere: a changed text is said anew.
    """
    waits = _PENDING & (Outbox.lane > Lane.REPLY)
    refused = (Outbox.id == row_id) & (Outbox.state == OutboxState.FAILED)
    these = select(Outbox).where(Outbox.address == old, waits if row_id is None else refused)
    # claiming and settling go past the session: what it holds of these rows is old
    rows = db.scalars(these.order_by(Outbox.id), execution_options={"populate_existing": True}).all()
    for row in rows:
        _move(db, row, new)
    db.flush()
    return len(rows)


def _move(db: Session, row: Outbox, new: Address) -> None:
    if row.method in (Method.DELETE, Method.COMMANDS) or not row.body:
        row.state = OutboxState.CANCELLED
        return
    body, limits = WireBody.model_validate_json(row.body), new.limits
    is_file = row.method not in (Method.TEXT, Method.EDIT)
    if body.elsewhere and not limits.guards:
        is_file, row.method, row.file_sealed = False, Method.TEXT.value, None
        body = WireBody(
            text=body.elsewhere,
            to_page=body.to_page,
            silent=body.silent,
            writer=body.writer,
            owed=body.owed,
        )
    if is_file and not limits.files:
        body.text, row.file_sealed = "\n\n".join(filter(None, [body.text, body.instead])), None
    if not is_file or not limits.files:
        row.method = Method.TEXT
    # shown on the lock screen, and nothing there covers words: only the neutral line goes on
    if _COVER in body.text and limits.pushes and not limits.hides:
        body.text = body.text.partition(_COVER)[0].strip()
    body.no_voice = body.no_voice if limits.mutes else ""
    body.message_id, body.share = None, body.share if limits.shares else ""
    body.table, body.beside = (body.table, body.beside) if limits.tables else ([], "")
    row.channel, row.address, row.error = new.channel, new, "moved"
    row.unrung_since = _unrung_since(new, Lane(row.lane), row.not_before)
    row.state, row.wired, row.lease_until, row.attempts = OutboxState.PENDING, False, None, 0
    first, *rest = split_html(body.text, limits.text) if row.method == Method.TEXT else [body.text]
    bodies = [
        WireBody(text=text, protected=body.protected, silent=body.silent, owed=body.owed)
        for text in [first, *rest[:-1]]
    ]
    bodies = [*bodies, body.model_copy(update={"text": rest[-1]})] if rest else [body]
    if not limits.buttons:
        bodies += _lined(bodies[-1], limits)
    row.body = bodies[0].model_dump_json(exclude_defaults=True)
    for number, one in enumerate(bodies[1:], start=1):
        further = _row(_Part(Method.TEXT, one), new, **{name: getattr(row, name) for name in _ALIKE})
        db.add(Outbox(**{**further, "key": f"{row.key}~{number}"}))


_COVER = "<tg-spoiler>"  # models/phrases/common.discreet
_ALIKE = (
    "key", "about", "lane", "not_before", "unrung_since", "zone", "not_after", "again", "created_at", "error",
)  # fmt: skip


def unsaid(db: Session, room: str) -> set[str]:
    """Return the matters of a room (`room:id`) about which something still waits to be sent."""
    about = Outbox.about.like(f"{room}:%")
    return {str(one) for one in db.scalars(select(Outbox.about).where(_PENDING, about).distinct())}


def stuck_outbox(db: Session, *, now: datetime, limit: int) -> list[int]:
    """Return the ids of claimed rows whose lease is over: their sender died or hangs."""
    return list(db.scalars(select(Outbox.id).where(_SENDING, Outbox.lease_until <= now).limit(limit)))


class FreedOutbox(NamedTuple):
    """How many rows were freed, and which of them are uncertain since."""

    number: int
    uncertain: list[int]


def free_stuck_outbox(db: Session, *, now: datetime, all_of_them: bool = False) -> FreedOutbox:
    """Free rows whose sender died. `all_of_them`: at start, when no other sender lives.

    What had not been on the wire waits again as it was; what had been goes once more, or is uncertain.
    """
    stuck = _SENDING
    if not all_of_them:
        stuck = stuck & (Outbox.lease_until <= now)
    goes_again = or_(~Outbox.wired, Outbox.again & (Outbox.attempts < 2))
    becomes = case((goes_again, OutboxState.PENDING.value), else_=OutboxState.UNCERTAIN.value)
    free = update(table_of(Outbox)).where(stuck)
    free = free.values(state=becomes, wired=False, lease_until=None, error="the sender died")
    freed = db.connection().execute(free.returning(Outbox.id, Outbox.state)).all()
    return FreedOutbox(len(freed), [id for id, state in freed if state == OutboxState.UNCERTAIN])


def fading_outbox(db: Session) -> list[tuple[int, datetime]]:
    """Return the rows that do not stay, and when they go. What is not sent by then goes unsaid."""
    rows = db.execute(select(Outbox.id, Outbox.sent_at, Outbox.created_at, Outbox.lasts).where(_FADES))
    return [(id, (sent or made) + timedelta(seconds=lasts or 0)) for id, sent, made, lasts in rows]


def take_back_outbox(db: Session, row_ids: Collection[int], *, now: datetime) -> None:
    """Take messages back out of their chats, and forget what they said; of a file only its password is forgotten."""
    for row in db.scalars(select(Outbox).where(Outbox.id.in_(row_ids), _FADES)).all():
        if row.method != Method.DOCUMENT and row.message_id is not None:
            gone = Message(common.TAKEN_OUT, method=Method.DELETE, message_id=row.message_id)
            enqueue(db, Recipient(row.address), gone, key=f"outbox.gone:{row.id}", lane=Lane.REPLY, now=now)
        row.body_sealed, row.lasts = None, None


_FADES = Outbox.lasts.is_not(None) & Outbox.state.not_in((OutboxState.PENDING, OutboxState.SENDING))


def fading_message(db: Session, address: Address, message_id: int) -> int | None:
    """Return the row of a message in this chat that does not stay anyway; None: it is none."""
    found = select(Outbox.id).where(_FADES, Outbox.address == address, Outbox.message_id == message_id)
    return db.scalar(found)


def drop_old_outbox(db: Session, policy: OutboxPolicy, *, now: datetime, limit: int = 1000) -> bool:
    """Delete up to `limit` rows older than `policy.keep` that are settled, or that nobody came to read: was there work?"""
    old = (
        select(Outbox.id)
        .where(
            Outbox.created_at < now - policy.keep,
            or_(Outbox.state.not_in((OutboxState.PENDING, OutboxState.SENDING)), _UNREAD),
        )
        .limit(limit)
    )
    return bool(db.execute(delete(Outbox).where(Outbox.id.in_(old))).rowcount)  # type: ignore[attr-defined]


def forget_outbox(db: Session, policy: OutboxPolicy, *, now: datetime, limit: int = 1000) -> bool:
    """Erase the words of up to `limit` messages that were said, or never will be: was there work?"""
    term = now - policy.forget
    said = (
        select(Outbox.id)
        .where(
            Outbox.body_sealed.is_not(None),
            Outbox.created_at < term,
            Outbox.state.not_in((OutboxState.PENDING, OutboxState.SENDING)),
            or_(Outbox.sent_at.is_(None), Outbox.sent_at < term),
            func.coalesce(Outbox.error, "") != UNREADABLE,  # its key may be found
        )
        .limit(limit)
    )
    erased = update(Outbox).where(Outbox.id.in_(said)).values(body_sealed=None, file_sealed=None)
    return bool(db.execute(erased.execution_options(synchronize_session=False)).rowcount)  # type: ignore[attr-defined]


# --- questions ------------------------------------------------------------------------------------------------------


_NEXT = union_all(
    *(
        select(func.min(Outbox.not_before)).where(
            _PENDING,
            Outbox.channel == bindparam("channel"),
            Outbox.lane == lane.value,
            Outbox.not_before > bindparam("after"),
        )
        for lane in Lane  # lane by lane, because the index is in that order
    )
)


def is_on_its_way(db: Session, about: str, *, address: Address, since: datetime) -> bool:
    """Return whether something about a matter waits to be sent to this chat, or has arrived there since then."""
    waits = Outbox.state.in_((OutboxState.PENDING, OutboxState.SENDING))
    arrived = (Outbox.state == OutboxState.SENT) & (Outbox.sent_at >= since)
    said = select(Outbox.id).where(Outbox.about == about, Outbox.address == address, or_(waits, arrived))
    return db.scalar(said.limit(1)) is not None


def pending_until(db: Session, abouts: Collection[str], *, now: datetime) -> dict[str, datetime]:
    """Return those of these matters of which something lies here until later, and until when."""
    rows = select(Outbox.about, func.max(Outbox.not_before)).where(
        Outbox.about.in_(abouts), _PENDING, Outbox.not_before > now
    )
    found = db.execute(rows.group_by(Outbox.about))
    return {about: at for about, at in found if about is not None}


def newest_claimed(db: Session, lane: Lane) -> int | None:
    """Return the id of the message of this lane that was claimed last; None: none is on the wire.

    Ids rise with time, so hardly any with a higher id is sent yet.
    """
    claimed = select(Outbox.id).where(_SENDING, Outbox.lane == lane.value)
    return db.scalar(claimed.order_by(Outbox.lease_until.desc()).limit(1))


def next_outbox_at(db: Session, channel: Channel, *, after: datetime) -> datetime | None:
    """Return when the first message of a channel becomes due that is not due at `after`."""
    found = db.connection().execute(_NEXT, {"channel": channel.value, "after": after}).scalars()
    return min((at for at in found if at is not None), default=None)
