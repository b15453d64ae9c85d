"""/dulieu: see, correct, consent, take out, delete, who looked."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.checkin import (
    Checkin,
    CheckinState,
    Report,
    owed_checkin,
    planned_checkin,
    volunteer_checkin,
)
from models.contact.contact_note import ContactNote, Means, record_contact_note
from models.contact.policy import RequestPolicy
from models.contact.request import HelpRequest, RequestWords, open_request, reply_request
from models.delivery.conversation import Conversation
from models.delivery.message import Lane, Message
from models.delivery.outbox import Outbox
from models.desk.roster import Column, left_of
from models.people.member import Member, Purpose, account_of, agrees, consents, record_look
from models.phrases.text import raw
from models.phrases.trust.data import LOOKED_AT
from tests.fakes import World
from tests.people import ALICE, BOB, CAROL, DAN, OFFICER, Cell, a_cell, settle_in
from tests.phone import Phone
from tests.stories.test_a_roster_as_people_have_it import preview, saved, workbook


def a_settled_cell(world: World) -> tuple[Cell, Phone, Phone]:
    """Bob and Alice use the program; Alice has reported, asked for help, was telephoned and looked at."""
    cell = a_cell(world)
    bob, alice = settle_in(world, cell, BOB, ALICE)
    now = world.clock()

    def live(db: Session) -> None:
        member = db.get_one(Member, cell.alice)
        volunteer_checkin(db, member, Report(note="Việc nhà máy ổn <b>"), world.settings.checkin, now=now)
        request = open_request(
            db, member, RequestWords(text="Xin giấy giới thiệu"), policy=RequestPolicy(), now=now
        )
        assert request is not None
        reply_request(
            db, request, by_id=cell.bob, text="Chi bộ viết xong thứ Hai", policy=RequestPolicy(), now=now
        )
        record_contact_note(
            db,
            member,
            channel=Means.PHONE,
            happened_on=now.date(),
            result="Đã gọi, khỏe",
            by_id=cell.bob,
            now=now,
        )
        record_look(db, reader_id=cell.bob, member_id=cell.alice, what="member.phone", now=now)

    world.db(live)
    world.settle()
    bob.reads(), alice.reads()
    return cell, bob, alice


def test_everything_held_is_shown_in_plain_words(world: World) -> None:
    _, _, alice = a_settled_cell(world)
    main = alice.says("/dulieu").reads()
    for held in (
        "Nguyễn Thị An",
        "1980",
        "+81 90-1234-5678",
        "Nhật Bản",
        "10:00",
        "Chi bộ: thôn Đông",
        "bật",
    ):
        assert held in main, held
    full = alice.taps("Xem đầy đủ").reads()
    for held in (
        "Việc nhà máy ổn",
        "Xin giấy giới thiệu",
        "Trần Văn Bình: Chi bộ viết xong thứ Hai",
        "Đã gọi, khỏe",
        "bản 2",
    ):
        assert held in full, held
    assert "Trần Văn Bình xem số điện thoại" in alice.taps("Dữ liệu của tôi", "Ai đã xem").reads()


def test_many_notes_stand_on_pages_and_each_can_be_corrected(world: World) -> None:
    cell, _, alice = a_settled_cell(world)

    def calls(db: Session) -> None:
        for number in range(8):
            now = world.clock() + timedelta(minutes=number + 1)
            member = db.get_one(Member, cell.alice)
            words = f"Cuộc gọi số {number}"
            record_contact_note(
                db,
                member,
                channel=Means.PHONE,
                happened_on=now.date() - timedelta(days=number),
                result=words,
                by_id=cell.bob,
                now=now,
            )

    world.db(calls)
    alice.says("/dulieu").taps("Xem đầy đủ", "Ghi nhận liên hệ")
    read, offered = alice.reads(), 0
    for _ in range(4):
        offered += sum("Sửa ghi nhận" in one for one in alice.buttons())
        assert len(alice.buttons()) <= 8
        if not any("Trang sau" in one for one in alice.buttons()):
            break
        read += alice.taps("Trang sau").reads()
    assert offered == 9
    assert all(f"Cuộc gọi số {number}" in read for number in range(8))


def test_a_stranger_has_no_data_screen(world: World) -> None:
    a_cell(world)
    carol = world.phone(CAROL)
    assert "theo lời mời" in carol.says("/dulieu").reads()


def test_an_officer_without_a_cell_sees_theirs(world: World) -> None:
    cell = a_cell(world)
    (officer,) = settle_in(world, cell, OFFICER)
    officer.says("/menu").taps("Dữ liệu của tôi", "Xem đầy đủ")
    assert "Đảng ủy xã An Bình" in officer.reads()
    officer.taps("Dữ liệu của tôi", "Sửa")
    assert "Nơi ở và giờ" not in officer.buttons()


def test_two_files_hold_everything(world: World) -> None:
    _, _, alice = a_settled_cell(world)
    alice.says("/dulieu").taps("Lấy về")
    files = dict(alice.documents())
    page = files["du-lieu-cua-toi.html"].decode()
    assert "Việc nhà máy ổn &lt;b&gt;" in page
    assert "<script" not in page
    assert "Trần Văn Bình" in page
    data = json.loads(files["du-lieu-cua-toi.json"])
    assert data["person"]["phone"] == "+819012345678"
    assert any("Việc nhà máy ổn <b>" in row.get("report_json", "") for row in data["records"]["checkin"])
    readers = {data["people"].get(str(row["by_id"])) for row in data["records"]["trail"]}
    assert "Trần Văn Bình" in readers
    for name, content in files.items():
        assert f"{name}: " in alice.chat()
        assert hashlib.sha256(content).hexdigest() in alice.chat()


# --- changing -------------------------------------------------------------------------------------------------------


def test_a_new_place_moves_the_next_checkin_to_its_clock(world: World) -> None:
    cell, _, alice = a_settled_cell(world)
    before = world.db(lambda db: planned_checkin(db, cell.alice))
    alice.says("/dulieu").taps("Sửa", "Nơi ở").says("Berlin").taps("Đúng giờ này")
    assert "nơi ở mới" in alice.reads()
    after = world.db(lambda db: planned_checkin(db, cell.alice))
    assert before is not None
    assert after is not None
    assert (before.zone, after.zone) == ("Asia/Tokyo", "Europe/Berlin")
    assert after.opens_at > before.opens_at


def test_coming_home_ends_the_questions(world: World) -> None:
    cell, _, alice = a_settled_cell(world)
    alice.says("/dulieu").taps("Sửa", "Nơi ở", "Tôi đang ở nhà")
    assert world.db(lambda db: planned_checkin(db, cell.alice)) is None


def test_the_phone_is_corrected_directly(world: World) -> None:
    cell, _, alice = a_settled_cell(world)
    alice.says("/dulieu").taps("Sửa", "Số điện thoại")
    assert "chưa đúng" in alice.says("12").reads()
    assert "Đã sửa" in alice.says("0912.345.678").reads()
    assert world.db(lambda db: db.get_one(Member, cell.alice).phone) == "+84912345678"


def test_name_and_birth_year_go_to_the_secretary_as_a_proposal(world: World) -> None:
    cell, bob, alice = a_settled_cell(world)
    alice.says("/dulieu").taps("Sửa", "Họ và tên").says("Nguyễn Thị Ân")
    assert "Đã gửi đề nghị" in alice.reads()
    assert "Nguyễn Thị Ân" in bob.reads()
    alice.says("/dulieu").taps("Sửa", "Năm sinh")
    assert "bốn chữ số" in alice.says("85").reads()
    alice.says("1985")
    assert "1985" in bob.reads()
    assert world.db(lambda db: db.get_one(Member, cell.alice).full_name) == "Nguyễn Thị An"


def test_a_proposal_that_reaches_nobody_says_so(world: World) -> None:
    cell = a_cell(world)
    (dan,) = settle_in(world, cell, DAN)
    dan.says("/dulieu").taps("Sửa", "Họ và tên").says("Phạm Văn Dần")
    assert "chưa tới" in dan.reads()


def test_text_marked_secret_is_refused_and_too_long_a_name_too(world: World) -> None:
    _, bob, alice = a_settled_cell(world)
    alice.says("/dulieu").taps("Sửa", "Họ và tên")
    assert "MẬT" in alice.says("TỐI MẬT").reads()
    assert "dài quá" in alice.says("a" * 4000).reads()
    assert bob.reads() == ""


def test_discreet_mode_is_turned_off_and_on(world: World) -> None:
    cell, _, alice = a_settled_cell(world)
    assert "Chế độ kín đáo: tắt" in alice.says("/dulieu").taps("Sửa", "Tắt chế độ").reads()
    assert world.db(lambda db: db.get_one(Member, cell.alice).discreet) is False
    alice.taps("Sửa", "Bật chế độ")
    assert world.db(lambda db: db.get_one(Member, cell.alice).discreet) is True


# --- consents -------------------------------------------------------------------------------------------------------


def test_withdrawing_contact_stops_the_questions_and_tells_the_secretary(world: World) -> None:
    cell, bob, alice = a_settled_cell(world)
    world.until(datetime.fromisoformat("2026-12-01T20:00+09:00"))
    owed = world.db(lambda db: owed_checkin(db, cell.alice))
    assert owed is not None
    alice.says("/dulieu").taps("Đồng ý của tôi", "Giữ liên lạc")
    assert "dừng ngay" in alice.reads()
    alice.taps("Rút lại")
    assert "rút lại đồng ý" in bob.reads()
    assert world.db(lambda db: owed_checkin(db, cell.alice)) is None
    assert world.db(lambda db: planned_checkin(db, cell.alice)) is None
    assert world.db(lambda db: db.get_one(Checkin, owed.id).state) == CheckinState.CLOSED
    alice.reads()
    world.until(datetime.fromisoformat("2027-02-10T08:00+09:00"))
    assert "báo cáo" not in alice.reads()  # what she has asked for goes on


def test_contact_is_given_again_and_asked_again(world: World) -> None:
    cell, bob, alice = a_settled_cell(world)
    alice.says("/dulieu").taps("Đồng ý của tôi", "Giữ liên lạc", "Rút lại", "Giữ liên lạc", "Đồng ý")
    assert "trở lại" in bob.reads()
    assert world.db(lambda db: planned_checkin(db, cell.alice)) is not None
    history = world.db(lambda db: consents(db, cell.alice)[Purpose.CONTACT].given)
    assert history is True


def test_a_purpose_is_withdrawn_the_desk_told_once_and_an_old_button_twice_is_once(world: World) -> None:
    cell, bob, alice = a_settled_cell(world)
    alice.says("/dulieu").taps("Đồng ý của tôi", "Kiểm điểm")
    message, data = alice.button_data("Rút lại")
    alice.taps("Rút lại")
    alice.taps_data(message, data, stale=True)
    assert world.db(lambda db: agrees(db, cell.alice, Purpose.REVIEW)) is False
    assert world.db(lambda db: planned_checkin(db, cell.alice)) is not None
    assert bob.reads().count("nhận bản giấy") == 1
    alice.taps_data(message, "data:decide:nonsense:no", stale=True)
    assert "không còn dùng được" in alice.reads()


# --- deleting -------------------------------------------------------------------------------------------------------


def test_deleting_is_asked_twice_and_can_be_left(world: World) -> None:
    cell, _, alice = a_settled_cell(world)
    assert "vì chi bộ phải giữ danh sách đảng viên" in alice.says("/dulieu").taps("Xóa dữ liệu").reads()
    alice.taps("Tôi muốn xóa", "Hủy")
    assert world.db(lambda db: account_of(db, cell.alice)) is not None


def test_what_was_given_is_erased_and_the_name_stays_with_the_cell(world: World) -> None:
    cell, bob, alice = a_settled_cell(world)
    now = world.clock()

    def one_more(db: Session) -> None:
        from models.people.member import tell

        later = now.replace(year=now.year + 1)
        member = db.get_one(Member, cell.alice)
        tell(db, member, Message(raw("sau này")), key="later", lane=Lane.BULK, now=now, not_before=later)

    world.db(one_more)
    alice.says("/dulieu").taps("Xóa dữ liệu", "Tôi muốn xóa", "Xóa hẳn")
    assert "Đã xóa" in alice.reads()
    assert "đã xóa tài khoản" in bob.reads()
    assert "theo lời mời" in alice.says("/dulieu").reads()
    member = world.db(lambda db: db.get_one(Member, cell.alice))
    assert member.full_name == "Nguyễn Thị An"
    assert (member.phone_sealed, member.place_code) == (None, None)

    def left(db: Session) -> None:
        assert account_of(db, cell.alice) is None
        assert not any(c.given for c in consents(db, cell.alice).values())
        assert all(c.report_sealed is None for c in db.scalars(select(Checkin)))
        assert all(n.result_sealed is None for n in db.scalars(select(ContactNote)))
        assert all(r.text_sealed is None for r in db.scalars(select(HelpRequest)))
        assert not db.scalars(select(Conversation).where(Conversation.address == chat_address(ALICE))).all()
        assert db.scalars(select(Outbox).where(Outbox.key == "later")).first() is None

    world.db(left)


def test_an_old_delete_button_deletes_nothing(world: World) -> None:
    cell, _, alice = a_settled_cell(world)
    alice.says("/dulieu").taps("Xóa dữ liệu", "Tôi muốn xóa")
    message, data = alice.button_data("Xóa hẳn")
    alice.taps("Hủy")
    alice.taps_data(message, data, stale=True)
    assert world.db(lambda db: account_of(db, cell.alice)) is not None


def test_every_look_has_words_for_its_owner() -> None:
    written = {
        name
        for folder in ("handlers", "jobs", "models")
        for path in (Path(__file__).parents[3] / folder).rglob("*.py")
        for name in re.findall(r'record_look\([^)]*?what="([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert {"member.phone", "checkin.report"} <= written
    assert written <= set(LOOKED_AT)


def test_right_after_deleting_a_chat_is_still_answered(world: World) -> None:
    _, _, alice = a_settled_cell(world)
    alice.says("/menu", "/menu", "/dulieu").taps("Xóa dữ liệu", "Tôi muốn xóa", "Xóa hẳn")
    world.wait(timedelta(minutes=1))
    assert "theo lời mời" in alice.says("/menu").reads()


def test_a_secretary_who_deletes_is_warned_and_those_above_are_told(world: World) -> None:
    cell, bob, alice = a_settled_cell(world)
    (mai,) = settle_in(world, cell, OFFICER)
    assert "Phân công của đồng chí" not in alice.says("/dulieu").taps("Xóa dữ liệu").reads()
    warned = bob.says("/dulieu").taps("Xóa dữ liệu").reads()
    assert "Phân công của đồng chí (Bí thư, Chi bộ thôn Đông) không tự kết thúc" in warned
    assert "ngày vào Đảng" in warned
    assert "ai đã xem" in warned
    bob.taps("Tôi muốn xóa", "Xóa hẳn")
    assert "Mời ghi nhận người khác trong /dangbo" in mai.reads()


def test_the_date_of_joining_goes_to_the_secretary_as_a_proposal(world: World) -> None:
    _, bob, alice = a_settled_cell(world)
    alice.says("/dulieu").taps("Sửa", "Ngày vào Đảng").says("năm ngoái")
    assert "ngày/tháng/năm" in alice.reads()
    alice.says("19/05/2010")
    assert "đề nghị sửa ngày vào Đảng thành: 19/05/2010" in bob.reads()


def test_what_is_kept_is_dated_with_its_year_and_home_is_a_fact(world: World) -> None:
    _, _, alice = a_settled_cell(world)
    alice.says("/dulieu").taps("Xem đầy đủ")
    assert "01/12/2026" in alice.reads()
    alice.says("/dulieu").taps("Sửa", "Nơi ở", "Tôi đang ở nhà")
    assert "Đã ghi nơi ở mới: ở nhà, tại địa phương." in alice.reads()


def test_rows_of_a_list_about_who_is_erased_go_with_them_and_others_stay(world: World) -> None:
    cell = a_cell(world)
    alice, bob = settle_in(world, cell, ALICE, BOB)
    mine = ["Nguyễn Thị An (CV)", "1980 ?", "+81 90 1234 5678", "", "", ""]
    again = ["Người gõ sai", "abc", "+81 90 1234 5678", "", "chính thức", ""]
    other = ["Nguyễn Thị An", 1991, "", "", "chưa rõ", ""]
    somebody = ["Đỗ Văn Út", "abc", "0912 000 099", "", "chính thức", ""]
    preview(
        bob, saved(workbook(["Đỗ Văn Mười", 1985, "", "", "chính thức", ""], mine, again, other, somebody))
    )
    bob.taps("Lưu vào danh sách")
    assert world.db(lambda db: len(left_of(db, cell.id).left)) == 4  # type: ignore[union-attr]
    preview(bob, saved(workbook(["Nguyễn Thị An", 1980, "+81 90 1234 5678", "", "chính thức", ""])))

    alice.says("/dulieu").taps("Xóa dữ liệu", "Tôi muốn xóa", "Xóa hẳn")
    kept = world.db(lambda db: left_of(db, cell.id))
    assert kept is not None
    assert [one.cells[Column.NAME] for one in kept.left] == ["Nguyễn Thị An", "Đỗ Văn Út"]
    assert {fault.row for fault in kept.faults} == {one.row for one in kept.left}
    drafts = world.db(lambda db: [one.draft or "" for one in db.scalars(select(Conversation))])
    assert not any("+819012345678" in draft for draft in drafts)
