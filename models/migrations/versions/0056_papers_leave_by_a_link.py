"""papers leave by a link of their own"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    with op.batch_alter_table("page_link", schema=None) as batch_op:
        batch_op.add_column(sa.Column("papers_of", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("volume", sa.SmallInteger(), server_default="0", nullable=False))
        batch_op.create_foreign_key(batch_op.f("fk_page_link_papers_of"), "member", ["papers_of"], ["id"])


def downgrade() -> None:
    op.execute("DELETE FROM page_link WHERE papers_of IS NOT NULL")  # else they would open a page
    with op.batch_alter_table("page_link", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_page_link_papers_of"), type_="foreignkey")
        batch_op.drop_column("volume")
        batch_op.drop_column("papers_of")
