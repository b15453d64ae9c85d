"""How safe the account is: where it is open and how it was proved; the return code, the PIN, and the way out.

SAFETY ──> end this session ──sure?──> the chat is a stranger's at once
   ├─────> return code       after the PIN: shown once, to be written down on paper
   └─────> PIN               handlers/people/secret.py
"""

from __future__ import annotations

from handlers.entry.waking import held_back_words, is_held_back, others_to_close
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.trust.data.showing import BACK
from models.delivery.message import Button
from models.entry.register import end_session, name_of
from models.ground.errors import Refused
from models.people.member import Account, accounts_ever, channels_of, open_accounts
from models.people.rights import NotEntitled
from models.people.secret import SecretKind, has_secret, issue_return_code
from models.people.trail import record_act
from models.phrases import common
from models.phrases.delivery import page as page_words
from models.phrases.entry import identity as phrases
from models.phrases.people import mailbox as mailbox_words, secret as secret_words
from models.phrases.text import Text

_LISTED = 6


def show(ctx: Context, _arguments: list[str]) -> None:
    """Show the chats that speak, or spoke, for this person, the newest first."""
    lines = [_line(ctx, one) for one in accounts_ever(ctx.db, ctx.me.id)[:_LISTED]]
    code = has_secret(ctx.db, ctx.me.id, SecretKind.RETURN_CODE)
    pin = has_secret(ctx.db, ctx.me.id, SecretKind.PIN)
    held_back = is_held_back(ctx)
    words = phrases.safety(sessions=lines, code=code, pin=pin, held_back=held_back)
    if held_back:
        words = common.paragraph(words, held_back_words(ctx))
    rows = [
        *([] if held_back else [[Button(phrases.RETURN_CODE, "data:code")]]),
        [Button(secret_words.MY_PIN, "secret:change")],
        [Button(mailbox_words.TOLD, "mailbox:show")],
        *_page(ctx, held_back),
        [Button(phrases.END_SESSION, "data:end")],
    ]
    ctx.show(words, [*rows, BACK])


def end_other(ctx: Context, arguments: list[str]) -> None:
    """Close another account of the person's, after the PIN: a thief of this one must not."""
    account = next(
        (one for one in open_accounts(ctx.db, ctx.me.id) if one.id == number_or_0(arguments)), None
    )
    if account is None or account.address == ctx.address:
        raise Refused(common.gone_button())
    end_session(ctx.db, ctx.me, account, by_id=ctx.me.id, policy=ctx.policies.checkin, now=ctx.now)
    show(ctx, [])


def _page(ctx: Context, held_back: bool) -> list[list[Button]]:
    """The ways to the page, where one is served."""
    if not ctx.policies.attendance.door:
        return []
    opens = [] if held_back else [[Button(page_words.OPEN_ELSEWHERE, "browser:open")]]
    return [*opens, [Button(page_words.BROWSERS, "browser:browsers")]]


def _line(ctx: Context, account: Account) -> Text:
    by = name_of(ctx.db, account.confirmed_by) if account.confirmed_by else ""
    return phrases.session(
        channel=account.address.channel,
        since=account.linked_at,
        until=account.closed_at,
        how=phrases.proved(proof=account.proof, by=by) if account.proof else None,
        zone=ctx.zone,
    )


def give_code(ctx: Context, _arguments: list[str]) -> None:
    """Give a new return code. One that was written down before is void."""
    code = issue_return_code(ctx.db, ctx.me.id, now=ctx.now)
    record_act(ctx.db, "secret.code", by_id=ctx.me.id, member_id=ctx.me.id, now=ctx.now)
    ctx.say(phrases.your_code(code=code), [[Button(phrases.WRITTEN_DOWN, "data:noted")]])


def noted(ctx: Context, _arguments: list[str]) -> None:
    """Remove the code from the screen."""
    ctx.show(phrases.code_kept(), [[Button(phrases.SAFETY, "data:safety")], BACK])


def ask_end(ctx: Context, _arguments: list[str]) -> None:
    """Ask whether to end the session (`data:end`), and say what follows.

    The button names the session, so that an old one ends no later one.
    """
    account = _own(ctx)
    yes = Button(phrases.END_NOW, f"data:endnow:{account.id}")
    stay = [one for one in channels_of(ctx.db, ctx.me.id) if one is not account.address.channel]
    ctx.show(
        phrases.end_session(code=has_secret(ctx.db, ctx.me.id, SecretKind.RETURN_CODE), stay=stay),
        [[yes], *others_to_close(ctx), [Button(phrases.SAFETY, "data:safety")], BACK],
    )


def end(ctx: Context, arguments: list[str]) -> None:
    """End the session at once, without another question: it may be urgent."""
    account = _own(ctx)
    if account.id != number_or_0(arguments):
        raise Refused(common.gone_button())
    member = ctx.me
    # said before the end: afterwards nothing is known of the chat, not even its language
    ctx.show(phrases.session_ended())
    end_session(ctx.db, member, account, by_id=member.id, policy=ctx.policies.checkin, now=ctx.now)
    ctx.refresh()


def _own(ctx: Context) -> Account:
    if ctx.account is None:
        raise NotEntitled
    return ctx.account
