"""Words about absences: what a member reads, and what is read about one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, join, raw, say

SEE_AWAY = say("Xem lần đi xa này")
SEE_FILING = say("Xem hồ sơ")
REFILE = say("Sửa và nộp lại")
SAME = say("Không thay đổi, xin gia hạn")
EXTEND = say("Xin gia hạn, có thay đổi")
RETURN = say("Tôi đã trở về")
WRITE_UPDATE = say("Viết báo cáo")

ROUTES: dict[str, Text] = {
    "note": say("dưới 3 tháng, chỉ ghi nhận"),
    "exempt": say("tạm miễn sinh hoạt đảng"),
    "temporary": say("chuyển sinh hoạt đảng tạm thời"),
    "formal": say("chuyển sinh hoạt đảng chính thức"),
    "abroad": say("ra ngoài nước, sinh hoạt đơn lẻ"),
    "relieved": say("miễn công tác và sinh hoạt đảng"),
}
STATES: dict[str, Text] = {
    "waiting": say("đơn đang được xem xét"),
    "active": say("đang đi làm ăn xa"),
    "lapsed": say("đã quá hạn, chưa có quyết định"),
    "returning": say("đã về, còn thủ tục"),
    "closed": say("đã kết thúc"),
    "dropped": say("đã thôi: đơn không được chấp thuận, đã rút hoặc thay bằng đơn mới"),
}
FILING_STATES: dict[str, Text] = {
    "filed": say("bí thư chi bộ đang xem"),
    "returned": say("trả lại để sửa"),
    "at cell": say("chờ chi bộ họp"),
    "proposed": say("chi bộ đã đề nghị, chờ đảng ủy cấp trên"),
    "approved": say("đã được chấp thuận"),
    "refused": say("không được chấp thuận"),
    "withdrawn": say("đã rút"),
    "superseded": say("đã thay bằng đơn mới"),
    "noted": say("đã ghi nhận"),
}
# What a secretary reads when it comes: it is their turn.
NEWS_FOR_KEEPERS: dict[str, Text] = {"filed": say("mới nộp, chờ bí thư xem")}
KINDS: dict[str, Text] = {"application": say("Đơn"), "extension": say("Đề nghị gia hạn")}
YOURS: dict[str, Text] = {
    "application": say("Đơn của đồng chí"),
    "extension": say("Đề nghị gia hạn của đồng chí"),
}
WORKS: dict[str, Text] = {
    "factory": say("công nhân nhà máy"),
    "building": say("xây dựng"),
    "farming": say("nông nghiệp, trồng trọt"),
    "fishing": say("đánh bắt, nuôi thủy sản"),
    "care": say("chăm sóc, giúp việc gia đình"),
    "service": say("dịch vụ, lái xe, nhà hàng"),
    "trade": say("buôn bán"),
    "trainee": say("thực tập sinh"),
    "study": say("học tập"),
    "family": say("theo gia đình"),
    "other": say("việc khác"),
}
STEPS: dict[str, Text] = {
    "report": say("báo cáo chi bộ khi về"),
    "review": say("nộp bản tự kiểm điểm thời gian ở nước ngoài"),
    "supplement": say("phiếu bổ sung hồ sơ đảng viên (mục 82)"),
    "comment": say("có nhận xét của nơi đến"),
    "end": say("kết thúc thời gian miễn hoặc sinh hoạt tạm thời"),
    "meeting": say("dự kỳ sinh hoạt gần nhất"),
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
    """Say to the member how their paper has moved."""
    head = say("<b>{kind}: {state}</b>", kind=YOURS[kind], state=FILING_STATES[state])
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
    """Say to secretary, deputy and committee how a paper has moved."""
    head = say(
        "<b>{kind} của đồng chí {name} ({place}): {state}</b>",
        name=name,
        place=place,
        kind=KINDS[kind],
        state=NEWS_FOR_KEEPERS.get(state, FILING_STATES[state]),
    )
    return paragraph(head, _facts(route, begins_on, due_on), *_how(by, on_paper, on, number, comment))


def _facts(route: str, begins_on: date, due_on: date) -> Text:
    return say(
        "Hình thức: {route}, từ {begin} đến {end}.",
        route=ROUTES[route],
        begin=day(begins_on),
        end=day(due_on),
    )


def _how(by: str, on_paper: bool, on: date, number: str | None, comment: str | None) -> list[Text]:
    said = [
        say("Do đồng chí {by} nhập theo bản giấy ngày {on}.", by=by, on=day(on))
        if on_paper
        else say("Người thực hiện: đồng chí {by}, ngày {on}.", by=by, on=day(on))
    ]
    if number:
        said.insert(0, say("Quyết định số <b>{number}</b>.", number=number))
    return [lines(*said), *([say("<blockquote>{c}</blockquote>", c=comment)] if comment else [])]


NEXT: dict[str, Text] = {
    "filed": say("Đồng chí chưa cần làm gì thêm. Khi có tin, chương trình sẽ báo."),
    "returned": say("Mời sửa theo góp ý rồi nộp lại bằng nút bên dưới."),
    "refused": say("Đồng chí có thể hỏi lại bí thư chi bộ, hoặc gõ /khaibao để khai lại."),
    "noted": say("Chưa cần làm đơn: thời gian ngắn. Nếu ở lại lâu hơn, mời gia hạn trước ngày kết thúc."),
}


def _next(state: str, kind: str) -> list[Text]:
    return [NEXT[state]] if state in NEXT else []


def scan_came(*, kind: str, name: str) -> Text:
    return say("{kind}: đồng chí <b>{name}</b> đã gửi bản chụp giấy đã ký.", kind=KINDS[kind], name=name)


Numbered = tuple[str | None, date | None]  # a decision: its number, its day


def my_decision_corrected(*, was: Numbered, now: Numbered) -> Text:
    return paragraph(
        say("<b>Số quyết định về đồng chí đã được sửa</b>"),
        _corrected(was, now),
        say("Nội dung quyết định không thay đổi."),
    )


def their_decision_corrected(*, name: str, was: Numbered, now: Numbered) -> Text:
    return paragraph(say("<b>Đã sửa số quyết định: đồng chí {name}</b>", name=name), _corrected(was, now))


def _corrected(was: Numbered, now: Numbered) -> Text:
    return lines(
        say("Ghi nhầm: {what}", what=numbered(*was)), say("Đúng là: <b>{what}</b>", what=numbered(*now))
    )


def numbered(number: str | None, on: date | None) -> Text:
    """Say: số 15-QĐ/ĐU ngày 05/01/2027"""
    words = say("số {n}", n=number or "–")
    return words + (say(" ngày {on}", on=day(on)) if on else raw(""))


# --- time -----------------------------------------------------------------------------------------------------------


def begun(*, place: Text, due_on: date) -> Text:
    return say(
        "Từ hôm nay, đồng chí được ghi nhận ở {place}, đến {end}. Giờ nhắc theo đồng hồ ở đó. Nếu chưa đi hoặc có thay "
        "đổi, mời bấm nút bên dưới.",
        place=place,
        end=day(due_on),
    )


def when_it_ends(days: int) -> Text:
    if days <= 0:
        return say("hôm nay")
    return say("còn {days} ngày", days=days)


def your_end_is_near(*, due_on: date, days: int, returned: bool) -> Text:
    head = say(
        "Thời hạn đi làm ăn xa của đồng chí đến ngày <b>{end}</b> ({left}).",
        end=day(due_on),
        left=when_it_ends(days),
    )
    if returned:
        tail = say("Mời sửa đơn và nộp lại: đơn đã được trả lại.")
    else:
        tail = say("Nếu còn ở lại, mời xin gia hạn. Nếu đã về, mời báo trở về.")
    return paragraph(head, tail)


def end_is_near(*, name: str, due_on: date, days: int, waiting: str | None, comment: bool) -> Text:
    """Tell the cell. `comment`: there is time to ask the place of stay for its comment, which the return wants."""
    head = say(
        "Thời hạn đi làm ăn xa của đồng chí <b>{name}</b> đến ngày <b>{end}</b> ({left}).",
        name=name,
        end=day(due_on),
        left=when_it_ends(days),
    )
    asks = say("Nếu sắp về hẳn, mời gửi thư đề nghị nơi đến nhận xét từ bây giờ (mục Thư với nơi đến).")
    return paragraph(head, _where_it_lies(waiting), *([asks] if comment else []))


def your_away_lapsed(*, due_on: date, waiting: str | None) -> Text:
    head = say(
        "Thời hạn đi làm ăn xa của đồng chí đã hết ngày <b>{end}</b>, chưa có quyết định mới.",
        end=day(due_on),
    )
    if waiting is None:
        tail = say(
            "Mời chọn: xin gia hạn, hoặc báo đã trở về. Đây chỉ là việc giấy tờ còn thiếu. Cần giúp, gõ /hotro."
        )
        return paragraph(head, tail)
    return paragraph(head, _where_it_lies(waiting))


def away_lapsed(*, name: str, due_on: date, waiting: str | None) -> Text:
    head = say(
        "Thời hạn đi làm ăn xa của đồng chí <b>{name}</b> đã hết ngày <b>{end}</b>, chưa có quyết định mới.",
        name=name,
        end=day(due_on),
    )
    return paragraph(head, _where_it_lies(waiting))


def _where_it_lies(waiting: str | None) -> Text:
    if waiting is None:
        return say("Mời liên hệ đồng chí ấy: chưa có đề nghị gia hạn. Nếu có bản giấy, mời nhập ở đây.")
    return say("Hồ sơ: {state}.", state=FILING_STATES[waiting])


def update_due() -> Text:
    return say(
        "Mời viết báo cáo bằng văn bản gửi chi bộ: công việc, nơi ở, việc giữ liên hệ. Vài dòng là đủ."
    )


def update_late(*, name: str, since: date) -> Text:
    return say(
        "Chưa nhận được báo cáo bằng văn bản của đồng chí <b>{name}</b> (kỳ {since}). Mời liên hệ. Nếu có bản giấy, mời nhập "
        "ở đây.",
        name=name,
        since=day(since),
    )


def typed_for_you(*, by: str, text: str) -> Text:
    told = say(
        "Đồng chí {by} đã nhập báo cáo bằng văn bản của đồng chí, từ bản giấy. Nếu chưa đúng, mời gửi báo cáo của mình. Cả hai "
        "bản đều được giữ.",
        by=by,
    )
    if not text:
        return told
    return paragraph(told, say("<blockquote>{text}</blockquote>", text=text))


def update_came(*, name: str, on_paper: bool) -> Text:
    if on_paper:
        return say("Đã nhập báo cáo bằng văn bản của đồng chí <b>{name}</b> theo bản giấy.", name=name)
    return say("Đồng chí <b>{name}</b> đã gửi báo cáo bằng văn bản.", name=name)


def your_paper_waits() -> Text:
    return say("Mời sửa đơn và nộp lại: đơn vẫn đang chờ. Nếu vướng ở đâu, gõ /hotro để nhờ chi bộ.")


def paper_waits(*, name: str, state: str) -> Text:
    return say(
        "Hồ sơ của đồng chí <b>{name}</b> vẫn chưa có bước tiếp theo: {state}.",
        name=name,
        state=FILING_STATES[state],
    )


def return_stalled(*, name: str, steps: Sequence[str]) -> Text:
    owed = lines(*(say("• {step}", step=STEPS[step]) for step in steps))
    head = say("Đồng chí <b>{name}</b> đã về, còn thủ tục:", name=name)
    return paragraph(head, owed)


def your_report_waits() -> Text:
    return say(
        "Mời gặp bí thư để báo cáo khi về, rồi đánh dấu đã báo cáo. Đồng chí đã báo trở về, việc này còn lại."
    )


def your_papers_wait(*, steps: Sequence[str]) -> Text:
    """Say what is owed after time abroad, under the numbers of a member's file (Công văn 1361-CV/BTCTW)."""
    owed = {
        "review": say("• bản tự kiểm điểm (mục 63 trong hồ sơ)"),
        "supplement": say("• phiếu bổ sung hồ sơ (mục 82), mẫu hỏi bí thư"),
    }
    return lines(
        say("Sau thời gian ở nước ngoài còn thiếu, mời nộp ở đây hoặc nộp bản giấy:"),
        *(words for step, words in owed.items() if step in steps),
    )


# --- changes and return ---------------------------------------------------------------------------------------------


def changed(*, name: str, place: Text, moved: bool, from_on: date) -> Text:
    if moved:
        return say(
            "Đồng chí <b>{name}</b> chuyển nơi ở: {place}, từ ngày {day}.",
            name=name,
            place=place,
            day=day(from_on),
        )
    return say(
        "Đồng chí <b>{name}</b> cập nhật việc làm hoặc cách liên hệ, từ ngày {day}.",
        name=name,
        day=day(from_on),
    )


def changed_for_you(*, place: Text, from_on: date) -> Text:
    return say(
        "Chi bộ đã nhập thay đổi của đồng chí, từ bản giấy: {place}, từ ngày {day}. Nếu chưa đúng, mời sửa lại.",
        place=place,
        day=day(from_on),
    )


def return_begun(*, name: str, on: date) -> Text:
    return say(
        "Đồng chí <b>{name}</b> đã trở về (ngày {day}). Mời xem các bước cần hoàn thành.",
        name=name,
        day=day(on),
    )


def your_return_begun(*, on: date) -> Text:
    return say("Chi bộ đã ghi nhận đồng chí trở về ngày {day}. Chào mừng đồng chí về nhà.", day=day(on))


def resumed(*, name: str) -> Text:
    return say("Đồng chí <b>{name}</b> vẫn đang đi làm ăn xa: việc báo trở về là nhầm.", name=name)


def you_resumed() -> Text:
    return say("Chi bộ đã sửa lại: đồng chí vẫn đang đi làm ăn xa.")


def steps_done(*, name: str, steps: Sequence[str], waived: bool, note: str, closed: bool) -> Text:
    """Say in one message what was done of a return. `closed`: nothing is left."""
    who = say("Đồng chí <b>{name}</b>", name=name)
    return _with_note(lines(*_steps(who, steps, waived), *([_NOTHING_LEFT] if closed else [])), note)


def your_steps_done(*, steps: Sequence[str], waived: bool, note: str, closed: bool) -> Text:
    who = say("Thủ tục trở về của đồng chí")
    said = _with_note(lines(*_steps(who, steps, waived)), note)
    return paragraph(said, your_away_closed(note="")) if closed else said


def _steps(who: Text, steps: Sequence[str], waived: bool) -> list[Text]:
    head = say("{who}: không cần làm các bước sau", who=who) if waived else say("{who}: đã xong", who=who)
    return [head, *(say("✓ {step}", step=STEPS[step]) for step in steps)]


_NOTHING_LEFT = say("Không còn thủ tục nào. Lần đi làm ăn xa này đã kết thúc.")


def closed(*, name: str, note: str) -> Text:
    head = say(
        "Lần đi làm ăn xa của đồng chí <b>{name}</b> đã kết thúc. Không còn việc nào dở dang.", name=name
    )
    return _with_note(head, note)


def your_away_closed(*, note: str) -> Text:
    head = say("Lần đi làm ăn xa của đồng chí đã kết thúc, không còn thủ tục nào dở dang. Cảm ơn đồng chí.")
    return _with_note(head, note)


def _with_note(head: Text, note: str) -> Text:
    return paragraph(head, say("<blockquote>{n}</blockquote>", n=note)) if note else head


# --- refusals -------------------------------------------------------------------------------------------------------


def away_running() -> Text:
    return say(
        "Mời chọn gia hạn, thay đổi hoặc trở về. Đồng chí đã có một lần đi xa được ghi nhận, nên không khai mới."
    )


def away_over(*, state: str) -> Text:
    return say("Lúc này không làm được việc ấy: lần đi xa hiện ở tình trạng “{state}”.", state=STATES[state])


def kept_on_paper(*, name: str) -> Text:
    return say(
        "Mời làm bằng giấy tại chi bộ: đồng chí {name} không đồng ý lưu giấy tờ lần đi xa ở đây.", name=name
    )


def filing_settled(*, state: str) -> Text:
    return say("Hồ sơ đã ở bước khác: {state}. Mời mở lại hồ sơ.", state=FILING_STATES[state])


def trusted_must_know() -> Text:
    return say(
        "Mời hỏi người ấy trước, hoặc bỏ qua mục này. Chỉ ghi người tin cậy khi người ấy đã biết và đồng ý."
    )


def comment_needed() -> Text:
    return say("Mời ghi lý do. Đồng chí ấy sẽ đọc được.")


def number_needed() -> Text:
    return say("Cần số của quyết định, ví dụ 15-QĐ/ĐU. Số và ngày ghi trên văn bản giấy.")


def resolution_needed() -> Text:
    return say("Cần số nghị quyết hoặc biên bản của chi bộ, ví dụ 05-NQ/CB.")


def votes_unfit() -> Text:
    return say("Số phiếu phải là số từ 0 trở lên. Mời nhập lại, hoặc bỏ qua nếu không ghi phiếu.")


def ends_before_begin() -> Text:
    return say("Ngày kết thúc không thể trước ngày bắt đầu. Mời nhập lại, ví dụ 05/12/2026.")


def already_over() -> Text:
    return say("Mời nhập ngày dự kiến trở về: ngày kết thúc ấy đã qua.")


def years_unfit() -> Text:
    return say("Năm có vẻ chưa đúng. Mời nhập lại ngày, ví dụ 05/12/2026.")


def too_far_ahead() -> Text:
    return say("Mời nhập ngày gần hơn: thay đổi chỉ khai được trong một năm tới.")


def lies_ahead() -> Text:
    return say("Ngày này chưa đến. Mời nhập ngày đã qua, hoặc hôm nay.")


def back_before_begin(*, begins_on: date) -> Text:
    return say("Ngày trở về không thể trước ngày đi ({day}). Mời nhập lại.", day=day(begins_on))


def extension_too_short(*, due_on: date) -> Text:
    return say(
        "Gia hạn phải đến sau ngày {day}, là ngày kết thúc hiện nay. Mời nhập ngày muộn hơn.", day=day(due_on)
    )


def update_empty() -> Text:
    return say("Mời viết vài dòng, hoặc gửi ảnh bản viết tay.")


def update_months_unfit() -> Text:
    return say("Chọn từ 1 đến 12 tháng một lần, hoặc tắt.")


def step_done_already() -> Text:
    return say("Bước này đã được đánh dấu xong.")


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
    """Say what the rules suggest, by which rule, and who decides (`above`: a committee).

    `portal`: where transfers are filed. On what is only noted nobody decides.
    """
    decides = say("Chi bộ là nơi quyết định.")
    if route == "note":
        decides = say("Không phải nộp đơn.")
    elif above:
        decides = say("Chi bộ là nơi quyết định đề nghị hình thức nào; đảng ủy cấp trên quyết định sau cùng.")
    parts = [
        say(
            "Theo thời gian và nơi đến, gợi ý: <b>{route}</b>, đến {end}. {decides}",
            decides=decides,
            route=ROUTES[route],
            end=day(until),
        )
    ]
    if document:
        parts.append(_source(document, article, unconfirmed))
    if shortened:
        parts.append(say("Mỗi lần chỉ xin được đến ngày này. Nếu ở lâu hơn, xin gia hạn sau."))
    if portal:
        parts.append(
            say(
                'Việc chuyển sinh hoạt làm trên <a href="{portal}">Cổng Dịch vụ công quốc gia</a>; ở đây chỉ theo dõi.',
                portal=portal,
            )
        )
    return paragraph(*parts)


def cited(document: str, article: str) -> Text:
    """Say which rule it is. `article`: "10.3" of a guideline is its section; "Điều 7" says itself what it is."""
    section = say("mục {a}", a=article) if article[:1].isdigit() else raw(article)
    return join([raw(document), *([section] if article else [])], ", ")


def _source(document: str, article: str, unconfirmed: bool) -> Text:
    where = cited(document, article)
    if unconfirmed:
        return say("Căn cứ: {where} (chưa đối chiếu được với văn bản, mời kiểm tra).", where=where)
    return say("Căn cứ: {where}.", where=where)
