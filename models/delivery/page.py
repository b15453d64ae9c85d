"""What stands on the page of a web address: what was said there, and what the person wrote.

    outbox (web) ──somebody opens the page──> take_page: claimed, settled as SENT and put here, in one transaction
                                                TEXT, files   a new row
                                                EDIT          the row it changes, which goes to the end: the newest stands last
                                                DELETE        the row is gone
    a text or file of the person's ──> note_own: once, however often the browser posts it

So "sent" is true: on the page a message is sent when it is shown. A row is kept for `PagePolicy.keep`, and of one address
`most` at the most: a page is looked at, not archived. Rows are in the order of `place`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, delete, func, select
from sqlalchemy.orm import Mapped, Session

from models.delivery.body import WireBody
from models.delivery.claims import Claimed, claim_replies, settle_outbox
from models.delivery.file import File, is_ours, stored_file
from models.delivery.message import Lane, Method
from models.delivery.outbox import Outbox, OutboxState
from models.delivery.policy import OutboxPolicy, PagePolicy
from models.ground.base import Base, Identified
from models.ground.channel import Address
from models.ground.sealing import Sealed, keyring, new_id

_FILE = "page_message.file_sealed"
_AT_ONCE = 50  # messages that are taken in one go


class PageMessage(Identified, Base):
    __tablename__ = "page_message"

    address: Mapped[Address]
    place: Mapped[int]  # its turn on the page: an edit takes a new one
    at: Mapped[datetime]
    own: Mapped[bool]  # the person wrote it
    behind_proof: Mapped[bool]  # it came after the second proof, and is shown after it only
    body_sealed: Mapped[bytes | None]
    file_sealed: Mapped[bytes | None]

    body_json = Sealed("body_sealed")

    __table_args__ = (Index("ix_page_message_address", "address", "place"), Index("ix_page_message_at", "at"))

    @property
    def body(self) -> WireBody:
        return WireBody.model_validate_json(self.body_json or "{}")


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file as a browser fetches it. `password`: it is encrypted under it on its way out (protected.py)."""

    name: str
    data: bytes
    password: str


# --- acts -----------------------------------------------------------------------------------------------------------


def take_page(
    db: Session,
    address: Address,
    *,
    now: datetime,
    outbox: OutboxPolicy,
    page: PagePolicy,
    up_to: Lane,
    behind_proof: bool = False,
) -> int:
    """Put on the page what waits for this address, up to a lane; return how many messages came.

    `behind_proof`: it may be about other people, and goes from sight when the second proof does. It is marked as sent in the same transaction: whoever reads the page after it finds them.
    """
    taken = claim_replies(db, address, now=now, policy=outbox, limit=_AT_ONCE, at_once=_AT_ONCE, up_to=up_to)
    for item in taken:
        if (row := _put(db, item, now=now)) is not None:
            row.behind_proof = behind_proof
    sent = [item.becomes(OutboxState.SENT, message_id=item.body.message_id or item.id) for item in taken]
    settle_outbox(db, sent, now=now)
    if taken:
        db.flush()
        _keep_newest(db, address, page.most)
    return len(taken)


def note_own(db: Session, address: Address, row_id: int, words: WireBody, *, now: datetime) -> None:
    """Put on the page what the person wrote; `row_id` is the same when the browser posts it again, and nothing happens."""
    if db.get(PageMessage, row_id) is None:
        row = PageMessage(id=row_id, address=address, place=new_id(), at=now, own=True, behind_proof=False)
        row.body_json = words.model_dump_json(exclude_defaults=True)
        db.add(row)


def clear_page(db: Session, addresses: Collection[Address]) -> None:
    """Forget all that stands on these pages."""
    db.execute(delete(PageMessage).where(PageMessage.address.in_(addresses)))


def drop_old_page(db: Session, policy: PagePolicy, *, now: datetime, limit: int = 1000) -> bool:
    """Delete up to `limit` rows older than `policy.keep`: was there work?"""
    old = select(PageMessage.id).where(PageMessage.at < now - policy.keep).limit(limit)
    return bool(db.execute(delete(PageMessage).where(PageMessage.id.in_(old))).rowcount)  # type: ignore[attr-defined]


# --- questions ------------------------------------------------------------------------------------------------------


def page_of(
    db: Session, address: Address, *, limit: int, before: int | None = None, proved: bool = True
) -> tuple[list[PageMessage], bool]:
    """Return the newest rows in the order of reading, of those before a place; and whether there are older ones.

    `proved`: with what is shown after the second proof only.
    """
    rows = select(PageMessage).where(PageMessage.address == address)
    if not proved:
        rows = rows.where(~PageMessage.behind_proof)
    if before is not None:
        rows = rows.where(PageMessage.place < before)
    found = list(db.scalars(rows.order_by(PageMessage.place.desc()).limit(limit + 1)))
    return found[limit - 1 :: -1] if len(found) > limit else found[::-1], len(found) > limit


def waits_for(db: Session, address: Address, *, now: datetime, up_to: Lane = Lane.BULK) -> int:
    """Count what the page would show if it were opened now, up to a lane."""
    due = (Outbox.state == OutboxState.PENDING) & (Outbox.address == address) & (Outbox.not_before <= now)
    return db.scalar(select(func.count()).select_from(Outbox).where(due, Outbox.lane <= int(up_to))) or 0


def file_on_page(db: Session, address: Address, row_id: int, *, proved: bool = True) -> PageFile | None:
    """Return the file that a row of this address carries; None: there is none any more, or it wants the second proof."""
    row = db.get(PageMessage, row_id)
    if row is not None and row.behind_proof and not proved:
        return None
    if row is None or row.address != address or not row.body.file_name:
        return None
    body = row.body
    if row.file_sealed is not None:
        data = keyring().unseal(row.file_sealed, place=_FILE, row=row.id)
    else:
        data = stored_file(db, body.file_id, address.channel, whole=True).data
    return PageFile(body.file_name, data, body.password) if data else None


def rows_that_say(db: Session, addresses: Collection[Address], words: Sequence[str]) -> list[PageMessage]:
    """Return the rows of these pages in which one of the words stands."""
    rows = db.scalars(select(PageMessage).where(PageMessage.address.in_(addresses)))
    return [row for row in rows if any(word in (row.body_json or "") for word in words)]


# --- within ---------------------------------------------------------------------------------------------------------


def _put(db: Session, item: Claimed, *, now: datetime) -> PageMessage | None:
    match item.method:
        case Method.DELETE:
            row = _row(db, item)
            if row is not None:
                db.delete(row)
                db.flush()
            return None
        case Method.EDIT:
            return _show(db, _row(db, item) or _new(db, item), item, now=now)
        case _:
            return _show(db, _new(db, item), item, now=now)


def _row(db: Session, item: Claimed) -> PageMessage | None:
    row = db.get(PageMessage, item.body.message_id) if item.body.message_id is not None else None
    return row if row is not None and row.address == item.address else None


def _new(db: Session, item: Claimed) -> PageMessage:
    row = PageMessage(id=item.id, address=item.address, own=False)
    db.add(row)
    return row


def _show(db: Session, row: PageMessage, item: Claimed, *, now: datetime) -> PageMessage:
    row.place, row.at, row.file_sealed = new_id(), now, None
    body = item.body
    if item.data:
        row.file_sealed = keyring().seal(item.data, place=_FILE, row=row.id)
    elif body.file_id and not _is_here(db, body.file_id):
        words = "\n\n".join(filter(None, [body.text, body.instead]))
        body = body.model_copy(update={"text": words, "file_id": "", "file_name": ""})
    elif body.file_id and not body.file_name:
        body = body.model_copy(update={"file_name": _NAMES.get(item.method, "tep")})
    row.body_json = body.model_dump_json(exclude_defaults=True)
    return row


_NAMES = {Method.PHOTO: "anh.jpg", Method.VOICE: "ghi-am.ogg"}


def _is_here(db: Session, file_id: str) -> bool:
    row = db.get(File, int(file_id)) if is_ours(file_id) else None
    return row is not None and row.data_sealed is not None


def _keep_newest(db: Session, address: Address, most: int) -> None:
    border = select(PageMessage.place).where(PageMessage.address == address)
    last = db.scalar(border.order_by(PageMessage.place.desc()).offset(most).limit(1))
    if last is not None:
        db.execute(delete(PageMessage).where(PageMessage.address == address, PageMessage.place <= last))
