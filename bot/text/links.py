"""What words cannot carry stands on the reader's page: the way there."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.orm import Session

from models.ground.channel import Address
from models.people.browser import page_account
from models.people.member import Account, Member, account_at
from models.phrases.entry import own_link as phrases
from models.phrases.text import Lang


class Links(Protocol):
    """Makes the short link to the page of whoever reads at an address."""

    def to_page(self, db: Session, address: Address) -> str:
        """Return the link; empty where there is none for this address, or no page at all."""
        ...

    def asks(self, db: Session, address: Address) -> list[tuple[str, str]]:
        """Return the choice by which the page is asked for there: what it says, what it sends back; none where no page is served."""
        ...


class DoorLinks:
    """Leads to the page itself, which asks who comes: nothing in the link has to be kept from anybody."""

    def __init__(self, door: str) -> None:
        self._door = door

    def to_page(self, db: Session, address: Address) -> str:
        account = self._account(db, address)
        has_page = account is not None and page_account(db, account.member_id) is not None
        return f"{self._door}/" if has_page else ""

    def asks(self, db: Session, address: Address) -> list[tuple[str, str]]:
        account = self._account(db, address)
        if account is None:
            return []
        label = phrases.CANNOT_ENTER if page_account(db, account.member_id) else phrases.OPEN_PAGE
        return [(label.to_plain(Lang(db.get_one(Member, account.member_id).lang)), "own_link:ask")]

    def _account(self, db: Session, address: Address) -> Account | None:
        return account_at(db, address) if self._door else None
