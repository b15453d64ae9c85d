"""The form of an absence: declare it, correct what was returned, ask for more time, say what has changed.

    declare     place ─> clock, where there are several ─> town ─> work ─> employer ─> from ─> until ─┐
                ┌── moving about?, where it matters <──────────────────────────────────────────────────┘
                └─> reason ─> phone ─> trusted person ─> do they know? ─> their phone ─> overview ──> filed
    correct     overview, with the comment it was returned with                           ^   │
    extend      until ─> overview                                                         └───┘ each answer can be
    change      overview                                                                        changed from there

The answers so far decide what is asked next: `_onward` finds the first question that is still open. Nothing is kept
before the overview's first button but the draft.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from handlers import whereabouts as places
from handlers.away.documents import send_paper_if_possible
from handlers.away.door import clean, number, own_away, own_filing, today
from handlers.away.draft import (
    Aim,
    Draft,
    Step,
    draft_of,
    is_extension,
    needs_reason,
    proposal_of,
    steadiness_matters,
)
from handlers.away.screens import comment_of, show_away
from handlers.context import Answer, Context, Kind
from handlers.conversation import Flow, Question, Screen, begin, begin_or_resume, choice
from handlers.days import take_day
from handlers.scans import take_scan
from models.away import (
    AWAY,
    ON_PORTAL,
    RUNNING,
    Away,
    AwayOver,
    AwayState,
    DatesUnfit,
    Filing,
    FilingSettled,
    FilingState,
    Proposal,
    Route,
    Stay,
    WorkKind,
    away_changes,
    away_of,
    aways_of,
    change_away,
    check_dates,
    extend_away,
    file_away,
    filing_under_way,
    open_away,
    proposal_for,
    refile,
    same_length,
)
from models.clock import add_months, same_day
from models.conversation import conversation_in
from models.errors import Refused
from models.outbox import Button
from models.phones import parse_phone, show_phone
from models.phrases import away as away_words
from models.phrases import away_member as phrases
from models.phrases import common
from models.phrases import register as place_words
from models.phrases.text import Text, day, raw
from models.rules import Sure

LINE, LONG = 100, 1_000  # characters of a line, of a reason or an answer
SKIP = "skip"
_DAY = timedelta(days=1)
_LATELY = timedelta(days=90)  # a day without a year may have gone by


# --- beginning ------------------------------------------------------------------------------------------------------


def start(ctx: Context) -> None:
    """/khaibao: what runs, else the declaration."""
    if ctx.me.cell_id is None:
        raise Refused(phrases.in_no_cell())
    running = open_away(ctx.db, ctx.me.id)
    if running is None:
        begin_or_resume(ctx, DECLARE, Step.PLACE, Draft())
    else:
        show_away(ctx, running)


def declare_anew(ctx: Context, arguments: list[str]) -> None:
    """An application that nobody has decided: the same answers, to be filed in its place."""
    away = own_away(ctx, number(arguments))
    if away.state != AwayState.WAITING:
        show_away(ctx, away)
        return
    filing = filing_under_way(ctx.db, away.id)
    draft = draft_of(Aim.DECLARE, away, filing)
    draft.away_id = draft.filing_id = 0
    begin(ctx, DECLARE, Step.OVERVIEW, draft)


def correct(ctx: Context, arguments: list[str]) -> None:
    filing = own_filing(ctx, number(arguments))
    away = away_of(ctx.db, filing)
    if filing.state != FilingState.RETURNED:
        show_away(ctx, away, phrases.done_already())
        return
    _go_on(ctx, CORRECT, Step.OVERVIEW, draft_of(Aim.CORRECT, away, filing))


def extend(ctx: Context, arguments: list[str]) -> None:
    away = own_away(ctx, number(arguments))
    if away.state not in RUNNING:
        show_away(ctx, away)
    elif filing_under_way(ctx.db, away.id) is not None:
        show_away(ctx, away, phrases.under_way_already())
    else:
        draft = draft_of(Aim.EXTEND, away)
        draft.begins_on, draft.ends_on, draft.reason = away.due_on + _DAY, None, ""
        draft.done.discard(Step.END)
        _go_on(ctx, EXTEND, Step.END, draft)


def change(ctx: Context, arguments: list[str]) -> None:
    """From what will hold: a change that lies ahead is gone on with."""
    away = own_away(ctx, number(arguments))
    if away.state not in AWAY:
        show_away(ctx, away)
        return
    draft = draft_of(Aim.CHANGE, away)
    draft.live_as(_newest_stay(ctx, away))
    ahead = [one for one in away_changes(ctx.db, away.id) if one.applied_at is None]
    draft.from_on = ahead[-1].from_on if ahead else today(ctx)
    _go_on(ctx, CHANGE, Step.OVERVIEW, draft)


def _go_on(ctx: Context, flow: Flow[Draft], first: Step, draft: Draft) -> None:
    """An unfinished draft is offered, unless what it began from has changed since."""
    row = conversation_in(ctx.db, ctx.chat_id, flow.room)
    begun = Draft.model_validate_json(row.draft) if row is not None and row.draft else None
    draft.base = draft.stay
    if begun is not None and begun.same_matter(draft):
        begin_or_resume(ctx, flow, first, draft)
    else:
        begin(ctx, flow, first, draft)


def _newest_stay(ctx: Context, away: Away) -> Stay:
    ahead = [one for one in away_changes(ctx.db, away.id) if one.applied_at is None]
    return ahead[-1].after if ahead else away.stay


# --- what is asked next ---------------------------------------------------------------------------------------------

_WANTED: dict[Step, Callable[[Context, Draft], bool]] = {
    Step.PLACE: lambda ctx, draft: True,
    Step.ZONE: lambda ctx, draft: draft.zone is None,
    Step.CITY: lambda ctx, draft: True,
    Step.WORK: lambda ctx, draft: True,
    Step.EMPLOYER: lambda ctx, draft: draft.work is not WorkKind.FAMILY,
    Step.BEGIN: lambda ctx, draft: True,
    Step.END: lambda ctx, draft: True,
    Step.STEADY: steadiness_matters,
    Step.REASON: lambda ctx, draft: True,
    Step.PHONE: lambda ctx, draft: True,
    Step.TRUSTED: lambda ctx, draft: True,
    Step.KNOWS: lambda ctx, draft: bool(draft.trusted_name),
    Step.TRUSTED_PHONE: lambda ctx, draft: bool(draft.trusted_name),
}


def _onward(ctx: Context, draft: Draft, answered: Step) -> Step:
    """The first question that is still open, in the order of `_WANTED`; else the overview."""
    draft.done.add(answered)
    applies = draft.aim in (Aim.DECLARE, Aim.CORRECT) and Step.END in draft.done
    if applies and not draft.reason and needs_reason(ctx, draft):
        draft.done.discard(Step.REASON)  # it was skipped while the time was short
    wanted = (step for step, holds in _WANTED.items() if step not in draft.done and holds(ctx, draft))
    return next(wanted, Step.OVERVIEW)


# --- place and work -------------------------------------------------------------------------------------------------


def ask_place(ctx: Context, draft: Draft) -> Screen:
    """As everywhere, but without "at home"."""
    screen = places.ask_place(ctx, draft, or_home=False)
    words = place_words.which_of_these() if draft.found else phrases.where_to()
    rows = screen.buttons
    if draft.aim is Aim.DECLARE and aways_of(ctx.db, ctx.me.id):
        rows = [*rows, [Button(phrases.EARLIER, "away:all")]]
    return Screen(words, rows)


def take_place(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.value == places.HOME:
        raise Refused(common.choose_a_button())
    before = draft.place_code
    if not places.take_place(draft, answer):
        return Step.PLACE
    if draft.place_code != before:
        draft.city = draft.host = ""
        draft.done -= {Step.ZONE, Step.CITY}
    return _onward(ctx, draft, Step.PLACE)


def take_zone(ctx: Context, draft: Draft, answer: Answer) -> Step:
    return _onward(ctx, draft, Step.ZONE) if places.take_zone(draft, answer) else Step.PLACE


def _line(
    step: Step,
    field: str,
    words: Callable[[], Text],
    *,
    limit: int = LINE,
    check: Callable[[str], str] = clean,
) -> Question[Draft]:
    """A question for a line of text that may be left out."""

    def ask(ctx: Context, draft: Draft) -> Screen:
        return Screen(words(), [[choice(common.SKIP, SKIP)]])

    def take(ctx: Context, draft: Draft, answer: Answer) -> Step:
        skipped = answer.value is not None and answer.choice(SKIP) == SKIP
        setattr(draft, field, "" if skipped else check(_one_line(answer.words(limit=limit))))
        return _onward(ctx, draft, step)

    return Question(ask, take)


def _one_line(text: str) -> str:
    return " ".join(text.split())


_STREET = re.compile(
    r"\b(?:số nhà|ngõ|ngách|hẻm|đường(?! lâm\b)|street|road|avenue)\b|^\d+[\w/]*[\s,]+(?!tháng)\D",
    re.IGNORECASE,
)


def _no_street(text: str) -> str:
    """Never more exact than a town (product.md, principle 1)."""
    if _STREET.search(text):
        raise Refused(phrases.no_street())
    return clean(text)


def ask_work(ctx: Context, draft: Draft) -> Screen:
    buttons = [choice(away_words.WORKS[work], work) for work in WorkKind]
    return Screen(phrases.which_work(), _pairs(buttons))


def take_work(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.work = WorkKind(answer.choice(*WorkKind))
    if draft.work is WorkKind.FAMILY:
        draft.employer = ""
    return _onward(ctx, draft, Step.WORK)


def _pairs(buttons: list[Button]) -> list[list[Button]]:
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


# --- dates ----------------------------------------------------------------------------------------------------------


def _first_of_next(on: date) -> date:
    return add_months(on, 1)


def _near_days(ctx: Context) -> list[list[Button]]:
    offers = ((phrases.TODAY, today(ctx)), (phrases.FIRST_OF_MONTH, _first_of_next(today(ctx))))
    return [[choice(phrases.day_button(what=what, on=on), on.isoformat())] for what, on in offers]


def ask_begin(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.from_when(), _near_days(ctx))


def take_begin(ctx: Context, draft: Draft, answer: Answer) -> Step:
    begins = take_day(answer, near=today(ctx) - _LATELY)
    check_dates(begins, None, today=today(ctx))
    draft.begins_on = begins
    if draft.ends_on is not None and draft.ends_on < begins:
        draft.ends_on = None
        draft.done.discard(Step.END)
    return _onward(ctx, draft, Step.BEGIN)


def ask_end(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(label, until.isoformat())] for label, until in _ends(ctx, draft)]
    if _may_be_open(ctx, draft):
        buttons.append([choice(phrases.OPEN_END, "open")])
    return Screen(phrases.until_when(), buttons)


def _ends(ctx: Context, draft: Draft) -> list[tuple[Text, date]]:
    """Ends to choose from: three, six, twelve whole months; an extension also as long as before."""
    begins = draft.begins_on or today(ctx)
    months = [(count, same_day(begins, count) - _DAY) for count in (3, 6, 12)]
    offers = [
        (phrases.months_button(months=count, until=until), until)
        for count, until in months
        if until >= today(ctx)
    ]
    if draft.aim is Aim.EXTEND:
        until = same_length(own_away(ctx, draft.away_id), ctx.policies.away)
        offers.insert(0, (phrases.day_button(what=phrases.SAME_LENGTH, on=until), until))
    return offers


def _may_be_open(ctx: Context, draft: Draft) -> bool:
    """A corrected paper keeps the end that it had, or gets another."""
    return draft.aim is not Aim.CORRECT or own_filing(ctx, draft.filing_id).ends_on is None


def take_end(ctx: Context, draft: Draft, answer: Answer) -> Step:
    begins = draft.begins_on or today(ctx)
    if answer.value == "open" and _may_be_open(ctx, draft):
        draft.ends_on = None
        return _onward(ctx, draft, Step.END)
    ends = take_day(answer, near=max(begins, today(ctx)))
    if draft.aim is Aim.EXTEND and ends < begins:
        raise DatesUnfit(away_words.extension_too_short(due_on=begins - _DAY))
    check_dates(begins, ends, today=today(ctx))
    draft.ends_on = ends
    return _onward(ctx, draft, Step.END)


def ask_steady(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(phrases.STEADY, "steady")], [choice(phrases.MOVING, "moving")]]
    return Screen(phrases.steady_or_not(), buttons)


def take_steady(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.itinerant = answer.choice("steady", "moving") == "moving"
    return _onward(ctx, draft, Step.STEADY)


# --- reason, phone, trusted person ----------------------------------------------------------------------------------


def ask_reason(ctx: Context, draft: Draft) -> Screen:
    needed = needs_reason(ctx, draft)
    buttons = [[choice(phrases.reason_for(work=draft.work), "usual")]]
    if not needed:
        buttons.append([choice(common.SKIP, SKIP)])
    return Screen(phrases.which_reason(needed=needed), buttons)


def take_reason(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.value is None:
        draft.reason = clean(answer.words(limit=LONG))
    elif answer.choice("usual", SKIP) == "usual":
        draft.reason = phrases.reason_for(work=draft.work).to_plain("vi")
    elif needs_reason(ctx, draft):
        raise Refused(phrases.reason_needed())
    else:
        draft.reason = ""
    return _onward(ctx, draft, Step.REASON)


def ask_phone(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(phrases.NO_NUMBER, SKIP)]]
    if ctx.me.phone:
        buttons.insert(0, [choice(phrases.own_number(phone=show_phone(ctx.me.phone)), "own")])
    return Screen(phrases.which_phone(), buttons)


def take_phone(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.value is not None:
        draft.phone = (ctx.me.phone or "") if answer.choice("own", SKIP) == "own" else ""
    else:
        draft.phone = _read_phone(answer, region=(draft.place_code or "VN")[:2])
    return _onward(ctx, draft, Step.PHONE)


def _read_phone(answer: Answer, *, region: str) -> str:
    contact = answer.incoming.contact
    typed = contact.phone if contact is not None else answer.words(limit=LINE)
    found = parse_phone(typed, region=region) or parse_phone(typed)
    if found is None and answer.incoming.kind is Kind.CONTACT:
        found = parse_phone(f"+{typed.lstrip('+')}")  # Telegram gives contacts without the plus
    if found is None:
        raise Refused(phrases.phone_not_read())
    return found


def take_trusted(ctx: Context, draft: Draft, answer: Answer) -> Step:
    skipped = answer.value is not None and answer.choice(SKIP) == SKIP
    name = "" if skipped else clean(_one_line(answer.words(limit=LINE)))
    draft.trusted_name, draft.trusted_phone, draft.trusted_knows = name, "", False
    draft.done -= {Step.KNOWS, Step.TRUSTED_PHONE}
    return _onward(ctx, draft, Step.TRUSTED)


def ask_trusted(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_trusted(), [[choice(common.SKIP, SKIP)]])


def ask_knows(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(phrases.KNOWS, "yes")], [choice(phrases.KNOWS_NOT, "no")]]
    return Screen(phrases.do_they_know(name=draft.trusted_name), buttons)


def take_knows(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.trusted_knows = answer.choice("yes", "no") == "yes"
    if not draft.trusted_knows:
        draft.trusted_name = ""
    return _onward(ctx, draft, Step.KNOWS)


def ask_their_phone(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.their_phone(name=draft.trusted_name), [[choice(common.SKIP, SKIP)]])


def take_their_phone(ctx: Context, draft: Draft, answer: Answer) -> Step:
    skipped = answer.value is not None and answer.choice(SKIP) == SKIP
    draft.trusted_phone = "" if skipped else _read_phone(answer, region="VN")
    return _onward(ctx, draft, Step.TRUSTED_PHONE)


# --- only on the way, or with a paper -------------------------------------------------------------------------------


def ask_from(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.changed_from_when(), _near_days(ctx))


def take_from(ctx: Context, draft: Draft, answer: Answer) -> Step:
    from_on = take_day(answer, near=today(ctx) - _LATELY)
    if from_on > today(ctx) + timedelta(days=366):
        raise DatesUnfit(away_words.too_far_ahead())
    draft.from_on = from_on
    return _onward(ctx, draft, Step.FROM)


def ask_scan(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.send_scan(), [[choice(common.SKIP, SKIP)]])


def take_scan_of_paper(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.value is None:
        draft.scan = take_scan(answer)
    else:
        answer.choice(SKIP)
    return _onward(ctx, draft, Step.SCAN)


# --- overview -------------------------------------------------------------------------------------------------------

_STAY = (Step.PLACE, Step.CITY, Step.WORK, Step.EMPLOYER)
_PEOPLE = (Step.PHONE, Step.TRUSTED, Step.HOST)
_SHOWN: dict[Aim, tuple[Step, ...]] = {
    Aim.DECLARE: (*_STAY, Step.BEGIN, Step.END, Step.STEADY, Step.REASON, *_PEOPLE),
    Aim.CORRECT: (*_STAY, Step.BEGIN, Step.END, Step.REASON, *_PEOPLE, Step.ANSWER),
    Aim.EXTEND: (Step.END, *_STAY, Step.REASON, *_PEOPLE),
    Aim.CHANGE: (*_STAY, *_PEOPLE, Step.FROM),
}


def _fields(ctx: Context, draft: Draft) -> list[Step]:
    """What the overview shows and lets one change."""
    left_out = {Step.STEADY} if not steadiness_matters(ctx, draft) else set()
    if draft.aim is Aim.CORRECT and is_extension(ctx, draft):
        left_out.add(Step.BEGIN)
    return [step for step in _SHOWN[draft.aim] if step not in left_out]


def ask_overview(ctx: Context, draft: Draft) -> Screen:
    fields = _fields(ctx, draft)
    rows = [(step.value, value) for step in fields if (value := value_of(draft, step)) is not None]
    if draft.scan is not None:
        rows.append((Step.SCAN.value, phrases.ATTACHED))
    words = phrases.overview(
        head=_head(ctx, draft),
        rows=rows,
        comment=comment_of(ctx, own_filing(ctx, draft.filing_id)) if draft.aim is Aim.CORRECT else None,
        suggestion=_suggestion(ctx, draft),
        tail=phrases.about_reason() if _is_signed(ctx, draft) else None,
    )
    changes = [choice(phrases.FIELDS[step.value], step) for step in fields]
    return Screen(
        words, [[choice(_send_label(ctx, draft), "send")], *_with_paper(ctx, draft), *_pairs(changes)]
    )


def value_of(draft: Draft, step: Step) -> Text | None:
    """An answer in words; None: none was given."""
    match step:
        case Step.PLACE:
            return places.place_name(draft.place_code)
        case Step.WORK:
            return away_words.WORKS[draft.work]
        case Step.BEGIN:
            return day(draft.begins_on) if draft.begins_on else None
        case Step.END:
            return day(draft.ends_on) if draft.ends_on else phrases.OPEN_END
        case Step.STEADY:
            return phrases.MOVING if draft.itinerant else phrases.STEADY
        case Step.PHONE:
            return raw(show_phone(draft.phone)) if draft.phone else None
        case Step.TRUSTED:
            phone = f" {show_phone(draft.trusted_phone)}" if draft.trusted_phone else ""
            return raw(f"{draft.trusted_name}{phone}") if draft.trusted_name else None
        case Step.FROM:
            return day(draft.from_on) if draft.from_on else None
        case _:
            text = str(getattr(draft, step.value))
            return raw(text) if text else None


def _head(ctx: Context, draft: Draft) -> Text:
    match draft.aim:
        case Aim.DECLARE:
            return phrases.look_over_declaration()
        case Aim.CORRECT:
            return phrases.look_over_refiling(kind=own_filing(ctx, draft.filing_id).kind)
        case Aim.EXTEND:
            return phrases.look_over_extension(due_on=own_away(ctx, draft.away_id).due_on)
        case Aim.CHANGE:
            return phrases.look_over_change()


def _suggestion(ctx: Context, draft: Draft) -> Text | None:
    """The route and the rule it comes from; on the way, only when the new place leads to another."""
    if draft.aim is Aim.CHANGE:
        route = _route_for(ctx, draft)
        return phrases.route_may_differ(route=route) if route is not None else None
    if draft.aim is Aim.CORRECT and not _redated(ctx, draft):
        return None  # it stays on the route it was filed on
    return suggestion(ctx, proposal_of(ctx, draft))


def suggestion(ctx: Context, proposal: Proposal) -> Text:
    return away_words.proposed(
        route=proposal.route,
        document=proposal.source.document,
        article=proposal.source.article,
        until=proposal.until,
        shortened=proposal.shortened,
        unconfirmed=proposal.source.sure is Sure.UNCONFIRMED,
        portal=ctx.policies.away.portal_url if proposal.route in ON_PORTAL else None,
    )


def _route_for(ctx: Context, draft: Draft) -> Route | None:
    """What the rules would suggest for the new place, where that is not what they suggest for the present one."""
    away = own_away(ctx, draft.away_id)
    there = draft.declaration.model_copy(update={"study": away.study})
    here = there.model_copy(update={"stay": away.stay})
    new, old = (proposal_for(one, ctx.policies).route for one in (there, here))
    return new if new is not old else None


def _redated(ctx: Context, draft: Draft) -> bool:
    filing = own_filing(ctx, draft.filing_id)
    moved = draft.place_code != away_of(ctx.db, filing).place_code
    return moved or (draft.begins_on, draft.ends_on) != (filing.begins_on, filing.ends_on)


def _route(ctx: Context, draft: Draft) -> Route:
    if draft.aim is Aim.CORRECT and not _redated(ctx, draft):
        return Route(own_filing(ctx, draft.filing_id).route)
    return proposal_of(ctx, draft).route


def _is_signed(ctx: Context, draft: Draft) -> bool:
    return draft.aim is not Aim.CHANGE and _route(ctx, draft) not in (Route.NOTE, Route.FORMAL)


def _with_paper(ctx: Context, draft: Draft) -> list[list[Button]]:
    if draft.aim is Aim.CHANGE or _route(ctx, draft) is Route.NOTE:
        return []
    rows = [[choice(phrases.ATTACH, Step.SCAN)]]
    if _route(ctx, draft) in ON_PORTAL:
        rows.append([Button(phrases.PORTAL, ctx.policies.away.portal_url)])
    return rows


def _send_label(ctx: Context, draft: Draft) -> Text:
    if draft.aim is Aim.CHANGE:
        return phrases.SAVE
    if draft.aim is Aim.CORRECT:
        return phrases.FILE_AGAIN
    return phrases.NOTE if _route(ctx, draft) is Route.NOTE else phrases.FILE


def take_overview(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    fields = _fields(ctx, draft)
    chosen = answer.choice("send", Step.SCAN, *fields)
    if chosen != "send":
        return Step(chosen)
    _SEND[draft.aim](ctx, draft)
    return None


# --- sending --------------------------------------------------------------------------------------------------------


def _declare(ctx: Context, draft: Draft) -> None:
    filing = file_away(
        ctx.db,
        ctx.me,
        draft.declaration,
        by_id=ctx.me.id,
        policies=ctx.policies,
        now=ctx.now,
        scan=draft.scan,
    )
    _show_filed(ctx, filing, phrases.filed(state=filing.state))


def _file_again(ctx: Context, draft: Draft) -> None:
    filing = own_filing(ctx, draft.filing_id)
    redated = _redated(ctx, draft)
    refile(
        ctx.db,
        filing,
        by_id=ctx.me.id,
        policies=ctx.policies,
        now=ctx.now,
        answer=draft.answer,
        stay=draft.stay,
        begins_on=draft.begins_on if redated else None,
        ends_on=draft.ends_on if redated else None,
        reason=draft.reason,
        scan=draft.scan,
    )
    _show_filed(ctx, filing, phrases.filed_again())


def _extend(ctx: Context, draft: Draft) -> None:
    away = own_away(ctx, draft.away_id)
    waiting = filing_under_way(ctx.db, away.id)
    if waiting is not None:
        raise FilingSettled(waiting.state)
    filing = extend_away(
        ctx.db,
        away,
        by_id=ctx.me.id,
        policies=ctx.policies,
        now=ctx.now,
        ends_on=draft.ends_on,
        open_end=draft.ends_on is None,
        stay=draft.stay,
        reason=draft.reason,
        scan=draft.scan,
    )
    _show_filed(ctx, filing, phrases.extension_filed(state=filing.state, until=filing.due_on))


def _change(ctx: Context, draft: Draft) -> None:
    away = own_away(ctx, draft.away_id)
    if away.state not in AWAY:
        raise AwayOver(away.state)
    if draft.stay == _newest_stay(ctx, away):
        raise Refused(phrases.nothing_changed())
    made = change_away(
        ctx.db,
        away,
        draft.stay,
        from_on=draft.from_on or today(ctx),
        by_id=ctx.me.id,
        policies=ctx.policies,
        now=ctx.now,
    )
    note = phrases.change_saved(from_on=made.from_on, applied=made.applied_at is not None)
    show_away(ctx, away, note)


def _show_filed(ctx: Context, filing: Filing, note: Text) -> None:
    """The absence as it stands now, and the paper to sign under it."""
    show_away(ctx, away_of(ctx.db, filing), note)
    send_paper_if_possible(ctx, filing)


_SEND: dict[Aim, Callable[[Context, Draft], None]] = {
    Aim.DECLARE: _declare,
    Aim.CORRECT: _file_again,
    Aim.EXTEND: _extend,
    Aim.CHANGE: _change,
}


def _flow(room: str, about: Text) -> Flow[Draft]:
    """Each aim has a draft of its own, so that none drops another's."""
    return Flow(
        room,
        about,
        Draft,
        {
            Step.PLACE: Question(ask_place, take_place),
            Step.ZONE: Question(places.ask_zone, take_zone),
            Step.CITY: _line(Step.CITY, "city", phrases.which_city, check=_no_street),
            Step.WORK: Question(ask_work, take_work),
            Step.EMPLOYER: _line(Step.EMPLOYER, "employer", phrases.which_employer),
            Step.BEGIN: Question(ask_begin, take_begin),
            Step.END: Question(ask_end, take_end),
            Step.STEADY: Question(ask_steady, take_steady),
            Step.REASON: Question(ask_reason, take_reason),
            Step.PHONE: Question(ask_phone, take_phone),
            Step.TRUSTED: Question(ask_trusted, take_trusted),
            Step.KNOWS: Question(ask_knows, take_knows),
            Step.TRUSTED_PHONE: Question(ask_their_phone, take_their_phone),
            Step.HOST: _line(Step.HOST, "host", phrases.which_host),
            Step.FROM: Question(ask_from, take_from),
            Step.ANSWER: _line(Step.ANSWER, "answer", phrases.your_answer, limit=LONG),
            Step.SCAN: Question(ask_scan, take_scan_of_paper),
            Step.OVERVIEW: Question(ask_overview, take_overview),
        },
    )


DECLARE = _flow("away_new", phrases.DECLARING)
CORRECT = _flow("away_correct", phrases.CORRECTING)
EXTEND = _flow("away_extend", phrases.EXTENDING)
CHANGE = _flow("away_change", phrases.CHANGING)

FLOWS = [DECLARE, CORRECT, EXTEND, CHANGE]
