"""One person's papers leave by a link: for whoever asked for them, once, for some minutes, behind their PIN.

    asked for ──> PageLink(papers_of)   a token in a message to who asked; only its hash is kept
    opened    ──> in a browser that is let in to somebody else: of no use
                  no PIN given a short while ago in this browser: it is asked for, and a wrong one is counted
                  the right is asked for again ──> the papers are made anew, and the link is gone

Nothing waits to be fetched: between asking and fetching there are no bytes anywhere. Why so: docs/decisions/0070.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.ground.base import locked
from models.ground.names import fold
from models.people.browser import PageLink, hash_of
from models.people.member import Account, Member, account_at
from models.people.rights import NotEntitled, Right, require
from models.people.secret import check_pin
from models.policies import Policies
from models.trust.member_papers import archive_of, note_taken


class PapersRefusal(StrEnum):
    """Why nothing is given."""

    USELESS = "useless"  # used, too old, another's, or no right any more: they look the same
    PIN_WANTED = "pin wanted"
    PIN_WRONG = "pin wrong"


@dataclass(frozen=True, slots=True)
class TakenPapers:
    """A file of papers on its way out."""

    name: str
    data: bytes


def make_papers_links(
    db: Session, account: Account, member: Member, volumes: int, policies: Policies, *, now: datetime
) -> list[str]:
    """Return a token for each file of the member's papers; older links of whoever asks are void."""
    mine = PageLink.member_id == account.member_id
    db.execute(delete(PageLink).where(mine, PageLink.papers_of.is_not(None)))
    tokens = [secrets.token_urlsafe(16) for _ in range(volumes)]
    for volume, token in enumerate(tokens):
        db.add(
            PageLink(
                member_id=account.member_id,
                made_from=account.address,
                token_hash=hash_of(token),
                expires_at=now + policies.page.papers_link_lasts,
                papers_of=member.id,
                volume=volume,
            )
        )
    db.flush()
    return tokens


def take_papers(
    db: Session,
    token: str,
    *,
    at: Account | None,
    pin_is_fresh: bool,
    pin: str,
    policies: Policies,
    now: datetime,
) -> TakenPapers | PapersRefusal:
    """Give the file of a link, once. `at`: whose browser it is opened in; None: nobody is let in there.

    Raises SecretLocked after too many wrong PINs, TemplateBroken.
    """
    rows = select(PageLink).where(PageLink.token_hash == hash_of(token), PageLink.papers_of.is_not(None))
    link = next(iter(locked(db, rows, wait=True)), None)
    account = account_at(db, link.made_from) if link is not None else None
    if link is None or now >= link.expires_at or account is None or account.member_id != link.member_id:
        return PapersRefusal.USELESS
    if at is not None and at.member_id != link.member_id:
        return PapersRefusal.USELESS
    if not (at is not None and pin_is_fresh):
        if not pin:
            return PapersRefusal.PIN_WANTED
        if not check_pin(db, link.member_id, pin, now=now, policy=policies.secret):
            return PapersRefusal.PIN_WRONG
    member = db.get_one(Member, link.papers_of or 0)
    try:
        require_papers(db, link.member_id, member, now=now)
    except NotEntitled:
        return PapersRefusal.USELESS
    volumes = archive_of(db, member, policies, reader_id=link.member_id, now=now)
    if link.volume >= len(volumes):  # papers have gone meanwhile
        return PapersRefusal.USELESS
    db.delete(link)
    note_taken(db, member, reader_id=link.member_id, now=now)
    return TakenPapers(papers_name(member, link.volume, len(volumes)), volumes[link.volume])


def reader_of(db: Session, token: str) -> int | None:
    """Return whose link it is; None: there is none."""
    rows = select(PageLink.member_id).where(PageLink.token_hash == hash_of(token))
    return db.scalar(rows.where(PageLink.papers_of.is_not(None)))


def require_papers(db: Session, reader_id: int, member: Member, *, now: datetime) -> None:
    """Refuse whoever may not have all of a member's papers: for themselves, and for who reads reviews and absences."""
    if reader_id == member.id:
        return
    for right in (Right.SEE_DETAILS, Right.KEEP_REVIEWS):
        require(db, reader_id, right, member.cell_id, now=now)


def papers_name(member: Member, volume: int, volumes: int) -> str:
    """Return what the file is called: giay-to-pham-van-dan.zip"""
    stem = "giay-to-" + "-".join(fold(member.own_name).split())
    return f"{stem}-{volume + 1}.zip" if volumes > 1 else f"{stem}.zip"
