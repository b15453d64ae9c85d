"""Consents, one by one: read the wording, withdraw, give again.

A button carries what is wanted ("withdraw"), not "the other": a second tap changes nothing.
"""

from __future__ import annotations

from handlers.context import Context
from handlers.data.showing import BACK
from models.data import decide_consent
from models.errors import Refused
from models.member import Purpose, consents
from models.outbox import Button
from models.phrases import common
from models.phrases import data as phrases
from models.phrases import member as member_words
from models.phrases import register as register_words


def show(ctx: Context, _arguments: list[str]) -> None:
    buttons = [
        [
            Button(
                phrases.agreement(purpose=member_words.PURPOSES[purpose], given=_given(ctx, purpose)),
                f"data:consent:{purpose}",
            )
        ]
        for purpose in Purpose
    ]
    ctx.show(phrases.agreements(), [*buttons, BACK])


def ask(ctx: Context, arguments: list[str]) -> None:
    """The full wording, and what can be done about it."""
    purpose = _purpose(arguments)
    given, contact = _given(ctx, purpose), purpose is Purpose.CONTACT
    label = register_words.AGREE
    if given:
        label = phrases.WITHDRAW_CONTACT if contact else phrases.WITHDRAW
    buttons = [
        [Button(label, f"data:decide:{purpose}:{'no' if given else 'yes'}")],
        [Button(phrases.KEEP, "data:consents")],
    ]
    ctx.show(
        phrases.decide(wording=member_words.CONSENTS[purpose], given=given, contact=contact), [*buttons, BACK]
    )


def decide(ctx: Context, arguments: list[str]) -> None:
    given = arguments[1:] == ["yes"]
    decide_consent(ctx.db, ctx.me, _purpose(arguments), given=given, policy=ctx.policies.checkin, now=ctx.now)
    show(ctx, [])


def _given(ctx: Context, purpose: Purpose) -> bool:
    answer = consents(ctx.db, ctx.me.id).get(purpose)
    return answer is not None and answer.given


def _purpose(arguments: list[str]) -> Purpose:
    if not arguments or arguments[0] not in tuple(Purpose):
        raise Refused(common.gone_button())
    return Purpose(arguments[0])
