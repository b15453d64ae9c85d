"""Requests under the law: two clocks, reminders, answers on record; what is done at once settles by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models.desk.law_request import LawRequest, LawState
from models.people.trail import Trail
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, OFFICER, Cell, settle_in
from tests.phone import Phone


@pytest.fixture
def phones(world: World, cell: Cell) -> dict[int, Phone]:
    users = (OFFICER, BOB, DEPUTY, ALICE, DAN)
    return dict(zip(users, settle_in(world, cell, *users), strict=True))


def _asks(alice: Phone, what: str = "Xóa tên tôi khỏi sổ theo dõi") -> Phone:
    return alice.says("/dulieu").taps("Xem đầy đủ", "Yêu cầu theo luật", "Phản đối").says(what)


def _row(world: World) -> LawRequest:
    return world.db(lambda db: db.scalars(select(LawRequest)).one())


def test_who_must_answer_is_told_and_the_answer_comes_back(world: World, phones: dict[int, Phone]) -> None:
    alice, bob = phones[ALICE], phones[BOB]
    said = _asks(alice).reads()
    assert "Đã ghi vào sổ" in said
    assert "03/12/2026" in said  # two working days after Tuesday, 1 December
    assert "yêu cầu theo luật về dữ liệu (phản đối" in bob.reads()
    bob.taps("Xem yêu cầu")
    assert "Xóa tên tôi khỏi sổ theo dõi" in bob.last()["text"]
    bob.taps("Trả lời").says("Chi bộ xét trong tuần này")
    assert "Chi bộ xét trong tuần này" in alice.reads()
    bob.taps("Đã làm xong")
    assert "đã làm xong" in alice.reads()
    assert "đã làm xong" in alice.says("/dulieu").taps("Xem đầy đủ", "Yêu cầu theo luật").reads()
    assert _row(world).state == LawState.DONE
    acts = world.db(lambda db: set(db.scalars(select(Trail.act).where(Trail.act.startswith("law_request")))))
    assert acts == {"law_request.open", "law_request.answer", "law_request.settle"}


def test_a_refusal_needs_its_reason_and_an_extension_comes_once(
    world: World, phones: dict[int, Phone]
) -> None:
    alice, bob = phones[ALICE], phones[BOB]
    _asks(alice)
    bob.taps("Xem yêu cầu", "Không làm")
    assert "nêu lý do" in bob.reads()
    before = _row(world).do_by
    bob.says("/chibo").taps("yêu cầu theo luật", "Gia hạn")
    assert _row(world).do_by == before + timedelta(days=15)
    assert "Gia hạn một lần" not in bob.buttons()
    bob.taps("Trả lời").says("Sổ theo dõi là của chi bộ").taps("Không làm")
    assert "không làm, có lý do" in alice.reads()


def test_it_waits_on_the_desk_and_when_late_the_office_above_is_told(
    world: World, phones: dict[int, Phone]
) -> None:
    _asks(phones[ALICE])
    assert any("yêu cầu theo luật" in label for label in phones[BOB].says("/chibo").buttons())
    phones[OFFICER].reads()
    phones[BOB].reads()
    world.until(datetime.fromisoformat("2026-12-03T09:00+07:00"))
    assert "Phải trả lời trước" in phones[BOB].reads().replace("phải", "Phải").replace("be answered", "")
    assert phones[OFFICER].reads() == ""
    world.until(datetime.fromisoformat("2026-12-04T09:00+07:00"))
    assert "Quá hạn" in phones[BOB].reads()
    assert "Quá hạn" in phones[OFFICER].reads()


def test_what_is_done_at_once_settles_what_waited_for_it(
    world: World, phones: dict[int, Phone], cell: Cell
) -> None:
    bob, alice = phones[BOB], phones[ALICE]
    bob.says("/danhsach").taps("Nguyễn Thị An")
    bob.taps_data(bob.last()["message_id"], f"law:paper:{cell.alice}", stale=True).taps("Xem, lấy dữ liệu về")
    bob.says("Đơn giấy ngày 30/11: xin xem dữ liệu")
    assert "bản giấy" in alice.says("/dulieu").taps("Xem đầy đủ", "Yêu cầu theo luật").reads()
    alice.taps("Xem, lấy dữ liệu về")
    row = _row(world)
    assert (row.state, row.by_itself, row.on_paper) == (LawState.DONE, True, True)


def test_nobody_else_sees_or_answers_it(world: World, phones: dict[int, Phone], cell: Cell) -> None:
    _asks(phones[ALICE])
    row, dan = _row(world), phones[DAN]
    dan.says("/menu")
    for data in ("see", "answer", "done", "refuse", "extend", "mine"):
        dan.taps_data(dan.last()["message_id"], f"law:{data}:{row.id}", stale=True)
        assert "Xóa tên tôi" not in dan.reads()
    dan.taps_data(dan.last()["message_id"], f"law:paper:{cell.alice}", stale=True)
    assert "yêu cầu gì" not in dan.reads()
    assert _row(world).state == LawState.OPEN
    assert (
        "MẬT"
        in phones[ALICE]
        .says("/dulieu")
        .taps("Xem đầy đủ", "Yêu cầu theo luật", "Phản đối")
        .says("TUYỆT MẬT")
        .reads()
    )
