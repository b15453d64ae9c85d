"""Where one's text stands, the next thing to write, all sections on pages of their own, and handing in."""

from __future__ import annotations

from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import Screen, choice
from handlers.ground.paging import page_of
from handlers.year.review import wording
from handlers.year.review.door import MENU, is_late, is_mine, is_writable, year_of
from handlers.year.review.looking import others, reading_buttons, show_standing, standing_buttons
from handlers.year.review.sending import has_file, take_file
from handlers.year.review.steps import Draft, Step, review_of, to_points
from models.delivery.message import Button
from models.ground.errors import Refused
from models.phrases.text import Text
from models.phrases.year import review_writing as phrases
from models.phrases.year.review import still_missing
from models.year.review import Review, ReviewFileKind
from models.year.review.acts import submit
from models.year.review.forms import Heading, form
from models.year.review.questions import body_of, files_of, missing_of

_PAGE = 5


def ask_overview(ctx: Context, draft: Draft) -> Screen:
    review = review_of(ctx, draft)
    words = wording.overview_of(ctx, review)
    if not is_writable(review):  # somebody handed it in meanwhile, or the campaign is over
        return Screen(words, standing_buttons(ctx, review), looking=True)
    done, every = _progress(ctx, review)
    rows = [
        _next_step(ctx, review),
        [choice(phrases.all_sections(done=done, every=every), "sections")],
        [choice(phrases.FILE_INSTEAD, "files")],
        [Button(phrases.PREVIEW, f"review:preview:{review.id}")],
        [choice(phrases.SUBMIT, "submit")],
        [choice(phrases.MORE, "more")],
    ]
    return Screen(words, [*(row for row in rows if row), MENU], looking=True)


def _next_step(ctx: Context, review: Review) -> list[Button]:
    """What was commented on, else what is missing first; nothing where all is there, or files stand for it."""
    if wording.open_comments(ctx, review):
        return [choice(phrases.COMMENTED, "commented")]
    used, lacking = form(review.form), missing_of(ctx.db, review)
    if not lacking or _files(ctx, review):
        return []
    first = lacking[0]
    if first.is_written:
        what = phrases.in_short(label=used.label(first), title=wording.title_of(first), limit=22)
        return [choice(phrases.write_next(what=what), first.id)]
    return [choice(phrases.POINTS, "points") if first in used.scores else choice(phrases.LEVEL, "level")]


def _progress(ctx: Context, review: Review) -> tuple[int, int]:
    """How many sections hold a text, of how many."""
    body, headings = body_of(ctx.db, review), wording.headings_of(ctx, review)
    return sum(bool(body.text_of(one.id)) for one in headings), len(headings)


def _items(ctx: Context, review: Review) -> list[Button]:
    """Every section, then the points and the level."""
    used, body = form(review.form), body_of(ctx.db, review)
    waiting = wording.open_comments(ctx, review)
    rows = [
        choice(
            phrases.heading_button(
                label=used.label(one),
                title=wording.title_of(one),
                done=bool(body.text_of(one.id)),
                commented=one.id in waiting,
            ),
            one.id,
        )
        for one in wording.headings_of(ctx, review)
    ]
    rows += [choice(phrases.POINTS, "points")] if used.scores else []
    return rows + ([choice(phrases.LEVEL, "level")] if used.choice else [])


def ask_sections(ctx: Context, draft: Draft) -> Screen:
    review = review_of(ctx, draft)
    items = _items(ctx, review)
    draft.page, pages = page_of(draft.page, len(items), _PAGE)
    rows = [[one] for one in items[draft.page * _PAGE : (draft.page + 1) * _PAGE]]
    if pages > 1:
        rows.append([choice(phrases.more_sections(page=(draft.page + 1) % pages, pages=pages), "page")])
    done, every = _progress(ctx, review)
    return Screen(
        phrases.which_section(done=done, every=every), [*rows, [choice(phrases.DONE, "all")]], looking=True
    )


def take_sections(ctx: Context, draft: Draft, answer: Answer) -> Step:
    review = review_of(ctx, draft)
    if has_file(answer):
        return take_file(ctx, draft, answer)
    if answer.incoming.kind is not Kind.BUTTON:
        raise Refused(phrases.choose_first())
    if answer.value == "page":
        draft.page = (draft.page + 1) % page_of(0, len(_items(ctx, review)), _PAGE)[1]
        return Step.SECTIONS
    if answer.value == "all":
        return Step.OVERVIEW
    return _to(ctx, draft, review, answer)


def ask_more(ctx: Context, draft: Draft) -> Screen:
    """Ask for what is wanted seldom."""
    review = review_of(ctx, draft)
    rows = [[Button(phrases.DOCX, f"review:docx:{review.id}")]]
    if review.version:
        rows.append([Button(phrases.CHANGES, f"review:changes:{review.id}")])
    if review.version and is_mine(ctx, review):
        rows.append([Button(phrases.LOOKS, f"review:looks:{review.id}")])
    return Screen(
        phrases.more(), [*rows, *others(ctx, review), [choice(phrases.OVERVIEW, "all")], MENU], looking=True
    )


def take_more(ctx: Context, draft: Draft, answer: Answer) -> Step:
    answer.choice("all")
    return Step.OVERVIEW


def take_overview(ctx: Context, draft: Draft, answer: Answer) -> Step:
    review = review_of(ctx, draft)
    if has_file(answer):
        return take_file(ctx, draft, answer)
    if answer.incoming.kind is not Kind.BUTTON:
        raise Refused(phrases.choose_first())
    match answer.value:
        case "sections":
            draft.page = 0
            return Step.SECTIONS
        case "more":
            return Step.MORE
        case "files":
            return Step.FILES
        case "submit":
            _check_whole(ctx, review)
            return Step.SUBMIT
        case _:
            return _to(ctx, draft, review, answer)


def _to(ctx: Context, draft: Draft, review: Review, answer: Answer) -> Step:
    headings = [one.id for one in wording.headings_of(ctx, review)]
    match answer.choice("commented", "points", "level", *headings):
        case "commented":
            draft.heading = next(iter(wording.open_comments(ctx, review)), headings[0])
            return Step.SECTION
        case "points":
            return to_points(form(review.form), draft)
        case "level":
            return Step.LEVEL
        case heading:
            draft.heading = heading
            return Step.SECTION


def _check_whole(ctx: Context, review: Review) -> None:
    """Say what is missing before asking whether one is sure; a file may stand for it."""
    lacking = missing_of(ctx.db, review)
    if lacking and not _files(ctx, review):
        raise Refused(still_missing(labels=_labels(review, lacking)))


def _labels(review: Review, headings: list[Heading]) -> list[Text]:
    return form(review.form).spoken(headings)


def _files(ctx: Context, review: Review) -> int:
    return len(files_of(ctx.db, review.id, ReviewFileKind.TEXT, ReviewFileKind.POST))


def ask_submit(ctx: Context, draft: Draft) -> Screen:
    review = review_of(ctx, draft)
    words = phrases.ask_submit(
        kind=review.kind,
        year=year_of(ctx, review),
        missing=_labels(review, missing_of(ctx.db, review)),
        files=_files(ctx, review),
        late=is_late(ctx, review),
    )
    rows = [[choice(phrases.REALLY_SUBMIT, "yes")], [choice(phrases.OVERVIEW, "all")]]
    return Screen(words, [*rows, reading_buttons(review), MENU], looking=True)


def take_submit(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    if answer.choice("yes", "all") == "all":
        return Step.OVERVIEW
    review = review_of(ctx, draft)
    version = submit(ctx.db, review, by_id=ctx.me.id, now=ctx.now)
    said = phrases.sent(kind=review.kind, year=year_of(ctx, review), version=version.number)
    show_standing(ctx, review, said)
    return None
