"""/khaibao: the member declares an absence, follows it, extends, changes, withdraws, comes back."""

from __future__ import annotations

import inspect
import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers import ROUTES
from models.away import away as away_room
from models.away.away import (
    Away,
    AwayState,
    Filing,
    FilingAct,
    FilingState,
    ReturnStep,
    Route,
    aways_of,
    filing_moves,
    open_away,
    return_filing,
    return_items,
    set_away_updates,
    tick_return_item,
)
from models.away.policy import AwayPolicy, Decides
from models.desk.screening import record_absence_from_meeting, record_dues
from models.people.member import Member
from tests.absences import SAIGON, Chain, declaration
from tests.fakes import World
from tests.files import a_pdf, a_voice
from tests.people import ALICE, BOB, DAN, OFFICER, Cell, a_cell, settle_in
from tests.phone import Phone
from tests.rules import a_file, a_rule

DAY = timedelta(days=1)


@pytest.fixture
def alice(world: World, cell: Cell) -> Phone:
    return settle_in(world, cell, ALICE)[0]


@pytest.fixture
def dan(world: World, cell: Cell) -> Phone:
    return settle_in(world, cell, DAN)[0]


def running(world: World, member_id: int) -> Away:
    found = world.db(lambda db: open_away(db, member_id))
    assert found is not None
    return found


def aways(world: World, member_id: int) -> list[Away]:
    return world.db(lambda db: aways_of(db, member_id))


def filings(world: World) -> list[Filing]:
    return world.db(lambda db: list(db.scalars(select(Filing).order_by(Filing.opened_at, Filing.id))))


def to_the_dates(phone: Phone) -> Phone:
    return phone.says("/khaibao").taps("Nhật Bản").says("Osaka").taps("thực tập sinh").says("Xưởng mộc Aoki")


def to_the_overview(phone: Phone) -> Phone:
    to_the_dates(phone).taps("Hôm nay", "12 tháng", "Dùng câu này", "số của tôi", "Bỏ qua")
    return phone


# --- declaring ------------------------------------------------------------------------------------------------------


def test_a_declaration_from_osaka_takes_a_minute(world: World, cell: Cell, alice: Phone) -> None:
    (bob,) = settle_in(world, cell, BOB)
    to_the_overview(alice)
    shown = alice.reads()
    for words in ("Nhật Bản", "Osaka", "thực tập sinh", "Xưởng mộc Aoki", "30/11/2027", "+81 90-1234-5678"):
        assert words in shown
    assert "chuyển sinh hoạt đảng tạm thời" in shown
    assert "Chi bộ là nơi quyết định" in shown
    assert "Căn cứ: Hướng dẫn 01-HD/TW ngày 19/05/2026 (chưa đối chiếu" in shown
    alice.taps("Nộp cho bí thư")
    shown = alice.reads()
    assert "Đã nộp. Bí thư chi bộ sẽ được báo." in shown
    assert "bí thư chi bộ đang xem" in shown
    assert "bí thư Trần Văn Bình xem" in shown
    away = running(world, cell.alice)
    assert (away.place_code, away.zone, away.city, away.work) == ("JP", "Asia/Tokyo", "Osaka", "trainee")
    assert (away.begins_on, away.ends_on) == (date(2026, 12, 1), date(2027, 11, 30))
    assert away.phone_there == "+819012345678"
    assert "Đơn của đồng chí Nguyễn Thị An (Nhật Bản)" in bob.reads()


def test_the_paper_comes_after_filing_and_again_on_demand(world: World, cell: Cell, alice: Phone) -> None:
    to_the_overview(alice).taps("Nộp cho bí thư")
    alice.taps("Tải đơn để ký")
    assert len(alice.documents()) == 2
    name, data = alice.documents()[-1]
    assert name.endswith(".docx")
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs) + "\n".join(
        cell.text for table in Document(BytesIO(data)).tables for row in table.rows for cell in row.cells
    )
    for wanted in ("Nguyễn Thị An", "Nhật Bản", "Osaka", "30/11/2027"):
        assert wanted in words, wanted


def test_steadiness_is_asked_only_where_it_leads_to_another_route(
    world: World, cell: Cell, dan: Phone
) -> None:
    dan.says("/khaibao").taps("TP Hồ Chí Minh", "Bỏ qua", "xây dựng", "Bỏ qua", "Hôm nay", "6 tháng")
    assert "Đồng chí ở một nơi ổn định, hay đi lại nhiều nơi?" in dan.reads()
    dan.taps("Đi lại nhiều nơi", "Dùng câu này", "số của tôi", "Bỏ qua")
    assert "tạm miễn sinh hoạt đảng" in dan.reads()
    assert "Mở Cổng Dịch vụ công quốc gia" not in dan.buttons()
    dan.taps("Sửa mục khác", "Tính chất", "Ở một nơi, việc ổn định")
    assert "chuyển sinh hoạt đảng tạm thời" in dan.reads()
    assert "Mở Cổng Dịch vụ công quốc gia" in dan.buttons()


def test_reasons_besides_work_are_those_of_the_rule_and_a_private_one_says_no_more(
    sqlite_url: str, tmp_path: Path
) -> None:
    rules = a_file(tmp_path, a_rule("away.reasons", '["remote"]'))
    with World.open(sqlite_url, rules=rules) as world:
        cell = a_cell(world)
        alice, dan = settle_in(world, cell, ALICE, DAN)
        to_the_dates(alice).taps("Hôm nay", "6 tháng")
        assert {"Dùng câu này", "Lý do riêng, xin nói trực tiếp", "Ra nước ngoài một mình"} <= set(
            alice.buttons()
        )
        alice.taps("Lý do riêng, xin nói trực tiếp", "số của tôi", "Bỏ qua", "Nộp cho bí thư")
        dan.says("/khaibao").taps("TP Hồ Chí Minh", "Bỏ qua", "xây dựng", "Bỏ qua", "Hôm nay", "6 tháng")
        dan.taps("Đi lại nhiều nơi")
        assert "Ra nước ngoài một mình" not in dan.buttons()
        dan.taps("Làm việc một mình ở nơi hẻo lánh", "số của tôi", "Bỏ qua", "Nộp cho bí thư")
        hers, his = (one.reason for one in filings(world))
        assert hers == "Lý do riêng, xin trình bày trực tiếp với bí thư chi bộ"
        assert his == "Làm việc một mình ở nơi hẻo lánh"
        world.until(datetime(2027, 1, 2, tzinfo=UTC))
        bob = settle_in(world, cell, BOB)[0]
        bob.says("/khaibao").taps("TP Hồ Chí Minh", "Bỏ qua", "xây dựng", "Bỏ qua", "Hôm nay", "6 tháng")
        bob.taps("Đi lại nhiều nơi")
        assert "Làm việc một mình ở nơi hẻo lánh" in bob.buttons()
        assert "Lý do riêng, xin nói trực tiếp" not in bob.buttons()


def test_less_than_three_months_are_noted_and_need_no_reason(world: World, cell: Cell, dan: Phone) -> None:
    dan.says("/khaibao").taps("TP Hồ Chí Minh", "Bỏ qua", "Việc khác", "buôn bán", "Bỏ qua", "Hôm nay").says(
        "31/01/2027"
    )
    assert "Có thể bỏ qua" in dan.reads()
    dan.taps("Bỏ qua", "Chưa có số", "Bỏ qua", "Ghi nhận lần đi xa")
    assert "Đã ghi nhận lần đi xa" in dan.reads()
    away = running(world, cell.dan)
    assert (away.state, away.route) == (AwayState.ACTIVE, Route.NOTE)
    assert dan.documents() == []


def test_a_longer_time_after_all_wants_its_reason(dan: Phone) -> None:
    dan.says("/khaibao").taps("TP Hồ Chí Minh", "Bỏ qua", "Việc khác", "buôn bán", "Bỏ qua", "Hôm nay").says(
        "31/01/2027"
    )
    dan.taps("Bỏ qua", "Chưa có số", "Bỏ qua", "Sửa mục khác", "Đến ngày").says("30/6/2027")
    dan.taps("Ở một nơi")
    assert "Đơn phải ghi lý do" in dan.reads()
    assert "Bỏ qua" not in dan.buttons()
    dan.says("Phụ giúp con gái bán hàng")
    assert "Phụ giúp con gái bán hàng" in dan.reads()


def test_the_return_need_not_be_known(world: World, cell: Cell, alice: Phone) -> None:
    to_the_dates(alice).taps(
        "Hôm nay", "Chưa biết ngày về", "Dùng câu này", "Chưa có số", "Bỏ qua", "Nộp cho bí thư"
    )
    assert running(world, cell.alice).ends_on is None
    assert "chưa biết ngày về" in alice.reads()


def test_a_trusted_person_is_noted_only_with_their_knowledge(world: World, cell: Cell, alice: Phone) -> None:
    to_the_dates(alice).taps("Hôm nay", "6 tháng", "Dùng câu này", "Chưa có số").says("Nguyễn Văn Ba")
    assert "Nguyễn Văn Ba" in alice.reads()
    alice.taps("Chưa, xin không ghi tên")
    assert "Nguyễn Văn Ba" not in alice.reads()
    alice.taps("Sửa mục khác", "Sửa mục khác", "Người tin cậy").says("Nguyễn Văn Ba").taps(
        "Có, người ấy biết"
    ).says("0912 345 678")
    assert "Nguyễn Văn Ba 0912 345 678" in alice.reads()
    alice.taps("Nộp cho bí thư")
    away = running(world, cell.alice)
    assert (away.trusted_name, away.trusted_phone, away.trusted_knows) == (
        "Nguyễn Văn Ba",
        "+84912345678",
        True,
    )


def test_a_country_with_several_clocks_asks_which(world: World, cell: Cell, alice: Phone) -> None:
    alice.says("/khaibao", "Úc")
    alice.taps("Perth")
    assert "Xã, phường hoặc thành phố nào" in alice.reads()


def test_every_answer_can_be_changed_and_a_new_place_asks_for_its_town(
    world: World, cell: Cell, alice: Phone
) -> None:
    to_the_overview(alice).taps("Nơi đến").says("Hàn Quốc")
    assert "Xã, phường hoặc thành phố nào" in alice.reads()
    alice.says("Busan").taps("Bỏ qua", "số của tôi", "Sửa mục khác", "Công việc", "Việc khác", "đánh bắt")
    alice.taps("Nộp cho bí thư")
    away = running(world, cell.alice)
    assert (away.place_code, away.zone, away.city, away.work) == ("KR", "Asia/Seoul", "Busan", "fishing")


def test_a_begin_after_the_end_asks_for_the_end_again(alice: Phone) -> None:
    to_the_overview(alice).taps("Sửa mục khác", "Từ ngày").says("1/1/2028")
    assert "Dự kiến đến hết ngày nào" in alice.reads()
    alice.taps("6 tháng")
    assert "30/06/2028" in alice.reads()


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("30/02/2027", "Lịch không có ngày 30/2/2027"),
        ("mai kia", "Chưa đọc được ngày này"),
        ("30/11/2026", "Ngày kết thúc không thể trước ngày bắt đầu"),
        ("1/1/2226", "không dùng được ở đây"),
        ("x" * 4096, "Chưa đọc được ngày này"),
    ],
)
def test_wrong_ends_get_a_sentence_and_the_question_again(alice: Phone, typed: str, hint: str) -> None:
    to_the_dates(alice).taps("Hôm nay").says(typed)
    shown = alice.reads()
    assert hint in shown
    assert "Dự kiến đến hết ngày nào" in shown


@pytest.mark.parametrize(
    "typed", ["5/6/27", "05.06.2027", "5 tháng 6 năm 2027", "05062027", "2027-06-05", "5-6"]
)
def test_days_are_read_however_they_are_written(alice: Phone, typed: str) -> None:
    to_the_dates(alice).taps("Hôm nay").says(typed).taps("Dùng câu này", "Chưa có số", "Bỏ qua")
    assert "05/06/2027" in alice.reads()


def test_what_is_marked_secret_is_refused_and_nothing_is_lost(alice: Phone) -> None:
    to_the_dates(alice).taps("Hôm nay", "6 tháng").says("Tài liệu TỐI MẬT số 5")
    assert "dấu hiệu tài liệu MẬT" in alice.reads()
    alice.says("Đi thực tập").taps("Chưa có số", "Bỏ qua")
    shown = alice.reads()
    assert "Đi thực tập" in shown
    assert "Xưởng mộc Aoki" in shown


def test_a_street_is_not_kept(alice: Phone) -> None:
    alice.says("/khaibao").taps("TP Hồ Chí Minh").says("số nhà 12 đường Lê Lợi")
    assert "Xin đừng ghi số nhà, tên đường" in alice.reads()
    alice.says("Quận 7")
    assert "làm việc gì" in alice.reads()


def test_a_text_pasted_too_long_is_asked_for_again(alice: Phone) -> None:
    to_the_dates(alice).taps("Hôm nay", "6 tháng").says("x" * 4096)
    shown = alice.reads()
    assert "Mời rút gọn còn tối đa 1000 ký tự" in shown
    assert "Lý do đi?" in shown


def test_decomposed_vietnamese_is_kept_whole(world: World, cell: Cell, alice: Phone) -> None:
    apart = unicodedata.normalize("NFD", "Đi học nghề làm bánh")
    to_the_dates(alice).taps("Hôm nay", "6 tháng").says(apart).taps("Chưa có số", "Bỏ qua", "Nộp")
    assert running(world, cell.alice).reason == "Đi học nghề làm bánh"


def test_a_phone_that_is_none_is_asked_again(alice: Phone) -> None:
    to_the_dates(alice).taps("Hôm nay", "6 tháng", "Dùng câu này").says("12345")
    assert "Số này chưa đúng" in alice.reads()
    alice.says("090-1111-2222").taps("Bỏ qua")  # as one writes it in Japan
    assert "+81 90-1111-2222" in alice.reads()


def test_stopped_in_the_middle_it_goes_on_after_a_restart(world: World, cell: Cell, alice: Phone) -> None:
    to_the_dates(alice).taps("Hôm nay")
    world.restart()
    alice.says("/menu").says("/khaibao")
    assert "đang làm dở: khai đi làm ăn xa" in alice.reads()
    alice.taps("Làm tiếp")
    assert "Dự kiến đến hết ngày nào" in alice.reads()
    alice.taps("12 tháng", "Dùng câu này", "Chưa có số", "Bỏ qua", "Nộp")
    assert running(world, cell.alice).employer == "Xưởng mộc Aoki"


def test_a_double_tap_files_once(world: World, cell: Cell, alice: Phone) -> None:
    to_the_overview(alice)
    message, data = alice.button_data("Nộp cho bí thư")
    alice.taps_data(message, data).taps_data(message, data, stale=True)
    assert len(filings(world)) == 1
    assert alice.reads() == "", "the second tap is swallowed"


def test_a_photo_of_the_signed_paper_goes_with_the_filing_or_follows(
    world: World, cell: Cell, alice: Phone
) -> None:
    (bob,) = settle_in(world, cell, BOB)
    to_the_overview(alice).taps("Gửi bản chụp giấy đã ký").sends("photo", "", b"jpeg")
    assert "đã kèm bản chụp" in alice.reads()
    alice.taps("Nộp cho bí thư", "Gửi bản chụp giấy đã ký").sends("document", "don.pdf", a_pdf())
    assert "Đã nhận bản chụp" in alice.reads()
    assert "đã gửi bản chụp giấy đã ký" in bob.reads()
    (filing,) = filings(world)
    moves = world.db(lambda db: filing_moves(db, filing.id))
    assert [(move.after, bool(move.file_id), move.file_name) for move in moves] == [
        ("filed", True, None),
        ("filed", True, "don.pdf"),
    ]
    alice.goes("Lịch sử").taps("Xem lại các bản chụp")
    assert len(alice.documents()) == 2  # the application, and the scan again


def test_a_file_named_secret_is_refused(alice: Phone) -> None:
    to_the_overview(alice).taps("Gửi bản chụp giấy đã ký").sends("document", "BC-MAT.pdf", a_pdf())
    assert "dấu hiệu tài liệu MẬT" in alice.reads()
    alice.sends("voice", "", a_voice())
    assert "Mời gửi một ảnh chụp" in alice.reads()


def test_somebody_in_no_cell_is_told_so(world: World, cell: Cell) -> None:
    (officer,) = settle_in(world, cell, OFFICER)
    officer.says("/khaibao")
    assert "chưa có tên trong chi bộ nào" in officer.reads()


# --- what runs ------------------------------------------------------------------------------------------------------


def filed(world: World, cell: Cell, **how: object) -> Chain:
    return Chain(world, cell, cell.alice).files(declaration(), **how)


def returned(world: World, cell: Cell, comment: str = "Ghi rõ tên xưởng") -> Chain:
    chain = filed(world, cell)
    chain.does(return_filing, comment=comment, by_id=cell.bob)
    return chain


def approved(world: World, cell: Cell) -> Chain:
    return filed(world, cell).is_approved()


def test_what_runs_is_shown_first_with_who_decides(world: World, cell: Cell, alice: Phone) -> None:
    chain = filed(world, cell)
    alice.says("/khaibao")
    shown = alice.reads()
    for words in ("đơn đang được xem xét", "Nhật Bản", "01/12/2026 – 31/10/2027", "bí thư chi bộ đang xem"):
        assert words in shown
    chain.is_put_to_the_cell(meeting_on=date(2026, 12, 3))
    alice.says("/khaibao")
    assert "chi bộ họp ngày 03/12/2026" in alice.reads()


def test_the_committee_and_then_the_number_are_named(world: World, cell: Cell, alice: Phone) -> None:
    chain = filed(world, cell).is_proposed()
    alice.says("/khaibao")
    assert "Đảng ủy xã An Bình quyết định" in alice.reads()
    chain.is_decided()
    alice.says("/khaibao")
    shown = alice.reads()
    assert "Quyết định số 15-QĐ/ĐU ngày 01/12/2026, đến 31/10/2027" in shown
    assert "đang đi làm ăn xa" in shown


def test_a_returned_paper_is_corrected_beside_its_comment(world: World, cell: Cell, alice: Phone) -> None:
    (bob,) = settle_in(world, cell, BOB)
    returned(world, cell)
    world.settle()
    assert "Ghi rõ tên xưởng" in alice.reads()
    alice.taps("Sửa và nộp lại")
    assert "Góp ý khi trả lại:\nGhi rõ tên xưởng" in alice.reads()
    alice.taps("Sửa mục khác", "Nơi làm việc").says("Aoki Mokkou").taps("Trả lời góp ý").says("Đã ghi đủ.")
    bob.reads()
    message, data = alice.button_data("Nộp lại")
    alice.taps_data(message, data).taps_data(message, data, stale=True)
    (filing,) = filings(world)
    assert filing.state == FilingState.FILED
    assert running(world, cell.alice).employer == "Aoki Mokkou"
    assert "Đã ghi đủ." in bob.reads()


def test_corrected_dates_propose_anew(world: World, cell: Cell, alice: Phone) -> None:
    returned(world, cell)
    alice.says("/khaibao").taps("Sửa và nộp lại", "Sửa mục khác", "Đến ngày").says("30/06/2027")
    assert "gợi ý" in alice.reads()
    assert "Chưa biết ngày về" not in alice.buttons()
    alice.taps("Nộp lại")
    (filing,) = filings(world)
    assert filing.ends_on == date(2027, 6, 30)


def test_an_old_button_to_correct_shows_where_things_stand(world: World, cell: Cell, alice: Phone) -> None:
    returned(world, cell)
    world.settle()
    message, data = alice.button_data("Sửa và nộp lại")
    alice.taps_data(message, data).taps("Nộp lại").taps_data(message, data, stale=True)
    assert "bí thư chi bộ đang xem" in alice.reads()


def test_an_application_that_waits_can_be_declared_anew(world: World, cell: Cell, alice: Phone) -> None:
    filed(world, cell)
    alice.says("/khaibao").taps("Khai lại lần đi này", "Sửa mục khác", "Đến ngày").says("30/04/2027").taps(
        "Nộp cho bí thư"
    )
    assert [one.state for one in filings(world)] == [FilingState.SUPERSEDED, FilingState.FILED]
    assert running(world, cell.alice).ends_on == date(2027, 4, 30)


@pytest.mark.parametrize(("way", "place"), [("tôi ở nhà", None), ("tôi vẫn ở nơi đi", "JP")])
def test_an_application_is_withdrawn_and_where_one_is_follows(
    world: World, cell: Cell, alice: Phone, way: str, place: str | None
) -> None:
    filed(world, cell)
    alice.says("/khaibao").taps("Rút đơn", way)
    assert "Đã rút" in alice.reads()
    assert [one.state for one in filings(world)] == [FilingState.WITHDRAWN]
    assert world.db(lambda db: db.get_one(Member, cell.alice)).place_code == place
    alice.says("/khaibao")
    assert "Khai đi làm ăn xa" in alice.reads()
    alice.taps("Các lần đi xa trước", "Nhật Bản")
    assert "Đơn: rút lại (Nguyễn Thị An)" in alice.reads()


# --- time and changes -----------------------------------------------------------------------------------------------


def near_its_end(world: World, cell: Cell) -> Chain:
    chain = Chain(world, cell, cell.alice).files(declaration(ends_on=date(2027, 3, 31))).is_approved()
    world.until(datetime(2027, 3, 1, 4, tzinfo=UTC))
    return chain


def test_nothing_changed_extends_from_the_reminder(world: World, cell: Cell, alice: Phone) -> None:
    near_its_end(world, cell)
    assert "Thời hạn đi làm ăn xa của đồng chí đến ngày 31/03/2027" in alice.chat()
    alice.taps("Không thay đổi, xin gia hạn")
    shown = alice.reads()
    assert "đến hết 30/07/2027" in shown
    assert "Chi bộ là nơi quyết định" in shown
    message, data = alice.button_data("Gửi: gia hạn đến")
    alice.taps_data(message, data)
    assert "Đã gửi đề nghị gia hạn" in alice.reads()
    world.wait(timedelta(seconds=10))
    alice.taps_data(message, data, stale=True)
    assert "đã được gửi rồi" in alice.reads()
    assert [(one.kind, one.unchanged) for one in filings(world)] == [
        ("application", False),
        ("extension", True),
    ]
    assert alice.documents()[-1][0].startswith("don-xin-gia-han")


def test_an_extension_to_another_day_with_another_place(world: World, cell: Cell, alice: Phone) -> None:
    near_its_end(world, cell)
    alice.says("/khaibao").taps("Xin gia hạn, có thay đổi").says("31/3/2027")
    assert "Gia hạn phải đến sau ngày 31/03/2027" in alice.reads()
    alice.says("31/3/2028").taps("Thành phố").says("Nagoya").taps("Nộp cho bí thư")
    extension = filings(world)[-1]
    assert (extension.kind, extension.ends_on, extension.unchanged) == ("extension", date(2028, 3, 31), False)
    assert running(world, cell.alice).city == "Nagoya"


def test_an_extension_under_way_is_not_asked_for_twice_and_can_be_withdrawn(
    world: World, cell: Cell, alice: Phone
) -> None:
    chain = near_its_end(world, cell)
    _, same = alice.button_data("Không thay đổi")
    message = alice.last()["message_id"]
    alice.taps_data(message, same).taps("Gửi: gia hạn").taps_data(message, same, stale=True)
    assert "đã được gửi rồi" in alice.reads()
    alice.goes("Rút đề nghị gia hạn").taps("Rút đề nghị gia hạn")
    assert "Đã rút" in alice.reads()
    assert filings(world)[-1].state == FilingState.WITHDRAWN
    assert chain.state == AwayState.ACTIVE


def test_a_change_keeps_what_was_true_before(world: World, cell: Cell, alice: Phone) -> None:
    approved(world, cell)
    (bob,) = settle_in(world, cell, BOB)
    alice.says("/khaibao").taps("Đổi nơi ở").taps("Lưu thay đổi")
    assert "Chưa có gì thay đổi" in alice.reads()
    alice.taps("Nơi đến").says("Đài Loan").says("Cao Hùng").taps("Giữ nguyên", "Giữ nguyên")
    alice.taps("Công việc", "chăm sóc", "Lưu thay đổi")
    assert "Đã lưu thay đổi" in alice.reads()
    member = world.db(lambda db: db.get_one(Member, cell.alice))
    assert (member.place_code, member.zone) == ("TW", "Asia/Taipei")
    assert "chuyển nơi ở: Đài Loan" in bob.reads()
    alice.goes("Lịch sử")
    shown = alice.reads()
    assert "Nơi đến: Nhật Bản → Đài Loan" in shown
    assert "Công việc: thực tập sinh → chăm sóc, giúp việc gia đình" in shown


def test_a_change_ahead_waits_for_its_day(world: World, cell: Cell, alice: Phone) -> None:
    approved(world, cell)
    alice.says("/khaibao").taps("Đổi nơi ở", "Thành phố").says("Kobe").taps(
        "Sửa mục khác", "Thay đổi từ ngày", "Đầu tháng sau"
    )
    alice.taps("Lưu thay đổi")
    assert "thay đổi có hiệu lực từ 01/01/2027" in alice.reads()
    assert running(world, cell.alice).city == "Osaka"
    world.until(datetime(2027, 1, 2, tzinfo=UTC))
    assert running(world, cell.alice).city == "Kobe"


def test_another_country_may_mean_another_route(world: World, cell: Cell, alice: Phone) -> None:
    Chain(world, cell, cell.alice).files(declaration(ends_on=None)).is_approved()
    alice.says("/khaibao").taps("Đổi nơi ở", "Nơi đến").says("Đồng Nai").taps(
        "Bỏ qua", "Giữ nguyên", "Giữ nguyên"
    )
    assert "Với nơi mới, quy định gợi ý: chuyển sinh hoạt đảng chính thức" in alice.reads()


def test_the_written_update_is_asked_for_written_and_read(world: World, cell: Cell, alice: Phone) -> None:
    (bob,) = settle_in(world, cell, BOB)
    approved(world, cell)
    world.db(
        lambda db: set_away_updates(
            db, cell.id, 3, by_id=cell.bob, policies=world.settings, now=world.clock()
        )
    )
    alice.says("/khaibao")
    assert "Báo cáo bằng văn bản kỳ tới: 01/03/2027" in alice.reads()
    world.until(datetime(2027, 3, 1, 5, tzinfo=UTC))
    alice.taps("Viết báo cáo").says("Việc đều, vẫn ở Osaka.")
    assert "Gửi báo cáo này cho chi bộ?" in alice.reads()
    alice.says("Việc đều, vẫn ở Osaka, khỏe.").taps("Gửi")
    assert "Đã gửi báo cáo" in alice.reads()
    assert "đã gửi báo cáo bằng văn bản" in bob.chat()
    alice.goes("Lịch sử")
    assert "Việc đều, vẫn ở Osaka, khỏe." in alice.reads()


def test_counts_come_with_their_source_and_what_one_can_do(world: World, cell: Cell, alice: Phone) -> None:
    approved(world, cell)

    def typed(db: Session) -> None:
        member, at = db.get_one(Member, cell.alice), world.clock()
        record_absence_from_meeting(db, member, date(2026, 11, 1), absent=True, by_id=cell.bob, now=at)
        record_dues(db, member, date(2026, 10, 1), by_id=cell.bob, now=at)

    world.db(typed)
    alice.says("/khaibao").taps("Việc khác", "Số liệu theo dõi")
    shown = alice.reads()
    assert "Số tháng vắng sinh hoạt: 1 (đồng chí Trần Văn Bình nhập" in shown
    assert "Đảng phí: nộp ở nơi sinh hoạt tạm thời" in shown  # so October at home says nothing
    assert "mời báo bí thư sửa" in shown
    assert "Chưa có nhận xét nào" in shown
    alice.taps("Năm trước")
    assert "Số liệu theo dõi năm 2025" in alice.reads()


# --- coming back ----------------------------------------------------------------------------------------------------


def test_coming_back_opens_the_checklist_and_the_member_ticks_the_report(
    world: World, cell: Cell, alice: Phone
) -> None:
    chain = approved(world, cell)
    world.wait(40 * DAY)
    alice.says("/khaibao").taps("Tôi đã trở về").says("32/01/2027")
    assert "Lịch không có ngày" in alice.reads()
    alice.taps("Hôm qua")
    shown = alice.reads()
    assert "Chào mừng đồng chí trở về" in shown
    assert "còn: báo cáo chi bộ khi về – đồng chí" in shown
    message, data = alice.button_data("Tôi đã báo cáo chi bộ")
    alice.taps_data(message, data)
    assert "Đã đánh dấu" in alice.reads()
    world.wait(timedelta(seconds=10))
    alice.taps_data(message, data, stale=True)
    assert "đã xong từ trước" in alice.reads()
    assert chain.state == AwayState.RETURNING
    done = world.db(lambda db: [item.step for item in return_items(db, chain.away_id) if item.done_at])
    assert done == [ReturnStep.REPORT]


def test_a_return_by_mistake_is_taken_back(world: World, cell: Cell, alice: Phone) -> None:
    chain = approved(world, cell)
    alice.says("/khaibao").taps("Tôi đã trở về", "Hôm nay", "Báo nhầm, tôi vẫn đi xa")
    assert "đồng chí vẫn đi xa" in alice.reads()
    assert chain.state == AwayState.ACTIVE
    assert chain.place == ("JP", "Asia/Tokyo")


def test_what_the_place_of_stay_wrote_is_read_by_the_member(world: World, cell: Cell, alice: Phone) -> None:
    chain = approved(world, cell)
    alice.says("/khaibao").taps("Tôi đã trở về", "Hôm nay")

    def brought(db: Session) -> None:
        item = next(one for one in return_items(db, chain.away_id) if one.step == ReturnStep.COMMENT)
        tick_return_item(
            db,
            item,
            FilingAct(by_id=cell.bob, policies=world.settings, now=world.clock(), comment="Chấp hành tốt."),
        )

    world.db(brought)
    alice.says("/khaibao").taps("Số liệu theo dõi")
    assert "01/12/2026: Chấp hành tốt." in alice.reads()


def test_who_only_waits_withdraws_instead_of_returning(world: World, cell: Cell, alice: Phone) -> None:
    chain = filed(world, cell)
    alice.says("/khaibao")
    alice.taps_data(alice.last()["message_id"], f"away:return:{chain.away_id}", stale=True)
    assert "Rút đơn?" in alice.reads()


# --- forged and old -------------------------------------------------------------------------------------------------

VERBS = [
    "see", "filing", "anew", "refile", "same", "until", "extend", "change", "paper", "attach", "withdraw",
    "withdrawn", "more", "return", "tick", "resume", "update", "history", "scans", "counts",
]  # fmt: skip


def test_every_button_under_a_message_about_absences_has_its_tap() -> None:
    sources = [
        path.read_text(encoding="utf-8") for path in Path(inspect.getfile(away_room)).parent.glob("*.py")
    ]
    sent = {verb for source in sources for verb in re.findall(r'Button\([\w.]+, f"(away:\w+):', source)}
    assert sent >= {"away:see", "away:filing", "away:refile", "away:same", "away:return", "away:update"}
    assert sent <= set(ROUTES.taps)


@pytest.mark.parametrize("verb", VERBS)
def test_another_members_absence_shows_nothing_and_changes_nothing(
    world: World, cell: Cell, alice: Phone, verb: str
) -> None:
    """By its id, by none, by nonsense: the same friendly sentence, no name, no place."""
    chain = approved(world, cell)
    (dan,) = settle_in(world, cell, DAN)
    dan.says("/menu")
    before = world.db(lambda db: db.scalar(select(func.count()).select_from(Filing)))
    ids = (chain.filing_id, chain.away_id, 7, "9" * 30, "x", "")
    for number in ids:
        dan.taps_data(dan.last()["message_id"], f"away:{verb}:{number}", stale=True)
        shown = dan.reads()
        assert shown
        for secret in ("Osaka", "Nhật Bản", "Nguyễn Thị An", "15-QĐ/ĐU"):
            assert secret not in shown
    assert world.db(lambda db: db.scalar(select(func.count()).select_from(Filing))) == before
    assert chain.state == AwayState.ACTIVE


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "until"])
def test_old_buttons_of_an_absence_that_is_over_get_a_friendly_answer(
    world: World, cell: Cell, alice: Phone, verb: str
) -> None:
    chain = filed(world, cell)
    alice.says("/khaibao").taps("Rút đơn", "tôi ở nhà")
    alice.reads()
    for number in (chain.filing_id, chain.away_id):
        alice.taps_data(alice.last()["message_id"], f"away:{verb}:{number}", stale=True)
    assert "trục trặc" not in alice.chat()
    assert chain.state == AwayState.DROPPED


def test_the_main_screen_offers_it_and_speaks_english(world: World, cell: Cell) -> None:
    (dan,) = settle_in(world, cell, DAN)
    Chain(world, cell, cell.dan).files(declaration(stay=SAIGON))
    dan.says("/ngonngu").taps("English").says("/menu").taps("Working away")
    shown = dan.reads()
    assert "Your absence: application under way" in shown
    assert "The cell proposes, the committee above decides." in shown


# --- who decides ----------------------------------------------------------------------------------------------------


def test_on_a_short_absence_that_is_only_noted_nobody_is_said_to_decide(alice: Phone) -> None:
    to_the_dates(alice).taps("Hôm nay", "3 tháng", "Dùng câu này", "số của tôi", "Bỏ qua")
    shown = alice.reads()
    assert "chỉ ghi nhận" in shown
    assert "Không phải nộp đơn." in shown
    assert "quyết định" not in shown.partition("Căn cứ")[0]


@pytest.mark.parametrize("decides", list(Decides))
def test_who_decides_is_said_as_the_policy_has_it(database_url: str, decides: Decides) -> None:
    """At the look-over, while the secretary has it, and before the meeting."""
    with World.open(database_url, away=AwayPolicy(decided_by=decides)) as world:
        cell = a_cell(world)
        alice, bob = settle_in(world, cell, ALICE, BOB)
        to_the_overview(alice)
        read = [alice.reads()]
        alice.taps("Nộp cho bí thư")
        read.append(alice.reads())
        bob.taps("Xem hồ sơ", "Đưa ra chi bộ họp", "Ghi lại")
        alice.says("/khaibao")
        read.append(alice.reads())
        assert "Tiếp theo: chi bộ họp" in read[-1]
        above = decides is Decides.COMMITTEE
        assert [("đảng ủy cấp trên" in one.casefold()) for one in read] == [above] * 3, read
        bob.taps("Nhập kết quả họp", "Hôm nay")
        assert ("đồng ý đề nghị" in bob.reads()) is above
