"""The page in a real browser: with scripts and without, narrow and wide, and where the network comes and goes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from bot.web.server import serve_http
from models.delivery.inbox import Inbox
from models.delivery.upload import UploadPart
from models.meeting.policy import AttendancePolicy
from tests.browser import CHROMIUM, PATIENCE, in_a_browser
from tests.fakes import World
from tests.meetings import STARTS, a_meeting
from tests.people import BOB, DAN, Cell, a_cell, invite, settle_in
from tests.phone import Phone
from tests.tab import DOOR, WINDOWS

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page

pytestmark = in_a_browser


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    with World.open(sqlite_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def cell(world: World) -> Cell:
    return a_cell(world)


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    (bob,) = settle_in(world, cell, BOB)
    return bob


Scene = Callable[["BrowserContext", str], Awaitable[None]]


def plays(world: World, scene: Scene, **context: Any) -> None:
    """Serve the page on this machine, open a browser, let the scene run."""
    from playwright.async_api import async_playwright

    async def run() -> None:
        stop, ready = asyncio.Event(), asyncio.Event()
        with socket_of_ours() as place:
            port = place.getsockname()[1]
        serving = asyncio.create_task(serve_http(("127.0.0.1", port), world.app.web_routes, stop))
        sending = asyncio.create_task(world.app.sender.run())
        ready.set()
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                opened = await browser.new_context(locale="vi-VN", **context)
                opened.set_default_timeout(PATIENCE)
                await scene(opened, f"http://localhost:{port}")
                await browser.close()
        finally:
            stop.set()
            await serving
            await world.app.sender.stop()
            await sending

    world.run(run())


def socket_of_ours() -> Any:
    import socket

    place = socket.socket()
    place.bind(("127.0.0.1", 0))
    return place


async def taps(page: Page, label: str) -> None:
    """Tap the newest button with these words, and wait for what comes of it."""
    before = await page.content()
    await page.locator(f"main li button:has-text({json.dumps(label)})").last.click()
    await page.wait_for_function(
        "before => document.documentElement.outerHTML.length !== before", arg=len(before)
    )


async def says(page: Page, words: str) -> None:
    await page.fill("#text", words)
    await page.locator("form.say button").click()


async def registers(page: Page, base: str, token: str) -> None:
    await page.goto(f"{base}/i/{token}")
    await page.locator("button.main").click()
    await page.locator("main li button", has_text="Đúng, liên kết").click()
    await page.locator("main li button", has_text="Đã hiểu").click()
    await page.locator("main li button", has_text="Đồng ý").first.click()
    await page.locator("main >> text=Mời gõ").first.wait_for()
    await page.fill("#text", "0911 000 050")
    await page.locator("form.say button").click()
    await page.locator("main li button", has_text="TP Hồ Chí Minh").click()
    await page.locator("main >> text=sẽ xác nhận đúng là bạn").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_member_registers_with_scripts_and_without(
    world: World, cell: Cell, bob: Phone, scripts: bool
) -> None:
    token = invite(world, cell.dan, by_id=cell.deputy)
    wrong: list[str] = []

    async def scene(context: BrowserContext, base: str) -> None:
        page = await context.new_page()
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        await registers(page, base, token)

    plays(world, scene, java_script_enabled=scripts, viewport={"width": 320, "height": 640})
    assert wrong == []
    bob._settle()
    assert "Cần xác nhận: đồng chí Phạm Văn Dân" in bob.reads()


async def what_is_in_the_way(page: Page) -> list[str]:
    """By axe-core, what is serious; and whether something is wider than the screen."""
    axe = (Path(str(files("axe_playwright_python"))) / "axe.min.js").read_text(encoding="utf-8")
    await page.evaluate(axe)
    result = await page.evaluate("axe.run()")
    assert len(result["passes"]) > 5  # it has looked
    serious = [one["id"] for one in result["violations"] if one["impact"] in ("serious", "critical")]
    wide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [*serious, "too wide"] if wide else serious


@pytest.mark.parametrize("width", [320, 768, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_anybodys_way(
    world: World, cell: Cell, bob: Phone, width: int, scheme: str
) -> None:
    """By axe-core, on every page that a person meets; and nothing is wider than the screen."""
    token = invite(world, cell.dan, by_id=cell.deputy)
    found: dict[str, Any] = {}

    async def looks(page: Page, name: str) -> None:
        if wrong := await what_is_in_the_way(page):
            found[name] = wrong

    async def scene(context: BrowserContext, base: str) -> None:
        page = await context.new_page()
        await page.goto(base)
        await looks(page, "way in")
        await page.goto(f"{base}/i/{token}")
        await looks(page, "enter")
        await page.locator("button.main").click()
        await page.locator("main li button", has_text="Đúng, liên kết").wait_for()
        await looks(page, "first question")

    plays(
        world, scene, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )  # axe is put into the page by its tester
    assert found == {}


def test_what_was_typed_without_a_network_is_sent_once_when_it_is_back(
    world: World, cell: Cell, bob: Phone
) -> None:
    token = invite(world, cell.dan, by_id=cell.deputy)

    async def scene(context: BrowserContext, base: str) -> None:
        page = await context.new_page()
        await page.goto(f"{base}/i/{token}")
        await page.locator("button.main").click()
        await page.locator("main li button", has_text="Đúng, liên kết").wait_for()
        before = await arrived()
        await context.set_offline(True)
        await page.fill("#text", "Tôi đang ở Bình Dương")
        await page.locator("form.say button").click()
        await page.locator("main >> text=Chưa có mạng").wait_for()
        assert await page.input_value("#text") == ""
        await context.set_offline(False)
        await page.evaluate("dispatchEvent(new Event('online'))")
        await page.locator("li.own", has_text="Tôi đang ở Bình Dương").wait_for()
        await page.evaluate("dispatchEvent(new Event('online'))")
        await page.reload()
        assert await page.locator("li.own", has_text="Tôi đang ở Bình Dương").count() == 1
        assert await arrived() == before + 1

    async def arrived() -> int:
        counted = world.app.database.submit(
            lambda db: db.scalar(select(func.count()).select_from(Inbox)) or 0
        )
        return await asyncio.wrap_future(counted)

    plays(world, scene)


def test_what_is_typed_survives_a_reload_and_the_page_opens_without_a_network(
    world: World, cell: Cell, bob: Phone
) -> None:
    token = invite(world, cell.dan, by_id=cell.deputy)

    async def scene(context: BrowserContext, base: str) -> None:
        page = await context.new_page()
        await page.goto(f"{base}/i/{token}")
        await page.locator("button.main").click()
        await page.locator("main li button", has_text="Đúng, liên kết").wait_for()
        await page.fill("#text", "nửa câu")
        await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        await page.reload()
        assert await page.input_value("#text") == "nửa câu"
        await page.reload()  # by now the worker has seen it
        await context.set_offline(True)
        await page.goto(base)
        await page.locator("main li button", has_text="Đúng, liên kết").wait_for()
        await context.set_offline(False)
        await page.locator("header button", has_text="Thoát").click()
        await page.locator("main >> text=Máy này không còn giữ gì").wait_for()
        await page.wait_for_function("caches.has('read').then((kept) => !kept)")
        assert await page.evaluate("localStorage.length + sessionStorage.length") == 0

    plays(world, scene)


def test_what_is_typed_or_chosen_while_an_answer_is_under_way_stays(
    world: World, cell: Cell, bob: Phone, tmp_path: Path
) -> None:
    token = invite(world, cell.dan, by_id=cell.deputy)
    photo = tmp_path / "anh.jpg"
    photo.write_bytes(a_large_photo())

    async def scene(context: BrowserContext, base: str) -> None:
        page = await context.new_page()
        await page.goto(f"{base}/i/{token}")
        await page.locator("button.main").click()
        await page.locator("main li button", has_text="Đúng, liên kết").wait_for()
        arrived = asyncio.Event()

        async def slow(route: Any) -> None:
            answer = await route.fetch()
            await arrived.wait()
            await route.fulfill(response=answer)

        await page.route("**/say", slow)
        await says(page, "câu thứ nhất")
        await page.fill("#text", "câu thứ hai")
        await page.set_input_files("input[type=file]", photo)
        async with page.expect_response("**/say"):
            arrived.set()
        await page.locator("main li", has_text="câu thứ nhất").first.wait_for()
        await page.wait_for_function("document.activeElement !== null")
        assert await page.input_value("#text") == "câu thứ hai"
        assert await page.evaluate("document.querySelector('form.say input[type=file]').files.length") == 1

    plays(world, scene)


def test_a_large_photo_goes_on_after_a_break(world: World, cell: Cell, bob: Phone, tmp_path: Path) -> None:
    token = invite(world, cell.dan, by_id=cell.deputy)
    photo = tmp_path / "anh.jpg"
    photo.write_bytes(a_large_photo())
    sent: list[int] = []

    async def scene(context: BrowserContext, base: str) -> None:
        page = await context.new_page()
        await page.goto(f"{base}/i/{token}")
        await page.locator("button.main").click()
        await page.locator("main li button", has_text="Đúng, liên kết").wait_for()

        async def breaks(route: Any) -> None:
            sent.append(int(route.request.url.partition("at=")[2].partition("&")[0]))
            await (route.abort() if len(sent) in (2, 3) else route.continue_())

        await page.route("**/part?*", breaks)
        await page.locator("summary").click()
        await page.set_input_files("#file", photo)
        await page.locator("form.say button").click()
        await page.locator("li.own", has_text="anh.jpg").wait_for()

    plays(world, scene)
    assert len(sent) > len(set(sent))  # a piece that broke off was sent again
    assert sent == sorted(sent)  # and nothing before it
    assert world.db(lambda db: db.scalar(select(func.count()).select_from(UploadPart))) == 0


def a_large_photo() -> bytes:
    """Some 300 kB."""
    noise, made = Image.effect_noise((900, 700), 120).convert("RGB"), BytesIO()
    noise.save(made, "JPEG", quality=80)
    return made.getvalue()


def test_a_key_on_the_device_opens_the_page_and_is_the_second_proof(
    world: World, cell: Cell, bob: Phone
) -> None:
    """The secretary makes one at the keyboard, leaves, and comes back by it alone."""
    link = opens_elsewhere(bob)

    async def scene(context: BrowserContext, base: str) -> None:
        page = await context.new_page()
        devices = await context.new_cdp_session(page)
        await devices.send("WebAuthn.enable")
        kind = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
        }
        how = {**kind, "isUserVerified": True, "automaticPresenceSimulation": True}
        await devices.send("WebAuthn.addVirtualAuthenticator", {"options": how})
        await page.goto(f"{base}{link}")
        await page.locator("button.main").click()
        await says(page, "/dulieu")
        await page.locator("button[value='data:safety']").last.click()
        await page.locator("button[value='browser:browsers']").last.click()
        await page.locator("button[value='browser:key']").last.click()
        await page.locator("main >> text=Mời gõ mã PIN").wait_for()
        await says(page, Phone.pin or "")
        await page.locator("main >> text=Đã đúng mã PIN").wait_for()
        await page.goto(f"{base}/key")
        await page.locator("#make-key").click()
        await page.locator("main >> text=Đã tạo khóa").wait_for()
        await page.goto(base)
        await page.locator("header button", has_text="Thoát").click()
        await page.locator("main >> text=Máy này không còn giữ gì").wait_for()
        await page.goto(f"{base}/key")
        await page.locator("#use-key").click()
        await page.locator("header button", has_text="Màn hình chính").click()
        await page.locator("main li button", has_text="Chi bộ hôm nay").wait_for()

    plays(world, scene)


def opens_elsewhere(phone: Phone) -> str:
    """The link by which somebody who has Telegram opens the page in a browser."""
    phone.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in phone.reads().split() if word.startswith(f"{DOOR}/o/")).removeprefix(DOOR)
    phone.says("/menu")
    return link


@pytest.mark.parametrize("width", [320, 1280])
def test_a_form_is_filled_in_whole_through_a_broken_network(
    world: World, cell: Cell, bob: Phone, width: int
) -> None:
    link, wrong = opens_elsewhere(settle_in(world, cell, DAN)[0]), list[str]()

    async def scene(context: BrowserContext, base: str) -> None:
        page = await context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        await page.goto(f"{base}{link}")
        await page.locator("button.main").click()
        await says(page, "/khaibao")
        await page.locator("a", has_text="Điền cả phiếu một lần").click()
        await page.fill("[name='t.place']", "Bình Dương")
        await page.fill("[name='t.city']", "số nhà 12 đường Lê Lợi")
        await page.select_option("[name='c.work']", "factory")
        await page.check("[name='c.employer'][value='skip']")
        await page.fill("[name='t.begin']", "5/12/2026")
        await page.reload()  # by mistake
        assert await page.input_value("[name='t.begin']") == "5/12/2026"
        assert await page.input_value("[name='c.work']") == "factory"
        assert await page.is_checked("[name='c.employer'][value='skip']")
        wrong.extend(await what_is_in_the_way(page))
        await context.set_offline(True)
        await page.locator("#whole button.main").click()
        await page.locator("main >> text=trang này chưa gửi được").wait_for()
        await context.set_offline(False)
        await page.locator("#whole button.main").click()
        await page.locator("[role=alert]", has_text="Có một câu cần sửa").wait_for()
        assert await page.input_value("[name='t.city']") == "số nhà 12 đường Lê Lợi"
        assert await page.is_checked("[name='c.employer'][value='skip']")
        wrong.extend(await what_is_in_the_way(page))
        await page.fill("[name='t.city']", "")
        await page.check("[name='c.city'][value='skip']")
        await page.check("[name='c.end'][value='open']")
        await page.locator("#whole button.main").click()
        await page.locator("main li button", has_text="Ở một nơi").wait_for()
        assert page.url == f"{base}/"

    plays(world, scene, viewport={"width": width, "height": 800}, bypass_csp=True)
    assert wrong == []


@pytest.mark.parametrize("width", [320, 1280, 1600])
def test_what_helps_stands_beside_the_typing_on_a_wide_screen_and_above_it_on_a_phone(
    world: World, cell: Cell, bob: Phone, width: int
) -> None:
    meeting = a_meeting(world, cell)
    world.until(STARTS + timedelta(minutes=10))
    link, wrong = opens_elsewhere(bob), list[str]()

    async def scene(context: BrowserContext, base: str) -> None:
        page = await context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        await page.goto(f"{base}{link}")
        await page.locator("button.main").click()
        await says(page, "/hop")
        for verb in ("meeting:see", "attendance:open", "attendance:roll"):
            await page.locator(f"main li button[value^='{verb}:{meeting}']").last.click()
        await page.locator("main li button", has_text="Phạm Văn Dân").last.click()
        await page.locator("main li button", has_text="Có mặt tại phòng").last.click()
        await page.locator(f"main li button[value^='attendance:open:{meeting}']").last.click()
        await page.locator(f"main li button[value='attendance:conclude:{meeting}']").last.click()
        aside = page.locator("aside", has_text="Phạm Văn Dân")
        await aside.wait_for()
        await page.fill("#text", "Giao đồng chí Dân lập danh sách.")
        box, typing = await aside.bounding_box(), await page.locator("#text").bounding_box()
        assert box is not None
        assert typing is not None
        if width >= 1000:
            assert box["x"] >= typing["x"] + typing["width"]
            assert box["y"] < typing["y"] + typing["height"]  # both are seen at once
        else:
            assert box["y"] + box["height"] <= typing["y"]
        wrong.extend(await what_is_in_the_way(page))

    plays(world, scene, viewport={"width": width, "height": 800}, bypass_csp=True)
    assert wrong == []


_BROKEN_WORDS = """() => [...document.querySelectorAll('td, th')].flatMap(cell => {
    const broken = [], walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode());)
        for (const word of node.data.matchAll(/\\S+/g)) {
            const range = document.createRange();
            range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
            if (range.getClientRects().length > 1) broken.push(word[0]);
        }
    return broken;
})"""


@pytest.mark.parametrize("width", [320, 768, 1600])
def test_a_table_breaks_no_word_and_moves_the_page_to_no_side(
    world: World, cell: Cell, bob: Phone, width: int
) -> None:
    """320: a computer whose owner has made everything four times as large."""
    link, wrong = opens_elsewhere(bob), list[str]()

    async def scene(context: BrowserContext, base: str) -> None:
        page = await context.new_page()
        await page.goto(f"{base}{link}")
        await page.locator("button.main").click()
        await says(page, "/danhsach")
        await page.locator("td").first.wait_for()
        wrong.extend(await page.evaluate(_BROKEN_WORDS))
        wrong.extend(await what_is_in_the_way(page))

    plays(world, scene, viewport={"width": width, "height": 800}, user_agent=WINDOWS, bypass_csp=True)
    assert wrong == []


def test_on_paper_a_table_stands_alone_without_what_is_only_tapped(
    world: World, cell: Cell, bob: Phone
) -> None:
    link = opens_elsewhere(bob)

    async def scene(context: BrowserContext, base: str) -> None:
        page = await context.new_page()
        await page.goto(f"{base}{link}")
        await page.locator("button.main").click()
        await says(page, "/danhsach")
        await page.locator("td").first.wait_for()
        assert await page.locator("main li:visible").count() > 1
        await page.emulate_media(media="print")
        assert await page.locator("main li:visible").count() == 1
        assert "Phạm Văn Dân" in await page.locator("main li:visible").inner_text()
        for what in ("header", "form.say", "form .row", "#ring"):
            assert await page.locator(f"{what}:visible").count() == 0, what

    plays(world, scene, viewport={"width": 1280, "height": 800}, user_agent=WINDOWS)


@pytest.mark.parametrize("can_share", [True, False], ids=["a phone", "a desk"])
def test_what_is_handed_on_is_one_tap_away(world: World, cell: Cell, bob: Phone, can_share: bool) -> None:
    link, wrong = opens_elsewhere(bob), list[str]()

    async def scene(context: BrowserContext, base: str) -> None:
        await context.grant_permissions(["clipboard-read", "clipboard-write"])
        sheet = "navigator.share = async (one) => { window.shared = one.text; };"
        await context.add_init_script(
            sheet if can_share else "Object.defineProperty(navigator, 'share', {});"
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        await page.goto(f"{base}{link}")
        await page.locator("button.main").click()
        await says(page, "/danhsach")
        await page.locator(f"main button[value^='roster:card:{cell.alice}']").first.click()
        await page.locator(f"main button[value^='roster:invite:{cell.alice}']").last.click()
        field = page.locator(".share textarea")
        await field.wait_for()
        words = await field.input_value()
        assert words.startswith("Chào bạn.")
        assert await page.locator("[data-share]").is_visible() == can_share
        if can_share:
            await page.locator("[data-share]").click()
            assert await page.evaluate("window.shared") == words
        await page.locator("[data-copy]").click()
        await page.locator("[data-copy]", has_text="Đã chép").wait_for()
        assert await page.evaluate("navigator.clipboard.readText()") == words
        wrong.extend(await what_is_in_the_way(page))

    plays(world, scene, viewport={"width": 320, "height": 640}, bypass_csp=True)
    assert wrong == []
