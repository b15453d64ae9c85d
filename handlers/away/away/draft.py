"""The answers so far, whatever they are for; and what the rows of an absence look like as answers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from handlers.away.away.door import own_away, own_filing
from handlers.away.stay import StayDraft
from handlers.ground.context import Context
from models.away.away import (
    Away,
    Declaration,
    Filing,
    FilingKind,
    Proposal,
    Route,
    Scan,
    Stay,
    WorkKind,
    away_changes,
    away_of,
    extension_for,
    proposal_for,
)


class Aim(StrEnum):
    DECLARE = "declare"
    CORRECT = "correct"  # a paper that was returned
    EXTEND = "extend"
    CHANGE = "change"  # on the way


class Step(StrEnum):
    """A question about one thing; its name is that of the button which changes it (phrases.FIELDS)."""

    PLACE = "place"
    ZONE = "zone"
    CITY = "city"
    WORK = "work"
    EMPLOYER = "employer"
    BEGIN = "begin"
    END = "end"
    STEADY = "steady"
    REASON = "reason"
    PHONE = "phone"
    TRUSTED = "trusted"
    KNOWS = "knows"
    TRUSTED_PHONE = "their_phone"
    HOST = "host"
    FROM = "from"
    ANSWER = "answer"
    SCAN = "scan"
    OVERVIEW = "overview"


class Draft(StayDraft):
    aim: Aim = Aim.DECLARE
    done: set[Step] = Field(default_factory=set)  # what has been answered, or skipped
    seen: bool = False  # the overview was reached: from then on answers are changed one by one
    fields: int = 0  # the page of what the overview lets one change
    away_id: int = 0
    filing_id: int = 0
    itinerant: bool = False
    studied: bool | None = None  # as on record, as long as the work stays the same
    from_on: date | None = None
    answer: str = ""
    scan: Scan | None = None
    base: Stay | None = None  # what was on record when it was begun

    def same_matter(self, other: Draft) -> bool:
        return (self.away_id, self.filing_id, self.base) == (other.away_id, other.filing_id, other.base)

    @property
    def study(self) -> bool:
        return self.work is WorkKind.STUDY if self.studied is None else self.studied

    @property
    def declaration(self) -> Declaration:
        """Once the dates are known."""
        if self.begins_on is None:
            raise LookupError("a declaration without its first day")
        return Declaration(
            stay=self.stay,
            begins_on=self.begins_on,
            ends_on=self.ends_on,
            reason=self.reason,
            study=self.study,
            itinerant=self.itinerant,
        )


def draft_of(aim: Aim, away: Away, filing: Filing | None = None) -> Draft:
    """Return a draft of what is on record, with every question answered."""
    paper = filing if filing is not None else away
    draft = Draft(
        aim=aim,
        done=set(Step),
        seen=True,
        away_id=away.id,
        filing_id=filing.id if filing else 0,
        begins_on=paper.begins_on,
        ends_on=paper.ends_on,
        itinerant=away.itinerant,
        studied=away.study,
        reason=paper.reason or "",
    )
    draft.live_as(away.stay)
    return draft


def is_extension(ctx: Context, draft: Draft) -> bool:
    if draft.aim is Aim.CORRECT:
        return own_filing(ctx, draft.filing_id).kind == FilingKind.EXTENSION
    return draft.aim is Aim.EXTEND


def proposal_of(ctx: Context, draft: Draft) -> Proposal:
    """Return what the rules suggest for these answers; the place and the dates have to be known."""
    if is_extension(ctx, draft):
        away = own_away(ctx, draft.away_id)
        return extension_for(away, draft.ends_on, draft.stay, ctx.policies)
    return proposal_for(draft.declaration, ctx.policies)


def steadiness_matters(ctx: Context, draft: Draft) -> bool:
    """Return whether moving about would lead to another route."""
    if draft.begins_on is None or Step.END not in draft.done:
        return False
    return proposal_if(ctx, draft, itinerant=True).route is not proposal_if(ctx, draft, itinerant=False).route


def proposal_if(ctx: Context, draft: Draft, *, itinerant: bool) -> Proposal:
    return proposal_for(draft.declaration.model_copy(update={"itinerant": itinerant}), ctx.policies)


def needs_reason(ctx: Context, draft: Draft) -> bool:
    """Return whether a reason is asked for: an application states its reason, what is only noted need not."""
    return not is_extension(ctx, draft) and proposal_of(ctx, draft).route is not Route.NOTE


def newest_stay(ctx: Context, away: Away) -> Stay:
    ahead = [one for one in away_changes(ctx.db, away.id) if one.applied_at is None]
    return ahead[-1].after if ahead else away.stay


def redated(ctx: Context, draft: Draft) -> bool:
    """Return whether a corrected paper may lead to another route than it was filed on."""
    filing = own_filing(ctx, draft.filing_id)
    away = away_of(ctx.db, filing)
    lives = filing.kind == FilingKind.APPLICATION and (draft.itinerant, draft.study) != (
        away.itinerant,
        away.study,
    )
    moved = draft.place_code != away.place_code
    return lives or moved or (draft.begins_on, draft.ends_on) != (filing.begins_on, filing.ends_on)


def route_of(ctx: Context, draft: Draft) -> Route:
    if draft.aim is Aim.CORRECT and not redated(ctx, draft):
        return Route(own_filing(ctx, draft.filing_id).route)
    return proposal_of(ctx, draft).route
