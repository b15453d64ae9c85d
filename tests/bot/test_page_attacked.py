"""Other sites, other tabs, old pages and copied cookies: what they have the page do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select

from bot.web.server import site
from models.contact.checkin import Checkin, CheckinState
from models.delivery.inbox import Inbox
from models.delivery.message import Lane, Message
from models.entry.knock import Knock
from models.meeting.policy import AttendancePolicy
from models.people.browser import Browser
from models.people.member import Member, tell
from models.phrases.text import raw
from tests.coming_in import comes_in
from tests.fakes import World
from tests.people import BOB, Cell, a_cell, invite, settle_in
from tests.phone import Phone
from tests.tab import DOOR, WINDOWS, Tab
from tests.walk.test_http import ask

ELSEWHERE = [
    {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    {"sec-fetch-site": "same-site", "origin": "https://other.so.example"},
    {"origin": "https://evil.example"},  # a browser that says no more
    {"origin": "null"},  # a frame that was shut in, in such a browser
    {"sec-fetch-site": "cross-site", "origin": "null"},
    {"sec-fetch-site": "cross-site"},
]


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


@pytest.fixture
def dan(world: World, cell: Cell, bob: Phone) -> Tab:
    return comes_in(world, cell, bob)


def rows(world: World, of: type[Inbox] | type[Browser] | type[Knock]) -> int:
    return world.db(lambda db: db.scalar(select(func.count()).select_from(of))) or 0


def key_in(tab: Tab) -> str:
    return str(tab.opens()._page().xpath("//input[@name='k']/@value")[0])


def cookie(tab: Tab) -> str:
    return "; ".join(f"{one.name}={one.value}" for one in tab.cookies.jar)


def says_to(world: World, cell: Cell, words: str) -> None:
    def work(db: object) -> bool:
        member = db.get_one(Member, cell.dan)  # type: ignore[attr-defined]
        return tell(db, member, Message(raw(words)), key=words, lane=Lane.REMINDER, now=world.clock())  # type: ignore[arg-type]

    assert world.db(work)
    world.settle()


def test_no_other_site_has_a_browser_do_anything_even_with_the_forms_key(
    world: World, cell: Cell, dan: Tab
) -> None:
    key, token = key_in(dan), invite(world, cell.alice, by_id=cell.deputy)
    before = rows(world, Inbox), rows(world, Browser)
    forms = {
        "/say": f"k={key}&once=1&text=x", "/tap": f"k={key}&once=1&to=nav:menu&row=1", "/out": f"k={key}&sure=1",
        "/in": "code=1234567812345678", f"/i/{token}": f"k={key}", "/o/xxxxxxxxxxxxxxxxxxxxxx": f"k={key}",
        f"/part?upload=u&at=0&k={key}": "bytes", "/push": f'{{"k": "{key}", "subscription": null}}',
        "/key/make": "{}", "/key/made": "{}", "/key/ask": "{}", "/key/shown": "{}", "/r/123456789012": "code=1",
    }  # fmt: skip
    own = {
        "content-type": "application/x-www-form-urlencoded",
        "cookie": cookie(dan),
        "user-agent": dan.headers["User-Agent"],
        "host": "so.example",
        "x-key": key,
    }

    async def attack() -> None:
        app = site(world.app.web_routes)
        for path, body in forms.items():
            for said in ELSEWHERE:
                status, _ = await ask(app, "POST", path, body.encode(), {**own, **said})
                assert status in (400, 403), (path, said, status)

    world.run(attack())
    assert (rows(world, Inbox), rows(world, Browser)) == before
    assert "Chào đồng chí Phạm Văn Dân" in dan.says("/menu").text()


def test_no_answer_leads_anywhere_that_was_asked_for(world: World, cell: Cell, dan: Tab) -> None:
    paths = [
        "//evil.example", "//evil.example/", "/%2f%2fevil.example/", "/in/", "/say/", "/r/123456789012/", "/?to=https://evil.example",
        "/i/x?next=//evil.example", "/o/x?to=//evil.example", "/key?to=//evil.example", "/.well-known/x",
    ]  # fmt: skip

    async def tries() -> None:
        app = site(world.app.web_routes)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=DOOR) as client:
            for path in paths:
                for method in ("GET", "POST"):
                    answer = await client.request(method, f"{DOOR}{path}", headers={"Host": "evil.example"})
                    assert "evil" not in answer.headers.get("location", ""), path
                    assert answer.headers["cache-control"] == "no-store", path
                    assert answer.headers["referrer-policy"] == "same-origin", path
                    assert "evil" not in answer.text, path

    world.run(tries())


def test_a_key_that_somebody_put_there_before_opens_nothing_after_coming_in(
    world: World, cell: Cell, dan: Tab
) -> None:
    dan.says("/dulieu").goes("An toàn").taps("Mã trở lại")
    code = "".join(char for char in dan.text().split("Mã trở lại:")[-1][:25] if char.isdigit())
    planted = Tab(world, agent=WINDOWS)
    planted.opens(f"/i/{invite(world, cell.alice, by_id=cell.deputy)}").enters()  # the attacker's own browser
    victim, before = Tab(world, agent=WINDOWS), cookie(planted)
    victim.opens()  # the form, before the cookie was put there
    victim.cookies = httpx.Cookies(planted.cookies)
    victim.comes_back(code)
    assert "Phạm Văn Dân" in victim.text()
    assert cookie(victim) != before
    assert "Phạm" not in planted.opens().text()
    made_up = Tab(world)
    made_up.cookies.set("__Host-so", "a" * 43, domain="so.example", path="/")
    assert "Máy này chưa được mở trang" in made_up.opens().text()


def test_a_form_sent_twice_at_the_same_moment_is_one(world: World, dan: Tab) -> None:
    key, before = key_in(dan), rows(world, Inbox)
    headers = {**dan.headers, "Origin": DOOR, "Cookie": cookie(dan)}

    async def both() -> None:
        transport = httpx.ASGITransport(site(world.app.web_routes))
        async with httpx.AsyncClient(transport=transport, base_url=DOOR) as client:
            form = {"k": key, "once": "o", "text": "một lần"}
            sent = (client.post("/say", data=form, headers=headers) for _ in range(5))
            assert {answer.status_code for answer in await asyncio.gather(*sent)} == {303}

    world.run(both())
    assert rows(world, Inbox) == before + 1
    assert dan.opens().text().count("một lần") <= 2  # what was said, and the sentence that holds it


def test_of_two_tabs_the_second_answer_to_one_question_does_nothing_twice(
    world: World, cell: Cell, dan: Tab
) -> None:
    dan.says("/baocao")
    other = Tab(world)
    other.cookies, other.html = dan.cookies, dan.html  # the same page, in another tab
    dan.taps("Mọi việc vẫn ổn", "Gửi")
    other.cookies = dan.cookies
    assert other.taps("Mọi việc vẫn ổn").status == 200
    answered = select(func.count()).where(
        Checkin.member_id == cell.dan, Checkin.state == CheckinState.ANSWERED
    )
    assert world.db(lambda db: db.scalar(answered)) == 1


def test_what_is_posted_after_leaving_is_nobodys(world: World, dan: Tab) -> None:
    key = key_in(dan)
    kept = httpx.Cookies(dan.cookies)
    dan.says("/dulieu").goes("An toàn").taps("Mã trở lại")
    before = rows(world, Inbox)
    dan.opens().leaves()
    dan.cookies = kept  # the back button, and a browser that has kept it all
    assert dan.posts("/say", {"k": key, "once": "9", "text": "sau khi thoát"}).status == 403
    assert rows(world, Inbox) == before
    assert "Máy này chưa được mở trang" in dan.opens().text()


@pytest.mark.parametrize("how", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}])
def test_a_browser_that_fetches_ahead_has_read_nothing(
    world: World, cell: Cell, dan: Tab, how: dict[str, str]
) -> None:
    dan.reads()
    says_to(world, cell, "tin chưa ai đọc")
    ahead = Tab(world)
    ahead.cookies, ahead.headers = dan.cookies, {**dan.headers, **how}
    assert ahead.opens().status == 204
    world.wait(timedelta(days=2))
    assert rows(world, Knock) > 0  # nobody has come: they are told that something waits
    assert "tin chưa ai đọc" in dan.reads()
