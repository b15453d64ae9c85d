"""Web Push by its documents: what we encrypt is what RFC 8291 encrypts, what we sign is what RFC 8292 asks for."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from bot.web.webpush import (
    MOST,
    BrowserKeys,
    encrypt,
    from_base64,
    private_key,
    public_point,
    signed,
    to_base64,
)
from tests.pushservice import FakeBrowserPush

NOW = datetime(2026, 12, 5, 2, 0, tzinfo=UTC)
# RFC 8291, appendix A
SAID = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BROWSER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
BROWSER_POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBr"
    "u3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard_comes_out_byte_by_byte() -> None:
    keys = BrowserKeys(from_base64(BROWSER_POINT), from_base64(AUTH))
    body = encrypt(SAID, keys, ours=private_key(from_base64(SENDER)), salt=from_base64(SALT))
    assert to_base64(body) == BODY


def test_a_browser_reads_the_example_of_the_standard() -> None:
    browser = FakeBrowserPush(private_key(from_base64(BROWSER)), from_base64(AUTH))
    assert browser.opens(from_base64(BODY)) == SAID


def test_only_the_browser_that_subscribed_can_read_it() -> None:
    mine, other = FakeBrowserPush(), FakeBrowserPush()
    body = encrypt("Sổ tay: có tin mới".encode(), mine.keys)
    assert mine.opens(body).decode() == "Sổ tay: có tin mới"
    with pytest.raises(InvalidTag):
        other.opens(body)
    assert encrypt(SAID, mine.keys) != encrypt(
        SAID, mine.keys
    )  # nor can anybody see that it is the same again


def test_what_is_too_long_for_a_record_is_not_sent() -> None:
    browser = FakeBrowserPush()
    assert len(encrypt(b"x" * MOST, browser.keys)) == 4096
    with pytest.raises(ValueError, match="at most"):
        encrypt(b"x" * (MOST + 1), browser.keys)


@pytest.mark.parametrize(
    ("point", "auth"),
    [(b"", b"1" * 16), (b"\x04" + b"1" * 64, b"1" * 16), (b"\x02" + b"1" * 32, b"1" * 16), (None, b"1" * 15)],
)
def test_what_is_no_key_is_refused(point: bytes | None, auth: bytes) -> None:
    real = FakeBrowserPush().keys.p256dh
    with pytest.raises(ValueError, match=r".*"):
        BrowserKeys(real if point is None else point, auth)


def test_the_note_says_for_whom_and_until_when_and_is_signed() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    header = signed("https://push.example:8443/a/b", key, contact="mailto:so@example.org", now=NOW)
    scheme, fields = header.split(" ", 1)
    said = dict(part.split("=", 1) for part in fields.split(", "))
    head, note, signature = said["t"].split(".")
    assert scheme == "vapid"
    assert json.loads(from_base64(head)) == {"typ": "JWT", "alg": "ES256"}
    told = json.loads(from_base64(note))
    assert (told["aud"], told["sub"]) == ("https://push.example:8443", "mailto:so@example.org")
    assert 0 < told["exp"] - NOW.timestamp() <= 86_400
    raw = from_base64(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.public_key().verify(der, f"{head}.{note}".encode(), ec.ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        key.public_key().verify(der, f"{head}.{note}x".encode(), ec.ECDSA(SHA256()))
    assert from_base64(said["k"]) == public_point(key)


def test_a_kept_key_is_the_same_key() -> None:
    number = os.urandom(31).rjust(32, b"\x00")
    assert public_point(private_key(number)) == public_point(private_key(number))
