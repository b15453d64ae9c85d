"""Words of the call sheet: on paper, in the calendar, and where its lines are typed back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.phrases.common import lines, paragraph
from models.phrases.contact.contact_note import OUTCOMES
from models.phrases.text import HOME_ZONE, Text, moment, raw, say

SHEET = say("Phiếu gọi để in")
PRINT = say("Lấy phiếu để in (.docx)")
CALENDAR = say("Lịch gọi cho điện thoại (.ics)")
TYPE_BACK = say("Ghi kết quả theo phiếu")
ANEW = say("Lập phiếu mới")
WEEKLY_ON = say("Lập sẵn cùng bản tin tuần")
WEEKLY_OFF = say("Thôi lập sẵn mỗi tuần")
ADD_WORDS = say("Ghi thêm lời")
TO_SHEET = say("Về phiếu")
ALWAYS = say("chỗ ở, việc làm, số điện thoại có đổi không; có cần giúp gì không")


def home(*, cell: str, made_at: datetime | None, count: int, noted: int, weekly: bool | None) -> Text:
    """Say what the sheet is and how far it is. `weekly` None: there is no digest to make it with."""
    if made_at is None:
        body = say("Hôm nay không có ai cần gọi, nên chưa lập phiếu.")
    else:
        body = say(
            "Lập {at}: {count} người. Đã ghi kết quả: {noted}.",
            at=moment(made_at, HOME_ZONE), count=count, noted=noted,
        )  # fmt: skip
    how = say(
        "Phiếu in chữ to, mỗi người một số. Gọi xong, ghi lại bằng hai lần bấm: chọn số, chọn kết quả. "
        "Lập phiếu mới thì số thay đổi, phiếu cũ không dùng nữa."
    )
    return paragraph(say("<b>Phiếu gọi điện</b> của {cell}", cell=cell), body, how, *_weekly(weekly))


def _weekly(on: bool | None) -> list[Text]:
    if on is None:
        return []
    if on:
        return [say("Mỗi tuần, cùng bản tin của đồng chí, phiếu được lập sẵn.")]
    return [say("Phiếu chỉ lập khi đồng chí bấm. Muốn có sẵn cùng bản tin tuần thì bấm nút bên dưới.")]


def ready(*, cell: str, count: int) -> Text:
    return say(
        "Phiếu gọi tuần này của {cell} đã lập: {n} người cần gọi. Lấy phiếu về in, gọi xong ghi lại theo số.",
        cell=cell,
        n=count,
    )


def nobody() -> Text:
    return say("Hiện không có ai cần gọi, nên không có phiếu.")


def made(*, count: int) -> Text:
    return say("✓ Đã lập phiếu mới: {n} người. Phiếu in trước đây không dùng nữa.", n=count)


def sent(*, count: int) -> Text:
    return say(
        "Phiếu gọi, {n} người. Trên phiếu có họ tên, số điện thoại: gọi xong, mời giữ kín hoặc hủy.", n=count
    )


def calendar_sent(*, count: int) -> Text:
    return say(
        "{n} cuộc gọi, mở tệp là thêm vào lịch của điện thoại. Trong lịch chỉ có số trên phiếu, không có tên.",
        n=count,
    )


def all_noted() -> Text:
    return say("Cả phiếu đã ghi xong kết quả, không còn cuộc gọi nào để đưa vào lịch.")


# --- typed back -----------------------------------------------------------------------------------------------------


def board(*, rows: Sequence[tuple[int, str, str | None]], noted: int, count: int) -> Text:
    """Say the lines of this page: number, name, and what came of it, None: not typed back yet."""
    shown = [
        say("{number}. {name}: {what}", number=at, name=name, what=OUTCOMES[outcome] if outcome else NOT_YET)
        for at, name, outcome in rows
    ]
    return paragraph(
        say("<b>Ghi kết quả theo phiếu</b>: đã ghi {noted} trên {count}.", noted=noted, count=count),
        lines(*shown),
        say("Bấm số của người vừa gọi."),
    )


NOT_YET = say("chưa ghi")


def line_button(*, number: int, name: str) -> Text:
    return raw(f"{number}. {name}")


def which_outcome(*, number: int, name: str) -> Text:
    return say("Số {number}, đồng chí <b>{name}</b>: kết quả thế nào?", number=number, name=name)


def noted(*, number: int, name: str, outcome: str) -> Text:
    return say("✓ Đã ghi số {number}, {name}: {what}.", number=number, name=name, what=OUTCOMES[outcome])


def replaced() -> Text:
    return say("Phiếu này đã được thay bằng phiếu mới: mời xem số trên phiếu mới.")


# --- on paper and in the calendar -----------------------------------------------------------------------------------


def hours(*, here: str, there: str, runs: Sequence[tuple[str, str]]) -> Text:
    """Say when to call: one good moment on both clocks, and from when to when it may be."""
    between = raw(", ".join(f"{begins}–{ends}" for begins, ends in runs))
    if here == there:
        return say("Nên gọi lúc {here} (gọi được: {between}).", here=here, between=between)
    return say(
        "Nên gọi lúc {here}, bên đó {there} (giờ ở đây, gọi được: {between}).",
        here=here, there=there, between=between,
    )  # fmt: skip


def last(*, heard: Text | None, said: str) -> Text:
    if heard is None:
        return say("chưa có tin lần nào")
    if not said:
        return heard
    return say("{heard}: “{said}”", heard=heard, said=said)


def entry(*, number: int) -> Text:
    return say("Gọi số {number}", number=number)
