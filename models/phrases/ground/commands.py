"""What the menu says of each command (Telegram shows it beside the name; 3 to 256 characters)."""

from __future__ import annotations

from models.phrases.text import say, say_as

START = say("Bắt đầu")
MENU = say("Màn hình chính")
HELP = say("Trợ giúp")
CANCEL = say("Dừng việc đang làm")
LANGUAGE = say("Ngôn ngữ")
CHECKIN = say("Báo cáo tình hình")
AWAY = say("Khai đi làm ăn xa")
MEETINGS = say("Họp chi bộ")
REVIEW = say("Bản kiểm điểm, cam kết")
HELP_ME = say_as("commands", "Nhờ chi bộ hỗ trợ")
DATA = say("Dữ liệu của tôi")
HANDBOOK = say("Sổ tay hỏi đáp")
DESK = say("Chi bộ hôm nay")
NOTICE = say("Thông báo")
ROLL_CALL = say("Điểm danh an toàn")
ROSTER = say("Danh sách đảng viên")
INVITE = say("Thêm và mời một người")
IMPORT = say("Nhập danh sách từ Excel")
EXPORT = say("Xuất danh sách ra Excel")
COMMITTEE = say("Các tổ chức trực thuộc")
