"""The policy, and the record of what each audit found."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from models.ground.base import Base, Identified, Json


class AuditPolicy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    tolerance: timedelta = timedelta(hours=1)
    """So much later than planned may time do something before it is an alarm."""
    outbox_tolerance: timedelta = timedelta(hours=12)
    """So long may a message wait: a long announcement at 30 a second, a chat that Telegram cannot take."""
    limit: int = Field(default=250, ge=1)
    """Rows that one check looks at, and repairs, in one go."""
    people: int = Field(default=2_000, ge=1)
    """Accounts looked at in one audit; the next one goes on from there."""
    keep: timedelta = timedelta(days=90)
    """How long the record of an audit is kept."""


class Finding(BaseModel):
    """What one check found."""

    check: str
    count: int = 0
    rows: list[str] = []  # ids of the first ones, or names
    repaired: bool = False
    error: str = ""  # the check itself failed: the error's name


class Findings(BaseModel):
    all: list[Finding] = []


class AuditRun(Identified, Base):
    __tablename__ = "audit_run"

    at: Mapped[datetime]
    well: Mapped[bool]  # nothing was found, or all of it repaired
    findings: Mapped[Findings] = mapped_column(Json(Findings))
    looked_up_to: Mapped[int]  # the account after which the next one goes on; 0: from the first

    __table_args__ = (Index("ix_audit_run_at", "at"),)
