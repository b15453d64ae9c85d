"""What every page of ours keeps: headers, who asks, whether a form is our own, how much a body may weigh."""

from __future__ import annotations

import contextlib
import hmac
import re
from collections import Counter
from collections.abc import Hashable, Iterator
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from models.phrases.text import Lang

_LOOKS_ONLY = re.compile(r"prefetch|preview|prerender", re.IGNORECASE)
_PART = 64 * 1024  # bytes of one field that is no file
FIELDS = 16  # of a form
HEADERS = {
    "Cache-Control": "no-store",
    # not no-referrer: with it a browser says `Origin: null` of our own form, too; to others nothing is said
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "none",
    "X-Content-Type-Options": "nosniff",
}


UPDATE_BYTES = 1 << 20  # of what a messenger posts to its webhook; a few kilobytes are usual


class TooLarge(Exception):
    """A body of more bytes than were to come."""


class Places:
    """How many of one thing are held at the same time: by one asker at most `each`, by all `together`."""

    def __init__(self, *, each: int, together: int) -> None:
        self._each, self._together = each, together
        self._held: Counter[Hashable] = Counter()

    @contextlib.contextmanager
    def held(self, who: Hashable) -> Iterator[bool]:
        """Hold a place as long as the block lasts; False: there is none, and none is held."""
        has_one = self._held[who] < self._each and self._held.total() < self._together
        self._held[who] += has_one
        try:
            yield has_one
        finally:
            self._held[who] -= has_one
            if not self._held[who]:
                del self._held[who]


def claims_more(request: Request, most: int) -> bool:
    """Return whether a body will have more than `most` bytes by its header, or does not say."""
    length = request.headers.get("content-length", "")
    return not (length.isascii() and length.isdigit() and int(length[:18]) <= most)


async def read_form(request: Request, most: int, *, fields: int = FIELDS) -> FormData | None:
    """Read a form of at most `most` bytes, whatever its header says; None: it is none, or broke off.

    Raises HTTPException 413 for a larger one.
    """
    if "content-length" in request.headers and claims_more(request, most):
        raise HTTPException(413)
    seen, receive = 0, request.receive

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise HTTPException(413)
        return message

    counting = Request(request.scope, counted)
    try:
        return await counting.form(max_files=1, max_fields=fields, max_part_size=_PART)
    except (ClientDisconnect, FormParserError, ValueError):
        return None
    except HTTPException as error:  # 400 is the parser's
        if error.status_code == 413:
            raise
        return None


def is_photo(type_: str | None) -> bool:
    """Return whether a browser calls a file a photo: it is made anew."""
    return type_ in ("image/jpeg", "image/png", "image/webp")


def spoken_by(request: Request) -> Lang:
    """Return the language in which a browser wants to read."""
    first = request.headers.get("accept-language", "vi").strip().lower()
    return Lang.EN if first and not first.startswith("vi") and "vi" not in first else Lang.VI


def only_looks(request: Request) -> bool:
    """Return whether a browser or a messenger fetches ahead, as far as it says so: nothing may change by that."""
    said = " ".join(request.headers.get(name, "") for name in ("purpose", "sec-purpose", "x-moz"))
    return request.method == "HEAD" or (request.method == "GET" and _LOOKS_ONLY.search(said) is not None)


def who_asks(request: Request) -> str:
    """Return who asks, as far as the net tells: of IPv6 the half that one household has."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host[:64]
    return str(address) if not isinstance(address, IPv6Address) else address.exploded[:19]


def is_from_here(request: Request, door: str) -> bool:
    """Return whether our own page sent this, by the browser's word. Old browsers say less, and then that counts.

    "null" is what a page says that was shut into a frame of somebody else's: it counts where the browser says the rest.
    """
    said, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    hosts = {urlsplit(door).netloc, request.headers.get("host", "")}
    if site not in (None, "same-origin", "none"):
        return False
    if said is None or said == "null":
        return said is None or site is not None
    try:
        return urlsplit(said).netloc in hosts
    except ValueError:
        return False


def form_key(secret: str, bound_to: str) -> str:
    """Return what our own form holds, 128 bits: nobody can post for somebody who has not seen the page."""
    return hmac.digest(secret.encode(), bound_to.encode(), "sha256").hex()[:32]


def is_form_key(given: str, secret: str, bound_to: str) -> bool:
    return hmac.compare_digest(given.encode(), form_key(secret, bound_to).encode())


async def read_body(request: Request, most: int) -> bytes:
    """Read the body; raises `TooLarge` beyond `most` bytes, whatever its header says. One that breaks off is empty."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise TooLarge
    except ClientDisconnect:
        return b""
    return bytes(body)
