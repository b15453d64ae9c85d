"""What a person agrees to changes: given, refused, withdrawn; each no takes effect at once and is told once.

    abroad    nothing goes through Telegram any more: the chat is closed; who has no other account gets a link to the page
    zalo      the same of Zalo; who never answered it is asked at their next word, and nothing else is said there before
    contact   nobody asks them, no notice, no ladder
    others    read where they are used: `agrees` at the door of each room

When the wording changes, whoever is registered is asked again (`ConsentRound`): one message, two taps; a reminder after a
week and one more, then no more. Whoever does not answer keeps the old answer, for what the old wording spoke of.

What each purpose covers, and who asks for which: docs/decisions/0026.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, SmallInteger, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.contact.checkin import (
    Checkin,
    CheckinKind,
    CheckinState,
    close_checkins,
    owed_checkins,
    plan_checkin,
)
from models.contact.ladder import Ended, end_ladder
from models.delivery.message import Button, Lane, Message
from models.entry.invite import create_invite, invite_page
from models.entry.reachability import Signal, hear
from models.entry.register import is_of_today, tell_above, tell_keepers
from models.ground.base import Base, Identified, Soonest, locked, partial_index
from models.ground.channel import Channel
from models.ground.sealing import new_id
from models.people.member import (
    BEFORE_PROOF,
    THROUGH_COMPANY,
    TOLD,
    Account,
    Member,
    Purpose,
    channels_of,
    channels_without,
    close_account,
    consents,
    open_accounts,
    purposes_of,
    record_consent,
    tell,
)
from models.people.rights import appointments
from models.people.trail import record_act
from models.people.unit import Unit
from models.phrases.people.member import CONSENT_VERSION, Terms
from models.phrases.trust import consent as phrases, data as data_words
from models.policies import Policies
from models.trust.policy import ConsentPolicy


def terms_of(policies: Policies) -> Terms:
    """Return for how many years things are kept, for the wordings to say."""
    kept = policies.retention
    return Terms(
        words=max(kept.words_years, kept.request_years, kept.contact_years),
        absences=kept.absence_years,
        meetings=kept.meeting_years,
        tasks=kept.task_years,
        reviews=policies.review_keeping.years,
        acts=policies.trail.years,
    )


class ConsentRound(Identified, Base):
    """One person is asked again about one wording."""

    __tablename__ = "consent_round"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    version: Mapped[int] = mapped_column(SmallInteger)
    times: Mapped[int] = mapped_column(SmallInteger)  # messages said
    asked_at: Mapped[datetime]
    next_at: Mapped[datetime | None]  # None: answered, or asked often enough

    __table_args__ = (
        Index("uq_consent_round_member_id", "member_id", "version", unique=True),
        partial_index("ix_consent_round_next_at", "next_at", where="next_at IS NOT NULL"),
    )


# --- answers --------------------------------------------------------------------------------------------------------


def decide_consent(
    db: Session, member: Member, purpose: Purpose, *, given: bool, policies: Policies, now: datetime
) -> bool:
    """Keep an answer to one purpose in today's wording and let it take effect; False when it stands so already."""
    known = consents(db, member.id).get(purpose)
    if known is not None and known.given == given and known.version == CONSENT_VERSION:
        return False
    record_consent(db, member.id, purpose, given=given, now=now)
    act = "consent.give" if given else "consent.refuse"
    record_act(db, act, by_id=member.id, member_id=member.id, detail=purpose, now=now)
    if known is None or known.given != given:
        _take_effect(db, member, purpose, given=given, first=known is None, policies=policies, now=now)
    return True


def _take_effect(
    db: Session,
    member: Member,
    purpose: Purpose,
    *,
    given: bool,
    first: bool,
    policies: Policies,
    now: datetime,
) -> None:
    heard: set[int] = set()
    stay = channels_without(db, member.id, purpose)
    words = phrases.told_keepers(name=member.full_name, purpose=purpose, given=given, stay=stay)
    if purpose in BEFORE_PROOF:
        if not given and not (purpose in THROUGH_COMPANY and stay):
            stop_asking(db, member, now=now)
            # whoever was asked to call hears of it in these words, not that there is no need to call
            heard = end_ladder(db, member.id, Ended.LEFT, by_id=member.id, now=now, words=words) or set()
        plan_checkin(db, member, policies.checkin, now=now)
    closed = _change_accounts(db, member, purpose, given=given, policies=policies, now=now)
    if words is not None and (closed or not first):
        key = f"consent.{purpose}:{member.id}:{new_id()}"
        tell_keepers(db, member, Message(words), key=key, now=now, heard=heard)


def _change_accounts(
    db: Session, member: Member, purpose: Purpose, *, given: bool, policies: Policies, now: datetime
) -> bool:
    """Open or close what passes through the company that `purpose` is about; return whether anything was closed."""
    theirs = [one for one in open_accounts(db, member.id) if one.address.limits.company == purpose]
    for account in theirs:
        if given:
            hear(db, account, Signal.AGREED, policies.reachability, policies.checkin, now=now)
        else:
            close_account(db, account, now=now)
    if given or not theirs:
        return False
    if not open_accounts(db, member.id):
        _tell_above(db, member, now=now)
    return True


def way_back(db: Session, member: Member, policies: Policies, *, now: datetime) -> str:
    """Return the page's link for somebody whose chat closes; empty where no page is served, or another chat stays.

    Who has no page yet gets an invite. Whoever reads along could open it, too: so somebody of the cell confirms who came, as
    with every account of somebody who was registered before.
    """
    door, stay = policies.attendance.door, channels_of(db, member.id)
    if not door or (stay and Channel.WEB not in stay):
        return ""
    if stay:
        return f"{door}/"
    _, token = create_invite(db, member, by_id=member.id, policy=policies.invite, now=now)
    return invite_page(door, token)


def _tell_above(db: Session, member: Member, *, now: datetime) -> None:
    """An office does not end by itself: the nearest officers above learn that nobody is to be reached in it."""
    for held in appointments(db, member.id, now=now):
        words = data_words.office_unattended(name=member.full_name, unit=db.get_one(Unit, held.unit_id).name)
        tell_above(db, member, Message(words), key=f"consent.office:{held.id}:{new_id()}", now=now)


def stop_asking(db: Session, member: Member, *, now: datetime) -> None:
    """Close what is open, and what is planned out of turn; what is not yet said about it is not said any more."""
    out_of_turn = (Checkin.kind == CheckinKind.ADHOC) & (Checkin.state == CheckinState.SCHEDULED)
    planned = db.scalars(select(Checkin).where(Checkin.member_id == member.id, out_of_turn))
    close_checkins(db, [*owed_checkins(db, member.id), *planned], now=now)
    db.flush()


# --- asked again ----------------------------------------------------------------------------------------------------


def still_open(db: Session, member: Member) -> list[Purpose]:
    """Return what a registered member has not answered in today's wording; here a no is an answer like any other."""
    known = consents(db, member.id)
    asked = purposes_of(db, member)
    return [one for one in asked if one not in known or not is_of_today(known[one])]


def as_before(db: Session, member: Member) -> tuple[list[Purpose], list[Purpose]]:
    """Return what “as before” would agree to, purposes never asked among them, and what stays refused."""
    known = consents(db, member.id)
    asked = still_open(db, member)
    no = [one for one in asked if (answer := known.get(one)) is not None and not answer.given]
    return [one for one in asked if one not in no], no


def agree_as_before(db: Session, member: Member, *, policies: Policies, now: datetime) -> None:
    """Keep both lists of `as_before`, which the member has just read, in today's wording."""
    yes, no = as_before(db, member)
    for purpose, given in [*((one, True) for one in yes), *((one, False) for one in no)]:
        decide_consent(db, member, purpose, given=given, policies=policies, now=now)


def begin_rounds(db: Session, policy: ConsentPolicy, *, now: datetime) -> bool:
    """Find registered people who have not answered today's wording, by the handful, and see to their being asked."""
    in_round = exists().where(ConsentRound.member_id == Member.id, ConsentRound.version == CONSENT_VERSION)
    lately = now - timedelta(days=1)  # who has just registered is answering, or has put it off until tomorrow
    rows = (
        select(Member)
        .join(Account, Account.member_id == Member.id)
        .where(TOLD, Account.linked_at <= lately, Member.left_at.is_(None), ~in_round)
        .order_by(Member.id)
        .limit(policy.handful)
    )
    found = list(db.scalars(rows))
    for member in found:
        due = now if _wants_asking(db, member) else None
        db.add(ConsentRound(member_id=member.id, version=CONSENT_VERSION, times=0, asked_at=now, next_at=due))
    db.flush()
    return len(found) == policy.handful


def ask_again(db: Session, ids: Collection[int], policy: ConsentPolicy, *, now: datetime) -> None:
    """Say what is due in these rounds; who has answered meanwhile is left alone."""
    rows = select(ConsentRound).where(ConsentRound.id.in_(ids))
    for round_ in locked(db, rows):
        if round_.next_at is None or round_.next_at > now:
            continue
        member = db.get_one(Member, round_.member_id)
        if round_.version != CONSENT_VERSION or member.left_at or not _wants_asking(db, member):
            round_.next_at = None
            continue
        _ask_again(db, round_, member, now=now)
        last = round_.times > policy.reminders
        round_.next_at = None if last else now + timedelta(days=policy.again_days)


def _wants_asking(db: Session, member: Member) -> bool:
    """Something is open, of an older wording or of a registration that was stopped on its way; never who wants no messages."""
    known = consents(db, member.id)
    contact = known.get(Purpose.CONTACT)
    if contact is None or not contact.given or not still_open(db, member):
        return False
    came_lately = Purpose.ABROAD in known or Purpose.ABROAD not in purposes_of(db, member)
    return came_lately or any(one.version < CONSENT_VERSION for one in known.values())


def _ask_again(db: Session, round_: ConsentRound, member: Member, *, now: datetime) -> None:
    round_.times, round_.asked_at = round_.times + 1, now
    answered_before = any(one.version < CONSENT_VERSION for one in consents(db, member.id).values())
    abroad = Purpose.ABROAD in purposes_of(db, member)
    words = phrases.changed(abroad=abroad) if answered_before else phrases.still_open()
    ways = [[Button(phrases.AS_BEFORE, "consent:before")]] if answered_before else []
    buttons = [*ways, [Button(phrases.ONE_BY_ONE, "consent:go")]]
    key = f"consent.again:{round_.version}:{member.id}:{round_.times}"
    tell(db, member, Message(words, buttons), key=key, lane=Lane.REMINDER, now=now)


def due_rounds(db: Session, *, now: datetime, limit: int) -> list[int]:
    due = select(ConsentRound.id).where(ConsentRound.next_at <= now).order_by(ConsentRound.next_at)
    return list(db.scalars(due.limit(limit)))


next_round_at = Soonest(ConsentRound.next_at)
