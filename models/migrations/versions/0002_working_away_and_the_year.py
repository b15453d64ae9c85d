"""working away, and the year"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "audit_run",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("well", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("looked_up_to", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_run")),
    )
    with op.batch_alter_table("audit_run", schema=None) as batch_op:
        batch_op.create_index("ix_audit_run_at", ["at"], unique=False)

    op.create_table(
        "campaign",
        sa.Column("cell_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("exempt", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_for", sa.SmallInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_campaign_cell_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(
            "ix_campaign_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.create_index("uq_campaign_cell_id", ["cell_id", "kind", "year"], unique=True)

    op.create_table(
        "desk_watch",
        sa.Column("cell_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_desk_watch_cell_id")),
        sa.PrimaryKeyConstraint("cell_id", name=op.f("pk_desk_watch")),
    )
    with op.batch_alter_table("desk_watch", schema=None) as batch_op:
        batch_op.create_index(
            "ix_desk_watch_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )

    op.create_table(
        "meeting",
        sa.Column("cell_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_room_only", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("edition", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nudged", sa.SmallInteger(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("link_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paper_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("link_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("agenda_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_meeting_cell_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_cell_id", ["cell_id", "starts_at"], unique=False)
        batch_op.create_index(
            "ix_meeting_link_at",
            ["link_at"],
            unique=False,
            sqlite_where=sa.text("link_at IS NOT NULL"),
            postgresql_where=sa.text("link_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_meeting_lost",
            ["id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NULL AND state IN ('called', 'postponed', 'proposed')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('called', 'postponed', 'proposed')"),
        )
        batch_op.create_index(
            "ix_meeting_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )

    op.create_table(
        "rating_figures",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("source_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rating_figures_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_figures")),
    )
    with op.batch_alter_table("rating_figures", schema=None) as batch_op:
        batch_op.create_index("ix_rating_figures_unit_id", ["unit_id", "year", "at"], unique=False)

    op.create_table(
        "review_deletion",
        sa.Column("cell_id", sa.BigInteger(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("reviews", sa.SmallInteger(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deletes_on", sa.Date(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_review_deletion_cell_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_deletion")),
    )
    with op.batch_alter_table("review_deletion", schema=None) as batch_op:
        batch_op.create_index("ix_review_deletion_cell_id", ["cell_id"], unique=False)
        batch_op.create_index("uq_review_deletion_campaign_id", ["campaign_id"], unique=True)

    op.create_table(
        "standing_meeting",
        sa.Column("cell_id", sa.BigInteger(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.BigInteger(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_month", sa.Date(), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_standing_meeting_cell_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_meeting")),
        sa.UniqueConstraint("cell_id", name=op.f("uq_standing_meeting_cell_id")),
    )
    with op.batch_alter_table("standing_meeting", schema=None) as batch_op:
        batch_op.create_index(
            "ix_standing_meeting_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )

    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_attendance_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index("ix_attendance_meeting_id", ["meeting_id", "member_id", "at"], unique=False)
        batch_op.create_index("ix_attendance_member_id", ["member_id"], unique=False)

    op.create_table(
        "campaign_move",
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_move_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_move")),
    )
    with op.batch_alter_table("campaign_move", schema=None) as batch_op:
        batch_op.create_index("ix_campaign_move_campaign_id", ["campaign_id", "at"], unique=False)

    op.create_table(
        "conclusion",
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("file_id_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_conclusion_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conclusion")),
    )
    with op.batch_alter_table("conclusion", schema=None) as batch_op:
        batch_op.create_index("ix_conclusion_meeting_id", ["meeting_id", "at"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("knows", sa.SmallInteger(), nullable=False),
        sa.Column("knew", sa.SmallInteger(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.BigInteger(), nullable=True),
        sa.Column("contributed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contribution_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_invitation_meeting_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_invitation_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index("ix_invitation_member_id", ["member_id"], unique=False)
        batch_op.create_index("uq_invitation_meeting_id", ["meeting_id", "member_id"], unique=True)

    op.create_table(
        "meeting_move",
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("edition", sa.SmallInteger(), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_move_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_move")),
    )
    with op.batch_alter_table("meeting_move", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_move_meeting_id", ["meeting_id", "edition"], unique=False)

    op.create_table(
        "meeting_paper",
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("file_id_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_paper_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_paper")),
    )
    with op.batch_alter_table("meeting_paper", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_paper_meeting_id", ["meeting_id", "position"], unique=False)

    op.create_table(
        "name_request",
        sa.Column("cell_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("shown_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_name_request_by_id")),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_name_request_cell_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_request")),
    )
    with op.batch_alter_table("name_request", schema=None) as batch_op:
        batch_op.create_index("ix_name_request_cell_id", ["cell_id", "asked_at"], unique=False)
        batch_op.create_index(
            "ix_name_request_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )

    op.create_table(
        "notice",
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by", sa.BigInteger(), nullable=True),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fed_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("file_kind", sa.String(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("question_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("choices_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("file_id_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("file_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_notice_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_notice_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notice_lost",
            ["id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NULL AND state IN ('preparing', 'saying')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('preparing', 'saying')"),
        )
        batch_op.create_index(
            "ix_notice_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.create_index("ix_notice_unit_id", ["unit_id", "made_at"], unique=False)

    op.create_table(
        "pause",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_pause_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.create_index(
            "ix_pause_lost",
            ["id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NULL AND state IN ('announced', 'running')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('announced', 'running')"),
        )
        batch_op.create_index("ix_pause_member_id", ["member_id"], unique=False)
        batch_op.create_index(
            "ix_pause_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_pause_open_member",
            ["member_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "review",
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("cell_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("stand", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score_general", sa.SmallInteger(), nullable=True),
        sa.Column("score_results", sa.SmallInteger(), nullable=True),
        sa.Column("proposed_level", sa.String(), nullable=True),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_for", sa.SmallInteger(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_review_campaign_id")),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_review_cell_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_review_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index("ix_review_cell_id", ["cell_id", "state"], unique=False)
        batch_op.create_index("ix_review_member_id", ["member_id", "kind"], unique=False)
        batch_op.create_index(
            "ix_review_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.create_index("uq_review_campaign_id", ["campaign_id", "member_id"], unique=True)

    op.create_table(
        "review_bundle",
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("total", sa.SmallInteger(), nullable=False),
        sa.Column("done", sa.SmallInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_review_bundle_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_bundle")),
    )
    with op.batch_alter_table("review_bundle", schema=None) as batch_op:
        batch_op.create_index("ix_review_bundle_campaign_id", ["campaign_id", "by_id"], unique=False)
        batch_op.create_index(
            "ix_review_bundle_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )

    op.create_table(
        "review_rating",
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("paper_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("decided_by_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_review_rating_campaign_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_review_rating_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_rating")),
    )
    with op.batch_alter_table("review_rating", schema=None) as batch_op:
        batch_op.create_index(
            "ix_review_rating_campaign_id", ["campaign_id", "member_id", "at"], unique=False
        )
        batch_op.create_index("ix_review_rating_member_id", ["member_id"], unique=False)

    op.create_table(
        "rhythm_offer",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=True),
        sa.Column("grace_days", sa.SmallInteger(), nullable=True),
        sa.Column("slow", sa.SmallInteger(), nullable=False),
        sa.Column("of", sa.SmallInteger(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_rhythm_offer_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rhythm_offer")),
    )
    with op.batch_alter_table("rhythm_offer", schema=None) as batch_op:
        batch_op.create_index("ix_rhythm_offer_member_id", ["member_id", "offered_at"], unique=False)

    op.create_table(
        "task",
        sa.Column("cell_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_task_cell_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_task_meeting_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_task_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_cell_id", ["cell_id", "state"], unique=False)
        batch_op.create_index(
            "ix_task_lost",
            ["id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NULL AND state IN ('open')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('open')"),
        )
        batch_op.create_index("ix_task_meeting_id", ["meeting_id"], unique=False)
        batch_op.create_index("ix_task_member_id", ["member_id", "state"], unique=False)
        batch_op.create_index(
            "ix_task_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )

    op.create_table(
        "visit",
        sa.Column("cell_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_visit_by_id")),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_visit_cell_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index("ix_visit_cell_id", ["cell_id", "came_on"], unique=False)

    op.create_table(
        "conclusion_receipt",
        sa.Column("conclusion_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["conclusion_id"], ["conclusion.id"], name=op.f("fk_conclusion_receipt_conclusion_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_conclusion_receipt_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conclusion_receipt")),
    )
    with op.batch_alter_table("conclusion_receipt", schema=None) as batch_op:
        batch_op.create_index("ix_conclusion_receipt_member_id", ["member_id"], unique=False)
        batch_op.create_index(
            "uq_conclusion_receipt_conclusion_id", ["conclusion_id", "member_id"], unique=True
        )

    op.create_table(
        "join_link",
        sa.Column("invitation_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holder_hash", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_join_link_invitation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_join_link_token_hash")),
    )
    with op.batch_alter_table("join_link", schema=None) as batch_op:
        batch_op.create_index("ix_join_link_invitation_id", ["invitation_id"], unique=False)

    op.create_table(
        "ladder",
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("cell_id", sa.BigInteger(), nullable=False),
        sa.Column("checkin_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=True),
        sa.Column("day_zero", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_how", sa.String(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_ladder_cell_id")),
        sa.ForeignKeyConstraint(["checkin_id"], ["checkin.id"], name=op.f("fk_ladder_checkin_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_ladder_member_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["member.id"], name=op.f("fk_ladder_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder")),
    )
    with op.batch_alter_table("ladder", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ladder_cell_id",
            ["cell_id", "rung"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "ix_ladder_lost",
            ["id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NULL AND state IN ('climbing', 'listed', 'taken')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('climbing', 'listed', 'taken')"),
        )
        batch_op.create_index("ix_ladder_member_id", ["member_id", "begun_at"], unique=False)
        batch_op.create_index(
            "ix_ladder_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_ladder_open",
            ["member_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "meeting_receipt",
        sa.Column("invitation_id", sa.BigInteger(), nullable=False),
        sa.Column("paper_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_meeting_receipt_invitation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_receipt")),
    )
    with op.batch_alter_table("meeting_receipt", schema=None) as batch_op:
        batch_op.create_index("uq_meeting_receipt_invitation_id", ["invitation_id", "paper_id"], unique=True)

    op.create_table(
        "name_granted",
        sa.Column("name_request_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_name_granted_member_id")),
        sa.ForeignKeyConstraint(
            ["name_request_id"], ["name_request.id"], name=op.f("fk_name_granted_name_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_granted")),
    )
    with op.batch_alter_table("name_granted", schema=None) as batch_op:
        batch_op.create_index("ix_name_granted_member_id", ["member_id"], unique=False)
        batch_op.create_index("uq_name_granted_person", ["name_request_id", "member_id"], unique=True)

    op.create_table(
        "notice_receipt",
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("say_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("shown", sa.SmallInteger(), nullable=False),
        sa.Column("parts", sa.SmallInteger(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=True),
        sa.Column("messages", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_version", sa.SmallInteger(), nullable=True),
        sa.Column("choice", sa.SmallInteger(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_notice_receipt_member_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_receipt_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_receipt")),
    )
    with op.batch_alter_table("notice_receipt", schema=None) as batch_op:
        batch_op.create_index("ix_notice_receipt_member_id", ["member_id"], unique=False)
        batch_op.create_index(
            "ix_notice_receipt_outbox_id",
            ["notice_id", "outbox_id"],
            unique=False,
            sqlite_where=sa.text("outbox_id IS NOT NULL"),
            postgresql_where=sa.text("outbox_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_notice_receipt_say_at",
            ["notice_id", "say_at"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "ix_notice_receipt_state", ["notice_id", "state", "version", "shown"], unique=False
        )
        batch_op.create_index("uq_notice_receipt_member", ["notice_id", "member_id"], unique=True)

    op.create_table(
        "notice_version",
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_notice_version_by_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_version_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_version")),
    )
    with op.batch_alter_table("notice_version", schema=None) as batch_op:
        batch_op.create_index("uq_notice_version_number", ["notice_id", "number"], unique=True)

    op.create_table(
        "pause_move",
        sa.Column("pause_id", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["pause_id"], ["pause.id"], name=op.f("fk_pause_move_pause_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause_move")),
    )
    with op.batch_alter_table("pause_move", schema=None) as batch_op:
        batch_op.create_index("ix_pause_move_pause_id", ["pause_id"], unique=False)

    op.create_table(
        "reachability_move",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("signal", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reachability_move_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reachability_move")),
    )
    with op.batch_alter_table("reachability_move", schema=None) as batch_op:
        batch_op.create_index("ix_reachability_move_account_id", ["account_id", "at"], unique=False)

    op.create_table(
        "request_move",
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_move_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_move")),
    )
    with op.batch_alter_table("request_move", schema=None) as batch_op:
        batch_op.create_index("ix_request_move_request_id", ["request_id", "at"], unique=False)

    op.create_table(
        "request_reply",
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("files_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_request_reply_by_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_reply_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_reply")),
    )
    with op.batch_alter_table("request_reply", schema=None) as batch_op:
        batch_op.create_index("ix_request_reply_request_id", ["request_id", "at"], unique=False)

    op.create_table(
        "request_viewer",
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("viewer_id", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_viewer_request_id")),
        sa.ForeignKeyConstraint(["viewer_id"], ["member.id"], name=op.f("fk_request_viewer_viewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_viewer")),
    )
    with op.batch_alter_table("request_viewer", schema=None) as batch_op:
        batch_op.create_index("ix_request_viewer_viewer_id", ["viewer_id"], unique=False)
        batch_op.create_index("uq_request_viewer_request_id", ["request_id", "viewer_id"], unique=True)

    op.create_table(
        "review_bundle_part",
        sa.Column("bundle_id", sa.BigInteger(), nullable=False),
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("data_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["bundle_id"], ["review_bundle.id"], name=op.f("fk_review_bundle_part_bundle_id")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_bundle_part_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_bundle_part")),
    )
    with op.batch_alter_table("review_bundle_part", schema=None) as batch_op:
        batch_op.create_index("ix_review_bundle_part_review_id", ["review_id"], unique=False)
        batch_op.create_index("uq_review_bundle_part_bundle_id", ["bundle_id", "position"], unique=True)

    op.create_table(
        "review_comment",
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_issue", sa.Boolean(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_comment_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comment")),
    )
    with op.batch_alter_table("review_comment", schema=None) as batch_op:
        batch_op.create_index("ix_review_comment_review_id", ["review_id", "version"], unique=False)

    op.create_table(
        "review_file",
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_file_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_file")),
    )
    with op.batch_alter_table("review_file", schema=None) as batch_op:
        batch_op.create_index("ix_review_file_review_id", ["review_id", "kind"], unique=False)

    op.create_table(
        "review_look",
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("reader_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["reader_id"], ["member.id"], name=op.f("fk_review_look_reader_id")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_look_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_look")),
    )
    with op.batch_alter_table("review_look", schema=None) as batch_op:
        batch_op.create_index("ix_review_look_review_id", ["review_id", "version"], unique=False)

    op.create_table(
        "review_move",
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_move_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_move")),
    )
    with op.batch_alter_table("review_move", schema=None) as batch_op:
        batch_op.create_index("ix_review_move_review_id", ["review_id", "at"], unique=False)

    op.create_table(
        "review_section",
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("marks", sa.String(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_section_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_section")),
    )
    with op.batch_alter_table("review_section", schema=None) as batch_op:
        batch_op.create_index("uq_review_section_review_id", ["review_id", "heading"], unique=True)

    op.create_table(
        "review_version",
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_version_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_version")),
    )
    with op.batch_alter_table("review_version", schema=None) as batch_op:
        batch_op.create_index("uq_review_version_review_id", ["review_id", "number"], unique=True)

    op.create_table(
        "ladder_alert",
        sa.Column("ladder_id", sa.BigInteger(), nullable=False),
        sa.Column("told_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["ladder_id"], ["ladder.id"], name=op.f("fk_ladder_alert_ladder_id")),
        sa.ForeignKeyConstraint(["told_id"], ["member.id"], name=op.f("fk_ladder_alert_told_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_alert")),
    )
    with op.batch_alter_table("ladder_alert", schema=None) as batch_op:
        batch_op.create_index("uq_ladder_alert_told", ["ladder_id", "told_id"], unique=True)

    op.create_table(
        "ladder_move",
        sa.Column("ladder_id", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["ladder_id"], ["ladder.id"], name=op.f("fk_ladder_move_ladder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_move")),
    )
    with op.batch_alter_table("ladder_move", schema=None) as batch_op:
        batch_op.create_index("ix_ladder_move_ladder_id", ["ladder_id", "at"], unique=False)
        batch_op.create_index("uq_ladder_move_rung", ["ladder_id", "rung"], unique=True)

    op.create_table(
        "letter_change",
        sa.Column("letter_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("before_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_change_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_change")),
    )
    with op.batch_alter_table("letter_change", schema=None) as batch_op:
        batch_op.create_index("ix_letter_change_letter_id", ["letter_id", "at"], unique=False)

    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest_day", sa.SmallInteger(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "next_digest_at",
                sa.DateTime(timezone=True),
                server_default="1970-01-01 00:00:00",
                nullable=True,
            )
        )
        batch_op.create_index(
            "ix_appointment_next_digest_at",
            ["next_digest_at"],
            unique=False,
            sqlite_where=sa.text("next_digest_at IS NOT NULL"),
            postgresql_where=sa.text("next_digest_at IS NOT NULL"),
        )

    with op.batch_alter_table("away", schema=None) as batch_op:
        batch_op.create_index(
            "ix_away_lost",
            ["id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NULL AND state IN ('active', 'lapsed', 'returning', 'waiting')"),
            postgresql_where=sa.text(
                "next_at IS NULL AND state IN ('active', 'lapsed', 'returning', 'waiting')"
            ),
        )

    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.add_column(sa.Column("phone_by", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("pattern_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("note_id", sa.BigInteger(), nullable=True))
        batch_op.create_index(
            "ix_checkin_lost",
            ["id"],
            unique=False,
            sqlite_where=sa.text(
                "next_at IS NULL AND state IN ('excused', 'late', 'nudged', 'open', 'scheduled')"
            ),
            postgresql_where=sa.text(
                "next_at IS NULL AND state IN ('excused', 'late', 'nudged', 'open', 'scheduled')"
            ),
        )
        batch_op.create_index(
            "ix_checkin_pattern_at",
            ["pattern_at"],
            unique=False,
            sqlite_where=sa.text("pattern_at IS NOT NULL"),
            postgresql_where=sa.text("pattern_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_checkin_untold",
            ["id"],
            unique=False,
            sqlite_where=sa.text("alert_at IS NULL AND alerted_at IS NULL AND state IN ('late')"),
            postgresql_where=sa.text("alert_at IS NULL AND alerted_at IS NULL AND state IN ('late')"),
        )

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("next_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_letter_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("grace_days", sa.SmallInteger(), nullable=True))

    with op.batch_alter_table("probation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_probation_lost",
            ["id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NULL AND state IN ('running')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('running')"),
        )

    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("topic", sa.String(), server_default="other", nullable=False))
        batch_op.add_column(sa.Column("urgency", sa.String(), server_default="normal", nullable=False))
        batch_op.add_column(sa.Column("is_private", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("promised_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("lapsed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("risen", sa.SmallInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("nudges", sa.SmallInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("next_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_request_lost",
            ["id"],
            unique=False,
            sqlite_where=sa.text("next_at IS NULL AND state IN ('open', 'proposed', 'taken')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('open', 'proposed', 'taken')"),
        )
        batch_op.create_index(
            "ix_request_next_at",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_request_owner_id",
            ["owner_id"],
            unique=False,
            sqlite_where=sa.text("owner_id IS NOT NULL"),
            postgresql_where=sa.text("owner_id IS NOT NULL"),
        )

    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ladder", sa.Text(), nullable=True))

    # letters from before: at the next tick the room's own rule says which of them are called to mind, and when
    op.execute("UPDATE letter SET next_at = CURRENT_TIMESTAMP WHERE answered_on IS NULL AND kind <> 'thanks'")


def downgrade() -> None:
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_column("ladder")

    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_request_owner_id",
            sqlite_where=sa.text("owner_id IS NOT NULL"),
            postgresql_where=sa.text("owner_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_request_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_request_lost",
            sqlite_where=sa.text("next_at IS NULL AND state IN ('open', 'proposed', 'taken')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('open', 'proposed', 'taken')"),
        )
        batch_op.drop_column("next_at")
        batch_op.drop_column("nudges")
        batch_op.drop_column("risen")
        batch_op.drop_column("proposed_at")
        batch_op.drop_column("lapsed_at")
        batch_op.drop_column("promised_on")
        batch_op.drop_column("is_private")
        batch_op.drop_column("urgency")
        batch_op.drop_column("topic")

    with op.batch_alter_table("probation", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_probation_lost",
            sqlite_where=sa.text("next_at IS NULL AND state IN ('running')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('running')"),
        )

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("grace_days")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_letter_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("next_at")

    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_checkin_untold",
            sqlite_where=sa.text("alert_at IS NULL AND alerted_at IS NULL AND state IN ('late')"),
            postgresql_where=sa.text("alert_at IS NULL AND alerted_at IS NULL AND state IN ('late')"),
        )
        batch_op.drop_index(
            "ix_checkin_pattern_at",
            sqlite_where=sa.text("pattern_at IS NOT NULL"),
            postgresql_where=sa.text("pattern_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_checkin_lost",
            sqlite_where=sa.text(
                "next_at IS NULL AND state IN ('excused', 'late', 'nudged', 'open', 'scheduled')"
            ),
            postgresql_where=sa.text(
                "next_at IS NULL AND state IN ('excused', 'late', 'nudged', 'open', 'scheduled')"
            ),
        )
        batch_op.drop_column("note_id")
        batch_op.drop_column("pattern_at")
        batch_op.drop_column("phone_by")

    with op.batch_alter_table("away", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_away_lost",
            sqlite_where=sa.text("next_at IS NULL AND state IN ('active', 'lapsed', 'returning', 'waiting')"),
            postgresql_where=sa.text(
                "next_at IS NULL AND state IN ('active', 'lapsed', 'returning', 'waiting')"
            ),
        )

    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_appointment_next_digest_at",
            sqlite_where=sa.text("next_digest_at IS NOT NULL"),
            postgresql_where=sa.text("next_digest_at IS NOT NULL"),
        )
        batch_op.drop_column("next_digest_at")
        batch_op.drop_column("digest_day")

    with op.batch_alter_table("letter_change", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_change_letter_id")

    op.drop_table("letter_change")
    with op.batch_alter_table("ladder_move", schema=None) as batch_op:
        batch_op.drop_index("uq_ladder_move_rung")
        batch_op.drop_index("ix_ladder_move_ladder_id")

    op.drop_table("ladder_move")
    with op.batch_alter_table("ladder_alert", schema=None) as batch_op:
        batch_op.drop_index("uq_ladder_alert_told")

    op.drop_table("ladder_alert")
    with op.batch_alter_table("review_version", schema=None) as batch_op:
        batch_op.drop_index("uq_review_version_review_id")

    op.drop_table("review_version")
    with op.batch_alter_table("review_section", schema=None) as batch_op:
        batch_op.drop_index("uq_review_section_review_id")

    op.drop_table("review_section")
    with op.batch_alter_table("review_move", schema=None) as batch_op:
        batch_op.drop_index("ix_review_move_review_id")

    op.drop_table("review_move")
    with op.batch_alter_table("review_look", schema=None) as batch_op:
        batch_op.drop_index("ix_review_look_review_id")

    op.drop_table("review_look")
    with op.batch_alter_table("review_file", schema=None) as batch_op:
        batch_op.drop_index("ix_review_file_review_id")

    op.drop_table("review_file")
    with op.batch_alter_table("review_comment", schema=None) as batch_op:
        batch_op.drop_index("ix_review_comment_review_id")

    op.drop_table("review_comment")
    with op.batch_alter_table("review_bundle_part", schema=None) as batch_op:
        batch_op.drop_index("uq_review_bundle_part_bundle_id")
        batch_op.drop_index("ix_review_bundle_part_review_id")

    op.drop_table("review_bundle_part")
    with op.batch_alter_table("request_viewer", schema=None) as batch_op:
        batch_op.drop_index("uq_request_viewer_request_id")
        batch_op.drop_index("ix_request_viewer_viewer_id")

    op.drop_table("request_viewer")
    with op.batch_alter_table("request_reply", schema=None) as batch_op:
        batch_op.drop_index("ix_request_reply_request_id")

    op.drop_table("request_reply")
    with op.batch_alter_table("request_move", schema=None) as batch_op:
        batch_op.drop_index("ix_request_move_request_id")

    op.drop_table("request_move")
    with op.batch_alter_table("reachability_move", schema=None) as batch_op:
        batch_op.drop_index("ix_reachability_move_account_id")

    op.drop_table("reachability_move")
    with op.batch_alter_table("pause_move", schema=None) as batch_op:
        batch_op.drop_index("ix_pause_move_pause_id")

    op.drop_table("pause_move")
    with op.batch_alter_table("notice_version", schema=None) as batch_op:
        batch_op.drop_index("uq_notice_version_number")

    op.drop_table("notice_version")
    with op.batch_alter_table("notice_receipt", schema=None) as batch_op:
        batch_op.drop_index("uq_notice_receipt_member")
        batch_op.drop_index("ix_notice_receipt_state")
        batch_op.drop_index(
            "ix_notice_receipt_say_at",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(
            "ix_notice_receipt_outbox_id",
            sqlite_where=sa.text("outbox_id IS NOT NULL"),
            postgresql_where=sa.text("outbox_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_notice_receipt_member_id")

    op.drop_table("notice_receipt")
    with op.batch_alter_table("name_granted", schema=None) as batch_op:
        batch_op.drop_index("uq_name_granted_person")
        batch_op.drop_index("ix_name_granted_member_id")

    op.drop_table("name_granted")
    with op.batch_alter_table("meeting_receipt", schema=None) as batch_op:
        batch_op.drop_index("uq_meeting_receipt_invitation_id")

    op.drop_table("meeting_receipt")
    with op.batch_alter_table("ladder", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_ladder_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_ladder_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_ladder_member_id")
        batch_op.drop_index(
            "ix_ladder_lost",
            sqlite_where=sa.text("next_at IS NULL AND state IN ('climbing', 'listed', 'taken')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('climbing', 'listed', 'taken')"),
        )
        batch_op.drop_index(
            "ix_ladder_cell_id",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("ladder")
    with op.batch_alter_table("join_link", schema=None) as batch_op:
        batch_op.drop_index("ix_join_link_invitation_id")

    op.drop_table("join_link")
    with op.batch_alter_table("conclusion_receipt", schema=None) as batch_op:
        batch_op.drop_index("uq_conclusion_receipt_conclusion_id")
        batch_op.drop_index("ix_conclusion_receipt_member_id")

    op.drop_table("conclusion_receipt")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index("ix_visit_cell_id")

    op.drop_table("visit")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_task_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_task_member_id")
        batch_op.drop_index("ix_task_meeting_id")
        batch_op.drop_index(
            "ix_task_lost",
            sqlite_where=sa.text("next_at IS NULL AND state IN ('open')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('open')"),
        )
        batch_op.drop_index("ix_task_cell_id")

    op.drop_table("task")
    with op.batch_alter_table("rhythm_offer", schema=None) as batch_op:
        batch_op.drop_index("ix_rhythm_offer_member_id")

    op.drop_table("rhythm_offer")
    with op.batch_alter_table("review_rating", schema=None) as batch_op:
        batch_op.drop_index("ix_review_rating_member_id")
        batch_op.drop_index("ix_review_rating_campaign_id")

    op.drop_table("review_rating")
    with op.batch_alter_table("review_bundle", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_review_bundle_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_review_bundle_campaign_id")

    op.drop_table("review_bundle")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index("uq_review_campaign_id")
        batch_op.drop_index(
            "ix_review_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_review_member_id")
        batch_op.drop_index("ix_review_cell_id")

    op.drop_table("review")
    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pause_open_member",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_pause_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_pause_member_id")
        batch_op.drop_index(
            "ix_pause_lost",
            sqlite_where=sa.text("next_at IS NULL AND state IN ('announced', 'running')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('announced', 'running')"),
        )

    op.drop_table("pause")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_unit_id")
        batch_op.drop_index(
            "ix_notice_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_notice_lost",
            sqlite_where=sa.text("next_at IS NULL AND state IN ('preparing', 'saying')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('preparing', 'saying')"),
        )

    op.drop_table("notice")
    with op.batch_alter_table("name_request", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_name_request_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_name_request_cell_id")

    op.drop_table("name_request")
    with op.batch_alter_table("meeting_paper", schema=None) as batch_op:
        batch_op.drop_index("ix_meeting_paper_meeting_id")

    op.drop_table("meeting_paper")
    with op.batch_alter_table("meeting_move", schema=None) as batch_op:
        batch_op.drop_index("ix_meeting_move_meeting_id")

    op.drop_table("meeting_move")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index("uq_invitation_meeting_id")
        batch_op.drop_index("ix_invitation_member_id")

    op.drop_table("invitation")
    with op.batch_alter_table("conclusion", schema=None) as batch_op:
        batch_op.drop_index("ix_conclusion_meeting_id")

    op.drop_table("conclusion")
    with op.batch_alter_table("campaign_move", schema=None) as batch_op:
        batch_op.drop_index("ix_campaign_move_campaign_id")

    op.drop_table("campaign_move")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index("ix_attendance_member_id")
        batch_op.drop_index("ix_attendance_meeting_id")

    op.drop_table("attendance")
    with op.batch_alter_table("standing_meeting", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_standing_meeting_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )

    op.drop_table("standing_meeting")
    with op.batch_alter_table("review_deletion", schema=None) as batch_op:
        batch_op.drop_index("uq_review_deletion_campaign_id")
        batch_op.drop_index("ix_review_deletion_cell_id")

    op.drop_table("review_deletion")
    with op.batch_alter_table("rating_figures", schema=None) as batch_op:
        batch_op.drop_index("ix_rating_figures_unit_id")

    op.drop_table("rating_figures")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_meeting_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_meeting_lost",
            sqlite_where=sa.text("next_at IS NULL AND state IN ('called', 'postponed', 'proposed')"),
            postgresql_where=sa.text("next_at IS NULL AND state IN ('called', 'postponed', 'proposed')"),
        )
        batch_op.drop_index(
            "ix_meeting_link_at",
            sqlite_where=sa.text("link_at IS NOT NULL"),
            postgresql_where=sa.text("link_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_meeting_cell_id")

    op.drop_table("meeting")
    with op.batch_alter_table("desk_watch", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_desk_watch_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )

    op.drop_table("desk_watch")
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_index("uq_campaign_cell_id")
        batch_op.drop_index(
            "ix_campaign_next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        )

    op.drop_table("campaign")
    with op.batch_alter_table("audit_run", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_run_at")

    op.drop_table("audit_run")
