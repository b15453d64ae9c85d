"""Words of the year-end self-criticism that everybody meets: states, grounds, refusals, messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from models.phrases.text import Text, both, capital, day, join, named, raw, say

KINDS: dict[str, Text] = {"review": say("bản kiểm điểm"), "commitment": say("bản cam kết")}
ON_PAPER = say("nộp bản giấy")  # a state of its own: they do it outside the program, as they chose
STATES: dict[str, Text] = {
    "out": say("không phải nộp"),
    "not started": say("chưa bắt đầu"),
    "drafting": say("đang viết"),
    "submitted": say("đã nộp, chờ đọc"),
    "returned": say("đã trả lại để bổ sung"),
    "withdrawn": say("người viết đã rút lại"),
    "accepted": say("đã chấp nhận, chờ bản ký"),
    "signed": say("đã nhận bản ký, chờ lưu"),
    "filed": say("đã lưu hồ sơ"),
    "unfinished": say("chưa hoàn thành khi kết thúc đợt"),
}
STANDS: dict[str, Text] = {
    "required": say("phải nộp"),
    "voluntary": say("tự nguyện"),
    "out": say("không phải nộp"),
}
GROUNDS: dict[str, Text] = {
    "ordinary": say("sinh hoạt tại chi bộ"),
    "temporary": say(
        "sinh hoạt tạm thời nơi khác: kiểm điểm tại chi bộ này, kèm nhận xét của chi bộ nơi tạm thời"
    ),
    "exempt": say("đang tạm miễn sinh hoạt"),
    "relieved": say("được miễn công tác và sinh hoạt"),
    "suspended": say("đang bị đình chỉ sinh hoạt"),
    "new": say("vào Đảng chưa đủ sáu tháng"),
    "abroad": say("ở ngoài nước, sinh hoạt đơn lẻ"),
    "moved": say("đã chuyển sinh hoạt chính thức"),
    "left": say("không còn trong danh sách chi bộ"),
    "decided": say("bí thư quyết định"),
}
OWN_POINTS = say("tự chấm điểm")
OWN_LEVEL = say("tự đề xuất mức")
WRITE = say("Viết bản này")
DOCX = say("Tải bản .docx")
SEND_SIGNED = say("Gửi bản đã ký")
OPEN_MINE = say("Mở bản của tôi")
READ = say("Đọc bản này")


def named_year(*, kind: str, year: int) -> Text:
    """Say: bản kiểm điểm năm 2026"""
    return say("{kind} năm {year}", kind=KINDS[kind], year=year)


def title_of_year(*, kind: str, year: int) -> Text:
    """Say, at the head of a line or on a button: Bản kiểm điểm năm 2026"""
    return capital(named_year(kind=kind, year=year))


def source_line(*, document: str, article: str, effective: date | None, verified: date, sure: str) -> Text:
    """Say where a line of the table comes from."""
    if not document:
        return say("theo thông lệ, chưa có văn bản; đã xem lại ngày {verified}", verified=day(verified))
    parts = [named(document, document)]
    parts += [_place_in(document, article)] if article else []
    parts += [say("hiệu lực từ {on}", on=day(effective))] if effective else []
    parts.append(say("đã đối chiếu ngày {on}", on=day(verified)))
    if sure != "confirmed":
        parts.append(say("chưa xác nhận đủ nguồn"))
    return join(parts, ", ")


def _place_in(document: str, article: str) -> Text:
    """A rule has articles; a guidance has sections."""
    if document.startswith("Hướng dẫn"):
        return say("mục {article}", article=article)
    return say("điều {article}", article=article)


# --- what becomes of a message --------------------------------------------------------------------------------------

_NAMED = 10


def reached(*, now: int, opening: int, morning: int, names: Sequence[str]) -> Text:
    """Say how many get it now, when they look, and in the morning, and whom somebody has to tell. Nothing is said to have arrived."""
    parts = []
    if now:
        parts.append(say("Đang gửi tin cho {n} đồng chí.", n=now))
    if opening:
        parts.append(say("{n} đồng chí sẽ thấy khi mở trang web.", n=opening))
    if morning:
        parts.append(say("{n} đồng chí đang là đêm: nhận lúc 07:00 sáng nơi đó.", n=morning))
    if names:
        shown = join([raw(name) for name in names[:_NAMED]], ", ")
        more = say(" và {n} đồng chí nữa", n=len(names) - _NAMED)
        parts.append(
            say(
                "Chương trình không nhắn được cho {n} đồng chí, mời báo trực tiếp: {names}{more}.",
                n=len(names),
                names=shown,
                more=more if len(names) > _NAMED else raw(""),
            )
        )
    return join(parts or [say("Không có ai cần báo tin.")])


def reached_one(*, reach: str, name: str) -> Text:
    """Say the same of one author; nothing where they did it themselves."""
    match reach:
        case "self":
            return raw("")
        case "now":
            return say("Đang gửi tin cho đồng chí {name}.", name=name)
        case "opening":
            return say("Đồng chí {name} sẽ thấy khi mở trang web.", name=name)
        case "morning":
            return say("Bên đồng chí {name} đang là đêm: nhận tin lúc 07:00 sáng.", name=name)
        case _:
            return say("Chương trình không nhắn được cho đồng chí {name}: mời báo trực tiếp.", name=name)


# --- refusals -------------------------------------------------------------------------------------------------------


def not_in_this_state(*, state: str) -> Text:
    return say(
        "Bản này bây giờ: <b>{state}</b>. Việc vừa chọn không còn hợp nên chưa ghi gì; mời xem lại bên dưới.",
        state=STATES[state],
    )


def campaign_is_closed(*, year: int) -> Text:
    return say("Đợt năm {year} đã kết thúc. Mời báo bí thư chi bộ nếu cần mở lại.", year=year)


def campaign_exists(*, kind: str, year: int) -> Text:
    return say("Chi bộ đã có đợt {kind} năm {year}.", kind=KINDS[kind], year=year)


def deadline_passed(*, on: date) -> Text:
    return say("Ngày {on} đã qua. Mời chọn một ngày từ hôm nay trở đi.", on=day(on))


def meeting_before_deadline() -> Text:
    return say("Ngày họp kiểm điểm không thể trước hạn nộp. Mời chọn ngày khác.")


def paper_ahead(*, on: date) -> Text:
    return say("Ngày {on} chưa tới. Mời gõ ngày đã nhận giấy.", on=day(on))


def kept_on_paper(*, name: str) -> Text:
    return say(
        "Đồng chí {name} không đồng ý làm phần này ở đây, nên nộp bản giấy: không ai mở, ghi hộ hay xếp loại trong chương "
        "trình. Mời nhận và lưu bản giấy.",
        name=name,
    )


def not_agreed_yet(*, name: str) -> Text:
    return say(
        "Đồng chí {name} chưa đồng ý lưu bản này trong chương trình, nên chưa ghi hộ được. Chưa đăng ký mà đã ký giấy đồng ý "
        "thì ghi ngày trên giấy trước; đã đăng ký thì đồng chí ấy tự trả lời khi mở /kiemdiem.",
        name=name,
    )


def asks_them_here(*, name: str) -> Text:
    return say("Đồng chí {name} đã trả lời hoặc tự trả lời được ở đây, nên không ghi thay.", name=name)


def still_missing(*, labels: list[Text]) -> Text:
    return say("Chưa nộp được: còn mục {what}.", what=listed(labels))


def listed(labels: list[Text]) -> Text:
    """Say: III, V và VI"""
    if len(labels) < 2:
        return join(labels)
    return say("{first} và {last}", first=join(labels[:-1], ", "), last=labels[-1])


def section_too_long(*, limit: int) -> Text:
    return say(
        "Mục này dài quá {limit} ký tự nên phần vừa gửi chưa được ghi; tin của đồng chí vẫn còn ở trên. Mời rút gọn, "
        "hoặc gửi cả bản bằng tệp.",
        limit=limit,
    )


def empty_section() -> Text:
    return say("Chưa thấy chữ nào. Mời gõ nội dung.")


def points(value: int | Decimal) -> Text:
    """Say: 28 | 27,5 | 27.5"""
    exact = Decimal(value)
    shown = f"{exact.to_integral_value() if exact == exact.to_integral_value() else exact:f}"
    return named(shown.replace(".", ","), shown)


def score_out_of_range(*, most: int) -> Text:
    return say("Điểm là một số từ 0 đến {most}, lẻ cũng được, ví dụ 27,5.", most=most)


def say_why() -> Text:
    return say("Mời viết ít nhất một góp ý trước khi trả lại, để người viết biết cần bổ sung gì.")


def reason_needed() -> Text:
    return say("Mời gõ lý do; lý do được giữ lại.")


def unread_left(*, count: int) -> Text:
    return say(
        "Còn {count} bản đã nộp mà chưa chấp nhận hoặc trả lại. Mời đọc xong rồi kết thúc đợt.", count=count
    )


def somebody_writes_it() -> Text:
    return say("Mục này không có trong mẫu của bản này.")


# --- messages -------------------------------------------------------------------------------------------------------


def opened(*, kind: str, year: int, deadline: date, voluntary: bool) -> Text:
    head = say(
        "Chi bộ mở đợt viết <b>{what}</b>. Hạn nộp: <b>{deadline}</b>.",
        what=named_year(kind=kind, year=year),
        deadline=day(deadline),
    )
    free = say("Đồng chí đang được miễn sinh hoạt nên việc này là <b>tự nguyện</b>.")
    how = say(
        "Đồng chí viết ngay tại đây, từng mục một, trong nhiều ngày cũng được; viết đến đâu được giữ đến đó."
    )
    return join([head, free, how] if voluntary else [head, how], "\n\n")


def no_longer_asked(*, kind: str, year: int) -> Text:
    return say(
        "Chi bộ không còn đề nghị đồng chí nộp {what}. Những gì đã viết vẫn được giữ.",
        what=named_year(kind=kind, year=year),
    )


def deadline_moved(*, kind: str, year: int, deadline: date) -> Text:
    return say(
        "Hạn nộp {what} nay là <b>{deadline}</b>.",
        what=named_year(kind=kind, year=year),
        deadline=day(deadline),
    )


def submitted(*, name: str, kind: str, year: int, version: int) -> Text:
    return say(
        "Đồng chí {name} đã nộp {what} (bản {version}).",
        name=name,
        what=named_year(kind=kind, year=year),
        version=version,
    )


def submitted_for_you(*, kind: str, year: int, by: str) -> Text:
    return say(
        "Đồng chí {by} đã ghi hộ và nộp {what} của đồng chí, theo bản gửi về chi bộ. Mời mở xem có đúng không.",
        by=by,
        what=named_year(kind=kind, year=year),
    )


def withdrawn(*, name: str, kind: str, year: int) -> Text:
    return say(
        "Đồng chí {name} đã rút lại {what} để viết thêm.", name=name, what=named_year(kind=kind, year=year)
    )


def returned(*, kind: str, year: int, deadline: date, comments: int) -> Text:
    return say(
        "Chi bộ đã đọc {what} của đồng chí và đề nghị bổ sung: {comments} góp ý. Hạn nộp lại: <b>{deadline}</b>. "
        "Những gì đã viết vẫn còn nguyên.",
        what=named_year(kind=kind, year=year),
        comments=comments,
        deadline=day(deadline),
    )


def accepted(*, kind: str, year: int) -> Text:
    return say(
        "{what} của đồng chí đã được chấp nhận. Tin nhắn không thay chữ ký: mời tải bản .docx, in, ký tên, rồi bấm “Gửi bản "
        "đã ký” để gửi ảnh từng trang, hoặc gửi giấy về chi bộ.",
        what=both(title_of_year(kind=kind, year=year).vi, named_year(kind=kind, year=year).en),
    )


def signed_sent(*, name: str, kind: str, year: int, pages: int) -> Text:
    return say(
        "Đồng chí {name} đã gửi {n} trang {what} có chữ ký. Mời mở xem rồi bấm “Đã nhận bản ký”.",
        name=name,
        n=pages,
        what=named_year(kind=kind, year=year),
    )


def no_pages() -> Text:
    return say("Chưa có trang nào để gửi.")


def too_many_pages(*, limit: int) -> Text:
    return say("Đã đủ {limit} trang. Mời bấm “Gửi chi bộ”.", limit=limit)


def on_paper_yourself() -> Text:
    return say("Đồng chí đã chọn nộp bản giấy, nên chương trình không nhận trang ký. Mời gửi giấy về chi bộ.")


def signed_received(*, kind: str, year: int, on: date) -> Text:
    return say(
        "Chi bộ đã nhận {what} có chữ ký của đồng chí ngày {on}.",
        what=named_year(kind=kind, year=year),
        on=day(on),
    )


def issue_raised(*, kind: str, year: int) -> Text:
    return say(
        "Chi bộ có gợi ý kiểm điểm gửi đồng chí trong {what}. Mời mở ra xem và giải trình ở mục tương ứng.",
        what=named_year(kind=kind, year=year),
    )
