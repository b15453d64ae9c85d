"""Words about the twelve months of a probationary member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, say

SEE = say("Xem hồ sơ dự bị", "See the probation")
MINE = say("Thời gian dự bị", "Probation")
START = say("Theo dõi thời gian dự bị", "Follow the probation")
SAVE = say("Ghi lại", "Save")
CONSIDER = say("Ghi kết quả chi bộ xét", "Record the cell's result")
CONSIDER_AGAIN = say("Ghi lần xét khác", "Record another consideration")
CHANGE_HELPER = say("Đổi người giúp đỡ", "Change the helper")
END = say("Ghi quyết định, kết thúc", "Record the decision and end")
NO_HELPER = say("Chưa có người giúp đỡ", "No helper yet")
NO_PAPER = say("Không ghi văn bản", "No paper to name")
SEE_ENDED = say("Hồ sơ dự bị đã kết thúc", "The probation that ended")
DOSSIER = say("Giấy tờ của hồ sơ", "Papers of the file")
TO_PROBATION = say("‹ Hồ sơ dự bị", "‹ The probation")
VOTES = say("Ghi số phiếu", "Note the votes")
VOTES_AGAIN = say("Sửa số phiếu", "Correct the votes")
NO_VOTES = say("Không ghi số phiếu", "Leave the votes out")
OTHER_OFFICIAL_DAY = say("Ngày chính thức khác", "Another official day")
TO_CARD = say("‹ Thông tin đảng viên", "‹ The person")

STARTING = say("ghi thời gian dự bị", "noting a probation")
HELPING = say("đổi người giúp đỡ", "changing the helper")
CONSIDERING = say("ghi kết quả xét dự bị", "recording a consideration")
ENDING = say("kết thúc theo dõi dự bị", "ending a probation")

OUTCOMES: dict[str, Text] = {
    "official": say("Công nhận chính thức", "Made an official member"),
    "not": say("Không công nhận", "Not made official"),
    "unknown": say("Chuyển đi, không theo dõi nữa", "Moved away, no longer followed here"),
}

STEPS: dict[str, Text] = {
    "course": say("Lớp bồi dưỡng đảng viên mới", "Course for new members"),
    "self-review": say("Bản tự kiểm điểm của đảng viên dự bị", "The member's own review"),
    "comments": say(
        "Nhận xét của người giúp đỡ, đoàn thể, nơi cư trú", "Comments of helper, organisations, residence"
    ),
    "year over": say("Hết thời gian dự bị", "Probation over"),
    "first call": say("Nhắc chi bộ xét", "The cell is reminded"),
    "last call": say("Nhắc chi bộ xét lần cuối", "The cell is reminded for the last time"),
    "overdue": say("Quá hạn xét", "Time to consider is over"),
}

ITEMS: dict[str, Text] = {
    "course": say("Chứng nhận lớp đảng viên mới", "Certificate of the course"),
    "self-review": say("Bản tự kiểm điểm", "The member's own review"),
    "helper": say("Nhận xét của người giúp đỡ", "Comment of the helper"),
    "organisations": say("Nhận xét của đoàn thể", "Comments of organisations"),
    "residence": say("Nhận xét của chi ủy nơi cư trú", "Comment where they live"),
}

STATES: dict[str, Text] = {
    "running": say("đang trong thời gian dự bị", "running"),
    "considered": say("chi bộ đã xét, chờ quyết định", "considered, decision awaited"),
    "ended": say("đã kết thúc", "ended"),
}

_FOR_THE_MEMBER: dict[str, Text] = {
    "course": say(
        "Mời đồng chí thu xếp học lớp bồi dưỡng đảng viên mới và giữ giấy chứng nhận. Ở xa khó dự lớp thì báo chi bộ "
        "để được bố trí.",
        "Please arrange to take the course for new members and keep the certificate. If that is hard from afar, tell "
        "the cell.",
    ),
    "self-review": say(
        "Mời đồng chí viết bản tự kiểm điểm của đảng viên dự bị và gửi chi bộ.",
        "Please write your self-review as a probationary member and send it to the cell.",
    ),
    "comments": say(
        "Mời đồng chí xin nhận xét của đoàn thể nơi làm việc và của chi ủy nơi cư trú, gửi về chi bộ.",
        "Please obtain the comments of the organisations where you work and of the committee where you live.",
    ),
    "year over": say(
        "Đồng chí đã hết thời gian dự bị. Chi bộ sẽ họp xét; mời đồng chí gửi nốt giấy tờ còn thiếu, nếu có.",
        "Your probation is over. The cell will meet about it; please send what papers are still missing, if any.",
    ),
    "first call": say(
        "Chi bộ chưa ghi kết quả xét. Nếu giấy tờ của đồng chí còn thiếu, mời gửi sớm.",
        "The cell has recorded no result yet. If any of your papers are missing, please send them soon.",
    ),
    "last call": say(
        "Sắp hết hạn xét và chưa có kết quả được ghi. Mời đồng chí trao đổi với bí thư chi bộ.",
        "The time to consider is nearly over and no result is recorded. Please speak with the secretary.",
    ),
    "overdue": say(
        "Đã quá hạn xét mà chưa có kết quả được ghi. Việc xét chậm không làm thiệt ngày chính thức: ngày ấy vẫn tính từ "
        "khi hết thời gian dự bị. Mời đồng chí trao đổi với bí thư chi bộ.",
        "The time to consider has passed and no result is recorded. Being late does not cost you: official membership "
        "still counts from the end of the probation. Please speak with the secretary.",
    ),
}

_FOR_THE_HELPER: dict[str, Text] = {
    "course": say(
        "Mời đồng chí hỏi xem đồng chí ấy đã học lớp bồi dưỡng đảng viên mới chưa.",
        "Please ask whether they have taken the course for new members.",
    ),
    "self-review": say(
        "Mời đồng chí giúp đồng chí ấy viết bản tự kiểm điểm.", "Please help them with the self-review."
    ),
    "comments": say(
        "Mời đồng chí viết nhận xét của người giúp đỡ, gửi chi bộ.",
        "Please write your comment as the helper and give it to the cell.",
    ),
    "year over": say(
        "Đã hết thời gian dự bị. Nhận xét của người giúp đỡ cần có trước khi chi bộ họp xét.",
        "The probation is over. Your comment is needed before the cell meets.",
    ),
    "first call": say(
        "Chi bộ chưa ghi kết quả xét. Nếu nhận xét của đồng chí chưa gửi, mời gửi sớm.",
        "The cell has recorded no result yet. If your comment is missing, please hand it in soon.",
    ),
    "last call": say(
        "Sắp hết hạn xét và chưa có kết quả được ghi.",
        "The time to consider is nearly over and no result is recorded.",
    ),
    "overdue": say(
        "Đã quá hạn xét mà chưa có kết quả được ghi.",
        "The time to consider has passed and no result is recorded.",
    ),
}

_FOR_THE_SECRETARY: dict[str, Text] = {
    "course": say(
        "Việc tháng này: giấy chứng nhận lớp bồi dưỡng đảng viên mới.",
        "This month: the certificate of the course for new members.",
    ),
    "self-review": say(
        "Việc tháng này: bản tự kiểm điểm của đảng viên dự bị.", "This month: the member's own self-review."
    ),
    "comments": say(
        "Việc tháng này: nhận xét của người giúp đỡ, của đoàn thể nơi làm việc và của chi ủy nơi cư trú.",
        "This month: the comments of the helper, of the organisations at work and of the committee where they live.",
    ),
    "year over": say(
        "Đã hết thời gian dự bị. Mời đưa vào nội dung kỳ họp chi bộ sắp tới và ghi kết quả.",
        "The probation is over. Please put it to the next meeting of the cell and record the result.",
    ),
    "first call": say(
        "Chưa có kết quả xét được ghi. Mời xếp vào kỳ họp chi bộ gần nhất.",
        "No result is recorded yet. Please put it to the very next meeting.",
    ),
    "last call": say(
        "Sắp hết hạn xét. Cần họp xét trong vài ngày tới, hoặc ghi kết quả nếu đã họp.",
        "The time to consider is nearly over. Please meet within days, or record the result if you have.",
    ),
    "overdue": say(
        "Đã quá hạn xét mà chưa có kết quả được ghi. Mời họp xét sớm; ngày chính thức vẫn tính từ khi hết thời gian dự bị.",
        "The time to consider has passed and no result is recorded. Please meet soon; official membership still counts "
        "from the end of the probation.",
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
    whose = say("Thời gian dự bị của đồng chí", "Your probation")
    if reader != "member":
        whose = say("Đảng viên dự bị <b>{name}</b>", "Probationary member <b>{name}</b>", name=name)
    return paragraph(whose, _dates(admitted_on, over_on, deadline), _TASKS[reader, step])


def _dates(admitted_on: date, over_on: date, deadline: date) -> Text:
    return lines(
        say("• Kết nạp: {day}", "• Admitted: {day}", day=day(admitted_on)),
        say("• Hết thời gian dự bị: {day}", "• Probation over: {day}", day=day(over_on)),
        say("• Chi bộ xét chậm nhất: {day}", "• To be considered by: {day}", day=day(deadline)),
    )


def started(*, admitted_on: date, over_on: date, deadline: date) -> Text:
    return paragraph(
        say(
            "Chi bộ đã ghi thời gian dự bị của đồng chí. Đến từng việc, đồng chí sẽ được nhắc trước.",
            "The cell has noted your probation. You will be reminded of each thing in time.",
        ),
        _dates(admitted_on, over_on, deadline),
        say(
            "Nếu ngày kết nạp chưa đúng, mời báo bí thư.", "If the date is wrong, please tell the secretary."
        ),
    )


def you_help(*, name: str, admitted_on: date) -> Text:
    return say(
        "Chi bộ phân công đồng chí giúp đỡ đảng viên dự bị <b>{name}</b> (kết nạp ngày {day}). Đến từng việc, đồng chí "
        "sẽ được nhắc trước.",
        "The cell asks you to help the probationary member <b>{name}</b> (admitted on {day}). You will be reminded of "
        "each thing in time.",
        name=name,
        day=day(admitted_on),
    )


def considered(*, on: date) -> Text:
    return say(
        "Chi bộ đã họp xét thời gian dự bị của đồng chí ngày {day}. Khi có quyết định của cấp ủy, đồng chí sẽ được báo.",
        "The cell met about your probation on {day}. You will be told when the committee has decided.",
        day=day(on),
    )


def made_official(*, since: date, on: date, decision: str) -> Text:
    """`since`: the day from which it counts; `on`: that of the decision."""
    said = say(
        "Chúc mừng đồng chí: đã được công nhận đảng viên chính thức, tính từ ngày {since}.",
        "Congratulations: you are an official member, counted from {since}.",
        since=day(since),
    )
    paper = [say("Văn bản: {paper}", "Paper: {paper}", paper=decision)] if decision else []
    return lines(said, say("Ngày quyết định: {on}", "Decided on: {on}", on=day(on)), *paper)


def runs_already(*, name: str) -> Text:
    return say(
        "Thời gian dự bị của đồng chí {name} đang được theo dõi rồi. Mời mở mục ấy để sửa.",
        "The probation of {name} is being followed already. Please open that one.",
        name=name,
    )


def in_the_future() -> Text:
    return say(
        "Ngày kết nạp chưa đến. Mời gõ ngày đã làm lễ kết nạp.",
        "That day has not come yet. Please give the day of the ceremony.",
    )


def meeting_day_wrong(*, admitted_on: date) -> Text:
    return say(
        "Ngày họp phải sau ngày kết nạp {day} và không sau hôm nay. Mời gõ lại ngày họp chi bộ.",
        "The meeting is after the admission on {day} and not after today. Please give its day again.",
        day=day(admitted_on),
    )


def votes_unfit() -> Text:
    return say(
        "Số tán thành không thể nhiều hơn số đảng viên chính thức. Mời gõ hai số, ví dụ 11/12.",
        "There cannot be more in favour than official members. Please type two numbers, like 11/12.",
    )


def helper_wrong() -> Text:
    return say(
        "Người giúp đỡ phải là một đảng viên chính thức khác của chi bộ. Mời chọn đồng chí khác.",
        "The helper is another, official member of the cell. Please choose somebody else.",
    )


def settled(*, state: str) -> Text:
    return say(
        "Việc này hiện ở tình trạng: {state}, nên không đổi được nữa ở đây.",
        "This is now: {state}. It can no longer be changed here.",
        state=STATES[state],
    )


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
) -> Text:
    """`name` None: the reader's own. `steps`: which, its day, and whether it is the next one. `received`: the papers.

    `said`: what the cell said and how it ended: it stands above all that led to it.
    """
    whose = (
        say("<b>Thời gian dự bị của đồng chí</b>", "<b>Your probation</b>")
        if name is None
        else say("<b>Đảng viên dự bị {name}</b>", "<b>Probationary member {name}</b>", name=name)
    )
    standing = say("Tình trạng: {state}", "State: {state}", state=STATES[state])
    helped = (
        say("Người giúp đỡ: {name}", "Helper: {name}", name=helper)
        if helper
        else say("Người giúp đỡ: chưa có", "Helper: none yet")
    )
    parts = [lines(whose, standing, helped), *said, _dates(admitted_on, over_on, deadline)]
    if steps:
        parts.append(
            lines(
                say("Các việc và ngày nhắc:", "What comes, and when it is called to mind:"),
                *map(_step, steps),
            )
        )
    parts.append(papers(received=received))
    return paragraph(*parts)


def papers(*, received: Mapping[str, date]) -> Text:
    """What the cell has of the file, and what it has not."""
    rows = [
        say("✓ {what} ({on})", "✓ {what} ({on})", what=what, on=day(received[item]))
        if item in received
        else say("• {what}: chưa có", "• {what}: not yet", what=what)
        for item, what in ITEMS.items()
    ]
    head = say(
        "Giấy tờ chi bộ đã có: {n}/{of}",
        "Papers that the cell has: {n} of {of}",
        n=len(received),
        of=len(ITEMS),
    )
    return lines(head, *rows)


def about_papers(*, name: str, received: Mapping[str, date]) -> Text:
    return paragraph(
        say("<b>Giấy tờ của đồng chí {name}</b>", "<b>Papers of {name}</b>", name=name),
        papers(received=received),
        say(
            "Chạm vào giấy đã nhận để đánh dấu; chạm lần nữa để bỏ. Đã có thì không nhắc nữa.",
            "Tap what has come to tick it; tap it again to take it back. What is there is not reminded of.",
        ),
    )


def item_button(*, item: str, is_there: bool) -> Text:
    return say("✓ {what}", "✓ {what}", what=ITEMS[item]) if is_there else ITEMS[item]


def dossier_button(*, n: int) -> Text:
    return say("{label} ({n}/{of})", "{label} ({n}/{of})", label=DOSSIER, n=n, of=len(ITEMS))


def _step(row: tuple[str, date, bool]) -> Text:
    step, on, is_next = row
    said = say("• {day}: {what}", "• {day}: {what}", day=day(on), what=STEPS[step])
    return say("<b>{said}</b> ← tiếp theo", "<b>{said}</b> ← next", said=said) if is_next else said


def considered_then(*, on: date, result: str, votes: Text | None) -> Text:
    """What one meeting of the cell said, as it was typed."""
    said = say("<blockquote>{said}</blockquote>", "<blockquote>{said}</blockquote>", said=result or "–")
    head = say("Chi bộ xét ngày {day}:", "The cell met on {day}:", day=day(on))
    return lines(head, *([votes] if votes else []), said)


def votes(*, votes_for: int, voters: int, needed: int, share: str) -> Text:
    """The count, and beside it what the Statutes ask for: people judge."""
    return say(
        "Tán thành: {n}/{of} đảng viên chính thức (đề nghị công nhận cần ít nhất {needed}, là {share}).",
        "In favour: {n} of {of} official members (at least {needed}, {share}, are needed to propose recognition).",
        n=votes_for,
        of=voters,
        needed=needed,
        share=share,
    )


def ended(*, on: date, how: str, since: date | None, decision: str | None) -> Text:
    """How it ended. `how`: a key of OUTCOMES; `since`: the day from which official membership counts."""
    parts = [say("Kết thúc ngày {day}: {how}", "Ended on {day}: {how}", day=day(on), how=OUTCOMES[how])]
    if since is not None:
        parts.append(official_since(since=since))
    if decision:
        parts.append(say("Văn bản: {paper}", "Paper: {paper}", paper=decision))
    return lines(*parts)


def official_since(*, since: date) -> Text:
    return say(
        "Ngày chính thức: {since}",
        "Official since: {since}",
        since=day(since),
    )


def ask_admitted(*, name: str) -> Text:
    return say(
        "Đồng chí <b>{name}</b> được kết nạp ngày nào? Mời gõ ngày làm lễ kết nạp, ví dụ 03/02/2026.",
        "When was <b>{name}</b> admitted? Please type the day of the ceremony, for example 03/02/2026.",
        name=name,
    )


def as_on_roster(*, on: date) -> Text:
    return say("{day} (theo danh sách)", "{day} (as on the roster)", day=day(on))


def ask_helper(*, name: str) -> Text:
    return say(
        "Ai giúp đỡ đồng chí <b>{name}</b>? Mời chọn một đảng viên chính thức, hoặc gõ một phần tên để tìm.",
        "Who helps <b>{name}</b>? Choose an official member, or type part of a name.",
        name=name,
    )


def confirm_start(*, name: str, admitted_on: date, over_on: date, deadline: date, helper: str | None) -> Text:
    helped = (
        say("• Người giúp đỡ: {name}", "• Helper: {name}", name=helper)
        if helper
        else say("• Người giúp đỡ: chưa có", "• Helper: none yet")
    )
    return paragraph(
        say(
            "Theo dõi thời gian dự bị của đồng chí <b>{name}</b>?",
            "Follow the probation of <b>{name}</b>?",
            name=name,
        ),
        lines(_dates(admitted_on, over_on, deadline), helped),
        say(
            "Đến từng việc, đồng chí ấy, người giúp đỡ và bí thư được nhắc, mỗi người phần của mình.",
            "The member, the helper and the secretary are reminded in time, each of their own part.",
        ),
    )


def ask_meeting_day() -> Text:
    return say(
        "Chi bộ họp xét ngày nào? Mời gõ ngày họp, ví dụ 05/12/2026.",
        "On which day did the cell meet? Please type it, for example 05/12/2026.",
    )


def ask_result(*, limit: int, voters: int, needed: int, share: str) -> Text:
    return paragraph(
        say(
            "Kết quả xét thế nào? Mời gõ đúng như biên bản, số phiếu trước, ví dụ: {voters}/{voters} đồng ý đề nghị công "
            "nhận (tối đa {limit} ký tự). Người được xét cũng đọc được nội dung này.",
            "What was the result? Please type it as in the minutes, the votes first, for example: {voters}/{voters} in "
            "favour (up to {limit} characters). The member can read it too.",
            limit=limit,
            voters=voters,
        ),
        say(
            "Theo danh sách, chi bộ có {voters} đảng viên chính thức; đề nghị công nhận cần ít nhất {needed} tán "
            "thành, là {share}.",
            "The roster has {voters} official members; at least {needed} in favour, {share}, are needed to propose "
            "recognition.",
            voters=voters,
            needed=needed,
            share=share,
        ),
    )


def ask_votes(*, voters: int) -> Text:
    return say(
        "Bao nhiêu đảng viên chính thức tán thành, trên tổng số bao nhiêu? Gõ hai số, ví dụ {voters}/{voters}.",
        "How many official members were in favour, of how many? Type two numbers, like {voters}/{voters}.",
        voters=voters,
    )


def confirm_result(*, name: str, on: date, result: str, votes: Text | None) -> Text:
    return paragraph(
        say("Ghi kết quả xét của đồng chí <b>{name}</b>?", "Record this about <b>{name}</b>?", name=name),
        lines(
            say("Ngày họp: {day}", "Met on: {day}", day=day(on)),
            votes or say("Tán thành: không ghi số phiếu", "In favour: no votes noted"),
        ),
        say("<blockquote>{said}</blockquote>", "<blockquote>{said}</blockquote>", said=result),
    )


def ask_outcome(*, name: str) -> Text:
    return say(
        "Thời gian dự bị của đồng chí <b>{name}</b> kết thúc thế nào?",
        "How does the probation of <b>{name}</b> end?",
        name=name,
    )


def ask_end_day() -> Text:
    return say(
        "Ghi ngày nào? Mời gõ ngày của quyết định, ví dụ 20/12/2026.",
        "Which day is to be noted? Please type the day of the decision, for example 20/12/2026.",
    )


def ask_decision(*, limit: int) -> Text:
    return say(
        "Số và ngày văn bản, hoặc lý do kết thúc? Mời gõ như trên giấy (tối đa {limit} ký tự), hoặc bấm nút bên dưới.",
        "Number and date of the paper, or why it ends? Please type it as it stands there (up to {limit} characters), or "
        "tap the button.",
        limit=limit,
    )


def ask_official_day(*, since: date) -> Text:
    return say(
        "Ngày chính thức theo quyết định? Theo Điều lệ là ngày hết thời gian dự bị: {day}.",
        "From which day, as the decision says? By the Statutes it is the end of the probation: {day}.",
        day=day(since),
    )


def by_the_statutes(*, on: date) -> Text:
    return say("{day} (theo Điều lệ)", "{day} (by the Statutes)", day=day(on))


def official_day_wrong(*, admitted_on: date) -> Text:
    return say(
        "Ngày chính thức phải sau ngày kết nạp {day}. Mời gõ lại.",
        "The official day is after the admission on {day}. Please type it again.",
        day=day(admitted_on),
    )


def confirm_end(*, name: str, outcome: str, on: date, decision: str, since: date | None) -> Text:
    parts = [
        say(
            "Kết thúc theo dõi dự bị của đồng chí <b>{name}</b>?",
            "End the probation of <b>{name}</b>?",
            name=name,
        ),
        say("• {how}, ngày {day}", "• {how}, on {day}", how=OUTCOMES[outcome], day=day(on)),
    ]
    if since is not None:
        parts.append(say("• {since}", "• {since}", since=official_since(since=since)))
    if decision:
        parts.append(say("• Văn bản: {paper}", "• Paper: {paper}", paper=decision))
    return lines(*parts)


def end_day_wrong(*, admitted_on: date) -> Text:
    return say(
        "Ngày kết thúc phải sau ngày kết nạp {day} và không sau hôm nay. Mời gõ lại.",
        "The end is after the admission on {day} and not after today. Please type it again.",
        day=day(admitted_on),
    )


def too_long_ago() -> Text:
    return say(
        "Ngày này quá xa. Mời kiểm tra lại năm kết nạp.",
        "That is too long ago. Please check the year of admission.",
    )


def is_official(*, name: str) -> Text:
    return say(
        "Danh sách ghi đồng chí {name} là đảng viên chính thức. Nếu chưa đúng, mời sửa danh sách trước.",
        "The roster says that {name} is an official member. If that is wrong, please correct the roster first.",
        name=name,
    )


def which_one() -> Text:
    return say("Đồng chí xem thời gian dự bị của ai?", "Whose probation?")


def none_now() -> Text:
    return say(
        "Hiện không có thời gian dự bị nào liên quan đến đồng chí.", "No probation concerns you at present."
    )
