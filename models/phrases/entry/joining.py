"""Words about one person who is here twice."""

from __future__ import annotations

from collections.abc import Sequence

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, join, say

JOINING = say("ghi thêm nhiệm vụ cho cùng một người")
SAME = say("Đúng, cùng là tôi")
NOT_ME = say("Không phải tôi")
ONE_PERSON = say("Đúng, một người")
TWO_PEOPLE = say("Không, hai người")


def on_roster(*, unit: str) -> Text:
    return say("đảng viên, {unit}", unit=unit)


def _list(offices: Sequence[Text]) -> Text:
    return join(list(offices), "; ")


def ask_same(*, name: str, known: Sequence[Text], new: Sequence[Text]) -> Text:
    """Ask on the phone of somebody who is here and opened an invite for the same name and number."""
    return paragraph(
        say(
            "<b>Lời mời này cũng là của đồng chí?</b>\nLời mời ghi: {name} – {new}.",
            name=name,
            new=_list(new),
        ),
        say("Ở đây đồng chí đang là: {known}.", known=_list(known)),
        say(
            "Nếu đúng, đồng chí dùng chung một tài khoản cho mọi nhiệm vụ. Người có trách nhiệm sẽ xác nhận trước."
        ),
    )


def share_again() -> Text:
    return say("Mời gửi số điện thoại của chính đồng chí để đối chiếu với lời mời: bấm nút lớn bên dưới.")


def other_number() -> Text:
    return say(
        "Số vừa gửi không trùng với số trong lời mời, nên chưa ghi thêm được. Mời nhờ người gửi lời mời sửa số rồi gửi "
        "lời mời mới."
    )


def waits() -> Text:
    return say(
        "Đã ghi lại. Khi có người xác nhận, đồng chí được báo ở đây. Từ giờ tới lúc đó mọi việc như cũ."
    )


def nobody_can_say() -> Text:
    return say(
        "Chưa có ai trong chương trình xác nhận được. Mời nhờ người phụ trách kỹ thuật gộp hai tên làm một."
    )


def is_here_already(*, name: str, offices: Sequence[Text]) -> Text:
    """Say to an officer who may confirm that the opener is somebody whom the program knows."""
    return say(
        "Người mở lời mời đã có tài khoản ở đây: {name} – {offices}. Xác nhận thì hai tên thành một người, một tài "
        "khoản, thêm nhiệm vụ.",
        name=name,
        offices=_list(offices),
    )


def twin_is_here(*, name: str, offices: Sequence[Text]) -> Text:
    """Say to an officer who may confirm that name and number belong to somebody who has another chat here."""
    return say(
        "<b>Chú ý:</b> đồng chí {name} ({offices}) cùng tên, cùng số, đang dùng một tài khoản khác và chưa mở lời mời này.",
        name=name,
        offices=_list(offices),
    )


def opened_elsewhere(*, joins: bool) -> Text:
    """Say it to the person whose name and number the invite has. `joins`: opened where this is read, it joins the two."""
    opened = say(
        "<b>Có người vừa mở lời mời mang tên và số điện thoại của đồng chí ở một nơi khác.</b> Không phải đồng chí: mời gọi "
        "ngay cho người gửi lời mời."
    )
    if joins:
        return opened + say(" Nếu đó là đồng chí: mời mở lại đường dẫn ấy ở đây.")
    return opened + say(" Nếu đó là đồng chí: mời nhờ người phụ trách hoặc cấp trên gộp hai tên làm một.")


def you_are_also(*, offices: Sequence[Text]) -> Text:
    return say(
        "<b>Đã ghi thêm cho đồng chí:</b> {offices}. Đồng chí vẫn dùng một tài khoản này; màn hình nào cũng ghi rõ đang "
        "làm với tư cách gì.",
        offices=_list(offices),
    )


def other_chat_closes() -> Text:
    return say(
        "Hai tên của cùng một người đã được gộp làm một. Từ giờ mời dùng tài khoản kia; tài khoản ở đây đã được đóng."
    )


def joined(*, name: str, offices: Sequence[Text]) -> Text:
    return say("Đã gộp làm một: {name} – {offices}.", name=name, offices=_list(offices))


def ask_one(*, name: str, one: Sequence[Text], other: Sequence[Text]) -> Text:
    return lines(
        say("<b>{name}: một người hay hai?</b>", name=name),
        say("Cùng tên, cùng số điện thoại:"),
        say("• {one}", one=_list(one)),
        say("• {other}", other=_list(other)),
        say("Gộp làm một thì một tài khoản giữ mọi nhiệm vụ, không mất gì. Không tách lại được."),
    )


def pair_button(*, name: str) -> Text:
    return say("Một người? {name}", name=name)


def not_here() -> Text:
    return say("Không gộp được: một trong hai không còn ở đây.")


def on_two_rosters() -> Text:
    return say(
        "Một người chỉ có tên trong danh sách của một chi bộ. Mời bí thư chi bộ cũ đưa tên ra khỏi danh sách trước."
    )


def not_alike() -> Text:
    return say("Không gộp được: họ tên hoặc số điện thoại khác nhau. Mời sửa cho khớp trước.")


def only_by_messenger() -> Text:
    """Say that a number that was typed joins nobody's two names."""
    return say(
        "Ở đây chương trình chưa gộp được hai tên của một người. Mời nhờ người phụ trách hoặc cấp trên gộp giúp, trong mục "
        "chờ xác nhận."
    )
