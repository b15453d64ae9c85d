"""A review's rows as documents: one .docx as its form prints it, the summary and the index of a campaign as .xlsx."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TypeVar

from sqlalchemy.orm import Session

from models.delivery.papers.sheets import Sheet, SheetColumn, workbook
from models.delivery.policy import PapersPolicy
from models.ground.clock import HOME_ZONE, at_wall, local_date
from models.people.member import Member
from models.people.unit import Unit, unit_name_on
from models.people.unit_change import names_then
from models.phrases.delivery import papers as paper_words
from models.phrases.text import Lang, Text
from models.phrases.year import rating as phrases, review as review_words, review_bundle as bundle_words
from models.year.review.below import Part
from models.year.review.forms import HeadingType, ReviewForm, form
from models.year.review.rating import Rated
from models.year.review.rating_rows import Rating
from models.year.review.rows import Body, Campaign, Review
from models.year.review.sheet import Answer, ReviewHeader, organisation, review_docx
from models.year.review.states import Level

R = TypeVar("R")


def document_of(db: Session, review: Review, body: Body, *, policy: PapersPolicy) -> bytes:
    """Return the .docx of a version, or of what is written now, to be printed and signed. Raises TemplateBroken."""
    its_form = form(body.form or review.form)
    return review_docx(its_form, header_of(db, review), answers_of(its_form, body), policy=policy)


def header_of(db: Session, review: Review) -> ReviewHeader:
    handed_in = review.submitted_at or datetime.max.replace(tzinfo=UTC)  # not yet: as it is called now
    above, cell = names_then(db, db.get_one(Unit, review.cell_id), review, handed_in)
    member = db.get_one(Member, review.member_id)
    return ReviewHeader(
        above=above,
        cell=cell,
        year=db.get_one(Campaign, review.campaign_id).year,
        name=member.own_name,
        birth_year=member.birth_year,
    )


def answers_of(its_form: ReviewForm, body: Body) -> dict[str, Answer]:
    """Return the answers by heading: texts, both scores, their sum, and the level."""
    answers: dict[str, Answer] = {one.heading: one.text for one in body.sections if one.text}
    scores = (body.score_general, body.score_results)
    for heading, points in zip(its_form.scores, scores, strict=False):
        answers[heading.id] = points
    given = [points for points in scores if points is not None]
    total = next((one for one in its_form.headings if one.type is HeadingType.COMPUTED), None)
    if total is not None and len(given) == len(its_form.scores):
        answers[total.id] = sum(given)
    if its_form.choice is not None:
        answers[its_form.choice.id] = body.proposed_level
    return answers


# --- tables of a campaign -------------------------------------------------------------------------------------------


def summary_workbook(
    db: Session,
    campaign: Campaign,
    rows: Sequence[Rated],
    *,
    now: datetime,
    lang: Lang = Lang.VI,
    own: bool = True,
) -> bytes:
    """Return the sheet of own points and level, the cell's proposal, the committee's decision and their papers, A4
    across.

    `own` False: for the committee, without what the authors say of themselves.
    """
    theirs: list[SheetColumn[Rated]] = [
        SheetColumn(phrases.STATE, 13, lambda one: review_words.STATES[one.review.state].to_plain(lang)),
        SheetColumn(phrases.SCORE_GENERAL, 8, lambda one: one.own.score_general, "count"),
        SheetColumn(phrases.SCORE_RESULTS, 8, lambda one: one.own.score_results, "count"),
        SheetColumn(phrases.SCORE_TOTAL, 8, lambda one: one.own.total, "count"),
        _levels(phrases.OWN_LEVEL, lambda one: one.own.proposed_level, lang),
    ]
    columns: list[SheetColumn[Rated]] = [
        SheetColumn(paper_words.NAME, 22, lambda one: one.member.full_name),
        *(theirs if own else []),
        _levels(phrases.CELL_LEVEL, lambda one: _of(one.proposed), lang),
        SheetColumn(phrases.CELL_PAPER, 16, lambda one: _paper(one.proposed, lang)),
        _levels(phrases.COMMITTEE_LEVEL, lambda one: _of(one.decided), lang),
        SheetColumn(phrases.COMMITTEE_PAPER, 16, lambda one: _paper(one.decided, lang)),
        SheetColumn(phrases.CHANGE, 22, lambda one: (one.decided and one.decided.reason) or ""),
    ]
    return _workbook(db, campaign, phrases.SUMMARY_TITLE, phrases.SUMMARY_SHEET, columns, rows, now, lang)


def counts_workbook(
    db: Session, unit: Unit, year: int, parts: Sequence[Part], *, now: datetime, lang: Lang = Lang.VI
) -> bytes:
    """Return the sheet of how many stand at which level in each part of a unit, with their sum and without names.

    Units are called as they were at the end of the year.
    """
    at = min(now, at_wall(date(year, 12, 31), time(23, 59), HOME_ZONE))
    columns: list[SheetColumn[Part]] = [
        SheetColumn(phrases.UNITS, 40, lambda one: "\n".join(unit_name_on(db, it, at) for it in one.units)),
        SheetColumn(phrases.ON_LIST, 12, lambda one: one.tally.members, "count", total=True),
        SheetColumn(phrases.RATED, 12, lambda one: one.tally.rated, "count", total=True),
        *(SheetColumn(phrases.LEVELS[level], 14, _count_of(level), "count", total=True) for level in Level),
        SheetColumn(phrases.LEFT, 12, lambda one: one.tally.not_rated, "count", total=True),
    ]
    above, name = names_then(db, unit, unit, at)
    sheet = Sheet(
        title=phrases.COUNTS_TITLE,
        tab=phrases.SUMMARY_SHEET,
        subtitle=phrases.in_year(year=year),
        above=organisation(above) if above else "",
        cell=name,
        made_on=local_date(now, HOME_ZONE),
        signs=(bundle_words.MADE_BY, phrases.FOR_COMMITTEE),
        columns=columns,
        rows=parts,
    )
    return workbook(sheet, lang)


def _count_of(level: Level) -> Callable[[Part], int]:
    return lambda part: part.tally.counts.get(level, 0)


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One line of the index. `names`: what lies in the bundle; `files`: what was sent as a file, and where it is."""

    member: Member
    review: Review
    names: Sequence[str]
    files: Sequence[str]
    on_paper: bool = False  # not done here: nothing of it is shown


def index_workbook(
    db: Session, campaign: Campaign, rows: Sequence[IndexEntry], *, now: datetime, lang: Lang = Lang.VI
) -> bytes:
    """Return the sheet of what lies in the bundle, and of what does not and why."""
    columns: list[SheetColumn[IndexEntry]] = [
        SheetColumn(paper_words.NAME, 22, lambda one: one.member.full_name),
        SheetColumn(bundle_words.FILE, 16, lambda one: "\n".join(one.names)),
        SheetColumn(phrases.STATE, 16, lambda one: _state(one).to_plain(lang)),
        SheetColumn(
            bundle_words.VERSION, 8, lambda one: "" if one.on_paper else str(one.review.version or "")
        ),
        SheetColumn(
            bundle_words.SUBMITTED_ON,
            12,
            lambda one: None if one.on_paper else _day(one.review.submitted_at),
            "date",
        ),
        SheetColumn(
            bundle_words.SIGNED_ON, 12, lambda one: None if one.on_paper else one.review.signed_on, "date"
        ),
        SheetColumn(bundle_words.SCANS, 58, lambda one: "\n".join(one.files)),
    ]
    return _workbook(
        db, campaign, bundle_words.INDEX_TITLE, bundle_words.INDEX_SHEET, columns, rows, now, lang
    )


def _state(one: IndexEntry) -> Text:
    return review_words.ON_PAPER if one.on_paper else review_words.STATES[one.review.state]


def _workbook(
    db: Session,
    campaign: Campaign,
    title: Text,
    tab: Text,
    columns: Sequence[SheetColumn[R]],
    rows: Sequence[R],
    now: datetime,
    lang: Lang,
) -> bytes:
    above, cell = names_then(db, db.get_one(Unit, campaign.cell_id), campaign, campaign.closed_at or now)
    sheet = Sheet(
        title=title,
        tab=tab,
        subtitle=phrases.of_year(year=campaign.year, people_count=len(rows)),
        above=organisation(above) if above else "",
        cell=cell,
        made_on=local_date(now, HOME_ZONE),
        signs=(bundle_words.MADE_BY, paper_words.SECRETARY),
        columns=columns,
        rows=rows,
    )
    return workbook(sheet, lang)


def _levels(heading: Text, of: Callable[[Rated], str | None], lang: Lang) -> SheetColumn[Rated]:
    """A level each, and below how many have which."""

    def sums(rows: Sequence[Rated]) -> str:
        counted = Counter(of(one) for one in rows)
        return "\n".join(
            f"{words.to_plain(lang)}: {counted[level]}"
            for level, words in phrases.LEVELS.items()
            if counted[level]
        )

    return SheetColumn(heading, 22, lambda one: _level(of(one), lang), sums=sums)


def _of(rating: Rating | None) -> str | None:
    return rating.level if rating else None


def _level(level: str | None, lang: Lang) -> str:
    return phrases.LEVELS[level].to_plain(lang) if level in phrases.LEVELS else ""


def _paper(rating: Rating | None, lang: Lang) -> str:
    return phrases.paper(number=rating.number, on=rating.paper_on).to_plain(lang) if rating else ""


def _day(moment: datetime | None) -> date | None:
    return local_date(moment, HOME_ZONE) if moment else None
