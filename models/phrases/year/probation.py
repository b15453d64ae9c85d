"""Words about the twelve months of a probationary member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, say, say_as

SEE = say("Xem hồ sơ dự bị")
MINE = say("Thời gian dự bị")
START = say("Theo dõi thời gian dự bị")
SAVE = say("Ghi lại")
CONSIDER = say("Ghi kết quả chi bộ xét")
CONSIDER_AGAIN = say("Ghi lần xét khác")
CHANGE_HELPER = say("Đổi người giúp đỡ")
END = say("Ghi quyết định, kết thúc")
NO_HELPER = say("Chưa có người giúp đỡ")
NO_PAPER = say("Không ghi văn bản")
SEE_ENDED = say("Hồ sơ dự bị đã kết thúc")
DOSSIER = say("Giấy tờ của hồ sơ")
TO_PROBATION = say("‹ Hồ sơ dự bị")
VOTES = say_as("probation", "Ghi số phiếu")
VOTES_AGAIN = say("Sửa số phiếu")
NO_VOTES = say("Không ghi số phiếu")
OTHER_OFFICIAL_DAY = say("Ngày chính thức khác")
TO_CARD = say("‹ Thông tin đảng viên")

STARTING = say("ghi thời gian dự bị")
HELPING = say_as("probation", "đổi người giúp đỡ")
CONSIDERING = say("ghi kết quả xét dự bị")
ENDING = say_as("probation", "kết thúc theo dõi dự bị")

OUTCOMES: dict[str, Text] = {
    "official": say("Công nhận chính thức"),
    "not": say("Không công nhận"),
    "unknown": say("Chuyển đi, không theo dõi nữa"),
}

STEPS: dict[str, Text] = {
    "course": say("Lớp bồi dưỡng đảng viên mới"),
    "self-review": say("Bản tự kiểm điểm của đảng viên dự bị"),
    "comments": say("Nhận xét của người giúp đỡ, đoàn thể, nơi cư trú"),
    "year over": say("Hết thời gian dự bị"),
    "first call": say("Nhắc chi bộ xét"),
    "last call": say("Nhắc chi bộ xét lần cuối"),
    "overdue": say("Quá hạn xét"),
}

ITEMS: dict[str, Text] = {
    "course": say("Chứng nhận lớp đảng viên mới"),
    "self-review": say("Bản tự kiểm điểm"),
    "helper": say("Nhận xét của người giúp đỡ"),
    "organisations": say("Nhận xét của đoàn thể"),
    "residence": say("Nhận xét của chi ủy nơi cư trú"),
}

STATES: dict[str, Text] = {
    "running": say("đang trong thời gian dự bị"),
    "considered": say("chi bộ đã xét, chờ quyết định"),
    "ended": say("đã kết thúc"),
}

_FOR_THE_MEMBER: dict[str, Text] = {
    "course": say(
        "Mời đồng chí thu xếp học lớp bồi dưỡng đảng viên mới và giữ giấy chứng nhận. Ở xa khó dự lớp thì báo chi bộ "
        "để được bố trí."
    ),
    "self-review": say("Mời đồng chí viết bản tự kiểm điểm của đảng viên dự bị và gửi chi bộ."),
    "comments": say(
        "Mời đồng chí xin nhận xét của đoàn thể nơi làm việc và của chi ủy nơi cư trú, gửi về chi bộ."
    ),
    "year over": say(
        "Đồng chí đã hết thời gian dự bị. Chi bộ sẽ họp xét; mời đồng chí gửi nốt giấy tờ còn thiếu, nếu có."
    ),
    "first call": say("Chi bộ chưa ghi kết quả xét. Nếu giấy tờ của đồng chí còn thiếu, mời gửi sớm."),
    "last call": say("Sắp hết hạn xét và chưa có kết quả được ghi. Mời đồng chí trao đổi với bí thư chi bộ."),
    "overdue": say(
        "Đã quá hạn xét mà chưa có kết quả được ghi. Việc xét chậm không làm thiệt ngày chính thức: ngày ấy vẫn tính từ "
        "khi hết thời gian dự bị. Mời đồng chí trao đổi với bí thư chi bộ."
    ),
}

_FOR_THE_HELPER: dict[str, Text] = {
    "course": say("Mời đồng chí hỏi xem đồng chí ấy đã học lớp bồi dưỡng đảng viên mới chưa."),
    "self-review": say("Mời đồng chí giúp đồng chí ấy viết bản tự kiểm điểm."),
    "comments": say("Mời đồng chí viết nhận xét của người giúp đỡ, gửi chi bộ."),
    "year over": say("Đã hết thời gian dự bị. Nhận xét của người giúp đỡ cần có trước khi chi bộ họp xét."),
    "first call": say("Chi bộ chưa ghi kết quả xét. Nếu nhận xét của đồng chí chưa gửi, mời gửi sớm."),
    "last call": say("Sắp hết hạn xét và chưa có kết quả được ghi."),
    "overdue": say("Đã quá hạn xét mà chưa có kết quả được ghi."),
}

_FOR_THE_SECRETARY: dict[str, Text] = {
    "course": say("Việc tháng này: giấy chứng nhận lớp bồi dưỡng đảng viên mới."),
    "self-review": say("Việc tháng này: bản tự kiểm điểm của đảng viên dự bị."),
    "comments": say(
        "Việc tháng này: nhận xét của người giúp đỡ, của đoàn thể nơi làm việc và của chi ủy nơi cư trú."
    ),
    "year over": say("Đã hết thời gian dự bị. Mời đưa vào nội dung kỳ họp chi bộ sắp tới và ghi kết quả."),
    "first call": say("Chưa có kết quả xét được ghi. Mời xếp vào kỳ họp chi bộ gần nhất."),
    "last call": say("Sắp hết hạn xét. Cần họp xét trong vài ngày tới, hoặc ghi kết quả nếu đã họp."),
    "overdue": say(
        "Đã quá hạn xét mà chưa có kết quả được ghi. Mời họp xét sớm; ngày chính thức vẫn tính từ khi hết thời gian dự bị."
    ),
}

_TASKS: dict[tuple[str, str], Text] = {
    (reader, step): words
    for reader, tasks in (
        ("member", _FOR_THE_MEMBER),
        ("helper", _FOR_THE_HELPER),
        ("secretary", _FOR_THE_SECRETARY),
    )
    for step, words in tasks.items()
}


def reminder(*, reader: str, step: str, name: str, admitted_on: date, over_on: date, deadline: date) -> Text:
    whose = say("Thời gian dự bị của đồng chí")
    if reader != "member":
        whose = say("Đảng viên dự bị <b>{name}</b>", name=name)
    return paragraph(whose, _dates(admitted_on, over_on, deadline), _TASKS[reader, step])


def _dates(admitted_on: date, over_on: date, deadline: date) -> Text:
    return lines(
        say("• Kết nạp: {day}", day=day(admitted_on)),
        say("• Hết thời gian dự bị: {day}", day=day(over_on)),
        say("• Chi bộ xét chậm nhất: {day}", day=day(deadline)),
    )


def started(*, admitted_on: date, over_on: date, deadline: date) -> Text:
    return paragraph(
        say("Chi bộ đã ghi thời gian dự bị của đồng chí. Đến từng việc, đồng chí sẽ được nhắc trước."),
        _dates(admitted_on, over_on, deadline),
        say("Nếu ngày kết nạp chưa đúng, mời báo bí thư."),
    )


def you_help(*, name: str, admitted_on: date) -> Text:
    return say(
        "Chi bộ phân công đồng chí giúp đỡ đảng viên dự bị <b>{name}</b> (kết nạp ngày {day}). Đến từng việc, đồng chí "
        "sẽ được nhắc trước.",
        name=name,
        day=day(admitted_on),
    )


def considered(*, on: date) -> Text:
    return say(
        "Chi bộ đã họp xét thời gian dự bị của đồng chí ngày {day}. Khi có quyết định của cấp ủy, đồng chí sẽ được báo.",
        day=day(on),
    )


def made_official(*, since: date, on: date, decision: str) -> Text:
    """Say that a member is official. `since`: the day from which it counts; `on`: that of the decision."""
    said = say(
        "Chúc mừng đồng chí: đã được công nhận đảng viên chính thức, tính từ ngày {since}.", since=day(since)
    )
    paper = [say("Văn bản: {paper}", paper=decision)] if decision else []
    return lines(said, say("Ngày quyết định: {on}", on=day(on)), *paper)


def runs_already(*, name: str) -> Text:
    return say("Thời gian dự bị của đồng chí {name} đang được theo dõi rồi. Mời mở mục ấy để sửa.", name=name)


def in_the_future() -> Text:
    return say("Ngày kết nạp chưa đến. Mời gõ ngày đã làm lễ kết nạp.")


def meeting_day_wrong(*, admitted_on: date) -> Text:
    return say(
        "Ngày họp phải sau ngày kết nạp {day} và không sau hôm nay. Mời gõ lại ngày họp chi bộ.",
        day=day(admitted_on),
    )


def votes_unfit() -> Text:
    return say("Số tán thành không thể nhiều hơn số đảng viên chính thức. Mời gõ hai số, ví dụ 11/12.")


def helper_wrong() -> Text:
    return say("Người giúp đỡ phải là một đảng viên chính thức khác của chi bộ. Mời chọn đồng chí khác.")


def settled(*, state: str) -> Text:
    return say("Việc này hiện ở tình trạng: {state}, nên không đổi được nữa ở đây.", state=STATES[state])


# --- the dialogue ---------------------------------------------------------------------------------------------------


def overview(
    *,
    name: str | None,
    state: str,
    admitted_on: date,
    over_on: date,
    deadline: date,
    helper: str | None,
    steps: Sequence[tuple[str, date, bool]],
    received: Mapping[str, date],
    said: Sequence[Text] = (),
    rules: Sequence[Text] = (),
) -> Text:
    """Show a probation.

    `name` None: the reader's own. `steps`: which, its day, and whether it is the next one. `received`: the papers.
    `said`: what the cell said and how it ended: it stands above all that led to it. `rules`: by which its days are counted.
    """
    whose = (
        say("<b>Thời gian dự bị của đồng chí</b>")
        if name is None
        else say("<b>Đảng viên dự bị {name}</b>", name=name)
    )
    standing = say("Tình trạng: {state}", state=STATES[state])
    helped = say("Người giúp đỡ: {name}", name=helper) if helper else say("Người giúp đỡ: chưa có")
    parts = [lines(whose, standing, helped), *said, lines(_dates(admitted_on, over_on, deadline), *rules)]
    if steps:
        parts.append(lines(say("Các việc và ngày nhắc:"), *map(_step, steps)))
    parts.append(papers(received=received))
    return paragraph(*parts)


def papers(*, received: Mapping[str, date]) -> Text:
    """Show what the cell has of the file, and what it has not."""
    rows = [
        say("✓ {what} ({on})", what=what, on=day(received[item]))
        if item in received
        else say("• {what}: chưa có", what=what)
        for item, what in ITEMS.items()
    ]
    head = say("Giấy tờ chi bộ đã có: {n}/{of}", n=len(received), of=len(ITEMS))
    return lines(head, *rows)


def about_papers(*, name: str, received: Mapping[str, date]) -> Text:
    return paragraph(
        say("<b>Giấy tờ của đồng chí {name}</b>", name=name),
        papers(received=received),
        say("Chạm vào giấy đã nhận để đánh dấu; chạm lần nữa để bỏ. Đã có thì không nhắc nữa."),
    )


def item_button(*, item: str, is_there: bool) -> Text:
    return say("✓ {what}", what=ITEMS[item]) if is_there else ITEMS[item]


def dossier_button(*, n: int) -> Text:
    return say("{label} ({n}/{of})", label=DOSSIER, n=n, of=len(ITEMS))


def _step(row: tuple[str, date, bool]) -> Text:
    step, on, is_next = row
    said = say("• {day}: {what}", day=day(on), what=STEPS[step])
    return say("<b>{said}</b> ← tiếp theo", said=said) if is_next else said


def considered_then(*, on: date, result: str, votes: Text | None) -> Text:
    """Say what one meeting of the cell said, as it was typed."""
    said = say("<blockquote>{said}</blockquote>", said=result or "–")
    head = say("Chi bộ xét ngày {day}:", day=day(on))
    return lines(head, *([votes] if votes else []), said)


def votes(*, votes_for: int, voters: int, needed: int, share: str) -> Text:
    """Say the count, and beside it what the Statutes ask for: people judge."""
    return say(
        "Tán thành: {n}/{of} đảng viên chính thức (đề nghị công nhận cần ít nhất {needed}, là {share}).",
        n=votes_for,
        of=voters,
        needed=needed,
        share=share,
    )


def counted_by(*, document: str) -> Text:
    return say("Hạn xét tính theo {document}.", document=document)


def begun_under(*, months: int, workdays: int, documents: Sequence[str]) -> Text:
    """Say by which rule it was begun, where another holds now."""
    return say(
        "Lúc bắt đầu theo dõi: {months} tháng dự bị, xét trong {workdays} ngày làm việc, theo {documents}. Quy định đã đổi nên các "
        "mốc đã được tính lại.",
        months=months,
        workdays=workdays,
        documents="; ".join(documents),
    )


def ended(*, on: date, how: str, since: date | None, decision: str | None) -> Text:
    """Say how it ended. `how`: a key of OUTCOMES; `since`: the day from which official membership counts."""
    parts = [say("Kết thúc ngày {day}: {how}", day=day(on), how=OUTCOMES[how])]
    if since is not None:
        parts.append(official_since(since=since))
    if decision:
        parts.append(say("Văn bản: {paper}", paper=decision))
    return lines(*parts)


def official_since(*, since: date) -> Text:
    return say("Ngày chính thức: {since}", since=day(since))


def ask_admitted(*, name: str) -> Text:
    return say(
        "Đồng chí <b>{name}</b> được kết nạp ngày nào? Mời gõ ngày làm lễ kết nạp, ví dụ 03/02/2026.",
        name=name,
    )


def as_on_roster(*, on: date) -> Text:
    return say("{day} (theo danh sách)", day=day(on))


def ask_helper(*, name: str) -> Text:
    return say(
        "Ai giúp đỡ đồng chí <b>{name}</b>? Mời chọn một đảng viên chính thức, hoặc gõ một phần tên để tìm.",
        name=name,
    )


def confirm_start(*, name: str, admitted_on: date, over_on: date, deadline: date, helper: str | None) -> Text:
    helped = say("• Người giúp đỡ: {name}", name=helper) if helper else say("• Người giúp đỡ: chưa có")
    return paragraph(
        say("Theo dõi thời gian dự bị của đồng chí <b>{name}</b>?", name=name),
        lines(_dates(admitted_on, over_on, deadline), helped),
        say("Đến từng việc, đồng chí ấy, người giúp đỡ và bí thư được nhắc, mỗi người phần của mình."),
    )


def ask_meeting_day() -> Text:
    return say("Chi bộ họp xét ngày nào? Mời gõ ngày họp, ví dụ 05/12/2026.")


def ask_result(*, limit: int, voters: int, needed: int, share: str) -> Text:
    return paragraph(
        say(
            "Kết quả xét thế nào? Mời gõ đúng như biên bản, số phiếu trước, ví dụ: {voters}/{voters} đồng ý đề nghị công "
            "nhận (tối đa {limit} ký tự). Người được xét cũng đọc được nội dung này.",
            limit=limit,
            voters=voters,
        ),
        say(
            "Theo danh sách, chi bộ có {voters} đảng viên chính thức; đề nghị công nhận cần ít nhất {needed} tán "
            "thành, là {share}.",
            voters=voters,
            needed=needed,
            share=share,
        ),
    )


def ask_votes(*, voters: int) -> Text:
    return say(
        "Bao nhiêu đảng viên chính thức tán thành, trên tổng số bao nhiêu? Gõ hai số, ví dụ {voters}/{voters}.",
        voters=voters,
    )


def confirm_result(*, name: str, on: date, result: str, votes: Text | None) -> Text:
    return paragraph(
        say("Ghi kết quả xét của đồng chí <b>{name}</b>?", name=name),
        lines(say("Ngày họp: {day}", day=day(on)), votes or say("Tán thành: không ghi số phiếu")),
        say("<blockquote>{said}</blockquote>", said=result),
    )


def ask_outcome(*, name: str) -> Text:
    return say("Thời gian dự bị của đồng chí <b>{name}</b> kết thúc thế nào?", name=name)


def ask_end_day() -> Text:
    return say("Ghi ngày nào? Mời gõ ngày của quyết định, ví dụ 20/12/2026.")


def ask_decision(*, limit: int) -> Text:
    return say(
        "Số và ngày văn bản, hoặc lý do kết thúc? Mời gõ như trên giấy (tối đa {limit} ký tự), hoặc bấm nút bên dưới.",
        limit=limit,
    )


def ask_official_day(*, since: date) -> Text:
    return say(
        "Ngày chính thức theo quyết định? Theo Điều lệ là ngày hết thời gian dự bị: {day}.", day=day(since)
    )


def by_the_statutes(*, on: date) -> Text:
    return say("{day} (theo Điều lệ)", day=day(on))


def official_day_wrong(*, admitted_on: date) -> Text:
    return say("Ngày chính thức phải sau ngày kết nạp {day}. Mời gõ lại.", day=day(admitted_on))


def confirm_end(*, name: str, outcome: str, on: date, decision: str, since: date | None) -> Text:
    parts = [
        say("Kết thúc theo dõi dự bị của đồng chí <b>{name}</b>?", name=name),
        say("• {how}, ngày {day}", how=OUTCOMES[outcome], day=day(on)),
    ]
    if since is not None:
        parts.append(say("• {since}", since=official_since(since=since)))
    if decision:
        parts.append(say("• Văn bản: {paper}", paper=decision))
    return lines(*parts)


def end_day_wrong(*, admitted_on: date) -> Text:
    return say(
        "Ngày kết thúc phải sau ngày kết nạp {day} và không sau hôm nay. Mời gõ lại.", day=day(admitted_on)
    )


def too_long_ago() -> Text:
    return say("Ngày này quá xa. Mời kiểm tra lại năm kết nạp.")


def is_official(*, name: str) -> Text:
    return say(
        "Danh sách ghi đồng chí {name} là đảng viên chính thức. Nếu chưa đúng, mời sửa danh sách trước.",
        name=name,
    )


def which_one() -> Text:
    return say("Đồng chí xem thời gian dự bị của ai?")


def none_now() -> Text:
    return say("Hiện không có thời gian dự bị nào liên quan đến đồng chí.")
