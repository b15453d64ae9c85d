"""A year in Osaka, through everybody's front door: declared, returned once, approved, extended, moved, come home."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from models.away.away import AwayState, aways_of, filing_moves, filings_of
from models.people.member import Member
from tests.fakes import World
from tests.people import ALICE, BOB, OFFICER, Cell, settle_in
from tests.phone import Phone


def at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    """On Vietnam's clock."""
    return datetime(year, month, day, hour, tzinfo=UTC) - timedelta(hours=7)


class Chain:
    """What secretary and officer tap to lead one paper through the cell and the committee."""

    def __init__(self, bob: Phone, officer: Phone) -> None:
        self.bob, self.officer = bob, officer

    def goes_to_the_cell_and_up(self) -> None:
        self.bob.says("/chibo").taps("Xem theo nhóm", "Việc đi làm ăn xa", "Nguyễn Thị An")
        self.bob.taps("Đưa ra chi bộ họp", "Ghi lại")
        self.bob.taps("Nhập kết quả họp", "Hôm nay", "Đồng ý", "Ghi số phiếu").says("7/0").taps("Gửi đảng ủy")

    def is_decided(self, number: str) -> None:
        self.officer.taps("Xem hồ sơ", "Ghi quyết định chấp thuận").says(number)
        self.officer.taps("Hôm nay", "Ghi quyết định chấp thuận")


def test_a_year_in_osaka(world: World, cell: Cell) -> None:
    alice, bob, officer = settle_in(world, cell, ALICE, BOB, OFFICER)
    chain = Chain(bob, officer)

    # She declares it on the way to work.
    alice.says("/khaibao").taps("Nhật Bản").says("Osaka").taps("thực tập sinh", "Bỏ qua", "Hôm nay")
    alice.taps("12 tháng", "Dùng câu này", "số của tôi", "Bỏ qua")
    assert "Chi bộ là nơi quyết định" in alice.reads()
    alice.taps("Nộp cho bí thư")
    assert "bí thư chi bộ đang xem" in alice.chat()
    assert alice.documents()[-1][0].endswith(".docx")

    # Returned once, with a comment.
    assert "Đơn của đồng chí Nguyễn Thị An (Nhật Bản)" in bob.reads()
    bob.taps("Xem hồ sơ", "Trả lại để sửa").says("Xin ghi tên xưởng.").taps("Ghi lại")
    assert "Xin ghi tên xưởng." in alice.reads()
    alice.taps("Sửa và nộp lại", "Sửa mục khác", "Nơi làm việc").says("Xưởng mộc Aoki")
    alice.taps("Trả lời góp ý").says("Em đã ghi.").taps("Gửi bản chụp giấy đã ký")
    alice.sends("photo", "", b"jpeg").taps("Nộp lại")
    assert "Đã nộp lại" in alice.reads()
    assert "Em đã ghi." in bob.reads()

    # The cell proposes, the committee decides with a number.
    chain.goes_to_the_cell_and_up()
    assert "chi bộ đã đề nghị" in alice.reads()
    chain.is_decided("15-QĐ/ĐU")
    assert "Quyết định số 15-QĐ/ĐU." in alice.reads()
    assert "15-QĐ/ĐU" in bob.reads()
    alice.says("/khaibao")
    assert "Quyết định số 15-QĐ/ĐU ngày 01/12/2026, đến 30/11/2027" in alice.reads()

    # Sixty days before the end it is called to mind; nothing has changed.
    world.until(at(2027, 10, 1, 12))
    assert "Thời hạn đi làm ăn xa của đồng chí đến ngày 30/11/2027" in alice.reads()
    alice.taps("Không thay đổi, xin gia hạn", "Gửi: gia hạn đến 29/11/2028")
    assert "Đã gửi đề nghị gia hạn đến 29/11/2028" in alice.reads()
    chain.goes_to_the_cell_and_up()
    chain.is_decided("61-QĐ/ĐU")
    assert "Quyết định số 61-QĐ/ĐU." in alice.reads()

    # The first decision has ended, the second goes on. She moves to Taiwan; clock and rhythm follow, the old place is kept.
    world.until(at(2027, 12, 10))
    alice.says("/khaibao").taps("Đổi nơi ở", "Nơi đến", "Đài Loan").says("Cao Hùng")
    alice.says("Xưởng gỗ Cao Hùng").taps("Giữ nguyên", "Chưa có số ở đó", "Lưu thay đổi")
    assert "Đã lưu thay đổi" in alice.reads()
    assert "chuyển nơi ở: Đài Loan, từ ngày 10/12/2027" in bob.reads()
    assert world.db(lambda db: db.get_one(Member, cell.alice)).zone == "Asia/Taipei"

    # Home again: everything is ticked off, and it closes.
    world.until(at(2028, 1, 3))
    alice.says("/khaibao").taps("Tôi đã trở về", "Hôm qua", "Tôi đã báo cáo chi bộ")
    assert "còn: có nhận xét của nơi đến" in alice.reads()
    bob.taps("Xem lần đi xa này")
    alice.taps("Gửi bản tự kiểm điểm").sends("photo", "", b"jpeg")
    assert "✓ nộp bản tự kiểm điểm thời gian ở nước ngoài" in alice.reads()
    bob.taps("Ghi thủ tục đã xong", "Tất cả đã xong", "Ghi 4 việc đã xong")
    closing = alice.reads()
    assert "đã kết thúc, không còn thủ tục nào dở dang" in closing
    assert closing.count("nhận xét của nơi đến") == 1  # one message for all of it

    alice.says("/khaibao").taps("Các lần đi xa trước")
    assert (
        "Nhật Bản → Đài Loan, 01/12/2026 – 02/01/2028" in alice.reads()
    )  # both places, the day of the return
    alice.taps("Đài Loan")
    shown = alice.reads()
    for words in (
        "01/12/2026 · Đơn: nộp cho bí thư, có bản chụp (Nguyễn Thị An)\nEm đã ghi.",
        "01/12/2026 · Đơn: trả lại để sửa (Trần Văn Bình)\nXin ghi tên xưởng.",
        "01/12/2026 · Đơn: được chấp thuận, số 15-QĐ/ĐU (Vũ Thị Mai)",
        "01/10/2027 · Đề nghị gia hạn: được chấp thuận, số 61-QĐ/ĐU (Vũ Thị Mai)",
        "10/12/2027 · thay đổi từ 10/12/2027: Nơi đến: Nhật Bản → Đài Loan",
        "03/01/2028 · đã kết thúc",
    ):
        assert words in shown, words
    assert history(world, cell) == [
        ["filed", "at cell", "proposed", "approved"],
        ["filed", "returned", "filed", "at cell", "proposed", "approved"],
    ]
    member = world.db(lambda db: db.get_one(Member, cell.alice))
    assert (member.place_code, member.zone) == (None, "Asia/Ho_Chi_Minh")


def history(world: World, cell: Cell) -> list[list[str]]:
    """The moves of every paper, the newest paper first."""

    def work(db):  # type: ignore[no-untyped-def]
        (away,) = aways_of(db, cell.alice)
        assert away.state == AwayState.CLOSED
        return [[move.after for move in filing_moves(db, one.id)] for one in filings_of(db, away.id)]

    found: list[list[str]] = world.db(work)
    return found
