"""Words about notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from models.ground.markup import clip
from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import HOME_ZONE, LABEL, Text, dated, join, moment, raw, say, span

READ = say("Đã đọc", "I have read it")
READ_AGAIN = say("Đọc lại thông báo", "Read it again")
OPEN_FILE = say("Xem tệp kèm theo", "Open the attachment")
NEW = say("Viết thông báo mới", "Write a notice")
ALL_NOTICES = say("Các thông báo", "Notices")
REFRESH = say("Xem lại số liệu", "Count again")
STOP = say("Dừng gửi", "Stop sending")
CORRECT = say("Sửa nội dung", "Correct the text")
VERSIONS = say("Các bản đã gửi", "Texts as sent")
ANSWERS = say("Câu trả lời", "Answers")
OVERVIEW = say("Về thông báo này", "Back to this notice")
KEEP_WORDS = say("Giữ nội dung này", "Keep this text")
MORE = say("Danh sách khác", "More lists")
ENOUGH = say("Không chờ trả lời nữa", "Wait for no more answers")
CHANGE_WORDS = say("Sửa nội dung", "Change the text")
ADD_QUESTION = say("Thêm câu hỏi", "Add a question")
DROP_QUESTION = say("Bỏ câu hỏi", "Drop the question")
DROP_FILE = say("Bỏ tệp kèm theo", "Drop the attachment")
URGENT = say("Gửi cả ban đêm (khẩn)", "Send at night too (urgent)")
NOT_URGENT = say("Bỏ chế độ khẩn, giữ giờ nghỉ", "Not urgent: keep quiet hours")
SEND_CORRECTION = say("Gửi bản sửa", "Send the correction")
WRITING = say("viết một thông báo", "a notice")
CORRECTING = say("sửa một thông báo", "the correction of a notice")

AUDIENCES: dict[str, Text] = {
    "all": say("Tất cả đảng viên", "All members"),
    "away": say("Đảng viên đi làm ăn xa", "Members working away"),
    "abroad": say("Đảng viên ở nước ngoài", "Members abroad"),
    "silent": say("Lâu chưa liên lạc được", "No contact for long"),
    "unanswered": say("Chưa báo cáo kỳ này", "Have not answered the check-in"),
    "secretaries": say("Bí thư, phó bí thư các chi bộ", "Secretaries and deputies of the cells"),
}
STATES: dict[str, Text] = {
    "preparing": say("đang lập danh sách người nhận", "the list of receivers is being made"),
    "saying": say("đang gửi", "being sent"),
    "said": say("đã gửi xong", "sent"),
    "cancelled": say("đã dừng gửi", "stopped"),
}
REASONS: dict[str, Text] = {
    "no account": say("chưa liên kết Telegram", "no Telegram account linked"),
    "unreachable": say(
        "đã chặn chương trình hoặc khóa tài khoản", "blocked the program, or closed the account"
    ),
    "no consent": say(
        "không đồng ý liên lạc qua chương trình", "did not agree to contact through the program"
    ),
}
LISTS: dict[str, Text] = {
    "read": say("Đã đọc", "Read"),
    "sent": say("Đã gửi, chưa đọc", "Sent, not read"),
    "waiting": say("Chờ gửi", "Waiting"),
    "queued": say("Đang gửi", "On the way"),
    "failed": say("Gửi lỗi", "Failed"),
    "uncertain": say("Không rõ đã đến chưa", "Not known"),
    "unreachable": say("Không tới được", "Unreachable"),
    "no account": say("Chưa có tài khoản", "No account"),
    "no consent": say("Không đồng ý nhận qua đây", "Did not agree"),
    "not said": say("Chưa gửi thì đã dừng", "Stopped before"),
}
NEXT_STEPS: dict[str, Text] = {
    "read": say("Không cần làm gì thêm.", "Nothing more to do."),
    "sent": say(
        "Chương trình nhắc một lần. Việc quan trọng thì nên gọi điện.",
        "They are reminded once. If it matters, phone them.",
    ),
    "waiting": say(
        "Đến lượt hoặc đến sáng ở nơi họ ở, chương trình sẽ gửi.",
        "It is sent when their turn, or their morning, comes.",
    ),
    "queued": say(
        "Đang trên đường đi, mời xem lại sau ít phút.", "On the way; please look again in a few minutes."
    ),
    "failed": say(
        "Telegram không nhận tin. Mời gọi điện và đọc cho nghe.",
        "Telegram refused the message. Please phone them.",
    ),
    "uncertain": say(
        "Mạng đứt giữa chừng, không rõ tin đã đến chưa; chương trình không gửi lại để khỏi trùng. Nhờ đồng chí gọi hỏi lại.",
        "The network broke off: nobody knows whether it arrived, and it is not sent twice. Please ask them.",
    ),
    "unreachable": say(
        "Mời gọi điện: đọc thông báo, và nhờ bỏ chặn hoặc mở lại chương trình.",
        "Please phone: read it to them, and ask them to unblock or open the program.",
    ),
    "no account": say(
        "Mời gọi điện, và gửi lời mời liên kết Telegram.",
        "Please phone, and send an invite to link Telegram.",
    ),
    "no consent": say(
        "Báo theo cách thường dùng: điện thoại, gặp mặt, giấy mời.",
        "Tell them the usual way: phone, visit, letter.",
    ),
    "not said": say(
        "Không gửi nữa. Vẫn cần thì viết thông báo mới, hoặc gọi điện.",
        "It is not sent any more. If still needed, write a new notice, or phone.",
    ),
    "stale": say(
        "Những đồng chí này vẫn thấy bản cũ. Mời gọi điện báo chỗ đã sửa.",
        "Their chat still shows the old text. Please phone about what was corrected.",
    ),
}
NOT_CORRECTED = say("Chưa nhận bản sửa", "Not corrected")


# --- to the receiver ------------------------------------------------------------------------------------------------


def letter(*, unit: str, text: str, version: int, reason: str, question: str) -> Text:
    """The notice itself. The author's words are in no language of ours."""
    corrected = say(" (đã sửa)", " (corrected)") if version > 1 else EMPTY
    head = say("<b>Thông báo của {unit}</b>", "<b>Notice of {unit}</b>", unit=unit) + corrected
    parts = [head, raw(text)]
    if question:
        parts.append(say("<b>Hỏi:</b> {question}", "<b>Question:</b> {question}", question=question))
    if reason:
        parts.append(
            say(
                "<i>Gửi ngoài giờ vì: {reason}</i>",
                "<i>Sent at any hour because: {reason}</i>",
                reason=reason,
            )
        )
    return paragraph(*parts)


def reminder(*, unit: str, at: datetime, zone: str) -> Text:
    return say(
        "{unit} có gửi đồng chí một thông báo lúc {at}, chưa thấy đồng chí bấm “Đã đọc”. Chương trình chỉ nhắc một lần này.",
        "{unit} sent you a notice at {at} that you have not marked as read. This is the only reminder.",
        unit=unit,
        at=moment(at, zone),
    )


def thanks(*, at: datetime, zone: str) -> Text:
    return say("Đã ghi nhận: đồng chí đã đọc lúc {at}.", "Noted: you read it at {at}.", at=moment(at, zone))


def answered(*, choice: str) -> Text:
    return say(
        "Đã ghi nhận câu trả lời: {choice}. Câu trả lời chỉ để biết mọi người đã nắm được việc, không chấm điểm. "
        "Muốn đổi, mời đồng chí bấm câu khác.",
        "Your answer is noted: {choice}. It only shows whether all is understood; nobody is scored. To change it, "
        "please tap another.",
        choice=choice,
    )


def choice_button(*, choice: str, chosen: bool) -> Text:
    return say("✓ {choice}", "✓ {choice}", choice=choice) if chosen else raw(choice)


def file_gone() -> Text:
    return say("Thông báo này không có tệp kèm theo.", "This notice has no attachment.")


# --- to the writer --------------------------------------------------------------------------------------------------


def home(*, count: int) -> Text:
    if not count:
        return say("Chưa có thông báo nào.", "There are no notices yet.")
    return say(
        "Các thông báo gần đây. Bấm để xem ai đã nhận, ai đã đọc.", "Recent notices: who got them, who read."
    )


def notice_button(*, text: str, on: date) -> Text:
    words, room = " ".join(text.split()), LABEL - 8
    short = words if len(words) <= room else f"{words[: room - 1].rstrip()}…"
    return raw(f"{on:%d/%m} · {short}")


def which_unit() -> Text:
    return say("Gửi thay mặt tổ chức nào?", "In whose name?")


def which_audience(*, unit: str, silent_days: int) -> Text:
    return say(
        "Thông báo của {unit}. Gửi cho ai? (“Lâu chưa liên lạc được”: {days} ngày trở lên.)",
        "A notice of {unit}. To whom? (“No contact for long”: {days} days or more.)",
        unit=unit,
        days=silent_days,
    )


def write_words(*, text: str, file: str) -> Text:
    """`text`: the one that what is typed now takes the place of."""
    along = say("Kèm tệp: {file}.", "Attached: {file}.", file=file) if file else EMPTY
    if text:
        ask = say(
            "Mời gõ lại toàn bộ nội dung: bản mới thay bản này.",
            "Please type the whole text: it takes the place of this one.",
        )
        return paragraph(*(part for part in (ask, raw(text), along) if part.vi))
    ask = say(
        "Mời gõ nội dung; có thể kèm một ảnh hoặc một tệp. Không gửi tài liệu mật.",
        "Please type the notice; one photo or file may go with it. No secret papers.",
    )
    return paragraph(along, ask) if file else ask


def lists() -> Text:
    return say("Mời chọn danh sách.", "Please choose a list.")


def no_longer_asking() -> Text:
    return say(
        "Không chờ thêm câu trả lời. Ai trả lời sau vẫn được ghi.",
        "No more answers are awaited. Whoever answers later is counted all the same.",
    )


def waits(*, count: int) -> Text:
    """In the desk's queue."""
    return say("thông báo: {n} chưa trả lời", "notice: {n} unanswered", n=count)


def file_expected() -> Text:
    return say("Mời gõ chữ, hoặc gửi một ảnh, một tệp.", "Please type, or send a photo or a file.")


def ask_question() -> Text:
    return say(
        "Mời gõ một câu hỏi ngắn để biết mọi người đã nắm được (ví dụ: Họp mấy giờ?). Câu trả lời không chấm điểm.",
        "Please type one short question that shows whether all is understood (“When do we meet?”). Nobody is scored.",
    )


def ask_choices() -> Text:
    return say(
        "Mời gõ 2 đến 4 câu trả lời để chọn, mỗi câu một dòng.",
        "Please type 2 to 4 answers to choose from, one a line.",
    )


def choices_wrong(*, longest: int) -> Text:
    return say(
        "Cần 2 đến 4 dòng khác nhau, mỗi dòng tối đa {longest} ký tự. Mời gõ lại.",
        "2 to 4 different lines are needed, each of at most {longest} characters. Please type them again.",
        longest=longest,
    )


def ask_reason() -> Text:
    return say(
        "Gửi cả ban đêm làm người nhận thức giấc. Mời ghi lý do; lý do được lưu và hiện cho người nhận.",
        "Sending at night wakes people. Please give the reason; it is kept and shown to everybody who gets it.",
    )


def preview(
    *,
    letter: Text,
    audience: str,
    file: str,
    told: int | None,
    left_out: Mapping[str, int],
    names: Sequence[tuple[str, str]],
    arrivals: Sequence[tuple[datetime, str, int]],
    now: datetime,
    done_at: datetime,
    messages: int,
) -> Text:
    """On a small screen: what they read, how many, who is left out and why, when it arrives. `told` None: too few."""
    parts = [say("<b>Xem trước</b>", "<b>Preview</b>"), letter]
    if file:
        parts.append(say("Kèm tệp: {file}", "Attached: {file}", file=file))
    parts.append(_to_whom(audience=audience, told=told, messages=messages))
    if told is not None:
        parts += [_left_out(left_out, names), _arrivals(arrivals, now=now)]
        parts.append(_done(done_at, now=now))
    return paragraph(*(part for part in parts if part.vi))


def _to_whom(*, audience: str, told: int | None, messages: int) -> Text:
    whom = say("<b>Gửi cho:</b> {whom}", "<b>To:</b> {whom}", whom=AUDIENCES[audience])
    if told is None:
        return whom + say(" (ít người nên không hiện số liệu)", " (too few for figures to be shown)")
    count = say(" – {told} người", " – {told} people", told=told)
    several = say(", mỗi người {n} tin", ", {n} messages each", n=messages) if messages > 1 else EMPTY
    return whom + count + several


def _left_out(left_out: Mapping[str, int], names: Sequence[tuple[str, str]]) -> Text:
    if not left_out:
        return EMPTY
    count = sum(left_out.values())
    head = say("<b>Không nhận được: {count}</b>", "<b>Left out: {count}</b>", count=count)
    reasons = [
        say("• {why}: {n}", "• {why}: {n}", why=REASONS[why], n=n) for why, n in sorted(left_out.items())
    ]
    people = [
        say("   {name} – {why}", "   {name} – {why}", name=name, why=REASONS[why]) for name, why in names
    ]
    return lines(head, *reasons, *people)


def _arrivals(arrivals: Sequence[tuple[datetime, str, int]], *, now: datetime) -> Text:
    head = say("<b>Đến lúc</b> (giờ của người nhận):", "<b>Arrives</b> (the receiver's clock):")
    shown = [
        say("• ngay bây giờ: {n}", "• now: {n}", n=count)
        if at <= now
        else say("• {at}: {n}", "• {at}: {n}", at=moment(at, zone), n=count)
        for at, zone, count in arrivals[:6]
    ]
    rest = sum(count for _, _, count in arrivals[6:])
    if rest:
        shown.append(say("• muộn hơn: {n}", "• later: {n}", n=rest))
    return lines(head, *shown) if shown else EMPTY


def _done(at: datetime, *, now: datetime) -> Text:
    if at - now < timedelta(minutes=2):
        return EMPTY
    return say(
        "Dự kiến gửi xong: {at} (khoảng {span} nữa).",
        "Expected to be finished: {at} (in about {span}).",
        at=moment(at, HOME_ZONE),
        span=span(at - now),
    )


def sent_off() -> Text:
    return say(
        "Thông báo đang được gửi. Ai đã nhận, ai còn chờ: xem số dưới đây.",
        "The notice is on its way. Who has it and who waits: see the figures below.",
    )


def overview(
    *,
    text: str,
    audience: str,
    state: str,
    by: str,
    at: datetime,
    version: int,
    reason: str,
    counts: Sequence[tuple[str, int]] | None,
    corrected: tuple[int, int, int] | None,
    done_at: datetime | None,
    now: datetime,
    waits_for: int,
) -> Text:
    """`counts`: by list; None: too few to be shown. `corrected`: shown, of how many, read. `waits_for`: answers."""
    short = " ".join(text.split())
    parts = [
        say(
            "<b>Thông báo</b>: {text}",
            "<b>Notice</b>: {text}",
            text=clip(short, 300),
        ),
        say(
            "{whom} · {state} · {by}, {at}",
            "{whom} · {state} · {by}, {at}",
            whom=AUDIENCES[audience],
            state=STATES[state],
            by=by,
            at=dated(at, HOME_ZONE),
        ),
    ]
    if reason:
        parts.append(say("Gửi cả ban đêm vì: {reason}", "At any hour because: {reason}", reason=reason))
    if counts is None:
        parts.append(say("Ít người nên không hiện số liệu.", "Too few people for figures to be shown."))
    else:
        rows = [say("• {what}: {n}", "• {what}: {n}", what=LISTS[name], n=n) for name, n in counts if n]
        parts.append(
            lines(*rows) if rows else say("Chưa có ai trong danh sách.", "Nobody is on the list yet.")
        )
    if waits_for:
        parts.append(
            say("Câu hỏi: còn {n} người chưa trả lời.", "Question: {n} have not answered.", n=waits_for)
        )
    if version > 1:
        parts.append(_corrected(version, corrected))
    if done_at is not None and state != "cancelled":
        parts.append(_done(done_at, now=now))
    return paragraph(*(part for part in parts if part.vi))


def _corrected(version: int, figures: tuple[int, int, int] | None) -> Text:
    head = say("Đã sửa {n} lần.", "Corrected {n} times.", n=version - 1)
    if figures is None:
        return head
    shown, of, read = figures
    return head + say(
        " Bản sửa đã tới {shown}/{of} người đã nhận, {read} người đã đọc bản sửa.",
        " The correction stands in {shown} of {of} chats; {read} have read it.",
        shown=shown,
        of=of,
        read=read,
    )


def stopped(*, arrived: int | None, not_said: int | None) -> Text:
    if arrived is None or not_said is None:
        return say(
            "Đã dừng. Những gì chưa gửi thì không gửi nữa.", "Stopped. What was not yet sent is not sent."
        )
    return say(
        "Đã dừng gửi. Đã gửi: {arrived}. Chưa gửi và không gửi nữa: {not_said}.",
        "Stopped. Sent: {arrived}. Not sent, and not sent any more: {not_said}.",
        arrived=arrived,
        not_said=not_said,
    )


def too_late_to_stop() -> Text:
    return say(
        "Thông báo này đã gửi xong hoặc đã dừng rồi. Nội dung sai thì vẫn sửa được.",
        "It has been sent already, or was stopped before. If the text is wrong, it can still be corrected.",
    )


def ask_correction(*, text: str) -> Text:
    return paragraph(
        say(
            "Mời gõ lại toàn bộ nội dung đúng. Tin đã gửi sẽ được sửa tại chỗ và ghi “đã sửa”; cả hai bản đều được lưu. Bản hiện nay:",
            "Please type the whole text as it should be. Messages already sent are changed and marked; both texts are kept. It reads now:",
        ),
        raw(text),
    )


def correction_preview(*, letter: Text, reached: int | None) -> Text:
    count = (
        say("Tin của {n} người sẽ được sửa.", "The messages of {n} people will be changed.", n=reached)
        if reached is not None
        else EMPTY
    )
    return paragraph(
        *(part for part in (say("<b>Bản sửa</b>", "<b>Corrected</b>"), letter, count) if part.vi)
    )


def same_text() -> Text:
    return say(
        "Nội dung vẫn y như cũ. Mời gõ bản đã sửa.", "That is the same text. Please type the corrected one."
    )


def correction_sent() -> Text:
    return say(
        "Bản sửa đang được đưa vào các tin đã gửi.",
        "The correction is on its way into the messages already sent.",
    )


def versions(*, rows: Sequence[tuple[int, str, datetime, str]]) -> Text:
    """`rows`: number, writer, when, text."""
    return paragraph(
        *(
            say(
                "<b>Bản {number}</b> · {by}, {at}\n{text}",
                "<b>Text {number}</b> · {by}, {at}\n{text}",
                number=number,
                by=by,
                at=dated(at, HOME_ZONE),
                text=text,
            )
            for number, by, at, text in rows
        )
    )


def people(*, what: str, names: Sequence[tuple[str, str]], count: int) -> Text:
    """One list with what is to be done about it. `names`: who, and what there is to say of them."""
    head = NOT_CORRECTED if what == "stale" else LISTS[what]
    rows = [
        say("• {name}{more}", "• {name}{more}", name=name, more=f" – {more}" if more else "")
        for name, more in names
    ]
    return paragraph(
        say("<b>{head}: {count}</b>", "<b>{head}: {count}</b>", head=head, count=count),
        NEXT_STEPS[what],
        join(rows) if rows else say("Không có ai.", "Nobody."),
    )


def list_button(*, what: str, count: int) -> Text:
    head = NOT_CORRECTED if what == "stale" else LISTS[what]
    return say("{head}: {count}", "{head}: {count}", head=head, count=count)


def answers(*, question: str, rows: Sequence[tuple[str, int]], silent: int | None) -> Text:
    parts = [say("<b>Hỏi:</b> {question}", "<b>Question:</b> {question}", question=question)]
    parts.append(
        lines(*(say("• {choice}: {n}", "• {choice}: {n}", choice=choice, n=n) for choice, n in rows))
    )
    if silent is not None:
        parts.append(say("Đã nhận mà chưa trả lời: {n}", "Received it and have not answered: {n}", n=silent))
    return paragraph(*parts)


def answers_of(*, choice: str, names: Sequence[str], page: int, pages: int) -> Text:
    paging = (
        say(" (trang {page}/{pages})", " (page {page}/{pages})", page=page + 1, pages=pages)
        if pages > 1
        else EMPTY
    )
    rows = [say("• {name}", "• {name}", name=name) for name in names]
    return paragraph(
        say("<b>Trả lời “{choice}”</b>", "<b>Answered “{choice}”</b>", choice=choice) + paging,
        join(rows) if rows else say("Không có ai.", "Nobody."),
    )


def nobody() -> Text:
    return say(
        "Trong nhóm này không có ai nhận được thông báo qua chương trình lúc này. Mời chọn nhóm khác, hoặc báo theo cách thường dùng.",
        "Nobody of these can be told through the program now. Please choose others, or tell them the usual way.",
    )
