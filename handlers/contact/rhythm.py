"""The member's rhythm: what it is, the days of grace, a kinder one that was offered, the way to a pause.

/baocao ── rhythm ──┬─ more days of grace ──> how many ──> set
                    ├─ back to the cell's rhythm
                    └─ pause: pause.py
an offer ── change it for me ──> the rhythm as it is now     one person's card ── days of grace ──> set
         └─ keep it
"""

from __future__ import annotations

from handlers.desk.desk.door import matter_of_member
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.routing import Tap
from models.contact.checkin import plan_checkin, planned_checkin, set_own_grace
from models.contact.pause import open_pause
from models.contact.rhythm_offer import RhythmOffer, decide_offer, in_words
from models.delivery.message import Button, Lane, Message
from models.ground.errors import Refused
from models.ground.rhythm import Rhythm
from models.people.member import Member, tell
from models.people.rights import Right
from models.people.unit import Unit
from models.phrases import common
from models.phrases.contact import pause as pause_words
from models.phrases.ground import rhythm as phrases
from models.phrases.text import Text

OFFERED = (0, 2, 3, 5, 7, 10, 14)  # days
MENU = [Button(common.MENU, "nav:menu")]


def see(ctx: Context, _arguments: list[str]) -> None:
    show_mine(ctx)


def show_mine(ctx: Context, note: Text | None = None) -> None:
    held, planned = _without_grace(ctx, ctx.me), planned_checkin(ctx.db, ctx.me.id)
    words = phrases.mine(
        rhythm=in_words(held),
        is_own=ctx.me.rhythm is not None,
        grace=held.grace_days,
        own_grace=ctx.me.grace_days or 0,
        next_at=planned.opens_at if planned else None,
        zone=ctx.zone,
    )
    pause = open_pause(ctx.db, ctx.me.id)
    if pause is not None:
        days = {"begins_on": pause.begins_on, "ends_on": pause.ends_on}
        words = common.paragraph(words, pause_words.exists(**days))
    as_cell = [[Button(phrases.AS_CELL, "rhythm:cell")]] if ctx.me.rhythm else []
    buttons = [
        [Button(pause_words.PAUSE, "pause:see")],
        [Button(phrases.GRACE, "rhythm:grace")],
        *as_cell,
        MENU,
    ]
    ctx.show(common.paragraph(note, words) if note else words, buttons)


def _without_grace(ctx: Context, member: Member) -> Rhythm:
    """The rhythm before the days that are the member's own."""
    cell = ctx.db.get(Unit, member.cell_id) if member.cell_id else None
    return member.rhythm or (cell.rhythm if cell else None) or ctx.policies.checkin.rhythm


def as_cell(ctx: Context, _arguments: list[str]) -> None:
    ctx.me.rhythm = None
    ctx.db.flush()
    plan_checkin(ctx.db, ctx.me, ctx.policies.checkin, now=ctx.now)
    show_mine(ctx, phrases.rhythm_changed(rhythm=in_words(_without_grace(ctx, ctx.me))))


# --- days of grace --------------------------------------------------------------------------------------------------


def grace(ctx: Context, arguments: list[str]) -> None:
    """Set the member's own grace days, within the policy, or ask for them."""
    most = ctx.policies.checkin.own_grace_days
    if arguments:
        _set_grace(ctx, ctx.me, _days(arguments[0], most))
        show_mine(ctx, phrases.grace_set(days=ctx.me.grace_days or 0))
        return
    words = phrases.ask_grace(own_grace=ctx.me.grace_days or 0, most=most)
    ctx.show(words, [*_choices("rhythm:grace", most), [Button(phrases.TO_RHYTHM, "rhythm:see")]])


def grace_of(ctx: Context, arguments: list[str]) -> None:
    """Set the grace days of a member, who is told. The secretary does so."""
    member = matter_of_member(ctx, number_or_0(arguments), Right.SET_RHYTHM).member
    most, back = ctx.policies.checkin.given_grace_days, f"roster:card:{member.id}"
    note = None
    if len(arguments) > 1:
        _set_grace(ctx, member, _days(arguments[1], most))
        note = phrases.grace_set(days=member.grace_days or 0)
        _tell_given(ctx, member)
    words = phrases.ask_grace_of(name=member.full_name, own_grace=member.grace_days or 0, most=most)
    choices = _choices(f"rhythm:give:{member.id}", most)
    ctx.show(common.paragraph(note, words) if note else words, [*choices, [Button(common.BACK, back)]])


def _set_grace(ctx: Context, member: Member, days: int) -> None:
    set_own_grace(ctx.db, member, days, ctx.policies.checkin, by_id=ctx.me.id, now=ctx.now)


def _tell_given(ctx: Context, member: Member) -> None:
    words = phrases.grace_set_for_you(by=ctx.me.full_name, days=member.grace_days or 0)
    key = f"rhythm.given:{member.id}:{ctx.now:%Y%m%d%H%M%S%f}"
    tell(ctx.db, member, Message(words), key=key, lane=Lane.ALERT, now=ctx.now)


def _choices(address: str, most: int) -> list[list[Button]]:
    days = [days for days in OFFERED if days <= most]
    buttons = [
        Button(phrases.grace_button(days=n) if n else phrases.NO_GRACE, f"{address}:{n}") for n in days
    ]
    return [buttons[at : at + 3] for at in range(0, len(buttons), 3)]


def _days(said: str, most: int) -> int:
    if said not in {str(days) for days in OFFERED if days <= most}:
        raise Refused(common.gone_button())
    return int(said)


# --- a kinder one, offered ------------------------------------------------------------------------------------------


def accept(ctx: Context, arguments: list[str]) -> None:
    _decide(ctx, arguments, accept=True)
    show_mine(ctx, phrases.rhythm_changed(rhythm=in_words(_without_grace(ctx, ctx.me))))


def keep(ctx: Context, arguments: list[str]) -> None:
    _decide(ctx, arguments, accept=False)
    ctx.show(phrases.offer_kept(), [[Button(phrases.MINE, "rhythm:see")], MENU])


def _decide(ctx: Context, arguments: list[str], *, accept: bool) -> None:
    offer = ctx.db.get(RhythmOffer, number_or_0(arguments))
    if offer is None or offer.member_id != ctx.me.id:
        raise Refused(common.gone_button())
    decide_offer(ctx.db, offer, accept=accept, policy=ctx.policies.checkin, now=ctx.now)


TAPS: list[Tap] = [
    Tap("rhythm:see", see),
    Tap("rhythm:cell", as_cell),
    Tap("rhythm:grace", grace),
    Tap("rhythm:give", grace_of),
    Tap("rhythm:accept", accept),
    Tap("rhythm:keep", keep),
]
