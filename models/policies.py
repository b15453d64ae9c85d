"""Every room's policy under one name. Below the roof one sees these, never the environment."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from models.away.policy import AwayPolicy
from models.contact.policy import CheckinPolicy, PausePolicy, RequestPolicy, RollCallPolicy
from models.delivery.policy import (
    ConversationPolicy,
    FilePolicy,
    FloodPolicy,
    InboxPolicy,
    JobPolicy,
    OutboxPolicy,
    PagePolicy,
    PapersPolicy,
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
