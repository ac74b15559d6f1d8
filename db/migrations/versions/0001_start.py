"""The first shape: office, series of revisions, seals, evidence, working copy, arrivals, journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "evidence",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("stored", sa.String(length=27), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_evidence_size")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_evidence")),
    )
    op.create_table(
        "journal",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_journal")),
        sa.UniqueConstraint("digest", name=op.f("uq_journal_digest")),
    )
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=36), nullable=True),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("anchor", sa.String(length=64), nullable=True),
        sa.Column("period", sa.String(length=4), nullable=True),
        sa.Column("created", sa.String(length=27), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_office_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("author", sa.String(length=36), nullable=False),
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint(
            "kind", "author", "period", "subject", name=op.f("uq_series_kind_author_period_subject")
        ),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "edit",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_edit_series_id_series")),
        sa.PrimaryKeyConstraint("series_id", "key", name=op.f("pk_edit")),
    )
    op.create_table(
        "evidence_origin",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"], ["evidence.sha256"], name=op.f("fk_evidence_origin_sha256_evidence")
        ),
        sa.PrimaryKeyConstraint("sha256", "author", name=op.f("pk_evidence_origin")),
    )
    op.create_table(
        "revision",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("held", sa.String(length=27), nullable=False),
        sa.CheckConstraint("state IN ('final', 'draft')", name=op.f("ck_revision_state")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_revision_sequence")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_revision_series_id_series")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_revision")),
    )
    op.create_index(op.f("ix_revision_series_id"), "revision", ["series_id"], unique=False)
    op.create_table(
        "arrival",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=36), nullable=True),
        sa.Column("revision", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["revision"], ["revision.digest"], name=op.f("fk_arrival_revision_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
    )
    op.create_index(op.f("ix_arrival_author"), "arrival", ["author"], unique=False)
    op.create_table(
        "seal",
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.Column("claimed", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["revision"], ["revision.digest"], name=op.f("fk_seal_revision_revision")),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_seal")),
    )
