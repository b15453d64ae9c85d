"""The playground's stage: the real program, a stand-in for Telegram, an invented commune, a clock that can jump.

    page ──> web.py ──> Stage ──> StandIn <── StandInRequest <── App (the real one)
                          ├─ TimeMachine ──> the timetable
                          ├─ Living ───────> whoever the visitor has not touched answers by themselves
                          └─ TOUR ────────> nine stops, each with something to do

Everything lives in a directory that is thrown away. Time passes as outside; a jump goes from one due thing to the
next, so that every job fires as it would.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.app import App, Outside, build
from bot.demo.hands import Hands
from bot.demo.handsets import Handsets, words_address
from bot.demo.hosts import DOOR, ROOMS
from bot.demo.living import Living
from bot.demo.people import WITH_A_PAGE, WITH_WORDS
from bot.demo.seed import PHONES, START, populate
from bot.demo.timemachine import Fired, TimeMachine
from bot.demo.tour import TOUR, TourAct
from bot.demo.web import Happening, Phone, TourStep
from bot.handbook import take_handbook
from bot.settings import Settings, ZaloSettings
from bot.standin.request import StandInRequest
from bot.standin.zalo.network import ZaloPost
from bot.telegram.chats import chat_address
from models.delivery.policy import FloodPolicy, OutboxPolicy
from models.ground.sealing import Keyring, keyring, new_key, use_keys
from models.meeting.policy import AttendancePolicy, MeetingPolicy
from models.migrations import migrate
from models.people.browser import make_page_link, page_account
from models.people.member import Member, speaker
from models.phrases.text import Lang

_LOOK_EVERY = 2.0  # seconds between looks at what has become due by itself
_FURTHEST = timedelta(days=400)
_LOOKED_AT = timedelta(hours=3)  # on a jump people look at their phones so often


class DemoClock:
    """Stands still until `run()`, then goes on as time does; can be put forward, never back."""

    def __init__(self, start: datetime) -> None:
        self._still: datetime | None = start
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return self._still or datetime.now(UTC) + self._ahead

    def set(self, now: datetime) -> None:
        if self._still is not None:
            self._still = max(now, self._still)
        else:
            self._ahead = max(self._ahead, now - datetime.now(UTC))

    def run(self) -> None:
        if self._still is not None:
            self._ahead, self._still = self._still - datetime.now(UTC), None


def _spoken_with(db: Session, phone: Phone, lang: str) -> str:
    """Return the language that the program speaks on this phone; who is nobody yet is spoken to as the page is."""
    found = speaker(db, chat_address(phone.user_id)) or speaker(db, words_address(phone.user_id))
    return str(found[1].lang) if found else lang


@dataclass(frozen=True, slots=True)
class _Opening:
    """The commune as a visitor finds it. To live through its past takes seconds; to begin anew takes none."""

    keys: Keyring
    clock: DemoClock
    telegram: Handsets
    database: bytes


_OPENINGS: dict[str, _Opening] = {}  # by the language it was made in


def _bytes_of(file: Path) -> bytes:
    """Return a SQLite database as one file holds it, with what its log still keeps apart."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.serialize()


class DemoStage:
    """`open()`, then hand it to `web.playground`; `close()` throws everything away.

    `runs=False`: time stands still but for `advance`, for stories and tests.
    """

    telegram: Handsets
    app: App
    door, rooms = DOOR, ROOMS
    page = ""  # where the page is served besides, for a browser of the visitor's own

    def __init__(self, *, runs: bool = True, lang: str = "vi") -> None:
        self._runs, self._lang = runs, lang
        self._busy = asyncio.Lock()
        self._alive: list[asyncio.Task[None]] = []
        self._directory: tempfile.TemporaryDirectory[str] | None = None

    async def open(self) -> None:
        self._directory = tempfile.TemporaryDirectory(prefix="xa-nha-demo-", ignore_cleanup_errors=True)
        file = Path(self._directory.name) / "demo.db"
        kept = _OPENINGS.get(self._lang)
        if kept is None:
            use_keys(Keyring([new_key()]))
            self.clock = DemoClock(START)
            self.telegram = Handsets(
                now=self.clock,
                domain=DOOR.removeprefix("https://"),
                words=WITH_WORDS,
            )
            await asyncio.to_thread(migrate, f"sqlite:///{file}")
            await asyncio.to_thread(take_handbook, f"sqlite:///{file}")
        else:
            use_keys(kept.keys)
            self.clock, self.telegram = deepcopy((kept.clock, kept.telegram))
            file.write_bytes(kept.database)
        settings = Settings(
            _env_file=None,
            token=SecretStr(self.telegram.token),
            database_url=f"sqlite:///{file}",
            outbox=OutboxPolicy(rate=1000, chat_seconds=0),
            flood=FloodPolicy() if self._runs else FloodPolicy(burst=1_000_000, stranger_burst=1_000_000),
            attendance=AttendancePolicy(door=DOOR, door_login=True),
            meeting=MeetingPolicy(jitsi_url=ROOMS),
            zalo=ZaloSettings(token=SecretStr(self.telegram.token), rate=100),
        )
        self.app = build(
            settings,
            self.clock,
            outside=Outside(request=StandInRequest(self.telegram), zalo_post=ZaloPost(self.telegram.zalo)),
        )
        await self.app.start()
        self._machine = TimeMachine(self.app, self.clock)
        if kept is None:
            await populate(self.app, self.telegram, self._machine, lang=Lang(self._lang))
            _OPENINGS[self._lang] = _Opening(
                keyring(), *deepcopy((self.clock, self.telegram)), await asyncio.to_thread(_bytes_of, file)
            )
        for user_id in WITH_A_PAGE:
            told = NO_TELEGRAM[self._lang]
            self.telegram.shows_page(user_id, told["words"], told["label"], f"{DOOR}/o/{user_id}")
        self.hands = Hands(self.app, self.telegram)
        self._living = Living(self.hands, since=self.now())
        if self._runs:
            self.clock.run()
            self._alive = [asyncio.create_task(self._listen()), asyncio.create_task(self._look())]

    async def close(self) -> None:
        for task in self._alive:
            task.cancel()
        await asyncio.gather(*self._alive, return_exceptions=True)
        await self.app.files.close()
        await asyncio.to_thread(self.app.database.close)
        if self._directory is not None:
            self._directory.cleanup()

    def page_link(self, user_id: int) -> str:
        """Return the path of a fresh link to the page of somebody who has no Telegram; LookupError for anybody else."""
        phone = next(one for one in PHONES if one.user_id == user_id) if user_id in WITH_A_PAGE else None
        if phone is None:
            raise LookupError("no page of their own")
        name, policy, now = phone.name, self.app.settings.policies().page, self.now()

        def work(db: Session) -> str:
            member = db.scalars(select(Member).where(Member.full_name == name)).one()
            account = page_account(db, member.id)
            if account is None:
                raise LookupError("the page was closed")
            return make_page_link(db, account, policy=policy, now=now)

        return f"/o/{self.app.database.run(work)}"

    # --- what the page asks -----------------------------------------------------------------------------------------

    def now(self) -> datetime:
        return self.clock()

    def phones(self) -> Sequence[Phone]:
        with self.app.database.reading() as db:
            return [replace(phone, lang=_spoken_with(db, phone, self._lang)) for phone in PHONES]

    def tour(self) -> Sequence[TourStep]:
        return [stop.step for stop in TOUR]

    def touched(self, user_id: int) -> None:
        self._living.leaves_alone(user_id)

    async def next_at(self) -> datetime | None:
        return await self._machine.next_at()

    async def advance(self, by: timedelta | datetime | None) -> Sequence[Happening]:
        """Jump `by`, to a moment, or to the next thing that happens; return what happened on the way."""
        async with self._busy:
            return await self._travel(by)

    async def guide(self, step: int) -> Sequence[Happening]:
        """Do what a stop of the tour offers; LookupError where the visitor has since gone another way."""
        async with self._busy:
            happened: list[Happening] = []
            for act in TOUR[step].acts:
                happened += await self._act(TOUR[step].step.phone, act)
            return happened

    async def _act(self, user_id: int, act: TourAct) -> Sequence[Happening]:
        if isinstance(act, datetime):
            return await self._travel(act) if act > self.now() else []
        self.touched(user_id)
        await self.hands.does(user_id, act)
        return []

    async def _travel(self, by: timedelta | datetime | None) -> list[Happening]:
        """Live through the time: jobs fire as they would, and people who are left alone answer."""
        until = self.now() + by if isinstance(by, timedelta) else by or await self._machine.next_at()
        if until is None:
            return []
        until = min(until, self.now() + _FURTHEST)
        fired: list[Fired] = []
        while self.now() < until:
            self._living.makes_plans(self.now())
            stop = min(until, self._living.next_at() or until, self.now() + _LOOKED_AT)
            fired += await self._machine.go(stop)
            await self._living.acts(self.now())
        return [happening(one) for one in fired if one.job in HAPPENINGS]

    async def reset(self, lang: str = "vi") -> None:
        async with self._busy:
            old, self._lang = self._alive, lang
            for task in old:
                task.cancel()
            before, directory = self.app, self._directory
            await self.open()
            await before.files.close()
            await asyncio.to_thread(before.database.close)
            if directory is not None:
                directory.cleanup()

    # --- time passing by itself -------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Let the program do all that it can do at this moment."""
        async with self._busy:
            await self.app.pump()

    async def _listen(self) -> None:
        while True:
            if await self.telegram.wait_updates(25):
                await self.settle()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            async with self._busy:
                await self._machine.go(self.now())
                self._living.makes_plans(self.now())
                await self._living.acts(self.now())


NO_TELEGRAM = {
    "vi": {
        "words": "Điện thoại này không có Telegram. Trang của Oanh mở trong trình duyệt, không cần cài gì.",
        "label": "Mở trang của Oanh",
    },
    "en": {
        "words": "This phone has no Telegram. Oanh's page opens in a browser, and nothing need be installed.",
        "label": "Open Oanh's page",
    },
}

HAPPENINGS: dict[str, dict[str, str]] = {
    "outbox.take_back": {
        "vi": "Mật khẩu của tệp được xóa khỏi màn hình: {n}",
        "en": "Passwords of files were taken back out of the chats: {n}",
    },
    "committee.names": {
        "vi": "Hết hạn đề nghị xem tên hoặc hết ngày xem tên: {n}",
        "en": "Requests for names lapsed, or their days were over: {n}",
    },
    "committee.desks": {
        "vi": "Xem có ai mở màn hình của chi bộ không: {n} chi bộ",
        "en": "Looked whether somebody opens the cells' desks: {n} cells",
    },
    "consent.ask": {
        "vi": "Hỏi lại đồng ý vì lời hỏi đã đổi: {n} người",
        "en": "Asked again what they agree to, the wording having changed: {n} people",
    },
    "pause.move": {
        "vi": "Bắt đầu hoặc hết tạm nghỉ báo cáo: {n} người",
        "en": "Pauses began or ended: {n} people",
    },
    "rhythm.offer": {
        "vi": "Nhìn lại các kỳ quá hạn, gợi ý lịch nhẹ hơn nếu hợp: {n} kỳ",
        "en": "Looked back on slow turns, offering a kinder rhythm where one fits: {n}",
    },
    "checkin.move": {
        "vi": "Đến giờ hỏi, nhắc hoặc chốt kỳ báo cáo: {n} người",
        "en": "Asked, reminded or closed check-ins: {n} people",
    },
    "checkin.alert": {
        "vi": "Báo bí thư những đồng chí chưa có tin: {n} chi bộ",
        "en": "Told secretaries who is silent: {n} cells",
    },
    "desk.digest": {
        "vi": "Bản tin hằng tuần cho bí thư: lên lịch hoặc gửi {n}",
        "en": "The secretaries' weekly digest: planned or sent {n}",
    },
    "rollcall.move": {
        "vi": "Điểm danh an toàn: hỏi, hỏi lại, kết thúc hoặc đổi số: {n}",
        "en": "Safety roll call: asked, asked again, ended or changed the figure: {n}",
    },
    "ladder.climb": {
        "vi": "Lâu chưa có tin: nhờ người gọi hỏi thăm: {n} đồng chí",
        "en": "Long silent: somebody is asked to call: {n} members",
    },
    "review.remind": {
        "vi": "Nhắc viết bản kiểm điểm: xem {n} bản",
        "en": "Reminded of self-reviews: looked at {n}",
    },
    "review.list": {
        "vi": "Danh sách chưa nộp kiểm điểm cho bí thư: xem {n} đợt",
        "en": "The secretaries' list of reviews not handed in: looked at {n}",
    },
    "review.bundle": {
        "vi": "Tạo trọn bộ tài liệu kiểm điểm: {n} bước",
        "en": "Made the bundle of reviews: {n} steps",
    },
    "probation.remind": {
        "vi": "Nhắc việc của đảng viên dự bị: {n} đồng chí",
        "en": "Reminded of probationary members: {n}",
    },
    "notice.move": {
        "vi": "Gửi thông báo, ghi ai đã nhận, nhắc ai chưa đọc: {n} lượt",
        "en": "Said notices, noted who got them, reminded who has not read: {n}",
    },
    "request.move": {
        "vi": "Việc nhờ hỗ trợ chuyển lên trên, quá hẹn hoặc cần nhắc: {n} việc",
        "en": "Requests for help rose, lapsed or were called again: {n}",
    },
    "attendance.link": {
        "vi": "Gửi đường vào cuộc họp, bắt đầu hoặc hết giờ họp: {n}",
        "en": "Ways into a meeting were sent, or one began or ended: {n}",
    },
    "law_request.remind": {
        "vi": "Nhắc yêu cầu theo luật về dữ liệu: {n}",
        "en": "Requests under the law were called to mind: {n}",
    },
    "task.remind": {
        "vi": "Nhắc nhiệm vụ sắp đến hạn hoặc quá hạn: {n}",
        "en": "Tasks called to mind, before their day or after it: {n}",
    },
    "meeting.move": {
        "vi": "Cuộc họp: báo thay đổi, nhắc người chưa trả lời, báo bí thư ai chưa trả lời: {n}",
        "en": "Meetings: changes told, the undecided reminded, the desk told who they are: {n}",
    },
    "meeting.propose": {
        "vi": "Ngày họp hằng tháng tự gợi ý cho bí thư: {n} chi bộ",
        "en": "The standing date proposed itself to the desk: {n} cells",
    },
    "register.move": {
        "vi": "Tài khoản đã chuyển sang Telegram mới, sau một ngày không ai chặn: {n} người",
        "en": "Accounts moved to another Telegram, which nobody stopped for a day: {n} people",
    },
    "knock.ring": {
        "vi": "Có tin chờ trên trang, chuẩn bị báo cho người nhận: {n} tin",
        "en": "Something waits on pages, and is about to be told: {n} messages",
    },
    "knock.move": {
        "vi": "Báo có tin trên trang, hoặc nhờ người chuyển lời: {n} người",
        "en": "People told that something waits on their page, or somebody asked to pass it on: {n}",
    },
    "away.move": {
        "vi": "Lần đi xa bắt đầu, sắp hết hạn, hết hạn hoặc cần nhắc: {n} người",
        "en": "Absences began, neared their end, lapsed or were called to mind: {n} people",
    },
    "letter.call": {
        "vi": "Nhắc bí thư thư gửi nơi đến chưa có trả lời: {n} thư",
        "en": "Called unanswered letters to mind: {n}",
    },
}


def happening(fired: Fired) -> Happening:
    words = HAPPENINGS[fired.job]
    return Happening(at=fired.at, what={lang: line.format(n=fired.items) for lang, line in words.items()})
