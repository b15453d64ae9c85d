"""Words about the letters between the home cell and the place of stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import Text, day, join, say

SEE_SCAN = say("Xem bản scan", "See the scan")
AS_SENT = say("Tải thư như lúc gửi", "Download it as it was sent")
SEE_LETTER = say("Xem thư này", "See this letter")

KINDS: dict[str, Text] = {
    "comment": say("Đề nghị nhận xét", "Request for a comment"),
    "introduction": say("Thư giới thiệu", "Letter of introduction"),
    "thanks": say("Thư cảm ơn", "Letter of thanks"),
}


def settled() -> Text:
    return say(
        "Thư này đã có trả lời, đã rút, hoặc không cần trả lời. Mời xem lại danh sách thư.",
        "This letter is answered or withdrawn already, or asks for no answer. Please see the list of letters.",
    )


def day_unfit(*, first: date | None) -> Text:
    if first is None:
        return say(
            "Ngày này chưa đến. Mời nhập ngày đã diễn ra.", "That day has not come. Please type one that has."
        )
    return say(
        "Ngày phải từ ngày gửi thư ({first}) đến hôm nay. Mời nhập lại.",
        "The day lies between the day the letter was sent ({first}) and today. Please type it again.",
        first=day(first),
    )


def answer_empty() -> Text:
    return say(
        "Mời gõ nội dung trả lời, hoặc gửi bản scan của thư trả lời.",
        "Please type what they answered, or send a scan of their letter.",
    )


def sent_too_late() -> Text:
    return say(
        "Ngày gửi không thể sau ngày nhắc hoặc ngày trả lời đã ghi. Mời nhập lại.",
        "It was not sent after the day it was reminded of or answered. Please type the day again.",
    )


def still_unanswered(
    *, kind: str, name: str, to: str | None, sent_on: date, reminded_on: date | None
) -> Text:
    """Time calls to mind what nobody has answered."""
    facts = [
        say(
            "<b>Thư chưa có trả lời</b>\n{kind} về đồng chí {name}",
            "<b>A letter without an answer</b>\n{kind} about {name}",
            kind=KINDS[kind],
            name=name,
        )
    ]
    if to:
        facts.append(say("Kính gửi: {to}", "To: {to}", to=to))
    facts.append(say("Gửi ngày {on}", "Sent on {on}", on=day(sent_on)))
    if reminded_on:
        facts.append(say("Nhắc lần cuối ngày {on}", "Last reminded on {on}", on=day(reminded_on)))
    tail = say(
        "Mời liên hệ lại nơi đến, rồi ghi ngày nhắc hoặc thư trả lời. Nếu ghi nhầm, đồng chí có thể rút lại.",
        "Please contact the place of stay again, then note the reminder or the answer. If it was noted by mistake, "
        "it can be withdrawn.",
    )
    return paragraph(lines(*facts), tail)


def answer_withdrawn(*, kind: str, on: date, why: str) -> Text:
    """The member has read an answer that was none, or not about them."""
    return say(
        "<b>Xin đính chính</b>\nThư trả lời ngày {on} ({kind}) mà đồng chí đã đọc là ghi nhầm và đã được rút.\nLý do: {why}",
        "<b>A correction</b>\nThe answer of {on} ({kind}) that you have read was noted by mistake and is withdrawn.\n"
        "Why: {why}",
        on=day(on),
        kind=KINDS[kind],
        why=why,
    )


def answer_for_you(
    *, kind: str, place: Text, on: date, answer: str | None, scan: bool, corrected: bool
) -> Text:
    """What the member reads when the place of stay has answered, or when the answer was typed wrong."""
    head = say(
        "<b>Nơi đến ({place}) đã trả lời chi bộ về đồng chí</b>\n{kind}, thư trả lời ngày {on}.",
        "<b>Your place of stay ({place}) has answered your cell about you</b>\n{kind}, answer of {on}.",
        place=place,
        kind=KINDS[kind],
        on=day(on),
    )
    if corrected:
        head = say(
            "<b>Xin đính chính thư trả lời của nơi đến ({place})</b>\n{kind}, thư trả lời ngày {on}. Nội dung đúng là:",
            "<b>A correction: the answer of your place of stay ({place})</b>\n{kind}, answer of {on}. This is right:",
            place=place,
            kind=KINDS[kind],
            on=day(on),
        )
    said = [_quote(answer)] if answer else []
    seen = [say("Có kèm bản scan.", "A scan is attached.")] if scan else []
    tail = say(
        "Nếu có điều chưa đúng, mời trao đổi với bí thư chi bộ.",
        "If something is not right, please talk to your secretary.",
    )
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
    """One letter with its dates; also for the member."""
    facts = [say("<b>{kind}</b>", "<b>{kind}</b>", kind=KINDS[kind])]
    if to:
        facts.append(say("Kính gửi: {to}", "To: {to}", to=to))
    if number:
        facts.append(say("Số: {number}", "No.: {number}", number=number))
    facts.append(say("Gửi ngày {on}", "Sent on {on}", on=day(sent_on)))
    if reminded_on:
        facts.append(say("Nhắc lần cuối ngày {on}", "Last reminded on {on}", on=day(reminded_on)))
    if answered_on:
        facts.append(say("Trả lời ngày {on}", "Answered on {on}", on=day(answered_on)))
    elif needs_answer and not withdrawn:
        facts.append(say("Chưa có trả lời", "Not answered yet"))
    if withdrawn:
        facts.append(say("Đã rút: ghi nhầm", "Withdrawn: noted by mistake"))
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
    """One correction: who, when, and what stood there before."""
    if withdrawn:
        return say(
            "{on}: đồng chí {by} rút thư. Lý do: {why}",
            "{on}: {by} withdrew it. Why: {why}",
            on=day(on),
            by=by,
            why=why or "–",
        )
    was = [say("gửi ngày {on}", "sent on {on}", on=day(sent_on))]
    was += [say("số {n}", "no. {n}", n=number)] if number else []
    was += [say("gửi tới {to}", "to {to}", to=to)] if to else []
    was += [say("trả lời ngày {on}", "answered on {on}", on=day(answered_on))] if answered_on else []
    was += [say("“{a}”", "“{a}”", a=answer)] if answer else []
    return say(
        "{on}: đồng chí {by} sửa. Trước đó: {was}",
        "{on}: corrected by {by}. Before: {was}",
        on=day(on),
        by=by,
        was=join(was, ", "),
    )


def changes(entries: Sequence[Text]) -> Text:
    return lines(say("<b>Đã sửa</b>", "<b>Corrections</b>"), *entries)


def button(*, kind: str, sent_on: date) -> Text:
    return say("{kind} · {on}", "{kind} · {on}", kind=KINDS[kind], on=day(sent_on))


def line(*, kind: str, sent_on: date, answered: bool, waits: bool, withdrawn: bool = False) -> Text:
    """What stands above the buttons: a button has no room for it."""
    words = say("• {kind} · {on}", "• {kind} · {on}", kind=KINDS[kind], on=day(sent_on))
    if withdrawn:
        return words + say(": đã rút", ": withdrawn")
    if answered:
        return words + say(": đã có trả lời", ": answered")
    return words + (say(": chờ trả lời", ": no answer yet") if waits else EMPTY)


def _quote(words: str) -> Text:
    return say("<blockquote>{w}</blockquote>", "<blockquote>{w}</blockquote>", w=words)


def as_sent(*, kind: str, name: str, on: date) -> Text:
    return say(
        "{kind} · {name}, như lúc gửi ngày {on}.",
        "{kind} · {name}, as it was sent on {on}.",
        kind=KINDS[kind],
        name=name,
        on=day(on),
    )


def not_kept() -> Text:
    return say(
        "Thư này được ghi trước khi chương trình giữ bản gửi, nên không tải lại được.",
        "This letter was noted before copies were kept, so it cannot be downloaded again.",
    )
