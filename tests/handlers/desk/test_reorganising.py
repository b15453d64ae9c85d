"""Units change: what the level above types and confirms, what everybody else reads, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.checkin import Checkin, plan_checkin
from models.contact.ladder import Silence, begin_ladders
from models.contact.policy import LadderPolicy, RequestPolicy
from models.contact.request import RequestWords, open_request
from models.desk.reorganising import PLACES, Goes, rename
from models.desk.year_sheet import year_paper
from models.ground.base import Base
from models.meeting.attendance.resolving import Resolution, resolution_paper
from models.meeting.meeting import Meeting, StandingPlan, set_standing
from models.people.member import Member, Purpose, add_member, link_account, record_consent, roster
from models.people.rights import Role, appoint, holders
from models.people.trail import Trail
from models.people.unit import Unit, UnitKind, create_unit, unit_name_on
from models.people.unit_change import Decision, unit_name_then
from models.trust.audit import audit
from models.year.review import Campaign, Review, close_campaign
from models.year.review.paper import index_workbook
from tests.fakes import World
from tests.meetings import a_meeting
from tests.people import ALICE, BOB, DAN, DEPUTY, OFFICER, Cell, phone_of, settle_in
from tests.phone import Phone
from tests.reviews import a_campaign, hands_in

EVA, GIANG = 60, 70
_NAMES = {EVA: "Hoàng Thị Én", GIANG: "Ngô Văn Giang"}


@dataclass(frozen=True)
class Two:
    """Two cells of a commune, everybody registered: Đông with Bình and Hoa, Tây with Én and Giang."""

    world: World
    east: Cell
    west: Cell
    phones: dict[int, Phone]

    def __getitem__(self, user: int) -> Phone:
        return self.phones[user]

    def opens(self, unit: str) -> Phone:
        return self[OFFICER].says("/dangbo").taps(unit).goes("Sắp xếp, đổi tên tổ chức")

    def merges_east_into_west(
        self, offices: str = "Thôi giữ chức vụ", deputies: str = "Thôi giữ chức vụ"
    ) -> Phone:
        mai = self.opens("Chi bộ thôn Đông").taps("Sáp nhập vào nơi khác", "Chi bộ thôn Tây")
        mai.taps(offices).taps(deputies)
        return mai.says("05-QĐ/ĐU ngày 01/12/2026").taps("Xác nhận sáp nhập")

    def people_of(self, cell_id: int) -> list[str]:
        return self.world.db(lambda db: [one.own_name for one in roster(db, cell_id)])

    def unit(self, name: str) -> int:
        return self.world.db(lambda db: db.scalars(select(Unit.id).where(Unit.name == name)).one())

    def kept_by(self, cell_id: int) -> list[str]:
        roles = (Role.SECRETARY, Role.DEPUTY)

        def work(db: Session) -> list[str]:
            held = holders(db, cell_id, *roles, now=self.world.clock())
            return [db.get_one(Member, one).own_name for one in held]

        return self.world.db(work)


@pytest.fixture
def two(world: World, cell: Cell) -> Two:
    def work(db: Session) -> Cell:
        now, ids = world.clock(), {}
        above = db.get_one(Unit, cell.commune)
        west = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Tây", parent=above, now=now)
        for user, name in _NAMES.items():
            place = "KR" if user == GIANG else None
            phone = f"+849110000{user}"
            one = add_member(
                db, cell_id=west.id, full_name=name, birth_year=1970, phone=phone, place_code=place, now=now
            )
            link_account(db, one, address=chat_address(user), now=now)
            for purpose in Purpose:
                record_consent(db, one.id, purpose, given=True, now=now)
            plan_checkin(db, one, world.settings.policies().checkin, now=now)
            ids[user] = one.id
        appoint(db, member_id=cell.officer, unit_id=cell.id, role=Role.FOLLOWER, by_id=None, now=now)
        appoint(db, member_id=ids[EVA], unit_id=west.id, role=Role.SECRETARY, by_id=None, now=now)
        return replace(cell, id=west.id, bob=ids[EVA], dan=ids[GIANG])

    users = (OFFICER, BOB, DEPUTY, ALICE, DAN)
    phones = dict(zip(users, settle_in(world, cell, *users), strict=True))
    for user in _NAMES:
        phones[user] = phone_of(world, user)
        world.telegram.users[user].started = True
    return Two(world, cell, world.db(work), phones)


def a_standing_date(world: World, cell: Cell, day: int) -> None:
    def work(db: Session) -> None:
        plan = StandingPlan(day=day, clock="19:30")
        policies = world.settings.policies()
        set_standing(
            db,
            cell.id,
            plan,
            by_id=cell.bob,
            policy=policies.meeting,
            now=world.clock(),
            workdays=policies.workday,
        )

    world.db(work)


def told(phone: Phone, words: str) -> int:
    return sum(words in message["text"] for message in phone.messages())


# --- merged ---------------------------------------------------------------------------------------------------------


def test_two_cells_merge_by_one_confirmation_and_everybody_hears_once(world: World, two: Two) -> None:
    mai, bob, alice, eva = (two[one] for one in (OFFICER, BOB, ALICE, EVA))
    two.opens("Chi bộ thôn Đông").taps("Sáp nhập vào nơi khác").says("không có")
    assert "không có" in mai.reads()
    mai.says("tay").taps("Làm phó bí thư")
    assert "phó bí thư Chi bộ thôn Đông sau khi sáp nhập" in mai.reads()
    assert "Làm bí thư nơi tiếp nhận" not in mai.buttons()
    mai.taps("Thôi giữ chức vụ").says("quyết định của đảng ủy")
    assert "Chưa thấy số quyết định" in mai.reads()
    mai.says("Số 05-QĐ/ĐU")
    assert "ký ngày nào" in mai.reads()
    mai.says("02/12/2026").says("01/12/2026")
    asked = mai.reads()
    assert "Sáp nhập Chi bộ thôn Đông vào Chi bộ thôn Tây?\nQuyết định số 05-QĐ/ĐU, ngày 01/12/2026" in asked
    assert "4 đảng viên cùng mọi hồ sơ" in asked
    assert "làm phó bí thư Chi bộ thôn Tây" in asked
    confirm = mai.button_data("Xác nhận sáp nhập")
    mai.taps("Xác nhận sáp nhập")
    done = mai.reads()
    assert "Có thể hoàn tác đến" in done
    assert "đang điền dở" not in done  # she followed the cell that ended: what she was typing is this
    for _ in range(2):  # a second tap, and a second window
        mai.taps_data(*confirm, stale=True)
    world.wait(timedelta(hours=1))
    assert two.people_of(two.east.id) == []
    assert len(two.people_of(two.west.id)) == 6
    assert two.kept_by(two.west.id) == ["Hoàng Thị Én", "Trần Văn Bình"]
    assert two.kept_by(two.east.id) == []
    for one in (bob, alice, two[DEPUTY], two[DAN]):
        assert told(one, "Từ nay đồng chí thuộc Chi bộ thôn Tây") == 1
    assert told(bob, "Đồng chí nhận nhiệm vụ ở Chi bộ thôn Tây: Phó bí thư") == 1
    assert told(two[DEPUTY], "Nhiệm vụ của đồng chí ở Chi bộ thôn Đông (Phó bí thư) kết thúc") == 1
    assert told(eva, "Chi bộ thôn Đông đã sáp nhập vào Chi bộ thôn Tây, chi bộ của đồng chí") == 1
    for one in (eva, bob):
        one.says("/danhsach")
        assert "Danh sách Chi bộ thôn Tây: 6 người" in one.reads()
    two[DEPUTY].says("/chibo")
    assert "Ngô Văn Giang" not in two[DEPUTY].reads()
    two.opens("Chi bộ thôn Tây")
    assert "01/12/2026: sáp nhập Chi bộ thôn Đông vào Chi bộ thôn Tây (Quyết định số 05-QĐ/ĐU" in mai.reads()
    mai.taps("Hoàn tác lần thay đổi này").taps("Hoàn tác").taps_data(*confirm, stale=True)
    world.wait(timedelta(minutes=5))
    assert len(two.people_of(two.east.id)) == 4
    assert two.kept_by(two.east.id) == [
        "Trần Văn Bình",
        "Lê Thị Hoa",
    ]
    assert two.kept_by(two.west.id) == ["Hoàng Thị Én"]
    assert told(alice, "Đã hoàn tác việc sáp nhập Chi bộ thôn Đông vào Chi bộ thôn Tây") == 1
    bob.says("/danhsach")
    assert "Danh sách Chi bộ thôn Đông: 4 người" in bob.reads()


def test_a_deputy_passes_as_the_paper_says_and_the_day_of_the_other_cell_holds(
    world: World, two: Two
) -> None:
    for cell, day in ((two.east, 5), (two.west, 12)):
        a_standing_date(world, cell, day)
    mai = two.opens("Chi bộ thôn Đông").taps("Sáp nhập vào nơi khác", "Chi bộ thôn Tây", "Thôi giữ chức vụ")
    mai.taps("Làm phó bí thư nơi tiếp nhận").says("05-QĐ/ĐU ngày 01/12/2026")
    asked = mai.reads()
    assert "Phó bí thư Chi bộ thôn Đông làm phó bí thư Chi bộ thôn Tây. Chức vụ khác" in asked
    assert "Ngày họp hằng tháng theo Chi bộ thôn Tây; ngày của Chi bộ thôn Đông dừng" in asked
    mai.taps("Xác nhận sáp nhập")
    world.wait(timedelta(hours=1))
    assert two.kept_by(two.west.id) == ["Hoàng Thị Én", "Lê Thị Hoa"]
    assert told(two[DEPUTY], "Đồng chí nhận nhiệm vụ ở Chi bộ thôn Tây: Phó bí thư") == 1
    two[DEPUTY].says("/chibo")
    assert "Chi bộ thôn Tây" in two[DEPUTY].reads()
    two.opens("Chi bộ thôn Tây").taps("Hoàn tác lần thay đổi này").taps("Hoàn tác")
    assert two.kept_by(two.west.id) == ["Hoàng Thị Én"]
    assert two.kept_by(two.east.id) == ["Trần Văn Bình", "Lê Thị Hoa"]


def _findings(world: World) -> list[Any]:
    policies = world.settings.policies()
    return world.db(lambda db: audit(db, policies, {}, now=world.clock()).findings.all)


def _places(world: World) -> dict[str, dict[int, int]]:
    """Return to which unit each row belongs, of the tables whose rows go along."""

    def work(db: Session) -> dict[str, dict[int, int]]:
        found = {}
        for said, goes in PLACES.items():
            table, column = Base.metadata.tables[said.partition(".")[0]], said.partition(".")[2]
            if goes is not Goes.STAYS and "id" in table.c:
                found[said] = {row[0]: row[1] for row in db.execute(select(table.c.id, table.c[column]))}
        found["campaign"] = {
            row.id: row.campaign_id for row in db.execute(select(Review.id, Review.campaign_id))
        }
        return found

    return world.db(work)


def test_a_merge_while_all_is_under_way_is_undone_after_23_hours_row_by_row(world: World, two: Two) -> None:
    east, west, bob, eva, alice = two.east, two.west, two[BOB], two[EVA], two[ALICE]
    campaigns = a_campaign(world, east), a_campaign(world, west, deadline=date(2026, 12, 20))
    meeting = a_meeting(world, east, starts_at=world.clock() + timedelta(minutes=10))
    hands_in(world, campaigns[0], east.alice)

    def opens_more(db: Session) -> None:
        now = world.clock()
        words = RequestWords(text="Cần giấy xác nhận")
        planned = db.scalars(select(Checkin.id).where(Checkin.member_id == east.dan)).one()
        open_request(db, db.get_one(Member, east.alice), words, policy=RequestPolicy(), now=now)
        silence = Silence(
            member_id=east.dan,
            cell_id=east.id,
            checkin_id=planned,
            due_at=now - timedelta(days=9),
            day_zero=now - timedelta(days=8),
        )
        begin_ladders(db, [silence], LadderPolicy(), now=now)

    world.db(opens_more)
    world.wait(timedelta(minutes=15))  # the meeting is on
    alice.says("/hotro").taps("Nhờ")  # a member is filling in something of their own
    bob.says("/thongbao").taps("Viết thông báo mới", "Tất cả đảng viên").says(
        "Chiều mai họp lúc 14 giờ"
    )  # and the secretary is typing
    before = _places(world)
    two.merges_east_into_west()
    world.wait(timedelta(minutes=1))
    assert told(bob, "Những gì đồng chí đã gõ chưa được gửi cho ai") == 1
    assert told(bob, "mời sao chép:\n\nChiều mai họp lúc 14 giờ") == 1
    bob.says("Xin nhắc lại: 14 giờ")
    assert "14 giờ" in bob.reads() or "chưa gửi" in bob.reads()
    after = _places(world)
    assert {said: set(rows) for said, rows in after.items()} == {
        said: set(rows) for said, rows in before.items()
    }
    assert set(after["campaign"].values()) == {campaigns[1]}
    assert all(east.id not in rows.values() for said, rows in after.items() if said != "campaign.cell_id")
    eva.says("/hop")
    assert "1 cuộc họp" in eva.reads()
    eva.says("/chibo")
    desk = eva.reads()
    for waits in (
        "Phạm Văn Dân: hôm nay có tin",
        "Nguyễn Thị An: cần hỗ trợ",
        "Nguyễn Thị An: nộp bản kiểm điểm",
    ):
        assert waits in desk
    held = world.db(
        lambda db: unit_name_then(
            db, db.get_one(Unit, west.id), db.get_one(Meeting, meeting), world.clock() - timedelta(hours=1)
        )
    )
    assert held == "Chi bộ thôn Đông"
    alice.says("/baocao")
    world.wait(timedelta(hours=22, minutes=50))
    assert _findings(world) == []
    two.opens("Chi bộ thôn Tây").taps("Hoàn tác lần thay đổi này").taps("Hoàn tác")
    world.wait(timedelta(minutes=5))
    again = _places(world)
    for said, rows in before.items():
        assert {one: again[said].get(one) for one in rows} == rows, said
    new = world.db(
        lambda db: {
            one.id: (one.cell_id, db.get_one(Member, one.member_id).cell_id)
            for one in db.scalars(select(Checkin))
        }
    )
    assert all(cell == of for cell, of in new.values())
    assert _findings(world) == []
    assert world.db(lambda db: db.get_one(Campaign, campaigns[0]).cell_id) == east.id


def test_papers_of_before_bear_the_names_and_the_secretary_of_before(world: World, two: Two) -> None:
    campaign, meeting = a_campaign(world, two.east), a_meeting(world, two.east)
    by_east = partial(close_campaign, by_id=two.east.bob)
    world.db(lambda db: by_east(db, db.get_one(Campaign, campaign), now=world.clock()))
    world.until(world.clock() + timedelta(days=40))  # January 2027
    two.merges_east_into_west()

    def renamed(db: Session) -> None:
        paper = Decision("06-QĐ/TU", date(2027, 1, 5))
        commune = db.get_one(Unit, two.east.commune)
        rename(db, commune, "Đảng ủy xã Mới", paper, by_id=two.east.officer, now=world.clock())

    world.db(renamed)
    now = world.clock() + timedelta(days=1)

    def heads(db: Session) -> list[tuple[str, str]]:
        parts = Resolution(review="Đã làm.", tasks="Sẽ làm.", doing="Cả chi bộ.", score="Tốt")
        printed = resolution_paper(db, db.get_one(Meeting, meeting), parts, now=now)
        alice = db.get_one(Member, two.east.alice)
        years = [year_paper(db, alice, year, [], now=now) for year in (2026, 2027)]
        assert printed.signer == "Trần Văn Bình"
        return [(one.above, one.cell) for one in (printed, *years)]

    then, today = ("Đảng ủy xã An Bình", "Chi bộ thôn Đông"), ("Đảng ủy xã Mới", "Chi bộ thôn Tây")
    assert world.db(heads) == [then, then, today]
    data = world.db(lambda db: index_workbook(db, db.get_one(Campaign, campaign), [], now=now))
    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    said = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value).upper()
    assert "CHI BỘ THÔN ĐÔNG" in said
    assert "TÂY" not in said
    assert "XÃ AN BÌNH" in said


# --- renamed, split, moved, ended ------------------------------------------------------------------------------------


def test_a_unit_is_renamed_and_what_it_was_called_is_kept(world: World, two: Two) -> None:
    mai, bob, cell = two[OFFICER], two[BOB], two.east.id
    before = world.clock()
    world.wait(timedelta(days=2))
    two.opens("Chi bộ thôn Đông").taps("Đổi tên tổ chức này").says("chi bộ thôn đông")
    assert "đang mang đúng tên" in mai.reads()
    mai.says("Chi bộ thôn Tây")
    assert "Ở đây đã có Chi bộ thôn Tây" in mai.reads()
    mai.says("CHI BỘ THÔN ĐÔNG THÀNH").says("05-QĐ/ĐU ngày 1/12")
    asked = mai.reads()
    assert "Đổi Chi bộ thôn Đông thành Chi bộ thôn Đông Thành?" in asked
    assert "văn bản đã nộp giữ tên cũ" in asked
    mai.taps("Đổi tên")
    assert "Đã đổi tên thành Chi bộ thôn Đông Thành" in mai.reads()
    mai.taps("Về tổ chức này")
    assert "Tên cũ: Chi bộ thôn Đông (đến 03/12/2026)" in mai.reads()
    world.wait(timedelta(minutes=2))
    assert told(bob, "Chi bộ thôn Đông từ nay mang tên Chi bộ thôn Đông Thành") == 1
    named = world.db(
        lambda db: [unit_name_on(db, db.get_one(Unit, cell), at) for at in (before, world.clock())]
    )
    assert named == ["Chi bộ thôn Đông", "Chi bộ thôn Đông Thành"]
    assert "unit.rename" in world.db(
        lambda db: set(db.scalars(select(Trail.act).where(Trail.unit_id == cell)))
    )
    two.opens("Chi bộ thôn Đông Thành").taps("Hoàn tác lần thay đổi này").taps("Hoàn tác")
    two.opens("Chi bộ thôn Đông").taps("Đổi tên tổ chức này").says("Chi bộ thôn Đồng").taps(
        "Chỉ sửa lỗi viết"
    )
    assert "Mọi người liên quan được báo" not in mai.reads()
    mai.taps("Đổi tên")
    world.wait(timedelta(minutes=2))
    assert told(bob, "Chi bộ thôn Đồng") == 0


def test_a_cell_is_split_by_the_names_in_the_decision(world: World, two: Two) -> None:
    mai, alice, cell = two[OFFICER], two[ALICE], two.east
    campaign = a_campaign(world, cell)
    two.opens("Chi bộ thôn Đông").taps("Tách thành hai chi bộ").says("Chi bộ thôn Đông Nam")
    mai.says("Nguyễn Thị An\nNgười Nào Đó\nPham Van Dan, 1999")
    read = mai.reads()
    assert "• Người Nào Đó" in read
    assert "• Pham Van Dan, 1999" in read
    assert "Nguyễn Thị An" not in read  # whoever types has the names of the decision, and learns no other
    mai.says("nguyen thi an\nLê Thị Hoa").says("06-QĐ/ĐU ngày 01/12/2026")
    assert "Tách Chi bộ thôn Đông Nam từ Chi bộ thôn Đông?" in mai.reads()
    mai.taps("Xác nhận tách")
    assert "Ghi nhận bí thư chi bộ mới" in mai.buttons()
    new = two.unit("Chi bộ thôn Đông Nam")
    world.wait(timedelta(minutes=2))
    assert two.people_of(new) == ["Nguyễn Thị An", "Lê Thị Hoa"]
    assert two.kept_by(cell.id) == ["Trần Văn Bình"]  # the deputy's office was in the cell that she left
    assert told(alice, "Từ nay đồng chí thuộc Chi bộ thôn Đông Nam, tách từ Chi bộ thôn Đông") == 1
    assert told(two[DAN], "Chi bộ thôn Đông Nam đã tách từ Chi bộ thôn Đông") == 1

    def reviews(db: Session) -> dict[int, tuple[int, int]]:
        rows = db.execute(select(Review, Campaign).join(Campaign, Campaign.id == Review.campaign_id)).all()
        return {review.member_id: (review.cell_id, theirs.cell_id) for review, theirs in rows}

    assert world.db(reviews)[cell.alice] == (new, new)
    assert world.db(reviews)[cell.dan] == (cell.id, cell.id)
    alice.says("/kiemdiem")
    assert "2026" in alice.reads()
    two.opens("Chi bộ thôn Đông").taps("Hoàn tác lần thay đổi này").taps("Hoàn tác")
    assert len(two.people_of(cell.id)) == 4
    assert two.kept_by(cell.id) == ["Trần Văn Bình", "Lê Thị Hoa"]
    assert set(world.db(reviews).values()) == {(cell.id, cell.id)}
    assert world.db(lambda db: [one.id for one in db.scalars(select(Campaign))]) == [campaign]
    assert _findings(world) == []


def test_a_committee_in_between_ends_and_what_stood_below_it_goes_up(world: World, two: Two) -> None:
    mai, commune = two[OFFICER], two.east.commune

    def between(db: Session) -> int:
        above = db.get_one(Unit, commune)
        return create_unit(
            db, kind=UnitKind.BASE, name="Đảng ủy cơ sở Một", parent=above, now=world.clock()
        ).id

    base = world.db(between)
    two.opens("Chi bộ thôn Đông").taps("Chuyển về cấp trên khác", "Đảng ủy cơ sở Một")
    mai.says("07-QĐ/ĐU ngày 01/12/2026").taps("Xác nhận chuyển")
    assert "Chi bộ thôn Đông đã chuyển về trực thuộc Đảng ủy cơ sở Một" in mai.reads()
    assert world.db(lambda db: db.get_one(Unit, two.east.id).parent_id) == base
    two.opens("Chi bộ thôn Tây").taps("Kết thúc hoạt động").says("08-QĐ/ĐU ngày 01/12/2026").taps(
        "Xác nhận kết thúc"
    )
    assert "còn đảng viên trong danh sách" in mai.reads()
    two.opens("Đảng ủy cơ sở Một").taps("Kết thúc hoạt động").says("08-QĐ/ĐU ngày 01/12/2026")
    assert "1 tổ chức trực thuộc" in mai.reads()
    mai.taps("Xác nhận kết thúc")
    assert world.db(lambda db: db.get_one(Unit, two.east.id).parent_id) == commune
    world.wait(timedelta(minutes=2))
    assert told(two[BOB], "chuyển từ Đảng ủy xã An Bình về trực thuộc Đảng ủy cơ sở Một") == 1
    assert told(two[BOB], "Đảng ủy cơ sở Một đã kết thúc hoạt động") == 1
    mai.says("/dangbo")
    assert "Đảng ủy cơ sở Một" not in mai.reads()


def test_only_the_level_above_changes_a_unit_and_only_for_a_day_back(world: World, two: Two) -> None:
    mai, bob, east, west = two[OFFICER], two[BOB], two.east.id, two.west.id
    forged = bob.says("/menu").last()["message_id"]
    for data in (
        f"begin:merge:{east}",
        f"begin:rename:{east}",
        f"see:{west}",
        "begin:split:x",
        "begin:what:1",
        "undo:1",
    ):
        bob.taps_data(forged, f"reorganise:{data}", stale=True)
        assert "Sáp nhập" not in bob.reads()
    at_top = mai.says("/dangbo").last()["message_id"]
    for kind in ("merge", "move", "close"):
        mai.taps_data(at_top, f"reorganise:begin:{kind}:{two.east.commune}", stale=True)
        assert "không có cấp trên" in mai.reads()
    mai.says("/dangbo").taps("Sắp xếp, đổi tên tổ chức")
    assert (
        mai.buttons()[0] == "Đổi tên tổ chức này"
    )  # of a root its officers write down another name, no more
    assert "Sáp nhập vào nơi khác" not in mai.buttons()
    two.merges_east_into_west("Làm bí thư nơi tiếp nhận")
    undo = mai.button_data("Hoàn tác lần thay đổi này")
    assert two.kept_by(west) == ["Trần Văn Bình"]
    bob.taps_data(forged, undo[1].replace("undo", "back"), stale=True)
    assert two.kept_by(west) == ["Trần Văn Bình"]
    two.opens("Chi bộ thôn Tây").taps("Đổi tên tổ chức này").says("Chi bộ thôn Đông Tây").says(
        "05-QĐ/ĐU ngày 01/12/2026"
    )
    mai.taps("Đổi tên").taps_data(*undo, stale=True)
    assert "Mời hoàn tác lần sau trước" in mai.reads()
    two.opens("Chi bộ thôn Đông Tây").taps("Hoàn tác lần thay đổi này").taps("Hoàn tác")
    world.wait(timedelta(hours=25))
    mai.taps_data(*undo, stale=True)
    assert "Đã quá 24 giờ" in mai.reads()
    assert two.kept_by(west) == ["Trần Văn Bình"]
    two.opens("Chi bộ thôn Tây")
    assert "Hoàn tác lần thay đổi này" not in mai.buttons()
