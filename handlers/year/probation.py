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
from enum import StrEnum

from handlers.desk.roster.choosing import Choosing, ask_person, take_person
from handlers.desk.roster.common import MENU, member_for
from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import AnyFlow, Flow, Question, Screen, begin, choice
from handlers.ground.days import take_day
from handlers.ground.paging import page_of, turning
from handlers.ground.routing import Tap
from models.away.dossier import Item, received_items
from models.delivery.outbox import Button
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.marking import marked_secret
from models.people.member import Member, Standing, record_look, roster
from models.people.rights import NotEntitled, Right, may
from models.phrases import common
from models.phrases.text import Text, fitted, raw
from models.phrases.year import probation as phrases
from models.year.probation import (
    Probation,
    ProbationRefused,
    ProbationState,
    Reader,
    Step as Stage,
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
_OLDEST = 1930
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
    """One's own, or of those whom one helps."""
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
    """The newest that has ended of one person."""
    over = ended_probation(ctx.db, number(arguments))
    if over is None:
        raise NotEntitled
    show(ctx, over)


def reader_of(ctx: Context, probation: Probation, member: Member) -> Reader:
    """As whom this person may read it now; NotEntitled for everybody else."""
    if ctx.me.id == member.id:
        return Reader.MEMBER
    if member.cell_id is not None and may(ctx.db, ctx.me.id, KEEP, member.cell_id, now=ctx.now):
        return Reader.SECRETARY
    if ctx.me.id == probation.helper_id and ctx.me.cell_id == member.cell_id and ctx.me.left_at is None:
        return Reader.HELPER
    raise NotEntitled


def show(ctx: Context, probation: Probation) -> None:
    """Member and secretary read what was typed, too; the helper the timetable only."""
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


def _kept(ctx: Context, probation_id: int) -> tuple[Probation, Member]:
    """The row and whom it is about, if the speaker may type into it now and it has not ended."""
    probation = ctx.db.get(Probation, probation_id)
    if probation is None:
        raise NotEntitled
    member = member_for(ctx, probation.member_id, KEEP)
    if probation.state == ProbationState.ENDED:
        raise ProbationRefused(phrases.settled(state=probation.state))
    return probation, member


# --- the papers of the file -----------------------------------------------------------------------------------------


def dossier(ctx: Context, arguments: list[str]) -> None:
    _show_dossier(ctx, *_kept(ctx, number(arguments)))


def receive(ctx: Context, arguments: list[str]) -> None:
    """`<probation>:<item>:<1 there, 0 not>`: a second tap on the same button changes nothing."""
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


# --- what several questions share -----------------------------------------------------------------------------------


class Draft(Choosing):
    """One draft for all: each flow fills in its own part."""

    member_id: int = 0
    probation_id: int = 0
    helper_id: int | None = None
    on: date | None = None
    typed: str = ""
    outcome: str = ""
    votes_for: int | None = None
    voters: int | None = None
    official_on: date | None = None


class Step(StrEnum):
    ADMITTED = "admitted"
    HELPER = "helper"
    DAY = "day"
    RESULT = "result"
    VOTES = "votes"
    OUTCOME = "outcome"
    DECISION = "decision"
    OFFICIAL = "official"
    CONFIRM = "confirm"


def _today(ctx: Context) -> date:
    return local_date(ctx.now, HOME_ZONE)


def _past_day(ctx: Context, answer: Answer) -> date:
    """A typed day; without a year the last such day."""
    return take_day(answer, near=_today(ctx) - _YEAR)


def _free_text(answer: Answer) -> str:
    text = answer.words(limit=TEXT_LIMIT)
    if marked_secret(text):
        raise Refused(common.secret_refused())
    return text


def _day(draft: Draft) -> date:
    if draft.on is None:
        raise LookupError("the day is asked before this question")
    return draft.on


def _day_on_paper(words: Callable[[], Text], wrong: Callable[..., Text], then: Step) -> Question[Draft]:
    """A day that a paper bears: not before the admission, and none that lies ahead."""

    def ask(ctx: Context, draft: Draft) -> Screen:
        _kept(ctx, draft.probation_id)
        return Screen(words())

    def take(ctx: Context, draft: Draft, answer: Answer) -> Step:
        probation, _ = _kept(ctx, draft.probation_id)
        draft.on = _past_day(ctx, answer)
        if not probation.admitted_on <= draft.on <= _today(ctx):
            raise ProbationRefused(wrong(admitted_on=probation.admitted_on))
        return then

    return Question(ask, take)


def _begin_on(ctx: Context, arguments: list[str], flow: Flow[Draft], first: Step) -> None:
    probation, _ = _kept(ctx, number(arguments))
    begin(ctx, flow, first, Draft(probation_id=probation.id))


def _to_save(words: Text) -> Screen:
    return Screen(words, [[choice(phrases.SAVE, "save")]])


def _may_help(ctx: Context, member: Member) -> list[Member]:
    people = roster(ctx.db, member.cell_id or 0)
    return [one for one in people if one.id != member.id and one.standing == Standing.OFFICIAL]


def _ask_helper(ctx: Context, draft: Draft, member: Member) -> Screen:
    question = phrases.ask_helper(name=member.full_name)
    return ask_person(draft, _may_help(ctx, member), question, besides=[choice(phrases.NO_HELPER, _NONE)])


def _take_helper(ctx: Context, draft: Draft, member: Member, answer: Answer) -> bool:
    """Whether it was settled who helps, be it nobody."""
    if answer.value == _NONE:
        draft.helper_id = None
        return True
    chosen = take_person(draft, _may_help(ctx, member), answer)
    draft.helper_id = chosen.id if chosen else None
    return chosen is not None


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
    begin(ctx, START, Step.ADMITTED, Draft(member_id=_new(ctx, member.id).id))


def _new(ctx: Context, member_id: int) -> Member:
    member = member_for(ctx, member_id, KEEP)
    if member.standing != Standing.PROBATIONARY:
        raise ProbationRefused(phrases.is_official(name=member.full_name))
    return member


def ask_admitted(ctx: Context, draft: Draft) -> Screen:
    member = _new(ctx, draft.member_id)
    known = member.joined_on.whole if member.joined_on else None
    buttons = [[choice(phrases.as_on_roster(on=known), known.isoformat())]] if known else []
    return Screen(phrases.ask_admitted(name=member.full_name), buttons)


def take_admitted(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.on = _past_day(ctx, answer)
    if draft.on > _today(ctx):
        raise ProbationRefused(phrases.in_the_future())
    if draft.on.year < _OLDEST:
        raise ProbationRefused(phrases.too_long_ago())
    return Step.HELPER


def ask_start_helper(ctx: Context, draft: Draft) -> Screen:
    return _ask_helper(ctx, draft, _new(ctx, draft.member_id))


def take_start_helper(ctx: Context, draft: Draft, answer: Answer) -> Step:
    return Step.CONFIRM if _take_helper(ctx, draft, _new(ctx, draft.member_id), answer) else Step.HELPER


def ask_start(ctx: Context, draft: Draft) -> Screen:
    policy = ctx.policies.probation
    words = phrases.confirm_start(
        name=_new(ctx, draft.member_id).full_name,
        admitted_on=_day(draft),
        over_on=year_over_on(_day(draft), policy),
        deadline=deadline(_day(draft), policy, ctx.policies.workday),
        helper=_helper_name(ctx, draft),
    )
    return _to_save(words)


def take_start(ctx: Context, draft: Draft, answer: Answer) -> None:
    answer.choice("save")
    probation = start_probation(
        ctx.db,
        _new(ctx, draft.member_id),
        admitted_on=_day(draft),
        helper_id=draft.helper_id,
        by_id=ctx.me.id,
        policy=ctx.policies.probation,
        calendar=ctx.policies.workday,
        now=ctx.now,
    )
    show(ctx, probation)


START: Flow[Draft] = Flow(
    "probation_start",
    phrases.STARTING,
    Draft,
    {
        Step.ADMITTED: Question(ask_admitted, take_admitted),
        Step.HELPER: Question(ask_start_helper, take_start_helper),
        Step.CONFIRM: Question(ask_start, take_start),
    },
    right=lambda ctx, draft: _new(ctx, draft.member_id),
)

# --- the helper -----------------------------------------------------------------------------------------------------


def begin_helper(ctx: Context, arguments: list[str]) -> None:
    _begin_on(ctx, arguments, HELPER, Step.HELPER)


def ask_helper(ctx: Context, draft: Draft) -> Screen:
    return _ask_helper(ctx, draft, _kept(ctx, draft.probation_id)[1])


def take_helper(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    """Who helps already is not told so again."""
    probation, member = _kept(ctx, draft.probation_id)
    if not _take_helper(ctx, draft, member, answer):
        return Step.HELPER
    if draft.helper_id != probation.helper_id:
        change_probation_helper(ctx.db, probation, draft.helper_id, by_id=ctx.me.id, now=ctx.now)
    show(ctx, probation)
    return None


HELPER: Flow[Draft] = Flow(
    "probation_helper",
    phrases.HELPING,
    Draft,
    {Step.HELPER: Question(ask_helper, take_helper)},
    right=lambda ctx, draft: _kept(ctx, draft.probation_id),
)

# --- what the cell said ---------------------------------------------------------------------------------------------


def begin_consider(ctx: Context, arguments: list[str]) -> None:
    _begin_on(ctx, arguments, CONSIDER, Step.DAY)


_COUNTED = re.compile(r"(?<![\d/])(\d{1,4})\s*(?:/|trên|of)\s*(\d{1,4})(?![\d/])")  # 11/12; no day


def read_votes(typed: str, *, voters: int) -> tuple[int, int] | None:
    """(in favour, of how many): 11/12 as it stands; 12/0 says for and against; None: no count stands there."""
    found = _COUNTED.search(typed)
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    return (first, second) if first <= second else (first, max(first + second, voters))


def _voters(ctx: Context, member: Member) -> int:
    """Official members on the roster now."""
    return sum(one.standing == Standing.OFFICIAL for one in roster(ctx.db, member.cell_id or 0))


def ask_result(ctx: Context, draft: Draft) -> Screen:
    voters = _voters(ctx, _kept(ctx, draft.probation_id)[1])
    needed = needed_votes(voters, ctx.policies.probation)
    return Screen(phrases.ask_result(limit=TEXT_LIMIT, voters=voters, needed=needed, share=_share(ctx)))


def take_result(ctx: Context, draft: Draft, answer: Answer) -> Step:
    """The votes are read out of it, and looked over before they are saved."""
    draft.typed = _free_text(answer)
    voters = _voters(ctx, _kept(ctx, draft.probation_id)[1])
    draft.votes_for, draft.voters = read_votes(draft.typed, voters=voters) or (None, None)
    return Step.CONFIRM


def ask_consider(ctx: Context, draft: Draft) -> Screen:
    member = _kept(ctx, draft.probation_id)[1]
    votes = _votes(ctx, draft.votes_for, draft.voters)
    words = phrases.confirm_result(name=member.full_name, on=_day(draft), result=draft.typed, votes=votes)
    return Screen(
        words,
        [
            [choice(phrases.SAVE, "save")],
            [choice(phrases.VOTES_AGAIN if votes else phrases.VOTES, Step.VOTES)],
        ],
    )


def ask_votes(ctx: Context, draft: Draft) -> Screen:
    voters = _voters(ctx, _kept(ctx, draft.probation_id)[1])
    return Screen(phrases.ask_votes(voters=voters), [[choice(phrases.NO_VOTES, _NONE)]])


def take_votes(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.value == _NONE:
        draft.votes_for = draft.voters = None
        return Step.CONFIRM
    voters = _voters(ctx, _kept(ctx, draft.probation_id)[1])
    found = read_votes(answer.words(limit=TEXT_LIMIT), voters=voters)
    if found is None:
        raise ProbationRefused(phrases.votes_unfit())
    draft.votes_for, draft.voters = found
    return Step.CONFIRM


def take_consider(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    if answer.choice("save", Step.VOTES) == Step.VOTES:
        return Step.VOTES
    probation, _ = _kept(ctx, draft.probation_id)
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
    return None


CONSIDER: Flow[Draft] = Flow(
    "probation_consider",
    phrases.CONSIDERING,
    Draft,
    {
        Step.DAY: _day_on_paper(phrases.ask_meeting_day, phrases.meeting_day_wrong, Step.RESULT),
        Step.RESULT: Question(ask_result, take_result),
        Step.VOTES: Question(ask_votes, take_votes),
        Step.CONFIRM: Question(ask_consider, take_consider),
    },
    right=lambda ctx, draft: _kept(ctx, draft.probation_id),
)

# --- the end --------------------------------------------------------------------------------------------------------


def begin_end(ctx: Context, arguments: list[str]) -> None:
    _begin_on(ctx, arguments, END, Step.OUTCOME)


def ask_outcome(ctx: Context, draft: Draft) -> Screen:
    member = _kept(ctx, draft.probation_id)[1]
    buttons = [[choice(phrases.OUTCOMES[value], value)] for value in _OFFICIAL]
    return Screen(phrases.ask_outcome(name=member.full_name), buttons)


def take_outcome(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.outcome = answer.choice(*_OFFICIAL)
    return Step.DAY


def ask_decision(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.ask_decision(limit=TEXT_LIMIT), [[choice(phrases.NO_PAPER, _NONE)]])


def take_decision(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.typed = "" if answer.value == _NONE else _free_text(answer)
    return Step.CONFIRM


def ask_end(ctx: Context, draft: Draft) -> Screen:
    """Of a recognition also from which day it counts: by the Statutes, or as the decision has it."""
    probation, member = _kept(ctx, draft.probation_id)
    since = _since(ctx, draft, probation)
    words = phrases.confirm_end(
        name=member.full_name, outcome=draft.outcome, on=_day(draft), decision=draft.typed, since=since
    )
    other = [[choice(phrases.OTHER_OFFICIAL_DAY, Step.OFFICIAL)]] if since else []
    return Screen(words, [[choice(phrases.SAVE, "save")], *other])


def _since(ctx: Context, draft: Draft, probation: Probation) -> date | None:
    if not _OFFICIAL[draft.outcome]:
        return None
    return draft.official_on or year_over_on(probation.admitted_on, ctx.policies.probation)


def ask_official_day(ctx: Context, draft: Draft) -> Screen:
    probation, _ = _kept(ctx, draft.probation_id)
    since = year_over_on(probation.admitted_on, ctx.policies.probation)
    return Screen(
        phrases.ask_official_day(since=since),
        [[choice(phrases.by_the_statutes(on=since), since.isoformat())]],
    )


def take_official_day(ctx: Context, draft: Draft, answer: Answer) -> Step:
    probation, _ = _kept(ctx, draft.probation_id)
    found = _past_day(ctx, answer)
    if found <= probation.admitted_on:
        raise ProbationRefused(phrases.official_day_wrong(admitted_on=probation.admitted_on))
    draft.official_on = found
    return Step.CONFIRM


def take_end(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    if answer.choice("save", Step.OFFICIAL) == Step.OFFICIAL:
        return Step.OFFICIAL
    probation, _ = _kept(ctx, draft.probation_id)
    end_probation(
        ctx.db,
        probation,
        on=_day(draft),
        official=_OFFICIAL[draft.outcome],
        decision=draft.typed,
        by_id=ctx.me.id,
        now=ctx.now,
        policy=ctx.policies.probation,
        calendar=ctx.policies.workday,
        official_on=draft.official_on,
    )
    show(ctx, probation)
    return None


END: Flow[Draft] = Flow(
    "probation_end",
    phrases.ENDING,
    Draft,
    {
        Step.OUTCOME: Question(ask_outcome, take_outcome),
        Step.DAY: _day_on_paper(phrases.ask_end_day, phrases.end_day_wrong, Step.DECISION),
        Step.DECISION: Question(ask_decision, take_decision),
        Step.OFFICIAL: Question(ask_official_day, take_official_day),
        Step.CONFIRM: Question(ask_end, take_end),
    },
    right=lambda ctx, draft: _kept(ctx, draft.probation_id),
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
