"""Who is recognised, what is asked again, and two who claim one invite at the same moment."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.entry.invite import Invite, claim_invite, create_invite
from models.entry.policy import InvitePolicy
from models.entry.register import purposes_to_ask, recognise
from models.ground.channel import Address, Channel
from models.ground.db import Database
from models.ground.errors import Refused
from models.people.member import Member, Proof, Purpose, add_member, record_consent
from models.people.rights import Role, appoint
from models.people.unit import UnitKind, create_unit
from models.phrases.people.member import CONSENT_VERSION

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


def a_member(db: Session, phone: str | None = None, *, led: bool = True) -> Member:
    cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ 1", parent=None, now=NOW)
    if led:
        binh = add_member(db, cell_id=cell.id, full_name="Bình", now=NOW)
        appoint(db, member_id=binh.id, unit_id=cell.id, role=Role.SECRETARY, by_id=None, now=NOW)
    return add_member(db, cell_id=cell.id, full_name="An", phone=phone, now=NOW)


def proof_by(db: Session, member: Member, shared: str) -> Proof | None:
    """What a number proves after an invite of the operator's."""
    invite, _ = create_invite(db, member, by_id=None, policy=InvitePolicy(), now=NOW)
    return recognise(db, invite, member, shared, InvitePolicy(), typed=False, now=NOW)


@pytest.mark.parametrize(
    ("roster", "shared", "same"),
    [
        ("+84912345678", "84912345678", True),
        ("+84912345678", "+84912345678", True),
        ("+84912345678", "0912345678", True),
        ("+819012345678", "819012345678", True),
        ("+886912345678", "886912345678", True),
        ("+84912345678", "84912345679", False),
        ("+84912345678", "", False),
        (None, "84912345678", False),
    ],
)
def test_a_number_is_recognised_however_telegram_writes_it(
    sqlite_url: str, roster: str | None, shared: str, same: bool
) -> None:
    database = Database(sqlite_url)
    proof = database.run(lambda db: proof_by(db, a_member(db, roster), shared))
    assert proof is (Proof.ROSTER_PHONE if same else None)
    database.close()


def test_with_nobody_to_ask_and_no_number_noted_any_own_number_will_do(database: Database) -> None:
    def work(db: Session) -> None:
        assert proof_by(db, a_member(db, led=False), "84912345678") is Proof.OPERATOR
        assert proof_by(db, a_member_of_another(db), "84912345678") is None

    def a_member_of_another(db: Session) -> Member:
        cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ 2", parent=None, now=NOW)
        return add_member(db, cell_id=cell.id, full_name="Chi", phone="+84912345670", now=NOW)

    database.run(work)


def test_only_what_was_not_answered_in_this_wording_is_asked(database: Database) -> None:
    def work(db: Session) -> None:
        member = a_member(db)
        here = chat_address(7)
        on_zalo = Address(Channel.TEXT, "6ede")
        assert purposes_to_ask(db, member, here) == [one for one in Purpose if one is not Purpose.ZALO]
        assert purposes_to_ask(db, member, on_zalo) == [one for one in Purpose if one is not Purpose.ABROAD]
        record_consent(db, member.id, Purpose.CONTACT, given=True, now=NOW)
        record_consent(db, member.id, Purpose.REVIEW, given=False, now=NOW)
        record_consent(db, member.id, Purpose.MEETING, given=True, now=NOW, version=CONSENT_VERSION - 1)
        left = [Purpose.AWAY, Purpose.MEETING, Purpose.COUNTS]
        assert purposes_to_ask(db, member, here) == [Purpose.ABROAD, *left]
        assert purposes_to_ask(db, member, Address(Channel.WEB, "x")) == left
        record_consent(db, member.id, Purpose.CONTACT, given=False, now=NOW)
        assert Purpose.CONTACT in purposes_to_ask(db, member, here)
        member.cell_id = None
        assert purposes_to_ask(db, member, here) == [Purpose.ABROAD, Purpose.CONTACT]

    database.run(work)


@pytest.mark.both
def test_of_two_claims_at_the_same_moment_one_wins(database: Database) -> None:
    invite_id = database.run(
        lambda db: create_invite(db, a_member(db), by_id=None, policy=InvitePolicy(), now=NOW)[0].id
    )
    database.run(lambda db: setattr(db.get_one(Invite, invite_id), "state", "opened"))
    start, refused = Barrier(2), []

    def claim(chat_id: int) -> None:
        start.wait()
        try:
            database.run(
                lambda db: claim_invite(
                    db, db.get_one(Invite, invite_id), address=chat_address(chat_id), now=NOW
                )
            )
        except Refused:
            refused.append(chat_address(chat_id))

    threads = [Thread(target=claim, args=(chat,)) for chat in (7, 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = database.run(lambda db: db.get_one(Invite, invite_id).opened_from)
    assert {winner, *refused} == {chat_address(7), chat_address(8)}
