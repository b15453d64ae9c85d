"""Where somebody is and what their clock shows: questions that several rooms ask.

    place (buttons, or typed and looked up) ──> one clock: does it show this? ──> no: which one?
                                            └─> several: which one?

A room's draft extends `Whereabouts`; its steps call these halves and say where to go next, or it takes all three as they
stand (`PlaceSteps`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import Question, Screen, choice
from models.away.away import WorkKind
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE
from models.ground.errors import Refused
from models.ground.names import fold
from models.ground.places import (
    COMMON_ABROAD,
    COMMON_AT_HOME,
    COMMON_DESTINATIONS,
    find_places,
    former_name,
    place,
    zones_for_choice,
)
from models.phrases.away import away as away_words, away_member as own_words
from models.phrases.common import paragraph
from models.phrases.entry import register as phrases
from models.phrases.text import Text, capital, fitted, named, weekday

HOME = "home"
AGAIN = "again"
MORE = "more"
_LISTED = 5  # on a screen of eight buttons
_CLOCKS = 6
_LONGEST = 100  # characters of a typed place
# Đường Lâm is a place, and "5 tháng 12" a day: neither is a street
# (a number before words is a house's)
_STREET = re.compile(
    r"\b(?:số nhà|ngõ|ngách|hẻm|đường(?! lâm\b)|street|road|avenue)\b|^\d+[\w/]*[\s,]+(?!tháng)\D",
    re.IGNORECASE,
)
_FIRST = (*COMMON_AT_HOME[:2], *COMMON_ABROAD[:3])


def names_street(text: str) -> bool:
    """Return whether a typed town says more than the town. We keep none of that (product.md, principle 1)."""
    return _STREET.search(text) is not None


def require_name(text: str) -> str:
    """Return the name of a town, an employer, a person. Raise Refused for something else: a day, a phone number."""
    if _DAY_OR_PHONE.fullmatch(text.strip()):
        raise Refused(phrases.name_expected(typed=text.strip()))
    return text


_DAY_OR_PHONE = re.compile(
    r"(?:ngày\s*)?[\d\s./()+\-]*\d[\d\s./()+\-]*|\d{1,2} tháng \d{1,2}.*", re.IGNORECASE
)


class Whereabouts(BaseModel):
    place_code: str | None = None  # None: at home
    zone: str | None = None
    found: list[str] = []  # places that what was typed may mean


def place_name(code: str | None) -> Text:
    if code is None:
        return phrases.HOME_PLACE
    where = place(code)
    return named(where.vi, where.en)


def clock_of(moment: datetime, zone: str) -> Text:
    """Return 14:05 thứ Bảy 21/11."""
    local = moment.astimezone(ZoneInfo(zone))
    return phrases.clock(time=f"{local:%H:%M}", weekday=weekday(local.date()))


# --- which place ----------------------------------------------------------------------------------------------------


def ask_place(ctx: Context, draft: Whereabouts, *, or_home: bool = True) -> Screen:
    """Ask for the place: a few that many go to, or that what was typed may mean. All others are typed.

    Home is offered too, unless that makes no sense.
    """
    buttons = [choice(fitted(place_name(code)), code) for code in draft.found[:_LISTED] or _FIRST]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    words = phrases.which_of_these() if draft.found else phrases.which_place()
    return Screen(words, [*rows, *([[choice(phrases.AT_HOME, HOME)]] if or_home else [])])


def take_place(draft: Whereabouts, answer: Answer) -> bool:
    """Take a place into the draft. Return False to ask again, with what the typed words may mean."""
    if answer.incoming.kind is Kind.BUTTON:
        set_place(draft, answer.choice(HOME, *draft.found, *COMMON_DESTINATIONS))
        return True
    found = [where.code for where in find_places(answer.words(limit=_LONGEST))]
    if not found:
        raise Refused(phrases.place_not_found())
    if len(found) == 1:
        set_place(draft, found[0])
        return True
    draft.found = found
    return False


def set_place(draft: Whereabouts, code: str | None) -> None:
    draft.place_code = None if code == HOME else code
    draft.zone, draft.found = None, []
    if draft.place_code is not None and not has_several_clocks(draft):
        draft.zone = place(draft.place_code).zones[0]


def has_several_clocks(draft: Whereabouts) -> bool:
    return draft.place_code is not None and len(place(draft.place_code).zones) > 1


def is_inside(code: str | None) -> bool:
    """Return whether it is a province. There the clock is not asked for, because it is Vietnam's."""
    return code is not None and not place(code).abroad


# --- which work -----------------------------------------------------------------------------------------------------

_WORKS = (
    *(
        WorkKind.FACTORY,
        WorkKind.TRAINEE,
        WorkKind.BUILDING,
        WorkKind.CARE,
        WorkKind.SERVICE,
        WorkKind.FARMING,
    ),
    *(WorkKind.TRADE, WorkKind.FISHING, WorkKind.STUDY, WorkKind.FAMILY, WorkKind.OTHER),
)


def work_buttons(page: int, *, but_one: bool = False) -> list[list[Button]]:
    """Return kinds of work, the frequent ones first, five at a time; `but_one` leaves room for a button above them."""
    size = 4 if but_one else 5
    here = _WORKS[page * size :]
    if len(here) <= size + 1:
        return [[_work(kind)] for kind in here]
    return [*([_work(kind)] for kind in here[:size]), [choice(own_words.OTHER_WORKS, MORE)]]


def all_works() -> list[list[Button]]:
    """Return the same kinds at once, where there is room for all of them."""
    return [[_work(kind)] for kind in _WORKS]


def _work(kind: WorkKind) -> Button:
    return choice(capital(away_words.WORKS[kind]), kind)


# --- which clock ----------------------------------------------------------------------------------------------------


def ask_clock(ctx: Context, draft: Whereabouts) -> Screen:
    """Ask whether the one clock of the place shows this."""
    words = phrases.clock_shows(
        place=place_name(draft.place_code), clock=clock_of(ctx.now, draft.zone or HOME_ZONE)
    )
    return Screen(words, [[choice(phrases.RIGHT_CLOCK, "yes")], [choice(phrases.OTHER_CLOCK, "no")]])


def ask_zone(ctx: Context, draft: Whereabouts) -> Screen:
    """Ask which of several clocks it is, or for another than the one that does not fit.

    Where there are more clocks than fit, the others are typed, by a city.
    """
    where = place(draft.place_code or "VN-01")
    name = place_name(where.code)
    if has_several_clocks(draft):
        zones = zones_for_choice(where, ctx.now)
        words = phrases.which_clock(place=name)
        if len(zones) > _CLOCKS:
            words = paragraph(words, phrases.or_type_a_city(city=zones[-1][1]))
        return Screen(words, [[_clock_choice(ctx, zone, city)] for zone, city, _ in zones[:_CLOCKS]])
    buttons = [[choice(fitted(phrases.keep_clock(place=name)), where.zones[0])]]
    if where.zones[0] != HOME_ZONE:
        buttons.append([choice(phrases.VIETNAM_CLOCK, HOME_ZONE)])
    again = [choice(phrases.CHOOSE_PLACE_AGAIN, AGAIN)]
    return Screen(phrases.clock_differs(place=name), [*buttons, again])


def take_zone(draft: Whereabouts, answer: Answer) -> bool:
    """Take a clock into the draft. Return False where the place was wrong and is asked again."""
    zones = place(draft.place_code).zones if draft.place_code else ()
    if answer.incoming.kind is Kind.TEXT:
        # as the clocks are named: "New York" for America/New_York
        typed = fold(answer.words(limit=_LONGEST)).replace(" ", "_")
        named_so = [one for one in zones if fold(one.rpartition("/")[2]) == typed]
        if named_so:
            draft.zone = named_so[0]
            return True
    zone = answer.choice(AGAIN, HOME_ZONE, *zones)
    if zone == AGAIN:
        draft.found = []
        return False
    draft.zone = zone
    return True


def _clock_choice(ctx: Context, zone: str, city: str) -> Button:
    return choice(fitted(phrases.clock_choice(clock=clock_of(ctx.now, zone), city=city)), zone)


# --- the three questions as steps of a flow ----------------------------------------------------------------------------

D = TypeVar("D", bound=Whereabouts)


@dataclass(frozen=True)  # no slots: a frozen generic with slots cannot be made in Python 3.11
class PlaceSteps(Generic[D]):
    """Place, clock, zone in any room's flow; `end` is called once where somebody is, and what their clock shows, is known."""

    place: StrEnum
    clock: StrEnum
    zone: StrEnum
    end: Callable[[Context, D], None]

    def take_place(self, ctx: Context, draft: D, answer: Answer) -> StrEnum | None:
        if not take_place(draft, answer):
            return self.place
        former = former_name(answer.incoming.text) if answer.value is None else ""
        if former and draft.place_code is not None:
            ctx.say(
                phrases.now_part_of(former=answer.incoming.text.strip(), place=place_name(draft.place_code))
            )
        return self.after_place(ctx, draft)

    def after_place(self, ctx: Context, draft: D) -> StrEnum | None:
        if draft.place_code is None or is_inside(draft.place_code):
            self.end(ctx, draft)
            return None
        return self.zone if has_several_clocks(draft) else self.clock

    def take_clock(self, ctx: Context, draft: D, answer: Answer) -> StrEnum | None:
        if answer.choice("yes", "no") == "no":
            return self.zone
        self.end(ctx, draft)
        return None

    def take_zone(self, ctx: Context, draft: D, answer: Answer) -> StrEnum | None:
        if not take_zone(draft, answer):
            return self.place
        self.end(ctx, draft)
        return None

    @property
    def questions(self) -> dict[str, Question[D]]:
        return {
            self.place: Question(ask_place, self.take_place),
            self.clock: Question(ask_clock, self.take_clock),
            self.zone: Question(ask_zone, self.take_zone),
        }
