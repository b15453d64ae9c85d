"""Whoever keeps in touch with somebody sees them, and what one needs to phone: nothing and nobody else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.contact_note import ContactNote
from models.people.assignment import Assignment, assign_contact, end_assignment
from models.people.member import Look, Member, add_member
from tests.fakes import World
from tests.people import ALICE, BOB, CAROL, DAN, DEPUTY, Cell, phone_of, settle_in
from tests.phone import Phone


@pytest.fixture
def phones(world: World, cell: Cell) -> dict[int, Phone]:
    users = (DAN, ALICE, BOB, DEPUTY)
    return dict(zip(users, settle_in(world, cell, *users), strict=True))


def assign(world: World, cell: Cell, *, to: int, member: int, until: date | None = None) -> int:
    """`to` keeps in touch with `member` from now on."""

    def work(db: Session) -> int:
        return assign_contact(
            db,
            db.get_one(Member, member),
            db.get_one(Member, to),
            by_id=cell.bob,
            ends_on=until,
            now=world.clock(),
        ).id

    found = world.db(work)
    world.settle()
    return found


def end(world: World, cell: Cell, assignment: int) -> None:
    world.db(
        lambda db: end_assignment(db, db.get_one(Assignment, assignment), by_id=cell.bob, now=world.clock())
    )
    world.settle()


def notes(world: World, member_id: int) -> list[ContactNote]:
    return world.db(
        lambda db: list(db.scalars(select(ContactNote).where(ContactNote.member_id == member_id)))
    )


def forge(phone: Phone, *datas: str) -> str:
    said = ""
    for data in datas:
        phone.taps_data(phone.last()["message_id"], data, stale=True)
        said += phone.reads()
    return said


def test_a_contact_sees_only_those_assigned(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    dan = phones[DAN].says("/menu")
    assert "Chi bộ hôm nay" not in dan.buttons()
    assign(world, cell, to=cell.dan, member=cell.alice)
    dan.says("/menu")
    assert "Chi bộ hôm nay" in dan.buttons()
    assert "/chibo" in dan.says("/trogiup").reads()
    dan.says("/chibo")
    seen = dan.reads()
    assert "Nguyễn Thị An, Nhật Bản, bên đó 10:00" in seen
    assert "không có kỳ nào đang chờ" in seen
    assert "Tin gần nhất: 01/12/2026 (nhắn cho chương trình)" in seen
    for name in ("Trần Văn Bình", "Lê Thị Hoa", "Phạm Văn Dân"):
        assert name not in seen
    assert "8190" not in seen
    assert dan.buttons() == ["Nguyễn Thị An", "Phiếu gọi để in", "Màn hình chính"]


def test_the_phone_is_shown_on_a_tap_and_the_look_leaves_a_row(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    assign(world, cell, to=cell.dan, member=cell.alice)
    dan = phones[DAN].taps("Xem để liên hệ")
    assert "Bên đó đang 10:00" in dan.reads()
    assert dan.buttons() == ["Gọi", "Ghi kết quả gọi", "‹ Danh sách tôi giữ liên lạc", "Màn hình chính"]
    looks = select(Look.what).where(Look.reader_id == cell.dan)
    assert world.db(lambda db: list(db.scalars(looks))) == []
    dan.taps("Gọi")
    assert "+819012345678" in dan.reads()
    assert world.db(lambda db: list(db.scalars(looks))) == ["member.phone"]
    phones[ALICE].says("/dulieu").taps("Ai đã xem")
    assert "Phạm Văn Dân" in phones[ALICE].reads()


def test_who_has_no_number_is_said_so(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    def forget(db: Session) -> None:
        db.get_one(Member, cell.alice).phone = None

    world.db(forget)
    assign(world, cell, to=cell.dan, member=cell.alice)
    phones[DAN].taps("Xem để liên hệ").taps("Gọi")
    assert "hỏi bí thư" in phones[DAN].reads()


def test_a_contact_notes_what_was_heard_and_the_report_is_settled(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    assign(world, cell, to=cell.dan, member=cell.alice)
    world.until(datetime(2027, 1, 8, 1, 0, tzinfo=UTC))
    dan = phones[DAN].says("/chibo")
    assert "quá hạn" in dan.reads()
    dan.taps("Nguyễn Thị An").taps("Ghi kết quả gọi", "Cách khác", "Gọi điện").taps("Hôm nay").says(
        "Mọi việc ổn"
    ).taps("Ghi lại")
    done = dan.reads()
    assert "Đã ghi nhận liên hệ với đồng chí Nguyễn Thị An" in done
    assert "Tin gần nhất: 08/01/2027 (gọi, gặp được)" in done
    assert "không có kỳ nào đang chờ" in done
    assert "đã báo cáo" not in done
    note = notes(world, cell.alice)[0]
    assert (note.by_id, note.result) == (cell.dan, "Mọi việc ổn")
    assert note.checkin_id is not None
    assert "Phạm Văn Dân" in phones[ALICE].reads()


def test_a_note_marked_secret_is_refused(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    assign(world, cell, to=cell.dan, member=cell.alice)
    dan = (
        phones[DAN]
        .taps("Xem để liên hệ")
        .taps("Ghi kết quả gọi", "Cách khác", "Gọi điện")
        .taps("Hôm nay")
        .says("TỐI MẬT")
    )
    assert "tài liệu MẬT" in dan.reads()
    assert notes(world, cell.alice) == []


def test_a_contact_may_do_nothing_else(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    assign(world, cell, to=cell.dan, member=cell.alice)
    dan = phones[DAN]
    refused = [
        f"desk:open:{cell.id}",
        f"desk:who:{cell.alice}",
        f"desk:call:m:{cell.alice}",
        f"desk:list:{cell.id}:owing:0",
        f"desk:keep:{cell.bob}",
        f"desk:keepcall:{cell.deputy}",
        f"desk:note:m:{cell.deputy}",
        f"desk:note:m:{cell.dan}",
        f"roster:card:{cell.alice}",
        f"roster:phone:{cell.alice}",
    ]
    said = forge(dan, *refused)
    assert said.count("không thuộc phần") == len(refused)
    assert "Nguyễn Thị An" not in said
    for command in ("/danhsach", "/xuat", "/moi", "/nhap"):
        assert "không thuộc phần" in dan.says(command).reads()


def test_when_the_assignment_ends_so_does_everything_that_was_begun(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    assignment = assign(world, cell, to=cell.dan, member=cell.alice)
    dan = phones[DAN].taps("Xem để liên hệ")
    dan.taps("Ghi kết quả gọi", "Cách khác", "Gọi điện").taps("Hôm nay").says("Mọi việc ổn")
    end(world, cell, assignment)
    dan.taps("Ghi lại")
    assert "không thuộc phần" in dan.reads()
    assert notes(world, cell.alice) == []
    datas = (
        "desk:mine:0",
        f"desk:keep:{cell.alice}",
        f"desk:keepcall:{cell.alice}",
        f"desk:note:m:{cell.alice}",
    )
    assert forge(dan, *datas).count("không thuộc phần") == 4
    dan.says("/menu")
    assert "Chi bộ hôm nay" not in dan.buttons()
    assert "không thuộc phần" in dan.says("/chibo").reads()


def test_an_assignment_for_a_range_ends_by_itself(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    assign(world, cell, to=cell.dan, member=cell.alice, until=date(2026, 12, 5))
    world.until(datetime(2026, 12, 5, 16, 59, tzinfo=UTC))
    assert "Nguyễn Thị An" in phones[DAN].says("/chibo").reads()
    world.wait(timedelta(minutes=2))
    assert "không thuộc phần" in phones[DAN].says("/chibo").reads()


def test_a_contact_who_left_the_cell_sees_nobody(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    assign(world, cell, to=cell.dan, member=cell.alice)

    def move(db: Session) -> None:
        db.get_one(Member, cell.dan).cell_id = None

    world.db(move)
    assert "không thuộc phần" in phones[DAN].says("/chibo").reads()
    assert "không thuộc phần" in forge(phones[DAN], f"desk:keep:{cell.alice}")


def test_who_owes_comes_first_and_the_list_turns_pages(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    def more(db: Session) -> list[int]:
        return [
            add_member(
                db, cell_id=cell.id, full_name=f"Đỗ Thị Số {i}", place_code="VN-79", now=world.clock()
            ).id
            for i in range(10)
        ]

    for member_id in world.db(more):
        assign(world, cell, to=cell.dan, member=member_id)
    assign(world, cell, to=cell.dan, member=cell.alice)
    world.until(datetime(2027, 1, 2, 1, 0, tzinfo=UTC))
    dan = phones[DAN].says("/chibo")
    assert dan.buttons()[0] == "Nguyễn Thị An"
    assert "11 người" in dan.reads()
    dan.taps("Trang sau")
    assert "Nguyễn Thị An" not in dan.buttons()
    assert len([label for label in dan.buttons() if label.startswith("Đỗ Thị")]) == 4


def test_a_secretary_who_is_a_contact_too_keeps_the_desk(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    assign(world, cell, to=cell.deputy, member=cell.alice)
    phones[DEPUTY].says("/chibo")
    assert "Xem theo nhóm" in phones[DEPUTY].buttons()
    phones[DEPUTY].taps("Việc khác", "Xem thêm", "Đồng chí tôi giữ liên lạc")
    assert "Nguyễn Thị An" in phones[DEPUTY].buttons()


def test_strangers_and_forged_numbers(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    assign(world, cell, to=cell.dan, member=cell.alice)
    dan = phones[DAN].says("/chibo")
    for bad in ("x", "", "1", "9" * 30, str(cell.commune)):
        assert "không thuộc phần" in forge(
            dan, f"desk:keep:{bad}", f"desk:keepcall:{bad}", f"desk:note:m:{bad}"
        )
    carol = phone_of(world, CAROL).says("xin chào")
    assert "Nguyễn" not in forge(
        carol, "desk:mine:0", f"desk:keep:{cell.alice}", f"desk:keepcall:{cell.alice}"
    )
