"""What has to hold, whatever happened: asked of the messengers' journal and of the database in plain SQL, never of the program.

    after every step   `step()`    nothing was said twice, nothing confirmed was not stored, nobody was called at night, what
                                   somebody typed is kept once, or they were told that it is not, and nobody did or
                                   read what no office, assignment or their own name gave them just then
    when all is calm   `rest()`    nothing waits, nobody is left without an answer, every sealed value opens, sums are the
                                   sums of their parts, and the program's own auditor finds nothing either

Both return what did not hold, in words. `EXEMPT` says which messages may come at night, and why.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from models.ground.sealing import CannotUnseal, keyring
from models.trust.audit import audit
from tests.simulate.cast import Person
from tests.simulate.network import Effect
from tests.simulate.play import MARKER, Player, Typed
from tests.simulate.town import OPERATOR, Town

_NIGHT = time(21), time(7)
_REPLY = 0  # the lane of answers
_A_DAY_OF_IDS = 86_400_000 << 20  # ids begin with milliseconds
_ON_ITS_WAY = ("inbox", "outbox", "page_message")  # words as they came, or as they are said
_WORDLESS = ("job_run", "handbook_entry", "audit_run", "alembic_version")
# a form keeps what it was given beside what it makes of it; a word handed on may be said, and quoted again
_SEVERAL = ("conversation.draft_sealed", "said to ")
# how the program says that it has not kept what somebody typed
_REFUSED = re.compile(
    "|".join(
        (
            *("Mời chọn một trong các lựa chọn", "choose one of the choices", "sổ tay (chưa )?có"),
            *("chưa đọc được", "could not be read", "chưa tìm thấy", "nội dung dài quá", "too long"),
            "gõ đúng sáu chữ số",  # a PIN was asked for
            "tìm “",  # a list was searched for it
        )
    ),
    re.IGNORECASE,
)
_TRAIL = "SELECT id, at, act, by_id, member_id, unit_id FROM trail WHERE id > ? ORDER BY id"
# the unit that was acted on, or the member's own, and all above it
_ENTITLED = """
WITH RECURSIVE over(id) AS (
    SELECT coalesce(:unit, (SELECT cell_id FROM member WHERE id = :member))
    UNION SELECT u.parent_id FROM unit u JOIN over ON u.id = over.id WHERE u.parent_id IS NOT NULL)
SELECT 1 FROM appointment WHERE member_id = :by AND unit_id IN (SELECT id FROM over)
    AND begins_at <= :at AND (ends_at IS NULL OR ends_at >= :at)
UNION SELECT 1 FROM assignment WHERE contact_id = :by AND member_id = :member
    AND begins_at <= :at AND (ends_at IS NULL OR ends_at >= :at)
"""
_COUNTED = ("effects", "confirmed", "rows", "rests", "sealed", "typed", "acts", "shown", "rings")
_SETTLED = ("sent", "failed", "uncertain", "cancelled")
# what may ring at night, and why
EXEMPT = {
    "rollcall.": "after an earthquake everybody is asked at any hour, and whoever asks sees it",
    "register.": "somebody is taking over an account or a number: whoever has it may say no at any hour",
    "member.": "another account speaks for somebody from now on: whoever has the old one may say no at any hour",
    "attendance.": "the way into a meeting that is about to begin, of those who come",
}
_URGENT = {
    "request.": "SELECT 1 FROM request_move m JOIN request r ON r.id = m.request_id WHERE m.id = ? AND r.urgency = 'urgent'",  # an emergency, on both sides
    "notice.": "SELECT 1 FROM notice WHERE id = ? AND reason_sealed IS NOT NULL",  # whoever sent it said why
}


@dataclass(slots=True)
class Said:
    """One row of the outbox, and what came about because of it."""

    key: str
    address: str
    lane: int
    again: bool
    state: str
    method: str
    effects: int = 0
    moved: bool = False


class Judge:
    def __init__(self, town: Town, player: Player) -> None:
        self.town, self.player = town, player
        self.rows: dict[int, Said] = {}
        self.counted = dict.fromkeys(_COUNTED, 0)
        self._heard = self._taken = 0
        self._last = 0
        self._crashes = self._typed = self._shown = self._rung = 0
        self._trailed = 0  # the newest row of the trail that was looked at

    @property
    def _db(self) -> sqlite3.Connection:
        return self.town.looking

    # --- after every step -------------------------------------------------------------------------------------------

    def step(self) -> list[str]:
        return [
            *self._crashed(), *self._outbox(), *self._effects(), *self._pages(), *self._rings(), *self._confirmed(),
            *self._kept(), *self._entitled(),
        ]  # fmt: skip

    def _crashed(self) -> list[str]:
        fresh = self.town.crashes[self._crashes :]
        self._crashes += len(fresh)
        return [f"a process ended by itself: {one}" for one in fresh]

    def _outbox(self) -> list[str]:
        """Read what is new in it, and what has moved on."""
        since = self._last - _A_DAY_OF_IDS
        open_ = [row for row, said in self.rows.items() if said.state not in _SETTLED and row <= since]
        marks = ",".join("?" * len(open_))
        found = self._db.execute(
            f"SELECT id, key, address, lane, again, state, method FROM outbox WHERE id > ? OR id IN ({marks})",  # noqa: S608
            [since, *open_],
        )
        for id_, key, address, lane, again, state, method in found:
            said = self.rows.get(id_)
            if said is None:
                self.rows[id_] = Said(key, address, lane, bool(again), state, method)
                self.counted["rows"] += 1
            else:
                if said.address != address:
                    said.moved, said.effects = True, 0
                said.address, said.state, said.again = address, state, bool(again)
            self._last = max(self._last, id_)
        return []

    def _effects(self) -> list[str]:
        fresh = self.town.journal.effects[self._heard :]
        self._heard += len(fresh)
        self.counted["effects"] += len(fresh)
        broken = []
        for effect in fresh:
            said = self.rows.get(effect.row or 0)
            if said is None and effect.address == f"telegram:{OPERATOR}":
                continue  # an alarm goes past the database where that takes no row
            if said is None:
                broken.append(f"said without a row of the outbox: {effect.text[:60]!r}")
                continue
            broken += self._once(effect, said)
            broken += self._by_day(effect, said)
        return broken

    def _once(self, effect: Effect, said: Said) -> list[str]:
        said.effects += 1
        most = 2 if said.again else 1
        if said.effects > most:
            return [f"{said.key} was said {said.effects} times to {effect.address}: {effect.text[:60]!r}"]
        return []

    def _pages(self) -> Iterator[str]:
        """On no page a message stands twice, or one that nobody has said to it."""
        fresh = self.town.journal.pages[self._shown :]
        self._shown += len(fresh)
        for page in fresh:
            self.counted["shown"] += len(page.messages)
            rows = Counter(row for row, _ in page.messages if row)
            for row, times in rows.items():
                said = self.rows.get(row)
                if times > 1:
                    yield f"the row {row} stands {times} times on {page.address}"
                if said is None or said.address != page.address:
                    yield f"on {page.address} stands what was not said to it: {said}"

    def _rings(self) -> Iterator[str]:
        """A browser rings by day only."""
        fresh = self.town.journal.rings[self._rung :]
        self._rung += len(fresh)
        self.counted["rings"] += len(fresh)
        for at, path in fresh:
            address = self.town.journal.bells[path]
            zone = self._zone_of(address)
            if zone is not None and _is_night(at, zone):
                yield f"a browser rang at {at} in {zone}: {address}"

    def _by_day(self, effect: Effect, said: Said) -> list[str]:
        if said.lane == _REPLY or effect.silent or effect.method == "editMessageText":
            return []
        zone = self._zone_of(effect.address)
        if zone is None or self._may_ring(said.key):
            return []
        if not _is_night(effect.at, zone):
            return []
        clock = effect.at.astimezone(ZoneInfo(zone)).time()
        return [f"{said.key} came at {clock:%H:%M} in {zone}: {effect.text[:60]!r}"]

    def _may_ring(self, key: str) -> bool:
        what, _, rest = key.partition(":")
        if what.startswith(tuple(EXEMPT)):
            return True
        which = rest.partition(":")[0]
        for room, question in _URGENT.items():
            if what.startswith(room) and which.isdecimal():
                return self._db.execute(question, [which]).fetchone() is not None
        return False

    def _zone_of(self, address: str) -> str | None:
        """The clock that the program was told; None: it is nobody's chat, and nobody knows where it is."""
        row = self._db.execute(
            "SELECT m.zone FROM account a JOIN member m ON m.id = a.member_id WHERE a.address = ?"
            " AND a.closed_at IS NULL",
            [address],
        ).fetchone()
        return str(row[0]) if row else None

    def _confirmed(self) -> list[str]:
        """What the messenger was told that we have, we have."""
        fresh = self.town.journal.taken[self._taken :]
        self._taken += len(fresh)
        self.counted["confirmed"] += len(fresh)
        broken = []
        for channel, number in fresh:
            stored = self._db.execute(
                "SELECT state FROM inbox WHERE channel = ? AND external_id = ?", [channel, number]
            ).fetchone()
            if stored is None:
                broken.append(f"update {number} was confirmed and is not stored")
        return broken

    def _kept(self) -> Iterator[str]:
        """What a registered person typed is kept once, or they were told that it is not."""
        if self._typed == len(self.player.typed) or not self.town.is_quiet():
            return
        fresh = self.player.typed[self._typed :]
        self._typed += len(fresh)
        marks = {one.marker for one in fresh if self._zone_of(one.address)}
        places = self._places(marks) if marks else {}
        for one in fresh:
            if one.marker not in marks:
                continue
            self.counted["typed"] += 1
            places_of = places.get(one.marker, Counter())
            for own in self._ends_of(one.person):
                del places_of[f"said to {own}"]  # an echo keeps nothing
            told = self._told(one)
            if one.heard and not places_of and not any(_REFUSED.search(text) for text in told):
                yield f"what was typed is kept nowhere, and it was not said: {[one.person.name, one.marker, *told]}"
            if any(count > 1 for place, count in places_of.items() if not place.startswith(_SEVERAL)):
                yield f"what was typed is kept twice: {dict(places_of)}"

    def _ends_of(self, person: Person) -> list[str]:
        """All addresses that are, or were, theirs."""
        rows = self._db.execute("SELECT address FROM account WHERE member_id = ?", [person.member_id])
        return [str(address) for (address,) in rows]

    def _told(self, typed: Typed) -> list[str]:
        """What was said to this end since."""
        if not typed.address.startswith("web:"):
            effects = self.town.journal.effects[typed.said :]
            return [effect.text for effect in effects if effect.address == typed.address]
        shown = [page for page in self.town.journal.pages if page.address == typed.address]
        return [words for page in shown[-1:] for _, words in page.messages]

    def _places(self, marks: set[str]) -> dict[str, Counter[str]]:
        """Where each of them is kept, and how often there."""
        found: dict[str, Counter[str]] = {}
        ring = keyring()
        for table, columns in self._columns(("VARCHAR", "TEXT")).items():
            for row in self._db.execute(f"SELECT {', '.join(columns)} FROM {table}"):  # noqa: S608 - names out of the schema
                for column, value in zip(columns, row, strict=True):
                    _note(found, marks, f"{table}.{column}", value or "")
        for id_, address, body in self._db.execute(
            "SELECT id, address, body_sealed FROM outbox WHERE body_sealed IS NOT NULL"
        ):
            opened = ring.unseal(body, place="outbox.body_sealed", row=id_)
            _note(found, marks, f"said to {address}", opened.decode("utf-8", "replace"))
        for table, columns in self._sealed_columns().items():
            if table in _ON_ITS_WAY:
                continue
            for row in self._db.execute(f"SELECT id, {', '.join(columns)} FROM {table}"):  # noqa: S608
                for column, value in zip(columns, row[1:], strict=True):
                    if value is not None:
                        opened = ring.unseal(value, place=f"{table}.{column}", row=row[0])
                        _note(found, marks, f"{table}.{column}", opened.decode("utf-8", "replace"))
        return found

    def _entitled(self) -> Iterator[str]:
        """Whoever did or read something of another's held an office over it at that time, or was asked to."""
        rows = self._db.execute(_TRAIL, [self._trailed]).fetchall()
        for id_, at, act, by, member, unit in rows:
            self._trailed = id_
            if by is None or by == member or (member is None and unit is None):
                continue
            self.counted["acts"] += 1
            whose = {"by": by, "at": at, "member": member, "unit": unit}
            if self._db.execute(_ENTITLED, whose).fetchone() is None:
                yield f"{act} by {by} on {member} in {unit} at {at}: no office gave it"

    # --- when all is calm -------------------------------------------------------------------------------------------

    def rest(self) -> list[str]:
        """Ask what can only be asked when nothing is on its way."""
        self.counted["rests"] += 1
        return [
            *self.step(),
            *self._nothing_waits(),
            *self._what_was_said(),
            *self._nothing_failed(),
            *self._sealed_opens(),
            *self._sound(),
            *self._audited(),
        ]

    def _nothing_waits(self) -> list[str]:
        now = _text(self.town.program())
        waiting = self._db.execute("SELECT count(*) FROM inbox WHERE state = 'stored'").fetchone()[0]
        keys = self._db.execute(
            "SELECT key FROM outbox WHERE channel <> 'web' AND (state = 'sending' OR state = 'pending' AND not_before <= ?)",
            [now],
        ).fetchall()
        broken = [f"{waiting} updates wait to be read"] if waiting else []
        return broken + [f"{key} waits to be sent" for (key,) in keys]

    def _what_was_said(self) -> list[str]:
        """What counts as sent has arrived; what was called off has not; only what left us may be uncertain."""
        broken = []
        left = self.town.journal.asked | self.town.journal.doubtful
        for row, said in self.rows.items():
            if said.method not in ("text", "document", "photo", "voice") or said.address.startswith("web:"):
                continue
            if said.state == "sent" and not said.effects and not said.moved:
                broken.append(f"{said.key} counts as sent, and nobody got it")
            if said.state == "cancelled" and said.effects:
                broken.append(f"{said.key} was called off, and was said")
            if said.state == "uncertain" and row not in left:
                broken.append(f"{said.key} counts as uncertain, and never left us")
        return broken

    def _nothing_failed(self) -> list[str]:
        rows = self._db.execute("SELECT external_id, error FROM inbox WHERE state = 'failed'").fetchall()
        jobs = self._db.execute(
            "SELECT DISTINCT job, error FROM job_run WHERE error IS NOT NULL AND error <> 'OperationalError'"
        ).fetchall()
        return [f"update {number} failed: {error}" for number, error in rows] + [
            f"the job {job} failed: {error}" for job, error in jobs
        ]

    def _sealed_opens(self) -> list[str]:
        """Every column that ends with _sealed, of every row of every table."""
        ring, broken = keyring(), []
        for table, columns in self._sealed_columns().items():
            for row in self._db.execute(f"SELECT id, {', '.join(columns)} FROM {table}"):  # noqa: S608 - names out of the schema
                for name, value in zip(columns, row[1:], strict=True):
                    if value is None:
                        continue
                    self.counted["sealed"] += 1
                    try:
                        ring.unseal(value, place=f"{table}.{name}", row=row[0])
                    except CannotUnseal:
                        broken.append(f"{table}.{name} of {row[0]} does not open")
        return broken

    def _sealed_columns(self) -> dict[str, list[str]]:
        return {
            table: sealed
            for table, columns in self._columns(("BLOB",)).items()
            if (sealed := [one for one in columns if one.endswith("_sealed")])
        }

    def _columns(self, kinds: tuple[str, ...]) -> dict[str, list[str]]:
        """Of every table in which somebody's words may lie."""
        found: dict[str, list[str]] = defaultdict(list)
        for (table,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for column in self._db.execute(f"PRAGMA table_info({table})"):
                if column[2].startswith(kinds) and table not in _WORDLESS:
                    found[table].append(column[1])
        return found

    def _sound(self) -> list[str]:
        broken = [f"foreign key: {row}" for row in self._db.execute("PRAGMA foreign_key_check").fetchall()]
        (sound,) = self._db.execute("PRAGMA quick_check").fetchone()
        return broken if sound == "ok" else [*broken, f"the file: {sound}"]

    def _audited(self) -> list[str]:
        """The program's own auditor, which may repair nothing here."""
        found: list[str] = []
        with self.town.peeking() as db:
            run = audit(db, self.town.settings.policies(), {}, now=self.town.program())
            for one in run.findings.all:
                found.append(f"the auditor: {one.check} {one.count} {one.error or ''} {one.rows}")
        return found


def _is_night(at: datetime, zone: str) -> bool:
    return not _NIGHT[1] <= at.astimezone(ZoneInfo(zone)).time() < _NIGHT[0]


def _note(found: dict[str, Counter[str]], marks: set[str], place: str, words: str) -> None:
    for marker in MARKER.findall(words):
        if marker in marks:
            found.setdefault(marker, Counter())[place] += 1


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(" ", "microseconds")[:-6]
