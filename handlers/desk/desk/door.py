"""What every screen of the desk begins with: whose matter is it, and may this person see it now.

A button names a check-in or a member: `c:<id>` or `m:<id>`. Ids in buttons may be old or forged: what does not exist and
what one may not see get the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import Row
from models.contact.checkin import Checkin, owed_checkin
from models.delivery.message import Button
from models.desk.waiting import attend
from models.ground import base
from models.ground.errors import Refused
from models.people.assignment import may_see_member
from models.people.member import Member
from models.people.rights import NotEntitled, Right, require
from models.people.unit import Unit
from models.phrases import common
from models.phrases.desk import desk as phrases
from models.phrases.text import Text


@dataclass(frozen=True, slots=True)
class MemberMatter:
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


def matter_of_checkin(ctx: Context, checkin_id: int, right: Right, *, lock: bool = False) -> MemberMatter:
    """Return the matter of a check-in. With `lock` nobody else settles it until this step is over.

    PostgreSQL locks the row; SQLite has one writer anyway.
    """
    checkin = ctx.db.get(Checkin, checkin_id)
    if checkin is None:
        raise NotEntitled
    matter = matter_of_member(ctx, checkin.member_id, right)
    if lock:
        base.lock(ctx.db, checkin)
    return MemberMatter(matter.member, checkin, matter.cell)


def matter_of_member(ctx: Context, member_id: int, right: Right) -> MemberMatter:
    """Return the matter of a member. Their cell of today decides, or an assignment.

    Whoever moved to another cell is no longer ours to see.
    """
    member = ctx.db.get(Member, member_id)
    if member is None or member.cell_id is None:
        raise NotEntitled
    if member.id != ctx.me.id and may_see_member(ctx.db, ctx.me.id, member, now=ctx.now, right=right):
        cell = ctx.db.get_one(Unit, member.cell_id)
    else:
        cell = cell_of(ctx, member.cell_id, right)
    if member.left_at is not None:
        raise Refused(common.gone_button())
    return MemberMatter(member, owed_checkin(ctx.db, member.id), cell)


def matter_of(ctx: Context, arguments: Sequence[str], right: Right) -> MemberMatter:
    """Return the matter of `c:<id>` or `m:<id>`."""
    if arguments[:1] == ["c"]:
        return matter_of_checkin(ctx, number_or_0(arguments, 1), right)
    return matter_of_member(ctx, number_or_0(arguments, 1), right)


def ways_back(cell: Unit, pile: str | None = None) -> Row:
    row = [Button(phrases.DESK, f"desk:open:{cell.id}")]
    return [Button(phrases.LIST, f"desk:list:{cell.id}:{pile}:0"), *row] if pile else row


def told_in_full(rows: Sequence[tuple[str, Text]]) -> Text:
    """Say in whole words what matters about each, beside buttons that hold only names."""
    return common.lines(*(phrases.bullet(name=name, what=what) for name, what in rows))
