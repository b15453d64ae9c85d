"""A new notice: to whom, the words, then everything else from the preview.

unit ──> audience ──> words (one file) ──> preview ──more words, a file──> preview ──send──> on its way
                                                              │    ^
                          question ─ choices, urgent: reason ─┴────┘
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel, Field

from handlers.ground import conversation
from handlers.ground.context import Answer, Context, FileKind, Kind
from handlers.ground.conversation import Flow, Question, Screen, choice
from handlers.ground.scans import papers
from handlers.meeting.notice.door import may_count
from handlers.meeting.notice.view import show_notice
from models.contact.request import SentFile
from models.ground.errors import Refused
from models.ground.marking import clean
from models.meeting.notice import (
    Addressees,
    Announcement,
    Audience,
    Forecast,
    NobodyToTell,
    Notice,
    NoticeLetter,
    ReceiptState,
    forecast,
    names_left_out,
    refuse_secrets,
    send_notice,
)
from models.people.rights import NotEntitled, Right, may, require, units_where
from models.people.unit import Unit, UnitKind
from models.phrases import common
from models.phrases.meeting import notice as phrases
from models.phrases.text import Lang, raw

_CHOICE = 32  # characters of one answer: it stands on a button
_QUESTION = 300
_REASON = 300
_NAMES = 8  # of those left out, in the preview
_LONGEST_NAME = 200
_OF_CELL = (Audience.ALL, Audience.AWAY, Audience.ABROAD, Audience.SILENT, Audience.UNANSWERED)
_FROM_ABOVE = (Audience.SECRETARIES, Audience.ALL, Audience.AWAY, Audience.ABROAD)
_FILES = {FileKind.PHOTO: "photo", FileKind.DOCUMENT: "document"}


class Step(StrEnum):
    UNIT = "unit"
    AUDIENCE = "audience"
    WORDS = "words"
    PREVIEW = "preview"
    QUESTION = "question"
    CHOICES = "choices"
    REASON = "reason"


class Draft(BaseModel):
    unit_id: int = 0
    audience: Audience = Audience.ALL
    parts: list[str] = Field(default_factory=list)
    file_kind: str = ""
    file_id: str = ""
    file_name: str = ""
    question: str = ""
    choices: list[str] = Field(default_factory=list)
    reason: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.parts)

    @property
    def shown_file(self) -> str:
        return (self.file_name or "anh.jpg") if self.file_id else ""


def start(ctx: Context) -> None:
    units = _units(ctx)
    if not units:
        raise NotEntitled
    first = Step.UNIT if len(units) > 1 else Step.AUDIENCE
    conversation.begin_or_resume(ctx, FLOW, first, Draft(unit_id=units[0].id))


def begin_with(ctx: Context, *, parts: list[str], files: Sequence[SentFile]) -> None:
    """Begin a notice that says what was typed already. A notice carries one file."""
    units = _units(ctx)
    draft = Draft(unit_id=units[0].id, parts=parts)
    kept = next((one for one in files if one.kind in _FILES.values()), None)
    if kept is not None:
        draft.file_kind, draft.file_id = kept.kind, kept.file_id
    conversation.begin(ctx, FLOW, Step.UNIT if len(units) > 1 else Step.AUDIENCE, draft)


def _units(ctx: Context) -> list[Unit]:
    """Whose name it may bear: those of the units whose office one holds, and no other's."""
    return units_where(ctx.db, ctx.me.id, Right.ANNOUNCE, now=ctx.now)


# --- in whose name, to whom -----------------------------------------------------------------------------------------


def ask_unit(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_unit(), [[choice(raw(unit.name), str(unit.id))] for unit in _units(ctx)])


def take_unit(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.unit_id = int(answer.choice(*(str(unit.id) for unit in _units(ctx))))
    return Step.AUDIENCE


def _unit(ctx: Context, draft: Draft) -> Unit:
    require(ctx.db, ctx.me.id, Right.ANNOUNCE, draft.unit_id, now=ctx.now)
    return ctx.db.get_one(Unit, draft.unit_id)


def _audiences(ctx: Context, unit: Unit) -> tuple[Audience, ...]:
    is_own_cell = unit.kind == UnitKind.CELL and may(ctx.db, ctx.me.id, Right.SEE_DESK, unit.id, now=ctx.now)
    return _OF_CELL if is_own_cell else _FROM_ABOVE


def ask_audience(ctx: Context, draft: Draft) -> Screen:
    unit = _unit(ctx, draft)
    words = phrases.which_audience(unit=unit.name, silent_days=ctx.policies.away.no_contact_days)
    return Screen(words, [[choice(phrases.AUDIENCES[one], one)] for one in _audiences(ctx, unit)])


def take_audience(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.audience = Audience(answer.choice(*_audiences(ctx, _unit(ctx, draft))))
    return Step.PREVIEW if draft.parts else Step.WORDS


# --- the words ------------------------------------------------------------------------------------------------------


def ask_words(ctx: Context, draft: Draft) -> Screen:
    """Ask for the whole text. A text that is there already is shown, and what is typed takes its place."""
    rows = [[choice(phrases.KEEP_WORDS, "keep")]] if draft.parts else []
    return Screen(phrases.write_words(text=draft.text, file=draft.shown_file), rows)


def take_words(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.incoming.kind is Kind.BUTTON:
        answer.choice("keep")
        return Step.PREVIEW if draft.parts else Step.WORDS
    before, draft.parts = draft.parts, []
    _take_file(draft, answer)
    _take_text(ctx, draft, answer)
    draft.parts = draft.parts or before
    return Step.PREVIEW if draft.parts else Step.WORDS


def _take_file(draft: Draft, answer: Answer) -> None:
    file = answer.incoming.file
    if file is None:
        if answer.incoming.kind is not Kind.TEXT:
            raise Refused(phrases.file_expected())
        return
    if file.kind not in _FILES:
        raise Refused(phrases.file_expected())
    clean(file.name, answer.incoming.text)
    draft.file_kind, draft.file_id = _FILES[file.kind], file.keep()
    draft.file_name = file.name[-_LONGEST_NAME:] if file.kind is FileKind.DOCUMENT else ""


def _take_text(ctx: Context, draft: Draft, answer: Answer) -> None:
    text = answer.incoming.text.strip()
    if not text:
        return
    parts = [*draft.parts, text]
    refuse_secrets("\n".join(parts))
    if sum(map(len, parts)) > ctx.policies.notice.longest:
        raise Refused(common.too_long(ctx.policies.notice.longest))
    draft.parts = parts


# --- the preview, and from there ------------------------------------------------------------------------------------


def ask_preview(ctx: Context, draft: Draft) -> Screen:
    unit = _unit(ctx, draft)
    letter = NoticeLetter(_unsent(draft), unit.name)
    outlook = _outlook(ctx, draft, letter)
    counts = may_count(ctx, unit, draft.audience)
    words = phrases.preview(
        letter=letter.words,
        audience=draft.audience,
        file=draft.shown_file,
        told=outlook.told if counts else None,
        left_out={state.value: count for state, count in outlook.left_out.items()},
        names=[(name, state.value) for name, state in _names(ctx, draft, unit)],
        arrivals=[(one.at, one.zone, one.count) for one in outlook.arrivals],
        now=ctx.now,
        done_at=outlook.done_at,
        messages=len(letter.pieces(Lang.VI)),
    )
    question = (
        choice(phrases.DROP_QUESTION, "noquestion")
        if draft.question
        else choice(phrases.ADD_QUESTION, "question")
    )
    urgent = choice(phrases.NOT_URGENT, "calm") if draft.reason else choice(phrases.URGENT, "urgent")
    rows = [[choice(common.SEND, "send")], [choice(phrases.CHANGE_WORDS, "words"), question], [urgent]]
    if draft.file_id:
        rows.append([choice(phrases.DROP_FILE, "nofile")])
    return Screen(words, rows)


def _unsent(draft: Draft) -> Notice:
    """Never added to a session: only its words are wanted."""
    notice = Notice(version=1, audience=draft.audience.value)
    notice.text, notice.reason = draft.text, draft.reason or None
    notice.question, notice.choices_as_kept = draft.question or None, "\n".join(draft.choices) or None
    return notice


def _aim(ctx: Context, draft: Draft) -> Addressees:
    return Addressees(draft.unit_id, draft.audience, ctx.me.id, ctx.policies.away.no_contact_days)


def _outlook(ctx: Context, draft: Draft, letter: NoticeLetter) -> Forecast:
    return forecast(
        ctx.db,
        _aim(ctx, draft),
        urgent=bool(draft.reason),
        messages=len(letter.pieces(Lang.VI)),
        rate=ctx.policies.outbox.rate,
        now=ctx.now,
    )


def _names(ctx: Context, draft: Draft, unit: Unit) -> list[tuple[str, ReceiptState]]:
    """Only the cell's own desk sees who."""
    if _audiences(ctx, unit) is not _OF_CELL:
        return []
    return names_left_out(ctx.db, _aim(ctx, draft), limit=_NAMES, now=ctx.now)


def take_preview(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    """Take more text, which goes on where the text before it ended: long ones come in several messages."""
    if answer.incoming.kind is not Kind.BUTTON:
        _take_file(draft, answer)
        _take_text(ctx, draft, answer)
        return Step.PREVIEW
    match answer.choice("send", "words", "question", "noquestion", "urgent", "calm", "nofile"):
        case "words":
            return Step.WORDS
        case "question":
            return Step.QUESTION
        case "urgent":
            return Step.REASON
        case "noquestion":
            draft.question, draft.choices = "", []
        case "calm":
            draft.reason = ""
        case "nofile":
            draft.file_kind, draft.file_id, draft.file_name = "", "", ""
        case _:
            return _send(ctx, draft)
    return Step.PREVIEW


def _send(ctx: Context, draft: Draft) -> Step | None:
    _unit(ctx, draft)
    try:
        notice = send_notice(
            ctx.db,
            said=Announcement(
                text=draft.text,
                reason=draft.reason or None,
                question=draft.question or None,
                choices=tuple(draft.choices),
                file=(draft.file_kind, draft.file_id, draft.file_name) if draft.file_id else None,
            ),
            unit_id=draft.unit_id,
            by_id=ctx.me.id,
            audience=draft.audience,
            policies=ctx.policies,
            now=ctx.now,
        )
    except NobodyToTell as nobody:
        ctx.say(nobody.phrase)
        return Step.AUDIENCE
    show_notice(ctx, [str(notice.id)], above=phrases.sent_off())
    return None


def ask_question(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.ask_question())


def take_question(ctx: Context, draft: Draft, answer: Answer) -> Step:
    words = answer.words(limit=_QUESTION)
    refuse_secrets(words)
    draft.question = " ".join(words.split())
    return Step.CHOICES


def ask_choices(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.ask_choices())


def take_choices(ctx: Context, draft: Draft, answer: Answer) -> Step:
    words = answer.words(limit=4 * _QUESTION)
    refuse_secrets(words)
    found = list(dict.fromkeys(" ".join(line.split()) for line in words.splitlines() if line.strip()))
    if not 2 <= len(found) <= 4 or any(len(one) > _CHOICE for one in found):
        raise Refused(phrases.choices_wrong(longest=_CHOICE))
    draft.choices = found
    return Step.PREVIEW


def ask_reason(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.ask_reason())


def take_reason(ctx: Context, draft: Draft, answer: Answer) -> Step:
    words = answer.words(limit=_REASON)
    refuse_secrets(words)
    draft.reason = words
    return Step.PREVIEW


FLOW: Flow[Draft] = Flow(
    "notice",
    phrases.WRITING,
    Draft,
    {
        Step.UNIT: Question(ask_unit, take_unit),
        Step.AUDIENCE: Question(ask_audience, take_audience),
        Step.WORDS: Question(ask_words, take_words, wants_file=papers),
        Step.PREVIEW: Question(ask_preview, take_preview, wants_file=papers),
        Step.QUESTION: Question(ask_question, take_question),
        Step.CHOICES: Question(ask_choices, take_choices),
        Step.REASON: Question(ask_reason, take_reason),
    },
    right=_unit,
)
