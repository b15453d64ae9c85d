"""The committee and a cell: who follows it, visits, names on request, a desk that nobody opens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.desk.committee import NameRequest, NameState
from models.desk.office import step_in
from models.desk.policy import OfficePolicy
from models.desk.waiting import DeskWatch
from models.people.member import Look, Member, Purpose, record_consent
from models.people.rights import Role, appointments, end_appointment, holders
from models.people.unit import Unit, UnitKind, create_unit
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, NAMES, OFFICER, Cell, a_cell, settle_in
from tests.phone import Phone

REASON = "Chuẩn bị buổi làm việc với chi bộ"


def the_people(world: World) -> tuple[Cell, dict[int, Phone]]:
    cell = a_cell(world)
    users = (OFFICER, BOB, DEPUTY, ALICE, DAN)
    return cell, dict(zip(users, settle_in(world, cell, *users), strict=True))


def somebody_is_late(world: World) -> tuple[Cell, dict[int, Phone]]:
    """Alice does not agree to be counted; Dan does. Both are late."""
    cell = a_cell(world)
    users = (OFFICER, BOB, DEPUTY, DAN)
    phones = dict(zip(users, settle_in(world, cell, *users), strict=True))
    (phones[ALICE],) = settle_in(world, cell, ALICE, consents=(Purpose.CONTACT,))
    world.until(datetime(2026, 12, 12, 3, 0, tzinfo=UTC))
    return cell, phones


def with_cell(phone: Phone) -> Phone:
    return phone.says("/dangbo").taps("Chi bộ thôn Đông", "Cấp ủy với chi bộ")


def ask_for_the_late(officer: Phone) -> Phone:
    with_cell(officer).taps("Xin biết tên", "quá hạn báo cáo").says(REASON)
    return officer.taps("Gửi")


def looks_at(world: World, member_id: int) -> list[str]:
    return world.db(lambda db: list(db.scalars(select(Look.what).where(Look.member_id == member_id))))


def test_a_name_is_shown_after_a_reason_and_the_secretarys_yes(world: World) -> None:
    cell, phones = somebody_is_late(world)
    mai, bob, alice = phones[OFFICER], phones[BOB], phones[ALICE]
    ask_for_the_late(mai)
    assert NAMES[DAN] not in mai.chat()
    told = bob.reads()
    assert REASON in told
    assert NAMES[OFFICER] in told
    bob.taps("Mở đề nghị xem tên")
    seen = bob.reads()
    assert NAMES[DAN] in seen
    assert NAMES[ALICE] not in seen  # she has not agreed to be counted upward
    bob.taps("Cho xem tên")
    mai.taps("Mở đề nghị xem tên", "Xem tên")
    shown = mai.reads()
    assert NAMES[DAN] in shown
    assert NAMES[ALICE] not in shown
    assert "đến hết ngày 19/12/2026" in shown
    assert looks_at(world, cell.dan) == ["committee.names"]
    office = world.db(lambda db: db.get_one(Unit, cell.id).id)
    alice.taps_data(alice.last()["message_id"], f"committee:cell:{office}", stale=True)
    assert REASON in alice.reads()
    dan = phones[DAN].says("/dulieu").taps("Ai đã xem")
    assert "theo đề nghị của cấp trên" in dan.reads()


def test_a_name_that_is_shown_is_gone_when_its_owner_withdraws(world: World) -> None:
    _, phones = somebody_is_late(world)
    mai, bob, dan = ask_for_the_late(phones[OFFICER]), phones[BOB], phones[DAN]
    bob.taps("Mở đề nghị xem tên", "Cho xem tên").reads()
    assert NAMES[DAN] in mai.taps("Mở đề nghị xem tên", "Xem tên").reads()
    follows = dan.says("/dulieu").taps("Đồng ý của tôi", "Số liệu gửi cấp trên").reads()
    assert "ẩn ngay" in follows
    dan.taps("Rút lại")
    assert NAMES[DAN] not in with_cell(mai).taps("quá hạn báo cáo", "Xem tên").reads()
    assert bob.reads() == ""  # it concerns nobody at the desk


def test_who_agreed_before_names_were_spoken_of_is_counted_and_not_named(world: World) -> None:
    cell, phones = somebody_is_late(world)
    world.db(
        lambda db: record_consent(
            db, cell.dan, Purpose.COUNTS, given=True, now=world.clock() + timedelta(seconds=1), version=1
        )
    )
    ask_for_the_late(phones[OFFICER])
    phones[BOB].taps("Mở đề nghị xem tên")
    assert NAMES[DAN] not in phones[BOB].reads()


def test_the_names_are_gone_when_their_days_are_over(world: World) -> None:
    cell, phones = somebody_is_late(world)
    mai, bob = ask_for_the_late(phones[OFFICER]), phones[BOB]
    bob.taps("Mở đề nghị xem tên", "Cho xem tên")
    message, look = mai.taps("Mở đề nghị xem tên").button_data("Xem tên")
    world.wait(timedelta(days=8))
    mai.taps_data(message, look, stale=True)
    said = mai.reads()
    assert NAMES[DAN] not in said
    assert "đã hết thời gian xem" in said
    assert looks_at(world, cell.dan) == []


def test_the_secretary_refuses_or_takes_back(world: World) -> None:
    cell, phones = somebody_is_late(world)
    mai, bob = ask_for_the_late(phones[OFFICER]), phones[BOB]
    bob.taps("Mở đề nghị xem tên", "Không cho xem")
    assert "không cho xem tên" in mai.reads()
    ask_for_the_late(mai)
    bob.taps("Mở đề nghị xem tên", "Cho xem tên", "Tên: quá hạn báo cáo", "Thôi cho xem")
    request = world.db(lambda db: newest_request(db).id)
    mai.taps_data(mai.last()["message_id"], f"committee:look:{request}", stale=True)
    assert "không còn dùng được" in mai.reads()
    assert looks_at(world, cell.dan) == []


def newest_request(db: Session) -> NameRequest:
    return db.scalars(select(NameRequest).order_by(NameRequest.id.desc())).all()[0]


def test_without_an_answer_it_lapses_and_can_be_asked_again(world: World) -> None:
    _, phones = somebody_is_late(world)
    mai = ask_for_the_late(phones[OFFICER])
    with_cell(mai).taps("Xin biết tên", "Quá hạn báo cáo")
    assert "chưa kết thúc" in mai.reads()
    mai.says("/huy")
    world.wait(timedelta(days=15))
    assert "đề nghị hết hạn" in mai.reads()
    assert world.db(newest_request).state == NameState.LAPSED
    bob = phones[BOB].taps("Mở đề nghị xem tên")
    assert "hết hạn, chi bộ không trả lời" in bob.reads()
    assert "Cho xem tên" not in bob.buttons()
    ask_for_the_late(mai)
    assert world.db(newest_request).state == NameState.ASKED


def test_who_may_not_decide_does_not(world: World) -> None:
    cell, phones = somebody_is_late(world)
    ask_for_the_late(phones[OFFICER])
    request = world.db(lambda db: newest_request(db).id)
    for user in (OFFICER, DEPUTY, ALICE, DAN):
        phone = phones[user]
        for verb in ("grant", "refuse"):
            phone.taps_data(phone.last()["message_id"], f"committee:{verb}:{request}", stale=True)
            assert "không thuộc phần" in phone.reads()
    for user in (BOB, DEPUTY, ALICE):
        phone = phones[user]
        phone.taps_data(phone.last()["message_id"], f"committee:look:{request}", stale=True)
        assert NAMES[DAN] not in phone.reads()
        phone.taps_data(phone.last()["message_id"], "committee:name:77", stale=True)
        assert "không thuộc phần" in phone.reads()
    assert world.db(newest_request).state == NameState.ASKED
    assert looks_at(world, cell.dan) == []


def test_an_officer_in_the_secretarys_place_grants_nothing(world: World) -> None:
    cell, phones = somebody_is_late(world)
    mai = ask_for_the_late(phones[OFFICER])

    def empty(db: Session) -> int:
        now = world.clock()
        for member_id in (cell.bob, cell.deputy):
            for held in appointments(db, member_id, now=now):
                end_appointment(db, held, by_id=None, now=now)
        db.flush()
        unit = db.get_one(Unit, cell.id)
        step_in(db, unit, by_id=cell.officer, reason="khuyết", policy=OfficePolicy(), now=now)
        return newest_request(db).id

    request = world.db(empty)
    mai.taps_data(mai.last()["message_id"], f"committee:grant:{request}", stale=True)
    assert "không thuộc phần" in mai.reads()
    assert world.db(newest_request).state == NameState.ASKED


def test_a_marked_reason_is_not_kept(world: World) -> None:
    _, phones = the_people(world)
    mai = with_cell(phones[OFFICER]).taps("Xin biết tên", "quá hạn").says("TỐI MẬT")
    assert "không được lưu" in mai.reads()
    mai.says("x" * 301)
    assert "dài quá" in mai.reads()


def a_neighbour(world: World, cell: Cell) -> int:
    """The secretary of another cell."""

    def work(db: Session) -> int:
        from models.people.member import add_member
        from models.people.rights import appoint

        now = world.clock()
        commune = db.get_one(Unit, cell.commune)
        west = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Tây", parent=commune, now=now)
        member = add_member(db, cell_id=west.id, full_name="Ngô Văn Tây", now=now)
        appoint(db, member_id=member.id, unit_id=west.id, role=Role.SECRETARY, by_id=None, now=now)
        return member.id

    return world.db(work)


def test_an_officer_appoints_who_follows_a_cell_and_changes_it(world: World) -> None:
    cell, phones = the_people(world)
    neighbour = a_neighbour(world, cell)
    mai = with_cell(phones[OFFICER]).taps("Phân công cấp ủy viên phụ trách")
    assert {"Ngô Văn Tây", NAMES[OFFICER]} <= set(mai.buttons())
    assert not {NAMES[BOB], NAMES[ALICE]} & set(mai.buttons())  # of the cell itself
    mai.taps(NAMES[OFFICER], "Phân công")
    assert "phụ trách Chi bộ thôn Đông" in phones[BOB].reads()
    mai.taps("Đổi cấp ủy viên", "Ngô Văn Tây")
    assert "sẽ kết thúc" in mai.reads()
    mai.taps("Phân công")
    following = world.db(lambda db: holders(db, cell.id, Role.FOLLOWER, now=world.clock()))
    assert following == [neighbour]
    mai.taps_data(mai.last()["message_id"], f"committee:appoint:{cell.id}:{cell.alice}", stale=True)
    said = mai.reads()
    assert "không còn giữ chức" in said
    assert NAMES[ALICE] not in said
    mai.taps_data(mai.last()["message_id"], f"committee:end:{cell.id}", stale=True)
    assert "chưa có cấp ủy viên phụ trách" in mai.reads()


def test_who_follows_a_cell_notes_a_visit_that_the_cell_reads(world: World) -> None:
    cell, phones = the_people(world)
    mai = with_cell(phones[OFFICER]).taps("Phân công cấp ủy", NAMES[OFFICER], "Phân công")
    mai.taps("Ghi buổi dự sinh hoạt").says("5/1/2028")
    assert "từ 02/10/2026 đến 01/12/2026" in mai.reads()
    mai.taps("Hôm qua").says("Dự sinh hoạt, bàn việc giữ liên lạc")
    assert "Chi bộ đọc được ngay" in mai.reads()  # looked over before anybody reads it
    assert "bàn việc giữ liên lạc" not in phones[BOB].reads()
    mai.taps("Ghi lại")
    assert "Đã ghi buổi dự ngày 30/11/2026" in mai.reads()
    assert "bàn việc giữ liên lạc" in phones[BOB].reads()
    alice = phones[ALICE]
    alice.taps_data(
        alice.last()["message_id"] if alice.messages() else 1, f"committee:cell:{cell.id}", stale=True
    )
    assert "bàn việc giữ liên lạc" in alice.reads()


def test_only_who_follows_the_cell_notes_a_visit_and_only_officers_appoint(world: World) -> None:
    cell, phones = the_people(world)
    for user in (BOB, ALICE, OFFICER):
        phone = phones[user].says("/menu")
        phone.taps_data(phone.last()["message_id"], f"committee:came:{cell.id}", stale=True)
        assert "không thuộc phần" in phone.reads()
    bob = phones[BOB]
    for data in (f"committee:choose:{cell.id}:0", f"committee:ask:{cell.id}", f"committee:end:{cell.id}"):
        bob.taps_data(bob.last()["message_id"], data, stale=True)
        assert "không thuộc phần" in bob.reads()


def test_with_everything_open_at_once_the_screen_keeps_to_its_budget_and_loses_nothing(world: World) -> None:
    """An officer who follows the cell themselves, and has asked for every kind of name."""
    cell, phones = the_people(world)
    mai = with_cell(phones[OFFICER]).taps("Phân công cấp ủy", NAMES[OFFICER], "Phân công")
    for figure in ("Quá hạn báo cáo", "Tin không tới", "Sắp hết hạn miễn", "Lâu chưa có tin"):
        with_cell(mai).goes("Xin biết tên").taps(figure).says(REASON).taps("Gửi")
    shown = with_cell(mai).buttons()
    assert len(shown) <= 8
    assert [one for one in shown if one.startswith("Tên: ")] == shown[:4]  # who waits stands first
    behind = mai.taps("Việc khác").buttons()
    for doing in ("Ghi buổi dự sinh hoạt", "Xin biết tên", "Đổi cấp ủy viên", "Thôi phân công phụ trách"):
        assert any(doing in one for one in (*shown, *behind)), doing
    assert "chưa có cấp ủy viên phụ trách" in mai.taps("Thôi phân công phụ trách").reads()
    phones[BOB].says("/menu").taps_data(
        phones[BOB].last()["message_id"], f"committee:more:{cell.id}", stale=True
    )
    assert "Thôi phân công" not in " ".join(phones[BOB].buttons())


# --- a desk that nobody opens ---------------------------------------------------------------------------------------


def test_who_follows_the_cell_is_told_when_nobody_opens_its_desk(world: World) -> None:
    cell, phones = the_people(world)
    mai = with_cell(phones[OFFICER]).taps("Phân công cấp ủy", NAMES[OFFICER], "Phân công")
    world.until(datetime(2026, 12, 18, 3, 0, tzinfo=UTC))
    assert "không ai mở" not in mai.chat()
    world.until(datetime(2026, 12, 30, 3, 0, tzinfo=UTC))
    assert "không ai mở màn hình chi bộ" in mai.chat()
    assert NAMES[DAN] not in mai.chat()
    mai.says("/dangbo").taps("Chi bộ thôn Đông")
    assert "lâu không ai mở" in mai.reads()
    phones[DEPUTY].says("/chibo")
    mai.says("/dangbo").taps("Chi bộ thôn Đông")
    assert "lâu không ai mở" not in mai.reads()
    watch = world.db(lambda db: db.get_one(DeskWatch, cell.id))
    assert watch.next_at is not None


def test_a_desk_that_is_opened_in_time_is_not_spoken_of(world: World) -> None:
    _, phones = the_people(world)
    for _ in range(4):
        world.wait(timedelta(days=10))
        phones[BOB].says("/chibo")
    assert "không ai mở" not in phones[OFFICER].chat()


def test_when_nothing_waits_nobody_is_told(world: World) -> None:
    cell = a_cell(world)
    (mai,) = settle_in(world, cell, OFFICER)
    world.wait(timedelta(days=20))
    assert "không ai mở" not in mai.chat()
    assert world.db(lambda db: db.get(DeskWatch, cell.id)) is None


def test_the_request_for_names_waits_on_the_secretarys_desk(world: World) -> None:
    _, phones = the_people(world)
    ask_for_the_late(phones[OFFICER])
    assert "cấp trên đề nghị xem tên" in phones[BOB].says("/chibo").reads()
    assert "cấp trên đề nghị xem tên" not in phones[DEPUTY].says("/chibo").reads()


def test_a_member_leaves_before_their_name_is_looked_at(world: World) -> None:
    cell, phones = somebody_is_late(world)
    mai = ask_for_the_late(phones[OFFICER])
    phones[BOB].taps("Mở đề nghị xem tên", "Cho xem tên")

    def leave(db: Session) -> None:
        db.get_one(Member, cell.dan).left_at = world.clock()

    world.db(leave)
    mai.taps("Mở đề nghị xem tên", "Xem tên")
    assert NAMES[DAN] not in mai.reads()


def test_a_visit_is_corrected_and_the_cell_reads_so(world: World) -> None:
    cell, phones = the_people(world)
    mai = with_cell(phones[OFFICER]).taps("Phân công cấp ủy", NAMES[OFFICER], "Phân công")
    for note in ("Dự sinh hoạt với 12 đồng chí", "Dự sinh hoạt với 13 đồng chí"):
        mai.taps("Ghi buổi dự sinh hoạt", "Hôm qua").says(note)
        mai.taps("Ghi lại")
        world.wait(timedelta(minutes=1))
    assert "sửa ghi nhận" in phones[BOB].reads()
    assert "12 đồng chí" not in with_cell(mai).reads()
    assert cell.id


def test_who_is_not_here_yet_is_invited_to_follow_a_cell(world: World) -> None:
    cell, phones = the_people(world)
    mai = with_cell(phones[OFFICER]).taps(
        "Phân công cấp ủy viên phụ trách", "Người chưa có trong chương trình"
    )
    mai.says("Đinh Thị Thảo", "1975", "0912345600").taps("Ghi nhận và tạo lời mời")
    assert "Lời mời cho đồng chí Đinh Thị Thảo" in mai.reads()
    following = world.db(lambda db: holders(db, cell.id, Role.FOLLOWER, now=world.clock()))
    assert len(following) == 1
    assert "Đinh Thị Thảo" in phones[BOB].reads()
