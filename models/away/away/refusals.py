"""What people can put right, each with its sentence."""

from __future__ import annotations

from datetime import date

from models.ground.errors import Refused
from models.phrases.away import away as phrases, season


class KeptOnPaper(Refused):
    """Its owner does not agree to the papers of absences being kept here: everybody else goes on with paper."""

    def __init__(self, name: str) -> None:
        super().__init__(phrases.kept_on_paper(name=name))


class AwayRunning(Refused):
    """An absence is running already: it is extended, changed or ended, not declared anew."""

    def __init__(self) -> None:
        super().__init__(phrases.away_running())


class AwayOver(Refused):
    """The absence is in a state in which this cannot be done (any more)."""

    def __init__(self, state: str) -> None:
        super().__init__(phrases.away_over(state=state))


class SeasonFiled(Refused):
    """The same season is filed already, or another absence is open: `away_id` is the one to look at."""

    def __init__(self, away_id: int, begins_on: date) -> None:
        super().__init__(season.filed_already(begins_on=begins_on))
        self.away_id = away_id


class SeasonOver(Refused):
    """Its month has gone by, or the day that the button showed."""

    def __init__(self) -> None:
        super().__init__(season.over())


class FilingSettled(Refused):
    """The paper is somewhere else by now: somebody was quicker, or the button is old."""

    def __init__(self, state: str) -> None:
        super().__init__(phrases.filing_settled(state=state))


class DatesUnfit(Refused):
    """The dates do not follow each other, or a paper bears a date that lies ahead."""


class TrustedMustKnow(Refused):
    """A trusted person is named without their knowledge."""

    def __init__(self) -> None:
        super().__init__(phrases.trusted_must_know())


class CommentNeeded(Refused):
    """Returning or refusing says why."""

    def __init__(self) -> None:
        super().__init__(phrases.comment_needed())


class DecisionIncomplete(Refused):
    """An approval without its number; votes below zero; a decision that is the member's own."""
