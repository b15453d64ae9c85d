"""The Monday sheet: whom to call, printed in large letters, and typed back in two taps a line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings, strategies as st
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin import record_contact
from models.contact.contact_note import ContactNote, ContactOutcome, Means
from models.desk.call_sheet import CallLine, good_hour, shared_hours
from models.ground.clock import HOME_ZONE, is_night
from models.people.assignment import assign_contact
from models.people.member import Look, Member, add_member
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, OFFICER, Cell, register, settle_in
from tests.phone import Phone
from tests.sizes import sized

MONDAY = datetime(2026, 12, 14, 1, 1, tzinfo=UTC)  # 08:01 in Vietnam
WEDNESDAY = datetime(2026, 12, 9, 2, tzinfo=UTC)  # both are late since yesterday


def forge(phone: Phone, data: str) -> Phone:
    phone.says("/menu")
    phone.reads()
    return phone.taps_data(phone.last()["message_id"], data, stale=True)


def lines_of(data: bytes) -> list[str]:
    """What stands in the boxes of a sheet, each once."""
    rows = Document(BytesIO(data)).tables[0].rows
    return [line for row in rows for cell in row.cells for line in cell.text.split("\n") if line]


def outcomes(world: World) -> list[tuple[int, str]]:
    rows = select(ContactNote.member_id, ContactNote.outcome).order_by(ContactNote.id)
    return world.db(lambda db: [(one, what) for one, what in db.execute(rows)])


def test_a_secretary_gets_the_sheet_on_monday_calls_and_types_back_in_two_taps_each(
    world: World, cell: Cell
) -> None:
    alice, bob, dan = settle_in(world, cell, ALICE, BOB, DAN)
    world.until(WEDNESDAY)

    def reaches_dan(db: Session) -> None:
        record_contact(
            db,
            db.get_one(Member, cell.alice),
            channel=Means.PHONE,
            outcome=ContactOutcome.NO_ANSWER,
            happened_on=date(2026, 12, 9),
            result="Chuông đổ, không ai nghe",
            by_id=cell.bob,
            policy=world.settings.checkin,
            now=world.clock(),
        )

    world.db(reaches_dan)
    bob.says("/chibo").taps("Việc khác", "Xem thêm", "Phiếu gọi để in")
    assert "Phiếu chỉ lập khi đồng chí bấm" in bob.reads()  # nothing comes unasked
    assert "phiếu được lập sẵn" in bob.taps("Lập sẵn cùng bản tin tuần").reads()

    world.until(MONDAY)
    assert "Phiếu gọi tuần này của Chi bộ thôn Đông đã lập: 2 người cần gọi" in bob.reads()
    bob.taps("Lấy phiếu để in")
    name, data = bob.documents()[-1]
    assert name == "phieu-goi-2026-12-14.docx"
    said = lines_of(data)
    assert said[:3] == ["1", "Nguyễn Thị An", "Điện thoại: +81 90-1234-5678"]
    hour = "Ở Nhật Bản. Nên gọi lúc 17:00, bên đó 19:00 (giờ ở đây, gọi được: 07:00–19:00)."
    assert hour in said
    assert any("“Chuông đổ, không ai nghe”" in one for one in said)
    assert any(one.startswith("Hỏi: Báo cáo tháng 12/2026, hạn 05/12/2026") for one in said)
    assert said.count("☐ Gặp được\t☐ Không nghe máy") == 2
    whole = "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)
    assert "Chi bộ" not in whole
    assert "ĐẢNG" not in whole  # it lies on tables
    looks = select(Look.member_id).where(Look.what == "sheet.print", Look.reader_id == cell.bob)
    assert world.db(lambda db: set(db.scalars(looks))) == {cell.alice, cell.dan}

    bob.reads()
    bob.taps("Ghi kết quả theo phiếu")
    assert "1. Nguyễn Thị An: chưa ghi" in bob.reads()
    assert "✓ Đã ghi số 1, Nguyễn Thị An: hẹn gọi lại." in bob.taps("1. ", "Hẹn gọi lại").reads()
    # word of dan: what he owed is settled
    assert "đã ghi 2 trên 2" in bob.taps("2. ", "Gặp được").reads()
    assert outcomes(world)[1:] == [(cell.alice, "later"), (cell.dan, "reached")]
    assert "(gọi điện, hẹn gọi lại)" in alice.reads()
    assert "đã ghi nhận liên hệ với đồng chí" in dan.reads()
    assert "quá hạn" in bob.says("/chibo").reads()  # alice: asked to be called again is no word of hers
    bob.reads()
    forge(bob, f"sheet:see:{cell.id}:0")
    bob.taps("1. ", "Gặp được", "Ghi thêm lời").says("Đang tăng ca, mọi việc ổn")
    assert "✓ Đã ghi thêm về đồng chí Nguyễn Thị An" in bob.reads()
    world.until(MONDAY + timedelta(days=7))
    assert "Phiếu gọi tuần này" not in bob.reads()  # nobody is to be called


def test_the_same_sheet_is_printed_twice_and_an_older_one_says_so(world: World, cell: Cell) -> None:
    bob, deputy, _, _ = settle_in(world, cell, BOB, DEPUTY, ALICE, DAN)
    world.until(WEDNESDAY)
    forge(bob, f"sheet:see:{cell.id}:0").taps("Lấy phiếu")
    forge(bob, f"sheet:see:{cell.id}:0")
    first = bob.button_data("1. ")
    bob.taps("1. ", "Không nghe máy")
    # a double tap is one call
    newest = bob.last()["message_id"]
    line = first[1].split(":")[2]
    for _ in range(2):
        bob.taps_data(newest, f"sheet:came:{line}:1", stale=True)
    assert [what for _, what in outcomes(world)] == ["no answer"]
    assert "Đã ghi kết quả: 1." in forge(bob, f"sheet:home:{cell.id}").reads()
    # the deputy's numbers are the deputy's own; bob's lines are not theirs
    assert "Phiếu này đã được thay" in forge(deputy, f"sheet:line:{line}").reads()
    assert "Đã lập phiếu mới: 1 người" in forge(bob, f"sheet:new:{cell.id}").reads()  # alice rests today
    assert "Phiếu này đã được thay bằng phiếu mới" in forge(bob, f"sheet:line:{line}").reads()
    assert "Phiếu này đã được thay bằng phiếu mới" in forge(bob, f"sheet:came:{line}:0").reads()
    assert len(outcomes(world)) == 1
    world.restart()
    assert "1 người" in forge(bob, f"sheet:home:{cell.id}").reads()


def test_the_calendar_has_numbers_and_hours_and_nobodys_name(world: World, cell: Cell) -> None:
    bob, _, _ = settle_in(world, cell, BOB, ALICE, DAN)
    world.until(WEDNESDAY)
    forge(bob, f"sheet:ics:{cell.id}")
    name, data = bob.files()[-1]
    assert name == "lich-goi.ics"
    events = Calendar.from_ical(data).walk("VEVENT")
    assert [str(one["summary"]) for one in events] == ["Gọi số 1", "Gọi số 2"]
    assert [one.decoded("dtstart").hour for one in events] == [10, 12]  # 19:00 in Osaka, and at home
    assert all(word not in data.decode() for word in ("An", "Dân", "Chi bộ", "+81"))


def test_who_keeps_in_touch_has_cards_of_theirs_alone(world: World, cell: Cell) -> None:
    settle_in(world, cell, DEPUTY, BOB, ALICE, DAN)

    def asks_helper(db: Session) -> int:
        now = world.clock()
        friend = add_member(db, cell_id=cell.id, full_name="Đỗ Văn Giang", phone="+84911000077", now=now)
        assign_contact(db, db.get_one(Member, cell.alice), friend, by_id=cell.bob, now=now)
        return friend.id

    friend_id = world.db(asks_helper)

    friend = register(world, friend_id, world.phone(77, "Đỗ Văn Giang", phone="+84911000077"))
    world.until(WEDNESDAY)
    friend.reads()
    friend.says("/chibo").taps("Phiếu gọi để in")
    assert "1 người" in friend.reads()
    assert "Tải danh sách (Excel)" not in friend.buttons()
    friend.taps("Lấy phiếu")
    name, data = friend.documents()[-1]
    assert name == "phieu-bo-tui-2026-12-09.docx"
    said = lines_of(data)
    assert said[:2] == ["1. Nguyễn Thị An", "+81 90-1234-5678"]
    assert not any("Phạm Văn Dân" in one for one in said)
    assert "Đã ghi số 1" in forge(friend, f"sheet:see:{cell.id}:0").taps("1. ", "Gặp được").reads()

    # once the assignment ends, an old button opens nothing
    def asks_another(db: Session) -> None:
        alice, deputy = db.get_one(Member, cell.alice), db.get_one(Member, cell.deputy)
        assign_contact(db, alice, deputy, by_id=cell.bob, now=world.clock())

    world.db(asks_another)
    for way in ("home", "print", "ics", "new"):
        assert "Nguyễn Thị An" not in forge(friend, f"sheet:{way}:{cell.id}").reads()


@pytest.mark.parametrize("way", ["home", "print", "ics", "see", "new", "weekly"])
def test_a_sheet_is_for_the_desk_alone(world: World, cell: Cell, way: str) -> None:
    officer, alice = settle_in(world, cell, OFFICER, ALICE)
    world.until(WEDNESDAY)
    for phone in (officer, alice):
        before = len(phone.files())
        assert "Phạm Văn Dân" not in forge(phone, f"sheet:{way}:{cell.id}:1").reads()
        assert len(phone.files()) == before
    assert world.db(lambda db: list(db.scalars(select(CallLine)))) == []


ZONES = st.sampled_from(
    ["Asia/Tokyo", "Asia/Kathmandu", "America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe", HOME_ZONE]
)


@settings(max_examples=sized(12, 60))
@given(on=st.dates(date(2026, 1, 1), date(2028, 12, 31)), there=ZONES, hour=st.integers(7, 20))
def test_a_call_wakes_nobody_wherever_they_live(on: date, there: str, hour: int) -> None:
    runs = shared_hours(on, HOME_ZONE, there)
    assert runs
    for begins, ends in runs:
        for at in (begins, begins + (ends - begins) / 2, ends - timedelta(minutes=1)):
            assert not is_night(at, HOME_ZONE)
            assert not is_night(at, there)
    good = good_hour(runs, there, hour)
    assert any(begins <= good < ends for begins, ends in runs)
