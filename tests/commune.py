"""The playground's commune as a visitor finds it; time stands still."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

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

    def close(self) -> None:
        self.loop.run_until_complete(self.stage.close())
        self.loop.close()


@pytest.fixture(scope="module")
def commune() -> Iterator[Commune]:
    """One for all: to build it takes seconds, and each test speaks on phones of its own or begins with a command."""
    made = Commune()
    yield made
    made.close()
