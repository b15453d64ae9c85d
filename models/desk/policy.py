"""The numbers of the desk: what an operator may set. Nothing but ground is imported here."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from models.ground.days_off import DaysOff
from models.ground.rules import Policy, Sourced, Sure


class RosterPolicy(Policy):
    """How much of a file is looked at; beyond, it is refused with a sentence."""

    max_bytes: int = 5_000_000
    """Bytes of a roster file as it is sent."""
    max_unzipped: int = 120_000_000
    """Bytes of all its parts together, unpacked; borders drawn down to row 65,000 take fifty million."""
    max_sheet: int = 12_000_000
    """Bytes of one sheet's XML without its empty cells; 2,000 people take about one million."""
    max_loaded: int = 16_000_000
    """Bytes of the parts that are read whole: shared strings, styles."""
    max_parts: int = 1_000
    """Files inside the workbook."""
    max_elements: int = 1_000_000
    """XML elements of all parts together; 2,000 people in ten columns take fifty thousand."""
    max_rows: int = 2_000
    """People in one file."""
    max_lines: int = 20_000
    """Rows of the sheet, empty ones too."""
    max_columns: int = 60
    """Columns of the sheet that are looked at."""
    max_name: int = 100
    """Characters of a name; a longer one is a fault."""
    max_cell: int = 300
    """Characters of any other cell; a longer one is a fault."""
    min_age: int = 18
    """The youngest age on a roster (Điều lệ Đảng, Điều 1: from eighteen years on). Two-digit years are read by it."""
    min_age_joined: int = 15
    """The youngest age of admission that is believed; lenient, old admissions were sometimes early."""


class LawPolicy(Policy):
    """How long an answer and the doing may take."""

    answer_workdays: Annotated[
        int,
        Field(ge=1, le=30),
        Sourced(
            document="Nghị định 356/2025/NĐ-CP",
            effective=date(2026, 1, 1),
            verified=date(2026, 11, 30),
            sure=Sure.SINGLE,
            note="as summed up by law firms; the text itself was not seen",
        ),
    ] = 2
    """Working days until a request is answered."""
    do_days: Annotated[
        int,
        Field(ge=1, le=60),
        Sourced(
            document="Nghị định 356/2025/NĐ-CP",
            effective=date(2026, 1, 1),
            verified=date(2026, 11, 30),
            sure=Sure.SINGLE,
            note="withdrawal, restriction, objection; the days for access, correction, deletion are not confirmed",
        ),
    ] = 15
    """Days until it is done."""
    extend_days: Annotated[
        int,
        Field(ge=0, le=60),
        Sourced(
            document="Nghị định 356/2025/NĐ-CP",
            effective=date(2026, 1, 1),
            verified=date(2026, 11, 30),
            sure=Sure.SINGLE,
            note="once",
        ),
    ] = 15
    """Days by which the doing may be put off, once."""
    longest: Annotated[int, Field(ge=100, le=10_000)] = 2000
    """Characters of a request and of its answer."""


class BearingsPolicy(Policy):
    """What the rules say of what is left undone; shown with its document, and nothing is concluded from it here."""

    absent_months: Annotated[
        int,
        Field(ge=1, le=12),
        Sourced(
            document="Điều lệ Đảng 2011",
            article="Điều 8.1",
            effective=date(2011, 1, 19),
            verified=date(2026, 11, 30),
            sure=Sure.CONFIRMED,
            note="three months in the year, not three in a row; without a legitimate reason, which people judge",
        ),
    ] = 3
    """Months in a year away from the cell's meetings without a legitimate reason, from which on the cell considers."""
    unpaid_months: Annotated[
        int,
        Field(ge=1, le=12),
        Sourced(
            document="Quy định 01-QĐ/TW ngày 03/02/2026",
            article="Điều 2",
            effective=date(2026, 2, 3),
            verified=date(2026, 11, 30),
            sure=Sure.CONFIRMED,
            note="the same limb of Điều 8.1 for dues; paid at the temporary cell by who has been transferred for a time",
        ),
    ] = 3
    """Months in a year without dues and without a legitimate reason, from which on the cell considers."""


class OfficePolicy(Policy):
    stand_in_days: Annotated[int, Field(ge=1, le=180)] = 30
    """Days that an officer who steps in for an empty office holds it."""
    warn_days: Annotated[int, Field(ge=1, le=60)] = 7
    """Days before a deputy's or a stand-in's last day on which both sides are told."""


class UnitsPolicy(Policy):
    undo_hours: Annotated[int, Field(ge=1, le=168)] = 24
    """Hours within which a change of units can be undone."""


class DigestPolicy(Policy):
    """A week's news on a morning on which there is still time to act on it."""

    day: int = Field(default=0, ge=0, le=6)
    """The weekday on which a secretary hears what waits, where they chose none: 0 is Monday."""
    hour: int = Field(default=8, ge=7, le=20)
    """The hour, in the cell's clock."""
    days_off: DaysOff = DaysOff()
    """As in BOT_CHECKIN__DAYS_OFF: the settings put it here."""


class CallSheetPolicy(Policy):
    """Practice, not regulation."""

    most: int = Field(default=24, ge=1, le=60)
    """People on one sheet at the most: six pages in large print."""
    a_day: int = Field(default=4, ge=1, le=12)
    """Calls that the calendar puts on one day."""


class YearSheetPolicy(Policy):
    """Practice, not regulation."""

    first_days: int = Field(default=3, ge=0, le=30)
    """Days in which a member may see their year before the desk does, once it was asked for."""
    open_days: int = Field(default=30, ge=1, le=366)
    """Days for which it stays open to the desk after that; then it is asked for anew."""
    paper_lines: int = Field(default=76, ge=30, le=85)
    """Printed lines of all chapters that two pages hold, beside the head; what is longer is cut where there is most."""


class CountsPolicy(Policy):
    smallest_group: Annotated[int, Field(ge=2, le=50)] = 5
    """The committee sees no figure of fewer members away than this: such cells are counted with the next one."""
    ending_days: Annotated[int, Field(ge=1, le=366)] = 60
    """An exemption that ends within so many days is counted as ending."""
    network_days: Annotated[int, Field(ge=1, le=30)] = 3
    """Days after which somebody whose network lets nothing through is counted as unreachable, and not as late."""


class CommitteePolicy(Policy):
    unattended_days: Annotated[int, Field(ge=1, le=180)] = 14
    """Days that something waits on a cell's desk without anybody opening it, until the committee is told."""
    names_answer_days: Annotated[int, Field(ge=1, le=90)] = 14
    """Days that a cell has to grant or refuse a request for names; then it lapses."""
    names_shown_days: Annotated[int, Field(ge=1, le=60)] = 7
    """Days that granted names can be looked at."""
    visit_days: Annotated[int, Field(ge=1, le=366)] = 60
    """A visit can be noted so many days afterwards."""
