"""The handbook on people's phones: found without marks, with its source, and studied only if the person says so."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from bot.check import check_handbook
from bot.finding import Verdict
from bot.handbook import take_handbook
from bot.settings import Settings
from models.ground.db import Database
from models.ground.rules import Sure
from models.meeting.handbook import (
    HOUSE,
    HandbookUnusable,
    MeantFor,
    entries_for,
    read_handbook,
    search_handbook,
    studies_of,
)
from models.people.member import Member
from models.year.review.forms import every_form
from models.year.review.prefill import own_year
from tests.fakes import World
from tests.people import ALICE, BOB, CAROL, OFFICER, Cell, settle_in
from tests.phone import Phone

ENTRIES = read_handbook()


@pytest.fixture
def alice(world: World, cell: Cell) -> Phone:
    (phone,) = settle_in(world, cell, ALICE)
    return phone


def test_a_question_is_found_without_marks_and_answered_with_its_source(alice: Phone) -> None:
    assert "“tam mien”" in alice.says("/sotay tam mien").reads()
    said = alice.taps("Tạm miễn được bao lâu?").reads()
    assert "dưới 12 tháng" in said
    assert "Nguồn: Hướng dẫn 01-HD/TW ngày 19/05/2026" in said
    assert "chưa đối chiếu được với văn bản" in said


def test_it_is_reached_by_buttons_alone(alice: Phone) -> None:
    assert "Sổ tay" in alice.says("/menu").taps("Trợ giúp", "Sổ tay hỏi đáp").reads()


def test_a_practice_is_called_one(alice: Phone) -> None:
    assert (
        "Đây là thông lệ, không phải quy định."
        in alice.says("/sotay gia han").taps("Xin gia hạn thế nào?").reads()
    )


def test_words_are_asked_for_where_none_were_typed(alice: Phone) -> None:
    alice.says("/sotay").taps("Tìm theo từ").says("đảng phí")
    assert "Đi xa nộp đảng phí ở đâu?" in alice.buttons()


def test_whoever_comes_from_a_question_sees_what_belongs_to_it_and_goes_on(alice: Phone) -> None:
    asked = alice.says("/khaibao").reads()
    said = alice.says("/sotay").reads()
    assert "Trên cùng là các câu về việc đồng chí đang làm" in said
    first = next(one for one in ENTRIES if one.vi.short == alice.buttons()[0])
    assert first.is_of("away")
    assert alice.taps("Làm tiếp").reads() == asked


def test_each_sees_what_is_meant_for_them(world: World, cell: Cell) -> None:
    alice, bob, officer = settle_in(world, cell, ALICE, BOB, OFFICER)
    shorts = {reader: {one.vi.short for one in ENTRIES if reader in one.readers} for reader in MeantFor}
    assert set(alice.says("/sotay").buttons()) & shorts[MeantFor.SECRETARY] <= shorts[MeantFor.MEMBER]
    seen = bob.says("/sotay").buttons()
    while "Trang sau ›" in bob.buttons():
        seen += bob.taps("Trang sau ›").buttons()
    assert "Đếm ba tháng thế nào?" in seen
    assert "Vì sao chỉ thấy số?" in officer.says("/sotay").buttons()


def test_what_was_only_read_is_not_studied(world: World, cell: Cell, alice: Phone) -> None:
    alice.says("/sotay dang phi").taps("Đi xa nộp đảng phí ở đâu?")
    assert world.db(lambda db: studies_of(db, cell.alice)) == []
    assert "chưa ghi câu nào" in alice.taps("Sổ tự học của tôi").reads()


def test_it_is_noted_once_in_half_a_year_and_can_be_taken_back(
    world: World, cell: Cell, alice: Phone
) -> None:
    alice.says("/sotay dang phi").taps("Đi xa nộp đảng phí ở đâu?")
    tapped = alice.button_data("Tôi đã học, ghi vào sổ tự học")
    alice.taps_data(*tapped)
    assert "ghi vào sổ tự học ngày 01/12/2026" in alice.reads()
    world.wait(timedelta(minutes=5))
    alice.taps_data(*tapped, stale=True)
    assert len(world.db(lambda db: studies_of(db, cell.alice))) == 1
    assert "6 tháng cuối năm 2026" in alice.taps("Sổ tự học của tôi").reads()
    alice.says("/sotay dang phi").taps("Đi xa nộp đảng phí ở đâu?").taps("Bỏ ghi: tôi chưa học")
    assert world.db(lambda db: studies_of(db, cell.alice)) == []
    world.wait(timedelta(days=40))
    alice.says("/sotay dang phi").taps("Đi xa nộp đảng phí ở đâu?").taps("Tôi đã học, ghi vào sổ tự học")
    assert "6 tháng đầu năm 2027" in alice.taps("Sổ tự học của tôi").reads()


def test_the_year_end_text_offers_what_was_noted(world: World, cell: Cell, alice: Phone) -> None:
    alice.says("/sotay mat").taps("Gửi tài liệu mật được không?").taps("Tôi đã học, ghi vào sổ tự học")
    heading = next(one for form in every_form() for one in form.headings if "self_study" in one.prefill_from)

    def offered(year: int) -> str:
        words = world.db(lambda db: own_year(db, db.get_one(Member, cell.alice), heading, year))
        return " ".join(str(one.vi) for one in words)

    assert "Tự học 1 nội dung: Gửi tài liệu mật qua chương trình này được không" in offered(2026)
    assert "Tự học" not in offered(2027)


@pytest.mark.parametrize("typed", ["qwertyuiop", "%", "_", "\\", "?!…", "x" * 3_000])
def test_what_is_not_there_is_said_and_another_word_asked_for(alice: Phone, typed: str) -> None:
    assert "Sổ tay chưa có câu nào về" in alice.says(f"/sotay {typed}").reads()


def test_decomposed_letters_find_the_same(alice: Phone) -> None:
    found = alice.says("/sotay đảng phí").buttons()
    assert alice.says("/sotay " + unicodedata.normalize("NFD", "đảng phí")).buttons() == found


def test_a_stranger_learns_nothing(world: World, cell: Cell) -> None:
    carol = world.phone(CAROL)
    for said in ("/sotay", "/sotay đảng phí"):
        assert "Đảng" not in carol.says(said).reads()
        assert "đảng" not in carol.reads()


def test_a_file_that_was_replaced_leaves_old_buttons_and_the_record(
    world: World, cell: Cell, alice: Phone, tmp_path: Path
) -> None:
    alice.says("/sotay dang phi").taps("Đi xa nộp đảng phí ở đâu?").taps("Tôi đã học, ghi vào sổ tự học")
    old = alice.button_data("Bỏ ghi: tôi chưa học")
    own = tmp_path / "handbook.toml"
    own.write_text(
        HOUSE.read_text(encoding="utf-8").split("[[entry]]")[0] + _entry("phi-nam-nay"), encoding="utf-8"
    )
    take_handbook(world.url, own)
    assert alice.says("/sotay").buttons()[0] == "Phí năm nay"
    alice.taps_data(*old)
    assert "không còn trong sổ tay" in alice.reads()
    assert (
        "Đi làm xa thì nộp đảng phí ở đâu?"
        in alice.taps("Các câu hỏi khác").taps("Sổ tự học của tôi").reads()
    )


def _entry(code: str, *, short: str = "Phí năm nay") -> str:
    words = f'short = "{short}"\nquestion = "Phí năm nay thế nào?"\nanswer = "Như năm ngoái."\n'
    return f'[[entry]]\ncode = "{code}"\nreaders = ["member"]\nsure = "practice"\n[entry.vi]\n{words}[entry.en]\n{words}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "entry"),
        ("[[entry]\n", "cannot be read"),
        (_entry("a-b") + _entry("a-b"), "the code a-b twice"),
        (_entry("a-b", short="x" * 35), "vi.short"),
        (_entry("Á b"), "code"),
        (_entry("a-b") + "extra = 1\n", "extra"),
    ],
)
def test_a_wrong_file_is_named_with_its_place_and_nothing_starts_on_it(
    tmp_path: Path, text: str, said: str
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(HandbookUnusable, match="Hint: ") as wrong:
        read_handbook(own)
    assert said in str(wrong.value)
    finding = check_handbook(Settings(_env_file=None, handbook=own))
    assert finding.verdict is Verdict.WRONG
    with pytest.raises(HandbookUnusable):
        read_handbook(tmp_path / "nowhere.toml")


def test_the_houses_own_is_whole() -> None:
    for one in ENTRIES:
        assert bool(one.source) != (one.sure is Sure.PRACTICE) or one.code == "chi-thay-so", one.code
        if "01-HD/TW" in one.source:
            assert "19/05/2026" in one.source, one.code
        for words in (one.vi, one.en):
            assert words.question.endswith("?"), one.code
    assert {reader for one in ENTRIES for reader in one.readers} == set(MeantFor)


def test_every_entry_is_found_by_its_own_question_in_both_languages(database: Database) -> None:
    for one in ENTRIES:
        for question in (one.vi.question, one.en.question):
            found = database.run(partial(search_handbook, typed=question))
            assert one in found[:5], (one.code, question)


@given(typed=st.text(max_size=60))
def test_no_words_make_a_search_fail(database: Database, typed: str) -> None:
    assert len(database.run(lambda db: search_handbook(db, typed))) <= 20


def test_a_room_puts_its_own_first(database: Database) -> None:
    found = database.run(lambda db: entries_for(db, [MeantFor.MEMBER], room="review_text"))
    assert found[0].is_of("review_text")
    assert len(found) == sum(MeantFor.MEMBER in one.readers for one in ENTRIES)
