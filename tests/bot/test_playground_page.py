"""The playground's endpoints and its page, on a stage of three phones and a program that answers by rote."""

from __future__ import annotations

import asyncio
import io
import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlencode

import httpx
import pytest
import segno
import uvicorn
from starlette.applications import Starlette

from bot.demo.web import BIGGEST_FILE, PAGE, Commune, Happening, Phone, TourStep, playground
from bot.standin import CallAnswer, StandIn, UploadedFile
from tests.bot.processes import PATIENCE
from tests.browser import CHROMIUM, in_a_browser

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SECRETARY, OSAKA, GUEST = 7001, 7002, 7003
BEGINNING = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)  # a Thursday, 8 in the morning in Vietnam
NAME = "xa_nha_demo_bot"
INVITE = f"https://t.me/{NAME}?start=loi-moi-1"


class Programmed(StandIn):
    """The stand-in with a program that answers by rote, a moment later as a real one does."""

    slow = 0.0  # seconds until a tap is answered

    def bot_calls(self, method: str, files: Mapping[str, UploadedFile] | None = None, **params: Any) -> Any:
        answer: CallAnswer = self.call(method, params, files or {})
        assert answer.status == 200, answer.body
        return answer.body["result"]

    def bot_says(self, user_id: int, text: str, **params: Any) -> int:
        sent = self.bot_calls("sendMessage", chat_id=user_id, text=text, parse_mode="HTML", **params)
        return int(sent["message_id"])

    def taps(self, user_id: int, message_id: int, data: str, *, stale: bool = False) -> str:
        callback_id = super().taps(user_id, message_id, data, stale=stale)
        answer = self.answers_tap
        asyncio.get_running_loop().call_later(self.slow, answer, user_id, message_id, data, callback_id)
        return callback_id

    def answers_tap(self, user_id: int, message_id: int, data: str, callback_id: str) -> None:
        alert = data == "alert"
        self.bot_calls(
            "answerCallbackQuery", callback_query_id=callback_id, text=f"Đã ghi: {data}", show_alert=alert
        )
        if data == "checkin:ok:1":
            text = "Đã ghi nhận: <b>mọi việc vẫn ổn</b>."
            self.bot_calls(
                "editMessageText", chat_id=user_id, message_id=message_id, text=text, parse_mode="HTML"
            )

    def says(self, user_id: int, text: str) -> int:
        message_id = super().says(user_id, text)
        if text.startswith("/start "):
            self.bot_says(user_id, f"Lời mời: <code>{text.removeprefix('/start ')}</code>")
        elif text == "/start":
            self.bot_says(user_id, "Chào đồng chí.", reply_markup=keyboard("Báo cáo", "Giúp", contact=True))
        return message_id


def keyboard(*labels: str, contact: bool = False) -> dict[str, object]:
    rows: list[list[dict[str, object]]] = [[{"text": label} for label in labels]]
    if contact:
        rows.append([{"text": "Chia sẻ số điện thoại", "request_contact": True}])
    return {"keyboard": rows, "one_time_keyboard": True, "resize_keyboard": True}


def buttons(*rows: list[tuple[str, str]]) -> dict[str, object]:
    return {
        "inline_keyboard": [
            [{"text": label, "url" if "://" in what else "callback_data": what} for label, what in row]
            for row in rows
        ]
    }


class FakeStage:
    """Three phones and a clock; every day at 19:00 in Vietnam something happens."""

    door, rooms, page = "https://xanha.example", "https://hop.xanha.example", ""

    def __init__(self) -> None:
        self.clock = BEGINNING
        self.resets = 0
        self.lang = "vi"
        self.held: set[int] = set()
        self.locks: set[int] = set()  # whose lock screen is shown
        self.telegram = self._furnished()

    def _furnished(self) -> Programmed:
        telegram = Programmed(now=lambda: self.clock, username=NAME, domain="xanha.example")
        telegram.add_user(SECRETARY, "Nguyễn Văn Hòa", phone="+84912345678")
        telegram.add_user(OSAKA, "Trần Thị Lan", phone="+819012345678")
        telegram.add_user(GUEST, "Đồng chí mới", phone="+84987654321")
        telegram.bot_calls("setMyCommands", commands=[{"command": "baocao", "description": "Báo cáo ngay"}])
        for user_id in (SECRETARY, OSAKA):
            telegram.opened_link(user_id, "da-dung")
        return telegram

    def now(self) -> datetime:
        return self.clock

    def phones(self) -> list[Phone]:
        def phone(user_id: int, name: str, vi: str, en: str, zone: str, guest: bool = False) -> Phone:
            return Phone(
                user_id=user_id,
                name=name,
                about={"vi": vi, "en": en},
                zone=zone,
                lang=self.lang,
                guest=guest,
                discreet=user_id in self.locks,
                short="Mới" if guest else "",
            )

        home = "Asia/Ho_Chi_Minh"
        return [
            phone(SECRETARY, "Nguyễn Văn Hòa", "Bí thư chi bộ thôn Đông", "Secretary of the cell", home),
            phone(OSAKA, "Trần Thị Lan", "Thực tập sinh ở Osaka", "Trainee in Osaka", "Asia/Tokyo"),
            phone(GUEST, "Đồng chí mới", "Điện thoại để tự đăng ký", "For you to register", home, guest=True),
        ]

    async def next_at(self) -> datetime | None:
        today = self.clock.replace(hour=12, minute=0)
        return today if today > self.clock else today + timedelta(days=1)

    def tour(self) -> list[TourStep]:
        return [
            TourStep(
                phone=user_id,
                title={"vi": f"Chặng {n}", "en": f"Stop {n}"},
                text={"vi": "Mời xem.", "en": "Please look."},
                does={"vi": "Cho xem", "en": "Show me"},
                locks=user_id == OSAKA,
            )
            for n, user_id in enumerate((OSAKA, SECRETARY), start=1)
        ]

    def touched(self, user_id: int) -> None:
        self.held.add(user_id)

    async def guide(self, step: int) -> list[Happening]:
        if step == 0:
            return await self.advance(None)
        raise LookupError("the visitor went another way")

    async def advance(self, by: timedelta | datetime | None) -> list[Happening]:
        until = self.clock + by if isinstance(by, timedelta) else by or await self.next_at()
        happened = []
        while until and (at := await self.next_at()) and at <= until:
            self.clock = at
            self.telegram.bot_says(
                OSAKA, f"Xa Nhà: bạn có tin.\n<tg-spoiler>Nhắc lần {at:%d/%m}.</tg-spoiler>"
            )
            happened.append(
                Happening(
                    at=at,
                    what={"vi": "Nhắc đồng chí Lan báo cáo tình hình", "en": "Reminded Lan to check in"},
                )
            )
        self.clock = until or self.clock
        return happened

    async def reset(self, lang: str) -> None:
        self.resets, self.lang = self.resets + 1, lang
        self.clock = BEGINNING
        self.telegram = self._furnished()


class HasPort(Protocol):
    @property
    def port(self) -> int: ...


class Server(uvicorn.Server):
    """uvicorn in a thread, on a port of its own."""

    def __init__(self, stage: Commune, port: int = 0) -> None:
        self.door = socket.create_server(("127.0.0.1", port))
        self.port = int(self.door.getsockname()[1])
        config = uvicorn.Config(
            Starlette(routes=playground(stage)),
            log_level="critical",
            timeout_graceful_shutdown=1,
            lifespan="off",
        )
        super().__init__(config)
        self.loop: asyncio.AbstractEventLoop | None = None

    def run_on(self) -> None:
        async def serve() -> None:
            self.loop = asyncio.get_running_loop()
            await self.serve(sockets=[self.door])

        asyncio.run(serve())

    def does(self, what: Any) -> None:
        """Runs something on the server's own thread, where the stage lives."""
        done = threading.Event()

        def act() -> None:
            what()
            done.set()

        assert self.loop
        self.loop.call_soon_threadsafe(act)
        assert done.wait(5)


@contextmanager
def serving(stage: Commune, port: int = 0) -> Iterator[Server]:
    server = Server(stage, port)
    thread = threading.Thread(target=server.run_on, daemon=True)
    thread.start()
    deadline = time.monotonic() + PATIENCE
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    try:
        yield server
    finally:
        server.should_exit = True
        thread.join(10)
        server.door.close()


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage()


@pytest.fixture
def server(stage: FakeStage) -> Iterator[Server]:
    with serving(stage) as server:
        yield server


@pytest.fixture
def web(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(
        base_url=f"http://127.0.0.1:{server.port}", timeout=PATIENCE, trust_env=False
    ) as client:
        yield client


# --- Endpoints -------------------------------------------------------------------------------------------------------


def test_the_stage_tells_who_is_there_and_what_time_it_is(web: httpx.Client) -> None:
    told = web.get("/api/stage").json()

    assert told["now"] == "2026-03-05T01:00:00Z"
    assert told["next_at"] == "2026-03-05T12:00:00Z"
    assert told["bot"] == {"username": NAME}
    assert [phone["user_id"] for phone in told["phones"]] == [SECRETARY, OSAKA, GUEST]
    assert told["phones"][1]["zone"] == "Asia/Tokyo"
    assert told["phones"][2]["guest"] is True


def test_what_a_phone_says_stands_in_its_chat_and_nowhere_else(web: httpx.Client) -> None:
    assert web.post(f"/api/chats/{GUEST}/text", json={"text": "/start"}).status_code == 200

    chat = web.get(f"/api/chats/{GUEST}").json()
    assert [message["text"] for message in chat["messages"]] == ["/start", "Chào đồng chí."]
    assert chat["reply_keyboard"]["one_time"] is True
    assert chat["commands"] == [{"command": "baocao", "description": "Báo cáo ngay"}]
    assert chat["blocked"] is False
    assert "/start" not in [message["text"] for message in web.get(f"/api/chats/{OSAKA}").json()["messages"]]


def test_one_poll_hears_all_phones_and_returns_only_what_changed(web: httpx.Client, server: Server) -> None:
    first = web.get("/api/changes").json()
    since = ",".join(f"{user}:{chat['rev']}" for user, chat in first["chats"].items())
    assert len(first["chats"]) == 3

    speaker = threading.Timer(
        0.2,
        lambda: httpx.post(f"{web.base_url}/api/chats/{GUEST}/link", json={"payload": "x1"}, trust_env=False),
    )
    began = time.monotonic()
    speaker.start()
    heard = web.get(
        "/api/changes", params={"since": since, "life": first["life"], "turn": first["turn"], "wait": 10}
    ).json()
    speaker.join()

    assert list(heard["chats"]) == [str(GUEST)]
    assert time.monotonic() - began > 0.1  # and no sooner than somebody spoke


def test_a_poll_for_one_chat_waits_and_then_returns_the_chat_as_it_is(web: httpx.Client) -> None:
    rev = web.get(f"/api/chats/{OSAKA}").json()["rev"]

    began = time.monotonic()
    again = web.get(f"/api/chats/{OSAKA}", params={"since": rev, "wait": 0.3}).json()

    assert again["rev"] == rev
    assert time.monotonic() - began >= 0.25


def test_a_jump_and_a_new_beginning_end_every_waiting_poll(web: httpx.Client) -> None:
    first = web.get("/api/changes").json()
    since = ",".join(f"{user}:{chat['rev']}" for user, chat in first["chats"].items())
    stale = {"since": since, "life": first["life"], "turn": first["turn"], "wait": 10}

    web.post("/api/time", json={"add": "hour"})
    assert web.get("/api/changes", params=stale).json()["now"] == "2026-03-05T02:00:00Z"

    web.post("/api/reset", json={})
    anew = web.get("/api/changes", params=stale).json()
    assert anew["life"] != first["life"]
    assert len(anew["chats"]) == 3


def test_a_tap_waits_for_the_answer_and_brings_its_words(
    web: httpx.Client, stage: FakeStage, server: Server
) -> None:
    stage.telegram.slow = 0.1
    server.does(
        lambda: stage.telegram.bot_says(OSAKA, "Mọi việc ổn chứ?", reply_markup=buttons([("Ổn", "ok:1")]))
    )
    message_id = web.get(f"/api/chats/{OSAKA}").json()["messages"][-1]["message_id"]

    told = web.post(f"/api/chats/{OSAKA}/tap", json={"message_id": message_id, "data": "ok:1"}).json()

    assert told == {"answered": True, "text": "Đã ghi: ok:1", "alert": False}
    unknown = web.post(f"/api/chats/{OSAKA}/tap", json={"message_id": message_id, "data": "ok:2"})
    assert unknown.status_code == 409


def test_time_moves_and_tells_what_happened(web: httpx.Client) -> None:
    told = web.post("/api/time", json={"add": "week"}).json()

    assert told["now"] == "2026-03-12T01:00:00Z"
    assert len(told["happened"]) == 7
    assert told["happened"][0] == {
        "at": "2026-03-05T12:00:00Z",
        "what": {"vi": "Nhắc đồng chí Lan báo cáo tình hình", "en": "Reminded Lan to check in"},
    }
    assert web.get("/api/changes").json()["happened"] == told["happened"]  # another window shows it too
    assert web.post("/api/time", json={"add": "next"}).json()["now"] == "2026-03-12T12:00:00Z"
    assert (
        web.post("/api/time", json={"to": "2026-03-20"}).json()["now"] == "2026-03-20T01:00:00Z"
    )  # eight in Vietnam
    for odd in (
        {"add": "year"},
        {},
        {"add": "day", "to": "2026-03-20"},
        {"to": "2026-02-30"},
        {"to": "soon"},
    ):
        assert web.post("/api/time", json=odd).status_code == 422, odd


def test_a_stop_of_the_tour_is_done_or_says_why_not(web: httpx.Client) -> None:
    assert [stop["phone"] for stop in web.get("/api/stage").json()["tour"]] == [OSAKA, SECRETARY]
    assert web.post("/api/tour", json={"step": 0}).json()["now"] == "2026-03-05T12:00:00Z"
    assert web.post("/api/tour", json={"step": 1}).status_code == 409
    assert web.post("/api/tour", json={"step": 7}).status_code == 404


def test_a_phone_in_the_visitors_hand_is_theirs(web: httpx.Client, stage: FakeStage) -> None:
    web.get(f"/api/chats/{SECRETARY}")
    assert stage.held == set()  # to look is not to touch
    web.post(f"/api/chats/{OSAKA}/text", json={"text": "a"})
    assert stage.held == {OSAKA}


def test_what_to_read_next_is_at_hand_in_both_languages(web: httpx.Client) -> None:
    for lang in ("vi", "en"):
        for name in ("readme", "member", "secretary", "officer"):
            told = web.get(f"/read/{lang}/{name}")
            assert (told.status_code, told.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert web.get("/read/vi/../../.env").status_code == 404
    assert web.get("/read/vi/env").status_code == 404


def test_phones_begin_anew_in_the_language_that_was_chosen(web: httpx.Client) -> None:
    assert web.post("/api/reset", json={"lang": "en"}).status_code == 200
    assert {phone["lang"] for phone in web.get("/api/stage").json()["phones"]} == {"en"}
    assert web.get(f"/api/chats/{OSAKA}").json()["lang"] == "en"
    assert web.post("/api/reset", json={"lang": "fr"}).status_code == 422


def test_a_blocked_bot_is_shown_as_blocked_and_can_be_unblocked(web: httpx.Client) -> None:
    web.post(f"/api/chats/{OSAKA}/block", json={})
    assert web.get("/api/stage").json()["blocked"] == [OSAKA]
    assert web.get(f"/api/chats/{OSAKA}").json()["blocked"] is True
    assert web.post(f"/api/chats/{OSAKA}/text", json={"text": "a"}).status_code == 409

    web.post(f"/api/chats/{OSAKA}/unblock", json={})
    assert web.get("/api/stage").json()["blocked"] == []


def test_a_file_goes_in_as_the_body_and_comes_out_as_a_download(web: httpx.Client) -> None:
    where = f"/api/chats/{OSAKA}/file"
    plain = {"content-type": "application/octet-stream"}
    page = b"<script>alert(1)</script>"

    sent = web.post(
        where,
        params={
            "kind": "document",
            "name": "bản kiểm điểm.html",
            "mime": "text/html",
            "caption": "Gửi chi bộ",
        },
        content=page,
        headers=plain,
    )

    assert sent.status_code == 200
    message = web.get(f"/api/chats/{OSAKA}").json()["messages"][-1]
    assert message["text"] == "Gửi chi bộ"
    got = web.get(f"/api/files/{message['document']['file_id']}")
    assert got.content == page
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''b%E1%BA%A3n")
    assert "sandbox" in got.headers["content-security-policy"]
    assert web.get("/api/files/none").status_code == 404


def test_a_picture_is_shown_inline_but_not_one_that_may_hold_a_script(web: httpx.Client) -> None:
    plain = {"content-type": "application/octet-stream"}
    for mime, shown in (("image/png", "inline"), ("image/svg+xml", "attachment")):
        web.post(
            f"/api/chats/{OSAKA}/file",
            params={"kind": "document", "name": "hinh", "mime": mime},
            content=b"x",
            headers=plain,
        )
        file_id = web.get(f"/api/chats/{OSAKA}").json()["messages"][-1]["document"]["file_id"]
        assert web.get(f"/api/files/{file_id}").headers["content-disposition"].startswith(shown)


def test_an_oversized_upload_is_refused_before_it_is_read(server: Server, web: httpx.Client) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    connection.putrequest("POST", f"/api/chats/{OSAKA}/file?kind=document&name=to.bin")
    connection.putheader("content-type", "application/octet-stream")
    connection.putheader("content-length", str(BIGGEST_FILE + 1))
    connection.endheaders()
    assert connection.getresponse().status == 413  # not a byte of it has been sent
    connection.close()

    def endless() -> Iterator[bytes]:
        for _ in range(BIGGEST_FILE // 65536 + 2):
            yield bytes(65536)

    headers = {"content-type": "application/octet-stream"}
    where = f"/api/chats/{OSAKA}/file?kind=document&name=to.bin"
    # The server may close the line while we are still sending.
    with (
        httpx.Client(base_url=web.base_url, timeout=PATIENCE, trust_env=False) as other,
        suppress(httpx.NetworkError),
    ):
        assert other.post(where, content=endless(), headers=headers).status_code == 413
    assert web.get(f"/api/chats/{OSAKA}").json()["messages"][-1]["document"] is None


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "", "[::1"])
def test_a_foreign_host_is_refused(web: httpx.Client, host: str) -> None:
    for path in ("/", "/api/stage", "/page/chat.js"):
        assert web.get(path, headers={"host": host}).status_code == 403
    assert web.post("/api/reset", json={}, headers={"host": host}).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080"])
def test_this_machine_by_any_of_its_names_is_welcome(web: httpx.Client, host: str) -> None:
    assert web.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_another_website_changes_nothing(
    web: httpx.Client, stage: FakeStage, headers: dict[str, str]
) -> None:
    assert web.post("/api/reset", json={}, headers=headers).status_code == 403
    assert stage.resets == 0


def test_a_form_that_any_website_could_post_is_refused(web: httpx.Client, stage: FakeStage) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        answer = web.post("/api/reset", content=b"{}", headers={"content-type": kind})
        assert answer.status_code == 415, kind
    where = f"/api/chats/{OSAKA}/file?kind=document&name=a"
    assert web.post(where, content=b"x", headers={"content-type": "text/plain"}).status_code == 415
    assert stage.resets == 0


def test_an_unknown_phone_is_not_found(web: httpx.Client) -> None:
    assert web.get("/api/chats/1").status_code == 404
    assert web.post("/api/chats/1/text", json={"text": "a"}).status_code == 404
    assert web.get("/api/chats/abc").status_code == 404


@pytest.mark.parametrize("body", ["{", "[]", '{"text": 1}', '{"text": "a", "more": 1}', '{"text": "  "}'])
def test_what_is_not_understood_is_refused(web: httpx.Client, body: str) -> None:
    answer = web.post(
        f"/api/chats/{OSAKA}/text", content=body, headers={"content-type": "application/json; charset=utf-8"}
    )
    assert answer.status_code == 422
    assert answer.json()["error"]


@pytest.mark.parametrize("query", ["since=7001", "since=a:b", "wait=soon&since=7001:1"])
def test_a_malformed_question_is_refused(web: httpx.Client, query: str) -> None:
    life = web.get("/api/stage").json()
    assert web.get(f"/api/changes?{query}&life={life['life']}&turn={life['turn']}").status_code == 422


def test_every_answer_is_closed_against_scripts_and_frames(web: httpx.Client) -> None:
    for path in ("/", "/page/chat.js", "/api/stage", "/api/chats/1", "/page/none"):
        headers = web.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    assert web.get("/page/../web.py").status_code == 404
    assert web.get("/page/%2e%2e%2fweb.py").status_code == 404


def test_the_page_asks_nothing_of_the_network_and_writes_no_markup() -> None:
    for path in PAGE.iterdir():
        text = path.read_text(encoding="utf-8")
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "@import"):
            assert word not in text, f"{path.name} uses {word}"
        for quote in "\"'(":
            assert f"src={quote}http" not in text
            assert f"url({quote}http" not in text
        if path.suffix == ".html":
            assert "<script>" not in text
            assert " style=" not in text


def test_the_chat_view_knows_nothing_of_the_playground() -> None:
    text = (PAGE / "chat.js").read_text(encoding="utf-8")
    assert "import " not in text
    for word in ("/api/", "fetch(", "playground.js", "advance", "next_at"):
        assert word not in text


# --- The page in a browser -------------------------------------------------------------------------------------------

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def a_page(server: HasPort, **options: Any) -> Iterator[Page]:
    from playwright.sync_api import sync_playwright  # only where a browser test runs

    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS  # Chromium refuses its sandbox to root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        page = browser.new_page(**options)
        page.set_default_timeout(PATIENCE * 1_000)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None
        )
        page.goto(f"http://127.0.0.1:{server.port}/")
        try:
            yield page
            assert complaints == []
        finally:
            browser.close()


def phone(page: Page, user_id: int) -> Locator:
    return page.locator(f"#phone-{user_id}")


def empties(field: Locator) -> None:
    """Wait until nothing stands in it any more."""
    from playwright.sync_api import expect  # only where a browser test runs

    expect(field).to_have_value("", timeout=PATIENCE * 1_000)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel"))


@pytest.mark.parametrize("browser_test", [pytest.param(None, marks=in_a_browser)])
class TestInABrowser:
    """One page for each test; every test begins on a fresh stage."""

    def test_formatting_is_drawn_as_nodes_and_never_as_markup(
        self, browser_test: None, server: Server, stage: FakeStage
    ) -> None:
        text = (
            "<b>đậm <i>nghiêng</i></b> <u>gạch</u> <s>bỏ</s> <code>mã</code> 🇻🇳 <a href='https://example.org/x'>trang</a>"
            "\n<blockquote>trích</blockquote>\n<tg-spoiler>ẩn</tg-spoiler> &lt;img src=x onerror=alert(1)&gt;"
        )
        server.does(lambda: stage.telegram.bot_says(OSAKA, text))
        with a_page(server) as page:
            words = phone(page, OSAKA).locator(".xn-words").last
            words.locator("strong > em", has_text="nghiêng").wait_for()
            for tag, shown in (
                ("u", "gạch"),
                ("s", "bỏ"),
                ("code", "mã"),
                ("a", "trang"),
                ("blockquote", "trích"),
            ):
                assert words.locator(tag).inner_text() == shown
            assert words.locator("img").count() == 0
            assert "<img src=x onerror=alert(1)>" in words.inner_text()
            words.get_by_role("button", name="Nội dung ẩn").press("Enter")
            assert words.get_by_role("button").count() == 0
            server.does(lambda: stage.telegram.bot_says(OSAKA, "Gọi +84 912 000 001 ngay."))
            number = phone(page, OSAKA).get_by_role("link", name="+84 912 000 001")
            number.wait_for()
            assert number.get_attribute("href") == "tel:+84912000001"

    def test_of_a_message_taller_than_the_screen_the_first_sentence_is_seen(
        self, browser_test: None, server: Server, stage: FakeStage
    ) -> None:
        many = buttons(*[[(f"Việc {number}", f"nav:{number}")] for number in range(12)])
        server.does(lambda: stage.telegram.bot_says(OSAKA, "Hôm nay cần gọi ai?", reply_markup=many))
        with a_page(server, viewport={"width": 400, "height": 640}) as page:
            page.locator(f"#tab-{OSAKA}").click()
            words = phone(page, OSAKA).get_by_text("Hôm nay cần gọi ai?")
            words.wait_for()
            page.wait_for_function(
                "(words) => { const box = words.getBoundingClientRect(), log = words.closest('.xn-log').getBoundingClientRect();"
                " return box.top >= log.top && box.bottom <= log.bottom; }",
                arg=words.element_handle(),
            )
            server.does(lambda: stage.telegram.bot_says(OSAKA, "Tin sau."))  # it follows what comes next
            later = phone(page, OSAKA).get_by_text("Tin sau.")
            later.wait_for()
            assert later.evaluate(
                "(words) => words.getBoundingClientRect().bottom <= words.closest('.xn-log').getBoundingClientRect().bottom + 1"
            )

    def test_a_tapped_button_turns_until_it_is_answered_and_the_message_changes_in_place(
        self, browser_test: None, server: Server, stage: FakeStage
    ) -> None:
        stage.telegram.slow = 0.5
        markup = buttons([("Mọi việc vẫn ổn", "checkin:ok:1")], [("Cần báo thêm", "alert")])
        server.does(lambda: stage.telegram.bot_says(OSAKA, "Tháng này thế nào?", reply_markup=markup))
        with a_page(server) as page:
            chat = phone(page, OSAKA)
            key = chat.get_by_role("button", name="Mọi việc vẫn ổn")
            chat.get_by_role("button", name="Cần báo thêm").click()
            page.get_by_role("button", name="Đã hiểu").click()  # an alert wants to be read
            key.click()
            assert key.get_attribute("aria-busy") == "true"
            chat.get_by_text("Đã ghi nhận").wait_for()
            assert key.count() == 0
            chat.locator(".xn-msg").last.get_by_text("đã sửa").wait_for()
            assert chat.locator(".xn-toast").inner_text() == "Đã ghi: checkin:ok:1"

    def test_a_one_time_keyboard_leaves_after_use(
        self, browser_test: None, server: Server, stage: FakeStage
    ) -> None:
        with a_page(server) as page:
            chat = phone(page, GUEST)
            chat.get_by_role("button", name="Bắt đầu").click()
            chat.get_by_role("button", name="Chia sẻ số điện thoại").click()
            chat.get_by_text("84987654321").wait_for()
            chat.get_by_role("button", name="Chia sẻ số điện thoại").wait_for(state="hidden")

    def test_an_invite_asks_on_which_phone_it_is_opened(
        self, browser_test: None, server: Server, stage: FakeStage
    ) -> None:
        share = f"https://t.me/share/url?url={INVITE.replace(':', '%3A').replace('?', '%3F')}&text=a"
        server.does(
            lambda: stage.telegram.bot_says(
                SECRETARY, f'<a href="{INVITE}">Lời mời</a>', reply_markup=buttons([("Chuyển tiếp", share)])
            )
        )
        with a_page(server) as page:
            for how in ("Lời mời", "Chuyển tiếp"):
                phone(page, SECRETARY).get_by_role("link", name=how).click()
                choices = page.locator("#open-on-phones button")
                choices.first.wait_for()
                assert [c.splitlines()[0] for c in choices.all_inner_texts()] == [
                    "Đồng chí mới",
                    "Trần Thị Lan",
                    "Nguyễn Văn Hòa",
                ]
                page.keyboard.press("Escape")
            phone(page, SECRETARY).get_by_role("link", name="Lời mời").click()
            page.locator("#open-on-phones button").first.click()
            phone(page, GUEST).get_by_text("loi-moi-1").last.wait_for()

    def test_a_personal_link_asks_whose_browser_opens_it(
        self, browser_test: None, server: Server, stage: FakeStage
    ) -> None:
        row = {"inline_keyboard": [[{"text": "Vào họp", "url": f"{stage.door}/j/abc"}]]}
        server.does(lambda: stage.telegram.bot_says(OSAKA, "Đến giờ họp.", reply_markup=row))
        with a_page(server) as page:
            for choice, user_id in enumerate((OSAKA, SECRETARY)):
                phone(page, OSAKA).get_by_role("link", name="Vào họp").click()
                page.get_by_text("Mở đường dẫn này trên điện thoại nào?").wait_for()
                with page.context.expect_page() as opened:
                    page.locator("#open-on-phones button").nth(choice).click()
                assert opened.value.url.endswith(f"/browser/{user_id}/xanha.example/j/abc")

    def test_a_login_button_is_tapped_on_its_own_phone_and_copied_to_another(
        self, browser_test: None, server: Server, stage: FakeStage
    ) -> None:
        url = f"{stage.door}/j/abc"
        row = {"inline_keyboard": [[{"text": "Vào họp riêng", "login_url": {"url": url}}]]}
        server.does(
            lambda: stage.telegram.bot_says(OSAKA, "Đến giờ.", reply_markup=row, protect_content=True)
        )
        with a_page(server) as page:
            phone(page, OSAKA).get_by_text("không chuyển tiếp được").wait_for()
            for choice, where in enumerate(
                (f"{OSAKA}/login?{urlencode({'url': url})}", f"{SECRETARY}/xanha.example/j/abc")
            ):
                phone(page, OSAKA).get_by_role("link", name="Vào họp riêng").click()
                page.get_by_text("Mở đường dẫn này trên điện thoại nào?").wait_for()
                with page.context.expect_page() as opened:
                    page.locator("#open-on-phones button").nth(choice).click()
                assert opened.value.url.endswith(f"/browser/{where}")

    def test_the_machine_moves_time_in_both_clocks_and_tells_what_happened(
        self, browser_test: None, server: Server, stage: FakeStage
    ) -> None:
        stage.locks = {OSAKA}
        with a_page(server) as page:
            page.get_by_role("button", name="Đến việc kế tiếp").click()
            page.get_by_text("Vừa diễn ra: 1 việc").wait_for()
            assert page.locator("#now-time").inner_text() == "19:00"
            assert phone(page, OSAKA).locator(".phone-time").inner_text() == "21:00"
            locked = page.get_by_role("region", name="Màn hình khóa của Trần Thị Lan")
            locked.get_by_text("Xa Nhà: bạn có tin.").wait_for()
            assert "Nhắc" not in locked.inner_text()  # a lock screen betrays nothing
            locked.get_by_role("button", name="Mở khóa").click()
            phone(page, OSAKA).get_by_text("Nhắc lần 05/03.").wait_for()
            page.get_by_role("button", name="English").click()
            page.get_by_role("button", name="Keep them as they are").click()
            page.get_by_text("Reminded Lan to check in").wait_for()
            assert (
                phone(page, OSAKA).locator("xn-chat").get_attribute("lang") == "vi"
            )  # as it is spoken there
            page.get_by_role("button", name="Start over").click()
            page.get_by_role("dialog").get_by_role("button", name="Start over").click()
            phone(page, OSAKA).get_by_text("Nhắc lần 05/03.").wait_for(state="detached")
            assert page.locator("#now-time").inner_text() == "08:00"

    def test_it_works_by_keyboard_alone(self, browser_test: None, server: Server, stage: FakeStage) -> None:
        markup = buttons([("Vẫn ổn", "checkin:ok:1"), ("Cần báo thêm", "b")], [("Để sau", "c")])
        server.does(lambda: stage.telegram.bot_says(OSAKA, "Tháng này thế nào?", reply_markup=markup))
        stage.locks = {OSAKA}
        with a_page(server) as page:
            chat = phone(page, OSAKA)
            chat.get_by_text("Tháng này thế nào?").wait_for()
            seen = set()
            for _ in range(80):
                page.keyboard.press("Tab")
                seen.add(focused(page))
                if focused(page) == "Mở khóa":
                    page.keyboard.press("Enter")
                    break
            assert {"+1 giờ", "+1 ngày", "+1 tuần", "Làm lại từ đầu", "Xem qua chín bước"} <= seen
            assert page.evaluate("document.activeElement.matches(`#phone-7002 textarea`)")
            page.keyboard.type("dòng một")
            page.keyboard.press("Shift+Enter")
            page.keyboard.type("dòng hai")
            page.keyboard.press("Enter")
            chat.get_by_text("dòng một\ndòng hai").wait_for()
            page.keyboard.press("ArrowUp")
            assert focused(page) == "Vẫn ổn"
            page.keyboard.press("ArrowRight")
            assert focused(page) == "Cần báo thêm"
            page.keyboard.press("ArrowDown")
            assert focused(page) == "Để sau"
            page.keyboard.press("Home")
            page.keyboard.press("Enter")
            chat.get_by_text("Đã ghi nhận").wait_for()
            assert "Đã ghi nhận" in focused(page)  # its buttons went, the focus stayed at the message

    def test_a_small_screen_shows_one_phone_at_a_time(
        self, browser_test: None, server: Server, stage: FakeStage
    ) -> None:
        stage.locks = {OSAKA}
        with a_page(server, viewport={"width": 360, "height": 740}, has_touch=True) as page:
            page.get_by_role("button", name="Trần Thị Lan", exact=True).click()
            assert phone(page, OSAKA).is_visible()
            assert not phone(page, SECRETARY).is_visible()
            assert page.evaluate("document.documentElement.scrollWidth") == 360
            assert not page.get_by_role("button", name="+1 tuần").is_visible()
            assert focused(page) == "Mở khóa"  # the focus went to the phone that was chosen
            page.get_by_role("button", name="Nguyễn Văn Hòa", exact=True).click()
            page.get_by_role("button", name="Tua thời gian").click()
            page.get_by_role("button", name="+1 tuần").click()
            page.get_by_text("Vừa diễn ra: 7 việc").wait_for()
            page.get_by_role("button", name="Trần Thị Lan, có tin mới").wait_for()
            page.locator("#news").get_by_role("button", name="Lan").wait_for()
            small = page.evaluate(
                "[...document.querySelectorAll('button, a')].filter((b) => b.checkVisibility() && !b.closest('.xn-words')"
                " && b.getBoundingClientRect().height < 43.5).map((b) => b.outerHTML.slice(0, 80))"
            )
            assert [each for each in small if "skip" not in each] == []

    def test_a_lost_program_is_said_and_found_again_with_nothing_typed_lost(
        self, browser_test: None, stage: FakeStage
    ) -> None:
        with ExitStack() as open_page:
            with serving(stage) as server:
                page = open_page.enter_context(a_page(server))
                page.locator(".xn-msg").first.wait_for()
            page.get_by_text("Mất kết nối với chương trình").wait_for()
            field = phone(page, OSAKA).get_by_role("textbox")
            field.fill("không được mất")
            field.press("Enter")
            phone(page, OSAKA).get_by_text("Chưa gửi được").wait_for()
            assert field.input_value() == "không được mất"
            with serving(FakeStage(), server.port):  # another life: its revisions begin anew
                page.get_by_text("Chương trình đã khởi động lại").wait_for()
                field.press("Enter")
                phone(page, OSAKA).locator(".xn-out", has_text="không được mất").wait_for()
                empties(field)  # when the answer to the request is there, too
                polls = page.evaluate("performance.getEntriesByType('resource').length")
                page.wait_for_timeout(400)
                assert page.evaluate("performance.getEntriesByType('resource').length") - polls <= 3

    def test_the_tour_leads_from_phone_to_phone_and_is_left_by_keyboard(
        self, browser_test: None, server: Server, stage: FakeStage
    ) -> None:
        stage.locks = {OSAKA}
        with a_page(server) as page:
            page.get_by_role("button", name="Xem qua chín bước").press("Enter")
            assert focused(page) == "Chặng 1"
            page.get_by_role("button", name="Cho xem").click()
            locked = page.get_by_role("region", name="Màn hình khóa của Trần Thị Lan")
            locked.get_by_text("Xa Nhà: bạn có tin.").wait_for()
            page.get_by_role("button", name="Bước sau").click()
            assert focused(page) == "Chặng 2"
            page.get_by_role("button", name="Cho xem").click()
            page.get_by_text("Bước này không còn làm được").wait_for()
            page.get_by_role("heading", name="Chặng 2").press("Escape")
            assert not page.locator("#tour").is_visible()
            assert focused(page) == "Xem qua chín bước"

    def test_a_reload_loses_neither_draft_nor_phone_nor_what_happened(
        self, browser_test: None, server: Server, stage: FakeStage
    ) -> None:
        with a_page(server, viewport={"width": 360, "height": 740}) as page:
            page.get_by_role("button", name="Tua thời gian").click()
            page.get_by_role("button", name="+1 tuần").click()
            page.get_by_text("Vừa diễn ra: 7 việc").wait_for()
            page.get_by_role("button", name="Nguyễn Văn Hòa", exact=True).click()
            phone(page, SECRETARY).get_by_role("textbox").fill("đang viết dở")
            page.reload()
            phone(page, SECRETARY).locator(".xn-msg").first.wait_for()
            assert phone(page, SECRETARY).get_by_role("textbox").input_value() == "đang viết dở"
            page.get_by_role("button", name="Tua thời gian").click()
            page.get_by_text("Vừa diễn ra: 7 việc").wait_for()

    def test_a_program_that_hangs_is_noticed_before_anything_is_typed(
        self, browser_test: None, server: Server, stage: FakeStage
    ) -> None:
        with a_page(server) as page:
            page.locator(".xn-msg").first.wait_for()
            page.route(
                "**/api/alive", lambda route: None
            )  # taken, and never answered: as a frozen program does
            page.get_by_text("Mất kết nối với chương trình").wait_for()
            page.unroute("**/api/alive")
            page.locator("#banner").wait_for(state="hidden")

    def test_four_kinds_of_content_are_shown(
        self, browser_test: None, server: Server, stage: FakeStage
    ) -> None:
        def furnish() -> None:
            picture = io.BytesIO()
            segno.make(INVITE).save(picture, kind="png", scale=6)
            telegram = stage.telegram
            photo = UploadedFile("ma.png", picture.getvalue(), "image/png")
            telegram.bot_calls(
                "sendPhoto", {"photo": photo}, chat_id=SECRETARY, photo="attach://photo", caption="Mã"
            )
            sheet = UploadedFile("danh-sach.xlsx", b"x" * 4096, "application/vnd.ms-excel")
            telegram.bot_calls(
                "sendDocument", {"document": sheet}, chat_id=SECRETARY, document="attach://document"
            )
            telegram.bot_says(SECRETARY, "Dài. " * 800)

        server.does(furnish)
        with a_page(server) as page:
            chat = phone(page, SECRETARY)
            chat.get_by_role("link", name="danh-sach.xlsx").wait_for()
            log = chat.get_by_role("log")
            begins = """(log) => {
                const last = [...log.querySelectorAll(".xn-msg")].at(-1).getBoundingClientRect().top
                    - log.getBoundingClientRect().top;
                return last > -2 && last < log.clientHeight;
            }"""  # taller than the screen: its first sentence is seen
            assert log.evaluate(begins)
            page.get_by_role("button", name="English").click()
            page.get_by_role("button", name="Start over in English").wait_for()
            page.get_by_role("button", name="Keep them as they are").click()
            assert log.evaluate(begins)
            page.get_by_role("button", name="Tiếng Việt").click()
            with page.expect_download() as download:
                chat.get_by_role("link", name="danh-sach.xlsx").click()
            assert download.value.suggested_filename == "danh-sach.xlsx"
            chat.get_by_role("button", name="Ảnh").click()
            page.get_by_role("button", name="Đóng").click()
            # Reading old messages, nobody is dragged to the end.
            log.evaluate("(log) => (log.scrollTo(0, 0), new Promise((done) => setTimeout(done, 100)))")
            server.does(lambda: stage.telegram.bot_says(SECRETARY, "Tin mới"))
            chat.get_by_role("button", name="Xuống tin mới nhất").click()
            chat.get_by_role("button", name="Xuống tin mới nhất").wait_for(state="hidden")

    def test_a_file_is_chosen_named_and_sent(
        self, browser_test: None, server: Server, stage: FakeStage, tmp_path: Path
    ) -> None:
        paper = tmp_path / "đơn xin tạm miễn.docx"
        paper.write_bytes(b"PK")
        with a_page(server) as page:
            chat = phone(page, OSAKA)
            chat.locator("input[type=file]").set_input_files(paper)
            chat.get_by_role("textbox").fill("Gửi đồng chí bí thư")
            chat.get_by_role("textbox").press("Enter")
            chat.get_by_role("link", name="đơn xin tạm miễn.docx").wait_for()
            chat.get_by_text("Gửi đồng chí bí thư").wait_for()
