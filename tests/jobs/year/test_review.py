"""Reminders of reviews, the secretary's list, bundles in the background, and what is deleted after its years."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.away.pausing import PausePlan, announce_pause
from models.contact.pause import PauseKind
from models.delivery.papers.sheets import HEADING_ROW
from models.ground.base import Base, table_of
from models.people.member import Member, Purpose, looks
from models.people.rights import appointments, end_appointment
from models.year.policy import BundlePolicy
from models.year.review import CampaignState, return_review, withdraw
from models.year.review.bundle import Packed, ask_for_bundle, file_name, go_on_with_bundle, pack
from models.year.review.bundle_rows import Bundle, BundlePart, BundleState, Deletion
from models.year.review.keeping import erase_campaign, expiring, tables_below
from models.year.review.reminding import due_step, steps_of
from models.year.review.rows import Campaign, Review, Section, Version
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, settle_in
from tests.phone import Phone
from tests.reviews import a_campaign, hands_in, review, writes

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


def phones(world: World, cell: Cell, *users: int) -> list[Phone]:
    return settle_in(world, cell, *users)


def local(day: int, hour: int, *, month: int = 12, zone: int = 7) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC) - timedelta(hours=zone)


# --- rules ----------------------------------------------------------------------------------------------------------


def test_steps_that_came_before_it_was_asked_for_are_nobodys_fault() -> None:
    steps = steps_of((-14, -7, -3, -1, 0, 3), date(2026, 12, 10), "Asia/Ho_Chi_Minh", 19)
    opened = local(4, 8)
    assert due_step(steps, None, since=opened, now=local(4, 9)) is None
    assert due_step(steps, None, since=opened, now=local(7, 19)) == -3
    assert due_step(steps, -3, since=opened, now=local(8, 8)) is None


def test_several_steps_that_came_while_we_were_down_are_one() -> None:
    steps = steps_of((-14, -7, -3, -1, 0, 3), date(2026, 12, 10), "Asia/Ho_Chi_Minh", 19)
    assert due_step(steps, -7, since=local(1, 8), now=local(10, 20)) == 0
    assert due_step(steps, -7, since=local(1, 8), now=local(25, 20)) is None  # of no use any more


# --- members --------------------------------------------------------------------------------------------------------


def test_who_owes_is_reminded_on_their_own_clock_and_told_what_is_missing(world: World, cell: Cell) -> None:
    an, dan = phones(world, cell, ALICE, DAN)
    campaign = a_campaign(world, cell)
    writes(world, campaign, cell.alice, but=("A.III", "A.VI"))
    hands_in(world, campaign, cell.dan)
    world.settle()
    an.reads(), dan.reads()
    world.until(local(3, 18, zone=9))
    assert "Bản kiểm điểm năm 2026" not in an.reads()
    world.until(local(3, 19, zone=9))
    said = an.reads()
    assert "Bản kiểm điểm năm 2026 – còn 7 ngày, hạn 10/12/2026." in said
    assert "Còn mục III và VI." in said
    world.until(local(14, 12))
    assert "bản kiểm điểm năm 2026" not in dan.reads().lower()


def test_the_six_days_of_a_long_campaign(world: World, cell: Cell) -> None:
    (an,) = phones(world, cell, ALICE)
    world.clock.set(local(20, 1, month=11))
    a_campaign(world, cell, deadline=date(2026, 12, 31))
    an.reads()
    seen = []
    day = local(1, 12, zone=9)
    while day < local(31, 23) + timedelta(days=6):
        world.until(day)
        for line in an.reads().splitlines():
            if line.startswith("Bản kiểm điểm năm 2026"):
                seen.append(line.partition("–")[2].strip())
        day += timedelta(days=1)
    assert [line.partition(",")[0] for line in seen] == [
        "còn 14 ngày",
        "còn 7 ngày",
        "còn 3 ngày",
        "còn 1 ngày",
        "hạn là hôm nay",
        "đã qua hạn 31/12/2026; nộp muộn vẫn được nhận.",
    ]


def test_a_member_who_never_started_is_told_so(world: World, cell: Cell) -> None:
    (dan,) = phones(world, cell, DAN)
    a_campaign(world, cell)
    world.settle()
    dan.reads()
    world.until(local(7, 20))
    assert "Đồng chí chưa bắt đầu viết." in dan.reads()
    assert "Viết tiếp" in dan.buttons()


def test_who_hands_in_is_not_reminded_any_more_and_who_takes_back_is(world: World, cell: Cell) -> None:
    (dan,) = phones(world, cell, DAN)
    campaign = a_campaign(world, cell)
    hands_in(world, campaign, cell.dan)
    world.until(local(7, 20))
    assert "còn 3 ngày" not in dan.chat()
    world.db(lambda db: withdraw(db, review(db, campaign, cell.dan), by_id=cell.dan, now=world.clock()))
    world.until(local(9, 20))
    assert "còn 1 ngày" in dan.chat()
    assert "chỉ còn gửi" in dan.chat()


def test_a_review_that_was_returned_has_its_own_days(world: World, cell: Cell) -> None:
    (dan,) = phones(world, cell, DAN)
    campaign = a_campaign(world, cell)
    hands_in(world, campaign, cell.dan)

    def back(db: Session) -> None:
        mine = review(db, campaign, cell.dan)
        return_review(
            db, mine, deadline=date(2026, 12, 20), by_id=cell.bob, now=world.clock(), note="Viết rõ hơn."
        )

    world.db(back)
    world.settle()
    dan.reads()
    world.until(local(10, 23))
    assert "hạn là hôm nay" not in dan.reads()
    world.until(local(13, 20))
    said = dan.reads()
    assert "còn 7 ngày, hạn 20/12/2026" in said
    assert "trả lại với 1 góp ý" in said


def test_on_a_pause_nobody_is_reminded_and_then_once(world: World, cell: Cell) -> None:
    (dan,) = phones(world, cell, DAN)
    a_campaign(world, cell)

    def rest(db: Session) -> None:
        announce_pause(
            db,
            db.get_one(Member, cell.dan),
            PausePlan(
                kind=PauseKind.VOYAGE, begins_on=date(2026, 12, 1), ends_on=date(2026, 12, 9), reason=None
            ),
            by_id=cell.dan,
            policies=world.settings,
            now=world.clock(),
        )

    world.db(rest)
    world.settle()
    dan.reads()
    world.until(local(9, 18))
    assert "kiểm điểm" not in dan.reads()
    world.until(local(9, 20))
    assert dan.reads().count("Bản kiểm điểm năm 2026") == 1


def test_after_an_outage_one_reminder_comes_and_the_last_day_moves(world: World, cell: Cell) -> None:
    (dan,) = phones(world, cell, DAN)
    campaign = a_campaign(world, cell)
    world.until(local(2, 12))
    dan.reads()
    world.clock.set(local(7, 20))  # five days and eight hours of silence: nothing ran
    world.restart()
    world.until(local(7, 21) - timedelta(minutes=1))
    said = dan.reads()
    assert said.count("Bản kiểm điểm năm 2026") <= 1
    assert world.db(lambda db: review(db, campaign, cell.dan).deadline) == date(2026, 12, 15)
    assert world.db(lambda db: db.get_one(Campaign, campaign).deadline) == date(2026, 12, 10)


def test_a_deadline_that_our_silence_moved_is_said_in_the_next_reminder_and_on_the_screen(
    world: World, cell: Cell
) -> None:
    (dan,) = phones(world, cell, DAN)
    a_campaign(world, cell)
    world.until(local(2, 12))
    world.clock.set(local(7, 20))
    world.restart()
    dan.reads()
    world.until(local(12, 20))
    moved = "hạn nộp của đồng chí được dời từ 10/12/2026 sang 15/12/2026"
    assert moved in dan.reads()
    dan.says("/kiemdiem")
    assert "dời từ 10/12/2026 vì chương trình bị gián đoạn" in dan.reads()


def test_who_said_no_is_not_reminded_here_and_stands_on_the_list_as_on_paper(
    world: World, cell: Cell
) -> None:
    (bob,) = phones(world, cell, BOB)
    (dan,) = settle_in(world, cell, DAN, consents=(Purpose.CONTACT,))
    a_campaign(world, cell)
    world.settle()
    dan.reads()
    world.until(local(10, 23))
    assert "kiểm điểm" not in dan.reads()
    told = bob.chat()
    assert "• Phạm Văn Dân: " not in told
    assert "1 đồng chí nộp bản giấy, không phải nộp ở đây" in told


# --- the secretary's list -------------------------------------------------------------------------------------------


def test_secretary_and_deputy_get_the_list_three_times(world: World, cell: Cell) -> None:
    bob, deputy = phones(world, cell, BOB, DEPUTY)
    campaign = a_campaign(world, cell)
    writes(world, campaign, cell.dan, but=("A.III", "A.VI"))
    hands_in(world, campaign, cell.bob)
    world.settle()
    bob.reads()
    world.until(local(3, 9))
    said = bob.reads()
    assert "Chi bộ thôn Đông: bản kiểm điểm năm 2026, còn 7 ngày, hạn 10/12/2026." in said
    assert "• Phạm Văn Dân: còn III và VI" in said
    assert "• Nguyễn Thị An: chưa bắt đầu; tin không tới, mời gọi" in said
    assert "Trần Văn Bình" not in said
    assert "còn 7 ngày" in deputy.chat()
    world.until(local(10, 9))
    assert "hạn là hôm nay" in bob.reads()
    world.until(local(13, 9))
    assert "đã qua hạn" in bob.reads()
    world.until(local(24, 9))
    assert "đã qua hạn" not in bob.reads()


# --- bundles --------------------------------------------------------------------------------------------------------


def asks(world: World, campaign: int, by: int, *, chat: int = BOB, message: int | None = None) -> int:
    def work(db: Session) -> int:
        row = db.get_one(Campaign, campaign)
        return ask_for_bundle(
            db, row, by_id=by, address=chat_address(chat), message_id=message, now=world.clock()
        ).id

    return world.db(work)


def zip_of(phone: Phone) -> zipfile.ZipFile:
    name, data = next((name, data) for name, data in reversed(phone.documents()) if name.endswith(".zip"))
    assert name.startswith("kiem-diem-2026 Chi bộ thôn Đông")
    return zipfile.ZipFile(BytesIO(data))


def column(book: bytes, heading: str) -> list[Any]:
    """What stands under a heading, row by row; "" is None."""
    sheet: Any = load_workbook(BytesIO(book)).active
    place = next(cell.column for cell in sheet[HEADING_ROW + 1] if cell.value == heading)
    rows = range(HEADING_ROW + 2, sheet.max_row + 1)
    return [sheet.cell(row, place).value for row in rows if isinstance(sheet.cell(row, 1).value, int)]


def test_a_bundle_holds_every_review_an_index_and_a_summary(world: World, cell: Cell) -> None:
    (bob,) = phones(world, cell, BOB)
    campaign = a_campaign(world, cell)
    for member in (cell.alice, cell.dan):
        hands_in(world, campaign, member)
    asks(world, campaign, cell.bob)
    world.wait(timedelta(minutes=2))
    book = zip_of(bob)
    assert book.namelist() == [
        "00 Danh mục.xlsx",
        "00 Tổng hợp.xlsx",
        "01.docx",
        "03.docx",
    ]
    index = book.read("00 Danh mục.xlsx")
    assert column(index, "Tệp trong gói") == ["01.docx", None, "03.docx", None]
    assert column(index, "Tình trạng")[1] == "chưa bắt đầu"
    assert column(book.read("00 Tổng hợp.xlsx"), "Tổng điểm tự chấm")[0] == 93
    assert world.db(lambda db: db.scalar(select(func.count()).select_from(BundlePart))) == 0
    assert [row.what for row, _ in world.db(lambda db: looks(db, cell.alice))] == ["review.bundle"]


def test_a_bundle_goes_on_after_a_restart(world: World, cell: Cell) -> None:
    (bob,) = phones(world, cell, BOB)
    campaign = a_campaign(world, cell)
    for member in (cell.alice, cell.dan):
        hands_in(world, campaign, member)
    bundle = asks(world, campaign, cell.bob)
    policies = world.settings.policies().model_copy(update={"bundle": BundlePolicy(step=1)})
    world.db(lambda db: go_on_with_bundle(db, bundle, policies, now=world.clock()))
    assert world.db(lambda db: db.get_one(Bundle, bundle).done) == 1
    world.restart()
    world.wait(timedelta(minutes=2))
    assert len(zip_of(bob).namelist()) == 4
    assert world.db(lambda db: db.get_one(Bundle, bundle).state) == BundleState.DONE


def test_asked_twice_it_is_made_once(world: World, cell: Cell) -> None:
    phones(world, cell, BOB)
    campaign = a_campaign(world, cell)
    assert asks(world, campaign, cell.bob) == asks(world, campaign, cell.bob)


def test_who_is_no_longer_in_charge_gets_nothing(world: World, cell: Cell) -> None:
    (bob,) = phones(world, cell, BOB)
    campaign = a_campaign(world, cell)
    hands_in(world, campaign, cell.dan)
    asks(world, campaign, cell.bob)

    def leaves(db: Session) -> None:
        for held in appointments(db, cell.bob, now=world.clock()):
            end_appointment(db, held, by_id=None, now=world.clock())

    world.db(leaves)
    world.wait(timedelta(minutes=2))
    assert bob.documents() == []
    assert "không còn phụ trách" in bob.chat()


def test_a_bundle_too_large_for_one_file_comes_in_several() -> None:
    files = [Packed(f"{n}.docx", bytes([n]) * 400) for n in range(5)]
    volumes = list(pack(files, 1_500, now=NOW))
    names = [zipfile.ZipFile(BytesIO(data)).namelist() for data in volumes]
    assert names == [["0.docx", "1.docx"], ["2.docx", "3.docx"], ["4.docx"]]


@pytest.mark.parametrize(
    ("text", "name"),
    [('A/B\\C:"x"', "A B C x"), ("../../etc", "etc"), ("", "kiem-diem"), ("x" * 200, "x" * 80)],
)
def test_a_files_name_is_one_that_every_system_takes(text: str, name: str) -> None:
    assert file_name(text) == name


# --- kept for its years ---------------------------------------------------------------------------------------------


def _age(world: World, campaign: int, *, year: int) -> None:
    """As if it had been opened so many years ago."""

    def work(db: Session) -> None:
        row = db.get_one(Campaign, campaign)
        row.year, row.state, row.next_at = year, CampaignState.CLOSED, None
        for one in db.scalars(select(Review).where(Review.campaign_id == campaign)):
            one.next_at = None

    world.db(work)


def count(rows: type[Base], db: Session) -> int | None:
    return db.scalar(select(func.count()).select_from(rows))


def test_reviews_are_announced_a_month_before_they_are_deleted(world: World, cell: Cell) -> None:
    (bob,) = phones(world, cell, BOB)
    campaign = a_campaign(world, cell)
    hands_in(world, campaign, cell.dan)
    _age(world, campaign, year=2023)
    bob.reads()
    world.until(local(3, 8))
    said = bob.reads()
    assert "1 bản kiểm điểm năm 2023 đã nộp được giữ đủ 3 năm và sẽ được xóa khỏi chương trình ngày" in said
    assert "Xem danh sách sẽ xóa" in bob.buttons()
    world.until(local(30, 8))
    assert world.db(lambda db: db.get(Campaign, campaign)) is not None
    world.until(local(31, 8) + timedelta(days=6))
    for rows in (Campaign, Review, Section, Version):
        assert world.db(partial(count, rows)) == 0
    deletion = world.db(lambda db: db.scalars(select(Deletion)).one())
    assert (deletion.reviews, deletion.deleted_at is not None) == (1, True)


def test_the_list_of_what_will_go_can_be_read_and_taken_away(world: World, cell: Cell) -> None:
    bob, an = phones(world, cell, BOB, ALICE)
    campaign = a_campaign(world, cell)
    hands_in(world, campaign, cell.dan)
    _age(world, campaign, year=2020)
    world.until(local(3, 8))
    message, data = bob.button_data("Xem danh sách sẽ xóa")
    bob.taps_data(message, data)
    said = bob.reads()
    assert "1 bản kiểm điểm năm 2020 đã nộp của Chi bộ thôn Đông" in said
    assert "Phạm Văn Dân" in said
    bob.goes("Tải trọn bộ")
    world.wait(timedelta(minutes=2))
    assert bob.documents()[-1][0] == "kiem-diem-2020 Chi bộ thôn Đông.zip"
    an.taps_data(an.says("/menu").last()["message_id"], data, stale=True)
    assert "không thuộc phần đồng chí phụ trách" in an.reads()
    world.until(local(31, 8) + timedelta(days=6))
    bob.taps_data(message, data, stale=True)
    assert "Đã xóa bản kiểm điểm năm 2020" in bob.reads()


def test_the_dry_run_changes_nothing(world: World, cell: Cell) -> None:
    campaign = a_campaign(world, cell)
    hands_in(world, campaign, cell.dan)
    _age(world, campaign, year=2020)
    found = world.db(lambda db: expiring(db, world.settings.review_keeping, today=date(2026, 12, 1)))
    assert [(one.cell, one.reviews, one.announced) for one in found] == [("Chi bộ thôn Đông", 1, False)]
    assert world.db(lambda db: db.get(Campaign, campaign)) is not None


def test_what_is_younger_stays(world: World, cell: Cell) -> None:
    campaign = a_campaign(world, cell)
    _age(world, campaign, year=2024)
    world.until(local(5, 8))
    assert world.db(lambda db: db.get(Campaign, campaign)) is not None
    assert world.db(lambda db: expiring(db, world.settings.review_keeping, today=date(2026, 12, 5))) == []


def test_every_table_below_a_campaign_goes_with_it(world: World, cell: Cell) -> None:
    found = {table.name for table in tables_below(table_of(Campaign))}
    assert {
        "review",
        "review_section",
        "review_version",
        "review_file",
        "review_rating",
        "campaign_move",
    } <= found
    campaign = a_campaign(world, cell)
    hands_in(world, campaign, cell.dan)
    world.db(lambda db: erase_campaign(db, campaign))
    assert world.db(lambda db: db.get(Campaign, campaign)) is None
