"""Time and absences: they begin, are called to mind, lapse; never at night, never twice, never silently."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.away.away import AwayState, Declaration, change_away, extend_away, return_filing, set_away_updates
from models.delivery.job_run import skip_heartbeat
from models.people.member import Member
from tests.absences import OSAKA, SAIGON, Chain, declaration
from tests.fakes import World
from tests.people import ALICE, BOB, DEPUTY, OFFICER, a_cell, settle_in
from tests.phone import Phone

A = AwayState
HOME, TOKYO = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Asia/Tokyo")


class Scene:
    """Alice is away until `ends_on`; everybody is registered, nobody has anything unread."""

    def __init__(self, world: World) -> None:
        self.world, self.cell = world, a_cell(world)
        self.officer, self.bob, self.deputy, self.alice = settle_in(
            world, self.cell, OFFICER, BOB, DEPUTY, ALICE
        )
        self.chain = Chain(world, self.cell, self.cell.alice)

    def away(self, declared: Declaration) -> Scene:
        self.chain.files(declared)
        if self.chain.state == A.WAITING:
            self.chain.is_approved()
        return self.read_all()

    def read_all(self) -> Scene:
        self.world.settle()
        for phone in (self.officer, self.bob, self.deputy, self.alice):
            phone.reads()
        return self

    def at(self, day: date, hour: int, minute: int = 0, zone: ZoneInfo = HOME) -> Scene:
        self.world.until(datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone))
        return self

    def told(self, phone: Phone, words: str) -> int:
        return sum(words in message["text"] for message in phone.messages())


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world)


def test_member_and_cell_are_told_in_their_own_mornings(scene: Scene) -> None:
    scene.away(declaration(ends_on=date(2027, 3, 31)))
    scene.at(date(2027, 1, 30), 8, 59, TOKYO)
    assert scene.told(scene.alice, "còn 60 ngày") == 0
    scene.at(date(2027, 1, 30), 9, 0, TOKYO)
    assert scene.told(scene.alice, "còn 60 ngày") == 1
    assert scene.told(scene.bob, "còn 60 ngày") == 0  # seven o'clock in Vietnam
    scene.at(date(2027, 1, 30), 9, 0)
    assert scene.told(scene.bob, "còn 60 ngày") == 1
    assert scene.told(scene.deputy, "còn 60 ngày") == 1


def test_each_step_is_said_once_up_to_the_day_itself(scene: Scene) -> None:
    scene.away(declaration(ends_on=date(2027, 3, 31)))
    scene.at(date(2027, 3, 31), 20)
    for words in ("còn 60 ngày", "còn 30 ngày", "còn 7 ngày", "(hôm nay)"):
        assert scene.told(scene.alice, words) == 1
        assert scene.told(scene.bob, words) == 1
    assert "gia hạn" in " ".join(scene.alice.buttons())


def test_what_was_missed_while_we_were_down_is_one_reminder(scene: Scene) -> None:
    scene.away(declaration(ends_on=date(2027, 3, 31)))
    down_until = datetime(2027, 3, 10, 23, 0, tzinfo=HOME)
    scene.world.clock.set(down_until)
    scene.world.db(lambda db: skip_heartbeat(db, now=down_until))
    scene.at(date(2027, 3, 11), 6, 59)
    assert scene.told(scene.bob, "ngày)") == 0  # it is night
    scene.at(date(2027, 3, 11), 9)
    for phone in (scene.alice, scene.bob):
        assert scene.told(phone, "còn 60 ngày") + scene.told(phone, "còn 30 ngày") == 0
        assert scene.told(phone, "còn 21 ngày") == 1


def test_an_end_that_is_near_when_it_is_declared_is_not_reminded_of_at_once(scene: Scene) -> None:
    scene.away(declaration(ends_on=date(2026, 12, 20)))
    scene.at(date(2026, 12, 12), 20)
    assert scene.told(scene.alice, "Thời hạn đi làm ăn xa") == 0
    scene.at(date(2026, 12, 13), 20)
    assert scene.told(scene.alice, "còn 7 ngày") == 1


def test_a_lapse_is_told_to_both_and_again_until_somebody_acts(scene: Scene) -> None:
    scene.away(declaration(ends_on=date(2027, 1, 31)))
    scene.at(date(2027, 2, 1), 9)
    assert scene.chain.state == A.LAPSED
    assert scene.told(scene.alice, "đã hết ngày") == 1
    assert scene.told(scene.bob, "đã hết ngày") == 1
    scene.at(date(2027, 3, 2), 9)
    assert scene.told(scene.bob, "đã hết ngày") == 3
    assert scene.chain.place == (
        "JP",
        "Asia/Tokyo",
    )  # a lapse is a matter of paper: where she is has not changed


def test_a_late_extension_revives_what_has_lapsed(scene: Scene) -> None:
    scene.away(declaration(ends_on=date(2027, 1, 31))).at(date(2027, 2, 3), 9)
    scene.chain.does(extend_away, by_id=scene.cell.alice, ends_on=date(2027, 9, 30))
    assert scene.chain.state == A.LAPSED
    scene.chain.is_approved()
    assert scene.chain.state == A.ACTIVE


def test_who_has_asked_for_more_time_is_not_reminded_but_the_cell_is(scene: Scene) -> None:
    scene.away(declaration(ends_on=date(2027, 3, 31)))
    scene.at(date(2027, 3, 20), 9)
    scene.chain.does(extend_away, by_id=scene.cell.alice)
    scene.at(date(2027, 3, 24), 20)
    assert scene.told(scene.alice, "còn 7 ngày") == 0
    assert scene.told(scene.bob, "còn 7 ngày") == 1


def test_the_absence_begins_on_its_day_and_the_clock_follows(scene: Scene) -> None:
    scene.world.db(lambda db: setattr(db.get_one(Member, scene.cell.alice), "place_code", None))
    scene.away(declaration(begins_on=date(2026, 12, 10), ends_on=date(2027, 6, 30)))
    assert scene.chain.place[0] is None
    scene.at(date(2026, 12, 10), 9)
    assert scene.chain.place == ("JP", "Asia/Tokyo")
    assert scene.told(scene.alice, "Từ hôm nay") == 1


def test_a_change_that_lies_ahead_comes_true_on_its_day(scene: Scene) -> None:
    scene.away(declaration(ends_on=date(2027, 9, 30)))
    scene.chain.does(change_away, stay=SAIGON, from_on=date(2027, 1, 15), by_id=scene.cell.alice)
    assert scene.chain.place[0] == "JP"
    scene.at(date(2027, 1, 15), 9)
    assert scene.chain.place == ("VN-79", "Asia/Ho_Chi_Minh")
    assert scene.chain.of_away(lambda away: away.stay.place_code) == "VN-79"


def test_a_paper_that_lies_somewhere_is_called_to_mind_to_whoever_has_it(scene: Scene) -> None:
    scene.chain.files(declaration(ends_on=date(2027, 9, 30)))
    scene.read_all().at(date(2026, 12, 15), 9)
    assert scene.told(scene.bob, "chưa có bước tiếp theo") == 1
    assert scene.told(scene.officer, "chưa có bước tiếp theo") == 0
    scene.chain.does(return_filing, comment="thiếu", by_id=scene.cell.bob)
    scene.at(date(2026, 12, 29), 9)
    assert scene.told(scene.alice, "Mời sửa đơn và nộp lại") == 1
    assert scene.told(scene.bob, "chưa có bước tiếp theo") == 1


def test_written_updates_are_asked_for_where_the_cell_wants_them(scene: Scene) -> None:
    scene.away(declaration(stay=OSAKA, ends_on=date(2027, 10, 31)))
    scene.at(date(2027, 6, 2), 9)
    assert scene.told(scene.alice, "bằng văn bản") == 0  # off by default
    now = scene.world.clock()
    scene.world.db(
        lambda db: set_away_updates(
            db, scene.cell.id, 3, by_id=scene.cell.bob, policies=scene.world.settings, now=now
        )
    )
    scene.at(date(2027, 9, 1), 9)
    assert scene.told(scene.alice, "bằng văn bản") == 1
    scene.at(date(2027, 9, 15), 9)
    assert scene.told(scene.bob, "Chưa nhận được báo cáo") == 1


def test_time_stops_for_whoever_left_the_roster(scene: Scene) -> None:
    scene.away(declaration(ends_on=date(2027, 3, 31)))
    scene.world.db(
        lambda db: setattr(
            db.get_one(Member, scene.cell.alice), "left_at", scene.world.clock() + timedelta(days=1)
        )
    )
    scene.at(date(2027, 2, 1), 9)
    assert scene.chain.state == A.CLOSED
    assert scene.told(scene.bob, "còn 60 ngày") == 0
