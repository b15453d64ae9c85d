"""Every no, held against what the others then see: purpose × reader × screen.

Before the no each screen of `SEES` shows what it is about, so that none of them is empty by mistake; after it no screen
does, neither those nor the others, nor a button of before. The no is said on the member's own phone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.away.away import Stay
from models.ground.errors import Refused
from models.meeting.policy import TaskPolicy
from models.meeting.task import give_task
from models.people.assignment import assign_contact
from models.people.member import Member, Purpose, account_of, add_member, link_account, record_consent
from models.people.rights import Role, appoint
from models.people.unit import Unit, UnitKind, create_unit
from models.year.policy import ReviewPolicy
from models.year.review import Level, give_scores, propose_level, submit, write_section
from models.year.review.rating import RatingPaper, record_ratings
from models.year.review.rating_rows import Stage
from models.year.review.rows import Campaign, Review
from tests.absences import Chain, declaration
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, NAMES, OFFICER, Cell, a_cell, phone_of, settle_in
from tests.phone import Phone
from tests.reviewing import a_campaign, look

PROVINCE, FOLLOWER = 11, 12
MARK = "Dấu-Riêng-Của-An"
WRITTEN = ("A.I.1", "A.I.2", "A.I.3", "A.II.1", "A.II.2", "A.III", "A.VI")
LABEL = {
    Purpose.ABROAD: "Tin nhắn đi qua Telegram",
    Purpose.CONTACT: "Giữ liên lạc",
    Purpose.AWAY: "Lần đi làm ăn xa",
    Purpose.REVIEW: "Kiểm điểm, cam kết",
    Purpose.MEETING: "Họp chi bộ và nhiệm vụ",
    Purpose.COUNTS: "Số liệu gửi cấp trên",
}


@dataclass
class Situation:
    """The people, and ids to forge buttons with."""

    world: World
    cell: Cell
    phones: dict[int, Phone]
    ids: dict[str, int] = field(default_factory=dict)

    def shows(self, user: int, way: str) -> str:
        """What this reader then reads: a command, or a button of any message, as it is or forged."""
        phone = self.phones[user]
        if way.startswith("/"):
            return phone.says(way).reads()
        data = way.format(cell=self.cell.id, alice=self.cell.alice, commune=self.cell.commune, **self.ids)
        phone.says("/menu").reads()
        phone.taps_data(phone.last()["message_id"], data, stale=True)
        return phone.reads()

    def says_no(self, purpose: Purpose) -> None:
        alice = self.phones[ALICE]
        alice.says("/dulieu").taps("Đồng ý của tôi", LABEL[purpose])
        assert "Nếu rút lại:" in alice.reads()  # what follows is said first
        alice.taps("Rút lại").reads()


@pytest.fixture
def stage(world: World) -> Situation:
    """Six others work away, so that a committee sees figures. Dan keeps in touch with Alice; one follows the cell."""
    cell = a_cell(world)
    phones = dict(
        zip(
            (OFFICER, BOB, DEPUTY, ALICE, DAN),
            settle_in(world, cell, OFFICER, BOB, DEPUTY, ALICE, DAN),
            strict=True,
        )
    )

    def work(db: Session) -> int:
        now = world.clock()
        commune = db.get_one(Unit, cell.commune)
        province = create_unit(db, kind=UnitKind.PROVINCE, name="Tỉnh ủy", parent=None, now=now)
        commune.parent_id = province.id
        for user, unit_id, role in (
            (PROVINCE, province.id, Role.OFFICER),
            (FOLLOWER, cell.id, Role.FOLLOWER),
        ):
            member = add_member(db, cell_id=None, full_name=f"Đỗ Thị {user}", now=now)
            link_account(db, member, address=chat_address(user), now=now)
            for purpose in Purpose:
                record_consent(db, member.id, purpose, given=True, now=now)
            appoint(db, member_id=member.id, unit_id=unit_id, role=role, by_id=None, now=now)
        for number in range(5):
            one = add_member(db, cell_id=cell.id, full_name=f"Bùi Văn {number}", place_code="VN-79", now=now)
            record_consent(db, one.id, Purpose.COUNTS, given=True, now=now)
        assign_contact(
            db, db.get_one(Member, cell.alice), db.get_one(Member, cell.dan), by_id=cell.bob, now=now
        )
        return province.id

    province = world.db(work)
    for user in (PROVINCE, FOLLOWER):
        phones[user] = phone_of(world, user)
        world.telegram.users[user].started = True
    return Situation(world, cell, phones, {"province": province})


# --- what is there before the no ------------------------------------------------------------------------------------


def a_review_handed_in(stage: Situation) -> None:
    world, cell = stage.world, stage.cell
    stage.ids["campaign"] = a_campaign(world, cell)

    def work(db: Session, review: Review) -> int:
        now, by = world.clock(), cell.alice
        for heading in WRITTEN:
            write_section(db, review, heading, MARK, by_id=by, policy=ReviewPolicy(), now=now)
        give_scores(db, review, general=27, results=62, by_id=by, now=now)
        propose_level(db, review, Level.GOOD, by_id=by, now=now)
        submit(db, review, by_id=by, now=now)
        campaign = db.get_one(Campaign, stage.ids["campaign"])
        paper = RatingPaper("5-BB/CB", now.date(), "Chi bộ")
        record_ratings(db, campaign, Stage.PROPOSED, {by: Level.GOOD}, paper, by_id=cell.bob, now=now)
        return review.id

    stage.ids["review"] = int(str(look(world, stage.ids["campaign"], cell.alice, work)))
    world.settle()


def an_absence(stage: Situation) -> None:
    stay = Stay(place_code="JP", zone="Asia/Tokyo", city="Osaka", work="trainee", employer=MARK)
    chain = Chain(stage.world, stage.cell, stage.cell.alice).files(declaration(stay=stay)).is_proposed()
    stage.ids |= {"away": chain.away_id, "filing": chain.filing_id}
    stage.world.settle()


def nothing_more(stage: Situation) -> None:
    return None


@dataclass(frozen=True)
class No:
    """`marks`: what none may read after it, on the screens (reader, way). `shown`: where they stood before."""

    purpose: Purpose
    before: Callable[[Situation], None]
    marks: tuple[str, ...]
    shown: tuple[tuple[int, str], ...]
    also: tuple[tuple[int, str], ...] = ()


DESK = (BOB, DEPUTY)
ABOVE = (OFFICER, PROVINCE)
_REVIEW = ("campaign:part:{review}:1:0", "campaign:whole:{review}:1")
_REVIEW_ALSO = (
    "campaign:files:{review}",
    "campaign:history:{review}",
    "campaign:diff:{review}:1",
    "campaign:accept:{review}",
    "campaign:do:return:{review}",
    "campaign:read:{review}",
    "review:mine:{review}",
    "review:whole:{review}",
    "review:preview:{review}",
    "review:docx:{review}",
    "review:changes:{review}",
    "review:files:{review}",
    "rating:people:{campaign}:1",
    "rating:who:{campaign}:{alice}",
    "rating:see:{campaign}",
    "/chibo",
    "/dangbo",
)
_AWAY = ("absence:details:{away}",)
_AWAY_ALSO = (
    "absence:see:{away}",
    "absence:who:{alice}",
    "absence:filing:{filing}",
    "absence:history:{away}",
    "absence:letters:{away}",
    "absence:docx:{filing}",
    "absence:scans:{filing}",
    "absence:register:{cell}:all:0",
    "absence:waiting:{commune}:0",
    "/chibo",
    "/dangbo",
)
NOS = (
    No(
        Purpose.REVIEW,
        a_review_handed_in,
        (MARK, "Hoàn thành tốt nhiệm vụ: 1", "“Hoàn thành tốt nhiệm vụ”"),
        (
            *((who, way) for who in DESK for way in _REVIEW),
            *((who, "rating:people:{campaign}:1") for who in (*DESK, OFFICER)),
        ),
        tuple((who, way) for who in (*DESK, DAN, *ABOVE, FOLLOWER) for way in _REVIEW_ALSO),
    ),
    No(
        Purpose.AWAY,
        an_absence,
        (MARK, "Osaka"),
        tuple((who, way) for who in DESK for way in _AWAY),
        tuple((who, way) for who in (*DESK, DAN, *ABOVE, FOLLOWER) for way in _AWAY_ALSO),
    ),
    No(
        Purpose.COUNTS,
        nothing_more,
        ("7 người đi xa",),
        ((OFFICER, "unit:see:{cell}"), (PROVINCE, "/dangbo"), (FOLLOWER, "/dangbo")),
        ((OFFICER, "/dangbo"), (PROVINCE, "unit:see:{cell}"), (PROVINCE, "unit:see:{commune}")),
    ),
)


@pytest.mark.parametrize("no", NOS, ids=lambda no: no.purpose.value)
def test_a_no_is_a_no_on_every_screen_of_every_reader(stage: Situation, no: No) -> None:
    no.before(stage)
    for user, way in no.shown:
        seen = stage.shows(user, way)
        assert any(mark in seen for mark in no.marks), f"{user} {way} shows nothing even before: {seen[:200]}"
    stage.says_no(no.purpose)
    for user, way in dict.fromkeys((*no.shown, *no.also)):
        seen = stage.shows(user, way)
        for mark in no.marks:
            assert mark not in seen, f"{user} reads {mark!r} on {way}"


def test_what_is_ones_own_stays_ones_own(stage: Situation) -> None:
    a_review_handed_in(stage)
    an_absence(stage)
    stage.says_no(Purpose.REVIEW)
    stage.says_no(Purpose.AWAY)
    assert MARK in stage.shows(ALICE, "review:preview:{review}")
    assert stage.shows(ALICE, "away:see:{away}")
    assert "Osaka" in stage.shows(ALICE, "data:absences")


def test_without_contact_nothing_is_asked_announced_or_climbed_and_the_desk_reads_one_sentence(
    stage: Situation,
) -> None:
    world, bob, alice, dan = stage.world, stage.phones[BOB], stage.phones[ALICE], stage.phones[DAN]
    world.until(stage.world.clock() + timedelta(days=16))  # she is silent: the ladder has come to the desk
    assert NAMES[ALICE] in stage.shows(BOB, "desk:calls:{cell}:0")
    for phone in (bob, alice, dan):
        phone.reads()
    stage.says_no(Purpose.CONTACT)
    told = bob.reads()
    assert told.count(NAMES[ALICE]) == 1
    assert "Mời giữ liên lạc bằng giấy" in told
    assert "Không cần gọi" not in told + dan.reads()
    world.until(world.clock() + timedelta(days=45))
    assert "báo cáo" not in alice.reads()
    for user in DESK:
        assert NAMES[ALICE] not in stage.shows(user, "desk:calls:{cell}:0")
    card = stage.shows(BOB, "roster:card:{alice}")
    assert "làm bằng giấy hoặc gọi điện: Giữ liên lạc" in card


def test_without_telegram_the_chat_is_closed_and_nothing_arrives(stage: Situation) -> None:
    world, alice, bob = stage.world, stage.phones[ALICE], stage.phones[BOB]
    alice.says("/dulieu").taps("Đồng ý của tôi", LABEL[Purpose.ABROAD])
    assert "cuộc trò chuyện này đóng ngay" in alice.reads()
    bob.reads()
    assert "đã đóng" in alice.taps("Rút lại").reads()
    assert "ngừng dùng Telegram" in bob.reads()
    assert world.db(lambda db: account_of(db, stage.cell.alice)) is None
    world.until(world.clock() + timedelta(days=40))
    assert alice.reads() == ""
    assert NAMES[ALICE] not in alice.says("/menu").reads()


def test_without_meetings_nobody_is_invited_or_given_a_task_here(stage: Situation) -> None:
    bob, alice = stage.phones[BOB], stage.phones[ALICE]
    stage.says_no(Purpose.MEETING)
    assert "Mời họp, giao việc bằng giấy" in bob.reads()
    bob.says("/hop").taps("Triệu tập")
    assert alice.reads() == ""

    def gives(db: Session) -> None:
        give_task(
            db,
            db.get_one(Member, stage.cell.alice),
            text=MARK,
            due_on=date(2026, 12, 20),
            by_id=stage.cell.bob,
            policy=TaskPolicy(),
            now=stage.world.clock(),
        )

    with pytest.raises(Refused):
        stage.world.db(gives)
    assert alice.reads() == ""


def test_levels_by_name_are_for_the_committee_that_decides_and_those_above_it_see_counts(
    stage: Situation,
) -> None:
    a_review_handed_in(stage)
    assert NAMES[ALICE] in stage.shows(OFFICER, "rating:people:{campaign}:1")
    for way in ("rating:people:{campaign}:1", "rating:see:{campaign}", "rating:who:{campaign}:{alice}"):
        assert NAMES[ALICE] not in stage.shows(PROVINCE, way)
        assert "không thuộc phần đồng chí" in stage.shows(PROVINCE, way)
    assert "Hoàn thành tốt nhiệm vụ" in stage.shows(PROVINCE, "rating:unit:{province}")
    assert not any("Chi bộ thôn Đông:" in one for one in stage.phones[PROVINCE].buttons())
