"""The world of a test: the real program, a stand-in for Telegram at the library's own seam, a clock that is given."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import SecretStr
from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.app import App, Outside, build
from bot.demo.timemachine import Fired, TimeMachine
from bot.files import HereOpener, Opener
from bot.settings import Settings, ZaloSettings, given_variables
from bot.standin import StandIn
from bot.standin.request import StandInRequest
from bot.standin.zalo import ZaloStandIn
from bot.standin.zalo.network import ZaloPost
from bot.text.links import Links
from handlers import ROUTES
from handlers.ground.routing import Routes
from models.delivery.policy import FilePolicy, FloodPolicy, OutboxPolicy
from models.ground.clock import SettableClock
from models.ground.db import Database
from models.people.member import Consent, Member, Purpose, link_account, record_consent
from tests import botapi
from tests.here import HereDatabase
from tests.phone import Phone
from tests.pushservice import PushService
from tests.screens import watch_screens
from tests.textphone import TextPhone
from tests.watching import watched

T = TypeVar("T")
TOKEN = "1:test"
UNHURRIED = FloodPolicy(  # in a test time stands still while people tap
    burst=1_000_000, stranger_burst=1_000_000, strangers_burst=1_000_000
)
ZALO = ZaloSettings(token=SecretStr(TOKEN), rate=100)
START = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)  # 08:00 in Vietnam


_read: list[tuple[dict[str, Any], Settings]] = []  # reading them takes 8 ms, and most worlds have the same


def _settings(url: str, given: dict[str, Any]) -> Settings:
    """Return the settings of a world; read once for each environment, unless a file speaks in them."""
    spoken = {**given, "environment": given_variables(), "folder": os.environ.get("CREDENTIALS_DIRECTORY")}
    for known, settings in _read:
        if known == spoken and "rules" not in given:
            return settings.model_copy(update={"database_url": url})
    _read.append((spoken, Settings(_env_file=None, token=SecretStr(TOKEN), database_url=url, **given)))
    return _read[-1][1]


class World:
    """`phone()` gives people phones, `wait()` lets time pass, `db()` looks behind the scenes."""

    def __init__(
        self,
        url: str,
        runner: asyncio.Runner,
        now: datetime,
        *,
        routes: Routes = ROUTES,
        connect: Callable[[str], Database] = HereDatabase,
        opener: Callable[[FilePolicy], Opener] = lambda policy: HereOpener(),
        beside: Path | None = None,
        links: Links | None = None,
        wall: Callable[[], datetime] | None = None,
        seconds: Callable[[], float] | None = None,
        **settings: Any,
    ) -> None:
        self._wall, self._seconds = wall, seconds  # a computer's clock that may be wrong, and a watch
        self.beside = beside  # where the program keeps files beside the database
        self.unnamed: list[str] = []  # who changed what of another, and was not named
        self._runner, self._routes, self._connect = runner, watched(routes, self.unnamed), connect
        self.url = url
        self._opener = opener
        self.clock = SettableClock(now)
        self.telegram = StandIn(now=self.clock, token=TOKEN)
        self.push = PushService(self.clock)
        self.misfits = botapi.watch(self.telegram) if botapi.available() else []
        self.zalo = ZaloStandIn(now=self.clock, token=TOKEN)  # joined where `zalo=ZALO` is set
        self.links = links
        self.over_budget = watch_screens(self.telegram)
        self.settings = _settings(
            url, {"outbox": OutboxPolicy(rate=100_000, chat_seconds=0), "flood": UNHURRIED, **settings}
        )
        self.marks: list[str] = []
        self.mark: Callable[[str], None] = self.marks.append
        self._start()

    def _start(self) -> None:
        self.app: App = build(
            self.settings,
            self._wall or self.clock,
            database=self._connect(self.url),
            routes=self._routes,
            outside=Outside(
                seconds=self._seconds,
                request=StandInRequest(self.telegram),
                opener=self._opener(self.settings.file),
                mark=lambda name: self.mark(name),
                anchor=self.beside,
                zalo_post=ZaloPost(self.zalo),
                ring=self.push.ring,
                links=self.links,
            ),
        )
        self._runner.run(self.app.start())

    @classmethod
    @contextmanager
    def open(cls, url: str, *, now: datetime = START, **settings: Any) -> Iterator[World]:
        with asyncio.Runner() as runner:
            world = cls(url, runner, now, **settings)
            try:
                yield world
            finally:
                runner.run(world.app.files.close())
                world.app.database.close()
            assert not world.misfits, world.misfits
            assert not world.unnamed, world.unnamed
            assert not world.over_budget, world.over_budget

    def run(self, work: Any) -> Any:
        return self._runner.run(work)

    def settle(self) -> None:
        """The program does all that it can do at this moment."""
        self.run(self.app.pump())

    def wait(self, by: timedelta) -> list[Fired]:
        """Let time pass; every job fires as it would."""
        return self.until(self.clock() + by)

    def until(self, moment: datetime) -> list[Fired]:
        fired: list[Fired] = self.run(TimeMachine(self.app, self.clock).go(moment))
        return fired

    def restart(self) -> None:
        """The process ends and starts again on the same database."""
        self.run(self.app.files.close())
        self.app.database.close()
        self._start()
        self.settle()

    def phone(
        self, user_id: int, first_name: str = "", *, language: str = "vi", phone: str | None = None
    ) -> Phone:
        self.telegram.add_user(user_id, first_name or f"User {user_id}", language_code=language, phone=phone)
        return Phone(self.telegram, user_id, self.settle)

    def text_phone(
        self, chat_id: str, name: str = "", *, of: int | None = None, agrees: bool = True
    ) -> TextPhone:
        """A phone with a messenger of words; `of`: linked behind the scenes to this member, who has written there.

        `agrees`: to that it reads along; else it was never asked.
        """
        self.zalo.add_user(chat_id, name or f"User {chat_id}")
        phone = TextPhone(self.zalo, chat_id, self.settle)
        if of is not None:
            self.zalo.chats[chat_id].has_written = True
            self.db(
                lambda db: link_account(db, db.get_one(Member, of), address=phone.address, now=self.clock())
            )
            if agrees:
                self.db(lambda db: record_consent(db, of, Purpose.ZALO, given=True, now=self.clock()))
            else:
                self.was_never_asked(of, Purpose.ZALO)
            self.settle()
        return phone

    def was_never_asked(self, member_id: int, purpose: Purpose) -> None:
        asked = (Consent.member_id == member_id) & (Consent.purpose == purpose)
        self.db(lambda db: db.execute(delete(Consent).where(asked)))

    def db(self, work: Callable[[Session], T]) -> T:
        return self.app.database.run(work)

    @property
    def database(self) -> Database:
        return self.app.database
