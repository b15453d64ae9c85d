"""What is to be put right, to whoever runs the program: one sentence each, and what mends it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.ground.clock import HOME_ZONE
from models.phrases.text import Text, dated, join, raw, say

_MOST = 8  # lines in one message

# what `python -m bot check` looks at, when it is wrong or worth knowing
SUBJECTS: dict[str, Text] = {
    "database": say("Cơ sở dữ liệu: chưa dùng được, hoặc chưa ở phiên bản mới nhất."),
    "keys": say("Khóa mã hóa: chưa có hoặc không mở được dữ liệu."),
    "directory": say("Ổ đĩa hoặc thư mục dữ liệu: hết chỗ, không ghi được hoặc ai cũng sửa được."),
    "files": say("Tệp dữ liệu: người khác trên máy cũng đọc được."),
    "papers": say("Mẫu văn bản riêng: có mẫu không mở được."),
    "words": say("Câu chữ riêng: có tệp không đọc được."),
    "forms": say("Mẫu kiểm điểm: có mẫu không đọc được."),
    "handbook": say("Sổ tay riêng: tệp không đọc được."),
    "rules": say("Quy định: có con số đã hơn sáu tháng chưa ai đối chiếu với văn bản."),
    "rule file": say("Tệp quy định riêng: có chỗ sai nên chưa được dùng."),
    "heartbeat": say("Canh chừng từ ngoài: chưa có, nên khi máy chết sẽ không ai được báo."),
    "token": say("Telegram: không nhận ra bot, hoặc không gọi tới được."),
    "calls": say("Telegram: chương trình chưa nghe được tin của mọi người."),
    "clock": say("Đồng hồ máy: sai, hoặc chưa so được."),
    "operator": say("Nhóm nhận báo động: chưa đặt, hoặc không gửi tới được."),
    "door": say("Đường dẫn vào họp: chưa có địa chỉ riêng, hoặc người khác cầm đường dẫn cũng vào được."),
    "page": say("Trang web: chưa có tên miền, hoặc từ ngoài chưa mở được."),
    "push": say("Báo tin cho trình duyệt: chưa dùng được."),
    "mail": say("Thư điện tử: chưa gửi được."),
    "zalo token": say("Zalo: không nhận ra bot, hoặc không gọi tới được."),
    "zalo calls": say("Zalo: chương trình chưa nghe được tin của mọi người."),
    "zalo quota": say("Zalo: chưa rõ mỗi tháng được gửi bao nhiêu tin."),
}
SETTING = say("Cài đặt: có tên biến không đúng.")

_CHECKS: dict[str, Text] = {
    "outbox": say("tin chưa gửi đi được"),
    "inbox": say("tin nhận được mà chưa xử lý"),
    "job": say("việc định kỳ không chạy"),
    "trail": say("nhật ký bị ghi thêm từ bên ngoài"),
}
_OVERDUE = say("việc đã tới giờ mà chưa làm")


def running(*, since: datetime) -> Text:
    return say("Chương trình đang chạy, lần cuối ghi nhận lúc {at}.", at=dated(since, HOME_ZONE))


def not_running(*, since: datetime | None) -> Text:
    if since is None:
        return say("Chương trình chưa chạy lần nào trên cơ sở dữ liệu này.")
    return say("Chương trình không chạy: lần cuối ghi nhận lúc {at}.", at=dated(since, HOME_ZONE))


def audited(*, at: datetime) -> Text:
    return say("Tự kiểm tra lúc {at}: không sót việc nào.", at=dated(at, HOME_ZONE))


def not_audited(*, at: datetime | None) -> Text:
    if at is None:
        return say("Chương trình chưa tự kiểm tra lần nào; việc này mỗi giờ một lần.")
    return say("Đã lâu chương trình không tự kiểm tra, lần cuối lúc {at}.", at=dated(at, HOME_ZONE))


def unrepaired(*, check: str, count: int) -> Text:
    """Say what the audit could not repair. `check`: its name, "room.what"."""
    what = _CHECKS.get(check.partition(".")[0], _OVERDUE)
    return say("Tự kiểm tra: {what} ({check}, {count}).", what=what, check=check, count=str(count))


def failed_updates(*, count: int) -> Text:
    return say(
        "Trong một ngày qua, số tin nhắn mà chương trình gặp lỗi khi xử lý: {count}.",
        count=str(count),
    )


def uncertain(*, count: int) -> Text:
    return say("Trong một ngày qua, số tin không rõ đã tới nơi hay chưa: {count}.", count=str(count))


def failing_jobs(*, jobs: Sequence[str]) -> Text:
    return say("Việc định kỳ đang gặp lỗi: {jobs}.", jobs=join([raw(one) for one in jobs[:_MOST]], ", "))


def waiting(*, count: int, alone: int) -> Text:
    """Say how many wait to be confirmed; `alone`: of them, whom only the operator can confirm."""
    if not alone:
        return say("Số người đang chờ được xác nhận đúng là mình: {count}.", count=str(count))
    return say(
        "Số người đang chờ được xác nhận đúng là mình: {count}, trong đó số người chỉ quản trị viên xác nhận được: {alone}.",
        count=str(count),
        alone=str(alone),
    )


def no_backup() -> Text:
    return say("Sao lưu: chưa có bản nào trong thư mục sao lưu.")


def old_backup(*, at: datetime) -> Text:
    return say("Sao lưu: bản mới nhất đã cũ, làm lúc {at}.", at=dated(at, HOME_ZONE))


def backed_up(*, at: datetime) -> Text:
    return say("Sao lưu: bản mới nhất làm lúc {at}.", at=dated(at, HOME_ZONE))


# --- what mends it ----------------------------------------------------------------------------------------------------

REPORT = say("xem dòng lỗi trong nhật ký rồi báo người viết chương trình")
WAIT = say("để chương trình chạy thêm một giờ rồi xem lại")
LOOK_UP = say("xem tài liệu docs/operator.md")


# --- the list -------------------------------------------------------------------------------------------------------


def line(*, words: Text, remedy: Text) -> Text:
    """Return one item: what is wrong, and what mends it."""
    return say("• {words} → {remedy}", words=words, remedy=remedy)


def to_mend() -> Text:
    return say("Cần sửa:")


def to_know() -> Text:
    return say("Nên biết:")


def all_well() -> Text:
    return say("Mọi việc ổn.")


def not_all_known() -> Text:
    return say("Chưa biết hết mọi việc có ổn không.")


def mend_then_look() -> Text:
    return say("Sửa xong, mời xem lại: python -m bot status")


def daily(*, lines: Sequence[Text]) -> Text:
    """Say once a day what is to be put right."""
    shown = list(lines[:_MOST])
    if len(lines) > _MOST:
        shown.append(say("và {count} việc nữa.", count=str(len(lines) - _MOST)))
    return join([say("Việc cần xem hôm nay:"), *shown, mend_then_look()])
