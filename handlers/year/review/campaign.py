"""The cell's campaigns, and one of them: how many stand where, and the ways on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, fitting, page_of, paged
from handlers.year.review.desk_door import (
    MENU,
    RUN,
    Row,
    campaign_for,
    cell_for,
    cells_kept,
    to_campaign,
    to_desk,
)
from models.delivery.message import Button
from models.ground.clock import local_date
from models.people.rights import Right, may
from models.people.unit import Unit
from models.phrases import common
from models.phrases.desk import roster_talk as roster_words, screening as screening_words
from models.phrases.text import Text, fitted, raw
from models.phrases.year import rating as rating_words, review_bundle as bundle_words, review_desk as phrases
from models.year.review import (
    OWING,
    Campaign,
    CampaignLine,
    CampaignState,
    ReviewState,
    campaigns_of,
    close_campaign,
    form,
    lines_of,
    refresh_campaign,
    reopen_campaign,
)
from models.year.review.rating import is_rated

S = ReviewState
LISTS: dict[str, tuple[ReviewState, ...]] = {
    "todo": (S.SUBMITTED,),
    "owing": (S.NOT_STARTED, S.DRAFTING, S.RETURNED, S.WITHDRAWN, S.UNFINISHED),
    "papers": (S.ACCEPTED, S.SIGNED),
    "done": (S.FILED,),
    "paper": (),  # not by state: see `in_list`
    "out": (S.OUT,),
    "all": (),
}


def start(ctx: Context) -> None:
    cells = cells_kept(ctx)
    if len(cells) == 1:
        show_cell(ctx, cells[0])
    else:
        see_cells(ctx, [])


def see_cells(ctx: Context, arguments: list[str]) -> None:
    """Show whoever holds an office in several cells which there are: `<page>`."""
    below = [*_mine(ctx), MENU]
    at = "campaign:cells:{}".format
    cells, turn = paged(cells_kept(ctx), number_or_0(arguments), SCREEN - len(below), at)
    rows = [[Button(fitted(raw(cell.name)), f"campaign:cell:{cell.id}")] for cell in cells]
    ctx.show(roster_words.which_cell(), [*rows, *([turn] if turn else []), below])


def see_cell(ctx: Context, arguments: list[str]) -> None:
    """Show the campaigns of `<cell>:<page>`."""
    show_cell(ctx, cell_for(ctx, number(arguments)), page=number_or_0(arguments, 1))


_FEW = 3  # beside what else there is on the screen


def show_cell(ctx: Context, cell: Unit, note: Text | None = None, page: int = 0) -> None:
    """Show the newest campaigns. The older ones are on the next pages."""
    found = campaigns_of(ctx.db, cell.id)
    size = _FEW if len(found) <= _FEW else _FEW - 1
    page, pages = page_of(page, len(found), size)
    rows = [[_button(one)] for one in found[page * size : (page + 1) * size]]
    if pages > 1:
        to = (page + 1) % pages
        rows.append([Button(phrases.other_campaigns(page=to, pages=pages), f"campaign:cell:{cell.id}:{to}")])
    if may(ctx.db, ctx.me.id, RUN, cell.id, now=ctx.now):
        rows.append([Button(phrases.OPEN_NEW, f"campaign:new:{cell.id}")])
    if may(ctx.db, ctx.me.id, Right.KEEP_ABSENCES, cell.id, now=ctx.now):
        rows.append([Button(screening_words.LIST, f"screening:see:{cell.id}:0")])
    words = phrases.home(cell=cell.name, count=len(found))
    ctx.show(common.paragraph(note, words) if note else words, [*rows, _mine(ctx), to_desk(cell.id)])


def _mine(ctx: Context) -> Row:
    return [Button(phrases.MINE, "review:own")] if ctx.me.cell_id is not None else []


def _button(campaign: Campaign) -> Button:
    closed = campaign.state == CampaignState.CLOSED
    label = phrases.campaign_button(kind=campaign.kind, year=campaign.year, closed=closed)
    return Button(label, f"campaign:see:{campaign.id}")


def see(ctx: Context, arguments: list[str]) -> None:
    show_campaign(ctx, campaign_for(ctx, number(arguments)))


def show_campaign(ctx: Context, campaign: Campaign, note: Text | None = None) -> None:
    """Show the campaign, judged anew each time: newcomers and absences decided meanwhile are in it."""
    refresh_campaign(ctx.db, campaign, policy=ctx.policies.review, now=ctx.now)
    lines = lines_of(ctx.db, campaign.id)
    counts = Counter(ReviewState(line.review.state) for line in lines if not _hands_in_paper(line))
    words = phrases.campaign(
        kind=campaign.kind,
        year=campaign.year,
        form=form(campaign.form).name,
        deadline=campaign.deadline,
        meeting_on=campaign.meeting_on,
        closed=campaign.state == CampaignState.CLOSED,
        counts=[(state, counts[state]) for state in ReviewState if state in counts],
        late=sum(line.is_late(local_date(ctx.now, line.member.zone)) for line in lines),
        on_paper=sum(map(_hands_in_paper, lines)),
    )
    rows, back = _ways_on(ctx, campaign, lines), to_desk(campaign.cell_id)
    kept = fitting([back], rows)
    more = [[Button(phrases.MORE, f"campaign:more:{campaign.id}:{kept}")]] if kept < len(rows) else []
    ctx.show(common.paragraph(note, words) if note else words, [*rows[:kept], *more, back])


def see_more(ctx: Context, arguments: list[str]) -> None:
    """Show what does not stand on the campaign's own screen: `<campaign>:<from>`."""
    campaign = campaign_for(ctx, number(arguments))
    rows = _ways_on(ctx, campaign, lines_of(ctx.db, campaign.id))[number_or_0(arguments, 1) :]
    ctx.show(phrases.more(kind=campaign.kind, year=campaign.year), [*rows, to_campaign(campaign.id)])


def _ways_on(ctx: Context, campaign: Campaign, lines: Sequence[CampaignLine]) -> list[Row]:
    """Return the rows of buttons, the most used first: the last may stand behind “more”."""
    near = [_list_button(campaign, which, lines) for which in _NEAR]
    rest = [_list_button(campaign, which, lines) for which in LISTS if which not in _NEAR]
    rows = [*near, *_papers(campaign), *rest, *_deeds(ctx, campaign)]
    return [row for row in rows if row]


_NEAR = ("todo", "owing", "papers", "all")


def in_list(which: str, line: CampaignLine) -> bool:
    """Return whether the line is in this list. Whoever hands in paper owes nothing here, and has a list of their own."""
    if which == "all":
        return True
    if which == "paper":
        return _hands_in_paper(line)
    return line.review.state in LISTS[which] and not _hands_in_paper(line)


def _hands_in_paper(line: CampaignLine) -> bool:
    return line.on_paper and line.review.state != S.OUT


def _list_button(campaign: Campaign, which: str, lines: Sequence[CampaignLine]) -> Row:
    count = sum(in_list(which, line) for line in lines)
    if not count:
        return []
    return [Button(phrases.list_button(which=which, count=count), f"campaign:list:{campaign.id}:{which}:0")]


def _papers(campaign: Campaign) -> list[Row]:
    rating = [Button(rating_words.RATING, f"rating:see:{campaign.id}")] if is_rated(campaign) else []
    return [rating, [Button(bundle_words.BUNDLE, f"bundle:make:{campaign.id}")]]


def _deeds(ctx: Context, campaign: Campaign) -> list[Row]:
    if not may(ctx.db, ctx.me.id, RUN, campaign.cell_id, now=ctx.now):
        return []
    if campaign.state == CampaignState.CLOSED:
        return [[Button(phrases.REOPEN, f"campaign:reopen:{campaign.id}")]]
    return [
        [
            Button(phrases.CHANGE_DATES, f"campaign:dates:{campaign.id}"),
            Button(phrases.CLOSE, f"campaign:close:{campaign.id}"),
        ]
    ]


def close(ctx: Context, arguments: list[str]) -> None:
    """Close the campaign, after asking once more, with what would be left unfinished."""
    campaign = campaign_for(ctx, number(arguments), RUN)
    if arguments[1:2] == ["yes"]:
        close_campaign(ctx.db, campaign, by_id=ctx.me.id, now=ctx.now)
        show_campaign(ctx, campaign, phrases.campaign_closed())
        return
    left = [line for line in lines_of(ctx.db, campaign.id, *OWING) if not line.on_paper]
    rows = [[Button(phrases.CLOSE_YES, f"campaign:close:{campaign.id}:yes")], to_campaign(campaign.id)]
    ctx.show(phrases.sure_to_close(unfinished=len(left)), rows)


def reopen(ctx: Context, arguments: list[str]) -> None:
    campaign = campaign_for(ctx, number(arguments), RUN)
    reopen_campaign(ctx.db, campaign, by_id=ctx.me.id, now=ctx.now)
    show_campaign(ctx, campaign, phrases.campaign_reopened())
