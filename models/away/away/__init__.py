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
    season, deciding, returning, passing      each leans on those before it
"""

from models.away.away.applying import habit_of as habit_of, recount_aways as recount_aways
from models.away.away.competence import (
    committee_for as committee_for,
    committee_of as committee_of,
    policy_of as policy_of,
)
from models.away.away.deciding import (
    correct_decision as correct_decision,
    decide_filing as decide_filing,
    filings_to_decide as filings_to_decide,
    may_correct as may_correct,
    may_decide as may_decide,
    may_read_filing as may_read_filing,
    put_filing_to_cell as put_filing_to_cell,
    record_cell_result as record_cell_result,
    return_filing as return_filing,
    set_away_updates as set_away_updates,
    settle_cell_results as settle_cell_results,
    settle_decisions as settle_decisions,
)
from models.away.away.declaring import (
    attach_scan as attach_scan,
    file_away as file_away,
    refile as refile,
    withdraw_filing as withdraw_filing,
)
from models.away.away.filing import (
    check_dates as check_dates,
    extension_for as extension_for,
    proposal_for as proposal_for,
)
from models.away.away.paper import filed_now as filed_now, filed_paper as filed_paper, is_kept as is_kept
from models.away.away.passing import move_aways as move_aways
from models.away.away.questions import (
    ContactCard as ContactCard,
    away_changes as away_changes,
    away_moves as away_moves,
    away_of as away_of,
    away_updates as away_updates,
    aways_of as aways_of,
    contact_card as contact_card,
    corrections_of as corrections_of,
    decision_of as decision_of,
    due_aways as due_aways,
    filing_moves as filing_moves,
    filing_under_way as filing_under_way,
    filings_of as filings_of,
    filings_to_keep as filings_to_keep,
    lapsed_aways as lapsed_aways,
    members_away as members_away,
    next_away_at as next_away_at,
    open_away as open_away,
    places_of as places_of,
    register_of as register_of,
    return_items as return_items,
    returning_aways as returning_aways,
)
from models.away.away.refusals import (
    AwayOver as AwayOver,
    AwayRunning as AwayRunning,
    CommentNeeded as CommentNeeded,
    DatesUnfit as DatesUnfit,
    DecisionIncomplete as DecisionIncomplete,
    FilingSettled as FilingSettled,
    SeasonFiled as SeasonFiled,
    SeasonOver as SeasonOver,
    TrustedMustKnow as TrustedMustKnow,
)
from models.away.away.returning import (
    ReturnStepDone as ReturnStepDone,
    begin_return as begin_return,
    close_away as close_away,
    reopen_return_item as reopen_return_item,
    resume_away as resume_away,
    tick_return_item as tick_return_item,
    tick_return_items as tick_return_items,
)
from models.away.away.rows import (
    Away as Away,
    AwayChange as AwayChange,
    AwayMove as AwayMove,
    AwayUpdate as AwayUpdate,
    Decided as Decided,
    Declaration as Declaration,
    Filing as Filing,
    FilingAct as FilingAct,
    FilingMove as FilingMove,
    HistoryRewritten as HistoryRewritten,
    ReturnItem as ReturnItem,
    Scan as Scan,
    Stay as Stay,
)
from models.away.away.rules import (
    Proposal as Proposal,
    due_day as due_day,
    introduction_due as introduction_due,
    next_moment as next_moment,
    propose_route as propose_route,
    same_length as same_length,
    season_dates as season_dates,
)
from models.away.away.season import (
    Season as Season,
    file_season as file_season,
    is_as_last_year as is_as_last_year,
    season_again as season_again,
    season_of as season_of,
    seasonal_filings as seasonal_filings,
)
from models.away.away.states import (
    AWAY as AWAY,
    AWAY_MOVES as AWAY_MOVES,
    FILING_MOVES as FILING_MOVES,
    ON_PORTAL as ON_PORTAL,
    OPEN as OPEN,
    RUNNING as RUNNING,
    UNDER_WAY as UNDER_WAY,
    AwayState as AwayState,
    FilingKind as FilingKind,
    FilingState as FilingState,
    ReturnStep as ReturnStep,
    Route as Route,
    WorkKind as WorkKind,
)
from models.away.away.staying import (
    change_away as change_away,
    extend_away as extend_away,
    send_update as send_update,
)
