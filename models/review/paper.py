"""A review's rows as documents: one .docx as its form prints it, the summary and the index of a campaign as .xlsx."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.clock import HOME_ZONE, local_date
from models.member import Member
from models.papers import PapersPolicy, ReviewHeader, decimal, review_docx
from models.papers.review import Answer, organisation
from models.papers.sheets import Column, Sheet, workbook
from models.phrases import papers as paper_words
from models.phrases import rating as phrases
from models.phrases import review as review_words
from models.phrases import review_bundle as bundle_words
from models.phrases.text import Lang, Text
from models.review.forms import Form, HeadingType, form
from models.review.rating import Rated
from models.review.rating_rows import Rating
from models.review.rows import Body, Campaign, Review, ReviewFile
from models.unit import Unit

R = TypeVar("R")


def document_of(db: Session, review: Review, body: Body, *, policy: PapersPolicy) -> bytes:
    """The .docx of a version, or of what stands there now, to be printed and signed. Raises TemplateBroken."""
    its_form = form(body.form or review.form)
    return review_docx(its_form, header_of(db, review), answers_of(its_form, body), policy=policy)


def header_of(db: Session, review: Review) -> ReviewHeader:
    cell = db.get_one(Unit, review.cell_id)
    above = db.get(Unit, cell.parent_id) if cell.parent_id else None
    return ReviewHeader(
        above=above.name if above else "",
        cell=cell.name,
        year=db.get_one(Campaign, review.campaign_id).year,
        name=db.get_one(Member, review.member_id).own_name,
    )


def answers_of(its_form: Form, body: Body) -> dict[str, Answer]:
    """By heading: texts, both scores, their sum, and the level."""
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
    """Own points and level, the cell's proposal, the committee's decision, with their papers; A4 across.

    `own` False: for the committee, without what the authors say of themselves.
    """
    theirs: list[Column[Rated]] = [
        Column(phrases.STATE, 13, lambda one: review_words.STATES[one.review.state].to_plain(lang)),
        Column(phrases.SCORE_GENERAL, 8, lambda one: _points(one.own.score_general)),
        Column(phrases.SCORE_RESULTS, 8, lambda one: _points(one.own.score_results)),
        Column(phrases.SCORE_TOTAL, 8, lambda one: _points(one.own.total)),
        Column(phrases.OWN_LEVEL, 16, lambda one: _level(one.own.proposed_level, lang)),
    ]
    columns: list[Column[Rated]] = [
        Column(paper_words.NAME, 22, lambda one: one.member.full_name),
        *(theirs if own else []),
        Column(phrases.CELL_LEVEL, 16, lambda one: _level(_of(one.proposed), lang)),
        Column(phrases.CELL_PAPER, 16, lambda one: _paper(one.proposed, lang)),
        Column(phrases.COMMITTEE_LEVEL, 16, lambda one: _level(_of(one.decided), lang)),
        Column(phrases.COMMITTEE_PAPER, 16, lambda one: _paper(one.decided, lang)),
        Column(phrases.CHANGE, 22, lambda one: (one.decided and one.decided.reason) or ""),
    ]
    return _workbook(db, campaign, phrases.SUMMARY_TITLE, phrases.SUMMARY_SHEET, columns, rows, now, lang)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the index. `file`: its name in the bundle, "" where there is none."""

    member: Member
    review: Review
    file: str
    files: Sequence[str]  # names of scans and documents that Telegram keeps
    on_paper: bool = False  # not done here: nothing of it is shown


def index_workbook(
    db: Session, campaign: Campaign, rows: Sequence[Entry], *, now: datetime, lang: Lang = Lang.VI
) -> bytes:
    """What lies in the bundle, and what does not and why."""
    columns: list[Column[Entry]] = [
        Column(paper_words.NAME, 22, lambda one: one.member.full_name),
        Column(bundle_words.FILE, 34, lambda one: one.file),
        Column(phrases.STATE, 16, lambda one: _state(one).to_plain(lang)),
        Column(bundle_words.VERSION, 8, lambda one: "" if one.on_paper else str(one.review.version or "")),
        Column(
            bundle_words.SUBMITTED_ON,
            12,
            lambda one: None if one.on_paper else _day(one.review.submitted_at),
            "date",
        ),
        Column(
            bundle_words.SIGNED_ON, 12, lambda one: None if one.on_paper else one.review.signed_on, "date"
        ),
        Column(bundle_words.SCANS, 40, lambda one: "\n".join(one.files)),
    ]
    return _workbook(
        db, campaign, bundle_words.INDEX_TITLE, bundle_words.INDEX_SHEET, columns, rows, now, lang
    )


def _state(one: Entry) -> Text:
    return review_words.ON_PAPER if one.on_paper else review_words.STATES[one.review.state]


def _workbook(
    db: Session,
    campaign: Campaign,
    title: Text,
    tab: Text,
    columns: Sequence[Column[R]],
    rows: Sequence[R],
    now: datetime,
    lang: Lang,
) -> bytes:
    cell = db.get_one(Unit, campaign.cell_id)
    above = db.get(Unit, cell.parent_id) if cell.parent_id else None
    sheet = Sheet(
        title=title,
        tab=tab,
        subtitle=phrases.of_year(year=campaign.year, people_count=len(rows)),
        above=organisation(above.name) if above else "",
        cell=cell.name,
        made_on=local_date(now, HOME_ZONE),
        signs=(bundle_words.MADE_BY, paper_words.SECRETARY),
        columns=columns,
        rows=rows,
    )
    return workbook(sheet, lang)


def _points(points: int | None) -> str:
    return "" if points is None else decimal(points)


def _of(rating: Rating | None) -> str | None:
    return rating.level if rating else None


def _level(level: str | None, lang: Lang) -> str:
    return phrases.LEVELS[level].to_plain(lang) if level in phrases.LEVELS else ""


def _paper(rating: Rating | None, lang: Lang) -> str:
    return phrases.paper(number=rating.number, on=rating.paper_on).to_plain(lang) if rating else ""


def _day(moment: datetime | None) -> date | None:
    return local_date(moment, HOME_ZONE) if moment else None


def file_names(db: Session, review_ids: Sequence[int]) -> dict[int, list[str]]:
    """By review: the names of what was handed in as a file; a photo has none, and is told by what it is."""
    given = or_(ReviewFile.version > 0, ReviewFile.by_id != Review.member_id)
    rows = (
        select(ReviewFile)
        .join(Review, Review.id == ReviewFile.review_id)
        .where(ReviewFile.review_id.in_(review_ids), given)
        .order_by(ReviewFile.at, ReviewFile.id)
    )
    found: dict[int, list[str]] = {}
    for row in db.scalars(rows):
        names = found.setdefault(row.review_id, [])
        names.append(row.name or bundle_words.photo(number=len(names) + 1).to_plain("vi"))
    return found
