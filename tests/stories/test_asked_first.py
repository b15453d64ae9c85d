"""A Zalo that was linked before anybody was asked whether it may read along: one question, and nothing else before its answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin import Checkin, CheckinState
from models.delivery.message import Lane, Message
from models.ground.channel import Channel
from models.meeting.policy import AttendancePolicy
from models.people.member import (
    Member,
    Purpose,
    Reachability,
    account_at,
    channels_of,
    close_accounts,
    consents,
    tell,
)
from models.people.secret import issue_return_code
from models.phrases.text import raw
from tests.fakes import ZALO, World
from tests.page import Page
from tests.people import ALICE, BOB, DAN, Cell, a_cell, settle_in
from tests.phone import Phone
from tests.tab import DOOR, Tab
from tests.textphone import TextPhone

CHAT = "6ede9afa66b88fe6d6a9"
QUESTION = "Trước khi nhắn tiếp ở đây, mời bạn trả lời một câu"
ASKED = "Đã đến kỳ báo cáo"


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, zalo=ZALO, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def cell(world: World) -> Cell:
    return a_cell(world)


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    return settle_in(world, cell, DAN, BOB)[1]


@pytest.fixture
def dan(world: World, cell: Cell, bob: Phone) -> TextPhone:
    """Dân, who has Zalo alone, and was never asked about it."""
    world.db(lambda db: close_accounts(db, cell.dan, now=world.clock()))
    phone = world.text_phone(CHAT, "Dân", of=cell.dan, agrees=False)
    phone.reads()
    bob.reads()
    return phone


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def is_told(world: World, member_id: int, words: str, *, owed: bool = False) -> bool:
    def work(db: Session) -> bool:
        message = Message(raw(words), owed=owed)
        return tell(db, db.get_one(Member, member_id), message, key=words, lane=Lane.ALERT, now=world.clock())

    said = world.db(work)
    world.settle()
    return said


def state(world: World, phone: TextPhone) -> Reachability:
    def work(db: Session) -> Reachability:
        account = account_at(db, phone.address)
        assert account is not None
        return Reachability(account.reachability)

    return world.db(work)


def test_nothing_is_said_there_and_the_desk_learns_why(world: World, dan: TextPhone, bob: Phone) -> None:
    world.until(at(5, 9))
    assert dan.reads() == ""
    assert state(world, dan) is Reachability.UNASKED
    world.wait(timedelta(hours=2))
    told = bob.reads()
    assert "chưa trả lời có đồng ý nhận tin qua Zalo hay không" in told
    assert "Không bị coi là quá hạn" in told
    world.wait(timedelta(days=10))
    assert dan.reads() == ""


def test_any_word_is_answered_by_the_question_alone(world: World, cell: Cell, dan: TextPhone) -> None:
    world.until(at(5, 9))
    for word in ("xin chào", "/menu", "/baocao", "7", "0", "/huy", "dừng"):
        said = dan.says(word).reads()
        assert said.startswith(QUESTION), word
        assert said.endswith("\n\n1 Đồng ý\n2 Không đồng ý") or word == "7", said
        assert "Phạm" not in said
    assert dan.sends("image").reads().startswith(QUESTION)
    dan.opens_link("A" * 22)
    assert dan.reads().startswith(QUESTION)


def test_who_agrees_is_asked_what_waited_and_is_not_asked_again(
    world: World, cell: Cell, dan: TextPhone, bob: Phone
) -> None:
    world.until(at(5, 9))
    world.wait(timedelta(hours=2))
    bob.reads()
    dan.says("có ai không").reads()
    said = dan.picks("Đồng ý").reads()
    assert "Từ nay chương trình lại nhắn tin ở đây" in said
    assert ASKED in said  # what was due while nothing could be said
    assert state(world, dan) is Reachability.OK
    assert "lại nhận được tin" in bob.reads()
    dan.picks("Mọi việc vẫn ổn", "Gửi")
    mine = select(Checkin.state).where(Checkin.member_id == cell.dan)
    assert CheckinState.ANSWERED in world.db(lambda db: list(db.scalars(mine)))
    assert QUESTION not in dan.says("/menu").reads()
    world.wait(timedelta(days=20))
    assert QUESTION not in dan.reads()


def test_a_no_closes_that_door_and_shows_the_other(
    world: World, cell: Cell, dan: TextPhone, bob: Phone
) -> None:
    dan.says("xin chào").picks("Không đồng ý")
    said = dan.reads()
    assert "Cuộc trò chuyện này đã đóng" in said
    assert f"mở {DOOR}/ rồi gõ mã" in said
    assert f"{DOOR}/i/" in said
    assert world.db(lambda db: channels_of(db, cell.dan)) == []
    assert "đã ngừng dùng Zalo ở đây" in bob.reads()
    world.until(at(5, 9))
    assert dan.reads() == ""
    assert "Phạm" not in dan.says("/menu").reads()


def test_the_link_that_zalo_has_read_too_opens_nothing_without_somebody_of_the_cell(
    world: World, cell: Cell, dan: TextPhone, bob: Phone
) -> None:
    dan.says("xin chào").picks("Không đồng ý")
    link = next(word for word in dan.reads().split() if word.startswith(f"{DOOR}/i/"))
    bob.reads()
    tab = Tab(world).opens(link).enters().taps("Đúng, liên kết", "Đã hiểu")
    tab.says("0911 000 050")
    assert "Phạm" not in tab.text()
    assert world.db(lambda db: channels_of(db, cell.dan)) == []
    bob.taps("Đúng là đồng chí ấy")
    assert world.db(lambda db: channels_of(db, cell.dan)) == [Channel.WEB]


def test_a_return_code_opens_the_page_at_once(world: World, cell: Cell, dan: TextPhone) -> None:
    code = world.db(lambda db: issue_return_code(db, cell.dan, now=world.clock()))
    dan.says("xin chào").picks("Không đồng ý")
    tab = Tab(world).opens("/").comes_back(code)
    assert "Phạm Văn Dân" in tab.text()


def test_a_return_code_typed_on_zalo_is_followed_by_the_question(
    world: World, cell: Cell, bob: Phone
) -> None:
    world.was_never_asked(cell.dan, Purpose.ZALO)
    code = world.db(lambda db: issue_return_code(db, cell.dan, now=world.clock()))
    phone = world.text_phone(CHAT, "Dân")
    said = phone.says(code).reads()
    assert QUESTION in said
    assert "Phạm" not in said
    assert "Màn hình chính" not in said


def test_what_the_law_owes_is_said_all_the_same(world: World, cell: Cell, dan: TextPhone) -> None:
    assert is_told(world, cell.dan, "một tin thường")
    assert dan.reads() == ""
    assert not is_told(world, cell.dan, "một tin nữa")
    assert is_told(world, cell.dan, "trả lời theo luật", owed=True)
    assert dan.reads() == "trả lời theo luật"
    assert state(world, dan) is Reachability.UNASKED


def test_a_cry_for_help_is_heard_before_any_answer(
    world: World, cell: Cell, dan: TextPhone, bob: Phone
) -> None:
    dan.says("bị tai nạn rồi, cứu tôi với")
    said = dan.reads()
    assert "Báo KHẨN cho chi bộ ngay" in said
    dan.picks("Báo KHẨN cho chi bộ ngay")
    assert "Tai nạn, ốm đau · KHẨN CẤP" in bob.reads()
    assert dan.says("/menu").reads().startswith(QUESTION)


def test_whoever_reads_the_page_is_asked_there_once(world: World, cell: Cell, bob: Phone) -> None:
    page, phone = _page_and_zalo(world, cell)
    is_told(world, cell.dan, "tin thứ nhất")
    assert phone.reads() == ""
    said = page.reads()
    assert "Chưa có câu trả lời của đồng chí về việc nhận tin qua Zalo" in said
    assert "tin thứ nhất" in said  # nothing is lost
    is_told(world, cell.dan, "tin thứ hai")
    assert page.reads() == "tin thứ hai"
    page.taps("Trả lời câu hỏi này")
    assert "Zalo biết tài khoản" in page.reads()
    page.taps("Không đồng ý")
    assert world.db(lambda db: channels_of(db, cell.dan)) == [Channel.WEB]
    assert world.db(lambda db: consents(db, cell.dan)[Purpose.ZALO].given) is False


def test_agreeing_on_the_page_opens_zalo(world: World, cell: Cell, bob: Phone) -> None:
    page, phone = _page_and_zalo(world, cell)
    is_told(world, cell.dan, "tin thứ nhất")
    page.reads()
    page.taps("Trả lời câu hỏi này", "Đồng ý")
    assert state(world, phone) is Reachability.OK
    is_told(world, cell.dan, "tin thứ hai")
    assert "tin thứ hai" in phone.reads()


def test_leaving_zalo_is_as_easy_as_coming_and_leads_to_the_page(
    world: World, cell: Cell, bob: Phone
) -> None:
    world.db(lambda db: close_accounts(db, cell.dan, now=world.clock()))
    phone = world.text_phone(CHAT, "Dân", of=cell.dan)
    phone.says("dừng").picks("Thôi nhận tin ở đây")
    assert "Nơi có trang web thì đồng chí nhận đường dẫn" in phone.reads()
    assert world.db(lambda db: channels_of(db, cell.dan)) == [Channel.TEXT]  # it was only asked
    said = phone.picks("Thôi nhận tin ở đây").reads()
    assert f"{DOOR}/i/" in said
    assert world.db(lambda db: channels_of(db, cell.dan)) == []
    assert "đã ngừng dùng Zalo" in bob.reads()


def test_who_has_the_page_is_led_there_without_an_invite(world: World, cell: Cell, bob: Phone) -> None:
    world.db(lambda db: close_accounts(db, cell.dan, now=world.clock()))
    Page(world, "dan").is_of(cell.dan)
    phone = world.text_phone(CHAT, "Dân", of=cell.dan)
    said = phone.says("dừng").picks("Thôi nhận tin ở đây", "Thôi nhận tin ở đây").reads()
    assert said.count(DOOR) == 1
    assert f"{DOOR}/\n" in f"{said}\n"


def test_taking_telegram_back_leads_to_the_page_too(world: World, cell: Cell) -> None:
    (alice,) = settle_in(world, cell, ALICE)
    alice.says("/dulieu").taps("Đồng ý của tôi", "Tin nhắn đi qua Telegram", "Rút lại")
    said = alice.reads()
    assert "Cuộc trò chuyện này đã đóng" in said
    assert f"{DOOR}/i/" in said


def test_a_return_code_on_telegram_is_followed_by_what_was_never_asked(
    world: World, cell: Cell, bob: Phone
) -> None:
    Page(world, "an").is_of(cell.alice)
    code = world.db(lambda db: issue_return_code(db, cell.alice, now=world.clock()))
    phone = world.phone(ALICE)
    phone.says(code)
    assert "Telegram biết tài khoản" in phone.reads()


def _page_and_zalo(world: World, cell: Cell) -> tuple[Page, TextPhone]:
    """Dân has the page, and a Zalo about which he was never asked; no Telegram."""
    world.db(lambda db: close_accounts(db, cell.dan, now=world.clock()))
    page = Page(world, "dan").is_of(cell.dan)
    phone = world.text_phone(CHAT, "Dân", of=cell.dan, agrees=False)
    phone.reads()
    page.reads()
    return page, phone
