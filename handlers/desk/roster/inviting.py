"""Invites from the roster: one person, or everybody who is not registered."""

from __future__ import annotations

from datetime import timedelta

from handlers.desk.roster.common import MENU, cell_for, closely, member_for
from handlers.ground.arguments import number
from handlers.ground.context import Context
from models.delivery.message import Attachment, Button, Method
from models.delivery.papers import qr_png
from models.desk.roster.export import workbook
from models.entry.invite import (
    ALIVE,
    InviteState,
    create_invite,
    invite_link,
    invite_page,
    invite_states,
    newest_invite,
    revoke_invite,
)
from models.ground.errors import Refused
from models.ground.phones import show_phone
from models.people.member import Member, account_of, accounts_of, contact_answers, record_look, roster
from models.people.rights import Right
from models.people.trail import record_act
from models.phrases.desk import roster as file_words, roster_talk as phrases
from models.phrases.entry import invite as invite_words
from models.phrases.text import HOME_ZONE, Text, moment

_DOUBLE_TAP = timedelta(seconds=3)


def _just_invited(ctx: Context, member: Member) -> bool:
    """A second tap must not revoke the link that the first one has just handed out."""
    newest = newest_invite(ctx.db, member.id)
    return (
        newest is not None
        and newest.state == InviteState.SENT
        and newest.by_id == ctx.me.id
        and ctx.now - newest.created_at < _DOUBLE_TAP
    )


def hand_out(ctx: Context, member: Member, *, back: Button | None = None) -> None:
    """Hand out a new invite: how to pass it on, then a picture with the words to forward."""
    if _just_invited(ctx, member):
        raise Refused(phrases.just_invited())
    replaces = _replaces_links(ctx, [member])
    invite, token = create_invite(ctx.db, member, by_id=ctx.me.id, policy=ctx.policies.invite, now=ctx.now)
    link = invite_link(ctx.bot_username, token)
    words = invite_words.how_to_forward(name=closely(member), replaces=replaces)
    ctx.show(words, [[back], MENU] if back else [MENU])
    picture = Attachment("moi.png", qr_png(link))
    page = invite_page(ctx.policies.attendance.door, token)
    words = invite_words.forward(link=link, page=page, expires_at=invite.expires_at)
    ctx.send_file(picture, words, method=Method.PHOTO, to_pass_on=True, share=words)


def standing_of(state: InviteState | None, agrees: bool | None) -> Text:
    """Say how it stands with somebody who has no account."""
    if agrees is False and state not in ALIVE:
        return phrases.WITHDRAWN
    return invite_words.STATES[state] if state and state is not InviteState.USED else phrases.NEVER_INVITED


def to_card(member: Member) -> Button:
    return Button(phrases.TO_CARD, f"roster:card:{member.id}")


def invite(ctx: Context, arguments: list[str]) -> None:
    """Invite a member. For a registered one it is asked first, because the new invite will close the old chat."""
    member = member_for(ctx, number(arguments), Right.INVITE)
    if account_of(ctx.db, member.id) is None:
        hand_out(ctx, member, back=to_card(member))
        return
    ctx.prove()
    if arguments[1:] == ["yes"]:
        hand_out(ctx, member, back=to_card(member))
        return
    yes = Button(phrases.YES_DO, f"roster:invite:{member.id}:yes")
    ctx.show(phrases.invite_again(name=member.full_name), [[yes], [to_card(member)], MENU])


def revoke(ctx: Context, arguments: list[str]) -> None:
    member = member_for(ctx, number(arguments), Right.INVITE)
    newest = newest_invite(ctx.db, member.id)
    if newest is None or newest.state not in ALIVE:
        raise Refused(phrases.nothing_to_revoke())
    revoke_invite(ctx.db, newest, now=ctx.now)
    ctx.show(phrases.revoked(name=member.full_name), [[to_card(member)], MENU])


# --- everybody who is not registered ------------------------------------------------------------------------------


def not_registered(ctx: Context, cell_id: int) -> list[Member]:
    """Return whom a new link may help. Who said no, or deleted their data, is invited one by one, when they ask."""
    members = roster(ctx.db, cell_id)
    ids = [member.id for member in members]
    accounts, agreed = accounts_of(ctx.db, ids), contact_answers(ctx.db, ids)
    invites = invite_states(ctx.db, ids, now=ctx.now)
    return [
        member
        for member in members
        if member.id not in accounts
        and agreed.get(member.id) is not False
        and invites.get(member.id) is not InviteState.DECLINED
    ]


def _replaces_links(ctx: Context, members: list[Member]) -> bool:
    states = invite_states(ctx.db, [member.id for member in members], now=ctx.now)
    return any(state in ALIVE for state in states.values())


def invite_all(ctx: Context, arguments: list[str]) -> None:
    cell = cell_for(ctx, number(arguments), Right.INVITE)
    members = not_registered(ctx, cell.id)
    back = [Button(phrases.TO_LIST, f"roster:list:{cell.id}")]
    if not members:
        ctx.show(phrases.nobody_to_invite(), [back, MENU])
        return
    how = [
        [Button(phrases.AS_MESSAGES, f"roster:invitemessages:{cell.id}")],
        [Button(phrases.AS_FILE, f"roster:invitefile:{cell.id}")],
    ]
    ctx.show(phrases.invite_all(count=len(members)), [*how, back, MENU])


def _links(ctx: Context, members: list[Member]) -> list[tuple[Member, str, str]]:
    """Each with a new invite: the link for Telegram, and the one for a browser (empty where no page is served)."""
    if any(_just_invited(ctx, member) for member in members):
        raise Refused(phrases.just_invited())
    found = []
    for member in members:
        _, token = create_invite(ctx.db, member, by_id=ctx.me.id, policy=ctx.policies.invite, now=ctx.now)
        page = invite_page(ctx.policies.attendance.door, token)
        found.append((member, invite_link(ctx.bot_username, token), page))
    return found


def invite_by_messages(ctx: Context, arguments: list[str]) -> None:
    cell = cell_for(ctx, number(arguments), Right.INVITE)
    members = not_registered(ctx, cell.id)
    replaces = _replaces_links(ctx, members)
    links = _links(ctx, members)
    ctx.show(
        phrases.invites_follow(count=len(members), replaces=replaces),
        [[Button(phrases.TO_LIST, f"roster:list:{cell.id}")], MENU],
    )
    expires_at = ctx.now + ctx.policies.invite.lasts
    for member, link, page in links:
        words = invite_words.forward(link=link, page=page, expires_at=expires_at)
        ctx.say(phrases.invite_for(name=closely(member), words=words), to_pass_on=True, share=words)


def invite_by_file(ctx: Context, arguments: list[str]) -> None:
    cell = cell_for(ctx, number(arguments), Right.INVITE)
    until = moment(ctx.now + ctx.policies.invite.lasts, HOME_ZONE).to_plain(ctx.lang)
    door = ctx.policies.attendance.door
    headings = [file_words.column("name"), file_words.column("phone"), phrases.LINK, phrases.UNTIL]
    headings[3:3] = [phrases.PAGE_LINK] if door else []
    members = not_registered(ctx, cell.id)
    replaces = _replaces_links(ctx, members)
    rows = []
    for member, link, page in _links(ctx, members):
        rows.append(
            [
                closely(member).to_plain(ctx.lang),
                show_phone(member.phone) if member.phone else "",
                link,
                *([page] if door else []),
                until,
            ]
        )
        if member.phone:
            record_look(ctx.db, reader_id=ctx.me.id, member_id=member.id, what="roster.links", now=ctx.now)
    data = workbook(
        [h.to_plain(ctx.lang) for h in headings],
        rows,
        [32, 18, 60, *([60] if door else []), 24],
        title=cell.name,
    )
    record_act(ctx.db, "roster.links", by_id=ctx.me.id, now=ctx.now, unit_id=cell.id)
    ctx.say(
        phrases.keep_links(replaces=replaces), [[Button(phrases.TO_LIST, f"roster:list:{cell.id}")], MENU]
    )
    ctx.send_protected(Attachment(phrases.links_name().to_plain(ctx.lang), data), phrases.links_file())
