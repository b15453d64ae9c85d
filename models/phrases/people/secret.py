"""Words about a PIN: why it is asked, how it is set, what to do when it is not known."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.phrases.common import paragraph
from models.phrases.text import Text, moment, say, span

ABOUT = say("mã PIN", "PIN")
MY_PIN = say("Mã PIN của tôi", "My PIN")
CHOOSE_PIN = say("Đặt mã PIN ngay", "Choose a PIN now")
FORGOTTEN = say("Tôi quên mã PIN", "I forgot my PIN")


NOTED = say("Đã ghi lại, xóa tin này", "Noted, remove this")


def has_password() -> Text:
    return say(
        "Tệp này có mật khẩu, ở tin ngay bên dưới.",
        "This file has a password: it is in the message below.",
    )


def password(*, groups: str, lasts: timedelta) -> Text:
    return say(
        "Mật khẩu mở tệp (chạm để đọc): <tg-spoiler>{groups}</tg-spoiler>\n\nMời ghi ra giấy; khi mở tệp thì gõ liền "
        "16 chữ số, không có dấu cách. Tin này tự xóa sau {span}; quên mật khẩu thì lấy tệp lại từ đầu.",
        "Password of the file (tap to read): <tg-spoiler>{groups}</tg-spoiler>\n\nPlease note it on paper; type the "
        "16 digits without spaces when you open the file. This message goes by itself after {span}; if you "
        "forget the password, ask for the file again.",
        groups=groups,
        span=span(lasts),
    )


def proof_wanted() -> Text:
    return say("Việc này cần mã PIN của đồng chí.", "This needs your PIN.")


def choose(*, is_new: bool) -> Text:
    why = say(
        "Việc này cần mã PIN, để người khác cầm máy này cũng không làm thay đồng chí được. Đồng chí chưa có mã.",
        "This needs a PIN, so that nobody who holds this phone can do it in your place. You have none yet.",
    )
    return say(
        "{why}\n\nMời tự chọn <b>sáu chữ số</b>, gõ vào đây rồi gửi. Tin ấy được xóa ngay khỏi màn hình.",
        "{why}\n\nPlease choose <b>six digits</b>, type them here and send. That message is removed at once.",
        why=why if is_new else say("Đặt mã PIN mới.", "A new PIN."),
    )


def not_trusted_yet() -> Text:
    return say(
        "Việc này cần mã PIN. Máy này chưa được xác nhận là của đồng chí, nên chưa đặt mã được: mời gõ mã trở lại 16 chữ "
        "số, hoặc nhờ đảng ủy cấp trên xác nhận.",
        "This needs a PIN. It is not confirmed yet that this phone is yours, so none can be set: please type your return "
        "code of 16 digits, or ask the committee above to confirm.",
    )


def once_more() -> Text:
    return say(
        "Mời gõ lại đúng <b>sáu chữ số</b> ấy một lần nữa.",
        "Please type the same <b>six digits</b> once more.",
    )


def not_the_same() -> Text:
    return say("Hai lần gõ chưa giống nhau. Mời chọn lại từ đầu.", "The two differ. Please begin again.")


def ask() -> Text:
    return say(
        "Mời gõ <b>mã PIN</b> (sáu chữ số) để làm tiếp. Tin ấy được xóa ngay khỏi màn hình.",
        "Please type your <b>PIN</b> (six digits) to go on. That message is removed at once.",
    )


def done(*, fresh: timedelta) -> Text:
    return say(
        "Đã đặt mã PIN. Trong {span} tới không hỏi lại.",
        "Your PIN is set. It is not asked again for {span}.",
        span=span(fresh),
    )


def wrong(*, left: int) -> Text:
    return say(
        "Mã PIN chưa đúng. Còn {left} lần thử trước khi tạm khóa.",
        "That is not your PIN. Tries left before it is locked: {left}.",
        left=left,
    )


def six_digits() -> Text:
    return say("Mời gõ đúng sáu chữ số.", "Please type exactly six digits.")


def weak() -> Text:
    return say(
        "Mã này dễ đoán quá. Mời chọn sáu chữ số khác: không phải năm sinh, số điện thoại, dãy liền nhau hay lặp lại.",
        "That one is too easy to guess. Please choose six other digits: no year of birth, phone number, row or repeat.",
    )


def locked(*, until: datetime, zone: str) -> Text:
    return say(
        "Mã đã nhập sai nhiều lần nên tạm khóa đến {until}. Sau lúc ấy mời thử lại. Việc đang làm chưa được thực hiện.",
        "It was typed wrongly too often and is locked until {until}. Please try again after that. Nothing was done.",
        until=moment(until, zone),
    )


def _other_way() -> Text:
    return say(
        "Không còn mã trở lại: mời gặp bí thư chi bộ (bí thư thì gặp cấp trên) để được mời lại, có người thứ hai xác nhận. Một mình bí thư hay "
        "phó bí thư không đặt lại mã PIN của đồng chí được.",
        "Without a return code: please see the secretary of your cell (a secretary: the committee above) to be invited again, with a second person to "
        "confirm. The secretary or the deputy alone cannot reset your PIN.",
    )


def no_code() -> Text:
    return paragraph(
        say("Đồng chí chưa có mã trở lại.", "You have no return code."),
        _other_way(),
    )


def ask_code() -> Text:
    return paragraph(
        say(
            "Mời gõ <b>mã trở lại</b> (16 chữ số) mà đồng chí đã ghi lại, để đặt mã PIN mới. Tin ấy được xóa ngay.",
            "Please type the <b>return code</b> (16 digits) that you wrote down, to set a new PIN. That message is "
            "removed at once.",
        ),
        _other_way(),
    )


def wrong_code(*, left: int) -> Text:
    return say(
        "Mã trở lại chưa đúng. Còn {left} lần thử trước khi tạm khóa.",
        "That is not your return code. Tries left before it is locked: {left}.",
        left=left,
    )
