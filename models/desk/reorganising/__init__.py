"""Units change by a decision of the level above: another name, another place, merged, split, ended.

    one confirmation ──> everything moves in one step, each column noted in the journal (models/people/unit_change.py)
       │                 everybody concerned is told once
       └── within 24 hours: undone ──> what moved goes back, what was begun since about a person goes with that person

    places.py     what becomes of each column that names a unit
    moving.py     how rows go, offices end or pass
    late.py       what came into a unit after it was taken over
    acts.py       rename, move_unit, merge_units, split_cell, close_unit, undo_change
    questions.py  who may, what would move, whether it can be undone
    telling.py

Rights are asked of the level above all that is changed. Nobody gains one by a change, but for whom the paper names.
Why so: docs/decisions/0064.
"""

from models.desk.reorganising.acts import (
    OfficesGo as OfficesGo,
    close_unit as close_unit,
    merge_units as merge_units,
    move_unit as move_unit,
    rename as rename,
    split_cell as split_cell,
    undo_change as undo_change,
)
from models.desk.reorganising.late import bring_along as bring_along, left_behind as left_behind
from models.desk.reorganising.places import PLACES as PLACES, Goes as Goes
from models.desk.reorganising.questions import (
    ChangeRefused as ChangeRefused,
    check_above as check_above,
    check_undoable as check_undoable,
    deputies_of as deputies_of,
    heirs as heirs,
    leading as leading,
    may_change as may_change,
    may_undo as may_undo,
    named_in as named_in,
    new_parents as new_parents,
    parties as parties,
    what_moves as what_moves,
)
