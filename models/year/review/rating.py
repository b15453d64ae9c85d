"""Ratings are recorded, never made: what the cell proposed, what the committee decided, on which paper.

    record_ratings(db, campaign, stage, {member: level}, paper) ──> one row a member, for good; nobody is told
        the first of a stage          a paper, its date, and who decided
        otherwise than it was told,   also the reason
        or than the cell proposed
    tell_ratings(db, campaign, seen) ──> what is decided and was not told yet goes to whom it is about

Until it is told a slip is put right by recording it again: the newest row of a stage holds, all others stay. `seen` is what
somebody looked over (`untold_mark`): what was changed meanwhile is looked over again. The cap on excellent ratings is shown
beside the counts (statistics.py) and stops nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ground.base import lock, locked
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.marking import clean
from models.people.member import Member, Purpose, answers_of, consents
from models.people.rights import RIGHTS, NotEntitled, Right, Role, decides_for, offices_here, require
from models.people.trail import record_act
from models.people.unit import Unit, subtree_ids
from models.phrases.year import rating as phrases
from models.year.policy import Stand
from models.year.review.consenting import on_paper
from models.year.review.forms import form
from models.year.review.questions import handed_in, lines_of
from models.year.review.rating_rows import Figures, Printed, Rating, Stage, YearCount
from models.year.review.rows import Body, Campaign, Review
from models.year.review.states import Level, ReviewKind
from models.year.review.statistics import LevelTally, add, tally
from models.year.review.telling import tell_member


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
    told: Rating | None  # what its author was last told
    own: Body  # what the author has handed in; a draft is theirs alone

    @property
    def level(self) -> Level | None:
        """What the committee decided."""
        return Level(self.decided.level) if self.decided and self.decided.level else None

    @property
    def is_untold(self) -> bool:
        """Something is decided that its author has not been told in these words."""
        return self.decided is not None and (self.told is None or _said(self.told) != _said(self.decided))


def _said(row: Rating) -> tuple[str, str, date, str | None]:
    return row.level, row.number, row.paper_on, row.decided_by


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
    """Record what one paper says of several members. What is recorded already, word for word, is left as it is.

    Refuses: NotEntitled, secrets, a paper without number or from tomorrow, a change without a reason.
    """
    check_may_record(db, campaign, stage, by_id=by_id, now=now)
    clean(paper.number, paper.decided_by, reason)
    _check_paper(paper, now=now)
    lock(db, campaign)
    known = {one.member.id: one for one in rated_of(db, campaign)}
    if set(levels) - set(known):
        raise NotEntitled
    if not reason.strip() and any(changes(known[who], stage, level, paper) for who, level in levels.items()):
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
    """Refuse whoever may not record at this stage: the cell its proposal and paper decisions, the committee its own."""
    if stage is Stage.DECIDED and decides_here(db, campaign.cell_id, by_id, now=now):
        return
    require(db, by_id, Right.RECORD_RATING, campaign.cell_id, now=now)


def decides_here(db: Session, cell_id: int, member_id: int, *, now: datetime) -> bool:
    """Return whether the member is of the committee that decides for this cell; those above it see counts only."""
    unit_id = decides_for(db, cell_id)
    return any(
        held.unit_id == unit_id and Right.DECIDE_RATING in RIGHTS[Role(held.role)]
        for held in offices_here(db, member_id, now=now)
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
    row.reason = reason.strip() if changes(one, stage, level, paper) else None
    db.add(row)
    return row


def changes(one: Rated, stage: Stage, level: Level, paper: RatingPaper) -> bool:
    """Return whether this differs from what holds: from what was told, else from what the cell proposed.

    A proposal is told to nobody: of the same minutes it is a slip put right, of others a change.
    """
    before = one.told or one.proposed
    if stage is Stage.PROPOSED:
        last = one.proposed
        same = last is not None and (last.number, last.paper_on) == (paper.number.strip(), paper.on)
        before = None if same else last
    return before is not None and before.level != level


def tell_ratings(
    db: Session, campaign: Campaign, seen: int, *, by_id: int, now: datetime, above: bool = False
) -> list[Rated] | None:
    """Tell each member what was decided about them and is not told yet; return whom, None when the list has changed.

    `above`: of those whom the committee may see by name.
    """
    check_may_record(db, campaign, Stage.DECIDED, by_id=by_id, now=now)
    lock(db, campaign)
    waiting = untold(rated_of(db, campaign, above=above))
    if untold_mark(waiting) != seen:
        return None
    for one in waiting:
        row = one.decided
        if row is None:
            continue
        words = phrases.told_member(
            year=campaign.year,
            level=row.level,
            number=row.number,
            on=row.paper_on,
            by=row.decided_by or "",
            changed=one.told is not None,
        )
        one.review.rating_told = row.id
        tell_member(db, one.review, words, key=f"rated:{row.id}", by_id=by_id, now=now)
        record_act(db, "rating.tell", by_id=by_id, now=now, member_id=one.member.id, unit_id=campaign.cell_id)
    return waiting


def untold(people: Sequence[Rated]) -> list[Rated]:
    return [one for one in people if one.is_untold]


def untold_mark(waiting: Sequence[Rated]) -> int:
    """Return a number for a button that marks what was looked over."""
    # short enough for a button; a sum of random ids hardly comes out alike for another list
    return sum(one.decided.id for one in waiting if one.decided) % 1_000_000_007


def _last(one: Rated, stage: Stage) -> Rating | None:
    return one.proposed if stage is Stage.PROPOSED else one.decided


def record_figures(
    db: Session, unit: Unit, year: int, printed: Printed, *, source: str, by_id: int, now: datetime
) -> Figures:
    """Record figures as they were printed elsewhere, mistakes included.

    Refuses: NotEntitled, secrets, counts beyond all.
    """
    require(db, by_id, Right.DECIDE_RATING, unit.id, now=now)
    clean(source)
    check_figures(printed)
    row = Figures(unit_id=unit.id, year=year, printed=printed, at=now, by_id=by_id)
    row.source = source.strip() or None
    db.add(row)
    db.flush()
    record_act(db, "rating.figures", by_id=by_id, now=now, unit_id=unit.id, detail=str(year))
    return row


def check_figures(printed: Printed) -> None:
    if printed.members is not None and sum(printed.counts.values()) > printed.members:
        raise Refused(phrases.more_rated_than_members())


# --- questions ------------------------------------------------------------------------------------------------------


_NAMED_ABOVE_SINCE = 2  # the wording that first said that the committee sees levels by name


def rated_of(db: Session, campaign: Campaign, *, above: bool = False) -> list[Rated]:
    """Return everybody who is reviewed in a campaign here, by given name.

    A member who is left out of it is left out here; one who hands in paper is rated on paper. `above`: as the
    committee may see them by name, without those who agreed when it was said that only the cell reads.
    """
    lines = [one for one in lines_of(db, campaign.id) if one.review.stand != Stand.OUT and not one.on_paper]
    if above:
        lines = [one for one in lines if _may_be_named(db, one.member.id)]
    last = _newest(db, [campaign.id])
    told = _told(db, [line.review for line in lines])
    given = handed_in(db, [line.review for line in lines])
    return [
        Rated(
            line.review,
            line.member,
            last.get((campaign.id, line.member.id, Stage.PROPOSED)),
            last.get((campaign.id, line.member.id, Stage.DECIDED)),
            told.get(line.review.rating_told or 0),
            given.get(line.review.id, Body(form=line.review.form)),
        )
        for line in lines
    ]


def _may_be_named(db: Session, member_id: int) -> bool:
    answer = consents(db, member_id).get(Purpose.REVIEW)
    return answer is None or answer.version >= _NAMED_ABOVE_SINCE  # who said no is not in the list anyway


def _told(db: Session, reviews: Sequence[Review]) -> dict[int, Rating]:
    ids = [one.rating_told for one in reviews if one.rating_told]
    return {row.id: row for row in db.scalars(select(Rating).where(Rating.id.in_(ids)))} if ids else {}


def told_rating(db: Session, review: Review) -> Rating | None:
    """Return what the author of a review was told last."""
    return db.get(Rating, review.rating_told) if review.rating_told else None


def history_of(db: Session, campaign_id: int, member_id: int) -> list[Rating]:
    """Return all that was ever recorded of one member, oldest first."""
    rows = select(Rating).where(Rating.campaign_id == campaign_id, Rating.member_id == member_id)
    return list(db.scalars(rows.order_by(Rating.at, Rating.id)))


def tally_of(people: Sequence[Rated], stage: Stage = Stage.DECIDED) -> LevelTally:
    last = [_last(one, stage) for one in people]
    return tally(Level(one.level) if one and one.level else None for one in last)


@dataclass(frozen=True, slots=True)
class CellTally:
    """One cell in a year; `campaign` None: its texts are gone, and only the counts are left."""

    cell: Unit
    tally: LevelTally
    campaign: Campaign | None


def tallies_below(db: Session, unit_id: int, year: int, *, above: bool = False) -> list[CellTally]:
    """Return what was decided in each cell of a unit in a year, by the cells' names, with kept counts of the past.

    `above`: as somebody sees it who decides none of it, so without those who do not agree to counts upward.
    """
    campaigns = _campaigns_below(db, unit_id, year)
    levels = _levels_now(db, campaigns, above=above)
    kept = _levels_kept(db, unit_id, year, above=above)
    by_cell = {one.cell_id: one for one in campaigns}
    cells = db.scalars(select(Unit).where(Unit.id.in_({*by_cell, *kept})).order_by(Unit.folded, Unit.id))
    return [
        CellTally(cell, add(levels.get(cell.id), kept.get(cell.id)), by_cell.get(cell.id)) for cell in cells
    ]


def tally_below(db: Session, unit_id: int, year: int, *, above: bool = False) -> LevelTally:
    """Return the same of all cells together. The base says of how many."""
    return add(*(one.tally for one in tallies_below(db, unit_id, year, above=above)))


def _campaigns_below(db: Session, unit_id: int, year: int) -> list[Campaign]:
    """Of the cells that are open, those whose form leads to a level."""
    rows = (
        select(Campaign)
        .join(Unit, Unit.id == Campaign.cell_id)
        .where(
            Campaign.cell_id.in_(subtree_ids(db, unit_id)),
            Campaign.kind == ReviewKind.REVIEW,
            Campaign.year == year,
            Unit.closed_at.is_(None),
        )
    )
    return [one for one in db.scalars(rows) if is_rated(one)]


def _levels_now(db: Session, campaigns: Sequence[Campaign], *, above: bool) -> dict[int, LevelTally]:
    """By cell, of those whose rows are here."""
    rows = db.execute(
        select(Review.cell_id, Review.campaign_id, Review.member_id).where(
            Review.campaign_id.in_([one.id for one in campaigns]), Review.stand != Stand.OUT
        )
    ).all()
    paper = on_paper(db, [row.member_id for row in rows])
    rows = [row for row in rows if row.member_id not in paper]
    if above:
        counts = answers_of(db, [row.member_id for row in rows], Purpose.COUNTS)
        rows = [row for row in rows if counts.get(row.member_id, True)]
    last = _newest(db, {row.campaign_id for row in rows}, Stage.DECIDED)
    found: dict[int, list[Level | None]] = {}
    for row in rows:
        one = last.get((row.campaign_id, row.member_id, Stage.DECIDED))
        found.setdefault(row.cell_id, []).append(Level(one.level) if one and one.level else None)
    return {cell_id: tally(levels) for cell_id, levels in found.items()}


def years_below(db: Session, unit_id: int) -> list[int]:
    """Return the years of which there is something to show, the newest first."""
    cells = subtree_ids(db, unit_id)
    with_campaigns = select(Campaign.year).where(
        Campaign.cell_id.in_(cells), Campaign.kind == ReviewKind.REVIEW
    )
    with_figures = select(Figures.year).where(Figures.unit_id == unit_id)
    kept = select(YearCount.year).where(YearCount.cell_id.in_(cells))
    return sorted({*db.scalars(with_campaigns), *db.scalars(with_figures), *db.scalars(kept)}, reverse=True)


# --- counts that outlive what was counted ---------------------------------------------------------------------------


def keep_counts(db: Session, *, campaign_id: int | None = None, member_id: int | None = None) -> None:
    """Keep the levels as counts before a campaign's rows, or a member's in all campaigns, are deleted."""
    rows = (
        select(Review, Campaign)
        .join(Campaign, Campaign.id == Review.campaign_id)
        .where(Campaign.kind == ReviewKind.REVIEW, Review.stand != Stand.OUT)
    )
    rows = rows.where(Review.campaign_id == campaign_id) if campaign_id else rows
    rows = rows.where(Review.member_id == member_id) if member_id else rows
    found = [(review, one) for review, one in db.execute(rows) if is_rated(one)]
    people = [review.member_id for review, _ in found]
    paper, counted = on_paper(db, people), answers_of(db, people, Purpose.COUNTS)
    last = _newest(db, {one.id for _, one in found}, Stage.DECIDED)
    for review, one in found:
        if review.member_id in paper:
            continue
        rating = last.get((one.id, review.member_id, Stage.DECIDED))
        level = rating.level if rating else ""
        _count_one(db, one, level or "", agreed=counted.get(review.member_id, True))
    db.flush()


def _count_one(db: Session, campaign: Campaign, level: str, *, agreed: bool) -> None:
    rows = select(YearCount).where(
        YearCount.cell_id == campaign.cell_id, YearCount.year == campaign.year, YearCount.level == level
    )
    row = next(iter(locked(db, rows, wait=True)), None)
    if row is None:
        row = YearCount(cell_id=campaign.cell_id, year=campaign.year, level=level, people=0, agreed=0)
        db.add(row)
    row.people += 1
    row.agreed += agreed
    db.flush()


def _levels_kept(db: Session, unit_id: int, year: int, *, above: bool) -> dict[int, LevelTally]:
    rows = select(YearCount).where(YearCount.cell_id.in_(subtree_ids(db, unit_id)), YearCount.year == year)
    found: dict[int, LevelTally] = {}
    for row in db.scalars(rows):
        people = row.agreed if above else row.people
        counts = {Level(row.level): people} if row.level in set(Level) else {}
        found[row.cell_id] = add(found.get(row.cell_id), LevelTally(counts, people))
    return found


def figures_of(db: Session, unit_id: int, year: int) -> Figures | None:
    rows = select(Figures).where(Figures.unit_id == unit_id, Figures.year == year)
    return db.scalars(rows.order_by(Figures.at.desc(), Figures.id.desc()).limit(1)).first()


def is_rated(campaign: Campaign) -> bool:
    """Return whether this campaign's form leads to a level at all."""
    return campaign.kind == ReviewKind.REVIEW and bool(form(campaign.form).rating_levels)


def _newest(db: Session, campaigns: Collection[int], *stages: Stage) -> dict[tuple[int, int, Stage], Rating]:
    rows = select(Rating).where(Rating.campaign_id.in_(campaigns)).order_by(Rating.at, Rating.id)
    if stages:
        rows = rows.where(Rating.stage.in_(stages))
    return {(row.campaign_id, row.member_id, Stage(row.stage)): row for row in db.scalars(rows)}
