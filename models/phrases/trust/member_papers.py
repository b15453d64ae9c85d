"""Words about the archive of one person's papers, and the list that lies in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, raw, say, span

APPLICATION = "don xin tam mien"  # in file names: without marks, in Vietnamese for everybody
RESOLUTION = "nghi quyet chi bo"
DECISION = "quyet dinh cap uy"


def index(*, name: str, on: date, inside: Sequence[str], missing: Sequence[str]) -> Text:
    """Say what lies in the archive: a plain text for whoever opens it."""
    parts = [
        say("Giấy tờ của {name}, lấy ngày {on}.", name=name, on=day(on)),
        lines(say("Có trong tệp này:"), *(raw(one) for one in inside)),
    ]
    if missing:
        parts.append(lines(say("Đã gửi nhưng nay không lấy được:"), *(raw(one) for one in missing)))
    parts.append(
        say(
            "Số đứng đầu theo Công văn 1361-CV/BTCTW ngày 30/06/2026: 61 kiểm điểm hằng năm, 63 kiểm điểm thời gian ở nước ngoài, "
            "79 đơn xin miễn, 81 nghị quyết của chi bộ, 82 phiếu bổ sung sau khi về nước. Kiểm điểm khi chuyển sinh hoạt (62) làm trên "
            "giấy, chương trình không giữ."
        )
    )
    return paragraph(*parts)


def sent(*, name: str | None, number: int, volumes: int) -> Text:
    """Say what the file is. `name` None: the reader's own papers."""
    whose = (
        say("Giấy tờ của đồng chí")
        if name is None
        else say("Giấy tờ của đồng chí {name}; đồng chí ấy biết ai đã lấy", name=name)
    )
    part = say(" (tệp {number} trên {volumes})", number=number, volumes=volumes) if volumes > 1 else raw("")
    return whose + part + say(". Trong tệp có danh mục.")


def by_link(*, name: str | None, lasts: timedelta) -> Text:
    """Say that the papers are fetched by a link. `name` None: the reader's own."""
    whose = (
        say("Giấy tờ của đồng chí")
        if name is None
        else say("Giấy tờ của đồng chí {name}; đồng chí ấy biết ai đã lấy", name=name)
    )
    return paragraph(
        whose + say(". Trong tệp có danh mục."),
        say(
            "Lấy bằng nút dưới đây, trong {lasts}, một lần, bằng mã PIN của đồng chí. Không có tệp nào nằm lại trong đoạn chat.",
            lasts=span(lasts),
        ),
    )


def fetch(*, number: int, volumes: int) -> Text:
    if volumes > 1:
        return say("Lấy tệp {number} trên {volumes}", number=number, volumes=volumes)
    return say("Lấy giấy tờ")


FETCH_NOW = say("Lấy tệp")
PIN = say("Mã PIN (sáu chữ số)")


def page(*, asks_pin: bool) -> Text:
    """Say on the page of the link what comes."""
    what = say("Tệp giấy tờ được tải về máy này. Đường dẫn dùng một lần: hỏng giữa chừng thì xin lại.")
    return what + say(" Mời gõ mã PIN của đồng chí.") if asks_pin else what


def wrong_pin(*, left: int) -> Text:
    return say("Mã PIN chưa đúng. Còn {left} lần thử trước khi tạm khóa.", left=left)


def useless_link() -> Text:
    return say("Đường dẫn này đã dùng, đã quá giờ, hoặc không phải của đồng chí. Mời xin lại từ Xa Nhà.")


def nothing(*, own: bool) -> Text:
    if own:
        return say("Chưa có giấy tờ nào đã nộp ở đây để lấy.")
    return say("Đồng chí ấy chưa có giấy tờ nào đã nộp ở đây, hoặc làm trên giấy.")
