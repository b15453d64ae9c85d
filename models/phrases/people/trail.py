"""What was done, in words: one line of the trail for the person concerned, for the cell's desk, for the committee."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.phrases.common import lines
from models.phrases.people.rights import ROLES
from models.phrases.text import Text, dated, raw, say, say_as

CELL_JOURNAL = say("Nhật ký chi bộ")
UNIT_JOURNAL = say("Nhật ký việc làm")
TO_CELL = say("Về chi bộ")
OPERATOR = say("Quản trị viên")

DONE: dict[str, Text] = {
    "data.code": say("cấp mã xem dữ liệu của chính mình"),
    "data.visit": say("mở dữ liệu của mình bằng mã"),
    "law_request.open": say("ghi yêu cầu theo luật"),
    "law_request.answer": say("trả lời yêu cầu theo luật"),
    "law_request.extend": say("gia hạn yêu cầu theo luật"),
    "law_request.settle": say("kết thúc yêu cầu theo luật"),
    "absence.change": say("sửa lần đi xa"),
    "absence.decision": say("sửa số, ngày quyết định"),
    "absence.export": say("xuất sổ theo dõi đi làm ăn xa ra tệp"),
    "absence.file": say("nộp đơn thay, từ bản giấy"),
    "absence.filing": say("xử lý đơn đi làm ăn xa"),
    "absence.move": say("chuyển bước lần đi xa"),
    "absence.return": say("ghi một bước khi trở về"),
    "absence.scan": say("gửi bản scan đơn"),
    "absence.tally": say("ghi sổ vắng họp, đảng phí"),
    "absence.update": say("ghi báo cáo định kỳ khi đi xa"),
    "absence.updates": say("đổi kỳ báo cáo khi đi xa"),
    "campaign.eligibility": say("quyết định ai phải kiểm điểm"),
    "campaign.move": say("mở, sửa hoặc đóng đợt kiểm điểm"),
    "agreement.correct": say("sửa thỏa thuận phối hợp"),
    "agreement.end": say("kết thúc thỏa thuận phối hợp"),
    "agreement.make": say("ghi thỏa thuận phối hợp"),
    "agreement.offer": say("gửi thỏa thuận phối hợp cho đồng chí ấy"),
    "agreement.renew": say("gia hạn thỏa thuận phối hợp"),
    "agreement.talk": say("ghi lần trao đổi với nơi nhận"),
    "checkin.ask": say_as("trail", "hỏi báo cáo đột xuất"),
    "checkin.excuse": say_as("trail", "cho hoãn báo cáo"),
    "checkin.read": say("đọc lời báo, lời ghi"),
    "checkin.reply": say_as("trail", "trả lời báo cáo"),
    "checkin.remind": say("nhắc báo cáo lại"),
    "committee.visit": say("ghi lần dự họp chi bộ"),
    "consent.give": say("đồng ý một việc"),
    "consent.refuse": say("không đồng ý, hoặc rút lại một việc"),
    "consent.paper": say("ghi sự đồng ý trên giấy"),
    "contact.assign": say("phân công người giữ liên lạc"),
    "contact.end": say("thôi phân công giữ liên lạc"),
    "contact.note": say("ghi nhận liên hệ"),
    "data.erase": say("xóa dữ liệu theo yêu cầu"),
    "data.export": say("xuất dữ liệu của một người ra tệp"),
    "homecoming.answer": say("trả lời thay về việc về quê dịp nghỉ"),
    "invite.create": say("tạo lời mời"),
    "invite.revoke": say("thu hồi lời mời"),
    "ladder.export": say("xuất danh sách cần gọi ra tệp"),
    "ladder.move": say("nhận việc gọi điện, hoặc dừng"),
    "letter.change": say("ghi trả lời, sửa hoặc rút thư"),
    "letter.code": say("tạo mã trả lời cho nơi đến"),
    "letter.send": say("ghi thư gửi nơi đến"),
    "meeting.conclude": say_as("trail", "gửi kết luận cuộc họp"),
    "meeting.export": say("xuất biên bản họp ra tệp"),
    "meeting.move": say("triệu tập, sửa hoặc hoãn họp"),
    "meeting.roll_call": say("điểm danh"),
    "meeting.standing": say("đổi lịch họp thường kỳ"),
    "names.ask": say("đề nghị cho biết họ tên"),
    "names.grant": say("cho cấp trên biết họ tên"),
    "names.refuse": say("không cho biết họ tên"),
    "names.withdraw": say("rút đề nghị hoặc rút lại họ tên"),
    "notice.correct": say("sửa thông báo"),
    "notice.send": say("gửi thông báo"),
    "notice.enough": say("không chờ trả lời nữa"),
    "notice.stop": say("dừng thông báo"),
    "rollcall.call": say("gọi điểm danh an toàn"),
    "rollcall.end": say("kết thúc điểm danh an toàn"),
    "rollcall.off": say("báo điểm danh an toàn là gọi nhầm"),
    "rollcall.answer": say("trả lời điểm danh an toàn thay"),
    "office.accept": say("nhận bàn giao một việc"),
    "office.hand_over": say_as("trail", "bàn giao nhiệm vụ bí thư"),
    "office.step_in": say_as("trail", "tạm phụ trách chi bộ"),
    "office.step_out": say("thôi tạm phụ trách chi bộ"),
    "pause.move": say("báo tạm nghỉ thay, đổi hoặc dừng"),
    "probation.consider": say("ghi việc xét hết dự bị"),
    "probation.dossier": say("đánh dấu giấy tờ của hồ sơ dự bị"),
    "probation.end": say("kết thúc theo dõi dự bị"),
    "probation.helper": say("đổi người giúp đỡ"),
    "probation.start": say("bắt đầu theo dõi dự bị"),
    "rating.export": say("xuất bảng tổng hợp xếp loại ra tệp"),
    "rating.figures": say("ghi số liệu xếp loại"),
    "rating.record": say("ghi kết quả xếp loại"),
    "rating.tell": say("gửi kết quả xếp loại cho đồng chí ấy"),
    "member.prefer": say("chọn nơi nhận tin"),
    "knock.pass": say("chuyển lời nhắc"),
    "page.close": say("đóng trang trên một máy"),
    "page.link": say("tạo đường dẫn mở trang"),
    "page.open": say("mở trang trên một máy"),
    "own_link.open": say("xin mở trang bằng đường dẫn của mình"),
    "own_link.reject": say("đóng lần xin mở trang"),
    "own_link.wrong": say("nhập sai bốn số của trang"),
    "passkey.add": say("tạo khóa trên máy"),
    "passkey.drop": say("xóa khóa trên máy"),
    "register.confirm": say("xác nhận danh tính"),
    "register.end": say("ngừng dùng một tài khoản"),
    "register.claim": say("mở lời mời trên tài khoản của mình"),
    "register.join": say("gộp hai tên của cùng một người"),
    "register.link": say("liên kết một tài khoản"),
    "register.phone": say("đổi số điện thoại trong danh sách"),
    "register.prove": say("mở phần riêng bằng mã trở lại"),
    "register.reject": say("không xác nhận danh tính"),
    "register.stop": say("chặn việc chuyển sang tài khoản khác"),
    "register.vouch": say("xác nhận danh tính thay chi bộ"),
    "secret.code": say("tạo mã trở lại mới"),
    "year_sheet.ask": say("xin xem phiếu một năm"),
    "request.move": say("xử lý đề nghị hỗ trợ"),
    "review.export": say("xin trọn bộ kiểm điểm ra tệp"),
    "review.file": say("thêm tệp vào bản kiểm điểm"),
    "review.form": say("đổi mẫu bản kiểm điểm"),
    "review.move": say("chuyển bước bản kiểm điểm"),
    "review.uncomment": say("xóa một góp ý chưa gửi"),
    "review.unfile": say("bỏ tệp khỏi bản kiểm điểm"),
    "review.write": say("viết thay trong bản kiểm điểm"),
    "rhythm.cell": say("đổi kỳ báo cáo của chi bộ"),
    "rhythm.grace": say("đổi số ngày dự phòng"),
    "rhythm.ladder": say("đổi các bước khi lâu chưa có tin"),
    "rhythm.member": say("đổi kỳ báo cáo riêng"),
    "right.appoint": say("giao chức vụ"),
    "right.end": say("kết thúc chức vụ"),
    "right.extend": say("đổi thời hạn chức vụ"),
    "roster.add": say("thêm vào danh sách"),
    "roster.change": say("sửa danh sách"),
    "roster.export": say("xuất danh sách ra tệp"),
    "roster.links": say("xuất lời mời ra tệp"),
    "roster.remove": say("đưa khỏi danh sách"),
    "secret.lock": say("khóa mã vì nhập sai nhiều lần"),
    "secret.set": say("đặt mã PIN"),
    "task.give": say_as("trail", "giao nhiệm vụ"),
    "task.move": say("đổi hạn nhiệm vụ"),
    "task.withdraw": say("rút nhiệm vụ"),
    "trail.attest": say("xác nhận nhật ký bằng khóa mới"),
    "trail.drop": say("xóa nhật ký đã quá hạn lưu"),
    "unit.rename": say("đổi tên tổ chức"),
    "unit.move": say("chuyển tổ chức về cấp trên khác"),
    "unit.merge": say("sáp nhập tổ chức vào nơi khác"),
    "unit.take_over": say("tiếp nhận tổ chức sáp nhập"),
    "unit.split": say("tách chi bộ"),
    "unit.close": say("kết thúc hoạt động của tổ chức"),
    "unit.undo": say("hoàn tác sắp xếp tổ chức"),
    "roster.move": say("chuyển sang chi bộ khác theo sắp xếp tổ chức"),
    "unit.create": say("lập tổ chức"),
}

DETAILS: dict[str, Text] = {
    **ROLES,
    "name": say("họ tên"),
    "birth_year": say("năm sinh"),
    "phone": say("số điện thoại"),
    "joined_on": say("ngày vào Đảng"),
    "standing": say("chính thức, dự bị"),
    "place": say("nơi ở"),
}


def deed(act: str, detail: str) -> Text:
    """Say what was done, with what exactly where that is known in words."""
    what = DONE.get(act, raw(act))
    about = DETAILS.get(detail) if act.startswith(("right.", "roster.change")) else None
    return say("{what} ({about})", what=what, about=about) if about else what


def done_to_you(*, by: str | None, act: str, detail: str, at: datetime, zone: str) -> Text:
    """Say to the person concerned what was done to them. `by` None: the operator."""
    who = say("đồng chí {by}", by=by) if by else say("quản trị viên")
    return say("• {when}: {who} {what}", when=dated(at, zone), who=who, what=deed(act, detail))


def journal_line(
    *, by: str | None, act: str, detail: str, about: str | None, unit: str | None, at: datetime, zone: str
) -> Text:
    """Say a line for the desk or the committee. `about`: whose row, where the reader may know."""
    concerned = [raw(one) for one in (about, unit) if one]
    tail = say("; {who}", who=comma(concerned)) if concerned else raw("")
    return say(
        "• {when}: {by} {what}{tail}",
        when=dated(at, zone),
        by=by or OPERATOR,
        what=deed(act, detail),
        tail=tail,
    )


def comma(parts: Sequence[Text]) -> Text:
    first, *rest = parts
    for one in rest:
        first = say("{a}, {b}", a=first, b=one)
    return first


def journal(*, name: str, entries: Sequence[Text], page: int, pages: int) -> Text:
    head = say("<b>Nhật ký: {name}</b>", name=name)
    at = say_as("trail", "Trang {page}/{pages}", page=page + 1, pages=pages)
    if not entries:
        return lines(head, say("Chưa có việc nào được ghi."))
    return lines(head, *entries, *([at] if pages > 1 else []))
