"""Words of coming home for a long holiday: asked, answered, and what the desk sees of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, say, say_as, weekday

FEASTS: dict[str, Text] = {
    "tet": say("Tết Nguyên đán"),
    "april": say("Dịp 30/4 và 1/5"),
    "september": say("Dịp Quốc khánh 2/9"),
}
PLANS: dict[str, Text] = {
    "asked": say("chưa trả lời"),
    "unsure": say("chưa biết"),
    "comes": say("có về"),
    "stays": say("không về"),
}
OPEN = say("Về quê dịp nghỉ")
DESK = say("Ai về quê dịp nghỉ")
OTHER_DAY = say_as("homecoming", "Về ngày khác")
UNSURE = say_as("homecoming", "Chưa biết")
STAYS = say("Không về")
CHANGE = say_as("homecoming", "Đổi câu trả lời")
FOR_ANOTHER = say("Ghi thay một đồng chí")
ANOTHER_PERSON = say("Ghi thay người khác")
ANSWERING = say("trả lời có về quê không")


# --- to whoever is away ---------------------------------------------------------------------------------------------


def question(
    *, feast: str, first: date, last: date, plan: str, comes_on: date | None, leaves_on: date | None
) -> Text:
    """Ask; where there is an answer already, say it."""
    asked = say("<b>Đồng chí có về quê dịp này không?</b>")
    when = say(
        "{feast}: nghỉ từ {first} đến {last}.", feast=FEASTS[feast], first=weekday(first), last=weekday(last)
    )
    how = say("Về thì bấm ngày về; ngày đi lại được hỏi sau đó. Lần về này không thay đổi việc đi xa.")
    if plan == "asked":
        return paragraph(asked, when, how)
    return paragraph(answered(plan=plan, comes_on=comes_on, leaves_on=leaves_on), asked, when, how)


def answered(*, plan: str, comes_on: date | None, leaves_on: date | None) -> Text:
    if comes_on and leaves_on:
        return say("Đã ghi: <b>có về, từ {a} đến {b}</b>.", a=weekday(comes_on), b=weekday(leaves_on))
    return say("Đã ghi: <b>{plan}</b>.", plan=PLANS[plan])


def noted(*, plan: str, comes_on: date | None, leaves_on: date | None) -> Text:
    """Confirm it, and say who sees it."""
    seen = say("Bí thư, phó bí thư thấy câu trả lời này. Đổi lúc nào cũng được.")
    return paragraph(answered(plan=plan, comes_on=comes_on, leaves_on=leaves_on), seen)


def comes_button(*, on: date) -> Text:
    return say("Về {day}", day=weekday(on))


def leaves_button(*, on: date) -> Text:
    return say("Đi {day}", day=weekday(on))


def when_comes(*, name: str = "") -> Text:
    """Ask. `name`: whom the desk answers for."""
    if name:
        return say("{name} về đến quê ngày nào? Mời bấm hoặc gõ, ví dụ 3/2.", name=name)
    return say("Đồng chí về đến quê ngày nào? Mời bấm hoặc gõ, ví dụ 3/2.")


def when_leaves(*, comes_on: date, name: str = "") -> Text:
    on = weekday(comes_on)
    if name:
        return say("{name} về {day}. Ngày nào đi lại? Mời bấm hoặc gõ, ví dụ 12/2.", name=name, day=on)
    return say("Về {day}. Ngày nào đồng chí đi lại? Mời bấm hoặc gõ, ví dụ 12/2.", day=on)


def leaves_first(*, comes_on: date) -> Text:
    return say("Ngày đi lại không thể trước ngày về ({day}). Mời chọn lại.", day=day(comes_on))


def gone_by() -> Text:
    return say_as("homecoming", "Ngày này đã qua. Mời chọn ngày khác.")


def far_from(*, first: date, last: date) -> Text:
    return say(
        "Ngày này xa kỳ nghỉ (từ {first} đến {last}). Mời chọn ngày gần hơn.",
        first=day(first),
        last=day(last),
    )


def too_long() -> Text:
    return say("Ở lâu như vậy thì không còn là về chơi. Nếu về hẳn, mời gõ /khaibao và bấm Tôi đã trở về.")


def holiday_over() -> Text:
    return say("Kỳ nghỉ này đã qua, không cần trả lời nữa.")


def away_over() -> Text:
    return say("Lần đi xa đã kết thúc, không cần trả lời nữa.")


def answered_for_you(
    *, by: str, feast: str, plan: str, comes_on: date | None, leaves_on: date | None
) -> Text:
    """Tell the member who answered for them, what, and that they may say otherwise."""
    who = say("{name} đã ghi thay đồng chí, sau khi trao đổi với đồng chí:", name=by)
    about = say("{feast}.", feast=FEASTS[feast])
    said = answered(plan=plan, comes_on=comes_on, leaves_on=leaves_on)
    return paragraph(lines(who, about, said), say("Chưa đúng thì mời bấm để đổi lại."))


# --- to the desk ----------------------------------------------------------------------------------------------------


def answers_otherwise(
    *, name: str, feast: str, plan: str, comes_on: date | None, leaves_on: date | None
) -> Text:
    """Tell who answered for a member what the member says now."""
    who = say("{name} vừa tự trả lời lại, khác với điều đồng chí đã ghi thay.", name=name)
    about = say("{feast}.", feast=FEASTS[feast])
    return paragraph(who, lines(about, answered(plan=plan, comes_on=comes_on, leaves_on=leaves_on)))


def visit_line(*, name: str, comes_on: date, leaves_on: date, by: str = "") -> Text:
    """Say from when to when. `by`: who answered for them."""
    a, b = weekday(comes_on), weekday(leaves_on)
    if by:
        return say("• {name}: từ {a} đến {b} ({by} ghi thay)", name=name, a=a, b=b, by=by)
    return say("• {name}: từ {a} đến {b}", name=name, a=a, b=b)


def plan_line(*, name: str, plan: str, by: str = "") -> Text:
    if by:
        return say("• {name}: {plan} ({by} ghi thay)", name=name, plan=PLANS[plan], by=by)
    return say("• {name}: {plan}", name=name, plan=PLANS[plan])


def whom_for(*, count: int) -> Text:
    return paragraph(
        say("<b>Ghi thay câu trả lời của ai?</b>"),
        say("Chỉ ghi khi đã trao đổi với đồng chí ấy. Đồng chí ấy được báo và đổi lại được."),
        *([] if count else [say("Không có ai đang đi xa.")]),
    )


def ask_for(
    *,
    name: str,
    feast: str,
    first: date,
    last: date,
    plan: str,
    comes_on: date | None,
    leaves_on: date | None,
    by: str,
) -> Text:
    """Ask the desk what the member said; where there is an answer already, say it and whose it is."""
    asked = say("<b>{name} có về quê dịp này không?</b>", name=name)
    when = say(
        "{feast}: nghỉ từ {first} đến {last}.", feast=FEASTS[feast], first=weekday(first), last=weekday(last)
    )
    if plan == "asked":
        return paragraph(asked, when)
    whose = say("{name} đã ghi thay.", name=by) if by else say("Đồng chí ấy đã tự trả lời.")
    return paragraph(lines(answered(plan=plan, comes_on=comes_on, leaves_on=leaves_on), whose), asked, when)


def noted_for(*, name: str, plan: str, comes_on: date | None, leaves_on: date | None) -> Text:
    return paragraph(
        answered(plan=plan, comes_on=comes_on, leaves_on=leaves_on),
        say("{name} được báo là đồng chí đã ghi thay, và đổi lại được.", name=name),
    )


def desk(
    *, feast: str, first: date, last: date, comes: int, of: int, rows: Sequence[Text], best: Text
) -> Text:
    """Show who comes home. `best`: the evening on which most are there, or that there is none."""
    head = say(
        "<b>{feast}, nghỉ từ {first} đến {last}: {n}/{of} đồng chí đi xa sẽ về</b>",
        feast=FEASTS[feast],
        first=weekday(first),
        last=weekday(last),
        n=comes,
        of=of,
    )
    return paragraph(head, best, *([lines(*rows)] if rows else []))


def best(*, on: date, count: int) -> Text:
    return say(
        "Tối đông người nhất: <b>{day}</b>, {n} đồng chí đi xa có mặt ở quê.", day=weekday(on), n=count
    )


def no_evening(*, families: bool) -> Text:
    """Say that there is no evening to propose. `families`: those of New Year's Eve and the first days do not count."""
    if families:
        return say("Chưa có tối nào có đồng chí đi xa ở quê (không tính tối giao thừa và ba ngày Tết).")
    return say("Chưa có tối nào có đồng chí đi xa ở quê.")


def call_button(*, on: date) -> Text:
    return say("Mời họp tối {day}", day=weekday(on))
