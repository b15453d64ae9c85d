"""A transaction's session that asks nothing twice: one screen leans on many questions, and several of them are the same.

    scalars(select) ── asked before, and nothing happened since ──> the rows that were read then
                    └─ otherwise: ask, and keep the rows
    a flush that writes ──> what was asked of its tables is forgotten
    a statement that is no question, a lock, the connection taken by hand ──> all of it is

What is kept lasts as long as the transaction, so nobody sees more of another's work than before; after a lock all is read anew.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence, Set as AbstractSet
from typing import Any

from sqlalchemy import Connection, Insert, Select, Table, Update, event
from sqlalchemy.engine import IteratorResult, Result, ScalarResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.orm import Session, object_mapper
from sqlalchemy.sql import visitors

_MANY = 200  # rows: a list that is longer is not kept
_QUESTIONS = 100  # kept at once
_WORDS = 5_000
_ONE = SimpleResultMetaData(["one"])


class AskingOnce(Session):
    """A session for one piece of work; its answers are the same objects as long as they are kept."""

    def __init__(self, *arguments: Any, **how: Any) -> None:
        super().__init__(*arguments, **how)
        self._asked: dict[Any, tuple[Sequence[Any], frozenset[str]]] = {}
        self._got: deque[Any] = deque(
            maxlen=_MANY
        )  # a session lets go of a row that nobody holds, and would read it again

    def forget(self, written: AbstractSet[str] | None = None) -> None:
        """Ask anew from here on; `written`: only what was asked of these tables."""
        left = {} if written is None else self._asked
        self._asked = {key: kept for key, kept in left.items() if not kept[1] & (written or set())}

    def scalars(self, statement: Any, params: Any = None, **how: Any) -> ScalarResult[Any]:
        """Return the first column of each row, as it was read before where nothing has been written since."""
        if how or not _is_question(statement):
            self.forget()  # a lock, or a change that answers
            return super().scalars(statement, params, **how)
        self._autoflush()  # what is yet to be written is part of the answer
        key = _key(statement, params)
        rows, _ = self._asked.get(key, (None, None))
        if rows is None:
            rows = super().scalars(statement, params).all()
            if len(rows) <= _MANY and len(self._asked) < _QUESTIONS:
                self._asked[key] = rows, _tables_of(statement, key[0])
        return IteratorResult(_ONE, ((row,) for row in rows)).scalars()

    def get(self, *arguments: Any, **how: Any) -> Any:
        """Return the row by its key, and keep it at hand."""
        found = super().get(*arguments, **how)
        self._got.append(found)
        return found

    def execute(self, statement: Any, *arguments: Any, **how: Any) -> Result[Any]:
        """Run a statement; whatever is no plain question may change what was asked before."""
        if isinstance(statement, Insert | Update):
            self.forget({str(getattr(statement.table, "name", ""))})  # a deletion may take others with it
        elif not _is_question(statement):
            self.forget()
        return super().execute(statement, *arguments, **how)

    def refresh(self, *arguments: Any, **how: Any) -> None:
        """Read a row anew, and with it all that was asked."""
        self.forget()
        super().refresh(*arguments, **how)

    def connection(self, *arguments: Any, **how: Any) -> Connection:
        """Return the connection: what is done with it is not seen here."""
        self.forget()
        return super().connection(*arguments, **how)


@event.listens_for(AskingOnce, "after_flush")
def _forget(session: AskingOnce, _context: object) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    session.forget({table.name for row in changed for table in object_mapper(row).tables})


def _is_question(statement: Any) -> bool:
    """A lock asks for rows as they are now (models/ground/base.py): it has options."""
    return isinstance(statement, Select) and not statement.get_execution_options()


def _key(statement: Select[Any], params: Any) -> tuple[Any, ...]:
    """What is asked, and with which values."""
    words = (
        statement._generate_cache_key()
    )  # as SQLAlchemy's own example of a cache has it (examples/dogpile_caching)
    if words is None:
        return (id(statement), object())  # unlike any other
    values = tuple(_frozen(one.effective_value) for one in words.bindparams)
    return words.key, values, tuple((name, _frozen(one)) for name, one in (params or {}).items())


_TABLES: dict[Any, frozenset[str]] = {}  # by the words of a question: there are as many as places that ask


def _tables_of(statement: Select[Any], words: Any) -> frozenset[str]:
    """Every table that has a part in the answer."""
    found = _TABLES.get(words)
    if found is None:
        found = frozenset(one.name for one in visitors.iterate(statement) if isinstance(one, Table))
        if len(_TABLES) < _WORDS:
            _TABLES[words] = found
    return found


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | set | frozenset) else value
