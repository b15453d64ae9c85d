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
    Announcement as Announcement,
    cancel_notice as cancel_notice,
    choose_answer as choose_answer,
    correct_notice as correct_notice,
    read_notice as read_notice,
    refuse_secrets as refuse_secrets,
    send_notice as send_notice,
    stop_asking as stop_asking,
)
from models.meeting.notice.acts_of_time import move_notices as move_notices
from models.meeting.notice.audience import (
    Addressees as Addressees,
    Forecast as Forecast,
    forecast as forecast,
    names_left_out as names_left_out,
)
from models.meeting.notice.keeping import drop_old_notices as drop_old_notices
from models.meeting.notice.questions import (
    ReceiptTally as ReceiptTally,
    asking_notices as asking_notices,
    due_notices as due_notices,
    finish_of as finish_of,
    next_notice_at as next_notice_at,
    not_corrected as not_corrected,
    notices_from_above as notices_from_above,
    notices_of as notices_of,
    people_in as people_in,
    receipt_of as receipt_of,
    tally as tally,
    unanswered as unanswered,
    versions_of as versions_of,
)
from models.meeting.notice.rows import (
    ARRIVED as ARRIVED,
    LEFT_OUT as LEFT_OUT,
    UNDER_WAY as UNDER_WAY,
    Audience as Audience,
    NobodyToTell as NobodyToTell,
    Notice as Notice,
    NoticeReceipt as NoticeReceipt,
    NoticeState as NoticeState,
    NoticeVersion as NoticeVersion,
    ReceiptState as ReceiptState,
)
from models.meeting.notice.saying import NoticeLetter as NoticeLetter, letter_of as letter_of, split as split
