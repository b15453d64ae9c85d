"""What is written, by the member or on their behalf; each call is one message, saved as it comes."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from models.ground.base import lock
from models.ground.errors import Refused
from models.ground.marking import clean
from models.ground.names import nfc
from models.people.rights import Right, require
from models.people.trail import record_change
from models.phrases.year import review as phrases
from models.year.policy import ReviewPolicy
from models.year.review.consenting import require_readable, require_typing
from models.year.review.forms import Heading, form
from models.year.review.moving import expect, expect_open, move
from models.year.review.questions import section_of, sections_of
from models.year.review.refusals import ReviewRefused
from models.year.review.rows import Points, Review, ReviewFile, Section
from models.year.review.states import WRITABLE, Level, ReviewFileKind, ReviewState

USUAL = ReviewPolicy()


class FileAsSent(Protocol):
    """A file as it was sent: handlers.ground.context.SharedFile is one."""

    @property
    def kind(self) -> str: ...
    @property
    def file_id(self) -> str: ...
    @property
    def name(self) -> str: ...


def start_review(db: Session, review: Review, *, by_id: int, now: datetime) -> None:
    """Begin to write; beginning again changes nothing."""
    _enter(db, review, by_id=by_id, now=now)
    if review.state == ReviewState.NOT_STARTED:
        review.begun_at = now
        move(db, review, ReviewState.DRAFTING, by_id=by_id, now=now)


def write_section(
    db: Session,
    review: Review,
    heading: str,
    text: str,
    *,
    by_id: int,
    now: datetime,
    message_id: int = 0,
    policy: ReviewPolicy,
) -> Section:
    """Write this text in place of what stood there."""
    pieces = [(message_id, _clean(text))]
    return _keep(db, review, heading, pieces, by_id=by_id, policy=policy, now=now)


def append_section(
    db: Session,
    review: Review,
    heading: str,
    text: str,
    *,
    by_id: int,
    now: datetime,
    message_id: int = 0,
    policy: ReviewPolicy,
) -> Section:
    """Add this text below what stands there; the same message a second time replaces only itself."""
    section, piece = section_of(db, review.id, heading), _clean(text)
    pieces = [one for one in section.pieces if one[1]] if section else []
    if message_id and any(message == message_id for message, _ in pieces):
        pieces = [(m, piece if m == message_id else old) for m, old in pieces]
    else:
        pieces.append((message_id, piece))
    return _keep(db, review, heading, pieces, by_id=by_id, policy=policy, now=now)


def take_over_edit(
    db: Session,
    review: Review,
    *,
    message_id: int,
    text: str,
    by_id: int,
    now: datetime,
    policy: ReviewPolicy,
) -> str | None:
    """Take over a message that was changed after it was taken; return its heading's id, None when it has none."""
    for section in sections_of(db, review.id):
        pieces = section.pieces
        mine = section.by_id == by_id  # messages are numbered in each chat anew
        if mine and any(message == message_id for message, _ in pieces):
            changed = [(m, _clean(text) if m == message_id else old) for m, old in pieces]
            _keep(db, review, section.heading, changed, by_id=by_id, policy=policy, now=now)
            return section.heading
    return None


def clear_section(db: Session, review: Review, heading: str, *, by_id: int, now: datetime) -> None:
    """Empty a section. Versions that were handed in keep what they held."""
    _enter(db, review, by_id=by_id, now=now)
    section = section_of(db, review.id, heading)
    if section is not None:
        db.delete(section)
        db.flush()
        record_change(db, "review.write", by_id=by_id, member_id=review.member_id, now=now)


def give_scores(
    db: Session, review: Review, *, general: Points | None, results: Points | None, by_id: int, now: datetime
) -> None:
    """Keep the points that the member gives themselves; the total is computed, and nothing is concluded from it."""
    for heading, points in zip(form(review.form).scores, (general, results), strict=False):
        most = heading.max or 0
        if points is not None and not (heading.min or 0) <= points <= most:
            raise ReviewRefused(phrases.score_out_of_range(most=most))
    start_review(db, review, by_id=by_id, now=now)
    review.score_general, review.score_results, review.marked_by = general, results, by_id
    record_change(db, "review.write", by_id=by_id, member_id=review.member_id, now=now)


def propose_level(db: Session, review: Review, level: Level | None, *, by_id: int, now: datetime) -> None:
    """Keep the level that the member proposes, whatever the points say."""
    start_review(db, review, by_id=by_id, now=now)
    review.proposed_level, review.marked_by = level, by_id
    record_change(db, "review.write", by_id=by_id, member_id=review.member_id, now=now)


def choose_form(db: Session, review: Review, code: str, *, by_id: int, now: datetime) -> None:
    """Choose another form than the campaign's. What was written stays under the headings that both have."""
    _enter(db, review, by_id=by_id, now=now, types=False)
    form(code)
    review.form = code
    record_change(db, "review.form", by_id=by_id, member_id=review.member_id, now=now, detail=code)


def attach_file(
    db: Session, review: Review, kind: ReviewFileKind, sent: FileAsSent, *, by_id: int, now: datetime
) -> ReviewFile:
    """Keep a document or photo that replaces the text (TEXT, POST) or goes with it (COMMENT)."""
    if kind in (ReviewFileKind.TEXT, ReviewFileKind.POST):
        start_review(db, review, by_id=by_id, now=now)
    else:
        _check_hand(db, review, by_id=by_id, now=now)
    return keep_file(db, review, kind, sent, by_id=by_id, now=now)


def keep_file(
    db: Session, review: Review, kind: ReviewFileKind, sent: FileAsSent, *, by_id: int, now: datetime
) -> ReviewFile:
    clean(sent.name)
    media = "photo" if sent.kind == "photo" else "document"
    row = ReviewFile(
        review_id=review.id, version=0, kind=kind, media=media, file_id=sent.file_id, at=now, by_id=by_id
    )
    row.name = sent.name or None
    db.add(row)
    db.flush()
    record_change(db, "review.file", by_id=by_id, member_id=review.member_id, now=now, detail=str(kind))
    return row


def drop_file(db: Session, review: Review, file: ReviewFile, *, by_id: int, now: datetime) -> None:
    """Delete a file that was sent by mistake; one that was handed in stays."""
    _enter(db, review, by_id=by_id, now=now)
    if file.review_id == review.id and file.version == 0:
        db.delete(file)
        db.flush()
        record_change(db, "review.unfile", by_id=by_id, member_id=review.member_id, now=now)


# --- within ---------------------------------------------------------------------------------------------------------


def _enter(db: Session, review: Review, *, by_id: int, now: datetime, types: bool = True) -> None:
    _check_hand(db, review, by_id=by_id, now=now)
    if types:
        require_typing(db, review, by_id)
    lock(db, review)
    expect(review, *WRITABLE)
    expect_open(db, review)


def _check_hand(db: Session, review: Review, *, by_id: int, now: datetime) -> None:
    """The member themselves, or an office of the cell on their behalf."""
    if by_id != review.member_id:
        require(db, by_id, Right.KEEP_REVIEWS, review.cell_id, now=now)
        require_readable(db, review, by_id)


def _clean(text: str) -> str:
    text = nfc(text).strip()
    if not text:
        raise Refused(phrases.empty_section())
    return clean(text)


def _keep(
    db: Session,
    review: Review,
    heading: str,
    pieces: list[tuple[int, str]],
    *,
    by_id: int,
    policy: ReviewPolicy,
    now: datetime,
) -> Section:
    position = _written(review, heading).order
    if sum(len(piece) + 1 for _, piece in pieces) > policy.longest_section + 1:
        raise ReviewRefused(phrases.section_too_long(limit=policy.longest_section))
    start_review(db, review, by_id=by_id, now=now)
    section = section_of(db, review.id, heading)
    if section is None:
        section = Section(review_id=review.id, heading=heading, position=position)
        db.add(section)
    section.pieces, section.by_id, section.updated_at = pieces, by_id, now
    db.flush()
    return section


def _written(review: Review, heading: str) -> Heading:
    found = form(review.form).heading(heading)
    if found is None or not found.is_written:
        raise ReviewRefused(phrases.somebody_writes_it())
    return found
