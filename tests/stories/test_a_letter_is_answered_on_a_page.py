"""The receiving side: who has a cell's letter answers it by its code, without an account; then the paper comes."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from docx import Document
from sqlalchemy import func, select
from starlette.applications import Starlette

from models.away.away import Away, begin_return, return_items
from models.away.letter import Letter
from models.away.reply_slip import ReplySlip, SlipState
from models.delivery.file import File, file_bytes
from models.delivery.papers import qr_png
from models.delivery.policy import FloodPolicy
from models.meeting.policy import AttendancePolicy
from models.people.member import Member, Purpose, record_consent
from models.trust.erasure import erase_member
from models.trust.retention import retain
from tests.fakes import UNHURRIED, World
from tests.files import a_pdf, a_picture
from tests.handlers.desk.test_absence import Cast, forges
from tests.phone import Phone
from tests.tab import DOOR, Tab
from tests.walk.test_http import ask

LINES = {
    "here": "yes",
    "since": "05/2026",
    "comment": "Chấp hành tốt, có đăng ký tạm trú.",
    "by_name": "Lê Văn Tám",
    "post": "Chủ tịch Hội người Việt",
    "phone": "0909 123 456",
}
PRIVATE = ("Nguyễn", "An", "Chi bộ", "Đông", "Đảng", "đồng chí", "Hội")


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, attendance=AttendancePolicy(door=DOOR), operator_chat=99) as opened:
        opened.phone(99, "Operator").says("/start")
        yield opened


@pytest.fixture
def cast(world: World) -> Cast:
    return Cast(world)


class Sent:
    """A letter on paper: where it leads, and what is printed beside it."""

    def __init__(self, bob: Phone) -> None:
        self.data = bob.documents()[-1][1]
        document = Document(io.BytesIO(self.data))
        cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
        self.words = "\n".join(one.text for one in [*document.paragraphs, *cells])
        self.link = self.code = ""
        if found := re.search(r"https://so\.example/r/\d{12}", self.words):
            self.link = found[0]
            self.code = re.search(r"gõ mã: (\d{3} \d{3} \d{4})", self.words)[1]  # type: ignore[index]
        self.pictures = [
            part.blob for part in document.part.package.iter_parts() if part.content_type == "image/png"
        ]


def letters_of_alice(cast: Cast) -> Phone:
    bob = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An · Nhật Bản")
    return bob.taps("Thư với nơi đến")


def drafts(cast: Cast, kind: str = "Soạn đề nghị nhận xét") -> Sent:
    """bob has a letter made on his phone."""
    return Sent(letters_of_alice(cast).taps("Soạn thư", kind))


def sends(cast: Cast) -> Sent:
    """The same, and it has left for Hội người Việt."""
    letter = drafts(cast)
    cast.bob.taps("Đã gửi đề nghị nhận xét").says("Hội người Việt").says("05-CV/CB")
    cast.bob.taps("Hôm nay", "Ghi lại")
    for phone in cast.phones:
        phone.reads()
    return letter


def opens(world: World, letter: Sent, **how: Any) -> Tab:
    return Tab(world, **how).opens(letter.link).fills(code=letter.code)


def rows(cast: Cast, of: type[Any] = ReplySlip) -> list[Any]:
    return list(cast.do(lambda db: list(db.scalars(select(of).order_by(of.id)))))


def looks_up(cast: Cast) -> Phone:
    return letters_of_alice(cast).taps("Đề nghị nhận xét · ")


def later(world: World, **by: Any) -> None:
    world.clock.set(world.clock() + timedelta(**by))


# --- the whole way ----------------------------------------------------------------------------------------------------


def test_the_letter_is_answered_read_and_followed_by_its_paper(world: World, cast: Cast) -> None:
    letter = sends(cast)
    assert letter.pictures == [qr_png(letter.link)]
    assert "Mã dùng một lần, đến ngày 30/01/2027" in letter.words
    tab = Tab(world).opens(letter.link)
    assert not [word for word in PRIVATE if word in tab.text()]
    tab.fills(code=letter.code)
    asked = tab.text()
    for words in ("Đề nghị nhận xét của Chi bộ thôn Đông", "Nguyễn Thị An", "từ ngày 01/12/2026 đến ngày"):
        assert words in asked
    for words in ("Osaka", "Xưởng mộc", "+81", "Bình", "1980"):
        assert words not in asked
    tab.fills(**LINES)
    receipt = re.search(r"TL-2026-[0-9A-F]{8}", tab.text())
    assert receipt
    assert "Lúc: 08:00 01/12/2026" in tab.text()
    assert "Nguyễn" not in tab.text()
    for phone in (cast.bob, cast.deputy):
        told = phone.reads()
        assert "Nơi đến đã trả lời trên trang: chưa ký, chờ bản giấy" in told
        assert "Chấp hành" not in told
    assert cast.alice.reads() == ""
    assert "trả lời 01/12: chưa ký, chờ bản giấy" in cast.bob.says("/chibo").reads()
    seen = cast.bob.taps("Nguyễn Thị An · trả lời 01/12").reads()
    for words in (receipt[0], "Ở đó: Có; từ 05/2026", "Chấp hành tốt", "Lê Văn Tám, Chủ tịch Hội người Việt"):
        assert words in seen
    assert "Ghi đã có trả lời" not in cast.bob.buttons()
    seen = cast.bob.taps("Bản giấy đã về", "Ghi lại").reads()
    assert "Trả lời ngày 01/12/2026" in seen
    assert "Chấp hành tốt" in cast.alice.reads()
    assert "chưa ký" not in cast.bob.says("/chibo").reads()
    assert "Biên nhận số" in opens(world, letter).text()


def test_it_is_called_to_mind_no_more_and_again_once_the_code_is_replaced(world: World, cast: Cast) -> None:
    letter = sends(cast)
    opens(world, letter).fills(**LINES)
    assert [one.next_at for one in rows(cast, Letter)] == [None]
    seen = looks_up(cast).taps("Thay mã trả lời").reads()
    assert "Mã của bản trước không dùng được nữa" not in seen  # it was used
    again = Sent(cast.bob)
    assert again.link != letter.link
    assert "05-CV/CB" in again.words
    assert [one.next_at is None for one in rows(cast, Letter)] == [False]
    assert "Ghi đã có trả lời" in cast.bob.buttons()
    assert "đã được thay bằng mã khác" in opens(world, letter).text()
    assert opens(world, again).fills(**{**LINES, "here": "no"}).status == 200
    assert "Ở đó: Không" in looks_up(cast).reads()


def test_the_paper_may_say_something_else(world: World, cast: Cast) -> None:
    cast.chain.is_approved()
    letter = sends(cast)
    opens(world, letter).fills(file=("tl.pdf", a_pdf("Nhan xet"), "application/pdf"), **LINES)
    cast.chain.does(begin_return, by_id=cast.cell.alice, returned_on=world.clock().date())
    looks_up(cast)
    assert "Có kèm tệp" in cast.bob.reads()
    assert cast.bob.taps("Xem bản scan").documents()[-1][0] == "tl.pdf"
    looks_up(cast).taps("Bản giấy đã về", "Sửa: nội dung").says("Không có mặt thường xuyên").taps("Ghi lại")
    seen = cast.alice.reads()
    assert "Không có mặt thường xuyên" in seen
    assert "Chấp hành tốt" not in seen
    done = cast.do(
        lambda db: {one.step: one.done_at is not None for one in return_items(db, cast.chain.away_id)}
    )
    assert done["comment"]


def test_an_answer_notes_a_letter_that_nobody_noted(world: World, cast: Cast) -> None:
    letter = drafts(cast, "Soạn thư giới thiệu")
    cast.bob.reads()
    tab = opens(world, letter)
    assert "về sinh hoạt hoặc đến liên hệ" in tab.text()
    tab.fills(**LINES)
    assert [(one.kind, one.replied_at is None) for one in rows(cast, Letter)] == [("introduction", False)]
    assert "Thư giới thiệu về đồng chí Nguyễn Thị An" in cast.bob.reads()


def test_thanks_have_no_code_and_neither_has_a_letter_where_no_page_is_served(cast: Cast) -> None:
    thanks = drafts(cast, "Soạn thư cảm ơn")
    assert (thanks.link, thanks.pictures, rows(cast)) == ("", [], [])


# --- codes ------------------------------------------------------------------------------------------------------------


def test_the_code_is_kept_as_a_hash_and_a_newer_letter_voids_it(world: World, cast: Cast) -> None:
    first = sends(cast)
    (slip,) = rows(cast)
    assert first.code.replace(" ", "").encode() not in slip.hash_sealed
    second = drafts(cast)
    assert "Mã của bản trước không dùng được nữa" in cast.bob.reads()
    assert [one.state for one in rows(cast)] == [SlipState.REPLACED, SlipState.OPEN]
    assert "đã được thay bằng mã khác" in opens(world, first).text()
    assert "1. Đồng chí này" in opens(world, second).text()


def test_digits_are_read_however_they_are_typed(world: World, cast: Cast) -> None:
    letter = sends(cast)
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else "-" for sign in letter.code)
    assert "1. Đồng chí này" in Tab(world).opens(letter.link).fills(code=f" {wide} ").text()


def test_a_wrong_code_and_an_address_that_is_none_are_told_the_same(world: World, cast: Cast) -> None:
    letter = sends(cast)
    wrong = Tab(world).opens(letter.link).fills(code="0000000000")
    nobody = Tab(world).opens(f"{DOOR}/r/000000000000").fills(code=letter.code)
    assert (wrong.status, nobody.status) == (403, 403)
    assert wrong.text() == nobody.text()
    assert "Mã chưa đúng" in wrong.text()
    assert "Địa chỉ này chép thiếu" in Tab(world).opens(f"{DOOR}/r/12345").text()


def test_five_wrong_codes_lock_it_for_a_while_even_for_the_right_one(world: World, cast: Cast) -> None:
    letter = sends(cast)
    tab = Tab(world).opens(letter.link)
    for _ in range(5):
        tab.fills(code="0000000000")
    assert "tạm khóa" in tab.fills(code=letter.code).text()
    assert tab.status == 429
    later(world, minutes=1, seconds=1)
    assert "1. Đồng chí này" in tab.fills(code=letter.code).text()
    assert [one.wrong_tries for one in rows(cast)] == [0]


def test_a_code_ends_and_says_so_only_to_who_has_it(world: World, cast: Cast) -> None:
    letter = sends(cast)
    later(world, days=60)
    assert "Mã này đã hết hạn" in opens(world, letter).text()
    assert "Mã chưa đúng" in Tab(world).opens(letter.link).fills(code="1").text()
    assert "đã hết hạn 30/01/2027" in looks_up(cast).reads()


def test_the_paper_that_came_first_settles_it(world: World, cast: Cast) -> None:
    letter = sends(cast)
    tab = opens(world, letter)
    looks_up(cast).taps("Ghi đã có trả lời", "Hôm nay").says("Tốt").taps("Không ghi", "Ghi lại")
    assert "không cần trả lời nữa" in tab.fills(**LINES).text()
    assert [one.answered_at for one in rows(cast)] == [None]


def test_who_no_longer_wants_it_kept_here_is_asked_about_no_more(world: World, cast: Cast) -> None:
    letter = sends(cast)
    cast.do(lambda db: record_consent(db, cast.cell.alice, Purpose.AWAY, given=False, now=world.clock()))
    seen = opens(world, letter).text()
    assert "không cần trả lời nữa" in seen
    assert "Nguyễn" not in seen


def test_only_the_desk_makes_codes(cast: Cast) -> None:
    sends(cast)
    (letter,) = rows(cast, Letter)
    for phone in (cast.alice, cast.dan, cast.officer):
        assert "không thuộc phần" in forges(phone, f"absence:code:{letter.id}")
    assert len(rows(cast)) == 1


# --- the form ---------------------------------------------------------------------------------------------------------


def test_the_same_form_twice_is_one_answer_and_another_one_is_told(world: World, cast: Cast) -> None:
    letter = sends(cast)
    tab, other = opens(world, letter), opens(world, letter, ip="203.0.113.8")
    form = tab.html
    tab.fills(**LINES)
    first, cast_told = tab.text(), cast.bob.reads()
    tab.html = form  # the button was tapped twice
    assert tab.fills(**LINES).text() == first
    assert cast.bob.reads() == ""
    assert cast_told.count("chưa ký") == 1
    seen = other.fills(**{**LINES, "here": "no"}).text()
    assert "lần gửi này không được ghi" in seen
    assert re.search(r"TL-2026-\w+", seen)[0] in first  # type: ignore[index]
    assert "Ở đó: Có" in looks_up(cast).reads()


UNFIT = [
    ({"here": ""}, "Còn thiếu dòng 1"),
    ({"here": "maybe"}, "Còn thiếu dòng 1"),
    ({"phone": " "}, "Còn thiếu dòng 4"),
    ({"comment": "ă" * 5000}, "Dòng 3 dài 5000"),
    ({"post": "x" * 121}, "dài tối đa 120"),
    ({"comment": "Văn bản TUYỆT MẬT"}, "tài liệu MẬT"),
]


def test_what_does_not_fit_has_its_sentence_and_nothing_typed_is_lost(world: World, cast: Cast) -> None:
    tab = opens(world, sends(cast))
    for lines, said in UNFIT:
        tab.fills(**{**LINES, **lines})
        assert said in tab.text()
        assert tab.status == 422
        assert "Lê Văn Tám" in tab.html
        assert {**LINES, **lines}["comment"] in tab.html
    assert [one.state for one in rows(cast)] == [SlipState.OPEN]
    assert "Biên nhận số" in tab.fills(**LINES).text()


def test_names_in_pieces_and_signs_that_nobody_sees_are_put_right(world: World, cast: Cast) -> None:
    name = unicodedata.normalize("NFD", "Lê Văn Tám") + "\u202e\x07"
    opens(world, sends(cast)).fills(**{**LINES, "by_name": name, "comment": "<b>Tốt</b> &\r\nrất"})
    seen = looks_up(cast).reads()
    assert "Người trả lời: Lê Văn Tám, Chủ tịch" in seen
    assert "<b>Tốt</b> &\nrất" in seen


def test_a_photo_is_made_anew_and_a_program_is_none(world: World, cast: Cast) -> None:
    letter = sends(cast)
    tab = opens(world, letter)
    tab.fills(file=("tra-loi.pdf", b"MZ\x90\x00" + b"\x00" * 200, "application/pdf"), **LINES)
    assert "Chưa gửi: mời chọn tệp khác" in tab.text()
    assert "Lê Văn Tám" in tab.html
    tab.fills(file=("BC-MAT.pdf", a_pdf("x"), "application/pdf"), **LINES)
    assert "tài liệu MẬT" in tab.text()
    assert cast.do(lambda db: db.scalar(select(func.count()).select_from(File))) == 0
    tab.fills(file=("anh.png", a_picture("png"), "image/png"), **LINES)
    assert "Biên nhận số" in tab.text()
    (file,) = rows(cast, File)
    assert (file_bytes(file) or b"")[:3] == b"\xff\xd8\xff"
    looks_up(cast).taps("Xem bản scan")
    assert "Nguyễn Thị An" in cast.bob.reads()


def test_a_form_that_lay_too_long_asks_for_the_code_and_keeps_what_was_typed(
    world: World, cast: Cast
) -> None:
    letter = sends(cast)
    tab = opens(world, letter)
    later(world, hours=3)
    tab.fills(**LINES)
    assert "Những gì đã gõ vẫn còn" in tab.text()
    assert "Nguyễn" not in tab.text()
    tab.fills(code=letter.code)
    assert "Chấp hành tốt" in tab.html
    assert "checked" in tab.html
    assert "Biên nhận số" in tab.fills(**LINES).text()


# --- strangers --------------------------------------------------------------------------------------------------------


def test_forms_of_others_open_and_answer_nothing(world: World, cast: Cast) -> None:
    letter = sends(cast)
    path = letter.link.removeprefix(DOOR)
    tab = Tab(world).posts(path, {"code": letter.code, "k": "0" * 64})
    assert "không từ trang trả lời" in tab.text()
    form = Tab(world).opens(letter.link).html
    tab.html = form
    key = re.search(r'name="k" value="(\w+)"', form)[1]  # type: ignore[index]
    tab.posts(path, {"code": letter.code, "k": key}, site="cross-site", Origin="https://boese.example")
    assert "không từ trang trả lời" in tab.text()
    until = int(world.clock().timestamp()) + 9999
    for ticket in (f"{until}.{'0' * 64}", "x", f"9.{key}", ""):
        tab.posts(path, {"ticket": ticket, "k": key, **LINES})
        assert "gõ lại mã" in tab.text()
        assert "Nguyễn" not in tab.text()
    assert [one.state for one in rows(cast)] == [SlipState.OPEN]


def test_a_ticket_opens_its_own_letter_alone(world: World, cast: Cast) -> None:
    first = sends(cast)
    tab = opens(world, first)
    other = drafts(cast, "Soạn thư giới thiệu")
    form = tab.html.replace(first.link.removeprefix(DOOR), other.link.removeprefix(DOOR))
    key = re.search(r'name="k" value="(\w+)"', Tab(world).opens(other.link).html)[1]  # type: ignore[index]
    tab.html = re.sub(r'name="k" value="\w+"', f'name="k" value="{key}"', form)
    assert "gõ lại mã" in tab.fills(**LINES).text()
    assert {one.state for one in rows(cast)} == {SlipState.OPEN}


def test_nothing_is_kept_by_browser_or_proxy(world: World, cast: Cast) -> None:
    letter = sends(cast)
    tab = opens(world, letter)
    for _ in range(2):  # the form, then the receipt
        assert tab.answer is not None
        headers = tab.answer.headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "<script" not in tab.html
        if "<form" in tab.html:
            tab.fills(**LINES)
    assert not list(tab.cookies.jar)
    assert tab.url == letter.link.removeprefix(DOOR)
    ahead = Tab(world)
    ahead.headers["Sec-Purpose"] = "prefetch"
    assert ahead.opens(letter.link).status == 204


def test_too_much_is_not_read(world: World, cast: Cast) -> None:
    tab = opens(world, sends(cast))
    megabytes = world.settings.file.megabytes
    assert f"không quá {megabytes} MB" in tab.text()  # said before one chooses
    tab.fills(file=("a.pdf", b"%PDF" + b"0" * (megabytes * 1_000_000 + 70_000), "application/pdf"), **LINES)
    assert tab.status == 413
    assert f"lớn hơn {megabytes} MB" in tab.text()
    path = tab.url
    assert Tab(world).posts(path, {"code": "1" * 70_000}).status == 413


def test_who_guesses_waits_and_the_operator_is_told(database_url: str) -> None:
    flood = FloodPolicy(**{**UNHURRIED.model_dump(), "guesses": 3, "guesses_alarm": 4})
    door = AttendancePolicy(door=DOOR)
    with World.open(database_url, attendance=door, flood=flood, operator_chat=99) as world:
        operator = world.phone(99, "Operator").says("/start")
        operator.reads()
        tab = Tab(world).opens(f"{DOOR}/r/123456789012")
        for _ in range(3):
            assert tab.fills(code="1234567890").status == 403
        assert "Đã thử quá nhiều lần" in tab.fills(code="1234567890").text()
        for last in range(3):
            Tab(world, ip=f"203.0.113.{last + 20}").opens(f"{DOOR}/r/123456789012").fills(code="1")
        assert "many codes of letters" in operator.reads()


@pytest.mark.long
def test_ten_thousand_guesses_in_a_minute_are_few_that_are_compared(sqlite_url: str) -> None:
    """From one asker, and from as many as there are guesses: the writer is nobody's to keep busy."""
    with World.open(sqlite_url, attendance=AttendancePolicy(door=DOOR)) as world:
        form = Tab(world).opens(f"{DOOR}/r/123456789012").html
        key = re.search(r'name="k" value="(\w+)"', form)[1]  # type: ignore[index]
        compared: Counter[bool] = Counter()
        app = Starlette(routes=world.app.web_routes)
        type_ = {"content-type": "application/x-www-form-urlencoded"}

        async def guesses() -> None:
            for number in range(10_000):
                world.clock.set(world.clock() + timedelta(milliseconds=6))
                is_one = number % 2 == 0
                body = f"k={key}&code={number:010d}".encode()
                client = "203.0.113.7" if is_one else f"10.1.{number // 250}.{number % 250}"
                status, _ = await ask(app, "POST", "/r/123456789012", body, type_, client=client)
                assert status in (403, 429)
                compared[is_one] += status == 403

        world.run(guesses())
        flood = world.settings.flood
        assert 0 < compared[True] <= flood.guesses
        assert compared.total() <= flood.codes_burst + timedelta(minutes=1) / flood.codes_every + 1
        assert compared.total() > flood.codes_burst  # and whoever comes later is not shut out


def test_another_language_reads_it_too(world: World, cast: Cast) -> None:
    tab = opens(world, sends(cast), language="en")
    assert "Does this person live and work in your area?" in tab.text()
    assert "The answer was received." in tab.fills(**LINES).text()


# --- whose data it is -------------------------------------------------------------------------------------------------


def test_the_member_reads_it_among_their_own_data_and_deletes_it(world: World, cast: Cast) -> None:
    letter = sends(cast)
    opens(world, letter).fills(file=("tl.pdf", a_pdf("x"), "application/pdf"), **LINES)
    seen = cast.alice.says("/dulieu").taps("Xem đầy đủ").reads()
    assert "trả lời trên trang 01/12/2026, chưa ký" in seen
    assert "Chấp hành tốt" in seen
    (slip,) = rows(cast)
    assert "Chấp hành".encode() not in slip.answer_sealed
    erases(world, cast)
    assert rows(cast) == rows(cast, File) == []
    assert "Mã chưa đúng" in opens(world, letter).text()


def erases(world: World, cast: Cast) -> None:
    def work(db: Any) -> None:
        member = db.get_one(Member, cast.cell.alice)
        erase_member(db, member, policy=world.settings.checkin, now=world.clock())

    cast.do(work)


def test_it_goes_with_its_absence(world: World, cast: Cast) -> None:
    opens(world, sends(cast)).fills(**LINES)

    def work(db: Any) -> int:
        db.get_one(Away, cast.chain.away_id).closed_at = world.clock()
        db.flush()
        while retain(db, world.settings.retention, now=datetime(2060, 1, 1, tzinfo=UTC)):
            pass
        return db.scalar(select(func.count()).select_from(ReplySlip)) or 0

    assert cast.do(work) == 0


# --- on the absence ---------------------------------------------------------------------------------------------------


def test_the_answer_by_the_letters_code_stands_on_one_line_of_the_absence(world: World, cast: Cast) -> None:
    def of_the_place() -> list[str]:
        seen = cast.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An · Nhật Bản").reads()
        return [line for line in seen.splitlines() if "nơi đến" in line.lower() and "trả lời" in line]

    assert of_the_place() == []
    letter = sends(cast)
    assert of_the_place() == ["Thư ngày 01/12/2026 gửi nơi đến: chưa có trả lời."]
    opens(world, letter).fills(**LINES)
    (line,) = of_the_place()
    assert line.startswith("Nơi đến trả lời trên trang ngày 01/12/2026")
    assert line.endswith("chờ bản giấy.")  # nobody has signed it yet
    assert "Chấp hành" not in line  # what they say stands in the letter, behind a look that leaves a row
    looks_up(cast).taps("Bản giấy đã về", "Ghi lại")
    (line,) = of_the_place()
    assert line.startswith("Nơi đến trả lời ngày 01/12/2026")
    assert "chờ bản giấy" not in line
