"""Words about requests for help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import (
    HOME_ZONE,
    LABEL,
    Text,
    capital,
    day,
    fitting,
    join,
    moment,
    named,
    raw,
    say,
    say_as,
    weekday,
)

TAKE = say("Tôi nhận việc này")
SEE = say("Xem chi tiết")
SOLVED = say("Việc đã xong")
NOT_YET = say("Chưa xong")
ANSWER = say("Trả lời")
WRITE = say("Viết thêm, gửi ảnh, ghi âm")
FILES = say("Xem ảnh, nghe ghi âm")
PROMISE = say_as("request", "Hẹn ngày khác")
PROPOSE = say("Hỏi xem việc đã xong chưa")
HAND = say("Giao cho người khác")
MY_REQUEST = say("Xem việc tôi nhờ")
MINE = say("Các việc tôi nhờ")
NEW = say("Nhờ một việc mới")
DONE_ONES = say("Các việc đã xong")
FOR_ME = say("Kiến nghị, việc nhờ tôi giúp")
NUMBERS = say("Số khẩn cấp nơi tôi đang ở")
SHARE = say("Cho thêm người thấy")
REWRITE = say_as("request", "Viết lại")
WORDS_DONE = say("Xong, xem lại")
PRIVATE = say("Chỉ cho một số người thấy")
PLAIN = say("Thôi, để bí thư, phó bí thư thấy")
CHANGE_WORDS = say("Sửa nội dung")
VIEWERS_DONE = say("Xong")
TODAY = say("Hôm nay")
TOMORROW = say("Ngày mai")
IN_THREE = say("Ba ngày nữa")
IN_SEVEN = say("Một tuần nữa")
ANSWER_IT = say("Trả lời kiến nghị")
TALK = say("Hỏi thêm, trao đổi")
READ = say("Đã đọc, không cần trả lời")
WRITE_AGAIN = say("Viết tiếp")
CALL_THEM = say("Mở để gọi")
CALL = say("Gọi điện")
NOTE = say("Ghi lại lần liên hệ")
PETITION = say("Kiến nghị với tổ chức")
WITHDRAW = say("Rút lại")
SETTLED: dict[str, Text] = {
    "help": SOLVED,
    "word": say("Không cần trả lời nữa"),
    "petition": say("Rút kiến nghị"),
}
ASKING = say("việc nhờ chi bộ hỗ trợ")
ANSWERING = say("trả lời về một việc nhờ hỗ trợ")
NOTING = say("ghi lần liên hệ với người kiến nghị, nhờ giúp")
PROMISING = say("hẹn ngày cho một việc nhờ hỗ trợ")
SHARING = say("chọn người được thấy việc nhờ hỗ trợ")

TOPICS: dict[str, Text] = {
    "accident": say("Tai nạn, ốm đau"),
    "wages": say("Tiền lương, việc làm"),
    "illness": say("Ốm đau"),
    "papers": say("Giấy tờ"),
    "disaster": say("Thiên tai, dịch bệnh"),
    "other": say_as("request", "Việc khác"),
}
SHORT_TOPICS: dict[str, Text] = TOPICS | {"wages": say("Lương, việc làm"), "disaster": say("Thiên tai, dịch")}
URGENCIES: dict[str, Text] = {
    "urgent": say("Khẩn cấp, ngay bây giờ"),
    "soon": say("Trong vài ngày"),
    "normal": say("Không gấp"),
}
KINDS: dict[str, Text] = {"help": say("nhờ hỗ trợ"), "word": say("lời nhắn"), "petition": say("kiến nghị")}
HOW_URGENT: dict[str, Text] = {
    "urgent": say("KHẨN CẤP"),
    "soon": say("cần trong vài ngày"),
    "normal": say("không gấp"),
}
ROLES: dict[str, Text] = {
    "secretary": say_as("request", "bí thư"),
    "deputy": say_as("request", "phó bí thư"),
    "contact": say_as("request", "người giữ liên lạc"),
    "officer": say("cán bộ đảng ủy"),
}
SERVICES: dict[str, Text] = {
    "police": say("công an, cảnh sát"),
    "fire": say("cứu hỏa"),
    "ambulance": say("cấp cứu"),
    "rescue": say("tìm kiếm cứu nạn"),
    "all": say("mọi trường hợp khẩn cấp"),
}


# --- emergency ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number:
    """A number to call and what for."""

    number: str
    services: tuple[str, ...]


def emergency(*, place: Text, numbers: Sequence[Number], checked_on: date | None, hotline: str) -> Text:
    head = say("<b>Đang nguy hiểm, xin gọi ngay, đừng chờ tin ở đây.</b>")
    rows = [_number(one) for one in numbers]
    there = say("{place}:", place=place) if rows else EMPTY
    none = say(
        "{place}: chương trình chưa có số khẩn cấp chắc chắn đúng. Mời hỏi ngay người ở gần, chủ nhà, nơi làm việc.",
        place=place,
    )
    known = lines(there, *rows) if rows else none
    parts = [head, known]
    if hotline:
        parts.append(
            say(
                "Tổng đài bảo hộ công dân Việt Nam, Bộ Ngoại giao: <b>{hotline}</b> (ngày đêm).",
                hotline=hotline,
            )
        )
    if rows and checked_on:
        parts.append(say("Số được đối chiếu ngày {on}.", on=day(checked_on)))
    return paragraph(*parts)


def _number(one: Number) -> Text:
    what = join([SERVICES[service] for service in one.services], ", ")
    return say("<b>{number}</b>  {what}", number=one.number, what=what)


@dataclass(frozen=True, slots=True)
class Way:
    """Somebody who is told now (`now`), later (`at`), or not at all (None). `looks_in`: they read it when they look."""

    name: str
    at: datetime | None
    now: datetime
    looks_in: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message: sent when, or waiting until when; neither: it did not get there.

    `looks_in`: it waits until they look.
    """

    name: str
    sent_at: datetime | None
    waits_until: datetime | None
    looks_in: bool = False


@dataclass(frozen=True, slots=True)
class CellAndPlace:
    """The member's cell, and the province or country where they are; empty: at home."""

    cell: str
    place_vi: str
    place_en: str


def ways(people: Sequence[Way], zone: str = HOME_ZONE) -> Text:
    """Say who is told at once, who in the morning, who not at all. Nothing is said to be there that is not."""
    due = [one for one in people if one.at is not None and one.at <= one.now]
    at_once = [raw(one.name) for one in due if not one.looks_in]
    opening = [raw(one.name) for one in due if one.looks_in]
    later: dict[datetime, list[Text]] = {}
    for one in people:
        if one.at is not None and one.at > one.now:
            later.setdefault(one.at, []).append(raw(one.name))
    unheard = [raw(one.name) for one in people if one.at is None]
    parts = []
    if at_once:
        parts.append(say("Đang gửi ngay tới {who}.", who=join(at_once, ", ")))
    if opening:
        parts.append(say("{who} sẽ thấy khi mở trang web.", who=join(opening, ", ")))
    for at, names in sorted(later.items()):
        who = join(names, ", ")
        parts.append(say("{who} đang là giờ nghỉ đêm: tin chờ, tới lúc {at}.", who=who, at=moment(at, zone)))
    if unheard:
        who = join(unheard, ", ")
        parts.append(say("Hiện không gửi tới được {who}.", who=who))
    return join(parts, " ") if parts else nobody_reached(private=False)


def _delivery(one: Delivery, zone: str) -> Text:
    if one.sent_at is not None:
        return say("{name}: đã tới máy lúc {at}", name=one.name, at=moment(one.sent_at, zone))
    if one.looks_in:
        return say("{name}: chưa mở trang web", name=one.name)
    if one.waits_until is not None:
        return say("{name}: đang chờ, gửi lúc {at}", name=one.name, at=moment(one.waits_until, zone))
    return say("{name}: không gửi tới được", name=one.name)


# --- the member's side ----------------------------------------------------------------------------------------------


def home(*, open_: int, for_me: int, held_back: bool) -> Text:
    """Show the start of /hotro. `held_back`: there are more, which are not shown on this phone yet."""
    head = say("<b>Nhờ chi bộ hỗ trợ</b>")
    own = (
        say("Đồng chí đang nhờ {n} việc.", n=open_)
        if open_
        else say("Ở máy này chưa hiện việc nào.")
        if held_back
        else say("Đồng chí không có việc nào đang nhờ.")
    )
    others = say("Có {n} việc nhờ đồng chí giúp.", n=for_me) if for_me else EMPTY
    return paragraph(head, lines(own, others) if for_me else own)


def which_topic() -> Text:
    return say(
        "<b>Đồng chí cần chi bộ hỗ trợ việc gì?</b>\nNguy hiểm đến tính mạng thì gọi số khẩn cấp trước. Muốn tổ chức xem xét "
        "và trả lời một việc chung: chọn “Kiến nghị với tổ chức”."
    )


def how_urgent(*, topic: str) -> Text:
    return say("<b>{topic}</b>\nViệc này gấp đến đâu?", topic=TOPICS[topic])


def tell_us(*, text: str, files: int) -> Text:
    ask = say(
        "Mời kể ngắn gọn: chuyện gì, ở đâu, cần giúp gì. Gõ chữ (gửi nhiều tin cũng được), ghi âm hoặc gửi ảnh. "
        "Không gửi ảnh giấy tờ tùy thân, bệnh án."
    )
    return paragraph(ask, _written(text, files)) if text or files else ask


def say_what(*, text: str, files: int) -> Text:
    """Ask what a petition says."""
    ask = say(
        "Mời viết kiến nghị: việc gì, vì sao, đề nghị tổ chức làm gì. Gõ chữ (gửi nhiều tin cũng được), ghi âm hoặc gửi ảnh. "
        "Đơn khiếu nại, tố cáo thì gửi trực tiếp theo quy định, không gửi ở đây."
    )
    return paragraph(ask, _written(text, files)) if text or files else ask


def write_here(*, name: str, text: str, files: int, answers: bool) -> Text:
    """Ask for the words. `answers`: they end what was asked."""
    ask = say("Mời viết cho {name}: gõ chữ, ghi âm hoặc gửi ảnh, rồi bấm “Gửi”.", name=name)
    if answers:
        ask = lines(ask, say("Đây là câu trả lời chính thức; đồng chí ấy vẫn viết tiếp được."))
    return paragraph(ask, _written(text, files)) if text or files else ask


def write_to_cell(*, text: str, files: int) -> Text:
    ask = say("Mời viết thêm: gõ chữ, ghi âm hoặc gửi ảnh, rồi bấm “Gửi”.")
    return paragraph(ask, _written(text, files)) if text or files else ask


def _written(text: str, files: int) -> Text:
    body = say("<blockquote>{text}</blockquote>", text=text) if text else EMPTY
    return lines(*[part for part in (body, _files(files)) if part != EMPTY])


def _files(count: int) -> Text:
    if not count:
        return EMPTY
    return say("Kèm {n} ảnh, ghi âm", n=count)


def kept_of_it() -> Text:
    """Say that what was typed where a button was asked for is kept."""
    return say("Đã giữ lời vừa rồi cho việc này, chưa gửi cho ai. Mời trả lời nốt câu dưới đây.")


def something_to_send() -> Text:
    return say("Chưa có nội dung nào. Mời gõ, ghi âm hoặc gửi ảnh trước.")


def letter_expected() -> Text:
    return say("Ở đây nhận chữ, ghi âm và ảnh. Tệp khác xin đưa trực tiếp cho chi bộ.")


def edit_taken() -> Text:
    return say("✓ Đã thay bằng tin vừa sửa.")


def edit_of_sent_taken(*, ways_: Sequence[Way], zone: str) -> Text:
    return lines(say("✓ Đã sửa nội dung đã gửi theo tin vừa sửa."), ways(ways_, zone))


def too_many_files(*, limit: int) -> Text:
    return say("Mỗi lần gửi tối đa {n} ảnh, ghi âm. Mời gửi những cái này trước.", n=limit)


def overview(
    *,
    topic: str,
    urgency: str,
    text: str,
    files: int,
    viewers: Sequence[str],
    private: bool,
    ways_: Sequence[Way],
    contacts: bool,
    zone: str,
) -> Text:
    """Show what is about to be sent. `contacts`: whoever keeps in touch with the member is asked to phone, too."""
    head = say("<b>{topic}</b> · {urgency}", topic=TOPICS[topic], urgency=HOW_URGENT[urgency])
    notes = []
    if urgency == "urgent":
        notes.append(say("Việc khẩn cấp được gửi ngay, cả ban đêm."))
        if contacts:
            notes.append(say("Người giữ liên lạc cũng được nhắn để gọi cho đồng chí, không thấy nội dung."))
    else:
        late = [one for one in ways_ if one.at is not None and one.at > one.now]
        if late:
            notes.append(
                say(
                    "Nơi nhận đang là đêm: tin tới lúc {at}. Cần ngay thì chọn lại mức khẩn cấp, hoặc gọi điện.",
                    at=moment(min(one.at for one in late if one.at), zone),
                )
            )
    sees = who_sees(viewers=viewers, private=private)
    return paragraph(head, _written(text, files), sees, *([join(notes, " ")] if notes else []))


def petition_overview(*, to: str, text: str, files: int, by: date, seen_by: Sequence[str]) -> Text:
    names = join([raw(name) for name in seen_by], ", ")
    return paragraph(
        say("<b>Kiến nghị gửi {to}</b>", to=to),
        _written(text, files),
        lines(
            say("Người trả lời: {names}.", names=names),
            say(
                "Hạn trả lời: hết {by}. Quá hạn thì cấp trên trực tiếp thấy được kiến nghị này, và đồng chí được báo.",
                by=weekday(by),
            ),
        ),
    )


def to_which_unit() -> Text:
    return say(
        "<b>Kiến nghị gửi tổ chức nào?</b>\nNơi nhận phải trả lời đồng chí trước một ngày hẹn. Gửi cấp ủy thì chi bộ không thấy "
        "nội dung."
    )


def nobody_answers_there() -> Text:
    return say("Nơi này hiện chưa có người nhận kiến nghị trong chương trình. Mời chọn nơi khác.")


def put(*, to: str, by: date, ways_: Sequence[Way], zone: str) -> Text:
    return lines(
        say("✓ Đã ghi kiến nghị gửi {to}. Hạn trả lời: hết {by}.", to=to, by=weekday(by)), ways(ways_, zone)
    )


def word_left(*, ways_: Sequence[Way], zone: str) -> Text:
    return lines(
        say("✓ Đã ghi lời nhắn cho bí thư."),
        ways(ways_, zone),
        say("Khi được đọc hoặc trả lời, đồng chí được báo."),
    )


def who_sees(*, viewers: Sequence[str], private: bool) -> Text:
    names = join([raw(name) for name in viewers], ", ")
    if private:
        return say("Chỉ những người này thấy: {names}.", names=names)
    return say(
        "Bí thư và phó bí thư thấy được: {names}. Lâu không ai nhận, hoặc quá hẹn mà chưa xong, việc này được chuyển lên đảng ủy "
        "cấp trên, kèm tên và nội dung.",
        names=names,
    )


def which_viewers(*, people: Sequence[tuple[str, str]], chosen: Sequence[str]) -> Text:
    """Ask who may see it. `people`: those on this page, with their office, which a button may have no room for."""
    words = say(
        "<b>Ai được thấy việc này?</b>\nBấm để chọn hoặc bỏ chọn. Những người khác, kể cả bí thư, phó bí thư nếu không được chọn, không biết có việc này."
    )
    rows = [say("• {name}: {role}", name=name, role=ROLES[role]) for name, role in people]
    said = [say("Đã chọn: {names}.", names=", ".join(chosen))] if chosen else []
    return paragraph(words, lines(*rows), *said)


def viewer(*, name: str, role: str, chosen: bool) -> Text:
    """Label the button of a viewer: who, and as what; the name alone, where a phone would cut the two."""
    mark = "✓ " if chosen else ""
    both = say("{mark}{name}, {role}", mark=mark, name=name, role=ROLES[role])
    if max(len(both.to_plain(lang)) for lang in ("vi", "en")) <= LABEL:
        return both
    return raw(mark + fitting(name, LABEL - 2))


def choose_somebody() -> Text:
    return say("Mời chọn ít nhất một người.")


def nobody_to_choose() -> Text:
    return say("Hiện không có ai khác để chọn.")


def viewer_unfit() -> Text:
    return say("Người vừa chọn không còn phụ trách nữa. Mời chọn lại.")


def in_no_cell() -> Text:
    return say("Đồng chí không thuộc chi bộ nào ở đây nên chưa gửi được. Mời liên hệ trực tiếp với đảng ủy.")


def sent(*, ways_: Sequence[Way], zone: str) -> Text:
    return lines(
        say("✓ Đã ghi việc đồng chí nhờ hỗ trợ."),
        ways(ways_, zone),
        say("Có người nhận, đồng chí được báo kèm ngày hẹn."),
    )


def reply_sent(*, ways_: Sequence[Way], zone: str) -> Text:
    return lines(say("✓ Đã ghi."), ways(ways_, zone))


def taken(*, owner: str, on: date) -> Text:
    return say(
        "Đồng chí {owner} đã nhận việc đồng chí nhờ hỗ trợ, hẹn đến hết {on}. Khi việc đã xong, mời bấm nút bên dưới.",
        owner=owner,
        on=weekday(on),
    )


def promised(*, owner: str, on: date) -> Text:
    return say("Đồng chí {owner} hẹn lại việc đồng chí nhờ: đến hết {on}.", owner=owner, on=weekday(on))


def helper_replied(*, name: str, text: str, files: int) -> Text:
    return paragraph(say("Đồng chí {name} viết về việc đồng chí nhờ:", name=name), _written(text, files))


def is_it_settled(*, owner: str) -> Text:
    return say(
        "Đồng chí {owner} cho rằng việc đồng chí nhờ đã xong. Có đúng không? Chỉ đồng chí mới kết thúc được việc này.",
        owner=owner or "?",
    )


def promise_lapsed(*, owner: str, on: date) -> Text:
    return say(
        "Đồng chí {owner} đã nhận việc đồng chí nhờ nhưng quá hẹn {on}; đồng chí ấy được nhắc hẹn lại. Việc vẫn đang mở.",
        on=weekday(on),
        owner=owner,
    )


def lapsed_and_risen(*, owner: str, on: date, told: bool) -> Text:
    if not told:
        return paragraph(promise_lapsed(owner=owner, on=on), nobody_reached(private=True))
    return say(
        "Đồng chí {owner} đã nhận nhưng quá hẹn {on}; việc được báo thêm lên đảng ủy.",
        on=weekday(on),
        owner=owner,
    )


def still_open(*, kind: str, since: datetime, zone: str) -> Text:
    return say(
        "{what} từ {since} vẫn đang mở. Đồng chí còn cần không? Nếu cần sớm, xin gọi điện.",
        what=_YOURS[kind],
        since=moment(since, zone),
    )


_YOURS: dict[str, Text] = {
    "help": say("Việc đồng chí nhờ hỗ trợ"),
    "word": say("Lời nhắn của đồng chí cho bí thư"),
    "petition": say("Kiến nghị của đồng chí"),
}


def answer_overdue(*, to: str, by: date, above: Sequence[str]) -> Text:
    head = say("Quá hạn {by} mà {to} chưa trả lời kiến nghị của đồng chí.", to=to, by=weekday(by))
    if not above:
        return paragraph(head, say("Phía trên hiện không có ai nhận được tin ở đây; nơi nhận vẫn được nhắc."))
    names = join([raw(name) for name in above], ", ")
    return lines(head, say("Đã báo thêm lên cấp trên: {names}.", names=names))


def nobody_answered(*, kind: str) -> Text:
    if kind == "word":
        return say(
            "Lời nhắn của đồng chí chưa được trả lời, dù bí thư đã được nhắc nhiều lần. Cần sớm, mời gọi điện, hoặc gõ /hotro."
        )
    return say(
        "Kiến nghị của đồng chí vẫn chưa được trả lời, dù nơi nhận đã được nhắc nhiều lần. Kiến nghị vẫn đang mở."
    )


def answered(*, kind: str, name: str, text: str, files: int) -> Text:
    head = (
        say("<b>Đồng chí {name} trả lời kiến nghị của đồng chí:</b>", name=name)
        if kind == "petition"
        else say("<b>Đồng chí {name} trả lời lời nhắn của đồng chí:</b>", name=name)
    )
    return paragraph(head, _written(text, files))


def was_read(*, by: str) -> Text:
    return say("Đồng chí {by} đã đọc lời nhắn của đồng chí.", by=by)


def owner_left(*, owner: str, told: int) -> Text:
    head = say(
        "Đồng chí {owner} không còn phụ trách nữa, nên việc đồng chí nhờ đang chờ người khác nhận.",
        owner=owner,
    )
    return head if told else paragraph(head, nobody_reached(private=True))


def passed_on(*, private: bool) -> Text:
    if private:
        return say(
            "Những người đồng chí chọn vẫn chưa trả lời; họ vừa được nhắc lần nữa. Đồng chí có thể cho thêm người thấy, hoặc "
            "gọi điện."
        )
    return say("Chưa ai nhận việc đồng chí nhờ, nên việc này vừa được chuyển lên đảng ủy cấp trên.")


def nobody_reached(*, private: bool) -> Text:
    if private:
        return say(
            "Hiện chưa báo được cho ai trong số những người được thấy việc này. Mời cho thêm người thấy, hoặc gọi điện."
        )
    return say(
        "Đã ghi, nhưng hiện chưa báo được cho bí thư, phó bí thư. Chương trình sẽ thử lại; cần sớm thì xin gọi điện."
    )


def thanks(*, kind: str) -> Text:
    if kind == "petition":
        return say("Đã ghi: đồng chí rút kiến nghị.")
    if kind == "word":
        return say("Đã ghi: lời nhắn không cần trả lời nữa.")
    return say("Đã ghi: việc nhờ hỗ trợ đã xong. Người phụ trách sẽ thấy điều này.")


def all_mine(*, count: int) -> Text:
    return say("Xem tất cả ({n})", n=count)


def goes_on() -> Text:
    return say("Đã ghi: việc chưa xong. Người nhận được báo và sẽ làm tiếp.")


@dataclass(frozen=True, slots=True)
class RequestStanding:
    """How a request stands: who has it, until when, and whether that day went by."""

    kind: str
    state: str
    owner: str
    on: date | None  # the day that was promised, or by which a petition is to be answered
    past: bool


def own_line(*, topic: str, standing: RequestStanding) -> Text:
    what = SHORT_TOPICS[topic] if standing.kind == "help" else capital(KINDS[standing.kind])
    return say("{topic} · {how}", topic=what, how=_how(standing, short=True))


def _how(standing: RequestStanding, *, short: bool = False) -> Text:
    """`short`: on a button."""
    if standing.kind == "help":
        return _how_help(standing, short=short)
    if standing.state == "closed":
        return say("đã trả lời") if standing.owner else say_as("request", "đã rút")
    if standing.on is None:
        return say("chưa trả lời")
    on = raw(f"{standing.on:%d/%m}") if short else weekday(standing.on)
    if standing.past:
        return say("quá hạn trả lời {on}", on=on)
    return say("chờ trả lời, hạn {on}", on=on)


def _how_help(standing: RequestStanding, *, short: bool) -> Text:
    if standing.state == "closed":
        return say("đã xong")
    if standing.state == "proposed":
        return say("cần trả lời") if short else say("chờ người nhờ xác nhận")
    if not standing.owner or standing.on is None:
        return say("chưa nhận") if short else say("chưa ai nhận")
    on = raw(f"{standing.on:%d/%m}") if short else weekday(standing.on)
    if short:
        return say("quá hẹn {on}", on=on) if standing.past else say("hẹn {on}", on=on)
    if standing.past:
        return say("đồng chí {owner} đã nhận nhưng quá hẹn {on}", owner=standing.owner, on=on)
    return say("{owner}, hẹn {on}", owner=standing.owner, on=on)


# --- the helpers' side ----------------------------------------------------------------------------------------------


def opened(*, name: str, topic: str, urgency: str, private: bool, where: CellAndPlace) -> Text:
    head = say(
        "<b>Đồng chí {name} cần hỗ trợ</b>\n{topic} · {urgency}",
        name=name,
        topic=TOPICS[topic],
        urgency=HOW_URGENT[urgency],
    )
    words = lines(head, where_they_are(where))
    return paragraph(words, kept_private()) if private else words


def where_they_are(where: CellAndPlace) -> Text:
    """Say: Thôn Đông · Nhật Bản"""
    if not where.place_vi:
        return raw(where.cell)
    return say("{cell} · {place}", cell=where.cell, place=named(where.place_vi, where.place_en))


def call_them_now(*, name: str) -> Text:
    return say(
        "<b>Xin gọi ngay cho đồng chí {name}.</b>\nĐồng chí ấy vừa báo việc khẩn cấp với bí thư, phó bí thư.",
        name=name,
    )


def came(*, kind: str, name: str, where: CellAndPlace, to: str, by: date | None) -> Text:
    """Say that a word or a petition has come. What it says is read on its screen."""
    if kind == "word" or by is None:
        head = say("<b>Đồng chí {name} có lời nhắn cho bí thư</b>", name=name)
        return lines(head, where_they_are(where))
    return lines(
        say("<b>Đồng chí {name} gửi kiến nghị tới {to}</b>", name=name, to=to),
        where_they_are(where),
        say("Hạn trả lời: hết {by}", by=weekday(by)),
    )


def wrote_again(*, kind: str, name: str, by: date | None) -> Text:
    if kind == "word" or by is None:
        return say("Đồng chí {name} viết tiếp lời nhắn.", name=name)
    return say("Đồng chí {name} viết tiếp về kiến nghị. Hạn trả lời: hết {by}.", name=name, by=weekday(by))


def was_answered(*, name: str, by: str) -> Text:
    return say("Đồng chí {by} đã trả lời kiến nghị của đồng chí {name}.", name=name, by=by)


def is_owed(*, kind: str, name: str, to: str, since: datetime, by: date | None, overdue: bool) -> Text:
    if kind == "word" or by is None:
        return say(
            "<b>Lời nhắn của đồng chí {name} từ {since} chưa được trả lời.</b>",
            name=name,
            since=moment(since, HOME_ZONE),
        )
    if overdue:
        return say(
            "<b>Quá hạn trả lời: kiến nghị của đồng chí {name} gửi {to}, hạn {by}.</b>",
            name=name,
            to=to,
            by=weekday(by),
        )
    return say(
        "Kiến nghị của đồng chí {name} gửi {to} cần được trả lời chậm nhất hết {by}.",
        name=name,
        to=to,
        by=weekday(by),
    )


def goes_as(*, topic: str, urgency: str) -> Text:
    """Say how help that was asked for in a report reaches the desk."""
    return say(
        "Việc cần hỗ trợ được gửi là: <b>{topic} · {urgency}</b>.",
        topic=TOPICS[topic],
        urgency=HOW_URGENT[urgency],
    )


def kept_private() -> Text:
    return say("Việc riêng: chỉ những người đồng chí ấy chọn mới thấy. Xin không kể với người khác.")


def changed(*, name: str) -> Text:
    return say("Đồng chí {name} vừa sửa nội dung nhờ hỗ trợ.", name=name)


def taken_from_you(*, name: str, owner: str) -> Text:
    return say(
        "Đồng chí {owner} đã nhận tiếp việc của đồng chí {name}; đồng chí không phải lo nữa.",
        name=name,
        owner=owner,
    )


def handed(*, name: str, by: str, on: date) -> Text:
    return say(
        "Đồng chí {by} giao đồng chí giúp việc của đồng chí {name}, hẹn đến hết {on}.",
        name=name,
        by=by,
        on=weekday(on),
    )


def news_held_back() -> Text:
    """Say to a chat that has yet to be trusted that a private request has news, and no more."""
    return say("Có tin về một việc riêng của đồng chí. Mở được khi tài khoản trên máy này đã được xác nhận.")


def member_replied(*, name: str) -> Text:
    return say("Đồng chí {name} vừa viết thêm về việc nhờ hỗ trợ.", name=name)


def not_settled_yet(*, name: str, on: date) -> Text:
    return say(
        "Đồng chí {name} cho biết việc nhờ hỗ trợ chưa xong. Hẹn mới: đến hết {on}.",
        name=name,
        on=weekday(on),
    )


def closed(*, kind: str, name: str) -> Text:
    if kind == "petition":
        return say("Đồng chí {name} đã rút kiến nghị.", name=name)
    if kind == "word":
        return say("Lời nhắn của đồng chí {name} không cần trả lời nữa.", name=name)
    return say("Đồng chí {name} cho biết việc nhờ hỗ trợ đã xong. Cảm ơn đồng chí.", name=name)


def risen(*, name: str, since: datetime, whom: str | None, you: bool) -> Text:
    """Say that a request has risen.

    `whom`: whose turn it is now, a role; None: those whom the member chose. `you`: the reader is one of them.
    """
    return lines(
        say(
            "<b>Chưa có người nhận: đồng chí {name} nhờ hỗ trợ từ {since}.</b>",
            name=name,
            since=moment(since, HOME_ZONE),
        ),
        _ASKED[whom] if you or whom is None else _TOLD[whom],
    )


_ASKED: dict[str | None, Text] = {
    None: say("Xin một đồng chí được chọn nhận giúp."),
    "deputy": say("Xin đồng chí phó bí thư nhận giúp."),
    "officer": say("Xin đảng ủy cấp trên giúp."),
}
_TOLD: dict[str, Text] = {
    "deputy": say("Đồng chí phó bí thư được nhờ nhận giúp."),
    "officer": say("Việc được báo lên đảng ủy cấp trên."),
}


def still_nobody(*, name: str, since: datetime) -> Text:
    return say(
        "<b>Vẫn chưa có người nhận: đồng chí {name} nhờ hỗ trợ từ {since}.</b>\nXin một đồng chí nhận việc này.",
        name=name,
        since=moment(since, HOME_ZONE),
    )


def you_are_past_the_day(*, name: str, on: date) -> Text:
    """Say to whoever promised that the day is over."""
    return say(
        "<b>Đồng chí đã quá hẹn {on}</b> với đồng chí {name}. Xin hẹn ngày khác, hoặc giao cho người khác.",
        name=name,
        on=weekday(on),
    )


def lapsed(*, name: str, owner: str, on: date) -> Text:
    """Say to the others that the promised day went by."""
    return say(
        "<b>Quá hẹn {on}:</b> đồng chí {owner} đã nhận giúp đồng chí {name} nhưng việc chưa xong. Ai giúp được, xin nhận tiếp.",
        name=name,
        owner=owner,
        on=weekday(on),
    )


def released(*, name: str, owner: str) -> Text:
    return say(
        "Đồng chí {owner} không còn phụ trách; việc nhờ hỗ trợ của đồng chí {name} đang chờ người nhận.",
        name=name,
        owner=owner,
    )


def no_word_from(*, name: str) -> Text:
    return say(
        "Đồng chí {name} chưa cho biết việc nhờ hỗ trợ đã xong hay chưa. Xin gọi điện hỏi; chỉ đồng chí ấy kết thúc được.",
        name=name,
    )


def settled(*, owner: str | None, kind: str = "help") -> Text:
    if kind != "help":
        return say("Việc này đã được trả lời, hoặc đã được rút.")
    if owner:
        return say("Đồng chí {owner} đã nhận việc này.", owner=owner)
    return say("Việc này đã xong.")


def day_unfit(*, days: int) -> Text:
    return say("Ngày hẹn phải từ hôm nay và không quá {n} ngày nữa. Mời chọn lại.", n=days)


def which_day(*, name: str) -> Text:
    return say("Hẹn đồng chí {name} đến ngày nào? Bấm nút, hoặc gõ ngày, ví dụ 05/12.", name=name)


def day_promised(*, on: date, ways_: Sequence[Way]) -> Text:
    return lines(say("✓ Đã hẹn đến hết {on}.", on=weekday(on)), ways(ways_))


def read_noted(*, ways_: Sequence[Way]) -> Text:
    return lines(say("✓ Đã ghi là đã đọc."), ways(ways_))


def took(*, on: date, ways_: Sequence[Way]) -> Text:
    return lines(say("✓ Đồng chí đã nhận việc này, hẹn đến hết {on}.", on=weekday(on)), ways(ways_))


def member_asked(*, ways_: Sequence[Way]) -> Text:
    return lines(say("✓ Đã ghi câu hỏi cho người nhờ. Việc kết thúc khi đồng chí ấy xác nhận."), ways(ways_))


def to_whom() -> Text:
    return say("Giao việc này cho ai?")


def handed_on(*, name: str, ways_: Sequence[Way]) -> Text:
    return lines(say("✓ Đã giao cho đồng chí {name}.", name=name), ways(ways_))


def for_me(*, count: int) -> Text:
    head = say("<b>Kiến nghị, việc nhờ đồng chí giúp: {n}</b>", n=count)
    return head if count else paragraph(head, say("Không có việc nào."))


def for_me_line(*, name: str, topic: str, kind: str = "help") -> Text:
    if kind != "help":
        return say("{name} · {kind}", name=name, kind=KINDS[kind])
    return say("{name} · {topic}", name=name, topic=TOPICS[topic])


# --- the committee's contact with a member ---------------------------------------------------------------------------


def contact_how(*, name: str) -> Text:
    return say(
        "Đồng chí đã liên hệ với {name} bằng cách nào? Bí thư, phó bí thư chi bộ và đồng chí ấy thấy được ghi chú này.",
        name=name,
    )


def contact_what(*, name: str) -> Text:
    return say(
        "Kết quả ngắn gọn? {name} đọc được và sửa được. Không ghi chuyện sức khỏe, gia đình.", name=name
    )


def contact_day_unfit(*, days: int) -> Text:
    return say("Ngày liên hệ phải là hôm nay hoặc trong {n} ngày qua. Mời gõ lại.", n=days)


def contact_noted(*, name: str) -> Text:
    return say("✓ Đã ghi lần liên hệ với {name}. Chi bộ thấy ở phần diễn biến của đồng chí ấy.", name=name)


def officer_spoke(*, by: str, name: str, on: date) -> Text:
    """Say to secretary and deputy that an officer spoke with the member."""
    return say(
        "Đồng chí {by} (cấp ủy) đã liên hệ với đồng chí {name} ngày {on} và ghi lại.",
        by=by,
        name=name,
        on=day(on),
    )


def owed(*, count: int, overdue: int, since: date) -> Text:
    """Say how many answers units owe, without a name."""
    late = say(", quá hạn {n}", n=overdue) if overdue else EMPTY
    return say(
        "Kiến nghị chưa trả lời: <b>{n}</b>{late}; lâu nhất từ {since}.", n=count, late=late, since=day(since)
    )


# --- one request ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """One reply of the thread."""

    name: str
    at: datetime
    text: str
    files: int


def shown(
    *,
    name: str,
    where: CellAndPlace,
    topic: str,
    urgency: str,
    text: str,
    opened_at: datetime,
    zone: str,
    standing: RequestStanding,
    to: str,
    private: bool,
    deliveries: Sequence[Delivery],
    thread: Sequence[ReplyLine],
    left_out: int,
) -> Text:
    """Show a request. `name` empty: it is the reader's own; `to`: the unit to which a petition was put."""
    head = _head(name=name, kind=standing.kind, to=to)
    kind = [say("{topic} · {urgency}", topic=TOPICS[topic], urgency=HOW_URGENT[urgency])]
    if standing.kind != "help":
        kind = []
    if name:
        kind.append(where_they_are(where))
    body = say("<blockquote>{text}</blockquote>", text=text) if text else EMPTY
    facts = [say("Ghi lúc: {at}", at=moment(opened_at, zone))]
    facts.append(say("Tình trạng: {how}", how=_how(standing)))
    facts += [_delivery(one, zone) for one in deliveries]
    if private:
        facts.append(kept_private() if name else say("Việc riêng."))
    more = [say("… {n} tin trước", n=left_out)] if left_out else []
    said = [_line(one, zone) for one in thread]
    return paragraph(lines(head, *kind), *([body] if text else []), lines(*facts), *more, *said)


def _head(*, name: str, kind: str, to: str) -> Text:
    if kind == "word":
        return (
            say("<b>Lời nhắn của {name}</b>", name=name)
            if name
            else say("<b>Lời nhắn của đồng chí cho bí thư</b>")
        )
    if kind == "petition":
        return (
            say("<b>Kiến nghị của {name} gửi {to}</b>", name=name, to=to)
            if name
            else say("<b>Kiến nghị của đồng chí gửi {to}</b>", to=to)
        )
    return say("<b>{name} cần hỗ trợ</b>", name=name) if name else say("<b>Việc đồng chí nhờ</b>")


def _line(one: ReplyLine, zone: str) -> Text:
    head = say("<b>{name}</b>, {at}:", name=one.name, at=moment(one.at, zone))
    return lines(head, _written(one.text, one.files))


def a_file(*, name: str, at: datetime, zone: str) -> Text:
    return say("{name}, {at}", name=name, at=moment(at, zone))
