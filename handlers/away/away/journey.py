"""The form's questions about where somebody goes, what for, and from when until when."""

from __future__ import annotations

from datetime import date

from handlers.away.away.asking import DAY, LATELY, named, near_days, onward
from handlers.away.away.door import own_away, own_filing, today
from handlers.away.away.draft import Aim, Draft, Step
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Screen, choice
from handlers.ground.days import take_day
from handlers.people import whereabouts as places
from models.away.away import DatesUnfit, WorkKind, aways_of, check_dates, same_length
from models.delivery.outbox import Button
from models.ground.clock import same_day
from models.ground.errors import Refused
from models.phrases import common
from models.phrases.away import away as away_words, away_member as phrases
from models.phrases.entry import register as place_words
from models.phrases.text import Text

# --- place and work -------------------------------------------------------------------------------------------------


def ask_place(ctx: Context, draft: Draft) -> Screen:
    """As everywhere, but without "at home"."""
    screen = places.ask_place(ctx, draft, or_home=False)
    words = place_words.which_of_these() if draft.found else phrases.where_to()
    rows = screen.buttons
    if draft.aim is Aim.DECLARE and aways_of(ctx.db, ctx.me.id):
        rows = [*rows, [Button(phrases.EARLIER, "away:all")]]
    return Screen(words, rows)


def take_place(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.value == places.HOME:
        raise Refused(common.choose_a_button())
    before = draft.place_code
    if not places.take_place(draft, answer):
        return Step.PLACE
    if draft.place_code != before:
        draft.city = draft.host = ""
        draft.done -= {
            Step.ZONE,
            Step.CITY,
            Step.EMPLOYER,
            Step.PHONE,
        }  # another place: are they still the same?
    return onward(ctx, draft, Step.PLACE)


def take_zone(ctx: Context, draft: Draft, answer: Answer) -> Step:
    return onward(ctx, draft, Step.ZONE) if places.take_zone(draft, answer) else Step.PLACE


def no_street(text: str) -> str:
    """Never more exact than a town (product.md, principle 1)."""
    if places.names_street(text):
        raise Refused(phrases.no_street())
    return named(text)


def ask_work(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_work(), places.work_buttons(draft.works))


def take_work(ctx: Context, draft: Draft, answer: Answer) -> Step:
    chosen = answer.choice(places.MORE, *WorkKind)
    if chosen == places.MORE:
        draft.works += 1
        return Step.WORK
    work = WorkKind(chosen)
    if work is not draft.work:
        draft.work, draft.studied = work, None
    if draft.work is WorkKind.FAMILY:
        draft.employer = ""
    return onward(ctx, draft, Step.WORK)


# --- dates ----------------------------------------------------------------------------------------------------------


def ask_begin(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.from_when(), near_days(ctx))


def take_begin(ctx: Context, draft: Draft, answer: Answer) -> Step:
    begins = take_day(answer, near=today(ctx) - LATELY)
    check_dates(begins, None, today=today(ctx))
    draft.begins_on = begins
    if draft.ends_on is not None and draft.ends_on < begins:
        draft.ends_on = None
        draft.done.discard(Step.END)
    return onward(ctx, draft, Step.BEGIN)


def ask_end(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(label, until.isoformat())] for label, until in _ends(ctx, draft)]
    if _may_be_open(ctx, draft):
        buttons.append([choice(phrases.OPEN_END, "open")])
    return Screen(phrases.until_when(), buttons)


def _ends(ctx: Context, draft: Draft) -> list[tuple[Text, date]]:
    """Ends to choose from: three, six, twelve whole months; an extension also as long as before."""
    begins = draft.begins_on or today(ctx)
    months = [(count, same_day(begins, count) - DAY) for count in (3, 6, 12)]
    offers = [
        (phrases.months_button(months=count, until=until), until)
        for count, until in months
        if until >= today(ctx)
    ]
    if draft.aim is Aim.EXTEND:
        until = same_length(own_away(ctx, draft.away_id), ctx.policies.away)
        offers.insert(0, (phrases.day_button(what=phrases.SAME_LENGTH, on=until), until))
    return offers


def _may_be_open(ctx: Context, draft: Draft) -> bool:
    """A corrected paper keeps the end that it had, or gets another."""
    return draft.aim is not Aim.CORRECT or own_filing(ctx, draft.filing_id).ends_on is None


def take_end(ctx: Context, draft: Draft, answer: Answer) -> Step:
    begins = draft.begins_on or today(ctx)
    if answer.value == "open" and _may_be_open(ctx, draft):
        draft.ends_on = None
        return onward(ctx, draft, Step.END)
    ends = take_day(answer, near=max(begins, today(ctx)))
    if draft.aim is Aim.EXTEND and ends < begins:
        raise DatesUnfit(away_words.extension_too_short(due_on=begins - DAY))
    check_dates(begins, ends, today=today(ctx))
    draft.ends_on = ends
    return onward(ctx, draft, Step.END)


def ask_steady(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(phrases.STEADY, "steady")], [choice(phrases.MOVING, "moving")]]
    return Screen(phrases.steady_or_not(), buttons)


def take_steady(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.itinerant = answer.choice("steady", "moving") == "moving"
    return onward(ctx, draft, Step.STEADY)
