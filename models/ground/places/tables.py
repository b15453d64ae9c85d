"""The tables behind `models.ground.places`: what a place is called, officially and aloud. The data stand beside it, in .txt files; one place a line.

Provinces: the 34 units in force since 01/07/2025 (Resolution 202/2025/QH15), with the numbers of the General
Statistics Office (Decision 19/2025/QD-TTg) - not those of ISO 3166-2, which count the former 63. A table of our own,
because importing the `vietnam-provinces` library costs about 80 ms; a test compares the two.
Countries: ISO 3166-1 alpha-2. Vietnamese names as newspapers write them: the translations that come with pycountry
("Ăn-đoa-râ", "Nam Dương", "Căm Bốt") are not what people say. Places without inhabitants are left out.
"""

from __future__ import annotations

from pathlib import Path


def _table(name: str) -> str:
    """Return the lines of a table, but for those that explain it."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))


PROVINCES, FORMER, TOWNS = _table("provinces"), _table("former"), _table("towns")
COUNTRIES, CITIES = _table("countries"), _table("cities")

# for buttons, what we expect to be chosen most first: at home, then abroad
COMMON_AT_HOME = ("79", "75", "01", "24", "31", "80", "48", "25")
_ABROAD = "JP TW KR CN SG MY LA KH TH DE PL CZ HU RO RU SA AE AU US CA"
COMMON_ABROAD = tuple(_ABROAD.split())
