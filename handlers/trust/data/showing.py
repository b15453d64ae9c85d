"""What is held, on the screen and as files."""

from __future__ import annotations

import hashlib

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, paged
from handlers.trust.data import words
from handlers.trust.data.absences import absences_in_words
from handlers.trust.data.page import page
from models.away.away import aways_of
from models.contact.contact_note import last_contact_notes
from models.delivery.message import Attachment, Button
from models.desk.law_request import LawKind, settle_by_itself
from models.people.member import Member
from models.people.trail import record_act
from models.phrases import common
from models.phrases.desk import bearings as bearings_words, law_request as law_words, year_sheet as year_words
from models.phrases.entry import identity
from models.phrases.text import Text
from models.phrases.trust import data as phrases
from models.trust.data import own_data

BACK = [Button(phrases.MY_DATA, "data:show"), Button(common.MENU, "nav:menu")]
_LAW = [Button(law_words.LAW, "law:mine")]
_LOOKS_SHOWN = 30


def show(ctx: Context) -> None:
    """Show the main things, and what can be done with them. What is read seldom stands below everything."""
    held = words.Held(ctx, ctx.me)
    buttons = [
        [Button(phrases.IN_FULL, "data:all")],
        [Button(phrases.CHANGE, "data:change"), Button(phrases.AGREEMENTS, "data:consents")],
        [Button(phrases.WHO_LOOKED, "data:looks")],
        [Button(identity.SAFETY, "data:safety")],
        [Button(phrases.TAKE_OUT, "data:takeout")],
        [Button(phrases.DELETE, "data:delete")],
        [Button(common.MENU, "nav:menu")],
    ]
    counts = phrases.counts(rows=sum(map(len, held.rows.values())), tables=len(held.rows))
    profile = common.lines(*words.profile_lines(held))
    ctx.show(common.paragraph(phrases.title(), profile, counts), buttons)


def tapped(ctx: Context, _arguments: list[str]) -> None:
    show(ctx)


def show_all(ctx: Context, _arguments: list[str]) -> None:
    held = words.Held(ctx, ctx.me)
    rows = [
        *([[Button(phrases.NOTES, "data:notes")]] if "contact_note" in held.rows else []),
        *([[Button(phrases.ABSENCES, "data:absences")]] if aways_of(ctx.db, ctx.me.id) else []),
    ]
    stand = [[Button(bearings_words.SEE, "bearings:see")], [Button(year_words.MINE, "year:see:0")]]
    stand = stand if ctx.me.cell_id is not None else []
    ctx.show(in_words(held), [*stand, *rows, _LAW, BACK])


def show_absences(ctx: Context, _arguments: list[str]) -> None:
    """Show each absence with its papers and letters."""
    ctx.show(phrases.chapters(phrases.ABSENCES, absences_in_words(ctx, ctx.me)), [BACK])


def show_looks(ctx: Context, _arguments: list[str]) -> None:
    """Show who read, and who changed: two lists, newest first."""
    held = words.Held(ctx, ctx.me)
    looks, deeds = words.look_lines(held, limit=_LOOKS_SHOWN), words.deed_lines(held, limit=_LOOKS_SHOWN)
    looked = phrases.section(phrases.LOOKS, looks) if looks else phrases.nobody_looked()
    done = phrases.section(phrases.DEEDS, deeds) if deeds else phrases.nobody_changed()
    ctx.show(common.paragraph(looked, done), [BACK])


def show_notes(ctx: Context, arguments: list[str]) -> None:
    """Show what others wrote about contacts with this person. Each note can be corrected."""
    notes = last_contact_notes(ctx.db, ctx.me.id)
    lines = words.notes(words.Held(ctx, ctx.me))[: len(notes)]
    room = SCREEN - len(BACK)
    shown, turn = paged(
        list(zip(notes, lines, strict=True)), number_or_0(arguments), room, lambda to: f"data:notes:{to}"
    )
    buttons = [
        [Button(phrases.correct_note(on=note.happened_on), f"contact_note:correct:{note.id}")]
        for note, _ in shown
    ]
    ctx.show(phrases.section(phrases.NOTES, [line for _, line in shown]), [*buttons, turn, BACK])


def take_out(ctx: Context, _arguments: list[str]) -> None:
    send_files(ctx, ctx.me)
    ctx.say(phrases.MY_DATA, [BACK])


def send_files(ctx: Context, whose: Member) -> None:
    """Send a page to read and the same for machines, each with its checksum. A request to see is settled by it."""
    held, data = words.Held(ctx, whose), own_data(ctx.db, whose, now=ctx.now)
    readable, plain = page(held, data, ctx.lang), data.model_dump_json(indent=2).encode()
    for name, content, say in (
        ("du-lieu-cua-toi.html", readable, phrases.taken_out),
        ("du-lieu-cua-toi.json", plain, phrases.taken_out_for_machines),
    ):
        ctx.send_file(Attachment(name, content), say(name=name, sha256=hashlib.sha256(content).hexdigest()))
    settle_by_itself(ctx.db, whose.id, LawKind.SEE, now=ctx.now)
    record_act(ctx.db, "data.export", by_id=whose.id, member_id=whose.id, now=ctx.now)


def in_words(held: words.Held, title: Text | None = None) -> Text:
    """Return everything, section by section. What there is nothing of is named in one line at the end."""
    away, *body = words.sections(held)
    none = [label for label, entries in (away, *body) if not entries]
    return common.paragraph(
        title or phrases.title(),
        common.lines(*words.profile_lines(held)),
        *([phrases.chapters(*away)] if away[1] else []),
        *(phrases.section(label, entries) for label, entries in body if entries),
        *([phrases.nothing_of(labels=none)] if none else []),
        phrases.FILES_APART,
    )
