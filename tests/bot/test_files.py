"""The process that opens files: what it gives back, what it may not do, and what becomes of it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.files import ChildOpener, HereOpener, TooComplex
from bot.opener import samples
from models.delivery.foreign.content import PAPERS, ContentType
from models.delivery.policy import FilePolicy
from models.trust.opening import OpenedFile, Order, Reads, Wanted
from models.year.review.forms import every_form
from tests.fakes import World
from tests.files import a_docx, a_pdf, a_picture, a_voice, a_word_file
from tests.people import ALICE, BOB, a_cell, settle_in
from tests.reviewing import a_campaign

USUAL = FilePolicy()
FORM = every_form()[0].code
NEVER_ENDS = a_docx("a" + "\u0316\u0301" * 60_000)  # marks that have to be sorted, each past all others


def order(*, reads: Reads = Reads.NOTHING, name: str = "", policy: FilePolicy = USUAL) -> Order:
    wanted = Wanted(types=PAPERS, reads=reads, form=FORM, today=date(2026, 12, 1), files=policy)
    return Order(wanted=wanted, name=name)


class Room:
    """An opener, and how each opening ended."""

    def __init__(self, runner: asyncio.Runner, policy: FilePolicy) -> None:
        self.ended: list[dict[str, Any]] = []
        self.policy, self._runner = policy, runner
        self.opener = ChildOpener(policy, seen=self.ended.append)

    def open(self, data: bytes, **how: Any) -> OpenedFile:
        return self._runner.run(self.opener.open(order(policy=self.policy, **how), data))

    @property
    def waiting(self) -> list[int]:
        return [child.process.pid for child in self.opener._waiting]


@contextmanager
def a_room(**policy: Any) -> Iterator[Room]:
    with asyncio.Runner() as runner:
        room = Room(runner, FilePolicy(**policy))
        yield room
        runner.run(room.opener.close())


def test_what_it_gives_back_is_what_is_read_here_and_it_waits_for_the_next() -> None:
    kinds = {"xlsx": Reads.ROSTER, "docx": Reads.REVIEW}
    with a_room() as room:
        for name, data in {**samples(), "docx": a_docx("1. Về phẩm chất", "Tôi chấp hành.")}.items():
            how = {"reads": kinds.get(name, Reads.NOTHING), "name": f"a.{name}"}
            here = asyncio.run(HereOpener().open(order(**how), data))  # type: ignore[arg-type]
            assert room.open(data, **how) == here
            assert here.refusal is None, name
        assert len(room.waiting) == 1
        assert {one["how"] for one in room.ended} == {"done"}


def test_what_takes_too_long_is_given_up_and_the_next_file_is_opened() -> None:
    with a_room(cpu_seconds=1, seconds=30) as room:
        with pytest.raises(TooComplex, match="time"):
            room.open(NEVER_ENDS)
        assert room.ended[-1]["cpu_ms"] < 3_000
        assert room.open(a_docx()).refusal is None
        assert len(room.waiting) == 1


def test_what_only_waits_is_given_up_as_well() -> None:
    with a_room(cpu_seconds=100, seconds=1) as room, pytest.raises(TooComplex, match="time"):
        room.open(NEVER_ENDS)


def test_what_takes_too_much_memory_is_given_up() -> None:
    with a_room(memory_mb=16, seconds=300) as room:  # on a busy machine it may wait long for its turn
        with pytest.raises(TooComplex, match="memory"):
            room.open(a_word_file("<p a='1'/>" * 390_000))
        assert room.ended[-1]["mb"] < 16 + 130
        assert room.open(a_picture("png")).refusal is None


def test_an_opener_that_ended_while_it_waited_is_replaced() -> None:
    with a_room() as room:
        room.open(a_docx())
        (first,) = room.waiting
        os.kill(first, signal.SIGKILL)
        assert room.open(a_docx()).refusal is None
        assert room.waiting != [first]


def test_it_ends_when_nobody_needs_it() -> None:
    with a_room(idle_seconds=1) as room:
        room.open(a_docx())
        child = room.opener._waiting[0].process
        room._runner.run(asyncio.wait_for(child.wait(), 30))
        assert not room.waiting


def test_it_knows_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    with a_room() as room:
        room.open(a_picture())
        environment = Path(f"/proc/{room.waiting[0]}/environ").read_bytes()
    assert b"secret" not in environment


def test_a_voice_message_is_pages_of_opus() -> None:
    wanted = Wanted(types=frozenset({ContentType.OGG}))
    for data, taken in (
        (a_voice(), True),
        (a_voice()[:-2], False),
        (b"OggS", False),
        (b"MZ" + a_voice(), False),
    ):
        opened = asyncio.run(HereOpener().open(Order(wanted=wanted, name="a.ogg"), data))
        assert (opened.refusal is None) is taken


def test_a_file_that_was_left_undone_is_opened_at_the_next_start_and_what_came_behind_it_follows(
    sqlite_url: str,
) -> None:
    """It waits in its chat's lane: the start goes on with the others."""
    with World.open(sqlite_url) as world:
        cell = a_cell(world)
        alice, bob = settle_in(world, cell, ALICE, BOB)
        a_campaign(world, cell)
        alice.says("/kiemdiem").taps("Gửi tệp")
        bob.reads()
        world.telegram.sends_file(alice.user_id, "document", "trang.pdf", a_pdf())
        world.telegram.says(alice.user_id, "/huy")
        world.telegram.says(bob.user_id, "/menu")
        updates = world.run(world.telegram.poll({"offset": 0})).body["result"]
        world.run(world.app.polling.bring(updates, step=False))
        world.restart()
        said = alice.reads()
        assert said.index("trang.pdf") >= 0
        assert bob.reads()
        assert not world.app.alarm.rung


def test_a_document_at_a_question_that_wants_none_is_not_even_fetched(sqlite_url: str) -> None:
    """With nothing asked it is looked into before it is held (unasked.py)."""
    with World.open(sqlite_url) as world:
        (bob,) = settle_in(world, a_cell(world), BOB)
        bob.says("/danhsach").sends("document", "giay.pdf", a_pdf())
        assert not [call for call in world.telegram.calls if call.method.lower() == "getfile"]
        bob.says("/huy").sends("document", "giay.pdf", a_pdf())
        assert [call for call in world.telegram.calls if call.method.lower() == "getfile"]


@pytest.mark.parametrize(
    ("claimed", "trouble", "says"),
    [(25_000_000, False, "tối đa 20 MB"), (None, True, "Chưa tải được tệp này")],
)
def test_what_cannot_be_fetched_says_why_and_the_question_stays(
    sqlite_url: str, claimed: int | None, trouble: bool, says: str
) -> None:
    with World.open(sqlite_url) as world:
        cell = a_cell(world)
        (alice,) = settle_in(world, cell, ALICE)
        a_campaign(world, cell)
        alice.says("/kiemdiem").taps("Gửi tệp")
        if trouble:
            world.telegram.fail("getFile", fault="connect")
        world.telegram.sends_file(alice.user_id, "document", "trang.pdf", a_pdf(), claimed_size=claimed)
        world.settle()
        assert says in alice.reads()
        alice.sends("document", "trang.pdf", a_pdf())
        assert "trang.pdf" in alice.reads()
