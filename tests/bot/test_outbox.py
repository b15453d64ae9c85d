"""Messages leave once, in order, at the pace that is allowed; what is not known is called so."""

from __future__ import annotations

import asyncio
import io
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from bot.pace import ChatPace, Gate
from bot.standin import (
    CONNECT,
    DELIVERED_THEN_RESET,
    TIMEOUT_AFTER,
    TIMEOUT_BEFORE,
    Fault,
    flood,
    server_error,
)
from bot.telegram.chats import chat_address, number_of
from handlers.ground.context import Context
from models.delivery.claims import (
    Claimed,
    claim_outbox,
    claim_replies,
    free_stuck_outbox,
    settle_outbox,
    wire_outbox,
)
from models.delivery.inbox import waiting_inbox
from models.delivery.message import Attachment, Button, Lane, Message, Method, Recipient
from models.delivery.outbox import (
    Outbox,
    OutboxState,
    cancel_outbox,
    drop_old_outbox,
    enqueue,
    next_outbox_at,
)
from models.delivery.policy import OutboxPolicy
from models.ground.channel import Channel
from models.ground.db import Database
from models.people.member import Account, Reachability, add_member, link_account
from models.phrases.text import both, raw, say
from tests.bot.processes import until
from tests.bot.steps import echo, routes
from tests.fakes import START, World

ANN, BEN, CLARA, OPERATOR = 101, 102, 103, 900
S = OutboxState


@contextmanager
def opened(url: str, **more: Any) -> Iterator[World]:
    given = {"connect": Database, **more}  # with the thread that it has in production
    with World.open(url, routes=routes(echo), **given) as world:
        for user in (ANN, BEN, CLARA, OPERATOR):
            world.telegram.add_user(user, f"User {user}")
            world.telegram.says(user, "/start")
        world.settle()
        yield world


@pytest.fixture
def stage(database_url: str) -> Iterator[World]:
    with opened(database_url) as world:
        yield world


def tell(world: World, user: int, text: str = "tin", *, lane: Lane = Lane.ALERT, **more: Any) -> str:
    """Into the outbox; its key."""
    message = more.pop("message", None) or Message(raw(text))
    key: str = more.pop("key", f"test:{user}:{text}:{world.clock():%H%M%S}")
    to = Recipient(chat_address(user), discreet=more.pop("discreet", False), zone=more.pop("zone", None))
    world.db(lambda db: enqueue(db, to, message, key=key, lane=lane, now=world.clock(), **more))
    return key


def row(world: World, key: str) -> Outbox:
    return world.db(lambda db: db.scalars(select(Outbox).where(Outbox.key == key)).one())


def heard(world: World, user: int) -> list[str]:
    """What the bot said after the greeting."""
    return [m["text"] for m in world.telegram.history(user) if m["from"] == "bot"][1:]


def later(world: World, **by: float) -> None:
    world.clock.advance(timedelta(**by))
    world.settle()


# --- the states -----------------------------------------------------------------------------------------------------


def test_a_message_is_sent_and_its_row_says_so(stage: World) -> None:
    key = tell(stage, ANN, message=Message(raw("tệp"), attachment=Attachment("a.txt", b"x")))
    assert row(stage, key).state == S.PENDING
    stage.settle()
    sent = row(stage, key)
    assert (sent.state, sent.attempts, sent.lease_until, sent.file_sealed) == (S.SENT, 1, None, None)
    assert sent.message_id == stage.telegram.history(ANN)[-1]["message_id"]


def test_the_same_key_is_said_once(stage: World) -> None:
    for _ in range(3):
        tell(stage, ANN, key="checkin.open:1")
    stage.settle()
    assert heard(stage, ANN) == ["tin"]


def test_what_is_too_late_is_not_said(stage: World) -> None:
    key = tell(
        stage,
        ANN,
        not_after=stage.clock() + timedelta(hours=1),
        not_before=stage.clock() + timedelta(hours=2),
    )
    later(stage, hours=3)
    assert (row(stage, key).state, row(stage, key).error) == (S.FAILED, "too late")
    assert heard(stage, ANN) == []


def test_what_is_not_due_waits_for_its_time(stage: World) -> None:
    due = stage.clock() + timedelta(hours=1)
    tell(stage, ANN, not_before=due)
    stage.settle()
    assert heard(stage, ANN) == []
    assert stage.db(lambda db: next_outbox_at(db, Channel.TELEGRAM, after=stage.clock())) == due
    stage.until(due)
    assert heard(stage, ANN) == ["tin"]


def test_what_is_settled_meanwhile_is_not_said(stage: World) -> None:
    due = stage.clock() + timedelta(hours=1)
    keys = [tell(stage, ANN, f"{n}", not_before=due, about="checkin:7") for n in range(2)]
    other = tell(stage, ANN, "khác", not_before=due, about="checkin:8")
    assert stage.db(lambda db: cancel_outbox(db, "checkin:7")) == 2
    later(stage, hours=2)
    assert [row(stage, key).state for key in (*keys, other)] == [S.CANCELLED, S.CANCELLED, S.SENT]
    assert heard(stage, ANN) == ["khác"]


def test_old_rows_are_dropped_but_nothing_that_is_still_to_be_said(stage: World) -> None:
    kept = tell(stage, ANN, not_before=stage.clock() + timedelta(days=60))
    tell(stage, ANN, "cũ")
    stage.settle()
    late = stage.clock() + timedelta(days=31)
    stage.db(lambda db: drop_old_outbox(db, OutboxPolicy(), now=late))
    assert stage.db(lambda db: list(db.scalars(select(Outbox.key)))) == [kept]


def test_what_was_held_up_until_the_night_waits_for_the_morning(stage: World) -> None:
    stage.clock.set(datetime(2026, 12, 1, 13, 50, tzinfo=UTC))  # 20:50 in Vietnam
    stage.telegram.fail("sendMessage", chat_id=ANN, fault="connect")
    key = tell(stage, ANN, zone="Asia/Ho_Chi_Minh")
    tell(stage, BEN)  # an answer: at any hour
    stage.settle()
    later(stage, minutes=15)
    assert (heard(stage, ANN), heard(stage, BEN)) == ([], ["tin"])
    held = row(stage, key)
    assert (held.state, held.attempts) == ("pending", 0)
    assert held.not_before == datetime(2026, 12, 2, 0, 0, tzinfo=UTC)  # 07:00
    later(stage, hours=10)
    assert heard(stage, ANN) == ["tin"]


# --- what goes wrong ------------------------------------------------------------------------------------------------


def copies(world: World, user: int, text: str) -> int:
    return Counter(heard(world, user))[text]


def attempts(world: World, user: int, text: str = "tin") -> int:
    said = [call.params for call in world.telegram.calls if call.method == "sendMessage"]
    return len([one for one in said if (str(one["chat_id"]), one["text"]) == (str(user), text)])


def test_a_429_stops_its_chat_only_and_keeps_its_order(stage: World) -> None:
    stage.telegram.fail("sendMessage", chat_id=ANN, fault=flood(30))
    keys = [tell(stage, ANN, f"{n}") for n in range(4)]
    tell(stage, BEN)
    stage.settle()
    assert (heard(stage, ANN), heard(stage, BEN)) == ([], ["tin"])
    assert [row(stage, key).attempts for key in keys] == [0] * 4
    assert stage.app.sender.resumes_at() == stage.clock() + timedelta(seconds=30)
    tell(stage, ANN, "4")
    tell(stage, BEN, "nữa")
    later(stage, seconds=29)
    assert (heard(stage, ANN), heard(stage, BEN)) == ([], ["tin", "nữa"])
    later(stage, seconds=1)
    assert heard(stage, ANN) == [f"{n}" for n in range(5)]


def test_a_429_from_two_chats_stops_everybody(stage: World) -> None:
    for user in (ANN, BEN):
        stage.telegram.fail("sendMessage", chat_id=user, fault=flood(10))
        tell(stage, user)
    stage.settle()
    tell(stage, CLARA)
    stage.settle()
    assert heard(stage, CLARA) == []
    later(stage, seconds=11)
    assert [heard(stage, user) for user in (ANN, BEN, CLARA)] == [["tin"]] * 3


def test_the_time_machine_knows_when_a_held_chat_goes_on(stage: World) -> None:
    stage.telegram.fail("sendMessage", chat_id=ANN, fault=flood(40))
    tell(stage, ANN)
    stage.settle()
    stage.wait(timedelta(minutes=1))
    assert heard(stage, ANN) == ["tin"]


@pytest.mark.parametrize("lane", Lane)
def test_no_connection_is_no_attempt_and_is_never_given_up(stage: World, lane: Lane) -> None:
    stage.telegram.fail("sendMessage", chat_id=ANN, times=150, fault=CONNECT)
    key = tell(stage, ANN, lane=lane)
    stage.settle()
    for _ in range(149):
        later(stage, minutes=6)
    assert (row(stage, key).state, row(stage, key).attempts) == (S.PENDING, 0)
    later(stage, minutes=6)
    assert (row(stage, key).state, row(stage, key).attempts) == (S.SENT, 1)
    assert copies(stage, ANN, "tin") == 1


def test_when_telegram_is_away_not_everything_is_tried_in_vain(stage: World) -> None:
    stage.telegram.fail("sendMessage", times=1000, fault=CONNECT)
    for number in range(300):
        tell(stage, (ANN, BEN, CLARA)[number % 3], f"{number}", lane=Lane.BULK)
    before = len(stage.telegram.calls)
    stage.settle()
    for _ in range(5):
        later(stage, minutes=6)
    assert len(stage.telegram.calls) - before < 60
    stage.telegram._faults.clear()
    later(stage, minutes=6)
    assert [len(heard(stage, user)) for user in (ANN, BEN, CLARA)] == [100] * 3
    assert heard(stage, ANN) == [f"{n}" for n in range(0, 300, 3)]


NOT_KNOWN = [
    TIMEOUT_AFTER,
    TIMEOUT_BEFORE,
    DELIVERED_THEN_RESET,
    server_error(502),
    server_error(502, after=True),
]


@pytest.mark.parametrize("fault", NOT_KNOWN, ids=lambda fault: fault.kind)
@pytest.mark.parametrize("lane", [Lane.REPLY, Lane.ALERT])
def test_what_is_not_known_is_said_once_more_and_never_a_third_time(
    stage: World, lane: Lane, fault: Fault
) -> None:
    stage.telegram.fail("sendMessage", chat_id=ANN, times=9, fault=fault)
    key = tell(stage, ANN, lane=lane)
    stage.settle()
    for _ in range(3):
        later(stage, minutes=10)
    assert (row(stage, key).state, row(stage, key).attempts) == (S.UNCERTAIN, 2)
    assert attempts(stage, ANN) == 2
    assert copies(stage, ANN, "tin") == (2 if fault.arrives else 0)


@pytest.mark.parametrize("fault", NOT_KNOWN, ids=lambda fault: fault.kind)
@pytest.mark.parametrize("lane", [Lane.REMINDER, Lane.BULK])
def test_a_reminder_that_is_not_known_is_not_repeated(stage: World, lane: Lane, fault: Fault) -> None:
    stage.telegram.fail("sendMessage", chat_id=ANN, fault=fault)
    key = tell(stage, ANN, lane=lane)
    stage.settle()
    later(stage, minutes=10)
    assert row(stage, key).state == S.UNCERTAIN
    assert copies(stage, ANN, "tin") == int(fault.arrives)


IN_DOUBT = "Không rõ một tin gửi tới đây lúc"


@pytest.mark.parametrize("lane", [Lane.REPLY, Lane.ALERT])
def test_who_may_have_missed_something_reads_so_once(database_url: str, lane: Lane) -> None:
    with opened(database_url, operator_chat=OPERATOR) as world:
        world.telegram.fail("sendMessage", chat_id=ANN, times=4, fault=TIMEOUT_BEFORE)
        for number in range(2):
            tell(world, ANN, f"{number}", lane=lane)
        for _ in range(4):
            later(world, minutes=5)
        tell(world, ANN, "sau")
        world.settle()
        first, *others = heard(world, ANN)
        assert first.startswith(f"{IN_DOUBT} 08:")
        assert [text for text in others if not text.startswith(IN_DOUBT)] == ["sau"]
        (told,) = heard(world, OPERATOR)
        assert "Không rõ tin gửi tới 1 nơi đã tới hay chưa" in told


def test_of_a_reminder_and_of_these_words_themselves_it_is_not_said(stage: World) -> None:
    stage.telegram.fail("sendMessage", chat_id=ANN, fault=TIMEOUT_BEFORE)
    tell(stage, ANN, "nhắc", lane=Lane.REMINDER)
    stage.settle()
    assert heard(stage, ANN) == []
    stage.telegram.fail("sendMessage", chat_id=ANN, times=4, fault=TIMEOUT_BEFORE)
    tell(stage, ANN)
    for _ in range(6):
        later(stage, minutes=10)
    assert heard(stage, ANN) == []
    in_doubt = stage.db(
        lambda db: [row.lane for row in db.scalars(select(Outbox)) if row.state == S.UNCERTAIN]
    )
    assert sorted(in_doubt) == [Lane.ALERT, Lane.ALERT, Lane.REMINDER]


def test_after_a_crash_it_is_said_as_well(stage: World) -> None:
    key = tell(stage, ANN, not_before=stage.clock() + timedelta(hours=1))

    def strand(db: Session) -> None:
        one = db.scalars(select(Outbox).where(Outbox.key == key)).one()
        one.state, one.wired, one.attempts = S.SENDING, True, 2
        one.lease_until = stage.clock() + timedelta(seconds=90)

    stage.db(strand)
    stage.restart()
    assert row(stage, key).state == S.UNCERTAIN
    (told,) = heard(stage, ANN)
    assert told.startswith(IN_DOUBT)


def test_however_an_answer_gets_lost_there_are_two_copies_at_most(stage: World) -> None:
    for fault in (server_error(502, after=True), CONNECT, flood(5), TIMEOUT_AFTER, server_error(500)):
        stage.telegram.fail("sendMessage", chat_id=ANN, fault=fault)
    key = tell(stage, ANN, lane=Lane.REPLY)
    stage.settle()
    for _ in range(6):
        later(stage, minutes=10)
    assert (row(stage, key).state, copies(stage, ANN, "tin")) == (S.UNCERTAIN, 2)


# --- a gateway that is broken ---------------------------------------------------------------------------------------


def risked(world: World) -> int:
    """How many messages went out."""
    return len([call for call in world.telegram.calls if call.method == "sendMessage"])


def settled(world: World) -> Counter[str]:
    return world.db(
        lambda db: Counter(db.scalars(select(Outbox.state).where(Outbox.key.startswith("test:"))))
    )


def tell_all(world: World, count: int, lane: Lane) -> None:
    for number in range(count):
        tell(world, (ANN, BEN, CLARA)[number % 3], f"{number}", lane=lane)


@pytest.mark.parametrize("lane", [Lane.ALERT, Lane.BULK])
def test_while_nothing_is_answered_one_message_is_in_doubt_and_the_others_wait(
    stage: World, lane: Lane
) -> None:
    """The gateway does what it is asked and says 502: each message that is tried is one too many."""
    for method in ("sendMessage", "getMe"):
        stage.telegram.fail(method, times=1000, fault=server_error(502, after=True))
    tell_all(stage, 90, lane)
    before = risked(stage)
    for _ in range(20):
        later(stage, minutes=5)
    assert risked(stage) - before <= 3  # those that were on their way together
    probes = [call for call in stage.telegram.calls if call.method == "getMe"]
    assert 20 <= len(probes) <= 30
    stage.telegram._faults.clear()
    later(stage, minutes=5)
    states = settled(stage)
    assert states[S.UNCERTAIN] <= 3
    assert states[S.UNCERTAIN] + states[S.SENT] == 90
    assert heard(stage, ANN) == sorted(heard(stage, ANN), key=int)


def test_where_only_messages_are_lost_they_are_risked_one_by_one(stage: World) -> None:
    stage.telegram.fail("sendMessage", times=1000, fault=server_error(502))
    tell_all(stage, 90, Lane.REMINDER)
    for _ in range(20):
        later(stage, minutes=1)
    assert settled(stage)[S.UNCERTAIN] <= 30
    stage.telegram._faults.clear()
    later(stage, minutes=5)
    assert settled(stage)[S.SENT] >= 60


def test_after_one_lost_answer_nobody_waits_longer_than_a_question_takes(stage: World) -> None:
    stage.telegram.fail("sendMessage", chat_id=ANN, fault=server_error(502))
    tell_all(stage, 9, Lane.ALERT)
    stage.settle()  # at this moment, without time to pass
    assert settled(stage) == {S.SENT: 9}


def test_a_sender_that_must_wait_rests(sqlite_url: str) -> None:
    with opened(sqlite_url) as world:
        for method in ("sendMessage", "getMe"):
            world.telegram.fail(method, times=1000, fault=server_error(502))
        tell(world, ANN)
        work = 0
        submit = world.database.submit

        def counted(*given: Any, **how: Any) -> Any:
            nonlocal work
            work += 1
            return submit(*given, **how)

        world.database.submit = counted  # type: ignore[method-assign]

        async def main() -> None:
            world.app.sender.wake()
            sending = asyncio.create_task(world.app.sender.run())
            await until(lambda: world.app.sender.resumes_at() is not None)
            before = work
            await asyncio.sleep(0.2)
            assert work - before < 5
            sending.cancel()

        world.run(main())


def test_a_429_after_a_lost_answer_does_not_make_a_third_copy(stage: World) -> None:
    for fault in (TIMEOUT_AFTER, flood(5), TIMEOUT_AFTER):
        stage.telegram.fail("sendMessage", chat_id=ANN, fault=fault)
    key = tell(stage, ANN)
    stage.settle()
    for _ in range(4):
        later(stage, minutes=1)
    assert (row(stage, key).state, copies(stage, ANN, "tin")) == (S.UNCERTAIN, 2)


def test_what_comes_after_an_unknown_message_waits_for_it(stage: World) -> None:
    stage.telegram.fail("sendMessage", chat_id=ANN, fault=TIMEOUT_BEFORE)
    for number in range(3):
        tell(stage, ANN, f"{number}")
    stage.settle()
    assert heard(stage, ANN) == ["0", "1", "2"]


def test_a_chat_that_nothing_is_taken_for_is_noticed_and_mended(stage: World) -> None:
    member = link(stage, ANN)
    stage.telegram.fail("sendMessage", chat_id=ANN, times=1000, fault=server_error(500))
    for number in range(4):
        tell(stage, ANN, f"{number}")
        tell(stage, BEN, f"{number}")
        later(stage, minutes=30)
    assert reachability(stage, member) == Reachability.NETWORK
    stage.telegram._faults.clear()
    tell(stage, ANN, "ba")
    later(stage, minutes=6)
    assert "ba" in heard(stage, ANN)
    assert reachability(stage, member) == Reachability.OK


def test_a_refusal_that_is_our_mistake_is_told_to_the_operator(database_url: str) -> None:
    with opened(database_url, operator_chat=OPERATOR) as world:
        key = tell(world, ANN, message=Message(raw("tin"), [[Button(raw("nút"), "x" * 65)]]))
        world.settle()
        assert row(world, key).state == S.FAILED
        assert "outbox.refused" in heard(world, OPERATOR)[-1]


# --- who can be reached ---------------------------------------------------------------------------------------------


def link(world: World, user: int) -> int:
    def work(db: Session) -> int:
        member = add_member(db, cell_id=None, full_name="Nguyễn Thị An", now=world.clock())
        return link_account(db, member, address=chat_address(user), now=world.clock()).id

    return world.db(work)


def reachability(world: World, account: int) -> str:
    return world.db(lambda db: db.get_one(Account, account).reachability)


def blocks(world: World) -> None:
    world.telegram.users[ANN].blocked = True  # its my_chat_member is still on the way


def deactivates(world: World) -> None:
    world.telegram.deactivates(ANN)


def never_started(world: World) -> None:
    world.telegram.users[ANN].started = False


@pytest.mark.parametrize(
    ("happens", "expected"),
    [
        (blocks, Reachability.BLOCKED),
        (deactivates, Reachability.DEACTIVATED),
        (never_started, Reachability.NEVER_STARTED),
    ],
)
def test_who_cannot_be_reached_is_known_from_the_refusal(
    stage: World, happens: Callable[[World], None], expected: Reachability
) -> None:
    account = link(stage, ANN)
    happens(stage)
    key = tell(stage, ANN)
    stage.settle()
    assert row(stage, key).state == S.FAILED
    assert reachability(stage, account) == expected


# --- kinds of messages ----------------------------------------------------------------------------------------------


def edit(message_id: int, text: str) -> Message:
    return Message(raw(text), method=Method.EDIT, message_id=message_id)


def test_edits_and_deletions_go_the_same_way(stage: World) -> None:
    first = row(stage, tell_now(stage, "một")).message_id or 0
    tell_now(stage, "sửa", message=edit(first, "hai"))
    assert heard(stage, ANN) == ["hai"]
    same = tell_now(stage, "không đổi", message=edit(first, "hai"))
    assert row(stage, same).state == S.SENT
    gone = Message(raw("-"), method=Method.DELETE, message_id=first)
    assert row(stage, tell_now(stage, "xóa", message=gone)).state == S.SENT
    assert heard(stage, ANN) == []
    assert row(stage, tell_now(stage, "xóa lại", message=gone)).state == S.SENT
    tell_now(stage, "sửa cái đã mất", message=edit(first, "ba"))
    assert heard(stage, ANN) == ["ba"]


def tell_now(world: World, text: str, **more: Any) -> str:
    key = tell(world, ANN, text, **more)
    world.settle()
    return key


def test_files_and_pictures_arrive_as_they_were(stage: World) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(picture, "PNG")
    tell_now(stage, "1", message=Message(raw("danh sách"), attachment=Attachment("Đảng viên.xlsx", b"bytes")))
    shown = Attachment("qr.png", picture.getvalue())
    tell_now(stage, "2", message=Message(raw("mã"), attachment=shown, method=Method.PHOTO))
    file, photo = stage.telegram.history(ANN)[-2:]
    assert (file["text"], file["document"]["file_name"]) == ("danh sách", "Đảng viên.xlsx")
    assert stage.telegram.file(file["document"]["file_id"])[2] == b"bytes"
    assert (photo["text"], photo["photo"]["width"]) == ("mã", 60)
    again = Attachment("qr.png", file_id=photo["photo"]["file_id"])
    tell_now(stage, "3", message=Message(raw("lại"), attachment=again, method=Method.PHOTO))
    assert stage.telegram.history(ANN)[-1]["photo"]["file_id"] == photo["photo"]["file_id"]


def test_a_long_text_comes_in_parts_and_its_buttons_under_the_last(stage: World) -> None:
    words = "\n\n".join(f"Đoạn {n}: " + "chữ " * 100 for n in range(30))
    text = say("<b>{words}</b>", words=words)
    tell_now(stage, "dài", message=Message(text, [[Button(raw("Xong"), "a:b")]]))
    parts = stage.telegram.history(ANN)[2:]
    assert len(parts) > 3
    assert "".join("".join(p["text"] for p in parts).split()) == "".join(words.split())
    assert [bool(p["inline_keyboard"]) for p in parts] == [False] * (len(parts) - 1) + [True]
    assert all(p["entities"][0]["type"] == "bold" for p in parts)


def test_a_long_text_with_a_file_loses_neither(stage: World) -> None:
    words = "chữ " * 1500
    tell_now(stage, "dài", message=Message(raw(words), attachment=Attachment("a.txt", b"x")))
    *texts, file = stage.telegram.history(ANN)[2:]
    assert "".join("".join(t["text"] for t in texts).split()) == "".join(words.split())
    assert file["document"]["file_name"] == "a.txt"


def test_a_discreet_message_shows_a_neutral_line_and_hides_the_rest(stage: World) -> None:
    tell_now(stage, "kín", discreet=True)
    line, _, rest = heard(stage, ANN)[-1].partition("\n\n")
    assert "bạn có tin" in line
    assert rest == "kín"
    spoiler = stage.telegram.history(ANN)[-1]["entities"][0]
    assert (spoiler["type"], spoiler["length"]) == ("spoiler", 3)


def test_a_long_discreet_message_fits(stage: World) -> None:
    tell_now(stage, "a" * 9000, discreet=True)
    assert sum(text.count("a") for text in heard(stage, ANN)) >= 9000


def test_a_chats_own_command_menu_is_set(stage: World) -> None:
    table = Message(raw_json('[["chibo", "Bảng của chi bộ"]]'), method=Method.COMMANDS)
    key = tell_now(stage, "lệnh", message=table)
    assert row(stage, key).state == S.SENT
    assert stage.telegram.commands_for(ANN, "vi")[0]["command"] == "chibo"
    assert heard(stage, ANN) == []


def raw_json(text: str) -> Any:
    from markupsafe import Markup

    return both(Markup(text), Markup(text))  # noqa: S704


# --- pace -----------------------------------------------------------------------------------------------------------


class TimelessLoop(asyncio.SelectorEventLoop):
    """A loop whose clock jumps to the next timer instead of waiting for it."""

    def __init__(self) -> None:
        super().__init__()
        self.jumped = 0.0
        select = self._selector.select  # type: ignore[attr-defined]

        def jump(timeout: float | None) -> Any:
            self.jumped += timeout or 0
            return select(0)

        self._selector.select = jump  # type: ignore[attr-defined]

    def time(self) -> float:
        return self.jumped


def timeless(work: Callable[[], Any]) -> Any:
    with asyncio.Runner(loop_factory=TimelessLoop) as runner:
        return runner.run(work())


def test_the_gate_lets_the_rate_through_and_the_best_lane_first() -> None:
    passed: list[tuple[Lane, float]] = []

    async def main() -> None:
        gate, loop = Gate(30), asyncio.get_running_loop()

        async def one(lane: Lane) -> None:
            await gate.wait(lane)
            passed.append((lane, loop.time()))

        bulk = [asyncio.create_task(one(Lane.BULK)) for _ in range(1000)]
        await asyncio.sleep(10)
        reply = asyncio.create_task(one(Lane.REPLY))
        await asyncio.gather(*bulk, reply)

    timeless(main)
    times = [at for _, at in passed]
    assert 1001 / 30 - 0.2 < times[-1] - times[0] < 1001 / 30 + 0.2
    reply_at = next(at for lane, at in passed if lane is Lane.REPLY)
    assert reply_at - 10 <= 2 / 30
    for start in range(0, 33):
        assert len([at for at in times if start <= at < start + 1]) <= 32


def test_a_chat_may_burst_and_then_once_a_second() -> None:
    async def main() -> list[float]:
        pace, loop = ChatPace(OutboxPolicy()), asyncio.get_running_loop()
        await asyncio.sleep(100)
        times = []
        for _ in range(6):
            await pace.wait()
            times.append(round(loop.time() - 100, 3))
        assert not pace.is_rested()
        await asyncio.sleep(10)
        assert pace.is_rested()
        return times

    assert timeless(main) == [0, 0, 0, 1, 2, 3]


def test_a_reply_overtakes_a_thousand_bulk_rows(database_url: str) -> None:
    with opened(database_url, outbox=OutboxPolicy(rate=200, chat_seconds=0)) as world:

        def fill(db: Session) -> None:
            for number in range(1000):
                to = Recipient(chat_address((BEN, CLARA)[number % 2]))
                enqueue(
                    db, to, Message(raw(f"{number}")), key=f"n:{number}", lane=Lane.BULK, now=world.clock()
                )

        world.db(fill)

        async def main() -> int:
            world.app.sender.wake()
            sending = asyncio.create_task(world.app.sender.run())
            await asyncio.sleep(0.1)
            world.telegram.says(ANN, "một")
            await world.app.polling.once()
            await until(lambda: "echo một" in heard(world, ANN))
            ahead = len(heard(world, BEN)) + len(heard(world, CLARA))
            await world.app.sender.stop()
            await sending
            return ahead

        assert world.run(main()) < 300
        states = world.db(lambda db: Counter(db.scalars(select(Outbox.state))))
        assert set(states) <= {S.PENDING, S.SENT}  # nothing is left in the hands of a sender that has stopped


def test_a_chat_with_a_long_line_neither_spins_nor_starves_others(sqlite_url: str) -> None:
    with opened(sqlite_url, outbox=OutboxPolicy(rate=30, chat_seconds=60)) as world:
        for number in range(40):
            tell(world, ANN, f"{number}", lane=Lane.BULK)
        tell(world, BEN, lane=Lane.BULK)
        cycles = 0
        submit = world.database.submit

        def counted(work: Any, **how: Any) -> Any:
            nonlocal cycles
            cycles += 1
            return submit(work, **how)

        world.database.submit = counted  # type: ignore[method-assign]

        async def main() -> None:
            world.app.sender.wake()
            sending = asyncio.create_task(world.app.sender.run())
            await until(lambda: "tin" in heard(world, BEN))
            before = cycles
            await asyncio.sleep(0.1)
            assert cycles - before < 5
            sending.cancel()

        world.run(asyncio.wait_for(main(), 5))
        assert len(heard(world, ANN)) <= 3


def test_what_another_process_puts_in_is_found_however_busy_we_are(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sending._LONGEST_REST", 0.1)
    with opened(sqlite_url) as world:

        async def main() -> None:
            world.app.sender.wake()
            sending = asyncio.create_task(world.app.sender.run())
            await asyncio.sleep(0.05)
            await asyncio.to_thread(tell, world, BEN)  # nobody wakes us for it
            number = 0
            while "tin" not in heard(world, BEN):
                number += 1
                assert number < 100, "found too late"
                world.telegram.says(ANN, f"{number}")
                await world.app.polling.once()
                await until(lambda: f"echo {number}" in heard(world, ANN))  # noqa: B023 - awaited here
            sending.cancel()

        world.run(asyncio.wait_for(main(), 20))


def test_what_a_job_goes_on_putting_in_is_found_soon_though_nobody_says_so(sqlite_url: str) -> None:
    with opened(sqlite_url) as world:

        async def main() -> None:
            await asyncio.to_thread(tell, world, BEN, lane=Lane.BULK)
            sending = asyncio.create_task(world.app.sender.run())
            await until(lambda: "tin" in heard(world, BEN))
            await asyncio.to_thread(tell, world, CLARA, lane=Lane.BULK)
            await until(lambda: "tin" in heard(world, CLARA))
            sending.cancel()

        world.run(asyncio.wait_for(main(), 3))


# --- two senders, and none ------------------------------------------------------------------------------------------


def test_two_senders_never_take_the_same_row(database_url: str) -> None:
    first, second = Database(database_url), Database(database_url)
    try:
        ids = first.run(fill_with(400))
        taken: list[list[int]] = [[], []]

        def claim(database: Database, mine: list[int]) -> None:
            while got := database.run(
                lambda db: claim_outbox(db, Channel.TELEGRAM, now=START, policy=OutboxPolicy(), limit=7)
            ):
                mine.extend(item.id for item in got)

        threads = [
            threading.Thread(target=claim, args=pair) for pair in zip((first, second), taken, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(taken[0] + taken[1]) == ids
    finally:
        first.close()
        second.close()


def fill_with(count: int) -> Callable[[Session], list[int]]:
    def work(db: Session) -> list[int]:
        for number in range(count):
            enqueue(
                db,
                Recipient(chat_address(number)),
                Message(raw("tin")),
                key=f"k:{number}",
                lane=Lane.BULK,
                now=START,
            )
        return sorted(db.scalars(select(Outbox.id)))

    return work


def test_claims_come_best_lane_first_and_leave_busy_chats_alone(database: Database) -> None:
    def work(db: Session) -> list[int]:
        for chat, lane in ((1, Lane.BULK), (2, Lane.REPLY), (3, Lane.ALERT), (4, Lane.REPLY)):
            enqueue(
                db, Recipient(chat_address(chat)), Message(raw("tin")), key=f"{chat}", lane=lane, now=START
            )
        claimed = claim_outbox(
            db, Channel.TELEGRAM, now=START, policy=OutboxPolicy(), limit=9, busy=[chat_address(4)]
        )
        return [number_of(item.address) for item in claimed]

    assert database.run(work) == [2, 3, 1]


def claims(db: Session, at: datetime = START, *, wires: bool = False) -> list[Claimed]:
    """What a sender takes into its lines; with `wires` it goes on the wire."""
    found = claim_outbox(db, Channel.TELEGRAM, now=at, policy=OutboxPolicy(), limit=9)
    if wires:
        assert wire_outbox(db, found) == {item.id for item in found}
    return [item.on_the_wire() for item in found] if wires else found


def test_an_outcome_of_a_claim_that_was_lost_changes_nothing(database: Database) -> None:
    def work(db: Session) -> tuple[str, int]:
        enqueue(db, Recipient(chat_address(1)), Message(raw("tin")), key="k", lane=Lane.ALERT, now=START)
        [old] = claims(db, wires=True)
        after = START + OutboxPolicy().lease
        assert free_stuck_outbox(db, now=after).number == 1
        [new] = claims(db, after, wires=True)
        assert wire_outbox(db, [old]) == set()  # it would be a third copy
        settle_outbox(db, [old.untouched(), old.becomes(S.FAILED, error="late news")], now=after)
        assert db.scalars(select(Outbox)).one().state == S.SENDING
        settle_outbox(db, [new.becomes(S.SENT, message_id=5)], now=after)
        db.expire_all()
        found = db.scalars(select(Outbox)).one()
        return found.state, found.attempts

    assert database.run(work) == (S.SENT, 2)


def test_an_outcome_that_is_written_down_twice_changes_nothing_the_second_time(database: Database) -> None:
    """As when the answer to a COMMIT is lost: the row may have been claimed again meanwhile."""

    def work(db: Session) -> tuple[str, int]:
        enqueue(db, Recipient(chat_address(1)), Message(raw("tin")), key="k", lane=Lane.ALERT, now=START)
        [first] = claims(db)
        settle_outbox(db, [first.untouched()], now=START)
        [second] = claims(db, wires=True)
        assert wire_outbox(db, [second]) == {second.id}
        settle_outbox(db, [first.untouched()], now=START)
        found = db.scalars(select(Outbox)).one()
        return found.state, found.attempts

    assert database.run(work) == (S.SENDING, 1)


def test_what_arrived_though_its_lease_was_over_is_not_said_again(database: Database) -> None:
    def work(db: Session) -> list[str]:
        for lane in (Lane.ALERT, Lane.REMINDER):
            enqueue(db, Recipient(chat_address(1)), Message(raw("tin")), key=lane.name, lane=lane, now=START)
        slow = claims(db, wires=True)
        free_stuck_outbox(db, now=START + OutboxPolicy().lease)
        assert states(db) == {"ALERT": (S.PENDING, 1), "REMINDER": (S.UNCERTAIN, 1)}
        settle_outbox(db, [item.becomes(S.SENT, message_id=5) for item in slow], now=START)
        return [state for state, _ in states(db).values()]

    assert database.run(work) == [S.SENT, S.SENT]


def states(db: Session) -> dict[str, tuple[str, int]]:
    found = db.execute(select(Outbox.key, Outbox.state, Outbox.attempts))
    return {key: (state, attempts) for key, state, attempts in found}


def test_what_a_dead_sender_had_on_the_wire_is_said_once_more_or_uncertain(database: Database) -> None:
    def work(db: Session) -> None:
        for lane in Lane:
            enqueue(db, Recipient(chat_address(1)), Message(raw("tin")), key=lane.name, lane=lane, now=START)
        for _ in range(2):
            claims(db, wires=True)
            free_stuck_outbox(db, now=START, all_of_them=True)
            seen.append({key: state for key, (state, _) in states(db).items()})

    seen: list[dict[str, str]] = []
    database.run(work)
    once = {"REPLY": S.PENDING, "ALERT": S.PENDING, "REMINDER": S.UNCERTAIN, "BULK": S.UNCERTAIN}
    assert seen == [once, dict.fromkeys(once, S.UNCERTAIN)]


def test_what_a_dead_sender_had_only_claimed_goes_again_as_if_nothing_had_been(database: Database) -> None:
    def work(db: Session) -> dict[str, tuple[str, int]]:
        for lane in Lane:
            enqueue(db, Recipient(chat_address(1)), Message(raw("tin")), key=lane.name, lane=lane, now=START)
        for _ in range(5):
            assert len(claims(db)) == 4
            free_stuck_outbox(db, now=START, all_of_them=True)
        return states(db)

    assert database.run(work) == {lane.name: (S.PENDING, 0) for lane in Lane}


def test_of_an_answer_in_parts_only_the_first_is_on_the_wire_when_its_step_is_committed(
    database: Database,
) -> None:
    def work(db: Session) -> list[tuple[str, bool, int]]:
        for name in ("một", "hai", "ba"):
            to, lane = Recipient(chat_address(1)), Lane.REPLY
            enqueue(db, to, Message(raw(name)), key=name, lane=lane, now=START)
        policy = OutboxPolicy()
        taken = claim_replies(db, chat_address(1), now=START, policy=policy, limit=10, at_once=1)
        return [(item.body.text, item.wired, item.attempts) for item in taken]

    assert database.run(work) == [("một", True, 1), ("hai", False, 0), ("ba", False, 0)]


def test_due_rows_are_found_by_an_index(sqlite_url: str) -> None:
    """A partial index is used only where its predicate is spelt out in the query."""
    database, asked = Database(sqlite_url), []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    try:
        event.listen(database.engine, "before_cursor_execute", listen)
        database.run(
            lambda db: claim_outbox(
                db,
                Channel.TELEGRAM,
                now=START,
                policy=OutboxPolicy(),
                limit=9,
                busy=[chat_address(1), chat_address(2)],
            )
        )
        database.run(lambda db: next_outbox_at(db, Channel.TELEGRAM, after=START))
        database.run(lambda db: waiting_inbox(db, [Channel.TELEGRAM], limit=9))
        database.run(lambda db: free_stuck_outbox(db, now=START))
        event.remove(database.engine, "before_cursor_execute", listen)
        for statement, parameters in [q for q in asked if "outbox" in q[0] or "inbox" in q[0]]:
            with database.engine.connect() as connection:
                plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all())
            assert "USING INDEX ix_" in plan or "USING COVERING INDEX ix_" in plan, statement
            assert "TEMP B-TREE" not in plan
    finally:
        database.close()


# --- what it costs --------------------------------------------------------------------------------------------------


@contextmanager
def writing(world: World) -> Iterator[list[list[str]]]:
    """Transactions that changed something, each with its statements; a look at what is due changes nothing."""
    begun: list[str] = []
    kept: list[list[str]] = []

    def said(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        begun.append(statement)

    def committed(_: Any) -> None:
        if any(one.startswith(("INSERT", "UPDATE")) for one in begun):
            kept.append([one for one in begun if not one.startswith("BEGIN")])
        begun.clear()

    engine = world.database.engine
    event.listen(engine, "before_cursor_execute", said)
    event.listen(engine, "commit", committed)
    try:
        yield kept
    finally:
        event.remove(engine, "before_cursor_execute", said)
        event.remove(engine, "commit", committed)


@pytest.mark.parametrize("parts", [1, 3])
def test_an_answer_costs_two_commits_and_each_further_part_of_it_one(sqlite_url: str, parts: int) -> None:
    def step(ctx: Context) -> None:
        for number in range(parts):
            ctx.say(raw(f"{ctx.incoming.text} {number}"))

    with World.open(sqlite_url, routes=routes(step), connect=Database) as world:
        world.telegram.add_user(ANN, "An")
        world.telegram.says(ANN, "chào")
        world.settle()  # the sender has caught up: from here on a step claims its own answers

        async def main() -> int:
            world.app.sender.wake()
            sending = asyncio.create_task(world.app.sender.run())
            with writing(world) as kept:
                world.telegram.says(ANN, "một")
                await world.app.polling.once()
                await until(lambda: len(heard(world, ANN)) == 2 * parts - 1)
                await world.app.sender.stop()
                await sending
            return len(kept)

        assert world.run(main()) == 1 + parts
