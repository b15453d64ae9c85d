"""What keepers and committee enter about an absence: one form, whose questions depend on the act.

    a button absence:do:<act>:<subject> ──> the questions of PLANS[act] (plans.py), one by one ──> overview ──> the act (acts.py)

    put       (route, planned day, scan)          file      member ─ place ─ clock ─ city ─ work ─ how ─ employer ─ phone ─
    return    why (scan)                                    trusted person ─ from ─ until ─ reason (scan)
    result    day ─ verdict ─ number, where the   extend    until (reason, scan)
              cell decides ─ why (votes, scan)    change    as file, without days but from
    decide    number and day ─ why (scan)         ticks     which steps of a return are done, all at once
    signed    (day, text, scan)                   answered  day ─ text ─ scan
    …         …

What stands in brackets is not asked: the overview offers it, so a scan is asked for only where there is paper.

Somebody who was quicker is no error: the subject is shown as it is now, with a sentence that says so.
"""

from __future__ import annotations

from typing import Any

from handlers.desk.absence.door import (
    away_for,
    filing_for,
    letter_for,
)
from handlers.desk.absence.draft import Draft, Here
from handlers.desk.absence.overview import label, look_over, offered
from handlers.desk.absence.plans import PLANS, decided, owner_of
from handlers.desk.absence.questions import QUESTIONS
from handlers.desk.absence.screens import name_of
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.conversation import Screen
from handlers.ground.form import At, Confirm, Field, Form
from models.away.away import (
    AwayOver,
    AwayRunning,
    Filing,
    FilingKind,
    FilingSettled,
    ReturnStepDone,
    away_of,
    policy_of,
)
from models.away.letter import LetterKind, LetterSettled
from models.away.reply_slip import slip_of
from models.ground.errors import Refused
from models.people.member import Member, record_look
from models.phrases import common
from models.phrases.desk import absence as phrases
from models.phrases.text import Lang

_SETTLED = (FilingSettled, AwayOver, AwayRunning, ReturnStepDone, LetterSettled)


def begin_act(ctx: Context, arguments: list[str]) -> None:
    """Begin `<act>:<subject>`, of a letter also its kind. An application without a member names its cell."""
    name = arguments[0] if arguments else ""
    if name not in PLANS:
        raise Refused(common.gone_button())
    draft = Draft(act=name, subject_id=number_or_0(arguments, 1))
    _prepare(ctx, draft, arguments[2:])
    subject = FORM.right(ctx, draft)
    if isinstance(subject, Member):
        draft.cell_id = subject.cell_id or 0
    FORM.begin(ctx, draft)


def _prepare(ctx: Context, draft: Draft, more: list[str]) -> None:
    """What is known before the first question."""
    match draft.act:
        case "file" if not draft.subject_id:
            draft.cell_id = number_or_0(more)
        case "sent":
            if more[:1] not in [[], *([kind.value] for kind in LetterKind)]:
                raise Refused(common.gone_button())
            draft.kind, draft.to = "".join(more[:1]), away_for(ctx, draft.subject_id).host or ""
        case "fixletter" | "fixanswer":  # as it stands: every answer may be kept
            letter = letter_for(ctx, draft.subject_id)
            draft.day = letter.sent_on if draft.act == "fixletter" else letter.answered_on
            draft.to, draft.number, draft.note = letter.to or "", letter.number or "", letter.answer or ""
            draft.file_id, draft.file_name = letter.file_id or "", letter.file_name or ""
        case "signed":  # the paper says what came by the page, until somebody types otherwise
            slip = slip_of(ctx.db, letter_for(ctx, draft.subject_id))
            draft.day = At(ctx, draft, None).today
            if slip is not None and slip.answer is not None:
                draft.note = slip.answer.words.to_plain(Lang.VI)
                draft.file_id, draft.file_name = slip.file_id or "", slip.file_name or ""
        case "refile":
            _prepare_manner(ctx, filing_for(ctx, draft.subject_id), draft)
        case "decide" | "paper" if more[:1] in (["yes"], ["no"]):
            draft.verdict, draft.is_said = more[0] == "yes", True
        case "result":
            policy = policy_of(ctx.db, filing_for(ctx, draft.subject_id), ctx.policies.away)
            draft.cell_decides = not policy.decided_above
        case "fixdecision":
            filing = decided(ctx, draft)
            draft.number, draft.day = filing.decision_number or "", filing.decided_on
        case "tick":
            draft.day = At(ctx, draft, None).today
        case "change":  # the questions show what is known: reading that leaves a row
            away = away_for(ctx, draft.subject_id)
            what = "absence.details"
            record_look(ctx.db, reader_id=ctx.me.id, member_id=away.member_id, what=what, now=ctx.now)
            draft.live_as(away.stay)
        case _:
            pass


def _prepare_manner(ctx: Context, filing: Filing, draft: Draft) -> None:
    """Only an application says how somebody lives there."""
    away = away_of(ctx.db, filing)
    if filing.kind == FilingKind.APPLICATION:
        draft.place_code = away.place_code
        draft.manner = "study" if away.study else "itinerant" if away.itinerant else "steady"


def _titled(at: Here, screen: Screen) -> Screen:
    owner = owner_of(at.ctx, at.subject)
    name = name_of(at.ctx, owner) if owner else None
    return Screen(phrases.titled(act=at.draft.act, name=name, words=screen.text), screen.buttons)


def _do(at: Here) -> None:
    plan, note = PLANS[at.draft.act], phrases.done(act=at.draft.act)
    try:
        plan.do(at)
    except _SETTLED as settled:  # somebody was quicker
        at.ctx.left, note = True, settled.phrase
    plan.show(at.ctx, at.draft, note)


FORM: Form[Draft, Any] = Form(
    "absence_form",
    phrases.FORM,
    Draft,
    right=lambda ctx, draft: PLANS[draft.act].load(ctx, draft),
    fields=(
        *QUESTIONS,
        Field(
            "overview",
            look_over,
            Confirm(label, "send", also=offered),
            needed=lambda at: at.draft.act != "ticks",  # its one screen has been the look-over
        ),
    ),
    order=lambda draft: PLANS[draft.act].asks.split(),
    frame=_titled,
    save=_do,
)
