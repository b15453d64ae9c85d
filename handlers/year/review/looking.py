"""A text to be looked at by whoever may write it: as a whole, as .docx, what has changed, who opened it, its files."""

from __future__ import annotations

from handlers.ground.arguments import number
from handlers.ground.context import Context
from handlers.ground.routing import Tap
from handlers.year.review import wording
from handlers.year.review.door import (
    MENU,
    is_mine,
    is_writable,
    own_review,
    own_reviews,
    review_to_write,
    year_of,
)
from models.delivery.message import Attachment, Button, Method
from models.delivery.papers import Commitment, ReviewPaper, TemplateBroken, named_file
from models.ground.errors import Refused
from models.people.member import Member
from models.phrases.common import paragraph
from models.phrases.text import Text
from models.phrases.year import review_writing as phrases
from models.phrases.year.review_bundle import template_broken
from models.year.review import Body, Review, ReviewFileKind, ReviewKind, ReviewState
from models.year.review.diff import differences
from models.year.review.forms import form
from models.year.review.paper import document_of
from models.year.review.questions import body_of, files_of, looks_at, versions_of

_SHOWN = (
    ReviewFileKind.TEXT,
    ReviewFileKind.POST,
    ReviewFileKind.SIGNED,
)  # what its author may want to see again


def show_standing(ctx: Context, review: Review, said: Text | None = None) -> None:
    """Show a review that is not the member's turn: where it is, and what can be done."""
    words = wording.overview_of(ctx, review)
    ctx.show(paragraph(said, words) if said else words, standing_buttons(ctx, review))


def standing_buttons(ctx: Context, review: Review) -> list[list[Button]]:
    rows = [reading_buttons(review)]
    if is_mine(ctx, review) and review.state in (ReviewState.ACCEPTED, ReviewState.SIGNED):
        rows.append([Button(phrases.SEND_SIGNED, f"review:signed:{review.id}")])
    if files_of(ctx.db, review.id, *_SHOWN):
        rows.append([Button(phrases.FILES_SENT, f"review:files:{review.id}")])
    if is_mine(ctx, review) and review.state == ReviewState.SUBMITTED:
        rows.append([Button(phrases.WITHDRAW, f"review:withdraw:{review.id}")])
    if review.version > 1:
        rows.append([Button(phrases.CHANGES, f"review:changes:{review.id}")])
    if is_mine(ctx, review) and review.version:
        rows.append([Button(phrases.LOOKS, f"review:looks:{review.id}")])
    return [*rows, *others(ctx, review), MENU]


def others(ctx: Context, review: Review) -> list[list[Button]]:
    """Return the way to one's other texts: last year's, the commitment."""
    if not is_mine(ctx, review) or len(own_reviews(ctx)) < 2:
        return []
    return [[Button(phrases.OTHERS, "review:own")]]


def reading_buttons(review: Review) -> list[Button]:
    return [
        Button(phrases.PREVIEW, f"review:preview:{review.id}"),
        Button(phrases.DOCX, f"review:docx:{review.id}"),
    ]


# --- to be read -----------------------------------------------------------------------------------------------------


def preview(ctx: Context, arguments: list[str]) -> None:
    """Show a preview under what is on the screen, so that nobody loses their place."""
    review = review_to_write(ctx, number(arguments))
    ctx.say(wording.preview_of(ctx, review), [_back(review), MENU])


def download(ctx: Context, arguments: list[str]) -> None:
    review = review_to_write(ctx, number(arguments))
    attachment = Attachment(_file_name(ctx, review), data=as_docx(ctx, review, body_of(ctx.db, review)))
    ctx.say(phrases.docx_here(), [_back(review), MENU], attachment=attachment, method=Method.DOCUMENT)


def as_docx(ctx: Context, review: Review, body: Body) -> bytes:
    """Return the .docx in official form. What is not written keeps its dots."""
    try:
        return document_of(ctx.db, review, body, policy=ctx.policies.papers)
    except TemplateBroken:
        raise Refused(template_broken()) from None


def _file_name(ctx: Context, review: Review) -> str:
    """61.ban-tu-kiem-diem-2026-nguyen-thi-an.docx"""
    author = ctx.db.get_one(Member, review.member_id)
    words = f"{form(review.form).meta.spoken_name_vi} {year_of(ctx, review)} {author.full_name}"
    paper = ReviewPaper if review.kind == ReviewKind.REVIEW else Commitment
    return named_file(paper.kind, words)


def _back(review: Review) -> list[Button]:
    return [Button(phrases.OVERVIEW, f"review:whole:{review.id}")]


def see_changes(ctx: Context, arguments: list[str]) -> None:
    """Show the changes from the last version handed in to what stands there now; else those between the last two."""
    review = review_to_write(ctx, number(arguments))
    versions = versions_of(ctx.db, review.id)
    older = versions if is_writable(review) else versions[:-1]
    if not older:
        raise Refused(phrases.no_changes_yet())
    after = body_of(ctx.db, review) if is_writable(review) else versions[-1].body
    words = phrases.changes(
        before=older[-1].number,
        after=0 if is_writable(review) else versions[-1].number,
        parts=changed(review, older[-1].body, after),
    )
    ctx.say(words, [_back(review), MENU])


def changed(review: Review, before: Body, after: Body) -> list[phrases.Change]:
    used = form(review.form)
    found = [(used.heading(one.heading), one) for one in differences(before, after)]
    return [
        phrases.Change(used.label(heading), [(run.did, run.text) for run in one.runs])
        for heading, one in found
        if heading is not None
    ]


def see_looks(ctx: Context, arguments: list[str]) -> None:
    review = own_review(ctx, number(arguments))
    looks = [phrases.Looked(name, look.version, look.at) for look, name in looks_at(ctx.db, review.id)]
    ctx.say(phrases.looked(looks=looks, zone=ctx.zone), [_back(review), MENU])


def see_files(ctx: Context, arguments: list[str]) -> None:
    """Show the files, each as what it was."""
    review = review_to_write(ctx, number(arguments))
    found = files_of(ctx.db, review.id, *_SHOWN)
    for file in found:
        method = Method.PHOTO if file.media == "photo" else Method.DOCUMENT
        attachment = Attachment(file.name or "anh.jpg", file_id=file.file_id)
        ways = [_back(review), MENU] if file is found[-1] else []
        ctx.say(phrases.a_file(name=file.name or ""), ways, attachment=attachment, method=method)
    if not found:
        show_standing(ctx, review)


TAPS = [
    Tap("review:preview", preview),
    Tap("review:docx", download),
    Tap("review:changes", see_changes),
    Tap("review:looks", see_looks),
    Tap("review:files", see_files),
]
