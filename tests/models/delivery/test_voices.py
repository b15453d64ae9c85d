"""What is said where a voice message does not come through names no messenger but the reader's own."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.delivery.body import WireBody
from models.delivery.message import Attachment, Lane, Message, Method, Recipient
from models.delivery.outbox import Outbox, enqueue, move_outbox
from models.ground.channel import Address, Channel
from models.phrases.text import raw
from tests.fakes import START, World

TELEGRAM, WEB, TEXT = (Address(channel, "7") for channel in Channel)
VOICE = Message(raw("Có tin thoại."), attachment=Attachment("a.ogg", file_id="17"), method=Method.VOICE)


def said_at(db: Session, address: Address) -> str:
    db.flush()
    rows = db.scalars(select(Outbox).where(Outbox.address == address)).all()
    bodies = [WireBody.model_validate_json(row.body or "{}") for row in rows]
    return " ".join(f"{one.text} {one.instead} {one.no_voice}" for one in bodies)


def asks(db: Session, to: Address) -> None:
    enqueue(db, Recipient(to), VOICE, key=f"voice:{to}", lane=Lane.ALERT, now=START)


def test_only_telegram_is_told_of_its_own_setting(world: World) -> None:
    def work(db: Session) -> None:
        for address in (TELEGRAM, WEB, TEXT):
            asks(db, address)
        assert "Telegram của đồng chí không cho nhận tin thoại" in said_at(db, TELEGRAM)
        assert "Telegram" not in said_at(db, WEB) + said_at(db, TEXT)
        assert "Chưa chuyển được tệp này" in said_at(db, WEB)

    world.db(work)


@pytest.mark.parametrize("to", [WEB, TEXT], ids=["page", "words alone"])
def test_what_moves_to_another_account_leaves_that_setting_behind(world: World, to: Address) -> None:
    def work(db: Session) -> None:
        asks(db, TELEGRAM)
        db.flush()
        assert move_outbox(db, TELEGRAM, to) == 1
        assert "Telegram" not in said_at(db, to)
        assert "Có tin thoại." in said_at(db, to)

    world.db(work)
