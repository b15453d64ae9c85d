"""The door in a browser: one use, a cookie for who may come again, plain pages for all others, no word in the log."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from bot.app import App
from bot.standin import StandIn
from bot.telegram.chats import chat_address
from models.delivery.policy import FloodPolicy
from models.ground.clock import system_clock
from models.ground.db import Database
from models.meeting.attendance import ways_in
from models.meeting.attendance.rows import JoinLink
from models.meeting.meeting import Attendance, Brief, Meeting, MeetingForm, call_meeting, invitation_for
from models.meeting.policy import AttendancePolicy, MeetingPolicy
from models.people.member import add_member, link_account
from models.people.unit import UnitKind, create_unit
from tests.bot.test_webhook import SECRET, Mortal, free_port, post, replica, settings, telegram, update

DOOR, LINK = "https://xanha.example", "https://meet.jit.si/4f1c0a9b"
POLICY = AttendancePolicy(door=DOOR)
PROVED = AttendancePolicy(door=DOOR, door_login=True)
MINE, OTHER = 7, 8  # Telegram ids: who is invited, and somebody else


@asynccontextmanager
async def open_door(
    database_url: str, policy: AttendancePolicy = POLICY, flood: FloodPolicy | None = None
) -> AsyncIterator[tuple[App, Mortal]]:
    async with telegram() as (_, url):
        database = Mortal(database_url)
        update = {"attendance": policy, "flood": flood or FloodPolicy()}
        chosen = settings(database_url, url, free_port()).model_copy(update=update)
        async with replica(chosen, database) as app:
            yield app, database


def a_running_meeting(database: Database) -> tuple[int, str]:
    """Its id, and somebody's way in."""
    now = system_clock()

    def work(db: Any) -> tuple[int, str]:
        cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Đông", parent=None, now=now)
        member = add_member(db, cell_id=cell.id, full_name="Nguyễn Thị An", now=now)
        link_account(db, member, address=chat_address(MINE), now=now)
        brief = Brief(form=MeetingForm.HYBRID, starts_at=now + timedelta(minutes=5), minutes=60, link=LINK)
        policy = MeetingPolicy()
        meeting = call_meeting(db, cell.id, brief, by_id=member.id, policy=policy, now=now)
        invitation = invitation_for(db, meeting.id, member.id)
        assert invitation is not None
        return meeting.id, ways_in(db, meeting, invitation, POLICY, now=now)[0][0].to

    return database.run(work)


async def get(
    app: App, path: str, *, method: str = "GET", body: Any = None, **headers: Any
) -> tuple[int, dict[str, str], str]:
    host, port = app.settings.address
    async with (
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
        session.request(
            method,
            f"http://{host}:{port}{path}",
            allow_redirects=False,
            data=body,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        ) as answer,
    ):
        return answer.status, dict(answer.headers), await answer.text()


async def enter(app: App, path: str, **headers: Any) -> tuple[int, dict[str, str], str]:
    """Open the page, press its button."""
    status, _, words = await get(app, path, **headers)
    assert status == 200
    return await get(app, path, method="POST", body={"k": key_in(words)}, **headers)


def key_in(words: str) -> str:
    found = re.search(r'name="k" value="(\w+)"', words)
    assert found is not None
    return found[1]


AGENTS = (
    "TelegramBot (like TwitterBot)",
    "facebookexternalhit/1.1",
    "WhatsApp/2.23.20.0",
    "Zalo/23 (preview)",
    "SkypeUriPreview Preview/0.5",
    "Slackbot-LinkExpanding 1.0",
    "Mozilla/5.0 (compatible; bingbot/2.0)",
    "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36 SafeLinks",
)


def noted(database: Database) -> tuple[list[Any], int]:
    """When each link was used, and how many are noted as present."""

    def look(db: Any) -> tuple[list[Any], int]:
        used = [row.used_at for row in db.scalars(select(JoinLink))]
        return used, len(list(db.scalars(select(Attendance))))

    return database.run(look)


def test_looking_uses_up_nothing_and_marks_nobody_present_whoever_looks(database_url: str) -> None:
    async def main() -> None:
        async with open_door(database_url) as (app, database):
            _, url = await asyncio.to_thread(a_running_meeting, database)
            path = url.removeprefix(DOOR)
            for agent in AGENTS:
                for method, expected in (("GET", 200), ("HEAD", 204)):
                    status, headers, words = await get(app, path, method=method, User_Agent=agent)
                    assert (status, "Set-Cookie" in headers, "Location" in headers) == (
                        expected,
                        False,
                        False,
                    )
                    for secret in ("Đông", "Nguyễn", LINK, "họp", "meeting", "chi bộ", "Party"):
                        assert secret not in words
            assert await asyncio.to_thread(noted, database) == ([None], 0)
            assert (await enter(app, path))[0] == 303
            used, present = await asyncio.to_thread(noted, database)
            assert (None in used, present) == (False, 1)

    asyncio.run(main())


def test_only_the_pages_own_button_goes_in(database_url: str) -> None:
    async def main() -> None:
        async with open_door(database_url) as (app, database):
            _, url = await asyncio.to_thread(a_running_meeting, database)
            path = url.removeprefix(DOOR)
            key = key_in((await get(app, path))[2])
            evil: list[tuple[Any, dict[str, str]]] = [
                ({}, {}),
                ({"k": ""}, {}),
                ({"k": "0" * 64}, {}),
                ({"k": "é" * 64}, {}),
                ({"k": key, "x": "y" * 2000}, {}),
                (b"k=%ff&" * 50, {}),
                ({"k": key}, {"Origin": "https://evil.example"}),
                ({"k": key}, {"Sec_Fetch_Site": "cross-site"}),
                ({"k": key}, {"Origin": "null", "Sec_Fetch_Site": "cross-site"}),
                ({"k": key}, {"Origin": f"{DOOR}.evil.example"}),
                ({"k": key}, {"Origin": "http://[bad"}),
            ]
            for body, headers in evil:
                status, answered, words = await get(app, path, method="POST", body=body, **headers)
                assert (status, "Location" in answered, "<button>" in words) == (200, False, True), headers
            assert await asyncio.to_thread(noted, database) == ([None], 0)
            for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
                assert (await get(app, path, method=method))[0] == 405
            good = {"Origin": DOOR, "Sec_Fetch_Site": "same-origin"}
            assert (await get(app, path, method="POST", body={"k": key}, **good))[0] == 303

    asyncio.run(main())


def test_who_guesses_links_must_wait_and_the_operator_is_told(database_url: str) -> None:
    async def main() -> None:
        flood = FloodPolicy(guesses=5, guesses_alarm=7)
        async with open_door(database_url, flood=flood) as (app, database):
            _, url = await asyncio.to_thread(a_running_meeting, database)
            path = url.removeprefix(DOOR)

            async def guess(number: int, address: str) -> int:
                return (await get(app, f"/j/{number:032}", X_Forwarded_For=address))[0]

            assert [await guess(n, "192.0.2.1") for n in range(8)] == [403] * 5 + [429] * 3
            assert (await get(app, path, X_Forwarded_For="192.0.2.1"))[0] == 429
            assert (await get(app, path, X_Forwarded_For="192.0.2.2"))[0] == 200
            assert not app.alarm.rung
            same_house = [f"2001:db8:0:1::{n}" for n in range(7)]
            assert [await guess(n, address) for n, address in enumerate(same_house)] == [403] * 5 + [429] * 2
            assert list(app.alarm.rung) == ["many links that do not exist were tried"]

    asyncio.run(main())


def test_the_first_browser_goes_in_and_may_come_again_and_no_other(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async def main() -> None:
        async with open_door(database_url) as (app, database):
            _, url = await asyncio.to_thread(a_running_meeting, database)
            path = url.removeprefix(DOOR)
            for looking in ({"method": "HEAD"}, {"Sec_Purpose": "prefetch;prerender"}):
                assert (await get(app, path, **looking))[0] == 204
            status, headers, _ = await enter(app, path)
            assert (status, headers["Location"]) == (303, LINK)
            cookie = headers["Set-Cookie"]
            for part in ("HttpOnly", "Secure", "SameSite=lax", f"Path={path}"):
                assert part in cookie
            assert headers["Referrer-Policy"] == "no-referrer"
            assert "unsafe" not in headers["Content-Security-Policy"]
            assert headers["Cache-Control"] == "no-store"
            for other in ({}, {"Cookie": "j=" + "x" * 32}, {"Cookie": "j=<script>"}):
                status, headers, words = await get(app, path, **other)
                assert status == 403
                assert "Location" not in headers
                assert "không dùng được" in words
                for secret in ("Đông", "An", LINK, "họp", "meeting"):
                    assert secret not in words
            assert (await get(app, path, Cookie=cookie.split(";")[0]))[0] == 303
            assert path.rpartition("/")[2] not in "".join(capsys.readouterr())

    asyncio.run(main())


def tapped(path: str, user_id: int, *, ago: timedelta = timedelta(), bot: int = 1) -> str:
    """Where a login button leads when this person taps it."""
    standin = StandIn(now=lambda: system_clock() - ago, token=f"{bot}:demo")
    standin.add_user(user_id, "Nguyễn Thị", "An & Bình")
    return standin.logs_in(user_id, path, forwarded=True)


def test_with_telegrams_proof_the_owner_goes_in_and_another_is_refused_though_it_was_never_opened(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async def main() -> None:
        async with open_door(database_url, PROVED) as (app, database):
            _, url = await asyncio.to_thread(a_running_meeting, database)
            path = url.removeprefix(DOOR)
            mine = tapped(path, MINE)
            proof = mine.rpartition("hash=")[2]
            for wrong, words in {
                path: "chỉ dành cho người nhận",  # copied, or opened without agreeing
                tapped(path, OTHER): "không dùng được",  # forwarded
                tapped(path, OTHER).replace(f"id={OTHER}", f"id={MINE}"): "chỉ dành cho người nhận",
                mine[:-1] + ("1" if mine.endswith("0") else "0"): "chỉ dành cho người nhận",
                mine.partition("&hash")[0]: "chỉ dành cho người nhận",
                f"{mine}&id={OTHER}": "chỉ dành cho người nhận",
                tapped(path, MINE, ago=timedelta(days=2)): "chỉ dành cho người nhận",
                tapped(path, MINE, ago=-timedelta(hours=1)): "chỉ dành cho người nhận",
                tapped(path, MINE, bot=2): "chỉ dành cho người nhận",
            }.items():
                status, headers, page = await get(app, wrong)
                assert (status, words in page, "Location" in headers) == (403, True, False), wrong
                assert "Set-Cookie" not in headers
                assert "họp chi bộ" not in page.lower()
            for looking in ({"method": "HEAD"}, {"Sec_Purpose": "prefetch"}):
                assert (await get(app, mine, **looking))[0] == 204
            status, headers, _ = await get(app, mine)
            assert (status, headers["Location"]) == (303, LINK)
            cookie = headers["Set-Cookie"].split(";")[0]
            for again in (path, mine, tapped(path, MINE)):
                assert (await get(app, again, Cookie=cookie))[0] == 303
                assert (await get(app, again))[0] == 403  # another browser, with the whole address
            assert (await get(app, tapped(path, OTHER), Cookie=cookie))[0] == 403
            logged = "".join(capsys.readouterr())
            assert not any(secret in logged for secret in (path.rpartition("/")[2], proof, "1:demo"))

    asyncio.run(main())


def test_with_telegrams_proof_a_forged_path_looks_like_any_other(database_url: str) -> None:
    async def main() -> None:
        async with open_door(database_url, PROVED) as (app, database):
            _, url = await asyncio.to_thread(a_running_meeting, database)
            path, forged = url.removeprefix(DOOR), f"/j/{'A' * 32}"
            for seen in ([path, forged], [tapped(path, OTHER), tapped(forged, OTHER)]):
                assert len({(await get(app, one))[2] for one in seen}) == 1

    asyncio.run(main())


def test_two_browsers_at_the_same_moment_and_one_goes_in(database_url: str) -> None:
    async def main() -> None:
        async with open_door(database_url) as (app, database):
            _, url = await asyncio.to_thread(a_running_meeting, database)
            path = url.removeprefix(DOOR)
            tap = {"k": key_in((await get(app, path))[2])}
            answers = await asyncio.gather(*(get(app, path, method="POST", body=tap) for _ in range(6)))
            assert sorted(status for status, _, _ in answers) == [303, 403, 403, 403, 403, 403]

    asyncio.run(main())


def test_forged_paths_get_the_same_page_and_cancelled_says_so(database_url: str) -> None:
    async def main() -> None:
        async with open_door(database_url) as (app, database):
            meeting_id, url = await asyncio.to_thread(a_running_meeting, database)
            same = {
                (await get(app, f"/j/{token}"))[2] for token in ("A" * 32, "x", "%00", "A" * 5000, "%3Cb%3E")
            }
            assert len(same) == 1
            assert (await get(app, "/j/"))[0] == 404
            assert "Máy này chưa được mở trang" in (await get(app, "/"))[2]  # the page's way in
            assert (await get(app, f"/j/{'A' * 32}?next=https://evil.example"))[0] == 403
            database.run(lambda db: setattr(db.get_one(Meeting, meeting_id), "state", "cancelled"))
            status, _, words = await get(app, url.removeprefix(DOOR))
            assert (status, "Đã hủy" in words) == (403, True)

    asyncio.run(main())


def test_telegram_comes_by_the_same_server_and_a_database_that_is_away_is_said_kindly(
    database_url: str,
) -> None:
    async def main() -> None:
        async with open_door(database_url) as (app, database):
            assert await post(app, update(1, "chào"), secret=SECRET) == 200
            database.away = True
            status, _, words = await get(app, f"/j/{'A' * 32}")
            assert (status, "thử lại" in words) == (503, True)
            database.away = False

    asyncio.run(main())


def test_the_door_is_that_of_the_webhook_where_none_is_named_and_only_with_https() -> None:
    def door(**chosen: Any) -> str:
        return settings("sqlite:///x.db", "http://x", 1).model_copy(update=chosen).policies().attendance.door

    assert door() == ""
    assert door(webhook_url="https://bot.example/hook/xyz") == "https://bot.example"
    assert door(webhook_url="https://bot.example/hook", attendance=POLICY) == DOOR
    assert door(webhook_url="") == ""
    assert (
        settings("sqlite:///x.db", "http://x", 1)
        .model_copy(update={"webhook_url": "", "attendance": POLICY})
        .serves
    )
    with pytest.raises(ValueError, match="https"):
        AttendancePolicy(door="http://xanha.example")
