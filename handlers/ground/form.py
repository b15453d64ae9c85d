"""A form is data: a tuple of fields, each with its question and its check, and one act that saves.

    NEW: Form[Draft, Unit] = Form(
        "unit_new",                                    the room of its buttons, and of the stored draft
        phrases.CREATING,                              what is being done, for "go on with …"
        Draft,
        right=lambda ctx, draft: unit_for(ctx, draft.parent_id, Right.CREATE_UNIT),
        fields=(
            Field("kind", lambda at: phrases.ask_kind(parent=at.subject.name), OneOf(_kinds_below)),
            Field("name", lambda at: phrases.ask_name(), Line(100, _free_name)),
            Field("create", _look_over, Confirm(phrases.CREATE)),
        ),
        save=_create,
    )

A chat asks the fields one by one, in the order in which they stand, those that are `needed`; a page shows several at once
(whole.py): each has its words, its buttons (`rows`) and its kind as data, and `take` reads one answer, wherever that comes from.

    kind        what is typed or sent                        Line, Prose, Day, OneOf, Paper, Confirm
                                                             Person: handlers/desk/roster/choosing.py; the rest: a kind of the room
    offers      buttons that answer instead, what each means
    into        the draft's field that the answer goes into, where that is not called as the question
    put         what is done with the answer instead; a name that it gives back is asked next
    later       not asked: the look-over (Confirm) offers it, and comes after it
    beside      what helps to answer: it stands beside the question where the screen has columns
    after       questions of whose answers its words or buttons say something: a page that shows several waits for those

Here, and nowhere else, two things are done for each question of each form. The right is asked, and gives what the form is
about (`at.subject`). Whatever was typed or sent is looked through for markings of secrecy before a room sees it.

**To move a room**: each pair ask/take becomes a Field of the same name as its step, so that stored drafts and buttons go on
working; checks go into the kind, `cell_for(…)` at the top of the halves into `right`, `clean(…)` goes away; the take of the
last question becomes `save`. `begin(ctx, FLOW, Step.X, draft)` becomes `FORM.begin(ctx, draft)`. Keep the keys of buttons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel

from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, begin_or_resume, choice
from handlers.ground.days import take_day
from handlers.ground.scans import scans, take_scan
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.marking import clean
from models.phrases import common
from models.phrases.text import Text
from models.trust.opening import Wanted

D = TypeVar("D", bound=BaseModel)  # the answers so far
S = TypeVar("S")  # what the form is about

AGAIN: Final = object()  # in place of a value: the same question once more
LEFT: Final = ""  # in place of a field's name: the form is over, and nothing is saved


@dataclass(frozen=True, slots=True)
class At(Generic[D, S]):
    """Where a question is asked: the step, the answers so far, and what they are about, by the speaker's right of now."""

    ctx: Context
    draft: D
    subject: S

    @property
    def today(self) -> date:
        """Papers bear Vietnam's date."""
        return local_date(self.ctx.now, HOME_ZONE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A button that answers: what it says, its key in the button's data, the value that it stands for."""

    label: Text
    key: str
    value: Any


class Shape(StrEnum):
    """How a page shows a question among others."""

    CHOICE = "choice"  # one of the buttons
    LINE = "line"  # one of the buttons, or a line that is typed
    PROSE = "prose"  # the same with room for a text


Row = Sequence[Offer | Button]
Wants = Callable[[Context, BaseModel], Wanted] | None


# --- kinds ----------------------------------------------------------------------------------------------------------


class FieldKind(Generic[D, S]):
    """What a field takes. A kind of a room's own overrides these; the default: one of the buttons, and nothing else."""

    wants: Wants = None  # what of a file is opened before it is taken

    @property
    def wants_file(self) -> Wants:
        return self.wants

    def shape(self, at: At[D, S]) -> Shape | None:
        """Return how a page shows it among others; None: it is always asked on its own."""
        return None

    def rows(self, at: At[D, S]) -> Sequence[Row]:
        """Return the buttons that the kind brings itself, above the field's own offers."""
        return ()

    def all_rows(self, at: At[D, S]) -> Sequence[Row]:
        """Return the same where there is room for all of them."""
        return self.rows(at)

    def sent(self, at: At[D, S], answer: Answer) -> Any:
        """Read what was typed or sent; `AGAIN`, or Refused with what can be put right."""
        raise Refused(common.choose_a_button())

    def tapped(self, at: At[D, S], key: str) -> Any:
        """Read a button that is no `Offer`."""
        raise Refused(common.choose_a_button())

    def put(self, at: At[D, S], name: str, value: Any) -> str | None:
        """Keep the value; return the field that is asked next, None: as the form has it."""
        setattr(at.draft, name, value)
        return None


class Prose(FieldKind[D, S]):
    """What is typed, of at most `limit` characters; `check` tidies it, or refuses."""

    def __init__(
        self,
        limit: int | Callable[[At[D, S]], int],
        check: Callable[[At[D, S], str], str] = lambda at, text: text,
    ) -> None:
        self.limit, self.check = limit, check

    def shape(self, at: At[D, S]) -> Shape | None:
        return Shape.PROSE

    def most(self, at: At[D, S]) -> int:
        return self.limit if isinstance(self.limit, int) else self.limit(at)

    def sent(self, at: At[D, S], answer: Answer) -> str:
        return self.check(at, answer.words(limit=self.most(at)))


class Line(Prose[D, S]):
    """The same in one line: an employer, a name, a number."""

    def shape(self, at: At[D, S]) -> Shape | None:
        return Shape.LINE

    def sent(self, at: At[D, S], answer: Answer) -> str:
        return self.check(at, " ".join(answer.words(limit=self.most(at)).split()))


class Day(FieldKind[D, S]):
    """A day, typed or tapped: the first from `near` on, where no year is given; not after `last`. `check` tidies or refuses it.

    `offers`: days on buttons, with what each is called; `in_row`: how many stand beside each other.
    """

    def __init__(
        self,
        near: Callable[[At[D, S]], date],
        check: Callable[[At[D, S], date], date] = lambda at, on: on,
        *,
        last: Callable[[At[D, S]], date] | None = None,
        offers: Callable[[At[D, S]], Sequence[tuple[Text, date]]] = lambda at: (),
        in_row: int = 1,
    ) -> None:
        self.near, self.last, self.check = near, last, check
        self.offers, self.in_row = offers, in_row

    def shape(self, at: At[D, S]) -> Shape | None:
        return Shape.LINE

    def rows(self, at: At[D, S]) -> Sequence[Row]:
        return beside([choice(label, on.isoformat()) for label, on in self.offers(at)], self.in_row)

    def sent(self, at: At[D, S], answer: Answer) -> date:
        last = self.last(at) if self.last else None
        return self.check(at, take_day(answer, near=self.near(at), last=last))

    def tapped(self, at: At[D, S], key: str) -> date:
        return self.sent(at, Answer(at.ctx.incoming, key))


class OneOf(FieldKind[D, S]):
    """One of a few: what each is called, and its value; `in_row`: how many stand beside each other."""

    def __init__(self, among: Callable[[At[D, S]], Sequence[tuple[Text, Any]]], *, in_row: int = 1) -> None:
        self.among, self.in_row = among, in_row

    def shape(self, at: At[D, S]) -> Shape | None:
        return Shape.CHOICE

    def rows(self, at: At[D, S]) -> Sequence[Row]:
        return beside([Offer(label, str(value), value) for label, value in self.among(at)], self.in_row)


class Ways(FieldKind[D, S]):
    """Buttons that lead to other questions: the value of each is the name of one."""

    def __init__(self, ways: Callable[[At[D, S]], Sequence[Row]]) -> None:
        self.ways = ways

    def rows(self, at: At[D, S]) -> Sequence[Row]:
        return self.ways(at)

    def put(self, at: At[D, S], name: str, value: Any) -> str | None:
        return None if value is None else str(value)


class PaperScan(FieldKind[D, S]):
    """A scan or photo of a paper, as a `Scan`."""

    wants = staticmethod(scans)

    def sent(self, at: At[D, S], answer: Answer) -> Any:
        return take_scan(answer)


class Confirm(Ways[D, S]):
    """The look-over: a yes, and `also`, offers whose value is the name of the field that they lead to.

    `above`: ways to other screens, over the yes. `typed`: the field that a text takes the place of, when one is typed here.
    """

    def __init__(
        self,
        label: Text | Callable[[At[D, S]], Text],
        key: str = "yes",
        *,
        above: Callable[[At[D, S]], Sequence[Button]] = lambda at: (),
        also: Callable[[At[D, S]], Sequence[Offer | Button]] = lambda at: (),
        typed: Field[D, S] | None = None,
    ) -> None:
        self.label, self.key, self.typed = label, key, typed
        self.above, self.also = above, also

    @property
    def wants_file(self) -> Wants:
        return self.typed.kind.wants_file if self.typed else self.wants

    def rows(self, at: At[D, S]) -> Sequence[Row]:
        label = self.label if isinstance(self.label, Text) else self.label(at)
        return beside([*self.above(at), Offer(label, self.key, None), *self.also(at)])

    def sent(self, at: At[D, S], answer: Answer) -> Any:
        if self.typed is None:
            return super().sent(at, answer)
        return self.typed.take(at, answer) or AGAIN


def beside(buttons: Sequence[Offer | Button], size: int = 1) -> list[Row]:
    """Return the buttons in rows of `size`."""
    return [buttons[start : start + size] for start in range(0, len(buttons), size)]


# --- a field, and the form -------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Field(Generic[D, S]):
    """One question. `name` is its step, and as a rule the draft's field; see the top of this file."""

    name: str = field(kw_only=False)
    words: Callable[[At[D, S]], Text] = field(kw_only=False)
    kind: FieldKind[D, S] = field(kw_only=False)
    needed: Callable[[At[D, S]], bool] = lambda at: True
    offers: Callable[[At[D, S]], Sequence[Offer | Button]] = lambda at: ()
    into: str = ""
    put: Callable[[At[D, S], Any], str | None] | None = None
    later: bool = False
    after: Sequence[str] = ()
    beside: Callable[[At[D, S]], Text | None] = lambda at: None
    in_row: int = 1  # how many offers stand beside each other
    proof: bool = False  # as in `Question`, as `looking` in `Screen`
    looking: bool = False
    leave: Callable[[At[D, S]], Text] = lambda at: common.CANCEL  # what stopping is called here

    def rows(self, at: At[D, S]) -> list[Row]:
        """Return all buttons that answer: those of the kind, then the field's offers."""
        return [*self.kind.rows(at), *beside(self.offers(at), self.in_row)]

    def shape(self, at: At[D, S]) -> Shape | None:
        """Return how a page shows it among others; None: it is asked on its own."""
        return None if self.proof or self.looking else self.kind.shape(at)

    def choices(self, at: At[D, S]) -> list[tuple[str, Text]]:
        """Return what can be chosen instead of typing, by its key; not the ways to other screens."""
        rows = [*self.kind.all_rows(at), self.offers(at)]
        return [
            (one.key, one.label) if isinstance(one, Offer) else (one.to.removeprefix("?"), one.label)
            for row in rows
            for one in row
            if isinstance(one, Offer) or one.to.startswith("?")
        ]

    def screen(self, at: At[D, S]) -> Screen:
        rows = [
            [choice(one.label, one.key) if isinstance(one, Offer) else one for one in row]
            for row in self.rows(at)
        ]
        beside = self.beside(at) if at.ctx.shows_tables else None
        return Screen(self.words(at), rows, looking=self.looking, leave=self.leave(at), beside=beside)

    def take(self, at: At[D, S], answer: Answer) -> str | None:
        """Read the answer into the draft; the field that is asked next, None: as the form has it."""
        value = self._value(at, answer)
        if value is AGAIN:
            return self.name
        return self.put(at, value) if self.put else self.kind.put(at, self.into or self.name, value)

    def _value(self, at: At[D, S], answer: Answer) -> Any:
        if answer.value is None:
            return self.kind.sent(at, answer)
        offers = (one for row in self.rows(at) for one in row if isinstance(one, Offer))
        found = next((one for one in offers if one.key == answer.value), None)
        return found.value if found else self.kind.tapped(at, answer.value)


@dataclass(frozen=True)
class Form(Flow[D], Generic[D, S]):
    """A flow whose questions are its fields.

    `right` gives what it is about, and refuses who may not, or no longer, be asked. `save` is called when nothing is open any
    more; a field's name that it gives back is asked instead. `frame` draws what stands around each question. `order`: the
    names that are asked, where the draft decides that; the others are `later`. `onward`: what is asked after the named field,
    of a form that remembers what was answered already; `open`: the names of what is not, in their order.
    """

    steps: Mapping[str, Question[D]] = field(init=False)
    right: Callable[[Context, D], S] = field(kw_only=True)
    fields: Sequence[Field[D, S]] = field(kw_only=True)
    save: Callable[[At[D, S]], str | None] = field(kw_only=True)
    frame: Callable[[At[D, S], Screen], Screen] = field(default=lambda at, screen: screen, kw_only=True)
    order: Callable[[D], Sequence[str]] | None = field(default=None, kw_only=True)
    onward: Callable[[At[D, S], str], str] | None = field(default=None, kw_only=True)
    open: Callable[[At[D, S], str], Sequence[str]] | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", {one.name: self._question(one) for one in self.fields})

    def begin(self, ctx: Context, draft: D, first: str | None = None, *, resume: bool = False) -> None:
        """Ask the first question, or the named one; `resume`: an unfinished draft is offered first."""
        at = self.at(ctx, draft)
        first = first or self._next(at, None)
        if first is None:
            raise LookupError(f"{self.room} asks nothing")
        (begin_or_resume if resume else begin)(ctx, self, first, draft)

    def at(self, ctx: Context, draft: D) -> At[D, S]:
        return At(ctx, draft, self.right(ctx, draft))

    def field(self, name: str) -> Field[D, S]:
        return next(one for one in self.fields if one.name == name)

    def together(self, at: At[D, S], step: str) -> list[Field[D, S]]:
        """Return the open question and those after it that can be shown beside it; empty where it is asked on its own."""
        if self.field(step).shape(at) is None:
            return []
        behind = self.open(at, step) if self.open else self._behind(at, step)
        shown, waits = [self.field(step)], {step}
        for one in (self.field(name) for name in behind if name != step):
            if waits.isdisjoint(one.after) and not one.needed(at):
                continue
            waits.add(one.name)
            if waits.isdisjoint(one.after) and one.shape(at) is not None:
                shown.append(one)
        return shown

    # --- within -----------------------------------------------------------------------------------------------------

    def _question(self, one: Field[D, S]) -> Question[D]:
        def ask(ctx: Context, draft: D) -> Screen:
            at = self.at(ctx, draft)
            return self.frame(at, one.screen(at))

        def take(ctx: Context, draft: D, answer: Answer) -> str | None:
            look_through(answer)
            at = self.at(ctx, draft)
            return self._after(at, one, one.take(at, answer))

        remembers = not (one.proof or one.looking)
        return Question(ask, take, wants_file=one.kind.wants_file, proof=one.proof, remembers=remembers)

    def _after(self, at: At[D, S], one: Field[D, S], given: str | None) -> str | None:
        if given == LEFT:
            at.ctx.left = True
            return None
        if given is not None:
            return given
        if self.onward and not isinstance(one.kind, Confirm):
            return self.onward(at, one.name)
        name = self._next(at, one.name)
        # asked anew: the last answer may have changed what the draft is about
        return name if name is not None else self.save(self.at(at.ctx, at.draft))

    def _next(self, at: At[D, S], after: str | None) -> str | None:
        """The next field that is needed; None: it can be saved."""
        return next((name for name in self._behind(at, after) if self.field(name).needed(at)), None)

    def _behind(self, at: At[D, S], after: str | None) -> list[str]:
        """The names after one, whether they are needed or not; after one that the look-over offered, the look-over."""
        order = self.order(at.draft) if self.order else [one.name for one in self.fields if not one.later]
        looks = [one.name for one in self.fields if isinstance(one.kind, Confirm)]
        order = [*order, *(name for name in looks if name not in order)]
        if after in order:
            return order[order.index(after) + 1 :]
        return order if after is None else looks


def look_through(answer: Answer) -> None:
    """Refuse what bears a marking of secrecy: typed, a caption, or a file's name."""
    file = answer.incoming.file
    clean(answer.incoming.text, file.name if file is not None else "")
