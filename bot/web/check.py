"""What `python -m bot check` tries with the page: whether its address leads here, with its certificate, from outside."""

from __future__ import annotations

import ssl

import httpx

from bot.finding import Finding, Verdict
from bot.settings import PREFIX, Settings

_DOOR = f"{PREFIX}ATTENDANCE__DOOR"
_PATIENCE = 10.0  # seconds


async def check_page(
    settings: Settings, *, transport: httpx.AsyncBaseTransport | None = None
) -> list[Finding]:
    """Return what the page's address answers; nothing where none is served."""
    door = settings.policies().attendance.door
    if not door:
        return [
            Finding("page", Verdict.NOTE, "no page is served", f"set {_DOOR} for people without Telegram")
        ]
    try:
        async with httpx.AsyncClient(transport=transport, timeout=_PATIENCE) as client:
            answer = await client.get(f"{door}/", headers={"User-Agent": "python -m bot check"})
            plain = await _answers_plainly(client, door)
    except httpx.HTTPError as error:
        return [Finding("page", Verdict.WRONG, f"{door} gave no answer ({_why(error)})", _hint(error))]
    if answer.status_code in (502, 503, 504):
        said = f"{door} is reached, and the program behind it is not"
        return [Finding("page", Verdict.WRONG, said, f"start it, or let the proxy pass to {settings.listen}")]
    if "frame-ancestors 'none'" not in answer.headers.get("content-security-policy", ""):
        said = f"something else answers at {door} (status {answer.status_code})"
        return [Finding("page", Verdict.WRONG, said, f"let the proxy pass every path to {settings.listen}")]
    found = [Finding("page", Verdict.GOOD, f"{door} leads here")]
    if plain:
        said = "the page answers without https, too"
        found.append(Finding("page", Verdict.WRONG, said, "let the proxy redirect port 80 to https"))
    return found


async def _answers_plainly(client: httpx.AsyncClient, door: str) -> bool:
    """Whether the page itself, and no redirect, comes without encryption."""
    try:
        answer = await client.get(door.replace("https://", "http://", 1))
    except httpx.HTTPError:
        return False
    return answer.status_code == 200 and "content-security-policy" in answer.headers


def _why(error: httpx.HTTPError) -> str:
    return "its certificate does not hold" if _is_certificate(error) else type(error).__name__


def _hint(error: httpx.HTTPError) -> str:
    return (
        "renew the certificate"
        if _is_certificate(error)
        else f"check {_DOOR}, its name in the DNS, and the proxy"
    )


def _is_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError) or "CERTIFICATE" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
