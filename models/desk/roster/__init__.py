"""The roster as an Excel file: the template that is handed out, and what comes back.

    roster_template(Lang.VI)                          -> bytes of an .xlsx
    read_roster(data, today=day, policy=RosterPolicy()) -> Roster(rows, faults)
    fault.phrase                                      -> Dòng 7, cột “Năm sinh”: “abc” – chưa đọc được. …
    compare_roster(db, cell_id, rows)                 -> who is new, changed, the same, unclear, not named
    import_roster(db, cell_id, rows, ...)             the same comparison, done
    roster_export(members, lang)                      -> bytes of an .xlsx that read_roster reads again

A file that cannot be opened raises `UnreadableRoster`, which carries its sentence; a bad row never does.
`workbook`, `opendoc` and `separated` make grids of .xlsx, .ods and .csv, `sheet` finds the list in them, `cells` reads one
cell, `reading` puts rows together.
"""

from models.desk.roster.acts import add_row, change_facts, import_roster, leave_roster, replan_cell
from models.desk.roster.comparison import Comparison, Unclear, Update, compare_roster, likely_doubles
from models.desk.roster.export import left_rows, roster_export
from models.desk.roster.leftover import RosterLeft, forget_in_left, keep_left, left_of
from models.desk.roster.reading import read_roster
from models.desk.roster.rows import (
    Aside,
    AsideKind,
    Column,
    Fault,
    FaultKind,
    Left,
    Roster,
    RosterPolicy,
    RosterRow,
    UnreadableRoster,
)
from models.desk.roster.template import roster_template
from models.people.member import Standing

__all__ = [
    "Aside",
    "AsideKind",
    "Column",
    "Comparison",
    "Fault",
    "FaultKind",
    "Left",
    "Roster",
    "RosterLeft",
    "RosterPolicy",
    "RosterRow",
    "Standing",
    "Unclear",
    "UnreadableRoster",
    "Update",
    "add_row",
    "change_facts",
    "compare_roster",
    "forget_in_left",
    "import_roster",
    "keep_left",
    "leave_roster",
    "left_of",
    "left_rows",
    "likely_doubles",
    "read_roster",
    "replan_cell",
    "roster_export",
    "roster_template",
]
