"""How an invited person becomes one whom the program knows: where an invite, an account and check-ins meet.

    use_invite         the number is the roster's: linked at once
    ask_who_it_is      it is not, or none was shared: secretary and deputy are asked
    confirm_identity   a person says: that is them ──> linked        reject_identity   ──> the chat is told, neutrally
    decline_invite     no consent to be contacted: nothing is kept but that

Whoever is the only one in charge (the first officer, a lone secretary) is confirmed by the nearest officers above.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.checkin import (
    Checkin,
    CheckinKind,
    CheckinPolicy,
    CheckinState,
    ask_again_after_silence,
    owed_checkins,
    plan_checkin,
)
from models.contact_note import tell_missed_notes
from models.conversation import move_conversations
from models.invite import (
    Claim,
    Invite,
    InviteClosed,
    InviteSettled,
    InviteState,
    check_invite,
    confirmers,
    invites_waiting,
    settle_invite,
    tell_claimant,
    wait_for_identity,
)
from models.member import (
    BEFORE_PROOF,
    UNREACHABLE,
    Consent,
    Member,
    Purpose,
    account_of,
    consents,
    has_phone,
    link_account,
    record_consent,
    set_member_phone,
    set_member_place,
    tell,
)
from models.outbox import Button, Lane, Message
from models.phones import parse_phone
from models.phrases import common
from models.phrases import consent as consent_words
from models.phrases import register as phrases
from models.phrases.member import CONSENT_VERSION
from models.rights import NotEntitled, Role, holders

# --- rules ----------------------------------------------------------------------------------------------------------


def purposes_to_ask(db: Session, member: Member) -> list[Purpose]:
    """What has not been answered in the wording of today. Whoever has no cell here is asked only what comes first."""
    known = consents(db, member.id)
    asked = list(Purpose) if member.cell_id else list(BEFORE_PROOF)
    return [purpose for purpose in asked if not _is_answered(purpose, known)]


def _is_answered(purpose: Purpose, known: dict[Purpose, Consent]) -> bool:
    """A no to what comes first does not count: somebody who opens an invite may have thought again."""
    answer = known.get(purpose)
    return (
        answer is not None
        and answer.version == CONSENT_VERSION
        and (answer.given or purpose not in BEFORE_PROOF)
    )


def is_recognised(db: Session, member: Member, phone: str, *, now: datetime) -> bool:
    """Whether a number shared as their own is the roster's.

    Where the roster has none and nobody is there to ask (the operator's first invite), any number will do.
    """
    if not phone:
        return False
    return has_phone(member, phone) or (not member.phone and not confirmers(db, member, now=now))


# --- acts -----------------------------------------------------------------------------------------------------------


def use_invite(
    db: Session,
    invite: Invite,
    claim: Claim,
    *,
    policy: CheckinPolicy,
    now: datetime,
    by_id: int | None = None,
) -> Checkin | None:
    """Link the chat, keep what was answered, plan the next check-in. An older chat is closed, its drafts move."""
    member = db.get_one(Member, invite.member_id)
    if member.left_at is not None:
        raise InviteClosed(InviteState.REVOKED)
    settle_invite(db, invite, InviteState.USED, now=now, by_id=by_id)
    old = account_of(db, member.id)
    link_account(db, member, chat_id=claim.chat_id, now=now)
    if old is not None and old.chat_id != claim.chat_id:
        move_conversations(db, from_chat=old.chat_id, to_chat=claim.chat_id)
    for purpose, given in claim.consents.items():
        record_consent(db, member.id, purpose, given=given, now=now)
    member.lang = claim.lang
    if not member.phone:
        set_member_phone(member, parse_phone(claim.phone) if claim.phone else None)
    if member.cell_id is not None:
        set_member_place(member, claim.place_code, zone=claim.zone)
    planned = plan_checkin(db, member, policy, now=now)
    if old is not None:
        ask_again_after_silence(db, member, policy, since=now, now=now)  # what was said is in the old chat
        if old.reachability in UNREACHABLE:
            tell_missed_notes(db, member, since=old.reachability_at, now=now)
    for waiting in invites_waiting(db, member.cell_id) if member.cell_id else []:
        _ask_keepers(db, waiting, now=now)  # of whom the new account may be one
    _tell_inviter(db, invite, member, but=by_id, now=now)
    return planned


def _tell_inviter(db: Session, invite: Invite, member: Member, *, but: int | None, now: datetime) -> None:
    """One quiet line to whoever sent the invite and to the secretary, but not to the one who has just confirmed."""
    secretaries = holders(db, member.cell_id, Role.SECRETARY, now=now) if member.cell_id else []
    words = Message(phrases.has_registered(name=member.full_name))
    for one in sorted({*secretaries, *([invite.by_id] if invite.by_id else [])} - {member.id, but}):
        key = f"register.done:{invite.id}:{one}"
        tell(db, db.get_one(Member, one), words, key=key, lane=Lane.ALERT, now=now)


def month_waiting(db: Session, member: Member, *, now: datetime) -> date | None:
    """The month of a report that the member still owes."""
    owed = (c for c in owed_checkins(db, member.id) if c.kind == CheckinKind.RHYTHM and c.closes_at > now)
    return next((checkin.period for checkin in owed if checkin.state != CheckinState.EXCUSED), None)


def ask_who_it_is(db: Session, invite: Invite, claim: Claim, *, now: datetime) -> None:
    """The person waits for somebody in charge to say that it is them."""
    wait_for_identity(db, invite, claim, now=now)
    _ask_keepers(db, invite, now=now)


def _ask_keepers(db: Session, invite: Invite, *, now: datetime) -> None:
    """Each is asked once; who has no account yet is asked when they have."""
    member = db.get_one(Member, invite.member_id)
    tell_keepers(db, member, identity_question(db, invite), key=f"register.asked:{invite.id}", now=now)


def identity_question(db: Session, invite: Invite) -> Message:
    """Is it them? It shows the name and the end of the number, no more. Refuses when nobody waits any more."""
    member, claim = db.get_one(Member, invite.member_id), invite.claim
    if claim is None:
        raise InviteSettled
    words = phrases.is_it_them(
        name=member.full_name, ending=claim.phone[-3:], roster_has_phone=bool(member.phone)
    )
    buttons = [
        [Button(phrases.IT_IS_THEM, f"register:confirm:{invite.id}")],
        [Button(phrases.NOT_THEM, f"register:reject:{invite.id}")],
    ]
    return Message(words, buttons)


def confirm_identity(
    db: Session, invite: Invite, *, by_id: int, policy: CheckinPolicy, now: datetime
) -> Member:
    """A person at the cell says: that is them. The chat is linked and told."""
    member, claim = _awaited(db, invite, by_id=by_id, now=now)
    planned = use_invite(db, invite, claim, policy=policy, now=now, by_id=by_id)
    words = phrases.confirmed(
        next_at=planned.opens_at if planned else None,
        zone=member.zone,
        waiting=month_waiting(db, member, now=now),
    )
    more = [[Button(consent_words.ANSWER, "consent:go")]] if purposes_to_ask(db, member) else []
    message = Message(words, [*more, [Button(common.MENU, "nav:menu")]])
    tell(db, member, message, key=f"register.confirmed:{invite.id}", lane=Lane.ALERT, now=now)
    return member


def reject_identity(db: Session, invite: Invite, *, by_id: int, now: datetime) -> Member:
    """A person at the cell says: that is somebody else. The chat is told in neutral words; its answers are erased."""
    member, claim = _awaited(db, invite, by_id=by_id, now=now)
    settle_invite(db, invite, InviteState.REJECTED, now=now, by_id=by_id)
    tell_claimant(db, invite, claim, Message(phrases.not_confirmed()), now=now)
    return member


def _awaited(db: Session, invite: Invite, *, by_id: int, now: datetime) -> tuple[Member, Claim]:
    member = db.get_one(Member, invite.member_id)
    if by_id not in confirmers(db, member, now=now):
        raise NotEntitled
    if invite.claim is None:
        raise InviteSettled
    return member, invite.claim


def decline_invite(db: Session, invite: Invite, *, chat_id: int, now: datetime) -> None:
    """Nothing is kept but that they said no; the secretary learns, politely, to go on by paper and telephone."""
    check_invite(invite, chat_id=chat_id, now=now)
    member = db.get_one(Member, invite.member_id)
    settle_invite(db, invite, InviteState.DECLINED, now=now)
    words = Message(phrases.has_declined(name=member.full_name))
    tell_keepers(db, member, words, key=f"register.declined:{invite.id}", now=now)


def tell_keepers(
    db: Session,
    member: Member,
    message: Message,
    *,
    key: str,
    now: datetime,
    but: int | None = None,
    heard: Collection[int] = (),
) -> int:
    """Tell those who look after the member (secretary and deputy), but not who did it, nor who has `heard` it already.

    How many could be told.
    """
    told = 0
    for keeper_id in confirmers(db, member, now=now):
        if keeper_id == but or keeper_id in heard:
            continue
        keeper = db.get_one(Member, keeper_id)
        told += tell(db, keeper, message, key=f"{key}:{keeper_id}", lane=Lane.ALERT, now=now)
    return told
