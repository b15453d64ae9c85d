"""Invites: one-use, expiring, the token never stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.delivery.outbox import Outbox
from models.delivery.papers import qr_png
from models.entry.invite import (
    MOVES,
    Claim,
    Invite,
    InviteClosed,
    InviteSettled,
    InviteState,
    InviteUnknown,
    claim_invite,
    confirmers,
    create_invite,
    hash_token,
    invite_link,
    invite_state,
    invite_states,
    invites_waiting,
    open_invite,
    revoke_invite,
    settle_invite,
    state_of,
    wait_for_identity,
)
from models.entry.policy import InvitePolicy
from models.ground.db import Database
from models.ground.errors import Refused
from models.people.member import Member, add_member
from models.people.rights import Role, appoint
from models.people.unit import UnitKind, create_unit
from models.phrases.entry import invite as phrases

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
WEEK = InvitePolicy()
S = InviteState


def an_invited(db: Session) -> tuple[Member, Invite, str]:
    cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ 1", parent=None, now=NOW)
    member = add_member(db, cell_id=cell.id, full_name="Nguyễn Thị An", now=NOW)
    return member, *create_invite(db, member, by_id=None, policy=WEEK, now=NOW)


def test_the_token_is_not_in_the_database(database: Database) -> None:
    def work(db: Session) -> None:
        _, invite, token = an_invited(db)
        assert len(token) >= 22  # 128 bits
        assert invite.token_hash == hash_token(token)
        assert token.encode() not in invite.token_hash

    database.run(work)


def test_it_opens_is_claimed_and_used_once(database: Database) -> None:
    def work(db: Session) -> None:
        member, invite, token = an_invited(db)
        assert invite_state(db, member.id, now=NOW) is S.SENT
        assert open_invite(db, token, address=chat_address(7), now=NOW).id == invite.id
        assert invite_state(db, member.id, now=NOW) is S.OPENED
        claim_invite(db, invite, address=chat_address(7), now=NOW)
        claim_invite(db, invite, address=chat_address(7), now=NOW)  # twice by the same chat is once
        with pytest.raises(InviteClosed):
            open_invite(db, token, address=chat_address(8), now=NOW)
        with pytest.raises(InviteClosed):
            claim_invite(db, invite, address=chat_address(8), now=NOW)
        settle_invite(db, invite, S.USED, now=NOW)
        with pytest.raises(InviteClosed):
            open_invite(db, token, address=chat_address(7), now=NOW)
        with pytest.raises(InviteSettled):
            settle_invite(db, invite, S.USED, now=NOW)

    database.run(work)


def test_an_unknown_token_is_unknown(database: Database) -> None:
    def work(db: Session) -> None:
        an_invited(db)
        for token in ("", "x", "ă" * 500):
            with pytest.raises(InviteUnknown):
                open_invite(db, token, address=chat_address(7), now=NOW)

    database.run(work)


def test_it_expires_without_anybody_doing_anything(database: Database) -> None:
    def work(db: Session) -> None:
        member, invite, token = an_invited(db)
        later = NOW + WEEK.lasts
        assert state_of(invite, now=later - timedelta(seconds=1)) is S.SENT
        assert invite_states(db, [member.id], now=later) == {member.id: S.EXPIRED}
        with pytest.raises(InviteClosed) as closed:
            open_invite(db, token, address=chat_address(7), now=later)
        assert "hết hạn" in closed.value.phrase.to_plain("vi")

    database.run(work)


def test_a_newer_invite_revokes_the_older(database: Database) -> None:
    def work(db: Session) -> None:
        member, older, token = an_invited(db)
        newer, _ = create_invite(db, member, by_id=None, policy=WEEK, now=NOW)
        db.refresh(older)
        assert older.state == S.REVOKED
        assert invite_state(db, member.id, now=NOW) is S.SENT
        with pytest.raises(InviteClosed):
            open_invite(db, token, address=chat_address(7), now=NOW)
        revoke_invite(db, newer, now=NOW, by_id=member.id)
        assert (newer.state, newer.settled_by) == (S.REVOKED, member.id)

    database.run(work)


def test_who_waits_does_not_expire_and_is_told_when_it_is_revoked(database: Database) -> None:
    def work(db: Session) -> None:
        member, invite, token = an_invited(db)
        open_invite(db, token, address=chat_address(7), now=NOW)
        claim_invite(db, invite, address=chat_address(7), now=NOW)
        wait_for_identity(db, invite, Claim(address=chat_address(7), phone="+84912345678"), now=NOW)
        later = NOW + WEEK.lasts * 2
        assert state_of(invite, now=later) is S.WAITING
        assert [one.id for one in invites_waiting(db, member.cell_id or 0)] == [invite.id]
        assert invite.claim == Claim(address=chat_address(7), phone="+84912345678")
        assert b"912345678" not in (invite.claim_sealed or b"")
        revoke_invite(db, invite, now=later)
        assert invite.claim_sealed is None
        assert [row.address for row in db.scalars(select(Outbox))] == [chat_address(7)]

    database.run(work)


def test_one_who_left_the_roster_cannot_be_invited(database: Database) -> None:
    def work(db: Session) -> None:
        member, _, _ = an_invited(db)
        member.left_at = NOW
        with pytest.raises(Refused, match="Refused"):
            create_invite(db, member, by_id=None, policy=WEEK, now=NOW)

    database.run(work)


def test_secretary_and_deputy_confirm_and_officers_confirm_them(database: Database) -> None:
    def work(db: Session) -> None:
        commune = create_unit(db, kind=UnitKind.COMMUNE, name="Xã A", parent=None, now=NOW)
        cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ 1", parent=commune, now=NOW)
        an, binh, hoa = (add_member(db, cell_id=cell.id, full_name=n, now=NOW) for n in ("An", "Bình", "Hoa"))
        mai = add_member(db, cell_id=None, full_name="Mai", now=NOW)
        assert confirmers(db, an, now=NOW) == []
        appoint(db, member_id=mai.id, unit_id=commune.id, role=Role.OFFICER, by_id=None, now=NOW)
        assert confirmers(db, an, now=NOW) == [mai.id]
        appoint(db, member_id=binh.id, unit_id=cell.id, role=Role.SECRETARY, by_id=None, now=NOW)
        assert confirmers(db, an, now=NOW) == [binh.id]
        assert confirmers(db, binh, now=NOW) == [mai.id]
        appoint(db, member_id=hoa.id, unit_id=cell.id, role=Role.DEPUTY, by_id=None, now=NOW)
        assert confirmers(db, an, now=NOW) == [binh.id, hoa.id]
        assert confirmers(db, binh, now=NOW) == [hoa.id]
        assert confirmers(db, mai, now=NOW) == []

    database.run(work)


def test_every_move_names_known_states_and_ends_are_ends() -> None:
    assert set(MOVES) == set(S) - {S.EXPIRED}
    assert MOVES[S.USED] == MOVES[S.REVOKED] == MOVES[S.REJECTED] == frozenset()


def test_link_picture_and_message_are_fit_to_be_seen_by_others() -> None:
    link = invite_link("XaNhaBot", "abc_-")
    assert link == "https://t.me/XaNhaBot?start=abc_-"
    assert qr_png(link).startswith(b"\x89PNG")
    words = phrases.forward(link=link, expires_at=NOW)
    for lang in ("vi", "en"):
        said = words.to_plain(lang)
        assert link in said
        assert not any(word in said.lower() for word in ("đảng", "chi bộ", "đồng chí", "party", "comrade"))
