"""Notices (thông báo) with receipts: to a cell or to many, in plain words, stopped and corrected while they are sent.

    send ──> PREPARING ──everybody has a receipt──> SAYING ──nobody waits──> SAID ──days later──> reminded, once
                 └──────────── stop ──────────────────┴──> CANCELLED          correct: at any time

    notice 1──n notice_receipt   one person: WAITING ──> QUEUED ──> SENT ──> READ
                                             │             ├──> FAILED | UNCERTAIN | UNREACHABLE   each a list with a
                                             ├─ NOT_SAID   └──> NOT_SAID                           next step for a human
                                             └─ NO_ACCOUNT | NO_CONSENT | UNREACHABLE: left out from the first
           1──n notice_version   every text that it has had

Nothing walks everybody in one transaction: the audience is written down, said, called off, changed and reminded by the
handful (acts_of_time.py), and what became of the messages is read from the outbox by their keys (settling.py).
docs/decisions/0020.
"""

from models.meeting.notice.acts_of_people import (
    cancel_notice,
    choose_answer,
    correct_notice,
    read_notice,
    refuse_secrets,
    send_notice,
    stop_asking,
)
from models.meeting.notice.acts_of_time import move_notices
from models.meeting.notice.audience import Aim, Arrival, Forecast, forecast, names_left_out
from models.meeting.notice.keeping import drop_old_notices
from models.meeting.notice.questions import (
    Tally,
    asking_notices,
    due_notices,
    finish_of,
    next_notice_at,
    not_corrected,
    notices_from_above,
    notices_of,
    people_in,
    receipt_of,
    tally,
    unanswered,
    versions_of,
)
from models.meeting.notice.rows import (
    ARRIVED,
    LEFT_OUT,
    MOVES,
    RECEIPT_MOVES,
    UNDER_WAY,
    Audience,
    NobodyToTell,
    Notice,
    NoticePolicy,
    NoticeReceipt,
    NoticeRefused,
    NoticeState,
    NoticeVersion,
    ReceiptState,
)
from models.meeting.notice.saying import Letter, letter_of, split

__all__ = [
    "ARRIVED",
    "LEFT_OUT",
    "MOVES",
    "RECEIPT_MOVES",
    "UNDER_WAY",
    "Aim",
    "Arrival",
    "Audience",
    "Forecast",
    "Letter",
    "NobodyToTell",
    "Notice",
    "NoticePolicy",
    "NoticeReceipt",
    "NoticeRefused",
    "NoticeState",
    "NoticeVersion",
    "ReceiptState",
    "Tally",
    "asking_notices",
    "cancel_notice",
    "choose_answer",
    "correct_notice",
    "drop_old_notices",
    "due_notices",
    "finish_of",
    "forecast",
    "letter_of",
    "move_notices",
    "names_left_out",
    "next_notice_at",
    "not_corrected",
    "notices_from_above",
    "notices_of",
    "people_in",
    "read_notice",
    "receipt_of",
    "refuse_secrets",
    "send_notice",
    "split",
    "stop_asking",
    "tally",
    "unanswered",
    "versions_of",
]
