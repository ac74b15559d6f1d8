"""Tests of pages run in a dressed application."""

from __future__ import annotations

from tests.ui.dressed import dressed

__all__ = ["dressed"]
