"""People who share the machine, and their duties."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the two tables."""
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
