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

from models.desk.roster.acts import (
    add_row as add_row,
    change_facts as change_facts,
    import_roster as import_roster,
    leave_roster as leave_roster,
    replan_cell as replan_cell,
)
from models.desk.roster.comparison import (
    Comparison as Comparison,
    Update as Update,
    compare_roster as compare_roster,
    likely_doubles as likely_doubles,
)
from models.desk.roster.export import left_rows as left_rows, roster_export as roster_export
from models.desk.roster.leftover import (
    RosterLeft as RosterLeft,
    forget_in_left as forget_in_left,
    keep_left as keep_left,
    left_of as left_of,
)
from models.desk.roster.reading import read_roster as read_roster
from models.desk.roster.rows import (
    Aside as Aside,
    AsideKind as AsideKind,
    Column as Column,
    FaultKind as FaultKind,
    Left as Left,
    Roster as Roster,
    RosterFault as RosterFault,
    RosterRow as RosterRow,
    UnreadableRoster as UnreadableRoster,
)
from models.desk.roster.template import roster_template as roster_template
from models.people.member import Standing as Standing
