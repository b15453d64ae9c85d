"""Words of the secretary's side of a campaign: opening, the list, reading, returning, papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, dated, day, join, raw, say, say_as
from models.phrases.year.review import GROUNDS, ON_PAPER, STANDS, STATES, named_year, points, title_of_year

Points = int | Decimal
HOME = say_as("review_desk", "Kiểm điểm, cam kết")
MINE = say("Bản của tôi")
AGREED_ON_PAPER = say("Ghi: đã đồng ý bằng giấy")
OPEN_NEW = say("Mở đợt mới")
OPEN_THIS = say("Mở đợt này")
CHANGE_KIND = say("Đổi loại")
CHANGE_YEAR = say("Đổi năm")
CHANGE_FORM = say("Đổi mẫu")
CHANGE_DEADLINE = say("Đổi hạn nộp")
CHANGE_MEETING = say("Đổi ngày họp")
CHANGE_EXEMPT = say("Đổi với người được miễn")
CHANGE_DATES = say("Đổi hạn, ngày họp")
NO_MEETING = say("Chưa định")
CLOSE = say("Kết thúc đợt")
CLOSE_YES = say_as("review_desk", "Đúng, kết thúc")
REOPEN = say("Mở lại đợt")
MORE = say("Việc khác")
TO_CAMPAIGN = say("‹ Cả đợt")
TO_REVIEW = say("‹ Về bản này")
READ = say("Đọc từng mục")
READ_WHOLE = say("Đọc cả bản")
COMPARE = say("So với bản trước")
NEXT_SECTION = say("Mục sau ›")
PREVIOUS_SECTION = say("‹ Mục trước")
COMMENT = say("Góp ý mục này")
COMMENT_WHOLE = say("Góp ý chung")
DROP_COMMENT = say("Bỏ góp ý vừa ghi")
RETURN = say("Trả lại để bổ sung")
ACCEPT = say("Chấp nhận")
ACCEPT_UNREAD = say("Chấp nhận dù chưa đọc")
SIGNED = say("Đã nhận bản ký")
MORE_PAGES = say("Thêm trang bản ký")
FILE = say("Đã lưu hồ sơ")
FILE_YES = say("Đúng, đã lưu")
FILES = say("Xem tệp, ảnh")
OTHER_FORM = say("Đổi mẫu")
HISTORY = say("Quá trình")
BEHALF = say("Ghi hộ bản gửi về")
RAISE = say("Ghi gợi ý kiểm điểm")
LEAVE_OUT = say("Không đề nghị nộp")
ASK_FOR = say("Đề nghị nộp")
INVITE_FREELY = say("Mời tự nguyện")
SUSPENDED = say("Đang bị đình chỉ")
TODAY = say("Hôm nay")
NO_SCAN = say("Không có bản chụp")
COMMENT_CAME = say("Nhận xét nơi sinh hoạt tạm thời")

LISTS: dict[str, Text] = {
    "todo": say("Chờ đọc"),
    "owing": say("Chưa nộp"),
    "papers": say("Chờ bản ký, chờ lưu"),
    "done": say("Đã lưu"),
    "paper": say("Nộp bản giấy"),
    "out": say("Không phải nộp"),
    "all": say("Danh sách và lý do"),
}


# --- opening --------------------------------------------------------------------------------------------------------


def home(*, cell: str, count: int) -> Text:
    if not count:
        return say("<b>{cell}</b>\n\nChưa có đợt kiểm điểm hay cam kết nào.", cell=cell)
    return say("<b>{cell}</b>\n\nCác đợt đã mở:", cell=cell)


def other_campaigns(*, page: int, pages: int) -> Text:
    return say("Đợt khác ({page}/{pages}) ›", page=page + 1, pages=pages)


def campaign_button(*, kind: str, year: int, closed: bool) -> Text:
    what = title_of_year(kind=kind, year=year)
    return say("{what} (đã xong)", what=what) if closed else what


def change_more() -> Text:
    return say("Đồng chí muốn đổi gì nữa?")


def about_opening() -> Text:
    return say("mở đợt kiểm điểm")


def check(
    *,
    kind: str,
    year: int,
    form: Text,
    deadline: date,
    meeting_on: date | None,
    exempt: str,
    asked: int,
    free: int,
    out: int,
) -> Text:
    return say(
        "Mở đợt viết <b>{what}</b>?\n\nViết theo: {form}\nHạn nộp: <b>{deadline}</b>\nNgày họp: {meeting}\nĐảng viên được miễn: "
        "{exempt}\n\nTheo bảng đối tượng: {asked} phải nộp, {free} tự nguyện, {out} không phải nộp. Lý do từng người xem "
        "được sau khi mở, và đổi được.",
        what=named_year(kind=kind, year=year),
        form=form,
        deadline=day(deadline),
        meeting=_meeting(meeting_on),
        exempt=STANDS[exempt],
        asked=asked,
        free=free,
        out=out,
    )


def _meeting(on: date | None) -> Text:
    return day(on) if on else say("chưa định")


def which_kind() -> Text:
    return say("Đợt này viết gì?")


def which_year() -> Text:
    return say("Của năm nào?")


def which_form() -> Text:
    return say("Viết theo mẫu nào?")


def form_line(*, name: Text, audience: Text, note: Text) -> Text:
    return say("<b>{name}</b> {audience}\n{note}", name=name, audience=audience, note=note)


def which_deadline() -> Text:
    return say("Hạn nộp là ngày nào? Mời chọn, hoặc gõ ngày/tháng/năm.")


def which_meeting() -> Text:
    return say("Chi bộ họp kiểm điểm ngày nào? Mời gõ ngày/tháng/năm, hoặc chọn bên dưới.")


def which_exempt() -> Text:
    return say(
        "Với đảng viên đang được miễn sinh hoạt: quy định không bắt buộc, nhiều nơi vẫn đề nghị. Chi bộ chọn thế nào?"
    )


def opened_now(*, asked: int, free: int, reach: Text) -> Text:
    head = say("Đã mở. {asked} đồng chí phải nộp, {free} đồng chí tự nguyện.", asked=asked, free=free)
    return join([head, reach])


# --- the campaign ---------------------------------------------------------------------------------------------------


def campaign(
    *,
    kind: str,
    year: int,
    form: Text,
    deadline: date,
    meeting_on: date | None,
    closed: bool,
    counts: Sequence[tuple[str, int]],
    late: int,
    on_paper: int,
) -> Text:
    head = say(
        "Đợt viết <b>{what}</b>{closed}\nViết theo: {form}. Hạn nộp: {deadline}. Ngày họp: {meeting}.",
        what=named_year(kind=kind, year=year),
        closed=say(" (đã kết thúc)") if closed else raw(""),
        form=form,
        deadline=day(deadline),
        meeting=_meeting(meeting_on),
    )
    lines = [say("• {what}: {count}", what=STATES[state], count=count) for state, count in counts]
    if on_paper:
        lines.append(say("• {what}: {count}", what=ON_PAPER, count=on_paper))
    if late:
        lines.append(say("Quá hạn mà chưa nộp: <b>{late}</b>", late=late))
    return join([head, join(lines)], "\n\n")


def more(*, kind: str, year: int) -> Text:
    return say("Việc khác, {what}:", what=named_year(kind=kind, year=year))


def list_button(*, which: str, count: int) -> Text:
    return say("{which} ({count})", which=LISTS[which], count=count)


def people(*, which: str, kind: str, year: int, lines: Sequence[Text], page: int, pages: int) -> Text:
    head = say("<b>{which}</b>, {what}", which=LISTS[which], what=named_year(kind=kind, year=year))
    if pages > 1:
        head = say("{head} (trang {page}/{pages})", head=head, page=page + 1, pages=pages)
    return join([head, *(lines or [say("Không có ai.")])], "\n\n")


def person(
    *, name: str, state: str, stand: str, ground: str, reason: str | None, late: bool, on_paper: bool
) -> Text:
    """Say one line of the list: where the review stands, and why it is in or out."""
    why = say("{stand}: {ground}", stand=STANDS[stand], ground=GROUNDS[ground])
    if reason:
        why = say("{why} – “{reason}”", why=why, reason=reason)
    state_words = _state(state, on_paper=on_paper)
    if late:
        state_words = say("{state}, quá hạn", state=state_words)
    return say("<b>{name}</b>: {state}\n{why}", name=name, state=state_words, why=why)


def _state(state: str, *, on_paper: bool) -> Text:
    """Whoever is not asked for it hands in nothing on paper either."""
    return ON_PAPER if on_paper and state != "out" else STATES[state]


def on_paper(*, name: str, kind: str, year: int, deadline: date) -> Text:
    """Say that the author does not want it done here: nothing of it is shown."""
    return say(
        "<b>{name}</b>: {what}\nNộp bản giấy, hạn {deadline}. Đồng chí ấy không đồng ý làm phần này ở đây: bản giấy nhận và "
        "lưu ở chi bộ, kết quả xếp loại ghi trên giấy. Chương trình không nhắc, không ai mở hay ghi hộ được.",
        name=name,
        what=named_year(kind=kind, year=year),
        deadline=day(deadline),
    )


def agreed_when() -> Text:
    return say(
        "Đồng chí ấy ký giấy đồng ý lưu bản này trong chương trình ngày nào? Chọn, hoặc gõ ngày trên giấy. Giấy ấy lưu ở chi "
        "bộ; ngày và người ghi được giữ lại làm chứng."
    )


def sure_to_close(*, unfinished: int) -> Text:
    return say(
        "Kết thúc đợt? Còn {unfinished} bản chưa xong sẽ được ghi là chưa hoàn thành khi kết thúc đợt; khi cần vẫn mở lại "
        "được, không mất gì.",
        unfinished=unfinished,
    )


def campaign_closed() -> Text:
    return say("Đã kết thúc đợt.")


def campaign_reopened() -> Text:
    return say("Đã mở lại. Các bản giữ nguyên tình trạng trước đó.")


def dates_changed(*, reach: Text | None) -> Text:
    said = say("Đã ghi ngày mới.")
    return join([said, reach]) if reach else said


# --- one review -----------------------------------------------------------------------------------------------------


def review(
    *,
    name: str,
    kind: str,
    year: int,
    form: Text,
    state: str,
    stand: str,
    ground: str,
    source: Text | None,
    reason: str | None,
    deadline: date,
    late: bool,
    version: int,
    files: int,
    comments: int,
    comment_needed: bool,
    signed_on: date | None,
) -> Text:
    facts = [
        say(
            "<b>{name}</b>: {what}\nViết theo: {form}",
            name=name,
            what=named_year(kind=kind, year=year),
            form=form,
        ),
        say(
            "Tình trạng: <b>{state}</b>. Hạn: {deadline}{late}.",
            state=STATES[state],
            deadline=day(deadline),
            late=say(" (đã quá hạn)") if late else raw(""),
        ),
        say("Đối tượng: {stand}, vì {ground}.", stand=STANDS[stand], ground=GROUNDS[ground]),
    ]
    if source:
        facts.append(say("Căn cứ: {source}.", source=source))
    if reason:
        facts.append(say("Lý do đã ghi: “{reason}”", reason=reason))
    if version:
        facts.append(_so_far(version, files, comments))
    if comment_needed:
        facts.append(say("Chưa có nhận xét của chi bộ nơi sinh hoạt tạm thời."))
    if signed_on:
        facts.append(say("Bản ký nhận ngày {on}.", on=day(signed_on)))
    return join(facts)


def _so_far(version: int, files: int, comments: int) -> Text:
    """Đã nộp 2 lần; 1 góp ý."""
    parts = [say("Đã nộp {n} lần", n=version)]
    parts += [say_as("review_desk", "{n} tệp, ảnh", n=files)] if files else []
    parts += [say("{n} góp ý", n=comments)] if comments else []
    return say("{parts}.", parts=join(parts, "; "))


def section(
    *,
    name: str,
    version: int,
    number: int,
    of: int,
    chapter: Sequence[Text],
    label: Text,
    title: Text,
    text: str,
    comments: Sequence[Text],
) -> Text:
    head = say(
        "<b>{name}</b>, bản {version}, phần {number}/{of}", name=name, version=version, number=number, of=of
    )
    above = join([say("<i>{title}</i>", title=one) for one in chapter])
    parts = [head, *([above] if chapter else []), heading_line(label=label, title=title)]
    parts.append(raw(text) if text else say("<i>(để trống)</i>"))
    if comments:
        parts.append(join([say("<b>Góp ý:</b>"), *comments]))
    return join(parts, "\n\n")


def heading_line(*, label: Text, title: Text) -> Text:
    if label.vi == title.vi:
        return say("<b>{title}</b>", title=title)
    return say("<b>{label}.</b> {title}", label=label, title=title)


def next_review(*, count_of: int) -> Text:
    """Label the button to the next review. `count_of`: how many others wait."""
    return say("Bản kế tiếp ({n} bản chờ) ›", n=count_of)


def not_opened(*, name: str) -> Text:
    return say(
        "Đồng chí chưa mở bản này của đồng chí {name} lần nào. Mời đọc trước khi chấp nhận.", name=name
    )


def newer_came(*, version: int) -> Text:
    return say(
        "Chưa chấp nhận: người viết đã nộp bản mới hơn (bản {version}). Mời đọc bản mới dưới đây.",
        version=version,
    )


def accepted_now(*, name: str, left: int, reach: Text) -> Text:
    head = say("Đã chấp nhận bản của đồng chí {name}.", name=name)
    if left:
        rest = say("Còn {n} bản chờ đọc; bản kế tiếp:", n=left)
    else:
        rest = say("Không còn bản nào chờ đọc; còn chờ bản ký.")
    return join([one for one in (head, reach, rest) if one.vi], " ")


def whole(
    *, name: str, version: int, parts: Sequence[tuple[Text, Text, str]], scores: Text | None, files: int
) -> Text:
    """Show a whole review. `parts`: label, title, text; none: it was handed in as files."""
    head = say("<b>{name}</b>, bản {version}", name=name, version=version)
    if not parts:
        return join([head, only_files() if files else nothing_left()], "\n\n")
    if files:
        head = say("{head}, kèm {n} tệp, ảnh", head=head, n=files)
    body = [join([heading_line(label=label, title=title), raw(text)]) for label, title, text in parts]
    return join([head, *body, *([scores] if scores else [])], "\n\n")


def scores(*, general: Points | None, results: Points | None, level: Text | None) -> Text:
    lines = []
    if general is not None or results is not None:
        lines.append(
            say(
                "Tự chấm: {general}/30 + {results}/70 = <b>{total}</b>/100",
                general="…" if general is None else points(general),
                results="…" if results is None else points(results),
                total=points((general or 0) + (results or 0)),
            )
        )
    if level:
        lines.append(say("Tự đề xuất: <b>{level}</b>", level=level))
    return join(lines or [say("Chưa tự chấm điểm, chưa đề xuất mức.")])


def scores_title() -> Text:
    return say("Tự đánh giá, xếp loại")


def comment_line(*, by: str, at: datetime, zone: str, text: str, sent: bool) -> Text:
    return say(
        "• {by}, {at}{sent}: {text}",
        by=by,
        at=dated(at, zone),
        sent=raw("") if sent else say(" (chưa gửi)"),
        text=text,
    )


def comments_beside(groups: Sequence[tuple[Text | None, Sequence[Text]]]) -> Text:
    """Say what was said, under the headings that it was said of; None: of the whole."""
    blocks = [lines(about or say("<b>Góp ý chung</b>"), *said) for about, said in groups]
    return paragraph(say("<b>Góp ý</b>"), *blocks)


def text_beside(*, label: Text, title: Text, text: str) -> Text:
    """Say what stands in the part that is commented on."""
    return paragraph(heading_line(label=label, title=title), raw(text) if text else say("<i>(để trống)</i>"))


def only_files() -> Text:
    return say("Bản này nộp bằng tệp hoặc ảnh, không gõ từng mục. Mời bấm “Xem tệp, ảnh”.")


def nothing_left() -> Text:
    return say("Nội dung của bản này không còn ở đây.")


def no_files() -> Text:
    return say("Chưa có tệp nào.")


def file_of(*, name: str, what: str, at: datetime, zone: str) -> Text:
    return say("{name}: {what}, {at}", name=name, what=FILE_KINDS[what], at=dated(at, zone))


FILE_KINDS: dict[str, Text] = {
    "text": say("bản tự viết gửi bằng tệp"),
    "post": say("bản gửi về chi bộ"),
    "signed": say("bản có chữ ký"),
    "comment": say("nhận xét của nơi sinh hoạt tạm thời"),
}


def differences(*, name: str, before: int, after: int, parts: Sequence[Text]) -> Text:
    head = say(
        "<b>{name}</b>: bản {after} so với bản {before}. Gạch ngang: đã bỏ; gạch dưới: mới thêm.",
        name=name,
        before=before,
        after=after,
    )
    return join([head, *(parts or [say("Không có gì thay đổi.")])], "\n\n")


def difference(*, label: Text, removed: int, added: int, text: Text) -> Text:
    return say(
        "<b>{label}</b>: thêm {added} từ, bỏ {removed} từ\n{text}",
        label=label,
        removed=removed,
        added=added,
        text=text,
    )


def run(*, did: str, text: str) -> Text:
    if did == "removed":
        return say("<s>{text}</s>", text=text)
    if did == "added":
        return say("<u>{text}</u>", text=text)
    return raw(text)


def history(*, name: str, lines: Sequence[Text], looks: Sequence[Text]) -> Text:
    parts = [say("<b>{name}</b>: quá trình", name=name), join(list(lines))]
    if looks:
        parts.append(join([say("<b>Ai đã mở xem</b>"), *looks]))
    return join(parts, "\n\n")


def move_line(
    *, at: datetime, zone: str, state: str, by: str, version: int, deadline: date | None, note: str | None
) -> Text:
    line = say("• {at}: {state}", at=dated(at, zone), state=STATES[state])
    if version:
        line += say(" (bản {version})", version=version)
    if by:
        line += say(", {by}", by=by)
    if deadline:
        line += say(", hạn {on}", on=day(deadline))
    if note:
        line += say(" – “{note}”", note=note)
    return line


def look_line(*, by: str, version: int, at: datetime, zone: str) -> Text:
    return say("• {by} xem bản {version}, {at}", by=by, version=version, at=dated(at, zone))


# --- what is typed --------------------------------------------------------------------------------------------------


def about_desk() -> Text:
    return say("một việc của đợt kiểm điểm")


def type_comment(*, label: Text | None) -> Text:
    if label is None:
        return say("Mời gõ góp ý chung cho cả bản.")
    return say("Mời gõ góp ý cho mục <b>{label}</b>.", label=label)


def type_issue(*, name: str) -> Text:
    return say(
        "Cấp ủy, chi bộ gợi ý đồng chí {name} kiểm điểm điều gì? Mời gõ nguyên văn; đồng chí ấy nhận được ngay và giải "
        "trình ở mục riêng.",
        name=name,
    )


def type_reason(*, name: str) -> Text:
    return say("Vì sao quyết định như vậy với đồng chí {name}? Lý do được giữ lại.", name=name)


def type_note() -> Text:
    return say("Chưa có góp ý nào. Mời gõ điều cần bổ sung để người viết biết.")


def new_deadline(*, comments: int) -> Text:
    return say("Trả lại kèm {comments} góp ý. Hạn nộp lại là ngày nào?", comments=comments)


def signed_when() -> Text:
    return say("Chi bộ nhận bản có chữ ký ngày nào?")


def scan_of_signed(*, pages: int) -> Text:
    """Ask for the scan. `pages`: sent so far in this question."""
    if pages:
        return say("Đã nhận {n} trang. Gửi tiếp trang sau, hoặc bấm “Xong”.", n=pages)
    return say("Có ảnh chụp hoặc bản scan (PDF) thì gửi vào đây, nhiều trang cũng được; không có cũng được.")


def more_pages() -> Text:
    return say("Mời gửi trang bản ký còn thiếu (ảnh hoặc PDF), nhiều trang cũng được.")


def pages_done(*, pages: int) -> Text:
    return say("Xong ({n} trang)", n=pages)


def commented() -> Text:
    return say("Đã ghi góp ý. Người viết nhận được khi trả lại hoặc chấp nhận.")


def done(*, what: str) -> Text:
    return _DONE[what]


_DONE: dict[str, Text] = {
    "return": say("Đã trả lại."),
    "signed": say("Đã ghi nhận bản ký."),
    "agreed": say("Đã ghi ngày đồng ý bằng giấy. Nay ghi hộ được."),
    "file": say("Đã lưu hồ sơ. Bản này đã xong."),
    "decide": say("Đã ghi quyết định."),
    "issue": say("Đã ghi gợi ý kiểm điểm."),
    "drop": say("Đã bỏ góp ý."),
    "form": say("Đã đổi mẫu; những gì đã viết ở các mục chung vẫn còn."),
    "pages": say("Đã thêm trang vào bản ký."),
    "comment came": say("Đã nhận nhận xét."),
}


def sure_to_file(*, name: str) -> Text:
    return say(
        "Bản ký của đồng chí {name} đã nằm trong hồ sơ đảng viên? Sau bước này không đổi được nữa.", name=name
    )


# --- desk -----------------------------------------------------------------------------------------------------------


def waits_reading(*, kind: str, year: int, on: date) -> Text:
    return say("nộp {what} ngày {on}, chờ đọc", what=named_year(kind=kind, year=year), on=day(on))


def waits_papers(*, kind: str, year: int) -> Text:
    return say("{what}: bản ký chờ lưu hồ sơ", what=named_year(kind=kind, year=year))


def waits_receiving(*, kind: str, year: int) -> Text:
    return say("{what}: bản ký đã gửi tới, chờ ghi nhận", what=named_year(kind=kind, year=year))


def waits_owing(*, kind: str, year: int, count: int) -> Text:
    return say(
        "{what}: {count} đồng chí quá hạn chưa nộp", what=named_year(kind=kind, year=year), count=count
    )
