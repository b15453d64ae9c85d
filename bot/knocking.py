"""Knocks that are ready -> out: browsers ring by Web Push, letters go by SMTP (mailing.py). What becomes of each is written on its row (models/entry/knock.py).

    201, 202                  taken
    404, 410                  the subscription is gone: it is dropped
    413, 429, 5xx, no way     later, a few times
    no answer                 nobody knows
    anything else             refused: a mistake of ours, and the operator hears of it

One after the other, beside everything else. A person may have several browsers: one that rings is enough.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from functools import partial
from ipaddress import ip_address
from typing import TypeVar

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from sqlalchemy.orm import Session

from bot.alarm import Alarm
from bot.errand import Errand
from bot.mailing import MailRefused, Post
from bot.web.webpush import BrowserKeys, encrypt, from_base64, private_key, signed
from bot.wire import NotReached, Unanswered
from jobs.ground.runner import Run
from models.entry.knock import GoingKnock, KnockOutcome, KnockState, KnockWay, claim_knock, settle_knock
from models.ground.clock import Clock
from models.ground.db import Database
from models.people.mailbox import next_code, note_code
from models.people.push import PushTarget, SigningKey, is_push_service, signing_key
from models.phrases.entry import knock as phrases
from models.phrases.people import mailbox as mailbox_words
from models.policies import Policies

T = TypeVar("T")
Ring = Callable[[str, dict[str, str], bytes], Awaitable[int]]  # an endpoint, headers, a body -> a status
_JOB = "knock.move"
_TAKEN = (200, 201, 202, 204)
_GONE = (404, 410)
_LATER = (408, 413, 429)


class Knocker:
    """`ring`: stands in for the network; `post` hands over a letter."""

    def __init__(
        self,
        database: Database,
        policies: Policies,
        clock: Clock,
        alarm: Alarm,
        *,
        ring: Ring | None = None,
        post: Post | None = None,
    ) -> None:
        self._database, self._policies, self._clock, self._alarm = database, policies, clock, alarm
        self._ring = ring or Caller(policies.push.seconds).post
        self._post = post  # None: no letters
        self.errand = Errand("knocking", self.drain, alarm)

    def after(self, run: Run) -> None:
        """Wake it each minute: knocks may be ready. Called on the scheduler's thread."""
        if run.job == _JOB:
            self.errand.want()

    async def drain(self) -> int:
        """Send all that is ready now; return how many knocks."""
        done = await self._mail_codes()
        while (going := await self._ask(self._claim)) is not None:
            outcome = await self._knock(going)
            await self._ask(partial(self._settle, going, outcome))
            done += 1
        return done

    def _claim(self, db: Session) -> GoingKnock | None:
        return claim_knock(db, self._policies.knock, now=self._clock())

    def _settle(self, going: GoingKnock, outcome: KnockOutcome, db: Session) -> None:
        settle_knock(db, going, outcome, self._policies.knock, now=self._clock())

    async def _knock(self, going: GoingKnock) -> KnockOutcome:
        match going.way:
            case KnockWay.PUSH:
                return await self._push(going)
            case KnockWay.MAIL:
                return await self._mail(going)
            case KnockWay.HAND:  # a person does it
                raise ValueError("no knock of ours")

    # --- Web Push ---------------------------------------------------------------------------------------------------

    async def _push(self, going: GoingKnock) -> KnockOutcome:
        key = await self._ask(lambda db: signing_key(db, now=self._clock()))
        answers = [(row, await self._call(target, key)) for row, target in going.targets]
        gone = tuple(row for row, answer in answers if answer in _GONE)
        said = " ".join(str(answer or "no answer") for _, answer in answers) or "no browser"
        state, later = _became([answer for _, answer in answers])
        return KnockOutcome(state, said, gone, later)

    async def _call(self, target: PushTarget, key: SigningKey) -> int | None:
        """The service's answer; None: it gave none, and may have it all the same. 503: it could not be reached."""
        policy, now = self._policies.push, self._clock()
        if not is_push_service(target.endpoint, policy):  # the setting has changed since
            return 410
        contact = policy.contact or self._policies.attendance.door or "https://localhost"
        body = encrypt(
            str(phrases.push().vi).encode(),
            BrowserKeys(from_base64(target.keys.p256dh), from_base64(target.keys.auth)),
        )
        headers = {
            "Authorization": signed(target.endpoint, private_key(key.number), contact=contact, now=now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(policy.lasts.total_seconds())),
            "Topic": "so",  # a newer one takes the place of one that still waits for the phone
            "Urgency": "normal",
        }
        try:
            status = await self._ring(target.endpoint, headers, body)
        except NotReached:
            return 503
        except Unanswered:
            return None
        if status not in (*_TAKEN, *_GONE, *_LATER) and status < 500:
            self._alarm.say("knock.push", f"a push service refuses us: {status}")
        return status

    # --- letters ----------------------------------------------------------------------------------------------------

    async def _mail(self, going: GoingKnock) -> KnockOutcome:
        if self._post is None or not going.mail:
            return KnockOutcome(KnockState.FAILED, "no address")
        words = phrases.ready_sentence(link=f"{self._policies.attendance.door}/").to_plain(going.lang)
        try:
            said = await self._post(going.mail, phrases.push().to_plain(going.lang), words, self._clock())
        except MailRefused as refused:
            return KnockOutcome(KnockState.FAILED, str(refused), bounced=True)
        except NotReached as error:
            self._ring_for(error)
            return KnockOutcome(KnockState.FAILED, "no connection", later=True)
        except Unanswered:
            return KnockOutcome(KnockState.UNKNOWN, "no answer")
        return KnockOutcome(KnockState.DONE, said)

    async def _mail_codes(self) -> int:
        """Mail the codes that people wait for; while the server is away they wait with them."""
        done = 0
        while self._post is not None and (letter := await self._ask(next_code)) is not None:
            refused = ""
            words = mailbox_words.code_letter(code=letter.code).to_plain(letter.lang)
            subject = mailbox_words.code_subject().to_plain(letter.lang)
            try:
                await self._post(letter.address, subject, words, self._clock())
            except MailRefused as error:
                refused = str(error)
            except NotReached as error:
                self._ring_for(error)
                return done
            except Unanswered:  # they ask for another, if it did not come
                pass
            await self._ask(partial(note_code, letter=letter, refused=refused, now=self._clock()))
            done += 1
        return done

    def _ring_for(self, error: NotReached) -> None:
        if error.ours is not None:
            self._alarm.ring("knock.mail", error.ours)

    async def _ask(self, work: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))


def _became(answers: list[int | None]) -> tuple[KnockState, bool]:
    """What a knock became by the answers to all its calls; and whether it is tried again."""
    if any(answer in _TAKEN for answer in answers):
        return KnockState.DONE, False
    if None in answers:
        return KnockState.UNKNOWN, False
    return KnockState.FAILED, any(answer in _LATER or (answer or 0) >= 500 for answer in answers)


# --- the network ----------------------------------------------------------------------------------------------------


class Caller:
    """Calls a push service: to public addresses only, no redirect, no cookie, the answer unread, within some seconds."""

    def __init__(self, seconds: float, resolver: AbstractResolver | None = None) -> None:
        self._seconds, self._resolver = seconds, resolver

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> int:
        """Return the answer's status; raise NotReached where nothing left us, Unanswered where nothing came back."""
        connector = aiohttp.TCPConnector(resolver=PublicOnly(self._resolver or ThreadedResolver()))
        timeout = aiohttp.ClientTimeout(total=self._seconds)
        try:
            async with (
                aiohttp.ClientSession(
                    connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()
                ) as session,
                session.post(url, headers=headers, data=body, allow_redirects=False) as answer,
            ):
                return answer.status
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NotReached from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unanswered from error


class PublicOnly(AbstractResolver):
    """A resolver that knows no private address, whatever a name server says."""

    def __init__(self, resolver: AbstractResolver) -> None:
        self._resolver = resolver

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the host's public addresses; OSError where there is none."""
        found = await self._resolver.resolve(host, port, family)
        public = [one for one in found if ip_address(one["host"]).is_global]
        if not public:
            raise OSError(f"{host} has no public address")
        return public

    async def close(self) -> None:
        await self._resolver.close()
