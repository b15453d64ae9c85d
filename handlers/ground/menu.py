"""The main screen, help, cancel, language: what everybody has.

/start /menu ──> the main screen: a button for each thing this person may do now
/trogiup     ──> what the commands do      /huy ──> stop      /ngonngu ──> Tiếng Việt | English
"""

from __future__ import annotations

from datetime import timedelta

from handlers.ground import conversation
from handlers.ground.arguments import number_or_0, one_of
from handlers.ground.context import Command, CommandAudience, Context
from handlers.ground.secrecy import is_protected
from handlers.trust.data.visiting import shows_again, takes_code
from models.contact import unasked
from models.contact.request import requests_for
from models.contact.rollcall import owed_by
from models.delivery.conversation import conversation_in, latest_parked, park_conversations
from models.delivery.inbox import messages_since
from models.delivery.message import Button
from models.entry.invite import InviteState, invite_of_waiting_chat
from models.entry.register import asleep_words
from models.meeting.task import tasks_of
from models.people.assignment import assigned_members
from models.people.member import closed_at_of_chat
from models.people.rights import Right, Role, offices_here, rights_of
from models.phrases import common
from models.phrases.contact import (
    pause as pause_words,
    request as request_words,
    rollcall as rollcall_words,
    unasked as unasked_words,
)
from models.phrases.delivery import page as page_words
from models.phrases.desk import bearings as bearings_words
from models.phrases.entry import invite as invite_words
from models.phrases.ground import commands as command_words, menu as phrases
from models.phrases.meeting import task as task_words
from models.phrases.text import Lang
from models.phrases.year import probation as probation_words
from models.year.probation import probations_concerning

_STILL_UNDER_WAY = timedelta(hours=1)  # a form that was left so lately was left for this


def offered(ctx: Context) -> list[Command]:
    """Return the commands that this person may use now."""
    if ctx.member is None:
        return [command for command in ctx.commands if command.audience is CommandAudience.EVERYONE]
    mine, rights = standing(ctx)
    return [
        command
        for command in ctx.commands
        if command.audience in mine and (command.right is None or command.right in rights)
    ]


def standing(ctx: Context) -> tuple[set[CommandAudience], set[Right]]:
    """Return whose menus this person sees, and what their offices allow, by the appointments that hold now."""
    offices = offices_here(ctx.db, ctx.me.id, now=ctx.now)
    roles, rights = {Role(one.role) for one in offices}, rights_of(ctx.db, offices)
    found = {CommandAudience.EVERYONE}
    if ctx.me.cell_id is not None:
        found |= {CommandAudience.MEMBER, CommandAudience.CELL}
    if Right.SEE_DESK in rights:
        found |= {
            CommandAudience.CELL,
            CommandAudience.SECRETARY,
            CommandAudience.DESK,
            CommandAudience.SPEAKER,
        }
    if assigned_members(ctx.db, ctx.me.id, now=ctx.now):
        found.add(CommandAudience.DESK)
    if roles & {Role.OFFICER, Role.FOLLOWER}:
        found |= {CommandAudience.OFFICER, CommandAudience.SPEAKER}
    return found, rights


BUTTONS = 8  # more are a wall to old eyes
_FIRST = (  # of the main screen: whoever keeps a desk begins there
    "proof", "chibo", "dangbo", "tasks", "probation", "requests", "baocao", "hotro", "pause", "khaibao", "bearings", "hop",
    "trogiup", "kiemdiem", "danhsach", "thongbao", "diemdanh", "moi", "nhap", "xuat", "dulieu",
)  # fmt: skip
_AT_HOME = (  # of whoever keeps a desk and is not asked to report
    "chibo", "dangbo", "tasks", "probation", "requests", "danhsach", "hop", "thongbao", "kiemdiem", "hotro", "baocao", "diemdanh",
)  # fmt: skip


def show_menu(ctx: Context) -> None:
    _show(ctx, 0)


def show_more(ctx: Context, arguments: list[str]) -> None:
    """Show the further pages of the main screen."""
    _show(ctx, number_or_0(arguments))


def _show(ctx: Context, page: int) -> None:
    if ctx.member is None:
        greet_stranger(ctx)
        return
    mine = offered(ctx)
    pages = _pages(_ways(ctx, mine))
    page = min(page, len(pages) - 1)
    buttons = [[button] for button in pages[page]]
    if page + 1 < len(pages):
        buttons.append([Button(phrases.MORE, f"menu:more:{page + 1}")])
    if page:
        buttons.append([Button(common.MENU, "nav:menu")])
    asleep = asleep_words(ctx.db, ctx.me, now=ctx.now)
    ctx.show(common.paragraph(phrases.main(name=ctx.me.full_name), *asleep), buttons)
    refresh_commands(ctx, mine)


def _ways(ctx: Context, mine: list[Command]) -> list[Button]:
    """A button for each thing this person may do now, what they do most often first."""
    me = ctx.me
    held = conversation_in(ctx.db, ctx.address, unasked.ROOM)
    ways = {"unasked": Button(unasked_words.SEE, "unasked:see")} if held and held.step == unasked.HELD else {}
    ways |= {
        one.name: Button(one.about, f"menu:go:{one.name}")
        for one in mine
        if one.audience is not CommandAudience.EVERYONE
    }
    if called := owed_by(ctx.db, me.id):
        ways["rollcall"] = Button(rollcall_words.ANSWER_IT, f"rollcall:mine:{called[0].id}")
    if me.cell_id is not None and me.place_code is not None:
        ways["pause"] = Button(pause_words.PAUSE, "pause:see")
    if me.cell_id is not None:
        ways["bearings"] = Button(bearings_words.SEE, "bearings:see")
    if probations_concerning(ctx.db, me.id):
        ways["probation"] = Button(probation_words.MINE, "probation:mine")
    if tasks := [task for task in tasks_of(ctx.db, me.id) if task.is_open]:
        ways["tasks"] = Button(task_words.mine_button(count=len(tasks)), "task:mine")
    if me.cell_id is None and requests_for(ctx.db, me.id, now=ctx.now):
        ways["requests"] = Button(request_words.FOR_ME, "request:forme")
    if ctx.lacks_proof:
        ways["proof"] = Button(page_words.PROVE, "browser:proof")
    ways["dulieu"] = Button(command_words.DATA, "menu:go:dulieu")
    ways["trogiup"] = Button(phrases.HELP_LANGUAGE, "menu:go:trogiup")
    order = (*_AT_HOME, *_FIRST) if "chibo" in ways and me.place_code is None else _FIRST
    known = dict.fromkeys(["rollcall", "unasked", *order, *ways])
    return [ways[name] for name in known if name in ways]


def _pages(ways: list[Button]) -> list[list[Button]]:
    """By as many as go with the ways on and back."""
    if len(ways) <= BUTTONS:
        return [ways]
    first, rest, size = ways[: BUTTONS - 1], ways[BUTTONS - 1 :], BUTTONS - 2
    if len(rest) < BUTTONS:
        return [first, rest]
    return [first, *(rest[at : at + size] for at in range(0, len(rest), size))]


def refresh_commands(ctx: Context, known: list[Command] | None = None) -> None:
    """Let Telegram show the commands that this person may use now, in their language; nothing when it does already.

    `known`: those, where they have just been asked for.
    """
    mine = offered(ctx) if known is None else known
    shown = f"{ctx.lang}:{'+'.join(command.name for command in mine)}"
    if ctx.account is not None and ctx.account.menu != shown:
        ctx.account.menu = shown
        ctx.set_commands([(command.name, command.about) for command in mine])


def go(ctx: Context, arguments: list[str]) -> None:
    """Run the command that a button of the main screen stands for."""
    command = next((command for command in ctx.commands if [command.name] == arguments[:1]), None)
    if command is None:
        show_menu(ctx)
        return
    ctx.guarded = is_protected(command.room)
    command.run(ctx)


def to_menu(ctx: Context, _arguments: list[str]) -> None:
    park_conversations(ctx.db, ctx.address)
    show_menu(ctx)


def show_help(ctx: Context) -> None:
    known = [(command.name, command.about) for command in offered(ctx)]
    language = [Button(phrases.LANGUAGE, "menu:go:ngonngu")]
    handbook = [Button(command_words.HANDBOOK, "menu:go:sotay")]
    ctx.show(phrases.help_(known), [handbook, language, [Button(common.MENU, "nav:menu")]])


def cancel(ctx: Context) -> None:
    stopped = conversation.cancel(ctx)
    words = common.nothing_to_cancel() if stopped is None else common.cancelled()
    ctx.show(common.stopped() if stopped in ctx.keeping else words, [[Button(common.MENU, "nav:menu")]])


def cancel_tapped(ctx: Context, _arguments: list[str]) -> None:
    """Stop the form to which the tapped question belongs, and no other that is under way by now."""
    if conversation.cancels(ctx):
        cancel(ctx)
    else:
        conversation.tell_over(ctx, conversation.room_of(ctx))


def ask_language(ctx: Context) -> None:
    buttons = [[Button(phrases.VIETNAMESE, "menu:lang:vi"), Button(phrases.ENGLISH, "menu:lang:en")]]
    ctx.show(phrases.which_language(), [*buttons, [Button(common.MENU, "nav:menu")]])


def set_language(ctx: Context, arguments: list[str]) -> None:
    ctx.me.lang = one_of(Lang, arguments)
    ctx.db.flush()
    waiting = latest_parked(ctx.db, ctx.address, since=ctx.now - _STILL_UNDER_WAY)
    if waiting is None or waiting.room == unasked.ROOM:  # that stands first on the main screen
        show_menu(ctx)
        return
    go_on = [Button(common.CONTINUE, f"nav:resume:{waiting.room}~{waiting.version}")]
    ctx.show(phrases.language_changed(), [go_on, [Button(common.MENU, "nav:menu")]])
    refresh_commands(ctx)


def greet_stranger(ctx: Context) -> None:
    """Give a stranger a neutral answer, a few times an hour, and then none. Only a code of theirs opens more.

    Who waits to be confirmed is told so whenever they write: their own registration has used up the few.
    """
    few = said_lately(ctx) <= ctx.policies.inbox.stranger_answers
    if (few and takes_code(ctx)) or shows_again(ctx):
        return
    if invite_of_waiting_chat(ctx.db, ctx.address):
        ctx.say(invite_words.closed(state=InviteState.WAITING))
    elif few:
        ctx.say(phrases.stranger())


def said_lately(ctx: Context) -> int:
    """Count what this chat wrote as a stranger within the hour. What it wrote as somebody's account does not count."""
    hour_ago = ctx.now - timedelta(hours=1)
    closed_at = closed_at_of_chat(ctx.db, ctx.address) or hour_ago
    return messages_since(ctx.db, ctx.address, since=max(hour_ago, closed_at))
