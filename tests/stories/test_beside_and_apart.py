"""At a keyboard: what helps to answer stands beside the question, and what is handed on to somebody else stands apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models.meeting.meeting import MeetingAnswer
from models.meeting.policy import AttendancePolicy
from models.people.trail import Trail
from tests import reviews
from tests.coming_in import comes_in
from tests.fakes import World
from tests.meetings import STARTS, a_meeting, answers
from tests.people import BOB, Cell, settle_in
from tests.phone import Phone
from tests.tab import DOOR, WINDOWS, Tab


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    (bob,) = settle_in(world, cell, BOB)
    bob.reads()
    return bob


def at_a_keyboard(world: World, phone: Phone) -> Tab:
    phone.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in phone.reads().split() if word.startswith(f"{DOOR}/o/"))
    return Tab(world, agent=WINDOWS).opens(link).enters()


# --- beside -----------------------------------------------------------------------------------------------------------


def test_a_review_is_read_beside_its_comments(world: World, cell: Cell, bob: Phone) -> None:
    campaign = reviews.a_campaign(world, cell)
    reviews.hands_in(world, campaign, cell.alice)
    mine = world.db(lambda db: reviews.review(db, campaign, cell.alice).id)
    office = at_a_keyboard(world, bob)
    message = office.says("/menu").messages()[-1]["message_id"]
    office.taps_data(message, f"campaign:whole:{mine}:1")
    assert "Về mục A.I.1: đã làm." in office.text()
    assert office.beside() == ""  # nothing was said of it
    office.goes("Đọc từng mục", "Góp ý mục này")
    assert office.beside() == "Đơn vị công tác Về mục hdr.don_vi_cong_tac: đã làm."  # what one comments on
    office.says("Nêu rõ số buổi họp")
    office.taps_data(office.messages()[-1]["message_id"], f"campaign:whole:{mine}:1")
    assert "Nêu rõ số buổi họp" in office.beside()
    office.says("/menu")
    assert office.beside() == ""  # it is gone with what it stood beside
    looks = select(Trail.act).where(Trail.act == "review.read", Trail.by_id == cell.bob)
    assert len(world.db(lambda db: db.scalars(looks).all())) <= 1  # one an hour, as ever


def test_conclusions_are_typed_beside_the_agenda_and_who_is_there(
    world: World, cell: Cell, bob: Phone
) -> None:
    meeting = a_meeting(world, cell)
    answers(world, meeting, cell.alice, MeetingAnswer.ABSENT, "ca đêm")
    world.until(STARTS + timedelta(minutes=10))
    office = at_a_keyboard(world, bob)
    message = office.says("/menu").messages()[-1]["message_id"]
    office.taps_data(message, f"attendance:roll:{meeting}:start:0")
    office.taps_data(office.messages()[-1]["message_id"], f"attendance:mark:{meeting}:start:{cell.dan}:in")
    office.taps_data(office.messages()[-1]["message_id"], f"attendance:conclude:{meeting}")
    beside = office.beside()
    assert "Đánh giá tháng 11, nhiệm vụ tháng 12" in beside
    assert "Phạm Văn Dân" in beside
    office.says("TUYỆT MẬT")  # refused: the question is asked again, and what helps stands beside it still
    assert "Đánh giá tháng 11" in office.beside()
    # on a phone's messenger it is no part of what is said
    bob.says("/hop").taps("20:00")
    bob.taps_data(bob.last()["message_id"], f"attendance:conclude:{meeting}", stale=True)
    assert "Đánh giá tháng 11" not in bob.last()["text"]


# --- apart ------------------------------------------------------------------------------------------------------------


def test_the_sentence_that_is_passed_on_stands_in_a_field_of_its_own(
    world: World, cell: Cell, bob: Phone
) -> None:
    comes_in(world, cell, bob)
    world.until(datetime(2026, 12, 5, 9, tzinfo=UTC))
    bob.reads()
    office = at_a_keyboard(world, bob)
    office.says("/chibo").goes("Dân")
    if not office.shared():
        office.taps("Chuyển lời nhắc", "Phạm Văn Dân")
    sentence = f"Sổ tay có tin mới. Khi tiện mời mở xem: {DOOR}/"
    assert office.shared() == [sentence]
    words = office.messages()[-1]["text"]
    assert sentence not in words  # it is not said twice
    assert "Mời chép câu này" in words
    assert office.hidden_ways_to_share()  # what scripts do is not shown without them
    office.taps("Đã chuyển")
    assert office.shared() == []


def test_an_invite_is_handed_on_whole(world: World, cell: Cell, bob: Phone) -> None:
    office = at_a_keyboard(world, bob)
    message = office.says("/menu").messages()[-1]["message_id"]
    office.taps_data(message, f"roster:invite:{cell.alice}")
    (words,) = office.shared()
    assert words.startswith("Chào bạn.")
    assert f"{DOOR}/i/" in words
    assert "Nguyễn Thị An" not in words
    # to her it comes whole on a messenger, to be forwarded
    bob.says("/menu")
    bob.taps_data(bob.last()["message_id"], f"roster:invite:{cell.dan}", stale=True)
    assert "Chào bạn." in bob.chat()


def test_a_link_for_ones_own_other_device_can_be_copied(world: World, cell: Cell, bob: Phone) -> None:
    office = at_a_keyboard(world, bob)
    office.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    (link,) = office.shared()
    assert link.startswith(f"{DOOR}/o/")
