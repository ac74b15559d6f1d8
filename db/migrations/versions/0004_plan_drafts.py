"""Drafts of plans, which no kit and no report carries before they are issued."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "plan_draft",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("tree", sa.Text(), nullable=False),
        sa.Column("changed", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan_draft"),
    )
