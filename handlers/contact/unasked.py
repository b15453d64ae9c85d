"""What arrives while nothing is asked: held, and offered. Nobody has it until its writer says so.

text, voice, photo, file ──> what is it for? ──┬─ the report that is due      checkin.py, at its overview
        ^                        │             ├─ the signed paper awaited    review/signing.py
        │                        │             ├─ a request for help          request/form.py; urgent: sent at once
        └──── more of it ────────┘             ├─ a word to the secretary
                                               ├─ a notice, for who may announce
                                               └─ dropped
stop, dừng lại, …  ──> a pause, consents: nothing has changed yet

It waits as a draft of its chat (sealed, moved with its person, with a draft's term): a question, a command, a restart loses
none of it. Its buttons work as long as it is there. Parts of one long text, and of an album, get one answer.
"""

from __future__ import annotations

from datetime import timedelta

from handlers.contact import checkin
from handlers.contact.request import form as request_form
from handlers.contact.request.door import MENU
from handlers.contact.request.screens import numbers
from handlers.contact.request.writing import FILES, WordsInParts, add_text, take_letter_edit
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context, FileKind, Kind
from handlers.ground.routing import Tap
from handlers.ground.scans import anything
from handlers.meeting import notice
from handlers.year.review import signing
from models.contact.checkin import Checkin, CheckinKind, CheckinState, answerable_checkin, owed_checkins
from models.contact.policy import Urgency
from models.contact.request import (
    Did,
    HelpRequest,
    RequestWords,
    SentFile,
    Topic,
    people_around,
    seers,
    send_word,
    ways_to,
)
from models.contact.unasked import HELD, ROOM, asks_to_stop, cries_for_help, says_stop, topic_of_cry
from models.delivery.conversation import (
    Conversation,
    conversation_in,
    current_conversation,
    forget_conversation,
)
from models.delivery.message import Button
from models.ground.errors import Refused
from models.ground.marking import clean, marked_secret
from models.ground.markup import units
from models.people.rights import DESK, Right, Role, officers_above, units_where
from models.people.secret import PIN_DIGITS, digits_of
from models.people.unit import UnitKind
from models.phrases import common
from models.phrases.common import paragraph
from models.phrases.contact import request as request_phrases, unasked as phrases
from models.phrases.desk import roster_talk as roster_words
from models.phrases.text import Text, raw
from models.phrases.trust import consent as consent_words
from models.trust.opening import Wanted

_AT_ONCE = timedelta(seconds=3)  # nobody types a new message that fast
_ASKED = 2  # questions that are offered to be answered
_WAYS = 6  # beside them: drop it, the main screen
_LISTS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")
_CELLS = 7  # and the way to the main screen
_FULL = 4050  # units: the apps cut a longer text
_KINDS = {FileKind.VOICE: "voice", FileKind.PHOTO: "photo", FileKind.DOCUMENT: "document"}
_TOPICS = {"accident": Topic.ACCIDENT, "papers": Topic.PAPERS, "disaster": Topic.DISASTER}


class HeldLetter(WordsInParts):
    goes_on: bool = False  # the last message was full, or a file: what follows at once belongs to it
    noted: bool = False  # it stands where it was typed, in a form; here it waits only to be called urgent


# --- it arrives -----------------------------------------------------------------------------------------------------


def wanted(ctx: Context) -> Wanted | None:
    """Return what of a file is looked into while nothing is asked."""
    if ctx.member is None or current_conversation(ctx.db, ctx.address) is not None:
        return None
    return anything(ctx)


def hold(ctx: Context) -> bool:
    """Keep it and ask what it is for; False: there is nothing in it to be kept. What is marked secret is not kept."""
    incoming = ctx.incoming
    if incoming.kind not in (Kind.TEXT, Kind.FILE):
        return False
    if lists := _lists(ctx):
        ctx.say(phrases.a_list(), [*lists, MENU])
        return True
    row = conversation_in(ctx.db, ctx.address, ROOM)
    held = _read(row)
    if held.noted:
        held = HeldLetter()
    rest = row is not None and held.goes_on and ctx.now - row.updated_at < _AT_ONCE
    if not rest and incoming.kind is Kind.TEXT and len(digits_of(incoming.text)) == PIN_DIGITS:
        return False  # it may be the PIN, typed too late: that is kept nowhere, and offered to nobody
    was_cry = cries_for_help(held.text)
    if rest and marked_secret("\n".join([*held.parts, incoming.text])):
        forget_conversation(ctx.db, ctx.address, ROOM)
        ctx.say(paragraph(common.secret_refused(), phrases.whole_dropped()), [MENU])
        return True
    _add(ctx, held)
    held.goes_on = incoming.kind is Kind.FILE or units(incoming.text) >= _FULL
    _keep(ctx, row, held)
    if not rest or (cries_for_help(held.text) and not was_cry):
        _offer(ctx, held)
    return True


def _lists(ctx: Context) -> list[list[Button]]:
    """Return where a list of people that came unasked may be brought in; nothing: it is none, or not theirs to bring in."""
    file = ctx.incoming.file
    if ctx.member is None or file is None or not file.name.lower().endswith(_LISTS):
        return []
    found = units_where(ctx.db, ctx.me.id, Right.EDIT_ROSTER, now=ctx.now)
    cells = [unit for unit in found if unit.kind == UnitKind.CELL]
    if len(cells) == 1:
        return [[Button(roster_words.IMPORT, f"roster:nhap:{cells[0].id}")]]
    return [[Button(raw(cell.name), f"roster:nhap:{cell.id}")] for cell in cells[:_CELLS]]


def take_cry(ctx: Context) -> bool:
    """Take a cry for help that was typed where a button was asked for. The question waits as it is."""
    asked = ctx.member is not None and current_conversation(ctx.db, ctx.address) is not None
    if not asked or ctx.incoming.kind is not Kind.TEXT or not cries_for_help(ctx.incoming.text):
        return False
    return not marked_secret(ctx.incoming.text) and hold(ctx)


def take_edit(ctx: Context) -> bool:
    """Take a change in the chat to a message that is held, and hold the new words."""
    row = conversation_in(ctx.db, ctx.address, ROOM)
    held = _read(row)
    if held.noted or take_letter_edit(ctx, held) is None:
        return False
    _keep(ctx, row, held)
    _offer(ctx, held)
    return True


def hear_cry(ctx: Context) -> None:
    """Show whom to call, and one tap to those on duty, when an answer in a form cries for help."""
    if ctx.incoming.kind is not Kind.TEXT or not cries_for_help(ctx.incoming.text):
        return
    row = conversation_in(ctx.db, ctx.address, ROOM)
    held = HeldLetter(noted=True, parts=[ctx.incoming.text.strip()], said_in=[ctx.incoming.message_id or 0])
    before = _read(row)
    if before.is_empty or before.noted:  # what waits there already is offered with its own ways
        _keep(ctx, row, held)
    can_be_told = ctx.me.cell_id and people_around(ctx.db, ctx.me.id, ctx.me.cell_id, now=ctx.now)
    urgent = [[Button(phrases.URGENT, "unasked:urgent")]] if can_be_told else []
    ctx.say(phrases.noted(cry=numbers(ctx)), [*urgent, [Button(phrases.NOT_URGENT, "unasked:drop")]])


def _add(ctx: Context, held: HeldLetter) -> None:
    file, text = ctx.incoming.file, ctx.incoming.text.strip()
    if file is not None:
        clean(file.name, text)
        if file.refusal is not None:
            raise Refused(paragraph(file.refusal, phrases.cannot_be_held()))
        if file.kind not in _KINDS or not file.is_known:
            raise Refused(phrases.cannot_be_held())
        if len(held.sent_along) >= FILES:
            raise Refused(phrases.too_many(limit=FILES))
        held.sent_along = [*held.sent_along, SentFile(_KINDS[file.kind], file.keep())]
    if text:
        add_text(held, text, message_id=ctx.incoming.message_id or 0)


def _read(row: Conversation | None) -> HeldLetter:
    return HeldLetter.model_validate_json(row.draft) if row is not None and row.draft else HeldLetter()


def _keep(ctx: Context, row: Conversation | None, held: HeldLetter) -> None:
    if row is None:
        row = Conversation(address=ctx.address, room=ROOM, step=HELD, trail="", version=0, active=False)
        ctx.db.add(row)
    row.updated_at = ctx.now
    row.step, row.draft = "noted" if held.noted else HELD, held.model_dump_json()


# --- what it may be -------------------------------------------------------------------------------------------------


def _offer(ctx: Context, held: HeldLetter) -> None:
    rows = _ways(ctx, held)
    cry = numbers(ctx) if cries_for_help(held.text) else None
    words = phrases.held(
        text=held.text,
        files=len(held.sent_along),
        cry=cry,
        ways=bool(rows),
        days=ctx.policies.conversation.keep.days,
    )
    ctx.show(words, [*rows, [Button(phrases.DROP, "unasked:drop")], MENU])


def _ways(ctx: Context, held: HeldLetter) -> list[list[Button]]:
    rows = _signed(ctx, held)
    cry = cries_for_help(held.text)
    if ctx.me.cell_id is not None:
        around = people_around(ctx.db, ctx.me.id, ctx.me.cell_id, now=ctx.now)
        if cry and around:
            rows.append([Button(phrases.URGENT, "unasked:urgent")])
        rows += _reports(ctx, held)
        rows.append([Button(phrases.HELP, "unasked:help")])
        if label := _word(ctx, set(around.values())):
            rows.append([Button(label, "unasked:word")])
    if not cry and _may_announce(ctx):
        rows.append([Button(phrases.NOTICE, "unasked:notice")])
    if not cry and asks_to_stop(held.text):
        rows += _ways_to_stop(ctx)[:2]
    return rows[:_WAYS]


def _reports(ctx: Context, held: HeldLetter) -> list[list[Button]]:
    """What waits for an answer, the newest first: what one writes is about what was asked last. No document goes with one."""
    if any(file.kind == "document" for file in held.sent_along):
        return []
    asked = [one for one in owed_checkins(ctx.db, ctx.me.id) if one.closes_at > ctx.now][: -_ASKED - 1 : -1]
    if not asked:
        due = answerable_checkin(ctx.db, ctx.me.id, ctx.policies.checkin, now=ctx.now)
        asked = [due] if due and due.state != CheckinState.ANSWERED else []
    return [[Button(_report(one), f"unasked:report:{one.id}")] for one in asked]


def _report(checkin: Checkin) -> Text:
    period = checkin.period if checkin.kind == CheckinKind.RHYTHM else None
    return phrases.report(period=period, question=checkin.question)


def _signed(ctx: Context, held: HeldLetter) -> list[list[Button]]:
    """Photos without a word, while a signed paper is awaited: they are its pages, more likely than not."""
    photos = all(one.kind == "photo" for one in held.sent_along)
    awaited = signing.awaited(ctx) if photos and held.sent_along and not held.text else None
    return [[Button(phrases.SIGNED, f"unasked:signed:{awaited.id}")]] if awaited else []


def _word(ctx: Context, around: set[Role]) -> Text | None:
    """To the desk, or, for who keeps it alone, to the committee above."""
    if around & {*DESK}:
        return phrases.WORD
    return phrases.WORD_UP if officers_above(ctx.db, ctx.me.cell_id or 0, now=ctx.now) else None


def _may_announce(ctx: Context) -> bool:
    return bool(units_where(ctx.db, ctx.me.id, Right.ANNOUNCE, now=ctx.now))


def see(ctx: Context, _arguments: list[str]) -> None:
    _offer(ctx, _held(ctx))


def _held(ctx: Context) -> HeldLetter:
    held = _read(conversation_in(ctx.db, ctx.address, ROOM))
    if held.is_empty:
        raise Refused(phrases.nothing_held())
    return held


def _taken(ctx: Context) -> HeldLetter:
    """What is held, for the last time: it goes on elsewhere."""
    held = _held(ctx)
    forget_conversation(ctx.db, ctx.address, ROOM)
    return held


def as_report(ctx: Context, arguments: list[str]) -> None:
    held = _taken(ctx)
    voices = [one.file_id for one in held.sent_along if one.kind == "voice"]
    photos = [one.file_id for one in held.sent_along if one.kind == "photo"]
    notes = [
        checkin.Note(message_id=one, text=part) for one, part in zip(held.said_in, held.parts, strict=True)
    ]
    checkin.begin_with(ctx, number_or_0(arguments), notes=notes, voices=voices, photos=photos)


def as_signed(ctx: Context, arguments: list[str]) -> None:
    held = _held(ctx)
    signing.begin_with(ctx, number_or_0(arguments), photos=[one.file_id for one in held.sent_along])
    forget_conversation(ctx.db, ctx.address, ROOM)


def as_help(ctx: Context, _arguments: list[str]) -> None:
    request_form.begin_with(ctx, _letter(_taken(ctx)))


def as_urgent(ctx: Context, _arguments: list[str]) -> None:
    """Send it to the desk as urgent with one tap: by day and by night, plain. The numbers stay in sight."""
    held = _taken(ctx)
    topic = _TOPICS.get(topic_of_cry(held.text) or "", Topic.OTHER)
    letter = _letter(held).model_dump()
    request_form.send_help(ctx, request_form.Draft(**letter, topic=topic, urgency=Urgency.URGENT))


def _letter(held: HeldLetter) -> WordsInParts:
    return WordsInParts(parts=held.parts, said_in=held.said_in, sent_along=held.sent_along)


def as_word(ctx: Context, _arguments: list[str]) -> None:
    leave_word(ctx, _taken(ctx))


def leave_word(ctx: Context, letter: WordsInParts, about: str = "") -> None:
    """Leave a word that waits on the desk until it is read; `about` stands before it."""
    request = send_word(
        ctx.db,
        ctx.me,
        RequestWords(
            text=f"{about}{letter.text}", files=letter.sent_along, slips=letter.slips if not about else ""
        ),
        policy=ctx.policies.request,
        now=ctx.now,
    )
    if request is None:
        raise Refused(request_phrases.in_no_cell())
    told = ways_to(ctx.db, request, Did.OPENED, _readers(ctx, request), now=ctx.now)
    see_it = [Button(request_phrases.MY_REQUEST, f"request:own:{request.id}")]
    ctx.show(request_phrases.word_left(ways_=told, zone=ctx.zone), [see_it, MENU])


def _readers(ctx: Context, request: HelpRequest) -> list[int]:
    return list(seers(ctx.db, request, now=ctx.now))


def as_notice(ctx: Context, _arguments: list[str]) -> None:
    if not _may_announce(ctx):
        raise Refused(common.gone_button())
    held = _taken(ctx)
    notice.form.begin_with(ctx, parts=held.parts, files=held.sent_along)


def drop(ctx: Context, _arguments: list[str]) -> None:
    held = _taken(ctx)
    ctx.show(phrases.stays_noted() if held.noted else phrases.dropped(), [MENU])


# --- left in peace --------------------------------------------------------------------------------------------------


def stop(ctx: Context) -> bool:
    """Show the ways out where a word that is known for it is typed. An open question stays open."""
    typed = ctx.incoming.command if ctx.incoming.kind is Kind.COMMAND else ctx.incoming.text
    under_way = current_conversation(ctx.db, ctx.address) is not None
    if ctx.member is None or not says_stop(typed, asked=under_way):
        return False
    ctx.say(phrases.stopping(under_way=under_way), [*_ways_to_stop(ctx), [Button(phrases.STAY, "nav:menu")]])
    return True


def _ways_to_stop(ctx: Context) -> list[list[Button]]:
    pause = [[Button(phrases.PAUSE, "pause:see")]] if ctx.me.cell_id and ctx.me.place_code else []
    limits = ctx.address.limits
    if (
        limits.company and not limits.guards
    ):  # consents are not shown here; leaving has to be as easy as coming
        return [*pause, [Button(consent_words.LEAVE, "consent:leave")]]
    return [
        *pause,
        [Button(phrases.CONSENTS, "data:consents")],
        [Button(phrases.DELETE, "data:delete")],
    ]


TAPS: list[Tap] = [
    Tap("unasked:see", see),
    Tap("unasked:report", as_report),
    Tap("unasked:signed", as_signed),
    Tap("unasked:help", as_help),
    Tap("unasked:urgent", as_urgent),
    Tap("unasked:word", as_word),
    Tap("unasked:notice", as_notice),
    Tap("unasked:drop", drop),
]
