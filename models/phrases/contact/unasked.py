"""Words about what was typed, said or sent while nothing was asked."""

from __future__ import annotations

from datetime import date

from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import Text, month, say

REPORT_OF = 200  # letters of the held text that are shown: the text itself stands right above
URGENT = say("Báo KHẨN cho chi bộ ngay", "Tell my cell NOW: urgent")
HELP = say("Nhờ chi bộ hỗ trợ", "Ask my cell for help")
WORD = say("Nhắn bí thư", "A word to the secretary")
WORD_UP = say("Nhắn đảng ủy cấp trên", "A word to the committee above")
NOT_URGENT = say("Không khẩn, chỉ ghi như trên", "Not urgent: noted is enough")
SIGNED = say("Gửi làm bản kiểm điểm đã ký", "It is my signed paper")
NOTICE = say("Soạn thành thông báo", "Make it a notice")
DROP = say("Bỏ, không gửi", "Drop it, send nothing")
SEE = say("Tin chưa gửi cho ai", "Not sent to anybody yet")
PAUSE = say("Tạm nghỉ báo cáo", "Pause the reports")
CONSENTS = say("Xem, rút lại đồng ý", "See and withdraw consents")
DELETE = say("Xóa dữ liệu của tôi", "Delete my data")
STAY = say("Tôi vẫn nhận tin", "I go on as before")


def report(*, period: date | None, question: str | None) -> Text:
    """Gửi làm báo cáo tháng 12/2026 | Trả lời: Có ở vùng bão không?"""
    if question:
        return say("Trả lời: {q}", "Answer: {q}", q=question if len(question) <= 25 else f"{question[:24]}…")
    if period is None:
        return say("Gửi làm câu trả lời đang chờ", "Send it as the answer due")
    return say("Gửi làm báo cáo {month}", "Send as the report, {month}", month=month(period))


def held(*, text: str, files: int, cry: Text | None, ways: bool, days: int) -> Text:
    """`cry`: the numbers to call, where the words ask for them; `ways`: there is something to be done with it here."""
    head = say(
        "<b>Chương trình chưa gửi tin này cho ai.</b>",
        "<b>This has not been sent to anybody yet.</b>",
    )
    ask = (
        say("Đồng chí muốn dùng tin này làm gì?", "What is it for?")
        if ways
        else say(
            "Ở đây chưa có nơi nào để gửi tin này. Mời chọn một việc trên màn hình chính.",
            "There is nowhere to send it from here. Please choose on the main screen.",
        )
    )
    kept = say(
        "Tin được giữ ở đây đến khi đồng chí chọn, lâu nhất {n} ngày. Nhắn thêm thì được ghép vào tin này.",
        "It is kept here until you choose, for {n} days at most. What you add joins it.",
        n=days,
    )
    parts = [head, *([cry] if cry else []), ask, _said(text, files), kept]
    return paragraph(*[part for part in parts if part != EMPTY])


def _said(text: str, files: int) -> Text:
    shown = text if len(text) <= REPORT_OF else f"{text[:REPORT_OF].rstrip()}…"
    body = (
        say("<blockquote>{text}</blockquote>", "<blockquote>{text}</blockquote>", text=shown)
        if text
        else EMPTY
    )
    also = (
        say("Kèm {n} ảnh, ghi âm, tệp", "With {n} photos, voice messages, files", n=files) if files else EMPTY
    )
    return lines(*[part for part in (body, also) if part != EMPTY])


def dropped() -> Text:
    return say("Đã bỏ. Tin này không được gửi cho ai.", "Dropped. It was not sent to anybody.")


def noted(*, cry: Text) -> Text:
    """What was typed into a form reads like a cry for help."""
    return paragraph(
        say(
            "<b>Lời vừa rồi chỉ được ghi ở trên; chưa ai được báo gấp.</b>",
            "<b>What you wrote is only noted above; nobody was called.</b>",
        ),
        cry,
        say("Đồng chí có cần chi bộ giúp ngay không?", "Do you need your cell's help now?"),
    )


def stays_noted() -> Text:
    return say("Không báo gấp. Lời ấy vẫn được ghi như trước.", "Nobody is called. It stays noted as it was.")


def nothing_held() -> Text:
    return say(
        "Hiện không còn tin nào chưa gửi: tin ấy đã được dùng, hoặc đã bỏ.",
        "Nothing is held any more: it was used, or dropped.",
    )


def whole_dropped() -> Text:
    """The rest of a long text bears a marking of secrecy: so the text does."""
    return say(
        "Phần đầu của tin dài vừa rồi cũng đã được bỏ, không gửi cho ai.",
        "The first part of that long text has been dropped as well; nobody has it.",
    )


def too_many(*, limit: int) -> Text:
    return say(
        "Đang giữ {n} ảnh, ghi âm, tệp chưa gửi: chưa giữ thêm được tệp vừa rồi. Mời chọn nơi gửi trước.",
        "{n} photos, voice messages or files are held already, so the last one was not kept. Please choose what they are for.",
        n=limit,
    )


def cannot_be_held() -> Text:
    return say(
        "Chương trình không nhận loại tin này và chưa gửi cho ai. Ở đây nhận chữ, ghi âm, ảnh, tệp PDF hoặc Word.",
        "This kind of message cannot be taken, and nobody has it. Text, voice, photos, PDF and Word files can.",
    )


def a_list() -> Text:
    return say(
        "Tệp này có phải là danh sách đảng viên không? Chương trình chưa nhập gì.\n\n"
        "Mời bấm nút dưới đây, rồi gửi lại tệp.",
        "Is this a list of members? Nothing has been imported.\n\nPlease tap below, then send the file once more.",
    )


def stopping(*, under_way: bool) -> Text:
    head = say(
        "<b>Đồng chí muốn chương trình thôi nhắn tin?</b>\nChưa có gì thay đổi. Mời chọn:",
        "<b>Do you want no more messages?</b>\nNothing has changed yet. Please choose:",
    )
    ways = say(
        "• Tạm nghỉ: không hỏi, không nhắc đến ngày đồng chí chọn.\n"
        "• Rút lại đồng ý: từng việc một; việc nào rút thì chương trình thôi việc ấy.",
        "• A pause: no questions, no reminders until the day you choose.\n"
        "• Withdraw a consent, one by one: what you withdraw from is done no more.",
    )
    form = say(
        "Nếu chỉ muốn dừng việc đang điền: gõ /huy. Việc ấy vẫn đang mở.",
        "If you only want to stop what you are filling in: type /huy. It is still open.",
    )
    return paragraph(head, ways, *([form] if under_way else []))
