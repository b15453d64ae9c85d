"""The form: a meeting is called, or changed. What has no answer yet is asked, in this order; then the overview.

new ──> as last time? ──> kind ──> form ──> paper ──> day ──> clock ──> place ──> link ──> agenda ──> matters ──> overview ──send
              │             ^                                                                                     │  ^
              └─ copied: only what a new meeting needs anew      length, papers, and each of these again <────────┘  │
change ───────────────────────────────────────────────────────────────────────────────────────────────────────────┘
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field

from handlers.context import Answer, Context, FileKind, Kind
from handlers.conversation import Flow, Question, Screen, begin, begin_or_resume, choice
from handlers.days import take_day as read_day
from handlers.desk.door import cell_of, clean, number
from handlers.meeting.door import desk_meeting
from handlers.meeting.screens import show_meeting
from handlers.meeting.standing import CLOCKS
from handlers.scans import take_scan
from models.clock import HOME_ZONE, QUIET_FROM, QUIET_UNTIL, add_months, local_date
from models.conversation import conversation_in
from models.errors import Refused
from models.meeting import (
    Brief,
    Capacity,
    Meeting,
    MeetingForm,
    MeetingGone,
    MeetingKind,
    MeetingState,
    at_home,
    away_count,
    brief_of,
    call_meeting,
    can_hear,
    change_meeting,
    copied_brief,
    entitled,
    has_link,
    has_room,
    home_day,
    invitations_of,
    last_meeting,
    least_minutes,
    make_link,
    matters_in,
    place_word,
    read_clock,
    read_link,
    standing_day,
    standing_of,
)
from models.member import Member
from models.outbox import Button
from models.phrases import meeting as meeting_words
from models.phrases import meeting_form as words
from models.phrases.text import Text, raw, weekday
from models.rights import Right
from models.workdays import add_workdays, is_workday

_AGENDA, _PLACE, _PAPER = 2500, 300, 200  # characters
_PER_ROW = 2


class Step(StrEnum):
    COPY = "copy"
    KIND = "kind"
    FORM = "form"
    PAPER = "paper"
    DAY = "day"
    CLOCK = "clock"
    LENGTH = "length"
    PLACE = "place"
    LINK = "link"
    AGENDA = "agenda"
    MATTERS = "matters"
    PAPERS = "papers"
    OVERVIEW = "overview"


class Draft(Brief):
    cell_id: int = 0
    meeting_id: int = 0  # a proposal to call, or a meeting to change
    changes: bool = False
    edition: int = 0  # that is being changed
    day: date | None = None
    clock: str = ""
    asked: list[Step] = Field(default_factory=list)


IN_ORDER = (
    Step.KIND,
    Step.FORM,
    Step.PAPER,
    Step.DAY,
    Step.CLOCK,
    Step.PLACE,
    Step.LINK,
    Step.AGENDA,
    Step.MATTERS,
)
OPTIONAL = (Step.LENGTH, Step.PAPERS)  # have a usual answer, and are changed from the overview


def _needed(draft: Draft, step: Step) -> bool:
    if step in (Step.LINK, Step.MATTERS, Step.PAPER):
        return has_link(draft.form)
    return has_room(draft.form) if step is Step.PLACE else True


def _next(draft: Draft, *done: Step) -> Step:
    """The first question that has no answer yet."""
    draft.asked = list(dict.fromkeys([*draft.asked, *done]))
    open_ = [step for step in IN_ORDER if step not in draft.asked and _needed(draft, step)]
    return open_[0] if open_ else Step.OVERVIEW


def _again(draft: Draft, *steps: Step) -> None:
    draft.asked = [step for step in draft.asked if step not in steps]


# --- doors ----------------------------------------------------------------------------------------------------------


def begin_new(ctx: Context, arguments: list[str]) -> None:
    cell = cell_of(ctx, number(arguments), Right.CALL_MEETING)
    draft = Draft(cell_id=cell.id, minutes=ctx.policies.meeting.minutes)
    first = Step.COPY if last_meeting(ctx.db, cell.id) else Step.KIND
    row = conversation_in(ctx.db, ctx.chat_id, FLOW.room)
    begun = Draft.model_validate_json(row.draft or "{}") if row else draft
    if begun.meeting_id or begun.cell_id != cell.id:  # what was begun is about another meeting
        begin(ctx, FLOW, first, draft)
    else:
        begin_or_resume(ctx, FLOW, first, draft)


def begin_proposed(ctx: Context, arguments: list[str]) -> None:
    """A proposal of the standing date: all is filled in but what a new meeting needs anew."""
    meeting = desk_meeting(ctx, number(arguments))
    if meeting.state != MeetingState.PROPOSED:
        show_meeting(ctx, meeting)
        return
    _begin_with(ctx, meeting, changes=False)


def begin_change(ctx: Context, arguments: list[str]) -> None:
    meeting = desk_meeting(ctx, number(arguments))
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
        _again(draft, Step.DAY, Step.CLOCK)
    if not changes:
        _again(draft, *_open_of_copy(draft))
    begin(ctx, FLOW, _next(draft), draft)


def _open_of_copy(draft: Draft) -> list[Step]:
    """What is asked although something was copied: what is not there, and whether it may be online this time."""
    there = {
        Step.PLACE: draft.place,
        Step.LINK: draft.link,
        Step.AGENDA: draft.agenda,
        Step.PAPER: draft.paper or draft.form is not MeetingForm.ONLINE,
    }
    return [Step.MATTERS, *(step for step, value in there.items() if not value)]


# --- as last time ---------------------------------------------------------------------------------------------------


def ask_copy(ctx: Context, draft: Draft) -> Screen:
    last = last_meeting(ctx.db, draft.cell_id)
    text = words.copy_or_anew(starts_at=last.starts_at if last else ctx.now)
    return Screen(text, [[choice(words.COPY, "copy")], [choice(words.ANEW, "anew")]])


def take_copy(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.choice("copy", "anew") == "anew":
        draft.asked = []
        return Step.KIND
    cell_of(ctx, draft.cell_id, Right.CALL_MEETING)
    brief = copied_brief(ctx.db, draft.cell_id, ctx.policies.meeting)
    for name in ("kind", "form", "minutes", "paper", "place", "link", "agenda"):
        setattr(draft, name, getattr(brief, name))
    draft.asked = [step for step in IN_ORDER if step not in (Step.DAY, Step.CLOCK, *_open_of_copy(draft))]
    last = last_meeting(ctx.db, draft.cell_id)
    if last is not None:
        draft.clock = f"{last.starts_at.astimezone(ZoneInfo(HOME_ZONE)):%H:%M}"
        draft.asked.append(Step.CLOCK)
    return _next(draft)


# --- kind, form, paper ----------------------------------------------------------------------------------------------


def ask_kind(ctx: Context, draft: Draft) -> Screen:
    buttons = [choice(words.KIND_BUTTONS[kind], kind) for kind in MeetingKind]
    return Screen(words.which_kind(), _in_rows(buttons))


def take_kind(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.kind = MeetingKind(answer.choice(*MeetingKind))
    draft.minutes = max(draft.minutes, least_minutes(draft.kind, ctx.policies.meeting))
    return _next(draft, Step.KIND)


def ask_form(ctx: Context, draft: Draft) -> Screen:
    away, counted = away_count(ctx.db, draft.cell_id, on=draft.day or home_day(ctx.now))
    text = words.which_form(away=away, counted=counted, percent=ctx.policies.meeting.online_percent)
    return Screen(text, [[choice(label, form)] for form, label in words.FORM_BUTTONS.items()])


def take_form(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.form = MeetingForm(answer.choice(*MeetingForm))
    missing = {Step.LINK: draft.link, Step.PLACE: draft.place, Step.PAPER: draft.paper}
    _again(draft, Step.MATTERS, *(step for step, value in missing.items() if not value))
    draft.in_room_only = False
    return _next(draft, Step.FORM)


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
        draft.paper = clean(answer.words(limit=_PAPER))
    return _next(draft, Step.PAPER)


# --- when -----------------------------------------------------------------------------------------------------------


def ask_day(ctx: Context, draft: Draft) -> Screen:
    buttons = [choice(weekday(day), day.isoformat()) for day in _days(ctx, draft)]
    return Screen(words.which_day(), _in_rows(buttons))


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
    day, policy = read_day(answer, near=home_day(ctx.now)), ctx.policies.meeting
    if day < home_day(ctx.now):
        raise Refused(meeting_words.in_the_past())
    if day > home_day(ctx.now) + timedelta(days=policy.farthest_days):
        raise Refused(meeting_words.too_far(days=policy.farthest_days))
    draft.day = day
    if _starts_at(draft) is None or (_starts_at(draft) or ctx.now) <= ctx.now:
        _again(draft, Step.CLOCK)
    return _next(draft, Step.DAY)


def ask_clock(ctx: Context, draft: Draft) -> Screen:
    clocks = [clock for clock in CLOCKS if clock != draft.clock]
    first = [draft.clock] if draft.clock else []
    buttons = [choice(raw(clock), clock) for clock in (*first, *clocks)]
    return Screen(words.which_clock(day=draft.day or home_day(ctx.now)), _in_rows(buttons, 3))


def take_clock(ctx: Context, draft: Draft, answer: Answer) -> Step:
    clock = read_clock(answer.words(limit=40) if answer.value is None else answer.value)
    if clock is None:
        raise Refused(words.clock_not_read())
    if draft.day is not None and at_home(draft.day, clock) <= ctx.now:
        raise Refused(meeting_words.in_the_past())
    draft.clock = f"{clock:%H:%M}"
    return _next(draft, Step.CLOCK)


def _starts_at(draft: Draft) -> datetime | None:
    clock = read_clock(draft.clock)
    return at_home(draft.day, clock) if draft.day and clock else None


def ask_length(ctx: Context, draft: Draft) -> Screen:
    least = least_minutes(draft.kind, ctx.policies.meeting)
    buttons = [choice(raw(minutes), str(minutes)) for minutes in (60, 90, 120, 150, 180)]
    return Screen(words.which_length(least=least), [buttons])


def take_length(ctx: Context, draft: Draft, answer: Answer) -> Step:
    typed = answer.words(limit=40) if answer.value is None else answer.value
    if not (typed.isascii() and typed.isdigit() and 15 <= int(typed[:6]) <= 600):
        raise Refused(words.number_expected())
    draft.minutes = int(typed)
    return _next(draft, Step.LENGTH)


# --- where ----------------------------------------------------------------------------------------------------------


def ask_place(ctx: Context, draft: Draft) -> Screen:
    return Screen(words.which_place(), _as_last(ctx, draft, "place"))


def take_place(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.place = _last_or_typed(ctx, draft, answer, "place", _PLACE)
    return _next(draft, Step.PLACE)


def ask_link(ctx: Context, draft: Draft) -> Screen:
    policy = ctx.policies.meeting
    rows = [[choice(words.MAKE_ROOM, "make")]] if policy.jitsi_url else []
    rows += [*_as_last(ctx, draft, "link"), [choice(words.LATER, "later")]]
    return Screen(words.which_link(can_make=bool(policy.jitsi_url)), rows)


def take_link(ctx: Context, draft: Draft, answer: Answer) -> Step:
    policy = ctx.policies.meeting
    if answer.value == "later":
        draft.link = ""
    elif answer.value == "make" and policy.jitsi_url:
        draft.link = make_link(policy)
    else:
        draft.link = read_link(_last_or_typed(ctx, draft, answer, "link", 4096), policy)
    return _next(draft, Step.LINK)


def _as_last(ctx: Context, draft: Draft, what: str) -> list[list[Button]]:
    """What the last meeting had can be had again with one tap."""
    last = last_meeting(ctx.db, draft.cell_id)
    return [[choice(words.COPY, "last")]] if last is not None and getattr(last, what) else []


def _last_or_typed(ctx: Context, draft: Draft, answer: Answer, what: str, limit: int) -> str:
    if answer.incoming.kind is not Kind.BUTTON:
        return clean(answer.words(limit=limit))
    answer.choice("last")
    last = last_meeting(ctx.db, draft.cell_id)
    return str(getattr(last, what) or "") if last is not None else ""


# --- what about -----------------------------------------------------------------------------------------------------


def ask_agenda(ctx: Context, draft: Draft) -> Screen:
    return Screen(
        words.which_agenda(), [[choice(words.USUAL_AGENDA, "usual")], *_as_last(ctx, draft, "agenda")]
    )


def take_agenda(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.value == "usual":
        draft.agenda = words.THE_USUAL
    else:
        draft.agenda = _last_or_typed(ctx, draft, answer, "agenda", _AGENDA)
    _again(draft, Step.MATTERS)
    return _next(draft, Step.AGENDA)


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
            _again(draft, Step.PLACE)
    return _next(draft, Step.MATTERS)


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
        return _next(draft, Step.PAPERS)
    policy, scan = ctx.policies.meeting, take_scan(answer)
    file = answer.incoming.file
    if file is not None and file.kind is FileKind.DOCUMENT and file.size > policy.paper_megabytes * 1_000_000:
        raise Refused(words.paper_too_big(megabytes=policy.paper_megabytes))
    if len(draft.papers) >= policy.papers:
        raise Refused(words.too_many_papers(most=policy.papers))
    draft.papers = [*draft.papers, scan]
    return Step.PAPERS


# --- overview -------------------------------------------------------------------------------------------------------


def ask_overview(ctx: Context, draft: Draft) -> Screen:
    people = entitled(ctx.db, draft.cell_id, on=draft.day or home_day(ctx.now))
    text = words.overview(
        about=meeting_words.about(_shown(ctx, draft)),
        host=urlsplit(draft.link).hostname or "" if has_link(draft.form) else "",
        paper=draft.paper if has_link(draft.form) else "",
        clocks=_their_clocks(ctx, draft, [member for member, _ in people]),
        invited=len(people),
        deaf=_deaf(ctx, [member for member, _ in people]),
        anew=not draft.changes,
    )
    rows = [[choice(words.SAVE if draft.changes else words.CALL_NOW, "send")]]
    if draft.link and has_link(draft.form):
        rows.append([Button(words.TRY_LINK, draft.link)])
    steps = [step for step in (*IN_ORDER, *OPTIONAL) if step is not Step.MATTERS and _needed(draft, step)]
    return Screen(text, [*rows, *_in_rows([choice(words.FIELDS[step], step) for step in steps], 3)])


def take_overview(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    said = answer.choice("send", *IN_ORDER, *OPTIONAL)
    if said != "send":
        return Step(said)
    missing = _next(draft)
    if missing is not Step.OVERVIEW:
        return missing
    _send(ctx, draft)
    return None


def _send(ctx: Context, draft: Draft) -> None:
    cell = cell_of(ctx, draft.cell_id, Right.CALL_MEETING)
    brief = Brief(**draft.model_dump(include=set(Brief.model_fields)))
    brief.starts_at = _starts_at(draft)
    policy = ctx.policies.meeting
    meeting = desk_meeting(ctx, draft.meeting_id, lock=True) if draft.meeting_id else None
    if draft.changes and meeting is not None and meeting.edition != draft.edition:
        show_meeting(ctx, meeting, words.changed_meanwhile())
        return
    if draft.changes and meeting is not None:
        changed = change_meeting(ctx.db, meeting, brief, by_id=ctx.me.id, policy=policy, now=ctx.now)
        show_meeting(ctx, meeting, words.changed(told_at=meeting.told_at if changed else None))
        return
    meeting = call_meeting(
        ctx.db, cell.id, brief, by_id=ctx.me.id, policy=policy, now=ctx.now, proposal=meeting
    )
    invited = invitations_of(ctx.db, meeting.id)
    told = sum(one.invitation.knows > 0 and one.member.id != ctx.me.id for one in invited)
    deaf = [one.member.full_name for one in invited if not one.invitation.knows]
    show_meeting(ctx, meeting, words.called(told=told, deaf=deaf))


def _shown(ctx: Context, draft: Draft) -> meeting_words.Shown:
    starts_at = _starts_at(draft)
    return meeting_words.Shown(
        kind=draft.kind,
        form=draft.form,
        starts_at=starts_at,
        minutes=draft.minutes,
        answer_by=starts_at or ctx.now,
        place=draft.place if has_room(draft.form) else "",
        has_link=bool(draft.link),
        agenda=draft.agenda,
        papers=[scan.name or f"ảnh {at}" for at, scan in enumerate(draft.papers, start=1)],
        in_room_only=draft.in_room_only,
        capacity=Capacity.VOTES,
        zone=HOME_ZONE,
        where=None,
    )


def _their_clocks(ctx: Context, draft: Draft, people: list[Member]) -> list[Text]:
    """The meeting on each clock that differs from the cell's on that day, most people first."""
    starts_at = _starts_at(draft)
    if starts_at is None:
        return []
    home = starts_at.astimezone(ZoneInfo(HOME_ZONE)).utcoffset()
    away = [one for one in people if starts_at.astimezone(ZoneInfo(one.zone)).utcoffset() != home]
    found = {one.zone: one for one in reversed(away)}
    lines = []
    for zone, count in Counter(one.zone for one in away).most_common():
        local = starts_at.astimezone(ZoneInfo(zone))
        night = not QUIET_UNTIL <= local.time() < QUIET_FROM
        where = place_word(found[zone]) or raw(zone)
        clock = words.clock_there(time=f"{local:%H:%M}", day=local_date(starts_at, zone))
        lines.append(words.on_their_clock(where=where, at=clock, people=count, night=night))
    return lines


def _deaf(ctx: Context, people: list[Member]) -> list[str]:
    return [one.full_name for one in people if one.id != ctx.me.id and not can_hear(ctx.db, one.id)]


def _in_rows(buttons: list[Button], size: int = _PER_ROW) -> list[list[Button]]:
    return [buttons[at : at + size] for at in range(0, len(buttons), size)]


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
        Step.PAPERS: Question(ask_papers, take_papers),
        Step.OVERVIEW: Question(ask_overview, take_overview),
    },
)
