"""Who may see a private request: names to touch, for any flow."""

from __future__ import annotations

from pydantic import BaseModel, Field

from handlers.context import Answer, Context
from handlers.conversation import Screen, choice
from handlers.request.door import name_of
from models.errors import Refused
from models.phrases import request as phrases
from models.rights import Role


class Chosen(BaseModel):
    viewers: list[int] = Field(default_factory=list)


def ask_viewers(ctx: Context, chosen: Chosen, people: dict[int, Role]) -> Screen:
    buttons = [
        [choice(phrases.viewer(name=name_of(ctx, one), role=role, chosen=one in chosen.viewers), f"who{one}")]
        for one, role in people.items()
    ]
    words = phrases.which_viewers() if people else phrases.nobody_to_choose()
    return Screen(words, [*buttons, [choice(phrases.VIEWERS_DONE, "done")]])


def take_viewers(chosen: Chosen, people: dict[int, Role], answer: Answer) -> bool:
    """Touch to choose, touch again to unchoose; True when done with at least one."""
    value = answer.choice("done", *(f"who{one}" for one in people))
    chosen.viewers = [one for one in chosen.viewers if one in people]
    if value == "done":
        if people and not chosen.viewers:
            raise Refused(phrases.choose_somebody())
        return True
    one = int(value.removeprefix("who"))
    chosen.viewers = (
        [*chosen.viewers, one]
        if one not in chosen.viewers
        else [other for other in chosen.viewers if other != one]
    )
    return False
