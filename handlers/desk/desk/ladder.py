"""Whom to call: the call list, one silence on it, who takes it, and when who is told.

    the cell ── call list ──┬─ one ──┬─ I will call: day ──> promised
                            │        ├─ contacted: contact.py
                            │        └─ stop ──> sure? ──> stopped
                            ├─ the list on paper (handlers/desk/call_sheet.py), or as .xlsx
                            └─ steps: ready ones, or three numbers typed ──> set

Whoever keeps in touch with somebody opens the one they were asked to call; the list is the desk's.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from pydantic import BaseModel, ValidationError

from handlers.desk.desk.assigned import show_mine
from handlers.desk.desk.door import cell_of, ways_back
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.form import At, Day, Field, FieldKind, Form, Offer, Shape
from handlers.ground.paging import Row, page_of, turning
from models.contact.ladder import (
    RUNGS,
    Call,
    Ladder,
    LadderState,
    Rung,
    Steps,
    call_list,
    call_workbook,
    cancel_ladder,
    may_take,
    moves_of,
    one_call,
    promise_days,
    set_cell_steps,
    steps_of,
    take_ladder,
)
from models.delivery.message import Attachment, Button
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.steps import LAST_RUNG
from models.people.member import Member, record_look
from models.people.rights import NotEntitled, Right, may, require
from models.people.trail import record_act
from models.people.unit import Unit
from models.phrases import common
from models.phrases.contact import ladder as phrases, sign_of_life as sign_words
from models.phrases.desk import call_sheet as sheet_words
from models.phrases.text import Text

PAGE = 4  # with the ways to turn, the sheet and the way back eight buttons
MENU = Button(common.MENU, "nav:menu")
READY = {
    "usual": Steps(),
    "brisk": Steps(contact=3, desk=7, committee=14),
    "patient": Steps(contact=14, desk=30, committee=60),
}

# --- the list -------------------------------------------------------------------------------------------------------


def open_calls(ctx: Context, arguments: list[str]) -> None:
    """Show `<cell>:<page>` of the calls. Who does not see the desk gets the list of those they keep in touch with."""
    if not may(ctx.db, ctx.me.id, Right.SEE_DESK, number_or_0(arguments), now=ctx.now):
        show_mine(ctx)
        return
    show_calls(ctx, cell_of(ctx, number_or_0(arguments)), page=number_or_0(arguments, 1))


def show_calls(ctx: Context, cell: Unit, note: Text | None = None, *, page: int = 0) -> None:
    calls = call_list(ctx.db, cell.id, now=ctx.now)
    page, pages = page_of(page, len(calls), PAGE)
    shown = calls[page * PAGE : (page + 1) * PAGE]
    words = phrases.calls(
        cell=cell.name,
        count=len(calls),
        at_the_end=sum(call.is_at_the_end for call in calls),
        rows=[_line(ctx, at, call) for at, call in enumerate(shown, start=page * PAGE + 1)],
        page=page,
        pages=pages,
    )
    rows = [
        [Button(phrases.about(name=call.member.full_name), f"desk:ladder:{call.ladder.id}")] for call in shown
    ]
    turn = turning(page, pages, lambda to: f"desk:calls:{cell.id}:{to}")
    ctx.show(common.paragraph(note, words) if note else words, [*rows, turn, *_list_acts(cell, calls)])


def _line(ctx: Context, at: int, call: Call) -> Text:
    return phrases.call_row(
        number=at,
        name=call.member.full_name,
        silent=sign_words.silent(days=call.days(ctx.now)),
        owner=call.owner,
        on=call.ladder.promised_on,
        at_the_end=call.is_at_the_end,
    )


def _list_acts(cell: Unit, calls: list[Call]) -> list[Row]:
    sheet = Button(sheet_words.SHEET, f"sheet:home:{cell.id}")
    return [[sheet] if calls else [], ways_back(cell)]


def send_calls(ctx: Context, arguments: list[str]) -> None:
    """Send the list of calls. Phones leave the program with it, so each member on it sees who took it."""
    cell = cell_of(ctx, number_or_0(arguments), Right.SEE_DETAILS)
    calls = call_list(ctx.db, cell.id, now=ctx.now)
    if not calls:
        show_calls(ctx, cell)
        return
    for call in calls:
        record_look(ctx.db, reader_id=ctx.me.id, member_id=call.member.id, what="ladder.calls", now=ctx.now)
    record_act(ctx.db, "ladder.export", by_id=ctx.me.id, now=ctx.now, unit_id=cell.id)
    name = f"can-goi-{local_date(ctx.now, HOME_ZONE):%Y-%m-%d}.xlsx"
    data = call_workbook(ctx.db, cell, calls, now=ctx.now, lang=ctx.lang)
    ctx.send_protected(Attachment(name, data), phrases.sheet_sent(cell=cell.name, count=len(calls)))


# --- one of them ----------------------------------------------------------------------------------------------------


def see_ladder(ctx: Context, arguments: list[str]) -> None:
    show_ladder(ctx, _mine(ctx, arguments))


def _mine(ctx: Context, arguments: list[str]) -> Ladder:
    """The ladder, if I stand on it by what I hold now: nobody else learns whether it exists."""
    ladder = ctx.db.get(Ladder, number_or_0(arguments))
    member = ctx.db.get(Member, ladder.member_id) if ladder else None
    if ladder is None or member is None or not may_take(ctx.db, ctx.me.id, member, now=ctx.now):
        raise NotEntitled
    return ladder


def show_ladder(ctx: Context, ladder: Ladder, note: Text | None = None) -> None:
    call = one_call(ctx.db, ladder, now=ctx.now)
    words = _words(ctx, call)
    ctx.show(common.paragraph(note, words) if note else words, _acts(ctx, call))


def _words(ctx: Context, call: Call) -> Text:
    ladder, name = call.ladder, call.member.full_name
    if ladder.state == LadderState.ENDED:
        return phrases.ended(name=name, how=ladder.ended_how or "")
    return phrases.one(
        silence=phrases.silence(
            name=name,
            days=call.days(ctx.now),
            on=call.member.heard_on,
            how=call.member.heard_how,
            due_at=ladder.due_at,
        ),
        state=ladder.state,
        contacts=call.contacts,
        owner=call.owner,
        on=ladder.promised_on,
        steps=_steps(ctx, call),
        zone=ctx.zone,
        moves=_promises(ctx, ladder),
    )


def _steps(ctx: Context, call: Call) -> list[tuple[Rung, datetime, bool]]:
    """Each with its day and whether it was taken; a step without anybody in touch went to the desk."""
    ladder = call.ladder
    taken = {move.rung: move.at for move in moves_of(ctx.db, ladder.id) if move.rung}
    told = [
        (Rung.DESK if rung == Rung.CONTACT and not call.contacts else Rung(rung), at, True)
        for rung, at in taken.items()
    ]
    return [*told, *((rung, ladder.rung_at(rung), False) for rung in RUNGS[ladder.climbed :])]


def _promises(ctx: Context, ladder: Ladder) -> list[Text]:
    return [
        phrases.promise_move(by=ctx.db.get_one(Member, move.by_id).full_name, at=move.at, on=move.promised_on)
        for move in moves_of(ctx.db, ladder.id)
        if move.promised_on and move.by_id
    ]


def _acts(ctx: Context, call: Call) -> list[Row]:
    ladder, at_the_desk = call.ladder, _at_the_desk(ctx, call.ladder)
    phone = "desk:call:m:" if at_the_desk else "desk:keepcall:"
    rows: list[Row] = []
    if ladder.state != LadderState.ENDED:
        mine = ladder.state == LadderState.TAKEN and ladder.owner_id == ctx.me.id
        rows = [
            [] if mine else [Button(phrases.TAKE, f"desk:take:{ladder.id}")],
            [
                Button(phrases.PHONE, f"{phone}{call.member.id}"),
                Button(phrases.NOTE, f"desk:note:m:{call.member.id}"),
            ],
        ]
        if at_the_desk and ladder.rung != LAST_RUNG:
            rows.append([Button(phrases.STOP, f"desk:stop:{ladder.id}")])
        if at_the_desk:
            rows.append([Button(phrases.MORE, f"desk:who:{call.member.id}")])
    back = Button(phrases.CALLS, f"desk:calls:{ladder.cell_id}:0")
    return [*rows, [back, MENU]]


def _at_the_desk(ctx: Context, ladder: Ladder) -> bool:
    return may(ctx.db, ctx.me.id, Right.SEE_DESK, ladder.cell_id, now=ctx.now)


def ask_stop(ctx: Context, arguments: list[str]) -> None:
    ladder = _mine(ctx, arguments)
    require(ctx.db, ctx.me.id, Right.ASK_CHECKIN, ladder.cell_id, now=ctx.now)
    if ladder.state == LadderState.ENDED or ladder.rung == LAST_RUNG:
        show_ladder(ctx, ladder)
        return
    name = ctx.db.get_one(Member, ladder.member_id).full_name
    sure = [Button(phrases.STOP_SURE, f"desk:stopped:{ladder.id}")]
    ctx.show(phrases.stop_sure(name=name), [sure, [Button(common.BACK, f"desk:ladder:{ladder.id}"), MENU]])


def stop(ctx: Context, arguments: list[str]) -> None:
    ladder = _mine(ctx, arguments)
    cancel_ladder(ctx.db, ladder, by_id=ctx.me.id, now=ctx.now)
    name = ctx.db.get_one(Member, ladder.member_id).full_name
    show_calls(ctx, cell_of(ctx, ladder.cell_id), note=phrases.stopped(name=name))


# --- I will call ----------------------------------------------------------------------------------------------------


class TakeDraft(BaseModel):
    ladder_id: int = 0
    day: date | None = None


def begin_taking(ctx: Context, arguments: list[str]) -> None:
    ladder = _mine(ctx, arguments)
    taken = ladder.state == LadderState.TAKEN and ladder.owner_id == ctx.me.id
    if ladder.state == LadderState.ENDED or taken:
        show_ladder(ctx, ladder)
        return
    TAKE.begin(ctx, TakeDraft(ladder_id=ladder.id))


AtLadder = At[TakeDraft, Ladder]


def _between(at: AtLadder) -> tuple[date, date]:
    return promise_days(at.subject, at.ctx.policies.checkin.ladder, now=at.ctx.now)


def _days(at: AtLadder) -> list[tuple[Text, date]]:
    first, last = _between(at)
    offers = [
        (phrases.TODAY, first),
        (phrases.TOMORROW, first + timedelta(days=1)),
        *((phrases.day_button(on=day), day) for day in (first + timedelta(days=3), last)),
    ]
    # where two fall on one day, the nearer one names it
    fitting = {day: label for label, day in reversed(offers) if day <= last}
    return [(fitting[day], day) for day in sorted(fitting)]


def _name(at: AtLadder) -> str:
    return at.ctx.db.get_one(Member, at.subject.member_id).full_name


def _take(at: AtLadder) -> None:
    ctx, ladder, on = at.ctx, at.subject, at.draft.day or at.today
    if ladder.state == LadderState.ENDED:  # while the day was being chosen
        ctx.left = True
        show_ladder(ctx, ladder)
        return
    policy = ctx.policies.checkin.ladder
    take_ladder(ctx.db, ladder, by_id=ctx.me.id, promised_on=on, policy=policy, now=ctx.now)
    show_ladder(ctx, ladder, note=phrases.promised(name=_name(at), on=on))


TAKE: Form[TakeDraft, Ladder] = Form(
    "desk_take",
    phrases.TAKING,
    TakeDraft,
    right=lambda ctx, draft: _mine(ctx, [str(draft.ladder_id)]),
    fields=(
        Field(
            "day",
            lambda at: phrases.by_when(name=_name(at), last=_between(at)[1]),
            Day(lambda at: _between(at)[0], last=lambda at: _between(at)[1], offers=_days),
        ),
    ),
    save=_take,
)


# --- when who is told -----------------------------------------------------------------------------------------------


class SetDraft(BaseModel):
    cell_id: int = 0
    steps: Steps | None = None  # None: one's own days are typed


def begin_setting(ctx: Context, arguments: list[str]) -> None:
    SET.begin(ctx, SetDraft(cell_id=number_or_0(arguments)))


class OwnDays(FieldKind[SetDraft, Unit]):
    def shape(self, at: At[SetDraft, Unit]) -> Shape | None:
        return Shape.LINE

    def sent(self, at: At[SetDraft, Unit], answer: Answer) -> Steps:
        """Read three growing numbers, with whatever stands between them."""
        found = re.findall(r"\d{1,4}", answer.words(limit=100), re.ASCII)
        try:
            contact, desk, committee = map(int, found)
            return Steps(contact=contact, desk=desk, committee=committee)
        # more or fewer than three numbers are a ValueError, too
        except (ValueError, ValidationError) as error:
            raise Refused(phrases.steps_not_read()) from error


def _ready(at: At[SetDraft, Unit]) -> list[Offer]:
    ready = [
        Offer(phrases.ready_button(name=name, **steps.model_dump()), name, steps)
        for name, steps in READY.items()
    ]
    return [*ready, Offer(phrases.OWN_DAYS, "own", None)]


def _ask_steps(at: At[SetDraft, Unit]) -> Text:
    held = steps_of(at.subject, at.ctx.policies.checkin.ladder)
    return phrases.which_steps(cell=at.subject.name, **held.model_dump())


def _set(at: At[SetDraft, Unit]) -> None:
    steps = at.draft.steps
    if steps is None:
        raise LookupError("the days are asked before")
    set_cell_steps(at.ctx.db, at.subject, steps, by_id=at.ctx.me.id, now=at.ctx.now)
    show_calls(at.ctx, at.subject, note=phrases.steps_saved(**steps.model_dump()))


SET: Form[SetDraft, Unit] = Form(
    "desk_steps",
    phrases.SETTING,
    SetDraft,
    right=lambda ctx, draft: cell_of(ctx, draft.cell_id, Right.SET_RHYTHM),
    fields=(
        Field("choose", _ask_steps, OwnDays(), offers=_ready, into="steps"),
        Field(
            "type",
            lambda at: phrases.type_steps(),
            OwnDays(),
            into="steps",
            needed=lambda at: at.draft.steps is None,
        ),
    ),
    save=_set,
)
