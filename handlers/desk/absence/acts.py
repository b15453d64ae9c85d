"""What each act of the form does once it is looked over, and what one comes back to."""

from __future__ import annotations

from typing import Any

from handlers.desk.absence.contacts import show_contacts, show_counts
from handlers.desk.absence.door import away_for, item_for, keeps, letter_for, member_for
from handlers.desk.absence.draft import Draft, Here
from handlers.desk.absence.filing import show_above, show_filing
from handlers.desk.absence.letters import show_letter, show_letters
from handlers.desk.absence.screens import show_away, show_member
from handlers.ground.context import Context
from models.away.away import (
    Away,
    Declaration,
    Filing,
    FilingAct,
    FilingState,
    begin_return,
    change_away,
    close_away,
    correct_decision,
    decide_filing,
    extend_away,
    file_away,
    may_decide,
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
    LetterKind,
    correct_answer,
    correct_letter,
    record_letter_answered,
    record_letter_reminded,
    record_letter_sent,
    withdraw_letter,
)
from models.desk.office import let_go
from models.desk.screening import record_absence_from_meeting, record_dues
from models.ground.places import place
from models.people.assignment import assign_contact, contacts_of
from models.people.member import Member
from models.phrases.text import Text

# --- where one comes back to ----------------------------------------------------------------------------------------


def to_filing(ctx: Context, draft: Draft, note: Text) -> None:
    filing = ctx.db.get_one(Filing, draft.subject_id)
    (show_filing if keeps(ctx, filing.cell_id) else show_above)(ctx, filing, note)


def to_away(ctx: Context, draft: Draft, note: Text) -> None:
    show_away(ctx, ctx.db.get_one(Away, draft.subject_id), note)


def to_item(ctx: Context, draft: Draft, note: Text) -> None:
    item = item_for(ctx, draft.subject_id)
    show_away(ctx, ctx.db.get_one(Away, item.away_id), note)


def to_member(ctx: Context, draft: Draft, note: Text) -> None:
    show_member(ctx, member_for(ctx, draft.subject_id), note)


def to_contacts(ctx: Context, draft: Draft, note: Text) -> None:
    show_contacts(ctx, member_for(ctx, draft.subject_id), note)


def to_counts(ctx: Context, draft: Draft, note: Text) -> None:
    show_counts(ctx, member_for(ctx, draft.subject_id), note)


def to_letters(ctx: Context, draft: Draft, note: Text) -> None:
    show_letters(ctx, away_for(ctx, draft.subject_id), note)


def to_letter(ctx: Context, draft: Draft, note: Text) -> None:
    show_letter(ctx, letter_for(ctx, draft.subject_id), note)


# --- a paper --------------------------------------------------------------------------------------------------------


# `on_paper`: what the cell files for a member came to it on paper; members file theirs in handlers/away


def _by(at: Here) -> dict[str, Any]:
    return {"by_id": at.ctx.me.id, "policies": at.ctx.policies, "now": at.ctx.now}


def _act(at: Here, *, on_paper: bool = False, comment: str = "") -> FilingAct:
    return FilingAct(at.ctx.me.id, at.ctx.policies, at.ctx.now, on_paper, comment, at.draft.scan)


def _me(at: Here) -> dict[str, Any]:
    return {"by_id": at.ctx.me.id, "now": at.ctx.now}


def put(at: Here) -> None:
    draft = at.draft
    put_filing_to_cell(at.ctx.db, at.subject, _act(at), route=draft.route, meeting_on=draft.day)


def is_returned_on_paper(ctx: Context, filing: Filing) -> bool:
    """Return whether the committee gave it back on paper, and the cell types that."""
    above = may_decide(ctx.db, filing, ctx.me.id, ctx.policies.away, now=ctx.now)
    return filing.state == FilingState.PROPOSED and not above


def give_back(at: Here) -> None:
    paper = is_returned_on_paper(at.ctx, at.subject)
    return_filing(at.ctx.db, at.subject, _act(at, on_paper=paper, comment=at.draft.why))


def result(at: Here) -> None:
    draft = at.draft
    votes_for, votes_against = draft.votes or (None, None)
    record_cell_result(
        at.ctx.db,
        at.subject,
        # a reason that was typed before a no became a yes is not sent along
        _act(at, comment="" if draft.verdict else draft.why),
        met_on=draft.day or at.today,
        proposes=draft.verdict,
        votes_for=votes_for,
        votes_against=votes_against,
        number=draft.number,
        route=draft.route,
    )


def decide(at: Here) -> None:
    draft = at.draft
    decide_filing(
        at.ctx.db,
        at.subject,
        _act(at, on_paper=draft.act == "paper", comment="" if draft.verdict else draft.why),
        approve=draft.verdict,
        number=draft.number,
        decided_on=draft.day or at.today,
    )


def fix_decision(at: Here) -> None:
    decided_on = at.draft.day or at.today
    correct_decision(at.ctx.db, at.subject, number=at.draft.number, decided_on=decided_on, **_by(at))


def declaration(at: Here) -> Declaration:
    draft = at.draft
    return Declaration(
        stay=draft.stay,
        begins_on=draft.begins_on or at.today,
        ends_on=draft.ends_on,
        reason=draft.reason,
        study=draft.manner == "study",
        itinerant=draft.manner == "itinerant",
    )


def file(at: Here) -> None:
    file_away(at.ctx.db, at.subject, declaration(at), _act(at, on_paper=True))


def file_again(at: Here) -> None:
    """File again what was returned. How somebody lives there is only asked within the country."""
    draft = at.draft
    asked = draft.place_code is not None and not place(draft.place_code).abroad
    refile(
        at.ctx.db,
        at.subject,
        _act(at, on_paper=True, comment=draft.note),
        begins_on=draft.begins_on,
        ends_on=draft.ends_on,
        study=draft.manner == "study" if asked else None,
        itinerant=draft.manner == "itinerant" if asked else None,
    )


def withdraw(at: Here) -> None:
    draft = at.draft
    withdraw_filing(at.ctx.db, at.subject, _act(at, on_paper=True, comment=draft.note), at_home=draft.at_home)


# --- an absence -----------------------------------------------------------------------------------------------------


def extend(at: Here) -> None:
    draft = at.draft
    extend_away(
        at.ctx.db,
        at.subject,
        _act(at, on_paper=True),
        ends_on=draft.ends_on,
        open_end=draft.open_end,
        reason=draft.reason,
    )


def change(at: Here) -> None:
    from_on = at.draft.begins_on or at.today
    change_away(at.ctx.db, at.subject, at.draft.stay, from_on=from_on, on_paper=True, **_by(at))


def come_back(at: Here) -> None:
    begin_return(at.ctx.db, at.subject, returned_on=at.draft.day or at.today, on_paper=True, **_by(at))


def tick(at: Here) -> None:
    draft, waived = at.draft, at.draft.act == "waive"
    act = _act(at, comment=draft.why if waived else draft.note)
    tick_return_item(at.ctx.db, at.subject, act, happened_on=draft.day, waived=waived)


def tick_several(at: Here) -> None:
    items = return_items(at.ctx.db, at.subject.id)
    done = [one for one in items if one.done_at is None and one.step in at.draft.chosen]
    tick_return_items(at.ctx.db, at.subject, done, _act(at).wordless, happened_on=at.today)


def resume(at: Here) -> None:
    resume_away(at.ctx.db, at.subject, on_paper=True, **_by(at))


def update(at: Here) -> None:
    send_update(at.ctx.db, at.subject, text=at.draft.note, on_paper=True, scan=at.draft.scan, **_by(at))


def close(at: Here) -> None:
    close_away(at.ctx.db, at.subject, note=at.draft.why, at_home=at.draft.at_home, **_by(at))


# --- letters, contacts, counts ----------------------------------------------------------------------------------------


def sent(at: Here) -> None:
    draft = at.draft
    record_letter_sent(
        at.ctx.db,
        at.subject,
        LetterKind(draft.kind),
        sent_on=draft.day or at.today,
        to=draft.to,
        number=draft.number,
        **_by(at),
    )


def reminded(at: Here) -> None:
    record_letter_reminded(at.ctx.db, at.subject, reminded_on=at.draft.day or at.today, **_by(at))


def answered(at: Here) -> None:
    draft, on = at.draft, at.draft.day or at.today
    record_letter_answered(
        at.ctx.db, at.subject, answered_on=on, answer=draft.note, scan=draft.scan, **_by(at)
    )


def fix_letter(at: Here) -> None:
    draft, sent_on = at.draft, at.draft.day or at.subject.sent_on
    correct_letter(at.ctx.db, at.subject, sent_on=sent_on, to=draft.to, number=draft.number, **_by(at))


def fix_answer(at: Here) -> None:
    draft, on = at.draft, at.draft.day or at.today
    correct_answer(at.ctx.db, at.subject, answered_on=on, answer=draft.note, scan=draft.scan, **_me(at))


def unsend(at: Here) -> None:
    withdraw_letter(at.ctx.db, at.subject, why=at.draft.why, **_me(at))


def assign(at: Here) -> None:
    db, draft = at.ctx.db, at.draft
    before = contacts_of(db, at.subject.id, now=at.ctx.now)
    contact = db.get_one(Member, draft.contact_id)
    assign_contact(db, at.subject, contact, begins_on=draft.begins_on, ends_on=draft.ends_on, **_me(at))
    # after the new assignment, since only then it is known what those before may no longer keep
    for one in before:
        let_go(db, one.contact_id, now=at.ctx.now)


def count(at: Here) -> None:
    month = at.draft.month or at.today
    if at.draft.act == "dues":
        record_dues(at.ctx.db, at.subject, month, **_me(at))
    else:
        absent = at.draft.act == "absent"
        record_absence_from_meeting(at.ctx.db, at.subject, month, absent=absent, **_me(at))
