"""What a screen costs: the questions that its step puts to the database. The twenty screens that members see most often.

    budgets(world, cell) ──> [Cost("main screen", 11), ...]      by the front door, one member with all that one may have

What every word costs besides, whatever it says, is not counted: to store it, to claim its answer and to settle it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import event

from models.ground.db import Database
from tests.called import a_meeting
from tests.fakes import World
from tests.people import ALICE, BOB, Cell, settle_in
from tests.phone import Phone
from tests.reviewing import a_campaign

MOST = 12  # of a member's screen
MORE = {  # what gathers from many rooms, or begins a form and shows its whole state
    "where do I stand": 18,
    "own data": 75,  # every table that may hold something
    "help asked for: the topic": 15,
    "review": 14,
}
_AROUND = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")
_OF_EVERY_WORD = (" inbox", " outbox", "account.reachability != ", "WHERE account.address = ")


class Cost(NamedTuple):
    screen: str
    questions: int


def member_screens(world: World, cell: Cell) -> list[Cost]:
    """Go through the screens as a member does; each is counted when it is shown a second time, with everything warm."""
    alice = _a_member_with_everything(world, cell)
    found = []
    for screen, path in _SCREENS.items():
        for _ in range(2):
            *before, last = path
            for step in before:
                _takes(alice, step)
            with questions(world.database) as asked:
                _takes(alice, last)
        found.append(Cost(screen, len(asked)))
    return found


def _a_member_with_everything(world: World, cell: Cell) -> Phone:
    """A check-in that is open, the year's review, a meeting, an absence, a request, a task."""
    bob, alice = settle_in(world, cell, BOB, ALICE)
    a_campaign(world, cell)
    a_meeting(world, cell)
    alice.says("/khaibao").taps("Nhật Bản", "Bỏ qua", "Thực tập sinh", "Bỏ qua", "Hôm nay", "6 tháng")
    while "Màn hình chính" not in alice.buttons():
        alice.taps("Bỏ qua" if "Bỏ qua" in alice.buttons() else alice.buttons()[0])
    world.wait(timedelta(hours=20))
    assert bob.chat()
    return alice


_SCREENS: dict[str, tuple[str, ...]] = {
    "main screen": ("/menu",),
    "its second page": ("/menu", "Việc khác"),
    "words that nothing asked for": ("/menu", "hôm nay trời mưa"),
    "a command that there is not": ("/khongco",),
    "check-in: the offer": ("/baocao",),
    "check-in: all is well": ("/baocao", "Mọi việc vẫn ổn"),
    "check-in: a place asked": ("/baocao", "Có việc cần báo"),
    "check-in: work asked": ("/baocao", "Có việc cần báo", "Vẫn ở đó"),
    "absence": ("/khaibao",),
    "where do I stand": ("/menu", "Tôi đang đứng ở đâu?"),
    "a pause": ("/menu", "Tạm nghỉ báo cáo"),
    "meetings": ("/hop",),
    "help asked for: the topic": ("/hotro",),
    "review": ("/kiemdiem",),
    "review: a section": ("/kiemdiem", "Viết I.1"),
    "review: a paragraph": ("/kiemdiem", "Viết I.1", "Tôi đã giữ gìn đoàn kết."),
    "help and language": ("/trogiup",),
    "own data": ("/dulieu",),
    "handbook": ("/sotay",),
    "a form given up": ("/khaibao", "/huy"),
}


def _takes(phone: Phone, step: str) -> None:
    if any(step.lower() in one.lower() for one in phone.buttons()):
        phone.taps(step)
    else:
        phone.says(step)


@contextmanager
def questions(database: Database) -> Iterator[list[str]]:
    """Every question of a step that is put meanwhile."""
    asked: list[str] = []

    def note(*given: Any) -> None:
        words = given[2]
        if not words.startswith(_AROUND) and not any(one in words for one in _OF_EVERY_WORD):
            asked.append(words)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
