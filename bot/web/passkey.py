"""Passkeys on the page: making one after the PIN, coming in with one, the second proof. They need scripts; nothing else does.

    GET  /key         says what can be done on this device, and has the buttons
    POST /key/make    what the device is to sign (of whoever is in, and has just given the PIN) ┐ the browser signs,
    POST /key/ask     what the device is to sign (of anybody)                                   ┘ then
    POST /key/made    the new key                     POST /key/shown   the page opens, or has its second proof

A challenge is ours by its seal, lasts some minutes, and is taken once. What a key signs is checked by the library (webauthn).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

import webauthn
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from bot.web.guard import HEADERS, TooLarge, is_form_key, is_from_here, read_body, spoken_by, who_asks
from bot.web.page import Here, WebPage
from models.people.browser import Browser, device_of
from models.people.member import account_at, is_trusted
from models.people.passkey import add_passkey, passkey_by, passkeys_of, use_passkey
from models.people.secret import is_fresh
from models.phrases.delivery import page as phrases

T = TypeVar("T")
_LASTS = timedelta(minutes=5)
_BODY = 16 * 1024
_NAME = "Sổ tay"  # what the device calls it, also on its lock screen
_USED = 1_000


class KeyDoor:
    """The routes of keys, beside the page that they open."""

    def __init__(self, page: WebPage) -> None:
        self._page = page
        self._used: dict[str, None] = {}  # challenges that were taken, as long as they would last

    def routes(self) -> list[BaseRoute]:
        served = {
            "/key/make": self.make,
            "/key/made": self.made,
            "/key/ask": self.ask,
            "/key/shown": self.shown,
        }
        posts = [Route(path, self._page.guarded(run), methods=["POST"]) for path, run in served.items()]
        return [Route("/key", self._page.guarded(self.show), methods=["GET"]), *posts]

    async def show(self, request: Request) -> Response:
        here = await self._page.here(request)
        lang = here.lang if here is not None else spoken_by(request)
        may_make = here is not None and await self._page.ask(lambda db: self._member(db, here) is not None)
        return self._page.look.key(
            lang, is_in=here is not None, may_make=may_make, key=self._page.key_of(here)
        )

    # --- a new key --------------------------------------------------------------------------------------------------

    async def make(self, request: Request) -> Response:
        here = await self._ours(request)
        if here is None:
            return _refused(403)

        def work(db: Session) -> tuple[int, list[bytes]] | None:
            member = self._member(db, here)
            return (
                (member, [one.credential for one in passkeys_of(db, member)]) if member is not None else None
            )

        found = await self._page.ask(work)
        if found is None:
            return _refused(403)
        member_id, known = found
        options = webauthn.generate_registration_options(
            rp_id=self._host(request),
            rp_name=_NAME,
            user_id=hashlib.sha256(f"page:{member_id}".encode()).digest(),
            user_name=_NAME,
            challenge=self._challenge(),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
        )
        return _json(json.loads(webauthn.options_to_json(options)))

    async def made(self, request: Request) -> Response:
        here, given = await self._ours(request), await _given(request)
        challenge = self._challenge_in(given)
        if here is None or challenge is None:
            return _refused(403)
        try:
            checked = webauthn.verify_registration_response(
                credential=given,
                expected_challenge=challenge,
                expected_rp_id=self._host(request),
                expected_origin=self._origin(request),
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError):
            return _refused(400)
        device = device_of(request.headers.get("user-agent", ""))

        def work(db: Session) -> bool:
            account = account_at(db, here.address)
            if self._member(db, here) is None or account is None:
                return False
            member = self._page.member_at(db, here.address)
            add_passkey(
                db,
                member,
                checked.credential_id,
                checked.credential_public_key,
                uses=checked.sign_count,
                device=device,
                now=self._page.clock(),
            )
            return True

        return (
            _json({"said": phrases.key_made().to_plain(here.lang)})
            if await self._page.ask(work)
            else _refused(403)
        )

    def _member(self, db: Session, here: Here | None) -> int | None:
        """Whose key may be made in this browser: of a trusted account, a short while after the PIN."""
        account = account_at(db, here.address) if here is not None else None
        if account is None or not is_trusted(account):
            return None
        fresh = is_fresh(account, now=self._page.clock(), policy=self._page.policies.secret)
        return account.member_id if fresh else None

    # --- a key is shown ---------------------------------------------------------------------------------------------

    async def ask(self, request: Request) -> Response:
        if not is_from_here(request, self._page.door):
            return _refused(403)
        options = webauthn.generate_authentication_options(
            rp_id=self._host(request),
            challenge=self._challenge(),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return _json(json.loads(webauthn.options_to_json(options)))

    async def shown(self, request: Request) -> Response:
        given, asker, now = await _given(request), who_asks(request), self._page.clock()
        challenge = self._challenge_in(given)
        if not is_from_here(request, self._page.door) or challenge is None:
            return _refused(403)
        if not self._page.guesses.may_try(asker, now):
            return _refused(429)
        here = await self._page.here(request)
        device = device_of(request.headers.get("user-agent", ""))
        host, origin = self._host(request), self._origin(request)

        def work(db: Session) -> tuple[int, Any, str | None] | None:
            row = passkey_by(db, _credential(given))
            if row is None:
                return None
            try:
                checked = webauthn.verify_authentication_response(
                    credential=given,
                    expected_challenge=challenge,
                    expected_rp_id=host,
                    expected_origin=origin,
                    credential_public_key=row.public_key,
                    credential_current_sign_count=row.uses,
                    require_user_verification=True,
                )
            except (WebAuthnException, ValueError, KeyError, TypeError):
                return None
            browser = db.get(Browser, here.browser.id) if here is not None else None
            opened, key = use_passkey(db, row, browser, uses=checked.new_sign_count, device=device, now=now)
            return opened.id, opened.address, key

        found = await self._page.ask(work)
        if found is None:
            self._page.guesses.missed(asker, now)
            return _refused(403)
        return self._page.let(_json({"to": "/"}), *found, here)

    # --- within -----------------------------------------------------------------------------------------------------

    async def _ours(self, request: Request) -> Here | None:
        """Who is in, where our own page asks."""
        here = await self._page.here(request)
        bound = f"page:{here.browser.id}" if here is not None else ""
        is_ours = is_form_key(request.headers.get("x-key", ""), self._page.secret, bound)
        return here if is_from_here(request, self._page.door) and is_ours else None

    def _challenge(self) -> bytes:
        now = int(self._page.clock().timestamp())
        head = secrets.token_bytes(16) + now.to_bytes(8)
        return head + self._seal(head)

    def _seal(self, head: bytes) -> bytes:
        return hmac.digest(self._page.secret.encode(), b"challenge" + head, "sha256")

    def _challenge_in(self, given: dict[str, Any]) -> bytes | None:
        """The challenge that was signed, if it is one of ours, fresh, and new."""
        try:
            client = json.loads(base64url_to_bytes(given["response"]["clientDataJSON"]))
            challenge = base64url_to_bytes(client["challenge"])
        except (ValueError, KeyError, TypeError):
            return None
        head, seal = challenge[:24], challenge[24:]
        age = self._page.clock().timestamp() - int.from_bytes(head[16:24])
        name = bytes_to_base64url(challenge)
        if not hmac.compare_digest(seal, self._seal(head)) or not 0 <= age + 1 <= _LASTS.total_seconds() + 1:
            return None
        if name in self._used:
            return None
        self._used[name] = None
        if len(self._used) > _USED:
            del self._used[next(iter(self._used))]
        return challenge

    def _origin(self, request: Request) -> str:
        """Our address as the browser has it: the door's, and on this machine itself the one that was asked."""
        host = request.headers.get("host", "")
        return f"http://{host}" if host.partition(":")[0] == "localhost" else self._page.door

    def _host(self, request: Request) -> str:
        return urlsplit(self._origin(request)).hostname or ""


async def _given(request: Request) -> dict[str, Any]:
    try:
        found = json.loads(await read_body(request, _BODY))
    except (ValueError, TooLarge, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _credential(given: dict[str, Any]) -> bytes:
    try:
        return base64url_to_bytes(given["rawId"])
    except (ValueError, KeyError, TypeError):
        return b""


def _json(found: dict[str, Any]) -> Response:
    return JSONResponse(found, headers=HEADERS)


def _refused(status: int) -> Response:
    return Response(status_code=status, headers=HEADERS)
