"""Which row is the heading, and what stands in which column. Headings may take two rows: "Năm sinh" over "Nam | Nữ"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.desk.roster.cells import is_blank
from models.desk.roster.grids import Content, Grid, NotComputed, Row
from models.desk.roster.rows import Column
from models.ground.names import fold

_HEADING_WITHIN = 30  # rows
_NAME_WIDTH = 3  # columns that one heading "Họ và tên" may span: family, middle and given name apart

# Headings, folded and without signs; those of two words and more may go on ("so dien thoai lien he").
_HEADINGS: dict[Column, tuple[str, ...]] = {
    Column.NAME: (
        "ho va ten", "ho ten", "ten dang vien", "ho va ten khai sinh", "ho ten khai sinh", "ho ten dang vien", "full name",
        "name", "dang vien",
    ),
    Column.BIRTH_YEAR: (
        "nam sinh", "ngay sinh", "sinh nam", "ngay thang nam sinh", "sinh ngay", "ngay thang sinh", "year of birth",
        "birth year", "date of birth", "born", "nam sinh nam", "nam sinh nu", "ns",
    ),
    Column.PHONE: (
        "dien thoai", "so dien thoai", "sdt", "so dt", "dt", "dtdd", "di dong", "so di dong", "phone", "mobile",
        "phone number", "zalo", "so may", "dien thoai di dong",
    ),
    Column.OFFICIAL_ON: (
        "ngay chinh thuc", "ngay cong nhan chinh thuc", "ngay chuyen chinh thuc", "ngay vao dang chinh thuc",
        "vao dang chinh thuc", "ngay cong nhan dang vien chinh thuc", "ngay dang vien chinh thuc", "ngay ct", "chinh thuc",
        "cong nhan chinh thuc", "nam chinh thuc", "official since", "official on", "made official", "made official on",
    ),
    Column.JOINED_ON: (
        "ngay vao dang", "vao dang", "ngay ket nap", "nam vao dang", "ngay thang vao dang", "ngay thang nam vao dang",
        "ngay vao dcsvn", "joined the party", "joined the party on", "date joined", "joined on", "joined",
        "ngay vao dang du bi", "vao dang du bi", "ngay du bi", "du bi", "ket nap", "nam ket nap", "ngay ket nap dang",
    ),
    Column.STANDING: (
        "chinh thuc du bi", "du bi chinh thuc", "chinh thuc hay du bi", "chinh thuc hoac du bi", "loai dang vien",
        "dien dang vien", "tinh trang dang vien", "dang vien chinh thuc du bi", "ct db", "official probationary",
        "standing",
    ),
    Column.PLACE: (
        "noi dang lam viec", "noi lam viec", "noi di lam", "noi lam an", "noi di lam an xa", "dang lam viec tai",
        "dia chi lam viec", "noi o hien nay", "cho o hien nay", "noi cu tru hien nay", "noi cong tac",
        "place of work", "workplace", "place of work now", "place",
    ),
}  # fmt: skip
_FAMILY = (
    "ho", "ho dem", "ho va dem", "ho va ten dem", "ho va chu dem", "ho ten dem", "ho chu dem", "ho lot", "ho va lot",
    "ho va ten lot", "ho ten lot", "ho va chu lot", "ho chu lot", "family name", "last name",
)  # fmt: skip
_GIVEN = ("ten", "ten goi", "given name", "first name")
_NUMBERS = frozenset({"tt", "stt", "so tt", "so thu tu", "no", "can sua", "to correct", "so"})
_STANDS = (
    "trang thai", "trang thai sinh hoat", "tinh trang", "tinh trang sinh hoat", "status", "ngay chuyen di", "chuyen di",
    "chuyen sinh hoat", "ngay chuyen sinh hoat", "tu tran", "ngay tu tran", "ra khoi dang", "ngay ra khoi dang",
    "ngay mat", "xoa ten khai tru", "moved away", "date moved",
)  # fmt: skip
_MOVED_DAYS = re.compile(r"chuyen|tu tran|ra khoi|mat|xoa ten|moved")
_UNDER = frozenset(
    {
        "nam",
        "nu",
        "du bi",
        "chinh thuc",
        "ket nap",
        "ngay du bi",
        "ngay chinh thuc",
        "vao dang",
        "men",
        "women",
        "db",
        "ct",
    }
)
_OFFICIAL_UNDER = re.compile(r"\b(?:chinh thuc|ct|official)\b")
_ALSO_NAME = re.compile(r"\bten\b.*\b(?:ten|bi danh)\b|dang dung.*khai sinh")
_ALSO_BIRTH = re.compile(r"\b(?:ngay (?:thang )?(?:nam )?sinh|nam sinh|sinh (?:ngay|nam)|born|birth)\b")
_MOST_UNDER = 3  # rows of a heading below its first: Mẫu 7 has three
_STOOD = re.compile(
    r"(?:ngay |noi )?(?:thang nam )?(?:chuyen (?:sinh hoat )?(?:di|khoi)|tu tran|ra khoi dang|khai tru|xoa ten)\b"
)


@dataclass(slots=True)
class Headings:
    """Where each column stands (from 1); a column may have several places, of which one is filled."""

    row: int
    last: int
    """The last row that belongs to the heading."""
    columns: dict[Column, list[int]]
    words: dict[int, str]
    """By place: what stands above it, as it is written."""
    standing: list[int] = field(default_factory=list)
    """Places that say that somebody has moved, died or left."""
    numbers: int = 0
    """The place of the people's numbers (TT); 0: there is none."""

    @property
    def others(self) -> list[int]:
        """Places with a heading that is nobody's."""
        known = {place for places in self.columns.values() for place in places} | set(self.standing)
        return [
            place for place, said in self.words.items() if place not in known and folded(said) not in _NUMBERS
        ]

    def says_also(self, column: Column, other: re.Pattern[str]) -> bool:
        """Return whether the heading of a column names something else too, written below it in smaller rows."""
        return any(other.search(_bare(self.words.get(place, ""))) for place in self.columns.get(column, ()))

    @property
    def birth_in_name(self) -> bool:
        return Column.BIRTH_YEAR not in self.columns and self.says_also(Column.NAME, _ALSO_BIRTH)

    @property
    def two_names(self) -> bool:
        return self.says_also(Column.NAME, _ALSO_NAME)

    @property
    def two_days(self) -> bool:
        """ "Ngày vào Đảng, ngày chính thức" over one column."""
        return Column.OFFICIAL_ON not in self.columns and self.says_also(Column.JOINED_ON, _OFFICIAL_UNDER)

    def tells_of_moving(self, place: int) -> bool:
        """Return whether a column holds the day of moving, where anything written means that it happened."""
        return bool(_MOVED_DAYS.search(folded(self.words.get(place, ""))))


def find_headings(grid: Grid) -> Headings | None:
    """Return the row with the most known headings, a name among them."""
    best: Headings | None = None
    for at, row in enumerate(grid.rows):
        if row.number > _HEADING_WITHIN:
            break
        below: list[Row] = []
        for under in grid.rows[at + 1 : at + 1 + _MOST_UNDER]:
            if not _is_under(grid, [row, *below], under):
                break
            below.append(under)
        found = _read(grid, row, below)
        if Column.NAME in found.columns and len(found.columns) > max(1, len(best.columns) if best else 0):
            best = found
    return best


def _is_under(grid: Grid, above: list[Row], below: Row) -> bool:
    """Whether the next row goes on with the heading: parts of what is merged above it, words that are only parts, or
    further headings ("Họ và tên khai sinh" under "Họ và tên")."""
    said = {place: folded(words) for place, words in _words(below)}
    numbers = any(is_filled(cell) and not isinstance(cell, str) for cell in below.cells)
    if below.number != above[-1].number + 1 or not said or numbers:
        return False
    wide = _wide(grid, above[0])
    parts = any(words in _UNDER for words in said.values()) and all(
        words in _UNDER or place in wide for place, words in said.items()
    )
    return parts or _is_stacked(above, said)


def _wide(grid: Grid, row: Row) -> set[int]:
    """Places under a heading that is merged over several."""
    return {
        place
        for c1, r1, c2, r2 in grid.merged
        if r1 <= row.number <= r2 and c2 > c1
        for place in range(c1, c2 + 1)
    }


def _is_stacked(above: list[Row], said: dict[int, str]) -> bool:
    """A name stands above, and here another heading of a name, a day or a birth; no cell of a person looks so."""
    name = next((place for place, words in _words(above[0]) if _column_of(words, "") is Column.NAME), 0)
    if not name or any(any(map(str.isdigit, words)) for words in said.values()):
        return False
    if name in said:
        return _column_of(said[name], "") in (Column.NAME, Column.BIRTH_YEAR)
    days = {Column.JOINED_ON, Column.OFFICIAL_ON, Column.BIRTH_YEAR}
    return any(words.startswith("ngay ") and _column_of(words, "") in days for words in said.values())


def _words(row: Row) -> Iterator[tuple[int, str]]:
    for place, cell in enumerate(row.cells, start=1):
        if isinstance(cell, str) and cell.strip() and len(cell) <= 200:
            yield place, " ".join(cell.split())


def _read(grid: Grid, row: Row, below: list[Row]) -> Headings:
    tops, parts = dict(_words(row)), dict[int, str]()
    for place, words in (one for under in below for one in _words(under)):
        parts[place] = f"{parts[place]} – {words}" if place in parts else words
    own = set(tops) - _wide(grid, row)
    for place in parts:  # a heading that is merged, or simply written once, stands over its neighbours too
        if place not in tops and (left := _over(grid, row, place, tops)):
            tops[place] = left
    columns: dict[Column, list[int]] = {}
    standing: list[int] = []
    for place in sorted(tops.keys() | parts.keys()):
        top, part = tops.get(place, ""), parts.get(place, "")
        if column := _column_of(top, part, own=place in own):
            columns.setdefault(column, []).append(place)
        elif folded(top) in _STANDS or _STOOD.match(folded(top)):
            standing.append(place)
    _put_names_together(grid, row, columns, {place: folded(words) for place, words in tops.items()})
    for column in set(columns) - {Column.BIRTH_YEAR, Column.PHONE, Column.NAME}:
        columns[column] = columns[column][:2]
    over = {
        place: " – ".join(filter(None, [tops.get(place), parts.get(place)]))
        for place in tops.keys() | parts.keys()
    }
    last = max(
        [
            below[-1].number if below else row.number,
            *(r2 for _, r1, _, r2 in grid.merged if r1 <= row.number <= r2),
        ]
    )
    numbers = next((place for place, said in sorted(tops.items()) if folded(said) in _NUMBERS), 0)
    return Headings(row.number, last, columns, dict(sorted(over.items())), standing, numbers)


def _over(grid: Grid, row: Row, place: int, tops: dict[int, str]) -> str:
    for c1, r1, c2, r2 in grid.merged:
        if r1 <= row.number <= r2 and c1 <= place <= c2:
            return tops.get(c1, "")
    return tops.get(max((at for at in tops if at < place), default=0), "")


def _put_names_together(grid: Grid, row: Row, columns: dict[Column, list[int]], tops: dict[int, str]) -> None:
    """Family and given name apart, or one heading over both: the name is what stands below all of it."""
    apart = [[place for place, said in tops.items() if said in names] for names in (_FAMILY, _GIVEN)]
    if Column.NAME not in columns:
        if all(apart):
            columns[Column.NAME] = [apart[0][0], apart[1][0]]
        return
    first = columns[Column.NAME][0]
    taken = {place for column, places in columns.items() if column is not Column.NAME for place in places}
    columns[Column.NAME] = [first]
    for c1, r1, c2, r2 in grid.merged:
        if r1 <= row.number <= r2 and c1 == first and c1 < c2 < c1 + _NAME_WIDTH:
            columns[Column.NAME] = [place for place in range(c1, c2 + 1) if place not in taken]


def folded(heading: str) -> str:
    """Fold a heading: "Điện thoại (nếu có)" -> "dien thoai"."""
    return _bare(re.sub(r"\(.*?\)", " ", heading))


def _bare(heading: str) -> str:
    return " ".join(re.findall(r"\w+", fold(heading)))


def _column_of(top: str, part: str, *, own: bool = False) -> Column | None:
    """By the words above; "Ngày vào Đảng" over "Chính thức" is the day of official membership.

    `own`: both stand in this place alone, so that "Ngày vào Đảng" over "Ngày chính thức" holds one day below the other.
    """
    whole, heading, under = _bare(f"{top} {part}"), folded(top), folded(part)
    if heading in _FAMILY + _GIVEN:
        return None  # half a name
    for said in (whole, heading):
        if column := next((column for column, names in _HEADINGS.items() if said in names), None):
            break
    else:
        column = next(
            (c for c, names in _HEADINGS.items() if any(_goes_on(heading, name) for name in names)), None
        )
    if (
        column is Column.JOINED_ON
        and _OFFICIAL_UNDER.search(under)
        and not (own and under.startswith("ngay "))
    ):
        return Column.OFFICIAL_ON
    if column is None and under and not heading:
        return _column_of(part, "")
    return column


def _goes_on(heading: str, name: str) -> bool:
    return " " in name and heading.startswith(f"{name} ")


def is_filled(value: Content) -> bool:
    return isinstance(value, NotComputed) or not is_blank(value)
