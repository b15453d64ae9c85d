"""What was done, in words: one line of the trail for the person concerned, for the cell's desk, for the committee."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.phrases.common import lines
from models.phrases.people.rights import ROLES
from models.phrases.text import Text, dated, raw, say

CELL_JOURNAL = say("Nhật ký chi bộ", "The cell's trail")
UNIT_JOURNAL = say("Nhật ký việc làm", "What was done")
TO_CELL = say("Về chi bộ", "To the cell")
OPERATOR = say("Quản trị viên", "The operator")

DONE: dict[str, Text] = {
    "data.code": say("cấp mã xem dữ liệu của chính mình", "gave a code to see one's own data"),
    "data.visit": say("mở dữ liệu của mình bằng mã", "opened one's own data by a code"),
    "law_request.open": say("ghi yêu cầu theo luật", "noted a request under the law"),
    "law_request.answer": say("trả lời yêu cầu theo luật", "answered a request under the law"),
    "law_request.extend": say("gia hạn yêu cầu theo luật", "put off a request under the law"),
    "law_request.settle": say("kết thúc yêu cầu theo luật", "settled a request under the law"),
    "absence.change": say("sửa lần đi xa", "changed an absence"),
    "absence.decision": say("sửa số, ngày quyết định", "corrected a decision's number"),
    "absence.export": say("xuất sổ theo dõi đi làm ăn xa ra tệp", "exported the register of those away"),
    "absence.file": say("nộp đơn thay, từ bản giấy", "filed an application from paper"),
    "absence.filing": say("xử lý đơn đi làm ăn xa", "dealt with an application of absence"),
    "absence.move": say("chuyển bước lần đi xa", "moved an absence on"),
    "absence.return": say("ghi một bước khi trở về", "noted a step of the return"),
    "absence.scan": say("gửi bản scan đơn", "sent a scan of an application"),
    "absence.tally": say("ghi sổ vắng họp, đảng phí", "noted meetings missed or dues"),
    "absence.update": say("ghi báo cáo định kỳ khi đi xa", "noted a written update"),
    "absence.updates": say("đổi kỳ báo cáo khi đi xa", "changed how often updates are written"),
    "campaign.eligibility": say("quyết định ai phải kiểm điểm", "decided who writes a review"),
    "campaign.move": say("mở, sửa hoặc đóng đợt kiểm điểm", "opened, changed or closed a review campaign"),
    "checkin.ask": say("hỏi báo cáo đột xuất", "asked for a report out of turn"),
    "checkin.excuse": say("cho hoãn báo cáo", "put a report off"),
    "checkin.read": say("đọc lời báo, lời ghi", "read a report or a note"),
    "checkin.reply": say("trả lời báo cáo", "wrote back to a report"),
    "checkin.remind": say("nhắc báo cáo lại", "reminded of a report once more"),
    "committee.visit": say("ghi lần dự họp chi bộ", "noted a visit to the cell"),
    "consent.give": say("đồng ý một việc", "agreed to a purpose"),
    "consent.refuse": say("không đồng ý, hoặc rút lại một việc", "refused or withdrew a purpose"),
    "consent.paper": say("ghi sự đồng ý trên giấy", "noted a consent given on paper"),
    "contact.assign": say("phân công người giữ liên lạc", "assigned a contact"),
    "contact.end": say("thôi phân công giữ liên lạc", "ended the assignment of a contact"),
    "contact.note": say("ghi nhận liên hệ", "noted a contact"),
    "data.erase": say("xóa dữ liệu theo yêu cầu", "deleted data as was asked"),
    "data.export": say("xuất dữ liệu của một người ra tệp", "exported a person's data"),
    "invite.create": say("tạo lời mời", "made an invite"),
    "invite.revoke": say("thu hồi lời mời", "revoked an invite"),
    "ladder.export": say("xuất danh sách cần gọi ra tệp", "exported the call list"),
    "ladder.move": say("nhận việc gọi điện, hoặc dừng", "took the calling on, or stopped it"),
    "letter.change": say("ghi trả lời, sửa hoặc rút thư", "noted an answer, changed or withdrew a letter"),
    "letter.send": say("ghi thư gửi nơi đến", "noted a letter to the place of stay"),
    "meeting.conclude": say("gửi kết luận cuộc họp", "sent the conclusions of a meeting"),
    "meeting.export": say("xuất biên bản họp ra tệp", "exported the minutes of a meeting"),
    "meeting.move": say("triệu tập, sửa hoặc hoãn họp", "called, changed or put off a meeting"),
    "meeting.roll_call": say("điểm danh", "called the roll"),
    "meeting.standing": say("đổi lịch họp thường kỳ", "changed the standing day of meeting"),
    "names.ask": say("đề nghị cho biết họ tên", "asked for names"),
    "names.grant": say("cho cấp trên biết họ tên", "granted names to the committee"),
    "names.refuse": say("không cho biết họ tên", "refused names"),
    "names.withdraw": say("rút đề nghị hoặc rút lại họ tên", "withdrew a request for names, or the names"),
    "notice.correct": say("sửa thông báo", "corrected a notice"),
    "notice.send": say("gửi thông báo", "sent a notice"),
    "notice.enough": say("không chờ trả lời nữa", "stopped waiting for answers"),
    "notice.stop": say("dừng thông báo", "stopped a notice"),
    "office.accept": say("nhận bàn giao một việc", "took over one open matter"),
    "office.hand_over": say("bàn giao nhiệm vụ bí thư", "handed the secretary's office over"),
    "office.step_in": say("tạm phụ trách chi bộ", "stood in for the office"),
    "office.step_out": say("thôi tạm phụ trách chi bộ", "ended the standing in"),
    "pause.move": say("báo tạm nghỉ thay, đổi hoặc dừng", "announced, changed or ended a pause"),
    "probation.consider": say("ghi việc xét hết dự bị", "noted that the cell considered the probation"),
    "probation.dossier": say("đánh dấu giấy tờ của hồ sơ dự bị", "ticked a paper of the probation"),
    "probation.end": say("kết thúc theo dõi dự bị", "ended the probation"),
    "probation.helper": say("đổi người giúp đỡ", "changed who helps"),
    "probation.start": say("bắt đầu theo dõi dự bị", "began to follow the probation"),
    "rating.export": say("xuất bảng tổng hợp xếp loại ra tệp", "exported the summary of ratings"),
    "rating.figures": say("ghi số liệu xếp loại", "noted figures of ratings"),
    "rating.record": say("ghi kết quả xếp loại", "recorded a rating"),
    "rating.tell": say("gửi kết quả xếp loại cho đồng chí ấy", "sent a rating to the member"),
    "register.confirm": say("xác nhận danh tính", "confirmed who it is"),
    "register.end": say("ngừng dùng ở một Telegram", "ended a session"),
    "register.claim": say(
        "mở lời mời trên tài khoản của mình", "opened the invite on an account of their own"
    ),
    "register.join": say("gộp hai tên của cùng một người", "joined two names of one person"),
    "register.link": say("liên kết một Telegram", "linked a Telegram"),
    "register.phone": say("đổi số điện thoại trong danh sách", "changed the phone number on the roster"),
    "register.prove": say("mở phần riêng bằng mã trở lại", "opened what is theirs by the return code"),
    "register.reject": say("không xác nhận danh tính", "did not confirm who it is"),
    "register.stop": say(
        "chặn việc chuyển tài khoản sang Telegram khác", "stopped the move to another Telegram"
    ),
    "register.vouch": say("xác nhận danh tính thay chi bộ", "vouched for who it is"),
    "secret.code": say("tạo mã trở lại mới", "made a new return code"),
    "request.move": say("xử lý đề nghị hỗ trợ", "dealt with a request for help"),
    "review.export": say("xin trọn bộ kiểm điểm ra tệp", "asked for the bundle of reviews"),
    "review.file": say("thêm tệp vào bản kiểm điểm", "added a file to a review"),
    "review.form": say("đổi mẫu bản kiểm điểm", "changed the form of a review"),
    "review.move": say("chuyển bước bản kiểm điểm", "moved a review on"),
    "review.uncomment": say("xóa một góp ý chưa gửi", "dropped a comment not yet sent"),
    "review.unfile": say("bỏ tệp khỏi bản kiểm điểm", "took a file out of a review"),
    "review.write": say("viết thay trong bản kiểm điểm", "wrote in a review on behalf"),
    "rhythm.cell": say("đổi kỳ báo cáo của chi bộ", "changed the cell's schedule"),
    "rhythm.grace": say("đổi số ngày dự phòng", "changed the days of grace"),
    "rhythm.ladder": say("đổi các bước khi lâu chưa có tin", "changed the steps after a silence"),
    "rhythm.member": say("đổi kỳ báo cáo riêng", "changed the schedule of a member"),
    "right.appoint": say("giao chức vụ", "gave an office"),
    "right.end": say("kết thúc chức vụ", "ended an office"),
    "right.extend": say("đổi thời hạn chức vụ", "changed the term of an office"),
    "roster.add": say("thêm vào danh sách", "added to the roster"),
    "roster.change": say("sửa danh sách", "corrected the roster"),
    "roster.export": say("xuất danh sách ra tệp", "exported the roster"),
    "roster.links": say("xuất lời mời ra tệp", "exported the invites"),
    "roster.remove": say("đưa khỏi danh sách", "took off the roster"),
    "secret.lock": say("khóa mã vì nhập sai nhiều lần", "locked a secret after wrong tries"),
    "secret.set": say("đặt mã PIN", "set a PIN"),
    "task.give": say("giao nhiệm vụ", "gave a task"),
    "task.move": say("đổi hạn nhiệm vụ", "moved the day of a task"),
    "task.withdraw": say("rút nhiệm vụ", "took a task back"),
    "trail.attest": say("xác nhận nhật ký bằng khóa mới", "attested the trail with a new key"),
    "trail.drop": say("xóa nhật ký đã quá hạn lưu", "deleted rows whose term was over"),
    "unit.rename": say("đổi tên tổ chức", "renamed a unit"),
    "unit.create": say("lập tổ chức", "created a unit"),
}

DETAILS: dict[str, Text] = {
    **ROLES,
    "name": say("họ tên", "name"),
    "birth_year": say("năm sinh", "year of birth"),
    "phone": say("số điện thoại", "phone number"),
    "joined_on": say("ngày vào Đảng", "date of joining"),
    "standing": say("chính thức, dự bị", "standing"),
    "place": say("nơi ở", "place"),
}


def deed(act: str, detail: str) -> Text:
    """What was done, with what exactly where that is known in words."""
    what = DONE.get(act, raw(act))
    about = DETAILS.get(detail) if act.startswith(("right.", "roster.change")) else None
    return say("{what} ({about})", "{what} ({about})", what=what, about=about) if about else what


def done_to_you(*, by: str | None, act: str, detail: str, at: datetime, zone: str) -> Text:
    """A line for the person concerned; `by` None: the operator."""
    who = say("đồng chí {by}", "{by}", by=by) if by else say("quản trị viên", "the operator")
    return say(
        "• {when}: {who} {what}",
        "• {when}: {who} {what}",
        when=dated(at, zone),
        who=who,
        what=deed(act, detail),
    )


def journal_line(
    *, by: str | None, act: str, detail: str, about: str | None, unit: str | None, at: datetime, zone: str
) -> Text:
    """A line for the desk or the committee; `about`: whose row, where the reader may know."""
    concerned = [raw(one) for one in (about, unit) if one]
    tail = say("; {who}", "; {who}", who=comma(concerned)) if concerned else raw("")
    return say(
        "• {when}: {by} {what}{tail}",
        "• {when}: {by} {what}{tail}",
        when=dated(at, zone),
        by=by or OPERATOR,
        what=deed(act, detail),
        tail=tail,
    )


def comma(parts: Sequence[Text]) -> Text:
    first, *rest = parts
    for one in rest:
        first = say("{a}, {b}", "{a}, {b}", a=first, b=one)
    return first


def journal(*, name: str, entries: Sequence[Text], page: int, pages: int) -> Text:
    head = say("<b>Nhật ký: {name}</b>", "<b>What was done: {name}</b>", name=name)
    at = say("Trang {page}/{pages}", "Page {page} of {pages}", page=page + 1, pages=pages)
    if not entries:
        return lines(head, say("Chưa có việc nào được ghi.", "Nothing has been written down yet."))
    return lines(head, *entries, *([at] if pages > 1 else []))
