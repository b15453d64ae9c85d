"""What the missing steps would do, read from their own text: which tables they make, change and drop. Nothing is changed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, table

_MAKES = {"create_table"}
_DROPS = {"drop_table"}
_CHANGES = {
    "batch_alter_table",
    "add_column",
    "drop_column",
    "alter_column",
    "rename_table",
    "table",
    "Table",
}
_IN_SQL = re.compile(r"\b(?:UPDATE|INTO|FROM|JOIN|TABLE)\s+\"?([a-z_]+)", re.IGNORECASE)
_ROWS_A_SECOND = 20_000  # read, sealed anew and written: the slowest that a step of ours has done


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step. `changes`: tables that are there, with their rows."""

    step: str
    about: str
    makes: list[str]
    drops: list[str]
    changes: dict[str, int]

    @property
    def rows(self) -> int:
        return sum(self.changes.values())


def plan_steps(connection: Connection, steps: list[str]) -> list[StepPlan]:
    """Return what each of these steps would do on this database."""
    there = set(inspect(connection).get_table_names())
    counted: dict[str, int] = {}
    for name in {name for step in steps for _, name in _touched(_tree(step))} & there:
        counted[name] = connection.scalar(select(func.count()).select_from(table(name))) or 0
    return [_plan(step, counted) for step in steps]


def rough_seconds(plans: list[StepPlan]) -> int:
    """Return about how long they take together, in seconds: the upper end, for a machine of a commune."""
    return 1 + sum(plan.rows for plan in plans) // _ROWS_A_SECOND


def _plan(step: str, counted: dict[str, int]) -> StepPlan:
    tree = _tree(step)
    touched = [*dict.fromkeys(_touched(tree))]
    makes = [name for verb, name in touched if verb in _MAKES]
    drops = [name for verb, name in touched if verb in _DROPS]
    # a name that no verb of ours stands before may be a column's: it counts where nothing else is known
    named = [name for verb, name in touched if verb] or [name for _, name in touched]
    others = dict.fromkeys(name for name in named if name not in makes and name not in drops)
    about = (ast.get_docstring(tree) or "").strip().splitlines()
    return StepPlan(
        step,
        about[0].rstrip(".") if about else "",
        makes,
        drops,
        {name: counted[name] for name in others if name in counted},
    )


def _tree(step: str) -> ast.Module:
    [path] = (Path(__file__).parent / "versions").glob(f"{step}_*.py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tree.body = [one for one in tree.body if getattr(one, "name", "") != "downgrade"]
    return tree


def _touched(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield (verb, table) for each call and each SQL text of the way up, and each word that may be a table's name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            verb = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                if verb in _MAKES | _DROPS | _CHANGES:
                    yield verb, first.value
                elif verb in ("execute", "text", "exec_driver_sql"):
                    yield from (("execute", name) for name in _IN_SQL.findall(first.value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            yield "", node.value
