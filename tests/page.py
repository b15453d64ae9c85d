"""A second door, made up for tests: what it takes to bring the same conversations through another channel.

    page = Page(world, "a browser")      its address: web:a browser
    page.says("/baocao").taps("Mọi việc vẫn ổn", "Gửi")

It stores what arrives, runs the step in a transaction that marks it as done, and takes what is to be shown there.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Self

from sqlalchemy.orm import Session

from handlers import ROUTES
from handlers.ground.context import Context, FileKind, Incoming, Kind, SharedFile
from models.delivery.body import WireBody
from models.delivery.claims import Claimed, claim_replies, settle_outbox
from models.delivery.foreign.content import ContentType
from models.delivery.inbox import Received, accept_inbox, finish_inbox
from models.delivery.message import Lane, Method
from models.delivery.outbox import OutboxState
from models.ground.channel import Address, Channel
from models.ground.errors import Refused
from models.people.browser import SecondProof, open_browser
from models.people.member import Member, link_account
from models.trust.opening import OpenedFile
from tests.fakes import World


class Page:
    def __init__(self, world: World, key: str, channel: Channel = Channel.WEB) -> None:
        self.world, self.address, self._count = world, Address(channel, key), 0
        self.shown: dict[int, WireBody] = {}
        self._fresh: list[str] = []
        self.browser: int | None = None

    def is_of(self, member_id: int) -> Self:
        """Linked behind the scenes, beside what the member has already."""
        now = self.world.clock()
        self.world.db(
            lambda db: link_account(db, db.get_one(Member, member_id), address=self.address, now=now)
        )
        return self

    def proved(self) -> Self:
        """With the second proof, as by a link from Telegram."""
        now = self.world.clock()
        opening = partial(open_browser, address=self.address, device="", now=now, proof=SecondProof.TELEGRAM)
        self.browser = self.world.db(lambda db: opening(db)[0].id)
        return self

    def says(self, *texts: str) -> Self:
        for text in texts:
            if text.startswith("/"):
                self._brings(Kind.COMMAND, command=text[1:])
            else:
                self._brings(Kind.TEXT, text=text)
        return self

    def sends(self, kind: FileKind, data: bytes, *, looked_into: bool = True) -> Self:
        """A file goes along as bytes, and is looked into like any that is not Telegram's own."""
        type_ = ContentType.OGG if kind is FileKind.VOICE else ContentType.JPEG
        opened = OpenedFile(type=type_) if looked_into else None
        file = SharedFile(kind, "", str(self._count), opened=opened, data=data)
        return self._brings(Kind.FILE, file=file)

    def taps(self, *labels: str) -> Self:
        for label in labels:
            at, to = next(
                (at, to)
                for at, body in reversed(self.shown.items())
                for row in body.buttons
                for words, to in row
                if label in words
            )
            self._brings(Kind.BUTTON, data=to, message_id=at)
        return self

    def buttons(self) -> list[str]:
        """The labels under the newest message that has any."""
        self.opens()
        found = (
            [label for row in body.buttons for label, _ in row] for body in reversed(self.shown.values())
        )
        return next((labels for labels in found if labels), [])

    def opens(self) -> Self:
        """Show what has come meanwhile."""
        self._show(self.world.db(self._take))
        return self

    def reads(self) -> str:
        """What is new since this was asked last."""
        self.opens()
        fresh, self._fresh = self._fresh, []
        return "\n\n".join(fresh)

    def _brings(self, kind: Kind, **what: Any) -> Self:
        self._count += 1
        item = Received(str(self._count), self.address, b"{}")
        self.world.db(lambda db: accept_inbox(db, [item], now=self.world.clock()))
        incoming = Incoming(item.external_id, self.address, kind, browser=self.browser, **what)
        try:
            self._show(self.world.db(partial(self._step, item, incoming, ROUTES.step)))
        except Refused as refused:
            say = partial(ROUTES.refuse, refused=refused)
            self._show(self.world.db(partial(self._step, item, incoming, say)))
        self.world.settle()
        return self

    def _step(self, item: Received, incoming: Incoming, step: Any, db: Session) -> list[Claimed]:
        assert finish_inbox(db, item)
        step(Context(db, self.world.clock(), self.world.settings.policies(), incoming))
        db.flush()
        return self._take(db)

    def _take(self, db: Session) -> list[Claimed]:
        now, policy = self.world.clock(), self.world.settings.outbox
        taken = claim_replies(db, self.address, now=now, policy=policy, limit=50, up_to=Lane.BULK)
        sent = [item.becomes(OutboxState.SENT, message_id=item.body.message_id or item.id) for item in taken]
        settle_outbox(db, sent, now=now)
        return taken

    def _show(self, taken: list[Claimed]) -> None:
        for item in taken:
            if item.method is Method.DELETE:
                self.shown.pop(item.body.message_id or 0, None)
                continue
            self.shown[item.body.message_id or item.id] = item.body
            self._fresh.append(item.body.text)
