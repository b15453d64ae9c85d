"""Ratings as the committee sees them: a unit and a year in counts, level by level, and figures that were printed elsewhere.

rating:unit ──┬─ another year                      counts as .xlsx
              ├─ what is one level below ──> a unit, or a cell's ratings (rating.py)
              └─ printed figures: YEAR ──> SOURCE ──> a line for each level ──> MEMBERS ──> CHECK ──> compared with their counts
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from pydantic import BaseModel

from handlers.ground.arguments import number, number_or_0, year_in
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import choice
from handlers.ground.form import AGAIN, At, Confirm, Field, FieldKind, Form, Line, Offer, Prose, Row
from handlers.ground.paging import page_of, turning
from handlers.people.unit.door import unit_for
from handlers.year.review.desk_door import MENU
from handlers.year.review.rating import cap_in_words, shares
from models.delivery.message import Attachment, Button, Method
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.people.rights import Right
from models.people.trail import record_act
from models.people.unit import Unit
from models.phrases import common
from models.phrases.text import Text, fitted, raw
from models.phrases.year import rating as phrases
from models.year.review.below import Below, Part, ratings_below
from models.year.review.paper import counts_workbook
from models.year.review.rating import check_figures, figures_of, record_figures, years_below
from models.year.review.rating_rows import Figures, Printed
from models.year.review.states import Level
from models.year.review.statistics import compare

_SOURCE_LIMIT, _FIGURES_LIMIT = 200, 1_000
_COUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def see(ctx: Context, arguments: list[str]) -> None:
    """Show the ratings of `<unit>:<year>`; without a year, of the newest."""
    show(ctx, unit_for(ctx, number(arguments), Right.DECIDE_RATING), number_or_0(arguments, 1))


def show(ctx: Context, unit: Unit, year: int = 0) -> None:
    years = years_below(ctx.db, unit.id)
    add = [Button(phrases.FIGURES, f"rating:figures:{unit.id}")]
    back = [Button(fitted(raw(unit.name)), f"unit:see:{unit.id}"), MENU]
    if not years:
        ctx.show(phrases.no_campaign(unit=unit.name), [add, back])
        return
    year = year if year in years else years[0]
    below = _below(ctx, unit, year)
    rows = [[Button(phrases.BELOW, f"rating:below:{unit.id}:{year}:0")]] if below.parts else []
    if len(below.parts or ()) <= _FEW:
        rows = [_opening(one, year) for one in below.parts or ()]
    if below.parts:
        rows.append([Button(phrases.COUNTS, f"rating:counts:{unit.id}:{year}")])
    others = [one for one in years if one != year]
    if len(others) == 1:
        rows.append([Button(phrases.year_of(year=others[0]), f"rating:unit:{unit.id}:{others[0]}")])
    elif others:
        rows.append([Button(phrases.OTHER_YEAR, f"rating:years:{unit.id}")])
    ctx.show(_words(ctx, unit, year, below), [*(row for row in rows if row), add, back])


_FEW, _PAGE = 2, 5


def _below(ctx: Context, unit: Unit, year: int) -> Below:
    smallest = ctx.policies.counts.smallest_group
    return ratings_below(ctx.db, unit, year, ctx.me.id, smallest=smallest, now=ctx.now)


def _opening(part: Part, year: int) -> list[Button]:
    """The way into a part; none where it is counts alone."""
    if part.campaign is not None:
        return [Button(fitted(_line(part)), f"rating:see:{part.campaign.id}")]
    return [Button(fitted(_line(part)), f"rating:unit:{part.units[0].id}:{year}")] if part.opens else []


def _line(part: Part) -> Text:
    return phrases.cell_line(
        names=[unit.name for unit in part.units], rated=part.tally.rated, members=part.tally.members
    )


def see_below(ctx: Context, arguments: list[str]) -> None:
    """Show one level below, in counts: `<unit>:<year>:<page>`."""
    unit, year = unit_for(ctx, number(arguments), Right.DECIDE_RATING), year_in(arguments, 1)
    parts = _below(ctx, unit, year).parts or ()
    page, pages = page_of(number_or_0(arguments, 2), len(parts), _PAGE)
    here = parts[page * _PAGE : (page + 1) * _PAGE]
    words = phrases.below(
        unit=unit.name, year=year, rows=[_line(one) for one in here], page=page, pages=pages
    )
    turn = turning(page, pages, lambda to: f"rating:below:{unit.id}:{year}:{to}")
    back = [Button(phrases.RATING, f"rating:unit:{unit.id}:{year}")]
    ctx.show(words, [*(row for one in here if (row := _opening(one, year))), turn, back])


def see_years(ctx: Context, arguments: list[str]) -> None:
    unit = unit_for(ctx, number(arguments), Right.DECIDE_RATING)
    years = years_below(ctx.db, unit.id)[:6]
    rows = [[Button(phrases.year_of(year=one), f"rating:unit:{unit.id}:{one}")] for one in years]
    ctx.show(
        phrases.which_year(unit=unit.name),
        [*rows, [Button(fitted(raw(unit.name)), f"unit:see:{unit.id}"), MENU]],
    )


def send_counts(ctx: Context, arguments: list[str]) -> None:
    """Send the counts of `<unit>:<year>` as .xlsx. No name is in it."""
    unit, year = unit_for(ctx, number(arguments), Right.DECIDE_RATING), year_in(arguments, 1)
    below = _below(ctx, unit, year)
    if not below.parts:
        raise Refused(phrases.too_few(smallest=ctx.policies.counts.smallest_group))
    data = counts_workbook(ctx.db, unit, year, below.parts, now=ctx.now, lang=ctx.lang)
    record_act(ctx.db, "rating.export", by_id=ctx.me.id, now=ctx.now, unit_id=unit.id, detail=str(year))
    back = [Button(phrases.RATING, f"rating:unit:{unit.id}:{year}"), MENU]
    ctx.say(
        phrases.counts_file(unit=unit.name, year=year),
        [back],
        attachment=Attachment(f"so-lieu-xep-loai-{year}.xlsx", data),
        method=Method.DOCUMENT,
    )


def _words(ctx: Context, unit: Unit, year: int, below: Below) -> Text:
    figures = figures_of(ctx.db, unit.id, year)
    counted = below.tally
    if below.parts is None:
        words = phrases.not_shown(unit=unit.name, year=year, smallest=ctx.policies.counts.smallest_group)
    elif not below.parts:
        words = phrases.none_of_year(unit=unit.name, year=year)
    else:
        words = phrases.unit_overview(
            unit=unit.name,
            year=year,
            shares=shares(counted),
            base_of=phrases.base(rated=counted.rated, members=counted.members),
            cap_of=cap_in_words(ctx, counted, year),
            parts=[_line(one) for one in below.parts] if len(below.parts) <= _PAGE else [],
        )
    return common.paragraph(words, _printed(ctx, figures)) if figures else words


def _printed(ctx: Context, figures: Figures) -> Text:
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
        members=figures.printed.members,
        total=total,
        cap_of=cap_in_words(ctx, counted, figures.year),
    )


# --- printed figures ------------------------------------------------------------------------------------------------


class Draft(BaseModel):
    """`lines`: what was typed of each level so far, the best first; `members`: "" where it is not known."""

    unit_id: int = 0
    year: int = 0
    source: str = ""
    lines: list[str] = []
    members: str = ""


Here = At[Draft, Unit]


def start(ctx: Context, arguments: list[str]) -> None:
    FLOW.begin(ctx, Draft(unit_id=number(arguments)))


def _put_year(at: Here, said: str) -> None:
    if not re.fullmatch(r"(19|20)\d\d", said) or int(said) > at.today.year:
        raise Refused(phrases.year_not_read())
    at.draft.year = int(said)


def _put_source(at: Here, source: str) -> None:
    at.draft.source, at.draft.lines = source, []


class Lines(FieldKind[Draft, Unit]):
    """Level by level, or all pasted together; going back begins them anew."""

    def rows(self, at: Here) -> list[Row]:
        if len(at.draft.lines) >= len(Level):
            at.draft.lines = []
        return [[choice(phrases.FROM_THE_FIRST, "again")]] if at.draft.lines else []

    def tapped(self, at: Here, key: str) -> object:
        Answer(at.ctx.incoming, key).choice("again")
        at.draft.lines = []
        return AGAIN

    def sent(self, at: Here, answer: Answer) -> object:
        draft = at.draft
        typed = [line for line in answer.words(limit=_FIGURES_LIMIT).splitlines() if line.strip()]
        if len(typed) > 1 and not draft.lines:
            read = read_figures("\n".join(typed))
            check_figures(read)
            draft.members = "" if read.members is None else str(read.members)
            return typed[: len(Level)]
        if len(typed) != 1:
            raise Refused(phrases.figures_not_read())
        _read_line(typed[0])
        draft.lines, draft.members = [*draft.lines, typed[0]], ""
        return AGAIN if len(draft.lines) < len(Level) else draft.lines


class Members(FieldKind[Draft, Unit]):
    def sent(self, at: Here, answer: Answer) -> str:
        members = str(_read_line(answer.words(limit=_FIGURES_LIMIT))[0])
        check_figures(read_figures("\n".join([*at.draft.lines, members])))
        return members


def _figures(draft: Draft) -> Printed:
    return read_figures("\n".join([*draft.lines, draft.members]))


def _look_over(at: Here) -> Text:
    draft, printed = at.draft, _figures(at.draft)
    rows = [
        phrases.typed_line(level=level, count_of=printed.counts[level], printed=printed.percent.get(level))
        for level in Level
    ]
    return phrases.check_figures(year=draft.year, source=draft.source, rows=rows, members=printed.members)


def _record(at: Here) -> None:
    ctx, draft, printed = at.ctx, at.draft, _figures(at.draft)
    record_figures(ctx.db, at.subject, draft.year, printed, source=draft.source, by_id=ctx.me.id, now=ctx.now)
    show(ctx, at.subject, draft.year)


def read_figures(text: str) -> Printed:
    """Read four lines `count [percentage]`, the best level first, and perhaps one with all members."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) not in (4, 5):
        raise Refused(phrases.figures_not_read())
    read = [_read_line(line) for line in lines]
    # the fifth line, all members, is no level
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


FLOW: Form[Draft, Unit] = Form(
    "rating_figures",
    phrases.ENTERING_FIGURES,
    Draft,
    right=lambda ctx, draft: unit_for(ctx, draft.unit_id, Right.DECIDE_RATING),
    fields=(
        Field("year", lambda at: phrases.ask_year(), Line(20), put=_put_year),
        Field("source", lambda at: phrases.ask_source(), Prose(_SOURCE_LIMIT), put=_put_source),
        Field(
            "lines",
            lambda at: phrases.ask_figures(level=list(Level)[len(at.draft.lines)], first=not at.draft.lines),
            Lines(),
        ),
        Field(
            "members",
            lambda at: phrases.ask_members(),
            Members(),
            offers=lambda at: [Offer(phrases.NOT_KNOWN, "-", "")],
            needed=lambda at: not at.draft.members,
        ),
        Field(
            "check",
            _look_over,
            Confirm(phrases.KEEP_FIGURES, also=lambda at: [Offer(phrases.FROM_THE_FIRST, "again", "lines")]),
        ),
    ),
    save=_record,
)
