"""One section: what is expected, what was said of it, what stands there; texts are added as they come."""

from __future__ import annotations

from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import Screen, choice
from handlers.year.review import wording
from handlers.year.review.door import MENU, author_of, year_of
from handlers.year.review.sending import has_file, take_file
from handlers.year.review.steps import Draft, Step, after, heading_of, review_of
from models.delivery.message import Button
from models.ground.errors import Refused
from models.phrases.text import Lang, Text, raw
from models.phrases.year import review_writing as phrases
from models.phrases.year.review_prefill import numbered
from models.year.review import Review
from models.year.review.forms import Heading, form
from models.year.review.prefill import own_year
from models.year.review.questions import body_of, commitment_beside, section_of
from models.year.review.writing import append_section, clear_section, take_over_edit


def ask_section(ctx: Context, draft: Draft) -> Screen:
    review, heading = review_of(ctx, draft), heading_of(ctx, draft)
    text, own = _text(ctx, review, heading), _own_year(ctx, review, heading)
    words = phrases.section(
        label=form(review.form).label(heading),
        title=wording.title_of(heading),
        guidance=heading.guidance,
        prompts=heading.prompts_vi,
        comments=[one.text or "" for one in wording.said_of(ctx, review, heading.id)],
        text=text,
        advised=heading.max_chars or 0,
        years_own=bool(own),
    )
    return Screen(words, _buttons(ctx, review, heading, text, own), looking=True)


def _buttons(
    ctx: Context, review: Review, heading: Heading, text: str, own: list[Text]
) -> list[list[Button]]:
    help_ = [choice(phrases.EXAMPLES, "examples")] if heading.examples_vi and not text else []
    help_ += [choice(phrases.OWN_YEAR, "year")] if own else []
    rows = [help_]
    if "commitment" in heading.prefill_from and commitment_beside(ctx.db, review):
        rows.append([choice(phrases.BESIDE, "beside")])
    if heading.allow_none_text and not text:
        rows.append([choice(raw(heading.allow_none_text), "none")])
    if text:
        rows.append([choice(phrases.WHOLE_SECTION, "text"), choice(phrases.CLEAR, "clear")])
    if [one for one in wording.open_comments(ctx, review) if one != heading.id]:
        rows.append([choice(phrases.NEXT_COMMENT, "comment")])
    rows.append([choice(phrases.NEXT, "next"), choice(phrases.OVERVIEW, "all")])
    return [row for row in rows if row]


def _text(ctx: Context, review: Review, heading: Heading) -> str:
    section = section_of(ctx.db, review.id, heading.id)
    return (section.text or "") if section else ""


def _own_year(ctx: Context, review: Review, heading: Heading) -> list[Text]:
    return own_year(ctx.db, author_of(ctx, review), heading, year_of(ctx, review))


def take_section(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if has_file(answer):
        return take_file(ctx, draft, answer)
    if answer.incoming.kind is Kind.TEXT:
        write(ctx, draft, answer.incoming.text, message_id=answer.incoming.message_id or 0)
        return Step.SECTION
    if answer.incoming.kind is not Kind.BUTTON:
        raise Refused(phrases.text_or_file())
    chosen = answer.choice(
        "examples", "year", "take", "beside", "none", "text", "clear", "comment", "next", "all"
    )
    match chosen:
        case "next":
            return after(ctx, draft)
        case "all":
            return Step.OVERVIEW
        case "clear":
            return Step.CLEAR
        case "year":
            return Step.YEAR
        case "comment":
            _to_next_comment(ctx, draft)
        case "none":
            write(ctx, draft, heading_of(ctx, draft).allow_none_text)
        case _:
            ctx.say(_beside(ctx, draft, chosen))
    return Step.SECTION


def write(ctx: Context, draft: Draft, text: str, *, message_id: int = 0) -> None:
    """Write what arrived below what stands there."""
    append_section(
        ctx.db,
        review_of(ctx, draft),
        draft.heading,
        text,
        by_id=ctx.me.id,
        now=ctx.now,
        message_id=message_id,
        policy=ctx.policies.review,
    )


def _to_next_comment(ctx: Context, draft: Draft) -> None:
    waiting = [one for one in wording.open_comments(ctx, review_of(ctx, draft)) if one != draft.heading]
    draft.heading = waiting[0] if waiting else draft.heading


def _beside(ctx: Context, draft: Draft, what: str) -> Text:
    """What is laid beside the section while it is written."""
    review, heading = review_of(ctx, draft), heading_of(ctx, draft)
    if what == "examples":
        return phrases.examples(label=form(review.form).label(heading), examples=heading.examples_vi)
    if what == "text":
        return phrases.whole_section(
            title=wording.titled_of(review, heading), text=_text(ctx, review, heading)
        )
    promised = commitment_beside(ctx.db, review)
    if promised is None:
        raise Refused(phrases.no_records())
    parts = wording.titled(form(promised.form), body_of(ctx.db, promised))
    return phrases.beside(year=year_of(ctx, promised), parts=parts)


# --- from one's own year --------------------------------------------------------------------------------------------


def ask_year(ctx: Context, draft: Draft) -> Screen:
    review, heading = review_of(ctx, draft), heading_of(ctx, draft)
    own = _own_year(ctx, review, heading)
    if not own:
        return Screen(phrases.no_records(), [[choice(phrases.NOT_NOW, "no")], MENU], looking=True)
    rows = [[choice(phrases.TAKE_OWN_YEAR, "take")], [choice(phrases.NOT_NOW, "no")]]
    return Screen(phrases.years_own(sentences=numbered(own)), [*rows, MENU], looking=True)


def take_year(ctx: Context, draft: Draft, answer: Answer) -> Step:
    """Take the sentences of the year in Vietnamese, as the paper is written.

    Something typed here is for the section too.
    """
    if answer.incoming.kind is Kind.TEXT:
        write(ctx, draft, answer.incoming.text, message_id=answer.incoming.message_id or 0)
    elif answer.choice("take", "no") == "take":
        own = _own_year(ctx, review_of(ctx, draft), heading_of(ctx, draft))
        write(ctx, draft, numbered(own).to_plain(Lang.VI))
    return Step.SECTION


# --- writing anew, editing ------------------------------------------------------------------------------------------


def ask_clear(ctx: Context, draft: Draft) -> Screen:
    review, heading = review_of(ctx, draft), heading_of(ctx, draft)
    words = phrases.really_clear(
        label=form(review.form).label(heading), chars=len(_text(ctx, review, heading))
    )
    rows = [[choice(phrases.REALLY_CLEAR, "yes")], [choice(phrases.KEEP, "no")]]
    return Screen(words, [*rows, MENU], looking=True)


def take_clear(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.choice("yes", "no") == "yes":
        clear_section(ctx.db, review_of(ctx, draft), draft.heading, by_id=ctx.me.id, now=ctx.now)
    return Step.SECTION


def take_edit(ctx: Context, draft: Draft) -> Text | None:
    """Take a changed message that went into a section. Return None if it is no part of this text."""
    review = review_of(ctx, draft)
    found = take_over_edit(
        ctx.db,
        review,
        message_id=ctx.incoming.message_id or 0,
        text=ctx.incoming.text,
        by_id=ctx.me.id,
        now=ctx.now,
        policy=ctx.policies.review,
    )
    heading = form(review.form).heading(found) if found else None
    return phrases.edit_taken(label=form(review.form).label(heading)) if heading else None
