"""The page on a phone's home screen: what a browser needs to offer it, and that nothing on it says whose page it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import pytest
from PIL import Image

from models.meeting.policy import AttendancePolicy
from tests.browser import RealTab, a_browser, in_a_browser
from tests.fakes import World
from tests.people import BOB, Cell, a_cell, invite, settle_in
from tests.tab import DOOR, Tab

NEUTRAL = "Sổ tay"
SHOWN = 192  # the smallest side that Android draws on a home screen; iPhones take it too


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    with World.open(sqlite_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def cell(world: World) -> Cell:
    found = a_cell(world)
    settle_in(world, found, BOB)
    return found


def links(tab: Tab) -> dict[str, str]:
    return {one.get("rel"): one.get("href") for one in tab._page().xpath("//link")}


def fetched(world: World, path: str) -> Any:
    """What a browser that is nobody's gets: manifests and icons are fetched without a cookie."""
    answer = Tab(world).opens(path).answer
    assert answer is not None
    return answer


def test_the_manifest_names_a_notebook_and_opens_the_page_alone(world: World, cell: Cell) -> None:
    path = links(Tab(world).opens())["manifest"]
    answer = fetched(world, path)
    told = json.loads(answer.content)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] in (
        "application/json",
        "application/manifest+json",
    )
    assert (told["name"], told["short_name"]) == (NEUTRAL, NEUTRAL)
    assert (told["id"], told["start_url"], told["scope"], told["display"]) == ("/", "/", "/", "standalone")
    assert set(told) <= {
        "id", "name", "short_name", "lang", "start_url", "scope", "display", "background_color", "theme_color", "icons",
    }  # fmt: skip
    words = answer.text.lower()
    assert not [one for one in ("đảng", "chi bộ", "xa nhà", "party", "cell") if one in words]


def test_its_icons_are_there_in_the_sizes_that_it_says(world: World, cell: Cell) -> None:
    path = links(Tab(world).opens())["manifest"]
    icons = json.loads(fetched(world, path).content)["icons"]
    sides = []
    for icon in icons:
        answer = fetched(world, urljoin(path, icon["src"]))
        assert (answer.status_code, answer.headers["content-type"]) == (200, icon["type"])
        if icon["type"] == "image/svg+xml":
            assert b"<text" not in answer.content  # nothing to read on it
            assert b"href" not in answer.content.replace(b"http://www.w3.org/2000/svg", b"")
            continue
        picture = Image.open(BytesIO(answer.content))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
        assert not picture.info.keys() - {"transparency", "dpi"}  # who made it, and with what, is not said
        assert len(answer.content) < 8_000
        sides.append(picture.width)
    assert min(sides) == SHOWN
    assert max(sides) == 512
    assert any("maskable" in icon.get("purpose", "") for icon in icons)


def test_each_page_offers_it_also_before_anybody_is_in(world: World, cell: Cell) -> None:
    pages = [Tab(world).opens(), Tab(world).opens(f"/i/{invite(world, cell.dan, by_id=cell.deputy)}")]
    pages.append(Tab(world).opens("/key"))
    for tab in pages:
        found = links(tab)
        assert {"manifest", "icon", "apple-touch-icon"} <= set(found)
        assert tab._page().xpath("//title/text()") == [NEUTRAL]
        assert tab.answer is not None
        said = tab.answer.headers
        assert "manifest-src 'self'" in said["content-security-policy"]
        assert said["cache-control"] == "no-store"  # what is somebody's is kept by nobody on the way
        picture = fetched(world, found["apple-touch-icon"])
        assert Image.open(BytesIO(picture.content)).width >= 180


def test_what_is_everybodys_may_be_kept_and_the_worker_is_of_the_whole_page_and_looked_at_each_time(
    world: World, cell: Cell
) -> None:
    tab = Tab(world).opens()
    for path in links(tab).values():
        said = fetched(world, path).headers
        assert said["cache-control"] == "public, max-age=31536000, immutable"
        assert said["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in said
    worker = fetched(world, "/s/worker.js").headers
    assert worker["service-worker-allowed"] == "/"
    assert worker["cache-control"] == "no-cache"
    assert "javascript" in worker["content-type"]


@pytest.fixture
def chromium(world: World, cell: Cell) -> Iterator[RealTab]:
    with a_browser(world) as tab:
        yield tab


def _marked(function: Any) -> Any:
    for mark in in_a_browser:
        function = mark(function)
    return function


@_marked
def test_chromium_finds_nothing_that_keeps_the_page_from_being_installed(
    world: World, cell: Cell, chromium: RealTab
) -> None:
    token = invite(world, cell.dan, by_id=cell.deputy)
    chromium.opens(f"/i/{token}").enters()

    async def asks() -> tuple[dict[str, Any], list[Any], str]:
        await chromium.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        scope: str = await chromium.page.evaluate(
            "() => navigator.serviceWorker.ready.then((one) => new URL(one.scope).pathname)"
        )
        talk = await chromium.page.context.new_cdp_session(chromium.page)
        manifest = await talk.send("Page.getAppManifest")
        found = await talk.send("Page.getInstallabilityErrors")
        return manifest, found["installabilityErrors"], scope

    manifest, errors, scope = world.run(asks())
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["name"] == NEUTRAL
    # a window that leaves no trace installs nothing; that is all that it says
    assert [one["errorId"] for one in errors if one["errorId"] != "in-incognito"] == []
    assert scope == "/"
    assert chromium.wrong == []
