"""Words of requests under the data-protection law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import HOME_ZONE, Text, dated, say

ABOUT = say("yêu cầu theo luật")
LAW = say("Yêu cầu theo luật")
OPEN = say("Xem yêu cầu")
ANSWER = say("Trả lời")
DONE = say("Đã làm xong")
REFUSE = say("Không làm, đã nêu lý do")
EXTEND = say("Gia hạn một lần")
NOTE_PAPER = say("Ghi yêu cầu theo luật")

KINDS: dict[str, Text] = {
    "see": say("xem và lấy dữ liệu"),
    "correct": say("sửa dữ liệu"),
    "delete": say("xóa dữ liệu"),
    "withdraw": say("rút lại sự đồng ý"),
    "object": say("phản đối hoặc hạn chế xử lý"),
}
BUTTONS: dict[str, Text] = {
    "see": say("Xem, lấy dữ liệu về"),
    "correct": say("Yêu cầu sửa dữ liệu"),
    "delete": say("Xóa dữ liệu"),
    "withdraw": say("Rút lại đồng ý"),
    "object": say("Phản đối, hạn chế xử lý"),
}
STATES: dict[str, Text] = {
    "open": say("chờ trả lời"),
    "answered": say("đã trả lời, đang làm"),
    "done": say("đã làm xong"),
    "refused": say("không làm, có lý do"),
}


def overview(*, days: int, do_days: int, entries: Sequence[Text]) -> Text:
    """Show the member's own requests, and what can be asked for."""
    return paragraph(
        say("<b>Yêu cầu theo luật về dữ liệu cá nhân</b>"),
        say(
            "Xem, xóa, rút đồng ý: làm được ngay ở đây. Sửa, phản đối: chi bộ phải trả lời trong {days} ngày làm việc và làm "
            "xong trong {do_days} ngày.",
            days=days,
            do_days=do_days,
        ),
        *([lines(*entries)] if entries else []),
    )


def entry(*, kind: str, at: datetime, state: str, on_paper: bool) -> Text:
    paper = say(" (bản giấy)") if on_paper else EMPTY
    return say(
        "• {when}{paper}: {kind}, {state}",
        when=dated(at, HOME_ZONE),
        paper=paper,
        kind=KINDS[kind],
        state=STATES[state],
    )


def which(*, name: str) -> Text:
    return say("Đồng chí {name} yêu cầu gì?", name=name)


def what_exactly(*, kind: str) -> Text:
    return say(
        "Yêu cầu: <b>{kind}</b>. Mời gõ rõ trong một tin: dữ liệu nào, muốn thế nào.", kind=KINDS[kind]
    )


def opened(*, by: datetime) -> Text:
    return say("Đã ghi vào sổ và báo người phải trả lời. Hạn trả lời: {by}.", by=dated(by, HOME_ZONE))


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
        say("Yêu cầu <b>{kind}</b>: {state}", kind=KINDS[kind], state=STATES[state]),
        say("{name}, {when}", name=name, when=dated(at, HOME_ZONE)),
        say("“{text}”", text=text) if text else EMPTY,
        say("Hạn trả lời: {a}. Hạn làm xong: {d}.", a=dated(answer_by, HOME_ZONE), d=dated(do_by, HOME_ZONE)),
    ]
    facts += [say("Trả lời: “{answer}”", answer=answer)] if answer else []
    facts += [say("Chương trình đã làm ngay.")] if by_itself else []
    return lines(*(fact for fact in facts if fact.vi))


def which_answer() -> Text:
    return say("Mời gõ câu trả lời cho đồng chí ấy: sẽ làm gì, khi nào; nếu không làm thì vì sao.")


def must_answer(*, name: str, kind: str, answered: bool, by: datetime, late: bool) -> Text:
    """Say to secretary and deputy that an answer is due; when its day has gone by also to the officers above."""
    what = say("làm xong") if answered else say("trả lời")
    head = say("<b>Quá hạn</b>: ") if late else EMPTY
    return head + say(
        "Đồng chí {name} có yêu cầu theo luật về dữ liệu ({kind}). Phải {what} trước {by}.",
        name=name,
        kind=KINDS[kind],
        what=what,
        by=dated(by, HOME_ZONE),
    )


def told_person(*, kind: str, state: str, answer: str, by: datetime) -> Text:
    head = say("Yêu cầu của đồng chí ({kind}): {state}.", kind=KINDS[kind], state=STATES[state])
    said = [say("“{answer}”", answer=answer)] if answer else []
    due = [say("Hạn làm xong: {by}.", by=dated(by, HOME_ZONE))] if state in ("open", "answered") else []
    return lines(head, *said, *due)


def waits() -> Text:
    return ABOUT


def cannot_extend() -> Text:
    return say("Yêu cầu này đã gia hạn một lần rồi.")


def reason_first() -> Text:
    return say("Mời trả lời, nêu lý do, rồi mới ghi là không làm.")


def settled_already() -> Text:
    return say("Yêu cầu này đã kết thúc.")
