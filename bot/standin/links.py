"""Addresses as Telegram checks them."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
_HOST = re.compile(r"^(?:[\w-]+\.)+[\w-]{2,}$|^\d{1,3}(?:\.\d{1,3}){3}$|^\[[0-9a-fA-F:.]+\]$")
_OWN_SCHEMES = ("tg", "ton", "tonsite")


def linked_user(url: str) -> int | None:
    """Return the user that a `tg://user?id=…` address means."""
    parts = urlsplit(url) if url.lower().startswith("tg://user") else None
    ids = parse_qs(parts.query).get("id", []) if parts else []
    return int(ids[0]) if ids and ids[0].isdecimal() else None


def checked_link(url: str) -> str | None:
    """Return the address as Telegram keeps it, or None for one it refuses."""
    url = url.strip()
    if not url or any(char.isspace() for char in url):
        return None
    if not re.match(r"^[a-zA-Z][a-zA-Z0-9+.-]*://", url):
        url = url if _SCHEME.match(url) and not re.match(r"^[^/]+:\d", url) else f"http://{url}"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme in _OWN_SCHEMES:
        return url
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    if parts.scheme not in ("http", "https") or not _HOST.match(host):
        return None
    where = host if port is None else f"{host}:{port}"
    return parts._replace(netloc=where, path=parts.path or "/").geturl()
