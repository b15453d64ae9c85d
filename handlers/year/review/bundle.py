"""All documents of a campaign as one file: asked for here, made in the background (jobs/year/review.py)."""

from __future__ import annotations

from handlers.ground.arguments import number
from handlers.ground.context import Context
from handlers.year.review.desk_door import MENU, campaign_for, cell_for, to_campaign
from models.delivery.message import Button
from models.people.rights import NotEntitled
from models.people.unit import Unit
from models.phrases.year import review_bundle as phrases
from models.year.review.bundle import ask_for_bundle
from models.year.review.bundle_rows import Deletion
from models.year.review.keeping import names_in


def make(ctx: Context, arguments: list[str]) -> None:
    """Make the bundle. The message with the button becomes the one that shows how far it is."""
    campaign = campaign_for(ctx, number(arguments))
    bundle = ask_for_bundle(
        ctx.db,
        campaign,
        by_id=ctx.me.id,
        address=ctx.address,
        message_id=ctx.incoming.message_id,
        now=ctx.now,
    )
    ctx.show(phrases.making(done=bundle.done, total=bundle.total), [to_campaign(campaign.id)])


def see_deletion(ctx: Context, arguments: list[str]) -> None:
    """Show whose reviews are going to be deleted, before they are."""
    deletion = ctx.db.get(Deletion, number(arguments))
    if deletion is None:
        raise NotEntitled
    cell: Unit = cell_for(ctx, deletion.cell_id)
    gone = deletion.deleted_at is not None
    words = phrases.deletion(
        cell=cell.name,
        kind=deletion.kind,
        year=deletion.year,
        on=deletion.deletes_on,
        names=[] if gone else names_in(ctx.db, deletion),
        gone=gone,
    )
    ways = [] if gone else [[Button(phrases.BUNDLE, f"bundle:make:{deletion.campaign_id}")]]
    ctx.show(words, [*ways, [MENU]])
