"""What somebody types, says or sends while nothing is asked: held until they say what it is for.

    text, voice, photo, file ──> HELD (a draft in their chat, sealed, its term a draft's) ──> a report, a request, a word to
                                   ^   │                                                    the secretary, a notice, dropped
                                   └───┘ more is added to it

Nobody has it until its writer says so. Two things are recognised in plain words, and nothing is done about either but to
show a way: a cry for help (whom to call), and the wish to be left in peace (pause, consents). No opinion is read from them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from models.ground.names import nfc

ROOM, HELD = (
    "unasked",
    "held",
)  # where it lies among the drafts of a chat, while its writer has not said what it is

# --- plain words ----------------------------------------------------------------------------------------------------

# A line is a topic and its phrases. Typed without marks a phrase fits too, unless it has a star: without marks it
# would be another, common word (chạy, báo). Typed with other marks ("từ từ", "danh sách") it does not.
_CRIES = """
accident: tai nạn, tngt, cấp cứu, nhập viện, nằm viện, vào viện, bệnh viện, bị thương, chảy máu, ngất xỉu, bất tỉnh, đột quỵ, đau tim,
    khó thở, nguy kịch, sắp chết, gãy chân, gãy tay, gãy xương, bị bỏng, điện giật, đuối nước, ngộ độc, cưa vào tay, máy cuốn,
    ngã giàn giáo, bị ngã từ, xe đâm, bị đâm, đâm xe, ốm nặng, bệnh nặng
danger: cướp, trấn lột, bị đánh, đánh đập, đánh em, đánh tôi, đánh con, hành hung, bạo hành, bị giam, giam giữ, bị nhốt, bị giữ, bị bắt, bắt cóc,
    bắt giữ, hiếp dâm, cưỡng hiếp, xâm hại, quấy rối, dọa giết, đòi giết, đe dọa, giết, tự tử, tự sát, tự vẫn, muốn chết, không muốn sống,
    chán sống, nguy hiểm, cầu cứu, kêu cứu, cứu tôi, cứu em, cứu con, cứu với, cứu mạng, cứu giúp, xin cứu, khẩn cấp, giúp gấp, sos,
    bị lừa bán, buôn người, bỏ trốn, mất tích, công an bắt, cảnh sát bắt, bị trục xuất
papers: giữ hộ chiếu, thu hộ chiếu, tịch thu hộ chiếu, lấy hộ chiếu, mất hộ chiếu, giữ passport, mất passport, giữ giấy tờ, mất hết giấy tờ
disaster: cháy*, cháy nhà, cháy phòng, cháy xưởng, cháy lớn, cháy rồi, đang cháy nhà, bị cháy, hỏa hoạn, nổ bình, vụ nổ, động đất, sóng thần, lũ quét,
    sạt lở, lũ lụt, ngập lụt, siêu bão, bão lớn, vỡ đê, sập nhà, núi lửa
accident: accident, ambulance, hospital, injured, bleeding, unconscious, heart attack, stroke
danger: help, help me, emergency, robbed, robbery, mugged, beaten, beat me, beats me, hit me, attacked, assaulted, kidnapped, trapped, locked up, locked me,
    raped, harassed, threatened, suicide, suicidal, kill myself, want to die, danger, detained, arrested, police, trafficked, in trouble
papers: my passport, passport taken, passport stolen, passport lost, lost passport, took passport
disaster: fire, on fire, explosion, earthquake, tsunami, typhoon, flood, landslide
"""

# The whole of a short message.
_STOPS = """
stop, stop it, please stop, stop all, stopall, unsubscribe, cancel, end, quit, opt out, optout, remove me, leave me alone, no more messages,
stop messaging me, stop sending, stop texting me, do not contact me, don't contact me, do not message me, don't message me,
dừng, dừng lại, ngừng, ngừng lại, ngưng, ngưng lại, thôi, thôi đi, hủy, hủy bỏ, hủy đăng ký, bỏ đăng ký, hủy theo dõi, xóa tôi, xóa đăng ký, rút, rút lui,
tắt thông báo, tắt tin nhắn, chặn, im đi, tôi không muốn tham gia nữa, không tham gia nữa, rút lại đồng ý, xin thôi, cho tôi nghỉ, đừng làm phiền,
đừng làm phiền nữa, đừng làm phiền tôi, phiền quá
"""
_LEAVE_ALONE = re.compile(
    r"\b(?:khong|ko|k|kg|dung|thoi|ngung|ngung lai|dung lai|chan|ngan)\b"
    r"(?: \w+){0,4}? (?:nhan|nhan tin|gui|gui tin|nhac|bao tin|tin nhan|thong bao|lam phien|lien lac|lien he)\b"
    r"(?: \w+){0,5}?(?: nua| toi| minh| em| vao day| cho toi|$)"
    r"|\b(?:khong|thoi|ko)\b(?: \w+){0,2}? tham gia nua$"
)
_LONGEST_STOP = 60


def asks_to_stop(text: str) -> bool:
    """Return whether somebody says in a few words that they want no more messages."""
    words = _bare(text)
    if (
        not words or len(words) > _LONGEST_STOP or " duoc" in words
    ):  # "không nhận được": that is another matter
        return False
    return words in _stops() or bool(_LEAVE_ALONE.search(words))


def says_stop(text: str, *, asked: bool = False) -> bool:
    """Return whether that is all that they say: a word known for it, as after a text message.

    `asked`: a question is open. Then the word counts with its marks only: “dung” may be the name that is looked for.
    """
    return " ".join(text.lower().split()) in _spelled_stops() if asked else _bare(text) in _stops()


def cries_for_help(text: str) -> bool:
    return topic_of_cry(text) is not None


def topic_of_cry(text: str) -> str | None:
    """Return what is asked for at once: accident | danger | papers | disaster; None: nothing is."""
    marked = _plain(text)
    bare = _without_marks(marked)
    for topic, phrase, folded, needs_marks in _cries():
        if folded not in bare:  # a long text is looked through two hundred times
            continue
        for found in re.finditer(rf"(?<!\w){re.escape(folded)}(?!\w)", bare):
            if _fits(marked[found.start() : found.end()], phrase, folded, needs_marks=needs_marks):
                return topic
    return None


def speaks_of_wages(text: str) -> bool:
    """Return whether it is about work or pay, as a request's topic says."""
    return bool(_WAGES.search(_bare(text)))


_WAGES = re.compile(
    r"\b(?:luong|mat viec|that nghiep|sa thai|cho nghi viec|duoi viec|het viec|khong co viec|no tien cong|tien cong"
    r"|hop dong lao dong|wages?|salary|unpaid|fired|laid off|lost my job|no work)\b"
)


def _fits(typed: str, phrase: str, folded: str, *, needs_marks: bool) -> bool:
    """Word by word: as it is written, or without any mark."""
    if needs_marks and typed == folded:
        return False
    pairs = zip(typed.split(), phrase.split(), folded.split(), strict=True)
    return all(word in (bare,) or _letters(word) == _letters(right) for word, right, bare in pairs)


def _letters(word: str) -> tuple[str, str]:
    """Its letters and its tone, wherever the tone stands: hoả is hỏa."""
    parts = unicodedata.normalize("NFD", word)
    tones = "".join(char for char in parts if char in _TONES)
    return unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONES)), tones


_TONES = "\u0300\u0309\u0303\u0301\u0323"


def _plain(text: str) -> str:
    """Small letters, signs made spaces, single spaces: letter by letter as long as what `_without_marks` makes of it."""
    small = nfc(text[:10_000]).lower()
    return " ".join("".join(char if char.isalnum() or char == "'" else " " for char in small).split())


def _without_marks(text: str) -> str:
    return "".join(_base(char) for char in text)


@cache
def _base(char: str) -> str:
    return "d" if char == "đ" else unicodedata.normalize("NFD", char)[0]


def _bare(text: str) -> str:
    return _without_marks(_plain(text))


@cache
def _stops() -> frozenset[str]:
    return frozenset(_bare(one) for one in _STOPS.replace("\n", " ").split(","))


@cache
def _spelled_stops() -> frozenset[str]:
    return frozenset(" ".join(one.split()) for one in _STOPS.replace("\n", " ").split(","))


@cache
def _cries() -> tuple[tuple[str, str, str, bool], ...]:
    return tuple(_read_cries())


def _read_cries() -> Iterator[tuple[str, str, str, bool]]:
    for line in re.sub(r"\n +", " ", _CRIES.strip()).splitlines():
        topic, phrases = line.split(":", 1)
        for phrase in phrases.split(","):
            if phrase.strip():
                words = nfc(phrase.strip().rstrip("*"))
                yield topic, words, _without_marks(words), phrase.strip().endswith("*")
