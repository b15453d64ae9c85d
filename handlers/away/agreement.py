"""Agreements with whoever receives members away, as the desk and a committee's officer keep them.

    register of those away, /dangbo ── agreement:list ──┬─ new: KIND ─> NAME ─> PLACE ─> DAYS ─> PERSON ─> WORDS ─> saved
    what waits ─────────────────────── agreement:see ───┼─ talk: DAY ─> WORDS      correct: WHAT ─> what it is
    an absence ── agreement:at ── offer                 └─ renew: DAY      end: SURE?

Who may read one and who may change it: models/away/agreement.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

from handlers.away.stay import LATELY, LINE, LONG, PhoneThere, named
from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import AnyFlow
from handlers.ground.form import (
    AGAIN,
    At,
    Confirm,
    Day,
    Field,
    FieldKind,
    Form,
    Line,
    Offer,
    OneOf,
    Prose,
    Row,
    Shape,
)
from handlers.ground.paging import Row as Buttons, page_of, turning
from handlers.ground.routing import Tap
from handlers.people import whereabouts as places
from handlers.people.unit.door import unit_for
from models.away.agreement import (
    KEEP,
    Agreement,
    AgreementFact,
    AgreementFacts,
    AgreementKind,
    agreement_for,
    agreements_for,
    agreements_of,
    check_end,
    correct_agreement,
    end_agreement,
    make_agreement,
    note_talk,
    offer_agreement,
    renew_agreement,
    talks_of,
)
from models.away.away import Away
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.phones import show_phone
from models.people.member import Member
from models.people.rights import NotEntitled, Right, may, require
from models.people.unit import Unit, UnitKind, units_by_id
from models.phrases import common
from models.phrases.away import agreement as phrases
from models.phrases.desk import absence as absence_words
from models.phrases.people import unit as unit_words
from models.phrases.text import Text, fitted, raw

_SHOWN, _TALKS = 4, 5  # agreements of a list, talks about one


# --- screens --------------------------------------------------------------------------------------------------------


def see_list(ctx: Context, arguments: list[str]) -> None:
    """Show `<unit>:<page>`: those of the unit, of the committees above it and of the units below."""
    unit = unit_for(ctx, number(arguments), KEEP)
    found = agreements_of(ctx.db, unit.id)
    page, pages = page_of(number_or_0(arguments, 1), len(found), _SHOWN)
    here = found[page * _SHOWN : (page + 1) * _SHOWN]
    whose = {one.id: one.name for one in units_by_id(ctx.db, [row.unit_id for row in here])}
    rows = [_row(one, None if one.unit_id == unit.id else whose.get(one.unit_id)) for one in here]
    buttons = [[Button(_label(one), f"agreement:see:{one.id}")] for one in here]
    turn = turning(page, pages, lambda to: f"agreement:list:{unit.id}:{to}")
    last = [Button(phrases.ADD, f"agreement:new:{unit.id}"), _home(unit)]
    words = phrases.overview(unit=unit.name, rows=rows, page=page, pages=pages)
    ctx.show(words, [*buttons, turn, last])


def _row(one: Agreement, unit: str | None = None) -> Text:
    place = places.place_name(one.place_code)
    return phrases.row(with_whom=one.with_whom or "", place=place, ends_on=one.ends_on, unit=unit)


def _label(one: Agreement) -> Text:
    return fitted(raw(one.with_whom or ""))


def _home(unit: Unit) -> Button:
    if unit.kind == UnitKind.CELL:
        return Button(absence_words.TO_REGISTER, f"absence:register:{unit.id}:all:0")
    return Button(unit_words.TO_UNIT, f"unit:see:{unit.id}")


def see(ctx: Context, arguments: list[str]) -> None:
    show(ctx, agreement_for(ctx.db, number(arguments), ctx.me.id, now=ctx.now))


def show(ctx: Context, one: Agreement, note: Text | None = None) -> None:
    keeps = may(ctx.db, ctx.me.id, KEEP, one.unit_id, now=ctx.now)
    rows: list[Buttons] = []
    if keeps and one.ended_at is None:
        rows = [
            [Button(phrases.TALK, f"agreement:talk:{one.id}")],
            [
                Button(phrases.RENEW, f"agreement:renew:{one.id}"),
                Button(phrases.CORRECT, f"agreement:correct:{one.id}"),
            ],
            [Button(phrases.END, f"agreement:end:{one.id}")],
        ]
    back = [Button(phrases.LIST, f"agreement:list:{one.unit_id}")] if keeps else []
    words = _detail(ctx, one)
    rows = [*rows, [*back, Button(common.MENU, "nav:menu")]]
    ctx.show(common.paragraph(note, words) if note else words, rows)


def _detail(ctx: Context, one: Agreement) -> Text:
    return phrases.detail(
        kind=one.kind,
        with_whom=one.with_whom or "",
        place=places.place_name(one.place_code),
        unit=ctx.db.get_one(Unit, one.unit_id).name,
        begins_on=one.begins_on,
        ends_on=one.ends_on,
        ended_on=local_date(one.ended_at, HOME_ZONE) if one.ended_at else None,
        contact=_contact(one.person, one.phone),
        agreed=one.agreed or "",
        talks=[
            phrases.talk(
                on=talk.held_on, by=ctx.db.get_one(Member, talk.by_id).full_name, said=talk.words or ""
            )
            for talk in talks_of(ctx.db, one.id, limit=_TALKS)
        ],
    )


def _contact(person: str | None, phone: str | None) -> str:
    return ", ".join(part for part in (person, show_phone(phone) if phone else None) if part)


# --- at the place of an absence ---------------------------------------------------------------------------------------


def see_at(ctx: Context, arguments: list[str]) -> None:
    """Show what is agreed at the place of an absence; each can be told to the member with one tap."""
    show_at(ctx, _away(ctx, number(arguments)))


def show_at(ctx: Context, away: Away, note: Text | None = None) -> None:
    found = agreements_for(ctx.db, away, now=ctx.now)[:3]
    words = phrases.at_place(
        name=ctx.db.get_one(Member, away.member_id).full_name, rows=[_row(one) for one in found]
    )
    rows = [
        [
            Button(_label(one), f"agreement:see:{one.id}"),
            Button(phrases.OFFER, f"agreement:offer:{one.id}:{away.id}"),
        ]
        for one in found
    ]
    back = [Button(absence_words.ABSENCE, f"absence:see:{away.id}")]
    ctx.show(common.paragraph(note, words) if note else words, [*rows, back])


def offer(ctx: Context, arguments: list[str]) -> None:
    """Tell the member of `<agreement>:<absence>`."""
    away = _away(ctx, number_or_0(arguments, 1))
    one = agreement_for(ctx.db, number(arguments), ctx.me.id, now=ctx.now)
    told = offer_agreement(ctx.db, one, away, by_id=ctx.me.id, now=ctx.now)
    name = ctx.db.get_one(Member, away.member_id).full_name
    show_at(ctx, away, phrases.offered(name=name, told=told))


def _away(ctx: Context, away_id: int) -> Away:
    away = ctx.db.get(Away, away_id)
    require(ctx.db, ctx.me.id, Right.KEEP_ABSENCES, away.cell_id if away else None, now=ctx.now)
    if away is None:
        raise NotEntitled
    return away


# --- a new one ------------------------------------------------------------------------------------------------------


class Draft(places.Whereabouts):
    unit_id: int = 0
    kind: AgreementKind = AgreementKind.EMPLOYER
    with_whom: str = ""
    begins_on: date = date.min
    ends_on: date | None = None
    person: str = ""
    phone: str = ""
    agreed: str = ""


Here = At[Draft, Unit]


class AgreementPlace(FieldKind[Draft, Unit]):
    """A province or a country, as everywhere."""

    def shape(self, at: Here) -> Shape | None:
        return Shape.LINE

    def rows(self, at: Here) -> list[Row]:
        return list(places.ask_place(at.ctx, at.draft, or_home=False).buttons)

    def sent(self, at: Here, answer: Answer) -> object:
        if answer.value == places.HOME:
            raise Refused(common.choose_a_button())
        return None if places.take_place(at.draft, answer) else AGAIN

    def tapped(self, at: Here, key: str) -> object:
        return self.sent(at, Answer(at.ctx.incoming, key))

    def put(self, at: Here, name: str, value: object) -> None: ...


def start(ctx: Context, arguments: list[str]) -> None:
    NEW.begin(ctx, Draft(unit_id=number(arguments)))


def _checked_end(begins_on: date, ends_on: date) -> date:
    check_end(begins_on, ends_on)
    return ends_on


def _recent(at: At[Any, Any]) -> list[tuple[Text, date]]:
    return [(phrases.TODAY, at.today), (phrases.YESTERDAY, at.today - timedelta(days=1))]


def _facts(draft: Draft) -> AgreementFacts:
    return AgreementFacts(
        kind=draft.kind,
        with_whom=draft.with_whom,
        place_code=draft.place_code or "",
        begins_on=draft.begins_on,
        ends_on=draft.ends_on,
        person=draft.person,
        phone=draft.phone,
        agreed=draft.agreed,
    )


def _look_over(at: Here) -> Text:
    facts = phrases.detail(
        kind=at.draft.kind,
        with_whom=at.draft.with_whom,
        place=places.place_name(at.draft.place_code),
        unit=at.subject.name,
        begins_on=at.draft.begins_on,
        ends_on=at.draft.ends_on,
        ended_on=None,
        contact=_contact(at.draft.person, at.draft.phone),
        agreed=at.draft.agreed,
        talks=[],
    )
    return phrases.look_over(facts=facts)


def _make(at: Here) -> None:
    ctx = at.ctx
    one = make_agreement(ctx.db, at.subject, _facts(at.draft), by_id=ctx.me.id, now=ctx.now)
    show(ctx, one, phrases.made())


_OPEN_END = Offer(phrases.OPEN_END, "open", None)
_NONE = Offer(phrases.NOT_KNOWN, "none", "")
NEW: Form[Draft, Unit] = Form(
    "agreement",
    phrases.MAKING,
    Draft,
    right=lambda ctx, draft: unit_for(ctx, draft.unit_id, KEEP),
    fields=(
        Field(
            "kind",
            lambda at: phrases.ask_kind(),
            OneOf(lambda at: [(phrases.KINDS[one], one) for one in AgreementKind]),
        ),
        Field("with_whom", lambda at: phrases.ask_with_whom(), Line(LINE, named)),
        Field("place", lambda at: phrases.ask_place(), AgreementPlace()),
        Field(
            "begins",
            lambda at: phrases.ask_begin(),
            Day(lambda at: at.today - LATELY, offers=lambda at: _recent(at)[:1]),
            into="begins_on",
        ),
        Field(
            "ends",
            lambda at: phrases.ask_end(),
            Day(lambda at: at.draft.begins_on, lambda at, on: _checked_end(at.draft.begins_on, on)),
            into="ends_on",
            offers=lambda at: [_OPEN_END],
            after=("begins",),
        ),
        Field("person", lambda at: phrases.ask_person(), Line(LINE, named), offers=lambda at: [_NONE]),
        Field(
            "phone",
            lambda at: phrases.ask_phone(),
            # codes of places begin with their country: JP, VN-79
            PhoneThere(lambda at: (at.draft.place_code or "VN")[:2]),
            offers=lambda at: [_NONE],
            after=("place",),
        ),
        Field("agreed", lambda at: phrases.ask_agreed(), Prose(LONG)),
        Field("check", _look_over, Confirm(phrases.SAVE)),
    ),
    save=_make,
)


# --- one that there is ------------------------------------------------------------------------------------------------


class KeptDraft(BaseModel):
    agreement_id: int = 0
    on: date | None = None
    words: str = ""


Kept = At[KeptDraft, Agreement]


def _kept(ctx: Context, draft: KeptDraft) -> Agreement:
    one = ctx.db.get(Agreement, draft.agreement_id)
    require(ctx.db, ctx.me.id, KEEP, one.unit_id if one else None, now=ctx.now)
    if one is None or one.ended_at is not None:
        raise NotEntitled
    return one


def _name(at: Kept) -> str:
    return at.subject.with_whom or ""


def _talk(at: Kept) -> None:
    ctx, draft = at.ctx, at.draft
    note_talk(ctx.db, at.subject, draft.words, held_on=draft.on or at.today, by_id=ctx.me.id, now=ctx.now)
    show(ctx, at.subject, phrases.talked())


def _renew(at: Kept) -> None:
    renew_agreement(at.ctx.db, at.subject, at.draft.on, by_id=at.ctx.me.id, now=at.ctx.now)
    show(at.ctx, at.subject, phrases.renewed(ends_on=at.draft.on))


def _end(at: Kept) -> None:
    end_agreement(at.ctx.db, at.subject, by_id=at.ctx.me.id, now=at.ctx.now)
    show(at.ctx, at.subject, phrases.ended())


class FixDraft(KeptDraft):
    what: AgreementFact = AgreementFact.PERSON


def _fix_value(at: At[FixDraft, Agreement]) -> str | date | None:
    return at.draft.on if at.draft.what is AgreementFact.UNTIL else at.draft.words


def _fix(at: At[FixDraft, Agreement]) -> None:
    ctx = at.ctx
    changed = correct_agreement(
        ctx.db, at.subject, at.draft.what, _fix_value(at), by_id=ctx.me.id, now=ctx.now
    )
    show(ctx, at.subject, phrases.corrected(changed=changed))


def _is(what: AgreementFact) -> Callable[[At[FixDraft, Agreement]], bool]:
    return lambda at: at.draft.what is what


CORRECT: Form[FixDraft, Agreement] = Form(
    "agreement_fix",
    phrases.CORRECTING,
    FixDraft,
    right=_kept,
    fields=(
        Field(
            "what",
            lambda at: phrases.ask_what(with_whom=at.subject.with_whom or ""),
            OneOf(lambda at: [(phrases.FACTS[one], one) for one in AgreementFact]),
        ),
        Field(
            "until",
            lambda at: phrases.ask_end(),
            Day(lambda at: at.subject.begins_on, lambda at, on: _checked_end(at.subject.begins_on, on)),
            into="on",
            offers=lambda at: [_OPEN_END],
            needed=_is(AgreementFact.UNTIL),
            after=("what",),
        ),
        Field(
            "person",
            lambda at: phrases.ask_person(),
            Line(LINE, named),
            into="words",
            offers=lambda at: [_NONE],
            needed=_is(AgreementFact.PERSON),
            after=("what",),
        ),
        Field(
            "phone",
            lambda at: phrases.ask_phone(),
            PhoneThere(lambda at: at.subject.place_code[:2]),
            into="words",
            offers=lambda at: [_NONE],
            needed=_is(AgreementFact.PHONE),
            after=("what",),
        ),
        Field(
            "agreed",
            lambda at: phrases.ask_agreed(),
            Prose(LONG),
            into="words",
            needed=_is(AgreementFact.AGREED),
            after=("what",),
        ),
    ),
    save=_fix,
)
TALK: Form[KeptDraft, Agreement] = Form(
    "agreement_talk",
    phrases.TALKING,
    KeptDraft,
    right=_kept,
    fields=(
        Field(
            "on",
            lambda at: phrases.ask_talk_day(with_whom=_name(at)),
            Day(lambda at: at.today - LATELY, last=lambda at: at.today, offers=_recent, in_row=2),
        ),
        Field("words", lambda at: phrases.ask_talk_words(), Prose(LONG)),
    ),
    save=_talk,
)
RENEW: Form[KeptDraft, Agreement] = Form(
    "agreement_renew",
    phrases.RENEWING,
    KeptDraft,
    right=_kept,
    fields=(
        Field(
            "on",
            lambda at: phrases.ask_renew(with_whom=_name(at)),
            Day(lambda at: at.today, lambda at, on: _checked_end(max(at.today, at.subject.begins_on), on)),
            offers=lambda at: [_OPEN_END],
        ),
    ),
    save=_renew,
)
END: Form[KeptDraft, Agreement] = Form(
    "agreement_end",
    phrases.ENDING,
    KeptDraft,
    right=_kept,
    fields=(Field("sure", lambda at: phrases.ask_sure(with_whom=_name(at)), Confirm(phrases.END)),),
    save=_end,
)

TAPS: list[Tap] = [
    Tap("agreement:list", see_list),
    Tap("agreement:see", see),
    Tap("agreement:at", see_at),
    Tap("agreement:offer", offer),
    Tap("agreement:new", start),
    Tap("agreement:talk", lambda ctx, arguments: TALK.begin(ctx, KeptDraft(agreement_id=number(arguments)))),
    Tap(
        "agreement:renew", lambda ctx, arguments: RENEW.begin(ctx, KeptDraft(agreement_id=number(arguments)))
    ),
    Tap(
        "agreement:correct",
        lambda ctx, arguments: CORRECT.begin(ctx, FixDraft(agreement_id=number(arguments))),
    ),
    Tap("agreement:end", lambda ctx, arguments: END.begin(ctx, KeptDraft(agreement_id=number(arguments)))),
]
FLOWS: list[AnyFlow] = [NEW, CORRECT, TALK, RENEW, END]
