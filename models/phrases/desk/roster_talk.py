"""Words of the conversations about a roster: import, add, list, a person's card, rhythm, export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from models.phrases.common import lines, paragraph
from models.phrases.desk.roster import column
from models.phrases.desk.roster import column as _column
from models.phrases.people.member import REACHABILITY, STANDINGS
from models.phrases.text import Text, both, day, join, raw, say, weekday_name

# --- names of what is being done, and buttons ---------------------------------------------------------------------

IMPORTING = say("nhập danh sách từ Excel", "importing a roster from Excel")
ADDING = say("thêm một người", "adding somebody")
LISTING = say("xem danh sách", "looking at the roster")
CORRECTING = say("sửa thông tin", "correcting data")
SETTING_RHYTHM = say("đặt lịch báo cáo", "setting the schedule")

CONFIRM_IMPORT = say("Lưu vào danh sách", "Save to the roster")
OTHER_FILE = say("Gửi tệp khác", "Send another file")
LEFT_FILE = say("Tệp các dòng chưa nhận", "File of the rows not taken")
CONFIRM_ADD = say("Lưu và tạo lời mời", "Save and invite")
UNKNOWN = say("Chưa rõ, bỏ qua", "Not known, skip")
AT_HOME = say("Không đi làm ăn xa", "Not working away")
ALL = say("Tất cả", "All")
NOT_REGISTERED = say("Chưa đăng ký", "Not registered")
AWAY = say("Đi làm ăn xa", "Away")
UNREACHABLE = say("Không liên lạc được", "Unreachable")
SHOW_EVERYBODY = say("Bỏ tìm kiếm", "Clear search")
PREVIOUS = say("‹ Trang trước", "‹ Previous page")
NEXT = say("Trang sau ›", "Next page ›")
TO_LIST = say("‹ Danh sách", "‹ Roster")
TO_CARD = say("‹ Thông tin của đồng chí này", "‹ This person")
MORE = say("Việc khác", "More")
FILTER = say("Lọc danh sách", "Show a part of the list")
CONTACTS = say("Phân công giữ liên lạc", "Say who keeps in touch")
ASSIGNING = say("phân công giữ liên lạc cho nhiều đồng chí", "saying who keeps in touch with several")
ADD = say("Thêm một người", "Add somebody")
IMPORT = say("Nhập từ Excel", "Import from Excel")
EXPORT = say("Xuất ra Excel", "Export to Excel")
INVITE_ALL = say("Mời tất cả ai chưa đăng ký", "Invite all who are not registered")
RHYTHM = say("Lịch báo cáo của chi bộ", "The cell's schedule")
INVITE = say("Mời đăng ký", "Invite")
INVITE_AGAIN = say("Mời lại", "Invite again")
NEW_PHONE = say("Mời lại (đổi điện thoại)", "Invite again (new phone)")
REVOKE = say("Thu hồi lời mời", "Revoke the invite")
CORRECT = say("Sửa thông tin", "Correct data")
SHOW_PHONE = say("Xem số điện thoại", "Show the phone number")
REMOVE = say("Đưa ra khỏi danh sách", "Remove from the roster")
REMOVE_YES = say("Đúng, đưa ra khỏi danh sách", "Yes, remove")
REMOVE_SURE = say("Tôi chắc chắn", "I am sure")
KEEP = say("Không, giữ lại", "No, keep")
OWN_RHYTHM = say("Lịch báo cáo riêng", "Their own schedule")
YES_DO = say("Đồng ý", "Yes")
AS_MESSAGES = say("Mỗi người một tin để chuyển tiếp", "One message each, to forward")
AS_FILE = say("Một tệp Excel để in", "One Excel file to print")
SAVE = say("Lưu", "Save")
AS_CELL = say("Theo lịch của chi bộ", "The cell's schedule")


def which_cell() -> Text:
    return say("Đồng chí làm việc này cho chi bộ nào?", "For which cell?")


def no_longer() -> Text:
    return say(
        "Mời mở lại /danhsach: người này không còn trong danh sách, hoặc danh sách đã đổi.",
        "This person is no longer on the roster, or the roster has changed. Please open /danhsach again.",
    )


# --- import -------------------------------------------------------------------------------------------------------


def template_name() -> Text:
    return say("Mau-danh-sach.xlsx", "Roster-template.xlsx")


def template(*, cell: str) -> Text:
    return say(
        "Tệp mẫu danh sách của {cell}. Điền mỗi người một dòng rồi gửi lại vào đây.",
        "The roster template of {cell}. Fill in one person a row and send it back here.",
        cell=cell,
    )


def ask_file(*, megabytes: int) -> Text:
    return say(
        "Mời gửi tệp Excel (.xlsx, .ods hoặc .csv, tối đa {megabytes} MB). Đồng chí xem trước, xác nhận rồi mới "
        "lưu.",
        "Please send the Excel file (.xlsx; .ods and .csv are read as well; at most {megabytes} MB). Nothing is stored until you "
        "have seen a preview and confirmed.",
        megabytes=megabytes,
    )


def file_expected() -> Text:
    return say(
        "Đang chờ một tệp Excel (.xlsx). Mời bấm hình kẹp giấy, chọn Tệp (File), rồi chọn tệp danh sách.",
        "An Excel file (.xlsx) is awaited. Please tap the paper clip, choose File, then choose the roster.",
    )


def empty_file() -> Text:
    return say(
        "Tệp này chưa có người nào. Mời điền ít nhất một dòng rồi gửi lại.",
        "There is nobody in this file yet. Please fill in at least one row and send it again.",
    )


def nothing_new(*, same: int) -> Text:
    return say(
        "Không có gì mới: {same} người trong tệp đều đã có trong danh sách, thông tin như cũ.",
        "Nothing new: the {same} people of the file are on the roster already, unchanged.",
        same=same,
    )


def preview_head(*, cell: str, new: int, changed: int, same: int, unclear: int, left: int) -> Text:
    counts = [
        say(
            "Thêm mới {new} · thay đổi {changed} · giữ nguyên {same}",
            "New {new} · changed {changed} · unchanged {same}",
            new=new,
            changed=changed,
            same=same,
        )
    ]
    if left or unclear:
        counts.append(
            say(
                "Chưa nhận được {left} dòng · chưa rõ là ai {unclear}",
                "Not taken {left} rows · not clear who {unclear}",
                left=left,
                unclear=unclear,
            )
        )
    return lines(
        say(
            "<b>Xem trước – {cell}</b>: chưa lưu gì",
            "<b>Preview – {cell}</b>: nothing is saved yet",
            cell=cell,
        ),
        *counts,
    )


def page(*, number: int, of: int) -> Text:
    return say("Trang {number}/{of}", "Page {number}/{of}", number=number, of=of)


def section(title: Text, rows: Sequence[Text]) -> Text:
    return lines(title, *(say("• {row}", "• {row}", row=row) for row in rows))


NEW_PEOPLE = say("<b>Thêm mới</b>", "<b>New</b>")
CHANGES = say("<b>Thay đổi</b>", "<b>Changed</b>")
FAULTS = say(
    "<b>Chưa nhận được (các dòng khác vẫn nhập được)</b>", "<b>Not taken (the other rows can be imported)</b>"
)
FAULTY_CELLS = say(
    "<b>Ô chưa đọc được</b> (vẫn nhập người ấy; ô này để trống hoặc giữ như cũ)",
    "<b>Cells not understood</b> (the person is imported; the cell stays empty or as it was)",
)
RENAMED = say(
    "<b>Đổi họ tên</b>. Nếu là người khác, mời sửa số điện thoại hoặc năm sinh trong tệp. Nếu vẫn là người ấy: "
    "tài khoản, các đồng ý và báo cáo giữ nguyên",
    "<b>Renamed</b>: it stays the same person, with their account, consents and reports. If it is somebody else, please correct "
    "the phone or the year in the file",
)
ASKED = say("<b>Mời xem lại</b> (vẫn được nhập)", "<b>Please check</b> (they are imported)")
NOT_TAKEN = say(
    "<b>Không nhập</b>: dòng bị ẩn, bị gạch hoặc ghi là đã đi. Nếu cần, mời bỏ ẩn, bỏ gạch, rồi gửi lại",
    "<b>Left out</b>: hidden, crossed out, or said to have left. If they belong here, please show the rows and send it again",
)
BESIDE = say("<b>Phần ghi thêm, không nhập</b>", "<b>Remarks, left out</b>")
PASSED_OVER = say("<b>Trong tệp còn có, không nhập</b>", "<b>Also in the file, left out</b>")
DOUBTS = say(
    "<b>Chưa rõ là ai, để nguyên</b>. Mời ghi thêm số điện thoại trong tệp, hoặc sửa ở /danhsach",
    "<b>Not clear who, left as they are</b>: please add phone numbers in the file, or correct them in /danhsach",
)
MISSING = say(
    "<b>Có trong danh sách nhưng không có trong tệp</b> (vẫn giữ nguyên)",
    "<b>On the roster but not in the file</b> (they stay)",
)
UNREAD_PLACES = say(
    "<b>Nơi làm việc chưa hiểu được</b> (vẫn nhập người ấy; nơi để trống hoặc giữ như cũ)",
    "<b>Places not understood</b> (the person is imported; the place stays empty or as it was)",
)


def person(*, name: str, birth_year: int | None) -> Text:
    year = say(", sinh {year}", ", born {year}", year=birth_year) if birth_year else raw("")
    return say("{name}{year}", "{name}{year}", name=name, year=year)


_LETTERS = 34  # that a telephone shows on a button alone in its row


def in_list(*, name: Text, state: Text) -> Text:
    """Name and state on one button; of a long name the state, then the first words, are left out."""

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
    """Beside somebody who shares name and year with another: the end of the number, else the place."""
    if ending:
        return say("{who}, số …{ending}", "{who}, no. …{ending}", who=who, ending=ending)
    return say("{who}, {place}", "{who}, {place}", who=who, place=place) if place else who


def changed(*, who: Text, changes: Sequence[tuple[str, Text, Text]]) -> Text:
    parts = [
        say(
            "{column}: {before} → {after}",
            "{column}: {before} → {after}",
            column=column(name),
            before=before,
            after=after,
        )
        for name, before, after in changes
    ]
    return say("{who} – {what}", "{who} – {what}", who=who, what=join(parts, "; "))


def as_read(*, who: Text, facts: Sequence[Text]) -> Text:
    """Đỗ Thị Út, sinh 1990 · 0987 654 321 · chính thức · Đài Loan · Ngày vào Đảng 19/05/2015"""
    return join([who, *facts], " · ")


def place_read(*, place: Text, text: str, same: bool) -> Text:
    """TP Hồ Chí Minh (trong tệp: Bình Dương)"""
    return (
        place
        if same
        else say("{place} (trong tệp: {text})", "{place} (in the file: {text})", place=place, text=text)
    )


def day_read(*, column: str, day: Text) -> Text:
    return say("{column} {day}", "{column} {day}", column=_column(column), day=day)


NOT_KNOWN = say("(trống)", "(empty)")


def doubt(*, row: int, who: Text, alike: Sequence[Text]) -> Text:
    return say(
        "Dòng {row}: {who} – có thể là {alike}, hoặc người khác",
        "Row {row}: {who} – may be {alike}, or somebody else",
        row=row,
        who=who,
        alike=join(list(alike), " / "),
    )


def unread_place(*, row: int, who: Text, text: str) -> Text:
    return say("Dòng {row}: {who} – “{text}”", "Row {row}: {who} – “{text}”", row=row, who=who, text=text)


def left_name() -> Text:
    return say("Cac-dong-chua-nhan.xlsx", "Rows-not-taken.xlsx")


def left_rows(*, count: int) -> Text:
    return say(
        "Mời sửa trong tệp này rồi gửi lại ở /nhap: {count} dòng chưa nhận được. Cột cuối ghi chỗ cần sửa.",
        "{count} rows were not taken; the last column says what to correct. Please correct them in this file and send it back "
        "through /nhap.",
        count=count,
    )


def nothing_left() -> Text:
    return say(
        "Không còn dòng nào chưa nhận: lần nhập gần nhất đã nhận đủ.",
        "There are no such rows: the last import took them all.",
    )


def imported(*, new: int, changed: int, left: int) -> Text:
    saved = say(
        "Đã lưu: thêm mới {new}, thay đổi {changed}. Tiếp theo: mời những người chưa đăng ký.",
        "Saved: {new} new, {changed} changed. Next: invite those who are not registered.",
        new=new,
        changed=changed,
    )
    if not left:
        return saved
    rest = say(
        "Còn {left} dòng chưa nhận được. Danh sách các dòng ấy được giữ đến lần nhập sau.",
        "{left} rows were not taken; they are kept until the next import.",
        left=left,
    )
    return lines(saved, rest)


# --- one person's data --------------------------------------------------------------------------------------------

_ASK = {
    "name": say("Họ và tên đầy đủ?", "Full name?"),
    "birth_year": say("Năm sinh?", "Year of birth?"),
    "phone": say(
        "Số điện thoại? Số nước ngoài bắt đầu bằng dấu +. Có thể bỏ qua.",
        "Phone number? A foreign one begins with +. It may be skipped.",
    ),
    "official_on": say(
        "Ngày chính thức? Gõ ngày/tháng/năm, ví dụ 03/02/2011. Chỉ nhớ tháng, năm: gõ 02/2011 hoặc 2011. Có thể "
        "bỏ qua.",
        "Official member since which day? Type day/month/year, such as 03/02/2011, or 02/2011 or 2011. It may be skipped.",
    ),
    "standing": say("Chính thức hay dự bị?", "Official or probationary?"),
    "joined_on": say(
        "Ngày vào Đảng? Gõ ngày/tháng/năm, ví dụ 03/02/2010. Chỉ nhớ tháng, năm: gõ 02/2010 hoặc 2010. Có thể bỏ "
        "qua.",
        "Joined the Party on which day? Type day/month/year, such as 03/02/2010, or 02/2010 or 2010. It may be skipped.",
    ),
    "place": say(
        "Đang đi làm ăn xa ở đâu? Gõ tên tỉnh hoặc nước, hoặc chọn bên dưới.",
        "Where do they work away from home? Type a province or a country, or choose below.",
    ),
}


def ask_fact(name: str) -> Text:
    return _ASK[name]


NAME_IS_WHOLE = say("Đúng, họ tên chỉ có vậy", "Yes, that is the whole name")


def one_word(*, name: str) -> Text:
    return say(
        "Đã đủ họ và tên chưa? “{name}” mới có một chữ. Nếu chưa đủ, mời gõ lại.",
        "“{name}” is one word. Is it the whole name? If not, please type it in full.",
        name=name,
    )


def which_place() -> Text:
    return say("Đồng chí muốn nói nơi nào? Mời chọn.", "Which of these? Please choose.")


def place_not_found() -> Text:
    return say(
        "Chưa tìm thấy nơi này. Mời gõ tên tỉnh, thành phố hoặc nước, ví dụ: Đồng Nai, Nhật Bản.",
        "No such place was found. Please type a province or a country, such as Đồng Nai or Japan.",
    )


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
        say("<b>{name}</b>", "<b>{name}</b>", name=name),
        say("Năm sinh: {year}", "Born: {year}", year=birth_year or "?"),
        say("Điện thoại: {phone}", "Phone: {phone}", phone=phone or NOT_KNOWN),
        say("Đảng viên {standing}", "Member, {standing}", standing=STANDINGS[standing]),
        say("Ngày vào Đảng: {day}", "Joined on: {day}", day=joined_on or NOT_KNOWN),
        *([say("Ngày chính thức: {day}", "Official since: {day}", day=official_on)] if official_on else []),
        say("Nơi làm việc: {place}", "Works in: {place}", place=place),
    ]
    if not doubles:
        return paragraph(lines(*facts), say("Lưu và tạo lời mời?", "Save and invite?"))
    return paragraph(
        lines(*facts),
        section(
            say(
                "<b>Trong danh sách đã có người giống thế này:</b>",
                "<b>The roster has somebody like this already:</b>",
            ),
            doubles,
        ),
        say("Nếu vẫn là người khác, mời lưu.", "If this is somebody else, please save."),
    )


# --- list and card ------------------------------------------------------------------------------------------------


def listing(*, cell: str, shown: Text, words: str, count: int, total: int, page: int, pages: int) -> Text:
    parts = [
        say(
            "<b>Danh sách {cell}</b>: {total} người",
            "<b>Roster of {cell}</b>: {total} people",
            cell=cell,
            total=total,
        ),
    ]
    if words:
        found = say("Tìm “{words}”: {count}", "Searching “{words}”: {count}", words=words, count=count)
        parts.append(found)
    elif count != total:
        parts.append(say("{shown}: {count}", "{shown}: {count}", shown=shown, count=count))
    if pages > 1:
        parts.append(say("Trang {page}/{pages}", "Page {page}/{pages}", page=page, pages=pages))
    hint = say(
        "Chọn một người, hoặc gõ một phần tên để tìm (không cần dấu).",
        "Choose somebody, or type a part of a name to search (diacritics do not matter).",
    )
    return paragraph(lines(*parts), hint)


def more(*, cell: str) -> Text:
    return say("<b>Danh sách {cell}: việc khác</b>", "<b>Roster of {cell}: more</b>", cell=cell)


def which_part() -> Text:
    return say("Chỉ hiện những ai?", "Whom shall the list name?")


def card_more(*, name: Text) -> Text:
    return say("<b>{name}</b>: việc khác", "<b>{name}</b>: more", name=name)


def who_keeps() -> Text:
    return say(
        "Ai giữ liên lạc? Mời chọn một đồng chí. Bước sau chọn những đồng chí đi làm ăn xa.",
        "Who keeps in touch? Please choose somebody; whom with comes next.",
    )


def whom_with(*, contact: str, chosen: int, names: Sequence[str]) -> Text:
    head = say(
        "<b>Đồng chí {contact} giữ liên lạc với {chosen} đồng chí</b>, từ bây giờ đến khi thay.",
        "<b>{contact} keeps in touch with {chosen}</b>, from now until replaced.",
        contact=contact,
        chosen=chosen,
    )
    how = say(
        "Bấm tên để chọn hoặc bỏ chọn. Gõ một phần tên cũng được. Đã chọn sẵn ai chưa có người giữ liên lạc.",
        "Tap a name to choose it or not; part of a name may be typed. Those without a contact are chosen already.",
    )
    return paragraph(head, how, raw(", ".join(names))) if names else paragraph(head, how)


def assign_these(*, count: int) -> Text:
    return say("Phân công ({count})", "Assign ({count})", count=count)


def chosen_name(*, name: Text, chosen: bool) -> Text:
    return say("✓ {name}", "✓ {name}", name=name) if chosen else name


def nobody_away() -> Text:
    return say(
        "Mời ghi nơi làm việc ở /danhsach trước. Chưa ai được ghi là đi làm ăn xa, nên chưa cần người giữ liên "
        "lạc.",
        "Nobody's place away from home is known yet, so no contact is needed. Please note it in /danhsach first.",
    )


def choose_somebody() -> Text:
    return say("Mời chọn ít nhất một đồng chí.", "Please choose at least one.")


def assigned_many(*, contact: str, count: int, told: bool) -> Text:
    done = say(
        "✓ Đồng chí {contact} giữ liên lạc với {count} đồng chí.",
        "✓ {contact} keeps in touch with {count}.",
        contact=contact,
        count=count,
    )
    if told:
        return lines(done, say("Tin báo đang được gửi đi.", "They are being told."))
    return lines(
        done,
        say(
            "Đồng chí ấy chưa nhận được tin ở đây: mời gọi báo.",
            "They cannot be told here: please call them.",
        ),
    )


def nobody_here() -> Text:
    return say(
        "Danh sách còn trống. Mời nhập từ Excel hoặc thêm từng người.",
        "The roster is empty. Please import it from Excel or add people one by one.",
    )


NEVER_INVITED = say("chưa mời", "not invited yet")
WITHDRAWN = say("đã rút", "has withdrawn")


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
    parts = [say("<b>{name}</b>", "<b>{name}</b>", name=name)]
    if role is not None:
        parts.append(role)
    parts.append(
        say(
            "Đảng viên {standing}, sinh {year}",
            "Member, {standing}, born {year}",
            standing=STANDINGS[standing],
            year=birth_year or "?",
        )
    )
    if place is not None and there is not None:
        parts.append(
            say(
                "Đi làm ăn xa: {place}; ở đó bây giờ {there}",
                "Away: {place}; there it is now {there}",
                place=place,
                there=there,
            )
        )
    parts.append(say("Đăng ký: {invite}", "Registration: {invite}", invite=invite))
    if reach is not None:
        parts.append(reach)
    if checkin is not None:
        parts.append(checkin)
    return lines(*parts)


_NEXT_STEPS: dict[str, Text] = {
    "blocked": say(
        "Mời gọi điện, nhờ đồng chí ấy mở lại chương trình và bấm “Bỏ chặn”.",
        "Please call; ask them to open the bot and tap Unblock.",
    ),
    "deactivated": say(
        "Mời gọi điện, rồi tạo lời mời mới cho tài khoản Telegram mới.",
        "Please call, then make a new invite for their new Telegram account.",
    ),
    "never started": say(
        "Mời gọi điện, nhờ đồng chí ấy mở lời mời và bấm “Bắt đầu”.",
        "Please call; ask them to open the invite and tap Start.",
    ),
    "network": say(
        "Máy sẽ tự thử lại; cần gấp thì gọi điện.", "It is tried again by itself; call if it is urgent."
    ),
}


def reach(*, state: str) -> Text:
    told = say("Tài khoản: {state}", "Account: {state}", state=REACHABILITY[state])
    step = _NEXT_STEPS.get(state)
    return say("{told}. {step}", "{told}. {step}", told=told, step=step) if step else told


def last_checkin(*, period: Text, state: Text) -> Text:
    return say("Báo cáo {period}: {state}", "Check-in {period}: {state}", period=period, state=state)


def phone(*, name: str, phone: str, since: date | None, by: str) -> Text:
    """`since`: when it took the place of another; `by`: who put or confirmed it, where it was not its owner."""
    head = say(
        "Điện thoại của đồng chí {name}: <b>{phone}</b>",
        "Phone of {name}: <b>{phone}</b>",
        name=name,
        phone=phone,
    )
    look = say("Lần xem này được ghi lại; đồng chí ấy thấy được.", "This look was recorded; they can see it.")
    if since is None:
        return lines(head, look)
    whom = say("đồng chí {by} ghi hoặc xác nhận", "put or confirmed by {by}", by=by)
    how = whom if by else say("chính đồng chí ấy đổi", "changed by themselves")
    return lines(head, say("Số này có từ {on}: {how}.", "Since {on}: {how}.", on=day(since), how=how), look)


def no_phone(*, name: str) -> Text:
    return say(
        "Chưa có số điện thoại của đồng chí {name}. Có thể thêm ở “Sửa thông tin”.",
        "There is no phone number of {name} yet. Add it under “Correct data”.",
        name=name,
    )


# --- invites ------------------------------------------------------------------------------------------------------


def fact_changed(*, name: str, value: Text) -> Text:
    return say("✓ Đã sửa. {name}: {value}.", "✓ Corrected. {name}: {value}.", name=column(name), value=value)


def own_rhythm_set(*, rhythm: Text) -> Text:
    return say("✓ Lịch riêng: {rhythm}.", "✓ Own schedule: {rhythm}.", rhythm=rhythm)


def invite_again(*, name: str) -> Text:
    return say(
        "Tạo lời mời mới cho đồng chí {name}? Đồng chí ấy đã đăng ký: lời mời mới chỉ dùng khi đổi điện thoại "
        "hoặc mất tài khoản.\n\nKhi có người mở lời mời:\n• Tài khoản cũ được báo ngay, có một ngày để chặn.\n• "
        "Một người khác phải xác nhận; đồng chí không tự xác nhận được.\n• Bí thư, phó bí thư và cấp trên biết "
        "đồng chí đã mời.\n• Chức vụ tạm nghỉ đến khi cấp trên xác nhận.",
        "Make a new invite for {name}? They are registered: a new invite is only for a new phone or a lost "
        "account.\n\nWhen somebody opens it:\n• The former account is told at once, and has a day to stop it.\n• "
        "A second person has to confirm; you cannot.\n• The whole desk and the committee above learn that you "
        "sent it.\n• An office sleeps until the committee above confirms.",
        name=name,
    )


def revoked(*, name: str) -> Text:
    return say(
        "Đã thu hồi lời mời của đồng chí {name}. Đường dẫn cũ không dùng được nữa.",
        "The invite of {name} is revoked: the old link no longer works.",
        name=name,
    )


def nothing_to_revoke() -> Text:
    return say(
        "Không có lời mời nào còn hiệu lực để thu hồi.", "There is no invite left that could be revoked."
    )


def invite_all(*, count: int) -> Text:
    return say(
        "Tạo lời mời mới cho {count} người chưa đăng ký? Đường dẫn cũ của họ sẽ hết hiệu lực.",
        "Make new invites for the {count} people who are not registered? Their older links stop working.",
        count=count,
    )


def nobody_to_invite() -> Text:
    return say(
        "Không còn ai để mời. Mọi người đã đăng ký, đã chọn không dùng, hoặc đã rút.",
        "Nobody is left to invite: all are registered, have preferred not to, or have withdrawn.",
    )


def invites_follow(*, count: int, replaces: bool) -> Text:
    words = say(
        "Mời chuyển tiếp riêng {count} tin dưới đây. Mỗi tin cho đúng một người.",
        "Below are {count} messages, each for one person: please forward each to that person only.",
        count=count,
    )
    return lines(words, _old_links()) if replaces else words


def _old_links() -> Text:
    return say(
        "Những đường dẫn đã gửi trước đây không dùng được nữa.",
        "The links that were sent before work no more.",
    )


def invite_for(*, name: Text, words: Text) -> Text:
    return say("Gửi cho: <b>{name}</b>\n\n{words}", "For: <b>{name}</b>\n\n{words}", name=name, words=words)


def links_file() -> Text:
    return say(
        "Mời in, cắt rời, trao tận tay, rồi xóa tệp này. Ai cầm được đường dẫn thì mở được. Đường dẫn dùng được "
        "bảy ngày.",
        "Each link is a key: whoever holds it can open it. Please print, cut apart, hand over in person, then delete "
        "this file. The links work for seven days.",
    )


def links_name() -> Text:
    return say("Loi-moi.xlsx", "Invites.xlsx")


LINK = say("Đường dẫn", "Link")
UNTIL = say("Dùng được đến", "Works until")


# --- correct, remove, deputy --------------------------------------------------------------------------------------


def which_fact() -> Text:
    return say("Sửa mục nào?", "Correct what?")


def fact_now(*, value: Text) -> Text:
    return say("Hiện nay: {value}", "Now: {value}", value=value)


def remove_first(*, name: Text) -> Text:
    return say(
        "Đưa đồng chí {name} ra khỏi danh sách này? Đây chỉ là danh sách để giữ liên lạc. Tư cách đảng viên không "
        "đổi.",
        "Remove {name} from the list in this program? It is only the list for keeping contact here and decides "
        "nothing about membership.",
        name=name,
    )


def remove_second(*, name: Text) -> Text:
    return say(
        "Chắc chắn đưa đồng chí {name} ra? Cuộc trò chuyện sẽ đóng, lời mời bị thu hồi, không hỏi báo cáo nữa. "
        "Muốn có lại, phải thêm và mời lại từ đầu.",
        "Asking once more. After removing {name}: their chat is closed, invites are revoked, nothing is asked any "
        "more. To have them back, add and invite them anew.",
        name=name,
    )


def removed(*, name: Text) -> Text:
    return say(
        "Đã đưa đồng chí {name} ra khỏi danh sách trong chương trình này.",
        "{name} is removed from the list in this program.",
        name=name,
    )


def not_yourself() -> Text:
    return say(
        "Đồng chí không tự đưa mình ra khỏi danh sách được. Khi đổi bí thư, đảng ủy cấp trên làm việc đó ở /dangbo.",
        "You cannot remove yourself. When the secretary changes, the committee above does that in /dangbo.",
    )


def holds_an_office(*, name: str) -> Text:
    return say(
        "Chưa thể đưa đồng chí {name} ra: đồng chí ấy còn giữ chức vụ ngoài chi bộ. Mời làm lại khi đảng ủy cấp trên đã "
        "cho thôi chức vụ đó.",
        "{name} still holds an office outside the cell and cannot be removed yet. "
        "Please do this again once the committee above has ended that office.",
        name=name,
    )


def you_left() -> Text:
    return say(
        "Cuộc trò chuyện này đã đóng: bạn không còn trong danh sách liên lạc ở đây. Nếu có nhầm lẫn, mời gọi cho "
        "người đã gửi lời mời.",
        "You are no longer on the contact list here, so this chat is closed. If that is a mistake, please call the "
        "person who invited you.",
    )


# --- rhythm -------------------------------------------------------------------------------------------------------


def every(months: int) -> Text:
    return (
        say("hằng tháng", "monthly")
        if months == 1
        else say(f"{months} tháng một lần", f"every {months} months")
    )


def rhythm(
    *,
    every_months: int,
    opens_day: int,
    due_day: int,
    hour: int,
    weekday: int | None = None,
    mine: bool = False,
) -> Text:
    """`mine`: said to the member whose rhythm it is."""
    clock = (
        say("theo giờ của đồng chí", "on your clock")
        if mine
        else say("giờ của từng người", "of each person's clock")
    )
    if weekday is not None:
        start = (
            say("của tháng", "of the month")
            if opens_day == 1
            else say("từ ngày {opens}", "from day {opens} on", opens=opens_day)
        )
        return say(
            "{every}, hỏi {weekday} đầu tiên {start}, hạn sau đó {days} ngày, lúc {hour}:00 {clock}",
            "{every}, asked on the first {weekday} {start}, due {days} days later, at {hour}:00 {clock}",
            every=every(every_months),
            weekday=weekday_name(weekday),
            start=start,
            days=due_day - opens_day,
            hour=hour,
            clock=clock,
        )
    return say(
        "{every}, hỏi ngày {opens}, hạn ngày {due}, lúc {hour}:00 {clock}",
        "{every}, asked on day {opens}, due on day {due}, at {hour}:00 {clock}",
        every=every(every_months),
        opens=opens_day,
        due=due_day,
        hour=hour,
        clock=clock,
    )


def ask_every(*, now: Text) -> Text:
    return say(
        "Lịch báo cáo của chi bộ hiện nay: {now}.\n\nMấy tháng báo cáo một lần?",
        "The cell's schedule now: {now}.\n\nEvery how many months?",
        now=now,
    )


def ask_opens() -> Text:
    return say(
        "Hỏi vào ngày nào trong tháng? Gõ một số từ 1 đến 27.", "Ask on which day of the month? Type 1 to 27."
    )


def ask_due(*, opens: int) -> Text:
    return say(
        "Hạn trả lời là ngày nào? Gõ một số từ {first} đến 28.",
        "Due on which day? Type {first} to 28.",
        first=opens + 1,
    )


def ask_hour() -> Text:
    return say(
        "Lúc mấy giờ (giờ nơi đảng viên đang ở)? Gõ một số từ 7 đến 20.",
        "At what hour (of the member's clock)? Type 7 to 20.",
    )


def ask_grace(*, now: int) -> Text:
    return say(
        "Quá hạn mấy ngày thì mới báo bí thư? Hiện nay: {now}. Gõ một số từ 0 đến 20.",
        "How many days of grace after the due day, until the secretary hears of it? Now: {now}. Type 0 to 20.",
        now=now,
    )


def number_expected(*, least: int, most: int) -> Text:
    return say(
        "Mời gõ một số từ {least} đến {most}.",
        "Please type a number from {least} to {most}.",
        least=least,
        most=most,
    )


def confirm_rhythm(*, new: Text, grace: int) -> Text:
    return say(
        "Lưu lịch mới: {new}? Ngày dự phòng sau hạn: {grace}.\n\nKỳ đang mở giữ nguyên. Từ kỳ sau theo lịch mới.",
        "New schedule: {new}. Days of grace after the due day: {grace}.\n\nWhat is open stays; the next one follows the new schedule. Save?",
        new=new,
        grace=grace,
    )


def rhythm_saved(*, new: Text) -> Text:
    return say("Đã lưu lịch báo cáo: {new}.", "The schedule is saved: {new}.", new=new)


def own_rhythm(*, name: str, now: Text) -> Text:
    return say(
        "Lịch báo cáo của đồng chí {name}: {now}. Chọn lịch khác:",
        "Schedule of {name}: {now}. Choose another:",
        name=name,
        now=now,
    )


# --- export -------------------------------------------------------------------------------------------------------


def export_name(*, on: str) -> Text:
    return say("Danh-sach-{on}.xlsx", "Roster-{on}.xlsx", on=on)


def exported(*, cell: str, count: int, imports: bool) -> Text:
    """`imports`: who reads it may send it back."""
    words = say(
        "Danh sách {cell}, {count} người. Mời giữ cẩn thận: có số điện thoại.",
        "Roster of {cell}, {count} people, with phone numbers: please keep it safe.",
        cell=cell,
        count=count,
    )
    if not imports:
        return words + say(
            " Có chỗ cần sửa, mời báo bí thư.",
            " Where something is to be corrected, please tell the secretary.",
        )
    return words + say(
        " Muốn sửa rồi gửi lại ở /nhap, lưu một bản không có mật khẩu.",
        " To send it back through /nhap after changes, save a copy without the password.",
    )


def keep_links(*, replaces: bool) -> Text:
    words = say(
        "Lời mời đã sẵn sàng. Ai đăng ký xong sẽ hiện trong danh sách.",
        "The invites are ready. Whoever registers appears in the list.",
    )
    return lines(words, _old_links()) if replaces else words


def clock(*, time: str, day: Text) -> Text:
    return say("{time} {day}", "{time} {day}", time=time, day=day)


def just_invited() -> Text:
    return say(
        "Lời mời vừa tạo ở ngay bên dưới. Muốn tạo lời mời khác, mời đợi vài giây.",
        "The invite has just been made; it stands just below. For another one, please wait a few seconds.",
    )
