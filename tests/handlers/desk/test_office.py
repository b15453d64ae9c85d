"""Who holds the office: a deputy with dates, the hand-over item by item, an officer who stands in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.away import Away, begin_return
from models.away.letter import LetterKind, record_letter_sent
from models.contact.policy import RequestPolicy
from models.contact.request import HelpRequest, RequestWords, open_request
from models.desk.office import ActingOfficer, Handover, HandoverItem, last_day
from models.people.member import Look, Member, Standing
from models.people.rights import Right, Role, appointments, end_appointment, holders, may
from tests.absences import Chain
from tests.fakes import World
from tests.people import ALICE, BOB, CAROL, DAN, DEPUTY, NUMBERS, OFFICER, Cell, phone_of, settle_in
from tests.phone import Phone


@pytest.fixture
def phones(world: World, cell: Cell) -> dict[int, Phone]:
    users = (DAN, ALICE, BOB, DEPUTY, OFFICER)
    return dict(zip(users, settle_in(world, cell, *users), strict=True))


def secretaries(world: World, cell: Cell) -> list[int]:
    return world.db(lambda db: holders(db, cell.id, Role.SECRETARY, now=world.clock()))


def deputy_until(world: World, cell: Cell, member_id: int) -> date | None:
    """The last day of a deputy; fails for who is none."""

    def work(db: Session) -> date | None:
        held = [one for one in appointments(db, member_id, now=world.clock()) if one.role == Role.DEPUTY]
        assert [one.unit_id for one in held] == [cell.id]
        return last_day(held[0].ends_at)

    return world.db(work)


def ask_for_help(world: World, member_id: int) -> None:
    def work(db: Session) -> None:
        open_request(
            db,
            db.get_one(Member, member_id),
            RequestWords(text="Cần giấy xác nhận"),
            policy=RequestPolicy(),
            now=world.clock(),
        )

    world.db(work)


def forge(phone: Phone, *datas: str) -> str:
    """What is answered to buttons that nobody showed."""
    said = ""
    for data in datas:
        phone.taps_data(phone.last()["message_id"], data, stale=True)
        said += phone.reads()
    return said


# --- deputy ---------------------------------------------------------------------------------------------------------


def test_a_deputy_is_appointed_until_a_typed_day_told_and_dismissed(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob, dan = phones[BOB], phones[DAN]
    bob.says("/danhsach").taps("Phạm Văn Dân").taps("Việc khác", "Ghi nhận phó bí thư").says("31/3/2027")
    assert "đến hết 31/03/2027" in bob.reads()
    bob.taps("Đồng ý")
    assert "Phó bí thư đến hết 31/03/2027" in bob.reads()
    assert "phó bí thư Chi bộ thôn Đông, dùng được màn hình chi bộ đến hết ngày 31/03/2027" in dan.reads()
    assert deputy_until(world, cell, cell.dan) == date(2027, 3, 31)
    bob.taps("Việc khác", "Không còn là phó bí thư")
    assert "dừng ngay" in bob.reads()
    bob.taps("Đồng ý")
    assert "không còn dùng màn hình" in dan.reads()
    assert cell.dan not in world.db(lambda db: holders(db, cell.id, Role.DEPUTY, now=world.clock()))
    dan.says("/chibo")
    assert "không thuộc phần" in dan.reads()


def test_a_deputy_without_end_gets_one_later(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    bob = phones[BOB].says("/danhsach").taps("Lê Thị Hoa")
    assert "Ghi nhận phó bí thư" not in bob.buttons()
    bob.taps("Việc khác", "Đổi thời hạn").taps("3 tháng").taps("Đồng ý")
    assert deputy_until(world, cell, cell.deputy) == date(2027, 2, 28)
    bob.taps("Việc khác", "Đổi thời hạn").taps("Không thời hạn").taps("Đồng ý")
    assert deputy_until(world, cell, cell.deputy) is None


def test_a_day_that_is_past_or_none_is_asked_again(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = phones[BOB].says("/danhsach").taps("Phạm Văn Dân").taps("Việc khác", "Ghi nhận phó bí thư")
    for typed, said in (
        ("30/11/2026", "đã qua"),
        ("mai", "ngày"),
        ("31/02/2027", "ngày"),
        ("x" * 4000, "ngày"),
    ):
        bob.says(typed)
        assert said in bob.reads()
        assert "Không thời hạn" in bob.buttons()
    bob.says("5 tháng 1")
    assert "05/01/2027" in bob.reads()


def test_a_deputys_time_ends_by_itself(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    phones[BOB].says("/danhsach").taps("Phạm Văn Dân").taps("Việc khác", "Ghi nhận phó bí thư").says(
        "20/12/2026"
    ).taps("Đồng ý")
    world.until(datetime(2026, 12, 20, 16, 59, tzinfo=UTC))
    assert "20/12/2026" in phones[BOB].reads()
    phones[DAN].says("/chibo")
    assert "Chi bộ thôn Đông" in phones[DAN].reads()
    world.until(datetime(2026, 12, 20, 17, 1, tzinfo=UTC))
    phones[DAN].says("/chibo")
    assert "không thuộc phần" in phones[DAN].reads()


def test_the_secretary_is_nobodys_deputy_and_a_deputy_appoints_nobody(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = phones[BOB].says("/danhsach").taps("Trần Văn Bình")
    assert "Ghi nhận phó bí thư" not in bob.buttons()
    assert "là bí thư rồi" in forge(bob, f"office:deputy:{cell.bob}")
    hoa = phones[DEPUTY].says("/danhsach").taps("Phạm Văn Dân")
    assert "Ghi nhận phó bí thư" not in hoa.buttons()
    assert (
        forge(hoa, f"office:deputy:{cell.dan}", f"office:enddeputy:{cell.deputy}:yes").count(
            "không thuộc phần"
        )
        == 2
    )
    assert deputy_until(world, cell, cell.deputy) is None


# --- hand-over ------------------------------------------------------------------------------------------------------


def hand_over_to_dan(phones: dict[int, Phone]) -> None:
    phones[BOB].says("/chibo").taps("Việc khác", "Ai phụ trách").taps("Bàn giao nhiệm vụ bí thư").taps(
        "Phạm Văn Dân"
    )
    phones[BOB].taps("Bàn giao ngay")


def test_the_secretary_hands_over_and_sees_nothing_from_that_minute(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob, dan = phones[BOB], phones[DAN]
    ask_for_help(world, cell.alice)
    bob.says("/chibo").taps("Việc khác", "Ai phụ trách")
    assert "Bí thư: Trần Văn Bình" in bob.reads()
    bob.taps("Bàn giao nhiệm vụ bí thư")
    assert "Trần Văn Bình" not in " ".join(bob.buttons())
    bob.taps("Phạm Văn Dân")
    asked = bob.reads()
    assert "Quyền của đồng chí Trần Văn Bình" in asked
    assert "Việc đang chờ bàn giao: 1" in asked
    desk = f"desk:open:{cell.id}"
    bob.taps("Bàn giao ngay")
    assert "là bí thư Chi bộ thôn Đông từ lúc này" in bob.reads()
    assert secretaries(world, cell) == [cell.dan]
    refused = forge(bob, desk, f"roster:card:{cell.alice}", f"office:give:{cell.id}")
    assert refused.count("không thuộc phần") == 3
    bob.says("/menu")
    assert "Chi bộ hôm nay" not in bob.buttons()
    assert "1 việc đang chờ" in dan.reads()
    assert "Phạm Văn Dân" in phones[OFFICER].reads()
    assert "Phạm Văn Dân" in phones[DEPUTY].reads()
    world.wait(timedelta(hours=1))
    assert "Phạm Văn Dân" in phones[ALICE].reads()


def test_the_successor_sees_what_each_item_is_and_accepts_one_by_one(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    ask_for_help(world, cell.alice)
    ask_for_help(world, cell.deputy)
    hand_over_to_dan(phones)
    dan = phones[DAN].taps("Mở danh sách bàn giao")
    assert "Còn 2 việc chưa nhận" in dan.reads()
    dan.taps("Nguyễn Thị An · cần hỗ trợ")
    assert "gửi ngày 01/12/2026" in dan.reads()
    dan.taps("Xem việc này")
    assert "Cần giấy xác nhận" in dan.reads()
    assert dan.button_data("Tôi nhận việc này")
    looks = world.db(
        lambda db: [look.what for look in db.scalars(select(Look).where(Look.reader_id == cell.dan))]
    )
    assert looks == ["request.see"]
    item = world.db(
        lambda db: db.scalars(select(HandoverItem.id).where(HandoverItem.member_id == cell.alice)).one()
    )
    forge(dan, f"office:item:{item}")
    dan.taps("Nhận việc này")
    assert "Còn 1 việc chưa nhận" in dan.chat()
    forge(dan, f"office:accept:{item}")  # a double tap
    dan.taps("Lê Thị Hoa").taps("Nhận việc này")
    assert "đã bàn giao xong" in dan.chat()
    assert "đã nhận đủ" in phones[BOB].reads()
    assert world.db(lambda db: db.scalars(select(Handover.state)).one()) == "done"


def test_what_is_opened_from_the_checklist_stands_below_it(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    ask_for_help(world, cell.alice)
    hand_over_to_dan(phones)
    dan = phones[DAN].taps("Mở danh sách bàn giao", "Nguyễn Thị An · cần hỗ trợ")
    checklist = dan.last()["message_id"]
    dan.taps("Xem việc này")
    assert dan.last()["message_id"] > checklist
    assert "Cần giấy xác nhận" in dan.last()["text"]
    assert dan.button_data("‹ Danh sách bàn giao")[0] == checklist


def test_a_probationary_member_holds_no_office(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    def on_probation(db: Session) -> None:
        db.get_one(Member, cell.dan).standing = Standing.PROBATIONARY

    world.db(on_probation)
    bob = phones[BOB].says("/chibo").taps("Việc khác", "Ai phụ trách", "Bàn giao nhiệm vụ bí thư")
    assert not [label for label in bob.buttons() if "Phạm Văn Dân" in label]
    forge(bob.says("/huy"), f"office:deputy:{cell.dan}")
    assert "còn dự bị nên chưa giữ chức vụ được" in bob.taps("3 tháng", "Đồng ý").reads()


def test_half_open_returns_and_unanswered_letters_are_handed_over(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    chain = Chain(world, cell, cell.alice).files().is_approved()

    def writes(db: Session) -> None:
        record_letter_sent(
            db,
            db.get_one(Away, chain.away_id),
            LetterKind.COMMENT,
            sent_on=date(2026, 12, 1),
            by_id=cell.bob,
            policies=world.settings,
            now=world.clock(),
        )

    world.db(writes)
    chain.does(begin_return, by_id=cell.alice, returned_on=date(2026, 12, 1))
    hand_over_to_dan(phones)
    dan = phones[DAN].taps("Mở danh sách bàn giao", "Nguyễn Thị An · đã về, còn thủ tục")
    assert "trở về ngày 01/12/2026" in dan.reads()
    dan.taps("Xem việc này")
    assert dan.button_data("Ghi thủ tục đã xong")
    dan.says("/menu")
    handover = world.db(lambda db: db.scalars(select(Handover.id)).one())
    forge(dan, f"office:handover:{handover}")
    dan.taps("Nguyễn Thị An · thư chưa trả lời")
    assert "gửi ngày 01/12/2026" in dan.chat()
    dan.taps("Xem việc này", "Ghi đã có trả lời", "Hôm nay").says("Tốt").taps("Không ghi", "Ghi lại")
    forge(dan, f"office:handover:{handover}")  # the answer has settled the letter, and ticked its line
    assert "Nguyễn Thị An · thư chưa trả lời" not in dan.buttons()
    dan.taps("đã về, còn thủ tục", "Nhận việc này")
    assert "đã bàn giao xong" in dan.chat()


def test_only_the_successor_accepts(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    ask_for_help(world, cell.alice)
    hand_over_to_dan(phones)
    handover, item = world.db(
        lambda db: (db.scalars(select(Handover.id)).one(), db.scalars(select(HandoverItem.id)).one())
    )
    datas = (f"office:handover:{handover}", f"office:item:{item}", f"office:accept:{item}")
    for user in (BOB, ALICE, OFFICER):
        said = forge(phones[user], *datas)
        assert said.count("không thuộc phần") == 3
        assert "hỗ trợ: " not in said
    hoa = phones[DEPUTY]
    assert "Còn 1 việc" in forge(hoa, datas[0])
    hoa.taps("Nguyễn Thị An")
    assert "Nhận việc này" not in hoa.buttons()
    assert "không thuộc phần" in forge(hoa, datas[2])
    carol = phone_of(world, CAROL).says("xin chào")
    assert "An" not in forge(carol, *datas)
    assert world.db(lambda db: db.get_one(HandoverItem, item).is_open)


def test_what_somebody_has_done_meanwhile_is_ticked_off(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    from models.contact.request import HelpRequest, close_request

    ask_for_help(world, cell.alice)
    hand_over_to_dan(phones)
    world.db(lambda db: close_request(db, db.scalars(select(HelpRequest)).one(), now=world.clock()))
    phones[DAN].taps("Mở danh sách bàn giao")
    assert "đã xong" in phones[DAN].chat()


def test_who_is_not_connected_cannot_take_over(world: World, cell: Cell) -> None:
    (bob,) = settle_in(world, cell, BOB)
    bob.says("/chibo").taps("Việc khác", "Ai phụ trách").taps("Bàn giao nhiệm vụ").says("dan")
    assert "chưa đăng ký" in bob.reads()
    assert any(label.startswith("Phạm Văn Dân") for label in bob.buttons())
    bob.says("không có ai")
    assert "không có ai tên như" in bob.reads().lower()
    assert secretaries(world, cell) == [cell.bob]


def test_an_officer_hands_over_and_reads_no_more_names_than_needed(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    mai = phones[OFFICER].says("/dangbo").taps("Chi bộ thôn Đông").taps("Bàn giao nhiệm vụ bí thư")
    assert "Mời gõ tên" in mai.reads()
    assert not {"Phạm Văn Dân", "Nguyễn Thị An"} & {b.split(",")[0] for b in mai.buttons()}
    mai.says("dân")
    assert "Phạm Văn Dân" in mai.reads()
    mai.taps("Bàn giao ngay")
    assert secretaries(world, cell) == [cell.dan]
    assert "đã kết thúc" in phones[BOB].reads()


def test_a_second_tap_and_an_old_question_change_nothing(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = (
        phones[BOB]
        .says("/chibo")
        .taps("Việc khác", "Ai phụ trách")
        .taps("Bàn giao nhiệm vụ bí thư")
        .taps("Phạm Văn Dân")
    )
    message, data = bob.button_data("Bàn giao ngay")
    bob.taps_data(message, data)
    bob.taps_data(message, data, stale=True)
    assert bob.reads() == "", "the second tap is swallowed"
    assert world.db(lambda db: len(db.scalars(select(Handover)).all())) == 1


def test_an_office_that_changed_hands_meanwhile_is_not_handed_over_again(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = (
        phones[BOB]
        .says("/chibo")
        .taps("Việc khác", "Ai phụ trách")
        .taps("Bàn giao nhiệm vụ bí thư")
        .taps("Phạm Văn Dân")
    )
    mai = (
        phones[OFFICER]
        .says("/dangbo")
        .taps("Chi bộ thôn Đông")
        .taps("Bàn giao nhiệm vụ bí thư")
        .says("Thị An")
    )
    mai.taps("Bàn giao ngay")
    bob.taps("Bàn giao ngay")  # of a form that was closed with the office
    assert "không còn dùng được" in bob.reads()
    assert secretaries(world, cell) == [cell.alice]


def test_naming_a_connected_secretary_from_above_is_a_handover(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    ask_for_help(world, cell.alice)
    mai = phones[OFFICER].says("/dangbo").taps("Chi bộ thôn Đông").taps("Ghi nhận bí thư mới")
    mai.says("Phạm Văn Dân", str(1960 + DAN // 2), NUMBERS[DAN]).taps("Ghi nhận và tạo lời mời")
    assert secretaries(world, cell) == [cell.dan]
    assert "Mở danh sách bàn giao" in phones[DAN].buttons()


# --- stepping in ----------------------------------------------------------------------------------------------------


def empty_office(world: World, cell: Cell) -> None:
    def work(db: Session) -> None:
        for member_id in (cell.bob, cell.deputy):
            for held in appointments(db, member_id, now=world.clock()):
                end_appointment(db, held, by_id=None, now=world.clock())

    world.db(work)


def stand_in(phones: dict[int, Phone], reason: str = "Bí thư ốm dài ngày") -> Phone:
    mai = phones[OFFICER].says("/dangbo").taps("Chi bộ thôn Đông").taps("Tạm phụ trách").says(reason)
    return mai.taps("Tạm phụ trách từ bây giờ")


def test_an_officer_stands_in_sees_the_desk_and_the_cell_sees_that(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    mai = phones[OFFICER].says("/dangbo").taps("Chi bộ thôn Đông")
    assert "Tạm phụ trách" not in mai.buttons()
    assert "đang có người phụ trách" in forge(mai, f"office:stepin:{cell.id}")
    empty_office(world, cell)
    stand_in(phones)
    assert "đến hết ngày 31/12/2026" in mai.reads()
    mai.taps("Mở màn hình chi bộ")
    assert "Chi bộ thôn Đông" in mai.reads()
    mai.says("/menu")
    assert "Chi bộ hôm nay" in mai.buttons()
    offered = [one["command"] for one in mai.telegram.commands_for(mai.user_id, "vi")]
    assert {"hop", "kiemdiem"} < set(offered)  # as the secretary has them, being no member of the cell
    assert not {"baocao", "khaibao", "hotro"} & set(offered)
    mai.says("/hop")
    assert "Triệu tập cuộc họp" in mai.buttons()
    world.wait(timedelta(hours=1))
    told = phones[ALICE].reads()
    assert "Vũ Thị Mai" in told
    assert "Bí thư ốm dài ngày" in told
    phones[ALICE].taps("Ai phụ trách chi bộ")
    assert "Tạm phụ trách: Vũ Thị Mai" in phones[ALICE].reads()
    assert not {"Bàn giao nhiệm vụ bí thư", "Thôi tạm phụ trách"} & set(phones[ALICE].buttons())
    mai.says("/dangbo").taps("Chi bộ thôn Đông").taps("Thôi tạm phụ trách").taps("Đồng ý")
    assert "Đã thôi tạm phụ trách" in mai.reads()
    assert not world.db(lambda db: may(db, cell.officer, Right.SEE_DESK, cell.id, now=world.clock()))
    assert "không thuộc phần" in forge(mai, f"desk:open:{cell.id}")
    world.wait(timedelta(hours=1))
    assert "thôi tạm phụ trách" in phones[ALICE].reads()
    phones[ALICE].taps("Ai phụ trách chi bộ")
    assert "Vũ Thị Mai tạm phụ trách" in phones[ALICE].reads()


def test_a_stand_in_ends_by_itself_and_twice_ends_once(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    empty_office(world, cell)
    mai = stand_in(phones)
    number = world.db(lambda db: db.scalars(select(ActingOfficer.id)).one())
    world.until(datetime(2026, 12, 31, 17, 1, tzinfo=UTC))
    assert "không thuộc phần" in forge(mai, f"desk:open:{cell.id}")
    assert "Đã thôi" in forge(mai, f"office:stepout:{number}:yes")
    assert world.db(lambda db: db.get_one(ActingOfficer, number).ends_at) == datetime(
        2026, 12, 31, 17, 0, tzinfo=UTC
    )


def test_a_reason_that_is_marked_secret_is_refused(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    empty_office(world, cell)
    mai = (
        phones[OFFICER].says("/dangbo").taps("Chi bộ thôn Đông").taps("Tạm phụ trách").says("TỐI MẬT: hồ sơ")
    )
    assert "tài liệu MẬT" in mai.reads()
    mai.says("x" * 301)
    assert "300" in mai.reads()
    assert world.db(lambda db: db.scalars(select(ActingOfficer)).all()) == []


def test_nobody_else_stands_in_or_ends_it(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    empty_office(world, cell)
    for user in (BOB, DAN, DEPUTY):
        phones[user].says("/menu")
        assert "không thuộc phần" in forge(phones[user], f"office:stepin:{cell.id}")
    stand_in(phones)
    number = world.db(lambda db: db.scalars(select(ActingOfficer.id)).one())
    for user in (BOB, DAN):
        assert "không thuộc phần" in forge(phones[user], f"office:stepout:{number}:yes")
    assert secretaries(world, cell) == [cell.officer]


def test_an_officer_who_is_one_no_more_cannot_finish_what_was_begun(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    empty_office(world, cell)
    mai = phones[OFFICER].says("/dangbo").taps("Chi bộ thôn Đông").taps("Tạm phụ trách").says("Bí thư ốm")

    def dismiss(db: Session) -> None:
        for held in appointments(db, cell.officer, now=world.clock()):
            end_appointment(db, held, by_id=None, now=world.clock())

    world.db(dismiss)
    mai.taps("Tạm phụ trách từ bây giờ")
    assert "không thuộc phần" in mai.reads()
    assert secretaries(world, cell) == []


def test_a_secretary_named_while_somebody_stands_in_takes_over(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    empty_office(world, cell)
    mai = stand_in(phones)
    mai.says("/dangbo").taps("Chi bộ thôn Đông")
    assert "Bí thư: chưa có" in mai.reads()
    mai.taps("Bàn giao nhiệm vụ bí thư").taps("Phạm Văn Dân").taps("Bàn giao ngay")
    assert secretaries(world, cell) == [cell.dan]
    assert "không thuộc phần" in forge(mai, f"desk:open:{cell.id}")


def test_a_member_who_left_the_roster_while_chosen_is_not_asked_about_for_ever(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = phones[BOB].says("/danhsach").taps("Phạm Văn Dân").taps("Việc khác", "Ghi nhận phó bí thư")

    def leave(db: Session) -> None:
        db.get_one(Member, cell.dan).left_at = world.clock()

    world.db(leave)
    bob.says("31/3/2027")
    assert "không còn" in bob.reads()
    bob.says("/menu")
    assert "Chi bộ hôm nay" in bob.buttons()


def test_strangers_and_other_numbers_learn_nothing(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    datas = [f"office:{verb}:{target}" for verb in ("see", "give", "handover", "item", "accept", "deputy", "enddeputy",
             "stepin", "stepout") for target in ("1", "x", "", "9" * 30, f"{cell.commune}")]  # fmt: skip
    for phone in (phones[ALICE].says("/menu"), phones[BOB].says("/menu"), phone_of(world, CAROL).says("alo")):
        for data in datas:
            said = forge(phone, data)
            assert "trục trặc" not in said
            assert "Phạm Văn Dân" not in said


def test_all_that_waits_is_taken_over_at_once_and_is_theirs(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    ask_for_help(world, cell.alice)
    ask_for_help(world, cell.deputy)
    hand_over_to_dan(phones)
    dan = phones[DAN].taps("Mở danh sách bàn giao", "Nhận tất cả (2)")
    assert "đã bàn giao xong" in dan.reads()
    owners = world.db(lambda db: {one.owner_id for one in db.scalars(select(HelpRequest))})
    assert owners == {cell.dan}  # the request is no longer nobody's
    world.wait(timedelta(hours=1))
    assert "Phạm Văn Dân" in phones[ALICE].reads()
    bob = phones[BOB]
    assert "không thuộc phần" in forge(bob, "office:acceptall:1")
