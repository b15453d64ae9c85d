"""The walker: presses, types and sends as everybody, each case in a savepoint that is rolled back.

Ground      one database with the world in it; `case` is one update of one chat, and what was said because of it
explore     finds buttons and forms by pressing what is shown, as those who are entitled
cases       each of them as everybody else; with ids that are absent, forged, huge; forms as if left open in any chat
"""

from __future__ import annotations

import io
import random
import re
import traceback
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address, number_of
from handlers import COMMANDS, ROUTES, TAPS
from handlers.ground.context import Context, FileKind, Incoming, Kind, SharedContact, SharedFile
from models.delivery.body import WireBody
from models.delivery.conversation import Conversation
from models.delivery.foreign.content import ContentType
from models.delivery.outbox import Outbox
from models.ground.db import Database
from models.ground.errors import Refused
from models.ground.sealing import keyring
from models.people.drafts import OFFICE_WORDS
from models.policies import Policies
from models.trust.opening import OpenedFile
from tests.walk.oracle import may_read
from tests.walk.world import MARK, NOW, PHONE, Land

MESSAGE = 77  # the message whose button is tapped
THEN = NOW + timedelta(minutes=1)  # what is said at this moment was said by the case


@dataclass(frozen=True)
class Form:
    """A question left open: what its row says."""

    room: str
    step: str
    draft: str
    trail: str = ""


@dataclass(frozen=True)
class Case:
    """`chat` does something; `form`: what is open there, None: nothing."""

    chat: int
    kind: Kind
    value: str = ""
    form: Form | None = None

    @property
    def room(self) -> str:
        if self.form is not None:
            return self.form.room
        return self.value.split(":")[0] if self.kind is Kind.BUTTON else self.value

    def __str__(self) -> str:
        where = f" in {self.form.room}.{self.form.step}" if self.form else ""
        return f"{self.kind} {self.value[:70]!r}{where}"


@dataclass
class Seen:
    """What a case brought: texts and files by chat, buttons and form of the chat itself, what went wrong."""

    said: list[tuple[int, str]] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    form: Form | None = None
    error: Exception | None = None

    def to(self, chat: int) -> str:
        return "\n".join(text for one, text in self.said if one == chat)


class Ground:
    """The world in a database of its own. Nothing that is done here stays."""

    def __init__(self, database: Database, land: Land, policies: Policies) -> None:
        self.land, self.policies = land, policies
        self._connection: Connection = database.engine.connect()
        self._connection.begin()
        self._update = 1_000

    def close(self) -> None:
        self._connection.rollback()
        self._connection.close()

    def case(self, case: Case) -> Seen:
        """Do it, look, undo it. As the receiver does: what is refused is undone and said in a second step."""
        self._update += 1
        incoming, seen = self._incoming(case), Seen()
        try:
            try:
                self._step(case, incoming, ROUTES.step, seen)
            except Refused as refused:
                self._step(case, incoming, partial(ROUTES.refuse, refused=refused), seen)
        except Exception as error:
            seen.error = error
        return seen

    def _step(self, case: Case, incoming: Incoming, step: Callable[[Context], None], seen: Seen) -> None:
        """In a savepoint of its own, which is rolled back with the session."""
        with Session(
            self._connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        ) as db:
            self._open_form(db, case)
            if case.kind is Kind.FILE:
                ROUTES.wanted_file(Context(db, THEN, self.policies, incoming))
            ctx = Context(db, THEN, self.policies, incoming, bot_username="xa_nha_bot")
            step(ctx)
            db.flush()
            self._look(db, case.chat, seen)
            if ctx.told is not None:  # the tapped button's own note
                seen.said.append((case.chat, ctx.told.to_plain(ctx.lang)))

    def _look(self, db: Session, chat: int, seen: Seen) -> None:
        for row in db.scalars(select(Outbox).where(Outbox.created_at == THEN)):
            body = WireBody.model_validate_json(row.body or "{}")
            texts = [body.text, body.file_name, *(label for line in body.buttons for label, _ in line)]
            if body.file_id:
                texts.append(body.file_id)
            if row.file_sealed:
                data = keyring().unseal(row.file_sealed, place="outbox.file_sealed", row=row.id)
                texts += _texts_of(data)
            seen.said.append((number_of(row.address), "\n".join(texts)))
            if row.address == chat_address(chat) and row.method != "commands":
                seen.buttons += [to for line in body.buttons for _, to in line]
        open_ = db.scalars(
            select(Conversation).where(Conversation.address == chat_address(chat), Conversation.active)
        ).first()
        if open_ is not None:
            seen.form = Form(open_.room, open_.step, open_.draft or "{}", open_.trail)

    def _open_form(self, db: Session, case: Case) -> None:
        if case.form is None:
            return
        db.execute(delete(Conversation).where(Conversation.address == chat_address(case.chat)))
        row = Conversation(
            address=chat_address(case.chat),
            room=case.form.room,
            step=case.form.step,
            trail=case.form.trail,
            version=1,
            active=True,
            updated_at=NOW,
        )
        row.draft = case.form.draft
        db.add(row)

    def _incoming(self, case: Case) -> Incoming:
        base = {
            "external_id": str(self._update),
            "address": chat_address(case.chat),
            "kind": case.kind,
            "language": "vi",
        }
        match case.kind:
            case Kind.BUTTON:
                return Incoming(**base, data=case.value, message_id=MESSAGE)  # type: ignore[arg-type]
            case Kind.COMMAND:
                name, _, rest = case.value.partition(" ")
                return Incoming(**base, command=name, text=rest)  # type: ignore[arg-type]
            case Kind.TEXT | Kind.EDITED:
                return Incoming(**base, text=case.value, message_id=MESSAGE)  # type: ignore[arg-type]
            case Kind.FILE:
                kind = FileKind.DOCUMENT if case.value == "document" else FileKind.PHOTO
                file = SharedFile(kind, "file-id", "unique", "giay.pdf", 10, OpenedFile(type=ContentType.PDF))
                return Incoming(**base, file=file)  # type: ignore[arg-type]
            case Kind.CONTACT:
                return Incoming(**base, contact=SharedContact("+84911000999", True))  # type: ignore[arg-type]
            case _:
                return Incoming(**base)  # type: ignore[arg-type]


def _where(error: Exception) -> str:
    """The last line of ours that it went through."""
    ours = [one for one in traceback.extract_tb(error.__traceback__) if "site-packages" not in one.filename]
    return f"{Path(ours[-1].filename).parent.name}/{Path(ours[-1].filename).name}:{ours[-1].lineno}"


def _texts_of(data: bytes) -> list[str]:
    """A document as its words: Word and Excel are zips of XML."""
    if not data.startswith(b"PK"):
        return [data.decode("utf-8", "ignore")] if data[:1] in (b"{", b"<", b"B") else []
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        found = []
        for name in file.namelist():
            found.append(name)
            if name.endswith((".xml", ".json", ".txt", ".html")):
                found.append(re.sub(r"<[^>]+>", " ", file.read(name).decode("utf-8", "ignore")))
            elif name.endswith((".docx", ".xlsx")):
                found += _texts_of(file.read(name))
        return found


# --- what may not happen --------------------------------------------------------------------------------------------


def faults(land: Land, case: Case, seen: Seen) -> list[str]:
    """Each thing that is wrong about what came of a case, in a line."""
    actors = land.actors
    me = actors.get(case.chat, "")
    found = []
    if seen.error is not None:
        found.append(f"{type(seen.error).__name__} at {_where(seen.error)}: {seen.error}"[:300])
    elif case.kind in (Kind.BUTTON, Kind.COMMAND) and not seen.to(case.chat):
        found.append("no answer")
    typed = {mark.lower() for mark in MARK.findall(case.value)}
    for chat, text in seen.said:
        reader = actors.get(chat, "")
        for mark in {one.lower() for one in MARK.findall(text)} | set(PHONE.findall(re.sub(r"\s", "", text))):
            fact = land.facts.get(mark)
            if fact is None or (chat == case.chat and mark in typed):
                continue
            if case.value.startswith(MAKES_A_FOLLOWER) and fact.kind in ("name", "unit"):
                continue  # the act itself has made somebody of another cell one who follows this one, and all are told
            if not may_read(reader, fact, case.room):
                found.append(f"{reader or chat} reads {fact.kind} of {fact.owner}")
    return [f"{me or case.chat}: {case}: {one}" for one in dict.fromkeys(found)]


# --- finding what there is ------------------------------------------------------------------------------------------

WORDS = ("Chữ thử", "25/12/2026", "7")


def explore(ground: Ground, chat: int, limit: int, rng: random.Random) -> Iterator[tuple[Case, Seen]]:
    """Press what is shown, from the commands on, until nothing new is shown or `limit` is reached."""
    waiting: list[Case] = [Case(chat, Kind.COMMAND, command.name) for command in COMMANDS]
    known: set[tuple[str, str, str]] = set()
    while waiting and limit > 0:
        case = waiting.pop(rng.randrange(len(waiting)))
        limit -= 1
        seen = ground.case(case)
        yield case, seen
        for one in _following(case, seen):
            key = (one.form.room + "." + one.form.step if one.form else "", one.kind, _plain(one.value))
            if key not in known:
                known.add(key)
                waiting.append(one)


def _following(case: Case, seen: Seen) -> Iterator[Case]:
    for data in seen.buttons:
        if data.startswith("http"):
            continue
        data = data.removeprefix("below:")
        asked = "~" in data
        yield Case(case.chat, Kind.BUTTON, re.sub(r"~\d+$", "~1", data), seen.form if asked else None)
    if seen.form is not None:
        for word in WORDS:
            yield Case(case.chat, Kind.TEXT, word, seen.form)
        for kind, value in ((Kind.FILE, "photo"), (Kind.FILE, "document"), (Kind.CONTACT, "")):
            yield Case(case.chat, kind, value, seen.form)


def _plain(data: str) -> str:
    return re.sub(r"~\d+$", "", data)


# --- as everybody ---------------------------------------------------------------------------------------------------

UNASKED = tuple(kind for kind in Kind if kind not in (Kind.COMMAND, Kind.BUTTON))
MAKES_A_FOLLOWER = "committee:appoint:"
FORGED = ("", "0", "-1", "abc", "9" * 18, "9" * 30, "٣", "1e3", "²", "None", "1:2:3:4:5:6")


@dataclass
class Pool:
    """What was found: buttons, and forms with what can be answered there; and the ids of rows of every table."""

    buttons: list[str] = field(default_factory=list)
    answers: list[Case] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)

    def add(self, case: Case) -> None:
        if case.form is not None:
            self.answers.append(case)
        elif case.kind is Kind.BUTTON:
            self.buttons.append(case.value)

    def addresses(self) -> set[str]:
        return {":".join(one.split(":")[:2]) for one in self.buttons}


def cases(pool: Pool, chats: list[int], rng: random.Random) -> Iterator[Case]:
    """Without end: a button or an answer, of anybody's, by anybody; the rarer addresses as often as the others."""
    by_address: dict[str, list[str]] = {tap.address: [] for tap in TAPS}
    for data in pool.buttons:
        by_address.setdefault(":".join(data.split(":")[:2]), []).append(data)
    by_step: dict[tuple[str, str], list[Case]] = {}
    for one in pool.answers:
        assert one.form is not None
        by_step.setdefault((one.form.room, one.form.step), []).append(one)
    names, steps = sorted(by_address), sorted(by_step)
    while True:
        chat = rng.choice(chats)
        match rng.randrange(20):
            case 0:
                yield Case(chat, Kind.COMMAND, rng.choice(COMMANDS).name + rng.choice(("", " x", " 1")))
            case 1:
                yield Case(chat, rng.choice(UNASKED), "Chữ thử")
            case at if at < 9:
                found = rng.choice(by_step[rng.choice(steps)])
                assert found.form is not None
                whose = (
                    chat if found.form.room in OFFICE_WORDS else found.chat
                )  # of oneself: in one's own chat alone
                yield replace(found, chat=whose, value=_answered(found, rng))
            case _:
                address = rng.choice(names)
                data = (
                    rng.choice(by_address[address]) if by_address[address] and rng.random() < 0.7 else address
                )
                yield Case(chat, Kind.BUTTON, _forged(data, address, pool, rng))


def _answered(found: Case, rng: random.Random) -> str:
    """The answer as it was, or another value behind the button."""
    if found.kind is Kind.BUTTON and found.value.count(":") >= 2 and rng.random() < 0.15:
        room, step, _ = found.value.split(":", 2)
        return f"{room}:{step}:{rng.choice(FORGED)}~1"
    return found.value


def _forged(data: str, address: str, pool: Pool, rng: random.Random) -> str:
    """The button itself; with another row's id; with what is no id; with an argument too few or too many."""
    parts = data.split(":")
    match rng.randrange(10):
        case 0 if len(parts) > 2:
            return ":".join(parts[: rng.randrange(2, len(parts))])
        case 1:
            return f"{data}:{rng.choice(FORGED)}"
        case 2 if len(parts) > 2:
            at = rng.randrange(2, len(parts))
            return ":".join([*parts[:at], rng.choice(FORGED), *parts[at + 1 :]])
        case 3 | 4:
            numbers = [at for at, part in enumerate(parts) if part.isdigit()]
            if numbers:
                at = rng.choice(numbers)
                return ":".join([*parts[:at], str(rng.choice(pool.ids)), *parts[at + 1 :]])
            return f"{address}:{rng.choice(pool.ids)}"
        case _:
            whole = len(parts) > 2 or rng.random() < 0.3
            return data if whole else f"{address}:{rng.choice(pool.ids)}"
