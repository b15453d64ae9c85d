"""kill -9 at every marked point, then a restart: nothing lost, nothing done twice, at most one message in doubt."""

from __future__ import annotations

import multiprocessing
import signal
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.delivery.inbox import Inbox
from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import Outbox, enqueue
from models.ground.clock import system_clock
from models.ground.db import Database
from models.ground.sealing import Keyring, keyring, use_keys
from models.people.member import Purpose, add_member, link_account, record_consent
from models.people.rights import Role, appoint
from models.people.unit import UnitKind, create_unit
from models.phrases.text import raw
from models.year.policy import ReviewPolicy
from models.year.review import ReviewKind, Section
from models.year.review.campaign import CampaignTerms, open_campaign
from tests.bot import killed
from tests.bot.killed import KEY
from tests.bot.processes import PATIENCE, Telegram, standin, wait_until
from tests.bot.steps import traces

TEXTS = [f"tin {n}" for n in range(5)]
MARKS = [
    ("inbox.received", 2),
    ("inbox.stored", 2),
    ("step.done", 5),
    ("step.committed", 5),
    ("outbox.claimed", 1),
    ("outbox.wired", 1),
    ("outbox.sending", 5),
    ("outbox.sent", 5),
    ("outbox.settled", 2),
]


@pytest.fixture(scope="module")
def telegram() -> Iterator[Telegram]:
    with standin() as running:
        yield running


@pytest.fixture(autouse=True)
def known_keys() -> Iterator[None]:
    ring = keyring()
    use_keys(Keyring([KEY]))
    yield
    use_keys(ring)


def people(telegram: Telegram, first: int) -> list[int]:
    users = [first + n for n in range(3)]
    for user in users:
        telegram.act("add_user", user_id=user, first_name=f"User {user}")
    return users


# each bot is forked from a server that has everything imported: a start takes a fraction of a second
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.bot.killed"])


def start(telegram: Telegram, url: str, mark: str = "", count: int = 0, kind: str = "") -> Any:
    bot = _processes.Process(target=killed.main, args=(telegram.url, url, mark, count, kind), daemon=True)
    bot.start()
    _started.append(bot)
    return bot


_started: list[Any] = []


@pytest.fixture(autouse=True)
def nobody_outlives_a_test() -> Iterator[None]:
    yield
    while _started:
        bot = _started.pop()
        bot.kill()
        bot.join()


def dies(telegram: Telegram, url: str, mark: str = "", count: int = 0, kind: str = "") -> None:
    bot = start(telegram, url, mark, count, kind)
    bot.join(PATIENCE)
    assert bot.exitcode == -signal.SIGKILL


def look(db: Session) -> tuple[Counter[str], Counter[str], list[str]]:
    return Counter(db.scalars(select(Inbox.state))), Counter(db.scalars(select(Outbox.state))), traces(db)


States = tuple[Counter[str], Counter[str], list[str]]


def lives(telegram: Telegram, url: str, updates: int, kind: str = "") -> States:
    """Until all the updates are settled and all is said; then it is asked to stop."""
    database = Database(url)
    bot = start(telegram, url, kind=kind)

    def is_quiet() -> bool:
        inbox, outbox, _ = database.run(look)
        settled = inbox["done"] + inbox["failed"]
        return settled >= updates and not outbox["pending"] + outbox["sending"]

    try:
        wait_until(is_quiet, what="quiet")
        bot.terminate()
        bot.join(20)
        assert bot.exitcode == 0
        return database.run(look)
    finally:
        bot.kill()
        database.close()


@pytest.mark.parametrize(("mark", "count"), MARKS, ids=[mark for mark, _ in MARKS])
def test_killed_at_a_mark_it_loses_nothing_and_does_nothing_twice(
    telegram: Telegram, database_url: str, mark: str, count: int
) -> None:
    users = people(telegram, hash((mark, database_url)) % 10**9)
    telegram.act("says", user_id=users[0], text="xin chào")
    bot = start(telegram, database_url, mark, count)
    # where the sender looks before it knows that it has caught up, it claims this answer itself, and dies with it
    wait_until(lambda: bool(telegram.answers(users[0])) or not bot.is_alive(), what="the first answer")
    if mark in ("outbox.claimed", "outbox.wired"):
        queue(database_url, users, Lane.ALERT)
    for text in TEXTS:
        for user in users:
            telegram.act("says", user_id=user, text=text)
    bot.join(PATIENCE)
    assert bot.exitcode == -signal.SIGKILL
    inbox, outbox, done = lives(telegram, database_url, 16)
    assert set(inbox) == {"done"}
    assert Counter(done) == Counter({text: 3 for text in TEXTS} | {"xin chào": 1})
    doubled = 0
    for user in users:
        said = [text for text in telegram.answers(user) if text.startswith("echo tin")]
        assert list(dict.fromkeys(said)) == [f"echo {text}" for text in TEXTS]
        doubled += len(said) - len(set(said))
    assert doubled + outbox["uncertain"] <= len(users)  # one in flight for each chat
    assert outbox["failed"] == 0


def queue(url: str, users: list[int], lane: Lane, *, count: int = 1) -> None:
    """Rows that the sender itself must claim: a step claims its own answers."""

    def fill(db: Session) -> None:
        for user in users:
            for number in range(count):
                to, message = Recipient(chat_address(user)), Message(raw(f"nhắc {user} {number}"))
                enqueue(db, to, message, key=f"r:{to.address}:{number}", lane=lane, now=system_clock())

    database = Database(url)
    database.run(fill)
    database.close()


def test_killed_again_and_again_it_still_says_nothing_a_third_time(
    telegram: Telegram, database_url: str
) -> None:
    users = people(telegram, hash(("again", database_url)) % 10**9)
    for user in users:
        telegram.act("says", user_id=user, text="tin")
    for number, mark in enumerate(("outbox.sent", "outbox.sent", "inbox.stored")):
        dies(telegram, database_url, mark, 1)
        for user in users:
            telegram.act("says", user_id=user, text=f"sau {number}")
    inbox, outbox, done = lives(telegram, database_url, 12)
    assert set(inbox) == {"done"}
    assert len(done) == 12
    for user in users:
        assert max(Counter(telegram.answers(user)).values()) <= 2
    assert outbox["failed"] == outbox["pending"] == 0


@pytest.mark.parametrize(
    ("mark", "count"), [("outbox.claimed", 1), ("outbox.wired", 2), ("outbox.sending", 4), ("outbox.sent", 4)]
)
def test_of_what_was_claimed_only_what_was_on_the_wire_is_in_doubt(
    telegram: Telegram, database_url: str, mark: str, count: int
) -> None:
    users = people(telegram, hash(("claimed", mark, database_url)) % 10**9)
    for user in users:
        telegram.act("says", user_id=user, text="xin chào")
    lives(telegram, database_url, 3)
    queue(database_url, users, Lane.REMINDER, count=12)
    dies(telegram, database_url, mark, count)
    had = sum(len(reminders(telegram, user)) for user in users)
    _, outbox, _ = lives(telegram, database_url, 3)
    said = Counter(text for user in users for text in reminders(telegram, user))
    assert set(said.values()) == {1}
    assert len(said) + outbox["uncertain"] >= 36
    assert outbox["uncertain"] <= (
        0 if mark == "outbox.claimed" else len(users)
    )  # one in flight for each chat
    assert had <= count * len(users)


def reminders(telegram: Telegram, user: int) -> list[str]:
    return [text for text in telegram.answers(user) if text.startswith("nhắc")]


def test_only_the_update_that_kills_is_given_up(telegram: Telegram, database_url: str) -> None:
    users = people(telegram, hash(("poison", database_url)) % 10**9)
    telegram.act("says", user_id=users[0], text="trước")
    telegram.act("says", user_id=users[1], text="chết")
    telegram.act("says", user_id=users[2], text="sau")
    for _ in range(2):
        dies(telegram, database_url)
    inbox, _, done = lives(telegram, database_url, 3)
    assert inbox == {"done": 2, "failed": 1}
    assert sorted(done) == ["sau", "trước"]
    assert "trục trặc" in telegram.answers(users[1])[-1]


def test_an_update_that_kills_before_it_is_stored_is_given_up_too(
    telegram: Telegram, database_url: str
) -> None:
    users = people(telegram, hash(("later poison", database_url)) % 10**9)
    telegram.act("says", user_id=users[0], text="trước")
    bot = start(telegram, database_url)
    wait_until(lambda: bool(telegram.answers(users[0])), what="the first answer")
    telegram.act("says", user_id=users[1], text="chết")
    telegram.act("says", user_id=users[2], text="sau")
    bot.join(PATIENCE)
    assert bot.exitcode == -signal.SIGKILL
    for _ in range(2):
        dies(telegram, database_url)
    inbox, _, done = lives(telegram, database_url, 3)
    assert inbox == {"done": 2, "failed": 1}
    assert sorted(done) == ["sau", "trước"]


@pytest.mark.parametrize("mark", ["step.done", "outbox.sending", "outbox.sent"])
def test_the_real_program_killed_answers_all_the_same(
    telegram: Telegram, database_url: str, mark: str
) -> None:
    users = people(telegram, hash(("real", mark, database_url)) % 10**9)
    for user in users:
        telegram.act("says", user_id=user, text="/start")
    dies(telegram, database_url, mark, 2, "real")
    inbox, outbox, _ = lives(telegram, database_url, 3, "real")
    assert set(inbox) == {"done"}
    assert all(1 <= len(telegram.answers(user)) <= 4 for user in users)
    assert not outbox["failed"]


def test_a_menu_that_is_never_answered_keeps_nobody_from_being_heard(sqlite_url: str) -> None:
    """setMyCommands hangs until its time is over, twenty seconds later, again and again."""
    with standin() as hanging:
        (user, *_) = people(hanging, 77)
        hanging.act("fail", method="setMyCommands", times=1000, fault="timeout_before")
        hanging.act("says", user_id=user, text="tin")
        start(hanging, sqlite_url)
        wait_until(lambda: bool(hanging.answers(user)), what="an answer", patience=19)


# --- while a review is being written --------------------------------------------------------------------------------


def a_writer(db: Session, user: int) -> None:
    """A registered member of whom a review is asked; told of it by nobody, so that nothing waits for the morning."""
    now = system_clock()
    cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Đông", parent=None, now=now)
    writer, secretary = (
        add_member(db, cell_id=cell.id, full_name=name, now=now)
        for name in ("Nguyễn Thị An", "Trần Văn Bình")
    )
    appoint(db, member_id=secretary.id, unit_id=cell.id, role=Role.SECRETARY, by_id=None, now=now)
    open_campaign(
        db,
        CampaignTerms(
            kind=ReviewKind.REVIEW,
            year=now.year,
            form="2c-2025",
            deadline=now.date() + timedelta(days=60),
            meeting_on=None,
        ),
        cell_id=cell.id,
        by_id=secretary.id,
        policy=ReviewPolicy(),
        now=now,
    )
    link_account(db, writer, address=chat_address(user), now=now)
    record_consent(db, writer.id, Purpose.REVIEW, given=True, now=now)


def texts_of(db: Session) -> list[str]:
    return [one.text or "" for one in db.scalars(select(Section).order_by(Section.position))]


def tap(telegram: Telegram, user: int, label: str) -> None:
    """The newest button with this label, as soon as it is there."""

    def found() -> list[tuple[int, str]]:
        return [
            (message["message_id"], button["callback_data"])
            for message in telegram.history(user)
            for row in message["inline_keyboard"]
            for button in row
            if label in button["text"]
        ]

    wait_until(lambda: bool(found()), what=f"the button {label}")
    message_id, data = found()[-1]
    telegram.act("taps", user_id=user, message_id=message_id, data=data)


@pytest.mark.parametrize(
    ("mark", "count"),
    [  # what is typed may come in one handful with the tap before it
        ("inbox.received", 2),
        ("inbox.stored", 2),
        ("step.done", 6),
        ("step.committed", 6),
        ("outbox.sending", 5),
    ],
)
def test_killed_while_sections_are_typed_no_word_is_missing_or_doubled(
    telegram: Telegram, database_url: str, mark: str, count: int
) -> None:
    (user, *_) = people(telegram, hash(("writes", mark, database_url)) % 10**9)
    database = Database(database_url)
    database.run(lambda db: a_writer(db, user))
    bot = start(telegram, database_url, mark, count, "real")
    telegram.act("says", user_id=user, text="/kiemdiem")
    tap(telegram, user, " I.1 ")
    typed = [f"Ý thứ {n}." for n in range(8)]
    for text in typed:
        telegram.act("says", user_id=user, text=text)
    bot.join(PATIENCE)
    assert bot.exitcode == -signal.SIGKILL
    telegram.act("says", user_id=user, text="Gõ lúc đang tắt.")
    inbox, outbox, _ = lives(telegram, database_url, 11, "real")
    assert set(inbox) == {"done"}
    assert not outbox["failed"]
    try:
        assert database.run(texts_of) == ["\n".join([*typed, "Gõ lúc đang tắt."])]
    finally:
        database.close()
