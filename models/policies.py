"""Every room's policy under one name. Below the roof one sees these, never the environment."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from models.attendance.rows import AttendancePolicy
from models.audit.rows import AuditPolicy
from models.away import AwayPolicy
from models.checkin import CheckinPolicy
from models.committee import CommitteePolicy
from models.consent import ConsentPolicy
from models.conversation import ConversationPolicy
from models.counts import CountsPolicy
from models.data_visit import VisitPolicy
from models.digest import DigestPolicy
from models.flood import FloodPolicy
from models.foreign.policy import FilePolicy
from models.inbox import InboxPolicy
from models.invite import InvitePolicy
from models.job_run import JobPolicy
from models.law_request import LawPolicy
from models.meeting import MeetingPolicy
from models.notice import NoticePolicy
from models.office import OfficePolicy
from models.outbox import OutboxPolicy
from models.papers import PapersPolicy
from models.pause import PausePolicy
from models.probation import ProbationPolicy
from models.reachability import ReachabilityPolicy
from models.request import RequestPolicy
from models.retention import RetentionPolicy
from models.review.bundle_rows import BundlePolicy, KeepingPolicy
from models.review.policy import ReviewPolicy
from models.review.rating_rows import RatingPolicy
from models.review.reminding import ReminderPolicy
from models.roster import RosterPolicy
from models.secret import SecretPolicy
from models.task import TaskPolicy
from models.trail import TrailPolicy
from models.workdays import WorkdayPolicy


class Policies(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    inbox: InboxPolicy = InboxPolicy()
    flood: FloodPolicy = FloodPolicy()
    outbox: OutboxPolicy = OutboxPolicy()
    file: FilePolicy = FilePolicy()
    conversation: ConversationPolicy = ConversationPolicy()
    job: JobPolicy = JobPolicy()
    roster: RosterPolicy = RosterPolicy()
    invite: InvitePolicy = InvitePolicy()
    checkin: CheckinPolicy = CheckinPolicy()
    pause: PausePolicy = PausePolicy()
    away: AwayPolicy = AwayPolicy()
    workday: WorkdayPolicy = WorkdayPolicy()
    papers: PapersPolicy = PapersPolicy()
    probation: ProbationPolicy = ProbationPolicy()
    notice: NoticePolicy = NoticePolicy()
    office: OfficePolicy = OfficePolicy()
    digest: DigestPolicy = DigestPolicy()
    counts: CountsPolicy = CountsPolicy()
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
