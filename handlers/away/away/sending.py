"""What the form does once it is sent."""

from __future__ import annotations

from collections.abc import Callable

from handlers.away.away.documents import send_paper_if_possible
from handlers.away.away.door import own_away, own_filing, today
from handlers.away.away.draft import Aim, Draft, newest_stay, redated
from handlers.away.away.screens import show_away
from handlers.ground.context import Context
from models.away.away import (
    AWAY,
    AwayOver,
    Filing,
    FilingAct,
    FilingSettled,
    away_of,
    change_away,
    extend_away,
    file_away,
    filing_under_way,
    refile,
)
from models.ground.errors import Refused
from models.phrases.away import away_member as phrases
from models.phrases.text import Text


def send(ctx: Context, draft: Draft) -> None:
    _SEND[draft.aim](ctx, draft)


def _declare(ctx: Context, draft: Draft) -> None:
    filing = file_away(
        ctx.db, ctx.me, draft.declaration, FilingAct(ctx.me.id, ctx.policies, ctx.now, scan=draft.scan)
    )
    _show_filed(ctx, filing, phrases.filed(state=filing.state))


def _file_again(ctx: Context, draft: Draft) -> None:
    filing = own_filing(ctx, draft.filing_id)
    moved = redated(ctx, draft)
    refile(
        ctx.db,
        filing,
        FilingAct(ctx.me.id, ctx.policies, ctx.now, scan=draft.scan, comment=draft.answer),
        stay=draft.stay,
        begins_on=draft.begins_on if moved else None,
        ends_on=draft.ends_on if moved else None,
        study=draft.study,
        itinerant=draft.itinerant,
        reason=draft.reason,
    )
    _show_filed(ctx, filing, phrases.filed_again())


def _extend(ctx: Context, draft: Draft) -> None:
    away = own_away(ctx, draft.away_id)
    waiting = filing_under_way(ctx.db, away.id)
    if waiting is not None:
        raise FilingSettled(waiting.state)
    filing = extend_away(
        ctx.db,
        away,
        FilingAct(ctx.me.id, ctx.policies, ctx.now, scan=draft.scan),
        ends_on=draft.ends_on,
        open_end=draft.ends_on is None,
        stay=draft.stay,
        reason=draft.reason,
    )
    _show_filed(ctx, filing, phrases.extension_filed(state=filing.state, until=filing.due_on))


def _change(ctx: Context, draft: Draft) -> None:
    away = own_away(ctx, draft.away_id)
    if away.state not in AWAY:
        raise AwayOver(away.state)
    if draft.stay == newest_stay(ctx, away):
        raise Refused(phrases.nothing_changed())
    made = change_away(
        ctx.db,
        away,
        draft.stay,
        from_on=draft.from_on or today(ctx),
        by_id=ctx.me.id,
        policies=ctx.policies,
        now=ctx.now,
    )
    note = phrases.change_saved(from_on=made.from_on, applied=made.applied_at is not None)
    show_away(ctx, away, note)


def _show_filed(ctx: Context, filing: Filing, note: Text) -> None:
    """The absence as it stands now, and the paper to sign under it."""
    show_away(ctx, away_of(ctx.db, filing), note)
    send_paper_if_possible(ctx, filing)


_SEND: dict[Aim, Callable[[Context, Draft], None]] = {
    Aim.DECLARE: _declare,
    Aim.CORRECT: _file_again,
    Aim.EXTEND: _extend,
    Aim.CHANGE: _change,
}
