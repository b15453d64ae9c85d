"""The cell in numbers, its lists of names, its extra questions."""

from __future__ import annotations

from handlers.arguments import number_or_0
from handlers.context import Context
from handlers.desk.door import PAGE, Row, cell_of, page_of, turning, ways_back
from handlers.desk.queue import show_cell
from handlers.whereabouts import place_name
from models.absence import Absence, Wait, waiting
from models.checkin import Checkin, CheckinKind, CheckinState
from models.desk import OpenRequest, Person, Picture, Pile, Question, Waiting, picture
from models.invite import Invite, state_of
from models.member import Member
from models.outbox import Button
from models.phrases import absence as absence_phrases
from models.phrases import checkin as checkin_phrases
from models.phrases import common
from models.phrases import desk as phrases
from models.phrases import invite as invite_phrases
from models.phrases import pause as pause_phrases
from models.phrases import roster_talk as roster_phrases
from models.phrases.text import Text
from models.register import identity_question
from models.rights import NotEntitled, Right, may
from models.unit import Unit

WAITING = (
    Pile.OWING,
    Pile.REQUESTS,
    Pile.IDENTITIES,
    Pile.ABSENCES,
    Pile.UNREACHABLE,
    Pile.UNREGISTERED,
)


def show_groups(ctx: Context, arguments: list[str]) -> None:
    """The cell in numbers, and a button to each list."""
    cell = cell_of(ctx, number_or_0(arguments))
    seen = picture(ctx.db, cell, now=ctx.now, policy=ctx.policies.away, reader_id=ctx.me.id)
    counts = seen.counts
    words = phrases.overview(
        cell=cell.name,
        period=seen.period,
        at=ctx.now,
        zone=ctx.zone,
        answered=seen.answered_this_period,
        away=seen.away,
        late=seen.late,
        late_extra=seen.late_extra,
        counts=[(pile, counts[pile]) for pile in Pile],
        questions=[(question.answered, len(question.rows)) for question in seen.questions],
        nothing_waits=seen.nothing_waits,
    )
    ctx.show(words, _group_buttons(seen))


def _group_buttons(seen: Picture) -> list[Row]:
    """What waits has a row of its own; the rest goes by twos."""

    def button(pile: Pile) -> Button:
        label = phrases.pile_button(pile=pile, count=seen.counts[pile])
        return Button(label, f"desk:list:{seen.cell.id}:{pile}:0")

    rows = [[button(pile)] for pile in WAITING if seen.counts[pile]]
    quiet = [button(pile) for pile in Pile if pile not in WAITING and seen.counts[pile]]
    rows += [quiet[at : at + 2] for at in range(0, len(quiet), 2)]
    if seen.questions:
        label = phrases.pile_button(pile="questions", count=len(seen.questions))
        rows.append([Button(label, f"desk:questions:{seen.cell.id}:0")])
    rows.append([*ways_back(seen.cell), Button(common.MENU, "nav:menu")])
    return rows


# --- lists ----------------------------------------------------------------------------------------------------------


def show_pile(ctx: Context, arguments: list[str]) -> None:
    cell = cell_of(ctx, number_or_0(arguments))
    if len(arguments) < 2 or arguments[1] not in set(Pile):
        show_cell(ctx, cell)
        return
    pile = Pile(arguments[1])
    seen = picture(ctx.db, cell, now=ctx.now, policy=ctx.policies.away, reader_id=ctx.me.id)
    match pile:
        case Pile.REQUESTS:
            buttons = [_request_button(ctx, one) for one in seen.requests]
        case Pile.IDENTITIES:
            buttons = [_identity_button(one) for one in seen.identities]
        case Pile.ABSENCES:
            buttons = [_absence_button(one) for one in waiting(seen.absences)]
        case Pile.NO_CONTACT:
            buttons = [_contact_button(one) for one in seen.without_contact]
        case _:
            buttons = [_person_button(ctx, pile, person) for person in seen.pile(pile)]
    page, pages = page_of(number_or_0(arguments, 2), len(buttons))
    turn = turning(page, pages, lambda to: f"desk:list:{cell.id}:{pile}:{to}")
    words = phrases.pile(pile=pile, cell=cell.name, count=len(buttons), page=page, pages=pages)
    at_once = _contacts_at_once(ctx, cell) if pile is Pile.NO_CONTACT and buttons else []
    ctx.show(words, [*at_once, *_shown(buttons, page), turn, ways_back(cell)])


def _contacts_at_once(ctx: Context, cell: Unit) -> list[Row]:
    """Several may get the same contact."""
    may_say = may(ctx.db, ctx.me.id, Right.ASSIGN_CONTACT, cell.id, now=ctx.now)
    return [[Button(roster_phrases.CONTACTS, f"roster:contacts:{cell.id}")]] if may_say else []


def _shown(buttons: list[Button], page: int) -> list[Row]:
    return [[button] for button in buttons[page * PAGE : (page + 1) * PAGE]]


def _request_button(ctx: Context, one: OpenRequest) -> Button:
    what = phrases.request_line(owner=one.owner, opened_at=one.request.opened_at)
    return Button(phrases.line(name=one.name, what=what), f"request:see:{one.request.id}")


def _identity_button(one: Waiting) -> Button:
    what = phrases.opened_on(at=one.invite.opened_at or one.invite.created_at)
    return Button(phrases.line(name=one.name, what=what), f"desk:identity:{one.invite.id}")


def _absence_button(one: Absence) -> Button:
    """To the paper where it is the cell's turn, else to the absence."""
    wait = one.wait or Wait.ENDING
    label = phrases.line(
        name=one.member.full_name, what=absence_phrases.waits(wait=wait, due_on=one.away.due_on)
    )
    if one.under_way is not None and wait in (Wait.FILED, Wait.AT_CELL):
        return Button(label, f"absence:filing:{one.under_way.id}")
    return Button(label, f"absence:see:{one.away.id}")


def _contact_button(one: Absence) -> Button:
    label = phrases.line(name=one.member.full_name, what=place_name(one.away.place_code))
    return Button(label, f"absence:contacts:{one.member.id}")


def _person_button(ctx: Context, pile: Pile, person: Person) -> Button:
    label = phrases.line(name=person.member.full_name, what=_what(ctx, pile, person))
    return Button(label, _where_to(pile, person))


def _where_to(pile: Pile, person: Person) -> str:
    if pile is Pile.ANSWERED and person.answered:
        return f"desk:report:{person.answered.id}"
    checkin = {Pile.OWING: person.owing, Pile.EXCUSED: person.excused}.get(pile)
    return f"desk:late:{checkin.id}" if checkin else f"desk:who:{person.member.id}"


def _what(ctx: Context, pile: Pile, person: Person) -> Text:
    """The few words behind a name."""
    match pile:
        case Pile.OWING if owing := person.owing:
            return phrases.owes(state=owing.state, due_at=owing.due_at, adhoc=owing.kind == CheckinKind.ADHOC)
        case Pile.EXCUSED if (excused := person.excused) and excused.excused_until:
            return phrases.excused_until(until=excused.excused_until)
        case Pile.PAUSED if person.pause:
            return pause_phrases.until(on=person.pause.ends_on)
        case Pile.ANSWERED if (answered := person.answered) and answered.answered_at:
            by_other = answered.answered_by != person.member.id
            return phrases.answered_at(at=answered.answered_at, by_other=by_other)
        case Pile.UNREACHABLE if person.account:
            return phrases.why_silent(
                state=person.account.reachability, contacted=person.answered is not None
            )
        case Pile.UNREGISTERED if person.invite:
            return invite_phrases.STATES[state_of(person.invite, now=ctx.now)]
        case Pile.UNREGISTERED:
            return invite_phrases.NEVER
        case _:
            return phrases.nothing_more() if pile is Pile.ON_PAPER else phrases.PILES[pile]


# --- extra questions ------------------------------------------------------------------------------------------------


def show_questions(ctx: Context, arguments: list[str]) -> None:
    cell = cell_of(ctx, number_or_0(arguments))
    seen = picture(ctx.db, cell, now=ctx.now, policy=ctx.policies.away, reader_id=ctx.me.id)
    buttons = [
        Button(
            phrases.question_button(question=one.text, answered=one.answered, of=len(one.rows)),
            f"desk:question:{cell.id}:{one.id}:0",
        )
        for one in seen.questions
    ]
    page, pages = page_of(number_or_0(arguments, 1), len(buttons))
    turn = turning(page, pages, lambda to: f"desk:questions:{cell.id}:{to}")
    words = phrases.questions(cell=cell.name, count=len(buttons))
    ask = [Button(phrases.ASK, f"desk:ask:{cell.id}")]
    ctx.show(words, [*_shown(buttons, page), turn, ask, ways_back(cell)])


def show_question(ctx: Context, arguments: list[str]) -> None:
    """Who has answered one question; who has not comes first."""
    cell = cell_of(ctx, number_or_0(arguments), Right.SEE_DETAILS)
    seen = picture(ctx.db, cell, now=ctx.now, policy=ctx.policies.away, reader_id=ctx.me.id)
    found = next((one for one in seen.questions if one.id == number_or_0(arguments, 1)), None)
    if found is None:
        show_questions(ctx, [str(cell.id)])
        return
    buttons = [_answer_button(*row) for row in found.rows]
    page, pages = page_of(number_or_0(arguments, 2), len(buttons))
    turn = turning(page, pages, lambda to: f"desk:question:{cell.id}:{found.id}:{to}")
    back = [Button(phrases.LIST, f"desk:questions:{cell.id}:0"), *ways_back(cell)]
    ctx.show(_question_words(ctx, found), [*_shown(buttons, page), turn, back])


def _question_words(ctx: Context, question: Question) -> Text:
    asker = ctx.db.get(Member, question.asked_by) if question.asked_by else None
    return phrases.question(
        text=question.text,
        by=asker.full_name if asker else None,
        on=question.asked_on,
        due_at=question.due_at,
        answered=question.answered,
        of=len(question.rows),
    )


def _answer_button(member: Member, checkin: Checkin) -> Button:
    done = checkin.state == CheckinState.ANSWERED
    label = phrases.line(name=member.full_name, what=checkin_phrases.STATES[checkin.state])
    return Button(label, f"desk:{'report' if done else 'late'}:{checkin.id}")


# --- is it them? ----------------------------------------------------------------------------------------------------


def show_identity(ctx: Context, arguments: list[str]) -> None:
    """The same question that was asked when they came, with the same answers."""
    invite = ctx.db.get(Invite, number_or_0(arguments))
    member = ctx.db.get(Member, invite.member_id) if invite else None
    if invite is None or member is None or member.cell_id is None:
        raise NotEntitled
    cell = cell_of(ctx, member.cell_id, Right.INVITE)
    if invite.claim is None:
        show_cell(ctx, cell, note=invite_phrases.settled())
        return
    question = identity_question(ctx.db, invite, reader_id=ctx.me.id, now=ctx.now)
    ctx.show(question.text, [*question.buttons, ways_back(cell, Pile.IDENTITIES)])
