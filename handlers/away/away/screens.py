"""The absence as it stands: where its paper lies, what comes next, who decides, and what one can do about it."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.away.away.door import MENU, back_to, own_away
from handlers.desk.absence import filing as absence_filing, screens as absence_screens
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import fitting
from handlers.people.whereabouts import place_name
from models.away.away import (
    AWAY,
    ON_PORTAL,
    RUNNING,
    Away,
    AwayState,
    Filing,
    FilingKind,
    FilingState,
    ReturnStep,
    Route,
    away_changes,
    away_of,
    committee_for,
    decision_of,
    filing_moves,
    filing_under_way,
    policy_of,
    return_items,
)
from models.away.policy import AwayPolicy
from models.delivery.message import Button
from models.desk.absence import application_of
from models.ground.clock import HOME_ZONE, local_date
from models.ground.rules import source_of
from models.people.member import Member
from models.people.rights import DESK, Role, holders
from models.phrases.away import away as away_words, away_member as phrases, homecoming as homecoming_words
from models.phrases.text import Text


def see(ctx: Context, arguments: list[str]) -> None:
    """Show the absence to whoever taps: the member, or the cell or committee on their own side of it.

    The same button stands under the messages to all of them.
    """
    away = ctx.db.get(Away, number_or_0(arguments))
    if away is not None and away.member_id == ctx.me.id:
        show_away(ctx, away)
    else:
        absence_screens.see(ctx, arguments)


def see_filing(ctx: Context, arguments: list[str]) -> None:
    filing = ctx.db.get(Filing, number_or_0(arguments))
    away = away_of(ctx.db, filing) if filing is not None else None
    if away is not None and away.member_id == ctx.me.id:
        show_away(ctx, away)
    else:
        absence_filing.see(ctx, arguments)


def show_away(ctx: Context, away: Away, note: Text | None = None) -> None:
    """Show the absence as it is now, so that an old button shows what has happened since."""
    ctx.db.flush()
    filing = filing_under_way(ctx.db, away.id)
    words = phrases.card(
        note=note,
        state=away.state,
        route=away.route,
        place=phrases.in_city(city=away.city, place=place_name(away.place_code)),
        work=away.work,
        begins_on=away.begins_on,
        due_on=away.due_on,
        plan=away.ends_on,
        paper=list(_paper(ctx, away, filing)),
        ahead=list(_ahead(ctx, away)),
    )
    ways = _ways(ctx, away, filing)
    kept = fitting([MENU], ways)
    more = [[Button(phrases.MORE, f"away:more:{away.id}")]] if kept < len(ways) else []
    ctx.show(words, [*ways[:kept], *more, MENU])


def see_more(ctx: Context, arguments: list[str]) -> None:
    """Show what is done more rarely, and had no room under the absence itself."""
    away = own_away(ctx, number_or_0(arguments))
    ways = _ways(ctx, away, filing_under_way(ctx.db, away.id))
    ctx.show(phrases.more(), [*ways[fitting([MENU], ways) :], back_to(away)])


# --- what it says ---------------------------------------------------------------------------------------------------


def _paper(ctx: Context, away: Away, filing: Filing | None) -> Iterator[Text]:
    granted = decision_of(ctx.db, away.id)
    if granted is not None:
        yield phrases.decided(number=granted.decision_number, on=granted.decided_on, until=granted.due_on)
    if filing is not None:
        moved = filing_moves(ctx.db, filing.id)[-1]
        since = local_date(moved.at, HOME_ZONE)
        yield phrases.paper_stands(kind=filing.kind, state=filing.state, since=since)
        yield _next(ctx, filing)
    elif away.state == AwayState.LAPSED:
        yield phrases.lapsed()
    if (under := filing or granted) is not None:
        yield from _filed_under(ctx, under)
    if away.state == AwayState.RETURNING:
        items = return_items(ctx.db, away.id)
        done = [(item.step, item.happened_on, item.waived) for item in items if item.done_at]
        yield phrases.checklist(done=done, owed=[item.step for item in items if not item.done_at])


def _filed_under(ctx: Context, filing: Filing) -> Iterator[Text]:
    """By which rule it goes its way, as it was when it was filed; what the cell chose by itself has none."""
    if not filing.rule:
        return
    source = source_of(_policy(ctx, filing), filing.rule)
    if source.document:
        yield phrases.filed_under(where=away_words.cited(source.document, source.article))
    if (kept := absence_filing.rule_is_kept(ctx, filing)) is not None:
        yield kept


def _next(ctx: Context, filing: Filing) -> Text:
    match FilingState(filing.state):
        case FilingState.FILED:
            return _keeper(ctx, filing)
        case FilingState.AT_CELL:
            return phrases.next_is_meeting(on=filing.meeting_on, above=_policy(ctx, filing).decided_above)
        case FilingState.PROPOSED:
            return phrases.next_is_committee(name=_committee(ctx, filing))
        case _:
            return phrases.next_is_you(comment=comment_of(ctx, filing))


def _keeper(ctx: Context, filing: Filing) -> Text:
    for role in DESK:
        for holder_id in holders(ctx.db, filing.cell_id, role, now=ctx.now):
            name = ctx.db.get_one(Member, holder_id).full_name
            return phrases.next_is_keeper(
                name=name, deputy=role is Role.DEPUTY, above=_policy(ctx, filing).decided_above
            )
    return phrases.nobody_in_office()


def comment_of(ctx: Context, filing: Filing) -> str | None:
    """Return the comment with which the paper was returned, if any."""
    if filing.state != FilingState.RETURNED:
        return None
    returned = [move for move in filing_moves(ctx.db, filing.id) if move.after == FilingState.RETURNED]
    return returned[-1].comment


def _policy(ctx: Context, filing: Filing) -> AwayPolicy:
    return policy_of(ctx.db, filing, ctx.policies.away)


def _committee(ctx: Context, filing: Filing) -> str | None:
    """The one that decides."""
    unit = committee_for(ctx.db, filing, ctx.policies.away)
    return unit.name if unit else None


def _ahead(ctx: Context, away: Away) -> Iterator[Text]:
    for change in away_changes(ctx.db, away.id):
        if change.applied_at is None:
            yield phrases.change_ahead(from_on=change.from_on, place=place_name(change.after.place_code))
    if away.state in RUNNING and away.update_asked_at is not None:
        yield phrases.update_waits()
    elif away.state in RUNNING and away.update_due_on is not None:
        yield phrases.update_ahead(on=away.update_due_on)


# --- what one can do ------------------------------------------------------------------------------------------------


def _ways(ctx: Context, away: Away, filing: Filing | None) -> list[list[Button]]:
    """All that one can do about it now, what is done most often first."""
    rows = list(_with_paper(ctx, filing)) if filing else []
    match AwayState(away.state):
        case AwayState.WAITING:
            rows.append([Button(phrases.CHANGE, f"away:change:{away.id}")])
        case AwayState.ACTIVE | AwayState.LAPSED:
            if filing is None:
                rows.append([Button(away_words.SAME, f"away:same:{away.id}")])
                rows.append([Button(away_words.EXTEND, f"away:extend:{away.id}")])
            rows.append([Button(away_words.RETURN, f"away:return:{away.id}")])
            rows.append([Button(phrases.CHANGE, f"away:change:{away.id}")])
            rows.append([Button(away_words.WRITE_UPDATE, f"away:update:{away.id}")])
        case AwayState.RETURNING:
            rows.extend(_about_return(ctx, away))
        case AwayState.CLOSED | AwayState.DROPPED:
            pass
    visit = [[Button(homecoming_words.OPEN, f"homecoming:see:{away.id}")]] if away.state in AWAY else []
    return [*rows, *(_against_paper(away, filing) if filing else []), *visit, *_looks(away)]


def _with_paper(ctx: Context, filing: Filing) -> Iterator[list[Button]]:
    """What brings it on its way."""
    if filing.state == FilingState.RETURNED:
        yield [Button(away_words.REFILE, f"away:refile:{filing.id}")]
    if Route(filing.route) in ON_PORTAL:
        yield [Button(phrases.PORTAL, ctx.policies.away.portal_url)]
    if application_of(ctx.db, filing, ctx.policies.away) is not None:
        yield [Button(phrases.DOWNLOAD, f"away:paper:{filing.id}")]
    yield [Button(phrases.ATTACH, f"away:attach:{filing.id}")]


def _against_paper(away: Away, filing: Filing) -> Iterator[list[Button]]:
    """What takes it back."""
    is_application = filing.kind == FilingKind.APPLICATION
    if is_application and away.state == AwayState.WAITING and filing.state != FilingState.RETURNED:
        yield [Button(phrases.ANEW, f"away:anew:{away.id}")]
    label = phrases.WITHDRAW if is_application else phrases.WITHDRAW_EXTENSION
    yield [Button(label, f"away:withdraw:{filing.id}")]


def _about_return(ctx: Context, away: Away) -> Iterator[list[Button]]:
    items = return_items(ctx.db, away.id)
    own = {ReturnStep.REPORT.value: (phrases.REPORTED, "tick")}
    own[ReturnStep.REVIEW.value] = (phrases.HAND_IN, "handin")
    own[ReturnStep.SUPPLEMENT.value] = (phrases.HAND_IN_SUPPLEMENT, "handin")
    for item in items:
        if item.done_at is None and item.step in own:
            label, verb = own[item.step]
            yield [Button(label, f"away:{verb}:{item.id}")]
    if not any(item.done_at and item.step != ReturnStep.REPORT for item in items):
        yield [Button(phrases.NOT_BACK, f"away:resume:{away.id}")]


def _looks(away: Away) -> list[list[Button]]:
    return [
        [Button(phrases.HISTORY, f"away:history:{away.id}")],
        [Button(phrases.COUNTS, f"away:counts:{away.id}")],
    ]
