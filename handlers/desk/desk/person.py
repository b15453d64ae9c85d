"""One person: why they are on the desk, and what can be done about it; or what they answered."""

from __future__ import annotations

from handlers.desk.desk.assigned import take_row
from handlers.desk.desk.door import MemberMatter, matter_of, matter_of_checkin, matter_of_member, ways_back
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import Row
from models.contact.checkin import (
    OWING,
    UNSETTLED,
    Checkin,
    CheckinKind,
    CheckinState,
    Report,
    choices_of,
    mark_read,
    remind_checkin_again,
)
from models.contact.contact_note import ContactNote
from models.delivery.message import Attachment, Button, Method, Writer
from models.desk.desk import (
    Person,
    Pile,
    contact_notes_with_names,
    last_move,
    note_behind,
    person,
)
from models.entry.invite import state_of
from models.ground.phones import show_phone
from models.ground.places import place
from models.people.browser import looks_in
from models.people.member import UNREACHABLE, Member, decent_for, record_look
from models.people.rights import NotEntitled, Right, may, require
from models.phrases import common
from models.phrases.contact import (
    contact_note as contact_words,
    pause as pause_words,
    sign_of_life as sign_words,
)
from models.phrases.desk import desk as phrases, timeline as timeline_words
from models.phrases.entry import invite as invite_phrases
from models.phrases.meeting import task as task_words
from models.phrases.text import Text

# --- who owes, who cannot be reached --------------------------------------------------------------------------------


def show_late(ctx: Context, arguments: list[str]) -> None:
    show_matter(ctx, matter_of_checkin(ctx, number_or_0(arguments), Right.SEE_DESK))


def show_who(ctx: Context, arguments: list[str]) -> None:
    show_matter(ctx, matter_of_member(ctx, number_or_0(arguments), Right.SEE_DESK))


def show_matter(
    ctx: Context, matter: MemberMatter, *, note: Text | None = None, phone: Text | None = None
) -> None:
    """Show the screen of one person. A check-in that was settled meanwhile says how."""
    if matter.checkin is not None and matter.checkin.state not in UNSETTLED:
        show_happened(ctx, matter, note=note)
        return
    seen = person(ctx.db, matter.member, now=ctx.now)
    about = [
        *([note] if note else []),
        *_pause(ctx, matter, seen),
        *_why(ctx, matter, seen),
        *_when_to_call(ctx, matter.member),
    ]
    words = phrases.person(name=matter.member.full_name, where=where(matter.member), body=about)
    call_first, *more = _acts(matter, seen, with_call=phone is None)
    rows = [call_first, take_row(ctx, matter.member.id), *more]
    ctx.show(common.paragraph(words, phone) if phone else words, [*rows, ways_back(matter.cell, _pile(seen))])


def show_rest(ctx: Context, arguments: list[str]) -> None:
    """Show what is done with one person less often."""
    matter = matter_of_member(ctx, number_or_0(arguments), Right.SEE_DESK)
    seen, who = person(ctx.db, matter.member, now=ctx.now), matter.member.id
    ask = [Button(phrases.ASK, f"desk:ask:{matter.cell.id}:{who}")] if seen.bar is None else []
    story = [Button(timeline_words.SEE, f"desk:timeline:{who}:0")]
    give = [Button(task_words.GIVE, f"task:give:{who}:0")]
    reports = _reports_out_of_turn(seen)[:2]
    back = [Button(common.BACK, f"desk:who:{who}")]
    words = phrases.person(
        name=matter.member.full_name, where=where(matter.member), body=[phrases.the_rest()]
    )
    ctx.show(words, [ask, give, *_pause_acts(seen), *reports, story, back])


def show_happened(ctx: Context, matter: MemberMatter, *, note: Text | None = None) -> None:
    """Show what became of the check-in since its button was shown."""
    checkin = matter.checkin
    if checkin is None:
        return
    words = happened(ctx, matter.member, checkin)
    rows: list[Row] = [[Button(phrases.NOTE, f"desk:note:m:{matter.member.id}")]]
    if checkin.state == CheckinState.ANSWERED:
        rows.insert(0, [Button(phrases.SEE_REPORT, f"desk:report:{checkin.id}")])
    ctx.show(common.paragraph(note, words) if note else words, [*rows, ways_back(matter.cell)])


def happened(ctx: Context, member: Member, checkin: Checkin) -> Text:
    move, by = last_move(ctx.db, checkin.id) or (None, None)
    return phrases.happened(
        name=member.full_name,
        state=checkin.state,
        by=by,
        at=move.at if move else checkin.closes_at,
        zone=ctx.zone,
        self_=checkin.answered_by == member.id,
    )


def _why(ctx: Context, matter: MemberMatter, seen: Person) -> list[Text]:
    """Why this person is on the desk, each reason with the next step for a human."""
    parts = [_promise(matter.checkin, matter.member)] if matter.checkin else []
    if matter.checkin is not None and matter.checkin.state == CheckinState.EXCUSED:
        parts.append(happened(ctx, matter.member, matter.checkin))
        parts += _excuse(ctx, matter, matter.checkin)
    if seen.account is not None and seen.is_unreachable:
        parts.append(phrases.next_step(state=seen.account.reachability, since=seen.account.reachability_at))
        if seen.phone_by is not None:
            parts.append(phrases.phone_instead(by=seen.phone_by))
    elif seen.said_no:
        parts.append(phrases.on_paper())
    elif seen.account is None and seen.invite is not None:
        known = invite_phrases.STATES[state_of(seen.invite, now=ctx.now)]
        parts.append(
            phrases.invited(state=known, at=seen.invite.created_at, expires_at=seen.invite.expires_at)
        )
    elif seen.account is None:
        parts.append(phrases.not_invited())
    return parts or ([] if seen.is_paused else [phrases.not_due(at_home=not seen.is_away)])


def _excuse(ctx: Context, matter: MemberMatter, checkin: Checkin) -> list[Text]:
    """Why somebody is excused: for whoever may see details, and the look leaves a row."""
    if not checkin.excuse or not _may_read(ctx, matter):
        return []
    record_look(ctx.db, reader_id=ctx.me.id, member_id=matter.member.id, what="checkin.excuse", now=ctx.now)
    return [phrases.excused_because(reason=checkin.excuse)]


def _pause(ctx: Context, matter: MemberMatter, seen: Person) -> list[Text]:
    """The pause that is announced or runs; whoever reads its reason leaves a row."""
    if seen.pause is None:
        return []
    reason = seen.pause.reason if _may_read(ctx, matter) else None
    if reason:
        record_look(ctx.db, reader_id=ctx.me.id, member_id=matter.member.id, what="pause.reason", now=ctx.now)
    words = pause_words.desk_line(
        running=seen.is_paused,
        begins_on=seen.pause.begins_on,
        ends_on=seen.pause.ends_on,
        kind=seen.pause.kind,
        reason=reason,
    )
    return [words]


def _may_read(ctx: Context, matter: MemberMatter) -> bool:
    return may(ctx.db, ctx.me.id, Right.SEE_DETAILS, matter.cell.id, now=ctx.now)


def _promise(checkin: Checkin, member: Member) -> Text:
    words = phrases.promise(
        period=checkin.period,
        question=checkin.question,
        opens_at=checkin.opens_at,
        due_at=checkin.due_at,
        zone=member.zone,
        nudges=checkin.nudges,
        late=checkin.state == CheckinState.LATE,
    )
    if checkin.state == CheckinState.EXCUSED and checkin.excused_until:
        return common.lines(words, phrases.excuse(until=checkin.excused_until, zone=member.zone))
    return words


def _when_to_call(ctx: Context, member: Member) -> list[Text]:
    good = decent_for(member, ctx.now) == ctx.now
    clock = phrases.clock_there(now=ctx.now, zone=member.zone, decent=good)
    news = sign_words.last(on=member.heard_on, how=member.heard_how)
    notes = contact_notes_with_names(ctx.db, member.id, limit=3)
    if not notes:
        return [common.lines(clock, news)]
    return [
        common.lines(clock, news),
        phrases.contacts(
            [
                (note.happened_on, contact_words.how(channel=note.channel, outcome=note.outcome), by)
                for note, by in notes
            ]
        ),
    ]


def _acts(matter: MemberMatter, seen: Person, *, with_call: bool) -> list[Row]:
    to = matter.address
    call_them = [Button(phrases.CALL, f"desk:call:{to}")] if with_call else []
    rows = [[*call_them, Button(phrases.NOTE, f"desk:note:{to}")]]
    if matter.checkin is not None:
        excuse = Button(phrases.EXCUSE, f"desk:excuse:{matter.checkin.id}")
        again = [Button(phrases.REMIND, f"desk:remind:{matter.checkin.id}")]
        reaches = seen.account is not None and seen.account.reachability not in UNREACHABLE
        rows.append([*(again if matter.checkin.state in OWING and reaches else []), excuse])
    if seen.account is None and not seen.said_no:
        rows.append([Button(phrases.INVITE, f"roster:invite:{matter.member.id}")])
    return [*rows, [Button(phrases.THE_REST, f"desk:rest:{matter.member.id}")]]


def _pause_acts(seen: Person) -> list[Row]:
    """A pause on behalf of the member, its end, an earlier one."""
    if seen.pause is not None:
        change = Button(pause_words.CHANGE_END, f"pause:until:{seen.pause.id}")
        return [[change, Button(pause_words.END_THEIRS, f"pause:end:{seen.pause.id}")]]
    asked = seen.is_away and seen.account is not None and not seen.said_no
    return [[Button(pause_words.FOR_THEM, f"pause:for:{seen.member.id}")]] if asked else []


def _reports_out_of_turn(seen: Person, but: int = 0) -> list[Row]:
    return [
        [Button(phrases.report_out_of_turn(at=one.answered_at or one.opens_at), f"desk:report:{one.id}")]
        for one in seen.volunteered[:3]
        if one.id != but
    ]


def _pile(seen: Person) -> Pile | None:
    return next((pile for pile in Pile if pile in seen.piles), None)


def where(member: Member) -> Text | None:
    return place_name(member.place_code) if member.place_code else None


def place_name(code: str) -> Text:
    found = place(code)
    return phrases.place(vi=found.vi, en=found.en)


# --- what a tap does ------------------------------------------------------------------------------------------------


def call(ctx: Context, arguments: list[str]) -> None:
    """Show the phone, as text that Telegram makes tappable; the look leaves a row."""
    matter = matter_of(ctx, arguments, Right.SEE_DETAILS)
    number_ = matter.member.phone
    if number_ is None:
        show_matter(ctx, matter, phone=phrases.no_phone())
        return
    record_look(ctx.db, reader_id=ctx.me.id, member_id=matter.member.id, what="member.phone", now=ctx.now)
    words = phrases.phone(e164=number_, shown=show_phone(number_))
    if matter.checkin is not None and matter.checkin.state not in UNSETTLED:
        show_happened(ctx, matter, note=words)
    else:
        show_matter(ctx, matter, phone=words)


def remind(ctx: Context, arguments: list[str]) -> None:
    """Remind the member, once a day, at a decent hour of theirs."""
    matter = matter_of_checkin(ctx, number_or_0(arguments), Right.ASK_CHECKIN, lock=True)
    note = None
    if matter.checkin is not None and matter.checkin.state in OWING:
        note = _remind(ctx, matter.member, matter.checkin)
    show_matter(ctx, matter, note=note)


def _remind(ctx: Context, member: Member, checkin: Checkin) -> Text:
    if person(ctx.db, member, now=ctx.now).bar is not None:
        return phrases.cannot_remind()
    if not remind_checkin_again(ctx.db, checkin, by_id=ctx.me.id, now=ctx.now):
        return phrases.reminded_already()
    at = decent_for(member, ctx.now)
    return phrases.reminded(at=at, zone=member.zone, now=at == ctx.now, looks_in=looks_in(ctx.db, member.id))


# --- a report -------------------------------------------------------------------------------------------------------


def show_report(ctx: Context, arguments: list[str]) -> None:
    """Show an answer to the cell that it was given to. The look leaves a row."""
    checkin = ctx.db.get(Checkin, number_or_0(arguments))
    if checkin is None:
        raise NotEntitled
    require(ctx.db, ctx.me.id, Right.SEE_DETAILS, checkin.cell_id, now=ctx.now)
    member, report = ctx.db.get_one(Member, checkin.member_id), checkin.report
    if checkin.state != CheckinState.ANSWERED or report is None or checkin.answered_at is None:
        show_late(ctx, arguments)
        return
    record_look(ctx.db, reader_id=ctx.me.id, member_id=member.id, what="checkin.report", now=ctx.now)
    words = _report_words(member, checkin, report)
    behind = note_behind(ctx.db, checkin.id) if checkin.answered_by != member.id else None
    if behind is not None:
        note, by = behind
        added = phrases.on_behalf(
            by=by, channel=note.channel, on=note.happened_on, correction=note.correction
        )
        words = common.paragraph(words, added)
        _read_note(ctx, note)
    if ctx.me.id not in (member.id, checkin.answered_by):
        mark_read(ctx.db, checkin, member.id, by_id=ctx.me.id, now=ctx.now)
    ctx.show(words, _report_acts(ctx, member, checkin))
    _send_along(ctx, member, checkin, report)


def _report_acts(ctx: Context, member: Member, checkin: Checkin) -> list[Row]:
    """To call, to write back, other reports, the ways back."""
    others = _reports_out_of_turn(person(ctx.db, member, now=ctx.now), but=checkin.id)
    back = [
        Button(phrases.LIST, f"desk:list:{checkin.cell_id}:{Pile.ANSWERED}:0"),
        Button(phrases.DESK, f"desk:open:{checkin.cell_id}"),
    ]
    if member.id == ctx.me.id or member.cell_id != checkin.cell_id or member.left_at is not None:
        return [*others, back]
    call_them = [
        Button(phrases.CALL, f"desk:call:m:{member.id}"),
        Button(phrases.NOTE, f"desk:note:m:{member.id}"),
    ]
    return [call_them, [Button(phrases.REPLY, f"desk:reply:{checkin.id}")], *others, back]


def show_note(ctx: Context, arguments: list[str]) -> None:
    """Show a contact that somebody noted. Once somebody other than its writer has read it, it leaves the queue."""
    note = ctx.db.get(ContactNote, number_or_0(arguments))
    if note is None:
        raise NotEntitled
    matter = matter_of_member(ctx, note.member_id, Right.SEE_DETAILS)
    record_look(ctx.db, reader_id=ctx.me.id, member_id=matter.member.id, what="contact.note", now=ctx.now)
    _read_note(ctx, note)
    words = phrases.note(
        name=matter.member.full_name,
        by=ctx.db.get_one(Member, note.by_id).full_name,
        channel=note.channel,
        outcome=note.outcome,
        on=note.happened_on,
        result=note.result or "",
        correction=note.correction or "",
    )
    to = f"m:{matter.member.id}"
    acts = [Button(phrases.CALL, f"desk:call:{to}"), Button(phrases.NOTE, f"desk:note:{to}")]
    ctx.show(words, [acts, ways_back(matter.cell)])


def _read_note(ctx: Context, note: ContactNote) -> None:
    if ctx.me.id not in (note.by_id, note.member_id):
        mark_read(ctx.db, note, note.member_id, by_id=ctx.me.id, now=ctx.now)


def _report_words(member: Member, checkin: Checkin, report: Report) -> Text:
    return phrases.report(
        name=member.full_name,
        period=checkin.period if checkin.kind == CheckinKind.RHYTHM else None,
        question=checkin.question,
        at=checkin.answered_at or checkin.opens_at,
        zone=member.zone,
        fine=report.fine,
        note=report.note,
        where=report.whereabouts,
        place_now=place_name(report.place_now) if report.place_now else where(member),
        choices=choices_of(report),
        needs_help=report.needs_help,
        files=bool(report.voice_ids or report.photo_ids),
    )


def _send_along(ctx: Context, member: Member, checkin: Checkin, report: Report) -> None:
    """What was sent with the report, as it is kept here."""
    caption = phrases.sent_with(name=member.full_name)
    writer = Writer(member.id, f"checkin:correct:{checkin.id}") if checkin.answered_by == member.id else None
    for file_id in report.voice_ids:
        ctx.send_file(Attachment("voice.ogg", file_id=file_id), caption, method=Method.VOICE, writer=writer)
    for file_id in report.photo_ids:
        ctx.send_file(Attachment("photo.jpg", file_id=file_id), caption, method=Method.PHOTO, writer=writer)
