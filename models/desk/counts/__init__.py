"""What a committee sees of the cells below it: numbers, no names, and never of fewer than five people away.

    units below, in order   A 2   B 9   C 0   D 3   E 4   F 1
    runs of five or more    [ A + B ] [ C + D + E + F ]           each is counted as one, and shown at its carrier
                                  ^           ^                   (the unit with which it became large enough)

The last ones that are too few by themselves go to the run before them. Below a carrier its companions go along, so that
every figure on every screen is made of the same runs and no difference of two figures is smaller than a run
(docs/decisions/0016). What is counted together depends on where one stands: on the highest unit that one may see.

One grouped query a kind of figure, whatever the number of cells. Whoever is registered and has not agreed to be counted is
in no figure at all, not even among those away; whoever never registered is one of those away and in no other. None is "no
figures yet" (nobody was asked this month), never zero.

    live.py     the figures, asked of the people themselves
    kept.py     the same, kept for each cell, and asked anew of the cells where something has happened since
    view.py     what one person may see of them
"""

from models.desk.counts.kept import (
    TOUCHED as TOUCHED,
    CellSum as CellSum,
    cells_to_count as cells_to_count,
    count_cells as count_cells,
    touch_cells as touch_cells,
    untrue_sums as untrue_sums,
)
from models.desk.counts.live import (
    Counts as Counts,
    Figure as Figure,
    may_be_named as may_be_named,
    who_is_counted as who_is_counted,
)
from models.desk.counts.view import Group as Group, View as View, view_of as view_of
