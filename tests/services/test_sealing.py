"""A revision says exactly what it takes out of the working copy, whoever else is typing meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.assessments import answer_key
from parindex_desktop.services import filling, handing_over, kits, locking, register
from parindex_desktop.services.sealing import ChangedMeanwhile
from tests.offices import PASSPHRASE, answer, fill, holdings, leaf, quiet, revision_in

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def commune(scene: Scene) -> Office:
    return scene.office("ban-ho")


def noted(office: Office, form: filling.Form, code: str, text: str) -> filling.Form:
    return filling.set_text(office, form, leaf(form, code), "note", text)


@pytest.mark.parametrize("text", ["gõ ở trang khác", ""])
def test_what_another_page_wrote_before_the_revision_is_made_is_never_dropped(
    commune: Office, tmp_path: Path, text: str
) -> None:
    early = noted(commune, filling.open_form(commune), "1.3", "lần một")
    noted(commune, filling.open_form(commune), "1.3", text)
    before = holdings(commune.home)
    with pytest.raises(ChangedMeanwhile):
        handing_over.export_draft(commune, early, PASSPHRASE, tmp_path / "nhap.cchc")
    assert holdings(commune.home) == before
    assert list(tmp_path.glob("*.cchc")) == []
    now = filling.open_form(commune)
    assert now.sheet("1.3").note == text
    handing_over.export_draft(commune, now, PASSPHRASE, tmp_path / "nhap.cchc")


def test_a_hand_over_is_what_was_signed_though_another_page_unlocked_it(scene: Scene, tmp_path: Path) -> None:
    commune = scene.office("ban-ho-ready")
    signed = filling.open_form(commune)
    locking.unlock(commune, filling.open_form(commune), "Sửa số liệu")
    with pytest.raises(ChangedMeanwhile):
        handing_over.hand_over(commune, signed, PASSPHRASE, tmp_path / "a.cchc")
    assert filling.open_form(commune).assessment.lock is None


def test_what_is_typed_while_the_file_is_written_stays_and_is_no_difference(
    commune: Office, tmp_path: Path
) -> None:
    form = noted(commune, filling.open_form(commune), "1.2", "lần một")
    form = noted(commune, form, "2.1", "sẽ xóa")
    typed: list[filling.Form] = []

    def typing(_done: int, _total: int) -> None:
        if not typed:
            typed.append(noted(commune, form, "1.2", "gõ trong lúc ghi"))
            typed.append(noted(commune, form, "2.1", ""))

    handing_over.export_draft(commune, form, PASSPHRASE, tmp_path / "nhap.cchc", typing)
    written = revision_in(tmp_path / "nhap.cchc")
    assert written.entries[answer_key(leaf(form, "1.2").id, "note")].value == "lần một"
    now = filling.open_form(commune)
    assert now.assessment.unsettled == ()
    assert (now.sheet("1.2").note, now.sheet("2.1").note) == ("gõ trong lúc ghi", "")


def test_a_form_that_was_opened_earlier_changes_only_what_it_is_told_to(commune: Office) -> None:
    early = filling.open_form(commune)
    answer(commune, filling.open_form(commune), "1.3", count="4")
    now = noted(commune, early, "1.2", "ghi chú")
    assert now.sheet("1.3").answer.inputs == {"count": "4"}
    assert now.assessment == filling.open_form(commune).assessment


def test_a_form_that_was_opened_before_the_figures_were_locked_changes_nothing(commune: Office) -> None:
    early = filling.open_form(commune)
    locking.lock(commune, fill(commune, filling.open_form(commune)), "Chưa đủ")
    before = holdings(commune.home)
    with pytest.raises(filling.FormLocked):
        noted(commune, early, "1.2", "ghi chú")
    assert holdings(commune.home) == before


def test_a_kit_holds_all_that_the_register_says(scene: Scene, tmp_path: Path) -> None:
    province = scene.office("province")
    register.add_units(province, [register.NewUnit("03009", "Xã chín", register.Level.COMMUNE)])
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    names = [
        entry.value for key, entry in revision_in(tmp_path / "kit.cchc").entries.items() if key[:5] == "unit/"
    ]
    assert "Xã chín" in str(names)
    assert kits.kit_status(province).changes == {}
