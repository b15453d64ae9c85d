"""A message as one channel takes it: bounded texts, a file or what is said instead of it, buttons or the lines that stand for them.

Everything that depends on what a channel can do is decided here, by its `Limits`; what is stored is a `WireBody`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pydantic import BaseModel, Field

from models.delivery.choices import lines_length
from models.delivery.message import LOGIN, Attachment, Button, Message, Method
from models.ground.channel import Limits
from models.ground.markup import split_html, visible_length
from models.phrases import common
from models.phrases.text import Lang


class WireBody(BaseModel):
    """What goes over the wire, without the bytes of a file."""

    text: str = ""
    buttons: list[list[tuple[str, str]]] = Field(
        default_factory=list
    )  # a default list would be copied deeply
    table: list[list[str]] = Field(default_factory=list)  # the headings; then rows: what is tapped, the cells
    beside: str = ""
    share: str = ""
    ask_contact: str = ""
    drop_keyboard: bool = False
    protected: bool = False
    silent: bool = False
    message_id: int | None = None
    file_name: str = ""
    file_id: str = ""
    password: str = ""  # of the file, which lies beside it in plain
    instead: str = ""  # what is said where the file does not come through
    no_voice: str = ""  # the same where it is the person's own setting that lets no voice message through
    elsewhere: str = ""  # it is guarded: what is said on a channel that may not show it
    to_page: str = ""  # the words over a link to the reader's page, which the channel of words puts below
    writer: tuple[int, str] | None = None
    owed: bool = False


_TO_THE_MENU = [[Button(common.MENU, "nav:menu")]]
_PAGE_LINK = 200  # units for a link to the page and the words over it


class Circular:
    """One message for thousands: what goes over the wire is made once for each language, channel and kind of reader."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self._made: dict[tuple[Lang, Limits, bool], list[WirePart]] = {}

    def parts(self, lang: Lang, limits: Limits, *, hidden: bool) -> list[WirePart]:
        made = self._made.get((lang, limits, hidden))
        if made is None:
            made = self._made[lang, limits, hidden] = _parts(self.message, lang, limits, hidden=hidden)
        return made


@dataclass(frozen=True)
class WirePart:
    method: Method
    body: WireBody
    data: bytes = b""
    lasts: int | None = None

    @cached_property
    def in_json(self) -> bytes:
        """The body as it is stored: asked for when nothing of it changes any more."""
        return self.body.model_dump_json(exclude_defaults=True).encode()


def _parts(message: Message, lang: Lang, limits: Limits, *, hidden: bool) -> list[WirePart]:
    """The message as its channel takes it: texts of bounded length, then the file; buttons under the last."""
    if message.guarded and not limits.guards:
        message = _only_elsewhere(message)
    words = message.text.to(lang)
    if message.method is Method.COMMANDS:  # no words: a table in JSON
        return [WirePart(Method.COMMANDS, WireBody(text=words))] if limits.commands else []
    if message.method is Method.DELETE and not limits.edits:
        return []
    file = message.attachment
    caption = words if file and visible_length(words) <= limits.caption - 100 else ""  # room for the cover
    covers = hidden and limits.pushes
    # room for the line that `common.discreet` puts above them
    longest = limits.text - 96 if covers else limits.text
    texts = [] if file and caption == words else split_html(words, longest)
    if covers:
        if not limits.hides:
            texts = texts[:1]
            message = replace(message, buttons=_TO_THE_MENU, to_page=True)
        texts = [common.discreet(words, lang, hides=limits.hides) for words in texts]
        caption = common.discreet(caption, lang, hides=limits.hides) if caption else ""
    lasts = int(message.lasts.total_seconds()) if message.lasts else None
    guarded = hidden or message.protected
    parts = [WirePart(Method.TEXT, WireBody(text=words, protected=guarded), lasts=lasts) for words in texts]
    if message.method in (Method.EDIT, Method.DELETE) and limits.edits:
        parts[0] = WirePart(message.method, parts[0].body)
        parts[0].body.message_id = message.message_id
    if file:
        parts.append(_file_part(message, file, lang, limits, caption=caption))
    for part in parts:
        part.body.silent, part.body.owed = message.silent, message.owed
    if message.writer is not None:
        parts[-1].body.writer = (message.writer.member_id, message.writer.again)
    _put_under(parts[-1].body, message, lang, limits)
    if message.guarded and limits.guards:
        for part in parts:
            part.body.elsewhere = common.only_elsewhere().to(lang)
            part.body.to_page = common.page_is().to(lang)
    if not limits.buttons:
        parts += [WirePart(Method.TEXT, body) for body in lined(parts[-1].body, limits)]
        cannot = message.to_page or file is not None or _asks_login(message)
        parts[-1].body.to_page = common.page_is().to(lang) if cannot else ""
    return parts


def _only_elsewhere(message: Message) -> Message:
    """What is said in place of what a channel may not show."""
    return Message(
        common.only_elsewhere(),
        _TO_THE_MENU,
        silent=message.silent,
        writer=message.writer,
        to_page=True,
        owed=message.owed,
    )


def _asks_login(message: Message) -> bool:
    return any(button.to.startswith(LOGIN) for row in message.buttons for button in row)


def lined(body: WireBody, limits: Limits) -> list[WireBody]:
    """Take the buttons whose lines do not fit below the text from it, for further messages that hold nothing else.

    Nobody can prove who opens a link where there is no login: such a button is not shown.
    """
    body.buttons = [[one] for row in body.buttons for one in row if not one[1].startswith(LOGIN)]
    room = limits.text - visible_length(body.text) - _PAGE_LINK
    further: list[WireBody] = []
    waiting, body.buttons = body.buttons, []
    here = body
    for row in waiting:
        room -= lines_length(row)
        if room < 0:
            here = WireBody(silent=body.silent, owed=body.owed)
            further.append(here)
            room = limits.text - _PAGE_LINK - lines_length(row)
        here.buttons.append(row)
    return further


def _file_part(message: Message, file: Attachment, lang: Lang, limits: Limits, *, caption: str) -> WirePart:
    """The file, or what is said where the channel carries none."""
    method = message.method if message.method is not Method.TEXT else Method.DOCUMENT
    if not limits.files:
        words = common.file_not_shown().to(lang)
        return WirePart(Method.TEXT, WireBody(text="\n\n".join(filter(None, [caption, words]))))
    body = WireBody(
        text=caption,
        file_name=file.name,
        file_id=file.file_id,
        password=file.password,
        instead=common.file_not_let_through().to(lang),
        no_voice=common.voice_not_let_through().to(lang) if method is Method.VOICE and limits.mutes else "",
    )
    # 0: the row forgets the password as soon as the file is sent (take_back_outbox)
    return WirePart(method, body, file.data, lasts=0 if file.password else None)


def _put_under(body: WireBody, message: Message, lang: Lang, limits: Limits) -> None:
    labelled = [[(button.label.to_plain(lang), button.to) for button in row] for row in message.buttons]
    body.buttons = [line for row in labelled for line in _uncut(row)]
    if message.ask_contact and limits.contact:
        body.ask_contact = message.ask_contact.to_plain(lang)
    if message.drop_keyboard and limits.contact:
        body.drop_keyboard = True
    if message.protected:
        body.protected = True
    if message.share is not None and limits.shares:
        body.share = message.share.to(lang)
    if message.beside is not None and limits.tables:
        body.beside = message.beside.to(lang)
    if message.table is not None and limits.tables:
        body.table = [[heading.to_plain(lang) for heading in message.table.headings]]
        body.table += [[to, *(cell.to_plain(lang) for cell in cells)] for to, cells in message.table.rows]


def letters_for(in_a_row: int) -> int:
    """Return how many letters of each label a phone shows without cutting it (measured: 34, 16 and 10)."""
    return 34 if in_a_row == 1 else max(34 // in_a_row - 1, 1)


def _uncut(row: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Break a row into as few as it takes to show every label whole; a label alone in its row stays as it is."""
    lines: list[list[tuple[str, str]]] = []
    for button in row:
        longer = [*lines[-1], button] if lines else [button]
        if lines and max(len(label) for label, _ in longer) <= letters_for(len(longer)):
            lines[-1] = longer
        else:
            lines.append([button])
    return lines
