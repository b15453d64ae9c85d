"""Numbers for buttons: what is shown, what a typed number stands for, and when it stands for nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from models.delivery.body import WireBody
from models.delivery.choices import Picked, drop_old_choices, note_spoken, read_choice, show_choices
from models.delivery.message import LOGIN, Attachment, Button, Lane, Message, Recipient
from models.delivery.outbox import Outbox, compose, enqueue, move_outbox
from models.ground.channel import LIMITS, Address, Channel
from models.ground.db import Database
from models.phrases.text import raw

THERE = Address(Channel.TEXT, "7")
NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
QUESTION = [("Ổn", "checkin:work:fine~7"), ("Có việc", "checkin:work:lost~7")]
BACK = ("‹ Quay lại", "nav:back:checkin~7")
REMINDER = [("Báo cáo", "checkin:open:3")]


def shown(
    database: Database, buttons: list[tuple[str, str]], *, row: int = 1, now: datetime = NOW
) -> list[str]:
    return database.run(lambda db: [one.line for one in show_choices(db, THERE, buttons, row=row, now=now)])


def typed(database: Database, text: str, *, sent_at: datetime = NOW) -> Picked | None:
    return database.run(lambda db: read_choice(db, THERE, text, sent_at=sent_at))


def means(database: Database, text: str) -> str | None:
    picked = typed(database, text)
    return picked.to if picked is not None else None


def speaks(database: Database) -> None:
    database.run(lambda db: note_spoken(db, THERE))


def test_choices_are_numbered_from_one_and_the_way_back_is_nought_and_last(database: Database) -> None:
    assert shown(database, [BACK, *QUESTION]) == ["1 Ổn", "2 Có việc", "0 Quay lại"]
    assert [means(database, number) for number in "120"] == [
        "checkin:work:fine~7",
        "checkin:work:lost~7",
        "nav:back:checkin~7",
    ]


def test_a_way_back_of_a_rooms_own_is_nought_too_and_else_cancel_and_else_the_menu(
    database: Database,
) -> None:
    assert shown(database, [("‹ Quay lại", "desk:who:5"), ("Hủy", "nav:cancel:x~1")])[-1] == "0 Quay lại"
    assert shown(database, [("Về", "nav:menu"), ("Hủy", "nav:cancel:x~1")], row=2)[-1] == "0 Hủy"
    assert shown(database, [("Về", "nav:menu"), ("Xem", "task:open:1")], row=3)[-1] == "0 Về"


def test_a_label_that_is_a_number_is_set_apart(database: Database) -> None:
    assert shown(database, [("8 giờ", "rhythm:at:8"), ("Trang sau ›", "x:y")]) == ["1 = 8 giờ", "2 Trang sau"]


@pytest.mark.parametrize("text", ["2", " 2 ", "2.", "2)", "02", "２", "số 2", "Chọn 2", "2\n"])
def test_a_number_is_understood_however_it_is_typed(database: Database, text: str) -> None:
    shown(database, QUESTION)
    assert means(database, text) == "checkin:work:lost~7"


@pytest.mark.parametrize(
    "text", ["", "2 con", "-2", "2,5", "1990", "274915", "2/12", "two", "không", "½", "²x"]
)
def test_what_is_no_number_of_a_list_means_what_it_says(database: Database, text: str) -> None:
    shown(database, QUESTION)
    assert typed(database, text) is None


def test_a_number_in_letters_is_asked_for_in_digits(database: Database) -> None:
    assert typed(database, "hai") is None  # nothing is offered: it is a word
    shown(database, QUESTION)
    said = typed(database, "Hai.")
    assert said is not None
    assert said.hint_alone is not None
    assert said.hint_alone.vi.startswith("Mời gõ bằng chữ số, ví dụ 2:\n1 Ổn\n2 Có việc")
    assert said.hint is not None
    assert said.hint.vi == "Mời gõ bằng chữ số, ví dụ 2."
    assert typed(database, "ba") is None  # there is no 3


def test_a_number_that_is_not_offered_gets_the_list(database: Database) -> None:
    nothing = typed(database, "3")
    assert nothing is not None
    assert nothing.hint_alone is not None
    assert "Hiện không có" in nothing.hint_alone.vi
    shown(database, [*QUESTION, BACK])
    said = typed(database, "3")
    assert said is not None
    assert said.hint_alone is not None
    assert "không có số 3" in said.hint_alone.vi
    assert said.hint_alone.vi.endswith("1 Ổn\n2 Có việc\n0 Quay lại")
    assert said.hint is not None
    assert "Không có lựa chọn số 3" in said.hint.vi


def test_where_nothing_but_the_way_out_is_offered_a_number_may_be_what_is_asked_for(
    database: Database,
) -> None:
    shown(database, [BACK])
    said = typed(database, "3")
    assert said is not None
    assert said.hint is None


def test_nought_leads_to_the_menu_where_nothing_else_does(database: Database) -> None:
    assert means(database, "0") == "nav:menu"


def test_what_comes_below_an_open_question_goes_on_counting(database: Database) -> None:
    shown(database, [*QUESTION, BACK])
    assert shown(database, REMINDER, row=2) == ["3 Báo cáo"]
    assert [means(database, number) for number in "1203"] == [
        *("checkin:work:fine~7", "checkin:work:lost~7", "nav:back:checkin~7", "checkin:open:3")
    ]


def test_after_the_person_has_spoken_the_list_is_new(database: Database) -> None:
    shown(database, QUESTION)
    speaks(database)
    assert means(database, "2") == "checkin:work:lost~7"  # nothing else has been shown
    assert shown(database, REMINDER, row=2) == ["1 Báo cáo"]
    assert means(database, "2") == ""


def test_after_an_hour_the_list_is_new(database: Database) -> None:
    shown(database, QUESTION)
    assert shown(database, REMINDER, row=2, now=NOW + timedelta(minutes=61)) == ["1 Báo cáo"]


def test_a_message_that_is_sent_again_keeps_its_numbers(database: Database) -> None:
    shown(database, QUESTION)
    first = shown(database, REMINDER, row=2)
    assert shown(database, REMINDER, row=2, now=NOW + timedelta(hours=5)) == first == ["3 Báo cáo"]


def test_a_number_typed_before_it_meant_this_is_refused(database: Database) -> None:
    shown(database, QUESTION, now=NOW)
    speaks(database)
    shown(database, REMINDER, row=2, now=NOW + timedelta(seconds=9))
    said = typed(database, "1", sent_at=NOW + timedelta(seconds=2))
    assert said is not None
    assert not said.to
    assert said.hint is not None
    assert "danh sách đã đổi" in said.hint.vi
    assert said.hint_alone is not None
    assert said.hint_alone.vi.endswith("1 Báo cáo")
    later = typed(database, "1", sent_at=NOW + timedelta(seconds=10))
    assert later is not None
    assert later.to == "checkin:open:3"


def test_a_list_that_nobody_picks_from_is_forgotten(database: Database) -> None:
    shown(database, QUESTION)
    assert not database.run(lambda db: drop_old_choices(db, before=NOW))
    assert database.run(lambda db: drop_old_choices(db, before=NOW + timedelta(days=7)))
    assert means(database, "1") == ""


# --- room for the lines ------------------------------------------------------------------------------------------------


def bodies(message: Message, to: Address = THERE, *, discreet: bool = False) -> list[WireBody]:
    rows = compose(Recipient(to, discreet=discreet), message, key="k", lane=Lane.ALERT, now=NOW)
    return [WireBody.model_validate_json(row.body or "") for row in (Outbox(**row) for row in rows)]


def test_lines_that_do_not_fit_below_the_text_stand_alone() -> None:
    labels = [f"Phạm Văn Dân thứ {number}" for number in range(150)]
    message = Message(raw("chữ " * 470), [[Button(raw(label), f"desk:who:{label}")] for label in labels])
    parts = bodies(message)
    assert len(parts) == 3
    assert not parts[0].buttons
    assert [label for body in parts for row in body.buttons for label, _ in row] == labels
    limit = LIMITS[Channel.TEXT].text
    assert all(
        len(body.text) + sum(len(label) + 6 for row in body.buttons for label, _ in row) < limit
        for body in parts
    )


def test_what_is_guarded_or_a_file_is_not_sent_in_words_but_its_place_is_said() -> None:
    [guarded] = bodies(Message(raw("bí mật"), [[Button(raw("Xem"), "desk:open")]], guarded=True))
    assert "bí mật" not in guarded.text
    assert guarded.to_page
    assert guarded.buttons == [[("Màn hình chính", "nav:menu")]]
    *_, file = bodies(Message(raw("danh sách"), attachment=Attachment("a.pdf", b"x")))
    assert "có một tệp" in file.text
    assert file.to_page
    [hidden, *more] = bodies(Message(raw("chữ " * 900), [[Button(raw("Xem"), "a:b")]]), discreet=True)
    assert hidden.text == "Xa Nhà: bạn có tin."
    assert hidden.to_page
    assert not more


def test_a_link_that_needs_a_login_is_not_shown_in_words() -> None:
    [body] = bodies(
        Message(raw("Họp"), [[Button(raw("Vào"), f"{LOGIN}https://cua.invalid/x", personal=True)]])
    )
    assert not body.buttons
    assert body.to_page
    [plain] = bodies(Message(raw("Họp"), [[Button(raw("Vào"), "https://hop.invalid/x", personal=True)]]))
    assert plain.buttons == [[("Vào", "https://hop.invalid/x")]]
    assert not plain.to_page


def test_what_is_guarded_stays_guarded_when_it_is_said_on_another_channel(database: Database) -> None:
    old = Address(Channel.TELEGRAM, "40")

    def work(db: Session) -> WireBody:
        message = Message(raw("bí mật"), [[Button(raw("Xem"), "desk:open")]], guarded=True)
        enqueue(db, Recipient(old), message, key="k", lane=Lane.ALERT, now=NOW)
        assert move_outbox(db, old, THERE) == 1
        return WireBody.model_validate_json(db.query(Outbox).one().body or "")

    moved = database.run(work)
    assert "không gửi được ở đây" in moved.text
    assert moved.to_page
    assert not moved.buttons
