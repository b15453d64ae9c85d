"""Where a person is: one of the 34 provinces or a country. Never more exact than that (product.md, principle 1).

place("VN-79")                          TP Hồ Chí Minh, Asia/Ho_Chi_Minh
find_places("nhat")                     Nhật Bản, …             what a person typed may mean
read_place("KCN Sóng Thần, Bình Dương") TP Hồ Chí Minh | None   what a roster's cell means
zones_for_choice(place("AU"), now)      the clocks to choose from, where a country has several
"""

from models.ground.places.gazetteer import (
    COMMON_ABROAD,
    COMMON_AT_HOME,
    COMMON_DESTINATIONS,
    COUNTRIES,
    PROVINCES,
    Place,
    place,
    zones_for_choice,
)
from models.ground.places.reading import find_places, former_name, read_place

__all__ = [
    "COMMON_ABROAD",
    "COMMON_AT_HOME",
    "COMMON_DESTINATIONS",
    "COUNTRIES",
    "PROVINCES",
    "Place",
    "find_places",
    "former_name",
    "place",
    "read_place",
    "zones_for_choice",
]
