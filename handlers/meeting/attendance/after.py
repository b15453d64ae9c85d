"""After a meeting: counts, the minutes as a paper, conclusions with receipts, closing."""

from __future__ import annotations

from pydantic import BaseModel

from handlers.contact.reach import told_words
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context, Kind as Sort
from handlers.ground.form import At, Confirm, Field, FieldKind, Form
from handlers.ground.paging import Row
from handlers.ground.scans import papers, send_scan, take_scan
from handlers.meeting.attendance.rolling import MENU, meeting_of
from models.away.away import Scan
from models.contact.reach import reach_of
from models.delivery.message import Attachment, Button
from models.delivery.papers import render_paper
from models.ground.errors import Refused
from models.meeting.attendance import (
    Conclusion,
    NotNow,
    Presence,
    close_meeting,
    conclude,
    conclusion_key,
    ends_at,
    file_minutes,
    filed_on,
    grouped,
    newest_conclusion,
    presences,
    printed_minutes,
    quorum,
    quorum_words,
    read_conclusion,
    receipts,
    resolution_of,
    say_not_held,
    why_not,
    without_link,
)
from models.meeting.meeting import How, Meeting, MeetingState, invitation_for, minutes_due_on, reached
from models.people.member import Member, Purpose, record_look
from models.people.rights import NotEntitled, Right, may
from models.people.trail import record_act
from models.phrases import common
from models.phrases.meeting import attendance as phrases, meeting as meeting_words
from models.phrases.text import Text

COUNTS = {  # the lists of the minutes, by the words of their counts
    "in person": "in_person",
    "online": "online",
    "excused": "excused",
    "unexcused": "unexcused",
    "unknown": "unknown",
    "exempt": "exempt",
}
AFTER = (MeetingState.HELD, MeetingState.CLOSED)


def open_after(ctx: Context, arguments: list[str]) -> None:
    show_after(ctx, meeting_of(ctx, number_or_0(arguments)))


def show_after(ctx: Context, meeting: Meeting, note: Text | None = None) -> None:
    people = presences(ctx.db, meeting)
    groups = grouped(people)
    words = phrases.overview(
        kind=meeting_words.KINDS[meeting.kind],
        starts_at=meeting.starts_at,
        state=meeting_words.STATES[_state(ctx, meeting)],
        counts=[(words, len(groups[name])) for words, name in COUNTS.items()],
        quorum=quorum_words(quorum(people, ctx.policies.attendance)),
        open_count=sum(one.is_open for one in people),
        concluded=_read(ctx, meeting),
        minutes_due=minutes_due_on(meeting.starts_at, ctx.policies.meeting) if meeting.unfiled else None,
        filed_on=filed_on(ctx.db, meeting),
        nowhere=[(member.full_name, why) for member, why in _without_link(ctx, meeting)],
    )
    ctx.show(common.paragraph(note, words) if note else words, _ways_on(ctx, meeting))


def _without_link(ctx: Context, meeting: Meeting) -> list[tuple[Member, str]]:
    """Return who has no personal link; nobody once the roll is closed."""
    is_open = why_not(meeting, ctx.policies.attendance, now=ctx.now) is None
    return without_link(ctx.db, meeting) if is_open and ctx.now < ends_at(meeting) else []


def _read(ctx: Context, meeting: Meeting) -> str:
    newest = newest_conclusion(ctx.db, meeting.id)
    if newest is None:
        return ""
    rows = receipts(ctx.db, newest.id)
    return f"{sum(receipt.read_at is not None for receipt, _ in rows)}/{len(rows)}"


def _ways_on(ctx: Context, meeting: Meeting) -> list[Row]:
    """In the order of the work: names, conclusions, minutes, closing; eight at the most."""
    to = f"{meeting.id}"
    rows: list[Row] = []
    running = meeting.state == MeetingState.HELD
    over = ctx.now >= ends_at(meeting)
    if not over and (running or why_not(meeting, ctx.policies.attendance, now=ctx.now) is None):
        rows.append([Button(phrases.ROLL_START, f"attendance:roll:{to}:start:0")])
    if running:
        rows.append([Button(phrases.ROLL_END, f"attendance:roll:{to}:end:0")])
    if meeting.state in AFTER:
        rows.append([Button(phrases.MINUTES, f"attendance:minutes:{to}")])
        concluded = newest_conclusion(ctx.db, meeting.id) is not None
        label, verb = (phrases.READERS, "readers") if concluded else (phrases.CONCLUDE, "conclude")
        rows.append([Button(label, f"attendance:{verb}:{to}")])
        if resolution_of(newest_conclusion(ctx.db, meeting.id)) is not None:
            rows.append([Button(phrases.RESOLUTION, f"attendance:resolution:{to}")])
        else:
            rows.append([Button(phrases.RESOLVE, f"attendance:resolve:{to}")])
    if may(ctx.db, ctx.me.id, Right.GIVE_TASK, meeting.cell_id, now=ctx.now):
        rows.append([Button(phrases.GIVE_TASK, f"task:who:{meeting.cell_id}:{to}:0")])
    if running:
        rows.append([Button(phrases.CLOSE, f"attendance:close:{to}")])
    if running and over:
        rows.append([Button(phrases.NOT_HELD, f"attendance:nothold:{to}")])
    if meeting.unfiled:
        rows.append([Button(phrases.FILED, f"attendance:filed:{to}")])
    return [*rows, [Button(meeting_words.SEE, f"meeting:see:{to}")]]


def file_it(ctx: Context, arguments: list[str]) -> None:
    meeting = meeting_of(ctx, number_or_0(arguments))
    file_minutes(ctx.db, meeting, ctx.policies.attendance, by_id=ctx.me.id, now=ctx.now)
    show_after(ctx, meeting)


def not_held(ctx: Context, arguments: list[str]) -> None:
    """Record that the meeting was not held, after asking once. Those who had an invitation are told."""
    meeting = meeting_of(ctx, number_or_0(arguments))
    if arguments[1:] != ["yes"]:
        yes = Button(phrases.NOT_HELD_YES, f"attendance:nothold:{meeting.id}:yes")
        back = [Button(common.BACK, f"attendance:open:{meeting.id}")]
        ctx.show(phrases.sure_not_held(starts_at=meeting.starts_at), [[yes], back])
        return
    try:
        say_not_held(ctx.db, meeting, by_id=ctx.me.id, now=ctx.now)
    except NotNow as why:
        show_after(ctx, meeting, why.phrase)
        return
    told = told_words(reached(ctx.db, meeting, "nothold", by_id=ctx.me.id, now=ctx.now))
    ctx.show(phrases.not_held_back(told=told), [[Button(meeting_words.MEETINGS, "menu:go:hop"), MENU]])


def _state(ctx: Context, meeting: Meeting) -> str:
    is_open = meeting.state == MeetingState.HELD and ctx.now >= ends_at(meeting)
    return "unclosed" if is_open else meeting.state


def send_minutes(ctx: Context, arguments: list[str]) -> None:
    """Send the .docx. Whose reasons or contributions stand in it is read, and each such look leaves a row."""
    meeting = meeting_of(ctx, number_or_0(arguments))
    if meeting.state not in AFTER:
        raise Refused(phrases.not_held())
    for one in presences(ctx.db, meeting):
        if _tells(one):
            what = "meeting.minutes"
            record_look(ctx.db, reader_id=ctx.me.id, member_id=one.member.id, what=what, now=ctx.now)
    printed = printed_minutes(ctx.db, meeting, ctx.policies.attendance, now=ctx.now)
    record_act(ctx.db, "meeting.export", by_id=ctx.me.id, now=ctx.now, unit_id=meeting.cell_id)
    name = f"bien-ban-hop-{printed.minutes.held_on:%Y-%m-%d}.docx"
    data = render_paper(printed.minutes, ctx.policies.papers)
    words = phrases.minutes_caption(
        filed_on=printed.filed_on, again=printed.again, running=meeting.state == MeetingState.HELD
    )
    ctx.send_protected(Attachment(name, data), words)
    show_after(ctx, meeting)


def _tells(one: Presence) -> bool:
    """Whether the minutes hold words of theirs."""
    invitation = one.invitation
    return not one.is_there and bool(
        invitation.contribution or (one.how == How.EXCUSED and invitation.reason)
    )


def close(ctx: Context, arguments: list[str]) -> None:
    """Close the meeting, after asking once whether it is meant."""
    meeting = meeting_of(ctx, number_or_0(arguments))
    if arguments[1:] != ["yes"]:
        yes = Button(phrases.CLOSE_YES, f"attendance:close:{meeting.id}:yes")
        ctx.show(phrases.sure_to_close(), [[yes], [Button(common.BACK, f"attendance:open:{meeting.id}")]])
        return
    try:
        close_meeting(ctx.db, meeting, ctx.policies.attendance, by_id=ctx.me.id, now=ctx.now)
    except NotNow as why:  # refused before anything was written; the way on stands under it
        show_after(ctx, meeting, why.phrase)
    else:
        show_after(ctx, meeting)


# --- conclusions, at the desk ---------------------------------------------------------------------------------------


class Draft(BaseModel):
    meeting_id: int = 0
    text: str = ""
    scan: Scan | None = None


def begin_concluding(ctx: Context, arguments: list[str]) -> None:
    meeting = meeting_of(ctx, number_or_0(arguments))
    if meeting.state not in AFTER:
        raise Refused(phrases.not_held())
    CONCLUDE.begin(ctx, Draft(meeting_id=meeting.id))


class WordsOrFile(FieldKind[Draft, Meeting]):
    """A text, or a file; a caption goes with its file."""

    wants = staticmethod(papers)

    def sent(self, at: At[Draft, Meeting], answer: Answer) -> tuple[str, Scan | None]:
        limit = at.ctx.policies.attendance.characters
        if answer.incoming.kind is Sort.FILE:
            return answer.incoming.text.strip()[:limit], take_scan(answer)
        return answer.words(limit=limit), None

    def put(self, at: At[Draft, Meeting], name: str, value: tuple[str, Scan | None]) -> None:
        at.draft.text, at.draft.scan = value


def _beside(at: At[Draft, Meeting]) -> Text:
    """What is to be dealt with, and who is there: to be looked at while one types."""
    groups = grouped(presences(at.ctx.db, at.subject))
    return phrases.agenda_and_people(
        agenda=at.subject.agenda or "",
        people={words: [one.member.full_name for one in groups[name]] for words, name in COUNTS.items()},
    )


def _look_over(at: At[Draft, Meeting]) -> Text:
    draft = at.draft
    absent = sum(
        not one.is_there and one.member.id != at.ctx.me.id and one.member.left_at is None
        for one in presences(at.ctx.db, at.subject)
    )
    file = (draft.scan.name or "photo.jpg") if draft.scan else ""
    return phrases.sure_to_send(text=draft.text, file=file, count=absent)


def _conclude(at: At[Draft, Meeting]) -> None:
    ctx, draft, meeting = at.ctx, at.draft, at.subject
    made = conclude(ctx.db, meeting, text=draft.text, scan=draft.scan, by_id=ctx.me.id, now=ctx.now)
    show_after(ctx, meeting, told_of(ctx, made))


def told_of(ctx: Context, made: Conclusion) -> Text:
    """Say whom a conclusion that has just been kept reaches, and whom somebody has to tell."""
    absent = [member for _, member in receipts(ctx.db, made.id) if member.id != ctx.me.id]
    keys = {member.id: conclusion_key(made.id, member.id) for member in absent}
    reach = reach_of(ctx.db, absent, keys, Purpose.MEETING, now=ctx.now)
    return phrases.sent(told=told_words(reach))


CONCLUDE: Form[Draft, Meeting] = Form(
    "concluding",
    phrases.ABOUT,
    Draft,
    right=lambda ctx, draft: meeting_of(ctx, draft.meeting_id),
    fields=(
        Field(
            "what",
            lambda at: phrases.what_concluded(limit=at.ctx.policies.attendance.characters),
            WordsOrFile(),
            beside=_beside,
        ),
        Field("sure", _look_over, Confirm(phrases.SEND)),
    ),
    save=_conclude,
)


def show_readers(ctx: Context, arguments: list[str]) -> None:
    meeting = meeting_of(ctx, number_or_0(arguments))
    newest = newest_conclusion(ctx.db, meeting.id)
    if newest is None:
        show_after(ctx, meeting)
        return
    rows = receipts(ctx.db, newest.id)
    words = phrases.readers(
        read=[member.full_name for receipt, member in rows if receipt.read_at],
        waiting=[m.full_name for r, m in rows if r.told_at and not r.read_at],
        untold=[m.full_name for r, m in rows if not r.told_at and not r.read_at],
    )
    is_whole = resolution_of(newest) is not None
    verb = "resolve" if is_whole else "conclude"
    again = [Button(phrases.CONCLUDE_AGAIN, f"attendance:{verb}:{meeting.id}")]
    back = [Button(phrases.AFTER, f"attendance:open:{meeting.id}"), MENU]
    ctx.show(words if rows else phrases.nobody_absent(), [again, back])


# --- conclusions, for the invited -----------------------------------------------------------------------------------


def _concluded(ctx: Context, conclusion_id: int) -> tuple[Meeting, Conclusion, Conclusion]:
    """The meeting, what was asked for, and the newest that replaced it. For the invited, and whoever keeps the minutes."""
    asked = ctx.db.get(Conclusion, conclusion_id)
    meeting = ctx.db.get(Meeting, asked.meeting_id) if asked else None
    if asked is None or meeting is None:
        raise NotEntitled
    own = ctx.me.cell_id == meeting.cell_id and ctx.me.left_at is None
    invited = own and invitation_for(ctx.db, meeting.id, ctx.me.id) is not None
    if not invited and not may(ctx.db, ctx.me.id, Right.KEEP_MINUTES, meeting.cell_id, now=ctx.now):
        raise NotEntitled
    return meeting, asked, newest_conclusion(ctx.db, meeting.id) or asked


def see_conclusion(ctx: Context, arguments: list[str]) -> None:
    meeting, asked, newest = _concluded(ctx, number_or_0(arguments))
    words = phrases.conclusion(
        starts_at=meeting.starts_at,
        zone=ctx.zone,
        text=newest.text or "",
        file=bool(newest.file_id),
        newer=newest.id != asked.id,
    )
    ctx.show(words, [[Button(phrases.READ, f"attendance:read:{newest.id}")], [MENU]])
    if newest.file_id:
        send_scan(ctx, newest.file_id, newest.name, phrases.file_caption())


def read(ctx: Context, arguments: list[str]) -> None:
    """Record that the version which was seen has been read. A newer version is shown first."""
    _, asked, newest = _concluded(ctx, number_or_0(arguments))
    if asked.id != newest.id:
        see_conclusion(ctx, arguments)
        return
    read_conclusion(ctx.db, newest.id, ctx.me.id, now=ctx.now)
    ctx.show(phrases.read_back(), [[Button(phrases.OPEN, f"attendance:conclusion:{newest.id}"), MENU]])
