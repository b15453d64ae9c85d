"""Which act of the form asks what, who may do it, and what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from handlers.desk.absence import acts
from handlers.desk.absence.door import (
    KEEP,
    away_for,
    filing_above,
    filing_for,
    item_for,
    keeps,
    letter_for,
    member_for,
)
from handlers.desk.absence.draft import Draft, Here
from handlers.desk.desk.door import cell_of
from handlers.ground.context import Context
from models.away.away import (
    Away,
    Filing,
    ReturnItem,
    away_of,
    may_correct,
)
from models.away.letter import Letter
from models.people.member import Member
from models.people.rights import NotEntitled, Right
from models.phrases.text import Text

# --- the subjects ---------------------------------------------------------------------------------------------------


def _filing(ctx: Context, draft: Draft) -> Filing:
    return filing_for(ctx, draft.subject_id)


def _filing_above(ctx: Context, draft: Draft) -> Filing:
    return filing_above(ctx, draft.subject_id)


def _filing_of_either(ctx: Context, draft: Draft) -> Filing:
    """The cell's, or the committee's while it lies there."""
    filing = ctx.db.get(Filing, draft.subject_id)
    kept = filing is not None and keeps(ctx, filing.cell_id)
    return _filing(ctx, draft) if kept else _filing_above(ctx, draft)


def decided(ctx: Context, draft: Draft) -> Filing:
    """Return a decision that this person may correct."""
    filing = _filing_of_either(ctx, draft)
    if not may_correct(ctx.db, filing, ctx.me.id, ctx.policies.away, now=ctx.now):
        raise NotEntitled
    return filing


def _away(ctx: Context, draft: Draft) -> Away:
    return away_for(ctx, draft.subject_id)


def _item(ctx: Context, draft: Draft) -> ReturnItem:
    return item_for(ctx, draft.subject_id)


def _letter(ctx: Context, draft: Draft) -> Letter:
    return letter_for(ctx, draft.subject_id)


def _member(ctx: Context, draft: Draft) -> Member | None:
    """Of the form that files: chosen in its first question, of the cell that was named."""
    if draft.subject_id:
        return member_for(ctx, draft.subject_id)
    cell_of(ctx, draft.cell_id, KEEP)
    return None


def _assigned(ctx: Context, draft: Draft) -> Member:
    return member_for(ctx, draft.subject_id, Right.ASSIGN_CONTACT)


def owner_of(ctx: Context, subject: Any) -> int | None:
    """Return the id of the member whom it is about."""
    match subject:
        case Member():
            return subject.id
        case Away():
            return subject.member_id
        case Filing():
            return away_of(ctx.db, subject).member_id
        case ReturnItem() | Letter():
            return ctx.db.get_one(Away, subject.away_id).member_id
        case _:
            return None


# --- the table ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """`asks` and `later`: names of questions; `load` gives the subject, or refuses; `show` draws where one comes back to."""

    asks: str
    load: Callable[[Context, Draft], Any]
    do: Callable[[Here], None]
    show: Callable[[Context, Draft, Text], None]
    later: str = ""  # not asked; the overview offers them
    on_paper: bool = False


_STAY, _PEOPLE = "place zone city work", "phone trusted knows their_phone"
_FILE = f"member {_STAY} manner employer {_PEOPLE} from until reason"
_CHANGE = f"{_STAY} employer {_PEOPLE} from"
_DECIDE = "verdict number day why"

PLANS: dict[str, Plan] = {
    "put": Plan("", _filing, acts.put, acts.to_filing, "route planned scan"),
    "return": Plan("why", _filing_of_either, acts.give_back, acts.to_filing, "scan"),
    "result": Plan("day verdict number why", _filing, acts.result, acts.to_filing, "votes route scan"),
    "decide": Plan(_DECIDE, _filing_above, acts.decide, acts.to_filing, "scan"),
    "paper": Plan(_DECIDE, _filing, acts.decide, acts.to_filing, "scan", on_paper=True),
    "fixdecision": Plan("number day", decided, acts.fix_decision, acts.to_filing),
    "file": Plan(_FILE, _member, acts.file, acts.to_member, "scan", on_paper=True),
    "refile": Plan("from until manner note", _filing, acts.file_again, acts.to_filing, "scan", on_paper=True),
    "withdraw": Plan("home", _filing, acts.withdraw, acts.to_filing, "note scan", on_paper=True),
    "extend": Plan("until", _away, acts.extend, acts.to_away, "reason scan", on_paper=True),
    "change": Plan(_CHANGE, _away, acts.change, acts.to_away, on_paper=True),
    "back": Plan("day", _away, acts.come_back, acts.to_away, on_paper=True),
    "ticks": Plan("steps", _away, acts.tick_several, acts.to_away),
    "tick": Plan("", _item, acts.tick, acts.to_item, "day note scan"),
    "waive": Plan("why", _item, acts.tick, acts.to_item),
    "resume": Plan("", _away, acts.resume, acts.to_away, on_paper=True),
    "update": Plan("note scan", _away, acts.update, acts.to_away, "scan", on_paper=True),
    "close": Plan("why home", _away, acts.close, acts.to_away),
    "assign": Plan("contact from until", _assigned, acts.assign, acts.to_contacts),
    "sent": Plan("kind to number day", _away, acts.sent, acts.to_letters),
    "reminded": Plan("day", _letter, acts.reminded, acts.to_letter),
    "answered": Plan("day note scan", _letter, acts.answered, acts.to_letter),
    "signed": Plan("", _letter, acts.answered, acts.to_letter, "day note scan"),
    "fixletter": Plan("to number day", _letter, acts.fix_letter, acts.to_letter),
    "fixanswer": Plan("day note scan", _letter, acts.fix_answer, acts.to_letter),
    "unsend": Plan("why", _letter, acts.unsend, acts.to_letter),
    "absent": Plan("month", _member, acts.count, acts.to_counts),
    "present": Plan("month", _member, acts.count, acts.to_counts),
    "dues": Plan("month", _member, acts.count, acts.to_counts),
}
