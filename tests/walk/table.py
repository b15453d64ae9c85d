"""The two tables of the README on rights, from the program's own table and from the oracle that the walk holds it to."""

from __future__ import annotations

from models.people.rights import RIGHTS, Right, Role
from models.phrases.people import rights as words
from models.phrases.text import Text, named
from tests.walk.oracle import ABOVE_IT, CELL, CONTACT, DESK, FOLLOWER, READERS

HEAD = named("Việc", "Room: act")
WHAT = named("Nội dung", "What")
WHO = named("Ngoài chính người ấy, ai đọc được", "Who reads it, besides whose it is")
STANDS = {
    DESK: named("bí thư, phó bí thư", "secretary, deputy"),
    CONTACT: named("người giữ liên lạc với người ấy", "their contact"),
    ABOVE_IT: named("cán bộ cấp trên", "officers above"),
    CELL: named("đảng viên trong chi bộ", "the cell's members"),
    FOLLOWER: named("người phụ trách chi bộ", "who follows the cell"),
}
NOBODY = named("không ai", "nobody")
SHORT: dict[Role, Text] = {
    Role.SECRETARY: named("Bí thư", "Secretary"),
    Role.DEPUTY: named("Phó", "Deputy"),
    Role.CONTACT: named("Liên lạc", "Contact"),
    Role.OFFICER: named("Cán bộ", "Officer"),
    Role.FOLLOWER: named("Phụ trách", "Follower"),
}
THINGS: dict[str, Text] = {
    "name": named("Tên đảng viên", "A member's name"),
    "phone": named("Số điện thoại", "Phone number"),
    "report": named("Báo cáo tình hình", "A check-in's words"),
    "question": named("Câu hỏi riêng của chi bộ", "A question asked out of turn"),
    "request": named("Nhờ giúp, kiến nghị với chi bộ", "A request for help, a petition to the cell"),
    "private": named("Nhờ giúp riêng", "A private request"),
    "petition": named("Kiến nghị với cấp ủy", "A petition to a committee"),
    "stay": named("Nơi ở, nơi làm, điện thoại nơi ấy", "Place of stay, employer"),
    "trusted": named("Người thân tin cậy", "The trusted person"),
    "away reason": named("Lý do đi xa", "Reason of an absence"),
    "letter": named("Thư gửi nơi đến", "Letters to the place of stay"),
    "review": named("Bản kiểm điểm đã nộp, mức tự nhận", "A review handed in, its level"),
    "review file": named("Tệp kèm bản đã nộp", "Files of a review handed in"),
    "draft review": named("Bản kiểm điểm chưa nộp, điểm, mức", "A review not handed in, points, level"),
    "draft review file": named("Tệp của bản chưa nộp", "Files of a review not handed in"),
    "unsent comment": named("Góp ý chưa gửi", "Comments not sent yet"),
    "meeting": named("Cuộc họp: nơi, nội dung, kết luận", "A meeting: place, agenda, conclusions"),
    "contribution": named("Ý kiến gửi để đọc", "Words to be read out"),
    "absence reason": named("Lý do vắng họp", "Reason of absence from a meeting"),
    "task": named("Việc được giao", "A task"),
    "pause": named("Lý do tạm nghỉ báo cáo", "Reason of a pause"),
    "notice": named("Thông báo của chi bộ", "A cell's notice"),
    "names reason": named("Lý do xin xem tên", "Reason of a request for names"),
    "visit": named("Ghi chép dự họp", "Notes of a visit"),
    "contact note": named("Ghi nhận liên hệ", "A contact note"),
    "roll call": named("Lời hỏi khi điểm danh an toàn", "What a safety roll call asks"),
    "agreement": named("Phối hợp với nơi sử dụng lao động", "What was agreed with an employer"),
}
# what stands beside a reader: the rule that the table alone does not say
BESIDES: dict[str, Text] = {
    "name": named(
        "; cấp trên: trong đơn, xếp loại, hoặc khi được cho xem",
        "; above: in applications, ratings, or when granted",
    ),
    "private": named("; người được chính đảng viên chọn", "; whom the member chose"),
    "request": named("; cấp trên khi để quá lâu", "; above, once nobody has answered for long"),
    "petition": named(
        " được gửi tới; quá hạn trả lời: thêm một cấp",
        " it was put to; past its day: one level more",
    ),
    "stay": named(" khi chi bộ đã đề nghị", ", once the cell has put it forward"),
    "away reason": named(" khi chi bộ đã đề nghị", ", once the cell has put it forward"),
    "agreement": named("; đảng viên ở nơi ấy", "; members who are there"),
}


def rights_table(lang: str) -> str:
    """Return who holds which right over what, as Markdown."""
    roles = list(Role)
    lines = [
        f"| {HEAD.to_plain(lang)} | " + " | ".join(SHORT[role].to_plain(lang) for role in roles) + " |",
        "|---|" + "---|" * len(roles),
    ]
    for right in Right:
        reaches = [RIGHTS[role].get(right) for role in roles]
        shown = [words.REACHES[reach].to_plain(lang) if reach else "" for reach in reaches]
        lines.append(f"| {words.RIGHTS[right].to_plain(lang)} | " + " | ".join(shown) + " |")
    return "\n".join(lines)


def readers_table(lang: str) -> str:
    """Return who reads which kind of fact, as Markdown."""
    lines = [f"| {WHAT.to_plain(lang)} | {WHO.to_plain(lang)} |", "|---|---|"]
    for kind, readers in READERS.items():
        who = ", ".join(STANDS[one].to_plain(lang) for one in STANDS if one in readers)
        more = BESIDES[kind].to_plain(lang) if kind in BESIDES else ""
        said = f"{who}{more}".removeprefix("; ") or NOBODY.to_plain(lang)
        lines.append(f"| {THINGS[kind].to_plain(lang)} | {said} |")
    return "\n".join(lines)


if __name__ == "__main__":
    for language in ("en", "vi"):
        print(rights_table(language), readers_table(language), sep="\n\n", end="\n\n")
