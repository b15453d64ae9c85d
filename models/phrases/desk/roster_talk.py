"""Words of the conversations about a roster: import, add, list, a person's card, rhythm, export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from models.phrases.common import lines, paragraph
from models.phrases.desk.roster import column, column as _column
from models.phrases.people.member import REACHABILITY, STANDINGS
from models.phrases.text import Text, both, day, join, raw, say, say_as, weekday_name

# --- names of what is being done, and buttons ---------------------------------------------------------------------

IMPORTING = say("nhập danh sách từ Excel")
ADDING = say("thêm một người")
LISTING = say("xem danh sách")
CORRECTING = say("sửa thông tin")
SETTING_RHYTHM = say("đặt lịch báo cáo")

CONFIRM_IMPORT = say("Lưu vào danh sách")
OTHER_FILE = say("Gửi tệp khác")
LEFT_FILE = say("Tệp các dòng chưa nhận")
CONFIRM_ADD = say("Lưu và tạo lời mời")
UNKNOWN = say("Chưa rõ, bỏ qua")
AT_HOME = say("Không đi làm ăn xa")
ALL = say("Tất cả")
NOT_REGISTERED = say("Chưa đăng ký")
AWAY = say_as("roster_talk", "Đi làm ăn xa")
UNREACHABLE = say("Không liên lạc được")
SHOW_EVERYBODY = say("Bỏ tìm kiếm")
TO_LIST = say_as("roster_talk", "‹ Danh sách")
TO_CARD = say("‹ Thông tin của đồng chí này")
MORE = say("Việc khác")
FILTER = say("Lọc danh sách")
CONTACTS = say("Phân công giữ liên lạc")
ASSIGNING = say("phân công giữ liên lạc cho nhiều đồng chí")
ADD = say("Thêm một người")
IMPORT = say("Nhập từ Excel")
EXPORT = say("Xuất ra Excel")
INVITE_ALL = say("Mời tất cả ai chưa đăng ký")
RHYTHM = say("Lịch báo cáo của chi bộ")
INVITE = say("Mời đăng ký")
INVITE_AGAIN = say("Mời lại")
NEW_PHONE = say("Mời lại (đổi điện thoại)")
REVOKE = say("Thu hồi lời mời")
CORRECT = say("Sửa thông tin")
SHOW_PHONE = say("Xem số điện thoại")
REMOVE = say("Đưa ra khỏi danh sách")
REMOVE_YES = say("Đúng, đưa ra khỏi danh sách")
REMOVE_SURE = say("Tôi chắc chắn")
KEEP = say("Không, giữ lại")
OWN_RHYTHM = say("Lịch báo cáo riêng")
YES_DO = say_as("roster_talk", "Đồng ý")
AS_MESSAGES = say("Mỗi người một tin để chuyển tiếp")
AS_FILE = say("Một tệp Excel để in")
SAVE = say("Lưu")
AS_CELL = say("Theo lịch của chi bộ")


def which_cell() -> Text:
    return say("Đồng chí làm việc này cho chi bộ nào?")


def no_longer() -> Text:
    return say("Mời mở lại /danhsach: người này không còn trong danh sách, hoặc danh sách đã đổi.")


# --- import -------------------------------------------------------------------------------------------------------


def template_name() -> Text:
    return say("Mau-danh-sach.xlsx")


def template(*, cell: str) -> Text:
    return say("Tệp mẫu danh sách của {cell}. Điền mỗi người một dòng rồi gửi lại vào đây.", cell=cell)


def ask_file(*, megabytes: int) -> Text:
    return say(
        "Mời gửi tệp Excel (.xlsx, .ods hoặc .csv, tối đa {megabytes} MB). Đồng chí xem trước, xác nhận rồi mới "
        "lưu.",
        megabytes=megabytes,
    )


def file_expected() -> Text:
    return say(
        "Đang chờ một tệp Excel (.xlsx). Mời bấm hình kẹp giấy, chọn Tệp (File), rồi chọn tệp danh sách."
    )


def empty_file() -> Text:
    return say("Tệp này chưa có người nào. Mời điền ít nhất một dòng rồi gửi lại.")


def nothing_new(*, same: int) -> Text:
    return say(
        "Không có gì mới: {same} người trong tệp đều đã có trong danh sách, thông tin như cũ.", same=same
    )


def preview_head(*, cell: str, new: int, changed: int, same: int, unclear: int, left: int) -> Text:
    counts = [
        say("Thêm mới {new} · thay đổi {changed} · giữ nguyên {same}", new=new, changed=changed, same=same)
    ]
    if left or unclear:
        counts.append(say("Chưa nhận được {left} dòng · chưa rõ là ai {unclear}", left=left, unclear=unclear))
    return lines(say("<b>Xem trước – {cell}</b>: chưa lưu gì", cell=cell), *counts)


def page(*, number: int, of: int) -> Text:
    return say("Trang {number}/{of}", number=number, of=of)


def section(title: Text, rows: Sequence[Text]) -> Text:
    return lines(title, *(say("• {row}", row=row) for row in rows))


NEW_PEOPLE = say("<b>Thêm mới</b>")
CHANGES = say("<b>Thay đổi</b>")
FAULTS = say("<b>Chưa nhận được (các dòng khác vẫn nhập được)</b>")
FAULTY_CELLS = say("<b>Ô chưa đọc được</b> (vẫn nhập người ấy; ô này để trống hoặc giữ như cũ)")
RENAMED = say(
    "<b>Đổi họ tên</b>. Nếu là người khác, mời sửa số điện thoại hoặc năm sinh trong tệp. Nếu vẫn là người ấy: "
    "tài khoản, các đồng ý và báo cáo giữ nguyên"
)
ASKED = say("<b>Mời xem lại</b> (vẫn được nhập)")
NOT_TAKEN = say(
    "<b>Không nhập</b>: dòng bị ẩn, bị gạch hoặc ghi là đã đi. Nếu cần, mời bỏ ẩn, bỏ gạch, rồi gửi lại"
)
BESIDE = say("<b>Phần ghi thêm, không nhập</b>")
PASSED_OVER = say("<b>Trong tệp còn có, không nhập</b>")
DOUBTS = say("<b>Chưa rõ là ai, để nguyên</b>. Mời ghi thêm số điện thoại trong tệp, hoặc sửa ở /danhsach")
MISSING = say("<b>Có trong danh sách nhưng không có trong tệp</b> (vẫn giữ nguyên)")
UNREAD_PLACES = say("<b>Nơi làm việc chưa hiểu được</b> (vẫn nhập người ấy; nơi để trống hoặc giữ như cũ)")


def person(*, name: str, birth_year: int | None) -> Text:
    year = say(", sinh {year}", year=birth_year) if birth_year else raw("")
    return say("{name}{year}", name=name, year=year)


_LETTERS = 34  # that a telephone shows on a button alone in its row


def in_list(*, name: Text, state: Text) -> Text:
    """Say name and state on one button; of a long name the state, then the first words, are left out."""

    def fitted(name: Markup, state: Markup) -> Markup:
        whole = name + " · " + state
        if len(whole.unescape()) <= _LETTERS:
            return whole
        words = name.split()
        while len(Markup(" ").join(words).unescape()) > _LETTERS - 2 and len(words) > 1:
            words = words[1:]
        return name if len(words) == len(name.split()) else Markup("… ") + Markup(" ").join(words)

    return both(fitted(name.vi, state.vi), fitted(name.en, state.en))


def more_closely(*, who: Text, ending: str, place: Text | None) -> Text:
    """Say what tells one from another of the same name and year: the end of the number, else the place."""
    if ending:
        return say("{who}, số …{ending}", who=who, ending=ending)
    return say("{who}, {place}", who=who, place=place) if place else who


def changed(*, who: Text, changes: Sequence[tuple[str, Text, Text]]) -> Text:
    parts = [
        say("{column}: {before} → {after}", column=column(name), before=before, after=after)
        for name, before, after in changes
    ]
    return say("{who} – {what}", who=who, what=join(parts, "; "))


def as_read(*, who: Text, facts: Sequence[Text]) -> Text:
    """Say: Đỗ Thị Út, sinh 1990 · 0987 654 321 · chính thức · Đài Loan · Ngày vào Đảng 19/05/2015"""
    return join([who, *facts], " · ")


def place_read(*, place: Text, text: str, same: bool) -> Text:
    """Say: TP Hồ Chí Minh (trong tệp: Bình Dương)"""
    return place if same else say("{place} (trong tệp: {text})", place=place, text=text)


def day_read(*, column: str, day: Text) -> Text:
    return say("{column} {day}", column=_column(column), day=day)


NOT_KNOWN = say("(trống)")


def doubt(*, row: int, who: Text, alike: Sequence[Text]) -> Text:
    return say(
        "Dòng {row}: {who} – có thể là {alike}, hoặc người khác",
        row=row,
        who=who,
        alike=join(list(alike), " / "),
    )


def unread_place(*, row: int, who: Text, text: str) -> Text:
    return say("Dòng {row}: {who} – “{text}”", row=row, who=who, text=text)


def left_name() -> Text:
    return say("Cac-dong-chua-nhan.xlsx")


def left_rows(*, count: int) -> Text:
    return say(
        "Mời sửa trong tệp này rồi gửi lại ở /nhap: {count} dòng chưa nhận được. Cột cuối ghi chỗ cần sửa.",
        count=count,
    )


def nothing_left() -> Text:
    return say("Không còn dòng nào chưa nhận: lần nhập gần nhất đã nhận đủ.")


def imported(*, new: int, changed: int, left: int) -> Text:
    saved = say(
        "Đã lưu: thêm mới {new}, thay đổi {changed}. Tiếp theo: mời những người chưa đăng ký.",
        new=new,
        changed=changed,
    )
    if not left:
        return saved
    rest = say("Còn {left} dòng chưa nhận được. Danh sách các dòng ấy được giữ đến lần nhập sau.", left=left)
    return lines(saved, rest)


# --- one person's data --------------------------------------------------------------------------------------------

_ASK = {
    "name": say("Họ và tên đầy đủ?"),
    "birth_year": say("Năm sinh?"),
    "phone": say("Số điện thoại? Số nước ngoài bắt đầu bằng dấu +. Có thể bỏ qua."),
    "official_on": say(
        "Ngày chính thức? Gõ ngày/tháng/năm, ví dụ 03/02/2011. Chỉ nhớ tháng, năm: gõ 02/2011 hoặc 2011. Có thể "
        "bỏ qua."
    ),
    "standing": say("Chính thức hay dự bị?"),
    "joined_on": say(
        "Ngày vào Đảng? Gõ ngày/tháng/năm, ví dụ 03/02/2010. Chỉ nhớ tháng, năm: gõ 02/2010 hoặc 2010. Có thể bỏ "
        "qua."
    ),
    "place": say("Đang đi làm ăn xa ở đâu? Gõ tên tỉnh hoặc nước, hoặc chọn bên dưới."),
}


def ask_fact(name: str) -> Text:
    return _ASK[name]


NAME_IS_WHOLE = say("Đúng, họ tên chỉ có vậy")


def one_word(*, name: str) -> Text:
    return say("Đã đủ họ và tên chưa? “{name}” mới có một chữ. Nếu chưa đủ, mời gõ lại.", name=name)


def which_place() -> Text:
    return say("Đồng chí muốn nói nơi nào? Mời chọn.")


def place_not_found() -> Text:
    return say("Chưa tìm thấy nơi này. Mời gõ tên tỉnh, thành phố hoặc nước, ví dụ: Đồng Nai, Nhật Bản.")


def preview_person(
    *,
    name: str,
    birth_year: int | None,
    phone: str,
    standing: str,
    joined_on: Text | None,
    official_on: Text | None,
    place: Text,
    doubles: Sequence[Text],
) -> Text:
    facts = [
        say("<b>{name}</b>", name=name),
        say("Năm sinh: {year}", year=birth_year or "?"),
        say("Điện thoại: {phone}", phone=phone or NOT_KNOWN),
        say("Đảng viên {standing}", standing=STANDINGS[standing]),
        say("Ngày vào Đảng: {day}", day=joined_on or NOT_KNOWN),
        *([say("Ngày chính thức: {day}", day=official_on)] if official_on else []),
        say("Nơi làm việc: {place}", place=place),
    ]
    if not doubles:
        return paragraph(lines(*facts), say("Lưu và tạo lời mời?"))
    return paragraph(
        lines(*facts),
        section(say("<b>Trong danh sách đã có người giống thế này:</b>"), doubles),
        say("Nếu vẫn là người khác, mời lưu."),
    )


# --- list and card ------------------------------------------------------------------------------------------------


def listing(*, cell: str, shown: Text, words: str, count: int, total: int, page: int, pages: int) -> Text:
    parts = [say("<b>Danh sách {cell}</b>: {total} người", cell=cell, total=total)]
    if words:
        found = say("Tìm “{words}”: {count}", words=words, count=count)
        parts.append(found)
    elif count != total:
        parts.append(say("{shown}: {count}", shown=shown, count=count))
    if pages > 1:
        parts.append(say("Trang {page}/{pages}", page=page, pages=pages))
    hint = say("Chọn một người, hoặc gõ một phần tên để tìm (không cần dấu).")
    return paragraph(lines(*parts), hint)


def more(*, cell: str) -> Text:
    return say("<b>Danh sách {cell}: việc khác</b>", cell=cell)


def which_part() -> Text:
    return say("Chỉ hiện những ai?")


def card_more(*, name: Text) -> Text:
    return say("<b>{name}</b>: việc khác", name=name)


def who_keeps() -> Text:
    return say("Ai giữ liên lạc? Mời chọn một đồng chí. Bước sau chọn những đồng chí đi làm ăn xa.")


def whom_with(*, contact: str, chosen: int, names: Sequence[str]) -> Text:
    head = say(
        "<b>Đồng chí {contact} giữ liên lạc với {chosen} đồng chí</b>, từ bây giờ đến khi thay.",
        contact=contact,
        chosen=chosen,
    )
    how = say(
        "Bấm tên để chọn hoặc bỏ chọn. Gõ một phần tên cũng được. Đã chọn sẵn ai chưa có người giữ liên lạc."
    )
    return paragraph(head, how, raw(", ".join(names))) if names else paragraph(head, how)


def assign_these(*, count: int) -> Text:
    return say("Phân công ({count})", count=count)


def chosen_name(*, name: Text, chosen: bool) -> Text:
    return say("✓ {name}", name=name) if chosen else name


def nobody_away() -> Text:
    return say(
        "Mời ghi nơi làm việc ở /danhsach trước. Chưa ai được ghi là đi làm ăn xa, nên chưa cần người giữ liên "
        "lạc."
    )


def choose_somebody() -> Text:
    return say_as("roster_talk", "Mời chọn ít nhất một đồng chí.")


def assigned_many(*, contact: str, count: int, told: bool, looks_in: bool) -> Text:
    done = say("✓ Đồng chí {contact} giữ liên lạc với {count} đồng chí.", contact=contact, count=count)
    if told and looks_in:
        return lines(done, say("Đồng chí ấy sẽ thấy khi mở trang web."))
    if told:
        return lines(done, say("Tin báo đang được gửi đi."))
    return lines(done, say("Đồng chí ấy chưa nhận được tin ở đây: mời gọi báo."))


def nobody_here() -> Text:
    return say("Danh sách còn trống. Mời nhập từ Excel hoặc thêm từng người.")


NEVER_INVITED = say("chưa mời")
WITHDRAWN = say_as("roster_talk", "đã rút")


def card(
    *,
    name: Text,
    birth_year: int | None,
    standing: str,
    role: Text | None,
    place: Text | None,
    there: Text | None,
    invite: Text,
    reach: Text | None,
    checkin: Text | None,
) -> Text:
    parts = [say("<b>{name}</b>", name=name)]
    if role is not None:
        parts.append(role)
    parts.append(
        say("Đảng viên {standing}, sinh {year}", standing=STANDINGS[standing], year=birth_year or "?")
    )
    if place is not None and there is not None:
        parts.append(say("Đi làm ăn xa: {place}; ở đó bây giờ {there}", place=place, there=there))
    parts.append(say("Đăng ký: {invite}", invite=invite))
    if reach is not None:
        parts.append(reach)
    if checkin is not None:
        parts.append(checkin)
    return lines(*parts)


_NEXT_STEPS: dict[str, Text] = {
    "blocked": say("Mời gọi điện, nhờ đồng chí ấy mở lại chương trình và bấm “Bỏ chặn”."),
    "deactivated": say("Mời gọi điện, rồi tạo lời mời mới cho tài khoản mới."),
    "never started": say(
        "Mời gọi điện, nhờ đồng chí ấy mở lời mời và gửi một tin bất kỳ (Telegram: bấm “Bắt đầu”)."
    ),
    "unasked": say("Mời gọi điện, nhờ đồng chí ấy nhắn vào đó một chữ rồi trả lời câu hỏi."),
    "network": say("Máy sẽ tự thử lại; cần gấp thì gọi điện."),
}


def reach(*, state: str) -> Text:
    told = say("Tài khoản: {state}", state=REACHABILITY[state])
    step = _NEXT_STEPS.get(state)
    return say("{told}. {step}", told=told, step=step) if step else told


def last_checkin(*, period: Text, state: Text) -> Text:
    return say("Báo cáo {period}: {state}", period=period, state=state)


def phone(*, name: str, phone: str, since: date | None, by: str) -> Text:
    """Say a number. `since`: when it took another's place; `by`: who put or confirmed it, where not its owner."""
    head = say("Điện thoại của đồng chí {name}: <b>{phone}</b>", name=name, phone=phone)
    look = say("Lần xem này được ghi lại; đồng chí ấy thấy được.")
    if since is None:
        return lines(head, look)
    whom = say("đồng chí {by} ghi hoặc xác nhận", by=by)
    how = whom if by else say("chính đồng chí ấy đổi")
    return lines(head, say("Số này có từ {on}: {how}.", on=day(since), how=how), look)


def no_phone(*, name: str) -> Text:
    return say("Chưa có số điện thoại của đồng chí {name}. Có thể thêm ở “Sửa thông tin”.", name=name)


# --- invites ------------------------------------------------------------------------------------------------------


def fact_changed(*, name: str, value: Text) -> Text:
    return say("✓ Đã sửa. {name}: {value}.", name=column(name), value=value)


def own_rhythm_set(*, rhythm: Text) -> Text:
    return say("✓ Lịch riêng: {rhythm}.", rhythm=rhythm)


def invite_again(*, name: str) -> Text:
    return say(
        "Tạo lời mời mới cho đồng chí {name}? Đồng chí ấy đã đăng ký: lời mời mới chỉ dùng khi đổi điện thoại "
        "hoặc mất tài khoản.\n\nKhi có người mở lời mời:\n• Tài khoản cũ được báo ngay, có một ngày để chặn.\n• "
        "Một người khác phải xác nhận; đồng chí không tự xác nhận được.\n• Bí thư, phó bí thư và cấp trên biết "
        "đồng chí đã mời.\n• Chức vụ tạm nghỉ đến khi cấp trên xác nhận.",
        name=name,
    )


def revoked(*, name: str) -> Text:
    return say("Đã thu hồi lời mời của đồng chí {name}. Đường dẫn cũ không dùng được nữa.", name=name)


def nothing_to_revoke() -> Text:
    return say("Không có lời mời nào còn hiệu lực để thu hồi.")


def invite_all(*, count: int) -> Text:
    return say(
        "Tạo lời mời mới cho {count} người chưa đăng ký? Đường dẫn cũ của họ sẽ hết hiệu lực.", count=count
    )


def nobody_to_invite() -> Text:
    return say("Không còn ai để mời. Mọi người đã đăng ký, đã chọn không dùng, hoặc đã rút.")


def invites_follow(*, count: int, replaces: bool) -> Text:
    words = say("Mời chuyển tiếp riêng {count} tin dưới đây. Mỗi tin cho đúng một người.", count=count)
    return lines(words, _old_links()) if replaces else words


def _old_links() -> Text:
    return say("Những đường dẫn đã gửi trước đây không dùng được nữa.")


def invite_for(*, name: Text, words: Text) -> Text:
    return say("Gửi cho: <b>{name}</b>\n\n{words}", name=name, words=words)


def links_file() -> Text:
    return say(
        "Mời in, cắt rời, trao tận tay, rồi xóa tệp này. Ai cầm được đường dẫn thì mở được. Đường dẫn dùng được "
        "bảy ngày."
    )


def links_name() -> Text:
    return say("Loi-moi.xlsx")


LINK = say("Đường dẫn")
TABLE = (say("Họ và tên"), say("Đảng viên"), say("Nơi ở"), say("Liên lạc"))
PAGE_LINK = say("Mở bằng trình duyệt")
UNTIL = say("Dùng được đến")


# --- correct, remove, deputy --------------------------------------------------------------------------------------


def which_fact() -> Text:
    return say("Sửa mục nào?")


def fact_now(*, value: Text) -> Text:
    return say("Hiện nay: {value}", value=value)


def remove_first(*, name: Text) -> Text:
    return say(
        "Đưa đồng chí {name} ra khỏi danh sách này? Đây chỉ là danh sách để giữ liên lạc. Tư cách đảng viên không "
        "đổi.",
        name=name,
    )


def remove_second(*, name: Text) -> Text:
    return say(
        "Chắc chắn đưa đồng chí {name} ra? Cuộc trò chuyện sẽ đóng, lời mời bị thu hồi, không hỏi báo cáo nữa. "
        "Muốn có lại, phải thêm và mời lại từ đầu.",
        name=name,
    )


def removed(*, name: Text) -> Text:
    return say("Đã đưa đồng chí {name} ra khỏi danh sách trong chương trình này.", name=name)


def not_yourself() -> Text:
    return say(
        "Đồng chí không tự đưa mình ra khỏi danh sách được. Khi đổi bí thư, đảng ủy cấp trên làm việc đó ở /dangbo."
    )


def holds_an_office(*, name: str) -> Text:
    return say(
        "Chưa thể đưa đồng chí {name} ra: đồng chí ấy còn giữ chức vụ ngoài chi bộ. Mời làm lại khi đảng ủy cấp trên đã "
        "cho thôi chức vụ đó.",
        name=name,
    )


def you_left() -> Text:
    return say(
        "Cuộc trò chuyện này đã đóng: bạn không còn trong danh sách liên lạc ở đây. Nếu có nhầm lẫn, mời gọi cho "
        "người đã gửi lời mời."
    )


# --- rhythm -------------------------------------------------------------------------------------------------------


def every(months: int) -> Text:
    return say("hằng tháng") if months == 1 else say("{n} tháng một lần", n=months)


def rhythm(
    *,
    every_months: int,
    opens_day: int,
    due_day: int,
    hour: int,
    weekday: int | None = None,
    mine: bool = False,
) -> Text:
    """Say a rhythm. `mine`: to the member whose rhythm it is."""
    clock = say("theo giờ của đồng chí") if mine else say("giờ của từng người")
    if weekday is not None:
        start = say("của tháng") if opens_day == 1 else say("từ ngày {opens}", opens=opens_day)
        return say(
            "{every}, hỏi {weekday} đầu tiên {start}, hạn sau đó {days} ngày, lúc {hour}:00 {clock}",
            every=every(every_months),
            weekday=weekday_name(weekday),
            start=start,
            days=due_day - opens_day,
            hour=hour,
            clock=clock,
        )
    return say(
        "{every}, hỏi ngày {opens}, hạn ngày {due}, lúc {hour}:00 {clock}",
        every=every(every_months),
        opens=opens_day,
        due=due_day,
        hour=hour,
        clock=clock,
    )


def ask_every(*, now: Text) -> Text:
    return say("Lịch báo cáo của chi bộ hiện nay: {now}.\n\nMấy tháng báo cáo một lần?", now=now)


def ask_opens() -> Text:
    return say("Hỏi vào ngày nào trong tháng? Gõ một số từ 1 đến 27.")


def ask_due(*, opens: int) -> Text:
    return say("Hạn trả lời là ngày nào? Gõ một số từ {first} đến 28.", first=opens + 1)


def ask_hour() -> Text:
    return say("Lúc mấy giờ (giờ nơi đảng viên đang ở)? Gõ một số từ 7 đến 20.")


def ask_grace(*, now: int) -> Text:
    return say("Quá hạn mấy ngày thì mới báo bí thư? Hiện nay: {now}. Gõ một số từ 0 đến 20.", now=now)


def number_expected(*, least: int, most: int) -> Text:
    return say("Mời gõ một số từ {least} đến {most}.", least=least, most=most)


def confirm_rhythm(*, new: Text, grace: int) -> Text:
    return say(
        "Lưu lịch mới: {new}? Ngày dự phòng sau hạn: {grace}.\n\nKỳ đang mở giữ nguyên. Từ kỳ sau theo lịch mới.",
        new=new,
        grace=grace,
    )


def rhythm_saved(*, new: Text) -> Text:
    return say("Đã lưu lịch báo cáo: {new}.", new=new)


def own_rhythm(*, name: str, now: Text) -> Text:
    return say("Lịch báo cáo của đồng chí {name}: {now}. Chọn lịch khác:", name=name, now=now)


# --- export -------------------------------------------------------------------------------------------------------


def export_name(*, on: str) -> Text:
    return say("Danh-sach-{on}.xlsx", on=on)


def exported(*, cell: str, count: int, imports: bool) -> Text:
    """Say that a file was made. `imports`: its reader may send it back."""
    words = say(
        "Danh sách {cell}, {count} người. Mời giữ cẩn thận: có số điện thoại.", cell=cell, count=count
    )
    if not imports:
        return words + say(" Có chỗ cần sửa, mời báo bí thư.")
    return words + say(" Muốn sửa rồi gửi lại ở /nhap, lưu một bản không có mật khẩu.")


def keep_links(*, replaces: bool) -> Text:
    words = say("Lời mời đã sẵn sàng. Ai đăng ký xong sẽ hiện trong danh sách.")
    return lines(words, _old_links()) if replaces else words


def clock(*, time: str, day: Text) -> Text:
    return say("{time} {day}", time=time, day=day)


def just_invited() -> Text:
    return say("Lời mời vừa tạo ở ngay bên dưới. Muốn tạo lời mời khác, mời đợi vài giây.")
