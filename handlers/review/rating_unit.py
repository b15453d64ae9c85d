"""Ratings as the committee sees them: a unit and a year in counts, its cells, and figures that were printed elsewhere.

rating:unit ──┬─ another year
              ├─ a cell (rating.py)
              └─ printed figures: YEAR ──> SOURCE ──> LINES ──> compared with their own counts
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from pydantic import BaseModel

from handlers.arguments import number, number_or_0
from handlers.context import Answer, Context
from handlers.conversation import Flow, Question, Screen, begin
from handlers.desk.door import clean, page_of, turning
from handlers.review.desk_door import MENU
from handlers.review.rating import cap_in_words, decides, people_of, shares
from handlers.unit.door import unit_for
from models.clock import HOME_ZONE, local_date
from models.errors import Refused
from models.outbox import Button
from models.phrases import common
from models.phrases import rating as phrases
from models.phrases.text import Text, raw
from models.review.rating import (
    campaigns_below,
    figures_of,
    is_rated,
    record_figures,
    tally_below,
    tally_of,
    years_below,
)
from models.review.rating_rows import Figures, Printed
from models.review.rows import Campaign
from models.review.states import Level
from models.review.statistics import compare
from models.rights import Right
from models.unit import Unit

_SOURCE_LIMIT, _FIGURES_LIMIT = 200, 1_000
_COUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def see(ctx: Context, arguments: list[str]) -> None:
    """`<unit>:<year>:<page>`; no year: the newest."""
    unit = unit_for(ctx, number(arguments), Right.DECIDE_RATING)
    year = number_or_0(arguments, 1)
    show(ctx, unit, year, number_or_0(arguments, 2))


def show(ctx: Context, unit: Unit, year: int = 0, page: int = 0) -> None:
    years = years_below(ctx.db, unit.id)
    add = [Button(phrases.FIGURES, f"rating:figures:{unit.id}")]
    back = [Button(raw(unit.name), f"unit:see:{unit.id}"), MENU]
    if not years:
        ctx.show(phrases.no_campaign(unit=unit.name), [add, back])
        return
    year = year if year in years else years[0]
    below = [(one, cell) for one, cell in campaigns_below(ctx.db, unit.id, year) if is_rated(one)]
    cells = [(one, cell) for one, cell in below if decides(ctx, one)]  # the others are seen in counts only
    page, pages = page_of(page, len(cells))
    rows = [
        [Button(_cell(ctx, one, cell), f"rating:see:{one.id}")]
        for one, cell in cells[page * 8 : page * 8 + 8]
    ]
    turn = turning(page, pages, lambda to: f"rating:unit:{unit.id}:{year}:{to}")
    others = [Button(raw(one), f"rating:unit:{unit.id}:{one}") for one in years[:5] if one != year]
    words = _words(ctx, unit, year, above=len(cells) < len(below))
    ctx.show(words, [*rows, turn, others, add, back])


def _cell(ctx: Context, campaign: Campaign, cell: Unit) -> Text:
    counted = tally_of(people_of(ctx, campaign))
    return phrases.cell_line(name=cell.name, rated=counted.rated, members=counted.members)


def _words(ctx: Context, unit: Unit, year: int, *, above: bool) -> Text:
    """`above`: some of it is decided below, so only who agrees to counts upward is counted."""
    counted = tally_below(ctx.db, unit.id, year, above=above)
    figures = figures_of(ctx.db, unit.id, year)
    words = phrases.unit_overview(
        unit=unit.name,
        year=year,
        shares=shares(counted),
        base_of=phrases.base(rated=counted.rated, members=counted.members),
        cap_of=cap_in_words(counted, ctx.policies.rating),
    )
    return common.paragraph(words, _printed(figures)) if figures else words


def _printed(figures: Figures) -> Text:
    counted, compared = compare(figures.printed)
    total = sum(figures.printed.percent.values(), Decimal(0)) if figures.printed.percent else None
    return phrases.printed_figures(
        source=figures.source,
        on=local_date(figures.at, HOME_ZONE),
        rows=[
            phrases.printed_line(
                level=one.level, count_of=one.people, value=one.percent, printed=one.printed, fit=one.fit
            )
            for one in compared
        ],
        base_of=counted.rated,
        total=total,
    )


# --- printed figures ------------------------------------------------------------------------------------------------


class Step(StrEnum):
    YEAR = "year"
    SOURCE = "source"
    LINES = "lines"


class Draft(BaseModel):
    unit_id: int = 0
    year: int = 0
    source: str = ""


def start(ctx: Context, arguments: list[str]) -> None:
    unit = unit_for(ctx, number(arguments), Right.DECIDE_RATING)
    begin(ctx, FLOW, Step.YEAR, Draft(unit_id=unit.id))


def _ask_year(ctx: Context, draft: Draft) -> Screen:
    unit_for(ctx, draft.unit_id, Right.DECIDE_RATING)
    return Screen(phrases.ask_year())


def _take_year(ctx: Context, draft: Draft, answer: Answer) -> Step:
    words = answer.words(limit=20)
    if not re.fullmatch(r"(19|20)\d\d", words) or int(words) > local_date(ctx.now, HOME_ZONE).year:
        raise Refused(phrases.year_not_read())
    draft.year = int(words)
    return Step.SOURCE


def _ask_source(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.ask_source())


def _take_source(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.source = clean(answer.words(limit=_SOURCE_LIMIT))
    return Step.LINES


def _ask_lines(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.ask_figures())


def _take_lines(ctx: Context, draft: Draft, answer: Answer) -> None:
    unit = unit_for(ctx, draft.unit_id, Right.DECIDE_RATING)
    printed = read_figures(answer.words(limit=_FIGURES_LIMIT))
    record_figures(ctx.db, unit, draft.year, printed, source=draft.source, by_id=ctx.me.id, now=ctx.now)
    show(ctx, unit, draft.year)


def read_figures(text: str) -> Printed:
    """Four lines `count [percentage]`, the best level first, and perhaps one with all members."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) not in (4, 5):
        raise Refused(phrases.figures_not_read())
    read = [_read_line(line) for line in lines]
    by_level = dict(zip(Level, read, strict=False))
    return Printed(
        members=read[4][0] if len(read) == 5 else None,
        counts={level: count for level, (count, _) in by_level.items()},
        percent={level: said for level, (_, said) in by_level.items() if said is not None},
    )


def _read_line(line: str) -> tuple[int, Decimal | None]:
    """“1.699 đồng chí, 84,9 %”: the count, and what was printed beside it, with as many places."""
    found = _COUNT.search(line)
    if found is None or len(found[0]) > 9:
        raise Refused(phrases.figures_not_read())
    rest = _NUMBER.search(line, found.end())
    try:
        said = Decimal(rest[0].replace(",", ".")) if rest else None
    except InvalidOperation:
        said = None
    return int(re.sub(r"[.,]", "", found[0])), said


FLOW: Flow[Draft] = Flow(
    "rating_figures",
    phrases.ENTERING_FIGURES,
    Draft,
    {
        Step.YEAR: Question(_ask_year, _take_year),
        Step.SOURCE: Question(_ask_source, _take_source),
        Step.LINES: Question(_ask_lines, _take_lines),
    },
    right=lambda ctx, draft: unit_for(ctx, draft.unit_id, Right.DECIDE_RATING),
)
