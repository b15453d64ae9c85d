"""What the program does when a chat falls silent or speaks again: where an account and check-ins meet.

A block is noted, no more: the desk shows it, and people telephone. What comes back repairs itself: what is owed is
asked once more, and those who look after the member are told once a day.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.checkin import CheckinPolicy, ask_again_after_silence
from models.clock import HOME_ZONE, local_date
from models.contact_note import tell_missed_notes
from models.member import Account, Member, Reachability, set_reachability
from models.outbox import Message
from models.phrases import reachability as phrases
from models.register import tell_keepers


def note_block(account: Account, *, now: datetime) -> None:
    """The person has blocked the bot."""
    set_reachability(account, Reachability.BLOCKED, now=now)


def note_return(db: Session, account: Account, policy: CheckinPolicy, *, now: datetime) -> bool:
    """The person has opened the chat again; False when that is no news."""
    silent_since = account.reachability_at
    if not set_reachability(account, Reachability.OK, now=now):
        return False
    db.flush()
    member = db.get_one(Member, account.member_id)
    ask_again_after_silence(db, member, policy, now=now)
    tell_missed_notes(db, member, since=silent_since, now=now)
    words = Message(phrases.back_again(name=member.full_name))
    key = f"reachability.back:{account.id}:{local_date(now, HOME_ZONE)}"
    tell_keepers(db, member, words, key=key, now=now)
    return True
