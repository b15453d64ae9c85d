"""A cell's meetings (cuộc họp chi bộ): called, answered, changed, held.

    standing date ──a week ahead──> PROPOSED ──the desk calls it──> CALLED <──a new day── POSTPONED
                                       │                            │  │ ^───────────────────^
                                    DROPPED          CANCELLED <────┘  └──it begins──> HELD ──settled──> CLOSED

    meeting 1──n invitation    each person entitled: as what, what they know, what they answered, their contribution
            1──n meeting_paper    n──1 meeting_receipt   opened, read
            1──n attendance    statements: the link, the person, the roll call; none is overwritten
            1──n meeting_move  what happened, and what the invited were to know from then on (an edition)

What the invited know is an edition. A change makes a new one; a while later whoever knows an older edition is told
once what differs between theirs and the newest, however many changes lie between.

Two clocks, so that the two halves of the room do not meet: `next_at` is the calling's (proposals, nudges, changes, the
answers' deadline), `link_at` the joining's (30 minutes before, the start: CALLED becomes HELD there). Acts of the
calling set `link_at` for a new day, and empty it when the meeting is postponed or cancelled.

Acts (keyword-only `now`; none commits):
    call_meeting(db, cell_id, brief, *, by_id, policies, now) -> Meeting        brief: what the desk fills in
    change_meeting(db, meeting, brief, *, by_id, policies, now)
    postpone_meeting / cancel_meeting(db, meeting, *, reason, by_id, policies, now)
    answer_invitation(db, invitation, answer, *, reason, by_id, now)
    contribute(db, invitation, text, *, now)      open_paper / read_paper(db, invitation, paper, *, now)
    move_meetings(db, ...)                        what time does: proposals, nudges, telling of changes
Questions:
    meetings_ahead(db, cell_id, *, now), invitations_of(db, meeting_id), invitation_for(db, meeting_id, member_id),
    papers_of(db, meeting_id), moves_of(db, meeting_id), move_state(db, meeting, state, did, *, by_id, now)
"""

from models.meeting.rows import (
    AHEAD,
    KNOWN,
    MOVES,
    Answer,
    Attendance,
    Capacity,
    Did,
    Facts,
    How,
    Invitation,
    Meeting,
    MeetingForm,
    MeetingKind,
    MeetingMove,
    MeetingPaper,
    MeetingState,
    PaperReceipt,
    Plan,
    Said,
    StandingMeeting,
)

__all__ = [
    "AHEAD",
    "KNOWN",
    "MOVES",
    "Answer",
    "Attendance",
    "Capacity",
    "Did",
    "Facts",
    "How",
    "Invitation",
    "Meeting",
    "MeetingForm",
    "MeetingKind",
    "MeetingMove",
    "MeetingPaper",
    "MeetingState",
    "PaperReceipt",
    "Plan",
    "Said",
    "StandingMeeting",
]
