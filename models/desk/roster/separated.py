"""A list as plain text (.csv, .txt): which letters, which sign between the columns, then rows.

Excel writes such files in whatever the computer is set to: UTF-8 or UTF-16 with a mark, Windows-1258, or the bytes of
an old font. The reading under which most words are Vietnamese is meant (models/ground/legacy_text).
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata

from models.desk.policy import RosterPolicy
from models.desk.roster.grids import Content, Grid, Row
from models.desk.roster.rows import UnreadableRoster
from models.ground.legacy_text import is_syllable, letters_meant_together
from models.phrases.desk import roster as phrases

_SIGNS = ";\t,|"
_LOOKED_AT = 40  # lines
_LONGEST_LINE = 20_000
_SEPARATOR = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)


def read_separated(data: bytes, policy: RosterPolicy) -> list[Grid]:
    """Return one grid. Raises `UnreadableRoster` for what is no text or far too long."""
    text = _text(data)
    named = _SEPARATOR.match(text)
    text = text[named.end() :] if named else text
    if any(len(line) > _LONGEST_LINE for line in text.splitlines()):
        raise UnreadableRoster(phrases.text_file())
    sign = named[1] if named else _sign(text)
    shift = 2 if named else 1
    rows: list[Row] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=sign), start=shift):
            if len(rows) > policy.max_lines:
                raise UnreadableRoster(phrases.too_many_rows(limit=policy.max_rows))
            values: list[Content] = [cell if cell.strip() else None for cell in cells[: policy.max_columns]]
            if any(value is not None for value in values):
                rows.append(Row(number, values))
    except csv.Error as error:
        raise UnreadableRoster(phrases.text_file()) from error
    return [Grid("", rows)]


def _text(data: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff")
    if b"\0" in data[:400]:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        windows = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
        old = data.decode("latin-1")  # an old font puts its letters in the places of Latin ones
        start = old[:_LONGEST_LINE]
        converted = "\n".join(letters_meant_together(start.splitlines())[0])
        return old if _likeness(converted) > _likeness(windows[:_LONGEST_LINE]) else windows


def _likeness(text: str) -> float:
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def _sign(text: str) -> str:
    """The sign that stands most often in the first lines; of one line thirty count at most, so no long text decides."""
    lines = [line for line in text.splitlines()[:200] if line.strip()][:_LOOKED_AT]
    return max(_SIGNS, key=lambda sign: sum(min(line.count(sign), 30) for line in lines))
