"""“Chuyển lời nhắc”: whom nothing tells that something waits on their page, and what is passed on to them.

the desk's queue ──> ONE ──copy, send──passed on──> noted, the next one       a day's first ──> LIST ──> ONE
"""

from __future__ import annotations

from handlers.desk.desk.door import cell_of, ways_back
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import PAGE, page_of, turning
from models.delivery.message import Button
from models.entry.knock import Knock, KnockState, listed_in, pass_on
from models.people.member import Account, Member
from models.people.rights import NotEntitled, Right, require
from models.phrases import common
from models.phrases.entry import knock as phrases


def show_list(ctx: Context, arguments: list[str]) -> None:
    """Show whom to tell, the oldest first."""
    cell = cell_of(ctx, number_or_0(arguments))
    found = [(knock, member) for knock, member in listed_in(ctx.db, cell.id) if member.id != ctx.me.id]
    page, pages = page_of(number_or_0(arguments, 1), len(found))
    people = [
        [Button(phrases.name_button(name=member.full_name), f"knock:see:{knock.id}")]
        for knock, member in found[page * PAGE : (page + 1) * PAGE]
    ]
    turn = turning(page, pages, lambda to: f"knock:list:{cell.id}:{to}")
    words = phrases.list_of(count=len(found)) if found else phrases.nobody_to_tell()
    ctx.show(words, [*people, turn, ways_back(cell)])


def see(ctx: Context, arguments: list[str]) -> None:
    """Show the sentence that is passed on to one person."""
    knock, member = _wanted(ctx, arguments)
    if knock.state != KnockState.LISTED:
        ctx.show(phrases.over(name=member.full_name), [_more(member)])
        return
    link = f"{ctx.policies.attendance.door}/"
    ctx.show(
        phrases.one(name=member.full_name, since=knock.at, link=link),
        [[Button(phrases.PASSED, f"knock:passed:{knock.id}")], _more(member)],
        share=phrases.ready_sentence(link=link),
    )


def note_passed(ctx: Context, arguments: list[str]) -> None:
    """Note that it was passed on, and by whom."""
    knock, member = _wanted(ctx, arguments)
    policies = ctx.policies
    done = pass_on(
        ctx.db, knock, by_id=ctx.me.id, reach=policies.reachability, checkins=policies.checkin, now=ctx.now
    )
    words = phrases.passed(name=member.full_name) if done else phrases.over(name=member.full_name)
    ctx.show(words, [_more(member)])


def _wanted(ctx: Context, arguments: list[str]) -> tuple[Knock, Member]:
    knock = ctx.db.get(Knock, number_or_0(arguments))
    account = ctx.db.get(Account, knock.account_id) if knock is not None else None
    member = ctx.db.get(Member, account.member_id) if account is not None else None
    require(ctx.db, ctx.me.id, Right.SEE_DESK, member.cell_id if member else None, now=ctx.now)
    if knock is None or member is None or member.id == ctx.me.id:
        raise NotEntitled
    return knock, member


def _more(member: Member) -> list[Button]:
    return [Button(phrases.PASS_ON, f"knock:list:{member.cell_id}"), Button(common.MENU, "nav:menu")]
