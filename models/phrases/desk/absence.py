"""Words that the keepers of absences read: secretary, deputy, committee officer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.away import away as away_words
from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.contact import sign_of_life as sign_words
from models.phrases.text import LABEL, Text, both, capital, day, fitting, month, raw, say, weekday

# --- buttons --------------------------------------------------------------------------------------------------------

ABSENCE = say("‹ Lần đi xa", "‹ The absence")
FILING = say("Mở hồ sơ", "Open the paper")
PERSON = say("Đi làm ăn xa", "Away from home")
UPDATES_ON = say("Bật báo cáo bằng văn bản (6 tháng)", "Ask for half-yearly updates")
UPDATES_OFF = say("Tắt báo cáo bằng văn bản", "Ask for no more updates")
REGISTER = say("Sổ theo dõi đi xa", "Register of those away")
TO_REGISTER = say("‹ Sổ theo dõi", "‹ Register")
TO_FILES = say("‹ Đơn chờ quyết định", "‹ Waiting papers")
EXCEL = say("Tải sổ (.xlsx)", "Register (.xlsx)")
DOCX = say("Tải đơn (.docx)", "Application (.docx)")
SCANS = say("Xem bản scan", "See the scans")
HISTORY = say("Quá trình", "History")
DETAILS = say("Cách liên hệ nơi đến", "How to reach them there")
LETTERS = say("Thư với nơi đến", "Letters")
CONTACTS = say("Người giữ liên lạc", "Contact")
COUNTS = say("Số liệu theo dõi", "Counts")
MORE = say("Việc khác", "More")
ONE_BY_ONE = say("Ghi từng thủ tục", "One by one")
WRITE_LETTER = say("Soạn thư (.docx)", "Draft a letter (.docx)")
TO_LETTERS = say("‹ Các thư", "‹ Letters")

ACTS: dict[str, Text] = {
    "put": say("Đưa ra chi bộ họp", "Put to the cell"),
    "return": say("Trả lại để sửa", "Give back with a comment"),
    "result": say("Nhập kết quả họp chi bộ", "Enter the cell's result"),
    "decide": say("Ghi quyết định", "Enter the decision"),
    "paper": say("Ghi quyết định trên giấy", "Decided on paper"),
    "fixdecision": say("Sửa số, ngày quyết định", "Correct the decision's number"),
    "file": say("Nhập đơn từ bản giấy", "Type an application from paper"),
    "refile": say("Nộp lại theo bản giấy", "File again from paper"),
    "withdraw": say("Rút đơn theo bản giấy", "Withdraw, from paper"),
    "extend": say("Nhập gia hạn từ bản giấy", "Type an extension from paper"),
    "change": say("Nhập thay đổi từ bản giấy", "Type a change from paper"),
    "back": say("Ghi đã trở về", "Note the return"),
    "ticks": say("Ghi thủ tục đã xong", "Note what is done"),
    "tick": say("Đánh dấu đã xong", "Tick it off"),
    "waive": say("Không cần bước này", "Not needed"),
    "resume": say("Chưa về, ghi nhầm", "Still away: noted by mistake"),
    "update": say("Nhập báo cáo bằng văn bản", "Type a written update"),
    "close": say("Kết thúc vì lý do khác", "Close for another reason"),
    "assign": say("Phân công người giữ liên lạc", "Assign a contact"),
    "sent": say("Ghi thư đã gửi", "Note a letter as sent"),
    "reminded": say("Ghi đã nhắc", "Note a reminder"),
    "answered": say("Ghi đã có trả lời", "Note the answer"),
    "fixletter": say("Sửa thư gõ sai", "Correct the letter"),
    "fixanswer": say("Sửa thư trả lời", "Correct the answer"),
    "unsend": say("Rút thư ghi nhầm", "Withdraw: noted by mistake"),
    "absent": say("Ghi vắng sinh hoạt", "Note an absence from a meeting"),
    "present": say("Sửa: không vắng", "Correct it: not absent"),
    "dues": say("Ghi đảng phí đến tháng", "Note dues up to"),
}
SENDS: dict[str, Text] = {
    "propose": say("Gửi đảng ủy", "Send to the committee"),
    "resolve": say("Ghi quyết định của chi bộ", "Enter the cell's decision"),
    "approve": say("Ghi quyết định chấp thuận", "Enter the approval"),
    "refuse": say("Ghi không chấp thuận", "Enter the refusal"),
    "save": say("Ghi lại", "Save"),
}
VERDICTS: dict[str, Text] = {
    "yes": say("Ghi quyết định chấp thuận", "Enter the approval"),
    "no": say("Ghi không chấp thuận", "Enter the refusal"),
}
VERDICTS_ON_PAPER: dict[str, Text] = {
    "yes": say("Đã có quyết định chấp thuận", "Approved on paper"),
    "no": say("Đã có trả lời không chấp thuận", "Refused on paper"),
}
ALL_STEPS = say("Tất cả đã xong", "All of them are done")
STEP_NAMES: dict[str, Text] = {
    "review": say("tự kiểm điểm ở nước ngoài", "self-review abroad"),
    "report": say("báo cáo khi về", "report on arrival"),
    "comment": say("nhận xét của nơi đến", "comment from there"),
    "end": say("kết thúc miễn, tạm thời", "exemption ended"),
    "meeting": say("dự kỳ sinh hoạt", "next meeting"),
}
FORM = say("việc về đi làm ăn xa", "a matter of an absence")

KEEP = say("Giữ nguyên", "Keep as it is")
NONE = say("Không ghi", "Leave out")
TODAY = say("Hôm nay", "Today")
OPEN_END = say("Chưa rõ ngày về", "Not known yet")
UNTIL_REPLACED = say("Đến khi thay người khác", "Until replaced")
AT_ONCE = say("Từ bây giờ", "From now on")
AGREES = say("Đồng ý", "Agreed")
REFUSES = say("Không đồng ý", "Not agreed")
APPROVES = say("Chấp thuận", "Approved")
APPROVES_NOT = say("Không chấp thuận", "Not approved")
AT_HOME = say("Đang ở nhà", "At home")
STILL_AWAY = say("Vẫn ở xa", "Still away")
ALL_NAMES = say("Tất cả tên", "All names")
MANNERS: dict[str, Text] = {
    "steady": say("Ở một nơi, có tổ chức đảng", "One place, Party body there"),
    "itinerant": say("Đi nhiều nơi, không cố định", "Moves about, or none to join"),
    "study": say("Đi học", "Studies"),
}
LETTER_DRAFTS: dict[str, Text] = {
    "comment": say("Soạn đề nghị nhận xét", "Draft: request for a comment"),
    "introduction": say("Soạn thư giới thiệu", "Draft: introduction"),
    "thanks": say("Soạn thư cảm ơn", "Draft: thanks"),
}
LETTER_SENT: dict[str, Text] = {
    "comment": say("Đã gửi đề nghị nhận xét", "Request for a comment was sent"),
    "introduction": say("Đã gửi thư giới thiệu", "Introduction was sent"),
    "thanks": say("Đã gửi thư cảm ơn", "Thanks were sent"),
}
FILTERS: dict[str, Text] = {
    "all": say("Đã khai", "Declared"),
    "abroad": say("Ngoài nước", "Abroad"),
    "home": say("Trong nước", "In the country"),
    "soon": say("Sắp hết hạn", "Ending soon"),
    "silent": say("Lâu chưa liên hệ", "No contact for long"),
    "undeclared": say("Chưa khai", "Not declared"),
}
WAITS: dict[str, Text] = {
    "lapsed": say("quá hạn", "past its end"),
    "filed": say("đơn cần xem", "paper to check"),
    "at cell": say("cần nhập kết quả họp", "result to enter"),
    "returning": say("đã về, còn thủ tục", "back, formalities open"),
    "ending": say("sắp hết hạn", "ends soon"),
}


def waits(*, wait: str, due_on: date) -> Text:
    if wait in ("ending", "lapsed"):
        return say("{what} {on}", "{what} {on}", what=WAITS[wait], on=_short(due_on))
    return WAITS[wait]


def waiting_button(*, count: int) -> Text:
    return say("Đơn chờ quyết định ({count})", "Papers to decide ({count})", count=count)


def with_count(*, label: Text, count: int) -> Text:
    return say("{label} ({count})", "{label} ({count})", label=label, count=count) if count else label


def named(*, name: str, what: Text) -> Text:
    return say("{name} · {what}", "{name} · {what}", name=name, what=what)


def _short(value: date) -> Text:
    return both(raw(f"{value:%d/%m}").vi, weekday(value).en)


# --- one absence ----------------------------------------------------------------------------------------------------


def absence(
    *,
    name: str,
    state: str,
    place: Text,
    work: str,
    route: str,
    begins_on: date,
    due_on: date,
    ends_on: date | None,
    returned_on: date | None,
    decision: Text | None,
    under_way: str | None,
    contact: str | None,
    heard_on: date | None,
    heard_how: str | None,
    open_steps: Sequence[str],
) -> Text:
    facts = [
        say("Nơi đến: {place}", "Place: {place}", place=place),
        say("Công việc: {work}", "Work: {work}", work=away_words.WORKS[work]),
        say("Hình thức: {route}", "Route: {route}", route=away_words.ROUTES[route]),
        say("Thời gian: {a} – {b}", "Time: {a} – {b}", a=day(begins_on), b=day(due_on)),
    ]
    if ends_on is None:
        facts.append(say("Ngày về: chưa rõ", "Return: not known yet"))
    elif ends_on != due_on:
        facts.append(say("Dự kiến ở đến: {on}", "Plans to stay until: {on}", on=day(ends_on)))
    if returned_on is not None:
        facts.append(say("Đã về ngày: {on}", "Came back on: {on}", on=day(returned_on)))
    facts.append(decision or say("Quyết định: chưa có", "Decision: none yet"))
    facts.append(
        say("Người giữ liên lạc: {who}", "Contact: {who}", who=contact)
        if contact
        else say("Người giữ liên lạc: chưa có", "Contact: none yet")
    )
    facts.append(sign_words.last(on=heard_on, how=heard_how))
    head = say(
        "<b>{name}</b>\nTình trạng: {state}",
        "<b>{name}</b>\nState: {state}",
        name=name,
        state=away_words.STATES[state],
    )
    if under_way:
        head = lines(head, say("Hồ sơ: {state}", "Paper: {state}", state=away_words.FILING_STATES[under_way]))
    steps = [say("• {s}", "• {s}", s=away_words.STEPS[step]) for step in open_steps]
    owed = [lines(say("Còn phải làm:", "Still open:"), *steps)] if steps else []
    return paragraph(head, *owed, lines(*facts))


def decision(*, number: str | None, on: date, on_paper: bool) -> Text:
    words = say("Quyết định: số {n}, ngày {on}", "Decision: no. {n} of {on}", n=number or "–", on=day(on))
    return words + (say(" (nhập từ bản giấy)", " (typed from paper)") if on_paper else EMPTY)


def none_declared(*, name: str, place: Text | None) -> Text:
    head = say("<b>{name}</b>", "<b>{name}</b>", name=name)
    where = [say("Theo danh sách: {place}", "On the roster: {place}", place=place)] if place else []
    return paragraph(
        lines(head, *where),
        say(
            "Hiện chưa khai lần đi xa nào. Nếu có đơn giấy, mời nhập ở đây. Đồng chí ấy cũng có thể tự khai: gõ /khaibao.",
            "No absence is declared now. An application on paper can be typed here. They can also declare it: /khaibao.",
        ),
    )


def place_follows(*, name: str, place: Text) -> Text:
    """The roster's place, while an absence is declared."""
    return say(
        "Mời sửa ở lần đi xa: nơi ở của đồng chí <b>{name}</b> đang theo lần đi xa đã khai ({place}). Nơi cũ vẫn được lưu. "
        "Giờ và kỳ báo cáo theo nơi mới.",
        "Please change it in the absence: the place of <b>{name}</b> follows what was declared ({place}). What was true "
        "before is kept. Clock and check-ins follow.",
        name=name,
        place=place,
    )


def details(
    *,
    name: str,
    city: str | None,
    employer: str | None,
    phone: str | None,
    host: str | None,
    trusted: str | None,
    reason: str | None,
) -> Text:
    """All that helps to reach somebody; reading it leaves a row."""
    known = [
        (say("Thành phố", "City"), city),
        (say("Nơi làm việc", "Employer"), employer),
        (say("Điện thoại", "Phone"), phone),
        (say("Tổ chức ở nơi đến", "Organisation there"), host),
        (say("Người thân tin cậy (đã biết)", "Trusted person (knows)"), trusted),
        (say("Lý do đi", "Reason"), reason),
    ]
    rows = [say("{label}: {value}", "{label}: {value}", label=label, value=v) for label, v in known if v]
    head = say("<b>{name}</b>", "<b>{name}</b>", name=name)
    return paragraph(head, lines(*rows) if rows else say("Chưa có gì được khai.", "Nothing was declared."))


def history(*, name: str, entries: Sequence[Text]) -> Text:
    head = say("<b>Quá trình: {name}</b>", "<b>History: {name}</b>", name=name)
    return paragraph(head, lines(*entries) if entries else say("Chưa có gì.", "Nothing yet."))


def moved(*, on: date, what: Text, by: str | None, on_paper: bool, comment: str | None, scan: bool) -> Text:
    """One line of a history."""
    line = say("{on} · {what}", "{on} · {what}", on=day(on), what=what)
    if by:
        line += say(" · đồng chí {by}", " · {by}", by=by)
    if on_paper:
        line += say(" · từ bản giấy", " · from paper")
    if scan:
        line += say(" · có scan", " · with scan")
    return line + (say("\n<i>{c}</i>", "\n<i>{c}</i>", c=comment) if comment else EMPTY)


def paper_moved(*, kind: str, state: str) -> Text:
    kinds, states = away_words.KINDS, away_words.FILING_STATES
    return say("{kind}: {state}", "{kind}: {state}", kind=kinds[kind], state=states[state])


def changed(*, before: Text | None, after: Text, work: str) -> Text:
    """A change on the way; `before` None: it lies ahead."""
    works = away_words.WORKS
    if before is None:
        return say("sẽ đổi: {a}, {w}", "will change: {a}, {w}", a=after, w=works[work])
    return say("{b} → {a}, {w}", "{b} → {a}, {w}", b=before, a=after, w=works[work])


def updated() -> Text:
    return say("báo cáo bằng văn bản", "written update")


def step_done(*, step: str, waived: bool) -> Text:
    words = say("đã xong: {s}", "done: {s}", s=away_words.STEPS[step])
    return say("không cần: {s}", "not needed: {s}", s=away_words.STEPS[step]) if waived else words


def decision_corrected(*, on: date, by: str, number: str | None, was_on: date | None) -> Text:
    """The trace of a correction: what stood there, who corrected it, when."""
    return say(
        "<i>Trước đó ghi: {was}; sửa ngày {on}, đồng chí {by}</i>",
        "<i>Before: {was}; corrected on {on} by {by}</i>",
        was=away_words.numbered(number, was_on),
        on=day(on),
        by=by,
    )


def more(*, name: str) -> Text:
    return say("<b>{name}</b>\nViệc khác về lần đi xa:", "<b>{name}</b>\nMore about this absence:", name=name)


def paper_button(*, kind: str, due_on: date) -> Text:
    return say("{kind} đến {on}", "{kind}, to {on}", kind=away_words.KINDS[kind], on=day(due_on))


def step_mark(*, step: str, on: bool) -> Text:
    mark = say("✓ {s}", "✓ {s}", s=STEP_NAMES[step])
    return mark if on else capital(STEP_NAMES[step])


def note_steps(*, count: int) -> Text:
    return say("Ghi {n} việc đã xong", "Note {n} as done", n=count)


def which_steps(*, on: date) -> Text:
    return say(
        "Thủ tục nào đã xong? Chạm để đánh dấu, rồi bấm “Ghi”. Ngày ghi: hôm nay, {on}.\n"
        "Ngày khác, có bản scan, hoặc không cần làm: quay lại, bấm “Ghi từng thủ tục”.",
        "What is done? Tap to mark, then “Note”. Noted for today, {on}.\n"
        "Another day, a scan, or not needed: go back and tap “One by one”.",
        on=day(on),
    )


def offer(*, step: str, known: bool) -> Text:
    """A button of the overview for what is not asked: a scan is there only where there is paper."""
    label = LABELS["day" if step == "planned" else step]
    if known:
        return say("Sửa: {label}", "Change: {label}", label=label)
    return OFFERS.get(step) or say("Thêm: {label}", "Add: {label}", label=label)


OFFERS: dict[str, Text] = {
    "route": say("Chọn hình thức khác", "Another route"),
    "planned": say("Ghi ngày họp dự kiến", "The day of the meeting"),
    "votes": say("Ghi số phiếu", "The votes"),
    "scan": say("Kèm bản scan (nếu có giấy)", "Add a scan, if there is paper"),
    "note": say("Thêm ghi chú", "Add a note"),
    "reason": say("Ghi lý do", "The reason"),
    "day": say("Ngày khác", "Another day"),
}


def step_button(*, step: str) -> Text:
    return say("Còn: {s}", "Open: {s}", s=STEP_NAMES[step])


def steps(*, name: str) -> Text:
    return say(
        "<b>{name}</b>\nGhi thủ tục nào? Ngày khác, bản scan, hoặc không cần làm đều ghi được.",
        "<b>{name}</b>\nWhich of them? Another day, a scan, or that it is not needed can be noted.",
        name=name,
    )


def step(*, name: str, step: str) -> Text:
    return say(
        "<b>{name}</b>\nBước: {s}.",
        "<b>{name}</b>\nStep: {s}.",
        name=name,
        s=away_words.STEPS[step],
    )


# --- one paper ------------------------------------------------------------------------------------------------------


def filing(
    *,
    name: str,
    cell: str | None,
    kind: str,
    state: str,
    place: Text,
    route: str,
    rule: Text | None,
    begins_on: date,
    due_on: date,
    ends_on: date | None,
    on_paper: bool,
    reason: str | None,
    result: Text | None,
    decision: Text | None,
    moves: Sequence[Text],
    portal: str | None,
    first: Text | None = None,
) -> Text:
    """`cell`: only for the committee, which looks at several; `first`: what its reader has to do before all else."""
    head = say(
        "<b>{kind} của đồng chí {name}</b>\nTình trạng: {state}",
        "<b>{kind} of {name}</b>\nState: {state}",
        kind=away_words.KINDS[kind],
        name=name,
        state=away_words.FILING_STATES[state],
    )
    facts = [say("{cell}", "{cell}", cell=cell)] if cell else []
    facts += [
        say("Nơi đến: {place}", "Place: {place}", place=place),
        say("Hình thức: {route}", "Route: {route}", route=away_words.ROUTES[route]),
        rule or say("Hình thức do chi bộ chọn.", "The cell chose this route."),
        say("Xin từ {a} đến {b}", "Asks for {a} to {b}", a=day(begins_on), b=day(due_on)),
    ]
    if ends_on is None:
        facts.append(say("Ngày về: chưa rõ", "Return: not known yet"))
    elif ends_on != due_on:
        facts.append(say("Dự kiến ở đến {on}", "Plans to stay until {on}", on=day(ends_on)))
    if reason:
        facts.append(say("Lý do: {reason}", "Reason: {reason}", reason=reason))
    if on_paper:
        facts.append(say("Đơn nhập từ bản giấy.", "Typed from a paper."))
    facts += [one for one in (result, decision) if one]
    tail = [say("<b>Quá trình</b>", "<b>History</b>"), *moves] if moves else []
    link = [_portal(portal)] if portal else []
    return paragraph(
        head, *([first] if first else []), lines(*facts), *link, *([lines(*tail)] if tail else [])
    )


def rule(*, document: str, article: str, unconfirmed: bool) -> Text:
    where = away_words.cited(document, article)
    words = say("Gợi ý theo: {where}", "Suggested by: {where}", where=where)
    if not unconfirmed:
        return words
    return words + say(" (văn bản mới có thể đã sửa, mời đối chiếu)", " (a newer text may differ)")


def practice() -> Text:
    return say("Gợi ý theo thông lệ; chi bộ xem xét.", "Suggested by practice; the cell considers it.")


def _portal(url: str) -> Text:
    return say(
        'Việc chuyển sinh hoạt làm trên <a href="{url}">Cổng Dịch vụ công quốc gia</a>; ở đây chỉ theo dõi.',
        'Transfers are filed on the <a href="{url}">National Public Service Portal</a>; here they are followed.',
        url=url,
    )


def planned_meeting(*, on: date) -> Text:
    return say("Dự kiến họp ngày {on}", "Meeting planned for {on}", on=day(on))


def result(*, on: date, votes_for: int | None, votes_against: int | None) -> Text:
    words = say("Chi bộ họp ngày {on}", "The cell met on {on}", on=day(on))
    if votes_for is None:
        return words
    return words + say(
        ": {f} phiếu đồng ý, {a} không đồng ý",
        ": {f} for, {a} against",
        f=votes_for,
        a=votes_against or 0,
    )


def nobody_above() -> Text:
    return say(
        "Mời gửi bản giấy lên đảng ủy cấp trên, rồi nhập quyết định ở đây. Đảng ủy chưa dùng chương trình.",
        "Please send the paper to the committee, then type its decision here: it does not use this program.",
    )


def application_file(*, name: str, kept: bool) -> Text:
    """`kept` False: filed before papers were kept as they were filed."""
    if not kept:
        return say(
            "Đơn của đồng chí {name}, dựng lại từ những gì còn lưu. Lúc nộp đơn, chương trình chưa giữ bản gốc.",
            "The application of {name}, made again from what is still known. It was filed before papers were kept.",
            name=name,
        )
    return say(
        "Đơn của đồng chí {name}, để in và ký. Chỗ trống điền tay.",
        "The application of {name}, to print and sign. Dots are filled in by hand.",
        name=name,
    )


def no_application() -> Text:
    return say(
        "Hình thức này không có mẫu đơn ở đây. Việc chỉ được ghi nhận, hoặc làm trên Cổng Dịch vụ công quốc gia.",
        "There is no form for this route here: it is only noted, or filed on the National Public Service Portal.",
    )


def template_broken() -> Text:
    return say(
        "Chưa tạo được tệp: mẫu giấy đang có lỗi. Mời báo người phụ trách kỹ thuật (lệnh kiểm tra trên máy chủ: bot check).",
        "The file could not be made: its template has a fault. Please tell the operator (`bot check` on the server finds it).",
    )


def scan_of(*, name: str, what: Text, on: date) -> Text:
    return say("{name} · {what} · {on}", "{name} · {what} · {on}", name=name, what=what, on=day(on))


def no_scan() -> Text:
    return say("Chưa có bản scan nào.", "There is no scan yet.")


def to_decide(*, unit: str, count: int) -> Text:
    head = say("<b>Đơn chờ quyết định: {n}</b>\n{unit}", "<b>To decide: {n}</b>\n{unit}", n=count, unit=unit)
    if count:
        return head
    return paragraph(head, say("Không có đơn nào đang chờ.", "Nothing waits."))


def done(*, act: str) -> Text:
    return say("<b>Đã ghi: {what}.</b>", "<b>Saved: {what}.</b>", what=DONE[act])


DONE: dict[str, Text] = {
    "put": say("đưa ra chi bộ họp", "put to the cell"),
    "return": say("trả lại để sửa", "given back"),
    "result": say("kết quả họp chi bộ", "the cell's result"),
    "decide": say("quyết định", "the decision"),
    "paper": say("quyết định trên giấy", "the decision on paper"),
    "file": say("đơn từ bản giấy", "the application from paper"),
    "refile": say("đơn nộp lại", "filed again"),
    "withdraw": say("rút đơn", "withdrawn"),
    "extend": say("đề nghị gia hạn", "the extension"),
    "change": say("thay đổi", "the change"),
    "back": say("ngày trở về", "the return"),
    "ticks": say("thủ tục đã xong", "what is done"),
    "fixdecision": say("số quyết định đã sửa; số cũ vẫn được lưu", "corrected; what stood there is kept"),
    "tick": say("bước đã xong", "the step"),
    "waive": say("bước không cần làm", "the step is not needed"),
    "resume": say("vẫn đang đi xa", "still away"),
    "update": say("báo cáo bằng văn bản", "the written update"),
    "close": say("đã kết thúc", "closed"),
    "assign": say("người giữ liên lạc", "the contact"),
    "sent": say("thư đã gửi", "the letter was sent"),
    "reminded": say("đã nhắc", "the reminder"),
    "answered": say("thư trả lời; đồng chí ấy sẽ được báo", "the answer; the member will be told of it"),
    "fixletter": say("thư đã sửa; nội dung cũ vẫn được lưu", "corrected; what was there before is kept"),
    "fixanswer": say(
        "thư trả lời đã sửa; đồng chí ấy sẽ được báo nội dung đúng",
        "the answer is corrected; the member will be told",
    ),
    "unsend": say("thư đã rút; nội dung cũ vẫn được lưu", "withdrawn; what was there is kept"),
    "absent": say("vắng sinh hoạt", "the absence from the meeting"),
    "present": say("bỏ ghi vắng", "taken back"),
    "dues": say("đảng phí", "the dues"),
}


# --- questions ------------------------------------------------------------------------------------------------------


def titled(*, act: str, name: str | None, words: Text) -> Text:
    """A question under the name of what is being done and of whom it is about."""
    head = say("<b>{act}</b>", "<b>{act}</b>", act=ACTS[act])
    if name:
        head += say(" · {name}", " · {name}", name=name)
    return paragraph(head, words)


def which_route(*, now: str) -> Text:
    return say(
        "Đơn đang ghi: {route}. Giữ, hay chọn hình thức khác?",
        "The paper says: {route}. Keep it, or another route?",
        route=away_words.ROUTES[now],
    )


def which_member() -> Text:
    return say("Đồng chí nào? Chọn, hoặc gõ tên để tìm.", "Who? Choose, or type a name.")


def which_contact(*, found: int) -> Text:
    if not found:
        return say("Không thấy tên này. Mời gõ lại.", "No such name. Please type it again.")
    return say("Ai giữ liên lạc? Chọn, hoặc gõ tên để tìm.", "Who keeps in touch? Choose, or type a name.")


def which_place() -> Text:
    return say(
        "Đồng chí ấy đến đâu? Chọn, hoặc gõ tên tỉnh, thành phố hoặc nước.",
        "Where to? Choose, or type a province, city or country.",
    )


def which_of_these() -> Text:
    return say("Nơi nào trong số này? Chọn, hoặc gõ lại.", "Which of these? Choose, or type again.")


def place_needed() -> Text:
    return say(
        "Đi làm ăn xa cần có nơi đến. Mời chọn hoặc gõ.", "A place is needed. Please choose or type one."
    )


def which_clock(*, place: Text) -> Text:
    return say(
        "{place} có nhiều múi giờ. Nơi đồng chí ấy ở đang là mấy giờ?",
        "{place} has several clocks. What time is it where they are?",
        place=place,
    )


def which_work() -> Text:
    return say("Công việc ở nơi đến?", "What work there?")


def which_manner() -> Text:
    return say(
        "Ở nơi đến như thế nào? Nơi không có tổ chức đảng: chọn “Đi nhiều nơi, không cố định”.",
        "How do they live there? Where there is no Party organisation, choose “Moves about”.",
    )


def which_employer(*, now: str) -> Text:
    if now:
        return say("Nơi làm việc? Đang ghi: {now}.", "Employer? Noted: {now}.", now=now)
    return say("Nơi làm việc? Gõ tên, hoặc bấm “Không ghi”.", "Employer? Type it, or leave it out.")


def which_city() -> Text:
    return say(
        "Xã, phường hoặc thành phố nào? Gõ, hoặc bấm “Không ghi”. Xin đừng ghi số nhà, tên đường.",
        "Which town? Type it, or leave it out. Please no street.",
    )


def which_trusted() -> Text:
    return say(
        "Đơn có ghi người tin cậy ở nhà không? Gõ họ tên, hoặc bấm “Không ghi”.",
        "Does the paper name a trusted person at home? Type the name, or leave it out.",
    )


def do_they_know(*, name: str) -> Text:
    return say(
        "{name} đã biết và đồng ý được ghi ở đây chưa? Nếu chưa, chương trình không ghi tên.",
        "Does {name} know, and agree to be named here? If not, the name is not kept.",
        name=name,
    )


def which_phone(*, now: str) -> Text:
    if now:
        return say("Điện thoại ở nơi đến? Đang ghi: {now}.", "Phone there? Noted: {now}.", now=now)
    return say(
        "Điện thoại ở nơi đến? Gõ số, số nước ngoài kèm mã nước (+81…).",
        "Phone there? Type it, abroad with its country code (+81…).",
    )


def phone_unfit() -> Text:
    return say(
        "Chưa đọc được số này. Mời gõ lại, số nước ngoài kèm mã nước, ví dụ +819012345678.",
        "That number was not understood. Please type it again with its country code, like +819012345678.",
    )


DAYS: dict[str, Text] = {
    "from": say("Từ ngày nào? Gõ ngày/tháng/năm.", "From which day? Type day/month/year."),
    "until": say("Đến hết ngày nào? Gõ ngày/tháng/năm.", "Up to which day? Type day/month/year."),
    "planned": say(
        "Dự kiến họp ngày nào? Gõ ngày, hoặc bấm “Không ghi”.",
        "When will the cell meet? Type it, or leave it out.",
    ),
    "result": say(
        "Chi bộ họp ngày nào? Chọn, hoặc gõ ngày/tháng/năm.",
        "When did the cell meet? Choose, or type day/month/year.",
    ),
    "decide": say(
        "Ngày của quyết định? Chọn, hoặc gõ ngày/tháng/năm.",
        "The date of the decision? Choose, or type day/month/year.",
    ),
    "fixdecision": say(
        "Ngày ghi trên quyết định? Giữ nguyên, hoặc gõ ngày/tháng/năm.",
        "The date on the decision? Keep it, or type day/month/year.",
    ),
    "paper": say(
        "Ngày ghi trên quyết định? Chọn, hoặc gõ ngày/tháng/năm.",
        "The date on the decision? Choose, or type day/month/year.",
    ),
    "back": say(
        "Đồng chí ấy về ngày nào? Chọn, hoặc gõ ngày/tháng/năm.",
        "When did they come back? Choose, or type day/month/year.",
    ),
    "tick": say(
        "Xong ngày nào? Chọn, hoặc gõ ngày/tháng/năm.", "When was it done? Choose, or type day/month/year."
    ),
    "sent": say(
        "Gửi ngày nào? Chọn, hoặc gõ ngày/tháng/năm.", "When was it sent? Choose, or type day/month/year."
    ),
    "reminded": say(
        "Nhắc ngày nào? Chọn, hoặc gõ ngày/tháng/năm.",
        "When were they reminded? Choose, or type day/month/year.",
    ),
    "answered": say(
        "Ngày ghi trên thư trả lời? Chọn, hoặc gõ ngày/tháng/năm.",
        "The date on the answer? Choose, or type day/month/year.",
    ),
    "fixletter": say(
        "Gửi ngày nào? Chọn, hoặc gõ ngày/tháng/năm.", "When was it sent? Choose, or type day/month/year."
    ),
    "fixanswer": say(
        "Ngày ghi trên thư trả lời? Chọn, hoặc gõ ngày/tháng/năm.",
        "The date on the answer? Choose, or type day/month/year.",
    ),
}


def keep_day(*, on: date) -> Text:
    return say("Giữ {on}", "Keep {on}", on=day(on))


def keep_what(*, what: Text) -> Text:
    return say("Giữ: {what}", "Keep: {what}", what=what)


def keep_words(*, now: str) -> Text:
    """A button that leaves what was typed as it is; long words are cut."""
    short = now if len(now) <= 21 else f"{now[:20]}…"
    return say("Giữ nguyên: {now}", "Keep: {now}", now=short)


def day_has_gone() -> Text:
    return say("Ngày họp dự kiến phải từ hôm nay trở đi.", "The planned day is today or later.")


def which_verdict(*, act: str, cell_decides: bool) -> Text:
    if act == "result" and cell_decides:
        return say("Chi bộ có chấp thuận không?", "Does the cell approve it?")
    if act == "result":
        return say("Chi bộ có đồng ý đề nghị không?", "Does the cell propose it?")
    return say("Quyết định thế nào?", "What was decided?")


def verdict(*, yes: bool, act: str, cell_decides: bool) -> Text:
    """A cell agrees to propose; whoever decides approves."""
    if act == "result" and not cell_decides:
        return AGREES if yes else REFUSES
    return APPROVES if yes else APPROVES_NOT


def which_votes() -> Text:
    return say(
        "Số phiếu đồng ý và không đồng ý? Gõ như 12/0, hoặc bấm “Không ghi”.",
        "Votes for and against? Type them like 12/0, or leave them out.",
    )


def votes_unread() -> Text:
    return say(
        "Chưa đọc được số phiếu. Mời gõ hai số, ví dụ 12/0, hoặc bấm “Không ghi”.",
        "Please type two numbers, like 12/0, or tap “Leave out”.",
    )


def which_number(*, act: str) -> Text:
    if act == "result":
        return say(
            "Số nghị quyết hoặc biên bản của chi bộ? Ví dụ 05-NQ/CB.",
            "The number of the cell's resolution or minutes? For example 05-NQ/CB.",
        )
    if act == "fixdecision":
        return say(
            "Số đúng, như trên văn bản? Ghi cả ngày nếu có, ví dụ: 15-QĐ/ĐU ngày 05/01/2027.",
            "The right number, as on the paper? With its date if you like, for example: 15-QĐ/ĐU ngày 05/01/2027.",
        )
    if act in ("sent", "fixletter"):
        return say("Số của thư? Gõ, hoặc bấm “Không ghi”.", "The letter's number? Type it, or leave it out.")
    return say(
        "Số quyết định? Ghi cả ngày nếu có, ví dụ: 15-QĐ/ĐU ngày 05/01/2027.",
        "The decision's number? With its date if you like, for example: 15-QĐ/ĐU ngày 05/01/2027.",
    )


WHYS: dict[str, Text] = {
    "return": say(
        "Cần sửa gì? Đồng chí ấy sẽ đọc được.", "What should be corrected? The member will read it."
    ),
    "close": say(
        "Vì sao kết thúc? Ví dụ: đã chuyển sinh hoạt chính thức; nhập nhầm.",
        "Why is it closed? For example: transferred for good; entered by mistake.",
    ),
    "waive": say("Vì sao không cần bước này?", "Why is this step not needed?"),
    "unsend": say(
        "Vì sao rút thư? Ví dụ: ghi nhầm người. Đồng chí ấy sẽ được báo nếu đã đọc thư trả lời.",
        "Why is it withdrawn? For example: the wrong person. A member who has read its answer is told.",
    ),
    "other": say("Lý do? Đồng chí ấy sẽ đọc được.", "Why? The member will read it."),
}


def which_reason() -> Text:
    return say(
        "Lý do ghi trong đơn? Gõ, hoặc bấm “Không ghi”.", "The reason on the paper? Type it, or leave it out."
    )


NOTES: dict[str, Text] = {
    "update": say(
        "Nội dung báo cáo? Gõ. Nếu chỉ gửi ảnh, bấm “Không ghi”.",
        "What it says? Type it, or leave it out and send a photo.",
    ),
    "answered": say(
        "Nơi đến trả lời thế nào? Gõ; đồng chí ấy sẽ đọc được. Nếu chỉ gửi bản scan, bấm “Không ghi”.",
        "What do they answer? Type it, or leave it out and send a scan. The member will read it.",
    ),
    "fixanswer": say(
        "Nơi đến trả lời thế nào? Gõ lại cho đúng, hoặc giữ nguyên. Đồng chí ấy sẽ đọc được.",
        "What do they answer? Type it as it should be, or keep it. The member will read it.",
    ),
    "other": say("Ghi chú? Gõ, hoặc bấm “Không ghi”.", "A note? Type it, or leave it out."),
}


def which_to() -> Text:
    return say(
        "Gửi tới tổ chức nào? Gõ tên, hoặc bấm “Không ghi”.",
        "To which organisation? Type it, or leave it out.",
    )


def is_at_home() -> Text:
    return say(
        "Hiện đồng chí ấy ở nhà hay vẫn ở xa? Nếu ở nhà, chương trình thôi hỏi báo cáo.",
        "Are they at home, or still away? At home they are not asked to check in any more.",
    )


def which_month(*, act: str) -> Text:
    if act == "dues":
        return say(
            "Sổ ghi đảng phí đã đóng đến tháng nào? Ví dụ 11/2026.",
            "Dues are recorded up to which month? For example 11/2026.",
        )
    return say("Kỳ sinh hoạt tháng nào? Ví dụ 11/2026.", "The meeting of which month? For example 11/2026.")


def month_unread() -> Text:
    return say("Chưa đọc được tháng. Mời gõ như 11/2026.", "Please type the month like 11/2026.")


def month_button(*, on: date) -> Text:
    return month(on)


def send_scan(*, needed: bool) -> Text:
    if needed:
        return say("Gửi ảnh hoặc tệp scan của bản giấy.", "Send a photo or scan of the paper.")
    return say(
        "Gửi ảnh hoặc tệp scan của bản giấy đã ký, hoặc bấm “Không ghi”.",
        "Send a photo or scan of the signed paper, or leave it out.",
    )


LABELS: dict[str, Text] = {
    "member": say("Đồng chí", "Member"),
    "kind": say("Thư", "Letter"),
    "route": say("Hình thức", "Route"),
    "place": say("Nơi đến", "Place"),
    "work": say("Công việc", "Work"),
    "manner": say("Ở nơi đến", "There"),
    "city": say("Xã, phường, thành phố", "Town"),
    "employer": say("Nơi làm việc", "Employer"),
    "phone": say("Điện thoại", "Phone"),
    "trusted": say("Người tin cậy (đã biết)", "Trusted person (knows)"),
    "their_phone": say("Điện thoại người ấy", "Their phone"),
    "from": say("Từ ngày", "From"),
    "until": say("Đến ngày", "Until"),
    "reason": say("Lý do", "Reason"),
    "day": say("Ngày", "Day"),
    "verdict": say("Kết quả", "Result"),
    "votes": say("Phiếu", "Votes"),
    "number": say("Số", "Number"),
    "why": say("Lý do", "Why"),
    "note": say("Nội dung", "Text"),
    "to": say("Gửi tới", "To"),
    "contact": say("Người giữ liên lạc", "Contact"),
    "home": say("Hiện ở đâu", "Now"),
    "month": say("Tháng", "Month"),
    "scan": say("Bản scan", "Scan"),
    "steps": say("Đã xong", "Done"),
}


def overview(*, facts: Sequence[tuple[Text, Text]], on_paper: bool, extra: Text | None) -> Text:
    """What will be kept, before it is."""
    rows = [say("{label}: {value}", "{label}: {value}", label=label, value=value) for label, value in facts]
    paper = [say("Ghi là: nhập từ bản giấy.", "Noted as: typed from paper.")] if on_paper else []
    body = [lines(*rows)] if rows else []
    ask = say("Mời xem lại trước khi ghi.", "Please look it over before it is saved.")
    return paragraph(ask, *body, *paper, *([extra] if extra else []))


def one_day(*, on: date) -> Text:
    return day(on)


def one_month(*, on: date) -> Text:
    return month(on)


def attached(*, name: str) -> Text:
    return raw(name) if name else say("có ảnh", "a photo")


# --- contacts, counts, letters --------------------------------------------------------------------------------------


def contacts(*, name: str, rows: Sequence[tuple[str, date, date | None, bool]]) -> Text:
    """Rows: who, from, until, whether it lies ahead."""
    head = say(
        "<b>Người giữ liên lạc của đồng chí {name}</b>", "<b>Who keeps in touch with {name}</b>", name=name
    )
    shown = [_contact(*row) for row in rows]
    note = say(
        "Người giữ liên lạc chỉ xem được những gì cần để gọi điện.",
        "A contact sees only what one needs to phone.",
    )
    return paragraph(head, lines(*shown) if shown else say("Chưa có ai.", "Nobody yet."), note)


def _contact(who: str, begins_on: date, ends_on: date | None, ahead: bool) -> Text:
    line = say("• {who}, từ {a}", "• {who}, from {a}", who=who, a=day(begins_on))
    if ends_on is not None:
        line += say(" đến hết {b}", " to {b}", b=day(ends_on))
    return line + (say(" (sắp tới)", " (later)") if ahead else EMPTY)


def end_contact(*, name: str) -> Text:
    return say("Thôi phân công {name}", "End: {name}", name=fitting(name, LABEL - 15))


def contact_ended() -> Text:
    return say("Đã thôi phân công. Đồng chí ấy sẽ được báo.", "Ended. They will be told.")


def counts(*, name: str, body: Text) -> Text:
    return paragraph(say("<b>{name}</b>", "<b>{name}</b>", name=name), body)


def letters(*, name: str, shown: Sequence[Text]) -> Text:
    head = say("<b>Thư với nơi đến: {name}</b>", "<b>Letters: {name}</b>", name=name)
    none = say("Chưa gửi thư nào.", "No letter was sent yet.")
    body = say(
        "Soạn thư, in, ký và gửi; rồi ghi ngày gửi ở đây. Khi có trả lời, mở thư ấy để ghi. "
        "Đồng chí ấy đọc được trả lời.",
        "Draft a letter, print, sign and send it; then note here when it was sent. When the answer comes, open that letter. "
        "The member reads the answer.",
    )
    return paragraph(head, lines(*shown) if shown else none, body)


def which_draft(*, name: str) -> Text:
    return say(
        "<b>{name}</b>\nSoạn thư nào? Chương trình gửi tệp Word để in và ký.",
        "<b>{name}</b>\nWhich letter? You get a Word file to print and sign.",
        name=name,
    )


def which_letter() -> Text:
    return say("Thư nào đã gửi?", "Which letter was sent?")


def letter_file(*, kind: Text, name: str) -> Text:
    return say("{kind} · {name}, để in và ký.", "{kind} · {name}, to print and sign.", kind=kind, name=name)


# --- the register ---------------------------------------------------------------------------------------------------


def register(*, cell: str, chosen: str, rows: Sequence[Text], count: int, page: int, pages: int) -> Text:
    head = say(
        "<b>Sổ theo dõi đảng viên đi làm ăn xa</b>\n{cell} · {what}: <b>{n}</b>",
        "<b>Register of members away</b>\n{cell} · {what}: <b>{n}</b>",
        cell=cell,
        what=FILTERS[chosen],
        n=count,
    )
    if pages > 1:
        head += say("\ntrang {p}/{of}", "\npage {p}/{of}", p=page + 1, of=pages)
    if not rows:
        return paragraph(head, say("Không có ai trong danh sách này.", "Nobody is on this list."))
    return paragraph(head, *rows)


def filtered(*, label: Text) -> Text:
    return say("Lọc: {label}", "Shown: {label}", label=label)


def which_part(*, cell: str) -> Text:
    return say("<b>{cell}</b>\nXem những đồng chí nào?", "<b>{cell}</b>\nWhom to show?", cell=cell)


def more_of_register(*, cell: str) -> Text:
    return say(
        "<b>{cell}</b>\nViệc khác với sổ theo dõi:", "<b>{cell}</b>\nMore about the register:", cell=cell
    )


def register_row(
    *,
    number: int,
    name: str,
    route: str,
    place: Text,
    due_on: date,
    heard_on: date | None,
    heard_how: str | None,
    contact: str | None,
    state: str,
) -> Text:
    """`state` is said unless it is the usual one."""
    first = say(
        "{n}. <b>{name}</b> · {place}", "{n}. <b>{name}</b> · {place}", n=number, name=name, place=place
    )
    second = say("{route}, đến {on}", "{route}, until {on}", route=away_words.ROUTES[route], on=day(due_on))
    if state != "active":
        second += say(" · <i>{state}</i>", " · <i>{state}</i>", state=away_words.STATES[state])
    keeps = (
        say(" · {who} giữ liên lạc", " · contact: {who}", who=contact)
        if contact
        else say(" · chưa có người giữ liên lạc", " · no contact yet")
    )
    return lines(first, second, sign_words.last(on=heard_on, how=heard_how) + keeps)


def undeclared_row(*, number: int, name: str, place: Text) -> Text:
    return say(
        "{n}. <b>{name}</b> · {place}", "{n}. <b>{name}</b> · {place}", n=number, name=name, place=place
    )


def chip(*, chosen: bool, label: Text, count: int) -> Text:
    mark = say("• {l} ({n})", "• {l} ({n})", l=label, n=count)
    return mark if chosen else say("{l} ({n})", "{l} ({n})", l=label, n=count)


def register_file(*, cell: str, count: int) -> Text:
    return say(
        "Sổ theo dõi của {cell}: {n} đồng chí. Mỗi đồng chí có tên trong sổ xem được ai đã tải.",
        "Register of {cell}: {n} members. Each of them can see who took it out.",
        cell=cell,
        n=count,
    )
