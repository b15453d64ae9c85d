"""A province in the database, with every room in use and every fact marked.

    province (prov) ─┬─ commune A (offa) ─┬─ cell a1
                     │                    └─ section (offs) ── cell a2
                     └─ commune B (offb) ── cell b1

Each cell has the same people: `sec`retary, `dep`uty, `con`tact of `mai`, who is away; `que` at work elsewhere, who trusts
only the deputy; `pro`bationary; `fol`lower from the committee; `new`, never registered; `shut`, whose account is closed;
`gone`, removed from the roster; `was`, deputy until yesterday. A mark is four letters that stand nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.away.agreement import AgreementFacts, AgreementKind, make_agreement
from models.away.away import (
    Away,
    Declaration,
    FilingAct,
    Stay,
    away_of,
    file_away,
    put_filing_to_cell,
    record_cell_result,
)
from models.away.homecoming import HomePlan, answer_homecoming, homecoming_of
from models.away.letter import LetterKind, record_letter_sent
from models.away.pausing import PausePlan, announce_pause
from models.contact.checkin import PlaceAnswer, Report, ask_checkin_now, plan_checkin, volunteer_checkin
from models.contact.contact_note import Means, record_contact_note
from models.contact.ladder import Silence, begin_ladders
from models.contact.pause import PauseKind
from models.contact.policy import RequestPolicy
from models.contact.request import RequestWords, open_request, put_petition, reply_request
from models.contact.rollcall import (
    CalledOn,
    CalledPeople,
    Occasion,
    Safety,
    answer_roll_call,
    call_roll,
)
from models.delivery.conversation import Conversation
from models.desk.call_sheet import SheetReader, make_sheet
from models.desk.committee import ask_names, note_visit
from models.desk.counts import Figure
from models.desk.roster import leave_roster
from models.entry.invite import Invite, claim_invite, create_invite
from models.ground.part_date import PartDate
from models.ground.workdays import WorkdayPolicy
from models.meeting.attendance import conclude
from models.meeting.meeting import (
    Brief,
    Meeting,
    MeetingAnswer,
    MeetingForm,
    answer_invitation,
    call_meeting,
    contribute,
)
from models.meeting.meeting.rows import Invitation
from models.meeting.notice import Announcement, Audience, send_notice
from models.meeting.task import give_task
from models.people.assignment import assign_contact
from models.people.member import (
    Member,
    Purpose,
    Standing,
    account_of,
    add_member,
    link_account,
    record_consent,
)
from models.people.rights import Role, appoint, appointments
from models.people.unit import Unit, UnitKind, create_unit
from models.policies import Policies
from models.year.policy import ReviewPolicy
from models.year.probation import start_probation
from models.year.review import (
    CampaignTerms,
    ReviewFileKind,
    ReviewKind,
    attach_file,
    comment_on,
    form,
    give_scores,
    open_campaign,
    propose_level,
    review_of,
    submit,
    write_section,
)
from models.year.review.rating import RatingPaper, record_ratings
from models.year.review.rating_rows import Stage
from models.year.review.states import Level

NOW = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)  # Wednesday, 10:00 in Vietnam
CELLS = ("a1", "a2", "b1")
ABOVE = {"a1": ("offa", "prov"), "a2": ("offs", "offa", "prov"), "b1": ("offb", "prov")}
ROLES = ("sec", "dep", "con", "mai", "que", "pro", "fol", "new", "shut", "gone", "was")
OFFICERS = ("prov", "offa", "offb", "offs")
STRANGER, INVITED = 990_001, 990_002
MARK = re.compile(r"qx[a-z]{4}", re.IGNORECASE)
PHONE = re.compile(r"98700\d{4}")


@dataclass(frozen=True)
class Fact:
    """What a mark stands for: `kind` of fact, about `owner`, of `cell`."""

    kind: str
    owner: str
    cell: str


@dataclass
class Land:
    """Who is who, and what each mark says. Actors are named `a1.sec`, `offa`; a chat belongs to one of them."""

    members: dict[str, int] = field(default_factory=dict)
    chats: dict[str, int] = field(default_factory=dict)
    cells: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)

    @property
    def actors(self) -> dict[int, str]:
        return {chat: actor for actor, chat in self.chats.items()}

    def mark(self, kind: str, owner: str, cell: str = "") -> str:
        """Four new letters after Qx."""
        number, letters = len(self.facts), ""
        for _ in range(4):
            number, rest = divmod(number, 22)
            letters += "abcdeghiklmnopqrstuvxy"[rest]
        mark = f"qx{letters}"
        self.facts[mark] = Fact(kind, owner, cell)
        return mark.capitalize()

    def phone(self, owner: str, cell: str = "") -> str:
        number = f"98700{len(self.facts):04d}"
        self.facts[number] = Fact("phone", owner, cell)
        return f"+84{number}"


def build(db: Session, policies: Policies) -> Land:
    """Put everything there; at NOW."""
    land = Land()
    units = _tree(db, land)
    for name, unit in (("prov", "prov"), ("offa", "A"), ("offb", "B"), ("offs", "S")):
        _person(db, land, name, None, name=f"Cán Bộ {land.mark('name', name)}")
        _office(db, land, name, units[unit], Role.OFFICER)
    for cell in CELLS:
        _Cell(db, land, policies, cell, units[cell]).fill()
    land.chats |= {"stranger": STRANGER}
    send_notice(
        db,
        said=Announcement(text=f"Thông báo {land.mark('notice above', 'offa')}"),
        unit_id=units["A"].id,
        by_id=land.members["offa"],
        audience=Audience.ALL,
        policies=policies,
        now=NOW,
    )
    db.flush()
    return land


def _tree(db: Session, land: Land) -> dict[str, Unit]:
    def unit(key: str, kind: UnitKind, words: str, parent: Unit | None) -> Unit:
        made = create_unit(
            db, kind=kind, name=f"{words} {land.mark('unit', key, key)}", parent=parent, now=NOW
        )
        db.flush()
        return made

    prov = unit("prov", UnitKind.PROVINCE, "Tỉnh ủy", None)
    a, b = (unit(key, UnitKind.COMMUNE, "Đảng ủy xã", prov) for key in ("A", "B"))
    s = unit("S", UnitKind.SECTION, "Đảng bộ bộ phận", a)
    units = {"prov": prov, "A": a, "B": b, "S": s}
    for cell, parent in (("a1", a), ("a2", s), ("b1", b)):
        units[cell] = unit(cell, UnitKind.CELL, "Chi bộ", parent)
        land.cells[cell] = units[cell].id
    return units


def _person(db: Session, land: Land, actor: str, cell_id: int | None, *, name: str, **more: object) -> Member:
    cell = actor.partition(".")[0] if "." in actor else ""
    member = add_member(
        db,
        cell_id=cell_id,
        full_name=name,
        birth_year=1970,
        phone=land.phone(actor, cell),
        now=NOW - timedelta(days=90),
        **more,  # type: ignore[arg-type]
    )
    land.members[actor] = member.id
    land.chats[actor] = chat = 1_000 + len(land.chats)
    link_account(db, member, address=chat_address(chat), now=NOW - timedelta(days=80))
    for purpose in Purpose:
        record_consent(db, member.id, purpose, given=True, now=NOW - timedelta(days=80))
    return member


def _office(db: Session, land: Land, actor: str, unit: Unit, role: Role) -> None:
    appoint(
        db,
        member_id=land.members[actor],
        unit_id=unit.id,
        role=role,
        by_id=None,
        now=NOW - timedelta(days=60),
    )


class _Cell:
    """One cell, filled room by room."""

    def __init__(self, db: Session, land: Land, policies: Policies, key: str, unit: Unit) -> None:
        self.db, self.land, self.policies, self.key, self.unit = db, land, policies, key, unit

    def mark(self, kind: str, role: str) -> str:
        return self.land.mark(kind, f"{self.key}.{role}", self.key)

    def member(self, role: str) -> Member:
        return self.db.get_one(Member, self.land.members[f"{self.key}.{role}"])

    def id(self, role: str) -> int:
        return self.land.members[f"{self.key}.{role}"]

    def fill(self) -> None:
        steps: list[Callable[[], None]] = [
            self.people,
            self.contact,
            self.checkins,
            self.requests,
            self.absence,
            self.reviews,
            self.meeting,
            self.others,
            self.newest,
            self.committee,
            self.ends,
            self.drafts,
        ]
        for step in steps:
            step()
            self.db.flush()

    def people(self) -> None:
        places = {"mai": "JP", "que": "VN-79", "pro": "VN-01", "shut": "KR", "gone": "VN-79"}
        for role in ROLES:
            _person(
                self.db,
                self.land,
                f"{self.key}.{role}",
                None if role == "fol" else self.unit.id,
                name=f"Trần Văn {self.mark('name', role)}",
                place_code=places.get(role),
                standing=Standing.PROBATIONARY if role == "pro" else Standing.OFFICIAL,
                joined_on=PartDate(2020, 3, 4),
            )
        for role, office in (("sec", Role.SECRETARY), ("dep", Role.DEPUTY), ("was", Role.DEPUTY)):
            _office(self.db, self.land, f"{self.key}.{role}", self.unit, office)
        officer = ABOVE[self.key][0]
        appoint(
            self.db,
            member_id=self.id("fol"),
            unit_id=self.unit.id,
            role=Role.FOLLOWER,
            by_id=self.land.members[officer],
            now=NOW - timedelta(days=30),
        )

    def contact(self) -> None:
        assign_contact(self.db, self.member("mai"), self.member("con"), by_id=self.id("sec"), now=NOW)
        record_contact_note(
            self.db,
            self.member("mai"),
            channel=Means.PHONE,
            happened_on=date(2026, 11, 20),
            result=f"Đã gọi {self.mark('contact note', 'mai')}",
            by_id=self.id("con"),
            now=NOW,
        )

    def checkins(self) -> None:
        for role in ("mai", "que", "pro"):
            plan_checkin(self.db, self.member(role), self.policies.checkin, now=NOW)
            report = Report(fine=True, whereabouts=PlaceAnswer.SAME, note=f"Khỏe {self.mark('report', role)}")
            volunteer_checkin(self.db, self.member(role), report, self.policies.checkin, now=NOW)
        asked = ask_checkin_now(
            self.db,
            self.member("mai"),
            question=f"Hỏi {self.mark('question', 'mai')}",
            due_at=NOW + timedelta(days=2),
            by_id=self.id("sec"),
            policy=self.policies.checkin,
            now=NOW,
        )
        late = ask_checkin_now(
            self.db,
            self.member("que"),
            question=f"Hỏi {self.mark('question', 'que')}",
            due_at=NOW + timedelta(days=2),
            by_id=self.id("sec"),
            policy=self.policies.checkin,
            now=NOW - timedelta(days=40),
        )
        for checkin in (asked, late):
            if checkin is not None and checkin.member_id == self.id("que"):
                silence = Silence(
                    self.id("que"),
                    self.unit.id,
                    checkin.id,
                    NOW - timedelta(days=30),
                    NOW - timedelta(days=30),
                )
                begin_ladders(self.db, [silence], self.policies.checkin.ladder, now=NOW)

    def requests(self) -> None:
        plain = open_request(
            self.db,
            self.member("mai"),
            RequestWords(text=f"Nhờ {self.mark('request', 'mai')}"),
            policy=RequestPolicy(),
            now=NOW,
        )
        assert plain is not None
        reply_request(
            self.db,
            plain,
            by_id=self.id("sec"),
            text=f"Trả lời {self.mark('request', 'mai')}",
            policy=RequestPolicy(),
            now=NOW,
        )
        private = open_request(
            self.db,
            self.member("que"),
            RequestWords(text=f"Riêng {self.mark('private', 'que')}"),
            viewers=[self.id("dep")],
            policy=RequestPolicy(),
            now=NOW,
        )
        assert private is not None
        reply_request(
            self.db,
            private,
            by_id=self.id("dep"),
            text=f"Riêng {self.mark('private', 'que')}",
            policy=RequestPolicy(),
            now=NOW,
        )

        put_petition(
            self.db,
            self.member("mai"),
            RequestWords(text=f"Kiến nghị {self.mark('petition', 'mai')}"),
            unit_id=self.unit.parent_id or 0,
            policy=RequestPolicy(),
            calendar=WorkdayPolicy(),
            now=NOW,
        )

    def absence(self) -> None:
        for role, days in (("mai", 300), ("que", 60)):
            stay = Stay(
                place_code="JP" if role == "mai" else "VN-79",
                zone="Asia/Tokyo" if role == "mai" else "Asia/Ho_Chi_Minh",
                city=self.mark("stay", role),
                work="trainee" if role == "mai" else "factory",
                employer=self.mark("stay", role),
                phone_there=self.land.phone(f"{self.key}.{role}", self.key),
                trusted_name=self.mark("trusted", role),
                trusted_knows=True,
            )
            declared = Declaration(
                stay=stay,
                begins_on=date(2026, 12, 1),
                ends_on=date(2026, 12, 1) + timedelta(days=days),
                reason=self.mark("away reason", role),
            )
            filing = file_away(
                self.db, self.member(role), declared, FilingAct(self.id(role), self.policies, NOW)
            )
            if role == "mai":
                put_filing_to_cell(self.db, filing, FilingAct(self.id("sec"), self.policies, NOW))
                record_cell_result(
                    self.db,
                    filing,
                    FilingAct(self.id("sec"), self.policies, NOW),
                    met_on=date(2026, 12, 1),
                    proposes=True,
                )
                record_letter_sent(
                    self.db,
                    away_of(self.db, filing),
                    LetterKind.INTRODUCTION
                    if hasattr(LetterKind, "INTRODUCTION")
                    else next(iter(LetterKind)),
                    sent_on=date(2026, 12, 1),
                    by_id=self.id("sec"),
                    policies=self.policies,
                    now=NOW,
                    to=self.mark("letter", "mai"),
                    number="1",
                )

    def reviews(self) -> None:
        campaign = open_campaign(
            self.db,
            CampaignTerms(
                kind=ReviewKind.REVIEW,
                year=2026,
                form="2c-2025",
                deadline=date(2026, 12, 20),
                meeting_on=None,
            ),
            cell_id=self.unit.id,
            by_id=self.id("sec"),
            policy=self.policies.review,
            now=NOW,
        )
        self.db.flush()
        for role in ("mai", "que"):
            handed_in = role == "mai"
            mine, me = review_of(self.db, campaign.id, self.id(role)), self.id(role)
            assert mine is not None
            kind = "review" if handed_in else "draft review"
            for heading in form(mine.form).written:
                write_section(
                    self.db,
                    mine,
                    heading.id,
                    f"Mục {self.mark(kind, role)}",
                    by_id=me,
                    policy=ReviewPolicy(),
                    now=NOW,
                )
            give_scores(self.db, mine, general=23, results=59, by_id=me, now=NOW)
            propose_level(self.db, mine, Level.GOOD, by_id=me, now=NOW)
            paper = _Sent(
                "document", self.mark(f"{kind} file", role), f"{self.mark(f'{kind} file', role)}.pdf"
            )
            attach_file(self.db, mine, ReviewFileKind.TEXT, paper, by_id=me, now=NOW)
            if handed_in:
                submit(self.db, mine, by_id=me, now=NOW)
                first = form(mine.form).written[0].id
                comment_on(
                    self.db, mine, first, self.mark("unsent comment", role), by_id=self.id("sec"), now=NOW
                )
        minutes = RatingPaper("12", date(2026, 12, 1), "Chi bộ")
        record_ratings(
            self.db,
            campaign,
            Stage.PROPOSED,
            {self.id("mai"): Level.GOOD},
            minutes,
            by_id=self.id("sec"),
            now=NOW,
        )

    def meeting(self) -> None:
        brief = Brief(
            form=MeetingForm.HYBRID,
            starts_at=NOW + timedelta(days=1),
            minutes=90,
            place=self.mark("meeting", "sec"),
            link="https://zoom.us/j/123456789?pwd=abc",
            paper="12",
            agenda=self.mark("meeting", "sec"),
        )
        made = call_meeting(
            self.db, self.unit.id, brief, by_id=self.id("sec"), policy=self.policies.meeting, now=NOW
        )
        held = call_meeting(
            self.db,
            self.unit.id,
            brief.model_copy(
                update={"agenda": self.mark("meeting", "sec"), "starts_at": NOW + timedelta(hours=1)}
            ),
            by_id=self.id("sec"),
            policy=self.policies.meeting,
            now=NOW,
        )
        self.db.flush()
        invitation = self._invitation(made, "mai")
        contribute(
            self.db, invitation, self.mark("contribution", "mai"), policy=self.policies.meeting, now=NOW
        )
        answer_invitation(
            self.db,
            self._invitation(made, "que"),
            MeetingAnswer.ABSENT,
            reason=self.mark("absence reason", "que"),
            by_id=self.id("que"),
            now=NOW,
        )
        held.state = "held"
        held.starts_at = NOW - timedelta(days=2)
        self.db.flush()
        conclude(self.db, held, text=self.mark("meeting", "sec"), scan=None, by_id=self.id("sec"), now=NOW)

    def _invitation(self, meeting: Meeting, role: str) -> Invitation:
        rows = select(Invitation).where(
            Invitation.meeting_id == meeting.id, Invitation.member_id == self.id(role)
        )
        return self.db.scalars(rows).one()

    def others(self) -> None:
        give_task(
            self.db,
            self.member("que"),
            text=self.mark("task", "que"),
            due_on=date(2027, 1, 5),
            by_id=self.id("sec"),
            policy=self.policies.task,
            now=NOW,
        )
        announce_pause(
            self.db,
            self.member("pro"),
            PausePlan(
                kind=next(iter(PauseKind)),
                begins_on=date(2026, 12, 4),
                ends_on=date(2026, 12, 20),
                reason=self.mark("pause", "pro"),
            ),
            by_id=self.id("pro"),
            policies=self.policies,
            now=NOW,
        )
        start_probation(
            self.db,
            self.member("pro"),
            admitted_on=date(2026, 3, 4),
            helper_id=self.id("con"),
            by_id=self.id("sec"),
            policy=self.policies.probation,
            calendar=self.policies.workday,
            now=NOW,
        )
        send_notice(
            self.db,
            said=Announcement(text=self.mark("notice", "sec"), question="Đi không?", choices=("Có", "Không")),
            unit_id=self.unit.id,
            by_id=self.id("sec"),
            audience=Audience.ALL,
            policies=self.policies,
            now=NOW,
        )

    def newest(self) -> None:
        """A roll call, who comes home, what was agreed with an employer, a sheet of whom to call."""
        call = call_roll(
            self.db,
            CalledPeople(self.unit.id, CalledOn.ALL, self.id("sec")),
            occasion=Occasion.STORM,
            text=f"Bão to {self.mark('roll call', 'sec')}",
            policies=self.policies,
            now=NOW,
        )
        for role, by, said in (("mai", "con", Safety.CALL), ("que", "que", Safety.SAFE)):
            answer_roll_call(
                self.db, call, self.member(role), said, by_id=self.id(by), policies=self.policies, now=NOW
            )
        facts = AgreementFacts(
            kind=AgreementKind.EMPLOYER,
            with_whom=f"Công ty {self.mark('agreement', 'sec')}",
            place_code="JP",
            begins_on=NOW.date(),
            ends_on=None,
            person=self.mark("agreement", "sec"),
            phone="",
            agreed=self.mark("agreement", "sec"),
        )
        make_agreement(self.db, self.unit, facts, by_id=self.id("sec"), now=NOW)
        away = self.db.scalars(select(Away).where(Away.member_id == self.id("mai"))).one()
        coming = homecoming_of(self.db, away, self.policies, now=NOW)
        visit = (coming.holiday_on - timedelta(days=3), coming.holiday_on + timedelta(days=3))
        answer_homecoming(
            self.db,
            coming,
            HomePlan.COMES,
            visit=visit,
            by_id=self.id("sec"),
            policies=self.policies,
            now=NOW,
        )
        make_sheet(self.db, SheetReader(self.member("sec"), self.unit, at_desk=True), self.policies, now=NOW)

    def committee(self) -> None:
        officer = self.land.members[ABOVE[self.key][0]]
        ask_names(
            self.db,
            self.unit,
            Figure.LATE,
            reason=self.land.mark("names reason", f"{self.key}.sec", self.key),
            by_id=officer,
            policy=self.policies.committee,
            now=NOW,
        )
        note_visit(
            self.db,
            self.unit,
            by_id=self.id("fol"),
            came_on=date(2026, 12, 1),
            note=self.mark("visit", "fol"),
            policy=self.policies.committee,
            now=NOW,
        )

    def ends(self) -> None:
        """What is over: an office, an account, a place on the roster, an account that never was."""
        for held in appointments(self.db, self.id("was"), now=NOW):
            held.ends_at = NOW - timedelta(hours=12)
        for role in ("shut", "new"):
            account = account_of(self.db, self.id(role))
            assert account is not None
            if role == "shut":
                account.closed_at, account.told_since = NOW - timedelta(days=1), None
            else:
                self.db.delete(account)
        self.db.flush()
        leave_roster(self.db, self.member("gone"), self.policies.checkin, by_id=self.id("sec"), now=NOW)
        invite, _ = create_invite(
            self.db, self.member("new"), by_id=self.id("sec"), policy=self.policies.invite, now=NOW
        )
        self.db.flush()
        claim_invite(self.db, invite, address=chat_address(self.land.chats[f"{self.key}.new"]), now=NOW)

    def drafts(self) -> None:
        """What people had begun to fill in; that of the former deputy, of who is closed and who was removed too."""
        invite = self.db.scalars(select(Invite).where(Invite.member_id == self.id("new"))).first()
        texts = {
            "new": ("register", "who", f'{{"invite_id":{invite.id if invite else 0}}}'),
        }
        for role, (room, step, draft) in texts.items():
            row = Conversation(
                address=chat_address(self.land.chats[f"{self.key}.{role}"]),
                room=room,
                step=step,
                trail="",
                version=1,
                active=True,
                updated_at=NOW,
            )
            row.draft = draft
            self.db.add(row)


@dataclass(frozen=True)
class _Sent:
    kind: str
    file_id: str
    name: str
