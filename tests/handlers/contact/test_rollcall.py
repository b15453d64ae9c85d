"""/diemdanh through the front door: rights, mistakes, two at once, who answers for whom, drills, old buttons."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.policy import RollCallPolicy
from models.contact.request import HelpRequest
from models.contact.rollcall import (
    RollCall,
    RollCallAnswer,
    RollCallPerson,
    drop_old_roll_calls,
    safety_figure,
)
from models.people.assignment import assign_contact
from models.people.member import Member, Purpose, add_member, link_account, record_consent
from models.people.rights import Role, appoint, appointments, end_appointment
from models.people.unit import Unit, UnitKind, create_unit
from tests.crowds import a_crowd
from tests.fakes import World
from tests.page import Page
from tests.people import ALICE, BOB, CAROL, DAN, DEPUTY, OFFICER, Cell, a_cell, phone_of, settle_in
from tests.phone import Phone


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    """Bình, An, Dân, Mai; Hoa has no account."""
    found = settle_in(world, cell, BOB, ALICE, DAN, OFFICER)
    for one in found:
        one.reads()
    return found


def calls(phone: Phone, why: str = "Bão", whom: str = "Tất cả") -> Phone:
    return phone.says("/diemdanh").taps("Điểm danh mới", why, whom)


def answers(world: World) -> list[tuple[str, str]]:
    """Name and answer, in the order in which they were given."""

    def work(db: Session) -> list[tuple[str, str]]:
        rows = (
            select(Member.own_name, RollCallAnswer.state)
            .join(RollCallPerson, RollCallPerson.id == RollCallAnswer.person_id)
            .join(Member, Member.id == RollCallPerson.member_id)
            .order_by(RollCallAnswer.at, RollCallAnswer.id)
        )
        return [(name, state) for name, state in db.execute(rows)]

    return world.db(work)


def requests(world: World) -> int:
    return world.db(lambda db: db.scalar(select(func.count()).select_from(HelpRequest)) or 0)


def figure(phone: Phone, why: str = "Bão") -> str:
    """What the caller reads who opens it now."""
    return phone.says("/diemdanh").taps(f" {why}").reads()


# --- whom, and what is asked ----------------------------------------------------------------------------------------


def test_one_country_is_asked_and_nobody_else(world: World, phones: list[Phone]) -> None:
    bob, alice, dan, _ = phones
    calls(bob, "Động đất", "Một nước").says("Nhật")
    assert "Sẽ hỏi: 1 người" in bob.reads()
    bob.taps("Hỏi ngay")
    assert "Có động đất" in alice.reads()
    assert "điểm danh" not in dan.reads().lower()


def test_people_are_chosen_one_by_one(world: World, phones: list[Phone]) -> None:
    bob, alice, dan, _ = phones
    calls(bob, "Tai nạn", "Chọn từng người").taps("Xong, xem trước")
    assert "ít nhất một người" in bob.reads()
    bob.taps("Nguyễn Thị An", "Phạm Văn Dân", "✓ Phạm Văn Dân", "Xong, xem trước")
    assert "Sẽ hỏi: 1 người" in bob.reads()
    bob.taps("Hỏi ngay")
    assert "Có tai nạn lao động" in alice.reads()
    assert "điểm danh" not in dan.reads().lower()


def test_own_words_take_the_place_of_the_ready_ones_and_secrets_do_not(
    world: World, phones: list[Phone]
) -> None:
    bob, alice, *_ = phones
    calls(bob).taps("Đổi lời").says("TỐI MẬT: bão số 9")
    assert "Có bão" not in alice.reads()
    bob.says("Bão số 9 <vào> đêm nay.")
    assert "Bão số 9 <vào> đêm nay." in bob.reads()
    bob.taps("Hỏi ngay")
    asked = alice.reads()
    assert "Bão số 9 <vào> đêm nay." in asked
    assert "Có bão ở nơi" not in asked


def test_nothing_goes_out_before_it_is_said_and_a_second_tap_calls_once(
    world: World, phones: list[Phone]
) -> None:
    bob, alice, *_ = phones
    calls(bob)
    assert "điểm danh" not in alice.reads().lower()
    at = bob.button_data("Hỏi ngay")
    bob.taps_data(*at).taps_data(*at, stale=True)
    world.settle()
    assert world.db(lambda db: db.scalar(select(func.count()).select_from(RollCall))) == 1
    assert alice.chat().count("Đồng chí có an toàn không") == 1


# --- rights ---------------------------------------------------------------------------------------------------------


def test_a_stranger_and_a_member_without_office_learn_nothing(world: World, phones: list[Phone]) -> None:
    bob, _, dan, _ = phones
    calls(bob, "Động đất", "Một nước").says("Nhật").taps("Hỏi ngay")
    call = world.db(lambda db: db.scalars(select(RollCall.id)).one())
    carol = phone_of(world, CAROL)
    carol.says("/diemdanh")
    told = carol.reads()
    assert "điểm danh" not in told.lower()
    assert "Đông" not in told
    message = dan.says("/menu").last()["message_id"]
    for data in (
        f"rollcall:see:{call}",
        f"rollcall:end:{call}",
        f"rollcall:ended:{call}",
        f"rollcall:off:{call}",
        f"rollcall:mistake:{call}",
        f"rollcall:safe:{call}",
        f"rollcall:mine:{call}",
        f"rollwho:list:{call}:owed:0",
        f"rollwho:one:{call}:{world.db(lambda db: db.scalars(select(RollCallPerson.member_id)).one())}",
        "rollcall:see:7",
        "rollcall:new",
    ):
        dan.taps_data(message, data, stale=True)
        told = dan.reads()
        assert "Nguyễn Thị An" not in told, data
        assert "đã rõ" not in told, data
    assert answers(world) == []
    assert world.db(lambda db: db.get_one(RollCall, call).is_open)
    assert "Chưa có lần nào" in dan.says("/diemdanh").reads()
    assert "Điểm danh mới" not in dan.buttons()


def test_a_contact_sees_and_answers_for_their_own_people_alone(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, _, dan, _ = phones
    world.db(
        lambda db: assign_contact(
            db,
            db.get_one(Member, cell.alice),
            db.get_one(Member, cell.dan),
            by_id=cell.bob,
            now=world.clock(),
        )
    )
    calls(bob).taps("Hỏi ngay")
    call = world.db(lambda db: db.scalars(select(RollCall.id)).one())
    dan.says("/diemdanh").taps(" Bão")
    told = dan.reads()
    assert "đã rõ" not in told
    dan.taps("Cần gọi điện")
    told = dan.reads()
    assert "Nguyễn Thị An" in told
    assert "Lê Thị Hoa" not in told
    at = dan.last()["message_id"]
    dan.taps_data(at, f"rollwho:says:{call}:{cell.deputy}:safe", stale=True)
    assert answers(world) == []
    dan.taps_data(at, f"rollwho:says:{call}:{cell.alice}:safe", stale=True)
    assert answers(world) == [("Nguyễn Thị An", "safe")]


def test_a_right_that_has_ended_opens_nothing_any_more(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, *_ = phones
    calls(bob).taps("Hỏi ngay")
    bob.says("/diemdanh").taps(" Bão", "Cần gọi điện", "Nguyễn Thị An")

    def work(db: Session) -> None:
        (held,) = appointments(db, cell.bob, now=world.clock())
        end_appointment(db, held, by_id=None, now=world.clock())

    at = bob.button_data("Đã gặp: an toàn")
    world.db(work)
    bob.taps_data(*at)
    assert answers(world) == []
    bob.taps_data(at[0], at[1].replace("rollwho:says", "rollwho:phone"), stale=True)
    assert "+81" not in bob.reads()


def test_each_look_at_a_number_leaves_a_row(world: World, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    calls(bob).taps("Hỏi ngay")
    bob.says("/diemdanh").taps(" Bão", "Cần gọi điện", "Nguyễn Thị An", "Xem số điện thoại")
    assert "+819012345678" in bob.reads()
    alice.says("/dulieu").taps("Ai đã xem")
    told = alice.reads()
    assert "Trần Văn Bình" in told
    assert "số điện thoại" in told
    assert "danh sách điểm danh an toàn" in told


def test_a_committee_reads_counts_and_of_few_people_none(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    _, alice, _, officer = phones
    calls(officer)
    preview = officer.reads()
    assert "ít người nên không hiện số liệu" in preview
    assert "Chọn từng người" not in " ".join(officer.buttons())
    officer.taps("Hỏi ngay")
    assert "Còn người chưa rõ (ít người nên không hiện số liệu)" in officer.reads()
    alice.taps("Cần giúp")
    told = figure(officer)
    assert "1" not in told.partition("Còn người")[2].partition("Số liệu")[0]
    assert "Nguyễn" not in officer.chat()
    call = world.db(lambda db: db.scalars(select(RollCall.id)).one())
    at = officer.last()["message_id"]
    officer.taps_data(at, f"rollwho:list:{call}:need:0", stale=True)
    officer.taps_data(at, f"rollwho:one:{call}:{cell.alice}", stale=True)
    assert "Nguyễn" not in officer.reads()


def test_the_desk_of_a_cell_has_its_part_of_a_committees_roll_call(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, _, _, officer = phones
    calls(officer).taps("Hỏi ngay")
    told = bob.reads()
    assert "0/4 đã rõ · 0 cần giúp · 4 chưa rõ" in told  # himself among them
    assert "Đồng chí có an toàn không" in told
    bob.taps("Tôi an toàn")
    assert "1/4 đã rõ" in figure(bob)
    assert "Kết thúc" not in " ".join(bob.buttons())
    call = world.db(lambda db: db.scalars(select(RollCall.id)).one())
    bob.taps_data(bob.last()["message_id"], f"rollcall:ended:{call}", stale=True)
    assert world.db(lambda db: db.get_one(RollCall, call).is_open)


def test_who_said_no_to_messages_is_phoned_and_counted_and_who_said_no_to_counts_is_in_no_figure_above(
    world: World, cell: Cell
) -> None:
    bob, officer = settle_in(world, cell, BOB, OFFICER)
    (alice,) = settle_in(world, cell, ALICE, consents=(Purpose.ABROAD,))
    alice.reads(), bob.reads()
    calls(bob)
    assert "Sẽ hỏi: 3 người" in bob.reads()
    bob.taps("Hỏi ngay")
    world.wait(timedelta(hours=4))
    assert "an toàn" not in alice.reads()
    bob.says("/diemdanh").taps(" Bão", "Cần gọi điện")
    assert "Nguyễn Thị An – Nhật Bản" in bob.chat()
    assert "không đồng ý nhận tin" in bob.chat()
    told = world.db(lambda db: _above(db))
    assert told == 2  # Hoa and Dân, who were never asked; of An no figure tells
    del officer


def _above(db: Session) -> int:
    return safety_figure(db, db.scalars(select(RollCall.id)).one(), above=True).people


# --- answers --------------------------------------------------------------------------------------------------------


def test_the_newest_answer_counts_both_are_kept_and_the_desk_sees_the_change(
    world: World, phones: list[Phone]
) -> None:
    bob, alice, *_ = phones
    calls(bob).taps("Hỏi ngay")
    alice.taps("Tôi an toàn")
    world.wait(timedelta(minutes=1))
    alice.taps("Gọi cho tôi")
    assert answers(world) == [("Nguyễn Thị An", "safe"), ("Nguyễn Thị An", "call")]
    assert "Nguyễn Thị An: trước an toàn, nay xin gọi điện" in bob.chat()
    told = figure(bob)
    assert "0/3 đã rõ · 0 cần giúp · 1 xin gọi · 2 chưa rõ" in told
    assert "Đã đổi câu trả lời: 1" in told
    bob.taps("Đã đổi câu trả lời", "Nguyễn Thị An")
    assert bob.reads().count("tự trả lời") == 2


def test_the_same_answer_twice_is_one(world: World, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    calls(bob).taps("Hỏi ngay")
    at = alice.button_data("Cần giúp")
    alice.taps_data(*at).taps_data(*at, stale=True)
    assert answers(world) == [("Nguyễn Thị An", "needs")]
    assert requests(world) == 1


def test_whoever_needs_help_and_then_wants_a_call_has_one_request(world: World, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    calls(bob).taps("Hỏi ngay")
    alice.taps("Cần giúp", "Gọi cho tôi", "Tôi an toàn", "Cần giúp")
    assert requests(world) == 1
    assert [state for _, state in answers(world)] == ["needs", "call", "safe", "needs"]


def test_the_secretary_answers_for_somebody_who_is_told_and_can_say_otherwise(
    world: World, phones: list[Phone]
) -> None:
    bob, alice, *_ = phones
    calls(bob).taps("Hỏi ngay")
    alice.reads()
    bob.says("/diemdanh").taps(" Bão", "Cần gọi điện", "Nguyễn Thị An", "Đã gặp: an toàn")
    assert "Đã ghi thay Nguyễn Thị An: an toàn" in bob.reads()
    world.settle()
    told = alice.reads()
    assert "Trần Văn Bình vừa nói chuyện với đồng chí và trả lời" in told
    assert "thay đồng chí: an toàn" in told
    assert "Do người khác trả lời thay: 1" in figure(bob)
    alice.taps("Cần giúp")
    told = figure(bob)
    assert "0/3 đã rõ · 1 cần giúp · 2 chưa rõ" in told
    assert "trả lời thay" not in told
    bob.taps("Cần giúp, xin gọi", "Nguyễn Thị An")
    assert "an toàn, Trần Văn Bình trả lời thay" in bob.reads()


def test_help_that_a_secretary_hears_of_has_an_owner_at_once(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, *_ = phones
    calls(bob).taps("Hỏi ngay")
    bob.says("/diemdanh").taps(" Bão", "Cần gọi điện", "Lê Thị Hoa", "Đã gặp: cần giúp")
    request = world.db(lambda db: db.scalars(select(HelpRequest)).one())
    assert (request.owner_id, request.urgency, request.member_id) == (cell.bob, "urgent", cell.deputy)


def test_help_that_a_contact_hears_of_is_theirs_and_the_desk_is_called_all_the_same(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, dan, _ = phones

    def keeps_in_touch(db: Session) -> None:
        member, contact = db.get_one(Member, cell.alice), db.get_one(Member, cell.dan)
        assign_contact(db, member, contact, by_id=cell.bob, now=world.clock())

    world.db(keeps_in_touch)
    calls(bob).taps("Hỏi ngay")
    dan.says("/diemdanh").taps(" Bão", "Cần gọi điện", "Nguyễn Thị An", "Đã gặp: cần giúp")
    assert "Đã ghi thay Nguyễn Thị An: cần giúp" in dan.reads()
    request = world.db(lambda db: db.scalars(select(HelpRequest)).one())
    assert (request.owner_id, request.urgency, request.member_id) == (cell.dan, "urgent", cell.alice)
    assert "KHẨN CẤP" in bob.chat()
    assert "1 cần giúp" in bob.says("/diemdanh").taps(" Bão").reads()
    assert "thay đồng chí: cần giúp" in alice.chat()


def test_an_answer_stops_what_was_still_to_be_asked(world: World, phones: list[Phone]) -> None:
    bob, alice, dan, _ = phones
    calls(bob).taps("Hỏi ngay")
    alice.taps("Tôi an toàn")
    world.wait(timedelta(hours=4))
    assert alice.chat().count("Đồng chí có an toàn không") == 0  # the question itself became the answer
    assert dan.chat().count("Đồng chí có an toàn không") == 4
    assert "Hỏi lại lần 3" in dan.chat()
    assert bob.chat().count("Người chưa trả lời vừa được hỏi lại") == 3


# --- mistakes, ends -------------------------------------------------------------------------------------------------


def test_a_mistake_is_taken_back_within_a_minute_and_who_was_asked_is_told(
    world: World, phones: list[Phone]
) -> None:
    bob, alice, dan, _ = phones
    world.wait(timedelta(hours=16))  # midnight
    alice.reads(), dan.reads()
    calls(bob).taps("Hỏi ngay", "Hoàn tác")
    assert "Ai đã được hỏi sẽ được báo là gọi nhầm" in bob.reads()
    world.settle()
    told = alice.reads()
    assert "Đồng chí có an toàn không" in told
    assert "là gọi nhầm" in told  # at once: she was just woken up
    world.wait(timedelta(hours=8))
    assert alice.chat().count("Đồng chí có an toàn không") == 1
    assert alice.chat().count("là gọi nhầm") == 1
    alice.taps("Tôi an toàn")
    assert "không cần trả lời" in alice.reads()
    assert answers(world) == []


def test_after_a_minute_the_button_asks_first(world: World, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    calls(bob).taps("Hỏi ngay")
    world.wait(timedelta(minutes=2))
    bob.taps("Hoàn tác")
    assert "Kết thúc điểm danh?" in bob.reads()
    assert "gọi nhầm" not in alice.reads()
    bob.taps("Gọi nhầm: báo mọi người")
    world.settle()
    assert "là gọi nhầm" in alice.reads()


def test_it_ends_by_itself_and_later_answers_are_kept(world: World, phones: list[Phone]) -> None:
    bob, alice, dan, _ = phones
    calls(bob).taps("Hỏi ngay")
    alice.taps("Tôi an toàn")
    world.wait(timedelta(hours=25))
    assert "đã kết thúc" in alice.chat()
    assert "Chưa có câu trả lời của đồng chí" in dan.chat()
    assert "1/3 đã rõ · 0 cần giúp · 2 chưa rõ" in bob.chat()
    dan.taps("Cần giúp")
    assert "câu trả lời vẫn được ghi" in dan.reads()
    assert requests(world) == 1
    assert "1/3 đã rõ · 1 cần giúp · 1 chưa rõ" in figure(bob)
    at = bob.last()["message_id"]
    call = world.db(lambda db: db.scalars(select(RollCall.id)).one())
    bob.taps_data(at, f"rollcall:ended:{call}", stale=True)
    assert "đã kết thúc" in bob.reads()
    assert alice.chat().count("đã kết thúc") == 1


def test_two_at_once_have_their_own_answers(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    (deputy,) = settle_in(world, cell, DEPUTY)
    calls(bob, "Bão").taps("Hỏi ngay")
    calls(deputy, "Động đất")
    assert "Đang có lần điểm danh khác chưa kết thúc (1)" in deputy.reads()
    deputy.taps("Hỏi ngay")
    storm = next(one for one in alice.messages() if "Có bão" in one["text"])
    data = storm["inline_keyboard"][0][0]["callback_data"]
    alice.taps_data(storm["message_id"], data)
    assert "1/3 đã rõ" in figure(bob, "Bão")
    assert "0/3 đã rõ" in figure(bob, "Động đất")
    alice.taps("Cần giúp")  # under the newest question
    told = figure(bob, "Động đất")
    assert "1 cần giúp" in told
    assert "0 cần giúp" in figure(bob, "Bão")


# --- our own outage, drills ------------------------------------------------------------------------------------------


def test_when_we_are_back_who_owes_is_asked_once_and_reads_since_when(
    world: World, phones: list[Phone]
) -> None:
    bob, alice, dan, _ = phones
    calls(bob).taps("Hỏi ngay")
    alice.taps("Tôi an toàn")
    dan.reads()
    world.clock.advance(timedelta(hours=10))
    world.restart()
    world.run(world.app.tick())
    told = dan.reads()
    assert told.count("Đồng chí có an toàn không") == 1
    assert "hỏi từ 08:00 thứ Ba 01/12" in told
    assert world.db(lambda db: db.scalars(select(RollCall)).one().ends_at) == _called(world) + timedelta(
        hours=34
    )


def _called(world: World) -> datetime:
    return world.db(lambda db: db.scalars(select(RollCall.called_at)).one())


def test_who_was_not_asked_before_we_went_down_is_asked_for_the_first_time(
    world: World, phones: list[Phone]
) -> None:
    bob, _, dan, _ = phones
    calls(bob).taps("Hỏi ngay")
    dan.reads()

    def as_if_we_had_died(db: Session) -> None:
        for person in db.scalars(select(RollCallPerson)):
            person.asked, person.outbox_id = 0, None

    world.db(as_if_we_had_died)
    world.clock.advance(timedelta(hours=1))
    world.restart()
    world.run(world.app.tick())
    told = dan.reads()
    assert "hỏi từ 08:00" in told
    assert "Hỏi lại" not in told


def test_a_drill_says_so_in_every_message_and_on_every_button_and_calls_nobody(
    world: World, phones: list[Phone]
) -> None:
    bob, alice, dan, _ = phones
    bob.says("/diemdanh")
    assert "Nên diễn tập mỗi năm một lần. Chưa có lần nào." in bob.reads()
    bob.taps("Điểm danh mới", "Diễn tập", "Tất cả").reads()
    bob.taps("Hỏi ngay")
    said = bob.reads().split("\n\n\n")
    assert all("DIỄN TẬP" in one for one in said)
    asked = alice.last()
    assert asked["text"].startswith("DIỄN TẬP") or "\n\nDIỄN TẬP" in asked["text"]
    assert [row[0]["text"] for row in asked["inline_keyboard"]] == [
        "Diễn tập: Tôi an toàn",
        "Diễn tập: Cần giúp",
        "Diễn tập: Gọi cho tôi",
    ]
    alice.reads(), dan.reads()
    alice.taps("Diễn tập: Cần giúp")
    told = alice.reads()
    assert "DIỄN TẬP" in told
    assert "không có ai được báo" in told
    assert "Tôi cần giúp thật" in " ".join(alice.buttons())
    assert requests(world) == 0
    assert "KHẨN CẤP" not in bob.chat()
    world.wait(timedelta(minutes=21))
    assert "DIỄN TẬP" in dan.reads()
    bob.says("/diemdanh").taps("Diễn tập (không thật)")
    assert "DIỄN TẬP" in bob.reads()
    bob.taps("Cần gọi điện")
    assert "DIỄN TẬP" in bob.reads()
    bob.says("/diemdanh").taps("Diễn tập (không thật)", "Kết thúc", "Đúng, kết thúc")
    assert "DIỄN TẬP" in bob.reads()
    world.settle()
    assert "DIỄN TẬP" in dan.reads()
    bob.says("/diemdanh")
    assert "Nên diễn tập" not in bob.reads()

    def as_if_a_year_ago(db: Session) -> None:
        db.scalars(select(RollCall)).one().called_at -= timedelta(days=366)

    world.db(as_if_a_year_ago)
    bob.says("/diemdanh")
    assert "Nên diễn tập" in bob.reads()


def test_who_owes_an_answer_finds_it_first_on_the_main_screen(world: World, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    calls(bob).taps("Hỏi ngay")
    alice.says("/menu")
    assert alice.buttons()[0] == "Trả lời điểm danh"
    alice.taps("Trả lời điểm danh", "Tôi an toàn")
    alice.says("/menu")
    assert "Trả lời điểm danh" not in alice.buttons()


def test_what_waits_on_the_desk_is_who_is_still_unknown(world: World, phones: list[Phone]) -> None:
    bob, alice, dan, _ = phones
    calls(bob).taps("Hỏi ngay")
    bob.says("/chibo")
    assert "điểm danh an toàn: 3 chưa rõ" in bob.reads()
    bob.taps("điểm danh an toàn")
    assert "0/3 đã rõ" in bob.reads()
    alice.taps("Tôi an toàn"), dan.taps("Tôi an toàn")
    bob.says("/chibo")
    assert "điểm danh an toàn: 1 chưa rõ" in bob.reads()


def test_after_its_time_it_is_deleted_with_every_answer(world: World, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    calls(bob).taps("Hỏi ngay")
    alice.taps("Tôi an toàn")
    bob.says("/diemdanh").taps(" Bão").reads()
    world.wait(timedelta(minutes=2))
    bob.taps("Hoàn tác", "Đúng, kết thúc")
    keep = world.settings.rollcall.keep

    def goes(db: Session, after: timedelta) -> list[str]:
        while drop_old_roll_calls(db, world.settings.rollcall, now=world.clock() + after, limit=2):
            pass
        return list(db.scalars(select(RollCall.state)))

    assert world.db(partial(goes, after=keep - timedelta(hours=1))) == ["ended"]
    assert len(answers(world)) == 1
    assert world.db(partial(goes, after=keep + timedelta(minutes=1))) == []
    assert answers(world) == []


def test_an_officer_of_the_unit_above_sees_what_a_cell_called_in_counts(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, _, _, officer = phones
    calls(bob).taps("Hỏi ngay")
    call = world.db(lambda db: db.scalars(select(RollCall.id)).one())
    officer.says("/menu")
    officer.taps_data(officer.last()["message_id"], f"rollcall:see:{call}", stale=True)
    told = officer.reads()
    assert "ít người nên không hiện số liệu" in told
    assert "Kết thúc" not in " ".join(officer.buttons())


# --- cell by cell ---------------------------------------------------------------------------------------------------


def cells_of(world: World, cell: Cell, *sizes: int) -> list[int]:
    """More cells of the commune, with so many people who agreed to be counted; Thôn 1, Thôn 2, …"""

    def work(db: Session) -> list[int]:
        now, commune = world.clock(), db.get_one(Unit, cell.commune)
        found = []
        for number, size in enumerate(sizes, 1):
            unit = create_unit(
                db, kind=UnitKind.CELL, name=f"Chi bộ thôn {number:02}", parent=commune, now=now
            )
            for one in range(size):
                name = f"Lý Văn Số {number} {one}"
                member = add_member(db, cell_id=unit.id, full_name=name, place_code="JP", now=now)
                record_consent(db, member.id, Purpose.COUNTS, given=True, now=now)
            found.append(unit.id)
        return found

    return world.db(work)


def test_a_committee_reads_cell_by_cell_who_needs_something_first(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    _, alice, _, officer = phones
    cells_of(world, cell, 6, 2, 7)
    calls(officer).taps("Hỏi ngay", "Theo từng chi bộ")
    told = officer.reads()
    assert "Chi bộ thôn 01\n0/6 đã rõ · 0 cần giúp · 6 chưa rõ" in told
    assert "Chi bộ thôn 03\n0/13 đã rõ" in told
    assert "(tính chung cả Chi bộ thôn 02, Chi bộ thôn Đông)" in told
    assert "Chi bộ thôn 02\n" not in told  # two people: with the next one
    assert "Lý Văn" not in told
    alice.taps("Cần giúp")
    officer.taps("Xem lại số liệu")
    told = officer.reads()
    assert told.index("Chi bộ thôn 03") < told.index("Chi bộ thôn 01")
    assert "1 cần giúp" in told
    assert "Số liệu lúc 08:00:" in told


def test_many_cells_are_turned_page_by_page(world: World, cell: Cell, phones: list[Phone]) -> None:
    *_, officer = phones
    cells_of(world, cell, *[5] * 11)
    calls(officer).taps("Hỏi ngay", "Xem điểm danh", "Theo từng chi bộ")
    assert "Trang 1/2" in officer.reads()
    assert "Chi bộ thôn 09" not in officer.last()["text"]
    officer.taps("Sau")
    told = officer.reads()
    assert "Trang 2/2" in told
    assert "Chi bộ thôn 09" in told


def test_an_officer_of_the_commune_reads_the_part_of_it_in_what_the_province_called(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    """Somebody who sees nothing there gets nothing; a cell of another commune is in no figure of this one."""
    bob, _, dan, officer = phones
    cells_of(world, cell, 6)

    def work(db: Session) -> int:
        now, commune = world.clock(), db.get_one(Unit, cell.commune)
        province = create_unit(db, kind=UnitKind.PROVINCE, name="Tỉnh ủy Bắc", parent=None, now=now)
        other = create_unit(db, kind=UnitKind.COMMUNE, name="Đảng ủy xã Xa", parent=province, now=now)
        far = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Xa", parent=other, now=now)
        commune.parent_id = province.id
        for one in range(8):
            add_member(db, cell_id=far.id, full_name=f"Hồ Văn {one}", place_code="JP", now=now)
        high = add_member(db, cell_id=None, full_name="Đinh Thị Cao", now=now)
        appoint(db, member_id=high.id, unit_id=province.id, role=Role.OFFICER, by_id=None, now=now)
        link_account(db, high, address=chat_address(CAROL), now=now)
        return other.id

    world.db(work)
    high = phone_of(world, CAROL)
    calls(high).taps("Hỏi ngay", "Theo từng chi bộ")
    told = high.reads()
    assert "Chi bộ thôn Xa\n0/12 đã rõ · 0 cần giúp · 12 chưa rõ\n(tính chung cả Chi bộ thôn Đông)" in told
    world.wait(timedelta(seconds=5))
    told = officer.reads()  # by itself: their own part, in counts
    assert "Tỉnh ủy Bắc" in told
    assert "0/10 đã rõ · 0 cần giúp · 10 chưa rõ" in told
    assert officer.buttons() == ["Theo từng chi bộ", "Xem điểm danh"]
    dan.taps("Cần giúp")
    world.wait(timedelta(minutes=2))
    assert "0/10 đã rõ · 1 cần giúp · 9 chưa rõ" in officer.chat()
    officer.says("/diemdanh").taps(" Bão")
    told = officer.reads()
    assert "Tỉnh ủy Bắc" in told
    assert "Kết thúc" not in " ".join(officer.buttons())
    officer.taps("Theo từng chi bộ")
    told = officer.reads()
    assert "Chi bộ thôn 01\n0/10 đã rõ · 1 cần giúp" in told
    assert "thôn Xa" not in told
    call = world.db(lambda db: db.scalars(select(RollCall.id)).one())
    for nosy in (bob, dan):
        nosy.says("/menu")
        nosy.taps_data(nosy.last()["message_id"], f"rollcall:cells:{call}:0", stale=True)
        assert "thôn 01" not in nosy.reads()


def test_a_wide_screen_shows_the_cells_in_columns(world: World, cell: Cell, phones: list[Phone]) -> None:
    cells_of(world, cell, 6, 2, 7)
    page = Page(world, "office").is_of(cell.officer).proved()
    page.says("/diemdanh").taps(
        "Điểm danh mới", "Bão", "Tất cả", "Hỏi ngay", "Xem điểm danh", "Theo từng chi bộ"
    )
    heads, *rows = list(page.shown.values())[-1].table
    assert heads == ["Chi bộ", "An toàn", "Cần giúp", "Xin gọi điện", "Chưa rõ"]
    assert [row[1].partition("\n")[0] for row in rows] == ["Chi bộ thôn 03", "Chi bộ thôn 01"]
    assert [row[2:] for row in rows] == [["0/13", "0", "0", "13"], ["0/6", "0", "0", "6"]]


# --- pace -----------------------------------------------------------------------------------------------------------


def test_whom_the_pace_leaves_for_later_is_asked_within_seconds_not_with_the_next_minute(
    database_url: str,
) -> None:
    """The outbox takes some fifteen people at a time: five seconds later it has room for the next."""
    ahead = RollCallPolicy(handful=5, ahead=timedelta(microseconds=100))
    with World.open(database_url, rollcall=ahead) as world:
        cell = a_cell(world)

        def crowd(db: Session) -> None:
            commune = db.get_one(Unit, cell.commune)
            a_crowd(db, commune, first_chat=100_000, people=80, per_cell=20, now=world.clock())

        world.db(crowd)
        (officer,) = settle_in(world, cell, OFFICER)
        for chat in range(100_000, 100_080):
            world.telegram.add_user(chat, "Người")
            world.telegram.users[chat].started = True
        calls(officer).taps("Hỏi ngay")
        world.wait(timedelta(seconds=50))
        asked = sum(
            "Đồng chí có an toàn không" in message["text"]
            for chat in range(100_000, 100_080)
            for message in world.telegram.history(chat)
        )
        assert asked == 80
