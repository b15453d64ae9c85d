"""Handing in, taking back, reading, returning, accepting, the signed paper, the file.

Every act locks the row, checks that it still fits, leaves a dated row, and tells whoever did not do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.contact.sign_of_life import Sign, note_sign
from models.delivery.message import Button
from models.ground.base import lock
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.marking import marked_secret
from models.ground.names import nfc
from models.people.member import Member, record_look
from models.people.rights import NotEntitled, Right, require
from models.people.trail import record_change
from models.phrases import common
from models.phrases.text import Text
from models.phrases.year import review as phrases
from models.year.review.consenting import is_on_paper, require_readable, require_typing
from models.year.review.forms import form
from models.year.review.moving import expect, expect_open, move
from models.year.review.questions import (
    body_of,
    comments_of,
    files_of,
    looked_lately,
    missing_of,
    pages_unsent,
    version_of,
)
from models.year.review.refusals import ReviewRefused
from models.year.review.rows import Comment, Review, ReviewLook, Version
from models.year.review.states import WRITABLE, ReviewFileKind, ReviewState
from models.year.review.telling import tell_desk, tell_member, year_of
from models.year.review.writing import FileAsSent, keep_file

S = ReviewState


# --- the member, or the desk on their behalf ------------------------------------------------------------------------


def submit(db: Session, review: Review, *, by_id: int, now: datetime) -> Version:
    """Hand in what is written now as a new version. A file that replaces the text may leave sections empty."""
    if by_id != review.member_id:
        require(db, by_id, Right.KEEP_REVIEWS, review.cell_id, now=now)
        require_typing(db, review, by_id)
    lock(db, review)
    expect(review, *(WRITABLE - {S.NOT_STARTED}))
    expect_open(db, review)
    lacking = missing_of(db, review)
    if lacking and not files_of(db, review.id, ReviewFileKind.TEXT, ReviewFileKind.POST):
        raise ReviewRefused(phrases.still_missing(labels=form(review.form).spoken(lacking)))
    version = _seal(db, review, by_id=by_id, now=now)
    row = move(db, review, S.SUBMITTED, by_id=by_id, now=now)
    note_sign(db, db.get_one(Member, review.member_id), Sign.REVIEW, at=now)
    _tell_submitted(db, review, key=f"submitted:{row.id}", by_id=by_id, now=now)
    return version


def _seal(db: Session, review: Review, *, by_id: int, now: datetime) -> Version:
    review.version += 1
    review.submitted_at = now
    version = Version(
        review_id=review.id,
        number=review.version,
        at=now,
        by_id=by_id,
        on_behalf=by_id != review.member_id,
        form=review.form,
    )
    version.body_json = body_of(db, review).model_dump_json(exclude_none=True)
    db.add(version)
    for file in files_of(db, review.id, ReviewFileKind.TEXT, ReviewFileKind.POST):
        # 0: sent since the version before, so it belongs to this one
        file.version = file.version or review.version
    db.flush()
    return version


def _tell_submitted(db: Session, review: Review, *, key: str, by_id: int, now: datetime) -> None:
    year, author = year_of(db, review), db.get_one(Member, review.member_id)
    words = phrases.submitted(name=author.full_name, kind=review.kind, year=year, version=review.version)
    tell_desk(db, review, words, key=key, by_id=by_id, now=now)
    by = db.get_one(Member, by_id).full_name
    for_you = phrases.submitted_for_you(kind=review.kind, year=year, by=by)
    tell_member(db, review, for_you, key=f"{key}:own", by_id=by_id, now=now)


def withdraw(db: Session, review: Review, *, by_id: int, now: datetime) -> None:
    """Take the review back for its member before it is accepted. The versions stay."""
    if by_id != review.member_id:
        raise ReviewRefused(phrases.not_in_this_state(state=review.state))
    lock(db, review)
    expect(review, S.SUBMITTED, S.RETURNED)
    row = move(db, review, S.WITHDRAWN, by_id=by_id, now=now)
    author = db.get_one(Member, review.member_id)
    words = phrases.withdrawn(name=author.full_name, kind=review.kind, year=year_of(db, review))
    tell_desk(db, review, words, key=f"withdrawn:{row.id}", by_id=by_id, now=now)


# --- the desk -------------------------------------------------------------------------------------------------------


def open_version(db: Session, review: Review, number: int, *, reader_id: int, now: datetime) -> Version:
    """Return a version to be read. A reader who is not its author leaves a row that the author sees, one an hour."""
    if reader_id != review.member_id:
        require(db, reader_id, Right.KEEP_REVIEWS, review.cell_id, now=now)
        require_readable(db, review, reader_id)
    version = version_of(db, review.id, number)
    if version is None:
        raise ReviewRefused(phrases.not_in_this_state(state=review.state))
    if reader_id != review.member_id and not looked_lately(db, version, reader_id, now=now):
        db.add(ReviewLook(review_id=review.id, version=number, reader_id=reader_id, at=now))
        record_look(db, reader_id=reader_id, member_id=review.member_id, what="review.read", now=now)
    return version


def comment_on(db: Session, review: Review, heading: str, text: str, *, by_id: int, now: datetime) -> Comment:
    """Comment on one heading ("": on the whole). The member gets it when the review is returned or accepted."""
    _enter(db, review, S.SUBMITTED, by_id=by_id, now=now)
    return _say(db, review, heading, text, by_id=by_id, now=now)


def drop_comment(db: Session, review: Review, comment: Comment, *, by_id: int, now: datetime) -> None:
    """Delete a comment; one that the member has been given stays."""
    _enter(db, review, S.SUBMITTED, by_id=by_id, now=now)
    if comment.review_id == review.id and comment.sent_at is None:
        db.delete(comment)
        db.flush()
        record_change(db, "review.uncomment", by_id=by_id, member_id=review.member_id, now=now)


def raise_issue(db: Session, review: Review, text: str, *, by_id: int, now: datetime) -> Comment:
    """Ask in writing for an account of something (gợi ý kiểm điểm): its heading must then be written."""
    _enter(db, review, *WRITABLE, by_id=by_id, now=now)
    heading = next((one for one in form(review.form).headings if one.show_if), None)
    if heading is None:
        raise ReviewRefused(phrases.somebody_writes_it())
    issue = _say(db, review, heading.id, text, by_id=by_id, now=now)
    issue.is_issue, issue.sent_at = True, now
    words = phrases.issue_raised(kind=review.kind, year=year_of(db, review))
    tell_member(db, review, words, key=f"issue:{issue.id}", by_id=by_id, now=now)
    return issue


def return_review(
    db: Session, review: Review, *, deadline: date, by_id: int, now: datetime, note: str = ""
) -> None:
    """Give it back to the member with the comments and a new deadline, also when it was accepted by mistake."""
    _enter(db, review, S.SUBMITTED, S.ACCEPTED, by_id=by_id, now=now)
    expect_open(db, review)
    if note.strip():
        _say(db, review, "", note, by_id=by_id, now=now)
    unsent = [one for one in comments_of(db, review.id) if one.sent_at is None]
    if not unsent:
        raise ReviewRefused(phrases.say_why())
    if deadline < local_date(now, HOME_ZONE):
        raise ReviewRefused(phrases.deadline_passed(on=deadline))
    _send_comments(unsent, now=now)
    review.deadline, review.accepted_at = deadline, None
    row = move(db, review, S.RETURNED, by_id=by_id, now=now, deadline=deadline)
    words = phrases.returned(
        kind=review.kind, year=year_of(db, review), deadline=deadline, comments=len(unsent)
    )
    tell_member(db, review, words, key=f"returned:{row.id}", by_id=by_id, now=now)


def accept(db: Session, review: Review, *, by_id: int, now: datetime) -> None:
    """Accept the text as final, with the comments not yet given. The signed paper is awaited."""
    _enter(db, review, S.SUBMITTED, by_id=by_id, now=now)
    _send_comments([one for one in comments_of(db, review.id) if one.sent_at is None], now=now)
    review.accepted_at = now
    row = move(db, review, S.ACCEPTED, by_id=by_id, now=now)
    words = phrases.accepted(kind=review.kind, year=year_of(db, review))
    ways = [
        [Button(phrases.DOCX, f"review:docx:{review.id}")],
        [Button(phrases.SEND_SIGNED, f"review:signed:{review.id}")],
    ]
    tell_member(db, review, words, key=f"accepted:{row.id}", by_id=by_id, now=now, ways=ways)


def add_signed_page(db: Session, review: Review, page: FileAsSent, *, by_id: int, now: datetime) -> int:
    """Keep a photographed page of the signed paper and return how many wait to be sent. Only the author sees them."""
    _enter_signing(db, review, by_id=by_id)
    waiting = pages_unsent(db, review)
    if len(waiting) >= PAGES:
        raise ReviewRefused(phrases.too_many_pages(limit=PAGES))
    keep_file(db, review, ReviewFileKind.SIGNED, page, by_id=by_id, now=now)
    return len(waiting) + 1


def drop_signed_pages(db: Session, review: Review, *, by_id: int, now: datetime) -> None:
    """Delete the pages that were not sent, so that the author can begin anew."""
    _enter_signing(db, review, by_id=by_id)
    for page in pages_unsent(db, review):
        db.delete(page)
        record_change(db, "review.unfile", by_id=by_id, member_id=review.member_id, now=now)
    db.flush()


def send_signed(db: Session, review: Review, *, by_id: int, now: datetime) -> int:
    """Send the photographed pages to the cell, which notes that the paper is here, and return how many they were."""
    _enter_signing(db, review, by_id=by_id)
    pages = pages_unsent(db, review)
    if not pages:
        raise ReviewRefused(phrases.no_pages())
    for page in pages:
        page.version = review.version
    author = db.get_one(Member, review.member_id)
    words = phrases.signed_sent(
        name=author.full_name, kind=review.kind, year=year_of(db, review), pages=len(pages)
    )
    tell_desk(db, review, words, key=f"signed.sent:{pages[-1].id}", by_id=by_id, now=now)
    return len(pages)


PAGES = 30


def _enter_signing(db: Session, review: Review, *, by_id: int) -> None:
    if by_id != review.member_id:
        raise NotEntitled
    lock(db, review)
    expect(review, S.ACCEPTED, S.SIGNED)
    if is_on_paper(db, review):
        raise ReviewRefused(phrases.on_paper_yourself())


def receive_signed(
    db: Session, review: Review, *, on: date, by_id: int, now: datetime, scans: Sequence[FileAsSent] = ()
) -> None:
    """Note that the signed paper is here since `on`, with pages that were scanned at the cell."""
    _enter(db, review, S.ACCEPTED, by_id=by_id, now=now)
    if on > local_date(now, HOME_ZONE):
        raise ReviewRefused(phrases.paper_ahead(on=on))
    _keep_pages(db, review, scans, by_id=by_id, now=now)
    review.signed_on = on
    row = move(db, review, S.SIGNED, by_id=by_id, now=now, on=on)
    words = phrases.signed_received(kind=review.kind, year=year_of(db, review), on=on)
    tell_member(db, review, words, key=f"signed:{row.id}", by_id=by_id, now=now)


def add_pages(db: Session, review: Review, scans: Sequence[FileAsSent], *, by_id: int, now: datetime) -> None:
    """Add pages of the signed paper that were forgotten."""
    _enter(db, review, S.SIGNED, by_id=by_id, now=now)
    _keep_pages(db, review, scans, by_id=by_id, now=now)


def _keep_pages(
    db: Session, review: Review, scans: Sequence[FileAsSent], *, by_id: int, now: datetime
) -> None:
    for scan in scans:
        keep_file(db, review, ReviewFileKind.SIGNED, scan, by_id=by_id, now=now).version = review.version


def file_review(db: Session, review: Review, *, by_id: int, now: datetime) -> None:
    """Note that the paper lies in the member's file, which ends the review."""
    _enter(db, review, S.SIGNED, by_id=by_id, now=now)
    review.filed_at = now
    move(db, review, S.FILED, by_id=by_id, now=now)


# --- within ---------------------------------------------------------------------------------------------------------


def _enter(db: Session, review: Review, *states: ReviewState, by_id: int, now: datetime) -> None:
    require(db, by_id, Right.KEEP_REVIEWS, review.cell_id, now=now)
    require_readable(db, review, by_id)
    lock(db, review)
    expect(review, *states)


def _say(db: Session, review: Review, heading: str, text: str, *, by_id: int, now: datetime) -> Comment:
    text = _checked(text)
    comment = Comment(
        review_id=review.id, version=review.version, heading=heading, at=now, by_id=by_id, is_issue=False
    )
    comment.text = text
    db.add(comment)
    db.flush()
    return comment


def _checked(text: str) -> str:
    text = nfc(text).strip()
    refusal: Text | None = None
    if not text:
        refusal = phrases.empty_section()
    elif marked_secret(text):
        refusal = common.secret_refused()
    if refusal:
        raise Refused(refusal)
    return text


def _send_comments(comments: list[Comment], *, now: datetime) -> None:
    for comment in comments:
        comment.sent_at = now
