"""Letters between the home cell and the place of stay: draft them, note what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.desk.absence.door import away_for, letter_for, to_away
from handlers.desk.absence.screens import act, name_of
from handlers.ground.arguments import number_or_0, one_of
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, Row, paged
from handlers.ground.scans import send_scan
from models.away.away import Away
from models.away.letter import (
    Letter,
    LetterChange,
    LetterKind,
    letter_changes,
    letter_paper,
    letters_of,
    sent_paper,
)
from models.away.reply_slip import (
    IssuedSlip,
    in_groups,
    make_slip,
    replace_slip,
    slip_of,
    with_slip,
)
from models.delivery.message import Attachment, Button, Method
from models.delivery.papers import LetterPaper as Paper, TemplateBroken, paper_name, render_paper
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.people.member import record_look
from models.people.rights import NotEntitled, Right, may
from models.phrases import common
from models.phrases.away import letter as letter_words, reply_slip as slip_words
from models.phrases.desk import absence as phrases
from models.phrases.text import Text


def see_letters(ctx: Context, arguments: list[str]) -> None:
    show_letters(ctx, away_for(ctx, number_or_0(arguments)), page=number_or_0(arguments, 1))


def show_letters(ctx: Context, away: Away, note: Text | None = None, *, page: int = 0) -> None:
    known = letters_of(ctx.db, away.id, also_withdrawn=True)
    ways = [
        [Button(phrases.WRITE_LETTER, f"absence:write:{away.id}")],
        [act("sent", away.id)],
        to_away(away),
    ]
    room = SCREEN - sum(map(len, ways))
    shown, turn = paged(known, page, room, lambda to: f"absence:letters:{away.id}:{to}")
    words = phrases.letters(name=name_of(ctx, away.member_id), shown=[_line(letter) for letter in shown])
    rows = [*([_button(letter)] for letter in shown), turn, *ways]
    ctx.show(common.paragraph(note, words) if note else words, rows)


def see_kinds(ctx: Context, arguments: list[str]) -> None:
    """Ask which letter is to be drafted."""
    away = away_for(ctx, number_or_0(arguments))
    rows = [
        [Button(label, f"absence:draft:{away.id}:{kind}")] for kind, label in phrases.LETTER_DRAFTS.items()
    ]
    back = [Button(phrases.TO_LETTERS, f"absence:letters:{away.id}"), *to_away(away)]
    ctx.show(phrases.which_draft(name=name_of(ctx, away.member_id)), [*rows, back])


def _button(letter: Letter) -> Button:
    label = letter_words.button(kind=letter.kind, sent_on=letter.sent_on)
    return Button(label, f"absence:letter:{letter.id}")


def _line(letter: Letter) -> Text:
    return letter_words.line(
        kind=letter.kind,
        sent_on=letter.sent_on,
        answered=letter.answered_on is not None,
        waits=letter.waits,
        withdrawn=letter.withdrawn_at is not None,
    )


def see_letter(ctx: Context, arguments: list[str]) -> None:
    """Show what the place of stay says of a member. Reading it leaves a row."""
    letter = letter_for(ctx, number_or_0(arguments))
    if letter.answered_on is not None or letter.replied_at is not None:
        _look(ctx, letter)
    show_letter(ctx, letter)


def show_letter(ctx: Context, letter: Letter, note: Text | None = None) -> None:
    away = away_for(ctx, letter.away_id)
    changes = [_change(ctx, one) for one in letter_changes(ctx.db, letter.id)]
    words = common.paragraph(
        letter_in_words(letter),
        *_slip_in_words(ctx, letter),
        *([letter_words.changes(changes)] if changes else []),
    )
    rows = _ways_on(ctx, letter)
    if sent_paper(letter) is not None:
        rows.append([Button(letter_words.AS_SENT, f"absence:sentletter:{letter.id}")])
    if answer_scan(ctx, letter):
        rows.append([Button(letter_words.SEE_SCAN, f"absence:answer:{letter.id}")])
    back = [Button(phrases.TO_LETTERS, f"absence:letters:{away.id}"), *to_away(away)]
    room = SCREEN - sum(map(len, rows))  # the desk is two taps away where it has no room here
    ctx.show(common.paragraph(note, words) if note else words, [*rows, back[: max(room, 1)]])


def _ways_on(ctx: Context, letter: Letter) -> list[Row]:
    if letter.withdrawn_at is not None:
        return []
    rows: list[Row] = []
    if letter.is_open:
        paper = "signed" if letter.waits_for_paper else "answered"
        rows = [[act(paper, letter.id)], [act("reminded", letter.id)]]
        if ctx.policies.attendance.door:
            rows.append([Button(slip_words.REPLACE, f"absence:code:{letter.id}")])
    answer = [act("fixanswer", letter.id)] if letter.answered_on is not None else []
    return [*rows, [act("fixletter", letter.id), *answer], [act("unsend", letter.id)]]


def _slip_in_words(ctx: Context, letter: Letter) -> list[Text]:
    """Until when the place of stay can answer on the page, or what has come from there and nobody has signed."""
    slip = slip_of(ctx.db, letter) if letter.is_open else None
    if slip is None:
        return []
    if slip.answer is not None and slip.answered_at is not None:
        said = slip_words.unsigned(
            at=slip.answered_at,
            receipt=slip.receipt or "",
            answer=slip.answer.words,
            scan=slip.file_id is not None,
        )
        return [said]
    until = local_date(slip.expires_at, HOME_ZONE)
    return [slip_words.on_letter(until=until, is_over=ctx.now >= slip.expires_at)]


def answer_scan(ctx: Context, letter: Letter) -> tuple[str, str | None] | None:
    """Return id and name of the scan of the answer: of the paper, or of what came by the page before it."""
    if letter.file_id is not None:
        return letter.file_id, letter.file_name
    slip = slip_of(ctx.db, letter) if letter.waits_for_paper else None
    return (slip.file_id, slip.file_name) if slip is not None and slip.file_id is not None else None


def _change(ctx: Context, change: LetterChange) -> Text:
    was = change.before
    return letter_words.change(
        on=local_date(change.at, HOME_ZONE),
        by=name_of(ctx, change.by_id),
        withdrawn=change.withdrawn,
        why=change.why,
        to=was.to if was else None,
        number=was.number if was else None,
        sent_on=was.sent_on if was else local_date(change.at, HOME_ZONE),
        answered_on=was.answered_on if was else None,
        answer=was.answer if was else None,
    )


def letter_in_words(letter: Letter) -> Text:
    return letter_words.letter(
        kind=letter.kind,
        to=letter.to,
        number=letter.number,
        sent_on=letter.sent_on,
        reminded_on=letter.reminded_on,
        answered_on=letter.answered_on,
        answer=letter.answer,
        needs_answer=LetterKind(letter.kind).wants_answer,
        withdrawn=letter.withdrawn_at is not None,
    )


def send_draft(ctx: Context, arguments: list[str]) -> None:
    """Send the .docx, to be numbered and signed by whoever asks for it. The buttons note that it has left.

    Where a page is served it carries a code, by which the place of stay can answer there.
    """
    away = away_for(ctx, number_or_0(arguments))
    kind = one_of(LetterKind, arguments, 1)
    slip = make_slip(ctx.db, away, kind, by_id=ctx.me.id, policies=ctx.policies, now=ctx.now)
    paper = with_slip(letter_paper(ctx.db, away, kind, signer=ctx.me, now=ctx.now), slip)
    about = phrases.letter_file(kind=letter_words.KINDS[kind], name=paper.member.name)
    noted = Button(phrases.LETTER_SENT[kind], f"below:absence:do:sent:{away.id}:{kind}")
    _send_paper(ctx, paper, common.paragraph(about, *_code_in_words(slip)), [[noted]])


def replace_code(ctx: Context, arguments: list[str]) -> None:
    """Send the letter with another code, where the first was lost or what came by it is not what it says it is."""
    letter = letter_for(ctx, number_or_0(arguments))
    slip = replace_slip(ctx.db, letter, by_id=ctx.me.id, policies=ctx.policies, now=ctx.now)
    if slip is None:
        raise Refused(slip_words.no_door())
    away, kind = away_for(ctx, letter.away_id), LetterKind(letter.kind)
    paper = sent_paper(letter) or letter_paper(
        ctx.db,
        away,
        kind,
        signer=ctx.me,
        now=ctx.now,
        to=letter.to or "",
        number=letter.number or "",
        sent_on=letter.sent_on,
    )
    about = phrases.letter_file(kind=letter_words.KINDS[kind], name=paper.member.name)
    _send_paper(ctx, with_slip(paper, slip), common.paragraph(about, *_code_in_words(slip)))
    show_letter(ctx, letter)


def _code_in_words(slip: IssuedSlip | None) -> list[Text]:
    if slip is None:
        return []
    return [
        slip_words.on_paper(
            link=slip.link, code=in_groups(slip.code), until=slip.until, replaced=slip.replaced
        )
    ]


def send_as_sent(ctx: Context, arguments: list[str]) -> None:
    """Send the .docx as it left, without what has changed since of the person or of the absence."""
    letter = letter_for(ctx, number_or_0(arguments))
    paper = sent_paper(letter)
    if paper is None:
        raise Refused(letter_words.not_kept())
    _look(ctx, letter)
    about = letter_words.as_sent(kind=letter.kind, name=paper.member.name, on=letter.sent_on)
    _send_paper(ctx, paper, about)


def _send_paper(ctx: Context, paper: Paper, about: Text, rows: Sequence[Row] = ()) -> None:
    try:
        data = render_paper(paper, ctx.policies.papers)
    except TemplateBroken:
        raise Refused(phrases.template_broken()) from None
    ctx.say(about, rows, attachment=Attachment(paper_name(paper), data), method=Method.DOCUMENT)


def send_answer(ctx: Context, arguments: list[str]) -> None:
    """Send the scan of an answer to its keepers, and to the member whom it is about."""
    letter = ctx.db.get(Letter, number_or_0(arguments))
    away = ctx.db.get(Away, letter.away_id) if letter else None
    if letter is None or away is None:
        raise NotEntitled
    if ctx.me.id != away.member_id and not may(
        ctx.db, ctx.me.id, Right.KEEP_ABSENCES, away.cell_id, now=ctx.now
    ):
        raise NotEntitled
    scan = answer_scan(ctx, letter)
    if scan is None or (letter.withdrawn_at is not None and ctx.me.id == away.member_id):
        raise Refused(phrases.no_scan())
    _look(ctx, letter)
    about = phrases.scan_of(
        name=name_of(ctx, away.member_id),
        what=letter_words.KINDS[letter.kind],
        on=letter.answered_on or letter.sent_on,
    )
    send_scan(ctx, *scan, about)


def _look(ctx: Context, letter: Letter) -> None:
    member_id = ctx.db.get_one(Away, letter.away_id).member_id
    record_look(ctx.db, reader_id=ctx.me.id, member_id=member_id, what="absence.letter", now=ctx.now)
