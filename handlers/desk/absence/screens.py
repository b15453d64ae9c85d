"""One absence as its keepers see it: facts, what is open, what can be done; its history and how to reach the member."""

from __future__ import annotations

from datetime import date

from handlers.desk.absence.door import away_for, item_for, member_for, to_away, to_desk
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, Row, fitting, paged
from handlers.people.whereabouts import place_name
from models.away.agreement import agreements_for
from models.away.away import (
    AWAY,
    RUNNING,
    Away,
    AwayState,
    Filing,
    ReturnItem,
    ReturnStep,
    away_changes,
    away_moves,
    away_updates,
    aways_of,
    decision_of,
    filing_moves,
    filing_under_way,
    filings_of,
    open_away,
    return_items,
)
from models.away.away.refusals import KeptOnPaper
from models.away.letter import letters_of
from models.away.reply_slip import reply_line
from models.contact.checkin import mark_read
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, local_date
from models.ground.phones import show_phone
from models.people.assignment import contacts_of
from models.people.member import Member, Purpose, record_look, refuses
from models.phrases import common
from models.phrases.away import agreement as agreement_words, away as away_words
from models.phrases.desk import absence as phrases
from models.phrases.text import Text, fitted


def see(ctx: Context, arguments: list[str]) -> None:
    show_away(ctx, away_for(ctx, number_or_0(arguments)))


def see_member(ctx: Context, arguments: list[str]) -> None:
    show_member(ctx, member_for(ctx, number_or_0(arguments)), page=number_or_0(arguments, 1))


def show_member(ctx: Context, member: Member, note: Text | None = None, *, page: int = 0) -> None:
    """Show the member's absence of today, else that there is none."""
    if refuses(ctx.db, member.id, Purpose.AWAY):
        raise KeptOnPaper(member.full_name)
    away = open_away(ctx.db, member.id)
    if away is not None and away.cell_id == member.cell_id:
        show_away(ctx, away, note)
        return
    where = place_name(member.place_code) if member.place_code else None
    rows = [[act("file", member.id)], *_of_member(member)]
    past = [one for one in aways_of(ctx.db, member.id) if one.cell_id == member.cell_id]
    shown, turn = paged(past, page, SCREEN - len(rows) - 1, lambda to: f"absence:who:{member.id}:{to}")
    rows += [[Button(_past(one), f"absence:see:{one.id}")] for one in shown]
    _show(
        ctx,
        phrases.none_declared(name=member.full_name, place=where),
        [*rows, turn, to_desk(member.cell_id or 0)],
        note,
    )


def _past(away: Away) -> Text:
    return fitted(phrases.named(name=f"{away.begins_on:%d/%m/%Y}", what=place_name(away.place_code)))


def show_away(ctx: Context, away: Away, note: Text | None = None) -> None:
    """Show what waits and what can be done, as it is at this moment."""
    member, under_way = ctx.db.get_one(Member, away.member_id), filing_under_way(ctx.db, away.id)
    decided = decision_of(ctx.db, away.id)
    items = return_items(ctx.db, away.id) if away.state == AwayState.RETURNING else []
    contact = next(iter(contacts_of(ctx.db, member.id, now=ctx.now)), None)
    words = phrases.absence(
        name=member.full_name,
        state=away.state,
        place=place_name(away.place_code),
        work=away.work,
        route=away.route,
        begins_on=away.begins_on,
        due_on=away.due_on,
        ends_on=away.ends_on,
        returned_on=away.returned_on,
        decision=decision_words(decided) if decided else None,
        under_way=under_way.state if under_way else None,
        contact=ctx.db.get_one(Member, contact.contact_id).full_name if contact else None,
        heard_on=ctx.db.get_one(Member, away.member_id).heard_on,
        heard_how=ctx.db.get_one(Member, away.member_id).heard_how,
        open_steps=[item.step for item in items if item.done_at is None],
    )
    about = [reply_line(ctx.db, away.id), _agreed(ctx, away)]
    words = common.paragraph(words, *(one for one in about if one is not None))
    doings = _doings(ctx, away)
    back = _back(away)
    kept = fitting([back], doings)
    more = [[Button(phrases.MORE, f"absence:more:{away.id}")]] if kept < len(doings) else []
    _show(ctx, words, [*doings[:kept], *more, back], note)


def _agreed(ctx: Context, away: Away) -> Text | None:
    """With whom something is agreed at that place."""
    names = [one.with_whom or "" for one in agreements_for(ctx.db, away, now=ctx.now)]
    return agreement_words.on_absence(names=names) if names else None


def _back(away: Away) -> Row:
    return [Button(phrases.TO_REGISTER, f"absence:register:{away.cell_id}:all:0"), *to_desk(away.cell_id)]


def see_more(ctx: Context, arguments: list[str]) -> None:
    """Show what is done more rarely, and had no room under the absence itself."""
    away = away_for(ctx, number_or_0(arguments))
    doings = _doings(ctx, away)
    rarer = doings[fitting([_back(away)], doings) :]
    name = ctx.db.get_one(Member, away.member_id).full_name
    ctx.show(phrases.more(name=name), [*rarer, [Button(phrases.ABSENCE, f"absence:see:{away.id}")]])


def _doings(ctx: Context, away: Away) -> list[Row]:
    """All that can be done about it now, what is done most often first."""
    member, waits = ctx.db.get_one(Member, away.member_id), filing_under_way(ctx.db, away.id)
    settled = None if waits else next(iter(filings_of(ctx.db, away.id)), None)
    letters = phrases.with_count(label=phrases.LETTERS, count=len(letters_of(ctx.db, away.id)))
    rows = [*_paper(waits), *_of_return(ctx, away)]
    if agreements_for(ctx.db, away, now=ctx.now):
        rows.append([Button(agreement_words.HERE, f"agreement:at:{away.id}")])
    if away.state in RUNNING:
        rows += [[act("back", away.id)], [act("extend", away.id)]]
    rows += [
        [Button(phrases.DETAILS, f"absence:details:{away.id}")],
        [Button(letters, f"absence:letters:{away.id}")],
    ]
    if away.state in AWAY:
        rows += [[act("change", away.id)], [act("update", away.id)]]
    rows += [*_paper(settled), [Button(phrases.HISTORY, f"absence:history:{away.id}")]]
    if member.cell_id == away.cell_id and member.left_at is None:
        rows += _of_member(member)
    return [*rows, [act("close", away.id)]] if away.is_open else rows


def _paper(filing: Filing | None) -> list[Row]:
    return [[Button(phrases.FILING, f"absence:filing:{filing.id}")]] if filing else []


def _of_return(ctx: Context, away: Away) -> list[Row]:
    """Several formalities are noted at once, or looked at one by one; the last one stands here itself."""
    items = return_items(ctx.db, away.id) if away.state == AwayState.RETURNING else []
    owed = [item for item in items if item.done_at is None]
    rows = [[_step_button(item)] for item in owed]
    if len(owed) > 1:
        rows = [[act("ticks", away.id)], [Button(phrases.ONE_BY_ONE, f"absence:steps:{away.id}")]]
    if items and all(item.done_at is None for item in items if item.step != ReturnStep.REPORT):
        rows.append([act("resume", away.id)])
    return rows


def _of_member(member: Member) -> list[Row]:
    return [
        [Button(phrases.CONTACTS, f"absence:contacts:{member.id}")],
        [Button(phrases.COUNTS, f"absence:counts:{member.id}")],
    ]


def decision_words(filing: Filing) -> Text:
    return phrases.decision(
        number=filing.decision_number,
        on=filing.decided_on or local_date(filing.opened_at, HOME_ZONE),
        on_paper=filing.decided_on_paper,
    )


def act(name: str, subject_id: int, *more: str) -> Button:
    """Return a button that begins a form (form.py)."""
    return Button(phrases.ACTS[name], ":".join(["absence:do", name, str(subject_id), *more]))


def _show(ctx: Context, words: Text, rows: list[Row], note: Text | None) -> None:
    ctx.show(common.paragraph(note, words) if note else words, rows)


# --- a step of the return -------------------------------------------------------------------------------------------


def see_steps(ctx: Context, arguments: list[str]) -> None:
    """Show what is open of a return, one by one: to set another day, add a scan, or say that it need not be done."""
    away = away_for(ctx, number_or_0(arguments))
    items = return_items(ctx.db, away.id) if away.state == AwayState.RETURNING else []
    owed = [item for item in items if item.done_at is None]
    if not owed:
        show_away(ctx, away)
        return
    name = ctx.db.get_one(Member, away.member_id).full_name
    ctx.show(phrases.steps(name=name), [*([_step_button(item)] for item in owed), to_away(away)])


def _step_button(item: ReturnItem) -> Button:
    return Button(phrases.step_button(step=item.step), f"absence:step:{item.id}")


def see_step(ctx: Context, arguments: list[str]) -> None:
    item = item_for(ctx, number_or_0(arguments))
    away = away_for(ctx, item.away_id)
    if item.done_at is not None or away.state != AwayState.RETURNING:
        show_away(ctx, away)
        return
    name = ctx.db.get_one(Member, away.member_id).full_name
    rows = [[act("tick", item.id)], [act("waive", item.id)], to_away(away)]
    ctx.show(phrases.step(name=name, step=item.step), rows)


# --- how to reach them, and the history -----------------------------------------------------------------------------


def see_details(ctx: Context, arguments: list[str]) -> None:
    """Show city, employer, phones and the trusted person. Reading them leaves a row."""
    away = away_for(ctx, number_or_0(arguments))
    record_look(ctx.db, reader_id=ctx.me.id, member_id=away.member_id, what="absence.details", now=ctx.now)
    trusted = [away.trusted_name, show_phone(away.trusted_phone) if away.trusted_phone else None]
    words = phrases.details(
        name=ctx.db.get_one(Member, away.member_id).full_name,
        city=away.city,
        employer=away.employer,
        phone=show_phone(away.phone_there) if away.phone_there else None,
        host=away.host,
        trusted=", ".join(part for part in trusted if part) if away.trusted_knows else None,
        reason=away.reason,
    )
    ctx.show(words, [to_away(away)])


def see_history(ctx: Context, arguments: list[str]) -> None:
    """Show all that ever happened to the absence, oldest first."""
    away = away_for(ctx, number_or_0(arguments))
    # of one day by id, which rises with time; texts cannot be compared
    entries = sorted(
        [*_of_filings(ctx, away), *_of_away(ctx, away), *_of_changes(ctx, away)], key=lambda one: one[:2]
    )
    name = ctx.db.get_one(Member, away.member_id).full_name
    scans = [Button(phrases.SCANS, f"absence:otherscans:{away.id}")] if other_scans(ctx, away) else []
    back = to_away(away)
    filings, turn = paged(
        filings_of(ctx.db, away.id),
        number_or_0(arguments, 1),
        SCREEN - len(scans) - len(back),
        lambda to: f"absence:history:{away.id}:{to}",
    )
    chains = [
        [Button(phrases.paper_button(kind=one.kind, due_on=one.due_on), f"absence:filing:{one.id}")]
        for one in filings
    ]
    for update in away_updates(ctx.db, away.id):
        # its own writer does not read it for the desk
        if ctx.me.id not in (update.by_id, away.member_id):
            mark_read(ctx.db, update, away.member_id, by_id=ctx.me.id, now=ctx.now)
    words = phrases.history(name=name, entries=[text for _, _, text in entries])
    ctx.show(words, [*chains, turn, scans, back])


def other_scans(ctx: Context, away: Away) -> list[tuple[str, str | None, Text, date]]:
    """Return (id, name, what, when) of the files on no paper chain: of the steps of a return and of written updates."""
    steps = [
        (
            item.file_id,
            item.file_name,
            phrases.step_done(step=item.step, waived=item.waived),
            item.happened_on or away.begins_on,
        )
        for item in return_items(ctx.db, away.id)
        if item.file_id
    ]
    updates = [
        (one.file_id, one.file_name, phrases.updated(), local_date(one.at, HOME_ZONE))
        for one in away_updates(ctx.db, away.id)
        if one.file_id
    ]
    return [*steps, *updates]


Entry = tuple[date, int, Text]


def _of_filings(ctx: Context, away: Away) -> list[Entry]:
    return [
        (
            local_date(move.at, HOME_ZONE),
            move.id,
            phrases.moved(
                on=move.happened_on,
                what=phrases.paper_moved(kind=filing.kind, state=move.after),
                by=name_of(ctx, move.by_id),
                on_paper=move.on_paper,
                comment=move.comment,
                scan=move.file_id is not None,
            ),
        )
        for filing in filings_of(ctx.db, away.id)
        for move in filing_moves(ctx.db, filing.id)
    ]


def _of_away(ctx: Context, away: Away) -> list[Entry]:
    moves = [
        _entry(
            ctx, move.id, local_date(move.at, HOME_ZONE), away_words.STATES[move.after], move.by_id, move.note
        )
        for move in away_moves(ctx.db, away.id)
    ]
    steps = [
        _entry(
            ctx,
            item.id,
            local_date(item.done_at, HOME_ZONE),
            phrases.step_done(step=item.step, waived=item.waived),
            item.by_id,
            item.note,
            scan=item.file_id is not None,
        )
        for item in return_items(ctx.db, away.id)
        if item.done_at
    ]
    return [*moves, *steps]


def _of_changes(ctx: Context, away: Away) -> list[Entry]:
    changes = [
        _entry(
            ctx,
            change.id,
            change.from_on,
            phrases.changed(
                before=place_name(change.before.place_code) if change.before else None,
                after=place_name(change.after.place_code),
                work=change.after.work,
            ),
            change.by_id,
        )
        for change in away_changes(ctx.db, away.id)
    ]
    updates = [
        _entry(
            ctx,
            update.id,
            local_date(update.at, HOME_ZONE),
            phrases.updated(),
            update.by_id,
            update.text,
            on_paper=update.on_paper,
            scan=update.file_id is not None,
        )
        for update in away_updates(ctx.db, away.id)
    ]
    return [*changes, *updates]


def _entry(
    ctx: Context,
    row_id: int,
    on: date,
    what: Text,
    by_id: int | None,
    comment: str | None = None,
    *,
    on_paper: bool = False,
    scan: bool = False,
) -> Entry:
    by = name_of(ctx, by_id) if by_id else None
    return on, row_id, phrases.moved(on=on, what=what, by=by, on_paper=on_paper, comment=comment, scan=scan)


def name_of(ctx: Context, member_id: int) -> str:
    return ctx.db.get_one(Member, member_id).full_name
