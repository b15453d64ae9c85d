"""Nobody becomes somebody else: take-overs as they were tried, each by one keeper with a second phone, and the honest ways."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address, number_of
from models.contact.request import HelpRequest
from models.delivery.conversation import Conversation
from models.entry.invite import newest_invite
from models.people.assignment import assign_contact
from models.people.member import Account, Member, Proof, account_of
from models.people.rights import Right, appointments, end_appointment, may
from tests.fakes import World
from tests.people import (
    ALICE,
    BOB,
    DAN,
    DEPUTY,
    NUMBERS,
    OFFICER,
    Cell,
    a_cell,
    settle_in,
)
from tests.phone import Phone
from tests.reviews import a_campaign, writes

SECOND = 77  # the second phone of somebody who has one already
NUMBER = "+84911777777"
DAY = timedelta(hours=25)


def chat_of(world: World, member_id: int) -> int | None:
    return world.db(lambda db: number_of(held.address) if (held := account_of(db, member_id)) else None)


def account(world: World, member_id: int) -> Account:
    found = world.db(lambda db: account_of(db, member_id))
    assert found is not None
    return found


def link_in(phone: Phone) -> str:
    """The token of the newest invite that was handed out on this phone."""
    text = next(m["text"] for m in reversed(phone.messages()) if "start=" in m["text"])
    return str(text.split("start=")[1].split()[0])


def claims(phone: Phone, token: str) -> Phone:
    """ "That is me", all questions answered, the own number shared."""
    phone.opens_link(token).taps("Đúng, liên kết", "Đã hiểu")
    while "Đồng ý" in phone.buttons():
        phone.taps("Đồng ý")
    return phone.shares_contact()


def invites(keeper: Phone, name: str) -> str:
    """From the card of somebody on the list; a registered person is asked about first."""
    keeper.says("/danhsach").says(name.split()[-1]).taps(name)
    keeper.goes("Mời ")
    if "Đồng ý" in keeper.buttons():
        keeper.taps("Đồng ý")
    return link_in(keeper)


def second_phone(world: World, number: str = NUMBER) -> Phone:
    return world.phone(SECOND, "Ai đó", phone=number)


def confirm_data(world: World, member_id: int) -> str:
    newest = world.db(lambda db: newest_invite(db, member_id))
    assert newest is not None
    return f"register:confirm:{newest.id}"


def forces(phone: Phone, data: str) -> str:
    """A button that is not shown, tapped all the same."""
    phone.says("/menu")
    phone.taps_data(phone.last()["message_id"], data, stale=True)
    return phone.reads()


# --- take-overs -----------------------------------------------------------------------------------------------------


def test_a_deputy_does_not_become_the_secretary(world: World) -> None:
    cell = a_cell(world)
    bob, deputy, officer = settle_in(world, cell, BOB, DEPUTY, OFFICER)
    claims(second_phone(world), invites(deputy, "Trần Văn Bình"))
    assert "người thứ hai" in forces(deputy, confirm_data(world, cell.bob))
    assert chat_of(world, cell.bob) == BOB
    told = bob.reads()
    assert "xin chuyển tài khoản của đồng chí" in told
    assert "Lê Thị Hoa" in told
    assert "Lê Thị Hoa" in officer.reads()
    bob.taps("Không phải tôi, chặn lại")
    assert "đã chặn" in officer.reads()
    world.wait(DAY)
    assert chat_of(world, cell.bob) == BOB


def test_a_secretary_does_not_become_a_member(world: World) -> None:
    cell = a_cell(world)
    bob, deputy, alice, officer = settle_in(world, cell, BOB, DEPUTY, ALICE, OFFICER)
    phone = claims(second_phone(world), invites(bob, "Nguyễn Thị An"))
    assert "Nguyễn" not in phone.chat()
    assert "người thứ hai" in forces(bob, confirm_data(world, cell.alice))
    for told in (alice.reads(), deputy.reads(), officer.reads()):
        assert "Trần Văn Bình" in told
    world.wait(timedelta(days=40))
    assert chat_of(world, cell.alice) == ALICE


def test_correcting_the_phone_first_proves_nothing_and_is_told_to_all(world: World) -> None:
    cell = a_cell(world)
    bob, deputy, alice, officer = settle_in(world, cell, BOB, DEPUTY, ALICE, OFFICER)
    bob.says("/danhsach").says("an").taps("Nguyễn Thị An", "Sửa", "Điện thoại").says(NUMBER)
    for phone in (alice, deputy, officer):
        said = phone.reads()
        assert "Trần Văn Bình" in said
        assert "Số điện thoại" in said
    world.wait(timedelta(days=100))
    claims(second_phone(world), invites(bob, "Nguyễn Thị An"))
    assert "người thứ hai" in forces(bob, confirm_data(world, cell.alice))
    world.wait(DAY)
    assert chat_of(world, cell.alice) == ALICE


def test_an_officer_does_not_become_the_secretary_of_a_cell_without_deputy(world: World) -> None:
    cell = a_cell(world)
    bob, officer = settle_in(world, cell, BOB, OFFICER)
    world.db(lambda db: _dismiss(db, cell.deputy, world))
    officer.says("/dangbo").taps("Chi bộ thôn Đông", "Mời lại bí thư", "Đồng ý")
    claims(second_phone(world), link_in(officer))
    assert "người thứ hai" in forces(officer, confirm_data(world, cell.bob))
    assert "Vũ Thị Mai" in bob.reads()
    world.wait(DAY)
    assert chat_of(world, cell.bob) == BOB


def test_a_deputy_does_not_become_a_secretary_who_has_never_registered(world: World) -> None:
    cell = a_cell(world)
    deputy, officer = settle_in(world, cell, DEPUTY, OFFICER)
    phone = claims(second_phone(world), invites(deputy, "Trần Văn Bình"))
    phone.taps("ở nhà")
    assert "người thứ hai" in forces(deputy, confirm_data(world, cell.bob))
    assert "Trần Văn Bình" in officer.reads()
    assert chat_of(world, cell.bob) is None


def test_a_deputy_named_by_the_secretary_is_no_second_person(world: World) -> None:
    """The accomplice is invented: on the list, registered, made deputy, all by one secretary."""
    cell = a_cell(world)
    bob, *_ = settle_in(world, cell, BOB, ALICE, OFFICER)
    world.db(lambda db: _dismiss(db, cell.deputy, world))
    (dan,) = settle_in(world, cell, DAN)
    bob.says("/danhsach").says("dân").taps(
        "Phạm Văn Dân", "Việc khác", "Ghi nhận phó", "Không thời hạn", "Đồng ý"
    )
    assert world.db(lambda db: may(db, cell.dan, Right.INVITE, cell.id, now=world.clock()))
    claims(second_phone(world), invites(bob, "Nguyễn Thị An"))
    assert "người thứ hai" in forces(dan, confirm_data(world, cell.alice))
    claims(world.phone(78, "Ai đó", phone="+84911777778"), invites(dan, "Nguyễn Thị An"))
    assert "người thứ hai" in forces(bob, confirm_data(world, cell.alice))
    assert chat_of(world, cell.alice) == ALICE


def test_whom_somebody_keeps_in_touch_through_is_not_sent_in_by_the_secretary_alone(world: World) -> None:
    """Alice has chosen Dân, who never registered, for what the secretary is not to read."""
    cell = a_cell(world)
    bob, alice, officer = settle_in(world, cell, BOB, ALICE, OFFICER)
    world.db(lambda db: _assign(db, cell, world))
    asks_in_private(alice, "Chủ giữ hộ chiếu của tôi", viewer="Phạm Văn Dân")
    phone = claims(second_phone(world), invites(bob, "Phạm Văn Dân"))
    phone.taps("ở nhà")
    assert "người thứ hai" in forces(bob, confirm_data(world, cell.dan))
    assert "Phạm Văn Dân" in officer.reads()
    assert chat_of(world, cell.dan) is None


# --- the honest ways ------------------------------------------------------------------------------------------------


def test_a_lost_phone_with_the_secretarys_word_after_a_day(world: World) -> None:
    cell = a_cell(world)
    bob, deputy, alice, officer = settle_in(world, cell, BOB, DEPUTY, ALICE, OFFICER)
    new = claims(second_phone(world), invites(deputy, "Nguyễn Thị An"))
    assert "Tài khoản cũ còn quyền chặn" in bob.taps("Đúng là đồng chí ấy").reads()
    assert "việc này có hiệu lực lúc" in alice.chat()
    assert "đã có một tài khoản khác" in new.reads()
    assert chat_of(world, cell.alice) == ALICE
    world.restart()
    world.wait(DAY)
    assert chat_of(world, cell.alice) == SECOND
    assert "Đã xác nhận" in new.reads()
    assert "đã chuyển sang một Telegram khác" in officer.reads()
    linked = account(world, cell.alice)
    assert (linked.proof, linked.confirmed_by, linked.trusted_at) == (Proof.SECOND_PERSON, cell.bob, None)


def test_who_has_the_former_phone_at_hand_moves_at_once(world: World) -> None:
    cell = a_cell(world)
    bob, alice = settle_in(world, cell, BOB, ALICE)
    claims(second_phone(world), invites(bob, "Nguyễn Thị An"))
    alice.taps("Đúng là tôi")
    assert chat_of(world, cell.alice) == SECOND
    assert account(world, cell.alice).trusted_at is not None


def test_a_dead_account_does_not_make_anybody_wait(world: World) -> None:
    cell = a_cell(world)
    bob, deputy, alice = settle_in(world, cell, BOB, DEPUTY, ALICE)
    alice.blocks()
    new = claims(second_phone(world), invites(deputy, "Nguyễn Thị An"))
    assert chat_of(world, cell.alice) == ALICE
    bob.taps("Đúng là đồng chí ấy")
    assert chat_of(world, cell.alice) == SECOND
    assert "Đã xác nhận" in new.reads()


def return_code_of(phone: Phone) -> str:
    phone.says("/dulieu").taps("An toàn tài khoản", "Tạo mã trở lại")
    code = phone.last()["text"].split("Mã trở lại: ")[1][:19]
    phone.taps("Đã ghi ra giấy")
    assert code not in phone.chat()
    return str(code)


def test_a_return_code_brings_back_at_once_what_is_theirs(world: World) -> None:
    cell = a_cell(world)
    bob, alice, officer = settle_in(world, cell, BOB, ALICE, OFFICER)
    asks_in_private(alice, "Chủ giữ hộ chiếu của tôi", viewer="Trần Văn Bình")
    code = return_code_of(alice)
    new = second_phone(world)
    greeting = new.says("/start").reads()
    assert new.says("1234567890123456").reads() == greeting  # a stranger learns nothing
    assert new.says("xin chào").reads() == greeting
    assert "Chào đồng chí Nguyễn Thị An trở lại" in new.says(code.replace(" ", "-")).reads()
    assert code not in new.chat()
    assert chat_of(world, cell.alice) == SECOND
    assert "cuộc trò chuyện ở đây đã đóng" in alice.reads()
    for told in (bob.reads(), officer.reads()):
        assert "mã trở lại" in told
    assert account(world, cell.alice).trusted_at is not None
    assert "Lương, việc làm" in " ".join(new.says("/hotro").buttons())


def test_a_secretary_comes_back_by_the_code_and_the_office_is_awake(world: World) -> None:
    cell = a_cell(world)
    bob, deputy = settle_in(world, cell, BOB, DEPUTY)
    code = return_code_of(bob)
    claims(second_phone(world, NUMBERS[BOB]), invites(deputy, "Trần Văn Bình"))
    world.wait(DAY)
    assert not world.db(lambda db: may(db, cell.bob, Right.SEE_DESK, cell.id, now=world.clock()))
    bob.says(code)  # the former phone takes its own account back
    assert chat_of(world, cell.bob) == BOB
    assert world.db(lambda db: may(db, cell.bob, Right.SEE_DESK, cell.id, now=world.clock()))


def test_the_code_opens_what_was_held_back_in_the_new_chat(world: World) -> None:
    cell = a_cell(world)
    deputy, alice = settle_in(world, cell, DEPUTY, ALICE)
    code = return_code_of(alice)
    new = claims(second_phone(world, NUMBERS[ALICE]), invites(deputy, "Nguyễn Thị An"))
    world.wait(DAY)
    assert "mã trở lại" in forces(new, "data:code")  # who is not known to be them makes no code of theirs
    new.says(code)
    assert account(world, cell.alice).trusted_at is not None


def test_guessing_codes_and_links_is_not_even_compared_after_a_while(world: World) -> None:
    cell = a_cell(world)
    bob, alice = settle_in(world, cell, BOB, ALICE)
    code = return_code_of(alice)
    carol = world.phone(90, "Carol")
    for number in range(15):
        carol.says(f"{number:016d}")
        world.wait(timedelta(seconds=10))
    carol.says(code)
    assert chat_of(world, cell.alice) == ALICE
    for number in range(15):
        bob.opens_link(f"guess{number}")
        world.wait(timedelta(seconds=10))
    assert "quá nhiều đường dẫn không đúng" in bob.reads()


def test_whoever_ends_their_session_is_nobody_there_at_once(world: World) -> None:
    cell = a_cell(world)
    bob, officer, alice = settle_in(world, cell, BOB, OFFICER, ALICE)
    code = return_code_of(alice)
    alice.says("/dulieu").taps("An toàn tài khoản")
    assert "đang mở" in alice.reads()
    message, data = alice.taps("Ngừng dùng ở đây").button_data("Ngừng ngay")
    alice.taps("Ngừng ngay")
    assert "không còn gắn với ai" in alice.reads()
    assert chat_of(world, cell.alice) is None
    assert "tự ngừng dùng" in bob.reads()
    assert "Nguyễn" not in officer.chat()  # whoever closes an own chat is no matter for the committee
    assert "Nguyễn" not in alice.says("/menu").reads()
    alice.says(code)
    alice.taps_data(message, data, stale=True)  # an old button ends no later session
    assert chat_of(world, cell.alice) == ALICE


def test_a_cell_of_one_keeper_has_the_office_above(world: World) -> None:
    cell = a_cell(world)
    bob, officer, _ = settle_in(world, cell, BOB, OFFICER, ALICE)
    world.db(lambda db: _dismiss(db, cell.deputy, world))
    claims(second_phone(world), invites(bob, "Nguyễn Thị An"))
    officer.taps("Đúng là đồng chí ấy")
    world.wait(DAY)
    linked = account(world, cell.alice)
    assert (linked.address, linked.proof) == (chat_address(SECOND), Proof.COMMITTEE)
    assert linked.trusted_at is not None


def test_a_secretarys_office_sleeps_until_the_office_above_wakes_it(world: World) -> None:
    cell = a_cell(world)
    _, deputy, officer = settle_in(world, cell, BOB, DEPUTY, OFFICER)
    new = claims(second_phone(world, NUMBERS[BOB]), invites(deputy, "Trần Văn Bình"))
    world.wait(DAY)
    assert chat_of(world, cell.bob) == SECOND
    assert "tạm nghỉ" in new.reads()
    assert not world.db(lambda db: may(db, cell.bob, Right.SEE_DESK, cell.id, now=world.clock()))
    assert "tạm nghỉ" in new.says("/menu").reads()
    assert "không thuộc phần" in new.says("/chibo").reads()
    assert "đang tạm nghỉ" in deputy.says("/danhsach").says("bình").taps("Trần Văn Bình").reads()
    officer.says("/dangbo").taps("Chờ xác nhận đúng người: 1")
    assert "Có hiệu lực trở lại" in officer.taps("Đúng người: Trần Văn Bình").reads()
    assert "Chờ xác nhận" not in " ".join(officer.says("/dangbo").buttons())
    assert world.db(lambda db: may(db, cell.bob, Right.SEE_DESK, cell.id, now=world.clock()))
    assert account(world, cell.bob).trusted_at is not None


def test_what_is_theirs_alone_is_held_back_until_who_is_above_has_spoken(world: World) -> None:
    """A request that was private from the secretary, a draft, a review that was not handed in, the take-out."""
    cell = a_cell(world)
    deputy, alice, officer = settle_in(world, cell, DEPUTY, ALICE, OFFICER)
    asks_in_private(alice, "Chủ giữ hộ chiếu của tôi")
    writes(world, a_campaign(world, cell), cell.alice)
    alice.says("/baocao")
    alice.says("/dulieu").taps("Sửa", "Số điện thoại")
    new = claims(second_phone(world, NUMBERS[ALICE]), invites(deputy, "Nguyễn Thị An"))
    world.wait(DAY)
    assert chat_of(world, cell.alice) == SECOND
    for command in ("/hotro", "/kiemdiem"):
        said = new.says(command).reads()
        assert "mã trở lại" in said
        assert "Vũ Thị Mai" in said
    private = world.db(lambda db: db.scalars(select(HelpRequest.id)).one())
    assert "mã trở lại" in forces(new, f"request:own:{private}")
    assert "không có việc nào" not in new.says("/hotro").reads()  # there is one: it is only not shown
    new.says("/dulieu").taps("An toàn tài khoản")
    assert "Tạo mã trở lại" not in new.buttons()
    assert "mã trở lại" in forces(new, "data:takeout")
    assert "mã trở lại" in forces(new, "data:delete")
    assert "hộ chiếu" not in new.chat()
    assert "Về mục" not in new.chat()
    officer.taps("Xác nhận đúng người")
    assert "đã mở trên máy này" in new.reads()
    assert "hộ chiếu" in forces(new, f"request:own:{private}")
    assert "mã trở lại" not in new.says("/kiemdiem").reads()
    rooms = world.db(
        lambda db: [
            one.room for one in db.scalars(select(Conversation)) if one.address == chat_address(SECOND)
        ]
    )
    assert "data" in rooms


def asks_in_private(phone: Phone, text: str, *, viewer: str = "Lê Thị Hoa") -> None:
    phone.says("/hotro").taps("Tiền lương", "Trong vài ngày").says(text)
    phone.taps("Xong, xem lại", "Chỉ cho một số người thấy", viewer, "Xong", "Gửi")


def test_who_sent_the_invite_does_not_wake_the_office(world: World) -> None:
    cell = a_cell(world)
    _, officer = settle_in(world, cell, BOB, OFFICER)
    officer.says("/dangbo").taps("Chi bộ thôn Đông", "Mời lại bí thư", "Đồng ý")
    claims(second_phone(world, NUMBERS[BOB]), link_in(officer))
    world.wait(DAY)
    assert chat_of(world, cell.bob) == SECOND
    assert "Xác nhận đúng người" not in officer.buttons()
    assert "không thuộc phần" in forces(officer, f"register:vouch:{cell.bob}")


def test_the_inviters_word_is_enough_for_one_who_was_nobody_here_and_is_written_down(world: World) -> None:
    cell = a_cell(world)
    bob, deputy, officer = settle_in(world, cell, BOB, DEPUTY, OFFICER)
    new = claims(second_phone(world), invites(bob, "Nguyễn Thị An"))
    new.says("Nhật Bản").taps("Đúng giờ này")
    bob.taps("Đúng là đồng chí ấy")
    assert chat_of(world, cell.alice) == SECOND
    assert account(world, cell.alice).proof == Proof.INVITER
    for told in (deputy.reads(), officer.reads()):
        assert "chính người mời" in told
        assert "Trần Văn Bình" in told
    assert "cũng là người mời" in new.reads()


def test_a_number_changed_after_the_invite_needs_a_second_person(world: World) -> None:
    cell = a_cell(world)
    bob, deputy = settle_in(world, cell, BOB, DEPUTY)
    token = invites(bob, "Nguyễn Thị An")
    bob.says("/danhsach").says("an").taps("Nguyễn Thị An", "Sửa", "Điện thoại").says(NUMBER)
    claims(second_phone(world), token).says("Nhật Bản").taps("Đúng giờ này")
    assert "người thứ hai" in forces(bob, confirm_data(world, cell.alice))
    deputy.taps("Đúng là đồng chí ấy")
    assert chat_of(world, cell.alice) == SECOND


@pytest.mark.parametrize("hours", [2, 30])
def test_our_own_outage_makes_the_wait_longer(world: World, hours: int) -> None:
    cell = a_cell(world)
    deputy, _ = settle_in(world, cell, DEPUTY, ALICE)
    claims(second_phone(world, NUMBERS[ALICE]), invites(deputy, "Nguyễn Thị An"))
    world.wait(timedelta(hours=20))
    world.clock.advance(timedelta(hours=hours))  # nothing runs meanwhile
    world.restart()
    world.wait(timedelta(hours=3))
    assert chat_of(world, cell.alice) == ALICE
    world.wait(timedelta(hours=3))
    assert chat_of(world, cell.alice) == SECOND


def _assign(db: Session, cell: Cell, world: World) -> None:
    alice, dan = db.get_one(Member, cell.alice), db.get_one(Member, cell.dan)
    assign_contact(db, alice, dan, by_id=cell.bob, now=world.clock())


def _dismiss(db: Session, member_id: int, world: World) -> None:
    for held in appointments(db, member_id, now=world.clock()):
        end_appointment(db, held, by_id=None, now=world.clock())
