"""The form: a meeting is called, or changed. What has no answer yet is asked, in this order; then the overview.

new ──> as last time? ──> form ──> paper ──> day, clock ──> place ──> link ──> agenda ──> matters ──> overview ──send
              │            ^                                                                          │  ^
              └─ copied: only what a new meeting needs anew      papers; fix, rest: each again <──────┘  │
change ──> fix ──────────────────────────────────────────────────────────────────────────────────────────┘

It is a regular meeting of the usual length until somebody says otherwise; the overview says so, and has a button for it.
Of a copy the agenda is not taken: what was dealt with last time is dealt with.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from handlers.desk.desk.door import cell_of
from handlers.ground.arguments import number_or_0, whole
from handlers.ground.context import Answer, Context, FileKind
from handlers.ground.conversation import choice
from handlers.ground.days import read_day
from handlers.ground.form import AGAIN, At, Field, FieldKind, Form, Offer, OneOf, Prose, Row, Shape, beside
from handlers.ground.scans import papers, take_scan
from handlers.meeting.meeting.door import desk_meeting
from handlers.meeting.meeting.draft import (
    IN_ORDER,
    Draft,
    Step,
    ask_again,
    next_step,
    open_of_copy,
    starts_at_of,
    still_open,
)
from handlers.meeting.meeting.overview import LOOKING, send
from handlers.meeting.meeting.screens import show_meeting
from handlers.meeting.meeting.standing import CLOCKS, Clock
from models.delivery.conversation import conversation_in
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, add_months
from models.ground.errors import Refused
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
from models.people.unit import Unit
from models.phrases.meeting import meeting as meeting_words, meeting_form as words
from models.phrases.text import Text, raw

_AGENDA, _PLACE, _PAPER = 2500, 300, 200  # characters
_MOST_ROOMS = 5
_EVENING = (Step.DAY, Step.CLOCK)

Here = At[Draft, Unit]


# --- doors ----------------------------------------------------------------------------------------------------------


def begin_new(ctx: Context, arguments: list[str]) -> None:
    """Begin to call a meeting: `<cell>`, or `<cell>:<day>:<clock>` where another room proposes an evening."""
    cell = cell_of(ctx, number_or_0(arguments), Right.CALL_MEETING)
    draft = Draft(cell_id=cell.id, minutes=ctx.policies.meeting.minutes)
    first = Step.COPY if last_meeting(ctx.db, cell.id) else Step.FORM
    row = conversation_in(ctx.db, ctx.address, FLOW.room)
    begun = Draft.model_validate_json(row.draft or "{}") if row else draft
    same = not begun.meeting_id and begun.cell_id == cell.id  # else what was begun is about another meeting
    if len(arguments) == 3 and (clock := read_clock(arguments[2])):
        draft.day, draft.clock = read_day(arguments[1], near=home_day(ctx.now)), f"{clock:%H:%M}"
        if (starts_at_of(draft) or ctx.now) <= ctx.now:
            raise Refused(meeting_words.in_the_past())
        draft.asked, same = list(_EVENING), False  # what was begun knows nothing of that evening
    FLOW.begin(ctx, draft, first, resume=same)


def begin_proposed(ctx: Context, arguments: list[str]) -> None:
    """Begin to call a meeting that the standing date proposed. Only what a new meeting needs anew is asked."""
    meeting = desk_meeting(ctx, number_or_0(arguments))
    if meeting.state != MeetingState.PROPOSED:
        show_meeting(ctx, meeting)
        return
    _begin_with(ctx, meeting, changes=False)


def _may(ctx: Context, draft: Draft) -> Unit:
    cell = cell_of(ctx, draft.cell_id, Right.CALL_MEETING)
    if draft.meeting_id:
        desk_meeting(ctx, draft.meeting_id)
    return cell


def begin_change(ctx: Context, arguments: list[str]) -> None:
    meeting = desk_meeting(ctx, number_or_0(arguments))
    if meeting.state not in (MeetingState.CALLED, MeetingState.POSTPONED):
        raise MeetingGone(meeting)
    _begin_with(ctx, meeting, changes=True)


def _begin_with(ctx: Context, meeting: Meeting, *, changes: bool) -> None:
    brief = brief_of(ctx.db, meeting)
    draft = Draft(**brief.model_dump(), cell_id=meeting.cell_id, meeting_id=meeting.id)
    # the overview refuses to send where somebody else has changed the meeting since this edition
    draft.changes, draft.edition = changes, meeting.edition
    local = meeting.starts_at.astimezone(ZoneInfo(HOME_ZONE))
    draft.day, draft.clock, draft.asked = local.date(), f"{local:%H:%M}", list(IN_ORDER)
    # postponed means that the new day is not known yet: the old one is no answer
    if meeting.state == MeetingState.POSTPONED:
        draft.day = None
        ask_again(draft, Step.DAY, Step.CLOCK)
    if not changes:
        ask_again(draft, *open_of_copy(draft))
    first = next_step(draft)
    FLOW.begin(ctx, draft, Step.FIX if changes and first is Step.OVERVIEW else first)


# --- as last time ---------------------------------------------------------------------------------------------------


def _ask_copy(at: Here) -> Text:
    last = last_meeting(at.ctx.db, at.subject.id)
    return words.copy_or_anew(starts_at=last.starts_at if last else at.ctx.now)


def _put_copy(at: Here, said: str) -> Step:
    ctx, draft = at.ctx, at.draft
    proposed = [step for step in _EVENING if step in draft.asked and draft.day]
    if said == "anew":
        draft.asked = proposed
        return Step.FORM
    brief = copied_brief(ctx.db, at.subject.id, ctx.policies.meeting)
    for name in ("kind", "form", "minutes", "paper", "place", "link", "agenda"):
        setattr(draft, name, getattr(brief, name))
    draft.asked = [step for step in IN_ORDER if step not in (*_EVENING, *open_of_copy(draft))]
    draft.asked += proposed
    if not proposed and (clock := _usual_clock(at)):
        draft.clock = clock
        draft.asked.append(Step.CLOCK)
    return next_step(draft)


def _as_last(what: str, label: Text = words.COPY) -> Callable[[Here], list[Offer]]:
    """Return the offer that takes over what the last meeting had."""

    def offers(at: Here) -> list[Offer]:
        last = last_meeting(at.ctx.db, at.subject.id)
        had = getattr(last, what) if last is not None else None
        return [Offer(label, "last", had)] if had else []

    return offers


# --- kind, form, paper ----------------------------------------------------------------------------------------------


def _put_kind(at: Here, kind: MeetingKind) -> None:
    at.draft.kind = kind
    # a thematic session has a longer least length (the source stands at the policy)
    at.draft.minutes = max(at.draft.minutes, least_minutes(kind, at.ctx.policies.meeting))


def _ask_form(at: Here) -> Text:
    away, counted = away_count(at.ctx.db, at.subject.id, on=at.draft.day or home_day(at.ctx.now))
    return words.which_form(away=away, counted=counted, percent=at.ctx.policies.meeting.online_percent)


def _put_form(at: Here, form: MeetingForm) -> None:
    draft = at.draft
    draft.form = form
    missing = {Step.LINK: draft.link, Step.PLACE: draft.place, Step.PAPER: draft.paper}
    # what is never online is asked each time there is a link, so another form asks it again (decisions/0019)
    ask_again(draft, Step.MATTERS, *(step for step, value in missing.items() if not value))
    draft.in_room_only = False


def _paper_needed(at: Here) -> bool:
    return at.draft.form is MeetingForm.ONLINE and at.ctx.policies.meeting.online_needs_paper


# --- when -----------------------------------------------------------------------------------------------------------


class DayAndClock(FieldKind[Draft, Unit]):
    """A day, tapped or typed, with the hour of the meeting where one stands beside it."""

    def shape(self, at: Here) -> Shape | None:
        return Shape.LINE

    def rows(self, at: Here) -> list[Row]:
        clock = at.draft.clock or _usual_clock(at)
        buttons = [
            choice(words.day_button(day=day, clock=clock), f"{day.isoformat()} {clock}".strip())
            for day in _days(at)
        ]
        return beside(buttons, 1 if clock else 2)

    def sent(self, at: Here, answer: Answer) -> tuple[date, time | None]:
        said = answer.words(limit=4096) if answer.value is None else answer.value
        typed, clock = split_clock(said)
        day, policy = read_day(typed, near=at.today), at.ctx.policies.meeting
        if day > at.today + timedelta(days=policy.farthest_days):
            raise Refused(meeting_words.too_far(days=policy.farthest_days))
        if day < at.today or (clock is not None and at_home(day, clock) <= at.ctx.now):
            raise Refused(meeting_words.in_the_past())
        return day, clock

    def tapped(self, at: Here, key: str) -> tuple[date, time | None]:
        return self.sent(at, Answer(at.ctx.incoming, key))

    def put(self, at: Here, name: str, value: tuple[date, time | None]) -> Step:
        draft, (day, clock) = at.draft, value
        draft.day = day
        if clock is not None:
            draft.clock = f"{clock:%H:%M}"
            return next_step(draft, Step.DAY, Step.CLOCK)
        if (starts_at_of(draft) or at.ctx.now) <= at.ctx.now:
            ask_again(draft, Step.CLOCK)
        return next_step(draft, Step.DAY)


def _usual_clock(at: Here) -> str:
    """The hour of the standing date, else of the last meeting; empty: the cell has neither."""
    known, last = standing_of(at.ctx.db, at.subject.id), last_meeting(at.ctx.db, at.subject.id)
    if known is not None and known.next_at is not None:
        return known.plan.clock
    return f"{last.starts_at.astimezone(ZoneInfo(HOME_ZONE)):%H:%M}" if last is not None else ""


def _days(at: Here) -> list[date]:
    """The standing day (else the usual 3rd), and the next week-end."""
    today, policy, calendar = at.today, at.ctx.policies.meeting, at.ctx.policies.workday
    known = standing_of(at.ctx.db, at.subject.id)
    days = []
    for month in (today.replace(day=1), add_months(today, 1)):
        third = month.replace(day=policy.standing_day)
        usual = third if is_workday(third, calendar) else add_workdays(third, 1, calendar)
        days.append(standing_day(month, known.plan, calendar) if known else usual)
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    return sorted(
        dict.fromkeys(day for day in (*days, saturday, saturday + timedelta(days=1)) if day > today)
    )


class ClockOfDay(Clock[Draft, Unit]):
    """The usual one first; none that has gone by."""

    def rows(self, at: Here) -> list[Row]:
        first = [at.draft.clock] if at.draft.clock else []
        return self.offer([*first, *(clock for clock in CLOCKS if clock != at.draft.clock)], 3)

    def sent(self, at: Here, answer: Answer) -> str:
        clock = super().sent(at, answer)
        if at.draft.day is not None and at_home(at.draft.day, time.fromisoformat(clock)) <= at.ctx.now:
            raise Refused(meeting_words.in_the_past())
        return clock


class Length(FieldKind[Draft, Unit]):
    def shape(self, at: Here) -> Shape | None:
        return Shape.LINE

    def rows(self, at: Here) -> list[Row]:
        return beside([Offer(raw(one), str(one), one) for one in (60, 90, 120, 150, 180)], 5)

    def sent(self, at: Here, answer: Answer) -> int:
        minutes = whole(answer.words(limit=40), least=15, most=600)
        if minutes is None:
            raise Refused(words.number_expected())
        return minutes


# --- where ----------------------------------------------------------------------------------------------------------


class Link(FieldKind[Draft, Unit]):
    """What is pasted is read; where it leads into several rooms, one is chosen."""

    def shape(self, at: Here) -> Shape | None:
        return Shape.LINE

    def rows(self, at: Here) -> list[Row]:
        policy = at.ctx.policies.meeting
        later = Offer(words.LATER, "later", "")
        if at.draft.rooms:
            ways = [
                Offer(words.room(name=room_name(link)), f"room{number}", link)
                for number, link in enumerate(at.draft.rooms)
            ]
            return beside([*ways, later])
        made = [choice(words.MAKE_ROOM, "make")] if policy.jitsi_url else []
        return beside([*made, *(self._read_again(at, one) for one in _as_last("link")(at)), later])

    def _read_again(self, at: Here, last: Offer) -> Button:
        return choice(last.label, last.key)

    def sent(self, at: Here, answer: Answer) -> object:
        return self._read(at, answer.words(limit=4096))

    def tapped(self, at: Here, key: str) -> object:
        if key == "make" and at.ctx.policies.meeting.jitsi_url:
            return make_link(at.ctx.policies.meeting)
        last = [one for one in _as_last("link")(at) if one.key == key and not at.draft.rooms]
        return self._read(at, last[0].value) if last else super().tapped(at, key)

    def _read(self, at: Here, text: str) -> object:
        policy = at.ctx.policies.meeting
        at.draft.rooms = rooms_in(text, policy)[:_MOST_ROOMS]
        return AGAIN if len(at.draft.rooms) > 1 else read_link(text, policy)

    def put(self, at: Here, name: str, value: str) -> None:
        at.draft.link, at.draft.rooms = value, []


# --- what about -----------------------------------------------------------------------------------------------------


def _put_agenda(at: Here, agenda: str) -> None:
    at.draft.agenda = agenda
    # another agenda may touch what is never online
    ask_again(at.draft, Step.MATTERS)


def _ask_matters(at: Here) -> Text:
    """What is never online, and why; asked for every meeting with a link."""
    return words.never_online(found=matters_in(at.draft.agenda), hybrid=at.draft.form is MeetingForm.HYBRID)


def _matters(at: Here) -> list[tuple[Text, str]]:
    offers = [(words.NO_SUCH_MATTER, "none"), (words.MEET_IN_PERSON, "person")]
    return [*offers, (words.IN_ROOM, "room")] if at.draft.form is MeetingForm.HYBRID else offers


def _put_matters(at: Here, said: str) -> None:
    at.draft.in_room_only = said == "room"
    if said == "person":
        at.draft.form = MeetingForm.IN_PERSON
        if not at.draft.place:
            ask_again(at.draft, Step.PLACE)


def _ask_papers(at: Here) -> Text:
    policy = at.ctx.policies.meeting
    return words.which_papers(
        names=[scan.name or f"ảnh {number}" for number, scan in enumerate(at.draft.papers, start=1)],
        most=policy.papers,
        megabytes=policy.paper_megabytes,
        days=policy.papers_days,
    )


class Papers(FieldKind[Draft, Unit]):
    """Several, one after the other, until it is said that these are all."""

    wants = staticmethod(papers)

    def rows(self, at: Here) -> list[Row]:
        done = Offer(words.PAPERS_DONE, "done", at.draft.papers)
        return beside([done, *([Offer(words.NO_PAPERS, "none", [])] if at.draft.papers else [])])

    def sent(self, at: Here, answer: Answer) -> object:
        policy, scan, file = at.ctx.policies.meeting, take_scan(answer), answer.incoming.file
        # only documents are measured below: Telegram makes photos small by itself
        too_big = file is not None and file.size > policy.paper_megabytes * 1_000_000
        if file is not None and file.kind is FileKind.DOCUMENT and too_big:
            raise Refused(words.paper_too_big(megabytes=policy.paper_megabytes))
        if len(at.draft.papers) >= policy.papers:
            raise Refused(words.too_many_papers(most=policy.papers))
        at.draft.papers = [*at.draft.papers, scan]
        return AGAIN


FLOW: Form[Draft, Unit] = Form(
    "meeting_call",
    words.CALLING,
    Draft,
    right=_may,
    fields=(
        Field(
            "copy",
            _ask_copy,
            OneOf(lambda at: [(words.COPY, "copy"), (words.ANEW, "anew")]),
            put=_put_copy,
        ),
        Field(
            "kind",
            lambda at: words.which_kind(),
            OneOf(lambda at: [(words.KIND_BUTTONS[kind], kind) for kind in MeetingKind], in_row=2),
            put=_put_kind,
        ),
        Field(
            "form",
            _ask_form,
            OneOf(lambda at: [(label, MeetingForm(form)) for form, label in words.FORM_BUTTONS.items()]),
            put=_put_form,
        ),
        Field(
            "paper",
            lambda at: words.which_paper(needed=_paper_needed(at)),
            Prose(_PAPER, lambda at, text: read_approval(text, today=at.today)),
            offers=lambda at: [] if _paper_needed(at) else [Offer(words.NO_PAPER_YET, "none", "")],
            after=("form",),
        ),
        Field("day", lambda at: words.which_day(), DayAndClock()),
        Field(
            "clock", lambda at: words.which_clock(day=at.draft.day or at.today), ClockOfDay(), after=("day",)
        ),
        Field(
            "length",
            lambda at: words.which_length(least=least_minutes(at.draft.kind, at.ctx.policies.meeting)),
            Length(),
            into="minutes",
        ),
        Field(
            "place", lambda at: words.which_place(), Prose(_PLACE), offers=_as_last("place"), after=("form",)
        ),
        Field(
            "link",
            lambda at: (
                words.which_room()
                if at.draft.rooms  # what was pasted leads into several
                else words.which_link(can_make=bool(at.ctx.policies.meeting.jitsi_url))
            ),
            Link(),
            after=("form",),
        ),
        Field(
            "agenda",
            lambda at: words.which_agenda(),
            Prose(_AGENDA),
            offers=lambda at: [
                Offer(words.USUAL_AGENDA, "usual", words.THE_USUAL),
                *_as_last("agenda", words.LAST_AGENDA)(at),
            ],
            put=_put_agenda,
        ),
        Field("matters", _ask_matters, OneOf(_matters), put=_put_matters, after=("form", "agenda")),
        Field("papers", _ask_papers, Papers()),
        *LOOKING,
    ),
    onward=lambda at, answered: next_step(at.draft, Step(answered)),
    open=lambda at, asked: [] if asked == Step.COPY else still_open(at.draft),
    save=send,
)
