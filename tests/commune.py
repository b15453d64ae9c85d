"""The playground's commune as a visitor finds it; time stands still."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime

import pytest

from bot.demo.stage import DemoStage
from tests.phone import Phone


class Commune:
    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.stage = DemoStage(runs=False)
        self.loop.run_until_complete(self.stage.open())

    def phone(self, user_id: int) -> Phone:
        return Phone(self.stage.telegram, user_id, lambda: self.loop.run_until_complete(self.stage.settle()))

    def until(self, moment: datetime) -> None:
        """The time machine's jump: whatever is due on the way happens."""
        by = moment - self.stage.now()
        self.loop.run_until_complete(self.stage.advance(by))

    def close(self) -> None:
        self.loop.run_until_complete(self.stage.close())
        self.loop.close()


@pytest.fixture(scope="module")
def commune() -> Iterator[Commune]:
    """One for all: to build it takes seconds, and each test speaks on phones of its own or begins with a command."""
    made = Commune()
    yield made
    made.close()
