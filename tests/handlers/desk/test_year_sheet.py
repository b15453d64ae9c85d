"""A member's year on two pages: they read it first, the desk after them, a stranger never."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

from docx import Document
from hypothesis import given, strategies as st
from sqlalchemy.orm import Session

from models.contact.checkin import record_contact
from models.contact.contact_note import Means
from models.desk.year_sheet import fitted_chapters
from models.meeting.handbook import MeantFor, entries_for, note_study
from models.meeting.task import give_task
from models.people.member import Member, Purpose, record_consent
from models.phrases.text import Text, raw
from tests.absences import Chain, declaration
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, OFFICER, Cell, settle_in
from tests.phone import Phone


def forge(phone: Phone, data: str) -> Phone:
    phone.says("/menu")
    phone.reads()
    return phone.taps_data(phone.last()["message_id"], data, stale=True)


def a_year_of(world: World, cell: Cell, *, tasks: int = 1) -> None:
    """A decision, tasks, a call and something studied."""
    Chain(world, cell, cell.alice).files(declaration(ends_on=date(2028, 6, 30))).is_approved()

    def work(db: Session) -> None:
        alice, now = db.get_one(Member, cell.alice), world.clock()
        for at in range(tasks):
            give_task(
                db,
                alice,
                text=f"Vận động đồng hương góp quỹ {at}",
                due_on=date(2026, 12, 20),
                by_id=cell.bob,
                policy=world.settings.task,
                now=now,
            )
        record_contact(
            db,
            alice,
            channel=Means.ZALO,
            happened_on=date(2026, 12, 1),
            result="Khỏe",
            by_id=cell.bob,
            policy=world.settings.checkin,
            now=now,
        )
        note_study(db, alice, entries_for(db, [MeantFor.MEMBER])[0], now=now)

    world.db(work)


def test_a_member_reads_and_prints_their_year_and_the_desk_reads_it_after_them(
    world: World, cell: Cell
) -> None:
    alice, bob = settle_in(world, cell, ALICE, BOB)
    a_year_of(world, cell, tasks=20)
    asked = forge(bob, f"desk:timeline:{cell.alice}:0").taps("Phiếu một năm").reads()
    assert "Đã báo đồng chí Nguyễn Thị An xem trước" in asked
    assert "Vận động" not in asked
    forge(bob, f"year:deskprint:{cell.alice}:2026")
    assert bob.documents() == []
    # asked twice, told once
    assert alice.reads().count("Trần Văn Bình muốn xem phiếu năm 2026 của đồng chí") == 1

    said = alice.taps("Xem phiếu của tôi").reads()
    assert "Năm 2026 của đồng chí" in said[:40]
    assert "Vận động đồng hương góp quỹ 0 (hạn 20/12/2026): đang làm" in said
    assert "và 16 việc nữa" in said
    assert "Chi bộ liên hệ: gặp được 1 lần, chưa gặp 0 lần; gần nhất 01/12/2026" in said
    assert "Số 15-QĐ/ĐU, ngày 01/12/2026, của Đảng ủy xã An Bình" in said
    assert "Học tập (đồng chí tự ghi)" in said
    alice.taps("In hai trang")
    name, data = alice.documents()[-1]
    assert name == "phieu-mot-nam-nguyen-thi-an.docx"
    document = Document(BytesIO(data))
    rows = [[one.text for one in row.cells] for row in document.tables[1].rows]
    assert [heading for heading, _ in rows] == [
        "Nhiệm vụ",
        "Cam kết, kiểm điểm",
        "Sinh hoạt chi bộ",
        "Học tập (đồng chí tự ghi)",
        "Báo cáo, liên hệ",
        "Quyết định, văn bản",
    ]
    assert rows[0][1].count("\n") == 19  # two pages hold all twenty
    assert "nữa" not in rows[0][1]

    assert "Đồng chí Nguyễn Thị An đã xem phiếu năm 2026 của mình" in bob.reads()
    seen = bob.taps("Mở phiếu").reads()
    assert "Năm 2026 của đồng chí Nguyễn Thị An" in seen
    assert "Học tập" not in seen  # their own record
    bob.taps("In hai trang")
    assert bob.documents()[-1][0] == "phieu-mot-nam-nguyen-thi-an.docx"
    assert "phiếu một năm" in alice.says("/dulieu").taps("Ai đã xem").reads()
    assert "Năm 2025 của đồng chí" in forge(alice, "year:see:2025").reads()


def test_who_does_not_open_it_holds_nobody_up_for_ever(world: World, cell: Cell) -> None:
    alice, bob = settle_in(world, cell, ALICE, BOB)
    a_year_of(world, cell)
    forge(bob, f"year:desk:{cell.alice}:2026")
    world.wait(timedelta(days=2))
    assert "xem trước" in forge(bob, f"year:desk:{cell.alice}:2026").reads()
    world.restart()
    world.wait(timedelta(days=1, hours=1))
    assert "Vận động đồng hương" in forge(bob, f"year:desk:{cell.alice}:2026").reads()
    # what was opened once does not stay open: a month later she is asked again
    world.wait(timedelta(days=35))
    alice.reads()
    assert "xem trước" in forge(bob, f"year:desk:{cell.alice}:2026").reads()
    assert "Trần Văn Bình muốn xem phiếu năm 2026" in alice.reads()
    alice.taps("Xem phiếu của tôi")
    bob.reads()
    assert "Vận động đồng hương" in bob.taps("Mở phiếu").reads()
    # whom nothing reaches is not waited for
    assert "Năm 2026 của đồng chí Phạm Văn Dân" in forge(bob, f"year:desk:{cell.dan}:2026").reads()


def test_a_year_is_nobody_elses_to_read(world: World, cell: Cell) -> None:
    _alice, dan, officer, bob = settle_in(world, cell, ALICE, DAN, OFFICER, BOB)
    a_year_of(world, cell)
    for phone in (dan, officer):
        for way in ("desk", "deskprint"):
            assert "Vận động" not in forge(phone, f"year:{way}:{cell.alice}:2026").reads()
        assert phone.documents() == []
    # what she does on paper is not the desk's to read
    world.db(lambda db: record_consent(db, cell.alice, Purpose.AWAY, given=False, now=world.clock()))
    forge(bob, f"year:desk:{cell.alice}:2026")
    world.wait(timedelta(days=4))
    assert "15-QĐ/ĐU" not in forge(bob, f"year:desk:{cell.alice}:2026").reads()


_words = st.text("abc ", min_size=0, max_size=200).map(raw)


@given(
    chapters=st.lists(st.lists(_words, min_size=1, max_size=60), min_size=1, max_size=6),
    lines=st.integers(30, 85),
)
def test_two_pages_are_never_overfull_and_nothing_is_left_out_unsaid(
    chapters: list[list[Text]], lines: int
) -> None:
    whole = [(raw(str(at)), one) for at, one in enumerate(chapters)]
    found = fitted_chapters(whole, lines)
    if sum(-(-len(one.to_plain("vi")) // 62) or 1 for _, part in whole for one in part) <= lines:
        assert found == whole
    for (_, part), (_, kept) in zip(whole, found, strict=True):
        if kept != part:
            said = re.search(r"và (\d+) việc nữa", kept[-1].to_plain("vi"))
            assert said is not None
            assert kept[:-1] == part[: len(kept) - 1]
            assert int(said[1]) == len(part) - len(kept) + 1
    printed = sum(-(-len(one.to_plain("vi")) // 62) or 1 for _, part in found for one in part)
    assert printed <= max(lines, 5 * len(whole))  # a single thing may be longer than a line


def test_what_two_pages_do_not_hold_is_cut_where_there_is_most_and_said(world: World, cell: Cell) -> None:
    (alice,) = settle_in(world, cell, ALICE)
    a_year_of(world, cell, tasks=120)
    forge(alice, "year:print:2026")
    _, data = alice.documents()[-1]
    rows = [[one.text for one in row.cells] for row in Document(BytesIO(data)).tables[1].rows]
    found = re.search(r"và (\d+) việc nữa$", rows[0][1])
    assert found is not None
    assert rows[0][1].count("\n") + int(found[1]) == 120
    assert all("nữa" not in text for _, text in rows[1:])
