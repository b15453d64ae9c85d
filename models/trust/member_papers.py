"""One person's papers as one .zip, each called as members' files call it: 61.ban-kiem-diem-nam-2026.docx.

    handed-in reviews, applications, the cell's resolutions, the papers of a time abroad ──┬─ made anew as documents
                                                                                           └─ scans as they were sent
    00.danh-muc.txt says what is in it, and what could not be put in

The numbers are those of Công văn 1361-CV/BTCTW (models/delivery/papers/naming.py). No ID number stands in a name or is
kept at all. What is not handed in is its author's alone, and is in nobody's archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlalchemy.orm import Session

from models.away.away import (
    Away,
    Filing,
    FilingMove,
    FilingState,
    ReturnStep,
    Route,
    aways_of,
    filed_paper,
    filing_moves,
    filings_of,
    return_items,
)
from models.delivery.file import File, file_bytes, is_ours
from models.delivery.papers import (
    ExcuseApplication,
    ExtensionApplication,
    FilePlace,
    filed_name,
    render_paper,
)
from models.ground.clock import HOME_ZONE, local_date
from models.people.member import Member, Purpose, record_look, refuses
from models.people.trail import record_act
from models.phrases.trust import member_papers as phrases
from models.policies import Policies
from models.year.review import DONE, ReviewKind, ReviewState
from models.year.review.bundle import Packed, pack, printed_body
from models.year.review.paper import document_of
from models.year.review.questions import files_given, reviews_of_member

F = FilingState
_HANDED_IN = (*DONE, ReviewState.SUBMITTED)
_ENDINGS = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".docx", ".doc", ".xlsx"})
_OTHER = {False: ".jpg", True: ".dat"}
_LAST = 99  # behind what has a number
_LIST = "00.danh-muc.txt"
_OF_ABROAD = {
    ReturnStep.REVIEW: (FilePlace.ABROAD_REVIEW, "ban kiem diem thoi gian o nuoc ngoai"),
    ReturnStep.SUPPLEMENT: (FilePlace.SUPPLEMENT, "phieu bo sung ho so sau khi ve nuoc"),
}


@dataclass(frozen=True, slots=True)
class MemberPaper:
    """One file of the archive. `data` None: it was sent, and its bytes are not here."""

    name: str
    data: bytes | None


def archive_of(
    db: Session, member: Member, policies: Policies, *, reader_id: int, now: datetime
) -> list[bytes]:
    """Return the .zip files, several where one would be too large; none where there is no paper. Raises TemplateBroken.

    The member may have it, and whoever may read reviews and absences in their cell. `note_taken` writes down that it leaves.
    """
    found = _apart(list(papers_of(db, member, policies, own=reader_id == member.id)))
    if not found:
        return []
    index = phrases.index(
        name=member.own_name,
        on=local_date(now, HOME_ZONE),
        inside=[one.name for one in found if one.data is not None],
        missing=[one.name for one in found if one.data is None],
    )
    here = [Packed(one.name, one.data) for one in found if one.data is not None]
    files = [Packed(_LIST, index.to_plain("vi").encode("utf-8-sig")), *here]
    return list(pack(files, policies.bundle.volume_bytes, now=now))


def note_taken(db: Session, member: Member, *, reader_id: int, now: datetime) -> None:
    """Write down that the papers have left, and by whom; the member reads it."""
    record_look(db, reader_id=reader_id, member_id=member.id, what="member.papers", now=now)
    record_act(db, "data.export", by_id=reader_id, member_id=member.id, now=now)


def papers_of(db: Session, member: Member, policies: Policies, *, own: bool) -> Iterator[MemberPaper]:
    """Yield the papers by their number in a member's file. What the member keeps on paper only is theirs alone here."""
    found: list[tuple[int, MemberPaper]] = []
    if own or not refuses(db, member.id, Purpose.REVIEW):
        found += [(FilePlace.REVIEW, one) for one in _reviews(db, member, policies)]
    if own or not refuses(db, member.id, Purpose.AWAY):
        for away in aways_of(db, member.id):
            found += _of_absence(db, away, policies)
    for _, paper in sorted(found, key=lambda one: (one[0], one[1].name)):
        yield paper


def _reviews(db: Session, member: Member, policies: Policies) -> Iterator[MemberPaper]:
    for review, campaign in reviews_of_member(db, member.id):
        if review.kind != ReviewKind.REVIEW or review.state not in _HANDED_IN:
            continue
        words = f"ban kiem diem nam {campaign.year}"
        body = printed_body(db, review)
        if body is not None:
            data = document_of(db, review, body, policy=policies.papers)
            yield MemberPaper(filed_name(FilePlace.REVIEW, words), data)
        for file in files_given(db, review):
            yield _scan(db, FilePlace.REVIEW, f"{words} ban chup", file.file_id, file.name or "")


def _of_absence(db: Session, away: Away, policies: Policies) -> Iterator[tuple[int, MemberPaper]]:
    for filing in filings_of(db, away.id):
        yield from _of_filing(db, filing, policies)
    for item in return_items(db, away.id):
        if item.file_id and item.step in _OF_ABROAD:
            place, words = _OF_ABROAD[ReturnStep(item.step)]
            about = f"{words} {item.happened_on or ''}"
            yield place, _scan(db, place, about, item.file_id, item.file_name or "")


def _of_filing(db: Session, filing: Filing, policies: Policies) -> Iterator[tuple[int, MemberPaper]]:
    if filing.route not in (Route.EXEMPT, Route.RELIEVED):
        return
    filed = filed_paper(db, filing, policies.away)
    words = f"{phrases.APPLICATION} {filed.on}"
    paper = filed.application
    if isinstance(paper, ExcuseApplication | ExtensionApplication):
        data = render_paper(paper, policies.papers)
        yield FilePlace.EXEMPTION, MemberPaper(filed_name(FilePlace.EXEMPTION, words), data)
    for move in filing_moves(db, filing.id):
        if move.file_id:
            place, about = _what_it_is(move, words)
            yield place or _LAST, _scan(db, place, about, move.file_id, move.file_name or "")


def _what_it_is(move: FilingMove, words: str) -> tuple[FilePlace | None, str]:
    """The cell's resolution, the committee's decision (which has no number of its own), else the signed application."""
    if move.after in (F.PROPOSED, F.APPROVED, F.REFUSED) and move.before != move.after:
        if move.before == F.PROPOSED:
            return None, f"{phrases.DECISION} {move.happened_on}"
        return FilePlace.RESOLUTION, f"{phrases.RESOLUTION} {move.happened_on}"
    return FilePlace.EXEMPTION, f"{words} ban chup"


def _scan(db: Session, place: FilePlace | None, words: str, file_id: str, sent_as: str) -> MemberPaper:
    """As it was sent, byte for byte: nobody here opens it."""
    ending = PurePath(sent_as).suffix.lower()
    row = db.get(File, int(file_id)) if is_ours(file_id) else None
    data = file_bytes(row) if row is not None else None
    # a photo comes without a name
    return MemberPaper(filed_name(place, words, ending if ending in _ENDINGS else _OTHER[bool(ending)]), data)


def _apart(papers: Sequence[MemberPaper]) -> list[MemberPaper]:
    """Two papers of one name are told apart: ban-chup.jpg, ban-chup-2.jpg."""
    seen: dict[str, int] = {}
    found = []
    for one in papers:
        seen[one.name] = seen.get(one.name, 0) + 1
        path = PurePath(one.name)
        name = (
            one.name
            if seen[one.name] == 1
            else f"{one.name.removesuffix(path.suffix)}-{seen[one.name]}{path.suffix}"
        )
        found.append(MemberPaper(name, one.data))
    return found
