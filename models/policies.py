"""Every room's policy under one name. Below the roof one sees these, never the environment.

What is set holds until a rule's day comes (rulebook.py); whoever serves people or time asks `policies.at(now)` anew each
time, so that a new value holds from its day on without a restart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, PrivateAttr

from models.away.policy import AwayPolicy
from models.contact.policy import CheckinPolicy, PausePolicy, RequestPolicy, RollCallPolicy
from models.delivery.policy import (
    ClockPolicy,
    ConversationPolicy,
    FilePolicy,
    FloodPolicy,
    InboxPolicy,
    JobPolicy,
    LeadershipPolicy,
    OutboxPolicy,
    PagePolicy,
    PapersPolicy,
    ReadinessPolicy,
)
from models.desk.policy import (
    BearingsPolicy,
    CallSheetPolicy,
    CommitteePolicy,
    CountsPolicy,
    DigestPolicy,
    LawPolicy,
    OfficePolicy,
    RosterPolicy,
    UnitsPolicy,
    YearSheetPolicy,
)
from models.entry.policy import InvitePolicy, KnockPolicy, ReachabilityPolicy
from models.ground.clock import HOME_ZONE, local_date
from models.ground.rulebook import DatedRule, in_force
from models.ground.workdays import WorkdayPolicy
from models.meeting.policy import AttendancePolicy, MeetingPolicy, NoticePolicy, TaskPolicy
from models.people.policy import MailboxPolicy, PushPolicy, SecretPolicy, TrailPolicy
from models.trust.policy import AuditPolicy, ConsentPolicy, RetentionPolicy, VisitPolicy
from models.year.policy import (
    BundlePolicy,
    KeepingPolicy,
    ProbationPolicy,
    RatingPolicy,
    ReminderPolicy,
    ReviewPolicy,
)


class Policies(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    inbox: InboxPolicy = InboxPolicy()
    flood: FloodPolicy = FloodPolicy()
    outbox: OutboxPolicy = OutboxPolicy()
    page: PagePolicy = PagePolicy()
    file: FilePolicy = FilePolicy()
    conversation: ConversationPolicy = ConversationPolicy()
    job: JobPolicy = JobPolicy()
    clock: ClockPolicy = ClockPolicy()
    leadership: LeadershipPolicy = LeadershipPolicy()
    readiness: ReadinessPolicy = ReadinessPolicy()
    roster: RosterPolicy = RosterPolicy()
    invite: InvitePolicy = InvitePolicy()
    checkin: CheckinPolicy = CheckinPolicy()
    pause: PausePolicy = PausePolicy()
    rollcall: RollCallPolicy = RollCallPolicy()
    away: AwayPolicy = AwayPolicy()
    workday: WorkdayPolicy = WorkdayPolicy()
    papers: PapersPolicy = PapersPolicy()
    probation: ProbationPolicy = ProbationPolicy()
    notice: NoticePolicy = NoticePolicy()
    bearings: BearingsPolicy = BearingsPolicy()
    office: OfficePolicy = OfficePolicy()
    digest: DigestPolicy = DigestPolicy()
    year_sheet: YearSheetPolicy = YearSheetPolicy()
    call_sheet: CallSheetPolicy = CallSheetPolicy()
    counts: CountsPolicy = CountsPolicy()
    units: UnitsPolicy = UnitsPolicy()
    committee: CommitteePolicy = CommitteePolicy()
    consent: ConsentPolicy = ConsentPolicy()
    reachability: ReachabilityPolicy = ReachabilityPolicy()
    audit: AuditPolicy = AuditPolicy()
    retention: RetentionPolicy = RetentionPolicy()
    trail: TrailPolicy = TrailPolicy()
    request: RequestPolicy = RequestPolicy()
    attendance: AttendancePolicy = AttendancePolicy()
    task: TaskPolicy = TaskPolicy()
    law_request: LawPolicy = LawPolicy()
    data_visit: VisitPolicy = VisitPolicy()
    review: ReviewPolicy = ReviewPolicy()
    review_reminder: ReminderPolicy = ReminderPolicy()
    review_keeping: KeepingPolicy = KeepingPolicy()
    rating: RatingPolicy = RatingPolicy()
    bundle: BundlePolicy = BundlePolicy()
    meeting: MeetingPolicy = MeetingPolicy()
    secret: SecretPolicy = SecretPolicy()
    push: PushPolicy = PushPolicy()
    mailbox: MailboxPolicy = MailboxPolicy()
    knock: KnockPolicy = KnockPolicy()

    _rules: tuple[DatedRule, ...] = PrivateAttr(())  # in the order of their days
    _by_turn: dict[int, Policies] = PrivateAttr(default_factory=dict)
    _as_set: Policies | None = PrivateAttr(None)  # of those of a day: what they were made from

    @property
    def dated_rules(self) -> tuple[DatedRule, ...]:
        """The rules of the operator's file, in the order of their days."""
        return self._rules

    def with_rules(self, rules: Sequence[DatedRule]) -> Self:
        """Return the same, with what changes from a day on."""
        made = self.model_copy()
        made._rules, made._by_turn = tuple(rules), {}
        return made

    def on(self, day: date) -> Policies:
        """Return the policies in force on that day; those of another day can be asked, too."""
        if self._as_set is not None:
            return self._as_set.on(day)
        turn = bisect_right(self._rules, day, key=lambda rule: rule.since)
        if turn == 0:
            return self
        if turn not in self._by_turn:
            made = in_force(self, self._rules[:turn], day)
            made._as_set = self
            self._by_turn[turn] = made
        return self._by_turn[turn]

    def at(self, now: datetime) -> Policies:
        """Return the policies in force now, by Vietnam's day."""
        return self.on(local_date(now, HOME_ZONE))
