"""The ground floor: what is true and what may happen. Every room with a table is imported here."""

# ruff: noqa: F401
import models.away.away
import models.away.letter
import models.away.reply_slip
import models.contact.checkin
import models.contact.contact_note
import models.contact.ladder
import models.contact.pause
import models.contact.request
import models.contact.rhythm_offer
import models.delivery.choices
import models.delivery.conversation
import models.delivery.inbox
import models.delivery.job_run
import models.delivery.outbox
import models.desk.committee
import models.desk.law_request
import models.desk.office
import models.desk.screening
import models.desk.waiting.watch
import models.entry.invite
import models.entry.joining
import models.entry.knock
import models.entry.reachability
import models.ground.sealing_key
import models.meeting.attendance
import models.meeting.meeting
import models.meeting.notice
import models.meeting.task
import models.people.assignment
import models.people.browser
import models.people.mailbox
import models.people.member
import models.people.namesakes
import models.people.passkey
import models.people.rights
import models.people.secret
import models.people.trail
import models.people.unit
import models.trust.audit
import models.trust.consent
import models.trust.data_visit
import models.trust.erasure
import models.year.probation
import models.year.review
from models.ground.base import Base as Base
