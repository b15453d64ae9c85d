"""Every form of the program, driven in any order: nothing of ours fails, no answer is lost, no screen is a dead end.

The forms are those of `ROUTES`; who fills in which, and what about, stands in `_begun`. Each act is one update in a
savepoint of its own, and the form is stored anew before it: each is a restart, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from handlers import ROUTES
from handlers.away.away.draft import Step
from handlers.ground.context import Context, FileKind, Given, Incoming, Kind, SharedFile, WholeForm
from handlers.ground.form import FieldKind, Form, Shape
from handlers.ground.whole import view_after
from models.away.agreement import AgreementFacts, AgreementKind, make_agreement
from models.away.away import (
    Away,
    Filing,
    FilingAct,
    ReturnItem,
    away_of,
    begin_return,
    decide_filing,
    file_away,
    record_cell_result,
    return_filing,
)
from models.away.homecoming import homecoming_of
from models.contact.checkin import UNSETTLED, Checkin
from models.contact.contact_note import ContactNote
from models.contact.ladder import Ladder
from models.contact.request import HelpRequest
from models.delivery.conversation import Conversation
from models.desk.law_request import LawKind, open_law_request
from models.ground.db import Database
from models.meeting.meeting import Meeting
from models.meeting.meeting.rows import Invitation
from models.meeting.task import Task
from models.people.member import Account, Member, Standing
from models.people.rights import Appointment
from models.people.unit import Unit
from models.policies import Policies
from models.year.probation import Probation
from models.year.review import Review, accept
from tests.absences import SAIGON, declaration
from tests.sizes import sized
from tests.walk.walker import Case, Form as Open, Ground
from tests.walk.world import NOW, Land, build

FORMS = {room: flow for room, flow in ROUTES.flows.items() if isinstance(flow, Form)}
# Written in a way of their own: what is typed goes to rows at once, is a secret, or comes before anybody is known.
OTHERS = ROUTES.flows.keys() - FORMS.keys()
# What a draft remembers of its screens, besides the answers.
SCREENS = {"page", "works", "fields", "found", "hits", "words", "one_word", "at", "asked", "seen", "done"}


@dataclass(frozen=True)
class Begun:
    """By whom, at which question, with which draft."""

    actor: str
    step: str
    draft: dict[str, Any]


def _begun(db: Session, land: Land) -> dict[str, Begun]:
    """Return each form as somebody who may has just begun it, in the first cell."""

    def one(table: type[Any], *where: Any) -> Any:
        return db.scalars(select(table).where(*where).order_by(table.id)).first()

    cell, sec, dep = land.cells["a1"], "a1.sec", "a1.dep"
    who = {role: land.members[f"a1.{role}"] for role in ("sec", "dep", "con", "mai", "que", "pro", "new")}
    committee = db.get_one(Unit, cell).parent_id
    policies = Policies()
    away = one(Away, Away.member_id == who["mai"])
    returned = one(Away, Away.member_id == land.members["a2.mai"])
    abroad = one(Away, Away.member_id == land.members["b1.mai"])
    filing = one(Filing, Filing.away_id == returned.id)
    for gone, officer in ((away, "offa"), (abroad, "offb")):
        proposed, by_id = one(Filing, Filing.away_id == gone.id), land.members[officer]
        decide_filing(
            db,
            proposed,
            FilingAct(by_id, policies, NOW),
            approve=True,
            number="15-QĐ/ĐU",
            decided_on=NOW.date(),
        )
    begin_return(db, away, returned_on=NOW.date(), by_id=who["mai"], policies=policies, now=NOW)
    return_filing(db, filing, FilingAct(land.members["offa"], policies, NOW, comment="Ghi rõ lý do"))
    db.flush()
    going = declaration(NOW.date(), stay=SAIGON, itinerant=True)
    waits = file_away(
        db, db.get_one(Member, who["new"]), going, FilingAct(who["new"], policies, NOW), unchanged=True
    )
    put_above = file_away(
        db,
        db.get_one(Member, land.members["a2.con"]),
        going,
        FilingAct(land.members["a2.con"], policies, NOW),
        unchanged=True,
    )
    at_cell = FilingAct(land.members["a2.sec"], policies, NOW)
    record_cell_result(db, put_above, at_cell, met_on=NOW.date(), proposes=True)
    item = one(ReturnItem, ReturnItem.away_id == away.id)
    asks_law = open_law_request(
        db,
        db.get_one(Member, who["que"]),
        LawKind.OBJECT,
        text="Không đồng ý",
        by_id=who["que"],
        policy=policies.law_request,
        calendar=policies.workday,
        now=NOW,
    )
    db.flush()
    facts = AgreementFacts(
        kind=AgreementKind.EMPLOYER,
        with_whom="Công ty Sakura",
        place_code="JP",
        begins_on=NOW.date(),
        ends_on=None,
        person="",
        phone="",
        agreed="Cho nghỉ để họp",
    )
    home = {"row_id": homecoming_of(db, away_of(db, waits), policies, now=NOW).id}
    agreed = {"agreement_id": make_agreement(db, db.get_one(Unit, cell), facts, by_id=who["sec"], now=NOW).id}
    probation = one(Probation, Probation.member_id == who["pro"])
    request = one(HelpRequest, HelpRequest.member_id == who["mai"], HelpRequest.kind == "help")
    private = one(HelpRequest, HelpRequest.is_private, HelpRequest.member_id == who["que"])
    meeting = one(Meeting, Meeting.cell_id == cell, Meeting.state == "called")
    invited = one(Invitation, Invitation.meeting_id == meeting.id, Invitation.member_id == who["con"])
    accepted = one(Review, Review.member_id == land.members["b1.mai"])
    accept(db, accepted, by_id=land.members["b1.sec"], now=NOW)
    unsettled = Checkin.state.in_(UNSETTLED)
    asked = one(
        Checkin, Checkin.member_id == who["mai"], unsettled, Checkin.closes_at > NOW + timedelta(days=2)
    )
    stays = {
        "away_id": abroad.id,
        "done": [*Step],
        "seen": True,
        "place_code": "VN-79",
        "zone": "Asia/Ho_Chi_Minh",
        "city": "Quận 9",
        "begins_on": "2026-12-01",
        "ends_on": "2027-12-20",
        "reason": "đi làm",
    }
    return {
        "absence_form": Begun(sec, "place", {"act": "file", "subject_id": who["con"], "cell_id": cell}),
        "absence_season": Begun(sec, "overview", {"cell_id": cell, "chosen": [waits.id]}),
        "absence_sitting": Begun("offa", "number", {"unit_id": committee, "chosen": [put_above.id]}),
        "absence_visit": Begun(sec, "comes_on", home),
        "agreement": Begun(sec, "kind", {"unit_id": cell}),
        "agreement_end": Begun(sec, "sure", agreed),
        "agreement_fix": Begun(sec, "what", agreed),
        "agreement_renew": Begun(sec, "on", agreed),
        "agreement_talk": Begun(sec, "on", agreed),
        "away_back": Begun("b1.mai", "day", {"away_id": abroad.id}),
        "away_change": Begun("b1.mai", "overview", {**stays, "aim": "change"}),
        "away_correct": Begun(
            "a2.mai", "overview", {**stays, "aim": "correct", "away_id": returned.id, "filing_id": filing.id}
        ),
        "away_extend": Begun("b1.mai", "overview", {**stays, "aim": "extend"}),
        "away_new": Begun("a1.con", "place", {}),
        "away_review": Begun("a1.mai", "scan", {"item_id": item.id}),
        "away_scan": Begun("a2.mai", "scan", {"filing_id": filing.id}),
        "away_update": Begun("b1.mai", "write", {"away_id": abroad.id}),
        "campaign_open": Begun(
            sec,
            "check",
            {
                "cell_id": cell,
                "kind": "commitment",
                "year": 2027,
                "form": "commitment-2025",
                "deadline": "2027-01-31",
            },
        ),
        "committee_names": Begun("offa", "figure", {"cell_id": cell}),
        "committee_naming": Begun("offa", "name", {"cell_id": cell}),
        "committee_visit": Begun("a1.fol", "day", {"cell_id": cell}),
        "campaign_form": Begun(
            sec, "words", {"act": "comment", "review_id": one(Review, Review.member_id == who["mai"]).id}
        ),
        "concluding": Begun(
            sec, "what", {"meeting_id": one(Meeting, Meeting.cell_id == cell, Meeting.state == "held").id}
        ),
        "resolving": Begun(
            sec, "review", {"meeting_id": one(Meeting, Meeting.cell_id == cell, Meeting.state == "held").id}
        ),
        "contact_note": Begun(
            "a1.mai", "correction", {"note_id": one(ContactNote, ContactNote.member_id == who["mai"]).id}
        ),
        "homecoming_visit": Begun("a1.new", "comes_on", home),
        "data_delete": Begun("a1.con", "explain", {}),
        "desk_ask": Begun(sec, "whom", {"cell_id": cell}),
        "desk_contact": Begun(sec, "channel", {"member_id": who["que"]}),
        "desk_excuse": Begun(sec, "until", {"checkin_id": asked.id}),
        "desk_reply": Begun(
            sec, "text", {"checkin_id": one(Checkin, Checkin.member_id == who["que"], ~unsettled).id}
        ),
        "desk_steps": Begun(sec, "choose", {"cell_id": cell}),
        "desk_take": Begun(sec, "day", {"ladder_id": one(Ladder, Ladder.member_id == who["que"]).id}),
        "desk_words": Begun(
            "a1.con", "words", {"note_id": one(ContactNote, ContactNote.member_id == who["mai"]).id}
        ),
        "handbook": Begun("a1.con", "words", {}),
        "law": Begun(sec, "words", {"request_id": asks_law.id, "member_id": who["que"]}),
        "meeting_answer": Begun(
            "a1.con", "reason", {"invitation_id": invited.id, "answer": "absent", "edition": meeting.edition}
        ),
        "meeting_call": Begun(sec, "copy", {"cell_id": cell, "minutes": 90}),
        "meeting_monthly": Begun(sec, "day", {"cell_id": cell}),
        "meeting_off": Begun(sec, "why", {"meeting_id": meeting.id, "cancels": True}),
        "meeting_words": Begun("a1.con", "words", {"invitation_id": invited.id}),
        "office_deputy": Begun(sec, "until", {"member_id": who["con"]}),
        "office_give": Begun(sec, "who", {"cell_id": cell}),
        "office_stand": Begun("offb", "reason", {"cell_id": land.cells["b1"]}),
        "pausing": Begun("a1.que", "kind", {}),
        "probation_consider": Begun(sec, "day", {"probation_id": probation.id}),
        "probation_end": Begun(sec, "outcome", {"probation_id": probation.id}),
        "probation_helper": Begun(sec, "helper", {"probation_id": probation.id}),
        "probation_start": Begun(sec, "admitted", {"member_id": who["new"]}),
        "rating_figures": Begun("offa", "year", {"unit_id": committee}),
        "request": Begun("a1.con", "topic", {}),
        "request_contact": Begun(
            "offa",
            "channel",
            {
                "request_id": one(
                    HelpRequest, HelpRequest.kind == "petition", HelpRequest.unit_id == committee
                ).id
            },
        ),
        "request_promise": Begun(sec, "day", {"request_id": request.id}),
        "request_reply": Begun(sec, "letter", {"request_id": request.id}),
        "request_share": Begun("a1.que", "who", {"request_id": private.id}),
        "review_signed": Begun("b1.mai", "pages", {"review_id": accepted.id}),
        "roster_add": Begun(sec, "name", {"cell_id": cell}),
        "roster_contacts": Begun(sec, "contact", {"cell_id": cell}),
        "roster_edit": Begun(sec, "field", {"member_id": who["con"]}),
        "roster_pace": Begun(sec, "every", {"cell_id": cell}),
        "screening_dues": Begun(sec, "month", {"cell_id": cell}),
        "taskcannot": Begun("a1.que", "words", {"task_id": one(Task, Task.member_id == who["que"]).id}),
        "taskdone": Begun("a1.que", "words", {"task_id": one(Task, Task.member_id == who["que"]).id}),
        "tasking": Begun(dep, "what", {"cell_id": cell, "member_id": who["con"]}),
        "unit_change": Begun("offa", "name", {"unit_id": cell}),
        "unit_new": Begun("offa", "kind", {"parent_id": committee}),
        "unit_secretary": Begun("offa", "name", {"cell_id": cell}),
    }


# --- the ground -----------------------------------------------------------------------------------------------------


class AnyKind(Ground):
    """As the walk's, and what that does not send: a voice message, a file that was refused."""

    def _incoming(self, case: Case) -> Incoming:
        incoming = super()._incoming(case)
        if case.kind is Kind.FILE and case.value == "voice":
            file = SharedFile(FileKind.VOICE, "voice-id", "unique", "", 10)
            return replace(incoming, file=file)
        return incoming

    def looks(self, chat: int, work: Callable[[Context], None]) -> None:
        """Do something as whoever has this chat, and undo it."""
        with Session(self._connection, join_transaction_mode="create_savepoint") as db:
            incoming = self._incoming(Case(chat, Kind.OTHER))
            work(Context(db, NOW + timedelta(minutes=1), self.policies, incoming))


@dataclass(repr=False)
class Stage:
    ground: AnyKind
    land: Land
    begun: dict[str, Begun]

    def opened(self, room: str) -> tuple[int, Open]:
        begun = self.begun[room]
        return self.land.chats[begun.actor], Open(room, begun.step, json.dumps(begun.draft))


@pytest.fixture(scope="module")
def stage(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    path = tmp_path_factory.mktemp("forms") / "forms.db"
    path.write_bytes(sqlite_template.read_bytes())
    database, policies = Database(f"sqlite:///{path}"), Policies()

    def work(db: Session) -> tuple[Land, dict[str, Begun]]:
        land = build(db, policies)
        db.execute(update(Account).values(proved_at=NOW))  # the PIN was given just now
        db.get_one(Member, land.members["a1.new"]).standing = Standing.PROBATIONARY
        begun = _begun(db, land)
        nobody = [land.members[f"b1.{role}"] for role in ("sec", "dep")]  # nobody attends to that office
        ended = {"ends_at": NOW - timedelta(hours=1)}
        db.execute(update(Appointment).where(Appointment.member_id.in_(nobody)).values(**ended))
        return land, begun

    land, begun = database.run(work)
    ground = AnyKind(database, land, policies)
    yield Stage(ground, land, begun)
    ground.close()
    database.close()


# --- what people do ---------------------------------------------------------------------------------------------------

TYPED = (
    "Ổn định",
    "5/1/2027",
    "30/11/2026",
    "0912 345 678",
    "10",
    "19:30",
    "11/12",
    "11/2026",
    "1971",
    "Trần Thị Lan",
)
LONG = "Dài. " * 1_000
ACTS = (
    "tap",
    "tap",
    "type",
    "long",
    "photo",
    "document",
    "voice",
    "sticker",
    "contact",
    "back",
    "old",
    "secret",
)


def _case(act: str, number: int, chat: int, open_: Open, shown: list[str]) -> Case:
    """Return the update that somebody at the open question sends: `number` chooses among buttons and texts."""
    answers = _answers(open_, shown)
    match act:
        case "tap" if answers:
            return Case(chat, Kind.BUTTON, answers[number % len(answers)], open_)
        case "type" | "tap":
            return Case(chat, Kind.TEXT, TYPED[number % len(TYPED)], open_)
        case "long":
            return Case(chat, Kind.TEXT, LONG, open_)
        case "secret":
            return Case(chat, Kind.TEXT, "Văn bản TUYỆT MẬT số 5", open_)
        case "photo" | "document" | "voice":
            return Case(chat, Kind.FILE, act, open_)
        case "contact":
            return Case(chat, Kind.CONTACT, "", open_)
        case "back":
            return Case(chat, Kind.BUTTON, f"nav:back:{open_.room}~1", open_)
        case "old":
            return Case(chat, Kind.BUTTON, f"{open_.room}:{open_.step}:x~0", open_)
        case _:
            return Case(chat, Kind.OTHER, "", open_)


def _answers(open_: Open, shown: list[str]) -> list[str]:
    """Return the buttons that answer the open question, numbered as the form is stored anew."""
    ahead = f"{open_.room}:{open_.step}:"
    return [re.sub(r"~\d+$", "~1", data) for data in shown if data.startswith(ahead)]


def _is_told_what_to_type(open_: Open) -> bool:
    flow = ROUTES.flows[open_.room]
    if not isinstance(flow, Form):
        return True
    kind = flow.field(open_.step).kind
    return type(kind).sent is not FieldKind.sent


def _lost(before: str, after: str, current: set[str]) -> set[str]:
    """Return what the draft held and holds no longer, besides the open question's own."""
    was, now = json.loads(before), json.loads(after)
    return {name for name, value in was.items() if value and not now.get(name)} - SCREENS - current


def _does(stage: Stage, case: Case, act: str) -> tuple[Open | None, list[str]]:
    """Do it; what is open and shown now. Nothing of ours fails, nobody is left without an answer or a way on."""
    seen, before = stage.ground.case(case), case.form
    assert before is not None
    where = f"{act} {case}"
    assert seen.error is None, f"{where}: {seen.error!r}"
    assert seen.to(case.chat), f"{where}: no answer"
    after = seen.form
    if after is None or after.room != before.room:
        assert act in ("tap", "type", "photo", "document", "contact", "secret"), f"{where}: the form is gone"
        return None, seen.buttons
    if after.step == before.step and act in ("back", "old", "voice", "sticker"):
        flow = ROUTES.flows[after.room]
        own = {flow.field(after.step).into, after.step} if isinstance(flow, Form) else set()
        assert not _lost(before.draft, after.draft, own), where
    if act in ("long", "secret"):
        assert after == before or after.step == before.step, f"{where}: it was taken"
    if act != "old":  # asked again below, the first time only
        ways = _answers(after, seen.buttons) or _is_told_what_to_type(after)
        assert ways, f"{where}: a dead end at {after.room}.{after.step}"
    return after, seen.buttons


def _shown(stage: Stage, chat: int, open_: Open) -> list[str]:
    return stage.ground.case(Case(chat, Kind.BUTTON, f"nav:resume:{open_.room}~1", open_)).buttons


# --- what holds -------------------------------------------------------------------------------------------------------


def test_no_form_is_forgotten(stage: Stage) -> None:
    assert stage.begun.keys() == FORMS.keys()
    for room, begun in stage.begun.items():
        assert FORMS[room].draft.model_validate(begun.draft), room


def test_each_answer_has_its_place_in_the_draft() -> None:
    for room, form in FORMS.items():
        for field in form.fields:
            default = field.put is None and type(field.kind).put is FieldKind.put
            assert not default or (field.into or field.name) in form.draft.model_fields, (
                f"{room}.{field.name}"
            )


ANY_ORDER = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 9)), min_size=4, max_size=6)


@settings(
    max_examples=sized(1, 2),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # an example is as short as it need be
)
@given(orders=st.lists(ANY_ORDER, min_size=len(FORMS) // 2, max_size=len(FORMS) // 2))
def test_whatever_is_done_in_a_form_nothing_fails_and_nothing_is_lost(
    stage: Stage, orders: list[list[tuple[str, int]]]
) -> None:
    for room, acts in zip(FORMS, [*orders, *orders], strict=False):
        chat, begun = stage.opened(room)
        open_, shown = begun, _shown(stage, chat, begun)
        for act, number in acts:
            after, shown = _does(stage, _case(act, number, chat, open_, shown), act)
            if after is None:
                break
            open_ = after


@pytest.fixture(scope="module")
def paths(stage: Stage) -> dict[str, list[Open | None]]:
    """What is open on the way through each form, by its first buttons, and by whatever of a few texts is taken; None: its end."""
    return {room: list(_path(stage, room)) for room in FORMS}


def _path(stage: Stage, room: str) -> Iterator[Open | None]:
    chat, first = stage.opened(room)
    open_: Open | None = first
    shown, been = _shown(stage, chat, first), {first.step}
    for _ in range(30):
        yield open_
        following = _goes_on(stage, chat, open_, shown, been) if open_ is not None else None
        if following is None:
            return
        open_, shown = following
        been |= {open_.step} if open_ is not None else set()


def test_every_form_can_be_gone_through_to_its_end(paths: dict[str, list[Open | None]]) -> None:
    for room, form in FORMS.items():
        if not form.keeps:  # there each answer is a row at once, and each case is undone
            assert paths[room][-1] is None, room


def _goes_on(
    stage: Stage, chat: int, open_: Open, shown: list[str], been: set[str]
) -> tuple[Open | None, list[str]] | None:
    """Return where the first answer leads that leads somewhere new; else one that adds to the draft; None: nowhere."""
    taps = [("tap", number) for number in range(len(_answers(open_, shown)))]
    adds = None
    for act, number in [*taps, *(("type", at) for at in range(len(TYPED))), ("photo", 0), ("contact", 0)]:
        case = _case(act, number, chat, open_, shown)
        after, then = _does(stage, case, act)
        if after is None or after.step not in been:
            return after, then
        adds = adds or ((after, then) if len(after.draft) > len(open_.draft) else None)
    return adds


def test_stopping_stops_every_form_at_once(stage: Stage) -> None:
    for room in FORMS:
        chat, open_ = stage.opened(room)
        seen = stage.ground.case(Case(chat, Kind.BUTTON, f"nav:cancel:{room}~1", open_))
        assert seen.error is None
        assert seen.form is None
        assert seen.to(chat), room


def test_what_was_begun_before_the_forms_were_data_is_still_read() -> None:
    begun = '{"act": "file", "trusted": "Nguyễn Văn Ba", "trusted_phone": "+84912345678", "search": "an"}'
    draft = FORMS["absence_form"].draft.model_validate_json(begun)
    assert draft.trusted_name == "Nguyễn Văn Ba"
    assert FORMS["absence_form"].draft.model_validate_json(draft.model_dump_json()) == draft


# --- a page of the same form ------------------------------------------------------------------------------------------


def test_a_question_reads_the_same_on_a_page_as_when_its_turn_has_come(
    stage: Stage, paths: dict[str, list[Open | None]]
) -> None:
    """What says something of an answer waits for it (`Field.after`); a choice that comes of one may be missing before."""
    long = set()
    for room, path in paths.items():
        ahead: dict[str, tuple[str, list[str]]] = {}
        for open_ in filter(None, path):
            drawn = _drawn(stage, stage.opened(room)[0], open_)
            if open_.step in ahead and open_.step in drawn:
                (words, choices), (later_words, later_choices) = ahead[open_.step], drawn[open_.step]
                assert words == later_words, f"{room}.{open_.step}"
                assert set(choices) <= set(later_choices), f"{room}.{open_.step}"
            ahead = drawn
            long |= {room} if len(drawn) > 4 else set()
    assert long >= {"away_new", "absence_form", "roster_add"}


def _drawn(stage: Stage, chat: int, open_: Open) -> dict[str, tuple[str, list[str]]]:
    """Draw the page: the words and the choices of each question on it."""
    drawn: dict[str, tuple[str, list[str]]] = {}

    def work(ctx: Context) -> None:
        row = Conversation(
            address=ctx.address, room=open_.room, step=open_.step, trail="", version=1, active=True
        )
        row.draft, row.updated_at = open_.draft, ctx.now
        ctx.db.add(row)
        ctx.db.flush()
        found = view_after(ctx, ROUTES.flows, WholeForm(open_.room, open_.step, 1, {open_.step: Given("?")}))
        for one in found.asked if found is not None else ():
            choices = [label.to_plain("vi") for _, label in one.choices]
            drawn[one.name] = one.words.to("vi"), choices
            assert choices or one.shape is not Shape.CHOICE, f"{open_.room}.{one.name}"
            assert all(choices), f"{open_.room}.{one.name}"

    stage.ground.looks(chat, work)
    return drawn
