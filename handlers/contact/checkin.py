"""The member checks in: two taps when all is well, otherwise one question at a time.

    reminder, /baocao ─ all is well ─> confirm ──> sent          no draft: two buttons, nothing to forget
          │                               │          ^
          └─ something to tell ─> place ──┴─> ...    │
                                    │ moved: which ─> clock (zone)
                                    v
                                  work ─> residence ─> note ──> overview ─> sent
                                          (in Vietnam)            │   ^ each answer can be changed from here,
                                                                  v   │ and more typed or sent
                                                                 help asked for: what

Nothing is kept before "send" but the draft. A form that outlives its occurrence is sent for the one that is open then,
or as a report out of turn: what was typed is not lost.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, Field

from handlers.contact.pause import show_pause
from handlers.ground import conversation
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context, FileKind, Kind
from handlers.ground.conversation import Flow, Question, Screen, choice
from handlers.ground.scans import voices
from handlers.people import whereabouts as places
from models.contact.checkin import (
    Checkin,
    CheckinKind,
    CheckinState,
    PlaceAnswer,
    Report,
    Residence,
    Work,
    answer_checkin,
    answerable_checkin,
    choices_of,
    correctable_checkins,
    open_due_checkins,
    owed_checkins,
    plan_checkin,
    planned_checkin,
    volunteer_checkin,
    ways_to_answer,
)
from models.contact.pause import PauseState, open_pause
from models.contact.policy import Urgency
from models.contact.request import RequestWords, Topic, close_request, open_request, request_of_checkin
from models.contact.unasked import cries_for_help, speaks_of_wages, topic_of_cry
from models.delivery.conversation import conversation_in, forget_conversation
from models.delivery.message import Button
from models.ground.errors import Refused
from models.ground.marking import clean
from models.ground.markup import units
from models.ground.places import place
from models.people.member import Member, set_member_place
from models.phrases import common
from models.phrases.common import paragraph
from models.phrases.contact import checkin as phrases, request as request_words
from models.phrases.ground import rhythm as rhythm_words
from models.phrases.text import Text

LIMIT = 2_000  # characters of a free text
FILES = 5  # voice messages and photos in one report
ROOM = "checkin"
MENU = [Button(common.MENU, "nav:menu")]
RHYTHM = [Button(rhythm_words.MINE, "rhythm:see")]


class Step(StrEnum):
    PLACE = "place"
    WHERE = "where"
    CLOCK = "clock"
    ZONE = "zone"
    WORK = "work"
    RESIDENCE = "residence"
    NOTE = "note"
    HELP = "help"
    NEED = "need"
    OVERVIEW = "overview"


class Note(BaseModel):
    """One message of the note, so that its edit can be taken over."""

    message_id: int = 0
    text: str = ""


class Draft(places.Whereabouts):
    checkin_id: int = 0  # 0: a report out of turn
    moved: bool = False
    moved_before: bool = False  # a report is corrected that told of a move to where they are now
    work: Work | None = None
    residence: Residence | None = None
    notes: list[Note] = Field(default_factory=list)
    voice_ids: list[str] = Field(default_factory=list)
    photo_ids: list[str] = Field(default_factory=list)
    help_text: str = ""
    reviewing: bool = False  # an answer is being changed: from it back to the overview

    @property
    def note(self) -> str:
        return "\n".join(note.text for note in self.notes)

    @property
    def files(self) -> int:
        return len(self.voice_ids) + len(self.photo_ids)


# --- where things stand ---------------------------------------------------------------------------------------------


def start(ctx: Context) -> None:
    """Answer /baocao: show what waits, what was sent, or when the next one is."""
    _show_now(ctx)


def see(ctx: Context, _arguments: list[str]) -> None:
    _show_now(ctx)


def report_anyway(ctx: Context, _arguments: list[str]) -> None:
    """Begin a report by somebody who is on a pause."""
    _show_now(ctx, on_pause=True)


def _show_now(ctx: Context, hint: Text | None = None, *, on_pause: bool = False) -> None:
    if ctx.me.cell_id is None:
        raise Refused(phrases.in_no_cell())
    paused = open_pause(ctx.db, ctx.me.id)
    if paused is not None and paused.state == PauseState.RUNNING and not on_pause:
        show_pause(ctx, paused, hint)
        return
    # it may be due and not asked yet, because it is night there or because we were down
    open_due_checkins(ctx.db, ctx.me, ctx.policies.checkin, now=ctx.now)
    checkin = answerable_checkin(ctx.db, ctx.me.id, ctx.policies.checkin, now=ctx.now)
    if checkin is None:
        planned = planned_checkin(ctx.db, ctx.me.id)
        words = phrases.nothing_due(next_at=planned.opens_at if planned else None, zone=ctx.zone)
        buttons = [[Button(phrases.VOLUNTEER, "checkin:volunteer")], RHYTHM, MENU]
    elif checkin.state == CheckinState.ANSWERED:
        words, buttons = _answered(ctx, checkin)
    else:
        words = phrases.asked(
            name=ctx.me.own_name,
            period=checkin.period,
            due_at=checkin.due_at,
            zone=ctx.zone,
            question=checkin.question,
            again=False,
            overdue=ctx.now > checkin.due_at,
        )
        buttons = [*(list(row) for row in ways_to_answer(checkin.id)), RHYTHM, MENU]
    ctx.show(paragraph(hint, words) if hint else words, buttons)


def _answered(ctx: Context, checkin: Checkin, *, asked_help: bool = False) -> tuple[Text, list[list[Button]]]:
    """What was sent, when, and the ways on from there."""
    at = checkin.answered_at or ctx.now
    ways = [[Button(phrases.VOLUNTEER, "checkin:volunteer")], RHYTHM, MENU]
    if checkin.answered_by is not None and checkin.answered_by != ctx.me.id:
        by = ctx.db.get_one(Member, checkin.answered_by).full_name
        words = phrases.answered_by_other(by=by, at=at, zone=ctx.zone, period=checkin.period)
        return words, [[Button(phrases.ADD_MINE, f"checkin:form:{checkin.id}")], *ways]
    planned = planned_checkin(ctx.db, ctx.me.id)
    words = phrases.sent(
        at=at,
        zone=ctx.zone,
        period=_period(checkin),
        next_at=planned.opens_at if planned else None,
        asked_help=asked_help,
    )
    others = [
        [
            Button(
                phrases.edit_other(period=_period(other), question=other.question),
                f"checkin:correct:{other.id}",
            )
        ]
        for other in correctable_checkins(ctx.db, ctx.me.id, now=ctx.now)
        if other.id != checkin.id
    ]
    # three more make seven buttons: a screen has room for eight
    return words, [[Button(phrases.EDIT, f"checkin:correct:{checkin.id}")], *others[:3], *ways]


def _period(checkin: Checkin | None) -> date | None:
    return checkin.period if checkin and checkin.kind == CheckinKind.RHYTHM else None


def _mine(ctx: Context, arguments: list[str]) -> Checkin:
    """The check-in a button speaks of; one that is forged or gone is refused."""
    checkin = ctx.db.get(Checkin, number_or_0(arguments))
    if checkin is None or checkin.member_id != ctx.me.id:
        raise Refused(common.gone_button())
    return checkin


def _may(ctx: Context, draft: Draft) -> None:
    """One's own; a report out of turn belongs to no check-in yet."""
    if ctx.me.cell_id is None:
        raise Refused(phrases.in_no_cell())
    if draft.checkin_id:
        _mine(ctx, [str(draft.checkin_id)])


def _takes_answers(ctx: Context, checkin: Checkin) -> bool:
    return checkin.state != CheckinState.CLOSED and ctx.now < checkin.closes_at


def _is_gone(ctx: Context, checkin: Checkin) -> bool:
    """An old reminder: says so, and where things stand."""
    if _takes_answers(ctx, checkin):
        return False
    _show_now(ctx, phrases.closed_period(period=checkin.period))
    return True


def _answered_already(ctx: Context, checkin: Checkin) -> bool:
    """A double tap, or somebody was faster: says so."""
    if checkin.state != CheckinState.ANSWERED:
        return False
    words, buttons = _answered(ctx, checkin)
    ctx.show(words, buttons)
    return True


# --- all is well: two taps ------------------------------------------------------------------------------------------


def confirm_well(ctx: Context, arguments: list[str]) -> None:
    checkin = _mine(ctx, arguments)
    if _is_gone(ctx, checkin) or _answered_already(ctx, checkin) or _goes_on_with_words(ctx, checkin):
        return
    words = phrases.confirm_well(
        period=_period(checkin), place=places.place_name(ctx.me.place_code), question=checkin.question
    )
    ctx.show(
        words,
        [
            [Button(common.SEND, f"checkin:send:{checkin.id}")],
            [Button(phrases.SOMETHING_TO_TELL, f"checkin:form:{checkin.id}")],
            [Button(common.BACK, f"checkin:see:{checkin.id}")],
        ],
    )


def send_well(ctx: Context, arguments: list[str]) -> None:
    checkin = _mine(ctx, arguments)
    if _is_gone(ctx, checkin) or _answered_already(ctx, checkin) or _goes_on_with_words(ctx, checkin):
        return
    report = Report(fine=True, whereabouts=PlaceAnswer.SAME)
    answer_checkin(ctx.db, checkin, report, by_id=ctx.me.id, policy=ctx.policies.checkin, now=ctx.now)
    draft = _unfinished(ctx)
    # the form that was begun for this report would offer to send it a second time
    if draft is not None and draft.checkin_id == checkin.id:
        forget_conversation(ctx.db, ctx.address, ROOM)
    words, buttons = _answered(ctx, checkin)
    ctx.show(words, buttons)


def _goes_on_with_words(ctx: Context, checkin: Checkin) -> bool:
    """Whoever has told something for this report already is shown it before anything is sent: two taps would drop their words."""
    begun = _unfinished(ctx)
    if begun is None or begun.checkin_id != checkin.id or not (begun.notes or begun.files):
        return False
    begin_with(ctx, checkin.id, notes=[], voices=[], photos=[])
    return True


# --- the form -------------------------------------------------------------------------------------------------------


def fill(ctx: Context, arguments: list[str]) -> None:
    """Begin the form, because there is something to tell. An unfinished one of the same occurrence is offered first."""
    checkin = _mine(ctx, arguments)
    # what somebody noted for them after a call does not stand in the way of their own words
    mine = checkin.answered_by in (None, ctx.me.id)
    if _is_gone(ctx, checkin) or (mine and _answered_already(ctx, checkin)):
        return
    _begin(ctx, Draft(checkin_id=checkin.id))


def volunteer(ctx: Context, _arguments: list[str]) -> None:
    if ctx.me.cell_id is None:
        raise Refused(phrases.in_no_cell())
    _begin(ctx, Draft())


def _begin(ctx: Context, draft: Draft) -> None:
    begun = _unfinished(ctx)
    if begun is not None and begun.checkin_id == draft.checkin_id:
        # told where a button was asked for, before the first question was answered: there is nothing to resume but the words
        draft.notes, draft.voice_ids, draft.photo_ids = begun.notes, begun.voice_ids, begun.photo_ids
        conversation.begin_or_resume(ctx, FLOW, Step.PLACE, draft)
    else:
        conversation.begin(ctx, FLOW, Step.PLACE, draft)


def begin_with(ctx: Context, asked: int, *, notes: list[Note], voices: list[str], photos: list[str]) -> None:
    """Begin the overview with what was typed before the form was opened.

    It answers the occurrence `asked`, else the one that is due; the rest stays as declared.
    """
    open_due_checkins(ctx.db, ctx.me, ctx.policies.checkin, now=ctx.now)
    owed = (one for one in owed_checkins(ctx.db, ctx.me.id) if one.id == asked and _takes_answers(ctx, one))
    checkin = next(owed, None) or answerable_checkin(ctx.db, ctx.me.id, ctx.policies.checkin, now=ctx.now)
    due = checkin.id if checkin is not None and checkin.state != CheckinState.ANSWERED else 0
    begun = _unfinished(ctx)
    draft = begun if begun is not None and begun.checkin_id == due else Draft(checkin_id=due)
    draft.notes, draft.reviewing = [*draft.notes, *notes], True
    draft.voice_ids, draft.photo_ids = [*draft.voice_ids, *voices], [*draft.photo_ids, *photos]
    conversation.begin(ctx, FLOW, Step.OVERVIEW, draft)


def _unfinished(ctx: Context) -> Draft | None:
    row = conversation_in(ctx.db, ctx.address, ROOM)
    return Draft.model_validate_json(row.draft) if row is not None and row.draft else None


def correct(ctx: Context, arguments: list[str]) -> None:
    """Open the form as it was sent, at its overview."""
    checkin = _mine(ctx, arguments)
    report = checkin.report
    if _is_gone(ctx, checkin):
        return
    if report is None or checkin.answered_by != ctx.me.id:
        _show_now(ctx)
        return
    request = request_of_checkin(ctx.db, checkin.id)
    # a report that told of another place than the one of today is old: correcting it moves nobody back
    moved = report.whereabouts is PlaceAnswer.CHANGED and ctx.me.place_code == (report.place_now or None)
    draft = Draft(
        checkin_id=checkin.id,
        moved=moved,
        moved_before=moved,
        place_code=ctx.me.place_code,
        zone=ctx.me.zone,
        work=report.work,
        residence=report.residence,
        notes=[Note(text=report.note)] if report.note else [],
        voice_ids=report.voice_ids,
        photo_ids=report.photo_ids,
        help_text=(request.text or "") if report.needs_help and request else "",
        reviewing=True,
    )
    conversation.begin(ctx, FLOW, Step.OVERVIEW, draft)


def ask_whether_there(ctx: Context, draft: Draft) -> Screen:
    words = phrases.still_there(place=places.place_name(ctx.me.place_code))
    return Screen(words, [[choice(phrases.STILL_THERE, "same")], [choice(phrases.MOVED, "moved")]])


def _told_early(ctx: Context, draft: Draft, answer: Answer) -> bool:
    """Words, a voice message or a photo where a button was asked for go into the report; a cry for help is more than that."""
    if answer.incoming.kind not in (Kind.TEXT, Kind.FILE) or cries_for_help(answer.incoming.text):
        return False
    _add(draft, answer)
    ctx.say(phrases.kept_of_it())
    return True


def take_whether_there(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if _told_early(ctx, draft, answer):
        return Step.PLACE
    if answer.choice("same", "moved") == "moved":
        draft.found = []
        return Step.WHERE
    draft.moved = False
    return _after(draft, Step.WORK)


def take_where(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if not places.take_place(draft, answer):
        return Step.WHERE
    if places.has_several_clocks(draft):
        return Step.ZONE
    if draft.place_code == ctx.me.place_code:
        return _stayed(draft)
    draft.moved, draft.residence = True, None
    # the clock is asked about only where the move would change it, and Vietnam has one
    if draft.place_code is None or places.is_inside(draft.place_code) or draft.zone == ctx.me.zone:
        return _after_moving(draft)
    return Step.CLOCK


def take_clock(ctx: Context, draft: Draft, answer: Answer) -> Step:
    return _after_moving(draft) if answer.choice("yes", "no") == "yes" else Step.ZONE


def take_zone(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if not places.take_zone(draft, answer):
        return Step.WHERE
    if (draft.place_code, draft.zone) == (ctx.me.place_code, ctx.me.zone):
        return _stayed(draft)
    draft.moved, draft.residence = True, None
    return _after_moving(draft)


def _stayed(draft: Draft) -> Step:
    """The declared place was chosen again: that is no move."""
    draft.moved = draft.moved_before
    return _after(draft, Step.WORK)


def _after_moving(draft: Draft) -> Step:
    """A new place in Vietnam wants its residence registered: that is asked again."""
    if draft.reviewing and draft.place_code is not None and not place(draft.place_code).abroad:
        return Step.RESIDENCE
    return _after(draft, Step.WORK)


def _after(draft: Draft, following: Step) -> Step:
    return Step.OVERVIEW if draft.reviewing else following


def ask_work(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.how_is_work(), [[choice(phrases.WORK[work], work)] for work in Work])


def take_work(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if _told_early(ctx, draft, answer):
        return Step.WORK
    draft.work = Work(answer.choice(*Work))
    return _after(draft, Step.RESIDENCE if _wants_residence(ctx, draft) else Step.NOTE)


def _wants_residence(ctx: Context, draft: Draft) -> bool:
    """Tạm trú is registered in Vietnam, away from home."""
    code = draft.place_code if draft.moved else ctx.me.place_code
    return code is not None and not place(code).abroad


def ask_residence(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(phrases.RESIDENCE[value], value)] for value in Residence]
    return Screen(phrases.is_residence_registered(), buttons)


def take_residence(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if _told_early(ctx, draft, answer):
        return Step.RESIDENCE
    draft.residence = Residence(answer.choice(*Residence))
    return _after(draft, Step.NOTE)


def ask_note(ctx: Context, draft: Draft) -> Screen:
    words = phrases.anything_to_tell(note=draft.note, files=draft.files)
    if not draft.notes and not draft.files:
        return Screen(words, [[choice(common.SKIP, "done")]])
    return Screen(words, [[choice(phrases.DONE, "done")], [choice(phrases.REWRITE, "rewrite")]])


def take_note(ctx: Context, draft: Draft, answer: Answer) -> Step:
    """Take what is told, and go to the overview at once; more can be typed or sent there."""
    if answer.incoming.kind is Kind.BUTTON:
        if answer.choice("done", "rewrite") == "done":
            return Step.OVERVIEW
        draft.notes, draft.voice_ids, draft.photo_ids = [], [], []
        return Step.NOTE
    _add(draft, answer)
    return Step.OVERVIEW


def _add(draft: Draft, answer: Answer) -> None:
    _take_file(draft, answer)
    if answer.incoming.text.strip():
        _write(draft, Note(message_id=answer.incoming.message_id or 0, text=answer.incoming.text.strip()))


def _take_file(draft: Draft, answer: Answer) -> None:
    file = answer.incoming.file
    if file is None:
        if answer.incoming.kind is not Kind.TEXT:
            raise Refused(phrases.note_expected())
        return
    ids = {FileKind.VOICE: draft.voice_ids, FileKind.PHOTO: draft.photo_ids}.get(file.kind)
    if ids is None:
        raise Refused(phrases.note_expected())
    if draft.files >= FILES:
        raise Refused(phrases.too_many_files(limit=FILES))
    ids.append(file.keep())


def _write(draft: Draft, note: Note) -> None:
    """Add to the note, or take over the edit of a message that is part of it."""
    others = [known for known in draft.notes if not note.message_id or known.message_id != note.message_id]
    at = next((i for i, known in enumerate(draft.notes) if known not in others), len(others))
    clean(note.text)
    notes = [*others[:at], note, *others[at:]]
    if units("\n".join(part.text for part in notes)) > LIMIT:
        raise Refused(common.too_long(LIMIT))
    draft.notes = notes


def take_edit(ctx: Context, draft: Draft) -> Text | None:
    """Take a message of the note that was changed after it was sent. Return None if it is no part of this draft."""
    if (
        not any(note.message_id == ctx.incoming.message_id for note in draft.notes)
        or not ctx.incoming.text.strip()
    ):
        return None
    _write(draft, Note(message_id=ctx.incoming.message_id or 0, text=ctx.incoming.text.strip()))
    return phrases.edit_taken()


def ask_help(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(phrases.NO_HELP, "no")], [choice(phrases.NEEDS_HELP, "yes")]]
    return Screen(phrases.needs_help(), buttons)


def take_help(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.incoming.kind is Kind.TEXT:  # what they need is the answer
        return take_need(ctx, draft, answer)
    if answer.choice("no", "yes") == "yes":
        return Step.NEED
    draft.help_text = ""
    return Step.OVERVIEW


def ask_need(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.help_with_what())


def take_need(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.help_text = clean(answer.words(limit=LIMIT))
    return Step.OVERVIEW


# --- overview and sending -------------------------------------------------------------------------------------------

_CHANGE = {
    "place": Step.PLACE,
    "work": Step.WORK,
    "residence": Step.RESIDENCE,
    "note": Step.NOTE,
    "help": Step.HELP,
}


def ask_overview(ctx: Context, draft: Draft) -> Screen:
    checkin = ctx.db.get(Checkin, draft.checkin_id) if draft.checkin_id else None
    words = phrases.overview(
        period=_period(checkin),
        place=places.place_name(draft.place_code if draft.moved else ctx.me.place_code),
        moved=draft.moved,
        choices=choices_of(draft),
        note=draft.note,
        files=draft.files,
        help_text=draft.help_text,
    )
    if draft.help_text:
        how = request_words.goes_as(topic=_topic(draft), urgency=_urgency(draft))
        words = paragraph(how, words)
    shown = [name for name in _CHANGE if name != "residence" or _wants_residence(ctx, draft)]
    changes = [choice(_change_label(draft, name), name) for name in shown]
    rows = [changes[at : at + 2] for at in range(0, len(changes), 2)]
    return Screen(words, [[choice(common.SEND, "send")], *rows])


def _change_label(draft: Draft, name: str) -> Text:
    return phrases.ASK_HELP if name == "help" and not draft.help_text else phrases.CHANGE[name]


def take_overview(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    if answer.incoming.kind is not Kind.BUTTON:
        _add(draft, answer)
        return Step.OVERVIEW
    chosen = answer.choice("send", *_CHANGE)
    if chosen != "send":
        draft.reviewing = True
        return Step.NEED if chosen == "help" and not draft.help_text else _CHANGE[chosen]
    _send(ctx, draft)
    return None


def _send(ctx: Context, draft: Draft) -> None:
    """Keep the report; then what follows from it: a request for help, a new place and clock."""
    meant = ctx.db.get(Checkin, draft.checkin_id) if draft.checkin_id else None
    checkin = _keep(ctx, meant, _report(draft))
    if draft.help_text:
        open_request(
            ctx.db,
            ctx.me,
            RequestWords(text=draft.help_text, topic=_topic(draft), urgency=_urgency(draft)),
            checkin_id=checkin.id,
            policy=ctx.policies.request,
            now=ctx.now,
        )
    elif request := request_of_checkin(ctx.db, checkin.id):
        # the help was taken out of the report: only its author may close a request, and just did (decisions/0013)
        close_request(ctx.db, request, now=ctx.now)
    if draft.moved:
        set_member_place(ctx.me, draft.place_code, zone=draft.zone)
        # the next one opens at its hour on the new clock
        plan_checkin(ctx.db, ctx.me, ctx.policies.checkin, now=ctx.now)
    words, buttons = _answered(ctx, checkin, asked_help=bool(draft.help_text))
    elsewhere = meant is not None and meant.id != checkin.id
    ctx.show(paragraph(phrases.went_elsewhere(), words) if elsewhere else words, buttons)


def _topic(draft: Draft) -> Topic:
    """What the help is about, as far as the form says it: work that was lost is no "something else"."""
    cried = topic_of_cry(draft.help_text)
    if cried is not None:
        return {"accident": Topic.ACCIDENT, "papers": Topic.PAPERS, "disaster": Topic.DISASTER}.get(
            cried, Topic.OTHER
        )
    return Topic.WAGES if draft.work is Work.LOST or speaks_of_wages(draft.help_text) else Topic.OTHER


def _urgency(draft: Draft) -> Urgency:
    if cries_for_help(draft.help_text):
        return Urgency.URGENT
    return Urgency.SOON if _topic(draft) is Topic.WAGES else Urgency.NORMAL


def _keep(ctx: Context, meant: Checkin | None, report: Report) -> Checkin:
    """As the answer to what was asked; to what is open now when that has closed; else as a report out of turn."""
    policy = ctx.policies.checkin
    target = meant
    if meant is not None and not _takes_answers(ctx, meant):
        target = answerable_checkin(ctx.db, ctx.me.id, policy, now=ctx.now)
        if target is not None and target.state == CheckinState.ANSWERED:
            target = None
    if target is not None:
        answer_checkin(ctx.db, target, report, by_id=ctx.me.id, policy=policy, now=ctx.now)
        return target
    new = volunteer_checkin(ctx.db, ctx.me, report, policy, now=ctx.now)
    if new is None:
        raise Refused(phrases.in_no_cell())
    return new


def _report(draft: Draft) -> Report:
    return Report(
        whereabouts=PlaceAnswer.CHANGED if draft.moved else PlaceAnswer.SAME,
        place_now=(draft.place_code or "") if draft.moved else "",
        work=draft.work,
        residence=draft.residence,
        note=draft.note,
        voice_ids=draft.voice_ids,
        photo_ids=draft.photo_ids,
        needs_help=bool(draft.help_text),
    )


FLOW: Flow[Draft] = Flow(
    ROOM,
    phrases.FORM,
    Draft,
    {
        Step.PLACE: Question(ask_whether_there, take_whether_there, wants_file=voices),
        Step.WHERE: Question(places.ask_place, take_where),
        Step.CLOCK: Question(places.ask_clock, take_clock),
        Step.ZONE: Question(places.ask_zone, take_zone),
        Step.WORK: Question(ask_work, take_work, wants_file=voices),
        Step.RESIDENCE: Question(ask_residence, take_residence, wants_file=voices),
        Step.NOTE: Question(ask_note, take_note, wants_file=voices),
        Step.HELP: Question(ask_help, take_help),
        Step.NEED: Question(ask_need, take_need),
        Step.OVERVIEW: Question(ask_overview, take_overview, wants_file=voices),
    },
    edited=take_edit,
    right=_may,
    own_words=lambda ctx, draft: not draft.help_text,  # help that is asked for has its own urgency
)
