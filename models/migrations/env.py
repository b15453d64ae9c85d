"""How Alembic runs a step here: on the connection that it is given, in that connection's transaction."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy.sql.elements import False_, True_

from models import Base
from models.ground.base import Json, UtcDateTime


def plain(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write columns into a step as the database knows them: it must not change when our types do."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Json):
        return "sa.Text()"
    if kind == "server_default" and isinstance(getattr(item, "arg", None), False_ | True_):
        return "sa.true()" if isinstance(item.arg, True_) else "sa.false()"  # SQLite would make it a number
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    render_item=plain,
)
with context.begin_transaction():
    context.run_migrations()
