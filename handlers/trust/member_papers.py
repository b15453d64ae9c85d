"""One person's papers as an archive: taken by themselves, or by the desk of their cell, after the PIN.

Where there is a page they leave by a link, once, and nothing of them lies in a chat; where there is none, as a file.
"""

from __future__ import annotations

from handlers.desk.desk.door import matter_of_member
from handlers.entry.waking import trusted
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.routing import Tap
from models.delivery.message import Attachment, Button
from models.delivery.papers import TemplateBroken
from models.ground.errors import Refused
from models.people.member import Member
from models.people.rights import NotEntitled, Right
from models.phrases import common
from models.phrases.desk.absence import template_broken
from models.phrases.trust import member_papers as phrases
from models.trust.member_papers import archive_of, note_taken
from models.trust.papers_link import make_papers_links, papers_name, require_papers


def take_mine(ctx: Context, _arguments: list[str]) -> None:
    _send(ctx, ctx.me)


def take_of(ctx: Context, arguments: list[str]) -> None:
    """Send a member's papers to the desk: whoever may read their reviews and their absences."""
    member = matter_of_member(ctx, number_or_0(arguments), Right.SEE_DETAILS).member
    require_papers(ctx.db, ctx.me.id, member, now=ctx.now)
    _send(ctx, member)


def _send(ctx: Context, member: Member) -> None:
    own = member.id == ctx.me.id
    try:
        volumes = archive_of(ctx.db, member, ctx.policies, reader_id=ctx.me.id, now=ctx.now)
    except TemplateBroken:
        raise Refused(template_broken()) from None
    if not volumes:
        raise Refused(phrases.nothing(own=own))
    if ctx.policies.attendance.door:
        _give_links(ctx, member, len(volumes))
        return
    note_taken(ctx.db, member, reader_id=ctx.me.id, now=ctx.now)
    for number, data in enumerate(volumes):
        name = papers_name(member, number, len(volumes))
        words = phrases.sent(name=None if own else member.full_name, number=number + 1, volumes=len(volumes))
        ctx.send_file(Attachment(name, data), words)


def _give_links(ctx: Context, member: Member, volumes: int) -> None:
    account = ctx.account
    if account is None:
        raise NotEntitled
    tokens = make_papers_links(ctx.db, account, member, volumes, ctx.policies, now=ctx.now)
    door = ctx.policies.attendance.door
    buttons = [
        [Button(phrases.fetch(number=number, volumes=volumes), f"{door}/p/{token}", personal=True)]
        for number, token in enumerate(tokens, start=1)
    ]
    words = phrases.by_link(
        name=None if member.id == ctx.me.id else member.full_name, lasts=ctx.policies.page.papers_link_lasts
    )
    ctx.say(words, [*buttons, [Button(common.MENU, "nav:menu")]])


TAPS = [
    Tap("papers:mine", trusted(take_mine), proof=True),
    Tap("papers:of", take_of, proof=True),
]
