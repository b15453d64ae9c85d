"""Routes of a test's own: one step for whatever arrives, and what it leaves behind."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers import ROUTES
from handlers.ground.context import Context, Step
from handlers.ground.routing import Routes
from models.delivery.job_run import JobRun, record_job_run
from models.phrases.text import raw


def routes(step: Step) -> Routes:
    """The program's routes, but every update goes to `step`."""

    class OneStep(Routes):
        def step(self, ctx: Context) -> None:
            step(ctx)

    return OneStep(**{field.name: getattr(ROUTES, field.name) for field in fields(ROUTES)})


def leave_a_trace(ctx: Context) -> None:
    """An effect that a second run of the same update would double."""
    record_job_run(
        ctx.db, f"step:{ctx.incoming.text}", started_at=ctx.now, ended_at=ctx.now, items=0, error=None
    )


def echo(ctx: Context) -> None:
    leave_a_trace(ctx)
    ctx.say(raw(f"echo {ctx.incoming.text}"))


def traces(db: Session) -> list[str]:
    """The texts of the steps that were done, in order."""
    names = db.scalars(select(JobRun.job).where(JobRun.job.startswith("step:")).order_by(JobRun.id))
    return [name.removeprefix("step:") for name in names]
