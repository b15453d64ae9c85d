"""Words of the page on which a place of stay answers a letter, and of what the desk reads of it.

Before the code is given nothing names anybody, and no organisation. Whoever answers is no member here: they are "quý cơ quan".
"""

from __future__ import annotations

from datetime import date, datetime

from models.phrases.away.letter import KINDS
from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import HOME_ZONE, Text, dated, day, say

TITLE = say("Trang trả lời thư")
CODE = say("Mã trong thư, 10 số")
GO_ON = say("Tiếp tục")
SINCE = say("2. Từ ngày nào (nếu biết)")
WHO = say("4. Người trả lời")
BY_NAME = say("Họ và tên")
POST = say("Chức vụ")
PHONE = say("Số điện thoại")
SEND = say("Gửi trả lời")
PRINT = say("Quý cơ quan có thể in hoặc chụp lại trang này.")

HERE: dict[str, Text] = {
    "yes": say("Có"),
    "no": say("Không"),
    "unknown": say("Không rõ"),
}
THERE: dict[str, Text] = {
    "yes": say("đang ở đó"),
    "no": say("không ở đó"),
    "unknown": say("chưa rõ có ở đó không"),
}
STANDINGS: dict[str, Text] = {
    "wrong": say(
        "Mã chưa đúng. Mời xem lại địa chỉ và mười số in trong thư rồi gõ lại; nếu vẫn không được, mời gọi người liên hệ ghi trong thư."
    ),
    "locked": say("Mã đã gõ sai nhiều lần nên tạm khóa. Mời chờ ít nhất một phút rồi thử lại."),
    "open": EMPTY,
    "answered": say("Thư này đã được trả lời. Dưới đây là biên nhận của lần trả lời ấy."),
    "replaced": say(
        "Mã này đã được thay bằng mã khác. Mời dùng thư mới nhất, hoặc gọi người liên hệ ghi trong thư."
    ),
    "expired": say(
        "Mã này đã hết hạn. Mời gửi văn bản trả lời, hoặc gọi người liên hệ ghi trong thư để nhận mã mới."
    ),
    "settled": say("Thư này đã có trả lời hoặc không cần trả lời nữa. Xin cảm ơn quý cơ quan."),
}


def ask_code() -> Text:
    return say("Mời gõ mã mười số in cạnh mã QR trong thư. Trang chỉ mở khi mã đúng.")


def ask_again() -> Text:
    return say("Trang để lâu quá nên cần gõ lại mã. Những gì đã gõ vẫn còn; tệp thì mời chọn lại.")


def scan(*, megabytes: int) -> Text:
    return say(
        "Ảnh hoặc tệp văn bản trả lời đã ký (nếu đã có), không quá {megabytes} MB", megabytes=megabytes
    )


def many_tries() -> Text:
    return say("Đã thử quá nhiều lần. Mời chờ một lúc rồi thử lại.")


def busy() -> Text:
    return say(
        "Trang đang bận, chưa nhận được. Mời đợi ít phút, bấm quay lại rồi thử lại: những gì đã gõ còn trên máy này."
    )


def no_such_page() -> Text:
    return say("Địa chỉ này chép thiếu hoặc sai. Mời quét lại mã QR, hoặc chép lại địa chỉ trong thư.")


def too_large(*, megabytes: int) -> Text:
    return say(
        "Tệp lớn hơn {megabytes} MB nên chưa nhận được. Mời quay lại và chọn tệp nhỏ hơn.",
        megabytes=megabytes,
    )


def not_sent_here() -> Text:
    return say("Lần gửi này không từ trang trả lời. Mời mở lại địa chỉ trong thư.")


def asked(*, kind: str, cell: str, member: str, from_on: date, until_on: date | None) -> Text:
    """Say what the letter asks, to whoever has given the code."""
    what = say("<b>{kind}</b> của {cell}", kind=KINDS[kind], cell=cell)
    if until_on is None:
        return paragraph(what, say("Đồng chí <b>{member}</b>, từ ngày {on}.", member=member, on=day(from_on)))
    who = say(
        "Đồng chí <b>{member}</b>, từ ngày {on} đến ngày {until}.",
        member=member,
        on=day(from_on),
        until=day(until_on),
    )
    return paragraph(what, who)


def not_signed() -> Text:
    return say(
        "Trả lời trên trang này được ghi là chưa ký. Văn bản có ký, đóng dấu xin vẫn gửi về chi bộ theo địa chỉ trong thư."
    )


def here_missing() -> Text:
    return say("Còn thiếu dòng 1: mời chọn Có, Không hoặc Không rõ.")


def signer_missing() -> Text:
    return say("Còn thiếu dòng 4: mời ghi đủ họ tên, chức vụ, số điện thoại của người trả lời.")


def comment_too_long(*, length: int, most: int) -> Text:
    return say(
        "Dòng 3 dài {length} chữ cái; trang nhận tối đa {most}. Mời viết gọn lại.", length=length, most=most
    )


def line_too_long(*, most: int) -> Text:
    return say("Dòng 2 và từng ô của dòng 4 dài tối đa {most} chữ cái. Mời viết gọn lại.", most=most)


def choose_file_again(*, why: Text) -> Text:
    return say("{why} Chưa gửi: mời chọn tệp khác, hoặc gửi không kèm tệp.", why=why)


def received(*, receipt: str, at: datetime) -> Text:
    """Give the receipt; it says neither about whom nor what."""
    return lines(
        say("<b>Đã nhận trả lời.</b>"),
        say("Biên nhận số: <b>{receipt}</b>", receipt=receipt),
        say("Lúc: {at}, giờ Việt Nam", at=dated(at, HOME_ZONE)),
    )


def second_answer() -> Text:
    return say(
        "Thư này đã được trả lời trước đó, nên lần gửi này không được ghi. Cần sửa, mời gọi người liên hệ ghi trong thư."
    )


# --- at the desk ------------------------------------------------------------------------------------------------------

REPLACE = say("Thay mã trả lời")


def on_paper(*, link: str, code: str, until: date, replaced: bool) -> Text:
    """Say under a letter what its code is, so that it can also be read out over the telephone."""
    words = say(
        "Trong thư có mã QR để nơi đến trả lời trên mạng. Cũng có thể đọc cho nơi đến: mở {link}, gõ mã <b>{code}</b>, dùng đến {until}.",
        link=link,
        code=code,
        until=day(until),
    )
    old = say("Mã của bản trước không dùng được nữa: xin gửi đúng bản này.")
    return lines(words, old) if replaced else words


def on_letter(*, until: date, is_over: bool) -> Text:
    if is_over:
        return say("Mã trả lời trên trang đã hết hạn {until}", until=day(until))
    return say("Nơi đến trả lời được trên trang đến {until}", until=day(until))


def unsigned(*, at: datetime, receipt: str, answer: Text, scan: bool) -> Text:
    """Show at the letter what came by the page."""
    head = say("<b>Trả lời trên trang {at}: chưa ký, chờ bản giấy</b>", at=dated(at, HOME_ZONE))
    return paragraph(
        lines(head, say("Biên nhận số {receipt}", receipt=receipt)),
        say("<blockquote>{w}</blockquote>", w=answer),
        *([say("Có kèm tệp.")] if scan else []),
        say(
            "Ai có thư đều trả lời được: mời gọi lại người trả lời nếu thấy lạ. Không đúng thì thay mã, thư lại chờ trả lời."
        ),
    )


def answer(*, here: str, since: str, comment: str, by_name: str, post: str, phone: str) -> Text:
    """Put the four lines into words."""
    first = say("Ở đó: {here}", here=HERE[here])
    if since:
        first += say("; từ {since}", since=since)
    said = [say("Nhận xét: {comment}", comment=comment)] if comment else []
    who = say("Người trả lời: {name}, {post}, {phone}", name=by_name, post=post, phone=phone)
    return lines(first, *said, who)


def arrived(*, kind: str, name: str) -> Text:
    """Tell secretary and deputy; what the answer says is not in it."""
    return say(
        "<b>Nơi đến đã trả lời trên trang: chưa ký, chờ bản giấy</b>\n{kind} về đồng chí {name}. Mời mở thư để đọc.",
        kind=KINDS[kind],
        name=name,
    )


def no_door() -> Text:
    return say("Ở đây chưa mở trang web nên chưa có mã trả lời.")


def on_absence(*, sent_on: date, replied_on: date | None, signed_on: date | None, here: str | None) -> Text:
    """Say in one line what the place of stay has answered."""
    there = say(": {here}", here=THERE[here]) if here else EMPTY
    if signed_on is not None:
        return say("Nơi đến trả lời ngày {on}{there}.", on=day(signed_on), there=there)
    if replied_on is not None:
        return say(
            "Nơi đến trả lời trên trang ngày {on}{there}; chờ bản giấy.", on=day(replied_on), there=there
        )
    return say("Thư ngày {on} gửi nơi đến: chưa có trả lời.", on=day(sent_on))
