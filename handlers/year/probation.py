"""The twelve months of a probationary member: followed from the card, read by member, helper and secretary.

    card ──> start: ADMITTED ─> HELPER ─> CONFIRM ──┐
    a reminder, the main screen ────────────────────┴──> SEE ──┬─ change the helper: HELPER
                                                               ├─ its papers: DOSSIER, ticked one by one
                                                               ├─ what the cell said: DAY ─> RESULT ─> CONFIRM ─> VOTES
                                                               └─ the end: OUTCOME ─> DAY ─> DECISION ─> CONFIRM ─> OFFICIAL

The record of one that has ended is read from the same screen, by those who could read it before.

Secretary and deputy type what stands on paper; member and helper read their own timetable.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from handlers.desk.roster.choosing import Choosing, OnePerson
from handlers.desk.roster.common import MENU, member_for
from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import AnyFlow
from handlers.ground.form import At, Confirm, Day, Field, Form, Offer, OneOf, Prose, S
from handlers.ground.paging import page_of, turning
from handlers.ground.routing import Tap
from models.away.dossier import Item, received_items
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.rule_version import version_of
from models.ground.rules import source_of
from models.people.member import Member, Standing, record_look, roster
from models.people.rights import NotEntitled, Right, may
from models.phrases import common
from models.phrases.text import Text, fitted, raw
from models.phrases.year import probation as phrases
from models.year.probation import (
    Probation,
    ProbationEnd,
    ProbationRefused,
    ProbationState,
    ProbationStep as Stage,
    Reader,
    begun_under,
    change_probation_helper,
    consider_probation,
    considerations_of,
    deadline,
    end_probation,
    ended_probation,
    needed_votes,
    note_received,
    probations_concerning,
    record_now,
    running_probation,
    start_probation,
    timetable,
    year_over_on,
)

KEEP = Right.KEEP_ABSENCES  # type what is on paper: secretary and deputy
TEXT_LIMIT = 1000
_PAGE = 5  # names on one screen
_YEAR = timedelta(days=364)
_OLDEST = 1930  # the Party was founded then: nobody was admitted before
_NONE = "none"
_OFFICIAL = {"official": True, "not": False, "unknown": None}
_SHOWN = (Stage.COURSE, Stage.SELF_REVIEW, Stage.COMMENTS, Stage.YEAR_OVER, Stage.FIRST_CALL, Stage.LAST_CALL)

# --- see ------------------------------------------------------------------------------------------------------------


def see(ctx: Context, arguments: list[str]) -> None:
    probation = ctx.db.get(Probation, number(arguments))
    if probation is None:
        raise NotEntitled
    show(ctx, probation)


def mine(ctx: Context, arguments: list[str]) -> None:
    """Show one's own probation, or those of people whom one helps."""
    found = probations_concerning(ctx.db, ctx.me.id)
    if not found and (over := ended_probation(ctx.db, ctx.me.id)) is not None:
        found = [over]
    if len(found) == 1:
        show(ctx, found[0])
        return
    page, pages = page_of(number_or_0(arguments), len(found), _PAGE)
    here = found[page * _PAGE : (page + 1) * _PAGE]
    buttons = [
        [Button(fitted(raw(ctx.db.get_one(Member, one.member_id).full_name)), f"probation:see:{one.id}")]
        for one in here
    ]
    turn = turning(page, pages, lambda to: f"probation:mine:{to}")
    ctx.show(phrases.which_one() if found else phrases.none_now(), [*buttons, turn, MENU])


def last(ctx: Context, arguments: list[str]) -> None:
    """Show the newest probation of one person that has ended. Raise NotEntitled where there is none."""
    over = ended_probation(ctx.db, number(arguments))
    if over is None:
        raise NotEntitled
    show(ctx, over)


def reader_of(ctx: Context, probation: Probation, member: Member) -> Reader:
    """Return as whom this person may read it now. Raise NotEntitled for everybody else."""
    if ctx.me.id == member.id:
        return Reader.MEMBER
    if member.cell_id is not None and may(ctx.db, ctx.me.id, KEEP, member.cell_id, now=ctx.now):
        return Reader.SECRETARY
    if ctx.me.id == probation.helper_id and ctx.me.cell_id == member.cell_id and ctx.me.left_at is None:
        return Reader.HELPER
    raise NotEntitled


def show(ctx: Context, probation: Probation) -> None:
    """Show member and secretary what was typed, too, and the helper the timetable only."""
    member = ctx.db.get_one(Member, probation.member_id)
    reader = reader_of(ctx, probation, member)
    words = _overview(ctx, probation, member, reader)
    if reader is Reader.SECRETARY:
        record_look(ctx.db, reader_id=ctx.me.id, member_id=member.id, what="probation.see", now=ctx.now)
    ctx.show(words, [*(_doings(ctx, probation) if reader is Reader.SECRETARY else []), MENU])


def _overview(ctx: Context, probation: Probation, member: Member, reader: Reader) -> Text:
    """As it stands; of one that has ended as it stood then."""
    policy, calendar = ctx.policies.probation, ctx.policies.workday
    steps = timetable(probation.admitted_on, policy, calendar)
    is_running = probation.state == ProbationState.RUNNING
    ahead = next((step for step, at in steps if at > ctx.now), None) if is_running else None
    record = probation.record or record_now(ctx.db, probation, policy, calendar)
    return phrases.overview(
        name=None if reader is Reader.MEMBER else record.name,
        state=probation.state,
        admitted_on=record.admitted_on,
        over_on=record.over_on,
        deadline=record.deadline,
        helper=record.helper,
        received=record.received,
        said=_said(ctx, probation) if reader is not Reader.HELPER else (),
        rules=_rules(ctx, probation),
        steps=[(step, local_date(at, HOME_ZONE), step is ahead) for step, at in steps if step in _SHOWN]
        if is_running
        else [],
    )


def _said(ctx: Context, probation: Probation) -> list[Text]:
    """What each meeting said, the newest last, and how it ended."""
    said = [
        phrases.considered_then(on=one.on, result=one.result, votes=_votes(ctx, one.votes_for, one.voters))
        for one in considerations_of(ctx.db, probation)
    ]
    if probation.ended_on is not None:
        record = probation.record
        how = next(how for how, official in _OFFICIAL.items() if official is probation.official)
        since = record.official_on if record else None
        said.append(phrases.ended(on=probation.ended_on, how=how, since=since, decision=probation.decision))
    return said


def _rules(ctx: Context, probation: Probation) -> list[Text]:
    """By which document its days are counted, or were at its end; and by which it was begun, where that was another."""
    policy, record = ctx.policies.probation, probation.record
    document = record.document if record else source_of(policy, "consider_workdays").document
    said = [phrases.counted_by(document=document)] if document else []
    if (kept := begun_under(ctx.db, probation, policy)) is not None:
        documents = [source_of(kept, one).document for one in ("months", "consider_workdays")]
        begun = phrases.begun_under(
            months=kept.months,
            workdays=kept.consider_workdays,
            documents=[one for one in dict.fromkeys(documents) if one],
        )
        said.append(begun)
    return said


def _votes(ctx: Context, votes_for: int | None, voters: int | None) -> Text | None:
    if votes_for is None or voters is None:
        return None
    needed = needed_votes(voters, ctx.policies.probation)
    return phrases.votes(votes_for=votes_for, voters=voters, needed=needed, share=_share(ctx))


def _share(ctx: Context) -> str:
    """2/3"""
    return "/".join(map(str, ctx.policies.probation.favour))


def _doings(ctx: Context, probation: Probation) -> list[list[Button]]:
    considered = probation.state == ProbationState.CONSIDERED
    count = len(received_items(ctx.db, probation.id))
    offers = [
        (phrases.dossier_button(n=count), "dossier"),
        (phrases.CONSIDER_AGAIN if considered else phrases.CONSIDER, "consider"),
        (phrases.CHANGE_HELPER, "helper"),
        (phrases.END, "end"),
    ]
    rows = [[Button(label, f"probation:{verb}:{probation.id}")] for label, verb in offers]
    is_open = probation.state != ProbationState.ENDED
    return [*(rows if is_open else []), [Button(phrases.TO_CARD, f"roster:card:{probation.member_id}")]]


class KeptProbation(NamedTuple):
    probation: Probation
    member: Member


def _kept(ctx: Context, probation_id: int) -> KeptProbation:
    """Return the row and whom it is about, if the speaker may type into it now and it has not ended."""
    probation = ctx.db.get(Probation, probation_id)
    if probation is None:
        raise NotEntitled
    member = member_for(ctx, probation.member_id, KEEP)
    if probation.state == ProbationState.ENDED:
        raise ProbationRefused(phrases.settled(state=probation.state))
    return KeptProbation(probation, member)


# --- the papers of the file -----------------------------------------------------------------------------------------


def dossier(ctx: Context, arguments: list[str]) -> None:
    _show_dossier(ctx, *_kept(ctx, number(arguments)))


def receive(ctx: Context, arguments: list[str]) -> None:
    """Record a paper by `<probation>:<item>:<1 there, 0 not>`. A second tap on the same button changes nothing."""
    probation, member = _kept(ctx, number(arguments))
    if len(arguments) < 3 or arguments[1] not in set(Item):
        raise Refused(common.gone_button())
    is_there = arguments[2] == "1"
    note_received(ctx.db, probation, Item(arguments[1]), is_there=is_there, by_id=ctx.me.id, now=ctx.now)
    _show_dossier(ctx, probation, member)


def _show_dossier(ctx: Context, probation: Probation, member: Member) -> None:
    received = received_items(ctx.db, probation.id)
    rows = [
        [
            Button(
                phrases.item_button(item=item, is_there=item in received),
                f"probation:receive:{probation.id}:{item}:{int(item not in received)}",
            )
        ]
        for item in Item
    ]
    back = [Button(phrases.TO_PROBATION, f"probation:see:{probation.id}")]
    ctx.show(phrases.about_papers(name=member.full_name, received=received), [*rows, back, MENU])


# --- what the forms share -------------------------------------------------------------------------------------------


class Draft(Choosing):
    """One draft for all: each form fills in its own part."""

    member_id: int = 0
    probation_id: int = 0
    helper_id: int | None = None
    on: date | None = None
    typed: str = ""
    outcome: str = ""
    votes_for: int | None = None
    voters: int | None = None
    official_on: date | None = None


AtNew = At[Draft, Member]
AtKept = At[Draft, KeptProbation]


def _a_year_ago(at: At[Draft, Any]) -> date:
    """Without a year the last such day is meant."""
    return at.today - _YEAR


def _day(draft: Draft) -> date:
    if draft.on is None:
        raise LookupError("the day is asked before this question")
    return draft.on


def _day_on_paper(wrong: Callable[..., Text]) -> Day[Draft, KeptProbation]:
    """A day that a paper bears: not before the admission, and none that lies ahead."""

    def check(at: AtKept, on: date) -> date:
        admitted_on = at.subject.probation.admitted_on
        if not admitted_on <= on <= at.today:
            raise ProbationRefused(wrong(admitted_on=admitted_on))
        return on

    return Day(_a_year_ago, check)


def _may_help(ctx: Context, member: Member) -> list[Member]:
    people = roster(ctx.db, member.cell_id or 0)
    return [one for one in people if one.id != member.id and one.standing == Standing.OFFICIAL]


def _helper(whom: Callable[[At[Draft, S]], Member]) -> Field[Draft, S]:
    nobody = Offer(phrases.NO_HELPER, _NONE, None)
    return Field(
        "helper",
        lambda at: phrases.ask_helper(name=whom(at).full_name),
        OnePerson(lambda at: _may_help(at.ctx, whom(at)), besides=lambda at: [nobody]),
        into="helper_id",
    )


def _helper_name(ctx: Context, draft: Draft) -> str | None:
    return ctx.db.get_one(Member, draft.helper_id).full_name if draft.helper_id else None


# --- start ----------------------------------------------------------------------------------------------------------


def begin_start(ctx: Context, arguments: list[str]) -> None:
    member = member_for(ctx, number(arguments), KEEP)
    standing = running_probation(ctx.db, member.id)
    if standing is None and member.standing == Standing.OFFICIAL:
        standing = ended_probation(ctx.db, member.id)
    if standing is not None:
        show(ctx, standing)
        return
    START.begin(ctx, Draft(member_id=member.id))


def _new(ctx: Context, draft: Draft) -> Member:
    member = member_for(ctx, draft.member_id, KEEP)
    if member.standing != Standing.PROBATIONARY:
        raise ProbationRefused(phrases.is_official(name=member.full_name))
    return member


def _as_on_roster(at: AtNew) -> list[tuple[Text, date]]:
    known = at.subject.joined_on.whole if at.subject.joined_on else None
    return [(phrases.as_on_roster(on=known), known)] if known else []


def _check_admission(at: AtNew, on: date) -> date:
    if on > at.today:
        raise ProbationRefused(phrases.in_the_future())
    if on.year < _OLDEST:
        raise ProbationRefused(phrases.too_long_ago())
    return on


def _look_over_start(at: AtNew) -> Text:
    policy, admitted_on = at.ctx.policies.probation, _day(at.draft)
    return phrases.confirm_start(
        name=at.subject.full_name,
        admitted_on=admitted_on,
        over_on=year_over_on(admitted_on, policy),
        deadline=deadline(admitted_on, policy, at.ctx.policies.workday),
        helper=_helper_name(at.ctx, at.draft),
    )


def _start(at: AtNew) -> None:
    ctx = at.ctx
    probation = start_probation(
        ctx.db,
        at.subject,
        admitted_on=_day(at.draft),
        helper_id=at.draft.helper_id,
        by_id=ctx.me.id,
        policy=ctx.policies.probation,
        calendar=ctx.policies.workday,
        version=version_of(ctx.db, ctx.policies, now=ctx.now),
        now=ctx.now,
    )
    show(ctx, probation)


START: Form[Draft, Member] = Form(
    "probation_start",
    phrases.STARTING,
    Draft,
    right=_new,
    fields=(
        Field(
            "admitted",
            lambda at: phrases.ask_admitted(name=at.subject.full_name),
            Day(_a_year_ago, _check_admission, offers=_as_on_roster),
            into="on",
        ),
        _helper(lambda at: at.subject),
        Field("confirm", _look_over_start, Confirm(phrases.SAVE, "save")),
    ),
    save=_start,
)

# --- the helper -----------------------------------------------------------------------------------------------------


def begin_helper(ctx: Context, arguments: list[str]) -> None:
    HELPER.begin(ctx, Draft(probation_id=number(arguments)))


def _change_helper(at: AtKept) -> None:
    """Change who helps. Naming the same person again does nothing: they are told only once."""
    ctx, probation = at.ctx, at.subject.probation
    if at.draft.helper_id != probation.helper_id:
        change_probation_helper(ctx.db, probation, at.draft.helper_id, by_id=ctx.me.id, now=ctx.now)
    show(ctx, probation)


HELPER: Form[Draft, KeptProbation] = Form(
    "probation_helper",
    phrases.HELPING,
    Draft,
    right=lambda ctx, draft: _kept(ctx, draft.probation_id),
    fields=(_helper(lambda at: at.subject.member),),
    save=_change_helper,
)

# --- what the cell said ---------------------------------------------------------------------------------------------


def begin_consider(ctx: Context, arguments: list[str]) -> None:
    CONSIDER.begin(ctx, Draft(probation_id=number(arguments)))


_COUNTED = re.compile(r"(?<![\d/])(\d{1,4})\s*(?:/|trên|of)\s*(\d{1,4})(?![\d/])")  # 11/12; no day


def read_votes(typed: str, *, voters: int) -> tuple[int, int] | None:
    """Return (in favour, of how many), or None where no count stands there.

    11/12 is read as it stands; 12/0 says for and against.
    """
    found = _COUNTED.search(typed)
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    return (first, second) if first <= second else (first, max(first + second, voters))


def _voters(at: AtKept) -> int:
    """Official members on the roster now."""
    return sum(one.standing == Standing.OFFICIAL for one in roster(at.ctx.db, at.subject.member.cell_id or 0))


def _ask_result(at: AtKept) -> Text:
    voters = _voters(at)
    needed = needed_votes(voters, at.ctx.policies.probation)
    return phrases.ask_result(limit=TEXT_LIMIT, voters=voters, needed=needed, share=_share(at.ctx))


def _put_result(at: AtKept, typed: str) -> None:
    """The votes are read out of it, and looked over before they are saved."""
    at.draft.typed = typed
    at.draft.votes_for, at.draft.voters = read_votes(typed, voters=_voters(at)) or (None, None)


class ProbationVotes(Prose[Draft, KeptProbation]):
    def sent(self, at: AtKept, answer: Answer) -> Any:
        found = read_votes(super().sent(at, answer), voters=_voters(at))
        if found is None:
            raise ProbationRefused(phrases.votes_unfit())
        return found


def _put_votes(at: AtKept, votes: tuple[int | None, int | None]) -> None:
    at.draft.votes_for, at.draft.voters = votes


def _counted(at: AtKept) -> Text | None:
    return _votes(at.ctx, at.draft.votes_for, at.draft.voters)


def _look_over_result(at: AtKept) -> Text:
    name, draft = at.subject.member.full_name, at.draft
    return phrases.confirm_result(name=name, on=_day(draft), result=draft.typed, votes=_counted(at))


def _to_votes(at: AtKept) -> list[Offer]:
    return [Offer(phrases.VOTES_AGAIN if _counted(at) else phrases.VOTES, "votes", "votes")]


def _consider(at: AtKept) -> None:
    ctx, draft, probation = at.ctx, at.draft, at.subject.probation
    consider_probation(
        ctx.db,
        probation,
        considered_on=_day(draft),
        result=draft.typed,
        votes_for=draft.votes_for,
        voters=draft.voters,
        by_id=ctx.me.id,
        now=ctx.now,
    )
    show(ctx, probation)


CONSIDER: Form[Draft, KeptProbation] = Form(
    "probation_consider",
    phrases.CONSIDERING,
    Draft,
    right=lambda ctx, draft: _kept(ctx, draft.probation_id),
    fields=(
        Field(
            "day", lambda at: phrases.ask_meeting_day(), _day_on_paper(phrases.meeting_day_wrong), into="on"
        ),
        Field("result", _ask_result, Prose(TEXT_LIMIT), put=_put_result),
        Field(
            "votes",
            lambda at: phrases.ask_votes(voters=_voters(at)),
            ProbationVotes(TEXT_LIMIT),
            offers=lambda at: [Offer(phrases.NO_VOTES, _NONE, (None, None))],
            put=_put_votes,
            later=True,
        ),
        Field("confirm", _look_over_result, Confirm(phrases.SAVE, "save", also=_to_votes)),
    ),
    save=_consider,
)

# --- the end --------------------------------------------------------------------------------------------------------


def begin_end(ctx: Context, arguments: list[str]) -> None:
    END.begin(ctx, Draft(probation_id=number(arguments)))


def _statutory_day(at: AtKept) -> date:
    return year_over_on(at.subject.probation.admitted_on, at.ctx.policies.probation)


def _since(at: AtKept) -> date | None:
    """Of a recognition, from which day it counts: by the Statutes, or as the decision has it."""
    if not _OFFICIAL[at.draft.outcome]:
        return None
    return at.draft.official_on or _statutory_day(at)


def _look_over_end(at: AtKept) -> Text:
    draft = at.draft
    return phrases.confirm_end(
        name=at.subject.member.full_name,
        outcome=draft.outcome,
        on=_day(draft),
        decision=draft.typed,
        since=_since(at),
    )


def _to_official_day(at: AtKept) -> list[Offer]:
    return [Offer(phrases.OTHER_OFFICIAL_DAY, "official", "official")] if _since(at) else []


def _check_official_day(at: AtKept, on: date) -> date:
    admitted_on = at.subject.probation.admitted_on
    if on <= admitted_on:
        raise ProbationRefused(phrases.official_day_wrong(admitted_on=admitted_on))
    return on


def _by_the_statutes(at: AtKept) -> list[tuple[Text, date]]:
    since = _statutory_day(at)
    return [(phrases.by_the_statutes(on=since), since)]


def _end(at: AtKept) -> None:
    ctx, draft, probation = at.ctx, at.draft, at.subject.probation
    end_probation(
        ctx.db,
        probation,
        ProbationEnd(
            on=_day(draft),
            official=_OFFICIAL[draft.outcome],
            decision=draft.typed,
            official_on=draft.official_on,
        ),
        by_id=ctx.me.id,
        now=ctx.now,
        policy=ctx.policies.probation,
        calendar=ctx.policies.workday,
    )
    show(ctx, probation)


END: Form[Draft, KeptProbation] = Form(
    "probation_end",
    phrases.ENDING,
    Draft,
    right=lambda ctx, draft: _kept(ctx, draft.probation_id),
    fields=(
        Field(
            "outcome",
            lambda at: phrases.ask_outcome(name=at.subject.member.full_name),
            OneOf(lambda at: [(phrases.OUTCOMES[value], value) for value in _OFFICIAL]),
        ),
        Field("day", lambda at: phrases.ask_end_day(), _day_on_paper(phrases.end_day_wrong), into="on"),
        Field(
            "decision",
            lambda at: phrases.ask_decision(limit=TEXT_LIMIT),
            Prose(TEXT_LIMIT),
            offers=lambda at: [Offer(phrases.NO_PAPER, _NONE, "")],
            into="typed",
        ),
        Field(
            "official",
            lambda at: phrases.ask_official_day(since=_statutory_day(at)),
            Day(_a_year_ago, _check_official_day, offers=_by_the_statutes),
            into="official_on",
            later=True,
        ),
        Field("confirm", _look_over_end, Confirm(phrases.SAVE, "save", also=_to_official_day)),
    ),
    save=_end,
)

TAPS: list[Tap] = [
    Tap("probation:see", see),
    Tap("probation:mine", mine),
    Tap("probation:last", last),
    Tap("probation:dossier", dossier),
    Tap("probation:receive", receive),
    Tap("probation:start", begin_start),
    Tap("probation:helper", begin_helper),
    Tap("probation:consider", begin_consider),
    Tap("probation:end", begin_end),
]
FLOWS: list[AnyFlow] = [START, HELPER, CONSIDER, END]
