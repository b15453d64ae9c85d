"""The handbook on the phone.

/sotay ──────────┬─> questions meant for this person, those about what they were just doing first ──┐
/sotay gia han ──┼─> questions that hold these words ───────────────────────────────────────────────┼─> one, with its source
"Tìm theo từ" ───┘                                                                                  │      │
                                                        the self-study record <── "I have studied it" ─────┘
What was being done is one tap away: "go on".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from pydantic import BaseModel

from handlers.ground.arguments import number_or_0
from handlers.ground.context import CommandAudience, Context
from handlers.ground.conversation import own
from handlers.ground.form import At, Field, Form, Line
from handlers.ground.menu import greet_stranger, standing
from handlers.ground.paging import SCREEN, Row, paged
from handlers.ground.routing import Tap
from models.delivery.conversation import Conversation, latest_parked
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, local_date
from models.meeting.handbook import (
    HandbookTopic,
    MeantFor,
    entries_for,
    entry_of,
    half_of,
    note_study,
    search_handbook,
    studies_of,
    unnote_study,
)
from models.phrases import common
from models.phrases.meeting import handbook as phrases
from models.phrases.text import named

MENU = [Button(common.MENU, "nav:menu")]
_UNDER_WAY = timedelta(hours=1)  # what was left so lately is what the question is about
_RECORD = 12  # lines of the record on one screen
_READERS = {
    CommandAudience.MEMBER: MeantFor.MEMBER,
    CommandAudience.DESK: MeantFor.CONTACT,
    CommandAudience.SECRETARY: MeantFor.SECRETARY,
    CommandAudience.OFFICER: MeantFor.OFFICER,
}


class Draft(BaseModel):
    words: str = ""


# --- finding --------------------------------------------------------------------------------------------------------


def start(ctx: Context) -> None:
    """Show the questions for this person; the words behind the command are looked for."""
    if ctx.member is None:
        greet_stranger(ctx)
    elif ctx.incoming.text.strip():
        _show_found(ctx, ctx.incoming.text)
    else:
        _show_home(ctx, 0)


def page(ctx: Context, arguments: list[str]) -> None:
    _show_home(ctx, number_or_0(arguments))


def _show_home(ctx: Context, at: int) -> None:
    left = _left(ctx)
    room = left.room if left is not None else ""
    entries = entries_for(ctx.db, _readers(ctx), room=room)
    noted = [[Button(phrases.RECORD, "handbook:record")]] if studies_of(ctx.db, ctx.me.id) else []
    around = [[Button(phrases.FIND, "handbook:find")], *noted, *_ways(ctx)]
    shown, turn = paged(entries, at, SCREEN - len(around), lambda to: f"handbook:page:{to}")
    here = bool(room and entries and entries[0].is_of(room) and at == 0)
    ctx.show(phrases.home(first_is_here=here), [*_rows(shown), *([turn] if turn else []), *around])


def find(ctx: Context, _arguments: list[str]) -> None:
    FORM.begin(ctx, Draft())


def _look_for(at: At[Draft, None]) -> None:
    _show_found(at.ctx, at.draft.words)


def _show_found(ctx: Context, typed: str) -> None:
    found = search_handbook(ctx.db, typed)
    around = [
        [Button(phrases.FIND, "handbook:find")],
        [Button(phrases.OTHERS, "handbook:page:0")],
        *_ways(ctx),
    ]
    shown = typed.strip()[:60]
    words = phrases.found(typed=shown) if found else phrases.nothing_found(typed=shown)
    ctx.show(words, [*_rows(found[: SCREEN - len(around)]), *around])


def _rows(entries: Sequence[HandbookTopic]) -> list[Row]:
    return [[Button(named(one.vi.short, one.en.short), f"handbook:see:{one.code}")] for one in entries]


# --- one entry ------------------------------------------------------------------------------------------------------


def see(ctx: Context, arguments: list[str]) -> None:
    entry = entry_of(ctx.db, arguments[0] if arguments else "")
    if entry is None:
        ctx.show(phrases.gone(), [[Button(phrases.OTHERS, "handbook:page:0")], MENU])
        return
    _show_entry(ctx, entry)


def _show_entry(ctx: Context, entry: HandbookTopic) -> None:
    half = half_of(local_date(ctx.now, HOME_ZONE))
    noted = next(
        (one for one in studies_of(ctx.db, ctx.me.id) if (one.code, one.half) == (entry.code, half)), None
    )
    words = phrases.entry(
        question=named(entry.vi.question, entry.en.question),
        answer=named(entry.vi.answer, entry.en.answer),
        source=entry.source,
        sure=entry.sure,
        studied_on=noted.studied_on if noted else None,
    )
    verb, label = ("unnote", phrases.NOT_STUDIED) if noted else ("note", phrases.STUDIED)
    buttons = [
        [Button(label, f"handbook:{verb}:{entry.code}")],
        [Button(phrases.OTHERS, "handbook:page:0")],
        [Button(phrases.RECORD, "handbook:record")],
        *_ways(ctx),
    ]
    ctx.show(words, buttons)


# --- studied --------------------------------------------------------------------------------------------------------


def note(ctx: Context, arguments: list[str]) -> None:
    """Note what was studied, because the person says so."""
    _change(ctx, arguments, studied=True)


def unnote(ctx: Context, arguments: list[str]) -> None:
    _change(ctx, arguments, studied=False)


def _change(ctx: Context, arguments: list[str], *, studied: bool) -> None:
    entry = entry_of(ctx.db, arguments[0] if arguments else "")
    if entry is None:
        see(ctx, arguments)
        return
    if studied:
        note_study(ctx.db, ctx.me, entry, now=ctx.now)
    else:
        unnote_study(ctx.db, ctx.me, entry.code, now=ctx.now)
    ctx.tell(phrases.noted() if studied else phrases.taken_back())
    _show_entry(ctx, entry)


def record(ctx: Context, _arguments: list[str]) -> None:
    """Show what the person says they studied, by half-years."""
    studied = studies_of(ctx.db, ctx.me.id)
    shown = studied[:_RECORD]
    halves = [
        (half, [(one.title, one.studied_on) for one in notes])
        for half, notes in groupby(shown, key=lambda one: one.half)
    ]
    words = phrases.record(halves=halves, more=len(studied) - len(shown))
    ctx.show(words, [[Button(phrases.OTHERS, "handbook:page:0")], *_ways(ctx)])


# --- where they stand -----------------------------------------------------------------------------------------------


def _readers(ctx: Context) -> set[MeantFor]:
    mine, _ = standing(ctx)
    return {_READERS[one] for one in mine if one in _READERS} or {MeantFor.MEMBER}


def _left(ctx: Context) -> Conversation | None:
    """The form that the person left to look here."""
    left = latest_parked(ctx.db, ctx.address, since=ctx.now - _UNDER_WAY)
    return left if left is not None and left.room != FORM.room else None


def _ways(ctx: Context) -> list[Row]:
    """Back to what was being done, and to the main screen."""
    left = _left(ctx)
    go_on = [[Button(common.CONTINUE, f"nav:resume:{left.room}~{left.version}")]] if left is not None else []
    return [*go_on, MENU]


FORM: Form[Draft, None] = Form(
    "handbook",
    phrases.ABOUT,
    Draft,
    right=own,
    fields=(Field("words", lambda at: phrases.ask_words(), Line(100)),),
    save=_look_for,
)
FLOWS = [FORM]
TAPS = [
    Tap("handbook:page", page),
    Tap("handbook:find", find),
    Tap("handbook:see", see),
    Tap("handbook:note", note),
    Tap("handbook:unnote", unnote),
    Tap("handbook:record", record),
]
