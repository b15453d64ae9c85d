"""One person of the roster: what is known, how to reach them, and what may be done.

list ──> CARD ──> invite · phone (leaves a row) · absence · correct
            └──> MORE ──> revoke · rhythm · deputy · probation · a code · the law
                   └──> remove ──sure?──> sure!──> off the list
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from handlers.desk.roster.common import MENU, closely, member_for, place_words
from handlers.desk.roster.inviting import standing_of, to_card
from handlers.ground.arguments import number
from handlers.ground.context import Context
from models.contact.checkin import Checkin, CheckinState, plan_checkin, rhythm_of
from models.contact.rhythm_offer import newest_offer
from models.delivery.message import Button
from models.desk.office import last_day
from models.desk.roster import leave_roster
from models.entry.identity import offices_held
from models.entry.invite import ALIVE, InviteState, invite_state
from models.entry.waking import sleeping_offices
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.phones import show_phone
from models.ground.rhythm import Rhythm
from models.people.member import Member, Purpose, Standing, account_of, consents, contact_answers, record_look
from models.people.rights import Appointment, Right, Role, appointments, may
from models.people.trail import record_act
from models.people.unit import Unit
from models.phrases import common
from models.phrases.contact import checkin as checkin_words
from models.phrases.desk import (
    absence as absence_words,
    law_request as law_words,
    office as office_words,
    roster_talk as phrases,
)
from models.phrases.entry import identity, invite as invite_words, register as register_words
from models.phrases.ground import rhythm as own_words
from models.phrases.people import rights as rights_words
from models.phrases.text import Text, day, month, weekday
from models.phrases.trust import consent as consent_words, data_visit as visit_words
from models.phrases.year import probation as probation_words
from models.trust.data_visit import may_issue
from models.year.probation import ended_probation, running_probation

KINDER = (1, 2, 3, 6)  # months between two check-ins


def tapped(ctx: Context, arguments: list[str]) -> None:
    show_card(ctx, member_for(ctx, number(arguments), Right.SEE_DETAILS))


def show_card(ctx: Context, member: Member, note: Text | None = None) -> None:
    """Show the card of a member, under `note`: what has just been done."""
    account = account_of(ctx.db, member.id)
    state = invite_state(ctx.db, member.id, now=ctx.now)
    agreed = contact_answers(ctx.db, [member.id]).get(member.id)
    held = _in_this_cell(ctx, member)
    words = phrases.card(
        name=closely(member),
        birth_year=member.birth_year,
        standing=member.standing,
        role=_role(held[0]) if held else None,
        place=place_words(member.place_code) if member.place_code else None,
        there=_clock_of(member, ctx.now) if member.place_code else None,
        invite=invite_words.STATES["used"] if account else standing_of(state, agreed),
        reach=phrases.reach(state=account.reachability) if account else None,
        checkin=_last_checkin(ctx, member),
    )
    asleep = (
        identity.sleeps(name=member.full_name) if sleeping_offices(ctx.db, member.id, now=ctx.now) else None
    )
    more = [one for one in (asleep, _noes(ctx, member), _own_rhythm(ctx, member)) if one]
    words = common.lines(words, *more) if more else words
    ctx.show(common.paragraph(note, words) if note else words, _buttons(ctx, member))


_AT_THE_DESK = (
    Purpose.CONTACT,
    Purpose.AWAY,
    Purpose.REVIEW,
    Purpose.MEETING,
)  # what the desk has to go on with


def _noes(ctx: Context, member: Member) -> Text | None:
    """What is done with them on paper or by telephone, as they chose."""
    known = consents(ctx.db, member.id)
    refused = [one for one in _AT_THE_DESK if one in known and not known[one].given]
    return consent_words.on_card(purposes=refused) if refused else None


def _clock_of(member: Member, now: datetime) -> Text:
    there = now.astimezone(ZoneInfo(member.zone))
    return phrases.clock(time=f"{there:%H:%M}", day=weekday(there.date()))


def _last_checkin(ctx: Context, member: Member) -> Text | None:
    last = ctx.db.scalars(
        select(Checkin)
        .where(Checkin.member_id == member.id, Checkin.state != CheckinState.SCHEDULED)
        .order_by(Checkin.opens_at.desc())
        .limit(1)
    ).first()
    if last is None:
        return None
    return phrases.last_checkin(period=month(last.period), state=checkin_words.STATES[last.state])


def _own_rhythm(ctx: Context, member: Member) -> Text | None:
    """The rhythm and the days of grace that are theirs alone, and whether they chose them."""
    if member.rhythm is None and not member.grace_days:
        return None
    offer = newest_offer(ctx.db, member.id)
    chosen = offer is not None and offer.accepted and offer.decided_at
    return own_words.card_line(
        rhythm=rhythm_words(member.rhythm) if member.rhythm else None,
        own_grace=member.grace_days or 0,
        chosen=own_words.own_choice(on=day(local_date(chosen, HOME_ZONE))) if chosen else None,
    )


def _role(held: Appointment) -> Text:
    if held.role == Role.DEPUTY:
        return office_words.deputy_role(until=last_day(held.ends_at))
    return rights_words.ROLES[held.role]


def _in_this_cell(ctx: Context, member: Member) -> list[Appointment]:
    return [held for held in appointments(ctx.db, member.id, now=ctx.now) if held.unit_id == member.cell_id]


def _buttons(ctx: Context, member: Member) -> list[list[Button]]:
    """What the reader does with this person most often; the rest is one tap away."""
    registered = account_of(ctx.db, member.id) is not None
    state = invite_state(ctx.db, member.id, now=ctx.now)
    invite = phrases.NEW_PHONE if registered else phrases.INVITE_AGAIN if state else phrases.INVITE
    is_probationary = member.standing == Standing.PROBATIONARY
    followed = running_probation(ctx.db, member.id) is not None
    is_over = not followed and ended_probation(ctx.db, member.id) is not None
    is_waiting = state is InviteState.WAITING
    offers: list[_Offer] = [
        (Right.INVITE, invite, "roster:invite", not is_waiting),
        (Right.SEE_DETAILS, phrases.SHOW_PHONE, "roster:phone", True),
        (Right.KEEP_ABSENCES, absence_words.PERSON, "absence:who", True),
        (Right.EDIT_ROSTER, phrases.CORRECT, "roster:edit", True),
        (Right.KEEP_ABSENCES, probation_words.START, "probation:start", is_probationary and not followed),
        (Right.KEEP_ABSENCES, probation_words.SEE, "probation:start", followed),
        (Right.KEEP_ABSENCES, probation_words.SEE, "probation:last", is_over and not is_probationary),
    ]
    buttons = _allowed(ctx, member, offers)
    if is_waiting:
        buttons.insert(0, [Button(register_words.CONFIRM_THEM, f"register:ask:{member.id}")])
    if _rarer(ctx, member):
        buttons.append([Button(phrases.MORE, f"roster:cardmore:{member.id}")])
    return [*buttons, [Button(phrases.TO_LIST, f"roster:list:{member.cell_id}")], MENU]


_Offer = tuple[Right, Text, str, bool]


def _allowed(ctx: Context, member: Member, offers: list[_Offer]) -> list[list[Button]]:
    return [
        [Button(label, f"{address}:{member.id}")]
        for right, label, address, fits in offers
        if fits and may(ctx.db, ctx.me.id, right, member.cell_id or 0, now=ctx.now)
    ]


def _rarer(ctx: Context, member: Member) -> list[list[Button]]:
    registered = account_of(ctx.db, member.id) is not None
    state = invite_state(ctx.db, member.id, now=ctx.now)
    roles = {held.role for held in _in_this_cell(ctx, member)}
    is_probationary = member.standing == Standing.PROBATIONARY
    over = ended_probation(ctx.db, member.id) is not None
    return _allowed(
        ctx,
        member,
        [
            (Right.INVITE, phrases.INVITE_AGAIN, "roster:invite", state is InviteState.WAITING),
            (Right.INVITE, phrases.REVOKE, "roster:revoke", state in ALIVE),
            (Right.SET_RHYTHM, phrases.OWN_RHYTHM, "roster:pace", member.place_code is not None),
            (Right.SET_RHYTHM, own_words.GRACE, "rhythm:give", member.place_code is not None),
            (Right.APPOINT_DEPUTY, office_words.APPOINT, "office:deputy", not roles and not is_probationary),
            (Right.APPOINT_DEPUTY, office_words.CHANGE_END, "office:deputy", Role.DEPUTY in roles),
            (Right.APPOINT_DEPUTY, office_words.END_DEPUTY, "office:enddeputy", Role.DEPUTY in roles),
            (
                Right.EDIT_ROSTER,
                visit_words.ISSUE,
                "visit:issue",
                may_issue(ctx.db, ctx.me.id, member, now=ctx.now),
            ),
            (Right.KEEP_ABSENCES, probation_words.SEE_ENDED, "probation:last", is_probationary and over),
            (Right.EDIT_ROSTER, law_words.NOTE_PAPER, "law:paper", not registered),
            (Right.EDIT_ROSTER, phrases.REMOVE, "roster:remove", member.id != ctx.me.id),
        ],
    )


def see_more(ctx: Context, arguments: list[str]) -> None:
    member = member_for(ctx, number(arguments), Right.SEE_DETAILS)
    ctx.show(phrases.card_more(name=closely(member)), [*_rarer(ctx, member), [to_card(member)]])


def show_number(ctx: Context, arguments: list[str]) -> None:
    """Show a phone number. Reading it leaves a row which its owner sees."""
    member = member_for(ctx, number(arguments), Right.SEE_DETAILS)
    if not member.phone:
        ctx.show(phrases.no_phone(name=member.full_name), [[to_card(member)], MENU])
        return
    record_look(ctx.db, reader_id=ctx.me.id, member_id=member.id, what="member.phone", now=ctx.now)
    account, by_id = account_of(ctx.db, member.id), member.phone_changed_by
    if by_id == member.id and account is not None:
        by_id = account.confirmed_by
    by = ctx.db.get(Member, by_id or 0)
    words = phrases.phone(
        name=member.full_name,
        phone=show_phone(member.phone),
        since=local_date(member.phone_changed_at, HOME_ZONE) if member.phone_changed_at else None,
        by=by.full_name if by is not None and by.id != member.id else "",
    )
    ctx.show(words, [[to_card(member)], MENU])


# --- remove -------------------------------------------------------------------------------------------------------


def remove(ctx: Context, arguments: list[str]) -> None:
    """Remove the member. It is asked twice; the second answer does it."""
    member = member_for(ctx, number(arguments), Right.EDIT_ROSTER)
    if member.id == ctx.me.id:
        raise Refused(phrases.not_yourself())
    if any(one.unit_id != member.cell_id for one in offices_held(ctx.db, member.id, now=ctx.now)):
        raise Refused(
            phrases.holds_an_office(name=member.full_name)
        )  # a cell does not shut out who is above it
    keep = Button(phrases.KEEP, f"roster:card:{member.id}")
    match arguments[1:]:
        case ["sure"]:
            leave_roster(ctx.db, member, ctx.policies.checkin, by_id=ctx.me.id, now=ctx.now)
            back = [Button(phrases.TO_LIST, f"roster:list:{member.cell_id}")]
            ctx.show(phrases.removed(name=closely(member)), [back, MENU])
        case ["yes"]:
            sure = Button(phrases.REMOVE_SURE, f"roster:remove:{member.id}:sure")
            ctx.show(phrases.remove_second(name=closely(member)), [[sure], [keep]])
        case _:
            yes = Button(phrases.REMOVE_YES, f"roster:remove:{member.id}:yes")
            ctx.show(phrases.remove_first(name=closely(member)), [[yes], [keep]])


# --- a rhythm of their own ----------------------------------------------------------------------------------------


def own_rhythm(ctx: Context, arguments: list[str]) -> None:
    """Set how rarely the member is asked on the cell's days, or give them the cell's rhythm again."""
    member = member_for(ctx, number(arguments), Right.SET_RHYTHM)
    cell = ctx.db.get_one(Unit, member.cell_id)
    if len(arguments) > 1:
        _set_own_rhythm(ctx, member, cell, arguments[1])
        own = rhythm_words(member.rhythm) if member.rhythm else phrases.AS_CELL
        show_card(ctx, member, note=phrases.own_rhythm_set(rhythm=own))
        return
    held = rhythm_of(member, cell, ctx.policies.checkin)
    choices = [
        [Button(phrases.every(months), f"roster:pace:{member.id}:{months}")]
        for months in KINDER
        if months != held.every_months
    ]
    as_cell = [[Button(phrases.AS_CELL, f"roster:pace:{member.id}:cell")]] if member.rhythm else []
    words = phrases.own_rhythm(name=member.full_name, now=rhythm_words(held))
    ctx.show(words, [*choices, *as_cell, [to_card(member)], MENU])


def _set_own_rhythm(ctx: Context, member: Member, cell: Unit, said: str) -> None:
    common_rhythm = cell.rhythm or ctx.policies.checkin.rhythm
    if said == "cell":
        member.rhythm = None
    elif said in {str(months) for months in KINDER}:
        member.rhythm = common_rhythm.with_(every_months=int(said))
    else:
        raise Refused(common.gone_button())
    ctx.db.flush()
    record_act(ctx.db, "rhythm.member", by_id=ctx.me.id, now=ctx.now, member_id=member.id, detail=said)
    plan_checkin(ctx.db, member, ctx.policies.checkin, now=ctx.now)


def rhythm_words(rhythm: Rhythm) -> Text:
    return phrases.rhythm(
        every_months=rhythm.every_months,
        opens_day=rhythm.opens_day,
        due_day=rhythm.due_day,
        hour=rhythm.hour,
        weekday=rhythm.weekday,
    )
