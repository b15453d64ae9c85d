"""Words about notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from models.ground.markup import clip
from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import HOME_ZONE, LABEL, Text, dated, join, moment, raw, say, say_as, span

READ = say("Đã đọc")
READ_AGAIN = say("Đọc lại thông báo")
OPEN_FILE = say("Xem tệp kèm theo")
NEW = say("Viết thông báo mới")
ALL_NOTICES = say("Các thông báo")
REFRESH = say("Xem lại số liệu")
STOP = say("Dừng gửi")
CORRECT = say_as("notice", "Sửa nội dung")
VERSIONS = say("Các bản đã gửi")
ANSWERS = say("Câu trả lời")
OVERVIEW = say("Về thông báo này")
KEEP_WORDS = say("Giữ nội dung này")
MORE = say("Danh sách khác")
ENOUGH = say("Không chờ trả lời nữa")
CHANGE_WORDS = say("Sửa nội dung")
ADD_QUESTION = say("Thêm câu hỏi")
DROP_QUESTION = say("Bỏ câu hỏi")
DROP_FILE = say("Bỏ tệp kèm theo")
URGENT = say("Gửi cả ban đêm (khẩn)")
NOT_URGENT = say("Bỏ chế độ khẩn, giữ giờ nghỉ")
SEND_CORRECTION = say("Gửi bản sửa")
WRITING = say("viết một thông báo")
CORRECTING = say("sửa một thông báo")

AUDIENCES: dict[str, Text] = {
    "all": say("Tất cả đảng viên"),
    "away": say("Đảng viên đi làm ăn xa"),
    "abroad": say("Đảng viên ở nước ngoài"),
    "silent": say("Lâu chưa liên lạc được"),
    "unanswered": say("Chưa báo cáo kỳ này"),
    "secretaries": say("Bí thư, phó bí thư các chi bộ"),
}
STATES: dict[str, Text] = {
    "preparing": say("đang lập danh sách người nhận"),
    "saying": say("đang gửi"),
    "said": say("đã gửi xong"),
    "cancelled": say("đã dừng gửi"),
}
REASONS: dict[str, Text] = {
    "no account": say("chưa đăng ký"),
    "unreachable": say("đã chặn chương trình hoặc khóa tài khoản"),
    "no consent": say("không đồng ý liên lạc qua chương trình"),
}
LISTS: dict[str, Text] = {
    "read": say_as("attendance", "Đã đọc"),
    "sent": say("Đã gửi, chưa đọc"),
    "waiting": say("Chờ gửi"),
    "queued": say("Đang gửi, hoặc chờ mở trang"),
    "failed": say("Gửi lỗi"),
    "uncertain": say("Không rõ đã đến chưa"),
    "unreachable": say("Không tới được"),
    "no account": say("Chưa có tài khoản"),
    "no consent": say("Không đồng ý nhận qua đây"),
    "not said": say("Chưa gửi thì đã dừng"),
}
NEXT_STEPS: dict[str, Text] = {
    "read": say("Không cần làm gì thêm."),
    "sent": say("Chương trình nhắc một lần. Việc quan trọng thì nên gọi điện."),
    "waiting": say("Đến lượt hoặc đến sáng ở nơi họ ở, chương trình sẽ gửi."),
    "queued": say("Đang trên đường đi; ai dùng trang web thì thấy khi mở trang. Việc gấp thì mời gọi điện."),
    "failed": say("Tin không đi được. Mời gọi điện và đọc cho nghe."),
    "uncertain": say(
        "Mạng đứt giữa chừng, không rõ tin đã đến chưa; chương trình không gửi lại để khỏi trùng. Nhờ đồng chí gọi hỏi lại."
    ),
    "unreachable": say("Mời gọi điện: đọc thông báo, và nhờ bỏ chặn hoặc mở lại chương trình."),
    "no account": say("Mời gọi điện, và gửi lời mời."),
    "no consent": say("Báo theo cách thường dùng: điện thoại, gặp mặt, giấy mời."),
    "not said": say("Không gửi nữa. Vẫn cần thì viết thông báo mới, hoặc gọi điện."),
    "stale": say("Những đồng chí này vẫn thấy bản cũ. Mời gọi điện báo chỗ đã sửa."),
}
NOT_CORRECTED = say("Chưa nhận bản sửa")


# --- to the receiver ------------------------------------------------------------------------------------------------


def letter(*, unit: str, text: str, version: int, reason: str, question: str) -> Text:
    """Say the notice itself. The author's words are in no language of ours."""
    corrected = say(" (đã sửa)") if version > 1 else EMPTY
    head = say("<b>Thông báo của {unit}</b>", unit=unit) + corrected
    parts = [head, raw(text)]
    if question:
        parts.append(say("<b>Hỏi:</b> {question}", question=question))
    if reason:
        parts.append(say("<i>Gửi ngoài giờ vì: {reason}</i>", reason=reason))
    return paragraph(*parts)


def reminder(*, unit: str, at: datetime, zone: str) -> Text:
    return say(
        "{unit} có gửi đồng chí một thông báo lúc {at}, chưa thấy đồng chí bấm “Đã đọc”. Chương trình chỉ nhắc một lần này.",
        unit=unit,
        at=moment(at, zone),
    )


def thanks(*, at: datetime, zone: str) -> Text:
    return say("Đã ghi nhận: đồng chí đã đọc lúc {at}.", at=moment(at, zone))


def answered(*, choice: str) -> Text:
    return say(
        "Đã ghi nhận câu trả lời: {choice}. Câu trả lời chỉ để biết mọi người đã nắm được việc, không chấm điểm. "
        "Muốn đổi, mời đồng chí bấm câu khác.",
        choice=choice,
    )


def choice_button(*, choice: str, chosen: bool) -> Text:
    return say("✓ {choice}", choice=choice) if chosen else raw(choice)


def file_gone() -> Text:
    return say("Thông báo này không có tệp kèm theo.")


# --- to the writer --------------------------------------------------------------------------------------------------


def home(*, count: int) -> Text:
    if not count:
        return say("Chưa có thông báo nào.")
    return say("Các thông báo gần đây. Bấm để xem ai đã nhận, ai đã đọc.")


def notice_button(*, text: str, on: date) -> Text:
    words, room = " ".join(text.split()), LABEL - 8
    short = words if len(words) <= room else f"{words[: room - 1].rstrip()}…"
    return raw(f"{on:%d/%m} · {short}")


def which_unit() -> Text:
    return say("Gửi thay mặt tổ chức nào?")


def which_audience(*, unit: str, silent_days: int) -> Text:
    return say(
        "Thông báo của {unit}. Gửi cho ai? (“Lâu chưa liên lạc được”: {days} ngày trở lên.)",
        unit=unit,
        days=silent_days,
    )


def write_words(*, text: str, file: str) -> Text:
    """Ask for the words. `text`: the words that they take the place of."""
    along = say("Kèm tệp: {file}.", file=file) if file else EMPTY
    if text:
        ask = say("Mời gõ lại toàn bộ nội dung: bản mới thay bản này.")
        return paragraph(*(part for part in (ask, raw(text), along) if part.vi))
    ask = say("Mời gõ nội dung; có thể kèm một ảnh hoặc một tệp. Không gửi tài liệu mật.")
    return paragraph(along, ask) if file else ask


def lists() -> Text:
    return say("Mời chọn danh sách.")


def no_longer_asking() -> Text:
    return say("Không chờ thêm câu trả lời. Ai trả lời sau vẫn được ghi.")


def waits(*, count: int) -> Text:
    """Say how much waits, in the desk's queue."""
    return say("thông báo: {n} chưa trả lời", n=count)


def file_expected() -> Text:
    return say("Mời gõ chữ, hoặc gửi một ảnh, một tệp.")


def ask_question() -> Text:
    return say(
        "Mời gõ một câu hỏi ngắn để biết mọi người đã nắm được (ví dụ: Họp mấy giờ?). Câu trả lời không chấm điểm."
    )


def ask_choices() -> Text:
    return say("Mời gõ 2 đến 4 câu trả lời để chọn, mỗi câu một dòng.")


def choices_wrong(*, longest: int) -> Text:
    return say("Cần 2 đến 4 dòng khác nhau, mỗi dòng tối đa {longest} ký tự. Mời gõ lại.", longest=longest)


def ask_reason() -> Text:
    return say(
        "Gửi cả ban đêm làm người nhận thức giấc. Mời ghi lý do; lý do được lưu và hiện cho người nhận."
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
    """Show on a small screen what they read, how many, who is left out and why, and when it arrives.

    `told` None: too few.
    """
    parts = [say("<b>Xem trước</b>"), letter]
    if file:
        parts.append(say("Kèm tệp: {file}", file=file))
    parts.append(_to_whom(audience=audience, told=told, messages=messages))
    if told is not None:
        parts += [_left_out(left_out, names), _arrivals(arrivals, now=now)]
        parts.append(_done(done_at, now=now))
    return paragraph(*(part for part in parts if part.vi))


def _to_whom(*, audience: str, told: int | None, messages: int) -> Text:
    whom = say("<b>Gửi cho:</b> {whom}", whom=AUDIENCES[audience])
    if told is None:
        return whom + say(" (ít người nên không hiện số liệu)")
    count = say(" – {told} người", told=told)
    several = say(", mỗi người {n} tin", n=messages) if messages > 1 else EMPTY
    return whom + count + several


def _left_out(left_out: Mapping[str, int], names: Sequence[tuple[str, str]]) -> Text:
    if not left_out:
        return EMPTY
    count = sum(left_out.values())
    head = say("<b>Không nhận được: {count}</b>", count=count)
    reasons = [say("• {why}: {n}", why=REASONS[why], n=n) for why, n in sorted(left_out.items())]
    people = [say("   {name} – {why}", name=name, why=REASONS[why]) for name, why in names]
    return lines(head, *reasons, *people)


def _arrivals(arrivals: Sequence[tuple[datetime, str, int]], *, now: datetime) -> Text:
    head = say("<b>Đến lúc</b> (giờ của người nhận):")
    shown = [
        say("• ngay bây giờ: {n}", n=count) if at <= now else say("• {at}: {n}", at=moment(at, zone), n=count)
        for at, zone, count in arrivals[:6]
    ]
    rest = sum(count for _, _, count in arrivals[6:])
    if rest:
        shown.append(say("• muộn hơn: {n}", n=rest))
    return lines(head, *shown) if shown else EMPTY


def _done(at: datetime, *, now: datetime) -> Text:
    if at - now < timedelta(minutes=2):
        return EMPTY
    return say("Dự kiến gửi xong: {at} (khoảng {span} nữa).", at=moment(at, HOME_ZONE), span=span(at - now))


def sent_off() -> Text:
    return say("Thông báo đang được gửi. Ai đã nhận, ai còn chờ: xem số dưới đây.")


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
    """Show a notice.

    `counts`: by list; None: too few to be shown. `corrected`: shown, of how many, read. `waits_for`: answers.
    """
    short = " ".join(text.split())
    parts = [
        say("<b>Thông báo</b>: {text}", text=clip(short, 300)),
        say(
            "{whom} · {state} · {by}, {at}",
            whom=AUDIENCES[audience],
            state=STATES[state],
            by=by,
            at=dated(at, HOME_ZONE),
        ),
    ]
    if reason:
        parts.append(say("Gửi cả ban đêm vì: {reason}", reason=reason))
    if counts is None:
        parts.append(say("Ít người nên không hiện số liệu."))
    else:
        rows = [say("• {what}: {n}", what=LISTS[name], n=n) for name, n in counts if n]
        parts.append(lines(*rows) if rows else say("Chưa có ai trong danh sách."))
    if waits_for:
        parts.append(say("Câu hỏi: còn {n} người chưa trả lời.", n=waits_for))
    if version > 1:
        parts.append(_corrected(version, corrected))
    if done_at is not None and state != "cancelled":
        parts.append(_done(done_at, now=now))
    return paragraph(*(part for part in parts if part.vi))


def _corrected(version: int, figures: tuple[int, int, int] | None) -> Text:
    head = say("Đã sửa {n} lần.", n=version - 1)
    if figures is None:
        return head
    shown, of, read = figures
    return head + say(
        " Bản sửa đã tới {shown}/{of} người đã nhận, {read} người đã đọc bản sửa.",
        shown=shown,
        of=of,
        read=read,
    )


def stopped(*, arrived: int | None, not_said: int | None) -> Text:
    if arrived is None or not_said is None:
        return say("Đã dừng. Những gì chưa gửi thì không gửi nữa.")
    return say(
        "Đã dừng gửi. Đã gửi: {arrived}. Chưa gửi và không gửi nữa: {not_said}.",
        arrived=arrived,
        not_said=not_said,
    )


def too_late_to_stop() -> Text:
    return say("Thông báo này đã gửi xong hoặc đã dừng rồi. Nội dung sai thì vẫn sửa được.")


def ask_correction(*, text: str) -> Text:
    return paragraph(
        say(
            "Mời gõ lại toàn bộ nội dung đúng. Tin đã gửi sẽ được sửa tại chỗ và ghi “đã sửa”; cả hai bản đều được lưu. Bản hiện nay:"
        ),
        raw(text),
    )


def correction_preview(*, letter: Text, reached: int | None) -> Text:
    count = say("Tin của {n} người sẽ được sửa.", n=reached) if reached is not None else EMPTY
    return paragraph(*(part for part in (say("<b>Bản sửa</b>"), letter, count) if part.vi))


def same_text() -> Text:
    return say("Nội dung vẫn y như cũ. Mời gõ bản đã sửa.")


def correction_sent() -> Text:
    return say("Bản sửa đang được đưa vào các tin đã gửi.")


def versions(*, rows: Sequence[tuple[int, str, datetime, str]]) -> Text:
    """Show the texts that it has had. `rows`: number, writer, when, text."""
    return paragraph(
        *(
            say(
                "<b>Bản {number}</b> · {by}, {at}\n{text}",
                number=number,
                by=by,
                at=dated(at, HOME_ZONE),
                text=text,
            )
            for number, by, at, text in rows
        )
    )


def people(*, what: str, names: Sequence[tuple[str, str]], count: int) -> Text:
    """Show one list with what is to be done about it. `names`: who, and what there is to say of them."""
    head = NOT_CORRECTED if what == "stale" else LISTS[what]
    rows = [say("• {name}{more}", name=name, more=f" – {more}" if more else "") for name, more in names]
    return paragraph(
        say("<b>{head}: {count}</b>", head=head, count=count),
        NEXT_STEPS[what],
        join(rows) if rows else say("Không có ai."),
    )


def list_button(*, what: str, count: int) -> Text:
    head = NOT_CORRECTED if what == "stale" else LISTS[what]
    return say("{head}: {count}", head=head, count=count)


def answers(*, question: str, rows: Sequence[tuple[str, int]], silent: int | None) -> Text:
    parts = [say("<b>Hỏi:</b> {question}", question=question)]
    parts.append(lines(*(say("• {choice}: {n}", choice=choice, n=n) for choice, n in rows)))
    if silent is not None:
        parts.append(say("Đã nhận mà chưa trả lời: {n}", n=silent))
    return paragraph(*parts)


def answers_of(*, choice: str, names: Sequence[str], page: int, pages: int) -> Text:
    paging = say(" (trang {page}/{pages})", page=page + 1, pages=pages) if pages > 1 else EMPTY
    rows = [say("• {name}", name=name) for name in names]
    return paragraph(
        say("<b>Trả lời “{choice}”</b>", choice=choice) + paging, join(rows) if rows else say("Không có ai.")
    )


def nobody() -> Text:
    return say(
        "Trong nhóm này không có ai nhận được thông báo qua chương trình lúc này. Mời chọn nhóm khác, hoặc báo theo cách thường dùng."
    )
