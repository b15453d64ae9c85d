"""A letter that was typed wrong: corrected or withdrawn, with what stood there before; the member reads what is right."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.away import ReturnStep, begin_return, return_items
from models.away.letter import Letter, LetterChange, letters_of, unanswered_letters
from models.people.member import Member
from tests.fakes import World
from tests.handlers.desk.test_absence import Cast, forges, is_secretary_no_more, neighbour
from tests.phone import Phone


@pytest.fixture
def cast(world: World) -> Cast:
    return Cast(world)


def words_of(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(one.text for one in [*document.paragraphs, *cells])


def opens_letters(cast: Cast) -> Phone:
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An · Nhật Bản")
    return bob.taps("Thư với nơi đến")


def a_letter(cast: Cast) -> Phone:
    """Sent today to Hội người Việt; its screen is open."""
    bob = opens_letters(cast).taps("Ghi thư đã gửi", "Đề nghị nhận xét")
    bob.says("Hội người Việt").says("05-CV/CB")
    return bob.taps("Hôm nay", "Ghi lại", "Đề nghị nhận xét · ")


def answered(cast: Cast, words: str = "Chấp hành tốt") -> Phone:
    bob = a_letter(cast).taps("Ghi đã có trả lời", "Hôm nay").says(words).taps("Không ghi", "Ghi lại")
    cast.alice.reads()
    return bob


def the(cast: Cast, read: Any) -> Any:
    return cast.do(lambda db: read(db.scalars(select(Letter)).one()))


def test_what_was_typed_wrong_is_corrected_and_the_old_words_are_kept(cast: Cast) -> None:
    bob = a_letter(cast).taps("Sửa thư gõ sai")
    assert "Giữ nguyên: Hội người Việt" in bob.buttons()
    bob.says("Hội người Việt tại Osaka").taps("Giữ nguyên: 05-CV/CB").says("28/11/2026")
    seen = bob.taps("Ghi lại").reads()
    assert "Kính gửi: Hội người Việt tại Osaka" in seen
    assert "Gửi ngày 28/11/2026" in seen
    assert "Trước đó: gửi ngày 01/12/2026, số 05-CV/CB, gửi tới Hội người Việt" in seen
    assert the(cast, lambda one: (one.sent_on, one.number)) == (date(2026, 11, 28), "05-CV/CB")


def test_a_letter_that_was_sent_stays_as_it_left(cast: Cast) -> None:
    bob = a_letter(cast)
    cast.do(lambda db: setattr(db.get_one(Member, cast.cell.alice), "own_name", "Nguyễn Thị Khác"))
    bob.taps("Tải thư như lúc gửi")
    assert "như lúc gửi ngày 01/12/2026" in bob.reads()
    written = words_of(bob.documents()[-1][1])
    assert "Nguyễn Thị An" in written
    assert "Nguyễn Thị Khác" not in written
    assert "Hội người Việt" in written


def test_a_letter_is_not_sent_after_its_answer(cast: Cast) -> None:
    bob = a_letter(cast).taps("Sửa thư gõ sai", "Giữ nguyên", "Giữ nguyên").says("28/11").taps("Ghi lại")
    bob.taps("Ghi đã có trả lời").says("29/11").says("tốt").taps("Không ghi", "Ghi lại", "Sửa thư gõ sai")
    bob.taps("Giữ nguyên", "Giữ nguyên").says("30/11")
    assert "Ngày gửi không thể sau" in bob.taps("Ghi lại").reads()
    assert the(cast, lambda one: one.sent_on) == date(2026, 11, 28)


def test_an_answer_that_was_typed_wrong_is_put_right_for_the_member_too(cast: Cast) -> None:
    bob = answered(cast, "Chấp hành chưa tốt").taps("Sửa thư trả lời", "Giữ 01/12/2026")
    seen = bob.says("Chấp hành tốt").taps("Không ghi", "Ghi lại").reads()
    assert "<b>Đã sửa</b>" in seen or "Đã sửa" in seen
    assert "“Chấp hành chưa tốt”" in seen
    seen = cast.alice.reads()
    assert "Xin đính chính" in seen
    assert "Chấp hành tốt" in seen
    assert "chưa tốt" not in seen


def test_a_withdrawn_letter_waits_for_nothing_and_can_be_noted_anew(cast: Cast) -> None:
    seen = a_letter(cast).taps("Rút thư ghi nhầm").says("Gửi nhầm nơi").taps("Ghi lại").reads()
    assert "Đã rút: ghi nhầm" in seen
    assert "Lý do: Gửi nhầm nơi" in seen
    assert "Ghi đã có trả lời" not in cast.bob.buttons()
    letter = the(cast, lambda one: one.id)
    seen = forges(cast.bob, f"absence:do:answered:{letter}")
    cast.bob.taps("Hôm nay").says("tốt").taps("Không ghi", "Ghi lại")
    assert "đã rút" in cast.bob.reads()
    assert cast.do(lambda db: (letters_of(db, cast.chain.away_id), unanswered_letters(db, cast.cell.id))) == (
        [],
        [],
    )
    assert cast.alice.reads() == ""
    a_letter(cast)
    assert cast.do(lambda db: len(letters_of(db, cast.chain.away_id))) == 1


def test_who_read_a_withdrawn_answer_is_told_and_the_return_is_open_again(cast: Cast) -> None:
    cast.chain.is_approved()
    bob = a_letter(cast)
    cast.chain.does(begin_return, by_id=cast.cell.alice, returned_on=date(2026, 12, 1))
    bob.taps("Ghi đã có trả lời", "Hôm nay").says("Của người khác").taps("Không ghi", "Ghi lại")

    def comment_is_done(db: Session) -> bool:
        items = return_items(db, cast.chain.away_id)
        return next(item.done_at for item in items if item.step == ReturnStep.COMMENT) is not None

    assert cast.do(comment_is_done)
    cast.alice.reads()
    bob.taps("Rút thư ghi nhầm").says("Thư về đồng chí khác").taps("Ghi lại")
    seen = cast.alice.reads()
    assert "ghi nhầm và đã được rút" in seen
    assert "Thư về đồng chí khác" in seen
    assert not cast.do(comment_is_done)


def test_corrections_are_the_offices_and_no_secrets(cast: Cast) -> None:
    bob = answered(cast)
    letter = the(cast, lambda one: one.id)
    for phone in (cast.alice, cast.dan, neighbour(cast.world)):
        for act in ("fixletter", "fixanswer", "unsend"):
            assert "không thuộc phần" in forges(phone, f"absence:do:{act}:{letter}")
    forges(bob, f"absence:do:unsend:{letter}")
    assert "tài liệu MẬT" in bob.says("TUYỆT MẬT").reads()
    is_secretary_no_more(cast.world, cast.cell)
    assert "không thuộc phần" in bob.says("Ghi nhầm").reads()
    assert cast.do(lambda db: list(db.scalars(select(LetterChange)))) == []
