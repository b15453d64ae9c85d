"""A campaign's ratings: counts with their base and the cap, member by member, and what is recorded of one.

rating:see ──┬─ RECORD (rating_form.py): the cell's proposal, the committee's decision; nobody is told
             ├─ TELL: what is decided, looked over once more, goes to whom it is about
             ├─ member by member ──> one member: every paper, oldest first
             └─ the summary as .xlsx, all documents as .zip (bundle.py)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import page_of, turning
from handlers.year.review.desk_door import MENU, Row, name_of, to_campaign, words_of_reach
from models.delivery.message import Attachment, Button
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.rules import source_of
from models.people.member import record_look
from models.people.rights import NotEntitled, Right, may
from models.people.trail import record_act
from models.people.unit import Unit
from models.phrases import common
from models.phrases.text import LABEL, Text, fitting, raw
from models.phrases.year import rating as phrases
from models.year.review.paper import summary_workbook
from models.year.review.rating import (
    Rated,
    check_may_record,
    decides_here,
    history_of,
    is_rated,
    rated_of,
    tally_of,
    tell_ratings,
    untold,
    untold_mark,
)
from models.year.review.rating_rows import Rating, Stage
from models.year.review.rows import Campaign
from models.year.review.states import Level
from models.year.review.statistics import LevelTally
from models.year.review.telling import reached

PAGE = 4  # names, with both ways to turn and both ways back


def campaign_for(ctx: Context, campaign_id: int) -> Campaign:
    """Return the campaign, for secretary and deputy of its cell, and for the committee that decides."""
    campaign = ctx.db.get(Campaign, campaign_id)
    if campaign is None or not (keeps(ctx, campaign) or decides(ctx, campaign)):
        raise NotEntitled
    if not is_rated(campaign):
        raise Refused(phrases.not_rated())
    return campaign


def keeps(ctx: Context, campaign: Campaign) -> bool:
    return may(ctx.db, ctx.me.id, Right.RECORD_RATING, campaign.cell_id, now=ctx.now)


def decides(ctx: Context, campaign: Campaign) -> bool:
    return decides_here(ctx.db, campaign.cell_id, ctx.me.id, now=ctx.now)


def people_of(ctx: Context, campaign: Campaign) -> list[Rated]:
    """Return whom this reader may see by name: the cell, all that is done here; the committee, who agreed to that."""
    return rated_of(ctx.db, campaign, above=not keeps(ctx, campaign))


def see(ctx: Context, arguments: list[str]) -> None:
    show(ctx, campaign_for(ctx, number(arguments)))


def show(ctx: Context, campaign: Campaign, note: Text | None = None) -> None:
    people = people_of(ctx, campaign)
    proposed, decided = tally_of(people, Stage.PROPOSED), tally_of(people)
    words = phrases.overview(
        cell=ctx.db.get_one(Unit, campaign.cell_id).name,
        year=campaign.year,
        proposed=[
            phrases.proposed_line(level=level, count_of=proposed.counts.get(level, 0)) for level in Level
        ],
        decided=shares(decided),
        base_of=phrases.base(rated=decided.rated, members=decided.members),
        cap_of=cap_in_words(ctx, decided if decided.rated else proposed, campaign.year),
        waiting=len(untold(people)),
    )
    ctx.show(common.paragraph(note, words) if note else words, _ways_on(ctx, campaign, people))


def shares(decided: LevelTally) -> list[Text]:
    return [
        phrases.share(level=level, count_of=decided.counts.get(level, 0), value=decided.percent(level))
        for level in Level
    ]


def cap_in_words(ctx: Context, counted: LevelTally, year: int) -> Text:
    """Say how the cap of that year was kept. A year before the rule is not measured by it."""
    policy = ctx.policies.on(min(local_date(ctx.now, HOME_ZONE), date(year, 12, 31))).rating
    source = source_of(policy, "cap_percent")
    if source.effective is not None and year < source.effective.year:
        return phrases.cap_is_later(document=source.document, year=year)
    cap = counted.cap(policy)
    return phrases.cap(
        excellent=cap.excellent,
        good=cap.good,
        allowed=cap.allowed,
        most=cap.allowed_by_exception,
        usual=policy.cap_percent,
        exception=policy.exception_percent,
        document=source.document,
    )


def _ways_on(ctx: Context, campaign: Campaign, people: Sequence[Rated]) -> list[Row]:
    rows: list[Row] = []
    if waiting := untold(people):
        rows.append([Button(phrases.tell(count_of=len(waiting)), f"rating:tell:{campaign.id}")])
    rows += [
        [Button(phrases.RECORDS[stage], f"rating:record:{campaign.id}:{stage}")]
        for stage in _stages(ctx, campaign)
    ]
    rows.append([Button(phrases.PEOPLE, f"rating:people:{campaign.id}:0")])
    rows.append([Button(phrases.SUMMARY, f"rating:summary:{campaign.id}")])
    return [*rows, to_campaign(campaign.id) if keeps(ctx, campaign) else _to_unit(ctx, campaign)]


def _stages(ctx: Context, campaign: Campaign) -> list[Stage]:
    return list(Stage) if keeps(ctx, campaign) else [Stage.DECIDED]


def _to_unit(ctx: Context, campaign: Campaign) -> Row:
    above = ctx.db.get_one(Unit, campaign.cell_id).parent_id or campaign.cell_id
    return [Button(phrases.RATING, f"rating:unit:{above}:{campaign.year}"), MENU]


# --- telling ---------------------------------------------------------------------------------------------------------


def tell(ctx: Context, arguments: list[str]) -> None:
    """Show who will be told what (`<campaign>`), or tell it as it was looked over (`<campaign>:<mark>`)."""
    campaign = campaign_for(ctx, number(arguments))
    check_may_record(ctx.db, campaign, Stage.DECIDED, by_id=ctx.me.id, now=ctx.now)
    if arguments[1:]:
        seen, above = number(arguments, 1), not keeps(ctx, campaign)
        told = tell_ratings(ctx.db, campaign, seen, above=above, by_id=ctx.me.id, now=ctx.now)
        if told is not None:
            how = reached(ctx.db, [one.review for one in told], by_id=ctx.me.id, now=ctx.now)
            note = words_of_reach(how) if told else None
            show(ctx, campaign, note)
            return
    waiting = untold(people_of(ctx, campaign))
    if not waiting:
        show(ctx, campaign, phrases.nothing_to_tell())
        return
    _look(ctx, campaign, waiting)
    rows = [(level, [one for one in waiting if one.level is level]) for level in Level]
    words = phrases.sure_to_tell(
        year=campaign.year,
        rows=[(level, [_to_tell(one) for one in people]) for level, people in rows if people],
        count_of=len(waiting),
        changed=bool(arguments[1:]),
    )
    yes = Button(phrases.tell_yes(count_of=len(waiting)), f"rating:tell:{campaign.id}:{untold_mark(waiting)}")
    people = Button(phrases.PUT_RIGHT, f"rating:people:{campaign.id}:0")
    ctx.show(words, [[yes], [people], _back(campaign)])


def _to_tell(one: Rated) -> Text:
    proposed = one.proposed.level if one.proposed else None
    return phrases.checked(
        name=one.member.full_name,
        before=one.told.level if one.told and one.told.level != one.level else None,
        proposed=proposed if proposed != one.level else None,
    )


# --- member by member -----------------------------------------------------------------------------------------------


def see_people(ctx: Context, arguments: list[str]) -> None:
    """Show the people of `<campaign>:<page>`."""
    campaign = campaign_for(ctx, number(arguments))
    everybody = people_of(ctx, campaign)
    wanted = number_or_0(arguments, 1)
    page, pages = page_of(wanted, len(everybody), PAGE)
    here = everybody[page * PAGE : (page + 1) * PAGE]
    _look(ctx, campaign, here)
    words = phrases.people(
        year=campaign.year,
        rows=[_line(one, own=keeps(ctx, campaign)) for one in here],
        page=page,
        pages=pages,
    )
    names = [
        [Button(raw(fitting(one.member.full_name, LABEL)), f"rating:who:{campaign.id}:{one.member.id}")]
        for one in here
    ]
    turn = turning(page, pages, lambda to: f"rating:people:{campaign.id}:{to}")
    ctx.show(words, [*names, turn, _back(campaign)])


def _line(one: Rated, *, own: bool) -> Text:
    """`own`: with the level that the author proposed; that is for the author and the cell."""
    return phrases.person_line(
        name=one.member.full_name,
        own=one.own.proposed_level if own else None,
        shows_own=own,
        proposed=one.proposed.level if one.proposed else None,
        decided=one.decided.level if one.decided else None,
    )


def _look(ctx: Context, campaign: Campaign, shown: Sequence[Rated]) -> None:
    """Whoever is not of the cell leaves a row with each member whose rating was on the screen."""
    if not keeps(ctx, campaign):
        for one in shown:
            record_look(
                ctx.db, reader_id=ctx.me.id, member_id=one.member.id, what="review.rating", now=ctx.now
            )


def see_person(ctx: Context, arguments: list[str]) -> None:
    """Show every paper of `<campaign>:<member>`, oldest first."""
    campaign, member_id = campaign_for(ctx, number(arguments)), number(arguments[1:])
    one = next((one for one in people_of(ctx, campaign) if one.member.id == member_id), None)
    if one is None:
        raise NotEntitled
    record_look(ctx.db, reader_id=ctx.me.id, member_id=member_id, what="review.rating", now=ctx.now)
    rows = [_recorded(ctx, row) for row in history_of(ctx.db, campaign.id, member_id)]
    words = phrases.person(name=one.member.full_name, year=campaign.year, rows=rows)
    right = [
        [Button(phrases.RIGHTS[stage], f"rating:record:{campaign.id}:{stage}:{member_id}")]
        for stage in _stages(ctx, campaign)
        if (one.proposed if stage is Stage.PROPOSED else one.decided) is not None
    ]
    people = [Button(phrases.PEOPLE, f"rating:people:{campaign.id}:0")]
    ctx.show(words, [*right, people, _back(campaign)])


def _recorded(ctx: Context, row: Rating) -> Text:
    return phrases.recorded(
        stage=row.stage,
        level=row.level,
        number=row.number,
        on=row.paper_on,
        by=row.decided_by,
        typed_by=name_of(ctx, row.by_id),
        typed_on=local_date(row.at, HOME_ZONE),
        reason=row.reason,
    )


def _back(campaign: Campaign) -> Row:
    return [Button(phrases.RATING, f"rating:see:{campaign.id}"), MENU]


def send_summary(ctx: Context, arguments: list[str]) -> None:
    """Send the summary. Names and levels leave the program with it, so each member in it sees who took it."""
    campaign = campaign_for(ctx, number(arguments))
    everybody = people_of(ctx, campaign)
    for one in everybody:
        record_look(ctx.db, reader_id=ctx.me.id, member_id=one.member.id, what="review.summary", now=ctx.now)
    record_act(ctx.db, "rating.export", by_id=ctx.me.id, now=ctx.now, unit_id=campaign.cell_id)
    data = summary_workbook(ctx.db, campaign, everybody, now=ctx.now, lang=ctx.lang, own=keeps(ctx, campaign))
    about = phrases.of_year(year=campaign.year, people_count=len(everybody))
    ctx.send_protected(Attachment(f"tong-hop-xep-loai-{campaign.year}.xlsx", data), about)
