"""Who sends faster than anybody types is answered once; others, and what was answered before, do not suffer."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from models.delivery.conversation import Conversation
from models.delivery.inbox import Inbox, InboxState
from models.delivery.policy import FloodPolicy
from tests.fakes import World
from tests.people import ALICE, BOB, CAROL, a_cell, phone_of, settle_in

TOO_FAST = "Đang nhận nhiều tin quá nhanh"


def flooded(world: World, user: int, count: int, words: str = "x") -> None:
    for _ in range(count):
        world.telegram.says(user, words)
    world.settle()


def answers(world: World, user: int) -> list[str]:
    return [m["text"] for m in world.telegram.history(user) if m["from"] == "bot"]


def states(world: World) -> dict[str, int]:
    query = select(Inbox.state, func.count()).group_by(Inbox.state)
    return world.db(lambda db: {state: count for state, count in db.execute(query)})


def test_four_hundred_messages_bring_one_sentence_then_silence(database_url: str) -> None:
    with World.open(database_url, flood=FloodPolicy()) as world:
        cell = a_cell(world)
        bob, alice = settle_in(world, cell, BOB, ALICE)
        flooded(world, ALICE, 400)
        said = answers(world, ALICE)
        assert len(said) <= 2 * 40 + 1
        assert len([words for words in said if TOO_FAST in words]) == 1
        assert TOO_FAST in said[-1]
        assert states(world) == {InboxState.DONE: 400}
        assert not world.app.alarm.rung.keys() - {"one member"}
        bob.says("/menu")
        assert TOO_FAST not in bob.reads()
        alice.says("/menu")
        assert alice.reads() == ""
        world.wait(timedelta(minutes=1))
        assert "màn hình" in alice.says("/menu").reads().lower() or alice.buttons()


def test_what_was_typed_as_an_answer_before_the_limit_is_kept(database_url: str) -> None:
    with World.open(database_url, flood=FloodPolicy()) as world:
        cell = a_cell(world)
        [alice] = settle_in(world, cell, ALICE)
        alice.says("/hotro").taps("Giấy tờ", "Trong vài ngày").says("Hộ chiếu sắp hết hạn")
        asked = alice.last()["message_id"]
        for _ in range(200):
            world.telegram.taps(ALICE, asked, "checkin:see:x", stale=True)
        world.settle()
        world.wait(timedelta(minutes=2))
        drafts = world.db(lambda db: [row.draft or "" for row in db.scalars(select(Conversation))])
        assert "Hộ chiếu sắp hết hạn" in "".join(drafts)
        assert alice.says("/menu").reads()


def test_an_elder_in_a_hurry_is_never_limited(database_url: str) -> None:
    with World.open(database_url, flood=FloodPolicy()) as world:
        cell = a_cell(world)
        [alice] = settle_in(world, cell, ALICE)
        alice.says("/menu")
        for _ in range(12):
            for _ in range(5):
                alice.taps("Trợ giúp").taps("màn hình chính")
            world.wait(timedelta(seconds=10))
        assert TOO_FAST not in alice.chat()


def test_strangers_are_limited_sooner_and_a_member_is_heard_among_a_thousand(database_url: str) -> None:
    with World.open(database_url, flood=FloodPolicy()) as world:
        cell = a_cell(world)
        settle_in(world, cell, ALICE)
        phone_of(world, CAROL)
        for user in range(5000, 5400):
            world.telegram.add_user(user, f"Bot {user}")
            world.telegram.says(user, "/start")
        world.telegram.says(ALICE, "/menu")
        world.settle()
        answered = [user for user in range(5000, 5400) if answers(world, user)]
        assert len(answered) == FloodPolicy().strangers_burst
        assert answers(world, ALICE)
        assert "strangers" in world.app.alarm.rung
        world.wait(timedelta(minutes=1))
        flooded(world, CAROL, 100)
        assert len(answers(world, CAROL)) <= 15 + 1
