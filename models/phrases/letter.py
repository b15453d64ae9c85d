"""Words about the letters between the home cell and the place of stay."""

from __future__ import annotations

from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, say

SEE_SCAN = say("Xem bản scan", "See the scan")

KINDS: dict[str, Text] = {
    "comment": say("Đề nghị nhận xét", "Request for a comment"),
    "introduction": say("Thư giới thiệu", "Letter of introduction"),
    "thanks": say("Thư cảm ơn", "Letter of thanks"),
}


def settled() -> Text:
    return say(
        "Thư này đã có trả lời, hoặc là thư không cần trả lời. Mời xem lại danh sách thư.",
        "This letter is answered already, or asks for no answer. Please see the list of letters.",
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


def answer_for_you(*, kind: str, place: Text, on: date, answer: str | None, scan: bool) -> Text:
    """What the member reads when the place of stay has answered."""
    head = say(
        "<b>Nơi đến ({place}) đã trả lời chi bộ về đồng chí</b>\n{kind}, thư trả lời ngày {on}.",
        "<b>Your place of stay ({place}) has answered your cell about you</b>\n{kind}, answer of {on}.",
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
    elif needs_answer:
        facts.append(say("Chưa có trả lời", "Not answered yet"))
    return paragraph(lines(*facts), *([_quote(answer)] if answer else []))


def button(*, kind: str, sent_on: date, answered: bool) -> Text:
    if answered:
        return say("{kind} {on} · đã trả lời", "{kind} {on} · answered", kind=KINDS[kind], on=day(sent_on))
    return say("{kind} · gửi {on}", "{kind} · sent {on}", kind=KINDS[kind], on=day(sent_on))


def _quote(words: str) -> Text:
    return say("<blockquote>{w}</blockquote>", "<blockquote>{w}</blockquote>", w=words)
