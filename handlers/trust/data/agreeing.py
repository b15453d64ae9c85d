"""Consents, one by one: read the wording, withdraw, give again.

A button carries what is wanted ("withdraw"), not "the other": a second tap changes nothing.
"""

from __future__ import annotations

from handlers.ground.arguments import one_of
from handlers.ground.context import Context
from handlers.trust.data.showing import BACK
from models.delivery.message import Button
from models.desk.law_request import LawKind, settle_by_itself
from models.people.member import (
    THROUGH_COMPANY,
    Purpose,
    account_at,
    channels_of,
    channels_without,
    consents,
    purposes_of,
)
from models.phrases.entry import register as register_words
from models.phrases.people import member as member_words
from models.phrases.trust import consent as consent_words, data as phrases
from models.trust.consent import decide_consent, terms_of, way_back

_WITHDRAW = {
    **dict.fromkeys(THROUGH_COMPANY, phrases.WITHDRAW_CHAT),
    Purpose.CONTACT: phrases.WITHDRAW_CONTACT,
}


def show(ctx: Context, _arguments: list[str]) -> None:
    buttons = [
        [
            Button(
                phrases.agreement(purpose=member_words.PURPOSES[purpose], given=_given(ctx, purpose)),
                f"data:consent:{purpose}",
            )
        ]
        for purpose in purposes_of(ctx.db, ctx.me)
    ]
    ctx.show(phrases.agreements(), [*buttons, BACK])


def ask(ctx: Context, arguments: list[str]) -> None:
    """Show the full wording, and what can be done about it."""
    purpose = _purpose(arguments)
    given = _given(ctx, purpose)
    no = register_words.REFUSE if given is None else _WITHDRAW.get(purpose, phrases.WITHDRAW)
    yes_or_no = [
        *([] if given else [[Button(register_words.AGREE, f"data:decide:{purpose}:yes")]]),
        *([] if given is False else [[Button(no, f"data:decide:{purpose}:no")]]),
    ]
    buttons = [*yes_or_no, [Button(phrases.KEEP, "data:consents")]]
    wording = member_words.consent_text(
        purpose=purpose, office=ctx.me.cell_id is None, terms=terms_of(ctx.policies)
    )
    follows = consent_words.follows(purpose=purpose, stay=channels_without(ctx.db, ctx.me.id, purpose))
    ctx.show(phrases.decide(wording=wording, given=given, follows=follows), [*buttons, BACK])


def decide(ctx: Context, arguments: list[str]) -> None:
    purpose, given = _purpose(arguments), arguments[1:] == ["yes"]
    decide_consent(ctx.db, ctx.me, purpose, given=given, policies=ctx.policies, now=ctx.now)
    if not given:
        settle_by_itself(ctx.db, ctx.me.id, LawKind.WITHDRAW, now=ctx.now)
    if account_at(ctx.db, ctx.address) is None:  # an account elsewhere may stay
        say_closed(ctx)
        return
    show(ctx, [])


def say_closed(ctx: Context) -> None:
    """Say in a chat that has just been closed that it is, and how its person goes on elsewhere."""
    stay, page = channels_of(ctx.db, ctx.me.id), way_back(ctx.db, ctx.me, ctx.policies, now=ctx.now)
    ctx.show(consent_words.chat_closed(stay=stay, page=page, door=ctx.policies.attendance.door))


def _given(ctx: Context, purpose: Purpose) -> bool | None:
    """None: never answered."""
    answer = consents(ctx.db, ctx.me.id).get(purpose)
    return answer.given if answer is not None else None


def _purpose(arguments: list[str]) -> Purpose:
    return one_of(Purpose, arguments)
