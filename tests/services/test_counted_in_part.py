"""A unit whose figures are not those of a whole year says so in its form and on its paper, and to the province."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.succession import comparison
from parindex_desktop.domain.unit_changes import described
from parindex_desktop.services import ending_units, filling, kits, receiving, register, reporting
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
    form = filling.open_form(office)
    assert (form.counted_in_part, form.beside_last_year, form.beside_last_year_in_brief) == (None, None, None)
    paper = reporting.write_report(office, Kind.SELF_ASSESSMENT, tmp_path / "bc.pdf")
    assert "Số liệu tính" not in flat("".join(pages(paper)))


def test_what_took_in_another_reads_on_its_own_machine_what_the_province_reads(
    scene: Scene, tmp_path: Path
) -> None:
    province, office = scene.office("province"), scene.office("ban-ho")
    ending_units.end_units(province, ending_units.Ending(("03002",), dt.date(2026, 6, 30), ("03001",)))
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    receiving.take_in(office, [tmp_path / "kit.cchc"])
    form = filling.open_form(office)
    kit = register.current_kit(province)
    assert form.beside_last_year == comparison(kit.units, kit.unit_of_code("03001"), int(form.year))
    assert form.beside_last_year_in_brief is not None
    assert say(form.beside_last_year_in_brief, Language.VI) == "Không so sánh được với năm 2025"


def test_a_year_that_is_counted_in_part_can_be_compared_only_in_part(formed: Scene) -> None:
    brief = filling.open_form(formed.office("ban-ho")).beside_last_year_in_brief
    assert brief is not None
    assert say(brief, Language.VI) == "Chỉ so sánh được một phần với năm 2025"
