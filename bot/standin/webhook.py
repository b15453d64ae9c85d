"""Webhooks: setting them, and what a deliverer needs."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from bot.standin.arguments import Arguments
from bot.standin.limits import bad_request
from bot.standin.records import Json
from bot.standin.world import World

_LONG = 3600.0  # seconds; then it waits again
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Webhooks(World):
    def set_webhook(self, args: Arguments) -> bool:
        url = args.text("url")
        if not url:
            return self.delete_webhook(args)
        if not is_loopback(url):
            raise bad_request("bad webhook: the stand-in delivers to this machine only")
        secret = args.text("secret_token")
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        self._allow(args)
        self._drop_pending(args)
        self.webhook = {"url": url, "secret_token": secret}
        self._updates_bell.ring()
        return True

    def delete_webhook(self, args: Arguments) -> bool:
        self._drop_pending(args)
        self.webhook = None
        self._updates_bell.ring()
        return True

    def get_webhook_info(self, _: Arguments) -> Json:
        info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(self._updates)}
        if self.webhook:
            info |= {key: value for key, value in self.webhook.items() if key != "secret_token"}
        if self._allowed is not None:
            info["allowed_updates"] = sorted(self._allowed)
        return info

    def next_update(self) -> Json | None:
        """Return the oldest update that a webhook has not taken yet."""
        return self._updates[0] if self._updates else None

    async def wait_delivery(self) -> None:
        """Wait until there is an update, and a webhook to bring it to."""
        while not (self._updates and self.webhook):
            await self._updates_bell.until(lambda: bool(self._updates and self.webhook), _LONG)

    def webhook_took(self, update: Json) -> None:
        """Note that the bot has answered 200 to it."""
        if self._updates and self._updates[0] is update:
            self._updates.popleft()

    def webhook_failed(self, why: str) -> None:
        if self.webhook:
            self.webhook |= {"last_error_date": int(self.now().timestamp()), "last_error_message": why}

    def _allow(self, args: Arguments) -> None:
        """Which kinds of update are wanted from now on: remembered, as at Telegram."""
        kinds: Any = args.nested("allowed_updates", "allowed updates")
        if isinstance(kinds, list):
            self._allowed = frozenset(map(str, kinds)) if kinds else None

    def _drop_pending(self, args: Arguments) -> None:
        if args.flag("drop_pending_updates"):
            self._updates.clear()


def is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
