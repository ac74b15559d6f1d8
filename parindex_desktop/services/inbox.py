"""The inbox: everything that somebody tried to take in, with its outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.office import arrivals

if TYPE_CHECKING:
    from db.office import Arrival
    from parindex_desktop.services.homes import Office


def inbox(office: Office) -> list[Arrival]:
    """Every arrival, newest first."""
    with office.read() as session:
        return arrivals(session)
