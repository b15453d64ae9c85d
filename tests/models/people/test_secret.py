"""A PIN and a return code: kept as hashes, counted when wrong, locked for longer each time, gone with the person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from pydantic import ValidationError
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.policy import CheckinPolicy
from models.ground.db import Database
from models.people.member import Member, add_member, link_account
from models.people.policy import SecretPolicy
from models.people.secret import (
    Secret,
    SecretKind,
    SecretLocked,
    WeakPin,
    check_pin,
    check_strength,
    digits_of,
    has_secret,
    is_fresh,
    issue_return_code,
    lock_for,
    member_of_return_code,
    prove_account,
    set_pin,
)
from models.trust.erasure import erase_member
from tests.memory import empty_engine
from tests.sizes import sized

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
POLICY = SecretPolicy()
PIN, OTHER = "274915", "380264"


def somebody(db: Session, name: str = "Lê Thị Mai") -> Member:
    return add_member(db, cell_id=None, full_name=name, birth_year=1985, phone="+84911000274", now=NOW)


def test_a_right_pin_is_right_and_a_wrong_one_is_wrong(database: Database) -> None:
    def work(db: Session) -> list[bool]:
        mai, binh = somebody(db), somebody(db, "Trần Văn Bình")
        set_pin(db, mai.id, PIN, now=NOW)
        tries = ((mai, PIN), (mai, OTHER), (mai, ""), (binh, PIN))
        return [check_pin(db, who.id, pin, now=NOW, policy=POLICY) for who, pin in tries]

    assert database.run(work) == [True, False, False, False]


def test_a_new_pin_takes_the_place_of_the_old_one(database: Database) -> None:
    def work(db: Session) -> list[bool]:
        mai = somebody(db)
        set_pin(db, mai.id, PIN, now=NOW)
        set_pin(db, mai.id, OTHER, now=NOW)
        return [check_pin(db, mai.id, pin, now=NOW, policy=POLICY) for pin in (PIN, OTHER)]

    assert database.run(work) == [False, True]


def test_neither_digits_nor_their_hash_can_be_read_in_the_database(database: Database) -> None:
    def work(db: Session) -> str:
        mai = somebody(db)
        set_pin(db, mai.id, PIN, now=NOW)
        code = issue_return_code(db, mai.id, now=NOW)
        db.flush()
        kept = " ".join(str(row) for row in db.execute(text("SELECT * FROM secret")).all())
        assert PIN not in kept
        assert code not in kept
        assert code[6:] not in kept
        return kept

    assert "argon2" not in database.run(work)


@pytest.mark.parametrize("typed", ["274915", " 27 49 15 ", "274-915", "２７４９１５", "٢٧٤٩١٥", "२७४९१५"])
def test_digits_are_read_in_whatever_way_they_are_typed(typed: str) -> None:
    assert digits_of(typed) == PIN


@pytest.mark.parametrize("typed", ["27491x", "²74915", "①②③④⑤⑥", "mã 274915", "27/49/15", ""])
def test_what_is_more_than_digits_is_no_pin(typed: str) -> None:
    assert digits_of(typed) == ""


@given(st.text())
def test_only_plain_digits_come_out(typed: str) -> None:
    assert set(digits_of(typed)) <= set("0123456789")


@pytest.mark.parametrize(
    "pin",
    [
        "111111",
        "000000",
        "123456",
        "654321",
        "789012",
        "210987",
        "121212",
        "123123",
        "198512",
        "271985",
        "000274",
        "12345",
        "1234567",
        "",
    ],
)
def test_a_pin_that_anybody_near_would_try_is_refused(database: Database, pin: str) -> None:
    mai = database.run(somebody)
    with pytest.raises(WeakPin):
        check_strength(pin, mai)


def test_a_pin_of_a_person_of_whom_nothing_is_known_is_taken(database: Database) -> None:
    check_strength(PIN, database.run(lambda db: add_member(db, cell_id=None, full_name="An", now=NOW)))


# --- wrong tries ----------------------------------------------------------------------------------------------------


def test_locks_grow_and_the_last_one_stays() -> None:
    locks = {count: lock_for(count, POLICY) for count in range(31)}
    assert {count: wait for count, wait in locks.items() if wait} == {
        5: timedelta(minutes=1),
        10: timedelta(hours=1),
        15: timedelta(hours=24),
        20: timedelta(hours=24),
        25: timedelta(hours=24),
        30: timedelta(hours=24),
    }


def test_while_it_is_locked_even_the_right_pin_is_not_compared(database: Database) -> None:
    def work(db: Session) -> None:
        mai = somebody(db)
        set_pin(db, mai.id, PIN, now=NOW)
        for _ in range(5):
            assert not check_pin(db, mai.id, OTHER, now=NOW, policy=POLICY)
        with pytest.raises(SecretLocked):
            check_pin(db, mai.id, PIN, now=NOW + timedelta(seconds=59), policy=POLICY)
        assert check_pin(db, mai.id, PIN, now=NOW + timedelta(seconds=60), policy=POLICY)
        assert not check_pin(db, mai.id, OTHER, now=NOW, policy=POLICY)  # the count began anew

    database.run(work)


class Throttle(RuleBasedStateMachine):
    """Beside a plain count: never more than five comparisons between two locks, and a right PIN always gets through."""

    def __init__(self) -> None:
        super().__init__()
        self.db = Session(empty_engine())
        self.now, self.wrong, self.open_at = NOW, 0, NOW
        self.mai = somebody(self.db)
        set_pin(self.db, self.mai.id, PIN, now=NOW)

    @rule(pin=st.sampled_from([PIN, OTHER, "", "000000"]), times=st.integers(1, 4))
    def tries(self, pin: str, times: int) -> None:
        for _ in range(times):
            if self.now < self.open_at:
                with pytest.raises(SecretLocked):
                    check_pin(self.db, self.mai.id, pin, now=self.now, policy=POLICY)
                continue
            right = check_pin(self.db, self.mai.id, pin, now=self.now, policy=POLICY)
            assert right == (pin == PIN)
            self.wrong = 0 if right else self.wrong + 1
            if self.wrong and self.wrong % 5 == 0:
                self.open_at = self.now + POLICY.locks[min(self.wrong // 5, 3) - 1]

    @rule(seconds=st.sampled_from([1, 59, 60, 3_600, 86_400]))
    def waits(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def the_count_is_kept(self) -> None:
        row = self.db.scalars(select(Secret)).one()
        assert row.wrong_tries == self.wrong
        assert (row.locked_until or NOW) <= self.open_at

    def teardown(self) -> None:
        self.db.close()


TestThrottle = Throttle.TestCase
TestThrottle.settings = settings(max_examples=sized(3, 10), stateful_step_count=12, deadline=None)


# --- return codes ---------------------------------------------------------------------------------------------------


def test_a_return_code_finds_its_person_however_it_is_typed(database: Database) -> None:
    def work(db: Session) -> None:
        mai, binh = somebody(db), somebody(db, "Trần Văn Bình")
        hers, his = issue_return_code(db, mai.id, now=NOW), issue_return_code(db, binh.id, now=NOW)
        assert len(hers) == 16
        spaced = " ".join(hers[at : at + 4] for at in range(0, 16, 4))
        for typed, member in ((hers, mai), (spaced, mai), (his, binh)):
            assert member_of_return_code(db, typed, now=NOW, policy=POLICY) == member
        for typed in (hers[:6] + his[6:], hers[:15], hers + "1", "", "x" * 5000):
            assert member_of_return_code(db, typed, now=NOW, policy=POLICY) is None

    database.run(work)


def test_a_new_return_code_ends_the_old_one(database: Database) -> None:
    def work(db: Session) -> None:
        mai = somebody(db)
        old, new = (issue_return_code(db, mai.id, now=NOW) for _ in range(2))
        assert member_of_return_code(db, old, now=NOW, policy=POLICY) is None
        assert member_of_return_code(db, new, now=NOW, policy=POLICY) == mai

    database.run(work)


def test_guessing_a_return_code_locks_it(database: Database) -> None:
    def work(db: Session) -> None:
        code = issue_return_code(db, somebody(db).id, now=NOW)
        for _ in range(5):
            assert member_of_return_code(db, code[:6] + "0123456789", now=NOW, policy=POLICY) is None
        with pytest.raises(SecretLocked):
            member_of_return_code(db, code, now=NOW, policy=POLICY)

    database.run(work)


# --- freshness, the end ---------------------------------------------------------------------------------------------


def test_a_proof_is_fresh_for_a_while_and_only_from_then_on(database: Database) -> None:
    def work(db: Session) -> list[bool]:
        account = link_account(db, somebody(db), address=chat_address(7), now=NOW)
        before = is_fresh(account, now=NOW, policy=POLICY)
        prove_account(account, now=NOW)
        moments = (-1, 0, 599, 600)
        return [before] + [is_fresh(account, now=NOW + timedelta(seconds=s), policy=POLICY) for s in moments]

    assert database.run(work) == [False, False, True, True, False]


def test_who_deletes_their_data_leaves_no_secret(database: Database) -> None:
    def work(db: Session) -> None:
        mai = somebody(db)
        set_pin(db, mai.id, PIN, now=NOW)
        issue_return_code(db, mai.id, now=NOW)
        assert has_secret(db, mai.id, SecretKind.PIN)
        erase_member(db, mai, policy=CheckinPolicy(), now=NOW)
        assert db.scalars(select(Secret)).all() == []
        assert not has_secret(db, mai.id, SecretKind.PIN)

    database.run(work)


def test_locks_that_shrink_are_no_policy() -> None:
    with pytest.raises(ValidationError):
        SecretPolicy(locks=(timedelta(hours=1), timedelta(minutes=1)))
