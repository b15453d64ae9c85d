"""States and moves: one dict for the life of an absence, one for its paper chain."""

from __future__ import annotations

from enum import StrEnum


class Route(StrEnum):
    """What is applied for. The program proposes one; the cell decides."""

    NOTE = "note"  # too short to file anything: noted only
    EXEMPT = "exempt"  # tạm miễn sinh hoạt đảng
    TEMPORARY = "temporary"  # chuyển sinh hoạt đảng tạm thời
    FORMAL = "formal"  # chuyển sinh hoạt đảng chính thức
    ABROAD = "abroad"  # ra ngoài nước, sinh hoạt đơn lẻ
    RELIEVED = "relieved"  # miễn công tác và sinh hoạt đảng (Điều 7): never proposed, a cell may choose it


ON_PORTAL = frozenset(
    {Route.FORMAL, Route.TEMPORARY}
)  # the National Public Service Portal does these, not we


class WorkKind(StrEnum):
    FACTORY = "factory"
    BUILDING = "building"
    FARMING = "farming"
    FISHING = "fishing"
    CARE = "care"  # nursing, households
    SERVICE = "service"
    TRADE = "trade"
    TRAINEE = "trainee"
    STUDY = "study"
    FAMILY = "family"  # with family, not working
    OTHER = "other"


class AwayState(StrEnum):
    WAITING = "waiting"  # its application is under way
    ACTIVE = "active"  # decided, or noted
    LAPSED = "lapsed"  # its end went by without a decision
    RETURNING = "returning"  # back; the checklist is open
    CLOSED = "closed"  # back, or ended otherwise
    DROPPED = "dropped"  # its application was refused, withdrawn or superseded


A = AwayState
AWAY_MOVES: dict[AwayState, frozenset[AwayState]] = {
    A.WAITING: frozenset({A.ACTIVE, A.LAPSED, A.CLOSED, A.DROPPED}),
    A.ACTIVE: frozenset({A.LAPSED, A.RETURNING, A.CLOSED}),
    A.LAPSED: frozenset({A.ACTIVE, A.RETURNING, A.CLOSED, A.DROPPED}),
    A.RETURNING: frozenset({A.ACTIVE, A.LAPSED, A.CLOSED}),  # the first two: the return was a mistake
    A.CLOSED: frozenset(),
    A.DROPPED: frozenset(),
}
OPEN = frozenset({A.WAITING, A.ACTIVE, A.LAPSED, A.RETURNING})
RUNNING = frozenset({A.ACTIVE, A.LAPSED})  # can be extended, and come back from; who waits withdraws instead
AWAY = frozenset({A.WAITING, A.ACTIVE, A.LAPSED})  # can be changed


class FilingKind(StrEnum):
    APPLICATION = "application"
    EXTENSION = "extension"


class FilingState(StrEnum):
    FILED = "filed"  # the secretary's turn
    RETURNED = "returned"  # with a comment: the member's turn
    AT_CELL = "at cell"  # on the agenda of a meeting
    PROPOSED = "proposed"  # the cell proposes it: the committee's turn
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"  # by a newer one
    NOTED = "noted"  # too short to be decided


F = FilingState
FILING_MOVES: dict[FilingState, frozenset[FilingState]] = {
    F.FILED: frozenset({F.RETURNED, F.AT_CELL, F.WITHDRAWN, F.SUPERSEDED}),
    F.RETURNED: frozenset({F.FILED, F.NOTED, F.WITHDRAWN, F.SUPERSEDED}),
    F.AT_CELL: frozenset({F.PROPOSED, F.APPROVED, F.REFUSED, F.RETURNED, F.WITHDRAWN, F.SUPERSEDED}),
    F.PROPOSED: frozenset({F.APPROVED, F.REFUSED, F.RETURNED, F.WITHDRAWN, F.SUPERSEDED}),
    F.APPROVED: frozenset(),
    F.REFUSED: frozenset(),
    F.WITHDRAWN: frozenset(),
    F.SUPERSEDED: frozenset(),
    F.NOTED: frozenset(),
}
UNDER_WAY = frozenset(state for state, moves in FILING_MOVES.items() if moves)


class ReturnStep(StrEnum):
    """What is done when somebody comes back, in this order (domain.md §1.3)."""

    REPORT = "report"  # the member reports on arrival
    REVIEW = "review"  # the self-review of the time abroad, which the application has promised
    SUPPLEMENT = (
        "supplement"  # the supplement to the record, after a time abroad; the cell has seen it in the file
    )
    COMMENT = "comment"  # the comment of the place of stay has come
    END = "end"  # the exemption or the temporary activities are ended
    MEETING = "meeting"  # takes part in the next meeting
