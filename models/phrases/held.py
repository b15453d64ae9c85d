"""What the columns are called on the page that a person takes out; English is the column's own name."""

from __future__ import annotations

from models.phrases.text import Text, named

_VI = """
accepted: đồng ý không
accepted_at: chấp nhận lúc
act: việc
added_at: thêm lúc
admitted_on: ngày kết nạp
after: sau đó
announced_at: báo lúc
answer: trả lời
answered_at: trả lời lúc
answered_by: người trả lời
answered_by_id: người trả lời
answered_on: ngày trả lời
applied_at: áp dụng lúc
as: với tư cách
asked_at: hỏi lúc
asked_by: người hỏi
at: lúc
before: trước đó
begins_at: từ lúc
begins_on: từ ngày
begun_at: bắt đầu lúc
by_id: người làm
capacity: tư cách dự
cell: chi bộ
channel: cách liên hệ
closed_at: kết thúc lúc
closes_at: hết hạn lúc
comment: ý kiến
considered_by: người ghi kết quả xét
considered_on: ngày xét
contact_id: người giữ liên lạc
contributed_at: gửi ý kiến lúc
corrected_at: sửa lúc
created_at: ghi lúc
deadline: hạn
decided_at: quyết định lúc
decided_by: người quyết định
decided_on: ngày quyết định
declared_at: khai lúc
did: việc
done_at: làm lúc
due_at: hạn lúc
due_on: hạn ngày
ended_at: kết thúc lúc
ended_by: người ghi kết thúc
ended_how: kết thúc thế nào
ended_on: ngày kết thúc
ends_at: đến lúc
ends_on: đến ngày
excuse: lý do hoãn báo cáo
excused_until: hoãn đến
expires_at: hết hạn lúc
filed_at: lưu lúc
filed_by: người nộp
form: mẫu
from_on: từ ngày
given: đồng ý không
given_at: giao lúc
given_by_id: người giao
happened_on: ngày
heading: mục
helper_id: người giúp đỡ
holds: đúng không
how: có mặt thế nào
item: giấy tờ
kind: loại
linked_at: liên kết lúc
made_at: lập lúc
member_id: về người
month: tháng
offered_at: đề nghị lúc
official: chính thức không
on_behalf: ghi hộ
on_paper: trên giấy
opened_at: mở lúc
opened_by: người mở
opens_at: hỏi lúc
owner_id: người nhận
paper_on: ngày văn bản
period: kỳ
promised_on: hẹn ngày
purpose: việc
question: câu hỏi
reachability: tin tới được không
read_at: đọc lúc
reader_id: người đọc
received_on: nhận ngày
record_json: hồ sơ lúc kết thúc
recorded_at: ghi lúc
report: trả lời
result: kết quả
role: chức vụ
room: việc
route: diện
said: ai nói
said_at: nói lúc
said_json: kết quả lần ấy
seen_at: xem lúc
sent_at: gửi lúc
sent_by: người gửi
sent_on: ngày gửi
settled_at: xong lúc
signed_on: ngày ký
stage: bước
state: trạng thái
step: bước
submitted_at: nộp lúc
taken_at: nhận lúc
text: lời văn
told_at: báo lúc
told_id: người được báo
unit_id: tổ chức
updated_at: sửa lúc
version: bản
viewer_id: người được xem
voters: số đảng viên chính thức
votes_for: số tán thành
what: xem gì
withdrawn_at: rút lúc
words: kết quả
"""

LABELS: dict[str, Text] = {
    name: named(vi, name.replace("_", " "))
    for name, vi in (line.split(": ", 1) for line in _VI.strip().splitlines())
}


def label(column: str) -> Text:
    """The heading of a column; its own name where there is no word for it."""
    plain = column.replace("_", " ")
    return LABELS.get(column) or named(plain, plain)
