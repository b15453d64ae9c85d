"""Words about who holds the secretary's office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, say

OPEN_LIST = say("Mở danh sách bàn giao", "Open the hand-over list")
ACCEPT = say("Nhận việc này", "Take this over")


def accept_all(*, count: int) -> Text:
    return say("Nhận tất cả ({count})", "Take all over ({count})", count=count)


SEE_ITEM = say("Xem việc này", "See this")
TO_ITEMS = say("‹ Danh sách bàn giao", "‹ Hand-over list")
WHO_HOLDS = say("Ai phụ trách chi bộ", "Who holds the office")
GIVE = say("Bàn giao nhiệm vụ bí thư", "Hand over the office")
GIVE_FIRST = say("Giao nhiệm vụ bí thư", "Give the office to somebody")
YES_GIVE = say("Bàn giao ngay", "Hand over now")
APPOINT = say("Ghi nhận phó bí thư", "Record as deputy secretary")
CHANGE_END = say("Đổi thời hạn phó bí thư", "Change the deputy's last day")
END_DEPUTY = say("Không còn là phó bí thư", "No longer deputy")
WITHOUT_END = say("Không thời hạn", "Without end")
STEP_IN = say("Tạm phụ trách", "Stand in")
YES_STEP_IN = say("Tạm phụ trách từ bây giờ", "Stand in from now on")
STEP_OUT = say("Thôi tạm phụ trách", "Stop standing in")
DESK = say("Mở màn hình chi bộ", "Open the desk")
TO_CELL = say("‹ Chi bộ này", "‹ This cell")
YES = say("Đồng ý", "Yes, do it")

GIVING = say("bàn giao nhiệm vụ bí thư", "handing over the office")
APPOINTING = say("ghi nhận phó bí thư", "recording a deputy")
STEPPING_IN = say("tạm phụ trách chi bộ", "standing in")

SINCE: dict[str, Text] = {
    "checkin": say("hạn báo cáo", "was due on"),
    "ladder": say("hạn báo cáo", "was due on"),
    "request": say("gửi ngày", "sent on"),
    "invite": say("chờ từ ngày", "waits since"),
    "filing": say("nộp ngày", "filed on"),
    "lapsed": say("hết hạn ngày", "ended on"),
    "return": say("trở về ngày", "came back on"),
    "letter": say("gửi ngày", "sent on"),
    "probation": say("kết nạp ngày", "admitted on"),
    "review": say("nộp ngày", "handed in on"),
    "names": say("gửi ngày", "sent on"),
    "meeting": say("họp ngày", "on"),
}

MATTERS: dict[str, Text] = {
    "checkin": say("Quá hạn báo cáo", "Late check-in"),
    "ladder": say("Lâu chưa có tin, cần gọi", "Long silent, to be called"),
    "request": say("Cần chi bộ hỗ trợ", "Request for help"),
    "invite": say("Chờ xác nhận danh tính", "Waits to be recognised"),
    "filing": say("Đơn chờ chi bộ xử lý", "Application at the cell"),
    "lapsed": say("Hết hạn đi xa, chưa có quyết định", "Absence past its end"),
    "return": say("Đã về, còn thủ tục", "Back, formalities open"),
    "letter": say("Thư gửi nơi đến chưa có trả lời", "Letter without an answer"),
    "probation": say("Đảng viên dự bị", "Probationary member"),
    "review": say("Bản kiểm điểm, cam kết chờ đọc hoặc lưu", "Self-criticism to be read or filed"),
    "names": say("Cấp trên đề nghị xem tên", "The committee asks for names"),
    "meeting": say("Cuộc họp chưa xong, người triệu tập", "Meeting not over yet, called by"),
}

SHORT_MATTERS: dict[str, Text] = {
    "checkin": say("quá hạn báo cáo", "late check-in"),
    "ladder": say("lâu chưa có tin", "long silent"),
    "request": say("cần hỗ trợ", "asks for help"),
    "invite": say("chờ xác nhận", "to recognise"),
    "filing": say("đơn cần xử lý", "application"),
    "lapsed": say("hết hạn đi xa", "past its end"),
    "return": say("đã về, còn thủ tục", "back, formalities"),
    "letter": say("thư chưa trả lời", "letter unanswered"),
    "probation": say("dự bị", "probation"),
    "review": say("kiểm điểm, cam kết", "self-criticism"),
    "names": say("đề nghị xem tên", "asks for names"),
    "meeting": say("cuộc họp chưa xong", "meeting not over"),
}

STATES: dict[str, Text] = {
    "running": say("đang bàn giao", "under way"),
    "done": say("đã bàn giao xong", "done"),
    "replaced": say("đã chuyển sang lần bàn giao sau", "passed on to the next one"),
}


def you_take_over(*, cell: str, count: int) -> Text:
    head = say(
        "<b>Đồng chí là bí thư {cell} từ lúc này.</b>",
        "<b>From now on you are secretary of {cell}.</b>",
        cell=cell,
    )
    if not count:
        return paragraph(head, say("Không có việc nào đang chờ.", "Nothing is waiting."))
    rest = say(
        "Có {count} việc đang chờ. Mời mở danh sách để xem và nhận.",
        "{count} things are waiting. Please open the list, look, and take them over.",
        count=count,
    )
    return paragraph(head, rest)


def you_handed_over(*, cell: str, name: str) -> Text:
    return say(
        "Đồng chí đã bàn giao công việc bí thư {cell} cho đồng chí {name}. Quyền xem và xử lý của chức vụ này đã kết "
        "thúc. Cảm ơn đồng chí.",
        "You have handed the office of secretary of {cell} to {name}. What the office allowed you to see and do has "
        "ended. Thank you.",
        cell=cell,
        name=name,
    )


def secretary_changed(*, cell: str, name: str) -> Text:
    return say(
        "Bí thư {cell} từ nay là đồng chí <b>{name}</b>. Cần gì, mời liên hệ đồng chí ấy.",
        "The secretary of {cell} is now <b>{name}</b>. Please turn to them.",
        cell=cell,
        name=name,
    )


def handover_done(*, cell: str, name: str) -> Text:
    return say(
        "Bàn giao công việc bí thư {cell} đã xong: đồng chí {name} đã nhận đủ.",
        "The hand-over of {cell} is done: {name} has taken everything over.",
        cell=cell,
        name=name,
    )


def you_are_deputy(*, cell: str, until: date | None) -> Text:
    if until is None:
        return say(
            "Đồng chí được ghi nhận là phó bí thư {cell}, dùng được màn hình chi bộ.",
            "You are recorded as deputy secretary of {cell} and can use the desk.",
            cell=cell,
        )
    return say(
        "Đồng chí được ghi nhận là phó bí thư {cell}, dùng được màn hình chi bộ đến hết ngày {day}.",
        "You are recorded as deputy secretary of {cell} and can use the desk until {day}.",
        cell=cell,
        day=day(until),
    )


def deputy_ends(*, name: str, until: date) -> Text:
    return say(
        "Đồng chí {name} (phó bí thư) dùng màn hình chi bộ đến hết ngày {day}. Nếu cần thêm thời gian, bí thư ghi lại ngày "
        "mới.",
        "{name} (deputy) can use the desk until {day}. If more time is needed, the secretary notes a new day.",
        name=name,
        day=day(until),
    )


def deputy_ended(*, cell: str) -> Text:
    return say(
        "Đồng chí không còn dùng màn hình {cell} với tư cách phó bí thư. Cảm ơn đồng chí.",
        "You no longer use the desk of {cell} as deputy secretary. Thank you.",
        cell=cell,
    )


def stepped_in(*, name: str, cell: str, until: date, reason: str) -> Text:
    return paragraph(
        say(
            "<b>Đồng chí {name} (đảng ủy cấp trên) tạm phụ trách công việc bí thư {cell} đến hết ngày {day}</b>, vì hiện "
            "chưa có bí thư hoặc phó bí thư nào trực.",
            "<b>{name} (of the committee above) stands in as secretary of {cell} until {day}</b>, since no secretary or "
            "deputy attends to it.",
            name=name,
            cell=cell,
            day=day(until),
        ),
        say("Lý do: {reason}", "Reason: {reason}", reason=reason),
        say(
            "Trong thời gian này đồng chí ấy xem và xử lý được như bí thư; ai đã xem gì, đồng chí xem ở /dulieu.",
            "Meanwhile they can see and do what a secretary can; who looked at what is shown under /dulieu.",
        ),
    )


def stepped_out(*, name: str, cell: str) -> Text:
    return say(
        "Đồng chí {name} đã thôi tạm phụ trách công việc bí thư {cell}.",
        "{name} no longer stands in as secretary of {cell}.",
        name=name,
        cell=cell,
    )


def stand_in_ends(*, cell: str, until: date) -> Text:
    return say(
        "Thời gian đồng chí tạm phụ trách {cell} sẽ hết sau ngày {day}. Mời kiện toàn bí thư chi bộ trước ngày ấy.",
        "Your standing in for {cell} ends after {day}. Please see that the cell has a secretary by then.",
        cell=cell,
        day=day(until),
    )


def is_attended(*, cell: str) -> Text:
    return say(
        "{cell} đang có người phụ trách, nên không cần tạm thay. Mời trao đổi với đồng chí ấy.",
        "{cell} is attended to, so nobody needs to stand in. Please speak with whoever holds the office.",
        cell=cell,
    )


def is_secretary_already(*, name: str) -> Text:
    return say(
        "Đồng chí {name} đang là bí thư rồi. Mời chọn đồng chí khác.",
        "{name} is the secretary already. Please choose somebody else.",
        name=name,
    )


def is_probationary(*, name: str) -> Text:
    return say(
        "Đồng chí {name} còn dự bị nên chưa giữ chức vụ được. Mời chọn đảng viên chính thức.",
        "{name} is a probationary member and cannot hold the office yet. Please choose an official member.",
        name=name,
    )


def not_connected(*, name: str) -> Text:
    return say(
        "Đồng chí {name} chưa liên kết Telegram hoặc đang chặn chương trình, nên chưa nhận bàn giao được. Mời gửi lời mời trước, "
        "rồi bàn giao.",
        "{name} is not connected to the bot or has blocked it, and so cannot take over yet. Please invite them first.",
        name=name,
    )


def not_of_this_cell(*, cell: str) -> Text:
    return say(
        "Đồng chí được chọn không có trong danh sách {cell}. Mời chọn trong danh sách.",
        "That person is not on the roster of {cell}. Please choose from the roster.",
        cell=cell,
    )


def end_is_past() -> Text:
    return say(
        "Ngày kết thúc đã qua. Mời chọn một ngày từ hôm nay trở đi.",
        "That day is past. Please choose today or a later day.",
    )


# --- who holds the office -------------------------------------------------------------------------------------------


def overview(
    *, cell: str, secretaries: Sequence[str], deputies: Sequence[Text], stand_in: Text | None, attended: bool
) -> Text:
    head = [say("<b>Ai phụ trách {cell}</b>", "<b>Who holds the office of {cell}</b>", cell=cell)]
    if secretaries:
        head += [say("Bí thư: {name}", "Secretary: {name}", name=name) for name in secretaries]
    else:
        head.append(say("Bí thư: chưa có", "Secretary: none"))
    head += deputies
    if stand_in is not None:
        head.append(stand_in)
    if attended:
        return lines(*head)
    if not (secretaries or deputies):
        nobody = say(
            "Hiện chưa có ai phụ trách chi bộ. Đảng ủy cấp trên có thể tạm phụ trách.",
            "Nobody holds the office at present. An officer of the committee above may stand in.",
        )
        return paragraph(lines(*head), nobody)
    empty = say(
        "Hiện không có ai trong số này nhận được tin của chương trình. Đảng ủy cấp trên có thể tạm phụ trách.",
        "None of them can be reached through the bot at present. An officer of the committee above may stand in.",
    )
    return paragraph(lines(*head), empty)


def deputy(*, name: str, until: date | None) -> Text:
    if until is None:
        return say("Phó bí thư: {name}", "Deputy: {name}", name=name)
    return say("Phó bí thư: {name}, đến hết {day}", "Deputy: {name}, until {day}", name=name, day=day(until))


def deputy_role(*, until: date | None) -> Text:
    if until is None:
        return say("Phó bí thư", "Deputy secretary")
    return say("Phó bí thư đến hết {day}", "Deputy secretary until {day}", day=day(until))


def standing_in(*, name: str, since: date, until: date | None, reason: str) -> Text:
    return say(
        "Tạm phụ trách: {name} (đảng ủy cấp trên), từ {since} đến hết {until}. Lý do: {reason}",
        "Stands in: {name} (of the committee above), from {since} until {until}. Reason: {reason}",
        name=name,
        since=day(since),
        until=day(until) if until else "?",
        reason=reason,
    )


def history(entries: Sequence[Text]) -> Text:
    return lines(say("Trước đây:", "Before:"), *(say("• {e}", "• {e}", e=entry) for entry in entries))


def past_handover(*, on: date, before: str | None, after: str, state: str, left: int) -> Text:
    said = say(
        "{day}: bàn giao từ {before} sang {after}, {state}",
        "{day}: handed over from {before} to {after}, {state}",
        day=day(on),
        before=before or say("(chưa có ai)", "(nobody)"),
        after=after,
        state=STATES[state],
    )
    return said + say(" (còn {left} việc)", " ({left} left)", left=left) if left else said


def past_stand_in(*, name: str, since: date, until: date | None, reason: str) -> Text:
    return say(
        "{since} – {until}: {name} tạm phụ trách. Lý do: {reason}",
        "{since} – {until}: {name} stood in. Reason: {reason}",
        name=name,
        since=day(since),
        until=day(until) if until else "?",
        reason=reason,
    )


# --- hand-over: the dialogue ----------------------------------------------------------------------------------------


def ask_successor(*, cell: str, listed: bool) -> Text:
    if listed:
        return say(
            "Bàn giao nhiệm vụ bí thư {cell} cho ai? Mời chọn tên, hoặc gõ một phần tên để tìm.",
            "Who takes over as secretary of {cell}? Choose a name, or type part of it.",
            cell=cell,
        )
    return say(
        "Ai nhận nhiệm vụ bí thư {cell}? Mời gõ tên, hoặc một phần tên, của một đồng chí trong chi bộ.",
        "Who takes over as secretary of {cell}? Please type the name, or part of it, of somebody in the cell.",
        cell=cell,
    )


def nobody_found(*, words: str) -> Text:
    return say(
        "Trong chi bộ không có ai tên như “{words}”. Mời gõ lại, không cần dấu.",
        "Nobody in the cell is called “{words}”. Please type again; diacritics do not matter.",
        words=words,
    )


def confirm_handover(*, cell: str, name: str, leaving: Sequence[str], count: int) -> Text:
    points = [
        say(
            "• Đồng chí {name} là bí thư và mở được màn hình chi bộ.",
            "• {name} is secretary and can open the desk.",
            name=name,
        ),
        *(
            say(
                "• Quyền của đồng chí {name} với chức vụ này dừng ngay.",
                "• What the office allows {name} ends at once.",
                name=one,
            )
            for one in leaving
        ),
        say("• Việc đang chờ bàn giao: {count}.", "• Open items to be taken over: {count}.", count=count),
        say("• Cả chi bộ và đảng ủy được báo.", "• The cell and the committee are told."),
    ]
    ask = say(
        "Bàn giao nhiệm vụ bí thư {cell} trong chương trình này cho đồng chí <b>{name}</b>? Việc bầu, chỉ định bí thư theo "
        "Điều lệ. Ngay khi bấm nút:",
        "Hand the office of secretary of {cell} in this program over to <b>{name}</b>? Electing or designating a secretary "
        "follows the Statutes. As soon as you tap the button:",
        cell=cell,
        name=name,
    )
    return paragraph(ask, lines(*points))


def handed_over(*, cell: str, name: str) -> Text:
    return say(
        "✓ Đồng chí {name} là bí thư {cell} từ lúc này.",
        "✓ {name} is secretary of {cell} from now on.",
        name=name,
        cell=cell,
    )


def items(
    *,
    cell: str,
    state: str,
    waiting: int,
    held: Sequence[Text] = (),
    settled: Sequence[tuple[str, str, bool]],
) -> Text:
    """`settled`: matter, name, whether it was accepted (else somebody had done it)."""
    head = say(
        "<b>Bàn giao nhiệm vụ bí thư {cell}</b>\nTình trạng: {state}",
        "<b>Hand-over of the office of {cell}</b>\nState: {state}",
        cell=cell,
        state=STATES[state],
    )
    parts = [head]
    if waiting:
        parts.append(
            say(
                "Còn {count} việc chưa nhận. Mời mở từng việc để xem, hoặc nhận tất cả.",
                "{count} not taken over yet. Please open each and look, or take all over.",
                count=waiting,
            )
        )
    if held:
        parts.append(lines(say("Đã có người nhận:", "Taken before:"), *held))
    if settled:
        parts.append(lines(*(_settled_line(*row) for row in settled)))
    return paragraph(*parts)


def held_row(*, name: str, by: str, on: date | None) -> Text:
    if on is None:
        return say("• {name}: đồng chí {by}", "• {name}: {by}", name=name, by=by)
    return say(
        "• {name}: đồng chí {by}, hẹn {day}",
        "• {name}: {by}, promised for {day}",
        name=name,
        by=by,
        day=day(on),
    )


def _settled_line(matter: str, name: str, accepted: bool) -> Text:
    how = say("đã nhận", "taken over") if accepted else say("đã xong", "settled")
    return say("✓ {what}: {name}, {how}", "✓ {what}: {name}, {how}", what=MATTERS[matter], name=name, how=how)


def item_button(*, matter: str, name: str) -> Text:
    """The name first: what a telephone cuts off is the end."""
    return say("{name} · {what}", "{name} · {what}", what=SHORT_MATTERS[matter], name=name)


def item(
    *,
    matter: str,
    name: str,
    on: date | None,
    is_open: bool,
    accepted: bool,
    held: tuple[str, date | None] | None = None,
    call_by: date | None = None,
) -> Text:
    """`held`: who had taken it before, and for when; `call_by`: the day by which whoever takes it over is to call."""
    what = say("<b>{what}</b>: {name}", "<b>{what}</b>: {name}", what=MATTERS[matter], name=name)
    if on is not None:
        what += say(", {since} {day}", ", {since} {day}", since=SINCE[matter], day=day(on))
    if is_open:
        return paragraph(
            what,
            *([_held_before(*held)] if held else []),
            *([_to_call_by(call_by)] if call_by else []),
            say(
                "Sau khi nhận, đồng chí phụ trách việc này; việc vẫn hiện ở màn hình chi bộ cho đến khi xong.",
                "Once taken over it is yours; it stays on the desk until it is done.",
            ),
        )
    done = (
        say("Việc này đã nhận.", "This is taken over.")
        if accepted
        else say("Việc này đã xong.", "This is settled.")
    )
    return paragraph(what, done)


def _held_before(by: str, on: date | None) -> Text:
    if on is None:
        return say("Trước đây đồng chí {by} đã nhận.", "{by} had taken it before.", by=by)
    return say(
        "Trước đây đồng chí {by} đã nhận, hẹn {day}.",
        "{by} had taken it before, promised for {day}.",
        by=by,
        day=day(on),
    )


def _to_call_by(on: date) -> Text:
    return say("Nhận là hẹn gọi chậm nhất {day}.", "Taking it over promises a call by {day}.", day=day(on))


# --- deputy: the dialogue -------------------------------------------------------------------------------------------


def ask_until(*, name: str, example: date) -> Text:
    return say(
        "Đồng chí <b>{name}</b> (phó bí thư đã được bầu, chỉ định) dùng màn hình chi bộ đến hết ngày nào? Mời gõ ngày, ví "
        "dụ {day}, hoặc chọn bên dưới.",
        "Until which day may <b>{name}</b> (elected or designated deputy secretary) use the desk? Please type a day, for "
        "example {day}, or choose below.",
        name=name,
        day=f"{example:%d/%m/%Y}",
    )


def end_is_far(*, last: date) -> Text:
    return say(
        "Ngày ấy quá xa: muộn nhất là {day}. Mời gõ lại, hoặc chọn không thời hạn.",
        "That is too far away: {day} at the latest. Please type again, or choose without end.",
        day=day(last),
    )


def until_button(*, months: int, on: date) -> Text:
    return say("{count} tháng, đến hết {day}", "{count} months, until {day}", count=months, day=day(on))


def confirm_deputy(*, name: str, until: date | None) -> Text:
    span = (
        say("không thời hạn", "without end")
        if until is None
        else say("đến hết {d}", "until {d}", d=day(until))
    )
    return say(
        "Ghi nhận đồng chí <b>{name}</b> là phó bí thư chi bộ (đã được bầu, chỉ định) và cho dùng màn hình chi bộ, {span}? "
        "Đồng chí ấy xem được số điện thoại và báo cáo, mời và nhắc đảng viên; không sửa danh sách.",
        "Record <b>{name}</b> as deputy secretary (elected or designated) and let them use the desk, {span}? They see "
        "phones and answers, invite and remind members; they cannot change the roster.",
        name=name,
        span=span,
    )


def confirm_end_deputy(*, name: str) -> Text:
    return say(
        "Đồng chí {name} không còn dùng màn hình chi bộ với tư cách phó bí thư? Quyền xem của đồng chí ấy dừng ngay.",
        "Let {name} no longer use the desk as deputy? Their rights end at once.",
        name=name,
    )


# --- stepping in: the dialogue --------------------------------------------------------------------------------------


def ask_reason(*, cell: str, limit: int) -> Text:
    return say(
        "Vì sao cần tạm phụ trách {cell}? Mời gõ lý do (tối đa {limit} ký tự). Cả chi bộ sẽ đọc được lý do này.",
        "Why does somebody need to stand in for {cell}? Please type the reason (up to {limit} characters). The whole cell "
        "will read it.",
        cell=cell,
        limit=limit,
    )


def confirm_step_in(*, cell: str, until: date, reason: str) -> Text:
    return paragraph(
        say(
            "Tạm phụ trách công việc bí thư {cell} đến hết ngày {day}?",
            "Stand in as secretary of {cell} until {day}?",
            cell=cell,
            day=day(until),
        ),
        say("Lý do: {reason}", "Reason: {reason}", reason=reason),
        say(
            "Trong thời gian ấy đồng chí xem và xử lý được như bí thư. Cả chi bộ được báo ngay, và mỗi lần xem thông tin "
            "của ai thì người ấy thấy được.",
            "Meanwhile you can see and do what a secretary can. The whole cell is told at once, and whoever's details you "
            "read can see that you did.",
        ),
    )


def you_stand_in(*, cell: str, until: date | None) -> Text:
    return say(
        "✓ Đồng chí tạm phụ trách {cell} đến hết ngày {day}. Cả chi bộ sẽ được báo.",
        "✓ You stand in for {cell} until {day}. The whole cell will be told.",
        cell=cell,
        day=day(until) if until else "?",
    )


def confirm_step_out(*, name: str, cell: str) -> Text:
    return say(
        "Thôi tạm phụ trách {cell} (đồng chí {name})? Quyền xem và xử lý như bí thư dừng ngay; cả chi bộ được báo.",
        "Stop standing in for {cell} ({name})? What a secretary can see and do ends at once; the whole cell is told.",
        name=name,
        cell=cell,
    )


def you_stepped_out(*, cell: str) -> Text:
    return say("✓ Đã thôi tạm phụ trách {cell}.", "✓ Standing in for {cell} has ended.", cell=cell)
