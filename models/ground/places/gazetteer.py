"""A place, all of them, and the clocks to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from models.ground.places import tables
from models.ground.places.zones import zones_of

HOME_ZONES = ("Asia/Ho_Chi_Minh",)


@dataclass(frozen=True, slots=True)
class Place:
    """A province ("VN-79": VN and the statistics office's number) or a country ("JP": ISO 3166-1 alpha-2)."""

    code: str
    vi: str
    en: str

    @property
    def abroad(self) -> bool:
        return not self.code.startswith("VN-")

    @property
    def zones(self) -> tuple[str, ...]:
        """IANA zones, one per clock in use there; the capital's first. Read from tzdata when first asked."""
        return zones_of(self.code) if self.abroad else HOME_ZONES


def rows(table: str, prefix: str = "") -> list[tuple[str, list[str]]]:
    """Return a table's lines as (code, its columns)."""
    split = [[cell.strip() for cell in line.split(" | ")] for line in table.strip().splitlines()]
    return [(prefix + cells[0], cells[1:]) for cells in split]


PROVINCES = tuple(Place(code, vi, en) for code, (vi, en, *_) in rows(tables.PROVINCES, "VN-"))
COUNTRIES = tuple(Place(code, vi, en) for code, (vi, en, *_) in rows(tables.COUNTRIES))
COMMON_AT_HOME = tuple(f"VN-{number}" for number in tables.COMMON_AT_HOME)
COMMON_ABROAD = tables.COMMON_ABROAD
COMMON_DESTINATIONS = COMMON_AT_HOME + COMMON_ABROAD
BY_CODE = {place.code: place for place in PROVINCES + COUNTRIES}


def place(code: str) -> Place:
    """Return the place with this code. Raises KeyError for a code that was never given out."""
    return BY_CODE[code]


def zones_for_choice(place: Place, now: datetime) -> list[tuple[str, str, datetime]]:
    """Return (zone, city, its clock now) from west to east, one for each time shown now: "what does your clock show?"."""
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    shown: dict[datetime, tuple[str, str, datetime]] = {}
    for zone in place.zones:
        local = now.astimezone(ZoneInfo(zone))
        shown.setdefault(local.replace(tzinfo=None), (zone, zone.rpartition("/")[2].replace("_", " "), local))
    return [shown[wall] for wall in sorted(shown)]
