"""Points that writers give themselves, and the level they propose. Thresholds are shown; nothing is concluded."""

from __future__ import annotations

import re
from decimal import Decimal

from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Screen, choice
from handlers.year.review.door import MENU
from handlers.year.review.steps import Draft, Step, form_of, heading_of, review_of
from models.ground.errors import Refused
from models.ground.names import fold
from models.phrases.text import join
from models.phrases.year import review_writing as phrases
from models.phrases.year.review import score_out_of_range
from models.year.review import Level, Review
from models.year.review.forms import ReviewForm, form
from models.year.review.rows import Points
from models.year.review.writing import give_scores, propose_level

_POINTS = re.compile(
    r"(\d{1,3}(?:[.,]\d{1,2})?)(?:\s*/\s*\d{1,3})?(?:\s*điểm)?\.?", re.IGNORECASE | re.ASCII
)  # 28 | 27,5 | 28/30 | 28 điểm
_SHORT = 100


def ask_points(ctx: Context, draft: Draft) -> Screen:
    review, heading = review_of(ctx, draft), heading_of(ctx, draft)
    words = phrases.ask_score(
        title=heading.title,
        guidance=heading.guidance,
        most=heading.max or 0,
        now=_given(review, form(review.form))[draft.heading],
    )
    return Screen(
        words, [[choice(phrases.NEXT, "next"), choice(phrases.OVERVIEW, "all")], MENU], looking=True
    )


def take_points(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.value is not None:
        return Step.OVERVIEW if answer.choice("next", "all") == "all" else _next(ctx, draft)
    most = heading_of(ctx, draft).max or 0
    points = read_points(answer.words(limit=_SHORT))
    if points is None:
        raise Refused(score_out_of_range(most=most))
    review = review_of(ctx, draft)
    general, results = (_given(review, form(review.form)) | {draft.heading: points}).values()
    give_scores(ctx.db, review, general=general, results=results, by_id=ctx.me.id, now=ctx.now)
    return _next(ctx, draft)


def read_points(text: str) -> Points | None:
    """Return a whole number as an int, and 27,5 as it is. Return None for anything else."""
    found = _POINTS.fullmatch(text.strip())
    if found is None:
        return None
    exact = Decimal(found[1].replace(",", "."))
    return int(exact) if exact == exact.to_integral_value() else exact


def points_in(text: str, most: int) -> Points | None:
    """Return what a document says under the heading, or None where it does not say.

    It reads 28 | 28/30 | Tự chấm: 28 điểm | 30 | 28 in a table.
    """
    if len(text) > _SHORT or not most:
        return None
    if (plain := read_points(text)) is not None:
        return plain if plain <= most else None
    if found := re.search(r"(\d{1,3})\s*/\s*\d{1,3}", text):
        return int(found[1]) if int(found[1]) <= most else None
    numbers = [int(one) for one in re.findall(r"(?<![\d,.])\d{1,3}(?![\d,.]\d)", text)]
    if len(numbers) == 2 and numbers[0] == most:
        numbers = numbers[1:]
    return numbers[0] if len(numbers) == 1 and numbers[0] <= most else None


def level_in(text: str, used: ReviewForm) -> str:
    """Return the one level that a document names, or ticks among all of them; "" where it names none or several."""
    lines = [fold(line) for line in text.splitlines()]
    ticked = [line for line in lines if re.match(r"\W*[☒☑✓✔]|\W*\[?x\]?\s", line)]
    found = set()
    # one level's name may hold another's: the longest is looked for first, then struck out
    for level in sorted(used.rating_levels, key=lambda one: len(one.vi), reverse=True):
        name = fold(level.vi)
        short = name.removesuffix(" nhiem vu")
        if any(name in line or line.strip(" .:-|") == short for line in ticked or lines):
            found.add(str(level.id))
        lines = [line.replace(name, "") for line in lines]
        ticked = [line.replace(name, "") for line in ticked]
    return found.pop() if len(found) == 1 else ""


def _given(review: Review, used: ReviewForm) -> dict[str, Points | None]:
    """By the heading's id, the general criteria first."""
    given = (review.score_general, review.score_results)
    return {heading.id: points for heading, points in zip(used.scores, given, strict=True)}


def _next(ctx: Context, draft: Draft) -> Step:
    used = form_of(ctx, draft)
    ids = [one.id for one in used.scores]
    following = ids[ids.index(draft.heading) + 1 :]
    if following:
        draft.heading = following[0]
        return Step.POINTS
    return Step.LEVEL if used.choice else Step.OVERVIEW


def ask_level(ctx: Context, draft: Draft) -> Screen:
    review, used = review_of(ctx, draft), form_of(ctx, draft)
    levels = used.rating_levels
    words = phrases.ask_level(
        title=used.choice.title if used.choice else join([]),
        guidance=used.choice.guidance if used.choice else join([]),
        total=review.total,
        thresholds=[
            phrases.Threshold(one.name, one.min_points, one.max_points_exclusive or 0) for one in levels
        ],
    )
    rows = [[choice(one.name, one.id)] for one in levels]
    return Screen(words, [*rows, [choice(phrases.OVERVIEW, "all")], MENU], looking=True)


def take_level(ctx: Context, draft: Draft, answer: Answer) -> Step:
    chosen = answer.choice("all", *(one.id for one in form_of(ctx, draft).rating_levels))
    if chosen != "all":
        propose_level(ctx.db, review_of(ctx, draft), Level(chosen), by_id=ctx.me.id, now=ctx.now)
    return Step.OVERVIEW
