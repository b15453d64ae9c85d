"""Keys of sealed fields: made once, kept private, all of those in use tried at a start, changed while people write."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from bot.keys import (
    damaged,
    forget_key,
    list_keys,
    load_keys,
    note_newest_key,
    open_keys,
    put_key_in_front,
    rotate,
)
from bot.privacy import open_to_others
from bot.settings import Settings, WrongSettings
from bot.telegram.chats import chat_address
from models.delivery.inbox import Received, accept_inbox, read_inbox, waiting_inbox
from models.delivery.job_run import beat_heart
from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import enqueue
from models.delivery.policy import JobPolicy
from models.ground.channel import Channel
from models.ground.clock import system_clock
from models.ground.db import Database
from models.ground.sealing import Keyring, key_of, keyring, new_key, use_keys
from models.ground.sealing_key import SealingKey, sealed_columns
from models.migrations import migrate
from models.people.member import Member, add_member
from models.phrases.text import raw
from tests.bot import rotating

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def keys_come_back() -> Iterator[None]:
    kept = keyring()
    yield
    use_keys(kept)


def at(path: Path, *keys: str) -> Settings:
    return Settings(
        _env_file=None, database_url=f"sqlite:///{path}/x.db", secret_keys=[SecretStr(key) for key in keys]
    )


def on(url: str, *keys: str) -> Settings:
    return Settings(_env_file=None, database_url=url, secret_keys=[SecretStr(key) for key in keys])


def a_sealed_phone(settings: Settings) -> None:
    starts(settings)
    phones(settings, 1)


def starts(settings: Settings) -> None:
    """As `python -m bot run` begins."""
    open_keys(settings)
    migrate(settings.database_url)
    note_newest_key(settings, now=NOW)


def phones(settings: Settings, count: int, *, first: int = 0) -> list[int]:
    """Members whose phone ends with their number."""

    def work(db: Session) -> list[int]:
        return [
            add_member(db, cell_id=None, full_name=f"A {n}", phone=f"+84912{n:06}", now=NOW).id
            for n in range(first, first + count)
        ]

    database = Database(settings.database_url)
    try:
        return database.run(work)
    finally:
        database.close()


def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    ring, made = load_keys(at(tmp_path / "data"))
    assert made == tmp_path / "data/secret.key"
    assert made.stat().st_mode & 0o777 == 0o600
    again, made_again = load_keys(at(tmp_path / "data"))
    assert made_again is None
    assert again.unseal(ring.seal(b"x", place="a", row=1), place="a", row=1) == b"x"


def test_a_key_file_others_can_read_is_refused(tmp_path: Path) -> None:
    load_keys(at(tmp_path))
    (tmp_path / "secret.key").chmod(0o640)
    with pytest.raises(WrongSettings, match="chmod 600"):
        load_keys(at(tmp_path))


def test_a_damaged_key_file_is_refused(tmp_path: Path) -> None:
    load_keys(at(tmp_path))
    (tmp_path / "secret.key").write_text("short\n", encoding="ascii")
    with pytest.raises(WrongSettings, match="backup"):
        load_keys(at(tmp_path))


def test_a_lost_key_file_is_not_replaced_while_sealed_data_exists(tmp_path: Path) -> None:
    a_sealed_phone(at(tmp_path))
    (tmp_path / "secret.key").unlink()
    with pytest.raises(WrongSettings, match="missing"):
        open_keys(at(tmp_path))
    assert not (tmp_path / "secret.key").exists()


def test_keys_that_open_nothing_are_refused(tmp_path: Path) -> None:
    a_sealed_phone(at(tmp_path))
    with pytest.raises(WrongSettings, match="do not open"):
        open_keys(at(tmp_path, new_key()))


def test_a_newer_key_before_the_old_one_is_welcome(tmp_path: Path) -> None:
    old = new_key()
    a_sealed_phone(at(tmp_path, old))
    assert open_keys(at(tmp_path, new_key(), old)) is None


def test_an_empty_database_takes_any_key(tmp_path: Path) -> None:
    migrate(at(tmp_path).database_url)
    assert open_keys(at(tmp_path, new_key())) is None


# --- every key in use is tried --------------------------------------------------------------------------------------


def test_a_start_without_one_of_several_keys_is_refused_and_says_what_is_lost(database_url: str) -> None:
    first, second, third = new_key(), new_key(), new_key()
    starts(on(database_url, first))
    phones(on(database_url, first), 2)
    starts(on(database_url, second, first))
    phones(on(database_url, second, first), 100)
    starts(on(database_url, third, second, first))
    phones(on(database_url, third, second, first), 2)  # the oldest and the newest open without `second`
    with pytest.raises(WrongSettings, match=r"is missing \(100 member\.phone\)"):
        open_keys(on(database_url, third, first))
    assert open_keys(on(database_url, first, second, third)) is None  # their order does not matter


def test_a_database_from_before_keys_were_noted_is_read_to_its_end(
    database_url: str, database: Database
) -> None:
    first, second = new_key(), new_key()
    for key in (first, second, first):
        use_keys(Keyring([key]))
        phones(on(database_url, key), 1)
    assert not database.run(lambda db: db.scalars(select(SealingKey)).all())
    with pytest.raises(WrongSettings, match=r"1 member\.phone"):
        open_keys(on(database_url, first))
    starts(on(database_url, first, second))
    assert len(database.run(lambda db: db.scalars(select(SealingKey)).all())) == 2
    with pytest.raises(WrongSettings, match="is missing"):
        open_keys(on(database_url, first))


def test_the_schema_is_not_touched_before_the_keys_are_proved(tmp_path: Path) -> None:
    lost = new_key()
    migrate(at(tmp_path).database_url, to="0002")
    use_keys(Keyring([lost]))
    database = Database(at(tmp_path).database_url)
    database.run(
        lambda db: db.execute(
            text(
                "INSERT INTO conversation (id, chat_id, room, step, trail, version, active, updated_at, draft_sealed)"
                " VALUES (1, 1, 'x', 'y', '', 1, 1, '2026-12-01', :draft)"
            ),
            {"draft": keyring().seal(b"{}", place="conversation.draft_sealed", row=1)},
        )
    )
    database.close()
    with pytest.raises(WrongSettings, match="conversation"):
        starts(at(tmp_path, new_key()))
    assert migrate(at(tmp_path).database_url)[0] == "0003"


def test_a_value_that_was_changed_is_named_and_stops_nobody(database_url: str, database: Database) -> None:
    settings = on(database_url, new_key())
    starts(settings)
    mine, theirs = phones(settings, 2)

    def swap(db: Session) -> None:
        value = db.scalar(select(Member.phone_sealed).where(Member.id == theirs))
        db.execute(update(Member).where(Member.id == mine).values(phone_sealed=value))

    database.run(swap)
    assert damaged(settings) == [f"member.phone_sealed of row {mine}"]
    assert open_keys(settings) is None


# --- rotation -------------------------------------------------------------------------------------------------------


def test_everything_is_sealed_anew_and_the_old_key_may_go(database_url: str, database: Database) -> None:
    old, new = new_key(), new_key()
    starts(on(database_url, old))
    phones(on(database_url, old), 700)
    update_of_telegram = Received(str(7), chat_address(1), b'{"update_id": 7}')
    database.run(lambda db: accept_inbox(db, [update_of_telegram], now=NOW))
    database.run(
        lambda db: enqueue(
            db, Recipient(chat_address(1)), Message(raw("chào")), key="k", lane=Lane.REPLY, now=NOW
        )
    )
    settings = on(database_url, new, old)
    said: list[str] = []
    starts(settings)
    rotate(settings, said.append)
    assert "member.phone: 700 sealed anew" in said
    assert said[-1].startswith("Nothing is left under an older key")
    starts(on(database_url, new))
    assert database.run(lambda db: [m.phone for m in db.scalars(select(Member).order_by(Member.id))]) == [
        f"+84912{n:06}" for n in range(700)
    ]
    assert database.run(
        lambda db: [
            one.body
            for waits in waiting_inbox(db, [Channel.TELEGRAM], after=0, limit=9)
            if (one := read_inbox(db, waits)) is not None
        ]
    ) == [update_of_telegram.body]
    again: list[str] = []
    rotate(on(database_url, new), again.append)
    assert again[0] == "0 values were sealed anew."


def test_while_a_program_runs_without_the_newest_key_nothing_is_rotated(
    database_url: str, database: Database
) -> None:
    old, new = new_key(), new_key()
    starts(on(database_url, old))
    phones(on(database_url, old), 1)
    database.run(lambda db: beat_heart(db, JobPolicy(), now=system_clock()))
    with pytest.raises(WrongSettings, match="start it again"):
        rotate(on(database_url, new, old), print)
    database.run(lambda db: db.execute(text("UPDATE heartbeat SET beat_at = '2020-01-01'")))
    said: list[str] = []
    rotate(on(database_url, new, old), said.append)  # nothing runs
    assert "1 values were sealed anew." in said


_processes = multiprocessing.get_context("forkserver")


def test_a_rotation_that_is_killed_under_load_loses_nothing_and_goes_on(
    database_url: str, database: Database
) -> None:
    old, new = new_key(), new_key()
    starts(on(database_url, old))
    ids = phones(on(database_url, old), 2_000)
    settings = on(database_url, new, old)
    starts(settings)
    said: list[str] = []
    written, enough = {id: f"+84912{n:06}" for n, id in enumerate(ids)}, threading.Event()

    def people_write() -> None:
        for turn in range(10_000):
            one, number = ids[turn % 200], f"+84988{turn:06}"

            def work(db: Session, one: int = one, number: str = number) -> None:
                db.get_one(Member, one).phone = number

            database.run(work)
            written[one] = number
            if enough.is_set():
                return

    writing = threading.Thread(target=people_write)
    writing.start()
    try:
        for _ in range(2):
            killed = _processes.Process(target=rotating.main, args=(database_url, [new, old], 1))
            killed.start()
            killed.join(60)
            assert killed.exitcode == -signal.SIGKILL
        rotate(settings, said.append)
    finally:
        enough.set()
        writing.join()
    assert said[-1].startswith("Nothing is left under an older key")
    starts(on(database_url, new))
    assert database.run(lambda db: {m.id: m.phone for m in db.scalars(select(Member))}) == written


def test_a_new_key_stands_in_front_of_the_file_and_the_old_ones_stay(tmp_path: Path) -> None:
    a_sealed_phone(at(tmp_path))
    before = (tmp_path / "secret.key").read_text()
    assert "keys rotate" in put_key_in_front(at(tmp_path))
    first, rest = (tmp_path / "secret.key").read_text().split("\n", 1)
    assert rest == before
    assert first not in before
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    starts(at(tmp_path))
    assert "newest" in next(iter(list_keys(at(tmp_path))))


# --- a key that is lost ---------------------------------------------------------------------------------------------


def test_what_a_lost_key_sealed_is_counted_and_given_up_only_when_told(
    database_url: str, database: Database
) -> None:
    lost, kept = new_key(), new_key()
    starts(on(database_url, lost))
    phones(on(database_url, lost), 3)
    starts(on(database_url, kept, lost))
    safe = phones(on(database_url, kept, lost), 1, first=9)
    fingerprint = key_of(Keyring([lost]).seal(b"", place="", row=0)).hex()
    alone = on(database_url, kept)
    assert f"{fingerprint}  MISSING: 3 member.phone" in list(list_keys(alone))
    with pytest.raises(WrongSettings, match="is at hand"):
        forget_key(on(database_url, kept, lost), fingerprint)
    for wrong in ("", "xyz", "00000000"):
        with pytest.raises(WrongSettings, match="No value needs"):
            forget_key(alone, wrong)
    assert forget_key(alone, fingerprint) == "Emptied: 3 member.phone"
    starts(alone)
    assert database.run(lambda db: [m.id for m in db.scalars(select(Member)) if m.phone]) == safe


# --- files ----------------------------------------------------------------------------------------------------------


def test_a_database_that_others_may_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = at(tmp_path / "data")
    a_sealed_phone(settings)
    for path in (tmp_path / "data").iterdir():
        path.chmod(0o600)
    assert open_to_others(settings) == []
    (tmp_path / "data/x.db").chmod(0o644)
    (tmp_path / "data/week.backup").touch(0o640)
    Path(".env").touch(0o604)
    assert open_to_others(settings) == [Path(".env"), tmp_path / "data/x.db", tmp_path / "data/week.backup"]


def test_every_sealed_column_is_bound_to_a_number() -> None:
    assert len(sealed_columns()) > 70
    assert all(column.row.type.python_type is int for column in sealed_columns())
