"""The form's last screen: what was answered, what the rules suggest, who will see it; each answer can be changed from here."""

from __future__ import annotations

from handlers.away.away.door import own_away, own_filing
from handlers.away.away.draft import (
    Aim,
    Draft,
    Step,
    is_extension,
    proposal_of,
    redated,
    route_of,
    steadiness_matters,
)
from handlers.away.away.screens import comment_of
from handlers.ground.context import Context
from handlers.ground.conversation import choice
from handlers.ground.form import AGAIN, At, Confirm, Offer, Row, beside
from handlers.people import whereabouts as places
from models.away.away import ON_PORTAL, Proposal, Route, proposal_for
from models.delivery.message import Button
from models.ground.phones import show_phone
from models.ground.rules import Sure
from models.phrases.away import away as away_words, away_member as phrases
from models.phrases.text import Text, day, raw

_STAY = (Step.PLACE, Step.CITY, Step.WORK, Step.EMPLOYER)
_PEOPLE = (Step.PHONE, Step.TRUSTED, Step.HOST)
_SHOWN: dict[Aim, tuple[Step, ...]] = {
    Aim.DECLARE: (*_STAY, Step.BEGIN, Step.END, Step.STEADY, Step.REASON, *_PEOPLE),
    Aim.CORRECT: (Step.ANSWER, *_STAY, Step.BEGIN, Step.END, Step.STEADY, Step.REASON, *_PEOPLE),
    Aim.EXTEND: (Step.END, *_STAY, Step.REASON, *_PEOPLE),
    Aim.CHANGE: (*_STAY, *_PEOPLE, Step.FROM),
}


def _fields(ctx: Context, draft: Draft) -> list[Step]:
    """What the overview shows and lets one change."""
    left_out = {Step.STEADY} if not steadiness_matters(ctx, draft) else set()
    if draft.aim is Aim.CORRECT and is_extension(ctx, draft):
        left_out |= {Step.BEGIN, Step.STEADY}
    return [step for step in _SHOWN[draft.aim] if step not in left_out]


def look_over(at: At[Draft, None]) -> Text:
    ctx, draft = at.ctx, at.draft
    fields = _fields(ctx, draft)
    rows = [(step.value, value) for step in fields if (value := value_of(draft, step)) is not None]
    if draft.scan is not None:
        rows.append((Step.SCAN.value, phrases.ATTACHED))
    return phrases.overview(
        head=_head(ctx, draft),
        rows=rows,
        comment=comment_of(ctx, own_filing(ctx, draft.filing_id)) if draft.aim is Aim.CORRECT else None,
        suggestion=_suggestion(ctx, draft),
        readers=phrases.who_will_see(
            decided_above=ctx.policies.away.decided_above
            and draft.aim is not Aim.CHANGE
            and route_of(ctx, draft) is not Route.NOTE,
            trusted=draft.trusted_name or None,
        ),
        tail=phrases.about_reason() if _is_signed(ctx, draft) else None,
    )


_ROOM = 6  # buttons besides the two ways out
_OTHER_FIELDS = "fields"


def _pages(fields: list[Step], *, first: int) -> list[list[Step]]:
    """What can be changed: as many as there is room for under what sends it, the rest one tap further."""
    if len(fields) <= first:
        return [fields]
    rest, size = fields[first - 1 :], _ROOM - 1
    return [fields[: first - 1], *(rest[at : at + size] for at in range(0, len(rest), size))]


def value_of(draft: Draft, step: Step) -> Text | None:
    """Return an answer in words, or None where none was given."""
    match step:
        case Step.PLACE:
            return places.place_name(draft.place_code)
        case Step.WORK:
            return away_words.WORKS[draft.work]
        case Step.BEGIN:
            return day(draft.begins_on) if draft.begins_on else None
        case Step.END:
            return day(draft.ends_on) if draft.ends_on else phrases.OPEN_END
        case Step.STEADY:
            return phrases.MOVING if draft.itinerant else phrases.STEADY
        case Step.PHONE:
            return raw(show_phone(draft.phone)) if draft.phone else None
        case Step.TRUSTED:
            phone = f" {show_phone(draft.trusted_phone)}" if draft.trusted_phone else ""
            return raw(f"{draft.trusted_name}{phone}") if draft.trusted_name else None
        case Step.FROM:
            return day(draft.from_on) if draft.from_on else None
        case _:
            text = str(getattr(draft, step.value))
            return raw(text) if text else None


def _head(ctx: Context, draft: Draft) -> Text:
    match draft.aim:
        case Aim.DECLARE:
            return phrases.look_over_declaration()
        case Aim.CORRECT:
            return phrases.look_over_refiling(kind=own_filing(ctx, draft.filing_id).kind)
        case Aim.EXTEND:
            return phrases.look_over_extension(due_on=own_away(ctx, draft.away_id).due_on)
        case Aim.CHANGE:
            return phrases.look_over_change()


def _suggestion(ctx: Context, draft: Draft) -> Text | None:
    """The route and the rule it comes from; on the way, only when the new place leads to another."""
    if draft.aim is Aim.CHANGE:
        route = _route_for(ctx, draft)
        return phrases.route_may_differ(route=route) if route is not None else None
    if draft.aim is Aim.CORRECT and not redated(ctx, draft):
        return None  # it stays on the route it was filed on
    return suggestion(ctx, proposal_of(ctx, draft))


def suggestion(ctx: Context, proposal: Proposal) -> Text:
    return away_words.proposed(
        route=proposal.route,
        document=proposal.source.document,
        article=proposal.source.article,
        until=proposal.until,
        shortened=proposal.shortened,
        unconfirmed=proposal.source.sure is Sure.UNCONFIRMED,
        portal=ctx.policies.away.portal_url if proposal.route in ON_PORTAL else None,
        above=ctx.policies.away.decided_above,
    )


def _route_for(ctx: Context, draft: Draft) -> Route | None:
    """What the rules would suggest for the new place, where that is not what they suggest for the present one."""
    away = own_away(ctx, draft.away_id)
    there = draft.declaration.model_copy(update={"study": away.study})
    here = there.model_copy(update={"stay": away.stay})
    new, old = (proposal_for(one, ctx.policies).route for one in (there, here))
    return new if new is not old else None


def _is_signed(ctx: Context, draft: Draft) -> bool:
    return draft.aim is not Aim.CHANGE and route_of(ctx, draft) not in (Route.NOTE, Route.FORMAL)


def _with_paper(ctx: Context, draft: Draft) -> list[Offer | Button]:
    if draft.aim is Aim.CHANGE or route_of(ctx, draft) is Route.NOTE:
        return []
    attach = Offer(phrases.ATTACH, Step.SCAN, Step.SCAN)
    on_portal = route_of(ctx, draft) in ON_PORTAL
    return [attach, *([Button(phrases.PORTAL, ctx.policies.away.portal_url)] if on_portal else [])]


def _send_label(ctx: Context, draft: Draft) -> Text:
    if draft.aim is Aim.CHANGE:
        return phrases.SAVE
    if draft.aim is Aim.CORRECT:
        return phrases.FILE_AGAIN
    return phrases.NOTE if route_of(ctx, draft) is Route.NOTE else phrases.FILE


class AwayOverview(Confirm[Draft, None]):
    """What sends it, and whatever can be changed, a page at a time."""

    def rows(self, at: At[Draft, None]) -> list[Row]:
        above: list[Offer | Button] = [Offer(_send_label(at.ctx, at.draft), "send", None)]
        above += _with_paper(at.ctx, at.draft)
        pages = _pages(_fields(at.ctx, at.draft), first=_ROOM - len(above))
        page = at.draft.fields % len(pages)
        changes = [Offer(phrases.FIELDS[step.value], step, step) for step in pages[page]]
        more = [choice(phrases.OTHER_FIELDS, _OTHER_FIELDS)] if len(pages) > 1 else []
        return beside([*([] if page else above), *changes, *more])

    def tapped(self, at: At[Draft, None], key: str) -> object:
        at.draft.fields += key == _OTHER_FIELDS
        return AGAIN if key == _OTHER_FIELDS else super().tapped(at, key)
