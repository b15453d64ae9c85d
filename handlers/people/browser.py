"""The page in a browser: the link that opens it, where it is open, the second proof.

/dulieu > An toàn > OPEN ──> a link, once, for some minutes; made on Telegram it is the second proof, too
                 └> BROWSERS ──> each browser that is let in ──end──> it has to be let in again
the main screen of an office that lacks the second proof ──> PROOF: how it is given
"""

from __future__ import annotations

from handlers.ground.arguments import number
from handlers.ground.context import Context
from handlers.ground.routing import Tap
from models.delivery.message import Button
from models.ground.errors import Refused
from models.people.browser import (
    Browser,
    BrowserEnd,
    browsers_of,
    end_browser,
    is_over,
    is_proved,
    make_page_link,
    page_account,
)
from models.people.member import is_trusted
from models.people.passkey import drop_passkey, passkeys_of
from models.people.rights import NotEntitled
from models.people.trail import record_act
from models.phrases import common
from models.phrases.delivery import page as phrases
from models.phrases.entry import identity
from models.phrases.text import raw

_BACK = [[Button(identity.SAFETY, "data:safety")], [Button(common.MENU, "nav:menu")]]
_LISTED = 4  # with what stands below them, eight buttons


def open_elsewhere(ctx: Context, _arguments: list[str]) -> None:
    """Give a link that opens the page in another browser. It shows what is the person's own: not from a chat held back."""
    account, door = ctx.account, ctx.policies.attendance.door
    if account is None or not is_trusted(account):
        raise NotEntitled
    if not door:
        raise Refused(phrases.no_page())
    token = make_page_link(ctx.db, account, policy=ctx.policies.page, now=ctx.now)
    link = f"{door}/o/{token}"
    words = phrases.link(lasts=ctx.policies.page.link_lasts, link=link, proves=ctx.is_proved)
    ctx.say(words, _BACK, share=raw(link))


def show_browsers(ctx: Context, _arguments: list[str]) -> None:
    """Show where the page is open, the browser used last first."""
    found = _browsers(ctx)[:_LISTED]
    lines = [
        phrases.browser(
            device=one.device,
            since=one.made_at,
            seen=one.seen_at,
            here=one.id == ctx.incoming.browser,
            proved=is_proved(one, ctx.policies.page, now=ctx.now),
            zone=ctx.zone,
        )
        for one in found
    ]
    ends = [
        [Button(phrases.end_browser(device=one.device, number=place), f"browser:end:{one.id}")]
        for place, one in enumerate(found, start=1)
        if one.id != ctx.incoming.browser
    ]
    may_make = ctx.incoming.browser is not None and ctx.account is not None and is_trusted(ctx.account)
    makes = [[Button(phrases.MAKE_KEY, "browser:key")]] if may_make else []
    ctx.show(phrases.browsers(lines), [*ends, *makes, [Button(phrases.KEYS, "browser:keys")], *_BACK])


def end(ctx: Context, arguments: list[str]) -> None:
    """Close the page in one browser of the person's own."""
    row = next((one for one in _browsers(ctx) if one.id == number(arguments)), None)
    if row is None:
        raise Refused(common.gone_button())
    end_browser(ctx.db, row, BrowserEnd.CLOSED, now=ctx.now)
    record_act(ctx.db, "page.close", by_id=ctx.me.id, member_id=ctx.me.id, now=ctx.now)
    ctx.db.flush()
    show_browsers(ctx, [])


def _browsers(ctx: Context) -> list[Browser]:
    account = page_account(ctx.db, ctx.me.id)
    found = browsers_of(ctx.db, account.address) if account is not None else []
    return [one for one in found if not is_over(one, ctx.policies.page, is_known=True, now=ctx.now)]


def make_key(ctx: Context, _arguments: list[str]) -> None:
    """Show where a key is made on this device; the PIN has just been given."""
    ctx.show(phrases.key_ready(), [[Button(phrases.MAKE_KEY, _key_page(ctx))], *_BACK])


def show_keys(ctx: Context, _arguments: list[str]) -> None:
    """Show the keys on the person's devices."""
    found = passkeys_of(ctx.db, ctx.me.id)
    shown = [
        phrases.passkey(device=one.device, since=one.made_at, used=one.used_at, zone=ctx.zone)
        for one in found
    ]
    drops = [
        [Button(phrases.drop_key(device=one.device, number=place), f"browser:drop:{one.id}")]
        for place, one in enumerate(found[:_LISTED], start=1)
    ]
    ctx.show(phrases.keys(shown), [*drops, *_BACK])


def drop_key(ctx: Context, arguments: list[str]) -> None:
    """Forget one of the person's own keys."""
    row = next((one for one in passkeys_of(ctx.db, ctx.me.id) if one.id == number(arguments)), None)
    if row is None:
        raise Refused(common.gone_button())
    drop_passkey(ctx.db, row, by_id=ctx.me.id, now=ctx.now)
    show_keys(ctx, [])


def _key_page(ctx: Context) -> str:
    return f"{ctx.policies.attendance.door}/key"


def say_proof(ctx: Context, _arguments: list[str]) -> None:
    """Say how the second proof is given."""
    ctx.show(
        phrases.how_to_prove(linked=ctx.is_linked),
        [[Button(phrases.USE_KEY, _key_page(ctx))], [Button(common.MENU, "nav:menu")]],
    )


TAPS: list[Tap] = [
    Tap("browser:open", open_elsewhere, proof=True),
    Tap("browser:browsers", show_browsers),
    Tap("browser:end", end),
    Tap("browser:proof", say_proof),
    Tap("browser:key", make_key, proof=True),
    Tap("browser:keys", show_keys),
    Tap("browser:drop", drop_key, proof=True),
]
