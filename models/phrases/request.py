"""Words about requests for help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import HOME_ZONE, Text, day, join, moment, raw, say, weekday

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
FOR_ME = say("Việc nhờ tôi giúp", "Requests for me")
NUMBERS = say("Số khẩn cấp nơi tôi đang ở", "Emergency numbers where I am")
SHARE = say("Cho thêm người thấy", "Let somebody else see it")
REWRITE = say("Viết lại", "Write again")
WORDS_DONE = say("Xong, xem lại", "Done, look it over")
PRIVATE = say("Chỉ cho một số người thấy", "Only some people may see it")
PLAIN = say("Thôi, cả chi ủy thấy được", "No, secretary and deputy may see it")
CHANGE_WORDS = say("Sửa nội dung", "Change the text")
VIEWERS_DONE = say("Xong", "Done")
TODAY = say("Hôm nay", "Today")
TOMORROW = say("Ngày mai", "Tomorrow")
IN_THREE = say("Ba ngày nữa", "In three days")
IN_SEVEN = say("Một tuần nữa", "In a week")
ASKING = say("việc nhờ chi bộ hỗ trợ", "a request for help")
ANSWERING = say("trả lời về một việc nhờ hỗ trợ", "an answer about a request")
PROMISING = say("hẹn ngày cho một việc nhờ hỗ trợ", "a day for a request")
SHARING = say("chọn người được thấy việc nhờ hỗ trợ", "who may see a request")

TOPICS: dict[str, Text] = {
    "accident": say("Tai nạn", "Accident"),
    "wages": say("Tiền lương, việc làm", "Wages, work"),
    "illness": say("Ốm đau", "Illness"),
    "papers": say("Giấy tờ", "Papers"),
    "disaster": say("Thiên tai, dịch bệnh", "Disaster, epidemic"),
    "other": say("Việc khác", "Something else"),
}
URGENCIES: dict[str, Text] = {
    "urgent": say("Khẩn cấp, ngay bây giờ", "Urgent, now"),
    "soon": say("Trong vài ngày", "Within days"),
    "normal": say("Không gấp", "Not urgent"),
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
        "<b>Đồng chí cần chi bộ hỗ trợ việc gì?</b>\nNguy hiểm đến tính mạng thì gọi số khẩn cấp trước.",
        "<b>What do you need help with?</b>\nIf life is in danger, call the emergency number first.",
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


def write_here(*, name: str, text: str, files: int) -> Text:
    ask = say(
        "Mời viết cho {name}: gõ chữ, ghi âm hoặc gửi ảnh, rồi bấm “Gửi”.",
        "Please write to {name}: type, record or send photos, then touch “Send”.",
        name=name,
    )
    return paragraph(ask, _written(text, files)) if text or files else ask


def write_to_cell(*, text: str, files: int) -> Text:
    ask = say(
        "Mời viết thêm: gõ chữ, ghi âm hoặc gửi ảnh, rồi bấm “Gửi”.",
        "Please write: type, record or send photos, then touch “Send”.",
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


def too_many_files(*, limit: int) -> Text:
    return say(
        "Mỗi lần gửi tối đa {n} ảnh, ghi âm. Mời gửi những cái này trước.",
        "At most {n} photos or voice messages at a time. Please send these first.",
        n=limit,
    )


def overview(
    *, topic: str, urgency: str, text: str, files: int, viewers: Sequence[str], private: bool, night: bool
) -> Text:
    head = say(
        "<b>{topic}</b> · {urgency}",
        "<b>{topic}</b> · {urgency}",
        topic=TOPICS[topic],
        urgency=HOW_URGENT[urgency],
    )
    late = say(
        "Ở Việt Nam đang là đêm: tin tới lúc 07:00 sáng. Cần ngay thì xin gọi điện.",
        "It is night in Vietnam: this arrives at 07:00 there. If you need help now, please phone.",
    )
    return paragraph(
        head, _written(text, files), who_sees(viewers=viewers, private=private), *([late] if night else [])
    )


def who_sees(*, viewers: Sequence[str], private: bool) -> Text:
    names = join([raw(name) for name in viewers], ", ")
    if private:
        return say("Chỉ những người này thấy: {names}.", "Only these see it: {names}.", names=names)
    return say(
        "Bí thư và phó bí thư thấy được: {names}. Lâu không ai nhận thì việc này được chuyển lên đảng ủy cấp trên, kèm tên và nội dung.",
        "Secretary and deputy see it: {names}. If nobody takes it, it goes up to the committee above with your name and words.",
        names=names,
    )


def which_viewers() -> Text:
    return say(
        "<b>Ai được thấy việc này?</b>\nBấm để chọn hoặc bỏ chọn. Những người khác, kể cả trong chi ủy, không biết có việc này.",
        "<b>Who may see this?</b>\nTouch to choose or to unchoose. Nobody else, in the cell's office either, learns that it "
        "exists.",
    )


def viewer(*, name: str, role: str, chosen: bool) -> Text:
    if chosen:
        return say("✓ {name}, {role}", "✓ {name}, {role}", name=name, role=ROLES[role])
    return say("{name}, {role}", "{name}, {role}", name=name, role=ROLES[role])


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


def sent(*, names: Sequence[str], night: bool) -> Text:
    who = join([raw(name) for name in names], ", ")
    if not names:
        return nobody_reached(private=False)
    if night:
        return say(
            "✓ Đã ghi. Ở Việt Nam đang là đêm: {who} nhận được lúc 07:00 sáng. Cần ngay thì xin gọi điện.",
            "✓ Noted. It is night in Vietnam: {who} will get it at 07:00. If you need help now, please phone.",
            who=who,
        )
    return say(
        "✓ Đã gửi tới {who}. Có người nhận, đồng chí sẽ được báo kèm ngày hẹn.",
        "✓ Sent to {who}. When somebody takes it you are told, with a day.",
        who=who,
    )


def reply_sent() -> Text:
    return say("✓ Đã gửi.", "✓ Sent.")


def taken(*, owner: str, on: date) -> Text:
    return say(
        "Đồng chí {owner} đã nhận việc đồng chí nhờ hỗ trợ, hẹn đến hết {on}. Khi việc đã xong, mời bấm nút bên dưới.",
        "{owner} has taken your request and promises an answer by {on}. When it is settled, please touch the button below.",
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
        "Đã qua ngày hẹn {on} mà đồng chí {owner} chưa trả lời xong việc đồng chí nhờ. Chi bộ đã được nhắc; việc vẫn đang mở.",
        "The promised day, {on}, has gone by, and {owner} has not settled your request. The cell has been told; it stays "
        "open.",
        on=weekday(on),
        owner=owner,
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
        "Đã ghi, nhưng hiện chưa báo được cho ai trong chi ủy. Chương trình sẽ thử lại; cần sớm thì xin gọi điện.",
        "Noted, but nobody in charge can be told at the moment. It will be tried again; if you need help soon, please phone.",
    )


def thanks() -> Text:
    return say(
        "Đã ghi: việc nhờ hỗ trợ đã xong. Chi bộ được báo.",
        "Noted: the request for help is settled. The cell is told.",
    )


def goes_on() -> Text:
    return say(
        "Đã ghi: việc chưa xong. Người nhận được báo và sẽ làm tiếp.",
        "Noted: it is not settled. Whoever has it is told and goes on.",
    )


def own_line(*, topic: str, state: str, owner: str, on: date | None) -> Text:
    return say(
        "{topic} · {how}", "{topic} · {how}", topic=TOPICS[topic], how=_how(state=state, owner=owner, on=on)
    )


def _how(*, state: str, owner: str, on: date | None) -> Text:
    if state == "closed":
        return say("đã xong", "settled")
    if state == "proposed":
        return say("chờ người nhờ xác nhận", "waits for the member's yes")
    if owner and on:
        return say("{owner}, hẹn {on}", "{owner}, by {on}", owner=owner, on=weekday(on))
    return say("chưa ai nhận", "nobody has it yet")


# --- the helpers' side ----------------------------------------------------------------------------------------------


def opened(*, name: str, topic: str, urgency: str, private: bool) -> Text:
    head = say(
        "<b>Đồng chí {name} cần hỗ trợ</b>\n{topic} · {urgency}",
        "<b>{name} needs help</b>\n{topic} · {urgency}",
        name=name,
        topic=TOPICS[topic],
        urgency=HOW_URGENT[urgency],
    )
    return paragraph(head, kept_private()) if private else head


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


def closed(*, name: str) -> Text:
    return say(
        "Đồng chí {name} cho biết việc nhờ hỗ trợ đã xong. Cảm ơn đồng chí.",
        "{name} says that the request for help is settled. Thank you.",
        name=name,
    )


def risen(*, name: str, since: datetime, level: int) -> Text:
    whom = (
        say("Xin đồng chí phó bí thư nhận giúp.", "The deputy is asked to take it.")
        if level < 2
        else say("Xin đảng ủy cấp trên giúp.", "The committee above is asked to help.")
    )
    return lines(
        say(
            "<b>Chưa có người giải quyết: đồng chí {name} nhờ hỗ trợ từ {since}.</b>",
            "<b>Unanswered: {name} asked for help, {since}.</b>",
            name=name,
            since=moment(since, HOME_ZONE),
        ),
        whom,
    )


def still_nobody(*, name: str, since: datetime) -> Text:
    return say(
        "<b>Vẫn chưa có người giải quyết: đồng chí {name} nhờ hỗ trợ từ {since}.</b>\nXin một đồng chí nhận việc này.",
        "<b>Still unanswered: {name} asked for help, {since}.</b>\nSomebody please take it.",
        name=name,
        since=moment(since, HOME_ZONE),
    )


def lapsed(*, name: str, owner: str, on: date) -> Text:
    return say(
        "<b>Đã qua ngày hẹn {on}</b> với đồng chí {name}; người hẹn: đồng chí {owner}. Xin hẹn lại, hoặc để người khác nhận.",
        "<b>The promised day, {on}, has gone by</b> for {name}; it was promised by {owner}. Please name another day, or let "
        "somebody else take it.",
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


def settled(*, owner: str | None) -> Text:
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
        "By which day, for {name}? Touch a button or type a day, for example 05/12.",
        name=name,
    )


def day_promised(*, on: date) -> Text:
    return say(
        "✓ Đã hẹn đến hết {on}; người nhờ đã được báo.",
        "✓ Promised by {on}; the member is told.",
        on=weekday(on),
    )


def member_asked() -> Text:
    return say(
        "✓ Đã hỏi người nhờ. Việc kết thúc khi đồng chí ấy xác nhận.",
        "✓ The member has been asked. It is closed when they say yes.",
    )


def to_whom() -> Text:
    return say("Giao việc này cho ai?", "Hand this to whom?")


def handed_on(*, name: str) -> Text:
    return say(
        "✓ Đã giao cho đồng chí {name}; hai bên đã được báo.", "✓ Handed to {name}; both are told.", name=name
    )


def for_me(*, count: int) -> Text:
    head = say("<b>Việc nhờ đồng chí giúp: {n}</b>", "<b>Requests for you: {n}</b>", n=count)
    return head if count else paragraph(head, say("Không có việc nào.", "There are none."))


def for_me_line(*, name: str, topic: str) -> Text:
    return say("{name} · {topic}", "{name} · {topic}", name=name, topic=TOPICS[topic])


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
    topic: str,
    urgency: str,
    text: str,
    opened_at: datetime,
    zone: str,
    state: str,
    owner: str,
    on: date | None,
    private: bool,
    thread: Sequence[Line],
    left_out: int,
) -> Text:
    """`name` empty: the reader's own."""
    head = (
        say("<b>{name} cần hỗ trợ</b>", "<b>{name} needs help</b>", name=name)
        if name
        else say("<b>Việc đồng chí nhờ</b>", "<b>Your request</b>")
    )
    kind = say("{topic} · {urgency}", "{topic} · {urgency}", topic=TOPICS[topic], urgency=HOW_URGENT[urgency])
    body = (
        say("<blockquote>{text}</blockquote>", "<blockquote>{text}</blockquote>", text=text)
        if text
        else EMPTY
    )
    facts = [say("Gửi lúc: {at}", "Sent: {at}", at=moment(opened_at, zone))]
    facts.append(say("Tình trạng: {how}", "Now: {how}", how=_how(state=state, owner=owner, on=on)))
    if private:
        facts.append(kept_private() if name else say("Việc riêng.", "Private."))
    more = [say("… {n} tin trước", "… {n} earlier ones", n=left_out)] if left_out else []
    said = [_line(one, zone) for one in thread]
    return paragraph(lines(head, kind), *([body] if text else []), lines(*facts), *more, *said)


def _line(one: Line, zone: str) -> Text:
    head = say("<b>{name}</b>, {at}:", "<b>{name}</b>, {at}:", name=one.name, at=moment(one.at, zone))
    return lines(head, _written(one.text, one.files))


def a_file(*, name: str, at: datetime, zone: str) -> Text:
    return say("{name}, {at}", "{name}, {at}", name=name, at=moment(at, zone))
