"""form: what an office enters in its self-assessment, refused whole or kept whole; export says where it went."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.cli import forms
from parindex_desktop.services import kits
from parindex_desktop.services.ending_units import Ending, end_units
from tests.offices import PASSPHRASE, content_of, quiet
from tests.papers import flat, pages

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene


def test_one_content_under_two_names_is_refused_before_anything_is_written(
    parindex: Terminal, scene: Scene
) -> None:
    home = scene.home("ban-ho")
    first, second = scene.evidence("báo cáo.pdf"), scene.evidence("bản sao.pdf")
    before = content_of(home)
    figures = ("form", "answer", "1.2", "--input", "numerator=19", "--input", "denominator=20")
    both = parindex(*figures, "--evidence", first, "--evidence", second, home=home)
    assert (both.status, both.code) == (3, "document.attached_already")
    assert "“bản sao.pdf”" in both.err
    assert content_of(home) == before
    parindex.json(*figures, "--evidence", first, home=home)
    again = parindex(*figures, "--evidence", second, home=home)
    assert again.code == "document.attached_already"
    assert "“báo cáo.pdf”" in again.err
    assert parindex.json(*figures, "--evidence", first, home=home)["answer"]["documents"] == 1


@pytest.mark.parametrize("name", ["difficulties", "proposals"])
def test_the_texts_of_the_annex_are_set_shown_and_printed(
    parindex: Terminal, scene: Scene, tmp_path: Path, name: str
) -> None:
    home = scene.home("ban-ho")
    said = "Thường xuyên mất điện, đường truyền chưa ổn định."
    assert parindex.json("form", "text", name, said, home=home)["text"] == said
    assert parindex.json("form", "show", home=home)["texts"][name] == said
    assert said in parindex("form", "show", home=home).out
    parindex.json("report", "self-assessment", "-o", tmp_path / "a.pdf", home=home)
    assert said in flat(" ".join(pages(tmp_path / "a.pdf")))
    assert parindex.json("form", "text", name, "", home=home)["text"] == ""
    assert parindex("form", "text", name, "x" * 20_001, home=home).code == "text.too_long"
    assert parindex("form", "text", "signer", "x", home=home).status == 2
    locked = scene.home("ban-ho-ready")
    assert parindex("form", "text", name, said, home=locked).code == "form.locked"


@pytest.mark.parametrize("on_stick", [True, False])
def test_only_of_a_stick_it_is_said_that_it_may_be_removed(
    parindex: Terminal, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on_stick: bool
) -> None:
    if on_stick:
        monkeypatch.setattr(forms, "on_one_disk", lambda *_: False)
    ran = parindex("--lang", "en", "export", "-o", tmp_path, home=scene.home("ban-ho-ready"))
    assert "was written, read back and compared." in ran.out
    assert ("stick may be removed" in ran.out) is on_stick


def test_what_took_in_another_reads_that_its_years_cannot_be_compared(
    parindex: Terminal, scene: Scene, tmp_path: Path
) -> None:
    province, home = scene.office("province"), scene.home("ban-ho")
    end_units(province, Ending(("03002",), dt.date(2026, 6, 30), ("03001",)))
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    parindex.json("import", tmp_path / "kit.cchc", home=home)
    said = "So 2026 với 2025: không so sánh được: đã nhận sáp nhập Ủy ban nhân dân xã Tả Van"
    assert said in parindex("form", "show", home=home).out
    assert parindex.json("form", "show", home=home)["beside_last_year"]["message"] == said
    other = parindex.json("form", "show", home=scene.home("ta-van"))
    assert other["beside_last_year"] is None
