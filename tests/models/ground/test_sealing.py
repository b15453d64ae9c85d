"""What is sealed opens only where it was sealed, and with a key that is known."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from models.ground.db import Database
from models.ground.sealing import CannotUnseal, Keyring, keyring, new_id, new_key, use_keys
from models.people.member import Member, add_member
from tests.fakes import START

PLACE = "member.phone_sealed"


@given(st.binary(max_size=500), st.integers(0, 2**62))
def test_what_is_sealed_opens_again(data: bytes, row: int) -> None:
    ring = keyring()
    sealed = ring.seal(data, place=PLACE, row=row)
    assert ring.unseal(sealed, place=PLACE, row=row) == data
    assert len(sealed) == len(data) + 33
    assert sealed != ring.seal(data, place=PLACE, row=row)


def test_moved_to_another_row_column_or_table_it_does_not_open() -> None:
    sealed = keyring().seal(b"0912", place=PLACE, row=1)
    for place, row in ((PLACE, 2), ("member.note_sealed", 1), ("inbox.phone_sealed", 1)):
        with pytest.raises(CannotUnseal):
            keyring().unseal(sealed, place=place, row=row)


@given(st.integers(0, 36), st.integers(1, 255))
def test_one_changed_bit_and_it_does_not_open(at: int, change: int) -> None:
    sealed = bytearray(keyring().seal(b"0912", place=PLACE, row=1))
    sealed[at] ^= change
    with pytest.raises(CannotUnseal):
        keyring().unseal(bytes(sealed), place=PLACE, row=1)


@pytest.mark.parametrize("broken", [b"", b"\x01", b"\x01abcd", b"\x02" + b"0" * 40])
def test_what_is_cut_short_or_unknown_does_not_open(broken: bytes) -> None:
    with pytest.raises(CannotUnseal):
        keyring().unseal(broken, place=PLACE, row=1)


def test_the_newest_key_writes_and_older_ones_read() -> None:
    old, new = new_key(), new_key()
    before, after = Keyring([old]), Keyring([new, old])
    sealed = before.seal(b"x", place=PLACE, row=1)
    assert after.unseal(sealed, place=PLACE, row=1) == b"x"
    fresh = after.seal(b"x", place=PLACE, row=1)
    assert Keyring([new]).unseal(fresh, place=PLACE, row=1) == b"x"
    for ring, value in ((before, fresh), (Keyring([new]), sealed)):
        with pytest.raises(CannotUnseal):
            ring.unseal(value, place=PLACE, row=1)


@pytest.mark.parametrize("wrong", [[], [""], ["short"], ["not base64 at all!"], [new_key()[:-4]]])
def test_a_key_that_is_none_is_refused(wrong: list[str]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever base64 says of it
        Keyring(wrong)


def test_a_phone_is_not_readable_in_the_database(database: Database) -> None:
    def fill(db: Session) -> tuple[int, int]:
        first = add_member(db, cell_id=None, full_name="An", phone="+84912345678", now=START)
        second = add_member(db, cell_id=None, full_name="Bình", phone="+84987654321", now=START)
        return first.id, second.id

    first, second = database.run(fill)
    assert database.run(lambda db: db.get_one(Member, first).phone) == "+84912345678"
    stored = database.run(lambda db: db.scalars(text("SELECT phone_sealed FROM member")).all())
    assert all(b"84912" not in bytes(value) for value in stored)

    def swap(db: Session) -> None:
        theirs = db.scalar(select(Member.phone_sealed).where(Member.id == second))
        db.execute(update(Member).where(Member.id == first).values(phone_sealed=theirs))

    database.run(swap)
    with pytest.raises(CannotUnseal):
        database.run(lambda db: db.get_one(Member, first).phone)


def test_ids_grow_and_never_meet() -> None:
    found: list[list[int]] = [[] for _ in range(4)]

    def make(mine: list[int]) -> None:
        mine.extend(new_id() for _ in range(5000))

    threads = [threading.Thread(target=make, args=(mine,)) for mine in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(mine == sorted(mine) for mine in found)
    everything = [id for mine in found for id in mine]
    assert len(set(everything)) == 20_000
    assert max(everything) < 1 << 62


def test_without_keys_nothing_is_sealed_in_silence() -> None:
    ring = keyring()
    try:
        use_keys(None)  # type: ignore[arg-type]
        with pytest.raises(RuntimeError, match="use_keys"):
            keyring()
    finally:
        use_keys(ring)
