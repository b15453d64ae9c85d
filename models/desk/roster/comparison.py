"""What a file would change on a cell's roster: looked at first, shown to a person, then done as it was shown.

    a row ──its phone, and the name agrees────────────────────> that member   (a slip in the name: the year has to agree)
          ──else one member so spelt, of its year─────────────> that member   several: the day of joining decides
          ──else its phone is somebody else's, several are
            alike, or a name differs in its marks only────────> unclear: a person decides, nothing is guessed
          ──else──────────────────────────────────────────────> new

Names without their marks (Dũng, Dung) are for searching: they never make one person of two. Where both phones are known
and differ, they are two.

An empty cell says "not known", never "delete". The place of who has declared an absence is not the file's to change.
Nobody is taken off the roster because a file does not name them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from sqlalchemy.orm import Session

from models.away.away import members_away
from models.desk.roster.rows import Column, RosterRow
from models.ground.names import fold, spelling
from models.ground.part_date import PartDate
from models.people.member import Member, roster

Fact = str | int | PartDate | None
Facts = dict[Column, Fact]

FIELDS = {  # the attribute of a member in which a column is kept
    Column.NAME: "full_name",
    Column.BIRTH_YEAR: "birth_year",
    Column.PHONE: "phone",
    Column.JOINED_ON: "joined_on",
    Column.OFFICIAL_ON: "official_on",
    Column.STANDING: "standing",
    Column.PLACE: "place_code",
}


@dataclass(frozen=True, slots=True)
class Update:
    """A member whom the file tells something new about: `before` and `after` hold what differs."""

    member: Member
    row: RosterRow
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row that may be one of `alike`, or somebody else."""

    row: RosterRow
    alike: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    new: list[RosterRow] = field(default_factory=list)
    changed: list[Update] = field(default_factory=list)
    same: list[Member] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    missing: list[Member] = field(default_factory=list)  # on the roster, not in the file

    @property
    def changes_nothing(self) -> bool:
        return not self.new and not self.changed


def compare_roster(db: Session, cell_id: int, rows: Sequence[RosterRow]) -> Comparison:
    """Compare `rows` with the roster of the cell as it stands."""
    members = roster(db, cell_id)
    found, rest, unclear = _by_phone(members, rows)
    taken = {member.id for member, _ in found}
    free = [member for member in members if member.id not in taken]
    by_name, new, more_unclear = _by_name(free, rest)
    found, unclear = found + by_name, unclear + more_unclear
    named = {m.id for m, _ in found} | {m.id for doubt in unclear for m in doubt.alike}
    away = members_away(db, cell_id)
    updates = [_update(member, row, placed=member.id in away) for member, row in found]
    return Comparison(
        new=sorted(new, key=lambda row: row.row),
        changed=sorted((u for u in updates if u.after), key=lambda update: update.row.row),
        same=[u.member for u in updates if not u.after],
        unclear=sorted(unclear, key=lambda doubt: doubt.row.row),
        missing=[member for member in members if member.id not in named],
    )


def likely_doubles(db: Session, cell_id: int, row: RosterRow) -> list[Member]:
    """Return members who may be the person of `row`: the same phone, or the same name whatever the year."""
    return [
        member
        for member in roster(db, cell_id)
        if member.folded == fold(row.full_name) or (row.phone and member.phone == row.phone)
    ]


_Found = list[tuple[Member, RosterRow]]
_ALIKE = 0.85
_SPELT_ALIKE = 6  # above 5: a name that only folds alike, of the same year (`_agreement`)


def _by_phone(
    members: list[Member], rows: Sequence[RosterRow]
) -> tuple[_Found, list[RosterRow], list[Unclear]]:
    """Rows whose phone tells who it is; a couple may share one, so the name must agree, or nearly so."""
    owners: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        if member.phone:
            owners[member.phone].append(member)
    found: _Found = []
    rest: list[RosterRow] = []
    unclear: list[Unclear] = []
    taken: set[int] = set()

    def best_agreement(row: RosterRow) -> int:
        return max((_agreement(member, row) for member in owners.get(row.phone or "", [])), default=0)

    for row in sorted(rows, key=best_agreement, reverse=True):  # the surest first
        alike, best = owners.get(row.phone or "", []), best_agreement(row)
        likely = [m for m in alike if best and _agreement(m, row) == best and m.id not in taken]
        others = [m for m in members if _is_namesake(m, row) and m.id not in taken and m not in alike]
        if likely and best < _SPELT_ALIKE and others:  # the number is one's, the name another's
            unclear.append(Unclear(row, (*likely, *others)))
        elif len(likely) == 1:
            taken.add(likely[0].id)
            found.append((likely[0], row))
        elif alike and not any(_is_namesake(member, row) for member in members):
            unclear.append(Unclear(row, tuple(alike)))
        else:
            rest.append(row)
    return found, rest, unclear


def _by_name(free: list[Member], rows: list[RosterRow]) -> tuple[_Found, list[RosterRow], list[Unclear]]:
    """Rows told by name and year of birth; several alike are told apart by the day of joining, or not at all."""
    found: _Found = []
    new: list[RosterRow] = []
    unclear: list[Unclear] = []
    groups: dict[tuple[object, int], list[RosterRow]] = defaultdict(list)
    for row in rows:
        groups[spelling(row.full_name), row.birth_year].append(row)
    for group in groups.values():
        alike = [member for member in free if _is_namesake(member, group[0])]
        for row in group:
            exact = [m for m in alike if row.joined_on and m.joined_on and m.joined_on.fits(row.joined_on)]
            likely = exact if len(alike) > 1 or len(group) > 1 else alike
            doubtful = alike or [member for member in free if _differs_in_marks(member, row)]
            if len(likely) == 1 and likely[0].id not in {m.id for m, _ in found}:
                found.append((likely[0], row))
            elif doubtful:
                unclear.append(Unclear(row, tuple(doubtful)))
            else:
                new.append(row)
    taken = {member.id for member, _ in found}
    open_doubts = [one for one in unclear if not {member.id for member in one.alike} <= taken]
    return found, new + [one.row for one in unclear if one not in open_doubts], open_doubts


def _is_namesake(member: Member, row: RosterRow) -> bool:
    """The same spelling and the same year."""
    return member.birth_year == row.birth_year and spelling(member.own_name) == spelling(row.full_name)


def _differs_in_marks(member: Member, row: RosterRow) -> bool:
    """Dũng and Dung of one year: it may be a slip. Two numbers are two people."""
    two = member.phone is not None and row.phone is not None and member.phone != row.phone
    return not two and member.birth_year == row.birth_year and member.folded == fold(row.full_name)


def _agreement(member: Member, row: RosterRow) -> int:
    """How well a row with a member's phone is that member; a couple may share one, and so may a year of birth."""
    year = member.birth_year == row.birth_year
    if spelling(member.own_name) == spelling(row.full_name):
        return _SPELT_ALIKE + year
    if member.folded == fold(row.full_name):
        return 4 + year
    return 2 if year and _slip(member.folded, fold(row.full_name)) else 0


def _slip(one: str, other: str) -> bool:
    """A letter or two differ, or a middle name is missing: Nguyễn Thị Hao, Nguyễn Thị Hoa."""
    words, others = set(one.split()), set(other.split())
    shortened = one.split()[-1:] == other.split()[-1:] and (words <= others or others <= words)
    return shortened or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _update(member: Member, row: RosterRow, *, placed: bool) -> Update:
    """`placed`: the place follows a declared absence, and is changed there (models/away)."""
    now, said = facts(member), row_facts(row)
    if placed:
        said[Column.PLACE] = None
    differs = [
        column for column in Column if said[column] is not None and not _says(now[column], said[column])
    ]
    return Update(member, row, {c: now[c] for c in differs}, {c: said[c] for c in differs})


def _says(held: Fact, said: Fact) -> bool:
    """Whether what is held says it already: 03/02/2010 says all that "2010" does."""
    if isinstance(held, PartDate) and isinstance(said, PartDate):
        return held == said or (held.parts > said.parts and held.fits(said))
    return held == said


def facts(member: Member) -> Facts:
    """Return what the roster says of a member, by column."""
    return {column: getattr(member, name) for column, name in FIELDS.items()} | {Column.NAME: member.own_name}


def row_facts(row: RosterRow) -> Facts:
    """Return what a row says; None: not known."""
    return {
        Column.NAME: row.full_name,
        Column.BIRTH_YEAR: row.birth_year,
        Column.PHONE: row.phone,
        Column.JOINED_ON: row.joined_on,
        Column.OFFICIAL_ON: row.official_on,
        Column.STANDING: row.standing,
        Column.PLACE: row.place,
    }
