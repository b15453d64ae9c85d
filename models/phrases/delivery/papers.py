"""Words on papers and about them. The papers themselves are Vietnamese: their words stand in their templates."""

from __future__ import annotations

from datetime import date

from markupsafe import escape

from models.phrases.text import Text, both, day as in_figures, say

TITLES: dict[str, Text] = {
    "don-xin-tam-mien": say("Đơn xin tạm miễn sinh hoạt đảng"),
    "don-xin-chuyen-tam-thoi": say("Đơn xin chuyển sinh hoạt đảng tạm thời"),
    "don-ra-nuoc-ngoai": say("Báo cáo về việc ra nước ngoài"),
    "don-xin-gia-han": say("Đơn xin gia hạn"),
    "de-nghi-nhan-xet": say("Giấy đề nghị nhận xét"),
    "gioi-thieu": say("Thư giới thiệu"),
    "cam-on": say("Thư cảm ơn"),
    "qua-trinh": say("Quá trình của đảng viên"),
    "toi-dang-o-dau": say("Tôi đang đứng ở đâu"),
    "nghi-quyet": say("Nghị quyết cuộc họp chi bộ"),
    "phieu-mot-nam": say("Phiếu một năm của đảng viên"),
    "ban-kiem-diem": say("Bản kiểm điểm cá nhân"),
    "ban-cam-ket": say("Bản cam kết tu dưỡng, rèn luyện"),
    "bien-ban-hop": say("Biên bản họp chi bộ"),
}

PARTY = say("ĐẢNG CỘNG SẢN VIỆT NAM")
REGISTER_TITLE = say("SỔ THEO DÕI ĐẢNG VIÊN ĐI LÀM ĂN XA")
SHEET = say("Sổ theo dõi")
KEEPER = say("NGƯỜI LẬP SỔ")
SECRETARY = say("BÍ THƯ")
SIGN_HERE = say("(Ký, ghi rõ họ tên)")

IN_ALL = say("Cộng")
NUMBER = say("TT")
NAME = say("Họ và tên")
CARD = say("Số thẻ (số cuối)")
JOINED_ON = say("Ngày vào Đảng")
OFFICIAL_ON = say("Ngày chính thức")
ROUTE = say("Hình thức")
PLACE = say("Nơi đến")
WORK = say("Công việc")
PHONE = say("Điện thoại")
FROM_ON = say("Từ ngày")
UNTIL_ON = say("Đến ngày")
DECISION = say("Số quyết định, biên bản")
CONTACT = say("Người giữ liên lạc")
LAST_CONTACT_ON = say("Lần liên hệ gần nhất")
DUES_UNTIL = say("Đảng phí đến tháng")
REVIEW = say("Bản kiểm điểm năm")
NOTE = say("Ghi chú")


def chosen(*, what: str, count: int) -> Text:
    """Say which members a list shows, and how many they are."""
    if not what:
        return say("Tất cả: {count} đồng chí", count=count)
    return say("Lọc: {what} – {count} đồng chí", what=what, count=count)


def made_on(*, long: str, day: date) -> Text:
    return say("Lập {day}", day=both(escape(long), in_figures(day).en))
