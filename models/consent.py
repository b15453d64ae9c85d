"""What a person agrees to changes: given, refused, withdrawn; each no takes effect at once and is told once.

    abroad    nothing goes through the messenger any more: the chat is closed, what was still to be said is not said
    contact   nobody asks them, no notice, no ladder
    others    read where they are used: `agrees` at the door of each room

What each purpose covers, and who asks for which: docs/decisions/0026.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.checkin import (
    Checkin,
    CheckinKind,
    CheckinPolicy,
    CheckinState,
    close_checkin,
    owed_checkins,
    plan_checkin,
)
from models.ladder import Ended, end_ladder
from models.member import (
    BEFORE_PROOF,
    Member,
    Purpose,
    account_of,
    close_account,
    consents,
    record_consent,
)
from models.outbox import Message, cancel_outbox
from models.phrases import consent as phrases
from models.phrases.member import CONSENT_VERSION
from models.register import tell_keepers
from models.sealing import new_id


def decide_consent(
    db: Session, member: Member, purpose: Purpose, *, given: bool, policy: CheckinPolicy, now: datetime
) -> bool:
    """Keep an answer to one purpose in today's wording and let it take effect; False when it stands so already."""
    known = consents(db, member.id).get(purpose)
    if known is not None and known.given == given and known.version == CONSENT_VERSION:
        return False
    record_consent(db, member.id, purpose, given=given, now=now)
    if known is None or known.given != given:
        _take_effect(db, member, purpose, given=given, first=known is None, policy=policy, now=now)
    return True


def _take_effect(
    db: Session,
    member: Member,
    purpose: Purpose,
    *,
    given: bool,
    first: bool,
    policy: CheckinPolicy,
    now: datetime,
) -> None:
    heard: set[int] = set()
    words = phrases.told_keepers(name=member.full_name, purpose=purpose, given=given)
    if purpose in BEFORE_PROOF:
        if not given:
            stop_asking(db, member, now=now)
            # whoever was asked to call hears of it in these words, not that there is no need to call
            heard = end_ladder(db, member.id, Ended.LEFT, by_id=member.id, now=now, words=words) or set()
        plan_checkin(db, member, policy, now=now)
    if purpose is Purpose.ABROAD and not given and (account := account_of(db, member.id)):
        close_account(db, account, now=now)
    if words is not None and not first:
        key = f"consent.{purpose}:{member.id}:{new_id()}"
        tell_keepers(db, member, Message(words), key=key, now=now, heard=heard)


def stop_asking(db: Session, member: Member, *, now: datetime) -> None:
    """Close what is open, and what is planned out of turn; what is not yet said about it is not said any more."""
    out_of_turn = (Checkin.kind == CheckinKind.ADHOC) & (Checkin.state == CheckinState.SCHEDULED)
    planned = db.scalars(select(Checkin).where(Checkin.member_id == member.id, out_of_turn))
    for checkin in [*owed_checkins(db, member.id), *planned]:
        close_checkin(db, checkin, now=now)
        cancel_outbox(db, f"checkin:{checkin.id}")
    db.flush()
