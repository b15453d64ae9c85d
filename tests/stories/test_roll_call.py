"""A storm: a secretary asks everybody whether they are safe; they answer on Telegram, on the page, in words, or by phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.request import HelpRequest
from models.meeting.policy import AttendancePolicy
from models.people.assignment import assign_contact
from models.people.member import Member, Purpose, add_member, record_consent
from tests.coming_in import comes_in
from tests.fakes import ZALO, World
from tests.people import ALICE, BOB, DEPUTY, OFFICER, Cell, a_cell, settle_in
from tests.phone import Phone
from tests.tab import DOOR, Tab


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, attendance=AttendancePolicy(door=DOOR), zalo=ZALO) as opened:
        yield opened


@pytest.fixture
def cell(world: World) -> Cell:
    """An keeps in touch with Cúc, who has a phone number and no account."""
    cell = a_cell(world)

    def work(db: Session) -> None:
        now = world.clock()
        cuc = add_member(
            db, cell_id=cell.id, full_name="Đỗ Thị Cúc", phone="+84911000060", place_code="VN-79", now=now
        )
        assign_contact(db, cuc, db.get_one(Member, cell.alice), by_id=cell.bob, now=now)

    world.db(work)
    return cell


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    (bob,) = settle_in(world, cell, BOB)
    bob.reads()
    return bob


@pytest.fixture
def dan(world: World, cell: Cell, bob: Phone) -> Tab:
    """Dân has the page alone."""
    tab = comes_in(world, cell, bob)
    bob.reads()
    return tab


def board(phone: Phone) -> str:
    """The figure that stands in a watcher's chat."""
    return next(
        str(message["text"])
        for message in reversed(phone.messages())
        if "Số liệu lúc" in message["text"] and "Xem điểm danh" in str(message["inline_keyboard"])
    )


def test_a_storm(world: World, cell: Cell, bob: Phone, dan: Tab) -> None:
    alice, deputy, officer = settle_in(world, cell, ALICE, DEPUTY, OFFICER)
    words = world.text_phone("6ede9afa66b88fe6d6a9", "Em", of=_em(world, cell))
    alice.reads(), officer.reads(), words.reads()

    # --- at three in the morning, and nobody waits for daylight
    world.wait(timedelta(hours=19))
    dan.reads(), deputy.reads()
    bob.says("/diemdanh").taps("Điểm danh mới", "Bão", "Tất cả")
    preview = bob.reads()
    assert "Có bão ở nơi đồng chí đang ở." in preview
    assert "Sẽ hỏi: 5 người" in preview
    assert "Nhận tin: 4. Tin không tới, phải gọi điện: 1." in preview
    bob.taps("Hỏi ngay")
    assert "hoàn tác trong 60 giây" in bob.chat()
    assert "0/5 đã rõ · 0 cần giúp · 5 chưa rõ" in board(bob)
    assert "0/5 đã rõ · 0 cần giúp · 5 chưa rõ" in board(deputy)

    asked = alice.reads()
    assert "Xa Nhà: bạn có tin" in asked  # abroad, she is discreet
    assert "Điểm danh an toàn · Chi bộ thôn Đông, hỏi từ 05:00" in asked
    alice.taps("Tôi an toàn")
    assert "Đã ghi lúc 05:00: Tôi an toàn." in alice.reads()
    assert "✓ Tôi an toàn" in str(alice.messages())

    assert "Điểm danh an toàn" in dan.reads()
    dan.taps("Cần giúp")
    assert "được báo ngay, cả ban đêm" in dan.reads()
    assert "KHẨN CẤP" in bob.chat()

    assert "Đồng chí có an toàn không" in words.reads()
    words.picks("Tôi an toàn")
    assert "Đã ghi lúc 03:00: Tôi an toàn." in words.reads()

    # --- the figure in the secretary's chat has moved by itself, where it stood
    before = len(bob.messages())
    world.wait(timedelta(minutes=2))
    assert len(bob.messages()) == before
    assert "2/5 đã rõ · 1 cần giúp · 2 chưa rõ" in board(bob)
    assert "2/5 đã rõ · 1 cần giúp · 2 chưa rõ" in board(deputy)

    # --- Cúc has no account: An, who keeps in touch with her, was asked to phone, and did
    assert "Có người đồng chí giữ liên lạc chưa có tin" in alice.chat()
    alice.taps("Ai cần gọi điện")
    told = alice.reads()
    assert "Đỗ Thị Cúc – TP Hồ Chí Minh, bên đó 03:02: chưa đăng ký" in told
    assert "Lê Thị Hoa" not in told
    alice.taps("Đỗ Thị Cúc", "Xem số điện thoại")
    assert "+84911000060" in alice.reads()
    alice.taps("Đã gặp: an toàn")
    assert "Đã ghi thay Đỗ Thị Cúc: an toàn" in alice.reads()

    # --- only the deputy still owes, and only she is asked again
    alice.reads(), words.reads(), deputy.reads(), bob.reads()
    world.wait(timedelta(minutes=20))
    assert "Hỏi lại lần 1" in deputy.reads()
    assert "Hỏi lại" not in alice.reads()
    assert "Hỏi lại" not in words.reads()
    assert "3/5 đã rõ · 1 cần giúp · 1 chưa rõ" in bob.reads()
    bob.taps("Ai cần gọi điện")
    assert "Lê Thị Hoa – ở nhà, tại địa phương, bên đó 03:22: đã hỏi, chưa trả lời" in bob.reads()
    deputy.taps("Tôi an toàn")

    # --- the committee above sees counts of five, nobody's name
    bob.says("/diemdanh").taps("03:00 Bão")
    told = bob.reads()
    assert "4/5 đã rõ · 1 cần giúp · 0 chưa rõ" in told
    assert "Do người khác trả lời thay: 1" in told
    bob.taps("Kết thúc điểm danh", "Đúng, kết thúc")
    assert "đã kết thúc" in bob.reads()
    world.wait(timedelta(hours=5))
    assert "Lần điểm danh an toàn (Bão) lúc" in alice.reads()
    assert "Cảm ơn đồng chí đã trả lời" in words.reads()
    assert "4/5 đã rõ · 1 cần giúp · 0 chưa rõ" in deputy.chat()
    assert "Kết thúc" not in "".join(bob.says("/diemdanh").taps("03:00 Bão").buttons())

    # --- what Dân asked for is a request like any other
    request = world.db(lambda db: db.scalars(select(HelpRequest)).one())
    assert (request.urgency, request.topic) == ("urgent", "disaster")
    assert request.member_id == cell.dan


def _em(world: World, cell: Cell) -> int:
    """A member whose phone has words alone."""

    def work(db: Session) -> int:
        em = add_member(db, cell_id=cell.id, full_name="Bùi Văn Em", place_code="VN-79", now=world.clock())
        for purpose in Purpose:
            record_consent(db, em.id, purpose, given=True, now=world.clock())
        return em.id

    return world.db(work)
