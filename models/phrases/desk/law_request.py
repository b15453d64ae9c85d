"""Words of requests under the data-protection law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.phrases.common import lines, paragraph
from models.phrases.text import HOME_ZONE, Text, dated, say

ABOUT = say("yêu cầu theo luật", "request under the law")
LAW = say("Yêu cầu theo luật", "Requests under the law")
OPEN = say("Xem yêu cầu", "See the request")
ANSWER = say("Trả lời", "Answer")
DONE = say("Đã làm xong", "It is done")
REFUSE = say("Không làm, đã nêu lý do", "Will not be done, reason given")
EXTEND = say("Gia hạn một lần", "Put it off, once")
NOTE_PAPER = say("Ghi yêu cầu theo luật", "Note a request under the law")

KINDS: dict[str, Text] = {
    "see": say("xem và lấy dữ liệu", "see and take out the data"),
    "correct": say("sửa dữ liệu", "correct the data"),
    "delete": say("xóa dữ liệu", "delete the data"),
    "withdraw": say("rút lại sự đồng ý", "withdraw a consent"),
    "object": say("phản đối hoặc hạn chế xử lý", "object to or restrict the processing"),
}
BUTTONS: dict[str, Text] = {
    "see": say("Xem, lấy dữ liệu về", "See, take out"),
    "correct": say("Yêu cầu sửa dữ liệu", "Ask for a correction"),
    "delete": say("Xóa dữ liệu", "Delete"),
    "withdraw": say("Rút lại đồng ý", "Withdraw a consent"),
    "object": say("Phản đối, hạn chế xử lý", "Object, restrict"),
}
STATES: dict[str, Text] = {
    "open": say("chờ trả lời", "to be answered"),
    "answered": say("đã trả lời, đang làm", "answered, being done"),
    "done": say("đã làm xong", "done"),
    "refused": say("không làm, có lý do", "not done, with a reason"),
}


def overview(*, days: int, do_days: int, entries: Sequence[Text]) -> Text:
    """The member's own requests, and what can be asked for."""
    return paragraph(
        say("<b>Yêu cầu theo luật về dữ liệu cá nhân</b>", "<b>Requests under the data-protection law</b>"),
        say(
            "Xem, xóa, rút đồng ý: làm được ngay ở đây. Sửa, phản đối: chi bộ phải trả lời trong {days} ngày làm việc và làm "
            "xong trong {do_days} ngày.",
            "Seeing, deleting, withdrawing is done here at once. Corrections and objections: the cell must answer within {days} "
            "working days and have it done within {do_days} days.",
            days=days,
            do_days=do_days,
        ),
        *([lines(*entries)] if entries else []),
    )


def entry(*, kind: str, at: datetime, state: str, on_paper: bool) -> Text:
    paper = say(" (bản giấy)", " (on paper)") if on_paper else say("", "")
    return say(
        "• {when}{paper}: {kind}, {state}",
        "• {when}{paper}: {kind}, {state}",
        when=dated(at, HOME_ZONE),
        paper=paper,
        kind=KINDS[kind],
        state=STATES[state],
    )


def which(*, name: str) -> Text:
    return say("Đồng chí {name} yêu cầu gì?", "What does {name} ask for?", name=name)


def what_exactly(*, kind: str) -> Text:
    return say(
        "Yêu cầu: <b>{kind}</b>. Mời gõ rõ trong một tin: dữ liệu nào, muốn thế nào.",
        "Request: <b>{kind}</b>. Please type it in one message: which data, and what is wanted.",
        kind=KINDS[kind],
    )


def opened(*, by: datetime) -> Text:
    return say(
        "Đã ghi vào sổ và báo người phải trả lời. Hạn trả lời: {by}.",
        "It is in the register, and who must answer was told. An answer is due by {by}.",
        by=dated(by, HOME_ZONE),
    )


def detail(
    *,
    name: str,
    kind: str,
    state: str,
    at: datetime,
    text: str,
    answer: str,
    answer_by: datetime,
    do_by: datetime,
    by_itself: bool,
) -> Text:
    facts = [
        say(
            "Yêu cầu <b>{kind}</b>: {state}",
            "Request to <b>{kind}</b>: {state}",
            kind=KINDS[kind],
            state=STATES[state],
        ),
        say("{name}, {when}", "{name}, {when}", name=name, when=dated(at, HOME_ZONE)),
        say("“{text}”", "“{text}”", text=text) if text else say("", ""),
        say(
            "Hạn trả lời: {a}. Hạn làm xong: {d}.",
            "Answer by {a}. Done by {d}.",
            a=dated(answer_by, HOME_ZONE),
            d=dated(do_by, HOME_ZONE),
        ),
    ]
    facts += [say("Trả lời: “{answer}”", "Answer: “{answer}”", answer=answer)] if answer else []
    facts += [say("Chương trình đã làm ngay.", "The program did it at once.")] if by_itself else []
    return lines(*(fact for fact in facts if fact.vi))


def which_answer() -> Text:
    return say(
        "Mời gõ câu trả lời cho đồng chí ấy: sẽ làm gì, khi nào; nếu không làm thì vì sao.",
        "Please type the answer: what will be done and when; if it will not be done, why.",
    )


def must_answer(*, name: str, kind: str, answered: bool, by: datetime, late: bool) -> Text:
    """To secretary and deputy; when the day has gone by also to the officers above."""
    what = say("làm xong", "be done") if answered else say("trả lời", "be answered")
    head = say("<b>Quá hạn</b>: ", "<b>Overdue</b>: ") if late else say("", "")
    return head + say(
        "Đồng chí {name} có yêu cầu theo luật về dữ liệu ({kind}). Phải {what} trước {by}.",
        "{name} has a request under the data-protection law ({kind}). It has to {what} by {by}.",
        name=name,
        kind=KINDS[kind],
        what=what,
        by=dated(by, HOME_ZONE),
    )


def told_person(*, kind: str, state: str, answer: str, by: datetime) -> Text:
    head = say(
        "Yêu cầu của đồng chí ({kind}): {state}.",
        "Your request ({kind}): {state}.",
        kind=KINDS[kind],
        state=STATES[state],
    )
    said = [say("“{answer}”", "“{answer}”", answer=answer)] if answer else []
    due = (
        [say("Hạn làm xong: {by}.", "Done by {by}.", by=dated(by, HOME_ZONE))]
        if state in ("open", "answered")
        else []
    )
    return lines(head, *said, *due)


def waits() -> Text:
    return ABOUT


def cannot_extend() -> Text:
    return say("Yêu cầu này đã gia hạn một lần rồi.", "It was put off once already.")


def reason_first() -> Text:
    return say("Mời trả lời, nêu lý do, rồi mới ghi là không làm.", "Please answer with the reason first.")


def settled_already() -> Text:
    return say("Yêu cầu này đã kết thúc.", "This request is settled already.")
