"""What a step is given: who speaks, what arrived, the time, the policies, and a mouth.

incoming   what arrived, free of Telegram's types
member     who that is (None: a stranger), as of now
say()      a new message                         both go into the outbox, in the step's own transaction
show()     the same in place of the tapped one
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from markupsafe import Markup
from sqlalchemy.orm import Session

from models.delivery.file import keep_file
from models.delivery.message import Attachment, Buttons, Lane, Message, Method, Recipient, Table, Writer
from models.delivery.outbox import cancel_outbox, enqueue
from models.delivery.protected import new_password, password_message
from models.ground.channel import LIMITS, Address
from models.ground.errors import Refused
from models.ground.markup import units
from models.people.browser import Browser, is_proved
from models.people.member import Account, Member, channels_of, speaker
from models.people.rights import Right, acted_by, forget_acting, holds_office, is_several, speaks_unproved
from models.people.secret import is_fresh
from models.people.unit import Unit
from models.phrases import common
from models.phrases.people import rights as rights_words, secret as secret_words
from models.phrases.text import Lang, Text, both
from models.policies import Policies
from models.trust.opening import OpenedFile

_ALBUM = timedelta(seconds=1.5)  # the files of an album come within it


class ProofWanted(Refused):
    """This needs the person's PIN first: it is asked, and what was tapped goes on by itself."""

    def __init__(self) -> None:
        super().__init__(secret_words.proof_wanted())


class NotShownHere(Refused):
    """This is about people, and the channel it was asked on may not show that: nothing is done, the way is said."""

    def __init__(self) -> None:
        super().__init__(common.only_elsewhere())


class Kind(StrEnum):
    COMMAND = "command"
    TEXT = "text"
    BUTTON = "button"
    CONTACT = "contact"
    FILE = "file"
    OTHER = "other"  # a sticker, a place on the map: nothing here asks for it
    EDITED = "edited"  # the person changed a message of theirs
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    SERVICE = "service"  # what Telegram notes by itself: pinned, a timer set; nobody has said anything
    WHOLE = "whole"  # several questions of a form, answered on one page
    GROUP = "group"  # anything from a chat that is not private


class FileKind(StrEnum):
    PHOTO = "photo"
    VOICE = "voice"
    DOCUMENT = "document"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SharedContact:
    """A phone contact as Telegram hands it over; `is_own`: it is the sender's own number."""

    phone: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file as it was sent. `opened`: what was found in it, when the open question asked; else `refusal` says why not.

    Whoever receives it may be harmed by what nobody has looked into: see `is_known`. `channel_id`: by which its channel
    has it, `data`: its bytes, where the channel handed them over or they were fetched to be opened.
    """

    kind: FileKind
    channel_id: str
    unique_id: str
    name: str = ""
    size: int = 0
    opened: OpenedFile | None = None
    refusal: Text | None = None
    data: bytes = field(default=b"", repr=False)
    keeper: Callable[[SharedFile], str] | None = field(default=None, compare=False, repr=False)

    @property
    def is_known(self) -> bool:
        """Telegram makes every photo anew; whatever else is passed on as it came."""
        is_remade = self.kind is FileKind.PHOTO and not self.data
        return is_remade or self.opened is not None

    def keep(self) -> str:
        """Keep it from now on; the id under which a room holds it. What no room keeps is gone with the update."""
        if self.keeper is None:
            raise LookupError("a file outside of a step")
        return self.keeper(self)


@dataclass(frozen=True, slots=True)
class Given:
    """What stood in one field: a text, and the key of what was chosen."""

    text: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class WholeForm:
    """A form that a page posted whole: what was open on it (`version` as in buttons), and what stood in its fields."""

    room: str
    step: str
    version: int
    given: Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update. `text` is NFC: what was typed, the words after a command, or a caption."""

    external_id: str  # the channel's own, by which it is known when it comes twice
    address: Address
    kind: Kind
    text: str = ""
    command: str = ""
    data: str = ""
    message_id: int | None = None
    language: str = ""
    contact: SharedContact | None = None
    file: SharedFile | None = None
    album: str = ""  # what was chosen together and came one by one
    is_protected: bool = False  # the tapped message can neither be forwarded nor saved
    browser: int | None = None  # of the page: which of a person's browsers it is
    whole: WholeForm | None = None


@dataclass
class Context:
    db: Session
    now: datetime
    policies: Policies
    incoming: Incoming
    bot_username: str = ""
    speaks: Lang | None = None  # the language chosen in an open question, before it is anybody's
    commands: tuple[Command, ...] = ()  # the whole table: menus are drawn from it
    keeping: frozenset[str] = frozenset()  # flows whose answers are kept as they come: stopping loses none
    then: Incoming | None = None  # what goes on by itself when the step is done
    guarded: bool = False  # the room under way is about people: secrecy.py
    may_guess: bool = True  # False: this chat tried so many wrong links or codes that none is looked at
    left: bool = False  # set by a step that ends a form with nothing sent or saved
    missed: bool = False  # set by who found that a link or a code is none
    answered: frozenset[tuple[str, str]] = frozenset()  # questions (room, step) whose answer has come along
    of_oneself: bool = field(default=False, init=False)  # what was typed was taken as the speaker's own news
    told: Text | None = field(default=None, init=False)  # what the tapped button itself answers
    _said: int = field(default=0, init=False)
    _shown: bool = field(default=False, init=False)
    _of_album: bool = field(default=False, init=False)
    _kept: dict[str, str] = field(default_factory=dict, init=False)  # files of this update: theirs -> ours

    def __post_init__(self) -> None:
        forget_acting(self.db)  # several steps may share a session
        if self.incoming.file is not None:
            self.incoming = replace(self.incoming, file=replace(self.incoming.file, keeper=self._keep))

    def _keep(self, file: SharedFile) -> str:
        if file.unique_id not in self._kept:
            row = keep_file(
                self.db,
                by_id=self.member.id if self.member is not None else None,
                now=self.now,
                channel=self.address.channel,
                key=file.channel_id,
                data=file.data,
                type=file.opened.type if file.opened is not None else None,
            )
            self._kept[file.unique_id] = str(row.id)
        return self._kept[file.unique_id]

    @cached_property
    def _speaker(self) -> tuple[Account, Member] | None:
        found = speaker(self.db, self.incoming.address)
        if found is not None and not self.is_proved:
            speaks_unproved(self.db, found[1].id)
        return found

    @property
    def is_proved(self) -> bool:
        """Whether other people's data may be shown here: on the page that takes a second proof."""
        if self.address.limits.proves:
            return True
        row = self.db.get(Browser, self.incoming.browser) if self.incoming.browser is not None else None
        return is_proved(row, self.policies.page, now=self.now)

    @property
    def lacks_proof(self) -> bool:
        """Whether the speaker holds an office that opens nothing here before the second proof."""
        return (
            not self.is_proved
            and self.member is not None
            and holds_office(self.db, self.member.id, now=self.now)
        )

    @property
    def is_linked(self) -> bool:
        """Whether the speaker has an account that shows who they are, here or elsewhere: Telegram's."""
        return self.member is not None and any(
            LIMITS[one].proves for one in channels_of(self.db, self.member.id)
        )

    @property
    def account(self) -> Account | None:
        return self._speaker[0] if self._speaker else None

    @property
    def member(self) -> Member | None:
        return self._speaker[1] if self._speaker else None

    @property
    def address(self) -> Address:
        return self.incoming.address

    @property
    def me(self) -> Member:
        """The member who speaks; only routes that are closed to strangers may ask."""
        if self.member is None:
            raise LookupError("a stranger came through a route that is for members")
        return self.member

    @property
    def lang(self) -> Lang:
        if self.speaks is not None:
            return self.speaks
        if self.member is not None:
            return Lang(self.member.lang)
        code = self.incoming.language
        return Lang.EN if code and not code.startswith("vi") else Lang.VI

    @property
    def zone(self) -> str:
        return self.me.zone

    @property
    def has_spoken(self) -> bool:
        return self._said > 0

    def prove(self) -> None:
        """Raise `ProofWanted` unless a PIN was given on this account a short while ago."""
        if self.account is None or not is_fresh(self.account, now=self.now, policy=self.policies.secret):
            raise ProofWanted

    def refresh(self) -> None:
        """Ask again who speaks: the chat was linked or unlinked just now."""
        self.__dict__.pop("_speaker", None)

    def say(
        self,
        text: Text,
        buttons: Buttons = (),
        *,
        ask_contact: Text | None = None,
        drop_keyboard: bool = False,
        attachment: Attachment | None = None,
        method: Method = Method.TEXT,
        asked: bool = False,
        to_pass_on: bool = False,
        writer: Writer | None = None,
        to_page: bool = False,
        beside: Text | None = None,
        share: Text | None = None,
    ) -> None:
        """Say it as a new message under the last one; what this step shows after it stands below it.

        `asked`: a question of a conversation, which its person is looking at; `to_pass_on`: to be copied or forwarded;
        `to_page`: what is missing stands on the reader's page. `beside`, `share`: as in `show`.
        """
        self._shown = True
        self._send(
            Message(
                text,
                buttons,
                attachment=attachment,
                method=method,
                ask_contact=ask_contact,
                drop_keyboard=drop_keyboard,
                guarded=self.guarded and attachment is None and not to_pass_on,
                hides=self.guarded and not asked and not to_pass_on,
                writer=writer,
                to_page=to_page,
                beside=beside,
                share=share,
            )
        )

    def show(
        self,
        text: Text,
        buttons: Buttons = (),
        *,
        asked: bool = False,
        table: Table | None = None,
        beside: Text | None = None,
        share: Text | None = None,
    ) -> None:
        """Show it in place of the message whose button was tapped, else as a new one. Only the first of a step edits.

        `table`: the same whole and in columns, where the channel has room for it (`shows_tables`). `beside`: what helps to
        answer it, shown there beside it as long as it stands last. `share`: which of the words are handed on.

        What is protected stands in a message that is protected already, or in a new one.
        """
        message_id, capacity = self.incoming.message_id, self._capacity()
        text = common.lines(capacity, text) if capacity else text
        hides = self.guarded and not asked
        message = Message(
            text, buttons, table=table, beside=beside, share=share, guarded=self.guarded, hides=hides
        )
        in_place = self.incoming.kind is Kind.BUTTON and not self._shown and message_id is not None
        self._shown = True
        if in_place and (self.incoming.is_protected or not message.protected):
            # an edit notifies nobody, so there is no lock screen to hide it from
            message = replace(message, method=Method.EDIT, message_id=message_id, hides=False)
        self._send(message)

    @property
    def shows_tables(self) -> bool:
        """Whether a table, or what stands beside, would be seen here: it is not worth reading the rows for where it would not."""
        return self.address.limits.tables

    def _capacity(self) -> Text | None:
        """In what office this was asked for, said to who is several things here: the right of this step says which."""
        acted = acted_by(self.db)
        if self.member is None or acted is None or acted.member_id != self.member.id:
            return None
        if not is_several(self.db, self.member.id, self.member.cell_id, now=self.now):
            return None
        unit = self.db.get_one(Unit, acted.unit_id).name
        return rights_words.acting_as(role=acted.role, unit=unit)

    def send_file(
        self,
        attachment: Attachment,
        text: Text,
        *,
        method: Method = Method.DOCUMENT,
        to_pass_on: bool = False,
        writer: Writer | None = None,
        share: Text | None = None,
    ) -> None:
        """Send a file. The `writer`, who sent it in, is told when Telegram does not let it through."""
        self.say(
            text, attachment=attachment, method=method, to_pass_on=to_pass_on, writer=writer, share=share
        )

    def erase(self) -> None:
        """Take the person's own message back out of the chat: it holds a secret."""
        if self.incoming.message_id is not None:
            self._send(Message(common.EMPTY, method=Method.DELETE, message_id=self.incoming.message_id))

    def send_protected(self, attachment: Attachment, text: Text, buttons: Buttons = ()) -> None:
        """Send a file with other people's data: after the PIN, under a password that follows and is deleted again."""
        self.prove()
        password, lasts = new_password(), self.policies.secret.password_lasts
        self.say(
            common.paragraph(text, secret_words.has_password()),
            buttons,
            attachment=replace(attachment, password=password),
        )
        self._send(replace(password_message(password, lasts=lasts), hides=True))

    def tell(self, text: Text) -> None:
        """Answer in the tapped button's own note, which goes by itself; where a channel has none, as a message."""
        if self.address.limits.notes:
            self.told = text
        else:
            self.say(text)

    def set_commands(self, commands: Sequence[tuple[str, Text]]) -> None:
        """Set the command menu that is shown here, where the channel has one."""
        # it travels as the text of a message, but is JSON: escaping would break it
        table = Markup(json.dumps([(name, about.to_plain(self.lang)) for name, about in commands]))  # noqa: S704
        self._send(Message(both(table, table), method=Method.COMMANDS))

    def _send(self, message: Message) -> None:
        if message.guarded and not self.address.limits.guards:
            raise NotShownHere
        self._said += 1
        to = Recipient(self.address, self.lang, discreet=self.member is not None and self.member.discreet)
        # the same update, done again after a crash, makes the same keys: nothing is said twice
        key = f"reply:{self.address}:{self.incoming.external_id}:{self._said}"
        if self.incoming.album:
            self._send_of_album(to, message, key)
        else:
            enqueue(self.db, to, message, key=key, lane=Lane.REPLY, now=self.now)

    def _send_of_album(self, to: Recipient, message: Message, key: str) -> None:
        """One answer to an album: the screen after its last file, and each hint once."""
        album = f"album:{self.address}:{self.incoming.album}"
        about = album if message.buttons or message.ask_contact else None
        if about is None:
            words = message.text.to(self.lang).encode()
            key = f"{album}:{hashlib.sha256(words).hexdigest()[:16]}"
        elif not self._of_album:
            self._of_album = True
            cancel_outbox(self.db, album)
        at = self.now + _ALBUM
        enqueue(self.db, to, message, key=key, lane=Lane.REPLY, now=self.now, not_before=at, about=about)


Step = Callable[[Context], None]


class CommandAudience(StrEnum):
    EVERYONE = "everyone"
    MEMBER = "member"
    DESK = "desk"  # secretary, deputy, and whoever keeps in touch with somebody
    SECRETARY = "secretary"  # and deputy
    OFFICER = "officer"
    CELL = "cell"  # members, and whoever keeps a cell's desk without being one of them
    SPEAKER = "speaker"  # who may announce: secretary, deputy, officer


@dataclass(frozen=True, slots=True)
class Command:
    """`/name`, what the menu says of it, and whose menu it stands in. Rights are checked by the step once more."""

    name: str
    about: Text
    run: Step
    audience: CommandAudience = CommandAudience.EVERYONE
    public: bool = False
    right: Right | None = (
        None  # what its audience may still lack: without it the menu does not show the command
    )

    @property
    def room(self) -> str:
        """The room whose step it runs: handlers.desk.desk.queue -> desk."""
        return self.run.__module__.split(".")[2]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gave to a question: the value of a button, or whatever they sent instead."""

    incoming: Incoming
    value: str | None = None

    def choice(self, *allowed: str) -> str:
        """Return the value of a tapped button. Anything else gets the question again."""
        if self.value is None or (allowed and self.value not in allowed):
            raise Refused(common.choose_a_button())
        return self.value

    def words(self, *, limit: int) -> str:
        """Return a typed answer of at most `limit` characters, counted as Telegram does: an emoji is two."""
        if self.incoming.kind is not Kind.TEXT or not self.incoming.text.strip():
            raise Refused(common.text_expected())
        if units(self.incoming.text) > limit:
            raise Refused(common.too_long(limit))
        return self.incoming.text.strip()
