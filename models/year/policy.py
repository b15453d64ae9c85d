"""The numbers of the year: reviews, ratings, probation (domain.md §5): what an operator may set. Nothing but ground is imported here."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from models.ground.rules import Policy, Sourced, Sure, source_of

_Month = Annotated[int, Field(ge=1, le=60)]


_Workdays = Annotated[int, Field(ge=1, le=250)]


_LOOKED_UP = date(2026, 3, 31)  # the newest material seen is of March 2026


_PRACTICE = Sourced(document="", verified=_LOOKED_UP, sure=Sure.PRACTICE, note="a help to remember, no rule")


class ProbationPolicy(Policy):
    """Months count from the ceremony, working days from the end of the months."""

    months: Annotated[
        _Month,
        Sourced(
            document="Điều lệ Đảng ngày 19/01/2011",
            article="5.1",
            effective=date(2011, 1, 19),
            verified=_LOOKED_UP,
            sure=Sure.CONFIRMED,
        ),
    ] = 12
    """Months of probation, from the ceremony."""
    consider_workdays: Annotated[
        _Workdays,
        Sourced(
            document="Quy định 208-QĐ/TW ngày 26/07/2026",
            effective=date(2026, 7, 26),
            verified=date(2026, 11, 30),
            sure=Sure.UNCONFIRMED,
            note="the number stood in article 4 of Quy định 29 (2016); the text of 2026 was not seen",
        ),
    ] = 30
    """Working days after its end within which the cell considers."""
    favour: Annotated[
        tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]],
        Sourced(
            document="Điều lệ Đảng ngày 19/01/2011",
            article="4.3",
            effective=date(2011, 1, 19),
            verified=_LOOKED_UP,
            sure=Sure.CONFIRMED,
        ),
    ] = (2, 3)
    """In favour at least, of all official members of the cell, where it proposes to recognise somebody: two of three."""
    course_month: Annotated[_Month, _PRACTICE] = 9
    """The month of probation in which the course for new members is called to mind."""
    self_review_month: Annotated[_Month, _PRACTICE] = 10
    """The month in which the member's own review is called to mind."""
    comments_month: Annotated[_Month, _PRACTICE] = 11
    """The month in which the others' comments are called to mind."""
    first_call_workdays: Annotated[_Workdays, _PRACTICE] = 15
    """Working days after the end on which an unconsidered probation is called to mind."""
    last_call_workdays: Annotated[_Workdays, _PRACTICE] = 25
    """The same for the last time before the deadline."""
    hour: Annotated[int, Field(ge=7, le=20)] = 8
    """The hour, in Vietnam's clock, at which reminders go out."""


_CAP = Sourced(
    document="Quy định 366-QĐ/TW ngày 30/08/2025",
    article="11.1.5",
    effective=date(2025, 8, 30),
    verified=date(2026, 3, 31),
    sure=Sure.CONFIRMED,
    note="of those rated good in the same kind of subject, not of all; shown, never enforced",
)


class RatingPolicy(Policy):
    cap_percent: Annotated[Annotated[int, Field(ge=0, le=100)], _CAP] = 20
    """Excellent ratings, at most so many per cent of the number rated good."""
    exception_percent: Annotated[Annotated[int, Field(ge=0, le=100)], _CAP] = 25
    """The same where the competent level has decided on an exception for outstanding results."""


class DocxPolicy(Policy):
    """How much of a document is looked at; beyond, it is refused with a sentence."""

    max_bytes: int = 10_000_000
    """Bytes of a .docx as it is sent, pictures included."""
    max_xml: int = 12_000_000
    """Bytes of one unpacked part that holds text; fifty pages take about one million."""
    max_parts: int = 2_000
    """Files inside the document."""
    max_unzipped: int = 100_000_000
    """Bytes of all parts together, unpacked; pictures are packed already."""
    max_elements: int = 400_000
    """XML elements of the parts that hold text; twenty pages have some ten thousand."""
    max_chars: int = 200_000
    """Characters of text; a review of twenty pages has fifty thousand."""
    max_lines: int = 4_000
    """Lines that are not empty; a review of twenty pages has some hundred."""


class Stand(StrEnum):
    """Whether a review is asked for."""

    REQUIRED = "required"
    VOLUNTARY = "voluntary"  # invited, never reminded as if it were owed
    OUT = "out"


class Ground(StrEnum):
    """Why. The first that fits, in the order of `judge`."""

    ORDINARY = "ordinary"  # an ordinary member of the cell
    TEMPORARY = "temporary"  # temporarily elsewhere: reviewed here, with the comment of the cell there
    EXEMPT = "exempt"  # tạm miễn sinh hoạt đảng
    RELIEVED = "relieved"  # miễn công tác và sinh hoạt đảng
    SUSPENDED = "suspended"  # đình chỉ sinh hoạt đảng: the secretary says so
    NEW = "new"  # admitted less than six months ago
    ABROAD = "abroad"  # alone, without an organisation there
    MOVED = "moved"  # officially transferred: reviewed at the new cell
    LEFT = "left"  # no longer on the roster
    DECIDED = "decided"  # the secretary decided, with a reason that is kept


_RULE = "Quy định 366-QĐ/TW ngày 30/08/2025"


_SINCE = date(2025, 8, 30)


def _rule(article: str, note: str = "", sure: Sure = Sure.CONFIRMED) -> Sourced:
    return Sourced(
        document=_RULE, article=article, effective=_SINCE, verified=_LOOKED_UP, sure=sure, note=note
    )


_GUIDE = "Hướng dẫn 43-HD/BTCTW ngày 31/10/2025"


def _guide(article: str, sure: Sure) -> Sourced:
    return Sourced(
        document=_GUIDE, article=article, effective=date(2025, 10, 31), verified=_LOOKED_UP, sure=sure
    )


def _practice(note: str) -> Sourced:
    return Sourced(document="", verified=_LOOKED_UP, sure=Sure.PRACTICE, note=note)


class ReviewPolicy(Policy):
    """Who is asked for a review (`required`, `voluntary`, `out`), and by when."""

    ordinary: Annotated[Stand, _rule("3")] = Stand.REQUIRED
    """Members who take part in the cell's activities."""
    temporary: Annotated[Stand, _guide("7.6", Sure.CONFIRMED)] = Stand.REQUIRED
    """Temporarily transferred members: reviewed at the official cell, with the temporary cell's comment."""
    exempt: Annotated[
        Stand,
        _rule("3", "papers tell of cells that ask exempt members all the same: each committee decides"),
    ] = Stand.VOLUNTARY
    """Members exempt from activities while they work away (tạm miễn)."""
    relieved: Annotated[Stand, _rule("3")] = Stand.VOLUNTARY
    """Members relieved of work and activities (Điều 7 of the Statutes)."""
    suspended: Annotated[Stand, _rule("3")] = Stand.OUT
    """Members suspended from activities; the secretary says who is."""
    new: Annotated[Stand, _rule("5.2.1")] = Stand.OUT
    """Members admitted less than `new_months` before the deadline."""
    new_months: Annotated[Annotated[int, Field(ge=0, le=24)], _rule("5.2.1")] = 6
    """Months of membership below which nobody is reviewed."""
    moved: Annotated[Stand, _rule("7.2")] = Stand.OUT
    """Officially transferred members: reviewed in the cell where they take part."""
    abroad: Annotated[
        Stand,
        _practice("who stays abroad alone is guided by Đảng ủy Bộ Ngoại giao; no text on reviews was seen"),
    ] = Stand.VOLUNTARY
    """Members abroad without a party organisation."""
    finish_on: Annotated[Annotated[str, Field(pattern=r"^\d\d-\d\d$")], _guide("4", Sure.SINGLE)] = "12-31"
    """Month and day by which a year's reviews are finished; nothing is refused after it."""
    proposed_deadline: Annotated[Annotated[str, Field(pattern=r"^\d\d-\d\d$")], _practice("")] = "12-10"
    """Month and day proposed to the secretary for handing in."""
    commitment_deadline: Annotated[Annotated[str, Field(pattern=r"^\d\d-\d\d$")], _practice("")] = "01-31"
    """The same for the commitment at the start of the year."""
    return_days: Annotated[Annotated[int, Field(ge=1, le=60)], _practice("")] = 5
    """Days proposed when a review is returned."""
    longest_section: Annotated[Annotated[int, Field(ge=1_000, le=200_000)], _practice("")] = 40_000
    """Characters that one section can hold at most; what a form file gives as its length is only advice."""
    docx: DocxPolicy = DocxPolicy()

    def stand_of(self, ground: Ground) -> Stand:
        if ground in (Ground.LEFT, Ground.DECIDED):
            return Stand.OUT
        return Stand(getattr(self, ground.value))


class ReminderPolicy(Policy):
    days: tuple[int, ...] = (-14, -7, -3, -1, 0, 3)
    """Days from the deadline on which a member who owes is reminded; negative: before it."""
    list_days: tuple[int, ...] = (-7, 0, 3)
    """Days from the deadline on which secretary and deputy get the list of those who owe."""
    hour: Annotated[int, Field(ge=7, le=20)] = 19
    """The hour of a reminder, on the member's own clock."""
    list_hour: Annotated[int, Field(ge=7, le=20)] = 8
    """The hour of the list, on Vietnam's clock."""


class BundlePolicy(Policy):
    step: Annotated[int, Field(ge=1, le=50)] = 3
    """Documents made in one go: each takes some 60 ms, and nobody else may write meanwhile."""
    volume_bytes: Annotated[int, Field(ge=100_000, le=49_000_000)] = 20_000_000
    """A larger bundle goes out in several files; Telegram takes 50 MB from a bot."""


class KeepingPolicy(Policy):
    years: Annotated[
        Annotated[int, Field(ge=1, le=30)],
        Sourced(
            document="Hướng dẫn 01-HD/TW ngày 19/05/2026",
            effective=date(2026, 5, 19),
            verified=date(2026, 11, 30),
            sure=Sure.UNCONFIRMED,
            note="by 8.3 of Hướng dẫn 06-HD/TW (09/06/2025), which it replaced: the member's file keeps the self-reviews of the three latest years",
        ),
    ] = 3
    """Whole years after its own that a year's reviews are kept here; then they are deleted."""
    warn_days: Annotated[int, Field(ge=1, le=180)] = 30
    """Days before a deletion that the secretary is shown its list."""


def source_of_ground(
    ground: Ground, policy: ReviewPolicy | type[ReviewPolicy] = ReviewPolicy
) -> Sourced | None:
    """Return where the line of the table comes from; None: it is a fact of the roster, or somebody decided."""
    return None if ground in (Ground.LEFT, Ground.DECIDED) else source_of(policy, ground.value)
