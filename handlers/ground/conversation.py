"""The stepper: a stored step -> its function -> the next step stored, in one transaction.

A flow is a room's table of questions. A question has two halves:

    ask(ctx, draft)  -> Screen        what it says: a text and buttons
    take(ctx, draft, answer) -> Step  reads the answer into the draft, names the next step; None: done

                  ┌──────── Refused: the hint, and the question again ───────┐
    begin ──> ask(first) ──answer──> take ──next──> ask(next) ... take ──None──> the row is forgotten
                  ^                    │
                  └──── back ──────────┘          /huy: forgotten too; a command: parked, to go on later

The right to the form (`Flow.right`) is asked before each question and before each answer, in `_ask` and `open_form`. Once it has
ended the draft is forgotten, and the person reads why, with the words that they had just typed.

A text longer than a channel's messages arrives in several. When the first was refused, what follows it at once is refused
too: the tail of a long text is no answer.

Buttons of a question carry the version of the conversation (`checkin:work:lost~7`). It grows when an answer is taken, and
stays when the same question is asked again: then each copy of it may be tapped, also after /menu. A tap on an older one
changes nothing. It is answered in the tapped button's own note, and the question that is open is asked again below, once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Generic, TypeVar
from zlib import crc32

from pydantic import BaseModel

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context, FileKind, Given, Incoming, Kind
from handlers.ground.secrecy import is_protected
from models.delivery.conversation import (
    Conversation,
    Ending,
    conversation_in,
    current_conversation,
    drop_conversation,
    end_conversation,
    ending_of,
    forget_conversation,
    note_begin,
    park_conversations,
)
from models.delivery.message import Button, Table
from models.ground.errors import Refused
from models.ground.markup import units
from models.people.rights import NotEntitled
from models.phrases import common
from models.phrases.text import Text, raw
from models.trust.opening import Wanted

D = TypeVar("D", bound=BaseModel)

_NEAR = (
    46  # UTF-16 units: the apps cut a text that is longer than a message there, or at the last space before
)
_AT_ONCE = timedelta(seconds=3)  # nobody reads the hint and types a new answer that fast
_GIVEN = "given~"  # no field of a draft is called so
# What stands behind a stored draft (JSON does not mind):
_CUT = "\n"  # the last answer filled a message and was refused
_BELOW = " "  # the question has been asked again, whatever for: it stands below already, and no old button asks it once more
_VERSIONS = (
    100_000  # a form begins with the update that began it, so that no button fits a later form of its room
)


@dataclass(frozen=True, slots=True)
class Screen:
    """What a question looks like. `ask_contact`: a reply-keyboard button that shares the phone number.

    `looking`: nothing is being filled in, so there is nothing to cancel; the screen brings its own ways out. `leave`: what
    stopping is called here, where "Cancel" would mean two things.
    """

    text: Text
    buttons: list[list[Button]] = field(default_factory=list)
    ask_contact: Text | None = None
    looking: bool = False
    table: Table | None = None
    beside: Text | None = None
    leave: Text = common.CANCEL


@dataclass(frozen=True, slots=True)
class Question(Generic[D]):
    ask: Callable[[Context, D], Screen]
    take: Callable[[Context, D, Answer], str | None]
    wants_file: Callable[[Context, D], Wanted] | None = (
        None  # what of a document or a voice message is opened before `take` is called; without it, none is taken
    )
    proof: bool = False  # a button answers it only after the PIN was given
    secret: bool = False  # what is typed is read by nobody: not even where the program fails
    remembers: bool = False  # what was given stays beside the draft, for a page that shows it again


def own(ctx: Context, draft: BaseModel) -> None:
    """Require that the speaker is somebody here: the right to a form about the speaker alone."""
    if ctx.member is None:
        raise NotEntitled


@dataclass(frozen=True, slots=True)
class Flow(Generic[D]):
    """`room` begins the data of its buttons; `about` names what is being done; `keeps`: answers are rows at once.

    `right` loads what the draft is about and refuses who may not, or no longer, be asked about it. `public`: a stranger
    may be asked; in every other flow a stranger is nobody.
    """

    room: str
    about: Text
    draft: type[D]
    steps: Mapping[str, Question[D]]
    right: Callable[[Context, D], object] = field(kw_only=True)
    public: bool = field(default=False, kw_only=True)
    edited: Callable[[Context, D], Text | None] | None = None  # a message was changed after it was taken
    keeps: bool = False
    own_words: Callable[[Context, D], bool] | None = None  # whether what is typed tells of its writer

    def question(self, step: str) -> Question[D] | None:
        return self.steps.get(step)


AnyFlow = Flow[Any]  # each room has a draft of its own


def choice(label: Text, value: str) -> Button:
    """Return a button that answers the question it stands under. The stepper gives it its address."""
    return Button(label, f"?{value}")


# --- what a room calls ----------------------------------------------------------------------------------------------


def begin(ctx: Context, flow: Flow[D], first: str, draft: D) -> None:
    """Ask the first question; an unfinished draft in this room is dropped."""
    park_conversations(ctx.db, ctx.address)
    forget_conversation(ctx.db, ctx.address, flow.room)
    version = _number_of(ctx.incoming.external_id) % _VERSIONS
    row = Conversation(
        address=ctx.address, room=flow.room, step=str(first), trail="", version=version, active=True
    )
    row.updated_at = ctx.now
    note_begin(ctx.db, row, now=ctx.now)
    ctx.db.add(row)
    _ask(ctx, flow, row, draft)


def begin_or_resume(ctx: Context, flow: Flow[D], first: str, draft: D) -> None:
    """Begin like `begin`, but offer an unfinished draft first."""
    row = conversation_in(ctx.db, ctx.address, flow.room)
    if row is None or not row.trail or flow.question(row.step) is None:
        begin(ctx, flow, first, draft)
        return
    park_conversations(ctx.db, ctx.address)
    row.active, row.updated_at = True, ctx.now
    gone_through = row.trail.split()
    start = str(first) if first in gone_through else gone_through[0]
    buttons = [
        [Button(common.CONTINUE, f"nav:resume:{row.room}~{row.version}")],
        [Button(common.START_OVER, f"nav:restart:{row.room}:{start}~{row.version}")],
        [Button(common.CANCEL, f"nav:cancel:{row.room}~{row.version}"), Button(common.MENU, "nav:menu")],
    ]
    ctx.show(common.resume(flow.about), buttons)


# --- what the dispatcher calls --------------------------------------------------------------------------------------


def take_answer(ctx: Context, flows: Mapping[str, AnyFlow]) -> bool:
    """Take what arrived as the answer to the open question. Return False when nothing is being asked."""
    row, value = current_conversation(ctx.db, ctx.address), None
    if ctx.incoming.kind is Kind.BUTTON:
        room, step, value = [*ctx.incoming.data.rpartition("~")[0].split(":", 2), "", ""][:3]
        row = conversation_in(ctx.db, ctx.address, room)
        if row is None and ctx.member is None:
            return False
        if row is None or (row.step, str(row.version)) != (step, _version(ctx)):
            show_old_button(ctx, flows, room)
            return True
    if row is None or (found := open_form(ctx, flows, row)) is None:
        return False
    _wake(ctx, row)
    if _is_rest(ctx, row):
        raise Refused(common.rest_refused())
    flow, question, draft = found
    if question.proof and ctx.incoming.kind is Kind.BUTTON:
        ctx.prove()
    ctx.guarded = is_protected(row.room)
    step = row.step
    next_step = question.take(ctx, draft, Answer(_known(ctx.incoming), value))
    ctx.of_oneself = flow.own_words is not None and flow.own_words(ctx, draft)
    if next_step is None:
        if ctx.left:
            drop_conversation(ctx.db, row)
        else:
            end_conversation(ctx.db, row, Ending.SENT, now=ctx.now)
        return True
    if next_step != row.step:
        row.trail = " ".join([*row.trail.split(), row.step])
        row.step = str(next_step)
    given = given_before(row)
    if question.remembers:
        given[step] = _given(ctx.incoming, value, given.get(step, Given()))
    _ask(ctx, flow, row, draft, given=given)
    return True


def given_before(row: Conversation) -> dict[str, Given]:
    """Return what was given to the questions of this form so far, by their steps; also to those that one went back behind."""
    kept = json.loads(row.draft or "{}").get(_GIVEN, {})
    return {step: Given(text, key) for step, (text, key) in kept.items()}


def _given(incoming: Incoming, key: str | None, before: Given) -> Given:
    """What is kept of an answer. The text stays behind a button: it may have been a choice among what the text could mean."""
    if key is not None:
        return Given(before.text, key)
    return Given(incoming.text) if incoming.kind is Kind.TEXT else Given()


def _with_given(draft: BaseModel, given: Mapping[str, Given]) -> str:
    """The draft as it is stored; what was given is one more field, which no draft's model reads."""
    stored = draft.model_dump_json()
    if not given:
        return stored
    kept = json.dumps(
        {_GIVEN: {step: (one.text, one.key) for step, one in sorted(given.items())}}, ensure_ascii=False
    )
    return kept if stored == "{}" else f"{stored[:-1]},{kept[1:]}"


def take_edit(ctx: Context, flows: Mapping[str, AnyFlow]) -> bool:
    """Take a changed message into the open draft that holds it. Return False when none does."""
    row = current_conversation(ctx.db, ctx.address)
    if row is None or (found := open_form(ctx, flows, row)) is None or found[0].edited is None:
        return False
    flow, _, draft = found
    taken = flow.edited(ctx, draft) if flow.edited else None
    if taken is not None:
        ctx.say(taken)
        _ask(ctx, flow, row, draft, anew=True)
    return taken is not None


def go_back(ctx: Context, flows: Mapping[str, AnyFlow]) -> None:
    row = _tapped(ctx)
    if row is None or not row.trail or (found := open_form(ctx, flows, row)) is None:
        show_old_button(ctx, flows, room_of(ctx))
        return
    _wake(ctx, row)
    *trail, row.step = row.trail.split()
    row.trail = " ".join(trail)
    _ask(ctx, found[0], row, found[2])


def ask_again(ctx: Context, flows: Mapping[str, AnyFlow], hint: Text | None = None) -> bool:
    """Ask the open question once more, under `hint`. Return False when nothing is being asked."""
    row = current_conversation(ctx.db, ctx.address)
    if row is None or (found := open_form(ctx, flows, row)) is None:
        return False
    if hint is not None:
        ctx.say(hint)
    _ask(ctx, found[0], row, found[2], anew=True)
    row.draft = f"{row.draft}{_BELOW}"
    if ctx.incoming.kind is Kind.TEXT and units(ctx.incoming.text) >= ctx.address.limits.text - _NEAR:
        row.draft = f"{row.draft}{_CUT}"
    return True


def show_old_button(ctx: Context, flows: Mapping[str, AnyFlow], room: str) -> None:
    """Show what has become of the question whose button was tapped. What is open is asked again, the first time."""
    begun, row = conversation_in(ctx.db, ctx.address, room), current_conversation(ctx.db, ctx.address)
    if begun is not None and row is None:
        _wake(ctx, begun)
        row = begun
    if begun is None:
        tell_over(ctx, room)
    elif begun is row:
        ctx.tell(common.old_button())
    else:
        ctx.tell(common.form_waits(about=flows[room].about) if room in flows else common.old_button())
    if row is not None and not (row.draft or "").endswith(_BELOW):
        ask_again(ctx, flows)


def tell_over(ctx: Context, room: str) -> None:
    """Say in the tapped button's own note how its form ended."""
    how = ending_of(ctx.db, ctx.address, room, number_or_0([_version(ctx)]))
    ctx.tell(common.form_is_over(how=how, kept=room in ctx.keeping))


def resume(ctx: Context, flows: Mapping[str, AnyFlow]) -> None:
    """Go on with a parked draft, or start it over: from a question that was answered, so that none is passed by."""
    row = _tapped(ctx)
    if row is None or (found := open_form(ctx, flows, row)) is None:
        show_old_button(ctx, flows, room_of(ctx))
        return
    flow, _, draft = found
    if ctx.incoming.data.startswith("nav:restart:"):
        first = ctx.incoming.data.rpartition("~")[0].rpartition(":")[2]
        if flow.question(first) is None or first not in row.trail.split():
            show_old_button(ctx, flows, row.room)
            return
        row.step, row.trail = first, ""
    _wake(ctx, row)
    _ask(ctx, flow, row, draft)


def cancel(ctx: Context) -> str | None:
    """Stop what is being asked and drop its draft; the flow's room, None when there is nothing."""
    row = current_conversation(ctx.db, ctx.address)
    if row is not None:
        end_conversation(ctx.db, row, Ending.STOPPED, now=ctx.now)
    return row.room if row is not None else None


def is_anybodys(ctx: Context) -> bool:
    """Return whether a tapped `nav:verb:room` may be a question of whoever taps. A stranger's question has to exist."""
    return ctx.member is not None or conversation_in(ctx.db, ctx.address, room_of(ctx)) is not None


def cancels(ctx: Context) -> bool:
    """Return whether the tapped "cancel" belongs to a form that is still under way; it stops that form only."""
    row = conversation_in(ctx.db, ctx.address, room_of(ctx))
    if row is not None:
        _wake(ctx, row)
    return row is not None


def end(ctx: Context, why: Text, flows: Mapping[str, AnyFlow]) -> None:
    """Forget the open question, whose right has ended; say why, and give back what was typed just now."""
    repeats = not asks_secret(ctx, flows)
    row = current_conversation(ctx.db, ctx.address)
    if row is not None:
        drop_conversation(ctx.db, row)
    typed = ctx.incoming.text if repeats and row is not None and ctx.incoming.kind is Kind.TEXT else ""
    words = common.paragraph(why, common.your_words(text=typed)) if typed else why
    share = raw(typed) if typed else None
    ctx.say(words, drop_keyboard=ctx.member is None, to_pass_on=True, share=share)


def asks_secret(ctx: Context, flows: Mapping[str, AnyFlow]) -> bool:
    """Return whether what arrives may be a secret that the open question asks for."""
    row = current_conversation(ctx.db, ctx.address)
    flow = flows.get(row.room) if row else None
    question = flow.question(row.step) if flow and row else None
    return question is not None and question.secret


def wanted_file(ctx: Context, flows: Mapping[str, AnyFlow]) -> Wanted | None:
    """Return what the open question can use of a file, or None if nothing."""
    row = current_conversation(ctx.db, ctx.address)
    try:
        found = open_form(ctx, flows, row) if row else None
        return found[1].wants_file(ctx, found[2]) if found and found[1].wants_file else None
    except Refused:  # the step will say so
        return None


# --- within ---------------------------------------------------------------------------------------------------------


def _known(incoming: Incoming) -> Incoming:
    """Raise `Refused` for a file that was refused when it was opened; one that nobody looked into is of no use."""
    file = incoming.file
    if file is None or file.is_known:
        return incoming
    if file.refusal is not None:
        raise Refused(file.refusal)
    return replace(incoming, file=replace(file, kind=FileKind.OTHER))


def open_form(
    ctx: Context, flows: Mapping[str, AnyFlow], row: Conversation
) -> tuple[AnyFlow, Question[BaseModel], BaseModel] | None:
    """Return the open question and the answers so far, for whom it may be asked; refuse whose right to it has ended."""
    flow = flows.get(row.room)
    question = flow.question(row.step) if flow else None
    if flow is None or question is None:
        return None
    if ctx.member is None and not flow.public:  # what was begun as somebody's account is nobody's now
        drop_conversation(ctx.db, row)
        return None
    draft: BaseModel = flow.draft.model_validate_json(row.draft or "{}")
    flow.right(ctx, draft)
    ctx.speaks = getattr(draft, "lang", None)  # a draft with a language of its own is spoken in it
    return flow, question, draft


def _is_rest(ctx: Context, row: Conversation) -> bool:
    """It came right behind a full message that was refused."""
    was_cut = (row.draft or "").endswith(_CUT)
    return was_cut and ctx.incoming.kind is Kind.TEXT and ctx.now - row.updated_at < _AT_ONCE


def _version(ctx: Context) -> str:
    return ctx.incoming.data.rpartition("~")[2]


def room_of(ctx: Context) -> str:
    """Return the room of a tapped `nav:verb:room`."""
    return [*ctx.incoming.data.partition("~")[0].split(":"), "", ""][2]


def _tapped(ctx: Context) -> Conversation | None:
    """The form whose newest question the tapped `nav:verb:room~version` stands under."""
    row = conversation_in(ctx.db, ctx.address, room_of(ctx))
    return row if row is not None and str(row.version) == _version(ctx) else None


def _wake(ctx: Context, row: Conversation) -> None:
    """This form is the one that is being filled in, also where it was left for another."""
    if not row.active:
        park_conversations(ctx.db, ctx.address)
        row.active = True
        ctx.db.flush()


def _ask(
    ctx: Context,
    flow: Flow[D],
    row: Conversation,
    draft: D,
    *,
    anew: bool = False,
    given: Mapping[str, Given] | None = None,
) -> None:
    """Store where we are, then say the question; `anew`: again, with nothing taken since, as a new message."""
    question = flow.question(row.step)
    if question is None:
        raise LookupError(f"{flow.room} has no step {row.step}")
    # before anything is asked of the database, so that a new row is written once
    row.draft = _with_given(draft, given_before(row) if given is None else given)
    row.version += not anew
    row.updated_at = ctx.now
    flow.right(ctx, draft)
    ctx.speaks = getattr(draft, "lang", None)
    ctx.guarded = is_protected(flow.room)
    if (row.room, row.step) in ctx.answered:  # on one page with the question before it
        return
    screen = question.ask(ctx, draft)
    buttons = [[_addressed(button, row) for button in line] for line in screen.buttons]
    way_out = [] if screen.looking else [Button(screen.leave, f"nav:cancel:{row.room}~{row.version}")]
    if row.trail:
        way_out.insert(0, Button(common.BACK, f"nav:back:{row.room}~{row.version}"))
    if (
        screen.ask_contact is not None and ctx.address.limits.contact
    ):  # Telegram shows either a reply keyboard or buttons under one message
        ctx.say(screen.text, ask_contact=screen.ask_contact, asked=True)
        ctx.say(common.or_else(), [*buttons, way_out], asked=True)
    elif anew:
        ctx.say(screen.text, [*buttons, way_out], asked=not screen.looking, beside=screen.beside)
    else:
        ctx.show(
            screen.text,
            [*buttons, way_out],
            asked=not screen.looking,
            table=screen.table,
            beside=screen.beside,
        )


def _number_of(external_id: str) -> int:
    """A number for an update; Telegram's rise, so that one form is not taken for the next."""
    return int(external_id) if external_id.isdecimal() else crc32(external_id.encode())


def _addressed(button: Button, row: Conversation) -> Button:
    if not button.to.startswith("?"):
        return button
    return replace(button, to=f"{row.room}:{row.step}:{button.to[1:]}~{row.version}")
