"""The receiving side: whoever has a letter of a cell answers it here, by the letter's code, without an account.

    GET  /r/<lookup>                       one field for the code; nobody is named, whether there is such a slip or not
    POST /r/<lookup>  the code ──right──> what is asked, four lines, a file if there is one; a ticket in the form
                               ──wrong──> the same page again, until the slip or the asker has to wait
    POST /r/<lookup>  ticket, four lines, file ──> a receipt; the same form again is the same receipt

No cookie, no script, nothing personal in an address, nothing of a call is logged. The ticket stands for the code for some
hours and is bound to the slip; a form that lay for longer asks for the code again and keeps what was typed.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.alarm import Alarm
from bot.files import Files
from bot.settings import Settings
from bot.web.guard import (
    HEADERS,
    Places,
    claims_more,
    form_key,
    is_form_key,
    is_from_here,
    is_photo,
    only_looks,
    read_form,
    spoken_by,
    who_asks,
)
from bot.web.look import PageLook
from handlers.ground.context import FileKind, SharedFile
from models.away.away import Scan
from models.away.reply_slip import (
    IsHere,
    LetterAsks,
    ReplySlip,
    SlipAnswer,
    SlipStanding,
    SlipUnfit,
    answer_slip,
    asked_by,
    check_answer,
    is_same_form,
    slip_at,
    standing_of,
    try_code,
)
from models.delivery.file import keep_file
from models.delivery.flood import Bucket, Guesses
from models.delivery.foreign.content import SCANS, clean_file_name
from models.ground.channel import Channel
from models.ground.clock import Clock
from models.ground.db import Database
from models.ground.errors import Refused
from models.ground.typed import tidy
from models.phrases.away import letter as letter_words, reply_slip as phrases
from models.phrases.text import Lang, Text
from models.trust.opening import Wanted

T = TypeVar("T")
_LOOKUP = re.compile(r"[0-9]{12}")
_FORM = 64 * 1024  # bytes of a form without a file
_TICKET_LASTS = timedelta(hours=2)
_AT_ONCE = 4  # a try costs the writer 25 ms, a file some memory: the others wait in line
_FILES_OF_ONE, _FILES = (
    2,
    10,
)  # that one asker, and all, bring at the same time; they lie on the disk as they come
_LINES = ("since", "by_name", "post", "phone")
_STATUS = {
    SlipStanding.WRONG: 403,
    SlipStanding.LOCKED: 429,
    SlipStanding.REPLACED: 410,
    SlipStanding.EXPIRED: 410,
    SlipStanding.SETTLED: 410,
}


@dataclass(frozen=True, slots=True)
class _Found:
    """How a slip stands, and what may be shown of it."""

    standing: SlipStanding
    asked: LetterAsks | None = None
    receipt: Text | None = None
    is_same: bool = False  # this very form is the one that was answered


class ReceivingSide:
    def __init__(
        self,
        settings: Settings,
        database: Database,
        files: Files,
        clock: Clock,
        alarm: Alarm,
        *,
        wake: Callable[[], None],
    ) -> None:
        self._database, self._files, self._clock, self._alarm = database, files, clock, alarm
        self._policies = settings.policies()
        self._secret = settings.token.get_secret_value()
        self._look = PageLook(self._policies.page)
        self._guesses = Guesses(self._policies.flood)
        flood = self._policies.flood
        self._codes = Bucket.full(flood.codes_burst, flood.codes_every, clock())  # of all askers together
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._coming = Places(each=_FILES_OF_ONE, together=_FILES)
        self._wake = wake  # the desk is told at once

    def routes(self) -> list[BaseRoute]:
        return [Route("/r/{lookup}", self.serve, methods=["GET", "HEAD", "POST"])]

    async def serve(self, request: Request) -> Response:
        lookup, lang = request.path_params["lookup"], spoken_by(request)
        if only_looks(request):
            return Response(status_code=204, headers=HEADERS)
        if not _LOOKUP.fullmatch(lookup):
            return self._sentence(lang, phrases.no_such_page(), status=404)
        if request.method == "GET":
            return self._ask_code(lang, lookup)
        try:
            return await self._posted(request, lookup, lang)
        except HTTPException:  # 413
            words = phrases.too_large(megabytes=self._policies.file.megabytes)
            return self._sentence(lang, words, status=413)
        except Exception as error:  # the database is away: what was typed stands in the browser still
            self._alarm.ring("reply_slip", error)
            return self._sentence(lang, phrases.busy(), status=503)

    async def _posted(self, request: Request, lookup: str, lang: Lang) -> Response:
        asker = who_asks(request)
        if not self._guesses.may_try(asker, self._clock()):
            return self._sentence(lang, phrases.many_tries(), status=429)
        if not claims_more(request, _FORM):
            return await self._read(request, lookup, lang, asker, _FORM)
        with self._coming.held(asker) as has_one:
            if not has_one:
                return self._sentence(lang, phrases.busy(), status=503)
            has_file = request.headers.get("content-type", "").startswith("multipart/")
            most = self._policies.file.megabytes * 1_000_000 + _FORM if has_file else _FORM
            return await self._read(request, lookup, lang, asker, most)

    async def _read(self, request: Request, lookup: str, lang: Lang, asker: str, most: int) -> Response:
        """Read the form, however slowly it comes, and then wait for a turn."""
        form = await read_form(request, most)
        if form is None or not self._is_ours(request, form, lookup):
            return self._sentence(lang, phrases.not_sent_here(), status=403)
        try:
            async with self._turns:
                if "ticket" in form:
                    return await self._answered(form, lookup, lang, asker)
                return await self._opened(form, lookup, lang, asker)
        finally:
            await form.close()  # a large file lies in a file of its own

    # --- the code -----------------------------------------------------------------------------------------------------

    async def _opened(self, form: FormData, lookup: str, lang: Lang, asker: str) -> Response:
        now, code = self._clock(), str(form.get("code", ""))[:64]
        if not self._codes.take(now):
            self._miss(asker, now)
            return self._ask_code(lang, lookup, phrases.many_tries(), _typed(form), status=429)

        def work(db: Session) -> _Found:
            standing, slip = try_code(db, lookup, code, policies=self._policies.at(now), now=now)
            return _found(db, slip, standing)

        found = await self._ask(work)
        if found.standing in (SlipStanding.WRONG, SlipStanding.LOCKED):
            self._miss(asker, now)
            words = phrases.STANDINGS[found.standing]
            return self._ask_code(lang, lookup, words, _typed(form), status=_STATUS[found.standing])
        return self._show(lang, lookup, found, _typed(form))

    def _miss(self, asker: str, now: datetime) -> None:
        if self._guesses.missed(asker, now):
            self._alarm.say("reply_slip", "many codes of letters were tried")

    # --- the answer -----------------------------------------------------------------------------------------------------

    async def _answered(self, form: FormData, lookup: str, lang: Lang, asker: str) -> Response:
        now, typed = self._clock(), _typed(form)
        if not self._is_ticket(str(form["ticket"]), lookup):
            self._miss(asker, now)
            return self._ask_code(lang, lookup, phrases.ask_again(), typed, status=403)
        if self._is_over(str(form["ticket"]), now):
            return self._ask_code(lang, lookup, phrases.ask_again(), typed, status=403)
        file, data = await _upload(form)
        answer = _answer(typed)
        said = "\0".join(
            (str(form.get("once", ""))[:64], answer.model_dump_json(), hashlib.sha256(data).hexdigest())
        )
        found = await self._ask(lambda db: _found(db, slip_at(db, lookup), None, form=said, now=now))
        if found.standing is not SlipStanding.OPEN:
            return self._show(lang, lookup, found, typed)
        try:
            check_answer(answer)
            file = await self._looked_into(file)
            found = await self._ask(lambda db: self._keep(db, lookup, answer, file, said))
        except Refused as refused:
            to_mend = refused.fields if isinstance(refused, SlipUnfit) else ()
            return self._show(lang, lookup, found, typed, refused.phrase, to_mend)
        self._wake()
        return self._show(lang, lookup, found, typed)

    async def _looked_into(self, file: SharedFile | None) -> SharedFile | None:
        """The file as the process that opens files has found it, as with any other."""
        if file is None:
            return None
        wanted = Wanted(types=SCANS, files=self._policies.file, docx=self._policies.review.docx)
        try:
            return await self._files.looked_into(
                file, self._files.photos() if file.kind is FileKind.PHOTO else wanted
            )
        except Refused as refused:
            raise SlipUnfit(phrases.choose_file_again(why=refused.phrase), ["file"]) from refused

    def _keep(
        self, db: Session, lookup: str, answer: SlipAnswer, file: SharedFile | None, said: str
    ) -> _Found:
        now, slip, scan = self._clock(), slip_at(db, lookup), None
        if slip is None:
            return _Found(SlipStanding.WRONG)
        if file is not None and standing_of(db, slip, now=now) is SlipStanding.OPEN:
            type_ = file.opened.type if file.opened is not None else None
            row = keep_file(db, by_id=None, now=now, channel=Channel.WEB, data=file.data, type=type_)
            scan = Scan(file_id=str(row.id), name="" if file.kind is FileKind.PHOTO else file.name)
        answer_slip(db, slip, answer, form=said, policies=self._policies.at(now), now=now, scan=scan)
        return _found(db, slip, None, form=said, now=now)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _show(
        self,
        lang: Lang,
        lookup: str,
        found: _Found,
        typed: Mapping[str, str],
        words: Text | None = None,
        to_mend: Sequence[str] = (),
    ) -> Response:
        """Show the form, the receipt, or why there is neither. `words`: what is to be put right first, in which fields."""
        if found.standing is SlipStanding.ANSWERED and found.receipt is not None:
            said = None if found.is_same else phrases.STANDINGS[SlipStanding.ANSWERED]
            if not found.is_same and typed.get("by_name"):  # another answer than the one that is kept
                said = phrases.second_answer()
            return self._look.answer(
                "slip_receipt.html", lang, words=phrases, said=said, receipt=found.receipt
            )
        if found.standing is not SlipStanding.OPEN or found.asked is None:
            words = phrases.STANDINGS[found.standing]
            return self._sentence(lang, words, status=_STATUS.get(found.standing, 403))
        return self._look.answer(
            "slip_form.html",
            lang,
            words=phrases,
            said=words,
            status=200 if words is None else 422,
            megabytes=self._policies.file.megabytes,
            asked=phrases.asked(**found.asked._asdict()),
            to_mend=to_mend,
            asks_here=letter_words.ASKS_HERE[found.asked.kind],
            asks_comment=letter_words.ASKS_COMMENT[found.asked.kind],
            given={name: typed.get(name, "") for name in ("here", "comment", *_LINES)},
            path=f"/r/{lookup}",
            key=form_key(self._secret, f"slip:{lookup}"),
            ticket=self._ticket(lookup),
            once=secrets.token_urlsafe(9),
        )

    def _ask_code(
        self,
        lang: Lang,
        lookup: str,
        words: Text | None = None,
        typed: Mapping[str, str] | None = None,
        *,
        status: int = 200,
    ) -> Response:
        return self._look.answer(
            "slip_code.html",
            lang,
            words=phrases,
            said=words,
            status=status,
            given=typed or {},
            path=f"/r/{lookup}",
            key=form_key(self._secret, f"slip:{lookup}"),
        )

    def _sentence(self, lang: Lang, words: Text, *, status: int) -> Response:
        return self._look.answer("slip_sentence.html", lang, words=phrases, said=words, status=status)

    # --- keys ---------------------------------------------------------------------------------------------------------

    def _is_ours(self, request: Request, form: FormData, lookup: str) -> bool:
        """Whether our own page's form was sent."""
        here = is_from_here(request, self._policies.attendance.door)
        return here and is_form_key(str(form.get("k", "")), self._secret, f"slip:{lookup}")

    def _ticket(self, lookup: str) -> str:
        until = str(int((self._clock() + _TICKET_LASTS).timestamp()))
        return f"{until}.{form_key(self._secret, f'ticket:{lookup}:{until}')}"

    def _is_ticket(self, ticket: str, lookup: str) -> bool:
        until, _, key = ticket.partition(".")
        return is_form_key(key, self._secret, f"ticket:{lookup}:{until}")

    def _is_over(self, ticket: str, now: datetime) -> bool:
        return now.timestamp() > int(ticket.partition(".")[0])

    async def _ask(self, work: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))


def _found(
    db: Session,
    slip: ReplySlip | None,
    standing: SlipStanding | None,
    *,
    form: str = "",
    now: datetime | None = None,
) -> _Found:
    """What may be shown of a slip to whoever has given its code; `standing`: as it was found with the code."""
    if slip is None:
        return _Found(standing or SlipStanding.WRONG)
    if standing is None and now is not None:
        standing = standing_of(db, slip, now=now)
    receipt = None
    if slip.answered_at is not None:
        receipt = phrases.received(receipt=slip.receipt or "", at=slip.answered_at)
    return _Found(
        standing or SlipStanding.WRONG,
        asked_by(db, slip),
        receipt,
        is_same=bool(form) and is_same_form(slip, form),
    )


def _typed(form: FormData) -> dict[str, str]:
    """What was typed, ready to be shown again as it was meant."""
    lines = {name: " ".join(tidy(str(form.get(name, ""))).split()) for name in _LINES}
    return {
        **lines,
        "comment": tidy(str(form.get("comment", ""))).replace("\r\n", "\n").strip(),
        "here": str(form.get("here", ""))[:10],
    }


def _answer(typed: Mapping[str, str]) -> SlipAnswer:
    here = typed["here"]
    return SlipAnswer(
        here=IsHere(here) if here in list(IsHere) else None,
        **{name: typed[name] for name in ("comment", *_LINES)},
    )


async def _upload(form: FormData) -> tuple[SharedFile | None, bytes]:
    upload = form.get("file")
    if not isinstance(upload, UploadFile):
        return None, b""
    data = await upload.read()
    if not data and not upload.filename:
        return None, b""
    kind = FileKind.PHOTO if is_photo(upload.content_type) else FileKind.DOCUMENT
    name = clean_file_name(tidy(upload.filename or ""))
    return replace(SharedFile(kind, "", "slip", name, len(data)), data=data), data
