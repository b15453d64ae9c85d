"""Once an hour every open item is asked for its next step; what is lost is repaired, or the operator is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import event, select, text, update
from sqlalchemy.orm import Session

from bot.heartbeat import HeartbeatSender
from bot.telegram.chats import chat_address
from jobs import TIMETABLE
from jobs.ground.runner import EVERY_MINUTE, PERIODS
from models.contact.checkin import Checkin, CheckinState
from models.contact.policy import RequestPolicy
from models.contact.request import HelpRequest, RequestWords, open_request
from models.delivery.inbox import Inbox, InboxState
from models.delivery.job_run import outages_since
from models.delivery.outbox import Outbox, OutboxState
from models.ground.db import Database
from models.people.member import Member
from models.people.rights import Appointment
from models.policies import Policies
from models.trust.audit import (
    CHECKS,
    AuditFinding,
    AuditScope,
    Check,
    audit,
    last_audit,
    overdue_checks,
    timed_columns,
)
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, Cell, settle_in
from tests.phone import Phone

OPERATOR = 7


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, operator_chat=OPERATOR) as opened:
        yield opened


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    """Dân, An, Bình; the audit has found all well."""
    phones = settle_in(world, cell, DAN, ALICE, BOB)
    world.phone(OPERATOR).says("/start")
    world.until(at(2, 12))
    world.run(world.app.tick())
    assert findings(world) == []
    return phones


def findings(world: World) -> list[AuditFinding]:
    run = world.db(last_audit)
    assert run is not None
    return run.findings.all


def found(world: World) -> dict[str, bool]:
    """What the next audit finds, and whether it could repair it."""
    world.run(world.app.tick())
    return {finding.check: finding.repaired for finding in findings(world)}


def by_hand(world: World, statement: str, **values: Any) -> None:
    world.db(lambda db: db.execute(text(statement), values))


def december(db: Session, member_id: int) -> Checkin:
    mine = select(Checkin).where(Checkin.member_id == member_id, Checkin.state == CheckinState.OPEN)
    return db.scalars(mine).one()


# --- repaired -------------------------------------------------------------------------------------------------------


def test_a_report_that_time_has_lost_is_found_again_and_its_member_reminded(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    by_hand(
        world, "UPDATE checkin SET next_at = NULL WHERE member_id = :who AND state = 'open'", who=cell.dan
    )
    assert found(world) == {"checkin.lost": True}
    assert world.db(lambda db: december(db, cell.dan).next_at) == at(3, 19)
    world.until(at(4))
    assert "Chi bộ vẫn chờ tin" in phones[0].reads()
    assert found(world) == {}


def test_a_member_whom_nobody_plans_to_ask_is_planned_again(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    by_hand(world, "DELETE FROM checkin WHERE member_id = :who AND state = 'scheduled'", who=cell.dan)
    assert found(world) == {"checkin.unplanned": True}
    world.until(datetime(2027, 1, 2, tzinfo=UTC))
    assert "tháng 1/2027" in phones[0].reads()


@pytest.mark.both
def test_a_digest_that_was_never_planned_is_planned_by_the_audit_that_comes_first(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    """A program of the version before wrote the row in a session with Vietnam's clock: the database filled the column."""

    def look(db: Session) -> list[AuditFinding]:
        return audit(db, world.settings.policies(), {}, now=world.clock()).findings.all

    default = datetime(1970, 1, 1, tzinfo=UTC) - timedelta(hours=0 if world.database.is_sqlite else 7)
    secretaries = update(Appointment).where(Appointment.role == "secretary")
    world.db(lambda db: db.execute(secretaries.values(next_digest_at=default)))
    assert [(one.check, one.repaired) for one in world.db(look)] == [("appointment.overdue_digest", True)]
    assert world.db(look) == []
    before = len(phones[2].messages())
    world.run(world.app.tick())
    assert len(phones[2].messages()) == before  # planned, and not sent
    world.until(at(7, 8))
    assert "không có việc gì đang chờ" in phones[2].reads()


def test_people_are_looked_at_share_by_share(world: World, cell: Cell, phones: list[Phone]) -> None:
    by_hand(world, "DELETE FROM checkin WHERE member_id = :who AND state = 'scheduled'", who=cell.alice)
    small = world.settings.policies().audit.model_copy(update={"people": 1})
    policies = world.settings.policies().model_copy(update={"audit": small})

    def look(db: Session) -> list[str]:
        return [one.check for one in audit(db, policies, {}, now=world.clock()).findings.all]

    assert sorted(world.db(look) for _ in range(5))[-2:] == [[], ["checkin.unplanned"]]


def test_a_late_one_of_whom_the_desk_would_never_hear_is_told(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    world.until(at(8, 7, 30))
    by_hand(world, "UPDATE checkin SET alert_at = NULL WHERE state = 'late'")
    assert found(world) == {"checkin.untold": True}
    world.until(at(8, 9))
    assert "2 đồng chí chưa báo cáo" in phones[2].reads()


def test_a_request_for_help_that_time_has_lost_is_found_again(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    world.db(
        lambda db: open_request(
            db,
            db.get_one(Member, cell.dan),
            RequestWords(text="Bị nợ lương"),
            policy=RequestPolicy(),
            now=world.clock(),
        )
    )
    by_hand(world, "UPDATE request SET next_at = NULL")
    assert found(world) == {"request.lost": True}
    assert world.db(lambda db: db.scalars(select(HelpRequest.next_at)).one()) is not None


def test_a_message_whose_sender_died_long_ago_is_freed(world: World, cell: Cell, phones: list[Phone]) -> None:
    def strand(db: Session) -> None:
        for row in db.scalars(select(Outbox).where(Outbox.address == chat_address(DAN))):
            row.state, row.wired = OutboxState.SENDING, True
            row.lease_until = world.clock() - timedelta(hours=3)

    world.db(strand)
    assert looked(world) == {"outbox.stuck": True}
    assert world.db(lambda db: db.scalars(select(Outbox.id).where(Outbox.state == "sending")).all()) == []


def looked(world: World) -> dict[str, bool]:
    """What an audit finds that no other job has come before."""
    run = world.db(lambda db: audit(db, world.settings.policies(), {}, now=world.clock()))
    assert run.well == all(finding.repaired for finding in run.findings.all)
    return {finding.check: finding.repaired for finding in run.findings.all}


# --- not repaired ---------------------------------------------------------------------------------------------------


def test_a_row_on_which_a_job_fails_again_and_again_is_an_alarm(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    by_hand(
        world,
        "UPDATE checkin SET zone = 'Nowhere/Else' WHERE member_id = :who AND state = 'open'",
        who=cell.dan,
    )
    world.until(at(3, 19, 30))
    assert "checkin.overdue" not in found(world)
    world.until(at(3, 20, 30))
    assert found(world)["checkin.overdue"] is False
    told = "\n".join(m["text"] for m in world.telegram.history(OPERATOR))
    assert "audit.checkin.overdue: 1" in told
    assert "Phạm Văn Dân" not in told


def test_messages_and_updates_that_nobody_takes_up_are_alarms(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    def strand(db: Session) -> None:
        outbox = db.scalars(select(Outbox).where(Outbox.address == chat_address(DAN))).first()
        inbox = db.scalars(select(Inbox)).first()
        assert outbox is not None
        assert inbox is not None
        outbox.state, outbox.not_before = OutboxState.PENDING, world.clock() - timedelta(hours=13)
        inbox.state, inbox.received_at = InboxState.STORED, world.clock() - timedelta(hours=2)

    world.db(strand)
    assert looked(world) == {"outbox.waiting": False, "inbox.waiting": False}


def test_a_job_that_stands_still_is_an_alarm(world: World, cell: Cell, phones: list[Phone]) -> None:
    periods = {"checkin.move": timedelta(minutes=1), "inbox.drop_old": timedelta(days=1), "new": timedelta(1)}

    def silent(db: Session) -> list[str]:
        return [
            row
            for f in audit(db, world.settings.policies(), periods, now=world.clock()).findings.all
            for row in f.rows
        ]

    assert world.db(silent) == []
    world.clock.advance(timedelta(hours=2))
    assert world.db(silent) == ["checkin.move"]


def test_after_our_own_outage_nothing_is_called_overdue_before_it_had_its_time(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    world.clock.advance(timedelta(days=3))
    world.run(world.app.tick())  # the machine slept: all jobs at once, with the audit among them
    assert [one.began_at for one in world.db(lambda db: outages_since(db, at(1)))] == [at(2, 12)]
    assert findings(world) == []


def test_a_check_that_fails_costs_no_other(
    world: World, cell: Cell, phones: list[Phone], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(db: Session, look: AuditScope) -> list[int]:
        db.execute(text("SELECT 1 / 0 FROM nowhere"))
        return []

    monkeypatch.setattr("models.trust.audit.acts.CHECKS", (Check("test.fails", fails), *CHECKS))
    by_hand(
        world, "UPDATE checkin SET next_at = NULL WHERE member_id = :who AND state = 'open'", who=cell.dan
    )
    assert looked(world) == {"test.fails": False, "checkin.lost": True}


# --- the heartbeat --------------------------------------------------------------------------------------------------


@contextmanager
def outside(world: World) -> Iterator[list[str]]:
    """Somebody who keeps a URL and notes each time that it is asked."""
    asked: list[str] = []

    async def note(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response()

    async def serve() -> tuple[web.AppRunner, int]:
        app = web.Application()
        app.router.add_get("/{path}", note)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return runner, runner.addresses[0][1]

    runner, port = world.run(serve())
    world.app.heartbeat = HeartbeatSender(
        world.database,
        world.app.alarm,
        f"http://127.0.0.1:{port}/well",
        is_deaf=lambda: world.app.hearing.is_deaf,
    )
    world.app.runner._on_run = world.app.heartbeat.after
    world.run(start(world))
    yield asked
    world.run(runner.cleanup())


async def start(world: World) -> None:
    world.app.heartbeat.start()


def test_no_heartbeat_goes_out_while_telegram_is_not_heard(world: World, cell: Cell) -> None:
    with outside(world) as asked:
        world.app.hearing.missed("Conflict")
        world.wait(timedelta(minutes=6))
        world.app.hearing.missed("Conflict")
        world.run(world.app.tick())
        assert asked == []
        world.app.hearing.heard()
        world.run(world.app.tick())
        assert asked == ["/well"]


def test_the_heartbeat_goes_out_when_all_is_well_or_was_repaired_and_else_it_stops(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    with outside(world) as asked:
        world.run(world.app.tick())
        assert asked == ["/well"]
        by_hand(
            world, "UPDATE checkin SET next_at = NULL WHERE member_id = :who AND state = 'open'", who=cell.dan
        )
        assert found(world) == {"checkin.lost": True}
        assert asked == ["/well"] * 2
        by_hand(
            world,
            "UPDATE checkin SET zone = 'Nowhere/Else' WHERE member_id = :who AND state = 'open'",
            who=cell.dan,
        )
        world.until(at(3, 20, 30))
        assert found(world) == {"checkin.overdue": False}
        assert asked == ["/well"] * 2
        by_hand(world, "UPDATE checkin SET zone = 'Asia/Ho_Chi_Minh'")
        assert found(world) == {}
        assert asked == ["/well"] * 3


# --- the house ------------------------------------------------------------------------------------------------------


@pytest.mark.both
def test_no_check_reads_a_whole_table(database: Database) -> None:
    """On PostgreSQL with whole readings forbidden: what remains of them has no index."""
    said: list[tuple[str, Any]] = []

    def work(db: Session) -> list[str]:
        connection = db.connection()
        event.listen(connection, "before_cursor_execute", lambda c, cu, s, p, x, m: said.append((s, p)))
        audit(db, Policies(), {"checkin.move": PERIODS[EVERY_MINUTE]}, now=at(2, 12))
        questions = [(s, p) for s, p in said if s.startswith("SELECT")]
        if database.is_sqlite:
            plans = [
                (s, connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {s}", p).all()) for s, p in questions
            ]
            return [s for s, plan in plans if any(_reads_all_sqlite(row[3]) for row in plan)]
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plans = [(s, connection.exec_driver_sql(f"EXPLAIN {s}", p).all()) for s, p in questions]
        return [
            s for s, plan in plans if any("Seq Scan" in row[0] and "outage" not in row[0] for row in plan)
        ]

    assert database.run(work) == []


def _reads_all_sqlite(step: str) -> bool:
    return re.match(r"SCAN (?!CONSTANT|outage|\(|anon)(?!.*INDEX)", step) is not None


def test_every_moment_of_time_has_an_index_and_is_looked_at() -> None:
    for table, column in timed_columns():
        assert any(next(iter(index.columns)) is column for index in table.indexes), column
    names = [check.name for check in [*CHECKS, *overdue_checks()]]
    assert len(names) == len(set(names))
    assert {"checkin.overdue", "checkin.overdue_alert", "away.overdue", "ladder.overdue"} <= set(names)


def test_every_job_has_a_period_by_which_it_is_missed() -> None:
    assert {job.cron for job in TIMETABLE} <= set(PERIODS)
