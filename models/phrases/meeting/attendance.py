"""Words of joining a meeting, of the roll call, and of what comes after. The link stands in no words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.contact.reach import by_hand, listed
from models.phrases.text import HOME_ZONE, LABEL, Text, day, fitting, join, moment, named, raw, say

ENTER = say("Vào họp trực tuyến", "Join online")
HERE = say("Tôi đang dự họp", "I am at the meeting")
HERE_AS: dict[str, Text] = {
    "online": say("Tôi dự trực tuyến", "I am there online"),
    "in person": say("Tôi có mặt tại phòng họp", "I am in the room"),
}
LEFT = say("Tôi rời cuộc họp", "I am leaving")
AGAIN = say("Vào lại họp trực tuyến", "Join online again")
ROLL_START = say("Điểm danh đầu giờ", "Roll call at the start")
ROLL_END = say("Điểm danh cuối giờ", "Roll call at the end")
AFTER = say("Điểm danh, biên bản", "Attendance and minutes")
MINUTES = say("Tải biên bản (.docx)", "Minutes (.docx)")
CONCLUDE = say("Gửi kết luận cho người vắng", "Send conclusions to the absent")
CONCLUDE_AGAIN = say("Gửi kết luận đã sửa", "Send corrected conclusions")
READERS = say("Ai đã đọc kết luận", "Who has read the conclusions")
GIVE_TASK = say("Giao nhiệm vụ", "Give a task")
CLOSE = say("Đóng cuộc họp", "Close the meeting")
NOT_HELD = say("Không họp", "It was not held")
NOT_HELD_YES = say("Đúng, không họp", "Yes, it was not held")
FILED = say("Biên bản đã ký, đã lưu", "Minutes are signed and filed")
CLOSE_YES = say("Đúng, đóng", "Yes, close it")
OPEN = say("Xem kết luận", "See the conclusions")
READ = say("Đã đọc", "I have read it")
SEND = say("Gửi", "Send")
YES_REST = say("Đúng, ghi vắng không lý do", "Yes, absent without a reason")
NAMES = say("‹ Danh sách điểm danh", "‹ The roll")

ABOUT = say("gửi kết luận cuộc họp", "sending conclusions")

HOWS: dict[str, Text] = {
    "in person": say("có mặt tại phòng", "in the room"),
    "online": say("trực tuyến", "online"),
    "excused": say("vắng có lý do", "absent with a reason"),
    "unexcused": say("vắng không lý do", "absent without a reason"),
    "left": say("về sớm", "left early"),
}
WORDS: dict[str, Text] = {
    "in person": say("Có mặt tại phòng", "In the room"),
    "online": say("Trực tuyến", "Online"),
    "left": say("Về trước khi kết thúc", "Left before the end"),
    "excused": say("Vắng có lý do", "Absent with a reason"),
    "unexcused": say("Vắng không lý do", "Absent without a reason"),
}
UNKNOWN = say("chưa rõ", "not known")
EXEMPT = say("được miễn", "exempt")
SAID: dict[str, Text] = {
    "link": say("mở đường dẫn riêng", "opened their link"),
    "self": say("tự báo", "said so"),
    "start": say("điểm danh đầu giờ", "roll call at the start"),
    "end": say("điểm danh cuối giờ", "roll call at the end"),
}

# --- to the invited -------------------------------------------------------------------------------------------------


AGREE = say(
    "Khi bấm vào họp, Telegram có thể hỏi có đăng nhập không: mời đồng ý, nhờ vậy không ai khác vào thay được.",
    "When you join, Telegram may ask whether to log in: please agree, so that nobody else can come in your place.",
)


class Way(StrEnum):
    """What there is to say of the way in."""

    OWN = "own"  # a link of one's own
    SHARED = "shared"  # the meeting's link, the same for all
    AWAITED = "awaited"  # it is to be joined by a link, and there is none yet
    ROOM = "room"  # there is none: one sits in the room


_WAYS: dict[Way, Text] = {
    Way.OWN: say(
        "Vào họp rồi, mời bấm “Tôi đang dự họp”. Các nút dưới đây là của riêng đồng chí, mời không chuyển cho người khác.",
        "Once you are in, please tap “I am at the meeting”. The buttons below are yours alone; please do not pass them on.",
    ),
    Way.SHARED: say(
        "Vào họp rồi, mời bấm “Tôi đang dự họp”. Đường dẫn chỉ dành cho người được mời, mời không chuyển cho người khác.",
        "Once you are in, please tap “I am at the meeting”. The link is for those invited only; please do not pass it on.",
    ),
    Way.AWAITED: say(
        "<b>Chưa có đường dẫn vào họp.</b> Khi bí thư, phó bí thư đưa đường dẫn, tin mới được gửi ngay.",
        "<b>There is no link yet.</b> As soon as the secretary or deputy gives it, another message follows.",
    ),
    Way.ROOM: say(
        "Đến nơi rồi, mời bấm “Tôi đang dự họp”.", "Once you are there, please tap “I am at the meeting”."
    ),
}


def without_link(*, starts_at: datetime, awaited: bool, out: Sequence[tuple[str, str]]) -> Text:
    """To the desk, half an hour before. `awaited`: nobody has a link; `out`: whom no link reaches, and why."""
    at = moment(starts_at, HOME_ZONE)
    parts = [say("Sắp đến giờ họp {at}.", "The meeting of {at} is near.", at=at)]
    if awaited:
        parts.append(
            say(
                "<b>Chưa có đường dẫn vào họp</b>, nên chưa ai nhận được. Mời mở cuộc họp, bấm “Thay đổi” rồi dán đường dẫn.",
                "<b>There is no link yet</b>, so nobody has one. Please open the meeting, tap “Change” and paste it.",
            )
        )
    if out:
        parts.append(_no_way_in(out))
    return lines(*parts)


def _no_way_in(out: Sequence[tuple[str, str]]) -> Text:
    return say(
        "Đường dẫn vào họp không tới được những đồng chí sau. {people}",
        "The way in does not reach some. {people}",
        people=by_hand(out=out),
    )


def link(*, soon: bool, starts_at: datetime, zone: str, place: str, way: Way, proves: bool = False) -> Text:
    """The button says where to; these words may be seen by others. `proves`: Telegram says who taps it."""
    at = moment(starts_at, zone)
    if soon:
        head = say("Cuộc họp bắt đầu lúc {at}.", "The meeting begins at {at}.", at=at)
    else:
        head = say("Đã đến giờ họp: {at}.", "The meeting begins now: {at}.", at=at)
    where = say("Dự trực tiếp tại: {place}.", "In person at: {place}.", place=place) if place else EMPTY
    return lines(
        *(part for part in (head, where, _WAYS[way], AGREE if proves else EMPTY) if part is not EMPTY)
    )


def ways(*, starts_at: datetime, zone: str, way: Way, proves: bool = False) -> Text:
    words = say(
        "Cuộc họp {at}. {way}", "The meeting of {at}. {way}", at=moment(starts_at, zone), way=_WAYS[way]
    )
    return lines(words, AGREE) if proves else words


def which_way() -> Text:
    return say("Đồng chí đang dự họp bằng cách nào?", "How are you attending?")


def here(*, how: str, since: datetime, zone: str) -> Text:
    return say(
        "Đã ghi: đồng chí dự họp ({how}) từ {since}. Cuối giờ bí thư điểm danh lại.",
        "Noted: you are at the meeting ({how}) since {since}. The secretary calls the names again at the end.",
        how=HOWS[how],
        since=moment(since, zone),
    )


def gone(*, at: datetime, zone: str) -> Text:
    return say("Đã ghi: đồng chí rời cuộc họp lúc {at}.", "Noted: you left at {at}.", at=moment(at, zone))


def concluded(*, starts_at: datetime, zone: str, again: bool) -> Text:
    if again:
        return say(
            "Kết luận cuộc họp {at} đã được sửa. Mời đồng chí xem lại rồi bấm “Đã đọc”.",
            "The conclusions of the meeting of {at} were corrected. Please read them and tap “I have read it”.",
            at=moment(starts_at, zone),
        )
    return say(
        "Đã có kết luận cuộc họp {at} mà đồng chí không dự. Mời xem rồi bấm “Đã đọc”.",
        "There are conclusions of the meeting of {at}, that you missed. Please read them and tap “I have read "
        "it”.",
        at=moment(starts_at, zone),
    )


def conclusion(*, starts_at: datetime, zone: str, text: str, file: bool, newer: bool) -> Text:
    head = say("<b>Kết luận cuộc họp {at}</b>", "<b>Conclusions of {at}</b>", at=moment(starts_at, zone))
    parts = [head]
    if newer:
        parts.append(say("Đây là bản đã được sửa.", "This is the corrected version."))
    if text:
        parts.append(raw(text))
    if file:
        parts.append(say("Tệp gửi kèm ở dưới.", "The file is below."))
    return paragraph(*parts)


def file_caption() -> Text:
    return say("Kết luận cuộc họp", "Conclusions of the meeting")


def read_back() -> Text:
    return say("Đã ghi nhận đồng chí đã đọc. Cảm ơn đồng chí.", "Noted that you have read it. Thank you.")


# --- to the desk ----------------------------------------------------------------------------------------------------


def begins(
    *, starts_at: datetime, way: Way | None, out: Sequence[tuple[str, str]], proves: bool = False
) -> Text:
    """`way`: of the reader's own way in, where it stands below, too; `proves`: Telegram says who taps it; `out`: who has none."""
    words = say(
        "Đến giờ họp ({at}). Mời điểm danh; ai đã tự báo đang dự thì được ghi sẵn.",
        "The meeting begins ({at}). Please call the names; whoever said that they are there is noted already.",
        at=moment(starts_at, HOME_ZONE),
    )
    return lines(
        words,
        *([_WAYS[way]] if way is not None else []),
        *([AGREE] if proves else []),
        *([_no_way_in(out)] if out else []),
    )


def ends(*, starts_at: datetime) -> Text:
    return say(
        "Cuộc họp {at} đã hết giờ dự kiến. Mời điểm danh cuối giờ, tải biên bản và gửi kết luận cho người vắng.",
        "The meeting of {at} has reached its planned end. Please call the names once more, fetch the minutes and send "
        "the conclusions to those who were absent.",
        at=moment(starts_at, HOME_ZONE),
    )


def overview(
    *,
    kind: Text,
    starts_at: datetime,
    state: Text,
    counts: Sequence[tuple[str, int]],
    quorum: Text,
    open_count: int,
    concluded: str,
    unfiled: bool,
    filed_on: datetime | None,
    nowhere: Sequence[tuple[str, str]],
) -> Text:
    """`counts`: in person, online, excused, unexcused, unknown, exempt; `concluded`: what is known of the receipts;
    `filed_on`: when the minutes were said to be filed; `nowhere`: whom no way in reaches, and why."""
    head = say(
        "<b>{kind}</b>, {at} ({state})",
        "<b>{kind}</b>, {at} ({state})",
        kind=kind,
        at=moment(starts_at, HOME_ZONE),
        state=state,
    )
    shown = [
        say("{what}: {count}", "{what}: {count}", what=COUNTED[what], count=count)
        for what, count in counts
        if count
    ]
    parts = [head, join(shown) if shown else UNKNOWN, quorum]
    if open_count:
        parts.append(
            say(
                "Còn {count} người chưa rõ có dự hay không: chương trình không tự ghi vắng, mời điểm danh.",
                "Of {count} nobody has said whether they were there: nothing is assumed, please call the names.",
                count=open_count,
            )
        )
    if concluded:
        parts.append(
            say("Kết luận: {read} người vắng đã đọc.", "Conclusions: read by {read}.", read=concluded)
        )
    if unfiled:
        parts.append(
            say(
                "<b>Biên bản chưa ghi là đã ký, đã lưu</b>: việc này còn trên màn hình chi bộ.",
                "<b>The minutes are not noted as signed and filed</b>: that stays on the cell's screen.",
            )
        )
    if filed_on is not None:
        on = moment(filed_on, HOME_ZONE)
        parts.append(
            say("Biên bản: ghi đã ký, đã lưu {on}.", "Minutes: noted as signed and filed {on}.", on=on)
        )
    if nowhere:
        parts.append(_no_way_in(nowhere))
    return paragraph(*parts)


COUNTED: dict[str, Text] = {
    "in person": say("Có mặt trực tiếp", "In person"),
    "online": say("Có mặt trực tuyến", "Online"),
    "excused": say("Vắng có lý do", "Absent with a reason"),
    "unexcused": say("Vắng không lý do", "Absent without a reason"),
    "unknown": say("Chưa rõ", "Not known"),
    "exempt": say("Được miễn, không dự (không tính vắng)", "Exempt, not there (not counted as absent)"),
}


def quorum(
    *, voting: int, voting_there: int, needed: int, counted: int, there: int, percent: str, good_percent: int
) -> Text:
    """Counts beside the policy's marks; what follows from them is for people to say."""
    return lines(
        say(
            "Có quyền biểu quyết: {there}/{all} có mặt (quá nửa là từ {needed}).",
            "With a vote: {there} of {all} are there (more than half: {needed}).",
            there=voting_there,
            all=voting,
            needed=needed,
        ),
        say(
            "Tính cả dự bị, không tính người được miễn: {there}/{all}, {percent}% (mức tốt: trên {good}%).",
            "With the probationary, without the exempt: {there} of {all}, {percent}% (good: above {good}%).",
            there=there,
            all=counted,
            percent=named(percent, percent.replace(",", ".")),
            good=good_percent,
        ),
    )


def roll(*, end: bool, count: int, open_count: int) -> Text:
    head = (
        say("<b>Điểm danh cuối giờ</b>", "<b>Roll call at the end</b>")
        if end
        else say("<b>Điểm danh đầu giờ</b>", "<b>Roll call at the start</b>")
    )
    stands = say(
        "{count} người được mời, chưa rõ: {open}.",
        "Invited: {count}, not known: {open}.",
        count=count,
        open=open_count,
    )
    how = say(
        "Bấm vào tên để ghi. Điều người dự tự báo và điều điểm danh đều được giữ lại.",
        "Tap a name. What people say themselves and what the roll call says are both kept.",
    )
    return paragraph(head, stands, how)


def roll_line(*, name: str, how: str | None, capacity: str, since: str, until: str) -> Text:
    """An: trực tuyến 20:05–21:10. `capacity`: votes, no vote, invitee."""
    what = SHORT[how] if how is not None else EXEMPT if capacity == "invitee" else UNKNOWN
    times = f" {since}" + (f"–{until}" if until else "") if since else f" –{until}" if until else ""
    short = fitting(name, LABEL - len(what.vi) - len(times) - 2)
    return say("{name}: {what}{times}", "{name}: {what}{times}", name=short, what=what, times=times)


def one(
    *, name: str, how: str | None, capacity: str, said: Sequence[tuple[str, str, datetime, str]], zone: str
) -> Text:
    """Everything that was said of one person's presence: (who said, how, when, by whom)."""
    stands = HOWS[how] if how is not None else EXEMPT if capacity == "invitee" else UNKNOWN
    head = say("<b>{name}</b>: {what}", "<b>{name}</b>: {what}", name=name, what=stands)
    more = CAPACITIES.get(capacity, EMPTY)
    rows = [
        say(
            "{at}: {how} ({who}{by})",
            "{at}: {how} ({who}{by})",
            at=moment(at, zone),
            how=HOWS[what],
            who=SAID[who],
            by=f", {by}" if by else "",
        )
        for who, what, at, by in said
    ]
    kept = [join(rows)] if rows else [say("Chưa ai ghi gì.", "Nobody has said anything yet.")]
    return paragraph(*([head, more] if more is not EMPTY else [head]), *kept)


CAPACITIES: dict[str, Text] = {
    "votes": EMPTY,
    "no vote": say("Đảng viên dự bị: không biểu quyết.", "Probationary: no vote."),
    "invitee": say(
        "Được miễn sinh hoạt: dự thì ghi, không dự không tính là vắng.", "Exempt: not coming is not absence."
    ),
}


def rest(*, how: str, count: int) -> Text:
    """One button for all of whom nothing is known and whom the word fits."""
    return say("{who}: {how}", "{who}: {how}", who=_REST[how], how=SHORT[how]) + say(
        " ({count})", " ({count})", count=count
    )


_REST: dict[str, Text] = {
    "in person": say("Người ở nhà", "Not away"),
    "online": say("Tất cả", "All"),
    "unexcused": say("Tất cả", "All"),
}
SHORT: dict[str, Text] = {
    "in person": say("tại phòng", "in the room"),
    "online": say("trực tuyến", "online"),
    "excused": say("vắng có lý do", "with a reason"),
    "unexcused": say("vắng không lý do", "without a reason"),
}


def others(*, count: int) -> Text:
    return say("Ghi cho người còn lại ({count})", "Note all others ({count})", count=count)


def who_is_open(*, names: Sequence[str]) -> Text:
    if not names:
        return say("Mọi người đều đã được ghi.", "Everybody is noted.")
    return say(
        "Chưa rõ {count} người: {names}. Ghi chung thế nào? Sau đó vẫn sửa được từng người.",
        "Not known of {count}: {names}. What is to be noted of all of them? Each can still be changed.",
        count=len(names),
        names=listed(names),
    )


def left_when(*, name: str) -> Text:
    return say(
        "<b>{name}</b> về lúc mấy giờ (giờ Việt Nam)? Giờ này ghi vào biên bản.",
        "When did <b>{name}</b> leave (Vietnam's clock)? It stands in the minutes.",
        name=name,
    )


def sure_rest(*, names: Sequence[str], deaf: Sequence[str]) -> Text:
    """`deaf`: those of them whom nothing here has reached."""
    return paragraph(
        say(
            "Ghi {count} người sau là <b>vắng không lý do</b>? Ai có lý do, mời quay lại ghi riêng trước.",
            "Note these {count} as <b>absent without a reason</b>? Whoever has one: please go back and note it first.",
            count=len(names),
        ),
        join(
            [
                say("{name} · chưa báo được qua đây", "{name} · could not be reached", name=name)
                if name in deaf
                else raw(name)
                for name in names
            ]
        ),
    )


def rest_back(*, how: str, names: Sequence[str]) -> Text:
    return say(
        "Đã ghi {count} người {how}: {names}. Nếu nhầm ai, mời bấm vào tên người đó để ghi lại.",
        "{count} noted as {how}: {names}. Where that is wrong, please tap the name.",
        count=len(names),
        how=HOWS[how],
        names=join([raw(name) for name in names], ", "),
    )


def sure_to_close() -> Text:
    return say(
        "Đóng cuộc họp? Sau đó không sửa điểm danh được nữa, tên trong biên bản giữ như lúc này; biên bản và kết luận vẫn xem và gửi được.",
        "Close the meeting? Attendance and names in the minutes stay as they are now; minutes and conclusions still can be fetched and sent.",
    )


def sure_not_held(*, starts_at: datetime) -> Text:
    return say(
        "Ghi là cuộc họp {at} <b>không diễn ra</b>? Không ai bị tính vắng; ai đã có giấy mời được báo một lần.",
        "Note that the meeting of {at} <b>was not held</b>? Nobody counts as absent; whoever was invited is told once.",
        at=moment(starts_at, HOME_ZONE),
    )


def not_held_back(*, told: Text) -> Text:
    return lines(say("<b>Đã ghi: không họp.</b>", "<b>Noted: it was not held.</b>"), told)


def minutes_caption(*, filed_on: date | None, again: bool, running: bool) -> Text:
    """`running`: not closed yet; `filed_on`: as they were filed; `again`: closed before copies were kept."""
    if filed_on is not None:
        return say(
            "Biên bản như lúc xác nhận đã ký, lưu ngày {on}. Tên người, tên tổ chức đổi sau ngày ấy không đổi ở đây.",
            "The minutes as they were when they were said to be signed and filed, {on}. Names changed later do not change "
            "here.",
            on=day(filed_on),
        )
    if running:
        return lines(
            minutes_caption(filed_on=None, again=False, running=False),
            say(
                "Cuộc họp chưa đóng: điểm danh, tên trong biên bản còn theo sổ hiện tại.",
                "The meeting is not closed yet: attendance and names still follow what is noted now.",
            ),
        )
    if again:
        return lines(
            minutes_caption(filed_on=None, again=False, running=False),
            say(
                "Dựng lại từ những gì còn lưu: cuộc họp này đóng khi chương trình chưa giữ bản lúc ấy.",
                "Made again from what is still known: it was closed before copies were kept.",
            ),
        )
    return say(
        "Biên bản đã điền điểm danh, ý kiến gửi đến và nhiệm vụ đã giao. Phần còn lại mời thư ký ghi, rồi in và ký.",
        "The minutes, with attendance, what was sent in and the tasks given. The minute-taker writes the rest; then "
        "print and sign.",
    )


def what_concluded(*, limit: int) -> Text:
    return say(
        "Mời gõ kết luận cuộc họp (tối đa {limit} ký tự), hoặc gửi một tệp hay ảnh chụp văn bản. Không gửi tài liệu mật.",
        "Please type what was concluded ({limit} characters at most), or send a file or a photo of the paper. No secret "
        "papers.",
        limit=limit,
    )


def sure_to_send(*, text: str, file: str, count: int) -> Text:
    parts = [
        say(
            "Gửi riêng cho {count} người không dự họp, mỗi người bấm “Đã đọc” khi đọc xong:",
            "To {count} people who were not there, one by one; each confirms reading:",
            count=count,
        )
    ]
    if text:
        parts.append(raw(text))
    if file:
        parts.append(say("Tệp: {file}", "File: {file}", file=file))
    return paragraph(*parts)


def sent(*, told: Text) -> Text:
    """`told`: whom it reaches, and when; whom somebody has to tell."""
    return lines(say("<b>Kết luận:</b>", "<b>Conclusions:</b>"), told)


def readers(*, read: Sequence[str], waiting: Sequence[str], untold: Sequence[str]) -> Text:
    parts = [say("<b>Kết luận: ai đã đọc</b>", "<b>Who has read the conclusions</b>")]
    for head, names in (
        (say("Đã đọc", "Read"), read),
        (say("Đã gửi, chưa báo đọc", "Sent, not read yet"), waiting),
        (say("Không nhận qua Telegram, cần báo trực tiếp", "Not told here: tell them yourself"), untold),
    ):
        if names:
            parts.append(lines(head + raw(f" ({len(names)}):"), *(raw(name) for name in names)))
    return paragraph(*parts)


def nobody_absent() -> Text:
    return say("Không có ai vắng.", "Nobody was absent.")


# --- refusals -------------------------------------------------------------------------------------------------------


def not_now(*, why: str, opens_at: datetime, zone: str) -> Text:
    """`why`: early, over, moved, cancelled."""
    if why == "early":
        return say(
            "Chưa đến giờ. Từ {at} mới vào họp được.",
            "Not yet. One can come in from {at}.",
            at=moment(opens_at, zone),
        )
    return WHY_NOT[why]


WHY_NOT: dict[str, Text] = {
    "over": say("Cuộc họp này đã xong.", "This meeting is over."),
    "moved": say(
        "Cuộc họp này đã dời. Mời xem tin mới nhất (/hop).",
        "This meeting has moved. See the newest message (/hop).",
    ),
    "cancelled": say("Cuộc họp này không họp nữa.", "This meeting is off."),
}


def not_here_yet() -> Text:
    return say("Đồng chí chưa báo đang dự họp.", "You have not said that you are there.")


def closed() -> Text:
    return say(
        "Cuộc họp đã đóng, điểm danh không sửa được nữa.",
        "The meeting is closed; attendance cannot change any more.",
    )


def called_off() -> Text:
    return say("Cuộc họp này đã hoãn hoặc hủy.", "This meeting is postponed or cancelled.")


def close_first() -> Text:
    return say(
        "Cuộc họp chưa đóng. Mời đóng cuộc họp trước.", "The meeting is not closed. Please close it first."
    )


def not_over() -> Text:
    return say("Cuộc họp chưa hết giờ hoặc đã đóng.", "The meeting is not over yet, or is closed.")


def somebody_was_there() -> Text:
    return say(
        "Đã có người được ghi là dự họp, nên không ghi “không họp” được. Mời điểm danh rồi đóng cuộc họp.",
        "Somebody is noted as having been there, so it cannot be noted as not held. Please call the names and close it.",
    )


def not_held() -> Text:
    return say("Cuộc họp chưa bắt đầu.", "The meeting has not begun.")


def still_open(*, names: Sequence[str]) -> Text:
    return paragraph(
        say(
            "Còn {count} người chưa rõ. Mời ghi từng người: có mặt, vắng có lý do hay không lý do.",
            "Of {count} nobody has said anything. Please say of each: there, absent with a reason, or without.",
            count=len(names),
        ),
        join([raw(name) for name in names[:30]]),
    )


# --- the door: a page in a browser, for whoever holds a link --------------------------------------------------------

DOOR_ENTER = say("Vào", "Go in")

DOOR: dict[str, Text] = {
    "confirm": say(
        "Bấm nút dưới đây để vào. Máy nào bấm trước thì chỉ máy đó dùng được đường dẫn này; ai không phải người nhận thì "
        "đừng bấm.",
        "Press the button below to go in. This link then works on the phone that pressed first, and on no other; if it was "
        "not sent to you, please do not.",
    ),
    "many": say(
        "Đã thử quá nhiều đường dẫn không dùng được. Mời đợi ít phút rồi mở lại.",
        "Too many links that cannot be used were tried. Please wait a few minutes and come back.",
    ),
    "useless": say(
        "Đường dẫn này không dùng được. Mỗi đường dẫn chỉ dùng một lần, cho một người. Mời mở Telegram để lấy đường dẫn "
        "mới của riêng mình.",
        "This link cannot be used. Each works once, for one person. Please open Telegram and ask for a new one of your own.",
    ),
    "unproven": say(
        "Đường dẫn này chỉ mở được bằng nút trong tin nhắn Telegram của chính người nhận. Mời mở Telegram, bấm nút “Vào họp trực "
        "tuyến” trong tin nhắn của mình và đồng ý khi Telegram hỏi có đăng nhập không. Nếu vẫn không được, gõ /hop để lấy nút mới.",
        "This link opens only from the button in its receiver's own Telegram message. Please open Telegram, tap “Join "
        "online” in your own message, and agree when Telegram asks whether to log in. If that does not help, type /hop for "
        "a new button.",
    ),
    "early": say(
        "Chưa đến giờ. Mời mở lại khi gần đến giờ.", "It is too early. Please come back nearer the time."
    ),
    "over": say("Đã kết thúc.", "It is over."),
    "moved": say(
        "Đã dời sang lúc khác. Mời xem tin mới nhất trong Telegram.",
        "It has moved. Please see the newest message in Telegram.",
    ),
    "cancelled": say(
        "Đã hủy. Mời xem tin mới nhất trong Telegram.",
        "It is off. Please see the newest message in Telegram.",
    ),
    "busy": say(
        "Chưa mở được, mời thử lại sau ít phút.", "That did not work; please try again in a few minutes."
    ),
}


# --- in the member's story ------------------------------------------------------------------------------------------


def entry(*, how: str | None, exempt: bool) -> Text:
    what = HOWS[how] if how is not None else EXEMPT if exempt else UNKNOWN
    return say("Họp chi bộ: {what}", "Meeting of the cell: {what}", what=what)


def year(*, attended: int, held: int, online: int) -> Text:
    words = say(
        "Dự {attended}/{held} cuộc họp chi bộ",
        "Was at {attended} of {held} meetings of the cell",
        attended=attended,
        held=held,
    )
    if not online:
        return words + raw(".")
    return words + say(", trong đó {online} cuộc trực tuyến.", ", {online} of them online.", online=online)
