"""Absences: who may do what, what follows, what is told, what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from models.away.away import (
    Away,
    AwayOver,
    AwayRunning,
    AwayState,
    CommentNeeded,
    DatesUnfit,
    Decided,
    DecisionIncomplete,
    Filing,
    FilingAct,
    FilingMove,
    FilingSettled,
    FilingState,
    HistoryRewritten,
    ReturnItem,
    ReturnStep,
    Route,
    TrustedMustKnow,
    away_changes,
    begin_return,
    change_away,
    close_away,
    correct_decision,
    corrections_of,
    extend_away,
    filed_paper,
    filing_moves,
    filings_of,
    filings_to_decide,
    filings_to_keep,
    may_read_filing,
    open_away,
    put_filing_to_cell,
    record_cell_result,
    refile,
    register_of,
    resume_away,
    return_filing,
    return_items,
    send_update,
    tick_return_item,
    tick_return_items,
    withdraw_filing,
)
from models.away.policy import Decides
from models.contact.checkin import planned_checkin
from models.ground.errors import Refused
from models.people.member import add_member
from models.people.rights import NotEntitled, Role, appoint, appointments, end_appointment
from models.people.unit import Unit, UnitKind, create_unit
from tests.absences import OSAKA, SAIGON, Chain, acts, declaration
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, OFFICER, a_cell, settle_in
from tests.phone import Phone

A, F = AwayState, FilingState


class Cast:
    def __init__(self, world: World) -> None:
        self.world, self.cell = world, a_cell(world)
        self.officer, self.bob, self.deputy, self.alice, self.dan = settle_in(
            world, self.cell, OFFICER, BOB, DEPUTY, ALICE, DAN
        )
        self.chain = Chain(world, self.cell, self.cell.alice)
        for phone in self.phones():
            phone.reads()

    def phones(self) -> list[Phone]:
        return [self.officer, self.bob, self.deputy, self.alice, self.dan]

    def settle(self) -> None:
        self.world.settle()


@pytest.fixture
def cast(world: World) -> Cast:
    return Cast(world)


# --- the paper chain ------------------------------------------------------------------------------------------------


def test_a_chain_from_the_application_to_the_number(cast: Cast) -> None:
    chain = cast.chain.files()
    cast.settle()
    assert "Nguyễn Thị An" in cast.bob.reads()
    assert cast.officer.reads() == ""  # not yet the committee's matter
    assert (chain.state, chain.filing_state) == (A.WAITING, F.FILED)

    chain.does(return_filing, comment="Thiếu ngày về", by_id=cast.cell.bob)
    cast.settle()
    assert "Thiếu ngày về" in cast.alice.reads()
    assert "nộp lại" in " ".join(cast.alice.buttons())

    chain.does(refile, by_id=cast.cell.alice, comment="Đã bổ sung", ends_on=date(2027, 9, 30))
    chain.is_proposed()
    cast.settle()
    assert "Nguyễn Thị An" in cast.officer.reads()

    chain.is_decided()
    cast.settle()
    assert (chain.state, chain.filing_state) == (A.ACTIVE, F.APPROVED)
    assert "15-QĐ/ĐU" in cast.alice.reads()
    assert "15-QĐ/ĐU" in cast.bob.reads()
    assert chain.of_away(lambda away: away.due_on) == date(2027, 9, 30)
    moves = cast.world.db(lambda db: [move.after for move in filing_moves(db, chain.filing_id)])
    assert moves == [F.FILED, F.RETURNED, F.FILED, F.AT_CELL, F.PROPOSED, F.APPROVED]


def test_on_paper_only_all_is_typed_by_the_secretary_and_seen_as_such(cast: Cast) -> None:
    bob = cast.cell.bob
    chain = cast.chain.files(by_id=bob, on_paper=True)
    cast.settle()
    assert "bản giấy" in cast.alice.reads()
    chain.is_proposed(on_paper=True).is_decided(by_id=bob, on_paper=True, decided_on=date(2026, 11, 28))
    cast.settle()
    assert chain.state == A.ACTIVE
    assert chain.of_filing(lambda f: (f.decided_on_paper, f.decided_by)) == (True, bob)
    assert "bản giấy ngày 28/11/2026" in cast.officer.reads()  # the committee sees what was typed in its name


def test_the_cell_may_choose_another_route(cast: Cast) -> None:
    chain = cast.chain.files()
    chain.does(put_filing_to_cell, by_id=cast.cell.deputy, route=Route.EXEMPT)
    assert chain.of_filing(lambda f: (f.route, f.rule)) == (Route.EXEMPT, "")
    assert chain.of_away(lambda away: away.route) == Route.EXEMPT


def test_a_refused_application_ends_there_and_a_new_one_may_begin(cast: Cast) -> None:
    chain = cast.chain.files().is_proposed()
    chain.is_decided(approve=False, number="", comment="Chưa đủ giấy tờ")
    cast.settle()
    assert (chain.state, chain.filing_state) == (A.DROPPED, F.REFUSED)
    assert "Chưa đủ giấy tờ" in cast.alice.reads()
    assert chain.files().state == A.WAITING


def test_a_newer_application_supersedes_the_one_that_waits(cast: Cast) -> None:
    first = cast.chain.files()
    old_away, old_filing = first.away_id, first.filing_id
    first.files(declaration(ends_on=date(2027, 6, 30)))
    assert first.away_id != old_away
    assert cast.world.db(lambda db: db.get_one(Filing, old_filing).state) == F.SUPERSEDED


def test_a_decided_absence_is_not_declared_anew(cast: Cast) -> None:
    chain = cast.chain.files().is_approved()
    with pytest.raises(AwayRunning):
        chain.files()


def test_a_short_absence_is_only_noted(cast: Cast) -> None:
    chain = cast.chain.files(declaration(ends_on=date(2027, 1, 31)))
    assert (chain.state, chain.filing_state) == (A.ACTIVE, F.NOTED)
    with pytest.raises(FilingSettled):
        chain.does(put_filing_to_cell, by_id=cast.cell.bob)


def test_withdrawing_drops_the_absence_and_at_home_check_ins_stop(cast: Cast) -> None:
    chain = cast.chain.files().is_proposed()
    cast.settle()
    cast.officer.reads()
    chain.does(withdraw_filing, by_id=cast.cell.alice, at_home=True)
    cast.settle()
    assert (chain.state, chain.filing_state) == (A.DROPPED, F.WITHDRAWN)
    assert chain.place[0] is None
    assert cast.world.db(lambda db: planned_checkin(db, cast.cell.alice)) is None
    assert "đã rút" in cast.officer.reads()


# --- who may --------------------------------------------------------------------------------------------------------


def test_nobody_without_the_office_moves_a_paper(cast: Cast) -> None:
    chain = cast.chain.files()
    stranger, own = cast.cell.dan, cast.cell.alice
    for by_id in (stranger, own, cast.cell.officer):
        with pytest.raises(NotEntitled):
            chain.does(put_filing_to_cell, by_id=by_id)
        with pytest.raises(NotEntitled):
            chain.does(return_filing, comment="x", by_id=by_id)
    with pytest.raises(NotEntitled):
        chain.does(withdraw_filing, by_id=stranger)
    chain.is_proposed()
    for by_id in (stranger, own, cast.cell.bob):  # the secretary: not without a paper
        with pytest.raises(NotEntitled):
            chain.is_decided(by_id=by_id)
    with pytest.raises(NotEntitled):
        chain.is_decided(by_id=own, on_paper=True)


def test_a_member_does_not_type_from_paper_and_a_secretary_only_from_paper(cast: Cast) -> None:
    with pytest.raises(NotEntitled):
        cast.chain.files(by_id=cast.cell.alice, on_paper=True)
    with pytest.raises(NotEntitled):
        cast.chain.files(by_id=cast.cell.bob)


def test_an_ex_secretary_and_the_secretary_of_another_cell_can_do_nothing(cast: Cast) -> None:
    chain, now = cast.chain.files(), cast.world.clock()

    def other_secretary(db: Session) -> int:
        commune = db.get_one(Unit, cast.cell.commune)
        cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Tây", parent=commune, now=now)
        appoint(db, member_id=cast.cell.dan, unit_id=cell.id, role=Role.SECRETARY, by_id=None, now=now)
        end_appointment(db, appointments(db, cast.cell.bob, now=now)[0], by_id=None, now=now)
        return cell.id

    other = cast.world.db(other_secretary)
    for by_id in (cast.cell.dan, cast.cell.bob):
        with pytest.raises(NotEntitled):
            chain.does(put_filing_to_cell, by_id=by_id)
    assert cast.world.db(lambda db: len(filings_to_keep(db, other))) == 0
    assert cast.world.db(lambda db: len(filings_to_keep(db, cast.cell.id))) == 1


def test_a_paper_is_read_by_those_whom_it_concerns(cast: Cast) -> None:
    chain, now = cast.chain.files(), cast.world.clock()

    def readers() -> set[int]:
        people = (cast.cell.officer, cast.cell.bob, cast.cell.deputy, cast.cell.alice, cast.cell.dan)
        filing_id = chain.filing_id
        return cast.world.db(
            lambda db: {
                one
                for one in people
                if may_read_filing(db, db.get_one(Filing, filing_id), one, cast.world.settings.away, now=now)
            }
        )

    own = {cast.cell.alice, cast.cell.bob, cast.cell.deputy}
    assert readers() == own
    chain.is_proposed()
    assert readers() == own | {cast.cell.officer}


def test_nobody_decides_on_their_own_absence(cast: Cast) -> None:
    cast.world.db(
        lambda db: appoint(
            db,
            member_id=cast.cell.alice,
            unit_id=cast.cell.commune,
            role=Role.OFFICER,
            by_id=None,
            now=cast.world.clock(),
        )
    )
    chain = cast.chain.files().is_proposed()
    with pytest.raises(NotEntitled):
        chain.is_decided(by_id=cast.cell.alice)
    assert waits_for(cast, cast.cell.officer) == 1
    assert waits_for(cast, cast.cell.alice) == 0


def waits_for(cast: Cast, officer: int) -> int:
    policy, now = cast.world.settings.away, cast.world.clock()
    return cast.world.db(
        lambda db: len(filings_to_decide(db, [cast.cell.id], policy, by_id=officer, now=now))
    )


# --- one committee decides, or the cell -----------------------------------------------------------------------------


def test_the_committee_that_decides_sees_it_and_no_other_level_does(cast: Cast) -> None:
    """Cell below a section below a commune below a province: the commune grants, as the policy says."""
    world, cell, now = cast.world, cast.cell, cast.world.clock()

    def officers(db: Session) -> dict[str, int]:
        commune = db.get_one(Unit, cell.commune)
        section = create_unit(db, kind=UnitKind.SECTION, name="Vùng biển", parent=commune, now=now)
        province = create_unit(db, kind=UnitKind.PROVINCE, name="Tỉnh", parent=None, now=now)
        db.get_one(Unit, cell.id).parent_id, commune.parent_id = section.id, province.id
        people = {}
        for name, unit in (("section", section), ("province", province)):
            person = add_member(db, cell_id=None, full_name=name, now=now)
            appoint(db, member_id=person.id, unit_id=unit.id, role=Role.OFFICER, by_id=None, now=now)
            people[name] = person.id
        return people

    others = world.db(officers)
    chain = cast.chain.files().is_proposed()
    assert waits_for(cast, cell.officer) == 1
    for officer in others.values():
        assert waits_for(cast, officer) == 0
        with pytest.raises(NotEntitled):
            chain.is_decided(by_id=officer)
    policy = world.settings.away
    paper = world.db(lambda db: filed_paper(db, db.get_one(Filing, chain.filing_id), policy).facts)
    assert paper["decider"] == world.db(lambda db: db.get_one(Unit, cell.commune).name)
    chain.is_decided()
    assert chain.filing_state == FilingState.APPROVED


def test_where_the_policy_says_so_the_cell_decides(cast: Cast) -> None:
    world, cell = cast.world, cast.cell
    away = world.settings.away.model_copy(update={"decided_by": Decides.CELL})
    world.settings = world.settings.model_copy(update={"away": away})
    chain = cast.chain.files()
    result = {"by_id": cell.bob, "met_on": world.clock().date(), "proposes": True}
    with pytest.raises(DecisionIncomplete):
        chain.does(record_cell_result, **result)
    chain.does(record_cell_result, number="05-NQ/CB", **result)
    assert (chain.filing_state, chain.state) == (FilingState.APPROVED, AwayState.ACTIVE)
    assert chain.of_filing(lambda one: one.decision_number) == "05-NQ/CB"
    assert waits_for(cast, cell.officer) == 0
    facts = world.db(lambda db: filed_paper(db, db.get_one(Filing, chain.filing_id), away).facts)
    assert facts["decider"] == ""


def test_a_decisions_number_is_corrected_with_a_trace(cast: Cast) -> None:
    world, cell, chain = cast.world, cast.cell, cast.chain.files().is_approved()
    day = world.clock().date()
    right = {"number": "51-QĐ/ĐU", "decided_on": day}
    for other in (cell.bob, cell.alice):  # the committee entered it
        with pytest.raises(NotEntitled):
            chain.does(correct_decision, by_id=other, **right)
    with pytest.raises(DecisionIncomplete):
        chain.does(correct_decision, by_id=cell.officer, number=" ", decided_on=day)
    chain.does(correct_decision, by_id=cell.officer, **right)
    chain.does(correct_decision, by_id=cell.officer, **right)  # nothing to correct any more
    traces = world.db(lambda db: [(one.before, one.by_id) for one in corrections_of(db, chain.filing_id)])
    assert traces == [(Decided(number="15-QĐ/ĐU", on=day), cell.officer)]
    assert chain.of_filing(lambda one: one.decision_number) == "51-QĐ/ĐU"


def test_the_member_hears_of_a_return_once_however_much_was_done(cast: Cast) -> None:
    world, cell, chain = cast.world, cast.cell, cast.chain.files().is_approved()
    chain.does(begin_return, by_id=cell.alice, returned_on=world.clock().date())
    steps = world.db(lambda db: [item.step for item in return_items(db, chain.away_id)])
    assert steps == list(ReturnStep)  # Osaka: the self-review of the time abroad is among them

    def ends(db: Session) -> bool:
        away = db.get_one(Away, chain.away_id)
        items = return_items(db, away.id)
        return tick_return_items(
            db, away, items, FilingAct(by_id=cell.bob, policies=world.settings, now=world.clock())
        )

    assert world.db(ends)
    assert chain.state == AwayState.CLOSED


# --- what must be complete ------------------------------------------------------------------------------------------


def test_what_is_missing_is_asked_for(cast: Cast) -> None:
    chain, bob = cast.chain.files(), cast.cell.bob
    with pytest.raises(CommentNeeded):
        chain.does(return_filing, comment="  ", by_id=bob)
    with pytest.raises(DatesUnfit):
        chain.is_proposed(met_on=date(2026, 12, 24))
    chain.does(return_filing, comment="sửa", by_id=bob)
    with pytest.raises(DatesUnfit):
        chain.does(refile, by_id=cast.cell.alice, ends_on=date(2026, 11, 1))
    chain.does(refile, by_id=cast.cell.alice)
    with pytest.raises(DecisionIncomplete):
        chain.is_proposed(votes_for=-1)


def test_an_approval_needs_its_number_and_a_date_that_has_come(cast: Cast) -> None:
    chain = cast.chain.files().is_proposed()
    with pytest.raises(DecisionIncomplete):
        chain.is_decided(number=" ")
    with pytest.raises(DecisionIncomplete):
        chain.is_decided(approve=False, comment="không", number="", by_id=cast.cell.bob, on_paper=True)
    with pytest.raises(DatesUnfit):
        chain.is_decided(decided_on=date(2026, 12, 2))
    with pytest.raises(CommentNeeded):
        chain.is_decided(approve=False)
    chain.is_decided()
    with pytest.raises(FilingSettled):
        chain.is_decided()


@pytest.mark.parametrize(
    ("begins_on", "ends_on"),
    [
        (date(2026, 12, 1), date(2026, 11, 30)),
        (date(2026, 6, 1), date(2026, 11, 30)),  # over already
        (date(2062, 12, 1), None),
        (date(2026, 12, 1), date(2260, 1, 1)),
    ],
)
def test_dates_that_cannot_be_meant_are_refused(cast: Cast, begins_on: date, ends_on: date | None) -> None:
    with pytest.raises(DatesUnfit):
        cast.chain.files(declaration(begins_on, ends_on))


def test_a_trusted_person_must_know_and_secrets_stay_out(cast: Cast) -> None:
    named = OSAKA.model_copy(update={"trusted_name": "Chị Hai"})
    with pytest.raises(TrustedMustKnow):
        cast.chain.files(declaration(stay=named))
    secret = OSAKA.model_copy(update={"employer": "TỐI MẬT"})
    with pytest.raises(Refused):
        cast.chain.files(declaration(stay=secret))
    assert cast.world.db(lambda db: open_away(db, cast.cell.alice)) is None


def test_history_is_not_rewritten(cast: Cast) -> None:
    chain = cast.chain.files()

    def forge(db: Session) -> None:
        filing_moves(db, chain.filing_id)[0].after = F.APPROVED

    with pytest.raises(HistoryRewritten):
        cast.world.db(forge)
    assert cast.world.db(lambda db: db.query(FilingMove).one().after) == F.FILED


# --- place, clock and rhythm ----------------------------------------------------------------------------------------


def test_the_place_follows_at_once_when_the_first_day_has_come(cast: Cast) -> None:
    chain = Chain(cast.world, cast.cell, cast.cell.dan).files()
    assert chain.place == ("JP", "Asia/Tokyo")
    assert cast.world.db(lambda db: planned_checkin(db, cast.cell.dan).zone) == "Asia/Tokyo"  # type: ignore[union-attr]


def test_a_new_place_moves_the_clock_from_its_day_on_and_the_old_one_is_kept(cast: Cast) -> None:
    chain = cast.chain.files()
    chain.does(change_away, stay=SAIGON, from_on=date(2026, 12, 1), by_id=cast.cell.alice)
    cast.settle()
    assert chain.place == ("VN-79", "Asia/Ho_Chi_Minh")
    assert "TP Hồ Chí Minh" in cast.bob.reads()
    before = cast.world.db(lambda db: away_changes(db, chain.away_id)[0].before)
    assert before == OSAKA


def test_a_change_of_phone_moves_no_clock_and_a_newer_change_ahead_replaces_the_older(cast: Cast) -> None:
    chain = cast.chain.files()
    phone = OSAKA.model_copy(update={"phone_there": "+819099998888"})
    chain.does(change_away, stay=phone, from_on=date(2026, 12, 1), by_id=cast.cell.alice)
    assert chain.of_away(lambda away: away.phone_there) == "+819099998888"
    chain.does(change_away, stay=SAIGON, from_on=date(2027, 2, 1), by_id=cast.cell.alice)
    chain.does(change_away, stay=OSAKA, from_on=date(2027, 3, 1), by_id=cast.cell.alice)
    rows = cast.world.db(lambda db: [(c.from_on, c.before is None) for c in away_changes(db, chain.away_id)])
    assert rows == [(date(2026, 12, 1), False), (date(2027, 3, 1), True)]
    assert chain.place == ("JP", "Asia/Tokyo")


# --- extension ------------------------------------------------------------------------------------------------------


def test_one_tap_extends_by_as_long_as_before_and_has_its_own_decision(cast: Cast) -> None:
    chain = cast.chain.files().is_approved()
    due = chain.of_away(lambda away: away.due_on)
    chain.does(extend_away, by_id=cast.cell.alice)
    assert chain.of_filing(lambda f: (f.kind, f.unchanged, f.begins_on)) == (
        "extension",
        True,
        due + timedelta(days=1),
    )
    assert chain.of_away(lambda away: away.due_on) == due  # not before the decision
    chain.is_approved(number="20-QĐ/ĐU")
    assert chain.of_away(lambda away: away.due_on) > due
    assert chain.state == A.ACTIVE


def test_a_refused_extension_leaves_the_absence_as_it_was(cast: Cast) -> None:
    chain = cast.chain.files().is_approved()
    chain.does(extend_away, by_id=cast.cell.alice)
    chain.is_proposed().is_decided(approve=False, comment="không", number="21")
    assert chain.state == A.ACTIVE
    assert chain.of_away(lambda away: away.due_on) == date(2027, 10, 31)


def test_an_extension_with_changes_and_a_newer_one(cast: Cast) -> None:
    chain = cast.chain.files().is_approved()
    chain.does(extend_away, by_id=cast.cell.alice, ends_on=date(2028, 3, 1), stay=SAIGON, reason="đổi việc")
    first = chain.filing_id
    assert chain.place == ("VN-79", "Asia/Ho_Chi_Minh")
    assert chain.of_filing(lambda f: f.unchanged) is False
    chain.does(extend_away, by_id=cast.cell.alice, ends_on=date(2028, 4, 1))
    assert cast.world.db(lambda db: db.get_one(Filing, first).state) == F.SUPERSEDED
    with pytest.raises(DatesUnfit):
        chain.does(extend_away, by_id=cast.cell.alice, ends_on=date(2027, 10, 31))


def test_a_short_stay_that_becomes_long_needs_a_decision(cast: Cast) -> None:
    chain = cast.chain.files(declaration(ends_on=date(2027, 1, 31)))
    chain.does(extend_away, by_id=cast.cell.alice, ends_on=date(2027, 2, 20))
    assert (chain.filing_state, chain.of_away(lambda away: away.due_on)) == (F.NOTED, date(2027, 2, 20))
    chain.does(extend_away, by_id=cast.cell.alice, ends_on=date(2027, 9, 20))
    assert chain.of_filing(lambda f: (f.state, f.route)) == (F.FILED, Route.TEMPORARY)


def test_who_waits_does_not_extend(cast: Cast) -> None:
    with pytest.raises(AwayOver):
        cast.chain.files().does(extend_away, by_id=cast.cell.alice)


# --- return ---------------------------------------------------------------------------------------------------------


def _tick(cast: Cast, step: ReturnStep, **more: object) -> bool:
    def work(db: Session) -> bool:
        item = next(i for i in return_items(db, cast.chain.away_id) if i.step == step)
        given = {"by_id": cast.cell.bob, "policies": cast.world.settings, "now": cast.world.clock(), **more}
        return bool(acts(db, tick_return_item, item, **given))

    return cast.world.db(work)


def test_the_absence_closes_when_the_checklist_is_done(cast: Cast) -> None:
    chain = cast.chain.files().is_approved()
    chain.does(extend_away, by_id=cast.cell.alice)
    chain.does(begin_return, returned_on=date(2026, 12, 1), by_id=cast.cell.alice)
    assert (chain.state, chain.filing_state) == (A.RETURNING, F.WITHDRAWN)
    assert chain.place == ("JP", "Asia/Ho_Chi_Minh")  # at home, and still asked until all is done
    assert _tick(cast, ReturnStep.REPORT, by_id=cast.cell.alice) is False
    with pytest.raises(NotEntitled):
        _tick(cast, ReturnStep.COMMENT, by_id=cast.cell.alice)
    with pytest.raises(CommentNeeded):
        _tick(cast, ReturnStep.COMMENT, waived=True)
    _tick(cast, ReturnStep.COMMENT, waived=True, comment="Nơi đến không có tổ chức đảng")
    with pytest.raises(Refused):
        _tick(cast, ReturnStep.COMMENT)
    _tick(cast, ReturnStep.END)
    _tick(cast, ReturnStep.REVIEW, waived=True, comment="Mới đi một tháng")
    assert _tick(cast, ReturnStep.MEETING) is False
    with pytest.raises(NotEntitled):  # the program does not keep it: the desk has seen it in the file
        _tick(cast, ReturnStep.SUPPLEMENT, by_id=cast.cell.alice)
    assert _tick(cast, ReturnStep.SUPPLEMENT) is True
    cast.settle()
    assert chain.of_away(lambda away: away.state) == A.CLOSED
    assert cast.chain.place == (None, "Asia/Ho_Chi_Minh")
    assert cast.world.db(lambda db: planned_checkin(db, cast.cell.alice)) is None
    assert "kết thúc" in cast.alice.reads()


def test_a_mistaken_return_is_taken_back(cast: Cast) -> None:
    chain = cast.chain.files().is_approved()
    chain.does(begin_return, returned_on=date(2026, 12, 1), by_id=cast.cell.alice)
    chain.does(resume_away, by_id=cast.cell.alice)
    assert (chain.state, chain.place) == (A.ACTIVE, ("JP", "Asia/Tokyo"))
    assert cast.world.db(lambda db: db.query(ReturnItem).count()) == 0
    chain.does(begin_return, returned_on=date(2026, 12, 1), by_id=cast.cell.alice)
    _tick(cast, ReturnStep.END)
    with pytest.raises(AwayOver):
        chain.does(resume_away, by_id=cast.cell.alice)


def test_one_does_not_come_back_tomorrow_nor_before_leaving(cast: Cast) -> None:
    chain = cast.chain.files().is_approved()
    for day in (date(2026, 12, 2), date(2026, 11, 30)):
        with pytest.raises(DatesUnfit):
            chain.does(begin_return, returned_on=day, by_id=cast.cell.alice)


def test_the_secretary_ends_an_absence_otherwise_and_says_why(cast: Cast) -> None:
    chain = cast.chain.files()
    with pytest.raises(NotEntitled):
        chain.does(close_away, note="x", at_home=True, by_id=cast.cell.alice)
    chain.does(close_away, note="Đã chuyển sinh hoạt chính thức", at_home=True, by_id=cast.cell.bob)
    assert (chain.state, chain.filing_state) == (A.CLOSED, F.WITHDRAWN)
    assert chain.place[0] is None
    with pytest.raises(AwayOver):
        chain.does(close_away, note="x", at_home=True, by_id=cast.cell.bob)


# --- the register ---------------------------------------------------------------------------------------------------


def test_the_register_names_who_is_away_and_under_which_number(cast: Cast) -> None:
    cast.chain.files().is_approved()
    Chain(cast.world, cast.cell, cast.cell.dan).files(declaration(stay=SAIGON))

    def lines(db: Session) -> list[tuple[str, str | None, bool]]:
        return [
            (
                line.member.full_name,
                line.decision.decision_number if line.decision else None,
                line.under_way is not None,
            )
            for line in register_of(db, cast.cell.id)
        ]

    assert cast.world.db(lines) == [("Nguyễn Thị An", "15-QĐ/ĐU", False), ("Phạm Văn Dân", None, True)]


def test_an_update_that_nobody_asked_for_reaches_the_secretary(cast: Cast) -> None:
    chain = cast.chain.files().is_approved()
    cast.settle()
    cast.bob.reads()
    with pytest.raises(Refused):
        chain.does(send_update, text=" ", by_id=cast.cell.alice)
    chain.does(send_update, text="Việc vẫn ổn", by_id=cast.cell.alice)
    cast.settle()
    assert "báo cáo bằng văn bản" in cast.bob.reads()


def test_filings_are_listed_newest_first(cast: Cast) -> None:
    chain = cast.chain.files().is_approved()
    chain.does(extend_away, by_id=cast.cell.alice)
    kinds = cast.world.db(lambda db: [f.kind for f in filings_of(db, chain.away_id)])
    assert kinds == ["extension", "application"]
