"""The figure in the chats of those who watch: said once, then changed in place while it moves.

    caller of a committee ──────> all of it, in counts (who said no to being counted there is in none of them)
    officers of units between ──> what lies below their unit, in counts
    secretary, deputy of a cell > their cell's part, with the way to the names

A channel that cannot change a message is told when a round is over and at the end, and no more. Whether somebody may still
watch is asked each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.contact.rollcall.questions import SafetyFigure, figures_below, figures_by_cell, safety_figure
from models.contact.rollcall.rows import RollCall, RollCallBoard, RollCallState
from models.contact.rollcall.saying import board_buttons, figure_words
from models.delivery.message import Lane, Message, Method, Recipient
from models.delivery.outbox import Outbox, OutboxState, enqueue
from models.people.member import Member, account_at, recipient, tell
from models.people.rights import DESK, Appointment, Right, Role, holding, may
from models.people.unit import Unit, UnitKind, closure
from models.phrases.contact import rollcall as phrases
from models.phrases.text import Text
from models.policies import Policies


@dataclass(frozen=True, slots=True)
class BoardPart:
    """What stands on a board. `named`: its watcher may read the names, too, so that no count is withheld."""

    figure: SafetyFigure
    named: bool


def add_whole_board(db: Session, call: RollCall, policies: Policies, *, now: datetime) -> None:
    """Say the whole figure to a caller who keeps no desk."""
    if db.get_one(Unit, call.unit_id).kind != UnitKind.CELL:
        _add(db, call, [(call.by_id, None)], policies, now=now)


def add_desk_boards(
    db: Session, call: RollCall, cells: Sequence[int], policies: Policies, *, now: datetime
) -> None:
    """Say their part to the desks of these cells, whose people were just written down."""
    held = select(Appointment.member_id, Appointment.unit_id).where(
        Appointment.unit_id.in_(cells), Appointment.role.in_(DESK), *holding(now)
    )
    _add(db, call, {(member_id, cell_id) for member_id, cell_id in db.execute(held)}, policies, now=now)


def tell_committees(db: Session, call: RollCall, policies: Policies, *, now: datetime) -> bool:
    """Say their part to the next handful of officers between the caller's unit and the cells; return whether there were any."""
    has_board = select(RollCallBoard.id).where(
        RollCallBoard.roll_call_id == call.id,
        RollCallBoard.part_id == Appointment.unit_id,
        RollCallBoard.watcher_id == Appointment.member_id,
    )
    held = (
        select(Appointment.member_id, Appointment.unit_id)
        .join(Unit, Unit.id == Appointment.unit_id)
        .where(
            Unit.id.in_(select(closure(Unit.parent_id == call.unit_id).c.id)),
            Unit.kind != UnitKind.CELL,
            Appointment.role == Role.OFFICER,
            Appointment.member_id != call.by_id,
            *holding(now),
            ~has_board.exists(),
        )
    )
    found = [(member_id, unit_id) for member_id, unit_id in db.execute(held)]
    figures = figures_below(db, call.id, {unit_id for _, unit_id in found})
    concerned = [one for one in found if figures[one[1]].people]  # nobody is called on in the others' part
    _add(db, call, concerned[: policies.rollcall.handful], policies, now=now)
    return bool(concerned)


def _add(
    db: Session,
    call: RollCall,
    watchers: Iterable[tuple[int, int | None]],
    policies: Policies,
    *,
    now: datetime,
) -> None:
    boards = [
        RollCallBoard(roll_call_id=call.id, watcher_id=watcher_id, part_id=part_id, looked_at=now)
        for watcher_id, part_id in sorted(watchers, key=lambda one: one[0])
    ]
    db.add_all(boards)
    db.flush()
    parts = _parts(db, call, boards)
    for board in boards:
        part = parts[board.part_id]
        board.edits, board.round, board.shown = 0, 1, _digest(call, part.figure)
        watcher = db.get_one(Member, board.watcher_id)
        message = _message(db, call, part, watcher, policies, now=now)
        tell(db, watcher, message, key=_key(board), lane=Lane.ALERT, now=now, at_once=True)


def show_boards(db: Session, call: RollCall, policies: Policies, *, now: datetime) -> bool:
    """Change the next handful of boards whose figure has moved; return whether there were any boards to look at."""
    boards = _to_look_at(db, call, policies, before=call.board_at or now)
    parts = _parts(db, call, boards)
    for board in boards:
        board.looked_at = now
        if not _may_watch(db, call, board, parts[board.part_id], now=now):
            db.delete(board)
            continue
        part = parts[board.part_id]
        _show(db, call, board, part, policies, now=now)
        if board.round < call.round:
            board.round = call.round
            _tell_who_is_left(db, call, board, part, policies, now=now)
    db.flush()
    return bool(boards)


def tell_boards_of_end(db: Session, call: RollCall, policies: Policies, *, now: datetime) -> bool:
    """Tell the next handful of watchers how it ended; return whether there were any left."""
    boards = _to_look_at(db, call, policies)
    parts = _parts(db, call, boards)
    for board in boards:
        board.looked_at = None  # nothing more is said there
        if not _may_watch(db, call, board, parts[board.part_id], now=now):
            continue
        part = parts[board.part_id]
        _show(db, call, board, part, policies, now=now)
        watcher = db.get_one(Member, board.watcher_id)
        mistake = call.state == RollCallState.CALLED_OFF
        words = phrases.came_to(
            occasion=call.occasion,
            mistake=mistake,
            figure=_words(part, policies),
        )
        message = Message(words, board_buttons(call, names=part.named))
        lane = Lane.ALERT if mistake else Lane.REMINDER
        tell(db, watcher, message, key=f"{_key(board)}:end", lane=lane, now=now, at_once=mistake)
    db.flush()
    return bool(boards)


# --- within ---------------------------------------------------------------------------------------------------------


def _to_look_at(
    db: Session, call: RollCall, policies: Policies, *, before: datetime | None = None
) -> list[RollCallBoard]:
    """The next that were not looked at since `before`; None: any about which nothing was said at the end."""
    since = RollCallBoard.looked_at.is_not(None) if before is None else RollCallBoard.looked_at < before
    rows = select(RollCallBoard).where(RollCallBoard.roll_call_id == call.id, since)
    return list(db.scalars(rows.order_by(RollCallBoard.id).limit(policies.rollcall.handful)))


def _parts(db: Session, call: RollCall, boards: Sequence[RollCallBoard]) -> dict[int | None, BoardPart]:
    watched = {board.part_id for board in boards if board.part_id is not None}
    cells = set(db.scalars(select(Unit.id).where(Unit.id.in_(watched), Unit.kind == UnitKind.CELL)))
    counted = figures_by_cell(db, call.id, cells) if cells else {}
    found: dict[int | None, BoardPart] = {
        one: BoardPart(counted.get(one, SafetyFigure()), True) for one in cells
    }
    for one, figure in figures_below(db, call.id, watched - cells).items():
        found[one] = BoardPart(figure, False)
    if any(board.part_id is None for board in boards):
        found[None] = BoardPart(safety_figure(db, call.id, above=True), False)
    return found


def _may_watch(db: Session, call: RollCall, board: RollCallBoard, part: BoardPart, *, now: datetime) -> bool:
    if board.part_id is None:
        return may(db, board.watcher_id, Right.ANNOUNCE, call.unit_id, now=now)
    right = Right.SEE_DESK if part.named else Right.SEE_COUNTS
    return may(db, board.watcher_id, right, board.part_id, now=now)


def _digest(call: RollCall, figure: SafetyFigure) -> str:
    parts = (figure.owed, figure.safe, figure.needs, figure.call, figure.by_others, figure.changed)
    return f"{call.state}:{':'.join(map(str, parts))}"


def _key(board: RollCallBoard) -> str:
    return f"rollcall.board:{board.id}"


def _words(part: BoardPart, policies: Policies) -> Text:
    return figure_words(part.figure, smallest=0 if part.named else policies.counts.smallest_group)


def _message(
    db: Session,
    call: RollCall,
    part: BoardPart,
    watcher: Member,
    policies: Policies,
    *,
    now: datetime,
) -> Message:
    words = board_words(
        db, call, part.figure, _words(part, policies), zone=watcher.zone, named=part.named, now=now
    )
    return Message(words, board_buttons(call, names=part.named))


def board_words(
    db: Session,
    call: RollCall,
    figure: SafetyFigure,
    counted: Text,
    *,
    zone: str,
    named: bool,
    now: datetime,
) -> Text:
    """Say the figure with what belongs to it. By whom answers came stands beside names only."""
    return phrases.board(
        occasion=call.occasion,
        unit=db.get_one(Unit, call.unit_id).name,
        state=call.state,
        at=call.called_at,
        zone=zone,
        figure=counted,
        by_others=figure.by_others if named else 0,
        changed=figure.changed if named else 0,
        seen_at=now,
    )


def _show(
    db: Session,
    call: RollCall,
    board: RollCallBoard,
    part: BoardPart,
    policies: Policies,
    *,
    now: datetime,
) -> None:
    """Change the message that stands there; one whose last change is still on its way waits for the next look."""
    digest = _digest(call, part.figure)
    if digest == board.shown:
        return
    said = db.scalars(select(Outbox).where(Outbox.key == _key(board))).one_or_none()
    if said is None or said.state != OutboxState.SENT or not said.message_id:
        return
    account, watcher = account_at(db, said.address), db.get_one(Member, board.watcher_id)
    if not said.address.limits.edits or account is None or account.member_id != watcher.id:
        return
    if board.edits and _is_pending(db, f"{_key(board)}:{board.edits}"):
        return
    board.edits += 1
    board.shown = digest
    message = _message(db, call, part, watcher, policies, now=now)
    to = recipient(watcher, account)
    enqueue(
        db,
        Recipient(to.address, to.lang, to.discreet),
        Message(message.text, message.buttons, method=Method.EDIT, message_id=said.message_id),
        key=f"{_key(board)}:{board.edits}",
        lane=Lane.BULK,  # questions go first
        now=now,
        again=True,
    )


def _is_pending(db: Session, key: str) -> bool:
    rows = select(Outbox.id).where(
        Outbox.key == key, or_(Outbox.state == OutboxState.PENDING, Outbox.state == OutboxState.SENDING)
    )
    return db.scalar(rows) is not None


def _tell_who_is_left(
    db: Session,
    call: RollCall,
    board: RollCallBoard,
    part: BoardPart,
    policies: Policies,
    *,
    now: datetime,
) -> None:
    if not part.figure.owed:
        return
    words = phrases.left(occasion=call.occasion, figure=_words(part, policies))
    message = Message(words, board_buttons(call, names=part.named))
    key = f"{_key(board)}:left:{call.round}"
    watcher = db.get_one(Member, board.watcher_id)
    tell(db, watcher, message, key=key, lane=Lane.ALERT, now=now, at_once=True)
