"""Roll call: a list of names, each with what is known; a name, and what the desk says of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.desk.desk.door import cell_of
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import Row, paged
from models.delivery.message import Button
from models.meeting.attendance import (
    LEFT_EARLY,
    Presence,
    call_name,
    call_the_rest,
    clock,
    ends_at,
    presence_of,
    presences,
    require_callable,
    rest_for,
    statements_of,
)
from models.meeting.meeting import How, Invitation, Meeting, Said, deaf, invitation_for
from models.people.member import Member
from models.people.rights import NotEntitled, Right
from models.phrases import common
from models.phrases.meeting import attendance as phrases
from models.phrases.text import Text, raw

CODES = {  # a button's data is short
    "in": How.IN_PERSON.value,
    "on": How.ONLINE.value,
    "left": LEFT_EARLY,
    "ex": How.EXCUSED.value,
    "un": How.UNEXCUSED.value,
}
FOR_ALL = ("in", "on", "un")  # what can be said of all the others at once
_NAMES = 6  # on one screen of a roll call, beside what is said of the rest and the way back
MENU = Button(common.MENU, "nav:menu")


def meeting_of(ctx: Context, meeting_id: int) -> Meeting:
    """Return a meeting of a cell whose minutes one keeps."""
    meeting = ctx.db.get(Meeting, meeting_id)
    if meeting is None:
        raise NotEntitled
    cell_of(ctx, meeting.cell_id, Right.KEEP_MINUTES)
    return meeting


def _said(arguments: list[str]) -> Said:
    return Said.END if arguments[1:2] == ["end"] else Said.START


def show_roll(ctx: Context, arguments: list[str], note: Text | None = None) -> None:
    """Show the roll: attendance:roll:meeting:start|end:page."""
    meeting, said = meeting_of(ctx, number_or_0(arguments)), _said(arguments)
    require_callable(meeting, now=ctx.now)
    people = presences(ctx.db, meeting)
    to = f"{meeting.id}:{said}"
    open_ = sum(one.is_open for one in people)
    rest = [Button(phrases.others(count=open_), f"attendance:others:{to}")] if open_ else []
    back = [Button(phrases.AFTER, f"attendance:open:{meeting.id}")]
    rows, turn = paged(people, number_or_0(arguments, 2), _NAMES, lambda page: f"attendance:roll:{to}:{page}")
    words = phrases.roll(end=said == Said.END, count=len(people), open_count=open_)
    names = [[Button(_line(one), f"attendance:who:{to}:{one.member.id}")] for one in rows]
    ctx.show(common.paragraph(note, words) if note else words, [*names, turn, rest, back])


def show_the_rest(ctx: Context, arguments: list[str]) -> None:
    """Show what can be said at once of all about whom nothing is known: attendance:others:meeting:start|end."""
    meeting, said = meeting_of(ctx, number_or_0(arguments)), _said(arguments)
    require_callable(meeting, now=ctx.now)
    people = presences(ctx.db, meeting)
    names = [one.member.full_name for one in people if one.is_open]
    back = [Button(phrases.NAMES, f"attendance:roll:{meeting.id}:{said}:0"), MENU]
    ctx.show(phrases.who_is_open(names=names), [*_for_the_rest(ctx, meeting, said, people), back])


def _for_the_rest(ctx: Context, meeting: Meeting, said: Said, people: list[Presence]) -> list[Row]:
    found = [(code, rest_for(people, meeting, How(CODES[code]), now=ctx.now)) for code in FOR_ALL]
    return [
        [
            Button(
                phrases.rest(how=CODES[code], count=len(rest)), f"attendance:rest:{meeting.id}:{said}:{code}"
            )
        ]
        for code, rest in found
        if rest
    ]


def _line(one: Presence) -> Text:
    return phrases.roll_line(
        name=one.member.full_name,
        how=one.how,
        capacity=one.invitation.capacity,
        since=clock(one.from_at) if one.from_at else "",
        until=clock(one.until_at) if one.until_at else "",
    )


def show_one(ctx: Context, arguments: list[str]) -> None:
    """Show all that was said of one, and what the desk can say: attendance:who:meeting:start|end:member."""
    meeting, said = meeting_of(ctx, number_or_0(arguments)), _said(arguments)
    require_callable(meeting, now=ctx.now)
    invitation = _invited(ctx, meeting, number_or_0(arguments, 2))
    presence = presence_of(ctx.db, meeting, invitation)
    words = phrases.one(
        name=presence.member.full_name,
        how=presence.how,
        capacity=invitation.capacity,
        said=_kept(ctx, meeting, presence.member),
        zone=ctx.zone,
    )
    codes = [code for code in CODES if said == Said.END or code != "left"]
    to = f"attendance:mark:{meeting.id}:{said}:{invitation.member_id}"
    rows = [[Button(phrases.WORDS[CODES[code]], f"{to}:{code}")] for code in codes]
    ctx.show(words, [*rows, [Button(phrases.NAMES, f"attendance:roll:{meeting.id}:{said}:0"), MENU]])


def _invited(ctx: Context, meeting: Meeting, member_id: int) -> Invitation:
    invitation = invitation_for(ctx.db, meeting.id, member_id)
    if invitation is None:
        raise NotEntitled
    return invitation


def _kept(ctx: Context, meeting: Meeting, member: Member) -> list[tuple[str, str, datetime, str]]:
    found = []
    for one in statements_of(ctx.db, meeting.id, member.id):
        by = ctx.db.get(Member, one.by_id) if one.by_id and one.by_id != member.id else None
        how = LEFT_EARLY if one.until_at is not None else one.how
        found.append((one.said, how, one.at, by.full_name if by else ""))
    return found


def mark(ctx: Context, arguments: list[str]) -> None:
    """Mark one: attendance:mark:meeting:start|end:member:code. The list comes back at the page of that name."""
    meeting, said = meeting_of(ctx, number_or_0(arguments)), _said(arguments)
    invitation = _invited(ctx, meeting, number_or_0(arguments, 2))
    word = CODES.get(arguments[3] if len(arguments) > 3 else "")
    if word is None:
        show_one(ctx, arguments)
        return
    if word == LEFT_EARLY:
        _ask_when(ctx, meeting, invitation)
        return
    call_name(ctx.db, meeting, invitation, said, word, by_id=ctx.me.id, now=ctx.now)
    _show_roll_at(ctx, meeting, said, invitation)


def mark_left(ctx: Context, arguments: list[str]) -> None:
    """Mark who left before the end, and when: attendance:off:meeting:member:hhmm."""
    meeting = meeting_of(ctx, number_or_0(arguments))
    require_callable(meeting, now=ctx.now)
    invitation = _invited(ctx, meeting, number_or_0(arguments, 1))
    at = next((at for at in _ends(ctx, meeting) if _digits(at) == "".join(arguments[2:3])), None)
    if at is None:
        _ask_when(ctx, meeting, invitation)
        return
    call_name(ctx.db, meeting, invitation, Said.END, LEFT_EARLY, by_id=ctx.me.id, now=ctx.now, left_at=at)
    _show_roll_at(ctx, meeting, Said.END, invitation)


def _digits(at: datetime) -> str:
    return clock(at).replace(":", "")


def _show_roll_at(ctx: Context, meeting: Meeting, said: Said, invitation: Invitation) -> None:
    """The list, at the page of that name."""
    ids = [one.member.id for one in presences(ctx.db, meeting)]
    # as `paged` cuts the list: the buttons that turn take two names' room
    size = _NAMES if len(ids) <= _NAMES else _NAMES - 2
    page = ids.index(invitation.member_id) // size if invitation.member_id in ids else 0
    show_roll(ctx, [str(meeting.id), said, str(page)])


def _ends(ctx: Context, meeting: Meeting) -> list[datetime]:
    """Hours at which somebody may have left: five parts of the meeting, and now while it is on."""
    parts = [timedelta(minutes=round(meeting.minutes * part / 6 / 5) * 5) for part in range(1, 6)]  # to 5 min
    found = [meeting.starts_at + part for part in parts if meeting.starts_at + part < ctx.now]
    running = ctx.now < ends_at(meeting)
    return [*found, ctx.now.replace(second=0, microsecond=0)] if running else found


def _ask_when(ctx: Context, meeting: Meeting, invitation: Invitation) -> None:
    """An hour is never assumed: it stands in the minutes."""
    require_callable(meeting, now=ctx.now)
    member, to = ctx.db.get_one(Member, invitation.member_id), f"attendance:off:{meeting.id}"
    hours = dict.fromkeys(_ends(ctx, meeting))
    rows = [[Button(raw(clock(at)), f"{to}:{member.id}:{_digits(at)}")] for at in hours]
    back = [Button(phrases.NAMES, f"attendance:roll:{meeting.id}:{Said.END}:0")]
    ctx.show(phrases.left_when(name=member.full_name), [*rows, back])


def mark_the_rest(ctx: Context, arguments: list[str]) -> None:
    """Mark all others: attendance:rest:meeting:start|end:code[:yes].

    Who is absent without a reason is asked about once more, by name.
    """
    meeting, said = meeting_of(ctx, number_or_0(arguments)), _said(arguments)
    how = How(CODES[arguments[2]]) if arguments[2:] and arguments[2] in FOR_ALL else How.IN_PERSON
    if how is How.UNEXCUSED and arguments[3:] != ["yes"]:
        _ask_about_the_rest(ctx, meeting, said)
        return
    rest = call_the_rest(ctx.db, meeting, said, how, by_id=ctx.me.id, now=ctx.now)
    names = [one.member.full_name for one in rest]
    note = phrases.rest_back(how=how, names=names) if names else None
    show_roll(ctx, [str(meeting.id), said, "0"], note)


def _ask_about_the_rest(ctx: Context, meeting: Meeting, said: Said) -> None:
    require_callable(meeting, now=ctx.now)
    rest = rest_for(presences(ctx.db, meeting), meeting, How.UNEXCUSED, now=ctx.now)
    if not rest:
        show_roll(ctx, [str(meeting.id), said, "0"])
        return
    to = f"{meeting.id}:{said}"
    yes = [Button(phrases.YES_REST, f"attendance:rest:{to}:un:yes")]
    unreached = deaf(ctx.db, [one.member for one in rest])
    words = phrases.sure_rest(
        names=[one.member.full_name for one in rest], deaf=[member.full_name for member, _ in unreached]
    )
    ctx.show(words, [yes, [Button(phrases.NAMES, f"attendance:roll:{to}:0"), MENU]])
