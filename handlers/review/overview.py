"""All sections on one screen, and handing in."""

from __future__ import annotations

from handlers.context import Answer, Context, Kind
from handlers.conversation import Screen, choice
from handlers.review import wording
from handlers.review.door import MENU, is_late, is_mine, is_writable, year_of
from handlers.review.looking import others, reading_buttons, show_standing, standing_buttons
from handlers.review.sending import has_file, take_file
from handlers.review.steps import Draft, Step, review_of, to_points
from models.errors import Refused
from models.outbox import Button
from models.phrases import review_writing as phrases
from models.phrases.review import still_missing
from models.phrases.text import Text
from models.review import FileKind, Review
from models.review.acts import submit
from models.review.forms import Form, Heading, form
from models.review.questions import body_of, files_of, missing_of


def ask_overview(ctx: Context, draft: Draft) -> Screen:
    review = review_of(ctx, draft)
    words = wording.overview_of(ctx, review)
    if not is_writable(review):  # somebody handed it in meanwhile, or the campaign is over
        return Screen(words, standing_buttons(ctx, review), looking=True)
    rows = [[one] for one in _heading_buttons(ctx, review)]
    if wording.open_comments(ctx, review):
        rows.insert(0, [choice(phrases.COMMENTED, "commented")])
    rows += _rating_buttons(form(review.form))
    rows += [[choice(phrases.FILE_INSTEAD, "files")], reading_buttons(review)]
    if review.version:
        rows.append([Button(phrases.CHANGES, f"review:changes:{review.id}")])
    if review.version and is_mine(ctx, review):
        rows.append([Button(phrases.LOOKS, f"review:looks:{review.id}")])
    rows += [[choice(phrases.SUBMIT, "submit")], *others(ctx, review), MENU]
    return Screen(words, rows, looking=True)


def _heading_buttons(ctx: Context, review: Review) -> list[Button]:
    used, body = form(review.form), body_of(ctx.db, review)
    waiting = wording.open_comments(ctx, review)
    return [
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


def _rating_buttons(used: Form) -> list[list[Button]]:
    points = [choice(phrases.POINTS, "points")] if used.scores else []
    level = [choice(phrases.LEVEL, "level")] if used.choice else []
    return [points + level] if points or level else []


def take_overview(ctx: Context, draft: Draft, answer: Answer) -> Step:
    review = review_of(ctx, draft)
    if has_file(answer):
        return take_file(ctx, draft, answer)
    if answer.incoming.kind is not Kind.BUTTON:
        raise Refused(phrases.choose_first())
    headings = [one.id for one in wording.headings_of(ctx, review)]
    match answer.choice("commented", "points", "level", "files", "submit", *headings):
        case "commented":
            draft.heading = next(iter(wording.open_comments(ctx, review)), headings[0])
            return Step.SECTION
        case "points":
            return to_points(form(review.form), draft)
        case "level":
            return Step.LEVEL
        case "files":
            return Step.FILES
        case "submit":
            _check_whole(ctx, review)
            return Step.SUBMIT
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
    return len(files_of(ctx.db, review.id, FileKind.TEXT, FileKind.POST))


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
