"""A cell's months in counts, and their picture."""

from __future__ import annotations

import io
import itertools
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings, strategies as st
from PIL import Image, ImageFont
from sqlalchemy.orm import Session

from models.contact.chart import FONT, LOOKS, ChartWords, draw_months
from models.contact.checkin import Report, answer_checkin, excuse_checkin, owed_checkin
from models.contact.months import Became, Month, months_of
from models.ground.db import Database
from models.people.member import Reachability, account_of, set_reachability
from models.phrases.contact import chart as phrases
from tests.models.desk.test_desk import OPENED, POLICY, a_cell, all_open, away
from tests.sizes import sized

WORDS = ChartWords(
    "Báo cáo trong 12 tháng", "Chi bộ", "Tháng", "Chưa hỏi", {one: one.value for one in Became}
)


def test_every_check_in_is_counted_once_and_unreachable_is_no_miss(database: Database) -> None:
    with Session(database.engine, expire_on_commit=False) as db:
        cell = a_cell(db)
        people = {n: away(db, cell, f"Đỗ {n}", chat=n) for n in range(1, 7)}
        all_open(db)
        blocked = account_of(db, people[1].id)
        assert blocked
        set_reachability(blocked, Reachability.BLOCKED, now=OPENED)
        for n, now in ((2, OPENED), (3, datetime(2026, 12, 20, tzinfo=UTC))):
            all_open(db, now)
            owed = owed_checkin(db, people[n].id)
            assert owed
            answer_checkin(db, owed, Report(fine=True), by_id=people[n].id, policy=POLICY, now=now)
        later = owed_checkin(db, people[4].id)
        assert later
        until = datetime(2026, 12, 30, tzinfo=UTC)
        now = datetime(2026, 12, 20, tzinfo=UTC)
        excuse_checkin(db, later, until=until, reason=None, by_id=people[2].id, now=now)
        db.flush()
        december = months_of(db, cell.id, now=now)[-1]
        assert december.month == date(2026, 12, 1)
        assert december.counts == {
            Became.ANSWERED: 1,
            Became.LATE: 3,  # one answered on the 20th, two not at all
            Became.EXCUSED: 1,
            Became.UNREACHABLE: 1,
            Became.WAITING: 0,
        }
        all_open(db, datetime(2027, 1, 3, tzinfo=UTC))
        months = months_of(db, cell.id, now=datetime(2027, 1, 3, tzinfo=UTC))
        assert months[-2].asked == december.asked == 6
        assert months[-2].counts[Became.UNREACHABLE] == 1
        assert [month.asked for month in months[:10]] == [0] * 10
        assert len(months) == 12


def test_one_query_whatever_the_size(database: Database) -> None:
    from sqlalchemy import event

    with Session(database.engine) as db:
        cell = a_cell(db)
        for number in range(30):
            away(db, cell, f"Đỗ {number}", chat=number + 1)
        all_open(db)
        asked: list[str] = []
        event.listen(database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
        assert months_of(db, cell.id, now=OPENED + timedelta(days=1))[-1].asked == 30
    assert len(asked) == 1


counts = st.fixed_dictionaries({one: st.integers(0, 250) for one in Became})


@settings(max_examples=sized(3, 8))
@given(st.lists(counts, min_size=12, max_size=12))
def test_whatever_the_counts_there_is_a_picture(found: list[dict[Became, int]]) -> None:
    months = [Month(date(2026, at + 1, 1), one) for at, one in enumerate(found)]
    picture = Image.open(io.BytesIO(draw_months(months, WORDS)))
    assert (picture.size, picture.format) == ((1280, 1120), "PNG")


def test_an_empty_year_and_a_long_name_are_no_trouble() -> None:
    empty = [Month(date(2026, at + 1, 1), dict.fromkeys(Became, 0)) for at in range(12)]
    words = ChartWords("Ế" * 300, "ỹ" * 500, "Tháng", "Chưa hỏi báo cáo lần nào.", WORDS.parts)
    assert draw_months(empty, words).startswith(b"\x89PNG")


def test_the_letters_have_every_vietnamese_mark() -> None:
    letters = ImageFont.truetype(str(FONT), 40)
    missing = bytes(letters.getmask("\uffff"))
    marks = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    import unicodedata

    signs = {unicodedata.normalize("NFC", letter + tone) for letter in marks for tone in tones} | {"đ"}
    signs |= {sign.upper() for sign in signs}
    assert [sign for sign in sorted(signs) if bytes(letters.getmask(sign)) == missing] == []
    assert len({bytes(letters.getmask(sign)) for sign in signs}) == len(signs)


def test_parts_differ_in_grey_and_by_pattern() -> None:
    def grey(fill: str) -> float:
        red, green, blue = (int(fill[at : at + 2], 16) for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    shades = sorted(grey(look.fill) for look in LOOKS.values())
    assert all(after - before > 15 for before, after in itertools.pairwise(shades))
    patterned = [look.pattern for look in LOOKS.values() if look.pattern]
    assert len(set(patterned)) == len(patterned) == 3
    assert set(phrases.PARTS) == set(Became)
