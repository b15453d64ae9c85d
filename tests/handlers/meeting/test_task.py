"""Tasks on the phone: who has none, one is given, called to mind, done in the member's words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from models.meeting.task import Task, TaskState
from models.people.member import looks
from models.people.rights import Appointment
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, settle_in
from tests.phone import Phone


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    """Bình, An (Osaka), Dân."""
    return settle_in(world, cell, BOB, ALICE, DAN)


def gives(bob: Phone, name: str, text: str = "Góp ý dự thảo nghị quyết", due: str = "20/12") -> Phone:
    return (
        bob.says("/chibo")
        .taps("Việc khác", "Nhiệm vụ", "Chưa có nhiệm vụ", name)
        .says(text)
        .taps("Đổi hạn")
        .says(due)
        .taps("Giao")
    )


def only_task(world: World) -> Task:
    return world.db(lambda db: db.query(Task).one())


def test_one_is_given_called_to_mind_in_their_clock_and_closed_in_their_words(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, _ = phones
    bob.says("/chibo").taps("Việc khác", "Nhiệm vụ")
    assert "2 đồng chí đi xa chưa được giao nhiệm vụ" in bob.reads()
    gives(bob, "Nguyễn Thị An")
    assert "Đã ghi nhiệm vụ cho đồng chí Nguyễn Thị An" in bob.reads()
    assert "Góp ý dự thảo nghị quyết" in alice.reads()
    world.until(datetime(2026, 12, 12, 22, 59, tzinfo=UTC))
    assert "Nhiệm vụ" not in alice.reads()
    world.until(datetime(2026, 12, 12, 23, 1, tzinfo=UTC))  # 08:00 in Osaka on the 13th
    assert "đến hạn ngày 20/12/2026 (còn 7 ngày)" in alice.reads()
    alice.taps("Đã làm xong").says("Đã gửi ý kiến <b>hai trang</b>")
    assert "Đã ghi" in alice.reads()
    world.wait(timedelta(hours=1))  # it is night where the secretary is
    bob.taps("Xem nhiệm vụ")
    assert "Kết quả: Đã gửi ý kiến <b>hai trang</b>" in bob.reads()
    assert [look.what for look, _ in world.db(lambda db: looks(db, cell.alice))] == ["task.words"]
    world.wait(timedelta(days=60))
    assert "Nhiệm vụ" not in alice.reads()


def test_what_cannot_be_done_is_not_told_as_done(world: World, cell: Cell, phones: list[Phone]) -> None:
    """What hinders waits on the desk; the task stays. And who says “done” says in which words."""
    bob, alice, _ = phones
    gives(bob, "Nguyễn Thị An")
    bob.reads()
    alice.taps("Vướng, chưa làm")
    assert "Nhiệm vụ vẫn để đó" in alice.reads()
    alice.says("Em bị công ty cho nghỉ, phải tìm việc")
    assert "Đang gửi ngay tới Trần Văn Bình" in alice.reads()
    assert only_task(world).is_open
    assert "có lời nhắn" in bob.says("/chibo").reads()
    bob.taps("Nguyễn Thị An · có lời nhắn")
    assert "Về nhiệm vụ “Góp ý dự thảo nghị quyết”, chưa làm được:\nEm bị công ty cho nghỉ" in bob.reads()
    alice.says("/menu").taps("Nhiệm vụ của tôi", "Góp ý", "Đã làm xong").says("Mới làm được một nửa")
    assert "báo xong nhiệm vụ “Góp ý dự thảo nghị quyết”: “Mới làm được một nửa”" in bob.reads()


def test_all_who_have_none_get_one_at_once(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, dan = phones
    bob.says("/chibo").taps("Việc khác", "Nhiệm vụ", "Giao cho cả 2 người", "Giữ liên lạc đồng hương")
    assert "Hạn: 01/03/2027. Đúng chưa?\n\nNguyễn Thị An, Phạm Văn Dân" in bob.reads()
    bob.taps("Giao")  # the fifth
    given = bob.reads()
    assert "Đã ghi nhiệm vụ cho 2 đồng chí" in given
    assert "Gửi ngay: 2 đồng chí." in given
    for phone in (alice, dan):
        assert "đồng hương" in phone.reads()
    bob.taps("Nhiệm vụ của chi bộ")
    assert "Mọi đồng chí đi xa đều đã có nhiệm vụ" in bob.reads()
    assert "Nhiệm vụ của tôi (1)" in " ".join(dan.says("/menu").buttons())


def test_an_old_button_and_a_double_tap_do_nothing_twice(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, _ = phones
    gives(bob, "Nguyễn Thị An")
    done = alice.button_data("Đã làm xong")
    alice.taps_data(*done).taps_data(*done, stale=True).says("Xong rồi")
    alice.taps_data(*done, stale=True)
    assert "đã làm xong ngày 01/12/2026" in alice.reads()
    assert only_task(world).state == TaskState.DONE


def test_another_day_and_taking_back(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, _ = phones
    gives(bob, "Nguyễn Thị An")
    alice.reads()
    bob.taps("Nhiệm vụ của chi bộ", "Nguyễn Thị An: hạn 20/12", "Đổi hạn").says("hôm nào đó").says(
        "1/11/2026"
    )
    assert "Chưa đọc được ngày này" in bob.chat()
    assert "Hạn phải từ hôm nay" in bob.chat()
    bob.says("25/12")
    assert "hạn mới: 25/12/2026" in alice.reads()
    bob.taps("Rút lại")
    withdraw = bob.button_data("Đúng, rút lại")
    bob.taps_data(*withdraw)
    world.wait(timedelta(seconds=10))
    assert "đã rút lại ngày 01/12/2026" in bob.taps_data(*withdraw, stale=True).reads()
    assert alice.reads().count("rút lại nhiệm vụ") == 1


def test_others_tasks_cannot_be_seen_or_changed_by_a_forged_button(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, _, dan = phones
    gives(bob, "Nguyễn Thị An")
    task = only_task(world)
    message = dan.says("/menu").last()["message_id"]
    for data in (
        f"task:see:{task.id}",
        f"task:done:{task.id}",
        f"task:due:{task.id}",
        f"task:drop:{task.id}:yes",
        f"task:cell:{cell.id}:0",
        f"task:none:{cell.id}:0",
        f"task:give:{cell.alice}:0",
        f"task:giveall:{cell.id}",
        "task:see:99999999999999999999",
        "task:see",
    ):
        dan.taps_data(message, data, stale=True)
        assert "Góp ý" not in dan.reads()
    assert only_task(world).state == TaskState.OPEN


def test_secret_words_and_too_many_are_refused_and_the_right_may_end_half_way(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, _ = phones
    gives(bob, "Nguyễn Thị An")
    alice.taps("Đã làm xong").says("Đã đọc tài liệu (TỐI MẬT)", "x" * 4000)
    assert "tài liệu MẬT" in alice.chat()
    assert "dài quá" in alice.chat()
    assert only_task(world).words is None
    (deputy,) = settle_in(world, cell, DEPUTY)
    deputy.says("/chibo").taps("Việc khác", "Nhiệm vụ", "Giao nhiệm vụ", "Phạm Văn Dân").says("Việc nhỏ")
    world.db(
        lambda db: db.execute(
            update(Appointment).where(Appointment.member_id == cell.deputy).values(ends_at=world.clock())
        )
    )
    deputy.taps("Giao")
    assert world.db(lambda db: db.query(Task).count()) == 1


def test_what_is_done_before_the_morning_is_not_announced_in_it(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, _ = phones
    world.until(datetime(2026, 12, 3, 16, tzinfo=UTC))  # 23:00 in Vietnam
    gives(bob, "Nguyễn Thị An")
    alice.says("/menu").taps("Nhiệm vụ của tôi", "Góp ý", "Đã làm xong").says("Đã gửi")
    alice.reads()
    world.wait(timedelta(hours=12))
    assert "phân công cho đồng chí một nhiệm vụ" not in alice.reads()
