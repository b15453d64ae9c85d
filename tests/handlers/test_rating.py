"""Ratings through the front door: recorded from a paper, counted with their base, seen by cell and committee."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from handlers.review.rating_unit import read_figures
from models.errors import Refused
from models.review.rating import history_of
from models.review.states import Level
from models.review.writing import give_scores, propose_level
from tests.fakes import World
from tests.people import ALICE, BOB, OFFICER, Cell, a_cell, settle_in
from tests.phone import Phone
from tests.reviews import a_campaign, fill, hands_in, review, writes


@pytest.fixture
def cell(world: World) -> Cell:
    return a_cell(world)


@pytest.fixture
def campaign(world: World, cell: Cell) -> int:
    return a_campaign(world, cell)


def opens(phone: Phone) -> Phone:
    return phone.says("/kiemdiem").taps("năm 2026", "Xếp loại chất lượng")


def records(phone: Phone, stage: str, level: str, *names: str, number: str = "12-BB/CB") -> Phone:
    phone.taps(stage).says(number).taps("Hôm nay")
    phone.taps(phone.buttons()[0])  # who decided
    return phone.taps(level, *(names or ("Chọn tất cả",)), "Ghi các đồng chí")


def test_the_secretary_records_what_the_cell_proposed(world: World, cell: Cell, campaign: int) -> None:
    (bob,) = settle_in(world, cell, BOB)
    opens(bob)
    assert "Mức xuất sắc: 0 đồng chí" in bob.reads()
    records(bob, "Ghi đề xuất", "Hoàn thành xuất sắc", "Nguyễn Thị An")
    assert "Đã ghi “Hoàn thành xuất sắc nhiệm vụ” cho 1 đồng chí." in bob.reads()
    bob.taps("Hoàn thành tốt", "Chọn tất cả", "Ghi các đồng chí", "Xong")
    said = bob.reads()
    assert "Hoàn thành xuất sắc nhiệm vụ: 1" in said
    assert "Hoàn thành tốt nhiệm vụ: 3" in said
    assert "không quá 20 % số “hoàn thành tốt” (3), tức 0; 0 nếu" in said
    rows = world.db(lambda db: history_of(db, campaign, cell.alice))
    assert [(row.level, row.number, row.decided_by) for row in rows] == [
        ("hoan_thanh_xuat_sac", "12-BB/CB", "Chi bộ thôn Đông")
    ]


def test_the_committee_decides_otherwise_and_says_why(world: World, cell: Cell, campaign: int) -> None:
    bob, mai, an = settle_in(world, cell, BOB, OFFICER, ALICE)
    records(opens(bob), "Ghi đề xuất", "Hoàn thành xuất sắc", "Nguyễn Thị An").taps("Xong")
    mai.says("/dangbo").taps("Xếp loại chất lượng")
    assert "chưa ghi 4" in mai.reads()
    mai.taps("Chi bộ thôn Đông: 0/4")
    records(mai, "Ghi quyết định", "Hoàn thành tốt", "Nguyễn Thị An", number="45-QĐ/ĐU")
    assert "khác mức đã ghi hoặc đã đề xuất của: Nguyễn Thị An" in mai.reads()
    mai.says("Chưa đạt 30 % vượt yêu cầu").taps("Xong")
    assert "Hoàn thành tốt nhiệm vụ: 1 (100,00 %)" in mai.reads()
    mai.taps("Xem từng đồng chí")
    assert "Nguyễn Thị An: chi bộ “Hoàn thành xuất sắc nhiệm vụ”" in mai.reads()
    mai.taps("Nguyễn Thị An")
    said = mai.reads()
    assert "Lý do thay đổi: Chưa đạt 30 % vượt yêu cầu" in said
    assert "Văn bản số 45-QĐ/ĐU" in said
    assert "Đảng ủy xã An Bình" in said
    assert "Hoàn thành tốt nhiệm vụ: văn bản số 45-QĐ/ĐU" in an.chat()
    an.says("/kiemdiem")
    said = an.reads()
    assert "Kết quả xếp loại: Hoàn thành tốt nhiệm vụ (văn bản số 45-QĐ/ĐU" in said
    assert "xuất sắc" not in said  # what the cell proposed is not the result


def test_the_printed_figures_of_2017_are_compared_with_their_counts(world: World, cell: Cell) -> None:
    (mai,) = settle_in(world, cell, OFFICER)
    mai.says("/dangbo").taps("Xếp loại chất lượng")
    assert "chưa nhập số liệu nào" in mai.reads()
    mai.taps("Nhập số liệu").says("2017", "báo ngày 09/10/2018")
    mai.says("239 12,33\n1.699 đồng chí, 84,9 %\n48 2,39\n15 0,74\n2106")
    said = mai.reads()
    for line in (
        "Tính lại trên 2.001:",
        "Hoàn thành xuất sắc nhiệm vụ: 239 (11,94 %); đã in 12,33 %: KHÔNG KHỚP với số đếm",
        "Hoàn thành tốt nhiệm vụ: 1.699 (84,91 %); đã in 84,9 %: khớp",
        "Hoàn thành nhiệm vụ: 48 (2,40 %); đã in 2,39 %: bị cắt số lẻ, không làm tròn",
        "Không hoàn thành nhiệm vụ: 15 (0,75 %); đã in 0,74 %: bị cắt số lẻ, không làm tròn",
        "Tổng các tỷ lệ đã in: 100,36 %.",
    ):
        assert line in said


def test_wrong_figures_get_a_sentence_and_lose_nothing(world: World, cell: Cell) -> None:
    (mai,) = settle_in(world, cell, OFFICER)
    mai.says("/dangbo").taps("Xếp loại chất lượng", "Nhập số liệu").says("2107")
    assert "bốn chữ số" in mai.reads()
    mai.says("2017", "báo", "hai trăm")
    assert "Cần bốn dòng" in mai.reads()
    mai.says("1\n2\n3\n4\n5")
    assert "lớn hơn tổng số đảng viên" in mai.reads()
    mai.says("1\n2\n3\n4\n11")
    assert "Hoàn thành xuất sắc nhiệm vụ: 1 (10,00 %)" in mai.reads()


@pytest.mark.parametrize("text", ["", "1\n2\n3", "a\nb\nc\nd", "1\n2\n3\n4\n5\n6", "9999999999\n1\n1\n1"])
def test_what_are_no_figures_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_figures(text)


def test_counts_may_be_written_with_points() -> None:
    read = read_figures("1.699 84,9\n2,001\n3\n4")
    assert read.counts[Level.EXCELLENT] == 1699
    assert read.counts[Level.GOOD] == 2001
    assert str(read.percent[Level.EXCELLENT]) == "84.9"


def test_the_summary_is_an_excel_file_with_the_papers(world: World, cell: Cell, campaign: int) -> None:
    (bob,) = settle_in(world, cell, BOB)
    hands_in(world, campaign, cell.dan)
    records(opens(bob), "Ghi đề xuất", "Hoàn thành tốt", "Phạm Văn Dân").taps("Xong", "Tải bảng tổng hợp")
    name, data = bob.documents()[-1]
    assert name == "tong-hop-xep-loai-2026.xlsx"
    sheet = load_workbook(BytesIO(data)).active
    said = {str(one.value) for row in sheet.iter_rows() for one in row if one.value}  # type: ignore[union-attr]
    assert {"93", "Hoàn thành tốt nhiệm vụ", "12-BB/CB, 01/12/2026", "Phạm Văn Dân"} <= said


def test_points_of_a_draft_are_their_authors_alone(world: World, cell: Cell, campaign: int) -> None:
    """What is written and not handed in does not reach the desk: no level, no points, on screen or in a table."""
    (bob,) = settle_in(world, cell, BOB)
    hands_in(world, campaign, cell.dan)
    writes(world, campaign, cell.alice)

    def changes_their_mind(db: Session) -> None:
        mine = review(db, campaign, cell.alice)
        give_scores(db, mine, general=17, results=51, by_id=cell.alice, now=world.clock())
        propose_level(db, mine, Level.NOT_COMPLETED, by_id=cell.alice, now=world.clock())

    world.db(changes_their_mind)
    opens(bob).taps("Từng đồng chí")
    assert "Không hoàn thành" not in bob.reads()
    bob.says("/menu")
    opens(bob).taps("Tải bảng tổng hợp")
    sheet = load_workbook(BytesIO(bob.documents()[-1][1])).active
    said = {str(one.value) for row in sheet.iter_rows() for one in row if one.value}  # type: ignore[union-attr]
    assert "93" in said  # handed in
    assert not {"17", "51", "68"} & said


def test_sixty_names_are_paged_and_chosen_one_by_one(world: World, cell: Cell, campaign: int) -> None:
    (bob,) = settle_in(world, cell, BOB)
    fill(world, cell, 20)
    opens(bob)
    bob.taps("Ghi đề xuất").says("1").taps("Hôm nay").taps(bob.buttons()[0]).taps("Hoàn thành tốt")
    assert "Trang 1/3" in bob.reads()
    bob.taps("Ghi các đồng chí")
    assert "chọn ít nhất một đồng chí" in bob.reads()
    bob.taps("Đỗ Văn Aa")
    assert "[x] Đỗ Văn Aa" in bob.buttons()
    bob.taps("[x] Đỗ Văn Aa")
    assert "Đã chọn 0" in bob.reads()


def test_a_member_and_a_forged_button_learn_nothing(world: World, cell: Cell, campaign: int) -> None:
    bob, an = settle_in(world, cell, BOB, ALICE)
    opens(bob)
    message = an.says("/menu").last()["message_id"]
    for data in (
        f"rating:see:{campaign}",
        f"rating:people:{campaign}:0",
        f"rating:who:{campaign}:{cell.bob}",
        f"rating:summary:{campaign}",
        f"rating:record:{campaign}:decided",
        f"rating:unit:{cell.commune}",
        f"rating:figures:{cell.commune}",
        f"bundle:make:{campaign}",
        "rating:see:7",
        "bundle:deletion:7",
    ):
        an.taps_data(message, data, stale=True)
        assert "không thuộc phần đồng chí phụ trách" in an.reads(), data


def test_the_bundle_is_made_while_one_does_other_things(world: World, cell: Cell, campaign: int) -> None:
    (bob,) = settle_in(world, cell, BOB)
    hands_in(world, campaign, cell.dan)
    bob.says("/danhsach").taps("Xuất")  # his PIN was given: what is tapped now changes where it stands
    bob.says("/kiemdiem").taps("năm 2026", "Tải trọn bộ")
    assert "Đang làm trọn bộ tài liệu: 0/4 bản" in bob.reads()
    message = next(m for m in bob.messages() if "Đang làm trọn bộ" in m["text"])["message_id"]
    bob.says("/menu")

    world.wait(timedelta(minutes=2))
    changed = next(m for m in bob.messages() if m["message_id"] == message)["text"]
    assert "Đã xong trọn bộ: 1 bản kiểm điểm của 4 đồng chí" in changed
    assert bob.documents()[-1][0] == "kiem-diem-2026 Chi bộ thôn Đông.zip"
