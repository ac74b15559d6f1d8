"""What a draft of a criteria set, begun with a published table, still has to be looked at for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column."""
    op.add_column("set_draft", sa.Column("doubts", sa.Text(), nullable=True))
