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

from pydantic import BaseModel

from handlers.desk.desk.door import matter_of_member
from handlers.desk.desk.person import show_matter
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.form import At, Confirm, Day, Field, Form, OneOf, Prose
from handlers.ground.routing import Tap
from models.away.pausing import (
    PauseOver,
    PausePlan,
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
from models.delivery.message import Button
from models.ground.clock import local_date, same_day
from models.ground.errors import Refused
from models.people.member import Member, hears
from models.people.rights import NotEntitled, Right
from models.phrases import common
from models.phrases.contact import checkin as checkin_words, pause as phrases
from models.phrases.text import Text, capital

REASON_LIMIT = 300
MENU = [Button(common.MENU, "nav:menu")]


class Draft(BaseModel):
    member_id: int = 0  # 0: the speaker
    pause_id: int = 0  # the end of this one is changed
    kind: PauseKind = PauseKind.OWN
    begins_on: date | None = None
    ends_on: date | None = None
    reason: str = ""


# --- how it stands --------------------------------------------------------------------------------------------------


def see(ctx: Context, _arguments: list[str]) -> None:
    """Show one's own pause. Who has none is asked for what and how long."""
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
    """Begin a pause for somebody else. The secretary does so from that person's screen."""
    member = matter_of_member(ctx, number_or_0(arguments), Right.ASK_CHECKIN).member
    _begin(ctx, member, Draft(member_id=member.id))


def _begin(ctx: Context, member: Member, draft: Draft) -> None:
    held = open_pause(ctx.db, member.id)
    if held is not None:
        raise Refused(phrases.exists(begins_on=held.begins_on, ends_on=held.ends_on))
    if not asks_to_check_in(ctx.db, member):
        raise Refused(phrases.not_asked())
    FLOW.begin(ctx, draft)


def _whom(ctx: Context, draft: Draft) -> Member:
    """Whose pause it is; the right to speak for another is asked for each time."""
    if draft.member_id in (0, ctx.me.id):
        return ctx.me
    return matter_of_member(ctx, draft.member_id, Right.ASK_CHECKIN).member


Here = At[Draft, Member]


def _name(at: Here) -> str | None:
    return None if at.subject.id == at.ctx.me.id else at.subject.full_name


def _today(at: Here) -> date:
    return local_date(at.ctx.now, at.subject.zone)


def _begins_on(at: Here) -> date:
    if at.draft.pause_id:
        return pause_of(at.ctx, at.draft.pause_id).begins_on
    return at.draft.begins_on or _today(at)


class WhichKind(OneOf[Draft, Member]):
    """One of those that there are; or it is told in one's own words."""

    def sent(self, at: Here, answer: Answer) -> PauseKind:
        at.draft.reason = answer.words(limit=REASON_LIMIT)
        return PauseKind.OTHER


def _first_days(at: Here) -> list[tuple[Text, date]]:
    today = _today(at)
    offers = (
        (phrases.TODAY, today),
        (phrases.TOMORROW, today + timedelta(days=1)),
        (phrases.NEXT_WEEK, today + timedelta(days=7 - today.weekday())),
    )
    days = {on: what for what, on in reversed(offers)}  # on a Sunday tomorrow is next week
    return [(phrases.day_button(what=days[on], on=on), on) for on in sorted(days)]


def _check_first(at: Here, begins_on: date) -> date:
    check_days(begins_on, None, at.ctx.policies.pause, today=_today(at))
    return begins_on


def _last(at: Here) -> date:
    return last_end(at.ctx.policies.pause, begins_on=_begins_on(at), today=_today(at))


def _ends(at: Here) -> list[tuple[Text, date]]:
    since, last = max(_begins_on(at), _today(at)), _last(at)
    offers = {
        "week": since + timedelta(days=7),
        "fortnight": since + timedelta(days=14),
        "month": same_day(since, 1),
        "quarter": same_day(since, 3),
        "longest": last,
    }
    shown = {on: what for what, on in offers.items() if on <= last}
    return [(phrases.day_button(what=phrases.LENGTHS[what], on=on), on) for on, what in sorted(shown.items())]


def _check_last(at: Here, ends_on: date) -> date:
    check_end(_begins_on(at), ends_on, at.ctx.policies.pause, today=_today(at))
    return ends_on


def _look_over(at: Here) -> Text:
    first = _begins_on(at)
    return phrases.summary(
        name=_name(at),
        kind=at.draft.kind,
        begins_on=first,
        ends_on=at.draft.ends_on or first,
        reason=at.draft.reason,
        limit=REASON_LIMIT,
    )


def _is_new(at: Here) -> bool:
    return not at.draft.pause_id


_REASON: Field[Draft, Member] = Field("reason", _look_over, Prose(REASON_LIMIT), later=True)
FLOW: Form[Draft, Member] = Form(
    "pausing",
    phrases.ABOUT,
    Draft,
    right=_whom,
    fields=(
        Field(
            "kind",
            lambda at: phrases.which_kind(name=_name(at)),
            WhichKind(lambda at: [(capital(phrases.KINDS[kind]), kind) for kind in PauseKind]),
            needed=_is_new,
        ),
        Field(
            "from",
            lambda at: phrases.from_when(last=last_beginning(at.ctx.policies.pause, today=_today(at))),
            Day(_today, _check_first, offers=_first_days),
            into="begins_on",
            needed=_is_new,
        ),
        Field(
            "until",
            lambda at: phrases.until_when(last=_last(at), months=at.ctx.policies.pause.longest_months),
            Day(lambda at: max(_begins_on(at), _today(at)), _check_last, offers=_ends),
            into="ends_on",
            after=("from",),
        ),
        _REASON,  # typed under the summary
        Field("summary", _look_over, Confirm(phrases.ANNOUNCE, "send", typed=_REASON), needed=_is_new),
    ),
    save=lambda at: _announce(at) if _is_new(at) else _change(at),
    own_words=lambda ctx, draft: draft.member_id in (0, ctx.me.id),
)


def _announce(at: Here) -> None:
    ctx, draft = at.ctx, at.draft
    if draft.begins_on is None or draft.ends_on is None:
        raise Refused(common.choose_a_button())
    pause = announce_pause(
        ctx.db,
        at.subject,
        PausePlan(
            kind=draft.kind, begins_on=draft.begins_on, ends_on=draft.ends_on, reason=draft.reason or None
        ),
        by_id=ctx.me.id,
        policies=ctx.policies,
        now=ctx.now,
    )
    _show_result(ctx, at.subject, pause)


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
    """Return one's own pause, or that of somebody for whom one may ask. Raise PauseOver where it is over."""
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
    FLOW.begin(ctx, Draft(member_id=pause.member_id, pause_id=pause.id), "until")


def _change(at: Here) -> None:
    ctx, pause = at.ctx, pause_of(at.ctx, at.draft.pause_id)
    change_pause(
        ctx.db,
        pause,
        ends_on=at.draft.ends_on or pause.ends_on,
        by_id=ctx.me.id,
        policy=ctx.policies.pause,
        checkins=ctx.policies.checkin,
        now=ctx.now,
    )
    _show_result(ctx, ctx.db.get_one(Member, pause.member_id), pause)


def end(ctx: Context, arguments: list[str]) -> None:
    """End the pause, after asking once whether it is meant."""
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


TAPS: list[Tap] = [
    Tap("pause:see", see),
    Tap("pause:new", new),
    Tap("pause:for", for_somebody),
    Tap("pause:until", change_end),
    Tap("pause:end", end),
]
