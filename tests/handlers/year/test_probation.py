"""The twelve months of a probationary member, through the front door."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ground.part_date import PartDate
from models.people.member import Look, Member, Standing, add_member
from models.people.rights import appointments, end_appointment
from models.year.probation import Probation, start_probation
from tests.fakes import World
from tests.people import ALICE, BOB, CAROL, DAN, DEPUTY, OFFICER, Cell, a_cell, phone_of, settle_in
from tests.phone import Phone


@pytest.fixture
def cell(world: World) -> Cell:
    """Alice is a probationary member."""
    found = a_cell(world)

    def work(db: Session) -> None:
        db.get_one(Member, found.alice).standing = Standing.PROBATIONARY

    world.db(work)
    return found


@pytest.fixture
def phones(world: World, cell: Cell) -> dict[int, Phone]:
    users = (DAN, ALICE, BOB, DEPUTY, OFFICER)
    return dict(zip(users, settle_in(world, cell, *users), strict=True))


def probation(world: World) -> Probation:
    return world.db(lambda db: db.scalars(select(Probation)).one())


def start(phones: dict[int, Phone], *, day: str = "03/02/2026", helper: str = "Phạm Văn Dân") -> Phone:
    bob = phones[BOB].says("/danhsach").taps("Nguyễn Thị An").taps("Theo dõi thời gian dự bị")
    return bob.says(day).taps(helper).taps("Ghi lại")


def forge(phone: Phone, *datas: str) -> str:
    said = ""
    for data in datas:
        phone.taps_data(phone.last()["message_id"], data, stale=True)
        said += phone.reads()
    return said


def test_a_probation_is_started_from_the_card_and_member_and_helper_see_their_timetable(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = (
        phones[BOB]
        .says("/danhsach")
        .taps("Nguyễn Thị An")
        .taps("Theo dõi thời gian dự bị")
        .says("03/02/2026")
    )
    assert {"Chưa có người giúp đỡ"} <= set(bob.buttons())
    assert not any("Nguyễn Thị An" in label for label in bob.buttons())
    bob.taps("Phạm Văn Dân")
    asked = bob.reads()
    assert "Hết thời gian dự bị: 03/02/2027" in asked
    assert "Người giúp đỡ: Phạm Văn Dân" in asked
    bob.taps("Ghi lại")
    assert "đang trong thời gian dự bị" in bob.reads()
    row = probation(world)
    assert (row.admitted_on, row.helper_id) == (date(2026, 2, 3), cell.dan)
    for user in (ALICE, DAN):
        phone = phones[user].taps("Xem hồ sơ dự bị")
        seen = phone.reads()
        assert "03/12/2026: Bản tự kiểm điểm" in seen
        assert "← tiếp theo" in seen
        assert phone.buttons() == ["Màn hình chính"]
    assert "Thời gian dự bị của đồng chí" in phones[ALICE].chat()
    assert "Đảng viên dự bị Nguyễn Thị An" in phones[DAN].chat()
    phones[ALICE].says("/menu").taps("Thời gian dự bị")
    assert "Kết nạp: 03/02/2026" in phones[ALICE].reads()
    bob.says("/danhsach").taps("Nguyễn Thị An").taps("Xem hồ sơ dự bị")
    assert "Đổi người giúp đỡ" in bob.buttons()


def test_what_the_secretary_read_is_seen_by_the_member(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    start(phones)
    looks = world.db(
        lambda db: [look.what for look in db.scalars(select(Look).where(Look.member_id == cell.alice))]
    )
    assert "probation.see" in looks
    phones[ALICE].says("/dulieu").taps("Ai đã xem")
    assert "thời gian dự bị" in phones[ALICE].reads()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("03/02/2027", "chưa đến"),
        ("03/02/0001", "không dùng được ở đây"),
        ("hôm kia", "ngày"),
        ("31/02/2026", "ngày"),
        ("x" * 4000, "ngày"),
    ],
)
def test_a_day_that_cannot_be_is_asked_again(
    world: World, cell: Cell, phones: dict[int, Phone], typed: str, said: str
) -> None:
    bob = phones[BOB].says("/danhsach").taps("Nguyễn Thị An").taps("Theo dõi thời gian dự bị").says(typed)
    assert said in bob.reads()
    bob.says("3 tháng 2")
    assert "Ai giúp đỡ" in bob.reads()
    bob.taps("Chưa có người giúp đỡ").taps("Ghi lại")
    row = probation(world)
    assert (row.admitted_on, row.helper_id) == (date(2026, 2, 3), None)


def test_the_helper_is_changed_and_told_and_the_former_reads_no_more(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = start(phones)
    number = probation(world).id
    bob.taps("Đổi người giúp đỡ").says("hoa")
    assert probation(world).helper_id == cell.deputy
    assert "phân công đồng chí giúp đỡ" in phones[DEPUTY].reads()
    assert "không thuộc phần" in forge(phones[DAN], f"probation:see:{number}")
    phones[DAN].says("/menu")
    assert "Thời gian dự bị" not in phones[DAN].buttons()


def test_the_cells_consideration_is_kept_as_typed_and_seen_by_the_member(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = start(phones, day="03/10/2025")
    bob.taps("Ghi kết quả chi bộ xét").says("05/09/2025")
    assert "phải sau ngày kết nạp" in bob.reads()
    bob.says("28/11/2026").says("TUYỆT MẬT: biên bản")
    assert "tài liệu MẬT" in bob.reads()
    bob.says("11/12 đồng ý, <b>1</b> ý kiến khác").taps("Ghi lại")
    assert "đã xét, chờ quyết định" in bob.reads()
    row = probation(world)
    assert row.result == "11/12 đồng ý, <b>1</b> ý kiến khác"
    assert (row.considered_on, row.considered_by) == (date(2026, 11, 28), cell.bob)
    phones[ALICE].taps("Xem hồ sơ dự bị")
    assert "11/12 đồng ý" in phones[ALICE].chat()
    phones[DAN].taps("Xem hồ sơ dự bị")
    assert "11/12 đồng ý" not in phones[DAN].chat()


def test_the_decision_ends_it_and_the_roster_says_official(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = start(phones, day="03/10/2025")
    bob.taps("Ghi quyết định").taps("Công nhận chính thức").says("01/12/2026")
    bob.says("QĐ 15-QĐ/ĐU").taps("Ghi lại")
    assert "Công nhận chính thức" in bob.reads()
    row = probation(world)
    assert (row.official, row.decision, row.ended_on) == (True, "QĐ 15-QĐ/ĐU", date(2026, 12, 1))
    assert world.db(lambda db: db.get_one(Member, cell.alice).standing) == Standing.OFFICIAL
    assert "Chúc mừng" in phones[ALICE].reads()
    said = forge(bob, *(f"probation:{verb}:{row.id}" for verb in ("consider", "helper", "end")))
    assert said.count("không đổi được nữa") == 3
    phones[ALICE].says("/menu")
    assert "Thời gian dự bị" not in phones[ALICE].buttons()


def test_two_who_end_it_at_once_end_it_once(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    start(phones, day="03/10/2025")
    number = probation(world).id
    for user in (BOB, DEPUTY):
        phones[user].says("/menu")
        forge(phones[user], f"probation:end:{number}")
        phones[user].taps("Công nhận chính thức").says("01/12/2026").taps("Không ghi văn bản")
    phones[BOB].taps("Ghi lại")
    phones[DEPUTY].taps("Ghi lại")
    assert "không đổi được nữa" in phones[DEPUTY].reads()
    assert probation(world).ended_by == cell.bob


def test_who_has_no_part_in_it_sees_nothing(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    start(phones)
    row = probation(world)
    datas = [f"probation:{verb}:{row.id}" for verb in ("see", "helper", "consider", "end")]
    datas.append(f"probation:start:{cell.alice}")
    assert forge(phones[OFFICER].says("/menu"), *datas).count("không thuộc phần") == 5
    assert forge(phones[ALICE].says("/menu"), *datas[1:]).count("không thuộc phần") == 4
    assert forge(phones[DAN].says("/menu"), *datas[1:]).count("không thuộc phần") == 4
    carol = phone_of(world, CAROL).says("xin chào")
    assert "Nguyễn" not in forge(carol, *datas)
    for bad in ("probation:see:x", "probation:see:1", "probation:see:", "probation:see:" + "9" * 30):
        said = forge(phones[ALICE], bad)
        assert "không thuộc phần" in said or "không còn dùng được" in said


def test_a_former_secretary_cannot_finish_what_was_begun(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = start(phones, day="03/10/2025").taps("Ghi kết quả chi bộ xét").says("28/11/2026", "12/12 đồng ý")

    def dismiss(db: Session) -> None:
        for held in appointments(db, cell.bob, now=world.clock()):
            end_appointment(db, held, by_id=None, now=world.clock())

    world.db(dismiss)
    bob.taps("Ghi lại")
    assert "không thuộc phần" in bob.reads()
    assert probation(world).result is None
    assert "không thuộc phần" in forge(bob, f"probation:see:{probation(world).id}")


def test_an_official_member_is_not_made_probationary(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = phones[BOB].says("/danhsach").taps("Phạm Văn Dân")
    assert "Theo dõi thời gian dự bị" not in bob.buttons()
    assert "đảng viên chính thức" in forge(bob, f"probation:start:{cell.dan}")
    assert world.db(lambda db: db.get_one(Member, cell.dan).standing) == Standing.OFFICIAL


def test_a_second_tap_starts_no_second_probation(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    bob = phones[BOB].says("/danhsach").taps("Nguyễn Thị An").taps("Theo dõi thời gian dự bị")
    bob.says("03/02/2026").taps("Chưa có người giúp đỡ")
    message, data = bob.button_data("Ghi lại")
    bob.taps_data(message, data).taps_data(message, data, stale=True)
    assert bob.reads() == "", "the second tap is swallowed"
    assert probation(world).admitted_on == date(2026, 2, 3)
    bob.says("/menu")
    assert "đang trong thời gian dự bị" in forge(bob, f"probation:start:{cell.alice}")


def test_a_reminders_button_opens_it_for_all_three(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    start(phones)
    world.until(datetime(2026, 12, 3, 3, 0, tzinfo=UTC) + timedelta(hours=1))
    for user in (BOB, DAN, ALICE):
        assert "kiểm điểm" in phones[user].reads()
        phones[user].taps("Xem hồ sơ dự bị")
        assert "03/02/2027" in phones[user].reads()


# --- its papers, its votes, and what stays --------------------------------------------------------------------------


def consider(bob: Phone, *, day: str = "28/11/2026", result: str = "11/12 đồng ý") -> Phone:
    return bob.taps("Ghi kết quả chi bộ xét").says(day).says(result)


def test_the_papers_of_the_file_are_ticked_and_seen_by_all_three(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = start(phones)
    assert "Bản tự kiểm điểm: chưa có" in bob.reads()
    bob.taps("Giấy tờ của hồ sơ (0/5)", "Chứng nhận lớp đảng viên mới")
    bob.taps("Nhận xét của chi ủy nơi cư trú")
    world.wait(timedelta(seconds=10))
    bob.taps("✓ Nhận xét của chi ủy nơi cư trú", "Hồ sơ dự bị")
    assert "Giấy tờ chi bộ đã có: 1/5" in bob.reads()
    for user in (ALICE, DAN):
        phones[user].taps("Xem hồ sơ dự bị")
        assert "✓ Chứng nhận lớp đảng viên mới (01/12/2026)" in phones[user].reads()
    row = probation(world)
    assert forge(phones[ALICE], f"probation:receive:{row.id}:helper:1").count("không thuộc phần") == 1
    assert "không còn dùng được" in forge(bob, f"probation:receive:{row.id}:nothing:1")


def test_nobody_is_reminded_of_a_paper_that_the_cell_has(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    start(phones).taps("Giấy tờ của hồ sơ", "Bản tự kiểm điểm")
    for phone in phones.values():
        phone.reads()
    world.until(datetime(2026, 12, 3, 4, 0, tzinfo=UTC))
    assert not any("tự kiểm điểm" in phones[user].reads() for user in (ALICE, DAN, BOB))


@pytest.mark.parametrize(
    ("typed", "votes"),
    [
        ("11/12 đồng ý, 1 ý kiến khác", (11, 12)),
        ("Tán thành 8 trên 12", (8, 12)),
        ("12/0", (12, 12)),
        ("Họp ngày 28/11/2026, tất cả đồng ý", (None, None)),
        ("nhất trí", (None, None)),
    ],
)
def test_the_votes_are_read_and_shown_beside_what_the_statutes_ask_for(
    world: World, cell: Cell, phones: dict[int, Phone], typed: str, votes: tuple[int | None, int | None]
) -> None:
    bob = consider(start(phones, day="03/10/2025"), result=typed)
    asked = bob.reads()
    assert ("cần ít nhất 8" in asked) is (votes[0] is not None)
    assert ("không ghi số phiếu" in asked) is (votes[0] is None)
    bob.taps("Ghi lại")
    row = probation(world)
    assert (row.votes_for, row.voters, row.result) == (*votes, typed)


def test_the_votes_can_be_put_right_before_they_are_saved(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = consider(start(phones, day="03/10/2025"), result="nhất trí").taps("Ghi số phiếu").says("nhiều")
    assert "gõ hai số" in bob.reads()
    bob.says("12/14")
    assert "Tán thành: 12/14 đảng viên chính thức (đề nghị công nhận cần ít nhất 10, là 2/3)" in bob.reads()
    bob.taps("Sửa số phiếu", "Không ghi số phiếu", "Ghi số phiếu").says("10/14").taps("Ghi lại")
    assert (probation(world).votes_for, probation(world).voters) == (10, 14)


def test_what_was_said_first_stays_when_the_cell_considers_once_more(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = consider(start(phones, day="03/10/2025"), day="05/11/2026", result="5/12, chờ bổ sung").taps(
        "Ghi lại"
    )
    bob.taps("Ghi lần xét khác").says("30/11/2026").says("12/12 đồng ý")
    world.wait(timedelta(seconds=10))
    seen = bob.taps("Ghi lại").reads()
    assert seen.index("05/11/2026") < seen.index("5/12, chờ bổ sung") < seen.index("12/12 đồng ý")


def test_after_the_end_the_whole_record_stays_as_it_was(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = start(phones, day="20/03/2025").taps("Giấy tờ của hồ sơ", "Bản tự kiểm điểm", "Hồ sơ dự bị")
    world.wait(timedelta(seconds=10))
    consider(bob, day="08/11/2026", result="11/12 đồng ý").taps("Ghi lại")
    world.wait(timedelta(seconds=10))
    bob.taps("Ghi quyết định").taps("Công nhận chính thức").says("28/11/2026").says("15-QĐ/ĐU")
    assert "Ngày chính thức: 20/03/2026" in bob.reads(), (
        "the end of the twelve months, not the decision's day"
    )
    bob.taps("Ghi lại")
    member = world.db(lambda db: db.get_one(Member, cell.alice))
    assert (member.standing, member.official_on) == (Standing.OFFICIAL, PartDate(2026, 3, 20))
    assert "tính từ ngày 20/03/2026" in phones[ALICE].reads()

    def later(db: Session) -> None:
        db.get_one(Member, cell.dan).full_name = "Phạm Văn Dần"

    world.db(later)
    bob.says("/danhsach").taps("Nguyễn Thị An")
    for phone in (bob, phones[ALICE]):
        world.wait(timedelta(seconds=10))
        seen = phone.taps("Xem hồ sơ dự bị").reads()
        for words in (
            "Người giúp đỡ: Phạm Văn Dân",
            "✓ Bản tự kiểm điểm (01/12/2026)",
            "Chi bộ xét ngày 08/11/2026",
            "Tán thành: 11/12",
            "11/12 đồng ý",
            "Kết thúc ngày 28/11/2026: Công nhận chính thức",
            "Ngày chính thức: 20/03/2026",
            "Văn bản: 15-QĐ/ĐU",
        ):
            assert words in seen, words
    assert "không thuộc phần" in forge(phones[OFFICER].says("/menu"), f"probation:last:{cell.alice}")


def test_a_decision_may_name_another_official_day(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    bob = start(phones, day="20/03/2025")
    bob.taps("Ghi quyết định").taps("Công nhận chính thức").says("28/11/2026").taps("Không ghi văn bản")
    bob.taps("Ngày chính thức khác").says("20/03/2025")
    assert "phải sau ngày kết nạp" in bob.reads()
    bob.says("21/03/2026").taps("Ghi lại")
    assert world.db(lambda db: db.get_one(Member, cell.alice).official_on) == PartDate(2026, 3, 21)


def test_long_names_and_many_of_them_keep_every_screen_within_a_phone(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    """Eight buttons, no label cut: `World` looks at every screen."""
    long = "Nguyễn Phúc Thiên Hoàng Khánh Linh Đan Thanh Tùng Bách"

    def many(db: Session) -> None:
        db.get_one(Member, cell.alice).full_name = long
        for at in range(9):
            one = add_member(
                db, cell_id=cell.id, full_name=f"{long} {'ABCDEGHIK'[at]}", birth_year=1990, now=world.clock()
            )
            one.standing = Standing.OFFICIAL if at < 8 else Standing.PROBATIONARY

    world.db(many)
    bob = phones[BOB].says("/menu")
    forge(bob, f"probation:start:{cell.alice}")
    bob.says("03/10/2025")
    assert len(bob.buttons()) <= 8
    bob.taps("Trang sau").says("bach").says("dan thanh").taps("B. A, sinh").taps("Ghi lại")
    bob.taps("Đổi người giúp đỡ").taps("Chưa có người giúp đỡ").taps("Giấy tờ của hồ sơ", "Hồ sơ dự bị")
    consider(bob).taps("Ghi lại").taps("Ghi quyết định", "Công nhận").says("28/11/2026")
    bob.taps("Không ghi văn bản", "Ghi lại")
    assert "Ngày chính thức: 03/10/2026" in bob.reads()


def test_who_helps_many_turns_the_pages(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    def many(db: Session) -> None:
        for at in range(7):
            one = add_member(
                db,
                cell_id=cell.id,
                full_name=f"Đinh Công {'ABCDEGH'[at]}",
                birth_year=1999,
                now=world.clock(),
            )
            one.standing = Standing.PROBATIONARY
            start_probation(
                db,
                one,
                admitted_on=date(2026, 9, 2),
                helper_id=cell.dan,
                by_id=cell.bob,
                policy=world.settings.probation,
                calendar=world.settings.workday,
                now=world.clock(),
            )

    world.db(many)
    dan = phones[DAN].says("/menu").taps("Thời gian dự bị")
    assert len([label for label in dan.buttons() if label.startswith("Đinh Công")]) == 5
    assert dan.taps("Trang sau").taps("Đinh Công H").reads().count("Đinh Công H") == 1


def test_the_members_timeline_has_each_meeting_and_the_official_day(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = consider(start(phones, day="20/03/2025"), day="05/11/2026", result="5/12").taps("Ghi lại")
    bob.taps("Ghi lần xét khác").says("27/11/2026").says("12/12")
    world.wait(timedelta(seconds=10))
    bob.taps("Ghi lại", "Ghi quyết định", "Công nhận chính thức").says("28/11/2026").taps("Không ghi văn bản")
    world.wait(timedelta(seconds=10))
    bob.taps("Ghi lại")
    bob.taps_data(bob.last()["message_id"], f"desk:timeline:{cell.alice}:0", stale=True)
    seen = bob.reads()
    assert "20/03/2026" in seen
    assert "Ngày chính thức" in seen
    assert seen.count("Chi bộ xét công nhận chính thức") == 2
