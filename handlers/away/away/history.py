"""What has happened, line by line; the scans again; what the place of stay wrote; the counts with their sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from handlers.away.away.door import MENU, back_to, own_away, today
from handlers.away.away.draft import Aim, Draft, Step
from handlers.away.away.overview import value_of
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, paged
from handlers.ground.scans import send_scan
from handlers.people.whereabouts import place_name
from models.away.away import (
    Away,
    AwayChange,
    AwayState,
    Filing,
    FilingState,
    ReturnStep,
    Stay,
    away_changes,
    away_moves,
    away_updates,
    aways_of,
    filing_moves,
    filings_of,
    places_of,
    return_items,
)
from models.away.letter import Letter, letters_of
from models.away.reply_slip import slip_of
from models.delivery.message import Button
from models.desk.screening import Typed, screening_of
from models.ground.clock import HOME_ZONE, local_date
from models.people.member import Member
from models.phrases.away import away as away_words, away_member as phrases
from models.phrases.common import lines, paragraph
from models.phrases.desk import screening as screening_words
from models.phrases.text import Text, day

Entry = tuple[datetime, Text]
_SHOWN = 60  # the newest entries
_SCANS = 10


def show(ctx: Context, arguments: list[str]) -> None:
    """Show the dated moves of one absence, oldest first."""
    away = own_away(ctx, number_or_0(arguments))
    entries = entries_of(ctx, away)[-_SHOWN:]
    buttons = [
        *([[Button(phrases.SEND_PAPERS, f"away:scans:{away.id}")]] if _scans(ctx, away) else []),
        *([[Button(phrases.EARLIER, "away:all")]] if len(aways_of(ctx.db, ctx.me.id)) > 1 else []),
        back_to(away),
    ]
    ctx.show(phrases.history(head=head_of(ctx, away), entries=entries), buttons)


def show_all(ctx: Context, arguments: list[str]) -> None:
    """Show every absence with its days as they were.

    One that is over has the day of the return, and every place of it.
    """
    every, room = aways_of(ctx.db, ctx.me.id), SCREEN - len(MENU)
    shown, turn = paged(every, number_or_0(arguments), room, lambda to: f"away:all:{to}")
    rows = [[Button(_label(away), f"away:history:{away.id}")] for away in shown]
    ctx.show(lines(phrases.which_absence(), *(head_of(ctx, one) for one in shown)), [*rows, turn, MENU])


def _label(away: Away) -> Text:
    return phrases.absence_button(place=place_name(away.place_code), begins_on=away.begins_on)


def send_scans(ctx: Context, arguments: list[str]) -> None:
    away = own_away(ctx, number_or_0(arguments))
    for file_id, name, about in _scans(ctx, away)[-_SCANS:]:
        send_scan(ctx, file_id, name, about)


def show_counts(ctx: Context, arguments: list[str]) -> None:
    """Show the counts of a year with their sources, and what the place of stay wrote."""
    away = own_away(ctx, number_or_0(arguments))
    this_year = today(ctx).year
    year = this_year - 1 if number_or_0(arguments, 1) == this_year - 1 else this_year
    other = (phrases.LAST_YEAR, this_year - 1) if year == this_year else (phrases.THIS_YEAR, this_year)
    buttons = [[Button(other[0], f"away:counts:{away.id}:{other[1]}")], back_to(away)]
    ctx.show(
        paragraph(_counts(ctx, year), phrases.comments_from_there(entries=_comments(ctx, away))), buttons
    )


def _counts(ctx: Context, year: int) -> Text:
    found = screening_of(ctx.db, ctx.me, year, now=ctx.now)
    return screening_words.counts(
        year=year,
        silent=found.silent,
        absent=[one.month for one in found.absent],
        absent_source=_source(ctx, found.absent[-1]) if found.absent else None,
        dues_until=found.dues_until.month if found.dues_until else None,
        elsewhere=found.pays_elsewhere,
        dues_source=_source(ctx, found.dues_until) if found.dues_until else None,
        own=True,
    )


def _source(ctx: Context, typed: Typed) -> tuple[str, datetime]:
    return _name(ctx, typed.by_id) if typed.by_id else "", typed.at


def _comments(ctx: Context, away: Away) -> list[tuple[date | None, str]]:
    """What came by letter, and what was brought along and typed at the return."""
    letters = [one for one in letters_of(ctx.db, away.id) if one.answered_on is not None]
    items = [item for item in return_items(ctx.db, away.id) if item.step == ReturnStep.COMMENT]
    brought = [item for item in items if item.done_at and not item.waived and (item.note or not letters)]
    return [
        *((one.answered_on, one.answer or "") for one in reversed(letters)),
        *((item.happened_on, item.note or "") for item in brought),
    ]


# --- the lines ------------------------------------------------------------------------------------------------------


def head_of(ctx: Context, away: Away) -> Text:
    return phrases.history_head(
        places=[place_name(code) for code in places_of(ctx.db, away)],
        begins_on=away.begins_on,
        until_on=away.returned_on or away.due_on,
        state=away.state,
    )


def entries_of(ctx: Context, away: Away) -> list[Text]:
    """Return all that happened to the absence, its papers and letters too, oldest first."""
    return [words for _, words in sorted(_entries(ctx, away), key=lambda entry: entry[0])]


def _entries(ctx: Context, away: Away) -> Iterator[Entry]:
    for filing in filings_of(ctx.db, away.id):
        yield from _moves(ctx, filing)
    for move in away_moves(ctx.db, away.id):
        if move.after != AwayState.WAITING:  # its application says the same
            by = _name(ctx, move.by_id) if move.by_id else None
            yield move.at, phrases.away_line(at=move.at, state=move.after, by=by, note=move.note)
    for change in away_changes(ctx.db, away.id):
        yield change.at, _change(ctx, away, change)
    for update in away_updates(ctx.db, away.id):
        yield (
            update.at,
            phrases.update_line(
                at=update.at,
                text=update.text,
                has_file=update.file_id is not None,
                on_paper=update.on_paper,
                by=_name(ctx, update.by_id),
            ),
        )
    for letter in letters_of(ctx.db, away.id):
        yield (
            letter.recorded_at,
            phrases.letter_line(
                kind=letter.kind,
                sent_on=letter.sent_on,
                reminded_on=letter.reminded_on,
                replied_on=local_date(letter.replied_at, HOME_ZONE) if letter.replied_at else None,
                answered_on=letter.answered_on,
                answer=letter.answer or _unsigned_answer(ctx, letter),
            ),
        )
    for item in return_items(ctx.db, away.id):
        if item.done_at is not None and item.by_id is not None:
            yield (
                item.done_at,
                phrases.step_line(
                    at=item.done_at,
                    step=item.step,
                    waived=item.waived,
                    note=item.note,
                    by=_name(ctx, item.by_id),
                ),
            )


def _unsigned_answer(ctx: Context, letter: Letter) -> str | None:
    slip = slip_of(ctx.db, letter) if letter.waits_for_paper else None
    return slip.answer.words.to_plain(ctx.lang) if slip is not None and slip.answer is not None else None


def _moves(ctx: Context, filing: Filing) -> Iterator[Entry]:
    for move in filing_moves(ctx.db, filing.id):
        decided = move.after in (FilingState.APPROVED, FilingState.REFUSED)
        words = phrases.move_line(
            at=move.at,
            kind=filing.kind,
            state=move.after,
            attached=move.before == move.after,
            on_paper=move.on_paper,
            on=move.happened_on,
            by=_name(ctx, move.by_id),
            decision=filing.decision_number if decided else None,
            comment=move.comment,
            has_file=move.file_id is not None,
        )
        yield move.at, words


def _change(ctx: Context, away: Away, change: AwayChange) -> Text:
    before = change.before or away.stay
    return phrases.change_line(
        at=change.at,
        from_on=change.from_on,
        changed=_differences(before, change.after),
        ahead=change.applied_at is None,
        by=_name(ctx, change.by_id),
    )


_LIVING = (Step.PLACE, Step.CITY, Step.WORK, Step.EMPLOYER, Step.PHONE, Step.TRUSTED, Step.HOST)


def _differences(before: Stay, after: Stay) -> list[tuple[str, Text, Text]]:
    old, new = Draft(aim=Aim.CHANGE), Draft(aim=Aim.CHANGE)
    old.live_as(before)
    new.live_as(after)
    pairs = [(step, value_of(old, step), value_of(new, step)) for step in _LIVING]
    return [
        (step.value, was or phrases.NOT_GIVEN, now or phrases.NOT_GIVEN)
        for step, was, now in pairs
        if was != now
    ]


def _scans(ctx: Context, away: Away) -> list[tuple[str, str | None, Text]]:
    """Every scan of this absence: its file, its name, what it is."""
    found = []
    for filing in reversed(filings_of(ctx.db, away.id)):
        for move in filing_moves(ctx.db, filing.id):
            if move.file_id is not None:
                words = lines(away_words.KINDS[filing.kind], day(move.happened_on))
                found.append((move.file_id, move.file_name, words))
    for letter in reversed(letters_of(ctx.db, away.id)):
        if letter.file_id is not None:
            found.append((letter.file_id, letter.file_name, away_words.STEPS[ReturnStep.COMMENT]))
    known = {file_id for file_id, _, _ in found}
    for item in return_items(ctx.db, away.id):
        if item.file_id is not None and item.file_id not in known:
            found.append((item.file_id, item.file_name, away_words.STEPS[item.step]))
    for update in away_updates(ctx.db, away.id):
        if update.file_id is not None:
            found.append((update.file_id, update.file_name, away_words.WRITE_UPDATE))
    return found


def _name(ctx: Context, member_id: int) -> str:
    return ctx.db.get_one(Member, member_id).full_name
