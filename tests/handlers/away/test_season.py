"""As last year: offered once in the month in which somebody left, filed by one tap, decided by the cell as one batch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.away import (
    Away,
    AwayState,
    Declaration,
    Filing,
    FilingAct,
    FilingState,
    Route,
    aways_of,
    begin_return,
    close_away,
    decide_filing,
    file_away,
    file_season,
    filings_of,
    open_away,
    put_filing_to_cell,
    record_cell_result,
    season_of,
)
from models.people.member import Member, Purpose, add_member, record_consent
from models.people.unit import Unit, UnitKind, create_unit
from tests.absences import SAIGON, Chain, declaration
from tests.fakes import ZALO, World
from tests.page import Page
from tests.people import BOB, DAN, OFFICER, Cell, a_cell, phone_of, settle_in
from tests.phone import Phone

LEFT, BACK = date(2026, 1, 10), date(2026, 5, 20)
JANUARY = datetime(2027, 1, 1, 2, tzinfo=UTC)  # 9:00 in Vietnam
OFFER = "Dịp này năm ngoái đồng chí đi"


@pytest.fixture
def dan(world: World, cell: Cell) -> Phone:
    return settle_in(world, cell, DAN)[0]


def last_year(world: World, cell: Cell, *, left: date = LEFT, back: date = BACK, **more: object) -> Chain:
    """Away from then to then, with the committee's decision; everything is done, and closed today."""
    chain = Chain(world, cell, cell.dan)
    given = {"stay": SAIGON, "itinerant": True, **more}
    chain.files(declaration(left, date(2026, 12, 20), **given)).is_approved()  # type: ignore[arg-type]
    chain.does(begin_return, by_id=cell.dan, returned_on=back)
    chain.does(close_away, by_id=cell.bob, note="đã về", at_home=True)
    return chain


def running(world: World, member_id: int) -> Away | None:
    return world.db(lambda db: open_away(db, member_id))


def count_of_offers(phone: Phone) -> int:
    return phone.chat().count(OFFER)


# --- offered --------------------------------------------------------------------------------------------------------


def test_it_is_offered_on_the_first_morning_of_that_month_once_and_never_again(
    world: World, cell: Cell, dan: Phone
) -> None:
    last_year(world, cell)
    world.until(JANUARY - timedelta(minutes=2))
    assert count_of_offers(dan) == 0
    world.until(JANUARY + timedelta(minutes=2))
    assert "từ 10/01/2027 đến 19/05/2027 như năm ngoái" in dan.chat()
    world.wait(timedelta(days=45))
    assert count_of_offers(dan) == 1
    world.until(JANUARY + timedelta(days=400))
    assert count_of_offers(dan) == 1


def test_one_tap_files_the_same_absence_with_this_years_dates(world: World, cell: Cell, dan: Phone) -> None:
    bob = settle_in(world, cell, BOB)[0]
    chain = last_year(world, cell)
    world.until(JANUARY + timedelta(minutes=2))
    dan.taps("Đi như năm ngoái?")
    said = dan.reads()
    assert said.startswith("Như năm ngoái: TP Hồ Chí Minh, từ 10/01/2027 đến 19/05/2027.")
    assert "Năm ngoái dự định đến 20/12/2026; ngày năm nay tính theo ngày về thật." in said
    dan.taps("Nộp như năm ngoái")
    away = running(world, cell.dan)
    assert away is not None
    assert (away.begins_on, away.ends_on) == (date(2027, 1, 10), date(2027, 5, 19))
    assert away.state == AwayState.WAITING
    assert away.stay == chain.of_away(lambda one: one.stay)
    assert away.reason == "đi thực tập"
    assert dan.documents()[-1][0].startswith("79.don-xin-tam-mien")
    assert "Phạm Văn Dân" in bob.chat()


def test_filed_twice_is_noticed_by_whichever_way_it_was_filed_first(
    world: World, cell: Cell, dan: Phone
) -> None:
    chain = last_year(world, cell)
    world.until(JANUARY + timedelta(minutes=2))
    page = Page(world, "dan").is_of(cell.dan)
    page.says("/khaibao").reads()  # stands open in a browser, too
    dan.taps("Đi như năm ngoái?")
    message, data = dan.button_data("Nộp như năm ngoái")
    dan.taps_data(message, data).taps_data(message, data, stale=True)
    page.taps("Nộp như năm ngoái")
    assert "Chuyến đi này đã được khai báo rồi (từ 10/01/2027); không nộp thêm lần nữa." in page.reads()
    mine = world.db(lambda db: aways_of(db, cell.dan))
    assert len(mine) == 2
    assert len(world.db(lambda db: filings_of(db, mine[0].id))) == 1
    dan.taps_data(message, f"away:season:{chain.away_id}", stale=True)  # the way of the old message
    assert "đang được xem xét" in dan.reads()


def test_what_the_cell_typed_from_paper_counts_too(world: World, cell: Cell, dan: Phone) -> None:
    chain = last_year(world, cell)
    world.until(JANUARY + timedelta(minutes=2))
    dan.taps("Đi như năm ngoái?")
    typed = declaration(date(2027, 1, 12), date(2027, 6, 1), stay=SAIGON, itinerant=True)
    Chain(world, cell, cell.dan).files(typed, by_id=cell.bob, on_paper=True)
    dan.taps("Nộp như năm ngoái")
    assert "đã được khai báo rồi (từ 12/01/2027)" in dan.reads()
    assert len(world.db(lambda db: aways_of(db, cell.dan))) == 2
    assert chain.of_away(lambda away: away.state) == AwayState.CLOSED


def test_nothing_is_offered_where_an_absence_is_declared_already(
    world: World, cell: Cell, dan: Phone
) -> None:
    last_year(world, cell)
    Chain(world, cell, cell.dan).files(declaration(date(2026, 12, 28), date(2027, 3, 1), stay=SAIGON))
    world.until(JANUARY + timedelta(days=40))
    assert count_of_offers(dan) == 0


def test_who_left_the_roster_or_keeps_absences_on_paper_is_offered_nothing(
    world: World, cell: Cell, dan: Phone
) -> None:
    chain = last_year(world, cell)
    world.db(lambda db: record_consent(db, cell.dan, Purpose.AWAY, given=False, now=world.clock()))
    world.until(JANUARY + timedelta(days=3))
    assert count_of_offers(dan) == 0
    assert chain.of_away(lambda away: away.next_at) is None

    def leaves(db: Session) -> object:
        member = db.get_one(Member, cell.dan)
        member.left_at = world.clock()
        db.flush()
        return season_of(db, member, world.settings, now=world.clock())

    world.db(leaves)


def test_what_comes_after_our_own_outage_is_offered_within_the_month_and_dropped_after_it(
    world: World, cell: Cell, dan: Phone
) -> None:
    chain = last_year(world, cell)

    def asleep(db: Session) -> None:
        db.get_one(Away, chain.away_id).next_at = datetime(2027, 2, 3, 2, tzinfo=UTC)

    world.db(asleep)
    world.until(datetime(2027, 2, 4, tzinfo=UTC))
    assert count_of_offers(dan) == 0


def test_what_was_closed_before_this_was_offered_finds_its_moment(
    world: World, cell: Cell, dan: Phone
) -> None:
    chain = last_year(world, cell)
    world.db(
        lambda db: setattr(db.get_one(Away, chain.away_id), "next_at", world.clock())
    )  # as the migration has it
    world.wait(timedelta(minutes=3))
    assert count_of_offers(dan) == 0
    assert chain.of_away(lambda away: away.next_at) == JANUARY


# --- on the screen --------------------------------------------------------------------------------------------------


def test_the_declare_screen_offers_it_from_a_month_before_until_the_month_is_over(
    world: World, cell: Cell, dan: Phone
) -> None:
    last_year(world, cell)
    assert "Nộp như năm ngoái" not in dan.says("/khaibao").buttons()
    dan.says("/huy")
    world.until(datetime(2026, 12, 15, 2, tzinfo=UTC))
    assert dan.says("/khaibao").buttons() == [
        "Nộp như năm ngoái",
        "Như năm ngoái, ngày khác",
        "Khai báo chuyến khác",
        "Màn hình chính",
    ]
    assert "Nhật Bản" in dan.taps("Khai báo chuyến khác").buttons()
    dan.says("/huy")
    world.until(datetime(2027, 2, 2, 2, tzinfo=UTC))
    assert "Nộp như năm ngoái" not in dan.says("/khaibao").buttons()


def test_other_days_ask_for_nothing_but_the_days(world: World, cell: Cell, dan: Phone) -> None:
    last_year(world, cell)
    world.until(datetime(2027, 1, 5, 2, tzinfo=UTC))
    dan.says("/khaibao").taps("Như năm ngoái, ngày khác").says("20/01/2027").says("30/04/2027")
    assert "Hồ Chí Minh" in dan.reads()
    dan.taps("Nộp cho bí thư")
    away = running(world, cell.dan)
    assert away is not None
    assert (away.begins_on, away.ends_on) == (date(2027, 1, 20), date(2027, 4, 30))


def test_a_day_that_has_gone_by_is_not_filed_behind_the_members_back(
    world: World, cell: Cell, dan: Phone
) -> None:
    last_year(world, cell)
    world.until(JANUARY + timedelta(minutes=2))
    dan.taps("Đi như năm ngoái?")
    message, data = dan.button_data("Nộp như năm ngoái")
    world.until(datetime(2027, 1, 15, 2, tzinfo=UTC))
    dan.taps_data(message, data, stale=True)
    assert dan.reads().startswith("Như năm ngoái: TP Hồ Chí Minh, từ 15/01/2027 đến 19/05/2027.")
    assert running(world, cell.dan) is None
    world.until(datetime(2027, 2, 2, 2, tzinfo=UTC))
    dan.taps_data(message, data, stale=True)
    assert "Ngày trên nút đã qua" in dan.reads()


def test_who_came_back_within_weeks_is_noted_this_year_and_reads_that_the_kind_has_changed(
    world: World, cell: Cell, dan: Phone
) -> None:
    last_year(world, cell, back=date(2026, 2, 25))
    world.until(JANUARY + timedelta(minutes=2))
    dan.taps("Đi như năm ngoái?")
    said = dan.reads()
    assert "Hình thức năm ngoái: tạm miễn sinh hoạt đảng; năm nay: dưới 3 tháng, chỉ ghi nhận." in said
    dan.taps("Nộp như năm ngoái")
    away = running(world, cell.dan)
    assert away is not None
    assert (away.route, away.state, away.due_on) == (Route.NOTE, AwayState.ACTIVE, date(2027, 2, 24))


def test_who_was_moved_files_with_the_cell_of_now(world: World, cell: Cell, dan: Phone) -> None:
    last_year(world, cell)

    def moves(db: Session) -> int:
        now = world.clock()
        member = db.get_one(Member, cell.dan)
        other = create_unit(
            db, kind=UnitKind.CELL, name="Chi bộ thôn Tây", parent=_commune(db, cell), now=now
        )
        member.cell_id = other.id
        return other.id

    other = world.db(moves)
    world.until(JANUARY + timedelta(minutes=2))
    dan.taps("Đi như năm ngoái?")
    assert "Đơn gửi chi bộ hiện nay: Chi bộ thôn Tây." in dan.reads()
    dan.taps("Nộp như năm ngoái")
    away = running(world, cell.dan)
    assert away is not None
    assert away.cell_id == other


def _commune(db: Session, cell: Cell) -> Unit:
    return db.get_one(Unit, cell.commune)


def test_the_page_offers_what_telegram_offers_and_words_alone_point_to_it(
    world: World, cell: Cell, dan: Phone
) -> None:
    last_year(world, cell)
    world.until(datetime(2027, 1, 5, 2, tzinfo=UTC))
    page = Page(world, "dan").is_of(cell.dan)
    world.settle()
    page.reads()
    page.says("/khaibao")
    assert "Nộp như năm ngoái" in page.buttons()
    page.taps("Nộp như năm ngoái")
    away = running(world, cell.dan)
    assert away is not None
    assert away.begins_on == date(2027, 1, 10)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_by_words_alone_the_offer_arrives_and_leads_to_the_private_page(database_url: str) -> None:
    with World.open(database_url, zalo=ZALO) as world:
        cell = a_cell(world)
        settle_in(world, cell, DAN)
        last_year(world, cell)
        world.telegram.blocks(DAN)
        world.settle()
        dan = world.text_phone("6ede9afa66b88fe6d6a9", "Dân", of=cell.dan)
        dan.reads()
        world.until(JANUARY + timedelta(minutes=2))
        assert "không gửi được ở đây" in dan.says("/khaibao").reads()
        assert running(world, cell.dan) is None


# --- at the cell ----------------------------------------------------------------------------------------------------


@pytest.fixture
def ten(world: World, cell: Cell) -> list[int]:
    """Ten seasonal workers, each of whom has filed as last year."""
    return world.db(lambda db: list(_ten(db, world, cell)))


def _ten(db: Session, world: World, cell: Cell) -> Iterator[int]:
    now = world.clock()
    for number in range(10):
        name = f"Lò Văn {'ABCDEGHIKL'[number]}inh"
        member = add_member(db, cell_id=cell.id, full_name=name, birth_year=1985, phone=None, now=now)
        record_consent(db, member.id, Purpose.AWAY, given=True, now=now)
        own, keeper = FilingAct(member.id, world.settings, now), FilingAct(cell.bob, world.settings, now)
        filing = file_away(db, member, _declared(), own)
        put_filing_to_cell(db, filing, keeper)
        record_cell_result(db, filing, keeper, met_on=now.date(), proposes=True, number="01-NQ/CB")
        if filing.state == FilingState.PROPOSED:
            typed = FilingAct(cell.bob, world.settings, now, on_paper=True)
            decide_filing(db, filing, typed, approve=True, number="15-QĐ/ĐU", decided_on=now.date())
        away = db.get_one(Away, filing.away_id)
        rules = world.settings
        begin_return(db, away, returned_on=date(2026, 11, 20), by_id=member.id, policies=rules, now=now)
        close_away(db, away, note="đã về", at_home=True, by_id=cell.bob, policies=rules, now=now)
        file_season(db, away, own, begins_on=date(2026, 12, 20))
        yield member.id


def _declared() -> Declaration:
    return declaration(date(2025, 12, 20), date(2026, 12, 10), stay=SAIGON, itinerant=True)


def states(world: World, ten: list[int]) -> list[str]:
    rows = (
        select(Filing.state)
        .join(Away, Away.id == Filing.away_id)
        .where(Away.member_id.in_(ten), Filing.unchanged)
        .order_by(Filing.id)
    )
    return world.db(lambda db: [str(state) for state in db.scalars(rows)])


def test_the_cell_decides_on_ten_people_by_three_taps(world: World, cell: Cell, ten: list[int]) -> None:
    bob, officer = settle_in(world, cell, BOB, OFFICER)
    bob.says("/chibo")
    assert "10 đơn như năm ngoái, chờ chi bộ họp" in bob.reads()
    assert bob.reads().count("Lò Văn") == 0
    bob.taps("10 đơn như năm ngoái", "Đúng, đề nghị cả 10 đơn")
    assert "Đã ghi kết quả họp cho 10 đơn; từng đồng chí được báo." in bob.reads()
    assert states(world, ten) == [FilingState.PROPOSED] * 10
    assert "Lò Văn" in officer.chat()
    assert "đơn như năm ngoái" not in bob.says("/chibo").reads()


def test_the_look_over_names_each_with_route_and_days(world: World, cell: Cell, ten: list[int]) -> None:
    bob = settle_in(world, cell, BOB)[0]
    said = bob.says("/chibo").taps("10 đơn như năm ngoái").reads()
    assert "Họp ngày 01/12/2026: chi bộ đề nghị cấp ủy quyết định, 10 đơn." in said
    assert said.count("tạm miễn sinh hoạt đảng, từ 20/12/2026 đến 19/11/2027, như năm ngoái") == 10
    assert len(bob.buttons()) <= 8


def test_one_is_taken_out_another_day_and_votes_are_typed_for_all(
    world: World, cell: Cell, ten: list[int]
) -> None:
    bob = settle_in(world, cell, BOB)[0]
    bob.says("/chibo").taps("10 đơn như năm ngoái", "Bớt hoặc thêm đơn", "Lò Văn Ainh", "Xong, xem lại")
    bob.taps("Họp ngày khác").says("30/11/2026")
    bob.taps("Ghi số phiếu chung").says("17/0")
    assert "Họp ngày 30/11/2026: chi bộ đề nghị cấp ủy quyết định, 9 đơn." in bob.reads()
    bob.taps("Đúng, đề nghị cả 9 đơn")
    assert sorted(states(world, ten)) == [FilingState.FILED, *[FilingState.PROPOSED] * 9]
    filed = world.db(lambda db: list(db.scalars(select(Filing).where(Filing.state == FilingState.PROPOSED))))
    assert {(one.votes_for, one.votes_against, one.meeting_on) for one in filed} == {
        (17, 0, date(2026, 11, 30))
    }


def test_what_somebody_dealt_with_meanwhile_is_left_as_it_is(
    world: World, cell: Cell, ten: list[int]
) -> None:
    bob = settle_in(world, cell, BOB)[0]
    bob.says("/chibo").taps("10 đơn như năm ngoái")

    def quicker(db: Session) -> None:
        filing = db.scalars(select(Filing).where(Filing.unchanged).order_by(Filing.id)).first()
        assert filing is not None
        act = FilingAct(cell.deputy, world.settings, world.clock(), comment="chưa rõ nơi đến")
        record_cell_result(db, filing, act, met_on=world.clock().date(), proposes=False)

    world.db(quicker)
    bob.taps("Đúng, đề nghị cả")
    assert "Đã ghi kết quả họp cho 9 đơn" in bob.reads()
    assert states(world, ten).count(FilingState.REFUSED) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_where_the_cell_decides_one_number_is_typed_for_all(database_url: str) -> None:
    with World.open(database_url, away={"decided_by": "cell"}) as world:
        cell = a_cell(world)
        ten = world.db(lambda db: list(_ten(db, world, cell)))
        bob = settle_in(world, cell, BOB)[0]
        bob.says("/chibo").taps("10 đơn như năm ngoái").says("12-NQ/CB")
        bob.taps("Đúng, chi bộ đồng ý 10 đơn")
        assert states(world, ten) == [FilingState.APPROVED] * 10
        numbers = world.db(lambda db: set(db.scalars(select(Filing.decision_number).where(Filing.unchanged))))
        assert numbers == {"12-NQ/CB"}


def test_the_committee_decides_on_ten_people_by_one_number(world: World, cell: Cell, ten: list[int]) -> None:
    bob, officer = settle_in(world, cell, BOB, OFFICER)
    bob.says("/chibo").taps("10 đơn như năm ngoái", "Đúng, đề nghị cả 10 đơn")
    officer.says("/dangbo").goes("chờ quyết định").taps("Quyết định nhiều đơn một lần").says("21-QĐ/ĐU")
    said = officer.reads()
    assert "Quyết định số 21-QĐ/ĐU, ngày 01/12/2026: đồng ý 10 đơn." in said
    assert said.count("như năm ngoái") == 10
    officer.taps("Bớt hoặc thêm đơn", "Lò Văn Ainh", "Xong, xem lại").taps("Đúng, đồng ý 9 đơn")
    assert "Đã ghi quyết định cho 9 đơn" in officer.reads()
    assert sorted(states(world, ten)) == [*[FilingState.APPROVED] * 9, FilingState.PROPOSED]
    numbers = world.db(lambda db: set(db.scalars(select(Filing.decision_number).where(Filing.unchanged))))
    assert numbers == {"21-QĐ/ĐU", None}
    bob.says("/menu").taps_data(bob.last()["message_id"], f"absence:sitting:{cell.commune}", stale=True)
    assert "Lò Văn" not in bob.reads()


def test_nobody_but_secretary_and_deputy_decides_on_the_batch(
    world: World, cell: Cell, ten: list[int], dan: Phone
) -> None:
    dan.says("/menu").taps_data(dan.last()["message_id"], f"absence:season:{cell.id}", stale=True)
    assert "Lò Văn" not in dan.reads()
    carol = phone_of(world, 90)
    carol.says("/start").taps_data(carol.last()["message_id"], f"absence:season:{cell.id}", stale=True)
    assert "Lò Văn" not in carol.chat()
    assert states(world, ten) == [FilingState.FILED] * 10
