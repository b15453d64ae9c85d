"""Rows. Versions and moves are written once; every text is sealed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from models.away.away.rows import keep_history
from models.ground.base import Base, Identified, partial_index
from models.ground.sealing import Sealed, SealedNumber, SealedWord
from models.year.policy import Stand
from models.year.review.states import OWING, ReviewState

Points = int | Decimal  # half a point is given too


class Campaign(Identified, Base):
    """One year's reviews (or commitments) of one cell. `next_at`: when time next has something to do with it."""

    __tablename__ = "campaign"

    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str]  # ReviewKind
    year: Mapped[int] = mapped_column(SmallInteger)
    form: Mapped[str]  # the code of a form file
    deadline: Mapped[date]  # its last minute is midnight on the member's clock
    meeting_on: Mapped[date | None]
    exempt: Mapped[str]  # Stand of those who are exempt: required | voluntary | out
    state: Mapped[str]
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None]
    closed_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    reminded_for: Mapped[int | None] = mapped_column(SmallInteger)  # the last day of the secretary's list

    __table_args__ = (
        Index("uq_campaign_cell_id", "cell_id", "kind", "year", unique=True),
        partial_index("ix_campaign_next_at", "next_at", where="next_at IS NOT NULL"),
    )


class CampaignMove(Identified, Base):
    """What was decided about a campaign: opened, another deadline, another meeting, closed, opened again."""

    __tablename__ = "campaign_move"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    did: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int]
    deadline: Mapped[date]
    meeting_on: Mapped[date | None]

    __table_args__ = (Index("ix_campaign_move_campaign_id", "campaign_id", "at"),)


class Review(Identified, Base):
    """One member in one campaign, asked for or not. `next_at`: `now` means "look at me", None: nothing is to come."""

    __tablename__ = "review"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str]  # ReviewKind
    form: Mapped[str]  # the campaign's, unless another was chosen
    state: Mapped[str]
    stand: Mapped[str]
    ground: Mapped[str]
    judged_on: Mapped[date]
    decided_by: Mapped[int | None]  # who overrode the table
    decided_at: Mapped[datetime | None]
    deadline: Mapped[date]  # the campaign's, until it is returned with a later one
    begun_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    signed_on: Mapped[date | None]
    filed_at: Mapped[datetime | None]
    rating_told: Mapped[
        int | None
    ]  # the rating that its author was last told of; what is decided since waits
    marked_by: Mapped[int | None]  # who gave points and level last; None: before this was kept, so the author
    version: Mapped[int] = mapped_column(SmallInteger, default=0)  # the last one submitted; 0: none
    next_at: Mapped[datetime | None]
    reminded_for: Mapped[int | None] = mapped_column(
        SmallInteger
    )  # the last day of the reminders that is done
    reason_sealed: Mapped[bytes | None]
    score_general_sealed: Mapped[bytes | None]
    score_results_sealed: Mapped[bytes | None]
    proposed_level_sealed: Mapped[bytes | None]

    reason = Sealed("reason_sealed")  # of whoever overrode the table
    score_general = SealedNumber(
        "score_general_sealed"
    )  # as it is being written: see `handed_in` for what was given
    score_results = SealedNumber("score_results_sealed")
    proposed_level = Sealed("proposed_level_sealed")  # Level

    __table_args__ = (
        Index("uq_review_campaign_id", "campaign_id", "member_id", unique=True),
        Index("ix_review_member_id", "member_id", "kind"),
        Index("ix_review_cell_id", "cell_id", "state"),
        partial_index("ix_review_next_at", "next_at", where="next_at IS NOT NULL"),
    )

    @property
    def owes(self) -> bool:
        """It is asked for, and the member's turn. A voluntary one is owed only once it was handed in and returned."""
        return self.state in OWING and (self.stand == Stand.REQUIRED or self.state == ReviewState.RETURNED)

    @property
    def total(self) -> Points | None:
        if self.score_general is None or self.score_results is None:
            return None
        return self.score_general + self.score_results


class Section(Identified, Base):
    """What stands under one heading now: pieces joined by line breaks, each from one message."""

    __tablename__ = "review_section"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    heading: Mapped[str]  # the id of a heading in the form file
    position: Mapped[int] = mapped_column(SmallInteger)
    updated_at: Mapped[datetime]
    by_id: Mapped[int]
    marks: Mapped[str] = mapped_column(default="")  # "<message>:<length>" of each piece; message 0: none
    text_sealed: Mapped[bytes | None]

    text = Sealed("text_sealed")

    __table_args__ = (Index("uq_review_section_review_id", "review_id", "heading", unique=True),)

    @property
    def pieces(self) -> list[tuple[int, str]]:
        """(message, its text) in order."""
        found, start, whole = [], 0, self.text or ""
        for mark in self.marks.split():
            message, length = (int(part) for part in mark.split(":"))
            found.append((message, whole[start : start + length]))
            start += length + 1
        return found

    @pieces.setter
    def pieces(self, pieces: list[tuple[int, str]]) -> None:
        self.text = "\n".join(piece for _, piece in pieces)
        self.marks = " ".join(f"{message}:{len(piece)}" for message, piece in pieces)


class WrittenSection(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    heading: str
    text: str


class Body(BaseModel):
    """A version's content, as it is sealed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: str
    sections: tuple[WrittenSection, ...] = ()
    score_general: Points | None = None
    score_results: Points | None = None
    proposed_level: str | None = None

    @property
    def total(self) -> Points | None:
        if self.score_general is None or self.score_results is None:
            return None
        return self.score_general + self.score_results

    def text_of(self, heading: str) -> str:
        return next((one.text for one in self.sections if one.heading == heading), "")


class Version(Identified, Base):
    """What was handed in, as it was. Never changed."""

    __tablename__ = "review_version"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    at: Mapped[datetime]
    by_id: Mapped[int]
    on_behalf: Mapped[bool] = mapped_column(default=False)  # typed or noted at the cell
    form: Mapped[str]
    body_sealed: Mapped[bytes | None]

    body_json = Sealed("body_sealed")

    __table_args__ = (Index("uq_review_version_review_id", "review_id", "number", unique=True),)

    @property
    def body(self) -> Body:
        """Empty once its author has had the text erased."""
        return Body.model_validate_json(self.body_json) if self.body_json else Body(form=self.form)


class Comment(Identified, Base):
    """What the secretary says of one heading of one version. `sent_at`: when the member got it, with the return."""

    __tablename__ = "review_comment"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    version: Mapped[int] = mapped_column(SmallInteger)
    heading: Mapped[str]  # "": the whole
    at: Mapped[datetime]
    by_id: Mapped[int]
    sent_at: Mapped[datetime | None]
    is_issue: Mapped[bool] = mapped_column(
        default=False
    )  # gợi ý kiểm điểm: it asks for its heading to be written
    text_sealed: Mapped[bytes | None]

    text = Sealed("text_sealed")

    __table_args__ = (Index("ix_review_comment_review_id", "review_id", "version"),)


class ReviewMove(Identified, Base):
    """Each move of a review. Never changed."""

    __tablename__ = "review_move"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    before: Mapped[str | None]  # None: the campaign was opened
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None]  # None: the table of eligibility
    on_behalf: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(SmallInteger, default=0)
    deadline: Mapped[date | None]  # the new one, of a return
    happened_on: Mapped[date | None]  # the date on the paper
    note_sealed: Mapped[bytes | None]

    note = Sealed("note_sealed")

    __table_args__ = (Index("ix_review_move_review_id", "review_id", "at"),)


class ReviewFile(Identified, Base):
    """A file that was sent: the id of what is kept, and its name. `version` 0: not handed in yet."""

    __tablename__ = "review_file"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    version: Mapped[int] = mapped_column(SmallInteger, default=0)
    kind: Mapped[str]  # FileKind
    media: Mapped[str]  # photo | document
    at: Mapped[datetime]
    by_id: Mapped[int]
    file_id_sealed: Mapped[bytes | None]
    name_sealed: Mapped[bytes | None]

    file_id = SealedWord("file_id_sealed", otherwise="")
    name = Sealed("name_sealed")

    __table_args__ = (Index("ix_review_file_review_id", "review_id", "kind"),)


class ReviewLook(Identified, Base):
    """Who opened which version; the member sees it."""

    __tablename__ = "review_look"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    version: Mapped[int] = mapped_column(SmallInteger)
    reader_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_review_look_review_id", "review_id", "version"),)


keep_history(CampaignMove, Version, ReviewMove)
