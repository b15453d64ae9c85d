"""Words about what one may and may not do."""

from __future__ import annotations

from models.phrases.text import Text, say, small

ROLES: dict[str, Text] = {
    "secretary": say("Bí thư", "Secretary"),
    "deputy": say("Phó bí thư", "Deputy secretary"),
    "contact": say("Người giữ liên lạc", "Contact"),
    "officer": say("Cán bộ đảng ủy", "Committee officer"),
    "follower": say("Cấp ủy viên phụ trách chi bộ", "Committee member in charge of a cell"),
}

# room: act, for each Right
RIGHTS: dict[str, Text] = {
    "see desk": say("Chi bộ: xem ai đã báo, ai còn chưa", "Desk: see who has answered, who owes"),
    "see details": say("Chi bộ: đọc báo cáo, số điện thoại", "Desk: read reports and phone numbers"),
    "edit roster": say("Danh sách: nhập, thêm, sửa, xóa tên", "Roster: import, add, correct, remove"),
    "invite": say("Danh sách: mời, thu hồi, xác nhận người", "Roster: invite, revoke, confirm who came"),
    "set rhythm": say("Báo cáo: đặt lịch và các bước nhắc", "Check-ins: set the schedule and its steps"),
    "ask checkin": say("Báo cáo: nhắc, hỏi ngay, cho hoãn", "Check-ins: remind, ask now, put off"),
    "record contact": say("Liên hệ: ghi đã gọi, đã gặp", "Contact: note a call or a visit"),
    "appoint deputy": say("Chức vụ: ghi nhận phó bí thư", "Offices: appoint and end a deputy"),
    "create unit": say("Đảng ủy: lập tổ chức, ghi nhận bí thư", "Committee: create units, name secretaries"),
    "see counts": say("Đảng ủy: xem số liệu, không tên", "Committee: see counts, no names"),
    "see card": say("Liên hệ: tên, nơi ở, số để gọi", "Contact: name, place, number to call"),
    "assign contact": say("Liên hệ: phân công người giữ liên lạc", "Contact: say who keeps in touch"),
    "keep absences": say("Đi xa: nhận, trả, đưa ra chi bộ", "Absences: take, return, put to the cell"),
    "decide absence": say("Đi xa: quyết định đơn chi bộ đề nghị", "Absences: decide what a cell put forward"),
    "hand over": say("Chức vụ: bàn giao nhiệm vụ bí thư", "Offices: hand the secretary's office over"),
    "step in": say("Chức vụ: tạm thay khi trống người", "Offices: stand in for an empty one"),
    "ask names": say("Đảng ủy: xin xem tên, có lý do", "Committee: ask for names, with a reason"),
    "grant names": say("Đảng ủy: cho xem tên, hoặc không", "Committee: grant names, or refuse"),
    "appoint follower": say("Đảng ủy: phân công người phụ trách chi bộ", "Committee: say who follows a cell"),
    "note visit": say("Đảng ủy: ghi buổi dự họp chi bộ", "Committee: note a visit to a meeting"),
    "announce": say("Thông báo: gửi nhân danh tổ chức mình", "Notices: send in the own unit's name"),
    "call meeting": say("Họp: triệu tập, đổi, hoãn, hủy", "Meetings: call, change, postpone, cancel"),
    "run reviews": say("Kiểm điểm: mở, đóng đợt", "Reviews: open and close a campaign"),
    "keep reviews": say(
        "Kiểm điểm: đọc bản đã nộp, góp ý, nhận", "Reviews: read what is handed in, comment, accept"
    ),
    "record rating": say("Xếp loại: ghi mức chi bộ đề nghị", "Ratings: record what the cell proposed"),
    "decide rating": say("Xếp loại: ghi quyết định của cấp ủy", "Ratings: record what the committee decided"),
    "keep minutes": say("Họp: điểm danh, biên bản, kết luận", "Meetings: roll, minutes, conclusions"),
    "give task": say("Việc được giao: giao, đổi hạn, rút lại", "Tasks: give, move, take back"),
}
REACHES: dict[str, Text] = {
    "own": say("mình", "own"),
    "below": say("mình và dưới", "own and below"),
    "assigned": say("người được giao", "assigned"),
}


def in_unit(*, role: str, unit: str) -> Text:
    """An office with its unit: whoever works for a committee is called after it, whatever its level."""
    if role == "officer":
        return say("Cán bộ {unit}", "Officer of {unit}", unit=unit)
    return say("{role}, {unit}", "{role}, {unit}", role=ROLES[role], unit=unit)


def acting_as(*, role: str, unit: str) -> Text:
    """Above a screen of somebody who is several things here."""
    office = in_unit(role=role, unit=unit)
    return say("<i>Với tư cách {office}</i>", "<i>As {office}</i>", office=small(office))


def not_entitled() -> Text:
    return say(
        "Việc này không thuộc phần đồng chí phụ trách, hoặc phân công đã hết hạn, đang tạm nghỉ. Nếu có nhầm lẫn, mời liên hệ bí thư "
        "chi bộ. Gõ /menu để về màn hình chính.",
        "This is not among what you are in charge of, or your appointment has ended or is asleep. If that is a mistake, please "
        "contact the secretary. Type /menu for the main screen.",
    )
