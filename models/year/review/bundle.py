"""A cell's documents of one year as one .zip, made in the background, a few at a time.

    ask_for_bundle ──> MAKING ──a few documents a step──> all made ──files fetched──> zip, index, summary ──> the outbox ──> DONE
                          │ done/total, shown in one message that changes
                          └── a broken template, rights that have ended ──> STOPPED, and whoever asked is told

What was sent as a file (photos, scans, PDFs, signed pages) goes in as it is: its part is WANTED until bot/gathering.py
has fetched it and had it put under the bundle's password in a process of its own. What cannot be had is named in the index.
What is made so far lies in rows (`review_bundle_part`, sealed), so a restart goes on where it stopped; the rows are
deleted when the bundle is sent. Each member sees who took theirs. Too large for one file: several volumes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.delivery.message import Attachment, Button, Buttons, Lane, Message, Method
from models.delivery.outbox import enqueue
from models.delivery.papers import TemplateBroken
from models.delivery.policy import PapersPolicy
from models.delivery.protected import new_password, password_message
from models.ground.base import Soonest, lock, locked
from models.ground.channel import Address
from models.ground.clock import HOME_ZONE
from models.ground.errors import Refused
from models.ground.names import nfc
from models.ground.sealing import keyring
from models.people.member import Member, account_at, open_accounts, recipient, record_look, tell
from models.people.rights import Right, may, require
from models.people.trail import record_act
from models.people.unit import Unit
from models.people.unit_change import names_then
from models.phrases import common
from models.phrases.text import Lang, Text
from models.phrases.year import review_bundle as phrases
from models.policies import Policies
from models.year.policy import Stand
from models.year.review.bundle_rows import Bundle, BundlePart, BundleState, PartState
from models.year.review.paper import IndexEntry, document_of, index_workbook, summary_workbook
from models.year.review.questions import files_given, lines_of, version_of
from models.year.review.rating import Rated, rated_of
from models.year.review.rows import Body, Campaign, Review, ReviewFile, ReviewLook

_PLACE = "review_bundle_part.data_sealed"
_UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST_NAME = 80


# --- acts -----------------------------------------------------------------------------------------------------------


def ask_for_bundle(
    db: Session, campaign: Campaign, *, by_id: int, address: Address, message_id: int | None, now: datetime
) -> Bundle:
    """Begin a bundle, or return the one that is being made for this person. Refuses: NotEntitled, an empty list."""
    require(db, by_id, Right.KEEP_REVIEWS, campaign.cell_id, now=now)
    lock(db, campaign)
    running = select(Bundle).where(
        Bundle.campaign_id == campaign.id, Bundle.by_id == by_id, Bundle.state == BundleState.MAKING
    )
    bundle = db.scalars(running).first()
    if bundle is not None:
        bundle.message_id = message_id
        return bundle
    total = len(rated_of(db, campaign))
    if not total:
        raise Refused(phrases.nothing_to_bundle())
    bundle = Bundle(
        campaign_id=campaign.id,
        by_id=by_id,
        address=address,
        message_id=message_id,
        state=BundleState.MAKING,
        total=total,
        done=0,
        asked_at=now,
        next_at=now,
    )
    bundle.password = new_password()
    db.add(bundle)
    db.flush()
    record_act(db, "review.export", by_id=by_id, now=now, unit_id=campaign.cell_id)
    return bundle


def go_on_with_bundle(db: Session, bundle_id: int, policies: Policies, *, now: datetime) -> None:
    """Do one step of a bundle that is still being made."""
    due = select(Bundle).where(Bundle.id == bundle_id, Bundle.next_at <= now)
    bundle = next(iter(locked(db, due)), None)
    if bundle is None:
        return
    campaign = db.get_one(Campaign, bundle.campaign_id)
    if not may(db, bundle.by_id, Right.KEEP_REVIEWS, campaign.cell_id, now=now) or _has_moved(db, bundle):
        _stop(db, bundle, phrases.no_longer_yours(), now=now)
        return
    try:
        _step(db, bundle, campaign, policies, now=now)
    except TemplateBroken:
        _stop(db, bundle, phrases.template_broken(), now=now)


def _has_moved(db: Session, bundle: Bundle) -> bool:
    """Whether the account that gave its PIN for this is theirs no longer, while they have another."""
    addresses = {account.address for account in open_accounts(db, bundle.by_id)}
    return bool(addresses) and bundle.address not in addresses


# --- a step ---------------------------------------------------------------------------------------------------------


def _step(db: Session, bundle: Bundle, campaign: Campaign, policies: Policies, *, now: datetime) -> None:
    """The next few; a member who came onto the list meanwhile is made too, one who left it is no longer there."""
    made = set(db.scalars(select(BundlePart.review_id).where(BundlePart.bundle_id == bundle.id)))
    everybody = rated_of(db, campaign)
    waiting = [one for one in everybody if one.review.id not in made]
    before = bundle.done
    for one in waiting[: policies.bundle.step]:
        _make(db, bundle, one.review, policies.papers, now=now)
    bundle.total = len(everybody)
    bundle.done = bundle.total - len(waiting[policies.bundle.step :])
    db.flush()
    if bundle.done < bundle.total:
        if _tenth(bundle, bundle.done) > _tenth(bundle, before):
            _show(db, bundle, phrases.making(done=bundle.done, total=bundle.total), now=now)
    elif _wants(db, bundle):
        bundle.next_at = None  # `part_is_here` goes on
        _show(db, bundle, phrases.gathering(), now=now, key="gathering")
    else:
        _send(db, bundle, campaign, everybody, policies, now=now)


def _wants(db: Session, bundle: Bundle) -> bool:
    rows = select(BundlePart.id).where(
        BundlePart.bundle_id == bundle.id, BundlePart.state == PartState.WANTED
    )
    return db.scalar(rows.limit(1)) is not None


def _parts(db: Session, bundle: Bundle) -> list[BundlePart]:
    rows = select(BundlePart).where(BundlePart.bundle_id == bundle.id)
    return list(db.scalars(rows.order_by(BundlePart.position)))


def _tenth(bundle: Bundle, done: int) -> int:
    """Progress is shown ten times at most."""
    return 10 * done // bundle.total if bundle.total else 10


def _make(db: Session, bundle: Bundle, review: Review, policy: PapersPolicy, *, now: datetime) -> None:
    """The document now; a part for each file that is to be fetched."""
    body, files = printed_body(db, review), files_given(db, review)
    made = _add(db, bundle, review, PartState.MADE, ending=".docx")
    if body is not None:
        data = document_of(db, review, body, policy=policy)
        made.data_sealed = keyring().seal(data, place=_PLACE, row=made.id)
    for file in files:
        _add(db, bundle, review, PartState.WANTED, file_id=file.id)
    if (body is not None or files) and bundle.by_id != review.member_id:
        db.add(ReviewLook(review_id=review.id, version=review.version, reader_id=bundle.by_id, at=now))
        record_look(db, reader_id=bundle.by_id, member_id=review.member_id, what="review.bundle", now=now)


def _add(
    db: Session,
    bundle: Bundle,
    review: Review,
    state: PartState,
    *,
    file_id: int | None = None,
    ending: str = "",
) -> BundlePart:
    last = db.scalar(select(func.max(BundlePart.position)).where(BundlePart.bundle_id == bundle.id))
    part = BundlePart(
        bundle_id=bundle.id,
        review_id=review.id,
        position=(last or 0) + 1,
        file_id=file_id,
        state=state,
        ending=ending,
        data_sealed=None,
    )
    db.add(part)
    db.flush()
    return part


def printed_body(db: Session, review: Review) -> Body | None:
    """Return what was handed in last; None when nothing was, or only a file. A draft is its author's alone."""
    version = version_of(db, review.id, review.version) if review.version else None
    body = version.body if version else None
    return body if body and (body.sections or body.proposed_level) else None


def _stop(db: Session, bundle: Bundle, words: Text, *, now: datetime) -> None:
    _finish(db, bundle, BundleState.STOPPED, now=now)
    _show(db, bundle, words, now=now, key="stopped")


def _finish(db: Session, bundle: Bundle, state: BundleState, *, now: datetime) -> None:
    bundle.state, bundle.finished_at, bundle.next_at = state, now, None
    bundle.password_sealed = None
    db.execute(delete(BundlePart).where(BundlePart.bundle_id == bundle.id))
    db.flush()


def _show(db: Session, bundle: Bundle, words: Text, *, now: datetime, key: str = "") -> None:
    """In place of the message that was shown when it was asked for, as long as that chat is still theirs."""
    member = db.get_one(Member, bundle.by_id)
    account = account_at(db, bundle.address)
    if account is None or account.member_id != member.id:
        return
    edits = bundle.message_id is not None
    if not edits and not key:
        return  # no message to change, and a new one for each tenth would be a lot
    message = Message(
        words,
        _ways(bundle),
        method=Method.EDIT if edits else Method.TEXT,
        message_id=bundle.message_id,
    )
    key = f"review.progress:{bundle.id}:{key or bundle.done}"
    enqueue(db, recipient(member, account), message, key=key, lane=Lane.REPLY, now=now)


def _ways(bundle: Bundle) -> Buttons:
    return [
        [Button(phrases.OPEN_LIST, f"campaign:see:{bundle.campaign_id}")],
        [Button(common.MENU, "nav:menu")],
    ]


# --- the files ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Packed:
    """A file on its way into a .zip."""

    name: str
    data: bytes


def _send(
    db: Session,
    bundle: Bundle,
    campaign: Campaign,
    everybody: Sequence[Rated],
    policies: Policies,
    *,
    now: datetime,
) -> None:
    member = db.get_one(Member, bundle.by_id)
    _, cell = names_then(db, db.get_one(Unit, campaign.cell_id), campaign, campaign.closed_at or now)
    files = list(_files(db, bundle, campaign, everybody, Lang(member.lang), now=now))
    volumes = list(pack(files, policies.bundle.volume_bytes, now=now))
    password = bundle.password or new_password()
    for number, data in enumerate(volumes, start=1):
        last = f" {number}" if len(volumes) > 1 else ""
        name = f"{file_name(f'kiem-diem-{campaign.year} {cell}{last}')}.zip"
        words = phrases.volume(cell=cell, year=campaign.year, number=number, volumes=len(volumes))
        message = Message(words, attachment=Attachment(name, data, password=password))
        key = f"review.bundle:{bundle.id}:{number}"
        tell(db, member, message, key=key, lane=Lane.REPLY, now=now, at_once=True)
    tell(
        db,
        member,
        password_message(password, lasts=policies.secret.password_lasts),
        key=f"review.bundle:{bundle.id}:password",
        lane=Lane.REPLY,
        now=now,
        at_once=True,
    )
    parts = _parts(db, bundle)
    words = phrases.made(
        total=bundle.total,
        printed=sum(one.file_id is None and one.data_sealed is not None for one in parts),
        files=sum(one.file_id is not None and one.state == PartState.MADE for one in parts),
        missing=sum(one.state == PartState.MISSING for one in parts),
        volumes=len(volumes),
    )
    _finish(db, bundle, BundleState.DONE, now=now)
    _show(db, bundle, words, now=now, key="made")


def _files(
    db: Session, bundle: Bundle, campaign: Campaign, everybody: Sequence[Rated], lang: Lang, *, now: datetime
) -> Iterator[Packed]:
    """The index, the summary, then each review with its files, numbered in the order of the list."""
    parts: dict[int, list[BundlePart]] = {}
    for part in _parts(db, bundle):
        parts.setdefault(part.review_id, []).append(part)
    entries, documents = [], []
    for number, one in enumerate(everybody, start=1):
        held = _held(db, number, parts.get(one.review.id, []), lang)
        documents += [Packed(name, data) for name, data, _ in held if data is not None]
        entries.append(
            IndexEntry(
                one.member,
                one.review,
                [name for name, data, _ in held if data is not None],
                [about for _, _, about in held if about],
            )
        )
    entries += [
        IndexEntry(line.member, line.review, [], [], on_paper=True)
        for line in lines_of(db, campaign.id)
        if line.on_paper and line.review.stand != Stand.OUT
    ]
    yield Packed("00 Danh mục.xlsx", index_workbook(db, campaign, entries, now=now, lang=lang))
    yield Packed("00 Tổng hợp.xlsx", summary_workbook(db, campaign, everybody, now=now, lang=lang))
    yield from documents


def _held(
    db: Session, number: int, parts: Sequence[BundlePart], lang: Lang
) -> list[tuple[str, bytes | None, str]]:
    """Name in the bundle, bytes, and what the index says of it: 07.docx, 07-1.pdf. Whose it is stands in the index alone."""
    found: list[tuple[str, bytes | None, str]] = []
    count = 0
    for part in parts:
        data = part.data_sealed and keyring().unseal(part.data_sealed, place=_PLACE, row=part.id)
        if part.file_id is None:
            found += [(f"{number:02d}{part.ending}", data, "")] if data else []
            continue
        count += 1
        name = f"{number:02d}-{count}{part.ending}" if data else ""
        row = db.get(ReviewFile, part.file_id)
        about = phrases.in_bundle(
            file=name, kind=row.kind if row else "", sent_as=(row.name if row else None) or "", number=count
        )
        found.append((name, data, about.to_plain(lang)))
    return found


def pack(files: Sequence[Packed], most: int, *, now: datetime) -> Iterator[bytes]:
    """Yield zip files of at most `most` bytes each; a file that is larger stands alone."""
    volume: list[Packed] = []
    size = 0
    for file in files:
        # the name stands in a zip twice, with some 80 bytes of headers; the rest is margin
        weight = len(file.data) + 4 * len(file.name.encode()) + 256  # .docx and .xlsx are packed already
        if volume and size + weight > most:
            yield _zip(volume, now=now)
            volume, size = [], 0
        volume.append(file)
        size += weight
    yield _zip(volume, now=now)


def _zip(files: Sequence[Packed], *, now: datetime) -> bytes:
    out, at = BytesIO(), now.astimezone(ZoneInfo(HOME_ZONE))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for file in files:
            info = zipfile.ZipInfo(file.name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
            info.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(info, file.data)
    return out.getvalue()


def file_name(text: str) -> str:
    """Return a name that every system takes: NFC, of a sober length, without signs that mean something in a path."""
    return _UNFIT.sub(" ", nfc(text)).strip(" .")[:_LONGEST_NAME].strip() or "kiem-diem"


# --- files that were sent -----------------------------------------------------------------------------------------------


class WantedPart(NamedTuple):
    """What bot/gathering.py needs to fetch one."""

    id: int
    file_id: str
    name: str
    is_photo: bool
    password: str


def next_wanted_part(db: Session) -> WantedPart | None:
    """Return the oldest part that is to be fetched. A part whose file is gone meanwhile is marked as missing."""
    rows = select(BundlePart).where(BundlePart.state == PartState.WANTED).order_by(BundlePart.id)
    for part in db.scalars(rows.limit(50)):
        file = db.get(ReviewFile, part.file_id)
        bundle = db.get_one(Bundle, part.bundle_id)
        if file is not None and file.file_id and bundle.password:
            return WantedPart(part.id, file.file_id, file.name or "", file.media == "photo", bundle.password)
        part.state = PartState.MISSING
        _go_on_when_all_are_here(db, bundle, now=None)
    return None


def part_is_here(db: Session, part_id: int, data: bytes | None, ending: str, *, now: datetime) -> None:
    """Keep what was fetched, sealed by the bundle's password (None: it could not be had), and go on after the last
    part."""
    part = db.get(BundlePart, part_id)
    if part is None or part.state != PartState.WANTED:
        return
    part.state, part.ending = (PartState.MADE, ending) if data is not None else (PartState.MISSING, "")
    if data is not None:
        part.data_sealed = keyring().seal(data, place=_PLACE, row=part.id)
    _go_on_when_all_are_here(db, db.get_one(Bundle, part.bundle_id), now=now)


def _go_on_when_all_are_here(db: Session, bundle: Bundle, *, now: datetime | None) -> None:
    db.flush()
    if bundle.state == BundleState.MAKING and not _wants(db, bundle):
        # without a clock at hand any moment that has passed will do
        bundle.next_at = now or bundle.asked_at


# --- questions ------------------------------------------------------------------------------------------------------


def due_bundles(db: Session, *, now: datetime, limit: int) -> list[int]:
    """Return the ids of the bundles that are being made, the oldest first."""
    due = select(Bundle.id).where(Bundle.next_at <= now).order_by(Bundle.asked_at, Bundle.id)
    return list(db.scalars(due.limit(limit)))


next_bundle_at = Soonest(Bundle.next_at)
