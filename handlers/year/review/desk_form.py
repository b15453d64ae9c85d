"""What the desk types about one review: a comment, a return, a decision, a paper that came.

comment, issue                 WORDS ──> done
ask, invite, leave out,        WORDS (the reason) ──> done
suspended
agreed                         DAY (of the paper by which it may be typed here) ──> done
return                         WORDS (only where no comment waits) ──> DAY ──> done
signed                         DAY ──> SCAN, SCAN, … ──> done; no SCAN where its author has sent the pages
pages                          SCAN, SCAN, … ──> done
comment of the temporary cell  SCAN ──> done
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Any, assert_never

from pydantic import BaseModel

from handlers.ground.arguments import number, one_of
from handlers.ground.context import Answer, Context
from handlers.ground.form import AGAIN, At, Day, Field, Form, Offer, PaperScan, Prose, Row
from handlers.ground.scans import Page, scan_of, take_scan
from handlers.year.review.desk_door import KEEP, RUN, name_of, review_for
from handlers.year.review.reading import comments_beside, heading_at, show_part, show_review, told_note
from models.ground.errors import Refused
from models.phrases import common
from models.phrases.text import Text, day
from models.phrases.year import review as words, review_desk as phrases
from models.year.policy import Ground, Stand
from models.year.review import (
    Review,
    ReviewFileKind,
    ReviewState,
    attach_file,
    comment_on,
    comments_of,
    decide_eligibility,
    files_of,
    form,
    open_version,
    raise_issue,
    receive_signed,
    return_review,
    version_of,
)
from models.year.review.acts import PAGES, add_pages
from models.year.review.consenting import note_paper_consent, require_readable
from models.year.review.moving import expect

_LONGEST = 3_000
_NONE, _DONE = "-", "done"
S = ReviewState


class Act(StrEnum):
    COMMENT = "comment"
    ISSUE = "issue"
    RETURN = "return"
    SIGNED = "signed"
    PAGES = "pages"  # more of the signed paper
    CAME = "comment-came"
    AGREED = "agreed"  # on paper, to its being typed here
    ASK = "ask"
    INVITE = "invite"
    LEAVE_OUT = "leave-out"
    SUSPENDED = "suspended"


DECISIONS: dict[Act, tuple[Stand, Ground]] = {
    Act.ASK: (Stand.REQUIRED, Ground.DECIDED),
    Act.INVITE: (Stand.VOLUNTARY, Ground.DECIDED),
    Act.LEAVE_OUT: (Stand.OUT, Ground.DECIDED),
    Act.SUSPENDED: (Stand.OUT, Ground.SUSPENDED),
}
_FITS: dict[Act, tuple[ReviewState, ...]] = {
    Act.COMMENT: (S.SUBMITTED,),
    Act.ISSUE: (S.NOT_STARTED, S.DRAFTING, S.RETURNED, S.WITHDRAWN),
    Act.RETURN: (S.SUBMITTED, S.ACCEPTED),
    Act.SIGNED: (S.ACCEPTED,),
    Act.PAGES: (S.SIGNED,),
    Act.CAME: tuple(S),
    Act.AGREED: (S.NOT_STARTED, S.DRAFTING, S.RETURNED, S.WITHDRAWN),
    Act.ASK: (S.OUT,),
    Act.INVITE: (S.OUT,),
    Act.LEAVE_OUT: (S.NOT_STARTED, S.DRAFTING, S.RETURNED, S.WITHDRAWN),
    Act.SUSPENDED: (S.NOT_STARTED, S.DRAFTING, S.RETURNED, S.WITHDRAWN),
}


class Draft(BaseModel):
    """`index`: the part of the text that is commented on; None: the whole."""

    act: Act = Act.COMMENT
    review_id: int = 0
    index: int | None = None
    note: str = ""
    day: date | None = None
    pages: list[Page] = []


Here = At[Draft, Review]


def start(ctx: Context, arguments: list[str]) -> None:
    draft = Draft(act=one_of(Act, arguments), review_id=number(arguments, 1))
    if arguments[2:]:
        draft.index = number(arguments, 2)
    FLOW.begin(ctx, draft)


def _review(ctx: Context, draft: Draft) -> Review:
    """The right and the state are asked for again at each step."""
    review = review_for(ctx, draft.review_id, RUN if draft.act in DECISIONS else KEEP)
    expect(review, *_FITS[draft.act])
    if draft.act not in DECISIONS:
        require_readable(ctx.db, review, ctx.me.id)
    return review


def _unsent(ctx: Context, draft: Draft) -> int:
    return sum(one.sent_at is None for one in comments_of(ctx.db, draft.review_id))


# --- words ----------------------------------------------------------------------------------------------------------


def _words_needed(at: Here) -> bool:
    if at.draft.act is Act.RETURN:
        return not _unsent(at.ctx, at.draft)
    return at.draft.act not in (Act.SIGNED, Act.AGREED, Act.CAME, Act.PAGES)


def _ask_words(at: Here) -> Text:
    name = name_of(at.ctx, at.subject.member_id)
    match at.draft.act:
        case Act.COMMENT:
            return phrases.type_comment(label=_label(at))
        case Act.ISSUE:
            return phrases.type_issue(name=name)
        case Act.RETURN:
            return phrases.type_note()
        case _:
            return phrases.type_reason(name=name)


def _beside(at: Here) -> Text | None:
    """What is commented on, and what was said of it; for a return, what was said."""
    ctx, review = at.ctx, at.subject
    if at.draft.act not in (Act.COMMENT, Act.RETURN) or not review.version:
        return None
    version = open_version(ctx.db, review, review.version, reader_id=ctx.me.id, now=ctx.now)
    used = form(version.body.form)
    heading = used.heading(_heading(at)) if at.draft.act is Act.COMMENT else None
    said = comments_beside(ctx, review, version)
    if heading is None or not heading.is_written:
        return said
    label, words = used.label(heading), version.body.text_of(heading.id)
    text = phrases.text_beside(label=label, title=heading.title, text=words)
    return common.paragraph(text, said) if said is not None else text


def _label(at: Here) -> Text | None:
    heading = form(at.subject.form).heading(_heading(at))
    return form(at.subject.form).label(heading) if heading else None


def _heading(at: Here) -> str:
    version = version_of(at.ctx.db, at.subject.id, at.subject.version)
    return heading_at(version, at.draft.index) if version is not None and at.draft.index is not None else ""


# --- days -----------------------------------------------------------------------------------------------------------


def _ask_day(at: Here) -> Text:
    match at.draft.act:
        case Act.SIGNED:
            return phrases.signed_when()
        case Act.AGREED:
            return phrases.agreed_when()
        case _:
            return phrases.new_deadline(comments=_unsent(at.ctx, at.draft) + bool(at.draft.note))


def _days(at: Here) -> list[tuple[Text, date]]:
    usual = at.ctx.policies.review.return_days
    if at.draft.act in (Act.SIGNED, Act.AGREED):
        days = [at.today, at.today - timedelta(days=1)]
    else:
        days = [at.today + timedelta(days=count) for count in sorted({usual, usual + 2, 2 * usual})]
    return [(day(on), on) for on in days]


def _near(at: Here) -> date:
    return at.today if at.draft.act is Act.RETURN else at.today - timedelta(days=300)


def _check_day(at: Here, on: date) -> date:
    if at.draft.act is Act.SIGNED and on > at.today:
        raise Refused(words.paper_ahead(on=on))
    return on


# --- papers ---------------------------------------------------------------------------------------------------------


def _scan_needed(at: Here) -> bool:
    """Of a signed paper unless its author has sent the pages."""
    if at.draft.act is Act.SIGNED:
        return not any(one.version for one in files_of(at.ctx.db, at.subject.id, ReviewFileKind.SIGNED))
    return at.draft.act in (Act.CAME, Act.PAGES)


def _ask_scan(at: Here) -> Text:
    if at.draft.act is Act.CAME:
        return common.scan_expected()
    if at.draft.act is Act.PAGES and not at.draft.pages:
        return phrases.more_pages()
    return phrases.scan_of_signed(pages=len(at.draft.pages))


class PagesOnPaper(PaperScan[Draft, Review]):
    """One page after the other, until it is said that these are all; a comment that came is one."""

    def rows(self, at: Here) -> list[Row]:
        pages = at.draft.pages
        if pages:
            return [[Offer(phrases.pages_done(pages=len(pages)), _DONE, pages)]]
        return [[Offer(phrases.NO_SCAN, _NONE, pages)]] if at.draft.act is Act.SIGNED else []

    def sent(self, at: Here, answer: Answer) -> object:
        pages = [*at.draft.pages, scan_of(take_scan(answer))]
        if len(pages) > PAGES:
            raise Refused(words.too_many_pages(limit=PAGES))
        at.draft.pages = pages
        return pages if at.draft.act is Act.CAME else AGAIN


# --- the act --------------------------------------------------------------------------------------------------------


def _do(at: Here) -> None:
    """Each act, and what is shown of it."""
    ctx, draft, review = at.ctx, at.draft, at.subject
    by: dict[str, Any] = {"by_id": ctx.me.id, "now": ctx.now}
    match draft.act:
        case Act.COMMENT:
            comment_on(ctx.db, review, _heading(at), draft.note, **by)
            version = version_of(ctx.db, review.id, review.version)
            if version is not None and draft.index is not None:
                show_part(ctx, review, version, draft.index, phrases.commented())
                return
            note = phrases.commented()
        case Act.ISSUE:
            raise_issue(ctx.db, review, draft.note, **by)
            note = told_note(ctx, review, "issue")
        case Act.RETURN:
            return_review(ctx.db, review, deadline=draft.day or at.today, note=draft.note, **by)
            note = told_note(ctx, review, "return")
        case Act.SIGNED:
            receive_signed(ctx.db, review, on=draft.day or at.today, scans=draft.pages, **by)
            note = told_note(ctx, review, "signed")
        case Act.PAGES:
            add_pages(ctx.db, review, draft.pages, **by)
            note = phrases.done(what="pages")
        case Act.CAME:
            attach_file(ctx.db, review, ReviewFileKind.COMMENT, draft.pages[0], **by)
            note = phrases.done(what="comment came")
        case Act.AGREED:
            note_paper_consent(ctx.db, review, on=draft.day or at.today, **by)
            note = phrases.done(what="agreed")
        case Act.ASK | Act.INVITE | Act.LEAVE_OUT | Act.SUSPENDED:
            stand, ground = DECISIONS[draft.act]
            decide_eligibility(ctx.db, review, stand, ground=ground, reason=draft.note, **by)
            note = phrases.done(what="decide")
        case _:
            assert_never(draft.act)
    show_review(ctx, review, note)


FLOW: Form[Draft, Review] = Form(
    "campaign_form",
    phrases.about_desk(),
    Draft,
    right=_review,
    fields=(
        Field("words", _ask_words, Prose(_LONGEST), into="note", needed=_words_needed, beside=_beside),
        Field(
            "day",
            _ask_day,
            Day(_near, _check_day, offers=_days, in_row=2),
            needed=lambda at: at.draft.act in (Act.SIGNED, Act.AGREED, Act.RETURN),
        ),
        Field("scan", _ask_scan, PagesOnPaper(), into="pages", needed=_scan_needed),
    ),
    save=_do,
)
