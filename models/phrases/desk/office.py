"""Words about who holds the secretary's office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, say, say_as

OPEN_LIST = say("Mở danh sách bàn giao")
ACCEPT = say("Nhận việc này")


def accept_all(*, count: int) -> Text:
    return say("Nhận tất cả ({count})", count=count)


SEE_ITEM = say("Xem việc này")
TO_ITEMS = say("‹ Danh sách bàn giao")
WHO_HOLDS = say("Ai phụ trách chi bộ")
GIVE = say("Bàn giao nhiệm vụ bí thư")
GIVE_FIRST = say("Giao nhiệm vụ bí thư")
YES_GIVE = say("Bàn giao ngay")
APPOINT = say("Ghi nhận phó bí thư")
CHANGE_END = say("Đổi thời hạn phó bí thư")
END_DEPUTY = say("Không còn là phó bí thư")
WITHOUT_END = say("Không thời hạn")
STEP_IN = say("Tạm phụ trách")
YES_STEP_IN = say("Tạm phụ trách từ bây giờ")
STEP_OUT = say("Thôi tạm phụ trách")
DESK = say_as("office", "Mở màn hình chi bộ")
TO_CELL = say("‹ Chi bộ này")
YES = say_as("office", "Đồng ý")

GIVING = say("bàn giao nhiệm vụ bí thư")
APPOINTING = say("ghi nhận phó bí thư")
STEPPING_IN = say("tạm phụ trách chi bộ")

SINCE: dict[str, Text] = {
    "checkin": say("hạn báo cáo"),
    "ladder": say("hạn báo cáo"),
    "request": say("gửi ngày"),
    "invite": say("chờ từ ngày"),
    "filing": say("nộp ngày"),
    "lapsed": say("hết hạn ngày"),
    "return": say("trở về ngày"),
    "letter": say("gửi ngày"),
    "unsigned": say("trả lời trên trang ngày"),
    "probation": say("kết nạp ngày"),
    "review": say_as("office", "nộp ngày"),
    "names": say("gửi ngày"),
    "meeting": say("họp ngày"),
}

MATTERS: dict[str, Text] = {
    "checkin": say("Quá hạn báo cáo"),
    "ladder": say("Lâu chưa có tin, cần gọi"),
    "request": say("Cần chi bộ hỗ trợ"),
    "invite": say("Chờ xác nhận danh tính"),
    "filing": say("Đơn chờ chi bộ xử lý"),
    "lapsed": say("Hết hạn đi xa, chưa có quyết định"),
    "return": say("Đã về, còn thủ tục"),
    "letter": say("Thư gửi nơi đến chưa có trả lời"),
    "unsigned": say("Trả lời của nơi đến chưa ký, chờ bản giấy"),
    "probation": say("Đảng viên dự bị"),
    "review": say("Bản kiểm điểm, cam kết chờ đọc hoặc lưu"),
    "names": say("Cấp trên đề nghị xem tên"),
    "meeting": say("Cuộc họp chưa xong, người triệu tập"),
}

SHORT_MATTERS: dict[str, Text] = {
    "checkin": say_as("office", "quá hạn báo cáo"),
    "ladder": say_as("office", "lâu chưa có tin"),
    "request": say_as("office", "cần hỗ trợ"),
    "invite": say("chờ xác nhận"),
    "filing": say("đơn cần xử lý"),
    "lapsed": say("hết hạn đi xa"),
    "return": say_as("office", "đã về, còn thủ tục"),
    "letter": say("thư chưa trả lời"),
    "unsigned": say("chờ bản giấy"),
    "probation": say_as("office", "dự bị"),
    "review": say("kiểm điểm, cam kết"),
    "names": say_as("office", "đề nghị xem tên"),
    "meeting": say("cuộc họp chưa xong"),
}

STATES: dict[str, Text] = {
    "running": say("đang bàn giao"),
    "done": say("đã bàn giao xong"),
    "replaced": say("đã chuyển sang lần bàn giao sau"),
}


def you_take_over(*, cell: str, count: int) -> Text:
    head = say("<b>Đồng chí là bí thư {cell} từ lúc này.</b>", cell=cell)
    if not count:
        return paragraph(head, say("Không có việc nào đang chờ."))
    rest = say("Có {count} việc đang chờ. Mời mở danh sách để xem và nhận.", count=count)
    return paragraph(head, rest)


def you_handed_over(*, cell: str, name: str) -> Text:
    return say(
        "Đồng chí đã bàn giao công việc bí thư {cell} cho đồng chí {name}. Quyền xem và xử lý của chức vụ này đã kết "
        "thúc. Cảm ơn đồng chí.",
        cell=cell,
        name=name,
    )


def secretary_changed(*, cell: str, name: str) -> Text:
    return say(
        "Bí thư {cell} từ nay là đồng chí <b>{name}</b>. Cần gì, mời liên hệ đồng chí ấy.",
        cell=cell,
        name=name,
    )


def handover_done(*, cell: str, name: str) -> Text:
    return say("Bàn giao công việc bí thư {cell} đã xong: đồng chí {name} đã nhận đủ.", cell=cell, name=name)


def you_are_deputy(*, cell: str, until: date | None) -> Text:
    if until is None:
        return say("Đồng chí được ghi nhận là phó bí thư {cell}, dùng được màn hình chi bộ.", cell=cell)
    return say(
        "Đồng chí được ghi nhận là phó bí thư {cell}, dùng được màn hình chi bộ đến hết ngày {day}.",
        cell=cell,
        day=day(until),
    )


def deputy_ends(*, name: str, until: date) -> Text:
    return say(
        "Đồng chí {name} (phó bí thư) dùng màn hình chi bộ đến hết ngày {day}. Nếu cần thêm thời gian, bí thư ghi lại ngày "
        "mới.",
        name=name,
        day=day(until),
    )


def deputy_ended(*, cell: str) -> Text:
    return say("Đồng chí không còn dùng màn hình {cell} với tư cách phó bí thư. Cảm ơn đồng chí.", cell=cell)


def stepped_in(*, name: str, cell: str, until: date, reason: str) -> Text:
    return paragraph(
        say(
            "<b>Đồng chí {name} (đảng ủy cấp trên) tạm phụ trách công việc bí thư {cell} đến hết ngày {day}</b>, vì hiện "
            "chưa có bí thư hoặc phó bí thư nào trực.",
            name=name,
            cell=cell,
            day=day(until),
        ),
        say("Lý do: {reason}", reason=reason),
        say(
            "Trong thời gian này đồng chí ấy xem và xử lý được như bí thư; ai đã xem gì, đồng chí xem ở /dulieu."
        ),
    )


def stepped_out(*, name: str, cell: str) -> Text:
    return say("Đồng chí {name} đã thôi tạm phụ trách công việc bí thư {cell}.", name=name, cell=cell)


def stand_in_ends(*, cell: str, until: date) -> Text:
    return say(
        "Thời gian đồng chí tạm phụ trách {cell} sẽ hết sau ngày {day}. Mời kiện toàn bí thư chi bộ trước ngày ấy.",
        cell=cell,
        day=day(until),
    )


def is_attended(*, cell: str) -> Text:
    return say(
        "{cell} đang có người phụ trách, nên không cần tạm thay. Mời trao đổi với đồng chí ấy.", cell=cell
    )


def is_secretary_already(*, name: str) -> Text:
    return say("Đồng chí {name} đang là bí thư rồi. Mời chọn đồng chí khác.", name=name)


def is_probationary(*, name: str) -> Text:
    return say(
        "Đồng chí {name} còn dự bị nên chưa giữ chức vụ được. Mời chọn đảng viên chính thức.", name=name
    )


def not_connected(*, name: str) -> Text:
    return say(
        "Đồng chí {name} chưa đăng ký hoặc đang chặn chương trình, nên chưa nhận bàn giao được. Mời gửi lời mời trước, "
        "rồi bàn giao.",
        name=name,
    )


def not_of_this_cell(*, cell: str) -> Text:
    return say("Đồng chí được chọn không có trong danh sách {cell}. Mời chọn trong danh sách.", cell=cell)


def end_is_past() -> Text:
    return say("Ngày kết thúc đã qua. Mời chọn một ngày từ hôm nay trở đi.")


# --- who holds the office -------------------------------------------------------------------------------------------


def overview(
    *, cell: str, secretaries: Sequence[str], deputies: Sequence[Text], stand_in: Text | None, attended: bool
) -> Text:
    head = [say("<b>Ai phụ trách {cell}</b>", cell=cell)]
    if secretaries:
        head += [say("Bí thư: {name}", name=name) for name in secretaries]
    else:
        head.append(say("Bí thư: chưa có"))
    head += deputies
    if stand_in is not None:
        head.append(stand_in)
    if attended:
        return lines(*head)
    if not (secretaries or deputies):
        nobody = say("Hiện chưa có ai phụ trách chi bộ. Đảng ủy cấp trên có thể tạm phụ trách.")
        return paragraph(lines(*head), nobody)
    empty = say(
        "Hiện không có ai trong số này nhận được tin của chương trình. Đảng ủy cấp trên có thể tạm phụ trách."
    )
    return paragraph(lines(*head), empty)


def deputy(*, name: str, until: date | None) -> Text:
    if until is None:
        return say("Phó bí thư: {name}", name=name)
    return say("Phó bí thư: {name}, đến hết {day}", name=name, day=day(until))


def deputy_role(*, until: date | None) -> Text:
    if until is None:
        return say("Phó bí thư")
    return say("Phó bí thư đến hết {day}", day=day(until))


def standing_in(*, name: str, since: date, until: date | None, reason: str) -> Text:
    return say(
        "Tạm phụ trách: {name} (đảng ủy cấp trên), từ {since} đến hết {until}. Lý do: {reason}",
        name=name,
        since=day(since),
        until=day(until) if until else "?",
        reason=reason,
    )


def history(entries: Sequence[Text]) -> Text:
    return lines(say("Trước đây:"), *(say("• {e}", e=entry) for entry in entries))


def past_handover(*, on: date, before: str | None, after: str, state: str, left: int) -> Text:
    said = say(
        "{day}: bàn giao từ {before} sang {after}, {state}",
        day=day(on),
        before=before or say("(chưa có ai)"),
        after=after,
        state=STATES[state],
    )
    return said + say(" (còn {left} việc)", left=left) if left else said


def past_stand_in(*, name: str, since: date, until: date | None, reason: str) -> Text:
    return say(
        "{since} – {until}: {name} tạm phụ trách. Lý do: {reason}",
        name=name,
        since=day(since),
        until=day(until) if until else "?",
        reason=reason,
    )


# --- hand-over: the dialogue ----------------------------------------------------------------------------------------


def ask_successor(*, cell: str, listed: bool) -> Text:
    if listed:
        return say(
            "Bàn giao nhiệm vụ bí thư {cell} cho ai? Mời chọn tên, hoặc gõ một phần tên để tìm.", cell=cell
        )
    return say(
        "Ai nhận nhiệm vụ bí thư {cell}? Mời gõ tên, hoặc một phần tên, của một đồng chí trong chi bộ.",
        cell=cell,
    )


def nobody_found(*, words: str) -> Text:
    return say("Trong chi bộ không có ai tên như “{words}”. Mời gõ lại, không cần dấu.", words=words)


def confirm_handover(*, cell: str, name: str, leaving: Sequence[str], count: int) -> Text:
    points = [
        say("• Đồng chí {name} là bí thư và mở được màn hình chi bộ.", name=name),
        *(say("• Quyền của đồng chí {name} với chức vụ này dừng ngay.", name=one) for one in leaving),
        say("• Việc đang chờ bàn giao: {count}.", count=count),
        say("• Cả chi bộ và đảng ủy được báo."),
    ]
    ask = say(
        "Bàn giao nhiệm vụ bí thư {cell} trong chương trình này cho đồng chí <b>{name}</b>? Việc bầu, chỉ định bí thư theo "
        "Điều lệ. Ngay khi bấm nút:",
        cell=cell,
        name=name,
    )
    return paragraph(ask, lines(*points))


def handed_over(*, cell: str, name: str) -> Text:
    return say("✓ Đồng chí {name} là bí thư {cell} từ lúc này.", name=name, cell=cell)


def items(
    *,
    cell: str,
    state: str,
    waiting: int,
    held: Sequence[Text] = (),
    settled: Sequence[tuple[str, str, bool]],
) -> Text:
    """Show what is handed over. `settled`: matter, name, whether it was accepted (else somebody had done it)."""
    head = say("<b>Bàn giao nhiệm vụ bí thư {cell}</b>\nTình trạng: {state}", cell=cell, state=STATES[state])
    parts = [head]
    if waiting:
        parts.append(
            say("Còn {count} việc chưa nhận. Mời mở từng việc để xem, hoặc nhận tất cả.", count=waiting)
        )
    if held:
        parts.append(lines(say("Đã có người nhận:"), *held))
    if settled:
        parts.append(lines(*(_settled_line(*row) for row in settled)))
    return paragraph(*parts)


def held_row(*, name: str, by: str, on: date | None) -> Text:
    if on is None:
        return say("• {name}: đồng chí {by}", name=name, by=by)
    return say("• {name}: đồng chí {by}, hẹn {day}", name=name, by=by, day=day(on))


def _settled_line(matter: str, name: str, accepted: bool) -> Text:
    how = say_as("office", "đã nhận") if accepted else say("đã xong")
    return say("✓ {what}: {name}, {how}", what=MATTERS[matter], name=name, how=how)


def item_button(*, matter: str, name: str) -> Text:
    """Label the button, the name first: a telephone cuts off the end."""
    return say("{name} · {what}", what=SHORT_MATTERS[matter], name=name)


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
    """Show one matter. `held`: who had it before, and for when; `call_by`: the day by which its new holder is to call."""
    what = say("<b>{what}</b>: {name}", what=MATTERS[matter], name=name)
    if on is not None:
        what += say(", {since} {day}", since=SINCE[matter], day=day(on))
    if is_open:
        return paragraph(
            what,
            *([_held_before(*held)] if held else []),
            *([_to_call_by(call_by)] if call_by else []),
            say(
                "Sau khi nhận, đồng chí phụ trách việc này; việc vẫn hiện ở màn hình chi bộ cho đến khi xong."
            ),
        )
    done = say("Việc này đã nhận.") if accepted else say_as("office", "Việc này đã xong.")
    return paragraph(what, done)


def _held_before(by: str, on: date | None) -> Text:
    if on is None:
        return say("Trước đây đồng chí {by} đã nhận.", by=by)
    return say("Trước đây đồng chí {by} đã nhận, hẹn {day}.", by=by, day=day(on))


def _to_call_by(on: date) -> Text:
    return say("Nhận là hẹn gọi chậm nhất {day}.", day=day(on))


# --- deputy: the dialogue -------------------------------------------------------------------------------------------


def ask_until(*, name: str, example: date) -> Text:
    return say(
        "Đồng chí <b>{name}</b> (phó bí thư đã được bầu, chỉ định) dùng màn hình chi bộ đến hết ngày nào? Mời gõ ngày, ví "
        "dụ {day}, hoặc chọn bên dưới.",
        name=name,
        day=f"{example:%d/%m/%Y}",
    )


def end_is_far(*, last: date) -> Text:
    return say("Ngày ấy quá xa: muộn nhất là {day}. Mời gõ lại, hoặc chọn không thời hạn.", day=day(last))


def until_button(*, months: int, on: date) -> Text:
    return say("{count} tháng, đến hết {day}", count=months, day=day(on))


def confirm_deputy(*, name: str, until: date | None) -> Text:
    span = say("không thời hạn") if until is None else say("đến hết {d}", d=day(until))
    return say(
        "Ghi nhận đồng chí <b>{name}</b> là phó bí thư chi bộ (đã được bầu, chỉ định) và cho dùng màn hình chi bộ, {span}? "
        "Đồng chí ấy xem được số điện thoại và báo cáo, mời và nhắc đảng viên; không sửa danh sách.",
        name=name,
        span=span,
    )


def confirm_end_deputy(*, name: str) -> Text:
    return say(
        "Đồng chí {name} không còn dùng màn hình chi bộ với tư cách phó bí thư? Quyền xem của đồng chí ấy dừng ngay.",
        name=name,
    )


# --- stepping in: the dialogue --------------------------------------------------------------------------------------


def ask_reason(*, cell: str, limit: int) -> Text:
    return say(
        "Vì sao cần tạm phụ trách {cell}? Mời gõ lý do (tối đa {limit} ký tự). Cả chi bộ sẽ đọc được lý do này.",
        cell=cell,
        limit=limit,
    )


def confirm_step_in(*, cell: str, until: date, reason: str) -> Text:
    return paragraph(
        say("Tạm phụ trách công việc bí thư {cell} đến hết ngày {day}?", cell=cell, day=day(until)),
        say("Lý do: {reason}", reason=reason),
        say(
            "Trong thời gian ấy đồng chí xem và xử lý được như bí thư. Cả chi bộ được báo ngay, và mỗi lần xem thông tin "
            "của ai thì người ấy thấy được."
        ),
    )


def you_stand_in(*, cell: str, until: date | None) -> Text:
    return say(
        "✓ Đồng chí tạm phụ trách {cell} đến hết ngày {day}. Cả chi bộ sẽ được báo.",
        cell=cell,
        day=day(until) if until else "?",
    )


def confirm_step_out(*, name: str, cell: str) -> Text:
    return say(
        "Thôi tạm phụ trách {cell} (đồng chí {name})? Quyền xem và xử lý như bí thư dừng ngay; cả chi bộ được báo.",
        name=name,
        cell=cell,
    )


def you_stepped_out(*, cell: str) -> Text:
    return say("✓ Đã thôi tạm phụ trách {cell}.", cell=cell)
