"""What `python -m bot check` tries with the page: whether its address leads here, with its certificate, from outside;
whether the services that ring browsers are reached.
"""

from __future__ import annotations

import asyncio
import ssl

import httpx

from bot.finding import Finding, Verdict
from bot.settings import PREFIX, Settings

_DOOR = f"{PREFIX}ATTENDANCE__DOOR"
_PATIENCE = 10.0  # seconds
_ASKED_AT = {  # of services whose own name is no host
    "push.services.mozilla.com": "updates.push.services.mozilla.com",
    "push.apple.com": "web.push.apple.com",
    "notify.windows.com": "wns2-sg2p.notify.windows.com",
}


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


async def check_push(
    settings: Settings, *, transport: httpx.AsyncBaseTransport | None = None
) -> list[Finding]:
    """Return which push services are reached from here; nothing is sent, and nothing said where no page is served."""
    policies = settings.policies()
    if not policies.attendance.door:
        return []
    async with httpx.AsyncClient(transport=transport, timeout=_PATIENCE) as client:
        answers = await asyncio.gather(*(_reaches(client, one) for one in policies.push.services))
    far = [one for one, reached in zip(policies.push.services, answers, strict=True) if not reached]
    if not far:
        return [Finding("push", Verdict.GOOD, "the services that ring browsers are reached")]
    said = f"browsers of these services cannot be rung from here: {', '.join(far)}"
    hint = "let this machine call them by https; until then somebody passes the word on"
    return [Finding("push", Verdict.NOTE if len(far) < len(answers) else Verdict.WRONG, said, hint)]


async def _reaches(client: httpx.AsyncClient, service: str) -> bool:
    """Whether anything at all is answered, with a certificate that holds."""
    try:
        await client.get(f"https://{_ASKED_AT.get(service, service)}/")
    except httpx.HTTPError:
        return False
    return True


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
