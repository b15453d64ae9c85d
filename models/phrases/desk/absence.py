"""Words that the keepers of absences read: secretary, deputy, committee officer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.away import away as away_words
from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.contact import sign_of_life as sign_words
from models.phrases.text import LABEL, Text, both, capital, day, fitting, month, raw, say, say_as, weekday

# --- buttons --------------------------------------------------------------------------------------------------------

ABSENCE = say("‹ Lần đi xa")
FILING = say("Mở hồ sơ")
PERSON = say("Đi làm ăn xa")
UPDATES_ON = say("Bật báo cáo bằng văn bản (6 tháng)")
UPDATES_OFF = say("Tắt báo cáo bằng văn bản")
REGISTER = say("Sổ theo dõi đi xa")
TO_REGISTER = say("‹ Sổ theo dõi")
TO_FILES = say("‹ Đơn chờ quyết định")
EXCEL = say("Tải sổ (.xlsx)")
DOCX = say("Tải đơn (.docx)")
SCANS = say_as("absence", "Xem bản scan")
HISTORY = say("Quá trình")
DETAILS = say("Cách liên hệ nơi đến")
LETTERS = say("Thư với nơi đến")
CONTACTS = say("Người giữ liên lạc")
COUNTS = say("Số liệu theo dõi")
MORE = say("Việc khác")
ONE_BY_ONE = say("Ghi từng thủ tục")
WRITE_LETTER = say("Soạn thư (.docx)")
TO_LETTERS = say("‹ Các thư")

ACTS: dict[str, Text] = {
    "put": say("Đưa ra chi bộ họp"),
    "return": say("Trả lại để sửa"),
    "result": say("Nhập kết quả họp chi bộ"),
    "decide": say("Ghi quyết định"),
    "paper": say("Ghi quyết định trên giấy"),
    "fixdecision": say("Sửa số, ngày quyết định"),
    "file": say("Nhập đơn từ bản giấy"),
    "refile": say("Nộp lại theo bản giấy"),
    "withdraw": say("Rút đơn theo bản giấy"),
    "extend": say("Nhập gia hạn từ bản giấy"),
    "change": say("Nhập thay đổi từ bản giấy"),
    "back": say("Ghi đã trở về"),
    "ticks": say("Ghi thủ tục đã xong"),
    "tick": say("Đánh dấu đã xong"),
    "waive": say("Không cần bước này"),
    "resume": say("Chưa về, ghi nhầm"),
    "update": say("Nhập báo cáo bằng văn bản"),
    "close": say("Kết thúc vì lý do khác"),
    "assign": say("Phân công người giữ liên lạc"),
    "sent": say("Ghi thư đã gửi"),
    "reminded": say("Ghi đã nhắc"),
    "answered": say("Ghi đã có trả lời"),
    "signed": say("Bản giấy đã về"),
    "fixletter": say("Sửa thư gõ sai"),
    "fixanswer": say("Sửa thư trả lời"),
    "unsend": say("Rút thư ghi nhầm"),
    "absent": say("Ghi vắng sinh hoạt"),
    "present": say("Sửa: không vắng"),
    "dues": say("Ghi đảng phí đến tháng"),
}
SENDS: dict[str, Text] = {
    "propose": say("Gửi đảng ủy"),
    "resolve": say("Ghi quyết định của chi bộ"),
    "approve": say("Ghi quyết định chấp thuận"),
    "refuse": say("Ghi không chấp thuận"),
    "save": say("Ghi lại"),
}
VERDICTS: dict[str, Text] = {"yes": say("Ghi quyết định chấp thuận"), "no": say("Ghi không chấp thuận")}
VERDICTS_ON_PAPER: dict[str, Text] = {
    "yes": say("Đã có quyết định chấp thuận"),
    "no": say("Đã có trả lời không chấp thuận"),
}
ALL_STEPS = say("Tất cả đã xong")
STEP_NAMES: dict[str, Text] = {
    "review": say("tự kiểm điểm ở nước ngoài"),
    "report": say("báo cáo khi về"),
    "supplement": say("phiếu bổ sung hồ sơ (82)"),
    "comment": say("nhận xét của nơi đến"),
    "end": say("kết thúc miễn, tạm thời"),
    "meeting": say("dự kỳ sinh hoạt"),
}
FORM = say("việc về đi làm ăn xa")

KEEP = say("Giữ nguyên")
NONE = say("Không ghi")
TODAY = say("Hôm nay")
OPEN_END = say("Chưa rõ ngày về")
UNTIL_REPLACED = say("Đến khi thay người khác")
AT_ONCE = say("Từ bây giờ")
AGREES = say_as("absence", "Đồng ý")
REFUSES = say("Không đồng ý")
APPROVES = say("Chấp thuận")
APPROVES_NOT = say("Không chấp thuận")
AT_HOME = say("Đang ở nhà")
STILL_AWAY = say("Vẫn ở xa")
ALL_NAMES = say("Tất cả tên")
MANNERS: dict[str, Text] = {
    "steady": say("Ở một nơi, có tổ chức đảng"),
    "itinerant": say("Đi nhiều nơi, không cố định"),
    "study": say("Đi học"),
}
LETTER_DRAFTS: dict[str, Text] = {
    "comment": say("Soạn đề nghị nhận xét"),
    "introduction": say("Soạn thư giới thiệu"),
    "thanks": say("Soạn thư cảm ơn"),
}
LETTER_SENT: dict[str, Text] = {
    "comment": say("Đã gửi đề nghị nhận xét"),
    "introduction": say("Đã gửi thư giới thiệu"),
    "thanks": say("Đã gửi thư cảm ơn"),
}
FILTERS: dict[str, Text] = {
    "all": say("Đã khai"),
    "abroad": say("Ngoài nước"),
    "home": say("Trong nước"),
    "soon": say("Sắp hết hạn"),
    "silent": say("Lâu chưa liên hệ"),
    "undeclared": say("Chưa khai"),
}
WAITS: dict[str, Text] = {
    "lapsed": say_as("absence", "quá hạn"),
    "filed": say("đơn cần xem"),
    "at cell": say("cần nhập kết quả họp"),
    "returning": say("đã về, còn thủ tục"),
    "ending": say("sắp hết hạn"),
}

DUES_ELSEWHERE = say("nộp ở nơi tạm thời")  # in the register, in place of a month


def waits(*, wait: str, due_on: date) -> Text:
    if wait in ("ending", "lapsed"):
        return say("{what} {on}", what=WAITS[wait], on=_short(due_on))
    return WAITS[wait]


def waiting_button(*, count: int) -> Text:
    return say("Đơn chờ quyết định ({count})", count=count)


def with_count(*, label: Text, count: int) -> Text:
    return say("{label} ({count})", label=label, count=count) if count else label


def named(*, name: str, what: Text) -> Text:
    return say("{name} · {what}", name=name, what=what)


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
        say("Nơi đến: {place}", place=place),
        say("Công việc: {work}", work=away_words.WORKS[work]),
        say("Hình thức: {route}", route=away_words.ROUTES[route]),
        say("Thời gian: {a} – {b}", a=day(begins_on), b=day(due_on)),
    ]
    if ends_on is None:
        facts.append(say("Ngày về: chưa rõ"))
    elif ends_on != due_on:
        facts.append(say("Dự kiến ở đến: {on}", on=day(ends_on)))
    if returned_on is not None:
        facts.append(say("Đã về ngày: {on}", on=day(returned_on)))
    facts.append(decision or say("Quyết định: chưa có"))
    facts.append(
        say_as("absence", "Người giữ liên lạc: {who}", who=contact)
        if contact
        else say("Người giữ liên lạc: chưa có")
    )
    facts.append(sign_words.last(on=heard_on, how=heard_how))
    head = say("<b>{name}</b>\nTình trạng: {state}", name=name, state=away_words.STATES[state])
    if under_way:
        head = lines(head, say("Hồ sơ: {state}", state=away_words.FILING_STATES[under_way]))
    steps = [say("• {s}", s=away_words.STEPS[step]) for step in open_steps]
    owed = [lines(say("Còn phải làm:"), *steps)] if steps else []
    return paragraph(head, *owed, lines(*facts))


def decision(*, number: str | None, on: date, on_paper: bool) -> Text:
    words = say("Quyết định: số {n}, ngày {on}", n=number or "–", on=day(on))
    return words + (say(" (nhập từ bản giấy)") if on_paper else EMPTY)


def none_declared(*, name: str, place: Text | None) -> Text:
    head = say("<b>{name}</b>", name=name)
    where = [say("Theo danh sách: {place}", place=place)] if place else []
    return paragraph(
        lines(head, *where),
        say(
            "Hiện chưa khai lần đi xa nào. Nếu có đơn giấy, mời nhập ở đây. Đồng chí ấy cũng có thể tự khai: gõ /khaibao."
        ),
    )


def place_follows(*, name: str, place: Text) -> Text:
    """Say the roster's place, while an absence is declared."""
    return say(
        "Mời sửa ở lần đi xa: nơi ở của đồng chí <b>{name}</b> đang theo lần đi xa đã khai ({place}). Nơi cũ vẫn được lưu. "
        "Giờ và kỳ báo cáo theo nơi mới.",
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
    """Say all that helps to reach somebody. Reading it leaves a row."""
    known = [
        (say("Thành phố"), city),
        (say("Nơi làm việc"), employer),
        (say("Điện thoại"), phone),
        (say("Tổ chức ở nơi đến"), host),
        (say("Người thân tin cậy (đã biết)"), trusted),
        (say("Lý do đi"), reason),
    ]
    rows = [say("{label}: {value}", label=label, value=v) for label, v in known if v]
    head = say("<b>{name}</b>", name=name)
    return paragraph(head, lines(*rows) if rows else say("Chưa có gì được khai."))


def history(*, name: str, entries: Sequence[Text]) -> Text:
    head = say("<b>Quá trình: {name}</b>", name=name)
    return paragraph(head, lines(*entries) if entries else say("Chưa có gì."))


def moved(*, on: date, what: Text, by: str | None, on_paper: bool, comment: str | None, scan: bool) -> Text:
    """Say one line of a history."""
    line = say("{on} · {what}", on=day(on), what=what)
    if by:
        line += say(" · đồng chí {by}", by=by)
    if on_paper:
        line += say(" · từ bản giấy")
    if scan:
        line += say(" · có scan")
    return line + (say("\n<i>{c}</i>", c=comment) if comment else EMPTY)


def paper_moved(*, kind: str, state: str) -> Text:
    kinds, states = away_words.KINDS, away_words.FILING_STATES
    return say("{kind}: {state}", kind=kinds[kind], state=states[state])


def changed(*, before: Text | None, after: Text, work: str) -> Text:
    """Say a change on the way. `before` None: it lies ahead."""
    works = away_words.WORKS
    if before is None:
        return say("sẽ đổi: {a}, {w}", a=after, w=works[work])
    return say("{b} → {a}, {w}", b=before, a=after, w=works[work])


def updated() -> Text:
    return say("báo cáo bằng văn bản")


def step_done(*, step: str, waived: bool) -> Text:
    words = say("đã xong: {s}", s=away_words.STEPS[step])
    return say("không cần: {s}", s=away_words.STEPS[step]) if waived else words


def decision_corrected(*, on: date, by: str, number: str | None, was_on: date | None) -> Text:
    """Say what stood there before a correction, who corrected it, and when."""
    return say(
        "<i>Trước đó ghi: {was}; sửa ngày {on}, đồng chí {by}</i>",
        was=away_words.numbered(number, was_on),
        on=day(on),
        by=by,
    )


def more(*, name: str) -> Text:
    return say("<b>{name}</b>\nViệc khác về lần đi xa:", name=name)


def paper_button(*, kind: str, due_on: date) -> Text:
    return say("{kind} đến {on}", kind=away_words.KINDS[kind], on=day(due_on))


def step_mark(*, step: str, on: bool) -> Text:
    mark = say("✓ {s}", s=STEP_NAMES[step])
    return mark if on else capital(STEP_NAMES[step])


def note_steps(*, count: int) -> Text:
    return say("Ghi {n} việc đã xong", n=count)


def which_steps(*, on: date) -> Text:
    return say(
        "Thủ tục nào đã xong? Chạm để đánh dấu, rồi bấm “Ghi”. Ngày ghi: hôm nay, {on}.\n"
        "Ngày khác, có bản scan, hoặc không cần làm: quay lại, bấm “Ghi từng thủ tục”.",
        on=day(on),
    )


def offer(*, step: str, known: bool) -> Text:
    """Label the overview's button for what is not asked. A scan is there only where there is paper."""
    label = LABELS["day" if step == "planned" else step]
    if known:
        return say("Sửa: {label}", label=label)
    return OFFERS.get(step) or say("Thêm: {label}", label=label)


OFFERS: dict[str, Text] = {
    "route": say("Chọn hình thức khác"),
    "planned": say("Ghi ngày họp dự kiến"),
    "votes": say("Ghi số phiếu"),
    "scan": say("Kèm bản scan (nếu có giấy)"),
    "note": say("Thêm ghi chú"),
    "reason": say("Ghi lý do"),
    "day": say("Ngày khác"),
}


def step_button(*, step: str) -> Text:
    return say("Còn: {s}", s=STEP_NAMES[step])


def steps(*, name: str) -> Text:
    return say(
        "<b>{name}</b>\nGhi thủ tục nào? Ngày khác, bản scan, hoặc không cần làm đều ghi được.", name=name
    )


def step(*, name: str, step: str) -> Text:
    return say("<b>{name}</b>\nBước: {s}.", name=name, s=away_words.STEPS[step])


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
    """Show a filing. `cell`: only for the committee, which looks at several; `first`: what its reader has to do first."""
    head = say(
        "<b>{kind} của đồng chí {name}</b>\nTình trạng: {state}",
        kind=away_words.KINDS[kind],
        name=name,
        state=away_words.FILING_STATES[state],
    )
    facts = [say("{cell}", cell=cell)] if cell else []
    facts += [
        say("Nơi đến: {place}", place=place),
        say("Hình thức: {route}", route=away_words.ROUTES[route]),
        rule or say("Hình thức do chi bộ chọn."),
        say("Xin từ {a} đến {b}", a=day(begins_on), b=day(due_on)),
    ]
    if ends_on is None:
        facts.append(say("Ngày về: chưa rõ"))
    elif ends_on != due_on:
        facts.append(say("Dự kiến ở đến {on}", on=day(ends_on)))
    if reason:
        facts.append(say("Lý do: {reason}", reason=reason))
    if on_paper:
        facts.append(say("Đơn nhập từ bản giấy."))
    facts += [one for one in (result, decision) if one]
    tail = [say("<b>Quá trình</b>"), *moves] if moves else []
    link = [_portal(portal)] if portal else []
    return paragraph(
        head, *([first] if first else []), lines(*facts), *link, *([lines(*tail)] if tail else [])
    )


def rule(*, document: str, article: str, unconfirmed: bool) -> Text:
    where = away_words.cited(document, article)
    words = say("Gợi ý theo: {where}", where=where)
    if not unconfirmed:
        return words
    return words + say(" (chưa đối chiếu được với văn bản, mời kiểm tra)")


def rule_is_kept(*, since: date | None) -> Text:
    """Say that a paper goes its way by the rules of the day on which it was filed."""
    if since is None:
        return say("Quy định nay đã đổi. Hồ sơ này giữ quy định lúc nộp.")
    return say("Từ {since} quy định đã đổi. Hồ sơ này giữ quy định lúc nộp.", since=day(since))


def practice() -> Text:
    return say("Gợi ý theo thông lệ; chi bộ xem xét.")


def _portal(url: str) -> Text:
    return say(
        'Việc chuyển sinh hoạt làm trên <a href="{url}">Cổng Dịch vụ công quốc gia</a>; ở đây chỉ theo dõi.',
        url=url,
    )


def planned_meeting(*, on: date) -> Text:
    return say("Dự kiến họp ngày {on}", on=day(on))


def result(*, on: date, votes_for: int | None, votes_against: int | None) -> Text:
    words = say("Chi bộ họp ngày {on}", on=day(on))
    if votes_for is None:
        return words
    return words + say(": {f} phiếu đồng ý, {a} không đồng ý", f=votes_for, a=votes_against or 0)


def nobody_above() -> Text:
    return say(
        "Mời gửi bản giấy lên đảng ủy cấp trên, rồi nhập quyết định ở đây. Đảng ủy chưa dùng chương trình."
    )


def application_file(*, name: str, kept: bool) -> Text:
    """Name the file of an application. `kept` False: filed before papers were kept as they were filed."""
    if not kept:
        return say(
            "Đơn của đồng chí {name}, dựng lại từ những gì còn lưu. Lúc nộp đơn, chương trình chưa giữ bản gốc.",
            name=name,
        )
    return say("Đơn của đồng chí {name}, để in và ký. Chỗ trống điền tay.", name=name)


def no_application() -> Text:
    return say(
        "Hình thức này không có mẫu đơn ở đây. Việc chỉ được ghi nhận, hoặc làm trên Cổng Dịch vụ công quốc gia."
    )


def template_broken() -> Text:
    return say(
        "Chưa tạo được tệp: mẫu giấy đang có lỗi. Mời báo người phụ trách kỹ thuật (lệnh kiểm tra trên máy chủ: bot check)."
    )


def scan_of(*, name: str, what: Text, on: date) -> Text:
    return say("{name} · {what} · {on}", name=name, what=what, on=day(on))


def no_scan() -> Text:
    return say("Chưa có bản scan nào.")


def to_decide(*, unit: str, count: int) -> Text:
    head = say("<b>Đơn chờ quyết định: {n}</b>\n{unit}", n=count, unit=unit)
    if count:
        return head
    return paragraph(head, say("Không có đơn nào đang chờ."))


def done(*, act: str) -> Text:
    return say("<b>Đã ghi: {what}.</b>", what=DONE[act])


DONE: dict[str, Text] = {
    "put": say("đưa ra chi bộ họp"),
    "return": say_as("absence", "trả lại để sửa"),
    "result": say("kết quả họp chi bộ"),
    "decide": say("quyết định"),
    "paper": say("quyết định trên giấy"),
    "file": say("đơn từ bản giấy"),
    "refile": say("đơn nộp lại"),
    "withdraw": say("rút đơn"),
    "extend": say("đề nghị gia hạn"),
    "change": say("thay đổi"),
    "back": say("ngày trở về"),
    "ticks": say("thủ tục đã xong"),
    "fixdecision": say("số quyết định đã sửa; số cũ vẫn được lưu"),
    "tick": say("bước đã xong"),
    "waive": say("bước không cần làm"),
    "resume": say("vẫn đang đi xa"),
    "update": say_as("absence", "báo cáo bằng văn bản"),
    "close": say_as("absence", "đã kết thúc"),
    "assign": say_as("absence", "người giữ liên lạc"),
    "sent": say("thư đã gửi"),
    "reminded": say("đã nhắc"),
    "answered": say("thư trả lời; đồng chí ấy sẽ được báo"),
    "signed": say("thư trả lời bằng giấy; đồng chí ấy sẽ được báo"),
    "fixletter": say("thư đã sửa; nội dung cũ vẫn được lưu"),
    "fixanswer": say("thư trả lời đã sửa; đồng chí ấy sẽ được báo nội dung đúng"),
    "unsend": say("thư đã rút; nội dung cũ vẫn được lưu"),
    "absent": say("vắng sinh hoạt"),
    "present": say("bỏ ghi vắng"),
    "dues": say("đảng phí"),
}


# --- questions ------------------------------------------------------------------------------------------------------


def titled(*, act: str, name: str | None, words: Text) -> Text:
    """Say a question under the name of what is being done and of whom it is about."""
    head = say("<b>{act}</b>", act=ACTS[act])
    if name:
        head += say(" · {name}", name=name)
    return paragraph(head, words)


def which_route(*, now: str) -> Text:
    return say("Đơn đang ghi: {route}. Giữ, hay chọn hình thức khác?", route=away_words.ROUTES[now])


def which_member() -> Text:
    return say("Đồng chí nào? Chọn, hoặc gõ tên để tìm.")


def which_contact(*, found: int) -> Text:
    if not found:
        return say("Không thấy tên này. Mời gõ lại.")
    return say("Ai giữ liên lạc? Chọn, hoặc gõ tên để tìm.")


def which_place() -> Text:
    return say("Đồng chí ấy đến đâu? Chọn, hoặc gõ tên tỉnh, thành phố hoặc nước.")


def which_of_these() -> Text:
    return say("Nơi nào trong số này? Chọn, hoặc gõ lại.")


def place_needed() -> Text:
    return say("Đi làm ăn xa cần có nơi đến. Mời chọn hoặc gõ.")


def which_clock(*, place: Text) -> Text:
    return say("{place} có nhiều múi giờ. Nơi đồng chí ấy ở đang là mấy giờ?", place=place)


def which_work() -> Text:
    return say("Công việc ở nơi đến?")


def which_manner() -> Text:
    return say("Ở nơi đến như thế nào? Nơi không có tổ chức đảng: chọn “Đi nhiều nơi, không cố định”.")


def which_employer(*, now: str) -> Text:
    if now:
        return say("Nơi làm việc? Đang ghi: {now}.", now=now)
    return say("Nơi làm việc? Gõ tên, hoặc bấm “Không ghi”.")


def which_city() -> Text:
    return say("Xã, phường hoặc thành phố nào? Gõ, hoặc bấm “Không ghi”. Xin đừng ghi số nhà, tên đường.")


def which_trusted() -> Text:
    return say("Đơn có ghi người tin cậy ở nhà không? Gõ họ tên, hoặc bấm “Không ghi”.")


def do_they_know(*, name: str) -> Text:
    return say(
        "{name} đã biết và đồng ý được ghi ở đây chưa? Nếu chưa, chương trình không ghi tên.", name=name
    )


def which_phone(*, now: str) -> Text:
    if now:
        return say("Điện thoại ở nơi đến? Đang ghi: {now}.", now=now)
    return say("Điện thoại ở nơi đến? Gõ số, số nước ngoài kèm mã nước (+81…).")


def phone_unfit() -> Text:
    return say("Chưa đọc được số này. Mời gõ lại, số nước ngoài kèm mã nước, ví dụ +819012345678.")


DAYS: dict[str, Text] = {
    "from": say("Từ ngày nào? Gõ ngày/tháng/năm."),
    "until": say("Đến hết ngày nào? Gõ ngày/tháng/năm."),
    "planned": say("Dự kiến họp ngày nào? Gõ ngày, hoặc bấm “Không ghi”."),
    "result": say("Chi bộ họp ngày nào? Chọn, hoặc gõ ngày/tháng/năm."),
    "decide": say("Ngày của quyết định? Chọn, hoặc gõ ngày/tháng/năm."),
    "fixdecision": say("Ngày ghi trên quyết định? Giữ nguyên, hoặc gõ ngày/tháng/năm."),
    "paper": say("Ngày ghi trên quyết định? Chọn, hoặc gõ ngày/tháng/năm."),
    "back": say("Đồng chí ấy về ngày nào? Chọn, hoặc gõ ngày/tháng/năm."),
    "tick": say("Xong ngày nào? Chọn, hoặc gõ ngày/tháng/năm."),
    "sent": say("Gửi ngày nào? Chọn, hoặc gõ ngày/tháng/năm."),
    "reminded": say("Nhắc ngày nào? Chọn, hoặc gõ ngày/tháng/năm."),
    "answered": say("Ngày ghi trên thư trả lời? Chọn, hoặc gõ ngày/tháng/năm."),
    "signed": say("Ngày ghi trên thư trả lời? Chọn, hoặc gõ ngày/tháng/năm."),
    "fixletter": say("Gửi ngày nào? Chọn, hoặc gõ ngày/tháng/năm."),
    "fixanswer": say("Ngày ghi trên thư trả lời? Chọn, hoặc gõ ngày/tháng/năm."),
}


def keep_day(*, on: date) -> Text:
    return say("Giữ {on}", on=day(on))


def keep_what(*, what: Text) -> Text:
    return say("Giữ: {what}", what=what)


def keep_words(*, now: str) -> Text:
    """Label the button that leaves what was typed as it is; long words are cut."""
    short = now if len(now) <= 21 else f"{now[:20]}…"
    return say("Giữ nguyên: {now}", now=short)


def day_has_gone() -> Text:
    return say("Ngày họp dự kiến phải từ hôm nay trở đi.")


def which_verdict(*, act: str, cell_decides: bool) -> Text:
    if act == "result" and cell_decides:
        return say("Chi bộ có chấp thuận không?")
    if act == "result":
        return say("Chi bộ có đồng ý đề nghị không?")
    return say("Quyết định thế nào?")


def verdict(*, yes: bool, act: str, cell_decides: bool) -> Text:
    """Say the verdict: a cell agrees to propose; the unit that decides approves."""
    if act == "result" and not cell_decides:
        return AGREES if yes else REFUSES
    return APPROVES if yes else APPROVES_NOT


def which_votes() -> Text:
    return say("Số phiếu đồng ý và không đồng ý? Gõ như 12/0, hoặc bấm “Không ghi”.")


def votes_unread() -> Text:
    return say("Chưa đọc được số phiếu. Mời gõ hai số, ví dụ 12/0, hoặc bấm “Không ghi”.")


def which_number(*, act: str) -> Text:
    if act == "result":
        return say("Số nghị quyết hoặc biên bản của chi bộ? Ví dụ 05-NQ/CB.")
    if act == "fixdecision":
        return say("Số đúng, như trên văn bản? Ghi cả ngày nếu có, ví dụ: 15-QĐ/ĐU ngày 05/01/2027.")
    if act in ("sent", "fixletter"):
        return say("Số của thư? Gõ, hoặc bấm “Không ghi”.")
    return say("Số quyết định? Ghi cả ngày nếu có, ví dụ: 15-QĐ/ĐU ngày 05/01/2027.")


WHYS: dict[str, Text] = {
    "return": say("Cần sửa gì? Đồng chí ấy sẽ đọc được."),
    "close": say("Vì sao kết thúc? Ví dụ: đã chuyển sinh hoạt chính thức; nhập nhầm."),
    "waive": say("Vì sao không cần bước này?"),
    "unsend": say("Vì sao rút thư? Ví dụ: ghi nhầm người. Đồng chí ấy sẽ được báo nếu đã đọc thư trả lời."),
    "other": say("Lý do? Đồng chí ấy sẽ đọc được."),
}


def which_reason() -> Text:
    return say("Lý do ghi trong đơn? Gõ, hoặc bấm “Không ghi”.")


NOTES: dict[str, Text] = {
    "update": say("Nội dung báo cáo? Gõ. Nếu chỉ gửi ảnh, bấm “Không ghi”."),
    "answered": say(
        "Nơi đến trả lời thế nào? Gõ; đồng chí ấy sẽ đọc được. Nếu chỉ gửi bản scan, bấm “Không ghi”."
    ),
    "signed": say("Bản giấy ghi thế nào? Gõ lại cho đúng, hoặc giữ nguyên. Đồng chí ấy sẽ đọc được."),
    "fixanswer": say("Nơi đến trả lời thế nào? Gõ lại cho đúng, hoặc giữ nguyên. Đồng chí ấy sẽ đọc được."),
    "other": say("Ghi chú? Gõ, hoặc bấm “Không ghi”."),
}


def which_to() -> Text:
    return say("Gửi tới tổ chức nào? Gõ tên, hoặc bấm “Không ghi”.")


def is_at_home() -> Text:
    return say("Hiện đồng chí ấy ở nhà hay vẫn ở xa? Nếu ở nhà, chương trình thôi hỏi báo cáo.")


def which_month(*, act: str) -> Text:
    if act == "dues":
        return say("Sổ ghi đảng phí đã đóng đến tháng nào? Ví dụ 11/2026.")
    return say("Kỳ sinh hoạt tháng nào? Ví dụ 11/2026.")


def month_unread() -> Text:
    return say("Chưa đọc được tháng. Mời gõ như 11/2026.")


def month_button(*, on: date) -> Text:
    return month(on)


def send_scan(*, needed: bool) -> Text:
    if needed:
        return say("Gửi ảnh hoặc tệp scan của bản giấy.")
    return say("Gửi ảnh hoặc tệp scan của bản giấy đã ký, hoặc bấm “Không ghi”.")


LABELS: dict[str, Text] = {
    "member": say("Đồng chí"),
    "kind": say("Thư"),
    "route": say("Hình thức"),
    "place": say("Nơi đến"),
    "work": say("Công việc"),
    "manner": say("Ở nơi đến"),
    "city": say("Xã, phường, thành phố"),
    "employer": say("Nơi làm việc"),
    "phone": say("Điện thoại"),
    "trusted": say("Người tin cậy (đã biết)"),
    "their_phone": say("Điện thoại người ấy"),
    "from": say("Từ ngày"),
    "until": say("Đến ngày"),
    "reason": say("Lý do"),
    "day": say("Ngày"),
    "verdict": say("Kết quả"),
    "votes": say("Phiếu"),
    "number": say("Số"),
    "why": say_as("absence", "Lý do"),
    "note": say("Nội dung"),
    "to": say("Gửi tới"),
    "contact": say("Người giữ liên lạc"),
    "home": say("Hiện ở đâu"),
    "month": say("Tháng"),
    "scan": say("Bản scan"),
    "steps": say("Đã xong"),
}


def overview(*, facts: Sequence[tuple[Text, Text]], on_paper: bool, extra: Text | None) -> Text:
    """Show what will be kept, before it is."""
    rows = [say("{label}: {value}", label=label, value=value) for label, value in facts]
    paper = [say("Ghi là: nhập từ bản giấy.")] if on_paper else []
    body = [lines(*rows)] if rows else []
    ask = say("Mời xem lại trước khi ghi.")
    return paragraph(ask, *body, *paper, *([extra] if extra else []))


def one_day(*, on: date) -> Text:
    return day(on)


def one_month(*, on: date) -> Text:
    return month(on)


def attached(*, name: str) -> Text:
    return raw(name) if name else say("có ảnh")


# --- contacts, counts, letters --------------------------------------------------------------------------------------


def contacts(*, name: str, rows: Sequence[tuple[str, date, date | None, bool]]) -> Text:
    """Show the contacts. `rows`: who, from, until, whether it lies ahead."""
    head = say("<b>Người giữ liên lạc của đồng chí {name}</b>", name=name)
    shown = [_contact(*row) for row in rows]
    note = say("Người giữ liên lạc chỉ xem được những gì cần để gọi điện.")
    return paragraph(head, lines(*shown) if shown else say("Chưa có ai."), note)


def _contact(who: str, begins_on: date, ends_on: date | None, ahead: bool) -> Text:
    line = say("• {who}, từ {a}", who=who, a=day(begins_on))
    if ends_on is not None:
        line += say(" đến hết {b}", b=day(ends_on))
    return line + (say(" (sắp tới)") if ahead else EMPTY)


def end_contact(*, name: str) -> Text:
    return say("Thôi phân công {name}", name=fitting(name, LABEL - 15))


def contact_ended() -> Text:
    return say("Đã thôi phân công. Đồng chí ấy sẽ được báo.")


def counts(*, name: str, body: Text) -> Text:
    return paragraph(say("<b>{name}</b>", name=name), body)


def letters(*, name: str, shown: Sequence[Text]) -> Text:
    head = say("<b>Thư với nơi đến: {name}</b>", name=name)
    none = say("Chưa gửi thư nào.")
    body = say(
        "Soạn thư, in, ký và gửi; rồi ghi ngày gửi ở đây. Khi có trả lời, mở thư ấy để ghi. "
        "Đồng chí ấy đọc được trả lời."
    )
    return paragraph(head, lines(*shown) if shown else none, body)


def which_draft(*, name: str) -> Text:
    return say("<b>{name}</b>\nSoạn thư nào? Chương trình gửi tệp Word để in và ký.", name=name)


def which_letter() -> Text:
    return say("Thư nào đã gửi?")


def letter_file(*, kind: Text, name: str) -> Text:
    return say("{kind} · {name}, để in và ký.", kind=kind, name=name)


# --- the register ---------------------------------------------------------------------------------------------------


def register(*, cell: str, chosen: str, rows: Sequence[Text], count: int, page: int, pages: int) -> Text:
    head = say(
        "<b>Sổ theo dõi đảng viên đi làm ăn xa</b>\n{cell} · {what}: <b>{n}</b>",
        cell=cell,
        what=FILTERS[chosen],
        n=count,
    )
    if pages > 1:
        head += say("\ntrang {p}/{of}", p=page + 1, of=pages)
    if not rows:
        return paragraph(head, say("Không có ai trong danh sách này."))
    return paragraph(head, *rows)


def filtered(*, label: Text) -> Text:
    return say("Lọc: {label}", label=label)


def which_part(*, cell: str) -> Text:
    return say("<b>{cell}</b>\nXem những đồng chí nào?", cell=cell)


def more_of_register(*, cell: str) -> Text:
    return say("<b>{cell}</b>\nViệc khác với sổ theo dõi:", cell=cell)


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
    """Say one row of the register. `state` is said unless it is the usual one."""
    first = say("{n}. <b>{name}</b> · {place}", n=number, name=name, place=place)
    second = say("{route}, đến {on}", route=away_words.ROUTES[route], on=day(due_on))
    if state != "active":
        second += say(" · <i>{state}</i>", state=away_words.STATES[state])
    keeps = say(" · {who} giữ liên lạc", who=contact) if contact else say(" · chưa có người giữ liên lạc")
    return lines(first, second, sign_words.last(on=heard_on, how=heard_how) + keeps)


REGISTER_TABLE = (
    say("Họ và tên"),
    say("Nơi ở"),
    say("Hình thức"),
    say("Đến ngày"),
    say("Tình trạng"),
    say("Tin gần nhất"),
    say("Người giữ liên lạc"),
)


def register_cells(
    *,
    name: str,
    route: str,
    place: Text,
    due_on: date,
    heard_on: date | None,
    contact: str | None,
    state: str,
) -> tuple[Text, ...]:
    """Say the same row in columns."""
    return (
        raw(name),
        place,
        away_words.ROUTES[route],
        day(due_on),
        away_words.STATES[state],
        day(heard_on) if heard_on is not None else say("chưa có"),
        raw(contact) if contact else say("chưa có"),
    )


def undeclared_row(*, number: int, name: str, place: Text) -> Text:
    return say("{n}. <b>{name}</b> · {place}", n=number, name=name, place=place)


def chip(*, chosen: bool, label: Text, count: int) -> Text:
    mark = say("• {l} ({n})", l=label, n=count)
    return mark if chosen else say("{l} ({n})", l=label, n=count)


def register_file(*, cell: str, count: int) -> Text:
    return say(
        "Sổ theo dõi của {cell}: {n} đồng chí. Mỗi đồng chí có tên trong sổ xem được ai đã tải.",
        cell=cell,
        n=count,
    )
