"""A line to the database's server that a test can freeze, or cut: nothing goes through it."""

from __future__ import annotations

import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

_SOCKET = ".s.PGSQL.5432"


class Line:
    """Passes bytes on between connections made to `url` and the server."""

    def __init__(self, server: Path, folder: Path, url: str) -> None:
        self.url = url
        self._server, self._door = server, folder / _SOCKET
        self._thawed = threading.Event()
        self._ends: list[socket.socket] = []
        self._lock = threading.Lock()
        self._is_cut = False
        self.thaw()
        self.mend()

    def freeze(self) -> None:
        """Pass nothing on, and tell nobody."""
        self._thawed.clear()

    def thaw(self) -> None:
        self._thawed.set()

    def cut(self) -> None:
        """Hang up on everybody, and take nobody, as a server does that has been killed."""
        self._door.unlink()
        with self._lock:
            self._is_cut = True
            while self._ends:
                end = self._ends.pop()
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()

    def mend(self) -> None:
        door = socket.socket(socket.AF_UNIX)
        door.bind(str(self._door))
        door.listen(64)
        self._ends.append(door)
        self._is_cut = False
        threading.Thread(target=self._accept, args=(door,), daemon=True).start()

    def _accept(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                caller, _ = door.accept()
                self._thawed.wait()
                there = socket.socket(socket.AF_UNIX)
                with self._lock:
                    if self._is_cut:
                        caller.close()
                        there.close()
                        return
                    there.connect(str(self._server))
                    self._ends += [caller, there]
                for one, other in ((caller, there), (there, caller)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while chunk := one.recv(65_536):
                self._thawed.wait()
                other.sendall(chunk)
        with suppress(OSError):
            other.shutdown(socket.SHUT_WR)


@contextmanager
def line_to(url: str) -> Iterator[Line]:
    """A line to the server on this machine behind `url` (postgresql://user@/name?host=folder)."""
    host = parse_qs(urlsplit(url).query)["host"][0]
    with tempfile.TemporaryDirectory(prefix="xn-") as folder:
        line = Line(Path(host) / _SOCKET, Path(folder), url.replace(f"host={host}", f"host={folder}"))
        try:
            yield line
        finally:
            line.cut()
            line.thaw()
