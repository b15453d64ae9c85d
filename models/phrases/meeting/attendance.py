"""Words of joining a meeting, of the roll call, and of what comes after. The link stands in no words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.contact.reach import by_hand, listed
from models.phrases.text import HOME_ZONE, LABEL, Text, day, fitting, join, moment, named, raw, say, say_as

ENTER = say("Vào họp trực tuyến")
HERE = say("Tôi đang dự họp")
HERE_AS: dict[str, Text] = {"online": say("Tôi dự trực tuyến"), "in person": say("Tôi có mặt tại phòng họp")}
LEFT = say("Tôi rời cuộc họp")
AGAIN = say("Vào lại họp trực tuyến")
ROLL_START = say("Điểm danh đầu giờ")
ROLL_END = say("Điểm danh cuối giờ")
AFTER = say("Điểm danh, biên bản")
MINUTES = say("Tải biên bản (.docx)")
CONCLUDE = say("Gửi kết luận cho người vắng")
CONCLUDE_AGAIN = say("Gửi kết luận đã sửa")
RESOLVE = say("Viết nghị quyết bốn phần")
RESOLUTION = say("Tải nghị quyết (.docx)")
NO_SCORE = say("Không ghi điểm")
NO_NUMBER = say("Chưa có số")
READERS = say("Ai đã đọc kết luận")
GIVE_TASK = say("Giao nhiệm vụ")
CLOSE = say("Đóng cuộc họp")
NOT_HELD = say("Không họp")
NOT_HELD_YES = say("Đúng, không họp")
FILED = say("Biên bản đã ký, đã lưu")
CLOSE_YES = say("Đúng, đóng")
OPEN = say("Xem kết luận")
READ = say("Đã đọc")
SEND = say("Gửi")
YES_REST = say("Đúng, ghi vắng không lý do")
NAMES = say("‹ Danh sách điểm danh")

ABOUT = say("gửi kết luận cuộc họp")
RESOLVING = say("viết nghị quyết cuộc họp")

HOWS: dict[str, Text] = {
    "in person": say("có mặt tại phòng"),
    "online": say("trực tuyến"),
    "excused": say("vắng có lý do"),
    "unexcused": say("vắng không lý do"),
    "left": say("về sớm"),
}
WORDS: dict[str, Text] = {
    "in person": say("Có mặt tại phòng"),
    "online": say("Trực tuyến"),
    "left": say("Về trước khi kết thúc"),
    "excused": say("Vắng có lý do"),
    "unexcused": say("Vắng không lý do"),
}
UNKNOWN = say("chưa rõ")
EXEMPT = say("được miễn")
SAID: dict[str, Text] = {
    "link": say("mở đường dẫn riêng"),
    "self": say("tự báo"),
    "start": say("điểm danh đầu giờ"),
    "end": say("điểm danh cuối giờ"),
}

# --- to the invited -------------------------------------------------------------------------------------------------


AGREE = say(
    "Khi bấm vào họp, ứng dụng có thể hỏi có đăng nhập không: mời đồng ý, nhờ vậy không ai khác vào thay được."
)


class WayIn(StrEnum):
    """What there is to say of the way in."""

    OWN = "own"  # a link of one's own
    SHARED = "shared"  # the meeting's link, the same for all
    AWAITED = "awaited"  # it is to be joined by a link, and there is none yet
    ROOM = "room"  # there is none: one sits in the room


_WAYS: dict[WayIn, Text] = {
    WayIn.OWN: say(
        "Vào họp rồi, mời bấm “Tôi đang dự họp”. Các nút dưới đây là của riêng đồng chí, mời không chuyển cho người khác."
    ),
    WayIn.SHARED: say(
        "Vào họp rồi, mời bấm “Tôi đang dự họp”. Đường dẫn chỉ dành cho người được mời, mời không chuyển cho người khác."
    ),
    WayIn.AWAITED: say(
        "<b>Chưa có đường dẫn vào họp.</b> Khi bí thư, phó bí thư đưa đường dẫn, tin mới được gửi ngay."
    ),
    WayIn.ROOM: say("Đến nơi rồi, mời bấm “Tôi đang dự họp”."),
}


def without_link(*, starts_at: datetime, awaited: bool, out: Sequence[tuple[str, str]]) -> Text:
    """Say to the desk, half an hour before, who has no link.

    `awaited`: nobody has a link; `out`: whom no link reaches, and why.
    """
    at = moment(starts_at, HOME_ZONE)
    parts = [say("Sắp đến giờ họp {at}.", at=at)]
    if awaited:
        parts.append(
            say(
                "<b>Chưa có đường dẫn vào họp</b>, nên chưa ai nhận được. Mời mở cuộc họp, bấm “Thay đổi” rồi dán đường dẫn."
            )
        )
    if out:
        parts.append(_no_way_in(out))
    return lines(*parts)


def _no_way_in(out: Sequence[tuple[str, str]]) -> Text:
    return say("Đường dẫn vào họp không tới được những đồng chí sau. {people}", people=by_hand(out=out))


def link(*, soon: bool, starts_at: datetime, zone: str, place: str, way: WayIn, proves: bool = False) -> Text:
    """Say that the way in is below. The button says where to, because others may see these words.

    `proves`: Telegram says who taps it.
    """
    at = moment(starts_at, zone)
    head = say("Cuộc họp bắt đầu lúc {at}.", at=at) if soon else say("Đã đến giờ họp: {at}.", at=at)
    where = say("Dự trực tiếp tại: {place}.", place=place) if place else EMPTY
    return lines(
        *(part for part in (head, where, _WAYS[way], AGREE if proves else EMPTY) if part is not EMPTY)
    )


def ways(*, starts_at: datetime, zone: str, way: WayIn, proves: bool = False) -> Text:
    words = say("Cuộc họp {at}. {way}", at=moment(starts_at, zone), way=_WAYS[way])
    return lines(words, AGREE) if proves else words


def which_way() -> Text:
    return say("Đồng chí đang dự họp bằng cách nào?")


def here(*, how: str, since: datetime, zone: str) -> Text:
    return say(
        "Đã ghi: đồng chí dự họp ({how}) từ {since}. Cuối giờ bí thư điểm danh lại.",
        how=HOWS[how],
        since=moment(since, zone),
    )


def gone(*, at: datetime, zone: str) -> Text:
    return say("Đã ghi: đồng chí rời cuộc họp lúc {at}.", at=moment(at, zone))


def concluded(*, starts_at: datetime, zone: str, again: bool) -> Text:
    if again:
        return say(
            "Kết luận cuộc họp {at} đã được sửa. Mời đồng chí xem lại rồi bấm “Đã đọc”.",
            at=moment(starts_at, zone),
        )
    return say(
        "Đã có kết luận cuộc họp {at} mà đồng chí không dự. Mời xem rồi bấm “Đã đọc”.",
        at=moment(starts_at, zone),
    )


def conclusion(*, starts_at: datetime, zone: str, text: str, file: bool, newer: bool) -> Text:
    head = say("<b>Kết luận cuộc họp {at}</b>", at=moment(starts_at, zone))
    parts = [head]
    if newer:
        parts.append(say("Đây là bản đã được sửa."))
    if text:
        parts.append(raw(text))
    if file:
        parts.append(say("Tệp gửi kèm ở dưới."))
    return paragraph(*parts)


def file_caption() -> Text:
    return say("Kết luận cuộc họp")


def read_back() -> Text:
    return say("Đã ghi nhận đồng chí đã đọc. Cảm ơn đồng chí.")


# --- to the desk ----------------------------------------------------------------------------------------------------


def begins(
    *, starts_at: datetime, way: WayIn | None, out: Sequence[tuple[str, str]], proves: bool = False
) -> Text:
    """Say that it begins.

    `way`: of the reader's own way in, where it stands below, too; `proves`: Telegram says who taps it; `out`: who has
    none.
    """
    words = say(
        "Đến giờ họp ({at}). Mời điểm danh; ai đã tự báo đang dự thì được ghi sẵn.",
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
        at=moment(starts_at, HOME_ZONE),
    )


def agenda_and_people(*, agenda: str, people: Mapping[str, Sequence[str]]) -> Text:
    """Say what is to be dealt with and who is there, by name: beside the field in which the conclusions are typed."""
    agenda_ = (
        say("<b>Nội dung</b>\n{agenda}", agenda=agenda) if agenda else say("<b>Nội dung</b>\n(chưa ghi)")
    )
    groups = [
        lines(
            say("<b>{what}: {count}</b>", what=COUNTED[what], count=len(names)),
            *(raw(name) for name in names),
        )
        for what, names in people.items()
        if names
    ]
    return paragraph(agenda_, *groups)


def overview(
    *,
    kind: Text,
    starts_at: datetime,
    state: Text,
    counts: Sequence[tuple[str, int]],
    quorum: Text,
    open_count: int,
    concluded: str,
    minutes_due: date | None,
    filed_on: datetime | None,
    nowhere: Sequence[tuple[str, str]],
) -> Text:
    """Show who is there.

    `counts`: in person, online, excused, unexcused, unknown, exempt; `concluded`: what is known of the receipts;
    `minutes_due`: by when they are to be filed, while they are not; `filed_on`: when they were; `nowhere`: whom no way in reaches, and why.
    """
    head = say("<b>{kind}</b>, {at} ({state})", kind=kind, at=moment(starts_at, HOME_ZONE), state=state)
    shown = [say("{what}: {count}", what=COUNTED[what], count=count) for what, count in counts if count]
    parts = [head, join(shown) if shown else UNKNOWN, quorum]
    if open_count:
        parts.append(
            say(
                "Còn {count} người chưa rõ có dự hay không: chương trình không tự ghi vắng, mời điểm danh.",
                count=open_count,
            )
        )
    if concluded:
        parts.append(say("Kết luận: {read} người vắng đã đọc.", read=concluded))
    if minutes_due is not None:
        parts.append(
            say(
                "<b>Biên bản chưa ghi là đã ký, đã lưu</b>, hạn {due}: việc này còn trên màn hình chi bộ.",
                due=day(minutes_due),
            )
        )
    if filed_on is not None:
        on = moment(filed_on, HOME_ZONE)
        parts.append(say("Biên bản: ghi đã ký, đã lưu {on}.", on=on))
    if nowhere:
        parts.append(_no_way_in(nowhere))
    return paragraph(*parts)


COUNTED: dict[str, Text] = {
    "in person": say("Có mặt trực tiếp"),
    "online": say("Có mặt trực tuyến"),
    "excused": say("Vắng có lý do"),
    "unexcused": say("Vắng không lý do"),
    "unknown": say("Chưa rõ"),
    "exempt": say("Được miễn, không dự (không tính vắng)"),
}


def quorum(
    *, voting: int, voting_there: int, needed: int, counted: int, there: int, percent: str, good_percent: int
) -> Text:
    """Say the counts beside the policy's marks. What follows from them is for people to say."""
    return lines(
        say(
            "Có quyền biểu quyết: {there}/{all} có mặt (quá nửa là từ {needed}).",
            there=voting_there,
            all=voting,
            needed=needed,
        ),
        say(
            "Tính cả dự bị, không tính người được miễn: {there}/{all}, {percent}% (mức tốt: trên {good}%).",
            there=there,
            all=counted,
            percent=named(percent, percent.replace(",", ".")),
            good=good_percent,
        ),
    )


def roll(*, end: bool, count: int, open_count: int) -> Text:
    head = say("<b>Điểm danh cuối giờ</b>") if end else say("<b>Điểm danh đầu giờ</b>")
    stands = say("{count} người được mời, chưa rõ: {open}.", count=count, open=open_count)
    how = say("Bấm vào tên để ghi. Điều người dự tự báo và điều điểm danh đều được giữ lại.")
    return paragraph(head, stands, how)


def roll_line(*, name: str, how: str | None, capacity: str, since: str, until: str) -> Text:
    """Say: An: trực tuyến 20:05–21:10. `capacity`: votes, no vote, invitee."""
    what = SHORT[how] if how is not None else EXEMPT if capacity == "invitee" else UNKNOWN
    times = f" {since}" + (f"–{until}" if until else "") if since else f" –{until}" if until else ""
    short = fitting(name, LABEL - len(what.vi) - len(times) - 2)
    return say("{name}: {what}{times}", name=short, what=what, times=times)


def one(
    *, name: str, how: str | None, capacity: str, said: Sequence[tuple[str, str, datetime, str]], zone: str
) -> Text:
    """Show everything that was said of one person's presence. `said`: who said it, how, when, by whom."""
    stands = HOWS[how] if how is not None else EXEMPT if capacity == "invitee" else UNKNOWN
    head = say("<b>{name}</b>: {what}", name=name, what=stands)
    more = CAPACITIES.get(capacity, EMPTY)
    rows = [
        say(
            "{at}: {how} ({who}{by})",
            at=moment(at, zone),
            how=HOWS[what],
            who=SAID[who],
            by=f", {by}" if by else "",
        )
        for who, what, at, by in said
    ]
    kept = [join(rows)] if rows else [say("Chưa ai ghi gì.")]
    return paragraph(*([head, more] if more is not EMPTY else [head]), *kept)


CAPACITIES: dict[str, Text] = {
    "votes": EMPTY,
    "no vote": say("Đảng viên dự bị: không biểu quyết."),
    "invitee": say("Được miễn sinh hoạt: dự thì ghi, không dự không tính là vắng."),
}


def rest(*, how: str, count: int) -> Text:
    """Label one button for all of whom nothing is known and whom the word fits."""
    return say("{who}: {how}", who=_REST[how], how=SHORT[how]) + say(" ({count})", count=count)


_REST: dict[str, Text] = {
    "in person": say("Người ở nhà"),
    "online": say("Tất cả"),
    "unexcused": say("Tất cả"),
}
SHORT: dict[str, Text] = {
    "in person": say("tại phòng"),
    "online": say("trực tuyến"),
    "excused": say_as("attendance", "vắng có lý do"),
    "unexcused": say_as("attendance", "vắng không lý do"),
}


def others(*, count: int) -> Text:
    return say("Ghi cho người còn lại ({count})", count=count)


def who_is_open(*, names: Sequence[str]) -> Text:
    if not names:
        return say("Mọi người đều đã được ghi.")
    return say(
        "Chưa rõ {count} người: {names}. Ghi chung thế nào? Sau đó vẫn sửa được từng người.",
        count=len(names),
        names=listed(names),
    )


def left_when(*, name: str) -> Text:
    return say("<b>{name}</b> về lúc mấy giờ (giờ Việt Nam)? Giờ này ghi vào biên bản.", name=name)


def sure_rest(*, names: Sequence[str], deaf: Sequence[str]) -> Text:
    """Ask whether it holds for all of them. `deaf`: those of them whom nothing here has reached."""
    return paragraph(
        say(
            "Ghi {count} người sau là <b>vắng không lý do</b>? Ai có lý do, mời quay lại ghi riêng trước.",
            count=len(names),
        ),
        join(
            [
                say("{name} · chưa báo được qua đây", name=name) if name in deaf else raw(name)
                for name in names
            ]
        ),
    )


def rest_back(*, how: str, names: Sequence[str]) -> Text:
    return say(
        "Đã ghi {count} người {how}: {names}. Nếu nhầm ai, mời bấm vào tên người đó để ghi lại.",
        count=len(names),
        how=HOWS[how],
        names=join([raw(name) for name in names], ", "),
    )


def sure_to_close() -> Text:
    return say(
        "Đóng cuộc họp? Sau đó không sửa điểm danh được nữa, tên trong biên bản giữ như lúc này; biên bản và kết luận vẫn xem và gửi được."
    )


def sure_not_held(*, starts_at: datetime) -> Text:
    return say(
        "Ghi là cuộc họp {at} <b>không diễn ra</b>? Không ai bị tính vắng; ai đã có giấy mời được báo một lần.",
        at=moment(starts_at, HOME_ZONE),
    )


def not_held_back(*, told: Text) -> Text:
    return lines(say("<b>Đã ghi: không họp.</b>"), told)


def minutes_caption(*, filed_on: date | None, again: bool, running: bool) -> Text:
    """Say what file the minutes are.

    `running`: not closed yet; `filed_on`: as they were filed; `again`: closed before copies were kept.
    """
    if filed_on is not None:
        return say(
            "Biên bản như lúc xác nhận đã ký, lưu ngày {on}. Tên người, tên tổ chức đổi sau ngày ấy không đổi ở đây.",
            on=day(filed_on),
        )
    if running:
        return lines(
            minutes_caption(filed_on=None, again=False, running=False),
            say("Cuộc họp chưa đóng: điểm danh, tên trong biên bản còn theo sổ hiện tại."),
        )
    if again:
        return lines(
            minutes_caption(filed_on=None, again=False, running=False),
            say("Dựng lại từ những gì còn lưu: cuộc họp này đóng khi chương trình chưa giữ bản lúc ấy."),
        )
    return say(
        "Biên bản đã điền điểm danh, ý kiến gửi đến và nhiệm vụ đã giao. Phần còn lại mời thư ký ghi, rồi in và ký."
    )


def what_concluded(*, limit: int) -> Text:
    return say(
        "Mời gõ kết luận cuộc họp (tối đa {limit} ký tự), hoặc gửi một tệp hay ảnh chụp văn bản. Không gửi tài liệu mật.",
        limit=limit,
    )


PARTS: dict[str, Text] = {
    "review": say("I. Đánh giá kết quả tháng qua"),
    "tasks": say("II. Nhiệm vụ tháng tới"),
    "doing": say("III. Tổ chức thực hiện"),
    "score": say("IV. Chi bộ tự chấm điểm buổi sinh hoạt"),
}


def which_part(*, part: str, limit: int) -> Text:
    return say(
        "<b>{part}</b>\nMời gõ phần này (tối đa {limit} ký tự). Không gửi nội dung mật.",
        part=PARTS[part],
        limit=limit,
    )


def which_score() -> Text:
    return say(
        "<b>{part}</b>\nMời gõ đúng như chi bộ đã tự chấm, ví dụ “92 điểm, tốt”. Chương trình chỉ ghi, không tính điểm.",
        part=PARTS["score"],
    )


def which_number() -> Text:
    return say("Số của nghị quyết? Ví dụ 5 hoặc 05-NQ/CB.")


def no_resolution() -> Text:
    return say("Cuộc họp này chưa có nghị quyết bốn phần.")


def resolution_sent() -> Text:
    return say("Nghị quyết bốn phần, để in và ký. Ngày ghi trên văn bản là ngày họp; sửa được trong Word.")


def sure_to_send(*, text: str, file: str, count: int) -> Text:
    parts = [
        say("Gửi riêng cho {count} người không dự họp, mỗi người bấm “Đã đọc” khi đọc xong:", count=count)
    ]
    if text:
        parts.append(raw(text))
    if file:
        parts.append(say("Tệp: {file}", file=file))
    return paragraph(*parts)


def sent(*, told: Text) -> Text:
    """Say that it is sent. `told`: whom it reaches, and when; whom somebody has to tell."""
    return lines(say("<b>Kết luận:</b>"), told)


def readers(*, read: Sequence[str], waiting: Sequence[str], untold: Sequence[str]) -> Text:
    parts = [say("<b>Kết luận: ai đã đọc</b>")]
    for head, names in (
        (say_as("attendance", "Đã đọc"), read),
        (say("Đã gửi, chưa báo đọc"), waiting),
        (say("Không nhận qua chương trình, cần báo trực tiếp"), untold),
    ):
        if names:
            parts.append(lines(head + raw(f" ({len(names)}):"), *(raw(name) for name in names)))
    return paragraph(*parts)


def nobody_absent() -> Text:
    return say("Không có ai vắng.")


# --- refusals -------------------------------------------------------------------------------------------------------


def not_now(*, why: str, opens_at: datetime, zone: str) -> Text:
    """Say that it cannot be done now. `why`: early, over, moved, cancelled."""
    if why == "early":
        return say("Chưa đến giờ. Từ {at} mới vào họp được.", at=moment(opens_at, zone))
    return WHY_NOT[why]


WHY_NOT: dict[str, Text] = {
    "over": say("Cuộc họp này đã xong."),
    "moved": say("Cuộc họp này đã dời. Mời xem tin mới nhất (/hop)."),
    "cancelled": say("Cuộc họp này không họp nữa."),
}


def not_here_yet() -> Text:
    return say("Đồng chí chưa báo đang dự họp.")


def closed() -> Text:
    return say("Cuộc họp đã đóng, điểm danh không sửa được nữa.")


def called_off() -> Text:
    return say("Cuộc họp này đã hoãn hoặc hủy.")


def close_first() -> Text:
    return say("Cuộc họp chưa đóng. Mời đóng cuộc họp trước.")


def not_over() -> Text:
    return say("Cuộc họp chưa hết giờ hoặc đã đóng.")


def somebody_was_there() -> Text:
    return say(
        "Đã có người được ghi là dự họp, nên không ghi “không họp” được. Mời điểm danh rồi đóng cuộc họp."
    )


def not_held() -> Text:
    return say("Cuộc họp chưa bắt đầu.")


def still_open(*, names: Sequence[str]) -> Text:
    return paragraph(
        say(
            "Còn {count} người chưa rõ. Mời ghi từng người: có mặt, vắng có lý do hay không lý do.",
            count=len(names),
        ),
        join([raw(name) for name in names[:30]]),
    )


# --- the door: a page in a browser, for whoever holds a link --------------------------------------------------------

DOOR_ENTER = say("Vào")

DOOR: dict[str, Text] = {
    "confirm": say(
        "Bấm nút dưới đây để vào. Máy nào bấm trước thì chỉ máy đó dùng được đường dẫn này; ai không phải người nhận thì "
        "đừng bấm."
    ),
    "many": say("Đã thử quá nhiều đường dẫn không dùng được. Mời đợi ít phút rồi mở lại."),
    "useless": say(
        "Đường dẫn này không dùng được. Mỗi đường dẫn chỉ dùng một lần, cho một người. Mời mở lại tin mời để lấy đường "
        "dẫn mới của riêng mình."
    ),
    "unproven": say(
        "Đường dẫn này chỉ dành cho người nhận. Mời bấm nút “Vào họp trực tuyến” ngay ở nơi đã nhận tin ấy: trên trang web thì "
        "bằng chính máy đang mở trang; trong ứng dụng nhắn tin thì đồng ý khi được hỏi có đăng nhập không. Nếu vẫn không được, gõ "
        "/hop để lấy nút mới."
    ),
    "early": say("Chưa đến giờ. Mời mở lại khi gần đến giờ."),
    "over": say("Đã kết thúc."),
    "moved": say("Đã dời sang lúc khác. Mời xem tin mới nhất đã nhận."),
    "cancelled": say("Đã hủy. Mời xem tin mới nhất đã nhận."),
    "busy": say("Chưa mở được, mời thử lại sau ít phút."),
}


# --- in the member's story ------------------------------------------------------------------------------------------


def entry(*, how: str | None, exempt: bool) -> Text:
    what = HOWS[how] if how is not None else EXEMPT if exempt else UNKNOWN
    return say("Họp chi bộ: {what}", what=what)


def year(*, attended: int, held: int, online: int) -> Text:
    words = say("Dự {attended}/{held} cuộc họp chi bộ", attended=attended, held=held)
    if not online:
        return words + raw(".")
    return words + say(", trong đó {online} cuộc trực tuyến.", online=online)
