"""The right to a form, asked before each question and each answer; and whoever is nobody here."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from handlers import FLOWS
from handlers.ground.context import Context, Incoming, Kind
from handlers.ground.conversation import AnyFlow, own
from models.delivery.conversation import Conversation
from models.delivery.outbox import Outbox
from models.desk.office import end_deputy
from models.ground.errors import Refused
from models.people.drafts import OFFICE_WORDS
from models.people.member import account_of, close_account
from models.people.rights import appointments, end_appointment
from models.people.unit import Unit
from models.year.review import ReviewFileKind, attach_file, review_of
from tests.called import a_meeting
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, OFFICER, Cell, a_cell, phone_of, settle_in
from tests.phone import Phone
from tests.reviews import a_campaign

OWN = {
    "consent",
    "request",
    "data",
    "data_delete",
    "handbook",
    "mailbox",
    "secret",
}  # about the speaker alone
OWN_ROWS = {
    "checkin",
    "away_new",
    "away_correct",
    "away_extend",
    "away_change",
    "pausing",
}  # until a row is named
_FILLED = {"absence_form": {"act": "decide"}}


def _context(world: World, db: Session, chat_id: int) -> Context:
    incoming = Incoming(str(1), chat_address(chat_id), Kind.OTHER)
    return Context(db, world.clock(), world.settings.policies(), incoming)


def test_a_form_says_whose_it_is_or_that_it_is_ones_own() -> None:
    assert {flow.room for flow in FLOWS if flow.right is own} == OWN
    assert [flow.room for flow in FLOWS if flow.public] == ["register"]


@pytest.mark.parametrize(
    "flow",
    [one for one in FLOWS if one.room not in OWN | OWN_ROWS | {"register"}],
    ids=lambda flow: flow.room,
)
def test_no_form_is_open_to_who_has_no_right_to_what_it_is_about(world: World, flow: AnyFlow) -> None:
    cell = a_cell(world)
    settle_in(world, cell, ALICE)

    def work(db: Session) -> None:
        with pytest.raises(Refused):
            flow.right(_context(world, db, ALICE), flow.draft(**_FILLED.get(flow.room, {})))

    world.db(work)


OF_ONESELF = OWN | {
    *(
        "homecoming_visit",
        "checkin",
        "contact_note",
        "away_new",
        "away_correct",
        "away_extend",
        "away_change",
        "away_scan",
    ),
    *("away_review", "away_back", "away_update", "meeting_words", "register", "register_join"),
    *("request_share", "review_signed", "taskdone", "taskcannot"),
    "law",  # one's own; where the desk answers it holds ids alone, and the right is asked at use
}


def test_every_form_of_an_office_is_known_to_end_with_it() -> None:
    assert {flow.room for flow in FLOWS} == OFFICE_WORDS.keys() | OF_ONESELF
    fields = {flow.room: flow.draft.model_fields for flow in FLOWS}
    for room, words in OFFICE_WORDS.items():
        assert set(words) <= fields[room].keys(), room


# --- an office ends in the middle -----------------------------------------------------------------------------------


def rooms_of(world: World, chat_id: int) -> list[str]:
    rows = select(Conversation.room).where(Conversation.address == chat_address(chat_id))
    return sorted(world.db(lambda db: list(db.scalars(rows))))


def ends_by_its_day(world: World, cell: Cell) -> None:
    """The deputy's last day goes by: nobody does anything."""

    def work(db: Session) -> None:
        for held in appointments(db, cell.deputy, now=world.clock()):
            end_appointment(db, held, by_id=None, now=world.clock())

    world.db(work)


def ends_by_an_act(world: World, cell: Cell) -> None:
    now = world.clock()
    world.db(lambda db: end_deputy(db, db.get_one(Unit, cell.id), cell.deputy, by_id=cell.bob, now=now))
    world.settle()


@pytest.fixture
def deputy(world: World, cell: Cell) -> Phone:
    phones = settle_in(world, cell, DEPUTY, BOB, ALICE, DAN, OFFICER)
    return phones[0]


def _writes_a_note(deputy: Phone) -> None:
    deputy.says("/chibo").taps(
        "Xem theo nhóm", "Chưa đến kỳ", "Nguyễn Thị An", "Ghi kết quả gọi", "Cách khác", "Gọi điện", "Hôm nay"
    )


def test_with_a_form_of_a_meeting_open_a_former_deputy_reads_nothing_more(
    world: World, cell: Cell, deputy: Phone
) -> None:
    a_meeting(world, cell)
    deputy.says("/hop").taps("Triệu tập").reads()
    ends_by_its_day(world, cell)
    read = deputy.taps("Như lần trước").reads()
    assert "phân công đã hết hạn" in read
    assert "Nhà văn hóa" not in read
    assert "Màn hình chính" not in read  # the main screen itself follows
    assert rooms_of(world, DEPUTY) == []


def test_back_resume_and_a_changed_message_read_nothing_either(
    world: World, cell: Cell, deputy: Phone
) -> None:
    deputy.says("/hop").taps("Triệu tập", "Trực tiếp").reads()
    ends_by_its_day(world, cell)
    assert "phân công đã hết hạn" in deputy.taps("Quay lại").reads()
    assert rooms_of(world, DEPUTY) == []


def test_what_a_former_deputy_types_goes_back_to_them_and_to_nobody_else(
    world: World, cell: Cell, deputy: Phone
) -> None:
    _writes_a_note(deputy)
    ends_by_its_day(world, cell)
    read = deputy.says("Đã gọi, chị An vẫn khỏe").reads()
    assert "phân công đã hết hạn" in read
    assert "Đã gọi, chị An vẫn khỏe" in read
    assert "Nguyễn Thị An" not in read
    assert "Đã gọi" not in deputy.says("/menu").reads()  # once
    assert rooms_of(world, DEPUTY) == []


def test_the_act_that_ends_an_office_closes_its_forms_and_gives_the_words_back(
    world: World, cell: Cell, deputy: Phone
) -> None:
    _writes_a_note(deputy)
    deputy.says("Đã gọi, chị An vẫn khỏe").reads()
    ends_by_an_act(world, cell)
    read = deputy.reads()
    assert "phân công mở mẫu ấy đã kết thúc" in read
    assert "Đã gọi, chị An vẫn khỏe" in read
    assert rooms_of(world, DEPUTY) == []
    assert "không còn dùng được" in deputy.taps("Ghi lại").reads()


def test_ones_own_report_outlives_the_office(world: World, cell: Cell, deputy: Phone) -> None:
    deputy.says("/hotro").taps("Tai nạn")
    before = rooms_of(world, DEPUTY)
    ends_by_an_act(world, cell)
    assert rooms_of(world, DEPUTY) == before == ["request"]


def test_forms_of_an_office_that_ended_by_its_day_are_gone_in_the_morning(
    world: World, cell: Cell, deputy: Phone
) -> None:
    _writes_a_note(deputy)
    ends_by_its_day(world, cell)
    world.wait(timedelta(days=1))
    assert rooms_of(world, DEPUTY) == []


# --- nobody ---------------------------------------------------------------------------------------------------------


def _close(world: World, member_id: int) -> None:
    def work(db: Session) -> None:
        account = account_of(db, member_id)
        assert account is not None
        close_account(db, account, now=world.clock())

    world.db(work)


def test_a_closed_account_is_nobody_whatever_is_done_in_its_chat(
    world: World, cell: Cell, deputy: Phone
) -> None:
    _writes_a_note(deputy)
    message_id, data = deputy.button_data("Quay lại")
    _close(world, cell.deputy)
    assert rooms_of(world, DEPUTY) == []
    neutral = "chỉ dùng theo lời mời"
    assert neutral in deputy.taps_data(message_id, data).reads()
    assert neutral in deputy.says("Đã gọi, chị An vẫn khỏe").reads()
    assert neutral in deputy.says("/chibo").reads()
    deputy.sends("photo", "x.jpg", b"x").shares_contact().blocks().unblocks()
    everything = deputy.chat()
    assert "trục trặc" not in everything
    stranger = phone_of(world, 4711)
    assert stranger.says("/chibo").reads() == neutral_of(deputy)


def neutral_of(phone: Phone) -> str:
    return str(phone.messages()[-1]["text"])


def test_what_was_open_when_the_account_closed_is_not_asked_of_who_has_it_next(
    world: World, cell: Cell, deputy: Phone
) -> None:
    """Also a row that was left behind, as by a version of the program before this one."""
    _writes_a_note(deputy)

    def work(db: Session) -> None:
        account = account_of(db, cell.deputy)
        assert account is not None
        account.closed_at, account.told_since = world.clock(), None

    world.db(work)
    assert "Nguyễn Thị An" not in deputy.says("Đã gọi").reads()
    assert rooms_of(world, DEPUTY) == []


# --- a review that was not handed in --------------------------------------------------------------------------------


class _Photo:
    kind, file_id, name = "photo", "file-of-a-draft", ""


def test_the_desk_opens_no_file_of_a_review_that_was_not_handed_in(
    world: World, cell: Cell, deputy: Phone
) -> None:
    campaign = a_campaign(world, cell)

    def attach(db: Session) -> int:
        mine = review_of(db, campaign, cell.alice)
        assert mine is not None
        attach_file(db, mine, ReviewFileKind.TEXT, _Photo(), by_id=cell.alice, now=world.clock())
        return mine.id

    review_id = world.db(attach)
    deputy.says("/menu")
    deputy.taps_data(deputy.last()["message_id"], f"campaign:files:{review_id}", stale=True)
    assert "trục trặc" not in deputy.chat()
    sent = select(Outbox).where(Outbox.address == chat_address(DEPUTY))
    assert not any(
        "file-of-a-draft" in (row.body or "") for row in world.db(lambda db: list(db.scalars(sent)))
    )
    deputy.taps_data(deputy.last()["message_id"], f"campaign:read:{review_id}", stale=True)
    assert not any("tệp" in label.lower() for label in deputy.buttons())


def test_a_forged_start_over_passes_no_question_by(world: World) -> None:
    """The question before a number asks for the PIN: whoever makes up buttons does not get past it."""
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    bob.pin = None
    message, data = bob.says("/danhsach").taps("Phạm Văn Dân", "Sửa thông tin").button_data("Điện thoại")
    bob.taps_data(message, f"nav:restart:roster_edit:value~{data.rpartition('~')[2]}", stale=True)
    here = select(Conversation.step).where(
        Conversation.address == chat_address(BOB), Conversation.room == "roster_edit"
    )
    assert world.db(lambda db: db.scalars(here).one()) == "field"
