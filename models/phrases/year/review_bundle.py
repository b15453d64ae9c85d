"""Words about the bundle of a cell's reviews, about reminders of them, and about what is deleted after its years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, raw, say, say_as
from models.phrases.year.review import KINDS, listed, title_of_year
from models.phrases.year.review_desk import FILE_KINDS

# --- the bundle -----------------------------------------------------------------------------------------------------

BUNDLE = say("Tải trọn bộ tài liệu (.zip)")
AGAIN = say("Tạo lại bộ tài liệu")
FILE = say("Tệp trong gói")
VERSION = say("Lần nộp")
SUBMITTED_ON = say("Ngày nộp")
SIGNED_ON = say("Ngày nhận bản ký")
SCANS = say("Tệp, ảnh đã gửi")
INDEX_TITLE = say("DANH MỤC BẢN KIỂM ĐIỂM CỦA CHI BỘ")
INDEX_SHEET = say("Danh mục")
MADE_BY = say("NGƯỜI LẬP")


def in_bundle(*, file: str, kind: str, sent_as: str, number: int) -> Text:
    """Say a line of the index about one file. `file` "": it could not be fetched."""
    what = FILE_KINDS[kind] if kind in FILE_KINDS else say("tệp")
    name = raw(sent_as) if sent_as else say("ảnh {n}", n=number)
    if not file:
        return say("{what}, {name}: KHÔNG LẤY ĐƯỢC, mời xem trong chương trình", what=what, name=name)
    return say("{file}: {what}, {name}", file=file, what=what, name=name)


def gathering() -> Text:
    return say(
        "Đang lấy các tệp, ảnh đã gửi vào bộ tài liệu. Tệp sẽ được gửi vào đây; đồng chí có thể làm việc khác."
    )


def making(*, done: int, total: int) -> Text:
    """Say how far it is, in one message that changes."""
    filled = 10 * done // total if total else 10
    return say(
        "Đang tạo bộ tài liệu: {done}/{total} bản\n{bar}\nTệp sẽ được gửi vào đây; đồng chí có thể làm việc khác.",
        done=done,
        total=total,
        bar=raw("▓" * filled + "░" * (10 - filled)),
    )


def made(*, total: int, printed: int, files: int, missing: int, volumes: int) -> Text:
    """Say that it is made. `printed`: how many had something to print; `files`: what was sent as a file and is in it."""
    parts = say(" Gồm {n} tệp nén.", n=volumes) if volumes > 1 else raw("")
    said = say(
        "Đã xong trọn bộ: {printed} bản kiểm điểm và {files} tệp, ảnh đã gửi của {total} đồng chí, kèm danh mục và bảng tổng "
        "hợp.{parts}",
        printed=printed,
        files=files,
        total=total,
        parts=parts,
    )
    if not missing:
        return said
    lost = say("Không lấy được {n} tệp: danh mục ghi tệp nào; mời mở từng bản để xem.", n=missing)
    return lines(said, lost)


def volume(*, cell: str, year: int, number: int, volumes: int) -> Text:
    of = say(" (tệp {n}/{all})", n=number, all=volumes) if volumes > 1 else raw("")
    return say(
        "Tài liệu kiểm điểm năm {year}, {cell}{of}. Từng đồng chí thấy được ai đã tải bản của mình. Mỗi tệp bên trong "
        "có cùng một mật khẩu, ở tin bên dưới; tệp “00 Danh mục” ghi số nào là của ai.",
        year=year,
        cell=cell,
        of=of,
    )


def nothing_to_bundle() -> Text:
    return say("Đợt này chưa có đồng chí nào trong danh sách kiểm điểm.")


def template_broken() -> Text:
    return say(
        "Chưa tạo được: mẫu Word đang dùng bị lỗi. Mời người phụ trách kỹ thuật chạy “python -m bot check”."
    )


def no_longer_yours() -> Text:
    return say("Đã dừng: đồng chí không còn phụ trách chi bộ này.")


# --- reminders ------------------------------------------------------------------------------------------------------

WRITE = say_as("review_bundle", "Viết tiếp")
OPEN_LIST = say("Xem danh sách")


def reminder(
    *,
    kind: str,
    year: int,
    deadline: date,
    moved_from: date | None,
    days: int,
    state: str,
    missing: Sequence[Text],
    comments: int,
) -> Text:
    """Remind of a review. `days`: from today to the deadline, on the member's clock; negative: it is over.

    `moved_from`: the deadline before our own silence moved it.
    """
    moved = say(
        "Chương trình bị gián đoạn nên hạn nộp của đồng chí được dời từ {old} sang {new}.",
        old=day(moved_from or deadline),
        new=day(deadline),
    )
    return paragraph(
        say("{what} – {when}.", what=title_of_year(kind=kind, year=year), when=_when(deadline, days)),
        *([moved] if moved_from else []),
        _owed(state, missing, comments),
    )


def _when(deadline: date, days: int) -> Text:
    if days > 0:
        return say("còn {n} ngày, hạn {on}", n=days, on=day(deadline))
    if days == 0:
        return say("hạn là hôm nay, {on}", on=day(deadline))
    return say("đã qua hạn {on}; nộp muộn vẫn được nhận", on=day(deadline))


def _owed(state: str, missing: Sequence[Text], comments: int) -> Text:
    if state == "not started":
        return say("Đồng chí chưa bắt đầu viết.")
    if state == "returned" and comments:
        said = say("Bản được trả lại với {n} góp ý.", n=comments)
        return lines(said, _still(missing)) if missing else said
    if not missing:
        return say("Đồng chí đã viết đủ các mục, chỉ còn gửi.")
    return _still(missing)


def _still(missing: Sequence[Text]) -> Text:
    return say("Còn mục {names}.", names=listed(list(missing)))


def who_owes(
    *,
    cell: str,
    kind: str,
    year: int,
    deadline: date,
    days: int,
    rows: Sequence[Text],
    more: int,
    paused: int,
    on_paper: int,
) -> Text:
    """Say the secretary's list of those who owe."""
    head = say(
        "{cell}: {what} năm {year}, {when}. Chưa nộp: <b>{n}</b> đồng chí.",
        cell=cell,
        what=KINDS[kind],
        year=year,
        when=_when(deadline, days),
        n=len(rows) + more,
    )
    parts = [lines(head, *rows)]
    if more:
        parts.append(say("… và {n} đồng chí nữa trong danh sách.", n=more))
    if paused:
        parts.append(say("{n} đồng chí đang tạm nghỉ báo cáo nên chưa được nhắc.", n=paused))
    if on_paper:
        parts.append(say("{n} đồng chí nộp bản giấy, không phải nộp ở đây.", n=on_paper))
    return paragraph(*parts)


def owing_row(*, name: str, state: str, missing: Sequence[Text], reachable: bool, on_paper: bool) -> Text:
    what = STANDS.get(state) or say("còn {names}", names=listed(list(missing)))
    if state == "drafting" and not missing:
        what = say("viết đủ, chưa gửi")
    row = say("• {name}: {what}", name=name, what=what)
    if on_paper:
        return say("{row}; làm trên giấy", row=row)
    if reachable:
        return row
    return say("{row}; tin không tới, mời gọi", row=row)


STANDS: dict[str, Text] = {
    "not started": say_as("review_bundle", "chưa bắt đầu"),
    "returned": say("đã trả lại để viết thêm"),
    "withdrawn": say("đã rút lại"),
}


# --- kept for its years ---------------------------------------------------------------------------------------------

SEE_DELETION = say("Xem danh sách sẽ xóa")


def announced(*, cell: str, kind: str, year: int, count: int, on: date, years: int) -> Text:
    return say(
        "{cell}: {n} {what} năm {year} đã nộp được giữ đủ {years} năm và sẽ được xóa khỏi chương trình ngày {on}, gồm cả các "
        "lần nộp và tên tệp. Số lượng theo từng mức xếp loại vẫn được giữ, không kèm tên. Nếu cần bản viết, mời tải trọn bộ "
        "trước ngày đó.",
        cell=cell,
        n=count,
        what=KINDS[kind],
        year=year,
        years=years,
        on=day(on),
    )


def deletion(*, cell: str, kind: str, year: int, on: date, names: Sequence[str], gone: bool) -> Text:
    head = (
        say("Đã xóa {what} năm {year} của {cell}.", what=KINDS[kind], year=year, cell=cell)
        if gone
        else say(
            "Sẽ xóa ngày {on}: {n} {what} năm {year} đã nộp của {cell}.",
            on=day(on),
            n=len(names),
            what=KINDS[kind],
            year=year,
            cell=cell,
        )
    )
    return lines(head, *(raw(name) for name in names))
