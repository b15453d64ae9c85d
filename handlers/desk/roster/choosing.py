"""Choose one person of a roster: names on buttons, page by page, or typed and looked up. For any flow.

who? ──a name is tapped, or typed and only one fits──> that member
  ^ └── a page is turned, or several fit: the question again with these
  └──────────────────────────────────────┘
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from markupsafe import escape
from pydantic import BaseModel

from handlers.desk.roster.common import who
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer
from handlers.ground.conversation import choice
from handlers.ground.form import AGAIN, At, FieldKind, Offer, Row, S
from models.delivery.message import Button
from models.ground.errors import Refused
from models.ground.names import fold
from models.people.member import Member
from models.phrases import common
from models.phrases.desk import office as words_of_office, roster_talk as phrases
from models.phrases.text import LABEL, Text, fitted, fitting, raw

_BUTTONS = 6  # beside the ways back and out
_LONGEST_SEARCH = 60


class Choosing(BaseModel):
    """What a draft remembers while somebody is being chosen."""

    words: str = ""
    page: int = 0


C = TypeVar("C", bound=Choosing)


class OnePerson(FieldKind[C, S], Generic[C, S]):
    """A kind of field: the id of one of some people.

    `besides`: answers that are no person. `listed`: who chooses may read the roster; others see the names that they look for.
    """

    def __init__(
        self,
        among: Callable[[At[C, S]], Sequence[Member]],
        *,
        besides: Callable[[At[C, S]], Sequence[Offer]] = lambda at: (),
        listed: Callable[[At[C, S]], bool] = lambda at: True,
    ) -> None:
        self.among, self.besides, self.listed = among, besides, listed

    def rows(self, at: At[C, S]) -> Sequence[Row]:
        besides = self.besides(at)
        room = _BUTTONS - len(besides)
        names = _names(at.draft, self.among(at), listed=self.listed(at), room=room)
        return [*names, *([one] for one in besides)]

    def sent(self, at: At[C, S], answer: Answer) -> Any:
        found = _take(at.draft, self.among(at), answer)
        return AGAIN if found is None else found.id

    def tapped(self, at: At[C, S], key: str) -> Any:
        return self.sent(at, Answer(at.ctx.incoming, key))


def _names(draft: Choosing, people: Sequence[Member], *, listed: bool, room: int) -> list[list[Button]]:
    """A page of names, the ways to turn it, and back to everybody from those that were looked for."""
    shown = _found(draft.words, people) if draft.words or listed else []
    room -= bool(draft.words)
    size = room if len(shown) <= room else max(room - 2, 1)
    pages = max(-(-len(shown) // size), 1)
    draft.page = min(max(draft.page, 0), pages - 1)
    page = shown[draft.page * size : (draft.page + 1) * size]
    names = [[choice(_label(one, listed), f"m:{one.id}")] for one in page]
    turn = []
    if draft.page > 0:
        turn.append(choice(common.PREVIOUS, f"page:{draft.page - 1}"))
    if draft.page < pages - 1:
        turn.append(choice(common.NEXT, f"page:{draft.page + 1}"))
    everybody = [[choice(phrases.SHOW_EVERYBODY, "all")]] if draft.words and listed else []
    return [*names, turn, *everybody]


def _take(draft: Choosing, people: Sequence[Member], answer: Answer) -> Member | None:
    """Who was chosen; None: ask again, with what was looked for or the page that was turned to."""
    if answer.value is None:
        return _typed(draft, people, answer.words(limit=_LONGEST_SEARCH))
    verb, _, value = answer.choice().partition(":")
    found = next((one for one in people if verb == "m" and value == str(one.id)), None)
    if found is None and verb == "page":
        draft.page = number_or_0([value])
    elif verb == "all":
        draft.words, draft.page = "", 0
    elif found is None:
        raise Refused(common.choose_a_button())
    return found


def _typed(draft: Choosing, people: Sequence[Member], words: str) -> Member | None:
    found = _found(words, people)
    if not found:
        raise Refused(words_of_office.nobody_found(words=words))
    if len(found) == 1:
        return found[0]
    draft.words, draft.page = words, 0
    return None


def _label(one: Member, listed: bool) -> Text:
    """The person on a button: of a name that a telephone would cut the first words are shortened, not who it is."""
    words = who(one) if listed else _with_year(one)
    over = len(words.to_plain("vi")) - LABEL
    if over <= 0:
        return words
    long, short = (escape(name) for name in (one.own_name, fitting(one.own_name, len(one.own_name) - over)))
    return fitted(words.changed(lambda html: html.replace(long, short)))


def _with_year(one: Member) -> Text:
    return raw(one.full_name) if one.apart else phrases.person(name=one.full_name, birth_year=one.birth_year)


def _found(words: str, people: Sequence[Member]) -> list[Member]:
    """Those whose name contains every word; diacritics do not matter."""
    return [one for one in people if all(word in one.folded for word in fold(words).split())]
