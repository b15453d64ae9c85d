"""The form's questions: those about a stay (handlers/away/stay.py) in the member's voice, and what only a member is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from handlers.away import stay
from handlers.away.away.door import own_away, own_filing
from handlers.away.away.draft import Aim, Draft, Step, needs_reason, steadiness_matters
from handlers.away.stay import LATELY, LINE, LONG, Voice, named
from handlers.ground.form import At, Day, Field, Line, Offer, OneOf, PaperScan, Prose
from handlers.people import whereabouts as places
from models.away.away import WorkKind, aways_of, same_length
from models.away.policy import Excuse
from models.delivery.message import Button
from models.ground.clock import add_months, same_day
from models.ground.places import place
from models.phrases import common
from models.phrases.away import away_member as phrases
from models.phrases.entry import register as place_words
from models.phrases.text import Text

DAY = timedelta(days=1)
SKIP = Offer(common.SKIP, "skip", "")

Here = At[Draft, None]
One = Field[Draft, None]


# --- the member's voice ---------------------------------------------------------------------------------------------


def _earlier(at: Here) -> list[Button]:
    declares = at.draft.aim is Aim.DECLARE
    return [Button(phrases.EARLIER, "away:all")] if declares and aways_of(at.ctx.db, at.ctx.me.id) else []


def _moved(at: Here) -> None:
    """Another place: are they still the same?"""
    at.draft.done -= {Step.ZONE, Step.CITY, Step.EMPLOYER, Step.PHONE}


VOICE: Voice[Draft, None] = Voice(
    where=lambda at: place_words.which_of_these() if at.draft.found else phrases.where_to(),
    clock=lambda at: places.ask_zone(at.ctx, at.draft).text,
    city=lambda at: phrases.which_city(),
    work=lambda at: phrases.which_work(),
    employer=lambda at: phrases.which_employer(),
    phone=lambda at: phrases.which_phone(),
    trusted=lambda at: phrases.which_trusted(),
    knows=lambda at: phrases.do_they_know(name=at.draft.trusted_name),
    nothing=SKIP,
    no_phone=Offer(phrases.NO_NUMBER, "skip", ""),
    beside_places=_earlier,
    own_phone=lambda ctx: ctx.me.phone or "",
    moved=_moved,
)


def _put_work(at: Here, work: WorkKind) -> None:
    if work is not at.draft.work:
        at.draft.studied = None
    stay.Works(VOICE).put(at, "work", work)


def _put_trusted(at: Here, name: str) -> None:
    at.draft.done -= {Step.KNOWS, Step.TRUSTED_PHONE}
    stay.put_trusted(at, name)


_IN_MY_VOICE = {Step.WORK: _put_work, Step.TRUSTED: _put_trusted}


def _mine(fields: tuple[One, ...]) -> list[One]:
    return [replace(one, put=_IN_MY_VOICE.get(Step(one.name), one.put)) for one in fields]


# --- dates ----------------------------------------------------------------------------------------------------------


def _near_days(at: Here) -> list[tuple[Text, date]]:
    offers = ((phrases.TODAY, at.today), (phrases.FIRST_OF_MONTH, add_months(at.today, 1)))
    return [(phrases.day_button(what=what, on=on), on) for what, on in offers]


def _put_begin(at: Here, begins_on: date) -> None:
    at.draft.begins_on = begins_on
    if at.draft.ends_on is not None and at.draft.ends_on < begins_on:
        at.draft.ends_on = None
        at.draft.done.discard(Step.END)


def _begins(at: Here) -> date:
    return at.draft.begins_on or at.today


def _ends(at: Here) -> list[tuple[Text, date]]:
    """Ends to choose from: three, six, twelve whole months; an extension also as long as before. None before it begins."""
    if at.draft.begins_on is None:
        return []
    months = [(count, same_day(_begins(at), count) - DAY) for count in (3, 6, 12)]
    offers = [
        (phrases.months_button(months=count, until=until), until)
        for count, until in months
        if until >= at.today
    ]
    if at.draft.aim is Aim.EXTEND:
        until = same_length(own_away(at.ctx, at.draft.away_id), at.ctx.policies.away)
        offers.insert(0, (phrases.day_button(what=phrases.SAME_LENGTH, on=until), until))
    return offers


def _open_end(at: Here) -> list[Offer]:
    """A corrected paper keeps the end that it had, or gets another."""
    if at.draft.aim is Aim.CORRECT and own_filing(at.ctx, at.draft.filing_id).ends_on is not None:
        return []
    return [Offer(phrases.OPEN_END, "open", None)]


def _check_end(at: Here, ends_on: date) -> date:
    due_on = _begins(at) - DAY if at.draft.aim is Aim.EXTEND else None
    return stay.check_end(at, ends_on, begins_on=_begins(at), due_on=due_on)


def _put_steady(at: Here, said: str) -> None:
    at.draft.itinerant = said == "moving"


# --- reason, and what goes with a paper -------------------------------------------------------------------------------


def _reasons(at: Here) -> list[Offer]:
    usual = Offer(phrases.USUAL_REASON, "usual", phrases.reason_for(work=at.draft.work).to_plain("vi"))
    abroad = at.draft.place_code is not None and place(at.draft.place_code).abroad
    others = [
        Offer(phrases.EXCUSES[one], one.replace(" ", "-"), phrases.excuse(reason=one).to_plain("vi"))
        for one in at.ctx.policies.away.reasons
        if abroad or one is not Excuse.ALONE_ABROAD
    ]
    return [usual, *others] if needs_reason(at.ctx, at.draft) else [usual, *others, SKIP]


def _ask_reason(at: Here) -> Text:
    usual = phrases.reason_for(work=at.draft.work)
    return phrases.which_reason(usual=usual, needed=needs_reason(at.ctx, at.draft))


ASKED: tuple[One, ...] = (
    *_mine(stay.where(VOICE)),
    Field(
        "begin",
        lambda at: phrases.from_when(),
        Day(lambda at: at.today - LATELY, stay.check_begin, offers=_near_days),
        put=_put_begin,
    ),
    Field(
        "end",
        lambda at: phrases.until_when(),
        Day(lambda at: max(_begins(at), at.today), _check_end, offers=_ends),
        offers=_open_end,
        into="ends_on",
    ),
    Field(
        "steady",
        lambda at: phrases.steady_or_not(),
        OneOf(lambda at: [(phrases.STEADY, "steady"), (phrases.MOVING, "moving")]),
        needed=lambda at: steadiness_matters(at.ctx, at.draft),
        put=_put_steady,
    ),
    Field("reason", _ask_reason, Prose(LONG), offers=_reasons, after=("work", "begin", "end")),
    *_mine(stay.people(VOICE)),
)
# Only from the overview: on the way, or with a paper.
OFFERED: tuple[One, ...] = (
    Field(
        "host",
        lambda at: phrases.which_host(),
        Line(LINE, named),
        offers=lambda at: [*stay.kept(at.draft.host), SKIP],
        later=True,
    ),
    Field(
        "from",
        lambda at: phrases.changed_from_when(),
        Day(lambda at: at.today - LATELY, stay.check_change, offers=_near_days),
        into="from_on",
        later=True,
    ),
    Field(
        "answer",
        lambda at: phrases.your_answer(),
        Line(LONG),
        offers=lambda at: [*stay.kept(at.draft.answer), SKIP],
        later=True,
    ),
    Field(
        "scan",
        lambda at: phrases.send_scan(),
        PaperScan(),
        offers=lambda at: [Offer(common.SKIP, "skip", at.draft.scan)],
        later=True,
    ),
)


def still_open(at: Here, asked: str) -> list[str]:
    """Return what is asked after a question, in the order in which it stands, needed or not."""
    names = [one.name for one in ASKED]
    on_the_way = not at.draft.seen and asked in names  # what comes after is asked again
    after = names[names.index(asked) + 1 :] if on_the_way else []
    return [name for name in names if name in after or Step(name) not in at.draft.done]


def onward(at: Here, answered: str) -> str:
    """Return the first question that is still open, in the order in which they stand; else the overview."""
    draft, step, order = at.draft, Step(answered), [Step(one.name) for one in ASKED]
    if not draft.seen and step in order:  # on the way back, what comes after is asked again
        draft.done -= set(order[order.index(step) + 1 :])
    draft.done.add(step)
    draft.fields = 0
    applies = draft.aim in (Aim.DECLARE, Aim.CORRECT) and Step.END in draft.done
    if applies and not draft.reason and needs_reason(at.ctx, draft):
        draft.done.discard(Step.REASON)  # it was skipped while the time was short
    wanted = (one.name for one in ASKED if Step(one.name) not in draft.done and one.needed(at))
    following = next(wanted, Step.OVERVIEW)
    draft.seen = draft.seen or following == Step.OVERVIEW
    return following
