"""The roster in the chat: import with a preview, add, list, correct, remove, invite, export."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.contact.checkin import Checkin, CheckinState
from models.contact.policy import CheckinPolicy
from models.desk.policy import RosterPolicy
from models.desk.roster import read_roster, roster_template
from models.entry.invite import Invite, InviteState, invite_state
from models.ground.rhythm import Rhythm
from models.people.member import Look, Member, account_of, roster
from models.people.rights import Role, appoint, appointments, end_appointment
from models.people.unit import Unit, UnitKind, create_unit
from models.phrases.text import Lang
from tests.fakes import World
from tests.people import ALICE, BOB, CAROL, DAN, DEPUTY, NAMES, Cell, a_cell, invite, phone_of, settle_in
from tests.phone import Phone

HEADINGS = ["Họ và tên", "Năm sinh", "Điện thoại", "Ngày vào Đảng", "Chính thức/Dự bị", "Nơi đang làm việc"]
NEW = ["Đỗ Thị Út", 1990, "0987654321", "19/05/2015", "chính thức", "Đài Loan"]
ALICE_ROW = ["Nguyễn Thị An", 1980, "+81 90 1234 5678", "", "chính thức", "Osaka, Nhật Bản"]


def xlsx(*rows: Sequence[Any]) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in [HEADINGS, *rows]:
        book.worksheets[0].append(list(row))
    book.save(out)
    return out.getvalue()


def a_secretary(world: World) -> tuple[Cell, Phone]:
    cell = a_cell(world)
    return cell, settle_in(world, cell, BOB)[0]


def names(world: World, cell: Cell) -> list[str]:
    return world.db(lambda db: [member.full_name for member in roster(db, cell.id)])


def dismiss(world: World, member_id: int) -> None:
    def work(db: Session) -> None:
        for held in appointments(db, member_id, now=world.clock()):
            end_appointment(db, held, by_id=None, now=world.clock())

    world.db(work)


# --- import -------------------------------------------------------------------------------------------------------


def test_a_file_is_previewed_and_stored_only_when_confirmed(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/nhap")
    assert bob.documents()[-1] == ("Mau-danh-sach.xlsx", roster_template(Lang.VI))
    bob.sends("document", "danh-sach.xlsx", xlsx(NEW, ["Bùi Văn Tý", 1985, "", "", "dự bị", ""]))
    preview = bob.reads()
    assert "Thêm mới 2" in preview
    read = "Đỗ Thị Út, sinh 1990 · 0987 654 321 · chính thức · Đài Loan · Ngày vào Đảng 19/05/2015"
    assert read in preview  # as it was understood: number, place, day
    assert "không có trong tệp" in preview
    assert len(names(world, cell)) == 4
    bob.taps("Lưu vào danh sách")
    assert "thêm mới 2" in bob.reads()
    assert names(world, cell)[-1] == "Đỗ Thị Út"
    assert len(names(world, cell)) == 6


def test_the_same_file_again_brings_nothing_new(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/nhap").sends("document", "a.xlsx", xlsx(NEW)).taps("Lưu vào danh sách")
    bob.says("/nhap").sends("document", "a.xlsx", xlsx(NEW))
    assert "Không có gì mới" in bob.reads()
    assert "Lưu vào danh sách" not in bob.buttons()
    assert len(names(world, cell)) == 5


def test_a_second_tap_on_confirm_does_nothing_twice(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/nhap").sends("document", "a.xlsx", xlsx(NEW))
    message, data = bob.button_data("Lưu vào danh sách")
    bob.taps_data(message, data).taps_data(message, data, stale=True)
    assert bob.reads() == "", "the second tap is swallowed"
    world.wait(timedelta(seconds=10))
    assert "đã gửi xong" in bob.taps_data(message, data, stale=True).reads()
    assert len(names(world, cell)) == 5


def test_faulty_rows_are_named_with_row_column_and_what_is_expected(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/nhap").sends("document", "a.xlsx", xlsx(NEW, ["Bùi Văn Tý", "abc", "", "", "dự bị", ""]))
    preview = bob.reads()
    assert "Dòng 3, cột “Năm sinh”: “abc”" in preview
    assert "bốn chữ số" in preview
    bob.taps("Lưu vào danh sách")
    assert len(names(world, cell)) == 5


def test_the_rows_that_were_not_taken_are_kept_and_come_as_a_workbook_to_be_corrected(world: World) -> None:
    cell, bob = a_secretary(world)
    wrong = [[f"Bùi Văn {chr(65 + i)}n", "abc", "", "", "dự bị", "Đức"] for i in range(15)]
    preview = bob.says("/nhap").sends("document", "a.xlsx", xlsx(NEW, *wrong)).reads()
    assert "Chưa nhận được 15 dòng" in preview
    assert "Trang 1/" in preview
    assert "Đỗ Thị Út" in bob.taps("Trang sau").reads()
    bob.taps("Lưu vào danh sách")
    assert "Còn 15 dòng chưa nhận được" in bob.reads()
    bob.taps("Tệp các dòng chưa nhận")
    assert len(bob.documents()) == 2  # the template, and these
    name, data = bob.documents()[-1]
    assert name == "Cac-dong-chua-nhan.xlsx"
    rows = list(load_workbook(BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    assert rows[0][-1] == "Cần sửa"
    assert rows[1][:2] == ("Bùi Văn An", "abc")
    assert "bốn chữ số" in str(rows[1][-1])

    corrected = load_workbook(BytesIO(data))
    for line in range(2, 17):
        corrected.worksheets[0].cell(line, 2).value = 1985
    out = BytesIO()
    corrected.save(out)
    bob.says("/nhap")
    assert "Tệp các dòng chưa nhận" in bob.buttons()
    again = bob.sends("document", name, out.getvalue()).reads()
    assert "Thêm mới 15" in again
    assert "Cần sửa" not in again
    bob.taps("Lưu vào danh sách")
    assert len(names(world, cell)) == 20
    bob.says("/nhap")
    assert "Tệp các dòng chưa nhận" not in bob.buttons()


def test_a_change_is_shown_before_it_is_made_and_moves_the_clock(world: World) -> None:
    cell, bob = a_secretary(world)
    settle_in(world, cell, ALICE)
    before = world.db(lambda db: db.scalar(select(Checkin.opens_at).where(Checkin.member_id == cell.alice)))
    moved = ["Nguyễn Thị An", 1980, "+81 90 1234 5678", "", "dự bị", "Đức"]
    bob.says("/nhap").sends("document", "a.xlsx", xlsx(moved))
    preview = bob.reads()
    assert "Nơi đang làm việc: Nhật Bản → Đức" in preview
    assert "chính thức → dự bị" in preview
    bob.taps("Lưu vào danh sách")
    alice = world.db(lambda db: db.get_one(Member, cell.alice))
    assert (alice.place_code, alice.zone, alice.standing) == ("DE", "Europe/Berlin", "probationary")
    after = world.db(lambda db: db.scalar(select(Checkin.opens_at).where(Checkin.member_id == cell.alice)))
    assert before != after
    assert len(names(world, cell)) == 4


def test_namesakes_are_told_apart_or_left_to_a_person(world: World) -> None:
    cell, bob = a_secretary(world)
    same = ["Bùi Văn Tý", 1985, "0912000001", "", "chính thức", ""]
    other = ["Bùi Văn Tý", 1985, "0912000002", "", "chính thức", ""]
    older = ["Bùi Văn Tý", 1950, "", "", "chính thức", ""]
    bob.says("/nhap").sends("document", "a.xlsx", xlsx(same, other, older)).taps("Lưu vào danh sách")
    assert {name for name in names(world, cell) if name.startswith("Bùi Văn Tý")} == {
        "Bùi Văn Tý (1985, A)",
        "Bùi Văn Tý (1985, B)",
        "Bùi Văn Tý (1950)",
    }
    unclear = ["Bùi Văn Tý", 1985, "", "", "dự bị", ""]
    bob.says("/nhap").sends("document", "a.xlsx", xlsx(unclear))
    preview = bob.reads()
    assert "Chưa rõ là ai" in preview
    assert "Lưu vào danh sách" not in bob.buttons()


def test_anothers_phone_number_is_not_guessed_about(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/nhap").sends("document", "a.xlsx", xlsx(["Hồ Văn Lạ", 1999, "0911000050", "", "dự bị", ""]))
    assert "Phạm Văn Dân" in bob.reads()
    assert "Lưu vào danh sách" not in bob.buttons()
    assert len(names(world, cell)) == 4


def test_wrong_files_are_refused_and_the_question_stays(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/nhap")
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 70_000_000)
    for name, data, expected in (
        ("a.txt", b"Nguyen Van A", "văn bản thuần"),
        ("a.xlsx", bomb.getvalue(), "lớn bất thường"),
        ("a.xlsx", b"\0" * 20_000_000, "tối đa 5 MB"),
        ("TOI MAT danh sach.xlsx", xlsx(NEW), "MẬT"),
        ("a.xlsx", xlsx(), "chưa có người nào"),
    ):
        bob.sends("document", name, data)
        answer = bob.reads()
        assert expected in answer
        assert "Mời gửi tệp Excel" in answer
    bob.sends("photo", "a.jpg", b"\xff\xd8\xff")
    assert "ảnh" in bob.reads()
    bob.says("đây là danh sách")
    assert "Đang chờ một tệp" in bob.reads()
    bob.sends("document", "a.xlsx", xlsx(NEW)).taps("Lưu vào danh sách")
    assert len(names(world, cell)) == 5


def test_who_stops_being_secretary_between_preview_and_confirm_stores_nothing(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/nhap").sends("document", "a.xlsx", xlsx(NEW))
    dismiss(world, cell.bob)
    bob.taps("Lưu vào danh sách")
    answer = bob.reads()
    assert "phân công đã hết hạn" in answer
    assert "Đỗ Thị Út" not in answer
    assert len(names(world, cell)) == 4


def test_a_deputy_a_member_and_a_stranger_may_not_import(world: World) -> None:
    cell = a_cell(world)
    for phone in settle_in(world, cell, DEPUTY, DAN):
        phone.says("/nhap")
        assert "không thuộc phần" in phone.reads()
    carol = phone_of(world, CAROL).says("/nhap")
    assert "Excel" not in carol.reads()


def test_a_secretary_of_two_cells_is_asked_which(world: World) -> None:
    cell, bob = a_secretary(world)

    def second(db: Session) -> None:
        parent = db.get_one(Unit, cell.commune)
        unit = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Tây", parent=parent, now=world.clock())
        appoint(db, member_id=cell.bob, unit_id=unit.id, role=Role.SECRETARY, by_id=None, now=world.clock())

    world.db(second)
    bob.says("/nhap")
    assert {"Chi bộ thôn Tây", "Chi bộ thôn Đông"} <= set(bob.buttons())
    bob.taps("thôn Tây").sends("document", "a.xlsx", xlsx(NEW)).taps("Lưu vào danh sách")
    assert len(names(world, cell)) == 4


# --- add ----------------------------------------------------------------------------------------------------------


def test_one_person_is_added_and_invited_at_once(world: World) -> None:
    _, bob = a_secretary(world)
    bob.says("/moi", "Đỗ Thị Út", "1990").taps("Chưa rõ").taps("dự bị")
    assert "sớm quá" in bob.says("19/05/2001").reads()
    words = bob.says("5/2026", "Nhật Bản").reads()
    assert "Nơi làm việc: Nhật Bản" in words
    assert "Ngày vào Đảng: 05/2026" in words
    bob.taps("Lưu và tạo lời mời")
    photo = bob.last()
    assert photo["photo"]
    assert "https://t.me/" in photo["text"]
    member = world.db(lambda db: db.scalars(select(Member).where(Member.full_name == "Đỗ Thị Út")).one())
    assert (member.birth_year, member.standing, member.place_code) == (1990, "probationary", "JP")
    assert world.db(lambda db: invite_state(db, member.id, now=world.clock())) is InviteState.SENT


def test_a_likely_double_is_shown_before_saving(world: World) -> None:
    _, bob = a_secretary(world)
    bob.says("/moi", "nguyễn thị an", "1991").taps("Chưa rõ").taps("chính thức").taps("Chưa rõ").taps(
        "Không đi làm ăn xa"
    )
    assert "đã có người giống" in bob.reads()


def test_what_cannot_be_read_is_asked_again(world: World) -> None:
    _, bob = a_secretary(world)
    bob.says("/moi", "An 7")
    assert "bằng chữ" in bob.reads()
    bob.says("An")
    assert "Đã đủ họ và tên chưa?" in bob.reads()
    bob.says("Đỗ Thị Út", "năm ngoái")
    assert "bốn chữ số" in bob.reads()
    bob.says("1990", "12345")
    assert "số điện thoại" in bob.reads()


# --- list and card ------------------------------------------------------------------------------------------------


def test_the_list_goes_by_given_name_and_is_searched_without_diacritics(world: World) -> None:
    _, bob = a_secretary(world)
    bob.says("/danhsach")
    people = [label.split(" · ")[0] for label in bob.buttons() if " · " in label]
    assert people == ["Nguyễn Thị An", "Trần Văn Bình", "Phạm Văn Dân", "Lê Thị Hoa"]
    bob.says("pham dan")
    assert "Tìm “pham dan”" in bob.reads()
    assert [label for label in bob.buttons() if " · " in label] == ["Phạm Văn Dân · chưa mời"]
    bob.taps("Bỏ tìm kiếm").taps("Việc khác", "Lọc danh sách", "Chưa đăng ký")
    assert "Chưa đăng ký: 3" in bob.reads()
    bob.taps("Bỏ tìm kiếm", "Việc khác", "Lọc danh sách", "Đi làm ăn xa")
    assert "Đi làm ăn xa: 2" in bob.reads()


def test_a_long_list_is_turned_by_pages(world: World) -> None:
    _, bob = a_secretary(world)
    rows = [
        [f"Bùi Văn {name}", 1980 + i, "", "", "dự bị", ""]
        for i, name in enumerate(["Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân"])
    ]
    bob.says("/nhap").sends("document", "a.xlsx", xlsx(*rows)).taps("Lưu vào danh sách")
    bob.says("/danhsach")
    assert "Trang 1/4" in bob.reads()
    bob.taps("Trang sau", "Trang sau", "Trang sau")
    assert "Trang 4/4" in bob.reads()
    assert sum(" · " in label for label in bob.buttons()) == 1
    bob.taps("Bùi Văn Tỵ").taps("‹ Danh sách")
    assert "Trang 4/4" in bob.reads()


def test_a_card_tells_where_somebody_is_and_what_time_it_is_there(world: World) -> None:
    cell, bob = a_secretary(world)
    settle_in(world, cell, ALICE)
    bob.says("/danhsach").taps("Nguyễn Thị An")
    card = bob.reads()
    assert "Nhật Bản" in card
    assert "10:00" in card
    assert "đã đăng ký" in card
    assert "tin tới được" in card


def test_looking_at_a_phone_number_leaves_a_row(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/danhsach").taps("Phạm Văn Dân").taps("Xem số điện thoại")
    assert "0911 000 050" in bob.reads()
    looks = world.db(lambda db: db.scalars(select(Look.what).where(Look.member_id == cell.dan)).all())
    assert list(looks) == ["member.phone"]


def test_one_thing_is_corrected_at_a_time(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/danhsach").taps("Phạm Văn Dân").taps("Sửa thông tin").taps("Năm sinh").says("1979")
    assert "sinh 1979" in bob.reads()
    bob.taps("Sửa thông tin").taps("Nơi đang làm việc").says("Đài Loan")
    assert "Đài Loan" in bob.reads()
    dan = world.db(lambda db: db.get_one(Member, cell.dan))
    assert (dan.birth_year, dan.place_code, dan.zone) == (1979, "TW", "Asia/Taipei")


def test_removal_is_asked_twice_and_ends_everything_here(world: World) -> None:
    cell, bob = a_secretary(world)
    (alice,) = settle_in(world, cell, ALICE)
    bob.says("/danhsach").taps("Nguyễn Thị An").taps("Việc khác", "Đưa ra khỏi danh sách")
    assert "Tư cách đảng viên không đổi" in bob.reads()
    bob.taps("Đúng, đưa ra").taps("Tôi chắc chắn")
    assert "Đã đưa đồng chí Nguyễn Thị An ra" in bob.reads()
    assert "không còn trong danh sách" in alice.reads()
    assert world.db(lambda db: account_of(db, cell.alice)) is None
    open_rows = select(func.count()).where(
        Checkin.member_id == cell.alice, Checkin.state != CheckinState.CLOSED
    )
    assert world.db(lambda db: db.scalar(open_rows)) == 0
    assert NAMES[ALICE] not in names(world, cell)


def test_a_cell_does_not_shut_out_who_holds_an_office_above_it(world: World) -> None:
    cell, bob = a_secretary(world)
    (alice,) = settle_in(world, cell, ALICE)
    world.db(
        lambda db: appoint(
            db, member_id=cell.alice, unit_id=cell.commune, role=Role.OFFICER, by_id=None, now=world.clock()
        )
    )
    bob.says("/danhsach").taps("Nguyễn Thị An")
    for sure in ("", ":yes", ":sure"):
        bob.taps_data(bob.last()["message_id"], f"roster:remove:{cell.alice}{sure}", stale=True)
        assert "còn giữ chức vụ ngoài chi bộ" in bob.reads()
    assert NAMES[ALICE] in names(world, cell)
    assert "Chi bộ thôn Đông" in alice.says("/dangbo").reads()


def test_nobody_removes_themselves(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/danhsach").taps("Trần Văn Bình")
    assert "Đưa ra khỏi danh sách" not in bob.buttons()
    bob.taps_data(bob.last()["message_id"], f"roster:remove:{cell.bob}:sure", stale=True)
    assert "không tự đưa mình" in bob.reads()


def test_forged_buttons_reach_nobody(world: World) -> None:
    cell = a_cell(world)
    (dan,) = settle_in(world, cell, DAN)
    dan.says("/menu")
    message = dan.last()["message_id"]
    for verb in ("card", "phone", "edit", "remove", "invite", "revoke", "pace"):
        for target in (cell.alice, 1, "x", ""):
            dan.taps_data(message, f"roster:{verb}:{target}:yes", stale=True)
            answer = dan.reads()
            assert "không thuộc phần" in answer or "không còn dùng được" in answer
            assert "Nguyễn Thị An" not in answer
    for verb in ("list", "nhap", "moi", "xuat", "rhythm", "inviteall", "invitemessages", "invitefile"):
        dan.taps_data(message, f"roster:{verb}:{cell.id}", stale=True)
        assert "không thuộc phần" in dan.reads()


# --- invites, deputy, rhythm, export ------------------------------------------------------------------------------


def test_an_invite_is_made_seen_and_revoked_from_the_card(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/danhsach").taps("Phạm Văn Dân").taps("Mời đăng ký")
    assert bob.last()["photo"]
    bob.taps("‹ Thông tin của đồng chí này")
    assert "đã mời, chưa mở" in bob.reads()
    bob.taps("Việc khác", "Thu hồi lời mời")
    assert "Đã thu hồi" in bob.reads()
    assert world.db(lambda db: invite_state(db, cell.dan, now=world.clock())) is InviteState.REVOKED


def test_a_second_tap_leaves_the_invite_of_the_first_alone(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/danhsach").taps("Phạm Văn Dân")
    message, data = bob.button_data("Mời đăng ký")
    bob.taps_data(message, data).taps_data(message, data, stale=True)
    count = select(func.count()).where(Invite.member_id == cell.dan)
    assert world.db(lambda db: db.scalar(count)) == 1


def test_a_new_phone_is_warned_about(world: World) -> None:
    cell, bob = a_secretary(world)
    settle_in(world, cell, DAN)
    bob.says("/danhsach").taps("Phạm Văn Dân").taps("đổi điện thoại")
    assert "một ngày để chặn" in bob.reads()
    bob.taps("Đồng ý")
    assert bob.last()["photo"]


def test_everybody_not_registered_is_invited_by_messages_or_on_paper(world: World) -> None:
    _, bob = a_secretary(world)
    bob.says("/danhsach").taps("Việc khác", "Mời tất cả").taps("Mỗi người một tin")
    assert bob.reads().count("https://t.me/") == 3
    world.wait(timedelta(minutes=1))
    bob.says("/danhsach").taps("Việc khác", "Mời tất cả").taps("Một tệp Excel")
    name, data = bob.documents()[-1]
    rows = list(load_workbook(BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    assert name == "Loi-moi.xlsx"
    assert [row[0] for row in rows[1:]] == ["Nguyễn Thị An", "Phạm Văn Dân", "Lê Thị Hoa"]
    assert "Ai cầm được đường dẫn" in bob.reads()


def test_the_cells_rhythm_is_changed_and_everybody_planned_anew(world: World) -> None:
    cell, bob = a_secretary(world)
    settle_in(world, cell, ALICE)
    bob.says("/danhsach").taps("Việc khác", "Lịch báo cáo của chi bộ").taps("3 tháng").says("31")
    assert "từ 1 đến 27" in bob.reads()
    bob.says("10", "12", "8", "5")
    assert "Ngày dự phòng sau hạn: 5" in bob.reads()
    bob.taps("Lưu")
    assert "Đã lưu lịch" in bob.reads()
    rhythm = world.db(lambda db: db.get_one(Unit, cell.id).rhythm)
    assert rhythm is not None
    assert (rhythm.every_months, rhythm.opens_day, rhythm.due_day, rhythm.hour) == (3, 10, 12, 8)
    assert rhythm.grace_days == 5
    planned = world.db(lambda db: db.scalars(select(Checkin).where(Checkin.member_id == cell.alice)).one())
    assert planned.opens_at.isoformat() == "2027-01-09T23:00:00+00:00"  # 10 January, 8:00 in Osaka


def test_where_the_rhythm_goes_by_a_weekday_a_day_too_late_is_refused_with_a_hint(sqlite_url: str) -> None:
    by_weekday = CheckinPolicy(rhythm=Rhythm(weekday=6))
    with World.open(sqlite_url, checkin=by_weekday) as world:
        cell, bob = a_secretary(world)
        bob.says("/danhsach").taps("Việc khác", "Lịch báo cáo của chi bộ").taps("hằng tháng").says("20", "25")
        assert "từ 21 đến 22" in bob.reads()
        bob.says("22", "19", "2").taps("Lưu")
        assert "Đã lưu lịch" in bob.reads()
        rhythm = world.db(lambda db: db.get_one(Unit, cell.id).rhythm)
        assert rhythm == by_weekday.rhythm.with_(opens_day=20, due_day=22, nudge_days_before=(0,))


def test_one_member_has_a_kinder_rhythm_and_goes_back(world: World) -> None:
    cell, bob = a_secretary(world)
    settle_in(world, cell, ALICE)
    bob.says("/danhsach").taps("Nguyễn Thị An").taps("Việc khác", "Lịch báo cáo riêng").taps("3 tháng")
    rhythm = world.db(lambda db: db.get_one(Member, cell.alice).rhythm)
    assert rhythm is not None
    assert rhythm.every_months == 3
    bob.taps("Việc khác", "Lịch báo cáo riêng").taps("Theo lịch của chi bộ")
    assert world.db(lambda db: db.get_one(Member, cell.alice).rhythm) is None


def test_the_export_goes_through_the_import_as_it_is(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/xuat")
    name, data = bob.documents()[-1]
    assert name == "Danh-sach-2026-12-01.xlsx"
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    back = read_roster(data, today=world.clock().date(), policy=RosterPolicy())
    assert not back.faults
    assert [row.full_name for row in back.rows] == names(world, cell)
    bob.says("/nhap").sends("document", name, data)
    assert "Không có gì mới: 4" in bob.reads()
    assert world.db(lambda db: db.scalar(select(func.count()).select_from(Look))) == 3


def test_a_deputy_is_not_told_to_send_the_roster_back(world: World) -> None:
    """Only who may import is told how."""
    cell, bob = a_secretary(world)
    (deputy,) = settle_in(world, cell, DEPUTY)
    assert "/nhap" in bob.says("/xuat").chat()
    said = deputy.says("/xuat").chat()
    assert "có số điện thoại" in said
    assert "/nhap" not in said
    assert "mời báo bí thư" in said


def test_export_keeps_formulas_as_text(world: World) -> None:
    cell, bob = a_secretary(world)

    def rename(db: Session) -> None:
        db.get_one(Member, cell.dan).full_name = '=HYPERLINK("http://x")'

    world.db(rename)
    bob.says("/xuat")
    sheet = load_workbook(BytesIO(bob.documents()[-1][1])).worksheets[0]
    assert {one.data_type for row in sheet.iter_rows() for one in row if one.value} == {"s"}


def test_who_said_no_or_deleted_their_data_is_not_invited_with_everybody(world: World) -> None:
    cell, bob = a_secretary(world)
    (dan,) = settle_in(world, cell, DAN)
    dan.says("/dulieu").taps("Xóa dữ liệu", "xóa", "Xóa hẳn")
    alice = phone_of(world, ALICE).opens_link(invite(world, cell.alice)).taps("Đúng, liên kết", "Đã hiểu")
    alice.taps("Không đồng ý")
    bob.says("/danhsach")
    assert "Phạm Văn Dân · đã rút" in bob.buttons()
    bob.taps("Phạm Văn Dân")
    assert "đã rút" in bob.reads()
    bob.says("/danhsach").taps("Việc khác", "Mời tất cả", "Mỗi người một tin")
    words = bob.reads()
    assert "Lê Thị Hoa" in words
    assert NAMES[ALICE] not in words
    assert NAMES[DAN] not in words


def test_inviting_again_says_that_the_former_link_is_dead(world: World) -> None:
    _, bob = a_secretary(world)
    bob.says("/danhsach").taps("Phạm Văn Dân", "Mời đăng ký")
    assert "Đường dẫn cũ" not in bob.reads()
    world.wait(timedelta(minutes=1))
    bob.taps("‹ Thông tin của đồng chí này", "Mời lại")
    assert "Đường dẫn cũ không dùng được nữa." in bob.reads()
    world.wait(timedelta(minutes=1))
    bob.says("/danhsach").taps("Việc khác", "Mời tất cả", "Mỗi người một tin")
    assert "gửi trước đây không dùng được nữa" in bob.reads()


def looked_at(world: World, member_id: int) -> list[str]:
    return world.db(lambda db: list(db.scalars(select(Look.what).where(Look.member_id == member_id))))


def test_a_number_shown_while_it_is_corrected_or_imported_leaves_a_row(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/danhsach").taps("Phạm Văn Dân", "Sửa thông tin", "Điện thoại")
    assert "0911 000 050" in bob.reads()
    bob.says("không phải số", "0912345679")
    assert looked_at(world, cell.dan) == ["member.phone"]
    bob.says("/nhap").sends("document", "ds.xlsx", xlsx([*ALICE_ROW[:2], "0987654321", *ALICE_ROW[3:]]))
    assert "90 1234 5678" in bob.reads().replace("-", " ")
    assert looked_at(world, cell.alice) == ["member.phone"]


def test_a_file_of_invites_holds_phones_and_leaves_a_row_each(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/danhsach").taps("Việc khác", "Mời tất cả", "Một tệp Excel")
    assert looked_at(world, cell.dan) == ["roster.links"]


def test_the_date_of_joining_is_corrected_and_a_rhythm_of_ones_own_is_confirmed(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/danhsach").taps("Phạm Văn Dân", "Sửa thông tin", "Ngày vào Đảng").says("19/05/2015")
    assert "✓ Đã sửa. Ngày vào Đảng: 19/05/2015." in bob.reads()
    assert world.db(lambda db: str(db.get_one(Member, cell.dan).joined_on)) == "2015-05-19"
    bob.taps("Việc khác", "Lịch báo cáo riêng", "2 tháng một lần")
    assert "✓ Lịch riêng: 2 tháng một lần" in bob.reads()


def test_a_larger_file_is_taken_where_the_policy_allows_it(database_url: str) -> None:
    larger = RosterPolicy(max_bytes=RosterPolicy().max_bytes * 2)
    with World.open(database_url, roster=larger) as world:
        _, bob = a_secretary(world)
        bob.says("/nhap").sends("document", "ds.xlsx", b"\0" * (RosterPolicy().max_bytes + 1))
        assert "lớn quá" not in bob.reads()
