"""/thongbao through the front door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.people.member import Purpose
from tests.fakes import World
from tests.files import a_docx, a_pdf, a_voice
from tests.page import Page
from tests.people import ALICE, BOB, DAN, OFFICER, Cell, settle_in
from tests.phone import Phone


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    """Bình, An, Dân, Mai; Hoa has no account."""
    return settle_in(world, cell, BOB, ALICE, DAN, OFFICER)


def writes(phone: Phone, words: str, audience: str = "Tất cả đảng viên") -> Phone:
    return phone.says("/thongbao").taps("Viết thông báo mới", audience).says(words)


def test_a_notice_to_the_cell_is_previewed_sent_and_read(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, dan, _ = phones
    writes(bob, "Họp chi bộ ngày 5/12 lúc 20:00.")
    preview = bob.reads()
    assert "Thông báo của Chi bộ thôn Đông" in preview
    assert "Gửi cho: Tất cả đảng viên – 2 người" in preview
    assert "Không nhận được: 1" in preview
    assert "Lê Thị Hoa – chưa đăng ký" in preview
    assert "ngay bây giờ: 2" in preview
    bob.taps("Gửi")
    assert "Thông báo đang được gửi" in bob.reads()
    assert "Họp chi bộ ngày 5/12" in dan.reads()
    assert "Họp chi bộ ngày 5/12" in alice.reads()
    dan.taps("Đã đọc")
    assert "Đã ghi nhận: đồng chí đã đọc lúc 08:00" in dan.reads()
    assert "Họp chi bộ" in dan.last()["text"]
    bob.taps("Xem lại số liệu")
    told = bob.reads()
    assert "Đã đọc: 1" in told
    assert "Đã gửi, chưa đọc: 1" in told
    assert "Chưa có tài khoản: 1" in told


def test_the_night_of_the_receiver_is_kept_and_an_urgent_one_says_why(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, dan, _ = phones
    world.until(at(1, 20))  # 22:00 in Osaka
    writes(bob, "Mời họp.")
    preview = bob.reads()
    assert "ngay bây giờ: 1" in preview
    assert "07:00 thứ Tư 02/12 (05:00 giờ Việt Nam): 1" in preview
    bob.taps("Gửi cả ban đêm")
    bob.says("Bão đổ bộ đêm nay")
    assert "Gửi ngoài giờ vì: Bão đổ bộ đêm nay" in bob.reads()
    bob.taps("Bỏ chế độ khẩn", "Gửi")
    alice.reads(), dan.reads()
    world.until(at(2, 4, 59))
    assert "Mời họp" in dan.chat()
    assert "Mời họp" not in alice.chat()
    world.until(at(2, 5, 1))
    assert "Mời họp" in alice.reads()


def test_urgent_it_comes_at_night_with_its_reason(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    world.until(at(1, 23))
    writes(bob, "Không ra khơi.").taps("Gửi cả ban đêm").says("Bão số 9").taps("Gửi")
    assert "Gửi ngoài giờ vì: Bão số 9" in alice.reads()
    assert "Gửi cả ban đêm vì: Bão số 9" in bob.reads()


def test_who_has_not_read_is_reminded_once_and_who_has_is_not(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, dan, _ = phones
    writes(bob, "Nộp ảnh thẻ.").taps("Gửi")
    dan.taps("Đã đọc")
    alice.reads(), dan.reads()
    world.until(at(4, 12))
    reminder = alice.reads()
    assert "Chương trình chỉ nhắc một lần này" in reminder
    assert "giờ Việt Nam)" in reminder  # she is in Osaka
    assert "nhắc một lần" not in dan.reads()
    world.until(at(20, 12))
    assert alice.chat().count("Chương trình chỉ nhắc một lần này") == 1
    alice.taps("Đọc lại thông báo")
    assert "Nộp ảnh thẻ" in alice.reads()
    alice.taps_data(*_reminder(alice))
    assert "Đã ghi nhận: đồng chí đã đọc" in alice.reads()
    bob.says("/thongbao").taps("Nộp ảnh thẻ")
    assert "Đã đọc: 2" in bob.reads()


def test_whoever_does_not_come_to_their_page_keeps_nobody_from_being_reminded(
    world: World, cell: Cell
) -> None:
    """And is not looked for each minute until they do: that may be weeks."""
    bob, alice, *_ = settle_in(world, cell, BOB, ALICE, OFFICER, DAN)
    page = Page(world, "dan").is_of(cell.dan)
    world.telegram.blocks(DAN)
    world.settle()
    writes(bob, "Nộp ảnh thẻ.").taps("Gửi")
    alice.reads()
    fired = world.until(at(4, 12))
    assert "Chương trình chỉ nhắc một lần này" in alice.reads()
    fired += world.until(at(10, 12))
    looked = [one for one in fired if one.job == "notice.move"]
    assert len(looked) < 9 * 24 / 3 + 20
    assert "Nộp ảnh thẻ" in page.reads()
    world.wait(timedelta(hours=3))
    bob.taps("Xem lại số liệu")
    assert "Đã gửi, chưa đọc: 2" in bob.reads()


def _reminder(phone: Phone) -> tuple[int, str]:
    return next(
        (message["message_id"], button["callback_data"])
        for message in phone.messages()
        for row in message["inline_keyboard"]
        for button in row
        if button["callback_data"].startswith("notice:done")
    )


def test_a_question_is_answered_counted_and_listed(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, dan, _ = phones
    writes(bob, "Họp dời sang 7/12.").taps("Thêm câu hỏi").says("Họp ngày nào?").says("chỉ một dòng")
    assert "Cần 2 đến 4 dòng khác nhau" in bob.reads()
    bob.says("Ngày 5/12\nNgày 7/12")
    assert "Hỏi: Họp ngày nào?" in bob.reads()
    bob.taps("Gửi")
    alice.taps("Ngày 5/12")
    assert "không chấm điểm" in alice.reads()
    assert alice.buttons()[:2] == ["✓ Ngày 5/12", "Ngày 7/12"]
    dan.taps("Ngày 5/12", "Ngày 7/12")  # a change of mind
    assert dan.buttons()[:2] == ["Ngày 5/12", "✓ Ngày 7/12"]
    dan.taps("✓ Ngày 7/12")
    assert "Đã ghi nhận câu trả lời: Ngày 7/12" in dan.last()["text"]
    bob.taps("Xem lại số liệu", "Sửa nội dung").says("Họp dời sang thứ Hai 7/12.")
    bob.taps("Gửi bản sửa", "Xem lại số liệu")
    assert "✓ Ngày 7/12" in dan.buttons()  # a correction leaves the answer be
    bob.taps("Xem lại số liệu", "Câu trả lời")
    assert "Ngày 5/12: 1" in bob.reads()
    bob.taps("Ngày 5/12: 1")
    told = bob.reads()
    assert "Nguyễn Thị An" in told
    assert "Phạm Văn Dân" not in told
    alice.says("/dulieu").taps("Ai đã xem")
    assert "Trần Văn Bình" in alice.reads()


def test_five_thousand_characters_are_split_and_a_correction_changes_each_part(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, *_ = phones
    first, second = "a" * 2500 + "\n\n" + "b" * 1500, "c" * 1000 + " KẾT"
    bob.says("/thongbao").taps("Viết thông báo mới", "Tất cả đảng viên").says(first, second)
    bob.taps("Gửi")
    parts = [message for message in alice.messages() if "bbb" in message["text"] or "aaa" in message["text"]]
    assert len(parts) == 2
    assert "KẾT" in parts[-1]["text"]
    assert not parts[0]["inline_keyboard"]
    alice.taps("Đã đọc")
    assert "Đã ghi nhận" in alice.last()["text"]  # below: the long text is left alone
    bob.taps("Sửa nội dung").says("Ngắn thôi.").taps("Gửi bản sửa")
    world.wait(timedelta(minutes=2))
    assert "aaa" not in alice.chat()
    assert "KẾT" not in alice.chat()
    assert "(đã sửa)" in alice.chat()
    bob.taps("Sửa nội dung").says(first, second).taps("Gửi bản sửa")
    world.wait(timedelta(minutes=2))
    assert "KẾT" in alice.reads()
    bob.taps("Các bản đã gửi")
    assert "Bản 3" in bob.reads()


def test_a_marked_text_or_file_is_refused_and_nothing_typed_is_lost(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, *_ = phones
    bob.says("/thongbao").taps("Viết thông báo mới", "Tất cả đảng viên").says("Phần một.")
    bob.says("Tài liệu TỐI MẬT kèm theo")
    assert "MẬT nên không được nhận" in bob.reads()
    bob.sends("document", "BC-MAT.docx", a_docx())
    assert "MẬT nên không được nhận" in bob.reads()
    bob.sends("voice", "voice.ogg", a_voice())
    said = bob.reads()
    assert "Mời gõ chữ, hoặc gửi một ảnh, một tệp" in said
    assert "Phần một." in said


def test_the_attachment_comes_when_it_is_asked_for(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    bob.says("/thongbao").taps("Viết thông báo mới", "Đảng viên ở nước ngoài")
    bob.sends("document", "giay-moi.pdf", a_pdf("Giay moi"), caption="Giấy mời kèm theo.")
    assert "Kèm tệp: giay-moi.pdf" in bob.reads()
    bob.taps("Gửi")
    alice.taps("Xem tệp kèm theo")
    assert alice.documents()[-1][1] == a_pdf("Giay moi")


def test_blocked_unsure_and_failed_each_have_a_list_with_a_next_step(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, dan, _ = phones
    dan.blocks()
    world.telegram.fail("sendMessage", chat_id=ALICE, times=1, fault="timeout_after")
    writes(bob, "Họp.")
    assert "đã chặn chương trình hoặc khóa tài khoản: 1" in bob.reads()
    bob.taps("Gửi")
    bob.taps("Xem lại số liệu")
    told = bob.reads()
    assert "Không rõ đã đến chưa: 1" in told
    assert "Không tới được: 1" in told
    bob.taps("Không rõ đã đến chưa: 1")
    told = bob.reads()
    assert "không gửi lại để khỏi trùng" in told
    assert "Nguyễn Thị An" in told
    bob.taps("Về thông báo này", "Không tới được: 1")
    assert "nhờ bỏ chặn" in bob.reads()
    bob.taps("Phạm Văn Dân")
    assert "Phạm Văn Dân" in bob.reads()
    alice.taps("Đã đọc")  # it had arrived
    bob.says("/thongbao").taps("Họp.")
    assert "Đã đọc: 1" in bob.reads()


def test_who_did_not_agree_is_left_out(world: World, cell: Cell) -> None:
    bob, _ = settle_in(world, cell, BOB, ALICE)
    settle_in(world, cell, DAN, consents=(Purpose.MEETING,))
    writes(bob, "Họp.")
    assert "Phạm Văn Dân – không đồng ý liên lạc qua chương trình" in bob.reads()


def test_nobody_to_tell_asks_for_others(world: World, cell: Cell) -> None:
    (bob,) = settle_in(world, cell, BOB)
    writes(bob, "Họp.", "Đảng viên ở nước ngoài").taps("Gửi")
    told = bob.reads()
    assert "không có ai nhận được" in told
    assert "Gửi cho ai?" in told


def test_stopped_before_its_morning_nobody_hears_of_it(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, dan, _ = phones
    world.until(at(1, 22))
    writes(bob, "Nhầm rồi.").taps("Gửi", "Dừng gửi")
    assert "Đã gửi: 0. Chưa gửi và không gửi nữa: 2" in bob.reads()
    world.wait(timedelta(minutes=5))
    bob.taps_data(*_stop(bob), stale=True)
    assert "đã gửi xong hoặc đã dừng rồi" in bob.reads()
    world.until(at(3, 12))
    assert "Nhầm rồi" not in alice.chat() + dan.chat()


def _stop(phone: Phone) -> tuple[int, str]:
    message, data = phone.button_data("Xem lại số liệu")
    return message, data.replace("see", "stop")


def test_corrected_before_its_morning_only_the_right_words_are_said(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, *_ = phones
    world.until(at(1, 22))
    writes(bob, "Họp mùng 5.").taps("Gửi", "Sửa nội dung").says("Họp mùng 7.")
    bob.taps("Gửi bản sửa")
    world.until(at(2, 12))
    assert "Họp mùng 7." in alice.chat()
    assert "Họp mùng 5." not in alice.chat()


def test_an_officer_writes_to_the_secretaries_and_sees_counts_only(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, _, officer = phones
    officer.says("/thongbao").taps("Viết thông báo mới", "Bí thư, phó bí thư")
    officer.says("Nộp báo cáo trước 10/12.")
    preview = officer.reads()
    assert "1 người" in preview
    assert "Lê Thị Hoa" not in preview
    officer.taps("Gửi")
    assert "Thông báo của Đảng ủy xã An Bình" in bob.reads()
    assert "Nộp báo cáo" not in alice.chat()
    bob.taps("Đã đọc")
    officer.taps("Xem lại số liệu")
    told = officer.reads()
    assert "Đã đọc: 1" in told
    assert "Bình" not in told.replace("An Bình", "")
    assert not any("Đã đọc" in label for label in officer.buttons())


def test_of_few_an_officer_sees_no_figures_and_the_cell_sees_its_own(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, _, officer = phones
    officer.says("/thongbao").taps("Viết thông báo mới", "Đảng viên đi làm ăn xa")
    officer.says("Chúc mừng năm mới.")
    assert "ít người nên không hiện số liệu" in officer.reads()
    officer.taps("Gửi")
    assert "Ít người nên không hiện số liệu" in officer.reads()
    alice.taps("Đã đọc")
    bob.says("/thongbao").taps("Chúc mừng năm mới")
    told = bob.reads()
    assert "Đã đọc: 1" in told
    assert "Sửa nội dung" not in bob.buttons()
    bob.taps("Đã đọc: 1")
    assert "Nguyễn Thị An" in bob.reads()


def test_an_officer_speaks_in_no_cells_name_and_does_not_read_what_a_cell_wrote(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, _, _, officer = phones
    writes(bob, "Họp ngày mùng 5.").taps("Gửi")
    told = officer.says("/thongbao").reads()
    assert "Họp ngày" not in told
    assert not any("Chi bộ" in label for label in officer.taps("Viết thông báo mới").buttons())
    _, data = bob.button_data("Sửa nội dung")
    officer.taps_data(officer.last()["message_id"], data, stale=True)
    assert "Họp ngày" not in officer.reads()


def test_a_member_cannot_announce_and_a_forged_button_tells_nothing(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, dan, _ = phones
    writes(bob, "Họp.", "Đảng viên ở nước ngoài").taps("Gửi")
    alice.says("/thongbao")
    assert "Họp" not in alice.reads()
    message, data = alice.button_data("Đã đọc")
    dan.says("/menu")
    dan.taps_data(dan.last()["message_id"], data, stale=True)
    assert "Họp" not in dan.reads()
    dan.taps_data(dan.last()["message_id"], data.replace("read", "see"), stale=True)
    assert "Họp" not in dan.reads()
    alice.taps_data(message, data)
    alice.taps_data(message, data, stale=True)
    assert alice.chat().count("Đã ghi nhận") == 1


def test_somebody_abroad_sees_a_neutral_first_line(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, *_ = phones
    writes(bob, "Họp chi bộ.").taps("Gửi")
    shown = next(m for m in alice.messages() if "Họp chi bộ" in m["text"])
    assert "Họp" not in shown["text"].splitlines()[0]
