"""Words about a PIN: why it is asked, how it is set, what to do when it is not known."""

from __future__ import annotations

from datetime import datetime

from models.phrases.text import Text, moment, say


def six_digits() -> Text:
    return say("Mời gõ đúng sáu chữ số.", "Please type exactly six digits.")


def weak() -> Text:
    return say(
        "Mã này dễ đoán quá. Mời chọn sáu chữ số khác: không phải năm sinh, số điện thoại, dãy liền nhau hay lặp lại.",
        "That one is too easy to guess. Please choose six other digits: no year of birth, phone number, row or repeat.",
    )


def locked(*, until: datetime, zone: str) -> Text:
    return say(
        "Mã đã nhập sai nhiều lần nên tạm khóa đến {until}. Sau lúc ấy mời thử lại. Việc đang làm chưa được thực hiện.",
        "It was typed wrongly too often and is locked until {until}. Please try again after that. Nothing was done.",
        until=moment(until, zone),
    )
