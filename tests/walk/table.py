"""The two tables of the README on rights, from the program's own table and from the oracle that the walk holds it to."""

from __future__ import annotations

from models.people.rights import RIGHTS, Right, Role
from models.phrases.people import rights as words
from models.phrases.text import Text, say
from tests.walk.oracle import ABOVE_IT, CELL, CONTACT, DESK, FOLLOWER, READERS

HEAD = say("Việc", "Room: act")
WHAT = say("Nội dung", "What")
WHO = say("Ngoài chính người ấy, ai đọc được", "Who reads it, besides whose it is")
STANDS = {
    DESK: say("bí thư, phó bí thư", "secretary, deputy"),
    CONTACT: say("người giữ liên lạc với người ấy", "their contact"),
    ABOVE_IT: say("cán bộ cấp trên", "officers above"),
    CELL: say("đảng viên trong chi bộ", "the cell's members"),
    FOLLOWER: say("người phụ trách chi bộ", "who follows the cell"),
}
NOBODY = say("không ai", "nobody")
SHORT: dict[Role, Text] = {
    Role.SECRETARY: say("Bí thư", "Secretary"),
    Role.DEPUTY: say("Phó", "Deputy"),
    Role.CONTACT: say("Liên lạc", "Contact"),
    Role.OFFICER: say("Cán bộ", "Officer"),
    Role.FOLLOWER: say("Phụ trách", "Follower"),
}
THINGS: dict[str, Text] = {
    "name": say("Tên đảng viên", "A member's name"),
    "phone": say("Số điện thoại", "Phone number"),
    "report": say("Báo cáo tình hình", "A check-in's words"),
    "question": say("Câu hỏi riêng của chi bộ", "A question asked out of turn"),
    "request": say("Nhờ giúp, kiến nghị với chi bộ", "A request for help, a petition to the cell"),
    "private": say("Nhờ giúp riêng", "A private request"),
    "petition": say("Kiến nghị với cấp ủy", "A petition to a committee"),
    "stay": say("Nơi ở, nơi làm, điện thoại nơi ấy", "Place of stay, employer"),
    "trusted": say("Người thân tin cậy", "The trusted person"),
    "away reason": say("Lý do đi xa", "Reason of an absence"),
    "letter": say("Thư gửi nơi đến", "Letters to the place of stay"),
    "review": say("Bản kiểm điểm đã nộp, mức tự nhận", "A review handed in, its level"),
    "review file": say("Tệp kèm bản đã nộp", "Files of a review handed in"),
    "draft review": say("Bản kiểm điểm chưa nộp, điểm, mức", "A review not handed in, points, level"),
    "draft review file": say("Tệp của bản chưa nộp", "Files of a review not handed in"),
    "unsent comment": say("Góp ý chưa gửi", "Comments not sent yet"),
    "meeting": say("Cuộc họp: nơi, nội dung, kết luận", "A meeting: place, agenda, conclusions"),
    "contribution": say("Ý kiến gửi để đọc", "Words to be read out"),
    "absence reason": say("Lý do vắng họp", "Reason of absence from a meeting"),
    "task": say("Việc được giao", "A task"),
    "pause": say("Lý do tạm nghỉ báo cáo", "Reason of a pause"),
    "notice": say("Thông báo của chi bộ", "A cell's notice"),
    "names reason": say("Lý do xin xem tên", "Reason of a request for names"),
    "visit": say("Ghi chép dự họp", "Notes of a visit"),
    "contact note": say("Ghi nhận liên hệ", "A contact note"),
}
# what stands beside a reader: the rule that the table alone does not say
BESIDES: dict[str, Text] = {
    "name": say(
        "; cấp trên: trong đơn, xếp loại, hoặc khi được cho xem",
        "; above: in applications, ratings, or when granted",
    ),
    "private": say("; người được chính đảng viên chọn", "; whom the member chose"),
    "request": say("; cấp trên khi để quá lâu", "; above, once nobody has answered for long"),
    "petition": say(
        " được gửi tới; quá hạn trả lời: thêm một cấp",
        " it was put to; past its day: one level more",
    ),
    "stay": say(" khi chi bộ đã đề nghị", ", once the cell has put it forward"),
    "away reason": say(" khi chi bộ đã đề nghị", ", once the cell has put it forward"),
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
