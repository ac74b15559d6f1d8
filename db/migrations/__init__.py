"""Alembic migrations of an office's database."""
