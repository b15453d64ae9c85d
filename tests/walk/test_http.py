"""Every path of the web server, with every method, own and foreign and forged: no page says a word of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from bot.telegram.webhook import webhook_routes
from bot.web.door import door_routes
from models.delivery.policy import FloodPolicy
from models.meeting.attendance import ways_in
from models.meeting.meeting import Invitation, Meeting
from models.meeting.policy import AttendancePolicy
from tests.fakes import World
from tests.walk.world import CELLS, MARK, NOW, Land, build

POLICY = AttendancePolicy(door="https://xanha.example")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
BODIES = (
    b"",
    b"k=1",
    b"{}",
    b"[1]",
    b'{"update_id": -1}',
    b'{"update_id": 5, "message": {}}',
    b"\xff\xfe" * 50,
)
SECRETS = ("", "wrong", "the-secret")


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    flood = FloodPolicy()
    more = {"attendance": POLICY, "flood": flood, "webhook_url": "https://xanha.example/hook"}
    with World.open(sqlite_url, now=NOW, webhook_secret="the-secret", **more) as opened:
        yield opened


def _links(db: Session, land: Land) -> list[str]:
    """Where the personal links of everybody invited lead, in each cell, half an hour before the meeting."""
    found = []
    rows = select(Invitation, Meeting).join(Meeting, Meeting.id == Invitation.meeting_id)
    for invitation, meeting in db.execute(rows.where(Meeting.cell_id.in_(land.cells.values()))).all():
        now = meeting.starts_at - timedelta(minutes=10)
        found += [row[0].to for row in ways_in(db, meeting, invitation, POLICY, now=now)]
    return [one.split("xanha.example")[1] for one in found if "xanha.example/j/" in one]


def paths(links: list[str]) -> list[str]:
    forged = ["x" * 32, "", "..", "%2e%2e", "a" * 500, "٣" * 32, links[0][3:-1] + "?id=1&hash=x", "null"]
    others = [
        "/",
        "/j",
        "/hook",
        "/hook/",
        "/hook?x=1",
        "/admin",
        "/metrics",
        "/.env",
        "/j/x/y",
        "/favicon.ico",
    ]
    return [*links, *(f"/j/{one}" for one in forged), *others]


async def ask(
    app: Any, method: str, path: str, body: bytes, headers: dict[str, str], *, client: str = "192.0.2.1"
) -> tuple[int, bytes]:
    """One request, by the door's own protocol (ASGI); nothing is on a network."""
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "scheme": "https",
        "server": ("xanha.example", 443),
        "client": (client, 1),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    said: list[dict[str, Any]] = []
    sent = False

    async def receive() -> dict[str, Any]:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    await app(scope, receive, send)
    headers_of = b" ".join(b":".join(pair) for one in said for pair in one.get("headers", []))
    return said[0]["status"], headers_of + b"".join(one.get("body", b"") for one in said)


def test_no_path_says_a_word_of_anybody_and_none_breaks(world: World) -> None:
    land: Land = world.db(lambda db: build(db, world.settings.policies()))
    links = world.db(lambda db: _links(db, land))
    assert len(links) > len(CELLS) * 3
    bot = world.app
    app = Starlette(
        routes=[
            *webhook_routes(bot.settings, bot.receiver, bot.alarm),
            *door_routes(bot.settings, bot.database, bot.clock, bot.alarm),
        ]
    )

    async def main() -> int:
        count = 0
        for path in paths(links[:6]):
            for method in METHODS:
                for at, body in enumerate(BODIES if method == "POST" else BODIES[:1]):
                    headers = {
                        "x-telegram-bot-api-secret-token": SECRETS[at % 3],
                        "origin": "https://evil.example",
                    }
                    status, page = await ask(app, method, path, body, headers)
                    count += 1
                    assert status < 500, (method, path, status)
                    marks = {one.lower() for one in MARK.findall(page.decode("utf-8", "replace"))}
                    assert not {one for one in marks if one in land.facts}, (method, path)
        return count

    count = world.run(main())
    assert count > 250
