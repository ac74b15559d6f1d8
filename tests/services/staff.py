"""An office that keeps a staff list: fixtures for those tests of the services that are about people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parindex_desktop.services import people
from parindex_desktop.services.people import NewPerson

if TYPE_CHECKING:
    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def office(scene: Scene) -> Office:
    return scene.office("ban-ho")


@pytest.fixture
def lan(office: Office) -> Person:
    return people.add(office, NewPerson("Nguyễn Thị Lan", "công chức Văn phòng – Thống kê", "Văn phòng"))


@pytest.fixture
def binh(office: Office) -> Person:
    return people.add(office, NewPerson("Trần Văn Bình", "Phó Chủ tịch"))
