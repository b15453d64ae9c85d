"""An absence that never touches the member's phone: the secretary types it all from paper, and that stays visible."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from models.away.away import filing_moves, filings_of, open_away
from models.people.member import Member, looks
from tests.fakes import World
from tests.files import a_pdf
from tests.people import BOB, DEPUTY, OFFICER, Cell, a_cell, settle_in
from tests.phone import Phone


def at(year: int, month: int, day: int, hour: int = 8) -> datetime:
    """On Vietnam's clock."""
    return datetime(year, month, day, hour, tzinfo=UTC) - timedelta(hours=7)


def begin_from_paper(bob: Phone) -> Phone:
    """An Nguyễn goes to Japan; bob types her application, with a photo of it."""
    bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nhập đơn từ bản giấy", "Nguyễn Thị An")
    bob.says("Nhật Bản").says("Osaka").taps("thực tập sinh").says("Xưởng mộc Aoki")
    bob.says("+81 90 1111 2222").says("Nguyễn Văn Ba").taps("Có, người ấy biết").says("0912 345 678")
    bob.says("1/12/2026").says("31/3/2027").says("đi thực tập").taps("Kèm bản scan")
    return bob.sends("photo", "don.jpg", b"jpeg", "đơn đã ký")


def opens_paper(bob: Phone) -> Phone:
    return bob.says("/chibo").taps("Xem theo nhóm", "Việc đi làm ăn xa", "Nguyễn Thị An")


def history_of(world: World, cell: Cell) -> list[tuple[str, bool]]:
    def work(db):  # type: ignore[no-untyped-def]
        away = open_away(db, cell.alice)
        assert away
        filing = filings_of(db, away.id)[-1]
        return [(move.after, move.on_paper) for move in filing_moves(db, filing.id)]

    found: list[tuple[str, bool]] = world.db(work)
    return found


def place_of(world: World, cell: Cell) -> str | None:
    return world.db(lambda db: db.get_one(Member, cell.alice).place_code)


def test_from_the_application_to_the_return_all_is_typed_from_paper(world: World) -> None:
    cell = a_cell(world)
    bob, deputy = settle_in(world, cell, BOB, DEPUTY)

    seen = begin_from_paper(bob).reads()
    assert "chuyển sinh hoạt đảng tạm thời" in seen
    assert "Xã, phường, thành phố: Osaka" in seen
    assert "Người tin cậy (đã biết): Nguyễn Văn Ba" in seen
    assert "Ghi là: nhập từ bản giấy." in seen
    assert "Đã ghi: đơn từ bản giấy" in bob.taps("Ghi lại").reads()
    assert "Nguyễn Thị An" in deputy.reads()

    opens_paper(bob).taps("Trả lại để sửa").says("thiếu chữ ký").taps("Ghi lại")
    assert "trả lại để sửa" in bob.reads()
    bob.taps("Nộp lại theo bản giấy", "Giữ 01/12/2026").says("30/4/2027").says("đã ký")
    assert "Đã ghi: đơn nộp lại" in bob.taps("Ghi lại").reads()

    bob.taps("Đưa ra chi bộ họp", "Ghi ngày họp dự kiến").says("3/12").taps("Ghi lại")
    assert "Dự kiến họp ngày 03/12/2026" in bob.reads()
    world.until(at(2026, 12, 4))
    opens_paper(bob).taps("Nhập kết quả họp").says("3/12").taps("Đồng ý", "Ghi số phiếu").says("7/0")
    seen = bob.taps("Gửi đảng ủy").reads()
    assert "Chi bộ họp ngày 03/12/2026: 7 phiếu đồng ý, 0 không đồng ý" in seen

    bob.taps("Đã có quyết định chấp thuận").says("15-QĐ/ĐU").taps("Hôm nay", "Kèm bản scan")
    bob.sends("document", "qd-15.pdf", a_pdf())
    seen = bob.taps("Ghi quyết định chấp thuận").reads()
    assert "số 15-QĐ/ĐU, ngày 04/12/2026 (nhập từ bản giấy)" in seen
    assert history_of(world, cell) == [
        ("filed", True),
        ("returned", False),
        ("filed", True),
        ("at cell", False),
        ("proposed", False),
        ("approved", True),
    ]

    bob.taps("‹ Lần đi xa", "Nhập thay đổi từ bản giấy").says("Hàn Quốc").taps("Không ghi")
    bob.taps(
        "chăm sóc", "Giữ nguyên: Xưởng mộc Aoki", "Giữ nguyên", "Giữ nguyên: Nguyễn Văn Ba", "Giữ nguyên"
    )
    bob.taps("Hôm nay", "Ghi lại")
    assert place_of(world, cell) == "KR"
    assert "Nơi đến: Hàn Quốc" in bob.reads()

    world.until(at(2027, 4, 20))
    bob.reads()
    opens_paper(bob)
    assert "đang đi làm ăn xa" in bob.reads()
    bob.taps("Nhập gia hạn từ bản giấy").says("31/8/2027").taps("Ghi lý do").says("còn hợp đồng")
    assert "Đã ghi: đề nghị gia hạn" in bob.taps("Ghi lại").reads()
    opens_paper(bob).taps("Đưa ra chi bộ họp", "Ghi lại")
    bob.taps("Nhập kết quả họp", "Hôm nay", "Đồng ý", "Gửi đảng ủy")
    bob.taps("Đã có quyết định chấp thuận").says("9-QĐ/ĐU").taps("Hôm nay")
    assert "9-QĐ/ĐU" in bob.taps("Ghi quyết định chấp thuận").reads()

    world.until(at(2027, 5, 25))
    bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An · Hàn Quốc").reads()
    bob.taps("Ghi đã trở về").says("24/5/2027")
    seen = bob.taps("Ghi lại").reads()
    assert "Còn phải làm" in seen
    assert "tự kiểm điểm" in seen  # of the time abroad, which the application has promised
    bob.taps("Ghi từng thủ tục", "Còn: nhận xét", "Đánh dấu đã xong", "Sửa: Ngày").says("20/5/2027").taps(
        "Ghi lại"
    )
    bob.taps("Ghi thủ tục đã xong", "Tất cả đã xong", "Ghi 5 việc đã xong")
    assert "đã kết thúc" in bob.reads()
    assert place_of(world, cell) is None
    assert "Lần đi làm ăn xa này đã kết thúc" in deputy.chat()


def test_the_member_who_has_no_phone_can_read_later_who_looked(world: World) -> None:
    cell = a_cell(world)
    bob, *_ = settle_in(world, cell, BOB)
    begin_from_paper(bob).taps("Ghi lại")
    opens_paper(bob)
    found = world.db(lambda db: [(look.what, name) for look, name in looks(db, cell.alice)])
    assert ("absence.filing", "Trần Văn Bình") in found


def test_the_committee_is_told_of_what_was_typed_in_its_name(world: World) -> None:
    cell = a_cell(world)
    bob, officer = settle_in(world, cell, BOB, OFFICER)
    begin_from_paper(bob).taps("Ghi lại")
    opens_paper(bob).taps("Đưa ra chi bộ họp", "Ghi lại")
    bob.taps("Nhập kết quả họp", "Hôm nay", "Đồng ý", "Gửi đảng ủy")
    assert "chi bộ đã đề nghị" in officer.reads()
    bob.taps("Đã có quyết định chấp thuận").says("15-QĐ/ĐU").taps("Hôm nay")
    bob.taps("Ghi quyết định chấp thuận")
    assert "Do đồng chí Trần Văn Bình nhập theo bản giấy ngày 01/12/2026" in officer.reads()
