"""A unit whose figures are not those of a whole year says so in its form and on its paper, and to the province."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.unit_changes import described
from parindex_desktop.services import filling, kits, receiving, register, reporting
from parindex_desktop.services.reporting import Kind
from resources import Language, say
from tests.offices import PASSPHRASE, quiet
from tests.papers import flat, pages

if TYPE_CHECKING:
    from pathlib import Path

    from tests.offices import Scene

SAID = "Số liệu tính từ 01/07/2026 đến 31/12/2026"


@pytest.fixture
def formed(scene: Scene, tmp_path: Path) -> Scene:
    """Bản Hồ is counted from the first of July, and its office knows."""
    province = scene.office("province")
    units = register.current_kit(province).units
    unit = register.current_kit(province).unit_of_code("03001")
    register.add_units(province, [replace(described(units, unit), counted_from=dt.date(2026, 7, 1))])
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    receiving.take_in(scene.office("ban-ho"), [tmp_path / "kit.cchc"])
    return scene


def test_it_stands_in_the_form_and_on_the_paper(formed: Scene, tmp_path: Path) -> None:
    office = formed.office("ban-ho")
    counted = filling.open_form(office).counted_in_part
    assert counted is not None
    assert say(counted, Language.VI) == SAID
    paper = reporting.write_report(office, Kind.SELF_ASSESSMENT, tmp_path / "bc.pdf")
    assert f"{SAID}." in flat("".join(pages(paper)))


def test_of_a_whole_year_nothing_is_said(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ta-van")
    assert filling.open_form(office).counted_in_part is None
    paper = reporting.write_report(office, Kind.SELF_ASSESSMENT, tmp_path / "bc.pdf")
    assert "Số liệu tính" not in flat("".join(pages(paper)))
