"""No screen that members see often puts more than twelve questions to the database, but for four that are named."""

from tests.budgets import MORE, MOST, member_screens
from tests.fakes import World
from tests.people import Cell


def test_the_commonest_screens_of_a_member_ask_little(world: World, cell: Cell) -> None:
    costs = member_screens(world, cell)
    assert len(costs) == 20
    assert [one for one in costs if one.questions > MORE.get(one.screen, MOST)] == []
