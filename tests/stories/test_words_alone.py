"""A member whose phone has a messenger of words: numbers for buttons, a link for what words cannot carry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.text.links import DoorLinks
from models.contact.checkin import Checkin, CheckinState
from models.delivery.choices import ChoiceList
from models.delivery.message import Attachment, Button, Lane, Message
from models.ground.channel import Address, Channel
from models.meeting.policy import AttendancePolicy
from models.people.member import Account, Member, channels_of, close_account, tell
from models.phrases.text import raw
from tests.fakes import ZALO, World
from tests.page import Page
from tests.people import BOB, DAN, Cell, a_cell, invite, settle_in
from tests.phone import Phone
from tests.tab import DOOR, Tab
from tests.textphone import TextPhone

CHAT = "6ede9afa66b88fe6d6a9"
ASKED = "Đã đến kỳ báo cáo"


class Pages:
    """Links to pages, made up for tests."""

    def to_page(self, db: Session, address: Address) -> str:
        return f"https://cua.invalid/{address.key[:4]}" if db is not None else ""

    def asks(self, db: Session, address: Address) -> list[tuple[str, str]]:
        return []


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, zalo=ZALO) as opened:
        yield opened


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    """The secretary, on Telegram."""
    return settle_in(world, cell, DAN, BOB)[1]


@pytest.fixture
def dan(world: World, cell: Cell, bob: Phone) -> TextPhone:
    """Dân, whose Telegram has stopped working."""
    world.telegram.blocks(DAN)
    world.settle()
    phone = world.text_phone(CHAT, "Dân", of=cell.dan)
    phone.reads()
    return phone


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def state(world: World, cell: Cell) -> str:
    mine = select(Checkin).where(Checkin.member_id == cell.dan, Checkin.period == date(2026, 12, 1))
    return world.db(lambda db: db.scalars(mine).one().state)


def is_told(world: World, cell: Cell, message: Message, key: str = "k", **how: object) -> None:
    def work(db: Session) -> bool:
        member = db.get_one(Member, cell.dan)
        return tell(db, member, message, key=key, lane=Lane.REMINDER, now=world.clock(), **how)  # type: ignore[arg-type]

    assert world.db(work)
    world.settle()


def test_a_member_reports_by_typing_numbers(world: World, cell: Cell, dan: TextPhone) -> None:
    world.until(at(5, 9))
    asked = dan.reads()
    assert ASKED in asked
    assert asked.endswith("\n\n1 Mọi việc vẫn ổn\n2 Có việc cần báo")
    assert dan.says("1").reads().endswith("\n\n1 Gửi\n2 Có việc cần báo\n0 Quay lại")
    assert "Đã gửi lúc 09:00" in dan.says("1").reads()
    assert state(world, cell) == CheckinState.ANSWERED


def test_nought_goes_back_and_words_go_into_the_report(
    world: World, cell: Cell, dan: TextPhone, bob: Phone
) -> None:
    world.until(at(5, 9))
    dan.picks("Có việc cần báo")
    before = dan.reads()
    dan.says("1")
    assert dan.says("0").reads() == before
    dan.says("/huy")
    assert "Đã dừng" in dan.reads()
    assert state(world, cell) != CheckinState.ANSWERED


def test_a_number_means_the_same_after_a_restart(world: World, cell: Cell, dan: TextPhone) -> None:
    world.until(at(5, 9))
    world.restart()
    dan.says("1")
    world.restart()
    dan.says(" １. ")
    assert state(world, cell) == CheckinState.ANSWERED


def test_what_is_no_number_of_the_list_is_said_and_the_list_shown_again(
    world: World, cell: Cell, dan: TextPhone
) -> None:
    world.until(at(5, 9))
    dan.reads()
    assert dan.says("7").reads() == (
        "Danh sách mới nhất không có số 7. Mời gõ một số sau đây:\n1 Mọi việc vẫn ổn\n2 Có việc cần báo"
    )
    assert "Mời gõ bằng chữ số, ví dụ 2" in dan.says("hai").reads()
    dan.picks("Có việc cần báo")
    question = dan.reads()
    assert dan.says("hai").reads() == f"Mời gõ bằng chữ số, ví dụ 2.\n\n{question}"
    again = "Không có lựa chọn số 7. Mời gõ một số của danh sách dưới đây."
    assert dan.says("7").reads() == f"{again}\n\n{question}"
    assert state(world, cell) != CheckinState.ANSWERED


def test_the_second_of_two_quick_numbers_does_not_answer_the_next_question(
    world: World, cell: Cell, dan: TextPhone
) -> None:
    world.until(at(5, 9))
    typed = world.clock()
    dan.says("1")
    question = dan.reads()
    assert "Gửi" in question
    dan.says("1", at=typed - timedelta(seconds=1))
    assert dan.reads() == (
        "Số vừa gõ đến khi danh sách đã đổi nên chưa được ghi. Mời gõ một số của danh sách mới:\n"
        "1 Gửi\n2 Có việc cần báo\n0 Quay lại"
    )
    assert state(world, cell) != CheckinState.ANSWERED
    question = dan.picks("Có việc cần báo").reads()
    dan.says("2", at=typed - timedelta(seconds=1))
    assert dan.reads() == (
        "Số vừa gõ đến khi danh sách đã đổi nên chưa được ghi. Mời xem lại rồi gõ số của danh sách mới."
        f"\n\n{question}"
    )


def test_what_comes_below_an_open_question_takes_nothing_away_from_it(
    world: World, cell: Cell, dan: TextPhone
) -> None:
    world.until(at(5, 9))
    dan.picks("Mọi việc vẫn ổn").reads()
    is_told(world, cell, Message(raw("Có thông báo."), [[Button(raw("Đọc"), "notice:open:1")]]))
    assert dan.reads() == "Có thông báo.\n\n3 Đọc"
    dan.picks("Gửi")
    assert state(world, cell) == CheckinState.ANSWERED


def test_a_chat_that_is_nobodys_learns_nothing_and_its_numbers_mean_nothing(world: World, cell: Cell) -> None:
    stranger = world.text_phone("ffff", "Ai đó")
    first = stranger.says("2").reads()
    assert first
    assert "Phạm" not in first
    assert "đồng chí" not in stranger.says("/menu", "0", "/baocao").reads()


def test_a_picture_a_voice_and_what_zalo_withholds_are_answered_with_a_sentence(
    world: World, cell: Cell, dan: TextPhone
) -> None:
    for kind in ("image", "sticker", "voice", "unsupported"):
        assert "chỉ đọc được tin chữ" in dan.sends(kind).reads()


def test_a_file_a_guarded_text_and_a_discreet_news_become_a_sentence(
    world: World, cell: Cell, dan: TextPhone
) -> None:
    is_told(world, cell, Message(raw("Danh sách"), attachment=Attachment("a.pdf", b"%PDF")))
    assert "Kèm theo đây có một tệp mà kênh này không hiện được" in dan.reads()
    is_told(world, cell, Message(raw("bí mật"), [[Button(raw("Xem"), "desk:open")]], guarded=True), key="g")
    said = dan.reads()
    assert "bí mật" not in said
    assert "không gửi được ở đây" in said
    assert said.endswith("\n\n0 Màn hình chính")
    assert "không gửi được ở đây" in dan.says("/dulieu").reads()
    assert "0 Màn hình chính" not in dan.reads()


def test_where_there_is_a_page_its_link_stands_below(database_url: str) -> None:
    with World.open(database_url, zalo=ZALO, links=Pages()) as world:
        cell = a_cell(world)
        settle_in(world, cell, DAN)
        world.telegram.blocks(DAN)
        world.settle()
        dan = world.text_phone(CHAT, "Dân", of=cell.dan)
        dan.reads()
        link = "Trang riêng, chỉ dành cho người nhận tin này:\nhttps://cua.invalid/6ede"
        assert dan.says("/dulieu").reads().endswith(link)
        is_told(world, cell, Message(raw("Danh sách"), attachment=Attachment("a.pdf", b"%PDF")))
        assert link in dan.reads()
        assert "https" not in dan.says("/baocao").reads()


def test_what_words_may_not_show_is_said_in_full_where_the_person_can_read_it(
    world: World, cell: Cell, dan: TextPhone
) -> None:
    page = Page(world, "dan").is_of(cell.dan)
    world.settle()
    dan.reads()
    page.reads()
    is_told(world, cell, Message(raw("riêng của đồng chí"), guarded=True))
    assert "không gửi được ở đây" in dan.reads()
    assert page.reads() == "riêng của đồng chí"
    is_told(world, cell, Message(raw("ai cũng đọc được")), key="open")
    assert dan.reads() == "ai cũng đọc được"
    assert page.reads() == ""


def test_the_link_leads_to_the_door_of_who_has_a_page(world: World, cell: Cell, dan: TextPhone) -> None:
    links = DoorLinks("https://cua.invalid")
    assert world.db(lambda db: links.to_page(db, dan.address)) == ""
    Page(world, "dan").is_of(cell.dan)
    assert world.db(lambda db: links.to_page(db, dan.address)) == "https://cua.invalid/"
    assert world.db(lambda db: DoorLinks("").to_page(db, dan.address)) == ""
    assert world.db(lambda db: links.to_page(db, Address(Channel.TEXT, "ffff"))) == ""


def test_a_person_comes_in_by_pasting_the_invite_and_the_secretary_says_who_it_is(
    world: World, cell: Cell, bob: Phone
) -> None:
    alice = world.text_phone("a11ce", "An")
    assert "đồng chí" not in alice.says("xin chào").reads()
    alice.opens_link(invite(world, cell.alice, by_id=cell.deputy))
    alice.picks("Đúng, liên kết", "Đã hiểu")
    assert "Zalo biết tài khoản" in alice.reads()
    alice.picks("Đồng ý", "Đồng ý").says("+81 90 1234 5678").picks("Nhật Bản")
    alice.picks("Đúng giờ này")
    assert "Người phụ trách sẽ xác nhận đúng là bạn" in alice.reads()
    assert "Nguyễn Thị An" not in alice.chat()  # nobody is named before they are known
    assert "tự gõ số, nên số không chứng minh được" in bob.reads()
    bob.taps("Đúng là đồng chí ấy")
    assert alice.reads() == "Xa Nhà: bạn có tin.\n\n0 Màn hình chính"  # abroad one is discreet
    assert "Chào đồng chí Nguyễn Thị An" in alice.says("0").reads()


def test_who_does_not_want_zalo_to_read_along_gets_the_page_instead(database_url: str) -> None:
    with World.open(database_url, zalo=ZALO, attendance=AttendancePolicy(door=DOOR)) as world:
        cell = a_cell(world)
        (bob,) = settle_in(world, cell, BOB)
        first = invite(world, cell.dan, by_id=cell.deputy)
        dan = world.text_phone(CHAT, "Dân")
        dan.opens_link(first)
        dan.picks("Đúng, liên kết", "Đã hiểu", "Không đồng ý")
        told = dan.reads()
        link = next(word for word in told.split() if word.startswith(f"{DOOR}/i/"))
        bob.reads()
        assert dan.opens_link(first).reads() != told  # what was pasted here opens nothing any more
        tab = Tab(world).opens(link).enters().taps("Đúng, liên kết", "Đã hiểu")
        assert "Giữ liên lạc" in tab.text()  # of Zalo nothing more is asked
        tab.taps("Đồng ý").says("0911 000 050").taps("TP Hồ Chí Minh")
        bob.taps("Đúng là đồng chí ấy")
        assert world.db(lambda db: channels_of(db, cell.dan)) == [Channel.WEB]
        assert dan.says("/menu").reads().count("Phạm") == 0


def test_without_a_page_a_no_to_zalo_is_a_no(world: World, cell: Cell, bob: Phone) -> None:
    alice = world.text_phone("a11ce", "An")
    alice.opens_link(invite(world, cell.alice, by_id=cell.deputy))
    alice.picks("Đúng, liên kết", "Đã hiểu", "Không đồng ý")
    assert "Chỉ ghi là đã từ chối" in alice.reads()
    assert "chọn không đăng ký qua điện thoại" in bob.reads()


def test_taking_zalo_back_closes_zalo_alone(world: World, cell: Cell, dan: TextPhone, bob: Phone) -> None:
    page = Page(world, "dan").is_of(cell.dan)
    page.says("/dulieu").taps("Đồng ý của tôi", "Tin nhắn đi qua Zalo")
    assert "Zalo của đồng chí đóng ngay ở đây" in page.reads()
    bob.reads()
    page.taps("Rút lại")
    assert "đã ngừng dùng Zalo ở đây, vẫn dùng" in bob.reads()
    assert Channel.TEXT not in world.db(lambda db: channels_of(db, cell.dan))
    page.says("/dulieu").taps("Đồng ý của tôi")
    assert "Tin nhắn đi qua Zalo" not in " ".join(page.buttons())


def test_a_refused_chat_is_known_to_be_out_of_reach(
    world: World, cell: Cell, dan: TextPhone, bob: Phone
) -> None:
    world.zalo.blocks(CHAT)
    is_told(world, cell, Message(raw("tin")))
    world.wait(timedelta(hours=2))
    assert "Tin không tới đồng chí Phạm Văn Dân" in bob.reads()
    world.zalo.chats[CHAT].blocked = False
    dan.says("/menu")
    assert "lại nhận được tin" in bob.reads()


def test_what_could_be_picked_goes_with_the_account(world: World, cell: Cell, dan: TextPhone) -> None:
    dan.says("/menu")
    lists = select(ChoiceList.address)
    assert world.db(lambda db: list(db.scalars(lists))) == [dan.address]
    mine = select(Account).where(Account.address == dan.address)
    world.db(lambda db: close_account(db, db.scalars(mine).one(), now=world.clock()))
    assert world.db(lambda db: list(db.scalars(lists))) == []
