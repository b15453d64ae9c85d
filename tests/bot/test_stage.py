"""The playground's invented commune."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import select

from bot.demo.seed import OPENS
from bot.demo.stage import DemoStage
from models.away.away import Away, AwayState, Filing, FilingState
from models.contact.checkin import Checkin


def test_the_commune_has_absences_in_every_state_and_a_month_behind_it() -> None:
    async def look() -> tuple[set[str], set[str], int]:
        stage = DemoStage(runs=False)
        await stage.open()
        try:
            assert stage.now() == OPENS
            assert await stage.next_at() is not None
            await stage.advance(timedelta(days=2))
            with stage.app.database.reading() as db:
                answered = db.scalars(select(Checkin).where(Checkin.state == "answered")).all()
                return (
                    set(db.scalars(select(Away.state))),
                    set(db.scalars(select(Filing.state))),
                    len(answered),
                )
        finally:
            await stage.close()

    absences, papers, answered = asyncio.run(look())
    assert absences == set(AwayState)
    assert papers == set(FilingState)
    assert answered >= 5
