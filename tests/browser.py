"""A person's browser, a real one: Chromium on the page that the program serves on this machine, with scripts or without.

    with a_browser(world, scripts=True) as tab:
        tab.opens(f"/i/{token}").enters().taps("Đúng, liên kết")

It speaks as tests/tab.py does, and reads what the browser shows; what is typed and tapped, the browser types and taps.
The program and the browser move only while something is asked of them: between two sentences of a test time stands still.
"""

from __future__ import annotations

import asyncio
import importlib.util
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import pytest

from bot.web.server import serve_http
from tests.fakes import World
from tests.tab import DOOR, Tab

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, FilePayload, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# `make setup` brings Playwright and `.ci/run` Chromium; a machine without one leaves these stories to those that have it
in_a_browser = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.skipif(
        CHROMIUM is None or importlib.util.find_spec("playwright") is None,
        reason="no browser on this machine",
    ),
]
PATIENCE = 120_000  # milliseconds until a browser on a busy machine is given up


class RealTab(Tab):
    """One page of a browser. `wrong`: what its scripts complained of."""

    def __init__(self, world: World, page: Page, base: str, *, scripts: bool) -> None:
        super().__init__(world)
        self.page, self.base, self.scripts = page, base, scripts
        self.wrong: list[str] = []
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)

    def _asks(self, method: str, path: str, **_: Any) -> Self:
        assert method == "GET", "a browser posts its forms"
        self.world.run(self._goes(path))
        self.world.settle()
        return self._looks()

    async def _goes(self, path: str) -> None:
        if self.scripts and (path, urlsplit(self.page.url).path) == ("/", "/") and await self._is_in():
            await self.page.evaluate(_LOOKED)
        else:
            await self.page.goto(f"{self.base}{path.removeprefix(DOOR)}")

    async def _is_in(self) -> bool:
        return await self.page.locator("#main").count() > 0

    def _posts(self, form: Any, fields: dict[str, str], file: tuple[str, bytes, str] | None = None) -> Self:
        number = form.getroottree().getroot().forms.index(form)
        self.world.run(self._fills(number, fields, file))
        self.world.settle()
        return self._looks()

    async def _fills(self, number: int, fields: dict[str, str], file: tuple[str, bytes, str] | None) -> None:
        form = self.page.locator("form").nth(number)
        button = form.locator("button:not([type=button])").last
        for name, value in fields.items():
            if name == "to":
                button = form.locator(f'button[name="to"][value="{value}"]').first
            else:
                await form.locator(f'[name="{name}"]').fill(value)
        if file is not None:
            name, data, type_ = file
            what: FilePayload = {"name": name, "mimeType": type_, "buffer": data}
            await form.locator("input[type=file]").set_input_files([what])
        await self.page.evaluate(f"() => {{ document.body.dataset.before = {_ONCE}; }}")
        async with self.page.expect_response(
            lambda one: one.request.method == "POST" and "/part" not in one.url
        ) as found:
            await button.click()
        await (await found.value).finished()
        await self._answered()

    async def _answered(self) -> None:
        """Ask from here: where a page may run no scripts, one that waits in it never looks again."""
        from playwright.async_api import Error

        async with asyncio.timeout(PATIENCE / 1000):
            while True:
                with suppress(Error):  # between two pages
                    if await self.page.evaluate(_ANSWERED):
                        return
                await asyncio.sleep(0.01)

    def _looks(self) -> Self:
        self.html = self.world.run(self.page.content())
        self.url = urlsplit(self.page.url).path
        return self


# as the page does it by itself, when it hears something and every minute; again where that came in between
_LOOKED = "async () => { for (let mine = 0; mine !== turn;) { mine = turn + 1; await look(); } }"
# each page that is made has a word of its own in its forms; without scripts the answer is another page
_ONCE = "document.querySelector('[name=once]')?.value ?? 'none'"
_ANSWERED = f"() => document.readyState === 'complete' && document.body.dataset.before !== ({_ONCE})"


@contextmanager
def a_browser(world: World, *, scripts: bool = True, locale: str = "vi-VN", **how: Any) -> Iterator[RealTab]:
    """Serve the page on this machine and open it in Chromium; `how`: as Playwright's `new_context` takes it."""
    from playwright.async_api import async_playwright

    stop = asyncio.Event()
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port = place.getsockname()[1]

    async def begins() -> tuple[asyncio.Task[None], Any, BrowserContext, Page]:
        serving = asyncio.create_task(serve_http(("127.0.0.1", port), world.app.web_routes, stop))
        playwright = await async_playwright().start()
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = await browser.new_context(locale=locale, java_script_enabled=scripts, **how)
        context.set_default_timeout(PATIENCE)
        return serving, playwright, context, await context.new_page()

    async def ends() -> None:
        await context.browser.close()
        await playwright.stop()
        stop.set()
        await serving

    serving, playwright, context, page = world.run(begins())
    try:
        yield RealTab(world, page, f"http://localhost:{port}", scripts=scripts)
    finally:
        world.run(ends())
