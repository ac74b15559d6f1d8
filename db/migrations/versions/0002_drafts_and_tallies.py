"""Drafts of criteria sets; what each self-assessment comes to, kept beside its revisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "set_draft",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tree", sa.Text(), nullable=False),
        sa.Column("based_on", sa.String(length=64), nullable=True),
        sa.Column("changed", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_draft")),
    )
    op.create_table(
        "tally",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("criteria_set", sa.String(length=64), nullable=False),
        sa.Column("engine", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_tally_series_id_series")),
        sa.PrimaryKeyConstraint("series_id", name=op.f("pk_tally")),
    )
