"""The cell in numbers, its lists of names, its extra questions."""

from __future__ import annotations

from handlers.desk.desk.door import cell_of, told_in_full, ways_back
from handlers.desk.desk.queue import show_cell
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import PAGE, Row, page_of, turning
from handlers.people.whereabouts import place_name
from models.contact.checkin import Checkin, CheckinKind, CheckinState
from models.delivery.message import Button
from models.desk.absence import Absence, Wait, waiting
from models.desk.desk import AdHocQuestion, OpenRequest, Person, Picture, Pile, WaitingInvite, picture
from models.desk.waiting import WAITING_PILES, label_of
from models.entry.invite import Invite, state_of
from models.entry.register import identity_question
from models.people.member import Member
from models.people.rights import NotEntitled, Right, may
from models.people.unit import Unit
from models.phrases import common
from models.phrases.contact import checkin as checkin_phrases, pause as pause_phrases
from models.phrases.desk import absence as absence_phrases, desk as phrases, roster_talk as roster_phrases
from models.phrases.entry import invite as invite_phrases
from models.phrases.text import Text

GROUPS = 7  # with the way back eight buttons


def show_groups(ctx: Context, arguments: list[str]) -> None:
    """Show the cell in numbers, and a button to each list."""
    cell = cell_of(ctx, number_or_0(arguments))
    seen = picture(ctx.db, cell, now=ctx.now, policy=ctx.policies.away, reader_id=ctx.me.id)
    counts = seen.counts
    words = phrases.overview(
        cell=cell.name,
        period=seen.period,
        at=ctx.now,
        zone=ctx.zone,
        answered=seen.answered_this_period,
        asked=seen.asked_this_period,
        away=seen.away,
        late=seen.late,
        late_extra=seen.late_extra,
        counts=[(pile, counts[pile]) for pile in Pile],
        questions=[(question.answered, len(question.rows)) for question in seen.questions],
        nothing_waits=seen.nothing_waits,
    )
    ctx.show(words, _group_buttons(seen, number_or_0(arguments, 1)))


def _group_buttons(seen: Picture, page: int) -> list[Row]:
    """What waits first, then the rest."""

    def button(pile: Pile) -> Button:
        label = phrases.pile_button(pile=pile, count=seen.counts[pile])
        return Button(label, f"desk:list:{seen.cell.id}:{pile}:0")

    piles = [*WAITING_PILES, *(pile for pile in Pile if pile not in WAITING_PILES)]
    buttons = [button(pile) for pile in piles if seen.counts[pile]]
    if seen.questions:
        label = phrases.pile_button(pile="questions", count=len(seen.questions))
        buttons.append(Button(label, f"desk:questions:{seen.cell.id}:0"))
    size = len(buttons) if len(buttons) <= GROUPS else PAGE
    page, pages = page_of(page, len(buttons), max(size, 1))
    turn = turning(page, pages, lambda to: f"desk:groups:{seen.cell.id}:{to}")
    return [*([one] for one in buttons[page * size : (page + 1) * size]), turn, ways_back(seen.cell)]


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
            lines = [_request_line(one) for one in seen.requests]
        case Pile.IDENTITIES:
            lines = [_identity_line(one) for one in seen.identities]
        case Pile.ABSENCES:
            lines = [_absence_line(one) for one in waiting(seen.absences)]
        case Pile.NO_CONTACT:
            lines = [_contact_line(one) for one in seen.without_contact]
        case _:
            lines = [_person_line(ctx, pile, person) for person in seen.pile(pile)]
    size = PAGE - 1 if pile is Pile.NO_CONTACT else PAGE  # there one button more stands above them
    page, pages = page_of(number_or_0(arguments, 2), len(lines), size)
    shown = lines[page * size : (page + 1) * size]
    turn = turning(page, pages, lambda to: f"desk:list:{cell.id}:{pile}:{to}")
    words = phrases.pile(pile=pile, cell=cell.name, count=len(lines), page=page, pages=pages)
    if shown:
        words = common.paragraph(words, told_in_full([(name, what) for name, what, _ in shown]))
    rows = [[Button(label_of(name, what), to)] for name, what, to in shown]
    at_once = _contacts_at_once(ctx, cell) if pile is Pile.NO_CONTACT and lines else []
    ctx.show(words, [*at_once, *rows, turn, ways_back(cell)])


def _contacts_at_once(ctx: Context, cell: Unit) -> list[Row]:
    """Several may get the same contact."""
    may_say = may(ctx.db, ctx.me.id, Right.ASSIGN_CONTACT, cell.id, now=ctx.now)
    return [[Button(roster_phrases.CONTACTS, f"roster:contacts:{cell.id}")]] if may_say else []


Line = tuple[str, Text, str]  # a name, what matters about it, where it leads


def _shown(buttons: list[Button], page: int) -> list[Row]:
    return [[button] for button in buttons[page * PAGE : (page + 1) * PAGE]]


def _request_line(one: OpenRequest) -> Line:
    what = phrases.request_line(owner=one.owner, opened_at=one.request.opened_at)
    return one.name, what, f"request:see:{one.request.id}"


def _identity_line(one: WaitingInvite) -> Line:
    what = phrases.opened_on(at=one.invite.opened_at or one.invite.created_at)
    return one.name, what, f"desk:identity:{one.invite.id}"


def _absence_line(one: Absence) -> Line:
    """To the paper where it is the cell's turn, else to the absence."""
    wait = one.wait or Wait.ENDING
    what = absence_phrases.waits(wait=wait, due_on=one.away.due_on)
    if one.under_way is not None and wait in (Wait.FILED, Wait.AT_CELL):
        return one.member.full_name, what, f"absence:filing:{one.under_way.id}"
    return one.member.full_name, what, f"absence:see:{one.away.id}"


def _contact_line(one: Absence) -> Line:
    return one.member.full_name, place_name(one.away.place_code), f"absence:contacts:{one.member.id}"


def _person_line(ctx: Context, pile: Pile, person: Person) -> Line:
    return person.member.full_name, _what(ctx, pile, person), _where_to(pile, person)


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
    ctx.show(words, [*_shown(buttons, page), turn, ways_back(cell)])


def show_question(ctx: Context, arguments: list[str]) -> None:
    """Show who has answered one question. Those who have not come first."""
    cell = cell_of(ctx, number_or_0(arguments), Right.SEE_DETAILS)
    seen = picture(ctx.db, cell, now=ctx.now, policy=ctx.policies.away, reader_id=ctx.me.id)
    found = next((one for one in seen.questions if one.id == number_or_0(arguments, 1)), None)
    if found is None:
        show_questions(ctx, [str(cell.id)])
        return
    buttons = [_answer_button(*row) for row in found.rows]
    page, pages = page_of(number_or_0(arguments, 2), len(buttons))
    turn = turning(page, pages, lambda to: f"desk:question:{cell.id}:{found.id}:{to}")
    back = [Button(phrases.LIST, f"desk:questions:{cell.id}:0")]
    ctx.show(_question_words(ctx, found), [*_shown(buttons, page), turn, back])


def _question_words(ctx: Context, question: AdHocQuestion) -> Text:
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
    label = label_of(member.full_name, checkin_phrases.STATES[checkin.state])
    return Button(label, f"desk:{'report' if done else 'late'}:{checkin.id}")


# --- is it them? ----------------------------------------------------------------------------------------------------


def show_identity(ctx: Context, arguments: list[str]) -> None:
    """Show the same question that was asked when they came, with the same answers."""
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
