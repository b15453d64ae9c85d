"""Places: 34 provinces, the countries, what people call them, and the clocks there."""

import re
import unicodedata
from datetime import UTC, datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

import pycountry
import pytest
import vietnam_provinces
from hypothesis import given, strategies as st

from models.ground.names import fold
from models.ground.places import (
    COMMON_DESTINATIONS,
    COUNTRIES,
    PROVINCES,
    find_places,
    former_name,
    place,
    read_place,
    zones_for_choice,
)
from models.ground.places.reading import _names

NOVEMBER = datetime(2026, 11, 21, 12, tzinfo=UTC)
NOT_LIVED_IN = {"AQ", "BV", "GS", "HM", "IO", "TF", "UM"}

# The 63 provinces before 01/07/2025 and today's unit of each: Resolution 202/2025/QH15, article 1.
MERGED = {
    "Tuyên Quang": ["Hà Giang", "Tuyên Quang"],
    "Lào Cai": ["Yên Bái", "Lào Cai"],
    "Thái Nguyên": ["Bắc Kạn", "Thái Nguyên"],
    "Phú Thọ": ["Vĩnh Phúc", "Hòa Bình", "Phú Thọ"],
    "Bắc Ninh": ["Bắc Giang", "Bắc Ninh"],
    "Hưng Yên": ["Thái Bình", "Hưng Yên"],
    "Hải Phòng": ["Hải Dương", "Hải Phòng"],
    "Ninh Bình": ["Hà Nam", "Nam Định", "Ninh Bình"],
    "Quảng Trị": ["Quảng Bình", "Quảng Trị"],
    "Đà Nẵng": ["Quảng Nam", "Đà Nẵng"],
    "Quảng Ngãi": ["Kon Tum", "Quảng Ngãi"],
    "Gia Lai": ["Bình Định", "Gia Lai"],
    "Khánh Hòa": ["Ninh Thuận", "Khánh Hòa"],
    "Lâm Đồng": ["Đắk Nông", "Bình Thuận", "Lâm Đồng"],
    "Đắk Lắk": ["Phú Yên", "Đắk Lắk"],
    "TP Hồ Chí Minh": ["Bà Rịa - Vũng Tàu", "Bình Dương", "Thành phố Hồ Chí Minh"],
    "Đồng Nai": ["Bình Phước", "Đồng Nai"],
    "Tây Ninh": ["Long An", "Tây Ninh"],
    "Cần Thơ": ["Sóc Trăng", "Hậu Giang", "Cần Thơ"],
    "Vĩnh Long": ["Bến Tre", "Trà Vinh", "Vĩnh Long"],
    "Đồng Tháp": ["Tiền Giang", "Đồng Tháp"],
    "Cà Mau": ["Bạc Liêu", "Cà Mau"],
    "An Giang": ["Kiên Giang", "An Giang"],
    "Hà Nội": ["Hà Nội"],
    "Huế": ["Huế"],
    "Lai Châu": ["Lai Châu"],
    "Điện Biên": ["Điện Biên"],
    "Sơn La": ["Sơn La"],
    "Lạng Sơn": ["Lạng Sơn"],
    "Quảng Ninh": ["Quảng Ninh"],
    "Thanh Hóa": ["Thanh Hóa"],
    "Nghệ An": ["Nghệ An"],
    "Hà Tĩnh": ["Hà Tĩnh"],
    "Cao Bằng": ["Cao Bằng"],
}


def test_the_34_provinces_are_those_of_the_official_list() -> None:
    official = {
        f"VN-{int(p.code):02}": re.sub(r"^(Thành phố|Tỉnh) ", "", p.name)
        for p in vietnam_provinces.Province.iter_all()
    }
    assert {p.code: p.vi.removeprefix("TP ") for p in PROVINCES} == official
    assert len(PROVINCES) == 34


def test_every_inhabited_country_of_iso_3166_is_there_and_vietnam_itself_is_not() -> None:
    iso = {country.alpha_2 for country in pycountry.countries}
    assert {c.code for c in COUNTRIES} == iso - NOT_LIVED_IN - {"VN"}


def test_each_of_the_63_former_provinces_is_read_as_todays() -> None:
    assert sum(len(former) for former in MERGED.values()) == 63
    for today, former in MERGED.items():
        for name in former:
            for spelling in (name, f"tỉnh {name}", fold(name), unicodedata.normalize("NFD", name.upper())):
                found = read_place(spelling)
                assert found is not None, spelling
                assert found.vi == today
                assert find_places(spelling)[0].vi == today


@pytest.mark.parametrize(
    ("code", "vi"),
    [
        ("JP", "Nhật Bản"),
        ("KR", "Hàn Quốc"),
        ("TW", "Đài Loan"),
        ("CN", "Trung Quốc"),
        ("LA", "Lào"),
        ("KH", "Campuchia"),
        ("TH", "Thái Lan"),
        ("DE", "Đức"),
        ("PL", "Ba Lan"),
        ("CZ", "Séc"),
        ("RU", "Nga"),
        ("US", "Mỹ"),
        ("AU", "Úc"),
        ("GB", "Anh"),
        ("FR", "Pháp"),
        ("SA", "Ả Rập Xê Út"),
        ("RO", "Rumani"),
        ("HU", "Hungary"),
        ("IL", "Israel"),
    ],
)
def test_countries_bear_the_names_people_say(code: str, vi: str) -> None:
    assert place(code).vi == vi
    assert place(code).abroad


def test_no_name_means_two_places() -> None:
    meanings: dict[str, set[str]] = {}
    for name in _names():
        meanings.setdefault(name.words, set()).add(name.place.code)
    assert {words: codes for words, codes in meanings.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("nhat", "JP"),
        ("dai loan", "TW"),
        ("my", "US"),
        ("uc", "AU"),
        ("duc", "DE"),
        ("sai gon", "VN-79"),
        ("TPHCM", "VN-79"),
        ("hcm", "VN-79"),
        ("binh d", "VN-79"),
        ("quang b", "VN-44"),
        ("danang", "VN-48"),
        ("osa", "JP"),
        ("đài bắc", "TW"),
        ("cao hung", "TW"),
        ("warsaw", "PL"),
        ("hoa ky", "US"),
        ("Osaka, Nhật Bản", "JP"),
    ],
)
def test_what_is_typed_finds_the_place_first(typed: str, first: str) -> None:
    assert find_places(typed)[0].code == first


def test_a_search_shows_each_place_once_and_no_more_than_asked() -> None:
    found = find_places("binh", limit=5)
    assert len(found) == 5
    assert len({p.code for p in found}) == 5
    assert find_places("") == []
    assert find_places("...") == []
    assert find_places("qqq") == []


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Osaka, Nhật Bản", "JP"),
        ("Nhật Bản - Osaka", "JP"),
        ("KCN Sóng Thần, Bình Dương", "VN-79"),
        ("KCN Sóng Thần Bình Dương", "VN-79"),
        ("Quận 7 TP.HCM", "VN-79"),
        ("Số 5, đường Hà Nội, Biên Hòa, tỉnh Đồng Nai, Việt Nam", "VN-75"),
        ("Công ty Đài Loan, Bình Dương", "VN-79"),
        ("Đang làm việc tại Đức", "DE"),
        ("XKLĐ Lào", "LA"),
        ("Nhật Bản từ năm 2023 đến nay", "JP"),
        ("Nhật Bản (quê Nghệ An)", "JP"),
        ("Thuận An, Huế", "VN-46"),
        ("Mỹ Đình, Hà Nội", "VN-01"),
        ("TP Vinh", "VN-40"),
        ("Bà Rịa-Vũng Tàu", "VN-79"),
        ("Seoul, Korea", "KR"),
        ("UAE", "AE"),
        ("hanoi", "VN-01"),
    ],
)
def test_a_cell_is_read_as_the_place_it_means(cell: str, code: str) -> None:
    for spelling in (cell, unicodedata.normalize("NFD", cell), fold(cell)):
        found = read_place(spelling)
        assert found is not None, spelling
        assert found.code == code


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "công nhân",
        "lao động tự do",
        "Việt Nam",
        "xã Hòa Bình",
        "thôn Bình Dương",
        "đường Điện Biên Phủ",
        "Công ty may Hàn Quốc",
        "Hàn Quốc, Nhật Bản",
        "Hải Dương và Hà Nội",
        "Hà Nội, Đức",
        "Sydney, Canada",
        "Nghệ An (đang ở Nhật Bản)",
        "nhà cụ Ba",
        "Nguyễn Văn Đức",
    ],
)
def test_a_cell_that_does_not_say_clearly_is_left_to_a_person(cell: str) -> None:
    assert read_place(cell) is None


@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    read_place(text)
    assert len(find_places(text)) <= 8


def test_every_place_has_a_clock_that_exists() -> None:
    for somewhere in PROVINCES + COUNTRIES:
        assert somewhere.zones, somewhere
        for zone in somewhere.zones:
            ZoneInfo(zone)
    assert place("VN-79").zones == ("Asia/Ho_Chi_Minh",)


@pytest.mark.parametrize("code", ["JP", "KR", "TW", "CN", "MY", "DE", "KZ", "AR", "UZ", "GB", "FR", "PL"])
def test_a_country_with_one_clock_has_one_zone(code: str) -> None:
    assert len(place(code).zones) == 1


def test_countries_with_several_clocks_keep_one_zone_for_each() -> None:
    assert place("ID").zones == ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
    assert place("AU").zones[0] == "Australia/Sydney"
    assert {"Australia/Sydney", "Australia/Brisbane", "Australia/Perth"} <= set(place("AU").zones)
    assert {"America/Denver", "America/Phoenix"} <= set(place("US").zones)
    assert "America/Detroit" not in place("US").zones


def test_the_zone_tables_come_with_the_tzdata_package() -> None:
    assert files("tzdata").joinpath("zoneinfo", "zone.tab").is_file()


def test_the_clocks_to_choose_from_differ_now_and_run_from_west_to_east() -> None:
    shown = zones_for_choice(place("US"), NOVEMBER)
    assert [f"{city} {local:%H:%M}" for _, city, local in shown] == [
        "Honolulu 02:00",
        "Anchorage 03:00",
        "Los Angeles 04:00",
        "Denver 05:00",
        "Chicago 06:00",
        "New York 07:00",
    ]
    july = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert ("Australia/Sydney", "Sydney") in [
        (zone, city) for zone, city, _ in zones_for_choice(place("AU"), july)
    ]
    assert len(zones_for_choice(place("JP"), NOVEMBER)) == 1


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        zones_for_choice(place("US"), datetime(2026, 1, 1))  # noqa: DTZ001


def test_buttons_offer_places_that_exist() -> None:
    assert [place(code).code for code in COMMON_DESTINATIONS] == list(COMMON_DESTINATIONS)


def test_an_unknown_code_is_a_bug_in_the_caller() -> None:
    with pytest.raises(KeyError):
        place("VN-99")


def test_a_name_that_is_typed_whole_means_that_place_alone() -> None:
    """What only begins so is not offered beside it; a name of before 2025 is known for what it is."""
    for typed, code in (
        ("Đức", "DE"),
        ("đức", "DE"),
        ("Nhật Bản", "JP"),
        ("Bình Dương", "VN-79"),
        ("Vinh", "VN-40"),
    ):
        assert [one.code for one in find_places(typed)] == [code], typed
    assert len(find_places("Bình")) > 1
    assert former_name("Bình Dương")
    assert former_name("tỉnh Bình Dương")
    for today in ("Đồng Nai", "TP Hồ Chí Minh", "Nhật Bản", "Vinh", "xyz"):
        assert not former_name(today), today
