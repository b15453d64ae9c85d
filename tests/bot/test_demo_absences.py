"""The playground's papers: an absence in every state, and every room of working away opens on its phone."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import select

from bot.demo.people import BINH, HOA, HUY, LAN, MAI, VAN, VINH
from models.away.away import Away, AwayState, Filing, FilingState, away_changes
from models.away.letter import Letter
from models.desk.office import is_attended
from models.people.unit import Unit
from models.year.probation import Probation
from tests.commune import Commune, commune

__all__ = ["commune"]


def test_the_seed_holds_an_absence_in_every_state(commune: Commune) -> None:
    with commune.stage.app.database.reading() as db:
        assert set(db.scalars(select(Away.state))) == set(AwayState)
        assert set(db.scalars(select(Filing.state))) == set(FilingState)
        changed = [away for away in db.scalars(select(Away)) if away_changes(db, away.id)]
        assert changed
        assert {letter.answered_on is None for letter in db.scalars(select(Letter))}
        assert db.scalars(select(Probation.admitted_on)).all() == [date(2025, 12, 19)]
        south = db.scalars(select(Unit).where(Unit.name == "Chi bộ thôn Nam")).one()
        assert not is_attended(db, south.id, now=datetime(2026, 11, 30, 1, tzinfo=UTC))


def test_papers_of_the_past_were_decided_after_they_were_filed(commune: Commune) -> None:
    with commune.stage.app.database.reading() as db:
        decided = [one for one in db.scalars(select(Filing)) if one.decided_on]
        assert len(decided) >= 6
        assert all(one.opened_at.date() <= one.decided_on for one in decided if one.decided_on)


def test_every_phone_on_the_page_has_a_person_behind_it(commune: Commune) -> None:
    assert {BINH, LAN, HOA, VAN, HUY} <= {phone.user_id for phone in commune.stage.phones()}
    assert all(phone.user_id in commune.stage.telegram.users for phone in commune.stage.phones())


def test_the_contact_sees_three_people_and_their_clocks(commune: Commune) -> None:
    shown = commune.phone(VAN).says("/chibo").reads()
    for words in ("3 người", "Lê Thị Mai", "Nhật Bản", "bên đó 10:00", "Đặng Quốc Huy, Hà Nội\n"):
        assert words in shown


def test_probation_opens_for_the_member_and_the_helper(commune: Commune) -> None:
    for user_id in (HUY, VAN):
        shown = commune.phone(user_id).says("/menu").taps("Thời gian dự bị").reads()
        for words in ("Kết nạp: 19/12/2025", "Chi bộ xét chậm nhất", "Tô Thị Vân"):
            assert words in shown


def test_letters_are_drafted_as_documents(commune: Commune) -> None:
    binh = commune.phone(BINH).says("/chibo")
    binh.taps("Sổ theo dõi", "Vũ Thị Hạnh", "Thư với nơi đến")
    assert "Đề nghị nhận xét · 28/09/2026" in binh.buttons()
    binh.taps("Soạn thư", "Soạn đề nghị nhận xét")
    name, data = binh.documents()[-1]
    assert name.endswith(".docx")
    assert data.startswith(b"PK")


def test_the_officer_decides_and_everybody_concerned_is_told(commune: Commune) -> None:
    officer = commune.phone(HOA).says("/dangbo")
    officer.taps("Đơn chờ quyết định", "Hoàng Minh Đức", "Ghi quyết định chấp thuận")
    officer.says("21-QĐ/ĐU").taps("Hôm nay", "Ghi quyết định chấp thuận")
    assert "số 21-QĐ/ĐU" in officer.reads()
    assert "Quyết định số 21-QĐ/ĐU" in commune.phone(BINH).chat()


def test_the_officer_stands_in_where_nobody_is(commune: Commune) -> None:
    officer = commune.phone(HOA).says("/dangbo").taps("Chi bộ thôn Nam", "Ai phụ trách")
    assert "Hiện chưa có ai phụ trách chi bộ" in officer.reads()
    officer.taps("Tạm phụ trách").says("Chờ kiện toàn.").taps("Tạm phụ trách từ bây giờ")
    assert "Phan Thị Hòa" in commune.phone(VINH).chat()


def test_the_member_reads_the_paper_of_their_absence(commune: Commune) -> None:
    shown = commune.phone(MAI).says("/khaibao").reads()
    assert "Osaka, Nhật Bản" in shown
    assert "15-QĐ/ĐU" in shown


def test_the_office_is_handed_over_one_by_one(commune: Commune) -> None:
    """The last: from here on Lan is the secretary."""
    binh, lan = commune.phone(BINH), commune.phone(LAN)
    binh.says("/chibo").taps(
        "Việc khác", "Ai phụ trách", "Bàn giao nhiệm vụ bí thư", "Trang sau", "Trần Thị Lan", "Bàn giao ngay"
    )
    lan.taps("Mở danh sách bàn giao")
    waiting = [label for label in lan.buttons() if " · " in label]
    assert len(waiting) == 3  # the first of several pages
    lan.taps(waiting[0], "Nhận việc này").taps("Nhận tất cả")
    assert "Tình trạng: đã bàn giao xong" in lan.chat()
    assert "không thuộc phần đồng chí phụ trách" in binh.says("/chibo").reads()
