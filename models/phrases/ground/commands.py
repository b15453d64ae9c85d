"""What the menu says of each command (Telegram shows it beside the name; 3 to 256 characters)."""

from __future__ import annotations

from models.phrases.text import say

START = say("Bắt đầu", "Begin")
MENU = say("Màn hình chính", "Main screen")
HELP = say("Trợ giúp", "Help")
CANCEL = say("Dừng việc đang làm", "Stop what is under way")
LANGUAGE = say("Ngôn ngữ", "Language")
CHECKIN = say("Báo cáo tình hình", "Check in")
AWAY = say("Khai đi làm ăn xa", "Working away: declare, follow")
MEETINGS = say("Họp chi bộ", "Meetings of the cell")
REVIEW = say("Bản kiểm điểm, cam kết", "Self-criticism, commitment")
HELP_ME = say("Nhờ chi bộ hỗ trợ", "Ask the cell for help")
DATA = say("Dữ liệu của tôi", "My data")
DESK = say("Chi bộ hôm nay", "The cell today")
NOTICE = say("Thông báo", "Notices")
ROSTER = say("Danh sách đảng viên", "Roster")
INVITE = say("Thêm và mời một người", "Add and invite somebody")
IMPORT = say("Nhập danh sách từ Excel", "Import a roster from Excel")
EXPORT = say("Xuất danh sách ra Excel", "Export the roster to Excel")
COMMITTEE = say("Các tổ chức trực thuộc", "Units below")
