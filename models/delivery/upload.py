"""A file that a browser sends in pieces, so that a bad network loses a piece and not the file.

    POST /part?upload=…&at=0        take_part ──> how many bytes are here: the browser goes on from there
    POST /say  (upload=…)           whole_upload ──> the file, and the pieces are gone

Of one address there is one upload at a time: another begins by forgetting the one before.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Index, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified
from models.ground.channel import Address
from models.ground.sealing import keyring

_PLACE = "upload_part.data_sealed"
_LASTS = timedelta(days=1)  # whoever comes back later sends it anew


class UploadPart(Identified, Base):
    __tablename__ = "upload_part"

    address: Mapped[Address]
    upload: Mapped[str]  # the browser's own name of it
    begins: Mapped[int]  # bytes before this piece
    size: Mapped[int]
    at: Mapped[datetime]
    data_sealed: Mapped[bytes | None] = mapped_column()

    __table_args__ = (UniqueConstraint("address", "upload", "begins"), Index("ix_upload_part_at", "at"))


class UploadTooLarge(Exception):
    """More bytes than a file may have."""


def take_part(
    db: Session, address: Address, upload: str, begins: int, data: bytes, *, most: int, now: datetime
) -> int:
    """Keep a piece if it is the next one; return how many bytes are here. Raises `UploadTooLarge` beyond `most` bytes."""
    here = _here(db, address, upload)
    if begins != here or not data:
        return here
    if here + len(data) > most:
        _forget(db, address)
        raise UploadTooLarge
    if begins == 0:
        _forget(db, address)
    row = UploadPart(address=address, upload=upload, begins=begins, size=len(data), at=now)
    row.data_sealed = keyring().seal(data, place=_PLACE, row=row.id)
    db.add(row)
    db.flush()
    return here + len(data)


def whole_upload(db: Session, address: Address, upload: str) -> bytes:
    """Return the file that was sent in pieces, once; empty where nothing of it is here."""
    rows = select(UploadPart).where(UploadPart.address == address, UploadPart.upload == upload)
    pieces = [
        keyring().unseal(row.data_sealed or b"", place=_PLACE, row=row.id)
        for row in db.scalars(rows.order_by(UploadPart.begins))
    ]
    _forget(db, address)
    return b"".join(pieces)


def drop_old_parts(db: Session, *, now: datetime, limit: int = 1000) -> bool:
    """Delete up to `limit` pieces of uploads that nobody has gone on with: was there work?"""
    old = select(UploadPart.id).where(UploadPart.at < now - _LASTS).limit(limit)
    return bool(db.execute(delete(UploadPart).where(UploadPart.id.in_(old))).rowcount)  # type: ignore[attr-defined]


def _here(db: Session, address: Address, upload: str) -> int:
    sizes = select(func.sum(UploadPart.size)).where(
        UploadPart.address == address, UploadPart.upload == upload
    )
    return db.scalar(sizes) or 0


def _forget(db: Session, address: Address) -> None:
    db.execute(delete(UploadPart).where(UploadPart.address == address))
