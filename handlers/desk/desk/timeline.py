"""One member's story: on the screen page by page, or printed on one A4 page. Each look leaves a row."""

from __future__ import annotations

from handlers.desk.desk.door import MemberMatter, matter_of_member, ways_back
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import page_of, turning
from models.delivery.message import Attachment, Button
from models.delivery.papers import TemplateBroken, paper_name, render_paper
from models.desk.bearings import bearings_of, chapters
from models.desk.timeline import Entry, timeline, timeline_paper
from models.ground.errors import Refused
from models.people.member import record_look
from models.people.rights import Right
from models.phrases.common import paragraph
from models.phrases.desk import bearings as bearings_words, timeline as phrases, year_sheet as year_words
from models.phrases.desk.absence import template_broken
from models.phrases.text import Text

PAGE = 15  # lines on a screen


def see_timeline(ctx: Context, arguments: list[str]) -> None:
    matter, found = _look(ctx, arguments)
    page, pages = page_of(number_or_0(arguments, 1), len(found), PAGE)
    rows = [(one.on, one.what) for one in found[page * PAGE : (page + 1) * PAGE]]
    words = phrases.page(name=matter.member.full_name, rows=rows, page=page, pages=pages)
    if page == 0:
        words = paragraph(_sums(ctx, matter), words)
    turn = turning(page, pages, lambda to: f"desk:timeline:{matter.member.id}:{to}")
    ways = [
        [Button(phrases.PRINT, f"desk:print:{matter.member.id}")],
        [Button(year_words.OF_MEMBER, f"year:desk:{matter.member.id}")],
        [Button(phrases.PERSON, f"desk:who:{matter.member.id}"), *ways_back(matter.cell)],
    ]
    ctx.show(words, [turn, *ways])


def _sums(ctx: Context, matter: MemberMatter) -> Text:
    """The same sums that the member reads of themselves (bearings)."""
    found = bearings_of(ctx.db, matter.member, ctx.policies, reader_id=ctx.me.id, now=ctx.now)
    parts = chapters(ctx.db, found, ctx.policies.bearings, own=False)
    return bearings_words.sums(name=matter.member.full_name, chapters=parts)


def print_timeline(ctx: Context, arguments: list[str]) -> None:
    matter, found = _look(ctx, arguments)
    paper = timeline_paper(ctx.db, matter.member, found, now=ctx.now)
    try:
        data = render_paper(paper, ctx.policies.papers)
    except TemplateBroken:
        raise Refused(template_broken()) from None
    ctx.send_file(Attachment(paper_name(paper), data), phrases.printed(name=matter.member.full_name))


def _look(ctx: Context, arguments: list[str]) -> tuple[MemberMatter, list[Entry]]:
    matter = matter_of_member(ctx, number_or_0(arguments), Right.SEE_DETAILS)
    record_look(ctx.db, reader_id=ctx.me.id, member_id=matter.member.id, what="member.timeline", now=ctx.now)
    return matter, timeline(ctx.db, matter.member, reader_id=ctx.me.id, now=ctx.now)
