"""The roster as an Excel file: the template that is handed out, and what comes back.

    roster_template(Lang.VI)                          -> bytes of an .xlsx
    read_roster(data, today=day, policy=RosterPolicy()) -> Roster(rows, faults)
    fault.phrase                                      -> Dòng 7, cột «Năm sinh»: «abc» – chưa đọc được. …

A file that cannot be opened raises `UnreadableRoster`, which carries its sentence; a bad row never does.
`package` looks at the zip, `sheet` finds the list in it, `cells` reads one cell, `reading` puts rows together.
"""

from models.roster.reading import read_roster
from models.roster.rows import (
    Column,
    Fault,
    FaultKind,
    KnownTo,
    Roster,
    RosterPolicy,
    RosterRow,
    Standing,
    UnreadableRoster,
)
from models.roster.template import roster_template

__all__ = [
    "Column",
    "Fault",
    "FaultKind",
    "KnownTo",
    "Roster",
    "RosterPolicy",
    "RosterRow",
    "Standing",
    "UnreadableRoster",
    "read_roster",
    "roster_template",
]
