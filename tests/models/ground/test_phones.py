"""Telephone numbers are understood however they are written, and nothing else is taken for one."""

import pytest
from hypothesis import given, strategies as st

from models.ground.phones import parse_phone, same_phone, show_phone

MINE = "+84912345678"


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "(091) 2345678",
        "(+84) 912 345 678",
        "+84 912 345 678",
        "+84 (0) 912 345 678",
        "+840912345678",
        "0084 912345678",
        "84912345678",
        "912345678",
        "912345678.0",
        "9.12345678E8",
        "9.12345678E+08",
        "\uff10\uff19\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
        "ĐT: 0912 345 678",
        "SĐT 0912345678",
        "'0912345678",
        "\u202a0912345678\u202c",
        912345678,
        912345678.0,
    ],
)
def test_a_vietnamese_number_in_any_spelling(text: str | float) -> None:
    assert parse_phone(text) == MINE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("01687654321", "+84387654321"),
        ("1687654321", "+84387654321"),
        ("+84 168 765 4321", "+84387654321"),
        ("0084 1687654321", "+84387654321"),
        ("01201234567", "+84701234567"),
        ("01291234567", "+84821234567"),
        ("01991234567", "+84591234567"),
    ],
)
def test_an_eleven_digit_number_of_before_2018_is_read_as_todays(old: str, new: str) -> None:
    assert parse_phone(old) == new
    assert same_phone(old, new)


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("+81 90-1234-5678", "+819012345678"),
        ("0081 90 1234 5678", "+819012345678"),
        ("819012345678", "+819012345678"),
        ("+886 912 345 678", "+886912345678"),
        ("+82 10-1234-5678", "+821012345678"),
        ("+49 1512 3456789", "+4915123456789"),
        ("024 3825 1234", "+842438251234"),
    ],
)
def test_numbers_from_elsewhere_need_their_country_code(text: str, e164: str) -> None:
    assert parse_phone(text) == e164


def test_a_number_without_code_belongs_to_the_region_given() -> None:
    assert parse_phone("090-1234-5678", region="JP") == "+819012345678"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "không có",
        "091234567",
        "09123456789",
        "12345",
        "0912345678 / 0987654321",
        "0912345678a",
        "+",
        "++84912345678",
        "9" * 5000,
        "9E99",
        "1985",
        "nan",
        "03/02/1985",
    ],
)
def test_what_is_not_one_number_is_none(text: str) -> None:
    assert parse_phone(text) is None


@given(st.text() | st.floats() | st.integers())
def test_any_cell_is_answered(cell: str | float) -> None:
    found = parse_phone(cell)
    assert found is None or found.startswith("+")


@given(st.from_regex(r"0(3[2-9]|9[0-4])[0-9]{7}", fullmatch=True))
def test_a_shown_number_is_the_same_number(number: str) -> None:
    e164 = parse_phone(number)
    assert e164 is not None
    assert parse_phone(show_phone(e164)) == e164
    assert same_phone(number, e164.removeprefix("+"))


def test_numbers_are_shown_as_people_read_them() -> None:
    assert show_phone(MINE) == "0912 345 678"
    assert show_phone("+819012345678") == "+81 90-1234-5678"
    assert show_phone("?") == "?"


def test_a_contact_shared_without_the_plus_is_recognised() -> None:
    assert same_phone("84912345678", "0912345678")
    assert same_phone("6581234567", "+6581234567")
    assert not same_phone("0912345678", "0912345679")
    assert not same_phone("", "")
