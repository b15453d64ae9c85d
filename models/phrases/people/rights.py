"""Words about what one may and may not do."""

from __future__ import annotations

from models.phrases.text import Text, say, small

ROLES: dict[str, Text] = {
    "secretary": say("Bí thư"),
    "deputy": say("Phó bí thư"),
    "contact": say("Người giữ liên lạc"),
    "officer": say("Cán bộ đảng ủy"),
    "follower": say("Cấp ủy viên phụ trách chi bộ"),
}

# room: act, for each Right
RIGHTS: dict[str, Text] = {
    "see desk": say("Chi bộ: xem ai đã báo, ai còn chưa"),
    "see details": say("Chi bộ: đọc báo cáo, số điện thoại"),
    "edit roster": say("Danh sách: nhập, thêm, sửa, xóa tên"),
    "invite": say("Danh sách: mời, thu hồi, xác nhận người"),
    "set rhythm": say("Báo cáo: đặt lịch và các bước nhắc"),
    "ask checkin": say("Báo cáo: nhắc, hỏi ngay, cho hoãn"),
    "record contact": say("Liên hệ: ghi đã gọi, đã gặp"),
    "appoint deputy": say("Chức vụ: ghi nhận phó bí thư"),
    "create unit": say("Đảng ủy: lập tổ chức, ghi nhận bí thư"),
    "see counts": say("Đảng ủy: xem số liệu, không tên"),
    "see card": say("Liên hệ: tên, nơi ở, số để gọi"),
    "assign contact": say("Liên hệ: phân công người giữ liên lạc"),
    "keep absences": say("Đi xa: nhận, trả, đưa ra chi bộ"),
    "decide absence": say("Đi xa: quyết định đơn chi bộ đề nghị"),
    "hand over": say("Chức vụ: bàn giao nhiệm vụ bí thư"),
    "step in": say("Chức vụ: tạm thay khi trống người"),
    "ask names": say("Đảng ủy: xin xem tên, có lý do"),
    "grant names": say("Đảng ủy: cho xem tên, hoặc không"),
    "appoint follower": say("Đảng ủy: phân công người phụ trách chi bộ"),
    "note visit": say("Đảng ủy: ghi buổi dự họp chi bộ"),
    "announce": say("Thông báo: gửi nhân danh tổ chức mình"),
    "call meeting": say("Họp: triệu tập, đổi, hoãn, hủy"),
    "run reviews": say("Kiểm điểm: mở, đóng đợt"),
    "keep reviews": say("Kiểm điểm: đọc bản đã nộp, góp ý, nhận"),
    "record rating": say("Xếp loại: ghi mức chi bộ đề nghị"),
    "decide rating": say("Xếp loại: ghi quyết định của cấp ủy"),
    "keep minutes": say("Họp: điểm danh, biên bản, kết luận"),
    "keep agreements": say("Đi xa: thỏa thuận với nơi nhận"),
    "give task": say("Việc được giao: giao, đổi hạn, rút lại"),
}
REACHES: dict[str, Text] = {
    "own": say("mình"),
    "below": say("mình và dưới"),
    "assigned": say("người được giao"),
}


def in_unit(*, role: str, unit: str) -> Text:
    """Say an office with its unit: an officer of a committee is called after it, whatever its level."""
    if role == "officer":
        return say("Cán bộ {unit}", unit=unit)
    return say("{role}, {unit}", role=ROLES[role], unit=unit)


def acting_as(*, role: str, unit: str) -> Text:
    """Say above a screen, to somebody who holds several offices, in which one they act."""
    office = in_unit(role=role, unit=unit)
    return say("<i>Với tư cách {office}</i>", office=small(office))


def second_proof(*, linked: bool) -> Text:
    """Say how an office is opened in a browser; handlers/people/browser.py has the buttons. `linked`: they have Telegram, too."""
    if not linked:
        return say(
            "Phần này có thông tin của người khác, nên chỉ mở trên trang web, sau khi dùng khóa trên máy. Chưa có khóa: “Dữ liệu của "
            "tôi”, “An toàn tài khoản”, “Các máy đang mở trang”, “Tạo khóa trên máy này”."
        )
    return say(
        "Phần này có thông tin của người khác, nên chỉ mở trên Telegram đã liên kết; hoặc trên trang web, sau khi dùng khóa trên "
        "máy hay đường dẫn từ Telegram: “Dữ liệu của tôi”, “An toàn tài khoản”, “Mở trang trên máy khác”."
    )


def not_entitled() -> Text:
    return say(
        "Việc này không thuộc phần đồng chí phụ trách, hoặc phân công đã hết hạn, đang tạm nghỉ. Nếu có nhầm lẫn, mời liên hệ bí thư "
        "chi bộ. Gõ /menu để về màn hình chính."
    )
