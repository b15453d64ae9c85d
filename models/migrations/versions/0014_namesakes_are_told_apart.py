"""namesakes are told apart"""

from __future__ import annotations

from collections import Counter, defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("apart", sa.String(), server_default="", nullable=False))
        batch_op.create_index("ix_member_folded", ["folded", "cell_id"], unique=False)
    _tell_apart()


def _tell_apart() -> None:
    """Year of birth, and a letter where it is the same or not known; exact spelling, since that is what is read."""
    member = sa.table(
        "member",
        sa.column("id", sa.BigInteger),
        sa.column("cell_id", sa.BigInteger),
        sa.column("full_name", sa.String),
        sa.column("birth_year", sa.SmallInteger),
        sa.column("apart", sa.String),
    )
    people = sa.select(member.c.id, member.c.cell_id, member.c.full_name, member.c.birth_year)
    groups = defaultdict(list)
    for row in op.get_bind().execute(people.order_by(member.c.id)):
        groups[row.cell_id, row.full_name.lower()].append(row)
    for group in groups.values():
        years, letters = Counter(row.birth_year for row in group), iter(range(len(group)))
        for row in group if len(group) > 1 else ():
            year = str(row.birth_year or "")
            alone = year and years[row.birth_year] == 1
            mark = year if alone else ", ".join(part for part in (year, _letter(next(letters))) if part)
            op.execute(member.update().where(member.c.id == row.id).values(apart=mark))


def _letter(at: int) -> str:
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def downgrade() -> None:

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index("ix_member_folded")
        batch_op.drop_column("apart")
