"""What became of a notice: figures, lists with a next step, answers, texts as sent; stop it."""

from __future__ import annotations

from datetime import datetime

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, page_of, paged, turning
from handlers.meeting.notice.door import HOME, MENU, Seen, own, seen
from models.delivery.message import Button
from models.ground.clock import local_date
from models.ground.errors import Refused
from models.meeting.notice import (
    ARRIVED,
    UNDER_WAY,
    NoticeReceipt,
    ReceiptState,
    ReceiptTally,
    cancel_notice,
    finish_of,
    letter_of,
    not_corrected,
    people_in,
    stop_asking,
    tally,
    unanswered,
    versions_of,
)
from models.people.member import Member, record_look
from models.people.rights import NotEntitled
from models.phrases import common
from models.phrases.common import paragraph
from models.phrases.meeting import notice as phrases
from models.phrases.text import LABEL, Lang, Text, fitting, raw

Row = list[Button]
PAGE = 8
_STALE = "stale"  # the list of those whom a correction did not reach
_ORDER = (
    "read",
    "sent",
    "queued",
    "waiting",
    "uncertain",
    "failed",
    "unreachable",
    "no account",
    "no consent",
    "not said",
)


def see(ctx: Context, arguments: list[str]) -> None:
    show_notice(ctx, arguments)


def show_notice(ctx: Context, arguments: list[str], *, above: Text | None = None) -> None:
    found = seen(ctx, arguments)
    notice = found.notice
    counted = tally(ctx.db, notice, cell_id=found.part, now=ctx.now)
    words = phrases.overview(
        text=notice.text or "",
        audience=notice.audience,
        state=notice.state,
        by=_writer(ctx, found),
        at=notice.made_at,
        version=notice.version,
        reason=notice.reason or "",
        counts=[(name, counted.of(ReceiptState(name))) for name in _ORDER] if found.figures else None,
        corrected=_corrected(counted, found),
        done_at=_done_at(ctx, found),
        now=ctx.now,
        waits_for=_waits_for(ctx, found),
    )
    ctx.show(paragraph(above, words) if above else words, _buttons(ctx, found, counted))


def _waits_for(ctx: Context, found: Seen) -> int:
    """How many answers to its question are awaited; 0: it has none, or none is awaited any more."""
    notice = found.notice
    return unanswered(ctx.db, notice) if notice.asking and found.is_own and found.figures else 0


def _buttons(ctx: Context, found: Seen, counted: ReceiptTally) -> list[Row]:
    """What is done about it, and the lists; what does not fit is one tap away."""
    first, more = _doings(found), _lists(ctx, found, counted)
    room = SCREEN - len(first) - 1
    if len(more) > room:
        more = [*more[: room - 1], Button(phrases.MORE, f"notice:more:{found.notice.id}:0")]
    return [*([one] for one in (*more, *first)), HOME[:1]]


def show_more(ctx: Context, arguments: list[str]) -> None:
    """Show the lists, the texts as they were sent, and the end of waiting: notice:more:notice:page."""
    found = seen(ctx, arguments)
    counted = tally(ctx.db, found.notice, cell_id=found.part, now=ctx.now)
    to = f"notice:more:{found.notice.id}"
    everything = _lists(ctx, found, counted)
    part, turn = paged(everything, number_or_0(arguments, 1), SCREEN - 1, lambda page: f"{to}:{page}")
    ctx.show(phrases.lists(), [*([one] for one in part), turn, _back(found)])


def enough(ctx: Context, arguments: list[str]) -> None:
    """Stop waiting for more answers: the notice leaves the desk."""
    found = own(ctx, arguments)
    stop_asking(ctx.db, found.notice, by_id=ctx.me.id, now=ctx.now)
    show_notice(ctx, arguments, above=phrases.no_longer_asking())


def _writer(ctx: Context, found: Seen) -> str:
    """By name to those who announce together, else the unit."""
    return ctx.db.get_one(Member, found.notice.by_id).full_name if found.is_own else found.unit.name


def _corrected(counted: ReceiptTally, found: Seen) -> tuple[int, int, int] | None:
    if not found.figures:
        return None
    return counted.corrected, counted.arrived, counted.read_corrected


def _done_at(ctx: Context, found: Seen) -> datetime | None:
    messages = len(letter_of(ctx.db, found.notice).pieces(Lang.VI))
    return finish_of(ctx.db, found.notice, messages=messages, rate=ctx.policies.outbox.rate, now=ctx.now)


def _lists(ctx: Context, found: Seen, counted: ReceiptTally) -> list[Button]:
    """Names are for the cell's own desk."""
    notice = found.notice
    buttons: list[Button] = []
    if found.cell_id is not None:
        shown = [(name, counted.of(ReceiptState(name))) for name in _ORDER]
        if notice.version > 1:
            shown.append((_STALE, len(not_corrected(ctx.db, notice, cell_id=found.cell_id))))
        buttons = [
            Button(phrases.list_button(what=name, count=count), f"notice:list:{notice.id}:{_code(name)}:0")
            for name, count in shown
            if count
        ]
    if notice.version > 1:
        buttons.append(Button(phrases.VERSIONS, f"notice:texts:{notice.id}"))
    return buttons


def _doings(found: Seen) -> list[Button]:
    notice = found.notice
    doings: list[Button] = []
    if notice.choices and found.figures:
        doings.append(Button(phrases.ANSWERS, f"notice:answers:{notice.id}"))
    if found.is_own and notice.state in UNDER_WAY:
        doings.append(Button(phrases.STOP, f"notice:stop:{notice.id}"))
    if found.is_own:
        doings.append(Button(phrases.CORRECT, f"notice:fix:{notice.id}"))
    return [*doings, Button(phrases.REFRESH, f"notice:see:{notice.id}")]


def stop(ctx: Context, arguments: list[str]) -> None:
    """Stop it at once. How many heard of it and how many will not is told from the outbox as it stands then."""
    found = own(ctx, arguments)
    cancel_notice(ctx.db, found.notice, by_id=ctx.me.id, policies=ctx.policies, now=ctx.now)
    counted = tally(ctx.db, found.notice, now=ctx.now)
    words = phrases.stopped(
        arrived=counted.arrived if found.figures else None,
        not_said=counted.of(ReceiptState.NOT_SAID) if found.figures else None,
    )
    show_notice(ctx, arguments, above=words)


# --- lists ----------------------------------------------------------------------------------------------------------


def _code(name: str) -> str:
    return name.replace(" ", "_")


def _named(arguments: list[str]) -> str:
    name = arguments[1].replace("_", " ") if len(arguments) > 1 else ""
    if name not in (*_ORDER, _STALE):
        raise Refused(common.gone_button())
    return name


def show_list(ctx: Context, arguments: list[str]) -> None:
    """Show one list, with what a human does next. Each name opens the person."""
    found, what = seen(ctx, arguments), _named(arguments)
    if found.cell_id is None:
        raise NotEntitled
    tally(ctx.db, found.notice, now=ctx.now)
    if what == _STALE:
        rows = not_corrected(ctx.db, found.notice, cell_id=found.cell_id)
    else:
        rows = people_in(ctx.db, found.notice, [ReceiptState(what)], cell_id=found.cell_id)
    address = f"notice:list:{found.notice.id}:{_code(what)}"
    part, turn = paged(rows, number_or_0(arguments, 2), SCREEN - 2, lambda to: f"{address}:{to}")
    words = phrases.people(
        what=what,
        names=[(member.full_name, _more(ctx, receipt)) for member, receipt in part],
        count=len(rows),
    )
    names = [[Button(raw(fitting(member.full_name, LABEL)), f"desk:who:{member.id}")] for member, _ in part]
    ctx.show(words, [*names, turn, _back(found), MENU])


def _more(ctx: Context, receipt: NoticeReceipt) -> str:
    return f"{local_date(receipt.read_at, ctx.zone):%d/%m}" if receipt.read_at else ""


def _back(found: Seen) -> Row:
    return [Button(phrases.OVERVIEW, f"notice:see:{found.notice.id}")]


# --- the question ---------------------------------------------------------------------------------------------------


def show_answers(ctx: Context, arguments: list[str]) -> None:
    found = seen(ctx, arguments)
    notice = found.notice
    if not notice.choices or not found.figures:
        raise Refused(common.gone_button())
    counted = tally(ctx.db, notice, cell_id=found.part, now=ctx.now)
    rows = [(words, counted.answers.get(place, 0)) for place, words in enumerate(notice.choices)]
    answered = sum(count for _, count in rows)
    words = phrases.answers(
        question=notice.question or "", rows=rows, silent=max(counted.arrived - answered, 0)
    )
    names = [
        [Button(raw(f"{fitting(one, LABEL - 6)}: {count}"), f"notice:chose:{notice.id}:{place}:0")]
        for place, (one, count) in enumerate(rows)
        if found.cell_id is not None and count
    ]
    ways = [[Button(phrases.ENOUGH, f"notice:enough:{notice.id}")]] if notice.asking and found.is_own else []
    ctx.show(words, [*names, *ways, _back(found), MENU])


def show_who_chose(ctx: Context, arguments: list[str]) -> None:
    """Show who chose what, for the cell's own desk. Each look at somebody's answer leaves a row."""
    found, place = seen(ctx, arguments), number_or_0(arguments, 1)
    if found.cell_id is None or place >= len(found.notice.choices):
        raise NotEntitled
    rows = people_in(ctx.db, found.notice, ARRIVED, cell_id=found.cell_id, choice=place)
    page, pages = page_of(number_or_0(arguments, 2), len(rows), PAGE)
    part = rows[page * PAGE : (page + 1) * PAGE]
    for member, _ in part:
        record_look(ctx.db, reader_id=ctx.me.id, member_id=member.id, what="notice.answer", now=ctx.now)
    words = phrases.answers_of(
        choice=found.notice.choices[place],
        names=[member.full_name for member, _ in part],
        page=page,
        pages=pages,
    )
    address = f"notice:chose:{found.notice.id}:{place}"
    back = Button(phrases.ANSWERS, f"notice:answers:{found.notice.id}")
    ctx.show(words, [turning(page, pages, lambda to: f"{address}:{to}"), [back, *MENU]])


def show_texts(ctx: Context, arguments: list[str]) -> None:
    """Show every text that it has had: what was said stays said."""
    found = seen(ctx, arguments)
    rows = [
        (version.number, name if found.is_own else found.unit.name, version.at, version.text or "")
        for version, name in versions_of(ctx.db, found.notice)
    ]
    ctx.show(phrases.versions(rows=rows), [_back(found), MENU])
