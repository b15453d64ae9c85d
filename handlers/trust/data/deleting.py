"""Delete everything: explained, then asked once more. The buttons are of this moment only: an old one deletes nothing.

EXPLAIN ──I want to delete──> SURE ──delete for good──> farewell; the chat is a stranger's
"""

from __future__ import annotations

from pydantic import BaseModel

from handlers.ground.context import Context
from handlers.ground.conversation import own
from handlers.ground.form import At, Confirm, Field, Form, OneOf
from handlers.trust.data.words import Held
from models.delivery.message import Attachment
from models.ground.field_table import field_table
from models.ground.fields import Fate
from models.people.held import tables_about_a_member
from models.people.rights import offices_in_words
from models.phrases.ground import commands
from models.phrases.text import Text, named
from models.phrases.trust import data as phrases
from models.trust.erasure import Erasure, erase_member


class Draft(BaseModel):
    pass


def tapped(ctx: Context, _arguments: list[str]) -> None:
    FLOW.begin(ctx, Draft())


def _explain(at: At[Draft, None]) -> Text:
    ctx = at.ctx
    rows = Held(ctx, ctx.me).rows
    return phrases.what_is_deleted(
        offices=offices_in_words(ctx.db, ctx.me.id, now=ctx.now),
        reviews=len(rows.get("review", [])) + len(rows.get("review_rating", [])),
        tasks=len(rows.get("task", [])),
        requests=len(rows.get("request", [])),
        absences=len(rows.get("away", [])),
    )


def _delete(at: At[Draft, None]) -> None:
    ctx = at.ctx
    ctx.speaks = ctx.lang  # the chat is nobody's after this line, and keeps its language for the farewell
    # the receipt needs both, and the next line erases them
    name, zone = ctx.me.own_name, ctx.me.zone
    done = erase_member(ctx.db, ctx.me, policy=ctx.policies.checkin, now=ctx.now)
    ctx.refresh()
    ctx.show(phrases.farewell(number=done.number, at=ctx.now, zone=zone))
    receipt = receipt_of(done, name=name, zone=zone).to_plain(ctx.lang)
    ctx.send_file(Attachment(f"bien-nhan-{done.number}.txt", receipt.encode()), phrases.RECEIPT)
    # the chat would keep a member's menu of commands
    ctx.set_commands([("start", commands.START)])


def receipt_of(erasure: Erasure, *, name: str, zone: str) -> Text:
    """Return what was erased, in counts by kind, and what stays on which ground."""
    tables, done = field_table(), erasure.done
    rows = [phrases.receipt_row(what=named(*tables[kind].purpose), n=n) for kind, n in done.rows.items()]
    stays = [tables["member"], *(tables[table.name] for table in tables_about_a_member())]
    return phrases.receipt(
        number=erasure.number,
        name=name,
        at=erasure.at,
        zone=zone,
        rows=rows,
        counts=phrases.receipt_counts(**done.model_dump(include={"said", "drafts", "forgotten", "recalled"})),
        stays=[
            *(
                phrases.receipt_stays(what=named(*about.purpose), why=named(*about.ground))
                for about in stays
                if about.fate in (Fate.STAYS, Fate.EMPTIED)
            ),
            phrases.receipt_acts(n=done.acts),
        ],
    )


FLOW: Form[Draft, None] = Form(
    "data_delete",
    phrases.DELETE,
    Draft,
    right=own,
    fields=(
        Field(
            "explain", _explain, OneOf(lambda at: [(phrases.DELETE_GO_ON, "yes")]), put=lambda at, yes: None
        ),
        Field("sure", lambda at: phrases.really_delete(), Confirm(phrases.DELETE_FOR_GOOD), proof=True),
    ),
    save=_delete,
)
