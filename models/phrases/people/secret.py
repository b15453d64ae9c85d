"""Words about a PIN: why it is asked, how it is set, what to do when it is not known."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.phrases.common import paragraph
from models.phrases.text import Text, moment, say, span

ABOUT = say("mã PIN")
MY_PIN = say("Mã PIN của tôi")
CHOOSE_PIN = say("Đặt mã PIN ngay")
FORGOTTEN = say("Tôi quên mã PIN")


NOTED = say("Đã ghi lại, xóa tin này")


def has_password() -> Text:
    return say("Tệp này có mật khẩu, ở tin ngay bên dưới.")


def password(*, groups: str, lasts: timedelta) -> Text:
    return say(
        "Mật khẩu mở tệp (chạm để đọc): <tg-spoiler>{groups}</tg-spoiler>\n\nMời ghi ra giấy; khi mở tệp thì gõ liền "
        "16 chữ số, không có dấu cách. Tin này tự xóa sau {span}; quên mật khẩu thì lấy tệp lại từ đầu.",
        groups=groups,
        span=span(lasts),
    )


def proof_wanted() -> Text:
    return say("Việc này cần mã PIN của đồng chí.")


def choose(*, is_new: bool) -> Text:
    why = say(
        "Việc này cần mã PIN, để người khác cầm máy này cũng không làm thay đồng chí được. Đồng chí chưa có mã."
    )
    return say(
        "{why}\n\nMời tự chọn <b>sáu chữ số</b>, gõ vào đây rồi gửi. Tin ấy được xóa ngay khỏi màn hình.",
        why=why if is_new else say("Đặt mã PIN mới."),
    )


def not_trusted_yet() -> Text:
    return say(
        "Việc này cần mã PIN. Máy này chưa được xác nhận là của đồng chí, nên chưa đặt mã được: mời gõ mã trở lại 16 chữ "
        "số, hoặc nhờ đảng ủy cấp trên xác nhận."
    )


def too_late_here() -> Text:
    """Say why somebody with an office can choose no first PIN in this browser any more, and what helps."""
    return say(
        "Việc này cần mã PIN, và mã PIN mở được thông tin của người khác. Trên trang web, mã đầu tiên chỉ đặt được trong mấy ngày "
        "sau khi đồng chí được xác nhận hoặc được phân công, để ai nhặt được máy không đặt thay. Mời nhờ đảng ủy cấp trên gửi lời mời "
        "mới và xác nhận lại; có mã trở lại thì bấm Thoát rồi gõ mã."
    )


def once_more() -> Text:
    return say("Mời gõ lại đúng <b>sáu chữ số</b> ấy một lần nữa.")


def not_the_same() -> Text:
    return say("Hai lần gõ chưa giống nhau. Mời chọn lại từ đầu.")


def ask() -> Text:
    return say("Mời gõ <b>mã PIN</b> (sáu chữ số) để làm tiếp. Tin ấy được xóa ngay khỏi màn hình.")


def done(*, fresh: timedelta) -> Text:
    return say("Đã đặt mã PIN. Trong {span} tới không hỏi lại.", span=span(fresh))


def wrong(*, left: int) -> Text:
    return say("Mã PIN chưa đúng. Còn {left} lần thử trước khi tạm khóa.", left=left)


def six_digits() -> Text:
    return say("Mời gõ đúng sáu chữ số.")


def weak() -> Text:
    return say(
        "Mã này dễ đoán quá. Mời chọn sáu chữ số khác: không phải năm sinh, số điện thoại, dãy liền nhau hay lặp lại."
    )


def locked(*, until: datetime, zone: str) -> Text:
    return say(
        "Mã đã nhập sai nhiều lần nên tạm khóa đến {until}. Sau lúc ấy mời thử lại. Việc đang làm chưa được thực hiện.",
        until=moment(until, zone),
    )


def _other_way() -> Text:
    return say(
        "Không còn mã trở lại: mời gặp bí thư chi bộ (bí thư thì gặp cấp trên) để được mời lại, có người thứ hai xác nhận. Một mình bí thư hay "
        "phó bí thư không đặt lại mã PIN của đồng chí được."
    )


def no_code() -> Text:
    return paragraph(say("Đồng chí chưa có mã trở lại."), _other_way())


def ask_code() -> Text:
    return paragraph(
        say(
            "Mời gõ <b>mã trở lại</b> (16 chữ số) mà đồng chí đã ghi lại, để đặt mã PIN mới. Tin ấy được xóa ngay."
        ),
        _other_way(),
    )


def wrong_code(*, left: int) -> Text:
    return say("Mã trở lại chưa đúng. Còn {left} lần thử trước khi tạm khóa.", left=left)
