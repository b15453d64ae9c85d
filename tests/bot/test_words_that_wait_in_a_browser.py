"""What was typed and could not be sent, when the page was closed meanwhile: it waits in the browser for its person alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from models.delivery.page import PageMessage
from models.meeting.policy import AttendancePolicy
from tests.bot.test_page_in_a_browser import opens_elsewhere
from tests.browser import RealTab, a_browser, in_a_browser
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, Cell, settle_in
from tests.phone import Phone
from tests.tab import DOOR

pytestmark = in_a_browser
WORDS = "Tôi mất việc từ hôm qua"


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    with World.open(sqlite_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def dan(world: World, cell: Cell) -> Phone:
    settle_in(world, cell, BOB)
    return settle_in(world, cell, DAN)[0]


def closes_the_page(phone: Phone) -> None:
    """From the messenger, as whoever has left a computer behind does it."""
    phone.says("/dulieu").goes("An toàn").taps("Các máy đang mở trang", "Đóng máy 1")
    phone.says("/menu")


def types_without_a_network(tab: RealTab, words: str, *, sends: bool) -> None:
    async def types() -> None:
        await tab.page.context.set_offline(True)
        await tab.page.fill("#text", words)
        if sends:
            await tab.page.locator("form.say button").click()
            await tab.page.locator("main >> text=Chưa có mạng").wait_for()

    tab.world.run(types())


def has_a_network_again(tab: RealTab, sees: str) -> None:
    async def waits() -> None:
        await tab.page.context.set_offline(False)
        await tab.page.evaluate("dispatchEvent(new Event('online'))")
        await tab.page.evaluate("look().catch(() => {})")  # as it does every minute
        await tab.page.locator(f"main >> text={sees}").wait_for()

    tab.world.run(waits())


def field(tab: RealTab) -> str:
    return str(tab.world.run(tab.page.input_value("#text")))


def kept(tab: RealTab) -> str:
    return str(tab.world.run(tab.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")))


def said(world: World) -> int:
    def work(db: Any) -> int:
        own = [row.body.text for row in db.scalars(select(PageMessage).where(PageMessage.own))]
        return sum(WORDS in text for text in own)

    return world.db(work)


@pytest.mark.parametrize("sends", [True, False], ids=["sent", "only typed"])
def test_words_that_found_the_page_closed_wait_for_their_person_and_are_sent_once(
    world: World, dan: Phone, sends: bool
) -> None:
    with a_browser(world) as tab:
        tab.opens(opens_elsewhere(dan)).enters()
        types_without_a_network(tab, WORDS, sends=sends)
        closes_the_page(dan)
        has_a_network_again(tab, "Chữ đã gõ mà chưa gửi vẫn còn trên máy này")
        assert "Trang trên máy này đã đóng" in tab._looks().text()
        tab.opens("/")  # looking again loses nothing
        assert "Chữ đã gõ mà chưa gửi vẫn còn" in tab.text()
        tab.opens(opens_elsewhere(dan)).enters()
        assert field(tab) == WORDS
        assert "Mời xem lại rồi bấm Gửi đi" in tab.text()
        assert said(world) == 0  # nothing goes by itself: it answered a question of before
        tab.says(field(tab))
        assert said(world) == 1
        tab.opens("/").opens("/key").opens("/")
        assert field(tab) == ""
        assert said(world) == 1
        assert WORDS not in kept(tab)


@pytest.mark.parametrize("sends", [True, False], ids=["sent", "only typed"])
def test_whoever_else_comes_in_on_that_browser_neither_sees_nor_sends_them(
    world: World, cell: Cell, dan: Phone, sends: bool
) -> None:
    (alice,) = settle_in(world, cell, ALICE)
    with a_browser(world) as tab:
        tab.opens(opens_elsewhere(dan)).enters()
        types_without_a_network(tab, WORDS, sends=sends)
        closes_the_page(dan)
        has_a_network_again(tab, "vẫn còn trên máy này")
        tab.opens(opens_elsewhere(alice)).enters()
        assert field(tab) == ""
        assert WORDS not in tab.html + kept(tab)
        tab.says("/menu")
        assert said(world) == 0


def test_nothing_of_them_is_left_after_leaving_not_even_in_another_tab(world: World, dan: Phone) -> None:
    with a_browser(world) as tab:
        tab.opens(opens_elsewhere(dan)).enters()

        async def leaves() -> str:
            other = await tab.page.context.new_page()
            await other.goto(f"{tab.base}/")
            await other.fill("#text", WORDS)
            await tab.page.locator("header button", has_text="Thoát").click()
            if await tab.page.locator("main >> text=Vẫn thoát").count():
                await tab.page.locator("button", has_text="Vẫn thoát").click()
            await tab.page.locator("main >> text=Máy này không còn giữ gì").wait_for()
            await other.locator("main >> text=Máy này chưa được mở trang").wait_for()
            return str(await other.evaluate("JSON.stringify({...localStorage, ...sessionStorage})"))

        assert world.run(leaves()) == "{}"
        assert kept(tab) == "{}"


def test_without_scripts_words_that_came_too_late_are_shown_once_more(world: World, dan: Phone) -> None:
    with a_browser(world, scripts=False) as tab:
        tab.opens(opens_elsewhere(dan)).enters()
        closes_the_page(dan)
        tab.says(WORDS)
        assert "Trang trên máy này đã đóng" in tab.text()
        assert WORDS in tab.text()
        assert said(world) == 0
        assert WORDS not in tab.opens("/").text()
