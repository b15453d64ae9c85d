"""The PIN before an export, a deletion, a hand-over: asked once in ten minutes, throttled, readable nowhere."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot.standin import BotCall
from bot.telegram.chats import chat_address
from handlers import TAPS
from handlers.ground.routing import Routes
from models.delivery.conversation import Conversation
from models.delivery.inbox import Inbox
from models.delivery.outbox import Outbox
from models.entry.waking import vouch
from models.people.member import Member, account_at
from models.people.secret import SecretKind, has_secret, issue_return_code
from tests.fakes import World
from tests.handlers.desk.test_roster import ALICE_ROW, xlsx
from tests.people import BOB, DAN, DEPUTY, OFFICER, Cell, settle_in
from tests.phone import Phone, opened

PIN, OTHER = "274915", "380264"
ASKED, CHOSEN, AGAIN = "Mời gõ mã PIN", "Mời tự chọn sáu chữ số", "một lần nữa"


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    """The secretary, who types nothing by himself."""
    (phone,) = settle_in(world, cell, BOB)
    phone.pin = None
    return phone


def with_pin(world: World, bob: Phone) -> Phone:
    """He chose it a while ago; it is not fresh any more."""
    bob.says("/xuat", PIN, PIN)
    world.wait(timedelta(minutes=11))
    bob.reads()
    return bob


def exports(phone: Phone) -> int:
    return len(phone.documents())


def typed_on(world: World, phone: Phone) -> list[str]:
    """What still stands in the chat of what the person typed."""
    return [m["text"] for m in world.telegram.history(phone.user_id) if m["from"] != "bot"]


# --- chosen, asked, remembered for a while --------------------------------------------------------------------------


def test_the_first_time_a_pin_is_chosen_and_the_export_goes_on_by_itself(world: World, bob: Phone) -> None:
    bob.says("/danhsach").taps("Việc khác", "Xuất")
    assert CHOSEN in bob.reads()
    assert exports(bob) == 0
    bob.says(PIN)
    assert AGAIN in bob.reads()
    bob.says(PIN)
    said = bob.reads()
    assert "Đã đặt mã PIN" in said
    assert exports(bob) == 1


def test_within_ten_minutes_nothing_is_asked_again(world: World, bob: Phone) -> None:
    bob.says("/xuat", PIN, PIN)
    world.wait(timedelta(minutes=9))
    bob.says("/xuat")
    assert exports(bob) == 2
    world.wait(timedelta(minutes=2))
    bob.says("/xuat")
    assert ASKED in bob.reads()
    assert exports(bob) == 2
    bob.says(PIN)
    assert exports(bob) == 3


def test_a_restart_forgets_neither_the_pin_nor_that_it_was_given(world: World, bob: Phone) -> None:
    bob.says("/xuat", PIN, PIN)
    world.restart()
    bob.says("/xuat")
    assert exports(bob) == 2
    world.wait(timedelta(minutes=11))
    bob.says("/xuat")
    world.restart()
    bob.says(PIN)
    assert exports(bob) == 3


def test_a_restart_between_the_two_typings_loses_nothing(world: World, bob: Phone) -> None:
    bob.says("/xuat", PIN)
    world.restart()
    bob.says(PIN)
    assert exports(bob) == 1


@pytest.mark.parametrize(
    "typed",
    ["27 49 15", "274-915", "２７４９１５", "٢٧٤٩١٥", "2 7 4 9 1 5"],
)
def test_digits_may_be_typed_in_any_way(world: World, bob: Phone, typed: str) -> None:
    with_pin(world, bob).says("/xuat", typed)
    assert exports(bob) == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("111111", "dễ đoán quá"),
        ("123456", "dễ đoán quá"),
        ("197000", "dễ đoán quá"),  # his year of birth is in it
        ("000020", "dễ đoán quá"),  # the end of his own number
        ("12345", "đúng sáu chữ số"),
        ("mật khẩu", "đúng sáu chữ số"),
        ("2749156", "đúng sáu chữ số"),
    ],
)
def test_a_pin_that_is_weak_or_none_is_asked_for_again(
    world: World, bob: Phone, typed: str, said: str
) -> None:
    bob.says("/xuat", typed)
    read = bob.reads()
    assert said in read
    assert CHOSEN in read
    bob.says(PIN, PIN)
    assert exports(bob) == 1


def test_two_that_differ_are_no_pin(world: World, cell: Cell, bob: Phone) -> None:
    bob.says("/xuat", PIN, OTHER)
    assert "chưa giống nhau" in bob.reads()
    assert not world.db(lambda db: has_secret(db, cell.bob, SecretKind.PIN))
    bob.says(OTHER, OTHER)
    assert exports(bob) == 1


# --- wrong ----------------------------------------------------------------------------------------------------------


def test_a_wrong_pin_is_counted_and_the_fifth_locks_it(world: World, bob: Phone) -> None:
    with_pin(world, bob).says("/xuat")
    for left in (4, 3, 2, 1):
        bob.says(OTHER)
        assert f"Còn {left} lần thử" in bob.reads()
    bob.says(OTHER)
    assert "tạm khóa đến 08:12" in bob.reads()
    bob.says(PIN)
    assert exports(bob) == 1
    assert "tạm khóa đến" in bob.reads()
    assert not {PIN, OTHER} & set(typed_on(world, bob))
    bob.says("/xuat")
    assert "tạm khóa đến" in bob.reads()
    assert exports(bob) == 1
    world.wait(timedelta(minutes=2))
    bob.says(PIN)  # the question is still there
    assert exports(bob) == 2


def test_a_new_question_does_not_give_new_tries(world: World, bob: Phone) -> None:
    with_pin(world, bob)
    for _ in range(5):
        bob.says("/xuat", OTHER).taps("Hủy")
    bob.says("/xuat")
    assert "tạm khóa đến" in bob.reads()


def test_stopping_leaves_everything_as_it_was(world: World, bob: Phone) -> None:
    with_pin(world, bob).says("/xuat").taps("Hủy")
    bob.says(PIN)
    assert exports(bob) == 1
    said = bob.reads()
    assert "chưa hiểu" in said
    assert PIN not in said
    assert not world.db(
        lambda db: list(db.scalars(select(Conversation).where(Conversation.room == "unasked")))
    )  # nor is it held as words for somebody


# --- forgotten ------------------------------------------------------------------------------------------------------


def test_a_forgotten_pin_is_set_anew_by_the_return_code(world: World, cell: Cell, bob: Phone) -> None:
    code = world.db(lambda db: issue_return_code(db, cell.bob, now=world.clock()))
    with_pin(world, bob).says("/xuat").taps("Tôi quên mã PIN")
    assert "mã trở lại" in bob.reads()
    bob.says(f"{code[:4]} {code[4:8]} {code[8:12]} {code[12:]}")
    assert "Đặt mã PIN mới" in bob.reads()
    bob.says(OTHER, OTHER)
    assert exports(bob) == 2
    assert code not in " ".join(typed_on(world, bob))


def test_without_the_return_code_nobody_sets_it_anew(world: World, cell: Cell, bob: Phone) -> None:
    code = world.db(lambda db: issue_return_code(db, cell.deputy, now=world.clock()))
    with_pin(world, bob).says("/xuat").taps("Tôi quên mã PIN")
    assert "chưa có mã trở lại" in bob.reads()
    world.db(lambda db: issue_return_code(db, cell.bob, now=world.clock()))
    bob.says("/xuat").taps("Tôi quên mã PIN").says(code)  # somebody else's
    assert "chưa đúng" in bob.reads()
    bob.says("1234567890123456", "0" * 16, "1" * 15, "2")
    assert "tạm khóa đến" in bob.reads()
    assert world.db(lambda db: has_secret(db, cell.bob, SecretKind.PIN))


def test_a_forged_button_does_not_lead_past_the_old_pin(world: World, bob: Phone) -> None:
    with_pin(world, bob).says("/xuat")
    message, data = bob.button_data("Tôi quên")
    version = data.rpartition("~")[2]
    for forged in (
        f"nav:restart:secret:new~{version}",
        f"secret:new:x~{version}",
        "secret:change",
        "nav:back",
    ):
        bob.taps_data(message, forged, stale=True).says(OTHER, OTHER)
    world.wait(timedelta(minutes=61))
    bob.says("/xuat", OTHER)
    assert exports(bob) == 1


def test_a_pin_is_changed_in_peace_after_the_old_one(world: World, bob: Phone) -> None:
    with_pin(world, bob).says("/dulieu").taps("An toàn tài khoản", "Mã PIN của tôi")
    assert ASKED in bob.reads()
    bob.says(PIN)
    assert "Đặt mã PIN mới" in bob.reads()
    bob.says(OTHER, OTHER)
    world.wait(timedelta(minutes=11))
    bob.says("/xuat", OTHER)
    assert exports(bob) == 2


def test_a_first_pin_is_chosen_in_peace_and_typed_twice_only(world: World, cell: Cell, bob: Phone) -> None:
    bob.says("/dulieu").taps("An toàn tài khoản", "Mã PIN của tôi").says(PIN, PIN)
    said = bob.reads()
    assert "Đã đặt mã PIN" in said
    assert CHOSEN not in said
    assert world.db(lambda db: has_secret(db, cell.bob, SecretKind.PIN))
    bob.says("/xuat")
    assert exports(bob) == 1


# --- buttons, orders, other roads -----------------------------------------------------------------------------------


def test_two_quick_taps_ask_once_more_and_export_once(world: World, bob: Phone) -> None:
    with_pin(world, bob).says("/danhsach").taps("Việc khác")
    message, data = bob.button_data("Xuất")
    bob.taps_data(message, data).taps_data(message, data)
    bob.says(PIN)
    assert exports(bob) == 2


def test_an_old_button_of_the_question_is_harmless(world: World, bob: Phone) -> None:
    with_pin(world, bob).says("/xuat")
    old = bob.button_data("Tôi quên")
    bob.says(PIN)
    bob.reads()
    bob.taps_data(*old, stale=True)
    assert "đã gửi xong" in bob.reads()


def test_who_lost_the_right_meanwhile_has_proved_something_and_gets_nothing(
    world: World, cell: Cell, bob: Phone
) -> None:
    with_pin(world, bob).says("/xuat")
    world.db(lambda db: db.execute(text("UPDATE appointment SET ends_at = begins_at")))
    bob.says(PIN)
    assert exports(bob) == 1
    assert PIN not in " ".join(typed_on(world, bob))
    assert world.db(lambda db: db.scalars(select(Conversation).where(Conversation.active)).first()) is None


def test_a_command_in_between_is_answered_and_the_pin_is_no_text_for_it(world: World, bob: Phone) -> None:
    with_pin(world, bob).says("/xuat", "/menu", PIN)
    assert exports(bob) == 1
    bob.says("/xuat", PIN)
    assert exports(bob) == 2


def test_a_form_that_was_left_open_asks_again_before_its_last_step(
    world: World, cell: Cell, bob: Phone
) -> None:
    settle_in(world, cell, DAN)
    bob.pin = PIN
    bob.says("/danhsach").taps("Phạm Văn Dân", "Việc khác", "Ghi nhận phó", "Không thời hạn")
    bob.pin = None
    world.wait(timedelta(minutes=11))
    bob.taps("Đồng ý")
    assert ASKED in bob.reads()
    bob.says(PIN)
    assert "Phó bí thư" in bob.reads()


def test_a_new_account_has_proved_nothing(world: World, cell: Cell, bob: Phone) -> None:
    bob.says("/xuat", PIN, PIN)

    def move(db: Session) -> None:
        from models.people.member import Member, link_account

        link_account(db, db.get_one(Member, cell.bob), address=chat_address(77), now=world.clock())

    world.telegram.add_user(77, "Bob")
    world.telegram.users[77].started = True
    world.db(move)
    other = Phone(world.telegram, 77, world.settle)
    other.pin = None
    other.says("/xuat")
    assert ASKED in other.reads()
    assert exports(other) == 0


# --- readable nowhere -----------------------------------------------------------------------------------------------


def test_what_was_typed_is_gone_from_the_chat_and_is_kept_nowhere(
    world: World, bob: Phone, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    bob.says("/xuat", PIN, PIN)
    world.wait(timedelta(minutes=11))
    bob.says("/xuat", OTHER)
    assert typed_on(world, bob) == ["/xuat", "/xuat"]

    def everything(db: Session) -> str:
        kept: list[object] = [
            *db.scalars(select(Inbox.body_sealed).where(Inbox.address == chat_address(BOB)))
        ]
        kept += [row.body for row in db.scalars(select(Outbox))]
        kept += [row.draft for row in db.scalars(select(Conversation))]
        return " ".join(str(one) for one in kept if one is not None)

    shown = capsys.readouterr()
    for one in (world.db(everything), caplog.text, shown.out, shown.err):
        assert PIN not in one
        assert OTHER not in one


def test_between_the_two_typings_the_draft_holds_a_hash_and_no_pin(world: World, bob: Phone) -> None:
    bob.says("/xuat", PIN)
    draft = world.db(
        lambda db: db.scalars(select(Conversation).where(Conversation.room == "secret")).one().draft
    )
    assert draft is not None
    assert PIN not in draft


def test_a_text_too_long_to_be_a_pin_stays_where_it_is(world: World, bob: Phone) -> None:
    with_pin(world, bob).says("/xuat")
    bob.reads()
    bob.says("1" * 4096, "1" * 904)
    assert bob.reads().count("đúng sáu chữ số") <= 1
    bob.says("Đồng chí ơi, tôi chưa rõ việc này: mã PIN lấy ở đâu, có ai giúp được không ạ, xin cảm ơn.")
    assert "xin cảm ơn" in typed_on(world, bob)[-1]
    assert exports(bob) == 1


def test_a_short_text_that_is_no_pin_is_not_thrown_away(world: World, bob: Phone) -> None:
    with_pin(world, bob).says("/xuat", "Tôi vẫn ổn", "Mã của tôi là 274915 nhé")
    assert typed_on(world, bob)[-1] == "Tôi vẫn ổn"
    assert "đúng sáu chữ số" in bob.reads()
    assert exports(bob) == 1


@pytest.mark.parametrize("kind", ["photo", "voice"])
def test_a_picture_or_a_voice_is_no_pin(world: World, bob: Phone, kind: str) -> None:
    with_pin(world, bob).says("/xuat").sends(kind, "x", b"x" * 100)  # type: ignore[arg-type]
    assert ASKED in bob.reads()


def test_a_step_that_fails_keeps_nothing_of_it(
    world: World, bob: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pin(world, bob).says("/xuat")

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError(PIN)

    monkeypatch.setattr("handlers.people.secret.prove_account", breaks)
    bob.says(PIN)
    assert "trục trặc" in bob.reads()
    failed = world.db(lambda db: db.scalars(select(Inbox).where(Inbox.state == "failed")).one())
    assert failed.body_sealed is None
    assert PIN not in (failed.error or "")
    assert PIN not in " ".join(typed_on(world, bob))


def test_a_step_that_fails_elsewhere_keeps_its_update(
    world: World, bob: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Routes, "_command", breaks)
    bob.says("/menu")
    failed = world.db(lambda db: db.scalars(select(Inbox).where(Inbox.state == "failed")).one())
    assert failed.body_sealed is not None


# --- whose taps -----------------------------------------------------------------------------------------------------


def test_the_deputy_and_the_officer_have_a_pin_of_their_own(world: World, cell: Cell, bob: Phone) -> None:
    with_pin(world, bob)
    deputy, officer = settle_in(world, cell, DEPUTY, OFFICER)
    deputy.pin = officer.pin = None
    deputy.says("/xuat", PIN)
    assert AGAIN in deputy.reads()
    assert exports(deputy) == 0


def test_a_proof_is_the_accounts_and_nobody_elses(world: World, cell: Cell, bob: Phone) -> None:
    bob.says("/xuat", PIN, PIN)
    (deputy,) = settle_in(world, cell, DEPUTY)
    deputy.pin = None
    deputy.says("/xuat")
    assert CHOSEN in deputy.reads()
    assert world.db(lambda db: account_at(db, chat_address(DEPUTY)).proved_at) is None  # type: ignore[union-attr]


# --- files under a password -----------------------------------------------------------------------------------------


def test_the_roster_leaves_under_a_password_that_goes_again(world: World, bob: Phone) -> None:
    bob.says("/xuat", PIN, PIN)
    said = bob.reads()
    assert "Tệp này có mật khẩu" in said
    (password,) = bob.passwords()
    (name, shut), (_, plain) = bob.files()[0], bob.documents()[0]
    assert name.endswith(".xlsx")
    assert shut.startswith(b"\xd0\xcf\x11\xe0")
    with pytest.raises(BadZipFile):
        load_workbook(BytesIO(shut))
    assert "Phạm Văn Dân" in str(list(load_workbook(BytesIO(plain)).active.values))  # type: ignore[union-attr]

    world.wait(timedelta(minutes=9))
    assert bob.passwords() == [password]
    world.wait(timedelta(minutes=2))
    assert bob.passwords() == []
    assert bob.files()[0][1] == shut
    kept = world.db(lambda db: " ".join(str(row.body) for row in db.scalars(select(Outbox))))
    assert password not in kept
    assert " ".join(password[at : at + 4] for at in range(0, 16, 4)) not in kept


def test_the_message_with_the_password_is_neither_forwarded_nor_shown_on_a_lock_screen(
    world: World, bob: Phone
) -> None:
    calls: list[BotCall] = []
    world.telegram.observers.append(calls.append)
    bob.says("/xuat", PIN, PIN)
    (told,) = [c for c in calls if c.method == "sendMessage" and "Mật khẩu mở tệp" in c.params["text"]]
    assert told.params["protect_content"] is True
    assert "<tg-spoiler>" in told.params["text"]
    (sent,) = [c for c in calls if c.method == "sendDocument"]
    assert not sent.params.get("protect_content")  # it has to be printed


def test_a_password_that_was_noted_goes_at_once(world: World, bob: Phone) -> None:
    bob.says("/xuat", PIN, PIN)
    message, data = bob.button_data("Đã ghi lại")
    bob.taps("Đã ghi lại")
    assert bob.passwords() == []
    world.wait(timedelta(seconds=10))
    bob.taps_data(message, data, stale=True)
    assert "không còn dùng được" in bob.reads()
    world.wait(timedelta(minutes=11))
    assert world.misfits == []


def test_each_file_has_a_password_of_its_own(world: World, bob: Phone) -> None:
    bob.says("/xuat", PIN, PIN).says("/xuat")
    first, second = bob.passwords()
    assert first != second
    shut = [data for _, data in bob.files()]
    assert opened(shut[0], [second]) == shut[0]
    assert opened(shut[0], [first]) != shut[0]


def test_a_restart_forgets_no_password_that_has_to_go(world: World, bob: Phone) -> None:
    bob.says("/xuat", PIN, PIN)
    world.restart()
    world.wait(timedelta(minutes=11))
    assert bob.passwords() == []


def test_a_protected_export_that_comes_back_is_refused_with_what_to_do(world: World, bob: Phone) -> None:
    bob.says("/xuat", PIN, PIN)
    name, shut = bob.files()[0]
    _, plain = bob.documents()[0]
    bob.says("/nhap").sends("document", name, shut)
    assert "bỏ mật khẩu" in bob.reads()
    bob.sends("document", name, plain)
    assert "bỏ mật khẩu" not in bob.reads()


def test_links_of_many_leave_under_a_password(world: World, bob: Phone) -> None:
    bob.pin = PIN
    bob.says("/danhsach").taps("Việc khác", "Mời tất cả", "tệp")
    assert bob.files()[-1][1].startswith(b"\xd0\xcf\x11\xe0")
    assert b"t.me" in b"".join(
        str(row).encode()
        for row in load_workbook(BytesIO(bob.documents()[-1][1])).active.values  # type: ignore[union-attr]
    )


# --- nobody forgets it ----------------------------------------------------------------------------------------------

# files of one person, looked at one by one where they were sent to, or one's own: no export
NO_EXPORT = {
    "handlers/year/review/rating_unit.py": "counts without names, folded",
    "handlers/desk/absence/filing.py": "one person's paper, after the PIN",
    "handlers/desk/absence/letters.py": "one person's letter, after the PIN",
    "handlers/desk/desk/timeline.py": "one person's timeline, after the PIN",
    "handlers/desk/desk/person.py": "what one person has sent with their report",
    "handlers/desk/desk/weekly.py": "a picture of counts",
    "handlers/contact/request/screens.py": "what one person has sent with their request",
    "handlers/ground/scans.py": "a scan of one person's paper",
    "handlers/year/review/looking.py": "one's own review",
    "handlers/meeting/notice/reading.py": "what was said to everybody",
    "handlers/meeting/meeting/answering.py": "a date for the calendar",
    "handlers/desk/roster/inviting.py": "the picture of one link",
    "handlers/desk/roster/importing.py": "an empty form",
    "handlers/trust/data/deleting.py": "the receipt of one's own deletion",
    "handlers/trust/data/showing.py": "one's own data, after the PIN",
    "handlers/trust/data/visiting.py": "one's own data, after the committee's code",
    "handlers/away/away/documents.py": "one's own paper",
    "handlers/desk/bearings.py": "one's own page of where one stands",
    "handlers/desk/year_sheet.py": "one's own year, or one person's after the PIN",
    "handlers/desk/call_sheet.py": "numbers and hours for the calendar; the sheet itself leaves protected",
    "handlers/trust/member_papers.py": "one person's papers, after the PIN",
    "handlers/meeting/attendance/resolving.py": "one meeting's resolution",
}


def test_every_step_that_sends_a_file_is_an_export_or_says_why_not() -> None:
    root = Path(__file__).parents[3]
    sends = re.compile(r"\.send_file\(|attachment=(?!None)")
    found = {
        str(path.relative_to(root))
        for path in (root / "handlers").rglob("*.py")
        if sends.search(path.read_text(encoding="utf-8")) and path.name != "context.py"
    }
    assert found == NO_EXPORT.keys()


def test_every_workbook_and_every_list_leaves_protected() -> None:
    root = Path(__file__).parents[3]
    plain = re.compile(r"send_file\([^\n]*\.xlsx|send_file\([^\n]*workbook")
    assert [
        path.name
        for path in (root / "handlers").rglob("*.py")
        if plain.search(path.read_text(encoding="utf-8"))
    ] == []


def test_what_needs_the_pin_is_written_down_in_the_decision() -> None:
    page = Path(__file__).parents[3] / "docs" / "decisions" / "0023-pin-and-protected-files.md"
    named = set(re.findall(r"`([a-z_]+:[a-z_]+)`", page.read_text(encoding="utf-8")))
    assert {tap.address for tap in TAPS if tap.proof} <= named


# --- a chat that is not known to be theirs --------------------------------------------------------------------------


def test_a_chat_that_is_held_back_chooses_no_pin_until_somebody_above_has_confirmed(
    world: World, cell: Cell, bob: Phone
) -> None:
    def hold_back(db: Session) -> None:
        account_at(db, chat_address(BOB)).trusted_at = None  # type: ignore[union-attr]

    world.db(hold_back)
    bob.says("/xuat")
    assert "chưa đặt mã được" in bob.reads()
    bob.says(PIN, PIN)
    assert exports(bob) == 0
    assert not world.db(lambda db: has_secret(db, cell.bob, SecretKind.PIN))
    world.db(lambda db: vouch(db, db.get_one(Member, cell.bob), by_id=None, now=world.clock()))
    bob.says("/xuat", PIN, PIN)
    assert exports(bob) == 1


def test_who_took_a_chat_over_needs_the_pin_that_was_chosen_before(
    world: World, cell: Cell, bob: Phone
) -> None:
    with_pin(world, bob)

    def hold_back(db: Session) -> None:
        account_at(db, chat_address(BOB)).trusted_at = None  # type: ignore[union-attr]

    world.db(hold_back)
    bob.says("/xuat", OTHER)
    assert "chưa đúng" in bob.reads()
    assert exports(bob) == 1


def test_a_forgotten_pin_ends_with_the_confirmation_from_above(world: World, cell: Cell, bob: Phone) -> None:
    with_pin(world, bob)

    def hold_back(db: Session) -> None:
        account_at(db, chat_address(BOB)).trusted_at = None  # type: ignore[union-attr]

    world.db(hold_back)
    world.db(lambda db: vouch(db, db.get_one(Member, cell.bob), by_id=None, now=world.clock()))
    bob.says("/xuat")
    assert CHOSEN in bob.reads()


# --- a number is who somebody is --------------------------------------------------------------------------------------


def _number(world: World, member_id: int) -> str | None:
    return world.db(lambda db: db.get_one(Member, member_id).phone)


def test_a_file_changes_no_number_before_the_pin(world: World, cell: Cell, bob: Phone) -> None:
    with_pin(world, bob)
    held = _number(world, cell.alice)
    file = xlsx([*ALICE_ROW[:2], "0987654321", *ALICE_ROW[3:]])
    bob.says("/nhap").sends("document", "a.xlsx", file).taps("Lưu vào danh sách")
    assert ASKED in bob.reads()
    assert _number(world, cell.alice) == held
    bob.says(PIN)
    assert _number(world, cell.alice) == "+84987654321"


def test_a_question_for_a_number_that_stood_open_asks_for_the_pin_again(
    world: World, cell: Cell, bob: Phone
) -> None:
    bob.says("/danhsach").taps("Phạm Văn Dân", "Sửa thông tin", "Điện thoại").says(PIN, PIN)
    held = _number(world, cell.dan)
    world.wait(timedelta(hours=3))
    bob.says("0987654321")
    assert ASKED in bob.reads()
    assert _number(world, cell.dan) == held
    bob.says(PIN)
    assert _number(world, cell.dan) == "+84987654321"
    bob.says("/dulieu").taps("Sửa", "Số điện thoại")
    world.wait(timedelta(hours=3))
    bob.says("0987654322")
    assert _number(world, cell.bob) != "+84987654322"
    bob.says(PIN)
    assert _number(world, cell.bob) == "+84987654322"
