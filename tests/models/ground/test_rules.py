"""Numbers from rules: each names its document; the whole list can be printed."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import BaseModel

from models.away.policy import AwayPolicy
from models.ground.rules import Sure, source_of, sourced_fields
from models.policies import Policies
from models.year.policy import ProbationPolicy


def _numbers(policy: type[BaseModel]) -> list[str]:
    """All fields but the hour of the clock at which people are told."""
    return [name for name in policy.model_fields if name != "hour"]


@pytest.mark.parametrize("policy", [AwayPolicy, ProbationPolicy])
def test_every_value_names_its_source(policy: type[BaseModel]) -> None:
    for name in _numbers(policy):
        source = source_of(policy, name)
        assert source.verified > date(2026, 1, 1)
        assert source.note if source.sure is Sure.PRACTICE else source.document


@pytest.mark.parametrize("policy", [AwayPolicy, ProbationPolicy])
def test_what_a_rule_says_has_the_day_from_which_it_holds(policy: type[BaseModel]) -> None:
    sources = [source_of(policy, name) for name in _numbers(policy)]
    assert [s for s in sources if s.sure is not Sure.PRACTICE and s.effective is None] == []


def test_nested_policies_are_walked_and_named_as_an_operator_sets_them() -> None:
    found = {row.variable: row for row in sourced_fields(Policies())}
    assert found["BOT_AWAY__EXEMPT_MONTHS"].value == 12
    assert found["BOT_AWAY__TRANSFER_WORKDAYS"].source.sure is Sure.UNCONFIRMED
    assert "BOT_PROBATION__CONSIDER_WORKDAYS" in found


def test_a_value_that_the_operator_has_changed_is_listed_as_it_is_now() -> None:
    changed = Policies(away=AwayPolicy(exempt_months=18))
    assert {row.variable: row.value for row in sourced_fields(changed)}["BOT_AWAY__EXEMPT_MONTHS"] == 18


def test_a_field_without_a_source_is_named() -> None:
    with pytest.raises(LookupError, match=r"Policies\.outbox"):
        source_of(Policies, "outbox")
