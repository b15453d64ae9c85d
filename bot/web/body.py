"""What a messenger posts to its webhook, read within bounds."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request

MAX_BODY = 1 << 20  # an update is a few kilobytes


async def read_body(request: Request) -> bytes | None:
    """Read the body; None when it is too large, whatever its header says. One that breaks off is none at all."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)
