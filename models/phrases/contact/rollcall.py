"""Words of the safety roll call. In a drill each message begins with its word, and each answer's button has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import LABEL, Text, capital, dated, fitting, join, moment, raw, say, say_as

CALLING = say("điểm danh an toàn")
NEW = say("Điểm danh mới")
OPEN_BOARD = say("Xem điểm danh")
ALL = say("‹ Các lần điểm danh")
TO_CALL = say("Ai cần gọi điện")
BY_CELL = say("Theo từng chi bộ")
REFRESH = say_as("rollcall", "Xem lại số liệu")
UNDO = say("Hoàn tác, không hỏi nữa")
END = say("Kết thúc điểm danh")
END_NOW = say("Đúng, kết thúc")
MISTAKE = say("Gọi nhầm: báo mọi người")
KEEP_ON = say("Không, hỏi tiếp")
CHANGE_WORDS = say_as("rollcall", "Đổi lời")
READY_WORDS = say("Dùng lời có sẵn")
ASK_NOW = say("Hỏi ngay")
CHOSEN = say("Xong, xem trước")
PHONE = say("Xem số điện thoại")
SPOKE_SAFE = say("Đã gặp: an toàn")
SPOKE_NEEDS = say("Đã gặp: cần giúp")
SPOKE_CALL = say("Đã gặp: xin gọi lại")
HELP_FOR_REAL = say("Tôi cần giúp thật")
ANSWER_IT = say("Trả lời điểm danh")

OCCASIONS: dict[str, Text] = {
    "storm": say("Bão"),
    "flood": say("Lũ lụt"),
    "quake": say("Động đất"),
    "unrest": say("Bất ổn, xung đột"),
    "accident": say("Tai nạn lao động"),
    "other": say_as("rollcall", "Việc khác"),
    "drill": say("Diễn tập (không thật)"),
}
READY: dict[str, Text] = {
    "storm": say("Có bão ở nơi đồng chí đang ở."),
    "flood": say("Có lũ lụt ở nơi đồng chí đang ở."),
    "quake": say("Có động đất ở nơi đồng chí đang ở."),
    "unrest": say("Có bất ổn, xung đột ở nơi đồng chí đang ở."),
    "accident": say("Có tai nạn lao động ở nơi đồng chí làm việc."),
    "other": say("Có việc bất thường ở nơi đồng chí đang ở."),
    "drill": say("Không có việc gì xảy ra. Mời bấm thử một nút, như khi có việc thật."),
}
CALLED_ON: dict[str, Text] = {
    "all": say("Tất cả"),
    "place": say("Một nước hoặc một tỉnh"),
    "people": say("Chọn từng người"),
}
ANSWERS: dict[str, Text] = {
    "owed": say("chưa rõ"),
    "safe": say("Tôi an toàn"),
    "needs": say_as("rollcall", "Cần giúp"),
    "call": say("Gọi cho tôi"),
}
STANDS: dict[str, Text] = {
    "owed": say("chưa rõ"),
    "safe": say("an toàn"),
    "needs": say_as("rollcall", "cần giúp"),
    "call": say("xin gọi điện"),
}
STATES: dict[str, Text] = {
    "preparing": say("đang hỏi"),
    "asking": say("đang hỏi"),
    "ended": say("đã kết thúc"),
    "called off": say("gọi nhầm, đã dừng"),
}
WAYS: dict[str, Text] = {
    "asked": say("đã hỏi, chưa trả lời"),
    "quiet": say("chỉ có trang web, máy không reo"),
    "failed": say("tin không tới"),
    "unreachable": say("đã chặn hoặc khóa tài khoản"),
    "no consent": say("không đồng ý nhận tin"),
    "no account": say_as("rollcall", "chưa đăng ký"),
}
LISTS: dict[str, Text] = {
    "owed": say("Cần gọi điện"),
    "need": say("Cần giúp, xin gọi"),
    "changed": say("Đã đổi câu trả lời"),
    "safe": say("An toàn"),
}
NEXT_STEPS: dict[str, Text] = {
    "owed": say("Chưa có tin của những người này. Mời gọi, rồi trả lời thay sau khi đã nói chuyện."),
    "need": say("Mời gọi ngay. Việc khẩn của từng người nằm ở /chibo."),
    "changed": say("Câu trả lời mới nhất được tính; các câu trước vẫn được giữ."),
    "safe": say("Bấm vào tên nếu có tin khác."),
}
DRILL = say("<b>DIỄN TẬP, không có thật.</b>")
_DRILL_BUTTON = say("Diễn tập: ")


def _drilled(occasion: str) -> list[Text]:
    return [DRILL] if occasion == "drill" else []


def _named(occasion: str) -> Text:
    """Name the roll call within a sentence: điểm danh an toàn (Bão)."""
    if occasion == "drill":
        return say("DIỄN TẬP điểm danh an toàn")
    return say("điểm danh an toàn ({why})", why=OCCASIONS[occasion])


# --- to whoever is asked --------------------------------------------------------------------------------------------


def question(*, occasion: str, unit: str, text: str, at: datetime, zone: str, again: int) -> Text:
    """Ask. `text`: the caller's own words, or empty; `at`: since when it is asked; `again`: how often it was before."""
    head = say("<b>Điểm danh an toàn</b> · {unit}, hỏi từ {at}.", unit=unit, at=moment(at, zone))
    asked = say("<b>Đồng chí có an toàn không?</b> Mời bấm một nút.")
    repeated = say("Hỏi lại lần {n}: chưa có câu trả lời của đồng chí.", n=again) if again else EMPTY
    words = raw(text) if text else READY[occasion]
    return paragraph(*(part for part in (*_drilled(occasion), head, words, asked, repeated) if part.vi))


def answer_button(*, answer: str, drill: bool, chosen: bool) -> Text:
    label = _DRILL_BUTTON + ANSWERS[answer] if drill else ANSWERS[answer]
    return say("✓ {answer}", answer=label) if chosen else label


def noted(*, occasion: str, answer: str, at: datetime, zone: str, ended: bool, request: bool) -> Text:
    """Confirm an answer. `ended`: it came after the end; `request`: an urgent request has come of it."""
    head = say(
        "Đã ghi lúc {at}: <b>{answer}</b>.",
        at=f"{at.astimezone(ZoneInfo(zone)):%H:%M}",
        answer=ANSWERS[answer],
    )
    parts = [*_drilled(occasion), head]
    if occasion == "drill":
        if answer != "safe":
            parts.append(
                say("Đây là diễn tập nên <b>không có ai được báo</b>. Cần giúp thật thì bấm nút dưới đây.")
            )
    elif request:
        parts.append(
            say(
                "Bí thư, phó bí thư được báo ngay, cả ban đêm. Đang nguy hiểm thì gọi số khẩn cấp trước, đừng chờ tin ở đây."
            )
        )
    if ended:
        parts.append(say("Lần điểm danh đã kết thúc; câu trả lời vẫn được ghi."))
    parts.append(say("Có gì thay đổi, mời bấm nút khác."))
    return paragraph(*parts)


def answered_for_you(*, by: str, answer: str, occasion: str, at: datetime, zone: str) -> Text:
    return paragraph(
        *_drilled(occasion),
        say(
            "{by} vừa nói chuyện với đồng chí và trả lời {what} thay đồng chí: <b>{answer}</b>, lúc {at}.",
            by=by,
            what=_named(occasion),
            answer=STANDS[answer],
            at=moment(at, zone),
        ),
        say("Chưa đúng thì mời bấm nút khác."),
    )


def ended(*, occasion: str, at: datetime, zone: str, owed: bool) -> Text:
    head = say("Lần {what} lúc {at} đã kết thúc.", what=_named(occasion), at=moment(at, zone))
    rest = (
        say("Chưa có câu trả lời của đồng chí. Nút dưới đây vẫn dùng được.")
        if owed
        else say("Cảm ơn đồng chí đã trả lời.")
    )
    return paragraph(*_drilled(occasion), head, rest)


def off(*, occasion: str, at: datetime, zone: str) -> Text:
    return paragraph(
        *_drilled(occasion),
        say(
            "Lần {what} lúc {at} là <b>gọi nhầm</b>. Đồng chí không cần trả lời. Xin lỗi đã làm phiền.",
            what=_named(occasion),
            at=moment(at, zone),
        ),
    )


def was_a_mistake() -> Text:
    return say("Lần điểm danh này là gọi nhầm, không cần trả lời. Cần giúp thì gõ /hotro.")


def call_yours(*, occasion: str) -> Text:
    """Ask a contact to phone those whom they keep in touch with."""
    return paragraph(
        *_drilled(occasion),
        say("Có người đồng chí giữ liên lạc chưa có tin trong lần {what}. Mời gọi.", what=_named(occasion)),
    )


def yours_known(*, occasion: str) -> Text:
    """Tell a contact that nobody of theirs is left."""
    return paragraph(
        *_drilled(occasion),
        say("Những người đồng chí giữ liên lạc đều đã có tin trong lần {what}.", what=_named(occasion)),
    )


def request(*, occasion: str, answer: str, at: datetime, zone: str) -> Text:
    """Say what the urgent request is about; it is kept as its text."""
    return say(
        "{answer}: trả lời {what} lúc {at}.",
        answer=ANSWERS[answer],
        what=_named(occasion),
        at=moment(at, zone),
    )


# --- to whoever watches ---------------------------------------------------------------------------------------------


def figure(*, people: int, safe: int, needs: int, call: int, owed: int) -> Text:
    """Say: 37/41 đã rõ · 3 cần giúp · 1 chưa rõ"""
    parts = [say("{safe}/{people} đã rõ", safe=safe, people=people), say("{n} cần giúp", n=needs)]
    if call:
        parts.append(say("{n} xin gọi", n=call))
    return join([*parts, say("{n} chưa rõ", n=owed)], " · ")


def few(*, done: bool) -> Text:
    """Say of few people only whether all are known: their number would say who."""
    if done:
        return say("Mọi người đều đã trả lời (ít người nên không hiện số liệu)")
    return say("Còn người chưa rõ (ít người nên không hiện số liệu)")


def board(
    *,
    occasion: str,
    unit: str,
    state: str,
    at: datetime,
    zone: str,
    figure: Text,
    by_others: int,
    changed: int,
    seen_at: datetime,
) -> Text:
    head = say(
        "<b>Điểm danh an toàn: {why}</b>\n{unit}, hỏi từ {at}, {state}.",
        why=OCCASIONS[occasion],
        unit=unit,
        at=moment(at, zone),
        state=STATES[state],
    )
    more = []
    if by_others:
        more.append(say("Do người khác trả lời thay: {n}", n=by_others))
    if changed:
        more.append(say("Đã đổi câu trả lời: {n}", n=changed))
    clock = f"{seen_at.astimezone(ZoneInfo(zone)):%H:%M:%S}"
    return paragraph(
        *_drilled(occasion),
        head,
        say("<b>{figure}</b>", figure=figure),
        *([lines(*more)] if more else []),
        say("Số liệu lúc {clock}.", clock=clock),
    )


CELLS_TABLE: tuple[Text, ...] = (
    say("Chi bộ"),
    *(capital(STANDS[one]) for one in ("safe", "needs", "call", "owed")),
)


def by_cell(
    *,
    occasion: str,
    unit: str,
    at: datetime,
    zone: str,
    rows: Sequence[tuple[str, Text]],
    count: int,
    page: int,
    pages: int,
    seen_at: datetime,
) -> Text:
    """Show the cells in counts. `rows`: a cell, its figure; `count`: how many there are on all pages; none: too few people."""
    head = say(
        "<b>Điểm danh an toàn, mỗi chi bộ một mục</b>\n{unit}, hỏi từ {at}.", unit=unit, at=moment(at, zone)
    )
    turned = [say("Trang {page}/{pages}", page=page + 1, pages=pages)] if pages > 1 else []
    note = say(
        "Nơi cần giúp đứng trước, rồi nơi còn người chưa rõ. Chi bộ có ít người được tính chung với chi bộ kế tiếp. Tên và số điện "
        "thoại ở bí thư, phó bí thư chi bộ."
    )
    figures = [say("<b>{cell}</b>\n{figure}", cell=cell, figure=figure) for cell, figure in rows]
    clock = f"{seen_at.astimezone(ZoneInfo(zone)):%H:%M:%S}"
    return paragraph(
        *_drilled(occasion),
        head,
        *turned,
        *(figures if count else [say("Ít người nên không hiện số liệu.")]),
        *([note] if count else []),
        say("Số liệu lúc {clock}.", clock=clock),
    )


def left(*, occasion: str, figure: Text) -> Text:
    """Call whoever watches to phone those who are left."""
    return paragraph(
        *_drilled(occasion),
        say(
            "Điểm danh an toàn: <b>{figure}</b>. Người chưa trả lời vừa được hỏi lại; mời gọi.", figure=figure
        ),
    )


def came_to(*, occasion: str, mistake: bool, figure: Text) -> Text:
    """Tell whoever watched how it ended."""
    if mistake:
        words = say("Lần {what} là gọi nhầm, đã dừng. Ai đã được hỏi đều được báo.", what=_named(occasion))
    else:
        words = say("Lần {what} đã kết thúc: <b>{figure}</b>.", what=_named(occasion), figure=figure)
    return paragraph(*_drilled(occasion), words)


def changed(*, name: str, was: str, now_is: str, occasion: str, by: str) -> Text:
    """Tell the desk that somebody is answered for differently. `by`: who answered for them, or empty."""
    told = say(
        "{name}: trước <b>{was}</b>, nay <b>{now_is}</b>", name=name, was=STANDS[was], now_is=STANDS[now_is]
    )
    whose = say(" ({by} trả lời thay)", by=by) if by else EMPTY
    return paragraph(*_drilled(occasion), told + whose + say(", {what}.", what=_named(occasion)))


def sent(*, seconds: int) -> Text:
    return say("Đang hỏi mọi người. Gọi nhầm thì hoàn tác trong {n} giây.", n=seconds)


def is_off() -> Text:
    return say("Đã dừng. Ai đã được hỏi sẽ được báo là gọi nhầm.")


def is_ended() -> Text:
    return say("Đã kết thúc. Ai đã được hỏi sẽ được báo.")


def ask_end() -> Text:
    return say("Kết thúc điểm danh? Sau đó không ai được hỏi lại; câu trả lời đến sau vẫn được ghi.")


def over_already(*, state: str) -> Text:
    return say("Lần điểm danh này: {state}.", state=STATES[state])


# --- calling --------------------------------------------------------------------------------------------------------


def home(
    *, owed: int, count: int, drill: datetime | None, drill_due: bool, zone: str, may_call: bool
) -> Text:
    """Show the recent ones. `owed`: which the reader has yet to answer; `drill`: when one was held last."""
    parts = [say("<b>Điểm danh an toàn</b>")]
    if owed:
        parts.append(say("Chờ đồng chí trả lời: {n}.", n=owed))
    elif not count:
        parts.append(say("Chưa có lần nào."))
    if may_call:
        parts.append(say("Khi có bão lũ, động đất, bất ổn: hỏi mọi người có an toàn không, ngày hay đêm."))
        if drill_due:
            last = say("Lần gần nhất: {on}.", on=dated(drill, zone)) if drill else say("Chưa có lần nào.")
            parts.append(say("Nên diễn tập mỗi năm một lần. ") + last)
    return paragraph(*parts)


def call_button(*, occasion: str, at: datetime, zone: str) -> Text:
    return say("{when} {why}", when=f"{at.astimezone(ZoneInfo(zone)):%d/%m %H:%M}", why=OCCASIONS[occasion])


def which_occasion() -> Text:
    return say("<b>Điểm danh an toàn.</b> Vì việc gì? Lời hỏi có sẵn, đổi được ở bước xem trước.")


def which_unit() -> Text:
    return say_as("rollcall", "Nhân danh tổ chức nào?")


def whom(*, unit: str) -> Text:
    return say("<b>{unit}</b>: hỏi những ai?", unit=unit)


def which_place(*, several: bool) -> Text:
    if several:
        return say("Ý đồng chí là nơi nào?")
    return say("Ở đâu? Mời chọn, hoặc gõ tên nước, tên tỉnh.")


def which_people(*, chosen: Sequence[str]) -> Text:
    words = say("Mời chọn từng người; bấm lần nữa để bỏ.")
    return paragraph(words, say("Đã chọn: {names}", names=", ".join(chosen))) if chosen else words


def person_button(*, name: str, chosen: bool) -> Text:
    short = fitting(name, LABEL - 2)
    return say("✓ {name}", name=short) if chosen else raw(short)


def choose_somebody() -> Text:
    return say_as("rollcall", "Mời chọn ít nhất một người.")


def nobody() -> Text:
    return say("Không có ai để hỏi ở đây. Mời chọn nhóm khác.")


def preview(*, letter: Text, people: int | None, asked: int, to_phone: int, others: int) -> Text:
    """Show what will be asked, and of how many. `people` None: too few to be counted; `others`: roll calls under way."""
    parts = [say("<b>Xem trước</b>"), letter]
    if people is None:
        parts.append(say("<b>Sẽ hỏi:</b> ít người nên không hiện số liệu."))
    else:
        count = say("<b>Sẽ hỏi: {n} người</b> (không tính đồng chí).", n=people)
        ways = say(
            "Nhận tin: {asked}. Tin không tới, phải gọi điện: {to_phone}.", asked=asked, to_phone=to_phone
        )
        parts.append(lines(count, ways))
    parts.append(say("Gửi ngay, cả ban đêm."))
    if others:
        parts.append(
            say("Đang có lần điểm danh khác chưa kết thúc ({n}); câu trả lời được tính riêng.", n=others)
        )
    return paragraph(*parts)


def ask_words(*, ready: Text) -> Text:
    return paragraph(say("Mời gõ lời hỏi của đồng chí (một hai câu). Lời có sẵn:"), ready)


# --- names ----------------------------------------------------------------------------------------------------------


def people(*, which: str, occasion: str, rows: Sequence[Text], count: int) -> Text:
    return paragraph(
        *_drilled(occasion),
        say("<b>{head}: {count}</b>", head=LISTS[which], count=count),
        *([NEXT_STEPS[which], join(list(rows))] if rows else [say_as("rollcall", "Không có ai.")]),
    )


def person_line(*, name: str, place: Text, at: datetime, zone: str, state: str, way: str) -> Text:
    """Say one line: where, what their clock shows, how they stand."""
    stands = WAYS[way] if state == "owed" else STANDS[state]
    clock = f"{at.astimezone(ZoneInfo(zone)):%H:%M}"
    return say(
        "• {name} – {place}, bên đó {clock}: {stands}", name=name, place=place, clock=clock, stands=stands
    )


def list_button(*, which: str, count: int) -> Text:
    return say("{head}: {count}", head=LISTS[which], count=count)


def person(
    *,
    name: str,
    occasion: str,
    place: Text,
    clock: Text,
    state: str,
    way: str,
    answers: Sequence[tuple[datetime, str, str]],
    zone: str,
) -> Text:
    """Show one person. `answers`: when, what, and who answered for them (empty: they themselves)."""
    given = [
        say(
            "• {at}: {what}, {by}",
            at=dated(at, zone),
            what=STANDS[what],
            by=say("{by} trả lời thay", by=by) if by else say("tự trả lời"),
        )
        for at, what, by in answers
    ]
    now_is = STANDS[state] if state != "owed" else join([STANDS[state], WAYS[way]], ", ")
    return paragraph(
        *_drilled(occasion),
        lines(say("<b>{name}</b>: {state}", name=name, state=now_is), place, clock),
        *([lines(*given)] if given else []),
    )


def number(*, e164: str, shown: str) -> Text:
    return say(
        "Điện thoại: {e164}\n({shown})\nBấm vào số để gọi. Gọi xong, mời bấm điều đã nghe.",
        e164=e164,
        shown=shown,
    )


def no_number() -> Text:
    return say("Chưa có số điện thoại trong danh sách.")


def spoken_for(*, name: str, answer: str) -> Text:
    return say(
        "Đã ghi thay {name}: <b>{answer}</b>. Người ấy được báo là đồng chí trả lời thay.",
        name=name,
        answer=STANDS[answer],
    )


def waits(*, count: int) -> Text:
    """Say how much waits, in the desk's queue."""
    return say("điểm danh an toàn: {n} chưa rõ", n=count)


def waits_drill(*, count: int) -> Text:
    return say("DIỄN TẬP điểm danh: {n} chưa rõ", n=count)
