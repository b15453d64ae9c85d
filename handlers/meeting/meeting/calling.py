"""The form: a meeting is called, or changed. What has no answer yet is asked, in this order; then the overview.

new ──> as last time? ──> form ──> paper ──> day, clock ──> place ──> link ──> agenda ──> matters ──> overview ──send
              │            ^                                                                          │  ^
              └─ copied: only what a new meeting needs anew      papers; fix, rest: each again <──────┘  │
change ──> fix ──────────────────────────────────────────────────────────────────────────────────────────┘

It is a regular meeting of the usual length until somebody says otherwise; the overview says so, and has a button for it.
Of a copy the agenda is not taken: what was dealt with last time is dealt with.
"""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from handlers.desk.desk.door import cell_of
from handlers.ground.arguments import number_or_0, whole
from handlers.ground.context import Answer, Context, FileKind, Kind
from handlers.ground.conversation import Flow, Question, Screen, begin, begin_or_resume, choice
from handlers.ground.days import read_day
from handlers.ground.scans import papers, take_scan
from handlers.meeting.meeting.door import desk_meeting
from handlers.meeting.meeting.draft import (
    IN_ORDER,
    Draft,
    Step,
    ask_again,
    in_rows,
    next_step,
    open_of_copy,
    starts_at_of,
)
from handlers.meeting.meeting.overview import ask_fix, ask_overview, ask_rest, take_fix, take_overview
from handlers.meeting.meeting.screens import show_meeting
from handlers.meeting.meeting.standing import CLOCKS
from models.delivery.conversation import conversation_in
from models.delivery.outbox import Button
from models.ground.clock import HOME_ZONE, add_months
from models.ground.errors import Refused
from models.ground.marking import clean
from models.ground.workdays import add_workdays, is_workday
from models.meeting.meeting import (
    Meeting,
    MeetingForm,
    MeetingGone,
    MeetingKind,
    MeetingState,
    at_home,
    away_count,
    brief_of,
    copied_brief,
    home_day,
    last_meeting,
    least_minutes,
    make_link,
    matters_in,
    read_approval,
    read_clock,
    read_link,
    room_name,
    rooms_in,
    split_clock,
    standing_day,
    standing_of,
)
from models.people.rights import Right
from models.phrases.meeting import meeting as meeting_words, meeting_form as words
from models.phrases.text import Text, raw

_AGENDA, _PLACE, _PAPER = 2500, 300, 200  # characters
_MOST_ROOMS = 5


# --- doors ----------------------------------------------------------------------------------------------------------


def begin_new(ctx: Context, arguments: list[str]) -> None:
    cell = cell_of(ctx, number_or_0(arguments), Right.CALL_MEETING)
    draft = Draft(cell_id=cell.id, minutes=ctx.policies.meeting.minutes)
    first = Step.COPY if last_meeting(ctx.db, cell.id) else Step.FORM
    row = conversation_in(ctx.db, ctx.address, FLOW.room)
    begun = Draft.model_validate_json(row.draft or "{}") if row else draft
    if begun.meeting_id or begun.cell_id != cell.id:  # what was begun is about another meeting
        begin(ctx, FLOW, first, draft)
    else:
        begin_or_resume(ctx, FLOW, first, draft)


def begin_proposed(ctx: Context, arguments: list[str]) -> None:
    """A proposal of the standing date: all is filled in but what a new meeting needs anew."""
    meeting = desk_meeting(ctx, number_or_0(arguments))
    if meeting.state != MeetingState.PROPOSED:
        show_meeting(ctx, meeting)
        return
    _begin_with(ctx, meeting, changes=False)


def _may(ctx: Context, draft: Draft) -> None:
    cell_of(ctx, draft.cell_id, Right.CALL_MEETING)
    if draft.meeting_id:
        desk_meeting(ctx, draft.meeting_id)


def begin_change(ctx: Context, arguments: list[str]) -> None:
    meeting = desk_meeting(ctx, number_or_0(arguments))
    if meeting.state not in (MeetingState.CALLED, MeetingState.POSTPONED):
        raise MeetingGone(meeting)
    _begin_with(ctx, meeting, changes=True)


def _begin_with(ctx: Context, meeting: Meeting, *, changes: bool) -> None:
    brief = brief_of(ctx.db, meeting)
    draft = Draft(**brief.model_dump(), cell_id=meeting.cell_id, meeting_id=meeting.id)
    draft.changes, draft.edition = changes, meeting.edition
    local = meeting.starts_at.astimezone(ZoneInfo(HOME_ZONE))
    draft.day, draft.clock, draft.asked = local.date(), f"{local:%H:%M}", list(IN_ORDER)
    if meeting.state == MeetingState.POSTPONED:
        draft.day = None
        ask_again(draft, Step.DAY, Step.CLOCK)
    if not changes:
        ask_again(draft, *open_of_copy(draft))
    first = next_step(draft)
    begin(ctx, FLOW, Step.FIX if changes and first is Step.OVERVIEW else first, draft)


# --- as last time ---------------------------------------------------------------------------------------------------


def ask_copy(ctx: Context, draft: Draft) -> Screen:
    last = last_meeting(ctx.db, draft.cell_id)
    text = words.copy_or_anew(starts_at=last.starts_at if last else ctx.now)
    return Screen(text, [[choice(words.COPY, "copy")], [choice(words.ANEW, "anew")]])


def take_copy(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.choice("copy", "anew") == "anew":
        draft.asked = []
        return Step.FORM
    cell_of(ctx, draft.cell_id, Right.CALL_MEETING)
    brief = copied_brief(ctx.db, draft.cell_id, ctx.policies.meeting)
    for name in ("kind", "form", "minutes", "paper", "place", "link", "agenda"):
        setattr(draft, name, getattr(brief, name))
    draft.asked = [step for step in IN_ORDER if step not in (Step.DAY, Step.CLOCK, *open_of_copy(draft))]
    if clock := _usual_clock(ctx, draft):
        draft.clock = clock
        draft.asked.append(Step.CLOCK)
    return next_step(draft)


# --- kind, form, paper ----------------------------------------------------------------------------------------------


def ask_kind(ctx: Context, draft: Draft) -> Screen:
    buttons = [choice(words.KIND_BUTTONS[kind], kind) for kind in MeetingKind]
    return Screen(words.which_kind(), in_rows(buttons))


def take_kind(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.kind = MeetingKind(answer.choice(*MeetingKind))
    draft.minutes = max(draft.minutes, least_minutes(draft.kind, ctx.policies.meeting))
    return next_step(draft, Step.KIND)


def ask_form(ctx: Context, draft: Draft) -> Screen:
    away, counted = away_count(ctx.db, draft.cell_id, on=draft.day or home_day(ctx.now))
    text = words.which_form(away=away, counted=counted, percent=ctx.policies.meeting.online_percent)
    return Screen(text, [[choice(label, form)] for form, label in words.FORM_BUTTONS.items()])


def take_form(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.form = MeetingForm(answer.choice(*MeetingForm))
    missing = {Step.LINK: draft.link, Step.PLACE: draft.place, Step.PAPER: draft.paper}
    ask_again(draft, Step.MATTERS, *(step for step, value in missing.items() if not value))
    draft.in_room_only = False
    return next_step(draft, Step.FORM)


def _paper_needed(ctx: Context, draft: Draft) -> bool:
    return draft.form is MeetingForm.ONLINE and ctx.policies.meeting.online_needs_paper


def ask_paper(ctx: Context, draft: Draft) -> Screen:
    needed = _paper_needed(ctx, draft)
    rows = [] if needed else [[choice(words.NO_PAPER_YET, "none")]]
    return Screen(words.which_paper(needed=needed), rows)


def take_paper(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.incoming.kind is Kind.BUTTON:
        answer.choice("none")
        if _paper_needed(ctx, draft):
            raise Refused(meeting_words.paper_needed())
        draft.paper = ""
    else:
        draft.paper = read_approval(clean(answer.words(limit=_PAPER)), today=home_day(ctx.now))
    return next_step(draft, Step.PAPER)


# --- when -----------------------------------------------------------------------------------------------------------


def ask_day(ctx: Context, draft: Draft) -> Screen:
    clock = draft.clock or _usual_clock(ctx, draft)
    buttons = [
        choice(words.day_button(day=day, clock=clock), f"{day.isoformat()} {clock}".strip())
        for day in _days(ctx, draft)
    ]
    return Screen(words.which_day(), [[button] for button in buttons] if clock else in_rows(buttons))


def _usual_clock(ctx: Context, draft: Draft) -> str:
    """The hour of the standing date, else of the last meeting; empty: the cell has neither."""
    known, last = standing_of(ctx.db, draft.cell_id), last_meeting(ctx.db, draft.cell_id)
    if known is not None and known.next_at is not None:
        return known.plan.clock
    return f"{last.starts_at.astimezone(ZoneInfo(HOME_ZONE)):%H:%M}" if last is not None else ""


def _days(ctx: Context, draft: Draft) -> list[date]:
    """The standing day (else the usual 3rd), and the next week-end."""
    today, policy, calendar = home_day(ctx.now), ctx.policies.meeting, ctx.policies.workday
    known = standing_of(ctx.db, draft.cell_id)
    days = []
    for month in (today.replace(day=1), add_months(today, 1)):
        third = month.replace(day=policy.standing_day)
        usual = third if is_workday(third, calendar) else add_workdays(third, 1, calendar)
        days.append(standing_day(month, known.plan, calendar) if known else usual)
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    return sorted(
        dict.fromkeys(day for day in (*days, saturday, saturday + timedelta(days=1)) if day > today)
    )


def take_day(ctx: Context, draft: Draft, answer: Answer) -> Step:
    said = answer.words(limit=4096) if answer.value is None else answer.value
    typed, clock = split_clock(said)
    day, policy = read_day(typed, near=home_day(ctx.now)), ctx.policies.meeting
    if day < home_day(ctx.now):
        raise Refused(meeting_words.in_the_past())
    if day > home_day(ctx.now) + timedelta(days=policy.farthest_days):
        raise Refused(meeting_words.too_far(days=policy.farthest_days))
    if clock is not None and at_home(day, clock) <= ctx.now:
        raise Refused(meeting_words.in_the_past())
    draft.day = day
    if clock is not None:
        draft.clock = f"{clock:%H:%M}"
        return next_step(draft, Step.DAY, Step.CLOCK)
    if starts_at_of(draft) is None or (starts_at_of(draft) or ctx.now) <= ctx.now:
        ask_again(draft, Step.CLOCK)
    return next_step(draft, Step.DAY)


def ask_clock(ctx: Context, draft: Draft) -> Screen:
    clocks = [clock for clock in CLOCKS if clock != draft.clock]
    first = [draft.clock] if draft.clock else []
    buttons = [choice(raw(clock), clock) for clock in (*first, *clocks)]
    return Screen(words.which_clock(day=draft.day or home_day(ctx.now)), in_rows(buttons, 3))


def take_clock(ctx: Context, draft: Draft, answer: Answer) -> Step:
    clock = read_clock(answer.words(limit=40) if answer.value is None else answer.value)
    if clock is None:
        raise Refused(words.clock_not_read())
    if draft.day is not None and at_home(draft.day, clock) <= ctx.now:
        raise Refused(meeting_words.in_the_past())
    draft.clock = f"{clock:%H:%M}"
    return next_step(draft, Step.CLOCK)


def ask_length(ctx: Context, draft: Draft) -> Screen:
    least = least_minutes(draft.kind, ctx.policies.meeting)
    buttons = [choice(raw(minutes), str(minutes)) for minutes in (60, 90, 120, 150, 180)]
    return Screen(words.which_length(least=least), [buttons])


def take_length(ctx: Context, draft: Draft, answer: Answer) -> Step:
    typed = answer.words(limit=40) if answer.value is None else answer.value
    minutes = whole(typed, least=15, most=600)
    if minutes is None:
        raise Refused(words.number_expected())
    draft.minutes = minutes
    return next_step(draft, Step.LENGTH)


# --- where ----------------------------------------------------------------------------------------------------------


def ask_place(ctx: Context, draft: Draft) -> Screen:
    return Screen(words.which_place(), _as_last(ctx, draft, "place"))


def take_place(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.place = _last_or_typed(ctx, draft, answer, "place", _PLACE)
    return next_step(draft, Step.PLACE)


def ask_link(ctx: Context, draft: Draft) -> Screen:
    policy = ctx.policies.meeting
    if draft.rooms:  # what was pasted leads into several
        ways = [
            [choice(words.room(name=room_name(link)), f"room{at}")] for at, link in enumerate(draft.rooms)
        ]
        return Screen(words.which_room(), [*ways, [choice(words.LATER, "later")]])
    rows = [[choice(words.MAKE_ROOM, "make")]] if policy.jitsi_url else []
    rows += [*_as_last(ctx, draft, "link"), [choice(words.LATER, "later")]]
    return Screen(words.which_link(can_make=bool(policy.jitsi_url)), rows)


def take_link(ctx: Context, draft: Draft, answer: Answer) -> Step:
    policy = ctx.policies.meeting
    if answer.value == "later":
        draft.link = ""
    elif answer.value == "make" and policy.jitsi_url:
        draft.link = make_link(policy)
    elif draft.rooms and answer.incoming.kind is Kind.BUTTON:
        offered = {f"room{at}": link for at, link in enumerate(draft.rooms)}
        draft.link = offered[answer.choice(*offered)]
    else:
        text = _last_or_typed(ctx, draft, answer, "link", 4096)
        draft.rooms = rooms_in(text, policy)[:_MOST_ROOMS]
        if len(draft.rooms) > 1:
            return Step.LINK
        draft.link = read_link(text, policy)
    draft.rooms = []
    return next_step(draft, Step.LINK)


def _as_last(ctx: Context, draft: Draft, what: str, label: Text = words.COPY) -> list[list[Button]]:
    """What the last meeting had can be had again with one tap."""
    last = last_meeting(ctx.db, draft.cell_id)
    return [[choice(label, "last")]] if last is not None and getattr(last, what) else []


def _last_or_typed(ctx: Context, draft: Draft, answer: Answer, what: str, limit: int) -> str:
    if answer.incoming.kind is not Kind.BUTTON:
        return clean(answer.words(limit=limit))
    answer.choice("last")
    last = last_meeting(ctx.db, draft.cell_id)
    return str(getattr(last, what) or "") if last is not None else ""


# --- what about -----------------------------------------------------------------------------------------------------


def ask_agenda(ctx: Context, draft: Draft) -> Screen:
    return Screen(
        words.which_agenda(),
        [[choice(words.USUAL_AGENDA, "usual")], *_as_last(ctx, draft, "agenda", words.LAST_AGENDA)],
    )


def take_agenda(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.value == "usual":
        draft.agenda = words.THE_USUAL
    else:
        draft.agenda = _last_or_typed(ctx, draft, answer, "agenda", _AGENDA)
    ask_again(draft, Step.MATTERS)
    return next_step(draft, Step.AGENDA)


def ask_matters(ctx: Context, draft: Draft) -> Screen:
    """What is never online, and why; asked for every meeting with a link."""
    hybrid = draft.form is MeetingForm.HYBRID
    rows = [[choice(words.NO_SUCH_MATTER, "none")], [choice(words.MEET_IN_PERSON, "person")]]
    if hybrid:
        rows.append([choice(words.IN_ROOM, "room")])
    return Screen(words.never_online(found=matters_in(draft.agenda), hybrid=hybrid), rows)


def take_matters(ctx: Context, draft: Draft, answer: Answer) -> Step:
    allowed = ("none", "person", "room") if draft.form is MeetingForm.HYBRID else ("none", "person")
    said = answer.choice(*allowed)
    draft.in_room_only = said == "room"
    if said == "person":
        draft.form = MeetingForm.IN_PERSON
        if not draft.place:
            ask_again(draft, Step.PLACE)
    return next_step(draft, Step.MATTERS)


def ask_papers(ctx: Context, draft: Draft) -> Screen:
    policy = ctx.policies.meeting
    text = words.which_papers(
        names=[scan.name or f"ảnh {at}" for at, scan in enumerate(draft.papers, start=1)],
        most=policy.papers,
        megabytes=policy.paper_megabytes,
        days=policy.papers_days,
    )
    rows = [[choice(words.PAPERS_DONE, "done")]]
    if draft.papers:
        rows.append([choice(words.NO_PAPERS, "none")])
    return Screen(text, rows)


def take_papers(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.incoming.kind is Kind.BUTTON:
        if answer.choice("done", "none") == "none":
            draft.papers = []
        return next_step(draft, Step.PAPERS)
    policy, scan = ctx.policies.meeting, take_scan(answer)
    file = answer.incoming.file
    if file is not None and file.kind is FileKind.DOCUMENT and file.size > policy.paper_megabytes * 1_000_000:
        raise Refused(words.paper_too_big(megabytes=policy.paper_megabytes))
    if len(draft.papers) >= policy.papers:
        raise Refused(words.too_many_papers(most=policy.papers))
    draft.papers = [*draft.papers, scan]
    return Step.PAPERS


FLOW: Flow[Draft] = Flow(
    "meeting_call",
    words.CALLING,
    Draft,
    {
        Step.COPY: Question(ask_copy, take_copy),
        Step.KIND: Question(ask_kind, take_kind),
        Step.FORM: Question(ask_form, take_form),
        Step.PAPER: Question(ask_paper, take_paper),
        Step.DAY: Question(ask_day, take_day),
        Step.CLOCK: Question(ask_clock, take_clock),
        Step.LENGTH: Question(ask_length, take_length),
        Step.PLACE: Question(ask_place, take_place),
        Step.LINK: Question(ask_link, take_link),
        Step.AGENDA: Question(ask_agenda, take_agenda),
        Step.MATTERS: Question(ask_matters, take_matters),
        Step.PAPERS: Question(ask_papers, take_papers, wants_file=papers),
        Step.FIX: Question(ask_fix, take_fix),
        Step.REST: Question(ask_rest, take_fix),
        Step.OVERVIEW: Question(ask_overview, take_overview),
    },
    right=_may,
)
