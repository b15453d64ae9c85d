"""A bucket never gives more than it holds, an honest hurry is never limited, and one person is one, whatever chat they use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from bot.telegram.chats import chat_address
from models.delivery.flood import Bucket, Floods, FloodVerdict, Guesses
from models.delivery.policy import FloodPolicy

NOW = datetime(2026, 12, 1, tzinfo=UTC)
POLICY = FloodPolicy()
SECOND = timedelta(seconds=1)


def hear(
    floods: Floods, chat: int, at: datetime, count: int, *, member: int | None = None
) -> list[FloodVerdict]:
    return [floods.hear(chat_address(chat), at, member_id=member, has_begun=True) for _ in range(count)]


@given(
    st.integers(1, 50),
    st.integers(1, 120),
    st.lists(st.integers(-300, 300), max_size=200),
)
def test_a_bucket_gives_no_more_than_it_holds_and_what_came_in(
    burst: int, every: int, steps: list[int]
) -> None:
    bucket, at, given_out, latest = Bucket.full(burst, timedelta(seconds=every), NOW), NOW, 0, NOW
    for step in steps:
        at += timedelta(seconds=step)
        latest = max(latest, at)
        given_out += bucket.take(at)
        assert given_out <= burst + (latest - NOW).total_seconds() / every + 1e-6
        assert 0 <= bucket.left <= burst


def test_ten_taps_in_five_seconds_again_and_again_are_never_limited() -> None:
    floods = Floods(POLICY)
    for minute in range(120):
        for tap in range(10):
            at = NOW + timedelta(seconds=10 * minute + tap / 2)
            assert floods.hear(chat_address(7), at, member_id=1) is FloodVerdict.READ


def test_four_hundred_messages_are_forty_read_one_sentence_and_silence() -> None:
    floods = Floods(POLICY)
    verdicts = hear(floods, 7, NOW, 400, member=1)
    assert verdicts == [FloodVerdict.READ] * 40 + [FloodVerdict.SAY] + [FloodVerdict.SILENT] * 359
    assert floods.is_shut(chat_address(7), NOW)
    later = NOW + POLICY.pause
    assert not floods.is_shut(chat_address(7), later)
    assert hear(floods, 7, later, 1, member=1) == [FloodVerdict.READ]


def test_a_person_is_one_over_all_their_chats_and_others_do_not_suffer() -> None:
    floods = Floods(POLICY)
    hear(floods, 7, NOW, 41, member=1)
    assert hear(floods, 8, NOW, 1, member=1) == [FloodVerdict.SILENT]
    assert hear(floods, 9, NOW, 1, member=2) == [FloodVerdict.READ]


def test_what_waited_through_an_outage_was_not_fast() -> None:
    floods = Floods(POLICY)
    assert all(
        floods.hear(chat_address(7), NOW + n * timedelta(seconds=30), member_id=1) is FloodVerdict.READ
        for n in range(500)
    )


def test_strangers_share_what_they_get_but_who_is_registering_does_not() -> None:
    floods = Floods(POLICY)
    fresh = [floods.hear(chat_address(chat), NOW, member_id=None) for chat in range(1000, 2000)]
    assert fresh.count(FloodVerdict.READ) == POLICY.strangers_burst
    assert set(fresh[POLICY.strangers_burst :]) == {FloodVerdict.SILENT}
    assert floods.hear(chat_address(5), NOW, member_id=None, has_begun=True) is FloodVerdict.READ
    assert floods.hear(chat_address(6), NOW, member_id=1) is FloodVerdict.READ
    assert floods.strangers_overflow()
    assert not floods.strangers_overflow()
    one = Floods(POLICY)
    assert hear(one, 7, NOW, 20) == [FloodVerdict.READ] * 15 + [FloodVerdict.SAY] + [FloodVerdict.SILENT] * 4


def test_the_operator_is_told_once_of_one_who_does_not_stop() -> None:
    floods = Floods(POLICY)
    told = []
    for _ in range(1000):
        floods.hear(chat_address(7), NOW, member_id=1)
        told.append(floods.is_alarming(chat_address(7), member_id=1))
    assert told.count(True) == 1


def test_what_is_remembered_stays_bounded() -> None:
    floods, guesses = Floods(POLICY.model_copy(update={"strangers_burst": 10**6})), Guesses(POLICY)
    for number in range(25_000):
        at = NOW + number * SECOND
        floods.hear(chat_address(number), at, member_id=None)
        guesses.missed(f"192.0.2.{number}", at)
    assert len(floods._speakers) <= 10_000
    assert len(guesses._addresses) <= 10_000


def test_an_address_that_guesses_waits_and_another_does_not() -> None:
    guesses = Guesses(FloodPolicy(guesses=3, guesses_alarm=5))
    told = [guesses.missed("a", NOW) for _ in range(3)] + [guesses.missed("b", NOW) for _ in range(3)]
    assert told == [False] * 5 + [True]
    assert not guesses.may_try("a", NOW)
    assert guesses.may_try("c", NOW)
    assert guesses.may_try("a", NOW + POLICY.guess_every)
