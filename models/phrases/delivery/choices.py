"""Words of a channel that shows words only: what a number stands for, and what cannot be sent there."""

from __future__ import annotations

from models.phrases.text import Text, say


def not_offered(*, number: str, offered: str) -> Text:
    """Say that the newest list has no such number. `offered`: its lines."""
    return say(
        "Danh sách mới nhất không có số {number}. Mời gõ một số sau đây:\n{offered}",
        number=number,
        offered=offered,
    )


def not_one(*, number: str) -> Text:
    """Say the same; the question with its list is asked again below."""
    return say("Không có lựa chọn số {number}. Mời gõ một số của danh sách dưới đây.", number=number)


def nothing_offered() -> Text:
    return say("Hiện không có danh sách nào để chọn. Mời gõ 0 để mở màn hình chính.")


def changed() -> Text:
    """Say that a number was typed before what it would mean now was shown."""
    return say(
        "Số vừa gõ đến khi danh sách đã đổi nên chưa được ghi. Mời xem lại rồi gõ số của danh sách mới."
    )


def changed_to(*, offered: str) -> Text:
    """Say the same, and show the list."""
    return say(
        "Số vừa gõ đến khi danh sách đã đổi nên chưa được ghi. Mời gõ một số của danh sách mới:\n{offered}",
        offered=offered,
    )


def in_digits(*, number: str) -> Text:
    return say("Mời gõ bằng chữ số, ví dụ {number}.", number=number)


def in_digits_of(*, number: str, offered: str) -> Text:
    return say("Mời gõ bằng chữ số, ví dụ {number}:\n{offered}", number=number, offered=offered)


def only_words() -> Text:
    """Say that what came is none: a picture, a voice, a sticker, or what the messenger withholds."""
    return say(
        "Ở đây chương trình chỉ đọc được tin chữ. Mời gõ bằng chữ; ảnh, tệp và tin thoại gửi ở kênh khác."
    )
