"""The numbers of messages that come and go: what an operator may set. Nothing but ground is imported here."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.ground.rules import Policy


class InboxPolicy(Policy):
    tries: int = 3
    """How often one update may end the process before it is set aside."""
    keep: timedelta = timedelta(days=3)
    """How long a processed update is kept; Telegram repeats one for a day at most."""
    keep_failed: timedelta = timedelta(days=30)
    """How long an update that failed is kept, with its error."""
    stranger_answers: int = 5
    """Answers to one stranger in an hour; after that silence."""


class FloodPolicy(Policy):
    burst: int = Field(40, ge=10)
    """Messages and taps of one person that are read at once, however fast they come. Ten in five seconds is a hurry."""
    every: timedelta = timedelta(seconds=1)
    """After them, one more for each such time: no chat can be answered faster anyway."""
    pause: timedelta = timedelta(minutes=1)
    """How long nothing is read of somebody who was faster; it is said at its beginning."""
    stranger_burst: int = Field(15, ge=5)
    """The same of a chat that is nobody's: enough for a registration."""
    stranger_every: timedelta = timedelta(seconds=5)
    """The same of a chat that is nobody's."""
    strangers_burst: int = Field(60, ge=10)
    """Of all strangers together who have nothing open with us."""
    strangers_every: timedelta = timedelta(milliseconds=200)
    """Five a second: a sixth of the pace at which messages may go out."""
    alarm_after: int = Field(200, ge=1)
    """So many unread messages of one chat in a row, and the operator is told."""
    guesses: int = Field(10, ge=3)
    """Personal links that do not exist and are tried from one address, before it must wait."""
    guess_every: timedelta = timedelta(minutes=6)
    """After them, one more for each such time."""
    codes_burst: int = Field(60, ge=10)
    """Codes of letters that are compared at once, whoever gives them, and as many return codes: each costs 25 ms of the one writer."""
    codes_every: timedelta = timedelta(milliseconds=500)
    """After them, one more for each such time; whoever comes in between is asked to wait a little."""
    guesses_alarm: int = Field(100, ge=1)
    """So many within an hour, from wherever, and the operator is told."""


class FilePolicy(Policy):
    """Bounds of the process that opens files; beyond, the file is refused with a sentence."""

    megabytes: Annotated[int, Field(ge=1, le=20)] = 20
    """Megabytes of one file; Telegram gives a bot no more than 20."""
    memory_mb: Annotated[int, Field(ge=16, le=4_096)] = 256
    """Megabytes that opening one file may take (Linux)."""
    cpu_seconds: Annotated[int, Field(ge=1, le=120)] = 10
    """Seconds of computing that opening one file may take (Linux, macOS)."""
    seconds: Annotated[int, Field(ge=1, le=300)] = 20
    """Seconds after which an opening is given up, whatever it waits for."""
    fetch_seconds: Annotated[int, Field(ge=1, le=600)] = 60
    """Seconds after which fetching a file from Telegram is given up."""
    fetch_tries: Annotated[int, Field(ge=1, le=20)] = 6
    """Times that a file which is to be kept is asked for, before it counts as lost."""
    fetch_pause: Annotated[int, Field(ge=60, le=86_400)] = 600
    """Seconds until it is asked for again; twice as long after each vain try."""
    fetch_handful: Annotated[int, Field(ge=1, le=1_000)] = 20
    """Files that are fetched to be kept in one go, one after the other; the rest a minute later."""
    at_once: Annotated[int, Field(ge=1, le=16)] = 2
    """Files that are fetched and opened side by side; a person has one at a time."""
    idle_seconds: Annotated[int, Field(ge=0, le=86_400)] = 60
    """Seconds that the process waits for the next file before it ends; it holds about 100 MB."""
    max_answer: Annotated[int, Field(ge=100_000, le=100_000_000)] = 4_000_000
    """Bytes of what was read in a file."""
    max_pixels: Annotated[int, Field(ge=1_000_000, le=500_000_000)] = 120_000_000
    """Pixels of a picture; a telephone takes 12 to 108 million."""
    max_pages: Annotated[int, Field(ge=1, le=10_000)] = 1_000
    """Pages of a PDF."""
    max_objects: Annotated[int, Field(ge=1_000, le=1_000_000)] = 100_000
    """Objects of a PDF; a scan of thirty pages has some hundred."""
    max_parts: Annotated[int, Field(ge=100, le=20_000)] = 2_000
    """Files inside an Office document."""
    max_unzipped: Annotated[int, Field(ge=1_000_000, le=500_000_000)] = 100_000_000
    """Bytes of all parts of an Office document together, unpacked, pictures included."""


class OutboxPolicy(Policy):
    """Pace and patience. Telegram's limits: core.telegram.org/bots/faq (broadcasting), read in 2026."""

    rate: float = 30
    """Messages a second over all chats; up to 1,000 where paid broadcast is on."""
    chat_seconds: float = 1.0
    """Seconds between messages to one chat, on the average."""
    chat_burst: int = 3
    """Messages to one chat that may follow each other at once."""
    lease: timedelta = timedelta(seconds=90)
    """How long a sender may take over one message; then it counts as not known."""
    forget: timedelta = Field(default=timedelta(hours=48), ge=timedelta(hours=1))
    """How long the words of a message are kept after it was said: as long as Telegram lets a bot take it back."""
    keep: timedelta = timedelta(days=30)
    """How long it is kept that something was said, without its words."""


class PagePolicy(Policy):
    """The page that a browser opens."""

    keep: timedelta = Field(default=timedelta(days=14), ge=timedelta(hours=1), le=timedelta(days=90))
    """How long a message stands on a page after it was shown."""
    most: int = Field(default=60, ge=10, le=500)
    """Messages on one page; older ones go."""
    shown: int = Field(default=8, ge=3, le=50)
    """Of them, shown at once: a page weighs less than 20 kB."""
    idle: timedelta = Field(default=timedelta(days=62), ge=timedelta(minutes=15), le=timedelta(days=180))
    """A browser that has not come for so long has to be let in again; who reports once a month comes once a month."""
    stranger_idle: timedelta = Field(default=timedelta(days=7), ge=timedelta(hours=1), le=timedelta(days=30))
    """The same of somebody who has not finished registering, or waits to be confirmed."""
    turn: timedelta = Field(default=timedelta(hours=1), ge=timedelta(minutes=5), le=timedelta(days=7))
    """After so long a browser is given another key: a stolen one is of no use for longer, and is noticed."""
    proof_lasts: timedelta = Field(default=timedelta(hours=12), ge=timedelta(minutes=5), le=timedelta(days=7))
    """How long the second proof opens other people's data in a browser."""
    link_lasts: timedelta = Field(
        default=timedelta(minutes=15), ge=timedelta(minutes=2), le=timedelta(days=7)
    )
    """How long a link that opens the page in another browser can be used, once."""
    papers_link_lasts: timedelta = Field(
        default=timedelta(minutes=10), ge=timedelta(minutes=2), le=timedelta(hours=1)
    )
    """How long a link by which one person's papers leave can be used, once."""


class PapersPolicy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    templates: Path | None = Field(
        None,
        description="A folder with templates of your own; one that is missing there is taken from the house.",
    )


class ConversationPolicy(Policy):
    keep: timedelta = timedelta(days=180)
    """How long an unfinished draft that nobody comes back to is kept, and then how it ended."""


class LeadershipPolicy(Policy):
    """Of several programs on one database one works, the others stand by: by their own watches, in seconds."""

    beat: float = Field(1.0, ge=0.1, le=10)
    """Seconds between two signs of life of the one that works."""
    lasts: float = Field(5.0, ge=1, le=120)
    """So long after its last sign of life that was taken it sends nothing more: another one may work already."""
    patience: float = Field(6.5, ge=1, le=120)
    """After so many seconds without a sign of life another one takes over; longer than `lasts`."""

    @model_validator(mode="after")
    def _in_this_order(self) -> Self:
        if not self.beat < self.lasts < self.patience:
            raise ValueError("a beat is shorter than `lasts`, and that is shorter than `patience`")
        return self


class ReadinessPolicy(Policy):
    """What /readyz calls ready."""

    patience: float = Field(2.0, ge=0.1, le=30)
    """Seconds in which the database has to answer."""
    inbox: timedelta = timedelta(minutes=1)
    """So long an update may wait for its step; people wait seconds."""
    outbox: timedelta = timedelta(minutes=10)
    """So long a message that is due may wait; a notice to ten thousand takes some minutes at Telegram's pace."""
    beat: timedelta = timedelta(minutes=3)
    """So old the timetable's last minute may be."""


class ClockPolicy(Policy):
    """When the computer's clock is not believed."""

    tolerance: timedelta = Field(default=timedelta(minutes=2), ge=timedelta(seconds=10))
    """By so much two clocks may differ and agree all the same."""
    silence: timedelta = Field(default=timedelta(days=1), ge=timedelta(hours=1))
    """Longer than this the program was hardly off: where no messenger bears the clock out, the operator is asked."""
    witness: timedelta = Field(default=timedelta(minutes=10), ge=timedelta(minutes=1))
    """So long what the messenger's clock has shown counts."""


class JobPolicy(Policy):
    outage: timedelta = timedelta(minutes=15)
    """A shorter silence is a restart, a longer one an outage of ours."""
    keep: timedelta = timedelta(days=7)
    """How long the record of a run is kept."""
    batch: int = 100_000
    """Items one run may do before the next tick takes over."""
