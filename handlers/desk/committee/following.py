"""Who follows a cell: chosen from those in an office, confirmed, ended."""

from __future__ import annotations

from handlers.desk.committee.screen import show
from handlers.desk.roster.common import MENU
from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import page_of, turning
from handlers.people.unit.door import cell_for
from models.delivery.message import Button
from models.desk.committee import appoint_follower, candidates, end_follower, follower_of
from models.ground.errors import Refused
from models.people.member import Member
from models.people.namesakes import called
from models.people.rights import Right
from models.people.unit import Unit
from models.phrases.desk import committee as phrases
from models.phrases.text import LABEL, fitting, raw

_PAGE = 3  # beside what turns the page, somebody new, and the ways back


def choose(ctx: Context, arguments: list[str]) -> None:
    cell = cell_for(ctx, number(arguments), Right.APPOINT_FOLLOWER)
    people = candidates(ctx.db, cell, now=ctx.now)
    names = called(ctx.db, people)
    page, pages = page_of(number_or_0(arguments, 1), len(people), _PAGE)
    rows = [
        [Button(raw(fitting(names[one.id], LABEL)), f"committee:follow:{cell.id}:{one.id}")]
        for one in people[page * _PAGE : (page + 1) * _PAGE]
    ]
    turn = turning(page, pages, lambda to: f"committee:choose:{cell.id}:{to}")
    words = phrases.choose_follower(cell=cell.name, page=page, pages=pages)
    new = [Button(phrases.SOMEBODY_NEW, f"committee:naming:{cell.id}")]
    ctx.show(words, [*rows, turn, new, _back(cell), MENU])


def confirm(ctx: Context, arguments: list[str]) -> None:
    cell, member = _both(ctx, arguments)
    before = follower_of(ctx.db, cell.id, now=ctx.now)
    words = phrases.confirm_follower(
        cell=cell.name,
        name=called(ctx.db, candidates(ctx.db, cell, now=ctx.now))[member.id],
        before=before.full_name if before and before.id != member.id else None,
    )
    yes = [Button(phrases.YES_APPOINT, f"committee:appoint:{cell.id}:{member.id}")]
    ctx.show(words, [yes, _back(cell), MENU])


def _both(ctx: Context, arguments: list[str]) -> tuple[Unit, Member]:
    """A name is shown only of those who can be chosen: the id may be forged."""
    cell = cell_for(ctx, number(arguments), Right.APPOINT_FOLLOWER)
    wanted = number(arguments, 1)
    found = [one for one in candidates(ctx.db, cell, now=ctx.now) if one.id == wanted]
    if not found:
        raise Refused(phrases.no_candidate())
    return cell, found[0]


def appoint(ctx: Context, arguments: list[str]) -> None:
    cell, member = _both(ctx, arguments)
    appoint_follower(ctx.db, cell, member.id, by_id=ctx.me.id, now=ctx.now)
    show(ctx, cell, phrases.follower_appointed(cell=cell.name, name=member.full_name))


def end(ctx: Context, arguments: list[str]) -> None:
    cell = cell_for(ctx, number(arguments), Right.APPOINT_FOLLOWER)
    end_follower(ctx.db, cell, by_id=ctx.me.id, now=ctx.now)
    show(ctx, cell, phrases.follower_ended(cell=cell.name))


def _back(cell: Unit) -> list[Button]:
    return [Button(phrases.BACK, f"committee:cell:{cell.id}")]
