"""The application as a Word document, to be signed."""

from __future__ import annotations

from handlers.ground.context import Context
from models.away.away import Filing
from models.delivery.message import Attachment
from models.delivery.papers import TemplateBroken, paper_name, render_paper
from models.desk.absence import application_of
from models.phrases.away import away_member as phrases
from models.phrases.delivery import papers as paper_words


def send_paper(ctx: Context, filing: Filing) -> bool:
    """Send the paper.

    Return False where none is written; raise TemplateBroken when the operator's template cannot be used.
    """
    paper = application_of(ctx.db, filing, ctx.policies.away)
    if paper is None:
        return False
    words = phrases.your_paper(title=paper_words.TITLES[paper.kind])
    ctx.send_file(Attachment(paper_name(paper), render_paper(paper, ctx.policies.papers)), words)
    return True


def send_paper_if_possible(ctx: Context, filing: Filing) -> None:
    """Send the paper after filing. A broken template does not undo what was filed."""
    try:
        send_paper(ctx, filing)
    except TemplateBroken:
        ctx.say(phrases.paper_not_made())
