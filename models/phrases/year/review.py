"""Words of the year-end self-criticism that everybody meets: states, grounds, refusals, messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from models.phrases.text import Text, capital, day, join, named, raw, say

KINDS: dict[str, Text] = {
    "review": say("bản kiểm điểm", "self-criticism"),
    "commitment": say("bản cam kết", "commitment"),
}
ON_PAPER = say(
    "nộp bản giấy", "on paper"
)  # a state of its own: they do it outside the program, as they chose
STATES: dict[str, Text] = {
    "out": say("không phải nộp", "not asked for"),
    "not started": say("chưa bắt đầu", "not started"),
    "drafting": say("đang viết", "being written"),
    "submitted": say("đã nộp, chờ đọc", "handed in, to be read"),
    "returned": say("đã trả lại để bổ sung", "returned for more"),
    "withdrawn": say("người viết đã rút lại", "taken back by its author"),
    "accepted": say("đã chấp nhận, chờ bản ký", "accepted, signed paper awaited"),
    "signed": say("đã nhận bản ký, chờ lưu", "signed paper received, to be filed"),
    "filed": say("đã lưu hồ sơ", "filed"),
    "unfinished": say("chưa hoàn thành khi kết thúc đợt", "not finished when it closed"),
}
STANDS: dict[str, Text] = {
    "required": say("phải nộp", "required"),
    "voluntary": say("tự nguyện", "voluntary"),
    "out": say("không phải nộp", "not asked for"),
}
GROUNDS: dict[str, Text] = {
    "ordinary": say("sinh hoạt tại chi bộ", "takes part in the cell"),
    "temporary": say(
        "sinh hoạt tạm thời nơi khác: kiểm điểm tại chi bộ này, kèm nhận xét của chi bộ nơi tạm thời",
        "temporarily elsewhere: reviewed here, with the comment of the cell there",
    ),
    "exempt": say("đang tạm miễn sinh hoạt", "exempt for the time being"),
    "relieved": say("được miễn công tác và sinh hoạt", "relieved of work and activities"),
    "suspended": say("đang bị đình chỉ sinh hoạt", "suspended from activities"),
    "new": say("vào Đảng chưa đủ sáu tháng", "admitted too recently"),
    "abroad": say("ở ngoài nước, sinh hoạt đơn lẻ", "abroad, alone"),
    "moved": say("đã chuyển sinh hoạt chính thức", "officially transferred"),
    "left": say("không còn trong danh sách chi bộ", "no longer on the cell's roster"),
    "decided": say("bí thư quyết định", "decided by the secretary"),
}
OWN_POINTS = say("tự chấm điểm", "your points")
OWN_LEVEL = say("tự đề xuất mức", "your proposed level")
WRITE = say("Viết bản này", "Write it")
DOCX = say("Tải bản .docx", "Download as .docx")
SEND_SIGNED = say("Gửi bản đã ký", "Send the signed paper")
OPEN_MINE = say("Mở bản của tôi", "Open mine")
READ = say("Đọc bản này", "Read it")


def named_year(*, kind: str, year: int) -> Text:
    """bản kiểm điểm năm 2026"""
    return say("{kind} năm {year}", "{kind} of {year}", kind=KINDS[kind], year=year)


def title_of_year(*, kind: str, year: int) -> Text:
    """Bản kiểm điểm năm 2026, at the head of a line or on a button"""
    return capital(named_year(kind=kind, year=year))


def source_line(*, document: str, article: str, effective: date | None, verified: date, sure: str) -> Text:
    """Where a line of the table comes from."""
    if not document:
        return say(
            "theo thông lệ, chưa có văn bản; đã xem lại ngày {verified}",
            "practice, no document; looked at {verified}",
            verified=day(verified),
        )
    parts = [named(document, document)]
    parts += [_place_in(document, article)] if article else []
    parts += [say("hiệu lực từ {on}", "in force from {on}", on=day(effective))] if effective else []
    parts.append(say("đã đối chiếu ngày {on}", "checked on {on}", on=day(verified)))
    if sure != "confirmed":
        parts.append(say("chưa xác nhận đủ nguồn", "not fully confirmed"))
    return join(parts, ", ")


def _place_in(document: str, article: str) -> Text:
    """A rule has articles; a guidance has sections."""
    if document.startswith("Hướng dẫn"):
        return say("mục {article}", "section {article}", article=article)
    return say("điều {article}", "article {article}", article=article)


# --- what becomes of a message --------------------------------------------------------------------------------------

_NAMED = 10


def reached(*, now: int, morning: int, names: Sequence[str]) -> Text:
    """How many get it now and in the morning, and who has to be told by somebody; nothing is said to have arrived."""
    parts = []
    if now:
        parts.append(say("Đang gửi tin cho {n} đồng chí.", "A message is on its way to {n}.", n=now))
    if morning:
        parts.append(
            say(
                "{n} đồng chí đang là đêm: nhận lúc 07:00 sáng nơi đó.",
                "It is night for {n}: they get it at 07:00 there.",
                n=morning,
            )
        )
    if names:
        shown = join([raw(name) for name in names[:_NAMED]], ", ")
        more = say(" và {n} đồng chí nữa", " and {n} more", n=len(names) - _NAMED)
        parts.append(
            say(
                "Chương trình không nhắn được cho {n} đồng chí, mời báo trực tiếp: {names}{more}.",
                "The program cannot write to {n}, please tell them yourself: {names}{more}.",
                n=len(names),
                names=shown,
                more=more if len(names) > _NAMED else raw(""),
            )
        )
    return join(parts or [say("Không có ai cần báo tin.", "There is nobody to be told.")])


def reached_one(*, reach: str, name: str) -> Text:
    """The same of one author; nothing where they did it themselves."""
    match reach:
        case "self":
            return raw("")
        case "now":
            return say("Đang gửi tin cho đồng chí {name}.", "A message is on its way to {name}.", name=name)
        case "morning":
            return say(
                "Bên đồng chí {name} đang là đêm: nhận tin lúc 07:00 sáng.",
                "It is night where {name} is: they get it at 07:00.",
                name=name,
            )
        case _:
            return say(
                "Chương trình không nhắn được cho đồng chí {name}: mời báo trực tiếp.",
                "The program cannot write to {name}: please tell them yourself.",
                name=name,
            )


# --- refusals -------------------------------------------------------------------------------------------------------


def not_in_this_state(*, state: str) -> Text:
    return say(
        "Bản này bây giờ: <b>{state}</b>. Việc vừa chọn không còn hợp nên chưa ghi gì; mời xem lại bên dưới.",
        "It now stands: <b>{state}</b>. What you chose does not fit any more, so nothing was recorded; please look "
        "below.",
        state=STATES[state],
    )


def campaign_is_closed(*, year: int) -> Text:
    return say(
        "Đợt năm {year} đã kết thúc. Mời báo bí thư chi bộ nếu cần mở lại.",
        "The campaign of {year} is closed. Please tell the cell's secretary if it has to be opened again.",
        year=year,
    )


def campaign_exists(*, kind: str, year: int) -> Text:
    return say(
        "Chi bộ đã có đợt {kind} năm {year}.",
        "The cell has a campaign already: {kind}, {year}.",
        kind=KINDS[kind],
        year=year,
    )


def deadline_passed(*, on: date) -> Text:
    return say(
        "Ngày {on} đã qua. Mời chọn một ngày từ hôm nay trở đi.",
        "{on} is over. Please choose a day from today on.",
        on=day(on),
    )


def meeting_before_deadline() -> Text:
    return say(
        "Ngày họp kiểm điểm không thể trước hạn nộp. Mời chọn ngày khác.",
        "The meeting cannot be before the deadline. Please choose another day.",
    )


def paper_ahead(*, on: date) -> Text:
    return say(
        "Ngày {on} chưa tới. Mời gõ ngày đã nhận giấy.",
        "{on} has not come yet. Please type the day on which the paper came.",
        on=day(on),
    )


def kept_on_paper(*, name: str) -> Text:
    return say(
        "Đồng chí {name} không đồng ý làm phần này ở đây, nên nộp bản giấy: không ai mở, ghi hộ hay xếp loại trong chương "
        "trình. Mời nhận và lưu bản giấy.",
        "{name} does not agree to this being done here and hands in paper: nobody opens, types or rates it in the program. "
        "Please take and keep the paper.",
        name=name,
    )


def not_agreed_yet(*, name: str) -> Text:
    return say(
        "Đồng chí {name} chưa đồng ý lưu bản này trong chương trình, nên chưa ghi hộ được. Chưa đăng ký mà đã ký giấy đồng ý "
        "thì ghi ngày trên giấy trước; đã đăng ký thì đồng chí ấy tự trả lời khi mở /kiemdiem.",
        "{name} has not agreed to this being kept here, so it cannot be typed in. Who is not registered and has signed a "
        "paper: note its day first; who is registered answers themselves on opening /kiemdiem.",
        name=name,
    )


def asks_them_here(*, name: str) -> Text:
    return say(
        "Đồng chí {name} đã trả lời hoặc tự trả lời được ở đây, nên không ghi thay.",
        "{name} has answered, or can answer here themselves, so it is not noted for them.",
        name=name,
    )


def still_missing(*, labels: list[Text]) -> Text:
    return say(
        "Chưa nộp được: còn mục {what}.", "It cannot be handed in yet: missing {what}.", what=listed(labels)
    )


def listed(labels: list[Text]) -> Text:
    """III, V và VI"""
    if len(labels) < 2:
        return join(labels)
    return say("{first} và {last}", "{first} and {last}", first=join(labels[:-1], ", "), last=labels[-1])


def section_too_long(*, limit: int) -> Text:
    return say(
        "Mục này dài quá {limit} ký tự nên phần vừa gửi chưa được ghi; tin của đồng chí vẫn còn ở trên. Mời rút gọn, "
        "hoặc gửi cả bản bằng tệp.",
        "This section is longer than {limit} characters, so what you just sent was not added; your message is still "
        "above. Please shorten it, or send the whole as a file.",
        limit=limit,
    )


def empty_section() -> Text:
    return say("Chưa thấy chữ nào. Mời gõ nội dung.", "There are no words in it. Please type something.")


def points(value: int | Decimal) -> Text:
    """28 | 27,5 | 27.5"""
    exact = Decimal(value)
    shown = f"{exact.to_integral_value() if exact == exact.to_integral_value() else exact:f}"
    return say("{comma}", "{point}", comma=raw(shown.replace(".", ",")), point=raw(shown))


def score_out_of_range(*, most: int) -> Text:
    return say(
        "Điểm là một số từ 0 đến {most}, lẻ cũng được, ví dụ 27,5.",
        "Points are a number from 0 to {most}, halves too, for example 27.5.",
        most=most,
    )


def say_why() -> Text:
    return say(
        "Mời viết ít nhất một góp ý trước khi trả lại, để người viết biết cần bổ sung gì.",
        "Please write at least one comment before returning it, so that the author knows what to add.",
    )


def reason_needed() -> Text:
    return say("Mời gõ lý do; lý do được giữ lại.", "Please type the reason; it is kept.")


def unread_left(*, count: int) -> Text:
    return say(
        "Còn {count} bản đã nộp mà chưa chấp nhận hoặc trả lại. Mời đọc xong rồi kết thúc đợt.",
        "{count} were handed in and neither accepted nor returned. Please read them before closing the campaign.",
        count=count,
    )


def somebody_writes_it() -> Text:
    return say("Mục này không có trong mẫu của bản này.", "This section is not part of the form.")


# --- messages -------------------------------------------------------------------------------------------------------


def opened(*, kind: str, year: int, deadline: date, voluntary: bool) -> Text:
    head = say(
        "Chi bộ mở đợt viết <b>{what}</b>. Hạn nộp: <b>{deadline}</b>.",
        "The cell has opened: <b>{what}</b>. To be handed in by <b>{deadline}</b>.",
        what=named_year(kind=kind, year=year),
        deadline=day(deadline),
    )
    free = say(
        "Đồng chí đang được miễn sinh hoạt nên việc này là <b>tự nguyện</b>.",
        "You are exempt from activities, so this is <b>voluntary</b>.",
    )
    how = say(
        "Đồng chí viết ngay tại đây, từng mục một, trong nhiều ngày cũng được; viết đến đâu được giữ đến đó.",
        "You can write it here, section by section, over several days; whatever you write is kept.",
    )
    return join([head, free, how] if voluntary else [head, how], "\n\n")


def no_longer_asked(*, kind: str, year: int) -> Text:
    return say(
        "Chi bộ không còn đề nghị đồng chí nộp {what}. Những gì đã viết vẫn được giữ.",
        "The cell no longer asks you for the {what}. What you have written is kept.",
        what=named_year(kind=kind, year=year),
    )


def deadline_moved(*, kind: str, year: int, deadline: date) -> Text:
    return say(
        "Hạn nộp {what} nay là <b>{deadline}</b>.",
        "The {what} is now to be handed in by <b>{deadline}</b>.",
        what=named_year(kind=kind, year=year),
        deadline=day(deadline),
    )


def submitted(*, name: str, kind: str, year: int, version: int) -> Text:
    return say(
        "Đồng chí {name} đã nộp {what} (bản {version}).",
        "{name} has handed in the {what} (version {version}).",
        name=name,
        what=named_year(kind=kind, year=year),
        version=version,
    )


def submitted_for_you(*, kind: str, year: int, by: str) -> Text:
    return say(
        "Đồng chí {by} đã ghi hộ và nộp {what} của đồng chí, theo bản gửi về chi bộ. Mời mở xem có đúng không.",
        "{by} typed and handed in your {what} from what reached the cell. Please check that it is right.",
        by=by,
        what=named_year(kind=kind, year=year),
    )


def withdrawn(*, name: str, kind: str, year: int) -> Text:
    return say(
        "Đồng chí {name} đã rút lại {what} để viết thêm.",
        "{name} has taken back the {what} to write more.",
        name=name,
        what=named_year(kind=kind, year=year),
    )


def returned(*, kind: str, year: int, deadline: date, comments: int) -> Text:
    return say(
        "Chi bộ đã đọc {what} của đồng chí và đề nghị bổ sung: {comments} góp ý. Hạn nộp lại: <b>{deadline}</b>. "
        "Những gì đã viết vẫn còn nguyên.",
        "The cell has read your {what} and asks for more: {comments} comments. To be handed in again by "
        "<b>{deadline}</b>. Everything you wrote is still there.",
        what=named_year(kind=kind, year=year),
        comments=comments,
        deadline=day(deadline),
    )


def accepted(*, kind: str, year: int) -> Text:
    return say(
        "{what} của đồng chí đã được chấp nhận. Tin nhắn không thay chữ ký: mời tải bản .docx, in, ký tên, rồi bấm “Gửi bản "
        "đã ký” để gửi ảnh từng trang, hoặc gửi giấy về chi bộ.",
        "Your {plain} has been accepted. A chat message is no signature: please download the .docx, print and sign it, then "
        "choose “Send the signed paper” to send photos of its pages, or send the paper to the cell.",
        what=title_of_year(kind=kind, year=year),
        plain=named_year(kind=kind, year=year),
    )


def signed_sent(*, name: str, kind: str, year: int, pages: int) -> Text:
    return say(
        "Đồng chí {name} đã gửi {n} trang {what} có chữ ký. Mời mở xem rồi bấm “Đã nhận bản ký”.",
        "{name} has sent {n} pages of the signed {what}. Please open it, then choose “Signed paper received”.",
        name=name,
        n=pages,
        what=named_year(kind=kind, year=year),
    )


def no_pages() -> Text:
    return say("Chưa có trang nào để gửi.", "There is no page to be sent yet.")


def too_many_pages(*, limit: int) -> Text:
    return say(
        "Đã đủ {limit} trang. Mời bấm “Gửi chi bộ”.",
        "There are {limit} pages already. Please choose “Send to the cell”.",
        limit=limit,
    )


def on_paper_yourself() -> Text:
    return say(
        "Đồng chí đã chọn nộp bản giấy, nên chương trình không nhận trang ký. Mời gửi giấy về chi bộ.",
        "You have chosen to hand in paper, so no signed pages are taken here. Please send the paper to the cell.",
    )


def signed_received(*, kind: str, year: int, on: date) -> Text:
    return say(
        "Chi bộ đã nhận {what} có chữ ký của đồng chí ngày {on}.",
        "The cell received your signed {what} on {on}.",
        what=named_year(kind=kind, year=year),
        on=day(on),
    )


def issue_raised(*, kind: str, year: int) -> Text:
    return say(
        "Chi bộ có gợi ý kiểm điểm gửi đồng chí trong {what}. Mời mở ra xem và giải trình ở mục tương ứng.",
        "The cell has raised something in writing for your {what}. Please open it and answer in its section.",
        what=named_year(kind=kind, year=year),
    )
