"""What is held, on the screen and as files."""

from __future__ import annotations

import re
from html import unescape

from handlers.context import Context
from handlers.data.absences import absences_in_words
from handlers.whereabouts import clock_of, place_name
from models.away import aways_of
from models.checkin import Report
from models.contact_note import last_contact_notes
from models.data import HeldCheckin, OwnData, own_data
from models.outbox import Attachment, Button
from models.phones import show_phone
from models.phrases import checkin as checkin_words
from models.phrases import common
from models.phrases import contact_note as note_words
from models.phrases import data as phrases
from models.phrases import desk as report_words
from models.phrases import invite as invite_words
from models.phrases import member as member_words
from models.phrases import menu as menu_words
from models.phrases import pause as pause_words
from models.phrases import rights as rights_words
from models.phrases.roster_talk import rhythm as rhythm_words
from models.phrases.text import Text, day, raw

BACK = [Button(phrases.MY_DATA, "data:show"), Button(common.MENU, "nav:menu")]
_LOOKS_SHOWN = 30


def show(ctx: Context) -> None:
    """The main things, and what can be done with them."""
    held = own_data(ctx.db, ctx.me, now=ctx.now)
    buttons = [
        [Button(phrases.IN_FULL, "data:all"), Button(phrases.WHO_LOOKED, "data:looks")],
        [Button(phrases.CHANGE, "data:change"), Button(phrases.AGREEMENTS, "data:consents")],
        *([[Button(phrases.NOTES, "data:notes")]] if held.contact_notes else []),
        *([[Button(phrases.ABSENCES, "data:absences")]] if aways_of(ctx.db, ctx.me.id) else []),
        [Button(phrases.TAKE_OUT, "data:takeout")],
        [Button(phrases.DELETE, "data:delete")],
        [Button(common.MENU, "nav:menu")],
    ]
    counts = phrases.counts(
        checkins=len(held.checkins),
        notes=len(held.contact_notes),
        requests=len(held.requests),
        drafts=len(held.drafts),
    )
    ctx.show(common.paragraph(phrases.title(), common.lines(*_profile(ctx, held)), counts), buttons)


def tapped(ctx: Context, _arguments: list[str]) -> None:
    show(ctx)


def show_all(ctx: Context, _arguments: list[str]) -> None:
    ctx.show(in_words(ctx, own_data(ctx.db, ctx.me, now=ctx.now)), [BACK])


def show_absences(ctx: Context, _arguments: list[str]) -> None:
    """Each with its papers and letters."""
    ctx.show(phrases.chapters(phrases.ABSENCES, absences_in_words(ctx)), [BACK])


def show_looks(ctx: Context, _arguments: list[str]) -> None:
    looks = _looks(ctx, own_data(ctx.db, ctx.me, now=ctx.now))[:_LOOKS_SHOWN]
    words = phrases.section(phrases.LOOKS, looks) if looks else phrases.nobody_looked()
    ctx.show(words, [BACK])


def show_notes(ctx: Context, _arguments: list[str]) -> None:
    """What others wrote about contacts with this person; each can be corrected."""
    notes = last_contact_notes(ctx.db, ctx.me.id)
    lines = _notes(own_data(ctx.db, ctx.me, now=ctx.now))[: len(notes)]
    buttons = [
        [Button(phrases.correct_note(on=note.happened_on), f"contact_note:correct:{note.id}")]
        for note in notes
    ]
    ctx.show(phrases.section(phrases.NOTES, lines), [*buttons, BACK])


def take_out(ctx: Context, _arguments: list[str]) -> None:
    """Two files: one to read, one for machines."""
    held = own_data(ctx.db, ctx.me, now=ctx.now)
    readable = unescape(re.sub(r"<[^>]+>", "", in_words(ctx, held).to(ctx.lang)))
    ctx.send_file(Attachment("du-lieu-cua-toi.txt", readable.encode()), phrases.taken_out())
    ctx.send_file(
        Attachment("du-lieu-cua-toi.json", held.model_dump_json(indent=2).encode()), phrases.MY_DATA
    )
    ctx.say(phrases.MY_DATA, [BACK])


# --- in words -------------------------------------------------------------------------------------------------------


def in_words(ctx: Context, held: OwnData) -> Text:
    """Everything, section by section."""
    zone = held.zone
    sections = [
        (phrases.AGREEMENTS, _consents(held)),
        (
            phrases.LINKED,
            [phrases.account_line(since=a.linked_at, until=a.closed_at, zone=zone) for a in held.accounts],
        ),
        (phrases.OFFICES, _offices(held)),
        (phrases.CHECKINS, [_checkin(one) for one in held.checkins]),
        (phrases.NOTES, _notes(held)),
        (phrases.PAUSES, _pauses(held)),
        (phrases.REQUESTS, _requests(held)),
        (
            phrases.DRAFTS,
            [phrases.dated_line(what=raw(d.room), at=d.updated_at, zone=zone) for d in held.drafts],
        ),
        (phrases.INVITES, _invites(held)),
        (phrases.LOOKS, _looks(ctx, held)),
    ]
    body = [phrases.section(label, entries) for label, entries in sections]
    away = phrases.chapters(phrases.ABSENCES, absences_in_words(ctx))
    return common.paragraph(phrases.title(), common.lines(*_profile(ctx, held)), away, *body)


def _profile(ctx: Context, held: OwnData) -> list[Text]:
    none, me = phrases.NOTHING, ctx.me
    own = (
        held.rhythm.model_dump(include={"every_months", "opens_day", "due_day", "hour", "weekday"})
        if held.rhythm
        else {}
    )
    rows = [
        (phrases.NAME, raw(held.full_name)),
        (phrases.BIRTH_YEAR, raw(held.birth_year) if held.birth_year else none),
        (phrases.STANDING, member_words.STANDINGS[held.standing]),
        (phrases.JOINED, day(held.joined_on) if held.joined_on else none),
        (phrases.CELL, raw(held.cell) if held.cell else none),
        (phrases.PHONE, raw(show_phone(held.phone)) if held.phone else none),
        (phrases.PLACE, place_name(me.place_code) if me.place_code else phrases.AT_HOME),
        (phrases.CLOCK, clock_of(ctx.now, held.zone)),
        (phrases.LANGUAGE, menu_words.ENGLISH if held.lang == "en" else menu_words.VIETNAMESE),
        (phrases.DISCREET, phrases.ON if held.discreet else phrases.OFF),
        (phrases.RHYTHM, rhythm_words(**own) if own else phrases.AS_CELL),
        (phrases.GRACE, raw(held.grace_days or 0)),
    ]
    return [phrases.row(label, value) for label, value in rows]


def _consents(held: OwnData) -> list[Text]:
    return [
        phrases.consent_line(
            purpose=member_words.PURPOSES[one.purpose],
            given=one.given,
            at=one.at,
            zone=held.zone,
            version=one.version,
        )
        for one in held.consents
    ]


def _offices(held: OwnData) -> list[Text]:
    return [
        phrases.office_line(
            role=rights_words.ROLES[one.role],
            unit=one.unit,
            since=one.begins_at,
            until=one.ends_at,
            zone=held.zone,
        )
        for one in held.offices
    ]


def _checkin(one: HeldCheckin) -> Text:
    words = [raw(one.question)] if one.question else []
    words += _report(one.report) if one.report else []
    words += [raw(one.excuse)] if one.excuse else []
    return phrases.checkin_line(
        period=one.period, state=checkin_words.STATES[one.state], by=one.answered_by, words=words
    )


def _report(report: Report) -> list[Text]:
    where = report_words.WHEREABOUTS[report.whereabouts] if report.whereabouts else None
    return phrases.report_facts(
        fine=report.fine,
        where=place_name(report.place_now) if report.place_now else where,
        work=report_words.WORK[report.work] if report.work else None,
        residence=report_words.RESIDENCE[report.residence] if report.residence else None,
        note=report.note,
        help_=report.needs_help,
        files=len(report.voice_ids) + len(report.photo_ids),
    )


def _notes(held: OwnData) -> list[Text]:
    return [
        phrases.note_line(
            by=one.by,
            channel=note_words.CHANNELS[one.channel],
            on=one.happened_on,
            result=one.result or "",
            correction=one.correction or "",
        )
        for one in held.contact_notes
    ]


def _pauses(held: OwnData) -> list[Text]:
    return [
        pause_words.held_line(
            begins_on=one.begins_on,
            ends_on=one.ends_on,
            kind=one.kind,
            state=one.state,
            by=one.by,
            reason=one.reason,
        )
        for one in held.pauses
    ]


def _requests(held: OwnData) -> list[Text]:
    return [
        phrases.request_line(
            at=one.opened_at,
            zone=held.zone,
            text=one.text or "",
            owner=one.owner or "",
            replies=[
                phrases.reply_line(
                    at=reply.at, zone=held.zone, by=reply.by, text=reply.text or "", files=reply.files
                )
                for reply in one.replies
            ],
        )
        for one in held.requests
    ]


def _invites(held: OwnData) -> list[Text]:
    return [
        phrases.invite_line(
            state=invite_words.STATES[one.state], at=one.created_at, by=one.by or "", zone=held.zone
        )
        for one in held.invites
    ]


def _looks(ctx: Context, held: OwnData) -> list[Text]:
    return [phrases.look_line(by=one.by, what=one.what, at=one.at, zone=held.zone) for one in held.looks]
