"""Words about where a person is told, and of the letters that go to their e-mail address: those betray nothing."""

from __future__ import annotations

from collections.abc import Sequence

from models.phrases.common import lines, paragraph
from models.phrases.people import member as people
from models.phrases.text import Text, fitted, say

TOLD = say("Nơi nhận tin")
GIVE = say("Thêm thư điện tử nhắc tin")
CHANGE = say("Đổi thư điện tử")
DROP = say("Bỏ thư điện tử")
CONFIRM = say("Gõ mã xác nhận")
ABOUT = say("thêm thư điện tử")


def overview(*, accounts: Sequence[Text], mail: Text | None) -> Text:
    said = [say("<b>Nơi nhận tin</b>"), lines(*accounts)]
    said.append(say("Trả lời ở nơi nào cũng được; tin chỉ đến một nơi."))
    return paragraph(*said, *([mail] if mail is not None else []))


def account(*, channel: str, state: str, told: bool) -> Text:
    words = say("• {channel}: {state}", channel=people.CHANNELS[channel], state=people.REACHABILITY[state])
    return words + say(" · đang nhận tin ở đây") if told else words


def prefer_button(*, channel: str) -> Text:
    return fitted(say("Nhận tin ở {channel}", channel=people.CHANNELS[channel]))


def preferred(*, channel: str) -> Text:
    return say("Từ nay tin đến {channel}, khi nơi ấy còn nhận được.", channel=people.CHANNELS[channel])


def mail(*, state: str, address: str) -> Text:
    return say("Thư nhắc có tin trên trang: {address}, {state}.", address=address, state=STATES[state])


STATES: dict[str, Text] = {
    "asked": say("mã đang được gửi"),
    "sent": say("chờ gõ mã"),
    "confirmed": say("đã xác nhận"),
    "failed": say("thư bị trả lại, mời xem lại địa chỉ"),
}


def which_address() -> Text:
    return say(
        "Mời gõ địa chỉ thư điện tử. Khi có tin chờ trên trang, một lá thư ngắn “Sổ tay: có tin mới” được gửi tới đó, không có "
        "nội dung gì khác. Bỏ lúc nào cũng được."
    )


def which_code(*, address: str) -> Text:
    return say("Mã gồm 8 số đang được gửi tới {address}. Mời mở thư rồi gõ mã vào đây.", address=address)


def not_read() -> Text:
    return say("Địa chỉ này chưa đúng dạng. Mời gõ lại, ví dụ: ten@example.com.")


def too_often() -> Text:
    return say("Hôm nay đã gửi đủ số mã. Mời thử lại vào ngày mai.")


def nothing_to_confirm() -> Text:
    return say("Không có địa chỉ nào đang chờ mã.")


def code_over() -> Text:
    return say("Mã này không dùng được nữa. Mời gõ lại địa chỉ để nhận mã khác.")


def wrong_code() -> Text:
    return say("Mã chưa đúng. Mời xem lại trong thư rồi gõ lại.")


def confirmed() -> Text:
    return say("Đã xác nhận. Khi có tin chờ trên trang sẽ có thư nhắc.")


def dropped() -> Text:
    return say("Đã bỏ địa chỉ thư điện tử.")


# --- letters ----------------------------------------------------------------------------------------------------------


def code_subject() -> Text:
    return say("Sổ tay: mã xác nhận")


def code_letter(*, code: str) -> Text:
    return say("Mã xác nhận: {code}. Nếu không phải bạn yêu cầu, xin bỏ qua thư này.", code=code)
