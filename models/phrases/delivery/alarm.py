"""Words to the operator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from models.ground.clock import HOME_ZONE, local_text
from models.phrases.text import Text, day, join, say

_MOST = 6  # values in one message; `python -m bot rules` shows the rest
_LONGEST = 400  # letters of what is wrong with one line


def chat_moved(*, chat: int) -> Text:
    return say(
        "Nhóm này đã thành siêu nhóm và có mã mới. Báo động vẫn tới đây; mời đặt BOT_OPERATOR_CHAT={chat} để lần khởi "
        "động sau dùng mã mới.",
        chat=str(chat),
    )


def alarm(*, where: str, what: str) -> Text:
    return say("Báo động: {where}: {what}. Xem nhật ký của chương trình.", where=where, what=what)


def ailment(what: str) -> Text:
    """Return the sentence for what ails the machine (bot/trouble.py)."""
    return AILMENTS[what]


AILMENTS = {
    "disk_full": say(
        "Báo động: đĩa của máy chủ đã đầy, không lưu được gì; ai viết tới phải chờ. Mời dọn chỗ trong thư mục dữ liệu, chương trình "
        "tự chạy tiếp."
    ),
    "file_locked": say(
        "Báo động: tệp cơ sở dữ liệu bị một chương trình khác giữ, không ghi được; ai viết tới phải chờ. Mời tắt chương trình đó."
    ),
    "file_closed": say(
        "Báo động: không mở được tệp cơ sở dữ liệu để ghi. Mời xem quyền của thư mục dữ liệu: python -m bot check"
    ),
    "file_damaged": say(
        "Báo động: tệp cơ sở dữ liệu bị hỏng. Mời dừng chương trình và khôi phục từ bản sao lưu (docs/operator.md)."
    ),
    "server_away": say(
        "Báo động: không liên lạc được với máy chủ cơ sở dữ liệu; ai viết tới phải chờ. Có lại thì chương trình tự chạy tiếp."
    ),
    "server_refuses": say(
        "Báo động: máy chủ cơ sở dữ liệu không nhận tài khoản hoặc tên cơ sở dữ liệu. Mời xem BOT_DATABASE_URL."
    ),
    "token_refused": say("Báo động: Telegram không nhận mã của bot. Mời xem BOT_TOKEN: python -m bot check"),
}


def uncertain(*, chats: int) -> Text:
    return say(
        "Không rõ tin gửi tới {chats} nơi đã tới hay chưa: Telegram hoặc Zalo không trả lời, hoặc chương trình dừng đột ngột lúc gửi. Ở "
        "từng nơi đã có lời báo.",
        chats=str(chats),
    )


def set_aside() -> Text:
    return say(
        "Báo động: có tin gửi đi không mở được (hỏng, hoặc thiếu khóa niêm phong). Tin ấy đã để riêng, các tin khác vẫn đi. Mời chạy: "
        "python -m bot messages list"
    )


def unread() -> Text:
    return say(
        "Báo động: có tin nhận về không mở được (hỏng, hoặc thiếu khóa niêm phong). Tin ấy đã để riêng, người gửi đã được mời gửi lại, "
        "các tin khác vẫn được làm. Mời chạy: python -m bot messages list"
    )


def deaf(*, minutes: int, why: str) -> Text:
    return say(
        "Báo động: {minutes} phút nay chương trình không nghe được Telegram ({why}). Tin của mọi người còn chờ ở Telegram. "
        "Mời chạy: python -m bot check",
        minutes=str(minutes),
        why=why,
    )


def clock_held(*, shown: datetime, ours: datetime) -> Text:
    return say(
        "Báo động: không chắc bây giờ là mấy giờ. Đồng hồ của máy chủ chỉ {shown}, chương trình tính là {ours}. Các việc tự động "
        "(hỏi, nhắc, dời hạn, xóa dữ liệu hết hạn) đang dừng; ai viết tới vẫn được trả lời. Mời bấm nút dưới đây; không có nút "
        "thì chạy: python -m bot clock right (đúng), hoặc: python -m bot clock wrong (sai), rồi chỉnh đồng hồ.",
        shown=local_text(shown, HOME_ZONE),
        ours=local_text(ours, HOME_ZONE),
    )


def clock_aside(*, shown: datetime, ours: datetime) -> Text:
    return say(
        "Báo động: đồng hồ của máy chủ sai. Máy chỉ {shown}, chương trình chạy theo giờ {ours}; không hạn nào bị dời. Mời chỉnh "
        "đồng hồ: timedatectl set-ntp true. Nếu thật ra đồng hồ đúng, chạy: python -m bot clock right",
        shown=local_text(shown, HOME_ZONE),
        ours=local_text(ours, HOME_ZONE),
    )


def clock_believed(*, minutes: int) -> Text:
    if not minutes:
        return say("Đồng hồ của máy chủ đã đúng. Các việc tự động chạy bình thường.")
    return say(
        "Chương trình chạy theo đồng hồ của máy chủ, lệch {minutes} phút so với trước. Các việc tự động chạy bình thường.",
        minutes=str(minutes),
    )


def stale_rules(*, count: int) -> Text:
    return say(
        "Việc định kỳ: {count} con số lấy từ văn bản của Đảng đã hơn sáu tháng chưa ai đối chiếu với văn bản. Mời chạy: "
        "python -m bot check --rules",
        count=str(count),
    )


def wrong_rules(*, said: Sequence[str], kept_on: date | None) -> Text:
    """Say that the file of rules cannot be used. `said`: what is wrong with it, each with its line and what to do."""
    head = say("Báo động: tệp quy định (BOT_RULES) có chỗ sai nên chưa được dùng.")
    if kept_on is not None:
        goes_on = say("Chương trình chạy tiếp theo tệp đã dùng lần trước, ngày {on}.", on=day(kept_on))
    else:
        goes_on = say("Chương trình chạy tiếp theo các giá trị đã đặt hoặc có sẵn.")
    tail = say("Mời sửa một bản sao, thử bằng python -m bot rules --try, thay tệp rồi khởi động lại.")
    return join([head, goes_on, *(say("• {line}", line=one[:_LONGEST]) for one in said[:_MOST]), tail])


def new_rule(*, name: str, before: str, after: str, document: str) -> Text:
    """Say what one value was and is; the same value by another document is said so."""
    if before == after:
        return say("• {name}: vẫn là {after}, nay theo {document}", name=name, after=after, document=document)
    if not document:
        return say("• {name}: {before} → {after}", name=name, before=before, after=after)
    return say(
        "• {name}: {before} → {after} ({document})", name=name, before=before, after=after, document=document
    )


def new_rules(*, lines: Sequence[Text]) -> Text:
    said = [
        say("Quy định mới đã có hiệu lực, số giá trị đã đổi: {count}.", count=str(len(lines))),
        *lines[:_MOST],
    ]
    if len(lines) > _MOST:
        said.append(say("và {count} giá trị nữa.", count=str(len(lines) - _MOST)))
    tail = say("Việc đang mở đã được tính lại; hồ sơ đã nộp giữ quy định lúc nộp. Xem: python -m bot rules")
    return join([*said, tail])
