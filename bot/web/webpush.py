"""One Web Push message: encrypted for the browser, signed by us (docs/decisions/0053-web-push-by-hand.md).

RFC 8291   what is said, sealed with the browser's own key: the push service carries it and cannot read it
RFC 8188   aes128gcm, the form of the body: salt, record size, our key of this one message, the record
RFC 8292   VAPID: a signed note of who we are, for one push service and some hours
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096  # bytes that every push service takes (RFC 8030, 7.2)
MOST = RECORD - 16 - 1 - 86  # of what is said: without the tag, the end mark and the head
_CURVE = ec.SECP256R1()
_NOTE_LASTS = timedelta(hours=12)  # RFC 8292 allows a day; clocks differ


@dataclass(frozen=True, slots=True)
class BrowserKeys:
    """What a browser gives with its subscription. ValueError for what is no key."""

    p256dh: bytes  # its public key, an uncompressed point
    auth: bytes  # a secret of it and us

    def __post_init__(self) -> None:
        if len(self.auth) != 16:
            raise ValueError("an auth secret has 16 bytes")
        ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, self.p256dh)


def encrypt(
    said: bytes,
    keys: BrowserKeys,
    *,
    ours: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Return the body of a push message. `ours`, `salt`: of this one message; given in tests only."""
    if len(said) > MOST:
        raise ValueError(f"at most {MOST} bytes")
    ours, salt = ours or ec.generate_private_key(_CURVE), salt or os.urandom(16)
    point = public_point(ours)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, keys.p256dh)
    shared = ours.exchange(ec.ECDH(), theirs)
    key, nonce = content_keys(shared, keys.auth, salt=salt, theirs=keys.p256dh, ours=point)
    sealed = AESGCM(key).encrypt(nonce, said + b"\x02", None)  # 2: the last record
    return salt + RECORD.to_bytes(4, "big") + bytes([len(point)]) + point + sealed


def content_keys(
    shared: bytes, auth: bytes, *, salt: bytes, theirs: bytes, ours: bytes
) -> tuple[bytes, bytes]:
    """Return the key and the nonce of a body. `theirs`: the browser's public key, `ours`: the sender's."""
    secret = _hkdf(shared, auth, b"WebPush: info\x00" + theirs + ours, 32)
    key = _hkdf(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
    return key, _hkdf(secret, salt, b"Content-Encoding: nonce\x00", 12)


def _hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def signed(endpoint: str, key: ec.EllipticCurvePrivateKey, *, contact: str, now: datetime) -> str:
    """Return the Authorization header for a push service. `contact`: https: or mailto:, whom it may ask about us."""
    where = urlsplit(endpoint)
    note = {"aud": f"https://{where.netloc}", "exp": int((now + _NOTE_LASTS).timestamp()), "sub": contact}
    head = {"typ": "JWT", "alg": "ES256"}
    text = ".".join(to_base64(json.dumps(part, separators=(",", ":")).encode()) for part in (head, note))
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(SHA256())))
    # JWS wants the two numbers side by side, not as ASN.1
    signature = to_base64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={text}.{signature}, k={to_base64(public_point(key))}"


def public_point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return a key's public half as browsers take it."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def private_key(number: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the key that was kept as its 32 bytes."""
    return ec.derive_private_key(int.from_bytes(number, "big"), _CURVE)


def to_base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64(text: str) -> bytes:
    """Read base64url, with or without its padding; ValueError for what is none."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
