"""Somebody called the member, or reached them otherwise: noted on the member's behalf, who is told and may correct it.

    what came of it? ──┬─ reached, no answer, left word, later ──> noted at once ──> words, or none
                       ├─ somebody else is to call: whom ──> told, noted
                       └─ another way or day: channel ──> day ──> result ──> preview ──> saved

Only who was reached has been heard of: the rest is an attempt, and settles nothing (models/contact/contact_note).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from pydantic import BaseModel

from handlers.desk.desk.assigned import show_mine, show_one
from handlers.desk.desk.door import MemberMatter, matter_of, matter_of_checkin, matter_of_member
from handlers.desk.desk.person import happened, show_matter
from handlers.desk.desk.queue import show_cell
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.form import At, Confirm, Day, Field, Form, Offer, OneOf, Prose
from handlers.ground.paging import SCREEN, Row, paged
from models.contact.checkin import UNSETTLED, add_contact_words, record_contact
from models.contact.contact_note import ContactNote, ContactOutcome, Means, last_contact_notes
from models.contact.ladder import hand_on, may_take, open_ladder, people_on
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, local_date
from models.ground.steps import Rung
from models.people.member import Member, hears
from models.people.rights import NotEntitled, Right, desk_of, may
from models.phrases import common
from models.phrases.desk import desk as phrases
from models.phrases.text import LABEL, Text, fitting, raw

RESULT_LIMIT = 1000
DAYS_BACK = 60  # how long ago a contact may have been
_SAME = timedelta(minutes=2)  # the same outcome tapped twice is one
# buttons in chats carry the place in this tuple: a new one goes to its end
SAVED_AT_ONCE = (
    ContactOutcome.REACHED,
    ContactOutcome.NO_ANSWER,
    ContactOutcome.LEFT_WORD,
    ContactOutcome.LATER,
)


class Draft(BaseModel):
    member_id: int = 0
    checkin_id: int = 0  # 0: no report is owed
    channel: Means = Means.PHONE
    happened_on: date | None = None
    result: str = ""

    @property
    def outcome(self) -> ContactOutcome:
        return ContactOutcome.LEFT_WORD if self.channel is Means.RELATIVE else ContactOutcome.REACHED


# --- what came of a call: one tap -----------------------------------------------------------------------------------


def ask_outcome(ctx: Context, arguments: list[str]) -> None:
    """Ask for the outcome of `c:<id>` or `m:<id>`. A report that somebody settled meanwhile says so instead."""
    matter = matter_of(ctx, arguments, Right.RECORD_CONTACT)
    if matter.checkin is not None and matter.checkin.state not in UNSETTLED and _at_the_desk(ctx, matter):
        show_matter(ctx, matter)
        return
    who = matter.member.id
    rows = outcome_rows(lambda number: f"desk:outcome:{who}:{number}")
    rows.append([Button(phrases.HAND_ON, f"desk:hand:{who}")])
    rows.append([Button(phrases.ANOTHER_WAY, f"desk:noteway:{matter.address}")])
    ctx.show(phrases.which_outcome(name=matter.member.full_name), [*rows, [_back(ctx, matter)]])


def outcome_rows(to: Callable[[int], str]) -> list[Row]:
    """Return a button for each outcome that is saved at once; `to` gives the address of one."""
    labels = [phrases.OUTCOME_BUTTONS[outcome] for outcome in SAVED_AT_ONCE]
    return [[Button(label, to(number))] for number, label in enumerate(labels)]


def _back(ctx: Context, matter: MemberMatter) -> Button:
    to = f"desk:who:{matter.member.id}" if _at_the_desk(ctx, matter) else f"desk:keep:{matter.member.id}"
    return Button(common.BACK, to)


def note_outcome(ctx: Context, arguments: list[str]) -> None:
    """Note the outcome of a phone call of today, `<member>:<outcome>`. It is saved at once; then words may be added."""
    matter = matter_of_member(ctx, number_or_0(arguments), Right.RECORD_CONTACT)
    note = record_once(ctx, matter, number_or_0(arguments, 1))
    WORDS.begin(ctx, WordDraft(note_id=note.id))


def record_once(ctx: Context, matter: MemberMatter, number: int) -> ContactNote:
    """Record what came of a phone call of today, by the number of its button; the same tapped twice is one."""
    outcome = SAVED_AT_ONCE[min(number, len(SAVED_AT_ONCE) - 1)]
    return _same(ctx, matter, outcome) or _record(ctx, matter.member, outcome)


def _same(ctx: Context, matter: MemberMatter, outcome: ContactOutcome) -> ContactNote | None:
    """The same tap a moment ago."""
    newest = next(iter(last_contact_notes(ctx.db, matter.member.id, limit=1)), None)
    if newest is None or (newest.by_id, newest.outcome) != (ctx.me.id, outcome):
        return None
    return newest if ctx.now - newest.recorded_at < _SAME else None


def _record(ctx: Context, member: Member, outcome: ContactOutcome) -> ContactNote:
    return record_contact(
        ctx.db,
        member,
        channel=Means.PHONE,
        outcome=outcome,
        # the cell's day, wherever the member is
        happened_on=local_date(ctx.now, HOME_ZONE),
        result="",
        by_id=ctx.me.id,
        policy=ctx.policies.checkin,
        now=ctx.now,
    )


# --- somebody else is to call ---------------------------------------------------------------------------------------


def choose_whom(ctx: Context, arguments: list[str]) -> None:
    matter = matter_of_member(ctx, number_or_0(arguments), Right.RECORD_CONTACT)
    people, who = _who_else(ctx, matter), matter.member.id
    address = f"desk:hand:{who}"
    shown, turn = paged(people, number_or_0(arguments, 1), SCREEN - 1, lambda to: f"{address}:{to}")
    rows: list[Row] = [
        [Button(raw(fitting(one.full_name, LABEL)), f"desk:handto:{who}:{one.id}")] for one in shown
    ]
    words = phrases.hand_to_whom(name=matter.member.full_name, count=len(people))
    ctx.show(words, [*rows, turn, [_back(ctx, matter)]])


def _who_else(ctx: Context, matter: MemberMatter) -> list[Member]:
    """Who keeps in touch with the member, secretary, deputy: whoever may call, and hears us."""
    ladder = open_ladder(ctx.db, matter.member.id)
    ids = (
        people_on(ctx.db, ladder, Rung.DESK, now=ctx.now)
        if ladder
        else desk_of(ctx.db, matter.cell.id, now=ctx.now)
    )
    fit = [
        one
        for one in dict.fromkeys(ids)
        if one not in (ctx.me.id, matter.member.id)
        and may_take(ctx.db, one, matter.member, now=ctx.now)
        and hears(ctx.db, one)
    ]
    return [ctx.db.get_one(Member, one) for one in fit]


def hand_to(ctx: Context, arguments: list[str]) -> None:
    """Hand over by `<member>:<whom>`, and tell them. A second tap tells nobody twice."""
    matter = matter_of_member(ctx, number_or_0(arguments), Right.RECORD_CONTACT)
    whom = next((one for one in _who_else(ctx, matter) if one.id == number_or_0(arguments, 1)), None)
    if whom is None:
        raise NotEntitled
    note = _same(ctx, matter, ContactOutcome.HANDED) or _record(ctx, matter.member, ContactOutcome.HANDED)
    ctx.db.flush()
    # also after the same tap for somebody else: who is corrected a moment later must hear it, too
    hand_on(ctx.db, matter.member, by_id=ctx.me.id, to_id=whom.id, note_id=note.id, now=ctx.now)
    _show_after(ctx, matter, phrases.handed_on(name=matter.member.full_name, to=whom.full_name))


def _show_after(ctx: Context, matter: MemberMatter, words: Text) -> None:
    if _at_the_desk(ctx, matter):
        show_cell(ctx, matter.cell, note=words)
    else:
        show_mine(ctx, note=words)


# --- words, once it is noted ----------------------------------------------------------------------------------------


class WordDraft(BaseModel):
    note_id: int = 0
    words: str = ""


def _my_note(ctx: Context, draft: WordDraft) -> tuple[ContactNote, MemberMatter]:
    """What I wrote down, of somebody whom I may still write about."""
    note = ctx.db.get(ContactNote, draft.note_id)
    if note is None or note.by_id != ctx.me.id:
        raise NotEntitled
    return note, matter_of_member(ctx, note.member_id, Right.RECORD_CONTACT)


AtNote = At[WordDraft, tuple[ContactNote, MemberMatter]]


def _ask_words(at: AtNote) -> Text:
    note, matter = at.subject
    return phrases.outcome_saved(
        name=matter.member.full_name,
        outcome=note.outcome,
        settled=note.checkin_id is not None,
        told=hears(at.ctx.db, matter.member.id),
        limit=RESULT_LIMIT,
    )


def _add_words(at: AtNote) -> None:
    ctx, (note, matter) = at.ctx, at.subject
    if at.draft.words:
        add_contact_words(ctx.db, note, at.draft.words, now=ctx.now)
        _show_after(ctx, matter, phrases.words_added(name=matter.member.full_name))
    elif _at_the_desk(ctx, matter):
        show_cell(ctx, matter.cell)
    else:
        show_one(ctx, matter.member)


WORDS: Form[WordDraft, tuple[ContactNote, MemberMatter]] = Form(
    "desk_words",
    phrases.CONTACTING,
    WordDraft,
    right=_my_note,
    fields=(
        Field(
            "words",
            _ask_words,
            Prose(RESULT_LIMIT),
            offers=lambda at: [Offer(phrases.NO_WORDS, "none", "")],
            looking=True,
        ),
    ),
    save=_add_words,
)


# --- another way, another day ---------------------------------------------------------------------------------------


def begin_contact(ctx: Context, arguments: list[str]) -> None:
    matter = matter_of(ctx, arguments, Right.RECORD_CONTACT)
    draft = Draft(member_id=matter.member.id, checkin_id=matter.checkin.id if matter.checkin else 0)
    CONTACT.begin(ctx, draft)


Here = At[Draft, MemberMatter]


def _today(at: Here) -> date:
    return local_date(at.ctx.now, at.ctx.zone)


def _near_days(at: Here) -> list[Offer]:
    yesterday = _today(at) - timedelta(days=1)
    return [Offer(phrases.TODAY, "0", _today(at)), Offer(phrases.YESTERDAY, "1", yesterday)]


def _look_over(at: Here) -> Text:
    draft = at.draft
    return phrases.contact_preview(
        name=at.subject.member.full_name,
        channel=draft.channel,
        outcome=draft.outcome,
        on=draft.happened_on or _today(at),
        result=draft.result,
        settles=bool(draft.checkin_id) and draft.outcome is ContactOutcome.REACHED,
        told=hears(at.ctx.db, draft.member_id),
    )


def _save(at: Here) -> None:
    """What was typed is kept in any case; a report that somebody else settled meanwhile stays as it is."""
    ctx, draft = at.ctx, at.draft
    matter = _matter(ctx, draft)
    settled = matter.checkin is not None and matter.checkin.state not in UNSETTLED
    words = _what_was_done(ctx, matter, settled=settled)
    record_contact(
        ctx.db,
        matter.member,
        channel=draft.channel,
        outcome=draft.outcome,
        happened_on=draft.happened_on or _today(at),
        result=draft.result,
        by_id=ctx.me.id,
        policy=ctx.policies.checkin,
        now=ctx.now,
    )
    _show_after(ctx, matter, words)


def _at_the_desk(ctx: Context, matter: MemberMatter) -> bool:
    """Who was only asked to keep in touch sees their own list instead."""
    return may(ctx.db, ctx.me.id, Right.SEE_DESK, matter.cell.id, now=ctx.now)


def _what_was_done(ctx: Context, matter: MemberMatter, *, settled: bool) -> Text:
    if settled and matter.checkin is not None and _at_the_desk(ctx, matter):
        return common.paragraph(happened(ctx, matter.member, matter.checkin), phrases.contact_saved_besides())
    told = hears(ctx.db, matter.member.id)
    return phrases.contact_saved(name=matter.member.full_name, told=told)


def _matter(ctx: Context, draft: Draft) -> MemberMatter:
    if draft.checkin_id:
        return matter_of_checkin(ctx, draft.checkin_id, Right.RECORD_CONTACT, lock=True)
    return _may(ctx, draft)


def _may(ctx: Context, draft: Draft) -> MemberMatter:
    return matter_of_member(ctx, draft.member_id, Right.RECORD_CONTACT)


CONTACT: Form[Draft, MemberMatter] = Form(
    "desk_contact",
    phrases.CONTACTING,
    Draft,
    right=_may,
    fields=(
        Field(
            "channel",
            lambda at: phrases.which_channel(name=at.subject.member.full_name),
            OneOf(lambda at: [(label, Means(name)) for name, label in phrases.CHANNEL_BUTTONS.items()]),
        ),
        Field(
            "day",
            lambda at: phrases.which_day(),
            Day(lambda at: _today(at) - timedelta(days=DAYS_BACK), last=_today),
            offers=_near_days,
            in_row=2,
            into="happened_on",
        ),
        Field(
            "result",
            lambda at: phrases.which_result(name=at.subject.member.full_name, limit=RESULT_LIMIT),
            Prose(RESULT_LIMIT),
        ),
        Field("preview", _look_over, Confirm(phrases.SAVE, "save")),
    ),
    save=_save,
)
