"""papers as they were filed

What was filed or sent before stays without its copy: it is made again from what is still known of its day.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("filing_move", sa.Column("filed_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("letter", sa.Column("paper_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("letter") as batch_op:
        batch_op.drop_column("paper_sealed")
    with op.batch_alter_table("filing_move") as batch_op:
        batch_op.drop_column("filed_sealed")
