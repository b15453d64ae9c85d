"""The call list on paper: whom to call, on which number, who has promised to, and room for the result."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.contact.ladder.questions import Call
from models.delivery.papers.sheets import Sheet, SheetColumn, workbook
from models.ground.clock import HOME_ZONE, local_date
from models.ground.phones import show_phone
from models.ground.places import place
from models.people.unit import Unit
from models.phrases.contact import ladder as phrases, sign_of_life as sign_words
from models.phrases.delivery import papers as paper_phrases
from models.phrases.desk import desk as desk_phrases
from models.phrases.text import Lang

_BY_HAND = 42  # points: a line is written by hand


def call_workbook(
    db: Session, cell: Unit, calls: list[Call], *, now: datetime, lang: Lang = Lang.VI
) -> bytes:
    """Return the .xlsx, A4 across, in the order of the screen."""
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


def _columns(now: datetime, lang: Lang) -> list[SheetColumn[Call]]:
    return [
        SheetColumn(paper_phrases.NAME, 20, lambda call: call.member.full_name),
        SheetColumn(paper_phrases.PLACE, 14, lambda call: _place(call, lang)),
        SheetColumn(paper_phrases.PHONE, 16, lambda call: _phone(call)),
        SheetColumn(phrases.LAST_WORD, 16, lambda call: _last_word(call, lang)),
        SheetColumn(phrases.DAYS, 8, lambda call: _days(call, now)),
        SheetColumn(
            phrases.SILENT_SINCE, 12, lambda call: local_date(call.ladder.due_at, call.member.zone), "date"
        ),
        SheetColumn(paper_phrases.CONTACT, 18, lambda call: ", ".join(call.contacts)),
        SheetColumn(phrases.WHO_CALLS, 20, lambda call: _owner(call, lang)),
        SheetColumn(phrases.RESULT, 30, lambda call: ""),
    ]


def _last_word(call: Call, lang: Lang) -> str:
    on = call.member.heard_on
    return sign_words.dated(on=on, how=call.member.heard_how).to_plain(lang) if on else ""


def _days(call: Call, now: datetime) -> str:
    days = call.days(now)
    return "" if days is None else str(days)


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
