"""Joining a meeting, who was there, and what comes after.

joining.py    half an hour before, at the start: each a link of their own   open_link: what a browser gets
              "Tôi đang dự họp", "Tôi rời cuộc họp"                         move_links: what time does
presence.py   what the statements of link, person and desk come to          quorum: counts
settling.py   roll calls, closing, conclusions with receipts                minutes.py: the paper

invitation 1──n join_link        the hash of a token, who used it first (the hash of a cookie)
meeting    1──n attendance       statements, never changed
           1──n conclusion 1──n conclusion_receipt
"""

from models.meeting.attendance.joining import (
    Opened,
    Why,
    closes_at,
    due_links,
    ends_at,
    hows,
    is_in,
    move_links,
    next_link_at,
    open_link,
    opens_at,
    say_here,
    say_left,
    ways_in,
    why_not,
    without_link,
)
from models.meeting.attendance.minutes import (
    PrintedMinutes,
    clock,
    forget_in_minutes,
    grouped,
    minutes_of,
    printed_minutes,
    quorum_words,
)
from models.meeting.attendance.presence import (
    Presence,
    Quorum,
    meetings_attended,
    presence_of,
    presences,
    quorum,
    settle,
    statements_of,
)
from models.meeting.attendance.questions import filed_on, newest_conclusion, receipts
from models.meeting.attendance.rows import AttendancePolicy, Conclusion, ConclusionReceipt, JoinLink, NotNow
from models.meeting.attendance.settling import (
    LEFT_EARLY,
    call_name,
    call_the_rest,
    close_meeting,
    conclude,
    conclusion_key,
    file_minutes,
    read_conclusion,
    require_callable,
    rest_for,
    say_not_held,
)

__all__ = [
    "LEFT_EARLY",
    "AttendancePolicy",
    "Conclusion",
    "ConclusionReceipt",
    "JoinLink",
    "NotNow",
    "Opened",
    "Presence",
    "PrintedMinutes",
    "Quorum",
    "Why",
    "call_name",
    "call_the_rest",
    "clock",
    "close_meeting",
    "closes_at",
    "conclude",
    "conclusion_key",
    "due_links",
    "ends_at",
    "file_minutes",
    "filed_on",
    "forget_in_minutes",
    "grouped",
    "hows",
    "is_in",
    "meetings_attended",
    "minutes_of",
    "move_links",
    "newest_conclusion",
    "next_link_at",
    "open_link",
    "opens_at",
    "presence_of",
    "presences",
    "printed_minutes",
    "quorum",
    "quorum_words",
    "read_conclusion",
    "receipts",
    "require_callable",
    "rest_for",
    "say_here",
    "say_left",
    "say_not_held",
    "settle",
    "statements_of",
    "ways_in",
    "why_not",
    "without_link",
]
