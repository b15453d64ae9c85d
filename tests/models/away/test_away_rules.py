"""Which route the dates and the place suggest, until when, and when reminders are due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st
from pydantic import ValidationError

from models.away.away import Proposal, Route, introduction_due, propose_route
from models.away.policy import AwayPolicy
from models.ground.rules import Sure
from models.ground.workdays import WorkdayPolicy

POLICY = AwayPolicy()
BEGIN = date(2026, 12, 5)


def _propose(
    ends_on: date | None, *, abroad: bool = False, study: bool = False, itinerant: bool = False
) -> Proposal:
    return propose_route(
        BEGIN,
        ends_on,
        abroad=abroad,
        study=study,
        itinerant=itinerant,
        policy=POLICY,
        workdays=WorkdayPolicy(),
    )


@pytest.mark.parametrize(
    ("ends_on", "situation", "route", "rule"),
    [
        (date(2027, 3, 4), {}, Route.NOTE, "note_under_months"),
        (date(2027, 3, 4), {"abroad": True}, Route.NOTE, "note_under_months"),
        (date(2027, 3, 5), {}, Route.TEMPORARY, "temporary_months"),
        (date(2027, 12, 4), {}, Route.TEMPORARY, "temporary_months"),
        (date(2027, 12, 5), {}, Route.FORMAL, "transfer_workdays"),
        (None, {}, Route.FORMAL, "transfer_workdays"),
        (date(2027, 12, 4), {"itinerant": True}, Route.EXEMPT, "exempt_months"),
        (None, {"itinerant": True}, Route.EXEMPT, "exempt_months"),
        (date(2028, 12, 4), {"study": True}, Route.TEMPORARY, "study_months"),
        (date(2028, 12, 5), {"study": True}, Route.FORMAL, "transfer_workdays"),
        (date(2027, 12, 4), {"abroad": True}, Route.TEMPORARY, "temporary_months"),
        (date(2027, 12, 5), {"abroad": True}, Route.ABROAD, "abroad_months"),
        (None, {"abroad": True, "itinerant": True}, Route.ABROAD, "abroad_months"),
    ],
)
def test_the_route_follows_from_dates_and_place(
    ends_on: date | None, situation: dict[str, bool], route: Route, rule: str
) -> None:
    proposal = _propose(ends_on, **situation)
    assert (proposal.route, proposal.rule) == (route, rule)


def test_the_proposal_says_which_rule_and_how_sure_we_are() -> None:
    source = _propose(None, itinerant=True).source
    assert (source.document, source.article) == ("Hướng dẫn 01-HD/TW ngày 19/05/2026", "")
    assert source.sure is Sure.UNCONFIRMED


def test_who_plans_longer_than_one_decision_covers_is_told() -> None:
    proposal = _propose(date(2029, 1, 1), itinerant=True)
    assert (proposal.until, proposal.shortened) == (date(2027, 12, 4), True)
    assert _propose(date(2027, 6, 1), itinerant=True).shortened is False


def test_a_formal_transfer_is_due_after_sixty_working_days() -> None:
    assert _propose(None).until == date(2027, 3, 8)  # Tết and New Year's Day not counted
    assert introduction_due(date(2026, 12, 7), POLICY, WorkdayPolicy()) == date(2027, 1, 19)


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.one_of(st.none(), st.integers(0, 2000)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_every_situation_has_a_route_and_a_day_to_look_at_it_again(
    begins_on: date, length: int | None, abroad: bool, study: bool, itinerant: bool
) -> None:
    ends_on = begins_on + timedelta(days=length) if length is not None else None
    proposal = propose_route(
        begins_on,
        ends_on,
        abroad=abroad,
        study=study,
        itinerant=itinerant,
        policy=POLICY,
        workdays=WorkdayPolicy(),
    )
    assert proposal.route is not Route.RELIEVED  # only a cell chooses that
    assert proposal.until >= begins_on
    if ends_on is not None and proposal.route is not Route.FORMAL:
        assert proposal.until <= ends_on


def test_a_policy_that_cannot_be_meant_is_refused() -> None:
    with pytest.raises(ValidationError):
        AwayPolicy(remind_days=(60, -1))
    with pytest.raises(ValidationError):
        AwayPolicy(note_under_months=12)
