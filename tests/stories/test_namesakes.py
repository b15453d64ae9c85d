"""Two Lê Văn Dũng in one cell, and a third of the same year: no screen, message or list says one name for two people."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from models.member import Member, add_member
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
