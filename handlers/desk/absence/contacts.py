"""Who keeps in touch with a member, and the counts that the cell types: shown with their source, nothing concluded."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from handlers.desk.absence.door import member_for, to_desk
from handlers.desk.absence.screens import act, name_of
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, Row, paged
from models.delivery.message import Button
from models.desk.office import let_go
from models.desk.screening import Typed, screening_of
from models.ground.clock import HOME_ZONE, local_date
from models.people.assignment import Assignment, contacts_of, end_assignment, planned_contacts
from models.people.member import Member, record_look
from models.people.rights import NotEntitled, Right, may
from models.phrases import common
from models.phrases.desk import absence as phrases, screening as screening_words
from models.phrases.text import Text


def see_contacts(ctx: Context, arguments: list[str]) -> None:
    show_contacts(ctx, member_for(ctx, number_or_0(arguments)), page=number_or_0(arguments, 1))


def show_contacts(ctx: Context, member: Member, note: Text | None = None, *, page: int = 0) -> None:
    now_on = contacts_of(ctx.db, member.id, now=ctx.now)
    later = planned_contacts(ctx.db, member.id, now=ctx.now)
    shown = [(one, False) for one in now_on] + [(one, True) for one in later]
    words = phrases.contacts(name=member.full_name, rows=[_contact(ctx, one, ahead) for one, ahead in shown])
    rows: list[Row] = []
    if may(ctx.db, ctx.me.id, Right.ASSIGN_CONTACT, member.cell_id or 0, now=ctx.now):
        room = SCREEN - 1 - len(_back(member))
        ended, turn = paged(shown, page, room, lambda to: f"absence:contacts:{member.id}:{to}")
        rows = [[act("assign", member.id)], *([_end_button(ctx, one)] for one, _ in ended), turn]
    ctx.show(common.paragraph(note, words) if note else words, [*rows, _back(member)])


def _contact(ctx: Context, one: Assignment, ahead: bool) -> tuple[str, date, date | None, bool]:
    begins_on, ends_at = local_date(one.begins_at, HOME_ZONE), one.ends_at
    # it ends at midnight, so its last day is the one before
    ends_on = local_date(ends_at - timedelta(seconds=1), HOME_ZONE) if ends_at else None
    return name_of(ctx, one.contact_id), begins_on, ends_on, ahead


def _end_button(ctx: Context, one: Assignment) -> Button:
    return Button(phrases.end_contact(name=name_of(ctx, one.contact_id)), f"absence:uncontact:{one.id}")


def end_contact(ctx: Context, arguments: list[str]) -> None:
    """End the contact with a place of stay. A second tap does nothing."""
    assignment = ctx.db.get(Assignment, number_or_0(arguments))
    if assignment is None:
        raise NotEntitled
    member = member_for(ctx, assignment.member_id, Right.ASSIGN_CONTACT)
    end_assignment(ctx.db, assignment, by_id=ctx.me.id, now=ctx.now)
    let_go(ctx.db, assignment.contact_id, now=ctx.now)
    ctx.db.flush()
    show_contacts(ctx, member, phrases.contact_ended())


def _back(member: Member) -> Row:
    return [Button(phrases.ABSENCE, f"absence:who:{member.id}"), *to_desk(member.cell_id or 0)]


# --- counts ---------------------------------------------------------------------------------------------------------


def see_counts(ctx: Context, arguments: list[str]) -> None:
    member = member_for(ctx, number_or_0(arguments))
    record_look(ctx.db, reader_id=ctx.me.id, member_id=member.id, what="absence.counts", now=ctx.now)
    show_counts(ctx, member)


def show_counts(ctx: Context, member: Member, note: Text | None = None) -> None:
    """Show the counts of this year with their source, and what the secretary types."""
    body = counts_words(ctx, member, own=False)
    words = phrases.counts(name=member.full_name, body=body)
    rows = [[act(name, member.id)] for name in ("absent", "present", "dues")]
    ctx.show(common.paragraph(note, words) if note else words, [*rows, _back(member)])


def counts_words(ctx: Context, member: Member, *, own: bool) -> Text:
    """Return the counts in words.

    The member's screen (`own`) has the same numbers, with what the member can do about them.
    """
    seen = screening_of(ctx.db, member, local_date(ctx.now, HOME_ZONE).year, now=ctx.now)
    return screening_words.counts(
        year=seen.year,
        silent=seen.silent,
        absent=[one.month for one in seen.absent],
        absent_source=_source(ctx, max(seen.absent, key=lambda one: one.at, default=None)),
        dues_until=seen.dues_until.month if seen.dues_until else None,
        elsewhere=seen.pays_elsewhere,
        dues_source=_source(ctx, seen.dues_until),
        own=own,
    )


def _source(ctx: Context, typed: Typed | None) -> tuple[str, datetime] | None:
    if typed is None:
        return None
    return name_of(ctx, typed.by_id) if typed.by_id else "", typed.at
