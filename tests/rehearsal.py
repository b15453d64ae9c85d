"""`make rehearsal`: the operator's guide, from a fresh machine to "all is well", line by line in a clean folder, timed.

The lines are those of docs/operator.md. The folders of a machine lie below one of ours; what changes a machine itself (useradd,
systemctl) is a stand-in that does the least; Telegram is the project's own stand-in. With `real` the libraries are
installed from their pins into a clean environment, else the one that runs this is lent.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot import VERSION
from bot.release import pack
from tests.bot.processes import ROOT, Telegram, standin

GUIDE = ROOT / "docs/operator.md"
LENT = ROOT / "tests/lent"
TOKEN, OPERATOR = "1:demo", 77
_STUBS = {
    "useradd": "exit 0",
    "systemctl": "exit 0",
    # nobody else is on this machine: owners are left out
    "install": """for one; do shift
  case "$one" in -o|-g) skip=1;; *) [ "${skip:-}" ] && skip= || set -- "$@" "$one";; esac
done; exec /usr/bin/install "$@" """,
}


class Machine:
    """A folder in the place of a machine."""

    def __init__(self, place: Path, *, real: bool) -> None:
        self.place, self._real = place, real
        self.took: list[tuple[str, float]] = []
        for folder in ("bin", "opt", "etc/systemd/system", "usr/local/bin", "var/lib"):
            (place / folder).mkdir(parents=True)
        for name, does in _STUBS.items():
            self._stub(name, does)
        pack(place / f"xanha-{VERSION}.pyz", {} if real else {"requirements/run.txt": b""})
        if not real:
            self._stub("python3.11", f'PYTHONPATH="{LENT}" exec "{sys.executable}" "$@"')

    def _stub(self, name: str, does: str) -> None:
        path = self.place / "bin" / name
        path.write_text(f"#!/bin/sh\n{does}\n")
        path.chmod(0o755)

    @property
    def environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        return {
            **clean,
            "PATH": f"{self.place}/bin:{self.place}/usr/local/bin:{os.environ['PATH']}",
            "XANHA_CODE": f"{self.place}/opt/xanha",
            "XANHA_STATE": f"{self.place}/var/lib/xanha",
            "XANHA_SETTINGS": f"{self.place}/etc/xanha",
            "XANHA_AS_ROOT": "1",
        }

    def here(self, line: str) -> str:
        """A line of the guide with this machine's folders, and its Python."""
        line = line.replace("python3.11", sys.executable) if self._real else line
        return re.sub(r"(?<![\w.])/(opt|etc|var/lib|usr/local)/", rf"{self.place}/\1/", line)

    def does(self, line: str, *, allowed: tuple[int, ...] = (0,)) -> str:
        """Do one line of the guide; what it says. Raises AssertionError where it fails."""
        began = time.monotonic()
        folder = self.place / "opt/xanha"
        done = subprocess.run(
            ["/bin/sh", "-c", self.here(line)],
            cwd=folder if folder.exists() else self.place,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=900,
        )
        self.took.append((line, time.monotonic() - began))
        assert done.returncode in allowed, f"{line}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def fill(self, telegram: Telegram, port: int) -> None:
        """What the guide leaves to the operator: the token and the settings."""
        (self.place / "etc/xanha/credentials/bot_token").write_text(f"{TOKEN}\n")
        (self.place / "etc/xanha/xanha.env").write_text(
            f"BOT_API_URL={telegram.url}\nBOT_OPERATOR_CHAT={OPERATOR}\nBOT_HEALTH=127.0.0.1:{port}\n"
        )

    @contextmanager
    def service(self) -> Iterator[None]:
        """What `systemctl enable --now` would start."""
        with (self.place / "log").open("wb") as log:
            running = subprocess.Popen(
                [f"{self.place}/usr/local/bin/xanha", "run"], env=self.environment, stdout=log, stderr=log
            )
            try:
                yield
                running.send_signal(signal.SIGTERM)
                assert running.wait(60) == 0
            finally:
                running.kill()
                running.wait()


def _wait_until_it_turns(port: int) -> None:
    """Wait as `systemctl` waits for READY=1."""
    ends = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            assert time.monotonic() < ends, "it does not turn"
            time.sleep(0.05)


def blocks() -> list[list[str]]:
    """The lines of the two blocks of "Installing for good"."""
    text = GUIDE.read_text(encoding="utf-8").partition("## Installing for good")[2].partition("\n**SQLite")[0]
    return [block.strip().splitlines() for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)]


def walk(place: Path, *, port: int, real: bool) -> tuple[Machine, list[str]]:
    """Walk the guide; the machine, and what `status` said last."""
    install, first = blocks()
    machine = Machine(place, real=real)
    with standin() as telegram:
        telegram.act("add_user", user_id=OPERATOR, first_name="Máy")
        telegram.act("says", user_id=OPERATOR, text="/start")
        for line in install:
            machine.does(line)
        machine.fill(telegram, port)
        check, enable, backup, status = first
        assert "All is well." in machine.does(check).splitlines()[-1]
        machine.does(enable)
        with machine.service():
            _wait_until_it_turns(port)
            began = time.monotonic()
            machine.does(backup)
            while "Mọi việc ổn." not in (said := machine.does(status, allowed=(0, 1)).splitlines()):
                assert time.monotonic() - began < 60, said
                machine.took.pop()
            machine.took[-1] = (status, time.monotonic() - began)
    return machine, said


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="xanha-rehearsal-") as folder:
        began = time.monotonic()
        machine, said = walk(Path(folder), port=int(os.environ.get("PORT", "18082")), real=True)
        for line, seconds in machine.took:
            print(f"{seconds:7.1f} s  {line}")
        print(
            "\n".join(
                ["", *said, "", f"{time.monotonic() - began:.0f} s from a fresh machine to “all is well”."]
            )
        )


if __name__ == "__main__":
    main()
