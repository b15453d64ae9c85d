"""The whole calendar on one screen: what time does, how often, and when the next item is due."""

from __future__ import annotations

from jobs.away import agreement, away, homecoming, letter
from jobs.contact import checkin, ladder, pause, request, rollcall
from jobs.delivery import housekeeping
from jobs.delivery.job_run import postpone_after_outage as postpone_after_outage
from jobs.desk import committee, counts, desk, law_request
from jobs.entry import knock, register
from jobs.ground.runner import (
    EVERY_HOUR,
    EVERY_MINUTE as EVERY_MINUTE,
    EVERY_NIGHT as EVERY_NIGHT,
    Items,
    Sweep,
)
from jobs.meeting import attendance, meeting, notice, task
from jobs.people import trail
from jobs.trust import audit, consent, data, recount
from jobs.year import probation, review

TIMETABLE: list[Items | Sweep] = [
    # name                    when          what is due, what is done with it
    # first, so that the others find what is due by the rules of today
    Items("rules.turn", EVERY_MINUTE, recount.rules_to_turn, recount.turn),
    Items("pause.move", EVERY_MINUTE, pause.pauses_to_move, pause.move_due_pauses, pause.next_move_at),
    Items(
        "rhythm.offer", EVERY_MINUTE, pause.slow_turns, pause.offer_kinder_rhythms, pause.next_look_back_at
    ),
    Items(
        "checkin.move",
        EVERY_MINUTE,
        checkin.checkins_to_move,
        checkin.move_due_checkins,
        checkin.next_move_at,
    ),
    Items(
        "checkin.alert",
        EVERY_MINUTE,
        checkin.cells_with_late_members,
        checkin.alert_cells,
        checkin.next_cell_alert_at,
    ),
    Items(
        "ladder.climb",
        EVERY_MINUTE,
        ladder.ladders_to_climb,
        ladder.climb_due_ladders,
        ladder.next_climb_at,
    ),
    Items(
        "probation.remind",
        EVERY_MINUTE,
        probation.probations_to_remind,
        probation.remind_due_probations,
        probation.next_reminder_at,
    ),
    Items(
        "register.move",
        EVERY_MINUTE,
        register.invites_to_move,
        register.move_due_invites,
        register.next_move_at,
    ),
    Items("knock.ring", EVERY_MINUTE, knock.messages_to_ring, knock.ring_for_messages, knock.next_ring_at),
    Items("knock.move", EVERY_MINUTE, knock.knocks_to_move, knock.move_due_knocks, knock.next_move_at),
    Items("away.move", EVERY_MINUTE, away.aways_to_move, away.move_due_aways, away.next_move_at),
    Sweep("homecoming.ask", EVERY_NIGHT, homecoming.ask_about_holiday),
    Sweep("agreement.ends", EVERY_NIGHT, agreement.tell_of_endings),
    Items("letter.call", EVERY_MINUTE, letter.letters_to_call, letter.call_due_letters, letter.next_call_at),
    Items(
        "meeting.move",
        EVERY_MINUTE,
        meeting.meetings_to_move,
        meeting.move_due_meetings,
        meeting.next_move_at,
    ),
    Items(
        "meeting.propose",
        EVERY_MINUTE,
        meeting.dates_to_propose,
        meeting.propose_due_meetings,
        meeting.next_proposal_at,
    ),
    Items("desk.digest", EVERY_MINUTE, desk.digests_to_send, desk.send_due_digests, desk.next_send_at),
    Items(
        "request.move",
        EVERY_MINUTE,
        request.requests_to_move,
        request.move_due_requests,
        request.next_move_at,
    ),
    Items(
        "rollcall.move",
        EVERY_MINUTE,
        rollcall.roll_calls_to_move,
        rollcall.move_due_roll_calls,
        rollcall.next_move_at,
        again=True,
        prompt=True,  # the outbox is fed less than a minute ahead
    ),
    Items(
        "attendance.link",
        EVERY_MINUTE,
        attendance.links_to_send,
        attendance.send_due_links,
        attendance.next_sending_at,
    ),
    Items(
        "law_request.remind",
        EVERY_MINUTE,
        law_request.requests_to_remind,
        law_request.remind_due_requests,
        law_request.next_reminder_at,
    ),
    Items("task.remind", EVERY_MINUTE, task.tasks_to_remind, task.remind_due_tasks, task.next_reminder_at),
    Items(
        "notice.move",
        EVERY_MINUTE,
        notice.notices_to_move,
        notice.move_due_notices,
        notice.next_move_at,
        again=True,
    ),
    Items(
        "review.remind",
        EVERY_MINUTE,
        review.reviews_to_remind,
        review.remind_due_reviews,
        review.next_reminder_at,
    ),
    Items(
        "review.list", EVERY_MINUTE, review.campaigns_to_list, review.list_due_campaigns, review.next_list_at
    ),
    Items(
        "review.bundle",
        EVERY_MINUTE,
        review.bundles_to_make,
        review.go_on_with_bundles,
        review.next_bundle_at,
        again=True,
    ),
    Items(
        "committee.names",
        EVERY_MINUTE,
        committee.names_to_lapse,
        committee.lapse_due_names,
        committee.next_lapse_at,
    ),
    Items(
        "committee.desks",
        EVERY_MINUTE,
        committee.desks_to_check,
        committee.check_due_desks,
        committee.next_check_at,
    ),
    Items("counts.keep", EVERY_MINUTE, counts.sums_to_count, counts.count_sums),
    Sweep("committee.watch", EVERY_NIGHT, committee.watch_desks),
    Items("consent.ask", EVERY_MINUTE, consent.rounds_to_ask, consent.ask_due_rounds, consent.next_asking_at),
    Sweep("consent.find", EVERY_NIGHT, consent.find_people),
    Items(
        "outbox.take_back",
        EVERY_MINUTE,
        housekeeping.messages_to_take_back,
        housekeeping.take_back_messages,
        housekeeping.next_taking_back_at,
    ),
    Items(
        "outbox.free_stuck",
        EVERY_MINUTE,
        housekeeping.stuck_outbox_rows,
        housekeeping.free_stuck_outbox_rows,
    ),
    Sweep("inbox.drop_old", EVERY_NIGHT, housekeeping.drop_old_inbox_rows),
    Sweep("outbox.forget", EVERY_HOUR, housekeeping.forget_said_words),
    Sweep("outbox.drop_old", EVERY_NIGHT, housekeeping.drop_old_outbox_rows),
    Sweep("page.drop_old", EVERY_NIGHT, housekeeping.drop_old_pages),
    Sweep("knock.drop_old", EVERY_NIGHT, knock.drop_old_knocks),
    Sweep("file.drop_loose", EVERY_NIGHT, data.drop_loose),
    Sweep("conversation.drop_old", EVERY_NIGHT, housekeeping.drop_old_drafts),
    Sweep("data.retain", EVERY_NIGHT, data.retain_rows),
    Sweep("notice.drop_old", EVERY_NIGHT, notice.drop_old_notice_rows),
    Sweep("rollcall.drop_old", EVERY_NIGHT, rollcall.drop_old_roll_call_rows),
    Sweep("review.drop_old", EVERY_NIGHT, review.drop_old_reviews),
    Sweep("job_run.drop_old", EVERY_NIGHT, housekeeping.drop_old_runs),
    Sweep("audit.drop_old", EVERY_NIGHT, audit.drop_old_audits),
    Sweep(trail.LINK, EVERY_MINUTE, trail.link_new_rows),
    Sweep("trail.drop_old", EVERY_NIGHT, trail.drop_old_rows),
    # a lambda: this list does not exist yet while it is being made
    Sweep(audit.LOOK, EVERY_HOUR, audit.look_after(lambda: TIMETABLE)),
]
