"""The form of an absence: declare it, correct what was returned, ask for more time, say what has changed.

    declare     place ─> clock, where there are several ─> town ─> work ─> employer ─> from ─> until ─┐
                ┌── moving about?, where it matters <──────────────────────────────────────────────────┘
                └─> reason ─> phone ─> trusted person ─> do they know? ─> their phone ─> overview ──> filed
    correct     overview, with the comment it was returned with                           ^   │
    extend      until ─> overview                                                         └───┘ each answer can be
    change      overview                                                                        changed from there

The answers so far decide what is asked next: `questions.onward` finds the first question that is still open. Nothing is
kept before the overview's first button but the draft.

    draft      questions      overview ──> sending      form: how each begins
"""

from __future__ import annotations

from handlers.away.away.door import ask_to_agree, own_away, own_filing, today
from handlers.away.away.draft import Aim, Draft, Step, draft_of, newest_stay
from handlers.away.away.overview import AwayOverview, look_over
from handlers.away.away.questions import ASKED, DAY, OFFERED, onward, still_open
from handlers.away.away.screens import show_away
from handlers.away.away.season import show_season
from handlers.away.away.sending import send
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.form import Field, Form
from models.away.away import (
    AWAY,
    RUNNING,
    AwayState,
    FilingState,
    away_changes,
    away_of,
    filing_under_way,
    open_away,
    season_of,
)
from models.delivery.conversation import conversation_in
from models.ground.errors import Refused
from models.people.member import Purpose, agrees
from models.phrases.away import away_member as phrases
from models.phrases.text import Text
from models.trust.consent import decide_consent

# --- beginning ------------------------------------------------------------------------------------------------------


def start(ctx: Context) -> None:
    """Answer /khaibao: show the absence that runs, else begin the declaration."""
    if ctx.me.cell_id is None:
        raise Refused(phrases.in_no_cell())
    running = open_away(ctx.db, ctx.me.id)
    if running is None and not agrees(ctx.db, ctx.me.id, Purpose.AWAY):
        ask_to_agree(ctx)
    elif running is None:
        season = season_of(ctx.db, ctx.me, ctx.policies, now=ctx.now)
        if season is not None and conversation_in(ctx.db, ctx.address, DECLARE.room) is None:
            show_season(ctx, season)
        else:
            DECLARE.begin(ctx, Draft(), Step.PLACE, resume=True)
    else:
        show_away(ctx, running)


def agree(ctx: Context, _arguments: list[str]) -> None:
    decide_consent(ctx.db, ctx.me, Purpose.AWAY, given=True, policies=ctx.policies, now=ctx.now)
    start(ctx)


def declare_new(ctx: Context, _arguments: list[str]) -> None:
    """Begin with nothing known, where the season was offered."""
    running = open_away(ctx.db, ctx.me.id)
    if running is not None:
        show_away(ctx, running)
    else:
        DECLARE.begin(ctx, Draft(), Step.PLACE, resume=True)


def other_dates(ctx: Context, arguments: list[str]) -> None:
    """Begin with all that was so last year; only the days are asked."""
    last, running = own_away(ctx, number_or_0(arguments)), open_away(ctx.db, ctx.me.id)
    if running is not None:
        show_away(ctx, running)
        return
    draft = draft_of(Aim.DECLARE, last)
    draft.away_id, draft.begins_on, draft.ends_on = 0, None, None
    draft.done -= {Step.BEGIN, Step.END}
    DECLARE.begin(ctx, draft, Step.BEGIN)


def declare_anew(ctx: Context, arguments: list[str]) -> None:
    """Begin an application with the same answers, to be filed in place of one that nobody has decided."""
    away = own_away(ctx, number_or_0(arguments))
    if away.state != AwayState.WAITING:
        show_away(ctx, away)
        return
    filing = filing_under_way(ctx.db, away.id)
    draft = draft_of(Aim.DECLARE, away, filing)
    draft.away_id = draft.filing_id = 0
    DECLARE.begin(ctx, draft, Step.OVERVIEW)


def correct(ctx: Context, arguments: list[str]) -> None:
    filing = own_filing(ctx, number_or_0(arguments))
    away = away_of(ctx.db, filing)
    if filing.state != FilingState.RETURNED:
        show_away(ctx, away, phrases.done_already())
        return
    _go_on(ctx, CORRECT, Step.OVERVIEW, draft_of(Aim.CORRECT, away, filing))


def extend(ctx: Context, arguments: list[str]) -> None:
    away = own_away(ctx, number_or_0(arguments))
    if away.state not in RUNNING:
        show_away(ctx, away)
    elif filing_under_way(ctx.db, away.id) is not None:
        show_away(ctx, away, phrases.under_way_already())
    else:
        draft = draft_of(Aim.EXTEND, away)
        draft.begins_on, draft.ends_on, draft.reason = away.due_on + DAY, None, ""
        draft.done.discard(Step.END)
        _go_on(ctx, EXTEND, Step.END, draft)


def change(ctx: Context, arguments: list[str]) -> None:
    """Begin a change with the answers that will hold then. A change that lies ahead is continued."""
    away = own_away(ctx, number_or_0(arguments))
    if away.state not in AWAY:
        show_away(ctx, away)
        return
    draft = draft_of(Aim.CHANGE, away)
    draft.live_as(newest_stay(ctx, away))
    ahead = [one for one in away_changes(ctx.db, away.id) if one.applied_at is None]
    draft.from_on = ahead[-1].from_on if ahead else today(ctx)
    _go_on(ctx, CHANGE, Step.OVERVIEW, draft)


def _go_on(ctx: Context, form: Form[Draft, None], first: Step, draft: Draft) -> None:
    """An unfinished draft is offered, unless what it began from has changed since."""
    row = conversation_in(ctx.db, ctx.address, form.room)
    begun = Draft.model_validate_json(row.draft) if row is not None and row.draft else None
    draft.base = draft.stay
    form.begin(ctx, draft, first, resume=begun is not None and begun.same_matter(draft))


# --- the flows ---------------------------------------------------------------------------------------------------------


def _may(ctx: Context, draft: Draft) -> None:
    """One's own absence and paper; a declaration has none yet."""
    if ctx.me.cell_id is None:
        raise Refused(phrases.in_no_cell())
    if draft.away_id:
        own_away(ctx, draft.away_id)
    if draft.filing_id:
        own_filing(ctx, draft.filing_id)


def _form(room: str, about: Text) -> Form[Draft, None]:
    """Each aim has a draft of its own, so that none drops another's."""
    look_over_ = Field("overview", look_over, AwayOverview(phrases.FILE, "send"))
    return Form(
        room,
        about,
        Draft,
        right=_may,
        fields=(*ASKED, *OFFERED, look_over_),
        save=lambda at: send(at.ctx, at.draft),
        onward=onward,
        open=still_open,
    )


DECLARE = _form("away_new", phrases.DECLARING)
CORRECT = _form("away_correct", phrases.CORRECTING)
EXTEND = _form("away_extend", phrases.EXTENDING)
CHANGE = _form("away_change", phrases.CHANGING)

FLOWS = [DECLARE, CORRECT, EXTEND, CHANGE]
