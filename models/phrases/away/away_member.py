"""Words of /khaibao: a member declares an absence and follows it to its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.phrases.away.away import FILING_STATES, KINDS, ROUTES, STATES, STEPS, WORKS
from models.phrases.away.letter import KINDS as LETTERS
from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import HOME_ZONE, Text, day, fitted, join, raw, say, say_as

AGREE = say("Đồng ý")
DECLARING = say("khai đi làm ăn xa")
CORRECTING = say("sửa giấy được trả lại")
EXTENDING = say("xin gia hạn")
CHANGING = say("báo thay đổi")
UPDATING = say("viết báo cáo gửi chi bộ")
RETURNING = say("báo trở về")
ATTACHING = say("gửi bản chụp giấy đã ký")

FILE = say("Nộp cho bí thư")
NOTE = say("Ghi nhận lần đi xa")
FILE_AGAIN = say("Nộp lại")
SAVE = say("Lưu thay đổi")
DOWNLOAD = say("Tải đơn để ký")
ATTACH = say("Gửi bản chụp giấy đã ký")
PORTAL = say("Mở Cổng Dịch vụ công quốc gia")
MORE = say("Việc khác")
USUAL_REASON = say("Dùng câu này")
CHANGE = say("Đổi nơi ở, việc làm, điện thoại")
ANEW = say("Khai lại lần đi này")
WITHDRAW = say("Rút đơn")
WITHDRAW_EXTENSION = say("Rút đề nghị gia hạn")
WITHDRAW_AT_HOME = say("Rút đơn: tôi ở nhà")
WITHDRAW_STILL_AWAY = say("Rút đơn: tôi vẫn ở nơi đi")
HISTORY = say("Lịch sử và giấy tờ")
EARLIER = say("Các lần đi xa trước")
SEND_PAPERS = say("Xem lại các bản chụp")
COUNTS = say("Số liệu theo dõi và nhận xét")
REPORTED = say("Tôi đã báo cáo chi bộ")
HAND_IN = say("Gửi bản tự kiểm điểm ở nước ngoài")
HAND_IN_SUPPLEMENT = say("Gửi phiếu bổ sung hồ sơ")
REVIEWING = say("gửi giấy tờ của thời gian ở nước ngoài")
NOT_BACK = say("Báo nhầm, tôi vẫn đi xa")
TO_AWAY = say("‹ Lần đi xa")
OTHER_DAY = say("Ngày khác, hoặc có thay đổi")
TODAY = say("Hôm nay")
YESTERDAY = say("Hôm qua")
FIRST_OF_MONTH = say("Đầu tháng sau")
SAME_LENGTH = say("Bằng lần trước")
OPEN_END = say("Chưa biết ngày về")
STEADY = say("Ở một nơi, việc ổn định")
MOVING = say("Đi lại nhiều nơi, không cố định")
KNOWS = say("Có, người ấy biết và đồng ý")
KNOWS_NOT = say("Chưa, xin không ghi tên")
NO_NUMBER = say("Chưa có số ở đó")
REWRITE = say("Viết lại")
LAST_YEAR = say("Năm trước")
THIS_YEAR = say("Năm nay")

FIELDS: dict[str, Text] = {
    "place": say("Nơi đến"),
    "city": say("Xã, phường, thành phố"),
    "work": say("Công việc"),
    "employer": say("Nơi làm việc"),
    "begin": say("Từ ngày"),
    "end": say("Đến ngày"),
    "steady": say("Tính chất"),
    "reason": say("Lý do"),
    "phone": say("Điện thoại ở đó"),
    "trusted": say("Người tin cậy ở nhà"),
    "host": say("Tổ chức nơi đến"),
    "from": say("Thay đổi từ ngày"),
    "answer": say("Trả lời góp ý"),
    "scan": say("Giấy đã ký"),
}
OTHER_FIELDS = say("Sửa mục khác…")
OTHER_WORKS = say("Việc khác…")
NOT_GIVEN = say("không ghi")
SCAN_SENT = say("gửi bản chụp")
ATTACHED = say("đã kèm bản chụp")


# --- questions ------------------------------------------------------------------------------------------------------


def needs_consent() -> Text:
    return say(
        "Để khai ở đây, cần đồng chí đồng ý với việc dưới đây. Nếu không, đồng chí khai và nộp đơn bằng giấy tại chi bộ."
    )


def where_to() -> Text:
    return paragraph(
        say("<b>Khai đi làm ăn xa</b> (khoảng một phút)"),
        say("Đồng chí đi đâu? Chọn, hoặc gõ tên tỉnh, thành phố hoặc nước. Không cần địa chỉ."),
    )


def which_city() -> Text:
    return say("Xã, phường hoặc thành phố nào? Có thể bỏ qua. Xin đừng ghi số nhà, tên đường.")


def no_street() -> Text:
    return say(
        "Mời gõ lại, chỉ tên xã, phường hoặc thành phố (ví dụ Osaka), hoặc bỏ qua. Xin đừng ghi số nhà, tên đường."
    )


def which_work() -> Text:
    return say("Đồng chí đi làm việc gì?")


def which_employer() -> Text:
    return say("Tên nơi làm việc hoặc nơi học? Có thể bỏ qua.")


def from_when() -> Text:
    return say("Đi từ ngày nào? Chọn, hoặc gõ ngày/tháng/năm. Nếu đã đi, mời gõ ngày đi.")


def until_when() -> Text:
    return say("Dự kiến đến hết ngày nào? Chọn, hoặc gõ ngày/tháng/năm.")


def months_button(*, months: int, until: date) -> Text:
    return say("{n} tháng (hết {until})", n=months, until=day(until))


def day_button(*, what: Text, on: date) -> Text:
    return say("{what} ({on})", what=what, on=day(on))


def steady_or_not() -> Text:
    return say(
        "Đồng chí ở một nơi ổn định, hay đi lại nhiều nơi? Nếu nơi đến không có tổ chức đảng, chọn “Đi lại nhiều nơi, không "
        "cố định”. Hình thức phù hợp tùy vào câu này."
    )


def which_reason(*, usual: Text, needed: bool) -> Text:
    """Ask for the reason. `usual`: a sentence that one tap takes; it is longer than a button shows."""
    ask = say("Lý do đi? Gõ vài chữ, hoặc dùng câu: “{usual}”.", usual=usual)
    if needed:
        return lines(ask, say("Đơn phải ghi lý do."))
    return lines(ask, say("Có thể bỏ qua."))


def reason_for(*, work: str) -> Text:
    """Offer a reason. It is Vietnamese, since it stands on the paper."""
    if work == "study":
        return say("Đi học tập")
    if work == "family":
        return say("Đi theo gia đình")
    return say("Đi làm để bảo đảm thu nhập ({work})", work=WORKS[work])


EXCUSES: dict[str, Text] = {
    "private": say("Lý do riêng, xin nói trực tiếp"),
    "alone abroad": say("Ra nước ngoài một mình"),
    "remote": say("Làm việc một mình ở nơi hẻo lánh"),
}


def excuse(*, reason: str) -> Text:
    """Say it on the paper. It is Vietnamese there; of a private reason nothing more is written than that it is one."""
    if reason == "private":
        return say("Lý do riêng, xin trình bày trực tiếp với bí thư chi bộ")
    return EXCUSES[reason]


def reason_needed() -> Text:
    return say("Đơn phải ghi lý do. Mời gõ vài chữ.")


def which_phone() -> Text:
    return say(
        "Gọi đồng chí ở đó bằng số nào? Chọn, hoặc gõ số. Số nước ngoài: ghi cả mã nước, ví dụ +81 90…"
    )


def own_number(*, phone: str) -> Text:
    return say("{phone} (số của tôi)", phone=phone)


def phone_not_read() -> Text:
    return say("Số này chưa đúng. Mời gõ lại, ví dụ 0912 345 678 hoặc +81 90 1234 5678, hoặc chọn bên dưới.")


def which_trusted() -> Text:
    return say(
        "Ai ở nhà là người tin cậy? Gõ họ tên, hoặc bỏ qua. Chi bộ chỉ hỏi người ấy khi không gọi được đồng chí."
    )


def do_they_know(*, name: str) -> Text:
    return say("{name} đã biết và đồng ý được ghi ở đây chưa?", name=name)


def their_phone(*, name: str) -> Text:
    return say("Số điện thoại của {name}? Có thể bỏ qua.", name=name)


def which_host() -> Text:
    return say(
        "Chi bộ có thể gửi giấy tới đâu ở nơi đến? Gõ tên tổ chức đảng, cơ quan đại diện hoặc hội đoàn, hoặc bỏ qua."
    )


def changed_from_when() -> Text:
    return say("Thay đổi từ ngày nào?")


def your_answer() -> Text:
    return say("Mời gõ câu trả lời cho góp ý, hoặc bỏ qua.")


def send_scan() -> Text:
    return say("Mời gửi ảnh chụp hoặc tệp của giấy đã ký.")


def send_return_paper(*, step: str) -> Text:
    """Ask for a paper of time abroad. `step`: which."""
    if step == "supplement":
        return say("Mời gửi ảnh hoặc tệp phiếu bổ sung hồ sơ đảng viên đã ký, sau thời gian ở nước ngoài.")
    return say(
        "Mời gửi ảnh hoặc tệp bản tự kiểm điểm đã ký về thời gian ở nước ngoài. Nếu có, kèm xác nhận của tổ chức đảng hoặc "
        "cơ quan đại diện ở nơi đến."
    )


def return_paper_taken(*, step: str) -> Text:
    if step == "supplement":
        return say("<b>Đã nhận phiếu bổ sung hồ sơ. Bí thư sẽ được báo.</b>")
    return say("<b>Đã nhận bản tự kiểm điểm. Bí thư sẽ được báo.</b>")


def scan_taken() -> Text:
    return say("Đã nhận bản chụp giấy đã ký. Bí thư sẽ được báo.")


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
    """Show what is about to be filed, line by line. `comment`: what it was returned with; `readers`: who will see it."""
    table = lines(*(say("{what}: <b>{value}</b>", what=FIELDS[f], value=v) for f, v in rows))
    parts = [head, *([returned_with(comment=comment)] if comment else []), table]
    return paragraph(*parts, *(part for part in (suggestion, readers, tail) if part is not None))


def who_will_see(*, decided_above: bool, trusted: str | None) -> Text:
    """Say before it is filed who will read it, and who will not hear of it. `trusted`: the person at home."""
    seen = [
        say("<b>Ai xem được</b>"),
        say("• Bí thư, phó bí thư chi bộ: toàn bộ. Ai mở phần liên hệ đều được ghi lại ở /dulieu."),
        say("• Người giữ liên lạc, nếu được phân công: tên, nơi đến, điện thoại."),
    ]
    if decided_above:
        above = say(
            "• Đảng ủy cấp trên, khi chi bộ đã đề nghị lên: đơn có tên đồng chí, nơi đến, thời gian, lý do."
        )
        seen.append(above)
    if trusted:
        named = say(
            "• {name}: chương trình không gửi gì. Chi bộ chỉ gọi người ấy khi không liên lạc được với đồng chí.",
            name=trusted,
        )
        seen.append(named)
    return lines(*seen)


def returned_with(*, comment: str) -> Text:
    return say("Góp ý khi trả lại:\n<blockquote>{comment}</blockquote>", comment=comment)


def look_over_declaration() -> Text:
    return say("<b>Mời xem lại trước khi nộp</b>")


def look_over_refiling(*, kind: str) -> Text:
    return say("<b>{kind}: sửa và nộp lại</b>", kind=KINDS[kind])


def look_over_extension(*, due_on: date) -> Text:
    return say("<b>Xin gia hạn</b> (hạn hiện nay: {due})", due=day(due_on))


def look_over_change() -> Text:
    return say("<b>Báo thay đổi</b>\nChạm vào mục cần sửa. Nội dung cũ vẫn được giữ trong lịch sử.")


def route_may_differ(*, route: str) -> Text:
    return say(
        "Hình thức đã được ghi nhận giữ nguyên. Với nơi mới, quy định gợi ý: {route}. Mời hỏi bí thư; chi bộ sẽ xem xét.",
        route=ROUTES[route],
    )


def nothing_changed() -> Text:
    return say("Chưa có gì thay đổi để lưu. Chạm vào mục cần sửa, hoặc hủy.")


def same_again(*, until: date, suggestion: Text) -> Text:
    return paragraph(
        say("<b>Xin gia hạn, không có gì thay đổi</b>: đến hết {until}.", until=day(until)), suggestion
    )


def same_button(*, until: date) -> Text:
    return say("Gửi: gia hạn đến {until}", until=day(until))


def about_reason() -> Text:
    return say(
        "Sau khi nộp, chương trình gửi đơn bản Word để đồng chí in và ký. Bản chụp gửi lúc nào cũng được."
    )


# --- what has been done ---------------------------------------------------------------------------------------------


def filed(*, state: str) -> Text:
    if state == "noted":
        return say("<b>Đã ghi nhận lần đi xa.</b>")
    return say("<b>Đã nộp. Bí thư chi bộ sẽ được báo.</b>")


def filed_again() -> Text:
    return say("<b>Đã nộp lại. Bí thư chi bộ sẽ được báo.</b>")


def extension_filed(*, state: str, until: date) -> Text:
    if state == "noted":
        return say("<b>Đã ghi nhận đến {until}.</b>", until=day(until))
    return say("<b>Đã gửi đề nghị gia hạn đến {until}.</b>", until=day(until))


def change_saved(*, from_on: date, applied: bool) -> Text:
    if applied:
        return say("<b>Đã lưu thay đổi.</b>")
    return say("<b>Đã lưu: thay đổi có hiệu lực từ {day}.</b>", day=day(from_on))


def withdrawn() -> Text:
    return say("<b>Đã rút. Bí thư chi bộ sẽ được báo.</b>")


def under_way_already() -> Text:
    return say("<b>Đề nghị này đã được gửi rồi.</b>")


def update_sent() -> Text:
    return say("<b>Đã gửi báo cáo. Cảm ơn đồng chí.</b>")


def return_begun() -> Text:
    return say("<b>Chào mừng đồng chí trở về.</b>")


def reported() -> Text:
    return say("<b>Đã đánh dấu: đã báo cáo chi bộ.</b>")


def done_already() -> Text:
    return say("<b>Việc này đã xong từ trước.</b>")


def still_away() -> Text:
    return say("<b>Đã sửa lại: đồng chí vẫn đi xa.</b>")


def your_paper(*, title: Text) -> Text:
    return say(
        "{title}. Mời in, ký, rồi gửi bản giấy hoặc bản chụp cho bí thư. Chỗ chấm để viết tay.", title=title
    )


def no_paper() -> Text:
    return say("Hình thức này không có đơn để tải ở đây.")


def paper_not_made() -> Text:
    return say("Đã nộp xong, nhưng chưa tạo được tệp Word. Mời bấm “Tải đơn để ký” sau ít phút.")


# --- the absence ----------------------------------------------------------------------------------------------------


def in_no_cell() -> Text:
    return say("Đồng chí chưa có tên trong chi bộ nào ở đây nên chưa khai được. Mời hỏi bí thư chi bộ.")


def more() -> Text:
    return say("Việc khác về lần đi xa này:")


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
    """Show the absence that is running. `paper`: where its paper lies and what comes next; `ahead`: what else is due."""
    facts = [
        say("<b>Lần đi xa của đồng chí: {state}</b>", state=STATES[state]),
        say("Hình thức: {route}", route=ROUTES[route]),
        say("Nơi đến: {place} · {work}", place=place, work=WORKS[work]),
        say("Thời gian: {a} – {b}", a=day(begins_on), b=day(due_on)),
    ]
    if plan is None or plan > due_on:
        until = say("chưa biết ngày về") if plan is None else day(plan)
        facts.append(say("Dự định: {until}", until=until))
    blocks = [*([note] if note is not None else []), lines(*facts)]
    return paragraph(*blocks, *([lines(*paper)] if paper else []), *([lines(*ahead)] if ahead else []))


def in_city(*, city: str | None, place: Text) -> Text:
    return say("{city}, {place}", city=city, place=place) if city else place


def paper_stands(*, kind: str, state: str, since: date) -> Text:
    return say(
        "{kind}: <b>{state}</b> (từ {since})", kind=KINDS[kind], state=FILING_STATES[state], since=day(since)
    )


def filed_under(*, where: Text) -> Text:
    return say("Nộp theo: {where}.", where=where)


def decided(*, number: str | None, on: date | None, until: date) -> Text:
    return say(
        "Quyết định số <b>{number}</b>{on}, đến {until}.",
        number=number or "–",
        on=say(" ngày {on}", on=day(on)) if on else EMPTY,
        until=day(until),
    )


def next_is_keeper(*, name: str, deputy: bool, above: bool) -> Text:
    """Say who is next. `above`: a committee decides on what the cell proposes; else the cell's meeting does."""
    role = say("phó bí thư") if deputy else say("bí thư")
    if not above:
        return say(
            "Tiếp theo: {role} {name} xem, rồi đưa ra chi bộ họp. Chi bộ quyết định.", role=role, name=name
        )
    return say(
        "Tiếp theo: {role} {name} xem, rồi đưa ra chi bộ họp. Chi bộ đề nghị, đảng ủy cấp trên quyết định.",
        role=role,
        name=name,
    )


def next_is_meeting(*, on: date | None, above: bool) -> Text:
    when = say("ngày {on}", on=day(on)) if on else say("kỳ tới")
    if not above:
        return say("Tiếp theo: chi bộ họp {when} và quyết định.", when=when)
    return say("Tiếp theo: chi bộ họp {when}. Sau đó đảng ủy cấp trên quyết định.", when=when)


def next_is_committee(*, name: str | None) -> Text:
    return say("Tiếp theo: {name} quyết định và ghi số quyết định.", name=name or say("đảng ủy cấp trên"))


def next_is_you(*, comment: str | None) -> Text:
    head = say("Tiếp theo: đồng chí sửa và nộp lại.")
    return lines(head, *([returned_with(comment=comment)] if comment else []))


def nobody_in_office() -> Text:
    return say("Mời liên hệ trực tiếp chi bộ: hiện chưa có bí thư, phó bí thư nào dùng chương trình.")


def lapsed() -> Text:
    return say(
        "Mời xin gia hạn hoặc báo trở về: đã quá hạn mà chưa có quyết định mới. Đây chỉ là việc giấy tờ."
    )


def change_ahead(*, from_on: date, place: Text) -> Text:
    return say("Đã báo thay đổi từ {day}: {place}.", day=day(from_on), place=place)


def update_ahead(*, on: date) -> Text:
    return say("Báo cáo bằng văn bản kỳ tới: {day}.", day=day(on))


def update_waits() -> Text:
    return say("Chi bộ đang chờ báo cáo bằng văn bản.")


def checklist(*, done: Sequence[tuple[str, date | None, bool]], owed: Sequence[str]) -> Text:
    """Show what a return consists of. `done`: with day and whether it was waived; `owed`: with whose turn it is."""
    rows = [
        say(
            "✓ {step}{when}{waived}",
            step=STEPS[step],
            when=say(" ({on})", on=day(on)) if on else EMPTY,
            waived=say(", được miễn") if waived else EMPTY,
        )
        for step, on, waived in done
    ]
    rows += [say("• còn: {step}{who}", step=STEPS[step], who=WHOSE[step]) for step in owed]
    return lines(say("Thủ tục khi về:"), *rows)


WHOSE: dict[str, Text] = {
    "report": say(" – đồng chí"),
    "review": say(" – đồng chí gửi, hoặc nộp bản giấy"),
    "supplement": say(" – đồng chí gửi, hoặc nộp bản giấy"),
    "comment": say(" – đồng chí mang về hoặc bí thư hỏi nơi đến"),
    "end": say(" – bí thư đánh dấu"),
    "meeting": say(" – bí thư đánh dấu"),
}


def sure_to_withdraw(*, kind: str) -> Text:
    if kind == "extension":
        return say("Rút đề nghị gia hạn? Thời hạn cũ giữ nguyên.")
    return say("Rút đơn? Lần đi xa này sẽ kết thúc ở đây. Đồng chí đang ở đâu?")


def when_back() -> Text:
    return say("Đồng chí về ngày nào? Chọn, hoặc gõ ngày/tháng/năm.")


def write_update() -> Text:
    return say(
        "Mời viết vài dòng: công việc, nơi ở, giữ liên hệ, điều cần chi bộ giúp. Hoặc gửi ảnh, tệp bản viết tay."
    )


def look_over_update(*, text: str, scan: bool) -> Text:
    body = say("<blockquote>{t}</blockquote>", t=text) if text else ATTACHED
    return paragraph(say("<b>Gửi báo cáo này cho chi bộ?</b>"), body, *([ATTACHED] if scan and text else []))


# --- history and counts ---------------------------------------------------------------------------------------------


MOVES: dict[str, Text] = {
    "filed": say("nộp cho bí thư"),
    "returned": say("trả lại để sửa"),
    "at cell": say("đưa ra chi bộ"),
    "proposed": say("chi bộ họp và đề nghị"),
    "approved": say("được chấp thuận"),
    "refused": say("không được chấp thuận"),
    "withdrawn": say("rút lại"),
    "superseded": say("thay bằng đơn mới"),
    "noted": say("ghi nhận"),
}


def history(*, head: Text, entries: Sequence[Text]) -> Text:
    return paragraph(head, lines(*entries))


def history_head(*, places: Sequence[Text], begins_on: date, until_on: date, state: str) -> Text:
    """Say where an absence was spent. `places`: in the order in which they lived there."""
    return say(
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
    """Say one dated move of a paper. `attached`: only a scan came."""
    what = SCAN_SENT if attached else MOVES[state]
    extra = [
        *([say("số {n}", n=decision)] if decision else []),
        *(
            [say_as("away_member", "ngày {on}", on=day(on))]
            if on != at.astimezone(ZoneInfo(HOME_ZONE)).date()
            else []
        ),
        *([say("theo bản giấy")] if on_paper else []),
        *([say("có bản chụp")] if has_file and not attached else []),
    ]
    line = say(
        "{at} · {kind}: <b>{what}</b>{extra} ({by})",
        at=_on(at),
        kind=KINDS[kind],
        what=what,
        extra=raw(", ") + join(extra, ", ") if extra else EMPTY,
        by=by,
    )
    return lines(line, *([say("<i>{c}</i>", c=comment)] if comment else []))


def _on(at: datetime) -> Text:
    return day(at.astimezone(ZoneInfo(HOME_ZONE)).date())


def away_line(*, at: datetime, state: str, by: str | None, note: str | None) -> Text:
    line = say(
        "{at} · <b>{state}</b>{by}",
        at=_on(at),
        state=STATES[state],
        by=say(" ({by})", by=by) if by else EMPTY,
    )
    return lines(line, *([say("<i>{c}</i>", c=note)] if note else []))


def change_line(
    *, at: datetime, from_on: date, changed: Sequence[tuple[str, Text, Text]], ahead: bool, by: str
) -> Text:
    """Say what a change on the way was and what it is. `ahead`: it does not hold yet."""
    values = [
        say("{what}: {old} → <b>{new}</b>", what=FIELDS[field], old=old, new=new)
        for field, old, new in changed
    ]
    return say(
        "{at} · thay đổi từ {day}{ahead}: {what} ({by})",
        at=_on(at),
        day=day(from_on),
        ahead=say(" (chưa đến ngày)") if ahead else EMPTY,
        what=join(values, "; ") if values else say("như cũ"),
        by=by,
    )


def update_line(*, at: datetime, text: str | None, has_file: bool, on_paper: bool, by: str) -> Text:
    line = say(
        "{at} · báo cáo bằng văn bản{paper}{scan} ({by})",
        at=_on(at),
        paper=say(", nhập từ bản giấy") if on_paper else EMPTY,
        scan=say(", có bản chụp") if has_file else EMPTY,
        by=by,
    )
    return lines(line, *([say("<i>{c}</i>", c=text)] if text else []))


def letter_line(
    *,
    kind: str,
    sent_on: date,
    reminded_on: date | None,
    replied_on: date | None,
    answered_on: date | None,
    answer: str | None,
) -> Text:
    """Say that a letter of the cell went to the place of stay, and what came back."""
    extra = [
        *([say("nhắc lại {on}", on=day(reminded_on))] if reminded_on else []),
        *([say("trả lời trên trang {on}, chưa ký", on=day(replied_on))] if replied_on else []),
        *([say("trả lời {on}", on=day(answered_on))] if answered_on else []),
    ]
    line = say(
        "{on} · chi bộ gửi nơi đến: {kind}{extra}",
        on=day(sent_on),
        kind=LETTERS[kind],
        extra=raw(", ") + join(extra, ", ") if extra else EMPTY,
    )
    return lines(line, *([say("<i>{c}</i>", c=answer)] if answer else []))


def step_line(*, at: datetime, step: str, waived: bool, note: str | None, by: str) -> Text:
    line = say(
        "{at} · khi về: {step}{waived} ({by})",
        at=_on(at),
        step=STEPS[step],
        waived=say(", được miễn") if waived else EMPTY,
        by=by,
    )
    return lines(line, *([say("<i>{c}</i>", c=note)] if note else []))


def which_absence() -> Text:
    return say("<b>Các lần đi xa đã ghi nhận</b>")


def absence_button(*, place: Text, begins_on: date) -> Text:
    return fitted(say("Từ {on}: {place}", on=day(begins_on), place=place))


def comments_from_there(*, entries: Sequence[tuple[date | None, str]]) -> Text:
    """Say what the place of stay wrote about the member; empty: nothing has come."""
    head = say("<b>Nhận xét của nơi đến</b>")
    if not entries:
        return lines(head, say("Chưa có nhận xét nào được ghi."))
    rows = [
        say("{on}: {note}", on=day(on) if on else say("không rõ ngày"), note=note or say("đã nhận"))
        for on, note in entries
    ]
    tail = say("Nếu có chỗ chưa đúng, mời nói với bí thư, hoặc viết báo cáo để nêu ý kiến.")
    return lines(head, *rows, tail)
