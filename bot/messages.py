"""What the operator decides on: messages that do not open or may not have arrived; updates that could not be done."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.office import opened
from bot.settings import WrongSettings, read_settings
from models.delivery.set_aside import (
    SetAside,
    give_up,
    messages_set_aside,
    send_once_more,
    updates_set_aside,
)
from models.ground.clock import HOME_ZONE

ALL = "all"
_MOST = 1_000


def list_messages() -> list[str]:
    """Return a line each, nothing personal in it: number, moment, channel, what is wrong. Nothing is changed."""
    with opened(read_settings(), makes=False) as run:
        messages = run(lambda db: messages_set_aside(db, limit=_MOST))
        updates = run(lambda db: updates_set_aside(db, limit=_MOST))
    lines = [f"{_head(one)}  {one.what}: {_why(one)}" for one in messages]
    lines += [f"{_head(one)}  an update: {one.why}; its sender was asked to send it again" for one in updates]
    return lines or ["Every message was opened and answered for."]


def _head(one: SetAside) -> str:
    return f"{one.id}  {one.at.astimezone(ZoneInfo(HOME_ZONE)):%d/%m/%Y %H:%M}  {one.channel}"


def _why(one: SetAside) -> str:
    if one.why == "uncertain":
        ways = "`messages again` sends it once more" if one.opens else "its words are forgotten by now"
        return f"nobody knows whether it arrived; {ways}"
    if one.opens:
        return "it did not open and does now; `messages again` sends it"
    return "it does not open; look for its key, or `messages drop`"


def send_again(number: str) -> str:
    """Let one message, or all that open, be sent once more by the running program."""
    done = _each(number, send_once_more, may=lambda one: one.opens)
    return f"{done} wait to be sent; the running program sends them within seconds."


def drop(number: str) -> str:
    """Give up one message that does not open, or all of them."""
    done = _each(number, give_up, may=lambda one: one.why != "uncertain")
    return f"{done} given up."


def _each(number: str, act: Callable[[Session, int], bool], *, may: Callable[[SetAside], bool]) -> int:
    if number != ALL and not number.isdecimal():
        raise WrongSettings(
            f"“{number}” is no number. Hint: `python -m bot messages list` shows them, or say {ALL}."
        )

    def work(db: Session) -> int:
        found = [one.id for one in messages_set_aside(db, limit=_MOST) if may(one)]
        chosen = found if number == ALL else [id for id in found if id == int(number)]
        return sum(act(db, id) for id in chosen)

    with opened(read_settings(), makes=False) as run:
        done = run(work)
    if not done and number != ALL:
        raise WrongSettings(
            f"Nothing can be done with {number}. Hint: `python -m bot messages list` says why."
        )
    return done
