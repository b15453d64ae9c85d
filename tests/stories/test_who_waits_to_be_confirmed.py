"""The operator invites a secretary whose number is another one; whoever may confirm comes later, or is named later."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import office
from bot.telegram.chats import chat_address
from models.people.member import add_member, link_account
from models.people.rights import Role, appoint
from models.people.unit import Unit
from tests.fakes import START, World
from tests.phone import Phone


def comes_in(phone: Phone, handed: office.Handed) -> Phone:
    phone.opens_link(handed.link.split("start=")[1])
    for _ in range(6):
        if "Gửi số điện thoại" in phone.reads():
            phone.shares_contact()
        elif phone.buttons() and "PIN" not in phone.reads() and "Cần xác nhận" not in phone.reads():
            phone.taps(phone.buttons()[0])
    return phone


@pytest.fixture
def secretary(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> office.Handed:
    monkeypatch.setenv("BOT_DATABASE_URL", sqlite_url)
    monkeypatch.setattr("bot.office.open_keys", lambda settings: None)
    monkeypatch.setattr("bot.office.system_clock", lambda: START)
    office.add_unit("commune", "Đảng ủy xã A", "")
    office.add_unit("cell", "Chi bộ thôn B", "Đảng ủy xã A")
    return invited("secretary", "Trần Thị Thư", "Chi bộ thôn B", "0912000002")


def invited(role: str, name: str, unit: str, phone: str) -> office.Handed:
    return office.invite(role, name=name, unit=unit, birth_year=None, phone=phone, username="xa_bot")


def named_later(db: Session, world: World, phone: Phone) -> None:
    """Somebody who is here already is made an officer."""
    commune = db.scalars(select(Unit).where(Unit.name == "Đảng ủy xã A")).one()
    member = add_member(db, cell_id=None, full_name="Vũ Văn Muộn", now=world.clock())
    link_account(db, member, address=chat_address(phone.user_id), now=world.clock())
    appoint(db, member_id=member.id, unit_id=commune.id, role=Role.OFFICER, by_id=None, now=world.clock())


def test_an_officer_who_registers_later_is_asked(sqlite_url: str, secretary: office.Handed) -> None:
    officer = invited("officer", "Lê Văn Cán", "Đảng ủy xã A", "0912000001")
    with World.open(sqlite_url) as world:
        waits = comes_in(world.phone(11, "Thu", phone="+84912000099"), secretary)
        assert "xác nhận" in waits.reads()
        assert "Trần Thị Thư: opened an invite" in office.list_identities()[0]
        asked = comes_in(world.phone(12, "Can", phone="+84912000001"), officer)
        assert "Cần xác nhận: đồng chí Trần Thị Thư" in asked.chat()


def test_an_officer_who_is_named_later_is_asked_with_the_next_audit_and_once(
    sqlite_url: str, secretary: office.Handed
) -> None:
    invited("officer", "Lê Văn Cán", "Đảng ủy xã A", "0912000001")  # and never comes
    with World.open(sqlite_url) as world:
        comes_in(world.phone(11, "Thu", phone="+84912000099"), secretary)
        late = world.phone(13, "Muộn").says("/start")

        world.db(lambda db: named_later(db, world, late))
        assert "Cần xác nhận" not in late.chat()
        for _ in range(2):
            world.run(world.app.tick())
        assert late.chat().count("Cần xác nhận: đồng chí Trần Thị Thư") == 1
