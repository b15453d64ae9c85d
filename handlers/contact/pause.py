"""A pause: announced, seen, given another end, ended early; by the member, or for a member by the secretary.

/baocao, menu ─ none yet ──> kind ──> from ──> until ──> summary ──> announced
      │                                                   ^  │ a reason, typed
      │                                                   └──┘
      └─ there is one ─┬─ another end ──> until ──> changed
                       └─ end it ── sure? ──> ended; what it silenced is asked at once

one person on the desk ── "enter a pause" ──> the same, in their name; they are told
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel

from handlers.desk.desk.door import matter_of_member
from handlers.desk.desk.person import show_matter
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.ground.days import take_day
from handlers.ground.routing import Tap
from models.away.pausing import (
    PauseOver,
    announce_pause,
    change_pause,
    check_days,
    check_end,
    end_pause,
)
from models.contact.checkin import Checkin, asks_to_check_in, planned_checkin, ways_to_answer
from models.contact.pause import (
    Pause,
    PauseKind,
    PauseState,
    last_beginning,
    last_end,
    open_pause,
)
from models.delivery.outbox import Button
from models.ground.clock import local_date, same_day
from models.ground.errors import Refused
from models.ground.marking import clean
from models.people.member import Member, hears
from models.people.rights import NotEntitled, Right
from models.phrases import common
from models.phrases.contact import checkin as checkin_words, pause as phrases
from models.phrases.text import Text, capital

REASON_LIMIT = 300
MENU = [Button(common.MENU, "nav:menu")]


class Step(StrEnum):
    KIND = "kind"
    FROM = "from"
    UNTIL = "until"
    SUMMARY = "summary"


class Draft(BaseModel):
    member_id: int = 0  # 0: the speaker
    pause_id: int = 0  # the end of this one is changed
    kind: PauseKind = PauseKind.OWN
    begins_on: date | None = None
    ends_on: date | None = None
    reason: str = ""


# --- how it stands --------------------------------------------------------------------------------------------------


def see(ctx: Context, _arguments: list[str]) -> None:
    """One's own pause; who has none is asked for what and how long."""
    pause = open_pause(ctx.db, ctx.me.id)
    if pause is None:
        new(ctx, [])
    else:
        show_pause(ctx, pause)


def show_pause(ctx: Context, pause: Pause, note: Text | None = None) -> None:
    by = ctx.db.get_one(Member, pause.by_id).full_name if pause.by_id != ctx.me.id else None
    words = phrases.mine(
        running=pause.state == PauseState.RUNNING,
        kind=pause.kind,
        begins_on=pause.begins_on,
        ends_on=pause.ends_on,
        by=by,
        reason=pause.reason,
    )
    buttons = [
        [Button(phrases.REPORT_NOW, "checkin:anyway")],
        [Button(phrases.CHANGE_END, f"pause:until:{pause.id}")],
        [Button(phrases.END_NOW, f"pause:end:{pause.id}")],
        MENU,
    ]
    ctx.show(common.paragraph(note, words) if note else words, buttons)


# --- announcing -----------------------------------------------------------------------------------------------------


def new(ctx: Context, _arguments: list[str]) -> None:
    _begin(ctx, ctx.me, Draft())


def for_somebody(ctx: Context, arguments: list[str]) -> None:
    """The secretary, from one person's screen."""
    member = matter_of_member(ctx, number_or_0(arguments), Right.ASK_CHECKIN).member
    _begin(ctx, member, Draft(member_id=member.id))


def _begin(ctx: Context, member: Member, draft: Draft) -> None:
    held = open_pause(ctx.db, member.id)
    if held is not None:
        raise Refused(phrases.exists(begins_on=held.begins_on, ends_on=held.ends_on))
    if not asks_to_check_in(ctx.db, member):
        raise Refused(phrases.not_asked())
    begin(ctx, FLOW, Step.KIND, draft)


def _whom(ctx: Context, draft: Draft) -> Member:
    """Whose pause it is; the right to speak for another is asked for each time."""
    if draft.member_id in (0, ctx.me.id):
        return ctx.me
    return matter_of_member(ctx, draft.member_id, Right.ASK_CHECKIN).member


def _name(ctx: Context, draft: Draft) -> str | None:
    member = _whom(ctx, draft)
    return None if member.id == ctx.me.id else member.full_name


def ask_kind(ctx: Context, draft: Draft) -> Screen:
    rows = [[choice(capital(phrases.KINDS[kind]), kind)] for kind in PauseKind]
    return Screen(phrases.which_kind(name=_name(ctx, draft)), rows)


def take_kind(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.incoming.kind is Kind.TEXT:  # told in their own words
        draft.kind, draft.reason = PauseKind.OTHER, clean(answer.words(limit=REASON_LIMIT))
    else:
        draft.kind = PauseKind(answer.choice(*PauseKind))
    return Step.FROM


def ask_from(ctx: Context, draft: Draft) -> Screen:
    today = _today(ctx, draft)
    offers = (
        (phrases.TODAY, today),
        (phrases.TOMORROW, today + timedelta(days=1)),
        (phrases.NEXT_WEEK, today + timedelta(days=7 - today.weekday())),
    )
    days = {on: _day_choice(what, on) for what, on in reversed(offers)}  # on a Sunday tomorrow is next week
    rows = [[days[on]] for on in sorted(days)]
    return Screen(phrases.from_when(last=last_beginning(ctx.policies.pause, today=today)), rows)


def take_from(ctx: Context, draft: Draft, answer: Answer) -> Step:
    today = _today(ctx, draft)
    begins_on = take_day(answer, near=today)
    check_days(begins_on, None, ctx.policies.pause, today=today)
    draft.begins_on = begins_on
    return Step.UNTIL


def ask_until(ctx: Context, draft: Draft) -> Screen:
    today, policy = _today(ctx, draft), ctx.policies.pause
    first = _begins_on(ctx, draft)
    since, last = max(first, today), last_end(policy, begins_on=first, today=today)
    offers = {
        "week": since + timedelta(days=7),
        "fortnight": since + timedelta(days=14),
        "month": same_day(since, 1),
        "quarter": same_day(since, 3),
        "longest": last,
    }
    shown = {on: what for what, on in offers.items() if on <= last}
    rows = [[_day_choice(phrases.LENGTHS[what], on)] for on, what in sorted(shown.items())]
    return Screen(phrases.until_when(last=last, months=policy.longest_months), rows)


def take_until(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    today, first = _today(ctx, draft), _begins_on(ctx, draft)
    ends_on = take_day(answer, near=max(first, today))
    check_end(first, ends_on, ctx.policies.pause, today=today)
    if draft.pause_id:
        _change(ctx, draft, ends_on)
        return None
    draft.ends_on = ends_on
    return Step.SUMMARY


def _today(ctx: Context, draft: Draft) -> date:
    return local_date(ctx.now, _whom(ctx, draft).zone)


def _begins_on(ctx: Context, draft: Draft) -> date:
    if draft.pause_id:
        return pause_of(ctx, draft.pause_id).begins_on
    return draft.begins_on or _today(ctx, draft)


def _day_choice(what: Text, on: date) -> Button:
    return choice(phrases.day_button(what=what, on=on), on.isoformat())


def ask_summary(ctx: Context, draft: Draft) -> Screen:
    first = _begins_on(ctx, draft)
    words = phrases.summary(
        name=_name(ctx, draft),
        kind=draft.kind,
        begins_on=first,
        ends_on=draft.ends_on or first,
        reason=draft.reason,
        limit=REASON_LIMIT,
    )
    return Screen(words, [[choice(phrases.ANNOUNCE, "send")]])


def take_summary(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    if answer.incoming.kind is not Kind.BUTTON:
        draft.reason = clean(answer.words(limit=REASON_LIMIT))
        return Step.SUMMARY
    answer.choice("send")
    _announce(ctx, draft)
    return None


def _announce(ctx: Context, draft: Draft) -> None:
    member = _whom(ctx, draft)
    if draft.begins_on is None or draft.ends_on is None:
        raise Refused(common.choose_a_button())
    pause = announce_pause(
        ctx.db,
        member,
        kind=draft.kind,
        begins_on=draft.begins_on,
        ends_on=draft.ends_on,
        reason=draft.reason or None,
        by_id=ctx.me.id,
        policy=ctx.policies.pause,
        checkins=ctx.policies.checkin,
        now=ctx.now,
    )
    _show_result(ctx, member, pause)


def _show_result(ctx: Context, member: Member, pause: Pause) -> None:
    if member.id == ctx.me.id:
        note = phrases.announced_back(begins_on=pause.begins_on, ends_on=pause.ends_on)
        show_pause(ctx, pause, note)
        return
    note = phrases.saved_for(
        name=member.full_name,
        begins_on=pause.begins_on,
        ends_on=pause.ends_on,
        told=hears(ctx.db, member.id),
    )
    show_matter(ctx, matter_of_member(ctx, member.id, Right.ASK_CHECKIN), note=note)


# --- another end, or an early one -----------------------------------------------------------------------------------


def pause_of(ctx: Context, pause_id: int) -> Pause:
    """One's own, or that of somebody for whom one may ask; what is over says so."""
    pause = ctx.db.get(Pause, pause_id)
    if pause is None:
        raise NotEntitled
    if pause.member_id != ctx.me.id:
        matter_of_member(ctx, pause.member_id, Right.ASK_CHECKIN)
    if pause.ended_at is not None:
        raise PauseOver
    return pause


def change_end(ctx: Context, arguments: list[str]) -> None:
    pause = pause_of(ctx, number_or_0(arguments))
    begin(ctx, FLOW, Step.UNTIL, Draft(member_id=pause.member_id, pause_id=pause.id))


def _change(ctx: Context, draft: Draft, ends_on: date) -> None:
    pause = pause_of(ctx, draft.pause_id)
    change_pause(
        ctx.db,
        pause,
        ends_on=ends_on,
        by_id=ctx.me.id,
        policy=ctx.policies.pause,
        checkins=ctx.policies.checkin,
        now=ctx.now,
    )
    _show_result(ctx, ctx.db.get_one(Member, pause.member_id), pause)


def end(ctx: Context, arguments: list[str]) -> None:
    """Asked once whether it is meant."""
    pause = pause_of(ctx, number_or_0(arguments))
    if arguments[1:] != ["yes"]:
        keep = "pause:see" if pause.member_id == ctx.me.id else f"desk:who:{pause.member_id}"
        yes = Button(phrases.END_YES, f"pause:end:{pause.id}:yes")
        ctx.show(phrases.sure_to_end(), [[yes], [Button(phrases.KEEP, keep)]])
        return
    asked = end_pause(
        ctx.db,
        pause,
        by_id=ctx.me.id,
        policy=ctx.policies.pause,
        checkins=ctx.policies.checkin,
        now=ctx.now,
    )
    if pause.member_id == ctx.me.id:
        _show_what_follows(ctx, asked)
    else:
        show_matter(ctx, matter_of_member(ctx, pause.member_id, Right.ASK_CHECKIN), note=phrases.ended())


def _show_what_follows(ctx: Context, asked: Checkin | None) -> None:
    """The question that the pause had silenced, at once, or when the next one comes."""
    if asked is not None:
        question = checkin_words.it_is_time(period=asked.period, due_at=asked.due_at, zone=ctx.zone)
        ctx.show(common.paragraph(phrases.ended(), question), [*ways_to_answer(asked.id), MENU])
        return
    planned = planned_checkin(ctx.db, ctx.me.id)
    words = checkin_words.nothing_due(next_at=planned.opens_at if planned else None, zone=ctx.zone)
    ctx.show(common.paragraph(phrases.ended(), words), [MENU])


FLOW: Flow[Draft] = Flow(
    "pausing",
    phrases.ABOUT,
    Draft,
    {
        Step.KIND: Question(ask_kind, take_kind),
        Step.FROM: Question(ask_from, take_from),
        Step.UNTIL: Question(ask_until, take_until),
        Step.SUMMARY: Question(ask_summary, take_summary),
    },
    right=_whom,
    own_words=lambda ctx, draft: draft.member_id in (0, ctx.me.id),
)

TAPS: list[Tap] = [
    Tap("pause:see", see),
    Tap("pause:new", new),
    Tap("pause:for", for_somebody),
    Tap("pause:until", change_end),
    Tap("pause:end", end),
]
