"""Words about the letters between the home cell and the place of stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import Text, day, join, say

SEE_SCAN = say("Xem bản scan")
AS_SENT = say("Tải thư như lúc gửi")
SEE_LETTER = say("Xem thư này")

KINDS: dict[str, Text] = {
    "comment": say("Đề nghị nhận xét"),
    "introduction": say("Thư giới thiệu"),
    "thanks": say("Thư cảm ơn"),
}
# of the letters that want an answer
ASKS_HERE: dict[str, Text] = {
    "comment": say("1. Đồng chí này có sinh sống, làm việc tại địa bàn không?"),
    "introduction": say("1. Đồng chí này có về sinh hoạt hoặc đến liên hệ không?"),
}
ASKS_COMMENT: dict[str, Text] = {
    "comment": say("3. Nhận xét: đăng ký tạm trú, chấp hành pháp luật, quan hệ với nhân dân nơi cư trú"),
    "introduction": say("3. Ý kiến của quý cơ quan"),
}


def settled() -> Text:
    return say("Thư này đã có trả lời, đã rút, hoặc không cần trả lời. Mời xem lại danh sách thư.")


def day_unfit(*, first: date | None) -> Text:
    if first is None:
        return say("Ngày này chưa đến. Mời nhập ngày đã diễn ra.")
    return say("Ngày phải từ ngày gửi thư ({first}) đến hôm nay. Mời nhập lại.", first=day(first))


def answer_empty() -> Text:
    return say("Mời gõ nội dung trả lời, hoặc gửi bản scan của thư trả lời.")


def sent_too_late() -> Text:
    return say("Ngày gửi không thể sau ngày nhắc hoặc ngày trả lời đã ghi. Mời nhập lại.")


def still_unanswered(
    *, kind: str, name: str, to: str | None, sent_on: date, reminded_on: date | None
) -> Text:
    """Remind the desk of a letter that nobody has answered."""
    facts = [say("<b>Thư chưa có trả lời</b>\n{kind} về đồng chí {name}", kind=KINDS[kind], name=name)]
    if to:
        facts.append(say("Kính gửi: {to}", to=to))
    facts.append(say("Gửi ngày {on}", on=day(sent_on)))
    if reminded_on:
        facts.append(say("Nhắc lần cuối ngày {on}", on=day(reminded_on)))
    tail = say(
        "Mời liên hệ lại nơi đến, rồi ghi ngày nhắc hoặc thư trả lời. Nếu ghi nhầm, đồng chí có thể rút lại."
    )
    return paragraph(lines(*facts), tail)


def answer_withdrawn(*, kind: str, on: date, why: str) -> Text:
    """Say to the member that the answer they read was none, or was not about them."""
    return say(
        "<b>Xin đính chính</b>\nThư trả lời ngày {on} ({kind}) mà đồng chí đã đọc là ghi nhầm và đã được rút.\nLý do: {why}",
        on=day(on),
        kind=KINDS[kind],
        why=why,
    )


def answer_for_you(
    *, kind: str, place: Text, on: date, answer: str | None, scan: bool, corrected: bool
) -> Text:
    """Say to the member what the place of stay has answered, or what is right where it was typed wrong."""
    head = say(
        "<b>Nơi đến ({place}) đã trả lời chi bộ về đồng chí</b>\n{kind}, thư trả lời ngày {on}.",
        place=place,
        kind=KINDS[kind],
        on=day(on),
    )
    if corrected:
        head = say(
            "<b>Xin đính chính thư trả lời của nơi đến ({place})</b>\n{kind}, thư trả lời ngày {on}. Nội dung đúng là:",
            place=place,
            kind=KINDS[kind],
            on=day(on),
        )
    said = [_quote(answer)] if answer else []
    seen = [say("Có kèm bản scan.")] if scan else []
    tail = say("Nếu có điều chưa đúng, mời trao đổi với bí thư chi bộ.")
    return paragraph(head, *said, *seen, tail)


def letter(
    *,
    kind: str,
    to: str | None,
    number: str | None,
    sent_on: date,
    reminded_on: date | None,
    answered_on: date | None,
    answer: str | None,
    needs_answer: bool,
    withdrawn: bool = False,
) -> Text:
    """Show one letter with its dates, also to the member."""
    facts = [say("<b>{kind}</b>", kind=KINDS[kind])]
    if to:
        facts.append(say("Kính gửi: {to}", to=to))
    if number:
        facts.append(say("Số: {number}", number=number))
    facts.append(say("Gửi ngày {on}", on=day(sent_on)))
    if reminded_on:
        facts.append(say("Nhắc lần cuối ngày {on}", on=day(reminded_on)))
    if answered_on:
        facts.append(say("Trả lời ngày {on}", on=day(answered_on)))
    elif needs_answer and not withdrawn:
        facts.append(say("Chưa có trả lời"))
    if withdrawn:
        facts.append(say("Đã rút: ghi nhầm"))
    return paragraph(lines(*facts), *([_quote(answer)] if answer else []))


def change(
    *,
    on: date,
    by: str,
    withdrawn: bool,
    why: str | None,
    to: str | None,
    number: str | None,
    sent_on: date,
    answered_on: date | None,
    answer: str | None,
) -> Text:
    """Say one correction: who made it, when, and what stood there before."""
    if withdrawn:
        return say("{on}: đồng chí {by} rút thư. Lý do: {why}", on=day(on), by=by, why=why or "–")
    was = [say("gửi ngày {on}", on=day(sent_on))]
    was += [say("số {n}", n=number)] if number else []
    was += [say("gửi tới {to}", to=to)] if to else []
    was += [say("trả lời ngày {on}", on=day(answered_on))] if answered_on else []
    was += [say("“{a}”", a=answer)] if answer else []
    return say("{on}: đồng chí {by} sửa. Trước đó: {was}", on=day(on), by=by, was=join(was, ", "))


def changes(entries: Sequence[Text]) -> Text:
    return lines(say("<b>Đã sửa</b>"), *entries)


def button(*, kind: str, sent_on: date) -> Text:
    return say("{kind} · {on}", kind=KINDS[kind], on=day(sent_on))


def line(*, kind: str, sent_on: date, answered: bool, waits: bool, withdrawn: bool = False) -> Text:
    """Say above the buttons what a button has no room for."""
    words = say("• {kind} · {on}", kind=KINDS[kind], on=day(sent_on))
    if withdrawn:
        return words + say(": đã rút")
    if answered:
        return words + say(": đã có trả lời")
    return words + (say(": chờ trả lời") if waits else EMPTY)


def _quote(words: str) -> Text:
    return say("<blockquote>{w}</blockquote>", w=words)


def as_sent(*, kind: str, name: str, on: date) -> Text:
    return say("{kind} · {name}, như lúc gửi ngày {on}.", kind=KINDS[kind], name=name, on=day(on))


def not_kept() -> Text:
    return say("Thư này được ghi trước khi chương trình giữ bản gửi, nên không tải lại được.")
