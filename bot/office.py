"""What the operator does by hand: the first units, the first people."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.keys import open_keys
from bot.settings import Settings, WrongSettings, read_settings
from models.delivery.leadership import require_thawed
from models.entry.identity import entitled
from models.entry.invite import Invite, create_invite, invite_link, invite_page, invites_answered
from models.entry.joining import capacities, join_people, pairs_below, who_goes_on
from models.entry.register import confirm_identity, end_session, reject_identity, vouch_for
from models.entry.waking import people_held_back, vouchers
from models.ground.clock import HOME_ZONE, local_date, system_clock
from models.ground.db import Database
from models.ground.errors import Refused
from models.ground.names import fold, tidy_name
from models.ground.phones import parse_phone
from models.migrations import migrate
from models.people.member import Member, account_of, add_member
from models.people.rights import Role, appoint, holders
from models.people.trail import record_act
from models.people.unit import Unit, UnitKind, create_unit, rename_unit, units_under
from models.phrases.catalogue import use_words
from models.phrases.people.unit import KINDS
from models.trust.retention import OWN_JOBS, due_rows
from models.year.review.keeping import expiring

T = TypeVar("T")
R = TypeVar("R", Invite, Member)
_LEAST = 4  # digits of a number that an operator types


@contextmanager
def opened(settings: Settings, *, makes: bool = True) -> Iterator[Callable[[Callable[[Session], T]], T]]:
    """Open the database, migrated, with its keys: `run(work)`. `makes=False`: what only looks makes no database."""
    if not makes and settings.sqlite_file is not None and not settings.sqlite_file.exists():
        raise WrongSettings(
            "There is no database yet. Hint: `python -m bot run` makes it on its first start."
        )
    use_words(settings.words)
    made = open_keys(settings)
    migrate(settings.database_url)
    if made is not None:
        typer.echo(f"A key file was made: {made.absolute()}. Back it up.", err=True)
    database = Database(settings.database_url)
    database.guard(require_thawed)
    try:
        yield database.run
    finally:
        database.close()


# --- units --------------------------------------------------------------------------------------------------------


def add_unit(kind: str, name: str, parent: str) -> str:
    """Return one line about the unit that was made."""

    def work(db: Session) -> str:
        above = find_unit(db, parent) if parent else None
        made = create_unit(db, kind=UnitKind(kind), name=name, parent=above, now=system_clock())
        return f"{_numbers(db)[made.id]}  {made.name} ({KINDS[made.kind].to_plain('vi')})"

    with opened(read_settings()) as run:
        return run(work)


def rename(said: str, name: str) -> str:
    """Rename a unit; return one line with its former and its new name."""

    def work(db: Session) -> str:
        unit = find_unit(db, said)
        before = unit.name
        rename_unit(db, unit, name, by_id=None, now=system_clock())
        return f"{before} is now {unit.name}. Papers handed in keep the former name."

    try:
        with opened(read_settings()) as run:
            return run(work)
    except Refused as refused:
        raise WrongSettings(refused.phrase.to_plain("en")) from None


def _numbers(db: Session) -> dict[int, str]:
    """Each open unit's number as an operator types it: the last digits of its id, as few as tell it apart."""
    ids = [str(one) for one in db.scalars(select(Unit.id).where(Unit.closed_at.is_(None)))]
    return short_numbers(ids)


def short_numbers(ids: Sequence[str], least: int = _LEAST) -> dict[int, str]:
    """Return the shortest ends, of `least` digits and more, that are all different."""
    length = least
    while len({one[-length:] for one in ids}) < len(set(ids)):
        length += 1
    return {int(one): one[-length:] for one in ids}


def list_units() -> list[str]:
    """Return the tree, two spaces a level."""

    def below(db: Session, parent_id: int | None, depth: int, numbers: dict[int, str]) -> list[str]:
        lines: list[str] = []
        for unit in units_under(db, parent_id):
            line = f"{numbers[unit.id]}  {'  ' * depth}{unit.name} ({KINDS[unit.kind].to_plain('vi')})"
            lines += [line, *below(db, unit.id, depth + 1, numbers)]
        return lines

    with opened(read_settings()) as run:
        found = run(lambda db: below(db, None, 0, _numbers(db)))
    return found or ["No unit yet. Hint: python -m bot unit add commune 'Đảng ủy xã …'"]


# --- reviews ------------------------------------------------------------------------------------------------------


def list_expiring() -> list[str]:
    """Return what the nightly job would announce or delete: day, cell, year, how many. Nothing is changed."""
    settings = read_settings()

    def work(db: Session) -> list[str]:
        found = expiring(db, settings.review_keeping, today=local_date(system_clock(), HOME_ZONE))
        return [
            f"{one.deletes_on:%d/%m/%Y}  {one.cell}  {one.campaign.kind} {one.campaign.year}: {one.reviews}"
            f" ({'announced' if one.announced else 'to be announced'})"
            for one in found
        ]

    with opened(settings, makes=False) as run:
        found = run(work)
    return found or [f"Nothing is older than {settings.review_keeping.years} years."]


def list_due() -> list[str]:
    """Return what the nightly job `data.retain` would do: table, rows, the oldest, the term. Nothing is changed."""
    settings = read_settings()
    with opened(settings, makes=False) as run:
        found = run(
            lambda db: due_rows(db, settings.policies().at(system_clock()).retention, now=system_clock())
        )
    lines = [
        f"{one.rule.table}: {one.rows} rows to {one.rule.how}, the oldest of {one.oldest:%d/%m/%Y}"
        f" (kept {one.years} years: BOT_RETENTION__{one.rule.years.upper()})"
        for one in found
        if one.oldest is not None
    ]
    own = ", ".join(f"{table} by {job}" for table, job in OWN_JOBS.items())
    return [*(lines or ["Nothing is past its term."]), f"Not here, since they have jobs of their own: {own}."]


# --- who is who ---------------------------------------------------------------------------------------------------


def list_identities() -> list[str]:
    """Return a line each: the number to say, what waits, whose, who else could say that it is them."""

    def work(db: Session) -> list[str]:
        now = system_clock()
        lines = [
            f"{_number(db, one)}  confirm | reject  {who.full_name}: opened an invite{_others(db, entitled(db, one, who, now=now))}"
            for one, who in invites_answered(db)
        ]
        return (
            lines
            + [
                f"{_number(db, who)}  wake | close  {who.full_name}: has another chat{_others(db, vouchers(db, who, now=now))}"
                for who in people_held_back(db, now=now)
            ]
            + [
                f"{_number(db, one)} {_number(db, other)}  join  {one.own_name}: two rows of one name and number,"
                f" {_what(db, one)} and {_what(db, other)}"
                for one, other in pairs_below(db, select(Unit.id), now=now)
            ]
        )

    with opened(read_settings()) as run:
        return run(work) or ["Nobody waits."]


def _what(db: Session, who: Member) -> str:
    return "; ".join(one.to_plain("vi") for one in capacities(db, who, now=system_clock())) or "no office"


def join_rows(first: str, second: str) -> str:
    """Make two rows of one person one; whose chat goes on is said."""
    settings = read_settings()

    def work(db: Session) -> str:
        one, other = _found(db, Member, first), _found(db, Member, second)
        now = system_clock()
        person, gone = who_goes_on(db, one, other, now=now)
        join_people(db, person, gone, by_id=None, checkins=settings.checkin, now=now)
        return f"Joined: {person.own_name} ({_what(db, person)}). The other row stays as a part of this one."

    return _done(settings, work)


def _others(db: Session, ids: Sequence[int]) -> str:
    names = ", ".join(db.get_one(Member, one).full_name for one in ids)
    return f" (in the program: {names})" if names else " (only the operator can say)"


def confirm_invited(number: str) -> str:
    settings = read_settings()

    def work(db: Session) -> str:
        found = _found(db, Invite, number)
        member = confirm_identity(
            db, found, by_id=None, policy=settings.invite, checkins=settings.checkin, now=system_clock()
        )
        until = f"; the former chat may stop it until {in_vietnam(found.next_at)}" if found.next_at else ""
        return f"Confirmed: {member.full_name}{until}."

    return _done(settings, work)


def reject_invited(number: str) -> str:
    def work(db: Session) -> str:
        member = reject_identity(db, _found(db, Invite, number), by_id=None, now=system_clock())
        return f"Rejected: that was not {member.full_name}."

    return _done(read_settings(), work)


def wake_person(number: str) -> str:
    def work(db: Session) -> str:
        member = _found(db, Member, number)
        woken = vouch_for(db, member, by_id=None, now=system_clock())
        return f"It is {member.full_name}. In force again: {', '.join(one.to_plain('vi') for one in woken) or 'no office'}."

    return _done(read_settings(), work)


def close_person(number: str) -> str:
    settings = read_settings()

    def work(db: Session) -> str:
        member = _found(db, Member, number)
        account = account_of(db, member.id)
        if account is None:
            raise WrongSettings(f"{member.full_name} has no open chat. Hint: a new invite links one.")
        end_session(db, member, account, by_id=None, policy=settings.checkin, now=system_clock())
        return f"Closed: the chat of {member.full_name}. The desk and who is above are told."

    return _done(settings, work)


def _number(db: Session, row: R) -> str:
    """Return a row's number as an operator types it: the last digits of its id, as few as no other row ends with."""
    kind, digits = type(row), str(row.id)
    for length in range(_LEAST, len(digits)):
        if len(_ending_with(db, kind, digits[-length:])) == 1:
            return digits[-length:]
    return digits


def _found(db: Session, kind: type[R], number: str) -> R:
    found = _ending_with(db, kind, number) if number.isdecimal() and len(number) >= _LEAST else []
    if not found:
        raise WrongSettings(f"There is no such number: {number}. Hint: `python -m bot identity list`.")
    if len(found) > 1:
        raise WrongSettings(f"Several end with {number}. Hint: take the number that `identity list` shows.")
    return found[0]


def _ending_with(db: Session, kind: type[R], digits: str) -> Sequence[R]:
    """At most two of them: more are not asked for."""
    rows = select(kind).where(kind.id % 10 ** len(digits) == int(digits)).limit(2)
    return db.scalars(rows).all()


def _done(settings: Settings, work: Callable[[Session], str]) -> str:
    """Do it; what is refused is said as a sentence."""
    try:
        with opened(settings) as run:
            return run(work)
    except Refused as refused:
        said = refused.phrase.to_plain("en")
        raise WrongSettings(f"{said} Hint: `python -m bot identity list` shows who waits.") from None


def find_unit(db: Session, said: str) -> Unit:
    """Find a unit by its name, diacritics aside, or by the end of its id. Refuses none and several."""
    units, asked = db.scalars(select(Unit).where(Unit.closed_at.is_(None))).all(), fold(tidy_name(said))
    found = [unit for unit in units if unit.folded == asked]
    if not found and said.isdecimal():
        found = [unit for unit in units if str(unit.id).endswith(said)]
    if not found:
        raise WrongSettings(f"There is no unit “{said}”. Hint: `python -m bot unit list` shows them.")
    if len(found) > 1:
        raise WrongSettings(
            f"Several units are called “{said}”. Hint: give the number, see `python -m bot unit list`."
        )
    return found[0]


# --- invites ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Handed:
    """An invite to hand over."""

    name: str
    unit: str
    link: str
    page: str  # the same for a browser; empty where no page is served
    expires_at: datetime


def invite(
    role: str, *, name: str, unit: str, birth_year: int | None, phone: str | None, username: str
) -> Handed:
    """Appoint somebody and make their invite; the same person again gets a new invite, not a second row."""
    settings = read_settings()
    number = parse_phone(phone) if phone else None
    if phone and number is None:
        raise WrongSettings(f"“{phone}” is no phone number. Hint: 0912345678, or +81… for a foreign one.")
    username = username.removeprefix("@") or asyncio.run(ask_username(settings))

    def work(db: Session) -> Handed:
        now, where = system_clock(), find_unit(db, unit)
        if (role == Role.SECRETARY) != (where.kind == UnitKind.CELL):
            raise WrongSettings(
                "A cell has a secretary, every other unit an officer. "
                "Hint: `invite secretary` for a cell, `invite officer` above it."
            )
        member = _holder(db, where, Role(role), name, now=now)
        if member is None:
            cell_id = where.id if where.kind == UnitKind.CELL else None
            member = add_member(
                db, cell_id=cell_id, full_name=name, birth_year=birth_year, phone=number, now=now
            )
            record_act(db, "roster.add", by_id=None, now=now, member_id=member.id, unit_id=where.id)
        appoint(db, member_id=member.id, unit_id=where.id, role=Role(role), by_id=None, now=now)
        made, token = create_invite(db, member, by_id=None, policy=settings.invite, now=now)
        return Handed(
            member.full_name,
            where.name,
            invite_link(username, token),
            invite_page(settings.policies().attendance.door, token),
            made.expires_at,
        )

    with opened(settings) as run:
        return run(work)


def _holder(db: Session, unit: Unit, role: Role, name: str, *, now: datetime) -> Member | None:
    held = [db.get_one(Member, member_id) for member_id in holders(db, unit.id, role, now=now)]
    return next((member for member in held if member.folded == fold(tidy_name(name))), None)


def in_vietnam(at: datetime) -> str:
    """Return an hour as the operator's own clock shows it."""
    return f"{at.astimezone(ZoneInfo(HOME_ZONE)):%H:%M %d/%m/%Y} (Vietnam time)"


async def ask_username(settings: Settings) -> str:
    """Return the bot's username, from getMe."""
    from bot.telegram.check import bot_for

    async with bot_for(settings) as bot:
        return str(bot.username)


def show_invite(handed: Handed) -> None:
    """Show the link, and the same as a QR code to be scanned from the screen."""
    import segno

    typer.echo(
        f"Invite for {handed.name}, {handed.unit}. It works once, until {in_vietnam(handed.expires_at)}:\n"
    )
    typer.echo(f"  {handed.link}")
    if handed.page:
        typer.echo(f"  {handed.page}   (any browser)")
    typer.echo()
    segno.make(handed.link, error="m", micro=False).terminal(out=sys.stdout, compact=True)
