"""Which clocks a country has, from the IANA tables inside the `tzdata` package (slim images have no system copy).

zone.tab tells apart what differed at any time since 1970; people need what differs today. Two zones of a country are
one clock when their offsets agree on every day of the two years that follow the release of the tables.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped, unused-ignore]

# China has one clock by law; Xinjiang's second one is local custom, and a worker there is told Beijing time.
_CUSTOM_ONLY = frozenset({"Asia/Urumqi"})
# zone.tab begins some countries with a remote island or corner; here the clock most people there live by comes first.
_FIRST = frozenset(
    {
        "Australia/Sydney",
        "America/Toronto",
        "Europe/Moscow",
        "America/Sao_Paulo",
        "Europe/Kyiv",
        "America/New_York",
        "Pacific/Honolulu",
    }
)
# Cities people know, where IANA's own pick is a smaller one.
_KNOWN = frozenset({"Europe/Samara", "Asia/Yakutsk", "America/Manaus"})


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """Return IANA names for an ISO alpha-2 code, one per clock in use, the best known of each and the capital's first."""
    best_known = sorted(_zone_table()[country], key=_fame)
    clocks: dict[tuple[timedelta | None, ...], str] = {}
    for zone in best_known:
        clocks.setdefault(_offsets(zone) if len(best_known) > 1 else (), zone)
    return tuple(
        sorted(clocks.values(), key=lambda zone: (zone not in _FIRST, _zone_table()[country].index(zone)))
    )


def _fame(zone: str) -> int:
    return 0 if zone in _FIRST | _KNOWN else 1 if zone in _stand_ins() else 2


def _offsets(zone: str) -> tuple[timedelta | None, ...]:
    rules = ZoneInfo(zone)
    start = datetime(int(tzdata.IANA_VERSION[:4]) + 1, 1, 1, tzinfo=UTC)
    return tuple((start + timedelta(days=day)).astimezone(rules).utcoffset() for day in range(2 * 365))


@cache
def _zone_table() -> dict[str, list[str]]:
    """{"MY": ["Asia/Kuala_Lumpur", "Asia/Kuching"], ...}"""
    table: dict[str, list[str]] = {}
    for country, _, zone, *_ in _rows("zone.tab"):
        if zone not in _CUSTOM_ONLY:
            table.setdefault(country, []).append(zone)
    return table


@cache
def _stand_ins() -> frozenset[str]:
    """The zones IANA itself picks to stand for each clock in use now."""
    return frozenset(row[2] for row in _rows("zonenow.tab"))


def _rows(name: str) -> list[list[str]]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
