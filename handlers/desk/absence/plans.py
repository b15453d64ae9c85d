"""What each act of the form asks, who may do it, what it does, and what is shown when it is done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from handlers.desk.absence.contacts import show_contacts, show_counts
from handlers.desk.absence.door import (
    KEEP,
    away_for,
    filing_above,
    filing_for,
    item_for,
    keeps,
    letter_for,
    member_for,
)
from handlers.desk.absence.filing import show_above, show_filing
from handlers.desk.absence.form import HALVES, Draft, Step, is_needed, today_of, verdict_words
from handlers.desk.absence.letters import show_letter, show_letters
from handlers.desk.absence.screens import name_of, show_away, show_member
from handlers.desk.desk.door import cell_of
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.ground.scans import scans
from handlers.people.whereabouts import place_name
from models.away.away import (
    ON_PORTAL,
    Away,
    AwayOver,
    AwayRunning,
    Declaration,
    Filing,
    FilingKind,
    FilingSettled,
    FilingState,
    Proposal,
    ReturnItem,
    ReturnStepDone,
    Scan,
    Stay,
    WorkKind,
    away_of,
    begin_return,
    change_away,
    close_away,
    correct_decision,
    decide_filing,
    extend_away,
    extension_for,
    file_away,
    may_correct,
    may_decide,
    proposal_for,
    put_filing_to_cell,
    record_cell_result,
    refile,
    resume_away,
    return_filing,
    return_items,
    send_update,
    tick_return_item,
    tick_return_items,
    withdraw_filing,
)
from models.away.letter import (
    Letter,
    LetterKind,
    LetterSettled,
    correct_answer,
    correct_letter,
    record_letter_answered,
    record_letter_reminded,
    record_letter_sent,
    withdraw_letter,
)
from models.away.policy import Decides
from models.desk.office import let_go
from models.desk.screening import record_absence_from_meeting, record_dues
from models.ground.errors import Refused
from models.ground.phones import show_phone
from models.ground.rules import Sure
from models.people.assignment import assign_contact, contacts_of
from models.people.member import Member, record_look
from models.people.rights import NotEntitled, Right
from models.phrases import common
from models.phrases.away import away as away_words, letter as letter_words
from models.phrases.desk import absence as phrases
from models.phrases.text import Text, join, raw

S = Step
_SETTLED = (FilingSettled, AwayOver, AwayRunning, ReturnStepDone, LetterSettled)


@dataclass(frozen=True, slots=True)
class Plan:
    """`load` gives the subject, or refuses; it is asked before every question. `show` draws where one comes back to."""

    steps: tuple[Step, ...]
    load: Callable[[Context, Draft], Any]
    whose: Callable[[Context, Any], int]  # the member's id
    do: Callable[[Context, Draft, Any], None]
    show: Callable[[Context, Draft, Text], None]
    on_paper: bool = False
    later: tuple[Step, ...] = ()  # not asked; the overview offers them


# --- the subjects ---------------------------------------------------------------------------------------------------


def _filing(ctx: Context, draft: Draft) -> Filing:
    return filing_for(ctx, draft.subject_id)


def _filing_above(ctx: Context, draft: Draft) -> Filing:
    return filing_above(ctx, draft.subject_id)


def _filing_of_either(ctx: Context, draft: Draft) -> Filing:
    """The cell's, or the committee's while it lies there."""
    filing = ctx.db.get(Filing, draft.subject_id)
    kept = filing is not None and keeps(ctx, filing.cell_id)
    return _filing(ctx, draft) if kept else _filing_above(ctx, draft)


def _away(ctx: Context, draft: Draft) -> Away:
    return away_for(ctx, draft.subject_id)


def _item(ctx: Context, draft: Draft) -> ReturnItem:
    return item_for(ctx, draft.subject_id)


def _letter(ctx: Context, draft: Draft) -> Letter:
    return letter_for(ctx, draft.subject_id)


def _member(ctx: Context, draft: Draft) -> Member | None:
    """Of the form that files: chosen in its first question, of the cell that was named."""
    if draft.subject_id:
        return member_for(ctx, draft.subject_id)
    cell_of(ctx, draft.cell_id, KEEP)
    return None


def _assigned(ctx: Context, draft: Draft) -> Member:
    return member_for(ctx, draft.subject_id, Right.ASSIGN_CONTACT)


def _owner(ctx: Context, subject: Any) -> int:
    match subject:
        case Member():
            return subject.id
        case Away():
            return subject.member_id
        case Filing():
            return away_of(ctx.db, subject).member_id
        case ReturnItem() | Letter():
            return ctx.db.get_one(Away, subject.away_id).member_id
        case _:
            return 0


# --- where one comes back to ----------------------------------------------------------------------------------------


def _back_to_filing(ctx: Context, draft: Draft, note: Text) -> None:
    filing = ctx.db.get_one(Filing, draft.subject_id)
    (show_filing if keeps(ctx, filing.cell_id) else show_above)(ctx, filing, note)


def _back_to_away(ctx: Context, draft: Draft, note: Text) -> None:
    show_away(ctx, ctx.db.get_one(Away, draft.subject_id), note)


def _back_to_item(ctx: Context, draft: Draft, note: Text) -> None:
    item = item_for(ctx, draft.subject_id)
    show_away(ctx, ctx.db.get_one(Away, item.away_id), note)


def _back_to_member(ctx: Context, draft: Draft, note: Text) -> None:
    show_member(ctx, member_for(ctx, draft.subject_id), note)


# --- the acts -------------------------------------------------------------------------------------------------------


def _scan(draft: Draft) -> Scan | None:
    return Scan(file_id=draft.file_id, name=draft.file_name) if draft.file_id else None


def _by(ctx: Context) -> dict[str, Any]:
    return {"by_id": ctx.me.id, "policies": ctx.policies, "now": ctx.now}


def _stay(ctx: Context, draft: Draft, before: Stay | None = None) -> Stay:
    """As typed; of what the form does not ask, as it was. Another place: its organisation is not known."""
    known = before.model_dump() if before else {}
    if before is not None and before.place_code != draft.place_code:
        known["host"] = ""
    return Stay.model_validate(
        {
            **known,
            "place_code": draft.place_code or "",
            "zone": draft.zone or "",
            "city": draft.city,
            "work": draft.work,
            "employer": draft.employer,
            "phone_there": draft.phone,
            "trusted_name": draft.trusted,
            "trusted_phone": draft.trusted_phone,
            "trusted_knows": draft.trusted_knows,
        }
    )


def _declaration(ctx: Context, draft: Draft) -> Declaration:
    return Declaration(
        stay=_stay(ctx, draft),
        begins_on=draft.begins_on or today_of(ctx),
        ends_on=draft.ends_on,
        reason=draft.reason,
        study=draft.manner == "study",
        itinerant=draft.manner == "itinerant",
    )


def _put(ctx: Context, draft: Draft, filing: Filing) -> None:
    put_filing_to_cell(ctx.db, filing, route=draft.route, meeting_on=draft.day, scan=_scan(draft), **_by(ctx))


def _return_on_paper(ctx: Context, filing: Filing) -> bool:
    """The committee gave it back on paper, and the cell types that."""
    above = may_decide(ctx.db, away_of(ctx.db, filing), ctx.me.id, ctx.policies.away, now=ctx.now)
    return filing.state == FilingState.PROPOSED and not above


def _return(ctx: Context, draft: Draft, filing: Filing) -> None:
    paper = _return_on_paper(ctx, filing)
    return_filing(ctx.db, filing, comment=draft.why, on_paper=paper, scan=_scan(draft), **_by(ctx))


def _result(ctx: Context, draft: Draft, filing: Filing) -> None:
    record_cell_result(
        ctx.db,
        filing,
        met_on=draft.day or today_of(ctx),
        proposes=draft.verdict,
        votes_for=draft.votes[0] if draft.votes else None,
        votes_against=draft.votes[1] if draft.votes else None,
        number=draft.number,
        route=draft.route,
        comment="" if draft.verdict else draft.why,
        scan=_scan(draft),
        **_by(ctx),
    )


def _decide(ctx: Context, draft: Draft, filing: Filing) -> None:
    decide_filing(
        ctx.db,
        filing,
        approve=draft.verdict,
        number=draft.number,
        decided_on=draft.day or today_of(ctx),
        on_paper=draft.act == "paper",
        comment="" if draft.verdict else draft.why,
        scan=_scan(draft),
        **_by(ctx),
    )


def _file(ctx: Context, draft: Draft, member: Member) -> None:
    file_away(ctx.db, member, _declaration(ctx, draft), on_paper=True, scan=_scan(draft), **_by(ctx))


def _refile(ctx: Context, draft: Draft, filing: Filing) -> None:
    asked = is_needed(draft, S.MANNER)
    refile(
        ctx.db,
        filing,
        answer=draft.note,
        begins_on=draft.begins_on,
        ends_on=draft.ends_on,
        study=draft.manner == "study" if asked else None,
        itinerant=draft.manner == "itinerant" if asked else None,
        on_paper=True,
        scan=_scan(draft),
        **_by(ctx),
    )


def _withdraw(ctx: Context, draft: Draft, filing: Filing) -> None:
    withdraw_filing(
        ctx.db,
        filing,
        at_home=draft.at_home,
        comment=draft.note,
        on_paper=True,
        scan=_scan(draft),
        **_by(ctx),
    )


def _extend(ctx: Context, draft: Draft, away: Away) -> None:
    extend_away(
        ctx.db,
        away,
        ends_on=draft.ends_on,
        open_end=draft.open_end,
        reason=draft.reason,
        on_paper=True,
        scan=_scan(draft),
        **_by(ctx),
    )


def _change(ctx: Context, draft: Draft, away: Away) -> None:
    from_on = draft.begins_on or today_of(ctx)
    change_away(ctx.db, away, _stay(ctx, draft, away.stay), from_on=from_on, on_paper=True, **_by(ctx))


def _begin_return(ctx: Context, draft: Draft, away: Away) -> None:
    begin_return(ctx.db, away, returned_on=draft.day or today_of(ctx), on_paper=True, **_by(ctx))


def _tick(ctx: Context, draft: Draft, item: ReturnItem) -> None:
    waived = draft.act == "waive"
    tick_return_item(
        ctx.db,
        item,
        happened_on=draft.day,
        waived=waived,
        note=draft.why if waived else draft.note,
        scan=_scan(draft),
        **_by(ctx),
    )


def _tick_several(ctx: Context, draft: Draft, away: Away) -> None:
    items = [one for one in return_items(ctx.db, away.id) if one.done_at is None and one.step in draft.chosen]
    tick_return_items(ctx.db, away, items, happened_on=today_of(ctx), **_by(ctx))


def _fix_decision(ctx: Context, draft: Draft, filing: Filing) -> None:
    correct_decision(ctx.db, filing, number=draft.number, decided_on=draft.day or today_of(ctx), **_by(ctx))


def _decided(ctx: Context, draft: Draft) -> Filing:
    """A decision that this person may correct."""
    filing = _filing_of_either(ctx, draft)
    if not may_correct(ctx.db, filing, ctx.me.id, ctx.policies.away, now=ctx.now):
        raise NotEntitled
    return filing


def _resume(ctx: Context, draft: Draft, away: Away) -> None:
    resume_away(ctx.db, away, on_paper=True, **_by(ctx))


def _update(ctx: Context, draft: Draft, away: Away) -> None:
    send_update(ctx.db, away, text=draft.note, on_paper=True, scan=_scan(draft), **_by(ctx))


def _close(ctx: Context, draft: Draft, away: Away) -> None:
    close_away(ctx.db, away, note=draft.why, at_home=draft.at_home, **_by(ctx))


def _assign(ctx: Context, draft: Draft, member: Member) -> None:
    before = contacts_of(ctx.db, member.id, now=ctx.now)
    assign_contact(
        ctx.db,
        member,
        ctx.db.get_one(Member, draft.contact_id),
        begins_on=draft.begins_on,
        ends_on=draft.ends_on,
        by_id=ctx.me.id,
        now=ctx.now,
    )
    for one in before:
        let_go(ctx.db, one.contact_id, now=ctx.now)


def _sent(ctx: Context, draft: Draft, away: Away) -> None:
    record_letter_sent(
        ctx.db,
        away,
        LetterKind(draft.kind),
        sent_on=draft.day or today_of(ctx),
        to=draft.to,
        number=draft.number,
        **_by(ctx),
    )


def _reminded(ctx: Context, draft: Draft, letter: Letter) -> None:
    record_letter_reminded(ctx.db, letter, reminded_on=draft.day or today_of(ctx), **_by(ctx))


def _answered(ctx: Context, draft: Draft, letter: Letter) -> None:
    record_letter_answered(
        ctx.db,
        letter,
        answered_on=draft.day or today_of(ctx),
        answer=draft.note,
        scan=_scan(draft),
        **_by(ctx),
    )


def _fix_letter(ctx: Context, draft: Draft, letter: Letter) -> None:
    sent_on = draft.day or letter.sent_on
    correct_letter(ctx.db, letter, sent_on=sent_on, to=draft.to, number=draft.number, **_by(ctx))


def _fix_answer(ctx: Context, draft: Draft, letter: Letter) -> None:
    correct_answer(
        ctx.db,
        letter,
        answered_on=draft.day or today_of(ctx),
        answer=draft.note,
        scan=_scan(draft),
        by_id=ctx.me.id,
        now=ctx.now,
    )


def _unsend(ctx: Context, draft: Draft, letter: Letter) -> None:
    withdraw_letter(ctx.db, letter, why=draft.why, by_id=ctx.me.id, now=ctx.now)


def _type_count(ctx: Context, draft: Draft, member: Member) -> None:
    month = draft.month or today_of(ctx)
    if draft.act == "dues":
        record_dues(ctx.db, member, month, by_id=ctx.me.id, now=ctx.now)
    else:
        absent = draft.act == "absent"
        record_absence_from_meeting(ctx.db, member, month, absent=absent, by_id=ctx.me.id, now=ctx.now)


def _show_contacts(ctx: Context, draft: Draft, note: Text) -> None:
    show_contacts(ctx, member_for(ctx, draft.subject_id), note)


def _show_counts(ctx: Context, draft: Draft, note: Text) -> None:
    show_counts(ctx, member_for(ctx, draft.subject_id), note)


def _show_letters(ctx: Context, draft: Draft, note: Text) -> None:
    show_letters(ctx, away_for(ctx, draft.subject_id), note)


def _show_letter(ctx: Context, draft: Draft, note: Text) -> None:
    show_letter(ctx, letter_for(ctx, draft.subject_id), note)


_DECIDING = (S.VERDICT, S.NUMBER, S.DAY, S.WHY)
_SCAN = (S.SCAN,)
_TO_FILING, _TO_AWAY, _TO_ITEM = _back_to_filing, _back_to_away, _back_to_item
_STAY = (S.PLACE, S.ZONE, S.CITY, S.WORK)
_PEOPLE = (S.PHONE, S.TRUSTED, S.KNOWS, S.TRUSTED_PHONE)
_CHANGE = (*_STAY, S.EMPLOYER, *_PEOPLE, S.FROM)
_REFILE = (S.FROM, S.UNTIL, S.MANNER, S.NOTE)
_FILE = (S.MEMBER, *_STAY, S.MANNER, S.EMPLOYER, *_PEOPLE, S.FROM, S.UNTIL, S.REASON)

PLANS: dict[str, Plan] = {
    "put": Plan((), _filing, _owner, _put, _TO_FILING, later=(S.ROUTE, S.PLANNED, S.SCAN)),
    "return": Plan((S.WHY,), _filing_of_either, _owner, _return, _TO_FILING, later=_SCAN),
    "result": Plan(
        (S.DAY, S.VERDICT, S.NUMBER, S.WHY),
        _filing,
        _owner,
        _result,
        _TO_FILING,
        later=(S.VOTES, S.ROUTE, S.SCAN),
    ),
    "decide": Plan(_DECIDING, _filing_above, _owner, _decide, _TO_FILING, later=_SCAN),
    "paper": Plan(_DECIDING, _filing, _owner, _decide, _TO_FILING, on_paper=True, later=_SCAN),
    "fixdecision": Plan((S.NUMBER, S.DAY), _decided, _owner, _fix_decision, _TO_FILING),
    "file": Plan(_FILE, _member, _owner, _file, _back_to_member, on_paper=True, later=_SCAN),
    "refile": Plan(_REFILE, _filing, _owner, _refile, _TO_FILING, on_paper=True, later=_SCAN),
    "withdraw": Plan(
        (S.HOME,), _filing, _owner, _withdraw, _TO_FILING, on_paper=True, later=(S.NOTE, S.SCAN)
    ),
    "extend": Plan((S.UNTIL,), _away, _owner, _extend, _TO_AWAY, on_paper=True, later=(S.REASON, S.SCAN)),
    "change": Plan(_CHANGE, _away, _owner, _change, _TO_AWAY, on_paper=True),
    "back": Plan((S.DAY,), _away, _owner, _begin_return, _TO_AWAY, on_paper=True),
    "ticks": Plan((S.STEPS,), _away, _owner, _tick_several, _TO_AWAY),
    "tick": Plan((), _item, _owner, _tick, _TO_ITEM, later=(S.DAY, S.NOTE, S.SCAN)),
    "waive": Plan((S.WHY,), _item, _owner, _tick, _TO_ITEM),
    "resume": Plan((), _away, _owner, _resume, _TO_AWAY, on_paper=True),
    "update": Plan((S.NOTE, S.SCAN), _away, _owner, _update, _TO_AWAY, on_paper=True, later=_SCAN),
    "close": Plan((S.WHY, S.HOME), _away, _owner, _close, _TO_AWAY),
    "assign": Plan((S.CONTACT, S.FROM, S.UNTIL), _assigned, _owner, _assign, _show_contacts),
    "sent": Plan((S.KIND, S.TO, S.NUMBER, S.DAY), _away, _owner, _sent, _show_letters),
    "reminded": Plan((S.DAY,), _letter, _owner, _reminded, _show_letter),
    "answered": Plan((S.DAY, S.NOTE, S.SCAN), _letter, _owner, _answered, _show_letter),
    "fixletter": Plan((S.TO, S.NUMBER, S.DAY), _letter, _owner, _fix_letter, _show_letter),
    "fixanswer": Plan((S.DAY, S.NOTE, S.SCAN), _letter, _owner, _fix_answer, _show_letter),
    "unsend": Plan((S.WHY,), _letter, _owner, _unsend, _show_letter),
    "absent": Plan((S.MONTH,), _member, _owner, _type_count, _show_counts),
    "present": Plan((S.MONTH,), _member, _owner, _type_count, _show_counts),
    "dues": Plan((S.MONTH,), _member, _owner, _type_count, _show_counts),
}


# --- the overview ---------------------------------------------------------------------------------------------------


def _facts(ctx: Context, draft: Draft, plan: Plan) -> list[tuple[Text, Text]]:
    """What was answered, in the order of the questions."""
    found = []
    known = {S.KIND, S.VERDICT, S.DAY, S.SCAN}  # not asked where they are known, and shown all the same
    for step in dict.fromkeys((*plan.steps, *plan.later)):
        asked = step in known or is_needed(draft, step)
        value = _fact(ctx, draft, step) if asked else None
        if value is not None:
            label = phrases.LABELS["day" if step is S.PLANNED else step.value]
            found.append((label, value))
    return found


def _fact(ctx: Context, draft: Draft, step: Step) -> Text | None:
    match step:
        case S.ROUTE:
            return away_words.ROUTES[draft.route or ctx.db.get_one(Filing, draft.subject_id).route]
        case S.KIND:
            return letter_words.KINDS[draft.kind]
        case S.PLACE:
            return place_name(draft.place_code)
        case S.WORK:
            return away_words.WORKS[draft.work]
        case S.MANNER:
            return phrases.MANNERS[draft.manner]
        case S.PHONE | S.TRUSTED_PHONE:
            phone = draft.phone if step is S.PHONE else draft.trusted_phone
            return raw(show_phone(phone)) if phone else None
        case S.FROM:
            return phrases.one_day(on=draft.begins_on) if draft.begins_on else None
        case S.UNTIL:
            return phrases.one_day(on=draft.ends_on) if draft.ends_on else _open(draft)
        case S.DAY | S.PLANNED:
            return phrases.one_day(on=draft.day) if draft.day else None
        case S.VERDICT:
            return verdict_words(draft, yes=draft.verdict)
        case S.VOTES:
            return raw(f"{draft.votes[0]}/{draft.votes[1]}") if draft.votes else None
        case S.CONTACT:
            return raw(name_of(ctx, draft.contact_id))
        case S.HOME:
            return phrases.AT_HOME if draft.at_home else phrases.STILL_AWAY
        case S.MONTH:
            return phrases.one_month(on=draft.month) if draft.month else None
        case S.SCAN:
            return phrases.attached(name=draft.file_name) if draft.file_id else None
        case S.STEPS:
            return join([phrases.STEP_NAMES[one] for one in sorted(draft.chosen)], "; ")
        case S.CITY | S.EMPLOYER | S.TRUSTED | S.REASON | S.NUMBER | S.WHY | S.NOTE | S.TO:
            said: str = getattr(draft, step.value)
            return raw(said) if said else None
        case _:
            return None


def _open(draft: Draft) -> Text | None:
    return {"assign": phrases.UNTIL_REPLACED, "refile": None}.get(draft.act, phrases.OPEN_END)


def _proposal(ctx: Context, draft: Draft) -> Text | None:
    """What the rules suggest for what was typed."""
    if draft.act == "file":
        return _proposed(ctx, proposal_for(_declaration(ctx, draft), ctx.policies))
    if draft.act == "extend":
        away = ctx.db.get_one(Away, draft.subject_id)
        return _proposed(ctx, extension_for(away, draft.ends_on, None, ctx.policies))
    return None


def _proposed(ctx: Context, proposal: Proposal) -> Text:
    return away_words.proposed(
        route=proposal.route,
        document=proposal.source.document,
        article=proposal.source.article,
        until=proposal.until,
        shortened=proposal.shortened,
        unconfirmed=proposal.source.sure != Sure.CONFIRMED,
        portal=ctx.policies.away.portal_url if proposal.route in ON_PORTAL else None,
        above=ctx.policies.away.decided_above,
    )


def ask_overview(ctx: Context, draft: Draft) -> Screen:
    plan = PLANS[draft.act]
    paper = plan.on_paper
    if draft.act == "return":
        paper = _return_on_paper(ctx, plan.load(ctx, draft))
    facts = _facts(ctx, draft, plan)
    words = phrases.overview(facts=facts, on_paper=paper, extra=_proposal(ctx, draft))
    offers = [
        choice(phrases.offer(step=step.value, known=_is_known(draft, step)), step) for step in plan.later
    ]
    return Screen(words, [[choice(_label(draft), "send")], *([one] for one in offers)])


def _is_known(draft: Draft, step: Step) -> bool:
    """Whether the overview shows an answer to it already."""
    values = {
        S.ROUTE: draft.route,
        S.PLANNED: draft.day,
        S.DAY: draft.day,
        S.VOTES: draft.votes,
        S.SCAN: draft.file_id,
    }
    return bool(values[step]) if step in values else bool(getattr(draft, step.value))


def _label(draft: Draft) -> Text:
    if draft.act == "result" and draft.verdict:
        return phrases.SENDS["resolve" if draft.cell_decides else "propose"]
    if draft.act in ("decide", "paper"):
        return phrases.SENDS["approve" if draft.verdict else "refuse"]
    return phrases.SENDS["save"]


def take_overview(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    plan = PLANS[draft.act]
    chosen = answer.choice("send", *plan.later)
    if chosen != "send":
        return Step(chosen)
    _do(ctx, draft)
    return None


def _do(ctx: Context, draft: Draft) -> None:
    plan = PLANS[draft.act]
    note = phrases.done(act=draft.act)
    try:
        plan.do(ctx, draft, plan.load(ctx, draft))
    except _SETTLED as settled:  # somebody was quicker
        ctx.left, note = True, settled.phrase
    plan.show(ctx, draft, note)


# --- the flow -------------------------------------------------------------------------------------------------------


def begin_act(ctx: Context, arguments: list[str]) -> None:
    """`<act>:<subject>`, of a letter also its kind; of an application without a member its cell."""
    name = arguments[0] if arguments else ""
    if name not in PLANS:
        raise Refused(common.gone_button())
    plan, draft = PLANS[name], Draft(act=name, subject_id=number_or_0(arguments, 1))
    _prepare(ctx, draft, arguments[2:])
    subject = plan.load(ctx, draft)
    if isinstance(subject, Member):
        draft.cell_id = subject.cell_id or 0
    begin(ctx, FORM, _next(draft, None), draft)


def _prepare(ctx: Context, draft: Draft, more: list[str]) -> None:
    """What is known before the first question."""
    if draft.act == "file" and not draft.subject_id:
        draft.cell_id = number_or_0(more)
    if draft.act == "sent":
        if more[:1] not in [[], *([kind.value] for kind in LetterKind)]:
            raise Refused(common.gone_button())
        draft.kind, draft.to = "".join(more[:1]), _away(ctx, draft).host or ""
    if draft.act in ("fixletter", "fixanswer"):
        _prepare_letter(_letter(ctx, draft), draft)
    if draft.act == "refile":
        _prepare_manner(ctx, _filing(ctx, draft), draft)
    if draft.act in ("decide", "paper") and more[:1] in (["yes"], ["no"]):
        draft.verdict, draft.is_said = more[0] == "yes", True
    if draft.act == "result":
        draft.cell_decides = ctx.policies.away.decided_by is Decides.CELL
    if draft.act == "fixdecision":
        decided = _decided(ctx, draft)
        draft.number, draft.day = decided.decision_number or "", decided.decided_on
    if draft.act == "tick":
        draft.day = today_of(ctx)
    if draft.act == "change":
        _prepare_stay(ctx, _away(ctx, draft), draft)


def _prepare_manner(ctx: Context, filing: Filing, draft: Draft) -> None:
    """Only an application says how somebody lives there."""
    away = away_of(ctx.db, filing)
    if filing.kind == FilingKind.APPLICATION:
        draft.place_code = away.place_code
        draft.manner = "study" if away.study else "itinerant" if away.itinerant else "steady"


def _prepare_stay(ctx: Context, away: Away, draft: Draft) -> None:
    """The questions show what is known: reading that leaves a row."""
    record_look(ctx.db, reader_id=ctx.me.id, member_id=away.member_id, what="absence.details", now=ctx.now)
    stay = away.stay
    draft.place_code, draft.zone, draft.city = stay.place_code, stay.zone, stay.city
    draft.work, draft.employer, draft.phone = WorkKind(stay.work), stay.employer, stay.phone_there
    draft.trusted, draft.trusted_phone = stay.trusted_name, stay.trusted_phone
    draft.trusted_knows = stay.trusted_knows


def _prepare_letter(letter: Letter, draft: Draft) -> None:
    """As it stands: every answer may be kept."""
    draft.day = letter.sent_on if draft.act == "fixletter" else letter.answered_on
    draft.to, draft.number, draft.note = letter.to or "", letter.number or "", letter.answer or ""
    draft.file_id, draft.file_name = letter.file_id or "", letter.file_name or ""


def _may(ctx: Context, draft: Draft) -> None:
    """What somebody settled meanwhile is still theirs to see: the act itself says so."""
    with suppress(*_SETTLED):
        PLANS[draft.act].load(ctx, draft)


def _next(draft: Draft, after: Step | None) -> Step:
    steps = PLANS[draft.act].steps
    if after is not None and after not in steps:  # offered by the overview
        return S.OVERVIEW
    rest = steps[steps.index(after) + 1 :] if after in steps else steps
    return next((step for step in rest if is_needed(draft, step)), S.OVERVIEW)


def _titled(ctx: Context, draft: Draft, screen: Screen, subject: Any) -> Screen:
    plan = PLANS[draft.act]
    owner = plan.whose(ctx, subject)
    words = phrases.titled(act=draft.act, name=name_of(ctx, owner) if owner else None, words=screen.text)
    return Screen(words, screen.buttons)


def _question(step: Step) -> Question[Draft]:
    ask, take = HALVES[step]

    def ask_it(ctx: Context, draft: Draft) -> Screen:
        subject = PLANS[draft.act].load(ctx, draft)
        return _titled(ctx, draft, ask(ctx, draft), subject)

    def take_it(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
        PLANS[draft.act].load(ctx, draft)
        if not take(ctx, draft, answer):
            return step
        if step is S.STEPS:  # the screen has been the look-over
            _do(ctx, draft)
            return None
        return _next(draft, step)

    return Question(ask_it, take_it, wants_file=scans if step is S.SCAN else None)


def _ask_overview(ctx: Context, draft: Draft) -> Screen:
    subject = PLANS[draft.act].load(ctx, draft)
    return _titled(ctx, draft, ask_overview(ctx, draft), subject)


FORM: Flow[Draft] = Flow(
    "absence_form",
    phrases.FORM,
    Draft,
    {**{step: _question(step) for step in HALVES}, S.OVERVIEW: Question(_ask_overview, take_overview)},
    right=_may,
)
