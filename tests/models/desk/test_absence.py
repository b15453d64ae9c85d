"""The keeper's view: what waits, the filters, the papers, and that it costs the same for many as for few."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from models.away.away import Filing, FilingAct, begin_return, extend_away, file_away
from models.delivery.papers import (
    AbroadApplication,
    ExcuseApplication,
    ExtensionApplication,
    TransferApplication,
)
from models.desk.absence import Absence, Filter, Wait, absences_of, application_of, register_paper, waiting
from models.desk.screening import record_dues
from models.people.assignment import assign_contact
from models.people.member import Member, add_member
from models.people.unit import Unit
from tests.absences import OSAKA, SAIGON, Chain, declaration
from tests.fakes import World
from tests.people import Cell

STATEMENTS = 5  # absences, their papers; contacts; answers and notes


def seen(world: World, cell: Cell) -> list[Absence]:
    found: list[Absence] = world.db(
        lambda db: absences_of(db, cell.id, world.settings.away, now=world.clock())
    )
    return found


def alone(world: World, cell: Cell) -> Absence:
    (one,) = seen(world, cell)
    return one


def paper(world: World, chain: Chain) -> Any:
    return world.db(lambda db: application_of(db, db.get_one(Filing, chain.filing_id), world.settings.away))


# --- what waits -----------------------------------------------------------------------------------------------------


def test_what_waits_follows_the_paper(world: World, cell: Cell) -> None:
    chain = Chain(world, cell, cell.alice).files()
    assert alone(world, cell).wait is Wait.FILED
    chain.is_put_to_the_cell()
    assert alone(world, cell).wait is Wait.AT_CELL


def test_what_lies_with_the_committee_does_not_wait_here(world: World, cell: Cell) -> None:
    Chain(world, cell, cell.alice).files(declaration(ends_on=date(2027, 3, 15))).is_proposed()
    assert alone(world, cell).wait is None


def test_ending_lapsed_returning(world: World, cell: Cell) -> None:
    chain = Chain(world, cell, cell.alice).files(declaration(ends_on=date(2027, 3, 31))).is_approved()
    assert alone(world, cell).wait is None
    world.until(world.clock() + timedelta(days=61))  # 31/03/2027 is 59 days away
    assert alone(world, cell).wait is Wait.ENDING
    world.until(world.clock() + timedelta(days=62))
    assert alone(world, cell).wait is Wait.LAPSED
    chain.does(begin_return, by_id=cell.alice, returned_on=date(2027, 4, 1))
    assert alone(world, cell).wait is Wait.RETURNING


def test_the_worst_comes_first(world: World, cell: Cell) -> None:
    Chain(world, cell, cell.dan).files(declaration(ends_on=date(2027, 1, 15), begins_on=date(2026, 9, 1)))
    Chain(world, cell, cell.alice).files().is_put_to_the_cell()
    found = world.db(lambda db: waiting(absences_of(db, cell.id, world.settings.away, now=world.clock())))
    assert [one.member.id for one in found] == [cell.dan, cell.alice]


# --- filters --------------------------------------------------------------------------------------------------------


def test_abroad_and_in_the_country(world: World, cell: Cell) -> None:
    Chain(world, cell, cell.alice).files(declaration(stay=OSAKA))
    Chain(world, cell, cell.dan).files(declaration(stay=SAIGON))
    fits = {chosen: [one.member.id for one in seen(world, cell) if one.fits(chosen)] for chosen in Filter}
    assert fits[Filter.ABROAD] == [cell.alice]
    assert fits[Filter.HOME] == [cell.dan]
    assert len(fits[Filter.ALL]) == 2


def test_silence_counts_from_the_declaration_and_ends_with_a_word(world: World, cell: Cell) -> None:
    Chain(world, cell, cell.alice).files().is_approved()
    assert not alone(world, cell).is_silent
    world.until(world.clock() + timedelta(days=60))
    assert alone(world, cell).is_silent


def test_whoever_stands_in_for_a_while_is_the_contact(world: World, cell: Cell) -> None:
    Chain(world, cell, cell.alice).files()

    def assign(contact: int, ends_on: date | None) -> None:
        def work(db: Session) -> None:
            people = db.get_one(Member, cell.alice), db.get_one(Member, contact)
            assign_contact(db, *people, by_id=cell.bob, now=world.clock(), ends_on=ends_on)

        world.db(work)

    assign(cell.bob, None)
    assign(cell.deputy, date(2026, 12, 10))
    contact = alone(world, cell).contact
    assert contact
    assert contact.id == cell.deputy
    world.until(world.clock() + timedelta(days=12))
    contact = alone(world, cell).contact
    assert contact
    assert contact.id == cell.bob


def test_many_cost_as_many_statements_as_one(world: World, cell: Cell) -> None:
    def many(db: Session) -> None:
        for number in range(30):
            member = add_member(
                db, cell_id=cell.id, full_name=f"Đỗ Thị {number}", place_code="JP", now=world.clock()
            )
            file_away(
                db, member, declaration(), FilingAct(cell.bob, world.settings, world.clock(), on_paper=True)
            )

    world.db(many)
    asked: list[str] = []
    engine = world.database.engine
    event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    found = seen(world, cell)
    assert len(found) == 30
    assert len([one for one in asked if one.lstrip().upper().startswith("SELECT")]) <= STATEMENTS


# --- papers ---------------------------------------------------------------------------------------------------------


def test_the_form_follows_the_route(world: World, cell: Cell) -> None:
    abroad = Chain(world, cell, cell.alice).files()
    assert isinstance(paper(world, abroad), AbroadApplication)
    home = Chain(world, cell, cell.dan).files(declaration(stay=SAIGON))
    assert isinstance(paper(world, home), TransferApplication)
    home.files(declaration(stay=SAIGON, itinerant=True))
    assert isinstance(paper(world, home), ExcuseApplication)
    home.files(declaration(stay=SAIGON, ends_on=date(2028, 12, 31)))
    assert paper(world, home) is None  # a formal transfer: on the Portal
    home.files(declaration(stay=SAIGON, ends_on=date(2027, 1, 15)))
    assert paper(world, home) is None  # only noted


def test_an_extension_names_the_decision_that_it_extends(world: World, cell: Cell) -> None:
    chain = Chain(world, cell, cell.alice).files().is_approved()
    chain.does(extend_away, by_id=cell.alice, ends_on=date(2028, 4, 30), reason="còn hợp đồng")
    made = paper(world, chain)
    assert isinstance(made, ExtensionApplication)
    assert (made.decision, made.ended_on) == ("15-QĐ/ĐU", date(2027, 10, 31))
    assert (made.from_on, made.until_on) == (date(2027, 11, 1), date(2028, 4, 30))
    assert made.reason == "còn hợp đồng"
    assert (
        made.what == "chuyển sinh hoạt đảng tạm thời"
    )  # as decided, also where the extension asks for another route


def test_the_register_carries_what_the_paper_book_has(world: World, cell: Cell) -> None:
    Chain(world, cell, cell.alice).files().is_approved()

    def work(db: Session) -> Any:
        now = world.clock()
        alice = db.get_one(Member, cell.alice)
        assign_contact(db, alice, db.get_one(Member, cell.deputy), by_id=cell.bob, now=now)
        record_dues(db, alice, date(2026, 11, 1), by_id=cell.bob, now=now)
        shown = absences_of(db, cell.id, world.settings.away, now=now)
        return register_paper(db, db.get_one(Unit, cell.id), shown, Filter.ABROAD, now=now)

    register = world.db(work)
    assert (register.above, register.cell) == ("Đảng ủy xã An Bình", "Chi bộ thôn Đông")
    assert register.filter == "Ngoài nước"
    (row,) = register.rows
    assert (row.name, row.place, row.decision) == ("Nguyễn Thị An", "Nhật Bản", "15-QĐ/ĐU")
    assert (row.contact, row.dues_until, row.dues_note) == ("Lê Thị Hoa", None, "nộp ở nơi tạm thời")
    assert row.phone.startswith("+81")
