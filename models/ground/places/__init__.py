"""Where a person is: one of the 34 provinces or a country. Never more exact than that (product.md, principle 1).

place("VN-79")                          TP Hồ Chí Minh, Asia/Ho_Chi_Minh
find_places("nhat")                     Nhật Bản, …             what a person typed may mean
read_place("KCN Sóng Thần, Bình Dương") TP Hồ Chí Minh | None   what a roster's cell means
zones_for_choice(place("AU"), now)      the clocks to choose from, where a country has several
"""

from models.ground.places.gazetteer import (
    COMMON_ABROAD as COMMON_ABROAD,
    COMMON_AT_HOME as COMMON_AT_HOME,
    COMMON_DESTINATIONS as COMMON_DESTINATIONS,
    COUNTRIES as COUNTRIES,
    PROVINCES as PROVINCES,
    place as place,
    zones_for_choice as zones_for_choice,
)
from models.ground.places.reading import (
    find_places as find_places,
    former_name as former_name,
    read_place as read_place,
)
