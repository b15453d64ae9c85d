"""What words cannot carry stands on the reader's page: the way there."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.orm import Session

from models.ground.channel import Address


class Links(Protocol):
    """Makes the short signed link that opens the page of whoever reads at an address."""

    def to_page(self, db: Session, address: Address) -> str:
        """Return the link; empty where there is none for this address, or no page at all."""
        ...


class NoPage:
    """Nobody has a page: the plain sentence stands alone."""

    def to_page(self, db: Session, address: Address) -> str:
        return ""
