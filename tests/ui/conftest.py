"""What the tests of the window share."""

from __future__ import annotations

from tests.ui.offices import commune, copied, founded, kit, newcomer, province, second_machine

__all__ = ["commune", "copied", "founded", "kit", "newcomer", "province", "second_machine"]
