"""Practice, not regulation: how long names are shown, how long a desk may be left alone."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class CommitteePolicy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    unattended_days: Annotated[int, Field(ge=1, le=180)] = 14
    """Days that something waits on a cell's desk without anybody opening it, until the committee is told."""
    names_answer_days: Annotated[int, Field(ge=1, le=90)] = 14
    """Days that a cell has to grant or refuse a request for names; then it lapses."""
    names_shown_days: Annotated[int, Field(ge=1, le=60)] = 7
    """Days that granted names can be looked at."""
    visit_days: Annotated[int, Field(ge=1, le=366)] = 60
    """A visit can be noted so many days afterwards."""
