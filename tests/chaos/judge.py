"""What has to hold in the end: asked of the stand-in's journal and of the database in plain SQL, never of the program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from models.delivery.body import WireBody
from models.ground.sealing import CannotUnseal, keyring
from tests.chaos.crowd import Spoken
from tests.chaos.messenger import Messenger

_ON_ITS_WAY = {"inbox", "outbox"}  # where words lie as they came, or as they are said
_MARKER = re.compile(r"zq\d{6}")
_SAYS = ("text", "document", "photo", "voice", "edit")


@dataclass
class Verdict:
    broken: list[str] = field(default_factory=list)
    judged: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the outbox."""

    key: str
    chat: int
    state: str
    again: bool
    method: str
    message_id: int | None
    words: str


class Judge:
    """`verdict()` when the programs have ended. `waits()`: what is still on its way while they run."""

    def __init__(self, engine: Engine, messenger: Messenger, spoken: Spoken) -> None:
        self._engine, self._messenger, self._spoken = engine, messenger, spoken

    def waits(self) -> int:
        with self._engine.connect() as db:
            stored = db.scalar(text("SELECT count(*) FROM inbox WHERE state = 'stored'")) or 0
            unsaid = db.scalar(
                text(
                    "SELECT count(*) FROM outbox WHERE channel = 'telegram' AND "
                    "(state = 'sending' OR state = 'pending' AND not_before <= CURRENT_TIMESTAMP)"
                )
            )
            return int(stored) + int(unsaid or 0)

    def verdict(self) -> Verdict:
        verdict = Verdict()
        with self._engine.connect() as db:
            rows = list(_rows(db))
            for ask in (self._updates, self._texts, self._answers, self._rooms):
                verdict.broken += ask(db, verdict.judged)
            for judge in (self._sent, self._copies, self._automatic):
                verdict.broken += judge(rows, verdict.judged)
        return verdict

    # --- what came ----------------------------------------------------------------------------------------------------

    def _updates(self, db: Connection, judged: Counter[str]) -> Iterator[str]:
        """Each confirmed update is stored once, and was done."""
        asked = db.execute(text("SELECT external_id, state FROM inbox WHERE channel = 'telegram'"))
        found = {number: state for number, state in asked}
        judged["updates confirmed"] = len(self._messenger.taken)
        for number in self._messenger.taken:
            state = found.get(str(number))
            if state is None:
                yield f"update {number} was confirmed, and is not stored"
            elif state != "done":
                yield f"update {number} is {state}"

    def _texts(self, db: Connection, judged: Counter[str]) -> Iterator[str]:
        """Each typed text is kept in one place, once."""
        places = dict[str, Counter[str]]()
        for table, column, value in _sealed(db):
            judged["sealed values opened"] += value is not None
            if value is None:
                yield f"{table}.{column} does not open"
                continue
            for marker in _MARKER.findall(value) if table not in _ON_ITS_WAY else ():
                places.setdefault(marker, Counter())[f"{table}.{column}"] += 1
        judged["texts typed"] = len(self._spoken.texts)
        for marker, number in self._spoken.texts.items():
            kept = places.get(marker, Counter())
            if number not in self._messenger.taken:
                yield f"{marker} was never taken off the messenger"
            elif not kept:
                yield f"{marker} of update {number} is kept nowhere"
            elif max(kept.values()) > 1:
                yield f"{marker} of update {number} is kept twice: {dict(kept)}"

    def _answers(self, db: Connection, judged: Counter[str]) -> Iterator[str]:
        """Nobody's last word is without an answer; no tapped button spins on without one either."""
        last_of = {one.chat: one for one in self._messenger.given.values()}
        for chat, last in last_of.items():
            judged["people answered"] += 1
            after = self._messenger.last_said(chat) > last.at
            if not (after or last.callback in self._messenger.answered):
                yield f"{chat} was left without an answer to update {last.number}"

    def _rooms(self, db: Connection, judged: Counter[str]) -> Iterator[str]:
        """Nothing is there twice that a person has once."""
        once = {
            "accounts": "SELECT member_id FROM account WHERE closed_at IS NULL GROUP BY member_id HAVING count(*) > 1",
            "check-ins": "SELECT member_id FROM checkin GROUP BY member_id, due_at HAVING count(*) > 1",
            "campaigns": "SELECT cell_id FROM campaign GROUP BY cell_id HAVING count(*) > 1",
            "reviews": "SELECT member_id FROM review GROUP BY member_id, campaign_id HAVING count(*) > 1",
        }
        for what, question in once.items():
            for row in db.execute(text(question)).all():
                yield f"{what} twice: {row}"
        registered = {int(a) for (a,) in db.execute(text("SELECT substr(address, 10) FROM account")).all()}
        judged["registered"] = len(registered)
        for chat in self._spoken.registered - registered:
            yield f"{chat} was told that they are registered, and is not"
        for job, error in db.execute(text("SELECT DISTINCT job, error FROM job_run WHERE error IS NOT NULL")):
            if error not in ("OperationalError", "NotLeading"):
                yield f"the job {job} failed: {error}"

    # --- what was said ------------------------------------------------------------------------------------------------

    def _sent(self, rows: list[Row], judged: Counter[str]) -> Iterator[str]:
        """What counts as sent has arrived; nothing waits."""
        arrived = {(one.chat, one.message_id) for one in self._messenger.said}
        for row in rows:
            judged[f"messages {row.state}"] += 1
            if row.state == "sent" and row.method != "edit" and (row.chat, row.message_id) not in arrived:
                yield f"{row.key} counts as sent, and nobody got it"
            if row.state in ("failed", "sending"):
                yield f"{row.key} is {row.state}"

    def _copies(self, rows: list[Row], judged: Counter[str]) -> Iterator[str]:
        """An answer has two copies at the most; what may come once comes once."""
        most: Counter[tuple[int, str]] = Counter()
        once: Counter[tuple[int, str]] = Counter()
        for row in rows:
            once[row.chat, row.words] += row.state != "cancelled"
            most[row.chat, row.words] += 2 if row.again else 1
        got = Counter((one.chat, one.words) for one in self._messenger.said)
        judged["messages arrived"] = len(self._messenger.said)
        judged["second copies"] = (got - once).total()
        for (chat, words), count in got.items():
            if count > most[chat, words]:
                yield f"{chat} got {count} times, where {most[chat, words]} was the most: {words[:60]!r}"

    def _automatic(self, rows: list[Row], judged: Counter[str]) -> Iterator[str]:
        """An automatic message came once, or is known to be in doubt."""
        got = Counter((one.chat, one.words) for one in self._messenger.said)
        state = {(row.chat, row.words): row.state for row in rows}
        for words, chat in self._spoken.asked.items():
            judged["automatic messages"] += 1
            came, said = got[chat, words], state.get((chat, words))
            if came > 1 or (came == 0 and said != "uncertain"):
                yield f"automatic message {words!r} came {came} times, and is {said}"


def _rows(db: Connection) -> Iterator[Row]:
    ring = keyring()
    found = db.execute(
        text(
            "SELECT id, key, address, state, again, method, message_id, body_sealed FROM outbox"
            " WHERE channel = 'telegram'"
        )
    )
    for id_, key, address, state, again, method, message_id, sealed in found:
        if method not in _SAYS or sealed is None:
            continue
        body = WireBody.model_validate_json(ring.unseal(bytes(sealed), place="outbox.body_sealed", row=id_))
        chat = int(address.partition(":")[2])
        yield Row(key, chat, state, bool(again), method, message_id, body.text)


def _sealed(db: Connection) -> Iterator[tuple[str, str, str | None]]:
    ring, schema = keyring(), inspect(db)
    for table in schema.get_table_names():
        for column in [one["name"] for one in schema.get_columns(table) if one["name"].endswith("_sealed")]:
            rows: Any = db.execute(text(f"SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL"))  # noqa: S608 - names out of the schema
            for id_, sealed in rows:
                try:
                    opened = ring.unseal(bytes(sealed), place=f"{table}.{column}", row=id_)
                except CannotUnseal:
                    opened = b""
                    yield table, column, "does not open"
                yield (
                    table,
                    column,
                    opened.decode("utf-8", "replace") if isinstance(opened, bytes) else opened,
                )
