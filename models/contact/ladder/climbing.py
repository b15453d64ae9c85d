"""Acts of time: the next rung, a promise that lapsed, the list called to mind. Many at once, one message to each person.

rung's day ──> who stands on it now is told ──> next rung ... ──> LISTED ── after 1, 3, 7 days ──> the digest
     │ nobody there                 │ nobody can be told
     └─ contact: the desk instead   └─ tried again each morning; officers above hear of the empty desk, without names

Word of the member since it began (models/contact/sign_of_life) ends it before anything else is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from models.contact.ladder.acts import MORNING, about, end_ladder, note_alerted
from models.contact.ladder.questions import alerted, lock_ladders, may_take, moves_of, people_on
from models.contact.ladder.rows import Ended, Ladder, LadderState, move_ladder
from models.contact.policy import LadderPolicy
from models.delivery.message import Button, Buttons, Lane, Message
from models.ground.clock import HOME_ZONE, at_wall, decent, local_date
from models.ground.days_off import DaysOff
from models.ground.sealing import new_id
from models.ground.steps import LAST_RUNG, RUNGS, Rung
from models.people.member import Member, contact_answers, hears, tell
from models.people.rights import Role, holders
from models.people.unit import Unit, ancestor_ids
from models.phrases import common
from models.phrases.contact import ladder as phrases
from models.phrases.text import Text

S = LadderState
_BUTTONS = 5  # with more the message is hardly read; the rest is on the call list
_LATE = 3  # days: a reminder that an outage held up is still worth saying
_LOOK_AGAIN = 28  # days: nothing is said any more, but whether it still stands is looked at


@dataclass
class News:
    """What one person is to hear of the silences that moved just now."""

    lines: list[Text] = field(default_factory=list)
    ladders: dict[int, Ladder] = field(default_factory=dict)
    mine: set[int] = field(default_factory=set)  # whose promise it was that lapsed

    def add(self, ladder: Ladder, line: Text, *, mine: bool) -> None:
        self.lines.append(line)
        self.ladders[ladder.id] = ladder
        if mine:
            self.mine.add(ladder.id)


class Round:
    """One go through ladders that are due: what happened is gathered, then told."""

    def __init__(self, db: Session, policy: LadderPolicy, *, now: datetime) -> None:
        self.db, self.policy, self.now = db, policy, now
        self._news: dict[int, News] = {}
        self._hears: dict[int, bool] = {}

    def move(self, ladder: Ladder) -> None:
        member = self.db.get_one(Member, ladder.member_id)
        if not _belongs(self.db, ladder, member):
            end_ladder(self.db, member.id, Ended.LEFT, by_id=None, now=self.now)
            return
        if member.heard_at is not None and member.heard_at > ladder.begun_at:
            self._end(ladder, member)
            return
        if ladder.state == S.LISTED:
            self._call_to_mind(ladder, member)
            return
        if ladder.state == S.TAKEN:
            self._lapse(ladder, member)
        # also what has just lapsed
        if ladder.state == S.CLIMBING:
            self._climb(ladder, member)

    def tell(self) -> None:
        """Tell each person all of it in one message. It counts as told when it could be said."""
        for person_id, news in self._news.items():
            ids = list(news.ladders)
            told = tell(
                self.db,
                self.db.get_one(Member, person_id),
                Message(phrases.news(news.lines), _buttons(self.db, news)),
                key=f"ladder.news:{person_id}:{new_id()}",  # the rows' moves say it once
                lane=Lane.ALERT,
                now=self.now,
                # a message about several is not taken back when one of them ends
                about=about(news.ladders[ids[0]]) if len(ids) == 1 else None,
            )
            if told:
                note_alerted(self.db, ids, [person_id], now=self.now)

    # --- what happens to one ----------------------------------------------------------------------------------------

    def _end(self, ladder: Ladder, member: Member) -> None:
        """There was word of them since it began, other than a report: that ended it already."""
        words = phrases.heard(name=member.full_name, on=member.heard_on, how=member.heard_how)
        end_ladder(self.db, member.id, Ended.HEARD, by_id=None, now=self.now, words=words)

    def _climb(self, ladder: Ladder, member: Member) -> None:
        """The highest rung whose day has come; those that were missed meanwhile merge into it."""
        due = [rung for rung in RUNGS[ladder.climbed :] if ladder.rung_at(rung) <= self.now]
        if not due:
            ladder.next_at = ladder.rung_at(RUNGS[ladder.climbed])
            return
        rung = due[-1]
        people = self._reached(people_on(self.db, ladder, rung, now=self.now))
        if not people and rung is Rung.CONTACT:
            people = self._reached(people_on(self.db, ladder, Rung.DESK, now=self.now))
        if not people:
            self._tell_officers(ladder)
            # the call list and the committee's count need nobody who is told
            if rung is not LAST_RUNG:
                self._try_again(ladder, rung)
                return
        self._step(ladder, rung)
        self._say(ladder, people, phrases.step(silence=self._silence(ladder, member), rung=rung))

    def _silence(self, ladder: Ladder, member: Member) -> Text:
        return phrases.silence(
            name=member.full_name,
            days=member.days_unheard(self.now),
            on=member.heard_on,
            how=member.heard_how,
            due_at=ladder.due_at,
        )

    def _step(self, ladder: Ladder, rung: Rung) -> None:
        ladder.rung = rung
        if rung is LAST_RUNG:
            move_ladder(self.db, ladder, S.LISTED, now=self.now, rung=rung)
            ladder.next_at = self._next_reminder(ladder)
        else:
            move_ladder(self.db, ladder, S.CLIMBING, now=self.now, rung=rung)
            ladder.next_at = ladder.rung_at(RUNGS[ladder.climbed])

    def _try_again(self, ladder: Ladder, rung: Rung) -> None:
        """Nobody on this rung can be told: try again each morning, until the next rung's day."""
        above = ladder.rung_at(RUNGS[RUNGS.index(rung) + 1])
        ladder.next_at = min(self._morning(1), above)

    def _lapse(self, ladder: Ladder, member: Member) -> None:
        """The day has gone by without a result: everybody on the ladder hears it, and it goes on."""
        owner = self.db.get_one(Member, ladder.owner_id) if ladder.owner_id else member
        heard = [one for one in alerted(self.db, ladder.id) if may_take(self.db, one, member, now=self.now)]
        rung = Rung(ladder.rung) if ladder.rung else None
        desk = people_on(self.db, ladder, Rung.DESK if rung is Rung.CONTACT else rung, now=self.now)
        line = phrases.lapsed(
            name=member.full_name,
            by=owner.full_name,
            on=ladder.promised_on or self._today,
        )
        others = self._reached([*heard, *desk])
        self._say(ladder, [one for one in others if one != owner.id], line)
        if owner.id in others:
            mine = phrases.lapsed_yours(name=member.full_name, on=ladder.promised_on or self._today)
            self._say(ladder, [owner.id], mine, mine=True)
        ladder.owner_id = ladder.promised_on = None
        at_the_end = rung is LAST_RUNG
        move_ladder(self.db, ladder, S.LISTED if at_the_end else S.CLIMBING, now=self.now)
        ladder.next_at = self._next_reminder(ladder)  # of the list; a climb finds its own

    def _call_to_mind(self, ladder: Ladder, member: Member) -> None:
        """On the list: a few reminders, further and further apart; then it is left to the weekly digest."""
        if self._today <= self._listed_on(ladder) + timedelta(days=self.policy.again_days[-1] + _LATE):
            people = self._reached(people_on(self.db, ladder, LAST_RUNG, now=self.now))
            if not people:
                self._tell_officers(ladder)
            self._say(ladder, people, phrases.still_listed(silence=self._silence(ladder, member)))
        ladder.next_at = self._next_reminder(ladder)

    def _next_reminder(self, ladder: Ladder) -> datetime:
        """After the last of them it is only looked at again, once a month."""
        listed_on = self._listed_on(ladder)
        days = (listed_on + timedelta(days=days) for days in self.policy.again_days)
        on = next((day for day in days if day > self._today), self._today + timedelta(days=_LOOK_AGAIN))
        return at_wall(on, MORNING, HOME_ZONE)

    def _listed_on(self, ladder: Ladder) -> date:
        """The day of the last step."""
        listed = [one.at for one in moves_of(self.db, ladder.id) if one.rung == LAST_RUNG]
        return local_date(listed[0], HOME_ZONE) if listed else self._today

    @property
    def _today(self) -> date:
        return local_date(self.now, HOME_ZONE)

    # --- telling ----------------------------------------------------------------------------------------------------

    def _say(self, ladder: Ladder, people: Sequence[int], line: Text, *, mine: bool = False) -> None:
        for person_id in people:
            self._news.setdefault(person_id, News()).add(ladder, line, mine=mine)

    def _reached(self, people: Sequence[int]) -> list[int]:
        """Those to whom something said arrives."""
        for one in people:
            if one not in self._hears:
                self._hears[one] = hears(self.db, one)
        return [one for one in dict.fromkeys(people) if self._hears[one]]

    def _tell_officers(self, ladder: Ladder) -> None:
        """Tell the committee above, once a week, that nobody at the desk is reached: the cell's name, and no member's."""
        cell = self.db.get_one(Unit, ladder.cell_id)
        week = local_date(self.now, HOME_ZONE).isocalendar()
        buttons = [[Button(phrases.SEE_OFFICE, f"office:see:{cell.id}")]]
        for unit_id in ancestor_ids(self.db, cell.id)[1:]:
            officers = holders(self.db, unit_id, Role.OFFICER, now=self.now)
            for officer_id in officers:
                tell(
                    self.db,
                    self.db.get_one(Member, officer_id),
                    Message(phrases.empty_desk(cell=cell.name), buttons),
                    key=f"ladder.empty:{cell.id}:{officer_id}:{week.year}-{week.week}",
                    lane=Lane.ALERT,
                    now=self.now,
                )
            if self._reached(officers):
                return

    def _morning(self, days: int) -> datetime:
        return at_wall(local_date(self.now, HOME_ZONE) + timedelta(days=days), MORNING, HOME_ZONE)


def climb_ladders(
    db: Session,
    ids: Sequence[int],
    policy: LadderPolicy,
    *,
    off: DaysOff,
    now: datetime,
) -> None:
    """Do what is due with these ladders, but not at night, nor on a holiday.

    Those that ended meanwhile are left alone.
    """
    morning = decent(now, HOME_ZONE)
    today = local_date(now, HOME_ZONE)
    if (day := off.first(today)) > today:
        morning = at_wall(day, MORNING, HOME_ZONE)
    round_ = Round(db, policy, now=now)
    for ladder in lock_ladders(db, ids):
        if ladder.next_at is None or ladder.next_at > now:
            continue
        if morning > now:
            ladder.next_at = morning
        else:
            round_.move(ladder)
    db.flush()
    round_.tell()


def _belongs(db: Session, ladder: Ladder, member: Member) -> bool:
    """Still away, of this cell, and content to be contacted here. Acts end it at once; this is the second look."""
    if member.left_at is not None or member.cell_id != ladder.cell_id or member.place_code is None:
        return False
    return contact_answers(db, [member.id]).get(member.id, False)


def _buttons(db: Session, news: News) -> Buttons:
    ladders = list(news.ladders.values())
    back = [Button(phrases.CALLS, f"desk:calls:{ladders[0].cell_id}:0"), Button(common.MENU, "nav:menu")]
    if len(ladders) == 1:
        ladder = ladders[0]
        return [
            [Button(phrases.AGAIN if ladder.id in news.mine else phrases.TAKE, f"desk:take:{ladder.id}")],
            [
                Button(phrases.NOTE, f"desk:note:m:{ladder.member_id}"),
                Button(phrases.OPEN, f"desk:ladder:{ladder.id}"),
            ],
            back,
        ]
    names = {one.id: db.get_one(Member, one.member_id).full_name for one in ladders[:_BUTTONS]}
    return [*([Button(phrases.about(name=name), f"desk:ladder:{id_}")] for id_, name in names.items()), back]
