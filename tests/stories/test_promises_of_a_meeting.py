"""Kind 5: what an invitation promises is kept at any hour, or somebody is told whom it does not reach; what is open stays open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st
from icalendar import Calendar
from sqlalchemy import select

from models.delivery.body import WireBody
from models.delivery.outbox import Outbox
from models.ground.clock import is_night
from models.meeting.attendance import move_links, without_link
from models.meeting.meeting import (
    Brief,
    Invitation,
    Meeting,
    MeetingAnswer,
    MeetingForm,
    MeetingState,
    answer_invitation,
    call_meeting,
)
from models.people.member import Account, Member, Reachability
from tests.fakes import World
from tests.meetings import HALF_HOUR, LINK, STARTS, a_meeting, state_of
from tests.people import ALICE, BOB, DAN, OFFICER, Cell, a_cell, settle_in
from tests.sizes import sized

END = STARTS + timedelta(minutes=90)
ZONES = ("Asia/Ho_Chi_Minh", "Asia/Tokyo", "Europe/Berlin", "America/Los_Angeles", "Australia/Sydney")


# --- the way in -----------------------------------------------------------------------------------------------------


def test_whoever_is_invited_has_the_way_in_before_the_start_or_is_named_to_the_desk(world: World) -> None:
    """Any hour, any clock, any answer, registered or not, blocked or not."""
    cell = a_cell(world)
    settle_in(world, cell, BOB, ALICE, DAN)  # the deputy is not registered
    day = st.integers(0, 360)
    hours = st.integers(0, 24 * 60 - 1)
    said = st.sampled_from([None, MeetingAnswer.ONLINE, MeetingAnswer.ABSENT, MeetingAnswer.PART])

    @settings(max_examples=sized(10, 40), deadline=None, suppress_health_check=list(HealthCheck))
    @given(day, hours, st.sampled_from(ZONES), st.sampled_from(ZONES), said, said, st.booleans())
    def kept(
        day: int,
        minute: int,
        hers: str,
        his: str,
        she: MeetingAnswer | None,
        he: MeetingAnswer | None,
        blocked: bool,
    ) -> None:
        starts = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(days=day, minutes=minute)

        def work(db: Any) -> None:
            _one_meeting(db, world, cell, starts, {cell.alice: (hers, she), cell.dan: (his, he)}, blocked)
            db.rollback()

        world.db(work)

    kept()


def _one_meeting(
    db: Any,
    world: World,
    cell: Cell,
    starts: datetime,
    people: dict[int, tuple[str, MeetingAnswer | None]],
    blocked: bool,
) -> None:
    policies, soon = world.settings.policies(), starts - HALF_HOUR
    for member_id, (zone, _) in people.items():
        db.get_one(Member, member_id).zone = zone
    if blocked:
        account = db.scalars(select(Account).where(Account.member_id == cell.dan)).one()
        account.reachability = Reachability.BLOCKED
    db.flush()
    brief = Brief(form=MeetingForm.ONLINE, starts_at=starts, minutes=90, link=LINK, paper="12-CV/ĐU")
    called = starts - timedelta(days=4)
    meeting = call_meeting(db, cell.id, brief, by_id=cell.bob, policy=policies.meeting, now=called)
    invited = {one.member_id: one for one in db.scalars(_invitations(meeting.id))}
    for member_id, (_, answer) in people.items():
        if answer is not None:
            why = "ca đêm" if answer in (MeetingAnswer.ABSENT, MeetingAnswer.PART) else ""
            answer_invitation(db, invited[member_id], answer, reason=why, by_id=member_id, now=called)
    move_links(db, [meeting.id], policies.attendance, now=soon)
    named = {member.id for member, _ in without_link(db, meeting)}
    told_to_desk = [row for row in _rows(db, f"meeting:{meeting.id}") if "nolink" in row.key]
    assert told_to_desk  # the deputy has no account
    for member_id, invitation in invited.items():
        sent = [row for row in _rows(db, f"join:{invitation.id}") if row.not_before <= soon]
        if invitation.answer == MeetingAnswer.ABSENT:
            assert not sent
            assert member_id not in named
            continue
        assert bool(sent) != (member_id in named)
        for row in sent:
            member = db.get_one(Member, member_id)
            comes = invitation.answer is not None
            assert row.zone is None  # no night holds it back
            assert WireBody.model_validate_json(row.body or "{}").silent == (
                is_night(soon, member.zone) and not comes
            )


def _invitations(meeting_id: int) -> Any:
    return select(Invitation).where(Invitation.meeting_id == meeting_id)


def _rows(db: Any, about: str) -> list[Outbox]:
    return list(db.scalars(select(Outbox).where(Outbox.about == about)))


def test_at_night_the_way_in_comes_without_a_sound_as_the_invitation_says(world: World) -> None:
    cell = a_cell(world)
    bob, alice, dan = settle_in(world, cell, BOB, ALICE, DAN)
    a_meeting(world, cell, link="")
    asked = alice.reads()
    assert "Đường dẫn vào họp chưa có. Khi có, đồng chí nhận được 30 phút trước giờ họp" in asked
    assert "Nếu chưa trả lời là dự, tin đến không có chuông" in asked  # 21:30 in Osaka
    assert "không có chuông" not in dan.reads()
    world.until(STARTS - HALF_HOUR)
    assert "Chưa có đường dẫn vào họp" in alice.reads()
    lacks = bob.reads()
    assert "Chưa có đường dẫn vào họp, nên chưa ai nhận được" in lacks
    assert "Không báo được qua đây, cần gọi điện (1): Lê Thị Hoa (chưa đăng ký)" in lacks
    assert len(bob.says("/hop").taps("20:00").buttons()) <= 8
    bob.taps("Thay đổi, hoãn, hủy", "Thay đổi", "Đường dẫn").says(LINK).taps("Lưu thay đổi")
    world.until(STARTS - timedelta(minutes=15))
    for phone, silent in ((alice, True), (dan, False)):
        way_in = [m for m in phone.messages() if any("url" in b for row in m["inline_keyboard"] for b in row)]
        assert [m["silent"] for m in way_in] == [silent]
        assert way_in[0]["has_protected_content"]  # one link for all: it is not passed on by a slip
        assert "của riêng đồng chí" not in way_in[0]["text"]
    assert "Nhà văn hóa" not in alice.last()["text"]  # nobody in Osaka sits there
    world.until(STARTS)
    assert "Lê Thị Hoa (chưa đăng ký)" in bob.reads()


# --- what nobody ends -----------------------------------------------------------------------------------------------


def test_a_meeting_stays_on_the_desk_until_a_person_ends_it_and_its_minutes_too(world: World) -> None:
    cell = a_cell(world)
    bob, alice = settle_in(world, cell, BOB, ALICE)
    meeting = a_meeting(world, cell, starts_at=STARTS)
    message = alice.says("/menu").last()["message_id"]
    for day, told in ((4, 1), (6, 2), (10, 3), (16, 3)):
        world.until(datetime(2026, 12, 1, 2, tzinfo=UTC) + timedelta(days=day - 1))
        assert bob.chat().count("Cuộc họp đã hết giờ.") == told
        assert any("họp 03/12: chưa đóng" in label.lower() for label in bob.says("/chibo").buttons())
    bob.says("/hop")
    assert any("hết giờ, chưa đóng" in label for label in bob.buttons())
    assert "đã bắt đầu" not in bob.taps("03/12").reads()
    for forged in ("nothold", "filed", "others"):
        alice.taps_data(message, f"attendance:{forged}:{meeting}:yes", stale=True)
    assert state_of(world, meeting) == MeetingState.HELD
    bob.taps("Điểm danh, biên bản", "Không họp", "Đúng, không họp")
    assert "Đã ghi: không họp" in bob.reads()
    assert "đã không diễn ra. Không ai bị tính là vắng" in alice.reads()
    assert not any("họp 03/12" in label for label in bob.says("/chibo").buttons())

    second = a_meeting(world, cell, starts_at=world.clock() + timedelta(hours=5), place="")
    world.wait(timedelta(hours=8))
    bob.says("/chibo").taps("chưa đóng", "Điểm danh cuối giờ", "còn lại", "không lý do", "Đúng, ghi vắng")
    bob.taps("Điểm danh, biên bản", "Đóng cuộc họp", "Đúng, đóng")
    assert state_of(world, second) == MeetingState.CLOSED
    held = world.clock().date()
    due = held + timedelta(days=2)
    label = f"Biên bản họp {held:%d/%m}: hạn {due:%d/%m}"
    assert label in bob.says("/chibo").buttons()
    bob.reads()
    world.wait(timedelta(days=9))
    reminded = bob.reads()
    assert reminded.count(f"Hôm nay, {due:%d/%m/%Y}, là hạn ký và lưu biên bản") == 1
    assert reminded.count(f"đã qua hạn ngày {due:%d/%m/%Y}") == 1
    bob.says("/chibo").taps(f"họp {held:%d/%m}: quá hạn {due:%d/%m}", "Biên bản đã ký, đã lưu")
    assert world.wait(timedelta(days=9)) is not None
    assert "ký và lưu biên bản" not in bob.reads()
    assert not any("biên bản" in label for label in bob.says("/chibo").buttons())


# --- calendars ------------------------------------------------------------------------------------------------------


def entries(phone: Any) -> list[tuple[str, int, str]]:
    """Of each calendar file: method, sequence, status."""
    found = []
    for _, data in phone.documents():
        calendar: Any = Calendar.from_ical(data)
        (event,) = calendar.walk("VEVENT")
        assert event["uid"].endswith("@xanha")
        found.append((str(calendar["method"]), int(event["sequence"]), str(event["status"])))
    return found


def test_a_moved_meeting_moves_its_calendar_entry_and_a_cancelled_one_takes_it_away(world: World) -> None:
    cell = a_cell(world)
    bob, alice, dan = settle_in(world, cell, BOB, ALICE, DAN)
    meeting = a_meeting(world, cell)
    alice.taps("Xem cuộc họp", "Tệp lịch")
    bob.says("/hop").taps("03/12", "Thay đổi", "Ngày").says("4/12").taps("Lưu thay đổi")
    world.wait(timedelta(minutes=15))
    assert "Giờ hẹn đã đổi: mở tệp này" in alice.reads()
    bob.says("/hop").taps("04/12", "Hủy cuộc họp")
    assert "Thôi, giữ cuộc họp" in bob.buttons()  # "Hủy" here would mean two things
    bob.says("Bão số 1")
    told = alice.reads()
    assert "gỡ giờ hẹn khỏi điện thoại" in told
    assert "không cần làm gì" not in told
    assert entries(alice) == [
        ("PUBLISH", 0, "CONFIRMED"),
        ("PUBLISH", 1, "CONFIRMED"),
        ("CANCEL", 2, "CANCELLED"),
    ]
    assert "đã hủy. Đồng chí không cần làm gì" in dan.reads()  # he took no file
    assert dan.documents() == []
    assert (
        world.db(lambda db: db.get_one(Invitation, invitation_id_of(db, meeting, cell.alice)).calendar) == 0
    )


def invitation_id_of(db: Any, meeting_id: int, member_id: int) -> int:
    found: int = db.scalars(_invitations(meeting_id).where(Invitation.member_id == member_id)).one().id
    return found


# --- who has no cell ------------------------------------------------------------------------------------------------


def test_an_officer_of_no_cell_is_promised_no_invitation(world: World) -> None:
    (officer,) = settle_in(world, a_cell(world), OFFICER)
    said = officer.says("/hop").reads()
    assert "Đồng chí không có giấy mời nào" in said
    assert "đồng chí nhận giấy mời tại đây" not in said
    assert world.db(lambda db: list(db.scalars(select(Meeting)))) == []


# --- notices and tasks ----------------------------------------------------------------------------------------------


def test_what_is_typed_is_the_whole_text_and_a_question_waits_until_somebody_ends_it(world: World) -> None:
    cell = a_cell(world)
    bob, alice, dan = settle_in(world, cell, BOB, ALICE, DAN)
    bob.says("/thongbao").taps("Viết thông báo mới", "Đảng viên đi làm ăn xa").says("Bản nháp.")
    bob.taps("Sửa nội dung").says("Họp lúc 19:30.")  # before it is sent as after: it takes the place
    assert "Bản nháp" not in bob.last()["text"]
    bob.says("Mang theo sổ.")  # at the preview it is added
    assert "Họp lúc 19:30.\nMang theo sổ." in bob.last()["text"]
    bob.taps("Thêm câu hỏi").says("Họp mấy giờ?").says("19:30\n20:00").taps("Gửi")
    world.wait(timedelta(minutes=5))
    bob.says("/chibo").taps("thông báo: 2 chưa trả lời")
    alice.taps("19:30")
    bob.taps("Về thông báo này")
    assert "Câu hỏi: còn 1 người chưa trả lời." in bob.reads()
    bob.taps("Sửa nội dung").says("Họp lúc 20:00.").taps("Gửi bản sửa")
    world.wait(timedelta(days=30))
    assert "Họp lúc 20:00." in alice.chat()
    assert any("thông báo: 1 chưa trả lời" in label.lower() for label in bob.says("/chibo").buttons())
    message, data = bob.button_data("thông báo: 1")
    forged = data.replace("answers", "enough")
    dan.says("/menu").taps_data(dan.last()["message_id"], forged, stale=True)
    assert any("thông báo: 1" in label.lower() for label in bob.says("/chibo").buttons())
    bob.taps("thông báo: 1", "Không chờ trả lời nữa")
    assert not any("thông báo" in label.lower() for label in bob.says("/chibo").buttons())
    assert message


def test_a_task_past_its_day_stands_on_the_desk_until_it_is_moved_or_taken_back(world: World) -> None:
    cell = a_cell(world)
    bob, alice = settle_in(world, cell, BOB, ALICE)
    bob.says("/chibo").taps("Việc khác", "Nhiệm vụ", "Giao nhiệm vụ", "Nguyễn Thị An").says("Góp ý dự thảo")
    bob.taps("Đổi hạn").says("20/12").taps("Giao")
    world.until(datetime(2027, 1, 20, 2, tzinfo=UTC))
    assert alice.chat().count("đã quá hạn") >= 1
    assert "Nguyễn Thị An: nhiệm vụ quá hạn 20/12" in bob.says("/chibo").reads()
    lines = [button for row in bob.last()["inline_keyboard"] for button in row]
    (task,) = [one["callback_data"] for one in lines if one["callback_data"].startswith("task:")]
    bob.taps_data(bob.last()["message_id"], task).taps("Rút lại", "Đúng, rút lại")
    assert "nhiệm vụ quá hạn" not in bob.says("/chibo").reads()
