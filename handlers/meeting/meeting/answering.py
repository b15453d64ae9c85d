"""The invited answer: one tap, or a tap and a reason; papers; words to be read out; the calendar file.

answer ─┬─ online, in person ──> noted
        └─ absent, part of it ──> reason ──> noted            the desk does the same for whoever said so by phone

say ──> words (several messages) ──done──> kept
"""

from __future__ import annotations

from pydantic import BaseModel

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer as Said, Context
from handlers.ground.conversation import choice
from handlers.ground.form import AGAIN, At, Field, FieldKind, Form, Offer, Prose, Row, beside
from handlers.ground.scans import send_scan
from handlers.meeting.meeting.desk import show_who
from handlers.meeting.meeting.door import MENU, desk_invitation, own_invitation
from handlers.meeting.meeting.screens import show_meeting
from models.delivery.message import Attachment, Button
from models.ground.errors import Refused
from models.ground.marking import clean
from models.ground.markup import units
from models.meeting.meeting import (
    ASKS_AGAIN,
    CALENDAR_FILE,
    CODES,
    Invitation,
    Meeting,
    MeetingAnswer,
    MeetingPaper,
    answer_invitation,
    calendar_file,
    contribute,
    differences,
    facts_of,
    facts_of_edition,
    meeting_ahead,
    open_paper,
    read_paper,
)
from models.people.member import Member
from models.phrases import common
from models.phrases.meeting import meeting as phrases
from models.phrases.text import Lang, Text

_REASON = 500  # characters
_BY_CODE = {code: answer for answer, code in CODES.items()}


class Reason(BaseModel):
    invitation_id: int = 0
    answer: MeetingAnswer = MeetingAnswer.ABSENT
    edition: int = 0
    reason: str = ""


def answer(ctx: Context, arguments: list[str]) -> None:
    """Take a member's answer.

    The button carries the edition that was answered: a yes to the old day does not count when the day was changed.
    """
    invitation = own_invitation(ctx, number_or_0(arguments))
    take_answer(ctx, invitation, arguments[1:])


def answer_for(ctx: Context, arguments: list[str]) -> None:
    """Take the answer of somebody who gave it by phone. The desk does so."""
    take_answer(ctx, desk_invitation(ctx, number_or_0(arguments)), arguments[1:])


def take_answer(ctx: Context, invitation: Invitation, arguments: list[str]) -> None:
    meeting = meeting_ahead(ctx.db, invitation)
    said, edition = _BY_CODE.get(arguments[0] if arguments else ""), number_or_0(arguments, 1)
    if said is None:
        raise Refused(common.gone_button())
    if _is_outdated(ctx, meeting, edition):
        show_meeting(ctx, meeting, phrases.moved_since())
    elif said in (MeetingAnswer.ABSENT, MeetingAnswer.PART):
        REASON.begin(ctx, Reason(invitation_id=invitation.id, answer=said, edition=edition))
    else:
        _note(ctx, invitation, meeting, said, "")


def _is_outdated(ctx: Context, meeting: Meeting, edition: int) -> bool:
    if edition >= meeting.edition:
        return False
    # a newer edition alone outdates no answer: only another day or form is asked about again (decisions/0019)
    seen = facts_of_edition(ctx.db, meeting.id, edition)
    return seen is None or bool(ASKS_AGAIN & set(differences(seen, facts_of(ctx.db, meeting))))


def _note(ctx: Context, invitation: Invitation, meeting: Meeting, said: MeetingAnswer, reason: str) -> None:
    answer_invitation(ctx.db, invitation, said, reason=reason, by_id=ctx.me.id, now=ctx.now)
    if invitation.member_id != ctx.me.id:
        show_who(ctx, meeting)
        return
    show_meeting(ctx, meeting, phrases.answered(answer=said, late=ctx.now > meeting.answer_by))


def _reasons(at: At[Reason, Invitation]) -> list[Offer]:
    if at.draft.answer is not MeetingAnswer.ABSENT:
        return []
    # kept in Vietnamese: the reason stands in the minutes
    return [Offer(label, code, label.to_plain("vi")) for code, label in phrases.REASONS.items()]


def _save_reason(at: At[Reason, Invitation]) -> None:
    ctx, meeting = at.ctx, meeting_ahead(at.ctx.db, at.subject)
    # once more: the meeting may have been moved while the reason was typed
    if _is_outdated(ctx, meeting, at.draft.edition):
        ctx.left = True
        show_meeting(ctx, meeting, phrases.moved_since())
    else:
        _note(ctx, at.subject, meeting, at.draft.answer, at.draft.reason)


def _invitation(ctx: Context, invitation_id: int) -> Invitation:
    """One's own, else the desk's to note."""
    invitation = ctx.db.get(Invitation, invitation_id)
    if invitation is not None and invitation.member_id == ctx.me.id:
        return own_invitation(ctx, invitation_id)
    return desk_invitation(ctx, invitation_id)


# --- words to be read out -------------------------------------------------------------------------------------------


class AnswerWords(BaseModel):
    invitation_id: int = 0
    parts: list[str] = []

    @property
    def text(self) -> str:
        return "\n".join(self.parts)


def begin_words(ctx: Context, arguments: list[str]) -> None:
    invitation = own_invitation(ctx, number_or_0(arguments))
    kept = [invitation.contribution] if invitation.contribution else []
    WORDS.begin(ctx, AnswerWords(invitation_id=invitation.id, parts=kept))


class Contribution(FieldKind[AnswerWords, Invitation]):
    """In as many messages as one likes, until they are complete; or taken back."""

    def rows(self, at: At[AnswerWords, Invitation]) -> list[Row]:
        ways = [choice(phrases.DONE, "done"), choice(phrases.REWRITE, "rewrite")] if at.draft.parts else []
        return beside([*ways, *([choice(phrases.TAKE_BACK, "back")] if at.subject.contribution else [])])

    def sent(self, at: At[AnswerWords, Invitation], said: Said) -> object:
        """Add it; what is refused is not added, and what was there stays."""
        limit = at.ctx.policies.meeting.contribution_characters
        parts = [*at.draft.parts, said.words(limit=4096)]
        if units(clean("\n".join(parts))) > limit:
            raise Refused(common.too_long(limit))
        at.draft.parts = parts
        return AGAIN

    def tapped(self, at: At[AnswerWords, Invitation], key: str) -> object:
        chosen = Said(at.ctx.incoming, key).choice("done", "rewrite", "back")
        if chosen == "done" and not at.draft.parts:
            raise Refused(common.text_expected())
        if chosen != "done":
            at.draft.parts = []
        return AGAIN if chosen == "rewrite" else None

    def put(self, at: At[AnswerWords, Invitation], name: str, value: object) -> None:
        """Do nothing: the words stand in the draft already."""


def _keep(at: At[AnswerWords, Invitation]) -> None:
    ctx, text = at.ctx, at.draft.text
    contribute(ctx.db, at.subject, text, policy=ctx.policies.meeting, now=ctx.now)
    note = phrases.words_kept() if text else phrases.words_taken_back()
    show_meeting(ctx, ctx.db.get_one(Meeting, at.subject.meeting_id), note)


def _ask_words(at: At[AnswerWords, Invitation]) -> Text:
    return phrases.write_words(limit=at.ctx.policies.meeting.contribution_characters, now=at.draft.text)


# --- papers, calendar -----------------------------------------------------------------------------------------------


def send_paper(ctx: Context, arguments: list[str]) -> None:
    """Send the paper, and a button to say that it has been read."""
    invitation, paper = _paper(ctx, arguments)
    open_paper(ctx.db, invitation, paper, now=ctx.now)
    send_scan(ctx, paper.file_id or "", paper.name, phrases.paper(name=paper.title))
    address = f"meeting:read:{invitation.id}:{paper.id}"
    see = Button(phrases.SEE, f"meeting:see:{invitation.meeting_id}")
    ctx.say(phrases.paper_sent(), [[Button(phrases.READ, address)], [see]])


def paper_read(ctx: Context, arguments: list[str]) -> None:
    invitation, paper = _paper(ctx, arguments)
    read_paper(ctx.db, invitation, paper, now=ctx.now)
    show_meeting(ctx, ctx.db.get_one(Meeting, invitation.meeting_id), phrases.paper_read())


def _paper(ctx: Context, arguments: list[str]) -> tuple[Invitation, MeetingPaper]:
    invitation = own_invitation(ctx, number_or_0(arguments))
    paper = ctx.db.get(MeetingPaper, number_or_0(arguments, 1))
    if paper is None or paper.meeting_id != invitation.meeting_id:
        raise Refused(common.gone_button())
    return invitation, paper


def send_calendar(ctx: Context, arguments: list[str]) -> None:
    invitation = own_invitation(ctx, number_or_0(arguments))
    meeting = meeting_ahead(ctx.db, invitation)
    member = ctx.db.get_one(Member, invitation.member_id)
    entry = calendar_file(
        meeting,
        facts_of(ctx.db, meeting),
        Lang(member.lang),
        edition=meeting.edition,
        gone=False,
        now=ctx.now,
    )
    invitation.calendar = meeting.edition
    ctx.send_file(Attachment(CALENDAR_FILE, entry), phrases.calendar_sent())
    ctx.say(phrases.calendar_use(), [[Button(phrases.SEE, f"meeting:see:{meeting.id}")], MENU])


REASON: Form[Reason, Invitation] = Form(
    "meeting_answer",
    phrases.ANSWERING,
    Reason,
    right=lambda ctx, draft: _invitation(ctx, draft.invitation_id),
    fields=(
        Field(
            "reason",
            lambda at: (
                phrases.which_part() if at.draft.answer is MeetingAnswer.PART else phrases.why_absent()
            ),
            Prose(_REASON),
            offers=_reasons,
            in_row=2,
        ),
    ),
    save=_save_reason,
    own_words=lambda ctx, draft: _invitation(ctx, draft.invitation_id).member_id == ctx.me.id,
)
WORDS: Form[AnswerWords, Invitation] = Form(
    "meeting_words",
    phrases.CONTRIBUTING,
    AnswerWords,
    right=lambda ctx, draft: own_invitation(ctx, draft.invitation_id),
    fields=(Field("words", _ask_words, Contribution()),),
    save=_keep,
    own_words=lambda ctx, draft: True,
)
