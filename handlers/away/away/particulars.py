"""The form's questions about reason, phone and the trusted person; and those that are asked on the way, or with a paper."""

from __future__ import annotations

from datetime import timedelta

from handlers.away.away.asking import KEEP, LATELY, LINE, LONG, SKIP, named, near_days, one_line, onward
from handlers.away.away.door import today
from handlers.away.away.draft import Draft, Step, needs_reason
from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import Screen, choice
from handlers.ground.days import take_day
from handlers.ground.scans import take_scan
from models.away.away import DatesUnfit
from models.ground.errors import Refused
from models.ground.marking import clean
from models.ground.phones import parse_phone, show_phone
from models.phrases import common
from models.phrases.away import away as away_words, away_member as phrases
from models.phrases.desk import absence as absence_words

# --- reason, phone, trusted person ----------------------------------------------------------------------------------


def ask_reason(ctx: Context, draft: Draft) -> Screen:
    needed = needs_reason(ctx, draft)
    buttons = [[choice(phrases.USUAL_REASON, "usual")]]
    if not needed:
        buttons.append([choice(common.SKIP, SKIP)])
    usual = phrases.reason_for(work=draft.work)
    return Screen(phrases.which_reason(usual=usual, needed=needed), buttons)


def take_reason(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.value is None:
        draft.reason = clean(answer.words(limit=LONG))
    elif answer.choice("usual", SKIP) == "usual":
        draft.reason = phrases.reason_for(work=draft.work).to_plain("vi")
    elif needs_reason(ctx, draft):
        raise Refused(phrases.reason_needed())
    else:
        draft.reason = ""
    return onward(ctx, draft, Step.REASON)


def ask_phone(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(phrases.NO_NUMBER, SKIP)]]
    if draft.phone and draft.phone != ctx.me.phone:
        buttons.insert(0, [choice(absence_words.keep_words(now=show_phone(draft.phone)), KEEP)])
    if ctx.me.phone:
        buttons.insert(0, [choice(phrases.own_number(phone=show_phone(ctx.me.phone)), "own")])
    return Screen(phrases.which_phone(), buttons)


def take_phone(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.value is not None:
        chosen = answer.choice("own", KEEP, SKIP)
        draft.phone = {"own": ctx.me.phone or "", KEEP: draft.phone}.get(chosen, "")
    else:
        draft.phone = _read_phone(answer, region=(draft.place_code or "VN")[:2])
    return onward(ctx, draft, Step.PHONE)


def _read_phone(answer: Answer, *, region: str) -> str:
    contact = answer.incoming.contact
    typed = contact.phone if contact is not None else answer.words(limit=LINE)
    found = parse_phone(typed, region=region) or parse_phone(typed)
    if found is None and answer.incoming.kind is Kind.CONTACT:
        found = parse_phone(f"+{typed.lstrip('+')}")  # Telegram gives contacts without the plus
    if found is None:
        raise Refused(phrases.phone_not_read())
    return found


def take_trusted(ctx: Context, draft: Draft, answer: Answer) -> Step:
    skipped = answer.value is not None and answer.choice(SKIP) == SKIP
    name = "" if skipped else named(one_line(answer.words(limit=LINE)))
    draft.trusted_name, draft.trusted_phone, draft.trusted_knows = name, "", False
    draft.done -= {Step.KNOWS, Step.TRUSTED_PHONE}
    return onward(ctx, draft, Step.TRUSTED)


def ask_trusted(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_trusted(), [[choice(common.SKIP, SKIP)]])


def ask_knows(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(phrases.KNOWS, "yes")], [choice(phrases.KNOWS_NOT, "no")]]
    return Screen(phrases.do_they_know(name=draft.trusted_name), buttons)


def take_knows(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.trusted_knows = answer.choice("yes", "no") == "yes"
    if not draft.trusted_knows:
        draft.trusted_name = ""
    return onward(ctx, draft, Step.KNOWS)


def ask_their_phone(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.their_phone(name=draft.trusted_name), [[choice(common.SKIP, SKIP)]])


def take_their_phone(ctx: Context, draft: Draft, answer: Answer) -> Step:
    skipped = answer.value is not None and answer.choice(SKIP) == SKIP
    draft.trusted_phone = "" if skipped else _read_phone(answer, region="VN")
    return onward(ctx, draft, Step.TRUSTED_PHONE)


# --- only on the way, or with a paper -------------------------------------------------------------------------------


def ask_from(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.changed_from_when(), near_days(ctx))


def take_from(ctx: Context, draft: Draft, answer: Answer) -> Step:
    from_on = take_day(answer, near=today(ctx) - LATELY)
    if from_on > today(ctx) + timedelta(days=366):
        raise DatesUnfit(away_words.too_far_ahead())
    draft.from_on = from_on
    return onward(ctx, draft, Step.FROM)


def ask_scan(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.send_scan(), [[choice(common.SKIP, SKIP)]])


def take_scan_of_paper(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.value is None:
        draft.scan = take_scan(answer)
    else:
        answer.choice(SKIP)
    return onward(ctx, draft, Step.SCAN)
