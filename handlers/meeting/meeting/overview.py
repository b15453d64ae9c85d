"""The overview of the form: what is about to be sent, on whose clocks, whom it does not reach; then it is sent."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from handlers.contact.reach import told_words
from handlers.desk.desk.door import cell_of
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Screen, choice
from handlers.meeting.meeting.door import desk_meeting
from handlers.meeting.meeting.draft import MAIN, OTHER, Draft, Step, in_rows, needed, next_step, starts_at_of
from handlers.meeting.meeting.screens import show_called, show_meeting
from models.delivery.outbox import Button
from models.ground.clock import HOME_ZONE, QUIET_FROM, QUIET_UNTIL, local_date
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
from models.phrases.meeting import meeting as meeting_words, meeting_form as words
from models.phrases.text import Text, raw


def ask_overview(ctx: Context, draft: Draft) -> Screen:
    people = entitled(ctx.db, draft.cell_id, on=draft.day or home_day(ctx.now))
    text = words.overview(
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
    rows = [[choice(words.SAVE if draft.changes else words.CALL_NOW, "send")]]
    if draft.link and has_link(draft.form):
        rows.append([Button(words.TRY_LINK, draft.link)])
    rows.append([choice(words.FIELDS[Step.PAPERS], Step.PAPERS)])
    rows += [[choice(words.FIX, Step.FIX)], [choice(words.REST, Step.REST)]]
    return Screen(text, rows)


def ask_fix(ctx: Context, draft: Draft) -> Screen:
    steps = [step for step in MAIN if needed(draft, step)]
    rows = in_rows([choice(words.FIELDS[step], step) for step in steps])
    return Screen(
        words.what_to_change(), [*rows, [choice(words.LOOK_OVER, Step.OVERVIEW)]] if draft.changes else rows
    )


def ask_rest(ctx: Context, draft: Draft) -> Screen:
    steps = [step for step in OTHER if step is not Step.PAPER or has_link(draft.form)]
    return Screen(words.what_to_change(), in_rows([choice(words.FIELDS[step], step) for step in steps]))


def take_fix(ctx: Context, draft: Draft, answer: Answer) -> Step:
    return Step(answer.choice(*MAIN, *OTHER, Step.OVERVIEW))


def take_overview(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    said = answer.choice("send", Step.PAPERS, Step.FIX, Step.REST, *MAIN, *OTHER)
    if said != "send":
        return Step(said)
    missing = next_step(draft)
    if missing is not Step.OVERVIEW:
        return missing
    _send(ctx, draft)
    return None


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
        night = not QUIET_UNTIL <= local.time() < QUIET_FROM
        where = place_word(found[zone]) or raw(zone)
        clock = words.clock_there(time=f"{local:%H:%M}", day=local_date(starts_at, zone))
        lines.append(words.on_their_clock(where=where, at=clock, people=count, night=night))
    return lines
