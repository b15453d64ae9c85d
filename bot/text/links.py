"""What words cannot carry stands on the reader's page: the way there."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.orm import Session

from models.ground.channel import Address
from models.people.browser import page_account
from models.people.member import account_at


class Links(Protocol):
    """Makes the short link to the page of whoever reads at an address."""

    def to_page(self, db: Session, address: Address) -> str:
        """Return the link; empty where there is none for this address, or no page at all."""
        ...


class DoorLinks:
    """Leads to the page itself, which asks who comes: nothing in the link has to be kept from anybody."""

    def __init__(self, door: str) -> None:
        self._door = door

    def to_page(self, db: Session, address: Address) -> str:
        account = account_at(db, address) if self._door else None
        has_page = account is not None and page_account(db, account.member_id) is not None
        return f"{self._door}/" if has_page else ""
