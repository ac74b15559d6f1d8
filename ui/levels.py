"""The kinds of offices, as lists and dialogs name them."""

from __future__ import annotations

from typing import Final

from parindex_desktop.domain.units import Level
from resources import msgid

LEVELS: Final = {
    Level.PROVINCE: msgid("Province"),
    Level.DEPARTMENT: msgid("Department"),
    Level.DISTRICT: msgid("District"),
    Level.COMMUNE: msgid("Commune"),
    Level.CENTRAL: msgid("Central agency in the province"),
}
