"""What the page weighs as it is served, in how many requests, and how fast it is: over loopback, by the program's own server."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any, NamedTuple

import aiohttp
import lxml.html

from bot.web.server import serve_http
from models.meeting.policy import AttendancePolicy
from tests.bench.telegram import percentiles
from tests.coming_in import comes_in
from tests.fakes import World
from tests.people import BOB, a_cell, invite, settle_in
from tests.phone import Phone
from tests.tab import DOOR, WINDOWS, Tab

_LINKED = "//link[@rel='stylesheet' or @rel='icon' or @rel='manifest']/@href|//script/@src|//img/@src"


class Weighed(NamedTuple):
    """`first`: with all that a browser fetches that was never here; later the rest is kept there."""

    what: str
    document: int
    first: int
    requests: int


def weights_and_pace(url: str, seconds: float) -> tuple[list[Weighed], dict[str, Any]]:
    """Let a member and a secretary look at each kind of page; then look and speak at a pace."""
    with World.open(url, attendance=AttendancePolicy(door=DOOR)) as world:
        cell = a_cell(world)
        (bob,) = settle_in(world, cell, BOB)
        dan = comes_in(world, cell, bob)
        link = f"/i/{invite(world, cell.alice, by_id=cell.deputy)}"
        weighed = [_weigh(world, "way in", link, Tab(world))]
        weighed.append(_weigh(world, "chat page", "/", dan))
        weighed.append(_weigh(world, "menu", "/", dan.says("/menu")))
        world.wait(timedelta(days=1))
        weighed.append(_weigh(world, "check-in question", "/", dan.says("/baocao")))
        weighed.append(_weigh(world, "wide table", "/", _office(world, bob).says("/danhsach")))
        weighed.append(_weigh(world, "reply slip", "/r/123456789012", Tab(world)))
        return weighed, world.run(_at_a_pace(world, dan, seconds))


def _office(world: World, bob: Phone) -> Tab:
    """The secretary's wide browser, by a link that Telegram vouches for."""
    bob.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in bob.reads().split() if word.startswith(f"{DOOR}/o/"))
    return Tab(world, agent=WINDOWS).opens(link).enters()


def _weigh(world: World, what: str, path: str, tab: Tab) -> Weighed:
    document = _bytes(tab.opens(path))
    linked = list(dict.fromkeys(map(str, lxml.html.fromstring(tab.html).xpath(_LINKED))))
    rest = sum(_bytes(tab.opens(one)) for one in linked)
    tab.opens(path)
    return Weighed(what, document, document + rest, 1 + len(linked))


def _bytes(tab: Tab) -> int:
    """What goes over the network, headers too."""
    assert tab.status == 200, tab.url
    assert tab.answer is not None
    headers = sum(len(name) + len(value) + 4 for name, value in tab.answer.headers.raw)
    return tab.answer.num_bytes_downloaded + headers


async def _at_a_pace(world: World, tab: Tab, seconds: float, rate: int = 50) -> dict[str, Any]:
    """Looks at the chat page at so many a second; and one who speaks and reads, again and again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = free.getsockname()
    stop = asyncio.Event()
    serving = asyncio.create_task(serve_http(address, world.app.web_routes, stop))
    headers = {
        **tab.headers,
        "Cookie": "; ".join(f"{name}={value}" for name, value in tab.cookies.items()),
        "Origin": DOOR,
        "Sec-Fetch-Site": "same-origin",
    }
    host, port = address
    base = f"http://{host}:{port}"
    async with aiohttp.ClientSession(base, headers=headers, cookie_jar=aiohttp.DummyCookieJar()) as client:
        await _is_served(client)
        looks, began = [], time.perf_counter()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            looks.append(asyncio.create_task(_look(client)))
        steady = percentiles(await asyncio.gather(*looks))
        said = percentiles([await _speak(client) for _ in range(int(20 * seconds))])
    stop.set()
    await serving
    return {"look 50": steady["p50"], "look 95": steady["p95"], "say 50": said["p50"], "say 95": said["p95"]}


async def _is_served(client: aiohttp.ClientSession) -> None:
    for _ in range(100):
        with suppress(aiohttp.ClientConnectorError):
            await _look(client)
            return
        await asyncio.sleep(0.05)
    raise RuntimeError("nothing is served")


async def _look(client: aiohttp.ClientSession) -> float:
    began = time.perf_counter()
    async with client.get("/", raise_for_status=True) as answer:
        await answer.read()
    return time.perf_counter() - began


async def _speak(client: aiohttp.ClientSession) -> float:
    """From the tap to the page that shows the answer."""
    async with client.get("/", raise_for_status=True) as page:
        (form,) = lxml.html.fromstring(await page.text()).xpath("//form[@action='/say']")
    fields = {one.get("name"): one.get("value") for one in form.xpath(".//input[@type='hidden']")}
    began = time.perf_counter()
    with aiohttp.MultipartWriter("form-data") as body:
        for name, value in {**fields, "text": "/menu"}.items():
            body.append(value).set_content_disposition("form-data", name=name)
    async with client.post("/say", data=body, raise_for_status=True) as answer:
        await answer.read()
    return time.perf_counter() - began
