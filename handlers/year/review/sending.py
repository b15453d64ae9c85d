"""A file instead of typing: a .docx is read into the sections and shown first; .pdf and photos are kept as they are.

files ──.docx──> how it was read ──┬─ right: into the sections
  ^  └─.pdf, photos: kept          ├─ pieces under no heading ──> which section?
  └────────────────────────────────┴─ keep the file only
"""

from __future__ import annotations

from handlers.ground.context import Answer, Context, FileKind
from handlers.ground.conversation import Screen, choice
from handlers.ground.paging import page_of
from handlers.ground.scans import Page
from handlers.year.review import wording
from handlers.year.review.door import MENU, is_mine
from handlers.year.review.points import level_in, points_in
from handlers.year.review.steps import Draft, Step, form_of, review_of
from models.delivery.foreign.content import SCANS, ContentType
from models.delivery.message import Button
from models.ground.errors import Refused
from models.ground.marking import clean
from models.phrases.year import review_writing as phrases
from models.trust.opening import Reads, Wanted
from models.year.review import Level, Review, ReviewFile, ReviewFileKind as Why
from models.year.review.forms import HeadingType, ReviewForm, form
from models.year.review.questions import body_of, files_of
from models.year.review.reading_docx import Reading
from models.year.review.writing import (
    append_section,
    attach_file,
    drop_file,
    give_scores,
    propose_level,
    write_section,
)

FILES = 30  # pages of a handwritten text
_DIVIDES = HeadingType.SECTION


def review_file(ctx: Context, draft: Draft) -> Wanted:
    """Accept a Word document, read by the headings of the review's form; a PDF or a picture is kept as it is."""
    return Wanted(
        types=SCANS | {ContentType.OLD_WORD},
        reads=Reads.REVIEW,
        form=review_of(ctx, draft).form,
        files=ctx.policies.file,
        docx=ctx.policies.review.docx,
    )


def has_file(answer: Answer) -> bool:
    return answer.incoming.file is not None


# --- taking files ---------------------------------------------------------------------------------------------------


def ask_files(ctx: Context, draft: Draft) -> Screen:
    files = _files(ctx, review_of(ctx, draft))
    rows = [[choice(phrases.DONE, "all")]]
    if any(not one.version for one in files):
        rows.append([choice(phrases.DROP_FILES, "drop")])
    if files:
        rows.append([Button(phrases.FILES_SENT, f"review:files:{draft.review_id}")])
    return Screen(phrases.ask_files(names=[one.name or "" for one in files]), [*rows, MENU], looking=True)


def take_files(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if has_file(answer):
        return take_file(ctx, draft, answer)
    if answer.value is None:
        raise Refused(phrases.text_or_file())
    if answer.choice("all", "drop") == "all":
        return Step.OVERVIEW
    draft.page = 0
    return Step.DROP


_PAGE = 4


def ask_drop(ctx: Context, draft: Draft) -> Screen:
    """Ask which file to drop, one by one. What was handed in stays."""
    found = _unsent(ctx, draft)
    draft.page, pages = page_of(draft.page, len(found), _PAGE)
    here = found[draft.page * _PAGE : (draft.page + 1) * _PAGE]
    rows = [
        [choice(phrases.drop_one(name=one.name or "", number=number), str(one.id))] for number, one in here
    ]
    if pages > 1:
        rows.append([choice(phrases.more_sections(page=(draft.page + 1) % pages, pages=pages), "page")])
    if len(found) > 1:
        rows.append([choice(phrases.DROP_ALL, "drop")])
    return Screen(phrases.drop_which(), [*rows, [choice(phrases.DONE, "done")]], looking=True)


def take_drop(ctx: Context, draft: Draft, answer: Answer) -> Step:
    review, found = review_of(ctx, draft), dict((str(one.id), one) for _, one in _unsent(ctx, draft))
    value = answer.choice("page", "drop", "done", *found)
    if value == "page":
        draft.page = (draft.page + 1) % page_of(0, len(found), _PAGE)[1]
        return Step.DROP
    gone = list(found.values()) if value == "drop" else [found[value]] if value in found else []
    for file in gone:
        drop_file(ctx.db, review, file, by_id=ctx.me.id, now=ctx.now)
    return Step.DROP if value in found and len(found) > 1 else Step.FILES


def _unsent(ctx: Context, draft: Draft) -> list[tuple[int, ReviewFile]]:
    """With the numbers by which they stand on the list."""
    files = _files(ctx, review_of(ctx, draft))
    return [(number, one) for number, one in enumerate(files, start=1) if not one.version]


def _files(ctx: Context, review: Review) -> list[ReviewFile]:
    return files_of(ctx.db, review.id, Why.TEXT, Why.POST)


def take_file(ctx: Context, draft: Draft, answer: Answer) -> Step:
    """Take a file, and look at it before anything of it is kept."""
    file, review = answer.incoming.file, review_of(ctx, draft)
    if file is None or file.kind not in (FileKind.PHOTO, FileKind.DOCUMENT):
        raise Refused(phrases.text_or_file())
    clean(file.name, answer.incoming.text)
    if len(_files(ctx, review)) >= FILES:
        raise Refused(phrases.too_many_files(limit=FILES))
    reading = file.opened.review if file.opened is not None else None
    draft.sent = Page(kind=file.kind, file_id=file.keep(), name=file.name)
    if reading is None:
        _keep(ctx, draft)
        if file.opened is not None and file.opened.type is ContentType.OLD_WORD:
            ctx.say(phrases.kept_unread())
        return Step.FILES
    _lay_out(form(review.form), draft, reading)
    return Step.READ


def _keep(ctx: Context, draft: Draft) -> None:
    """The document goes with the text; until then, going back leaves nothing behind."""
    if draft.sent is not None:
        review = review_of(ctx, draft)
        why = Why.TEXT if is_mine(ctx, review) else Why.POST
        attach_file(ctx.db, review, why, draft.sent, by_id=ctx.me.id, now=ctx.now)
        draft.sent = None


def _lay_out(used: ReviewForm, draft: Draft, reading: Reading) -> None:
    """Into the draft: texts, points and level as they are offered, and the pieces that may belong somewhere."""
    draft.parts, draft.pieces, draft.pictures = {}, [], reading.pictures
    for heading in used.written:
        if text := reading.sections.get(heading.id):
            first, _, rest = text.partition("\n")
            one_line = heading.type is HeadingType.TEXT
            draft.parts[heading.id] = first if one_line else text
            # a heading of one line takes the first; the rest waits to be placed
            draft.pieces += [rest] if one_line and rest else []
    draft.points = [points_in(reading.sections.get(one.id, ""), one.max or 0) for one in used.scores]
    draft.level = level_in(reading.sections.get(used.choice.id, ""), used) if used.choice else ""
    dividing = {one.id for one in used.headings if one.type is _DIVIDES}
    draft.pieces += [piece.text for piece in reading.loose if not piece.under or piece.under in dividing]


# --- how it was read ------------------------------------------------------------------------------------------------


def ask_read(ctx: Context, draft: Draft) -> Screen:
    review, used = review_of(ctx, draft), form_of(ctx, draft)
    body = body_of(ctx.db, review)
    headings = [one for one in used.written if one.id in draft.parts]
    parts = [
        phrases.ReadPart(
            used.label(one), wording.title_of(one), draft.parts[one.id], bool(body.text_of(one.id))
        )
        for one in headings
    ]
    lacking = [one for one in used.written if one.required and one.id not in draft.parts]
    words = phrases.was_read(
        parts=parts,
        points_given=[one for one in draft.points if one is not None],
        level=next((one.name for one in used.rating_levels if one.id == draft.level), None),
        pieces=draft.pieces,
        pictures=draft.pictures,
        missing=[used.label(one) for one in lacking],
    )
    rows = _ways_to_take(clash=any(part.clashes for part in parts)) if parts else []
    if draft.pieces:
        rows.append([choice(phrases.PLACE_PIECES, "place")])
    return Screen(words, [*rows, [choice(phrases.FILE_ONLY, "file")], MENU], looking=True)


def _ways_to_take(*, clash: bool) -> list[list[Button]]:
    if clash:
        return [[choice(phrases.TAKE_INSTEAD, "instead")], [choice(phrases.TAKE_BESIDES, "besides")]]
    return [[choice(phrases.TAKE_ALL, "instead")]]


def take_read(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if has_file(answer):
        _keep(ctx, draft)  # another one comes: this one was meant too
        return take_file(ctx, draft, answer)
    match answer.choice("instead", "besides", "place", "file"):
        case "place":
            draft.page = 0
            return Step.PLACE if draft.pieces else Step.READ
        case "file":
            _keep(ctx, draft)
            return Step.FILES
        case how:
            _keep(ctx, draft)
            _take_over(ctx, draft, instead=how == "instead")
            return Step.OVERVIEW


def _take_over(ctx: Context, draft: Draft, *, instead: bool) -> None:
    review, put = review_of(ctx, draft), write_section if instead else append_section
    for heading, text in draft.parts.items():
        put(ctx.db, review, heading, text, by_id=ctx.me.id, now=ctx.now, policy=ctx.policies.review)
    if any(one is not None for one in draft.points):
        general, results = draft.points
        give_scores(ctx.db, review, general=general, results=results, by_id=ctx.me.id, now=ctx.now)
    if draft.level:
        propose_level(ctx.db, review, Level(draft.level), by_id=ctx.me.id, now=ctx.now)
    ctx.say(phrases.taken_over(count=len(draft.parts)))
    draft.parts, draft.pieces, draft.points, draft.level = {}, [], [], ""


def ask_place(ctx: Context, draft: Draft) -> Screen:
    used, headings = form_of(ctx, draft), wording.headings_of(ctx, review_of(ctx, draft))
    draft.page, pages = page_of(draft.page, len(headings), _PLACES)
    rows = [
        [choice(phrases.in_short(label=used.label(one), title=wording.title_of(one)), one.id)]
        for one in headings[draft.page * _PLACES : (draft.page + 1) * _PLACES]
    ]
    if pages > 1:
        rows.append([choice(phrases.more_sections(page=(draft.page + 1) % pages, pages=pages), "page")])
    words = phrases.place_piece(text=next(iter(draft.pieces), ""), left=len(draft.pieces))
    return Screen(words, [*rows, [choice(phrases.LEAVE_OUT, "out")]], looking=True)


_PLACES = 5


def take_place(ctx: Context, draft: Draft, answer: Answer) -> Step:
    """Take the place of one piece after the other; then show how it all looks."""
    known = [one.id for one in wording.headings_of(ctx, review_of(ctx, draft))]
    chosen = answer.choice("out", "page", *known)
    if chosen == "page":
        draft.page = (draft.page + 1) % page_of(0, len(known), _PLACES)[1]
        return Step.PLACE
    if draft.pieces:
        piece = draft.pieces.pop(0)
        if chosen != "out":
            draft.parts[chosen] = "\n".join(filter(None, [draft.parts.get(chosen, ""), piece]))
    return Step.PLACE if draft.pieces else Step.READ
