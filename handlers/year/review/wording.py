"""A review in words: its overview, its text as a whole, what is said of its sections. From rows to plain values."""

from __future__ import annotations

from handlers.ground.context import Context
from handlers.year.review.door import author_of, is_late, is_mine, is_writable, year_of
from models.phrases.text import Text, join
from models.phrases.year import review_writing as phrases
from models.phrases.year.rating import LEVELS
from models.year.policy import Stand
from models.year.review import Body, Comment, Review, ReviewFileKind
from models.year.review.forms import Heading, ReviewForm, form, shown
from models.year.review.questions import (
    body_of,
    comments_of,
    files_of,
    missing_of,
    moved_from,
    pages_unsent,
    raised_on,
    sections_of,
)
from models.year.review.rating import told_rating


def headings_of(ctx: Context, review: Review) -> list[Heading]:
    """Return what may be written, in the form's order."""
    raised = raised_on(ctx.db, review.id)
    return shown(form(review.form), body_of(ctx.db, review), raised=raised)


def said_of(ctx: Context, review: Review, heading: str) -> list[Comment]:
    """Return what the author was told of one heading of the newest version ("": of the whole), and issues raised."""
    return _told(ctx, review).get(heading, [])


def _told(ctx: Context, review: Review) -> dict[str, list[Comment]]:
    """All of it, by heading, in one question."""
    found: dict[str, list[Comment]] = {}
    for one in comments_of(ctx.db, review.id, sent=True):
        if one.version == review.version or one.is_issue:
            found.setdefault(one.heading, []).append(one)
    return found


def open_comments(ctx: Context, review: Review) -> list[str]:
    """Return the headings that were commented on and have not been touched since."""
    told = _told(ctx, review)
    if not told:
        return []
    touched = {one.heading: one.updated_at for one in sections_of(ctx.db, review.id)}
    waiting = []
    for heading in headings_of(ctx, review):
        at = touched.get(heading.id)
        if any(one.sent_at and (at is None or at < one.sent_at) for one in told.get(heading.id, [])):
            waiting.append(heading.id)
    return waiting


def overview_of(ctx: Context, review: Review) -> Text:
    used, body, told = form(review.form), body_of(ctx.db, review), _told(ctx, review)
    lacking = {one.id for one in missing_of(ctx.db, review)}
    files = len(files_of(ctx.db, review.id, ReviewFileKind.TEXT, ReviewFileKind.POST))
    return phrases.overview(
        name="" if is_mine(ctx, review) else author_of(ctx, review).full_name,
        kind=review.kind,
        year=year_of(ctx, review),
        state=review.state,
        deadline=review.deadline,
        moved_from=moved_from(ctx.db, review) if is_writable(review) else None,
        late=is_writable(review) and is_late(ctx, review),
        voluntary=review.stand == Stand.VOLUNTARY,
        headings=[
            phrases.HeadingLine(
                used.label(one),
                title_of(one),
                len(body.text_of(one.id)),
                one.id in lacking,
                len(told.get(one.id, [])),
            )
            for one in headings_of(ctx, review)
        ],
        scores=scores_of(used, body, in_files=files > 0),
        level=level_of(used, body, in_files=files > 0),
        files=files,
        signed=len(files_of(ctx.db, review.id, ReviewFileKind.SIGNED)) - len(pages_unsent(ctx.db, review)),
        version=review.version,
        note="\n".join(one.text or "" for one in told.get("", [])),
        rated=rated_of(ctx, review),
    )


def rated_of(ctx: Context, review: Review) -> Text | None:
    """Return what the committee decided, once the author was told."""
    last = told_rating(ctx.db, review)
    if last is None or last.level not in LEVELS:
        return None
    level = LEVELS[last.level]
    return phrases.rated(level=level, number=last.number, on=last.paper_on, by=last.decided_by or "")


def title_of(heading: Heading) -> Text:
    """Return the title of a heading. One without a number is called by its title alone."""
    return heading.title if heading.number else join([])


def scores_of(used: ReviewForm, body: Body, *, in_files: bool = False) -> Text | None:
    if not used.scores:
        return None
    general, results = used.scores
    most = (general.max or 0, results.max or 0)
    return phrases.scores_line(
        general=body.score_general, results=body.score_results, most=most, in_files=in_files
    )


def level_of(used: ReviewForm, body: Body, *, in_files: bool = False) -> Text | None:
    if used.choice is None:
        return None
    chosen = next((one.name for one in used.rating_levels if one.id == body.proposed_level), None)
    return phrases.level_line(level=chosen, in_files=in_files)


def titled_of(review: Review, heading: Heading) -> Text:
    """Return I.2 Việc thực hiện …"""
    return phrases.whole_title(label=form(review.form).label(heading), title=title_of(heading))


def titled(used: ReviewForm, body: Body) -> list[tuple[Text, str]]:
    """Return (number and title, text) of what is written, in the form's order."""
    headings = [one for one in used.written if body.text_of(one.id)]
    return [
        (phrases.whole_title(label=used.label(one), title=title_of(one)), body.text_of(one.id))
        for one in headings
    ]


def preview_of(ctx: Context, review: Review) -> Text:
    used, body = form(review.form), body_of(ctx.db, review)
    return phrases.preview(
        kind=review.kind,
        year=year_of(ctx, review),
        name=author_of(ctx, review).full_name,
        parts=titled(used, body),
        scores=scores_of(used, body),
        level=level_of(used, body),
    )
