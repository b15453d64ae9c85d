"""Absences at the cell and at the committee: who sees what, who may do what, and what is refused kindly."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.away.away import (
    aways_of,
    begin_return,
    extend_away,
    filing_moves,
    put_filing_to_cell,
    withdraw_filing,
)
from models.away.letter import Letter, letters_of
from models.contact.contact_note import Means, record_contact_note
from models.desk.screening import screening_of
from models.people.assignment import contacts_of
from models.people.member import Look, Member, add_member, link_account, looks
from models.people.rights import Appointment, Role, appoint, end_appointment
from models.people.unit import UnitKind, create_unit
from tests.absences import SAIGON, Chain, declaration
from tests.fakes import World
from tests.files import a_docx, a_pdf, a_voice
from tests.people import ALICE, BOB, CAROL, DAN, DEPUTY, OFFICER, Cell, a_cell, phone_of, settle_in
from tests.phone import Phone

STRANGE_SECRETARY = 21  # of the neighbouring cell


class Cast:
    """Everybody with a phone, alice's application on bob's desk."""

    def __init__(self, world: World, *, files: bool = True) -> None:
        self.world, self.cell = world, a_cell(world)
        phones = settle_in(world, self.cell, OFFICER, BOB, DEPUTY, ALICE, DAN)
        self.officer, self.bob, self.deputy, self.alice, self.dan = phones
        self.chain = Chain(world, self.cell, self.cell.alice)
        if files:
            self.chain.files()
            world.settle()
        for phone in phones:
            phone.reads()

    @property
    def phones(self) -> tuple[Phone, ...]:
        return self.officer, self.bob, self.deputy, self.alice, self.dan

    def opens(self, phone: Phone) -> Phone:
        """The paper, from the desk."""
        phone.says("/chibo").taps("Xem theo nhóm", "Việc đi làm ăn xa", "Nguyễn Thị An")
        return phone

    def taps_past(self, phone: Phone, data: str) -> str:
        return forges(phone, data)

    def do(self, work: Any) -> Any:
        return self.world.db(work)


@pytest.fixture
def cast(world: World) -> Cast:
    return Cast(world)


@pytest.fixture
def cell(cast: Cast) -> Cell:
    return cast.cell


def forges(phone: Phone, data: str) -> str:
    """A button that this person was never given, or long ago."""
    phone.says("/menu")
    return phone.taps_data(phone.last()["message_id"], data, stale=True).reads()


def looked(world: World, member_id: int) -> list[tuple[str, str]]:
    return world.db(lambda db: [(look.what, name) for look, name in looks(db, member_id)])


def neighbour(world: World) -> Phone:
    """The secretary of another cell below the same committee."""

    def work(db: Session) -> None:
        now = world.clock()
        unit = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Tây", parent=None, now=now)
        member = add_member(db, cell_id=unit.id, full_name="Hồ Văn Tư", now=now)
        appoint(db, member_id=member.id, unit_id=unit.id, role=Role.SECRETARY, by_id=None, now=now)
        link_account(db, member, address=chat_address(STRANGE_SECRETARY), now=now)

    phone = world.phone(STRANGE_SECRETARY, "Tư")
    world.telegram.users[STRANGE_SECRETARY].started = True
    world.db(work)
    return phone


def is_secretary_no_more(world: World, cell: Cell) -> None:
    def work(db: Session) -> None:
        held = db.scalars(select(Appointment).where(Appointment.member_id == cell.bob)).one()
        end_appointment(db, held, by_id=None, now=world.clock())

    world.db(work)
    world.wait(timedelta(minutes=1))


# --- the desk -------------------------------------------------------------------------------------------------------


def test_the_desk_says_what_waits_of_absences(cast: Cast) -> None:
    assert "Nguyễn Thị An · đơn cần xem" in cast.bob.says("/chibo").buttons()
    seen = cast.bob.taps("Xem theo nhóm").reads()
    assert "1 việc đi làm ăn xa" in seen
    assert "1 chưa có người giữ liên lạc" in seen
    assert "Nguyễn Thị An · đơn cần xem" in cast.bob.taps("Việc đi làm ăn xa").buttons()


@pytest.mark.parametrize(
    ("make", "label"),
    [
        (lambda cast: cast.chain.is_put_to_the_cell(), "cần nhập kết quả họp"),
        (lambda cast: cast.chain.is_approved(), None),
    ],
)
def test_a_line_for_whose_turn_it_is(cast: Cast, make: Any, label: str | None) -> None:
    make(cast)
    cast.bob.says("/chibo").taps("Xem theo nhóm")
    if label is None:
        assert "Việc đi làm ăn xa (1)" not in cast.bob.buttons()
    else:
        assert f"Nguyễn Thị An: {label}" in cast.bob.taps("Việc đi làm ăn xa").reads(), (
            "too long for a button"
        )
        assert cast.bob.button_data("Nguyễn Thị An")


def test_near_its_end_past_it_and_half_back_it_stands_on_the_desk(cast: Cast) -> None:
    cast.chain.files(declaration(ends_on=date(2027, 3, 31))).is_approved()
    cast.world.until(datetime(2027, 2, 5, 2, tzinfo=UTC))
    assert (
        "Nguyễn Thị An · sắp hết hạn 31/03"
        in cast.bob.says("/chibo").taps("Xem theo nhóm", "Việc đi").buttons()
    )
    cast.world.until(datetime(2027, 4, 2, 2, tzinfo=UTC))
    assert (
        "Nguyễn Thị An · quá hạn 31/03" in cast.bob.says("/chibo").taps("Xem theo nhóm", "Việc đi").buttons()
    )
    cast.chain.does(begin_return, by_id=cast.cell.alice, returned_on=date(2027, 4, 1))
    assert (
        cast.bob.says("/chibo")
        .taps("Xem theo nhóm", "Việc đi")
        .button_data("Nguyễn Thị An · đã về, còn thủ tục")
    )


# --- a paper --------------------------------------------------------------------------------------------------------


def test_the_secretary_reads_the_paper_with_its_rule_and_the_look_leaves_a_row(cast: Cast) -> None:
    seen = cast.opens(cast.bob).reads()
    assert "Đơn của đồng chí Nguyễn Thị An" in seen
    assert "chuyển sinh hoạt đảng tạm thời" in seen
    assert "Gợi ý theo: Hướng dẫn 01-HD/TW ngày 19/05/2026 (chưa đối chiếu được với văn bản" in seen
    assert "Lý do: đi thực tập" in seen
    assert 'href="https://dichvucong.gov.vn"' in seen or "Cổng Dịch vụ công quốc gia" in seen
    assert ("absence.filing", "Trần Văn Bình") in looked(cast.world, cast.cell.alice)


def test_check_put_result_decision_each_by_whoever_is_entitled(cast: Cast) -> None:
    bob, officer = cast.opens(cast.bob), cast.officer
    bob.taps("Đưa ra chi bộ họp", "Chọn hình thức khác", "Tạm miễn sinh hoạt đảng", "Kèm bản scan")
    bob.sends("photo", "bb.jpg", b"jpeg").taps("Ghi lại")
    assert "Hình thức do chi bộ chọn." in bob.reads()
    assert cast.chain.of_filing(lambda f: f.route) == "exempt"
    assert "chờ chi bộ họp" in cast.alice.reads()
    bob.taps("Nhập kết quả họp", "Hôm nay", "Đồng ý", "Ghi số phiếu").says("7/1").taps("Gửi đảng ủy")
    assert "7 phiếu đồng ý, 1 không đồng ý" in bob.reads()
    assert "chi bộ đã đề nghị" in officer.reads()
    officer.says("/dangbo").taps("Đơn chờ quyết định (1)", "Nguyễn Thị An")
    seen = officer.reads()
    assert "7 phiếu đồng ý" in seen
    officer.taps("Ghi quyết định chấp thuận").says("15-QĐ/ĐU").taps("Hôm nay")
    assert "Kết quả: Chấp thuận" in officer.reads().replace("<b>", "").replace("</b>", "")
    seen = officer.taps("Ghi quyết định chấp thuận").reads()
    assert "số 15-QĐ/ĐU, ngày 01/12/2026" in seen
    assert "từ bản giấy" not in seen
    for phone in (bob, cast.deputy, cast.alice):
        assert "Quyết định số 15-QĐ/ĐU" in phone.reads()
    assert cast.chain.state == "active"


def test_the_officer_sees_what_is_needed_to_decide_and_no_more(cast: Cast) -> None:
    cast.chain.is_proposed()
    cast.world.settle()
    seen = cast.officer.says("/dangbo").taps("Đơn chờ quyết định", "Nguyễn Thị An").reads()
    assert "Chi bộ thôn Đông" in seen
    assert "Lý do: đi thực tập" in seen
    for hidden in ("Osaka", "Aoki", "+8190", "90-1111"):
        assert hidden not in seen
    assert "Tải đơn (.docx)" not in cast.officer.buttons()
    assert ("absence.filing", "Vũ Thị Mai") in looked(cast.world, cast.cell.alice)


def test_the_officer_refuses_with_a_reason_that_everyone_reads(cast: Cast) -> None:
    cast.chain.is_proposed()
    cast.world.settle()
    officer = cast.officer.says("/dangbo").taps("Đơn chờ quyết định", "Nguyễn Thị An")
    officer.taps("Ghi không chấp thuận", "Không ghi", "Hôm nay").says("thiếu hợp đồng")
    officer.taps("Ghi không chấp thuận")
    assert "không được chấp thuận" in officer.reads()
    for phone in (cast.bob, cast.alice):
        assert "thiếu hợp đồng" in phone.reads()
    assert "Đơn chờ quyết định" not in " ".join(officer.says("/dangbo").buttons())


def test_the_officer_gives_it_back_and_that_is_no_paper(cast: Cast) -> None:
    cast.chain.is_proposed()
    cast.world.settle()
    officer = cast.officer.says("/dangbo").taps("Đơn chờ quyết định", "Nguyễn Thị An")
    officer.taps("Trả lại để sửa").says("ghi rõ thời gian").taps("Ghi lại")
    assert "ghi rõ thời gian" in cast.alice.reads()
    move = cast.do(lambda db: filing_moves(db, cast.chain.filing_id)[-1].on_paper)
    assert move is False


def test_the_cell_may_say_no(cast: Cast) -> None:
    bob = cast.opens(cast.bob).taps("Đưa ra chi bộ họp", "Ghi lại")
    bob.taps("Nhập kết quả họp", "Hôm nay", "Không đồng ý").says("chưa đủ hồ sơ")
    bob.taps("Ghi lại")
    assert "chưa đủ hồ sơ" in cast.alice.reads()
    assert cast.chain.filing_state == "refused"


def test_the_application_comes_as_a_document_with_the_names_of_the_units(cast: Cast) -> None:
    cast.opens(cast.bob).taps("Tải đơn (.docx)")
    name, data = cast.bob.documents()[-1]
    assert name == "don-ra-nuoc-ngoai-nguyen-thi-an.docx"
    document = Document(BytesIO(data))
    said = "\n".join(c.text for t in document.tables for row in t.rows for c in row.cells)
    said += "\n".join(p.text for p in document.paragraphs)
    assert "Kính gửi: Chi bộ thôn Đông và Đảng ủy xã An Bình" in said
    assert "Osaka, Nhật Bản" in said


def test_scans_are_kept_under_their_step_and_shown_again_as_they_were(cast: Cast) -> None:
    bob = cast.opens(cast.bob).taps("Đưa ra chi bộ họp", "Kèm bản scan")
    bob.sends("document", "bien-ban.pdf", a_pdf()).taps("Ghi lại", "Xem bản scan")
    assert bob.documents()[-1][0] == "bien-ban.pdf"
    assert ("absence.scans", "Trần Văn Bình") in looked(cast.world, cast.cell.alice)


# --- what is refused ------------------------------------------------------------------------------------------------


def addresses(cast: Cast) -> list[str]:
    """Every address of the room with ids that exist."""
    filing, away = cast.chain.filing_id, cast.chain.away_id
    alice, unit = cast.cell.alice, cast.cell.id
    acts = [
        f"absence:do:{act}:{filing}" for act in ("put", "return", "result", "paper", "refile", "withdraw")
    ]
    acts += [f"absence:do:{act}:{away}" for act in ("extend", "change", "back", "update", "close", "resume")]
    acts += [f"absence:do:{act}:{alice}" for act in ("file", "assign", "absent", "present", "dues")]
    return [
        *acts,
        f"absence:do:file:0:{unit}",
        f"absence:do:sent:{away}",
        f"absence:do:sent:{away}:comment",
        f"absence:see:{away}",
        f"away:see:{away}",
        f"away:filing:{filing}",
        f"absence:who:{alice}",
        f"absence:details:{away}",
        f"absence:history:{away}",
        f"absence:more:{away}",
        f"absence:steps:{away}",
        f"absence:write:{away}",
        f"absence:lists:{unit}:all",
        f"absence:filters:{unit}:all",
        f"absence:filing:{filing}",
        f"absence:docx:{filing}",
        f"absence:scans:{filing}",
        f"absence:otherscans:{away}",
        f"absence:contacts:{alice}",
        f"absence:counts:{alice}",
        f"absence:letters:{away}",
        f"absence:draft:{away}:comment",
        f"absence:register:{unit}:all:0",
        f"absence:excel:{unit}:all",
        f"absence:waiting:{cast.cell.commune}:0",
    ]


def untouched(cast: Cast, phone: Phone) -> None:
    for address in addresses(cast):
        seen = forges(phone, address)
        assert "Nguyễn Thị An" not in seen, address
        assert "không thuộc phần đồng chí phụ trách" in seen or "không còn dùng được" in seen, address
    assert phone.documents() == []
    assert cast.chain.filing_state == "filed"


def test_the_secretary_of_another_cell_gets_nothing(cast: Cast) -> None:
    untouched(cast, neighbour(cast.world))


def test_whoever_was_secretary_until_a_minute_ago_gets_nothing(cast: Cast) -> None:
    is_secretary_no_more(cast.world, cast.cell)
    untouched(cast, cast.bob)


def test_another_member_of_the_cell_gets_nothing(cast: Cast) -> None:
    untouched(cast, cast.dan)


def test_a_stranger_gets_nothing(cast: Cast) -> None:
    carol = phone_of(cast.world, CAROL)
    for address in addresses(cast):
        carol.says("xin chào")
        shown = [m for m in carol.messages()]
        seen = carol.taps_data(shown[0]["message_id"], address, stale=True).reads() if shown else ""
        assert "Nguyễn Thị An" not in seen
    assert carol.documents() == []


def test_the_committee_sees_nothing_that_is_still_the_cells(cast: Cast) -> None:
    seen = forges(cast.officer, f"absence:filing:{cast.chain.filing_id}")
    assert "Nguyễn Thị An" not in seen
    assert "bí thư chi bộ đang xem" in seen
    for address in addresses(cast):
        if "waiting" not in address:
            assert "Nguyễn Thị An" not in forges(cast.officer, address), address


def test_the_secretary_cannot_decide_for_the_committee(cast: Cast) -> None:
    cast.chain.is_proposed()
    seen = forges(cast.bob, f"absence:do:decide:{cast.chain.filing_id}")
    assert "không thuộc phần đồng chí phụ trách" in seen


def test_an_appointment_that_ends_in_the_middle_ends_the_form(cast: Cast) -> None:
    bob = cast.opens(cast.bob).taps("Trả lại để sửa")
    is_secretary_no_more(cast.world, cast.cell)
    bob.says("thiếu chữ ký")
    assert "không thuộc phần đồng chí phụ trách" in bob.reads()
    assert cast.chain.filing_state == "filed"


@pytest.mark.parametrize(
    "data", ["absence:do", "absence:do:x:1", "absence:do:put", "absence:see", "absence:see:x"]
)
def test_buttons_that_make_no_sense_get_a_kind_answer(cast: Cast, data: str) -> None:
    seen = forges(cast.bob, data)
    assert "không còn dùng được" in seen or "không thuộc phần" in seen


def test_two_taps_on_save_are_one(cast: Cast) -> None:
    bob = cast.opens(cast.bob).taps("Trả lại để sửa").says("thiếu chữ ký")
    message, data = bob.button_data("Ghi lại")
    bob.taps_data(message, data)
    assert bob.taps_data(message, data, stale=True).reads() == ""
    assert cast.alice.reads().count("thiếu chữ ký") == 1


def test_of_two_secretaries_the_second_sees_what_the_first_did(cast: Cast) -> None:
    bob, deputy = cast.opens(cast.bob), cast.opens(cast.deputy)
    bob.taps("Đưa ra chi bộ họp")
    deputy.taps("Trả lại để sửa").says("thiếu chữ ký").taps("Ghi lại")
    seen = bob.taps("Ghi lại").reads()
    assert "Hồ sơ đã ở bước khác: trả lại để sửa" in seen
    assert bob.button_data("Nộp lại theo bản giấy")


def test_what_the_member_withdrew_meanwhile_is_not_decided(cast: Cast) -> None:
    cast.chain.is_proposed()
    cast.world.settle()
    officer = cast.officer.says("/dangbo").taps("Đơn chờ quyết định", "Nguyễn Thị An")
    officer.taps("Ghi quyết định chấp thuận")
    cast.chain.does(withdraw_filing, by_id=cast.cell.alice)
    seen = officer.says("15-QĐ/ĐU").reads()
    assert "Hồ sơ đã ở bước khác: đã rút" in seen
    assert cast.chain.filing_state == "withdrawn"


def test_what_is_marked_secret_is_refused_and_not_kept(cast: Cast) -> None:
    bob = cast.opens(cast.bob).taps("Trả lại để sửa")
    assert "MẬT" in bob.says("Tài liệu TỐI MẬT").reads()
    bob.says("thiếu chữ ký").taps("Kèm bản scan")
    assert "MẬT" in bob.sends("document", "BC-MAT.docx", a_docx()).reads()
    assert "MẬT" in bob.sends("photo", "a.jpg", b"x", "Độ mật: Tối mật").reads()
    bob.taps("Không ghi", "Ghi lại")
    assert "thiếu chữ ký" in cast.alice.reads()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("hôm nọ", "Chưa đọc được ngày này"),
        ("31/2/2026", "31"),
        ("5/12/2026", "Ngày này chưa đến"),
        ("x" * 4000, "Chưa đọc được ngày này"),
    ],
)
def test_a_wrong_date_is_asked_again_and_loses_nothing(cast: Cast, typed: str, said: str) -> None:
    cast.chain.is_put_to_the_cell()
    bob = cast.opens(cast.bob).taps("Nhập kết quả họp")
    assert said in bob.says(typed).reads()
    bob.says("30/11").taps("Đồng ý", "Ghi số phiếu").says("bảy phiếu")
    assert "12/0" in bob.reads()
    bob.says("7-0").taps("Gửi đảng ủy")
    assert cast.chain.of_filing(lambda f: (f.meeting_on, f.votes_for)) == (date(2026, 11, 30), 7)


def test_a_voice_message_is_no_scan(cast: Cast) -> None:
    bob = cast.opens(cast.bob).taps("Trả lại để sửa").says("thiếu chữ ký").taps("Kèm bản scan")
    assert "một ảnh chụp hoặc một tệp" in bob.sends("voice", "a.ogg", a_voice()).reads()
    assert "Không ghi" in bob.buttons()


# --- contacts -------------------------------------------------------------------------------------------------------


def contact_names(cast: Cast) -> list[str]:
    def work(db: Session) -> list[str]:
        rows = contacts_of(db, cast.cell.alice, now=cast.world.clock())
        return [db.get_one(Member, row.contact_id).full_name for row in rows]

    names: list[str] = cast.do(work)
    return names


def test_a_contact_is_assigned_replaced_and_ended(cast: Cast) -> None:
    bob = cast.bob.says("/chibo").taps("Xem theo nhóm", "Chưa có người giữ liên lạc (1)", "Nguyễn Thị An")
    bob.taps("Phân công người giữ liên lạc").says("hoa")
    bob.taps("Lê Thị Hoa", "Từ bây giờ", "Đến khi thay", "Ghi lại")
    assert "Lê Thị Hoa, từ 01/12/2026" in bob.reads()
    assert "giữ liên lạc với đồng chí Nguyễn Thị An" in cast.deputy.reads()
    assert "Lê Thị Hoa" in cast.alice.reads()
    bob.taps("Phân công người giữ liên lạc", "Phạm Văn Dân", "Từ bây giờ").says("31/12").taps("Ghi lại")
    assert contact_names(cast) == ["Phạm Văn Dân", "Lê Thị Hoa"]
    bob.taps("Phân công người giữ liên lạc", "Trần Văn Bình", "Từ bây giờ", "Đến khi thay", "Ghi lại")
    assert contact_names(cast) == ["Phạm Văn Dân", "Trần Văn Bình"]
    bob.taps("Thôi phân công Phạm Văn Dân", "Thôi phân công Trần Văn Bình")
    assert contact_names(cast) == []
    assert "Chưa có ai" in bob.reads()


def test_a_range_that_ends_before_it_begins_is_asked_again(cast: Cast) -> None:
    bob = cast.bob.says("/chibo").taps(
        "Xem theo nhóm", "Chưa có người giữ", "Nguyễn Thị An", "Phân công", "Phạm Văn Dân"
    )
    assert "không thể trước ngày bắt đầu" in bob.says("10/12/2026").says("5/12/2026").reads()


def test_the_deputy_assigns_nobody(cast: Cast) -> None:
    deputy = cast.deputy.says("/chibo").taps("Xem theo nhóm", "Chưa có người giữ", "Nguyễn Thị An")
    assert "Phân công người giữ liên lạc" not in deputy.buttons()
    seen = forges(deputy, f"absence:do:assign:{cast.cell.alice}")
    assert "không thuộc phần" in seen


# --- letters --------------------------------------------------------------------------------------------------------


def opens_letters(cast: Cast) -> Phone:
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An · Nhật Bản")
    return bob.taps("Thư với nơi đến")


def test_a_letter_is_drafted_sent_reminded_answered_and_the_member_reads_the_answer(cast: Cast) -> None:
    cast.chain.is_approved()
    cast.world.wait(timedelta(days=40))
    bob = opens_letters(cast).taps("Soạn thư", "Soạn đề nghị nhận xét")
    assert bob.documents()[-1][0] == "de-nghi-nhan-xet-nguyen-thi-an.docx"
    bob.taps("Đã gửi đề nghị nhận xét").says("Hội người Việt tại Osaka").says("05-CV/CB")
    bob.says("15/12").taps("Ghi lại")
    bob.taps("Đề nghị nhận xét · 15/12/2026", "Ghi đã nhắc").says("5/1").taps("Ghi lại")
    assert "Nhắc lần cuối ngày 05/01/2027" in bob.reads()
    cast.alice.reads()
    bob.taps("Ghi đã có trả lời", "Hôm nay").says("Chấp hành tốt, giữ liên hệ đều")
    bob.sends("document", "tra-loi.pdf", a_pdf()).taps("Ghi lại")
    assert "Chấp hành tốt" in bob.reads()
    seen = cast.alice.reads()
    assert "Chấp hành tốt, giữ liên hệ đều" in seen
    cast.alice.taps("Xem bản scan")
    assert cast.alice.documents()[-1][0] == "tra-loi.pdf"


def test_an_answer_before_the_letter_was_sent_is_refused(cast: Cast) -> None:
    bob = opens_letters(cast).taps(
        "Ghi thư đã gửi", "Đề nghị nhận xét", "Không ghi", "Không ghi", "Hôm nay", "Ghi lại"
    )
    bob.taps("Đề nghị nhận xét · ", "Ghi đã có trả lời").says("1/11/2026").says("tốt")
    assert "từ ngày gửi thư" in bob.taps("Không ghi", "Ghi lại").reads()
    assert cast.do(lambda db: letters_of(db, cast.chain.away_id)[0].answered_on) is None


def test_a_scan_of_an_answer_is_not_for_others(cast: Cast) -> None:
    bob = opens_letters(cast).taps(
        "Ghi thư đã gửi", "Đề nghị nhận xét", "Không ghi", "Không ghi", "Hôm nay", "Ghi lại"
    )
    bob.taps("Đề nghị nhận xét · ", "Ghi đã có trả lời", "Hôm nay", "Không ghi")
    bob.sends("photo", "a.jpg", b"jpeg").taps("Ghi lại")
    letter = cast.do(lambda db: db.scalars(select(Letter)).one().id)
    assert "không thuộc phần" in forges(cast.dan, f"absence:answer:{letter}")
    assert "không thuộc phần" in forges(neighbour(cast.world), f"absence:letter:{letter}")


# --- the register ---------------------------------------------------------------------------------------------------


def dan_is_away_too(cast: Cast) -> None:
    Chain(cast.world, cast.cell, cast.cell.dan).files(
        declaration(ends_on=date(2027, 1, 15), begins_on=date(2026, 9, 1), stay=SAIGON)
    )


def test_the_register_is_filtered_in_the_chat(cast: Cast) -> None:
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Lọc: Đã khai")
    assert {"• Đã khai (1)", "Chưa khai (1)"} <= {*bob.buttons()}
    dan_is_away_too(cast)
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa")
    seen = bob.reads()
    assert "Nguyễn Thị An · Nhật Bản" in seen
    assert "Phạm Văn Dân · Thành phố Hồ Chí Minh" in seen or "Phạm Văn Dân" in seen
    seen = bob.taps("Lọc: Đã khai", "Ngoài nước (1)").reads()
    assert ("Nguyễn Thị An" in seen, "Phạm Văn Dân" in seen) == (True, False)
    seen = bob.taps("Lọc: Ngoài nước", "Trong nước (1)").reads()
    assert ("Nguyễn Thị An" in seen, "Phạm Văn Dân" in seen) == (False, True)
    seen = bob.taps("Lọc: Trong nước", "Sắp hết hạn (1)").reads()
    assert "Phạm Văn Dân" in seen


def test_no_contact_for_sixty_days_and_then_a_call(cast: Cast) -> None:
    cast.chain.is_approved()
    cast.world.until(datetime(2027, 2, 1, 2, tzinfo=UTC))
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Lọc", "Lâu chưa liên hệ (1)")
    assert "Nguyễn Thị An" in bob.reads()

    def call(db: Session) -> None:
        record_contact_note(
            db,
            db.get_one(Member, cast.cell.alice),
            channel=Means.PHONE,
            happened_on=date(2027, 1, 31),
            result="khỏe",
            by_id=cast.cell.bob,
            now=cast.world.clock(),
        )

    cast.do(call)
    bob.says("/chibo").taps("Sổ theo dõi đi xa")
    assert "Tin gần nhất: 31/01/2027" in bob.reads()
    assert "Lâu chưa liên hệ (1)" not in bob.taps("Lọc").buttons()


def test_the_cell_turns_written_updates_on_and_off(cast: Cast) -> None:
    cast.bob.says("/chibo").taps("Sổ theo dõi", "Bật báo cáo bằng văn bản")
    assert "Tắt báo cáo bằng văn bản" in cast.bob.buttons()
    assert cast.do(lambda db: aways_of(db, cast.cell.alice)[0].update_months) == 6
    cast.bob.taps("Tắt báo cáo bằng văn bản")
    assert cast.do(lambda db: aways_of(db, cast.cell.alice)[0].update_months) is None
    cast.deputy.says("/chibo").taps("Sổ theo dõi")
    assert not [label for label in cast.deputy.buttons() if "văn bản" in label]


def test_the_register_as_excel_leaves_one_row_for_each_member(cast: Cast) -> None:
    dan_is_away_too(cast)
    cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Tải sổ (.xlsx)")
    name, data = cast.bob.documents()[-1]
    assert name == "so-theo-doi-2026-12-01.xlsx"
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    values = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "Nguyễn Thị An" in values
    assert any(str(value).startswith("+81") for value in values)
    for member_id in (cast.cell.alice, cast.cell.dan):
        rows = cast.do(
            lambda db, m=member_id: db.scalars(
                select(Look).where(Look.member_id == m, Look.what == "absence.register")
            ).all()
        )
        assert len(rows) == 1


# --- counts ---------------------------------------------------------------------------------------------------------


def test_counts_are_typed_with_their_source_and_nothing_is_proposed(cast: Cast) -> None:
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An").goes("Số liệu theo dõi")
    bob.taps("Ghi vắng sinh hoạt", "tháng 11/2026", "Ghi lại")
    bob.taps("Ghi đảng phí đến tháng").says("10/2026").taps("Ghi lại")
    seen = bob.reads()
    assert "Số tháng vắng sinh hoạt: 1 (đồng chí Trần Văn Bình nhập" in seen
    assert "Đảng phí ghi nhận đến: tháng 10/2026" in seen
    assert "Đây chỉ là số đếm" in seen
    bob.taps("Sửa: không vắng", "tháng 11/2026", "Ghi lại")
    counted = cast.do(
        lambda db: screening_of(db, db.get_one(Member, cast.cell.alice), 2026, now=cast.world.clock())
    )
    assert counted.absent == ()
    assert counted.dues_until.month == date(2026, 10, 1)
    assert ("absence.counts", "Trần Văn Bình") in looked(cast.world, cast.cell.alice)


@pytest.mark.parametrize("typed", ["tháng mười", "13/2026", "1/1900", "1/2027"])
def test_a_month_that_is_none_is_asked_again(cast: Cast, typed: str) -> None:
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An").goes("Số liệu theo dõi")
    seen = bob.taps("Ghi vắng sinh hoạt").says(typed).reads()
    assert "Chưa đọc được tháng" in seen or "Tháng này chưa đến" in seen


# --- from the roster, and what stands on an absence -----------------------------------------------------------------


def test_the_card_of_somebody_who_declared_nothing_leads_to_the_paper(world: World) -> None:
    cast = Cast(world, files=False)
    bob = cast.bob.says("/danhsach").taps("Phạm Văn Dân", "Đi làm ăn xa")
    assert "Hiện chưa khai lần đi xa nào" in bob.reads()
    assert "Nhập đơn từ bản giấy" in bob.buttons()


def test_how_to_reach_them_is_shown_on_demand_and_leaves_a_row(cast: Cast) -> None:
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An")
    assert "Aoki" not in bob.reads()
    assert "Xưởng mộc Aoki" in bob.taps("Cách liên hệ nơi đến").reads()
    assert ("absence.details", "Trần Văn Bình") in looked(cast.world, cast.cell.alice)


def test_the_history_says_who_when_and_on_which_paper(cast: Cast) -> None:
    cast.chain.is_approved(on_paper=True, by_id=cast.cell.bob)
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An").goes("Quá trình")
    seen = bob.reads()
    assert "Đơn: đã được chấp thuận · đồng chí Trần Văn Bình · từ bản giấy" in seen
    assert "đang đi làm ăn xa" in seen


def test_a_message_about_a_paper_leads_the_secretary_to_it(cast: Cast) -> None:
    cast.chain.does(put_filing_to_cell, by_id=cast.cell.deputy)
    cast.world.settle()
    assert "Đơn của đồng chí Nguyễn Thị An" in cast.bob.taps("Xem hồ sơ").reads()


def test_closing_for_another_reason_leaves_nothing_open(cast: Cast) -> None:
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An").goes("Kết thúc vì lý do khác")
    bob.says("nhập nhầm").taps("Đang ở nhà", "Ghi lại")
    assert "đã kết thúc" in bob.reads()
    assert cast.chain.state == "closed"
    assert cast.do(lambda db: db.get_one(Member, cast.cell.alice).place_code) is None


def test_a_return_that_was_a_mistake_is_taken_back(cast: Cast) -> None:
    cast.chain.is_approved()
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An", "Ghi đã trở về")
    bob.taps("Hôm nay", "Ghi lại", "Chưa về, ghi nhầm", "Ghi lại")
    assert cast.chain.state == "active"


def test_a_step_that_is_not_needed_says_why(cast: Cast) -> None:
    cast.chain.is_approved()
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An", "Ghi đã trở về")
    bob.taps("Hôm nay", "Ghi lại", "Ghi từng thủ tục", "nhận xét của nơi đến", "Không cần bước này")
    bob.says("nơi đến không có chi bộ").taps("Ghi lại")
    seen = cast.alice.reads()
    assert "không cần làm các bước sau\n✓ có nhận xét của nơi đến" in seen
    assert "nơi đến không có chi bộ" in seen


def test_a_written_update_on_paper_needs_text_or_a_picture(cast: Cast) -> None:
    cast.chain.is_approved()
    cast.world.settle()
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An").goes("Nhập báo cáo bằng văn bản")
    bob.taps("Không ghi")
    assert "Không ghi" not in bob.buttons()
    bob.sends("photo", "a.jpg", b"jpeg").taps("Ghi lại").goes("Quá trình")
    assert "báo cáo bằng văn bản · đồng chí Trần Văn Bình · từ bản giấy · có scan" in bob.reads()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_screen_of_the_rooms_is_over_its_budget(sqlite_url: str, lang: str) -> None:
    """Every button that can be reached from the register and from one's own absence, at each stage, is tapped once."""
    with World.open(sqlite_url) as world:
        cast = Cast(world, files=False)
        cast.do(lambda db: has_long_names(db, cast.cell, lang))
        for stage in (
            lambda: cast.chain.files(declaration(stay=SAIGON)),
            lambda: cast.chain.is_proposed(),
            lambda: cast.chain.is_decided(),
            lambda: cast.chain.does(extend_away, by_id=cast.cell.alice),
            lambda: cast.chain.does(begin_return, by_id=cast.cell.alice, returned_on=date(2026, 12, 1)),
        ):
            stage()
            world.settle()
            taps_everything(cast.bob, "absence", f"absence:register:{cast.cell.id}:all:0")
            taps_everything(cast.alice, "away", f"away:see:{cast.chain.away_id}")
            if cast.chain.filing_state == "proposed":
                taps_everything(cast.officer, "absence", f"absence:waiting:{cast.cell.commune}:0")


def has_long_names(db: Session, cell: Cell, lang: str) -> None:
    for member_id in (cell.alice, cell.dan, cell.bob, cell.officer):
        member = db.get_one(Member, member_id)
        member.lang, member.full_name = lang, f"Nguyễn Hoàng Phương Thảo Nguyên {member_id % 97}"


AT_ONCE = ("until", "withdrawn", "tick", "resume", "updates", "uncontact", "agree")


def taps_everything(phone: Phone, room: str, first: str) -> None:
    """Forms are begun, looked at and left; what would change something at once is left alone."""
    seen, waits = {first}, [first]
    while waits:
        phone.says("/menu")
        phone.taps_data(phone.last()["message_id"], waits.pop(0), stale=True)
        shown = [one for row in phone.last()["inline_keyboard"] for one in row]
        for address in (one.get("callback_data", "").removeprefix("below:") for one in shown):
            is_act = address.split(":")[1:2] in [[one] for one in AT_ONCE]
            if address.startswith(f"{room}:") and "~" not in address and not is_act and address not in seen:
                seen.add(address)
                waits.append(address)
        assert len(seen) < 300, "does not end"
    assert len(seen) > 3


def test_english_has_every_screen(cast: Cast) -> None:
    cast.do(lambda db: setattr(db.get_one(Member, cast.cell.bob), "lang", "en"))
    bob = cast.bob.says("/chibo").taps("By group", "Absences to deal with", "Nguyễn Thị An")
    assert "Application" in " ".join(bob.buttons())
    assert "Asks for" in bob.reads()
    bob.taps("Give back with a comment").says("signature is missing").taps("Save")
    assert cast.chain.filing_state == "returned"


def test_where_nobody_has_declared_the_register_shows_who_has_not(world: World) -> None:
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    bob.says("/chibo").taps("Sổ theo dõi đi xa")
    assert re.search(r"Chưa khai: 2\n.*Nguyễn Thị An", bob.reads(), re.DOTALL)
    assert not any(label.startswith(("Tất cả", "Đã khai")) for label in bob.buttons())
