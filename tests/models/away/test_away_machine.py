"""Anybody tries anything with an absence, in any order, while time passes and offices change hands.

What holds throughout: every open absence has a next step, every finished one is finished; whoever approved was entitled
to; history only grows; one absence at a time, one paper of it under way; the member's place is the absence's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.away.away import (
    AWAY_MOVES,
    FILING_MOVES,
    OPEN,
    Away,
    AwayMove,
    AwayState,
    Filing,
    FilingMove,
    FilingState,
    Route,
    away_changes,
    away_of,
    begin_return,
    change_away,
    close_away,
    decide_filing,
    due_aways,
    extend_away,
    file_away,
    filed_now,
    filed_paper,
    filing_moves,
    filing_under_way,
    filings_of,
    may_decide,
    move_aways,
    open_away,
    put_filing_to_cell,
    record_cell_result,
    refile,
    resume_away,
    return_filing,
    return_items,
    send_update,
    set_away_updates,
    tick_return_item,
    withdraw_filing,
)
from models.away.away.rules import season_moment
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.people.member import Member, Purpose, add_member, link_account, record_consent
from models.people.rights import Right, Role, appoint, appointments, end_appointment, may
from models.people.unit import Unit, UnitKind, create_unit
from models.policies import Policies
from tests.absences import OSAKA, SAIGON, acts, declaration
from tests.memory import empty_engine
from tests.sizes import sized

A, F = AwayState, FilingState
POLICIES = Policies()
PEOPLE = ("member", "secretary", "deputy", "officer", "neighbour", "other secretary")
# Mostly those who may: else chance would seldom bring a paper to its decision.
actors = st.sampled_from(
    ("secretary", "secretary", "deputy", "member", "officer", "neighbour", "other secretary")
)
deciders = st.sampled_from(
    ("officer", "officer", "officer", "secretary", "member", "neighbour", "other secretary")
)
speakers = st.sampled_from(  # who, and whether from paper
    [("member", False)] * 4
    + [("secretary", True), ("deputy", True), ("secretary", False), ("member", True)]
    + [("neighbour", True), ("officer", True), ("other secretary", True)]
)
stays = st.sampled_from((OSAKA, SAIGON))
words = st.sampled_from(("lý do", "lý do", ""))
lengths = st.sampled_from((0, 20, 80, 200, 200, 364, 365, 900))


class Absences(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.db = Session(empty_engine())
        self.now = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
        self.history: dict[int, tuple[Any, ...]] = {}
        self.found: dict[type[Any], Any] = {}  # the newest row of each table, as rules are chosen by it
        self.filed: dict[int, tuple[int, str]] = {}  # filing: how often it was filed, and what was
        self.approvals: dict[int, bool] = {}  # filing: was whoever approved entitled, at that moment?

    @initialize()
    def people(self) -> None:
        db, now = self.db, self.now
        commune = create_unit(db, kind=UnitKind.COMMUNE, name="Xã", parent=None, now=now)
        cell = create_unit(db, kind=UnitKind.CELL, name="Đông", parent=commune, now=now)
        other = create_unit(db, kind=UnitKind.CELL, name="Tây", parent=commune, now=now)
        self.cell_id, self.ids = cell.id, {}
        for chat, name in enumerate(PEOPLE, start=1):
            home = {"officer": None, "other secretary": other.id}.get(name, cell.id)
            person = add_member(db, cell_id=home, full_name=name, now=now)
            link_account(db, person, address=chat_address(chat), now=now)
            record_consent(db, person.id, Purpose.CONTACT, given=True, now=now)
            self.ids[name] = person.id
        for name, unit, role in (
            ("secretary", cell, Role.SECRETARY),
            ("deputy", cell, Role.DEPUTY),
            ("officer", commune, Role.OFFICER),
            ("other secretary", other, Role.SECRETARY),
        ):
            appoint(db, member_id=self.ids[name], unit_id=unit.id, role=role, by_id=None, now=now)
        db.commit()
        self.tries(file_away, self.member, declaration(self.today, None, OSAKA), actor="member")

    # --- what is done -----------------------------------------------------------------------------------------------

    @property
    def member(self) -> Member:
        return self.db.get_one(Member, self.ids["member"])

    @property
    def today(self) -> date:
        return local_date(self.now, HOME_ZONE)

    def newest(self, table: type[Any]) -> Any:
        if table not in self.found:
            self.found[table] = self.db.scalars(select(table).order_by(table.id.desc()).limit(1)).first()
        return self.found[table]

    def stands(self) -> str | None:
        newest = self.newest(Away)
        return newest.state if newest else None

    def lies(self) -> str | None:
        newest = self.newest(Filing)
        return newest.state if newest else None

    def tries(self, act: Callable[..., Any], *rows: Any, actor: str, **more: Any) -> None:
        """Whoever may not, or not now, is refused, and nothing of it stays."""
        self.found.clear()
        try:
            acts(self.db, act, *rows, by_id=self.ids[actor], policies=POLICIES, now=self.now, **more)
            self.db.commit()
        except Refused:
            self.db.rollback()

    @precondition(lambda self: self.stands() != A.WAITING or self.lies() in (F.RETURNED, F.PROPOSED))
    @rule(
        speaker=speakers,
        length=lengths,
        ahead=st.integers(-30, 60),
        stay=stays,
        itinerant=st.booleans(),
    )
    def declares(
        self, speaker: tuple[str, bool], length: int, ahead: int, stay: Any, itinerant: bool
    ) -> None:
        begins = self.today + timedelta(days=ahead)
        ends = begins + timedelta(days=length) if length else None
        declared = declaration(begins, ends, stay, itinerant=itinerant)
        self.tries(file_away, self.member, declared, actor=speaker[0], on_paper=speaker[1])

    @precondition(lambda self: self.newest(Filing))
    @rule(actor=actors, comment=words, paper=st.booleans())
    def gives_back(self, actor: str, comment: str, paper: bool) -> None:
        self.tries(return_filing, self.newest(Filing), actor=actor, comment=comment, on_paper=paper)

    @precondition(lambda self: self.newest(Filing))
    @rule(speaker=speakers, length=lengths)
    def files_again(self, speaker: tuple[str, bool], length: int) -> None:
        ends = self.today + timedelta(days=length) if length else None
        self.tries(refile, self.newest(Filing), actor=speaker[0], ends_on=ends, on_paper=speaker[1])

    @precondition(lambda self: self.newest(Filing))
    @rule(actor=actors, route=st.one_of(st.none(), st.sampled_from(Route)))
    def puts_to_the_cell(self, actor: str, route: Route | None) -> None:
        self.tries(put_filing_to_cell, self.newest(Filing), actor=actor, route=route)

    @precondition(lambda self: self.newest(Filing))
    @rule(actor=actors, proposes=st.booleans(), comment=words)
    def cell_meets(self, actor: str, proposes: bool, comment: str) -> None:
        given = {"met_on": self.today, "proposes": proposes, "comment": comment}
        self.tries(record_cell_result, self.newest(Filing), actor=actor, **given)

    @precondition(lambda self: self.newest(Filing))
    @rule(
        actor=deciders,
        approve=st.booleans(),
        number=st.sampled_from(("15-QĐ", "15-QĐ", "")),
        paper=st.booleans(),
    )
    def decides(self, actor: str, approve: bool, number: str, paper: bool) -> None:
        filing, by = self.newest(Filing), self.ids[actor]
        away = self.db.get_one(Away, filing.away_id)
        keeps = may(self.db, by, Right.KEEP_ABSENCES, self.cell_id, now=self.now) and by != away.member_id
        entitled = may_decide(self.db, filing, by, POLICIES.away, now=self.now) or (paper and keeps)
        was = filing.state
        given = {"approve": approve, "number": number, "decided_on": self.today, "comment": "x"}
        self.tries(decide_filing, filing, actor=actor, on_paper=paper, **given)
        if was != F.APPROVED and filing.state == F.APPROVED:
            self.approvals[filing.id] = entitled

    @precondition(lambda self: self.lies() == F.FILED)
    @rule()
    def the_cell_proposes(self) -> None:
        """Two steps at once, so that papers come as far as a decision."""
        filing = self.newest(Filing)
        self.tries(put_filing_to_cell, filing, actor="secretary")
        self.tries(record_cell_result, filing, actor="secretary", met_on=self.today, proposes=True)

    @precondition(lambda self: self.lies() == F.PROPOSED)
    @rule()
    def the_committee_approves(self) -> None:
        self.decides(actor="officer", approve=True, number="15-QĐ", paper=False)

    @precondition(lambda self: self.lies() in (F.RETURNED, F.PROPOSED, F.APPROVED))
    @rule(speaker=speakers, at_home=st.booleans())
    def withdraws(self, speaker: tuple[str, bool], at_home: bool) -> None:
        self.tries(
            withdraw_filing, self.newest(Filing), actor=speaker[0], at_home=at_home, on_paper=speaker[1]
        )

    @precondition(lambda self: self.stands() in (A.WAITING, A.ACTIVE, A.LAPSED))
    @rule(speaker=speakers, length=lengths, stay=st.one_of(st.none(), stays))
    def extends(self, speaker: tuple[str, bool], length: int, stay: Any) -> None:
        away = self.newest(Away)
        ends = away.due_on + timedelta(days=length) if length else None
        self.tries(extend_away, away, actor=speaker[0], ends_on=ends, stay=stay, on_paper=speaker[1])

    @precondition(lambda self: self.newest(Away))
    @rule(speaker=speakers, stay=stays, ahead=st.integers(-5, 400))
    def moves_house(self, speaker: tuple[str, bool], stay: Any, ahead: int) -> None:
        day = self.today + timedelta(days=ahead)
        self.tries(change_away, self.newest(Away), stay, actor=speaker[0], from_on=day, on_paper=speaker[1])

    @precondition(lambda self: self.stands() in (A.WAITING, A.ACTIVE, A.LAPSED))
    @rule(speaker=speakers, ago=st.integers(-2, 40))
    def comes_back(self, speaker: tuple[str, bool], ago: int) -> None:
        day = self.today - timedelta(days=ago)
        self.tries(begin_return, self.newest(Away), actor=speaker[0], returned_on=day, on_paper=speaker[1])

    @precondition(lambda self: self.stands() in (A.RETURNING, A.CLOSED))
    @rule(speaker=speakers)
    def was_a_mistake(self, speaker: tuple[str, bool]) -> None:
        self.tries(resume_away, self.newest(Away), actor=speaker[0], on_paper=speaker[1])

    @precondition(lambda self: self.stands() in (A.RETURNING, A.CLOSED))
    @rule(actor=actors, line=st.integers(0, 3), waived=st.booleans(), note=words)
    def ticks(self, actor: str, line: int, waived: bool, note: str) -> None:
        items = return_items(self.db, self.newest(Away).id)
        if line < len(items):
            self.tries(tick_return_item, items[line], actor=actor, waived=waived, comment=note)

    @precondition(lambda self: self.newest(Away))
    @rule(speaker=speakers, text=words)
    def writes(self, speaker: tuple[str, bool], text: str) -> None:
        self.tries(send_update, self.newest(Away), actor=speaker[0], text=text, on_paper=speaker[1])

    @rule(actor=actors, months=st.sampled_from((None, 1, 6, 13)))
    def wants_updates(self, actor: str, months: int | None) -> None:
        self.tries(set_away_updates, self.cell_id, months, actor=actor)

    @rule(
        name=st.sampled_from(("An", "Ẩn")),
        born=st.sampled_from((None, 1990)),
        cell=st.sampled_from(("Đông", "Tây")),
    )
    def names_change(self, name: str, born: int | None, cell: str) -> None:
        self.member.full_name, self.member.birth_year = name, born
        self.db.get_one(Unit, self.cell_id).name = cell
        self.db.commit()

    @rule(name=st.sampled_from(("secretary", "deputy", "officer")))
    def leaves_office_and_comes_back(self, name: str) -> None:
        """An office is empty for as long as nobody runs this again."""
        held = appointments(self.db, self.ids[name], now=self.now)
        if held:
            end_appointment(self.db, held[0], by_id=None, now=self.now)
            self.gone = getattr(self, "gone", {}) | {name: (held[0].unit_id, Role(held[0].role))}
        else:
            unit_id, role = self.gone[name]
            appoint(self.db, member_id=self.ids[name], unit_id=unit_id, role=role, by_id=None, now=self.now)
        self.db.commit()

    @rule(days=st.sampled_from((1, 1, 7, 15, 60, 400)))
    def time_passes(self, days: int) -> None:
        """Downtime too: nothing ran until then."""
        self.now += timedelta(days=days)
        for _ in range(5):
            due = due_aways(self.db, now=self.now, limit=100)
            move_aways(self.db, due, POLICIES, now=self.now)
            self.db.commit()
            if not due:
                return
        raise AssertionError("time does not come to rest")

    # --- what holds -------------------------------------------------------------------------------------------------

    @invariant()
    def an_open_absence_has_a_next_step_and_a_finished_one_is_finished(self) -> None:
        for away in self.db.scalars(select(Away)):
            waiting = filing_under_way(self.db, away.id)
            if away.state in OPEN:
                assert away.next_at is not None
                assert away.closed_at is None
            else:
                assert away.next_at is None or away.next_at == season_moment(away, POLICIES.away)
                assert away.closed_at is not None
                assert waiting is None
            if away.state == A.WAITING:
                assert waiting is not None
            if away.state == A.RETURNING:
                assert waiting is None
                assert any(item.done_at is None for item in return_items(self.db, away.id))

    @invariant()
    def what_was_filed_stays_as_it_was_filed(self) -> None:
        filing = self.newest(Filing)
        if filing is None:
            return
        times = sum(one.filed_json is not None for one in filing_moves(self.db, filing.id))
        now = times, filed_paper(self.db, filing, POLICIES.away).model_dump_json()
        known = self.filed.setdefault(filing.id, now)
        assert known == now or known[0] < now[0]  # only filing it again makes it another paper
        self.filed[filing.id] = now

    @invariant()
    def whoever_approved_was_entitled(self) -> None:
        for filing in self.db.scalars(select(Filing).where(Filing.state == F.APPROVED)):
            assert self.approvals[filing.id]
            assert filing.decision_number
            assert filing.decided_by != self.ids["member"]

    @invariant()
    def nothing_is_active_that_nobody_decided_or_noted(self) -> None:
        for away in self.db.scalars(select(Away).where(Away.state == A.ACTIVE)):
            assert {f.state for f in filings_of(self.db, away.id)} & {F.APPROVED, F.NOTED}

    @invariant()
    def history_only_grows_and_follows_the_table(self) -> None:
        tables: tuple[tuple[type[Any], str, dict[Any, Any]], ...] = (
            (FilingMove, "filing_id", FILING_MOVES),
            (AwayMove, "away_id", AWAY_MOVES),
        )
        seen: dict[int, tuple[Any, ...]] = {}
        for table, owner, moves in tables:
            state: dict[int, str] = {}
            for row in self.db.scalars(select(table).order_by(table.at, table.id)):
                of = getattr(row, owner)
                assert row.before == state.get(of)
                assert row.before is None or row.after in moves[row.before]
                state[of] = row.after
                seen[row.id] = (of, row.before, row.after, row.at, row.by_id)
        assert {key: seen.get(key) for key in self.history} == self.history
        self.history = seen

    @invariant()
    def the_place_is_the_absences(self) -> None:
        if "member" not in getattr(self, "ids", {}):
            return
        away = open_away(self.db, self.ids["member"])
        if away is not None and away.begun_at is not None:
            assert self.member.place_code == away.place_code
            assert self.member.zone == (HOME_ZONE if away.state == A.RETURNING else away.zone)

    def teardown(self) -> None:
        """From wherever it stands, a secretary can bring it to an end."""
        if hasattr(self, "cell_id"):
            self._papers_can_be_made_again()
            appoint(
                self.db,
                member_id=self.ids["neighbour"],
                unit_id=self.cell_id,
                role=Role.SECRETARY,
                by_id=None,
                now=self.now,
            )
            for away in self.db.scalars(select(Away).where(Away.state.in_(OPEN))).all():
                close_away(
                    self.db,
                    away,
                    note="hết",
                    at_home=True,
                    by_id=self.ids["neighbour"],
                    policies=POLICIES,
                    now=self.now,
                )
                assert away.state == A.CLOSED
        self.db.close()

    def _papers_can_be_made_again(self) -> None:
        """Of what held on their day, where they were not kept: older than the column, or lost."""
        for filing in self.db.scalars(select(Filing)):
            move = next(one for one in reversed(filing_moves(self.db, filing.id)) if one.filed_json)
            away, kept = away_of(self.db, filing), filed_paper(self.db, filing, POLICIES.away)
            again = filed_now(self.db, away, filing, POLICIES.away, at=move.at, on_paper=move.on_paper)
            if not any(one.applied_at == move.at for one in away_changes(self.db, away.id)):
                assert again.stay == kept.stay
            if again.paper == kept.paper:
                assert again.facts.get("decision") == kept.facts.get("decision")


TestAbsences = Absences.TestCase
TestAbsences.settings = settings(max_examples=sized(7, 30), stateful_step_count=50, deadline=None)
