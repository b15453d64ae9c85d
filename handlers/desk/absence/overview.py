"""The keeper's last screen: what was answered, what the rules suggest, what can be added; and what sends it."""

from __future__ import annotations

from handlers.desk.absence import acts
from handlers.desk.absence.draft import Here, verdict_words
from handlers.desk.absence.plans import PLANS
from handlers.desk.absence.questions import QUESTIONS
from handlers.desk.absence.screens import name_of
from handlers.ground.context import Context
from handlers.ground.form import Offer
from handlers.people.whereabouts import place_name
from models.away.away import (
    ON_PORTAL,
    Proposal,
    extension_for,
    proposal_for,
)
from models.ground.phones import show_phone
from models.ground.rules import Sure
from models.phrases.away import away as away_words, letter as letter_words
from models.phrases.desk import absence as phrases
from models.phrases.text import Text, join, raw

NEEDED = {one.name: one.needed for one in QUESTIONS}


def _facts(at: Here) -> list[tuple[Text, Text]]:
    """What was answered, in the order of the questions."""
    plan, known = (
        PLANS[at.draft.act],
        {"kind", "verdict", "day", "scan"},
    )  # these also where they were not asked
    names = dict.fromkeys([*plan.asks.split(), *plan.later.split()])
    asked = (name for name in names if name in known or NEEDED[name](at))
    facts = [("day" if name == "planned" else name, _fact(at, name)) for name in asked]
    return [(phrases.LABELS[name], value) for name, value in facts if value is not None]


def _fact(at: Here, name: str) -> Text | None:
    draft = at.draft
    match name:
        case "route":
            return away_words.ROUTES[draft.route or at.subject.route]
        case "kind":
            return letter_words.KINDS[draft.kind]
        case "place":
            return place_name(draft.place_code)
        case "work":
            return away_words.WORKS[draft.work]
        case "manner":
            return phrases.MANNERS[draft.manner]
        case "phone" | "their_phone":
            phone = draft.phone if name == "phone" else draft.trusted_phone
            return raw(show_phone(phone)) if phone else None
        case "from":
            return phrases.one_day(on=draft.begins_on) if draft.begins_on else None
        case "until":
            ends = {"assign": phrases.UNTIL_REPLACED, "refile": None}
            return (
                phrases.one_day(on=draft.ends_on) if draft.ends_on else ends.get(draft.act, phrases.OPEN_END)
            )
        case "day" | "planned":
            return phrases.one_day(on=draft.day) if draft.day else None
        case "verdict":
            return verdict_words(draft, yes=draft.verdict)
        case "votes":
            return raw(f"{draft.votes[0]}/{draft.votes[1]}") if draft.votes else None
        case "contact":
            return raw(name_of(at.ctx, draft.contact_id))
        case "home":
            return phrases.AT_HOME if draft.at_home else phrases.STILL_AWAY
        case "month":
            return phrases.one_month(on=draft.month) if draft.month else None
        case "scan":
            return phrases.attached(name=draft.file_name) if draft.file_id else None
        case "steps":
            return join([phrases.STEP_NAMES[one] for one in sorted(draft.chosen)], "; ")
        case "trusted":
            return raw(draft.trusted_name) if draft.trusted_name else None
        case "city" | "employer" | "reason" | "number" | "why" | "note" | "to":
            return raw(getattr(draft, name)) if getattr(draft, name) else None
        case _:
            return None


def _proposal(at: Here) -> Text | None:
    """What the rules suggest for what was typed."""
    match at.draft.act:
        case "file":
            return _proposed(at.ctx, proposal_for(acts.declaration(at), at.ctx.policies))
        case "extend":
            return _proposed(at.ctx, extension_for(at.subject, at.draft.ends_on, None, at.ctx.policies))
        case _:
            return None


def _proposed(ctx: Context, proposal: Proposal) -> Text:
    return away_words.proposed(
        route=proposal.route,
        document=proposal.source.document,
        article=proposal.source.article,
        until=proposal.until,
        shortened=proposal.shortened,
        unconfirmed=proposal.source.sure != Sure.CONFIRMED,
        portal=ctx.policies.away.portal_url if proposal.route in ON_PORTAL else None,
        above=ctx.policies.away.decided_above,
    )


def look_over(at: Here) -> Text:
    paper = PLANS[at.draft.act].on_paper
    if at.draft.act == "return":
        paper = acts.is_returned_on_paper(at.ctx, at.subject)
    return phrases.overview(facts=_facts(at), on_paper=paper, extra=_proposal(at))


def label(at: Here) -> Text:
    match at.draft.act:
        case "result" if at.draft.verdict:
            return phrases.SENDS["resolve" if at.draft.cell_decides else "propose"]
        case "decide" | "paper":
            return phrases.SENDS["approve" if at.draft.verdict else "refuse"]
        case _:
            return phrases.SENDS["save"]


def offered(at: Here) -> list[Offer]:
    """Return what is not asked, or has an answer that the overview shows already."""
    known = {"planned": at.draft.day, "scan": at.draft.file_id}
    return [
        Offer(
            phrases.offer(step=name, known=bool(known.get(name) or getattr(at.draft, name, None))), name, name
        )
        for name in PLANS[at.draft.act].later.split()
    ]
