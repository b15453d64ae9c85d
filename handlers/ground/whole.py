"""A form shown whole on one page, and posted once.

    the open question, and those behind it that can be shown beside it (`Form.together`)
        GET /whole    each with its words, what can be chosen, room for what is typed
        POST /whole   one update: the answers are taken one after the other, each in a savepoint, by the steps that a chat takes

          ┌─ the open question is among them ── taken ──┐
    open ─┤                                             └──> the next question; nothing is shown, its answer is here already
          ├─ it was left empty, or is asked now only ─────> shown, as in a chat
          └─ its answer is refused ───────────────────────> the hint and the question, as in a chat

What stands on the page after it was posted is found out anew from what was posted and from where the form stands now
(`view_after`): whatever is ahead keeps what was typed, and what is wrong with the first of it is found by trying it once more.
So nothing is remembered between the step and the page; posted twice it is one update, and reads the same both times. A question to
which one has gone back stands there with what was given to it (`given_before`). What
comes from a page whose form has gone on elsewhere is not taken: the page says so and shows all that was typed.

Questions that want a file, a person to be chosen, the PIN, or a look at the whole are asked on their own, as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handlers.ground.context import Context, Given, Kind, WholeForm
from handlers.ground.conversation import (
    AnyFlow,
    Screen,
    given_before,
    open_form,
    show_old_button,
    take_answer,
)
from handlers.ground.form import At, Confirm, Field, Form, Shape
from models.delivery.conversation import (
    Conversation,
    conversation_in,
    current_conversation,
    wake_conversation,
)
from models.ground.errors import Refused
from models.ground.marking import marked_secret
from models.phrases.delivery import page as phrases
from models.phrases.text import Text, capital

TYPED = "~"  # chosen: what is typed below. No button has this key
_LEAST = 3  # questions: fewer are asked as quickly one by one

Flows = Mapping[str, AnyFlow]


@dataclass(frozen=True, slots=True)
class PageQuestion:
    """One question as it stands on the page."""

    name: str
    words: Text
    shape: Shape
    choices: Sequence[tuple[str, Text]]
    given: Given


@dataclass(frozen=True, slots=True)
class WholeView:
    """What the page shows: the form as it stands; what is wrong with its first answer; what was typed that is not ahead any more."""

    form: WholeForm
    about: Text
    asked: Sequence[PageQuestion]
    refusal: Text | None = None
    past: Sequence[str] = ()
    asks_back: bool = False  # the first answer was read, and what it means is asked
    looked_over: bool = False  # its last question is a look at all of it


# --- what stands on the page ----------------------------------------------------------------------------------------


def count_together(ctx: Context, flows: Flows) -> int:
    """Count the questions that the page would show; 0: it would show too few to be worth it."""
    opened = _opened(ctx, flows)
    count = len(opened.together) if opened is not None else 0
    return count if count >= _LEAST else 0


def view(ctx: Context, flows: Flows) -> WholeView | None:
    """Return what the page shows; None: the open question is asked on its own, or none is."""
    opened = _opened(ctx, flows)
    if opened is None or len(opened.together) < _LEAST:
        return None
    return opened.view({})


def view_after(ctx: Context, flows: Flows, posted: WholeForm) -> WholeView | None:
    """Return what the page shows after it was posted; None: nothing that was given, now or before, is still ahead."""
    opened = _opened(ctx, flows, posted.room)
    if opened is None:
        return None
    given = {**given_before(opened.row), **posted.given}
    if not any(_is_given(given.get(one.name)) for one in opened.together):
        return None
    shown = opened.view(posted.given)
    refusal, is_read = _tried(ctx, flows, opened.row, posted)
    if is_read:
        shown = replace(shown, asked=[replace(shown.asked[0], given=Given()), *shown.asked[1:]])
    return replace(shown, refusal=refusal, asks_back=is_read)


def view_outdated(ctx: Context, flows: Flows, posted: WholeForm) -> WholeView:
    """Return what the page shows whose form has gone on elsewhere: what is still ahead, and all that was typed."""
    try:
        opened = _opened(ctx, flows, posted.room)
    except Refused:
        opened = None
    shown = opened.view(posted.given) if opened is not None else WholeView(posted, phrases.TITLE, [])
    return replace(shown, past=past_words(posted, shown))


def past_words(posted: WholeForm, shown: WholeView | None) -> list[str]:
    """Return what was typed and is not ahead any more, but for what bears a marking of secrecy."""
    ahead = {one.name for one in shown.asked} if shown is not None else set()
    typed = [one.text.strip() for name, one in posted.given.items() if name not in ahead and one.text.strip()]
    return [one for one in typed if not marked_secret(one)]


def is_outdated(ctx: Context, posted: WholeForm) -> bool:
    """Return whether the form has gone on, or has ended, since that page was shown."""
    row = conversation_in(ctx.db, ctx.address, posted.room)
    return row is None or (row.step, row.version) != (posted.step, posted.version)


# --- what was posted ------------------------------------------------------------------------------------------------


def take_whole(ctx: Context, flows: Flows, take: Callable[[Context], bool]) -> None:
    """Take the answers in their turn, by `take`; raises what one of them is refused with."""
    posted = ctx.incoming.whole
    if posted is None or is_outdated(ctx, posted):
        show_old_button(ctx, flows, posted.room if posted is not None else "")
        return
    wake_conversation(ctx.db, ctx.address, posted.room)
    left = {name: one for name, one in posted.given.items() if _is_given(one)}
    try:
        while (opened := _opened(ctx, flows, posted.room)) is not None and opened.row.step in left:
            if not opened.together:  # not a question for a page, whatever was posted
                return
            one = left.pop(opened.row.step)
            ctx.answered = frozenset((posted.room, name) for name in left)
            with ctx.db.begin_nested():
                _give(ctx, opened.row, one, take)
    finally:
        ctx.answered = frozenset()


# --- within ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Opened:
    row: Conversation
    form: Form[Any, Any]
    at: At[Any, Any]

    @property
    def together(self) -> list[Field[Any, Any]]:
        return self.form.together(self.at, self.row.step)

    def view(self, given: Mapping[str, Given]) -> WholeView:
        shown = WholeForm(self.row.room, self.row.step, self.row.version, {})
        about = self.form.frame(self.at, Screen(capital(self.form.about))).text
        before = given_before(self.row)
        asked = [
            self._asked(one, given[one.name])
            if one.name in given
            else self._asked_before(one, before.get(one.name, Given()))
            for one in self.together
        ]
        return WholeView(
            shown, about, asked, looked_over=any(isinstance(one.kind, Confirm) for one in self.form.fields)
        )

    def _asked(self, one: Field[Any, Any], given: Given) -> PageQuestion:
        shape = one.shape(self.at) or Shape.LINE
        return PageQuestion(one.name, one.words(self.at), shape, one.choices(self.at), given)

    def _asked_before(self, one: Field[Any, Any], before: Given) -> PageQuestion:
        """The question with what was given to it before one went back: the choice, if it can still be chosen, else the text."""
        shown = self._asked(one, Given())
        keys = {key for key, _ in shown.choices}
        typed = Given(before.text, TYPED if keys and before.text else "")
        return replace(shown, given=Given(key=before.key) if before.key in keys else typed)


def _opened(ctx: Context, flows: Flows, room: str | None = None) -> _Opened | None:
    """The form that is being filled in, or the one of that room; Refused where the right to it has ended."""
    here = ctx.db, ctx.address
    row = current_conversation(*here) if room is None else conversation_in(*here, room)
    found = open_form(ctx, flows, row) if row is not None else None
    if row is None or found is None or not isinstance(found[0], Form):
        return None
    return _Opened(row, found[0], found[0].at(ctx, found[2]))


def _is_given(one: Given | None) -> bool:
    return one is not None and bool(one.text.strip() or one.key)


def _give(ctx: Context, row: Conversation, one: Given, take: Callable[[Context], bool]) -> None:
    """Let `take` find it as if it had come alone: a tapped button, or a text."""
    is_typed = one.key in ("", TYPED)
    if not is_typed and one.text.strip():
        raise Refused(phrases.one_way())
    data = "" if is_typed else f"{row.room}:{row.step}:{one.key}~{row.version}"
    kind = Kind.TEXT if is_typed else Kind.BUTTON
    ctx.incoming = replace(ctx.incoming, kind=kind, text=one.text if is_typed else "", data=data, whole=None)
    take(ctx)


def _tried(ctx: Context, flows: Flows, row: Conversation, posted: WholeForm) -> tuple[Text | None, bool]:
    """Return what the open question's answer is refused with, by trying it; and whether it is asked again after it. Nothing of it stays."""
    one, step = posted.given.get(row.step), row.step
    if one is None:  # it stood on no page yet
        return None, False
    if not _is_given(one):
        return phrases.answer_this(), False
    trial = ctx.db.begin_nested()
    try:
        _give(ctx, row, one, lambda ctx: take_answer(ctx, flows))
        return None, row.step == step
    except Refused as refused:
        return refused.phrase, False
    finally:
        trial.rollback()
