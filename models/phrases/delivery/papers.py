"""Words on papers and about them. The papers themselves are Vietnamese: their words stand in their templates."""

from __future__ import annotations

from datetime import date

from models.phrases.text import Text, say
from models.phrases.text import day as in_figures

TITLES: dict[str, Text] = {
    "don-xin-tam-mien": say("Đơn xin tạm miễn sinh hoạt đảng", "Application to be excused"),
    "don-xin-chuyen-tam-thoi": say(
        "Đơn xin chuyển sinh hoạt đảng tạm thời", "Application for a temporary transfer"
    ),
    "don-ra-nuoc-ngoai": say("Báo cáo về việc ra nước ngoài", "Report on going abroad"),
    "don-xin-gia-han": say("Đơn xin gia hạn", "Request for an extension"),
    "de-nghi-nhan-xet": say("Giấy đề nghị nhận xét", "Request for a comment"),
    "gioi-thieu": say("Thư giới thiệu", "Letter of introduction"),
    "cam-on": say("Thư cảm ơn", "Letter of thanks"),
    "qua-trinh": say("Quá trình của đảng viên", "A member's timeline"),
    "ban-kiem-diem": say("Bản kiểm điểm cá nhân", "Self-review"),
    "ban-cam-ket": say("Bản cam kết tu dưỡng, rèn luyện", "Commitment of the year"),
    "bien-ban-hop": say("Biên bản họp chi bộ", "Minutes of a meeting"),
}

PARTY = say("ĐẢNG CỘNG SẢN VIỆT NAM", "COMMUNIST PARTY OF VIETNAM")
REGISTER_TITLE = say("SỔ THEO DÕI ĐẢNG VIÊN ĐI LÀM ĂN XA", "REGISTER OF MEMBERS WORKING AWAY FROM HOME")
SHEET = say("Sổ theo dõi", "Register")
KEEPER = say("NGƯỜI LẬP SỔ", "KEPT BY")
SECRETARY = say("BÍ THƯ", "SECRETARY")
SIGN_HERE = say("(Ký, ghi rõ họ tên)", "(Signature and full name)")

IN_ALL = say("Cộng", "In all")
NUMBER = say("TT", "No.")
NAME = say("Họ và tên", "Full name")
CARD = say("Số thẻ (số cuối)", "Card (last digits)")
JOINED_ON = say("Ngày vào Đảng", "Joined on")
OFFICIAL_ON = say("Ngày chính thức", "Official since")
ROUTE = say("Hình thức", "Route")
PLACE = say("Nơi đến", "Place")
WORK = say("Công việc", "Work")
PHONE = say("Điện thoại", "Phone")
FROM_ON = say("Từ ngày", "From")
UNTIL_ON = say("Đến ngày", "Until")
DECISION = say("Số quyết định, biên bản", "Decision, minutes no.")
CONTACT = say("Người giữ liên lạc", "Contact")
LAST_CONTACT_ON = say("Lần liên hệ gần nhất", "Last contact")
DUES_UNTIL = say("Đảng phí đến tháng", "Dues up to")
REVIEW = say("Bản kiểm điểm năm", "Year's self-review")
NOTE = say("Ghi chú", "Notes")


def chosen(*, what: str, count: int) -> Text:
    """Which members a list shows, and how many they are."""
    if not what:
        return say("Tất cả: {count} đồng chí", "All: {count}", count=count)
    return say("Lọc: {what} – {count} đồng chí", "Filter: {what} – {count}", what=what, count=count)


def made_on(*, long: str, day: date) -> Text:
    return say("Lập {long}", "Made on {day}", long=long, day=in_figures(day))
