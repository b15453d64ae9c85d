"""Tôi đang đứng ở đâu?: what a member reads of themselves, through every door; the same on paper and at the desk."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from bot.text.links import DoorLinks
from models.away.away import Route, Stay, begin_return, close_away
from models.contact.checkin import record_contact
from models.contact.contact_note import Means
from models.desk.screening import record_absence_from_meeting, record_dues
from models.meeting.task import give_task
from models.people.member import Member, Purpose, Standing, record_consent
from models.year.probation import start_probation
from tests.absences import SAIGON, Chain, declaration
from tests.fakes import ZALO, World
from tests.page import Page
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, a_cell, phone_of, settle_in
from tests.phone import Phone

BINH_DUONG = Stay(place_code="VN-79", zone="Asia/Ho_Chi_Minh", city="Bình Dương", work="factory")
WHERE = "Tôi đang đứng ở đâu?"


def looks(phone: Phone) -> str:
    return phone.says("/menu").goes(WHERE).reads()


def timeline_of(bob: Phone, member_id: int) -> str:
    bob.says("/menu")
    return bob.taps_data(bob.last()["message_id"], f"desk:timeline:{member_id}:0", stale=True).reads()


def types_dues(world: World, cell: Cell, member_id: int, until: date) -> None:
    world.db(
        lambda db: record_dues(db, db.get_one(Member, member_id), until, by_id=cell.bob, now=world.clock())
    )


# --- who stands where -----------------------------------------------------------------------------------------------


def test_who_is_excused_reads_until_when_by_which_paper_and_who_decided(world: World, cell: Cell) -> None:
    alice = settle_in(world, cell, ALICE)[0]
    Chain(world, cell, cell.alice).files(declaration(ends_on=date(2028, 6, 30))).is_approved()
    said = looks(alice)
    assert "Ra ngoài nước, sinh hoạt đơn lẻ đến hết ngày 30/06/2028." in said[:300]
    assert "Nhật Bản: ra ngoài nước, sinh hoạt đơn lẻ, từ 01/12/2026 đến hết ngày 30/06/2028." in said
    assert "Theo quyết định số 15-QĐ/ĐU, ngày 01/12/2026, của Đảng ủy xã An Bình." in said
    assert "Hiện chưa ghi việc nào đang chờ đồng chí." in said
    assert "Đảng phí: chưa ghi đến tháng nào." in said
    assert alice.buttons() == [
        "Xem việc đi xa của tôi",
        "Nhờ chi bộ giúp",
        "Một năm của tôi",
        "In một trang (.docx)",
        "Màn hình chính",
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_where_the_cell_decides_its_own_decision_is_named(database_url: str) -> None:
    with World.open(database_url, away={"decided_by": "cell"}) as world:
        cell = a_cell(world)
        dan = settle_in(world, cell, DAN)[0]
        chain = Chain(world, cell, cell.dan).files(declaration(stay=SAIGON, itinerant=True))
        chain.is_proposed(number="03-NQ/CB")
        assert "Theo quyết định số 03-NQ/CB, ngày 01/12/2026, của Chi bộ thôn Đông." in looks(dan)


def test_who_is_in_temporary_activities_never_looks_behind_at_home(world: World, cell: Cell) -> None:
    dan, bob = settle_in(world, cell, DAN, BOB)
    types_dues(world, cell, cell.dan, date(2026, 1, 1))
    assert "Đảng phí ghi đến tháng 1/2026, đồng chí Trần Văn Bình nhập" in looks(dan)
    bob.says("/kiemdiem").taps("Số liệu theo dõi cả chi bộ")
    assert "Phạm Văn Dân: đảng phí chưa ghi 10 tháng" in bob.reads()

    declared = declaration(date(2026, 2, 1), date(2026, 12, 31), stay=BINH_DUONG)
    chain = Chain(world, cell, cell.dan).files(declared).is_approved()
    assert chain.of_away(lambda away: away.route) == Route.TEMPORARY
    said = looks(dan)
    elsewhere = "Đảng phí: nộp ở nơi sinh hoạt tạm thời"
    assert elsewhere in said
    assert "tháng 1/2026" not in said
    assert "không đóng đảng phí" not in said
    assert elsewhere in timeline_of(bob, cell.dan)
    bob.taps_data(bob.last()["message_id"], f"absence:counts:{cell.dan}", stale=True)
    assert elsewhere in bob.reads()
    dan.taps_data(dan.last()["message_id"], f"away:counts:{chain.away_id}", stale=True)
    assert elsewhere in dan.reads()
    bob.says("/kiemdiem").taps("Số liệu theo dõi cả chi bộ")
    assert "Phạm Văn Dân" not in bob.reads()
    bob.taps_data(bob.last()["message_id"], f"absence:excel:{cell.id}:all", stale=True)
    sheet = load_workbook(BytesIO(bob.documents()[-1][1])).worksheets[0]
    assert any("nộp ở nơi tạm thời" in [cell.value for cell in row] for row in sheet.iter_rows())

    # home again: the months that were paid there are not owed here
    world.wait(timedelta(days=95))
    chain.does(begin_return, by_id=cell.dan, returned_on=date(2026, 12, 31))
    assert elsewhere in looks(dan)
    chain.does(close_away, by_id=cell.bob, note="đã về", at_home=True)
    bob.says("/kiemdiem").taps("Số liệu theo dõi cả chi bộ")
    assert "đảng phí chưa ghi 2 tháng" in bob.reads()  # January and February 2027


def test_a_probationary_member_reads_when_the_year_is_over_or_that_it_is_not_recorded(
    world: World, cell: Cell
) -> None:
    dan = settle_in(world, cell, DAN)[0]
    world.db(lambda db: setattr(db.get_one(Member, cell.dan), "standing", Standing.PROBATIONARY))
    assert "Đảng viên dự bị; chưa ghi ngày kết nạp ở đây." in looks(dan)

    def begins(db: Session) -> None:
        start_probation(
            db,
            db.get_one(Member, cell.dan),
            admitted_on=date(2026, 5, 19),
            helper_id=None,
            by_id=cell.bob,
            policy=world.settings.probation,
            calendar=world.settings.workday,
            now=world.clock(),
        )

    world.db(begins)
    assert "Đảng viên dự bị; hết 12 tháng dự bị ngày 19/05/2027." in looks(dan)


def test_where_nothing_is_recorded_it_says_so_and_makes_up_no_day(world: World, cell: Cell) -> None:
    dan, bob = settle_in(world, cell, DAN, BOB)
    said = looks(dan)
    assert said.startswith("Có 1 việc đang chờ đồng chí: khai báo đi xa.")
    assert "chưa có khai báo. Được miễn sinh hoạt đến ngày nào: chưa biết." in said
    assert "Khai báo đi xa (chưa đặt hạn)" in said
    assert "Đảng phí: chưa ghi đến tháng nào." in said
    days = set(re.findall(r"\d\d/\d\d/\d{4}", said))
    assert days == {"01/12/2026", "03/02/2026"}  # today, when they wrote; and a document's own
    dan.taps("Khai báo đi xa")
    assert "đi đâu" in dan.reads().lower() or "ở đâu" in dan.reads().lower() or "Nhật Bản" in dan.buttons()
    at_home = looks(bob)
    assert "Không có lần đi xa nào đang mở." in at_home
    assert "khai báo đi xa" not in at_home


def test_whose_end_went_by_reads_that_day_and_extends_by_one_button(world: World, cell: Cell) -> None:
    dan = settle_in(world, cell, DAN)[0]
    declared = declaration(date(2026, 9, 1), date(2026, 12, 20), stay=SAIGON, itinerant=True)
    Chain(world, cell, cell.dan).files(declared).is_approved()
    assert "Xin gia hạn, hoặc báo đã về, hạn 20/12/2026" in looks(dan)
    world.wait(timedelta(days=31))
    said = looks(dan)
    assert "Xin gia hạn, hoặc báo đã về, hạn 20/12/2026 (ngày này đã qua)" in said
    assert "ngày ghi trên giấy là 20/12/2026, đã qua" in said
    assert "Muốn ở lại thì xin gia hạn; đã về thì báo đã về." in said
    dan.taps("Gia hạn")
    filed = next(one for one in dan.buttons() if re.search(r"\d\d/\d\d/2027", one))
    dan.taps(filed)
    said = looks(dan)
    assert "Đề nghị gia hạn đến" in said
    assert "bí thư chi bộ đang xem" in said
    assert "xin gia hạn, hoặc báo đã về" not in said.lower()


def test_a_report_that_waits_comes_first_with_its_day_and_is_answered_from_there(
    world: World, cell: Cell
) -> None:
    dan = settle_in(world, cell, DAN)[0]
    Chain(world, cell, cell.dan).files(declaration(stay=SAIGON, itinerant=True)).is_approved()
    world.until(datetime(2026, 12, 8, 2, tzinfo=UTC))
    said = looks(dan)
    assert said.startswith("Có 1 việc đang chờ đồng chí: báo cáo tháng 12/2026, hạn")
    assert "người giữ liên lạc gọi hỏi thăm" in said
    dan.taps("Báo cáo ngay", "Mọi việc vẫn ổn", "Gửi")
    said = looks(dan)
    assert "Báo cáo tháng 12/2026: đã nhận ngày 08/12/2026." in said
    assert "Hiện chưa ghi việc nào đang chờ đồng chí." in said


def test_who_called_and_which_months_are_counted_by_which_rule(world: World, cell: Cell) -> None:
    alice = settle_in(world, cell, ALICE)[0]

    def work(db: Session) -> None:
        member, now = db.get_one(Member, cell.alice), world.clock()
        for month in (date(2026, 9, 1), date(2026, 11, 1)):
            record_absence_from_meeting(db, member, month, absent=True, by_id=cell.bob, now=now)
        record_contact(
            db,
            member,
            channel=Means.PHONE,
            happened_on=date(2026, 11, 20),
            result="khỏe",
            by_id=cell.bob,
            policy=world.settings.checkin,
            now=now,
        )

    world.db(work)
    said = looks(alice)
    assert (
        "tính theo Điều lệ Đảng 2011, Điều 8.1 (3 tháng trong năm): 2 (tháng 9/2026, tháng 11/2026)" in said
    )
    assert (
        "Lần gần nhất có người của chi bộ liên hệ được: 20/11/2026 (gọi điện, đồng chí Trần Văn Bình)."
        in said
    )


# --- the same everywhere --------------------------------------------------------------------------------------------


def owes_everything(world: World, cell: Cell) -> Phone:
    dan = settle_in(world, cell, DAN)[0]
    declared = declaration(date(2026, 9, 1), date(2026, 12, 20), stay=SAIGON, itinerant=True)
    Chain(world, cell, cell.dan).files(declared).is_approved()
    world.until(datetime(2026, 12, 8, 2, tzinfo=UTC))

    def tasked(db: Session) -> None:
        member = db.get_one(Member, cell.dan)
        policy = world.settings.task
        give_task(
            db,
            member,
            text="Gửi ảnh thẻ",
            due_on=date(2026, 12, 15),
            by_id=cell.bob,
            policy=policy,
            now=world.clock(),
        )

    world.db(tasked)
    return dan


def test_each_thing_has_one_button_and_there_are_never_more_than_eight(world: World, cell: Cell) -> None:
    dan = owes_everything(world, cell)
    said = looks(dan)
    assert said.startswith("Có 3 việc đang chờ đồng chí; gần nhất: báo cáo tháng 12/2026")
    assert dan.buttons() == [
        "Báo cáo ngay",
        "Gia hạn",
        "Xem nhiệm vụ của tôi",
        "Nhờ chi bộ giúp",
        "Một năm của tôi",
        "In một trang (.docx)",
        "Màn hình chính",
    ]
    assert "Đồng chí có 1 nhiệm vụ đang làm" in dan.taps("Xem nhiệm vụ của tôi").reads()
    assert WHERE in dan.says("/dulieu").taps("Xem đầy đủ").buttons()
    assert len(dan.buttons()) <= 8


def test_the_printed_page_has_the_sentences_of_the_screen(world: World, cell: Cell) -> None:
    dan = owes_everything(world, cell)
    said = looks(dan)
    dan.taps("In một trang")
    name, data = dan.files()[-1]
    assert name == "toi-dang-o-dau-pham-van-dan.docx"
    document = Document(BytesIO(data))
    printed = "\n".join(
        [
            *(one.text for one in document.paragraphs),
            *(cell.text for table in document.tables for row in table.rows for cell in row.cells),
        ]
    )
    for line in said.splitlines():
        assert line.removeprefix("• ") in printed
    assert "....." not in printed.split("TÔI ĐANG ĐỨNG Ở ĐÂU?")[1].split("ngày vào Đảng")[0]


def test_the_desk_reads_the_same_sums_and_the_look_leaves_a_row(world: World, cell: Cell) -> None:
    dan = owes_everything(world, cell)
    bob = settle_in(world, cell, BOB)[0]
    mine, theirs = looks(dan), timeline_of(bob, cell.dan)
    own = mine.split("Nếu chưa làm gì thì sao?")[0].splitlines()
    sums = [line for line in own if line.startswith("•")]
    assert len(sums) >= 8
    for line in sums:
        assert line in theirs
    assert "Trần Văn Bình" in dan.says("/dulieu").taps("Ai đã xem").reads()


def test_who_keeps_absences_on_paper_shows_them_to_nobody_but_themselves(world: World, cell: Cell) -> None:
    dan, bob = settle_in(world, cell, DAN, BOB)
    Chain(world, cell, cell.dan).files(declaration(stay=SAIGON, itinerant=True)).is_approved()
    world.db(lambda db: record_consent(db, cell.dan, Purpose.AWAY, given=False, now=world.clock()))
    theirs = timeline_of(bob, cell.dan)
    assert "Giấy tờ đi xa làm bằng giấy, không ghi ở đây." in theirs
    assert "15-QĐ/ĐU" not in theirs
    assert "15-QĐ/ĐU" in looks(dan)


def test_the_page_says_what_telegram_says(world: World, cell: Cell) -> None:
    dan = owes_everything(world, cell)
    page = Page(world, "dan").is_of(cell.dan)
    world.settle()
    page.reads()
    page.says("/menu").reads()
    said = page.taps(WHERE).reads()
    assert "Gia hạn" in page.buttons()
    assert re.sub("</?b>", "", said) == looks(dan)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_where_only_words_arrive_it_is_read_on_the_private_page(database_url: str) -> None:
    with World.open(database_url, zalo=ZALO, links=DoorLinks("https://cua.invalid")) as world:
        cell = a_cell(world)
        settle_in(world, cell, DAN)
        world.telegram.blocks(DAN)
        world.settle()
        dan = world.text_phone("6ede9afa66b88fe6d6a9", "Dân", of=cell.dan)
        page = Page(world, "dan").is_of(cell.dan)
        world.settle()
        dan.reads()
        said = dan.says("/menu").picks(WHERE).reads()
        assert "Đảng phí" not in said
        assert "https://cua.invalid/" in said
        page.says("/menu").reads()
        assert "Đảng phí: chưa ghi đến tháng nào." in page.taps(WHERE).reads()


def test_it_is_read_in_english_too(world: World, cell: Cell) -> None:
    dan = owes_everything(world, cell)
    dan.says("/ngonngu").taps("English")
    said = dan.says("/menu").taps("Where do I stand?").reads()
    assert said.startswith("3 things wait for you; the nearest: the report for December 2026, by 5 Dec 2026.")
    assert "What if nothing is done?" in said


def test_nobody_else_opens_it(world: World, cell: Cell) -> None:
    """It bears no id: whoever taps an old button of another's reads of themselves."""
    settle_in(world, cell, DEPUTY)
    stranger = phone_of(world, 90)
    stranger.says("/start")
    stranger.taps_data(stranger.last()["message_id"], "bearings:see", stale=True)
    assert "Đảng" not in stranger.reads()
