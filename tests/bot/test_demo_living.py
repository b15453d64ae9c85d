"""The playground goes on by itself: people whom nobody touches answer, the tour leads to what it promises, English is spoken."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.demo.people import BINH, CUONG, DUNG, HOA, MAI
from bot.demo.stage import DemoStage
from bot.demo.tour import TOUR
from models.contact.checkin import Checkin, CheckinState
from models.meeting.notice import Notice
from models.meeting.task import Task, TaskState
from models.people.member import Member
from models.year.review import Review, ReviewState
from tests.commune import Commune, commune

__all__ = ["commune"]
pytestmark = pytest.mark.long


def test_the_years_end_is_there_in_every_state_on_the_opening_day(commune: Commune) -> None:
    with commune.stage.app.database.reading() as db:
        states = set(db.scalars(select(Review.state)))
        assert {
            ReviewState.SUBMITTED,
            ReviewState.RETURNED,
            ReviewState.ACCEPTED,
            ReviewState.FILED,
        } <= states
        assert {TaskState.OPEN, TaskState.DONE} <= set(db.scalars(select(Task.state)))
        assert db.scalar(select(func.count()).select_from(Notice)) == 2
    assert "Họp cuối năm dự kiến" in commune.phone(MAI).chat()


def test_each_stop_of_the_tour_shows_what_it_promises_and_the_others_answer_by_themselves(
    commune: Commune,
) -> None:
    stage, phones = commune.stage, {user: commune.phone(user) for user in (BINH, MAI, HOA, DUNG)}
    shown = []
    for number, stop in enumerate(TOUR):
        for phone in phones.values():
            phone.reads()
        commune.loop.run_until_complete(stage.guide(number))
        shown.append(phones[stop.step.phone].reads())
    asked, alert, desk, counts, looks, reviews, stands, storm, merge = shown
    assert "Đã đến kỳ báo cáo tình hình tháng 12/2026" in asked
    assert "Cần liên hệ hôm nay" in alert
    assert "Phạm Văn Dũng" in alert
    assert "Chi bộ" in desk
    assert "Lê Thị Mai" not in counts
    assert "Nguyễn Văn Bình" in looks
    assert "bản kiểm điểm năm 2026" in reviews
    assert "Đi xa và giấy tờ" in stands
    assert "Điểm danh an toàn: Bão" in storm
    assert "Sáp nhập Chi bộ thôn Tây vào Chi bộ thôn Đông?" in merge
    with stage.app.database.reading() as db:
        month = (
            select(func.count())
            .select_from(Checkin)
            .where(Checkin.period == stage.now().date().replace(day=1))
        )
        asked_of, answered = db.scalar(month), db.scalar(month.where(Checkin.state == CheckinState.ANSWERED))
    assert asked_of is not None
    assert answered is not None
    assert asked_of / 2 < answered < asked_of  # most answer, some do not
    assert "gia hạn hợp đồng" in commune.phone(CUONG).chat()  # and one asks for something


def test_a_phone_that_the_visitor_holds_is_left_alone() -> None:
    async def live(touches: bool) -> str:
        stage = DemoStage(runs=False)
        await stage.open()
        try:
            if touches:
                stage.touched(MAI)
            await stage.advance(timedelta(days=5))
            return " ".join(message["text"] for message in stage.telegram.history(MAI))
        finally:
            await stage.close()

    assert "Báo cáo tháng 12/2026\nĐã gửi" in asyncio.run(live(False))
    assert "Báo cáo tháng 12/2026\nĐã gửi" not in asyncio.run(live(True))


def test_in_english_everybody_is_spoken_to_in_english() -> None:
    async def look() -> tuple[set[str], str]:
        stage = DemoStage(runs=False, lang="en")
        await stage.open()
        try:
            with stage.app.database.reading() as db:
                spoken = set(db.scalars(select(Member.lang)))
            assert {phone.lang for phone in stage.phones()} == {"en"}
            return spoken, " ".join(message["text"] for message in stage.telegram.history(BINH))
        finally:
            await stage.close()

    spoken, chat = asyncio.run(look())
    assert spoken == {"en"}
    assert "To call today" in chat or "today" in chat
    assert "Hôm nay cần gọi" not in chat
