"""States and moves: one table for a review, one for a campaign."""

from __future__ import annotations

from enum import StrEnum


class ReviewKind(StrEnum):
    REVIEW = "review"  # bản kiểm điểm, tự đánh giá, xếp loại
    COMMITMENT = "commitment"  # bản cam kết tu dưỡng, rèn luyện, phấn đấu


class CampaignState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


CAMPAIGN_MOVES: dict[CampaignState, frozenset[CampaignState]] = {
    CampaignState.OPEN: frozenset({CampaignState.CLOSED}),
    CampaignState.CLOSED: frozenset({CampaignState.OPEN}),  # closed too early
}


class ReviewState(StrEnum):
    OUT = "out"  # not asked for; `ground` says why
    NOT_STARTED = "not started"  # asked for, nothing written yet
    DRAFTING = "drafting"
    SUBMITTED = "submitted"  # the secretary's turn
    RETURNED = "returned"  # with comments and a new deadline: the member's turn
    WITHDRAWN = "withdrawn"  # taken back by the member: the member's turn
    ACCEPTED = "accepted"  # the signed paper is awaited
    SIGNED = "signed"  # the signed paper is here
    FILED = "filed"
    UNFINISHED = "unfinished"  # the campaign was closed without it


S = ReviewState
REVIEW_MOVES: dict[ReviewState, frozenset[ReviewState]] = {
    S.OUT: frozenset({S.NOT_STARTED, S.DRAFTING, S.RETURNED, S.WITHDRAWN}),  # asked for after all
    S.NOT_STARTED: frozenset({S.DRAFTING, S.OUT, S.UNFINISHED}),
    S.DRAFTING: frozenset({S.SUBMITTED, S.OUT, S.UNFINISHED}),
    S.SUBMITTED: frozenset({S.RETURNED, S.WITHDRAWN, S.ACCEPTED}),
    S.RETURNED: frozenset({S.SUBMITTED, S.WITHDRAWN, S.OUT, S.UNFINISHED}),
    S.WITHDRAWN: frozenset({S.SUBMITTED, S.OUT, S.UNFINISHED}),
    S.ACCEPTED: frozenset({S.SIGNED, S.RETURNED}),  # returned: accepted by mistake
    S.SIGNED: frozenset({S.FILED}),
    S.FILED: frozenset(),
    S.UNFINISHED: frozenset({S.NOT_STARTED, S.DRAFTING, S.RETURNED, S.WITHDRAWN}),  # opened again
}
WRITABLE = frozenset({S.NOT_STARTED, S.DRAFTING, S.RETURNED, S.WITHDRAWN})
OWING = WRITABLE  # the member's turn; late once the deadline is over
DONE = frozenset({S.ACCEPTED, S.SIGNED, S.FILED})


class ReviewFileKind(StrEnum):
    TEXT = "text"  # the member's own document, or photos of what they wrote by hand
    POST = "post"  # what came to the cell by post
    SIGNED = "signed"  # a scan of the signed paper
    COMMENT = "comment"  # of the cell where the member is for the time being


class Level(StrEnum):
    """The four levels (QĐ 366-QĐ/TW 2025, Điều 11); ids as in the form files."""

    EXCELLENT = "hoan_thanh_xuat_sac"
    GOOD = "hoan_thanh_tot"
    COMPLETED = "hoan_thanh"
    NOT_COMPLETED = "khong_hoan_thanh"
