"""Every room's policy under one name. Below the roof one sees these, never the environment."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from models.away.away import AwayPolicy
from models.contact.checkin import CheckinPolicy
from models.contact.pause import PausePolicy
from models.contact.request import RequestPolicy
from models.delivery.conversation import ConversationPolicy
from models.delivery.flood import FloodPolicy
from models.delivery.foreign.policy import FilePolicy
from models.delivery.inbox import InboxPolicy
from models.delivery.job_run import JobPolicy
from models.delivery.outbox import OutboxPolicy
from models.delivery.papers import PapersPolicy
from models.desk.committee import CommitteePolicy
from models.desk.counts import CountsPolicy
from models.desk.digest import DigestPolicy
from models.desk.law_request import LawPolicy
from models.desk.office import OfficePolicy
from models.desk.roster import RosterPolicy
from models.entry.invite import InvitePolicy
from models.entry.reachability import ReachabilityPolicy
from models.ground.workdays import WorkdayPolicy
from models.meeting.attendance.rows import AttendancePolicy
from models.meeting.meeting import MeetingPolicy
from models.meeting.notice import NoticePolicy
from models.meeting.task import TaskPolicy
from models.people.secret import SecretPolicy
from models.people.trail import TrailPolicy
from models.trust.audit.rows import AuditPolicy
from models.trust.consent import ConsentPolicy
from models.trust.data_visit import VisitPolicy
from models.trust.retention import RetentionPolicy
from models.year.probation import ProbationPolicy
from models.year.review.bundle_rows import BundlePolicy, KeepingPolicy
from models.year.review.policy import ReviewPolicy
from models.year.review.rating_rows import RatingPolicy
from models.year.review.reminding import ReminderPolicy


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
