"""Kind 3: free text, voice, photos and files while nothing is asked: held, offered, thrown away by nobody but their writer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin import Checkin, CheckinState
from models.contact.request import HelpRequest, RequestKind, RequestReply
from models.delivery.conversation import Conversation
from models.desk.roster import roster_template
from models.people.rights import appointments, end_appointment
from models.phrases.text import Lang
from tests.fakes import World
from tests.files import a_pdf, a_picture, a_voice
from tests.people import ALICE, BOB, DEPUTY, OFFICER, Cell, settle_in
from tests.phone import Phone

NOBODY = "Chương trình chưa gửi tin này cho ai"


@pytest.fixture
def phones(world: World, cell: Cell) -> dict[int, Phone]:
    users = (ALICE, BOB, DEPUTY, OFFICER)
    return dict(zip(users, settle_in(world, cell, *users), strict=True))


def requests(world: World) -> list[HelpRequest]:
    return world.db(lambda db: list(db.scalars(select(HelpRequest).order_by(HelpRequest.opened_at))))


def held(world: World) -> list[str]:
    rows = select(Conversation).where(Conversation.room == "unasked")
    return world.db(lambda db: [row.draft or "" for row in db.scalars(rows)])


def test_a_list_of_people_that_comes_unasked_is_shown_its_way_in(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob = phones[ALICE], phones[BOB]
    book = roster_template(Lang.VI)
    said = bob.sends("document", "Danh sách.XLSX", book).reads()
    assert "Chương trình chưa nhập gì" in said
    bob.taps("Nhập từ Excel").sends("document", "Danh sách.XLSX", book)
    assert "Tệp này chưa có người nào" in bob.reads()  # it is read as a roster now
    assert (
        "chưa nhập gì" not in alice.sends("document", "Danh sách.xlsx", book).reads()
    )  # not hers to bring in


def test_free_text_is_held_added_to_and_becomes_a_word_that_the_secretary_answers(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob = phones[ALICE], phones[BOB]
    said = alice.says("Xin chào chi bộ").reads()
    assert said.startswith(NOBODY)
    assert "Xin chào chi bộ" in said
    assert bob.reads() == ""
    assert requests(world) == []
    world.restart()
    alice.says("/menu").says("Tôi gửi lời thăm các đồng chí")  # a second one is added to the first
    assert "Xin chào chi bộ" in alice.reads()
    assert alice.says("/menu").buttons()[0] == "Tin chưa gửi cho ai"  # out of sight it is not forgotten
    alice.taps("Tin chưa gửi cho ai")
    assert "Xin chào chi bộ" in alice.reads()
    alice.taps("Nhắn bí thư")
    said = alice.reads()
    assert "Đang gửi ngay tới Trần Văn Bình, Lê Thị Hoa" in said
    assert held(world) == []
    (word,) = requests(world)
    assert word.kind == RequestKind.WORD
    assert word.text == "Xin chào chi bộ\nTôi gửi lời thăm các đồng chí"
    said = bob.reads()
    assert "Nguyễn Thị An có lời nhắn cho bí thư" in said
    assert "Nhật Bản" in said
    assert "gửi lời thăm" not in said  # read on its screen, where the look leaves a row
    assert "lời nhắn" in bob.says("/chibo").reads() + " ".join(bob.buttons()).lower()
    bob.taps("Nguyễn Thị An")
    assert "gửi lời thăm" in bob.reads()
    bob.taps("Trả lời").says("Cảm ơn đồng chí, giữ gìn sức khỏe").taps("Gửi")
    assert "Đang gửi ngay tới Nguyễn Thị An" in bob.reads()
    assert "giữ gìn sức khỏe" in alice.reads()
    assert "lời nhắn" not in bob.says("/chibo").reads()
    alice.taps("Viết tiếp").says("Vâng ạ").taps("Gửi")
    assert "viết tiếp lời nhắn" in bob.reads()
    bob.taps("Xem chi tiết").taps("Đã đọc, không cần trả lời")
    assert "đã đọc lời nhắn" in alice.reads()
    bob.taps_data(*bob.button_data("Màn hình"))  # a button of the screen that was left
    alice.taps_data(alice.last()["message_id"], "unasked:word", stale=True)
    assert "không còn tin nào" in alice.reads()
    assert len(requests(world)) == 1


def test_typed_instead_of_tapped_it_is_the_report_that_is_due(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob = phones[ALICE], phones[BOB]
    world.wait(timedelta(days=1))
    alice.reads()
    alice.says("Tôi vẫn ổn, tháng này tăng ca")
    assert NOBODY in alice.reads()
    alice.taps("Gửi làm báo cáo").taps("Gửi")
    checkin = world.db(lambda db: db.scalars(select(Checkin).where(Checkin.member_id == cell.alice)).first())
    assert checkin is not None
    assert checkin.state == CheckinState.ANSWERED
    assert checkin.report is not None
    assert checkin.report.note == "Tôi vẫn ổn, tháng này tăng ca"
    alice.says("Cảm ơn")
    assert not any("báo cáo tháng" in label.lower() for label in alice.buttons())  # nothing is due any more
    alice.taps("Bỏ, không gửi")
    assert "không được gửi cho ai" in alice.reads()
    assert held(world) == []
    assert bob.chat().count("Cảm ơn") == 0


def test_a_slip_in_what_is_held_is_corrected_in_the_chat(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice = phones[ALICE].says("Em mat ho chieu roi", "Ở ga Osaka")
    said = [one for one in world.telegram.history(ALICE) if one["from"] != "bot"]
    alice.reads()
    alice.edits(said[0]["message_id"], "Em làm thất lạc giấy tờ")
    assert "Em làm thất lạc giấy tờ\nỞ ga Osaka" in alice.reads()
    alice.taps("Nhắn bí thư")
    assert [one.text for one in requests(world)] == ["Em làm thất lạc giấy tờ\nỞ ga Osaka"]


def test_what_is_typed_after_an_extra_question_may_be_its_answer(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    """Not only the month that has waited longer: each question that is open is offered, by its own words."""
    alice, bob = phones[ALICE], phones[BOB]
    world.wait(timedelta(days=1))
    bob.says("/chibo").goes("Hỏi đột xuất", "Nguyễn Thị An").says("Có ở vùng động đất không?")
    bob.taps("Ngày mai", "Gửi câu hỏi").reads()
    alice.says("Nhà em nứt tường")
    assert {"Trả lời: Có ở vùng động đất không?", "Gửi làm báo cáo tháng 12/2026"} <= set(alice.buttons())
    alice.taps("Trả lời: Có ở vùng").taps("Gửi")
    told = bob.reads()
    assert "câu hỏi “Có ở vùng động đất không?”: “Nhà em nứt tường”" in told
    world.wait(timedelta(minutes=1))
    alice.says("Tháng này em tăng ca")
    assert not any("Trả lời" in one for one in alice.buttons())  # it is answered
    assert "Gửi làm báo cáo tháng 12/2026" in alice.buttons()  # the month still waits
    alice.says("/ngonngu").taps("English")
    assert "Not sent to anybody yet" in alice.buttons()
    alice.says("All is fine").reads()
    assert "Send as the report, December 2026" in alice.buttons()


@pytest.mark.parametrize(
    "cry",
    [
        "Tôi bị tai nạn, cần chi bộ giúp gấp",
        "chu giu ho chieu cua em",
        "bi danh o cong ty",
        "My room is on fire",
    ],
)
def test_a_cry_for_help_is_answered_with_the_numbers_of_the_country_and_is_one_tap_away_from_everybody_on_duty(
    world: World, cell: Cell, phones: dict[int, Phone], cry: str
) -> None:
    alice, bob = phones[ALICE], phones[BOB]
    world.wait(timedelta(hours=18, minutes=30))  # 02:30 in Vietnam
    bob.reads()
    said = alice.says(cry).reads()
    assert said.startswith(NOBODY)
    assert "110" in said
    assert "119" in said
    assert "+84981848484" in said
    assert bob.reads() == ""
    alice.taps("Báo KHẨN cho chi bộ ngay")
    assert "Đang gửi ngay tới Trần Văn Bình, Lê Thị Hoa" in alice.reads()
    assert "KHẨN CẤP" in bob.reads()
    assert "KHẨN CẤP" in phones[DEPUTY].reads()
    assert requests(world)[0].text == cry


def test_a_cry_for_help_where_a_button_was_asked_for_is_held_and_the_question_waits(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice = phones[ALICE].says("/hotro").says("Cứu tôi với, tôi bị cướp")
    said = alice.reads()
    assert NOBODY in said
    assert "110" in said
    alice.taps("Nhờ chi bộ hỗ trợ", "Giấy tờ", "Trong vài ngày", "Gửi")
    assert requests(world)[0].text == "Cứu tôi với, tôi bị cướp"


def test_what_is_typed_where_a_button_was_asked_for_is_part_of_the_form(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    """Neither a request nor a report loses what was typed too early; the question waits."""
    alice, bob = phones[ALICE], phones[BOB]
    alice.says("/hotro").taps("Tiền lương").says("Công ty nợ lương hai tháng")
    said = alice.reads()
    assert "Đã giữ lời vừa rồi" in said
    assert "gấp đến đâu" in said
    alice.taps("Trong vài ngày")
    assert "Công ty nợ lương hai tháng" in alice.reads()
    alice.says("Cả tổ sáu người").taps("Gửi")  # over the overview, too
    assert [one.text for one in requests(world)] == ["Công ty nợ lương hai tháng\nCả tổ sáu người"]
    world.wait(timedelta(days=1))
    alice.says("/baocao").taps("Có việc cần báo").says("Xưởng chuyển ca đêm")
    assert "Đã ghi lời vừa rồi vào báo cáo" in alice.reads()
    alice.taps("Vẫn ở đó").sends("photo", "xuong.jpg", a_picture()).taps("Ổn định")
    assert "Xưởng chuyển ca đêm" in alice.reads()
    alice.taps("Xong, sang câu sau")
    assert "1 tin thoại hoặc ảnh" in alice.reads()
    bob.reads()
    alice.taps("Gửi")
    assert "Xưởng chuyển ca đêm" in bob.reads()


def test_a_long_text_in_several_messages_is_one_text_with_one_answer(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice = phones[ALICE]
    before = len(alice.messages())
    alice.says("a" * 4096, "b" * 2204)
    assert len(alice.messages()) == before + 1
    alice.taps("Nhờ chi bộ hỗ trợ", "Việc khác", "Không gấp", "Gửi")
    assert requests(world)[0].text == "a" * 4096 + "\n" + "b" * 2204
    alice.says("c" * 4096, "Độ mật: Tối mật")
    assert "cũng đã được bỏ" in alice.reads()
    assert held(world) == []
    alice.says("TUYỆT MẬT: kế hoạch")
    assert "không được nhận và không được lưu" in alice.reads()
    assert held(world) == []


def test_voice_photo_and_file_are_held_and_go_along(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob = phones[ALICE], phones[BOB]
    alice.sends("voice", "a.ogg", a_voice())
    assert NOBODY in alice.reads()
    world.clock.set(world.clock() + timedelta(minutes=1))
    alice.sends("photo", "a.jpg", b"jpg", caption="Giấy của tôi").sends("document", "don.pdf", a_pdf())
    alice.taps("Nhắn bí thư")
    (word,) = requests(world)
    replies = world.db(lambda db: list(db.scalars(select(RequestReply))))
    assert word.text == "Giấy của tôi"
    assert [one.kind for one in replies[0].files] == ["voice", "photo", "document"]
    bob.taps("Xem chi tiết", "Xem ảnh, nghe ghi âm")
    assert bob.messages()[-2]["document"] is not None
    alice.sends("document", "BC-MAT.pdf", a_pdf())
    assert "không được nhận và không được lưu" in alice.reads()
    assert held(world) == []
    alice.sends("video", "a.mp4", b"mp4")
    assert "chưa gửi cho ai" in alice.reads()
    assert held(world) == []


@pytest.mark.parametrize(
    "words", ["STOP", "stop", "dừng lại", "hủy", "huy", "không nhận tin nữa", "/stop", "Unsubscribe!"]
)
def test_stop_and_its_kin_lead_to_a_pause_and_to_withdrawal(
    world: World, cell: Cell, phones: dict[int, Phone], words: str
) -> None:
    alice = phones[ALICE]
    alice.says(words)
    if words == "không nhận tin nữa":  # not a word known for it: held besides
        assert NOBODY in alice.reads()
    else:
        assert "thôi nhắn tin?" in alice.reads()
        assert held(world) == []
    alice.taps("Xem, rút lại đồng ý")
    assert "ồng ý" in alice.reads()


def test_stop_in_the_middle_of_a_form_is_no_answer_to_it(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice = phones[ALICE].says("/hotro").taps("Tiền lương", "Trong vài ngày").says("Chủ nợ lương", "STOP")
    assert "thôi nhắn tin?" in alice.reads()
    alice.says("Hai tháng rồi").taps("Xong, xem lại", "Gửi")
    assert requests(world)[0].text == "Chủ nợ lương\nHai tháng rồi"


def test_secretary_and_officer_have_ways_of_their_own(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob, deputy, officer = phones[BOB], phones[DEPUTY], phones[OFFICER]
    bob.says("Tối mai họp chi bộ lúc 19 giờ 30")
    assert NOBODY in bob.reads()
    bob.taps("Soạn thành thông báo", "Tất cả đảng viên")
    assert "Tối mai họp chi bộ" in bob.reads()
    bob.says("/huy").says("Nhờ đồng chí xem giúp sổ đảng phí").taps("Nhắn bí thư")
    assert "Trần Văn Bình có lời nhắn" in deputy.reads()
    officer.says("Đề nghị các chi bộ báo số liệu")
    assert NOBODY in officer.reads()
    assert "Soạn thành thông báo" in officer.buttons()
    assert not {"Nhắn bí thư", "Nhờ chi bộ hỗ trợ"} & set(officer.buttons())


def test_who_keeps_the_desk_alone_writes_to_the_committee_above(world: World, cell: Cell) -> None:
    bob, officer = settle_in(world, cell, BOB, OFFICER)

    def deputy_goes(db: Session) -> None:
        for one in appointments(db, cell.deputy, now=world.clock()):
            end_appointment(db, one, by_id=None, now=world.clock())

    world.db(deputy_goes)
    bob.says("Chi bộ xin ý kiến về việc kết nạp").taps("Nhắn đảng ủy cấp trên")
    assert "Trần Văn Bình có lời nhắn" in officer.reads()
    officer.taps("Trả lời").says("Đồng chí gửi hồ sơ nhé").taps("Gửi")
    assert "gửi hồ sơ nhé" in bob.reads()
