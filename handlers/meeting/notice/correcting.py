"""Other words for a notice that is on its way or was sent.

words ──> preview ──more words──> preview ──send──> changed where it stands, marked "đã sửa"; both texts are kept
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, Field

from handlers.ground import conversation
from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import Flow, Question, Screen, choice
from handlers.meeting.notice.door import Seen, own
from handlers.meeting.notice.view import show_notice
from models.ground.errors import Refused
from models.meeting.notice import Notice, NoticeLetter, correct_notice, refuse_secrets, tally
from models.phrases import common
from models.phrases.meeting import notice as phrases


class Step(StrEnum):
    WORDS = "words"
    PREVIEW = "preview"


class Draft(BaseModel):
    notice_id: int = 0
    parts: list[str] = Field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.parts)


def begin(ctx: Context, arguments: list[str]) -> None:
    found = own(ctx, arguments)
    conversation.begin(ctx, FLOW, Step.WORDS, Draft(notice_id=found.notice.id))


def _found(ctx: Context, draft: Draft) -> Seen:
    return own(ctx, [str(draft.notice_id)])


def ask_words(ctx: Context, draft: Draft) -> Screen:
    """Ask for the whole text, as before it was sent."""
    rows = [[choice(phrases.KEEP_WORDS, "keep")]] if draft.parts else []
    now = draft.text or _found(ctx, draft).notice.text or ""
    return Screen(phrases.ask_correction(text=now), rows)


def take_words(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.incoming.kind is Kind.BUTTON:
        answer.choice("keep")
        return Step.PREVIEW if draft.parts else Step.WORDS
    _add(ctx, draft, answer, [])
    return Step.PREVIEW


def _add(ctx: Context, draft: Draft, answer: Answer, before: list[str]) -> None:
    parts = [*before, answer.words(limit=ctx.policies.notice.longest)]
    refuse_secrets("\n".join(parts))
    if sum(map(len, parts)) > ctx.policies.notice.longest:
        raise Refused(common.too_long(ctx.policies.notice.longest))
    draft.parts = parts


def ask_preview(ctx: Context, draft: Draft) -> Screen:
    found = _found(ctx, draft)
    notice = Notice(version=2)  # never stored: only its words are wanted; from 2 on they say "đã sửa"
    notice.text, notice.reason, notice.question = draft.text, found.notice.reason, found.notice.question
    reached = tally(ctx.db, found.notice, now=ctx.now).arrived if found.figures else None
    words = phrases.correction_preview(letter=NoticeLetter(notice, found.unit.name).words, reached=reached)
    return Screen(words, [[choice(phrases.SEND_CORRECTION, "send")], [choice(phrases.CHANGE_WORDS, "words")]])


def take_preview(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    if answer.incoming.kind is not Kind.BUTTON:
        _add(ctx, draft, answer, draft.parts)
        return Step.PREVIEW
    if answer.choice("send", "words") == "words":
        return Step.WORDS
    found = _found(ctx, draft)
    correct_notice(ctx.db, found.notice, draft.text, by_id=ctx.me.id, now=ctx.now)
    show_notice(ctx, [str(draft.notice_id)], above=phrases.correction_sent())
    return None


FLOW: Flow[Draft] = Flow(
    "notice_fix",
    phrases.CORRECTING,
    Draft,
    {Step.WORDS: Question(ask_words, take_words), Step.PREVIEW: Question(ask_preview, take_preview)},
    right=_found,
)
