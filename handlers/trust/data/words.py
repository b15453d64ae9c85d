"""What is held about somebody, in words, section by section: for the screen and for the page to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

from sqlalchemy import select

from handlers.ground.context import Context
from handlers.people.whereabouts import clock_of, place_name
from handlers.trust.data.absences import absences_in_words
from models.contact.checkin import Checkin, Report, choices_of
from models.contact.contact_note import ContactNote
from models.contact.pause import Pause
from models.contact.request import HelpRequest, replies_of
from models.delivery.conversation import Conversation
from models.entry.invite import Invite, state_of
from models.ground.field_table import field_table
from models.ground.phones import show_phone
from models.meeting.meeting.rows import Attendance, Invitation, Meeting
from models.meeting.notice.rows import Notice, NoticeReceipt
from models.meeting.task import Task
from models.people.held import chats_of, rows_about
from models.people.member import Account, Consent, Member, looks
from models.people.rights import Appointment
from models.people.trail import done_to
from models.people.unit import Unit
from models.phrases.contact import checkin as checkin_words, contact_note as note_words, pause as pause_words
from models.phrases.desk import desk as report_words
from models.phrases.desk.roster_talk import rhythm as rhythm_words
from models.phrases.entry import invite as invite_words
from models.phrases.ground import menu as menu_words
from models.phrases.meeting import (
    attendance as attendance_words,
    meeting as meeting_words,
    task as task_words,
)
from models.phrases.people import member as member_words, rights as rights_words, trail as trail_words
from models.phrases.people.unit import short
from models.phrases.text import Text, named, part_day, raw
from models.phrases.trust import data as phrases
from models.phrases.year import probation as probation_words, rating as rating_words, review as review_words
from models.trust.data import names_of_people
from models.year.probation import Probation, considerations_of
from models.year.review.rating_rows import Rating
from models.year.review.rows import Campaign, Review


class Held:
    """Every row about one person, and the names that stand in them."""

    def __init__(self, ctx: Context, whose: Member) -> None:
        self.ctx, self.db, self.whose, self.zone = ctx, ctx.db, whose, whose.zone
        self.rows = rows_about(ctx.db, whose.id)

    def of(self, kind: type[Any]) -> list[Any]:
        """Return the rows of one table, the newest first."""
        return self.rows.get(kind.__tablename__, [])

    def name(self, member_id: int | None) -> str:
        return names_of_people(self.db, [member_id]).get(member_id, "") if member_id else ""


Section = tuple[Text, list[Text]]


def sections(held: Held) -> list[Section]:
    """Return everything. What has no lines of its own is counted, and stands in the files in full."""
    told: list[tuple[Text, Callable[[Held], list[Text]]]] = [
        (phrases.AGREEMENTS, _consents),
        (phrases.LINKED, _accounts),
        (phrases.OFFICES, _offices),
        (phrases.CONTACT, _assignments),
        (phrases.CHECKINS, _checkins),
        (phrases.NOTES, notes),
        (phrases.PAUSES, _pauses),
        (phrases.REQUESTS, _requests),
        (phrases.REVIEWS, _reviews),
        (phrases.RATINGS, _ratings),
        (phrases.TASKS, _tasks),
        (phrases.MEETINGS, _meetings),
        (phrases.NOTICES, _notices),
        (phrases.PROBATION, _probations),
        (phrases.DRAFTS, _drafts),
        (phrases.INVITES, _invites),
        (phrases.LOOKS, look_lines),
        (phrases.DEEDS, deed_lines),
        (phrases.OTHERS, _others),
    ]
    return [
        (phrases.ABSENCES, absences_in_words(held.ctx, held.whose)),
        *((label, lines(held)) for label, lines in told),
    ]


def profile(held: Held) -> list[Section]:
    """Return one line for each thing on the member's own row: label and value."""
    whose, none = held.whose, phrases.NOTHING
    cell = held.db.get(Unit, whose.cell_id) if whose.cell_id else None
    own = (
        whose.rhythm.model_dump(include={"every_months", "opens_day", "due_day", "hour", "weekday"})
        if whose.rhythm
        else {}
    )
    rows = [
        (phrases.NAME, raw(whose.own_name)),
        (phrases.BIRTH_YEAR, raw(whose.birth_year) if whose.birth_year else none),
        (phrases.STANDING, member_words.STANDINGS[whose.standing]),
        (phrases.JOINED, part_day(*astuple(whose.joined_on)) if whose.joined_on else none),
        (phrases.OFFICIAL, part_day(*astuple(whose.official_on)) if whose.official_on else none),
        (phrases.CELL, raw(short(cell.name)) if cell else none),
        (phrases.PHONE, raw(show_phone(whose.phone)) if whose.phone else none),
        (phrases.PLACE, place_name(whose.place_code) if whose.place_code else phrases.AT_HOME),
        (phrases.CLOCK, clock_of(held.ctx.now, whose.zone)),
        (phrases.LANGUAGE, menu_words.ENGLISH if whose.lang == "en" else menu_words.VIETNAMESE),
        (phrases.DISCREET, phrases.ON if whose.discreet else phrases.OFF),
        (phrases.RHYTHM, rhythm_words(**own) if own else phrases.AS_CELL),
        (phrases.GRACE, raw(whose.grace_days or 0)),
    ]
    return [(label, [value]) for label, value in rows]


def profile_lines(held: Held) -> list[Text]:
    return [phrases.row(label, value) for label, (value,) in profile(held)]


# --- section by section ---------------------------------------------------------------------------------------------


def _consents(held: Held) -> list[Text]:
    return [
        phrases.consent_line(
            purpose=member_words.PURPOSES[one.purpose],
            given=one.given,
            at=one.at,
            zone=held.zone,
            version=one.version,
        )
        for one in held.of(Consent)
    ]


def _accounts(held: Held) -> list[Text]:
    return [
        phrases.linked_line(
            channel=one.address.channel, since=one.linked_at, until=one.closed_at, zone=held.zone
        )
        for one in held.of(Account)
    ]


def _offices(held: Held) -> list[Text]:
    return [
        phrases.office_line(
            role=rights_words.ROLES[one.role],
            unit=held.db.get_one(Unit, one.unit_id).name,
            since=one.begins_at,
            until=one.ends_at,
            zone=held.zone,
        )
        for one in held.of(Appointment)
    ]


def _assignments(held: Held) -> list[Text]:
    return [
        phrases.assignment_line(
            by=held.name(one.contact_id), since=one.begins_at, until=one.ends_at, zone=held.zone
        )
        for one in held.rows.get("assignment", [])
    ]


def _checkins(held: Held) -> list[Text]:
    return [_checkin(held, one) for one in held.of(Checkin)]


def _checkin(held: Held, one: Checkin) -> Text:
    words = [raw(one.question)] if one.question else []
    words += _report(one.report) if one.report else []
    words += [raw(one.excuse)] if one.excuse else []
    by = held.name(one.answered_by) if one.answered_by != held.whose.id else ""
    return phrases.checkin_line(period=one.period, state=checkin_words.STATES[one.state], by=by, words=words)


def _report(report: Report) -> list[Text]:
    where = report_words.WHEREABOUTS[report.whereabouts] if report.whereabouts else None
    return phrases.report_facts(
        fine=report.fine,
        where=place_name(report.place_now) if report.place_now else where,
        choices=choices_of(report),
        note=report.note,
        help_=report.needs_help,
        files=len(report.voice_ids) + len(report.photo_ids),
    )


def notes(held: Held) -> list[Text]:
    return [
        phrases.note_line(
            by=held.name(one.by_id),
            channel=note_words.CHANNELS[one.channel],
            on=one.happened_on,
            result=one.result or "",
            correction=one.correction or "",
        )
        for one in sorted(held.of(ContactNote), key=lambda note: note.recorded_at, reverse=True)
    ]


def _pauses(held: Held) -> list[Text]:
    return [
        pause_words.held_line(
            begins_on=one.begins_on,
            ends_on=one.ends_on,
            kind=one.kind,
            state=one.state,
            by=held.name(one.by_id) if one.by_id != held.whose.id else None,
            reason=one.reason,
        )
        for one in held.of(Pause)
    ]


def _requests(held: Held) -> list[Text]:
    return [
        phrases.request_line(
            at=one.opened_at,
            zone=held.zone,
            text=one.text or "",
            owner=held.name(one.owner_id),
            replies=[
                phrases.reply_line(
                    at=reply.at, zone=held.zone, by=name, text=reply.text or "", files=len(reply.files)
                )
                for reply, name in replies_of(held.db, one.id)
            ],
        )
        for one in held.of(HelpRequest)
    ]


def _reviews(held: Held) -> list[Text]:
    files = [one.review_id for one in held.rows.get("review_file", [])]
    comments = held.rows.get("review_comment", [])
    lines = []
    for one in held.of(Review):
        line = phrases.review_line(
            kind=review_words.KINDS[one.kind],
            year=held.db.get_one(Campaign, one.campaign_id).year,
            state=review_words.STATES[one.state],
            level=rating_words.LEVELS.get(one.proposed_level or ""),
            points=review_words.points(one.total) if one.total is not None else None,
            files=files.count(one.id),
        )
        said = [c.text or "" for c in comments if c.review_id == one.id and c.sent_at is not None]
        lines.append(phrases.with_words(line, said))
    return lines


def _ratings(held: Held) -> list[Text]:
    return [
        phrases.rating_line(
            stage=rating_words.STAGES[one.stage],
            year=held.db.get_one(Campaign, one.campaign_id).year,
            level=rating_words.LEVELS.get(one.level, raw(one.level)),
            number=one.number,
            on=one.paper_on,
        )
        for one in held.of(Rating)
    ]


def _tasks(held: Held) -> list[Text]:
    return [
        phrases.task_line(
            due=one.due_on, state=task_words.STATES[one.state], text=one.text or "", words=one.words or ""
        )
        for one in held.of(Task)
    ]


def _meetings(held: Held) -> list[Text]:
    # the rows come newest first; turned round, the newest of a meeting stays
    came = {one.meeting_id: attendance_words.HOWS[one.how] for one in reversed(held.of(Attendance))}
    return [
        phrases.meeting_line(
            at=held.db.get_one(Meeting, one.meeting_id).starts_at,
            zone=held.zone,
            answer=meeting_words.ANSWERS.get(one.answer or ""),
            came=came.get(one.meeting_id),
            words=[text for text in (one.reason, one.contribution) if text],
        )
        for one in held.of(Invitation)
    ]


def _notices(held: Held) -> list[Text]:
    lines = []
    for one in held.of(NoticeReceipt):
        notice = held.db.get_one(Notice, one.notice_id)
        choice = (
            notice.choices[one.choice] if one.choice is not None and one.choice < len(notice.choices) else ""
        )
        lines.append(phrases.notice_line(at=notice.made_at, zone=held.zone, read=one.read_at, choice=choice))
    return lines


def _probations(held: Held) -> list[Text]:
    return [
        phrases.probation_line(
            admitted=one.admitted_on,
            state=probation_words.STATES[one.state],
            words=[*_considered(held, one), *([one.decision] if one.decision else [])],
        )
        for one in held.of(Probation)
    ]


def _considered(held: Held, probation: Probation) -> list[str]:
    """What each meeting said, with its votes."""
    return [
        f"{one.result} ({one.votes_for}/{one.voters})" if one.voters else one.result
        for one in considerations_of(held.db, probation)
    ]


def _drafts(held: Held) -> list[Text]:
    mine = select(Conversation).where(Conversation.address.in_(chats_of(held.db, held.whose.id)))
    return [
        phrases.dated_line(what=raw(one.room), at=one.updated_at, zone=held.zone)
        for one in held.db.scalars(mine.order_by(Conversation.updated_at.desc()))
    ]


def _invites(held: Held) -> list[Text]:
    return [
        phrases.invite_line(
            state=invite_words.STATES[state_of(one, now=held.ctx.now)],
            at=one.created_at,
            by=held.name(one.by_id),
            zone=held.zone,
        )
        for one in held.of(Invite)
    ]


def deed_lines(held: Held, *, limit: int = 10_000) -> list[Text]:
    return [
        trail_words.done_to_you(
            by=held.name(one.by_id) if one.by_id else None,
            act=one.act,
            detail=one.detail,
            at=one.at,
            zone=held.zone,
        )
        for one in done_to(held.db, held.whose.id, limit=limit)
    ]


def look_lines(held: Held, *, limit: int = 10_000) -> list[Text]:
    return [
        phrases.look_line(by=name, what=look.what, at=look.at, zone=held.zone)
        for look, name in looks(held.db, held.whose.id, limit=limit)
    ]


_TOLD_ABOVE = {
    *(
        "consent",
        "account",
        "appointment",
        "assignment",
        "checkin",
        "contact_note",
        "pause",
        "request",
        "request_reply",
    ),
    *(
        "review",
        "review_rating",
        "task",
        "invitation",
        "attendance",
        "notice_receipt",
        "probation",
        "invite",
        "away",
    ),
}


def _others(held: Held) -> list[Text]:
    return [
        phrases.other_rows(what=named(*field_table()[name].purpose), n=len(rows))
        for name, rows in held.rows.items()
        if name not in _TOLD_ABOVE
    ]
