"""What the columns are called on the page that a person takes out; English is the column's own name."""

from __future__ import annotations

from models.phrases.text import Text, named

_VI = """
about: về việc
accepted: đồng ý không
accepted_at: chấp nhận lúc
account_id: tài khoản
act: việc
active: đang hỏi
added_at: thêm lúc
address: địa chỉ trên kênh liên lạc
admitted_on: ngày kết nạp
after: sau đó
again: được gửi lại
again_at: hỏi lại lúc
agreement_id: thỏa thuận
alert_at: sẽ báo chi bộ lúc
alerted_at: đã báo chi bộ lúc
announced_at: báo lúc
answer: trả lời
answer_by: hạn trả lời
answered_at: trả lời lúc
answered_by: người trả lời
answered_by_id: người trả lời
answered_on: ngày trả lời
applied_at: áp dụng lúc
appointment_id: phân công
as: với tư cách
asked: đã hỏi tới lần
asked_at: hỏi lúc
asked_by: người hỏi
asked_by_id: người hỏi
asking: đang chờ trả lời
asks: số lần gửi mã
asks_since: đếm từ lúc
asleep_since: quyền tạm dừng từ
at: lúc
attempts: số lần có thể đã tới
audience: gửi cho ai
away_id: lần đi xa
base_at: tính hỏi lại từ
before: trước đó
began_at: bắt đầu lúc
begins: từ byte
begins_at: từ lúc
begins_on: từ ngày
begun_at: bắt đầu lúc
behind_proof: chỉ hiện sau khi chứng minh thêm
board_at: xem lại số liệu lúc
bundle_id: trọn bộ tài liệu
by_id: người làm
by_itself: tự ghi
calendar: bản trong lịch
called_at: triệu tập lúc
called_on: hỏi những ai
came_on: ngày dự
campaign_id: đợt
cancelled_at: hủy lúc
cancelled_by: người hủy
capacity: tư cách dự
cell: chi bộ
cell_id: chi bộ
changed: đã đổi câu trả lời
channel: cách liên hệ
checkin_id: kỳ báo cáo
closed_at: kết thúc lúc
closes_at: hết hạn lúc
code: mã câu
comes_on: về tới quê ngày
comment: ý kiến
conclusion_id: kết luận
confirmed_at: xác nhận lúc
confirmed_by: người xác nhận
considered_at: xét lúc
considered_by: người ghi kết quả xét
considered_on: ngày xét
contact_id: người giữ liên lạc
contributed_at: gửi ý kiến lúc
corrected_at: sửa lúc
created_at: ghi lúc
created_by_id: người lập
credential: dấu của khóa
cursor: đã chuẩn bị đến
data: nội dung
day_zero: tính từ
deadline: hạn
decided_at: quyết định lúc
decided_by: người quyết định
decided_on: ngày quyết định
decided_on_paper: quyết định trên giấy
declared_at: khai lúc
detail: chi tiết
did: việc
digest_at: bản tin gửi lúc
digest_day: ngày nhận bản tin
do_by: hạn làm xong
done: đã xong
done_at: làm lúc
due_at: hạn lúc
due_on: hạn ngày
edition: lần sửa
edits: số lần đổi
ended_at: kết thúc lúc
ended_by: người ghi kết thúc
ended_how: kết thúc thế nào
ended_on: ngày kết thúc
ending: đuôi tệp
ends_at: đến lúc
ends_on: đến ngày
error: lỗi
excuse: lý do hoãn báo cáo
excused_until: hoãn đến
exempt: người được miễn
expires_at: hết hạn lúc
extended_at: kéo dài lúc
external_id: số của kênh
failed_at: không tới lúc
feast: dịp nghỉ
fed_until: đã chuẩn bị gửi đến
figure: số liệu
file_id: tệp
file_kind: loại tệp
filed_at: lưu lúc
filed_by: người nộp
filing_id: đơn
finished_at: làm xong lúc
for_id: phiếu của
form: mẫu
form_hash: dấu của phiếu
fresh: chìa khóa chưa dùng
from_at: có mặt từ lúc
from_id: người bàn giao
from_on: từ ngày
given: đồng ý không
given_at: giao lúc
given_by_id: người giao
grace_days: số ngày thêm
ground: lý do xóa
half: nửa năm
handover_id: lần bàn giao
happened_on: ngày
hash: dấu vân tay
heading: mục
heard_at: có tin gần nhất lúc
heard_how: có tin qua đâu
held_on: trao đổi ngày
helper_id: người giúp đỡ
holder_hash: dấu vân tay người dùng
holds: đúng không
holiday_on: ngày của dịp nghỉ
how: có mặt thế nào
in_room_only: chỉ dự tại phòng
invitation_id: giấy mời họp
is_issue: là vấn đề nêu ra
is_private: chỉ một số người thấy
is_right: đồng hồ có đúng không
item: giấy tờ
joined_id: gộp vào
journal: những gì đã chuyển
judged_on: ngày xét đối tượng
kept_at: giữ từ lúc
key: khóa của tin
key_hash: dấu của chìa khóa
kind: loại
knew: đã biết lần sửa trước
knows: đã biết lần sửa
ladder_id: việc cần gọi
lane: thứ tự gửi
lapsed_at: quá hẹn lúc
last_month: tháng gần nhất
lasts: giữ bao nhiêu giây
late_at: quá hạn từ
lease_until: đang gửi đến
leaves_on: đi lại ngày
left_at: rời danh sách lúc
letter_id: thư
level: mức
link_at: gửi đường dẫn lúc
linked_at: liên kết lúc
locked_until: khóa đến
looked_at: xem lúc
made_at: lập lúc
made_by: người lập
made_from: tạo từ
marked_by: người đánh dấu
marks: số của kênh
matter: việc gì
media: loại tệp
meeting_id: cuộc họp
meeting_on: ngày họp
member_id: về người
menu: bảng lệnh
message_id: số của tin
messages: số của các tin
method: cách gửi
minutes: số phút
month: tháng
name: tên
name_request_id: đề nghị xem tên
next_at: việc tiếp theo lúc
next_digest_at: bản tin tiếp theo lúc
not_after: không gửi sau
not_before: không gửi trước
note_id: ghi nhận liên hệ
noted_at: ghi lúc
noted_by: người ghi
notice_id: thông báo
noticed_at: nhận ra lúc
nudged: số lần nhắc
nudges: số lần nhắc
number: số
occasion: vì việc gì
of: trên tổng số
offered_at: đề nghị lúc
officer_id: cán bộ cấp ủy
official: chính thức không
old_hash: dấu của chìa khóa trước
on_behalf: ghi hộ
on_paper: trên giấy
opened_at: mở lúc
opened_by: người mở
opened_by_id: người mở
opened_from: mở từ địa chỉ
opens_at: hỏi lúc
other_id: tổ chức kia
outbox_id: tin gửi
outcome: kết quả liên hệ
own: tự viết
owner_id: người nhận
paper_id: văn bản họp
paper_on: ngày văn bản
papers_of: văn bản của ai
parts: số phần
pattern_at: xem lại nhịp lúc
pause_id: lần tạm nghỉ
people: số người
period: kỳ
person_id: người được hỏi
phone_by: hạn gọi điện
phone_changed_at: đổi số điện thoại lúc
phone_changed_by: người đổi số điện thoại
phone_proved_at: xác nhận số lúc
place: thứ tự trên trang
place_code: nơi ở
plan: kế hoạch
position: thứ tự
preferred_at: chọn nhận tin ở đây lúc
printed: số liệu in
probation_id: thời gian dự bị
promised_on: hẹn ngày
proof: xác nhận bằng
proposed_at: đề nghị kết thúc lúc
proved_at: xác nhận lúc
public_key: phần công khai của khóa
purpose: việc
question: câu hỏi
rating_told: xếp loại đã báo
reachability: tin tới được không
reachability_at: tình trạng tin từ lúc
read_at: đọc lúc
read_version: bản đã đọc
reader_id: người đọc
received_at: nhận lúc
received_on: nhận ngày
record_json: hồ sơ lúc kết thúc
recorded_at: ghi lúc
ref_id: việc được bàn giao
remind_at: nhắc lúc
reminded_at: đã nhắc lúc
reminded_for: đã nhắc mốc
reminded_on: ngày nhắc
replied_at: nơi đến trả lời lúc
report: trả lời
request_id: việc nhờ, kiến nghị
result: kết quả
review_id: bản kiểm điểm
rhythm: nhịp báo cáo
risen: lên mức
role: chức vụ
roll_call_id: lần điểm danh an toàn
room: việc
round: lần hỏi
route: diện
rule: quy định
rung: bước
said: ai nói
said_at: nói lúc
said_json: kết quả lần ấy
say_at: báo lúc
seal: dấu niêm
seen_at: xem lúc
sent_at: gửi lúc
sent_by: người gửi
sent_on: ngày gửi
seq: số thứ tự
set_at: đặt lúc
set_by_id: người đặt
settled_at: xong lúc
settled_by: người giải quyết
settled_by_id: người giải quyết
sha256: dấu vân tay của tệp
sheet_since: nhận phiếu gọi mỗi tuần từ
shortcut: số của kênh
shown: số lần xem
shown_at: đồng hồ chỉ lúc ấy
shown_until: xem được đến
signal: dấu hiệu
signed_on: ngày ký
size: cỡ tệp
slips: số của các tin đã sửa
slow: số kỳ chậm
stage: bước
stalled_at: dừng chờ từ lúc
starts_at: bắt đầu lúc
state: trạng thái
step: bước
steps: các mốc
studied_on: ngày học
submitted_at: nộp lúc
taken_at: nhận lúc
text: lời văn
times: số lần hỏi
title: tên câu
to_id: người nhận
token_hash: dấu vân tay của đường dẫn
told: nơi được báo
told_at: báo lúc
told_end: đã báo kết thúc
told_id: người được báo
told_since: được báo ở đây từ lúc
total: tổng số
trail: các bước đã qua
tries: số lần gửi
trusted_at: tin cậy từ lúc
turned_at: đổi chìa khóa lúc
type: loại tệp
unchanged: không thay đổi
undone_at: hoàn tác lúc
undone_by: người hoàn tác
unfiled: biên bản chưa lưu
unit_id: tổ chức
unread_at: chờ đọc từ lúc
unrung_since: chờ báo từ lúc
until_at: đến lúc
update_asked_at: hỏi báo cáo văn bản lúc
update_due_on: hạn báo cáo văn bản
update_months: báo cáo văn bản mỗi mấy tháng
updated_at: sửa lúc
upload: tệp đang gửi
used_at: dùng lúc
uses: số lần dùng
version: bản
version_id: bản giá trị của quy định
viewer_id: người được xem
volume: phần thứ mấy
voters: số đảng viên chính thức
votes_against: phiếu không tán thành
votes_for: phiếu tán thành
votes_for: số tán thành
waived: không cần
watcher_id: người theo dõi
way: bằng cách nào
what: xem gì
withdrawn: đã rút
withdrawn_at: rút lúc
wired: đã đưa lên kênh gửi
words: kết quả
wrong_tries: số lần gõ sai
year: năm
"""

LABELS: dict[str, Text] = {
    name: named(vi, name.replace("_", " "))
    for name, vi in (line.split(": ", 1) for line in _VI.strip().splitlines())
}


def label(column: str) -> Text:
    """Return the heading of a column; its own name where there is no word for it, which a test does not let happen."""
    plain = column.replace("_", " ")
    return LABELS.get(column) or named(plain, plain)
