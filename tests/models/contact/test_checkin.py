"""The rules of a check-in: its table of moves, what merges after a silence of ours, whose clock counts, one alert a morning."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin import MOVES, Checkin, CheckinKind, CheckinMove, CheckinState, planned_checkin
from models.contact.checkin.rows import OWING, UNSETTLED, move
from models.contact.checkin.rules import catch_up, follow_clock, next_morning, time_by
from models.contact.policy import CheckinPolicy
from models.ground.days_off import DaysOff
from models.ground.rhythm import Rhythm, occurrence
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, a_cell, settle_in

S = CheckinState
RHYTHM = Rhythm()
TOKYO, HOME = "Asia/Tokyo", "Asia/Ho_Chi_Minh"
DECEMBER = date(2026, 12, 1)


def planned(zone: str = TOKYO, period: date = DECEMBER, kind: CheckinKind = CheckinKind.RHYTHM) -> Checkin:
    checkin = Checkin(member_id=1, cell_id=1, kind=kind, state=S.SCHEDULED, zone=zone)
    time_by(checkin, occurrence(RHYTHM, period, zone, DaysOff()), zone)
    return checkin


# --- moves ----------------------------------------------------------------------------------------------------------


def test_every_state_is_reached_and_only_two_are_ends() -> None:
    reached, ahead = {S.SCHEDULED}, [S.SCHEDULED]
    while ahead:
        fresh = MOVES[ahead.pop()] - reached
        reached |= fresh
        ahead += fresh
    assert reached == set(S)
    assert {state for state, moves in MOVES.items() if moves <= {state}} == {S.ANSWERED, S.CLOSED}


def test_whatever_is_owed_can_be_answered_and_closed() -> None:
    assert all({S.ANSWERED, S.CLOSED} <= MOVES[state] for state in OWING | UNSETTLED)
    assert S.LATE not in MOVES[S.EXCUSED] | MOVES[S.SCHEDULED]  # nobody is late who was excused, or not asked


def test_a_move_is_in_the_table_and_leaves_a_dated_row_or_is_a_bug(world: World) -> None:
    cell = a_cell(world)
    settle_in(world, cell, ALICE)
    now = world.clock()

    def work(db: Session) -> None:
        checkin = planned_checkin(db, cell.alice)
        assert checkin is not None
        for before, after in product(S, S):
            checkin.state = before
            if after in MOVES[before]:
                move(db, checkin, after, now=now, by_id=cell.bob)
                db.flush()
                row = db.scalars(select(CheckinMove).order_by(CheckinMove.id.desc())).first()
                assert row is not None
                assert (row.before, row.after, row.by_id, row.at) == (before, after, cell.bob, now)
            else:
                with pytest.raises(ValueError, match="does not move"):
                    move(db, checkin, after, now=now)
                assert checkin.state == before
        db.rollback()

    world.db(work)


# --- after a silence of ours ----------------------------------------------------------------------------------------


def test_what_opens_in_time_keeps_its_deadlines() -> None:
    checkin, plan = planned(), planned()
    catch_up(checkin, RHYTHM, CheckinPolicy(), now=plan.opens_at + timedelta(hours=11))
    assert (checkin.due_at, checkin.late_at) == (plan.due_at, plan.late_at)


def test_what_opens_late_has_its_deadlines_moved_by_what_was_lost() -> None:
    checkin, plan = planned(), planned()
    catch_up(checkin, RHYTHM, CheckinPolicy(), now=plan.opens_at + timedelta(days=2))
    assert (checkin.due_at - plan.due_at, checkin.late_at - plan.late_at) == (timedelta(days=2),) * 2
    assert checkin.period == DECEMBER


def test_deadlines_never_move_past_the_end_of_the_turn() -> None:
    checkin = planned()
    catch_up(checkin, RHYTHM, CheckinPolicy(), now=checkin.closes_at - timedelta(hours=1))
    assert checkin.due_at <= checkin.late_at <= checkin.closes_at


def test_turns_that_went_by_merge_into_the_present_one() -> None:
    checkin = planned()
    now = datetime(2027, 3, 1, 12, tzinfo=UTC)
    catch_up(checkin, RHYTHM, CheckinPolicy(), now=now)
    assert checkin.period == date(2027, 3, 1)
    assert now < checkin.closes_at


def test_a_question_of_the_secretarys_is_not_put_into_another_month() -> None:
    checkin = planned(kind=CheckinKind.ADHOC)
    catch_up(checkin, RHYTHM, CheckinPolicy(), now=checkin.closes_at + timedelta(days=40))
    assert checkin.period == DECEMBER


# --- clocks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zone", [HOME, "Europe/Berlin", "America/New_York", "Pacific/Apia"])
def test_who_moves_keeps_the_wall_time_of_the_deadline(zone: str) -> None:
    checkin, plan = planned(), planned()
    follow_clock(checkin, zone)
    for name in ("due_at", "late_at"):
        there = getattr(checkin, name).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert there == getattr(plan, name).astimezone(ZoneInfo(TOKYO)).replace(tzinfo=None)
    assert checkin.zone == zone


def test_secretaries_are_told_in_the_morning_of_today_or_tomorrow() -> None:
    policy, day = CheckinPolicy(alert_hour=8), date(2026, 12, 9)
    eight = datetime.combine(day, time(8), ZoneInfo(HOME))
    assert next_morning(eight - timedelta(minutes=1), policy) == eight
    assert next_morning(eight, policy) == eight
    assert next_morning(eight + timedelta(minutes=1), policy) == eight + timedelta(days=1)


# --- one alert a morning --------------------------------------------------------------------------------------------


def test_all_who_became_late_stand_in_one_alert_for_each_keeper(world: World) -> None:
    cell = a_cell(world)
    bob, deputy, *_ = settle_in(world, cell, BOB, DEPUTY, ALICE, DAN)
    world.until(datetime(2026, 12, 12, 3, tzinfo=UTC))
    for phone in (bob, deputy):
        both = [m for m in phone.messages() if "Nguyễn Thị An" in m["text"] and "Phạm Văn Dân" in m["text"]]
        either = [m for m in phone.messages() if "Nguyễn Thị An" in m["text"] or "Phạm Văn Dân" in m["text"]]
        assert len(both) == 1
        assert either == both
