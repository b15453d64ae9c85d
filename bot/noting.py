"""What became of messages, written down together: their rows, what it says about their chats, who has to hear of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from bot.alarm import Alarm
from models.delivery.claims import Claimed, Outcome, settle_outbox
from models.delivery.message import Lane, Message, Writer
from models.delivery.outbox import OutboxState
from models.entry.reachability import Signal, hear, say_elsewhere, tell_uncertain, tell_writer
from models.ground.db import is_passing
from models.people.member import account_at, silent_chats
from models.phrases.delivery import alarm as phrases
from models.policies import Policies

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Noted:
    item: Claimed
    outcome: Outcome
    written: asyncio.Future[None]
    signal: Signal | None  # what it says about the chat
    began: datetime


def write_down(db: Session, noted: list[Noted], policies: Policies, alarm: Alarm, *, now: datetime) -> None:
    """Settle the rows, and say what follows from it, in the transaction of `db`."""
    settle_outbox(db, [one.outcome for one in noted], now=now)
    _tell_uncertain(db, noted, alarm, now=now)
    arrived = {one.item.address for one in noted if one.signal is Signal.ARRIVED}
    silent = silent_chats(db, arrived) if arrived else []
    for one in noted:
        news = one.signal if one.signal is not Signal.ARRIVED or one.item.address in silent else None
        unread = one.item.body.writer is not None and (one.outcome.in_words or _is_lost(one.outcome))
        lost = _is_lost(one.outcome) and one.item.lane is not Lane.REPLY
        if news is None and not unread and not lost:
            continue
        try:
            with db.begin_nested():
                if news is not None:
                    _hear(db, one, news, policies, now=now)
                goes_on = lost and say_elsewhere(db, one.item.address, one.item.id)
                if unread and not goes_on:
                    _tell_writer(db, one, now=now)
        except Exception as error:  # what it costs is one account's state; the other outcomes must be kept
            if is_passing(error):
                raise
            alarm.ring("outbox.reachability", error)


def _tell_uncertain(db: Session, noted: list[Noted], alarm: Alarm, *, now: datetime) -> None:
    doubted = [one.item.id for one in noted if one.outcome.state is OutboxState.UNCERTAIN]
    if not doubted:
        return
    try:
        with db.begin_nested():
            note_uncertain(alarm, tell_uncertain(db, doubted, now=now), now=now)
    except Exception as error:
        if is_passing(error):
            raise
        alarm.ring("outbox.uncertain", error)


def note_uncertain(alarm: Alarm, chats: int, *, now: datetime) -> None:
    """Tell the operator, once an hour, that messages may not have arrived."""
    if chats:
        words = Message(phrases.uncertain(chats=chats))
        alarm.note("outbox.uncertain", words, key=f"uncertain:alarm:{now:%Y%m%d%H}")


def note_set_aside(alarm: Alarm, rows: list[int], *, now: datetime) -> None:
    """Tell the operator, once an hour, that messages do not open and were set aside."""
    if rows:
        log.error("outbox.set_aside", rows=rows)
        alarm.note("outbox.unreadable", Message(phrases.set_aside()), key=f"unreadable:{now:%Y%m%d%H}")


def _is_lost(outcome: Outcome) -> bool:
    return outcome.state is OutboxState.FAILED


def _tell_writer(db: Session, noted: Noted, *, now: datetime) -> None:
    """Whoever wrote or recorded it hears that it was not read, and what to do."""
    if noted.item.body.writer is None:
        return
    writer = Writer(*noted.item.body.writer)
    what = noted.item.method.value if noted.outcome.in_words else None
    tell_writer(db, writer, address=noted.item.address, file=what, now=now)


def _hear(db: Session, noted: Noted, signal: Signal, policies: Policies, *, now: datetime) -> None:
    account = account_at(db, noted.item.address)
    if account is not None:
        hear(db, account, signal, policies.reachability, policies.checkin, now=now, since=noted.began)
