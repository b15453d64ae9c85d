"""a refusal by its word: why a message reached nobody is kept as what it says of the chat, not in Telegram's English"""

from __future__ import annotations

from alembic import op

revision = "0029"
down_revision = "0028"

SAID = {
    "blocked": ("%blocked by the user%",),
    "deactivated": ("%deactivated%",),
    "no chat": ("%initiate conversation%", "%chat not found%"),
}


def upgrade() -> None:
    for word, sentences in SAID.items():
        for sentence in sentences:
            op.execute(
                f"UPDATE outbox SET error = '{word}' WHERE state = 'failed' AND lower(error) LIKE '{sentence}'"  # noqa: S608
            )


def downgrade() -> None:
    """Say it as the version before reads it."""
    for word, sentences in SAID.items():
        said = sentences[0].strip("%")
        op.execute(f"UPDATE outbox SET error = '{said}' WHERE state = 'failed' AND error = '{word}'")  # noqa: S608
