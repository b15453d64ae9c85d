"""Is this marked as a state secret? Such papers may not pass through here at all (product.md, principle 7).

A marking stands alone: a stamp (MẬT, TỐI MẬT, TUYỆT MẬT), a field ("Độ mật: Tối mật"), a file name ("BC-MAT.docx").
The same syllable also means honey, gall, dense or intimate, and ends many words (bí mật, bảo mật): those pass. In
doubt a text in capitals counts as marked: being asked to send it another way costs less than a leak.
"""

from __future__ import annotations

import re

from models.ground.errors import Refused
from models.ground.names import fold, nfc
from models.phrases import common

_LONGEST = 200_000  # characters looked at: far above a message (4,096) or a page

# What makes MẬT an ordinary word when it stands before or after it.
_BEFORE = (
    "bí|bảo|cơ|thân|chi|kín|nội|ngọt|túi|sỏi|gan|ống|dịch|đường|trăng|chùm|ong|hoa|nước|lấy|bán|mua|vắt|quay|nuôi|"
    "rỉ|gỉ|độ|thị|văn|chai|lít|uống|ngậm|ướp|kẹo"
)
_AFTER = (
    "ong|khẩu|độ|thiết|mã|vụ|thám|tông|ngọt|mía|gấu|rắn|cá|lợn|heo|danh|nghị|thư|hoa|ước|báo|đàm|hiệu|phục|gà|dừa|"
    "hội|ngữ|chú"
)
_PAPERS = "tài liệu|văn bản|công văn|hồ sơ|báo cáo|thông báo|nghị quyết|quyết định|kế hoạch|tờ trình|biên bản"
_FAMILIES = (
    "nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|đoàn|trịnh|lương|mai|tô|đào|trương|"
    "hà|cao|thái|tạ|chu|lò"
)

_ANY_CASE = re.IGNORECASE
_GRADED = re.compile(r"\b(?:TUYỆT MẬT|TỐI MẬT|Tuyệt Mật|Tối Mật)\b")
_FIELD = re.compile(
    r"\b(?:độ|dấu|mức|cấp)\s+mật\s*[:\-–]?\s*[\"“(\[]?\s*(?:(?:tối|tuyệt)\s+)?mật\b|\bđộ mật\s*:\s*[abc]\b",
    _ANY_CASE,
)
_BRACKETED = re.compile(r"[(\[{<“\"*]\s*(?:Mật|MẬT|(?i:tối mật|tuyệt mật))\s*[)\]}>”\"*]")
_WHOLE_LINE = re.compile(rf"\W*(?:(?:{_PAPERS})\s+)?(?:(?:tối|tuyệt)\s+)?mật\W*", _ANY_CASE)
_SMALL_ALONE = re.compile(r"\W*mật\W*")  # one small word as an answer is honey
_STAMP = re.compile(r"(?<!\w)MẬT(?!\w)")
_ORDINARY_BEFORE = re.compile(rf"(?<!\w)(?:{_BEFORE})\s+$", _ANY_CASE)
_ORDINARY_AFTER = re.compile(rf"^\s+(?:{_AFTER})(?!\w)", _ANY_CASE)
_PERSON_BEFORE = re.compile(rf"(?<!\w)(?:{_FAMILIES})(?!\s+sơ\b)(?:\s+\w+){{0,3}}\s+$", _ANY_CASE)
_LETTER_BY_LETTER = re.compile(r"(?<!\w)(?:\w[ \u00a0]){2,7}\w(?!\w)")

_FILE_NAME = re.compile(r"[^\n]+\.\w{2,5}|\S*[_-]\S*")
_LONGEST_FILE_NAME = 255
_FILE_WORD = re.compile(r"[^\W\d_]+|\d+")
_PAPER_BEFORE = re.compile(rf"(?:^|\s)(?:{fold(_PAPERS)}|bc|cv|tl|vb|qd|tb|kh|nq|ct|tt|bb|dong dau|dau)$")


def clean(text: str, *more: str) -> str:
    """Return a free text that may be kept; Refused where it, or one of `more`, is marked as a secret."""
    if any(map(marked_secret, (text, *more))):
        raise Refused(common.secret_refused())
    return text


def marked_secret(text: str) -> bool:
    """Return whether a text, a caption or a file name bears a marking of secrecy."""
    text = _LETTER_BY_LETTER.sub(_closed_up, nfc(text[:_LONGEST]))
    name = text.strip()
    if len(name) <= _LONGEST_FILE_NAME and _FILE_NAME.fullmatch(name) and _marked_file(name):
        return True
    return any(_marked_line(line) for line in text.splitlines())


def _closed_up(spaced: re.Match[str]) -> str:
    """Stamps are often set letter by letter: "M Ậ T"."""
    return re.sub(r"[ \u00a0]", "", spaced[0]).replace("TỐIMẬT", "TỐI MẬT").replace("TUYỆTMẬT", "TUYỆT MẬT")


def _marked_line(line: str) -> bool:
    line = " ".join(line.split())
    if _WHOLE_LINE.fullmatch(line):
        return not _SMALL_ALONE.fullmatch(line)
    if any(marking.search(line) for marking in (_GRADED, _FIELD, _BRACKETED)):
        return True
    return any(not _ordinary(line[: found.start()], line[found.end() :]) for found in _STAMP.finditer(line))


def _ordinary(before: str, after: str) -> bool:
    """MẬT in a text in capitals, but as part of a word, or as somebody's name."""
    return bool(
        _ORDINARY_BEFORE.search(before[-20:])
        or _ORDINARY_AFTER.search(after)
        or _PERSON_BEFORE.search(before[-60:])
    )


def _marked_file(name: str) -> bool:
    """A file's name joins words by signs, often without diacritics: "toi_mat", "BC-MAT.docx"."""
    stem = name.rpartition(".")[0] or name
    apart = "".join(
        f" {b}" if a.islower() and b.isupper() else b for a, b in zip(f" {stem}", stem, strict=False)
    )
    words = _FILE_WORD.findall(apart)
    return any(_marked_word(words, place) for place in range(len(words)))


def _marked_word(words: list[str], place: int) -> bool:
    word, before, after = words[place], words[:place], words[place + 1 :]
    if fold(word) in {"toimat", "tuyetmat"} and word.lower() in {fold(word), "tốimật", "tuyệtmật"}:
        return True
    if word.lower() not in {"mat", "mật"}:
        return False
    if before and before[-1].lower() in {"toi", "tối", "tuyet", "tuyệt"}:
        return True
    if word.lower() == "mật":
        return not _ordinary("".join(f"{w} " for w in before), "".join(f" {w}" for w in after))
    return _bare_marking(word, before, after)


def _bare_marking(word: str, before: list[str], after: list[str]) -> bool:
    """ "mat" without diacritics is also a face, an eye, a loss: it must follow a paper, or stand alone in capitals."""
    if _PAPER_BEFORE.search(fold(" ".join(before))):
        return True
    return word == "MAT" and all(other.isdigit() for other in [*before, *after])
