"""Twelve seconds of chaos on each database; and that the judge finds what is not as it should be."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.standin import CallAnswer
from bot.telegram.chats import chat_address
from models.delivery.inbox import Received, accept_inbox
from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import enqueue
from models.ground.clock import system_clock
from models.ground.db import Database
from models.phrases.text import raw
from tests.chaos.__main__ import chaos
from tests.chaos.crowd import Spoken
from tests.chaos.judge import Judge
from tests.chaos.messenger import Messenger

AN = 77


@pytest.mark.long
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_whatever_befalls_real_programs_nothing_is_lost_and_nothing_comes_twice(
    tmp_path: Path, kind: str
) -> None:
    report = asyncio.run(chaos(tmp_path, kind, seconds=10, seed=3, people=5))
    assert report.broken == []
    assert report.counts["befell"].total() > 0
    assert report.counts["judged"]["updates confirmed"] > 0


# --- the judge ------------------------------------------------------------------------------------------------------


@pytest.fixture
def messenger() -> Messenger:
    chance = random.Random(1)  # noqa: S311
    messenger = Messenger(token="1:demo", chance=chance, mischief=1)
    messenger.add_user(AN, "An")
    return messenger


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    database = Database(sqlite_url)
    yield database
    database.close()


def says(messenger: Messenger, *words: str) -> CallAnswer:
    return messenger.call("sendMessage", {"chat_id": AN, "text": " ".join(words)})


def is_confirmed(messenger: Messenger) -> None:
    last = max(messenger.given, default=0)
    messenger.call("getUpdates", {"offset": last + 1})


def stored(messenger: Messenger, db: Session) -> None:
    """Every update is stored, and was done."""
    updates = [Received(str(number), chat_address(AN), b"") for number in messenger.given]
    accept_inbox(db, updates, now=system_clock())


def asked(db: Session) -> None:
    to, message = Recipient(chat_address(AN)), Message(raw("Nhắc việc."))
    enqueue(db, to, message, key="chaos:1", lane=Lane.REMINDER, now=system_clock())


def verdict(database: Database, messenger: Messenger, spoken: Spoken | None = None) -> str:
    judge = Judge(database.engine, messenger, spoken or Spoken())
    return "\n".join(judge.verdict().broken)


def test_the_judge_finds_an_update_that_was_confirmed_and_is_not_stored(
    database: Database, messenger: Messenger
) -> None:
    messenger.says(AN, "chào")
    is_confirmed(messenger)
    assert "was confirmed, and is not stored" in verdict(database, messenger)


def test_the_judge_finds_words_that_are_lost_and_whoever_is_left_without_an_answer(
    database: Database, messenger: Messenger
) -> None:
    messenger.says(AN, "Việc zq000001 của tôi.")
    is_confirmed(messenger)
    database.run(partial(stored, messenger))
    found = verdict(database, messenger, Spoken(texts={"zq000001": max(messenger.given)}))
    assert "zq000001" in found
    assert "is kept nowhere" in found
    assert "left without an answer" in found


def test_the_judge_finds_an_automatic_message_that_came_twice_and_one_that_never_came(
    database: Database, messenger: Messenger
) -> None:
    messenger.says(AN, "chào")
    database.run(asked)
    spoken = Spoken(asked={"Nhắc việc.": AN})
    assert "came 0 times" in verdict(database, messenger, spoken)
    for _ in range(2):
        says(messenger, "Nhắc việc.")
    assert "came 2 times" in verdict(database, messenger, spoken)


def test_updates_come_again_and_people_in_another_order(messenger: Messenger) -> None:
    messenger.add_user(AN + 1, "Bình")
    for user in (AN, AN + 1):
        messenger.says(user, "một")
    is_confirmed(messenger)
    for words in ("hai", "ba"):
        for user in (AN, AN + 1):
            messenger.says(user, words)
    brought = messenger.call("getUpdates", {}).body["result"]
    numbers = [update["update_id"] for update in brought]
    assert len(numbers) > len(set(numbers) - messenger.taken.keys()) == 4
    assert messenger.odd["answers reordered"] == 1
    for user in (AN, AN + 1):
        own = [one for one in brought if one["message"]["from"]["id"] == user]
        fresh = [one["update_id"] for one in own if one["update_id"] not in messenger.taken]
        assert fresh == sorted(fresh)
