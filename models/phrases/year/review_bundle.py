"""Words about the bundle of a cell's reviews, about reminders of them, and about what is deleted after its years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, raw, say
from models.phrases.year.review import KINDS, listed, title_of_year
from models.phrases.year.review_desk import FILE_KINDS

# --- the bundle -----------------------------------------------------------------------------------------------------

BUNDLE = say("Tải trọn bộ tài liệu (.zip)", "Download all documents (.zip)")
AGAIN = say("Tạo lại bộ tài liệu", "Make it again")
FILE = say("Tệp trong gói", "File in the bundle")
VERSION = say("Lần nộp", "Version")
SUBMITTED_ON = say("Ngày nộp", "Handed in on")
SIGNED_ON = say("Ngày nhận bản ký", "Signed paper on")
SCANS = say("Tệp, ảnh đã gửi", "Files and photos that were sent")
INDEX_TITLE = say("DANH MỤC BẢN KIỂM ĐIỂM CỦA CHI BỘ", "INDEX OF THE CELL'S REVIEWS")
INDEX_SHEET = say("Danh mục", "Index")
MADE_BY = say("NGƯỜI LẬP", "MADE BY")


def in_bundle(*, file: str, kind: str, sent_as: str, number: int) -> Text:
    """A line of the index about one file; `file` "": it could not be fetched."""
    what = FILE_KINDS[kind] if kind in FILE_KINDS else say("tệp", "a file")
    name = raw(sent_as) if sent_as else say("ảnh {n}", "photo {n}", n=number)
    if not file:
        return say(
            "{what}, {name}: KHÔNG LẤY ĐƯỢC, mời xem trong chương trình",
            "{what}, {name}: NOT FETCHED, please see it in the program",
            what=what,
            name=name,
        )
    return say("{file}: {what}, {name}", "{file}: {what}, {name}", file=file, what=what, name=name)


def gathering() -> Text:
    return say(
        "Đang lấy các tệp, ảnh đã gửi vào bộ tài liệu. Tệp sẽ được gửi vào đây; đồng chí có thể làm việc khác.",
        "The files and photos that were sent are being added. The file will be sent here; you can go on with other things.",
    )


def making(*, done: int, total: int) -> Text:
    """Shown in one message that changes."""
    filled = 10 * done // total if total else 10
    return say(
        "Đang tạo bộ tài liệu: {done}/{total} bản\n{bar}\nTệp sẽ được gửi vào đây; đồng chí có thể làm việc khác.",
        "Making all documents: {done} of {total}\n{bar}\nThe file will be sent here; you can go on with other things.",
        done=done,
        total=total,
        bar=raw("▓" * filled + "░" * (10 - filled)),
    )


def made(*, total: int, printed: int, files: int, missing: int, volumes: int) -> Text:
    """`printed`: how many had something to print; `files`: what was sent as a file and is in it."""
    parts = say(" Gồm {n} tệp nén.", " In {n} volumes.", n=volumes) if volumes > 1 else raw("")
    said = say(
        "Đã xong trọn bộ: {printed} bản kiểm điểm và {files} tệp, ảnh đã gửi của {total} đồng chí, kèm danh mục và bảng tổng "
        "hợp.{parts}",
        "All done: {printed} reviews and {files} files or photos of {total} members, with an index and a summary.{parts}",
        printed=printed,
        files=files,
        total=total,
        parts=parts,
    )
    if not missing:
        return said
    lost = say(
        "Không lấy được {n} tệp: danh mục ghi tệp nào; mời mở từng bản để xem.",
        "{n} files could not be fetched: the index says which; please open them one by one.",
        n=missing,
    )
    return lines(said, lost)


def volume(*, cell: str, year: int, number: int, volumes: int) -> Text:
    of = say(" (tệp {n}/{all})", " (file {n} of {all})", n=number, all=volumes) if volumes > 1 else raw("")
    return say(
        "Tài liệu kiểm điểm năm {year}, {cell}{of}. Từng đồng chí thấy được ai đã tải bản của mình. Mỗi tệp bên trong "
        "có cùng một mật khẩu, ở tin bên dưới; tệp “00 Danh mục” ghi số nào là của ai.",
        "Reviews of {year}, {cell}{of}. Every member sees who took theirs. Each file in it has the same password, in a "
        "message below; the file “00 Danh mục” says which number is whose.",
        year=year,
        cell=cell,
        of=of,
    )


def nothing_to_bundle() -> Text:
    return say(
        "Đợt này chưa có đồng chí nào trong danh sách kiểm điểm.",
        "Nobody is on the list of this campaign yet.",
    )


def template_broken() -> Text:
    return say(
        "Chưa tạo được: mẫu Word đang dùng bị lỗi. Mời người phụ trách kỹ thuật chạy “python -m bot check”.",
        "Not made: the Word template in use is broken. Please ask the operator to run “python -m bot check”.",
    )


def no_longer_yours() -> Text:
    return say(
        "Đã dừng: đồng chí không còn phụ trách chi bộ này.",
        "Stopped: you are no longer in charge of this cell.",
    )


# --- reminders ------------------------------------------------------------------------------------------------------

WRITE = say("Viết tiếp", "Go on writing")
OPEN_LIST = say("Xem danh sách", "See the list")


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
    """`days`: from today to the deadline, on the member's clock; negative: it is over.

    `moved_from`: the deadline before our own silence moved it.
    """
    moved = say(
        "Chương trình bị gián đoạn nên hạn nộp của đồng chí được dời từ {old} sang {new}.",
        "The program was down, so your deadline was moved from {old} to {new}.",
        old=day(moved_from or deadline),
        new=day(deadline),
    )
    return paragraph(
        say(
            "{what} – {when}.",
            "{what} – {when}.",
            what=title_of_year(kind=kind, year=year),
            when=_when(deadline, days),
        ),
        *([moved] if moved_from else []),
        _owed(state, missing, comments),
    )


def _when(deadline: date, days: int) -> Text:
    if days > 0:
        return say("còn {n} ngày, hạn {on}", "{n} days left, due on {on}", n=days, on=day(deadline))
    if days == 0:
        return say("hạn là hôm nay, {on}", "due today, {on}", on=day(deadline))
    return say(
        "đã qua hạn {on}; nộp muộn vẫn được nhận",
        "it was due on {on}; it is still taken",
        on=day(deadline),
    )


def _owed(state: str, missing: Sequence[Text], comments: int) -> Text:
    if state == "not started":
        return say("Đồng chí chưa bắt đầu viết.", "You have not begun to write.")
    if state == "returned" and comments:
        said = say("Bản được trả lại với {n} góp ý.", "It came back with {n} comments.", n=comments)
        return lines(said, _still(missing)) if missing else said
    if not missing:
        return say(
            "Đồng chí đã viết đủ các mục, chỉ còn gửi.", "All sections are written; it only has to be sent."
        )
    return _still(missing)


def _still(missing: Sequence[Text]) -> Text:
    return say("Còn mục {names}.", "Still to write: {names}.", names=listed(list(missing)))


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
    """The secretary's list."""
    head = say(
        "{cell}: {what} năm {year}, {when}. Chưa nộp: <b>{n}</b> đồng chí.",
        "{cell}: {what} of {year}, {when}. Not handed in: <b>{n}</b>.",
        cell=cell,
        what=KINDS[kind],
        year=year,
        when=_when(deadline, days),
        n=len(rows) + more,
    )
    parts = [lines(head, *rows)]
    if more:
        parts.append(say("… và {n} đồng chí nữa trong danh sách.", "… and {n} more on the list.", n=more))
    if paused:
        parts.append(
            say(
                "{n} đồng chí đang tạm nghỉ báo cáo nên chưa được nhắc.",
                "{n} are on an announced pause and are not reminded.",
                n=paused,
            )
        )
    if on_paper:
        parts.append(
            say(
                "{n} đồng chí nộp bản giấy, không phải nộp ở đây.",
                "{n} hand in paper and owe nothing here.",
                n=on_paper,
            )
        )
    return paragraph(*parts)


def owing_row(*, name: str, state: str, missing: Sequence[Text], reachable: bool, on_paper: bool) -> Text:
    what = STANDS.get(state) or say("còn {names}", "lacks {names}", names=listed(list(missing)))
    if state == "drafting" and not missing:
        what = say("viết đủ, chưa gửi", "all written, not sent")
    row = say("• {name}: {what}", "• {name}: {what}", name=name, what=what)
    if on_paper:
        return say("{row}; làm trên giấy", "{row}; on paper", row=row)
    if reachable:
        return row
    return say("{row}; tin không tới, mời gọi", "{row}; messages do not arrive, please call", row=row)


STANDS: dict[str, Text] = {
    "not started": say("chưa bắt đầu", "not begun"),
    "returned": say("đã trả lại để viết thêm", "returned to be completed"),
    "withdrawn": say("đã rút lại", "taken back"),
}


# --- kept for its years ---------------------------------------------------------------------------------------------

SEE_DELETION = say("Xem danh sách sẽ xóa", "See what will be deleted")


def announced(*, cell: str, kind: str, year: int, count: int, on: date, years: int) -> Text:
    return say(
        "{cell}: {n} {what} năm {year} đã nộp được giữ đủ {years} năm và sẽ được xóa khỏi chương trình ngày {on}, gồm cả các "
        "lần nộp và tên tệp. Số lượng theo từng mức xếp loại vẫn được giữ, không kèm tên. Nếu cần bản viết, mời tải trọn bộ "
        "trước ngày đó.",
        "{cell}: {n} {what} of {year} that were handed in have been kept for {years} years and will be deleted here on {on}, "
        "versions and file names too. How many had which rating stays, without names. If you need the texts, please download "
        "all documents before.",
        cell=cell,
        n=count,
        what=KINDS[kind],
        year=year,
        years=years,
        on=day(on),
    )


def deletion(*, cell: str, kind: str, year: int, on: date, names: Sequence[str], gone: bool) -> Text:
    head = (
        say(
            "Đã xóa {what} năm {year} của {cell}.",
            "The {what} of {year} of {cell} were deleted.",
            what=KINDS[kind],
            year=year,
            cell=cell,
        )
        if gone
        else say(
            "Sẽ xóa ngày {on}: {n} {what} năm {year} đã nộp của {cell}.",
            "To be deleted on {on}: {n} {what} of {year} of {cell} that were handed in.",
            on=day(on),
            n=len(names),
            what=KINDS[kind],
            year=year,
            cell=cell,
        )
    )
    return lines(head, *(raw(name) for name in names))
