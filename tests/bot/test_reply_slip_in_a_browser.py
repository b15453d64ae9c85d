"""The receiving side in a real browser: code, form, what is to be put right, receipt; narrow and wide, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from models.meeting.policy import AttendancePolicy
from tests.bot.test_page_in_a_browser import plays, pytestmark as needs_a_browser, what_is_in_the_way
from tests.fakes import World
from tests.handlers.desk.test_absence import Cast
from tests.stories.test_a_letter_is_answered_on_a_page import LINES, sends
from tests.tab import DOOR

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext

pytestmark = needs_a_browser


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    with World.open(sqlite_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


def test_nothing_serious_stands_in_the_way_of_whoever_answers_a_letter(world: World) -> None:
    letter = sends(Cast(world))
    found: dict[tuple[str, int, str], list[str]] = {}

    async def scene(context: BrowserContext, base: str) -> None:
        page = await context.new_page()

        async def looks(name: str) -> None:
            for width in (320, 1280):
                await page.set_viewport_size({"width": width, "height": 800})
                for scheme in ("light", "dark"):
                    await page.emulate_media(color_scheme=scheme)
                    if wrong := await what_is_in_the_way(page):
                        found[name, width, scheme] = wrong

        await page.goto(f"{base}{letter.link.removeprefix(DOOR)}")
        await looks("code")
        await page.fill("input[name=code]", "1")
        await page.locator("button.main").click()
        await page.locator("text=Mã").first.wait_for()
        await looks("wrong code")
        await page.fill("input[name=code]", letter.code)
        await page.locator("button.main").click()
        await page.locator("#file").wait_for()
        await looks("form")
        await page.locator("input[name=here][value=yes]").check()
        await page.locator("button.main").click()
        await page.locator("#file").wait_for()
        await looks("what is missing")
        for name in ("by_name", "post", "phone"):
            await page.fill(f"#{name}", LINES[name])
        await page.locator("button.main").click()
        await page.locator("text=TL-2026-").wait_for()
        await looks("receipt")

    plays(world, scene, bypass_csp=True)  # axe is put into the page by its tester
    assert found == {}
