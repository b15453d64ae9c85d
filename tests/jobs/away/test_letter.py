"""Time and letters: what nobody answers is called to mind, in the secretary's morning, once a step, until it is settled."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from models.away.away import Away, FilingAct, begin_return, tick_return_item
from models.away.away.questions import return_items
from models.away.letter import Letter, LetterKind, record_letter_sent
from models.delivery.job_run import skip_heartbeat
from tests.absences import Chain, declaration
from tests.fakes import World
from tests.people import ALICE, BOB, DEPUTY, a_cell, settle_in
from tests.phone import Phone

HOME = ZoneInfo("Asia/Ho_Chi_Minh")
SENT = date(2026, 12, 1)
WORDS = "Thư chưa có trả lời"


class Scene:
    """bob has sent a request for a comment on alice, who is away for a year."""

    def __init__(self, world: World) -> None:
        self.world, self.cell = world, a_cell(world)
        self.bob, self.deputy, self.alice = settle_in(world, self.cell, BOB, DEPUTY, ALICE)
        self.chain = Chain(world, self.cell, self.cell.alice).files(declaration()).is_approved()
        self.letter = self.sends(LetterKind.COMMENT)
        world.settle()

    def sends(self, kind: LetterKind) -> int:
        def work(db: Session) -> int:
            away = db.get_one(Away, self.chain.away_id)
            return record_letter_sent(
                db,
                away,
                kind,
                sent_on=SENT,
                to="Hội người Việt",
                by_id=self.cell.bob,
                policies=self.world.settings,
                now=self.world.clock(),
            ).id

        return self.world.db(work)

    def at(self, day: date, hour: int, minute: int = 0) -> Scene:
        self.world.until(datetime(day.year, day.month, day.day, hour, minute, tzinfo=HOME))
        return self

    def told(self, phone: Phone) -> int:
        return sum(WORDS in message["text"] for message in phone.messages())


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world)


def test_after_thirty_days_and_then_monthly_until_it_is_answered(scene: Scene) -> None:
    scene.at(date(2026, 12, 31), 8, 59)
    assert scene.told(scene.bob) == 0
    scene.at(date(2026, 12, 31), 9, 5)
    assert (scene.told(scene.bob), scene.told(scene.deputy), scene.told(scene.alice)) == (1, 1, 0)
    seen = scene.bob.reads()
    assert "Đề nghị nhận xét về đồng chí Nguyễn Thị An" in seen
    assert "Kính gửi: Hội người Việt" in seen
    scene.at(date(2027, 1, 30), 20)
    assert scene.told(scene.bob) == 1
    scene.at(date(2027, 1, 31), 9, 5)
    assert scene.told(scene.bob) == 2
    scene.bob.taps("Xem thư này", "Ghi đã có trả lời", "Hôm nay").says("Tốt").taps("Không ghi", "Ghi lại")
    scene.at(date(2027, 5, 1), 9, 5)
    assert scene.told(scene.bob) == 2  # the letter's screen is protected: it opens below what was said
    assert scene.told(scene.deputy) == 2


def test_a_reminder_that_was_noted_puts_it_off(scene: Scene) -> None:
    scene.at(date(2026, 12, 30), 9)
    scene.bob.says("/chibo").taps("Sổ theo dõi đi xa", "Nguyễn Thị An", "Thư với nơi đến")
    scene.bob.taps("Đề nghị nhận xét", "Ghi đã nhắc", "Hôm nay", "Ghi lại")
    scene.at(date(2027, 1, 28), 20)
    assert scene.told(scene.bob) == 0
    scene.at(date(2027, 1, 29), 9, 5)
    assert scene.told(scene.bob) == 1


def test_steps_that_went_by_while_we_were_down_are_one(scene: Scene) -> None:
    scene.world.clock.set(datetime(2027, 3, 5, 2, 0, tzinfo=HOME))
    scene.world.db(lambda db: skip_heartbeat(db, now=scene.world.clock()))
    scene.world.wait(timedelta(minutes=2))
    assert scene.told(scene.bob) == 0  # it is night
    scene.at(date(2027, 3, 5), 9, 5)
    assert scene.told(scene.bob) == 1
    scene.at(date(2027, 3, 30), 20)
    assert scene.told(scene.bob) == 1


def test_thanks_and_what_was_withdrawn_are_not_called_to_mind(scene: Scene) -> None:
    scene.sends(LetterKind.THANKS)
    scene.bob.says("/chibo").taps(
        "Sổ theo dõi đi xa", "Nguyễn Thị An", "Thư với nơi đến", "Đề nghị nhận xét ·"
    )
    scene.bob.taps("Rút thư ghi nhầm").says("Ghi nhầm người").taps("Ghi lại")
    scene.at(date(2027, 2, 10), 20)
    assert scene.told(scene.bob) == 0


def test_once_the_absence_is_over_nobody_is_reminded(scene: Scene) -> None:
    scene.chain.does(begin_return, by_id=scene.cell.alice, returned_on=SENT)

    def ticks(db: Session) -> None:
        for item in return_items(db, scene.chain.away_id):
            tick_return_item(
                db,
                item,
                FilingAct(
                    by_id=scene.cell.bob,
                    policies=scene.world.settings,
                    now=scene.world.clock(),
                    comment="không có tổ chức ở nơi đến",
                ),
                waived=item.step != "report",
            )

    scene.world.db(ticks)
    assert scene.chain.state == "closed"
    scene.at(date(2027, 2, 10), 20)
    assert scene.told(scene.bob) == 0
    assert scene.world.db(lambda db: db.get_one(Letter, scene.letter).next_at) is None
