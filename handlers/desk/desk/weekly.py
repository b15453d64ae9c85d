"""The weekly digest's morning, and the cell's last twelve months in a picture."""

from __future__ import annotations

from handlers.desk.desk.door import cell_of, ways_back
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import Row
from models.contact.chart import ChartWords, draw_months
from models.contact.months import Became, months_of
from models.delivery.message import Attachment, Button, Method
from models.desk.digest import NEVER, choose_digest_day, digest_day, office_at
from models.people.rights import NotEntitled
from models.people.unit import Unit
from models.phrases import common
from models.phrases.contact import chart as chart_words
from models.phrases.desk import digest as phrases
from models.phrases.text import Text


def see_digest(ctx: Context, arguments: list[str]) -> None:
    _show(ctx, cell_of(ctx, number_or_0(arguments)))


def send_chart(ctx: Context, arguments: list[str]) -> None:
    """Send a chart of what holds now: counts of the cell, and nobody's name."""
    cell = cell_of(ctx, number_or_0(arguments))

    def plain(text: Text) -> str:
        return text.to_plain(ctx.lang)

    words = ChartWords(
        title=plain(chart_words.TITLE),
        about=plain(chart_words.about(cell=cell.name)),
        month=plain(chart_words.MONTH),
        empty=plain(chart_words.EMPTY),
        parts={became: plain(chart_words.PARTS[became]) for became in Became},
    )
    picture = draw_months(months_of(ctx.db, cell.id, now=ctx.now), words)
    name = f"{cell.name} {ctx.now:%Y-%m}.png"
    ctx.send_file(Attachment(name, picture), chart_words.caption(cell=cell.name), method=Method.PHOTO)


def choose_day(ctx: Context, arguments: list[str]) -> None:
    """Choose the day with one tap. A second tap on the same day changes nothing."""
    cell, day = cell_of(ctx, number_or_0(arguments)), number_or_0(arguments, 1)
    held = office_at(ctx.db, ctx.me.id, cell.id, now=ctx.now)
    if held is None or day > NEVER:
        raise NotEntitled
    policy = ctx.policies.digest
    choose_digest_day(held, day, policy, now=ctx.now)
    _show(ctx, cell, phrases.chosen(day=digest_day(held, policy), at=held.next_digest_at))


def _show(ctx: Context, cell: Unit, note: Text | None = None) -> None:
    held = office_at(ctx.db, ctx.me.id, cell.id, now=ctx.now)
    if held is None:
        raise NotEntitled
    policy = ctx.policies.digest
    words = phrases.choose(cell=cell.name, day=digest_day(held, policy), hour=policy.hour)
    chosen = digest_day(held, policy)
    offers = {**phrases.DAYS, NEVER: phrases.NEVER}
    offers.pop(NEVER if chosen is None else chosen)  # what holds now needs no button
    days = [Button(label, f"desk:digestday:{cell.id}:{day}") for day, label in offers.items()]
    rows: list[Row] = [days[at : at + 2] for at in range(0, len(days), 2)]
    ctx.show(common.paragraph(note, words) if note else words, [*rows, ways_back(cell)])
