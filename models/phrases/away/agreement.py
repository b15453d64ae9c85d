"""Words of agreements with whoever receives members away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import Text, day, join, raw, say, say_as, small

LIST = say("Thỏa thuận phối hợp")
HERE = say("Thỏa thuận ở nơi này")
ADD = say("Ghi thỏa thuận mới")
TALK = say("Ghi lần trao đổi")
RENEW = say_as("agreement", "Gia hạn")
END = say("Kết thúc thỏa thuận")
OFFER = say("Gửi cho đồng chí ấy")
SAVE = say_as("agreement", "Ghi lại")
OPEN_END = say("Không định ngày hết hạn")
TODAY = say("Hôm nay")
YESTERDAY = say("Hôm qua")
NOT_KNOWN = say("Chưa có")

MAKING = say("ghi thỏa thuận phối hợp")
TALKING = say("ghi lần trao đổi")
RENEWING = say("gia hạn thỏa thuận")
ENDING = say("kết thúc thỏa thuận")
CORRECT = say("Sửa thỏa thuận")
CORRECTING = say("sửa thỏa thuận")
SEE = say("Xem thỏa thuận")
FACTS: dict[str, Text] = {
    "until": say("Ngày hết hạn"),
    "person": say_as("agreement", "Người liên hệ"),
    "phone": say_as("agreement", "Số điện thoại"),
    "agreed": say("Nội dung thỏa thuận"),
}

KINDS: dict[str, Text] = {
    "employer": say("Nơi sử dụng lao động"),
    "committee": say("Cấp ủy, tổ chức đảng"),
    "association": say("Hội, đoàn thể"),
    "other": say_as("agreement", "Nơi khác"),
}


# --- screens --------------------------------------------------------------------------------------------------------


def overview(*, unit: str, rows: Sequence[Text], page: int, pages: int) -> Text:
    head = say("<b>Thỏa thuận phối hợp</b> · {unit}", unit=unit)
    if not rows:
        return paragraph(
            head,
            say(
                "Chưa ghi thỏa thuận nào. Khi đã trao đổi với nơi đang nhận đảng viên của mình (doanh nghiệp, cấp ủy, hội), mời "
                "đồng chí ghi vào đây; lần khai đi xa tới nơi ấy sẽ có một dòng nhắc."
            ),
        )
    if pages > 1:
        head += say(" (trang {page}/{pages})", page=page + 1, pages=pages)
    return paragraph(head, lines(*rows))


def row(*, with_whom: str, place: Text, ends_on: date | None, unit: str | None) -> Text:
    """Say one line; `unit`: whose it is, where it is another unit's."""
    whose = say(" · {unit}", unit=unit) if unit else EMPTY
    return say("• <b>{who}</b>, {place}, {until}", who=with_whom, place=place, until=_until(ends_on)) + whose


def _until(ends_on: date | None) -> Text:
    return say("đến {on}", on=day(ends_on)) if ends_on else say("không định ngày hết hạn")


def at_place(*, name: str, rows: Sequence[Text]) -> Text:
    return paragraph(say("<b>{name}</b>: thỏa thuận ở nơi đang đến", name=name), lines(*rows))


def detail(
    *,
    kind: str,
    with_whom: str,
    place: Text,
    unit: str,
    begins_on: date,
    ends_on: date | None,
    ended_on: date | None,
    contact: str,
    agreed: str,
    talks: Sequence[Text],
) -> Text:
    facts = [
        say("{kind}, {place}", kind=KINDS[kind], place=place),
        say("Bên ta: {unit}", unit=unit),
        say("Từ {begin}, {until}", begin=day(begins_on), until=_until(ends_on)),
    ]
    if ended_on is not None:
        facts.append(say("Đã kết thúc ngày {on}", on=day(ended_on)))
    facts.append(say("Người liên hệ: {who}", who=contact) if contact else say("Người liên hệ: chưa có"))
    told = [lines(say("Đã trao đổi:"), *talks)] if talks else []
    return paragraph(
        lines(say("<b>{who}</b>", who=with_whom), *facts),
        say("Nội dung: {agreed}", agreed=agreed),
        *told,
    )


def talk(*, on: date, by: str, said: str) -> Text:
    return say("• {on}, {by}: {said}", on=day(on), by=by, said=said)


def on_absence(*, names: Sequence[str]) -> Text:
    """Say on the screen of an absence that somebody there is known."""
    return say("Nơi này chi bộ có thỏa thuận với {who}.", who=join([raw(one) for one in names], "; "))


def waits(*, ends_on: date, past: bool) -> Text:
    """Say what waits behind the name of whom the agreement is with."""
    if past:
        return say("thỏa thuận đã hết hạn {on}", on=raw(f"{ends_on:%d/%m}"))
    return say("thỏa thuận hết hạn {on}", on=raw(f"{ends_on:%d/%m}"))


# --- questions ------------------------------------------------------------------------------------------------------


def ask_what(*, with_whom: str) -> Text:
    return say("Sửa gì của thỏa thuận với <b>{who}</b>?", who=with_whom)


def correction(*, what: str, before: str, after: str) -> Text:
    """Say what was put right, for the list of talks."""
    none = "(chưa có)"
    return say(
        "sửa {what}: {before} → {after}", what=small(FACTS[what]), before=before or none, after=after or none
    )


def corrected(*, changed: bool) -> Text:
    if not changed:
        return say("Điều này đã đúng như vậy, không có gì thay đổi.")
    return say("Đã sửa. Điều cũ và người sửa được ghi ở phần trao đổi.")


def ends_soon(*, with_whom: str, ends_on: date) -> Text:
    return say(
        "Thỏa thuận phối hợp với <b>{who}</b> hết hạn ngày {on}. Mời trao đổi với nơi ấy, rồi gia hạn hoặc kết thúc.",
        who=with_whom,
        on=day(ends_on),
    )


def ask_kind() -> Text:
    return say("Thỏa thuận với nơi nào?")


def ask_with_whom() -> Text:
    return say("Tên nơi ấy? Ví dụ: Công ty Sakura, Hội người Việt Nam tại Osaka.")


def ask_place() -> Text:
    return say("Ở tỉnh hoặc nước nào? Mời bấm hoặc gõ tên.")


def ask_begin() -> Text:
    return say("Thỏa thuận có từ ngày nào?")


def ask_end() -> Text:
    return say("Đến hết ngày nào? Gần ngày ấy, việc gia hạn sẽ hiện ở mục việc đang chờ.")


def ask_person() -> Text:
    return say("Người liên hệ ở nơi ấy là ai? Mời ghi họ tên, chức vụ, khi người ấy đã biết.")


def ask_phone() -> Text:
    return say("Số điện thoại của người liên hệ?")


def ask_agreed() -> Text:
    return say(
        "Hai bên đã thống nhất những gì? Mời ghi ngắn gọn, không ghi tên đảng viên. Khi đồng chí bấm gửi, đảng viên đang ở nơi ấy "
        "đọc được lời này."
    )


def look_over(*, facts: Text) -> Text:
    return paragraph(say("<b>Mời đồng chí xem lại</b>"), facts)


def ask_talk_day(*, with_whom: str) -> Text:
    return say("Trao đổi với {who} ngày nào?", who=with_whom)


def ask_talk_words() -> Text:
    return say("Đã trao đổi những gì? Mời ghi một, hai câu.")


def ask_renew(*, with_whom: str) -> Text:
    return say("Thỏa thuận với {who} kéo dài đến hết ngày nào?", who=with_whom)


def ask_sure(*, with_whom: str) -> Text:
    return say(
        "Kết thúc thỏa thuận với {who}? Từ nay nơi này không còn được gợi ý nữa; những gì đã ghi vẫn còn.",
        who=with_whom,
    )


# --- what happened --------------------------------------------------------------------------------------------------


def made() -> Text:
    return say("Đã ghi thỏa thuận.")


def talked() -> Text:
    return say("Đã ghi lần trao đổi.")


def renewed(*, ends_on: date | None) -> Text:
    return say("Đã gia hạn: {until}.", until=_until(ends_on))


def ended() -> Text:
    return say("Đã kết thúc thỏa thuận.")


def offered(*, name: str, told: bool) -> Text:
    if told:
        return say("Đã gửi cho đồng chí {name}.", name=name)
    return say(
        "Lời này đã gửi cho đồng chí {name} trước đây, hoặc tin không tới được. Mời gọi điện.", name=name
    )


def offer(*, with_whom: str, place: Text, person: str | None, phone: str | None, agreed: str) -> Text:
    """Tell a member away whom they may turn to; the organisation at home is not named."""
    who = [say("Người liên hệ: {who}", who=", ".join(part for part in (person, phone) if part))]
    return paragraph(
        say(
            "Ở {place}, khi cần, đồng chí có thể liên hệ <b>{who}</b>.",
            place=place,
            who=with_whom,
        ),
        *(who if person or phone else []),
        say("Nội dung: {agreed}", agreed=agreed),
    )


# --- refusals -------------------------------------------------------------------------------------------------------


def ends_before(*, begins_on: date) -> Text:
    return say("Ngày hết hạn phải từ ngày bắt đầu ({on}) trở đi.", on=day(begins_on))


def ended_already() -> Text:
    return say("Thỏa thuận này đã kết thúc.")


def not_offered_here() -> Text:
    return say("Thỏa thuận này không còn hiệu lực, hoặc không phải ở nơi đồng chí ấy đang đến.")
