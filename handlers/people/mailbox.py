"""Where a person is told: which of their accounts, and an e-mail address that says that something waits on their page.

/dulieu > An toàn > TOLD ──another account──> told there, as long as it works; what waits goes with it
                     └─ mail ──ADDRESS──CODE──> confirmed       └─ dropped
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.ground.arguments import number
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, own
from handlers.ground.routing import Tap
from models.delivery.message import Button
from models.ground.errors import Refused
from models.people.mailbox import MailboxState, confirm_mailbox, drop_mailbox, give_mailbox, mailbox_of
from models.people.member import UNREACHABLE, is_trusted, open_accounts, prefer_account
from models.people.rights import NotEntitled
from models.people.trail import record_act
from models.phrases import common
from models.phrases.entry import identity
from models.phrases.people import mailbox as phrases
from models.phrases.text import Text

_BACK = [Button(phrases.TOLD, "mailbox:show"), Button(common.MENU, "nav:menu")]
_LONGEST = 200


class Step(StrEnum):
    ADDRESS = "address"
    CODE = "code"


class Draft(BaseModel):
    pass


def show(ctx: Context, _arguments: list[str]) -> None:
    """Show where the person is told, and the ways to change it."""
    accounts = open_accounts(ctx.db, ctx.me.id)
    lines = [
        phrases.account(channel=one.address.channel, state=one.reachability, told=one.told_since is not None)
        for one in accounts
    ]
    others = [
        [Button(phrases.prefer_button(channel=one.address.channel), f"mailbox:prefer:{one.id}")]
        for one in accounts
        if one.told_since is None and one.reachability not in UNREACHABLE
    ]
    mail, rows = _mail(ctx)
    ctx.show(
        phrases.overview(accounts=lines, mail=mail),
        [*others, *rows, [Button(identity.SAFETY, "data:safety"), Button(common.MENU, "nav:menu")]],
    )


def _mail(ctx: Context) -> tuple[Text | None, list[list[Button]]]:
    """What is said of the e-mail address, and its buttons; only where letters can be sent, and there is a page."""
    if not ctx.policies.knock.mail or not ctx.policies.attendance.door:
        return None, []
    row = mailbox_of(ctx.db, ctx.me.id)
    if row is None:
        return None, [[Button(phrases.GIVE, "mailbox:give")]]
    waits = row.state in (MailboxState.ASKED, MailboxState.SENT)
    return phrases.mail(state=row.state, address=row.address or ""), [
        *([[Button(phrases.CONFIRM, "mailbox:confirm")]] if waits else []),
        [Button(phrases.CHANGE, "mailbox:give")],
        [Button(phrases.DROP, "mailbox:drop")],
    ]


def prefer(ctx: Context, arguments: list[str]) -> None:
    """Tell the person at another of their accounts from now on."""
    _require_trust(ctx)
    account = next((one for one in open_accounts(ctx.db, ctx.me.id) if one.id == number(arguments)), None)
    if account is None:
        raise Refused(common.gone_button())
    prefer_account(ctx.db, account, now=ctx.now)
    record_act(ctx.db, "member.prefer", by_id=ctx.me.id, member_id=ctx.me.id, now=ctx.now)
    ctx.show(phrases.preferred(channel=account.address.channel), [_BACK])


def _require_trust(ctx: Context) -> None:
    """Whoever has only just come to this account changes nothing of where its person is told."""
    if ctx.account is None or not is_trusted(ctx.account):
        raise NotEntitled


def give(ctx: Context, _arguments: list[str]) -> None:
    _require_trust(ctx)
    begin(ctx, FLOW, Step.ADDRESS, Draft())


def confirm(ctx: Context, _arguments: list[str]) -> None:
    begin(ctx, FLOW, Step.CODE, Draft())


def drop(ctx: Context, _arguments: list[str]) -> None:
    """Forget the e-mail address."""
    drop_mailbox(ctx.db, ctx.me.id)
    ctx.show(phrases.dropped(), [_BACK])


def ask_address(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_address())


def take_address(ctx: Context, draft: Draft, answer: Answer) -> Step:
    give_mailbox(ctx.db, ctx.me, answer.words(limit=_LONGEST), ctx.policies.mailbox, now=ctx.now)
    return Step.CODE


def ask_code(ctx: Context, draft: Draft) -> Screen:
    row = mailbox_of(ctx.db, ctx.me.id)
    return Screen(phrases.which_code(address=(row.address if row is not None else None) or ""))


def take_code(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    # a wrong try has to be kept, so nothing is refused by raising
    typed = answer.words(limit=_LONGEST)
    if not confirm_mailbox(ctx.db, ctx.me.id, typed, ctx.policies.mailbox, now=ctx.now):
        ctx.say(phrases.wrong_code())
        return Step.CODE
    ctx.show(phrases.confirmed(), [_BACK])
    return None


TAPS: list[Tap] = [
    Tap("mailbox:show", show),
    Tap("mailbox:prefer", prefer),
    Tap("mailbox:give", give, proof=True),
    Tap("mailbox:confirm", confirm),
    Tap("mailbox:drop", drop),
]

FLOW: Flow[Draft] = Flow(
    "mailbox",
    phrases.ABOUT,
    Draft,
    {Step.ADDRESS: Question(ask_address, take_address), Step.CODE: Question(ask_code, take_code)},
    right=own,
)
