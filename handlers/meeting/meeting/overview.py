"""The overview of the form: what is about to be sent, on whose clocks, whom it does not reach; then it is sent."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from handlers.contact.reach import told_words
from handlers.desk.desk.door import cell_of
from handlers.ground.context import Context
from handlers.ground.form import At, Confirm, Field, Offer, Row, Ways, beside
from handlers.meeting.meeting.door import desk_meeting
from handlers.meeting.meeting.draft import MAIN, OTHER, Draft, Step, needed, next_step, starts_at_of
from handlers.meeting.meeting.screens import show_called, show_meeting
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, NIGHT, local_date
from models.meeting.meeting import (
    Brief,
    Capacity,
    Meeting,
    call_meeting,
    change_meeting,
    deaf,
    entitled,
    has_link,
    has_room,
    home_day,
    invitations_of,
    place_word,
    reached,
)
from models.people.member import Member
from models.people.rights import Right
from models.people.unit import Unit
from models.phrases.meeting import meeting as meeting_words, meeting_form as words
from models.phrases.text import Text, raw


def look_over(at: At[Draft, Unit]) -> Text:
    ctx, draft = at.ctx, at.draft
    people = entitled(ctx.db, draft.cell_id, on=draft.day or home_day(ctx.now))
    return words.overview(
        about=meeting_words.about(_shown(ctx, draft)),
        host=urlsplit(draft.link).hostname or "" if has_link(draft.form) else "",
        paper=draft.paper if has_link(draft.form) else "",
        clocks=_their_clocks(ctx, draft, [member for member, _ in people]),
        invited=len(people),
        deaf=[
            (one.full_name, why)
            for one, why in deaf(ctx.db, [one for one, _ in people if one.id != ctx.me.id])
        ],
        anew=not draft.changes,
    )


def _to(step: Step, label: Text | None = None) -> Offer:
    return Offer(label or words.FIELDS[step], step, step)


def _also(at: At[Draft, Unit]) -> list[Offer | Button]:
    link = at.draft.link if has_link(at.draft.form) else ""
    tries = [Button(words.TRY_LINK, link)] if link else []
    return [*tries, _to(Step.PAPERS), _to(Step.FIX, words.FIX), _to(Step.REST, words.REST)]


def _main(at: At[Draft, Unit]) -> list[Row]:
    rows = beside([_to(step) for step in MAIN if needed(at.draft, step)], 2)
    return [*rows, [_to(Step.OVERVIEW, words.LOOK_OVER)]] if at.draft.changes else rows


def _rest(at: At[Draft, Unit]) -> list[Row]:
    return beside([_to(step) for step in OTHER if step is not Step.PAPER or has_link(at.draft.form)], 2)


LOOKING: tuple[Field[Draft, Unit], ...] = (
    Field("fix", lambda at: words.what_to_change(), Ways(_main), later=True),
    Field("rest", lambda at: words.what_to_change(), Ways(_rest), later=True),
    Field(
        "overview",
        look_over,
        Confirm(lambda at: words.SAVE if at.draft.changes else words.CALL_NOW, "send", also=_also),
    ),
)


def send(at: At[Draft, Unit]) -> Step | None:
    """Send it, unless something is open: that is asked."""
    missing = next_step(at.draft)
    if missing is Step.OVERVIEW:
        _send(at.ctx, at.draft)
    return missing if missing is not Step.OVERVIEW else None


def _send(ctx: Context, draft: Draft) -> None:
    cell = cell_of(ctx, draft.cell_id, Right.CALL_MEETING)
    brief = Brief(**draft.model_dump(include=set(Brief.model_fields)))
    brief.starts_at = starts_at_of(draft)
    policy = ctx.policies.meeting
    meeting = desk_meeting(ctx, draft.meeting_id, lock=True) if draft.meeting_id else None
    if draft.changes and meeting is not None and meeting.edition != draft.edition:
        show_meeting(ctx, meeting, words.changed_meanwhile())
        return
    if draft.changes and meeting is not None:
        changed = change_meeting(ctx.db, meeting, brief, by_id=ctx.me.id, policy=policy, now=ctx.now)
        out = [(one.full_name, why) for one, why in deaf(ctx.db, _others(ctx, meeting))]
        show_meeting(ctx, meeting, words.changed(told_at=meeting.told_at if changed else None, out=out))
        return
    meeting = call_meeting(
        ctx.db, cell.id, brief, by_id=ctx.me.id, policy=policy, now=ctx.now, proposal=meeting
    )
    reach = reached(ctx.db, meeting, "invite", by_id=ctx.me.id, now=ctx.now)
    show_called(ctx, meeting, told_words(reach))


def _others(ctx: Context, meeting: Meeting) -> list[Member]:
    return [one.member for one in invitations_of(ctx.db, meeting.id) if one.member.id != ctx.me.id]


def _shown(ctx: Context, draft: Draft) -> meeting_words.Shown:
    starts_at = starts_at_of(draft)
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
    starts_at = starts_at_of(draft)
    if starts_at is None:
        return []
    home = starts_at.astimezone(ZoneInfo(HOME_ZONE)).utcoffset()
    away = [one for one in people if starts_at.astimezone(ZoneInfo(one.zone)).utcoffset() != home]
    found = {one.zone: one for one in reversed(away)}
    lines = []
    for zone, count in Counter(one.zone for one in away).most_common():
        local = starts_at.astimezone(ZoneInfo(zone))
        night = not NIGHT.ends <= local.time() < NIGHT.begins
        where = place_word(found[zone]) or raw(zone)
        clock = words.clock_there(time=f"{local:%H:%M}", day=local_date(starts_at, zone))
        lines.append(words.on_their_clock(where=where, at=clock, people=count, night=night))
    return lines
