"""Joining a meeting, who was there, and what comes after.

joining.py    half an hour before, at the start: each a link of their own   open_link: what a browser gets
              "Tôi đang dự họp", "Tôi rời cuộc họp"                         move_links: what time does
presence.py   what the statements of link, person and desk come to          quorum: counts
settling.py   roll calls, closing, conclusions with receipts                minutes.py: the paper
resolving.py  a conclusion in four parts, as a resolution

invitation 1──n join_link        the hash of a token, who used it first (the hash of a cookie)
meeting    1──n attendance       statements, never changed
           1──n conclusion 1──n conclusion_receipt
"""

from models.meeting.attendance.joining import (
    Opened as Opened,
    Why as Why,
    closes_at as closes_at,
    due_links as due_links,
    ends_at as ends_at,
    hows as hows,
    is_in as is_in,
    move_links as move_links,
    next_link_at as next_link_at,
    open_link as open_link,
    opens_at as opens_at,
    say_here as say_here,
    say_left as say_left,
    ways_in as ways_in,
    why_not as why_not,
    without_link as without_link,
)
from models.meeting.attendance.minutes import (
    clock as clock,
    forget_in_minutes as forget_in_minutes,
    grouped as grouped,
    printed_minutes as printed_minutes,
    quorum_words as quorum_words,
)
from models.meeting.attendance.presence import (
    Presence as Presence,
    meetings_attended as meetings_attended,
    presence_of as presence_of,
    presences as presences,
    quorum as quorum,
    settle as settle,
    statements_of as statements_of,
)
from models.meeting.attendance.questions import (
    filed_on as filed_on,
    newest_conclusion as newest_conclusion,
    receipts as receipts,
)
from models.meeting.attendance.resolving import (
    Resolution as Resolution,
    resolution_of as resolution_of,
    resolution_paper as resolution_paper,
)
from models.meeting.attendance.rows import Conclusion as Conclusion, JoinLink as JoinLink, NotNow as NotNow
from models.meeting.attendance.settling import (
    LEFT_EARLY as LEFT_EARLY,
    call_name as call_name,
    call_the_rest as call_the_rest,
    close_meeting as close_meeting,
    conclude as conclude,
    conclusion_key as conclusion_key,
    file_minutes as file_minutes,
    read_conclusion as read_conclusion,
    require_callable as require_callable,
    rest_for as rest_for,
    say_not_held as say_not_held,
)
