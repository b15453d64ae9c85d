"""A member whose review is open sends files that swell, coil and sort without end; the others are answered meanwhile."""

from __future__ import annotations

import asyncio
import zipfile

from bot.files import ChildOpener
from models.delivery.policy import FilePolicy
from models.trust.opening import OpenedFile, Order
from tests.fakes import World
from tests.files import a_docx, a_package, a_word_file
from tests.people import ALICE, BOB, a_cell, settle_in
from tests.phone import Phone
from tests.reviewing import a_campaign, written

SWELLS = a_package({"word/document.xml": b" " * 50_000_000}, packed=zipfile.ZIP_BZIP2)
NOTE = "<footnotes><footnote id='1'><p><r><t>" + "x" * 90_000 + "</t></r></p></footnote></footnotes>"
HOSTILE = {
    "881 bytes of bzip2": SWELLS,
    "200,000 paragraphs of one letter": a_word_file("<p><r><t>a</t></r></p>" * 130_000 + "<p/>" * 70_000),
    "one footnote, thousands of times": a_word_file(
        "<p><r><footnoteReference id='1'/></r></p>" * 5_000, footnotes__xml=NOTE
    ),
    "tags within tags": a_word_file("<a>" * 100_000 + "</a>" * 100_000),
    "letters that must be sorted": a_word_file("<p><r><t>a" + "\u0316\u0301" * 90_000 + "</t></r></p>"),
    "a cell outside a row": a_word_file("<tbl><tc><p><r><t>a</t></r></p></tc></tbl>"),
}


class Watched(ChildOpener):
    """An opener that says when it has begun, and does not end before it is told."""

    def __init__(self, policy: FilePolicy) -> None:
        super().__init__(policy)
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()

    async def open(self, order: Order, data: bytes) -> OpenedFile:
        self.begun.set()
        opened = await super().open(order, data)
        await self.may_end.wait()
        return opened


def test_the_others_are_answered_while_it_is_opened_and_nothing_is_lost(sqlite_url: str) -> None:
    watched: list[Watched] = []

    def opener(policy: FilePolicy) -> Watched:
        watched.append(Watched(policy))
        return watched[-1]

    policy = FilePolicy(cpu_seconds=2)
    with World.open(sqlite_url, file=policy, opener=opener) as world:
        cell = a_cell(world)
        alice, bob = settle_in(world, cell, ALICE, BOB)
        campaign = a_campaign(world, cell)
        alice.says("/kiemdiem").goes(" I.1 ").says("Chấp hành tốt.").taps("Xem tất cả các mục", "Gửi tệp")
        for what, data in HOSTILE.items():
            assert meanwhile(world, watched[0], alice, data, bob), what
            world.settle()
            assert alice.reads(), what
        assert not world.app.alarm.rung
        assert written(world, campaign, cell.alice).text_of("A.I.1") == "Chấp hành tốt."
        alice.sends("document", "kiem-diem.docx", a_docx("1. Về phẩm chất chính trị", "Viết ở nhà."))
        assert "Viết ở nhà." in alice.reads()


def meanwhile(world: World, opener: Watched, sender: Phone, data: bytes, other: Phone) -> bool:
    """Whether the other's /menu is answered between the beginning and the end of the opening."""
    opener.begun.clear()
    opener.may_end.clear()
    other.reads()
    world.telegram.sends_file(sender.user_id, "document", "kiem-diem.docx", data)

    async def both() -> None:
        app = world.app
        await app.polling.once()
        await asyncio.wait_for(opener.begun.wait(), 30)
        world.telegram.says(other.user_id, "/menu")
        await app.polling.once()
        async with asyncio.timeout(30):
            while not await app.sender.drain():  # noqa: ASYNC110 - his answer is in the outbox when his step is committed
                await asyncio.sleep(0)

    world.run(both())
    answered = bool(other.reads())
    opener.may_end.set()
    return answered
