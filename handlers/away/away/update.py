"""A written update: asked for every few months where the cell wants one, or sent on one's own account.

text, photo or file ──> overview ──> sent, the cell is told
          ^                │
          └── again ───────┘
"""

from __future__ import annotations

from pydantic import BaseModel

from handlers.away.away.door import own_away
from handlers.away.away.screens import show_away
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context, Kind as Sort
from handlers.ground.form import At, Confirm, Field, FieldKind, Form, Offer
from handlers.ground.scans import scans, take_scan
from models.away.away import AWAY, Away, Scan, send_update
from models.delivery.conversation import conversation_in
from models.phrases import common
from models.phrases.away import away_member as phrases

LIMIT = 2_000  # characters


class Draft(BaseModel):
    away_id: int = 0
    text: str = ""
    scan: Scan | None = None


def write(ctx: Context, arguments: list[str]) -> None:
    away = own_away(ctx, number_or_0(arguments))
    if away.state not in AWAY:
        show_away(ctx, away)
        return
    row = conversation_in(ctx.db, ctx.address, UPDATE.room)
    begun = Draft.model_validate_json(row.draft) if row is not None and row.draft else None
    UPDATE.begin(ctx, Draft(away_id=away.id), resume=begun is not None and begun.away_id == away.id)


class WordsOrPaper(FieldKind[Draft, Away]):
    """A text, or a picture of one; a caption goes with its picture."""

    wants = staticmethod(scans)

    def sent(self, at: At[Draft, Away], answer: Answer) -> tuple[str, Scan | None]:
        if answer.incoming.kind is Sort.FILE:
            return answer.incoming.text.strip()[:LIMIT], take_scan(answer)
        return answer.words(limit=LIMIT), None

    def put(self, at: At[Draft, Away], name: str, value: tuple[str, Scan | None]) -> None:
        at.draft.text, at.draft.scan = value


def _send(at: At[Draft, Away]) -> None:
    ctx, draft = at.ctx, at.draft
    send_update(
        ctx.db,
        at.subject,
        text=draft.text,
        by_id=ctx.me.id,
        policies=ctx.policies,
        now=ctx.now,
        scan=draft.scan,
    )
    show_away(ctx, at.subject, phrases.update_sent())


_WRITE: Field[Draft, Away] = Field("write", lambda at: phrases.write_update(), WordsOrPaper())
UPDATE: Form[Draft, Away] = Form(
    "away_update",
    phrases.UPDATING,
    Draft,
    right=lambda ctx, draft: own_away(ctx, draft.away_id),
    fields=(
        _WRITE,
        Field(
            "overview",
            lambda at: phrases.look_over_update(text=at.draft.text, scan=at.draft.scan is not None),
            Confirm(
                common.SEND, "send", also=lambda at: [Offer(phrases.REWRITE, "again", "write")], typed=_WRITE
            ),
        ),
    ),
    save=_send,
    own_words=lambda ctx, draft: True,
)
