"""A commune of thousands, put into the database by the thousand: for stories and benches."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.ground.base import table_of
from models.ground.names import fold, sort_key
from models.ground.sealing import new_id
from models.people.member import Account, Consent, Member, Purpose
from models.people.unit import Unit, UnitKind, create_unit
from models.phrases.people.member import CONSENT_VERSION

_AT_ONCE = 5_000


def a_crowd(
    db: Session, commune: Unit, *, first_chat: int, people: int, per_cell: int = 100, now: datetime
) -> list[int]:
    """Members of new cells below `commune`, each with an account and all consents; their cells' ids."""
    cells = [
        create_unit(db, kind=UnitKind.CELL, name=f"Chi bộ thôn {number}", parent=commune, now=now).id
        for number in range(-(-people // per_cell))
    ]
    for begin in range(0, people, _AT_ONCE):
        numbers = range(begin, min(begin + _AT_ONCE, people))
        members = [_member(cells[n // per_cell], n, now) for n in numbers]
        ids = [one["id"] for one in members]
        accounts = [_account(one, first_chat + n, now) for one, n in zip(ids, numbers, strict=True)]
        consents = [_consent(one, purpose, now) for one in ids for purpose in Purpose]
        for table, rows in ((Member, members), (Account, accounts), (Consent, consents)):
            db.connection().execute(insert(table_of(table)), rows)
    return cells


def _member(cell_id: int, number: int, now: datetime) -> dict[str, Any]:
    name = f"Nguyễn Văn Người {number}"
    return {
        "id": new_id(),
        "cell_id": cell_id,
        "full_name": name,
        "sort_key": sort_key(name),
        "folded": fold(name),
        "standing": "official",
        "place_code": "VN-79",
        "zone": "Asia/Ho_Chi_Minh",
        "lang": "vi",
        "discreet": False,
        "created_at": now,
    }


def _account(member_id: int, chat_id: int, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "member_id": member_id,
        "address": chat_address(chat_id),
        "linked_at": now,
        "told_since": now,
        "reachability": "ok",
        "reachability_at": now,
    }


def _consent(member_id: int, purpose: Purpose, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "member_id": member_id,
        "purpose": purpose.value,
        "version": CONSENT_VERSION,
        "given": True,
        "at": now,
    }
