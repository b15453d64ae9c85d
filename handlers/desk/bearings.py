"""Tôi đang đứng ở đâu? One screen of a member about themselves, and the same on one page.

bearings:see ──┬─ what waits ── one button for each way out, where that is done
               └─ bearings:print ──> .docx
"""

from __future__ import annotations

from collections.abc import Iterator

from handlers.ground.context import Context
from handlers.ground.paging import SCREEN
from handlers.ground.routing import Tap
from models.delivery.message import Attachment, Button
from models.delivery.papers import TemplateBroken, paper_name, render_paper
from models.desk.bearings import Bearings, Owed, bearings_of, bearings_paper, chapters, heading
from models.ground.errors import Refused
from models.phrases import common
from models.phrases.desk import bearings as phrases, year_sheet as year_words
from models.phrases.desk.absence import template_broken


def see(ctx: Context, _arguments: list[str]) -> None:
    """Show the member where they stand, and only the ways out that there are now."""
    found = _own(ctx)
    parts = chapters(ctx.db, found, ctx.policies.bearings, own=True)
    words = phrases.screen(heading=heading(found), chapters=parts)
    ways = list(_ways(found))
    last = [Button(phrases.PRINT, "bearings:print"), Button(common.MENU, "nav:menu")]
    # where much waits it stands on the screen of one's data alone
    year = [Button(year_words.MINE, "year:see:0")] if len(ways) + len(last) < SCREEN else []
    ctx.show(words, [[one] for one in (*ways, *year, *last)])


def send_page(ctx: Context, _arguments: list[str]) -> None:
    paper = bearings_paper(ctx.db, _own(ctx), ctx.policies.bearings, now=ctx.now)
    try:
        data = render_paper(paper, ctx.policies.papers)
    except TemplateBroken:
        raise Refused(template_broken()) from None
    ctx.send_file(Attachment(paper_name(paper), data), phrases.printed())


def _own(ctx: Context) -> Bearings:
    return bearings_of(ctx.db, ctx.me, ctx.policies, reader_id=ctx.me.id, now=ctx.now)


def _ways(found: Bearings) -> Iterator[Button]:
    """At most six: what belongs to an absence leads to one screen of it at a time."""
    if found.owes(Owed.REPORT):
        yield Button(phrases.REPORT, "menu:go:baocao")
    if paper := found.owes(Owed.PAPER):
        yield Button(phrases.REFILE, f"away:refile:{paper.about}")
    elif extension := found.owes(Owed.EXTEND):
        yield Button(phrases.EXTEND, f"away:same:{extension.about}")
    elif found.owes(Owed.DECLARE):
        yield Button(phrases.DECLARE, "menu:go:khaibao")
    elif found.stay is not None:
        yield Button(phrases.TO_STAY, f"away:see:{found.stay.away.id}")
    if update := found.owes(Owed.UPDATE):
        yield Button(phrases.UPDATE, f"away:update:{update.about}")
    if found.owes(Owed.REVIEW):
        yield Button(phrases.TO_REVIEW, "menu:go:kiemdiem")
    if found.owes(Owed.TASK):
        yield Button(phrases.TO_TASKS, "task:mine")
    if found.member.cell_id is not None:
        yield Button(phrases.HELP, "menu:go:hotro")


TAPS = [Tap("bearings:see", see), Tap("bearings:print", send_page)]
