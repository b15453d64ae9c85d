"""/dulieu: one's absences, their papers and letters in words; what was erased breaks nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.away.away import Away, change_away
from models.away.letter import LetterKind, letters_of, record_letter_answered, record_letter_sent
from models.people.member import Member
from models.trust.erasure import erase_member
from tests.absences import OSAKA, SAIGON, Chain
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, a_cell, settle_in
from tests.phone import Phone


@pytest.fixture
def chain(world: World) -> Chain:
    """alice is in Osaka, decided; the place of stay has written about her; dan has declared nothing."""
    cell = a_cell(world)
    settle_in(world, cell, BOB, ALICE, DAN)
    chain = Chain(world, cell, cell.alice).files().is_approved()

    def writes(db: Session) -> None:
        by: dict[str, Any] = {"by_id": cell.bob, "policies": world.settings, "now": world.clock()}
        today, away = date(2026, 12, 1), db.get_one(Away, chain.away_id)
        record_letter_sent(db, away, LetterKind.COMMENT, sent_on=today, **by)
        letter = letters_of(db, away.id)[0]
        record_letter_answered(db, letter, answered_on=today, answer="Chấp hành tốt <b>", **by)

    world.db(writes)
    return chain


def phone(world: World, user: int) -> Phone:
    return Phone(world.telegram, user, world.settle)


def test_absences_are_read_with_papers_and_letters(world: World, chain: Chain) -> None:
    alice = phone(world, ALICE).says("/dulieu").taps("Xem đầy đủ", "Lần đi xa, đơn và thư")
    seen = alice.reads()
    for held in ("Nhật Bản", "Osaka", "Xưởng mộc Aoki", "+81 90-1111-2222", "đi thực tập", "15-QĐ/ĐU"):
        assert held in seen, held
    assert "Chấp hành tốt <b>" in seen
    alice.taps("Dữ liệu của tôi", "Xem đầy đủ")
    assert "Xưởng mộc Aoki" in alice.reads()
    alice.says("/dulieu").taps("Lấy về thành tệp")
    name, data = alice.documents()[-2]
    assert name.endswith(".html")
    assert "Chấp hành tốt &lt;b&gt;" in data.decode()
    assert "blockquote" not in data.decode()


def test_who_declared_nothing_has_no_such_button(world: World, chain: Chain) -> None:
    dan = phone(world, DAN).says("/dulieu")
    assert len(dan.buttons()) == 8
    assert "Lần đi xa, đơn và thư" not in dan.taps("Xem đầy đủ").buttons()


def test_an_erased_change_that_lay_ahead_breaks_neither_time_nor_history(world: World, chain: Chain) -> None:
    chain.does(change_away, stay=SAIGON, from_on=date(2026, 12, 20), by_id=chain.member_id)
    chain.does(change_away, stay=OSAKA, from_on=date(2026, 12, 25), by_id=chain.member_id)
    bob = phone(world, BOB)

    def erases(db: Session) -> None:
        erase_member(
            db, db.get_one(Member, chain.member_id), policy=world.settings.checkin, now=world.clock()
        )

    world.db(erases)
    world.until(world.clock().replace(month=12, day=28))
    bob.says("/chibo").taps("Sổ theo dõi đi xa")
    assert "Nguyễn Thị An" not in " ".join(bob.buttons())  # the absence went with the rest
    assert "Nguyễn Thị An" in bob.says("/danhsach").taps("Nguyễn Thị An").reads()
