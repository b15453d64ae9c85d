"""The call list on paper: whom to call, on which number, who has promised to, and room for the result."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.clock import HOME_ZONE, local_date
from models.ladder.questions import Call
from models.papers.sheets import Column, Sheet, workbook
from models.phones import show_phone
from models.phrases import desk as desk_phrases
from models.phrases import ladder as phrases
from models.phrases import papers as paper_phrases
from models.phrases.text import Lang
from models.places import place
from models.unit import Unit

_BY_HAND = 42  # points: a line is written by hand


def call_workbook(
    db: Session, cell: Unit, calls: list[Call], *, now: datetime, lang: Lang = Lang.VI
) -> bytes:
    """The .xlsx, A4 across, in the order of the screen."""
    above = db.get(Unit, cell.parent_id) if cell.parent_id else None
    return workbook(
        Sheet(
            title=phrases.TITLE,
            tab=phrases.SHEET,
            subtitle=phrases.count(n=len(calls)),
            above=above.name if above else "",
            cell=cell.name,
            made_on=local_date(now, HOME_ZONE),
            signs=(phrases.KEEPER, paper_phrases.SECRETARY),
            columns=_columns(now, lang),
            rows=calls,
            least_height=_BY_HAND,
        ),
        lang,
    )


def _columns(now: datetime, lang: Lang) -> list[Column[Call]]:
    return [
        Column(paper_phrases.NAME, 20, lambda call: call.member.full_name),
        Column(paper_phrases.PLACE, 14, lambda call: _place(call, lang)),
        Column(paper_phrases.PHONE, 16, lambda call: _phone(call)),
        Column(
            phrases.SILENT_SINCE, 12, lambda call: local_date(call.ladder.due_at, call.member.zone), "date"
        ),
        Column(phrases.DAYS, 7, lambda call: str(call.ladder.days_silent(now))),
        Column(paper_phrases.CONTACT, 18, lambda call: ", ".join(call.contacts)),
        Column(phrases.WHO_CALLS, 20, lambda call: _owner(call, lang)),
        Column(phrases.RESULT, 36, lambda call: ""),
    ]


def _place(call: Call, lang: Lang) -> str:
    code = call.member.place_code
    if code is None:
        return ""
    where = place(code)
    return desk_phrases.place(vi=where.vi, en=where.en).to_plain(lang)


def _phone(call: Call) -> str:
    return show_phone(call.member.phone) if call.member.phone else ""


def _owner(call: Call, lang: Lang) -> str:
    if call.owner is None or call.ladder.promised_on is None:
        return ""
    return phrases.owner_on_paper(by=call.owner, on=call.ladder.promised_on).to_plain(lang)
