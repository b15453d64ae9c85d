"""A member's year on two pages: their own at any time, the desk's after they have seen it.

year:see ──┬─ year:print ──> .docx           year:desk ──┬─ may read: the same, printed with year:deskprint
           └─ the year before                            └─ not yet: asked for, the member is told
"""

from __future__ import annotations

from handlers.desk.desk.door import MemberMatter, matter_of_member, ways_back
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.routing import Tap
from models.delivery.message import Attachment, Button
from models.delivery.papers import TemplateBroken, paper_name, render_paper
from models.desk.year_sheet import (
    Chapter,
    ask_for_sheet,
    chapters_of,
    fitted_chapters,
    note_seen,
    opens_to_desk,
    shortened,
    year_paper,
)
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.people.member import Member, record_look
from models.people.rights import NotEntitled, Right
from models.phrases import common
from models.phrases.desk import year_sheet as phrases
from models.phrases.desk.absence import template_broken

_ON_SCREEN = 4  # lines of a chapter; the paper has more
_BACK = 3  # years that can be asked for


def _year(ctx: Context, arguments: list[str], at: int = 0) -> int:
    this = local_date(ctx.now, HOME_ZONE).year
    wanted = number_or_0(arguments, at)
    return wanted if this - _BACK <= wanted <= this else this


def _chapters(ctx: Context, member: Member, year: int) -> list[Chapter]:
    return chapters_of(ctx.db, member, year, ctx.policies.away, own=member.id == ctx.me.id)


def _on_screen(ctx: Context, member: Member, year: int) -> list[Chapter]:
    return shortened(_chapters(ctx, member, year), _ON_SCREEN)


def _send(ctx: Context, member: Member, year: int) -> None:
    found = fitted_chapters(_chapters(ctx, member, year), ctx.policies.year_sheet.paper_lines)
    paper = year_paper(ctx.db, member, year, found, now=ctx.now)
    try:
        data = render_paper(paper, ctx.policies.papers)
    except TemplateBroken:
        raise Refused(template_broken()) from None
    ctx.send_file(Attachment(paper_name(paper), data), phrases.printed(year=year))


# --- the member -----------------------------------------------------------------------------------------------------


def see(ctx: Context, arguments: list[str]) -> None:
    if ctx.me.cell_id is None:
        raise NotEntitled
    year = _year(ctx, arguments)
    note_seen(ctx.db, ctx.me, year, now=ctx.now)
    words = phrases.screen(name=None, year=year, chapters=_on_screen(ctx, ctx.me, year))
    this = local_date(ctx.now, HOME_ZONE).year
    other = Button(phrases.BEFORE, f"year:see:{this - 1}") if year == this else None
    turn = [other or Button(phrases.THIS_YEAR, f"year:see:{this}")]
    rows = [
        [Button(phrases.PRINT, f"year:print:{year}")],
        [Button(phrases.PAPERS, "papers:mine")],
        turn,
    ]
    ctx.show(words, [*rows, [Button(common.MENU, "nav:menu")]])


def send_mine(ctx: Context, arguments: list[str]) -> None:
    _send(ctx, ctx.me, _year(ctx, arguments))


# --- the desk -------------------------------------------------------------------------------------------------------


def _look(ctx: Context, arguments: list[str]) -> tuple[MemberMatter, int]:
    return matter_of_member(ctx, number_or_0(arguments), Right.SEE_DETAILS), _year(ctx, arguments, 1)


def _is_open(ctx: Context, member: Member, year: int) -> bool:
    opens_at = opens_to_desk(ctx.db, member, year, ctx.policies.year_sheet, now=ctx.now)
    return opens_at is not None and opens_at <= ctx.now


def see_of(ctx: Context, arguments: list[str]) -> None:
    """Show a member's year, once they had time to see it; before that it is asked for."""
    matter, year = _look(ctx, arguments)
    member = matter.member
    back = [Button(common.BACK, f"desk:timeline:{member.id}:0"), *ways_back(matter.cell)]
    papers = [Button(phrases.PAPERS, f"papers:of:{member.id}")]
    if not _is_open(ctx, member, year):
        ask_for_sheet(ctx.db, member, year, ctx.policies.year_sheet, by_id=ctx.me.id, now=ctx.now)
        opens_at = opens_to_desk(ctx.db, member, year, ctx.policies.year_sheet, now=ctx.now) or ctx.now
        words = phrases.asked_back(name=member.full_name, on=local_date(opens_at, ctx.zone))
        ctx.show(words, [papers, back])
        return
    record_look(ctx.db, reader_id=ctx.me.id, member_id=member.id, what="member.year", now=ctx.now)
    words = phrases.screen(name=member.full_name, year=year, chapters=_on_screen(ctx, member, year))
    ctx.show(words, [[Button(phrases.PRINT, f"year:deskprint:{member.id}:{year}")], papers, back])


def send_of(ctx: Context, arguments: list[str]) -> None:
    matter, year = _look(ctx, arguments)
    if not _is_open(ctx, matter.member, year):
        see_of(ctx, arguments)
        return
    record_look(ctx.db, reader_id=ctx.me.id, member_id=matter.member.id, what="member.year", now=ctx.now)
    _send(ctx, matter.member, year)


TAPS = [
    Tap("year:see", see),
    Tap("year:print", send_mine),
    Tap("year:desk", see_of),
    Tap("year:deskprint", send_of, proof=True),
]
