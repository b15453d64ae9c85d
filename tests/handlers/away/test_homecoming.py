"""Coming home for Tết: asked once some weeks before, two taps, and the evening on which most are there becomes a meeting."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.away import begin_return
from models.away.homecoming import Homecoming, HomePlan, ask_homecomings
from models.people.member import Purpose
from tests.absences import SAIGON, Chain, declaration
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, Cell, settle_in
from tests.phone import Phone

ASKED = "Đồng chí có về quê dịp này không?"
# Tết 2027 is 6 February; the days off are 4 to 10 February, six weeks before is 24 December
MORNING = datetime(2026, 12, 24, 5, tzinfo=UTC)  # noon in Vietnam
LONG_AWAY = declaration(date(2026, 12, 1), date(2027, 10, 31), stay=SAIGON)


@pytest.fixture
def dan(world: World, cell: Cell) -> Phone:
    phone = settle_in(world, cell, DAN)[0]
    Chain(world, cell, cell.dan).files(LONG_AWAY).is_approved()
    return phone


def rows(world: World) -> list[Homecoming]:
    return world.db(lambda db: list(db.scalars(select(Homecoming))))


def test_asked_before_tet_answered_by_two_taps_and_the_secretary_calls_the_meeting_for_that_evening(
    world: World, cell: Cell, dan: Phone
) -> None:
    bob, alice = settle_in(world, cell, BOB, ALICE)
    Chain(world, cell, cell.alice).files(LONG_AWAY).is_approved()
    world.until(MORNING - timedelta(days=1))
    assert ASKED not in dan.chat()
    world.until(MORNING)
    assert ASKED in dan.chat()
    assert "Tết Nguyên đán: nghỉ từ thứ Năm 04/02 đến thứ Tư 10/02." in dan.chat()
    night = [message for message in dan.messages() if ASKED in message["text"]]
    assert len(night) == 1
    dan.taps("Về thứ Tư 03/02", "Đi thứ Năm 11/02")
    assert dan.reads().startswith("Đã ghi: có về, từ thứ Tư 03/02 đến thứ Năm 11/02.")
    # typed, and changed from the absence's own screen
    alice.taps("Về ngày khác").says("9/2", "8/2")
    assert "Ngày đi lại không thể trước ngày về (09/02/2027)." in alice.reads()
    alice.says("15/2")
    assert "từ thứ Ba 09/02 đến thứ Hai 15/02" in alice.reads()

    bob.says("/chibo").goes("Sổ theo dõi").goes("Ai về quê dịp nghỉ")
    seen = bob.reads()
    assert "2/2 đồng chí đi xa sẽ về" in seen
    assert "Tối đông người nhất: thứ Ba 09/02, 2 đồng chí đi xa có mặt ở quê." in seen
    assert "• Phạm Văn Dân: từ thứ Tư 03/02 đến thứ Năm 11/02" in seen
    bob.taps("Mời họp tối thứ Ba 09/02", "Trực tiếp")
    bob.says("Nhà văn hóa thôn", "Họp mặt đầu xuân")
    form = bob.reads()
    assert "19:30 thứ Ba 09/02" in form

    world.until(MORNING + timedelta(days=4))
    assert dan.chat().count(ASKED) == 1  # once
    alice.says("/khaibao").goes("Về quê dịp nghỉ").taps("Không về")
    assert alice.reads().startswith("Đã ghi: không về.")
    bob.says("/chibo").goes("Sổ theo dõi").goes("Ai về quê dịp nghỉ")
    assert "Tối đông người nhất: thứ Tư 03/02, 1 đồng chí" in bob.reads()


def test_what_does_not_fit_is_refused_and_a_second_tap_changes_nothing(
    world: World, cell: Cell, dan: Phone
) -> None:
    world.until(MORNING)
    message, late = dan.button_data("Về thứ Tư 03/02")
    staying = dan.button_data("Không về")[1]
    dan.taps_data(message, staying).taps_data(message, staying, stale=True)
    assert [row.plan for row in rows(world)] == [HomePlan.STAYS]
    dan.taps_data(message, late, stale=True).says("2/2/2027")
    assert "Ngày đi lại không thể trước ngày về" in dan.reads()
    dan.says("20/4/2027")
    assert "thì không còn là về chơi" in dan.reads()
    row_id = rows(world)[0].id
    for day, answer in (("2026-12-20", "Ngày này đã qua"), ("2027-06-01", "Ngày này xa kỳ nghỉ")):
        dan.taps_data(message, f"homecoming:from:{row_id}:{day}", stale=True)
        assert answer in dan.reads()
    dan.taps_data(message, f"homecoming:say:{row_id}:comes", stale=True)
    assert [(row.plan, row.comes_on) for row in rows(world)] == [(HomePlan.STAYS, None)]

    bob = settle_in(world, cell, BOB)[0]  # somebody else's button
    bob.says("/chibo")
    bob.taps_data(bob.button_data("Sổ theo dõi")[0], f"homecoming:say:{row_id}:unsure", stale=True)
    dan.taps_data(message, f"absence:home:{cell.id}:0", stale=True)
    assert "Tối đông người nhất" not in dan.reads()
    assert [row.plan for row in rows(world)] == [HomePlan.STAYS]

    bob.says("/chibo").goes("Sổ theo dõi").goes("Ai về quê dịp nghỉ")
    assert "Chưa có tối nào có đồng chí đi xa ở quê" in bob.reads()


def test_who_has_only_looked_is_asked_and_who_is_back_is_asked_no_more(world: World, cell: Cell) -> None:
    dan = settle_in(world, cell, DAN)[0]
    chain = Chain(world, cell, cell.dan).files(LONG_AWAY).is_approved()
    dan.says("/khaibao").goes("Về quê dịp nghỉ")
    assert [row.asked_at for row in rows(world)] == [None]
    world.until(MORNING)
    assert [row.asked_at is not None for row in rows(world)] == [True]
    message, day = dan.button_data("Về thứ Tư 03/02")
    dan.taps_data(message, day)
    chain.does(begin_return, by_id=cell.dan, returned_on=world.clock().date())
    dan.taps("Đi thứ Năm 11/02")
    assert "Lần đi xa đã kết thúc, không cần trả lời nữa." in dan.reads()
    dan.taps_data(message, day, stale=True)
    assert "Lần đi xa đã kết thúc" in dan.reads()
    assert rows(world)[0].plan == HomePlan.ASKED


def test_nobody_is_asked_who_has_said_no_who_comes_back_before_or_has_not_left(
    world: World, cell: Cell
) -> None:
    others = tuple(one for one in Purpose if one is not Purpose.CONTACT)
    dan = settle_in(world, cell, DAN, consents=others)[0]
    alice, bob = settle_in(world, cell, ALICE, BOB)
    Chain(world, cell, cell.dan).files(LONG_AWAY).is_approved()
    Chain(world, cell, cell.alice).files(declaration(date(2026, 12, 1), date(2027, 1, 31), stay=SAIGON))
    Chain(world, cell, cell.bob).files(declaration(date(2027, 2, 20), date(2027, 8, 1), stay=SAIGON))

    def asks(db: Session) -> None:
        for now in (MORNING, datetime(2027, 2, 3, 5, tzinfo=UTC)):
            ask_homecomings(db, world.settings.at(now), now=now)

    world.db(asks)
    world.settle()
    assert not any(ASKED in one.chat() for one in (dan, alice, bob))
    assert rows(world) == []


def test_the_desk_answers_for_who_was_spoken_with_and_the_member_is_told_and_may_say_otherwise(
    world: World, cell: Cell, dan: Phone
) -> None:
    bob = settle_in(world, cell, BOB)[0]
    Chain(world, cell, cell.alice).files(LONG_AWAY).is_approved()  # has no account: nobody asks her
    world.until(MORNING)
    dan.taps("Chưa biết")
    bob.says("/chibo").goes("Sổ theo dõi").goes("Ai về quê dịp nghỉ").taps("Ghi thay một đồng chí")
    assert "Chỉ ghi khi đã trao đổi với đồng chí ấy." in bob.reads()
    bob.taps("Nguyễn Thị An")
    assert bob.reads().startswith("Nguyễn Thị An có về quê dịp này không?")
    bob.taps("Về thứ Tư 03/02")
    assert "Nguyễn Thị An về thứ Tư 03/02. Ngày nào đi lại?" in bob.reads()
    bob.taps("Đi thứ Năm 11/02")
    assert "Nguyễn Thị An được báo là đồng chí đã ghi thay" in bob.reads()

    bob.taps("Ghi thay người khác", "Phạm Văn Dân")
    assert "Đồng chí ấy đã tự trả lời." in bob.reads()
    bob.taps("Về ngày khác").says("5/2", "9/2")
    bob.goes("Ai về quê dịp nghỉ")
    seen = bob.reads()
    assert "2/2 đồng chí đi xa sẽ về" in seen
    assert "Tối đông người nhất: thứ Ba 09/02" not in seen
    assert "• Nguyễn Thị An: từ thứ Tư 03/02 đến thứ Năm 11/02 (Trần Văn Bình ghi thay)" in seen
    assert "• Phạm Văn Dân: từ thứ Sáu 05/02 đến thứ Ba 09/02 (Trần Văn Bình ghi thay)" in seen

    told = dan.reads()
    assert "Trần Văn Bình đã ghi thay đồng chí" in told
    assert "có về, từ thứ Sáu 05/02 đến thứ Ba 09/02" in told
    dan.taps("Đổi câu trả lời", "Không về")
    told = bob.reads()
    assert "Phạm Văn Dân vừa tự trả lời lại, khác với điều đồng chí đã ghi thay." in told
    assert "Đã ghi: không về." in told
    dan.taps("Đổi câu trả lời", "Chưa biết")  # their own answer: that is the desk's list, and no message
    assert bob.chat().count("vừa tự trả lời lại") == 1
    dan.taps("Đổi câu trả lời", "Không về")
    bob.says("/chibo").goes("Sổ theo dõi").goes("Ai về quê dịp nghỉ")
    assert "• Phạm Văn Dân: không về\n" in f"{bob.reads()}\n"
    assert {(row.plan, row.by_id) for row in rows(world)} == {
        (HomePlan.COMES, cell.bob),
        (HomePlan.STAYS, None),
    }
    dan.says("/dulieu").taps("Ai đã xem, ai đã sửa")
    assert "trả lời thay về việc về quê dịp nghỉ" in dan.reads()


def test_the_same_answer_typed_twice_by_the_desk_is_told_once_and_a_stranger_answers_for_nobody(
    world: World, cell: Cell, dan: Phone
) -> None:
    bob, alice = settle_in(world, cell, BOB, ALICE)
    world.until(MORNING)
    bob.says("/chibo").goes("Sổ theo dõi").goes("Ai về quê dịp nghỉ").taps("Ghi thay một đồng chí")
    bob.taps("Phạm Văn Dân")
    message, staying = bob.button_data("Không về")
    bob.taps_data(message, staying).taps_data(message, staying, stale=True)
    assert dan.chat().count("đã ghi thay đồng chí") == 1
    row_id = rows(world)[0].id
    alice.says("/menu")
    anywhere = alice.messages()[-1]["message_id"]
    for data in (
        f"absence:homesay:{row_id}:unsure",
        f"absence:homefrom:{row_id}",
        f"absence:homewho:{cell.id}:0",
    ):
        alice.taps_data(anywhere, data, stale=True)
    assert [(row.plan, row.by_id) for row in rows(world)] == [(HomePlan.STAYS, cell.bob)]
