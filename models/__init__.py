"""The ground floor: what is true and what may happen. Every room with a table is imported here."""

from models import (
    assignment,
    away,
    checkin,
    contact_note,
    conversation,
    inbox,
    invite,
    job_run,
    letter,
    member,
    office,
    outbox,
    probation,
    request,
    rights,
    screening,
    unit,
)
from models.base import Base

__all__ = [
    "Base",
    "assignment",
    "away",
    "checkin",
    "contact_note",
    "conversation",
    "inbox",
    "invite",
    "job_run",
    "letter",
    "member",
    "office",
    "outbox",
    "probation",
    "request",
    "rights",
    "screening",
    "unit",
]
