"""The migrations by name, so that a start that has nothing to migrate need not import Alembic."""

from __future__ import annotations

KNOWN = ("0001", "0002", "0003", "0004")
NEWEST = KNOWN[-1]
