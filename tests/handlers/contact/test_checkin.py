"""The member checks in, from the reminder's button or /baocao, and corrects what was sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.contact.checkin import (
    Checkin,
    CheckinKind,
    CheckinState,
    PlaceAnswer,
    Report,
    Work,
    record_contact,
)
from models.contact.contact_note import ContactNote, Means
from models.contact.policy import RequestPolicy
from models.contact.request import HelpRequest, RequestState, take_request
from models.people.member import Member, account_of
from tests.checkins import fills_checkin
from tests.fakes import World
from tests.files import a_pdf, a_voice
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, settle_in
from tests.phone import Phone

ASKED = datetime(2026, 12, 1, 12, 5, tzinfo=UTC)  # five past 19:00 in Vietnam, past 21:00 in Japan
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def dan(world: World, cell: Cell) -> Phone:
    """Dân, who has just been asked."""
    phone = settle_in(world, cell, DAN, BOB, DEPUTY)[0]
    world.until(ASKED)
    return phone


def newest(world: World, member_id: int) -> Checkin:
    def work(db: Session) -> Checkin:
        mine = select(Checkin).where(Checkin.member_id == member_id, Checkin.state != CheckinState.SCHEDULED)
        return db.scalars(mine.order_by(Checkin.opens_at.desc(), Checkin.id.desc())).first()  # type: ignore[return-value]

    return world.db(work)


def the_report(world: World, member_id: int) -> Report:
    report = newest(world, member_id).report
    assert report is not None
    return report


def requests(world: World) -> list[HelpRequest]:
    return world.db(lambda db: list(db.scalars(select(HelpRequest))))


def test_two_taps_when_all_is_well(world: World, cell: Cell, dan: Phone) -> None:
    assert "Đã đến kỳ báo cáo tình hình tháng 12/2026" in dan.reads()
    dan.taps("Mọi việc vẫn ổn")
    assert "mọi việc vẫn ổn, nơi ở như đã khai (TP Hồ Chí Minh)" in dan.reads()
    dan.taps("Gửi")
    said = dan.reads()
    assert "Đã gửi lúc 19:05" in said
    assert "Kỳ sau: 19:00 thứ Sáu 01/01" in said
    assert the_report(world, cell.dan) == Report(fine=True, whereabouts=PlaceAnswer.SAME)
    assert newest(world, cell.dan).answered_by == cell.dan


def test_both_clocks_are_shown_abroad(world: World, cell: Cell) -> None:
    (alice,) = settle_in(world, cell, ALICE)
    world.until(ASKED)
    alice.taps("Mọi việc vẫn ổn", "Gửi")
    assert "Đã gửi lúc 21:05 thứ Ba 01/12 (19:05 giờ Việt Nam)" in alice.reads()


def test_back_from_the_confirmation_asks_again(dan: Phone) -> None:
    dan.taps("Mọi việc vẫn ổn", "Quay lại")
    assert "Mọi việc vẫn ổn" in dan.buttons()


def test_the_form_asks_one_question_at_a_time_and_sends_everything(
    world: World, cell: Cell, dan: Phone
) -> None:
    dan.taps("Có việc cần báo", "Vẫn ở đó", "Đã đổi việc", "Đã đăng ký tạm trú")
    dan.says("Tháng này làm ca đêm.", "Chủ nhật được nghỉ.").taps("Nhờ chi bộ hỗ trợ")
    dan.says("Xin giấy giới thiệu")
    shown = dan.reads()
    for words in (
        "Việc làm: đã đổi việc",
        "Tạm trú: đã đăng ký",
        "Tháng này làm ca đêm.\nChủ nhật được nghỉ.",
        "Xin giấy giới thiệu",
    ):
        assert words in shown
    dan.taps("Gửi")
    assert "thấy cả việc cần hỗ trợ" in dan.reads()
    report = the_report(world, cell.dan)
    assert (report.work, report.needs_help) == (Work.CHANGED, True)
    assert report.note == "Tháng này làm ca đêm.\nChủ nhật được nghỉ."
    (request,) = requests(world)
    assert (request.text, request.checkin_id) == ("Xin giấy giới thiệu", newest(world, cell.dan).id)


def test_the_confirmation_leads_to_the_form(dan: Phone) -> None:
    dan.taps("Mọi việc vẫn ổn", "Có việc cần báo")
    assert "Vẫn ở đó" in dan.buttons()


def test_residence_is_not_asked_abroad(world: World, cell: Cell) -> None:
    (alice,) = settle_in(world, cell, ALICE)
    world.until(ASKED)
    fills_checkin(alice, up_to="note")
    assert "chi bộ cần biết" in alice.reads()
    assert "tạm trú" not in alice.chat()


def test_a_move_takes_over_place_and_clock_and_plans_by_it(world: World, cell: Cell, dan: Phone) -> None:
    fills_checkin(dan, place="moved", where="Nhật Bản", up_to="clock")
    assert "21:05" in dan.reads()
    fills_checkin(dan.taps("Đúng giờ này"))
    member = world.db(lambda db: db.get_one(Member, cell.dan))
    assert (member.place_code, member.zone, member.discreet) == ("JP", "Asia/Tokyo", True)
    assert the_report(world, cell.dan).place_now == "JP"
    planned = world.db(
        lambda db: db.scalars(
            select(Checkin).where(Checkin.state == CheckinState.SCHEDULED, Checkin.member_id == cell.dan)
        ).one()
    )
    assert planned.opens_at == datetime(2027, 1, 1, 10, tzinfo=UTC)


def test_several_clocks_are_a_choice(world: World, cell: Cell, dan: Phone) -> None:
    fills_checkin(dan, place="moved", where="Australia", up_to="zone")
    fills_checkin(dan.taps("Sydney"))
    assert world.db(lambda db: db.get_one(Member, cell.dan)).zone == "Australia/Sydney"


def test_nothing_is_changed_before_it_is_sent(world: World, cell: Cell, dan: Phone) -> None:
    fills_checkin(dan, place="moved", where="Nhật Bản", up_to="clock").taps("Đúng giờ này", "Hủy")
    assert world.db(lambda db: db.get_one(Member, cell.dan)).place_code == "VN-79"
    assert newest(world, cell.dan).state == CheckinState.OPEN


def test_voice_and_photos_are_kept_by_their_ids(world: World, cell: Cell, dan: Phone) -> None:
    fills_checkin(dan, up_to="note")
    dan.sends("voice", "v.ogg", a_voice()).sends("photo", "p.jpg", b"p", caption="Phòng trọ mới")
    dan.taps("Gửi")
    report = the_report(world, cell.dan)
    assert (len(report.voice_ids), len(report.photo_ids), report.note) == (1, 1, "Phòng trọ mới")


def test_another_file_is_refused_and_nothing_is_lost(world: World, cell: Cell, dan: Phone) -> None:
    fills_checkin(dan, note="Một", up_to="overview")
    dan.sends("document", "x.pdf", a_pdf())
    assert "chỉ nhận chữ, tin thoại hoặc ảnh" in dan.chat()
    dan.taps("Gửi")
    assert the_report(world, cell.dan).note == "Một"


def test_what_is_marked_secret_is_refused_in_note_and_help(world: World, dan: Phone) -> None:
    fills_checkin(dan, up_to="note").says("TỐI MẬT: kế hoạch")
    assert "tài liệu MẬT" in dan.reads()
    dan.taps("Bỏ qua", "Nhờ chi bộ hỗ trợ").says("MẬT")
    assert "tài liệu MẬT" in dan.reads()
    assert requests(world) == []


def test_too_long_a_note_keeps_what_was_there(world: World, cell: Cell, dan: Phone) -> None:
    fills_checkin(dan, note="một", up_to="overview").says("x" * 2_000)
    assert "tối đa 2000 ký tự" in dan.reads()
    dan.taps("Gửi")
    assert the_report(world, cell.dan).note == "một"


def test_an_edited_message_of_the_note_is_taken_over(world: World, cell: Cell, dan: Phone) -> None:
    fills_checkin(dan, note="làm ca dêm", up_to="overview").says("hết")
    typed = [m for m in world.telegram.history(DAN) if m["text"] == "làm ca dêm"][-1]["message_id"]
    dan.edits(typed, "làm ca đêm")
    assert "Đã sửa theo tin" in dan.reads()
    dan.edits(typed, "làm ca đêm, ổn").taps("Gửi")
    assert the_report(world, cell.dan).note == "làm ca đêm, ổn\nhết"
    dan.edits(typed, "muộn rồi")
    assert "Tin đã sửa không thay được" in dan.reads()
    assert the_report(world, cell.dan).note == "làm ca đêm, ổn\nhết"


def test_each_answer_can_be_changed_from_the_overview(world: World, cell: Cell, dan: Phone) -> None:
    fills_checkin(dan, residence="not yet", up_to="overview")
    dan.taps("Sửa: việc làm", "Mất việc", "Sửa: tạm trú", "Đã đăng ký", "Sửa: điều muốn báo").says(
        "về quê ít hôm"
    )
    dan.taps("Nhờ chi bộ hỗ trợ").says("Tìm việc").taps("Sửa: nơi ở", "Vẫn ở đó", "Gửi")
    report = the_report(world, cell.dan)
    assert (report.work, report.residence, report.note, report.needs_help) == (
        "lost",
        "registered",
        "về quê ít hôm",
        True,
    )


def test_a_sent_report_is_corrected_from_where_it_was(world: World, cell: Cell, dan: Phone) -> None:
    fills_checkin(dan, note="cũ", help="Một việc").taps("Sửa báo cáo")
    assert "cũ" in dan.reads()
    dan.taps("Sửa: việc làm", "Mất việc", "Sửa: cần hỗ trợ", "Không cần", "Gửi")
    report = the_report(world, cell.dan)
    assert (report.work, report.note, report.needs_help) == ("lost", "cũ", False)
    assert [r.state for r in requests(world)] == [RequestState.CLOSED]


def test_a_double_tap_sends_once(world: World, cell: Cell, dan: Phone) -> None:
    dan.taps("Mọi việc vẫn ổn")
    button = dan.button_data("Gửi")
    dan.taps_data(*button).taps_data(*button, stale=True)
    assert "Đã gửi lúc" in dan.last()["text"]
    assert newest(world, cell.dan).state == CheckinState.ANSWERED
    assert len(world.db(lambda db: list(db.scalars(select(Checkin).where(Checkin.state == "answered"))))) == 1


def test_a_forged_button_says_nothing_about_another(world: World, cell: Cell, dan: Phone) -> None:
    (alice,) = settle_in(world, cell, ALICE)
    alice.says("/menu")
    theirs, mine = newest(world, cell.dan).id, alice.last()["message_id"]
    for verb in ("ok", "send", "form", "correct"):
        for number in (str(theirs), "abc", "", "9" * 30):
            alice.taps_data(mine, f"checkin:{verb}:{number}", stale=True)
            assert "không còn dùng được" in alice.reads()
    assert newest(world, cell.dan).state == CheckinState.OPEN


def test_last_months_button_is_answered_kindly(world: World, dan: Phone) -> None:
    message, data = dan.button_data("Mọi việc vẫn ổn")
    world.until(datetime(2027, 1, 2, 3, tzinfo=UTC))
    dan.taps_data(message, data)
    said = dan.reads()
    assert "tháng 12/2026 đã đóng" in said
    assert "tháng 1/2027" in said


def test_a_form_that_outlives_its_month_is_sent_for_the_open_one(
    world: World, cell: Cell, dan: Phone
) -> None:
    fills_checkin(dan, note="viết dở", up_to="overview")
    world.until(datetime(2027, 1, 2, 3, tzinfo=UTC))
    dan.taps("Gửi")
    assert "gửi cho kỳ đang mở" in dan.reads()
    assert newest(world, cell.dan).period == date(2027, 1, 1)
    assert the_report(world, cell.dan).note == "viết dở"


def test_an_unfinished_form_is_offered_but_not_that_of_another_month(world: World, dan: Phone) -> None:
    dan.taps("Có việc cần báo", "Vẫn ở đó", "Mất việc").says("/menu", "/baocao").taps("Có việc cần báo")
    assert "Đồng chí đang làm dở" in dan.reads()
    dan.taps("Làm tiếp")
    assert "tạm trú" in dan.reads()
    dan.says("/menu")
    world.until(datetime(2027, 1, 2, 3, tzinfo=UTC))
    dan.taps("Có việc cần báo")
    assert "Vẫn ở đó" in dan.buttons()


def test_somebody_elses_note_has_answered_it_meanwhile(world: World, cell: Cell, dan: Phone) -> None:
    def heard(db: Session) -> None:
        record_contact(
            db,
            db.get_one(Member, cell.dan),
            channel=Means.PHONE,
            happened_on=date(2026, 12, 1),
            result="Vẫn khỏe",
            by_id=cell.bob,
            policy=world.settings.checkin,
            now=world.clock(),
        )

    message, data = dan.button_data("Mọi việc vẫn ổn")
    world.db(heard)
    dan.taps_data(message, data)
    assert "Trần Văn Bình ghi nhận lúc 19:05" in dan.reads()
    fills_checkin(dan.taps("Gửi báo cáo của tôi"))
    assert newest(world, cell.dan).answered_by == cell.dan


def test_a_contact_note_is_corrected_by_the_one_it_is_about(world: World, cell: Cell, dan: Phone) -> None:
    world.db(
        lambda db: record_contact(
            db,
            db.get_one(Member, cell.dan),
            channel=Means.ZALO,
            happened_on=date(2026, 12, 1),
            result="Đang ở Đồng Nai",
            by_id=cell.bob,
            policy=world.settings.checkin,
            now=world.clock(),
        )
    )
    world.settle()
    dan.taps("Chưa đúng").says("MẬT")
    assert "tài liệu MẬT" in dan.reads()
    dan.says("Tôi vẫn ở TP Hồ Chí Minh")
    note = world.db(lambda db: db.scalars(select(ContactNote)).one())
    assert (note.result, note.correction) == ("Đang ở Đồng Nai", "Tôi vẫn ở TP Hồ Chí Minh")
    bob = Phone(world.telegram, BOB, world.settle)
    assert "Tôi vẫn ở TP Hồ Chí Minh" in bob.chat()


def test_the_member_says_that_a_request_is_settled(world: World, cell: Cell, dan: Phone) -> None:
    fills_checkin(dan, help="Giấy tờ")
    (request,) = requests(world)
    world.db(
        lambda db: take_request(
            db, db.get_one(HelpRequest, request.id), by_id=cell.bob, policy=RequestPolicy(), now=world.clock()
        )
    )
    world.settle()
    message, data = dan.button_data("Việc đã xong")
    dan.taps_data(message, data).taps_data(message, data, stale=True)
    assert requests(world)[0].state == RequestState.CLOSED
    bob = Phone(world.telegram, BOB, world.settle)
    assert bob.chat().count("cho biết việc nhờ hỗ trợ đã xong") == 1


def test_nothing_due_says_when_and_takes_a_report_out_of_turn(world: World, cell: Cell) -> None:
    dan, bob = settle_in(world, cell, DAN, BOB)
    world.db(lambda db: db.execute(delete(Checkin)))
    dan.says("/baocao")
    assert "Hiện đồng chí không có kỳ báo cáo nào" in dan.reads()
    fills_checkin(dan.taps("Báo việc đột xuất"), work="lost", note="Công ty đóng cửa")
    assert "Báo cáo đột xuất" in dan.reads()
    assert newest(world, cell.dan).kind == CheckinKind.VOLUNTARY
    assert "gửi báo cáo đột xuất: " in bob.reads()


def test_an_early_answer_counts_for_the_occurrence_that_opens_soon(world: World, cell: Cell) -> None:
    (dan,) = settle_in(world, cell, DAN)
    dan.says("/baocao").taps("Mọi việc vẫn ổn", "Gửi")
    assert "Kỳ sau: 19:00 thứ Sáu 01/01" in dan.reads()
    world.until(datetime(2026, 12, 20, tzinfo=UTC))
    assert dan.reads() == ""


def test_a_stranger_and_an_officer_have_nothing_to_report(world: World, cell: Cell, dan: Phone) -> None:
    carol = world.phone(90, "Carol")
    carol.says("/baocao")
    assert "chi bộ" not in carol.reads()
    world.db(lambda db: setattr(db.get_one(Member, cell.dan), "cell_id", None))
    dan.says("/baocao")
    assert "không có tên trong chi bộ nào" in dan.reads()


def test_the_form_speaks_english(world: World, cell: Cell, dan: Phone) -> None:
    world.db(lambda db: setattr(db.get_one(Member, cell.dan), "lang", "en"))
    dan.says("/baocao").taps("Something to report")
    for question, label in (
        ("place", "Still there"),
        ("work", "Steady"),
        ("residence", "Not yet"),
        ("note", "Skip"),
    ):
        assert label in fills_checkin(dan, up_to=question).buttons()
    fills_checkin(dan, up_to="overview")
    assert "Send this to the cell?" in dan.reads()
    dan.taps("Send")
    assert "Sent at 19:05" in dan.reads()
    assert world.db(lambda db: account_of(db, cell.dan)) is not None


def test_after_a_report_out_of_turn_the_monthly_one_can_still_be_corrected(
    world: World, cell: Cell, dan: Phone
) -> None:
    dan.taps("Mọi việc vẫn ổn", "Gửi")
    world.wait(timedelta(hours=1))
    fills_checkin(dan.says("/baocao").taps("Báo việc đột xuất"), work="lost")
    dan.says("/baocao").taps("Sửa báo cáo tháng 12/2026")
    assert "Báo cáo tháng 12/2026" in dan.reads()


def test_a_parked_form_can_be_left_for_good(world: World, dan: Phone) -> None:
    dan.taps("Có việc cần báo", "Vẫn ở đó", "Mất việc").says("/menu", "/baocao").taps("Có việc cần báo")
    assert {"Làm tiếp", "Làm lại từ đầu", "Hủy", "Màn hình chính"} <= set(dan.buttons())
    dan.taps("Hủy")
    assert "Những gì vừa điền không được gửi" in dan.reads()
    dan.says("/baocao").taps("Có việc cần báo")
    assert "Vẫn ở đó" in dan.buttons()


def test_the_same_place_chosen_again_is_no_move(world: World, cell: Cell, dan: Phone) -> None:
    dan.taps("Có việc cần báo", "Đã chuyển chỗ")
    assert "Nhật Bản" in dan.buttons()
    assert len(dan.buttons()) <= 8
    fills_checkin(dan.says("TP Hồ Chí Minh"), up_to="overview")
    assert "Nơi ở: TP Hồ Chí Minh (như đã khai)" in dan.reads()
    dan.taps("Sửa: nơi ở", "Đã chuyển chỗ", "Nhật Bản", "Đúng giờ này")
    assert "Nơi ở: Nhật Bản (mới chuyển)" in dan.reads()
