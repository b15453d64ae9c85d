"""Programs beside the test: the stand-in over HTTP, and the bot against it."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0  # seconds; what takes longer has failed, also on a busy machine


class Telegram:
    """The stand-in in another process, told and asked by its control routes."""

    def __init__(self, url: str) -> None:
        self.url = url

    def act(self, verb: str, **arguments: Any) -> Any:
        if isinstance(arguments.get("data"), bytes):
            arguments["data"] = base64.b64encode(arguments["data"]).decode()
        return self._ask(f"/stand-in/{verb}", json.dumps(arguments).encode())["result"]

    def answers(self, user: int) -> list[str]:
        return [m["text"] for m in self.history(user) if m["from"] == "bot"]

    def history(self, user: int) -> list[dict[str, Any]]:
        return list(self._ask(f"/stand-in/history/{user}"))

    def _ask(self, path: str, body: bytes | None = None) -> Any:
        with urllib.request.urlopen(self.url + path, body, timeout=10) as answer:  # noqa: S310 - loopback
            return json.load(answer)


@contextmanager
def standin(*options: str) -> Iterator[Telegram]:
    with program("-m", "bot.standin.server", "--port", "0", *options, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        yield Telegram(running.stdout.readline().decode().strip())


@contextmanager
def program(
    *arguments: str, stdout: Any = None, folder: Path = ROOT, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A Python program from the checkout; killed when nobody needs it any more."""
    running = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONWARNINGS": "ignore", **environment},
        stdout=stdout,
        stderr=subprocess.PIPE if stdout is None else None,
    )
    try:
        yield running
    finally:
        running.kill()
        running.wait()
        for pipe in (running.stdout, running.stderr):
            if pipe is not None:  # a `Log` may read it: to its end, which has come
                pipe.close()


class Log:
    """What a program writes on stderr, read while it runs."""

    def __init__(self, program: subprocess.Popen[bytes]) -> None:
        self._program = program
        self.lines: list[str] = []
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    @property
    def events(self) -> list[str]:
        """The names of what was logged, in order."""
        return [json.loads(line)["event"] for line in self.lines if line.startswith("{")]

    @property
    def ended(self) -> bool:
        return self._program.poll() is not None

    def ends(self) -> None:
        """Read to the end, once the program has ended."""
        self._reading.join(PATIENCE)

    def _read(self) -> None:
        assert self._program.stderr is not None
        self.lines.extend(line.decode().rstrip() for line in self._program.stderr)


def wait_until(happened: Callable[[], bool], *, what: str = "it", patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(0.05)


async def until(happened: Callable[[], bool], *, patience: float = PATIENCE) -> None:
    """The same within an event loop."""
    async with asyncio.timeout(patience):
        while not happened():  # noqa: ASYNC110 - what is waited for knows nothing of us
            await asyncio.sleep(0.005)
