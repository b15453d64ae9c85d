"""Every table of words is whole: a new member of an enum without its word is found here, not on somebody's phone.

Words stand below the rooms, so a table cannot name the enum whose members are its keys: that is done here.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

import models.phrases
from models.phrases.text import Text

WHOLE = """
away.agreement.AgreementFact               away.agreement.FACTS
away.agreement.AgreementKind                away.agreement.KINDS
away.away.states.AwayState                 away.away.STATES away.away_member.STATES
away.away.states.FilingKind                away.away.KINDS away.away.YOURS away.away_member.KINDS
away.away.states.FilingState               away.away.FILING_STATES away.away_member.FILING_STATES away.away_member.MOVES
away.away.states.ReturnStep                away.away.STEPS away.away_member.STEPS away.away_member.WHOSE desk.absence.STEP_NAMES
away.away.states.Route                     away.away.ROUTES away.away_member.ROUTES desk.year_sheet.ROUTES year.review_prefill.ROUTES
away.away.states.WorkKind                  away.away.WORKS away.away_member.WORKS
away.policy.Excuse                         away.away_member.EXCUSES
away.dossier.Item                          year.probation.ITEMS
away.letter.LetterKind                     away.away_member.LETTERS away.letter.KINDS away.reply_slip.KINDS desk.absence.LETTER_DRAFTS desk.absence.LETTER_SENT
away.homecoming.HomePlan                   away.homecoming.PLANS
away.reply_slip.IsHere                     away.reply_slip.HERE away.reply_slip.THERE
away.reply_slip.SlipStanding               away.reply_slip.STANDINGS
contact.checkin.rows.CheckinState          contact.checkin.STATES desk.timeline.STATES
contact.checkin.rows.Residence             contact.checkin.RESIDENCE
contact.checkin.rows.PlaceAnswer           desk.desk.WHEREABOUTS
contact.checkin.rows.Work                  contact.checkin.WORK
contact.contact_note.Means               contact.checkin.CHANNELS contact.contact_note.CHANNELS desk.desk.CHANNELS desk.desk.CHANNEL_BUTTONS year.review_prefill.CHANNELS
contact.contact_note.ContactOutcome               contact.contact_note.OUTCOMES desk.call_sheet.OUTCOMES desk.desk.OUTCOMES
contact.ladder.rows.Ended                  contact.ladder._ENDED
contact.ladder.rows.LadderState            contact.ladder.STATES
contact.months.Became                      contact.chart.PARTS
contact.pause.PauseKind                    contact.pause.KINDS
contact.pause.PauseState                   contact.pause.STATES
contact.policy.Urgency                     contact.request.URGENCIES contact.request.HOW_URGENT
contact.request.rows.RequestKind           contact.request.SETTLED contact.request.KINDS contact.request._YOURS
contact.request.rows.Topic                 contact.request.TOPICS contact.request.SHORT_TOPICS year.review_prefill.TOPICS
contact.rollcall.people.RollCallWay        contact.rollcall.WAYS
contact.rollcall.questions.SafetyList      contact.rollcall.LISTS contact.rollcall.NEXT_STEPS
contact.rollcall.rows.CalledOn             contact.rollcall.CALLED_ON
contact.rollcall.rows.Occasion             contact.rollcall.OCCASIONS contact.rollcall.READY
contact.rollcall.rows.RollCallState        contact.rollcall.STATES
contact.rollcall.rows.Safety               contact.rollcall.ANSWERS contact.rollcall.STANDS
contact.sign_of_life.Sign                  contact.sign_of_life.KINDS
delivery.conversation.Ending               common.FORM_ENDED common.FORM_KEPT
desk.absence.Filter                        desk.absence.FILTERS
desk.absence.Wait                          desk.absence.WAITS
desk.committee.names.NameState             desk.committee.STATES
desk.counts.Figure                         desk.committee.FIGURES
desk.desk.Bar                              desk.desk.BARS
desk.desk.Pile                             desk.desk.PILES
desk.law_request.LawKind                   desk.law_request.KINDS desk.law_request.BUTTONS
desk.law_request.LawState                  desk.law_request.STATES
desk.office.HandoverState                  desk.office.STATES
desk.reorganising.acts.OfficesGo           desk.reorganising.OFFICES
desk.roster.rows.Column                    desk.roster._COLUMNS desk.roster._EXPECTED desk.roster_talk._ASK
desk.roster.rows.FaultKind                 desk.roster._REASONS
entry.invite.InviteState                   entry.invite.STATES
ground.days_off.Feast                      away.homecoming.FEASTS
ground.rules.Sure                          meeting.handbook._SURE
ground.steps.Rung                          contact.ladder._RUNGS contact.ladder._ASKS desk.timeline.RUNGS
meeting.meeting.rows.MeetingAnswer                meeting.meeting.ANSWERS meeting.meeting_form.GROUPS
meeting.meeting.rows.Capacity              meeting.attendance.CAPACITIES meeting.meeting.CAPACITIES meeting.meeting_form.MARKS
meeting.meeting.rows.How                   meeting.attendance.SHORT year.review_prefill._HOW meeting.attendance.HOWS desk.year_sheet.HOWS meeting.attendance.WORDS meeting.attendance.COUNTED
meeting.meeting.rows.MeetingForm           meeting.meeting.FORMS meeting.meeting_form.FORMS meeting.meeting_form.FORM_BUTTONS
meeting.meeting.rows.MeetingKind           meeting.meeting.KINDS meeting.meeting_form.KINDS meeting.meeting_form.KIND_BUTTONS
meeting.meeting.rows.MeetingState          meeting.meeting.STATES meeting.meeting.GONE
meeting.meeting.rows.Said                  meeting.attendance.SAID
meeting.meeting.rules.RestrictedMatter               meeting.meeting_form.MATTERS
meeting.notice.rows.Audience               meeting.notice.AUDIENCES
meeting.notice.rows.NoticeState            meeting.notice.STATES
meeting.notice.rows.ReceiptState           meeting.notice.LISTS meeting.notice.NEXT_STEPS
meeting.task.TaskState                     meeting.task.STATES desk.year_sheet.STATES
people.kinds.UnitKind                      people.unit.KINDS
ground.channel.Channel                     people.member.CHANNELS entry.reachability.CHANNELS people.member.OTHERS entry.identity.CHANNELS entry.identity.OTHERS entry.register.CHANNELS
people.mailbox.MailboxState                people.mailbox.STATES
people.member.Proof                        entry.identity.PROOFS
people.member.Purpose                      people.member.PURPOSES people.member._WORDINGS trust.consent.PURPOSES trust.consent.FOLLOWS
people.member.Reachability                 desk.roster_talk.REACHABILITY people.member.REACHABILITY
people.member.Standing                     desk.roster_talk.STANDINGS people.member.STANDINGS
people.unit_change.ChangeKind              desk.reorganising.WAYS desk.reorganising.CONFIRM desk.reorganising._ASKED desk.reorganising._DONE desk.reorganising._DONE_SAID
people.rights.RightReach                        people.rights.REACHES
people.rights.Right                        people.rights.RIGHTS
people.rights.Role                         people.rights.ROLES people.trail.ROLES people.trail.DETAILS
phrases.meeting.attendance.WayIn             meeting.attendance._WAYS
year.policy.Ground                         year.review.GROUNDS year.review_desk.GROUNDS
year.policy.Stand                          year.review.STANDS year.review_desk.STANDS
year.probation.ProbationState              year.probation.STATES
year.probation.ProbationStep                        year.probation.STEPS year.probation._FOR_THE_MEMBER year.probation._FOR_THE_HELPER year.probation._FOR_THE_SECRETARY
year.review.rating_rows.Stage              year.rating.STAGES year.rating._NEEDS year.rating.RECORDS year.rating.RIGHTS
year.review.states.ReviewFileKind                year.review_bundle.FILE_KINDS year.review_desk.FILE_KINDS
year.review.states.Level                   year.rating.LEVELS year.rating.SHORT
year.review.states.ReviewKind              year.review.KINDS year.review_bundle.KINDS desk.year_sheet.KINDS
year.review.states.ReviewState             year.review.STATES year.review_desk.STATES year.review_writing.STATES
year.review.statistics.Fit                 year.rating._FITS
"""
SOME = """
away.letter.ASKS_HERE away.letter.ASKS_COMMENT away.away.NEWS_FOR_KEEPERS away.away.NEXT away.away_member.FIELDS contact.checkin._CHOSEN contact.checkin._WORK_NEWS
contact.checkin.CHANGE contact.ladder.READY contact.pause.LENGTHS contact.reach.WHY contact.request.ROLES
contact.request.SERVICES contact.request._TOLD delivery.alarm.AILMENTS delivery.files._KINDS delivery.papers.TITLES desk.absence.ACTS
desk.absence.SENDS desk.absence.VERDICTS desk.absence.VERDICTS_ON_PAPER desk.absence.MANNERS desk.absence.OFFERS
desk.absence.DONE desk.absence.DAYS desk.absence.WHYS desk.absence.NOTES desk.absence.LABELS
desk.office.SINCE desk.office.MATTERS desk.office.SHORT_MATTERS desk.reorganising.MATTERS desk.desk.NEXT_STEPS desk.desk.SILENT desk.desk.ASKED desk.desk.OUTCOME_BUTTONS desk.roster_talk._NEXT_STEPS
desk.timeline.REQUESTS desk.timeline.PROBATIONS desk.waiting.SILENT desk.waiting.BEGIN entry.invite._CLOSED
entry.reachability.SILENT entry.reachability.NEXT_STEPS meeting.attendance.HERE_AS meeting.attendance._REST
meeting.attendance.WHY_NOT meeting.attendance.DOOR meeting.attendance.PARTS meeting.meeting.REASONS meeting.meeting_form.WHY
meeting.meeting_form.FIELDS meeting.notice.REASONS meeting.task.IDEAS meeting.task.IDEAS_SHORT
meeting.task.LENGTHS people.held.LABELS people.trail.DONE trust.consent._WITHDRAWN trust.data.LOOKED_AT
trust.data._FACTS year.probation.OUTCOMES year.review_bundle.STANDS year.review_desk.LISTS
year.review_desk._DONE year.review_writing._NEXT
trust.repair.SUBJECTS trust.repair._CHECKS
"""  # they speak of some members only, or their keys are no enum's
_PAIRS = [(enum, table) for enum, *tables in map(str.split, WHOLE.strip().splitlines()) for table in tables]


def test_every_member_of_an_enum_has_its_word_in_each_table_of_it() -> None:
    lacking = []
    for enum, table in _PAIRS:
        members, words = _found(f"models.{enum}"), _found(f"models.phrases.{table}")
        lacking += [(table, str(member)) for member in members if member not in words]
    assert lacking == []


def test_every_table_of_words_is_named_here() -> None:
    found = {
        f"{module.name.removeprefix('models.phrases.')}.{name}"
        for module in pkgutil.walk_packages(models.phrases.__path__, "models.phrases.")
        for name, value in vars(import_module(module.name)).items()
        if isinstance(value, dict) and not name.startswith("__") and _has_words(value)
    }
    assert found == {table for _, table in _PAIRS} | set(SOME.split())


def _has_words(table: dict[object, object]) -> bool:
    return (
        bool(table)
        and all(isinstance(key, str) for key in table)
        and any(isinstance(w, Text) or callable(w) or isinstance(w, tuple) for w in table.values())
    )


def _found(name: str) -> Any:
    module, _, last = name.rpartition(".")
    return getattr(import_module(module), last)
