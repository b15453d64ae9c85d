"""A house moves: real programs are frozen in the middle of it, and go on from one file on another database."""

from __future__ import annotations

import os
import re
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.backup.moving import freeze
from bot.settings import Settings
from bot.telegram.chats import chat_address
from models.delivery.leadership import Leadership
from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import Outbox, OutboxState, enqueue
from models.ground.clock import system_clock
from models.ground.db import Database
from models.ground.sealing import Keyring, keyring, use_keys
from models.phrases.text import raw
from tests import postgres
from tests.bot.killed import KEY
from tests.bot.processes import PATIENCE, Telegram, standin, wait_until
from tests.bot.steps import traces
from tests.bot.test_failover import Pair


@pytest.fixture(scope="module")
def telegram() -> Iterator[Telegram]:
    with standin() as running:
        yield running


@pytest.fixture(autouse=True)
def old_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    monkeypatch.chdir(tmp_path / "old")
    monkeypatch.setenv("BOT_TOKEN", "1:demo")
    monkeypatch.setenv("BOT_SECRET_KEYS", KEY)
    ring = keyring()
    use_keys(Keyring([KEY]))
    yield
    use_keys(ring)


@pytest.fixture
def house(telegram: Telegram, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    monkeypatch.setenv("BOT_DATABASE_URL", database_url)
    made = Pair(telegram, Database(database_url), database_url)
    yield made
    for program in made.programs:
        program.kill()
        program.join()
    made.database.close()


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path, database_url: str) -> Iterator[str]:
    """A database of the other kind, on the new machine; nothing is in it yet."""
    if database_url.startswith("sqlite"):
        server = request.getfixturevalue("postgres_server")
        name = f"new_{os.getpid()}"
        yield postgres.create_database(server, name)
        postgres.drop_database(server, name)
    else:
        yield f"sqlite:///{tmp_path}/new/data/xanha.db"


def bot(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed)


def done(*arguments: str, typed: str = "") -> str:
    result = bot(*arguments, typed=typed)
    assert result.exit_code == 0, (result.stdout, result.stderr, result.exception)
    return result.stdout


def refused(*arguments: str, typed: str = "") -> str:
    result = bot(*arguments, typed=typed)
    assert result.exit_code == 2, (result.stdout, result.stderr, result.exception)
    assert "Hint:" in result.stderr
    return result.stderr


def key_in(said: str) -> str:
    found = re.search(r"shown once: (\S+)", said)
    assert found
    return found[1]


def on_the_new_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str) -> None:
    """Another folder, nothing in its environment but where its database is."""
    monkeypatch.chdir(tmp_path / "new")
    monkeypatch.delenv("BOT_TOKEN")
    monkeypatch.delenv("BOT_SECRET_KEYS")
    monkeypatch.setenv("BOT_DATABASE_URL", url)


LETTERS = [f"thư {number}" for number in range(40)]


def letters(db: Session, user: int) -> None:
    for words in LETTERS:
        to = Recipient(chat_address(user))
        enqueue(db, to, Message(raw(words)), key=f"test:{user}:{words}", lane=Lane.BULK, now=system_clock())


def test_a_house_moves_while_people_write_and_messages_wait_and_nothing_is_lost_or_doubled(
    house: Pair, new_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    leads = house.start(rate=10)
    wait_until(lambda: house.epoch() == 1, what="the lead")
    stands_by = house.start(rate=10)
    house.database.run(lambda db: letters(db, house.user))
    house.says("một")
    wait_until(lambda: "thư 3" in house.telegram.answers(house.user))
    for words in ("hai", "ba"):
        house.says(words)
    file = tmp_path / "house.move"
    led_by = house.epoch()
    said = done("move", "freeze", str(file))
    assert "The program has ended." in said
    for program in (leads, stands_by):
        program.join(PATIENCE)
    assert led_by > 1 or leads.exitcode == 0
    before = house.telegram.answers(house.user)
    assert len(before) < len(LETTERS)
    house.says("bốn")
    assert "move undo" in refused("run")
    assert house.telegram.answers(house.user) == before  # nobody is answered here any more
    assert KEY.encode() not in file.read_bytes()

    on_the_new_machine(monkeypatch, tmp_path, new_url)
    told = done("move", "thaw", str(file), typed=key_in(said) + "\n")
    assert "goes on from there: nothing is lost" in told
    assert "chạy tiếp từ đúng chỗ đó" in told
    assert KEY in Path("data/secret.key").read_text()
    assert "BOT_TOKEN='1:demo'" in Path(".env").read_text()
    assert Path(".env").stat().st_mode & 0o077 == 0
    house.start(url=new_url)
    house.says("năm")
    house.hears("năm")
    new = Database(new_url)
    unsaid = select(Outbox.id).where(Outbox.state.in_(("pending", "sending")))
    wait_until(lambda: not new.run(lambda db: db.scalars(unsaid).all()), what="all is said")
    echoes = [f"echo {words}" for words in house.said]
    heard, meant = Counter(house.telegram.answers(house.user)), Counter([*LETTERS, *echoes])
    in_doubt = select(Outbox.key).where(Outbox.state == OutboxState.UNCERTAIN)
    doubted = {key.rpartition(":")[2] for key in new.run(lambda db: db.scalars(in_doubt).all())}
    assert heard <= meant
    assert set(meant - heard) <= doubted
    # on a machine so busy that the first one was silent for seconds, the other has followed it
    assert not doubted or led_by > 1
    assert Counter(new.run(traces)) == Counter(house.said)
    new.close()


def test_who_hangs_is_shut_out_and_wakes_to_nothing(house: Pair, tmp_path: Path) -> None:
    leads = house.start()
    house.says("một")
    house.hears("một")
    house.is_quiet()
    house.freezes(leads)
    settings = Settings(
        _env_file=None, database_url=house.url, secret_keys=[SecretStr(KEY)], token=SecretStr("1:demo")
    )
    said = list(freeze(settings, tmp_path / "house.move", patience=0.5))
    assert any("shut out" in line for line in said)
    house.says("hai")
    os.kill(leads.pid, signal.SIGCONT)
    leads.join(PATIENCE)
    assert leads.exitcode != 0
    assert house.telegram.answers(house.user) == ["echo một"]
    done("move", "undo")
    house.start()
    house.hears("hai")
    house.nothing_is_lost_or_doubled()


def test_a_move_is_undone_and_made_again(house: Pair, tmp_path: Path) -> None:
    assert "Nothing is frozen" in refused("move", "undo")
    done("move", "freeze", str(tmp_path / "one.move"))
    assert "frozen already" in done("move", "freeze", str(tmp_path / "two.move"))
    assert "It may start here again" in done("move", "undo")
    assert house.database.run(lambda db: db.get_one(Leadership, 1).holder) == ""


def test_a_move_that_cannot_be_written_leaves_the_house_as_it_was(house: Pair, tmp_path: Path) -> None:
    assert "There is no folder" in refused("move", "freeze", str(tmp_path / "nowhere" / "one.move"))
    assert house.database.run(lambda db: db.get_one(Leadership, 1).holder) == ""


def test_a_backup_is_no_move_and_a_wrong_key_opens_nothing(
    house: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_BACKUP__KEY", KEY)
    done("backup", str(tmp_path / "one.backup"))
    done("move", "freeze", str(tmp_path / "one.move"))
    on_the_new_machine(monkeypatch, tmp_path, f"sqlite:///{tmp_path}/new/x.db")
    assert "no frozen house" in refused("move", "thaw", str(tmp_path / "one.backup"), typed=KEY + "\n")
    assert "another key" in refused("move", "thaw", str(tmp_path / "one.move"), typed=KEY + "\n")
    assert "no key" in refused("move", "thaw", str(tmp_path / "one.move"), typed="abc\n")
    assert not (tmp_path / "new" / "x.db").exists()
    assert not (tmp_path / "new" / ".env").exists()
