"""The questions of the keeper's form, whatever the act: those about a stay (handlers/away/stay.py), days, decisions, texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from handlers.away import stay
from handlers.away.stay import LATELY, Voice, kept, named
from handlers.desk.absence.draft import NOTHING, Draft, Here, keeps_known, verdict_words
from handlers.desk.roster.choosing import OnePerson
from handlers.ground.context import Answer
from handlers.ground.days import dated_number, read_day
from handlers.ground.form import (
    At,
    Day,
    Field,
    FieldKind,
    Line,
    Offer,
    OneOf,
    PaperScan,
    Prose,
    Row,
    Shape,
    beside,
)
from handlers.people.whereabouts import place_name
from models.away.away import Away, Filing, Route, Scan, return_items
from models.desk.screening import MonthAhead
from models.ground.clock import add_months
from models.ground.errors import Refused
from models.ground.phones import show_phone
from models.ground.places import place
from models.people.member import Member, roster
from models.phrases.away import away as away_words, letter as letter_words
from models.phrases.desk import absence as phrases
from models.phrases.text import Text, capital

_LINE, _TEXT = 120, 2000  # characters
_MOST_VOTES = 10_000
_YEAR = timedelta(days=364)


def _filing(at: Here) -> Filing:
    return at.ctx.db.get_one(Filing, at.draft.subject_id)


KEEPER: Voice[Draft, Any] = Voice(
    where=lambda at: phrases.which_of_these() if at.draft.found else phrases.which_place(),
    clock=lambda at: phrases.which_clock(place=place_name(at.draft.place_code)),
    city=lambda at: phrases.which_city(),
    work=lambda at: phrases.which_work(),
    employer=lambda at: phrases.which_employer(now=at.draft.employer),
    phone=lambda at: phrases.which_phone(now=show_phone(at.draft.phone) if at.draft.phone else ""),
    trusted=lambda at: phrases.which_trusted(),
    knows=lambda at: phrases.do_they_know(name=at.draft.trusted_name),
    nothing=NOTHING,
    no_phone=NOTHING,
    keeps=keeps_known,
)


# --- who, and in what way ---------------------------------------------------------------------------------------------


def _names(at: Here) -> list[Member]:
    return roster(at.ctx.db, at.draft.cell_id)


def _others(at: Here) -> list[Member]:
    return [one for one in _names(at) if one.id != at.draft.subject_id]


def _manners(at: Here) -> list[tuple[Text, str]]:
    labels = dict(phrases.MANNERS)
    if keeps_known(at):
        labels[at.draft.manner] = phrases.keep_what(what=labels[at.draft.manner])
    return [(label, name) for name, label in labels.items()]


def _routes(at: Here) -> list[Offer]:
    others = [one for one in Route if one not in (_filing(at).route, Route.NOTE)]
    ways = [Offer(capital(away_words.ROUTES[one]), one, one) for one in others]
    return [Offer(phrases.KEEP, "keep", None), *ways]


# --- days -----------------------------------------------------------------------------------------------------------


def _first_days(at: Here) -> list[tuple[Text, date]]:
    label = phrases.AT_ONCE if at.draft.act == "assign" else phrases.TODAY
    return [] if at.draft.act == "refile" else [(label, at.today)]


def _kept_begin(at: Here) -> list[Offer]:
    if at.draft.act != "refile":
        return []
    return [Offer(phrases.keep_day(on=_filing(at).begins_on), "keep", None)]


def _check_from(at: Here, on: date) -> date:
    if at.draft.act == "assign":
        return on
    return stay.check_change(at, on) if at.draft.act == "change" else stay.check_begin(at, on)


def _first_end(at: Here) -> date:
    """The day from which on an end makes sense."""
    if at.draft.act == "extend":
        return max(at.today, at.ctx.db.get_one(Away, at.draft.subject_id).due_on)
    if at.draft.act == "refile":
        return at.draft.begins_on or _filing(at).begins_on
    return at.draft.begins_on or at.today


def _check_until(at: Here, on: date) -> date:
    if at.draft.act == "assign":
        if on < _first_end(at):
            raise Refused(away_words.ends_before_begin())
        return on
    if at.draft.act == "extend":
        due_on = at.ctx.db.get_one(Away, at.draft.subject_id).due_on
        return stay.check_end(at, on, begins_on=at.today, due_on=due_on)
    return stay.check_end(at, on, begins_on=_first_end(at))


def _open_ends(at: Here) -> list[Offer]:
    label = phrases.UNTIL_REPLACED if at.draft.act == "assign" else phrases.OPEN_END
    if at.draft.act == "refile":
        known = _filing(at).ends_on
        label = phrases.keep_day(on=known) if known else phrases.KEEP
    return [Offer(label, "open", None)]


def _put_until(at: Here, on: date | None) -> None:
    at.draft.ends_on, at.draft.open_end = on, on is None


def _check_planned(at: Here, on: date) -> date:
    if on < at.today:
        raise Refused(phrases.day_has_gone())
    return on


def _past_days(at: Here) -> list[tuple[Text, date]]:
    known = at.draft.day if keeps_known(at) else None
    return [(phrases.keep_day(on=known), known)] if known else [(phrases.TODAY, at.today)]


def check_past(at: At[Any, Any], on: date) -> date:
    if on > at.today:
        raise Refused(away_words.lies_ahead())
    return on


class TypedMonth(FieldKind[Draft, Any]):
    _READ = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*[/.\-\s]\s*(\d{4})", re.IGNORECASE)

    def shape(self, at: Here) -> Shape | None:
        return Shape.LINE

    def rows(self, at: Here) -> Sequence[Row]:
        months = [add_months(at.today.replace(day=1), -back) for back in range(4)]
        return beside([Offer(phrases.month_button(on=one), f"{one:%m/%Y}", one) for one in months], 2)

    def sent(self, at: Here, answer: Answer) -> date:
        found = self._READ.fullmatch(answer.words(limit=30))
        year = at.today.year
        if found is None or not 1 <= int(found[1]) <= 12 or not year - 10 <= int(found[2]) <= year + 2:
            raise Refused(phrases.month_unread())
        month = date(int(found[2]), int(found[1]), 1)
        if at.draft.act != "dues" and month > at.today:
            raise MonthAhead
        return month


# --- what was decided -----------------------------------------------------------------------------------------------


class MeetingVotes(FieldKind[Any, Any]):
    def shape(self, at: Here) -> Shape | None:
        return Shape.LINE

    def sent(self, at: At[Any, Any], answer: Answer) -> tuple[int, int]:
        found = re.fullmatch(r"(\d{1,5})\s*[/\-,;\s]\s*(\d{1,5})", answer.words(limit=20), re.ASCII)
        if found is None or max(int(found[1]), int(found[2])) > _MOST_VOTES:
            raise Refused(phrases.votes_unread())
        return int(found[1]), int(found[2])


def _put_number(at: Here, said: str) -> None:
    """The number of a decision, and its day where that was typed with it."""
    takes_day = at.draft.act in ("decide", "paper", "fixdecision")
    at.draft.number, day = dated_number(said) if takes_day else (said, "")
    at.draft.is_dated = bool(day)
    if day:
        at.draft.day = check_past(at, read_day(day, near=at.today - _YEAR))


def _number_or_none(at: Here) -> list[Offer]:
    act, verdict = at.draft.act, at.draft.verdict
    optional = act in ("sent", "fixletter") or (act == "decide" and not verdict)
    return [*kept(at.draft.number), *([NOTHING] if optional else [])]


class ReturnSteps(FieldKind[Draft, Any]):
    """All that is open of a return, on one screen: marked one by one or at once, and noted for today."""

    def rows(self, at: Here) -> Sequence[Row]:
        steps, chosen = self._open(at), at.draft.chosen
        rows = [Offer(phrases.step_mark(step=step, on=step in chosen), step, {step}) for step in steps]
        if chosen:
            rows.append(Offer(phrases.note_steps(count=len(chosen & set(steps))), "note", set()))
        elif len(steps) > 1:
            rows.append(Offer(phrases.ALL_STEPS, "all", set(steps)))
        return beside(rows)

    def put(self, at: Here, name: str, value: set[str]) -> str | None:
        # a second tap on a step takes it out again; "note" changes nothing, and goes on
        at.draft.chosen ^= value
        return "steps" if value or not at.draft.chosen & set(self._open(at)) else None

    def _open(self, at: Here) -> list[str]:
        return [item.step for item in return_items(at.ctx.db, at.draft.subject_id) if item.done_at is None]


# --- texts and the scan -----------------------------------------------------------------------------------------------


def _scans(at: Here) -> list[Offer]:
    kept_scan = [Offer(phrases.KEEP, "keep", at.draft.scan)] if keeps_known(at) and at.draft.file_id else []
    return [*kept_scan, *([] if _scan_needed(at) else [Offer(phrases.NONE, "none", None)])]


def _scan_needed(at: Here) -> bool:
    return at.draft.act in ("update", "answered", "signed", "fixanswer") and not at.draft.note


def _put_scan(at: Here, scan: Scan | None) -> None:
    at.draft.file_id, at.draft.file_name = (scan.file_id, scan.name) if scan else ("", "")


def _said(words: dict[str, Text], at: Here) -> Text:
    return words.get(at.draft.act, words["other"])


QUESTIONS: tuple[Field[Draft, Any], ...] = (
    Field(
        "member",
        lambda at: phrases.which_member(),
        OnePerson(_names),
        into="subject_id",
        needed=lambda at: not at.draft.subject_id,
    ),
    Field(
        "kind",
        lambda at: phrases.which_letter(),
        OneOf(lambda at: [(label, str(kind)) for kind, label in letter_words.KINDS.items()]),
        needed=lambda at: not at.draft.kind,
    ),
    Field("route", lambda at: phrases.which_route(now=_filing(at).route), FieldKind(), offers=_routes),
    *stay.where(KEEPER),
    Field(
        "manner",
        lambda at: phrases.which_manner(),
        OneOf(_manners),
        needed=lambda at: at.draft.place_code is not None and not place(at.draft.place_code).abroad,
    ),
    *stay.people(KEEPER),
    Field(
        "from",
        lambda at: phrases.DAYS["from"],
        Day(
            lambda at: at.today if at.draft.act == "assign" else at.today - LATELY,
            _check_from,
            offers=_first_days,
        ),
        offers=_kept_begin,
        into="begins_on",
    ),
    Field(
        "until",
        lambda at: phrases.DAYS["until"],
        Day(_first_end, _check_until),
        offers=_open_ends,
        put=_put_until,
    ),
    Field(
        "reason",
        lambda at: phrases.which_reason(),
        Prose(_TEXT),
        offers=lambda at: [*kept(at.draft.reason), NOTHING],
    ),
    Field(
        "planned",
        lambda at: phrases.DAYS["planned"],
        Day(lambda at: at.today, _check_planned),
        offers=lambda at: [Offer(phrases.NONE, "none", None)],
        into="day",
    ),
    Field(
        "day",
        lambda at: phrases.DAYS[at.draft.act],
        Day(lambda at: at.today - _YEAR, check_past, offers=_past_days),
        needed=lambda at: not at.draft.is_dated,
    ),
    Field(
        "verdict",
        lambda at: phrases.which_verdict(act=at.draft.act, cell_decides=at.draft.cell_decides),
        OneOf(lambda at: [(verdict_words(at.draft, yes=one == "yes"), one) for one in ("yes", "no")]),
        put=lambda at, said: setattr(at.draft, "verdict", said == "yes"),
        needed=lambda at: not at.draft.is_said,
    ),
    Field(
        "votes",
        lambda at: phrases.which_votes(),
        MeetingVotes(),
        offers=lambda at: [Offer(phrases.NONE, "none", None)],
    ),
    Field(
        "number",
        lambda at: phrases.which_number(act=at.draft.act),
        Line(60),
        offers=_number_or_none,
        put=_put_number,
        needed=lambda at: at.draft.act != "result" or (at.draft.cell_decides and at.draft.verdict),
    ),
    Field("steps", lambda at: phrases.which_steps(on=at.today), ReturnSteps(), into="chosen"),
    Field(
        "why",
        lambda at: _said(phrases.WHYS, at),
        Prose(_TEXT),
        offers=lambda at: kept(at.draft.why),
        needed=lambda at: at.draft.act not in ("result", "decide", "paper") or not at.draft.verdict,
    ),
    Field(
        "note",
        lambda at: _said(phrases.NOTES, at),
        Prose(_TEXT),
        offers=lambda at: [*kept(at.draft.note), NOTHING],
    ),
    Field(
        "to",
        lambda at: phrases.which_to(),
        Line(_LINE, named),
        offers=lambda at: [*kept(at.draft.to), NOTHING],
    ),
    Field(
        "contact",
        lambda at: phrases.which_contact(found=len(_others(at))),
        OnePerson(_others),
        into="contact_id",
    ),
    Field(
        "home",
        lambda at: phrases.is_at_home(),
        OneOf(lambda at: [(phrases.AT_HOME, "home"), (phrases.STILL_AWAY, "away")], in_row=2),
        put=lambda at, said: setattr(at.draft, "at_home", said == "home"),
    ),
    Field("month", lambda at: phrases.which_month(act=at.draft.act), TypedMonth()),
    Field(
        "scan",
        lambda at: phrases.send_scan(needed=_scan_needed(at)),
        PaperScan(),
        offers=_scans,
        put=_put_scan,
        needed=lambda at: at.draft.act != "update" or not at.draft.note,
    ),
)
