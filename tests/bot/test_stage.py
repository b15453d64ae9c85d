"""The playground's invented commune."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import lxml.html
from sqlalchemy import select
from starlette.applications import Starlette

from bot.demo.hosts import DOOR
from bot.demo.people import BINH
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


def test_a_commune_that_begins_anew_is_as_it_opened() -> None:
    async def look() -> tuple[list[object], list[object], str]:
        stage = DemoStage(runs=False)
        await stage.open()
        try:
            first = stage.telegram.history(BINH)
            await stage.hands.does(BINH, "/chibo")
            await stage.advance(timedelta(days=2))
            await stage.reset()
            again = stage.telegram.history(BINH)
            assert stage.now() == OPENS
            await stage.hands.does(BINH, "/chibo")
            return list(first), list(again), str(stage.telegram.history(BINH)[-1]["text"])
        finally:
            await stage.close()

    first, again, shown = asyncio.run(look())
    assert first == again
    assert "Chi bộ thôn Đông" in shown


def test_who_has_no_telegram_comes_in_by_a_browser_and_the_secretary_sees_them() -> None:
    async def look() -> tuple[str, str]:
        stage = DemoStage(runs=False)
        await stage.open()
        try:
            await stage.hands.does(BINH, "/danhsach", "thu", "[Trịnh Thị Thu]", "[Mời đăng ký]")
            said = " ".join(str(one["text"]) for one in stage.telegram.history(BINH)[-3:])
            link = next(word for word in said.split() if word.startswith(f"{DOOR}/i/"))
            transport = httpx.ASGITransport(
                Starlette(routes=stage.app.web_routes), client=("127.0.0.1", 4000)
            )
            async with httpx.AsyncClient(
                transport=transport, base_url=DOOR, follow_redirects=True
            ) as browser:
                (form,) = lxml.html.fromstring((await browser.get(link)).text).forms
                begun = await browser.post(link, data=dict(form.fields))
            return link, begun.text
        finally:
            await stage.close()

    link, page = asyncio.run(look())
    assert "/i/" in link
    assert "Đúng, liên kết" in page
