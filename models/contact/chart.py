"""The picture of a cell's months: stacked bars, big letters, readable in grey and on an old phone.

      asked above each bar; the count within each part; shades go from dark to light, and each has its own pattern
      (full, stripes, dots, cross, empty), so that colour is never the only difference

Plain values in, PNG out. The letters are DejaVu Sans (fonts/README.md): Pillow's own have no Vietnamese marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from models.contact.months import Became, Month

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FONT = Path(__file__).parent / "fonts" / "DejaVuSans-Bold.ttf"
WIDTH, HEIGHT = 1280, 1120
LEFT, RIGHT, TOP, GROUND = 90, 40, 190, 790
INK, PAPER, RULE = "#111111", "#ffffff", "#c8c8c8"


@dataclass(frozen=True, slots=True)
class BarLook:
    """How one part of a bar is drawn; `ink`: of the count upon it."""

    fill: str
    ink: str
    pattern: str = ""


LOOKS: dict[Became, BarLook] = {
    Became.ANSWERED: BarLook("#14532d", "#ffffff"),
    Became.LATE: BarLook("#f59e0b", INK, "stripes"),
    Became.EXCUSED: BarLook("#bfdbfe", INK, "dots"),
    Became.UNREACHABLE: BarLook("#5b5b66", "#ffffff", "cross"),
    Became.WAITING: BarLook(PAPER, INK),
}


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What is written on the picture, in the reader's language."""

    title: str
    about: str
    month: str
    empty: str
    parts: dict[Became, str]


def draw_months(months: Sequence[Month], words: ChartWords) -> bytes:
    """Return a PNG. A month in which nobody was asked has no bar, which is not the same as a bar of zero."""
    from PIL import Image, ImageDraw  # slow to import

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((LEFT - 50, 36), words.title, INK, _fitting(words.title, 46, WIDTH - 2 * RIGHT))
    draw.text((LEFT - 50, 106), words.about, INK, _fitting(words.about, 30, WIDTH - 2 * RIGHT))
    most = max((month.asked for month in months), default=0)
    _scale(draw, most, words.month)
    if not most:
        draw.text((WIDTH // 2, (TOP + GROUND) // 2), words.empty, INK, _letters(38), anchor="mm")
    step = (WIDTH - LEFT - RIGHT) / max(len(months), 1)
    for at, month in enumerate(months):
        _bar(draw, month, LEFT + at * step + step * 0.12, step * 0.76, most)
    _legend(draw, months, words)
    out = BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)  # few colours: a small file
    return out.getvalue()


def _scale(draw: ImageDraw, most: int, month: str) -> None:
    for count in sorted({0, most // 2, most}):
        y = _height(count, most)
        draw.line((LEFT, y, WIDTH - RIGHT, y), INK if count == 0 else RULE, 3 if count == 0 else 2)
        draw.text((LEFT - 14, y), str(count), INK, _letters(28), anchor="rm")
    draw.text((LEFT - 4, GROUND + 20), month, INK, _fitting(month, 24, LEFT - 8), anchor="rt")


def _height(count: float, most: int) -> float:
    return GROUND - (GROUND - TOP - 50) * count / max(most, 1)


def _bar(draw: ImageDraw, month: Month, x: float, width: float, most: int) -> None:
    middle, below = x + width / 2, 0
    for became in Became:
        count = month.counts[became]
        if count:
            box = (x, _height(below + count, most), x + width, _height(below, most))
            _part(draw, box, LOOKS[became])
            _count(draw, box, str(count), LOOKS[became])
            below += count
    if below:
        draw.text((middle, _height(below, most) - 8), str(below), INK, _letters(32), anchor="ms")
    draw.text((middle, GROUND + 14), f"{month.month.month}", INK, _letters(34), anchor="mt")
    if month.month.month == 1 or x < LEFT + width:
        draw.text((middle, GROUND + 60), f"{month.month.year}", INK, _letters(24), anchor="mt")


Box = tuple[float, float, float, float]


def _part(draw: ImageDraw, box: Box, look: BarLook) -> None:
    draw.rectangle(box, look.fill, INK, 3)
    left, top, right, bottom = (int(side) for side in box)
    if look.pattern == "dots":
        for y in range(top + 10, bottom - 6, 16):
            for x in range(left + 10, right - 6, 16):
                draw.ellipse((x - 2, y - 2, x + 2, y + 2), INK)
    for offset in range(0, right - left + bottom - top, 18) if look.pattern in ("stripes", "cross") else ():
        _slant(draw, (left, top, right, bottom), offset, up=True)
        if look.pattern == "cross":
            _slant(draw, (left, top, right, bottom), offset, up=False)


def _slant(draw: ImageDraw, box: tuple[int, int, int, int], offset: int, *, up: bool) -> None:
    """A line at 45 degrees that stays within the box."""
    left, top, right, bottom = box
    first = max(0, offset - (bottom - top))
    last = min(offset, right - left)
    ends = [(left + along, bottom - (offset - along)) for along in (first, last)]
    if not up:
        ends = [(left + right - x, y) for x, y in ends]
    draw.line([*ends[0], *ends[1]], INK if up else "#8a8a94", 1)


def _count(draw: ImageDraw, box: Box, text: str, look: BarLook) -> None:
    """On a plate of its own, so that no pattern runs through the figure; parts that are too flat go without."""
    left, top, right, bottom = box
    if bottom - top < 34:
        return
    middle, font = ((left + right) / 2, (top + bottom) / 2), _letters(28)
    plate = draw.textbbox(middle, text, font, anchor="mm")
    draw.rectangle((plate[0] - 5, plate[1] - 4, plate[2] + 5, plate[3] + 4), look.fill)
    draw.text(middle, text, look.ink, font, anchor="mm")


def _legend(draw: ImageDraw, months: Sequence[Month], words: ChartWords) -> None:
    """Two columns: the sign, its name, how many in all."""
    for at, became in enumerate(Became):
        total = sum(month.counts[became] for month in months)
        x, y = LEFT - 50 + (at % 2) * (WIDTH - 2 * RIGHT) // 2, 890 + (at // 2) * 72
        _part(draw, (x, y, x + 52, y + 46), LOOKS[became])
        label = f"{words.parts[became]}: {total}"
        draw.text((x + 70, y + 23), label, INK, _fitting(label, 34, WIDTH // 2 - 130), anchor="lm")


def _letters(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(FONT), size)


def _fitting(text: str, size: int, width: int) -> FreeTypeFont:
    """As big as it may be for the text to fit; a name of 200 letters is cut by the picture's edge."""
    while size > 18 and _letters(size).getlength(text) > width:
        size -= 2
    return _letters(size)
