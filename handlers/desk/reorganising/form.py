"""One form for all changes: what the kind needs, the decision, what goes along, one confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

from handlers.desk.reorganising.screen import show_done
from handlers.ground.arguments import number, number_or_0, one_of
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import choice
from handlers.ground.days import dated_number, read_day
from handlers.ground.form import (
    AGAIN,
    At,
    Confirm,
    Day,
    Field,
    FieldKind,
    Form,
    Line,
    Offer,
    OneOf,
    Prose,
    Row,
)
from handlers.ground.paging import page_of
from models.desk.reorganising import (
    OfficesGo,
    check_above,
    close_unit,
    deputies_of,
    heirs,
    leading,
    merge_units,
    move_unit,
    named_in,
    new_parents,
    parties,
    rename,
    split_cell,
    what_moves,
)
from models.ground.errors import Refused
from models.ground.names import fold, tidy_unit_name
from models.meeting.meeting import standing_of
from models.people.rights import NotEntitled
from models.people.unit import Unit, UnitKind, check_name_free
from models.people.unit_change import ChangeKind, Decision, UnitChange
from models.phrases import common
from models.phrases.away import away as away_words
from models.phrases.desk import office as office_words, reorganising as phrases
from models.phrases.people import unit as unit_phrases
from models.phrases.text import Text, fitted, raw

K = ChangeKind
_LONGEST_NAME, _LONGEST_NUMBER, _LONGEST_LIST, _LONGEST_SEARCH = 100, 60, 4000, 60
_BUTTONS = 6  # beside the ways back and out
_YEAR = timedelta(days=365)


class ChangeDraft(BaseModel):
    kind: ChangeKind = K.RENAME
    unit_id: int = 0
    other_id: int = 0
    name: str = ""
    people: list[int] = []
    offices: OfficesGo = OfficesGo.END
    deputies: OfficesGo = OfficesGo.END
    number: str = ""
    day: date | None = None
    misspelt: bool = False
    words: str = ""  # what was typed to find the other unit
    page: int = 0


Here = At[ChangeDraft, Unit]


def begin(ctx: Context, arguments: list[str]) -> None:
    kind = one_of(ChangeKind, arguments)
    draft = ChangeDraft(kind=kind, unit_id=number(arguments, 1))
    unit = _unit(ctx, draft)
    if kind in (K.MERGE, K.MOVE) and not _others(At(ctx, draft, unit)):
        raise Refused(phrases.no_other())
    CHANGE.begin(ctx, draft)


def _unit(ctx: Context, draft: ChangeDraft) -> Unit:
    """Return the unit, as long as the speaker stands above all that would change, and it has not changed yet."""
    unit = ctx.db.get(Unit, draft.unit_id)
    other = ctx.db.get(Unit, draft.other_id) if draft.other_id else None
    if unit is None:
        raise NotEntitled
    check_above(ctx.db, ctx.me.id, parties(draft.kind, unit, other), now=ctx.now)
    if unit.closed_at is not None or (other is not None and other.closed_at is not None):
        raise Refused(phrases.closed_already())
    return unit


# --- the other unit -------------------------------------------------------------------------------------------------


def _others(at: Here) -> list[Unit]:
    found = new_parents if at.draft.kind is K.MOVE else heirs
    return found(at.ctx.db, at.subject, at.ctx.me.id, now=at.ctx.now)


class OneUnit(FieldKind[ChangeDraft, Unit]):
    """One of the units that are possible: on buttons, page by page, or looked for by a part of its name."""

    def rows(self, at: Here) -> Sequence[Row]:
        found, draft = self._found(at, at.draft.words), at.draft
        size = _BUTTONS - bool(draft.words)
        size = size if len(found) <= size else size - 1  # the ways to turn stand in one row
        draft.page, pages = page_of(draft.page, len(found), size)
        shown = found[draft.page * size : (draft.page + 1) * size]
        turn = [choice(common.PREVIOUS, f"page:{draft.page - 1}")] if draft.page else []
        turn += [choice(common.NEXT, f"page:{draft.page + 1}")] if draft.page < pages - 1 else []
        everything = [[choice(phrases.SHOW_ALL, "all")]] if draft.words else []
        return [*([choice(fitted(raw(one.name)), f"u:{one.id}")] for one in shown), turn, *everything]

    def sent(self, at: Here, answer: Answer) -> Any:
        words = answer.words(limit=_LONGEST_SEARCH)
        found = self._found(at, words)
        if not found:
            raise Refused(office_words.nobody_found(words=words))
        if len(found) == 1:
            return found[0].id
        at.draft.words, at.draft.page = words, 0
        return AGAIN

    def tapped(self, at: Here, key: str) -> Any:
        verb, _, value = key.partition(":")
        if verb == "page":
            at.draft.page = number_or_0([value])
        elif verb == "all":
            at.draft.words, at.draft.page = "", 0
        else:
            found = next((one for one in _others(at) if verb == "u" and value == str(one.id)), None)
            if found is None:
                raise Refused(common.choose_a_button())
            return found.id
        return AGAIN

    def _found(self, at: Here, words: str) -> list[Unit]:
        wanted = fold(words).split()
        return [one for one in _others(at) if all(word in one.folded for word in wanted)]


# --- what is typed --------------------------------------------------------------------------------------------------


def _free_name(at: Here, said: str) -> str:
    name, unit = tidy_unit_name(said), at.subject
    if at.draft.kind is K.RENAME and name == unit.name:
        raise Refused(unit_phrases.called_so_already(name=name))
    check_name_free(at.ctx.db, name, unit.parent_id, but=unit if at.draft.kind is K.RENAME else None)
    return name


class NamedPeople(Prose[ChangeDraft, Unit]):
    """Names as the decision lists them, one a line: whoever types them has that list, and not the roster."""

    def sent(self, at: Here, answer: Answer) -> Any:
        lines = [line.strip(" .;-•") for line in answer.words(limit=_LONGEST_LIST).splitlines()]
        found, unclear = named_in(at.ctx.db, at.subject, [line for line in lines if line])
        if unclear:
            raise Refused(phrases.unclear_people(said=unclear, name=at.subject.name))
        return [one.id for one in found]


def _put_number(at: Here, said: str | None) -> None:
    """The number of the decision, and its day where that was typed with it."""
    at.draft.misspelt = said is None
    number_, day = dated_number(said or "")
    number_ = number_.removeprefix("Số ").removeprefix("số ").strip(" :")
    if said is not None and not any(letter.isdigit() for letter in number_):
        raise Refused(phrases.number_unread())
    at.draft.number = number_
    at.draft.day = _signed(at, read_day(day, near=at.today - _YEAR)) if day else None


def _signed(at: Here, on: date) -> date:
    if on > at.today:
        raise Refused(away_words.lies_ahead())
    return on


# --- the look-over --------------------------------------------------------------------------------------------------


def _other_name(at: Here) -> str:
    other = at.ctx.db.get(Unit, at.draft.other_id) if at.draft.other_id else None
    return at.draft.name or (other.name if other else "")


def _look_over(at: Here) -> Text:
    draft = at.draft
    return phrases.look_over(
        kind=draft.kind,
        name=at.subject.name,
        other=_other_name(at),
        number=draft.number,
        on=draft.day,
        moves=_moves(at),
        means=_means(at),
    )


def _moves(at: Here) -> Text | None:
    """What goes along, in figures; of few people none that would tell of one of them."""
    draft, unit, db = at.draft, at.subject, at.ctx.db
    heir = _other_name(at)
    if draft.kind is K.CLOSE and unit.kind != UnitKind.CELL and unit.parent_id:
        heir = db.get_one(Unit, unit.parent_id).name
    elif draft.kind not in (K.MERGE, K.SPLIT):
        return None
    counts = what_moves(db, unit, draft.people if draft.kind is K.SPLIT else None, now=at.ctx.now)
    if 0 < counts["member"] < at.ctx.policies.counts.smallest_group:
        return phrases.moves_unsaid(people=counts["member"], other=heir)
    return phrases.moves(counts=counts, other=heir)


def _means(at: Here) -> list[Text]:
    draft, unit = at.draft, at.subject
    ends = phrases.means_offices(
        offices=draft.offices, deputies=draft.deputies, name=unit.name, into=_other_name(at)
    )
    told = [] if draft.misspelt else [phrases.MEANS_TOLD]
    of_kind: dict[ChangeKind, list[Text]] = {
        K.RENAME: [phrases.MEANS_NAME],
        K.MOVE: [phrases.MEANS_MOVED],
        K.MERGE: [ends, *_means_dates(at), phrases.MEANS_LINKS, phrases.MEANS_NAMES_KEPT],
        K.SPLIT: [phrases.MEANS_NEW_EMPTY, phrases.MEANS_STAYS, phrases.MEANS_LINKS],
        K.CLOSE: [ends],
    }
    return [*of_kind[draft.kind], *told, phrases.means_undo(hours=at.ctx.policies.units.undo_hours)]


def _means_dates(at: Here) -> list[Text]:
    """Which day of the month holds where both cells have one."""
    units = [at.subject.id, at.draft.other_id]
    dates = [standing_of(at.ctx.db, one) for one in units]
    both = all(one is not None and one.next_at is not None for one in dates)
    return [phrases.means_date(name=at.subject.name, into=_other_name(at))] if both else []


# --- the form -------------------------------------------------------------------------------------------------------


def _save(at: Here) -> None:
    show_done(at.ctx, _change(at))


def _change(at: Here) -> UnitChange:
    ctx, draft, unit = at.ctx, at.draft, at.subject
    db, paper, by_id, now = ctx.db, Decision(draft.number, draft.day), ctx.me.id, ctx.now
    if draft.kind is K.RENAME:
        return rename(db, unit, draft.name, paper, by_id=by_id, now=now)
    if draft.kind is K.SPLIT:
        return split_cell(db, unit, draft.name, draft.people, paper, by_id=by_id, now=now)
    if draft.kind is K.CLOSE:
        return close_unit(db, unit, paper, by_id=by_id, now=now)
    other = db.get_one(Unit, draft.other_id)
    if draft.kind is K.MOVE:
        return move_unit(db, unit, other, paper, by_id=by_id, now=now)
    return merge_units(db, unit, other, paper, draft.offices, deputies=draft.deputies, by_id=by_id, now=now)


def _ask_name(at: Here) -> Text:
    if at.draft.kind is K.SPLIT:
        return phrases.ask_new_cell(name=at.subject.name)
    return unit_phrases.ask_new_name(name=at.subject.name)


def _asks_offices(at: Here) -> bool:
    is_cell = at.draft.kind is K.MERGE and at.subject.kind == UnitKind.CELL
    return is_cell and leading(at.ctx.db, at.subject, now=at.ctx.now) is not None


def _asks_deputies(at: Here) -> bool:
    is_cell = at.draft.kind is K.MERGE and at.subject.kind == UnitKind.CELL
    return is_cell and bool(deputies_of(at.ctx.db, at.subject, now=at.ctx.now))


_NAME: Field[ChangeDraft, Unit] = Field(
    "name", _ask_name, Line(_LONGEST_NAME, _free_name), needed=lambda at: at.draft.kind in (K.RENAME, K.SPLIT)
)
CHANGE: Form[ChangeDraft, Unit] = Form(
    "unit_change",
    phrases.CHANGING,
    ChangeDraft,
    right=_unit,
    fields=(
        Field(
            "other",
            lambda at: phrases.ask_other(kind=at.draft.kind, name=at.subject.name),
            OneUnit(),
            needed=lambda at: at.draft.kind in (K.MOVE, K.MERGE),
            into="other_id",
        ),
        _NAME,
        Field(
            "people",
            lambda at: phrases.ask_people(name=at.subject.name, new=at.draft.name),
            NamedPeople(_LONGEST_LIST),
            needed=lambda at: at.draft.kind is K.SPLIT,
            after=("name",),
        ),
        Field(
            "offices",
            lambda at: phrases.ask_offices(name=at.subject.name, into=_other_name(at)),
            OneOf(lambda at: [(phrases.OFFICES[one], one) for one in OfficesGo]),
            needed=_asks_offices,
            after=("other",),
        ),
        Field(
            "deputies",
            lambda at: phrases.ask_deputies(name=at.subject.name, into=_other_name(at)),
            OneOf(lambda at: [(phrases.OFFICES[one], one) for one in (OfficesGo.END, OfficesGo.DEPUTY)]),
            needed=_asks_deputies,
            after=("other",),
        ),
        Field(
            "number",
            lambda at: phrases.ask_number(kind=at.draft.kind),
            Line(_LONGEST_NUMBER),
            offers=lambda at: (
                [Offer(phrases.MISSPELT, "misspelt", None)] if at.draft.kind is K.RENAME else []
            ),
            put=_put_number,
        ),
        Field(
            "day",
            lambda at: phrases.ask_day(number=at.draft.number),
            Day(lambda at: at.today - _YEAR, _signed, offers=lambda at: [(phrases.TODAY, at.today)]),
            needed=lambda at: at.draft.day is None and not at.draft.misspelt,
            after=("number",),
        ),
        Field(
            "confirm",
            _look_over,
            Confirm(
                lambda at: phrases.CONFIRM[at.draft.kind],
                typed=_NAME,
            ),
            proof=True,
        ),
    ),
    save=_save,
)
