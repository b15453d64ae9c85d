"""Roll call: a list of names, each with what is known; a name, and what the desk says of it."""

from __future__ import annotations

from datetime import datetime

from handlers.arguments import number_or_0
from handlers.context import Context
from handlers.desk.door import PAGE, Row, cell_of, page_of, turning
from models.attendance import (
    LEFT_EARLY,
    Presence,
    call_name,
    call_the_rest,
    clock,
    presence_of,
    presences,
    require_callable,
    rest_for,
    statements_of,
)
from models.meeting import How, Invitation, Meeting, Said, deaf, invitation_for
from models.member import Member
from models.outbox import Button
from models.phrases import attendance as phrases
from models.phrases import common
from models.phrases.text import Text
from models.rights import NotEntitled, Right

CODES = {  # a button's data is short
    "in": How.IN_PERSON.value,
    "on": How.ONLINE.value,
    "left": LEFT_EARLY,
    "ex": How.EXCUSED.value,
    "un": How.UNEXCUSED.value,
}
FOR_ALL = ("in", "on", "un")  # what can be said of all the others at once
MENU = Button(common.MENU, "nav:menu")


def meeting_of(ctx: Context, meeting_id: int) -> Meeting:
    """A meeting of a cell whose minutes one keeps."""
    meeting = ctx.db.get(Meeting, meeting_id)
    if meeting is None:
        raise NotEntitled
    cell_of(ctx, meeting.cell_id, Right.KEEP_MINUTES)
    return meeting


def _said(arguments: list[str]) -> Said:
    return Said.END if arguments[1:2] == ["end"] else Said.START


def show_roll(ctx: Context, arguments: list[str], note: Text | None = None) -> None:
    """attendance:roll:meeting:start|end:page"""
    meeting, said = meeting_of(ctx, number_or_0(arguments)), _said(arguments)
    require_callable(meeting, now=ctx.now)
    people = presences(ctx.db, meeting)
    page, pages = page_of(number_or_0(arguments, 2), len(people))
    words = phrases.roll(end=said == Said.END, page=page, pages=pages)
    rows: list[Row] = [
        [Button(_line(one), f"attendance:who:{meeting.id}:{said}:{one.member.id}")]
        for one in people[page * PAGE : (page + 1) * PAGE]
    ]
    turn = turning(page, pages, lambda to: f"attendance:roll:{meeting.id}:{said}:{to}")
    back = [Button(phrases.AFTER, f"attendance:open:{meeting.id}"), MENU]
    ctx.show(
        common.paragraph(note, words) if note else words,
        [*rows, turn, *_for_the_rest(ctx, meeting, said, people), back],
    )


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
    """attendance:who:meeting:start|end:member; all that was said, and what the desk can say."""
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
    """attendance:mark:meeting:start|end:member:code; the list comes back at the page of that name."""
    meeting, said = meeting_of(ctx, number_or_0(arguments)), _said(arguments)
    invitation = _invited(ctx, meeting, number_or_0(arguments, 2))
    word = CODES.get(arguments[3] if len(arguments) > 3 else "")
    if word is None:
        show_one(ctx, arguments)
        return
    call_name(ctx.db, meeting, invitation, said, word, by_id=ctx.me.id, now=ctx.now)
    ids = [one.member.id for one in presences(ctx.db, meeting)]
    page = ids.index(invitation.member_id) // PAGE if invitation.member_id in ids else 0
    show_roll(ctx, [str(meeting.id), said, str(page)])


def mark_the_rest(ctx: Context, arguments: list[str]) -> None:
    """attendance:rest:meeting:start|end:code[:yes]; who is absent without a reason is asked about once more, by name."""
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
