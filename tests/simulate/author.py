"""Invents what happens next: people who do sensible things most of the time, and a machine that is not well now and then."""

from __future__ import annotations

import random
import re
from datetime import timedelta

from tests.simulate.cast import PAGE, Person
from tests.simulate.life import POINTS
from tests.simulate.play import Player
from tests.simulate.steps import TOWN, Step

FAULTS = (
    *("connect", "timeout_before", "timeout_after", "delivered_then_reset"),
    *("flood:3", "flood:35", "server_error:500", "server_error:502", "server_error_after:502"),
)
METHODS = ("*", "sendMessage", "getUpdates", "answerCallbackQuery", "editMessageText")
COMMANDS = (
    *(
        "/menu",
        "/baocao",
        "/khaibao",
        "/hotro",
        "/dulieu",
        "/hop",
        "/kiemdiem",
        "/sotay",
        "/chibo",
        "/danhsach",
    ),
    *("/thongbao", "/diemdanh", "/dangbo", "/moi", "/huy", "/trogiup", "/start", "/ngonngu"),
)
_LEADS_AWAY = re.compile(
    r"hủy|quay lại|menu|dừng|thôi|để sau|từ chối|không đồng ý|xóa|trang đầu|english", re.IGNORECASE
)
_NONSENSE = (
    "?",
    "ok",
    "👍👍",
    "asdf",
    "0",
    "31/02/2027",
    "-1",
    "<b>x</b>",
    "&amp; %s {0}",
    "01",
    "'; DROP TABLE member;--",
)
_NAMES = ("Trịnh Thị Quế", "Lý Văn Rạng", "Mai Văn Sáu", "Cao Thị Tâm", "Đinh Văn Út", "Hồ Thị Vân")


class Author:
    """`calm`: nothing befalls the machine. `quiet`: hours between two visits of anybody, on the average."""

    def __init__(self, player: Player, seed: int, *, calm: bool = False, quiet: float = 5.0) -> None:
        self._player, self._town = player, player.town
        self._random = random.Random(seed)  # noqa: S311
        self._calm, self._quiet = calm, quiet
        self._words = 0
        self._blocked: set[str] = set()
        self._visitor: Person | None = None
        self._left = 0  # steps of this visit
        self._follows: list[Step] = []
        self._right_in = 0  # steps until the operator sets a clock right

    def next(self) -> Step:
        """Return a step that can be done as things stand; most of the time."""
        if self._follows:
            return self._follows.pop()
        if self._right_in:
            self._right_in -= 1
            if not self._right_in:
                return self._step(TOWN, "sets clock")
        if not self._calm and self._random.random() < 0.08:
            return self._accident()
        if self._random.random() < 0.012:
            return self._decision()
        if self._left <= 0 or self._visitor is None:
            self._left, self._visitor = (
                self._random.randint(3, 14),
                self._random.choice(list(self._player.cast)),
            )
            return self._step(
                TOWN, "waits", much=round(self._random.expovariate(1 / (self._quiet * 60)), 1) + 0.1
            )
        self._left -= 1
        # now and then somebody else comes between
        person = (
            self._visitor if self._random.random() < 0.9 else self._random.choice(list(self._player.cast))
        )
        return self._person(person)

    def _step(self, who: str, does: str, what: str = "", much: float = 0, after: float = 2.0) -> Step:
        return Step(who, does, what, much, after, self._random.getrandbits(32))

    # --- the machine ------------------------------------------------------------------------------------------------

    def _accident(self) -> Step:
        pick = self._random.random()
        if pick < 0.40:
            what = f"{self._random.choice(METHODS)} {self._random.choice(FAULTS)}"
            return self._step(TOWN, "fails", what, self._random.choice((1, 1, 2, 5)))
        if pick < 0.70:
            point = f"{self._random.choice(POINTS)} {self._random.randint(1, 6)}"
            return self._step(TOWN, "kills", point, self._random.choice((1, 1, 5, 60, 1_200, 20_000)))
        if pick < 0.76:
            return self._step(TOWN, "stops", much=self._random.choice((1, 5, 3_000, 90_000)))
        if pick < 0.82:
            return self._step(TOWN, "holds", much=self._random.choice((1, 5, 30)))
        if pick < 0.88:
            return self._step(TOWN, "fills", much=self._random.choice((1, 5, 30)))
        if pick < 0.92:
            return self._step(TOWN, "brings again", much=self._random.choice((1, 3, 10)))
        if pick < 0.96:
            what = f"{self._random.choice(('*', 'sendMessage', 'getUpdates'))} {self._random.choice(FAULTS)}"
            return self._step(TOWN, "zalo fails", what, self._random.choice((1, 2)))
        if pick < 0.97:
            return self._step(TOWN, "stands by")
        off = self._random.choice((180, 7_200, 72_000, -180, -7_200, -72_000))
        answer = self._step(TOWN, "says of clock", "Đồng hồ sai")
        self._follows += [*([answer] if self._random.random() < 0.5 else [])]
        self._right_in = self._random.randint(1, 12)
        return self._step(TOWN, "sets clock", much=off)

    def _decision(self) -> Step:
        """What the committee decides, on paper, and somebody types in."""
        pick = self._random.random()
        if pick < 0.5:
            return self._step(TOWN, "hands over", self._random.choice("01"))
        if pick < 0.7:
            return self._step(TOWN, "merges", self._random.choice(("end", "deputy", "leads")))
        return self._step(TOWN, "undoes")

    # --- people -----------------------------------------------------------------------------------------------------

    def _person(self, person: Person) -> Step:
        hand = self._player.hands.of(person)
        after = self._random.choice((0.5, 2.0, 2.0, 8.0, 45.0))
        if person.name in self._blocked and self._random.random() < 0.5:
            self._blocked.discard(person.name)
            return self._step(person.name, "unblocks", after=after)
        if person.tokens and self._random.random() < 0.8:
            return self._step(person.name, "opens", after=after)
        chance, labels = self._random.random(), hand.labels()
        if hand.wants_contact() and chance < 0.8:
            return self._step(person.name, "shares", after=after)
        if chance < 0.004:
            self._blocked.add(person.name)
            return self._step(person.name, "blocks", after=after)
        if chance < 0.008:
            return self._step(person.name, "changes phone", self._random.choice(("", "lost")), after=after)
        if chance < 0.012 or (
            chance < 0.2 and not self._is_known(person) and not person.tokens and self._left < 1
        ):
            return self._step(TOWN, "invites", person.name, after=after)
        if person.way == PAGE and not hand.heard() and chance < 0.7:
            return self._step(person.name, "sends again", after=after)
        if person.way == PAGE and (chance < 0.10 or (not labels and chance < 0.6)):
            rings = chance < 0.02 and bool(labels)
            return self._step(person.name, "allows push" if rings else "looks", after=after)
        if chance < 0.14 and (old := hand.old_labels()):
            return self._step(person.name, "taps old", self._random.choice(old), after=after)
        if chance < 0.19 and self._is_known(person):  # unasked
            return self._step(person.name, "says", self._marker(), after=after)
        onward = [label for label in labels if not _LEADS_AWAY.search(label)]
        if onward and chance < 0.86:
            return self._taps(person, onward, after)
        if chance < 0.90 and self._is_known(person) and not onward and self._random.random() < 0.5:
            return self._step(person.name, "says", self._random.choice(COMMANDS), after=after)
        if labels and chance > 0.97:
            return self._taps(person, labels, after)
        if labels and not onward and chance < 0.88:
            return self._types(person, hand.asked(), after)
        if self._is_known(person):
            return self._step(person.name, "says", self._random.choice(COMMANDS), after=after)
        return self._types(person, hand.asked(), after)

    def _is_known(self, person: Person) -> bool:
        found = self._town.looking.execute(
            "SELECT 1 FROM account WHERE member_id = ? AND closed_at IS NULL", [person.member_id]
        )
        return found.fetchone() is not None

    def _taps(self, person: Person, labels: list[str], after: float) -> Step:
        does = "taps twice" if self._random.random() < 0.08 else "taps"
        return self._step(person.name, does, self._random.choice(labels), after=after)

    def _types(self, person: Person, asked: str, after: float) -> Step:
        chance = self._random.random()
        if chance < 0.10:
            return self._step(person.name, "says", self._random.choice(_NONSENSE), after=after)
        if chance < 0.13:
            return self._step(person.name, "pastes", self._marker(), 5_000, after=after)
        does = "says decomposed" if chance < 0.25 else "says"
        return self._step(person.name, does, self._fitting(asked), after=after)

    def _fitting(self, asked: str) -> str:
        """Something that may answer the question, by its words."""
        last = asked[-400:].lower()
        day = self._town.now() + timedelta(days=self._random.randint(-20, 120))
        if self._random.random() < 0.2:
            return self._marker()
        if "số điện thoại" in last or "phone" in last:
            return f"0912{self._random.randint(0, 999_999):06}"
        if "họ và tên" in last or "họ tên" in last:
            return self._random.choice(_NAMES)
        if "ngày" in last:
            return f"{day:%d/%m/%Y}"
        if "giờ" in last:
            return f"{self._random.randint(7, 20)}:30"
        if "năm" in last:
            return str(self._random.randint(1950, 2027))
        if "mấy" in last or "bao nhiêu" in last:
            return str(self._random.randint(1, 12))
        return self._marker()

    def _marker(self) -> str:
        """Words that nobody else says: they can be found again."""
        self._words += 1
        return f"Việc của tôi zq{self._words:05}, mong chi bộ biết."
