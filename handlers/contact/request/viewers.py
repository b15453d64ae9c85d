"""Who may see a private request: names to touch, page by page, for any flow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from pydantic import BaseModel, Field

from handlers.contact.request.door import names_of
from handlers.ground.arguments import number_or_0
from handlers.ground.conversation import choice
from handlers.ground.form import AGAIN, At, FieldKind, Row, S, beside
from handlers.ground.paging import page_of
from models.ground.errors import Refused
from models.people.rights import Role
from models.phrases import common
from models.phrases.contact import request as phrases
from models.phrases.text import Text

_ROOM = 5  # names on a screen, beside "done" and the ways back and out


class Chosen(BaseModel):
    viewers: list[int] = Field(default_factory=list)
    page: int = 0


C = TypeVar("C", bound=Chosen)


def _page(at: At[C, S], people: dict[int, Role]) -> tuple[list[int], int]:
    """Return those on the page that there is, and how many pages there are."""
    size = _ROOM if len(people) <= _ROOM else _ROOM - 2
    at.draft.page, pages = page_of(at.draft.page, len(people), size)
    return list(people)[at.draft.page * size : (at.draft.page + 1) * size], pages


def ask_viewers(at: At[C, S], people: dict[int, Role]) -> Text:
    if not people:
        return phrases.nobody_to_choose()
    names = names_of(at.ctx, people)
    return phrases.which_viewers(
        people=[(names[one], people[one]) for one in _page(at, people)[0]],
        chosen=[names[one] for one in at.draft.viewers if one in names],
    )


class Viewers(FieldKind[C, S], Generic[C, S]):
    """Those who are to see it: a touch chooses, another one takes that back; done with at least one."""

    def __init__(self, people: Callable[[At[C, S]], dict[int, Role]]) -> None:
        self.people = people

    def rows(self, at: At[C, S]) -> list[Row]:
        people, chosen = self.people(at), at.draft
        shown, pages = _page(at, people)
        names = names_of(at.ctx, people) if people else {}
        buttons = [
            choice(
                phrases.viewer(name=names[one], role=people[one], chosen=one in chosen.viewers), f"who{one}"
            )
            for one in shown
        ]
        turn = [
            *([choice(common.PREVIOUS, f"page{chosen.page - 1}")] if chosen.page > 0 else []),
            *([choice(common.NEXT, f"page{chosen.page + 1}")] if chosen.page < pages - 1 else []),
        ]
        return [*beside(buttons), turn, [choice(phrases.VIEWERS_DONE, "done")]]

    def tapped(self, at: At[C, S], key: str) -> object:
        people, chosen = self.people(at), at.draft
        # an office may have ended since it was tapped: nobody sees it who is not in charge now (decisions/0013)
        chosen.viewers = [one for one in chosen.viewers if one in people]
        if key == "done":
            if people and not chosen.viewers:
                raise Refused(phrases.choose_somebody())
            return chosen.viewers
        if key.startswith("page"):
            chosen.page = number_or_0([key.removeprefix("page")])
            return AGAIN
        one = number_or_0([key.removeprefix("who")])
        if one not in people:
            raise Refused(phrases.viewer_unfit())
        rest = [other for other in chosen.viewers if other != one]
        chosen.viewers = rest if one in chosen.viewers else [*chosen.viewers, one]
        return AGAIN
