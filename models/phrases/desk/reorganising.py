"""Words about units that are renamed, moved, merged, split, ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from models.phrases.common import lines, paragraph
from models.phrases.people import rights
from models.phrases.text import Text, day, join, moment, raw, say, say_as

OPEN = say("Sắp xếp, đổi tên tổ chức")
WAYS: dict[str, Text] = {
    "rename": say("Đổi tên tổ chức này"),
    "move": say("Chuyển về cấp trên khác"),
    "merge": say("Sáp nhập vào nơi khác"),
    "split": say("Tách thành hai chi bộ"),
    "close": say("Kết thúc hoạt động"),
}
UNDO = say("Hoàn tác lần thay đổi này")
YES_UNDO = say("Hoàn tác")
TO_UNIT = say("‹ Về tổ chức này")
BACK = say_as("reorganising", "‹ Sắp xếp tổ chức")
TODAY = say_as("reorganising", "Hôm nay")
MISSPELT = say("Chỉ sửa lỗi viết")
SHOW_ALL = say("Xem tất cả")
DESK = say_as("reorganising", "Mở màn hình chi bộ")
TO_HEIR = say("Mở tổ chức tiếp nhận")
NAME_SECRETARY = say("Ghi nhận bí thư chi bộ mới")
CONFIRM: dict[str, Text] = {
    "rename": say("Đổi tên"),
    "move": say("Xác nhận chuyển"),
    "merge": say("Xác nhận sáp nhập"),
    "split": say("Xác nhận tách"),
    "close": say("Xác nhận kết thúc"),
}
CHANGING = say("sắp xếp lại tổ chức")
OFFICES: dict[str, Text] = {
    "end": say("Thôi giữ chức vụ ở chi bộ"),
    "deputy": say("Làm phó bí thư nơi tiếp nhận"),
    "leads": say("Làm bí thư nơi tiếp nhận"),
}

# what goes along, in the order in which it is said
MATTERS: dict[str, Text] = {
    "member": say("đảng viên"),
    "unit": say("tổ chức trực thuộc"),
    "away": say("hồ sơ đi làm ăn xa"),
    "checkin": say("kỳ báo cáo"),
    "ladder": say("lần lâu chưa có tin"),
    "request": say("đề nghị hỗ trợ, kiến nghị"),
    "review": say("bản kiểm điểm, cam kết"),
    "task": say("nhiệm vụ"),
    "meeting": say("cuộc họp"),
    "notice": say("thông báo"),
    "appointment": say("chức vụ, phân công"),
    "invite": say("lời mời chưa dùng"),
}


# --- the screen ---------------------------------------------------------------------------------------------------


def home(*, name: str, history: Sequence[Text], hours: int) -> Text:
    """Say what can be done, and what was."""
    does = say(
        "Đổi tên, chuyển, sáp nhập, tách, kết thúc đều theo quyết định của cấp trên. Trước khi xác nhận, đồng chí xem được "
        "những gì sẽ chuyển; trong {hours} giờ có thể hoàn tác.",
        hours=hours,
    )
    was = [lines(say("<b>Đã thay đổi</b>"), *history)] if history else []
    return paragraph(say("<b>Sắp xếp tổ chức – {name}</b>", name=name), does, *was)


def change(*, kind: str, name: str, other: str, number: str, on: date | None, at: date, undone: bool) -> Text:
    """Say one change in a line."""
    what = _DONE[kind](name, other)
    said = say("• {at}: {what}{paper}", at=day(at), what=what, paper=_in_brackets(number, on))
    return say("{said} – <i>đã hoàn tác</i>", said=said) if undone else said


def _in_brackets(number: str, on: date | None) -> Text:
    return say(" ({paper})", paper=by_decision(number=number, on=on)) if number else raw("")


def by_decision(*, number: str, on: date | None) -> Text:
    if on is None:
        return say("Quyết định số {number}", number=number)
    return say("Quyết định số {number}, ngày {on}", number=number, on=day(on))


_DONE = {
    "rename": lambda name, other: say("đổi tên {name}", name=name),
    "move": lambda name, other: say("chuyển {name} về trực thuộc {other}", name=name, other=other),
    "merge": lambda name, other: say("sáp nhập {name} vào {other}", name=name, other=other),
    "split": lambda name, other: say("tách {other} từ {name}", name=name, other=other),
    "close": lambda name, other: say("kết thúc hoạt động của {name}", name=name),
}


# --- what is asked ------------------------------------------------------------------------------------------------


def ask_number(*, kind: str) -> Text:
    return paragraph(
        say("Số quyết định của cấp trên?"),
        say("Ví dụ: 05-QĐ/ĐU ngày 01/12/2026. Không ghi ngày ở đây thì câu sau hỏi ngày."),
    )


def number_unread() -> Text:
    return say("Chưa thấy số quyết định. Ví dụ: 05-QĐ/ĐU.")


def ask_day(*, number: str) -> Text:
    return say("Quyết định số {number} ký ngày nào? Ví dụ: 01/12/2026.", number=number)


def ask_other(*, kind: str, name: str) -> Text:
    if kind == "move":
        first = say("<b>{name}</b> chuyển về trực thuộc tổ chức nào?", name=name)
    else:
        first = say(
            "<b>{name}</b> sáp nhập vào tổ chức nào? Tổ chức ấy tiếp nhận tất cả và còn hoạt động.", name=name
        )
    return paragraph(first, say("Bấm một tên, hoặc gõ một phần của tên để tìm."))


def no_other() -> Text:
    return say(
        "Không có tổ chức nào phù hợp mà đồng chí phụ trách. Việc này thuộc cấp trên của cả hai tổ chức."
    )


def ask_offices(*, name: str, into: str) -> Text:
    return say("Theo quyết định, bí thư {name} sau khi sáp nhập vào {into}:", name=name, into=into)


def ask_deputies(*, name: str, into: str) -> Text:
    return say("Theo quyết định, phó bí thư {name} sau khi sáp nhập vào {into}:", name=name, into=into)


def ask_new_cell(*, name: str) -> Text:
    return say("Tên đầy đủ của chi bộ mới, tách từ {name}?", name=name)


def ask_people(*, name: str, new: str) -> Text:
    return paragraph(
        say("Ai chuyển sang <b>{new}</b>?", new=new),
        say(
            "Gõ họ tên như trong quyết định, mỗi người một dòng. Hai người trùng tên thì thêm năm sinh sau dấu phẩy: "
            "Lê Văn Dũng, 1988."
        ),
    )


def unclear_people(*, said: Sequence[str], name: str) -> Text:
    found = [say("• {one}", one=one) for one in said]
    return paragraph(
        say("Danh sách {name} không có đúng một người với tên sau:", name=name),
        lines(*found),
        say("Mời xem lại rồi gõ lại cả danh sách."),
    )


# --- before it is confirmed ---------------------------------------------------------------------------------------


def look_over(
    *,
    kind: str,
    name: str,
    other: str,
    number: str,
    on: date | None,
    moves: Text | None,
    means: Sequence[Text],
) -> Text:
    """Say what is about to happen, what goes along, and what it means."""
    what = _ASKED[kind](name, other)
    head = lines(what, by_decision(number=number, on=on)) if number else what
    return paragraph(head, *([moves] if moves else []), lines(*(say("• {one}", one=one) for one in means)))


_ASKED = {
    "rename": lambda name, other: say("Đổi <b>{name}</b> thành <b>{other}</b>?", name=name, other=other),
    "move": lambda name, other: say(
        "Chuyển <b>{name}</b> về trực thuộc <b>{other}</b>?", name=name, other=other
    ),
    "merge": lambda name, other: say("Sáp nhập <b>{name}</b> vào <b>{other}</b>?", name=name, other=other),
    "split": lambda name, other: say("Tách <b>{other}</b> từ <b>{name}</b>?", name=name, other=other),
    "close": lambda name, other: say("Kết thúc hoạt động của <b>{name}</b>?", name=name),
}


def moves(*, counts: Mapping[str, int], other: str) -> Text:
    """Say how much of what goes along; what there is none of is left out."""
    said = [
        say("{count} {matter}", count=counts[one], matter=MATTERS[one]) for one in MATTERS if counts.get(one)
    ]
    if not said:
        return say("Không có gì phải chuyển sang {other}.", other=other)
    listed = join(said, ", ")
    return say("Chuyển sang {other}: {listed}. Tính cả việc đã xong.", other=other, listed=listed)


def moves_unsaid(*, people: int, other: str) -> Text:
    return say(
        "Chuyển sang {other}: {people} đảng viên cùng mọi hồ sơ, báo cáo, đề nghị, bản kiểm điểm, nhiệm vụ, lời mời của họ. "
        "Ít người nên không nêu số việc.",
        other=other,
        people=people,
    )


MEANS_NAME = say(
    "Từ bây giờ mọi màn hình và văn bản mới mang tên mới; văn bản đã nộp giữ tên cũ. Việc đổi tên được ghi vào nhật ký."
)
MEANS_LINKS = say("Lời mời, đường dẫn và tin đã gửi vẫn dùng được; không ai phải làm lại việc gì.")
MEANS_NAMES_KEPT = say("Biên bản, văn bản của thời gian trước vẫn mang tên cũ.")
MEANS_TOLD = say("Mọi người liên quan được báo một lần.")
MEANS_MOVED = say("Cấp trên mới xem số liệu và quyết định đơn thay cấp trên cũ.")
MEANS_STAYS = say(
    "Cuộc họp, thông báo, đợt kiểm điểm của chi bộ cũ ở lại chi bộ cũ; bản kiểm điểm đi theo từng người."
)
MEANS_NEW_EMPTY = say("Chi bộ mới chưa có bí thư: ghi nhận ngay sau khi xác nhận.")


def means_undo(*, hours: int) -> Text:
    return say("Có thể hoàn tác trong {hours} giờ.", hours=hours)


def means_offices(*, offices: str, deputies: str, name: str, into: str) -> Text:
    """Say what becomes of the offices of a unit that ends."""
    said = []
    if offices == "leads":
        said.append(
            say(
                "Bí thư {name} làm bí thư {into}; bí thư hiện nay của {into} thôi giữ chức.",
                name=name,
                into=into,
            )
        )
    if offices == "deputy":
        said.append(say("Bí thư {name} làm phó bí thư {into}.", name=name, into=into))
    if deputies == "deputy":
        said.append(say("Phó bí thư {name} làm phó bí thư {into}.", name=name, into=into))
    rest = say("Chức vụ khác ở {name} kết thúc ngay.", name=name)
    return join([*said, rest if said else say("Mọi chức vụ ở {name} kết thúc ngay.", name=name)], " ")


def means_date(*, name: str, into: str) -> Text:
    """Say which day of the month both cells meet on from now on."""
    return say(
        "Ngày họp hằng tháng theo {into}; ngày của {name} dừng, hoàn tác thì trở lại.", name=name, into=into
    )


# --- when it is done ----------------------------------------------------------------------------------------------


def done(*, kind: str, name: str, other: str, until: datetime, zone: str) -> Text:
    what = _DONE_SAID[kind](name, other)
    return paragraph(what, say("Có thể hoàn tác đến {until}.", until=moment(until, zone)))


_DONE_SAID = {
    "rename": lambda name, other: say("Đã đổi tên thành {name}.", name=name),
    "move": lambda name, other: say("{name} đã chuyển về trực thuộc {other}.", name=name, other=other),
    "merge": lambda name, other: say("{name} đã sáp nhập vào {other}.", name=name, other=other),
    "split": lambda name, other: say("Đã tách {other} từ {name}.", name=name, other=other),
    "close": lambda name, other: say("{name} đã kết thúc hoạt động.", name=name),
}


def ask_undo(*, kind: str, name: str, other: str, number: str, on: date | None) -> Text:
    return paragraph(
        say("Hoàn tác: {what}{paper}?", what=_DONE[kind](name, other), paper=_in_brackets(number, on)),
        say(
            "Người, hồ sơ, chức vụ trở lại như trước. Việc mới phát sinh của ai đi theo người ấy; điều đã sửa trong lúc đó "
            "không bị xóa. Mọi người đã được báo sẽ được báo lại."
        ),
    )


def undone() -> Text:
    return say("Đã hoàn tác. Tổ chức trở lại như trước.")


def undone_already() -> Text:
    return say("Lần thay đổi này đã được hoàn tác trước đó.")


# --- refusals -----------------------------------------------------------------------------------------------------


def nobody_above(*, name: str) -> Text:
    return say(
        "Trong chương trình này không có cấp trên của {name}: việc ấy do người phụ trách kỹ thuật làm.",
        name=name,
    )


def cannot_stand_there(*, name: str) -> Text:
    return say(
        "Không thể chuyển về {name}: tổ chức này đã ở đó, hoặc cấp không phù hợp. Mời chọn nơi khác.",
        name=name,
    )


def not_alike(*, name: str) -> Text:
    return say("Không thể sáp nhập vào {name}: hai tổ chức phải cùng cấp. Mời chọn nơi khác.", name=name)


def people_left(*, name: str) -> Text:
    return say(
        "{name} còn đảng viên trong danh sách. Mời sáp nhập chi bộ vào nơi khác, để không ai bị bỏ lại.",
        name=name,
    )


def nobody_passes(*, name: str) -> Text:
    return say(
        "{name} không có bí thư là đảng viên chính thức trong danh sách. Mời chọn: thôi giữ chức vụ.",
        name=name,
    )


def some_stay(*, name: str) -> Text:
    return say("Phải có người chuyển đi và có người ở lại {name}. Mời xem lại danh sách.", name=name)


def in_a_minute() -> Text:
    return say("Một thông báo hoặc điểm danh an toàn đang được gửi đến nơi này. Mời bấm lại sau một phút.")


def closed_already() -> Text:
    return say("Tổ chức này vừa được sắp xếp xong, không phải xác nhận nữa. Mời mở lại /dangbo.")


def too_late(*, hours: int) -> Text:
    return say(
        "Đã quá {hours} giờ nên không hoàn tác được. Cần đổi lại thì làm một thay đổi mới, theo quyết định.",
        hours=hours,
    )


def newer_first() -> Text:
    return say("Sau lần này đã có thay đổi khác. Mời hoàn tác lần sau trước.")


# --- what people are told -----------------------------------------------------------------------------------------


def told_renamed(*, before: str, after: str) -> Text:
    return say("{before} từ nay mang tên <b>{after}</b>.", before=before, after=after)


def told_moved(*, name: str, before: str, after: str) -> Text:
    return say(
        "{name} chuyển từ {before} về trực thuộc <b>{after}</b>.", name=name, before=before, after=after
    )


def told_merged_mine(*, name: str, into: str) -> Text:
    return say(
        "{name} đã sáp nhập vào <b>{into}</b>. Từ nay đồng chí thuộc {into}; việc đang làm và hồ sơ của đồng chí chuyển theo, "
        "không phải làm lại.",
        name=name,
        into=into,
    )


def told_merged_with(*, name: str, into: str) -> Text:
    return say("{name} đã sáp nhập vào <b>{into}</b>, chi bộ của đồng chí.", name=name, into=into)


def told_merged(*, name: str, into: str) -> Text:
    return say("{name} đã sáp nhập vào <b>{into}</b>.", name=name, into=into)


def told_closed(*, name: str) -> Text:
    return say("<b>{name}</b> đã kết thúc hoạt động. Việc còn lại do cấp trên tiếp nhận.", name=name)


def told_split_mine(*, name: str, new: str) -> Text:
    return say(
        "Từ nay đồng chí thuộc <b>{new}</b>, tách từ {name}; việc đang làm và hồ sơ của đồng chí chuyển theo, không phải làm "
        "lại.",
        name=name,
        new=new,
    )


def told_split_from(*, name: str, new: str) -> Text:
    return say("<b>{new}</b> đã tách từ {name}.", name=name, new=new)


def office_ended(*, role: str, unit: str) -> Text:
    return say(
        "Nhiệm vụ của đồng chí ở {unit} ({role}) kết thúc. Việc đang làm dở trên màn hình ở đó dừng lại; lời đồng chí đã gõ được gửi trả.",
        unit=unit,
        role=rights.ROLES[role],
    )


def office_passed(*, role: str, unit: str) -> Text:
    return say("Đồng chí nhận nhiệm vụ ở {unit}: {role}.", unit=unit, role=rights.ROLES[role])


def told_undone(*, kind: str, name: str, other: str) -> Text:
    return say("Đã hoàn tác việc {what}: tổ chức trở lại như trước.", what=_DONE[kind](name, other))
