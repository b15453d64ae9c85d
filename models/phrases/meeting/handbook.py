"""Words around the handbook; its questions and answers stand in models/meeting/handbook.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, join, raw, say

ABOUT = say("tìm trong sổ tay")
FIND = say("Tìm theo từ")
STUDIED = say("Tôi đã học, ghi vào sổ tự học")
NOT_STUDIED = say("Bỏ ghi: tôi chưa học")
RECORD = say("Sổ tự học của tôi")
OTHERS = say("‹ Các câu hỏi khác")

_SURE: Mapping[str, Text] = {
    "confirmed": say(""),
    "single source": say(" (theo một nguồn, mời hỏi chi bộ khi cần chắc chắn)"),
    "unconfirmed": say(" (chưa đối chiếu được với văn bản, mời hỏi chi bộ trước khi làm)"),
    "practice": say(""),
}


def home(*, first_is_here: bool) -> Text:
    words = say("<b>Sổ tay</b>: câu hỏi thường gặp, kèm nguồn.")
    if first_is_here:
        return paragraph(words, say("Trên cùng là các câu về việc đồng chí đang làm."))
    return paragraph(words, say("Chọn một câu, hoặc gõ từ cần tìm sau lệnh, ví dụ: /sotay gia han"))


def found(*, typed: str) -> Text:
    return say("Về “{typed}”, sổ tay có:", typed=typed)


def nothing_found(*, typed: str) -> Text:
    return paragraph(
        say("Sổ tay chưa có câu nào về “{typed}”.", typed=typed),
        say("Mời gõ từ khác, ngắn hơn; có dấu hay không dấu đều được. Cần hỏi chi bộ, bấm /hotro."),
    )


def ask_words() -> Text:
    return say("Đồng chí cần tìm gì trong sổ tay? Mời gõ vài từ; có dấu hay không dấu đều được.")


def entry(*, question: Text, answer: Text, source: str, sure: str, studied_on: date | None) -> Text:
    where = (
        say("Nguồn: {source}", source=source) + _SURE[sure] + raw(".")
        if source
        else say("Đây là thông lệ, không phải quy định.")
    )
    noted = [say("Đồng chí đã ghi vào sổ tự học ngày {d}.", d=day(studied_on))] if studied_on else []
    return paragraph(say("<b>{q}</b>", q=question), answer, where, *noted)


def gone() -> Text:
    return say("Câu này không còn trong sổ tay. Mời chọn câu khác.")


def noted() -> Text:
    return say("Đã ghi vào sổ tự học của đồng chí.")


def taken_back() -> Text:
    return say("Đã bỏ ghi.")


def record(*, halves: Sequence[tuple[str, Sequence[tuple[str, date]]]], more: int) -> Text:
    """Say what was studied in each half-year. `halves`: "2026-2", then question and day."""
    if not halves:
        return paragraph(
            say("<b>Sổ tự học</b>: chưa ghi câu nào."),
            say("Mở một câu trong sổ tay, đọc, rồi bấm ghi. Chỉ điều đồng chí tự ghi mới được tính."),
        )
    parts = [
        lines(
            say("<b>{half}</b>: {n} câu", half=_half(half), n=len(studied)),
            *(say("· {title} ({d})", title=title, d=day(on)) for title, on in studied),
        )
        for half, studied in halves
    ]
    rest = [say("Và {n} câu từ trước.", n=more)] if more else []
    return paragraph(say("<b>Sổ tự học</b>, đồng chí tự ghi:"), *parts, *rest)


def _half(half: str) -> Text:
    year, _, which = half.partition("-")
    return say("6 tháng đầu năm {y}", y=year) if which == "1" else say("6 tháng cuối năm {y}", y=year)


def studied_in_year(*, titles: Sequence[str]) -> Text:
    """Say in the year-end text what the member studied by themselves."""
    return say(
        "Tự học {n} nội dung: {titles}.",
        n=len(titles),
        titles=join([raw(_plain(one)) for one in titles], "; "),
    )


def _plain(title: str) -> str:
    return title.rstrip("?. ")
