"""One machine for every account: its table, its rows, and who is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings, strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.entry.reachability import MOVES, ReachabilityMove, Signal, hear
from models.ground.db import Database
from models.people.member import Account, Member, Reachability, add_member, link_account
from models.policies import Policies
from tests.sizes import sized

START = datetime(2026, 12, 1, 1, tzinfo=UTC)
R, POLICIES = Reachability, Policies()


def an_account(database: Database) -> int:
    def work(db: Session) -> int:
        member = add_member(db, cell_id=None, full_name="Nguyễn Thị An", now=START)
        db.query(Account).filter(Account.address == chat_address(5), Account.closed_at.is_(None)).update(
            {"closed_at": START}
        )
        return link_account(db, member, address=chat_address(5), now=START).id

    return database.run(work)


def say(
    database: Database, account: int, signal: Signal, *, now: datetime, since: datetime | None = None
) -> Reachability:
    def work(db: Session) -> Reachability:
        row = db.get_one(Account, account)
        hear(db, row, signal, POLICIES.reachability, POLICIES.checkin, now=now, since=since)
        return R(row.reachability)

    return database.run(work)


def test_every_state_has_its_moves_and_a_person_can_end_each() -> None:
    assert set(MOVES) == set(R)
    assert all(moves.get(Signal.RETURNED, R.OK) is R.OK for moves in MOVES.values())
    ends = {state: Signal.RETURNED for state in R} | {R.UNASKED: Signal.AGREED}
    assert all(ends[state] in MOVES[state] for state in R if state is not R.OK)
    assert Signal.ARRIVED not in MOVES[R.BLOCKED]  # it was on its way before
    assert all(state not in moves.values() for state, moves in MOVES.items())


@settings(max_examples=sized(10, 40))
@given(history=st.lists(st.tuples(st.sampled_from(Signal), st.integers(-3, 50)), max_size=12))
def test_whatever_is_heard_the_rows_tell_how_it_came_to_this(
    database: Database, history: list[tuple[Signal, int]]
) -> None:
    """Each move is in the table and continues the one before; what is older than the state changes nothing."""
    account, now, known, changed = an_account(database), START, R.OK, START
    for signal, hours in history:
        now += timedelta(hours=max(hours, 0))
        since = now if hours >= 0 else now + timedelta(hours=hours)
        expected = MOVES[known].get(signal, known) if since >= changed else known
        assert say(database, account, signal, now=now, since=since) is expected
        changed = now if expected is not known else changed
        known = expected

    def rows(db: Session) -> list[tuple[str, str, str]]:
        moves = select(ReachabilityMove).where(ReachabilityMove.account_id == account)
        ordered = db.scalars(moves.order_by(ReachabilityMove.at, ReachabilityMove.id))
        return [(row.before, row.signal, row.after) for row in ordered]

    state = R.OK
    for before, heard, after in database.run(rows):
        assert (R(before), R(after)) == (state, MOVES[state][Signal(heard)])
        state = R(after)
    assert state is known


def test_a_member_who_is_in_no_cell_costs_nobody_a_message(database: Database) -> None:
    account = an_account(database)
    assert say(database, account, Signal.BLOCKED, now=START) is R.BLOCKED
    assert database.run(lambda db: db.scalars(select(Member.full_name)).first()) == "Nguyễn Thị An"
