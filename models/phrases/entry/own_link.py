"""Words of the way from a messenger of words to the page: a link asked for there, four figures read out on the telephone."""

from __future__ import annotations

from datetime import timedelta

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, say, span

ABOUT = say("xác nhận người mở trang")
OPEN_PAGE = say("Mở trang riêng để xem")
CANNOT_ENTER = say("Không vào được trang riêng")
HEARD = say("Đã gọi, nhập bốn số")


def link(*, lasts: timedelta, link: str) -> Text:
    """Give the link and say what happens. It is kept by the messenger, so it opens nothing by itself."""
    return paragraph(
        say("<b>Mở trang riêng trên máy này:</b>"),
        lines(
            say("• Bấm đường dẫn dưới đây, rồi bấm Bắt đầu. Trang hiện bốn số."),
            say(
                "• Chờ người phụ trách gọi đến số điện thoại của đồng chí, rồi đọc bốn số ấy. Nghe đúng thì trang mở."
            ),
            say(
                "• Chỉ đọc cho người đồng chí nhận ra giọng. Đừng gõ bốn số vào đây, đừng chuyển đường dẫn cho ai."
            ),
        ),
        say("Dùng một lần, trong {lasts}:\n{link}", lasts=span(lasts), link=link),
    )


def too_often() -> Text:
    return say("Hôm nay đã xin mở trang nhiều lần. Mời gọi thẳng cho người phụ trách, hoặc ngày mai xin lại.")


def shown(*, digits: str) -> Text:
    """Show the figures on the page. Nobody is known there yet: no name, no organisation."""
    return paragraph(
        say("Bốn số của trang này: <b>{digits}</b>", digits=" ".join(digits)),
        say(
            "Người phụ trách sẽ gọi điện cho bạn. Khi được gọi, mời đọc bốn số này; chỉ đọc cho người bạn nhận ra giọng. Nghe đúng thì "
            "trang mở: mời bấm Tin mới để xem, trên máy này."
        ),
    )


def was_opened(*, device: str) -> Text:
    """Say on the messenger that the link was opened. `device`: what the browser says of itself; may be empty."""
    where = (
        say("Đường dẫn vừa được mở trên: {device}.", device=device)
        if device
        else say("Đường dẫn vừa được mở.")
    )
    return paragraph(
        say("{where} Trang chờ người phụ trách gọi cho đồng chí.", where=where),
        say("Không phải đồng chí mở thì chặn ngay."),
    )


def is_it_them(*, name: str) -> Text:
    """Ask somebody of the desk to telephone."""
    return paragraph(
        say("<b>Đồng chí {name} xin mở trang riêng</b>", name=name),
        say(
            "Đồng chí ấy xin trên Zalo, nơi không hiện được mọi nội dung. Mời gọi điện, nghe đúng giọng, hỏi có đang mở trang không và "
            "hỏi bốn số trên trang. Đúng thì bấm “Đã gọi, nhập bốn số”."
        ),
    )


def ask_digits(*, name: str) -> Text:
    return say("Đồng chí {name} đọc bốn số nào trên trang? Mời gõ bốn số ấy.", name=name)


def four_digits() -> Text:
    return say("Mời gõ đúng bốn chữ số.")


def call_first() -> Text:
    return say("Việc này cần gọi điện và nhập bốn số trên trang của đồng chí ấy.")


def wrong(*, left: int) -> Text:
    return say("Bốn số chưa đúng. Mời hỏi lại, đọc từng số. Còn {left} lần.", left=left)


def closed_by_wrong(*, name: str) -> Text:
    """Say to whoever typed them that it is over: either they were misheard, or it is not that person's page."""
    return say(
        "Bốn số không đúng ba lần nên lần xin mở trang này đã đóng. Đồng chí {name} xin lại được trên Zalo. Nếu đồng chí ấy không mở trang "
        "nào: có người đang dùng Zalo của đồng chí ấy, mời báo cho đồng chí ấy biết.",
        name=name,
    )


def stopped() -> Text:
    return say(
        "Đã chặn: máy ấy không mở được trang của đồng chí. Người phụ trách được báo. Mời đổi mật khẩu Zalo, và xem Zalo đang mở trên máy nào."
    )


def was_stopped(*, name: str) -> Text:
    return say(
        "Đồng chí <b>{name}</b> báo: không phải mình xin mở trang. Trang ấy đã bị chặn. Có thể có người đang dùng Zalo của đồng chí ấy: mời gọi "
        "điện.",
        name=name,
    )
