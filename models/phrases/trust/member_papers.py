"""Words about the archive of one person's papers, and the list that lies in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, raw, say

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
            "79 đơn xin miễn, 81 nghị quyết của chi bộ. Kiểm điểm khi chuyển sinh hoạt (62) và phiếu bổ sung sau khi về nước (82) "
            "làm trên giấy, chương trình không giữ."
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


def nothing(*, own: bool) -> Text:
    if own:
        return say("Chưa có giấy tờ nào đã nộp ở đây để lấy.")
    return say("Đồng chí ấy chưa có giấy tờ nào đã nộp ở đây, hoặc làm trên giấy.")
