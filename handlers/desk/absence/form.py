"""What keepers and committee enter about an absence: one form, whose questions depend on the act.

    a button absence:do:<act>:<subject> ──> the questions of PLANS[act] (plans.py), one by one ──> overview ──> the act
                                            each asks again for the right; who lost it meanwhile gets no further

    put       (route, planned day, scan)          file      member ─ place ─ clock ─ city ─ work ─ how ─ employer ─ phone ─
    return    why (scan)                                    trusted person ─ from ─ until ─ reason (scan)
    result    day ─ verdict ─ number, where the   extend    until (reason, scan)
              cell decides ─ why (votes, scan)    change    as file, without days but from
    decide    number and day ─ why (scan)         ticks     which steps of a return are done, all at once
    …         …                                   answered  day ─ text ─ scan

What stands in brackets is not asked: the overview offers it, so a scan is asked for only where there is paper.

Somebody who was quicker is no error: the subject is shown as it is now, with a sentence that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

from pydantic import Field

from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Screen, choice
from handlers.ground.days import read_day, take_day
from handlers.ground.paging import SCREEN, page_of
from handlers.ground.scans import take_scan
from handlers.people import whereabouts as places
from models.away.away import Away, Filing, Route, WorkKind, return_items
from models.away.letter import LetterKind
from models.delivery.outbox import Button
from models.desk.screening import MonthAhead
from models.ground.clock import HOME_ZONE, add_months, local_date
from models.ground.errors import Refused
from models.ground.marking import marked_secret
from models.ground.names import fold
from models.ground.phones import parse_phone, show_phone
from models.ground.places import place
from models.people.member import Member, roster
from models.phrases import common
from models.phrases.away import away as away_words, away_member as own_words, letter as letter_words
from models.phrases.desk import absence as phrases
from models.phrases.text import LABEL, Text, capital, fitting, raw

_WAYS_OUT = 2  # back, and cancel
LINE, TEXT = 120, 2000  # characters
_MOST_VOTES = 10_000


class Step(StrEnum):
    MEMBER = "member"
    KIND = "kind"
    ROUTE = "route"
    PLACE = "place"
    ZONE = "zone"
    CITY = "city"
    WORK = "work"
    MANNER = "manner"
    EMPLOYER = "employer"
    PHONE = "phone"
    TRUSTED = "trusted"
    KNOWS = "knows"
    TRUSTED_PHONE = "their_phone"
    FROM = "from"
    UNTIL = "until"
    REASON = "reason"
    PLANNED = "planned"
    DAY = "day"
    VERDICT = "verdict"
    VOTES = "votes"
    NUMBER = "number"
    WHY = "why"
    NOTE = "note"
    TO = "to"
    CONTACT = "contact"
    HOME = "home"
    MONTH = "month"
    SCAN = "scan"
    STEPS = "steps"
    OVERVIEW = "overview"


S = Step


class Draft(places.Whereabouts):
    act: str = ""
    subject_id: int = 0
    cell_id: int = 0
    kind: str = ""  # of a letter
    route: Route | None = None
    works: int = 0  # the page of kinds of work
    city: str = ""
    work: WorkKind = WorkKind.OTHER
    manner: str = "steady"
    employer: str = ""
    phone: str = ""
    trusted: str = ""
    trusted_phone: str = ""
    trusted_knows: bool = False
    begins_on: date | None = None
    ends_on: date | None = None
    open_end: bool = False
    reason: str = ""
    day: date | None = None
    verdict: bool = True
    is_dated: bool = False  # the day was typed with the number
    is_said: bool = False  # the verdict stood on the button
    cell_decides: bool = False
    chosen: set[str] = Field(default_factory=set)  # the steps of a return that are done
    votes: tuple[int, int] | None = None
    number: str = ""
    why: str = ""
    note: str = ""
    to: str = ""
    contact_id: int = 0
    search: str = ""  # what was typed to find a name
    page: int = 0
    at_home: bool = False
    month: date | None = None
    file_id: str = ""
    file_name: str = ""


Ask = Callable[[Context, Draft], Screen]
Take = Callable[[Context, Draft, Answer], bool]  # False: the same question once more


def today_of(ctx: Context) -> date:
    return local_date(ctx.now, HOME_ZONE)


def _is_kept(draft: Draft) -> bool:
    """Whether there is something known already, which may stay as it is."""
    return draft.act in ("change", "refile", "fixletter", "fixanswer", "fixdecision")


def _keep(draft: Draft) -> list[list[Button]]:
    return [[choice(phrases.KEEP, "keep")]] if _is_kept(draft) else []


# --- who ------------------------------------------------------------------------------------------------------------


def _names(ctx: Context, draft: Draft, *, but: int = 0) -> list[Member]:
    people = [one for one in roster(ctx.db, draft.cell_id) if one.id != but]
    return [one for one in people if fold(draft.search) in one.folded]


def _ask_name(words: Text, people: list[Member], draft: Draft) -> Screen:
    everybody = [choice(phrases.ALL_NAMES, "all")] if draft.search else []
    room = SCREEN - _WAYS_OUT - len(everybody)
    size = room if len(people) <= room else room - 2
    page, pages = page_of(draft.page, len(people), size)
    shown = people[page * size : (page + 1) * size]
    rows = [[choice(raw(fitting(one.full_name, LABEL)), str(one.id))] for one in shown]
    turn = [choice(common.PREVIOUS, f"page{page - 1}")] if page else []
    turn += [choice(common.NEXT, f"page{page + 1}")] if page + 1 < pages else []
    return Screen(words, [row for row in [*rows, turn, everybody] if row])


def _take_name(people: list[Member], draft: Draft, answer: Answer) -> int:
    """The chosen member's id; 0: search or turn, and ask again."""
    if answer.value is None:
        draft.search, draft.page = answer.words(limit=60), 0
        return 0
    if answer.value == "all":
        draft.search, draft.page = "", 0
        return 0
    if found := re.fullmatch(r"page(\d{1,4})", answer.value):
        draft.page = int(found[1])
        return 0
    return int(answer.choice(*(str(one.id) for one in people)))


def ask_member(ctx: Context, draft: Draft) -> Screen:
    return _ask_name(phrases.which_member(), _names(ctx, draft), draft)


def take_member(ctx: Context, draft: Draft, answer: Answer) -> bool:
    draft.subject_id = _take_name(_names(ctx, draft), draft, answer)
    return draft.subject_id != 0


def ask_contact(ctx: Context, draft: Draft) -> Screen:
    people = _names(ctx, draft, but=draft.subject_id)
    return _ask_name(phrases.which_contact(found=len(people)), people, draft)


def take_contact(ctx: Context, draft: Draft, answer: Answer) -> bool:
    draft.contact_id = _take_name(_names(ctx, draft, but=draft.subject_id), draft, answer)
    return draft.contact_id != 0


# --- where and what -------------------------------------------------------------------------------------------------


def ask_place(ctx: Context, draft: Draft) -> Screen:
    words = phrases.which_of_these() if draft.found else phrases.which_place()
    return Screen(words, [*_keep(draft), *places.ask_place(ctx, draft, or_home=False).buttons])


def take_place(ctx: Context, draft: Draft, answer: Answer) -> bool:
    if _is_kept(draft) and answer.value == "keep":
        draft.found = []
        return True
    before = draft.place_code
    known = places.take_place(draft, answer)
    if known and draft.place_code is None:
        raise Refused(phrases.place_needed())
    if draft.place_code != before:
        draft.city = ""
    return known


def ask_zone(ctx: Context, draft: Draft) -> Screen:
    return Screen(
        phrases.which_clock(place=places.place_name(draft.place_code)),
        places.ask_zone(ctx, draft).buttons,
    )


def take_zone(ctx: Context, draft: Draft, answer: Answer) -> bool:
    return places.take_zone(draft, answer)


def ask_work(ctx: Context, draft: Draft) -> Screen:
    return Screen(
        phrases.which_work(), [*_keep(draft), *places.work_buttons(draft.works, but_one=_is_kept(draft))]
    )


def take_work(ctx: Context, draft: Draft, answer: Answer) -> bool:
    if _is_kept(draft) and answer.value == "keep":
        return True
    chosen = answer.choice(places.MORE, *WorkKind)
    if chosen == places.MORE:
        draft.works += 1
        return False
    draft.work = WorkKind(chosen)
    return True


def ask_manner(ctx: Context, draft: Draft) -> Screen:
    labels = dict(phrases.MANNERS)
    if _is_kept(draft):
        labels[draft.manner] = phrases.keep_what(what=labels[draft.manner])
    return Screen(phrases.which_manner(), [[choice(label, name)] for name, label in labels.items()])


def take_manner(ctx: Context, draft: Draft, answer: Answer) -> bool:
    draft.manner = answer.choice(*phrases.MANNERS)
    return True


def ask_phone(ctx: Context, draft: Draft) -> Screen:
    now = show_phone(draft.phone) if draft.phone else ""
    return Screen(phrases.which_phone(now=now), [*_keep(draft), [choice(phrases.NONE, "none")]])


def take_phone(ctx: Context, draft: Draft, answer: Answer) -> bool:
    if answer.value is not None:
        draft.phone = draft.phone if answer.choice("keep", "none") == "keep" else ""
        return True
    region = draft.place_code if draft.place_code and place(draft.place_code).abroad else "VN"
    draft.phone = _read_phone(answer, region=region or "VN")
    return True


def _read_phone(answer: Answer, *, region: str) -> str:
    typed = answer.incoming.contact.phone if answer.incoming.contact else answer.words(limit=40)
    found = parse_phone(typed, region=region) or parse_phone(typed)
    if found is None:
        raise Refused(phrases.phone_unfit())
    return found


def take_city(ctx: Context, draft: Draft, answer: Answer) -> bool:
    """Never more exact than a town (product.md, principle 1)."""
    if answer.value is None and places.names_street(answer.words(limit=LINE)):
        raise Refused(own_words.no_street())
    return _CITY[1](ctx, draft, answer)


# --- the trusted person at home -------------------------------------------------------------------------------------


def take_trusted(ctx: Context, draft: Draft, answer: Answer) -> bool:
    """Another person: whether they know, and their number, is asked anew."""
    before = draft.trusted
    taken = _TRUSTED[1](ctx, draft, answer)
    if draft.trusted != before:
        draft.trusted_phone, draft.trusted_knows = "", False
    return taken


def ask_knows(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(own_words.KNOWS, "yes")], [choice(own_words.KNOWS_NOT, "no")]]
    return Screen(phrases.do_they_know(name=draft.trusted), buttons)


def take_knows(ctx: Context, draft: Draft, answer: Answer) -> bool:
    """Who does not know is not named."""
    draft.trusted_knows = answer.choice("yes", "no") == "yes"
    if not draft.trusted_knows:
        draft.trusted = draft.trusted_phone = ""
    return True


def ask_their_phone(ctx: Context, draft: Draft) -> Screen:
    kept = [[choice(phrases.keep_words(now=show_phone(draft.trusted_phone)), "keep")]]
    words = own_words.their_phone(name=draft.trusted)
    return Screen(words, [*(kept if draft.trusted_phone else []), [choice(phrases.NONE, "none")]])


def take_their_phone(ctx: Context, draft: Draft, answer: Answer) -> bool:
    if answer.value is None:
        draft.trusted_phone = _read_phone(answer, region="VN")
    elif answer.choice("keep", "none") == "none":
        draft.trusted_phone = ""
    return True


def ask_kind(ctx: Context, draft: Draft) -> Screen:
    """Of the letter that has left."""
    return Screen(
        phrases.which_letter(), [[choice(label, kind)] for kind, label in letter_words.KINDS.items()]
    )


def take_kind(ctx: Context, draft: Draft, answer: Answer) -> bool:
    draft.kind = answer.choice(*LetterKind)
    return True


def ask_route(ctx: Context, draft: Draft) -> Screen:
    filing = ctx.db.get_one(Filing, draft.subject_id)
    others = [
        choice(capital(away_words.ROUTES[one]), one) for one in Route if one not in (filing.route, Route.NOTE)
    ]
    return Screen(
        phrases.which_route(now=filing.route), [[choice(phrases.KEEP, "keep")], *([one] for one in others)]
    )


def take_route(ctx: Context, draft: Draft, answer: Answer) -> bool:
    chosen = answer.choice("keep", *(one for one in Route if one is not Route.NOTE))
    draft.route = None if chosen == "keep" else Route(chosen)
    return True


# --- days -----------------------------------------------------------------------------------------------------------


def ask_from(ctx: Context, draft: Draft) -> Screen:
    if draft.act == "refile":
        known = ctx.db.get_one(Filing, draft.subject_id).begins_on
        return Screen(phrases.DAYS["from"], [[choice(phrases.keep_day(on=known), "keep")]])
    label = phrases.AT_ONCE if draft.act == "assign" else phrases.TODAY
    return Screen(phrases.DAYS["from"], [[choice(label, today_of(ctx).isoformat())]])


def take_from(ctx: Context, draft: Draft, answer: Answer) -> bool:
    today = today_of(ctx)
    if _is_kept(draft) and answer.value == "keep":
        draft.begins_on = None
        return True
    near = today if draft.act == "assign" else today - timedelta(days=120)
    draft.begins_on = take_day(answer, near=near)
    return True


def ask_until(ctx: Context, draft: Draft) -> Screen:
    if draft.act == "refile":
        known = ctx.db.get_one(Filing, draft.subject_id).ends_on
        label = phrases.keep_day(on=known) if known else phrases.KEEP
        return Screen(phrases.DAYS["until"], [[choice(label, "open")]])
    label = phrases.UNTIL_REPLACED if draft.act == "assign" else phrases.OPEN_END
    return Screen(phrases.DAYS["until"], [[choice(label, "open")]])


def take_until(ctx: Context, draft: Draft, answer: Answer) -> bool:
    draft.open_end = answer.value == "open"
    if draft.open_end:
        draft.ends_on = None
        return True
    first = draft.begins_on or today_of(ctx)
    if draft.act == "extend":
        first = max(first, ctx.db.get_one(Away, draft.subject_id).due_on)
    draft.ends_on = take_day(answer, near=first)
    if draft.ends_on < first and draft.act != "refile":
        raise Refused(away_words.ends_before_begin())
    return True


def ask_planned(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.DAYS["planned"], [[choice(phrases.NONE, "none")]])


def take_planned(ctx: Context, draft: Draft, answer: Answer) -> bool:
    if answer.value == "none":
        draft.day = None
        return True
    draft.day = take_day(answer, near=today_of(ctx))
    if draft.day < today_of(ctx):
        raise Refused(phrases.day_has_gone())
    return True


def ask_day(ctx: Context, draft: Draft) -> Screen:
    if _is_kept(draft) and draft.day is not None:
        return Screen(
            phrases.DAYS[draft.act], [[choice(phrases.keep_day(on=draft.day), draft.day.isoformat())]]
        )
    return Screen(phrases.DAYS[draft.act], [[choice(phrases.TODAY, today_of(ctx).isoformat())]])


def take_day_of(ctx: Context, draft: Draft, answer: Answer) -> bool:
    """Something that has happened: without a year the last such day."""
    today = today_of(ctx)
    draft.day = take_day(answer, near=today - timedelta(days=364))
    if draft.day > today:
        raise Refused(away_words.lies_ahead())
    return True


def ask_month(ctx: Context, draft: Draft) -> Screen:
    this = today_of(ctx).replace(day=1)
    months = [add_months(this, -back) for back in range(4)]
    buttons = [choice(phrases.month_button(on=one), f"{one:%m/%Y}") for one in months]
    return Screen(phrases.which_month(act=draft.act), [buttons[:2], buttons[2:]])


_MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*[/.\-\s]\s*(\d{4})", re.IGNORECASE)


def take_month(ctx: Context, draft: Draft, answer: Answer) -> bool:
    said = answer.value if answer.value is not None else answer.words(limit=30)
    found = _MONTH.fullmatch(said.strip())
    year = today_of(ctx).year
    if found is None or not 1 <= int(found[1]) <= 12 or not year - 10 <= int(found[2]) <= year + 2:
        raise Refused(phrases.month_unread())
    draft.month = date(int(found[2]), int(found[1]), 1)
    if draft.act != "dues" and draft.month > today_of(ctx):
        raise MonthAhead
    return True


# --- what was decided -----------------------------------------------------------------------------------------------


def verdict_words(draft: Draft, *, yes: bool) -> Text:
    return phrases.verdict(yes=yes, act=draft.act, cell_decides=draft.cell_decides)


def ask_verdict(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(verdict_words(draft, yes=one == "yes"), one)] for one in ("yes", "no")]
    return Screen(phrases.which_verdict(act=draft.act, cell_decides=draft.cell_decides), buttons)


def take_verdict(ctx: Context, draft: Draft, answer: Answer) -> bool:
    draft.verdict = answer.choice("yes", "no") == "yes"
    return True


def ask_votes(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_votes(), [[choice(phrases.NONE, "none")]])


def take_votes(ctx: Context, draft: Draft, answer: Answer) -> bool:
    if answer.value == "none":
        draft.votes = None
        return True
    found = re.fullmatch(r"(\d{1,5})\s*[/\-,;\s]\s*(\d{1,5})", answer.words(limit=20), re.ASCII)
    if found is None or max(int(found[1]), int(found[2])) > _MOST_VOTES:
        raise Refused(phrases.votes_unread())
    draft.votes = int(found[1]), int(found[2])
    return True


def ask_home(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(phrases.AT_HOME, "home"), choice(phrases.STILL_AWAY, "away")]]
    return Screen(phrases.is_at_home(), buttons)


def take_home(ctx: Context, draft: Draft, answer: Answer) -> bool:
    draft.at_home = answer.choice("home", "away") == "home"
    return True


# --- texts ----------------------------------------------------------------------------------------------------------


def _typed(
    field: str, words: Callable[[Draft], Text], *, limit: int, optional: Callable[[Draft], bool]
) -> tuple[Ask, Take]:
    """A question whose answer is typed into a field of the draft."""

    def ask(ctx: Context, draft: Draft) -> Screen:
        known = getattr(draft, field)
        offered = known and (_is_kept(draft) or (field == "to" and draft.act == "sent"))
        kept = [[choice(phrases.keep_words(now=known), "keep")]] if offered else []
        return Screen(words(draft), [*kept, *([[choice(phrases.NONE, "none")]] if optional(draft) else [])])

    def take(ctx: Context, draft: Draft, answer: Answer) -> bool:
        if answer.value is not None:
            if answer.choice("keep", *(["none"] if optional(draft) else [])) == "none":
                setattr(draft, field, "")
            return True
        said = answer.words(limit=limit)
        if marked_secret(said):
            raise Refused(common.secret_refused())
        setattr(draft, field, places.require_name(said) if field in _NAMES else said)
        return True

    return ask, take


_NAMES = ("city", "employer", "trusted", "to")  # no days, no phone numbers


def _always(draft: Draft) -> bool:
    return True


def _never(draft: Draft) -> bool:
    return False


def _number_optional(draft: Draft) -> bool:
    return draft.act in ("sent", "fixletter") or (draft.act == "decide" and not draft.verdict)


_DATED = re.compile(r"(.*?)[\s,;]+(?:ngày|of)\s+(.+)", re.IGNORECASE)


def take_number(ctx: Context, draft: Draft, answer: Answer) -> bool:
    """The number of a decision, and its day where that was typed with it: 15-QĐ/ĐU ngày 05/01/2027."""
    if answer.value is not None:
        return _NUMBER[1](ctx, draft, answer)
    said = answer.words(limit=60)
    found = _DATED.fullmatch(said.strip()) if draft.act in _DECISIONS else None
    if found is not None:
        on = read_day(found[2], near=today_of(ctx) - timedelta(days=364))
        if on > today_of(ctx):
            raise Refused(away_words.lies_ahead())
        said, draft.day, draft.is_dated = found[1], on, True
    if marked_secret(said):
        raise Refused(common.secret_refused())
    draft.number = said.strip()
    return True


_DECISIONS = ("decide", "paper", "fixdecision")


# --- what is done of a return ---------------------------------------------------------------------------------------


def _open_steps(ctx: Context, draft: Draft) -> list[str]:
    return [item.step for item in return_items(ctx.db, draft.subject_id) if item.done_at is None]


def ask_steps(ctx: Context, draft: Draft) -> Screen:
    """All that is open, on one screen: marked one by one or at once, and noted for today."""
    steps = _open_steps(ctx, draft)
    rows = [[choice(phrases.step_mark(step=step, on=step in draft.chosen), step)] for step in steps]
    if draft.chosen:
        rows.append([choice(phrases.note_steps(count=len(draft.chosen & set(steps))), "note")])
    elif len(steps) > 1:
        rows.append([choice(phrases.ALL_STEPS, "all")])
    return Screen(phrases.which_steps(on=today_of(ctx)), rows)


def take_steps(ctx: Context, draft: Draft, answer: Answer) -> bool:
    steps = _open_steps(ctx, draft)
    chosen = answer.choice("note", "all", *steps)
    if chosen == "all":
        draft.chosen = set(steps)
    elif chosen != "note":
        draft.chosen ^= {chosen}
    return chosen == "note" and bool(draft.chosen & set(steps))


# --- the scan -------------------------------------------------------------------------------------------------------


def ask_scan(ctx: Context, draft: Draft) -> Screen:
    needed = draft.act in ("update", "answered", "fixanswer") and not draft.note
    kept = _keep(draft) if draft.file_id else []
    none = [] if needed else [[choice(phrases.NONE, "none")]]
    return Screen(phrases.send_scan(needed=needed), [*kept, *none])


def take_scan_of(ctx: Context, draft: Draft, answer: Answer) -> bool:
    if answer.value == "keep" and _is_kept(draft) and draft.file_id:
        return True
    if answer.value == "none":
        draft.file_id = draft.file_name = ""
        return True
    scan = take_scan(answer)
    draft.file_id, draft.file_name = scan.file_id, scan.name
    return True


# --- the way through ------------------------------------------------------------------------------------------------


_NUMBER = _typed(
    "number", lambda d: phrases.which_number(act=d.act), limit=60, optional=lambda d: _number_optional(d)
)
_TRUSTED = _typed("trusted", lambda d: phrases.which_trusted(), limit=LINE, optional=_always)
_CITY = _typed("city", lambda d: phrases.which_city(), limit=LINE, optional=_always)
HALVES: dict[Step, tuple[Ask, Take]] = {
    S.MEMBER: (ask_member, take_member),
    S.KIND: (ask_kind, take_kind),
    S.ROUTE: (ask_route, take_route),
    S.PLACE: (ask_place, take_place),
    S.ZONE: (ask_zone, take_zone),
    S.CITY: (_CITY[0], take_city),
    S.WORK: (ask_work, take_work),
    S.MANNER: (ask_manner, take_manner),
    S.EMPLOYER: _typed(
        "employer", lambda d: phrases.which_employer(now=d.employer), limit=LINE, optional=_always
    ),
    S.PHONE: (ask_phone, take_phone),
    S.TRUSTED: (_TRUSTED[0], take_trusted),
    S.KNOWS: (ask_knows, take_knows),
    S.TRUSTED_PHONE: (ask_their_phone, take_their_phone),
    S.FROM: (ask_from, take_from),
    S.UNTIL: (ask_until, take_until),
    S.REASON: _typed("reason", lambda d: phrases.which_reason(), limit=TEXT, optional=_always),
    S.PLANNED: (ask_planned, take_planned),
    S.DAY: (ask_day, take_day_of),
    S.VERDICT: (ask_verdict, take_verdict),
    S.VOTES: (ask_votes, take_votes),
    S.NUMBER: (_NUMBER[0], take_number),
    S.STEPS: (ask_steps, take_steps),
    S.WHY: _typed(
        "why", lambda d: phrases.WHYS.get(d.act, phrases.WHYS["other"]), limit=TEXT, optional=_never
    ),
    S.NOTE: _typed(
        "note", lambda d: phrases.NOTES.get(d.act, phrases.NOTES["other"]), limit=TEXT, optional=_always
    ),
    S.TO: _typed("to", lambda d: phrases.which_to(), limit=LINE, optional=_always),
    S.CONTACT: (ask_contact, take_contact),
    S.HOME: (ask_home, take_home),
    S.MONTH: (ask_month, take_month),
    S.SCAN: (ask_scan, take_scan_of),
}


def is_needed(draft: Draft, step: Step) -> bool:
    """Whether what was answered so far leaves this question open."""
    match step:
        case S.MEMBER:
            return not draft.subject_id
        case S.KIND:
            return not draft.kind
        case S.ZONE:
            return places.has_several_clocks(draft) and not draft.zone
        case S.MANNER:
            return draft.place_code is not None and not place(draft.place_code).abroad
        case S.KNOWS:
            return bool(draft.trusted) and not draft.trusted_knows
        case S.TRUSTED_PHONE:
            return bool(draft.trusted)
        case S.WHY:
            return draft.act not in ("result", "decide", "paper") or not draft.verdict
        case S.VERDICT:
            return not draft.is_said
        case S.NUMBER:
            return draft.act != "result" or (draft.cell_decides and draft.verdict)
        case S.DAY:
            return not draft.is_dated
        case S.SCAN:
            return draft.act != "update" or not draft.note
        case _:
            return True
