"""What is about people can neither be forwarded nor saved; for who is discreet a lock screen shows a neutral line, replies included."""

from __future__ import annotations

from typing import Any

from tests.fakes import World
from tests.people import ALICE, BOB, a_cell, settle_in
from tests.phone import Phone

NEUTRAL = "Xa Nhà: bạn có tin. Chạm để đọc."


def newest(phone: Phone) -> tuple[bool, bool]:
    """Whether the newest message is protected, and whether a lock screen shows no more than the neutral line."""
    message: dict[str, Any] = phone.last()
    return message["has_protected_content"], message["text"].startswith(NEUTRAL)


def discreet(world: World) -> tuple[Phone, Phone]:
    cell = a_cell(world)
    bob, alice = settle_in(world, cell, BOB, ALICE)
    return bob, alice


def test_who_is_abroad_reads_their_own_data_under_a_neutral_line(world: World) -> None:
    _, alice = discreet(world)
    assert newest(alice.says("/dulieu")) == (True, True)
    assert newest(alice.says("/menu")) == (False, False)


def test_a_protected_screen_opens_below_and_then_changes_in_its_place(world: World) -> None:
    bob, _ = discreet(world)
    menu = bob.says("/menu").last()["message_id"]
    bob.taps("Danh sách")
    assert newest(bob) == (True, False)
    listed = bob.last()["message_id"]
    assert listed != menu
    assert bob.taps("Phạm Văn Dân").last()["message_id"] == listed
    assert newest(bob) == (True, False)


def test_a_question_is_seen_while_it_is_answered(world: World) -> None:
    _, alice = discreet(world)
    alice.says("/hotro").taps("Giấy tờ", "Trong vài ngày").says("Hộ chiếu")
    assert newest(alice) == (True, False)


def test_what_is_to_be_passed_on_can_be(world: World) -> None:
    bob, _ = discreet(world)
    bob.says("/danhsach").taps("Phạm Văn Dân", "Mời đăng ký")
    invites = [m for m in bob.messages() if "start=" in m["text"]]
    assert invites
    assert not any(m["has_protected_content"] for m in invites)
