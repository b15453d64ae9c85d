"""Correct what is held.

WHAT ─┬─ PLACE ──> CLOCK | ZONE ──> saved, the next check-in follows; while an absence is declared: to the absence
      ├─ PHONE ──> saved
      ├─ NAME, BIRTH_YEAR, JOINED ──> a proposal to the secretary: the roster is the cell's
      ├─ where they are told, an e-mail address among it: handlers/people/mailbox.py
      └─ discreet on, off
"""

from __future__ import annotations

import re
from enum import StrEnum

from handlers.entry.waking import is_held_back
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice, own
from handlers.people import mailbox, whereabouts as places
from handlers.people.whereabouts import Whereabouts
from handlers.trust.data.showing import BACK, show
from models.away.away import open_away
from models.delivery.message import Button
from models.desk.roster import Column, cells
from models.entry.register import change_number
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.marking import clean
from models.ground.names import tidy_name
from models.ground.phones import parse_phone
from models.phrases import common
from models.phrases.away import away_member as words
from models.phrases.desk import roster as file_words
from models.phrases.people import mailbox as mailbox_words
from models.phrases.text import Text
from models.phrases.trust import data as phrases
from models.trust.data import move_member, propose_correction

_LONGEST_NAME = 100
_YEAR = re.compile(r"(19[2-9]\d|20[01]\d)")


class Step(StrEnum):
    WHAT = "what"
    PLACE = "place"
    CLOCK = "clock"
    ZONE = "zone"
    PHONE = "phone"
    NAME = "name"
    BIRTH_YEAR = "birth_year"
    JOINED = "joined_on"


class Draft(Whereabouts):
    pass


def tapped(ctx: Context, _arguments: list[str]) -> None:
    begin(ctx, FLOW, Step.WHAT, Draft())


def ask_what(ctx: Context, draft: Draft) -> Screen:
    rows: list[tuple[Text, str]] = [
        (phrases.PHONE, Step.PHONE),
        (phrases.NAME, Step.NAME),
        (phrases.BIRTH_YEAR, Step.BIRTH_YEAR),
        (phrases.JOINED, Step.JOINED),
    ]
    if ctx.me.cell_id is not None:
        rows.insert(0, (phrases.PLACE, Step.PLACE))
    rows.append((mailbox_words.TOLD, "told"))
    discreet = (phrases.DISCREET_OFF, "off") if ctx.me.discreet else (phrases.DISCREET_ON, "on")
    return Screen(phrases.what_to_change(), [[choice(label, value)] for label, value in [*rows, discreet]])


def take_what(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    wanted = answer.choice(
        Step.PLACE, Step.PHONE, Step.NAME, Step.BIRTH_YEAR, Step.JOINED, "told", "on", "off"
    )
    if wanted == "told":
        mailbox.show(ctx, [])
        return None
    if wanted in ("on", "off"):
        ctx.me.discreet = wanted == "on"
        show(ctx)
        return None
    if wanted == Step.PHONE:
        ctx.prove()
    if wanted == Step.PLACE and (away := open_away(ctx.db, ctx.me.id)):
        ctx.show(
            phrases.place_follows(place=places.place_name(away.place_code)),
            [[Button(words.TO_AWAY, f"away:see:{away.id}")], BACK],
        )
        return None
    return Step(wanted)


# --- place and clock ------------------------------------------------------------------------------------------------


def _move(ctx: Context, draft: Draft) -> None:
    planned = move_member(
        ctx.db,
        ctx.me,
        place_code=draft.place_code,
        zone=draft.zone,
        policy=ctx.policies.checkin,
        now=ctx.now,
    )
    where = places.place_name(draft.place_code)
    words = phrases.moved(place=where, next_at=planned.opens_at if planned else None, zone=ctx.me.zone)
    ctx.show(words, [BACK])


# --- phone, name, year of birth, date of joining -------------------------------------------------------------------------------------


def ask_phone(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_phone())


def take_phone(ctx: Context, draft: Draft, answer: Answer) -> None:
    contact = answer.incoming.contact
    given = contact.phone if contact and contact.is_own else answer.words(limit=_LONGEST_NAME)
    if contact is None:
        ctx.prove()  # once more: the question may have stood open for days
    phone = parse_phone(given)
    if phone is None:
        raise Refused(phrases.phone_not_read())
    proved = contact is not None and contact.is_own and not is_held_back(ctx)
    change_number(ctx.db, ctx.me, phone, by_id=ctx.me.id, now=ctx.now, proved=proved)
    ctx.show(phrases.saved(), [BACK])


def ask_name(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_name())


def take_name(ctx: Context, draft: Draft, answer: Answer) -> None:
    name = clean(tidy_name(answer.words(limit=_LONGEST_NAME)))
    _propose(ctx, "name", name)


def ask_birth_year(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_birth_year())


def take_birth_year(ctx: Context, draft: Draft, answer: Answer) -> None:
    year = answer.words(limit=_LONGEST_NAME)
    if not _YEAR.fullmatch(year):
        raise Refused(phrases.year_not_read())
    _propose(ctx, "birth_year", year)


def ask_joined(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_joined())


def take_joined(ctx: Context, draft: Draft, answer: Answer) -> None:
    typed, today = answer.words(limit=_LONGEST_NAME), local_date(ctx.now, HOME_ZONE)
    try:
        joined = cells.read_joined_on(typed, ctx.policies.roster, birth_year=ctx.me.birth_year, today=today)
    except cells.Faulty as fault:
        raise Refused(file_words.typed(column=Column.JOINED_ON, kind=fault.kind)) from None
    if joined is None:
        raise Refused(common.text_expected())
    _propose(ctx, "joined_on", joined.written())


def _propose(ctx: Context, what: str, proposed: str) -> None:
    told = propose_correction(ctx.db, ctx.me, what=what, proposed=proposed, now=ctx.now)
    ctx.show(phrases.proposed(told=told > 0), [BACK])


FLOW: Flow[Draft] = Flow(
    "data",
    phrases.ABOUT,
    Draft,
    {
        Step.WHAT: Question(ask_what, take_what),
        **places.PlaceSteps[Draft](Step.PLACE, Step.CLOCK, Step.ZONE, _move).questions,
        Step.PHONE: Question(ask_phone, take_phone),
        Step.NAME: Question(ask_name, take_name),
        Step.BIRTH_YEAR: Question(ask_birth_year, take_birth_year),
        Step.JOINED: Question(ask_joined, take_joined),
    },
    right=own,
)
