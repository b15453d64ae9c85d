"""The ground floor: what is true and what may happen. Every room with a table is imported here."""

from models import conversation, inbox, job_run, member, outbox, rights, unit
from models.base import Base

__all__ = ["Base", "conversation", "inbox", "job_run", "member", "outbox", "rights", "unit"]
