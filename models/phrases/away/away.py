"""Words about absences: what a member reads, and what is read about one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, join, raw, say

SEE_AWAY = say("Xem lần đi xa này", "See this absence")
SEE_FILING = say("Xem hồ sơ", "See the paper")
REFILE = say("Sửa và nộp lại", "Correct and file again")
SAME = say("Không thay đổi, xin gia hạn", "Nothing changed, extend")
EXTEND = say("Xin gia hạn, có thay đổi", "Extend, with changes")
RETURN = say("Tôi đã trở về", "I am back")
WRITE_UPDATE = say("Viết báo cáo", "Write the update")

ROUTES: dict[str, Text] = {
    "note": say("dưới 3 tháng, chỉ ghi nhận", "short, only noted"),
    "exempt": say("tạm miễn sinh hoạt đảng", "temporarily excused"),
    "temporary": say("chuyển sinh hoạt đảng tạm thời", "temporary transfer"),
    "formal": say("chuyển sinh hoạt đảng chính thức", "formal transfer"),
    "abroad": say("ra ngoài nước, sinh hoạt đơn lẻ", "abroad, solo member"),
    "relieved": say("miễn công tác và sinh hoạt đảng", "exempt from work and activities"),
}
STATES: dict[str, Text] = {
    "waiting": say("đơn đang được xem xét", "application under way"),
    "active": say("đang đi làm ăn xa", "away"),
    "lapsed": say("đã quá hạn, chưa có quyết định", "past its end, not decided"),
    "returning": say("đã về, còn thủ tục", "back, formalities open"),
    "closed": say("đã kết thúc", "ended"),
    "dropped": say(
        "đã thôi: đơn không được chấp thuận, đã rút hoặc thay bằng đơn mới",
        "dropped: refused, withdrawn or replaced",
    ),
}
FILING_STATES: dict[str, Text] = {
    "filed": say("bí thư chi bộ đang xem", "with the secretary"),
    "returned": say("trả lại để sửa", "given back to correct"),
    "at cell": say("chờ chi bộ họp", "waiting for the cell's meeting"),
    "proposed": say("chi bộ đã đề nghị, chờ đảng ủy cấp trên", "proposed by the cell, with the committee"),
    "approved": say("đã được chấp thuận", "approved"),
    "refused": say("không được chấp thuận", "refused"),
    "withdrawn": say("đã rút", "withdrawn"),
    "superseded": say("đã thay bằng đơn mới", "replaced by a newer one"),
    "noted": say("đã ghi nhận", "noted"),
}
# What a secretary reads when it comes: it is their turn.
NEWS_FOR_KEEPERS: dict[str, Text] = {"filed": say("mới nộp, chờ bí thư xem", "new, to be looked at")}
KINDS: dict[str, Text] = {
    "application": say("Đơn", "The application"),
    "extension": say("Đề nghị gia hạn", "The extension"),
}
YOURS: dict[str, Text] = {
    "application": say("Đơn của đồng chí", "Your application"),
    "extension": say("Đề nghị gia hạn của đồng chí", "Your extension"),
}
WORKS: dict[str, Text] = {
    "factory": say("công nhân nhà máy", "factory work"),
    "building": say("xây dựng", "building"),
    "farming": say("nông nghiệp, trồng trọt", "farming"),
    "fishing": say("đánh bắt, nuôi thủy sản", "fishing"),
    "care": say("chăm sóc, giúp việc gia đình", "care, household"),
    "service": say("dịch vụ, lái xe, nhà hàng", "services"),
    "trade": say("buôn bán", "trade"),
    "trainee": say("thực tập sinh", "trainee"),
    "study": say("học tập", "study"),
    "family": say("theo gia đình", "with family"),
    "other": say("việc khác", "other"),
}
STEPS: dict[str, Text] = {
    "report": say("báo cáo chi bộ khi về", "report on arrival"),
    "review": say("nộp bản tự kiểm điểm thời gian ở nước ngoài", "self-review of the time abroad"),
    "comment": say("có nhận xét của nơi đến", "comment of the place of stay"),
    "end": say("kết thúc thời gian miễn hoặc sinh hoạt tạm thời", "exemption or temporary activities ended"),
    "meeting": say("dự kỳ sinh hoạt gần nhất", "next meeting"),
}


# --- the paper chain ------------------------------------------------------------------------------------------------


def my_filing(
    *,
    kind: str,
    state: str,
    route: str,
    begins_on: date,
    due_on: date,
    by: str,
    on_paper: bool,
    on: date,
    number: str | None,
    comment: str | None,
) -> Text:
    """What the member reads when their paper has moved."""
    head = say(
        "<b>{kind}: {state}</b>", "<b>{kind}: {state}</b>", kind=YOURS[kind], state=FILING_STATES[state]
    )
    return paragraph(
        head, _facts(route, begins_on, due_on), *_how(by, on_paper, on, number, comment), *_next(state, kind)
    )


def their_filing(
    *,
    name: str,
    place: Text,
    kind: str,
    state: str,
    route: str,
    begins_on: date,
    due_on: date,
    by: str,
    on_paper: bool,
    on: date,
    number: str | None,
    comment: str | None,
) -> Text:
    """What secretary, deputy and committee read."""
    head = say(
        "<b>{kind} của đồng chí {name} ({place}): {state}</b>",
        "<b>{kind} of {name} ({place}): {state}</b>",
        name=name,
        place=place,
        kind=KINDS[kind],
        state=NEWS_FOR_KEEPERS.get(state, FILING_STATES[state]),
    )
    return paragraph(head, _facts(route, begins_on, due_on), *_how(by, on_paper, on, number, comment))


def _facts(route: str, begins_on: date, due_on: date) -> Text:
    return say(
        "Hình thức: {route}, từ {begin} đến {end}.",
        "Route: {route}, {begin} to {end}.",
        route=ROUTES[route],
        begin=day(begins_on),
        end=day(due_on),
    )


def _how(by: str, on_paper: bool, on: date, number: str | None, comment: str | None) -> list[Text]:
    said = [
        say(
            "Do đồng chí {by} nhập theo bản giấy ngày {on}.",
            "Typed by {by} from a paper of {on}.",
            by=by,
            on=day(on),
        )
        if on_paper
        else say("Người thực hiện: đồng chí {by}, ngày {on}.", "By {by}, {on}.", by=by, on=day(on))
    ]
    if number:
        said.insert(0, say("Quyết định số <b>{number}</b>.", "Decision no. <b>{number}</b>.", number=number))
    return [
        lines(*said),
        *(
            [say("<blockquote>{c}</blockquote>", "<blockquote>{c}</blockquote>", c=comment)]
            if comment
            else []
        ),
    ]


NEXT: dict[str, Text] = {
    "filed": say(
        "Đồng chí chưa cần làm gì thêm. Khi có tin, chương trình sẽ báo.",
        "Nothing to do for now. You will hear when there is news.",
    ),
    "returned": say(
        "Mời sửa theo góp ý rồi nộp lại bằng nút bên dưới.",
        "Please correct it and file it again with the button below.",
    ),
    "refused": say(
        "Đồng chí có thể hỏi lại bí thư chi bộ, hoặc gõ /khaibao để khai lại.",
        "You may ask the secretary, or declare again with /khaibao.",
    ),
    "noted": say(
        "Chưa cần làm đơn: thời gian ngắn. Nếu ở lại lâu hơn, mời gia hạn trước ngày kết thúc.",
        "Nothing needs to be filed for so short a time. If you stay longer, please extend before the end.",
    ),
}


def _next(state: str, kind: str) -> list[Text]:
    return [NEXT[state]] if state in NEXT else []


def scan_came(*, kind: str, name: str) -> Text:
    return say(
        "{kind}: đồng chí <b>{name}</b> đã gửi bản chụp giấy đã ký.",
        "{kind}: <b>{name}</b> has sent a scan of the signed paper.",
        kind=KINDS[kind],
        name=name,
    )


Numbered = tuple[str | None, date | None]  # a decision: its number, its day


def my_decision_corrected(*, was: Numbered, now: Numbered) -> Text:
    return paragraph(
        say("<b>Số quyết định về đồng chí đã được sửa</b>", "<b>The decision about you was corrected</b>"),
        _corrected(was, now),
        say("Nội dung quyết định không thay đổi.", "What was decided stays the same."),
    )


def their_decision_corrected(*, name: str, was: Numbered, now: Numbered) -> Text:
    return paragraph(
        say("<b>Đã sửa số quyết định: đồng chí {name}</b>", "<b>Decision corrected: {name}</b>", name=name),
        _corrected(was, now),
    )


def _corrected(was: Numbered, now: Numbered) -> Text:
    return lines(
        say("Ghi nhầm: {what}", "Was: {what}", what=numbered(*was)),
        say("Đúng là: <b>{what}</b>", "Is: <b>{what}</b>", what=numbered(*now)),
    )


def numbered(number: str | None, on: date | None) -> Text:
    """số 15-QĐ/ĐU ngày 05/01/2027"""
    words = say("số {n}", "no. {n}", n=number or "–")
    return words + (say(" ngày {on}", " of {on}", on=day(on)) if on else raw(""))


# --- time -----------------------------------------------------------------------------------------------------------


def begun(*, place: Text, due_on: date) -> Text:
    return say(
        "Từ hôm nay, đồng chí được ghi nhận ở {place}, đến {end}. Giờ nhắc theo đồng hồ ở đó. Nếu chưa đi hoặc có thay "
        "đổi, mời bấm nút bên dưới.",
        "From today you are noted as being in {place}, until {end}. Reminders follow the clock there. If you have not left, "
        "or something changed, please tap the button below.",
        place=place,
        end=day(due_on),
    )


def when_it_ends(days: int) -> Text:
    if days <= 0:
        return say("hôm nay", "today")
    return say("còn {days} ngày", "{days} days left", days=days)


def your_end_is_near(*, due_on: date, days: int, returned: bool) -> Text:
    head = say(
        "Thời hạn đi làm ăn xa của đồng chí đến ngày <b>{end}</b> ({left}).",
        "Your absence is recorded until <b>{end}</b> ({left}).",
        end=day(due_on),
        left=when_it_ends(days),
    )
    if returned:
        tail = say(
            "Mời sửa đơn và nộp lại: đơn đã được trả lại.",
            "Please correct your paper and file it again: it was given back.",
        )
    else:
        tail = say(
            "Nếu còn ở lại, mời xin gia hạn. Nếu đã về, mời báo trở về.",
            "If you stay on, please ask for more time. If you are back, please say so.",
        )
    return paragraph(head, tail)


def end_is_near(*, name: str, due_on: date, days: int, waiting: str | None) -> Text:
    head = say(
        "Thời hạn đi làm ăn xa của đồng chí <b>{name}</b> đến ngày <b>{end}</b> ({left}).",
        "The absence of <b>{name}</b> is recorded until <b>{end}</b> ({left}).",
        name=name,
        end=day(due_on),
        left=when_it_ends(days),
    )
    return paragraph(head, _where_it_lies(waiting))


def your_away_lapsed(*, due_on: date, waiting: str | None) -> Text:
    head = say(
        "Thời hạn đi làm ăn xa của đồng chí đã hết ngày <b>{end}</b>, chưa có quyết định mới.",
        "Your absence was recorded until <b>{end}</b>, and nothing new was decided.",
        end=day(due_on),
    )
    if waiting is None:
        tail = say(
            "Mời chọn: xin gia hạn, hoặc báo đã trở về. Đây chỉ là việc giấy tờ còn thiếu. Cần giúp, gõ /hotro.",
            "Please choose: ask for more time, or say that you are back. Only the paper is missing. In trouble, type /hotro.",
        )
        return paragraph(head, tail)
    return paragraph(head, _where_it_lies(waiting))


def away_lapsed(*, name: str, due_on: date, waiting: str | None) -> Text:
    head = say(
        "Thời hạn đi làm ăn xa của đồng chí <b>{name}</b> đã hết ngày <b>{end}</b>, chưa có quyết định mới.",
        "The absence of <b>{name}</b> was recorded until <b>{end}</b>, and nothing new was decided.",
        name=name,
        end=day(due_on),
    )
    return paragraph(head, _where_it_lies(waiting))


def _where_it_lies(waiting: str | None) -> Text:
    if waiting is None:
        return say(
            "Mời liên hệ đồng chí ấy: chưa có đề nghị gia hạn. Nếu có bản giấy, mời nhập ở đây.",
            "Please get in touch: no extension was filed. What comes on paper can be typed here.",
        )
    return say("Hồ sơ: {state}.", "The paper: {state}.", state=FILING_STATES[waiting])


def update_due() -> Text:
    return say(
        "Mời viết báo cáo bằng văn bản gửi chi bộ: công việc, nơi ở, việc giữ liên hệ. Vài dòng là đủ.",
        "Please write the update that your cell asks for: work, place, keeping in touch. A few lines will do.",
    )


def update_late(*, name: str, since: date) -> Text:
    return say(
        "Chưa nhận được báo cáo bằng văn bản của đồng chí <b>{name}</b> (kỳ {since}). Mời liên hệ. Nếu có bản giấy, mời nhập "
        "ở đây.",
        "The written update of <b>{name}</b> (due {since}) has not come. Please get in touch. A paper can be typed here.",
        name=name,
        since=day(since),
    )


def typed_for_you(*, by: str, text: str) -> Text:
    told = say(
        "Đồng chí {by} đã nhập báo cáo bằng văn bản của đồng chí, từ bản giấy. Nếu chưa đúng, mời gửi báo cáo của mình. Cả hai "
        "bản đều được giữ.",
        "{by} has typed your written update from a paper. If it is not right, please send one of your own. Both are kept.",
        by=by,
    )
    if not text:
        return told
    return paragraph(
        told, say("<blockquote>{text}</blockquote>", "<blockquote>{text}</blockquote>", text=text)
    )


def update_came(*, name: str, on_paper: bool) -> Text:
    if on_paper:
        return say(
            "Đã nhập báo cáo bằng văn bản của đồng chí <b>{name}</b> theo bản giấy.",
            "The written update of <b>{name}</b> was typed from a paper.",
            name=name,
        )
    return say(
        "Đồng chí <b>{name}</b> đã gửi báo cáo bằng văn bản.",
        "<b>{name}</b> has sent a written update.",
        name=name,
    )


def your_paper_waits() -> Text:
    return say(
        "Mời sửa đơn và nộp lại: đơn vẫn đang chờ. Nếu vướng ở đâu, gõ /hotro để nhờ chi bộ.",
        "Please correct your paper and file it again: it still waits. If something is in the way, type /hotro to ask the cell.",
    )


def paper_waits(*, name: str, state: str) -> Text:
    return say(
        "Hồ sơ của đồng chí <b>{name}</b> vẫn chưa có bước tiếp theo: {state}.",
        "The paper of <b>{name}</b> still has had no next step: {state}.",
        name=name,
        state=FILING_STATES[state],
    )


def return_stalled(*, name: str, steps: Sequence[str]) -> Text:
    owed = lines(*(say("• {step}", "• {step}", step=STEPS[step]) for step in steps))
    head = say("Đồng chí <b>{name}</b> đã về, còn thủ tục:", "<b>{name}</b> is back; still open:", name=name)
    return paragraph(head, owed)


def your_report_waits() -> Text:
    return say(
        "Mời gặp bí thư để báo cáo khi về, rồi đánh dấu đã báo cáo. Đồng chí đã báo trở về, việc này còn lại.",
        "Please see the secretary to report, then tick it off. You said that you are back, and this is still open.",
    )


# --- changes and return ---------------------------------------------------------------------------------------------


def changed(*, name: str, place: Text, moved: bool, from_on: date) -> Text:
    if moved:
        return say(
            "Đồng chí <b>{name}</b> chuyển nơi ở: {place}, từ ngày {day}.",
            "<b>{name}</b> moves to {place} from {day}.",
            name=name,
            place=place,
            day=day(from_on),
        )
    return say(
        "Đồng chí <b>{name}</b> cập nhật việc làm hoặc cách liên hệ, từ ngày {day}.",
        "<b>{name}</b> has new details of work or contact from {day}.",
        name=name,
        day=day(from_on),
    )


def changed_for_you(*, place: Text, from_on: date) -> Text:
    return say(
        "Chi bộ đã nhập thay đổi của đồng chí, từ bản giấy: {place}, từ ngày {day}. Nếu chưa đúng, mời sửa lại.",
        "The cell typed a change of yours from a paper: {place}, from {day}. If it is not right, please correct it.",
        place=place,
        day=day(from_on),
    )


def return_begun(*, name: str, on: date) -> Text:
    return say(
        "Đồng chí <b>{name}</b> đã trở về (ngày {day}). Mời xem các bước cần hoàn thành.",
        "<b>{name}</b> is back ({day}). Please see what remains to be done.",
        name=name,
        day=day(on),
    )


def your_return_begun(*, on: date) -> Text:
    return say(
        "Chi bộ đã ghi nhận đồng chí trở về ngày {day}. Chào mừng đồng chí về nhà.",
        "The cell has noted that you are back since {day}. Welcome home.",
        day=day(on),
    )


def resumed(*, name: str) -> Text:
    return say(
        "Đồng chí <b>{name}</b> vẫn đang đi làm ăn xa: việc báo trở về là nhầm.",
        "<b>{name}</b> is still away: the return was a mistake.",
        name=name,
    )


def you_resumed() -> Text:
    return say(
        "Chi bộ đã sửa lại: đồng chí vẫn đang đi làm ăn xa.", "The cell has corrected it: you are still away."
    )


def steps_done(*, name: str, steps: Sequence[str], waived: bool, note: str, closed: bool) -> Text:
    """What was done of a return, all of it in one message; `closed`: nothing is left."""
    who = say("Đồng chí <b>{name}</b>", "<b>{name}</b>", name=name)
    return _with_note(lines(*_steps(who, steps, waived), *([_NOTHING_LEFT] if closed else [])), note)


def your_steps_done(*, steps: Sequence[str], waived: bool, note: str, closed: bool) -> Text:
    who = say("Thủ tục trở về của đồng chí", "Your return")
    said = _with_note(lines(*_steps(who, steps, waived)), note)
    return paragraph(said, your_away_closed(note="")) if closed else said


def _steps(who: Text, steps: Sequence[str], waived: bool) -> list[Text]:
    head = (
        say("{who}: không cần làm các bước sau", "{who}: not needed", who=who)
        if waived
        else say("{who}: đã xong", "{who}: done", who=who)
    )
    return [head, *(say("✓ {step}", "✓ {step}", step=STEPS[step]) for step in steps)]


_NOTHING_LEFT = say(
    "Không còn thủ tục nào. Lần đi làm ăn xa này đã kết thúc.", "Nothing is left open. The absence has ended."
)


def closed(*, name: str, note: str) -> Text:
    head = say(
        "Lần đi làm ăn xa của đồng chí <b>{name}</b> đã kết thúc. Không còn việc nào dở dang.",
        "The absence of <b>{name}</b> is closed; nothing is left open.",
        name=name,
    )
    return _with_note(head, note)


def your_away_closed(*, note: str) -> Text:
    head = say(
        "Lần đi làm ăn xa của đồng chí đã kết thúc, không còn thủ tục nào dở dang. Cảm ơn đồng chí.",
        "Your absence is closed; no formality is left open. Thank you.",
    )
    return _with_note(head, note)


def _with_note(head: Text, note: str) -> Text:
    return (
        paragraph(head, say("<blockquote>{n}</blockquote>", "<blockquote>{n}</blockquote>", n=note))
        if note
        else head
    )


# --- refusals -------------------------------------------------------------------------------------------------------


def away_running() -> Text:
    return say(
        "Mời chọn gia hạn, thay đổi hoặc trở về. Đồng chí đã có một lần đi xa được ghi nhận, nên không khai mới.",
        "Please extend, change, or say that you are back. An absence is recorded for you already, so a new one is not declared.",
    )


def away_over(*, state: str) -> Text:
    return say(
        "Lúc này không làm được việc ấy: lần đi xa hiện ở tình trạng “{state}”.",
        "That cannot be done now: the absence is “{state}”.",
        state=STATES[state],
    )


def kept_on_paper(*, name: str) -> Text:
    return say(
        "Mời làm bằng giấy tại chi bộ: đồng chí {name} không đồng ý lưu giấy tờ lần đi xa ở đây.",
        "Please go on with paper at the cell: {name} does not agree to the papers of absences being kept here.",
        name=name,
    )


def filing_settled(*, state: str) -> Text:
    return say(
        "Hồ sơ đã ở bước khác: {state}. Mời mở lại hồ sơ.",
        "The paper has moved on: {state}. Please open it again.",
        state=FILING_STATES[state],
    )


def trusted_must_know() -> Text:
    return say(
        "Mời hỏi người ấy trước, hoặc bỏ qua mục này. Chỉ ghi người tin cậy khi người ấy đã biết và đồng ý.",
        "Please ask them first, or leave this out. A trusted person is noted only with their knowledge.",
    )


def comment_needed() -> Text:
    return say(
        "Mời ghi lý do. Đồng chí ấy sẽ đọc được.",
        "Please say why. The member will read it.",
    )


def number_needed() -> Text:
    return say(
        "Cần số của quyết định, ví dụ 15-QĐ/ĐU. Số và ngày ghi trên văn bản giấy.",
        "The number of the decision is needed, for example 15-QĐ/ĐU. Number and date stand on the paper.",
    )


def resolution_needed() -> Text:
    return say(
        "Cần số nghị quyết hoặc biên bản của chi bộ, ví dụ 05-NQ/CB.",
        "The number of the cell's resolution or minutes is needed, for example 05-NQ/CB.",
    )


def votes_unfit() -> Text:
    return say(
        "Số phiếu phải là số từ 0 trở lên. Mời nhập lại, hoặc bỏ qua nếu không ghi phiếu.",
        "Votes are numbers from 0 up. Please type them again, or skip if none were counted.",
    )


def ends_before_begin() -> Text:
    return say(
        "Ngày kết thúc không thể trước ngày bắt đầu. Mời nhập lại, ví dụ 05/12/2026.",
        "The end cannot come before the beginning. Please type it again, for example 05/12/2026.",
    )


def already_over() -> Text:
    return say(
        "Mời nhập ngày dự kiến trở về: ngày kết thúc ấy đã qua.",
        "Please type the day on which you expect to be back: that end has gone by.",
    )


def years_unfit() -> Text:
    return say(
        "Năm có vẻ chưa đúng. Mời nhập lại ngày, ví dụ 05/12/2026.",
        "The year does not look right. Please type the date again, for example 05/12/2026.",
    )


def too_far_ahead() -> Text:
    return say(
        "Mời nhập ngày gần hơn: thay đổi chỉ khai được trong một năm tới.",
        "Please type an earlier day: a change can be declared up to a year ahead.",
    )


def lies_ahead() -> Text:
    return say(
        "Ngày này chưa đến. Mời nhập ngày đã qua, hoặc hôm nay.",
        "That day has not come yet. Please type today or an earlier day.",
    )


def back_before_begin(*, begins_on: date) -> Text:
    return say(
        "Ngày trở về không thể trước ngày đi ({day}). Mời nhập lại.",
        "The day of return cannot come before the departure ({day}). Please type it again.",
        day=day(begins_on),
    )


def extension_too_short(*, due_on: date) -> Text:
    return say(
        "Gia hạn phải đến sau ngày {day}, là ngày kết thúc hiện nay. Mời nhập ngày muộn hơn.",
        "An extension goes beyond the present end, {day}. Please type a later day.",
        day=day(due_on),
    )


def update_empty() -> Text:
    return say(
        "Mời viết vài dòng, hoặc gửi ảnh bản viết tay.",
        "Please write a few lines, or send a photo of a handwritten page.",
    )


def update_months_unfit() -> Text:
    return say("Chọn từ 1 đến 12 tháng một lần, hoặc tắt.", "Choose every 1 to 12 months, or turn it off.")


def step_done_already() -> Text:
    return say("Bước này đã được đánh dấu xong.", "This line is ticked already.")


# --- the proposal ---------------------------------------------------------------------------------------------------


def proposed(
    *,
    route: str,
    document: str,
    article: str,
    until: date,
    shortened: bool,
    unconfirmed: bool,
    portal: str | None,
    above: bool,
) -> Text:
    """What the rules suggest, by which rule, and who decides (`above`: a committee). `portal`: where transfers are filed.

    On what is only noted nobody decides.
    """
    decides = say("Chi bộ là nơi quyết định.", "The cell decides.")
    if route == "note":
        decides = say("Không phải nộp đơn.", "Nothing has to be applied for.")
    elif above:
        decides = say(
            "Chi bộ là nơi quyết định đề nghị hình thức nào; đảng ủy cấp trên quyết định sau cùng.",
            "The cell decides what to propose; the committee above decides in the end.",
        )
    parts = [
        say(
            "Theo thời gian và nơi đến, gợi ý: <b>{route}</b>, đến {end}. {decides}",
            "By dates and place, the rules suggest: <b>{route}</b>, until {end}. {decides}",
            decides=decides,
            route=ROUTES[route],
            end=day(until),
        )
    ]
    if document:
        parts.append(_source(document, article, unconfirmed))
    if shortened:
        parts.append(
            say(
                "Mỗi lần chỉ xin được đến ngày này. Nếu ở lâu hơn, xin gia hạn sau.",
                "One can apply up to that day at a time. Whoever stays longer extends later.",
            )
        )
    if portal:
        parts.append(
            say(
                'Việc chuyển sinh hoạt làm trên <a href="{portal}">Cổng Dịch vụ công quốc gia</a>; ở đây chỉ theo dõi.',
                'Transfers are filed on the <a href="{portal}">National Public Service Portal</a>; here they are only followed.',
                portal=portal,
            )
        )
    return paragraph(*parts)


def cited(document: str, article: str) -> Text:
    """`article`: "10.3" of a guideline is its section; "Điều 7" says itself what it is."""
    section = say("mục {a}", "section {a}", a=article) if article[:1].isdigit() else raw(article)
    return join([raw(document), *([section] if article else [])], ", ")


def _source(document: str, article: str, unconfirmed: bool) -> Text:
    where = cited(document, article)
    if unconfirmed:
        return say(
            "Căn cứ: {where} (văn bản mới có thể đã sửa, mời đối chiếu).",
            "Source: {where} (a newer text may differ, please compare).",
            where=where,
        )
    return say("Căn cứ: {where}.", "Source: {where}.", where=where)
