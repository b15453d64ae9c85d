"""One file, opened: is it what the room takes, is it sound, and what does it say?

    Order (what is wanted, the file's name) + bytes ──open_file──> Opened (what it is, what was read | a sentence)

Both cross the border of a process as JSON. What comes back is believed as little as the file: it is validated, and a
sentence is plain text that is escaped again.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from models.delivery.foreign.content import (
    OFFICE,
    PHOTOS,
    PICTURES,
    ContentType,
    ending_of,
    is_macro_name,
    is_misnamed,
    is_program_name,
    recognise,
)
from models.delivery.foreign.office import check_office
from models.delivery.foreign.old_word import check_old_word, words_of_old_word
from models.delivery.foreign.pdf import check_pdf, head_of_pdf
from models.delivery.foreign.pictures import check_picture, remake_picture
from models.delivery.foreign.refusal import BadFile
from models.delivery.foreign.voice import check_voice
from models.delivery.foreign.wrapping import wrap
from models.delivery.policy import FilePolicy
from models.desk.policy import RosterPolicy
from models.desk.roster.reading import read_roster
from models.desk.roster.rows import Roster
from models.ground.errors import Refused
from models.ground.marking import marked_secret
from models.phrases import common
from models.phrases.delivery import files as phrases
from models.phrases.text import Lang, Text, named
from models.year.policy import DocxPolicy
from models.year.review.forms import HeadingType, form
from models.year.review.reading_docx import Reading, read_review_docx
from models.year.review.word_text import UnreadableDocx, read_word_text

_LONGEST_SENTENCE = 1_000


class Reads(StrEnum):
    NOTHING = "nothing"  # it is kept as it is
    ROSTER = "roster"  # its people, and nothing of it is kept
    REVIEW = "review"  # a Word document by the headings of a form; other kinds are kept as they are
    PHOTO = "photo"  # nothing: it is made anew, without the place where it was taken
    WRAP = "wrap"  # nothing: it becomes a PDF under a password, for a bundle


class Wanted(BaseModel):
    """What the open question can use of a file."""

    model_config = ConfigDict(frozen=True)

    types: frozenset[ContentType]
    reads: Reads = Reads.NOTHING
    form: str = ""
    """The form of a review, by its code."""
    password: str = ""
    """Of the PDF that a file is wrapped into."""
    today: date | None = None
    """A roster's dates are judged by it."""
    most_bytes: int = 0
    """Less than the general bound; 0: that one."""
    files: FilePolicy = FilePolicy()
    roster: RosterPolicy = RosterPolicy()
    docx: DocxPolicy = DocxPolicy()

    @property
    def largest(self) -> int:
        """Bytes."""
        return min(self.most_bytes or self.files.megabytes * 1_000_000, self.files.megabytes * 1_000_000)


class Order(BaseModel):
    """A file to be opened, without its bytes."""

    model_config = ConfigDict(frozen=True)

    wanted: Wanted
    name: str = ""


class OpenedFile(BaseModel):
    """What was found. `vi` and `en`: the sentence that refuses it; both empty: it is taken."""

    model_config = ConfigDict(frozen=True, ser_json_bytes="base64", val_json_bytes="base64")

    type: ContentType = ContentType.UNKNOWN
    vi: str = ""
    en: str = ""
    roster: Roster | None = None
    review: Reading | None = None
    wrapped: bytes | None = None
    failed: str = ""
    """The name of an unforeseen error, for the operator's log; the file is refused."""

    @property
    def refusal(self) -> Text | None:
        """The sentence, escaped; None for a file that is taken."""
        if not self.vi and not self.en:
            return None
        return named(self.vi[:_LONGEST_SENTENCE], self.en[:_LONGEST_SENTENCE])


def open_file(order: Order, data: bytes) -> OpenedFile:
    """Open one file. Raises nothing but MemoryError: what went wrong is in the answer."""
    kind = ContentType.UNKNOWN
    try:
        kind = recognise(data)
        return _open(order, data, kind)
    except Refused as refused:
        return _refused(kind, refused.phrase)
    except MemoryError:
        raise
    except (
        Exception
    ) as error:  # a reader fell over something: the person is not to blame, and not left without a word
        return _refused(kind, phrases.too_complex(), failed=type(error).__name__)


def _refused(kind: ContentType, phrase: Text, *, failed: str = "") -> OpenedFile:
    return OpenedFile(type=kind, vi=phrase.to_plain(Lang.VI), en=phrase.to_plain(Lang.EN), failed=failed)


def _open(order: Order, data: bytes, kind: ContentType) -> OpenedFile:
    wanted = order.wanted
    _refuse_programs(order.name, kind, wanted)
    if wanted.reads is Reads.WRAP:
        if kind in PICTURES or kind is ContentType.PDF or kind in OFFICE:
            _check(data, kind, wanted.files)
        return OpenedFile(type=kind, wrapped=wrap(data, kind, wanted.password, name=order.name))
    if wanted.reads is Reads.PHOTO:
        if kind not in PHOTOS:
            raise BadFile(phrases.damaged())
        _check(data, kind, wanted.files)
        return OpenedFile(type=ContentType.JPEG, wrapped=remake_picture(data, kind))
    if wanted.reads is Reads.ROSTER:
        roster = read_roster(data, today=wanted.today or date.max, policy=wanted.roster)
        return OpenedFile(type=kind, roster=roster)
    review = (
        _read_review(data, wanted)
        if wanted.reads is Reads.REVIEW and _says_word(order.name, kind, wanted)
        else None
    )
    if kind not in wanted.types:
        raise BadFile(_not_wanted(kind, wanted, order.name))
    if is_misnamed(order.name, kind):
        raise BadFile(phrases.misnamed())
    _check(data, kind, wanted.files)
    if review is None and marked_secret(_words_of(data, kind, wanted)):
        raise Refused(common.secret_refused())
    return OpenedFile(type=kind, review=review)


def _refuse_programs(name: str, kind: ContentType, wanted: Wanted) -> None:
    """Wherever a file is taken: neither what runs nor what is named so that it would."""
    if kind is ContentType.BINARY_EXCEL:
        raise BadFile(phrases.binary_excel())
    if (
        kind is ContentType.WEB_PAGE
    ):  # a list that some program wrote as one is no program, but is not opened either
        raise BadFile(phrases.web_table() if wanted.reads is Reads.ROSTER else phrases.program())
    if is_macro_name(name):
        raise BadFile(phrases.macros())
    if kind is ContentType.PROGRAM or is_program_name(name):
        raise BadFile(phrases.program())


def _check(data: bytes, kind: ContentType, policy: FilePolicy) -> None:
    if kind in PICTURES:
        check_picture(data, kind, policy)
    elif kind is ContentType.PDF:
        check_pdf(data, policy)
    elif kind is ContentType.OGG:
        check_voice(data)
    elif kind is ContentType.OLD_WORD:
        check_old_word(data)
    else:
        check_office(data, policy)


def _says_word(name: str, kind: ContentType, wanted: Wanted) -> bool:
    """A Word document, or what is called one: its reader knows the sentence for what it is instead."""
    if kind is ContentType.OLD_WORD and kind in wanted.types:
        return False
    return kind is ContentType.DOCX or ending_of(name) in ("docx", "doc")


def _read_review(data: bytes, wanted: Wanted) -> Reading:
    """A text marked as secret is refused before anything of it is kept."""
    used = form(wanted.form)
    takes = frozenset(one.id for one in used.headings if one.type in _TAKEN and not one.filled_from)
    reading = read_review_docx(data, used.headings, takes=takes, policy=wanted.docx)
    texts = [*reading.sections.values(), *(piece.text for piece in reading.loose)]
    if any(marked_secret(text) for text in texts):
        raise Refused(common.secret_refused())
    return reading


_TAKEN = frozenset(
    {HeadingType.LONGTEXT, HeadingType.TEXT, HeadingType.SCORE, HeadingType.COMPUTED, HeadingType.CHOICE}
)


def _words_of(data: bytes, kind: ContentType, wanted: Wanted) -> str:
    """What a paper says, as far as a marking of secrecy is looked for."""
    if kind is ContentType.PDF:
        return head_of_pdf(data)
    if kind is ContentType.OLD_WORD:
        return words_of_old_word(data)
    if kind is not ContentType.DOCX:
        return ""
    try:
        return "\n".join(read_word_text(data, wanted.docx).lines)
    except UnreadableDocx:  # longer than a review may be: a paper may
        return ""


def _not_wanted(kind: ContentType, wanted: Wanted, name: str) -> Text:
    """The sentence that helps most."""
    match kind:
        case ContentType.EMPTY:
            return phrases.empty()
        case ContentType.LOCKED_OFFICE:
            return phrases.locked()
        case ContentType.OLD_WORD | ContentType.OLD_EXCEL | ContentType.OLD_POWERPOINT:
            return phrases.old_office(word=kind is ContentType.OLD_WORD)
        case ContentType.OTHER_PICTURE if PICTURES & wanted.types:
            return phrases.other_picture()
        case ContentType.ARCHIVE if ending_of(name) in ("zip", "rar", "7z", "gz"):
            return phrases.archive()
        case ContentType.ARCHIVE if ending_of(name) in OFFICE & wanted.types:
            return phrases.damaged()
    taken = {"picture" if one in PICTURES else one.value for one in wanted.types}
    return phrases.not_taken(taken=sorted(taken))
