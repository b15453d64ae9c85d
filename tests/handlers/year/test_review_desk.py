"""The secretary's side of a campaign, through the front door: open, read, return, accept, file, decide."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.away.away import Away, AwayState, Route
from models.people.member import Member, Purpose, add_member, consents
from models.people.rights import Role, appoint
from models.people.unit import Unit, UnitKind, create_unit
from models.year.policy import ReviewPolicy
from models.year.review import (
    Campaign,
    Level,
    Review,
    ReviewKind,
    ReviewState,
    append_section,
    campaign_of,
    give_scores,
    propose_level,
    review_of,
    submit,
    withdraw,
    write_section,
)
from tests.fakes import World
from tests.files import a_pdf, a_picture
from tests.people import ALICE, BOB, CAROL, DAN, DEPUTY, a_cell, phone_of, settle_in
from tests.phone import Phone
from tests.reviews import hands_in

WRITTEN = ("A.I.1", "A.I.2", "A.I.3", "A.II.1", "A.II.2", "A.III", "A.VI")


class Cast:
    def __init__(self, world: World) -> None:
        self.world, self.cell = world, a_cell(world)
        self.bob, self.deputy, self.alice, self.dan = settle_in(world, self.cell, BOB, DEPUTY, ALICE, DAN)

    def opens(self) -> None:
        self.bob.says("/kiemdiem").taps("Mở đợt mới", "Mở đợt này")

    def review_in(self, db: Session) -> Review:
        campaign = campaign_of(db, self.cell.id, ReviewKind.REVIEW, 2026)
        assert campaign is not None
        review = review_of(db, campaign.id, self.cell.alice)
        assert review is not None
        return review

    def state(self) -> str:
        return self.world.db(lambda db: self.review_in(db).state)

    def review_id(self) -> int:
        return self.world.db(lambda db: self.review_in(db).id)

    def hands_in(self, text: str = "Đã làm đủ.", *, first: bool = True) -> None:
        """Behind the scenes: writing has tests of its own."""

        def work(db: Session) -> None:
            review, now, alice = self.review_in(db), self.world.clock(), self.cell.alice
            for heading in WRITTEN if first else ("A.III",):
                write_section(db, review, heading, text, by_id=alice, policy=ReviewPolicy(), now=now)
            if first:
                give_scores(db, review, general=27, results=62, by_id=alice, now=now)
                propose_level(db, review, Level.GOOD, by_id=alice, now=now)
            submit(db, review, by_id=alice, now=now)

        self.world.db(work)
        self.world.settle()

    def goes_away(self, route: Route) -> None:
        """Alice, decided, from before today until after it."""

        def work(db: Session) -> None:
            now = self.world.clock()
            away = Away(
                member_id=self.cell.alice,
                cell_id=self.cell.id,
                state=AwayState.ACTIVE,
                route=route,
                place_code="JP",
                zone="Asia/Tokyo",
                work="factory",
                begins_on=now.date() - timedelta(days=100),
                due_on=now.date() + timedelta(days=100),
                declared_at=now,
                next_at=now + timedelta(days=100),
            )
            db.add(away)

        self.world.db(work)

    def takes_back(self) -> None:
        self.world.db(
            lambda db: withdraw(db, self.review_in(db), by_id=self.cell.alice, now=self.world.clock())
        )
        self.world.settle()

    def at_alice(self) -> None:
        """The secretary opens her review from the list."""
        self.bob.says("/kiemdiem").taps("bản kiểm điểm năm 2026", "Danh sách và lý do", "Nguyễn Thị An")


@pytest.fixture
def cast(world: World) -> Cast:
    return Cast(world)


# --- opening --------------------------------------------------------------------------------------------------------


def test_a_campaign_is_open_in_three_taps(cast: Cast) -> None:
    cast.opens()
    text = cast.bob.reads()
    assert "Đã mở. 4 đồng chí phải nộp" in text
    assert "Đang gửi tin cho 3 đồng chí." in text  # the fourth has opened it
    assert "bản kiểm điểm năm 2026" in text
    assert "Hạn nộp: 10/12/2026" in text
    assert "Mẫu 2C" in text
    for phone in (cast.alice, cast.dan, cast.deputy):
        assert "bản kiểm điểm năm 2026" in phone.chat()


def test_kind_5_who_was_told_is_counted_as_it_is(world: World) -> None:
    cell = a_cell(world)
    bob, _ = settle_in(world, cell, BOB, ALICE)  # she is in Japan, two are not registered
    world.until(world.clock().replace(hour=13, minute=30))  # 20:30 at home, 22:30 in Osaka
    bob.says("/kiemdiem").taps("Mở đợt mới", "Mở đợt này")
    said = bob.reads()
    assert "1 đồng chí đang là đêm: nhận lúc 07:00 sáng nơi đó." in said
    assert "không nhắn được cho 2 đồng chí, mời báo trực tiếp: Phạm Văn Dân, Lê Thị Hoa" in said
    assert "Đang gửi" not in said
    bob.goes("Đổi hạn, ngày họp").says("20/12/2026").taps("Chưa định")
    assert "Đã ghi ngày mới." in bob.reads()
    assert "mời báo trực tiếp: Phạm Văn Dân, Lê Thị Hoa" in bob.chat()


def test_each_part_can_be_changed_before_it_is_opened(cast: Cast) -> None:
    cast.bob.says("/kiemdiem").taps("Mở đợt mới", "Đổi hạn nộp").says("20/12/2026")
    cast.bob.taps("Đổi ngày họp").says("26/12/2026").taps("Đổi mẫu", "Mẫu 2B")
    cast.bob.taps("Việc khác", "Đổi với người được miễn", "phải nộp", "Mở đợt này")

    def kept(db: Session) -> str:
        campaign = campaign_of(db, cast.cell.id, ReviewKind.REVIEW, 2026)
        assert campaign is not None
        return f"{campaign.form} {campaign.deadline} {campaign.meeting_on} {campaign.exempt}"

    assert cast.world.db(kept) == "2b-2025 2026-12-20 2026-12-26 required"


def test_forms_say_how_far_they_may_be_relied_on(cast: Cast) -> None:
    cast.bob.says("/kiemdiem").taps("Mở đợt mới", "Đổi mẫu")
    assert "Mời đối chiếu với bản gốc" in cast.bob.reads()


def test_a_deadline_that_is_over_and_a_meeting_before_it_are_refused(cast: Cast) -> None:
    cast.bob.says("/kiemdiem").taps("Mở đợt mới", "Đổi hạn nộp").says("01/11/2026")
    assert "đã qua" in cast.bob.reads()
    cast.bob.says("mai").reads()
    cast.bob.says("15/12/2026").taps("Đổi ngày họp").says("12/12/2026")
    assert "không thể trước hạn nộp" in cast.bob.reads()


def test_the_commitment_is_opened_in_the_same_way(cast: Cast) -> None:
    cast.bob.says("/kiemdiem").taps("Mở đợt mới", "Đổi loại", "bản cam kết", "Mở đợt này")
    assert "bản cam kết năm 2027" in cast.bob.reads()


def test_opened_twice_from_an_old_button_there_is_one(cast: Cast) -> None:
    cast.bob.says("/kiemdiem").taps("Mở đợt mới")
    message, data = cast.bob.button_data("Mở đợt này")
    cast.bob.taps("Mở đợt này").taps_data(message, data, stale=True)
    assert cast.world.db(lambda db: db.scalar(select(func.count()).select_from(Campaign))) == 1


# --- who is asked, and why ------------------------------------------------------------------------------------------


def test_the_list_says_why_each_is_in_or_out_and_by_which_rule(cast: Cast) -> None:
    cast.goes_away(Route.EXEMPT)
    cast.opens()
    assert "tự nguyện" in cast.alice.reads()
    cast.bob.taps("Danh sách và lý do")
    assert "tự nguyện: đang tạm miễn sinh hoạt" in cast.bob.reads()
    cast.bob.taps("Nguyễn Thị An")
    assert "Quy định 366-QĐ/TW" in cast.bob.reads()


def test_the_secretary_leaves_somebody_out_with_a_reason_that_is_kept(cast: Cast) -> None:
    cast.opens()
    cast.at_alice()
    cast.bob.goes("Không đề nghị nộp").says("Đang điều trị dài ngày")
    assert "Đang điều trị dài ngày" in cast.bob.reads()
    assert cast.state() == ReviewState.OUT
    assert "không còn đề nghị" in cast.alice.chat()
    cast.bob.goes("Mời tự nguyện").says("Đồng chí ấy xin được viết")
    assert cast.state() == ReviewState.NOT_STARTED


def test_a_reason_marked_secret_is_refused(cast: Cast) -> None:
    cast.opens()
    cast.at_alice()
    cast.bob.goes("Không đề nghị nộp").says("TỐI MẬT")
    assert "dấu hiệu tài liệu MẬT" in cast.bob.reads()
    assert cast.state() == ReviewState.NOT_STARTED


def test_whom_nobody_has_heard_of_is_plainly_not_started_and_late_after_the_deadline(cast: Cast) -> None:
    cast.opens()
    cast.bob.taps("Chưa nộp")
    assert "chưa bắt đầu" in cast.bob.reads()
    cast.world.wait(timedelta(days=11))
    cast.bob.says("/kiemdiem").taps("bản kiểm điểm năm 2026")
    assert "Quá hạn mà chưa nộp: 4" in cast.bob.reads()
    cast.bob.says("/chibo")
    assert cast.bob.button_data("Bản kiểm điểm năm 2026: 4")
    assert "Chi bộ thôn Đông: bản kiểm điểm năm 2026: 4 đồng chí quá hạn chưa nộp" in cast.bob.reads()


# --- reading, returning, accepting, filing ----------------------------------------------------------------------------


def test_the_desk_hears_and_reads_section_by_section(cast: Cast) -> None:
    cast.opens()
    cast.bob.reads()
    cast.hands_in()
    assert "Nguyễn Thị An đã nộp bản kiểm điểm năm 2026" in cast.bob.reads()
    cast.bob.taps("Đọc bản này", "Đọc từng mục")
    text = cast.bob.reads()
    assert "Ưu điểm, kết quả đạt được" in text
    assert "Đã làm đủ." in text
    for _ in WRITTEN:
        cast.bob.taps("Mục sau")
    assert "27/30 + 62/70 = 89/100" in cast.bob.reads()
    cast.bob.goes("Về bản này", "Quá trình")
    assert "Trần Văn Bình xem bản 1" in cast.bob.reads()


def test_returned_with_comments_by_section_and_compared_in_words(cast: Cast) -> None:
    cast.opens()
    cast.hands_in()
    cast.bob.taps("Đọc bản này", "Đọc từng mục")
    cast.bob.taps("Góp ý mục này").says("Nêu rõ số buổi họp")
    assert "Nêu rõ số buổi họp" in cast.bob.reads()
    cast.bob.taps("Về bản này", "Trả lại để bổ sung")
    assert "kèm 1 góp ý" in cast.bob.reads()
    cast.bob.taps("06/12/2026")
    assert cast.state() == ReviewState.RETURNED
    assert "Hạn nộp lại: 06/12/2026" in cast.alice.chat()
    cast.hands_in("Đã khắc phục xong.", first=False)
    cast.bob.taps("Đọc bản này", "So với bản trước")
    text = cast.bob.reads()
    assert "III: thêm 3 từ, bỏ 2 từ" in text


def test_a_comment_can_be_dropped_before_it_is_sent(cast: Cast) -> None:
    cast.opens()
    cast.hands_in()
    cast.bob.taps("Đọc bản này", "Đọc từng mục", "Góp ý mục này").says("Nhầm người")
    cast.bob.taps("Bỏ góp ý vừa ghi")
    assert "Nhầm người" not in cast.bob.reads()


def test_a_return_without_a_comment_asks_for_one(cast: Cast) -> None:
    cast.opens()
    cast.hands_in()
    cast.bob.taps("Đọc bản này", "Trả lại để bổ sung")
    assert "Chưa có góp ý nào" in cast.bob.reads()
    cast.bob.says("Viết thêm mục VI").says("hôm nọ")
    assert "Chưa đọc được ngày này" in cast.bob.reads()
    cast.bob.says("8/12")
    assert cast.state() == ReviewState.RETURNED


def test_accepted_signed_with_a_scan_filed(cast: Cast) -> None:
    cast.opens()
    cast.hands_in()
    cast.bob.taps("Đọc bản này", "Chấp nhận")
    assert "không thay chữ ký" in cast.alice.reads()
    cast.bob.taps("Đã nhận bản ký").says("5/12/2026")
    assert "chưa tới" in cast.bob.reads()
    cast.bob.taps("01/12/2026").sends("document", "ban-ky.pdf", a_pdf())
    assert "Đã nhận 1 trang" in cast.bob.reads()
    cast.bob.sends("photo", "", a_picture()).taps("Xong (2 trang)")
    assert "Bản ký nhận ngày 01/12/2026" in cast.bob.reads()
    cast.bob.taps("Thêm trang bản ký").sends("photo", "", a_picture()).taps("Xong (1 trang)")
    cast.bob.taps("Đã lưu hồ sơ", "Đúng, đã lưu")
    assert cast.state() == ReviewState.FILED
    cast.bob.taps("Xem tệp, ảnh")
    assert "bản có chữ ký" in cast.bob.chat()


def test_a_scan_whose_name_is_marked_secret_is_refused(cast: Cast) -> None:
    cast.opens()
    cast.hands_in()
    cast.bob.taps("Đọc bản này", "Chấp nhận", "Đã nhận bản ký", "01/12/2026")
    cast.bob.sends("document", "BC-MAT.pdf", a_pdf())
    assert cast.state() == ReviewState.ACCEPTED
    cast.bob.taps("Không có bản chụp")
    assert cast.state() == ReviewState.SIGNED


def test_an_issue_raised_in_writing_reaches_the_member(cast: Cast) -> None:
    cast.opens()
    cast.at_alice()
    cast.bob.goes("Ghi gợi ý kiểm điểm").says("Việc chậm đóng đảng phí quý 2")
    assert "gợi ý kiểm điểm" in cast.alice.reads()


def test_kind_10_the_signed_paper_comes_back_by_one_button_of_several_pages(cast: Cast) -> None:
    cast.opens()
    cast.hands_in()
    cast.bob.taps("Đọc bản này", "Chấp nhận")
    alice, bob = cast.alice, cast.bob
    alice.taps("Gửi bản đã ký").sends("photo", "", a_picture())
    assert "Đã nhận 1 trang, chưa gửi chi bộ" in alice.reads()
    alice.sends("photo", "", a_picture()).sends("document", "trang 3.pdf", a_pdf())
    cast.world.restart()
    assert "trang" not in bob.reads()  # nobody sees them before they are sent
    cast.at_alice()
    assert not any("tệp" in label for label in bob.buttons())
    alice.sends("document", "TUYET MAT.pdf", a_pdf())
    assert "Đã nhận 4" not in alice.reads()
    alice.says("xong rồi")
    assert "ảnh chụp hoặc một tệp" in alice.reads()
    alice.taps("Gửi chi bộ (3 trang)")
    said = alice.reads()
    assert "Chi bộ ghi nhận xong đồng chí sẽ được báo" in said
    assert "chờ chi bộ ghi nhận" in said
    assert "Mời tải bản .docx, in, ký tên" not in said
    assert "đã gửi 3 trang bản kiểm điểm năm 2026 có chữ ký" in bob.reads()
    assert "bản ký đã gửi tới" in " ".join([bob.says("/chibo").chat(), *bob.buttons()])
    cast.at_alice()
    bob.taps("Xem tệp, ảnh")
    assert bob.chat().count("bản có chữ ký") == 3
    bob.taps("Đã nhận bản ký", "01/12/2026")  # the pages are here: none is asked for
    assert cast.state() == ReviewState.SIGNED
    assert "có chữ ký của đồng chí ngày 01/12/2026" in alice.reads()
    old = alice.says("/kiemdiem").taps("Bản kiểm điểm năm 2026").button_data("Gửi bản đã ký")
    alice.taps("Gửi bản đã ký").sends("photo", "", a_picture()).taps("Bỏ các trang này")
    assert "Chi bộ đã có 3 trang" in alice.reads()
    bob.taps("Đã lưu hồ sơ", "Đúng, đã lưu")
    alice.taps_data(*old, stale=True)
    assert "đã lưu hồ sơ" in alice.reads()


def test_photos_that_come_unasked_while_a_signed_paper_is_awaited_are_offered_as_its_pages(
    cast: Cast,
) -> None:
    alice, bob = cast.alice, cast.bob
    alice.sends("photo", "", a_picture())
    assert "Gửi làm bản kiểm điểm đã ký" not in alice.buttons()
    alice.taps("Bỏ, không gửi")
    cast.opens()
    cast.hands_in()
    bob.taps("Đọc bản này", "Chấp nhận")
    cast.world.wait(timedelta(seconds=10))
    alice.sends("photo", "", a_picture()).sends("photo", "", a_picture())
    assert "Gửi làm bản kiểm điểm đã ký" in alice.buttons()
    old = alice.button_data("Gửi làm bản kiểm điểm đã ký")
    alice.taps("Gửi làm bản kiểm điểm đã ký")
    assert "Đã nhận 2 trang, chưa gửi chi bộ" in alice.reads()
    assert "trang" not in bob.reads()
    alice.taps("Gửi chi bộ (2 trang)")
    assert "đã gửi 2 trang bản kiểm điểm năm 2026 có chữ ký" in bob.reads()
    cast.world.wait(timedelta(seconds=10))
    alice.taps_data(*old, stale=True)
    assert "Đã nhận" not in alice.reads()


def test_kind_10_a_review_is_read_and_accepted_in_two_taps_and_the_next_one_opens(cast: Cast) -> None:
    cast.opens()
    cast.hands_in("Bản của An.")
    cast.world.wait(timedelta(minutes=1))
    hands_in(cast.world, cast.world.db(lambda db: cast.review_in(db).campaign_id), cast.cell.dan)
    cast.world.settle()
    cast.bob.says("/kiemdiem").taps("bản kiểm điểm năm 2026", "Chờ đọc (2)", "Nguyễn Thị An")
    assert "Bản của An." in cast.bob.reads()
    assert "Bản kế tiếp (1 bản chờ) ›" in cast.bob.buttons()
    assert len(cast.bob.buttons()) <= 8
    cast.bob.taps("Chấp nhận")
    said = cast.bob.reads()
    assert cast.state() == ReviewState.ACCEPTED
    assert "Đã chấp nhận bản của đồng chí Nguyễn Thị An" in said
    assert "Phạm Văn Dân, bản 1" in said  # opened by itself, and its author sees who looked
    cast.bob.taps("Chấp nhận")
    assert "Không còn bản nào chờ đọc" in cast.bob.reads()


def test_kind_5_a_version_that_was_never_opened_is_not_accepted_without_a_word(cast: Cast) -> None:
    cast.opens()
    cast.hands_in()
    cast.at_alice()
    cast.bob.taps("Chấp nhận")
    assert "chưa mở bản này của đồng chí Nguyễn Thị An lần nào" in cast.bob.reads()
    assert cast.state() == ReviewState.SUBMITTED
    stale = cast.bob.taps("Đọc cả bản").button_data("Chấp nhận")
    cast.takes_back()
    cast.hands_in()
    cast.bob.taps_data(*stale, stale=True)  # it is not the one that was read
    assert "đã nộp bản mới hơn (bản 2)" in cast.bob.reads()
    assert cast.state() == ReviewState.SUBMITTED
    cast.deputy.taps("Đọc bản này", "‹ Về bản này", "Chấp nhận")
    assert cast.state() == ReviewState.ACCEPTED


# --- old buttons, other people --------------------------------------------------------------------------------------


def test_an_old_button_says_what_has_happened_since(cast: Cast) -> None:
    cast.opens()
    cast.hands_in()
    cast.bob.taps("Đọc bản này")
    message, data = cast.bob.button_data("Chấp nhận")
    cast.takes_back()
    cast.bob.taps_data(message, data, stale=True)
    assert "người viết đã rút lại" in cast.bob.reads()
    assert cast.state() == ReviewState.WITHDRAWN


def test_a_comment_half_typed_when_the_author_takes_it_back_is_answered_kindly(cast: Cast) -> None:
    cast.opens()
    cast.hands_in()
    cast.bob.goes("Đọc bản này", "‹ Về bản này", "Góp ý chung")
    cast.takes_back()
    cast.bob.says("Viết thêm")
    assert "người viết đã rút lại" in cast.bob.reads()


def test_two_desks_at_once_the_second_is_told(cast: Cast) -> None:
    cast.opens()
    cast.hands_in()
    cast.bob.taps("Đọc bản này")
    cast.deputy.taps("Đọc bản này")
    message, data = cast.deputy.button_data("Chấp nhận")
    cast.bob.taps("Chấp nhận")
    cast.deputy.taps_data(message, data, stale=True)
    assert "đã chấp nhận, chờ bản ký" in cast.deputy.reads()


@pytest.mark.parametrize(
    "address",
    ["campaign:read:{id}", "campaign:part:{id}:1:0", "campaign:whole:{id}:1", "campaign:accept:{id}",
     "campaign:history:{id}", "campaign:files:{id}", "campaign:do:leave-out:{id}", "campaign:do:comment:{id}"],
)  # fmt: skip
def test_members_and_another_cells_secretary_get_nothing_of_it(world: World, address: str) -> None:
    cast = Cast(world)
    cast.opens()
    cast.hands_in("Lời riêng của An.")
    data = address.format(id=cast.review_id())

    def elsewhere(db: Session) -> None:
        cell = create_unit(
            db,
            kind=UnitKind.CELL,
            name="Chi bộ thôn Tây",
            parent=db.get_one(Unit, cast.cell.commune),
            now=world.clock(),
        )
        dan = db.get_one(Member, cast.cell.dan)
        dan.cell_id = cell.id
        appoint(db, member_id=dan.id, unit_id=cell.id, role=Role.SECRETARY, by_id=None, now=world.clock())

    stranger = phone_of(world, CAROL).says("/start")
    for phone in (cast.dan, stranger):
        phone.taps_data(phone.says("/menu").last()["message_id"], data, stale=True)
        assert "Lời riêng" not in phone.chat()
    world.db(elsewhere)
    cast.dan.taps_data(cast.dan.says("/menu").last()["message_id"], data, stale=True)
    assert "Lời riêng" not in cast.dan.chat()
    assert cast.state() == ReviewState.SUBMITTED


def test_the_deputy_reads_but_does_not_close_or_leave_out(cast: Cast) -> None:
    cast.opens()
    cast.deputy.says("/kiemdiem").taps("bản kiểm điểm năm 2026")
    assert "Kết thúc đợt" not in cast.deputy.buttons()
    cast.deputy.taps("Danh sách và lý do", "Nguyễn Thị An")
    assert "Không đề nghị nộp" not in cast.deputy.buttons()


def test_forged_numbers_are_answered_kindly(cast: Cast) -> None:
    cast.opens()
    for data in (
        "campaign:read:1",
        "campaign:see:abc",
        "campaign:part:1",
        "campaign:do:zap:1",
        "campaign:do:",
    ):
        cast.bob.taps_data(cast.bob.last()["message_id"], data, stale=True)
        assert "trục trặc" not in cast.bob.reads()


# --- the end of the year --------------------------------------------------------------------------------------------


def test_closed_with_a_question_and_opened_again(cast: Cast) -> None:
    cast.opens()
    cast.bob.goes("Kết thúc đợt")
    assert "Còn 4 bản chưa xong" in cast.bob.reads()
    cast.bob.taps("Đúng, kết thúc")
    assert cast.state() == ReviewState.UNFINISHED
    cast.bob.goes("Mở lại đợt")
    assert cast.state() == ReviewState.NOT_STARTED


def test_the_dates_of_an_open_one_are_moved_and_those_who_owe_are_told(cast: Cast) -> None:
    cast.opens()
    cast.alice.reads()
    cast.bob.goes("Đổi hạn, ngày họp").says("15/12/2026").taps("Chưa định")
    assert "Hạn nộp: 15/12/2026" in cast.bob.reads()
    assert "15/12/2026" in cast.alice.reads()


def withdraws(phone: Phone) -> Phone:
    return phone.says("/dulieu").taps("Đồng ý của tôi", "Kiểm điểm, cam kết", "Rút lại")


def test_who_said_no_is_not_told_of_a_campaign_nor_of_the_next(cast: Cast) -> None:
    withdraws(cast.alice).reads()
    cast.opens()
    assert cast.alice.reads() == ""
    seen = cast.bob.reads()
    assert "nộp bản giấy: 1" in seen
    assert "Nguyễn Thị An: nộp bản giấy" in cast.bob.goes("Nộp bản giấy (1)").reads()
    cast.bob.taps("Nguyễn Thị An")
    assert "kết quả xếp loại ghi trên giấy" in cast.bob.reads()
    assert not any("Ghi hộ" in one or "Đọc" in one or "tệp" in one for one in cast.bob.buttons())


def test_withdrawn_after_it_was_handed_in_nobody_but_its_author_opens_it_again(cast: Cast) -> None:
    cast.opens()
    cast.hands_in()
    cast.at_alice()
    ways = {label: cast.bob.button_data(label)[1] for label in ("Đọc từng mục", "Đọc cả bản", "Chấp nhận")}
    assert "không mở được" in cast.alice.says("/dulieu").taps("Đồng ý của tôi", "Kiểm điểm, cam kết").reads()
    cast.alice.taps("Rút lại")
    assert "không mở được nữa" in cast.bob.reads()  # told once, in one sentence
    review = cast.world.db(lambda db: cast.review_in(db).id)
    forged = [*ways.values(), f"campaign:files:{review}", f"review:preview:{review}", f"review:docx:{review}"]
    forged += [f"campaign:history:{review}", f"campaign:do:return:{review}", f"review:mine:{review}"]
    for data in forged:
        cast.bob.taps_data(cast.bob.last()["message_id"], data, stale=True)
        assert "nộp bản giấy" in cast.bob.reads(), data
    cast.alice.says("/kiemdiem").taps("Bản kiểm điểm năm 2026")
    assert cast.alice.taps("Xem trước").reads()
    cast.bob.says("/chibo")
    assert "Nguyễn Thị An" not in cast.bob.reads()


def test_what_came_on_paper_of_one_who_never_registered_is_typed_only_by_a_paper_that_says_so(
    cast: Cast,
) -> None:
    def adds(db: Session) -> int:
        return add_member(db, cell_id=cast.cell.id, full_name="Hoàng Văn Khải", now=cast.world.clock()).id

    khai = cast.world.db(adds)
    cast.opens()
    cast.bob.taps("Chưa nộp", "Hoàng Văn Khải")
    assert not any("Ghi hộ" in one for one in cast.bob.buttons())
    review = cast.world.db(lambda db: db.scalars(select(Review.id).where(Review.member_id == khai)).one())
    cast.bob.taps_data(cast.bob.last()["message_id"], f"review:mine:{review}", stale=True)
    assert "chưa đồng ý" in cast.bob.reads()
    cast.bob.says("/kiemdiem").taps("Bản kiểm điểm năm 2026", "Chưa nộp", "Hoàng Văn Khải")
    cast.bob.taps("đã đồng ý bằng giấy").says("31/12/2030")
    assert "chưa tới" in cast.bob.reads()
    cast.bob.says("01/11/2026")
    assert "Nay ghi hộ được" in cast.bob.reads()
    cast.bob.goes("Ghi hộ", " I.1 ").says("Chấp hành tốt")
    noted = cast.world.db(lambda db: consents(db, khai)[Purpose.REVIEW])
    assert (noted.paper_on, noted.noted_by) == (date(2026, 11, 1), cast.cell.bob)


def test_a_long_text_is_read_whole(cast: Cast) -> None:
    cast.opens()

    def work(db: Session) -> None:
        review = cast.review_in(db)
        append_section(
            db,
            review,
            "A.VI",
            "Câu dài. " * 1500,
            by_id=cast.cell.alice,
            policy=ReviewPolicy(),
            now=cast.world.clock(),
        )

    cast.world.db(work)
    cast.hands_in("Câu dài. " * 600)
    cast.bob.taps("Đọc bản này")
    assert cast.bob.chat().count("Câu") == 600 * len(WRITTEN)


# --- somebody elsewhere for the time being, another form, the post --------------------------------------------------------


def test_the_comment_of_the_temporary_cell_is_asked_for_and_kept(cast: Cast) -> None:
    cast.goes_away(Route.TEMPORARY)
    cast.opens()
    cast.at_alice()
    assert "Chưa có nhận xét của chi bộ nơi sinh hoạt tạm thời" in cast.bob.reads()
    cast.bob.goes("Nhận xét nơi sinh hoạt tạm thời").sends("photo", "nx.jpg", b"\xff\xd8")
    assert "Chưa có nhận xét" not in cast.bob.reads()


def test_no_row_of_a_review_is_too_wide_for_a_phone(cast: Cast) -> None:
    cast.opens()
    cast.hands_in()
    cast.at_alice()
    widest = [max(map(len, cast.bob.last()["inline_keyboard"]))]
    cast.bob.goes("Góp ý chung").says("Viết rõ hơn.").taps("Trả lại để bổ sung")
    widest.append(max(map(len, cast.bob.last()["inline_keyboard"])))
    assert widest == [2, 2]


def test_one_member_writes_by_another_form(cast: Cast) -> None:
    cast.opens()
    cast.at_alice()
    cast.bob.taps("Đổi mẫu", "Mẫu 2B")
    assert "Viết theo: Mẫu 2B" in cast.bob.reads()


def test_what_came_by_post_is_noted_with_photos_and_the_member_is_told(cast: Cast) -> None:
    cast.opens()
    cast.at_alice()
    cast.bob.taps("Ghi hộ", "Gửi tệp").sends("photo", "1.jpg", b"\xff\xd8").taps("Xong", "Nộp cho chi bộ")
    if cast.state() != ReviewState.SUBMITTED:
        cast.bob.taps("Nộp")
    assert cast.state() == ReviewState.SUBMITTED
    assert "Trần Văn Bình đã ghi hộ và nộp" in cast.alice.reads()
    cast.at_alice()
    cast.bob.taps("Đọc cả bản")
    assert "nộp bằng tệp hoặc ảnh" in cast.bob.reads()
