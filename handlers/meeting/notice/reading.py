"""The receiver's side: Đã đọc, the answer to the question, the attachment. A second tap changes nothing."""

from __future__ import annotations

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.meeting.notice.door import MENU
from models.delivery.message import Attachment, Button, Method, Writer
from models.ground.errors import Refused
from models.meeting.notice import Notice, NoticeReceipt, choose_answer, letter_of, read_notice, receipt_of
from models.phrases import common
from models.phrases.common import paragraph
from models.phrases.meeting import notice as phrases
from models.phrases.text import Text


def read(ctx: Context, arguments: list[str]) -> None:
    notice = _notice(ctx, arguments)
    receipt = read_notice(ctx.db, notice, ctx.me.id, now=ctx.now)
    _acknowledge(ctx, notice, receipt, _thanks(ctx, receipt))


def read_from_reminder(ctx: Context, arguments: list[str]) -> None:
    notice = _notice(ctx, arguments)
    receipt = read_notice(ctx.db, notice, ctx.me.id, now=ctx.now)
    ctx.show(_thanks(ctx, receipt), [[Button(phrases.READ_AGAIN, f"notice:open:{notice.id}")], MENU])


def choose(ctx: Context, arguments: list[str]) -> None:
    notice, place = _notice(ctx, arguments), number_or_0(arguments, 1)
    receipt = choose_answer(ctx.db, notice, ctx.me.id, place, now=ctx.now)
    _acknowledge(ctx, notice, receipt, phrases.answered(choice=notice.choices[place]))


def open_again(ctx: Context, arguments: list[str]) -> None:
    """Show the whole of it once more, below."""
    notice = _notice(ctx, arguments)
    receipt = receipt_of(ctx.db, notice, ctx.me.id)
    letter = letter_of(ctx.db, notice)
    is_read = receipt is not None and receipt.read_version == notice.version
    buttons = letter.buttons(read=is_read, chosen=receipt.choice if receipt else None)
    ctx.say(letter.words, [*buttons, MENU])


def send_file(ctx: Context, arguments: list[str]) -> None:
    notice = _notice(ctx, arguments)
    if not notice.file_kind or not notice.file_id:
        raise Refused(phrases.file_gone())
    name = notice.file_name or "anh.jpg"
    method = Method.PHOTO if notice.file_kind == "photo" else Method.DOCUMENT
    writer = Writer(notice.by_id, f"notice:see:{notice.id}")
    ctx.send_file(Attachment(name, file_id=notice.file_id), common.EMPTY, method=method, writer=writer)


def _notice(ctx: Context, arguments: list[str]) -> Notice:
    """One that was sent to this person; of others they learn nothing."""
    notice = ctx.db.get(Notice, number_or_0(arguments))
    if notice is None or receipt_of(ctx.db, notice, ctx.me.id) is None:
        raise Refused(common.gone_button())
    return notice


def _thanks(ctx: Context, receipt: NoticeReceipt) -> Text:
    return phrases.thanks(at=receipt.read_at or ctx.now, zone=ctx.zone)


def _acknowledge(ctx: Context, notice: Notice, receipt: NoticeReceipt, words: Text) -> None:
    """In place, below the text; one that fills several messages is left alone, and thanked for below."""
    letter = letter_of(ctx.db, notice)
    buttons = letter.buttons(read=True, chosen=receipt.choice)
    whole = paragraph(letter.words, words)
    # an edit holds one message only: Telegram takes 4,096 characters
    if len(letter.pieces(ctx.lang)) == 1 and len(whole.to(ctx.lang)) < 3900:
        ctx.show(whole, [*buttons, MENU])
    else:
        ctx.say(words, [*buttons, MENU])
