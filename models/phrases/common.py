"""Words that every room uses: ways out, ways back, what was not understood."""

from __future__ import annotations

from datetime import date, timedelta

from models.phrases.text import Lang, Text, day, join, raw, say, span

YES = say("Có")
NO = say("Không")
BACK = say("‹ Quay lại")
CANCEL = say("Hủy")
MENU = say("Màn hình chính")
PREVIOUS, NEXT = say("‹ Trang trước"), say("Trang sau ›")
CONTINUE = say("Làm tiếp")
START_OVER = say("Làm lại từ đầu")
SEND = say("Gửi")
SKIP = say("Bỏ qua")


def discreet(html: str, lang: Lang, *, hides: bool = True) -> str:
    """Hide the words behind a neutral first line until they are touched, also on a lock screen.

    `hides=False`: nothing can be covered there, so the line is all that is said.
    """
    news = "Xa Nhà: you have news." if lang is Lang.EN else "Xa Nhà: bạn có tin."
    touch = "Tap to read." if lang is Lang.EN else "Chạm để đọc."
    return f"{news} {touch}\n\n<tg-spoiler>{html}</tg-spoiler>" if hides else news


def broken() -> Text:
    return say(
        "Xin lỗi, chương trình vừa gặp trục trặc nên chưa làm được việc này. Những gì đã ghi trước đó vẫn còn. "
        "Người phụ trách kỹ thuật đã được báo. Mời thử lại sau ít phút, hoặc gõ /menu."
    )


def cancelled() -> Text:
    return say("Đã dừng. Những gì vừa điền không được gửi.")


def stopped() -> Text:
    """Say that a text was stopped; it is kept as it was typed."""
    return say("Đã dừng. Những gì đã gõ vẫn được giữ.")


def nothing_to_cancel() -> Text:
    return say("Hiện không có việc gì đang làm dở.")


def old_button() -> Text:
    """Note that a button is old. A note of a tapped button takes 200 letters in Telegram."""
    return say("Nút này thuộc một câu hỏi cũ, đã trả lời rồi. Câu đang hỏi ở tin cuối cùng bên dưới.")


def form_waits(*, about: Text) -> Text:
    return say("Câu này đã trả lời rồi. Phần ấy còn làm dở và vẫn được giữ: {about}.", about=about)


FORM_ENDED: dict[str, Text] = {
    "sent": say("Phần này đồng chí đã gửi xong. Gõ /menu để xem các việc khác."),
    "stopped": say("Phần này đồng chí đã dừng; nội dung không được gửi. Muốn làm lại, gõ /menu."),
    "expired": say("Phần này đã hết hạn; nội dung không được gửi. Muốn làm lại, gõ /menu."),
}
FORM_KEPT: dict[str, Text] = {  # where each answer is kept as it comes
    "sent": FORM_ENDED["sent"],
    "stopped": say("Phần này đồng chí đã dừng; những gì đã gõ vẫn được giữ. Muốn làm tiếp, gõ /menu."),
    "expired": say("Phần này đã hết hạn; những gì đã gõ vẫn được giữ. Muốn làm tiếp, gõ /menu."),
}


def form_is_over(*, how: str | None = None, kept: bool = False) -> Text:
    """Note that the form is over. `how` it ended, None where that is not known; `kept`: its answers were rows at once."""
    if how is not None:
        return (FORM_KEPT if kept else FORM_ENDED)[how]
    return say("Nút này không còn dùng được: phần ấy đã kết thúc. Gõ /menu để xem các việc khác.")


def unknown_button() -> Text:
    return say(
        "Nút này không còn dùng được: nó thuộc bản cũ của chương trình. Mời chọn ở màn hình chính bên dưới."
    )


def your_words(*, text: str) -> Text:
    """Give back what somebody typed into a form that has ended: they may copy it."""
    return say(
        "Những gì đồng chí đã gõ chưa được ghi lại ở đâu. Nếu còn cần, mời sao chép:\n\n{text}", text=text
    )


def form_ended(*, text: str) -> Text:
    return say(
        "Một mẫu đồng chí đang điền dở đã đóng, vì phân công mở mẫu ấy đã kết thúc. Những gì đồng chí đã gõ chưa được "
        "gửi cho ai; nếu còn cần, mời sao chép:\n\n{text}",
        text=text,
    )


def gone_button() -> Text:
    return say("Nút này không còn dùng được nữa: việc ấy đã xong hoặc đã đổi. Gõ /menu để xem các việc khác.")


def not_understood() -> Text:
    return say(
        "Chương trình chưa hiểu tin này và chưa gửi cho ai. Mời chọn một việc bên dưới, hoặc gõ /trogiup."
    )


def choose_a_button() -> Text:
    return say("Mời chọn một trong các lựa chọn bên dưới.")


def text_expected() -> Text:
    return say("Mời gõ câu trả lời bằng chữ.")


def too_long(limit: int) -> Text:
    return say(
        "Nội dung dài quá. Mời rút gọn còn tối đa {limit} ký tự; nội dung vừa gõ vẫn còn để sao chép.",
        limit=limit,
    )


def rest_refused() -> Text:
    return say("Phần sau của tin dài vừa rồi cũng không được ghi. Mời gửi lại bản đã rút gọn.")


def secret_refused() -> Text:
    return say(
        "Nội dung hoặc tên tệp có dấu hiệu tài liệu MẬT nên không được nhận và không được lưu. Tài liệu mật không gửi "
        "qua mạng: mời liên hệ trực tiếp với chi bộ."
    )


def resume(what: Text) -> Text:
    return say("Đồng chí đang làm dở: {what}. Làm tiếp hay làm lại từ đầu?", what=what)


def paragraph(*parts: Text) -> Text:
    """Return the parts with an empty line between them."""
    return join(parts, "\n\n")


def lines(*parts: Text) -> Text:
    return join(parts)


EMPTY = raw("")
TAKEN_OUT = say("(đã bỏ)")  # in the place of a message that Telegram lets nobody delete any more


def voice_not_let_through() -> Text:
    return say(
        "Có một tin thoại, nhưng Telegram của đồng chí không cho nhận tin thoại. Mời mở Cài đặt → Quyền riêng tư → Tin nhắn "
        "thoại, cho phép, rồi bấm lại; hoặc gọi cho người gửi."
    )


def file_not_let_through() -> Text:
    return say("Chưa chuyển được tệp này. Mời bấm lại sau ít phút; vẫn không được thì nhờ người gửi gửi lại.")


def file_not_shown() -> Text:
    return say("Kèm theo đây có một tệp mà kênh này không hiện được. Mời mở ở kênh khác, hoặc hỏi người gửi.")


def only_elsewhere() -> Text:
    """Say that a channel may not show this. It is about people, or has to be typed where nobody keeps it."""
    return say("Nội dung này không gửi được ở đây. Mời xem ở kênh liên lạc khác, hoặc hỏi chi bộ.")


def page_is() -> Text:
    """Return the words over the link to the reader's page."""
    return say("Trang riêng, chỉ dành cho người nhận tin này:")


def or_else() -> Text:
    return say("Hoặc chọn:")


def edit_not_taken() -> Text:
    return say(
        "Tin đã sửa không thay được nội dung đã ghi. Muốn sửa báo cáo, mời gõ /baocao; đang trả lời dở thì mời gửi tin mới."
    )


def day_not_read() -> Text:
    return say("Chưa đọc được ngày này. Mời gõ ngày/tháng/năm, ví dụ 05/12/2026.")


def no_such_day(*, day: int, month: int, year: int) -> Text:
    return say(
        "Lịch không có ngày {day}/{month}/{year}. Mời gõ lại ngày/tháng/năm, ví dụ 05/12/2026.",
        day=day,
        month=month,
        year=year,
    )


def year_out_of_range(*, year: int, first: int, last: int) -> Text:
    return say(
        "Năm {year} không dùng được ở đây: mời gõ một năm từ {first} đến {last}, ví dụ 05/12/2026.",
        year=year,
        first=first,
        last=last,
    )


def day_out_of_range(*, first: date, last: date) -> Text:
    return say("Ngày cần nằm trong khoảng {first} đến {last}. Mời gõ lại.", first=day(first), last=day(last))


def too_fast(*, wait: timedelta) -> Text:
    """Ask to wait, in neutral words, which strangers read, too."""
    return say(
        "Đang nhận nhiều tin quá nhanh: từ tin vừa rồi trở đi chưa được đọc. Những gì đã trả lời trước đó vẫn còn. Mời đợi "
        "{wait} rồi gửi lại.",
        wait=span(wait),
    )


def scan_expected() -> Text:
    return say("Mời gửi một ảnh chụp hoặc một tệp (PDF, ảnh) của giấy đã ký.")
