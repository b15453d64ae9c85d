"""Only numbers that are sure, each with its source and its day."""

from __future__ import annotations

from datetime import date

import phonenumbers
import pytest

from models.ground.places import place
from models.ground.places.emergency import EMERGENCY, emergency_numbers
from models.phrases.contact import request as phrases

# by Vietnam's own numbering plan, and not yet in libphonenumber's table
_BY_OUR_OWN_PLAN = {("VN", "112")}


def test_every_number_is_one_to_libphonenumber_too() -> None:
    ours = {(code, number) for code, one in EMERGENCY.items() for number, _ in one.numbers}
    unknown = {(code, number) for code, number in ours if not phonenumbers.is_emergency_number(number, code)}
    assert unknown == _BY_OUR_OWN_PLAN


def test_every_entry_names_a_country_a_source_a_day_and_services() -> None:
    for code, one in EMERGENCY.items():
        assert code == "VN" or place(code).abroad
        assert one.source
        assert date(2026, 1, 1) < one.compared_on
        assert {service for _, services in one.numbers for service in services} <= phrases.SERVICES.keys()


@pytest.mark.parametrize(
    ("declared", "numbers"),
    [
        ("JP", ["110", "119"]),
        ("KR", ["112", "119"]),
        ("TW", ["110", "119"]),
        ("DE", ["112", "110"]),
        ("HU", ["112"]),
        ("US", ["911"]),
        ("VN-79", ["113", "114", "115", "112"]),
        (None, ["113", "114", "115", "112"]),
    ],
)
def test_the_declared_place_decides(declared: str | None, numbers: list[str]) -> None:
    found = emergency_numbers(declared)
    assert found is not None
    assert [number for number, _ in found.numbers] == numbers


def test_a_country_without_a_sure_entry_has_none() -> None:
    assert emergency_numbers("LA") is None
    assert emergency_numbers("AO") is None
