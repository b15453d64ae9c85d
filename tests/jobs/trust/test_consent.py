"""A wording has changed: everybody registered is asked again, in two taps, reminded twice, and then left alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.people.member import Consent, Purpose, consents, record_consent
from models.phrases.people.member import CONSENT_VERSION
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, Cell, invite, phone_of, register, settle_in
from tests.phone import Phone

OLD = (Purpose.CONTACT, Purpose.REVIEW, Purpose.MEETING, Purpose.COUNTS)
CHANGED = "Lời hỏi đồng ý đã viết lại"


def answered_long_ago(world: World, cell: Cell, user: int, *refused: Purpose) -> Phone:
    """Registered when the wording was another one: four purposes, of which some were refused."""
    (phone,) = settle_in(world, cell, user, consents=())

    def work(db: Session) -> None:
        db.execute(delete(Consent).where(Consent.member_id == cell.member_of(user)))
        for purpose in OLD:
            given = purpose not in refused
            record_consent(
                db, cell.member_of(user), purpose, given=given, now=world.clock(), version=CONSENT_VERSION - 1
            )

    world.db(work)
    return phone


def said(phone: Phone) -> int:
    return phone.chat().count(CHANGED)


def test_two_taps_answer_for_all_and_what_was_refused_stays_so(world: World, cell: Cell) -> None:
    alice = answered_long_ago(world, cell, ALICE, Purpose.REVIEW)
    world.wait(timedelta(days=2, hours=6))
    assert said(alice) == 1
    named = alice.taps("Đồng ý như trước").reads()
    assert "Mới: Tin nhắn đi qua Telegram" in named  # what is new is named before it is agreed to
    assert "Kiểm điểm" in named.split("Vẫn không đồng ý, như trước:")[1]
    before = world.db(lambda db: {p: c.version for p, c in consents(db, cell.alice).items()})
    assert set(before.values()) == {CONSENT_VERSION - 1}  # looking is not agreeing
    assert "Đã ghi lại" in alice.taps("Đồng ý các việc trên").reads()
    after = world.db(lambda db: {p: (c.given, c.version) for p, c in consents(db, cell.alice).items()})
    assert after == {
        one: (one is not Purpose.REVIEW, CONSENT_VERSION) for one in Purpose if one is not Purpose.ZALO
    }
    world.wait(timedelta(days=30))
    assert said(alice) == 0  # her answer stands in place of the question, which is not asked again


def test_one_by_one_each_is_asked_and_a_no_to_contact_says_first_what_follows(
    world: World, cell: Cell
) -> None:
    alice = answered_long_ago(world, cell, ALICE)
    world.wait(timedelta(days=2, hours=6))
    assert "Việc 1/6" in alice.taps("Xem từng việc").reads()
    assert "Việc 2/6" in alice.taps("Đồng ý").reads()
    assert "dừng ngay" in alice.taps("Không đồng ý").reads()
    assert world.db(lambda db: consents(db, cell.alice)[Purpose.CONTACT].given)
    alice.taps("Không, giữ nguyên")
    assert "✓ Giữ liên lạc" in alice.buttons()


def test_who_does_not_answer_is_reminded_twice_at_decent_hours_and_keeps_the_old_answers(
    world: World, cell: Cell
) -> None:
    alice = answered_long_ago(world, cell, ALICE)
    world.wait(timedelta(days=60))
    came = [datetime.fromisoformat(one["date"]) for one in alice.messages() if CHANGED in one["text"]]
    assert len(came) == 3
    assert all(7 <= (at + timedelta(hours=9)).hour < 24 for at in came)  # in Osaka
    answers = world.db(lambda db: consents(db, cell.alice))
    assert {one: c.version for one, c in answers.items()} == dict.fromkeys(OLD, CONSENT_VERSION - 1)


def test_who_wants_no_messages_and_who_has_answered_are_asked_nothing(world: World, cell: Cell) -> None:
    dan = answered_long_ago(world, cell, DAN, Purpose.CONTACT)
    (bob,) = settle_in(world, cell, BOB)
    alice = register(world, cell.alice, phone_of(world, ALICE))
    world.wait(timedelta(days=30))
    for phone in (dan, bob, alice):
        assert said(phone) == 0
        assert "chưa trả lời" not in phone.chat()


def test_who_stopped_on_the_way_of_registering_is_asked_for_the_rest(world: World, cell: Cell) -> None:
    alice = phone_of(world, ALICE)
    alice.opens_link(invite(world, cell.alice)).taps("Đúng, liên kết", "Đã hiểu", "Đồng ý", "Đồng ý")
    alice.shares_contact().taps("Đúng", "Đúng giờ này", "Đồng ý").says("/menu")
    world.wait(timedelta(days=3))
    assert "Còn câu hỏi đồng ý" in alice.reads()
    assert "Việc 1/3" in alice.taps("Xem từng việc").reads()
