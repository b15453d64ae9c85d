"""Kind 4: commands and taps: one answer, never two, never none."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.delivery.conversation import Conversation, FormEnd, current_conversation, drop_old_conversation
from models.phrases import common
from tests.absences import Chain
from tests.fakes import World
from tests.people import (
    ALICE,
    BOB,
    CAROL,
    DAN,
    DEPUTY,
    NUMBERS,
    a_cell,
    agree_to_all,
    invite,
    phone_of,
    settle_in,
)
from tests.phone import Phone
from tests.sizes import sized


def messages_after(phone: Phone, before: int) -> int:
    return len(phone.messages()) - before


# --- the second tap -------------------------------------------------------------------------------------------------


def test_the_second_tap_of_a_double_tap_is_swallowed(world: World) -> None:
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    bob.says("/moi", "Phạm Thị Lan", "1990")
    for label in ("Bỏ qua", "Tại địa phương", "Lưu"):
        if label.lower() not in " ".join(bob.buttons()).lower():
            continue
        message, data = bob.button_data(label)
        bob.taps(label)
        count = len(bob.messages())
        bob.reads()
        bob.taps_data(message, data, stale=True)
        assert bob.reads() == "", label
        assert messages_after(bob, count) == 0


def test_a_double_tap_at_the_end_of_registering_says_nothing_more(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    alice.opens_link(invite(world, cell.alice)).taps("Đúng, liên kết", "Đã hiểu")
    while "Đồng ý" in alice.buttons():
        message, data = alice.button_data("Đồng ý")
        alice.taps("Đồng ý")
        alice.reads()
        alice.taps_data(message, data, stale=True)
        assert alice.reads() == ""
    alice.shares_contact().taps("Đúng")
    message, data = alice.button_data("Đúng giờ này")
    alice.taps("Đúng giờ này")
    alice.reads()
    alice.taps_data(message, data, stale=True)
    assert alice.reads() == ""


def test_the_buttons_of_a_question_that_was_asked_again_all_answer_it(world: World) -> None:
    """One double tap locked a person out: the newest button was always the older one by the time it was tapped."""
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    alice.opens_link(invite(world, cell.alice)).taps("Đúng, liên kết", "Đã hiểu")
    old = alice.button_data("Không đồng ý")
    alice.taps("Đồng ý").reads()
    before = len(alice.messages())
    for _ in range(10):  # impatient, on a phone that still shows the first question
        world.wait(timedelta(seconds=4))
        alice.taps_data(*old, stale=True)
        assert "câu hỏi cũ" in alice.reads()
    assert messages_after(alice, before) == 1, "the question is asked again once"
    first_copy = min(
        m["message_id"]
        for m in alice.messages()
        if any(b["text"] == "Đồng ý" for row in m["inline_keyboard"] for b in row)
    )
    data = next(
        b["callback_data"]
        for m in alice.messages()
        if m["message_id"] == first_copy
        for row in m["inline_keyboard"]
        for b in row
        if b["text"] == "Đồng ý"
    )
    assert "số điện thoại" in alice.taps_data(first_copy, data).reads().lower()


def test_a_button_of_a_form_left_by_a_command_goes_on_with_it(world: World) -> None:
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    bob.says("/moi", "Phạm Thị Lan")
    back = bob.button_data("Quay lại")
    bob.says("/menu").reads()
    assert "Họ và tên" in bob.taps_data(*back).reads() or "họ tên" in bob.reads().lower()
    row = world.db(lambda db: current_conversation(db, chat_address(BOB)))
    assert row is not None


def test_cancel_under_a_form_that_is_over_stops_no_other(world: World) -> None:
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    bob.says("/moi")
    cancel = bob.button_data("Hủy")
    bob.says("/huy", "/nhap")
    assert world.db(lambda db: current_conversation(db, chat_address(BOB))) is not None
    assert "đồng chí đã dừng" in bob.taps_data(*cancel).reads()
    assert world.db(lambda db: current_conversation(db, chat_address(BOB))) is not None


def test_an_old_button_says_whether_its_form_was_sent_stopped_or_has_expired(world: World) -> None:
    cell = a_cell(world)
    bob, alice = settle_in(world, cell, BOB, ALICE)
    Chain(world, cell, cell.alice).files().is_approved()
    alice.says("/khaibao").taps("Tôi đã trở về")
    today = alice.button_data("Hôm nay")
    alice.taps("Hôm nay")
    world.wait(timedelta(seconds=10))
    assert "đồng chí đã gửi xong" in alice.taps_data(*today, stale=True).reads()

    bob.says("/moi", "Phạm Thị Lan")
    first = bob.button_data("Quay lại")
    bob.says("/huy")
    assert "đồng chí đã dừng; nội dung không được gửi" in bob.taps_data(*first, stale=True).reads()

    bob.says("/moi", "Lê Văn Khác")
    second = bob.button_data("Quay lại")
    nobody_comes_back(world, BOB)
    assert "đã hết hạn; nội dung không được gửi" in bob.taps_data(*second, stale=True).reads()
    assert "phần ấy đã kết thúc" in bob.taps_data(*first, stale=True).reads(), "of the form before it"

    nobody_comes_back(world, BOB)
    assert "phần ấy đã kết thúc" in bob.taps_data(*second, stale=True).reads(), "not known any more"


def test_an_old_button_of_a_text_that_is_kept_says_that_it_is_kept() -> None:
    for how in ("stopped", "expired"):
        assert "vẫn được giữ" in common.form_is_over(how=how, kept=True).to_plain("vi")
        assert "không được gửi" in common.form_is_over(how=how).to_plain("vi")


def nobody_comes_back(world: World, chat_id: int) -> None:
    """Until the draft, or else the memory of how it ended, is dropped."""

    def work(db: Session) -> None:
        policy = world.settings.conversation
        long_ago = world.clock() - policy.keep - timedelta(days=1)
        for table in (Conversation, FormEnd):
            for row in db.scalars(select(table).where(table.address == chat_address(chat_id))):
                setattr(row, "updated_at" if table is Conversation else "at", long_ago)
        db.flush()
        assert drop_old_conversation(db, policy, now=world.clock())

    world.db(work)


def test_a_button_of_an_earlier_form_answers_no_later_one_of_its_room(world: World) -> None:
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    bob.says("/moi", "Phạm Thị Lan")
    old = bob.button_data("Quay lại")
    bob.says("/huy", "/moi", "Lê Văn Khác")
    assert "câu hỏi cũ" in bob.taps_data(*old).reads()


# --- commands while registering, or waiting ----------------------------------------------------------------------------


@pytest.mark.parametrize("times", [12])
def test_who_is_registering_is_answered_whatever_they_send(world: World, times: int) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    alice.opens_link(invite(world, cell.alice)).taps("Đúng, liên kết", "Đã hiểu")
    alice.reads()
    for number in range(times):
        said = ("/menu", "/trogiup", "/baocao", "xin chào", "/abc")[number % 5]
        assert "Việc 1/2" in alice.says(said).reads(), said
    alice.says("/ngonngu").taps("English")
    assert "Question 1 of 2" in alice.reads()
    alice.says("/ngonngu").taps("Tiếng Việt")
    assert "Việc 1/2" in alice.reads()
    agree_to_all(alice).shares_contact()
    assert "Osaka" in alice.chat() or "Nhật Bản" in alice.chat()


def test_who_waits_to_be_confirmed_is_told_so_whatever_they_send(world: World) -> None:
    cell = a_cell(world)
    settle_in(world, cell, BOB)
    alice = phone_of(world, ALICE, number="+819099998888")
    alice.opens_link(invite(world, cell.alice)).taps("Đúng, liên kết", "Đã hiểu")
    agree_to_all(alice).shares_contact().says("Nhật Bản")
    alice.taps("Đúng giờ này").reads()
    for _ in range(4):
        for said in ("/menu", "/trogiup", "/ngonngu", "xin chào", "/start"):
            assert "Xác nhận xong" in alice.says(said).reads(), said


# --- invites that are pasted -----------------------------------------------------------------------------------------


SHAPES = [
    "https://t.me/xanha_bot?start={token}",
    "{token}",
    "/start {token}",
    "/start https://t.me/xanha_bot?start={token}",
    "{token}.",
    "“{token}”",
    "start {token}",
    "t.me/xanha_bot?start={token}, giúp tôi với",
    "tg://resolve?domain=xanha_bot&start={token}",
    "https://telegram.me/xanha_bot?start={token}&x=1",
    "Chào bạn. Đây là đường dẫn riêng của bạn:\n\nhttps://t.me/xanha_bot?start={token}\n\nDùng được đến 08/12.",
    "https://t.me/xanha_bot?start%3D{token}",
    "https://t.me/xanha_bot?start={half}\n{rest}",
]


def test_a_pasted_invite_is_an_invite_in_any_shape(world: World) -> None:
    cell = a_cell(world)
    for number, shape in enumerate(SHAPES):
        token = invite(world, cell.alice)
        phone = world.phone(900 + number, "Người lạ")
        phone.says("/start").reads()
        phone.says(shape.format(token=token, half=token[:9], rest=token[9:]))
        assert "lời mời riêng" in phone.reads(), shape


def test_a_pasted_word_that_is_no_invite_is_nobody_s(world: World) -> None:
    cell = a_cell(world)
    (dan,) = settle_in(world, cell, DAN)
    assert "lời mời" not in dan.says("abcdefghijklmnopqrstuv là mật khẩu wifi").reads()
    carol = phone_of(world, CAROL)
    carol.says("/start").reads()
    assert "không đúng" in carol.says("abcdefghijklmnopqrstuv").reads()


def test_one_s_own_used_link_opens_the_main_screen(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    token = invite(world, cell.alice)
    alice.opens_link(token).taps("Đúng, liên kết", "Đã hiểu")
    agree_to_all(alice).shares_contact().taps("Đúng", "Đúng giờ này")
    agree_to_all(alice).reads()
    for again in (token, f"https://t.me/x_bot?start={token}"):
        said = alice.opens_link(again).reads() if again is token else alice.says(again).reads()
        assert "Ở đây đã liên kết với đồng chí rồi" in said
        assert "xin người gửi" not in said
        assert "Báo cáo" in " ".join(alice.buttons())


# --- what nobody has said -------------------------------------------------------------------------------------------


def test_pins_and_timers_get_no_answer(world: World) -> None:
    cell = a_cell(world)
    (alice,) = settle_in(world, cell, ALICE)
    alice.says("/menu")
    count = len(alice.messages())
    world.telegram.pins(ALICE, alice.last()["message_id"])
    world.telegram.sets_timer(ALICE)
    world.settle()
    assert len(alice.messages()) == count
    alice.says("/hotro")
    count = len(alice.messages())
    world.telegram.sets_timer(ALICE)
    world.settle()
    assert len(alice.messages()) == count


def test_an_album_of_ten_photos_gets_one_answer(world: World) -> None:
    cell = a_cell(world)
    (alice,) = settle_in(world, cell, ALICE)
    alice.says("/menu")
    count = len(alice.messages())
    for number in range(10):
        world.telegram.sends_file(
            ALICE, "photo", f"{number}.jpg", b"x", album="7", caption="" if number else "giấy"
        )
    world.settle()
    world.wait(timedelta(seconds=3))
    assert messages_after(alice, count) <= 2, alice.reads()


def test_a_voice_message_that_may_not_be_sent_is_said(world: World) -> None:
    from models.delivery.message import Attachment, Lane, Message, Method, Recipient
    from models.delivery.outbox import enqueue
    from models.phrases.text import raw

    cell = a_cell(world)
    (alice,) = settle_in(world, cell, ALICE)
    world.telegram.users[ALICE].forbids_voice = True
    voice = Message(raw("Ghi âm"), attachment=Attachment("a.ogg", b"x"), method=Method.VOICE)
    world.db(
        lambda db: enqueue(
            db, Recipient(chat_address(ALICE)), voice, key="v", lane=Lane.REPLY, now=world.clock()
        )
    )
    world.settle()
    assert "không cho nhận tin thoại" in alice.reads()
    assert "Ghi âm" in alice.chat()


def test_a_message_too_old_to_be_deleted_is_marked_as_removed(world: World) -> None:
    from models.delivery.message import Lane, Message, Method, Recipient
    from models.delivery.outbox import enqueue
    from models.phrases import common

    cell = a_cell(world)
    (alice,) = settle_in(world, cell, ALICE)
    alice.says("/menu")
    old = alice.last()["message_id"]
    world.wait(timedelta(days=3))
    gone = Message(common.TAKEN_OUT, method=Method.DELETE, message_id=old)
    world.db(
        lambda db: enqueue(
            db, Recipient(chat_address(ALICE)), gone, key="d", lane=Lane.REPLY, now=world.clock()
        )
    )
    world.settle()
    (message,) = [m for m in alice.messages() if m["message_id"] == old]
    assert message["text"] == "(đã bỏ)"
    assert not message["inline_keyboard"]


# --- any mixture -----------------------------------------------------------------------------------------------------

_ACTS = st.lists(
    st.tuples(st.sampled_from(["forward", "again", "old", "text", "command", "wait"]), st.integers(0, 99)),
    max_size=14,
)
_FORWARD = ("Đúng, liên kết tại đây", "Đã hiểu, tiếp tục", "Đồng ý")


def test_any_mixture_of_taps_makes_progress_and_no_more_noise(sqlite_url: str) -> None:
    """Whatever is tapped, the newest question can be answered; an old tap costs a message at the most, and rarely."""
    with World.open(sqlite_url) as world:
        cell = a_cell(world)
        users = itertools.count(1000)

        @settings(
            max_examples=sized(4, 12),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @example(
            [("forward", 0), ("text", 0), ("again", 0), ("text", 0), ("again", 0), ("text", 0), ("again", 0)]
        )
        @given(_ACTS)
        def mixture(acts: list[tuple[str, int]]) -> None:
            phone = world.phone(next(users), "Người mới")
            phone.opens_link(invite(world, cell.alice))
            seen: list[tuple[int, str]] = []
            answers = old_taps = old_noise = 0
            for act, number in acts:
                newest = _newest_forward(phone)
                before = len(phone.messages())
                if act == "forward" and newest:
                    phone.taps_data(*newest)
                    seen.append(newest)
                    answers += 1
                    assert messages_after(phone, before) <= 2
                elif act in ("again", "old") and seen:
                    tap = seen[-1] if act == "again" else seen[number % len(seen)]
                    phone.taps_data(*tap, stale=True)
                    old_taps += 1
                    old_noise += messages_after(phone, before)
                    assert messages_after(phone, before) <= 1
                elif act == "text":
                    phone.says("chào")
                    assert 1 <= messages_after(phone, before) <= 3
                elif act == "command":
                    phone.says(("/menu", "/trogiup", "/baocao")[number % 3])
                    assert 1 <= messages_after(phone, before) <= 3
                elif act == "wait":
                    world.wait(timedelta(seconds=number % 8))
            assert old_noise <= answers + 1, (
                "the question is asked again once, however often old buttons are tapped"
            )
            for _ in range(len(_FORWARD) + 1):
                if newest := _newest_forward(phone):
                    world.wait(timedelta(seconds=4))
                    phone.taps_data(*newest)
            assert "Gửi số điện thoại của tôi" in phone.chat()

        mixture()


def _newest_forward(phone: Phone) -> tuple[int, str] | None:
    for message in reversed(phone.messages()):
        for row in message["inline_keyboard"]:
            for button in row:
                if button["text"] in _FORWARD:
                    return message["message_id"], button["callback_data"]
    return None


# --- what Telegram refuses -------------------------------------------------------------------------------------------


def test_buttons_under_a_file_open_what_they_say(world: World) -> None:
    """A message with a file has no text: editing it is refused, so what they open comes as a new message."""
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    bob.says("/xuat")
    assert bob.documents()
    file = next(m for m in bob.messages() if m["document"] and m["inline_keyboard"])
    buttons = [b for row in file["inline_keyboard"] for b in row]
    assert len(buttons) == 2
    for button, opened in zip(buttons, ("Nguyễn Thị An", "Mời chọn việc"), strict=True):
        bob.taps_data(file["message_id"], button["callback_data"])
        assert opened in bob.reads() or opened in " ".join(bob.buttons())


def test_the_operators_group_is_followed_when_it_becomes_a_supergroup(sqlite_url: str) -> None:
    group = -500
    with World.open(sqlite_url, operator_chat=group) as world:
        phone_of(world, BOB)
        world.telegram.says_in_group(group, BOB, "nhóm trực")
        world.settle()
        new = world.telegram.becomes_supergroup(group)
        for where in ("a", "b"):
            world.app.alarm.say(where, "something")
            world.settle()
        said = [m["text"] for m in world.telegram.history(new)]
        assert [text for text in said if "Báo động: a" in text]
        assert [text for text in said if "Báo động: b" in text]
        assert len([text for text in said if f"BOT_OPERATOR_CHAT={new}" in text]) == 1


# --- registering -----------------------------------------------------------------------------------------------------


def test_inside_the_country_no_clock_is_asked_for_and_a_former_name_is_explained(world: World) -> None:
    cell = a_cell(world)
    dan = phone_of(world, DAN)
    dan.opens_link(invite(world, cell.dan)).taps("Đúng, liên kết", "Đã hiểu")
    agree_to_all(dan).shares_contact().taps("Tôi ở nơi khác")
    assert len(dan.buttons()) <= 8
    dan.reads()
    said = dan.says("Bình Dương").reads()
    assert "nay thuộc" in said
    assert "Đồng hồ" not in said
    assert "Xong. Chào đồng chí" in said


def test_who_has_said_no_may_think_again(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    alice.opens_link(invite(world, cell.alice)).taps("Đúng, liên kết", "Đã hiểu", "Không đồng ý")
    assert "không đăng ký ở đây" in alice.reads()
    alice.taps("Tôi nghĩ lại")
    assert "Chương trình này là gì" in alice.reads()
    agree_to_all(alice.taps("Đã hiểu")).shares_contact()
    assert "đúng số trong danh sách" in alice.chat()
    world.wait(timedelta(days=30))


def test_the_one_who_confirms_reads_when_the_other_is_told(world: World) -> None:
    """It is 23:00 in Osaka: “đã được báo” would be untrue until the morning."""
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    alice = phone_of(world, ALICE, number="+819099998888")
    alice.opens_link(invite(world, cell.alice)).taps("Đúng, liên kết", "Đã hiểu")
    agree_to_all(alice).shares_contact().says("Nhật Bản")
    alice.taps("Đúng giờ này")
    world.wait(timedelta(hours=13))
    alice.reads()
    bob.taps("Xem số để gọi")
    assert NUMBERS[ALICE][-4:] in bob.reads().replace(" ", "").replace("-", "")
    bob.taps("Đúng là đồng chí ấy")
    said = bob.reads()
    assert "đang là đêm" in said
    assert "đã được báo" not in said
    assert "Đã xác nhận" not in alice.reads()
    bob.says("/danhsach").taps("Nguyễn Thị An", "Xem số điện thoại")
    said = bob.reads()
    assert "9999-8888" in said
    assert "đồng chí Trần Văn Bình ghi hoặc xác nhận" in said


def test_another_language_goes_on_with_what_was_begun(world: World) -> None:
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    bob.says("/moi", "Phạm Thị Lan", "/ngonngu").taps("English")
    assert "still there" in bob.reads()
    bob.taps("Go on")
    assert "year of birth" in bob.reads().lower() or "birth" in bob.reads().lower()


def test_a_country_of_eleven_clocks_fits_on_a_screen(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE, number="+819099998888")
    settle_in(world, cell, BOB)
    alice.opens_link(invite(world, cell.alice)).taps("Đúng, liên kết", "Đã hiểu")
    agree_to_all(alice).shares_contact().says("Nga")
    assert len(alice.buttons()) <= 8
    assert "chưa" not in alice.says("Vladivostok").last()["text"].lower() or "xác nhận" in alice.chat()
    assert "Người phụ trách sẽ xác nhận" in alice.chat()


def test_who_proposes_a_correction_is_answered(world: World) -> None:
    cell = a_cell(world)
    bob, deputy, alice = settle_in(world, cell, BOB, DEPUTY, ALICE)
    for answer in ("Giữ như cũ", "Sửa trong danh sách"):
        alice.says("/dulieu").taps("Sửa", "Họ và tên").says("Nguyễn Thị Anh")
        assert "Sửa trong danh sách" not in deputy.buttons(), "a deputy does not correct the roster"
        world.wait(timedelta(seconds=10))
        alice.reads()
        bob.taps(answer)
        if answer == "Giữ như cũ":
            assert "giữ họ tên như trong danh sách" in alice.reads()
        else:
            bob.says("Nguyễn Thị Anh")
            assert "đã sửa họ tên trong danh sách: Nguyễn Thị Anh" in alice.reads()
