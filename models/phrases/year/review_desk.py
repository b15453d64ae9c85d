"""Words of the secretary's side of a campaign: opening, the list, reading, returning, papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from models.phrases.text import Text, dated, day, join, raw, say
from models.phrases.year.review import GROUNDS, ON_PAPER, STANDS, STATES, named_year, points, title_of_year

Points = int | Decimal
HOME = say("Kiểm điểm, cam kết", "Self-criticism, commitment")
MINE = say("Bản của tôi", "My own")
AGREED_ON_PAPER = say("Ghi: đã đồng ý bằng giấy", "Note: agreed on paper")
OPEN_NEW = say("Mở đợt mới", "Open a campaign")
OPEN_THIS = say("Mở đợt này", "Open it")
CHANGE_KIND = say("Đổi loại", "Another kind")
CHANGE_YEAR = say("Đổi năm", "Another year")
CHANGE_FORM = say("Đổi mẫu", "Another form")
CHANGE_DEADLINE = say("Đổi hạn nộp", "Another deadline")
CHANGE_MEETING = say("Đổi ngày họp", "Another meeting day")
CHANGE_EXEMPT = say("Đổi với người được miễn", "Exempt members")
CHANGE_DATES = say("Đổi hạn, ngày họp", "Change the dates")
NO_MEETING = say("Chưa định", "Not known yet")
CLOSE = say("Kết thúc đợt", "Close the campaign")
CLOSE_YES = say("Đúng, kết thúc", "Yes, close it")
REOPEN = say("Mở lại đợt", "Open it again")
MORE = say("Việc khác", "More")
TO_CAMPAIGN = say("‹ Cả đợt", "‹ The campaign")
TO_REVIEW = say("‹ Về bản này", "‹ This one")
READ = say("Đọc từng mục", "Read by section")
READ_WHOLE = say("Đọc cả bản", "Read it whole")
COMPARE = say("So với bản trước", "Compare with the one before")
NEXT_SECTION = say("Mục sau ›", "Next ›")
PREVIOUS_SECTION = say("‹ Mục trước", "‹ Before")
COMMENT = say("Góp ý mục này", "Comment on this")
COMMENT_WHOLE = say("Góp ý chung", "Comment on the whole")
DROP_COMMENT = say("Bỏ góp ý vừa ghi", "Drop the last comment")
RETURN = say("Trả lại để bổ sung", "Return for more")
ACCEPT = say("Chấp nhận", "Accept")
ACCEPT_UNREAD = say("Chấp nhận dù chưa đọc", "Accept without reading")
SIGNED = say("Đã nhận bản ký", "Signed paper received")
MORE_PAGES = say("Thêm trang bản ký", "Add pages of the signed paper")
FILE = say("Đã lưu hồ sơ", "Filed")
FILE_YES = say("Đúng, đã lưu", "Yes, it is filed")
FILES = say("Xem tệp, ảnh", "See files, photos")
OTHER_FORM = say("Đổi mẫu", "Another form")
HISTORY = say("Quá trình", "History")
BEHALF = say("Ghi hộ bản gửi về", "Type what came by post")
RAISE = say("Ghi gợi ý kiểm điểm", "Raise an issue in writing")
LEAVE_OUT = say("Không đề nghị nộp", "Do not ask for it")
ASK_FOR = say("Đề nghị nộp", "Ask for it")
INVITE_FREELY = say("Mời tự nguyện", "Invite, voluntary")
SUSPENDED = say("Đang bị đình chỉ", "Suspended")
TODAY = say("Hôm nay", "Today")
NO_SCAN = say("Không có bản chụp", "No scan")
COMMENT_CAME = say("Nhận xét nơi sinh hoạt tạm thời", "Comment of the temporary cell")

LISTS: dict[str, Text] = {
    "todo": say("Chờ đọc", "To be read"),
    "owing": say("Chưa nộp", "Not handed in"),
    "papers": say("Chờ bản ký, chờ lưu", "Papers awaited"),
    "done": say("Đã lưu", "Filed"),
    "paper": say("Nộp bản giấy", "On paper"),
    "out": say("Không phải nộp", "Not asked"),
    "all": say("Danh sách và lý do", "The list, and why"),
}


# --- opening --------------------------------------------------------------------------------------------------------


def home(*, cell: str, count: int) -> Text:
    if not count:
        return say(
            "<b>{cell}</b>\n\nChưa có đợt kiểm điểm hay cam kết nào.",
            "<b>{cell}</b>\n\nThere is no campaign yet.",
            cell=cell,
        )
    return say("<b>{cell}</b>\n\nCác đợt đã mở:", "<b>{cell}</b>\n\nCampaigns:", cell=cell)


def other_campaigns(*, page: int, pages: int) -> Text:
    return say(
        "Đợt khác ({page}/{pages}) ›", "Other campaigns ({page}/{pages}) ›", page=page + 1, pages=pages
    )


def campaign_button(*, kind: str, year: int, closed: bool) -> Text:
    what = title_of_year(kind=kind, year=year)
    return say("{what} (đã xong)", "{what} (closed)", what=what) if closed else what


def change_more() -> Text:
    return say("Đồng chí muốn đổi gì nữa?", "What else is to be changed?")


def about_opening() -> Text:
    return say("mở đợt kiểm điểm", "opening a campaign")


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
        "Open <b>{what}</b>?\n\nForm: {form}\nDeadline: <b>{deadline}</b>\nMeeting: {meeting}\nExempt members: "
        "{exempt}\n\nBy the table: {asked} required, {free} voluntary, {out} not asked. Why, member by member, is shown "
        "once it is open, and can be changed.",
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
    return day(on) if on else say("chưa định", "not known yet")


def which_kind() -> Text:
    return say("Đợt này viết gì?", "What is to be written?")


def which_year() -> Text:
    return say("Của năm nào?", "Of which year?")


def which_form() -> Text:
    return say("Viết theo mẫu nào?", "By which form?")


def form_line(*, name: Text, audience: Text, note: Text) -> Text:
    return say(
        "<b>{name}</b> {audience}\n{note}",
        "<b>{name}</b> {audience}\n{note}",
        name=name,
        audience=audience,
        note=note,
    )


def which_deadline() -> Text:
    return say(
        "Hạn nộp là ngày nào? Mời chọn, hoặc gõ ngày/tháng/năm.",
        "By which day is it to be handed in? Choose, or type day/month/year.",
    )


def which_meeting() -> Text:
    return say(
        "Chi bộ họp kiểm điểm ngày nào? Mời gõ ngày/tháng/năm, hoặc chọn bên dưới.",
        "On which day does the cell meet for it? Type day/month/year, or choose below.",
    )


def which_exempt() -> Text:
    return say(
        "Với đảng viên đang được miễn sinh hoạt: quy định không bắt buộc, nhiều nơi vẫn đề nghị. Chi bộ chọn thế nào?",
        "Members who are exempt from activities: the rule leaves them out, many cells ask them all the same. What does "
        "the cell choose?",
    )


def opened_now(*, asked: int, free: int, reach: Text) -> Text:
    head = say(
        "Đã mở. {asked} đồng chí phải nộp, {free} đồng chí tự nguyện.",
        "It is open. {asked} are asked, {free} are volunteers.",
        asked=asked,
        free=free,
    )
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
        "Campaign: <b>{what}</b>{closed}\nForm: {form}. Deadline: {deadline}. Meeting: {meeting}.",
        what=named_year(kind=kind, year=year),
        closed=say(" (đã kết thúc)", " (closed)") if closed else raw(""),
        form=form,
        deadline=day(deadline),
        meeting=_meeting(meeting_on),
    )
    lines = [
        say("• {what}: {count}", "• {what}: {count}", what=STATES[state], count=count)
        for state, count in counts
    ]
    if on_paper:
        lines.append(say("• {what}: {count}", "• {what}: {count}", what=ON_PAPER, count=on_paper))
    if late:
        lines.append(
            say(
                "Quá hạn mà chưa nộp: <b>{late}</b>",
                "Past the deadline, not handed in: <b>{late}</b>",
                late=late,
            )
        )
    return join([head, join(lines)], "\n\n")


def more(*, kind: str, year: int) -> Text:
    return say("Việc khác, {what}:", "More, {what}:", what=named_year(kind=kind, year=year))


def list_button(*, which: str, count: int) -> Text:
    return say("{which} ({count})", "{which} ({count})", which=LISTS[which], count=count)


def people(*, which: str, kind: str, year: int, lines: Sequence[Text], page: int, pages: int) -> Text:
    head = say(
        "<b>{which}</b>, {what}",
        "<b>{which}</b>, {what}",
        which=LISTS[which],
        what=named_year(kind=kind, year=year),
    )
    if pages > 1:
        head = say(
            "{head} (trang {page}/{pages})",
            "{head} (page {page}/{pages})",
            head=head,
            page=page + 1,
            pages=pages,
        )
    return join([head, *(lines or [say("Không có ai.", "Nobody.")])], "\n\n")


def person(
    *, name: str, state: str, stand: str, ground: str, reason: str | None, late: bool, on_paper: bool
) -> Text:
    """One line of the list: where it stands, and why in or out."""
    why = say("{stand}: {ground}", "{stand}: {ground}", stand=STANDS[stand], ground=GROUNDS[ground])
    if reason:
        why = say("{why} – “{reason}”", "{why} – “{reason}”", why=why, reason=reason)
    state_words = _state(state, on_paper=on_paper)
    if late:
        state_words = say("{state}, quá hạn", "{state}, late", state=state_words)
    return say(
        "<b>{name}</b>: {state}\n{why}",
        "<b>{name}</b>: {state}\n{why}",
        name=name,
        state=state_words,
        why=why,
    )


def _state(state: str, *, on_paper: bool) -> Text:
    """Whoever is not asked for it hands in nothing on paper either."""
    return ON_PAPER if on_paper and state != "out" else STATES[state]


def on_paper(*, name: str, kind: str, year: int, deadline: date) -> Text:
    """One whose author does not want it done here: nothing of it is shown."""
    return say(
        "<b>{name}</b>: {what}\nNộp bản giấy, hạn {deadline}. Đồng chí ấy không đồng ý làm phần này ở đây: bản giấy nhận và "
        "lưu ở chi bộ, kết quả xếp loại ghi trên giấy. Chương trình không nhắc, không ai mở hay ghi hộ được.",
        "<b>{name}</b>: {what}\nOn paper, due {deadline}. They do not agree to this being done here: the paper is kept at the "
        "cell, the rating on paper. The program does not remind, and nobody can open it or type it in.",
        name=name,
        what=named_year(kind=kind, year=year),
        deadline=day(deadline),
    )


def agreed_when() -> Text:
    return say(
        "Đồng chí ấy ký giấy đồng ý lưu bản này trong chương trình ngày nào? Chọn, hoặc gõ ngày trên giấy. Giấy ấy lưu ở chi "
        "bộ; ngày và người ghi được giữ lại làm chứng.",
        "On which day did they sign that this may be kept in the program? Choose, or type the day on the paper. The paper stays "
        "at the cell; the day and who noted it are kept as evidence.",
    )


def sure_to_close(*, unfinished: int) -> Text:
    return say(
        "Kết thúc đợt? Còn {unfinished} bản chưa xong sẽ được ghi là chưa hoàn thành khi kết thúc đợt; khi cần vẫn mở lại "
        "được, không mất gì.",
        "Close the campaign? {unfinished} that are not finished will be noted as such; it can be opened again, and "
        "nothing is lost.",
        unfinished=unfinished,
    )


def campaign_closed() -> Text:
    return say("Đã kết thúc đợt.", "The campaign is closed.")


def campaign_reopened() -> Text:
    return say(
        "Đã mở lại. Các bản giữ nguyên tình trạng trước đó.",
        "It is open again. Everything stands where it stood.",
    )


def dates_changed(*, reach: Text | None) -> Text:
    said = say("Đã ghi ngày mới.", "The new dates are noted.")
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
            "<b>{name}</b>: {what}\nForm: {form}",
            name=name,
            what=named_year(kind=kind, year=year),
            form=form,
        ),
        say(
            "Tình trạng: <b>{state}</b>. Hạn: {deadline}{late}.",
            "Now: <b>{state}</b>. Deadline: {deadline}{late}.",
            state=STATES[state],
            deadline=day(deadline),
            late=say(" (đã quá hạn)", " (past)") if late else raw(""),
        ),
        say(
            "Đối tượng: {stand}, vì {ground}.",
            "Asked: {stand}, because: {ground}.",
            stand=STANDS[stand],
            ground=GROUNDS[ground],
        ),
    ]
    if source:
        facts.append(say("Căn cứ: {source}.", "Source: {source}.", source=source))
    if reason:
        facts.append(say("Lý do đã ghi: “{reason}”", "Reason given: “{reason}”", reason=reason))
    if version:
        facts.append(_so_far(version, files, comments))
    if comment_needed:
        facts.append(
            say(
                "Chưa có nhận xét của chi bộ nơi sinh hoạt tạm thời.",
                "The comment of the temporary cell has not come yet.",
            )
        )
    if signed_on:
        facts.append(say("Bản ký nhận ngày {on}.", "Signed paper received on {on}.", on=day(signed_on)))
    return join(facts)


def _so_far(version: int, files: int, comments: int) -> Text:
    """Đã nộp 2 lần; 1 góp ý."""
    parts = [say("Đã nộp {n} lần", "Handed in, times: {n}", n=version)]
    parts += [say("{n} tệp, ảnh", "files: {n}", n=files)] if files else []
    parts += [say("{n} góp ý", "comments: {n}", n=comments)] if comments else []
    return say("{parts}.", "{parts}.", parts=join(parts, "; "))


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
        "<b>{name}</b>, bản {version}, phần {number}/{of}",
        "<b>{name}</b>, version {version}, part {number}/{of}",
        name=name,
        version=version,
        number=number,
        of=of,
    )
    above = join([say("<i>{title}</i>", "<i>{title}</i>", title=one) for one in chapter])
    parts = [head, *([above] if chapter else []), heading_line(label=label, title=title)]
    parts.append(raw(text) if text else say("<i>(để trống)</i>", "<i>(empty)</i>"))
    if comments:
        parts.append(join([say("<b>Góp ý:</b>", "<b>Comments:</b>"), *comments]))
    return join(parts, "\n\n")


def heading_line(*, label: Text, title: Text) -> Text:
    if label.vi == title.vi:
        return say("<b>{title}</b>", "<b>{title}</b>", title=title)
    return say("<b>{label}.</b> {title}", "<b>{label}.</b> {title}", label=label, title=title)


def next_review(*, count_of: int) -> Text:
    """Beside the one that is read; `count_of`: how many others wait."""
    return say("Bản kế tiếp ({n} bản chờ) ›", "The next one ({n} wait) ›", n=count_of)


def not_opened(*, name: str) -> Text:
    return say(
        "Đồng chí chưa mở bản này của đồng chí {name} lần nào. Mời đọc trước khi chấp nhận.",
        "You have not opened this one of {name} yet. Please read it before you accept it.",
        name=name,
    )


def newer_came(*, version: int) -> Text:
    return say(
        "Chưa chấp nhận: người viết đã nộp bản mới hơn (bản {version}). Mời đọc bản mới dưới đây.",
        "Not accepted: its author has handed in a newer version ({version}). Please read it below.",
        version=version,
    )


def accepted_now(*, name: str, left: int, reach: Text) -> Text:
    head = say("Đã chấp nhận bản của đồng chí {name}.", "The one of {name} is accepted.", name=name)
    if left:
        rest = say("Còn {n} bản chờ đọc; bản kế tiếp:", "{n} wait to be read; the next:", n=left)
    else:
        rest = say(
            "Không còn bản nào chờ đọc; còn chờ bản ký.", "None waits to be read; the signed paper does."
        )
    return join([one for one in (head, reach, rest) if one.vi], " ")


def whole(
    *, name: str, version: int, parts: Sequence[tuple[Text, Text, str]], scores: Text | None, files: int
) -> Text:
    """`parts`: label, title, text; none: it was handed in as files."""
    head = say("<b>{name}</b>, bản {version}", "<b>{name}</b>, version {version}", name=name, version=version)
    if not parts:
        return join([head, only_files() if files else nothing_left()], "\n\n")
    if files:
        head = say("{head}, kèm {n} tệp, ảnh", "{head}, with {n} files or photos", head=head, n=files)
    body = [join([heading_line(label=label, title=title), raw(text)]) for label, title, text in parts]
    return join([head, *body, *([scores] if scores else [])], "\n\n")


def scores(*, general: Points | None, results: Points | None, level: Text | None) -> Text:
    lines = []
    if general is not None or results is not None:
        lines.append(
            say(
                "Tự chấm: {general}/30 + {results}/70 = <b>{total}</b>/100",
                "Own points: {general}/30 + {results}/70 = <b>{total}</b>/100",
                general="…" if general is None else points(general),
                results="…" if results is None else points(results),
                total=points((general or 0) + (results or 0)),
            )
        )
    if level:
        lines.append(say("Tự đề xuất: <b>{level}</b>", "Proposes: <b>{level}</b>", level=level))
    return join(lines or [say("Chưa tự chấm điểm, chưa đề xuất mức.", "No points and no level yet.")])


def scores_title() -> Text:
    return say("Tự đánh giá, xếp loại", "Self-assessment and rating")


def comment_line(*, by: str, at: datetime, zone: str, text: str, sent: bool) -> Text:
    return say(
        "• {by}, {at}{sent}: {text}",
        "• {by}, {at}{sent}: {text}",
        by=by,
        at=dated(at, zone),
        sent=raw("") if sent else say(" (chưa gửi)", " (not sent yet)"),
        text=text,
    )


def only_files() -> Text:
    return say(
        "Bản này nộp bằng tệp hoặc ảnh, không gõ từng mục. Mời bấm “Xem tệp, ảnh”.",
        "This one was handed in as files or photos, not typed. Please choose “See files, photos”.",
    )


def nothing_left() -> Text:
    return say("Nội dung của bản này không còn ở đây.", "The text of this one is no longer here.")


def no_files() -> Text:
    return say("Chưa có tệp nào.", "There are no files.")


def file_of(*, name: str, what: str, at: datetime, zone: str) -> Text:
    return say(
        "{name}: {what}, {at}", "{name}: {what}, {at}", name=name, what=FILE_KINDS[what], at=dated(at, zone)
    )


FILE_KINDS: dict[str, Text] = {
    "text": say("bản tự viết gửi bằng tệp", "own text, sent as a file"),
    "post": say("bản gửi về chi bộ", "what came by post"),
    "signed": say("bản có chữ ký", "the signed paper"),
    "comment": say("nhận xét của nơi sinh hoạt tạm thời", "comment of the temporary cell"),
}


def differences(*, name: str, before: int, after: int, parts: Sequence[Text]) -> Text:
    head = say(
        "<b>{name}</b>: bản {after} so với bản {before}. Gạch ngang: đã bỏ; gạch dưới: mới thêm.",
        "<b>{name}</b>: version {after} against version {before}. Struck out: removed; underlined: added.",
        name=name,
        before=before,
        after=after,
    )
    return join([head, *(parts or [say("Không có gì thay đổi.", "Nothing has changed.")])], "\n\n")


def difference(*, label: Text, removed: int, added: int, text: Text) -> Text:
    return say(
        "<b>{label}</b>: thêm {added} từ, bỏ {removed} từ\n{text}",
        "<b>{label}</b>: {added} words added, {removed} removed\n{text}",
        label=label,
        removed=removed,
        added=added,
        text=text,
    )


def run(*, did: str, text: str) -> Text:
    if did == "removed":
        return say("<s>{text}</s>", "<s>{text}</s>", text=text)
    if did == "added":
        return say("<u>{text}</u>", "<u>{text}</u>", text=text)
    return raw(text)


def history(*, name: str, lines: Sequence[Text], looks: Sequence[Text]) -> Text:
    parts = [say("<b>{name}</b>: quá trình", "<b>{name}</b>: history", name=name), join(list(lines))]
    if looks:
        parts.append(join([say("<b>Ai đã mở xem</b>", "<b>Who opened it</b>"), *looks]))
    return join(parts, "\n\n")


def move_line(
    *,
    at: datetime,
    zone: str,
    state: str,
    by: str,
    version: int,
    deadline: date | None,
    note: str | None,
) -> Text:
    line = say("• {at}: {state}", "• {at}: {state}", at=dated(at, zone), state=STATES[state])
    if version:
        line += say(" (bản {version})", " (version {version})", version=version)
    if by:
        line += say(", {by}", ", {by}", by=by)
    if deadline:
        line += say(", hạn {on}", ", by {on}", on=day(deadline))
    if note:
        line += say(" – “{note}”", " – “{note}”", note=note)
    return line


def look_line(*, by: str, version: int, at: datetime, zone: str) -> Text:
    return say(
        "• {by} xem bản {version}, {at}",
        "• {by} opened version {version}, {at}",
        by=by,
        version=version,
        at=dated(at, zone),
    )


# --- what is typed --------------------------------------------------------------------------------------------------


def about_desk() -> Text:
    return say("một việc của đợt kiểm điểm", "something about a self-criticism")


def type_comment(*, label: Text | None) -> Text:
    if label is None:
        return say("Mời gõ góp ý chung cho cả bản.", "Please type your comment on the whole.")
    return say(
        "Mời gõ góp ý cho mục <b>{label}</b>.", "Please type your comment on <b>{label}</b>.", label=label
    )


def type_issue(*, name: str) -> Text:
    return say(
        "Cấp ủy, chi bộ gợi ý đồng chí {name} kiểm điểm điều gì? Mời gõ nguyên văn; đồng chí ấy nhận được ngay và giải "
        "trình ở mục riêng.",
        "What is {name} asked to account for? Please type it as it was put; they get it at once and answer in its own "
        "section.",
        name=name,
    )


def type_reason(*, name: str) -> Text:
    return say(
        "Vì sao quyết định như vậy với đồng chí {name}? Lý do được giữ lại.",
        "Why is this decided about {name}? The reason is kept.",
        name=name,
    )


def type_note() -> Text:
    return say(
        "Chưa có góp ý nào. Mời gõ điều cần bổ sung để người viết biết.",
        "There is no comment yet. Please type what is to be added.",
    )


def new_deadline(*, comments: int) -> Text:
    return say(
        "Trả lại kèm {comments} góp ý. Hạn nộp lại là ngày nào?",
        "It goes back with {comments} comments. By which day again?",
        comments=comments,
    )


def signed_when() -> Text:
    return say("Chi bộ nhận bản có chữ ký ngày nào?", "On which day did the signed paper come?")


def scan_of_signed(*, pages: int) -> Text:
    """`pages`: sent so far in this question."""
    if pages:
        return say(
            "Đã nhận {n} trang. Gửi tiếp trang sau, hoặc bấm “Xong”.",
            "{n} pages so far. Send the next one, or choose “Done”.",
            n=pages,
        )
    return say(
        "Có ảnh chụp hoặc bản scan (PDF) thì gửi vào đây, nhiều trang cũng được; không có cũng được.",
        "If there are photos or a scan (PDF), send them here, several pages are fine; they are not needed.",
    )


def more_pages() -> Text:
    return say(
        "Mời gửi trang bản ký còn thiếu (ảnh hoặc PDF), nhiều trang cũng được.",
        "Please send the missing pages of the signed paper (photos or PDF), several are fine.",
    )


def pages_done(*, pages: int) -> Text:
    return say("Xong ({n} trang)", "Done ({n} pages)", n=pages)


def commented() -> Text:
    return say(
        "Đã ghi góp ý. Người viết nhận được khi trả lại hoặc chấp nhận.",
        "Noted. The author gets it when it is returned or accepted.",
    )


def done(*, what: str) -> Text:
    return _DONE[what]


_DONE: dict[str, Text] = {
    "return": say("Đã trả lại.", "Returned."),
    "signed": say("Đã ghi nhận bản ký.", "The signed paper is noted."),
    "agreed": say(
        "Đã ghi ngày đồng ý bằng giấy. Nay ghi hộ được.", "The paper is noted. It can be typed in now."
    ),
    "file": say("Đã lưu hồ sơ. Bản này đã xong.", "Filed. This one is done."),
    "decide": say("Đã ghi quyết định.", "The decision is noted."),
    "issue": say("Đã ghi gợi ý kiểm điểm.", "The issue is noted."),
    "drop": say("Đã bỏ góp ý.", "The comment is dropped."),
    "form": say(
        "Đã đổi mẫu; những gì đã viết ở các mục chung vẫn còn.",
        "The form is changed; what was written in sections that both have is still there.",
    ),
    "pages": say("Đã thêm trang vào bản ký.", "The pages are added."),
    "comment came": say("Đã nhận nhận xét.", "The comment is kept."),
}


def sure_to_file(*, name: str) -> Text:
    return say(
        "Bản ký của đồng chí {name} đã nằm trong hồ sơ đảng viên? Sau bước này không đổi được nữa.",
        "Is the signed paper of {name} in the member's file? After this nothing can be changed.",
        name=name,
    )


# --- desk -----------------------------------------------------------------------------------------------------------


def waits_reading(*, kind: str, year: int, on: date) -> Text:
    return say(
        "nộp {what} ngày {on}, chờ đọc",
        "{what} handed in on {on}, to be read",
        what=named_year(kind=kind, year=year),
        on=day(on),
    )


def waits_papers(*, kind: str, year: int) -> Text:
    return say(
        "{what}: bản ký chờ lưu hồ sơ",
        "{what}: signed paper to be filed",
        what=named_year(kind=kind, year=year),
    )


def waits_receiving(*, kind: str, year: int) -> Text:
    return say(
        "{what}: bản ký đã gửi tới, chờ ghi nhận",
        "{what}: the signed pages have come, to be noted",
        what=named_year(kind=kind, year=year),
    )


def waits_owing(*, kind: str, year: int, count: int) -> Text:
    return say(
        "{what}: {count} đồng chí quá hạn chưa nộp",
        "{what}: {count} are past the deadline",
        what=named_year(kind=kind, year=year),
        count=count,
    )
