"""Telegram's proof of who opens a link: what is signed with our token, fresh, and said once; anything else proves nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from bot.telegram.proof import proven_visitor, sign

TOKEN = "1:demo"
NOW = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
FIELDS = {"id": "7", "first_name": "Nguyễn Thị An", "auth_date": STAMP}
# printf 'auth_date=1796302800\nfirst_name=Nguyễn Thị An\nid=7' | openssl dgst -sha256 -mac HMAC \
#   -macopt hexkey:$(printf '1:demo' | sha256sum | cut -d' ' -f1)
HASH = "0147389851131d9553150571680d6109d8818f04da3ef3a4720343c01885d119"


def proves(pairs: list[tuple[str, str]], *, token: str = TOKEN, later: timedelta = timedelta()) -> int | None:
    return proven_visitor(pairs, token, lasts=timedelta(days=1), now=NOW + later)


def signed(**fields: str) -> list[tuple[str, str]]:
    return [*fields.items(), ("hash", sign(fields, TOKEN))]


def test_what_telegram_has_signed_says_who_opens_it_in_any_order() -> None:
    pairs = [*FIELDS.items(), ("hash", HASH)]
    assert proves(pairs) == 7
    assert proves(pairs[::-1]) == 7
    assert proves(signed(**FIELDS, a_new_field="x")) == 7


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [("hash", HASH)],
        list(FIELDS.items()),
        [*FIELDS.items(), ("hash", "")],
        [*FIELDS.items(), ("hash", HASH[:-1] + "0")],
        [*FIELDS.items(), ("hash", HASH.upper())],
        [*FIELDS.items(), ("hash", "đ" * 64)],
        [*FIELDS.items(), ("hash", HASH), ("next", "https://evil.example")],
        [*FIELDS.items(), ("hash", HASH), ("id", "8")],
        [("id", "8"), *FIELDS.items(), ("hash", HASH)],
        [*(FIELDS | {"id": "8"}).items(), ("hash", HASH)],
        [*(FIELDS | {"auth_date": str(int(STAMP) + 60)}).items(), ("hash", HASH)],
        signed(first_name="An", auth_date=STAMP),
        signed(id="7", first_name="An"),
        signed(**FIELDS | {"id": "-7"}),
        signed(**FIELDS | {"id": "٧"}),
        signed(**FIELDS | {"auth_date": "9" * 40}),
        signed(**{f"x{'y' * n}": "1" for n in range(40)}, **FIELDS),
    ],
)
def test_anything_else_proves_nothing(pairs: list[tuple[str, str]]) -> None:
    assert proves(pairs) is None


def test_another_bots_signature_proves_nothing() -> None:
    assert proves(signed(**FIELDS), token="2:demo") is None


def test_another_id_cannot_be_hidden_in_a_name() -> None:
    """Signed for 9, whose name has line breaks; read as 7 with the very same lines."""
    mine = {"auth_date": STAMP, "first_name": "A\nid=7\nlast_name=B", "id": "9"}
    theirs = {"auth_date": STAMP, "first_name": "A", "id": "7", "last_name": "B\nid=9"}
    assert sign(mine, TOKEN) == sign(theirs, TOKEN)
    assert proves(signed(**mine)) is None
    assert proves(signed(**theirs)) is None


@pytest.mark.parametrize(
    ("later", "visitor"),
    [
        (timedelta(days=1), 7),
        (timedelta(days=1, seconds=1), None),
        (timedelta(minutes=-2), 7),
        (timedelta(minutes=-2, seconds=-1), None),
    ],
)
def test_a_proof_is_of_today_and_not_of_tomorrow(later: timedelta, visitor: int | None) -> None:
    assert proves(signed(**FIELDS), later=later) == visitor


@given(
    st.lists(
        st.tuples(st.sampled_from(["id", "auth_date", "hash", "x", ""]), st.text(max_size=40)), max_size=6
    )
)
def test_no_query_is_an_error(pairs: list[tuple[str, str]]) -> None:
    assert proves(pairs) is None
