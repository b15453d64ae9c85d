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

    calling.py    call, change, postpone, cancel; the standing date        answering.py   answer, read, contribute
    passing.py    what time does        telling.py   who is told what, once        calendar.py   the .ics
"""

from models.meeting.meeting.answering import (
    answer_invitation as answer_invitation,
    contribute as contribute,
    meeting_ahead as meeting_ahead,
    open_paper as open_paper,
    read_paper as read_paper,
)
from models.meeting.meeting.calendar import CalendarEntry as CalendarEntry, calendar_of as calendar_of
from models.meeting.meeting.calling import (
    Brief as Brief,
    MeetingGone as MeetingGone,
    call_meeting as call_meeting,
    call_off_held as call_off_held,
    cancel_meeting as cancel_meeting,
    change_meeting as change_meeting,
    move_meeting as move_meeting,
    postpone_meeting as postpone_meeting,
    record_move as record_move,
    set_standing as set_standing,
)
from models.meeting.meeting.passing import (
    brief_of as brief_of,
    copied_brief as copied_brief,
    move_meetings as move_meetings,
    postpone_answers as postpone_answers,
    propose_meetings as propose_meetings,
)
from models.meeting.meeting.questions import (
    Invited as Invited,
    away_count as away_count,
    counts as counts,
    due_meetings as due_meetings,
    due_standing as due_standing,
    entitled as entitled,
    facts_of_edition as facts_of_edition,
    home_day as home_day,
    invitation_for as invitation_for,
    invitations_of as invitations_of,
    is_over as is_over,
    last_meeting as last_meeting,
    meetings_of_member as meetings_of_member,
    meetings_on_desk as meetings_on_desk,
    meetings_with_keepers as meetings_with_keepers,
    moves_of as moves_of,
    next_meeting_at as next_meeting_at,
    next_standing_at as next_standing_at,
    papers_of as papers_of,
    receipt_for as receipt_for,
    receipts_of as receipts_of,
    standing_of as standing_of,
)
from models.meeting.meeting.rows import (
    AHEAD as AHEAD,
    KNOWN as KNOWN,
    TIMED as TIMED,
    Attendance as Attendance,
    Capacity as Capacity,
    Facts as Facts,
    How as How,
    Invitation as Invitation,
    Meeting as Meeting,
    MeetingAnswer as MeetingAnswer,
    MeetingDid as MeetingDid,
    MeetingForm as MeetingForm,
    MeetingKind as MeetingKind,
    MeetingMove as MeetingMove,
    MeetingPaper as MeetingPaper,
    MeetingState as MeetingState,
    Said as Said,
    StandingMeeting as StandingMeeting,
    StandingPlan as StandingPlan,
)
from models.meeting.meeting.rules import (
    ANSWERS as ANSWERS,
    ASKS_AGAIN as ASKS_AGAIN,
    LinkRefused as LinkRefused,
    RestrictedMatter as RestrictedMatter,
    at_home as at_home,
    differences as differences,
    has_link as has_link,
    has_room as has_room,
    lacks_link as lacks_link,
    least_minutes as least_minutes,
    make_link as make_link,
    matters_in as matters_in,
    minutes_due_on as minutes_due_on,
    next_standing as next_standing,
    read_approval as read_approval,
    read_clock as read_clock,
    read_link as read_link,
    room_name as room_name,
    rooms_in as rooms_in,
    split_clock as split_clock,
    standing_day as standing_day,
)
from models.meeting.meeting.telling import (
    CALENDAR_FILE as CALENDAR_FILE,
    CODES as CODES,
    answer_buttons as answer_buttons,
    as_read as as_read,
    calendar_file as calendar_file,
    deaf as deaf,
    facts_of as facts_of,
    place_word as place_word,
    reached as reached,
    shown_edition as shown_edition,
    tell_desk as tell_desk,
    waiting_for_morning as waiting_for_morning,
)
