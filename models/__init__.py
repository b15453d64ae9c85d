"""The ground floor: what is true and what may happen. Every room with a table is imported here."""

from models import (
    checkin,
    contact_note,
    conversation,
    inbox,
    invite,
    job_run,
    member,
    outbox,
    request,
    rights,
    unit,
)
from models.base import Base

__all__ = [
    "Base",
    "checkin",
    "contact_note",
    "conversation",
    "inbox",
    "invite",
    "job_run",
    "member",
    "outbox",
    "request",
    "rights",
    "unit",
]
