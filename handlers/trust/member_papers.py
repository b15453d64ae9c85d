"""One person's papers as an archive: taken by themselves, or by the desk of their cell, after the PIN."""

from __future__ import annotations

from handlers.desk.desk.door import matter_of_member
from handlers.entry.waking import trusted
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.routing import Tap
from models.delivery.outbox import Attachment
from models.delivery.papers import TemplateBroken
from models.ground.errors import Refused
from models.ground.names import fold
from models.people.member import Member
from models.people.rights import Right, require
from models.people.trail import record_act
from models.phrases.desk.absence import template_broken
from models.phrases.trust import member_papers as phrases
from models.trust.member_papers import archive_of


def take_mine(ctx: Context, _arguments: list[str]) -> None:
    _send(ctx, ctx.me)


def take_of(ctx: Context, arguments: list[str]) -> None:
    """Send a member's papers to the desk: whoever may read their reviews and their absences."""
    member = matter_of_member(ctx, number_or_0(arguments), Right.SEE_DETAILS).member
    require(ctx.db, ctx.me.id, Right.KEEP_REVIEWS, member.cell_id, now=ctx.now)
    _send(ctx, member)


def _send(ctx: Context, member: Member) -> None:
    own = member.id == ctx.me.id
    try:
        volumes = archive_of(ctx.db, member, ctx.policies, reader_id=ctx.me.id, now=ctx.now)
    except TemplateBroken:
        raise Refused(template_broken()) from None
    if not volumes:
        raise Refused(phrases.nothing(own=own))
    record_act(ctx.db, "data.export", by_id=ctx.me.id, member_id=member.id, now=ctx.now)
    stem = "giay-to-" + "-".join(fold(member.own_name).split())
    for number, data in enumerate(volumes, start=1):
        name = f"{stem}-{number}.zip" if len(volumes) > 1 else f"{stem}.zip"
        words = phrases.sent(name=None if own else member.full_name, number=number, volumes=len(volumes))
        ctx.send_file(Attachment(name, data), words)


TAPS = [
    Tap("papers:mine", trusted(take_mine), proof=True),
    Tap("papers:of", take_of, proof=True),
]
