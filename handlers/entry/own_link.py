"""From a messenger of words to the page: a link is asked for, and the desk types what it was told on the telephone.

what words may not show ──OPEN_PAGE──> the link, in the messenger ──opened──> four figures, on the page
the desk's question ──HEARD──> DIGITS ──right──> the page is theirs
                                 └─ wrong, three times ──> closed
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.ground.arguments import number
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin
from handlers.ground.routing import Tap
from models.delivery.message import Button
from models.entry.identity import entitled
from models.entry.invite import Invite, InviteSettled
from models.entry.own_link import TRIES, hear_figures, make_own_link, stop_own_link, take_own_link
from models.ground.errors import Refused
from models.people.browser import Browser
from models.people.member import Member
from models.people.rights import NotEntitled
from models.people.secret import digits_of
from models.phrases import common
from models.phrases.delivery import page as page_words
from models.phrases.entry import own_link as phrases, register as register_words

_MENU = [[Button(common.MENU, "nav:menu")]]


class Step(StrEnum):
    DIGITS = "digits"


class Draft(BaseModel):
    invite_id: int = 0


def ask_link(ctx: Context, _arguments: list[str]) -> None:
    """Give the link, in a messenger of words; elsewhere the page is opened with a PIN."""
    account, door = ctx.account, ctx.policies.attendance.door
    if account is None or ctx.address.limits.guards:
        raise Refused(common.gone_button())
    if not door:
        raise Refused(page_words.no_page())
    lasts = ctx.policies.page.link_lasts
    made = make_own_link(ctx.db, account, door=door, lasts=lasts, policy=ctx.policies.invite, now=ctx.now)
    ctx.say(phrases.link(lasts=lasts, link=made), _MENU)


def take_link(ctx: Context, invite: Invite) -> None:
    """Show the figures to a browser that has opened such a link."""
    browser = ctx.db.get(Browser, ctx.incoming.browser) if ctx.incoming.browser is not None else None
    device = browser.device if browser is not None else ""
    ctx.say(
        phrases.shown(digits=take_own_link(ctx.db, invite, address=ctx.address, device=device, now=ctx.now))
    )


def stop(ctx: Context, arguments: list[str]) -> None:
    """Stop whoever has opened the link: no PIN, since it takes nothing away."""
    if ctx.account is None:
        raise NotEntitled
    stop_own_link(ctx.db, _invite(ctx, number(arguments)), ctx.account, now=ctx.now)
    ctx.show(phrases.stopped(), _MENU)


def heard(ctx: Context, arguments: list[str]) -> None:
    begin(ctx, FLOW, Step.DIGITS, Draft(invite_id=_invite(ctx, number(arguments)).id))


def ask_digits(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.ask_digits(name=_who(ctx, draft).full_name))


def take_digits(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    member = _who(ctx, draft)
    left = hear_figures(
        ctx.db,
        _invite(ctx, draft.invite_id),
        digits_of(answer.words(limit=64)),
        by_id=ctx.me.id,
        policy=ctx.policies.invite,
        checkins=ctx.policies.checkin,
        now=ctx.now,
    )
    if left == TRIES:
        done = register_words.you_confirmed(
            name=member.full_name, heard=True, looks_in=False, later=None, zone=ctx.zone
        )
        ctx.show(done, _MENU)
    elif left:
        ctx.say(phrases.wrong(left=left))
        return Step.DIGITS
    else:
        ctx.show(phrases.closed_by_wrong(name=member.full_name), _MENU)
    return None


def _who(ctx: Context, draft: Draft) -> Member:
    return ctx.db.get_one(Member, _invite(ctx, draft.invite_id).member_id)


def _invite(ctx: Context, invite_id: int) -> Invite:
    found = ctx.db.get(Invite, invite_id)
    if found is None:
        raise Refused(common.gone_button())
    return found


def _may_hear(ctx: Context, draft: Draft) -> None:
    """Whoever may say who they are, while somebody waits for it."""
    invite = _invite(ctx, draft.invite_id)
    if invite.claim is None:
        raise InviteSettled
    if ctx.me.id not in entitled(ctx.db, invite, _who(ctx, draft), now=ctx.now):
        raise NotEntitled


TAPS: list[Tap] = [
    Tap("own_link:ask", ask_link),
    Tap("own_link:stop", stop),
    Tap("own_link:heard", heard, proof=True),
]

FLOW: Flow[Draft] = Flow(
    "own_link",
    phrases.ABOUT,
    Draft,
    {Step.DIGITS: Question(ask_digits, take_digits)},
    right=_may_hear,
)
