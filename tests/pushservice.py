"""A push service as strict as the real ones, and a browser's half of a subscription.

It takes a message as RFC 8030 and 8292 say: TTL, the form of the body, a signed note for this service that has not run
out, by the key that the subscription was made with. The browser opens it with its own key; what cannot be opened is no message.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from bot.web.webpush import BrowserKeys, content_keys, from_base64, public_point, to_base64
from bot.wire import NotReached, Unanswered

HOST = "https://push.example"
_CURVE = ec.SECP256R1()


class FakeBrowserPush:
    """What a browser keeps of a subscription."""

    def __init__(self, key: ec.EllipticCurvePrivateKey | None = None, auth: bytes = b"") -> None:
        self.key, self.auth = key or ec.generate_private_key(_CURVE), auth or os.urandom(16)
        self.path = f"/wpush/v2/{to_base64(os.urandom(24))}"

    @property
    def keys(self) -> BrowserKeys:
        return BrowserKeys(public_point(self.key), self.auth)

    @property
    def endpoint(self) -> str:
        return HOST + self.path

    def as_json(self) -> dict[str, object]:
        """What `PushSubscription.toJSON()` gives."""
        keys = {"p256dh": to_base64(self.keys.p256dh), "auth": to_base64(self.auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def opens(self, body: bytes) -> bytes:
        """Decrypt as browsers do; raises for what is not for it, or not well formed."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        point, sealed = body[21 : 21 + length], body[21 + length :]
        assert size >= 18, "a record this small holds nothing"
        assert len(sealed) <= size, "one record"
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point))
        key, nonce = content_keys(shared, self.auth, salt=salt, theirs=self.keys.p256dh, ours=point)
        padded = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x00")
        assert padded.endswith(b"\x02"), "the last record ends with 2"
        return padded[:-1]


@dataclass
class PushService:
    """`says`: what it answers instead of taking a message, by the path of the subscription; None: it never answers."""

    now: Callable[[], datetime]
    subscriptions: dict[str, tuple[FakeBrowserPush, bytes]] = field(default_factory=dict)
    says: dict[str, int | None] = field(default_factory=dict)
    shown: list[tuple[str, str]] = field(default_factory=list)  # what came up on a lock screen: path, words
    away: bool = False  # nothing reaches it
    asked: list[str] = field(default_factory=list)  # paths that were called at all

    def subscribe(self, browser: FakeBrowserPush, server_key: bytes) -> None:
        """Bind a browser's subscription to the key that its page named."""
        self.subscriptions[browser.path] = (browser, server_key)

    async def ring(self, url: str, headers: dict[str, str], body: bytes) -> int:
        """Stand in for the network."""
        if self.away:
            raise NotReached
        try:
            return self.takes("POST", url, headers, body)
        except TimeoutError:
            raise Unanswered from None

    def takes(self, method: str, url: str, headers: dict[str, str], body: bytes) -> int:
        """Answer one call with a status."""
        where, given = urlsplit(url), {name.lower(): value for name, value in headers.items()}
        self.asked.append(where.path)
        if f"{where.scheme}://{where.netloc}" != HOST or method != "POST":
            return 404
        said = self.says.get(where.path, 0)
        if said is None:
            raise TimeoutError
        if said:
            return said
        if where.path not in self.subscriptions:
            return 404
        browser, server_key = self.subscriptions[where.path]
        if (
            given.get("content-encoding") != "aes128gcm"
            or not given.get("ttl", "").isdigit()
            or len(body) > 4096
        ):
            return 400
        if len(given.get("topic", "")) > 32 or given.get("urgency") not in (
            "very-low",
            "low",
            "normal",
            "high",
        ):
            return 400
        if not self._is_signed(given.get("authorization", ""), server_key):
            return 403
        self.shown.append((where.path, browser.opens(body).decode()))
        return 201

    def _is_signed(self, header: str, server_key: bytes) -> bool:
        try:
            scheme, fields = header.split(" ", 1)
            said = dict(part.strip().split("=", 1) for part in fields.split(","))
            head, note, signature = said["t"].split(".")
            key, raw = from_base64(said["k"]), from_base64(signature)
            told = json.loads(from_base64(note))
            der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
            ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, key).verify(
                der, f"{head}.{note}".encode(), ec.ECDSA(SHA256())
            )
        except (ValueError, KeyError, InvalidSignature):
            return False
        lasts = told["exp"] - self.now().timestamp()
        fits = told["aud"] == HOST and told["sub"].startswith(("mailto:", "https://"))
        is_es256 = json.loads(from_base64(head))["alg"] == "ES256" and len(raw) == 64
        in_time = 0 < lasts <= timedelta(hours=24).total_seconds()
        return scheme == "vapid" and key == server_key and fits and is_es256 and in_time
