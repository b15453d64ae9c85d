"""The year's end in the invented commune, each thing in every state on the opening day; written by the acts themselves.

thôn Đông                                                thôn Tây
  review   Khoa filed · Đức accepted · Quân handed in    Cường, Sen handed in and accepted, rated by cell and committee
           Vân returned · Dũng begun · the rest not yet
  task     Huy open · Lan overdue · Khoa done            commune
  meeting  called for 05/12, some have answered            notice of Hòa to the secretaries
  notice   of Bình to all, with a question
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ground.clock import HOME_ZONE, at_wall, local_date
from models.meeting.meeting import (
    Brief,
    Invitation,
    Meeting,
    MeetingAnswer,
    MeetingForm,
    answer_invitation,
    call_meeting,
)
from models.meeting.notice import Announcement, Audience, Notice, choose_answer, send_notice
from models.meeting.task import finish_task, give_task, tasks_of
from models.people.member import Member
from models.people.rights import Role, appointments
from models.policies import Policies
from models.year.review import (
    Campaign,
    CampaignTerms,
    Level,
    Review,
    ReviewKind,
    accept,
    comment_on,
    file_review,
    form,
    give_scores,
    open_campaign,
    open_version,
    propose_level,
    receive_signed,
    return_review,
    review_of,
    start_review,
    submit,
    write_section,
)
from models.year.review.rating import RatingPaper, record_ratings
from models.year.review.rating_rows import Stage

People = dict[str, Member]  # by given name
_WRITTEN = {  # what a review says where something of one's own is written; elsewhere a plain sentence
    "I.1": "Giữ liên lạc với chi bộ hằng tháng, đọc đủ các bài học tập trong năm.",
}
_PLAIN = "Tôi đã thực hiện theo kế hoạch đã đăng ký đầu năm, không có vi phạm."


class Year:
    """What people do about the year's end on a day, at nine in the morning, in Vietnam."""

    def __init__(self, db: Session, policies: Policies, people: People, *, now: datetime) -> None:
        self._db, self._policies, self._people, self._now = db, policies, people, now

    def campaigns_open(self) -> None:
        for secretary in ("Bình", "Tài"):
            open_campaign(
                self._db,
                CampaignTerms(
                    kind=ReviewKind.REVIEW,
                    year=2026,
                    form="2c-2025",
                    deadline=date(2026, 12, 20),
                    meeting_on=date(2026, 12, 23),
                ),
                cell_id=self._cell(secretary),
                by_id=self._people[secretary].id,
                policy=self._policies.review,
                now=self._now,
            )

    def reviews_come_in(self) -> None:
        for name in ("Khoa", "Đức", "Quân", "Vân", "Cường", "Sen"):
            self._writes(name, hands_in=True)
        self._writes("Dũng", hands_in=False)

    def reviews_are_read(self) -> None:
        for name, secretary in (("Khoa", "Bình"), ("Đức", "Bình"), ("Cường", "Tài"), ("Sen", "Tài")):
            self._reads(name, secretary)
            accept(self._db, self._review(name), by_id=self._people[secretary].id, now=self._now)
        self._reads("Vân", "Bình")
        by_id = self._people["Bình"].id
        first = form(self._review("Vân").form).written[0].id
        comment_on(
            self._db, self._review("Vân"), first, "Xin ghi rõ đã giúp những ai.", by_id=by_id, now=self._now
        )
        return_review(self._db, self._review("Vân"), by_id=by_id, deadline=date(2026, 12, 10), now=self._now)

    def a_paper_is_filed(self) -> None:
        mine, by_id = self._review("Khoa"), self._people["Bình"].id
        receive_signed(self._db, mine, on=local_date(self._now, HOME_ZONE), by_id=by_id, now=self._now)
        file_review(self._db, mine, by_id=by_id, now=self._now)

    def west_is_rated(self) -> None:
        levels = {self._people["Cường"].id: Level.GOOD, self._people["Sen"].id: Level.EXCELLENT}
        campaign = self._db.get_one(Campaign, self._review("Cường").campaign_id)
        for stage, number, decided_by, name in (
            (Stage.PROPOSED, "12-BB/CB", "Chi bộ thôn Tây", "Tài"),
            (Stage.DECIDED, "47-QĐ/ĐU", "Đảng ủy xã Hòa Thuận", "Hòa"),
        ):
            paper = RatingPaper(number, local_date(self._now, HOME_ZONE), decided_by)
            by_id = self._people[name].id
            record_ratings(self._db, campaign, stage, levels, paper, by_id=by_id, now=self._now)

    def tasks_are_given(self) -> None:
        for name, text, due_on in (
            ("Huy", "Gửi danh sách đảng viên cùng quê đang làm ở Hà Nội.", date(2026, 12, 10)),
            ("Lan", "Chuẩn bị sổ nghị quyết của chi bộ.", date(2026, 11, 26)),
            ("Khoa", "Vận động hai hộ đồng hương đăng ký tạm trú.", date(2026, 12, 5)),
        ):
            give_task(
                self._db,
                self._people[name],
                text=text,
                due_on=due_on,
                by_id=self._people["Bình"].id,
                policy=self._policies.task,
                now=self._now,
            )

    def a_task_is_done(self) -> None:
        (task,) = tasks_of(self._db, self._people["Khoa"].id)
        finish_task(self._db, task, words="Cả hai hộ đã đăng ký.", now=self._now)

    def notices_are_said(self) -> None:
        self._says(
            "Bình",
            Audience.ALL,
            "Họp cuối năm dự kiến tối 23/12.",
            "Tết này đồng chí có về không?",
            ("Có", "Không", "Chưa rõ"),
        )
        self._says("Hòa", Audience.SECRETARIES, "Đề nghị các chi bộ gửi bản kiểm điểm trước ngày 25/12.")

    def notices_are_answered(self) -> None:
        notice = self._db.scalars(select(Notice).where(Notice.question_sealed.is_not(None))).first()
        assert notice is not None  # noqa: S101 - it was said two days ago
        for name, choice in (("Khoa", 0), ("Quân", 0), ("Đức", 1)):
            choose_answer(self._db, notice, self._people[name].id, choice, now=self._now)

    def a_meeting_is_called(self) -> None:
        brief = Brief(
            form=MeetingForm.HYBRID,
            starts_at=at_wall(date(2026, 12, 5), time(19, 30), HOME_ZONE),
            minutes=90,
            place="Nhà văn hóa thôn Đông",
            link="https://meet.jit.si/ChiBoThonDong-0512",
            paper="Công văn 12-CV/ĐU ngày 20/11/2026",
            agenda="Đánh giá tháng 11, nhiệm vụ tháng 12",
        )
        call_meeting(
            self._db,
            self._cell("Bình"),
            brief,
            by_id=self._people["Bình"].id,
            policy=self._policies.meeting,
            now=self._now,
        )

    def invitations_are_answered(self) -> None:
        meeting = self._db.scalars(select(Meeting).where(Meeting.cell_id == self._cell("Bình"))).one()
        for name, answer, reason in (
            ("Huy", MeetingAnswer.ONLINE, ""),
            ("Vân", MeetingAnswer.IN_PERSON, ""),
            ("Quân", MeetingAnswer.ABSENT, "Đang trên tàu"),
        ):
            mine = self._db.scalars(
                select(Invitation).where(
                    Invitation.meeting_id == meeting.id, Invitation.member_id == self._people[name].id
                )
            ).one()
            answer_invitation(self._db, mine, answer, reason=reason, by_id=mine.member_id, now=self._now)

    # --- within -----------------------------------------------------------------------------------------------------

    def _writes(self, name: str, *, hands_in: bool) -> None:
        mine, by_id = self._review(name), self._people[name].id
        start_review(self._db, mine, by_id=by_id, now=self._now)
        headings = [one for one in form(mine.form).written if one.required]
        for heading in headings if hands_in else headings[:2]:
            write_section(
                self._db,
                mine,
                heading.id,
                _WRITTEN.get(heading.id, _PLAIN),
                by_id=by_id,
                policy=self._policies.review,
                now=self._now,
            )
        if hands_in:
            give_scores(self._db, mine, general=28, results=62, by_id=by_id, now=self._now)
            propose_level(self._db, mine, Level.GOOD, by_id=by_id, now=self._now)
            submit(self._db, mine, by_id=by_id, now=self._now)

    def _reads(self, name: str, secretary: str) -> None:
        mine = self._review(name)
        open_version(self._db, mine, mine.version, reader_id=self._people[secretary].id, now=self._now)

    def _review(self, name: str) -> Review:
        member = self._people[name]
        campaign = self._db.scalars(select(Campaign).where(Campaign.cell_id == member.cell_id)).one()
        found = review_of(self._db, campaign.id, member.id)
        assert found is not None  # noqa: S101 - the campaign asks everybody of the cell
        return found

    def _says(
        self,
        name: str,
        audience: Audience,
        text: str,
        question: str | None = None,
        choices: tuple[str, ...] = (),
    ) -> None:
        by = self._people[name]
        (office,) = [
            one
            for one in appointments(self._db, by.id, now=self._now)
            if one.role in (Role.SECRETARY, Role.OFFICER)
        ]
        send_notice(
            self._db,
            said=Announcement(text=text, question=question, choices=choices),
            unit_id=office.unit_id,
            by_id=by.id,
            audience=audience,
            policies=self._policies,
            now=self._now,
        )

    def _cell(self, secretary: str) -> int:
        cell_id = self._people[secretary].cell_id
        assert cell_id is not None  # noqa: S101 - a secretary is on the roster of the cell
        return cell_id


YEAR: dict[date, tuple[Callable[[Year], None], ...]] = {
    date(2026, 11, 16): (Year.campaigns_open,),
    date(2026, 11, 18): (Year.tasks_are_given, Year.notices_are_said),
    date(2026, 11, 20): (Year.notices_are_answered,),
    date(2026, 11, 22): (Year.reviews_come_in,),
    date(2026, 11, 24): (Year.reviews_are_read, Year.a_task_is_done),
    date(2026, 11, 25): (Year.a_meeting_is_called,),
    date(2026, 11, 27): (Year.a_paper_is_filed, Year.west_is_rated, Year.invitations_are_answered),
}
