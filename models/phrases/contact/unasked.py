"""Words about what was typed, said or sent while nothing was asked."""

from __future__ import annotations

from datetime import date

from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import Text, month, say, say_as

REPORT_OF = 200  # letters of the held text that are shown: the text itself stands right above
URGENT = say("Báo KHẨN cho chi bộ ngay")
HELP = say_as("unasked", "Nhờ chi bộ hỗ trợ")
WORD = say("Nhắn bí thư")
WORD_UP = say("Nhắn đảng ủy cấp trên")
NOT_URGENT = say("Không khẩn, chỉ ghi như trên")
SIGNED = say("Gửi làm bản kiểm điểm đã ký")
NOTICE = say("Soạn thành thông báo")
DROP = say("Bỏ, không gửi")
SEE = say("Tin chưa gửi cho ai")
PAUSE = say_as("unasked", "Tạm nghỉ báo cáo")
CONSENTS = say("Xem, rút lại đồng ý")
DELETE = say("Xóa dữ liệu của tôi")
STAY = say("Tôi vẫn nhận tin")


def report(*, period: date | None, question: str | None) -> Text:
    """Label the button: Gửi làm báo cáo tháng 12/2026 | Trả lời: Có ở vùng bão không?"""
    if question:
        return say("Trả lời: {q}", q=question if len(question) <= 25 else f"{question[:24]}…")
    if period is None:
        return say("Gửi làm câu trả lời đang chờ")
    return say("Gửi làm báo cáo {month}", month=month(period))


def held(*, text: str, files: int, cry: Text | None, ways: bool, days: int) -> Text:
    """Say that a text is kept. `cry`: the numbers to call, where its words ask for help; `ways`: buttons stand below."""
    head = say("<b>Chương trình chưa gửi tin này cho ai.</b>")
    ask = (
        say("Đồng chí muốn dùng tin này làm gì?")
        if ways
        else say("Ở đây chưa có nơi nào để gửi tin này. Mời chọn một việc trên màn hình chính.")
    )
    kept = say(
        "Tin được giữ ở đây đến khi đồng chí chọn, lâu nhất {n} ngày. Nhắn thêm thì được ghép vào tin này.",
        n=days,
    )
    parts = [head, *([cry] if cry else []), ask, _said(text, files), kept]
    return paragraph(*[part for part in parts if part != EMPTY])


def _said(text: str, files: int) -> Text:
    shown = text if len(text) <= REPORT_OF else f"{text[:REPORT_OF].rstrip()}…"
    body = say("<blockquote>{text}</blockquote>", text=shown) if text else EMPTY
    also = say("Kèm {n} ảnh, ghi âm, tệp", n=files) if files else EMPTY
    return lines(*[part for part in (body, also) if part != EMPTY])


def dropped() -> Text:
    return say("Đã bỏ. Tin này không được gửi cho ai.")


def noted(*, cry: Text) -> Text:
    """Say that what was typed into a form reads like a cry for help."""
    return paragraph(
        say("<b>Lời vừa rồi chỉ được ghi ở trên; chưa ai được báo gấp.</b>"),
        cry,
        say("Đồng chí có cần chi bộ giúp ngay không?"),
    )


def stays_noted() -> Text:
    return say("Không báo gấp. Lời ấy vẫn được ghi như trước.")


def nothing_held() -> Text:
    return say("Hiện không còn tin nào chưa gửi: tin ấy đã được dùng, hoặc đã bỏ.")


def whole_dropped() -> Text:
    """Say that the whole text is dropped, because the rest of it bears a marking of secrecy."""
    return say("Phần đầu của tin dài vừa rồi cũng đã được bỏ, không gửi cho ai.")


def too_many(*, limit: int) -> Text:
    return say(
        "Đang giữ {n} ảnh, ghi âm, tệp chưa gửi: chưa giữ thêm được tệp vừa rồi. Mời chọn nơi gửi trước.",
        n=limit,
    )


def cannot_be_held() -> Text:
    return say(
        "Chương trình không nhận loại tin này và chưa gửi cho ai. Ở đây nhận chữ, ghi âm, ảnh, tệp PDF hoặc Word."
    )


def a_list() -> Text:
    return say(
        "Tệp này có phải là danh sách đảng viên không? Chương trình chưa nhập gì.\n\n"
        "Mời bấm nút dưới đây, rồi gửi lại tệp."
    )


def stopping(*, under_way: bool) -> Text:
    head = say("<b>Đồng chí muốn chương trình thôi nhắn tin?</b>\nChưa có gì thay đổi. Mời chọn:")
    ways = say(
        "• Tạm nghỉ: không hỏi, không nhắc đến ngày đồng chí chọn.\n"
        "• Rút lại đồng ý: từng việc một; việc nào rút thì chương trình thôi việc ấy."
    )
    form = say("Nếu chỉ muốn dừng việc đang điền: gõ /huy. Việc ấy vẫn đang mở.")
    return paragraph(head, ways, *([form] if under_way else []))
