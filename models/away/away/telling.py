"""Who is told what has happened to an absence. Whoever did it is answered by the dialogue, and is not told again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.away.away.competence import deciders
from models.away.away.rows import Away, Decided, Filing, FilingMove
from models.away.away.rules import morning
from models.away.away.states import F
from models.away.policy import AwayPolicy
from models.delivery.message import Button, Buttons, Lane, Message
from models.ground.places import place
from models.people.member import Member, decent_for, tell
from models.people.rights import desk_of
from models.phrases.away import away as phrases
from models.phrases.text import Text, named


def keepers(db: Session, cell_id: int, *, now: datetime) -> list[Member]:
    """Return secretary and deputy."""
    ids = desk_of(db, cell_id, now=now)
    return [db.get_one(Member, holder_id) for holder_id in ids]


def place_name(code: str) -> Text:
    where = place(code)
    return named(where.vi, where.en)


def see_away(away: Away) -> Buttons:
    return [[Button(phrases.SEE_AWAY, f"away:see:{away.id}")]]


def see_filing(filing: Filing) -> Buttons:
    return [[Button(phrases.SEE_FILING, f"away:filing:{filing.id}")]]


def tell_news(
    db: Session,
    people: Iterable[Member],
    words: Text,
    *,
    key: str,
    now: datetime,
    but: int | None,
    buttons: Buttons = (),
) -> None:
    """Tell that something has happened: at once, or at the end of the receiver's night."""
    for person in people:
        if person.id != but:
            at = decent_for(person, now)
            message = Message(words, buttons)
            tell(db, person, message, key=f"{key}:{person.id}", lane=Lane.ALERT, now=now, not_before=at)


def remind(
    db: Session,
    people: Iterable[Member],
    words: Text,
    *,
    key: str,
    about: str,
    day: date,
    policy: AwayPolicy,
    now: datetime,
    buttons: Buttons = (),
) -> None:
    """Remind in the receiver's own morning of `day`, never at night. What is settled before is cancelled by `about`."""
    for person in people:
        wanted = max(now, morning(day, person.zone, policy))
        at = decent_for(person, wanted)
        tell(
            db,
            person,
            Message(words, buttons),
            key=f"{key}:{person.id}",
            lane=Lane.REMINDER,
            now=now,
            not_before=at,
            about=about,
        )


def reminders_of(away: Away) -> str:
    """Return the matter by which reminders that are not yet sent are cancelled."""
    return f"away:{away.id}"


def tell_of_filing(
    db: Session, away: Away, filing: Filing, written: FilingMove, policy: AwayPolicy, *, now: datetime
) -> None:
    """Tell the member, secretary and deputy, and the committee once it has the matter."""
    member = db.get_one(Member, away.member_id)
    by = db.get_one(Member, written.by_id)
    key = f"away.{written.after.replace(' ', '_')}:{written.id}"
    mine = phrases.my_filing(
        kind=filing.kind,
        state=written.after,
        route=filing.route,
        begins_on=filing.begins_on,
        due_on=filing.due_on,
        by=by.full_name,
        on_paper=written.on_paper,
        on=written.happened_on,
        number=filing.decision_number if written.after == F.APPROVED else None,
        comment=written.comment,
    )
    theirs = phrases.their_filing(
        name=member.full_name,
        place=place_name(away.place_code),
        kind=filing.kind,
        state=written.after,
        route=filing.route,
        begins_on=filing.begins_on,
        due_on=filing.due_on,
        by=by.full_name,
        on_paper=written.on_paper,
        on=written.happened_on,
        number=filing.decision_number if written.after == F.APPROVED else None,
        comment=written.comment,
    )
    tell_news(db, [member], mine, key=key, now=now, but=by.id, buttons=_ways_on(away, filing))
    readers = {one.id: one for one in keepers(db, away.cell_id, now=now)}
    if F.PROPOSED in (written.before, written.after):
        readers |= {one.id: one for one in deciders(db, filing, policy, now=now)}
    readers.pop(member.id, None)
    tell_news(db, readers.values(), theirs, key=key, now=now, but=by.id, buttons=see_filing(filing))


def tell_of_correction(
    db: Session,
    away: Away,
    filing: Filing,
    before: Decided,
    *,
    key: str,
    by_id: int,
    policy: AwayPolicy,
    now: datetime,
) -> None:
    """Tell the member, the cell and the committee what was wrong and what is right."""
    member = db.get_one(Member, away.member_id)
    was, is_now = (before.number, before.on), (filing.decision_number, filing.decided_on)
    mine = phrases.my_decision_corrected(was=was, now=is_now)
    theirs = phrases.their_decision_corrected(name=member.full_name, was=was, now=is_now)
    readers = {one.id: one for one in keepers(db, away.cell_id, now=now)}
    readers |= {one.id: one for one in deciders(db, filing, policy, now=now)}
    readers.pop(member.id, None)
    tell_news(db, [member], mine, key=key, now=now, but=by_id, buttons=see_away(away))
    tell_news(db, readers.values(), theirs, key=key, now=now, but=by_id, buttons=see_filing(filing))


def _ways_on(away: Away, filing: Filing) -> Buttons:
    if filing.state == F.RETURNED:
        return [[Button(phrases.REFILE, f"away:refile:{filing.id}")], *see_away(away)]
    return see_away(away)
