"""Ratings are recorded, never made: what the cell proposed, what the committee decided, on which paper.

    record_ratings(db, campaign, stage, {member: level}, paper) ──> one row a member, for good
        the first of a stage          a paper, its date, and who decided
        another level than before     also the reason: a change against an earlier row, or against the cell's proposal

The newest row of a stage holds, all others stay. What is decided is told to the member it is about. The cap on excellent
ratings is shown beside the counts (statistics.py) and stops nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.refusals import check_texts
from models.clock import HOME_ZONE, local_date
from models.errors import Refused
from models.member import Member, Purpose, answers_of, consents
from models.phrases import rating as phrases
from models.review.consenting import on_paper
from models.review.forms import form
from models.review.questions import handed_in, lines_of
from models.review.rating_rows import Figures, Printed, Rating, Stage
from models.review.rows import Body, Campaign, Review
from models.review.states import Level, ReviewKind, Stand
from models.review.statistics import Tally, tally
from models.review.telling import tell_member
from models.rights import RIGHTS, NotEntitled, Right, Role, appointments, decides_for, require
from models.trail import record_act
from models.unit import Unit, UnitKind, subtree_ids


@dataclass(frozen=True, slots=True)
class RatingPaper:
    """The minutes or the decision. `decided_by`: as it names them."""

    number: str
    on: date
    decided_by: str


@dataclass(frozen=True, slots=True)
class Rated:
    """One member of a campaign, with what is recorded: the newest of each stage."""

    review: Review
    member: Member
    proposed: Rating | None
    decided: Rating | None
    own: Body  # what the author has handed in; a draft is theirs alone

    @property
    def level(self) -> Level | None:
        """What the committee decided."""
        return Level(self.decided.level) if self.decided and self.decided.level else None


# --- acts -----------------------------------------------------------------------------------------------------------


def record_ratings(
    db: Session,
    campaign: Campaign,
    stage: Stage,
    levels: Mapping[int, Level],
    paper: RatingPaper,
    *,
    by_id: int,
    now: datetime,
    reason: str = "",
) -> list[Rating]:
    """What one paper says of several members; what is recorded already, word for word, is left as it is.

    Refuses: NotEntitled, secrets, a paper without number or from tomorrow, a change without a reason.
    """
    check_may_record(db, campaign, stage, by_id=by_id, now=now)
    check_texts(paper.number, paper.decided_by, reason)
    _check_paper(paper, now=now)
    db.refresh(campaign, with_for_update=True)
    known = {one.member.id: one for one in rated_of(db, campaign)}
    if set(levels) - set(known):
        raise NotEntitled
    if not reason.strip() and any(changes(known[who], stage, level) for who, level in levels.items()):
        raise Refused(phrases.reason_needed())
    fresh = [who for who, level in levels.items() if not _is_recorded(known[who], stage, level, paper)]
    rows = [
        _record(db, campaign, known[who], stage, levels[who], paper, reason, by_id=by_id, now=now)
        for who in fresh
    ]
    db.flush()
    for who in fresh:
        record_act(
            db,
            "rating.record",
            by_id=by_id,
            now=now,
            member_id=who,
            unit_id=campaign.cell_id,
            detail=str(stage),
        )
    return rows


def check_may_record(db: Session, campaign: Campaign, stage: Stage, *, by_id: int, now: datetime) -> None:
    """The cell records its proposal, and the decision as it comes on paper; the committee records what it decided."""
    if stage is Stage.DECIDED and decides_here(db, campaign.cell_id, by_id, now=now):
        return
    require(db, by_id, Right.RECORD_RATING, campaign.cell_id, now=now)


def decides_here(db: Session, cell_id: int, member_id: int, *, now: datetime) -> bool:
    """Whether they are of the committee that decides about this cell's members; those above it see counts only."""
    unit_id = decides_for(db, cell_id)
    return any(
        held.unit_id == unit_id and Right.DECIDE_RATING in RIGHTS[Role(held.role)]
        for held in appointments(db, member_id, now=now)
    )


def _check_paper(paper: RatingPaper, *, now: datetime) -> None:
    if not paper.number.strip() or not paper.decided_by.strip():
        raise Refused(phrases.paper_incomplete())
    if paper.on > local_date(now, HOME_ZONE):
        raise Refused(phrases.day_ahead())


def _is_recorded(one: Rated, stage: Stage, level: Level, paper: RatingPaper) -> bool:
    last = _last(one, stage)
    return last is not None and (last.level, last.number, last.paper_on, last.decided_by) == (
        level,
        paper.number.strip(),
        paper.on,
        paper.decided_by.strip(),
    )


def _record(
    db: Session,
    campaign: Campaign,
    one: Rated,
    stage: Stage,
    level: Level,
    paper: RatingPaper,
    reason: str,
    *,
    by_id: int,
    now: datetime,
) -> Rating:
    row = Rating(
        campaign_id=campaign.id,
        member_id=one.member.id,
        stage=stage,
        level=level,
        number=paper.number.strip(),
        paper_on=paper.on,
        at=now,
        by_id=by_id,
    )
    row.decided_by = paper.decided_by.strip()
    row.reason = reason.strip() if changes(one, stage, level) else None
    db.add(row)
    if stage is Stage.DECIDED:
        words = phrases.told_member(
            year=campaign.year,
            level=level,
            number=row.number,
            on=row.paper_on,
            by=row.decided_by,
            changed=one.decided is not None,
        )
        tell_member(db, one.review, words, key=f"rated:{row.id}", by_id=by_id, now=now)
    return row


def changes(one: Rated, stage: Stage, level: Level) -> bool:
    """Whether this says otherwise than what stood there: the same stage's last word, or else what the cell proposed."""
    before = _last(one, stage) or (one.proposed if stage is Stage.DECIDED else None)
    return before is not None and before.level != level


def _last(one: Rated, stage: Stage) -> Rating | None:
    return one.proposed if stage is Stage.PROPOSED else one.decided


def record_figures(
    db: Session, unit: Unit, year: int, printed: Printed, *, source: str, by_id: int, now: datetime
) -> Figures:
    """Figures as they were printed elsewhere, mistakes and all. Refuses: NotEntitled, secrets, counts beyond all."""
    require(db, by_id, Right.DECIDE_RATING, unit.id, now=now)
    check_texts(source)
    if printed.members is not None and sum(printed.counts.values()) > printed.members:
        raise Refused(phrases.more_rated_than_members())
    row = Figures(unit_id=unit.id, year=year, printed=printed, at=now, by_id=by_id)
    row.source = source.strip() or None
    db.add(row)
    db.flush()
    record_act(db, "rating.figures", by_id=by_id, now=now, unit_id=unit.id, detail=str(year))
    return row


# --- questions ------------------------------------------------------------------------------------------------------


_NAMED_ABOVE_SINCE = 2  # the wording that first said that the committee sees levels by name


def rated_of(db: Session, campaign: Campaign, *, above: bool = False) -> list[Rated]:
    """Everybody who is reviewed in a campaign here: by given name; who is left out of it is left out here.

    Who hands in paper is rated on paper. `above`: as the committee may see them by name, without those who agreed when
    it was said that only the cell reads.
    """
    lines = [one for one in lines_of(db, campaign.id) if one.review.stand != Stand.OUT and not one.on_paper]
    if above:
        lines = [one for one in lines if _may_be_named(db, one.member.id)]
    last = _newest(db, [campaign.id])
    given = handed_in(db, [line.review for line in lines])
    return [
        Rated(
            line.review,
            line.member,
            last.get((campaign.id, line.member.id, Stage.PROPOSED)),
            last.get((campaign.id, line.member.id, Stage.DECIDED)),
            given.get(line.review.id, Body(form=line.review.form)),
        )
        for line in lines
    ]


def _may_be_named(db: Session, member_id: int) -> bool:
    answer = consents(db, member_id).get(Purpose.REVIEW)
    return answer is None or answer.version >= _NAMED_ABOVE_SINCE  # who said no is not in the list anyway


def history_of(db: Session, campaign_id: int, member_id: int) -> list[Rating]:
    """All that was ever recorded of one member, oldest first."""
    rows = select(Rating).where(Rating.campaign_id == campaign_id, Rating.member_id == member_id)
    return list(db.scalars(rows.order_by(Rating.at, Rating.id)))


def ratings_of_member(db: Session, member_id: int) -> list[tuple[Rating, int]]:
    """What was decided about a member, with its year, the newest first."""
    rows = (
        select(Rating, Campaign.year)
        .join(Campaign, Campaign.id == Rating.campaign_id)
        .where(Rating.member_id == member_id, Rating.stage == Stage.DECIDED)
        .order_by(Rating.at.desc(), Rating.id.desc())
    )
    return [(rating, year) for rating, year in db.execute(rows)]


def tally_of(people: Sequence[Rated], stage: Stage = Stage.DECIDED) -> Tally:
    last = [_last(one, stage) for one in people]
    return tally(Level(one.level) if one and one.level else None for one in last)


def tally_below(db: Session, unit_id: int, year: int, *, above: bool = False) -> Tally:
    """What was decided in every cell of a unit in a year; the base says of how many.

    `above`: as somebody sees it who decides none of it, so without those who do not agree to counts upward.
    """
    cells = subtree_ids(db, unit_id)
    rows = db.execute(
        select(Review.campaign_id, Review.member_id)
        .join(Campaign, Campaign.id == Review.campaign_id)
        .where(
            Campaign.cell_id.in_(cells),
            Campaign.kind == ReviewKind.REVIEW,
            Campaign.year == year,
            Review.stand != Stand.OUT,
        )
    ).all()
    paper = on_paper(db, [row.member_id for row in rows])
    rows = [row for row in rows if row.member_id not in paper]
    if above:
        counts = answers_of(db, [row.member_id for row in rows], Purpose.COUNTS)
        rows = [row for row in rows if counts.get(row.member_id, True)]
    last = _newest(db, {row.campaign_id for row in rows})
    found = (last.get((row.campaign_id, row.member_id, Stage.DECIDED)) for row in rows)
    return tally(Level(one.level) if one and one.level else None for one in found)


def campaigns_below(db: Session, unit_id: int, year: int) -> list[tuple[Campaign, Unit]]:
    """The cells of a unit that have reviews this year, in the order of their names."""
    rows = (
        select(Campaign, Unit)
        .join(Unit, Unit.id == Campaign.cell_id)
        .where(
            Campaign.cell_id.in_(subtree_ids(db, unit_id)),
            Campaign.kind == ReviewKind.REVIEW,
            Campaign.year == year,
            Unit.kind == UnitKind.CELL,
            Unit.closed_at.is_(None),
        )
    )
    return [(campaign, unit) for campaign, unit in db.execute(rows.order_by(Unit.folded, Unit.id))]


def years_below(db: Session, unit_id: int) -> list[int]:
    """Years of which there is something to show, the newest first."""
    cells = subtree_ids(db, unit_id)
    with_campaigns = select(Campaign.year).where(
        Campaign.cell_id.in_(cells), Campaign.kind == ReviewKind.REVIEW
    )
    with_figures = select(Figures.year).where(Figures.unit_id == unit_id)
    return sorted({*db.scalars(with_campaigns), *db.scalars(with_figures)}, reverse=True)


def figures_of(db: Session, unit_id: int, year: int) -> Figures | None:
    rows = select(Figures).where(Figures.unit_id == unit_id, Figures.year == year)
    return db.scalars(rows.order_by(Figures.at.desc(), Figures.id.desc()).limit(1)).first()


def is_rated(campaign: Campaign) -> bool:
    """Whether this campaign's form leads to a level at all."""
    return campaign.kind == ReviewKind.REVIEW and bool(form(campaign.form).rating_levels)


def _newest(db: Session, campaigns: Collection[int]) -> dict[tuple[int, int, Stage], Rating]:
    rows = select(Rating).where(Rating.campaign_id.in_(campaigns)).order_by(Rating.at, Rating.id)
    return {(row.campaign_id, row.member_id, Stage(row.stage)): row for row in db.scalars(rows)}
