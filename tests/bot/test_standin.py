"""The stand-in for Telegram, driven by a real telegram.Bot and by people with phones."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from PIL import Image
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.standin import (
    CONNECT,
    DELIVERED_THEN_RESET,
    TIMEOUT_AFTER,
    TIMEOUT_BEFORE,
    BotCall,
    ConnectionLost,
    NeverConnected,
    ReadTimedOut,
    StandIn,
    UploadedFile,
    flood,
    server_error,
)
from bot.standin.request import StandInRequest

T = TypeVar("T")
ALICE, BOB, STRANGER = 101, 102, 999


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def goes_on(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def standin(clock: Clock) -> StandIn:
    """Alice has started the bot; Bob has not."""
    world = StandIn(now=clock)
    world.add_user(ALICE, "Ánh", "Nguyễn", phone="+84912345678")
    world.add_user(BOB, "Bình")
    world.says(ALICE, "/start")
    return world


def a_bot(standin: StandIn, token: str | None = None) -> Bot:
    return Bot(
        token or standin.token, request=StandInRequest(standin), get_updates_request=StandInRequest(standin)
    )


def with_bot(standin: StandIn, act: Callable[[Bot], Awaitable[T]]) -> T:
    async def main() -> T:
        async with a_bot(standin) as bot:
            return await act(bot)

    return asyncio.run(main())


def said(standin: StandIn, **params: Any) -> str:
    """What Telegram says to a sendMessage: a refusal, or "ok"."""
    body = standin.call("sendMessage", {"chat_id": ALICE, "text": "a", **params}).body
    return "ok" if body["ok"] else body["description"]


def buttons(*data: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Bấm", "callback_data": one} for one in data]]}


def a_picture(width: int = 60, height: int = 40) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


# -- through python-telegram-bot ------------------------------------------------------------------


def test_a_message_reaches_the_phone_with_its_formatting(standin: StandIn) -> None:
    sent = with_bot(standin, lambda bot: bot.send_message(ALICE, "👋 <b>Chào</b> ", parse_mode="HTML"))
    assert (sent.text, sent.entities[0].offset, sent.parse_entity(sent.entities[0])) == ("👋 Chào", 3, "Chào")
    seen = standin.history(ALICE)[-1]
    assert (seen["from"], seen["text"]) == ("bot", "👋 Chào")
    assert seen["entities"] == [{"type": "bold", "offset": 3, "length": 4}]
    assert (seen["photo"], seen["inline_keyboard"], seen["edited"]) == (None, [], False)


def test_every_act_of_a_person_is_an_update_that_the_library_reads(standin: StandIn) -> None:
    async def act(bot: Bot) -> tuple[Update, ...]:
        sent = await bot.send_message(ALICE, "?", reply_markup=InlineKeyboardMarkup.from_button(_OK))
        standin.taps(ALICE, sent.message_id, "x:ok")
        mine = standin.says(ALICE, "Chào /menu")
        standin.edits(ALICE, mine, "Chào lại")
        standin.shares_contact(ALICE)
        standin.sends_location(ALICE)
        standin.sends_sticker(ALICE)
        for kind in ("photo", "voice", "document", "video", "audio"):
            standin.sends_file(ALICE, kind, f"a.{kind}", b"data", caption="xem")
        standin.says_in_group(-500, ALICE, "cả nhóm ơi")
        standin.blocks(ALICE)
        standin.unblocks(ALICE)
        return await bot.get_updates()

    updates = with_bot(standin, act)
    assert [update.update_id for update in updates] == list(
        range(updates[0].update_id, updates[0].update_id + len(updates))
    )
    start, tap, text, edit, contact, place, sticker, photo, voice, paper, video, audio, group, off, on = (
        updates
    )
    assert start.message
    assert start.message.entities[0].type == "bot_command"
    assert start.effective_user
    assert start.effective_user.full_name == "Ánh Nguyễn"
    assert tap.callback_query
    assert tap.callback_query.data == "x:ok"
    assert isinstance(tap.callback_query.message, Message)
    assert text.message
    assert text.message.entities[0].offset == 5
    assert edit.edited_message
    assert edit.edited_message.edit_date
    assert contact.message
    assert contact.message.contact
    assert contact.message.contact.user_id == ALICE
    assert contact.message.contact.phone_number == "84912345678"
    assert place.message
    assert place.message.location
    assert sticker.message
    assert sticker.message.sticker
    assert photo.message
    assert photo.message.photo[-1].width == 1280
    assert photo.message.caption == "xem"
    assert voice.message
    assert voice.message.voice
    assert paper.message
    assert paper.message.document
    assert paper.message.document.file_name == "a.document"
    assert video.message
    assert video.message.video
    assert audio.message
    assert audio.message.audio
    assert group.effective_chat
    assert group.effective_chat.type == "supergroup"
    assert off.my_chat_member
    assert off.my_chat_member.new_chat_member.status == "kicked"
    assert on.my_chat_member
    assert on.my_chat_member.new_chat_member.status == "member"


_OK = InlineKeyboardButton("Ổn", callback_data="x:ok")


def test_a_file_goes_there_and_back(standin: StandIn) -> None:
    async def act(bot: Bot) -> bytes:
        await bot.send_document(
            ALICE, b"PK-data", filename="mẫu.xlsx", caption="<i>Mẫu</i>", parse_mode="HTML"
        )
        standin.sends_file(ALICE, "document", "danh sách.xlsx", b"rows")
        document = (await bot.get_updates())[-1].message.document  # type: ignore[union-attr]
        return bytes(await (await document.get_file()).download_as_bytearray())  # type: ignore[union-attr]

    assert with_bot(standin, act) == b"rows"
    sent = standin.history(ALICE)[1]
    assert (sent["text"], sent["document"]["file_name"]) == ("Mẫu", "mẫu.xlsx")
    name, mime, data = standin.file(sent["document"]["file_id"])
    assert (name, mime.endswith("sheet"), data) == ("mẫu.xlsx", True, b"PK-data")


def test_a_photo_is_measured_and_can_be_sent_again_by_its_id(standin: StandIn) -> None:
    async def act(bot: Bot) -> Message:
        first = await bot.send_photo(ALICE, a_picture())
        return await bot.send_photo(ALICE, first.photo[-1].file_id)

    assert with_bot(standin, act).photo[-1].width == 60
    assert standin.history(ALICE)[-1]["photo"] == standin.history(ALICE)[-2]["photo"]


def test_reply_keyboards_come_and_go(standin: StandIn) -> None:
    button = KeyboardButton("Gửi số", request_contact=True)

    async def ask(bot: Bot) -> None:
        await bot.send_message(
            ALICE, "Số?", reply_markup=ReplyKeyboardMarkup([[button]], one_time_keyboard=True)
        )

    with_bot(standin, ask)
    assert standin.reply_keyboard(ALICE) == {
        "keyboard": [[{"text": "Gửi số", "request_contact": True}]],
        "one_time": True,
    }
    standin.shares_contact(ALICE)
    assert standin.reply_keyboard(ALICE) is None
    with_bot(standin, ask)
    with_bot(standin, lambda bot: bot.send_message(ALICE, "Thôi", reply_markup=ReplyKeyboardRemove()))
    assert standin.reply_keyboard(ALICE) is None


def test_the_menu_is_found_from_the_narrowest_scope_outwards(standin: StandIn) -> None:
    async def act(bot: Bot) -> None:
        await bot.set_my_commands([BotCommand("menu", "Menu")])
        await bot.set_my_commands([BotCommand("menu", "Main screen")], language_code="en")
        await bot.set_my_commands([BotCommand("chibo", "Chi bộ")], scope=BotCommandScopeChat(ALICE))

    with_bot(standin, act)
    names = [standin.commands_for(who, lang)[0]["description"] for who, lang in _WHO]
    assert names == ["Chi bộ", "Menu", "Main screen"]


_WHO = [(ALICE, "en"), (BOB, "vi"), (BOB, "en")]


def test_a_wrong_token_is_unauthorized(standin: StandIn) -> None:
    with pytest.raises(InvalidToken, match="Unauthorized"):
        asyncio.run(a_bot(standin, "2:other").get_me())


def test_an_unknown_method_is_not_found(standin: StandIn) -> None:
    assert standin.call("sendNonsense", {}).body == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found",
    }


# -- texts and buttons ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("params", "answer"),
    [
        ({"text": "a" * 4096}, "ok"),
        ({"text": "a" * 4097}, "Bad Request: message is too long"),
        ({"text": "👍" * 2048}, "ok"),
        ({"text": "👍" * 2049}, "Bad Request: message is too long"),
        ({"text": "<b>" + "a" * 4096 + "</b>", "parse_mode": "HTML"}, "ok"),
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": " \n\u200b "}, "Bad Request: message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "Bad Request: message text is empty"),
        (
            {"text": "<x>", "parse_mode": "HTML"},
            'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0',
        ),
        ({"parse_mode": "RTF"}, "Bad Request: unsupported parse_mode"),
        ({"chat_id": STRANGER}, "Bad Request: chat not found"),
        ({"chat_id": "@nobody"}, "Bad Request: chat not found"),
        ({"chat_id": ""}, "Bad Request: chat_id is empty"),
        ({"chat_id": str(ALICE)}, "ok"),
        ({"chat_id": BOB}, "Forbidden: bot can't initiate conversation with a user"),
        ({"reply_markup": buttons("đ" * 32)}, "ok"),
        ({"reply_markup": buttons("đ" * 32 + "x")}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"reply_markup": buttons("")}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"reply_markup": '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}'}, "ok"),
        ({"reply_markup": "{"}, "Bad Request: can't parse reply keyboard markup JSON object"),
        ({"reply_markup": "[]"}, "Bad Request: object expected as reply markup"),
        ({"reply_parameters": {"message_id": 77}}, "Bad Request: message to be replied not found"),
        ({"entities": [{"type": "bold", "offset": 0, "length": 1}]}, "ok"),
        (
            {"entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "Bad Request: entity beginning or end is outside of the message text",
        ),
    ],
)
def test_what_may_be_sent(standin: StandIn, params: dict[str, Any], answer: str) -> None:
    assert said(standin, **params) == answer


@pytest.mark.parametrize(
    ("button", "trouble"),
    [
        ({"text": "a"}, "Text buttons are unallowed in the inline keyboard"),
        ({"callback_data": "a"}, 'Can\'t find field "text"'),
        ({"text": "a", "callback_data": "a", "url": "https://a.vn"}, "Exactly one action is expected"),
        ({"text": "a", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid"),
        ({"text": "a", "url": "http://localhost:80/"}, "Wrong HTTP URL"),
        ({"text": "a", "login_url": {}}, 'Can\'t find field "url"'),
        ({"text": "a", "login_url": {"url": "http://a.vn/"}}, "Wrong HTTP URL"),
        ({"text": "a", "login_url": {"url": "https://a.vn/"}}, "BOT_DOMAIN_INVALID"),
    ],
)
def test_an_inline_button_has_a_text_and_one_action(
    standin: StandIn, button: dict[str, Any], trouble: str
) -> None:
    assert trouble in said(standin, reply_markup={"inline_keyboard": [[button]]})


def test_captions_end_at_1024(standin: StandIn) -> None:
    file = {"document": UploadedFile("a.txt", b"a")}
    answers = [
        standin.call("sendDocument", {"chat_id": ALICE, "caption": "a" * length}, file).status
        for length in (1024, 1025)
    ]
    assert answers == [200, 400]


@pytest.mark.parametrize(
    ("method", "upload", "status"),
    [
        ("sendDocument", UploadedFile("a.bin", bytes(50 * 1024 * 1024 + 1)), 413),
        ("sendPhoto", UploadedFile("a.png", bytes(10 * 1024 * 1024 + 1)), 400),
        ("sendPhoto", UploadedFile("a.png", b"no picture"), 400),
        ("sendPhoto", UploadedFile("a.png", a_picture(1, 30)), 400),
        ("sendDocument", UploadedFile("a.bin", b""), 400),
    ],
)
def test_uploads_that_are_refused(standin: StandIn, method: str, upload: UploadedFile, status: int) -> None:
    kind = method.removeprefix("send").lower()
    assert standin.call(method, {"chat_id": ALICE}, {kind: upload}).status == status


def test_big_files_cannot_be_fetched_by_the_bot(standin: StandIn) -> None:
    standin.sends_file(ALICE, "video", "a.mp4", b"x", claimed_size=20 * 1024 * 1024 + 1)
    file_id = standin.history(ALICE)[-1]["video"]["file_id"]
    assert standin.call("getFile", {"file_id": file_id}).body["description"] == "Bad Request: file is too big"


def test_only_people_whom_the_bot_has_met_can_be_mentioned(standin: StandIn) -> None:
    text = f'<a href="tg://user?id={BOB}">Bình</a> <a href="tg://user?id={STRANGER}">ai</a>'
    sent = with_bot(standin, lambda bot: bot.send_message(ALICE, text, parse_mode="HTML"))
    assert [entity.user and entity.user.id for entity in sent.entities] == [BOB]


def test_a_phone_sends_no_empty_and_no_endless_message(standin: StandIn) -> None:
    for text in (" ", "a" * 4097):
        with pytest.raises(ValueError, match="the app"):
            standin.says(ALICE, text)


# -- edits, deletions, taps -----------------------------------------------------------------------


def edited(standin: StandIn, message_id: int, **params: Any) -> str:
    body = standin.call("editMessageText", {"chat_id": ALICE, "message_id": message_id, **params}).body
    return "ok" if body["ok"] else body["description"]


def test_an_edit_must_change_something(standin: StandIn) -> None:
    sent = standin.call("sendMessage", {"chat_id": ALICE, "text": "a", "reply_markup": buttons("x")})
    number = sent.body["result"]["message_id"]
    assert "message is not modified" in edited(standin, number, text="a", reply_markup=buttons("x"))
    assert edited(standin, number, text="a") == "ok"  # the buttons went
    assert standin.history(ALICE)[-1]["inline_keyboard"] == []
    assert standin.history(ALICE)[-1]["edited"] is False
    assert edited(standin, number, text="b") == "ok"
    assert standin.history(ALICE)[-1]["edited"] is True


def test_what_cannot_be_edited(standin: StandIn) -> None:
    reply = {"keyboard": [["Có"]]}
    asked = standin.call("sendMessage", {"chat_id": ALICE, "text": "a", "reply_markup": reply})
    paper = standin.call("sendDocument", {"chat_id": ALICE}, {"document": UploadedFile("a", b"a")})
    assert edited(standin, 12345, text="b") == "Bad Request: message to edit not found"
    assert edited(standin, 1, text="b") == "Bad Request: message can't be edited"
    number = asked.body["result"]["message_id"]
    assert edited(standin, number, text="b") == "Bad Request: message can't be edited"
    number = paper.body["result"]["message_id"]
    assert edited(standin, number, text="b") == "Bad Request: there is no text in the message to edit"


def test_messages_can_be_deleted_for_two_days(standin: StandIn, clock: Clock) -> None:
    def delete(number: int) -> Any:
        return standin.call("deleteMessage", {"chat_id": ALICE, "message_id": number}).body.get("description")

    early, late = standin.says(ALICE, "một"), standin.says(ALICE, "hai")
    assert delete(early) is None
    assert delete(early) == "Bad Request: message to delete not found"
    clock.goes_on(hours=48)
    assert delete(late) == "Bad Request: message can't be deleted for everyone"
    assert [message["text"] for message in standin.history(ALICE)] == ["/start", "hai"]


def test_a_tap_is_answered_once_and_in_time(standin: StandIn, clock: Clock) -> None:
    sent = standin.call("sendMessage", {"chat_id": ALICE, "text": "a", "reply_markup": buttons("x")})
    number = sent.body["result"]["message_id"]
    tap, late_tap = standin.taps(ALICE, number, "x"), standin.taps(ALICE, number, "x")
    assert standin.toast(tap) is None
    assert standin.call("answerCallbackQuery", {"callback_query_id": tap, "text": "Đã ghi"}).status == 200
    assert standin.toast(tap) == {"text": "Đã ghi", "show_alert": False}
    clock.goes_on(minutes=16)
    for expired in (tap, late_tap, "nonsense"):
        answer = standin.call("answerCallbackQuery", {"callback_query_id": expired})
        assert "query is too old" in answer.body["description"]


def test_only_buttons_that_are_there_can_be_tapped_unless_the_phone_is_behind(standin: StandIn) -> None:
    with pytest.raises(LookupError):
        standin.taps(ALICE, 1, "x")
    standin.taps(ALICE, 4711, "x", stale=True)
    [update] = with_bot(standin, lambda bot: bot.get_updates(offset=-1))
    assert update.callback_query
    assert update.callback_query.message
    assert not update.callback_query.message.is_accessible


# -- people who are not there ---------------------------------------------------------------------


def test_a_blocked_bot_is_told_so_until_it_is_unblocked(standin: StandIn) -> None:
    standin.blocks(ALICE)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        with_bot(standin, lambda bot: bot.send_message(ALICE, "a"))
    with pytest.raises(ValueError, match="has blocked"):
        standin.says(ALICE, "a")
    standin.unblocks(ALICE)
    assert said(standin) == "ok"
    standin.deactivates(ALICE)
    assert said(standin) == "Forbidden: user is deactivated"


# -- receiving ------------------------------------------------------------------------------------


def test_an_offset_confirms_and_a_limit_limits(standin: StandIn) -> None:
    standin.says(ALICE, "hai")
    first, second = standin.call("getUpdates", {}).body["result"]
    assert standin.call("getUpdates", {"limit": "1"}).body["result"] == [first]
    assert standin.call("getUpdates", {"offset": second["update_id"]}).body["result"] == [second]
    assert standin.call("getUpdates", {"offset": second["update_id"] + 1}).body["result"] == []


def test_only_allowed_kinds_of_update_are_kept(standin: StandIn) -> None:
    standin.call("getUpdates", {"allowed_updates": '["callback_query"]', "offset": -1})
    standin.says(ALICE, "hai")
    assert len(standin.call("getUpdates", {}).body["result"]) == 1  # what was there before stays


def test_a_waiting_poll_is_woken_by_an_update(standin: StandIn) -> None:
    async def main() -> list[Any]:
        async with a_bot(standin) as bot:
            old = await bot.get_updates(offset=-1)
            waiting = asyncio.create_task(bot.get_updates(offset=old[-1].update_id + 1, timeout=30))
            await asyncio.sleep(0.01)
            standin.says(ALICE, "đây")
            return [update.message and update.message.text for update in await waiting]

    assert asyncio.run(main()) == ["đây"]


def test_a_second_poll_ends_the_first(standin: StandIn) -> None:
    async def main() -> None:
        async with a_bot(standin) as bot:
            await bot.get_updates(offset=10**9)
            first = asyncio.create_task(bot.get_updates(timeout=30))
            await asyncio.sleep(0.01)
            second = asyncio.create_task(bot.get_updates(timeout=30))
            with pytest.raises(Conflict, match="terminated by other getUpdates request"):
                await first
            standin.says(ALICE, "a")
            assert len(await second) == 1

    asyncio.run(main())


def test_polling_beside_a_webhook_is_a_conflict(standin: StandIn) -> None:
    async def act(bot: Bot) -> None:
        with pytest.raises(BadRequest, match="this machine only"):
            await bot.set_webhook("https://example.com/hook")
        await bot.set_webhook("http://127.0.0.1:9/hook")
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        assert (await bot.get_webhook_info()).pending_update_count == 1
        await bot.delete_webhook(drop_pending_updates=True)
        assert await bot.get_updates() == ()

    with_bot(standin, act)


def test_a_webhook_ends_a_waiting_poll(standin: StandIn) -> None:
    async def main() -> None:
        async with a_bot(standin) as bot:
            await bot.get_updates(offset=10**9)
            waiting = asyncio.create_task(bot.get_updates(timeout=30))
            await asyncio.sleep(0.01)
            await bot.set_webhook("http://127.0.0.1:9/hook")
            with pytest.raises(Conflict, match="terminated by setWebhook request"):
                await waiting

    asyncio.run(main())


def test_a_page_is_told_when_a_chat_changes(standin: StandIn) -> None:
    async def main() -> None:
        seen = standin.revision(ALICE)
        assert not await standin.wait_change(ALICE, seen, 0.01)
        waiting = asyncio.create_task(standin.wait_change(ALICE, seen, 30))
        await asyncio.sleep(0)
        said(standin)
        assert await waiting
        assert standin.revision(ALICE) > seen

    asyncio.run(main())


# -- faults and pace ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "error", "cause", "arrives"),
    [
        (CONNECT, NetworkError, NeverConnected, False),
        (TIMEOUT_BEFORE, TimedOut, ReadTimedOut, False),
        (TIMEOUT_AFTER, TimedOut, ReadTimedOut, True),
        (DELIVERED_THEN_RESET, NetworkError, ConnectionLost, True),
        (server_error(502), NetworkError, type(None), False),
        (flood(3), RetryAfter, type(None), False),
    ],
)
def test_a_fault_looks_to_the_bot_as_it_would_over_the_wire(
    standin: StandIn,
    monkeypatch: pytest.MonkeyPatch,
    fault: Any,
    error: type[Exception],
    cause: type,
    arrives: bool,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # RetryAfter warns without it
    standin.fail("sendMessage", chat_id=ALICE, fault=fault)
    with pytest.raises(error) as met:
        with_bot(standin, lambda bot: bot.send_message(ALICE, "một lần"))
    assert type(met.value.__cause__) is cause
    assert (standin.history(ALICE)[-1]["text"] == "một lần") is arrives
    assert said(standin) == "ok"  # once only


def test_a_fault_waits_for_its_own_chat_and_counts(standin: StandIn) -> None:
    standin.says(BOB, "/start")
    standin.fail("sendMessage", chat_id=BOB, times=2, fault="flood:7")
    assert said(standin) == "ok"
    refused = standin.call("sendMessage", {"chat_id": str(BOB), "text": "a"})
    assert (refused.status, refused.body["parameters"]) == (429, {"retry_after": 7})
    assert said(standin, chat_id=BOB) == "Too Many Requests: retry after 7"
    assert said(standin, chat_id=BOB) == "ok"


def test_whoever_sends_too_fast_is_told_to_wait(clock: Clock) -> None:
    strict = StandIn(now=clock, pace=True)
    people = range(1, 41)
    for person in people:
        strict.add_user(person, "A")
        strict.says(person, "a")
    answers = [said(strict, chat_id=person) for person in people]
    assert answers.count("ok") == 30
    assert answers[-1] == "Too Many Requests: retry after 1"
    clock.goes_on(seconds=5)
    burst = [said(strict, chat_id=1) for _ in range(4)]
    assert burst == ["ok"] * 3 + ["Too Many Requests: retry after 1"]
    clock.goes_on(seconds=1)
    assert said(strict, chat_id=1) == "ok"


def test_every_call_is_remembered_and_told_to_observers(standin: StandIn) -> None:
    seen: list[BotCall] = []
    standin.observers.append(seen.append)
    standin.call("sendDocument", {"chat_id": ALICE}, {"document": UploadedFile("a.txt", b"abc")})
    assert seen == [BotCall("sendDocument", {"chat_id": ALICE}, {"document": ("a.txt", 3)}, 200)]
    assert standin.calls[-1] is seen[0]


def test_memory_is_bounded(standin: StandIn) -> None:
    for number in range(600):
        said(standin, text=str(number))
    assert [message["text"] for message in standin.history(ALICE)][::499] == ["100", "599"]
