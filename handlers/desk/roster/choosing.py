"""Choose one person of a roster: names on buttons, page by page, or typed and looked up. For any flow.

who? ──a name is tapped, or typed and only one fits──> that member
  ^ └── a page is turned, or several fit: the question again with these
  └──────────────────────────────────────┘
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import escape
from pydantic import BaseModel

from handlers.desk.roster.common import who
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer
from handlers.ground.conversation import Screen, choice
from models.delivery.outbox import Button
from models.ground.errors import Refused
from models.ground.marking import marked_secret
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


def ask_person(
    draft: Choosing,
    people: Sequence[Member],
    question: Text,
    *,
    listed: bool = True,
    besides: Sequence[Button] = (),
) -> Screen:
    """`listed` False: who chooses may not read the roster, and sees only the names they look for.

    `besides`: answers that are no person.
    """
    shown = _found(draft.words, people) if draft.words or listed else []
    room = _BUTTONS - len(besides) - bool(draft.words)
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
    return Screen(question, [*names, turn, *everybody, *([button] for button in besides)])


def take_person(draft: Choosing, people: Sequence[Member], answer: Answer) -> Member | None:
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
    if marked_secret(words):
        raise Refused(common.secret_refused())
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
