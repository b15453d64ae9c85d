"""The life of one absence, with its paper chain.

    absence                                                        paper chain (application, extension)

    WAITING ──approved──> ACTIVE ──back──> RETURNING ──> CLOSED    FILED ──> AT_CELL ──> PROPOSED ──> APPROVED
       │  │                 │ ^               ^                      ^ └──────┬─┴───────────┤ └─────> REFUSED
       │  └──end passed──┐  │ │ extended      │                      └── RETURNED <─────────┘
       │                 v  v │               │                    WITHDRAWN by the member, SUPERSEDED by a newer one
       └──> DROPPED <── LAPSED ───────────────┘                    NOTED: too short to be decided
            refused, withdrawn, superseded

Each move leaves a dated row that is never changed. Deciding belongs to people in office: acts check that at the moment
of use. Place, clock and rhythm of the member follow the absence from its first day on, decided or not, because that is
where they are; `next_at` (UTC, indexed) is the one moment at which time has something to do with it.

    policy, states, rows, rules, refusals, questions, competence, paper, telling, applying, filing, staying, declaring,
    deciding, returning, passing      each leans on those before it
"""

from models.away.applying import habit_of
from models.away.competence import committee_of, competent_unit
from models.away.deciding import (
    decide_filing,
    filings_to_decide,
    may_decide,
    may_read_filing,
    put_filing_to_cell,
    record_cell_result,
    return_filing,
    set_away_updates,
)
from models.away.declaring import attach_scan, file_away, refile, withdraw_filing
from models.away.filing import check_dates, extension_for, proposal_for
from models.away.paper import Filed, filed_now, filed_paper, is_kept
from models.away.passing import lapse_away, move_aways, ways_on
from models.away.policy import AwayPolicy, Decides
from models.away.questions import (
    ContactCard,
    RegisterLine,
    away_changes,
    away_moves,
    away_of,
    away_updates,
    aways_of,
    contact_card,
    decision_of,
    due_aways,
    ending_aways,
    filing_moves,
    filing_under_way,
    filings_of,
    filings_to_keep,
    lapsed_aways,
    members_away,
    next_away_at,
    open_away,
    register_of,
    return_items,
    returning_aways,
)
from models.away.refusals import (
    AwayOver,
    AwayRunning,
    CommentNeeded,
    DatesUnfit,
    DecisionIncomplete,
    FilingSettled,
    TrustedMustKnow,
)
from models.away.returning import (
    ReturnStepDone,
    begin_return,
    close_away,
    reopen_return_item,
    resume_away,
    tick_return_item,
)
from models.away.rows import (
    Away,
    AwayChange,
    AwayHabit,
    AwayMove,
    AwayPolicies,
    AwayUpdate,
    Declaration,
    Filing,
    FilingMove,
    HistoryRewritten,
    ReturnItem,
    Scan,
    Stay,
)
from models.away.rules import Proposal, introduction_due, propose_extension, propose_route, same_length
from models.away.states import (
    AWAY,
    AWAY_MOVES,
    FILING_MOVES,
    ON_PORTAL,
    OPEN,
    RUNNING,
    UNDER_WAY,
    AwayState,
    FilingKind,
    FilingState,
    ReturnStep,
    Route,
    WorkKind,
)
from models.away.staying import change_away, extend_away, send_update

__all__ = [
    "AWAY",
    "AWAY_MOVES",
    "FILING_MOVES",
    "ON_PORTAL",
    "OPEN",
    "RUNNING",
    "UNDER_WAY",
    "Away",
    "AwayChange",
    "AwayHabit",
    "AwayMove",
    "AwayOver",
    "AwayPolicies",
    "AwayPolicy",
    "AwayRunning",
    "AwayState",
    "AwayUpdate",
    "CommentNeeded",
    "ContactCard",
    "DatesUnfit",
    "Decides",
    "DecisionIncomplete",
    "Declaration",
    "Filed",
    "Filing",
    "FilingKind",
    "FilingMove",
    "FilingSettled",
    "FilingState",
    "HistoryRewritten",
    "Proposal",
    "RegisterLine",
    "ReturnItem",
    "ReturnStep",
    "ReturnStepDone",
    "Route",
    "Scan",
    "Stay",
    "TrustedMustKnow",
    "WorkKind",
    "attach_scan",
    "away_changes",
    "away_moves",
    "away_of",
    "away_updates",
    "aways_of",
    "begin_return",
    "change_away",
    "check_dates",
    "close_away",
    "committee_of",
    "competent_unit",
    "contact_card",
    "decide_filing",
    "decision_of",
    "due_aways",
    "ending_aways",
    "extend_away",
    "extension_for",
    "file_away",
    "filed_now",
    "filed_paper",
    "filing_moves",
    "filing_under_way",
    "filings_of",
    "filings_to_decide",
    "filings_to_keep",
    "habit_of",
    "introduction_due",
    "is_kept",
    "lapse_away",
    "lapsed_aways",
    "may_decide",
    "may_read_filing",
    "members_away",
    "move_aways",
    "next_away_at",
    "open_away",
    "proposal_for",
    "propose_extension",
    "propose_route",
    "put_filing_to_cell",
    "record_cell_result",
    "refile",
    "register_of",
    "reopen_return_item",
    "resume_away",
    "return_filing",
    "return_items",
    "returning_aways",
    "same_length",
    "send_update",
    "set_away_updates",
    "tick_return_item",
    "ways_on",
    "withdraw_filing",
]
