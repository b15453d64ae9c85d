"""One meeting, many papers: what was filed as last year is looked over as one batch, and the cell's yes is recorded at once.

absence:season:<cell> ──> (number, where the cell decides) ──> OVERVIEW ──> recorded, each member is told
                                                                 ├─ which papers: those as last year are chosen, any other
                                                                 ├─ another day than today                can be added
                                                                 └─ votes, the same for all

absence:sitting:<unit> ──> number of the decision ──> OVERVIEW ──> the committee's yes to all that are chosen, each is told
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

from handlers.desk.absence.door import KEEP, to_desk
from handlers.desk.absence.filing import waiting_above
from handlers.desk.absence.questions import MeetingVotes, check_past
from handlers.desk.desk.door import cell_of
from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Context
from handlers.ground.conversation import choice
from handlers.ground.form import AGAIN, At, Confirm, Day, Field, FieldKind, Form, Line, Offer, Row, beside
from handlers.ground.paging import page_of
from handlers.people.whereabouts import place_name
from models.away.away import (
    Away,
    Filing,
    FilingAct,
    away_of,
    filings_to_keep,
    is_as_last_year,
    policy_of,
    settle_cell_results,
    settle_decisions,
)
from models.delivery.message import Button
from models.ground.errors import Refused
from models.people.member import Member
from models.people.rights import NotEntitled, Right, require
from models.people.unit import Unit
from models.phrases import common
from models.phrases.away import season as phrases
from models.phrases.desk import absence as absence_words
from models.phrases.people import unit as unit_words
from models.phrases.text import Text, raw

_SHOWN, _PICKED = 20, 4  # lines of the look-over, names on one screen
_YEAR = timedelta(days=364)


class Draft(BaseModel):
    cell_id: int = 0
    unit_id: int = 0  # the committee's, where it decides
    chosen: list[int] = []  # papers
    page: int = 0
    day: date | None = None
    number: str = ""
    votes: tuple[int, int] | None = None


Here = At[Draft, Unit]


def begin(ctx: Context, arguments: list[str]) -> None:
    """Begin with all that was filed as last year; where nothing was, with all that waits."""
    cell = cell_of(ctx, number_or_0(arguments), KEEP)
    waiting = filings_to_keep(ctx.db, cell.id)
    if not waiting:
        ctx.show(phrases.nothing_waits(), [to_desk(cell.id)])
        return
    seasonal = [one for one in waiting if is_as_last_year(one)]
    FORM.begin(ctx, Draft(cell_id=cell.id, chosen=[one.id for one in seasonal or waiting]))


def begin_above(ctx: Context, arguments: list[str]) -> None:
    """Begin with all that was filed as last year and was put to the committee; where nothing was, with all that waits."""
    unit = _committee(ctx, number_or_0(arguments))
    waiting = waiting_above(ctx, unit.id)
    if not waiting:
        ctx.show(phrases.nothing_above(), [_to_unit(unit)])
        return
    seasonal = [one for one in waiting if is_as_last_year(one)]
    SITTING.begin(ctx, Draft(unit_id=unit.id, chosen=[one.id for one in seasonal or waiting]))


def _committee(ctx: Context, unit_id: int) -> Unit:
    unit = ctx.db.get(Unit, unit_id)
    require(ctx.db, ctx.me.id, Right.DECIDE_ABSENCE, unit.id if unit else None, now=ctx.now)
    if unit is None:
        raise NotEntitled
    return unit


def _to_unit(unit: Unit) -> list[Button]:
    return [Button(unit_words.TO_UNIT, f"unit:see:{unit.id}"), Button(common.MENU, "nav:menu")]


def _waiting(at: Here) -> list[tuple[Filing, Away, Member]]:
    """What waits for this cell, or this committee, now, those as last year first; by given name."""
    db = at.ctx.db
    found = []
    waiting = waiting_above(at.ctx, at.subject.id) if at.draft.unit_id else filings_to_keep(db, at.subject.id)
    for filing in waiting:
        away = away_of(db, filing)
        found.append((filing, away, db.get_one(Member, away.member_id)))
    return sorted(found, key=lambda one: (not is_as_last_year(one[0]), one[2].sort_key))


def _chosen(at: Here) -> list[tuple[Filing, Away, Member]]:
    return [one for one in _waiting(at) if one[0].id in at.draft.chosen]


def _decides(at: Here) -> bool:
    """Whether the cell itself decides on one of them, by the rules that each was filed under."""
    db, policy = at.ctx.db, at.ctx.policies.away
    return any(not policy_of(db, filing, policy).decided_above for filing, _, _ in _chosen(at))


class SeveralPapers(FieldKind[Draft, Unit]):
    """Papers that are tapped on and off by the name of their member, page by page."""

    def rows(self, at: Here) -> list[Row]:
        waiting, draft = _waiting(at), at.draft
        draft.page, pages = page_of(draft.page, len(waiting), _PICKED)
        rows = [
            choice(
                phrases.chosen(name=member.full_name) if filing.id in draft.chosen else raw(member.full_name),
                f"t{filing.id}",
            )
            for filing, _, member in waiting[draft.page * _PICKED : (draft.page + 1) * _PICKED]
        ]
        if pages > 1:
            rows.append(choice(phrases.next_page(page=(draft.page + 1) % pages, pages=pages), "page"))
        return beside([*rows, Offer(phrases.DONE_CHOOSING, "done", None)])

    def tapped(self, at: Here, key: str) -> object:
        draft = at.draft
        if key == "page":
            draft.page = (draft.page + 1) % page_of(0, len(_waiting(at)), _PICKED)[1]
        else:
            which = number([key.removeprefix("t")])
            others = [one for one in draft.chosen if one != which]
            draft.chosen = others + [which] * (which not in draft.chosen)
        return AGAIN

    def put(self, at: Here, name: str, value: Any) -> None:
        if not _chosen(at):
            raise Refused(phrases.nobody_chosen())


def _lines(chosen: Sequence[tuple[Filing, Away, Member]]) -> list[Text]:
    return [
        phrases.line(
            name=member.full_name,
            place=place_name(away.place_code),
            route=filing.route,
            begins_on=filing.begins_on,
            due_on=filing.due_on,
            as_last_year=is_as_last_year(filing),
        )
        for filing, away, member in chosen[:_SHOWN]
    ]


def _look_over(at: Here) -> Text:
    chosen = _chosen(at)
    rows, draft = _lines(chosen), at.draft
    return phrases.look_over(
        met_on=draft.day or at.today,
        rows=rows,
        more=len(chosen) - len(rows),
        number=draft.number,
        decides=_decides(at),
        votes=draft.votes,
    )


def _record(at: Here) -> None:
    ctx, draft, chosen = at.ctx, at.draft, _chosen(at)
    if not chosen:
        raise Refused(phrases.nobody_chosen())
    act = FilingAct(ctx.me.id, ctx.policies, ctx.now)
    done = settle_cell_results(
        ctx.db,
        [filing for filing, _, _ in chosen],
        act,
        met_on=draft.day or at.today,
        number=draft.number,
        votes=draft.votes,
    )
    words = phrases.done(count=len(done), left=len(draft.chosen) - len(done))
    register = [Button(absence_words.TO_REGISTER, f"absence:register:{at.subject.id}:all:0")]
    ctx.show(words, [register, to_desk(at.subject.id)])


_PAPERS: Field[Draft, Unit] = Field(
    "papers",
    lambda at: phrases.choose(names=len(_chosen(at))),
    SeveralPapers(),
    later=True,
    looking=True,
)


def _day_of(asks: Callable[[], Text]) -> Field[Draft, Unit]:
    """Return the question for the day of the paper that decides."""
    day = Day(lambda at: at.today - _YEAR, check_past, offers=lambda at: [(absence_words.TODAY, at.today)])
    return Field("day", lambda at: asks(), day, later=True)


FORM: Form[Draft, Unit] = Form(
    "absence_season",
    phrases.RECORDING,
    Draft,
    right=lambda ctx, draft: cell_of(ctx, draft.cell_id, KEEP),
    fields=(
        Field("number", lambda at: phrases.which_number(), Line(60), needed=_decides),
        _PAPERS,
        _day_of(phrases.which_day),
        Field(
            "votes",
            lambda at: phrases.which_votes(),
            MeetingVotes(),
            offers=lambda at: [Offer(phrases.NO_VOTES, "none", None)],
            later=True,
        ),
        Field(
            "overview",
            _look_over,
            Confirm(
                lambda at: phrases.record(count=len(_chosen(at)), decides=_decides(at)),
                also=lambda at: [
                    Offer(phrases.CHOOSE, "papers", "papers"),
                    Offer(phrases.OTHER_DAY, "day", "day"),
                    Offer(phrases.VOTES, "votes", "votes"),
                ],
            ),
        ),
    ),
    save=_record,
)


def _look_over_above(at: Here) -> Text:
    chosen = _chosen(at)
    rows = _lines(chosen)
    return phrases.look_over_above(
        decided_on=at.draft.day or at.today,
        rows=rows,
        more=len(chosen) - len(rows),
        number=at.draft.number,
    )


def _approve(at: Here) -> None:
    ctx, draft, chosen = at.ctx, at.draft, _chosen(at)
    if not chosen:
        raise Refused(phrases.nobody_chosen())
    act = FilingAct(ctx.me.id, ctx.policies, ctx.now)
    papers = [filing for filing, _, _ in chosen]
    done = settle_decisions(ctx.db, papers, act, number=draft.number, decided_on=draft.day or at.today)
    left = len(draft.chosen) - len(done)
    ctx.show(phrases.approved(count=len(done), left=left), [_to_unit(at.subject)])


SITTING: Form[Draft, Unit] = Form(
    "absence_sitting",
    phrases.DECIDING,
    Draft,
    right=lambda ctx, draft: _committee(ctx, draft.unit_id),
    fields=(
        Field("number", lambda at: phrases.which_decision(), Line(60)),
        _PAPERS,
        _day_of(phrases.which_signing),
        Field(
            "overview",
            _look_over_above,
            Confirm(
                lambda at: phrases.approve(count=len(_chosen(at))),
                also=lambda at: [
                    Offer(phrases.CHOOSE, "papers", "papers"),
                    Offer(phrases.SIGNED_ON, "day", "day"),
                ],
            ),
        ),
    ),
    save=_approve,
)
