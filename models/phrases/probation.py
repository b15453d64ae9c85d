"""Words about the twelve months of a probationary member."""

from __future__ import annotations

from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, say

SEE = say("Xem hồ sơ dự bị", "See the probation")

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


def made_official(*, on: date, decision: str) -> Text:
    said = say(
        "Chúc mừng đồng chí: đã được công nhận đảng viên chính thức, ghi ngày {day}.",
        "Congratulations: you are an official member, noted on {day}.",
        day=day(on),
    )
    if not decision:
        return said
    return lines(said, say("Văn bản: {paper}", "Paper: {paper}", paper=decision))


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
