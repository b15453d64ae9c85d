"""How the invented commune keeps in touch: ten months of reports on paper, then what silence and trouble set off.

written as rows, before the phones are connected         in the last month, by the acts and taps of people
  reports from January to October, a letter a month        Oanh    silent since October: the ladder's end, the call list
                                                           Thắng   silent since November; Lan has promised to call
A  in time    L  late      E  excused                      Huy     silent too; Vân has promised to call
U  nothing    X  never     -  not away yet                 Quân    on a voyage: a pause
   arrives       answered                                  Hạnh    has blocked the bot
                                                           Dũng    slow turns: a kinder rhythm; asks Lan in private
                                                           Mai     asks urgently, Bình answers and promises
                                                           Tài     follows chi bộ thôn Đông, notes a visit
                                                           Hòa     follows thôn Tây, whose desk nobody opens; asks for names
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.pausing import PausePlan, announce_pause
from models.contact.checkin import Checkin, CheckinKind, CheckinState, Report
from models.contact.checkin.rows import move
from models.contact.ladder import Silence, begin_ladders, open_ladder, take_ladder
from models.contact.pause import PauseKind
from models.contact.request import RequestWords, Topic, open_request
from models.desk.committee import NameRequest, appoint_follower, ask_names, grant_names, note_visit
from models.desk.counts import Figure
from models.desk.waiting import attend
from models.ground.clock import HOME_ZONE, add_months, at_wall, local_date
from models.ground.rhythm import Occurrence, occurrence
from models.people.member import Member
from models.people.unit import Unit
from models.policies import Policies

People = dict[str, Member]  # by given name
S = CheckinState

OCTOBER = date(2026, 10, 1)
MONTHS = {  # up to October
    "Mai": "A",
    "Dũng": "AAAALALLXL",
    "Đức": "AAAEAAAAAA",
    "Hạnh": "AA",
    "Huy": "AALAAX",
    "Khoa": "LAAAALAAAA",
    "Quân": "AAAXAAEAAA",
    "Thắng": "AAAALAAA",
    "Oanh": "AAULLXX",
    "Cường": "AAAALA",
    "Sen": "ALAAAA",
    "Phúc": "AAAALX",
    "Thảo": "ALXA",
}


# --- what lies back -------------------------------------------------------------------------------------------------


def write_reports(db: Session, policies: Policies, people: People) -> None:
    """Write each month of each member, with the moves that led to its end."""
    for name, letters in MONTHS.items():
        for back, letter in enumerate(reversed(letters)):
            if letter != "-":
                _write_report(db, people[name], letter, add_months(OCTOBER, -back), policies)


def _write_report(db: Session, member: Member, letter: str, month: date, policies: Policies) -> None:
    turn = occurrence(policies.checkin.rhythm, month, member.zone, policies.checkin.days_off)
    checkin = Checkin(
        member_id=member.id,
        cell_id=member.cell_id,
        kind=CheckinKind.RHYTHM,
        state=S.SCHEDULED,
        zone=member.zone,
        period=turn.period,
        opens_at=turn.opens_at,
        due_at=turn.due_at,
        late_at=turn.late_at,
        closes_at=turn.next_opens_at,
        asked_at=turn.nudges_at[-1] if letter in "LX" else turn.opens_at,
        nudges=2 if letter in "LX" else 0,
    )
    db.add(checkin)
    db.flush()
    for state, at in _steps(letter, turn):
        move(db, checkin, state, now=at, by_id=member.id if state is S.ANSWERED else None)
        if state is S.ANSWERED:
            checkin.answered_at, checkin.answered_by = at, member.id
            checkin.report_json = Report(fine=True).model_dump_json()


def _steps(letter: str, turn: Occurrence) -> Iterator[tuple[CheckinState, datetime]]:
    yield S.OPEN, turn.opens_at
    if letter in "LX":
        yield S.LATE, turn.late_at
    match letter:
        case "A":
            yield S.ANSWERED, turn.opens_at + timedelta(hours=20)
        case "L":
            yield S.ANSWERED, _sunday_evening(turn.late_at)
        case "E":
            yield S.EXCUSED, turn.due_at
        case _:
            pass
    if letter in "XUE":
        yield S.CLOSED, turn.next_opens_at


def _sunday_evening(after: datetime) -> datetime:
    """When those are at home who were too busy all week."""
    day = local_date(after, HOME_ZONE) + timedelta(days=1)
    return at_wall(day + timedelta(days=6 - day.weekday()), time(20), HOME_ZONE)


# --- the last month -------------------------------------------------------------------------------------------------


def begin_silence(db: Session, policies: Policies, people: People, *, now: datetime) -> None:
    """Begin the silence of Oanh, whose October report never came: her ladder began the morning after its grace."""
    oanh = people["Oanh"]
    missed = db.scalars(select(Checkin).where(Checkin.member_id == oanh.id, Checkin.period == OCTOBER)).one()
    morning = at_wall(date(2026, 10, 8), time(8), HOME_ZONE)
    silence = Silence(oanh.id, missed.cell_id, missed.id, missed.due_at, morning)
    begin_ladders(db, [silence], policies.checkin.ladder, now=now)


class DemoMonth:
    """What people do on a day; each act at nine in the morning, in Vietnam."""

    def __init__(self, db: Session, policies: Policies, people: People, *, now: datetime) -> None:
        self._db, self._policies, self._people, self._now = db, policies, people, now

    def voyage(self) -> None:
        quan = self._people["Quân"]
        announce_pause(
            self._db,
            quan,
            PausePlan(
                kind=PauseKind.VOYAGE,
                begins_on=date(2026, 11, 12),
                ends_on=date(2027, 1, 20),
                reason="Tàu ra khơi, không có sóng.",
            ),
            by_id=quan.id,
            policies=self._policies,
            now=self._now,
        )

    def committee_follows(self) -> None:
        hoa = self._people["Hòa"]
        for name, cell in (("Tài", "Bình"), ("Hòa", "Tài")):
            follower = self._people[name].id
            appoint_follower(self._db, self._cell(cell), follower, by_id=hoa.id, now=self._now)

    def desk_is_opened(self) -> None:
        attend(self._db, self._cell("Bình").id, now=self._now)

    def visit(self) -> None:
        note_visit(
            self._db,
            self._cell("Bình"),
            by_id=self._people["Tài"].id,
            came_on=date(2026, 11, 3),
            note="Dự họp chi bộ tháng 11. Chi bộ nên gọi sớm cho đồng chí đi xa chưa có tin.",
            policy=self._policies.committee,
            now=self._now,
        )

    def names_granted(self) -> None:
        request = self._ask_names(Figure.UNREACHABLE, "Đảng ủy rà soát đảng viên không liên lạc được.")
        grant_names(
            self._db,
            request,
            by_id=self._people["Bình"].id,
            policy=self._policies.committee,
            counts=self._policies.counts,
            now=self._now,
        )

    def names_asked(self) -> None:
        self._ask_names(Figure.LATE, "Chuẩn bị họp đảng ủy cuối năm, cần biết ai cần giúp liên lạc.")

    def private_request(self) -> None:
        open_request(
            self._db,
            self._people["Dũng"],
            RequestWords(
                text="Công ty nợ lương tôi hai tháng. Xin đồng chí góp ý riêng, tôi chưa muốn nhiều người biết.",
                topic=Topic.WAGES,
            ),
            viewers=[self._people["Lan"].id],
            policy=self._policies.request,
            now=self._now,
        )

    def promise_to_call(self) -> None:
        ladder = open_ladder(self._db, self._people["Thắng"].id)
        assert ladder is not None  # noqa: S101 - he has been silent for three weeks
        take_ladder(
            self._db,
            ladder,
            by_id=self._people["Lan"].id,
            promised_on=date(2026, 12, 2),
            policy=self._policies.checkin.ladder,
            now=self._now,
        )

    def _ask_names(self, figure: Figure, reason: str) -> NameRequest:
        return ask_names(
            self._db,
            self._cell("Bình"),
            figure,
            reason=reason,
            by_id=self._people["Hòa"].id,
            policy=self._policies.committee,
            now=self._now,
        )

    def _cell(self, secretary: str) -> Unit:
        return self._db.get_one(Unit, self._people[secretary].cell_id)


DAYS: dict[date, tuple[Callable[[DemoMonth], None], ...]] = {
    date(2026, 11, 12): (DemoMonth.voyage, DemoMonth.committee_follows),
    date(2026, 11, 16): (DemoMonth.desk_is_opened,),
    date(2026, 11, 17): (DemoMonth.visit,),
    date(2026, 11, 24): (DemoMonth.names_granted,),
    date(2026, 11, 27): (DemoMonth.private_request, DemoMonth.desk_is_opened),
    date(2026, 11, 28): (DemoMonth.promise_to_call, DemoMonth.names_asked),
}
