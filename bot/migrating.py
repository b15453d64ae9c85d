"""`python -m bot migrate --plan`: what an upgrade would do to the database, in words. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator

from bot.finding import Verdict
from bot.repairs import check_backup
from bot.settings import Settings
from models.ground.clock import system_clock
from models.ground.db import Database
from models.migrations import pending, step_of
from models.migrations.plan import StepPlan, plan_steps, rough_seconds


def show_plan(settings: Settings) -> Iterator[str]:
    """Say each missing step with its tables and rows, about how long it takes, and whether there is a backup."""
    file = settings.sqlite_file
    if file is not None and not file.exists():
        yield f"There is no database yet: {file} is made on the first start."
        return
    database = Database(settings.database_url)
    try:
        with database.engine.connect() as connection:
            steps = pending(connection)
            plans, now_at = plan_steps(connection, steps), step_of(connection)
    finally:
        database.close()
    if not plans:
        yield f"The database is at the newest step, {now_at}. Nothing would change."
        return
    if now_at:
        yield f"The database is at step {now_at}; {len(plans)} steps are missing:"
    else:
        yield f"The database is empty; {len(plans)} steps make it:"
    yield from (_line(plan) for plan in plans)
    rows = sum(plan.rows for plan in plans)
    yield (
        f"Together they go through about {rows:,} rows: roughly {_span(rough_seconds(plans))}, in one transaction. "
        "Nobody is answered meanwhile; what people write waits. When a step fails, nothing is changed."
    )
    if now_at:
        yield from _backup(settings)
    yield "Nothing was changed. To do it: `python -m bot migrate`; `run` does it too."


def _line(plan: StepPlan) -> str:
    parts = []
    if plan.changes:
        parts.append("changes " + ", ".join(f"{name} ({rows:,} rows)" for name, rows in plan.changes.items()))
    if plan.makes:
        parts.append("makes " + ", ".join(plan.makes))
    if plan.drops:
        parts.append("drops " + ", ".join(plan.drops))
    return f"  {plan.step}  {plan.about}: {'; '.join(parts) or 'changes no table that is there'}"


def _span(seconds: int) -> str:
    return f"{seconds} s" if seconds < 120 else f"{-(-seconds // 60)} minutes"


def _backup(settings: Settings) -> Iterator[str]:
    found = check_backup(settings, now=system_clock())
    yield found.said
    if found.verdict is not Verdict.GOOD:
        yield "Make one first: `python -m bot backup`. There is no other way back."
    else:
        yield "The way back is that file: `python -m bot restore FILE`."
