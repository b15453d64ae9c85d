"""What time it is for the program, and when the computer's clock is not to be believed.

    the computer's clock   may be set: by hand, by a battery that is empty, by a host
    a steady watch         counts seconds, knows no date; nobody sets it
    the database           was last written then: it is no earlier, and hardly much later
    the messenger          its server's clock, with whatever it answers: a free witness

The program goes by the steady watch, set by the computer's clock while both agree. When they part, or when the program
starts at a moment that nobody expected, it believes what two of them say. Where no two agree, jobs are held, people are answered
all the same, and the operator is asked (`python -m bot clock right`, `… wrong`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from models.delivery.policy import ClockPolicy
from models.ground.clock import Clock


class ClockState(Enum):
    SURE = auto()  # the computer's clock is believed
    ASIDE = auto()  # it is wrong: the program goes by the messenger's, or by its own watch
    HELD = auto()  # nobody knows: jobs wait


@dataclass(frozen=True, slots=True)
class ClockNews:
    """What a look has changed. `by`: how far the program's time was moved."""

    state: ClockState
    shown: datetime  # by the computer's clock
    ours: datetime
    by: timedelta = timedelta()


class Timekeeper:
    """Call it for the program's time. `begin` before the jobs, then `look` every second."""

    def __init__(self, wall: Clock, seconds: Callable[[], float], policy: ClockPolicy) -> None:
        self._wall, self._seconds, self._policy = wall, seconds, policy
        self._base = wall(), seconds()
        self._heard: tuple[datetime, float] | None = None
        self._parted: float | None = None  # since when the clocks do not agree
        self._overruled = False  # the operator has said that the clock is right, whatever the messenger says
        self.state = ClockState.SURE

    def __call__(self) -> datetime:
        moment, at = self._base
        return moment + timedelta(seconds=self._seconds() - at)

    @property
    def holds(self) -> bool:
        """Whether jobs wait."""
        return self.state is ClockState.HELD

    def hear(self, moment: datetime) -> None:
        """Note what the messenger's clock shows now."""
        self._heard = moment, self._seconds()

    def begin(self, seen: datetime | None) -> ClockNews:
        """Decide at the start. `seen`: when the database was last written; None: never."""
        wall, witness, policy = self._wall(), self._witness(None), self._policy
        if witness is not None:
            if self._near(wall, witness):
                return self._become(ClockState.SURE, wall)
            is_likely = seen is None or seen - policy.tolerance <= witness <= seen + policy.silence
            return self._become(ClockState.ASIDE if is_likely else ClockState.HELD, witness)
        if seen is None or seen - policy.tolerance <= wall <= seen + policy.silence:
            return self._become(ClockState.SURE, wall)
        return self._become(ClockState.HELD, seen)

    def look(self) -> ClockNews | None:
        """Compare the clocks; None: nothing has changed."""
        wall, ours = self._wall(), self()
        if self._near(wall, ours):
            return self._agree(wall)
        if self._parted is None:
            self._parted = self._seconds()
        witness = None if self._overruled else self._witness(self._parted)
        if witness is not None and self._near(wall, witness):
            return self._become(ClockState.SURE, wall)
        if witness is not None and self._near(ours, witness):
            return self._turn(ClockState.ASIDE)
        return self._turn(ClockState.HELD) if self.state is ClockState.SURE else None

    def _agree(self, wall: datetime) -> ClockNews | None:
        self._parted = None
        witness = self._witness(None)
        if witness is not None and self._near(wall, witness):
            self._overruled = False
        elif witness is not None and not self._overruled and self.state is ClockState.SURE:
            return self._turn(ClockState.HELD)  # ours was set by the computer's: that is one witness, not two
        elif self.state is ClockState.HELD and witness is not None and not self._overruled:
            return None
        self._base = wall, self._seconds()
        return self._turn(ClockState.SURE)

    def shown(self) -> ClockNews:
        """Return how it stands."""
        return ClockNews(self.state, self._wall(), self())

    def believe(self) -> ClockNews:
        """Go by the computer's clock: the operator says that it is right."""
        self._overruled = True
        return self._become(ClockState.SURE, self._wall())

    def disbelieve(self) -> ClockNews:
        """Go on without the computer's clock: the operator says that it is wrong."""
        witness = self._witness(self._parted)
        return self._become(ClockState.ASIDE, self() if witness is None else witness)

    def _become(self, state: ClockState, moment: datetime) -> ClockNews:
        before = self()
        self._base, self.state = (moment, self._seconds()), state
        self._parted = None if state is ClockState.SURE else self._seconds()
        return ClockNews(state, self._wall(), moment, moment - before)

    def _turn(self, state: ClockState) -> ClockNews | None:
        if state is self.state:
            return None
        self.state = state
        return ClockNews(state, self._wall(), self())

    def _witness(self, after: float | None) -> datetime | None:
        """What the messenger's clock shows now, by what it said last; not what it said before the clocks parted."""
        now = self._seconds()
        if self._heard is None or now - self._heard[1] > self._policy.witness.total_seconds():
            return None
        if after is not None and self._heard[1] <= after:
            return None
        return self._heard[0] + timedelta(seconds=now - self._heard[1])

    def _near(self, one: datetime, other: datetime) -> bool:
        return abs(one - other) <= self._policy.tolerance
