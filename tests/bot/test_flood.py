"""Who sends faster than anybody types is answered once; others, and what was answered before, do not suffer."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from models.delivery.conversation import Conversation
from models.delivery.inbox import Inbox, InboxState
from models.delivery.policy import FloodPolicy
from models.meeting.policy import AttendancePolicy
from models.people.secret import issue_return_code
from tests.coming_in import comes_in
from tests.fakes import World
from tests.people import ALICE, BOB, CAROL, a_cell, invite, phone_of, settle_in
from tests.tab import DOOR, WINDOWS, Tab

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


def strangers_write_at_once(world: World) -> None:
    """From here on, and as long as time stands still, no stranger is heard."""
    for user in range(5000, 5000 + FloodPolicy().strangers_burst):
        world.telegram.add_user(user, f"Bot {user}")
        world.telegram.says(user, "/start")
    world.settle()
    assert world.phone(5999).says("/start").reads() == ""


def test_among_strangers_who_write_at_once_whoever_comes_back_or_was_invited_is_heard(
    database_url: str,
) -> None:
    with World.open(database_url, flood=FloodPolicy(), attendance=AttendancePolicy(door=DOOR)) as world:
        cell = a_cell(world)
        bob, _ = settle_in(world, cell, BOB, ALICE)
        dan = comes_in(world, cell, bob)
        dan.says("/dulieu").taps("An toàn tài khoản", "Tạo mã trở lại")
        on_page = dan.text().split("Mã trở lại:")[-1][:21]
        on_telegram = world.db(lambda db: issue_return_code(db, cell.alice, now=world.clock()))
        world.wait(timedelta(minutes=2))
        link = invite(world, cell.deputy, by_id=cell.bob)
        strangers_write_at_once(world)
        # by the page, by a new chat, by an invite in a browser and by one in a chat
        assert "Phạm Văn Dân" in Tab(world, agent=WINDOWS).opens().comes_back(on_page).text()
        assert "Nguyễn Thị An" in world.phone(90, "An").says(on_telegram).reads()
        asked = Tab(world).opens(f"/i/{link}").enters()
        assert asked.shows("Đúng, liên kết")
        other = invite(world, cell.officer, by_id=None)
        assert "lời mời riêng" in world.phone(91).opens_link(other).reads()
        # and who is known does what they do
        assert bob.says("/menu").buttons()
        # who merely looks like them is passed over like the others
        assert world.phone(92).says("1234 5678 1234 5678").reads() == ""
        assert world.phone(93).says("A" * 22).reads() == ""


def test_codes_tried_from_everywhere_keep_nobody_out_whose_code_is_right(database_url: str) -> None:
    """Three hundred askers have used up what is compared of codes that are nobody's, and one of them asks from where the owner does."""
    flood = FloodPolicy()
    with World.open(database_url, flood=flood, attendance=AttendancePolicy(door=DOOR)) as world:
        cell = a_cell(world)
        (bob,) = settle_in(world, cell, BOB)
        dan = comes_in(world, cell, bob)
        dan.says("/dulieu").taps("An toàn tài khoản", "Tạo mã trở lại")
        code = dan.text().split("Mã trở lại:")[-1][:21]
        digits = "".join(char for char in code if char.isdigit())
        wrong = f"{(int(digits[:6]) + 1) % 10**6:06}{digits[6:]}"
        thief = Tab(world, ip="203.0.113.50")
        while thief.opens().comes_back(wrong).status != 429:
            pass
        for number in range(flood.codes_burst):
            Tab(world, ip=f"198.51.100.{number}").opens().comes_back(wrong)
        assert Tab(world, ip="198.51.100.250").opens().comes_back(wrong).status == 429
        assert "Phạm Văn Dân" in Tab(world, ip="203.0.113.50", agent=WINDOWS).opens().comes_back(code).text()


def test_an_asker_who_tried_many_links_keeps_no_invited_person_out_who_asks_from_the_same_place(
    database_url: str,
) -> None:
    """A mobile network hides thousands behind one address."""
    with World.open(database_url, flood=FloodPolicy(), attendance=AttendancePolicy(door=DOOR)) as world:
        cell = a_cell(world)
        thief = Tab(world, ip="203.0.113.50")
        for number in range(FloodPolicy().guesses):
            assert thief.opens(f"/i/{number:022}").enters().status == 403
        assert thief.opens(f"/i/{'x' * 22}").enters().status == 429
        link = invite(world, cell.dan, by_id=cell.deputy)
        mine = Tab(world, ip="203.0.113.50").opens(f"/i/{link}").enters()
        assert mine.shows("Đúng, liên kết")
