"""Exit status of every command, as design and the guide have it."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
"""Also where the thing was held already, or is older than what is held."""

BUG: Final = 1
WRONG_USAGE: Final = 2

REFUSED: Final = 3
"""Something was refused, or the machine could not; each is named."""

DIFFERENCES: Final = 4
"""Differences wait, and nothing was refused."""

CANCELLED: Final = 130
