"""From what arrived to the step that answers it.

    a tap       nav:… | an open question's button | BUTTONS["room:verb"]; below:room:verb leaves the tapped message be
    a command   COMMANDS                                  an open question is parked
    a page      a form posted whole: each answer as if it had come alone (whole.py)
    a link      an invite's, pasted as a text: as if it had been opened
    the rest    the open question, else: held and offered (unasked.py)

Nobody but a member gets further than the public routes; a stranger learns nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from handlers.ground import conversation, whole
from handlers.ground.context import Command, Context, Incoming, Kind, NotShownHere, ProofWanted, Step
from handlers.ground.conversation import AnyFlow
from handlers.ground.secrecy import is_protected
from models.delivery.conversation import park_conversations
from models.ground.errors import Refused
from models.people.rights import NotEntitled, SecondProofWanted
from models.phrases import common
from models.trust.opening import Wanted

BELOW = "below:"  # what is opened stands under the list that it was opened from


@dataclass(frozen=True, slots=True)
class Tap:
    """A button whose data begins with `address`, `room:verb`. What follows are its arguments."""

    address: str
    run: Callable[[Context, list[str]], None]
    public: bool = False
    proof: bool = False  # only after the PIN was given, a short while ago


@dataclass(frozen=True, slots=True)
class Routes:
    commands: Mapping[str, Command]
    taps: Mapping[str, Tap]
    flows: Mapping[str, AnyFlow]
    menu: Step
    stranger: Step  # the answer to somebody who is nobody here
    reachability: Step
    asks_first: Callable[[Context], bool]  # asks what has to be answered before anything else is heard here
    returns: Callable[[Context], bool]  # takes a return code, typed where it links the chat
    is_back: Step  # asks whoever has come back what passes through this chat's company
    invites: Callable[[Context], bool]  # takes an invite's link that was pasted as a text
    begun: Callable[[Context], bool]  # asks a stranger again who is in the middle of registering
    prove: Step  # asks for the PIN, and goes on with what was tapped
    stops: Callable[[Context], bool]  # says the way out to who types that they want no more
    holds: Callable[[Context], bool]  # keeps what arrives while nothing is asked
    cries: Callable[[Context], bool]  # keeps a cry for help that the open question cannot take
    hears: Step  # looks whether words that a form has taken are a cry for help
    wants: Callable[[Context], Wanted | None]  # what of a file is opened while nothing is asked
    edits: tuple[Callable[[Context], bool], ...] = ()  # rooms that keep messages beyond an open question

    # --- one update -------------------------------------------------------------------------------------------------

    def step(self, ctx: Context) -> None:
        """Answer one update, in the transaction of `ctx.db`; Refused says what the person can put right."""
        self._acquaint(ctx)
        if ctx.incoming.kind is Kind.GROUP:
            return
        self.reachability(ctx)
        if self.asks_first(ctx):
            return
        match ctx.incoming.kind:
            case Kind.BLOCKED | Kind.UNBLOCKED | Kind.SERVICE:
                return
            case Kind.EDITED:
                self._edited(ctx)
            case Kind.COMMAND:
                self._command(ctx)
            case Kind.BUTTON:
                self._button(ctx)
            case Kind.WHOLE:
                self._whole(ctx)
            case _:
                self._message(ctx)

    def refuse(self, ctx: Context, refused: Refused) -> None:
        """Say what can be put right; the question that was open is asked again, while its right holds."""
        self._acquaint(ctx)
        self.reachability(ctx)  # what was known of it went with the step
        if self.asks_first(ctx):
            return
        if isinstance(refused, ProofWanted) and ctx.address.limits.guards:
            self.prove(ctx)
            return
        if isinstance(refused, ProofWanted | NotShownHere):
            self._say_where(ctx)
            return
        if self.cries(ctx):
            return
        if isinstance(refused, NotEntitled) and ctx.lacks_proof:
            refused = SecondProofWanted(linked=ctx.is_linked)
        try:
            if ctx.incoming.kind is Kind.COMMAND or not conversation.ask_again(
                ctx, self.flows, refused.phrase
            ):
                ctx.say(refused.phrase)
        except (
            Refused
        ) as ended:  # it cannot be asked any more: its right has ended, or whom it is about has gone
            conversation.end(ctx, ended.phrase, self.flows)
            if ctx.member is not None:
                self.menu(ctx)

    def _say_where(self, ctx: Context) -> None:
        """Say that this is shown elsewhere; the question that was open is asked again."""
        ctx.say(common.only_elsewhere(), to_page=True)
        try:
            conversation.ask_again(ctx, self.flows)
        except Refused as ended:
            conversation.end(ctx, ended.phrase, self.flows)

    def wanted_file(self, ctx: Context) -> Wanted | None:
        return conversation.wanted_file(ctx, self.flows) or self.wants(ctx)

    def asks_secret(self, ctx: Context) -> bool:
        return conversation.asks_secret(ctx, self.flows)

    # --- within -----------------------------------------------------------------------------------------------------

    def _acquaint(self, ctx: Context) -> None:
        ctx.commands = tuple(self.commands.values())
        ctx.keeping = frozenset(room for room, flow in self.flows.items() if flow.keeps)

    def _command(self, ctx: Context) -> None:
        command = self.commands.get(ctx.incoming.command)
        if ctx.member is None and not (command and command.public):
            if not self.begun(ctx):
                self.stranger(ctx)
            return
        if command is None:
            if not self.stops(ctx):
                ctx.say(common.not_understood())
                self.menu(ctx)
            return
        # /huy stops the open question, so it must find it open
        if command.name != "huy":
            park_conversations(ctx.db, ctx.address)
        ctx.guarded = is_protected(command.room)
        command.run(ctx)

    def _button(self, ctx: Context) -> None:
        if ctx.incoming.data.startswith(BELOW):
            ctx.incoming = replace(ctx.incoming, data=ctx.incoming.data.removeprefix(BELOW), message_id=None)
        address = ":".join(ctx.incoming.data.split("~")[0].split(":")[:2])
        if address == "nav:back" and conversation.is_anybodys(ctx):
            conversation.go_back(ctx, self.flows)
            return
        if address in ("nav:resume", "nav:restart") and conversation.is_anybodys(ctx):
            conversation.resume(ctx, self.flows)
            return
        tap = self.taps.get(address)
        if tap is not None and (ctx.member is not None or tap.public):
            ctx.guarded = is_protected(address)
            if tap.proof:
                ctx.prove()
            tap.run(ctx, ctx.incoming.data.split(":")[2:])
        elif "~" in ctx.incoming.data and self._answered(ctx):
            return
        elif ctx.member is None:
            if not self.begun(ctx):
                self.stranger(ctx)
            if not ctx.has_spoken:
                conversation.tell_over(ctx, ctx.incoming.data.partition(":")[0])
        else:
            ctx.tell(common.unknown_button())
            self.menu(ctx)

    def _whole(self, ctx: Context) -> None:
        """Take the answers of a page in their turn. What one of them refuses undoes none of those before it."""
        try:
            whole.take_whole(ctx, self.flows, self._answered)
        except Refused as refused:
            self.refuse(ctx, refused)

    def _answered(self, ctx: Context) -> bool:
        """Give it to the open question, and do what was to come after the answer; False: nothing is being asked."""
        taken = conversation.take_answer(ctx, self.flows)
        if ctx.of_oneself:
            self.hears(ctx)
        if ctx.then is not None:
            self._go_on(ctx, ctx.then)
        return taken

    def _go_on(self, ctx: Context, then: Incoming) -> None:
        """As if it had been tapped now. What it refuses undoes nothing of the answer that led here."""
        ctx.incoming, ctx.then = then, None
        way = {Kind.COMMAND: self._command, Kind.BUTTON: self._button}.get(then.kind, self._message)
        try:
            with ctx.db.begin_nested():
                way(ctx)
        except Refused as refused:
            self.refuse(ctx, refused)

    def _edited(self, ctx: Context) -> None:
        if ctx.member is None or conversation.take_edit(ctx, self.flows):
            return
        if any(take(ctx) for take in self.edits):
            conversation.ask_again(ctx, self.flows)
        else:
            ctx.say(common.edit_not_taken())

    def _message(self, ctx: Context) -> None:
        if self.returns(ctx):
            self.is_back(ctx)
            return
        if self.invites(ctx) or self.stops(ctx) or self._answered(ctx):
            return
        if ctx.member is None:
            if not self.begun(ctx):
                self.stranger(ctx)
            return
        self._unasked(ctx)

    def _unasked(self, ctx: Context) -> None:
        """Words of a member while nothing is being asked."""
        if not self.holds(ctx):
            ctx.say(common.not_understood())
            self.menu(ctx)
