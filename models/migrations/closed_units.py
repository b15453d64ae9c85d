"""PostgreSQL: nothing is put into a unit that is closed.

    a step reads "my cell is Đông"      Đông is merged into Tây, committed      the step writes into Đông ──> refused, done anew

The refusal (`MOVED_ON`, models/ground/db.py) waits for whoever holds the unit (`FOR KEY SHARE`, the lock that a foreign key takes
anyway), so it sees what a merge under way will have done. SQLite has one writer at a time, and needs none of this. Columns: those
of models/desk/reorganising/places.py whose rows go along; a step that makes such a column calls `refuse_closed_units`.
"""

from __future__ import annotations

from alembic import op

from models.ground.db import MOVED_ON

_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_closed_{column}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ended timestamptz;
BEGIN
  SELECT closed_at INTO ended FROM unit WHERE id = NEW.{column} FOR KEY SHARE;
  IF ended IS NOT NULL THEN
    RAISE EXCEPTION 'unit % is closed', NEW.{column} USING ERRCODE = '{code}';
  END IF;
  RETURN NEW;
END $$
"""
_TRIGGER = """
CREATE TRIGGER refuse_closed_{column} BEFORE INSERT OR UPDATE OF {column} ON {table}
FOR EACH ROW WHEN (NEW.{column} IS NOT NULL) EXECUTE FUNCTION refuse_closed_{column}()
"""


def refuse_closed_units(table: str, column: str) -> None:
    """Refuse rows of the table that are put into a closed unit by this column. On SQLite nothing is done."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION.format(column=column, code=MOVED_ON))
        op.execute(_TRIGGER.format(table=table, column=column))


def allow_closed_units(table: str, column: str) -> None:
    """Take that back, for the way down."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER refuse_closed_{column} ON {table}")
