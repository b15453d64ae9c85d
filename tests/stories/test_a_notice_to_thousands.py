"""A notice to 5,000 people, 3 % of them blocked, stopped half-way and corrected: every copy is accounted for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.meeting.notice import NoticeReceipt
from models.meeting.policy import NoticePolicy
from models.people.member import Account, Member
from models.people.rights import Role, appoint
from models.people.unit import Unit
from tests.crowds import a_crowd
from tests.fakes import World
from tests.people import OFFICER, Cell, settle_in
from tests.phone import Phone

PEOPLE, FIRST = 5_000, 100_000
BLOCKED = range(FIRST, FIRST + PEOPLE, 34)  # 148: three in a hundred
SECRETARY = FIRST + 70  # of the first of the new cells, by the name of the crowd


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """The outbox is fed half of the people in the first minute, and the rest in the next."""
    with World.open(database_url, notice=NoticePolicy(ahead=timedelta(milliseconds=25))) as opened:
        yield opened


@pytest.fixture
def officer(world: World, cell: Cell) -> Phone:
    (phone,) = settle_in(world, cell, OFFICER)
    world.db(lambda db: _fill(db, world, cell))
    for user in range(FIRST, FIRST + PEOPLE):
        world.telegram.add_user(user, "Người")
        world.telegram.users[user].started = True
        world.telegram.users[user].blocked = user in BLOCKED
    return phone


def _fill(db: Session, world: World, cell: Cell) -> None:
    now = world.clock()
    cells = a_crowd(db, db.get_one(Unit, cell.commune), first_chat=FIRST, people=PEOPLE, now=now)
    of_first = select(Member.id).join(Account, Account.member_id == Member.id)
    secretary = db.scalars(of_first.where(Account.address == chat_address(SECRETARY))).one()
    appoint(db, member_id=secretary, unit_id=cells[0], role=Role.SECRETARY, by_id=None, now=now)


def receipts(world: World) -> Counter[str]:
    return Counter(world.db(lambda db: list(db.scalars(select(NoticeReceipt.state)))))


def copies(world: World, words: str) -> Counter[int]:
    """How many messages with these words stand in each chat of the crowd."""
    return Counter(
        user
        for user in range(FIRST, FIRST + PEOPLE)
        for message in world.telegram.history(user)
        if words in message["text"]
    )


def test_stopped_half_way_and_corrected(world: World, cell: Cell, officer: Phone) -> None:
    officer.says("/thongbao").taps("Viết thông báo mới", "Tất cả đảng viên")
    officer.says("Chủ nhật 6/12 tắm biển.")
    preview = officer.reads()
    assert "5000 người" in preview
    assert "chưa đăng ký: 4" in preview
    assert "Người 1" not in preview
    officer.taps("Gửi")
    world.wait(timedelta(seconds=90))
    half = receipts(world)
    world.settle()
    officer.taps("Dừng gửi")
    told = officer.reads()
    found = re.search(r"Đã gửi: (\d+)\. Chưa gửi và không gửi nữa: (\d+)", told)
    assert found is not None
    world.wait(timedelta(minutes=3))
    states = receipts(world)
    assert half["waiting"] > 1_000
    assert states["sent"] == int(found[1]) > 1_000
    assert states["not said"] == int(found[2]) > 1_000
    assert states["unreachable"] > 30
    assert sum(states.values()) == PEOPLE + 4
    assert set(states) == {"sent", "not said", "unreachable", "no account"}
    first = copies(world, "tắm biển")
    assert len(first) == states["sent"]
    assert set(first.values()) == {1}

    officer.taps("Sửa nội dung").says("Chủ nhật 6/12 dọn biển.").taps("Gửi bản sửa")
    world.wait(timedelta(minutes=3))
    assert copies(world, "tắm biển") == Counter()
    changed = copies(world, "dọn biển")
    assert changed == first
    assert set(copies(world, "(đã sửa)")) == set(first)
    officer.taps("Xem lại số liệu")
    told = officer.reads()
    assert f"Bản sửa đã tới {len(first)}/{len(first)} người" in told
    assert "Người" not in told.replace("người", "")  # figures, and nobody's name
    officer.taps("Các bản đã gửi")
    told = officer.reads()
    assert "tắm biển" in told
    assert "dọn biển" in told
