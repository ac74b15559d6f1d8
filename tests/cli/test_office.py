"""office: who this home's office is, and what its papers say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from parindex_desktop.services import paper_texts
from tests.offices import UNITS, key_code

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene


def test_an_office_is_shown_with_its_unit_and_key(parindex: Terminal, scene: Scene) -> None:
    office = scene.office("ban-ho")
    code = key_code(office)
    scene.close()
    scene.opened.clear()
    said = parindex("office", "show", home=office.home).out
    for words in ("Ủy ban nhân dân xã Bản Hồ", "Xã, phường, đặc khu", "03001", code):
        assert words in said
    told = parindex.json("office", "show", home=office.home)
    assert (told["level"], told["code"], told["key_code"]) == ("commune", "03001", code)
    assert told["enrolment"] == "enrolled"
    assert told["texts"]["title"] == "Chủ tịch"


def test_the_key_of_a_province_is_not_called_that_of_a_unit(parindex: Terminal, scene: Scene) -> None:
    assert "Mã khóa của tỉnh: " in parindex("office", "show", home=scene.home("province")).out


def test_an_office_without_a_kit_is_shown_too(parindex: Terminal, scene: Scene) -> None:
    told = parindex.json("office", "show", home=scene.home("stranger"))
    assert (told["unit"], told["code"], told["texts"], told["enrolment"]) == (None, None, {}, "no_kit")


@pytest.mark.parametrize("name", ["province", "ban-ho"])
def test_texts_of_the_papers_are_set_and_shown(parindex: Terminal, scene: Scene, name: str) -> None:
    home = scene.home(name)
    before = parindex.json("office", "show", home=home)["texts"]
    assert list(before) == list(paper_texts.TEXTS)
    assert (
        parindex.json("office", "text", "signer", "  Trần Thị  Bình ", home=home)["text"] == "Trần Thị Bình"
    )
    shown = parindex("office", "show", home=home).out
    assert "signer – Họ tên người ký: Trần Thị Bình" in shown
    assert parindex.json("office", "text", "title", "Giám đốc Sở", home=home)["text"] == "Giám đốc Sở"
    assert parindex.json("office", "text", "title", "", home=home)["text"] == before["title"]


def test_what_was_set_stands_on_the_paper(parindex: Terminal, scene: Scene, tmp_path: Path) -> None:
    home = scene.home("ban-ho-ready")
    assert parindex("office", "text", "signer", "X", home=home).code == "form.locked"
    assert parindex("office", "text", "seal", "X", home=home).code == "usage.arguments"
    assert parindex("office", "text", "signer", "x" * 301, home=home).code == "text.too_long"
    assert parindex("office", "text", "signer", "X", home=scene.home("stranger")).code == "kit.none_yet"
    parindex.json("report", "self-assessment", "-o", tmp_path / "bc.pdf", home=home)


def test_a_unit_is_removed_until_a_kit_has_gone_out_with_it(
    parindex: Terminal, scene: Scene, tmp_path: Path
) -> None:
    home = scene.home("province")
    book = openpyxl.Workbook()
    for row in (("Mã", "Tên", "Cấp"), ("03008", "Xã Nhầm", "xã"), ("03009", "Xã Đúng", "xã")):
        book.active.append(row)
    book.save(tmp_path / "units.xlsx")
    parindex.json("units", "import", tmp_path / "units.xlsx", home=home)
    assert parindex.json("units", "remove", "03008", home=home)["unit"]["name"] == "Xã Nhầm"
    assert [unit["code"] for unit in parindex.json("units", "list", home=home)["units"]] == [*UNITS, "03009"]
    assert parindex("units", "remove", "03008", home=home).code == "unit.unknown"
    parindex.json("kit", "export", "-o", tmp_path / "kit.cchc", home=home)
    assert parindex("units", "remove", "03009", home=home).code == "unit.went_out"
