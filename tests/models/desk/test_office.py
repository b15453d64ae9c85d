"""The secretary's office: handed over item by item, shared with a deputy for a time, never silently empty."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from models.contact.ladder import Ladder, LadderState, open_ladder, take_ladder
from models.contact.policy import LadderPolicy, RequestPolicy
from models.contact.request import HelpRequest, RequestWords, close_request, open_request
from models.desk.committee import ask_names
from models.desk.counts import Figure
from models.desk.handover import accept_item, begin_handover, handover_items, settle_handover, what_waits
from models.desk.office import (
    ActingOfficer,
    Handover,
    HandoverItem,
    HandoverState,
    OfficeRefused,
    appoint_deputy,
    current_stand_in,
    end_deputy,
    end_stand_in,
    handovers_of,
    is_attended,
    running_handover,
    stand_ins_of,
    step_in,
)
from models.desk.waiting import SOURCES, Matter
from models.people.member import Member, Reachability, account_of, add_member
from models.people.rights import NotEntitled, Right, Role, appointments, end_appointment, holders, may
from models.people.unit import Unit
from models.phrases.desk import office as phrases
from models.year.probation import start_probation
from tests.fakes import World
from tests.meetings import a_meeting
from tests.people import ALICE, BOB, DAN, DEPUTY, OFFICER, Cell, settle_in
from tests.phone import Phone
from tests.reviews import a_campaign, hands_in


@pytest.fixture
def phones(world: World, cell: Cell) -> dict[int, Phone]:
    users = (DAN, ALICE, BOB, DEPUTY, OFFICER)
    return dict(zip(users, settle_in(world, cell, *users), strict=True))


def ask_for_help(world: World, member_id: int) -> int:
    def work(db: Session) -> int:
        request = open_request(
            db,
            db.get_one(Member, member_id),
            RequestWords(text="Cần giấy xác nhận"),
            policy=RequestPolicy(),
            now=world.clock(),
        )
        assert request is not None
        return request.id

    return world.db(work)


def hand_over(world: World, cell: Cell, to_id: int, *, by_id: int) -> int:
    found = world.db(
        lambda db: (
            begin_handover(db, db.get_one(Unit, cell.id), to_id=to_id, by_id=by_id, now=world.clock()).id
        )
    )
    world.settle()
    return found


def accept(world: World, item_id: int, by_id: int) -> None:
    world.db(
        lambda db: accept_item(
            db,
            db.get_one(HandoverItem, item_id),
            by_id=by_id,
            policy=LadderPolicy(),
            requests=RequestPolicy(),
            now=world.clock(),
        )
    )
    world.settle()


def items(world: World, handover: int) -> list[tuple[HandoverItem, str]]:
    return world.db(lambda db: handover_items(db, handover))


def state(world: World, handover: int) -> str:
    return world.db(lambda db: db.get_one(Handover, handover).state)


def allowed(world: World, member_id: int, right: Right, cell: Cell) -> bool:
    return world.db(lambda db: may(db, member_id, right, cell.id, now=world.clock()))


# --- hand-over ------------------------------------------------------------------------------------------------------


def test_the_old_secretarys_access_ends_the_same_minute(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    assert allowed(world, cell.bob, Right.SEE_DETAILS, cell)
    hand_over(world, cell, cell.dan, by_id=cell.bob)
    assert not allowed(world, cell.bob, Right.SEE_DETAILS, cell)
    assert not allowed(world, cell.bob, Right.SEE_DESK, cell)
    assert allowed(world, cell.dan, Right.SEE_DETAILS, cell)
    assert world.db(lambda db: holders(db, cell.id, Role.SECRETARY, now=world.clock())) == [cell.dan]
    assert "đã kết thúc" in phones[BOB].reads()
    assert "là bí thư Chi bộ thôn Đông" in phones[DAN].reads()
    assert "Phạm Văn Dân" in phones[ALICE].reads()
    assert "Phạm Văn Dân" in phones[OFFICER].reads()


def test_what_waits_is_accepted_one_by_one(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    ask_for_help(world, cell.alice)
    ask_for_help(world, cell.deputy)
    handover = hand_over(world, cell, cell.dan, by_id=cell.bob)
    assert "2 việc đang chờ" in phones[DAN].reads()
    assert phones[DAN].button_data("Mở danh sách bàn giao")[1] == f"office:handover:{handover}"
    first, second = items(world, handover)
    assert (first[0].matter, first[1]) == ("request", "Nguyễn Thị An")
    accept(world, first[0].id, cell.dan)
    accept(world, first[0].id, cell.dan)  # a double tap
    assert state(world, handover) == HandoverState.RUNNING
    accept(world, second[0].id, cell.dan)
    assert state(world, handover) == HandoverState.DONE
    assert "đã nhận đủ" in phones[BOB].reads()
    assert "đã nhận đủ" in phones[OFFICER].reads()


def test_only_the_successor_accepts(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    ask_for_help(world, cell.alice)
    handover = hand_over(world, cell, cell.dan, by_id=cell.bob)
    [(item, _)] = items(world, handover)
    for other in (cell.bob, cell.deputy, cell.officer, cell.alice):
        with pytest.raises(NotEntitled):
            accept(world, item.id, other)


def test_what_somebody_settles_meanwhile_needs_no_accepting(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    request = ask_for_help(world, cell.alice)
    handover = hand_over(world, cell, cell.dan, by_id=cell.bob)
    world.db(lambda db: close_request(db, db.get_one(HelpRequest, request), now=world.clock()))
    assert world.db(lambda db: settle_handover(db, db.get_one(Handover, handover), now=world.clock()))
    [(item, _)] = items(world, handover)
    assert (item.accepted_at, item.settled_at) == (None, world.clock())
    assert state(world, handover) == HandoverState.DONE


def test_with_nothing_waiting_it_is_done_at_once(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    handover = hand_over(world, cell, cell.deputy, by_id=cell.bob)
    assert state(world, handover) == HandoverState.DONE
    assert "Không có việc nào đang chờ" in phones[DEPUTY].reads()
    assert world.db(lambda db: holders(db, cell.id, Role.DEPUTY, now=world.clock())) == []  # promoted


def test_late_reports_and_probations_wait_too(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    world.until(datetime(2026, 12, 9, tzinfo=UTC))  # An and Dân did not answer
    world.db(
        lambda db: start_probation(
            db,
            db.get_one(Member, cell.alice),
            admitted_on=date(2026, 9, 2),
            helper_id=None,
            by_id=cell.bob,
            policy=world.settings.probation,
            calendar=world.settings.workday,
            now=world.clock(),
        )
    )
    waiting = world.db(lambda db: what_waits(db, cell.id))
    assert sorted(one.matter for one in waiting) == [Matter.SILENT, Matter.SILENT, Matter.PROBATION]
    assert {one.member_id for one in waiting} == {cell.alice, cell.dan}


def test_every_matter_has_its_question_and_its_words() -> None:
    passed_on = {matter for matter, source in SOURCES.items() if source.passed_on is not None}
    assert set(SOURCES) == set(Matter)
    assert passed_on == set(phrases.MATTERS) == set(phrases.SHORT_MATTERS) == set(phrases.SINCE)
    assert {state.value for state in HandoverState} == set(phrases.STATES)


def test_a_successor_who_hands_over_in_turn_passes_the_open_items_on(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    ask_for_help(world, cell.alice)
    first = hand_over(world, cell, cell.dan, by_id=cell.bob)
    world.clock.advance(timedelta(hours=1))
    second = hand_over(world, cell, cell.deputy, by_id=cell.dan)
    assert state(world, first) == HandoverState.REPLACED
    [(item, _)] = items(world, second)
    with pytest.raises(NotEntitled):
        accept(world, item.id, cell.dan)
    accept(world, item.id, cell.deputy)
    assert [one.id for one in world.db(lambda db: handovers_of(db, cell.id))] == [second, first]
    assert world.db(lambda db: running_handover(db, cell.id)) is None


def test_an_officer_fills_an_office(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    leave(world, cell.bob, cell.deputy)
    handover = hand_over(world, cell, cell.dan, by_id=cell.officer)
    assert world.db(lambda db: db.get_one(Handover, handover).from_id) is None
    assert allowed(world, cell.dan, Right.EDIT_ROSTER, cell)


@pytest.mark.parametrize("who", ["deputy", "alice", "dan"])
def test_nobody_else_hands_the_office_over(
    world: World, cell: Cell, phones: dict[int, Phone], who: str
) -> None:
    with pytest.raises(NotEntitled):
        hand_over(world, cell, cell.alice, by_id=getattr(cell, who))


def test_a_successor_is_on_the_roster_and_can_be_reached(world: World, cell: Cell) -> None:
    settle_in(world, cell, BOB)
    for wrong in (cell.officer, cell.dan, cell.bob, 1):  # of no cell, no account, secretary already, nobody
        with pytest.raises(OfficeRefused):
            hand_over(world, cell, wrong, by_id=cell.bob)
    assert allowed(world, cell.bob, Right.SEE_DESK, cell)


# --- deputy ---------------------------------------------------------------------------------------------------------


def make_deputy(
    world: World, cell: Cell, member_id: int, until: date | None, *, by_id: int | None = None
) -> None:
    world.db(
        lambda db: appoint_deputy(
            db,
            db.get_one(Unit, cell.id),
            member_id,
            until=until,
            by_id=by_id or cell.bob,
            policy=world.settings.office,
            now=world.clock(),
        )
    )
    world.settle()


def test_a_deputy_with_dates_is_one_to_the_end_of_the_last_day(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    make_deputy(world, cell, cell.dan, date(2026, 12, 31))
    assert "đến hết ngày 31/12/2026" in phones[DAN].reads()
    world.clock.set(datetime(2026, 12, 31, 16, 59, tzinfo=UTC))
    assert allowed(world, cell.dan, Right.SEE_DESK, cell)
    world.clock.set(datetime(2026, 12, 31, 17, 0, tzinfo=UTC))
    assert not allowed(world, cell.dan, Right.SEE_DESK, cell)


def test_both_hear_a_week_before_a_deputys_time_is_over(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    make_deputy(world, cell, cell.dan, date(2026, 12, 31))
    world.until(datetime(2026, 12, 23, 12, tzinfo=UTC))
    assert "(phó bí thư) dùng màn hình chi bộ đến hết ngày" not in phones[BOB].chat()
    world.until(datetime(2026, 12, 24, 12, tzinfo=UTC))
    assert "(phó bí thư) dùng màn hình chi bộ đến hết ngày 31/12/2026" in phones[BOB].chat()
    assert "(phó bí thư) dùng màn hình chi bộ đến hết ngày 31/12/2026" in phones[DAN].chat()


def test_a_new_end_takes_the_place_of_the_old_one(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    make_deputy(world, cell, cell.dan, date(2026, 12, 12))
    make_deputy(world, cell, cell.dan, None)
    world.until(datetime(2026, 12, 14, tzinfo=UTC))
    assert allowed(world, cell.dan, Right.SEE_DESK, cell)
    assert "(phó bí thư) dùng màn hình chi bộ đến hết ngày" not in phones[BOB].chat()


def test_a_deputy_can_be_ended_at_once(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    make_deputy(world, cell, cell.dan, date(2026, 12, 31))
    world.db(
        lambda db: end_deputy(db, db.get_one(Unit, cell.id), cell.dan, by_id=cell.bob, now=world.clock())
    )
    world.settle()
    assert not allowed(world, cell.dan, Right.SEE_DESK, cell)
    assert "không còn dùng màn hình" in phones[DAN].reads()
    world.until(datetime(2026, 12, 26, tzinfo=UTC))
    assert "(phó bí thư) dùng màn hình chi bộ đến hết ngày" not in phones[DAN].chat()


def test_an_end_in_the_past_a_stranger_and_the_secretary_are_refused(world: World, cell: Cell) -> None:
    for member_id, until in ((cell.dan, date(2026, 11, 30)), (cell.officer, None), (cell.bob, None)):
        with pytest.raises(OfficeRefused):
            make_deputy(world, cell, member_id, until)
    with pytest.raises(NotEntitled):
        make_deputy(world, cell, cell.dan, None, by_id=cell.deputy)


# --- stepping in ----------------------------------------------------------------------------------------------------


def leave(world: World, *member_ids: int) -> None:
    def work(db: Session) -> None:
        for member_id in member_ids:
            for held in appointments(db, member_id, now=world.clock()):
                end_appointment(db, held, by_id=None, now=world.clock())

    world.db(work)


def officer_steps_in(world: World, cell: Cell, *, by_id: int | None = None) -> int:
    found = world.db(
        lambda db: (
            step_in(
                db,
                db.get_one(Unit, cell.id),
                by_id=by_id or cell.officer,
                reason="Bí thư nghỉ, chờ đại hội chi bộ",
                policy=world.settings.office,
                now=world.clock(),
            ).id
        )
    )
    world.settle()
    return found


def test_an_officer_steps_in_and_the_whole_cell_sees_it(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    leave(world, cell.bob, cell.deputy)
    officer_steps_in(world, cell)
    for user in (DAN, ALICE, BOB, DEPUTY):
        said = phones[user].reads()
        assert "Vũ Thị Mai" in said
        assert "chờ đại hội chi bộ" in said
        assert "31/12/2026" in said
    assert allowed(world, cell.officer, Right.SEE_DETAILS, cell)
    stand_in = world.db(lambda db: current_stand_in(db, cell.id, now=world.clock()))
    assert stand_in is not None
    assert stand_in.reason == "Bí thư nghỉ, chờ đại hội chi bộ"


def test_standing_in_ends_by_itself(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    leave(world, cell.bob, cell.deputy)
    officer_steps_in(world, cell)
    world.clock.set(datetime(2026, 12, 31, 17, 0, tzinfo=UTC))
    assert not allowed(world, cell.officer, Right.SEE_DETAILS, cell)
    assert world.db(lambda db: current_stand_in(db, cell.id, now=world.clock())) is None
    assert len(world.db(lambda db: stand_ins_of(db, cell.id))) == 1  # it stays visible


def test_standing_in_can_be_ended_and_the_cell_hears(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    leave(world, cell.bob, cell.deputy)
    stand_in = officer_steps_in(world, cell)
    phones[DAN].reads()
    for _ in range(2):
        world.db(
            lambda db: end_stand_in(
                db, db.get_one(ActingOfficer, stand_in), by_id=cell.officer, now=world.clock()
            )
        )
    world.settle()
    assert "thôi tạm phụ trách" in phones[DAN].reads()
    assert not allowed(world, cell.officer, Right.SEE_DETAILS, cell)


def test_a_new_secretary_ends_the_standing_in(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    leave(world, cell.bob, cell.deputy)
    officer_steps_in(world, cell)
    handover = hand_over(world, cell, cell.dan, by_id=cell.officer)
    assert not allowed(world, cell.officer, Right.SEE_DETAILS, cell)
    assert world.db(lambda db: current_stand_in(db, cell.id, now=world.clock())) is None
    assert world.db(lambda db: db.get_one(Handover, handover).from_id) is None


def test_nobody_steps_into_an_office_that_is_attended_to(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    leave(world, cell.bob)  # the deputy is there
    with pytest.raises(OfficeRefused):
        officer_steps_in(world, cell)


def test_an_office_whose_holders_cannot_be_reached_is_not_attended_to(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    def block(db: Session) -> None:
        for member_id in (cell.bob, cell.deputy):
            account = account_of(db, member_id)
            assert account is not None
            account.reachability = Reachability.BLOCKED

    world.db(block)
    assert not world.db(lambda db: is_attended(db, cell.id, now=world.clock()))
    officer_steps_in(world, cell)
    assert world.db(lambda db: is_attended(db, cell.id, now=world.clock()))


def test_only_an_officer_of_a_committee_above_steps_in(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    leave(world, cell.bob, cell.deputy)
    stranger = world.db(
        lambda db: add_member(db, cell_id=None, full_name="Cán bộ nơi khác", now=world.clock()).id
    )
    for other in (cell.dan, cell.bob, stranger):
        with pytest.raises(NotEntitled):
            officer_steps_in(world, cell, by_id=other)


# --- what somebody promised who leaves ------------------------------------------------------------------------------


def test_who_leaves_an_office_mid_promise_frees_it_at_once_and_the_next_one_finds_it_listed(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    world.until(datetime(2026, 12, 9, 3, tzinfo=UTC))  # Dân did not answer
    world.db(
        lambda db: take_ladder(
            db,
            ladder_of(db, cell.dan),
            by_id=cell.bob,
            promised_on=date(2026, 12, 12),
            policy=world.settings.checkin.ladder,
            now=world.clock(),
        )
    )
    hand_over(world, cell, cell.deputy, by_id=cell.officer)
    assert "không gọi đồng chí Phạm Văn Dân nữa" in phones[DEPUTY].chat()
    left = world.db(lambda db: ladder_of(db, cell.dan))
    assert (left.state, left.owner_id) == (LadderState.CLIMBING, None)
    waiting = world.db(lambda db: what_waits(db, cell.id))
    assert (Matter.SILENT, cell.dan) in {(one.matter, one.member_id) for one in waiting}


def test_the_successor_sees_who_had_promised_to_call_and_takes_it_over_in_one_tap(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    world.until(datetime(2026, 12, 9, 3, tzinfo=UTC))
    on = date(2026, 12, 12)
    policy = world.settings.checkin.ladder
    world.db(
        lambda db: take_ladder(
            db, ladder_of(db, cell.dan), by_id=cell.bob, promised_on=on, policy=policy, now=world.clock()
        )
    )
    world.wait(timedelta(minutes=5))
    handover = hand_over(world, cell, cell.deputy, by_id=cell.bob)
    assert world.db(lambda db: ladder_of(db, cell.dan).owner_id) is None  # nothing stays with who has left
    deputy = phones[DEPUTY].taps("Mở danh sách bàn giao")
    assert "Phạm Văn Dân: đồng chí Trần Văn Bình, hẹn 12/12/2026" in deputy.reads()
    deputy.taps("Phạm Văn Dân · lâu chưa có tin")
    assert "Trước đây đồng chí Trần Văn Bình đã nhận, hẹn 12/12/2026" in deputy.reads()
    deputy.taps("Nhận việc này")
    taken = world.db(lambda db: ladder_of(db, cell.dan))
    assert (taken.owner_id, taken.promised_on) == (cell.deputy, on)
    assert state(world, handover) in (HandoverState.RUNNING, HandoverState.DONE)


def test_a_call_that_nobody_had_taken_is_the_successors_once_accepted(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    world.until(datetime(2026, 12, 9, 3, tzinfo=UTC))
    hand_over(world, cell, cell.deputy, by_id=cell.bob)
    deputy = phones[DEPUTY].taps("Mở danh sách bàn giao", "Phạm Văn Dân · lâu chưa có tin")
    assert "Nhận là hẹn gọi chậm nhất 16/12/2026" in deputy.reads()
    deputy.taps("Nhận việc này")
    assert world.db(lambda db: ladder_of(db, cell.dan).owner_id) == cell.deputy


def test_who_becomes_secretary_keeps_what_they_promised_as_deputy(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    world.until(datetime(2026, 12, 9, 3, tzinfo=UTC))
    on = date(2026, 12, 12)
    policy = world.settings.checkin.ladder
    world.db(
        lambda db: take_ladder(
            db, ladder_of(db, cell.dan), by_id=cell.deputy, promised_on=on, policy=policy, now=world.clock()
        )
    )
    hand_over(world, cell, cell.deputy, by_id=cell.officer)
    assert world.db(lambda db: ladder_of(db, cell.dan).owner_id) == cell.deputy


def test_a_request_for_names_is_handed_over_too(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    world.db(
        lambda db: ask_names(
            db,
            db.get_one(Unit, cell.id),
            Figure.LATE,
            reason="Rà soát",
            by_id=cell.officer,
            policy=world.settings.committee,
            now=world.clock(),
        )
    )
    handover = hand_over(world, cell, cell.deputy, by_id=cell.bob)
    (item, _name) = items(world, handover)[0]
    assert item.matter == Matter.NAMES
    deputy = phones[DEPUTY].taps("Mở danh sách bàn giao")
    deputy.taps("· đề nghị xem tên", "Xem việc này")
    assert "Lý do: Rà soát" in deputy.reads()


def test_a_review_to_be_read_is_handed_over_and_ticked_off_once_it_is_read(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    campaign = a_campaign(world, cell)
    hands_in(world, campaign, cell.dan)
    handover = hand_over(world, cell, cell.deputy, by_id=cell.bob)
    (item, _name) = items(world, handover)[0]
    assert item.matter == Matter.REVIEW
    deputy = phones[DEPUTY].taps("Mở danh sách bàn giao")
    deputy.taps("· kiểm điểm, cam kết")
    assert "Bản kiểm điểm, cam kết chờ đọc hoặc lưu" in deputy.reads()
    deputy.taps("Xem việc này", "Đọc cả bản", "Chấp nhận")
    deputy.says("/chibo")
    assert state(world, handover) == HandoverState.RUNNING
    world.db(lambda db: settle_handover(db, db.get_one(Handover, handover), now=world.clock()))
    assert state(world, handover) == HandoverState.DONE


def ladder_of(db: Session, member_id: int) -> Ladder:
    ladder = open_ladder(db, member_id)
    assert ladder is not None
    return ladder


def test_a_meeting_to_hold_is_handed_over_and_ticked_off_when_it_is_cancelled(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    meeting_id = a_meeting(world, cell)
    handover = hand_over(world, cell, cell.deputy, by_id=cell.bob)
    (item, name) = items(world, handover)[0]
    assert (item.matter, item.ref_id) == (Matter.MEETING, meeting_id)
    deputy = phones[DEPUTY].taps("Mở danh sách bàn giao").taps(f"{name} · cuộc họp chưa xong")
    assert "họp ngày" in deputy.reads()
    deputy.taps("Xem việc này", "Hủy cuộc họp", "Không nêu lý do")
    deputy.says("/chibo").taps("việc bàn giao chưa nhận")
    assert "đã bàn giao xong" in deputy.reads()
