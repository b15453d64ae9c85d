"""The answers so far, of whatever act; what is not asked of an act stays as it is here."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field as Stored

from handlers.away.stay import StayDraft
from handlers.desk.roster.choosing import Choosing
from handlers.ground.form import At, Offer
from models.away.away import Route, Scan
from models.phrases.desk import absence as phrases
from models.phrases.text import Text


class Draft(StayDraft, Choosing):
    act: str = ""
    subject_id: int = 0
    cell_id: int = 0
    kind: str = ""  # of a letter
    route: Route | None = None
    manner: str = "steady"
    open_end: bool = False
    day: date | None = None
    verdict: bool = True
    is_dated: bool = False  # the day was typed with the number
    is_said: bool = False  # the verdict stood on the button
    cell_decides: bool = False
    chosen: set[str] = Stored(default_factory=set)  # the steps of a return that are done
    votes: tuple[int, int] | None = None
    number: str = ""
    why: str = ""
    note: str = ""
    to: str = ""
    contact_id: int = 0
    at_home: bool = False
    month: date | None = None
    file_id: str = ""
    file_name: str = ""

    @property
    def scan(self) -> Scan | None:
        return Scan(file_id=self.file_id, name=self.file_name) if self.file_id else None


Here = At[Draft, Any]
NOTHING = Offer(phrases.NONE, "none", "")


def keeps_known(at: Here) -> bool:
    """Return whether something is known already, which may stay as it is."""
    return at.draft.act in ("change", "refile", "fixletter", "fixanswer", "fixdecision", "signed")


def verdict_words(draft: Draft, *, yes: bool) -> Text:
    return phrases.verdict(yes=yes, act=draft.act, cell_decides=draft.cell_decides)
