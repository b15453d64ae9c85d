"""Who may see a private request: names to touch, page by page, for any flow."""

from __future__ import annotations

from pydantic import BaseModel, Field

from handlers.contact.request.door import names_of
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Screen, choice
from handlers.ground.paging import page_of
from models.ground.errors import Refused
from models.people.rights import Role
from models.phrases import common
from models.phrases.contact import request as phrases

_ROOM = 5  # names on a screen, beside "done" and the ways back and out


class Chosen(BaseModel):
    viewers: list[int] = Field(default_factory=list)
    page: int = 0


def ask_viewers(ctx: Context, chosen: Chosen, people: dict[int, Role]) -> Screen:
    if not people:
        return Screen(phrases.nobody_to_choose(), [[choice(phrases.VIEWERS_DONE, "done")]])
    names = names_of(ctx, people)
    size = _ROOM if len(people) <= _ROOM else _ROOM - 2
    chosen.page, pages = page_of(chosen.page, len(people), size)
    shown = list(people)[chosen.page * size : (chosen.page + 1) * size]
    buttons = [
        [choice(phrases.viewer(name=names[one], role=people[one], chosen=one in chosen.viewers), f"who{one}")]
        for one in shown
    ]
    turn = [
        *([choice(common.PREVIOUS, f"page{chosen.page - 1}")] if chosen.page > 0 else []),
        *([choice(common.NEXT, f"page{chosen.page + 1}")] if chosen.page < pages - 1 else []),
    ]
    words = phrases.which_viewers(
        people=[(names[one], people[one]) for one in shown],
        chosen=[names[one] for one in chosen.viewers if one in names],
    )
    return Screen(words, [*buttons, turn, [choice(phrases.VIEWERS_DONE, "done")]])


def take_viewers(chosen: Chosen, people: dict[int, Role], answer: Answer) -> bool:
    """Touch to choose, touch again to unchoose, or turn the page; True when done with at least one."""
    value = answer.choice()
    chosen.viewers = [one for one in chosen.viewers if one in people]
    if value == "done":
        if people and not chosen.viewers:
            raise Refused(phrases.choose_somebody())
        return True
    if value.startswith("page"):
        chosen.page = number_or_0([value.removeprefix("page")])
        return False
    one = number_or_0([value.removeprefix("who")])
    if one not in people:
        raise Refused(phrases.viewer_unfit())
    chosen.viewers = (
        [*chosen.viewers, one]
        if one not in chosen.viewers
        else [other for other in chosen.viewers if other != one]
    )
    return False
