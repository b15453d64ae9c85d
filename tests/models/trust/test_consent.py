"""What the wordings say, and what an answer does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.ground.db import Database
from models.people.member import (
    BEFORE_PROOF,
    Member,
    Purpose,
    account_of,
    add_member,
    agrees,
    answers_of,
    consents,
    link_account,
    may_keep,
    purposes_of,
    record_consent,
    refuses,
)
from models.people.unit import UnitKind, create_unit
from models.phrases.entry import register as register_words
from models.phrases.people.member import CONSENT_VERSION, PURPOSES, Terms, consent_text
from models.phrases.trust import consent as words
from models.policies import Policies
from models.trust.consent import agree_as_before, as_before, decide_consent, still_open, terms_of

NOW = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
TERMS = Terms()
BETRAYS = re.compile(
    r"đồng chí|chi bộ|đảng|bí thư|cấp ủy|\bcell\b|party|comrade|secretary|committee", re.IGNORECASE
)
before_proof = [
    *((one, office) for one in BEFORE_PROOF for office in (False, True)),
]


@pytest.mark.parametrize(("purpose", "office"), before_proof)
def test_what_is_read_before_the_proof_betrays_nobody(purpose: Purpose, office: bool) -> None:
    text = register_words.consent(purpose=purpose, number=1, of=2, office=office, terms=TERMS)
    for one in (text, register_words.what_it_is(), register_words.declined()):
        assert BETRAYS.search(str(one.vi)) is None
        assert BETRAYS.search(str(one.en)) is None


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("office", [False, True])
def test_each_wording_says_who_reads_how_long_and_what_follows_a_no(purpose: Purpose, office: bool) -> None:
    text = consent_text(purpose=purpose, office=office, terms=TERMS)
    for language, wanted in (
        (text.vi, ("Giữ bao lâu", "Nếu không đồng ý")),
        (text.en, ("How long", "If you refuse")),
    ):
        assert all(one in language for one in wanted)
        assert "⟨" not in language
        assert len(language) < 1500
    assert str(words.FOLLOWS[purpose].vi).startswith("Nếu rút lại: ")
    assert purpose in PURPOSES


def test_the_terms_are_those_of_the_policies() -> None:
    text = consent_text(purpose=Purpose.REVIEW, office=False, terms=terms_of(Policies()))
    assert f"{Policies().review_keeping.years} năm sau năm kiểm điểm" in text.vi


@pytest.fixture(scope="module")
def one_database(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("consent") / "xanha.db"
    shutil.copy(sqlite_template, path)
    opened = Database(f"sqlite:///{path}")
    yield opened
    opened.close()


def a_member(db: Session, *, chat: int | None = 7, cell_name: str = "Chi bộ") -> Member:
    cell = create_unit(db, kind=UnitKind.CELL, name=cell_name, parent=None, now=NOW)
    member = add_member(db, cell_id=cell.id, full_name="Trần An", place_code="JP", now=NOW)
    if chat:
        link_account(db, member, address=chat_address(chat), now=NOW)
    return member


def test_an_answer_that_stands_already_is_kept_once(database: Database) -> None:
    def work(db: Session) -> None:
        member = a_member(db)
        asked = {"policies": Policies(), "now": NOW}
        assert decide_consent(db, member, Purpose.AWAY, given=True, **asked)  # type: ignore[arg-type]
        assert not decide_consent(db, member, Purpose.AWAY, given=True, **asked)  # type: ignore[arg-type]

    database.run(work)


def test_an_older_answer_holds_for_what_its_wording_spoke_of(database: Database) -> None:
    def work(db: Session) -> None:
        member = a_member(db)
        record_consent(db, member.id, Purpose.COUNTS, given=True, now=NOW, version=CONSENT_VERSION - 1)
        assert agrees(db, member.id, Purpose.COUNTS)
        assert not agrees(db, member.id, Purpose.COUNTS, since=CONSENT_VERSION)
        assert Purpose.COUNTS in still_open(db, member)

    database.run(work)


def test_who_was_never_here_was_never_asked(database: Database) -> None:
    def work(db: Session) -> None:
        there, here = a_member(db, chat=None), a_member(db, cell_name="Chi bộ 2")
        assert may_keep(db, there.id, Purpose.MEETING)
        assert not may_keep(db, here.id, Purpose.MEETING)  # they are, and have not said yes
        record_consent(db, there.id, Purpose.MEETING, given=False, now=NOW)
        assert not may_keep(db, there.id, Purpose.MEETING)

    database.run(work)


answers = st.lists(
    st.tuples(st.sampled_from(list(Purpose)), st.booleans(), st.integers(1, CONSENT_VERSION)), max_size=12
)


@given(answers)
def test_as_before_never_turns_a_no_into_a_yes(
    one_database: Database, given_before: list[tuple[Purpose, bool, int]]
) -> None:
    with one_database.reading() as db:  # nothing is kept
        member = a_member(db)
        for number, (purpose, given_, version) in enumerate(given_before):
            at = NOW + timedelta(minutes=number)
            record_consent(db, member.id, purpose, given=given_, now=at, version=version)
        before = {one: answer.given for one, answer in consents(db, member.id).items()}
        yes, no = as_before(db, member)
        assert set(no) == {one for one in still_open(db, member) if before.get(one) is False}
        now = NOW + timedelta(days=1)
        agree_as_before(db, member, policies=Policies(), now=now)
        after = {one: answer.given for one, answer in consents(db, member.id).items()}
        assert set(after) == {*purposes_of(db, member), *before}
        assert all(after[one] == before[one] for one in before)
        assert all(after[one] for one in yes)
        assert still_open(db, member) == []


def test_without_telegram_the_account_is_closed_and_lists_know_it(database: Database) -> None:
    def work(db: Session) -> None:
        member = a_member(db)
        record_consent(db, member.id, Purpose.ABROAD, given=True, now=NOW)
        decide_consent(db, member, Purpose.ABROAD, given=False, policies=Policies(), now=NOW)
        assert account_of(db, member.id) is None
        assert refuses(db, member.id, Purpose.ABROAD)
        assert answers_of(db, [member.id], Purpose.ABROAD) == {member.id: False}

    database.run(work)
