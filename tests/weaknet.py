"""A weak mobile network between a browser and the program, without waiting: what passes is handed on at once, and its time is reckoned.

    async with WeakNet(port, kbits=50, trip=0.8, lost=0.05) as net:
        await page.goto(net.base)
        net.now         seconds that the person would have waited until what has come by now

Each way carries `kbits` and takes half of the round trip. A connection takes three round trips to open, one of them for TLS.
Of the packets that follow each other every twentieth is lost and comes a round trip later, and all behind it. What the browser sends
follows on what it has been shown: it cannot have known more. So the reckoning is too long rather than too short.

`packs`: a proxy stands before the program and speaks HTTP/2, as those of docs/operator.md do. Then a line of headers that was said on
the connection before takes one byte (RFC 7541); what is said for the first time is reckoned as it is, unpacked.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self

_PACKET = 1_400  # bytes
_FRAME = 60  # bytes of headers around each, TLS's among them
_H2_FRAME = 9  # bytes before headers, and before a body
_BEGINS = (b"GET ", b"POST ", b"HTTP/1.1 ")


class WeakNet:
    """`now`: the time on the person's clock, from 0, as far as something has come to them."""

    def __init__(self, port: int, *, kbits: float, trip: float, lost: float, packs: bool = False) -> None:
        self._port, self._trip, self.packs = port, trip, packs
        self._second = kbits * 1000 / 8  # bytes that pass in one
        self._each = round(1 / lost)
        self._packets, self._up, self._down = 0, 0.0, 0.0  # how many; until when each way is busy
        self.now = 0.0
        self.arrived: dict[str, float] = {}  # when the last byte of what was asked for by a path was there

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.base = f"http://localhost:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        opened = self.now + 2 * self._trip  # TCP, TLS; the first request goes with what would be the third
        link = _Link(self, opened)
        await asyncio.gather(self._carry(reader, back, link.goes), self._carry(there, writer, link.comes))

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, reckon: object
    ) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65_536):
                reckon(data)  # type: ignore[operator]
                writer.write(data)
                await writer.drain()
            writer.close()

    def carries(self, size: int, *, begins: float, busy: float) -> tuple[float, float]:
        """Return when so many bytes have arrived that are handed over at `begins`, and until when the way is busy with them."""
        ends, late = max(begins, busy), 0.0
        for start in range(0, size, _PACKET):
            self._packets += 1
            ends += (min(_PACKET, size - start) + _FRAME) / self._second
            late = self._trip if self._packets % self._each == 0 else late
        return ends + late + self._trip / 2, ends


class _Link:
    """One connection: its answer begins when its request has arrived."""

    def __init__(self, net: WeakNet, opened: float) -> None:
        self._net, self._asked, self._opened, self._path = net, opened, opened, ""
        self._said_up: set[bytes] = set()
        self._said_down: set[bytes] = set()

    def goes(self, data: bytes) -> None:
        begins = max(self._net.now, self._opened)
        if data.startswith((b"GET ", b"POST ")):
            self._path = data.split(b" ", 2)[1].decode().partition("?")[0]
        self._asked, self._net._up = self._net.carries(
            self._size(data, self._said_up), begins=begins, busy=self._net._up
        )

    def comes(self, data: bytes) -> None:
        size = self._size(data, self._said_down)
        arrived, self._net._down = self._net.carries(size, begins=self._asked, busy=self._net._down)
        self._net.now = max(self._net.now, arrived)
        self._net.arrived[self._path] = arrived

    def _size(self, data: bytes, said: set[bytes]) -> int:
        """The bytes that pass; `said`: the lines of headers that went this way before."""
        if not self._net.packs or not data.startswith(_BEGINS):
            return len(data)
        head, _, body = data.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        size = 2 * _H2_FRAME + len(body) + sum(1 if line in said else len(line) for line in lines)
        said.update(lines)
        return size
