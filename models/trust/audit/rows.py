"""The policy, and the record of what each audit found."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from models.ground.base import Base, Identified, Json


class AuditFinding(BaseModel):
    """What one check found."""

    check: str
    count: int = 0
    rows: list[str] = []  # ids of the first ones, or names
    repaired: bool = False
    error: str = ""  # the check itself failed: the error's name


class Findings(BaseModel):
    all: list[AuditFinding] = []


class AuditRun(Identified, Base):
    __tablename__ = "audit_run"

    at: Mapped[datetime]
    well: Mapped[bool]  # nothing was found, or all of it repaired
    findings: Mapped[Findings] = mapped_column(Json(Findings))
    looked_up_to: Mapped[int]  # the account after which the next one goes on; 0: from the first

    __table_args__ = (Index("ix_audit_run_at", "at"),)
