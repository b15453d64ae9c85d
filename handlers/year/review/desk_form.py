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

from pydantic import BaseModel

from handlers.ground.arguments import number, one_of
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.ground.days import take_day
from handlers.ground.scans import Page, scan_of, scans, take_scan
from handlers.year.review.desk_door import KEEP, RUN, name_of, review_for
from handlers.year.review.reading import heading_at, show_part, show_review, told_note
from models.delivery.outbox import Button
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.marking import clean
from models.phrases import common
from models.phrases.text import Text, day
from models.phrases.year import review as words, review_desk as phrases
from models.year.policy import Ground, Stand
from models.year.review import (
    FileKind,
    Review,
    ReviewState,
    attach_file,
    comment_on,
    comments_of,
    decide_eligibility,
    files_of,
    form,
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


class Step(StrEnum):
    WORDS = "words"
    DAY = "day"
    SCAN = "scan"


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


def start(ctx: Context, arguments: list[str]) -> None:
    draft = Draft(act=one_of(Act, arguments), review_id=number(arguments, 1))
    if arguments[2:]:
        draft.index = number(arguments, 2)
    _review(ctx, draft)
    begin(ctx, FLOW, _first(ctx, draft), draft)


def _first(ctx: Context, draft: Draft) -> Step:
    if draft.act in (Act.SIGNED, Act.AGREED):
        return Step.DAY
    if draft.act in (Act.CAME, Act.PAGES):
        return Step.SCAN
    return Step.DAY if draft.act is Act.RETURN and _unsent(ctx, draft) else Step.WORDS


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


def _ask_words(ctx: Context, draft: Draft) -> Screen:
    review = _review(ctx, draft)
    name = name_of(ctx, review.member_id)
    if draft.act is Act.COMMENT:
        return Screen(phrases.type_comment(label=_label(ctx, draft, review)))
    if draft.act is Act.ISSUE:
        return Screen(phrases.type_issue(name=name))
    if draft.act is Act.RETURN:
        return Screen(phrases.type_note())
    return Screen(phrases.type_reason(name=name))


def _label(ctx: Context, draft: Draft, review: Review) -> Text | None:
    heading = form(review.form).heading(_heading(ctx, draft, review))
    return form(review.form).label(heading) if heading else None


def _heading(ctx: Context, draft: Draft, review: Review) -> str:
    version = version_of(ctx.db, review.id, review.version)
    return heading_at(version, draft.index) if version is not None and draft.index is not None else ""


def _take_words(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    text = clean(answer.words(limit=_LONGEST))
    review = _review(ctx, draft)
    if draft.act is Act.RETURN:
        draft.note = text
        return Step.DAY
    if draft.act is Act.COMMENT:
        _comment(ctx, draft, review, text)
    elif draft.act is Act.ISSUE:
        raise_issue(ctx.db, review, text, by_id=ctx.me.id, now=ctx.now)
        show_review(ctx, review, told_note(ctx, review, "issue"))
    else:
        stand, ground = DECISIONS[draft.act]
        decide_eligibility(ctx.db, review, stand, ground=ground, reason=text, by_id=ctx.me.id, now=ctx.now)
        show_review(ctx, review, phrases.done(what="decide"))
    return None


def _comment(ctx: Context, draft: Draft, review: Review, text: str) -> None:
    comment_on(ctx.db, review, _heading(ctx, draft, review), text, by_id=ctx.me.id, now=ctx.now)
    version = version_of(ctx.db, review.id, review.version)
    if version is None or draft.index is None:
        show_review(ctx, review, phrases.commented())
    else:
        show_part(ctx, review, version, draft.index, phrases.commented())


# --- days -----------------------------------------------------------------------------------------------------------


def _ask_day(ctx: Context, draft: Draft) -> Screen:
    _review(ctx, draft)
    today = local_date(ctx.now, HOME_ZONE)
    if draft.act in (Act.SIGNED, Act.AGREED):
        days = [today, today - timedelta(days=1)]
        return Screen(
            phrases.signed_when() if draft.act is Act.SIGNED else phrases.agreed_when(), _dates(days)
        )
    usual = ctx.policies.review.return_days
    days = [today + timedelta(days=count) for count in sorted({usual, usual + 2, 2 * usual})]
    comments = _unsent(ctx, draft) + bool(draft.note)
    return Screen(phrases.new_deadline(comments=comments), _dates(days))


def _dates(days: list[date]) -> list[list[Button]]:
    """Two in a row: a third would not fit a phone."""
    buttons = [choice(day(on), on.isoformat()) for on in days]
    return [buttons[:2], *([buttons[2:]] if buttons[2:] else [])]


def _take_day(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    review, today = _review(ctx, draft), local_date(ctx.now, HOME_ZONE)
    if draft.act is Act.AGREED:
        on = take_day(answer, near=today - timedelta(days=300))
        note_paper_consent(ctx.db, review, on=on, by_id=ctx.me.id, now=ctx.now)
        show_review(ctx, review, phrases.done(what="agreed"))
        return None
    if draft.act is Act.SIGNED:
        draft.day = take_day(answer, near=today - timedelta(days=300))
        if draft.day > today:
            raise Refused(words.paper_ahead(on=draft.day))
        if any(one.version for one in files_of(ctx.db, review.id, FileKind.SIGNED)):
            _receive(ctx, draft, review)  # its author has sent the pages
            return None
        return Step.SCAN
    on = take_day(answer, near=today)
    return_review(ctx.db, review, deadline=on, note=draft.note, by_id=ctx.me.id, now=ctx.now)
    show_review(ctx, review, told_note(ctx, review, "return"))
    return None


# --- papers ---------------------------------------------------------------------------------------------------------


def _ask_scan(ctx: Context, draft: Draft) -> Screen:
    _review(ctx, draft)
    if draft.act is Act.CAME:
        return Screen(common.scan_expected())
    if draft.pages:
        done = choice(phrases.pages_done(pages=len(draft.pages)), _DONE)
        return Screen(phrases.scan_of_signed(pages=len(draft.pages)), [[done]])
    if draft.act is Act.PAGES:
        return Screen(phrases.more_pages())
    return Screen(phrases.scan_of_signed(pages=0), [[choice(phrases.NO_SCAN, _NONE)]])


def _take_scan(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    review = _review(ctx, draft)
    if answer.value is None:
        page = scan_of(take_scan(answer))
        if draft.act is Act.CAME:
            attach_file(ctx.db, review, FileKind.COMMENT, page, by_id=ctx.me.id, now=ctx.now)
            show_review(ctx, review, phrases.done(what="comment came"))
            return None
        if len(draft.pages) >= PAGES:
            raise Refused(words.too_many_pages(limit=PAGES))
        draft.pages = [*draft.pages, page]
        return Step.SCAN
    answer.choice(_DONE if draft.pages or draft.act is Act.PAGES else _NONE)
    _receive(ctx, draft, review)
    return None


def _receive(ctx: Context, draft: Draft, review: Review) -> None:
    if draft.act is Act.PAGES:
        add_pages(ctx.db, review, draft.pages, by_id=ctx.me.id, now=ctx.now)
        show_review(ctx, review, phrases.done(what="pages"))
        return
    on = draft.day or local_date(ctx.now, HOME_ZONE)
    receive_signed(ctx.db, review, on=on, scans=draft.pages, by_id=ctx.me.id, now=ctx.now)
    show_review(ctx, review, told_note(ctx, review, "signed"))


FLOW: Flow[Draft] = Flow(
    room="campaign_form",
    about=phrases.about_desk(),
    draft=Draft,
    steps={
        Step.WORDS: Question(_ask_words, _take_words),
        Step.DAY: Question(_ask_day, _take_day),
        Step.SCAN: Question(_ask_scan, _take_scan, wants_file=scans),
    },
    right=_review,
)
