"""The committee's view: counts without names, new units, their secretaries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.ground.names import tidy_unit_name
from models.people.member import (
    Member,
    Purpose,
    Reachability,
    account_of,
    add_member,
    link_account,
    roster,
    set_reachability,
)
from models.people.rights import Role, appoint, appointments, end_appointment, holders
from models.people.unit import Unit, UnitKind, create_unit, units_under
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, NAMES, NUMBERS, OFFICER, Cell, a_cell, phone_of, settle_in
from tests.phone import Phone


def an_officer(world: World) -> tuple[Cell, Phone]:
    cell = a_cell(world)
    return cell, settle_in(world, cell, OFFICER)[0]


def work_away(world: World, cell_id: int, count: int) -> None:
    """So many more of the cell work away, not registered."""

    def work(db: Session) -> None:
        for number in range(count):
            add_member(
                db,
                cell_id=cell_id,
                full_name=f"Đỗ Văn {number}",
                place_code="VN-79",
                now=world.clock(),
            )

    world.db(work)


def secretaries(world: World, cell_id: int) -> list[str]:
    def work(db: Session) -> list[str]:
        ids = holders(db, cell_id, Role.SECRETARY, now=world.clock())
        return [db.get_one(Member, member_id).full_name for member_id in ids]

    return world.db(work)


def test_an_officer_sees_counts_and_no_names(world: World) -> None:
    cell, mai = an_officer(world)
    settle_in(world, cell, BOB, ALICE, DAN)
    work_away(world, cell.id, 3)
    mai.says("/dangbo")
    view = mai.reads()
    assert "Chi bộ thôn Đông" in view
    assert "5 người đi xa" in view
    assert "đã đăng ký 2" in view
    assert "báo cáo tháng này: chưa có số liệu" in view
    mai.taps("Chi bộ thôn Đông")
    view += mai.reads()
    for user in (BOB, ALICE, DAN):
        assert NAMES[user] not in view


def test_who_has_answered_is_counted_and_who_has_not_agreed_is_not(world: World) -> None:
    cell, mai = an_officer(world)
    (alice,) = settle_in(world, cell, ALICE)
    settle_in(world, cell, DAN, consents=(Purpose.CONTACT,))
    work_away(world, cell.id, 4)
    world.until(datetime(2027, 1, 2, 1, 0, tzinfo=UTC))
    alice.taps("Mọi việc vẫn ổn").taps("Gửi")
    mai.says("/dangbo")
    shown = mai.reads()
    assert "báo cáo tháng này: 1 · quá hạn: 0" in shown
    assert "5 người đi xa" in shown  # the four at work and Alice, not Dan
    alice.blocks()
    mai.says("/dangbo")
    assert "tin không tới: 1" in mai.reads()


def test_the_counts_cost_the_same_however_many_cells_there_are(world: World) -> None:
    cell, mai = an_officer(world)
    statements: list[str] = []

    def note(*args: Any) -> None:
        statements.append(args[2])

    event.listen(world.database.engine, "before_cursor_execute", note)
    mai.says("/dangbo")
    few = len(statements)

    def more(db: Session) -> None:
        commune = db.get_one(Unit, cell.commune)
        for i in range(20):
            create_unit(db, kind=UnitKind.CELL, name=f"Chi bộ {i}", parent=commune, now=world.clock())

    world.db(more)
    statements.clear()
    mai.says("/dangbo")
    assert len(statements) <= few
    assert "Danh sách: chưa có số liệu" in mai.reads()
    mai.taps("Trang sau")
    assert "Trang 2/7" in mai.reads()


def test_few_are_counted_with_the_next_cell_and_the_rest_does_not_give_them_away(world: World) -> None:
    cell, mai = an_officer(world)

    def more(db: Session) -> list[int]:
        commune = db.get_one(Unit, cell.commune)
        return [
            create_unit(db, kind=UnitKind.CELL, name=name, parent=commune, now=world.clock()).id
            for name in ("Chi bộ thôn Nam", "Chi bộ thôn Tây")
        ]

    south, west = world.db(more)
    work_away(world, south, 6)
    work_away(world, west, 1)
    mai.says("/dangbo")
    view = mai.reads()
    assert "9 người đi xa" in view
    assert "Chi bộ thôn Đông\nÍt người đi xa, tính chung với Chi bộ thôn Nam" in view
    assert "Chi bộ thôn Tây\nÍt người đi xa, tính chung với Chi bộ thôn Nam" in view
    assert view.count("người đi xa · ") == 2
    mai.taps("Chi bộ thôn Tây")
    assert "tính chung với Chi bộ thôn Nam" in mai.reads()
    mai.taps("Lên một cấp", "Chi bộ thôn Nam")
    view = mai.reads()
    assert "9 người đi xa" in view
    assert "tính chung cả Chi bộ thôn Đông, Chi bộ thôn Tây" in view


def test_a_cell_is_created_and_its_secretary_invited(world: World) -> None:
    cell, mai = an_officer(world)
    mai.says("/dangbo").taps("Lập tổ chức").taps("Chi bộ").says("Chi bộ thôn Nam").taps("Lập")
    assert "Đã lập Chi bộ thôn Nam" in mai.reads()
    mai.taps("Ghi nhận bí thư chi bộ").says("Hồ Văn Nam", "1970", "0912345678").taps(
        "Ghi nhận và tạo lời mời"
    )
    photo = mai.last()
    assert photo["photo"]
    assert "https://t.me/" in photo["text"]
    new = world.db(lambda db: next(u for u in units_under(db, cell.commune) if u.name == "Chi bộ thôn Nam"))
    assert secretaries(world, new.id) == ["Hồ Văn Nam"]
    nam = world.db(lambda db: roster(db, new.id))
    assert [(m.full_name, m.birth_year, m.phone) for m in nam] == [("Hồ Văn Nam", 1970, "+84912345678")]


def test_only_kinds_that_may_stand_here_are_offered(world: World) -> None:
    _, mai = an_officer(world)
    mai.says("/dangbo").taps("Lập tổ chức")
    assert {"Đảng ủy cơ sở", "Đảng bộ bộ phận", "Chi bộ"} <= set(mai.buttons())
    assert "Đảng ủy xã, phường" not in mai.buttons()
    mai.taps("Chi bộ").says("chi bộ THÔN đông")
    assert "Ở đây đã có Chi bộ thôn Đông" in mai.reads()
    mai.says("chi bộ thôn nam")  # another name is typed at once
    assert "Lập Chi bộ thôn Nam" in mai.reads()
    mai.says("chi bộ tổ dân phố 5").taps("Lập")  # and once more, where the button is asked for
    assert "Đã lập Chi bộ tổ dân phố 5" in mai.reads()


def test_a_secretary_is_replaced_and_both_are_told(world: World) -> None:
    cell, mai = an_officer(world)
    bob, dan = settle_in(world, cell, BOB, DAN)
    mai.says("/dangbo").taps("Chi bộ thôn Đông").taps("Ghi nhận bí thư mới")
    mai.says("Phạm Văn Dân", str(1960 + DAN // 2), NUMBERS[DAN])
    assert "quyền của đồng chí ấy trong chương trình hết" in mai.reads()
    mai.taps("Ghi nhận và tạo lời mời")
    assert "đã đăng ký từ trước" in mai.reads()
    assert secretaries(world, cell.id) == ["Phạm Văn Dân"]
    assert "đã kết thúc" in bob.reads()
    assert "là bí thư Chi bộ thôn Đông từ lúc này" in dan.reads()
    bob.says("/nhap")
    assert "không thuộc phần" in bob.reads()
    count = world.db(lambda db: len(db.scalars(select(Member).where(Member.cell_id == cell.id)).all()))
    assert count == 4


def test_an_ex_officer_and_a_secretary_see_nothing_there(world: World) -> None:
    cell, mai = an_officer(world)
    (bob,) = settle_in(world, cell, BOB)
    bob.says("/dangbo")
    assert "không thuộc phần" in bob.reads()
    message = bob.last()["message_id"]
    for data in (
        f"unit:see:{cell.commune}",
        f"unit:new:{cell.commune}",
        f"unit:secretary:{cell.id}",
        "unit:see:x",
    ):
        bob.taps_data(message, data, stale=True)
        answer = bob.reads()
        assert "không thuộc phần" in answer or "không còn dùng được" in answer
    mai.says("/dangbo").taps("Lập tổ chức").taps("Chi bộ").says("Chi bộ thôn Nam")

    def dismiss(db: Session) -> None:
        for held in appointments(db, cell.officer, now=world.clock()):
            end_appointment(db, held, by_id=None, now=world.clock())

    world.db(dismiss)
    mai.taps("Lập")
    assert "không thuộc phần" in mai.reads()
    assert world.db(lambda db: [u.name for u in units_under(db, cell.commune)]) == ["Chi bộ thôn Đông"]


def test_a_stranger_learns_nothing_of_units(world: World) -> None:
    cell = a_cell(world)
    carol = phone_of(world, 90).says("/dangbo")
    assert "An Bình" not in carol.reads()
    carol.taps_data(carol.last()["message_id"], f"unit:see:{cell.commune}", stale=True)
    assert "An Bình" not in carol.chat()


def test_a_secretary_who_lost_the_phone_is_invited_again_from_above(world: World) -> None:
    cell, mai = an_officer(world)
    settle_in(world, cell, BOB)
    mai.says("/dangbo").taps("Chi bộ thôn Đông", "Mời lại bí thư")
    assert "một ngày để chặn" in mai.reads()
    mai.taps("Đồng ý")
    assert "https://t.me/" in mai.last()["text"]
    assert secretaries(world, cell.id) == [NAMES[BOB]]


def test_naming_the_same_secretary_again_ends_nothing(world: World) -> None:
    cell, mai = an_officer(world)
    (bob,) = settle_in(world, cell, BOB)
    mai.says("/dangbo").taps("Chi bộ thôn Đông", "Ghi nhận bí thư mới")
    mai.says(NAMES[BOB], str(1960 + BOB // 2), NUMBERS[BOB])
    assert "kết thúc" not in mai.reads()
    mai.taps("Ghi nhận và tạo lời mời")
    assert "Mời lại bí thư (đổi điện thoại)" in mai.buttons()
    assert secretaries(world, cell.id) == [NAMES[BOB]]
    assert bob.reads() == ""


def test_a_network_that_stays_out_of_order_counts_as_unreachable_and_not_as_late(world: World) -> None:
    cell, mai = an_officer(world)
    settle_in(world, cell, ALICE)
    work_away(world, cell.id, 4)
    world.until(datetime(2027, 1, 9, 3, 0, tzinfo=UTC))

    def breaks(days: int) -> None:
        def work(db: Session) -> None:
            account = account_of(db, cell.alice)
            assert account is not None
            set_reachability(account, Reachability.NETWORK, now=world.clock() - timedelta(days=days))

        world.db(work)

    breaks(2)
    assert "quá hạn: 1\n• tin không tới: 0" in mai.says("/dangbo").reads()
    breaks(4)
    assert "quá hạn: 0\n• tin không tới: 1" in mai.says("/dangbo").reads()


def test_the_first_screen_of_a_committee_says_what_comes_first(world: World) -> None:
    def work(db: Session) -> int:
        now = world.clock()
        commune = create_unit(db, kind=UnitKind.COMMUNE, name="Đảng ủy xã Mẫu", parent=None, now=now)
        member = add_member(db, cell_id=None, full_name="Vũ Thị Mai", now=now)
        appoint(db, member_id=member.id, unit_id=commune.id, role=Role.OFFICER, by_id=None, now=now)
        link_account(db, member, address=chat_address(OFFICER), now=now)
        return commune.id

    commune = world.db(work)
    mai = phone_of(world, OFFICER)
    world.telegram.users[OFFICER].started = True
    mai.says("/dangbo")
    first = mai.reads()
    assert "Chưa có chi bộ nào. Việc đầu tiên: lập chi bộ." in first
    assert "Dưới 5 người" not in first
    mai.taps("Lập tổ chức", "Chi bộ").says("chi bộ 1").taps("Lập", "Về tổ chức này", "Lên một cấp")
    assert "1 chi bộ chưa có bí thư" in mai.reads()
    assert "Ghi nhận bí thư Chi bộ 1" in mai.reads() or "Ghi nhận bí thư chi bộ" in mai.buttons()
    assert "Dưới 5 người" not in mai.chat()
    assert commune


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("chi bộ thôn đông", "Chi bộ thôn Đông"),
        ("CHI BỘ THÔN ĐÔNG THÀNH", "Chi bộ thôn Đông Thành"),
        ("chi bộ  tổ dân phố 5", "Chi bộ tổ dân phố 5"),
        ("đảng ủy xã văn phúc", "Đảng ủy xã Văn Phúc"),
        ("Chi bộ Công ty TNHH May 10", "Chi bộ Công ty TNHH May 10"),
        ("chi bộ thôn Đông", "Chi bộ thôn Đông"),
    ],
)
def test_the_name_of_a_unit_is_written_as_people_write_it(typed: str, kept: str) -> None:
    assert tidy_unit_name(typed) == kept
