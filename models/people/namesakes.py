"""Two people of one name: what tells them apart, decided here and nowhere else.

    alone                               Lê Văn Dũng
    two of the name on the roster       Lê Văn Dũng (1988)     Lê Văn Dũng (1979)       the year of birth
    of one year, or the year not known  Lê Văn Dũng (1988, A)  Lê Văn Dũng (1988, B)    as a cell says it: Dũng A, Dũng B

It is kept in `member.apart` and is part of `Member.full_name`, so that every screen, list and message has it without
asking. `keep_apart` runs before each flush in which a name, a year, a cell or a leaving changed; no act has to think of
it. Who has left is told apart as well, since lists of the past name them, but takes nothing from who is here.
The mark says no more than the year, which everybody of a cell may know. Where it needs a letter, who may read the
roster's details sees beside it the end of the number or the place (`needs_more`; handlers/desk/roster/common.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from models.ground.names import spelling
from models.people.member import Member
from models.people.unit import Unit
from models.phrases.people.unit import short

_Group = tuple[int | None, str]  # a cell, and a name without diacritics


# --- the rule -------------------------------------------------------------------------------------------------------


def marks(people: Sequence[Member]) -> dict[int, str]:
    """Return what tells each of these apart, who share a name; nothing for somebody alone. A mark stays while it can."""
    here = [one for one in people if one.left_at is None]
    found = _marked(here) if len(here) > 1 else {one.id: "" for one in here}
    gone = [one for one in people if one.left_at is not None]
    if not here and len(gone) == 1:
        return {gone[0].id: ""}
    return found | _marked(gone, taken=set(found.values()))


def _marked(people: Sequence[Member], taken: Iterable[str] = ()) -> dict[int, str]:
    used, years = set(taken), Counter(one.birth_year for one in people)
    found: dict[int, str] = {}
    for one in sorted(people, key=lambda one: (one.created_at, one.id)):
        year = str(one.birth_year) if one.birth_year else ""
        if year and years[one.birth_year] == 1 and year not in used:
            found[one.id] = year
    used |= set(found.values())
    rest = [one for one in people if one.id not in found]
    keeping = [one for one in rest if _is_lettered(one) and one.apart not in used]
    for one in sorted(rest, key=lambda one: (one not in keeping, one.created_at, one.id)):
        found[one.id] = one.apart if one in keeping and one.apart not in used else _next_letter(one, used)
        used.add(found[one.id])
    return found


def _is_lettered(one: Member) -> bool:
    year = f"{one.birth_year}, " if one.birth_year else ""
    return bool(one.apart) and one.apart.startswith(year) and one.apart[len(year) :].isalpha()


def _next_letter(one: Member, used: set[str]) -> str:
    year = f"{one.birth_year}, " if one.birth_year else ""
    return next(mark for at in count() if (mark := year + _letter(at)) not in used)


def _letter(at: int) -> str:
    """A to Z, then AA, AB, and so on."""
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def needs_more(member: Member) -> bool:
    """Return whether the year of birth alone does not tell this person from a namesake."""
    return bool(member.apart) and not member.apart.isdigit()


# --- over several cells ---------------------------------------------------------------------------------------------


def called(db: Session, people: Iterable[Member]) -> dict[int, str]:
    """Return what each is called in a list that reaches over several cells.

    A mark tells apart the people of one cell. Who shares a name with somebody of another cell carries the year of birth
    here, too, and the cell where years do not tell them apart.
    """
    known = {one.id: one for one in people}
    found = {one.id: one.full_name for one in known.values()}
    alike: dict[Any, list[Member]] = {}
    for one in known.values():
        alike.setdefault(spelling(one.own_name), []).append(one)
    shared = [group for group in alike.values() if len(group) > 1 and not all(one.apart for one in group)]
    cells = _cells(db, [one for group in shared for one in group])
    for group in shared:
        years = [one.birth_year for one in group]
        told = None not in years and len(set(years)) == len(years)
        for one in group:
            cell = cells.get(one.cell_id or 0, "")
            beside = str(one.birth_year) if told else ", ".join(filter(None, [one.apart, cell]))
            found[one.id] = f"{one.own_name} ({beside})" if beside else one.full_name
    return found


def _cells(db: Session, people: Sequence[Member]) -> dict[int, str]:
    if not people:
        return {}
    wanted = select(Unit.id, Unit.name).where(Unit.id.in_({one.cell_id for one in people if one.cell_id}))
    return {row.id: short(row.name) for row in db.execute(wanted)}


# --- kept with every change -----------------------------------------------------------------------------------------

_TOLD_BY = ("cell_id", "folded", "own_name", "birth_year", "left_at")


@event.listens_for(Session, "before_flush")
def keep_apart(session: Session, _context: object, _instances: object) -> None:
    """Mark anew everybody of a name and cell where somebody came, went, or is called otherwise."""
    touched = [row for row in (*session.new, *session.dirty) if isinstance(row, Member)]
    groups = {group for row in touched for group in _groups(row)}
    for cell_id, folded in groups:
        with session.no_autoflush:
            kept = session.scalars(select(Member).where(Member.folded == folded, Member.cell_id == cell_id))
        known = {row.id: row for row in (*kept, *touched)}
        _mark([row for row in known.values() if (row.cell_id, row.folded) == (cell_id, folded)])


def _groups(row: Member) -> set[_Group]:
    state: Any = inspect(row)
    if not row.folded:
        return set()
    if state.persistent and not any(state.attrs[name].history.has_changes() for name in _TOLD_BY):
        return set()
    cells = {row.cell_id, *(state.attrs.cell_id.history.deleted or ())}
    names = {row.folded, *(state.attrs.folded.history.deleted or ())}
    return {(cell, name) for cell in cells for name in names if name}


def _mark(people: Sequence[Member]) -> None:
    """Names that only fold alike ("Dũng", "Dung") are two names."""
    spelt = {one.id: spelling(one.own_name) for one in people}
    for name in set(spelt.values()):
        alike = [one for one in people if spelt[one.id] == name]
        found = marks(alike)
        for one in alike:
            if one.apart != found[one.id]:
                one.apart = found[one.id]
