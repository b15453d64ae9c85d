"""Kind 7: two Lê Văn Dũng in one cell, and a third of the same year: no screen, message or list says one name for two people."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.request import RequestViewer
from models.people.member import Member, add_member
from models.people.namesakes import called
from models.people.rights import Role, appoint
from models.people.unit import Unit, UnitKind, create_unit
from tests.fakes import World
from tests.people import ALICE, BOB, Cell, a_cell, phone_of, settle_in
from tests.phone import Phone
from tests.stories.test_take_overs import claims, link_in

FIRST, SECOND = "Lê Văn Dũng (1988)", "Lê Văn Dũng (1979)"


def two_namesakes(world: World) -> tuple[Cell, Phone]:
    cell = a_cell(world)

    def work(db: Session) -> None:
        for year in (1988, 1979):
            add_member(
                db,
                cell_id=cell.id,
                full_name="Lê Văn Dũng",
                birth_year=year,
                phone=f"+8491300{year}",
                place_code="JP",
                now=world.clock(),
            )

    world.db(work)
    return cell, settle_in(world, cell, BOB)[0]


def two_labels_alike(phone: Phone) -> list[str]:
    """The labels that stand twice on one message of this phone and lead to two places."""
    found = []
    for message in phone.messages():
        seen: dict[str, Any] = {}
        for button in (one for row in message["inline_keyboard"] for one in row):
            data = button.get("callback_data")
            if seen.setdefault(button["text"], data) != data:
                found.append(button["text"])
    return found


def test_no_screen_says_one_name_for_two_people(world: World) -> None:
    _, bob = two_namesakes(world)
    screens = [
        ("/danhsach",),
        ("/danhsach", "Dũng"),
        ("/chibo",),
        ("/hop",),
    ]
    for said in screens:
        bob.says(*said)
        assert not two_labels_alike(bob)
    bob.says("/danhsach").says("dung")
    labels = bob.buttons()
    assert any(FIRST in one for one in labels)
    assert any(SECOND in one for one in labels)
    bob.taps(FIRST, "Việc khác", "Đưa ra khỏi danh sách")
    assert FIRST in bob.reads()  # the question says which of the two
    bob.says("/chibo").taps("Việc khác", "Nhiệm vụ", "Giao nhiệm vụ")
    assert not two_labels_alike(bob)


def test_invites_say_whose_they_are(world: World) -> None:
    _, bob = two_namesakes(world)
    bob.says("/danhsach").says("dung").taps(FIRST, "Mời")
    assert FIRST in bob.reads()
    token = link_in(bob)
    elder = world.phone(501, "Dũng", language="vi", phone="+84913001979")
    claims(elder, token).taps("đang ở nhà")
    told = bob.reads()
    assert f"Cần xác nhận: đồng chí {FIRST}" in told
    assert "số này (đuôi …979) là của Lê Văn Dũng, sinh 1979" in told


def test_of_one_year_the_secretary_knows_them_by_their_numbers(world: World) -> None:
    cell, bob = two_namesakes(world)
    (third,) = world.db(lambda db: [_third(db, world, cell)])
    bob.says("/danhsach").says("dung")
    labels = bob.buttons()
    assert any("Lê Văn Dũng (1988, A), số …988" in one for one in labels)
    assert any("Lê Văn Dũng (1988, B), số …333" in one for one in labels)
    assert not two_labels_alike(bob)
    # what a fellow member may read says no more than year and letter
    name = world.db(lambda db: db.get_one(Member, third).full_name)
    assert name == "Lê Văn Dũng (1988, B)"


def _third(db: Session, world: World, cell: Cell) -> int:
    made = add_member(
        db, cell_id=cell.id, full_name="Lê Văn Dũng", birth_year=1988, phone="+84913003333", now=world.clock()
    )
    return made.id


def test_papers_and_greetings_name_a_person_as_they_are_called(world: World) -> None:
    _, bob = two_namesakes(world)
    bob.says("/danhsach").says("dung").taps(FIRST, "Mời")
    dung = world.phone(502, "Dũng", language="vi", phone="+84913001988")
    claims(dung, link_in(bob)).taps("Đúng", "Đúng giờ này")
    while "Đồng ý" in dung.buttons():
        dung.taps("Đồng ý")
    assert "Lê Văn Dũng" in dung.chat()
    assert "(1988)" not in dung.chat()
    assert f"Đồng chí {FIRST} đã đăng ký xong" in bob.reads()
    dung.says("/dulieu")
    assert "(1988)" not in dung.reads()


def test_the_number_of_nobody_is_said_to_be_nobodys(world: World) -> None:
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    bob.says("/danhsach").taps("Nguyễn Thị An", "Mời")
    stranger = phone_of(world, ALICE, number="+819000000001")
    claims(stranger, link_in(bob)).taps("đang ở nhà")
    assert "là của" not in bob.reads()


# --- over several cells ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((1988, 1979), ("Lê Văn Dũng (1988)", "Lê Văn Dũng (1979)")),
        ((1988, 1988), ("Lê Văn Dũng (thôn Đông)", "Lê Văn Dũng (thôn Tây)")),
        ((None, 1979), ("Lê Văn Dũng (thôn Đông)", "Lê Văn Dũng (thôn Tây)")),
    ],
)
def test_a_list_that_reaches_over_several_cells_tells_namesakes_apart(
    world: World, years: tuple[int | None, int | None], said: tuple[str, str]
) -> None:
    """Each is alone in their cell: the roster calls them by the bare name, the committee does not."""
    cell = a_cell(world)

    def work(db: Session) -> None:
        commune = db.get_one(Unit, cell.commune)
        west = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Tây", parent=commune, now=world.clock())
        people = [
            add_member(db, cell_id=one, full_name="Lê Văn Dũng", birth_year=year, now=world.clock())
            for one, year in zip((cell.id, west.id), years, strict=True)
        ]
        for one in people:
            appoint(
                db, member_id=one.id, unit_id=cell.commune, role=Role.OFFICER, by_id=None, now=world.clock()
            )
        assert {one.full_name for one in people} == {"Lê Văn Dũng"}
        assert tuple(called(db, people)[one.id] for one in people) == said

    world.db(work)
    (alice,) = settle_in(world, cell, ALICE)
    alice.says("/hotro").taps("Ốm đau", "Không gấp").says("Việc riêng.").taps(
        "Xong, xem lại", "Chỉ cho một số"
    )
    labels = " ".join(alice.buttons())
    assert all(one.split("(")[1] in labels for one in said)
    assert not two_labels_alike(alice)


def test_a_picker_of_many_turns_pages_and_keeps_who_was_chosen(world: World) -> None:
    cell = a_cell(world)

    def work(db: Session) -> None:
        for at in range(9):
            one = add_member(db, cell_id=None, full_name=f"Cán Bộ {chr(65 + at)}", now=world.clock())
            appoint(
                db, member_id=one.id, unit_id=cell.commune, role=Role.OFFICER, by_id=None, now=world.clock()
            )

    world.db(work)
    (alice,) = settle_in(world, cell, ALICE)
    alice.says("/hotro").taps("Ốm đau", "Không gấp").says("Việc riêng.").taps(
        "Xong, xem lại", "Chỉ cho một số"
    )
    alice.taps("Trần Văn Bình")
    while not any("Cán Bộ I" in one for one in alice.buttons()):
        alice.taps("Trang sau")
    alice.taps("Cán Bộ I")
    assert "Đã chọn: Trần Văn Bình, Cán Bộ I" in alice.reads()
    alice.taps("Xong", "Gửi")
    chosen = world.db(lambda db: len(db.scalars(select(RequestViewer.viewer_id)).all()))
    assert chosen == 2
