"""Vietnamese personal names: tidied, sorted and found.

The given name comes last ("Nguyễn Văn An" is An) and leads in every list. `sort_key` gives bytes, because bytes
sort alike in SQLite and in PostgreSQL, with ICU or without; the order is that of CLDR's `vi` collation:

    letters   a ă â b c d đ e ê f … o ô ơ … u ư … y     (a first difference decides)
    tones     ngang, huyền, hỏi, ngã, sắc, nặng          (only between names with the same letters)
    capitals  small before capital                       (only between names with the same tones)
"""

from __future__ import annotations

import re
import unicodedata

_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"} | dict.fromkeys("’‘ʼʻ′´`", "'"))
_FULL_WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20}
_BLANK = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")  # letters and marks that nobody sees
_ODD = re.compile(f"[\uff01-\uff5e\u3000\ufe00-\ufe0f{''.join(_BLANK)}]")
_NAME_SIGNS = frozenset(" '-.")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_SHAPES = "\u0306\u0302\u031b"  # breve, circumflex and horn make another letter, not another tone
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng

# Below these stand 0, between given name and the rest, and 1, between the levels of one part.
_SPACE, _OTHER_MARK, _DIGIT, _LETTER, _FOREIGN = 2, 3, 4, 20, 240
_PLAIN, _FIRST_TONE, _OTHER_ACCENT = 2, 3, 9
_PRIMARY = {letter: _LETTER + place for place, letter in enumerate(_ALPHABET)}
_SECONDARY = {tone: _FIRST_TONE + place for place, tone in enumerate(_TONES)}


def nfc(text: str) -> str:
    """Compose Unicode: what a Mac or an old keyboard wrote as letter + mark + mark becomes one letter."""
    return unicodedata.normalize("NFC", text)


def cleaned(text: str) -> str:
    """Return a text as a person sees it, on one line: the one cleaning for whatever is typed or stands in a cell.

    NFC, single spaces, nothing invisible (zero-width signs, direction marks, soft hyphens), letters and digits of full
    width made plain.
    """
    if not text.isprintable() or _ODD.search(text):
        text = "".join(map(_visible, text.translate(_FULL_WIDTH)))
    return " ".join(nfc(text).split())


def tidy_name(text: str) -> str:
    """Return a name as it is kept: cleaned, the Icelandic Ð of old keyboards made Đ.

    Capitals stay as typed, unless all are capitals or none: then each word begins with one.
    """
    name = cleaned(text).translate(_LOOK_ALIKES)
    return _capitalised(name) if name.isupper() or name.islower() else name


def _capitalised(name: str) -> str:
    """What `title` does, but a mark over a letter does not begin another word: Ê̆BAN is Ê̆ban."""
    begins, said = True, []
    for char in name:
        said.append(char.upper() if begins else char.lower())
        begins = not (char.isalpha() or unicodedata.category(char)[0] == "M")
    return nfc("".join(said))


def is_name(text: str) -> bool:
    """Return whether it is letters of any script with their marks (H'Đôk, Ê̆ban), and the signs that join them."""
    kinds = [unicodedata.category(char)[0] for char in text]
    return "L" in kinds and all(
        kind in "LM" or char in _NAME_SIGNS for char, kind in zip(text, kinds, strict=True)
    )


_KINDS = (  # what kind of place or body it is, not what it is called; the longest first
    *(
        "trường trung học cơ sở",
        "trường tiểu học",
        "trường mầm non",
        "đảng bộ bộ phận",
        "đảng ủy cơ sở",
        "tổ dân phố",
    ),
    *(
        "khu dân cư",
        "hợp tác xã",
        "trạm y tế",
        "khu phố",
        "đặc khu",
        "chi bộ",
        "đảng bộ",
        "đảng ủy",
        "tỉnh ủy",
    ),
    *(
        "thành ủy",
        "công ty",
        "cơ quan",
        "tỉnh",
        "xã",
        "phường",
        "thôn",
        "bản",
        "làng",
        "ấp",
        "buôn",
        "khóm",
        "khối",
    ),
)


def tidy_unit_name(text: str) -> str:
    """Return the name of an organisation as it is kept: "chi bộ thôn đông" -> "Chi bộ thôn Đông".

    What was typed with small and capital letters stays, but for the first letter. Words that say what kind of place it is
    are small; an abbreviation within a name all of capitals is not known for one.
    """
    name = " ".join(nfc("".join(map(_visible, text))).translate(_LOOK_ALIKES).split())
    if name.isupper() or name.islower():
        name = name.lower().replace("uỷ", "ủy").title()  # both are written; _KINDS has the second
        for kind in _KINDS:
            name = re.sub(rf"(?<!\w){kind.title()}(?!\w)", kind, name)
    return name[:1].upper() + name[1:]


def _visible(char: str) -> str:
    """Line breaks and tabs become spaces; direction marks, zero-width signs and half pairs vanish."""
    category = unicodedata.category(char)
    if category == "Cc":
        return " "
    hidden = category in {"Cf", "Cs", "Co", "Cn"} or char in _BLANK or "\ufe00" <= char <= "\ufe0f"
    return "" if hidden else char


def given_name(full_name: str) -> str:
    """Return the name a person is called by: the last word; "" for an empty name."""
    return full_name.split()[-1] if full_name.split() else ""


def fold(text: str) -> str:
    """Fold for searching: "Nguyễn  Đức" -> "nguyen duc". Small letters, no diacritics, single spaces; signs stay."""
    letters = unicodedata.normalize("NFKD", text.translate(_LOOK_ALIKES).lower())
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(bare.replace("đ", "d").split())


def spelling(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what two equal names have in common: letters and tones, word by word.

    Where a tone stands in its word does not matter ("Hoà" is "Hòa"); "Dũng" and "Dung" are two names.
    """
    return tuple(_spelt(word) for word in tidy_name(name).lower().split())


def _spelt(word: str) -> tuple[str, tuple[str, ...]]:
    marked = [_letter_and_marks(char) for char in word]
    return "".join(letter for letter, _ in marked), tuple(sorted("".join(marks for _, marks in marked)))


def sort_key(full_name: str) -> bytes:
    """Return bytes in the order of a Vietnamese list: by given name, then family and middle names."""
    *rest, given = tidy_name(full_name).split() or [""]
    return _collate(given) + b"\x00" + _collate(" ".join(rest))


def _collate(text: str) -> bytes:
    """Letters, then tones, then capitals: CLDR's three levels, each ended by a byte below its own."""
    primary, secondary, tertiary = bytearray(), bytearray(), bytearray()
    for char in text:
        letter, marks = _letter_and_marks(char)
        primary += _weight(letter.lower())
        secondary.append(_PLAIN)
        secondary += bytes(_SECONDARY.get(mark, _OTHER_ACCENT) for mark in marks)
        tertiary.append(3 if letter.isupper() else 2)
    return bytes(primary) + b"\x01" + bytes(secondary) + b"\x01" + bytes(tertiary)


def _letter_and_marks(char: str) -> tuple[str, str]:
    """'ộ' -> ('ô', nặng): the letter of the Vietnamese alphabet and what stands over or under it."""
    base, *marks = list(unicodedata.normalize("NFD", char))
    shaped = nfc(base + "".join(mark for mark in marks if mark in _SHAPES))
    if shaped.lower() not in _PRIMARY:
        return base, "".join(marks)
    return shaped, "".join(mark for mark in marks if mark not in _SHAPES)


def _weight(letter: str) -> bytes:
    """One byte for what Vietnamese names are written with; four, behind all of it, for other scripts."""
    if letter in _PRIMARY:
        return bytes([_PRIMARY[letter]])
    if letter == " ":
        return bytes([_SPACE])
    if letter in "0123456789":
        return bytes([_DIGIT + int(letter)])
    if len(letter) == 1 and letter.isalpha():
        return bytes([_FOREIGN]) + ord(letter).to_bytes(3, "big")
    return bytes([_OTHER_MARK])
