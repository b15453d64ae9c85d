"""How an invited person becomes one whom the program knows: where an invite, an account and check-ins meet.

    take_claim ── nobody here before ──┬─ the number proves it ──────────────────────────────> linked
                                       └─ it does not: WAITING ──who may say so: it is them──> linked
               ── somebody registered: the chat that they have is told at once, and the desk, and who is above
                    the number proves it, or a second person says so ──> HELD ──a day──> linked
                    nothing hears that chat any more, and a second person says so ─────> linked
                    the chat they have: it is me ──> linked       not me ──> REJECTED, and all are told
    come_back       a return code typed in any chat ──> linked
    reject_identity ──> the chat is told, neutrally               decline_invite   no consent: nothing is kept but that

Who may say so is asked in models/entry/identity.py; what then sleeps or is held back stands in models/entry/waking.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.contact.checkin import (
    CheckinKind,
    CheckinState,
    ask_again_after_silence,
    owed_checkins,
    plan_checkin,
    planned_checkin,
)
from models.contact.contact_note import tell_missed_notes
from models.contact.policy import CheckinPolicy
from models.delivery.conversation import drop_conversations
from models.delivery.message import Button, Lane, Message
from models.delivery.outbox import Outbox
from models.entry.identity import (
    claimant,
    entitled,
    is_named,
    phone_proves,
    proof_of,
)
from models.entry.invite import (
    ALIVE,
    ANSWERED,
    Claim,
    Invite,
    InviteClosed,
    InviteSettled,
    InviteState,
    check_invite,
    confirmers,
    free_invite,
    hold_invite,
    invite_page,
    is_own_link,
    newest_invite,
    prove_invite,
    settle_invite,
    tell_claimant,
    units_of,
    wait_for_identity,
)
from models.entry.joining import (
    NotOnePerson,
    capacities,
    check_joinable,
    is_alike,
    join_people,
    registered_twin,
)
from models.entry.policy import InvitePolicy
from models.entry.waking import (
    OWN_PROOFS,
    put_to_sleep,
    sleeping_offices,
    trust,
    units_under_officer,
    vouch,
    vouchers,
    wake_own,
)
from models.ground.base import locked
from models.ground.channel import Address
from models.ground.errors import Refused
from models.ground.phones import parse_phone
from models.people.member import (
    BEFORE_PROOF,
    UNREACHABLE,
    Account,
    ChatTaken,
    Consent,
    Member,
    Proof,
    Purpose,
    Reachability,
    account_at,
    account_of,
    accounts_ever,
    change_phone,
    channels_of,
    close_account,
    consents,
    has_phone,
    link_account,
    purposes_of,
    record_consent,
    roster,
    set_member_place,
    tell,
    tell_account,
    was_registered,
)
from models.people.rights import (
    Appointment,
    NotEntitled,
    Right,
    Role,
    appointments,
    desk_of,
    holders,
    holding,
    may,
    officers_above,
)
from models.people.secret import drop_data_code
from models.people.trail import record_act
from models.people.unit import Unit
from models.phrases import common
from models.phrases.entry import identity as words, joining as joining_words, own_link, register as phrases
from models.phrases.people import rights as rights_words
from models.phrases.people.member import CONSENT_VERSION
from models.phrases.text import HOME_ZONE, Lang, Text
from models.phrases.trust import consent as consent_words

_DEAD = frozenset({Reachability.BLOCKED, Reachability.DEACTIVATED})


class AnotherHasTo(Refused):
    """Who sent the invite or changed the number cannot say that it is them; the phrase says who can."""


# --- rules ----------------------------------------------------------------------------------------------------------


def purposes_to_ask(db: Session, member: Member, here: Address | None = None) -> list[Purpose]:
    """Return what is not answered in today's wording. `here`: where they are registering."""
    known = consents(db, member.id)
    return [purpose for purpose in purposes_of(db, member, here) if not _is_answered(purpose, known)]


def _is_answered(purpose: Purpose, known: dict[Purpose, Consent]) -> bool:
    """A no to what comes first does not count: somebody who opens an invite may have thought again."""
    answer = known.get(purpose)
    return answer is not None and is_of_today(answer) and (answer.given or purpose not in BEFORE_PROOF)


def is_of_today(answer: Consent) -> bool:
    """Return whether they gave it themselves to today's wording. What was said on paper is asked once they are here."""
    return answer.version == CONSENT_VERSION and answer.paper_on is None


def recognise(
    db: Session,
    invite: Invite,
    member: Member,
    phone: str,
    policy: InvitePolicy,
    *,
    typed: bool,
    now: datetime,
) -> Proof | None:
    """Return what a number given as their own proves; None: somebody has to say that it is them.

    A number that was only `typed` may be anybody's: it proves nothing by being the roster's.

    Where the roster has none and nobody is there to ask (the operator's first invite), any number will do. A number
    that belongs to somebody of this name who has a chat here already proves nothing in another.
    """
    if registered_twin(db, member) is not None:
        return None
    if not typed and phone_proves(db, invite, member, phone, policy):
        return Proof.ROSTER_PHONE
    first = phone and not member.phone and invite.by_id is None and not was_registered(db, member.id)
    return Proof.OPERATOR if first and not confirmers(db, member, now=now) else None


def is_dead(account: Account | None) -> bool:
    """Return whether it is known that nothing said to this chat is heard: nobody could say no there."""
    return account is None or account.reachability in _DEAD


# --- somebody comes -------------------------------------------------------------------------------------------------


def take_claim(
    db: Session,
    invite: Invite,
    claim: Claim,
    *,
    policy: InvitePolicy,
    checkins: CheckinPolicy,
    now: datetime,
) -> InviteState:
    """Keep that an invited person has done all they had to; return how the invite stands: USED, HELD or WAITING."""
    member = db.get_one(Member, invite.member_id)
    if member.left_at is not None:
        raise InviteClosed(InviteState.REVOKED)
    proof = recognise(db, invite, member, claim.phone, policy, typed=claim.typed, now=now)
    if proof is not None and not was_registered(db, member.id):
        _use(db, invite, claim, proof, by_id=None, checkins=checkins, now=now)
        return InviteState.USED
    wait_for_identity(db, invite, claim, now=now)
    if proof is not None:
        prove_invite(db, invite, proof, by_id=None)
        hold_invite(db, invite, until=now + policy.takeover_wait)
    if was_registered(db, member.id):
        _tell_coming(db, invite, member, now=now)
    twin = registered_twin(db, member)
    if twin is not None:
        key = f"register.twin:{invite.id}"
        told = account_of(db, twin.id)
        joins = told is not None and told.address.limits.contact
        elsewhere = Message(joining_words.opened_elsewhere(joins=joins))
        tell(db, twin, elsewhere, key=key, lane=Lane.ALERT, now=now, at_once=True)
    ask_keepers(db, invite, now=now)
    return InviteState(invite.state)


# --- somebody comes who is here already -------------------------------------------------------------------------------


def check_same(db: Session, invite: Invite, me: Member, *, here: Address) -> Member:
    """Return the invited person if it may be the speaker: name and number alike, one roster. Raises `ChatTaken`."""
    other = db.get_one(Member, invite.member_id)
    if other.left_at is not None or not is_alike(me, other):
        raise ChatTaken(here)
    check_joinable(me, other)
    return other


def claim_for_oneself(
    db: Session,
    invite: Invite,
    me: Member,
    account: Account,
    phone: str,
    *,
    policy: InvitePolicy,
    checkins: CheckinPolicy,
    now: datetime,
) -> InviteState:
    """Take the speaker's word, and their number, that another's invite is theirs, too.

    Those who may confirm are asked.

    Where nobody can be asked, the number on the operator's own invite is enough, as it is for a first registration.
    """
    other = check_same(db, invite, me, here=account.address)
    if not phone or not has_phone(other, phone) or not has_phone(me, phone):
        raise NotOnePerson(joining_words.other_number())
    claim = Claim(address=account.address, lang=Lang(me.lang), phone=phone, stays=True)
    wait_for_identity(db, invite, claim, now=now)
    record_act(db, "register.claim", by_id=me.id, member_id=other.id, now=now)
    if entitled(db, invite, other, now=now):
        ask_keepers(db, invite, now=now)
    elif account.trusted_at is not None and phone_proves(db, invite, other, phone, policy):
        proof = Proof.OPERATOR if invite.by_id is None else Proof.ROSTER_PHONE
        _join(db, invite, me, other, proof, by_id=None, checkins=checkins, now=now)
    else:
        raise NotOnePerson(joining_words.nobody_can_say())
    return InviteState(invite.state)


def _join(
    db: Session,
    invite: Invite,
    me: Member,
    other: Member,
    proof: Proof,
    *,
    by_id: int | None,
    checkins: CheckinPolicy,
    now: datetime,
) -> None:
    """Join the invited row to the speaker. Its offices sleep as they would after a first registration."""
    named = is_named(db, invite, other, now=now)
    prove_invite(db, invite, proof, by_id=by_id)
    settle_invite(db, invite, InviteState.USED, now=now, by_id=by_id)
    put_to_sleep(db, invite, other, proof, by_id=by_id, named=named, now=now)
    join_people(db, me, other, by_id=by_id, checkins=checkins, now=now)
    aside = Message(joining_words.joined(name=me.full_name, offices=capacities(db, me, now=now)))
    tell_desk_and_above(db, me, aside, key=f"register.join:{invite.id}", now=now, but=[by_id])


def _tell_coming(db: Session, invite: Invite, member: Member, *, now: datetime) -> None:
    """The chat that they have may say no, at any hour; the desk and who is above learn who asked for it."""
    if invite.claim is None:
        raise InviteSettled
    by, until, key = name_of(db, invite.by_id), invite.next_at, f"register.comes:{invite.id}:{invite.state}"
    to = _whereto(db, member, invite.claim.address, at=now)
    stop = Button(words.NOT_ME_STOP, f"register:stop:{invite.id}")
    agree = Button(words.IT_IS_ME, f"register:agree:{invite.id}")
    account = account_of(db, member.id)
    # the PIN that goes with a yes is never typed where a messenger keeps it
    may_agree = account is None or account.address.limits.guards
    message = Message(
        words.somebody_comes(to=to, inviter=by, until=until, zone=member.zone),
        [[stop], [agree]] if may_agree else [[stop]],
    )
    tell(db, member, message, key=key, lane=Lane.ALERT, now=now, at_once=True)
    asked = words.comes_to_desk(name=member.full_name, to=to, inviter=by, until=until, zone=HOME_ZONE)
    tell_desk_and_above(db, member, Message(asked), key=key, now=now)


def _whereto(db: Session, member: Member, address: Address, *, at: datetime) -> words.Whereto:
    """Return where the member comes to be at that moment: one on the same channel gives way, one on another stays."""
    others = [one for one in accounts_ever(db, member.id) if one.address != address]
    had = [one for one in others if one.closed_at is None or one.closed_at >= at]
    moves = not had or any(one.address.channel is address.channel for one in had)
    another = any(one.address.channel is address.channel for one in others)
    return words.Whereto(address.channel, another, moves)


# --- who may say so is asked ----------------------------------------------------------------------------------------


def ask_keepers(db: Session, invite: Invite, *, now: datetime) -> None:
    """Ask each who may say who it is, once; who has no account yet is asked when they have."""
    member, key = db.get_one(Member, invite.member_id), f"register.asked:{invite.id}"
    for keeper_id in entitled(db, invite, member, now=now):
        message = identity_question(db, invite, reader_id=keeper_id, now=now)
        keeper = db.get_one(Member, keeper_id)
        tell(db, keeper, message, key=f"{key}:{keeper_id}", lane=Lane.ALERT, now=now)


def unasked_invites(db: Session, *, now: datetime, limit: int) -> list[int]:
    """Return the invites that wait for a word of somebody who is here and has not been asked: named after they came."""
    waiting = select(Invite).where(Invite.state == InviteState.WAITING).order_by(Invite.id).limit(limit)
    return [invite.id for invite in db.scalars(waiting).all() if _has_unasked(db, invite, now=now)]


def _has_unasked(db: Session, invite: Invite, *, now: datetime) -> bool:
    keepers = entitled(db, invite, db.get_one(Member, invite.member_id), now=now)
    here = [one for one in keepers if account_of(db, one) is not None]
    keys = [f"register.asked:{invite.id}:{one}" for one in here]
    return any(
        db.scalar(select(Outbox.id).where(Outbox.key.startswith(key)).limit(1)) is None for key in keys
    )


def ask_who_may_confirm(db: Session, ids: Sequence[int], *, now: datetime) -> None:
    """Ask each who may say whether it is them and has not been asked."""
    for invite in db.scalars(select(Invite).where(Invite.id.in_(ids))).all():
        ask_keepers(db, invite, now=now)


def identity_question(db: Session, invite: Invite, *, reader_id: int, now: datetime) -> Message:
    """Return the question whether it is them. It shows the name, who invited and the end of the number, no more.

    A reader who may not say that it is them can still say that it is not. Refuses when nobody waits any more.
    """
    member, claim = db.get_one(Member, invite.member_id), invite.claim
    if claim is None:
        raise InviteSettled
    if claim.digits:
        return _own_link_question(db, invite, member, reader_id=reader_id, now=now)
    owner = _owner_of(db, member, claim.phone)
    may_read = member.cell_id is not None and may(db, reader_id, Right.SEE_DETAILS, member.cell_id, now=now)
    question = phrases.is_it_them(
        name=member.full_name,
        ending=claim.phone[-3:],
        roster_has_phone=bool(member.phone),
        differs=not (claim.phone and has_phone(member, claim.phone)),
        typed_on=claim.address.channel if claim.typed else "",
        owner=(owner.own_name, owner.birth_year) if owner is not None and may_read else None,
        is_anothers=owner is not None,
    )
    named = name_of(db, invite.by_id)
    notes = [words.sure_it_is_them(inviter=named, own=reader_id == invite.by_id)]
    notes[:0] = _who_else(db, invite, member, now=now)
    if was_registered(db, member.id):
        notes.insert(0, words.account_exists(name=member.full_name))
    may_say = entitled(db, invite, member, now=now)
    if reader_id not in may_say:
        notes = [words.another_has_to(names=[name_of(db, one) for one in may_say])]
    yes = [[Button(phrases.IT_IS_THEM, f"register:confirm:{invite.id}")]] if reader_id in may_say else []
    no = [Button(phrases.NOT_THEM, f"register:reject:{invite.id}")]
    call = [Button(phrases.CALL_THEM, f"below:roster:phone:{member.id}")] if may_read else []
    return Message(common.paragraph(question, common.lines(*notes)), [call, *yes, no])


def _own_link_question(
    db: Session, invite: Invite, member: Member, *, reader_id: int, now: datetime
) -> Message:
    """The question of somebody who has asked for the page themselves: it is answered on the telephone."""
    may_say = reader_id in entitled(db, invite, member, now=now)
    may_read = member.cell_id is not None and may(db, reader_id, Right.SEE_DETAILS, member.cell_id, now=now)
    call = [Button(phrases.CALL_THEM, f"below:roster:phone:{member.id}")] if may_read else []
    yes = [[Button(own_link.HEARD, f"own_link:heard:{invite.id}")]] if may_say else []
    no = [Button(phrases.NOT_THEM, f"register:reject:{invite.id}")]
    return Message(own_link.is_it_them(name=member.full_name), [call, *yes, no])


def _who_else(db: Session, invite: Invite, member: Member, *, now: datetime) -> list[Text]:
    """Whom the program knows under this name and number: the opener themselves, or somebody with another chat."""
    came = claimant(db, invite)
    if came is not None:
        offices = capacities(db, came, now=now)
        return [joining_words.is_here_already(name=came.full_name, offices=offices)]
    twin = registered_twin(db, member)
    if twin is None:
        return []
    return [joining_words.twin_is_here(name=twin.full_name, offices=capacities(db, twin, now=now))]


def _owner_of(db: Session, member: Member, phone: str) -> Member | None:
    """Somebody else of the member's cell whose number that is; None where it is the member's own as well."""
    if not phone or member.cell_id is None or has_phone(member, phone):
        return None
    others = (one for one in roster(db, member.cell_id) if one.id != member.id)
    return next((one for one in others if has_phone(one, phone)), None)


def confirm_identity(
    db: Session,
    invite: Invite,
    *,
    by_id: int | None,
    policy: InvitePolicy,
    checkins: CheckinPolicy,
    now: datetime,
    has_heard: bool = False,
) -> Member:
    """Confirm that it is them, as somebody who may say so. `by_id` None: the operator.

    Nobody who was registered is linked while the chat that they had can still say no. Raises `AnotherHasTo`.
    `has_heard`: the figures of the page were read out; without them nobody of the desk confirms whoever shows some.
    """
    member, claim = _awaited(db, invite, by_id=by_id, now=now)
    may_say = entitled(db, invite, member, now=now)
    if by_id is not None and by_id not in may_say:
        raise AnotherHasTo(words.another_has_to(names=[name_of(db, one) for one in may_say]))
    if claim.digits and not has_heard and by_id is not None:
        raise Refused(own_link.call_first())
    if is_own_link(invite) and account_of(db, member.id) is not None:  # who has asked, and agreed by it
        _use(db, invite, claim, Proof.OLD_ACCOUNT, by_id=by_id, checkins=checkins, now=now)
        _tell_confirmed(db, invite, member, claim.address, now=now)
        return member
    proof = Proof.OPERATOR if by_id is None else proof_of(db, invite, member, by_id, now=now)
    came = claimant(db, invite)
    if came is not None:
        _join(db, invite, came, member, proof, by_id=by_id, checkins=checkins, now=now)
        return came
    if was_registered(db, member.id) and not is_dead(account_of(db, member.id)):
        prove_invite(db, invite, proof, by_id=by_id)
        record_act(db, "register.confirm", by_id=by_id, member_id=member.id, now=now, detail=proof)
        if invite.state == InviteState.WAITING:
            hold_invite(db, invite, until=now + policy.takeover_wait)
            _tell_coming(db, invite, member, now=now)
            tell_claimant(db, invite, claim, Message(held_words(invite, claim)), now=now, at_once=True)
        return member
    _use(db, invite, claim, proof, by_id=by_id, checkins=checkins, now=now)
    _tell_confirmed(db, invite, member, claim.address, now=now)
    return member


def held_words(invite: Invite, claim: Claim) -> Text:
    """Tell the chat that waits for its time until when it waits, and what is quicker."""
    if invite.next_at is None:
        return phrases.waits(pushes=claim.address.limits.pushes)
    return words.is_held(until=invite.next_at, zone=claim.zone or HOME_ZONE)


def reject_identity(db: Session, invite: Invite, *, by_id: int | None, now: datetime) -> Member:
    """Reject it as somebody else's. The chat is told in neutral words; its answers are erased."""
    member, claim = _awaited(db, invite, by_id=by_id, now=now)
    settle_invite(db, invite, InviteState.REJECTED, now=now, by_id=by_id)
    record_act(db, "register.reject", by_id=by_id, member_id=member.id, now=now)
    tell_claimant(db, invite, claim, Message(phrases.not_confirmed()), now=now)
    return member


def _awaited(db: Session, invite: Invite, *, by_id: int | None, now: datetime) -> tuple[Member, Claim]:
    member = db.get_one(Member, invite.member_id)
    asked = {*confirmers(db, member, now=now), *entitled(db, invite, member, now=now)}
    if by_id is not None and by_id not in asked:
        raise NotEntitled
    if invite.claim is None:
        raise InviteSettled
    return member, invite.claim


# --- the chat that they have, and time --------------------------------------------------------------------------------


def old_account_agrees(
    db: Session, invite: Invite, account: Account, *, checkins: CheckinPolicy, now: datetime
) -> None:
    """Agree from the chat that they have ("It is me"): the other becomes theirs at once."""
    member, claim = _own_claim(db, invite, account)
    _use(db, invite, claim, Proof.OLD_ACCOUNT, by_id=None, checkins=checkins, now=now)
    _tell_confirmed(db, invite, member, claim.address, now=now)


def old_account_stops(db: Session, invite: Invite, account: Account, *, now: datetime) -> None:
    """Stop it from the chat that they have ("Not me"): nothing is linked, and all in charge learn whose invite it was."""
    member, claim = _own_claim(db, invite, account)
    settle_invite(db, invite, InviteState.REJECTED, now=now, by_id=member.id)
    record_act(db, "register.stop", by_id=member.id, member_id=member.id, now=now)
    tell_claimant(db, invite, claim, Message(phrases.not_confirmed()), now=now)
    to = _whereto(db, member, claim.address, at=now)
    message = Message(words.was_stopped(name=member.full_name, to=to, inviter=name_of(db, invite.by_id)))
    tell_desk_and_above(db, member, message, key=f"register.stopped:{invite.id}", now=now)


def _own_claim(db: Session, invite: Invite, account: Account) -> tuple[Member, Claim]:
    if invite.member_id != account.member_id or account.closed_at is not None:
        raise NotEntitled
    claim = invite.claim
    if claim is None or claim.address == account.address:
        raise InviteSettled
    return db.get_one(Member, invite.member_id), claim


def move_held_invites(db: Session, ids: Sequence[int], *, checkins: CheckinPolicy, now: datetime) -> None:
    """Link those of them whose wait is over: nobody has said no."""
    due = select(Invite).where(Invite.id.in_(ids), Invite.state == InviteState.HELD, Invite.next_at <= now)
    for invite in locked(db, due.order_by(Invite.next_at)):
        claim, member = invite.claim, db.get_one(Member, invite.member_id)
        if claim is None or member.left_at is not None or account_at(db, claim.address):
            settle_invite(db, invite, InviteState.REVOKED, now=now)
            continue
        proof = Proof(invite.proof or Proof.ROSTER_PHONE)
        _use(db, invite, claim, proof, by_id=invite.confirmed_by, checkins=checkins, now=now)
        _tell_confirmed(db, invite, member, claim.address, now=now)


def come_back(
    db: Session, member: Member, *, address: Address, checkins: CheckinPolicy, now: datetime
) -> None:
    """Let a typed return code make this chat theirs. Open invites to them are void. Raises `ChatTaken`."""
    old = account_of(db, member.id)
    newest = newest_invite(db, member.id)
    drop_conversations(db, address)
    account = link_account(db, member, address=address, now=now, proof=Proof.RETURN_CODE)
    record_act(db, "register.link", by_id=member.id, member_id=member.id, now=now, detail=Proof.RETURN_CODE)
    if newest is not None and newest.state in ALIVE:
        settle_invite(db, newest, InviteState.REVOKED, now=now, by_id=member.id)
    wake_own(db, member, now=now)
    _go_on_from(db, member, old, account, checkins=checkins, now=now)
    _tell_moved(db, member, account, inviter="", asleep=[], now=now)


def prove_by_code(db: Session, member: Member, account: Account, *, now: datetime) -> None:
    """Trust a chat that was theirs already and held back until now, because a return code was typed there."""
    account.proof, account.confirmed_by = Proof.RETURN_CODE, None
    record_act(db, "register.prove", by_id=member.id, member_id=member.id, now=now, detail=Proof.RETURN_CODE)
    trust(db, account, now=now)
    wake_own(db, member, now=now)
    _tell_moved(db, member, account, inviter="", asleep=[], now=now)


def end_session(
    db: Session,
    member: Member,
    account: Account,
    *,
    by_id: int | None,
    policy: CheckinPolicy,
    now: datetime,
) -> None:
    """Close one of a person's accounts, as the person or the operator (None).

    Whoever looks after them learns of it, unless they can still be told things by another.
    """
    if by_id != member.id:
        own, key = Message(words.session_ended()), f"register.closed:{account.id}"
        tell_account(db, member, account, own, key=key, now=now)
    close_account(db, account, now=now)
    db.flush()
    record_act(db, "register.end", by_id=by_id, member_id=member.id, now=now)
    plan_checkin(db, member, policy, now=now)
    if account_of(db, member.id) is not None:
        return
    said = words.ended_own_session if by_id == member.id else words.session_closed
    message, key = Message(said(name=member.full_name)), f"register.end:{account.id}"
    if by_id == member.id and not appointments(db, member.id, now=now):
        tell_keepers(
            db, member, message, key=key, now=now
        )  # whoever closes an own chat is no matter for the committee
    else:
        tell_desk_and_above(db, member, message, key=key, now=now)


# --- a chat becomes theirs ------------------------------------------------------------------------------------------


def _use(
    db: Session,
    invite: Invite,
    claim: Claim,
    proof: Proof,
    *,
    by_id: int | None,
    checkins: CheckinPolicy,
    now: datetime,
) -> None:
    """Link the chat, keep what was answered, plan the next check-in. An older chat is closed."""
    member = db.get_one(Member, invite.member_id)
    if member.left_at is not None:
        raise InviteClosed(InviteState.REVOKED)
    # asked before the chat is linked: after it they count as registered
    first, named = not was_registered(db, member.id), is_named(db, invite, member, now=now)
    prove_invite(db, invite, proof, by_id=by_id)
    settle_invite(db, invite, InviteState.USED, now=now, by_id=by_id)
    record_act(db, "register.link", by_id=by_id or member.id, member_id=member.id, now=now, detail=proof)
    old, trusted = account_of(db, member.id), first or proof in OWN_PROOFS | {Proof.COMMITTEE, Proof.OPERATOR}
    if is_own_link(invite) and old is not None:  # no more than the account that asked for it
        trusted = old.trusted_at is not None
    drop_conversations(db, claim.address)
    drop_data_code(db, member.id)  # it was made while there was nothing of theirs to read
    account = link_account(
        db, member, address=claim.address, now=now, proof=proof, confirmed_by=by_id, trusted=trusted
    )
    _keep_answers(db, member, claim, trusted=trusted, by_id=by_id, now=now)
    asleep = put_to_sleep(db, invite, member, proof, by_id=by_id, named=named, now=now)
    _go_on_from(db, member, old, account, checkins=checkins, now=now)
    for waiting in invites_to_confirm(db, member, now=now):
        ask_keepers(db, waiting, now=now)  # of whom the new account may be one
    if first:
        _tell_registered(db, invite, member, proof, but=by_id, now=now)
    else:
        named_by, is_own = name_of(db, invite.by_id), is_own_link(invite)
        _tell_moved(db, member, account, inviter=named_by, is_own=is_own, asleep=asleep, now=now)


def _keep_answers(
    db: Session, member: Member, claim: Claim, *, trusted: bool, by_id: int | None, now: datetime
) -> None:
    """Consents, language, place; and the number that was shown to be their own, or that a person has confirmed.

    Whoever confirms it stands beside it, as if they had put it on the roster: it proves nothing by itself.
    """
    for purpose, given in claim.consents.items():
        record_consent(db, member.id, purpose, given=given, now=now)
    member.lang = claim.lang
    phone = parse_phone(claim.phone) if claim.phone else None
    if phone and claim.typed and not member.phone:
        change_phone(member, phone, by_id=member.id, now=now)
    elif phone and not claim.typed and (trusted or not member.phone):
        change_phone(member, phone, by_id=member.id, now=now, proved=True)
    elif phone and by_id is not None and change_phone(member, phone, by_id=by_id, now=now):
        record_act(db, "register.phone", by_id=by_id, member_id=member.id, now=now)
    if member.cell_id is not None and not claim.stays:
        set_member_place(member, claim.place_code, zone=claim.zone)


def _go_on_from(
    db: Session,
    member: Member,
    old: Account | None,
    account: Account,
    *,
    checkins: CheckinPolicy,
    now: datetime,
) -> None:
    """Go on in the new chat: plan, ask again and repeat what the old chat did not receive."""
    if account.trusted_at is not None:
        trust(db, account, now=now)
    plan_checkin(db, member, checkins, now=now)
    if old is not None and old.id != account.id:
        ask_again_after_silence(db, member, checkins, since=now, now=now)
        if old.reachability in UNREACHABLE:
            tell_missed_notes(db, member, since=old.reachability_at, now=now)


def invites_to_confirm(db: Session, keeper: Member, *, now: datetime) -> list[Invite]:
    """Return the invites that wait for a word that this person may give, the longest waiting first."""
    own = select(Appointment.unit_id).where(Appointment.member_id == keeper.id, *holding(now))
    below = units_under_officer(db, keeper.id, now=now)
    in_office = select(Appointment.member_id).where(
        or_(Appointment.unit_id.in_(own), Appointment.unit_id.in_(below))
    )
    theirs = or_(Member.cell_id.in_(own), Member.cell_id.in_(below), Invite.member_id.in_(in_office))
    # from the invites on, of which few wait: a province has half a million members
    waiting = select(Invite).join(Member, Member.id == Invite.member_id)
    waiting = waiting.where(Invite.state.in_(ANSWERED), theirs)
    return [
        invite
        for invite in db.scalars(waiting.order_by(Invite.created_at)).all()
        if invite.confirmed_by is None
        and keeper.id in entitled(db, invite, db.get_one(Member, invite.member_id), now=now)
    ]


# --- the number on the roster ---------------------------------------------------------------------------------------


def change_number(
    db: Session, member: Member, phone: str | None, *, by_id: int, now: datetime, proved: bool = False
) -> None:
    """Change a number on the roster, an act about who somebody is; the person, the desk and those above are told.

    Of a person who was nobody here yet, only the change and its author are kept.
    """
    if not change_phone(member, phone, by_id=by_id, now=now, proved=proved):
        return
    record_act(db, "register.phone", by_id=by_id, member_id=member.id, now=now)
    if not was_registered(db, member.id):
        return
    key, by = f"register.phone:{member.id}:{now:%Y%m%d%H%M%S}", name_of(db, by_id)
    if by_id == member.id:
        aside = words.own_phone_changed(name=member.full_name)
    else:
        own = Message(words.your_phone_changed(by=by))
        tell(db, member, own, key=f"{key}:own", lane=Lane.ALERT, now=now, at_once=True)
        aside = words.phone_changed(name=member.full_name, by=by)
    tell_desk_and_above(db, member, Message(aside), key=key, now=now, but=[by_id])


# --- who is told ----------------------------------------------------------------------------------------------------


def _tell_registered(
    db: Session, invite: Invite, member: Member, proof: Proof, *, but: int | None, now: datetime
) -> None:
    """One quiet line to whoever sent the invite and to the secretary, but not to the one who has just confirmed.

    What the inviter alone has confirmed, the desk and who is above are told.
    """
    secretaries = holders(db, member.cell_id, Role.SECRETARY, now=now) if member.cell_id else []
    message = Message(phrases.has_registered(name=member.full_name))
    told = sorted({*secretaries, *([invite.by_id] if invite.by_id else [])} - {member.id, but})
    if proof is Proof.INVITER:
        inviter = name_of(db, invite.by_id)
        aside = Message(words.registered_by_inviter(name=member.full_name, inviter=inviter))
        tell_desk_and_above(db, member, aside, key=f"register.inviter:{invite.id}", now=now, but=[but])
        told = []
    for one in told:
        key = f"register.done:{invite.id}:{one}"
        tell(db, db.get_one(Member, one), message, key=key, lane=Lane.ALERT, now=now)


def _tell_moved(
    db: Session,
    member: Member,
    account: Account,
    *,
    inviter: str,
    asleep: Sequence[Appointment],
    now: datetime,
    is_own: bool = False,
) -> None:
    """The desk and who is above: whose chat it is now, by whose doing. Who may vouch for it finds the button there."""
    message = words.has_moved(
        name=member.full_name,
        is_own=is_own,
        to=_whereto(db, member, account.address, at=account.linked_at),
        inviter=inviter,
        proof=account.proof or Proof.ROSTER_PHONE,
        by=name_of(db, account.confirmed_by) if account.confirmed_by else "",
        held_back=account.trusted_at is None,
        asleep=office_names(db, asleep),
    )
    key = f"register.moved:{account.id}"
    may_vouch = vouchers(db, member, now=now) if asleep or account.trusted_at is None else []
    button = [[Button(words.VOUCH, f"register:vouch:{member.id}")]]
    tell_each(db, may_vouch, Message(message, button), key=key, now=now)
    tell_desk_and_above(db, member, Message(message), key=key, now=now, but=may_vouch)


def _tell_confirmed(db: Session, invite: Invite, member: Member, address: Address, *, now: datetime) -> None:
    """The new chat: it is theirs. Where another of theirs is the one that is told, it is said in the new one at once."""
    planned = planned_checkin(db, member.id)
    said = phrases.confirmed(
        next_at=planned.opens_at if planned else None,
        zone=member.zone,
        waiting=month_waiting(db, member, now=now),
    )
    notes = []
    if invite.proof == Proof.INVITER:
        notes.append(words.you_were_confirmed_by(inviter=name_of(db, invite.by_id)))
    notes += asleep_words(db, member, now=now)
    more = [[Button(consent_words.ANSWER, "consent:go")]] if purposes_to_ask(db, member) else []
    message = Message(common.paragraph(said, *notes), [*more, [Button(common.MENU, "nav:menu")]])
    key, account = f"register.confirmed:{invite.id}", account_at(db, address)
    if account is None or account.told_since is not None:
        tell(db, member, message, key=key, lane=Lane.ALERT, now=now)
    else:
        tell_account(db, member, account, message, key=key, now=now)


def vouch_for(db: Session, member: Member, *, by_id: int | None, now: datetime) -> list[Text]:
    """Vouch from above that the new chat is theirs, and tell them and all in charge; return the offices that woke."""
    woken = office_names(db, vouch(db, member, by_id=by_id, now=now))
    record_act(db, "register.vouch", by_id=by_id, member_id=member.id, now=now)
    by, key = name_of(db, by_id), f"register.vouched:{member.id}:{now:%Y%m%d%H%M%S}"
    own = Message(words.you_are_vouched(by=by, offices=woken), [[Button(common.MENU, "nav:menu")]])
    tell(db, member, own, key=f"{key}:own", lane=Lane.ALERT, now=now)
    aside = Message(words.others_vouched(name=member.full_name, by=by, offices=woken))
    tell_desk_and_above(db, member, aside, key=key, now=now, but=[by_id])
    return woken


def asleep_words(db: Session, member: Member, *, now: datetime) -> list[Text]:
    """Return what of theirs sleeps and who can wake it, as one paragraph; none when nothing does."""
    sleeping = sleeping_offices(db, member.id, now=now)
    if not sleeping:
        return []
    names = [name_of(db, one) for one in vouchers(db, member, now=now)]
    return [words.asleep(offices=office_names(db, sleeping), wakers=names)]


def office_names(db: Session, held: Iterable[Appointment]) -> list[Text]:
    return [rights_words.in_unit(role=one.role, unit=db.get_one(Unit, one.unit_id).name) for one in held]


def name_of(db: Session, member_id: int | None) -> str:
    """Return the person's name; "" for the operator."""
    return db.get_one(Member, member_id).full_name if member_id is not None else ""


def tell_desk_and_above(
    db: Session,
    member: Member,
    message: Message,
    *,
    key: str,
    now: datetime,
    but: Iterable[int | None] = (),
) -> int:
    """Tell the whole desk of the member's cell and the nearest officers above, but not the member; how many were."""
    units = units_of(db, member, now=now)
    desk = [one for unit in units for one in desk_of(db, unit, now=now)]
    above = [one for unit in units for one in officers_above(db, unit, now=now, but={member.id})]
    people = [one for one in dict.fromkeys([*desk, *above]) if one not in {member.id, *but}]
    return tell_each(db, people, message, key=key, now=now)


def tell_above(db: Session, member: Member, message: Message, *, key: str, now: datetime) -> int:
    """Tell the nearest officers above; how many were."""
    units = units_of(db, member, now=now)
    above = [one for unit in units for one in officers_above(db, unit, now=now, but={member.id})]
    return tell_each(db, dict.fromkeys(above), message, key=key, now=now)


def tell_each(db: Session, people: Iterable[int], message: Message, *, key: str, now: datetime) -> int:
    told = 0
    for one in people:
        told += tell(db, db.get_one(Member, one), message, key=f"{key}:{one}", lane=Lane.ALERT, now=now)
    return told


def month_waiting(db: Session, member: Member, *, now: datetime) -> date | None:
    """Return the month of a report that the member still owes."""
    owed = (c for c in owed_checkins(db, member.id) if c.kind == CheckinKind.RHYTHM and c.closes_at > now)
    return next((checkin.period for checkin in owed if checkin.state != CheckinState.EXCUSED), None)


def decline_invite(db: Session, invite: Invite, *, address: Address, now: datetime) -> None:
    """Keep of a refusal nothing but that they said no. The secretary is asked to go on by paper and telephone."""
    check_invite(invite, address=address, now=now)
    member = db.get_one(Member, invite.member_id)
    settle_invite(db, invite, InviteState.DECLINED, now=now)
    stay = channels_of(db, member.id)
    words = Message(phrases.has_declined(name=member.full_name, stay=stay, channel=address.channel))
    tell_keepers(db, member, words, key=f"register.declined:{invite.id}", now=now)


def rather_by_page(
    db: Session, invite: Invite, purpose: Purpose, *, here: Address, door: str, now: datetime
) -> str:
    """Return where the page opens for somebody invited who refuses Zalo; empty: that is no way for them.

    Of Telegram this is not asked: its invite has offered the page beside it.
    """
    if not door or purpose is not Purpose.ZALO or channels_of(db, invite.member_id):
        return ""
    return invite_page(door, free_invite(db, invite, address=here, now=now))


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
