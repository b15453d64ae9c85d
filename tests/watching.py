"""Watches every step of every test: whoever changes another person's row is named, by the row itself or in the trail.

`World` hands the program these routes instead of the bare ones. What a step flushes is compared with what it wrote down,
table by table over the whole schema; what nobody is named for stands in `World.unnamed`, which is empty at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from sqlalchemy import Table, event, inspect
from sqlalchemy.orm import ORMExecuteState, Session

from handlers.ground.context import Context
from handlers.ground.routing import Routes
from models.ground.base import Base
from models.people.held import tables_about_a_member
from models.people.member import Member, account_at
from models.people.trail import Look, Trail

# tables in which a row about somebody may follow from what another did, without a word of it in the trail
FOLLOWS = {
    "account": "reachability: what sending a message has shown",
    "reachability_move": "the same",
    "notice_receipt": "made by the notice, which names who sent it",
    "roll_call_person": "made by the roll call, which names who called it",
    "ladder_alert": "who was told of a silence",
    "handover_item": "ticked off by whoever looks, because somebody has done it",
    "conclusion_receipt": "made by the conclusion, which names who wrote it",
    "call_line": "the numbers of the speaker's own call sheet; what came of a call names its writer",
    "review_bundle_part": "made by the bundle, which names who asked for it",
}
_CARRIERS = {"trail"}


class WatchedRoutes:
    """`routes`, each step of which is compared with the trail."""

    def __init__(self, routes: Routes, unnamed: list[str]) -> None:
        self._routes, self._unnamed = routes, unnamed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._routes, name)

    def step(self, ctx: Context) -> None:
        watch = _Watch(ctx.db)
        speaker = ctx.member.id if ctx.member else None
        try:
            self._routes.step(ctx)
            ctx.db.flush()
        finally:
            watch.end()
        account = account_at(ctx.db, ctx.address)
        speaker = speaker or (account.member_id if account else None)
        if speaker is not None:
            self._unnamed += watch.unnamed(ctx.db, speaker, ctx.incoming.data or ctx.incoming.text)


def watched(routes: Routes, unnamed: list[str]) -> Routes:
    return cast(Routes, WatchedRoutes(routes, unnamed))


class _Watch:
    """Everything that one session flushed, and the statements that went past it."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self.changed: dict[int, Any] = {}
        self.in_bulk: set[str] = set()
        event.listen(db, "after_flush", self._flushed)
        event.listen(db, "do_orm_execute", self._executed)

    def end(self) -> None:
        event.remove(self._db, "after_flush", self._flushed)
        event.remove(self._db, "do_orm_execute", self._executed)

    def _flushed(self, db: Session, _context: object) -> None:
        for row in [*db.new, *db.dirty, *db.deleted]:
            if row not in db.dirty or (db.is_modified(row) and not _is_only_told_apart(row)):
                self.changed[id(row)] = row

    def _executed(self, state: ORMExecuteState) -> None:
        if (state.is_update or state.is_delete) and state.bind_mapper is not None:
            self.in_bulk.add(str(cast(Table, state.bind_mapper.local_table).name))

    def unnamed(self, db: Session, speaker: int, said: str) -> Iterator[str]:
        trail = [row for row in self.changed.values() if isinstance(row, Trail) and not isinstance(row, Look)]
        acts = [row for row in trail if row.by_id == speaker]
        people, units = {row.member_id for row in acts}, {row.unit_id for row in acts}
        about = tables_about_a_member()
        judged = {row.review_id for row in self.changed.values() if _is_judged_again(row)}
        for row in self.changed.values():
            table: Table = row.__table__
            owner = _owner(db, row, about)
            if owner in (None, speaker) or table.name in FOLLOWS or table.name in _CARRIERS:
                continue
            member = db.get(Member, owner)
            if judged & {getattr(row, "review_id", None), row.id}:
                continue
            if owner in people or (member is not None and member.cell_id in units) or _names(row, speaker):
                continue
            yield f"{said!r}: {table.name} of another was changed, and nobody is named"


def _is_only_told_apart(row: Any) -> bool:
    """A namesake came or went, or there was word of them: that follows from what is named already."""
    changed = {one.key for one in inspect(row).attrs if one.history.has_changes()}
    return isinstance(row, Member) and changed <= {"apart", "heard_at", "heard_how"}


def _is_judged_again(row: Any) -> bool:
    """A campaign that somebody opens is judged anew by the program's own table: the move says that nobody did it."""
    return row.__table__.name == "review_move" and row.by_id is None


def _owner(db: Session, row: Any, about: dict[Table, str]) -> int | None:
    """Whom a row is about; None: nobody."""
    table: Table = row.__table__
    if table.name == "member":
        return int(row.id)
    way = about.get(table)
    if way is None or getattr(row, way) is None:
        return None
    if way == "member_id":
        return int(row.member_id)
    (key,) = table.c[way].foreign_keys
    above = next(one.class_ for one in Base.registry.mappers if one.local_table is key.column.table)
    parent = db.get(above, getattr(row, way))
    return _owner(db, parent, about) if parent is not None else None


def _names(row: Any, speaker: int) -> bool:
    """Whether a column of the row says that it was this person."""
    return any(
        getattr(row, name, None) == speaker
        for name in row.__table__.c.keys()  # noqa: SIM118 - a collection of columns, no dict
        if name != "member_id" and (name.endswith(("_by", "by_id")) or name in ("owner_id", "reader_id"))
    )
