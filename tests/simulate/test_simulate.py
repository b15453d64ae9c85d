"""Seeded days; and that a mistake is found, comes again by the same steps, and becomes a short story."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.telegram.wire import TelegramWire
from bot.wire import Sent, Unanswered
from models.delivery.claims import Claimed
from models.delivery.conversation import Conversation
from models.people.member import Member
from models.people.trail import record_act
from tests.simulate.judge import Judge
from tests.simulate.play import Player
from tests.simulate.run import Outcome, simulate
from tests.simulate.shrink import as_test, shrink
from tests.simulate.steps import TOWN, Step
from tests.simulate.town import BEGINS, Town

Plays = Callable[[Sequence[Step]], Outcome]


@pytest.mark.long
@pytest.mark.parametrize(
    ("seed", "days", "quiet"),
    [*((seed, 3, 14) for seed in range(1, 3)), *((seed, 15, 40) for seed in range(11, 17))],
)
def test_whatever_happens_nothing_is_lost_and_nothing_is_said_twice(
    tmp_path: Path, sqlite_template: Path, seed: int, days: int, quiet: int
) -> None:
    """Two busy towns, and six in which somebody comes by every other day."""
    outcome = simulate(tmp_path, sqlite_template, seed=seed, days=days, quiet=quiet)
    assert outcome.broken == [], f"make simulate SEED={seed} DAYS={days} QUIET={quiet}"
    assert outcome.days >= days
    assert outcome.judged["rests"] >= 3


@pytest.fixture
def plays(tmp_path: Path, sqlite_template: Path) -> Plays:
    """Plays a story in a town of its own."""
    count = 0

    def play(story: Sequence[Step]) -> Outcome:
        nonlocal count
        count += 1
        folder = tmp_path / str(count)
        folder.mkdir()
        return simulate(folder, sqlite_template, story=story)

    return play


def test_the_same_seed_is_the_same_run(tmp_path: Path, sqlite_template: Path, plays: Plays) -> None:
    first = simulate(tmp_path, sqlite_template, seed=5, days=1, quiet=14)
    assert first.broken == []
    assert plays(first.steps).digest == first.digest


def test_a_mistake_is_found_comes_again_and_becomes_a_short_story(
    tmp_path: Path, sqlite_template: Path, plays: Plays, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = TelegramWire.send

    async def again_at_once(self: TelegramWire, item: Claimed) -> Sent:
        """As many programs do: where no answer comes, it is sent once more, whatever may have arrived."""
        try:
            return await once(self, item)
        except Unanswered:
            return await once(self, item)

    monkeypatch.setattr(TelegramWire, "send", again_at_once)
    monkeypatch.setattr("tests.simulate.author.FAULTS", ("timeout_after",))
    monkeypatch.setattr("tests.simulate.author.METHODS", ("sendMessage",))
    found = simulate(tmp_path, sqlite_template, seed=MISTAKEN, days=1)
    assert "was said" in found.kind
    assert plays(found.steps).broken == found.broken

    story = shrink(found.steps, lambda steps: plays(steps).kind == found.kind)
    assert len(story) < 12
    assert plays(story).broken
    test: dict[str, Any] = {"Step": Step, "Plays": Plays}
    exec(as_test(story, "found", found.broken[0]), test)  # noqa: S102 - it is what would be put into a file
    with pytest.raises(AssertionError):
        test["test_found"](plays)

    monkeypatch.setattr(TelegramWire, "send", once)
    assert plays(story).broken == []


MISTAKEN = 6


def test_what_comes_twice_is_done_once(plays: Plays) -> None:
    story = [
        Step("Hoàng Thị Mỹ", "says", "Việc của tôi zq00001."),
        Step("Hoàng Thị Mỹ", "says", "Việc của tôi zq00002."),
        Step(TOWN, "brings again", much=2),
        Step("Hoàng Thị Mỹ", "says", "/menu"),
        Step(TOWN, "rests"),
    ]
    outcome = plays(story)
    assert outcome.broken == []
    assert outcome.judged["typed"] == 2
    assert outcome.judged["again"] == 2


def test_what_cannot_be_done_is_passed_over(plays: Plays) -> None:
    outcome = plays([Step("Nguyễn Thị An", "taps", "Không có nút này"), Step("Không ai", "says", "alo")])
    assert outcome.passed_over == 2
    assert outcome.broken == []


def test_a_process_that_is_killed_comes_back(plays: Plays) -> None:
    story = [
        Step(TOWN, "kills", "outbox.sent 1", 60),
        Step("Nguyễn Thị An", "opens"),
        Step(TOWN, "waits", much=5),
        Step(TOWN, "rests"),
    ]
    outcome = plays(story)
    assert outcome.deaths == {"outbox.sent": 1}
    assert outcome.processes == 2
    assert outcome.broken == []


def test_a_file_that_another_program_holds_ends_no_simulation(plays: Plays) -> None:
    """The writer waits for the file by a watch, which nobody moves while it waits: seed 6 never came to its end."""
    story = [
        Step("Nguyễn Thị An", "opens"),
        Step(TOWN, "holds", much=30),
        Step("Nguyễn Thị An", "says", "/menu", after=8),
        Step(TOWN, "rests"),
    ]
    assert plays(story).broken == []


def test_words_arrive_once_by_each_way_and_a_page_that_was_not_answered_sends_them_again(
    plays: Plays,
) -> None:
    page = "Hoàng Thị Mỹ, trên trang"
    story = [
        Step(page, "looks"),
        Step(page, "allows push"),
        Step("Hoàng Thị Mỹ", "says", "Việc của tôi zq00001."),
        Step("Phạm Văn Dân", "says", "Việc của tôi zq00002."),
        Step(TOWN, "kills", "step.committed 1", 30),
        Step(page, "says", "Việc của tôi zq00003."),
        Step(TOWN, "waits", much=2),
        Step(page, "sends again"),
        Step(page, "looks"),
        Step(TOWN, "rests"),
    ]
    outcome = plays(story)
    assert outcome.broken == []
    assert outcome.passed_over == 0
    assert outcome.judged["typed"] == 3
    assert outcome.judged["shown"]
    assert outcome.deaths


def test_offices_are_handed_over_and_cells_merge_and_part_again(plays: Plays) -> None:
    story = [
        Step("Lê Thị Hoa", "says", "/menu"),
        Step(TOWN, "hands over", "0", luck=4),
        Step("Lê Thị Hoa", "says", "/menu"),
        Step(TOWN, "merges", "deputy"),
        Step("Đỗ Văn Giang", "says", "/chibo"),
        Step("Vũ Văn Nam", "says", "Việc của tôi zq00001."),
        Step(TOWN, "rests"),
        Step(TOWN, "undoes"),
        Step("Đỗ Văn Giang", "says", "/chibo"),
        Step(TOWN, "rests"),
    ]
    outcome = plays(story)
    assert outcome.broken == []
    assert outcome.done["merges"] == outcome.done["undoes"] == 1
    assert outcome.passed_over == 0


def test_words_told_before_the_first_question_outlive_another_tap(plays: Plays) -> None:
    """Seed 7 in autumn: "noted in the report, not sent yet", and whoever tapped the reminder's button once more had lost them."""
    words = "Việc của tôi zq00001."
    for again in (["Có việc cần báo"], ["Mọi việc vẫn ổn"]):
        story = [
            Step(TOWN, "waits", much=60 * 24),
            Step("Vũ Văn Nam", "says", "/baocao"),
            Step("Vũ Văn Nam", "taps", "Có việc cần báo"),
            Step("Vũ Văn Nam", "says", words),
            Step("Vũ Văn Nam", "says", "/baocao"),
            *(Step("Vũ Văn Nam", "taps", one) for one in again),
            Step(TOWN, "rests"),
        ]
        outcome = plays(story)
        assert outcome.broken == []
        assert outcome.passed_over == 0


@pytest.mark.parametrize("off", [7_200, -72_000])
def test_a_clock_that_steps_is_noticed_and_nobody_is_asked_at_night_by_it(plays: Plays, off: int) -> None:
    story = [
        Step("Hoàng Thị Mỹ", "says", "/menu"),
        Step(TOWN, "sets clock", much=off),
        Step(TOWN, "says of clock", "Đồng hồ sai"),
        Step("Vũ Văn Nam", "says", "Việc của tôi zq00001."),
        Step(TOWN, "waits", much=600),
        Step(TOWN, "kills", "outbox.sent 1", 60),
        Step("Hoàng Thị Mỹ", "says", "/menu"),
        Step(TOWN, "waits", much=900),
        Step(TOWN, "sets clock"),
        Step(TOWN, "rests"),
    ]
    outcome = plays(story)
    assert outcome.broken == []
    assert outcome.passed_over == 0
    assert outcome.processes == 2


def test_a_clock_that_nobody_notices_is_found_out(plays: Plays, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.timekeeping.Timekeeper.look", lambda self: None)
    (broken,) = plays([Step(TOWN, "sets clock", much=7_200)]).broken
    assert "was not noticed" in broken


@pytest.fixture
def town(tmp_path: Path, sqlite_template: Path) -> Iterator[Town]:
    """A town in which a process of the program runs."""
    with Town.open(tmp_path, sqlite_template) as town:
        yield town


ENDS = ("Hoàng Thị Mỹ", "Hoàng Thị Mỹ, trên trang", "Phạm Văn Dân")  # Telegram, the page, Zalo


def judged(town: Town, *befalls: Callable[[Session], None], who: str = ENDS[0]) -> list[str]:
    """Somebody types something that nobody has asked for; then this befalls the database."""
    player = Player(town)
    judge = Judge(town, player)
    town.starts()
    town.settle()
    if "trang" in who:
        assert player.play(Step(who, "looks"))
    assert player.play(Step(who, "says", "Việc của tôi zq00001."))
    for one in befalls:
        town.db(one)
    return judge.step()


def test_what_is_typed_is_kept(town: Town) -> None:
    assert judged(town) == []


@pytest.mark.parametrize("who", ENDS)
def test_words_that_are_lost_are_found_out(town: Town, who: str) -> None:
    def forget(db: Session) -> None:
        db.execute(delete(Conversation))

    (broken,) = judged(town, forget, who=who)
    assert "is kept nowhere" in broken


def test_a_page_on_which_something_stands_twice_and_a_ring_at_night_are_found_out(town: Town) -> None:
    player = Player(town)
    judge = Judge(town, player)
    town.starts()
    town.settle()
    page = "Hoàng Thị Mỹ, trên trang"
    assert all(player.play(Step(page, does)) for does in ("looks", "allows push"))
    assert player.play(Step(page, "says", "/menu"))
    assert judge.step() == []
    shown = town.journal.pages[-1]
    town.journal.pages.append(replace(shown, messages=shown.messages * 2))
    (path,) = town.journal.bells
    town.journal.rings.append((BEGINS.replace(hour=8), path))  # three in the morning in New York
    broken = judge.step()
    assert any("stands 2 times" in one for one in broken)
    assert any("a browser rang" in one for one in broken)


def test_an_act_that_no_office_gave_is_found_out(town: Town) -> None:
    def act(db: Session) -> None:
        mine, theirs = (
            db.scalars(select(Member).where(Member.full_name == name)).one()
            for name in ("Hoàng Thị Mỹ", "Bùi Thị Kim")
        )
        record_act(db, "roster.correct", by_id=mine.id, member_id=theirs.id, now=town.now())

    (broken,) = judged(town, act)
    assert "no office gave it" in broken
