"""Ratings: counts with their base, printed figures beside them, papers behind every level, and nothing rewritten."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from models.away.away.rows import HistoryRewritten
from models.delivery.papers import decimal
from models.ground.errors import Refused
from models.ground.rules import source_of
from models.people.rights import NotEntitled
from models.people.unit import Unit
from models.year.policy import RatingPolicy, ReviewPolicy
from models.year.review import CampaignTerms, ReviewKind, open_campaign
from models.year.review.rating import (
    RatingPaper,
    history_of,
    rated_of,
    record_figures,
    record_ratings,
    tally_below,
    tally_of,
    tell_ratings,
    untold,
    untold_mark,
)
from models.year.review.rating_rows import Printed, Stage
from models.year.review.rows import Campaign
from models.year.review.states import Level
from models.year.review.statistics import Fit, LevelTally, compare, fit_of, tally
from tests.fakes import World
from tests.people import ALICE, BOB, Cell, a_cell, settle_in
from tests.phone import Phone

SEED = json.loads((Path(__file__).parents[2] / "data" / "ratings_2017.json").read_text(encoding="utf-8"))
PRINTED = Printed.model_validate({name: SEED[name] for name in ("members", "counts", "percent")})
MINUTES = RatingPaper("12-BB/CB", date(2026, 11, 30), "Chi bộ thôn Đông")
DECISION = RatingPaper("45-QĐ/ĐU", date(2026, 12, 1), "Đảng ủy xã An Bình")


# --- numbers --------------------------------------------------------------------------------------------------------


def test_the_figures_of_2017_come_out_of_their_counts() -> None:
    counted, compared = compare(PRINTED)
    assert (counted.rated, counted.members, counted.not_rated) == (2001, 2106, 105)
    assert [decimal(one.percent or 0, 2) for one in compared] == ["11,94", "84,91", "2,40", "0,75"]


def test_a_printed_percentage_that_disagrees_is_said_to() -> None:
    _, compared = compare(PRINTED)
    assert [(one.printed, one.fit) for one in compared] == [
        (Decimal("12.33"), Fit.DISAGREES),
        (Decimal("84.9"), Fit.AGREES),
        (Decimal("2.39"), Fit.CUT_OFF),
        (Decimal("0.74"), Fit.CUT_OFF),
    ]


def test_the_cap_is_two_counts_and_no_verdict() -> None:
    counted, _ = compare(PRINTED)
    cap = counted.cap(RatingPolicy())
    assert (cap.excellent, cap.good, cap.allowed, cap.allowed_by_exception) == (239, 1699, 339, 424)
    assert source_of(RatingPolicy, "cap_percent").article == "11.1.5"


def test_nobody_rated_gives_no_percentage() -> None:
    assert LevelTally({}, 5).percent(Level.GOOD) is None
    assert tally([None, None]).not_rated == 2


@pytest.mark.parametrize(
    ("exact", "said", "fit"),
    [
        ("50", "50", Fit.AGREES),
        ("49.5", "50", Fit.AGREES),
        ("49.5", "49", Fit.CUT_OFF),
        ("49.4", "50", Fit.DISAGREES),
    ],
)
def test_percentages_are_compared_at_the_places_that_were_printed(exact: str, said: str, fit: Fit) -> None:
    assert fit_of(Decimal(exact), Decimal(said)) is fit


# --- papers ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def cell(world: World) -> Cell:
    made = a_cell(world)
    settle_in(world, made, ALICE, BOB)
    return made


@pytest.fixture
def campaign(world: World, cell: Cell) -> int:
    return world.db(lambda db: _open(db, world, cell).id)


def _open(db: Session, world: World, cell: Cell) -> Campaign:
    return open_campaign(
        db,
        CampaignTerms(
            kind=ReviewKind.REVIEW, year=2026, form="2c-2025", deadline=date(2026, 12, 10), meeting_on=None
        ),
        cell_id=cell.id,
        by_id=cell.bob,
        policy=ReviewPolicy(),
        now=world.clock(),
    )


def record(
    world: World,
    campaign: int,
    stage: Stage,
    levels: dict[int, Level],
    paper: RatingPaper,
    *,
    by_id: int,
    reason: str = "",
) -> int:
    def work(db: Session) -> int:
        row = db.get_one(Campaign, campaign)
        return len(
            record_ratings(db, row, stage, levels, paper, by_id=by_id, now=world.clock(), reason=reason)
        )

    return world.db(work)


def test_a_proposal_and_a_decision_stand_beside_each_other(world: World, cell: Cell, campaign: int) -> None:
    both = {cell.alice: Level.GOOD, cell.dan: Level.GOOD}
    assert record(world, campaign, Stage.PROPOSED, both, MINUTES, by_id=cell.bob) == 2
    assert record(world, campaign, Stage.DECIDED, both, DECISION, by_id=cell.officer) == 2
    counted = world.db(lambda db: tally_of(rated_of(db, db.get_one(Campaign, campaign))))
    assert (counted.counts[Level.GOOD], counted.rated, counted.members) == (2, 2, 4)
    assert world.db(lambda db: tally_below(db, cell.commune, 2026)).counts == counted.counts


def test_the_same_paper_typed_twice_is_one(world: World, cell: Cell, campaign: int) -> None:
    levels = {cell.alice: Level.GOOD}
    assert record(world, campaign, Stage.PROPOSED, levels, MINUTES, by_id=cell.bob) == 1
    assert record(world, campaign, Stage.PROPOSED, levels, MINUTES, by_id=cell.bob) == 0


def test_another_level_than_the_proposal_needs_its_reason(world: World, cell: Cell, campaign: int) -> None:
    record(world, campaign, Stage.PROPOSED, {cell.alice: Level.EXCELLENT}, MINUTES, by_id=cell.bob)
    with pytest.raises(Refused):
        record(world, campaign, Stage.DECIDED, {cell.alice: Level.GOOD}, DECISION, by_id=cell.officer)
    record(
        world,
        campaign,
        Stage.DECIDED,
        {cell.alice: Level.GOOD},
        DECISION,
        by_id=cell.officer,
        reason="Chưa đủ 30 % vượt yêu cầu",
    )
    rows = world.db(
        lambda db: [(r.stage, r.level, r.reason, r.decided_by) for r in history_of(db, campaign, cell.alice)]
    )
    assert rows == [
        ("proposed", "hoan_thanh_xuat_sac", None, "Chi bộ thôn Đông"),
        ("decided", "hoan_thanh_tot", "Chưa đủ 30 % vượt yêu cầu", "Đảng ủy xã An Bình"),
    ]


def test_a_decision_that_is_changed_stays_in_the_history_and_is_told(
    world: World, cell: Cell, campaign: int
) -> None:
    an = Phone(world.telegram, ALICE, world.settle)

    def tells(by_id: int) -> None:
        def work(db: Session) -> None:
            row = db.get_one(Campaign, campaign)
            seen = untold_mark(untold(rated_of(db, row)))
            assert tell_ratings(db, row, seen + 1, by_id=by_id, now=world.clock()) is None
            assert tell_ratings(db, row, seen, by_id=by_id, now=world.clock())

        world.db(work)
        world.settle()

    record(world, campaign, Stage.DECIDED, {cell.alice: Level.COMPLETED}, DECISION, by_id=cell.bob)
    world.settle()
    assert "Hoàn thành" not in an.chat()  # recorded is not told
    record(world, campaign, Stage.DECIDED, {cell.alice: Level.GOOD}, DECISION, by_id=cell.bob)  # a slip
    tells(cell.bob)
    assert "Hoàn thành tốt nhiệm vụ: văn bản số 45-QĐ/ĐU ngày 01/12/2026" in an.chat()
    later = RatingPaper("46-QĐ/ĐU", date(2026, 12, 1), "Đảng ủy xã An Bình")
    with pytest.raises(Refused):
        record(world, campaign, Stage.DECIDED, {cell.alice: Level.COMPLETED}, later, by_id=cell.bob)
    record(
        world, campaign, Stage.DECIDED, {cell.alice: Level.COMPLETED}, later, by_id=cell.bob, reason="Xem lại"
    )
    world.settle()
    assert "đã được thay đổi" not in an.chat()
    tells(cell.officer)
    assert "đã được thay đổi" in an.chat()
    assert len(world.db(lambda db: history_of(db, campaign, cell.alice))) == 3


def test_what_was_recorded_is_never_rewritten(world: World, cell: Cell, campaign: int) -> None:
    record(world, campaign, Stage.DECIDED, {cell.alice: Level.GOOD}, DECISION, by_id=cell.bob)

    def rewrite(db: Session) -> None:
        history_of(db, campaign, cell.alice)[0].level = Level.EXCELLENT
        db.flush()

    with pytest.raises(HistoryRewritten):
        world.db(rewrite)


@pytest.mark.parametrize(
    "paper",
    [
        RatingPaper("", date(2026, 12, 1), "Chi bộ"),
        RatingPaper("1", date(2026, 12, 1), " "),
        RatingPaper("1", date(2027, 1, 1), "Chi bộ"),
        RatingPaper("TỐI MẬT", date(2026, 12, 1), "Chi bộ"),
    ],
)
def test_nothing_is_recorded_without_a_proper_paper(
    world: World, cell: Cell, campaign: int, paper: RatingPaper
) -> None:
    with pytest.raises(Refused):
        record(world, campaign, Stage.PROPOSED, {cell.alice: Level.GOOD}, paper, by_id=cell.bob)


def test_rights_are_asked_when_it_is_recorded(world: World, cell: Cell, campaign: int) -> None:
    for stage, who in (
        (Stage.PROPOSED, cell.officer),
        (Stage.PROPOSED, cell.alice),
        (Stage.DECIDED, cell.alice),
    ):
        with pytest.raises(NotEntitled):
            record(world, campaign, stage, {cell.alice: Level.GOOD}, MINUTES, by_id=who)
    with pytest.raises(NotEntitled):
        record(world, campaign, Stage.PROPOSED, {cell.officer: Level.GOOD}, MINUTES, by_id=cell.bob)


def test_printed_figures_are_kept_as_they_were_printed(world: World, cell: Cell) -> None:
    def work(db: Session) -> Printed:
        unit = db.get_one(Unit, cell.commune)
        row = record_figures(db, unit, 2017, PRINTED, source="báo", by_id=cell.officer, now=world.clock())
        db.flush()
        db.expire_all()
        return row.printed

    kept = world.db(work)
    assert kept == PRINTED
    assert [str(said) for said in kept.percent.values()] == ["12.33", "84.9", "2.39", "0.74"]


def test_everybody_on_the_list_is_there_by_given_name(world: World, cell: Cell, campaign: int) -> None:
    names = world.db(
        lambda db: [one.member.full_name for one in rated_of(db, db.get_one(Campaign, campaign))]
    )
    assert names == ["Nguyễn Thị An", "Trần Văn Bình", "Phạm Văn Dân", "Lê Thị Hoa"]
