"""The program's clock while it runs (timekeeping.py): what is done when the computer's is doubted, and who is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar, assert_never

import structlog
from sqlalchemy.orm import Session

from bot.alarm import Alarm
from bot.timekeeping import ClockNews, ClockState, Timekeeper
from jobs import postpone_after_outage
from models.delivery.clock_doubt import end_clock_doubts, note_clock_doubt, open_clock_doubt
from models.delivery.job_run import last_written, outage_that_ended, outage_to_undo, skip_heartbeat
from models.delivery.message import Button, Buttons, Message
from models.ground.db import Database, is_passing
from models.phrases.delivery import alarm as phrases, clock_doubt as answers
from models.policies import Policies

log = structlog.get_logger()
T = TypeVar("T")
_LOOK = 1.0  # seconds, of the event loop's own watch
_SAY_AGAIN = 60  # looks; the same is told once an hour


class ClockWatch:
    """`begin()` before anything else, then `run()` until it is cancelled."""

    def __init__(self, time: Timekeeper, database: Database, alarm: Alarm) -> None:
        self._time, self._database, self._alarm = time, database, alarm
        self._looks = 0

    async def begin(self) -> None:
        """Decide what time it is, by what the messenger and the database say."""
        seen = await self._ask(last_written)
        news = self._time.begin(seen)
        if seen is not None and seen > news.ours:  # it was written by a clock that was ahead
            await self._ask(lambda db: skip_heartbeat(db, now=news.ours))
        if news.state is not ClockState.SURE:
            await self._doubted(news)

    async def run(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            try:
                await self.look()
            except Exception as error:
                if not is_passing(error):
                    self._alarm.ring("clock", error)

    async def look(self) -> None:
        """Compare the clocks, hear what the operator says, do what follows."""
        self._looks += 1
        if (news := self._time.look()) is not None:
            await self._changed(news)
        elif self._time.state is not ClockState.SURE:
            await self._hear_operator()
            if self._looks % _SAY_AGAIN == 0:
                self._tell(self._time.shown())

    async def _hear_operator(self) -> None:
        doubt = await self._ask(open_clock_doubt)
        if doubt is None or doubt.is_right is None:
            return
        if doubt.is_right:
            await self._changed(self._time.believe())
        elif self._time.state is ClockState.HELD:
            news = self._time.disbelieve()
            log.warning("clock.disbelieved", shown=news.shown.isoformat(), ours=news.ours.isoformat())
            self._tell(news)

    async def _changed(self, news: ClockNews) -> None:
        if news.by < timedelta() or news.state is ClockState.SURE:
            await self._ask(lambda db: self._moved(db, news))
        if news.state is ClockState.SURE:
            log.warning("clock.believed", shown=news.shown.isoformat(), by=news.by.total_seconds())
            self._tell(news)
        else:
            await self._doubted(news)

    def _moved(self, db: Session, news: ClockNews) -> None:
        if news.by < timedelta():
            skip_heartbeat(db, now=news.ours)
        if news.state is ClockState.SURE:
            end_clock_doubts(db, now=news.ours)

    async def _doubted(self, news: ClockNews) -> None:
        log.error(
            "clock.doubted", state=news.state.name, shown=news.shown.isoformat(), ours=news.ours.isoformat()
        )
        asked = self._alarm.operator
        await self._ask(lambda db: note_clock_doubt(db, shown_at=news.shown, now=news.ours, asked=asked))
        self._tell(news)

    def _tell(self, news: ClockNews) -> None:
        match news.state:
            case ClockState.SURE:
                words = phrases.clock_believed(minutes=_minutes(news.by))
            case ClockState.ASIDE:
                words = phrases.clock_aside(shown=news.shown, ours=news.ours)
            case ClockState.HELD:
                words = phrases.clock_held(shown=news.shown, ours=news.ours)
            case _:
                assert_never(news.state)
        message = Message(words, self._alarm.offers(_ANSWERS[news.state]))
        self._alarm.note("clock", message, key=f"clock:{news.state.name}:{news.ours:%Y%m%d%H}")

    async def _ask(self, work: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))


def after_outage(alarm: Alarm, db: Session, policies: Policies, silence: timedelta, *, now: datetime) -> None:
    """Move what the outage moves, and tell the operator, who may have it undone."""
    postpone_after_outage(db, policies, silence, now=now)
    outage = outage_to_undo(db, outage_that_ended(db, now).id)
    if outage is not None:
        outage.told = alarm.operator
        words = answers.moved(began_at=outage.began_at, ended_at=outage.ended_at)
        undo = alarm.offers([[Button(answers.UNDO, f"clock_doubt:undo:{outage.id}")]])
        alarm.tell(db, Message(words, undo), key=f"outage:{outage.id}", now=now)


_IT_IS_RIGHT = [Button(answers.RIGHT, "clock_doubt:right")]
_ANSWERS: dict[ClockState, Buttons] = {
    ClockState.SURE: [],
    ClockState.ASIDE: [_IT_IS_RIGHT],
    ClockState.HELD: [_IT_IS_RIGHT, [Button(answers.WRONG, "clock_doubt:wrong")]],
}


def _minutes(by: timedelta) -> int:
    return round(by.total_seconds() / 60)
