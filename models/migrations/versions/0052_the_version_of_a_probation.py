"""the version of the rules under which a probation was begun"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    with op.batch_alter_table("probation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version_id", sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_probation_version_id"), "rule_version", ["version_id"], ["id"]
        )
    # what was begun since versions are known was begun under the one by which open cases were counted then
    op.execute(
        "UPDATE probation SET version_id = (SELECT id FROM rule_version WHERE turned_at <= probation.opened_at"
        " ORDER BY turned_at DESC, id DESC LIMIT 1)"
    )


def downgrade() -> None:
    with op.batch_alter_table("probation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_probation_version_id"), type_="foreignkey")
        batch_op.drop_column("version_id")
