"""A thousand hostile inputs over every door: each is answered or rightly passed over, nothing is stored of it, nothing breaks."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import select

from models.ground.base import Base
from tests.bot.hostile import HOSTILE_BODIES
from tests.bot.test_door import POLICY, get
from tests.bot.test_webhook import free_port, post, replica, settings, telegram
from tests.fakes import World
from tests.people import ALICE, BOB, CAROL, OFFICER, a_cell, phone_of, settle_in
from tests.phone import Phone
from tests.sizes import sized

MARKUP = (
    "<b>đậm",
    "</b></i>",
    "<script>alert(1)</script>",
    "<a href='tg://user?id=1'>x</a>",
    "&lt;&amp;&#0;&#x110000;",
    "<tg-spoiler>",
    "*_[]()~`>#+-=|{}.!",
    "<!-- -->",
    "<![CDATA[",
    "</body></html>",
)
TEMPLATES = (
    "{name}",
    "{0}",
    "{}",
    "{{}}",
    "%s %d %n",
    "${PATH}",
    "{{7*7}}",
    "{name.__class__}",
    "%(name)s",
    "#{1+1}",
)
DATABASE = (
    "'; DROP TABLE member; --",
    '" OR 1=1 --',
    "\\'",
    "%",
    "_",
    "%%__",
    "1); DELETE FROM inbox",
    "NULL",
    "\\x00",
    "$$",
)
PATHS = (
    "../../etc/passwd",
    "C:\\con\\nul.docx",
    "/dev/null",
    "a/../b",
    "~root",
    "file:///etc/passwd",
    "%2e%2e%2f",
    ".",
    "..",
)
LETTERS = (
    "\x00",
    "a\x00b",
    "\x1b[31m",
    "\x08\x08",
    "\u202eđảo",
    "\u2066\u2069",
    "\u200b\u200b",
    "\ufeff",
    "\u00ad",
    "\u3164",
    "e" + "\u0301" * 500,
    unicodedata.normalize("NFD", "Nguyễn Thị Hường"),
    "👩🏽‍🌾" * 300,
    "🇻🇳" * 200,
    "😀" * 2048,
    "ﷺ" * 900,
    "\U0010ffff",
    "\ufffe",
    "Ā" * 4096,
    "ế" * 4096,
    "\n" * 4000,
    "\t \t",
    "\u2028\u2029",
    "ß" * 4096,
    "\u0e33" * 500,
    "ｶﾞ" * 99,
)
NUMBERS = (
    "0",
    "-1",
    "٣",
    "²",
    "½",
    "1e309",
    "9" * 4000,
    str(2**80),
    "NaN",
    "Infinity",
    "0x10",
    "1_000",
    "１２",
    "-0",
    "1.5",
    "+84" + "9" * 50,
)
DAYS = (
    "31/12/9999",
    "1/1/0001",
    "29/02/2027",
    "00/00/0000",
    "2026-13-45",
    "32/1",
    "9" * 8,
    "1/1/10000",
    "30/2",
    "ngày mai",
    "31-12-9999",
    "01/01/1899",
    "5/12/2126",
)
COMMANDS = (
    "/",
    "//",
    "/start@other_bot",
    "/start " + "x" * 4000,
    "/start ../..",
    "/huy@",
    "/danhsach'",
    "/chibo\n/xuat",
    "/MENU",
    "/menu@xa_nha_demo_bot extra",
    "/khongco",
    "/start\x00",
    "/bao cao",
    "/日本",
    "/%s",
    "/dulieu:xoa",
    "/dangbo -1",
    "/start " + "A" * 43,
    "/start invite'--",
)
TEXTS = (*MARKUP, *TEMPLATES, *DATABASE, *PATHS, *LETTERS, *NUMBERS, *DAYS)
GENERATED = tuple(
    "".join(pair)
    for pair in itertools.product(
        ("<", "{", "'", "\u202e", "😀", "/"), ("b>", "}", ";--", "…", "\x00", "9" * 20)
    )
)
DATA = (
    "",
    ":",
    "::",
    "x",
    "desk",
    "desk:",
    "desk:open:",
    "desk:open:²",
    "desk:open:-1",
    f"desk:open:{2**80}",
    "nav:back~",
    "nav:resume~x",
    "nav:restart:x~1",
    "nav:restart:checkin:x~1",
    "nav:cancel:x~1",
    "nav:back:checkin~",
    "below:",
    "below:below:desk:open:1",
    "checkin:see:'--",
    "menu:go",
    "menu:go:",
    "menu:go:huy:x",
    "menu:lang",
    "menu:lang:xx",
    "roster:card:{0}",
    "data:delete:yes:yes",
    "register:confirm:1",
    "~",
    "~1",
    "a~b~c",
    "x:y:z~" + "9" * 40,
    "đảng:ủy",
    "\x00:\x00",
    "request:see:1e9",
    "review:write:",
    "secret:",
    "consent:give:x",
)
TEXT_LIMIT = 4096
# what a step may leave behind when nothing was recorded
PASSING = {
    "inbox",
    "outbox",
    "conversation",
    "form_end",
    "job_run",
    "heartbeat",
    "account",
    "trail",
    "look",
    "desk_watch",
    "secret",
}


def everything(world: World) -> dict[str, list[str]]:
    """Every row of every table that an input must not touch."""

    def look(db: Any) -> dict[str, list[str]]:
        kept = [table for table in Base.metadata.sorted_tables if table.name not in PASSING]
        return {table.name: sorted(map(repr, db.execute(select(table)))) for table in kept}

    return world.db(look)


class Attack:
    """Gives each input by one door and looks at what became of it."""

    def __init__(self, world: World) -> None:
        self.world, self.count, self._numbers = world, 0, itertools.count(20_000_000)
        self.phones = dict(
            zip((OFFICER, BOB, ALICE), settle_in(world, a_cell(world), OFFICER, BOB, ALICE), strict=True)
        )
        self.phones[CAROL] = phone_of(world, CAROL)
        self.before = everything(world)
        self._called: list[int] = []
        self._given = ""  # all that was tried: held words are shown again, with what is added to them
        world.telegram.observers.append(self._note)

    def _note(self, call: Any) -> None:
        if call.method.startswith(("send", "edit")):
            self._called.append(int(call.params["chat_id"]))
        elif call.method == "answerCallbackQuery" and call.params.get("text"):
            self._called.append(self.world.telegram.callbacks[call.params["callback_query_id"]].chat_id)

    def types(self, user: int, text: str) -> None:
        """As it may come over the wire: an app would tidy it first."""
        self.world.clock.set(
            self.world.clock() + timedelta(seconds=4)
        )  # what follows a full text at once belongs to it
        number = next(self._numbers)
        person = {"id": user, "is_bot": False, "first_name": "x"}
        message = {
            "message_id": number,
            "date": int(self.world.clock().timestamp()),
            "chat": {"id": user, "type": "private"},
            "from": person,
            "text": text,
        }
        self.world.run(self.world.app.polling.bring([{"update_id": number, "message": message}]))
        self.world.settle()

    def is_answered(self, phone: Phone, do: Any, what: str) -> None:
        before, self._called = len(phone.messages()), []
        self._given += what
        do()
        self.count += 1
        assert phone.user_id in self._called, f"no answer to {what[:60]!r}"
        assert not self.world.app.alarm.rung, f"{what[:60]!r}: {self.world.app.alarm.rung}"
        for words in (message["text"] for message in phone.messages()[before:]):
            assert "Traceback" not in words
            left = [one for one in re.findall(r"\{\w*\}", words) if one not in self._given]
            assert not left, f"a template was not filled: {left}, {words[:80]!r}"

    def nothing_is_stored(self) -> None:
        after = everything(self.world)
        assert {name for name in after if after[name] != self.before[name]} == set()


def as_typed(text: str) -> str:
    """What an app would send: one message."""
    while len(text.encode("utf-16-le", "surrogatepass")) // 2 > TEXT_LIMIT:
        text = text[: len(text) * 3 // 4]
    return text


QUESTIONS: list[tuple[int, str, tuple[str, ...]]] = [
    (ALICE, "/hotro", ("Giấy tờ", "Trong vài ngày")),
    (BOB, "/danhsach", ()),
    (BOB, "/moi", ()),
    (BOB, "/thongbao", ()),
    (ALICE, "/khaibao", ()),
]


def texts(attack: Attack) -> None:
    """Typed where nothing is asked, and as the answer to a question."""
    users = (ALICE, BOB, OFFICER)
    for place, text in enumerate((*TEXTS, *GENERATED, *COMMANDS)):
        for user in sized(users[place % 3 :][:1], users):  # by day each text is typed by one of them
            phone = attack.phones[user]
            attack.is_answered(phone, lambda user=user, text=text: attack.types(user, as_typed(text)), text)
    for place, (text, (user, command, taps)) in enumerate(itertools.product(TEXTS, QUESTIONS)):
        if place % 3:
            continue  # five questions: each of them meets every third text, each text one or two of them
        phone = attack.phones[user].says("/huy", command).taps(*taps)
        attack.is_answered(phone, lambda user=user, text=text: attack.types(user, as_typed(text)), text)
    for phone in attack.phones.values():
        phone.says("/huy")


def taps(attack: Attack) -> None:
    for user in (ALICE, BOB, OFFICER):
        phone = attack.phones[user].says("/menu")
        message_id = phone.last()["message_id"]
        for data in DATA:
            attack.is_answered(
                phone, lambda p=phone, d=data, m=message_id: p.taps_data(m, d, stale=True), data
            )


def contacts_and_files(attack: Attack) -> None:
    for user in (ALICE, BOB):
        phone = attack.phones[user]
        for number in ("x", "y", "+84911000020", "9" * 60, "٣٣٣", "'; --"):
            attack.is_answered(
                phone, lambda p=phone, n=number: p.shares_contact(phone=n, of_user_id=0), number
            )
        for name in (
            *PATHS,
            "hoa-don.pdf.exe",
            "x" * 300,
            "\u202egpj.exe",
            "{name}.docx",
            "<b>.pdf",
            "TỐI MẬT.pdf",
        ):
            for kind in ("document", "photo", "voice"):
                sent = name or "x"
                attack.is_answered(
                    phone, lambda p=phone, k=kind, n=sent: p.sends(k, n, b"MZ\x90", caption=n), name
                )


def foreign_updates() -> Iterator[dict[str, Any]]:
    """Of kinds that were never asked for, about chats and messages that nobody knows."""
    person = {"id": ALICE, "is_bot": False, "first_name": "x"}
    group = {"id": -100, "type": "supergroup", "title": "x"}
    shapes: list[dict[str, Any]] = [
        {"poll": {"id": "1"}},
        {"poll_answer": {"poll_id": "1", "user": person, "option_ids": []}},
        {"inline_query": {"id": "1", "from": person, "query": "x", "offset": ""}},
        {"chosen_inline_result": {"result_id": "1", "from": person, "query": "x"}},
        {"channel_post": {"message_id": 1, "chat": group, "text": "x"}},
        {"chat_join_request": {"chat": group, "from": person}},
        {"message_reaction": {"chat": group}},
        {"shipping_query": {"id": "1"}},
        {"business_message": {"chat": group}},
        {"edited_channel_post": {"chat": group}},
        {"unheard_of": [[[]]]},
        {},
        {"message": {"message_id": 1, "chat": group, "from": person, "text": "/chibo"}},
        {"edited_message": {"message_id": 1, "chat": group, "from": person, "text": "/xuat"}},
        {"my_chat_member": {"chat": group, "from": person, "new_chat_member": {"status": "administrator"}}},
        {"callback_query": {"id": "1", "from": person, "data": "desk:open:1"}},
        {
            "callback_query": {
                "id": "1",
                "from": person,
                "data": "x",
                "message": {"message_id": 0, "date": 0, "chat": group},
            }
        },
    ]
    for shape, again in itertools.product(shapes, range(6)):
        yield {"update_id": 10_000_000 + 100 * shapes.index(shape) + again, **shape}


def updates(attack: Attack) -> None:
    sent = list(foreign_updates())
    said = {user: len(phone.messages()) for user, phone in attack.phones.items()}
    attack.world.run(attack.world.app.polling.bring(sent))
    attack.world.settle()
    attack.count += len(sent)
    assert not attack.world.app.alarm.rung
    assert said == {user: len(phone.messages()) for user, phone in attack.phones.items()}


def strangers(attack: Attack) -> None:
    """A stranger learns nothing, whatever they send: a neutral sentence, a few times, then silence."""
    carol = attack.phones[CAROL].says("/start")
    for text in (*COMMANDS, *TEXTS):
        attack.types(CAROL, as_typed(text))
        attack.count += 1
    for data in DATA:
        carol.taps_data(1, data, stale=True)
        attack.count += 1
    for secret in ("Đông", "An Bình", "đồng chí", "chi bộ", "Nguyễn Thị An"):
        assert secret not in "".join(message["text"] for message in carol.messages())
    assert not attack.world.app.alarm.rung


@pytest.mark.long
@pytest.mark.parametrize(
    ("doors", "least"), [((texts,), sized(200, 600)), ((taps, contacts_and_files, updates, strangers), 400)]
)
def test_a_thousand_hostile_inputs_by_telegram_are_answered_and_nothing_is_stored(
    sqlite_url: str, doors: tuple[Callable[[Attack], None], ...], least: int
) -> None:
    with World.open(sqlite_url) as world:
        attack = Attack(world)
        for door in doors:
            before = attack.count
            door(attack)
            attack.nothing_is_stored()
            sys.stdout.write(f"\n{door.__name__}: {attack.count - before} hostile inputs by Telegram\n")
        assert attack.count >= least


@pytest.mark.long
def test_hostile_calls_of_the_server_are_refused_and_leave_nothing(
    sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async def main() -> int:
        count = 0
        async with telegram() as (_, url):
            chosen = settings(sqlite_url, url, free_port()).model_copy(update={"attendance": POLICY})
            async with replica(chosen) as app:
                for body in HOSTILE_BODIES:
                    assert await post(app, body or b" ") == 400
                    count += 1
                for text in (*TEXTS, *GENERATED):
                    body = json.dumps({"update_id": "x", "message": {"text": text}}).encode()
                    assert await post(app, body) == 400
                    path = f"/j/{quote(text.encode('utf-8', 'replace'), safe='')[:6000]}"
                    for method in ("GET", "POST"):
                        status, headers, words = await get(
                            app, path, method=method, Cookie="j=x", Referer="x"
                        )
                        is_page = (
                            text.strip() == ".." and method == "GET"
                        )  # a path that leads up to the page's way in
                        assert is_page or status in (403, 404, 405, 429, 400), (status, text[:40])
                        assert "Location" not in headers
                        assert "Traceback" not in words
                    count += 3
                for header in (
                    {"Cookie": "j=" + "x" * 4000},
                    {"Origin": "%00"},
                    {"X_Forwarded_For": "'; --"},
                    {"Purpose": "\t"},
                ):
                    for token in ("A" * 32, "-" * 32, "_" * 32, "A" * 31, "A" * 33):
                        assert (await get(app, f"/j/{token}", **header))[0] in (204, 403, 429)
                        count += 1
                assert not app.alarm.rung
                assert "Traceback" not in "".join(capsys.readouterr())
        return count

    count = asyncio.run(main())
    sys.stdout.write(f"\n{count} hostile calls by HTTP\n")
    assert count > 300
