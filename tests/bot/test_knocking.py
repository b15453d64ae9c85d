"""The way out to a push service: public addresses only, whatever a name server says, and no waiting for ever."""

from __future__ import annotations

import asyncio
import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.knocking import Caller, PublicOnly
from bot.wire import NotReached, Unanswered


class Names(AbstractResolver):
    """A name server that says of each name the same."""

    def __init__(self, *hosts: str, port: int | None = None) -> None:
        self.hosts, self.port = hosts, port

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=one, port=self.port or port, family=family, proto=0, flags=0)
            for one in self.hosts
        ]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.1.1", "100.64.0.1", "::1", "fd00::1"]
)
def test_a_name_that_leads_inside_is_not_called(host: str) -> None:
    with pytest.raises(NotReached):
        asyncio.run(Caller(2, Names(host)).post("https://push.example/a", {}, b"x"))


def test_of_several_addresses_the_public_ones_are_left() -> None:
    found = asyncio.run(PublicOnly(Names("10.0.0.1", "8.8.8.8", "::1")).resolve("push.example", 443))
    assert [one["host"] for one in found] == ["8.8.8.8"]


def test_who_takes_the_call_and_says_nothing_is_not_waited_for() -> None:
    async def call() -> None:
        over = asyncio.Event()

        async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()
            await writer.wait_closed()
            over.set()

        server = await asyncio.start_server(silent, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            with pytest.raises(Unanswered):
                await Caller(0.5, Names("127.0.0.1")).post(f"http://127.0.0.1:{port}/a", {}, b"x")
            await over.wait()

    asyncio.run(call())
