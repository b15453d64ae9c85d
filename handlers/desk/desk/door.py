"""What every screen of the desk begins with: whose matter is it, and may this person see it now.

A button names a check-in or a member: `c:<id>` or `m:<id>`. Ids in buttons may be old or forged: what does not exist and
what one may not see get the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import TypeVar

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context
from models.contact.checkin import Checkin, owed_checkin
from models.delivery.outbox import Button
from models.desk.committee import attend
from models.ground.errors import Refused
from models.ground.marking import marked_secret
from models.people.assignment import may_see_member
from models.people.member import Member
from models.people.rights import NotEntitled, Right, require
from models.people.unit import Unit
from models.phrases import common
from models.phrases.desk import desk as phrases
from models.phrases.text import Text

T = TypeVar("T")
Row = list[Button]
SCREEN = 8  # buttons on one, those back among them: more is a wall to old eyes
PAGE = 5  # names on a screen: with the ways to turn and back no more than eight buttons


@dataclass(frozen=True, slots=True)
class Matter:
    """A member of a cell, and the check-in that it is about, if any."""

    member: Member
    checkin: Checkin | None
    cell: Unit

    @property
    def address(self) -> str:
        return f"c:{self.checkin.id}" if self.checkin else f"m:{self.member.id}"


def cell_of(ctx: Context, cell_id: int, right: Right = Right.SEE_DESK) -> Unit:
    cell = ctx.db.get(Unit, cell_id)
    require(ctx.db, ctx.me.id, right, cell.id if cell else None, now=ctx.now)
    if cell is None or cell.closed_at is not None:
        raise NotEntitled
    attend(ctx.db, cell.id, now=ctx.now)
    return cell


def matter_of_checkin(ctx: Context, checkin_id: int, right: Right, *, lock: bool = False) -> Matter:
    """`lock`: nobody else settles it until this step is over (PostgreSQL; SQLite has one writer anyway)."""
    checkin = ctx.db.get(Checkin, checkin_id)
    if checkin is None:
        raise NotEntitled
    matter = matter_of_member(ctx, checkin.member_id, right)
    if lock:
        ctx.db.refresh(checkin, with_for_update=True)
    return Matter(matter.member, checkin, matter.cell)


def matter_of_member(ctx: Context, member_id: int, right: Right) -> Matter:
    """The member's cell of today decides, or an assignment: who moved to another cell is no longer ours to see."""
    member = ctx.db.get(Member, member_id)
    if member is None or member.cell_id is None:
        raise NotEntitled
    if member.id != ctx.me.id and may_see_member(ctx.db, ctx.me.id, member, now=ctx.now, right=right):
        cell = ctx.db.get_one(Unit, member.cell_id)
    else:
        cell = cell_of(ctx, member.cell_id, right)
    if member.left_at is not None:
        raise Refused(common.gone_button())
    return Matter(member, owed_checkin(ctx.db, member.id), cell)


def matter_of(ctx: Context, arguments: Sequence[str], right: Right) -> Matter:
    """From `c:<id>` or `m:<id>`."""
    if arguments[:1] == ["c"]:
        return matter_of_checkin(ctx, number_or_0(arguments, 1), right)
    return matter_of_member(ctx, number_or_0(arguments, 1), right)


def ways_back(cell: Unit, pile: str | None = None) -> Row:
    row = [Button(phrases.DESK, f"desk:open:{cell.id}")]
    return [Button(phrases.LIST, f"desk:list:{cell.id}:{pile}:0"), *row] if pile else row


def turning(page: int, pages: int, to: Callable[[int], str]) -> Row:
    """The buttons to the pages before and after; `to` gives the address of one."""
    row = []
    if page > 0:
        row.append(Button(phrases.PREVIOUS, to(page - 1)))
    if page + 1 < pages:
        row.append(Button(phrases.NEXT, to(page + 1)))
    return row


BUTTONS = 8  # on a screen


def fitting(around: Sequence[Row], doings: Sequence[Row]) -> int:
    """How many of the doings stand on a screen beside what is always there; the others go behind one more button."""
    room = BUTTONS - sum(map(len, around))
    taken = kept = 0
    for row in doings:
        taken += len(row)
        kept += taken <= room - 1
    return len(doings) if taken <= room else kept


def page_of(wanted: int, count: int, size: int = PAGE) -> tuple[int, int]:
    """The page that there is, and how many there are: a list may have grown shorter since the button was made."""
    pages = max(ceil(count / size), 1)
    return min(wanted, pages - 1), pages


def paged(rows: Sequence[T], page: int, room: int, to: Callable[[int], str]) -> tuple[Sequence[T], Row]:
    """As many as there is room for; where that is not all, the pages' buttons take their share of it."""
    size = room if len(rows) <= room else max(room - 2, 1)
    page, pages = page_of(page, len(rows), size)
    return rows[page * size : (page + 1) * size], turning(page, pages, to)


def told_in_full(rows: Sequence[tuple[str, Text]]) -> Text:
    """Beside buttons that hold names: what matters about each, in whole words."""
    return common.lines(*(phrases.bullet(name=name, what=what) for name, what in rows))


def clean(text: str) -> str:
    """A free text that may be kept."""
    if marked_secret(text):
        raise Refused(common.secret_refused())
    return text


_DAY = re.compile(
    r"(?:ngày\s*)?(\d{1,2})\s*(?:[/.\-\s]|tháng)\s*(\d{1,2})(?:\s*(?:[/.\-\s]|năm)\s*(\d{4}))?", re.IGNORECASE
)


def typed_day(answer: Answer, *, first: date, last: date) -> date:
    """A day out of what was typed; a whole sentence gets the hint how a day is written."""
    return read_day(answer.words(limit=4096), first=first, last=last)


def read_day(text: str, *, first: date, last: date) -> date:
    """A typed day, "3/12" or "03-12-2026"; without a year the one that lies between `first` and `last`, if any does."""
    found = _DAY.fullmatch(text.strip())
    years = [int(found[3])] if found and found[3] else sorted({first.year, last.year})
    days = [day for year in years if found and (day := _day(year, int(found[2]), int(found[1])))]
    if not days:
        raise Refused(phrases.day_not_read(example=last))
    fitting = [day for day in days if first <= day <= last]
    if not fitting:
        raise Refused(phrases.day_out_of_range(first=first, last=last))
    return fitting[0]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
