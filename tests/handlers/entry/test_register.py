"""From an invite's link to the first main screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address, number_of
from models.contact.checkin import planned_checkin
from models.delivery.conversation import Conversation
from models.entry.invite import InviteState, invite_state, newest_invite, revoke_invite
from models.people.member import BEFORE_PROOF, Member, Purpose, account_of, consents
from models.people.rights import appointments, end_appointment
from tests.fakes import World
from tests.people import (
    ALICE,
    BOB,
    CAROL,
    DAN,
    DEPUTY,
    NUMBERS,
    OFFICER,
    a_cell,
    invite,
    phone_of,
    register,
    settle_in,
)
from tests.phone import Phone


def chat_of(world: World, member_id: int) -> int | None:
    return world.db(lambda db: number_of(account.address) if (account := account_of(db, member_id)) else None)


def state(world: World, member_id: int) -> InviteState | None:
    return world.db(lambda db: invite_state(db, member_id, now=world.clock()))


def up_to_identity(phone: Phone, token: str) -> Phone:
    return phone.opens_link(token).taps("Đúng, liên kết", "Đã hiểu", "Đồng ý", "Đồng ý")


def test_alice_registers_and_is_told_when_she_will_be_asked(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    alice.opens_link(invite(world, cell.alice, by_id=cell.bob))
    assert "lời mời riêng" in alice.reads()
    assert "Không theo dõi vị trí" in alice.taps("Đúng, liên kết").reads()
    assert "Việc 1/2" in alice.taps("Đã hiểu").reads()
    asked = alice.taps("Đồng ý").reads()
    assert "Việc 2/2" in asked
    assert "đồng chí" not in asked.lower()
    assert "chi bộ" not in asked.lower()
    assert "Gửi số điện thoại" in alice.taps("Đồng ý").reads()
    assert "Nhật Bản" in alice.shares_contact().reads()
    assert "10:00 thứ Ba" in alice.taps("Đúng").reads()
    end = alice.taps("Đúng giờ này").reads()
    assert "Trần Văn Bình" in end
    assert "giờ Việt Nam" in end
    assert "kín đáo" in end
    assert "Việc 1/4" in end  # the rest is asked once it is known who this is
    assert chat_of(world, cell.alice) == ALICE
    assert state(world, cell.alice) is InviteState.USED
    assert "Đã ghi lại" in alice.taps(*["Đồng ý"] * 4).reads()
    planned = world.db(lambda db: planned_checkin(db, cell.alice))
    assert planned is not None
    assert planned.zone == "Asia/Tokyo"
    given = world.db(lambda db: {p: c.given for p, c in consents(db, cell.alice).items()})
    assert given == dict.fromkeys(set(Purpose) - {Purpose.ZALO}, True)  # she has no account there


def test_the_menu_opens_after_registration(world: World) -> None:
    cell = a_cell(world)
    dan = register(world, cell.dan, phone_of(world, DAN))
    assert "Phạm Văn Dân" in dan.says("/start").reads()


def test_a_home_member_is_not_asked_to_check_in(world: World) -> None:
    cell = a_cell(world)
    dan = phone_of(world, DAN)
    up_to_identity(dan, invite(world, cell.dan)).shares_contact()
    assert "không phải báo cáo" in dan.taps("Tôi đang ở nhà").reads()
    assert world.db(lambda db: planned_checkin(db, cell.dan)) is None


def test_english_is_asked_where_telegram_speaks_no_vietnamese(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE, language="ja")
    alice.opens_link(invite(world, cell.alice)).taps("English")
    assert "a personal invite" in alice.reads()
    alice.taps("Yes, link it", "Understood")
    assert "Please choose one of the choices below" in alice.says("hmm").reads()
    alice.taps("I agree", "I agree").shares_contact()
    alice.taps("That is right", "That is my clock")
    assert world.db(lambda db: db.get_one(Member, cell.alice).lang) == "en"


def test_a_small_english_button_stands_on_the_first_screen(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    alice.opens_link(invite(world, cell.alice))
    assert "English" in alice.buttons()
    assert "a personal invite" in alice.taps("English").reads()
    assert "lời mời riêng" in alice.taps("Tiếng Việt").reads()


# --- consents -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [(), ("Đồng ý",)], ids=["abroad", "contact"])
def test_no_to_what_comes_first_ends_kindly_and_keeps_nothing_but_the_refusal(
    world: World, before: tuple[str, ...]
) -> None:
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    alice = phone_of(world, ALICE)
    token = invite(world, cell.alice)
    alice.opens_link(token).taps("Đúng, liên kết", "Đã hiểu", *before, "Không đồng ý")
    assert "bằng giấy" in alice.reads()
    assert "không đăng ký qua điện thoại" in bob.reads()
    assert state(world, cell.alice) is InviteState.DECLINED
    assert chat_of(world, cell.alice) is None
    assert world.db(lambda db: consents(db, cell.alice)) == {}
    world.wait(timedelta(hours=1))  # a stranger again, who is answered a few times an hour
    assert "lời mời" in alice.says("alo").reads()
    assert "lời mời riêng" in alice.opens_link(token).reads()  # who may think again


def test_other_refusals_go_on_and_are_asked_only_when_it_is_known_who_this_is(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    up_to_identity(alice, invite(world, cell.alice)).shares_contact().taps("Đúng", "Đúng giờ này")
    assert "bằng giấy" in alice.reads()
    assert "bản giấy" in alice.taps("Không đồng ý").reads()
    said = alice.taps("Không đồng ý", "Đồng ý", "Không đồng ý").reads()
    assert "Không đồng ý: Kiểm điểm" in said
    assert "Đồng ý: Họp chi bộ" in said
    given = world.db(lambda db: {p for p, c in consents(db, cell.alice).items() if c.given})
    assert given == {Purpose.ABROAD, Purpose.CONTACT, Purpose.MEETING}


def test_who_stops_on_the_way_is_registered_and_has_not_agreed_to_the_rest(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    up_to_identity(alice, invite(world, cell.alice)).shares_contact().taps("Đúng", "Đúng giờ này")
    alice.taps("Đồng ý").says("/menu")
    assert world.db(lambda db: set(consents(db, cell.alice))) == {*BEFORE_PROOF, Purpose.AWAY} - {
        Purpose.ZALO
    }
    assert "? Kiểm điểm" in alice.says("/dulieu").taps("Đồng ý của tôi").buttons()[3]


# --- identity -------------------------------------------------------------------------------------------------------


def test_somebody_elses_contact_is_refused_with_a_hint(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    up_to_identity(alice, invite(world, cell.alice))
    alice.shares_contact(phone=NUMBERS[BOB], of_user_id=0)
    assert "không phải số của chính Telegram này" in alice.reads()
    assert "bấm nút" in alice.says("0912345678").reads()
    alice.shares_contact().taps("Đúng", "Đúng giờ này")
    assert chat_of(world, cell.alice) == ALICE


def test_another_number_waits_for_the_secretary_who_sees_no_more_than_its_end(world: World) -> None:
    cell = a_cell(world)
    bob, deputy = settle_in(world, cell, BOB, DEPUTY)
    alice = phone_of(world, ALICE, number="+819099998765")
    token = invite(world, cell.alice)
    up_to_identity(alice, token).shares_contact()
    assert (
        "Nhật" not in alice.reads().split("Hoặc")[0].split("Đồng chí đang ở đâu")[0]
    )  # the roster's place is not shown
    alice.says("Nhật Bản").taps("Đúng giờ này")
    assert "sẽ xác nhận" in alice.reads()
    assert chat_of(world, cell.alice) is None
    assert state(world, cell.alice) is InviteState.WAITING
    asked = bob.reads()
    assert "Nguyễn Thị An" in asked
    assert "…765" in asked
    assert "98765" not in asked
    assert "Nguyễn Thị An" in deputy.reads()
    for written in ("/start", "xin chào", "/menu", "/start", "còn lâu không?", "/menu"):
        assert "Xác nhận xong, bạn được báo ở đây" in alice.says(written).reads()
    assert "Xác nhận xong, bạn được báo ở đây" in alice.opens_link(token).reads()
    assert "Đã xác nhận" in bob.taps("Đúng là đồng chí ấy").reads()
    assert "Đã xác nhận" in alice.reads()
    assert "Việc 1/4" in alice.taps("Trả lời câu hỏi đồng ý").reads()  # what was not asked before the proof
    assert chat_of(world, cell.alice) == ALICE
    assert "vừa được giải quyết" in deputy.taps("Không phải").reads()


def test_the_secretary_rejects_a_wrong_person_in_neutral_words(world: World) -> None:
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    carol = phone_of(world, CAROL)
    up_to_identity(carol, invite(world, cell.alice)).taps("Nhờ người phụ trách")
    carol.says("Đài Loan").taps("Đúng giờ này").reads()
    assert "chưa gửi số" in bob.reads()
    bob.taps("Không phải")
    assert "sẽ bị xóa" in bob.reads()
    assert state(world, cell.alice) is InviteState.WAITING, "it is asked twice"
    bob.taps("Quay lại", "Không phải", "Không phải đồng chí ấy")
    assert "Tạo lời mời mới" in bob.buttons()
    said = carol.reads()
    assert "chưa xác nhận được" in said
    assert "chi bộ" not in said.lower()
    assert state(world, cell.alice) is InviteState.REJECTED
    claim = world.db(lambda db: (newest := newest_invite(db, cell.alice)) and newest.claim)
    assert claim is None


def test_only_those_in_charge_confirm(world: World) -> None:
    cell = a_cell(world)
    bob, dan = settle_in(world, cell, BOB, DAN)
    carol = phone_of(world, CAROL)
    up_to_identity(carol, invite(world, cell.alice)).taps("Nhờ người phụ trách", "ở nhà")
    _, data = bob.button_data("Đúng là đồng chí ấy")
    dan.taps_data(dan.says("/menu").last()["message_id"], data, stale=True)
    assert "không thuộc phần đồng chí" in dan.reads()
    assert chat_of(world, cell.alice) is None
    dan.taps_data(dan.last()["message_id"], "register:confirm:abc", stale=True)
    assert "không còn dùng được" in dan.reads()


def test_a_secretary_with_another_number_is_confirmed_by_the_officer_above(world: World) -> None:
    cell = a_cell(world)
    (officer,) = settle_in(world, cell, OFFICER)
    world.db(lambda db: _dismiss_deputy(db, cell.deputy, world.clock()))
    bob = phone_of(world, BOB, number="+84911777888")
    up_to_identity(bob, invite(world, cell.bob)).shares_contact().taps("ở nhà")
    assert "Trần Văn Bình" in officer.reads()
    officer.taps("Đúng là đồng chí ấy")
    assert chat_of(world, cell.bob) == BOB


def _dismiss_deputy(db: Session, member_id: int, now: datetime) -> None:
    for held in appointments(db, member_id, now=now):
        end_appointment(db, held, by_id=None, now=now)


def test_an_officer_is_asked_neither_place_nor_four_consents(world: World) -> None:
    cell = a_cell(world)
    officer = phone_of(world, OFFICER)
    officer.opens_link(invite(world, cell.officer)).taps("Đúng, liên kết", "Đã hiểu")
    assert "Việc 1/2" in officer.reads()
    asked = officer.taps("Đồng ý").reads()
    assert "tỉnh hoặc nước" not in asked  # nobody asks an officer how they are
    end = officer.taps("Đồng ý").shares_contact().reads()
    assert "Việc" not in end
    assert "Đảng ủy xã An Bình" in end
    assert chat_of(world, cell.officer) == OFFICER


def test_the_first_officer_needs_the_number_that_was_noted(world: World) -> None:
    cell = a_cell(world)
    officer = phone_of(world, OFFICER, number="+84911777888")
    officer.opens_link(invite(world, cell.officer)).taps(
        "Đúng, liên kết", "Đã hiểu", "Đồng ý", "Đồng ý"
    ).shares_contact()
    assert "Chưa khớp" in officer.reads()
    assert chat_of(world, cell.officer) is None


# --- place and clock ------------------------------------------------------------------------------------------------


def test_another_place_is_typed_and_its_clock_chosen(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    up_to_identity(alice, invite(world, cell.alice)).shares_contact().taps("nơi khác")
    assert "Chưa tìm thấy" in alice.says("xyzxyz").reads()
    alice.says("Úc")
    if "Úc" in alice.buttons():
        alice.taps("Úc")
    assert "mấy giờ" in alice.reads()
    alice.taps("Sydney")
    assert world.db(lambda db: db.get_one(Member, cell.alice).zone) == "Australia/Sydney"


def test_a_clock_that_differs_can_be_chosen(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    up_to_identity(alice, invite(world, cell.alice)).shares_contact().taps("Đúng", "chỉ giờ khác")
    assert "Có thể nơi đã chọn" in alice.reads()
    alice.taps("Chọn lại nơi").taps("Hàn Quốc")
    alice.taps("chỉ giờ khác", "giờ Việt Nam")
    member = world.db(lambda db: db.get_one(Member, cell.alice))
    assert (member.place_code, member.zone) == ("KR", "Asia/Ho_Chi_Minh")


# --- stopping, going back, coming again -----------------------------------------------------------------------------


def test_alice_stops_in_the_middle_and_goes_on_after_a_restart(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    token = invite(world, cell.alice)
    alice.opens_link(token).taps("Đúng, liên kết", "Đã hiểu", "Đồng ý")
    world.restart()
    world.wait(timedelta(days=3))
    alice.reads()
    assert "Việc 2/2" in alice.opens_link(token).reads()
    assert "Việc 2/2" in alice.says("/start").reads()
    assert "Việc 2/2" in alice.says("tôi đây").reads()
    alice.taps("Đồng ý").shares_contact().taps("Đúng", "Đúng giờ này")
    assert chat_of(world, cell.alice) == ALICE


def test_cancel_and_back_lose_no_invite(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    token = invite(world, cell.alice)
    alice.opens_link(token).taps("Đúng, liên kết", "Đã hiểu", "Quay lại")
    assert "Chương trình này là gì" in alice.reads()
    assert "Đã dừng" in alice.says("/huy").reads()
    assert "lời mời riêng" in alice.opens_link(token).reads()


def test_a_double_tap_and_an_old_button_change_nothing(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    alice.opens_link(invite(world, cell.alice)).taps("Đúng, liên kết", "Đã hiểu")
    message, data = alice.button_data("Không đồng ý")
    alice.taps("Đồng ý")
    alice.taps_data(message, data, stale=True)
    said = alice.reads()
    assert "câu hỏi cũ" in said
    assert "Việc 2/2" in said


def test_the_last_tap_twice_links_once(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    up_to_identity(alice, invite(world, cell.alice)).shares_contact().taps("Đúng")
    message, data = alice.button_data("Đúng giờ này")
    alice.taps("Đúng giờ này")
    alice.taps_data(message, data, stale=True)
    assert alice.reads() == "", "the second tap is swallowed"
    assert chat_of(world, cell.alice) == ALICE


# --- links that do not open -----------------------------------------------------------------------------------------


def test_not_me_keeps_nothing_and_leaves_the_invite_to_the_right_person(world: World) -> None:
    cell = a_cell(world)
    carol, alice = phone_of(world, CAROL), phone_of(world, ALICE)
    token = invite(world, cell.alice)
    assert "Chưa có gì được ghi lại" in carol.opens_link(token).taps("Không phải tôi").reads()
    assert "lời mời riêng" in alice.opens_link(token).reads()


def test_of_two_the_first_who_says_that_is_me_has_the_invite(world: World) -> None:
    cell = a_cell(world)
    carol, alice = phone_of(world, CAROL), phone_of(world, ALICE)
    token = invite(world, cell.alice)
    carol.opens_link(token)
    alice.opens_link(token).taps("Đúng, liên kết")
    said = carol.taps("Đúng, liên kết").reads()
    assert "đã được dùng" in said
    assert "đã được dùng" in carol.opens_link(token).reads()
    assert "Nguyễn" not in carol.reads()
    assert "Việc 1/2" in alice.taps("Đã hiểu").reads()


def test_links_that_do_not_open_say_why_and_nothing_about_anybody(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    assert "không đúng hoặc thiếu" in alice.opens_link("abc").reads()
    old, new = invite(world, cell.alice), invite(world, cell.alice)
    revoked = alice.opens_link(old).reads()
    assert "không còn hiệu lực" in revoked
    assert "An" not in revoked
    world.wait(timedelta(days=8))
    assert "hết hạn" in alice.opens_link(new).reads()


def test_wrong_links_are_answered_a_few_times_then_not_at_all(world: World) -> None:
    carol = phone_of(world, CAROL)
    for number in range(20):
        carol.opens_link(f"guess{number}")
    assert len(carol.messages()) == world.settings.invite.wrong_tokens_an_hour


def test_an_invite_revoked_in_the_middle_ends_the_questions(world: World) -> None:
    cell = a_cell(world)
    alice = phone_of(world, ALICE)
    alice.opens_link(invite(world, cell.alice)).taps("Đúng, liên kết", "Đã hiểu")

    def revoke(db: Session) -> None:
        newest = newest_invite(db, cell.alice)
        assert newest is not None
        revoke_invite(db, newest, now=world.clock())

    world.db(revoke)
    assert "không còn hiệu lực" in alice.taps("Đồng ý").reads()
    assert "theo lời mời" in alice.says("alo").reads()


def test_a_chat_that_is_somebodys_account_is_refused(world: World) -> None:
    cell = a_cell(world)
    (dan,) = settle_in(world, cell, DAN)
    assert "đang gắn với một người khác" in dan.opens_link(invite(world, cell.alice)).reads()
    assert chat_of(world, cell.alice) is None


def test_ones_own_invite_is_not_needed_twice(world: World) -> None:
    cell = a_cell(world)
    (dan,) = settle_in(world, cell, DAN)
    assert "liên kết với đồng chí rồi" in dan.opens_link(invite(world, cell.dan)).reads()
    assert state(world, cell.dan) is InviteState.USED


# --- a lost phone ---------------------------------------------------------------------------------------------------


def test_a_second_phone_takes_over_and_the_old_chat_is_told(world: World) -> None:
    cell = a_cell(world)
    (old,) = settle_in(world, cell, ALICE)
    new = phone_of(world, 41, number=NUMBERS[ALICE])
    new.opens_link(invite(world, cell.alice)).taps("Đúng, liên kết")
    assert "Gửi số điện thoại" in new.taps("Đã hiểu").reads()  # consents of this wording are not asked again
    assert "đã có một tài khoản khác" in new.shares_contact().reads()
    assert chat_of(world, cell.alice) == ALICE  # nothing has changed yet
    assert "Có người đang xin chuyển tài khoản" in old.reads()
    world.wait(timedelta(hours=25))
    assert chat_of(world, cell.alice) == 41
    assert "cuộc trò chuyện ở đây đã đóng" in old.reads()
    assert "theo lời mời" in old.says("/menu").reads()
    assert "Nguyễn Thị An" in new.says("/menu").reads()


def test_drafts_move_to_the_new_phone(world: World) -> None:
    cell = a_cell(world)
    (old,) = settle_in(world, cell, ALICE)
    old.says("/dulieu").taps("Sửa", "Số điện thoại")
    new = phone_of(world, 41, number=NUMBERS[ALICE])
    new.opens_link(invite(world, cell.alice)).taps("Đúng, liên kết", "Đã hiểu")
    new.shares_contact()
    old.taps("Đúng là tôi")
    rooms = world.db(
        lambda db: [row.room for row in db.scalars(select(Conversation)) if row.address == chat_address(41)]
    )
    assert rooms == ["data"]


def test_a_secretary_who_registers_later_is_asked_about_those_who_wait(world: World) -> None:
    cell = a_cell(world)
    carol = phone_of(world, CAROL)
    up_to_identity(carol, invite(world, cell.alice)).taps("Nhờ người phụ trách", "ở nhà")
    bob = phone_of(world, BOB)
    up_to_identity(bob, invite(world, cell.bob)).shares_contact().taps("ở nhà")
    assert "Cần xác nhận: đồng chí Nguyễn Thị An" in bob.reads()


def test_the_card_of_one_who_waits_asks_the_secretary_again(world: World) -> None:
    cell = a_cell(world)
    bob, dan = settle_in(world, cell, BOB, DAN)
    carol = phone_of(world, CAROL)
    up_to_identity(carol, invite(world, cell.alice)).taps("Nhờ người phụ trách", "ở nhà")
    bob.says("/danhsach").says("an").taps("Nguyễn Thị An", "Xác nhận người")
    assert "Cần xác nhận" in bob.reads()
    message, data = (
        bob.button_data("Quay lại") if "Quay lại" in bob.buttons() else bob.button_data("màn hình chính")
    )
    assert data
    dan.says("/menu")
    dan.taps_data(dan.last()["message_id"], f"register:ask:{cell.alice}", stale=True)
    assert "không thuộc phần" in dan.reads()
    bob.taps("Không phải", "Không phải đồng chí ấy")
    bob.taps_data(message, f"register:ask:{cell.alice}", stale=True)
    assert "vừa được giải quyết" in bob.reads()


def test_whoever_refuses_the_number_reads_the_answer_above_the_next_question(world: World) -> None:
    cell = a_cell(world)
    settle_in(world, cell, BOB)
    carol = phone_of(world, CAROL)
    up_to_identity(carol, invite(world, cell.alice)).taps("Nhờ người phụ trách")
    texts = [message["text"] for message in carol.messages()]
    noted = next(i for i, text in enumerate(texts) if "Người phụ trách sẽ xác nhận giúp" in text)
    asked = next(i for i, text in enumerate(texts) if "đang ở đâu" in text)
    assert noted < asked


def test_the_secretary_learns_that_somebody_has_registered(world: World) -> None:
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    alice = register(world, cell.alice, phone_of(world, ALICE))
    assert "Đồng chí Nguyễn Thị An đã đăng ký xong." in bob.reads()
    assert "gõ /hotro để nhờ chi bộ" in alice.chat()


def test_a_new_phone_is_told_of_a_report_that_waits(world: World) -> None:
    cell = a_cell(world)
    (old,) = settle_in(world, cell, ALICE)
    world.until(datetime(2026, 12, 8, 1, tzinfo=UTC))
    new = register(world, cell.alice, world.phone(41, "An", phone=NUMBERS[ALICE]))
    old.taps("Đúng là tôi")
    assert "Kỳ tháng 12/2026 còn chờ tin của đồng chí: gõ /baocao." in new.chat()
