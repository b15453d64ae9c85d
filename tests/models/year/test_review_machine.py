"""Anybody tries anything with reviews, in any order, while absences, offices and campaigns change.

What holds throughout: every state but the end has a next step that works; versions are never rewritten, and are numbered
without a gap; a dated row says how each state was reached; what is owed has a next moment, what is not has none; nobody but
the author and the cell's office moves anything.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.people.member import Member, add_member, link_account
from models.people.rights import NotEntitled, Role, appoint
from models.people.unit import UnitKind, create_unit
from models.year.policy import Ground, ReviewPolicy, Stand
from models.year.review import (
    REVIEW_MOVES,
    Campaign,
    CampaignState,
    CampaignTerms,
    Level,
    Review,
    ReviewFileKind,
    ReviewKind,
    ReviewState,
    accept,
    append_section,
    attach_file,
    change_campaign,
    close_campaign,
    comment_on,
    decide_eligibility,
    file_review,
    give_scores,
    lines_of,
    moves_of,
    open_campaign,
    open_version,
    propose_level,
    raise_issue,
    receive_signed,
    refresh_campaign,
    reopen_campaign,
    return_review,
    submit,
    versions_of,
    withdraw,
    write_section,
)
from tests.memory import empty_engine
from tests.sizes import sized

POLICY = ReviewPolicy()
S = ReviewState
WRITTEN = ("A.I.1", "A.I.2", "A.I.3", "A.II.1", "A.II.2", "A.III", "A.VI")
AUTHORS = ("an", "dan")
OFFICES = ("secretary", "deputy")
PEOPLE = (*AUTHORS, *OFFICES, "elsewhere")
authors = st.sampled_from(AUTHORS)
people = st.sampled_from((*AUTHORS, *OFFICES, *OFFICES, "elsewhere"))
headings = st.sampled_from((*WRITTEN, "A.IV", "A.V"))
texts = st.sampled_from(("một", "hai câu. Ba.", "dòng\nkhác"))


class Photo:
    kind, file_id, name = "photo", "abc", ""


class Reviews(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.db = Session(empty_engine())
        self.now = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
        self.sealed: dict[int, bytes | None] = {}

    @initialize()
    def cast(self) -> None:
        db, now = self.db, self.now
        commune = create_unit(db, kind=UnitKind.COMMUNE, name="Xã", parent=None, now=now)
        cell, other = (
            create_unit(db, kind=UnitKind.CELL, name=name, parent=commune, now=now)
            for name in ("Đông", "Tây")
        )
        self.ids = {}
        for chat, name in enumerate(PEOPLE, start=1):
            home = other if name == "elsewhere" else cell
            person = add_member(db, cell_id=home.id, full_name=name, now=now)
            link_account(db, person, address=chat_address(chat), now=now)
            self.ids[name] = person.id
        for name, unit, role in (
            ("secretary", cell, Role.SECRETARY),
            ("deputy", cell, Role.DEPUTY),
            ("elsewhere", other, Role.SECRETARY),
        ):
            appoint(db, member_id=self.ids[name], unit_id=unit.id, role=role, by_id=None, now=now)
        self.campaign = open_campaign(
            db,
            CampaignTerms(
                kind=ReviewKind.REVIEW,
                year=2026,
                form="2c-2025",
                deadline=date(2026, 12, 10),
                meeting_on=None,
            ),
            cell_id=cell.id,
            by_id=self.ids["secretary"],
            policy=POLICY,
            now=now,
        )
        db.commit()
        self.writes_it_all("an", "an", "một")
        self.hands_in("an", "an")

    # --- what is done -----------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        return local_date(self.now, HOME_ZONE)

    def review(self, author: str) -> Review:
        rows = select(Review).where(Review.member_id == self.ids[author])
        return self.db.scalars(rows).one()

    def tries(self, act: Callable[..., Any], row: Review | Campaign, *args: Any, by: str, **how: Any) -> bool:
        """What is refused changes nothing; another cell's secretary is always refused."""
        try:
            act(self.db, row, *args, by_id=self.ids[by], now=self.now, **how)
            self.db.commit()
        except Refused:
            self.db.rollback()
            return False
        assert by != "elsewhere"
        return True

    @rule(author=authors, by=people, heading=headings, text=texts)
    def writes(self, author: str, by: str, heading: str, text: str) -> None:
        self.tries(append_section, self.review(author), heading, text, by=by, policy=POLICY)

    @rule(author=authors, by=people, text=texts)
    def writes_it_all(self, author: str, by: str, text: str) -> None:
        for heading in (*WRITTEN, "A.IV"):
            self.tries(write_section, self.review(author), heading, text, by=by, policy=POLICY)
        self.tries(give_scores, self.review(author), by=by, general=20, results=60)
        self.tries(propose_level, self.review(author), Level.GOOD, by=by)

    @rule(author=authors, by=people, kind=st.sampled_from((ReviewFileKind.TEXT, ReviewFileKind.POST)))
    def sends_a_file(self, author: str, by: str, kind: ReviewFileKind) -> None:
        self.tries(attach_file, self.review(author), kind, Photo(), by=by)

    @rule(author=authors, by=people)
    def hands_in(self, author: str, by: str) -> None:
        self.tries(submit, self.review(author), by=by)

    @rule(author=authors, by=people)
    def takes_back(self, author: str, by: str) -> None:
        if self.tries(withdraw, self.review(author), by=by):
            assert by == author

    @rule(author=authors, by=people, heading=headings)
    def comments(self, author: str, by: str, heading: str) -> None:
        self.tries(comment_on, self.review(author), heading, "rõ hơn", by=by)

    @rule(author=authors, by=people, days=st.integers(-2, 20), note=st.sampled_from(("", "thêm")))
    def returns(self, author: str, by: str, days: int, note: str) -> None:
        day = self.today + timedelta(days=days)
        self.tries(return_review, self.review(author), by=by, deadline=day, note=note)

    @rule(author=authors, by=people)
    def accepts(self, author: str, by: str) -> None:
        self.tries(accept, self.review(author), by=by)

    @rule(author=authors, by=people, days=st.integers(-3, 2), scanned=st.booleans())
    def receives(self, author: str, by: str, days: int, scanned: bool) -> None:
        day = self.today + timedelta(days=days)
        self.tries(receive_signed, self.review(author), by=by, on=day, scans=[Photo()] if scanned else [])

    @rule(author=authors, by=people)
    def files(self, author: str, by: str) -> None:
        self.tries(file_review, self.review(author), by=by)

    @rule(author=authors, by=people)
    def raises(self, author: str, by: str) -> None:
        self.tries(raise_issue, self.review(author), "chậm đảng phí", by=by)

    @rule(author=authors, by=people, stand=st.sampled_from(Stand))
    def decides(self, author: str, by: str, stand: Stand) -> None:
        self.tries(decide_eligibility, self.review(author), stand, by=by, reason="vì thế")

    @rule(author=authors, by=people)
    def reads(self, author: str, by: str) -> None:
        review = self.review(author)
        if review.version:
            try:
                open_version(self.db, review, review.version, reader_id=self.ids[by], now=self.now)
                self.db.commit()
                assert by in (author, *OFFICES)
            except NotEntitled:
                self.db.rollback()
                assert by not in (author, *OFFICES)

    @rule(by=people)
    def closes(self, by: str) -> None:
        self.tries(close_campaign, self.campaign, by=by)

    @rule(by=people)
    def opens_again(self, by: str) -> None:
        self.tries(reopen_campaign, self.campaign, by=by)

    @rule(by=people, days=st.integers(-1, 30))
    def moves_the_deadline(self, by: str, days: int) -> None:
        day = self.today + timedelta(days=days)
        self.tries(change_campaign, self.campaign, by=by, deadline=day, meeting_on=None)

    @rule(author=authors)
    def leaves_or_comes_back(self, author: str) -> None:
        member = self.db.get_one(Member, self.ids[author])
        member.left_at = None if member.left_at else self.now
        self.db.flush()
        refresh_campaign(self.db, self.campaign, policy=POLICY, now=self.now)
        self.db.commit()

    @rule(hours=st.integers(1, 80))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    # --- what holds -------------------------------------------------------------------------------------------------

    def _reviews(self) -> list[Review]:
        return (
            [line.review for line in lines_of(self.db, self.campaign.id)] if hasattr(self, "campaign") else []
        )

    @invariant()
    def every_state_but_the_end_has_a_next_step(self) -> None:
        for review in self._reviews():
            assert review.state == S.FILED or REVIEW_MOVES[S(review.state)]

    @invariant()
    def versions_are_numbered_and_never_rewritten(self) -> None:
        for review in self._reviews():
            versions = versions_of(self.db, review.id)
            assert [one.number for one in versions] == list(range(1, review.version + 1))
            for one in versions:
                assert self.sealed.setdefault(one.id, one.body_sealed) == one.body_sealed

    @invariant()
    def the_moves_lead_to_where_it_stands(self) -> None:
        for review in self._reviews():
            moves = moves_of(self.db, review.id)
            assert moves[0].before is None
            assert [one.before for one in moves[1:]] == [one.after for one in moves[:-1]]
            assert moves[-1].after == review.state

    @invariant()
    def time_has_something_to_do_only_with_what_is_owed(self) -> None:
        for review in self._reviews():
            assert (review.next_at is not None) == review.owes

    @invariant()
    def a_closed_campaign_owes_nothing_and_hides_nothing(self) -> None:
        if self._reviews() and self.campaign.state == CampaignState.CLOSED:
            assert not [one for one in self._reviews() if one.owes or one.state == S.SUBMITTED]

    @invariant()
    def out_is_out_for_a_reason(self) -> None:
        for review in self._reviews():
            if review.state == S.OUT:
                assert review.stand == Stand.OUT
                assert review.ground in (Ground.DECIDED, Ground.LEFT)

    def teardown(self) -> None:
        self.db.close()


TestReviews = Reviews.TestCase
TestReviews.settings = settings(max_examples=sized(3, 8), stateful_step_count=20, deadline=None)
