"""/hop through the front door: the desk calls, changes and calls off; the invited answer; nobody else learns anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.away import Away, AwayState, Route
from models.meeting.meeting import Invitation, Meeting, MeetingState
from models.meeting.policy import MeetingPolicy
from models.people.member import Account, Look, Member, Purpose, Standing, add_member, record_consent
from models.people.rights import appointments, end_appointment
from models.people.unit import UnitKind, create_unit
from models.phrases.meeting.meeting_form import THE_USUAL
from tests.called import LINK, SATURDAY, a_meeting, invitation_of, the_meeting
from tests.fakes import World
from tests.files import a_docx, a_pdf, a_voice
from tests.people import ALICE, BOB, CAROL, DAN, DEPUTY, OFFICER, Cell, a_cell, phone_of, settle_in
from tests.phone import Phone


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    return settle_in(world, cell, BOB, ALICE, DAN, DEPUTY)


def meetings(world: World) -> list[Meeting]:
    return world.db(lambda db: list(db.scalars(select(Meeting))))


# --- calling --------------------------------------------------------------------------------------------------------


def test_a_meeting_in_person_takes_six_steps(world: World, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    bob.says("/hop").taps("Triệu tập", "Trực tiếp").taps("thứ Năm 03/12", "19:30")
    bob.says("Nhà văn hóa").taps("Nội dung thường kỳ")
    assert "Người được mời: 4, kể cả đồng chí" in bob.reads()
    bob.taps("Triệu tập, gửi")
    assert the_meeting(world).starts_at == datetime(2026, 12, 3, 12, 30, tzinfo=UTC)
    assert "19:30 thứ Năm 03/12 (giờ Việt Nam) = 21:30 thứ Năm 03/12 (giờ Nhật Bản)" in alice.reads()
    assert "Nhà văn hóa" in alice.chat()
    assert "Dự trực tuyến" not in alice.buttons()


def test_as_last_time_only_the_day_is_asked(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob = phones[0]
    a_meeting(world, cell)
    world.until(SATURDAY + timedelta(days=20))
    bob.says("/hop").taps("Triệu tập", "Như lần trước", "04/01", "Không có việc nào", "Triệu tập, gửi")
    made = the_meeting(world)
    assert made.starts_at == datetime(2027, 1, 4, 13, tzinfo=UTC)
    assert (made.place, made.link, made.agenda) == ("Nhà văn hóa thôn", LINK, THE_USUAL)


def test_online_asks_for_the_committees_paper(world: World, phones: list[Phone]) -> None:
    bob = phones[0]
    bob.says("/hop").taps("Triệu tập")
    assert "Hướng dẫn 03-HD/TW" in bob.reads()
    assert "2/4 đồng chí đi xa" in bob.chat()
    message, data = bob.button_data("Trực tiếp kết hợp")
    bob.taps_data(message, data.replace(":hybrid~", ":online~"))  # its label is part of the other's
    assert "phải có văn bản này" in bob.reads()
    assert not any("Chưa có văn bản" in label for label in bob.buttons())
    bob.says("15-CV/ĐU ngày 02/11/2026").taps("03/12", "20:00").says(LINK).says("Nhiệm vụ tháng 12")
    bob.taps("Không có việc nào", "Triệu tập, gửi")
    assert the_meeting(world).paper == "15-CV/ĐU ngày 02/11/2026"
    assert the_meeting(world).place is None


def fill_until_matters(bob: Phone, agenda: str) -> None:
    bob.says("/hop").taps("Triệu tập", "Trực tiếp kết hợp", "03/12", "20:00")
    bob.says("Nhà văn hóa").says(LINK).says(agenda)


def test_what_is_never_online_is_said_with_the_reason(world: World, phones: list[Phone]) -> None:
    bob = phones[0]
    fill_until_matters(bob, "1. Xét kết nạp quần chúng\n2. Đơn khiếu nại")
    asked = bob.reads()
    assert "Nội dung có nhắc tới: kết nạp, công nhận chính thức; khiếu nại" in asked
    assert "không biết chắc ai đang nghe" in asked
    bob.taps("Có: chuyển sang họp trực tiếp", "Triệu tập, gửi")
    made = the_meeting(world)
    assert (made.form, made.link) == ("in person", None)


def test_a_hybrid_meeting_may_keep_it_to_the_room(world: World, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    fill_until_matters(bob, "Xét kết nạp")
    bob.taps("Có: chỉ bàn tại chỗ", "Triệu tập, gửi")
    assert the_meeting(world).in_room_only
    assert "chỉ bàn tại chỗ, sau khi ngắt đường truyền trực tuyến" in alice.reads()


@pytest.mark.parametrize("link", ["http://zoom.us/j/1", "https://zoom.us.example.com/j/1", "zoom", "/j/1"])
def test_a_link_that_is_none_is_refused_and_asked_again(phones: list[Phone], link: str) -> None:
    bob = phones[0]
    bob.says("/hop").taps("Triệu tập", "Trực tiếp kết hợp", "03/12", "20:00")
    bob.says("Nhà văn hóa").says(link)
    if link.startswith("/"):
        return  # a command
    assert "Đường dẫn vừa rồi không dùng được" in bob.reads()
    bob.says(LINK)
    assert "Nội dung cuộc họp" in bob.reads()


def test_no_room_is_offered_without_a_server(world: World, phones: list[Phone]) -> None:
    bob = phones[0]
    bob.says("/hop").taps("Triệu tập", "Trực tiếp kết hợp", "03/12", "20:00")
    bob.says("Nhà văn hóa")
    assert not any("Tạo phòng" in label for label in bob.buttons())


def test_a_room_is_made_on_the_configured_server(database_url: str) -> None:
    with World.open(database_url, meeting=MeetingPolicy(jitsi_url="https://hop.example.org")) as world:
        bob, *_ = settle_in(world, a_cell(world), BOB)
        bob.says("/hop").taps("Triệu tập", "Trực tiếp kết hợp")
        bob.taps("03/12", "20:00").says("Nhà văn hóa").taps("Tạo phòng giúp tôi", "Nội dung thường kỳ")
        bob.taps("Không có việc nào")
        assert "Đường dẫn: hop.example.org (đã mã hóa)" in bob.reads()
        bob.taps("Triệu tập, gửi")
        link = the_meeting(world).link
        assert link is not None
        assert link.startswith("https://hop.example.org/")
        assert link not in bob.chat()
        bob.says("/hop").taps(
            "Triệu tập cuộc họp", "Như lần trước", "05/12", "Không có việc nào", "Triệu tập, gửi"
        )
        again = the_meeting(world).link
        assert again is not None
        assert again.startswith("https://hop.example.org/")
        assert again != link  # who has left since knows the old one


@pytest.mark.parametrize("typed", ["01/12/2026", "31/12/2028", "hôm qua", "30/2", "5" * 4000])
def test_a_day_that_does_not_do_is_asked_again(phones: list[Phone], typed: str) -> None:
    bob = phones[0]
    bob.says("/hop").taps("Triệu tập", "Trực tiếp").says(typed)
    if typed == "01/12/2026":  # today: an hour that has gone by is refused
        bob.says("7h")
        assert "đã qua" in bob.reads()
        return
    bob.taps("03/12")
    assert "lúc mấy giờ" in bob.reads()


def test_secret_papers_and_words_are_refused(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    fill_until_matters(bob, "TUYỆT MẬT: phương án")
    assert "MẬT nên không được nhận" in bob.reads()
    bob.says("Nhiệm vụ").taps("Không có việc nào", "Tài liệu")
    bob.sends("document", "BC-MAT.docx", a_docx())
    assert "MẬT nên không được nhận" in bob.reads()
    bob.sends("document", "baocao.docx", a_docx()).taps("Xong", "Triệu tập, gửi")
    alice.taps("Vắng, có lý do").says("TỐI MẬT")
    assert "MẬT nên không được nhận" in alice.reads()
    assert invitation_of(world, cell.alice).answer is None


def test_papers_are_bounded(database_url: str) -> None:
    with World.open(database_url, meeting=MeetingPolicy(papers=1)) as world:
        bob, *_ = settle_in(world, a_cell(world), BOB)
        fill_until_matters(bob, "Nhiệm vụ")
        bob.taps("Không có việc nào", "Tài liệu")
        bob.sends("document", "a.docx", a_docx()).sends("document", "b.docx", a_docx())
        assert "Đã đủ 1 tệp" in bob.reads()
        bob.sends("voice", "v.ogg", a_voice())
        assert "ảnh chụp hoặc một tệp" in bob.reads()


def test_tapping_send_twice_calls_one_meeting(world: World, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    fill_until_matters(bob, "Nhiệm vụ")
    bob.taps("Không có việc nào")
    send = bob.button_data("Triệu tập, gửi")
    bob.taps_data(*send).taps_data(*send, stale=True)
    assert len(meetings(world)) == 1
    assert alice.chat().count("Mời đồng chí") == 1


# --- rights ---------------------------------------------------------------------------------------------------------


def test_a_member_cannot_call_change_or_look_into_answers(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    alice = phones[1]
    meeting = a_meeting(world, cell)
    alice.says("/hop")
    assert "Triệu tập cuộc họp" not in alice.buttons()
    other = invitation_of(world, cell.dan).id
    message = alice.last()["message_id"]
    forged = [f"new:{cell.id}", f"monthly:{cell.id}"]
    forged += [
        f"{verb}:{meeting}" for verb in ("change", "call", "drop", "who", "words", "postpone", "cancel")
    ]
    forged += [f"for:{other}", f"put:{other}:on:1", f"answer:{other}:on:1", f"say:{other}", f"ics:{other}"]
    forged += [f"paper:{other}:1", f"read:{other}:1", "see:1", "see:x", "answer", "put:99999999999999999999"]
    alice.reads()
    for data in forged:
        alice.taps_data(message, f"meeting:{data}", stale=True)
        said = alice.reads()
        assert "Phạm Văn Dân" not in said
        assert "Đã ghi" not in said
    assert invitation_of(world, cell.dan).answer is None
    assert the_meeting(world).state == MeetingState.CALLED


def test_a_stranger_an_officer_and_another_cell_learn_nothing(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    meeting = a_meeting(world, cell)

    def other_cell(db: Session) -> None:
        unit = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Tây", parent=None, now=world.clock())
        dan = db.get_one(Member, cell.dan)
        dan.cell_id = unit.id

    world.db(other_cell)
    carol = phone_of(world, CAROL)
    officer, *_ = settle_in(world, cell, OFFICER)
    dan = phones[2]
    for phone in (carol, officer, dan):
        phone.reads()
        phone.says("/hop").says("/menu")
        message = phone.last()["message_id"]
        phone.taps_data(message, f"meeting:see:{meeting}", stale=True)
        phone.taps_data(message, f"meeting:answer:{invitation_of(world, cell.dan).id}:on:1", stale=True)
        said = phone.reads()
        assert "Nhiệm vụ tháng 12" not in said
        assert "Nhà văn hóa" not in said
    assert invitation_of(world, cell.dan).answer is None


def test_who_lost_the_office_cannot_finish_the_form(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob = phones[0]
    fill_until_matters(bob, "Nhiệm vụ")
    bob.taps("Không có việc nào")

    def leaves(db: Session) -> None:
        for held in appointments(db, cell.bob, now=world.clock()):
            end_appointment(db, held, by_id=None, now=world.clock())

    world.db(leaves)
    bob.taps("Triệu tập, gửi")
    assert meetings(world) == []


def test_the_deputy_calls_too_and_two_at_the_desk_do_not_collide(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, _, deputy = phones
    a_meeting(world, cell)
    bob.says("/hop").taps("05/12", "Hủy cuộc họp")
    deputy.says("/hop").taps("05/12", "Hủy cuộc họp", "Không nêu lý do")
    bob.says("mưa to")
    assert "đã hủy" in bob.reads()
    assert alice.chat().count("Đồng chí không cần làm gì") == 1
    assert "mưa to" not in alice.chat()


# --- the invited ----------------------------------------------------------------------------------------------------


def test_as_what_somebody_comes_is_said(world: World, cell: Cell, phones: list[Phone]) -> None:
    _, alice, dan, _ = phones

    def prepare(db: Session) -> None:
        db.get_one(Member, cell.dan).standing = Standing.PROBATIONARY
        today = world.clock().date()
        db.add(
            Away(
                member_id=cell.alice,
                cell_id=cell.id,
                state=AwayState.ACTIVE,
                route=Route.EXEMPT,
                place_code="JP",
                zone="Asia/Tokyo",
                work="factory",
                begins_on=today - timedelta(days=30),
                due_on=today + timedelta(days=200),
                declared_at=world.clock(),
                next_at=world.clock() + timedelta(days=150),
            )
        )

    world.db(prepare)
    a_meeting(world, cell)
    assert "không biểu quyết" in dan.reads()
    assert "Không dự không tính là vắng" in alice.reads()
    assert invitation_of(world, cell.alice).capacity == "invitee"
    assert invitation_of(world, cell.dan).capacity == "no vote"
    assert invitation_of(world, cell.bob).capacity == "votes"


def test_answering_twice_and_changing_ones_mind(world: World, cell: Cell, phones: list[Phone]) -> None:
    alice = phones[1]
    a_meeting(world, cell)
    button = alice.button_data("Dự trực tuyến")
    alice.taps_data(*button).taps_data(*button, stale=True)
    assert invitation_of(world, cell.alice).answer == "online"
    alice.taps("Dự trực tiếp")
    assert invitation_of(world, cell.alice).answer == "in person"
    alice.taps("Dự một phần").says("trực tuyến đến 23 giờ")
    found = invitation_of(world, cell.alice)
    assert (found.answer, found.reason) == ("part", "trực tuyến đến 23 giờ")


def test_reasons_are_short_and_typed_or_tapped(world: World, cell: Cell, phones: list[Phone]) -> None:
    alice = phones[1]
    a_meeting(world, cell)
    alice.taps("Vắng, có lý do").says("x" * 4000)
    assert "rút gọn còn tối đa 500" in alice.reads()
    alice.sends("photo", "x.jpg", b"x")
    assert "bằng chữ" in alice.reads()
    alice.taps("Bận việc riêng")
    assert invitation_of(world, cell.alice).reason == "Bận việc riêng"


def test_papers_are_opened_read_and_counted(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, dan, _ = phones
    fill_until_matters(bob, "Nhiệm vụ")
    bob.taps("Không có việc nào", "Tài liệu").sends("document", "Dự thảo nghị quyết.docx", a_docx())
    bob.taps("Xong", "Triệu tập, gửi")
    assert "Dự thảo nghị quyết.docx" in alice.reads()
    alice.taps("Xem cuộc họp", "Tài liệu: Dự thảo", "Đã đọc")
    assert "Đã đọc: Dự thảo" in " ".join(alice.buttons())
    dan.taps("Xem cuộc họp", "Tài liệu: Dự thảo")
    bob.says("/hop").taps("03/12", "Ai đã trả lời")
    assert "Dự thảo nghị quyết.docx: mở 2, đã đọc 1/4: Nguyễn Thị An" in bob.reads()


def test_the_tail_of_a_text_that_is_too_long_becomes_no_agenda(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    """5,000 characters leave the app as two messages, at once."""
    bob = phones[0]
    bob.says("/hop").taps("Triệu tập", "Trực tiếp", "03/12", "20:00")
    bob.says("Nhà văn hóa").says("x" * 4096, "x" * 904)
    seen = bob.reads()
    assert "Phần sau của tin dài vừa rồi cũng không được ghi" in seen
    assert seen.rstrip().endswith("Không ghi nội dung MẬT.")
    bob.says("Nhiệm vụ tháng 12")
    assert "Xem lại rồi triệu tập" in bob.reads()


def test_a_short_answer_after_a_long_one_is_taken(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob = phones[0]
    bob.says("/hop").taps("Triệu tập", "Trực tiếp", "03/12", "20:00")
    bob.says("Nhà văn hóa").says("x" * 4096)
    world.wait(timedelta(seconds=5))
    assert "Xem lại rồi triệu tập" in bob.says("Nhiệm vụ tháng 12").reads()


def test_a_long_name_of_a_paper_keeps_its_end(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    fill_until_matters(bob, "Nhiệm vụ")
    bob.taps("Không có việc nào", "Tài liệu")
    bob.sends("document", f"Dự thảo nghị quyết {'về nhiệm vụ ' * 9}.pdf", a_pdf()).taps(
        "Xong", "Triệu tập, gửi"
    )
    assert "….pdf\n" in alice.reads()
    label = next(one for one in alice.taps("Xem cuộc họp").buttons() if one.startswith("Tài liệu: "))
    assert label.startswith("Tài liệu: Dự thảo nghị quyết")
    assert label.endswith("….pdf")


def test_words_to_be_read_out(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    a_meeting(world, cell)
    alice.taps("Xem cuộc họp", "Gửi ý kiến").says("a" * 3000).says("b" * 1900)
    alice.says("c" * 200)
    assert "tối đa 5000" in alice.reads()
    alice.taps("Xong, gửi")
    assert len(invitation_of(world, cell.alice).contribution or "") == 4901
    bob.says("/hop").taps("05/12", "Ai đã trả lời", "Đọc ý kiến")
    assert "b" * 1900 in bob.reads()
    looks = world.db(lambda db: list(db.scalars(select(Look).where(Look.member_id == cell.alice))))
    assert [(one.reader_id, one.what) for one in looks] == [(cell.bob, "meeting.words")]
    alice.taps("Sửa ý kiến", "Rút ý kiến")
    assert invitation_of(world, cell.alice).contribution is None


def test_the_desk_notes_what_was_said_on_the_phone(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob = phones[0]
    a_meeting(world, cell)
    bob.says("/hop").taps("05/12", "Ai đã trả lời", "Ghi hộ: Phạm Văn Dân", "Vắng").says("Con ốm")
    assert "Phạm Văn Dân: Con ốm (ghi hộ)" in bob.reads()
    found = invitation_of(world, cell.dan)
    assert (found.answer, found.answered_by_id) == ("absent", cell.bob)


def test_who_does_not_agree_or_is_not_here_is_phoned(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, dan, _ = phones

    def prepare(db: Session) -> None:
        record_consent(db, cell.alice, Purpose.MEETING, given=False, now=world.clock())
        add_member(db, cell_id=cell.id, full_name="Đỗ Thị Yến", now=world.clock())

    world.db(prepare)
    dan.blocks()
    fill_until_matters(bob, "Nhiệm vụ")
    bob.taps("Không có việc nào")
    asked = (
        "cần gọi điện (3): Nguyễn Thị An (không đồng ý nhận tin này qua chương trình), Phạm Văn Dân (đã chặn"
    )
    assert asked in bob.reads()
    bob.taps("Triệu tập, gửi")
    assert "Gửi ngay: 1 đồng chí." in bob.reads()
    assert "Mời đồng chí" not in alice.chat() + dan.chat()
    bob.taps("Ai đã trả lời")
    assert bob.reads().count("chưa báo được, cần gọi") == 3
    alice.says("/hop").taps("03/12", "Dự trực tuyến")  # who looks for themselves may answer
    assert invitation_of(world, cell.alice).answer == "online"


def test_the_calendar_file_says_when_and_nothing_else(world: World, cell: Cell, phones: list[Phone]) -> None:
    alice = phones[1]
    a_meeting(world, cell)
    alice.taps("Xem cuộc họp", "Tệp lịch")
    name, data = alice.documents()[-1]
    assert name == "hen.ics"
    assert b"DTSTART:20261205T130000Z" in data
    said = data.decode()
    for secret in ("google", "chi bộ", "họp", "Nhà văn hóa"):
        assert secret not in said


def test_the_link_is_in_no_message_and_a_lock_screen_shows_nothing(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    _, alice, dan, _ = phones
    a_meeting(world, cell)
    assert alice.last()["text"].startswith("Xa Nhà: bạn có tin. Chạm để đọc.")
    alice.taps("Xem cuộc họp", "Dự trực tuyến")
    assert "meet.google.com" not in alice.chat() + dan.chat()


# --- changing -------------------------------------------------------------------------------------------------------


def test_changed_and_changed_back_is_told_to_nobody(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    a_meeting(world, cell)
    alice.taps("Dự trực tuyến")
    for day in ("6/12", "5/12"):
        bob.says("/hop").taps("/12", "Thay đổi", "Ngày").says(day).taps("Lưu thay đổi")
    world.wait(timedelta(minutes=30))
    assert "có thay đổi" not in alice.chat()
    assert invitation_of(world, cell.alice).answer == "online"


def test_saving_without_a_change_says_so(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    a_meeting(world, cell)
    bob.says("/hop").taps("05/12", "Thay đổi", "Xem lại", "Lưu thay đổi")
    assert "Không có gì thay đổi" in bob.reads()
    world.wait(timedelta(minutes=30))
    assert "có thay đổi" not in alice.chat()


def test_a_change_of_agenda_keeps_the_answers(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    a_meeting(world, cell)
    alice.taps("Dự trực tuyến")
    bob.says("/hop").taps("05/12", "Thay đổi", "Nội dung").says("Sơ kết năm").taps("Không có việc nào")
    bob.taps("Lưu thay đổi")
    alice.reads()
    world.wait(timedelta(minutes=15))
    assert "Sơ kết năm" in alice.reads()
    assert invitation_of(world, cell.alice).answer == "online"


def test_the_new_link_is_told_without_being_shown(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    a_meeting(world, cell)
    bob.says("/hop").taps("05/12", "Thay đổi", "Đường dẫn").says("https://zoom.us/j/99887766")
    bob.taps("Lưu thay đổi")
    world.wait(timedelta(minutes=15))
    assert "Đường dẫn vào họp đã đổi" in alice.reads()
    assert "zoom.us" not in alice.chat()


def test_whoever_looks_first_is_not_told_again(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, dan, _ = phones
    a_meeting(world, cell)
    bob.says("/hop").taps("05/12", "Thay đổi", "Địa điểm").says("Trụ sở xã").taps("Lưu thay đổi")
    alice.taps("Xem cuộc họp")
    assert "Có thay đổi" in alice.reads()
    world.wait(timedelta(minutes=15))
    assert "có thay đổi" not in alice.reads()
    assert "có thay đổi" in dan.reads()


def test_what_changes_in_the_night_is_one_message_in_the_morning(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, *_ = phones
    world.until(datetime(2026, 12, 1, 13, tzinfo=UTC))  # 20:00 here, 22:00 in Japan
    a_meeting(world, cell)
    bob.says("/hop").taps("05/12", "Thay đổi", "Ngày").says("6/12").taps("Lưu thay đổi")
    world.until(datetime(2026, 12, 1, 21, 50, tzinfo=UTC))
    assert "Mời đồng chí" not in alice.chat()
    world.until(datetime(2026, 12, 1, 22, 10, tzinfo=UTC))  # 07:10 in Japan
    assert alice.chat().count("Mời đồng chí") == 1
    assert "06/12" in alice.chat()
    assert "có thay đổi" not in alice.chat()


def test_called_and_cancelled_in_the_night_is_told_to_nobody_who_slept(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, dan, _ = phones
    world.until(datetime(2026, 12, 1, 13, tzinfo=UTC))
    a_meeting(world, cell)
    bob.says("/hop").taps("05/12", "Hủy cuộc họp", "Không nêu lý do")
    assert "nay không gửi nữa: 1" in bob.reads()
    world.until(datetime(2026, 12, 2, 3, tzinfo=UTC))
    assert "họp chi bộ" not in alice.chat()
    assert "đã hủy" in dan.chat()


def test_postponed_without_a_day_then_called_again(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    a_meeting(world, cell)
    old = alice.button_data("Dự trực tuyến")
    bob.says("/hop").taps("05/12", "Hoãn").says("Lũ về")
    assert "hoãn lại. Ngày mới sẽ báo sau" in alice.reads()
    assert "Lũ về" in alice.chat()
    alice.taps_data(*old, stale=True)
    assert "chưa có ngày mới" in alice.reads()
    bob.taps("Đặt ngày mới").says("12/12").taps("20:00", "Lưu thay đổi")
    world.wait(timedelta(minutes=15))
    assert "đã hoãn nay có ngày mới: 20:00 thứ Bảy 12/12 (giờ Việt Nam)" in alice.reads()
    assert "Trước là" not in alice.reads()
    alice.taps("Dự trực tuyến")
    assert invitation_of(world, cell.alice).answer == "online"


def test_a_cancelled_meeting_says_so_and_why_and_promises_no_link(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, *_ = phones
    a_meeting(world, cell)
    bob.says("/hop").taps("05/12", "Hủy cuộc họp").says("Lũ về")
    alice.says("/hop").taps("05/12")
    assert "Cuộc họp đã hủy.\n\nLý do: Lũ về" in alice.reads()
    assert "link" not in alice.reads()


def test_a_short_notice_change_is_told_at_once_even_at_night(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, *_ = phones
    a_meeting(world, cell, starts_at=datetime(2026, 12, 1, 14, tzinfo=UTC))  # 23:00 in Japan
    world.until(datetime(2026, 12, 1, 13, 30, tzinfo=UTC))
    alice.reads()
    bob.says("/hop").taps("01/12", "Thay đổi, hoãn, hủy", "Hủy cuộc họp", "Không nêu lý do")
    assert "đã hủy" in alice.reads()  # 22:30 there: in the morning it would be too late


# --- lists ----------------------------------------------------------------------------------------------------------


def test_an_empty_list_has_a_way_back(phones: list[Phone]) -> None:
    alice = phones[1]
    alice.says("/hop")
    assert "Chưa có cuộc họp nào" in alice.reads()
    assert "Màn hình chính" in alice.buttons()
    alice.says("/menu").taps("Họp chi bộ")
    assert "Chưa có cuộc họp nào" in alice.reads()


def test_who_joins_the_roster_later_is_invited_with_the_next_reminder(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    a_meeting(world, cell)

    def joins(db: Session) -> int:
        return add_member(db, cell_id=cell.id, full_name="Đỗ Thị Yến", now=world.clock()).id

    late = world.db(joins)
    world.until(SATURDAY - timedelta(hours=30))
    assert invitation_of(world, late).capacity == "votes"
    assert world.db(lambda db: len(list(db.scalars(select(Invitation))))) == 5
    assert world.db(lambda db: len(list(db.scalars(select(Account))))) == 4


def test_two_at_the_desk_do_not_overwrite_each_other(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, _, _, deputy = phones
    a_meeting(world, cell)
    bob.says("/hop").taps("05/12", "Thay đổi", "Địa điểm").says("Trụ sở xã")
    deputy.says("/hop").taps("05/12", "Thay đổi", "Nội dung").says("Sơ kết năm")
    deputy.taps("Không có việc nào", "Lưu thay đổi")
    bob.taps("Lưu thay đổi")
    assert "Chưa lưu" in bob.reads()
    assert (the_meeting(world).place, the_meeting(world).agenda) == ("Nhà văn hóa thôn", "Sơ kết năm")


def test_a_change_left_half_way_does_not_become_a_new_meeting(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob = phones[0]
    a_meeting(world, cell)
    bob.says("/hop").taps("05/12", "Thay đổi", "Địa điểm").says("/hop").taps("Triệu tập cuộc họp")
    assert "Như lần trước" in bob.buttons()
    bob.taps("Như lần trước", "06/12", "Không có việc nào", "Triệu tập, gửi")
    assert len(meetings(world)) == 2


def test_a_meeting_without_its_link_waits_on_the_desk(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob = phones[0]
    a_meeting(world, cell, link="")
    world.until(SATURDAY - timedelta(hours=20))
    bob.says("/chibo")
    assert any("Họp 05/12: chưa có đường dẫn" in label for label in bob.buttons())
    bob.taps("chưa có đường dẫn", "Thay đổi", "Đường dẫn").says(LINK).taps("Lưu thay đổi")
    assert the_meeting(world).link == LINK


def test_who_moves_to_another_cell_hears_no_more(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, _, dan, _ = phones
    a_meeting(world, cell)

    def moves(db: Session) -> None:
        unit = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Tây", parent=None, now=world.clock())
        db.get_one(Member, cell.dan).cell_id = unit.id

    world.db(moves)
    bob.says("/hop").taps("05/12", "Hủy cuộc họp", "Không nêu lý do")
    assert "đã hủy" not in dan.chat()
    dan.taps("Dự trực tuyến")
    assert invitation_of(world, cell.dan).answer is None


def test_an_invitation_that_names_two_rooms_is_asked_about(phones: list[Phone]) -> None:
    bob = phones[0]
    bob.says("/hop").taps("Triệu tập", "Trực tiếp kết hợp", "03/12", "20:00")
    pasted = "Vào: https://us06web.zoom.us/j/80000000001\nhoặc meet.google.com/abc-defg-hij\nhttps://us06web.zoom.us/u/kb"
    assert "Trong tin có nhiều phòng" in bob.says("Nhà văn hóa").says(pasted).reads()
    assert {"zoom.us/j/80000000001", "google.com/abc-defg-hij"} <= set(bob.buttons())
    bob.taps("google.com")
    assert "Nội dung cuộc họp" in bob.reads()
