"""Words about a member's own rhythm: what it is, the days of grace, and a kinder one that is offered."""

from __future__ import annotations

from datetime import datetime

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, capital, moment, say

MINE = say("Lịch báo cáo, tạm nghỉ")
CHANGE_FOR_ME = say("Đổi giúp tôi")
KEEP_AS_IS = say("Giữ như cũ")
AS_CELL = say("Trở lại theo lịch chi bộ")
GRACE = say("Thêm ngày dự phòng")
NO_GRACE = say("Không thêm")
TO_RHYTHM = say("‹ Lịch báo cáo")


def grace_button(*, days: int) -> Text:
    return say("{n} ngày", n=days)


def mine(
    *, rhythm: Text, is_own: bool, grace: int, own_grace: int, next_at: datetime | None, zone: str
) -> Text:
    whose = say("Lịch riêng của đồng chí.") if is_own else say("Theo lịch của chi bộ.")
    turn = say("Kỳ sau: {when}.", when=moment(next_at, zone)) if next_at else say("Hiện chưa có kỳ nào.")
    return paragraph(
        say("<b>Lịch báo cáo của đồng chí</b>"),
        lines(say("{rhythm}.", rhythm=capital(rhythm)), whose, turn),
        graces(grace=grace, own_grace=own_grace),
    )


def graces(*, grace: int, own_grace: int) -> Text:
    """Say the cell's days of grace, the member's own, and both together."""
    return lines(
        say("Ngày dự phòng của chi bộ sau hạn: <b>{n}</b>", n=grace),
        say("Ngày dự phòng riêng: <b>{n}</b>", n=own_grace),
        say("Quá hạn {n} ngày mà chưa có tin thì bí thư mới được báo.", n=grace + own_grace),
    )


def ask_grace(*, own_grace: int, most: int) -> Text:
    return say(
        "Làm ca, đi biển, mạng yếu: đồng chí được thêm tối đa {most} ngày dự phòng sau hạn. Hiện đang thêm: <b>{n}</b>.\n\n"
        "Chọn số ngày:",
        most=most,
        n=own_grace,
    )


def ask_grace_of(*, name: str, own_grace: int, most: int) -> Text:
    return say(
        "Ngày dự phòng riêng của đồng chí {name}: <b>{n}</b>. Bí thư đặt được tối đa {most} ngày.",
        name=name,
        n=own_grace,
        most=most,
    )


def grace_set(*, days: int) -> Text:
    return say("✓ Ngày dự phòng riêng: {n}.", n=days)


def grace_set_for_you(*, by: str, days: int) -> Text:
    return say(
        "Đồng chí {by} đã đặt cho đồng chí {n} ngày dự phòng riêng sau hạn báo cáo. Xem ở /baocao, Lịch báo cáo.",
        by=by,
        n=days,
    )


def rhythm_changed(*, rhythm: Text) -> Text:
    return say("✓ Lịch báo cáo của đồng chí: {rhythm}.", rhythm=rhythm)


# --- a kinder one, offered ------------------------------------------------------------------------------------------


def offer(*, name: str, slow: int, of: int, now: Text, new: Text | None, grace: int | None) -> Text:
    changes = [say("Lịch mới: {new}", new=new)] if new else []
    if grace:
        changes.append(say("Thêm {n} ngày dự phòng sau hạn", n=grace))
    return paragraph(
        say(
            "Chào đồng chí {name}. Trong {of} kỳ gần đây có {slow} kỳ ngày giờ hỏi có vẻ chưa tiện cho đồng chí.",
            name=name,
            slow=slow,
            of=of,
        ),
        lines(say("Bây giờ: {now}", now=now), *changes),
        say(
            "Đổi như vậy có tiện hơn không? Chương trình chỉ hỏi riêng đồng chí, không báo cho ai khác; giữ như cũ cũng không sao."
        ),
    )


def offer_kept() -> Text:
    return say("✓ Giữ như cũ. Muốn đổi lúc nào thì vào /baocao, Lịch báo cáo.")


def decided_already(*, accepted: bool) -> Text:
    if accepted:
        return say("Đồng chí đã chọn đổi lịch rồi.")
    return say("Đồng chí đã chọn giữ như cũ.")


def own_choice(*, on: Text) -> Text:
    """Say on the card who chose the rhythm."""
    return say("đồng chí ấy chọn ngày {on}", on=on)


def card_line(*, rhythm: Text | None, own_grace: int, chosen: Text | None) -> Text:
    """Say the rhythm on the person's card, for the secretary."""
    parts = [say("Lịch riêng: {rhythm}", rhythm=rhythm)] if rhythm else []
    if own_grace:
        parts.append(say("Ngày dự phòng riêng: {n}", n=own_grace))
    if chosen:
        parts.append(say("({chosen})", chosen=chosen))
    return lines(*parts)
