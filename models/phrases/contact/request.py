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
    weekday,
)

TAKE = say("Tôi nhận việc này", "I take this")
SEE = say("Xem chi tiết", "See details")
SOLVED = say("Việc đã xong", "It is settled")
NOT_YET = say("Chưa xong", "Not yet")
ANSWER = say("Trả lời", "Answer")
WRITE = say("Viết thêm, gửi ảnh, ghi âm", "Write, send photos or voice")
FILES = say("Xem ảnh, nghe ghi âm", "See photos, hear voice messages")
PROMISE = say("Hẹn ngày khác", "Promise a different day")
PROPOSE = say("Hỏi xem việc đã xong chưa", "Ask whether it is settled")
HAND = say("Giao cho người khác", "Hand to another")
MY_REQUEST = say("Xem việc tôi nhờ", "See my request")
MINE = say("Các việc tôi nhờ", "My requests")
NEW = say("Nhờ một việc mới", "Ask for help")
DONE_ONES = say("Các việc đã xong", "Settled ones")
FOR_ME = say("Kiến nghị, việc nhờ tôi giúp", "Petitions, requests for me")
NUMBERS = say("Số khẩn cấp nơi tôi đang ở", "Emergency numbers where I am")
SHARE = say("Cho thêm người thấy", "Let somebody else see it")
REWRITE = say("Viết lại", "Write again")
WORDS_DONE = say("Xong, xem lại", "Done, look it over")
PRIVATE = say("Chỉ cho một số người thấy", "Only some people may see it")
PLAIN = say("Thôi, để bí thư, phó bí thư thấy", "No, secretary and deputy may see it")
CHANGE_WORDS = say("Sửa nội dung", "Change the text")
VIEWERS_DONE = say("Xong", "Done")
TODAY = say("Hôm nay", "Today")
TOMORROW = say("Ngày mai", "Tomorrow")
IN_THREE = say("Ba ngày nữa", "In three days")
IN_SEVEN = say("Một tuần nữa", "In a week")
ANSWER_IT = say("Trả lời kiến nghị", "Answer the petition")
TALK = say("Hỏi thêm, trao đổi", "Ask, talk it over")
READ = say("Đã đọc, không cần trả lời", "Read, wants no answer")
WRITE_AGAIN = say("Viết tiếp", "Write again")
CALL_THEM = say("Mở để gọi", "Open, to phone")
CALL = say("Gọi điện", "Phone")
NOTE = say("Ghi lại lần liên hệ", "Note a contact")
PETITION = say("Kiến nghị với tổ chức", "A petition")
WITHDRAW = say("Rút lại", "Take it back")
SETTLED: dict[str, Text] = {
    "help": SOLVED,
    "word": say("Không cần trả lời nữa", "No answer is needed"),
    "petition": say("Rút kiến nghị", "Take the petition back"),
}
ASKING = say("việc nhờ chi bộ hỗ trợ", "a request for help")
ANSWERING = say("trả lời về một việc nhờ hỗ trợ", "an answer about a request")
NOTING = say("ghi lần liên hệ với người kiến nghị, nhờ giúp", "a contact with whoever asked")
PROMISING = say("hẹn ngày cho một việc nhờ hỗ trợ", "a day for a request")
SHARING = say("chọn người được thấy việc nhờ hỗ trợ", "who may see a request")

TOPICS: dict[str, Text] = {
    "accident": say("Tai nạn, ốm đau", "Accident, illness"),
    "wages": say("Tiền lương, việc làm", "Wages, work"),
    "illness": say("Ốm đau", "Illness"),
    "papers": say("Giấy tờ", "Papers"),
    "disaster": say("Thiên tai, dịch bệnh", "Disaster, epidemic"),
    "other": say("Việc khác", "Something else"),
}
SHORT_TOPICS: dict[str, Text] = TOPICS | {
    "wages": say("Lương, việc làm", "Wages, work"),
    "disaster": say("Thiên tai, dịch", "Disaster"),
}
URGENCIES: dict[str, Text] = {
    "urgent": say("Khẩn cấp, ngay bây giờ", "Urgent, now"),
    "soon": say("Trong vài ngày", "Within days"),
    "normal": say("Không gấp", "Not urgent"),
}
KINDS: dict[str, Text] = {
    "help": say("nhờ hỗ trợ", "asks for help"),
    "word": say("lời nhắn", "a word"),
    "petition": say("kiến nghị", "a petition"),
}
HOW_URGENT: dict[str, Text] = {
    "urgent": say("KHẨN CẤP", "URGENT"),
    "soon": say("cần trong vài ngày", "needed within days"),
    "normal": say("không gấp", "not urgent"),
}
ROLES: dict[str, Text] = {
    "secretary": say("bí thư", "secretary"),
    "deputy": say("phó bí thư", "deputy"),
    "contact": say("người giữ liên lạc", "contact"),
    "officer": say("cán bộ đảng ủy", "committee officer"),
}
SERVICES: dict[str, Text] = {
    "police": say("công an, cảnh sát", "police"),
    "fire": say("cứu hỏa", "fire"),
    "ambulance": say("cấp cứu", "ambulance"),
    "rescue": say("tìm kiếm cứu nạn", "search and rescue"),
    "all": say("mọi trường hợp khẩn cấp", "every emergency"),
}


# --- emergency ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number:
    """A number to call and what for."""

    number: str
    services: tuple[str, ...]


def emergency(*, place: Text, numbers: Sequence[Number], checked_on: date | None, hotline: str) -> Text:
    head = say(
        "<b>Đang nguy hiểm, xin gọi ngay, đừng chờ tin ở đây.</b>",
        "<b>If anybody is in danger, call now; do not wait for an answer here.</b>",
    )
    rows = [_number(one) for one in numbers]
    there = say("{place}:", "{place}:", place=place) if rows else EMPTY
    none = say(
        "{place}: chương trình chưa có số khẩn cấp chắc chắn đúng. Mời hỏi ngay người ở gần, chủ nhà, nơi làm việc.",
        "{place}: no number here that is surely right. Please ask somebody near you at once: neighbours, your employer.",
        place=place,
    )
    known = lines(there, *rows) if rows else none
    parts = [head, known]
    if hotline:
        parts.append(
            say(
                "Tổng đài bảo hộ công dân Việt Nam, Bộ Ngoại giao: <b>{hotline}</b> (ngày đêm).",
                "Hotline of the Vietnamese Foreign Ministry for citizens abroad: <b>{hotline}</b> (day and night).",
                hotline=hotline,
            )
        )
    if rows and checked_on:
        parts.append(say("Số được đối chiếu ngày {on}.", "Numbers compared on {on}.", on=day(checked_on)))
    return paragraph(*parts)


def _number(one: Number) -> Text:
    what = join([SERVICES[service] for service in one.services], ", ")
    return say("<b>{number}</b>  {what}", "<b>{number}</b>  {what}", number=one.number, what=what)


@dataclass(frozen=True, slots=True)
class Way:
    """Somebody who is told now (`now`), later (`at`), or not at all (None)."""

    name: str
    at: datetime | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message: sent when, or waiting until when; neither: it did not get there."""

    name: str
    sent_at: datetime | None
    waits_until: datetime | None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The member's cell, and the province or country where they are; empty: at home."""

    cell: str
    place_vi: str
    place_en: str


def ways(people: Sequence[Way], zone: str = HOME_ZONE) -> Text:
    """Who is told at once, who in the morning, who not at all: nothing is said to be there that is not."""
    at_once = [raw(one.name) for one in people if one.at is not None and one.at <= one.now]
    later: dict[datetime, list[Text]] = {}
    for one in people:
        if one.at is not None and one.at > one.now:
            later.setdefault(one.at, []).append(raw(one.name))
    unheard = [raw(one.name) for one in people if one.at is None]
    parts = []
    if at_once:
        parts.append(say("Đang gửi ngay tới {who}.", "It is going to {who} now.", who=join(at_once, ", ")))
    for at, names in sorted(later.items()):
        who = join(names, ", ")
        parts.append(
            say(
                "{who} đang là giờ nghỉ đêm: tin chờ, tới lúc {at}.",
                "For {who} it is night: it waits, and arrives at {at}.",
                who=who,
                at=moment(at, zone),
            )
        )
    if unheard:
        who = join(unheard, ", ")
        parts.append(
            say("Hiện không gửi tới được {who}.", "{who} cannot be reached here at the moment.", who=who)
        )
    return join(parts, " ") if parts else nobody_reached(private=False)


def _delivery(one: Delivery, zone: str) -> Text:
    if one.sent_at is not None:
        return say(
            "{name}: đã tới máy lúc {at}",
            "{name}: delivered {at}",
            name=one.name,
            at=moment(one.sent_at, zone),
        )
    if one.waits_until is not None:
        return say(
            "{name}: đang chờ, gửi lúc {at}",
            "{name}: waits, goes out {at}",
            name=one.name,
            at=moment(one.waits_until, zone),
        )
    return say("{name}: không gửi tới được", "{name}: could not be delivered", name=one.name)


# --- the member's side ----------------------------------------------------------------------------------------------


def home(*, open_: int, for_me: int, held_back: bool) -> Text:
    """`held_back`: there are more, which are not shown on this phone yet."""
    head = say("<b>Nhờ chi bộ hỗ trợ</b>", "<b>Ask the cell for help</b>")
    own = (
        say("Đồng chí đang nhờ {n} việc.", "Open requests: {n}.", n=open_)
        if open_
        else say("Ở máy này chưa hiện việc nào.", "None is shown on this phone yet.")
        if held_back
        else say("Đồng chí không có việc nào đang nhờ.", "You have no open request.")
    )
    others = (
        say("Có {n} việc nhờ đồng chí giúp.", "{n} requests wait for you.", n=for_me) if for_me else EMPTY
    )
    return paragraph(head, lines(own, others) if for_me else own)


def which_topic() -> Text:
    return say(
        "<b>Đồng chí cần chi bộ hỗ trợ việc gì?</b>\nNguy hiểm đến tính mạng thì gọi số khẩn cấp trước. Muốn tổ chức xem xét "
        "và trả lời một việc chung: chọn “Kiến nghị với tổ chức”.",
        "<b>What do you need help with?</b>\nIf life is in danger, call the emergency number first. For something that a "
        "cell or committee should consider and answer, choose “A petition”.",
    )


def how_urgent(*, topic: str) -> Text:
    return say(
        "<b>{topic}</b>\nViệc này gấp đến đâu?", "<b>{topic}</b>\nHow urgent is it?", topic=TOPICS[topic]
    )


def tell_us(*, text: str, files: int) -> Text:
    ask = say(
        "Mời kể ngắn gọn: chuyện gì, ở đâu, cần giúp gì. Gõ chữ (gửi nhiều tin cũng được), ghi âm hoặc gửi ảnh. "
        "Không gửi ảnh giấy tờ tùy thân, bệnh án.",
        "Please tell briefly what happened, where, and what you need. Type (several messages if you like), record, or send "
        "photos. No photos of identity papers or medical records.",
    )
    return paragraph(ask, _written(text, files)) if text or files else ask


def say_what(*, text: str, files: int) -> Text:
    """A petition."""
    ask = say(
        "Mời viết kiến nghị: việc gì, vì sao, đề nghị tổ chức làm gì. Gõ chữ (gửi nhiều tin cũng được), ghi âm hoặc gửi ảnh. "
        "Đơn khiếu nại, tố cáo thì gửi trực tiếp theo quy định, không gửi ở đây.",
        "Please write: what it is about, why, and what you ask for. Type (several messages if you like), record, or send "
        "photos. Complaints and denunciations go another way, not through here.",
    )
    return paragraph(ask, _written(text, files)) if text or files else ask


def write_here(*, name: str, text: str, files: int, answers: bool) -> Text:
    """`answers`: it ends what was asked."""
    ask = say(
        "Mời viết cho {name}: gõ chữ, ghi âm hoặc gửi ảnh, rồi bấm “Gửi”.",
        "Please write to {name}: type, record or send photos, then tap “Send”.",
        name=name,
    )
    if answers:
        ask = lines(
            ask,
            say(
                "Đây là câu trả lời chính thức; đồng chí ấy vẫn viết tiếp được.",
                "This is the answer; they can still write again.",
            ),
        )
    return paragraph(ask, _written(text, files)) if text or files else ask


def write_to_cell(*, text: str, files: int) -> Text:
    ask = say(
        "Mời viết thêm: gõ chữ, ghi âm hoặc gửi ảnh, rồi bấm “Gửi”.",
        "Please write: type, record or send photos, then tap “Send”.",
    )
    return paragraph(ask, _written(text, files)) if text or files else ask


def _written(text: str, files: int) -> Text:
    body = (
        say("<blockquote>{text}</blockquote>", "<blockquote>{text}</blockquote>", text=text)
        if text
        else EMPTY
    )
    return lines(*[part for part in (body, _files(files)) if part != EMPTY])


def _files(count: int) -> Text:
    if not count:
        return EMPTY
    return say("Kèm {n} ảnh, ghi âm", "With {n} photos or voice messages", n=count)


def kept_of_it() -> Text:
    """Typed where a button was asked for."""
    return say(
        "Đã giữ lời vừa rồi cho việc này, chưa gửi cho ai. Mời trả lời nốt câu dưới đây.",
        "Kept for this request, sent to nobody yet. Please answer the question below, too.",
    )


def something_to_send() -> Text:
    return say(
        "Chưa có nội dung nào. Mời gõ, ghi âm hoặc gửi ảnh trước.",
        "There is nothing to send yet. Please type, record or send a photo first.",
    )


def letter_expected() -> Text:
    return say(
        "Ở đây nhận chữ, ghi âm và ảnh. Tệp khác xin đưa trực tiếp cho chi bộ.",
        "Text, voice messages and photos can be taken here. Please hand other files to the cell in person.",
    )


def edit_taken() -> Text:
    return say("✓ Đã thay bằng tin vừa sửa.", "✓ The changed message is taken over.")


def edit_of_sent_taken(*, ways_: Sequence[Way], zone: str) -> Text:
    return lines(
        say("✓ Đã sửa nội dung đã gửi theo tin vừa sửa.", "✓ What was sent now reads as you changed it."),
        ways(ways_, zone),
    )


def too_many_files(*, limit: int) -> Text:
    return say(
        "Mỗi lần gửi tối đa {n} ảnh, ghi âm. Mời gửi những cái này trước.",
        "At most {n} photos or voice messages at a time. Please send these first.",
        n=limit,
    )


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
    """`contacts`: whoever keeps in touch with the member is asked to phone, too."""
    head = say(
        "<b>{topic}</b> · {urgency}",
        "<b>{topic}</b> · {urgency}",
        topic=TOPICS[topic],
        urgency=HOW_URGENT[urgency],
    )
    notes = []
    if urgency == "urgent":
        notes.append(
            say(
                "Việc khẩn cấp được gửi ngay, cả ban đêm.",
                "An emergency is sent at once, at night as well.",
            )
        )
        if contacts:
            notes.append(
                say(
                    "Người giữ liên lạc cũng được nhắn để gọi cho đồng chí, không thấy nội dung.",
                    "Your contact is asked to phone you, too, and does not see what it is about.",
                )
            )
    else:
        late = [one for one in ways_ if one.at is not None and one.at > one.now]
        if late:
            notes.append(
                say(
                    "Nơi nhận đang là đêm: tin tới lúc {at}. Cần ngay thì chọn lại mức khẩn cấp, hoặc gọi điện.",
                    "It is night where it goes: it arrives at {at}. If you need help now, make it urgent, or phone.",
                    at=moment(min(one.at for one in late if one.at), zone),
                )
            )
    sees = who_sees(viewers=viewers, private=private)
    return paragraph(head, _written(text, files), sees, *([join(notes, " ")] if notes else []))


def petition_overview(*, to: str, text: str, files: int, by: date, seen_by: Sequence[str]) -> Text:
    names = join([raw(name) for name in seen_by], ", ")
    return paragraph(
        say("<b>Kiến nghị gửi {to}</b>", "<b>Petition to {to}</b>", to=to),
        _written(text, files),
        lines(
            say("Người trả lời: {names}.", "To be answered by: {names}.", names=names),
            say(
                "Hạn trả lời: hết {by}. Quá hạn thì cấp trên trực tiếp thấy được kiến nghị này, và đồng chí được báo.",
                "To be answered by {by}. After that the committee above sees it, and you are told.",
                by=weekday(by),
            ),
        ),
    )


def to_which_unit() -> Text:
    return say(
        "<b>Kiến nghị gửi tổ chức nào?</b>\nNơi nhận phải trả lời đồng chí trước một ngày hẹn. Gửi cấp ủy thì chi bộ không thấy "
        "nội dung.",
        "<b>Which body is the petition for?</b>\nIt owes you an answer by a set day. What goes to a committee is not shown "
        "to your cell.",
    )


def nobody_answers_there() -> Text:
    return say(
        "Nơi này hiện chưa có người nhận kiến nghị trong chương trình. Mời chọn nơi khác.",
        "Nobody there can take a petition in this program at the moment. Please choose another.",
    )


def put(*, to: str, by: date, ways_: Sequence[Way], zone: str) -> Text:
    return lines(
        say(
            "✓ Đã ghi kiến nghị gửi {to}. Hạn trả lời: hết {by}.",
            "✓ The petition to {to} is recorded. To be answered by {by}.",
            to=to,
            by=weekday(by),
        ),
        ways(ways_, zone),
    )


def word_left(*, ways_: Sequence[Way], zone: str) -> Text:
    return lines(
        say("✓ Đã ghi lời nhắn cho bí thư.", "✓ Your word to the secretary is recorded."),
        ways(ways_, zone),
        say(
            "Khi được đọc hoặc trả lời, đồng chí được báo.",
            "You are told when it is read or answered.",
        ),
    )


def who_sees(*, viewers: Sequence[str], private: bool) -> Text:
    names = join([raw(name) for name in viewers], ", ")
    if private:
        return say("Chỉ những người này thấy: {names}.", "Only these see it: {names}.", names=names)
    return say(
        "Bí thư và phó bí thư thấy được: {names}. Lâu không ai nhận, hoặc quá hẹn mà chưa xong, việc này được chuyển lên đảng ủy "
        "cấp trên, kèm tên và nội dung.",
        "Secretary and deputy see it: {names}. If nobody takes it, or a promised day goes by, it goes up to the committee "
        "above with your name and words.",
        names=names,
    )


def which_viewers(*, people: Sequence[tuple[str, str]], chosen: Sequence[str]) -> Text:
    """`people`: those on this page, and in what office: a button may have room for the name alone."""
    words = say(
        "<b>Ai được thấy việc này?</b>\nBấm để chọn hoặc bỏ chọn. Những người khác, kể cả bí thư, phó bí thư nếu không được chọn, không biết có việc này.",
        "<b>Who may see this?</b>\nTap to choose or to unchoose. Nobody else, secretary and deputy either, learns that it "
        "exists.",
    )
    rows = [say("• {name}: {role}", "• {name}: {role}", name=name, role=ROLES[role]) for name, role in people]
    said = [say("Đã chọn: {names}.", "Chosen: {names}.", names=", ".join(chosen))] if chosen else []
    return paragraph(words, lines(*rows), *said)


def viewer(*, name: str, role: str, chosen: bool) -> Text:
    """A button: who, and as what; the name alone, where a phone would cut the two."""
    mark = "✓ " if chosen else ""
    both = say("{mark}{name}, {role}", "{mark}{name}, {role}", mark=mark, name=name, role=ROLES[role])
    if max(len(both.to_plain(lang)) for lang in ("vi", "en")) <= LABEL:
        return both
    return raw(mark + fitting(name, LABEL - 2))


def choose_somebody() -> Text:
    return say("Mời chọn ít nhất một người.", "Please choose at least one person.")


def nobody_to_choose() -> Text:
    return say(
        "Hiện không có ai khác để chọn.",
        "There is nobody else to choose at the moment.",
    )


def viewer_unfit() -> Text:
    return say(
        "Người vừa chọn không còn phụ trách nữa. Mời chọn lại.",
        "Somebody you chose is no longer in charge. Please choose again.",
    )


def in_no_cell() -> Text:
    return say(
        "Đồng chí không thuộc chi bộ nào ở đây nên chưa gửi được. Mời liên hệ trực tiếp với đảng ủy.",
        "You belong to no cell here, so this cannot be sent. Please contact your committee directly.",
    )


def sent(*, ways_: Sequence[Way], zone: str) -> Text:
    return lines(
        say("✓ Đã ghi việc đồng chí nhờ hỗ trợ.", "✓ Your request for help is recorded."),
        ways(ways_, zone),
        say(
            "Có người nhận, đồng chí được báo kèm ngày hẹn.",
            "When somebody takes it you are told, with a day.",
        ),
    )


def reply_sent(*, ways_: Sequence[Way], zone: str) -> Text:
    return lines(say("✓ Đã ghi.", "✓ Recorded."), ways(ways_, zone))


def taken(*, owner: str, on: date) -> Text:
    return say(
        "Đồng chí {owner} đã nhận việc đồng chí nhờ hỗ trợ, hẹn đến hết {on}. Khi việc đã xong, mời bấm nút bên dưới.",
        "{owner} has taken your request and promises an answer by {on}. When it is settled, please tap the button below.",
        owner=owner,
        on=weekday(on),
    )


def promised(*, owner: str, on: date) -> Text:
    return say(
        "Đồng chí {owner} hẹn lại việc đồng chí nhờ: đến hết {on}.",
        "{owner} has named another day for your request: by {on}.",
        owner=owner,
        on=weekday(on),
    )


def helper_replied(*, name: str, text: str, files: int) -> Text:
    return paragraph(
        say("Đồng chí {name} viết về việc đồng chí nhờ:", "{name} writes about your request:", name=name),
        _written(text, files),
    )


def is_it_settled(*, owner: str) -> Text:
    return say(
        "Đồng chí {owner} cho rằng việc đồng chí nhờ đã xong. Có đúng không? Chỉ đồng chí mới kết thúc được việc này.",
        "{owner} thinks that what you asked for is settled. Is it? Only you can close it.",
        owner=owner or "?",
    )


def promise_lapsed(*, owner: str, on: date) -> Text:
    return say(
        "Đồng chí {owner} đã nhận việc đồng chí nhờ nhưng quá hẹn {on}; đồng chí ấy được nhắc hẹn lại. Việc vẫn đang mở.",
        "{owner} has taken your request, but the promised day, {on}, has gone by; they are asked for another. It stays open.",
        on=weekday(on),
        owner=owner,
    )


def lapsed_and_risen(*, owner: str, on: date, told: bool) -> Text:
    if not told:
        return paragraph(promise_lapsed(owner=owner, on=on), nobody_reached(private=True))
    return say(
        "Đồng chí {owner} đã nhận nhưng quá hẹn {on}; việc được báo thêm lên đảng ủy.",
        "{owner} has taken it, but is past the promised day, {on}; the committee above is told as well.",
        on=weekday(on),
        owner=owner,
    )


def still_open(*, kind: str, since: datetime, zone: str) -> Text:
    return say(
        "{what} từ {since} vẫn đang mở. Đồng chí còn cần không? Nếu cần sớm, xin gọi điện.",
        "{what} of {since} is still open. Do you still need it? If it presses, please phone.",
        what=_YOURS[kind],
        since=moment(since, zone),
    )


_YOURS: dict[str, Text] = {
    "help": say("Việc đồng chí nhờ hỗ trợ", "Your request for help"),
    "word": say("Lời nhắn của đồng chí cho bí thư", "Your word to the secretary"),
    "petition": say("Kiến nghị của đồng chí", "Your petition"),
}


def answer_overdue(*, to: str, by: date, above: Sequence[str]) -> Text:
    head = say(
        "Quá hạn {by} mà {to} chưa trả lời kiến nghị của đồng chí.",
        "{to} has not answered your petition by {by}.",
        to=to,
        by=weekday(by),
    )
    if not above:
        return paragraph(
            head,
            say(
                "Phía trên hiện không có ai nhận được tin ở đây; nơi nhận vẫn được nhắc.",
                "Above there is nobody who can be told here; those who owe it go on being reminded.",
            ),
        )
    names = join([raw(name) for name in above], ", ")
    return lines(
        head, say("Đã báo thêm lên cấp trên: {names}.", "The committee above is told: {names}.", names=names)
    )


def nobody_answered(*, kind: str) -> Text:
    if kind == "word":
        return say(
            "Lời nhắn của đồng chí chưa được trả lời, dù bí thư đã được nhắc nhiều lần. Cần sớm, mời gọi điện, hoặc gõ /hotro.",
            "Your word has not been answered, though the secretary was reminded several times. Please phone, or type /hotro.",
        )
    return say(
        "Kiến nghị của đồng chí vẫn chưa được trả lời, dù nơi nhận đã được nhắc nhiều lần. Kiến nghị vẫn đang mở.",
        "Your petition is still unanswered, though those who owe it were reminded several times. It stays open.",
    )


def answered(*, kind: str, name: str, text: str, files: int) -> Text:
    head = (
        say(
            "<b>Đồng chí {name} trả lời kiến nghị của đồng chí:</b>",
            "<b>{name} answers your petition:</b>",
            name=name,
        )
        if kind == "petition"
        else say(
            "<b>Đồng chí {name} trả lời lời nhắn của đồng chí:</b>",
            "<b>{name} answers your word:</b>",
            name=name,
        )
    )
    return paragraph(head, _written(text, files))


def was_read(*, by: str) -> Text:
    return say(
        "Đồng chí {by} đã đọc lời nhắn của đồng chí.", "{by} has read your word to the secretary.", by=by
    )


def owner_left(*, owner: str, told: int) -> Text:
    head = say(
        "Đồng chí {owner} không còn phụ trách nữa, nên việc đồng chí nhờ đang chờ người khác nhận.",
        "{owner} is no longer in charge, so your request waits for somebody else to take it.",
        owner=owner,
    )
    return head if told else paragraph(head, nobody_reached(private=True))


def passed_on(*, private: bool) -> Text:
    if private:
        return say(
            "Những người đồng chí chọn vẫn chưa trả lời; họ vừa được nhắc lần nữa. Đồng chí có thể cho thêm người thấy, hoặc "
            "gọi điện.",
            "Those you chose have not answered yet; they have just been called again. You may let somebody else see it, or "
            "phone.",
        )
    return say(
        "Chưa ai nhận việc đồng chí nhờ, nên việc này vừa được chuyển lên đảng ủy cấp trên.",
        "Nobody has taken your request yet, so it has just gone up to the committee above.",
    )


def nobody_reached(*, private: bool) -> Text:
    if private:
        return say(
            "Hiện chưa báo được cho ai trong số những người được thấy việc này. Mời cho thêm người thấy, hoặc gọi điện.",
            "None of those who may see your request can be told at the moment. Please let somebody else see it, or phone.",
        )
    return say(
        "Đã ghi, nhưng hiện chưa báo được cho bí thư, phó bí thư. Chương trình sẽ thử lại; cần sớm thì xin gọi điện.",
        "Noted, but nobody in charge can be told at the moment. It will be tried again; if you need help soon, please phone.",
    )


def thanks(*, kind: str) -> Text:
    if kind == "petition":
        return say("Đã ghi: đồng chí rút kiến nghị.", "Noted: the petition is taken back.")
    if kind == "word":
        return say("Đã ghi: lời nhắn không cần trả lời nữa.", "Noted: your word wants no answer any more.")
    return say(
        "Đã ghi: việc nhờ hỗ trợ đã xong. Người phụ trách sẽ thấy điều này.",
        "Noted: the request for help is settled. Whoever had it will see that.",
    )


def all_mine(*, count: int) -> Text:
    return say("Xem tất cả ({n})", "See all ({n})", n=count)


def goes_on() -> Text:
    return say(
        "Đã ghi: việc chưa xong. Người nhận được báo và sẽ làm tiếp.",
        "Noted: it is not settled. Whoever has it is told and goes on.",
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How a request stands: who has it, until when, and whether that day went by."""

    kind: str
    state: str
    owner: str
    on: date | None  # the day that was promised, or by which a petition is to be answered
    past: bool


def own_line(*, topic: str, standing: Standing) -> Text:
    what = SHORT_TOPICS[topic] if standing.kind == "help" else capital(KINDS[standing.kind])
    return say("{topic} · {how}", "{topic} · {how}", topic=what, how=_how(standing, short=True))


def _how(standing: Standing, *, short: bool = False) -> Text:
    """`short`: on a button."""
    if standing.kind == "help":
        return _how_help(standing, short=short)
    if standing.state == "closed":
        return say("đã trả lời", "answered") if standing.owner else say("đã rút", "taken back")
    if standing.on is None:
        return say("chưa trả lời", "not answered yet")
    on = raw(f"{standing.on:%d/%m}") if short else weekday(standing.on)
    if standing.past:
        return say("quá hạn trả lời {on}", "overdue since {on}", on=on)
    return say("chờ trả lời, hạn {on}", "to be answered by {on}", on=on)


def _how_help(standing: Standing, *, short: bool) -> Text:
    if standing.state == "closed":
        return say("đã xong", "settled")
    if standing.state == "proposed":
        return (
            say("cần trả lời", "waits for you")
            if short
            else say("chờ người nhờ xác nhận", "waits for the member's yes")
        )
    if not standing.owner or standing.on is None:
        return say("chưa nhận", "not taken") if short else say("chưa ai nhận", "nobody has it yet")
    on = raw(f"{standing.on:%d/%m}") if short else weekday(standing.on)
    if short:
        return say("quá hẹn {on}", "past {on}", on=on) if standing.past else say("hẹn {on}", "by {on}", on=on)
    if standing.past:
        return say(
            "đồng chí {owner} đã nhận nhưng quá hẹn {on}",
            "{owner} has it, past the promised day, {on}",
            owner=standing.owner,
            on=on,
        )
    return say("{owner}, hẹn {on}", "{owner}, by {on}", owner=standing.owner, on=on)


# --- the helpers' side ----------------------------------------------------------------------------------------------


def opened(*, name: str, topic: str, urgency: str, private: bool, where: Whereabouts) -> Text:
    head = say(
        "<b>Đồng chí {name} cần hỗ trợ</b>\n{topic} · {urgency}",
        "<b>{name} needs help</b>\n{topic} · {urgency}",
        name=name,
        topic=TOPICS[topic],
        urgency=HOW_URGENT[urgency],
    )
    words = lines(head, where_they_are(where))
    return paragraph(words, kept_private()) if private else words


def where_they_are(where: Whereabouts) -> Text:
    """Thôn Đông · Nhật Bản"""
    if not where.place_vi:
        return raw(where.cell)
    return say(
        "{cell} · {place}", "{cell} · {place}", cell=where.cell, place=named(where.place_vi, where.place_en)
    )


def call_them_now(*, name: str) -> Text:
    return say(
        "<b>Xin gọi ngay cho đồng chí {name}.</b>\nĐồng chí ấy vừa báo việc khẩn cấp với bí thư, phó bí thư.",
        "<b>Please phone {name} now.</b>\nThey have just reported an emergency to secretary and deputy.",
        name=name,
    )


def came(*, kind: str, name: str, where: Whereabouts, to: str, by: date | None) -> Text:
    """A word or a petition has come; what it says is read on its screen."""
    if kind == "word" or by is None:
        head = say(
            "<b>Đồng chí {name} có lời nhắn cho bí thư</b>",
            "<b>{name} has a word for the secretary</b>",
            name=name,
        )
        return lines(head, where_they_are(where))
    return lines(
        say(
            "<b>Đồng chí {name} gửi kiến nghị tới {to}</b>", "<b>{name} petitions {to}</b>", name=name, to=to
        ),
        where_they_are(where),
        say("Hạn trả lời: hết {by}", "To be answered by {by}", by=weekday(by)),
    )


def wrote_again(*, kind: str, name: str, by: date | None) -> Text:
    if kind == "word" or by is None:
        return say("Đồng chí {name} viết tiếp lời nhắn.", "{name} writes again.", name=name)
    return say(
        "Đồng chí {name} viết tiếp về kiến nghị. Hạn trả lời: hết {by}.",
        "{name} writes again about the petition. To be answered by {by}.",
        name=name,
        by=weekday(by),
    )


def was_answered(*, name: str, by: str) -> Text:
    return say(
        "Đồng chí {by} đã trả lời kiến nghị của đồng chí {name}.",
        "{by} has answered the petition of {name}.",
        name=name,
        by=by,
    )


def is_owed(*, kind: str, name: str, to: str, since: datetime, by: date | None, overdue: bool) -> Text:
    if kind == "word" or by is None:
        return say(
            "<b>Lời nhắn của đồng chí {name} từ {since} chưa được trả lời.</b>",
            "<b>The word of {name} of {since} waits for an answer.</b>",
            name=name,
            since=moment(since, HOME_ZONE),
        )
    if overdue:
        return say(
            "<b>Quá hạn trả lời: kiến nghị của đồng chí {name} gửi {to}, hạn {by}.</b>",
            "<b>Overdue: the petition of {name} to {to}, due {by}.</b>",
            name=name,
            to=to,
            by=weekday(by),
        )
    return say(
        "Kiến nghị của đồng chí {name} gửi {to} cần được trả lời chậm nhất hết {by}.",
        "The petition of {name} to {to} is to be answered by {by}.",
        name=name,
        to=to,
        by=weekday(by),
    )


def goes_as(*, topic: str, urgency: str) -> Text:
    """How a help that was asked for inside a report reaches the desk."""
    return say(
        "Việc cần hỗ trợ được gửi là: <b>{topic} · {urgency}</b>.",
        "The help you ask for goes as: <b>{topic} · {urgency}</b>.",
        topic=TOPICS[topic],
        urgency=HOW_URGENT[urgency],
    )


def kept_private() -> Text:
    return say(
        "Việc riêng: chỉ những người đồng chí ấy chọn mới thấy. Xin không kể với người khác.",
        "Private: only those whom the member chose see it. Please tell nobody else.",
    )


def changed(*, name: str) -> Text:
    return say(
        "Đồng chí {name} vừa sửa nội dung nhờ hỗ trợ.",
        "{name} has changed the text of the request.",
        name=name,
    )


def taken_from_you(*, name: str, owner: str) -> Text:
    return say(
        "Đồng chí {owner} đã nhận tiếp việc của đồng chí {name}; đồng chí không phải lo nữa.",
        "{owner} has taken over the request of {name}; it is no longer yours.",
        name=name,
        owner=owner,
    )


def handed(*, name: str, by: str, on: date) -> Text:
    return say(
        "Đồng chí {by} giao đồng chí giúp việc của đồng chí {name}, hẹn đến hết {on}.",
        "{by} hands you the request of {name}, promised by {on}.",
        name=name,
        by=by,
        on=weekday(on),
    )


def news_held_back() -> Text:
    """Of a private request, to a chat that has yet to be trusted: that there is news, and no more."""
    return say(
        "Có tin về một việc riêng của đồng chí. Mở được khi tài khoản trên máy này đã được xác nhận.",
        "There is news about something private of yours. It opens once the account on this phone has been confirmed.",
    )


def member_replied(*, name: str) -> Text:
    return say(
        "Đồng chí {name} vừa viết thêm về việc nhờ hỗ trợ.",
        "{name} has written about the request.",
        name=name,
    )


def not_settled_yet(*, name: str, on: date) -> Text:
    return say(
        "Đồng chí {name} cho biết việc nhờ hỗ trợ chưa xong. Hẹn mới: đến hết {on}.",
        "{name} says that it is not settled yet. The new day is {on}.",
        name=name,
        on=weekday(on),
    )


def closed(*, kind: str, name: str) -> Text:
    if kind == "petition":
        return say("Đồng chí {name} đã rút kiến nghị.", "{name} has taken the petition back.", name=name)
    if kind == "word":
        return say(
            "Lời nhắn của đồng chí {name} không cần trả lời nữa.",
            "The word of {name} wants no answer any more.",
            name=name,
        )
    return say(
        "Đồng chí {name} cho biết việc nhờ hỗ trợ đã xong. Cảm ơn đồng chí.",
        "{name} says that the request for help is settled. Thank you.",
        name=name,
    )


def risen(*, name: str, since: datetime, whom: str | None, you: bool) -> Text:
    """`whom`: whose turn it is now, a role; None: those whom the member chose. `you`: the reader is one of them."""
    return lines(
        say(
            "<b>Chưa có người nhận: đồng chí {name} nhờ hỗ trợ từ {since}.</b>",
            "<b>Nobody has taken it: {name} asked for help, {since}.</b>",
            name=name,
            since=moment(since, HOME_ZONE),
        ),
        _ASKED[whom] if you or whom is None else _TOLD[whom],
    )


_ASKED: dict[str | None, Text] = {
    None: say("Xin một đồng chí được chọn nhận giúp.", "One of those chosen is asked to take it."),
    "deputy": say("Xin đồng chí phó bí thư nhận giúp.", "The deputy is asked to take it."),
    "officer": say("Xin đảng ủy cấp trên giúp.", "The committee above is asked to help."),
}
_TOLD: dict[str, Text] = {
    "deputy": say("Đồng chí phó bí thư được nhờ nhận giúp.", "The deputy has been asked to take it."),
    "officer": say("Việc được báo lên đảng ủy cấp trên.", "The committee above is told."),
}


def still_nobody(*, name: str, since: datetime) -> Text:
    return say(
        "<b>Vẫn chưa có người nhận: đồng chí {name} nhờ hỗ trợ từ {since}.</b>\nXin một đồng chí nhận việc này.",
        "<b>Still nobody: {name} asked for help, {since}.</b>\nSomebody please take it.",
        name=name,
        since=moment(since, HOME_ZONE),
    )


def you_are_past_the_day(*, name: str, on: date) -> Text:
    """To whoever promised."""
    return say(
        "<b>Đồng chí đã quá hẹn {on}</b> với đồng chí {name}. Xin hẹn ngày khác, hoặc giao cho người khác.",
        "<b>You are past the day that you promised, {on},</b> to {name}. Please name another, or hand it on.",
        name=name,
        on=weekday(on),
    )


def lapsed(*, name: str, owner: str, on: date) -> Text:
    """To the others."""
    return say(
        "<b>Quá hẹn {on}:</b> đồng chí {owner} đã nhận giúp đồng chí {name} nhưng việc chưa xong. Ai giúp được, xin nhận tiếp.",
        "<b>Past the promised day, {on}:</b> {owner} took the request of {name}, and it is not settled. Whoever can, please "
        "take it over.",
        name=name,
        owner=owner,
        on=weekday(on),
    )


def released(*, name: str, owner: str) -> Text:
    return say(
        "Đồng chí {owner} không còn phụ trách; việc nhờ hỗ trợ của đồng chí {name} đang chờ người nhận.",
        "{owner} is no longer in charge; the request of {name} waits for somebody.",
        name=name,
        owner=owner,
    )


def no_word_from(*, name: str) -> Text:
    return say(
        "Đồng chí {name} chưa cho biết việc nhờ hỗ trợ đã xong hay chưa. Xin gọi điện hỏi; chỉ đồng chí ấy kết thúc được.",
        "{name} has not said whether the request is settled. Please phone; only they can close it.",
        name=name,
    )


def settled(*, owner: str | None, kind: str = "help") -> Text:
    if kind != "help":
        return say("Việc này đã được trả lời, hoặc đã được rút.", "This was answered, or taken back.")
    if owner:
        return say("Đồng chí {owner} đã nhận việc này.", "{owner} has taken this already.", owner=owner)
    return say("Việc này đã xong.", "This is settled already.")


def day_unfit(*, days: int) -> Text:
    return say(
        "Ngày hẹn phải từ hôm nay và không quá {n} ngày nữa. Mời chọn lại.",
        "The day must lie between today and {n} days from now. Please choose again.",
        n=days,
    )


def which_day(*, name: str) -> Text:
    return say(
        "Hẹn đồng chí {name} đến ngày nào? Bấm nút, hoặc gõ ngày, ví dụ 05/12.",
        "By which day, for {name}? Tap a button or type a day, for example 05/12.",
        name=name,
    )


def day_promised(*, on: date, ways_: Sequence[Way]) -> Text:
    return lines(say("✓ Đã hẹn đến hết {on}.", "✓ Promised by {on}.", on=weekday(on)), ways(ways_))


def read_noted(*, ways_: Sequence[Way]) -> Text:
    return lines(say("✓ Đã ghi là đã đọc.", "✓ Noted as read."), ways(ways_))


def took(*, on: date, ways_: Sequence[Way]) -> Text:
    return lines(
        say(
            "✓ Đồng chí đã nhận việc này, hẹn đến hết {on}.",
            "✓ You have taken this, by {on}.",
            on=weekday(on),
        ),
        ways(ways_),
    )


def member_asked(*, ways_: Sequence[Way]) -> Text:
    return lines(
        say(
            "✓ Đã ghi câu hỏi cho người nhờ. Việc kết thúc khi đồng chí ấy xác nhận.",
            "✓ The member is being asked. It is closed when they say yes.",
        ),
        ways(ways_),
    )


def to_whom() -> Text:
    return say("Giao việc này cho ai?", "Hand this to whom?")


def handed_on(*, name: str, ways_: Sequence[Way]) -> Text:
    return lines(say("✓ Đã giao cho đồng chí {name}.", "✓ Handed to {name}.", name=name), ways(ways_))


def for_me(*, count: int) -> Text:
    head = say(
        "<b>Kiến nghị, việc nhờ đồng chí giúp: {n}</b>", "<b>Petitions and requests for you: {n}</b>", n=count
    )
    return head if count else paragraph(head, say("Không có việc nào.", "There are none."))


def for_me_line(*, name: str, topic: str, kind: str = "help") -> Text:
    if kind != "help":
        return say("{name} · {kind}", "{name} · {kind}", name=name, kind=KINDS[kind])
    return say("{name} · {topic}", "{name} · {topic}", name=name, topic=TOPICS[topic])


# --- the committee's contact with a member ---------------------------------------------------------------------------


def contact_how(*, name: str) -> Text:
    return say(
        "Đồng chí đã liên hệ với {name} bằng cách nào? Bí thư, phó bí thư chi bộ và đồng chí ấy thấy được ghi chú này.",
        "How did you speak with {name}? Secretary, deputy and they themselves see this note.",
        name=name,
    )


def contact_what(*, name: str) -> Text:
    return say(
        "Kết quả ngắn gọn? {name} đọc được và sửa được. Không ghi chuyện sức khỏe, gia đình.",
        "The result, in short? {name} reads and may correct it. Nothing about health or family, please.",
        name=name,
    )


def contact_day_unfit(*, days: int) -> Text:
    return say(
        "Ngày liên hệ phải là hôm nay hoặc trong {n} ngày qua. Mời gõ lại.",
        "The day must be today or within the last {n} days. Please type it again.",
        n=days,
    )


def contact_noted(*, name: str) -> Text:
    return say(
        "✓ Đã ghi lần liên hệ với {name}. Chi bộ thấy ở phần diễn biến của đồng chí ấy.",
        "✓ The contact with {name} is noted. The cell sees it in their history.",
        name=name,
    )


def officer_spoke(*, by: str, name: str, on: date) -> Text:
    """To secretary and deputy."""
    return say(
        "Đồng chí {by} (cấp ủy) đã liên hệ với đồng chí {name} ngày {on} và ghi lại.",
        "{by}, of the committee, spoke with {name} on {on} and noted it.",
        by=by,
        name=name,
        on=day(on),
    )


def owed(*, count: int, overdue: int, since: date) -> Text:
    """Answers that units owe, without a name."""
    late = say(", quá hạn {n}", ", overdue {n}", n=overdue) if overdue else EMPTY
    return say(
        "Kiến nghị chưa trả lời: <b>{n}</b>{late}; lâu nhất từ {since}.",
        "Petitions not answered: <b>{n}</b>{late}; the oldest of {since}.",
        n=count,
        late=late,
        since=day(since),
    )


# --- one request ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One reply of the thread."""

    name: str
    at: datetime
    text: str
    files: int


def shown(
    *,
    name: str,
    where: Whereabouts,
    topic: str,
    urgency: str,
    text: str,
    opened_at: datetime,
    zone: str,
    standing: Standing,
    to: str,
    private: bool,
    deliveries: Sequence[Delivery],
    thread: Sequence[Line],
    left_out: int,
) -> Text:
    """`name` empty: the reader's own; `to`: whom a petition was put to."""
    head = _head(name=name, kind=standing.kind, to=to)
    kind = [
        say("{topic} · {urgency}", "{topic} · {urgency}", topic=TOPICS[topic], urgency=HOW_URGENT[urgency])
    ]
    if standing.kind != "help":
        kind = []
    if name:
        kind.append(where_they_are(where))
    body = (
        say("<blockquote>{text}</blockquote>", "<blockquote>{text}</blockquote>", text=text)
        if text
        else EMPTY
    )
    facts = [say("Ghi lúc: {at}", "Recorded: {at}", at=moment(opened_at, zone))]
    facts.append(say("Tình trạng: {how}", "Now: {how}", how=_how(standing)))
    facts += [_delivery(one, zone) for one in deliveries]
    if private:
        facts.append(kept_private() if name else say("Việc riêng.", "Private."))
    more = [say("… {n} tin trước", "… {n} earlier ones", n=left_out)] if left_out else []
    said = [_line(one, zone) for one in thread]
    return paragraph(lines(head, *kind), *([body] if text else []), lines(*facts), *more, *said)


def _head(*, name: str, kind: str, to: str) -> Text:
    if kind == "word":
        return (
            say("<b>Lời nhắn của {name}</b>", "<b>A word from {name}</b>", name=name)
            if name
            else say("<b>Lời nhắn của đồng chí cho bí thư</b>", "<b>Your word to the secretary</b>")
        )
    if kind == "petition":
        return (
            say("<b>Kiến nghị của {name} gửi {to}</b>", "<b>Petition of {name} to {to}</b>", name=name, to=to)
            if name
            else say("<b>Kiến nghị của đồng chí gửi {to}</b>", "<b>Your petition to {to}</b>", to=to)
        )
    return (
        say("<b>{name} cần hỗ trợ</b>", "<b>{name} needs help</b>", name=name)
        if name
        else say("<b>Việc đồng chí nhờ</b>", "<b>Your request</b>")
    )


def _line(one: Line, zone: str) -> Text:
    head = say("<b>{name}</b>, {at}:", "<b>{name}</b>, {at}:", name=one.name, at=moment(one.at, zone))
    return lines(head, _written(one.text, one.files))


def a_file(*, name: str, at: datetime, zone: str) -> Text:
    return say("{name}, {at}", "{name}, {at}", name=name, at=moment(at, zone))
