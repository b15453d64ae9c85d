"""Kind 1: an answer is not taken for good news, nor an attempt for its success. Through the front door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin import Checkin, CheckinState
from models.contact.ladder import Ladder, LadderState
from models.contact.request import HelpRequest, Topic
from models.people.assignment import assign_contact
from models.people.member import Member
from tests.called import a_meeting
from tests.checkins import fills_checkin
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, settle_in
from tests.phone import Phone

ASKED = datetime(2026, 12, 1, 12, 5, tzinfo=UTC)  # 19:05 in Vietnam
LATE = datetime(2026, 12, 8, 1, tzinfo=UTC)  # 08:00
TROUBLE = "Em bị tai nạn lao động, công ty không trả lương."
CALM = "Không cần gọi nữa"


@pytest.fixture
def phones(world: World, cell: Cell) -> dict[int, Phone]:
    users = (BOB, DEPUTY, ALICE, DAN)
    return dict(zip(users, settle_in(world, cell, *users), strict=True))


def hush(phones: dict[int, Phone]) -> None:
    for phone in phones.values():
        phone.reads()


def state_of(world: World, member_id: int) -> str:
    newest = select(Checkin.state).where(
        Checkin.member_id == member_id, Checkin.state != CheckinState.SCHEDULED
    )
    return str(world.db(lambda db: db.scalar(newest.order_by(Checkin.opens_at.desc()))))


def ladder(world: World) -> Ladder:
    return world.db(lambda db: db.scalars(select(Ladder).order_by(Ladder.begun_at.desc())).first())  # type: ignore[return-value]


def tells_trouble(phone: Phone) -> int:
    """How many times the member had to touch the phone."""
    phone.taps("Có việc cần báo", "Vẫn ở đó", "Mất việc")
    more = ["Chưa đăng ký"] if "Chưa đăng ký" in phone.buttons() else []
    phone.taps(*more).says(TROUBLE).taps("Gửi")
    return 3 + len(more) + 2


@pytest.mark.parametrize("when", [ASKED, LATE], ids=["in time", "late"])
def test_trouble_reaches_the_desk_in_words_and_waits_there_until_it_is_read(
    world: World, cell: Cell, phones: dict[int, Phone], when: datetime
) -> None:
    bob, deputy, alice, dan = phones[BOB], phones[DEPUTY], phones[ALICE], phones[DAN]
    world.until(when)
    hush(phones)
    assert tells_trouble(alice) == 5  # abroad
    assert tells_trouble(dan) == 6
    for desk in (bob, deputy):
        told = desk.reads()
        assert told.count(TROUBLE) == 2
        assert "mất việc" in told
        assert CALM not in told
    seen = bob.says("/chibo").reads()
    assert TROUBLE in seen
    assert "Phạm Văn Dân · mất việc, cần đọc" in bob.buttons()
    world.wait(timedelta(days=3))  # nobody has looked yet: it stays
    assert TROUBLE in deputy.says("/chibo").reads()
    deputy.taps("Phạm Văn Dân · mất việc, cần đọc")
    assert TROUBLE in deputy.reads()
    assert {"Gọi", "Ghi kết quả gọi", "Trả lời đồng chí ấy"} <= set(deputy.buttons())
    assert "Phạm Văn Dân · mất việc, cần đọc" not in bob.says("/chibo").buttons()  # read by one is read
    assert "Nguyễn Thị An · mất việc, cần đọc" in bob.buttons()
    deputy.taps("Trả lời đồng chí ấy").says("Chi bộ đã nắm, chiều nay gọi em.")
    assert "Chi bộ đã nắm" in dan.reads()


def test_all_is_well_is_told_as_that_and_waits_for_nobody(world: World, phones: dict[int, Phone]) -> None:
    world.until(LATE)
    hush(phones)
    phones[DAN].says("/baocao").taps("Mọi việc vẫn ổn", "Gửi")
    assert CALM in phones[BOB].reads()
    assert not any("cần đọc" in label for label in phones[BOB].says("/chibo").buttons())


def test_a_move_a_report_out_of_turn_and_a_correction_are_read_too(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob, dan = phones[BOB], phones[DAN]
    world.until(ASKED)
    fills_checkin(dan, place="moved", where="Đồng Nai")
    assert "đã chuyển đến Đồng Nai" in bob.reads()
    bob.says("/chibo").taps("Phạm Văn Dân · chuyển chỗ, cần đọc")
    assert "việc gì chờ" in bob.says("/chibo").reads()
    world.wait(timedelta(minutes=5))
    dan.says("/baocao").taps("Sửa báo cáo", "Sửa: điều muốn báo").says("Chủ trọ đòi tăng giá").taps("Gửi")
    assert "Chủ trọ đòi tăng giá" in bob.reads()
    assert "Phạm Văn Dân · chuyển chỗ, cần đọc" in bob.says("/chibo").buttons()
    bob.taps("Phạm Văn Dân").reads()
    fills_checkin(dan.says("/baocao").taps("Báo việc đột xuất"), note="Xưởng cháy")
    assert "gửi báo cáo đột xuất: “Xưởng cháy”" in bob.reads()
    assert "Xưởng cháy" in bob.says("/chibo").reads()


def test_help_asked_in_the_form_keeps_what_the_form_says(world: World, phones: dict[int, Phone]) -> None:
    dan, bob = phones[DAN], phones[BOB]
    world.until(ASKED)
    fills_checkin(dan, work="lost", help="Tìm giúp việc khác")
    request = world.db(lambda db: db.scalars(select(HelpRequest)).one())
    assert request.topic == Topic.WAGES
    assert bob.reads().count("Phạm Văn Dân") == 1  # the request speaks, not the report besides
    assert any("mất việc, cần đọc" in label for label in bob.says("/chibo").buttons())


@pytest.mark.parametrize("outcome", ["Không nghe máy", "Nhắn qua người thân"])
def test_a_call_that_reached_nobody_settles_nothing(
    world: World, cell: Cell, phones: dict[int, Phone], outcome: str
) -> None:
    bob, deputy, dan = phones[BOB], phones[DEPUTY], phones[DAN]
    world.until(LATE)
    hush(phones)
    bob.taps("Phạm Văn Dân", "Ghi kết quả gọi", outcome)  # three taps from the alert, and it is noted
    assert "Báo cáo vẫn chờ" in bob.reads()
    assert state_of(world, cell.dan) == CheckinState.LATE
    assert ladder(world).ended_at is None
    assert CALM not in deputy.reads()
    assert "chưa gặp được" in dan.reads() or "tìm cách liên hệ" in dan.chat()
    bob.taps("Xong, không ghi thêm")
    seen = bob.says("/chibo").reads()
    assert "gọi 08/12 chưa gặp" in seen
    assert "cần gọi 1 đồng chí, trước hết là Nguyễn Thị An" in seen  # not again today
    world.wait(timedelta(days=1))
    assert "cần gọi 2 đồng chí" in bob.says("/chibo").reads()
    bob.taps("Phạm Văn Dân").taps("Ghi kết quả gọi", "Gặp được").says("Khỏe, điện thoại hỏng.")
    assert state_of(world, cell.dan) == CheckinState.ANSWERED
    told = deputy.reads()
    assert "liên hệ được" in told
    assert "Khỏe, điện thoại hỏng." in told
    assert "Khỏe, điện thoại hỏng." in dan.reads()
    assert (
        "Khỏe, điện thoại hỏng." in deputy.says("/chibo").reads()
    )  # to be read by somebody else than its writer
    assert not any("lời ghi" in label for label in bob.says("/chibo").buttons())


def test_an_attempt_moves_the_promise_and_never_ends_the_ladder(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = phones[BOB]
    world.until(LATE)
    bob.says("/chibo").taps("Phạm Văn Dân", "Tôi sẽ gọi", "Hôm nay")
    promised = ladder_of(world, cell.dan).promised_on
    bob.says("/chibo").taps("Phạm Văn Dân", "Ghi kết quả gọi", "Không nghe máy", "Xong")
    moved = ladder_of(world, cell.dan)
    assert moved.state == LadderState.TAKEN
    assert promised is not None
    assert moved.promised_on == promised + timedelta(days=1)
    world.wait(timedelta(days=1))
    assert "chưa ghi kết quả" not in bob.reads()


def ladder_of(world: World, member_id: int) -> Ladder:
    return world.db(lambda db: db.scalars(select(Ladder).where(Ladder.member_id == member_id)).one())


def test_somebody_else_is_asked_to_call_and_told(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    bob, deputy = phones[BOB], phones[DEPUTY]
    world.until(LATE)
    hush(phones)
    bob.taps("Phạm Văn Dân", "Ghi kết quả gọi", "Nhờ người khác gọi", "Lê Thị Hoa")
    assert "Đã nhờ đồng chí Lê Thị Hoa" in bob.reads()
    assert "nhờ đồng chí gọi giúp cho đồng chí Phạm Văn Dân" in deputy.reads()
    assert state_of(world, cell.dan) == CheckinState.LATE
    deputy.taps("Tôi sẽ gọi", "Hôm nay")
    assert "cần gọi 1 đồng chí" in deputy.says("/chibo").reads()


def test_who_is_asked_instead_a_moment_later_is_told_too_and_nobody_twice(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob, deputy, alice = phones[BOB], phones[DEPUTY], phones[ALICE]

    def assign(db: Session) -> None:
        assign_contact(
            db,
            db.get_one(Member, cell.dan),
            db.get_one(Member, cell.alice),
            by_id=cell.bob,
            now=world.clock(),
        )

    world.db(assign)
    world.until(LATE)
    hush(phones)
    for whom in ("Lê Thị Hoa", "Nguyễn Thị An", "Lê Thị Hoa"):
        bob.says("/chibo").taps("Phạm Văn Dân", "Ghi kết quả gọi", "Nhờ người khác gọi", whom)
        assert f"Đã nhờ đồng chí {whom}" in bob.reads()
        world.wait(timedelta(seconds=10))
    asked = "nhờ đồng chí gọi giúp cho đồng chí Phạm Văn Dân"
    assert [phone.reads().count(asked) for phone in (deputy, alice)] == [1, 1]


def test_one_message_for_two_answers_and_each_is_named(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob, deputy = phones[BOB], phones[DEPUTY]
    world.until(datetime(2026, 12, 5, 2, tzinfo=UTC))
    bob.says("/chibo").taps("Việc khác", "Hỏi đột xuất", "Phạm Văn Dân").says("Có ở vùng bão không?")
    bob.taps("Ngày mai", "Gửi câu hỏi")
    world.until(LATE)
    for desk in (bob, deputy):
        told = desk.reads()
        assert told.count("Phạm Văn Dân") == 1
    hush(phones)
    bob.taps("Phạm Văn Dân", "Ghi kết quả gọi", "Gặp được", "Xong")
    assert deputy.reads().count("Phạm Văn Dân") == 1


CRY = "Em đang nằm viện, bị tai nạn"


def test_a_cry_for_help_that_a_form_takes_as_an_answer_is_heard(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    """The reason of an absence from a meeting: noted, and asked at once whether those on duty should know."""
    bob, deputy, alice = phones[BOB], phones[DEPUTY], phones[ALICE]
    a_meeting(world, cell)
    hush(phones)
    alice.taps("Vắng, có lý do").says(CRY)
    said = alice.reads()
    assert "Vắng, có lý do" in said  # it is an answer too
    assert "chưa ai được báo gấp" in said
    assert "119" in said
    assert bob.reads() == ""
    alice.taps("Báo KHẨN cho chi bộ ngay")
    assert "Đang gửi ngay tới Trần Văn Bình, Lê Thị Hoa" in alice.reads()
    for desk in (bob, deputy):
        assert "Nguyễn Thị An" in desk.reads()
        assert "Tôi nhận việc này" in desk.buttons()
    assert CRY in (world.db(lambda db: db.scalars(select(HelpRequest)).one()).text or "")


def test_a_cry_within_a_report_is_heard_while_it_is_written_and_the_form_goes_on(
    world: World, phones: dict[int, Phone]
) -> None:
    dan, bob = phones[DAN], phones[BOB]
    world.until(ASKED)
    hush(phones)
    fills_checkin(dan, up_to="note").says("Xưởng cháy rồi")
    assert "chưa ai được báo gấp" in dan.reads()
    dan.taps("Không khẩn")
    assert "vẫn được ghi như trước" in dan.reads()
    dan.taps("Gửi")
    assert "Xưởng cháy rồi" in bob.reads()
    dan.says("Chào chi bộ")  # what was noted is no part of what is written later
    assert "Xưởng cháy" not in dan.reads()


def test_what_the_desk_writes_of_somebody_else_is_no_cry_of_its_own(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = phones[BOB]
    a_meeting(world, cell)
    hush(phones)
    bob.says("/hop").taps("05/12", "Ai đã trả lời", "Phạm Văn Dân", "Vắng, có lý do").says(CRY)
    assert "báo gấp" not in bob.reads()
