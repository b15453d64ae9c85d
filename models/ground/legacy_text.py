"""Letters of the fonts from before Unicode, TCVN3 (.VnTime), VNI (VNI-Times) and VIQR, as the letters that were meant.

Such a text is made of letters, only of others: "NguyÔn ThÞ Hoa", "Nguyeãn Thò Hoa", "Nguye^~n Thi. Hoa". It is told by
the font, where the file names one, and else by what the words become: read as TCVN3 they are syllables of Vietnamese,
read as they stand they are not. One word may be both ("Tó" stands for itself and for "Tú", "Thò" for "Thị"): then its
column decides, and where that is not clear either, the whole file.

    letters_meant("NguyÔn ThÞ Hoa")                 Nguyễn Thị Hoa
    letters_meant("Trần Thị Hoa")                   unchanged
    letters_meant_together(["NguyÔn V¨n A", "Tó"])  (["Nguyễn Văn A", "Tú"], {TCVN3})
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache


class Legacy(StrEnum):
    TCVN3 = "TCVN3"
    VNI = "VNI"
    VIQR = "VIQR"


_WORDS_OF_A_NAME = 6
_CAPITALS = frozenset("¡¢£¤¥¦§")
_ENOUGH = 0.75  # of the words with marks that must become syllables
_LONGEST = 200_000  # characters looked at

# --- the tables -----------------------------------------------------------------------------------------------------

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_TONES = {"huyền": "\u0300", "hỏi": "\u0309", "ngã": "\u0303", "sắc": "\u0301", "nặng": "\u0323"}
_TONE_MARKS = frozenset(_TONES.values())
_SHAPES = frozenset("\u0306\u0302\u031b")


def _composed(letter: str, tone: str) -> str:
    return unicodedata.normalize("NFC", letter + _TONES[tone])


def _vni() -> dict[str, str]:
    """Pairs and single signs; both cases."""
    pairs = dict(zip("øûõùï", _TONES, strict=True))
    found = {"ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư", "ñ": "đ"}
    for base in "aeouyôö":
        meant = {"ô": "ơ", "ö": "ư"}.get(base, base)
        found |= {base + sign: _composed(meant, tone) for sign, tone in pairs.items()}
    for sign, tone in zip("àåãáä", _TONES, strict=True):
        found |= {base + sign: _composed(meant, tone) for base, meant in zip("aeo", "âêô", strict=True)}
    for sign, tone in zip("èúüéë", _TONES, strict=True):
        found["a" + sign] = _composed("ă", tone)
    found |= {"aâ": "â", "eâ": "ê", "oâ": "ô", "aê": "ă"}
    cased = {key[0].upper() + key[1:]: meant.upper() for key, meant in found.items()}
    return found | cased | {key.upper(): meant.upper() for key, meant in found.items()}


def _viqr() -> dict[str, str]:
    tones = dict(zip("`?~'.", _TONES, strict=True))
    letters = {base: base for base in "aeiouy"}
    letters |= {"a(": "ă", "a^": "â", "e^": "ê", "o^": "ô", "o+": "ơ", "u+": "ư", "o*": "ơ", "u*": "ư"}
    found = {written: meant for written, meant in letters.items() if len(written) > 1} | {"dd": "đ"}
    found |= {
        written + sign: _composed(meant, tone)
        for written, meant in letters.items()
        for sign, tone in tones.items()
    }
    return found | {key[0].upper() + key[1:]: meant.upper() for key, meant in found.items()} | {"DD": "Đ"}


def _pattern(table: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))


_TABLES = {Legacy.TCVN3: _TCVN3, Legacy.VNI: _vni(), Legacy.VIQR: _viqr()}
_PATTERNS = {legacy: _pattern(table) for legacy, table in _TABLES.items()}
_VIQR_SHAPE = re.compile(r"[aeo]\^|a\(|[ou][+*]|\bdd|\bDD", re.IGNORECASE)


def from_legacy(text: str, legacy: Legacy, *, capitals: bool = False) -> str:
    """Return `text` as it was meant. `capitals`: the font has only those (.VnTimeH)."""
    table = _TABLES[legacy]
    meant = _PATTERNS[legacy].sub(lambda found: table[found[0]], text)
    if capitals:
        return meant.upper()
    return _recased(text, meant) if legacy is Legacy.TCVN3 else meant


def _recased(written: str, meant: str) -> str:
    """TCVN3 has no capitals with tones; a text in capitals is one in which all plain letters are capitals."""
    plain = [char for char in written if char.isascii() and char.isalpha()]
    if len(plain) >= 3 and all(char.isupper() for char in plain):
        return meant.upper()
    words = re.sub(r"\S+", lambda found: _recased_word(found[0]), meant)
    begun = [word[0] for word in written.split()]
    if len(begun) <= _WORDS_OF_A_NAME and sum(char.isupper() or char in _CAPITALS for char in begun) >= 2:
        unsaid = [char for char in begun if char.islower() and char.isascii()]
        return words if unsaid else re.sub(r"\S+", lambda found: found[0][0].upper() + found[0][1:], words)
    return words


def _recased_word(word: str) -> str:
    plain = [char for char in word if char.isascii() and char.isalpha()]
    return word.upper() if len(plain) >= 2 and all(char.isupper() for char in plain) else word


def legacy_font(name: str) -> tuple[Legacy, bool] | None:
    """Read a font's name: ".VnTimeH" -> (TCVN3, True: it has capitals only); None for a font of Unicode."""
    folded = name.strip().lower()
    if folded.startswith(".vn"):
        return Legacy.TCVN3, folded.endswith("h")
    if folded.startswith(("vni-", "vni ")):
        return Legacy.VNI, False
    return None


# --- syllables ------------------------------------------------------------------------------------------------------

_ONSET = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx]"
_RHYMES = [
    "a",
    "ac",
    "ach",
    "ai",
    "am",
    "an",
    "ang",
    "anh",
    "ao",
    "ap",
    "at",
    "au",
    "ay",
    "ăc",
    "ăm",
    "ăn",
    "ăng",
    "ăp",
    "ăt",
    "âc",
    "âm",
    "ân",
    "âng",
    "âp",
    "ât",
    "âu",
    "ây",
    "e",
    "ec",
    "em",
    "en",
    "eng",
    "eo",
    "ep",
    "et",
    "ê",
    "êch",
    "êm",
    "ên",
    "êng",
    "ênh",
    "êp",
    "êt",
    "êu",
    "i",
    "ia",
    "ich",
    "iêc",
    "iêm",
    "iên",
    "iêng",
    "iêp",
    "iêt",
    "iêu",
    "im",
    "in",
    "inh",
    "ip",
    "it",
    "iu",
    "o",
    "oa",
    "oac",
    "oach",
    "oai",
    "oam",
    "oan",
    "oang",
    "oanh",
    "oao",
    "oap",
    "oat",
    "oay",
    "oăc",
    "oăm",
    "oăn",
    "oăng",
    "oăt",
    "oc",
    "oe",
    "oen",
    "oeo",
    "oet",
    "oi",
    "om",
    "on",
    "ong",
    "ooc",
    "oong",
    "op",
    "ot",
    "ô",
    "ôc",
    "ôi",
    "ôm",
    "ôn",
    "ông",
    "ôp",
    "ôt",
    "ơ",
    "ơi",
    "ơm",
    "ơn",
    "ơp",
    "ơt",
    "u",
    "ua",
    "uân",
    "uâng",
    "uât",
    "uây",
    "uc",
    "uê",
    "uêch",
    "uênh",
    "ui",
    "um",
    "un",
    "ung",
    "uôc",
    "uôi",
    "uôm",
    "uôn",
    "uông",
    "uôt",
    "up",
    "ut",
    "uơ",
    "uy",
    "uya",
    "uych",
    "uyên",
    "uyêt",
    "uynh",
    "uyt",
    "uyu",
    "ư",
    "ưa",
    "ưc",
    "ưi",
    "ưm",
    "ưn",
    "ưng",
    "ươc",
    "ươi",
    "ươm",
    "ươn",
    "ương",
    "ươp",
    "ươt",
    "ươu",
    "ưt",
    "ưu",
    "y",
    "yêm",
    "yên",
    "yêng",
    "yêt",
    "yêu",
    "uyn",
    "ôông",
    "yt",
    "ynh",
]
_SYLLABLE = re.compile(rf"(?:{_ONSET})?(?:{'|'.join(sorted(_RHYMES, key=len, reverse=True))})")
_APART = re.compile(r"[\s!-/:-@\[-`{-~“”‘’–—…]+")
_APART_VIQR = re.compile(r"\s+")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Return whether it may be a word of Vietnamese, as far as its letters tell."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = sum(char in _TONE_MARKS for char in letters)
    bare = unicodedata.normalize("NFC", "".join(char for char in letters if char not in _TONE_MARKS))
    return tones <= 1 and _SYLLABLE.fullmatch(bare) is not None


def _share(words: Sequence[str], legacy: Legacy | None) -> float:
    if not words:
        return 0.0
    return sum(is_syllable(from_legacy(word, legacy) if legacy else word) for word in words) / len(words)


def _marked_words(text: str) -> list[str]:
    """The words in which something stands that is no plain letter; empty where a letter is beyond the old tables."""
    if any(ord(char) > 0xFF and char.isalpha() for char in text):
        return []
    return [word for word in _APART.split(text) if not word.isascii()]


def _viqr_words(text: str) -> list[str]:
    words = [word.rstrip(",;:!") for word in _APART_VIQR.split(text)]
    return [word for word in words if _PATTERNS[Legacy.VIQR].search(word)]


# --- what is meant --------------------------------------------------------------------------------------------------


def told_legacy(text: str) -> Legacy | None:
    """Return the old table by which alone this text is Vietnamese; None: it stands for itself."""
    return next(iter(_tables_of(text)), None)


def _tables_of(text: str) -> list[Legacy]:
    """The same; two where it is as good Vietnamese by either ("Leâ")."""
    text = text[:_LONGEST]
    if text.isascii():
        words = _viqr_words(text) if _VIQR_SHAPE.search(text) else []
        return [Legacy.VIQR] if words and _share(words, Legacy.VIQR) == 1 else []
    words = _marked_words(text)
    # single letters tell nothing
    if all(len(word) == 1 for word in words):
        return []
    shares = {legacy: _share(words, legacy) for legacy in (Legacy.TCVN3, Legacy.VNI)}
    best = max(shares.values())
    # what is Vietnamese as it stands, even in part, must not be "corrected"
    if best < _ENOUGH or _share(words, None) > best / 2:
        return []
    return [legacy for legacy, share in shares.items() if share == best]


def letters_meant(text: str, font: str = "") -> str:
    """Return the text by itself, with its font where one is named."""
    named = legacy_font(font) if font else None
    words = _marked_words(text)
    if named is not None and words and _share(words, named[0]) >= _share(words, None):
        return from_legacy(text, named[0], capitals=named[1])
    if named is not None and named[1] and text.isascii():
        return text.upper()
    legacy = told_legacy(text)
    return from_legacy(text, legacy) if legacy else text


def letters_meant_together(
    texts: Sequence[str], fonts: Sequence[str] | None = None, *, of_all: Votes | None = None
) -> tuple[list[str], set[Legacy]]:
    """Read texts of one column or document together: clear ones decide the others. `of_all`: what the whole file says."""
    named = list(fonts or [""] * len(texts))
    votes = votes_for(texts)
    both = votes + (of_all or Counter())
    leader = _leader(votes or both)
    meant, used = [], set()
    for text, font in zip(texts, named, strict=True):
        legacy = _meant(text, font, leader, both)
        said = _converted(text, font, legacy)
        if said != text:
            # with no table only a font of capitals changes a text, and those are TCVN3's
            used.add(legacy or Legacy.TCVN3)
        meant.append(said)
    return meant, used


Votes = Counter[Legacy | None]


def votes_for(texts: Iterable[str]) -> Votes:
    """Count how many texts are clearly of an old table, or (None) of none: letters stand in it that no old table has."""
    votes: Votes = Counter()
    for text in texts:
        tables = _tables_of(text)
        if len(tables) == 1 or any(ord(char) > 0xFF and char.isalpha() for char in text):
            votes[next(iter(tables), None)] += 1
    return votes


def _leader(votes: Votes) -> Legacy | None:
    return votes.most_common(1)[0][0] if votes else None


def _meant(text: str, font: str, leader: Legacy | None, votes: Votes) -> Legacy | None:
    """The table of a text; where it may be read in two ways, that of its font, else that of the others."""
    words, named, tables = _marked_words(text), legacy_font(font), _tables_of(text)
    if tables:
        return next((one for one in (named[0] if named else None, leader) if one in tables), tables[0])
    if named is not None and votes[None] <= votes[named[0]]:
        leader = named[0]
        if words and _share(words, leader) >= _share(words, None):
            return leader
    fits = leader not in (None, Legacy.VIQR) and bool(words) and _share(words, leader) >= _ENOUGH
    return leader if fits else None


def _converted(text: str, font: str, legacy: Legacy | None) -> str:
    named = legacy_font(font)
    capitals = named is not None and named[1]
    if legacy is not None:
        return from_legacy(text, legacy, capitals=capitals and named is not None and named[0] is legacy)
    return text.upper() if capitals and text.isascii() else text


# --- Unicode, read byte by byte ---------------------------------------------------------------------------------------


def read_anew(text: str) -> str:
    """Put right UTF-8 that a program took for Windows-1252: "Nguyá»…n" -> "Nguyễn"; other texts stay as they are."""
    if text.isascii() or not _BYTES_OF_UTF8.search(text):
        return text
    try:
        meant = b"".join(map(_byte_of, text)).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return text
    words = [word for word in _APART.split(meant) if not word.isascii()]
    return meant if words and _share(words, None) >= _ENOUGH else text


_BYTES_OF_UTF8 = re.compile("[\u00c2-\u00e1][^ -~]")


def _byte_of(char: str) -> bytes:
    """Windows-1252 has no sign for five bytes, which programs leave as they are."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")
