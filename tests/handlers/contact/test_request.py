"""/hotro on both sides: asking, who sees it, writing, taking, promising, closing; what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.policy import RequestPolicy
from models.contact.request import (
    HelpRequest,
    RequestReply,
    RequestState,
    RequestWords,
    moves_of,
    open_request,
)
from models.people.assignment import assign_contact
from models.people.member import Look, Member, set_member_place
from models.people.rights import appointments, end_appointment
from tests.fakes import World
from tests.files import a_pdf, a_voice
from tests.people import ALICE, BOB, CAROL, DAN, DEPUTY, OFFICER, Cell, phone_of, settle_in
from tests.phone import Phone


@pytest.fixture
def phones(world: World, cell: Cell) -> dict[int, Phone]:
    users = (ALICE, BOB, DEPUTY, DAN, OFFICER)
    return dict(zip(users, settle_in(world, cell, *users), strict=True))


def asks(phone: Phone, *taps: str, text: str = "Chủ chưa trả lương tháng 11") -> Phone:
    """Wages, soon, and some words; then whatever is to be tapped on the overview."""
    phone.says("/hotro").taps("Tiền lương", "Trong vài ngày").says(text).taps("Xong, xem lại")
    return phone.taps(*taps or ("Gửi",))


def the_request(world: World) -> HelpRequest:
    return world.db(lambda db: db.scalars(select(HelpRequest)).one())


def looks(world: World) -> list[tuple[int, str]]:
    return world.db(lambda db: [(one.reader_id, one.what) for one in db.scalars(select(Look))])


# --- asking ---------------------------------------------------------------------------------------------------------


def test_a_request_is_two_taps_and_a_few_words(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    alice, bob, deputy = phones[ALICE], phones[BOB], phones[DEPUTY]
    alice.says("/menu").taps("Nhờ chi bộ hỗ trợ", "Tiền lương", "Trong vài ngày").says("Chưa trả lương")
    alice.taps("Xong, xem lại")
    assert "Trần Văn Bình, Lê Thị Hoa" in alice.reads()
    alice.taps("Gửi")
    assert "Đang gửi ngay tới Trần Văn Bình, Lê Thị Hoa" in alice.reads()
    for helper in (bob, deputy):
        said = helper.reads()
        assert "Nguyễn Thị An cần hỗ trợ" in said
        assert "Tiền lương, việc làm · cần trong vài ngày" in said
        assert "Chưa trả lương" not in said  # read on its screen, where the look leaves a row
    bob.taps("Xem chi tiết")
    assert "Chưa trả lương" in bob.reads()
    assert looks(world) == [(cell.bob, "request.see")]


@pytest.mark.parametrize(
    ("place", "numbers"), [("JP", ["110", "119"]), ("KR", ["112", "119"]), ("VN-79", ["113", "115"])]
)
def test_an_urgent_one_is_answered_at_once_with_numbers_to_call(
    world: World, cell: Cell, phones: dict[int, Phone], place: str, numbers: list[str]
) -> None:
    world.db(lambda db: set_member_place(db.get_one(Member, cell.alice), place))
    alice = phones[ALICE].says("/hotro").taps("Tai nạn", "Khẩn cấp")
    said = alice.reads()
    assert all(number in said for number in numbers)
    assert "+84981848484" in said
    assert "Mời kể ngắn gọn" in said
    assert phones[BOB].reads() == ""  # nothing is sent yet


def test_a_country_without_a_sure_number_shows_none(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    world.db(lambda db: set_member_place(db.get_one(Member, cell.alice), "LA"))
    said = phones[ALICE].says("/hotro").taps("Số khẩn cấp").reads()
    assert "chưa có số khẩn cấp chắc chắn đúng" in said
    assert "Tổng đài bảo hộ công dân" in said


def test_whoever_recorded_what_could_not_be_heard_is_told_what_to_do(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob = phones[ALICE], phones[BOB]
    world.telegram.users[BOB].forbids_voice = True
    alice.says("/hotro").taps("Ốm đau", "Không gấp").says("Tôi kể trong bản ghi âm.")
    alice.sends("voice", "a.ogg", a_voice()).taps("Xong, xem lại", "Gửi")
    alice.reads()
    for _ in range(2):  # told once, however often it is opened
        bob.taps("Xem chi tiết", "Xem ảnh, nghe ghi âm")
        world.wait(timedelta(seconds=10))
    assert "không cho nhận tin thoại" in bob.reads()
    said = alice.reads()
    assert said.count("Bản ghi âm chưa nghe được") == 1
    assert "Mời viết lại bằng chữ, hoặc gọi điện" in said
    alice.taps("Viết bằng chữ").says("Tôi bị sốt, cần thuốc.").taps("Gửi")
    assert "vừa viết thêm" in bob.reads()


def test_whoever_answers_somebody_who_blocked_the_program_is_told_to_call(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob = phones[ALICE], phones[BOB]
    alice.says("/hotro").taps("Ốm đau", "Không gấp").says("Cần thuốc.").taps("Xong, xem lại", "Gửi")
    bob.taps("Xem chi tiết")
    world.telegram.users[ALICE].blocked = True  # and nothing has told the program of it
    bob.taps("Viết thêm").says("Mai tôi gửi.").taps("Gửi")
    world.wait(timedelta(seconds=10))
    assert "Điều đồng chí viết chưa tới nơi" in bob.reads()


def test_voice_photos_and_five_thousand_characters_arrive(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob = phones[ALICE], phones[BOB]
    alice.says("/hotro").taps("Ốm đau", "Không gấp").says("ố" * 4000, "m" * 1000)
    alice.sends("voice", "a.ogg", a_voice()).sends("photo", "a.jpg", b"jpg")
    alice.taps("Xong, xem lại", "Gửi")
    assert the_request(world).text == "ố" * 4000 + "\n" + "m" * 1000
    bob.taps("Xem chi tiết")
    assert "m" * 900 in bob.reads()
    bob.taps("Xem ảnh, nghe ghi âm")
    assert [m["voice"] is not None for m in bob.messages()].count(True) == 1
    assert looks(world) == [(cell.bob, "request.see"), (cell.bob, "request.files")]


def test_what_is_marked_secret_is_refused_and_the_rest_is_kept(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice = phones[ALICE].says("/hotro").taps("Giấy tờ", "Không gấp").says("Cần giấy giới thiệu")
    alice.says("TỐI MẬT: nội dung")
    assert "không được nhận và không được lưu" in alice.reads()
    alice.sends("photo", "a.jpg", b"jpg", caption="Độ mật: Mật")
    assert "không được nhận và không được lưu" in alice.reads()
    alice.sends("document", "don.pdf", a_pdf())
    assert "Tệp khác xin đưa trực tiếp" in alice.reads()
    alice.taps("Xong, xem lại", "Gửi")
    assert the_request(world).text == "Cần giấy giới thiệu"
    assert world.db(lambda db: db.scalars(select(RequestReply)).all()) == []


def test_a_draft_is_gone_on_with(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    alice = phones[ALICE].says("/hotro").taps("Tiền lương", "Trong vài ngày").says("Câu đầu")
    alice.says("/menu").says("/hotro")
    assert "đang làm dở" in alice.reads()
    alice.taps("Làm tiếp").says("Câu sau").taps("Xong, xem lại", "Gửi")
    assert the_request(world).text == "Câu đầu\nCâu sau"


def test_a_double_tap_sends_once(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    alice = asks(phones[ALICE], "Gửi")
    message, data = alice.button_data("Xem việc tôi nhờ")
    alice.taps_data(message, "request:overview:send~7", stale=True)
    assert the_request(world).state == RequestState.OPEN
    assert data.startswith("request:own:")


# --- both sides -----------------------------------------------------------------------------------------------------


def test_taken_answered_both_ways_and_closed_with_the_members_yes(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob, deputy = asks(phones[ALICE]), phones[BOB], phones[DEPUTY]
    alice.reads()
    bob.taps("Tôi nhận việc này")
    assert "hẹn đến hết thứ Sáu 04/12" in alice.reads()
    bob.taps("Hẹn ngày khác", "Ngày mai")
    assert "hẹn lại" in alice.reads()
    bob.taps("Viết thêm").says("Đồng chí cho biết tên công ty").taps("Gửi")
    assert "Đồng chí cho biết tên công ty" in alice.reads()
    alice.taps("Trả lời").says("Công ty X").taps("Gửi")
    assert "Công ty X" not in bob.reads()
    bob.taps("Xem chi tiết")
    assert "Công ty X" in bob.reads()
    bob.taps("Hỏi xem việc đã xong chưa")
    assert "Có đúng không?" in alice.reads()
    alice.taps("Chưa xong")
    assert "chưa xong" in bob.reads()
    bob.taps("Xem chi tiết", "Hỏi xem việc đã xong chưa")
    alice.taps("Việc đã xong")
    assert the_request(world).state == RequestState.CLOSED
    assert "cho biết việc nhờ hỗ trợ đã xong" in bob.reads()
    request = the_request(world).id
    assert [move.did for move in world.db(lambda db: moves_of(db, request))] == [
        "opened", "taken", "promised", "replied", "replied", "proposed", "not yet", "proposed", "closed",
    ]  # fmt: skip
    assert "cho biết" not in deputy.chat()


def test_an_answer_to_what_nobody_has_takes_it(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    asks(phones[ALICE])
    phones[DEPUTY].taps("Xem chi tiết", "Viết thêm").says("Tôi gọi ngay").taps("Gửi")
    assert the_request(world).owner_id == cell.deputy
    assert "Lê Thị Hoa đã nhận" in phones[ALICE].chat()
    assert "Lê Thị Hoa đã nhận" in phones[BOB].taps("Tôi nhận việc này").reads()


def test_it_is_handed_to_the_contact_who_finds_it_on_their_list(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    def keeps_in_touch(db: Session) -> None:
        assign_contact(
            db,
            db.get_one(Member, cell.alice),
            db.get_one(Member, cell.dan),
            by_id=cell.bob,
            now=world.clock(),
        )

    world.db(keeps_in_touch)
    asks(phones[ALICE])
    phones[BOB].taps("Xem chi tiết", "Giao cho người khác", "Phạm Văn Dân, người giữ liên lạc")
    assert "Phạm Văn Dân đã nhận" in phones[ALICE].chat()
    dan = phones[DAN]
    assert "giao đồng chí giúp việc" in dan.reads()
    dan.says("/hotro").taps("Việc nhờ tôi giúp", "Nguyễn Thị An")
    assert "Chủ chưa trả lương" in dan.reads()


def test_a_day_in_the_past_or_far_away_is_no_promise(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    asks(phones[ALICE])
    bob = phones[BOB].taps("Tôi nhận việc này", "Hẹn ngày khác").says("01/01/2020")
    assert "phải từ hôm nay" in bob.reads()
    bob.says("chưa rõ")
    assert "05/12/2026" in bob.reads()
    bob.says("10/12/2026")
    assert "Đã hẹn đến hết thứ Năm 10/12" in bob.reads()


# --- private --------------------------------------------------------------------------------------------------------


def test_nobody_but_the_chosen_finds_a_private_one(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob, deputy = phones[ALICE], phones[BOB], phones[DEPUTY]
    asks(alice, "Chỉ cho một số người thấy", "Lê Thị Hoa", "Xong", "Gửi")
    request = the_request(world).id
    assert "Việc riêng" in deputy.reads()
    assert bob.reads() == ""
    assert "hỗ trợ" not in (bob.says("/chibo").reads() + " ".join(bob.buttons())).lower()
    message = bob.last()["message_id"]
    for address in ("see", "take", "say", "files", "hand", "promise", "propose", "own", "share"):
        bob.taps_data(message, f"request:{address}:{request}", stale=True)
        assert "không" in bob.reads()
    assert "Chủ chưa trả lương" not in bob.chat()
    assert "Nguyễn Thị An: cần hỗ trợ" in deputy.says("/chibo").reads()
    assert any(one.startswith("Nguyễn Thị An") for one in deputy.buttons())
    assert looks(world) == []


def test_one_must_be_chosen_and_a_second_touch_takes_it_back(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice = asks(phones[ALICE], "Chỉ cho một số người thấy", "Lê Thị Hoa", "Lê Thị Hoa", "Xong")
    assert "ít nhất một người" in alice.reads()
    alice.taps("Vũ Thị Mai, cán bộ đảng ủy", "Xong")
    assert "Chỉ những người này thấy: Vũ Thị Mai" in alice.reads()
    alice.taps("Thôi, để bí thư").taps("Gửi")
    assert not the_request(world).is_private


def test_the_member_lets_somebody_else_see_it_later(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob = phones[ALICE], phones[BOB]
    asks(alice, "Chỉ cho một số người thấy", "Lê Thị Hoa", "Xong", "Gửi")
    alice.taps("Xem việc tôi nhờ", "Cho thêm người thấy", "Trần Văn Bình", "Xong")
    assert "Nguyễn Thị An cần hỗ trợ" in bob.reads()
    assert "Chủ chưa trả lương" in bob.taps("Xem chi tiết").reads()


def test_whoever_leaves_the_office_sees_nothing_any_more(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    asks(phones[ALICE])
    phones[BOB].taps("Tôi nhận việc này")

    def leaves(db: Session) -> None:
        for held in appointments(db, cell.bob, now=world.clock()):
            end_appointment(db, held, by_id=None, now=world.clock())

    world.db(leaves)
    bob = phones[BOB]
    bob.reads()
    bob.taps("Viết thêm")
    assert "Chủ chưa trả lương" not in bob.reads()
    phones[DEPUTY].taps("Tôi nhận việc này")
    assert the_request(world).owner_id == cell.deputy


# --- strangers and old buttons --------------------------------------------------------------------------------------


def test_others_and_strangers_learn_nothing(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    asks(phones[ALICE])
    request = the_request(world).id
    dan, carol = phones[DAN], phone_of(world, CAROL)
    dan.says("/menu")
    carol.says("/start")
    for person in (dan, carol):
        for address in ("see", "own", "take", "close", "say"):
            person.taps_data(person.last()["message_id"], f"request:{address}:{request}", stale=True)
        assert "lương" not in person.chat()
    assert the_request(world).state == RequestState.OPEN


@pytest.mark.parametrize("data", ["request:see", "request:own:x", "request:close:9" * 3, "request:handto:1"])
def test_a_forged_button_is_answered(world: World, cell: Cell, phones: dict[int, Phone], data: str) -> None:
    bob = phones[BOB].says("/menu")
    bob.reads()
    bob.taps_data(bob.last()["message_id"], data, stale=True)
    assert bob.reads()


def test_after_it_is_closed_every_old_button_says_so(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    asks(phones[ALICE])
    bob = phones[BOB].taps("Tôi nhận việc này")
    message = bob.last()["message_id"]
    phones[ALICE].taps("Việc đã xong")
    request = the_request(world).id
    for address in ("take", "say", "propose", "hand"):
        bob.reads()
        bob.taps_data(message, f"request:{address}:{request}", stale=True)
        assert bob.reads()
    assert the_request(world).state == RequestState.CLOSED


def test_one_who_is_in_no_cell_is_told_whom_to_ask(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    assert "không thuộc chi bộ nào" in phones[OFFICER].says("/hotro").reads()


def test_the_members_own_data_holds_the_thread_and_nobody_elses_does(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    from models.trust.data import own_data

    world.db(
        lambda db: open_request(
            db,
            db.get_one(Member, cell.alice),
            RequestWords(text="Riêng"),
            policy=RequestPolicy(),
            now=world.clock(),
        )
    )
    phones[BOB].says("/chibo")

    def texts(db: Session, member_id: int) -> str:
        return own_data(db, db.get_one(Member, member_id), now=world.clock()).model_dump_json()

    assert "Riêng" in world.db(lambda db: texts(db, cell.alice))
    assert "Riêng" not in world.db(lambda db: texts(db, cell.bob))
