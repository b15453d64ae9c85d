"""From an invite's link to the first main screen; and a lost phone's way back.

    /start TOKEN
      └─ language ─> who ─────────> what ─> abroad or zalo ─> contact ─> identity ─> place ─> clock ─> end
         (only if     │ not me:              │          │         │ number of    │ other    │ no, or
         Telegram     v nothing is kept      v no: ends kindly,   │ their own    v          v several
         is not vi)   end                    secretary is told    v           choose      zone
                                                               or rather not
    end: the number is the roster's ──> linked, then asked to agree to the rest (consent.py)
         else ──> the secretary is asked, the person waits

A person may stop anywhere: opening the link again goes on at the question that was open. Each step looks again
whether the invite still holds.
"""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from pydantic import BaseModel, Field

from handlers.entry import own_link
from handlers.ground import conversation, menu
from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import AnyFlow, Flow, Question, Screen, choice
from handlers.ground.paging import paged
from handlers.ground.routing import Tap
from handlers.people import whereabouts as places
from handlers.people.whereabouts import Whereabouts
from handlers.trust import consent
from models.contact.checkin import Checkin, planned_checkin
from models.delivery.conversation import (
    conversation_in,
    current_conversation,
    park_conversations,
    wake_conversation,
)
from models.delivery.message import Button
from models.entry.identity import entitled
from models.entry.invite import (
    OPENABLE,
    Claim,
    Invite,
    InviteSettled,
    InviteState,
    InviteUnknown,
    check_invite,
    claim_invite,
    confirmers,
    invite_in,
    is_own_link,
    newest_invite,
    open_invite,
    settle_invite,
    tokens_in,
)
from models.entry.joining import capacities, join_by_officer, may_join, pairs_below
from models.entry.register import (
    check_same,
    claim_for_oneself,
    confirm_identity,
    decline_invite,
    held_words,
    identity_question,
    invites_to_confirm,
    month_waiting,
    old_account_agrees,
    old_account_stops,
    purposes_to_ask,
    rather_by_page,
    recognise,
    reject_identity,
    take_claim,
    vouch_for,
)
from models.entry.waking import people_to_vouch, units_under_officer
from models.ground.errors import Refused
from models.ground.phones import parse_phone
from models.people.browser import looks_in
from models.people.member import (
    BEFORE_PROOF,
    Account,
    Member,
    Purpose,
    account_of,
    decent_for,
    hears,
    was_registered,
)
from models.people.namesakes import called
from models.people.rights import NotEntitled, Right, Role, holders, may, offices_in_words
from models.people.trail import record_act
from models.phrases import common
from models.phrases.entry import identity, invite as invite_phrases, joining, register as phrases
from models.phrases.ground import commands, menu as menu_phrases
from models.phrases.people import secret as secret_phrases
from models.phrases.text import Lang
from models.trust.consent import terms_of

_LISTED = 6  # on a screen of eight buttons


class Step(StrEnum):
    LANGUAGE = "language"
    WHO = "who"
    WHAT = "what"
    ABROAD = "abroad"
    ZALO = "zalo"
    CONTACT = "contact"
    IDENTITY = "identity"
    STILL_THERE = "still_there"
    PLACE = "place"
    CLOCK = "clock"
    ZONE = "zone"


class Draft(Whereabouts):
    invite_id: int = 0
    lang: Lang = Lang.VI
    consents: dict[Purpose, bool] = Field(default_factory=dict)
    phone: str = ""
    typed: bool = False  # no messenger says whose the number is
    recognised: bool = False
    stays: bool = False  # registered already: the roster knows where they are
    goes_on: str = ""  # the question at which the language was to be another


# --- the door -------------------------------------------------------------------------------------------------------


def start(ctx: Context) -> None:
    """Answer /start with a token, with a whole link, or without."""
    if ctx.incoming.text:
        _follow(ctx, [*tokens_in(ctx.incoming.text), ctx.incoming.text.split()[0]][0])
    elif ctx.member is not None:
        menu.show_menu(ctx)
    elif not _go_on(ctx):
        menu.greet_stranger(ctx)


def takes_link(ctx: Context) -> bool:
    """Take an invite's link or token that came as a text or under a picture, unless a form asks for words."""
    text, row = ctx.incoming.text, current_conversation(ctx.db, ctx.address)
    tokens = tokens_in(text)
    if not tokens or (row is not None and row.room != FLOW.room):
        return False
    # a chat that has guessed too often is told of no token, not even of a good one
    known = invite_in(ctx.db, text) if ctx.may_guess else None
    # what only looks like a token is an ordinary text, unless a stranger sends it alone: then they mistyped their link
    if known is None and (ctx.member is not None or len(text.split()) > 1 or row is not None):
        return False
    _follow(ctx, known or tokens[0])
    return True


def still_asked(ctx: Context) -> bool:
    """Ask the open question again after a command in the middle of registering. Return False for who has not begun."""
    row = conversation_in(ctx.db, ctx.address, FLOW.room) if ctx.member is None else None
    if row is None:
        return False
    wake_conversation(ctx.db, ctx.address, FLOW.room)
    ctx.db.flush()
    draft = Draft.model_validate_json(row.draft or "{}")
    if ctx.incoming.command == "ngonngu" and row.step != Step.LANGUAGE:
        # the language has its own question here; after it the form goes on at the one it left
        draft.goes_on, row.step = row.step, Step.LANGUAGE.value
        row.draft = draft.model_dump_json()
    ctx.speaks = draft.lang
    return conversation.ask_again(ctx, {FLOW.room: FLOW}, phrases.still_registering())


def _follow(ctx: Context, token: str) -> None:
    if not ctx.may_guess:
        ctx.missed = True
        if ctx.member is not None:
            ctx.say(invite_phrases.tried_too_often())
        return
    try:
        mine = ctx.member.id if ctx.member else None
        invite = open_invite(ctx.db, token, address=ctx.address, now=ctx.now, member_id=mine)
    except InviteUnknown as unknown:
        ctx.missed = True
        # who goes on guessing gets no answer: each would say that the token is none
        if not _tries_too_often(ctx):
            ctx.say(unknown.phrase)
        return
    if ctx.member is not None:
        _is_linked(ctx, invite)
    elif is_own_link(invite) and account_of(ctx.db, invite.member_id) is not None:
        own_link.take_link(ctx, invite)
    elif not _go_on(ctx, invite):
        draft = Draft(invite_id=invite.id, lang=ctx.lang)
        conversation.begin(ctx, FLOW, Step.WHO if ctx.lang is Lang.VI else Step.LANGUAGE, draft)


# --- one person, one more office --------------------------------------------------------------------------------------


class JoinStep(StrEnum):
    SAME = "same"
    NUMBER = "number"


class JoinDraft(BaseModel):
    invite_id: int = 0


def _may_be_mine(ctx: Context, draft: JoinDraft) -> Member:
    invite = ctx.db.get(Invite, draft.invite_id)
    if invite is None:
        raise NotEntitled
    check_invite(invite, address=ctx.address, now=ctx.now)
    return check_same(ctx.db, invite, ctx.me, here=ctx.address)


def ask_same(ctx: Context, draft: JoinDraft) -> Screen:
    other = _may_be_mine(ctx, draft)
    words = joining.ask_same(
        name=other.own_name,
        known=capacities(ctx.db, ctx.me, now=ctx.now),
        new=capacities(ctx.db, other, now=ctx.now),
    )
    return Screen(words, [[choice(joining.SAME, "yes")], [choice(joining.NOT_ME, "no")]])


def take_same(ctx: Context, draft: JoinDraft, answer: Answer) -> JoinStep | None:
    if answer.choice("yes", "no") == "no":
        ctx.left = True
        ctx.show(phrases.not_me(), [[Button(common.MENU, "nav:menu")]])
        return None
    # claimed before the number is asked: from now on nobody else who holds the link can use it
    claim_invite(ctx.db, ctx.db.get_one(Invite, draft.invite_id), address=ctx.address, now=ctx.now)
    return JoinStep.NUMBER


def ask_number(ctx: Context, draft: JoinDraft) -> Screen:
    if not ctx.address.limits.contact:  # what is typed cannot join two names into one person
        raise Refused(joining.only_by_messenger())
    return Screen(joining.share_again(), ask_contact=phrases.SHARE_PHONE)


def take_number(ctx: Context, draft: JoinDraft, answer: Answer) -> None:
    _may_be_mine(ctx, draft)
    invite, phone = ctx.db.get_one(Invite, draft.invite_id), _shared_phone(answer)
    state = claim_for_oneself(
        ctx.db,
        invite,
        ctx.me,
        _own(ctx),
        phone,
        policy=ctx.policies.invite,
        checkins=ctx.policies.checkin,
        now=ctx.now,
    )
    ctx.say(phrases.phone_matches(), drop_keyboard=True)
    if state is not InviteState.USED:
        ctx.show(joining.waits(), [[Button(common.MENU, "nav:menu")]])
        return
    ctx.refresh()
    menu.show_menu(ctx)
    consent.go_on(ctx)


JOIN: Flow[JoinDraft] = Flow(
    "register_join",
    joining.JOINING,
    JoinDraft,
    {JoinStep.SAME: Question(ask_same, take_same), JoinStep.NUMBER: Question(ask_number, take_number)},
    right=_may_be_mine,
)


def _tries_too_often(ctx: Context) -> bool:
    return ctx.member is None and menu.said_lately(ctx) > ctx.policies.invite.wrong_tokens_an_hour


def _is_linked(ctx: Context, invite: Invite) -> None:
    """The chat is somebody's already: their own invite is not needed; another's cannot be used here.

    Unless it is theirs as well: one person may be an officer, and stand on a cell's roster.
    """
    if ctx.me.id != invite.member_id:
        check_same(ctx.db, invite, ctx.me, here=ctx.address)
        record_act(ctx.db, "register.claim", by_id=ctx.me.id, member_id=invite.member_id, now=ctx.now)
        conversation.begin(ctx, JOIN, JoinStep.SAME, JoinDraft(invite_id=invite.id))
        return
    if invite.state in OPENABLE:
        settle_invite(ctx.db, invite, InviteState.USED, now=ctx.now)
    ctx.say(phrases.already_linked())
    menu.show_menu(ctx)


def _go_on(ctx: Context, invite: Invite | None = None) -> bool:
    """Ask again where the person stopped; False when they have not begun, or with another invite."""
    row = conversation_in(ctx.db, ctx.address, FLOW.room)
    if row is None or (invite and Draft.model_validate_json(row.draft or "{}").invite_id != invite.id):
        return False
    park_conversations(ctx.db, ctx.address)
    row.active = True
    ctx.db.flush()
    return conversation.ask_again(ctx, {FLOW.room: FLOW})


# --- who, and what it is --------------------------------------------------------------------------------------------


def ask_language(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(menu_phrases.VIETNAMESE, Lang.VI), choice(menu_phrases.ENGLISH, Lang.EN)]]
    return Screen(menu_phrases.which_language(), buttons)


def take_language(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.lang = Lang(answer.choice(*Lang))
    goes_on, draft.goes_on = draft.goes_on, ""
    return Step(goes_on) if goes_on else Step.WHO


def ask_who(ctx: Context, draft: Draft) -> Screen:
    """Ask who is there. Whoever holds the link may read this, so it does not say whom the invite is for."""
    other = Lang.VI if draft.lang is Lang.EN else Lang.EN
    label = menu_phrases.ENGLISH if other is Lang.EN else menu_phrases.VIETNAMESE
    return Screen(
        phrases.who(),
        [[choice(phrases.THAT_IS_ME, "yes")], [choice(phrases.NOT_ME, "no")], [choice(label, other)]],
    )


def take_who(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    given = answer.choice("yes", "no", *Lang)
    if given in tuple(Lang):
        draft.lang = Lang(given)
        return Step.WHO
    if given == "no":
        ctx.left = True
        ctx.show(phrases.not_me())
        return None
    # claimed before anything is asked: from now on nobody else who holds the link can use it
    claim_invite(ctx.db, _invite(ctx, draft), address=ctx.address, now=ctx.now)
    return Step.WHAT


def ask_what(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.what_it_is(), [[choice(phrases.UNDERSTOOD, "yes")]])


def take_what(ctx: Context, draft: Draft, answer: Answer) -> Step:
    answer.choice("yes")
    return _after_consents(ctx, draft)


# --- consents, one by one -------------------------------------------------------------------------------------------


def ask_consent(purpose: Purpose, ctx: Context, draft: Draft) -> Screen:
    asked = _asked_first(ctx, draft)
    number = asked.index(purpose) + 1 if purpose in asked else 1
    buttons = [[choice(phrases.AGREE, "yes"), choice(phrases.REFUSE, "no")]]
    words = phrases.consent(
        purpose=purpose,
        number=number,
        of=len(asked),
        office=_invited(ctx, draft).cell_id is None,
        terms=terms_of(ctx.policies),
    )
    return Screen(words, buttons)


def _asked_first(ctx: Context, draft: Draft) -> list[Purpose]:
    """What has to be agreed to before it is known who this is; the rest may speak of the cell, and comes after."""
    asked = purposes_to_ask(ctx.db, _invited(ctx, draft), ctx.address)
    return [one for one in asked if one in BEFORE_PROOF]


def take_consent(purpose: Purpose, ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    draft.consents[purpose] = answer.choice("yes", "no") == "yes"
    if not draft.consents[purpose]:
        ctx.left = True
        door = ctx.policies.attendance.door
        page = rather_by_page(ctx.db, _invite(ctx, draft), purpose, here=ctx.address, door=door, now=ctx.now)
        if page:
            ctx.show(phrases.rather_by_page(page=page))
            return None
        decline_invite(ctx.db, _invite(ctx, draft), address=ctx.address, now=ctx.now)
        ctx.show(phrases.declined(), [[Button(phrases.THINK_AGAIN, f"register:again:{draft.invite_id}")]])
        return None
    return _after_consents(ctx, draft, purpose)


def think_again(ctx: Context, arguments: list[str]) -> None:
    """Begin again, as if the link were opened once more, for somebody who said no first and would rather register."""
    invite = ctx.db.get(Invite, number(arguments))
    if ctx.member is not None or invite is None or invite.opened_from != ctx.address:
        ctx.tell(common.form_is_over())
        return
    check_invite(invite, address=ctx.address, now=ctx.now)
    if invite.state == InviteState.DECLINED:
        claim_invite(ctx.db, invite, address=ctx.address, now=ctx.now)
    if not _go_on(ctx, invite):
        conversation.begin(ctx, FLOW, Step.WHAT, Draft(invite_id=invite.id, lang=ctx.lang))


def _after_consents(ctx: Context, draft: Draft, last: Purpose | None = None) -> Step:
    """The next purpose in their order that has not been asked, else who it is."""
    ahead = BEFORE_PROOF[BEFORE_PROOF.index(last) + 1 :] if last else BEFORE_PROOF
    asked = _asked_first(ctx, draft)
    return next((Step(purpose.value) for purpose in ahead if purpose in asked), Step.IDENTITY)


# --- who it is ------------------------------------------------------------------------------------------------------


def ask_identity(ctx: Context, draft: Draft) -> Screen:
    rather_not = [[choice(phrases.NO_PHONE, "none")]]
    if not ctx.address.limits.contact:
        return Screen(phrases.type_phone(), rather_not)
    return Screen(phrases.share_phone(), rather_not, ask_contact=phrases.SHARE_PHONE)


def take_identity(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    invite, member = _invite(ctx, draft), _invited(ctx, draft)
    draft.typed = not ctx.address.limits.contact
    draft.phone = _typed_phone(answer) if draft.typed else _shared_phone(answer)
    proof = recognise(
        ctx.db, invite, member, draft.phone, ctx.policies.invite, typed=draft.typed, now=ctx.now
    )
    draft.stays = was_registered(ctx.db, member.id)
    # a number alone moves nobody's account to another chat: the chat they had is asked first (decisions/0022)
    draft.recognised = proof is not None and not draft.stays
    # refused at once, since nobody could end the wait
    if proof is None and not draft.stays and not confirmers(ctx.db, member, now=ctx.now):
        raise Refused(phrases.nobody_to_confirm(shares=not draft.typed))
    ctx.say(phrases.phone_matches() if draft.recognised else phrases.will_be_confirmed(), drop_keyboard=True)
    if member.cell_id is None or draft.stays:
        _finish(ctx, draft)
        return None
    # what the roster says of their place is shown only to one who is known to be them
    return Step.STILL_THERE if draft.recognised and member.place_code else Step.PLACE


def _typed_phone(answer: Answer) -> str:
    if answer.incoming.kind is not Kind.TEXT:
        answer.choice("none")
        return ""
    found = parse_phone(answer.incoming.text)
    if found is None:
        raise Refused(phrases.no_phone_number())
    return found


def _shared_phone(answer: Answer) -> str:
    contact = answer.incoming.contact
    if contact is not None:
        if not contact.is_own:
            raise Refused(phrases.not_your_number())
        return contact.phone
    # a typed number proves nothing; of a shared one the messenger says whose it is
    if answer.incoming.kind is Kind.TEXT:
        raise Refused(phrases.use_the_button())
    answer.choice("none")
    return ""


# --- place and clock ------------------------------------------------------------------------------------------------


def ask_still_there(ctx: Context, draft: Draft) -> Screen:
    if not draft.recognised:  # wherever the tap came from
        raise Refused(common.gone_button())
    words = phrases.still_there(place=places.place_name(_invited(ctx, draft).place_code))
    buttons = [(phrases.RIGHT_PLACE, "yes"), (phrases.OTHER_PLACE, "other"), (phrases.AT_HOME, places.HOME)]
    return Screen(words, [[choice(label, value)] for label, value in buttons])


def take_still_there(ctx: Context, draft: Draft, answer: Answer) -> StrEnum | None:
    given = answer.choice("yes", "other", places.HOME)
    if given == "other":
        return Step.PLACE
    places.set_place(draft, _invited(ctx, draft).place_code if given == "yes" else places.HOME)
    return _WHEREABOUTS.after_place(ctx, draft)


# --- the end --------------------------------------------------------------------------------------------------------


def _finish(ctx: Context, draft: Draft) -> None:
    invite = _invite(ctx, draft)
    claim = Claim(
        address=ctx.address,
        lang=draft.lang,
        consents=draft.consents,
        phone=draft.phone,
        typed=draft.typed,
        place_code=draft.place_code,
        zone=draft.zone,
        stays=draft.stays,
    )
    state = take_claim(
        ctx.db, invite, claim, policy=ctx.policies.invite, checkins=ctx.policies.checkin, now=ctx.now
    )
    if state is not InviteState.USED:
        ctx.show(held_words(invite, claim))
        return
    ctx.refresh()
    _welcome(ctx, planned_checkin(ctx.db, ctx.me.id))
    consent.go_on(ctx)


def _welcome(ctx: Context, planned: Checkin | None) -> None:
    me = ctx.me
    keepers = holders(ctx.db, me.cell_id, Role.SECRETARY, now=ctx.now) if me.cell_id else []
    keeper = next((ctx.db.get_one(Member, one).full_name for one in keepers if one != me.id), "")
    words = phrases.done(
        name=me.own_name,
        keeper=keeper,
        offices=offices_in_words(ctx.db, me.id, now=ctx.now),
        next_at=planned.opens_at if planned else None,
        away=me.cell_id is not None,
        zone=me.zone,
        hidden=me.discreet and ctx.address.limits.pushes,
        waiting=month_waiting(ctx.db, me, now=ctx.now),
    )
    # who keeps others' data chooses a PIN before a lost phone can choose one for them
    pin = (
        [[Button(secret_phrases.CHOOSE_PIN, "secret:change")]]
        if offices_in_words(ctx.db, me.id, now=ctx.now)
        else []
    )
    if me.id in keepers:
        pin.insert(0, [Button(phrases.BEGIN_OFFICE, f"desk:open:{me.cell_id}")])
    ctx.show(words, [*pin, [Button(commands.DATA, "menu:go:dulieu")], [Button(common.MENU, "nav:menu")]])
    menu.refresh_commands(ctx)


def ask_keeper(ctx: Context, arguments: list[str]) -> None:
    """Ask the secretary once more who it is, from a person's card."""
    invite = newest_invite(ctx.db, number(arguments))
    if invite is None or ctx.me.id not in who_may_look(ctx, invite):
        raise NotEntitled
    message = identity_question(ctx.db, invite, reader_id=ctx.me.id, now=ctx.now)
    ctx.show(message.text, [*message.buttons, [Button(common.MENU, "nav:menu")]])


def who_may_look(ctx: Context, invite: Invite) -> set[int]:
    """Return the ids of those who look after the invited person, and of those who may say that it is them."""
    member = _who(ctx, invite)
    return {*confirmers(ctx.db, member, now=ctx.now), *entitled(ctx.db, invite, member, now=ctx.now)}


def confirm(ctx: Context, arguments: list[str]) -> None:
    """Confirm that "it is them". Only those who may say so can."""
    invite = _tapped(ctx, arguments)
    member = confirm_identity(
        ctx.db,
        invite,
        by_id=ctx.me.id,
        policy=ctx.policies.invite,
        checkins=ctx.policies.checkin,
        now=ctx.now,
    )
    heard = hears(ctx.db, member.id)
    morning = decent_for(member, ctx.now)
    later = morning if morning > ctx.now else None
    words = phrases.you_confirmed(
        name=member.full_name, heard=heard, looks_in=looks_in(ctx.db, member.id), later=later, zone=ctx.zone
    )
    if invite.next_at is not None:
        words = identity.you_confirmed_held(name=member.full_name, until=invite.next_at, zone=ctx.zone)
    ctx.show(words, [[Button(common.MENU, "nav:menu")]])


def ask_reject(ctx: Context, arguments: list[str]) -> None:
    """Ask whether to reject, the first tap of two: the answers that wait will be erased."""
    invite = _tapped(ctx, arguments)
    if ctx.me.id not in who_may_look(ctx, invite):
        raise NotEntitled
    if invite.claim is None:
        raise InviteSettled
    sure = Button(phrases.NOT_THEM_SURE, f"register:sure:{invite.id}")
    back = Button(common.BACK, f"register:ask:{invite.member_id}")
    ctx.show(phrases.really_not_them(name=_who(ctx, invite).full_name), [[sure], [back]])


def reject(ctx: Context, arguments: list[str]) -> None:
    member = reject_identity(ctx.db, _tapped(ctx, arguments), by_id=ctx.me.id, now=ctx.now)
    cell = member.cell_id
    may_invite = cell is not None and may(ctx.db, ctx.me.id, Right.INVITE, unit_id=cell, now=ctx.now)
    again = [[Button(phrases.INVITE_AGAIN, f"roster:invite:{member.id}")]] if may_invite else []
    ctx.show(phrases.you_rejected(name=member.full_name), [*again, [Button(common.MENU, "nav:menu")]])


# --- the chat that they have, and who is above ------------------------------------------------------------------------


def agree(ctx: Context, arguments: list[str]) -> None:
    """Agree that "it is me", said in the chat that is linked now: that chat closes."""
    account = _own(ctx)
    old_account_agrees(ctx.db, _tapped(ctx, arguments), account, checkins=ctx.policies.checkin, now=ctx.now)
    ctx.show(identity.agreed(closes=account.closed_at is not None))


def stop(ctx: Context, arguments: list[str]) -> None:
    old_account_stops(ctx.db, _tapped(ctx, arguments), _own(ctx), now=ctx.now)
    ctx.show(identity.stopped(), [[Button(common.MENU, "nav:menu")]])


def _own(ctx: Context) -> Account:
    if ctx.account is None:
        raise NotEntitled
    return ctx.account


def vouch(ctx: Context, arguments: list[str]) -> None:
    """Vouch as an officer that "it is them": what sleeps wakes, and what was held back is shown."""
    member = ctx.db.get(Member, number(arguments))
    if member is None:
        raise Refused(common.gone_button())
    woken = vouch_for(ctx.db, member, by_id=ctx.me.id, now=ctx.now)
    ctx.show(identity.vouched(name=member.full_name, offices=woken), [[Button(common.MENU, "nav:menu")]])


def waiting(ctx: Context, arguments: list[str]) -> None:
    """Show an officer who waits to be confirmed, and whose office sleeps, in the units below."""
    confirming = [_who(ctx, one) for one in invites_to_confirm(ctx.db, ctx.me, now=ctx.now)]
    vouching = people_to_vouch(ctx.db, ctx.me.id, now=ctx.now)
    names = called(ctx.db, [*confirming, *vouching])
    rows = [[Button(identity.to_confirm(name=names[one.id]), f"register:ask:{one.id}")] for one in confirming]
    rows += [[Button(identity.to_vouch(name=names[one.id]), f"register:vouch:{one.id}")] for one in vouching]
    rows += [
        [Button(joining.pair_button(name=one.own_name), f"register:pair:{one.id}:{other.id}")]
        for one, other in pairs_of(ctx)
    ]
    words = identity.waiting(count=len(rows))
    shown, turn = paged(rows, number_or_0(arguments), _LISTED, "register:waiting:{}".format)
    ctx.show(words, [*shown, turn, [Button(common.MENU, "nav:menu")]])


def pairs_of(ctx: Context) -> list[tuple[Member, Member]]:
    """Return pairs of rows that look like one person, as far as this officer may join them."""
    mine = units_under_officer(ctx.db, ctx.me.id, now=ctx.now)
    pairs = pairs_below(ctx.db, mine, now=ctx.now)
    return [(one, other) for one, other in pairs if may_join(ctx.db, ctx.me.id, one, other, now=ctx.now)]


def see_pair(ctx: Context, arguments: list[str]) -> None:
    """Show what each of two rows is, and what joining them does. The second tap joins them."""
    wanted = {number(arguments), number(arguments, 1)}
    found = next((pair for pair in pairs_of(ctx) if {one.id for one in pair} == wanted), None)
    if found is None:
        raise Refused(common.gone_button())
    one, other = found
    if arguments[2:] == ["yes"]:
        # the PIN is asked here and not at the tap's door: looking at the two rows needs none
        ctx.prove()
        person = join_by_officer(
            ctx.db, one, other, by_id=ctx.me.id, checkins=ctx.policies.checkin, now=ctx.now
        )
        offices = capacities(ctx.db, person, now=ctx.now)
        ctx.show(joining.joined(name=person.own_name, offices=offices), [[Button(common.MENU, "nav:menu")]])
        return
    words = joining.ask_one(
        name=one.own_name,
        one=capacities(ctx.db, one, now=ctx.now),
        other=capacities(ctx.db, other, now=ctx.now),
    )
    yes = Button(joining.ONE_PERSON, f"register:pair:{one.id}:{other.id}:yes")
    ctx.show(
        words, [[yes], [Button(joining.TWO_PEOPLE, "register:waiting")], [Button(common.MENU, "nav:menu")]]
    )


def _tapped(ctx: Context, arguments: list[str]) -> Invite:
    invite = ctx.db.get(Invite, number(arguments))
    if invite is None:
        raise Refused(common.gone_button())
    return invite


# --- within ---------------------------------------------------------------------------------------------------------


def _invite(ctx: Context, draft: Draft) -> Invite:
    return ctx.db.get_one(Invite, draft.invite_id)


def _invited(ctx: Context, draft: Draft) -> Member:
    return _who(ctx, _invite(ctx, draft))


def _who(ctx: Context, invite: Invite) -> Member:
    return ctx.db.get_one(Member, invite.member_id)


def _holds(ctx: Context, draft: Draft) -> None:
    """The questions go on while the invite holds for this chat; what became of it ends them."""
    check_invite(_invite(ctx, draft), address=ctx.address, now=ctx.now)


_WHEREABOUTS = places.PlaceSteps[Draft](Step.PLACE, Step.CLOCK, Step.ZONE, _finish)
_STEPS: dict[str, Question[Draft]] = {
    Step.LANGUAGE: Question(ask_language, take_language),
    Step.WHO: Question(ask_who, take_who),
    Step.WHAT: Question(ask_what, take_what),
    **{
        Step(purpose.value): Question(partial(ask_consent, purpose), partial(take_consent, purpose))
        for purpose in BEFORE_PROOF
    },
    Step.IDENTITY: Question(ask_identity, take_identity),
    Step.STILL_THERE: Question(ask_still_there, take_still_there),
    **_WHEREABOUTS.questions,
}

FLOW: Flow[Draft] = Flow(
    room="register",
    about=phrases.ABOUT,
    draft=Draft,
    steps=_STEPS,
    right=_holds,
    public=True,
)

FLOWS: list[AnyFlow] = [FLOW, JOIN]
TAPS = [
    Tap("register:ask", ask_keeper),
    Tap("register:confirm", confirm, proof=True),
    Tap("register:reject", ask_reject),
    Tap("register:sure", reject, proof=True),
    Tap("register:again", think_again, public=True),
    Tap("register:waiting", waiting),
    Tap("register:pair", see_pair),
    Tap("register:agree", agree, proof=True),
    Tap("register:stop", stop),  # no PIN: stopping must be possible at once, and takes nothing away
    Tap("register:vouch", vouch, proof=True),
]
