"""A commune whose machine three officers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parindex_desktop.services import people
from parindex_desktop.services.people import NewPerson
from tests.ui.dressed import dressed

if TYPE_CHECKING:
    from parindex_desktop.services.homes import Office

__all__ = ["dressed"]


@pytest.fixture
def shared(commune: Office) -> Office:
    """Its list: Bình, Lan (with the PIN 2468), Páo; in this order."""
    for name, title, room in (
        ("Nguyễn Thị Lan", "công chức Văn phòng – Thống kê", "Văn phòng"),
        ("Trần Văn Bình", "Phó Chủ tịch", ""),
        ("Giàng A Páo", "công chức Địa chính", "Phòng Kinh tế"),
    ):
        people.add(commune, NewPerson(name, title, room))
    people.set_pin(commune, people.find(commune, "Nguyễn Thị Lan"), "2468")
    return commune
