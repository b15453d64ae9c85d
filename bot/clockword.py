"""`python -m bot clock`: what is doubted, and the operator's word on it, which the running program hears within seconds."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.settings import read_settings
from models.delivery.clock_doubt import answer_clock_doubt, open_clock_doubt
from models.delivery.job_run import outage_to_undo
from models.ground.clock import HOME_ZONE, local_text, system_clock
from models.ground.db import Database
from models.trust.undoing import undo_outage


def show_clock() -> str:
    """Say whether the computer's clock is doubted, and how to answer."""
    database = Database(read_settings().database_url)
    try:
        doubt = database.run(open_clock_doubt)
    finally:
        database.close()
    if doubt is None:
        return "The computer's clock is not doubted."
    shown, ours = local_text(doubt.shown_at, HOME_ZONE), local_text(doubt.noticed_at, HOME_ZONE)
    said = {None: "not answered", True: "answered: right", False: "answered: wrong"}[doubt.is_right]
    return (
        f"The computer's clock showed {shown} when the program took it to be {ours} ({said}). "
        "Hint: `python -m bot clock right`, or `python -m bot clock wrong`."
    )


def answer_clock(*, is_right: bool) -> str:
    """Note what the operator says of the clock."""
    database = Database(read_settings().database_url)
    try:
        doubted = database.run(lambda db: answer_clock_doubt(db, is_right=is_right))
    finally:
        database.close()
    if not doubted:
        return "The computer's clock is not doubted: nothing was changed."
    if is_right:
        return (
            "Noted: the clock is right. The program goes by it; deadlines move by the time that it was off."
        )
    return "Noted: the clock is wrong. No deadline moves. Set it right (timedatectl set-ntp true)."


def undo_clock() -> str:
    """Give back what the last outage moved."""
    now = system_clock()

    def work(db: Session) -> int | None:
        outage = outage_to_undo(db)
        return None if outage is None else undo_outage(db, outage, now=now)

    database = Database(read_settings().database_url)
    try:
        done = database.run(work)
    finally:
        database.close()
    return (
        "No outage has moved a deadline lately: nothing was changed."
        if done is None
        else f"Deadlines given back: {done}."
    )
