"""The year-end self-criticism and the yearly commitment, from both sides of the desk.

    /kiemdiem ──┬─ the member's own (review:…): writing.py
                │     type what came by post: the same, for a member
                └─ secretary, deputy (campaign:…): campaign.py ── announcing.py (open it)      lists.py (who, and why)
                                          └─ one review: reading.py ── desk_form.py (comment, return, decide, papers)
    ratings (rating:…): rating.py ── rating_form.py (record), rating_unit.py (the committee)     bundle:… all documents

Ids in buttons may be old or forged: door.py and desk_door.py load the row and ask for the right at the moment of use.
"""

from handlers.ground.context import Context
from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap
from handlers.year.review import (
    announcing,
    bundle,
    campaign,
    desk_form,
    lists,
    rating,
    rating_form,
    rating_unit,
    reading,
    writing,
)
from handlers.year.review.desk_door import cells_kept

TAPS: list[Tap] = [
    *writing.TAPS,
    Tap("campaign:cells", campaign.see_cells),
    Tap("campaign:cell", campaign.see_cell),
    Tap("campaign:new", announcing.start),
    Tap("campaign:see", campaign.see),
    Tap("campaign:more", campaign.see_more),
    Tap("campaign:dates", announcing.change_dates),
    Tap("campaign:close", campaign.close),
    Tap("campaign:reopen", campaign.reopen),
    Tap("campaign:list", lists.see),
    Tap("campaign:read", reading.see),
    Tap("campaign:also", reading.see_more),
    Tap("campaign:part", reading.see_part),
    Tap("campaign:whole", reading.see_whole),
    Tap("campaign:diff", reading.see_differences),
    Tap("campaign:history", reading.see_history),
    Tap("campaign:files", reading.send_files),
    Tap("campaign:accept", reading.accept_it),
    Tap("campaign:file", reading.file_it),
    Tap("campaign:form", reading.change_form),
    Tap("campaign:uncomment", reading.drop_last_comment),
    Tap("campaign:do", desk_form.start),
    Tap("bundle:make", bundle.make, proof=True),
    Tap("bundle:deletion", bundle.see_deletion),
    Tap("rating:see", rating.see),
    Tap("rating:people", rating.see_people),
    Tap("rating:who", rating.see_person),
    Tap("rating:summary", rating.send_summary, proof=True),
    Tap("rating:tell", rating.tell),
    Tap("rating:record", rating_form.start),
    Tap("rating:unit", rating_unit.see),
    Tap("rating:below", rating_unit.see_below),
    Tap("rating:years", rating_unit.see_years),
    Tap("rating:counts", rating_unit.send_counts),
    Tap("rating:figures", rating_unit.start),
]

FLOWS: list[AnyFlow] = [
    *writing.FLOWS,
    announcing.FLOW,
    desk_form.FLOW,
    rating_form.FLOW,
    rating_unit.FLOW,
]


def start(ctx: Context) -> None:
    """Show one's own reviews. Those who keep the reviews of a cell see these, with the way to their own."""
    if cells_kept(ctx):
        campaign.start(ctx)
    else:
        writing.start(ctx)
