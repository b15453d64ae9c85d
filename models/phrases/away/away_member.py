"""Words of /khaibao: a member declares an absence and follows it to its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.phrases.away.away import FILING_STATES, KINDS, ROUTES, STATES, STEPS, WORKS
from models.phrases.away.letter import KINDS as LETTERS
from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import HOME_ZONE, Text, day, fitted, join, raw, say

AGREE = say("Đồng ý", "I agree")
DECLARING = say("khai đi làm ăn xa", "declaring an absence")
CORRECTING = say("sửa giấy được trả lại", "correcting a returned paper")
EXTENDING = say("xin gia hạn", "asking for an extension")
CHANGING = say("báo thay đổi", "saying what has changed")
UPDATING = say("viết báo cáo gửi chi bộ", "writing an update to the cell")
RETURNING = say("báo trở về", "saying that you are back")
ATTACHING = say("gửi bản chụp giấy đã ký", "sending a scan of the signed paper")

FILE = say("Nộp cho bí thư", "File it with the secretary")
NOTE = say("Ghi nhận lần đi xa", "Have it noted")
FILE_AGAIN = say("Nộp lại", "File it again")
SAVE = say("Lưu thay đổi", "Save the change")
DOWNLOAD = say("Tải đơn để ký", "Download the paper to sign")
ATTACH = say("Gửi bản chụp giấy đã ký", "Send a scan of the signed paper")
PORTAL = say("Mở Cổng Dịch vụ công quốc gia", "Open the national portal")
MORE = say("Việc khác", "More")
USUAL_REASON = say("Dùng câu này", "Use this sentence")
CHANGE = say("Đổi nơi ở, việc làm, điện thoại", "Change place, work, phone")
ANEW = say("Khai lại lần đi này", "Declare this absence anew")
WITHDRAW = say("Rút đơn", "Withdraw the application")
WITHDRAW_EXTENSION = say("Rút đề nghị gia hạn", "Withdraw the extension")
WITHDRAW_AT_HOME = say("Rút đơn: tôi ở nhà", "Withdraw: I am at home")
WITHDRAW_STILL_AWAY = say("Rút đơn: tôi vẫn ở nơi đi", "Withdraw: I am still away")
HISTORY = say("Lịch sử và giấy tờ", "History and papers")
EARLIER = say("Các lần đi xa trước", "Earlier absences")
SEND_PAPERS = say("Xem lại các bản chụp", "See the scans again")
COUNTS = say("Số liệu theo dõi và nhận xét", "Counts and comments")
REPORTED = say("Tôi đã báo cáo chi bộ", "I have reported to the cell")
HAND_IN = say("Gửi bản tự kiểm điểm ở nước ngoài", "Send the review of the time abroad")
REVIEWING = say("gửi bản tự kiểm điểm thời gian ở nước ngoài", "sending the self-review of the time abroad")
NOT_BACK = say("Báo nhầm, tôi vẫn đi xa", "A mistake: I am still away")
TO_AWAY = say("‹ Lần đi xa", "‹ The absence")
OTHER_DAY = say("Ngày khác, hoặc có thay đổi", "Another day, or with changes")
TODAY = say("Hôm nay", "Today")
YESTERDAY = say("Hôm qua", "Yesterday")
FIRST_OF_MONTH = say("Đầu tháng sau", "First of next month")
SAME_LENGTH = say("Bằng lần trước", "As long as before")
OPEN_END = say("Chưa biết ngày về", "The return is not known yet")
STEADY = say("Ở một nơi, việc ổn định", "One place, steady work")
MOVING = say("Đi lại nhiều nơi, không cố định", "On the move, or none to join there")
KNOWS = say("Có, người ấy biết và đồng ý", "Yes, they know and agree")
KNOWS_NOT = say("Chưa, xin không ghi tên", "Not yet: do not note the name")
NO_NUMBER = say("Chưa có số ở đó", "No number there yet")
REWRITE = say("Viết lại", "Write it again")
LAST_YEAR = say("Năm trước", "The year before")
THIS_YEAR = say("Năm nay", "This year")

FIELDS: dict[str, Text] = {
    "place": say("Nơi đến", "Place"),
    "city": say("Xã, phường, thành phố", "Town"),
    "work": say("Công việc", "Work"),
    "employer": say("Nơi làm việc", "Employer"),
    "begin": say("Từ ngày", "From"),
    "end": say("Đến ngày", "Until"),
    "steady": say("Tính chất", "Kind of stay"),
    "reason": say("Lý do", "Reason"),
    "phone": say("Điện thoại ở đó", "Phone there"),
    "trusted": say("Người tin cậy ở nhà", "Trusted person at home"),
    "host": say("Tổ chức nơi đến", "Organisation there"),
    "from": say("Thay đổi từ ngày", "Changed from"),
    "answer": say("Trả lời góp ý", "Answer to the comment"),
    "scan": say("Giấy đã ký", "Signed paper"),
}
OTHER_FIELDS = say("Sửa mục khác…", "Change something else…")
OTHER_WORKS = say("Việc khác…", "Other work…")
NOT_GIVEN = say("không ghi", "not given")
SCAN_SENT = say("gửi bản chụp", "scan sent")
ATTACHED = say("đã kèm bản chụp", "scan attached")


# --- questions ------------------------------------------------------------------------------------------------------


def needs_consent() -> Text:
    return say(
        "Để khai ở đây, cần đồng chí đồng ý với việc dưới đây. Nếu không, đồng chí khai và nộp đơn bằng giấy tại chi bộ.",
        "To declare it here, you have to agree to what stands below. If not, you declare and apply on paper at the cell.",
    )


def where_to() -> Text:
    return paragraph(
        say("<b>Khai đi làm ăn xa</b> (khoảng một phút)", "<b>Declare an absence</b> (about a minute)"),
        say(
            "Đồng chí đi đâu? Chọn, hoặc gõ tên tỉnh, thành phố hoặc nước. Không cần địa chỉ.",
            "Where are you going? Choose, or type a province, city or country. No address is needed.",
        ),
    )


def which_city() -> Text:
    return say(
        "Xã, phường hoặc thành phố nào? Có thể bỏ qua. Xin đừng ghi số nhà, tên đường.",
        "Which town? You may skip this. Please no street.",
    )


def no_street() -> Text:
    return say(
        "Mời gõ lại, chỉ tên xã, phường hoặc thành phố (ví dụ Osaka), hoặc bỏ qua. Xin đừng ghi số nhà, tên đường.",
        "Please type only the town (for example Osaka), or skip. No street, please.",
    )


def which_work() -> Text:
    return say("Đồng chí đi làm việc gì?", "What work is it?")


def which_employer() -> Text:
    return say(
        "Tên nơi làm việc hoặc nơi học? Có thể bỏ qua.", "Name of the employer or school? You may skip."
    )


def from_when() -> Text:
    return say(
        "Đi từ ngày nào? Chọn, hoặc gõ ngày/tháng/năm. Nếu đã đi, mời gõ ngày đi.",
        "From which day? Choose, or type day/month/year. If you have left already, type the day you left.",
    )


def until_when() -> Text:
    return say(
        "Dự kiến đến hết ngày nào? Chọn, hoặc gõ ngày/tháng/năm.",
        "Until the end of which day? Choose, or type day/month/year.",
    )


def months_button(*, months: int, until: date) -> Text:
    return say("{n} tháng (hết {until})", "{n} months (to {until})", n=months, until=day(until))


def day_button(*, what: Text, on: date) -> Text:
    return say("{what} ({on})", "{what} ({on})", what=what, on=day(on))


def steady_or_not() -> Text:
    return say(
        "Đồng chí ở một nơi ổn định, hay đi lại nhiều nơi? Nếu nơi đến không có tổ chức đảng, chọn “Đi lại nhiều nơi, không "
        "cố định”. Hình thức phù hợp tùy vào câu này.",
        "Will you stay in one place, or move about? Where there is no Party organisation, choose “On the move”. The fitting "
        "route depends on it.",
    )


def which_reason(*, usual: Text, needed: bool) -> Text:
    """`usual`: a sentence that can be taken with one tap; it is longer than a button shows."""
    ask = say(
        "Lý do đi? Gõ vài chữ, hoặc dùng câu: “{usual}”.",
        "The reason? Type a few words, or use: “{usual}”.",
        usual=usual,
    )
    if needed:
        return lines(ask, say("Đơn phải ghi lý do.", "The application has to state it."))
    return lines(ask, say("Có thể bỏ qua.", "You may skip this."))


def reason_for(*, work: str) -> Text:
    """A reason that is offered; Vietnamese stands on the paper."""
    if work == "study":
        return say("Đi học tập", "To study")
    if work == "family":
        return say("Đi theo gia đình", "To be with family")
    return say("Đi làm để bảo đảm thu nhập ({work})", "To earn a living ({work})", work=WORKS[work])


def reason_needed() -> Text:
    return say(
        "Đơn phải ghi lý do. Mời gõ vài chữ.",
        "The application has to state a reason. Please type a few words.",
    )


def which_phone() -> Text:
    return say(
        "Gọi đồng chí ở đó bằng số nào? Chọn, hoặc gõ số. Số nước ngoài: ghi cả mã nước, ví dụ +81 90…",
        "On which number can you be called there? Choose, or type it (with the country code abroad, +81 90…).",
    )


def own_number(*, phone: str) -> Text:
    return say("{phone} (số của tôi)", "{phone} (my number)", phone=phone)


def phone_not_read() -> Text:
    return say(
        "Số này chưa đúng. Mời gõ lại, ví dụ 0912 345 678 hoặc +81 90 1234 5678, hoặc chọn bên dưới.",
        "That number does not look right. Please type it again, for example +81 90 1234 5678, or choose below.",
    )


def which_trusted() -> Text:
    return say(
        "Ai ở nhà là người tin cậy? Gõ họ tên, hoặc bỏ qua. Chi bộ chỉ hỏi người ấy khi không gọi được đồng chí.",
        "Who at home is a trusted person? Type the name, or skip. The cell asks them only when you cannot be reached.",
    )


def do_they_know(*, name: str) -> Text:
    return say(
        "{name} đã biết và đồng ý được ghi ở đây chưa?",
        "Does {name} know, and agree to be named here?",
        name=name,
    )


def their_phone(*, name: str) -> Text:
    return say(
        "Số điện thoại của {name}? Có thể bỏ qua.", "The phone number of {name}? You may skip.", name=name
    )


def which_host() -> Text:
    return say(
        "Chi bộ có thể gửi giấy tới đâu ở nơi đến? Gõ tên tổ chức đảng, cơ quan đại diện hoặc hội đoàn, hoặc bỏ qua.",
        "To whom may the cell write there? Type a Party organisation, mission or association, or skip.",
    )


def changed_from_when() -> Text:
    return say("Thay đổi từ ngày nào?", "Changed from which day?")


def your_answer() -> Text:
    return say("Mời gõ câu trả lời cho góp ý, hoặc bỏ qua.", "Type an answer to the comment, or skip.")


def send_scan() -> Text:
    return say(
        "Mời gửi ảnh chụp hoặc tệp của giấy đã ký.", "Please send a photo or a file of the signed paper."
    )


def send_review() -> Text:
    return say(
        "Mời gửi ảnh hoặc tệp bản tự kiểm điểm đã ký về thời gian ở nước ngoài. Nếu có, kèm xác nhận của tổ chức đảng hoặc "
        "cơ quan đại diện ở nơi đến.",
        "Please send a photo or file of the signed self-review of your time abroad. If you have it, with the word of the "
        "Party organisation or the mission there.",
    )


def review_taken() -> Text:
    return say(
        "<b>Đã nhận bản tự kiểm điểm. Bí thư sẽ được báo.</b>",
        "<b>The self-review has come. The secretary will be told.</b>",
    )


def scan_taken() -> Text:
    return say(
        "Đã nhận bản chụp giấy đã ký. Bí thư sẽ được báo.", "The scan has come. The secretary will be told."
    )


# --- overviews ------------------------------------------------------------------------------------------------------


def overview(
    *,
    head: Text,
    rows: Sequence[tuple[str, Text]],
    comment: str | None,
    suggestion: Text | None,
    readers: Text,
    tail: Text | None,
) -> Text:
    """What is about to be filed, line by line; `comment`: what it was returned with; `readers`: who will see it."""
    table = lines(
        *(say("{what}: <b>{value}</b>", "{what}: <b>{value}</b>", what=FIELDS[f], value=v) for f, v in rows)
    )
    parts = [head, *([returned_with(comment=comment)] if comment else []), table]
    return paragraph(*parts, *(part for part in (suggestion, readers, tail) if part is not None))


def who_will_see(*, decided_above: bool, trusted: str | None) -> Text:
    """Before it is filed: by whom it will be read, and who will not hear of it. `trusted`: the person at home."""
    seen = [
        say("<b>Ai xem được</b>", "<b>Who will see it</b>"),
        say(
            "• Bí thư, phó bí thư chi bộ: toàn bộ. Ai mở phần liên hệ đều được ghi lại ở /dulieu.",
            "• The secretary and the deputy: all of it. Whoever opens how to reach you is listed in /dulieu.",
        ),
        say(
            "• Người giữ liên lạc, nếu được phân công: tên, nơi đến, điện thoại.",
            "• A contact, if one is assigned: your name, place and phone.",
        ),
    ]
    if decided_above:
        above = say(
            "• Đảng ủy cấp trên, khi chi bộ đã đề nghị lên: đơn có tên đồng chí, nơi đến, thời gian, lý do.",
            "• The committee above, once the cell proposes it: the application with your name, place, time and reason.",
        )
        seen.append(above)
    if trusted:
        named = say(
            "• {name}: chương trình không gửi gì. Chi bộ chỉ gọi người ấy khi không liên lạc được với đồng chí.",
            "• {name}: is sent nothing by this program. The cell calls them only when you cannot be reached.",
            name=trusted,
        )
        seen.append(named)
    return lines(*seen)


def returned_with(*, comment: str) -> Text:
    return say(
        "Góp ý khi trả lại:\n<blockquote>{comment}</blockquote>",
        "Returned with:\n<blockquote>{comment}</blockquote>",
        comment=comment,
    )


def look_over_declaration() -> Text:
    return say("<b>Mời xem lại trước khi nộp</b>", "<b>Please look it over before filing</b>")


def look_over_refiling(*, kind: str) -> Text:
    return say("<b>{kind}: sửa và nộp lại</b>", "<b>{kind}: correct and file again</b>", kind=KINDS[kind])


def look_over_extension(*, due_on: date) -> Text:
    return say(
        "<b>Xin gia hạn</b> (hạn hiện nay: {due})", "<b>Extension</b> (present end: {due})", due=day(due_on)
    )


def look_over_change() -> Text:
    return say(
        "<b>Báo thay đổi</b>\nChạm vào mục cần sửa. Nội dung cũ vẫn được giữ trong lịch sử.",
        "<b>What has changed?</b>\nTap what is to be corrected. What was true before stays in the history.",
    )


def route_may_differ(*, route: str) -> Text:
    return say(
        "Hình thức đã được ghi nhận giữ nguyên. Với nơi mới, quy định gợi ý: {route}. Mời hỏi bí thư; chi bộ sẽ xem xét.",
        "The route on record stays as it is. For the new place the rules suggest: {route}. Please ask the secretary; the "
        "cell will consider it.",
        route=ROUTES[route],
    )


def nothing_changed() -> Text:
    return say(
        "Chưa có gì thay đổi để lưu. Chạm vào mục cần sửa, hoặc hủy.",
        "Nothing has been changed yet. Tap what is to be corrected, or cancel.",
    )


def same_again(*, until: date, suggestion: Text) -> Text:
    return paragraph(
        say(
            "<b>Xin gia hạn, không có gì thay đổi</b>: đến hết {until}.",
            "<b>Extend, nothing changed</b>: until {until}.",
            until=day(until),
        ),
        suggestion,
    )


def same_button(*, until: date) -> Text:
    return say("Gửi: gia hạn đến {until}", "Send: extend until {until}", until=day(until))


def about_reason() -> Text:
    return say(
        "Sau khi nộp, chương trình gửi đơn bản Word để đồng chí in và ký. Bản chụp gửi lúc nào cũng được.",
        "After filing you get the paper as a Word file to print and sign. A scan can be sent at any time.",
    )


# --- what has been done ---------------------------------------------------------------------------------------------


def filed(*, state: str) -> Text:
    if state == "noted":
        return say("<b>Đã ghi nhận lần đi xa.</b>", "<b>The absence is noted.</b>")
    return say("<b>Đã nộp. Bí thư chi bộ sẽ được báo.</b>", "<b>Filed. The secretary will be told.</b>")


def filed_again() -> Text:
    return say(
        "<b>Đã nộp lại. Bí thư chi bộ sẽ được báo.</b>", "<b>Filed again. The secretary will be told.</b>"
    )


def extension_filed(*, state: str, until: date) -> Text:
    if state == "noted":
        return say("<b>Đã ghi nhận đến {until}.</b>", "<b>Noted until {until}.</b>", until=day(until))
    return say(
        "<b>Đã gửi đề nghị gia hạn đến {until}.</b>",
        "<b>The extension until {until} is filed.</b>",
        until=day(until),
    )


def change_saved(*, from_on: date, applied: bool) -> Text:
    if applied:
        return say("<b>Đã lưu thay đổi.</b>", "<b>The change is saved.</b>")
    return say(
        "<b>Đã lưu: thay đổi có hiệu lực từ {day}.</b>",
        "<b>Saved: it holds from {day}.</b>",
        day=day(from_on),
    )


def withdrawn() -> Text:
    return say("<b>Đã rút. Bí thư chi bộ sẽ được báo.</b>", "<b>Withdrawn. The secretary will be told.</b>")


def under_way_already() -> Text:
    return say("<b>Đề nghị này đã được gửi rồi.</b>", "<b>That has been sent already.</b>")


def update_sent() -> Text:
    return say("<b>Đã gửi báo cáo. Cảm ơn đồng chí.</b>", "<b>The update is sent. Thank you.</b>")


def return_begun() -> Text:
    return say("<b>Chào mừng đồng chí trở về.</b>", "<b>Welcome home.</b>")


def reported() -> Text:
    return say("<b>Đã đánh dấu: đã báo cáo chi bộ.</b>", "<b>Ticked: reported to the cell.</b>")


def done_already() -> Text:
    return say("<b>Việc này đã xong từ trước.</b>", "<b>That was done already.</b>")


def still_away() -> Text:
    return say("<b>Đã sửa lại: đồng chí vẫn đi xa.</b>", "<b>Corrected: you are still away.</b>")


def your_paper(*, title: Text) -> Text:
    return say(
        "{title}. Mời in, ký, rồi gửi bản giấy hoặc bản chụp cho bí thư. Chỗ chấm để viết tay.",
        "{title}. Please print and sign it, then give the paper or a scan to the secretary. Dots are for the pen.",
        title=title,
    )


def no_paper() -> Text:
    return say("Hình thức này không có đơn để tải ở đây.", "There is no paper to download for this route.")


def paper_not_made() -> Text:
    return say(
        "Đã nộp xong, nhưng chưa tạo được tệp Word. Mời bấm “Tải đơn để ký” sau ít phút.",
        "It is filed, but the Word file could not be made. Please tap “Download the paper to sign” in a few minutes.",
    )


# --- the absence ----------------------------------------------------------------------------------------------------


def in_no_cell() -> Text:
    return say(
        "Đồng chí chưa có tên trong chi bộ nào ở đây nên chưa khai được. Mời hỏi bí thư chi bộ.",
        "You are on no cell's roster here, so nothing can be declared. Please ask your secretary.",
    )


def more() -> Text:
    return say("Việc khác về lần đi xa này:", "More about this absence:")


def card(
    *,
    note: Text | None,
    state: str,
    route: str,
    place: Text,
    work: str,
    begins_on: date,
    due_on: date,
    plan: date | None,
    paper: Sequence[Text],
    ahead: Sequence[Text],
) -> Text:
    """The absence that is running; `paper`: where its paper lies and what comes next; `ahead`: what else is due."""
    facts = [
        say("<b>Lần đi xa của đồng chí: {state}</b>", "<b>Your absence: {state}</b>", state=STATES[state]),
        say("Hình thức: {route}", "Route: {route}", route=ROUTES[route]),
        say("Nơi đến: {place} · {work}", "Place: {place} · {work}", place=place, work=WORKS[work]),
        say("Thời gian: {a} – {b}", "Time: {a} – {b}", a=day(begins_on), b=day(due_on)),
    ]
    if plan is None or plan > due_on:
        until = say("chưa biết ngày về", "return not known") if plan is None else day(plan)
        facts.append(say("Dự định: {until}", "Plan: {until}", until=until))
    blocks = [*([note] if note is not None else []), lines(*facts)]
    return paragraph(*blocks, *([lines(*paper)] if paper else []), *([lines(*ahead)] if ahead else []))


def in_city(*, city: str | None, place: Text) -> Text:
    return say("{city}, {place}", "{city}, {place}", city=city, place=place) if city else place


def paper_stands(*, kind: str, state: str, since: date) -> Text:
    return say(
        "{kind}: <b>{state}</b> (từ {since})",
        "{kind}: <b>{state}</b> (since {since})",
        kind=KINDS[kind],
        state=FILING_STATES[state],
        since=day(since),
    )


def decided(*, number: str | None, on: date | None, until: date) -> Text:
    return say(
        "Quyết định số <b>{number}</b>{on}, đến {until}.",
        "Decision no. <b>{number}</b>{on}, until {until}.",
        number=number or "–",
        on=say(" ngày {on}", " of {on}", on=day(on)) if on else EMPTY,
        until=day(until),
    )


def next_is_keeper(*, name: str, deputy: bool, above: bool) -> Text:
    """`above`: a committee decides on what the cell proposes; else the cell's meeting does."""
    role = say("phó bí thư", "the deputy") if deputy else say("bí thư", "the secretary")
    if not above:
        return say(
            "Tiếp theo: {role} {name} xem, rồi đưa ra chi bộ họp. Chi bộ quyết định.",
            "Next: {role} {name} looks at it and puts it to the cell. The cell decides.",
            role=role,
            name=name,
        )
    return say(
        "Tiếp theo: {role} {name} xem, rồi đưa ra chi bộ họp. Chi bộ đề nghị, đảng ủy cấp trên quyết định.",
        "Next: {role} {name} looks at it and puts it to the cell. The cell proposes, the committee above decides.",
        role=role,
        name=name,
    )


def next_is_meeting(*, on: date | None, above: bool) -> Text:
    when = say("ngày {on}", "on {on}", on=day(on)) if on else say("kỳ tới", "next")
    if not above:
        return say(
            "Tiếp theo: chi bộ họp {when} và quyết định.",
            "Next: the cell meets {when} and decides.",
            when=when,
        )
    return say(
        "Tiếp theo: chi bộ họp {when}. Sau đó đảng ủy cấp trên quyết định.",
        "Next: the cell meets {when}. Then the committee above decides.",
        when=when,
    )


def next_is_committee(*, name: str | None) -> Text:
    return say(
        "Tiếp theo: {name} quyết định và ghi số quyết định.",
        "Next: {name} decides and enters the number.",
        name=name or say("đảng ủy cấp trên", "the committee above"),
    )


def next_is_you(*, comment: str | None) -> Text:
    head = say("Tiếp theo: đồng chí sửa và nộp lại.", "Next: you correct it and file it again.")
    return lines(head, *([returned_with(comment=comment)] if comment else []))


def nobody_in_office() -> Text:
    return say(
        "Mời liên hệ trực tiếp chi bộ: hiện chưa có bí thư, phó bí thư nào dùng chương trình.",
        "Please contact the cell directly: nobody holds the secretary's office here at present.",
    )


def lapsed() -> Text:
    return say(
        "Mời xin gia hạn hoặc báo trở về: đã quá hạn mà chưa có quyết định mới. Đây chỉ là việc giấy tờ.",
        "Please extend, or say that you are back: the end went by and nothing new was decided. Only the paper is missing.",
    )


def change_ahead(*, from_on: date, place: Text) -> Text:
    return say(
        "Đã báo thay đổi từ {day}: {place}.",
        "A change is noted from {day}: {place}.",
        day=day(from_on),
        place=place,
    )


def update_ahead(*, on: date) -> Text:
    return say("Báo cáo bằng văn bản kỳ tới: {day}.", "The next written update: {day}.", day=day(on))


def update_waits() -> Text:
    return say("Chi bộ đang chờ báo cáo bằng văn bản.", "The cell is waiting for the written update.")


def checklist(*, done: Sequence[tuple[str, date | None, bool]], owed: Sequence[str]) -> Text:
    """What a return consists of: `done` with day and whether it was waived, `owed` and whose turn it is."""
    rows = [
        say(
            "✓ {step}{when}{waived}",
            "✓ {step}{when}{waived}",
            step=STEPS[step],
            when=say(" ({on})", " ({on})", on=day(on)) if on else EMPTY,
            waived=say(", được miễn", ", waived") if waived else EMPTY,
        )
        for step, on, waived in done
    ]
    rows += [
        say("• còn: {step}{who}", "• open: {step}{who}", step=STEPS[step], who=WHOSE[step]) for step in owed
    ]
    return lines(say("Thủ tục khi về:", "Formalities:"), *rows)


WHOSE: dict[str, Text] = {
    "report": say(" – đồng chí", " – you"),
    "review": say(" – đồng chí gửi, hoặc nộp bản giấy", " – sent by you, or given on paper"),
    "comment": say(
        " – đồng chí mang về hoặc bí thư hỏi nơi đến", " – brought by you, or asked for by the secretary"
    ),
    "end": say(" – bí thư đánh dấu", " – ticked by the secretary"),
    "meeting": say(" – bí thư đánh dấu", " – ticked by the secretary"),
}


def sure_to_withdraw(*, kind: str) -> Text:
    if kind == "extension":
        return say(
            "Rút đề nghị gia hạn? Thời hạn cũ giữ nguyên.",
            "Withdraw the extension? The present end stays as it is.",
        )
    return say(
        "Rút đơn? Lần đi xa này sẽ kết thúc ở đây. Đồng chí đang ở đâu?",
        "Withdraw the application? The absence then ends here. Where are you?",
    )


def when_back() -> Text:
    return say(
        "Đồng chí về ngày nào? Chọn, hoặc gõ ngày/tháng/năm.",
        "On which day did you come back? Choose, or type day/month/year.",
    )


def write_update() -> Text:
    return say(
        "Mời viết vài dòng: công việc, nơi ở, giữ liên hệ, điều cần chi bộ giúp. Hoặc gửi ảnh, tệp bản viết tay.",
        "Please write a few lines: work, place, keeping in touch, what you need. Or send a photo or file of a handwritten page.",
    )


def look_over_update(*, text: str, scan: bool) -> Text:
    body = say("<blockquote>{t}</blockquote>", "<blockquote>{t}</blockquote>", t=text) if text else ATTACHED
    return paragraph(
        say("<b>Gửi báo cáo này cho chi bộ?</b>", "<b>Send this update to the cell?</b>"),
        body,
        *([ATTACHED] if scan and text else []),
    )


# --- history and counts ---------------------------------------------------------------------------------------------


MOVES: dict[str, Text] = {
    "filed": say("nộp cho bí thư", "filed with the secretary"),
    "returned": say("trả lại để sửa", "given back to correct"),
    "at cell": say("đưa ra chi bộ", "put to the cell"),
    "proposed": say("chi bộ họp và đề nghị", "proposed by the cell's meeting"),
    "approved": say("được chấp thuận", "approved"),
    "refused": say("không được chấp thuận", "refused"),
    "withdrawn": say("rút lại", "withdrawn"),
    "superseded": say("thay bằng đơn mới", "replaced by a newer one"),
    "noted": say("ghi nhận", "noted"),
}


def history(*, head: Text, entries: Sequence[Text]) -> Text:
    return paragraph(head, lines(*entries))


def history_head(*, places: Sequence[Text], begins_on: date, until_on: date, state: str) -> Text:
    """`places`: in the order in which they lived there."""
    return say(
        "<b>{places}, {a} – {b}</b>\n{state}",
        "<b>{places}, {a} – {b}</b>\n{state}",
        places=join(places, " → "),
        a=day(begins_on),
        b=day(until_on),
        state=STATES[state],
    )


def move_line(
    *,
    at: datetime,
    kind: str,
    state: str,
    attached: bool,
    on_paper: bool,
    on: date,
    by: str,
    decision: str | None,
    comment: str | None,
    has_file: bool,
) -> Text:
    """One dated move of a paper; `attached`: only a scan came."""
    what = SCAN_SENT if attached else MOVES[state]
    extra = [
        *([say("số {n}", "no. {n}", n=decision)] if decision else []),
        *(
            [say("ngày {on}", "of {on}", on=day(on))]
            if on != at.astimezone(ZoneInfo(HOME_ZONE)).date()
            else []
        ),
        *([say("theo bản giấy", "from a paper")] if on_paper else []),
        *([say("có bản chụp", "with a scan")] if has_file and not attached else []),
    ]
    line = say(
        "{at} · {kind}: <b>{what}</b>{extra} ({by})",
        "{at} · {kind}: <b>{what}</b>{extra} ({by})",
        at=_on(at),
        kind=KINDS[kind],
        what=what,
        extra=raw(", ") + join(extra, ", ") if extra else EMPTY,
        by=by,
    )
    return lines(line, *([say("<i>{c}</i>", "<i>{c}</i>", c=comment)] if comment else []))


def _on(at: datetime) -> Text:
    return day(at.astimezone(ZoneInfo(HOME_ZONE)).date())


def away_line(*, at: datetime, state: str, by: str | None, note: str | None) -> Text:
    line = say(
        "{at} · <b>{state}</b>{by}",
        "{at} · <b>{state}</b>{by}",
        at=_on(at),
        state=STATES[state],
        by=say(" ({by})", " ({by})", by=by) if by else EMPTY,
    )
    return lines(line, *([say("<i>{c}</i>", "<i>{c}</i>", c=note)] if note else []))


def change_line(
    *, at: datetime, from_on: date, changed: Sequence[tuple[str, Text, Text]], ahead: bool, by: str
) -> Text:
    """A change on the way: what it was and what it is; `ahead`: it does not hold yet."""
    values = [
        say(
            "{what}: {old} → <b>{new}</b>",
            "{what}: {old} → <b>{new}</b>",
            what=FIELDS[field],
            old=old,
            new=new,
        )
        for field, old, new in changed
    ]
    return say(
        "{at} · thay đổi từ {day}{ahead}: {what} ({by})",
        "{at} · changed from {day}{ahead}: {what} ({by})",
        at=_on(at),
        day=day(from_on),
        ahead=say(" (chưa đến ngày)", " (ahead)") if ahead else EMPTY,
        what=join(values, "; ") if values else say("như cũ", "as it was"),
        by=by,
    )


def update_line(*, at: datetime, text: str | None, has_file: bool, on_paper: bool, by: str) -> Text:
    line = say(
        "{at} · báo cáo bằng văn bản{paper}{scan} ({by})",
        "{at} · written update{paper}{scan} ({by})",
        at=_on(at),
        paper=say(", nhập từ bản giấy", ", typed from a paper") if on_paper else EMPTY,
        scan=say(", có bản chụp", ", with a scan") if has_file else EMPTY,
        by=by,
    )
    return lines(line, *([say("<i>{c}</i>", "<i>{c}</i>", c=text)] if text else []))


def letter_line(
    *,
    kind: str,
    sent_on: date,
    reminded_on: date | None,
    answered_on: date | None,
    answer: str | None,
) -> Text:
    """A letter of the cell to the place of stay, and what came back."""
    extra = [
        *([say("nhắc lại {on}", "reminded {on}", on=day(reminded_on))] if reminded_on else []),
        *([say("trả lời {on}", "answered {on}", on=day(answered_on))] if answered_on else []),
    ]
    line = say(
        "{on} · chi bộ gửi nơi đến: {kind}{extra}",
        "{on} · sent to the place of stay: {kind}{extra}",
        on=day(sent_on),
        kind=LETTERS[kind],
        extra=raw(", ") + join(extra, ", ") if extra else EMPTY,
    )
    return lines(line, *([say("<i>{c}</i>", "<i>{c}</i>", c=answer)] if answer else []))


def step_line(*, at: datetime, step: str, waived: bool, note: str | None, by: str) -> Text:
    line = say(
        "{at} · khi về: {step}{waived} ({by})",
        "{at} · return: {step}{waived} ({by})",
        at=_on(at),
        step=STEPS[step],
        waived=say(", được miễn", ", waived") if waived else EMPTY,
        by=by,
    )
    return lines(line, *([say("<i>{c}</i>", "<i>{c}</i>", c=note)] if note else []))


def which_absence() -> Text:
    return say("<b>Các lần đi xa đã ghi nhận</b>", "<b>Absences on record</b>")


def absence_button(*, place: Text, begins_on: date) -> Text:
    return fitted(say("Từ {on}: {place}", "From {on}: {place}", on=day(begins_on), place=place))


def comments_from_there(*, entries: Sequence[tuple[date | None, str]]) -> Text:
    """What the place of stay wrote about the member; empty: nothing has come."""
    head = say("<b>Nhận xét của nơi đến</b>", "<b>Comments from the place of stay</b>")
    if not entries:
        return lines(head, say("Chưa có nhận xét nào được ghi.", "None has been recorded."))
    rows = [
        say(
            "{on}: {note}",
            "{on}: {note}",
            on=day(on) if on else say("không rõ ngày", "no date"),
            note=note or say("đã nhận", "received"),
        )
        for on, note in entries
    ]
    tail = say(
        "Nếu có chỗ chưa đúng, mời nói với bí thư, hoặc viết báo cáo để nêu ý kiến.",
        "If something is not right, please tell the secretary, or write an update to say so.",
    )
    return lines(head, *rows, tail)
