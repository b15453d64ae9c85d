"""Every table has a term; what is past it goes, in handfuls, and a dry run says so before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from jobs import TIMETABLE
from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import Outbox, enqueue, forget_outbox
from models.delivery.policy import OutboxPolicy
from models.ground.base import Base
from models.ground.db import Database
from models.ground.field_table import field_table
from models.people.member import Member, add_member
from models.people.unit import UnitKind, create_unit
from models.phrases.text import raw
from models.trust.policy import RetentionPolicy
from models.trust.retention import KEPT, OWN_JOBS, RULES, WITH_THE_MEMBER, Disposal, due_rows, has_end, retain
from tests.rows import AT, EveryTable

POLICY = RetentionPolicy()
NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
LATER = NOW.replace(year=2060)


@pytest.mark.parametrize("name", sorted(field_table()))
def test_every_table_has_a_term(name: str) -> None:
    assert has_end(Base.metadata.tables[name]), f"{name}: give it a line in models/trust/retention.py"


def test_every_rule_names_what_there_is() -> None:
    for rule in RULES:
        columns = Base.metadata.tables[rule.table].columns
        assert set(rule.since) <= {column.name for column in columns}, rule
        assert getattr(POLICY, rule.years) > 0
    assert set(OWN_JOBS.values()) <= {job.name for job in TIMETABLE}


def _count(db: Session, name: str) -> int:
    return db.scalar(select(func.count()).select_from(Base.metadata.tables[name])) or 0


def _fill(db: Session) -> EveryTable:
    cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Đông", parent=None, now=NOW)
    alice, bob = (add_member(db, cell_id=cell.id, full_name=name, now=NOW) for name in ("An", "Bình"))
    every = EveryTable(about=alice.id, by=bob.id, chat=40, words="Riêng của An")
    every.fill(db, unit=cell.id, member=alice.id)
    meeting = Base.metadata.tables["meeting"]
    db.execute(meeting.update().values(state="closed"))
    return every


def test_the_dry_run_counts_and_changes_nothing(database: Database) -> None:
    with Session(database.engine) as db:
        _fill(db)
        before = {name: _count(db, name) for name in field_table()}
        assert all(due.rows == 0 for due in due_rows(db, POLICY, now=NOW))
        due = {(one.rule.table, one.rule.how): one for one in due_rows(db, POLICY, now=LATER)}
        assert due["checkin", Disposal.EMPTY].rows == due["away", Disposal.DELETE].rows == 1
        assert due["away", Disposal.DELETE].oldest == AT.date()
        assert before == {name: _count(db, name) for name in field_table()}


def test_in_the_end_nothing_is_left_that_has_a_term(database: Database) -> None:
    with Session(database.engine) as db:
        _fill(db)
        assert retain(db, POLICY, now=NOW) is False
        while retain(db, POLICY, now=LATER):
            pass
        kept = {name for name in field_table() if _count(db, name)}
        terms = {name: about.term for name, about in field_table().items()}
        assert {
            n for n in kept if terms[n] not in KEPT | WITH_THE_MEMBER and n not in OWN_JOBS
        } - _OF_JOBS == {"member"}


_OF_JOBS = {
    name for name, about in field_table().items() if about.term in {"review", "notice", "roll_call", "trail"}
}


def test_words_go_before_the_figure_does(database: Database) -> None:
    with Session(database.engine) as db:
        every = _fill(db)
        while retain(db, POLICY, now=AT + timedelta(days=3 * 365)):
            pass
        checkin = Base.metadata.tables["checkin"]
        row = db.execute(select(checkin).where(checkin.c.id == every.keys["checkin"])).mappings().one()
        assert (row["report_sealed"], row["zone"]) == (None, "Asia/Ho_Chi_Minh")
        assert row["state"] == "open"


def test_whoever_left_long_ago_has_no_name_any_more(database: Database) -> None:
    with Session(database.engine) as db:
        every = _fill(db)
        alice = db.get_one(Member, every.about)
        alice.left_at = NOW
        db.flush()
        while retain(db, POLICY, now=NOW.replace(year=2032)):
            pass
        assert db.get_one(Member, every.about).full_name == "(đã ra khỏi danh sách)"
        assert _count(db, "consent") == 0


def test_the_words_of_what_was_said_go_after_two_days(database: Database) -> None:
    policy = OutboxPolicy()
    with Session(database.engine) as db:
        for key in ("said", "waits"):
            enqueue(db, Recipient(chat_address(40)), Message(raw("Lời")), key=key, lane=Lane.ALERT, now=NOW)
        said = db.scalars(select(Outbox).where(Outbox.key == "said")).one()
        said.state, said.sent_at = "sent", NOW
        db.flush()
        assert forget_outbox(db, policy, now=NOW + timedelta(hours=47)) is False
        assert forget_outbox(db, policy, now=NOW + timedelta(hours=49)) is True
        db.expire_all()
        assert {row.key: row.body_sealed is None for row in db.scalars(select(Outbox))} == {
            "said": True,
            "waits": False,
        }
