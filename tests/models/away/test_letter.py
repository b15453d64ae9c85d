"""Letters to the place of stay: sent, reminded, answered; the answer reaches the member and the return."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.away.away import Away, DatesUnfit, ReturnStep, Scan, begin_return, return_items
from models.away.letter import (
    Letter,
    LetterKind,
    LetterSettled,
    letters_of,
    record_letter_answered,
    record_letter_reminded,
    record_letter_sent,
)
from models.ground.errors import Refused
from models.people.rights import NotEntitled
from tests.absences import Chain
from tests.fakes import World
from tests.people import ALICE, BOB, a_cell, settle_in

TODAY = date(2026, 12, 1)


class Desk:
    """bob keeps alice's absence; each act in a transaction of its own."""

    def __init__(self, world: World) -> None:
        self.world, self.cell = world, a_cell(world)
        self.bob, self.alice = settle_in(world, self.cell, BOB, ALICE)
        self.chain = Chain(world, self.cell, self.cell.alice).files()

    def sends(self, kind: LetterKind = LetterKind.COMMENT, **more: Any) -> int:
        def work(db: Session) -> int:
            away = db.get_one(Away, self.chain.away_id)
            said = {"sent_on": TODAY, "by_id": self.cell.bob, **more}
            made = record_letter_sent(
                db, away, kind, policies=self.world.settings, now=self.world.clock(), **said
            )
            return made.id

        letter_id: int = self.world.db(work)
        return letter_id

    def reminds(self, letter_id: int, on: date = TODAY, **more: Any) -> None:
        said = {"by_id": self.cell.bob, **more}
        self._of(
            letter_id,
            lambda db, letter: record_letter_reminded(
                db, letter, reminded_on=on, policies=self.world.settings, now=self.world.clock(), **said
            ),
        )

    def answers(self, letter_id: int, **more: Any) -> None:
        said = {"answered_on": TODAY, "answer": "Tốt", "by_id": self.cell.bob, **more}
        self._of(
            letter_id,
            lambda db, letter: record_letter_answered(
                db, letter, policies=self.world.settings, now=self.world.clock(), **said
            ),
        )
        self.world.settle()

    def of(self, letter_id: int, read: Callable[[Letter], Any]) -> Any:
        return self._of(letter_id, lambda db, letter: read(letter))

    def _of(self, letter_id: int, work: Callable[[Session, Letter], Any]) -> Any:
        return self.world.db(lambda db: work(db, db.get_one(Letter, letter_id)))


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def test_what_was_sent_said_twice_is_one_letter(desk: Desk) -> None:
    assert desk.sends(number="05") == desk.sends(number=" 05 ")
    assert desk.sends(number="06") != desk.sends(LetterKind.INTRODUCTION, number="06")
    assert desk.world.db(lambda db: len(letters_of(db, desk.chain.away_id))) == 3


def test_reminders_keep_the_last_day(desk: Desk) -> None:
    letter = desk.sends(sent_on=TODAY - timedelta(days=30))
    desk.reminds(letter, TODAY)
    desk.reminds(letter, TODAY - timedelta(days=3))
    assert desk.of(letter, lambda one: one.reminded_on) == TODAY


def test_the_member_reads_all_of_the_answer(desk: Desk) -> None:
    letter = desk.sends()
    desk.answers(letter, answer="Chấp hành <tốt>", scan=Scan(file_id="f", name="tl.pdf"))
    seen = desk.alice.reads()
    assert "Chấp hành <tốt>" in seen
    assert "Có kèm bản scan" in seen
    assert desk.alice.buttons() == ["Xem bản scan"]
    assert "Chấp hành" not in desk.bob.reads()


def test_the_answer_is_sealed(desk: Desk) -> None:
    letter = desk.sends(to="Hội người Việt")
    desk.answers(letter, answer="Chấp hành tốt")
    sealed = desk.of(letter, lambda one: (one.answer_sealed, one.to_sealed))
    assert b"Ch" not in sealed[0][:2]
    assert "Hội".encode() not in sealed[1]
    assert desk.of(letter, lambda one: one.answer) == "Chấp hành tốt"


def test_an_answer_is_not_typed_twice(desk: Desk) -> None:
    letter = desk.sends()
    desk.answers(letter)
    with pytest.raises(LetterSettled):
        desk.answers(letter, answer="Khác")
    with pytest.raises(LetterSettled):
        desk.reminds(letter)


def test_thanks_wait_for_no_answer(desk: Desk) -> None:
    letter = desk.sends(LetterKind.THANKS)
    with pytest.raises(LetterSettled):
        desk.answers(letter)


def test_days_follow_each_other_and_never_lie_ahead(desk: Desk) -> None:
    with pytest.raises(DatesUnfit):
        desk.sends(sent_on=TODAY + timedelta(days=1))
    letter = desk.sends()
    for wrong in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(DatesUnfit):
            desk.answers(letter, answered_on=wrong)
        with pytest.raises(DatesUnfit):
            desk.reminds(letter, wrong)


def test_only_secretary_and_deputy_keep_letters(desk: Desk) -> None:
    letter = desk.sends(by_id=desk.cell.deputy)
    for stranger in (desk.cell.alice, desk.cell.dan, desk.cell.officer):
        with pytest.raises(NotEntitled):
            desk.sends(by_id=stranger)
        with pytest.raises(NotEntitled):
            desk.reminds(letter, by_id=stranger)
        with pytest.raises(NotEntitled):
            desk.answers(letter, by_id=stranger)


def test_an_answer_is_words_or_a_scan_and_no_secret(desk: Desk) -> None:
    letter = desk.sends()
    with pytest.raises(Refused):
        desk.answers(letter, answer="  ")
    with pytest.raises(Refused):
        desk.answers(letter, answer="TỐI MẬT")
    with pytest.raises(Refused):
        desk.answers(letter, scan=Scan(file_id="f", name="BC-MAT.pdf"))
    desk.answers(letter, answer="", scan=Scan(file_id="f"))
    assert desk.of(letter, lambda one: (one.file_id, one.file_name)) == ("f", None)


def test_the_answer_to_a_request_ticks_the_comment_of_a_return(desk: Desk) -> None:
    desk.chain.is_approved()
    letter = desk.sends()
    desk.chain.does(begin_return, by_id=desk.cell.alice, returned_on=TODAY)
    desk.answers(letter)

    def steps(db: Session) -> dict[str, bool]:
        return {item.step: item.done_at is not None for item in return_items(db, desk.chain.away_id)}

    done = desk.world.db(steps)
    assert done[ReturnStep.COMMENT]
    assert not done[ReturnStep.REPORT]
