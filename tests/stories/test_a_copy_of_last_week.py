"""The disk dies in the middle of a month, and the copy of last week is put back: nobody is asked, told or deleted twice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.backup.making import back_up
from bot.backup.restoring import restore
from bot.settings import Settings
from bot.telegram.chats import chat_address
from models.contact.checkin import Checkin, CheckinState
from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import Outbox, OutboxState, enqueue
from models.ground.sealing import Keyring, keyring, new_key, use_keys
from models.ground.sealing_key import note_keys
from models.people.member import Member, account_of
from models.phrases.text import raw
from models.trust.erasure import erase_member
from tests.checkins import fills_checkin
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, a_cell, settle_in

KEY = new_key()
LAST_WEEK = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    kept = keyring()
    use_keys(Keyring([KEY]))
    yield
    use_keys(kept)


def _settings(url: str) -> Settings:
    return Settings(
        _env_file=None,
        token=SecretStr("1:test"),
        database_url=url,
        secret_keys=[SecretStr(KEY)],
        operator_chat=DEPUTY,
    )


@pytest.mark.both
def test_last_weeks_copy_in_a_running_month(database_url: str, tmp_path: Path) -> None:
    settings = _settings(database_url)
    with World.open(database_url, now=LAST_WEEK, beside=settings.data_directory.absolute()) as world:
        settings.data_directory.mkdir(exist_ok=True)
        world.db(lambda db: note_keys(db, keyring(), now=world.clock()))
        cell = a_cell(world)
        bob, deputy, alice, dan = settle_in(world, cell, BOB, DEPUTY, ALICE, DAN)
        world.db(lambda db: _a_word(db, world))  # it waits when the copy is made, and is sent an hour later
        file = tmp_path / "last-week.backup"
        assert "every count is right" in " ".join(back_up(settings, file, clock=world.clock))

        world.until(datetime(2026, 12, 2, 1, 0, tzinfo=UTC))
        assert "Báo tin" in alice.chat() or alice.buttons()
        assert "Nhắn một lần" in bob.chat()
        fills_checkin(alice)
        policy = world.settings.checkin
        world.db(lambda db: erase_member(db, db.get_one(Member, cell.dan), policy=policy, now=world.clock()))
        world.run(world.app.tick())  # within a minute the ledger beside the database knows
        world.until(datetime(2026, 12, 5, 1, 0, tzinfo=UTC))
        before = {phone.user_id: len(phone.messages()) for phone in (bob, deputy, alice, dan)}

        world.app.database.close()
        said = "\n".join(restore(settings, file, replaces="5 people", clock=world.clock))
        assert "Đã xóa lại dữ liệu của 1 người" in said
        assert "The data of 1 people was deleted again" in said or "of 1 person" in said
        assert "28/11" in said
        assert "05/12" in said
        world.restart()
        assert "Không rõ điều gì đã xảy ra từ 08:00 thứ Bảy 28/11" in deputy.chat()  # the operator's chat

        assert world.db(lambda db: account_of(db, cell.dan)) is None  # who was deleted is deleted
        aside = world.db(lambda db: _states(db, "test:once"))
        assert aside == [OutboxState.UNCERTAIN]  # what waited then is not sent again
        assert _december(world, cell) == {CheckinState.PAUSED}
        world.until(datetime(2026, 12, 30, 1, 0, tzinfo=UTC))
        quiet = {phone.user_id: phone.messages()[before[phone.user_id] :] for phone in (alice, dan)}
        assert quiet == {ALICE: [], DAN: []}, quiet  # who had answered is neither asked nor reminded
        assert bob.chat().count("Nhắn một lần") == 1
        assert not [m for m in bob.messages()[before[BOB] :] if "Nguyễn Thị An" in m.get("text", "")]

        world.until(datetime(2027, 1, 5, 1, 0, tzinfo=UTC))
        assert len(alice.messages()) > before[ALICE]  # the next turn asks as ever
        fills_checkin(alice)


def _a_word(db: Session, world: World) -> None:
    enqueue(
        db,
        Recipient(chat_address(BOB)),
        Message(raw("Nhắn một lần")),
        key="test:once",
        lane=Lane.ALERT,
        now=world.clock(),
        not_before=world.clock() + timedelta(hours=1),
    )


def _states(db: Session, key: str) -> list[str]:
    return list(db.scalars(select(Outbox.state).where(Outbox.key == key)))


def _december(world: World, cell: Cell) -> set[str]:
    of_december = select(Checkin.state).where(
        Checkin.member_id == cell.alice, Checkin.state != CheckinState.SCHEDULED
    )
    return set(world.db(lambda db: list(db.scalars(of_december))))
