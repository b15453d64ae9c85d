"""Who looked at whom, and who did what: a trail that is only ever added to, and that shows when it was tampered with.

    record_act ──> a row with a seal          HMAC of what it says: nobody writes one past the program
        │ within a minute, job trail.link
        └──> seq, hash, seal                  hash = SHA-256(hash before | seq | what it says); seal = HMAC of all three
               │ after five years
               └──> trail.drop, then gone     from the front only; the row that says so carries the last hash that went

An act is a `room.verb`; a look is a row of the same kind (`Look`). `by_id` None: the operator at the command line, or
the program itself. No row holds a word that a person wrote. Triggers refuse what `verify_trail` would find.
The key is derived from the keyring, so whoever has the database alone can write no row. `attest_trail` lets an old key go:
one row under the newest key says what the chain was, and the chain itself needs no key. Why so: docs/decisions/0028.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice, takewhile
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Row,
    bindparam,
    delete,
    func,
    not_,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, synonym

from models.ground.base import Base, Identified, partial_index, table_of
from models.ground.sealing import keyring
from models.people.policy import TrailPolicy


class TrailKind(StrEnum):
    ACT = "act"  # somebody changed, decided, exported something
    LOOK = "look"  # somebody read another person's details


DROP = "trail.drop"  # the oldest rows were deleted, their term being over; detail: <last seq>:<its hash>
ATTEST = "trail.attest"  # what the chain was when keys changed; detail: <seq>:<its hash>


class Trail(Identified, Base):
    __tablename__ = "trail"

    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(default=TrailKind.ACT)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    act: Mapped[str]  # a room.verb: roster.remove, member.phone
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))  # whose data or rights
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    detail: Mapped[str] = mapped_column(default="")  # a machine word, never personal text
    seq: Mapped[int | None]  # its place in the chain; None: not linked yet
    hash: Mapped[str | None]
    seal: Mapped[str | None]  # None: written before there was a trail, and not linked yet

    __table_args__ = (
        Index("ix_trail_member_id", "member_id", "at"),
        Index("ix_trail_unit_id", "unit_id", "at"),
        Index("uq_trail_seq", "seq", unique=True),
        partial_index("ix_trail_unlinked", "id", where="seq IS NULL"),
        partial_index("ix_trail_marks", "act", "id", where="act IN ('trail.drop', 'trail.attest')"),
    )
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": TrailKind.ACT.value}  # noqa: RUF012


class Look(Trail):
    """Somebody read another person's details: `reader_id`, and `what` as a room.verb."""

    reader_id: Mapped[int] = synonym("by_id")
    what: Mapped[str] = synonym("act")

    __mapper_args__ = {"polymorphic_identity": TrailKind.LOOK.value}  # noqa: RUF012


# --- acts -----------------------------------------------------------------------------------------------------------


def record_act(
    db: Session,
    act: str,
    *,
    by_id: int | None,
    now: datetime,
    member_id: int | None = None,
    unit_id: int | None = None,
    detail: str = "",
) -> None:
    """Write down that `by_id` did `act` (a `room.verb`) to `member_id` or `unit_id`.

    `by_id` None: the operator at the command line. `unit_id` is the member's cell where none is given. `detail` is a
    machine word ("weekly", "2026"), never what a person wrote.
    """
    if unit_id is None and member_id is not None:
        member = Base.metadata.tables["member"]
        unit_id = db.scalar(select(member.c.cell_id).where(member.c.id == member_id))
    _write(db, Trail(by_id=by_id, act=act, member_id=member_id, unit_id=unit_id), now, detail)


def record_change(
    db: Session,
    act: str,
    *,
    by_id: int | None,
    member_id: int,
    now: datetime,
    unit_id: int | None = None,
    detail: str = "",
) -> None:
    """Write down that somebody changed what is another person's; what time does, and what is one's own, is not."""
    if by_id is not None and by_id != member_id:
        record_act(db, act, by_id=by_id, now=now, member_id=member_id, unit_id=unit_id, detail=detail)


def write_look(db: Session, *, reader_id: int, member_id: int, what: str, now: datetime) -> None:
    """Write down that `reader_id` read details of `member_id`. Rooms call `member.record_look`."""
    _write(db, Look(by_id=reader_id, act=what, member_id=member_id, unit_id=None), now, "")


def _write(db: Session, row: Trail, now: datetime, detail: str) -> None:
    row.at, row.detail, row.seq, row.hash = now, detail, None, None
    row.seal = keyring().vouch(_says(row))
    db.add(row)


def link_trail(db: Session, policy: TrailPolicy) -> int:
    """Give the oldest rows without one their place in the chain; how many were linked.

    A row that was written past the program is not linked: `verify_trail` names it.
    """
    db.flush()
    _lock(db)
    last, ring, links = last_link(db) or _newest_mark(db, DROP), keyring(), []
    seq, link = (last.seq, last.hash) if last else (0, "")
    for row in _unlinked(db):
        if ring.vouched(_says(row), row.seal or "") is not True and not (row.seal is None and last is None):
            continue  # without a seal: from before there was a trail, and only as long as nothing is linked
        seq, link = seq + 1, _hash(link, seq + 1, row)
        links.append({"row": row.id, "place": seq, "link": link, "mac": ring.vouch(_linked(row, seq, link))})
        if len(links) == policy.link:
            break
    if links:
        db.connection().execute(_LINK, links)
    return len(links)


_TABLE = table_of(Trail)
_LINK = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row"))
    .values(seq=bindparam("place"), hash=bindparam("link"), seal=bindparam("mac"))
)


def _lock(db: Session) -> None:
    """One linker at a time, whoever runs it. SQLite has one writer anyway."""
    if db.connection().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(0x747261696C)))  # "trail" in ASCII


def attest_trail(db: Session, policy: TrailPolicy, *, now: datetime) -> None:
    """Say under the newest key what the whole chain is, so that older keys may leave the ring.

    Raises TamperedTrail when the chain is not whole: a new key must not vouch for what an old one does not.
    """
    while link_trail(db, policy):
        pass
    db.expire_all()
    if findings := list(verify_trail(db)):
        raise TamperedTrail(findings)
    last = last_link(db)
    if last is not None:
        record_act(db, ATTEST, by_id=None, now=now, detail=f"{last.seq}:{last.hash}")
        db.flush()
        link_trail(db, policy)


def drop_old_trail(db: Session, policy: TrailPolicy, *, now: datetime, limit: int = 10_000) -> bool:
    """Delete the oldest rows whose term is over, under a row that says so; whether there may be more."""
    # at most the 28th: most years have no 29 February
    term = now.replace(year=now.year - policy.years, day=min(now.day, 28))
    old = select(_TABLE.c.seq, _TABLE.c.hash, _TABLE.c.at).where(_TABLE.c.seq.is_not(None))
    oldest = db.execute(old.order_by(_TABLE.c.seq).limit(limit)).all()
    gone = list(takewhile(lambda row: row.at < term, oldest))
    if not gone:
        return False
    record_act(db, DROP, by_id=None, now=now, detail=f"{gone[-1].seq}:{gone[-1].hash}")
    db.flush()
    db.execute(delete(_TABLE).where(_TABLE.c.seq <= gone[-1].seq))
    return len(gone) == limit


# --- questions ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A place in the chain."""

    seq: int
    hash: str


def last_link(db: Session) -> ChainLink | None:
    row = db.execute(
        select(_TABLE.c.seq, _TABLE.c.hash)
        .where(_TABLE.c.seq.is_not(None))
        .order_by(_TABLE.c.seq.desc())
        .limit(1)
    ).first()
    return ChainLink(row.seq, row.hash) if row else None


def is_linked(db: Session, link: ChainLink) -> bool:
    """Return whether the chain still has this link, or has dropped it because its term was over."""
    found = db.scalar(select(_TABLE.c.hash).where(_TABLE.c.seq == link.seq))
    return (
        found == link.hash if found else (mark := _newest_mark(db, DROP)) is not None and link.seq <= mark.seq
    )


# what the committee above reads of the units below it: decisions, exports, changes of rights
_ABOVE = ("absence.filing", "campaign.move")
_ABOVE_ROOMS = ("right", "office", "unit", "names", "rating", "notice", "committee", "invite", "register")
_ABOVE_VERBS = ("links", "add", "remove")
OF_OFFICE = ("right", "office")  # whose act names a person that the committee knows by name
_PRIVATE = (
    "request.%",
    "review.write",
    "review.file",
    "review.unfile",
    "consent.give",  # what the desk has to know of it is told and stands on the card
    "consent.refuse",
)  # between the member and whom they chose


def done_to(db: Session, member_id: int, *, limit: int) -> list[Trail]:
    """Return what others did to this member's rows or rights, newest first; looks are `member.looks`."""
    member = Base.metadata.tables["member"]  # other rows of the same person are part of this one (joining.py)
    rows = select(Trail).where(
        or_(
            Trail.member_id == member_id,
            Trail.member_id.in_(select(member.c.id).where(member.c.joined_id == member_id)),
        ),
        Trail.kind == TrailKind.ACT.value,
        or_(Trail.by_id.is_(None), Trail.by_id != member_id),
    )
    return list(db.scalars(rows.order_by(Trail.at.desc(), Trail.id.desc()).limit(limit)))


class TrailPage(NamedTuple):
    """Some rows, newest first, and where they stand."""

    rows: list[Trail]
    number: int  # from 0
    pages: int


def done_in_cell(db: Session, cell_id: int, *, page: int, size: int) -> TrailPage:
    """Return what was done in a cell, for its own desk, without what lies between a member and whom they chose."""
    private = or_(*(Trail.act.like(pattern) for pattern in _PRIVATE))
    return _page(db, Trail.unit_id == cell_id, not_(private), page=page, size=size)


def done_below(db: Session, unit_ids: Collection[int], *, page: int, size: int) -> TrailPage:
    """Return decisions, exports and changes of rights in these units, for the committee above."""
    rooms = [Trail.act.like(f"{room}.%") for room in _ABOVE_ROOMS]
    verbs = [Trail.act.like(f"roster.{verb}") for verb in _ABOVE_VERBS]
    shown = or_(Trail.act.in_(_ABOVE), Trail.act.like("%.export"), *rooms, *verbs)
    return _page(db, Trail.unit_id.in_(unit_ids), shown, page=page, size=size)


def _page(db: Session, *holds: ColumnElement[bool], page: int, size: int) -> TrailPage:
    acts = Trail.kind == TrailKind.ACT.value
    count = db.scalar(select(func.count()).select_from(Trail).where(acts, *holds)) or 0
    pages = max(-(-count // size), 1)
    page = min(page, pages - 1)  # whatever an old button says
    rows = select(Trail).where(acts, *holds).order_by(Trail.at.desc(), Trail.id.desc())
    return TrailPage(list(db.scalars(rows.offset(page * size).limit(size))), page, pages)


def unbelieved(db: Session, *, before: datetime, limit: int) -> list[int]:
    """Return ids of rows older than `before` that will never be linked: the program did not write them."""
    ring, old = keyring(), (row for row in _unlinked(db) if row.at < before and row.seal is not None)
    return list(islice((row.id for row in old if ring.vouched(_says(row), row.seal) is not True), limit))


class Harm(StrEnum):
    """What was done to the trail."""

    CHANGED = "changed"  # the row is not what the program wrote in this place
    REMOVED = "removed"  # rows are missing
    INSERTED = "inserted"  # an additional row that the program did not write
    MOVED = "moved"  # the row stood in another place
    CUT = "cut"  # the newest rows are missing: the anchor outside the database knows of them
    REPLACED = "replaced"  # another chain stands where the anchor's was
    UNKNOWN_KEY = "unknown key"  # written under a key that is not on the ring
    UNGUARDED = "unguarded"  # the triggers are gone


@dataclass(frozen=True, slots=True)
class TrailFinding:
    """One thing that is wrong with the trail; `until` where several rows in a row are concerned."""

    harm: Harm
    seq: int | None = None
    until: int | None = None
    at: datetime | None = None
    act: str | None = None
    row: int | None = None


class TamperedTrail(Exception):
    """The trail is not what the program wrote."""

    def __init__(self, findings: list[TrailFinding]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


def verify_trail(db: Session, anchor: ChainLink | None = None) -> Iterator[TrailFinding]:
    """Walk the whole chain and yield what is wrong, oldest first; nothing: all is as the program wrote it.

    `anchor`: a link that was kept outside the database. Reads row by row: memory does not grow with the trail.
    """
    if not _is_guarded(db):
        yield TrailFinding(Harm.UNGUARDED)
    walk = _Walk(db)
    linked = select(_TABLE).where(_TABLE.c.seq.is_not(None)).order_by(_TABLE.c.seq, _TABLE.c.id)
    for row in db.execute(linked.execution_options(yield_per=2000)):
        yield from walk.step(row)
    yield from walk.changed()
    for row in _unlinked(db):
        yield from walk.unlinked(row)
    if anchor is not None and anchor.seq > walk.seq:
        yield TrailFinding(Harm.CUT, seq=walk.seq + 1, until=anchor.seq)
    elif anchor is not None and not is_linked(db, anchor):
        yield TrailFinding(Harm.REPLACED, seq=anchor.seq)


_COMPARED = 200  # changed rows: each is held against each


class _Walk:
    """What has been read of the chain so far, and what the next row must fit to."""

    def __init__(self, db: Session) -> None:
        self._ring = keyring()
        dropped, attested = _newest_mark(db, DROP), _newest_mark(db, ATTEST)
        self.seq = dropped.seq if dropped else 0
        self._hash: str | None = dropped.hash if dropped else ""  # None: what stood there before is not known
        self._attested = attested or ChainLink(0, "")
        self._changed: list[Row[Any]] = []

    def step(self, row: Row[Any]) -> Iterator[TrailFinding]:
        """Take the next linked row; yield what is wrong with it."""
        if row.seq <= self.seq:
            yield _finding(Harm.INSERTED, row)
            return
        if row.seq > self.seq + 1:
            yield TrailFinding(Harm.REMOVED, seq=self.seq + 1, until=row.seq - 1)
            self._hash = None
        fits = self._hash is None or _hash(self._hash, row.seq, row) == row.hash
        vouched = self._ring.vouched(_linked(row, row.seq, row.hash or ""), row.seal or "")
        if row.seq == self._attested.seq and row.hash != self._attested.hash:
            yield _finding(Harm.REPLACED, row)
        elif vouched is False:
            self._changed.append(row)
        elif vouched is None and row.seq > self._attested.seq:
            yield _finding(Harm.UNKNOWN_KEY, row)
        elif not fits:  # also under a key that has left the ring: what was attested needs none
            self._changed.append(row)
        self.seq, self._hash = row.seq, None if vouched is False else row.hash

    def changed(self) -> Iterator[TrailFinding]:
        """Yield the rows that do not say what was written there. One that fits another's place was moved from there."""
        places = [row.seq for row in self._changed[:_COMPARED]]
        for row in self._changed:
            proofs = (_linked(row, seq, row.hash or "") for seq in places if seq != row.seq)
            moved = any(self._ring.vouched(proof, row.seal or "") for proof in proofs)
            yield _finding(Harm.MOVED if moved else Harm.CHANGED, row)

    def unlinked(self, row: Row[Any]) -> Iterator[TrailFinding]:
        """Take a row that waits to be linked; yield what is wrong with it."""
        if row.seal is None and self.seq == 0:
            return  # from before there was a trail
        vouched = self._ring.vouched(_says(row), row.seal or "")
        if vouched is not True:
            yield _finding(Harm.INSERTED if vouched is False else Harm.UNKNOWN_KEY, row)


def _finding(harm: Harm, row: Row[Any]) -> TrailFinding:
    return TrailFinding(harm, seq=row.seq, at=row.at, act=row.act, row=row.id)


def _newest_mark(db: Session, act: str) -> ChainLink | None:
    """Return the link noted in the newest row of this act that the program itself wrote; None: there is none."""
    rows = db.execute(select(_TABLE).where(_TABLE.c.act == act).order_by(_TABLE.c.id.desc()))
    for row in rows:
        said = _says(row) if row.seq is None else _linked(row, row.seq, row.hash or "")
        if keyring().vouched(said, row.seal or "") is not False:
            seq, _, link = row.detail.partition(":")
            return ChainLink(int(seq), link)
    return None


def _unlinked(db: Session) -> Iterator[Row[Any]]:
    rows = select(_TABLE).where(_TABLE.c.seq.is_(None)).order_by(_TABLE.c.id)
    yield from db.execute(rows.execution_options(yield_per=2000))


# --- rules ----------------------------------------------------------------------------------------------------------


def _says(row: Trail | Row[Any]) -> bytes:
    """What a row says, as bytes that only the same row gives."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [row.id, at, str(row.kind), row.by_id, row.act, row.member_id, row.unit_id, row.detail]
    return json.dumps(said, ensure_ascii=False).encode()


def _hash(before: str, seq: int, row: Row[Any]) -> str:
    return hashlib.sha256(f"{before}|{seq}|".encode() + _says(row)).hexdigest()


def _linked(row: Row[Any], seq: int, link: str) -> bytes:
    return f"link|{seq}|{link}|".encode() + _says(row)


GUARDS = ("trail_is_not_changed", "trail_is_not_deleted")  # triggers, made by the migrations


def _is_guarded(db: Session) -> bool:
    lite = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN (:a, :b)"
    enabled = "tgrelid = to_regclass('trail') AND tgenabled <> 'D'"
    big = f"SELECT count(*) FROM pg_trigger WHERE {enabled} AND tgname IN (:a, :b)"  # noqa: S608 - both parts stand here
    is_sqlite = db.connection().dialect.name == "sqlite"
    there: int = db.scalar(text(lite if is_sqlite else big), {"a": GUARDS[0], "b": GUARDS[1]}) or 0
    return there == len(GUARDS)
