"""/kiemdiem for whoever writes: what is asked of them, and the way into it.

/kiemdiem ──> the one that is their turn, or the list ──> agree to its being kept ──> flow.py
                                        └─ handed in ──> looking.py, take it back
"""

from __future__ import annotations

from handlers.entry.waking import is_held_back, require_trust
from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Context
from handlers.ground.conversation import AnyFlow
from handlers.ground.paging import SCREEN, paged
from handlers.ground.routing import Tap
from handlers.year.review import looking, signing
from handlers.year.review.door import MENU, is_mine, is_writable, own_review, own_reviews, review_to_write
from handlers.year.review.flow import FLOW, begin_writing
from models.delivery.message import Button
from models.people.member import Purpose, agrees
from models.phrases.common import paragraph
from models.phrases.people.member import consent_text
from models.phrases.text import join
from models.phrases.year import review_writing as phrases
from models.phrases.year.review import title_of_year
from models.trust.consent import decide_consent, terms_of
from models.year.review import Campaign, Review
from models.year.review.acts import withdraw
from models.year.review.forms import form
from models.year.review.writing import take_over_edit


def start(ctx: Context) -> None:
    """Open the review whose turn it is where there is one only; else show all there is."""
    turn = [review for review, _ in own_reviews(ctx) if is_writable(review)]
    if len(turn) == 1:
        open_review(ctx, review_to_write(ctx, turn[0].id))
    else:
        see_list(ctx, [])


def see_list(ctx: Context, arguments: list[str]) -> None:
    """Show `<page>` of the reviews, the newest first."""
    found = own_reviews(ctx)
    here, turn = paged(found, number_or_0(arguments), SCREEN - len(MENU), "review:own:{}".format)
    lines = [phrases.one_of_mine(kind=one.kind, year=of.year, state=one.state) for one, of in here]
    words = paragraph(phrases.mine(count=len(found)), join(lines)) if found else phrases.nothing_open()
    ctx.show(words, [*([_button(one, campaign)] for one, campaign in here), *([turn] if turn else []), MENU])


def _button(review: Review, campaign: Campaign) -> Button:
    """Which it is; how it stands is told beside, in whole words."""
    return Button(title_of_year(kind=review.kind, year=campaign.year), f"review:mine:{review.id}")


def see_mine(ctx: Context, arguments: list[str]) -> None:
    """Open one's own review; or a member's, to type what came by post."""
    open_review(ctx, review_to_write(ctx, number(arguments)))


def see_whole(ctx: Context, arguments: list[str]) -> None:
    """Show its sections, also where comments wait."""
    open_review(ctx, review_to_write(ctx, number(arguments)), whole=True)


def agree(ctx: Context, arguments: list[str]) -> None:
    review = own_review(ctx, number(arguments))
    decide_consent(ctx.db, ctx.me, Purpose.REVIEW, given=True, policies=ctx.policies, now=ctx.now)
    open_review(ctx, review)


def open_review(ctx: Context, review: Review, *, whole: bool = False) -> None:
    """Open the review to be written while it can be, else to be looked at.

    One's own is never locked, whatever one agreed to.
    """
    if not is_writable(review):
        looking.show_standing(ctx, review)
    elif is_mine(ctx, review) and not agrees(ctx.db, ctx.me.id, Purpose.REVIEW):
        written = [looking.reading_buttons(review)] if review.begun_at else []
        words = paragraph(
            phrases.needs_consent(),
            consent_text(purpose=Purpose.REVIEW, office=False, terms=terms_of(ctx.policies)),
        )
        ctx.show(words, [[Button(phrases.AGREE, f"review:agree:{review.id}")], *written, MENU])
    else:
        begin_writing(ctx, review, whole=whole)


def take_back(ctx: Context, arguments: list[str]) -> None:
    review = own_review(ctx, number(arguments))
    require_trust(ctx)
    withdraw(ctx.db, review, by_id=ctx.me.id, now=ctx.now)
    ctx.say(phrases.taken_back())
    open_review(ctx, review)


def take_later_edit(ctx: Context) -> bool:
    """Take a changed message of some days ago: the section it went into follows."""
    turn = [review for review, _ in own_reviews(ctx) if is_writable(review) and not is_held_back(ctx)]
    return any(_takes_edit(ctx, review) for review in turn)


def _takes_edit(ctx: Context, review: Review) -> bool:
    heading = take_over_edit(
        ctx.db,
        review,
        message_id=ctx.incoming.message_id or 0,
        text=ctx.incoming.text,
        by_id=ctx.me.id,
        now=ctx.now,
        policy=ctx.policies.review,
    )
    used = form(review.form)
    found = used.heading(heading) if heading else None
    if found is not None:
        ctx.say(phrases.edit_taken(label=used.label(found)))
    return heading is not None


TAPS: list[Tap] = [
    Tap("review:own", see_list),
    Tap("review:mine", see_mine),
    Tap("review:whole", see_whole),
    Tap("review:agree", agree),
    Tap("review:withdraw", take_back),
    *looking.TAPS,
    *signing.TAPS,
]

FLOWS: list[AnyFlow] = [FLOW, signing.FLOW]
