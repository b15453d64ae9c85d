"""Who stands where, and why in or out."""

from __future__ import annotations

from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import page_of, turning
from handlers.year.review.campaign import LISTS, in_list
from handlers.year.review.desk_door import campaign_for, to_campaign
from models.delivery.message import Button
from models.ground.clock import local_date
from models.phrases.text import LABEL, Text, fitting, raw
from models.phrases.year import review_desk as phrases
from models.year.policy import Stand
from models.year.review import CampaignLine, lines_of, refresh_campaign

PAGE, ALL = 4, 6  # names with both ways to turn and both ways back; a few more stand on one screen


def see(ctx: Context, arguments: list[str]) -> None:
    campaign = campaign_for(ctx, number(arguments))
    which = arguments[1] if arguments[1:] and arguments[1] in LISTS else "all"
    refresh_campaign(ctx.db, campaign, policy=ctx.policies.review, now=ctx.now)
    found = [line for line in lines_of(ctx.db, campaign.id) if in_list(which, line)]
    lines = sorted(found, key=_voluntary_last)
    size = ALL if len(lines) <= ALL else PAGE
    page, pages = page_of(number_or_0(arguments, 2), len(lines), size)
    shown = lines[page * size : (page + 1) * size]
    words = phrases.people(
        which=which,
        kind=campaign.kind,
        year=campaign.year,
        lines=[_line(ctx, line) for line in shown],
        page=page,
        pages=pages,
    )
    turn = turning(page, pages, lambda to: f"campaign:list:{campaign.id}:{which}:{to}")
    ctx.show(words, [*([_button(line, which)] for line in shown), turn, to_campaign(campaign.id)])


def _voluntary_last(line: CampaignLine) -> bool:
    return line.review.stand == Stand.VOLUNTARY


def _line(ctx: Context, line: CampaignLine) -> Text:
    review = line.review
    return phrases.person(
        name=line.member.full_name,
        state=review.state,
        stand=review.stand,
        ground=review.ground,
        reason=review.reason,
        late=line.is_late(local_date(ctx.now, line.member.zone)),
        on_paper=line.on_paper,
    )


def _button(line: CampaignLine, which: str) -> Button:
    """A name; how it stands is told beside, in whole words."""
    label, review = raw(fitting(line.member.full_name, LABEL)), line.review
    if which == "todo":  # straight to the text
        return Button(label, f"campaign:whole:{review.id}:{review.version}")
    return Button(label, f"campaign:read:{review.id}")
