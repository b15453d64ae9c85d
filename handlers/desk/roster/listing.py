"""/danhsach: the roster by given name, five a page; typing searches; /xuat: the same as a workbook.

SHOWN <──page, typed name──┐
  ├────────────────────────┘      a name ──> the person's card (card.py)
  └──> MORE ──> FILTER ──> SHOWN
         └──> invite all, add, import, export, contacts for several, rhythm
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.desk.roster.common import MENU, cell_for, closely, in_own_cell
from handlers.desk.roster.inviting import standing_of
from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.people.whereabouts import place_name
from models.delivery.conversation import conversation_in
from models.delivery.message import Attachment, Button, Table
from models.desk.roster import roster_export
from models.entry.invite import invite_states
from models.ground.clock import HOME_ZONE, local_date
from models.people.member import (
    UNREACHABLE,
    Account,
    Member,
    accounts_of,
    contact_answers,
    record_look,
    roster,
    search_members,
)
from models.people.rights import Right, may
from models.people.trail import record_act
from models.people.unit import Unit
from models.phrases import common
from models.phrases.desk import roster_talk as phrases
from models.phrases.people import member as member_words
from models.phrases.text import Text

_FEW = 10  # of so many, five fit on a page beside what turns it; of more, four
_LONGEST_SEARCH = 60
_ROWS = 300  # of a table on a wide screen


class Step(StrEnum):
    SHOWN = "shown"
    MORE = "more"
    FILTER = "filter"


class Show(StrEnum):
    """Whom the list names."""

    ALL = "all"
    NOT_REGISTERED = "new"
    AWAY = "away"
    UNREACHABLE = "unreachable"


SHOW_WORDS = {
    Show.ALL: phrases.ALL,
    Show.NOT_REGISTERED: phrases.NOT_REGISTERED,
    Show.AWAY: phrases.AWAY,
    Show.UNREACHABLE: phrases.UNREACHABLE,
}


class Draft(BaseModel):
    """How the list was looked at last."""

    cell_id: int = 0
    show: Show = Show.ALL
    words: str = ""
    page: int = 0


def start(ctx: Context) -> None:
    in_own_cell(ctx, Right.SEE_DETAILS, "list", _open)


def tapped(ctx: Context, arguments: list[str]) -> None:
    _open(ctx, cell_for(ctx, number(arguments), Right.SEE_DETAILS))


def _open(ctx: Context, cell: Unit) -> None:
    """As it was looked at last; a command begins anew."""
    row = conversation_in(ctx.db, ctx.address, FLOW.room) if ctx.incoming.kind is Kind.BUTTON else None
    draft = Draft.model_validate_json(row.draft or "{}") if row else Draft()
    begin(ctx, FLOW, Step.SHOWN, draft if draft.cell_id == cell.id else Draft(cell_id=cell.id))


def ask_list(ctx: Context, draft: Draft) -> Screen:
    cell = cell_for(ctx, draft.cell_id, Right.SEE_DETAILS)
    members = roster(ctx.db, cell.id)
    accounts = accounts_of(ctx.db, [member.id for member in members])
    found = _found(ctx, draft, members, accounts)
    size = 5 if len(found) <= _FEW else 4
    pages = max(-(-len(found) // size), 1)
    draft.page = min(max(draft.page, 0), pages - 1)
    words = phrases.listing(
        cell=cell.name,
        shown=SHOW_WORDS[draft.show],
        words=draft.words,
        count=len(found),
        total=len(members),
        page=draft.page + 1,
        pages=pages,
    )
    page = found[draft.page * size : (draft.page + 1) * size]
    return Screen(
        words if members else phrases.nobody_here(),
        [*_names(ctx, page, accounts), *_moves(draft, pages), MENU],
        looking=True,
        table=_table(ctx, found[:_ROWS], accounts) if ctx.shows_tables else None,
    )


def _found(ctx: Context, draft: Draft, members: list[Member], accounts: dict[int, Account]) -> list[Member]:
    if draft.words:
        members = search_members(ctx.db, [draft.cell_id], draft.words, limit=len(members) or 1)
    return [member for member in members if _is_shown(draft.show, member, accounts.get(member.id))]


def _is_shown(show: Show, member: Member, account: Account | None) -> bool:
    match show:
        case Show.NOT_REGISTERED:
            return account is None
        case Show.AWAY:
            return member.place_code is not None
        case Show.UNREACHABLE:
            return account is not None and account.reachability in UNREACHABLE
        case Show.ALL:
            return True


def _names(ctx: Context, page: list[Member], accounts: dict[int, Account]) -> list[list[Button]]:
    states = _states(ctx, page, accounts)
    return [
        [Button(phrases.in_list(name=closely(one), state=states[one.id]), f"roster:card:{one.id}")]
        for one in page
    ]


def _states(ctx: Context, members: list[Member], accounts: dict[int, Account]) -> dict[int, Text]:
    """How each of them can be reached, or how far their registration has come."""
    ids = [member.id for member in members]
    invites, agreed = invite_states(ctx.db, ids, now=ctx.now), contact_answers(ctx.db, ids)
    return {
        one: member_words.REACHABILITY[accounts[one].reachability]
        if one in accounts
        else standing_of(invites.get(one), agreed.get(one))
        for one in ids
    }


def _table(ctx: Context, members: list[Member], accounts: dict[int, Account]) -> Table:
    """All whom the list names, for a wide screen: what their cards say first."""
    states = _states(ctx, members, accounts)
    rows = [
        (
            f"roster:card:{one.id}",
            (closely(one), member_words.STANDINGS[one.standing], place_name(one.place_code), states[one.id]),
        )
        for one in members
    ]
    return Table(phrases.TABLE, rows)


def _moves(draft: Draft, pages: int) -> list[list[Button]]:
    """Turning the pages, and all else one tap away; while searching, back to everybody."""
    turn = []
    if draft.page > 0:
        turn.append(choice(common.PREVIOUS, f"page:{draft.page - 1}"))
    if draft.page < pages - 1:
        turn.append(choice(common.NEXT, f"page:{draft.page + 1}"))
    is_narrowed = bool(draft.words) or draft.show is not Show.ALL
    return [
        turn,
        [choice(phrases.SHOW_EVERYBODY, "clear")] if is_narrowed else [choice(phrases.MORE, "more")],
    ]


def take_list(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    if answer.incoming.kind is not Kind.BUTTON:
        draft.words, draft.page, draft.show = answer.words(limit=_LONGEST_SEARCH), 0, Show.ALL
        return Step.SHOWN
    verb, _, value = answer.choice().partition(":")
    match verb:
        case "page":
            draft.page = number_or_0([value])
        case "clear":
            draft.words, draft.show, draft.page = "", Show.ALL, 0
        case "more":
            return Step.MORE
        case _:
            pass
    return Step.SHOWN


# --- what is done with the list as a whole ------------------------------------------------------------------------


def ask_more(ctx: Context, draft: Draft) -> Screen:
    """Ask what to do with the roster, by the speaker's rights. Whom the list names is chosen one screen further."""
    cell = cell_for(ctx, draft.cell_id, Right.SEE_DETAILS)
    offers = [
        (Right.INVITE, phrases.INVITE_ALL, "inviteall"),
        (Right.EDIT_ROSTER, phrases.ADD, "moi"),
        (Right.EDIT_ROSTER, phrases.IMPORT, "nhap"),
        (Right.SEE_DETAILS, phrases.EXPORT, "xuat"),
        (Right.ASSIGN_CONTACT, phrases.CONTACTS, "contacts"),
        (Right.SET_RHYTHM, phrases.RHYTHM, "rhythm"),
    ]
    doings = [
        [Button(label, f"roster:{verb}:{cell.id}")]
        for right, label, verb in offers
        if may(ctx.db, ctx.me.id, right, cell.id, now=ctx.now)
    ]
    words = phrases.more(cell=cell.name)
    return Screen(words, [[choice(phrases.FILTER, "filter")], *doings], looking=True)


def take_more(ctx: Context, draft: Draft, answer: Answer) -> Step:
    answer.choice("filter")
    return Step.FILTER


def ask_filter(ctx: Context, draft: Draft) -> Screen:
    cell_for(ctx, draft.cell_id, Right.SEE_DETAILS)
    return Screen(
        phrases.which_part(),
        [[choice(words, show)] for show, words in SHOW_WORDS.items()],
        looking=True,
    )


def take_filter(ctx: Context, draft: Draft, answer: Answer) -> None:
    """Take the filter and begin the list anew: nothing lies behind it."""
    shown = Show(answer.choice(*Show))
    begin(ctx, FLOW, Step.SHOWN, Draft(cell_id=draft.cell_id, show=shown))


# --- /xuat --------------------------------------------------------------------------------------------------------


def export(ctx: Context) -> None:
    ctx.prove()
    in_own_cell(ctx, Right.SEE_DETAILS, "xuat", _export)


def export_tapped(ctx: Context, arguments: list[str]) -> None:
    _export(ctx, cell_for(ctx, number(arguments), Right.SEE_DETAILS))


def _export(ctx: Context, cell: Unit) -> None:
    """The file holds every phone: a look at each member."""
    members = roster(ctx.db, cell.id)
    for member in members:
        record_look(ctx.db, reader_id=ctx.me.id, member_id=member.id, what="roster.export", now=ctx.now)
    record_act(ctx.db, "roster.export", by_id=ctx.me.id, now=ctx.now, unit_id=cell.id)
    on = f"{local_date(ctx.now, HOME_ZONE):%Y-%m-%d}"
    file = Attachment(
        phrases.export_name(on=on).to_plain(ctx.lang), roster_export(members, ctx.lang, cell=cell.name)
    )
    ctx.send_protected(
        file,
        phrases.exported(
            cell=cell.name,
            count=len(members),
            imports=may(ctx.db, ctx.me.id, Right.EDIT_ROSTER, cell.id, now=ctx.now),
        ),
        [[Button(phrases.TO_LIST, f"roster:list:{cell.id}")], MENU],
    )


FLOW: Flow[Draft] = Flow(
    "roster_list",
    phrases.LISTING,
    Draft,
    {
        Step.SHOWN: Question(ask_list, take_list),
        Step.MORE: Question(ask_more, take_more),
        Step.FILTER: Question(ask_filter, take_filter),
    },
    right=lambda ctx, draft: cell_for(ctx, draft.cell_id, Right.SEE_DETAILS),
)
