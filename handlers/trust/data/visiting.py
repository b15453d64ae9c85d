"""By a code of the committee: who has no account sees, takes out and deletes what is held about them, and nothing else.

card, committee ── visit:issue ──> the code, once        a stranger's chat: 16 digits ──> see | take out | delete ──> sure
"""

from __future__ import annotations

from handlers.desk.committee.screen import can
from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Context, Kind
from handlers.ground.paging import SCREEN, paged
from handlers.ground.routing import Tap
from handlers.trust.data.deleting import receipt_of
from handlers.trust.data.showing import in_words, send_files
from handlers.trust.data.words import Held
from models.delivery.message import Attachment, Button
from models.people.member import Member
from models.people.rights import NotEntitled, Right
from models.people.secret import CODE_DIGITS, SecretLocked, digits_of
from models.people.unit import Unit
from models.phrases import common
from models.phrases.ground import menu as menu_phrases
from models.phrases.text import LABEL, fitting, raw
from models.phrases.trust import data as data_phrases, data_visit as phrases
from models.trust.data_visit import issue_data_code, open_visit, visit_ends_at, visited, without_account
from models.trust.erasure import ErasureGround, erase_member

_WAYS = [
    [Button(phrases.SEE, "visit:see")],
    [Button(phrases.TAKE_OUT, "visit:takeout")],
    [Button(phrases.DELETE, "visit:delete")],
]
_BACK = [[Button(phrases.BACK, "visit:home")]]


# --- who gives the code ---------------------------------------------------------------------------------------------


def issue(ctx: Context, arguments: list[str]) -> None:
    member = ctx.db.get(Member, number(arguments))
    if member is None:
        raise NotEntitled
    code = issue_data_code(ctx.db, member, by_id=ctx.me.id, now=ctx.now)
    words = phrases.code(name=member.full_name, code=code, days=ctx.policies.data_visit.code_days)
    ctx.show(words, [[Button(common.MENU, "nav:menu")]])


def list_left(ctx: Context, arguments: list[str]) -> None:
    cell = ctx.db.get(Unit, number(arguments))
    if cell is None or not can(ctx, Right.APPOINT_FOLLOWER, cell.id):
        raise NotEntitled
    left = without_account(ctx.db, cell.id)
    menu = [Button(common.MENU, "nav:menu")]
    address = f"visit:left:{cell.id}"
    shown, turn = paged(left, number_or_0(arguments, 1), SCREEN - len(menu), lambda to: f"{address}:{to}")
    buttons = [[Button(raw(fitting(one.full_name, LABEL)), f"visit:issue:{one.id}")] for one in shown]
    ctx.show(phrases.who_left(cell=cell.name, count=len(left)), [*buttons, turn, menu])


# --- who has it -----------------------------------------------------------------------------------------------------


def takes_code(ctx: Context) -> bool:
    """Take the sixteen digits that a stranger typed. Return whether they opened somebody's own data."""
    text = ctx.incoming.text
    if ctx.incoming.kind is not Kind.TEXT or len(digits_of(text)) != CODE_DIGITS or not ctx.may_guess:
        return False
    policy, secrets = ctx.policies.data_visit, ctx.policies.secret
    try:
        member = open_visit(ctx.db, text, address=ctx.address, policy=policy, secrets=secrets, now=ctx.now)
    except SecretLocked:  # not distinguished from a wrong one
        return False
    if member is None:
        return False
    ctx.missed = False  # it was no return code, and no guess either
    _show_home(ctx)
    return True


def shows_again(ctx: Context) -> bool:
    """Show the ways again where this chat may see somebody's own data for now. Return whether it may."""
    if visited(ctx.db, ctx.address, now=ctx.now) is None:
        return False
    _show_home(ctx)
    return True


def _whose(ctx: Context) -> Member | None:
    """Whose data this chat may see; a stranger whose time is over learns nothing."""
    member = visited(ctx.db, ctx.address, now=ctx.now) if ctx.member is None else None
    if member is None:
        ctx.say(menu_phrases.stranger())
    return member


def _show_home(ctx: Context) -> None:
    ctx.show(phrases.welcome(until=visit_ends_at(ctx.db, ctx.address)), _WAYS)


def home(ctx: Context, _arguments: list[str]) -> None:
    if _whose(ctx) is not None:
        _show_home(ctx)


def see(ctx: Context, _arguments: list[str]) -> None:
    if (member := _whose(ctx)) is not None:
        ctx.show(in_words(Held(ctx, member), data_phrases.title_of_visit()), _BACK)


def take_out(ctx: Context, _arguments: list[str]) -> None:
    if (member := _whose(ctx)) is not None:
        send_files(ctx, member)
        ctx.say(data_phrases.MY_DATA, _BACK)


def delete(ctx: Context, _arguments: list[str]) -> None:
    if _whose(ctx) is not None:
        ctx.show(phrases.really(), [[Button(phrases.DELETE_FOR_GOOD, "visit:sure")], *_BACK])


def sure(ctx: Context, _arguments: list[str]) -> None:
    member = _whose(ctx)
    if member is None:
        return
    name, zone = member.full_name, member.zone
    done = erase_member(ctx.db, member, policy=ctx.policies.checkin, now=ctx.now, ground=ErasureGround.CODE)
    ctx.show(phrases.deleted(number=done.number))
    receipt = receipt_of(done, name=name, zone=zone).to_plain(ctx.lang)
    ctx.send_file(Attachment(f"bien-nhan-{done.number}.txt", receipt.encode()), data_phrases.RECEIPT)


TAPS: list[Tap] = [
    Tap("visit:issue", issue, proof=True),
    Tap("visit:left", list_left),
    Tap("visit:home", home, public=True),
    Tap("visit:see", see, public=True),
    Tap("visit:takeout", take_out, public=True),
    Tap("visit:delete", delete, public=True),
    # no PIN: a stranger's chat has none, and the code of the committee stands for it
    Tap("visit:sure", sure, public=True),
]
