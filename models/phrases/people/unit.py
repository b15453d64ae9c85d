"""Words about units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, raw, say, say_as

KINDS: dict[str, Text] = {
    "province": say("Tỉnh ủy, thành ủy"),
    "commune": say("Đảng ủy xã, phường"),
    "base": say("Đảng ủy cơ sở"),
    "section": say("Đảng bộ bộ phận"),
    "cell": say("Chi bộ"),
}


_KIND_WORDS = ("chi bộ", "đảng bộ bộ phận", "đảng bộ", "đảng ủy bộ phận", "đảng ủy", "tỉnh ủy", "thành ủy")


def short(name: str) -> str:
    """Return a unit's name without the words that say its kind: “thôn Đông” of “Chi bộ thôn Đông”.

    For places that have said the kind already, and for buttons; a name that is nothing else stays as it is.
    """
    for words in _KIND_WORDS:
        if name.casefold().startswith(f"{words} "):
            return name[len(words) :].strip() or name
    return name


def misplaced(*, parent: str) -> Text:
    return say(
        "Tổ chức cấp này không thể nằm dưới {parent}. Mời chọn lại cấp, hoặc chọn tổ chức cấp trên khác.",
        parent=parent,
    )


def exists(*, name: str) -> Text:
    return say("Ở đây đã có {name}. Mời đặt tên khác, hoặc mở tổ chức đang có.", name=name)


def called_so_already(*, name: str) -> Text:
    return say("Tổ chức này đang mang đúng tên {name}. Mời gõ tên mới.", name=name)


# --- the committee's view -----------------------------------------------------------------------------------------

CREATING = say("lập tổ chức trực thuộc")
NAMING_SECRETARY = say("ghi nhận bí thư")
MORE = say("Việc khác")
UP = say("‹ Lên một cấp")
ADD = say("Lập tổ chức trực thuộc")
INVITE_SECRETARY = say("Mời lại bí thư (đổi điện thoại)")
NEW_SECRETARY = say("Ghi nhận bí thư mới")
CREATE = say("Lập")
NAME_AND_INVITE = say("Ghi nhận và tạo lời mời")
NAME_SECRETARY = say("Ghi nhận bí thư chi bộ")
TO_UNIT = say("‹ Về tổ chức này")
TABLE = (
    say("Tổ chức"),
    say("Đi xa"),
    say("Đã đăng ký"),
    say("Đã báo cáo"),
    say("Quá hạn"),
    say("Tin không tới"),
    say("Lâu chưa có tin"),
    say("Cần hỗ trợ"),
    say("Sắp hết miễn"),
)
NO_FIGURES = say("chưa có số liệu")


def which_unit() -> Text:
    return say("Đồng chí xem tổ chức nào?")


def counts(
    *,
    away: int,
    registered: int,
    answered: int | None,
    late: int | None,
    unreachable: int,
    ending: int,
    requests: int,
    escalated: int,
) -> Text:
    """Say the numbers of those away, a matter a line. What nobody was asked about has no figure."""
    return say(
        "<b>{away} người đi xa</b> · đã đăng ký {registered}\n"
        "• báo cáo tháng này: {answered} · quá hạn: {late}\n"
        "• tin không tới: {unreachable} · lâu chưa có tin: {escalated}\n"
        "• sắp hết hạn miễn: {ending} · đang cần hỗ trợ: {requests}",
        away=away,
        registered=registered,
        answered=NO_FIGURES if answered is None else answered,
        late=NO_FIGURES if late is None else late,
        unreachable=unreachable if registered else NO_FIGURES,
        ending=ending,
        requests=requests if registered else NO_FIGURES,
        escalated=escalated if registered else NO_FIGURES,
    )


def no_roster() -> Text:
    return say("Danh sách: {none}", none=NO_FIGURES)


_NAMED = 2  # companions that are named; the rest are a number


def with_companions(*, counts: Text, names: Sequence[str]) -> Text:
    """Say figures with the other units that are in them."""
    if not names:
        return counts
    shown = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    others = say("{shown} và {more} nơi khác", shown=shown, more=more) if more > 0 else raw(shown)
    return say("{counts}\n(tính chung cả {others})", counts=counts, others=others)


def counted_with(*, name: str) -> Text:
    return say("Ít người đi xa, tính chung với {name}", name=name)


def not_alone() -> Text:
    return say("Ít người đi xa, không nêu riêng")


def too_few(*, smallest: int) -> Text:
    return say(
        "Dưới {smallest} người đi xa nên không nêu số liệu: số nhỏ quá sẽ lộ từng người.", smallest=smallest
    )


def overview(
    *,
    name: str,
    kind: str,
    total: Text,
    below: Sequence[tuple[str, Text]],
    page: int,
    pages: int,
    secretary: Text | None,
    former: Text | None = None,
    explains: bool = True,
) -> Text:
    """Show a unit's figures. `explains`: there is a figure to be explained."""
    head = [say("<b>{name}</b>", name=name), *([former] if former else []), total]
    if secretary is not None:
        head.append(secretary)
    if pages > 1:
        head.append(say("Trang {page}/{pages}", page=page + 1, pages=pages))
    rows = [say("<b>{name}</b>\n{counts}", name=n, counts=c) for n, c in below]
    note = say(
        "Chỉ có số lượng, không có tên. Nơi có ít người đi xa được tính chung với nơi kế tiếp. Người không đồng ý gửi số "
        "liệu lên cấp trên không có trong số nào ở đây."
    )
    return paragraph(lines(*head), *rows, *([note] if explains else []))


def no_cell_yet() -> Text:
    return say(
        "<b>Chưa có chi bộ nào. Việc đầu tiên: lập chi bộ.</b>\n"
        "1. Lập từng chi bộ (hoặc đảng bộ bộ phận trước).\n"
        "2. Ghi nhận bí thư của chi bộ và gửi lời mời.\n"
        "3. Bí thư lập danh sách đảng viên, mời đồng chí đi làm ăn xa. Sau đó số liệu hiện ở đây."
    )


def no_secretary_yet(*, count: int, cell: str) -> Text:
    return say(
        "<b>{count} chi bộ chưa có bí thư trong chương trình.</b> Việc tiếp theo: ghi nhận bí thư {cell} và gửi lời mời.",
        count=count,
        cell=cell,
    )


def rosters_come() -> Text:
    return say(
        "<b>Chưa có danh sách nào.</b> Bí thư các chi bộ đang lập danh sách; số liệu hiện ở đây khi đã có người đi xa."
    )


def more(*, name: str) -> Text:
    return say("<b>Việc khác – {name}</b>", name=name)


UNATTENDED = say("⚠ Có việc chờ, lâu không ai mở màn hình chi bộ")


def has_secretary(*, count: int) -> Text:
    if count:
        return say("Bí thư: đã có")
    return say_as("unit", "Bí thư: chưa có")


def ask_kind(*, parent: str) -> Text:
    return say("Lập tổ chức nào dưới {parent}?", parent=parent)


def ask_name() -> Text:
    return say("Tên đầy đủ của tổ chức? Ví dụ: Chi bộ thôn Đông.")


def ask_new_name(*, name: str) -> Text:
    return paragraph(
        say("Tên mới của <b>{name}</b>?", name=name),
        say("Ví dụ khi thôn, chi bộ sáp nhập hoặc đổi tên theo quyết định của cấp trên."),
    )


def former_name(*, name: str, until: date) -> Text:
    return say("Tên cũ: {name} (đến {until})", name=name, until=day(until))


def confirm_unit(*, kind: str, name: str, parent: str) -> Text:
    return say("Lập <b>{name}</b> ({kind}) dưới {parent}?", name=name, kind=KINDS[kind], parent=parent)


def created(*, name: str) -> Text:
    return say("Đã lập {name}.", name=name)


def confirm_secretary(*, name: str, birth_year: int | None, phone: str, cell: str, replaces: bool) -> Text:
    words = say(
        "Ghi nhận đồng chí <b>{name}</b>, sinh {year}, điện thoại {phone}, là bí thư {cell} trong chương trình này? Việc "
        "bầu, chỉ định bí thư theo Điều lệ.",
        name=name,
        year=birth_year or "?",
        phone=phone or "–",
        cell=cell,
    )
    if not replaces:
        return words
    warning = say(
        "Chi bộ đang có bí thư: quyền của đồng chí ấy trong chương trình hết ngay khi đồng chí xác nhận."
    )
    return paragraph(words, warning)


def you_are_secretary(*, cell: str) -> Text:
    return say(
        "Đồng chí được ghi nhận là bí thư {cell} trong chương trình này. Gõ /chibo để mở màn hình chi bộ.",
        cell=cell,
    )


def you_are_no_secretary(*, cell: str) -> Text:
    return say("Đồng chí không còn được ghi nhận là bí thư {cell} trong chương trình này.", cell=cell)


def secretary_named(*, name: str, cell: str) -> Text:
    return say(
        "Đồng chí {name} là bí thư {cell} trong chương trình này. Đồng chí ấy đã đăng ký từ trước nên không cần lời mời, trừ khi đổi điện thoại.",
        name=name,
        cell=cell,
    )


def several_alike() -> Text:
    return say("Danh sách chi bộ có nhiều người giống thế này. Mời nhập số điện thoại để phân biệt.")


def gone() -> Text:
    return say("Tổ chức này không còn, hoặc đã đổi. Mời mở lại /dangbo.")
