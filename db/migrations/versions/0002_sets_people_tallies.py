"""Drafts of criteria sets, people and their duties, and what each self-assessment comes to."""

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
        sa.Column("made_of", sa.String(length=64), nullable=False),
        sa.Column("criteria_set", sa.String(length=64), nullable=False),
        sa.Column("engine", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_tally_series_id_series")),
        sa.PrimaryKeyConstraint("series_id", name=op.f("pk_tally")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("pin", sa.LargeBinary(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "duty",
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("criterion", sa.String(length=128), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=True),
        sa.Column("room", sa.Text(), nullable=False),
        sa.CheckConstraint("(person IS NULL) = (room <> '')", name=op.f("ck_duty_one_of_two")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_duty_person_person")),
        sa.PrimaryKeyConstraint("period", "criterion", name=op.f("pk_duty")),
    )
