"""Ratings through the front door: recorded from a paper, counted with their base, seen by cell and committee."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from handlers.year.review.rating_unit import read_figures
from models.contact.policy import CheckinPolicy
from models.ground.errors import Refused
from models.people.member import Member
from models.people.rights import Role, appoint, appointments
from models.people.unit import Unit, UnitKind, create_unit
from models.trust.erasure import erase_member
from models.year.review.keeping import erase_campaign
from models.year.review.rating import history_of
from models.year.review.rating_rows import YearCount
from models.year.review.states import Level
from models.year.review.writing import give_scores, propose_level
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, OFFICER, Cell, settle_in
from tests.phone import Phone
from tests.reviews import a_campaign, fill, hands_in, review, writes


@pytest.fixture
def campaign(world: World, cell: Cell) -> int:
    return a_campaign(world, cell)


def opens(phone: Phone) -> Phone:
    return phone.says("/kiemdiem").taps("năm 2026", "Xếp loại chất lượng")


def papers(phone: Phone, stage: str, number: str = "12-BB/CB") -> Phone:
    phone.taps(stage).says(number).taps("Hôm nay")
    return phone.taps(phone.buttons()[0])  # who decided


def records(phone: Phone, stage: str, level: str, *names: str, number: str = "12-BB/CB") -> Phone:
    papers(phone, stage, number).taps(level, *(names or ("Chọn cả",)), "Xong mức này", "Xem lại và ghi")
    return phone if "Mời ghi lý do" in phone.last()["text"] else phone.taps("Đúng, ghi")


def levels_of(world: World, campaign: int, member: int) -> list[tuple[str, str]]:
    return world.db(lambda db: [(row.stage, row.level) for row in history_of(db, campaign, member)])


def test_the_secretary_records_what_the_cell_proposed(world: World, cell: Cell, campaign: int) -> None:
    (bob,) = settle_in(world, cell, BOB)
    opens(bob)
    assert "Mức xuất sắc: 0 đồng chí" in bob.reads()
    papers(bob, "Ghi đề xuất").taps("Hoàn thành xuất sắc", "Nguyễn Thị An", "Xong mức này")
    assert "Đã chọn: xuất sắc 1." in bob.reads()
    assert levels_of(world, campaign, cell.alice) == []  # nothing before it was looked over
    bob.taps("Hoàn thành tốt", "Chọn cả 3 đồng chí còn lại", "Xong mức này", "Xem lại và ghi (4")
    said = bob.reads()
    assert "Hoàn thành xuất sắc nhiệm vụ (1):\n• Nguyễn Thị An" in said
    assert "Hoàn thành tốt nhiệm vụ (3):" in said
    bob.taps("Đúng, ghi 4")
    said = bob.reads()
    assert "Đã ghi đề xuất của chi bộ cho 4 đồng chí." in said
    assert "Hoàn thành tốt nhiệm vụ: 3" in said
    assert "không quá 20 % số “hoàn thành tốt” (3), tức 0; 0 nếu" in said
    rows = world.db(lambda db: history_of(db, campaign, cell.alice))
    assert [(row.level, row.number, row.decided_by) for row in rows] == [
        ("hoan_thanh_xuat_sac", "12-BB/CB", "Chi bộ thôn Đông")
    ]


def test_the_committee_decides_otherwise_and_says_why(world: World, cell: Cell, campaign: int) -> None:
    bob, mai, an = settle_in(world, cell, BOB, OFFICER, ALICE)
    records(opens(bob), "Ghi đề xuất", "Hoàn thành xuất sắc", "Nguyễn Thị An")
    mai.says("/dangbo").taps("Xếp loại chất lượng")
    assert "chưa ghi 4" in mai.reads()
    mai.taps("Chi bộ thôn Đông: 0/4")
    records(mai, "Ghi quyết định", "Hoàn thành tốt", "Nguyễn Thị An", number="45-QĐ/ĐU")
    assert "khác mức đã báo, hoặc khác mức chi bộ đề xuất, của: Nguyễn Thị An" in mai.reads()
    mai.says("Chưa đạt 30 % vượt yêu cầu")
    assert "Nguyễn Thị An (chi bộ đề xuất xuất sắc)" in mai.reads()
    mai.taps("Đúng, ghi")
    assert "Hoàn thành tốt nhiệm vụ: 1 (100,00 %)" in mai.reads()
    mai.taps("Xem từng đồng chí")
    assert "Nguyễn Thị An: chi bộ “Hoàn thành xuất sắc nhiệm vụ”" in mai.reads()
    mai.taps("Nguyễn Thị An")
    said = mai.reads()
    assert "Lý do thay đổi: Chưa đạt 30 % vượt yêu cầu" in said
    assert "Văn bản số 45-QĐ/ĐU" in said
    assert "Đảng ủy xã An Bình" in said
    mai.taps("Xếp loại chất lượng", "Báo kết quả (1", "Đúng, báo")
    assert "Hoàn thành tốt nhiệm vụ: văn bản số 45-QĐ/ĐU" in an.chat()
    an.says("/kiemdiem")
    said = an.reads()
    assert "Kết quả xếp loại: Hoàn thành tốt nhiệm vụ (văn bản số 45-QĐ/ĐU" in said
    assert "xuất sắc" not in said  # what the cell proposed is not the result


def test_kind_10_ratings_are_looked_over_put_right_and_told_only_when_somebody_says_so(
    world: World, cell: Cell, campaign: int
) -> None:
    bob, mai, an, dan = settle_in(world, cell, BOB, OFFICER, ALICE, DAN)
    opens(bob)
    papers(bob, "Ghi đề xuất").taps("Hoàn thành xuất sắc", "Nguyễn Thị An", "Xong mức này")
    bob.taps("Hoàn thành tốt", "Chọn cả", "Xong mức này", "Xem lại và ghi", "Đúng, ghi")
    quiet = [an.chat(), dan.chat()]

    mai.says("/dangbo").taps("Xếp loại chất lượng", "Chi bộ thôn Đông")
    papers(mai, "Ghi quyết định", "45-QĐ/ĐU")
    mai.taps("Hoàn thành nhiệm vụ")
    assert "Phạm Văn Dân: chi bộ đề xuất tốt" in mai.reads()
    assert not any(label.startswith("Chọn cả") for label in mai.buttons())  # nobody was proposed for this one
    mai.taps("Phạm Văn Dân")
    assert "✓ Phạm Văn Dân" in mai.buttons()
    mai.taps("✓ Phạm Văn Dân", "Xong mức này", "Như chi bộ đề xuất (4 đồng chí)")
    said = mai.reads()
    assert "chưa ai nhận được tin nào" in said
    assert "Hoàn thành xuất sắc nhiệm vụ (1):\n• Nguyễn Thị An" in said
    mai.taps("Sửa lại", "Hoàn thành nhiệm vụ", "Phạm Văn Dân", "Xong mức này", "Xem lại và ghi (4")
    mai.says("Chậm nhiệm vụ").taps("Đúng, ghi 4")
    assert [an.chat(), dan.chat()] == quiet
    an.says("/kiemdiem")
    assert "Kết quả xếp loại" not in an.reads()

    mai.taps("Xem từng đồng chí", "Phạm Văn Dân", "Sửa mức cấp ủy", "Hoàn thành tốt")  # it was a wrong tap
    assert "Phạm Văn Dân (trước đó hoàn thành)" in mai.reads()  # as proposed: no reason is asked for
    mai.taps("Đúng, ghi 1", "Báo kết quả (4 đồng chí)")
    assert "Chưa ai nhận được gì" in mai.reads()
    old = mai.button_data("Đúng, báo cho 4")
    opens(bob)
    bob.taps("Từng đồng chí", "Nguyễn Thị An", "Sửa mức cấp ủy", "Hoàn thành tốt").says("Nhầm mức")
    bob.taps("Đúng, ghi 1")
    mai.taps_data(*old)  # what was looked over is not what stands there now
    assert "Danh sách vừa có thay đổi nên chưa báo cho ai" in mai.reads()
    mai.taps("Đúng, báo cho 4")
    said = mai.reads()
    assert "Đang gửi tin cho 3 đồng chí" in said
    assert "không nhắn được cho 1 đồng chí, mời báo trực tiếp: Lê Thị Hoa" in said
    for phone in (an, dan):
        assert phone.chat().count("Đã có kết quả xếp loại năm 2026") == 1
        assert "Hoàn thành tốt nhiệm vụ: văn bản số 45-QĐ/ĐU" in phone.reads()
    mai.taps_data(*old, stale=True)
    assert "Không còn kết quả nào chờ báo" in mai.reads()

    mai.taps("Xem từng đồng chí", "Phạm Văn Dân", "Sửa mức cấp ủy").says("51-QĐ/ĐU").taps("Hôm nay")
    mai.taps(mai.buttons()[0], "Hoàn thành nhiệm vụ")  # told: a change takes a paper and a reason
    assert "Mời ghi lý do" in mai.reads()
    mai.says("Theo kết luận kiểm tra").taps("Đúng, ghi 1", "Báo kết quả (1", "Đúng, báo")
    assert "Kết quả xếp loại năm 2026 của đồng chí đã được thay đổi." in dan.reads()
    assert an.chat().count("kết quả xếp loại năm 2026") == 1


def test_the_printed_figures_of_2017_are_compared_with_their_counts(world: World, cell: Cell) -> None:
    (mai,) = settle_in(world, cell, OFFICER)
    mai.says("/dangbo").taps("Xếp loại chất lượng")
    assert "chưa nhập số liệu nào" in mai.reads()
    mai.taps("Nhập số liệu").says("2017", "báo ngày 09/10/2018")
    mai.says("239 12,33\n1.699 đồng chí, 84,9 %\n48 2,39\n15 0,74\n2106")
    assert "Tổng số đảng viên: 2.106" in mai.reads()  # looked over before it is kept
    mai.taps("Đúng, ghi số liệu")
    said = mai.reads()
    assert "chưa áp dụng cho năm 2017" in said  # a rule of 2025
    assert "không quá 20 %" not in said
    for line in (
        "Tính lại trên 2.001:",
        "Hoàn thành xuất sắc nhiệm vụ: 239 (11,94 %); đã in 12,33 %: KHÔNG KHỚP với số đếm",
        "Hoàn thành tốt nhiệm vụ: 1.699 (84,91 %); đã in 84,9 %: khớp",
        "Hoàn thành nhiệm vụ: 48 (2,40 %); đã in 2,39 %: bị cắt số lẻ, không làm tròn",
        "Không hoàn thành nhiệm vụ: 15 (0,75 %); đã in 0,74 %: bị cắt số lẻ, không làm tròn",
        "Tổng các tỷ lệ đã in: 100,36 %.",
        "Tổng số đảng viên đã in: 2.106, chưa xếp loại 105.",
    ):
        assert line in said


def test_wrong_figures_get_a_sentence_and_lose_nothing(world: World, cell: Cell) -> None:
    (mai,) = settle_in(world, cell, OFFICER)
    mai.says("/dangbo").taps("Xếp loại chất lượng", "Nhập số liệu").says("2107")
    assert "bốn chữ số" in mai.reads()
    mai.says("2017", "báo", "hai trăm")
    assert "Mời gõ số đồng chí" in mai.reads()
    mai.says("1\n2\n3\n4\n5")
    assert "lớn hơn tổng số đảng viên" in mai.reads()
    mai.says("1", "2 20,0", "ba")  # level by level
    assert "Mời gõ số đồng chí" in mai.reads()
    mai.says("3", "4", "9")
    assert "lớn hơn tổng số đảng viên" in mai.reads()
    mai.says("11").taps("Đúng, ghi số liệu")
    said = mai.reads()
    assert "Hoàn thành xuất sắc nhiệm vụ: 1 (10,00 %)" in said
    assert "Hoàn thành tốt nhiệm vụ: 2 (20,00 %); đã in 20,0 %: khớp" in said


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
    records(opens(bob), "Ghi đề xuất", "Hoàn thành tốt", "Phạm Văn Dân").taps("Tải bảng tổng hợp")
    name, data = bob.documents()[-1]
    assert name == "tong-hop-xep-loai-2026.xlsx"
    sheet = load_workbook(BytesIO(data)).active
    said = {str(one.value) for row in sheet.iter_rows() for one in row if one.value}  # type: ignore[union-attr]
    assert any(one.value == 93 for row in sheet.iter_rows() for one in row)  # type: ignore[union-attr]  # a number
    assert {"93", "Hoàn thành tốt nhiệm vụ", "12-BB/CB, 01/12/2026", "Phạm Văn Dân"} <= said
    totals = next(row for row in sheet.iter_rows(values_only=True) if "Cộng" in row)  # type: ignore[union-attr]
    assert "Hoàn thành tốt nhiệm vụ: 1" in totals


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
    papers(bob, "Ghi đề xuất", "1").taps("Hoàn thành tốt")
    assert "Chọn cả 24 đồng chí còn lại" in bob.buttons()
    assert "Sang trang 2/6 ›" in bob.buttons()
    assert len(bob.buttons()) <= 8
    bob.taps("Sang trang 2", "Đỗ Văn Ah")
    assert "✓ Đỗ Văn Ah" in bob.buttons()
    bob.taps("✓ Đỗ Văn Ah")
    assert "Đã chọn 0." in bob.reads()
    bob.taps("Xong mức này")
    assert not any(label.startswith("Xem lại và ghi") for label in bob.buttons())


def test_kind_11_the_counts_of_a_year_outlive_its_texts_and_whoever_has_their_data_deleted(
    world: World, cell: Cell, campaign: int
) -> None:
    bob, mai, _ = settle_in(world, cell, BOB, OFFICER, DAN)
    records(opens(bob), "Ghi quyết định", "Hoàn thành xuất sắc", "Phạm Văn Dân", number="45-QĐ/ĐU")
    records(bob, "Ghi quyết định", "Hoàn thành tốt", "Nguyễn Thị An", "Lê Thị Hoa", number="45-QĐ/ĐU")
    mai.says("/dangbo").taps("Xếp loại chất lượng")
    whole = mai.reads()
    assert "Hoàn thành xuất sắc nhiệm vụ: 1 (33,33 %)" in whole
    assert "danh sách có 4, chưa ghi 1" in whole
    world.db(
        lambda db: erase_member(db, db.get_one(Member, cell.dan), policy=CheckinPolicy(), now=world.clock())
    )
    assert levels_of(world, campaign, cell.dan) == []
    mai.says("/dangbo").taps("Xếp loại chất lượng")
    assert "Hoàn thành xuất sắc nhiệm vụ: 1 (33,33 %)" in mai.reads()

    world.db(lambda db: erase_campaign(db, campaign))
    mai.says("/dangbo").taps("Xếp loại chất lượng")
    said = mai.reads()
    for line in (
        "Hoàn thành xuất sắc nhiệm vụ: 1 (33,33 %)",
        "Hoàn thành tốt nhiệm vụ: 2",
        "Chi bộ thôn Đông: 3/4",
    ):
        assert line in said
    assert "Phạm Văn Dân" not in said
    assert not any("Chi bộ thôn Đông" in label for label in mai.buttons())  # nothing by name is left
    mai.taps("Tải số liệu (.xlsx)")
    name, data = mai.documents()[-1]
    assert name == "so-lieu-xep-loai-2026.xlsx"
    rows = [[one.value for one in row] for row in load_workbook(BytesIO(data)).active.iter_rows()]  # type: ignore[union-attr]
    assert [1, "Chi bộ thôn Đông", 4, 3, 1, 2, 0, 0, 1] in rows
    assert [None, "Cộng", 4, 3, 1, 2, 0, 0, 1] in rows
    assert not any("Dân" in str(one) for row in rows for one in row)


def test_kind_11_who_decides_nothing_of_it_sees_no_count_of_fewer_than_five(
    world: World, cell: Cell, campaign: int
) -> None:
    """Province over two communes: of four people, and of twenty-four."""
    (mai,) = settle_in(world, cell, OFFICER)

    def work(db: Session) -> int:
        now = world.clock()
        province = create_unit(db, kind=UnitKind.PROVINCE, name="Tỉnh ủy Nghệ An", parent=None, now=now)
        db.get_one(Unit, cell.commune).parent_id = province.id
        other = create_unit(db, kind=UnitKind.COMMUNE, name="Đảng ủy xã Bình Minh", parent=province, now=now)
        west = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Tây", parent=other, now=now)
        for held in list(appointments(db, cell.officer, now=now)):
            held.ends_at = now
        appoint(db, member_id=cell.officer, unit_id=province.id, role=Role.OFFICER, by_id=None, now=now)
        db.add(YearCount(cell_id=west.id, year=2026, level="hoan_thanh_tot", people=9, agreed=6))
        db.add(YearCount(cell_id=west.id, year=2025, level="hoan_thanh_tot", people=4, agreed=4))
        return province.id

    province = world.db(work)
    mai.says("/dangbo").taps("Xếp loại chất lượng")
    said = mai.reads()
    assert "Hoàn thành tốt nhiệm vụ: 6 (100,00 %)" in said  # who agreed to be counted
    assert "Đảng ủy xã An Bình + Đảng ủy xã Bình Minh: 6/10" in said  # four people are not shown alone
    assert not any("xã" in label for label in mai.buttons())
    forged = mai.last()["message_id"]
    mai.taps_data(forged, f"rating:unit:{cell.commune}:2026", stale=True)
    assert "không hiện số riêng" in mai.reads()
    mai.taps_data(forged, f"rating:counts:{cell.commune}:2026", stale=True)
    assert "không hiện số" in mai.reads()
    mai.taps_data(forged, f"rating:unit:{province}:2025", stale=True)
    said = mai.reads()
    assert "Ít hơn 5 đồng chí" in said
    assert "Hoàn thành tốt nhiệm vụ: 4" not in said


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
        f"rating:record:{campaign}:decided:{cell.dan}",
        f"rating:tell:{campaign}",
        f"rating:tell:{campaign}:1",
        f"rating:unit:{cell.commune}",
        f"rating:below:{cell.commune}:2026:0",
        f"rating:years:{cell.commune}",
        f"rating:counts:{cell.commune}:2026",
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
    bob.says("/danhsach").taps(
        "Việc khác", "Xuất"
    )  # his PIN was given: what is tapped now changes where it stands
    bob.says("/kiemdiem").goes("năm 2026", "Tải trọn bộ")
    assert "Đang tạo bộ tài liệu: 0/4 bản" in bob.reads()
    message = next(m for m in bob.messages() if "Đang tạo bộ tài liệu" in m["text"])["message_id"]
    bob.says("/menu")

    world.wait(timedelta(minutes=2))
    changed = next(m for m in bob.messages() if m["message_id"] == message)["text"]
    assert "Đã xong trọn bộ: 1 bản kiểm điểm và 0 tệp, ảnh đã gửi của 4 đồng chí" in changed
    assert bob.documents()[-1][0] == "kiem-diem-2026 Chi bộ thôn Đông.zip"
