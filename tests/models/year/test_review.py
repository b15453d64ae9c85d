"""Campaigns and reviews below the handlers: who is asked, what is kept, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from models.away.away import Away, AwayState, HistoryRewritten, Route
from models.ground.db import Database
from models.ground.errors import Refused
from models.ground.part_date import PartDate
from models.ground.rules import Sure
from models.people.held import erase_rows_about
from models.people.member import Member, add_member
from models.people.rights import NotEntitled, Role, appoint
from models.people.unit import UnitKind, create_unit
from models.year import review
from models.year.policy import Ground, ReviewPolicy, Stand, source_of_ground
from models.year.review import (
    Campaign,
    CampaignTerms,
    Level,
    Review,
    ReviewFileKind,
    ReviewKind,
    ReviewRefused,
    ReviewState,
    accept,
    append_section,
    attach_file,
    change_campaign,
    choose_form,
    close_campaign,
    comment_on,
    comments_of,
    decide_eligibility,
    differences,
    drop_comment,
    every_form,
    file_review,
    files_of,
    form,
    give_scores,
    lines_of,
    looks_at,
    missing_of,
    moves_of,
    open_campaign,
    open_version,
    propose_level,
    raise_issue,
    receive_signed,
    refresh_campaign,
    reopen_campaign,
    return_review,
    review_of,
    section_of,
    submit,
    take_over_edit,
    versions_of,
    withdraw,
    write_section,
)
from models.year.review.consenting import note_paper_consent
from models.year.review.diff import Edit, runs

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
POLICY = ReviewPolicy()
WRITTEN = ("A.I.1", "A.I.2", "A.I.3", "A.II.1", "A.II.2", "A.III", "A.VI")


class Cast:
    """A cell with a secretary, a deputy and three members; another cell with its secretary."""

    def __init__(self, db: Session) -> None:
        self.db = db
        commune = create_unit(db, kind=UnitKind.COMMUNE, name="Đảng ủy xã", parent=None, now=NOW)
        self.cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ Một", parent=commune, now=NOW)
        self.other = create_unit(db, kind=UnitKind.CELL, name="Chi bộ Hai", parent=commune, now=NOW)
        self.bob, self.deputy = self.person("Trần Văn Bình"), self.person("Lê Thị Hoa")
        self.alice, self.dan = self.person("Nguyễn Thị An"), self.person("Phạm Văn Dân")
        self.stranger = self.person("Vũ Văn Xa", cell_id=self.other.id)
        for member, unit, role in (
            (self.bob, self.cell, Role.SECRETARY),
            (self.deputy, self.cell, Role.DEPUTY),
            (self.stranger, self.other, Role.SECRETARY),
        ):
            appoint(db, member_id=member.id, unit_id=unit.id, role=role, by_id=None, now=NOW)

    def person(self, name: str, *, cell_id: int | None = None, joined_on: date | None = None) -> Member:
        return add_member(
            self.db,
            cell_id=cell_id or self.cell.id,
            full_name=name,
            joined_on=PartDate.of(joined_on) if joined_on else None,
            now=NOW,
        )

    def goes_away(self, member: Member, route: Route, state: AwayState = AwayState.ACTIVE) -> Away:
        away = Away(
            member_id=member.id,
            cell_id=self.cell.id,
            state=state,
            route=route,
            place_code="JP",
            zone="Asia/Tokyo",
            work="factory",
            begins_on=date(2026, 3, 1),
            due_on=date(2027, 2, 28),
            declared_at=NOW,
        )
        self.db.add(away)
        self.db.flush()
        return away

    def campaign(self, *, by: Member | None = None, kind: ReviewKind = ReviewKind.REVIEW) -> Campaign:
        return open_campaign(
            self.db,
            CampaignTerms(kind=kind, year=2026, form="2c-2025", deadline=date(2026, 12, 10), meeting_on=None),
            cell_id=self.cell.id,
            by_id=(by or self.bob).id,
            policy=POLICY,
            now=NOW,
        )

    def review(self, member: Member, campaign: Campaign | None = None) -> Review:
        found = review_of(self.db, (campaign or self.campaign()).id, member.id)
        assert found is not None
        return found

    def writes(self, review: Review, text: str = "Đã làm đủ.") -> None:
        author = review.member_id
        for heading in WRITTEN:
            write_section(self.db, review, heading, text, by_id=author, policy=ReviewPolicy(), now=NOW)
        give_scores(self.db, review, general=27, results=62, by_id=author, now=NOW)
        propose_level(self.db, review, Level.GOOD, by_id=author, now=NOW)

    def hands_in(self, review: Review) -> None:
        self.writes(review)
        submit(self.db, review, by_id=review.member_id, now=NOW)


@pytest.fixture
def cast(database: Database) -> Iterator[Cast]:
    with Session(database.engine) as db:
        yield Cast(db)


class Photo:
    kind, file_id, name = "photo", "abc", ""


# --- who is asked ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("route", "stand", "ground"),
    [
        (Route.EXEMPT, Stand.VOLUNTARY, Ground.EXEMPT),
        (Route.RELIEVED, Stand.VOLUNTARY, Ground.RELIEVED),
        (Route.TEMPORARY, Stand.REQUIRED, Ground.TEMPORARY),
        (Route.FORMAL, Stand.OUT, Ground.MOVED),
        (Route.ABROAD, Stand.VOLUNTARY, Ground.ABROAD),
        (Route.NOTE, Stand.REQUIRED, Ground.ORDINARY),
    ],
)
def test_a_decided_absence_says_whether_a_review_is_asked_for(
    cast: Cast, route: Route, stand: Stand, ground: Ground
) -> None:
    cast.goes_away(cast.alice, route)
    review = cast.review(cast.alice)
    assert (review.stand, review.ground) == (stand, ground)


@pytest.mark.parametrize("state", [AwayState.WAITING, AwayState.LAPSED, AwayState.RETURNING])
def test_an_absence_that_nobody_decided_or_that_is_over_exempts_nobody(cast: Cast, state: AwayState) -> None:
    cast.goes_away(cast.alice, Route.EXEMPT, state)
    assert cast.review(cast.alice).stand == Stand.REQUIRED


def test_who_was_admitted_less_than_six_months_before_the_deadline_is_out(cast: Cast) -> None:
    new = cast.person("Đỗ Mới", joined_on=date(2026, 6, 11))
    old = cast.person("Đỗ Cũ", joined_on=date(2026, 6, 10))
    campaign = cast.campaign()
    assert cast.review(new, campaign).ground == Ground.NEW
    assert cast.review(old, campaign).stand == Stand.REQUIRED


def test_everybody_on_the_roster_has_a_row_with_a_ground(cast: Cast) -> None:
    lines = lines_of(cast.db, cast.campaign().id)
    assert [line.member.full_name for line in lines] == [
        "Nguyễn Thị An",
        "Trần Văn Bình",
        "Phạm Văn Dân",
        "Lê Thị Hoa",
    ]
    assert {line.review.state for line in lines} == {ReviewState.NOT_STARTED}


def test_looking_again_takes_in_newcomers_and_absences_decided_meanwhile(cast: Cast) -> None:
    campaign = cast.campaign()
    late = cast.person("Hồ Văn Thêm")
    cast.goes_away(cast.alice, Route.EXEMPT)
    cast.dan.left_at = NOW
    cast.db.flush()
    refresh_campaign(cast.db, campaign, policy=POLICY, now=NOW)
    assert cast.review(late, campaign).stand == Stand.REQUIRED
    assert cast.review(cast.alice, campaign).stand == Stand.VOLUNTARY
    assert cast.review(cast.dan, campaign).ground == Ground.LEFT


def test_what_the_secretary_decides_stands_above_the_table_with_its_reason(cast: Cast) -> None:
    campaign = cast.campaign()
    review = cast.review(cast.alice, campaign)
    decide_eligibility(
        cast.db,
        review,
        Stand.OUT,
        reason="Đình chỉ từ tháng 9",
        ground=Ground.SUSPENDED,
        by_id=cast.bob.id,
        now=NOW,
    )
    refresh_campaign(cast.db, campaign, policy=POLICY, now=NOW)
    assert (review.state, review.ground) == (ReviewState.OUT, Ground.SUSPENDED)
    assert review.reason == "Đình chỉ từ tháng 9"
    decide_eligibility(cast.db, review, Stand.REQUIRED, reason="Hết đình chỉ", by_id=cast.bob.id, now=NOW)
    assert review.state == ReviewState.NOT_STARTED
    assert [move.note for move in moves_of(cast.db, review.id)][1:] == ["Đình chỉ từ tháng 9", "Hết đình chỉ"]


def test_a_text_half_written_waits_while_it_is_not_asked_for(cast: Cast) -> None:
    review = cast.review(cast.alice)
    write_section(cast.db, review, "A.I.1", "Nửa chừng", by_id=cast.alice.id, policy=ReviewPolicy(), now=NOW)
    decide_eligibility(cast.db, review, Stand.OUT, reason="Nghỉ ốm", by_id=cast.bob.id, now=NOW)
    decide_eligibility(cast.db, review, Stand.VOLUNTARY, reason="Tự nguyện", by_id=cast.bob.id, now=NOW)
    assert review.state == ReviewState.DRAFTING
    section = section_of(cast.db, review.id, "A.I.1")
    assert section is not None
    assert section.text == "Nửa chừng"


def test_a_decision_without_a_reason_is_refused(cast: Cast) -> None:
    with pytest.raises(ReviewRefused):
        decide_eligibility(
            cast.db, cast.review(cast.alice), Stand.OUT, reason="  ", by_id=cast.bob.id, now=NOW
        )


# --- the campaign ---------------------------------------------------------------------------------------------------


def test_only_the_secretary_of_the_cell_opens_one(cast: Cast) -> None:
    for nobody in (cast.deputy, cast.alice, cast.stranger):
        with pytest.raises(NotEntitled):
            cast.campaign(by=nobody)


def test_one_campaign_a_kind_and_year(cast: Cast) -> None:
    cast.campaign()
    with pytest.raises(ReviewRefused):
        cast.campaign()


def test_a_new_deadline_moves_those_who_owe_and_not_a_later_one_of_their_own(cast: Cast) -> None:
    campaign = cast.campaign()
    alice, dan = cast.review(cast.alice, campaign), cast.review(cast.dan, campaign)
    cast.hands_in(alice)
    later = date(2026, 12, 25)
    return_review(cast.db, alice, deadline=later, note="Thêm mục III", by_id=cast.bob.id, now=NOW)
    change_campaign(
        cast.db, campaign, deadline=date(2026, 12, 15), meeting_on=None, by_id=cast.bob.id, now=NOW
    )
    assert (alice.deadline, dan.deadline) == (later, date(2026, 12, 15))
    assert dan.next_at == NOW


def test_closing_keeps_what_is_unfinished_and_opening_again_puts_it_back(cast: Cast) -> None:
    campaign = cast.campaign()
    alice, dan = cast.review(cast.alice, campaign), cast.review(cast.dan, campaign)
    write_section(cast.db, alice, "A.I.1", "Đang viết", by_id=cast.alice.id, policy=ReviewPolicy(), now=NOW)
    close_campaign(cast.db, campaign, by_id=cast.bob.id, now=NOW)
    assert {alice.state, dan.state} == {ReviewState.UNFINISHED}
    assert alice.next_at is None
    reopen_campaign(cast.db, campaign, by_id=cast.bob.id, now=NOW)
    assert (alice.state, dan.state) == (ReviewState.DRAFTING, ReviewState.NOT_STARTED)


def test_what_was_handed_in_is_read_before_the_campaign_is_closed(cast: Cast) -> None:
    campaign = cast.campaign()
    cast.hands_in(cast.review(cast.alice, campaign))
    with pytest.raises(ReviewRefused):
        close_campaign(cast.db, campaign, by_id=cast.bob.id, now=NOW)


def test_nothing_is_written_once_the_campaign_is_closed(cast: Cast) -> None:
    campaign = cast.campaign()
    review = cast.review(cast.alice, campaign)
    close_campaign(cast.db, campaign, by_id=cast.bob.id, now=NOW)
    with pytest.raises(ReviewRefused):
        write_section(cast.db, review, "A.I.1", "Muộn", by_id=cast.alice.id, policy=ReviewPolicy(), now=NOW)


# --- writing --------------------------------------------------------------------------------------------------------


def test_messages_are_joined_and_a_changed_one_is_taken_over(cast: Cast) -> None:
    review, alice = cast.review(cast.alice), cast.alice.id
    for message, text in ((7, "Một."), (8, "Hai\ndòng."), (9, "Ba.")):
        append_section(
            cast.db, review, "A.I.1", text, message_id=message, by_id=alice, policy=ReviewPolicy(), now=NOW
        )
    heading = take_over_edit(
        cast.db, review, message_id=8, text="Hai, sửa.", by_id=alice, policy=ReviewPolicy(), now=NOW
    )
    section = section_of(cast.db, review.id, "A.I.1")
    assert heading == "A.I.1"
    assert section is not None
    assert section.text == "Một.\nHai, sửa.\nBa."
    assert (
        take_over_edit(cast.db, review, message_id=99, text="x", by_id=alice, policy=ReviewPolicy(), now=NOW)
        is None
    )


def test_the_same_message_twice_is_there_once(cast: Cast) -> None:
    review, alice = cast.review(cast.alice), cast.alice.id
    for _ in range(2):
        append_section(
            cast.db, review, "A.I.1", "Một.", message_id=7, by_id=alice, policy=ReviewPolicy(), now=NOW
        )
    section = section_of(cast.db, review.id, "A.I.1")
    assert section is not None
    assert section.text == "Một."


def test_thirty_thousand_characters_with_every_kind_of_sign_lose_nothing(cast: Cast) -> None:
    review = cast.review(cast.alice)
    signs = "Đảng viên ở xa: 👩🏽‍🌾 שלום مرحبا ắằẳẵặ <b>&amp;\n"
    text = (signs * (30_000 // len(signs) + 1))[:30_000].strip()
    write_section(cast.db, review, "A.I.1", text, by_id=cast.alice.id, policy=ReviewPolicy(), now=NOW)
    cast.db.expire_all()
    section = section_of(cast.db, review.id, "A.I.1")
    assert section is not None
    assert section.text == text
    assert "👩" not in repr(section.text_sealed)


def test_what_is_marked_secret_or_empty_or_has_no_heading_is_refused(cast: Cast) -> None:
    review, alice = cast.review(cast.alice), cast.alice.id
    for heading, text in (("A.I.1", "TỐI MẬT"), ("A.I.1", "   "), ("A.I", "x"), ("zz", "x")):
        with pytest.raises(Refused):
            write_section(cast.db, review, heading, text, by_id=alice, policy=ReviewPolicy(), now=NOW)
    assert review.state == ReviewState.NOT_STARTED


def test_a_section_above_the_limit_keeps_what_was_there(cast: Cast) -> None:
    review, alice = cast.review(cast.alice), cast.alice.id
    write_section(cast.db, review, "A.I.1", "Cũ", by_id=alice, policy=ReviewPolicy(), now=NOW)
    with pytest.raises(ReviewRefused):
        append_section(
            cast.db,
            review,
            "A.I.1",
            "x" * POLICY.longest_section,
            by_id=alice,
            policy=ReviewPolicy(),
            now=NOW,
        )
    section = section_of(cast.db, review.id, "A.I.1")
    assert section is not None
    assert section.text == "Cũ"


def test_points_outside_the_form_are_refused(cast: Cast) -> None:
    review = cast.review(cast.alice)
    for general, results in ((31, 10), (-1, 10), (10, 71)):
        with pytest.raises(ReviewRefused):
            give_scores(cast.db, review, general=general, results=results, by_id=cast.alice.id, now=NOW)


def test_somebody_else_cannot_write_it(cast: Cast) -> None:
    review = cast.review(cast.alice)
    for nobody in (cast.dan, cast.stranger):
        with pytest.raises(NotEntitled):
            write_section(cast.db, review, "A.I.1", "x", by_id=nobody.id, policy=ReviewPolicy(), now=NOW)


# --- handing in, reading, returning -----------------------------------------------------------------------------------


def test_what_is_missing_is_named(cast: Cast) -> None:
    review = cast.review(cast.alice)
    for heading in set(WRITTEN) - {"A.III", "A.VI"}:
        write_section(cast.db, review, heading, "x", by_id=cast.alice.id, policy=ReviewPolicy(), now=NOW)
    give_scores(cast.db, review, general=1, results=2, by_id=cast.alice.id, now=NOW)
    propose_level(cast.db, review, Level.GOOD, by_id=cast.alice.id, now=NOW)
    with pytest.raises(ReviewRefused) as refused:
        submit(cast.db, review, by_id=cast.alice.id, now=NOW)
    assert "còn mục III và VI" in refused.value.phrase.vi


def test_a_photo_of_the_handwritten_text_is_enough(cast: Cast) -> None:
    review = cast.review(cast.alice)
    attach_file(cast.db, review, ReviewFileKind.TEXT, Photo(), by_id=cast.alice.id, now=NOW)
    submit(cast.db, review, by_id=cast.alice.id, now=NOW)
    assert review.state == ReviewState.SUBMITTED
    assert [file.version for file in files_of(cast.db, review.id)] == [1]


def test_the_cell_notes_what_came_by_post_for_a_member(cast: Cast) -> None:
    review = cast.review(cast.alice)
    with pytest.raises(ReviewRefused):  # she is not registered, and has said nothing on paper
        attach_file(cast.db, review, ReviewFileKind.POST, Photo(), by_id=cast.deputy.id, now=NOW)
    note_paper_consent(cast.db, review, on=date(2026, 11, 10), by_id=cast.deputy.id, now=NOW)
    attach_file(cast.db, review, ReviewFileKind.POST, Photo(), by_id=cast.deputy.id, now=NOW)
    submit(cast.db, review, by_id=cast.deputy.id, now=NOW)
    assert versions_of(cast.db, review.id)[0].on_behalf
    assert all(move.on_behalf for move in moves_of(cast.db, review.id)[1:])


def test_returned_twice_then_accepted_signed_filed(cast: Cast) -> None:
    campaign = cast.campaign()
    review, bob, alice = cast.review(cast.alice, campaign), cast.bob.id, cast.alice.id
    cast.hands_in(review)
    for turn in (1, 2):
        comment_on(cast.db, review, "A.III", f"Bổ sung lần {turn}", by_id=bob, now=NOW)
        assert comments_of(cast.db, review.id, version=turn, sent=True) == []
        return_review(cast.db, review, deadline=date(2026, 12, 14), by_id=bob, now=NOW)
        assert len(comments_of(cast.db, review.id, sent=True)) == turn
        write_section(
            cast.db, review, "A.III", f"Đã khắc phục {turn}.", by_id=alice, policy=ReviewPolicy(), now=NOW
        )
        submit(cast.db, review, by_id=alice, now=NOW)
    accept(cast.db, review, by_id=bob, now=NOW)
    receive_signed(cast.db, review, on=date(2026, 11, 19), scans=[Photo(), Photo()], by_id=bob, now=NOW)
    close_campaign(cast.db, campaign, by_id=bob, now=NOW)  # papers go on after it
    file_review(cast.db, review, by_id=bob, now=NOW)
    assert review.state == ReviewState.FILED
    texts = [one.body.text_of("A.III") for one in versions_of(cast.db, review.id)]
    assert texts == ["Đã làm đủ.", "Đã khắc phục 1.", "Đã khắc phục 2."]


def test_a_return_needs_a_comment_and_a_day_that_is_not_over(cast: Cast) -> None:
    review = cast.review(cast.alice)
    cast.hands_in(review)
    with pytest.raises(ReviewRefused):
        return_review(cast.db, review, deadline=date(2026, 12, 14), by_id=cast.bob.id, now=NOW)
    with pytest.raises(ReviewRefused):
        return_review(cast.db, review, deadline=date(2026, 11, 19), note="Thêm", by_id=cast.bob.id, now=NOW)
    assert review.state == ReviewState.SUBMITTED


def test_a_comment_can_be_dropped_until_its_author_has_it(cast: Cast) -> None:
    review = cast.review(cast.alice)
    cast.hands_in(review)
    comment = comment_on(cast.db, review, "", "Nhầm", by_id=cast.bob.id, now=NOW)
    drop_comment(cast.db, review, comment, by_id=cast.bob.id, now=NOW)
    assert comments_of(cast.db, review.id) == []


def test_the_member_takes_it_back_until_it_is_accepted(cast: Cast) -> None:
    review = cast.review(cast.alice)
    cast.hands_in(review)
    with pytest.raises(ReviewRefused):
        withdraw(cast.db, review, by_id=cast.bob.id, now=NOW)
    withdraw(cast.db, review, by_id=cast.alice.id, now=NOW)
    assert review.state == ReviewState.WITHDRAWN
    submit(cast.db, review, by_id=cast.alice.id, now=NOW)
    accept(cast.db, review, by_id=cast.bob.id, now=NOW)
    with pytest.raises(ReviewRefused):
        withdraw(cast.db, review, by_id=cast.alice.id, now=NOW)


def test_accepted_by_mistake_is_returned(cast: Cast) -> None:
    review = cast.review(cast.alice)
    cast.hands_in(review)
    accept(cast.db, review, by_id=cast.bob.id, now=NOW)
    return_review(cast.db, review, deadline=date(2026, 12, 14), note="Sót mục V", by_id=cast.bob.id, now=NOW)
    assert (review.state, review.accepted_at) == (ReviewState.RETURNED, None)


def test_an_issue_raised_in_writing_makes_its_section_required(cast: Cast) -> None:
    review = cast.review(cast.alice)
    cast.writes(review)
    raise_issue(cast.db, review, "Việc chậm đóng đảng phí", by_id=cast.bob.id, now=NOW)
    assert [heading.id for heading in missing_of(cast.db, review)] == ["A.IV"]


def test_reading_leaves_a_row_that_the_member_sees_once_an_hour(cast: Cast) -> None:
    review = cast.review(cast.alice)
    cast.hands_in(review)
    for minutes in (0, 5, 70):
        open_version(cast.db, review, 1, reader_id=cast.bob.id, now=NOW + timedelta(minutes=minutes))
    open_version(cast.db, review, 1, reader_id=cast.alice.id, now=NOW)
    cast.db.flush()
    assert [(look.version, name) for look, name in looks_at(cast.db, review.id)] == [(1, "Trần Văn Bình")] * 2
    for nobody in (cast.dan, cast.stranger):
        with pytest.raises(NotEntitled):
            open_version(cast.db, review, 1, reader_id=nobody.id, now=NOW)


def test_the_secretary_of_another_cell_can_do_nothing(cast: Cast) -> None:
    review, who = cast.review(cast.alice), cast.stranger.id
    cast.hands_in(review)
    for act in (
        lambda: accept(cast.db, review, by_id=who, now=NOW),
        lambda: comment_on(cast.db, review, "", "x", by_id=who, now=NOW),
        lambda: return_review(cast.db, review, deadline=date(2026, 12, 9), note="x", by_id=who, now=NOW),
        lambda: decide_eligibility(cast.db, review, Stand.OUT, reason="x", by_id=who, now=NOW),
    ):
        with pytest.raises(NotEntitled):
            act()


def test_a_version_is_never_rewritten(cast: Cast) -> None:
    review = cast.review(cast.alice)
    cast.hands_in(review)
    version = versions_of(cast.db, review.id)[0]
    version.body_json = "{}"
    with pytest.raises(HistoryRewritten):
        cast.db.flush()
    cast.db.rollback()


# --- differences ----------------------------------------------------------------------------------------------------


def test_differences_say_which_words_came_and_went(cast: Cast) -> None:
    campaign = cast.campaign()
    review = cast.review(cast.alice, campaign)
    cast.hands_in(review)
    return_review(cast.db, review, deadline=date(2026, 12, 14), note="Rõ hơn", by_id=cast.bob.id, now=NOW)
    write_section(
        cast.db, review, "A.III", "Đã làm gần đủ.", by_id=cast.alice.id, policy=ReviewPolicy(), now=NOW
    )
    submit(cast.db, review, by_id=cast.alice.id, now=NOW)
    first, second = versions_of(cast.db, review.id)
    (one,) = differences(first.body, second.body)
    assert (one.heading, one.words(Edit.ADDED), one.words(Edit.REMOVED)) == ("A.III", 1, 0)


def test_the_runs_of_a_difference_join_to_both_texts() -> None:
    old, new = "Một câu. Hai câu khác!\nBa.", "Một câu. Hai câu nữa!\nThêm.\nBa."
    found = runs(old, new)
    assert "".join(run.text for run in found if run.did is not Edit.ADDED) == old
    assert "".join(run.text for run in found if run.did is not Edit.REMOVED) == new


def test_words_added_behind_others_leave_them_alone() -> None:
    assert [(run.did, run.text) for run in runs("Hai lần.", "Hai lần.\nĐủ bốn bài.")] == [
        (Edit.SAME, "Hai lần."),
        (Edit.ADDED, "\nĐủ bốn bài."),
    ]


# --- forms ----------------------------------------------------------------------------------------------------------


def test_every_form_file_says_how_sure_each_heading_is() -> None:
    codes = {one.code for one in every_form()}
    assert {"2c-2025", "2b-2025", "free", "commitment-2025"} <= codes
    unsure = [one for one in form("2b-2025").headings if one.confidence is Sure.UNCONFIRMED]
    assert len(unsure) > len(form("2b-2025").headings) / 2
    assert form("2c-2025").headings[8].confidence is Sure.CONFIRMED


def test_another_form_is_a_file(tmp_path: Path) -> None:
    text = (Path(review.__file__).parent / "forms" / "free.json").read_text(encoding="utf-8")
    (tmp_path / "cell-2027.json").write_text(text, encoding="utf-8")
    assert [one.code for one in every_form(tmp_path)] == ["cell-2027"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"id": "2"', '"id": "1"'),
        ('"type": "longtext"', '"type": "poem"'),
        ('"order": 8', '"order": 3'),
        ("{", ""),
    ],
)
def test_a_broken_form_file_is_named(tmp_path: Path, old: str, new: str) -> None:
    text = (Path(review.__file__).parent / "forms" / "free.json").read_text(encoding="utf-8")
    (tmp_path / "broken.json").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.json"):
        every_form(tmp_path)


def test_thresholds_are_told_and_nothing_is_chosen() -> None:
    reached = [form("2c-2025").level_of(points) for points in (100, 90, 89, 70, 50, 49)]
    assert [one.id for one in reached if one] == [
        Level.EXCELLENT,
        Level.EXCELLENT,
        Level.GOOD,
        Level.GOOD,
        Level.COMPLETED,
        Level.NOT_COMPLETED,
    ]


def test_another_form_keeps_what_both_have_and_an_erased_review_is_gone(cast: Cast) -> None:
    review = cast.review(cast.alice)
    write_section(
        cast.db, review, "A.I.2", "Việc được giao", by_id=cast.alice.id, policy=ReviewPolicy(), now=NOW
    )
    choose_form(cast.db, review, "2b-2025", by_id=cast.bob.id, now=NOW)
    cast.writes(review)
    submit(cast.db, review, by_id=cast.alice.id, now=NOW)
    version = open_version(cast.db, review, 1, reader_id=cast.bob.id, now=NOW)
    assert version.body.form == "2b-2025"
    campaign_id = review.campaign_id
    erased = erase_rows_about(cast.db, cast.alice.id)
    assert erased["review"] == erased["review_version"] == 1
    assert review_of(cast.db, campaign_id, cast.alice.id) is None


def test_the_table_says_where_each_line_comes_from() -> None:
    for ground in set(Ground) - {Ground.LEFT, Ground.DECIDED}:
        source = source_of_ground(ground)
        assert source is not None
        assert source.document or source.sure is Sure.PRACTICE
