"""The playground's silences, pauses and requests: each state of keeping in touch is there to be looked at."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.demo.people import BINH, DUNG, HOA, LAN, MAI, TAI, VAN
from models.contact.ladder import Ladder, LadderState, Rung
from models.contact.months import Became, months_of
from models.contact.pause import Pause, PauseKind, PauseState
from models.contact.policy import Urgency
from models.contact.request import HelpRequest, RequestState
from models.contact.rhythm_offer import RhythmOffer
from models.desk.committee import NameRequest, NameState, Visit, follower_of
from models.desk.waiting import unattended
from models.people.member import Account, Member, Reachability
from models.people.unit import Unit
from tests.commune import Commune, commune

__all__ = ["commune"]


def test_the_seed_holds_a_silence_on_every_part_of_the_ladder(commune: Commune) -> None:
    with commune.stage.app.database.reading() as db:
        found = {
            name: (ladder.state, ladder.rung)
            for ladder, name in db.execute(
                select(Ladder, Member.full_name)
                .join(Member, Member.id == Ladder.member_id)
                .where(Ladder.ended_at.is_(None))
            )
        }
    assert found["Kiều Thị Oanh"] == (LadderState.LISTED, Rung.COMMITTEE)
    assert found["Chu Thị Thảo"][0] == LadderState.CLIMBING
    assert found["Cao Văn Thắng"] == (LadderState.TAKEN, Rung.DESK)
    assert "Đặng Quốc Huy" not in found  # he wrote to the program: his paper is a sign of life


def test_the_seed_holds_a_voyage_an_offer_and_a_blocked_account(commune: Commune) -> None:
    with commune.stage.app.database.reading() as db:
        assert db.execute(select(Pause.kind, Pause.state)).all() == [(PauseKind.VOYAGE, PauseState.RUNNING)]
        offered = db.scalars(select(RhythmOffer).where(RhythmOffer.decided_at.is_(None))).one()
        assert db.get_one(Member, offered.member_id).full_name == "Phạm Văn Dũng"
        assert Reachability.BLOCKED in set(db.scalars(select(Account.reachability)))


def test_the_seed_holds_an_urgent_request_and_a_private_one(commune: Commune) -> None:
    with commune.stage.app.database.reading() as db:
        urgent = db.scalars(select(HelpRequest).where(HelpRequest.urgency == Urgency.URGENT)).one()
        private = db.scalars(select(HelpRequest).where(HelpRequest.is_private)).one()
        assert (urgent.state, private.state) == (RequestState.TAKEN, RequestState.OPEN)


def test_the_seed_holds_what_a_committee_does(commune: Commune) -> None:
    with commune.stage.app.database.reading() as db:
        now = commune.stage.now()
        cells = {unit.name: unit.id for unit in db.scalars(select(Unit))}
        follower = follower_of(db, cells["Chi bộ thôn Đông"], now=now)
        assert follower is not None
        assert follower.full_name == "Lý Văn Tài"
        assert unattended(db, cells.values()) == {cells["Chi bộ thôn Tây"], cells["Chi bộ thôn Nam"]}
        assert db.scalars(select(Visit)).all()
        assert set(db.scalars(select(NameRequest.state))) == {NameState.ASKED, NameState.GRANTED}


def test_the_chart_has_ten_months_behind_it(commune: Commune) -> None:
    with commune.stage.app.database.reading() as db:
        cell = db.scalars(select(Unit).where(Unit.name == "Chi bộ thôn Đông")).one()
        months = months_of(db, cell.id, now=commune.stage.now())
    assert [month.asked > 0 for month in months] == [False] + [True] * 11
    became = {one for month in months for one, count in month.counts.items() if count}
    assert became == set(Became) - {Became.WAITING}


def test_the_digest_came_this_monday_and_names_whom_to_call(commune: Commune) -> None:
    digest = commune.phone(BINH).reads()
    assert "Hôm nay cần gọi 3 đồng chí, trước hết là Lê Thị Mai: KHẨN" in digest
    assert "Báo cáo tháng 11/2026" in digest


def test_the_urgent_one_had_numbers_at_once_and_an_answer(commune: Commune) -> None:
    chat = commune.phone(MAI).chat()
    for words in ("119", "Đồng chí Nguyễn Văn Bình đã nhận việc", "giữ lại giấy của bệnh viện"):
        assert words in chat


@pytest.mark.parametrize("user_id", [BINH, HOA, TAI, VAN])
def test_the_private_one_is_nowhere_but_with_the_one_chosen(commune: Commune, user_id: int) -> None:
    phone = commune.phone(user_id).says("/chibo")
    assert "nợ lương" not in phone.chat()
    assert "Tiền lương" not in phone.chat()
    assert "Tiền lương" in commune.phone(LAN).chat()


def test_the_kinder_rhythm_is_offered_to_the_member_alone(commune: Commune) -> None:
    assert "Chủ nhật" in commune.phone(DUNG).chat()
    assert "Đổi giúp tôi" not in commune.phone(BINH).chat()
