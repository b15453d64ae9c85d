"""Words of "Tôi đang đứng ở đâu?": what is recorded, what waits, what the rules say. Without markup: the paper has them, too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from models.phrases.away import away as away_words
from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.contact import contact_note, sign_of_life
from models.phrases.text import HOME_ZONE, Text, capital, day, join, moment, month, say, say_as
from models.phrases.year import review as review_words

SEE = say("Tôi đang đứng ở đâu?")
PRINT = say("In một trang (.docx)")
EXTEND = say_as("bearings", "Gia hạn")
DECLARE = say("Khai báo đi xa")
REPORT = say_as("bearings", "Báo cáo ngay")
REFILE = say_as("bearings", "Sửa và nộp lại đơn")
TO_STAY = say("Xem việc đi xa của tôi")
UPDATE = say_as("bearings", "Viết báo cáo bằng văn bản")
TO_TASKS = say("Xem nhiệm vụ của tôi")
TO_REVIEW = say("Mở bản kiểm điểm")
HELP = say_as("bearings", "Nhờ chi bộ giúp")

STAY = say_as("bearings", "Đi xa và giấy tờ")
OWED = say("Việc đang chờ đồng chí")
OWED_BY_THEM = say("Việc đang chờ đồng chí ấy")
SETTLED = say("Việc đã xong")
CONTACT = say("Liên hệ gần nhất")
COUNTS = say("Đảng phí và số tháng")
IF_NOTHING = say("Nếu chưa làm gì thì sao?")


def screen(*, heading: Text, chapters: Sequence[tuple[Text, Sequence[Text]]]) -> Text:
    """Lay the parts out: the sentence that matters first, then each part under its name."""
    parts = [
        lines(say("<b>{name}</b>", name=name), *(_item(one) for one in found)) for name, found in chapters
    ]
    return paragraph(say("<b>{heading}</b>", heading=heading), *parts)


def sums(*, name: str, chapters: Sequence[tuple[Text, Sequence[Text]]]) -> Text:
    """Lay the same parts out above a member's timeline, for those who keep in touch."""
    head = say("<b>{name}</b>: hiện nay", name=name)
    return paragraph(
        head,
        *(lines(say("<b>{name}</b>", name=part), *(_item(one) for one in found)) for part, found in chapters),
    )


def _item(words: Text) -> Text:
    return say("• {words}", words=words)


def printed() -> Text:
    return say("Một trang A4, cùng những câu trên màn hình.")


# --- the sentence that matters first --------------------------------------------------------------------------------


def heading(*, count: int, nearest: Text | None, by: date | None, over: int, excused: Text | None) -> Text:
    """Say how much waits and what is nearest, then until when one is excused."""
    tail = [excused] if excused is not None else []
    if nearest is None:
        return join([*tail, say("Hiện chưa ghi việc nào đang chờ đồng chí.")], " ")
    what = say("{what}, hạn {by}", what=nearest, by=day(by)) if by else nearest
    if count == 1:
        first = say("Có 1 việc đang chờ đồng chí: {what}.", what=what)
    else:
        first = say("Có {n} việc đang chờ đồng chí; gần nhất: {what}.", n=count, what=what)
    passed = [say("Số việc đã qua ngày hạn: {n}.", n=over)] if over and count > 1 else []
    return join([first, *passed, *tail], " ")


def excused(*, route: str, until: date) -> Text:
    return say("{route} đến hết ngày {until}.", route=capital(away_words.ROUTES[route]), until=day(until))


# --- away, and its papers -------------------------------------------------------------------------------------------


def at_home() -> Text:
    return say("Không có lần đi xa nào đang mở.")


def undeclared(*, place: Text) -> Text:
    return say(
        "Danh sách chi bộ ghi đang ở {place}; chưa có khai báo. Được miễn sinh hoạt đến ngày nào: chưa biết.",
        place=place,
    )


def kept_on_paper() -> Text:
    return say("Giấy tờ đi xa làm bằng giấy, không ghi ở đây.")


def probation(*, over_on: date | None) -> Text:
    if over_on is None:
        return say("Đảng viên dự bị; chưa ghi ngày kết nạp ở đây.")
    return say("Đảng viên dự bị; hết 12 tháng dự bị ngày {on}.", on=day(over_on))


def absence(
    *, state: str, route: str, place: Text, begins_on: date, due_on: date, returned_on: date | None
) -> Text:
    facts = {"place": place, "begin": day(begins_on), "end": day(due_on), "route": away_words.ROUTES[route]}
    match state:
        case "waiting":
            return say("{place}: xin {route}, từ {begin} đến {end}; đang chờ quyết định.", **facts)
        case "lapsed":
            return say("{place}: {route}, từ {begin}; ngày ghi trên giấy là {end}, đã qua.", **facts)
        case "returning":
            back = day(returned_on) if returned_on else say("chưa ghi ngày")
            return say("{place}: đã báo trở về ({back}); thủ tục trở về còn mở.", place=place, back=back)
        case _ if route == "formal":
            return say("{place}: {route}; hạn làm thủ tục: {end}.", **facts)
        case _:
            return say("{place}: {route}, từ {begin} đến hết ngày {end}.", **facts)


def no_decision() -> Text:
    return say("Chưa có quyết định nào được ghi.")


def noted(*, on: date | None) -> Text:
    return say(
        "Chi bộ ghi nhận ngày {on}; thời gian ngắn nên không cần quyết định.",
        on=day(on) if on else say("chưa ghi"),
    )


def decided(*, number: str | None, on: date | None, by: str) -> Text:
    return say(
        "Theo quyết định số {number}, ngày {on}, của {by}.",
        number=number or say("chưa ghi"),
        on=day(on) if on else say("chưa ghi"),
        by=by,
    )


def under_way(*, kind: str, state: str, until: date | None) -> Text:
    what = away_words.KINDS[kind]
    if until is not None:
        what = say("{what} đến {until}", what=what, until=day(until))
    return say("{what}: {state}.", what=what, state=away_words.FILING_STATES[state])


def pause(*, begins_on: date, ends_on: date) -> Text:
    return say("Tạm nghỉ báo cáo từ {begin} đến {end}.", begin=day(begins_on), end=day(ends_on))


# --- owed and settled -----------------------------------------------------------------------------------------------


def due(*, what: Text, by: date | None, over: bool) -> Text:
    if by is None:
        return say("{what} (chưa đặt hạn)", what=capital(what))
    if over:
        return say("{what}, hạn {by} (ngày này đã qua)", what=capital(what), by=day(by))
    return say("{what}, hạn {by}", what=capital(what), by=day(by))


def nothing_owed() -> Text:
    return say("Chưa ghi việc nào.")


def report(*, period: date | None) -> Text:
    return say("báo cáo {month}", month=month(period)) if period else say("trả lời câu hỏi của chi bộ")


def paper(*, kind: str) -> Text:
    return say("{kind} được trả lại để sửa", kind=away_words.KINDS[kind])


def extend() -> Text:
    return say("xin gia hạn, hoặc báo đã về")


def transfer() -> Text:
    return say("làm thủ tục chuyển sinh hoạt đảng chính thức")


def declare() -> Text:
    return say("khai báo đi xa")


def update() -> Text:
    return say("báo cáo bằng văn bản")


def return_step(*, step: str) -> Text:
    return say("thủ tục trở về: {step}", step=away_words.STEPS[step])


def review(*, kind: str, year: int) -> Text:
    return say("{kind} năm {year}", kind=review_words.KINDS[kind], year=year)


def task() -> Text:
    return say("nhiệm vụ được giao")


def nothing_settled() -> Text:
    return say("Chưa ghi việc nào đã xong.")


def reported(*, period: date | None, on: date) -> Text:
    what = say("Báo cáo {month}", month=month(period)) if period else say("Báo cáo ngoài kỳ")
    return say("{what}: đã nhận ngày {on}.", what=what, on=day(on))


def put_off(*, period: date | None, until: date) -> Text:
    what = report(period=period)
    return say("{what}: chi bộ cho lùi đến {until}.", what=capital(what), until=day(until))


def handed_in(*, kind: str, year: int, on: date | None) -> Text:
    what = capital(review(kind=kind, year=year))
    return say("{what}: đã nộp, ngày {on}.", what=what, on=day(on) if on else say("chưa ghi"))


def tasks_done(*, count: int) -> Text:
    return say("Nhiệm vụ đã báo xong trong năm: {n}.", n=count)


# --- contact, dues, months ------------------------------------------------------------------------------------------


def heard(*, on: date | None, how: str | None) -> Text:
    return say("{what}.", what=sign_of_life.last(on=on, how=how))


def reached(*, on: date, channel: str, by: str) -> Text:
    return say(
        "Lần gần nhất có người của chi bộ liên hệ được: {on} ({how}, đồng chí {by}).",
        on=day(on),
        how=contact_note.CHANNELS[channel],
        by=by,
    )


def dues(*, elsewhere: bool, until: date | None, source: tuple[str, datetime] | None) -> Text:
    if elsewhere:
        return say("Đảng phí: nộp ở nơi sinh hoạt tạm thời; chi bộ ở nhà không theo dõi.")
    if until is None:
        return say("Đảng phí: chưa ghi đến tháng nào.")
    return say("Đảng phí ghi đến {until}{source}.", until=month(until), source=_source(source))


def months(
    *,
    year: int,
    absent: Sequence[date],
    source: tuple[str, datetime] | None,
    limit: int,
    rule: Text,
) -> Text:
    listed = say(" ({list})", list=join([month(one) for one in absent], ", ")) if absent else EMPTY
    return say(
        "Số tháng vắng sinh hoạt không lý do trong năm {year}, tính theo {rule} ({limit} tháng trong năm): "
        "{n}{listed}{source}.",
        year=year,
        rule=rule,
        limit=limit,
        n=len(absent),
        listed=listed,
        source=_source(source),
    )


def silent(*, months: Sequence[date]) -> Text:
    listed = say(" ({list})", list=join([month(one) for one in months], ", ")) if months else EMPTY
    return say(
        "Số tháng chưa có liên hệ: {n}{listed}. Quy định không tính số này.", n=len(months), listed=listed
    )


def _source(source: tuple[str, datetime] | None) -> Text:
    if source is None:
        return EMPTY
    by, at = source
    if not by:
        return say(", theo điểm danh cuộc họp")
    return say(", đồng chí {by} nhập {at}", by=by, at=moment(at, HOME_ZONE))


# --- if nothing is done ---------------------------------------------------------------------------------------------


def rule(*, document: str, article: str) -> Text:
    return away_words.cited(document, article)


def unanswered() -> Text:
    return say("Báo cáo chưa trả lời: theo lệ của chi bộ, người giữ liên lạc gọi hỏi thăm, rồi đến bí thư.")


def runs_out(*, until: date, gone: bool) -> Text:
    if gone:
        return say(
            "Giấy đã ghi có giá trị đến {until}. Muốn ở lại thì xin gia hạn; đã về thì báo đã về.",
            until=day(until),
        )
    return say(
        "Giấy đã ghi có giá trị đến {until}; sau ngày ấy cần gia hạn, hoặc báo đã về.", until=day(until)
    )


def rule_of_meetings(*, months: int, rule: Text) -> Text:
    return say(
        "{rule}: bỏ sinh hoạt {n} tháng trong năm mà không có lý do chính đáng thì chi bộ xem xét, cấp có thẩm quyền "
        "quyết định.",
        rule=rule,
        n=months,
    )


def rule_of_dues(*, months: int, rule: Text) -> Text:
    return say(
        "{rule}: điều trên cũng áp dụng khi không đóng đảng phí {n} tháng trong năm mà không có lý do chính đáng.",
        rule=rule,
        n=months,
    )


def people_judge() -> Text:
    return say(
        "Lý do do chi bộ cùng đồng chí xem xét; chương trình chỉ ghi và đếm. Chỗ nào sai, mời báo bí thư."
    )
