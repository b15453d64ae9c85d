"""The command line: every hint, and a run from start to SIGTERM."""

from __future__ import annotations

import asyncio
import errno
import json
import re
import shlex
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from bot.__main__ import UnitKindChoice, app
from bot.alarm import Alarm
from bot.anchor import Anchor
from bot.check import explain_settings
from bot.cli import explain
from bot.finding import Finding, Verdict
from bot.office import list_units
from bot.repairs import check_directory
from bot.serve import require_free
from bot.settings import Settings
from bot.standin import StandIn
from bot.standin.server import listen, server
from bot.telegram.chats import chat_address
from bot.telegram.check import check_clock, check_door
from models.entry.invite import Claim, claim_invite, create_invite, due_invites, open_invite
from models.entry.register import move_held_invites, take_claim
from models.ground.channel import Address
from models.ground.clock import system_clock
from models.ground.db import Database
from models.ground.sealing import keyring, new_key, use_keys
from models.migrations import DatabaseIsNewer
from models.people.member import Member, link_account
from models.people.policy import TrailPolicy
from models.people.trail import last_link, link_trail, record_act
from models.people.unit import UnitKind

TOKEN = "1:test"
HOUSE = str(Path(__file__).parents[2])


@pytest.fixture(autouse=True)
def a_clean_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An empty directory, no BOT_ variables; the keys of the other tests come back."""
    import os

    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    kept = keyring()
    yield
    use_keys(kept)


def bot(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def refused(*arguments: str) -> str:
    """What stderr says of a command that ends with 2: one sentence and a hint, no traceback."""
    result = bot(*arguments)
    assert result.exit_code == 2, (result.stderr, result.exception)
    assert "Traceback" not in result.stderr
    assert "Hint:" in result.stderr
    return result.stderr


# --- wrong settings -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("BOT_API_URL", "ftp://x", "begins with https://"),
        ("BOT_DATABASE_URL", "mysql://x", "postgresql://"),
        ("BOT_LISTEN", "8081", "host:port"),
        ("BOT_LOG_LEVEL", "LOUD", "DEBUG, INFO"),
        ("BOT_SECRET_KEYS", "abc", "BOT_SECRET_KEYS cannot be used"),
        ("BOT_OPERATOR_CHAT", "me", "Telegram id"),
        ("BOT_CHECKIN__ALERT_HOUR", "3", "BOT_CHECKIN__ALERT_HOUR"),
        ("BOT_CHECKIN__ALERT_HUOR", "8", "did you mean BOT_CHECKIN__ALERT_HOUR?"),
        ("BOT_DATABASE_URL", "postgresql://a:secret@127.0.0.1:1/x", "cannot be reached"),
        ("BOT_DATABASE_URL", "sqlite:////proc/nowhere/x.db", "check the path"),
    ],
)
def test_a_wrong_setting_is_one_sentence_and_a_hint(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
) -> None:
    monkeypatch.setenv(variable, value)
    sentence = refused("migrate")
    assert said in sentence
    assert "secret" not in sentence.replace("data/secret.key", "")


def test_run_without_a_token_names_the_way() -> None:
    assert "@BotFather" in refused("run")


def test_a_file_that_is_no_database_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"this is a letter, not a database" * 10)
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite:///{tmp_path}/bad.db")
    assert "damaged or no database" in refused("migrate")


def test_a_taken_port_is_an_error_before_anything_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            require_free("127.0.0.1", port)
        monkeypatch.setenv("BOT_TOKEN", TOKEN)
        monkeypatch.setenv("BOT_WEBHOOK_URL", "https://x.example/hook")
        monkeypatch.setenv("BOT_LISTEN", f"127.0.0.1:{port}")
        assert "port is taken" in refused("run")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "full"), "disk is full"),
        (OSError(errno.EACCES, "denied"), "data directory"),
        (OperationalError("x", {}, sqlite3.OperationalError("database or disk is full")), "disk is full"),
        (OperationalError("x", {}, sqlite3.OperationalError("database is locked")), "locked"),
        (OperationalError("x", {}, Exception("password authentication failed")), "user or password"),
        (OperationalError("x", {}, Exception('database "x" does not exist')), "createdb"),
        (
            DatabaseIsNewer("0099", "0051"),
            "step 0099, this program knows 0051. Hint: `python3.11 xanha-….pyz /opt/xanha` with the newer file",
        ),
    ],
)
def test_what_an_operator_can_put_right_has_a_sentence(error: Exception, said: str) -> None:
    sentence = explain(error)
    assert sentence is not None
    assert said in sentence
    assert "Hint:" in sentence


def test_a_bug_keeps_its_traceback() -> None:
    assert explain(ZeroDivisionError()) is None


# --- units and invites --------------------------------------------------------------------------------------------


def test_the_operator_makes_the_first_unit_and_its_officers_invite(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", database_url)
    monkeypatch.setenv("BOT_SECRET_KEYS", new_key())
    assert bot("unit", "add", "commune", "Đảng ủy xã Mẫu").exit_code == 0
    assert bot("unit", "add", "cell", "Chi bộ 1", "--parent", "dang uy xa mau").exit_code == 0
    assert "  Chi bộ 1 (Chi bộ)" in bot("unit", "list").stdout
    made = bot("invite", "officer", "Vũ Thị Mai", "--unit", "Đảng ủy xã Mẫu", "--username", "@xa_bot")
    assert made.exit_code == 0
    assert "https://t.me/xa_bot?start=" in made.stdout
    assert "█" in made.stdout
    again = bot("invite", "officer", "vũ thị mai", "--unit", "Đảng ủy xã Mẫu", "--username", "xa_bot")
    assert again.exit_code == 0
    database = Database(database_url)
    assert database.run(lambda db: db.query(Member).count()) == 1
    database.close()


def test_the_operator_says_who_the_topmost_officer_is(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", database_url)
    monkeypatch.setenv("BOT_SECRET_KEYS", new_key())
    bot("unit", "add", "commune", "Đảng ủy xã Mẫu")
    where = ("--unit", "Đảng ủy xã Mẫu", "--username", "xa_bot")
    bot("invite", "officer", "Vũ Thị Mai", *where, "--phone", "0912345678")
    assert "Nobody waits" in bot("identity", "list").stdout
    database = Database(database_url)
    database.run(
        lambda db: link_account(db, db.query(Member).one(), address=chat_address(1), now=system_clock())
    )
    database.run(lambda db: _comes_again(db, address=chat_address(2), phone="+84999999999"))
    listed = bot("identity", "list").stdout
    assert "only the operator can say" in listed
    assert len(listed.split()[0]) == 4  # as few digits as tell it apart
    assert "may stop it until" in bot("identity", "confirm", listed.split()[0]).stdout
    assert "Rejected" in bot("identity", "reject", listed.split()[0]).stdout
    assert "just been settled" in refused("identity", "confirm", listed.split()[0])
    database.run(lambda db: _comes_again(db, address=chat_address(3), phone="+84912345678"))
    database.run(_a_day_later)
    sleeping = bot("identity", "list").stdout
    assert "wake | close  Vũ Thị Mai" in sleeping
    woken = bot("identity", "wake", sleeping.split()[0])
    assert "In force again: Cán bộ Đảng ủy xã Mẫu" in woken.stdout
    assert "Nobody waits" in bot("identity", "list").stdout
    assert "Closed: the chat of Vũ Thị Mai" in bot("identity", "close", sleeping.split()[0]).stdout
    for unknown in ("17", "00000", "x"):
        assert "identity list" in refused("identity", "wake", unknown)
    database.close()


def _comes_again(db: Session, *, address: Address, phone: str) -> None:
    """The officer's new invite is opened on another phone."""
    now, policies = system_clock(), Settings(_env_file=None)
    invite, token = create_invite(db, db.query(Member).one(), by_id=None, policy=policies.invite, now=now)
    open_invite(db, token, address=address, now=now)
    claim_invite(db, invite, address=address, now=now)
    claim = Claim(address=address, phone=phone)
    take_claim(db, invite, claim, policy=policies.invite, checkins=policies.checkin, now=now)


def _a_day_later(db: Session) -> None:
    now = system_clock() + timedelta(hours=25)
    due = due_invites(db, now=now, limit=10)
    move_held_invites(db, due, checkins=Settings(_env_file=None).checkin, now=now)


def test_unknown_units_numbers_and_places_are_refused() -> None:
    assert "unit list" in refused("invite", "officer", "Vũ Thị Mai", "--unit", "x", "--username", "b")
    bot("unit", "add", "cell", "Chi bộ 1")
    assert "unit an officer" in refused("invite", "officer", "A B", "--unit", "Chi bộ 1", "--username", "b")
    assert "no phone number" in refused(
        "invite", "secretary", "A B", "--unit", "Chi bộ 1", "--phone", "12", "--username", "b"
    )
    assert "--username" in refused("invite", "secretary", "A B", "--unit", "Chi bộ 1")
    assert bot("unit", "add", "cell", "Chi bộ 2", "--parent", "Chi bộ 1").exit_code == 2
    assert len(list_units()) == 1


def test_the_dry_run_of_deletions_says_when_there_is_nothing() -> None:
    bot("unit", "add", "cell", "Chi bộ 1")
    done = bot("review", "expired")
    assert done.exit_code == 0
    assert "Nothing is older than 3 years." in done.stdout


def linked(database: Database) -> None:
    database.run(lambda db: link_trail(db, TrailPolicy()))
    anchor = Anchor(database, Path("data"), system_clock, Alarm(database, system_clock, operator=None))
    anchor.keep(Path("data"))


def test_the_trail_is_verified_in_plain_words() -> None:
    bot("unit", "add", "cell", "Chi bộ 1")
    bot("invite", "secretary", "Hồ Văn A", "--unit", "Chi bộ 1", "--username", "b")
    database = Database("sqlite:///data/xanha.db")

    def write(db: Session) -> None:
        for act in ("roster.add", "roster.remove", "roster.phone"):
            record_act(db, act, by_id=None, now=system_clock())

    database.run(write)
    well = bot("audit", "verify")
    assert (well.exit_code, "cannot be known" in well.stdout) == (0, True)
    linked(database)
    well = bot("audit", "verify")
    assert well.exit_code == 0
    assert "as the program wrote it" in well.stdout
    assert "cannot be known" not in well.stdout
    (head,) = Path("data").glob("trail.head*")
    assert head.stat().st_mode & 0o077 == 0

    def tamper(db: Session) -> None:
        newest = last_link(db)
        assert newest is not None
        db.execute(text("DROP TRIGGER trail_is_not_changed"))
        db.execute(text("DROP TRIGGER trail_is_not_deleted"))
        db.execute(text("UPDATE trail SET act = 'roster.none' WHERE act = 'roster.remove'"))
        db.execute(text("DELETE FROM trail WHERE seq = :last"), {"last": newest.seq})

    database.run(tamper)
    found = bot("audit", "verify")
    assert found.exit_code == 1
    assert "UTC, roster.none): is not what the program wrote there" in found.stdout
    assert "removed from the end: trail.head knows of them" in found.stdout
    assert "triggers are missing" in found.stdout

    database.run(lambda db: record_act(db, "roster.add", by_id=None, now=system_clock()))
    linked(database)  # the program goes on, and what was known is kept as evidence
    found = bot("audit", "verify")
    assert "trail.head.lost-" in found.stdout
    database.close()


def test_a_database_that_is_not_migrated_is_not_verified() -> None:
    Path("data").mkdir()
    assert "migrate" in refused("audit", "verify")


def test_a_key_file_is_made_aloud_and_its_loss_is_noticed(tmp_path: Path) -> None:
    assert "A key file was made" in bot("unit", "add", "cell", "Chi bộ 1").stderr
    bot("invite", "secretary", "Hồ Văn A", "--unit", "Chi bộ 1", "--phone", "0912345678", "--username", "b")
    (tmp_path / "data/secret.key").unlink()
    assert "restore it from your backup" in refused("unit", "list")
    assert not (tmp_path / "data/secret.key").exists()


def test_the_kinds_of_the_command_line_are_those_of_the_program() -> None:
    assert [kind.value for kind in UnitKindChoice] == [kind.value for kind in UnitKind]


def test_migrate_says_what_it_did() -> None:
    assert "Steps taken: 0001" in bot("migrate").stdout
    assert "newest step" in bot("migrate").stdout


# --- check --------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def served(standin: StandIn) -> AsyncIterator[str]:
    door = listen()
    running = server(standin)
    task = asyncio.create_task(running.serve(sockets=[door]))
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        running.should_exit = running.force_exit = True
        await task
        door.close()


async def command(*arguments: str, **variables: str) -> asyncio.subprocess.Process:
    """`python -m bot` as a process of its own, with these settings only."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        env={"PYTHONPATH": HOUSE, "PATH": "", "COLUMNS": "200", **variables},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


def test_check_explains_and_finds_nothing_wrong() -> None:
    async def main() -> tuple[int | None, str]:
        async with served(StandIn(now=lambda: datetime.now(UTC), token=TOKEN)) as url:
            process = await command("check", BOT_TOKEN=TOKEN, BOT_API_URL=url)
            out, _ = await process.communicate()
            return process.returncode, out.decode()

    code, said = asyncio.run(main())
    assert "ok     token: it is @" in said
    assert "will be made on the first start" in said
    assert "BOT_CHECKIN__ALERT_HOUR" not in said  # asked for by --settings
    assert len(said.splitlines()) < 20
    assert "All is well." in said.splitlines()[-1]
    assert TOKEN not in said
    assert code == 0, said


def test_check_lists_every_setting_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("COLUMNS", "200")
    told = bot("check", "--settings").stdout
    assert "BOT_CHECKIN__ALERT_HOUR" in told
    assert TOKEN not in told


def test_what_only_looks_makes_no_database(tmp_path: Path) -> None:
    for look in (("review", "expired"), ("retention",)):
        told = bot(*look)
        assert told.exit_code == 2
        assert "There is no database yet" in told.output
    assert not (tmp_path / "data").exists()


def test_settings_that_are_not_utf8_are_said_so(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("BOT_TOKEN=1:a\n# ghi chú".encode("utf-16"))
    told = bot("check")
    assert told.exit_code == 2
    assert "save it as UTF-8" in told.output


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_the_fifth_step_of_the_readme_works_as_written(readme: str) -> None:
    text = (Path(HOUSE) / readme).read_text(encoding="utf-8")
    commands = re.findall(r"^   \.venv/bin/python -m bot (.+)$", text, re.MULTILINE)
    assert len(commands) == 2
    for one in commands:
        asked_of_telegram = ["--username", "xa_nha_bot"] if one.startswith("invite") else []
        told = bot(*shlex.split(one), *asked_of_telegram)
        assert told.exit_code == 0, told.output
    assert "https://t.me/xa_nha_bot?start=" in told.output


def test_check_names_what_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bot("unit", "add", "cell", "Chi bộ 1")
    (tmp_path / "data/secret.key").chmod(0o644)
    monkeypatch.setenv("BOT_TOKNE", "x")
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("COLUMNS", "200")
    result = bot("check")
    assert result.exit_code == 1
    assert result.stdout.startswith("wrong")  # first what is to be put right
    assert "To put right: 4" in result.stdout.splitlines()[-1]
    for said in (
        "wrong  BOT_TOKNE: no setting has this name. Hint: did you mean BOT_TOKEN?",
        "ok     database: reachable, at the newest step",
        "can be read by others. Hint: chmod 600",
        "wrong  token: The Bot API server gave no answer",
        "clock: not known",
        "ok     directory",
    ):
        assert said in result.stdout


@pytest.mark.parametrize(
    ("chosen", "domain", "said"),
    [
        ({}, "", "–      door: none: buttons open the meeting's own link"),
        ({"DOOR_LOGIN": "true"}, "", "wrong  door: none"),
        ({"DOOR": "https://xanha.example"}, "", "before it was opened lets another person in"),
        ({"DOOR": "https://xanha.example", "DOOR_LOGIN": "true"}, "", "wrong  door: Telegram does not know"),
        (
            {"DOOR": "https://xanha.example", "DOOR_LOGIN": "true"},
            "xanha.example",
            "ok     door: Telegram proves who opens",
        ),
    ],
)
def test_check_says_what_a_personal_link_is_worth(
    chosen: dict[str, str], domain: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async def main() -> Finding:
        standin = StandIn(now=lambda: datetime.now(UTC), token=TOKEN, domain=domain)
        standin.add_user(5, "Vận hành")
        standin.says(5, "/start")
        async with served(standin) as url:
            attendance = {name.lower(): value for name, value in chosen.items()}
            settings = Settings(
                _env_file=None, token=TOKEN, api_url=url, operator_chat=5, attendance=attendance
            )
            finding = await check_door(settings)
        assert len(standin.history(5)) == 1
        return finding

    finding = asyncio.run(main())
    assert said in f"{finding.verdict:5}  {finding.subject}: {finding.said}"
    assert ("/setdomain" in finding.hint) == ("DOOR" in chosen and finding.verdict is not Verdict.GOOD)


def test_check_does_not_know_a_wrong_token() -> None:
    async def main() -> str:
        async with served(StandIn(now=lambda: datetime.now(UTC), token=TOKEN)) as url:
            process = await command("check", BOT_TOKEN="2:wrong", BOT_API_URL=url)
            out, _ = await process.communicate()
            assert process.returncode == 1
            return out.decode()

    assert "Telegram does not know this token. Hint: copy BOT_TOKEN again" in asyncio.run(main())


def test_a_clock_that_is_off_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> str:
        async with served(StandIn(now=lambda: datetime.now(UTC), token=TOKEN)) as url:
            finding = await check_clock(Settings(_env_file=None, api_url=url))
            assert finding.verdict is Verdict.WRONG
            return finding.said + finding.hint

    monkeypatch.setattr("bot.telegram.check.system_clock", lambda: datetime.now(UTC) + timedelta(minutes=5))
    said = asyncio.run(main())
    assert re.match(r"\+(29\d|3\d\d) s off", said)
    assert "NTP" in said


def test_a_full_or_open_directory_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, database_url=f"sqlite:///{tmp_path}/x.db")
    tmp_path.chmod(0o777)
    assert "chmod 700" in check_directory(settings).hint
    tmp_path.chmod(0o700)
    assert check_directory(settings).verdict is Verdict.GOOD
    monkeypatch.setattr("bot.repairs._ROOM_NEEDED", 1 << 60)
    assert "make room" in check_directory(settings).hint


def test_secrets_are_masked() -> None:
    settings = Settings(
        _env_file=None, token=TOKEN, database_url="postgresql://a:hidden@h/x", secret_keys=[new_key()]
    )
    shown = {name: value for name, value, _ in explain_settings(settings)}
    assert shown["BOT_TOKEN"] == "set"
    assert shown["BOT_SECRET_KEYS"] == "1 keys"
    assert "hidden" not in shown["BOT_DATABASE_URL"]


# --- run ----------------------------------------------------------------------------------------------------------


def test_run_answers_by_polling_and_stops_gracefully(database_url: str) -> None:
    async def main() -> tuple[int | None, str]:
        standin = StandIn(now=lambda: datetime.now(UTC), token=TOKEN)
        standin.add_user(7, "Ánh Kín Đáo")
        async with served(standin) as url:
            process = await command("run", BOT_TOKEN=TOKEN, BOT_API_URL=url, BOT_DATABASE_URL=database_url)
            standin.says(7, "/start")
            for _ in range(1200):
                if any(m["from"] == "bot" for m in standin.history(7)):
                    break
                await asyncio.sleep(0.1)
            process.send_signal(signal.SIGTERM)
            _, err = await asyncio.wait_for(process.communicate(), 120)
            assert any(m["from"] == "bot" for m in standin.history(7)), err.decode()
            return process.returncode, err.decode()

    code, log = asyncio.run(main())
    assert all(line.startswith("{") for line in log.splitlines()), log
    events = [json.loads(line)["event"] for line in log.splitlines()]
    assert code == 0, log
    assert "keys.made" in events
    assert events[-1] == "app.stopped"
    assert TOKEN not in log
    assert "Kín Đáo" not in log


def test_a_unit_is_renamed_by_its_short_number_and_hours_are_vietnams() -> None:
    bot("unit", "add", "commune", "đảng ủy xã mẫu")
    bot("unit", "add", "cell", "Chi bộ thôn Đông", "--parent", "Đảng ủy xã Mẫu")
    lines = bot("unit", "list").stdout.splitlines()
    assert "Đảng ủy xã Mẫu" in lines[0]
    number = lines[1].split()[0]
    assert len(number) <= 6
    assert "is now Chi bộ thôn Đông Thành" in bot("unit", "rename", number, "Chi bộ thôn Đông Thành").stdout
    assert "Chi bộ thôn Đông Thành" in bot("unit", "list").stdout
    again = bot("unit", "rename", number, "Chi bộ thôn Đông Thành")
    assert again.exit_code == 2
    assert "called Chi bộ thôn Đông Thành already" in again.output
    made = bot("invite", "secretary", "Hồ Văn A", "--unit", number, "--username", "b").stdout
    assert "(Vietnam time)" in made
    assert " UTC" not in made  # a link may have these letters by chance
