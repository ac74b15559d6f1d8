"""Two machines of one office on the command line: what a draft is called, and figures that are open again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parindex_desktop.services import filling, handing_over, locking, receiving
from resources import Language, say
from tests.offices import PASSPHRASE, answer, close_and_sign, fill, hand_over, leaf

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene


@pytest.mark.parametrize("lang", list(Language))
def test_a_draft_is_not_called_a_hand_over(
    parindex: Terminal, scene: Scene, tmp_path: Path, lang: Language
) -> None:
    one, two = scene.home("ban-ho"), scene.home("ban-ho-2")
    parindex.options = ["--lang", lang.value]
    parindex.json("export", "--draft", "-o", tmp_path / "nhap.cchc", home=one)
    words = say("Draft of this office's other machine", lang)
    said = [
        parindex("import", "--dry-run", tmp_path / "nhap.cchc", home=two).out,
        parindex("import", tmp_path / "nhap.cchc", home=two).out,
        parindex("inbox", "list", home=two).out,
    ]
    assert all(words in each for each in said)
    assert say("draft", lang) in parindex("verify", tmp_path / "nhap.cchc", home=two).out
    for each in said:
        assert not any(handed in each for handed in ("Nộp lần", "nộp lần", "hand-over", "Handed over"))
    assert parindex.json("inbox", "list", home=two)["arrivals"][0]["draft"] is True


def test_a_value_of_a_draft_comes_from_a_draft(parindex: Terminal, scene: Scene, tmp_path: Path) -> None:
    one, two = scene.office("ban-ho"), scene.office("ban-ho-2")
    for office, note in ((one, "máy một"), (two, "máy hai")):
        form = filling.open_form(office)
        form = filling.set_text(office, form, leaf(form, "1.2"), "note", note)
    _, draft = handing_over.export_draft(two, form, PASSPHRASE, tmp_path)
    receiving.take_in(one, [draft.target])
    scene.close()
    scene.opened.clear()
    listed = parindex("differences", "list", home=one.home)
    assert listed.status == 4
    assert "bản nháp, ký" in listed.out
    assert "nộp lần" not in listed.out


def test_that_figures_are_open_again_is_told_wherever_they_are_looked_at(
    parindex: Terminal, scene: Scene, tmp_path: Path
) -> None:
    one, two = scene.office("ban-ho-handed-over"), scene.office("ban-ho-2")
    receiving.take_in(two, [scene.file("ban-ho-1.cchc")])
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    answer(two, form, "1.3", count="1")
    other = hand_over(two, tmp_path / "two.cchc")
    scene.close()
    scene.opened.clear()
    parindex.options = ["--lang", "en"]
    words = "The figures are open again"
    for command in (["form", "show"], ["form", "check"], ["import", "--dry-run", other]):
        assert words not in parindex(*command, home=one.home).out
    imported = parindex("import", other, home=one.home)
    assert words in imported.out.splitlines()[-1]
    for command in (["form", "show"], ["form", "check"]):
        assert words in parindex(*command, home=one.home).out.splitlines()[-1]
        assert parindex("--json", *command, home=one.home).data["reopened"]["code"] == "form.reopened"
    assert words not in parindex("import", other, home=one.home).out  # it was told; nothing new came


def test_what_the_province_takes_in_opens_nothing_of_its_own(parindex: Terminal, scene: Scene) -> None:
    told = parindex.json("import", scene.file("ban-ho-1.cchc"), home=scene.home("province"))
    assert told["reopened"] is None


def test_the_key_is_told_before_the_passphrase_is_asked(
    parindex: Terminal, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office with the kit whose key nobody has enrolled, and no passphrase to be had."""
    stranger = scene.office("stranger")
    code = parindex.json("kit", "export", "-o", scene.folder / "kit.cchc", home=scene.home("province"))[
        "key_code"
    ]
    receiving.take_in(stranger, [scene.folder / "kit.cchc"], trust=code)
    home = stranger.home
    scene.close()
    scene.opened.clear()
    parindex.json("units", "claim", "03003", home=home)
    monkeypatch.delenv("PARINDEX_PASSPHRASE")
    for options in ([], ["--draft"]):
        ran = parindex("export", *options, "-o", scene.folder / "x.cchc", home=home)
        assert ran.code == ("enrol.not_enrolled" if options else "lock.not_locked")
    office = scene.office("stranger")
    close_and_sign(office, fill(office, filling.open_form(office)))
    scene.close()
    scene.opened.clear()
    assert parindex("export", "-o", scene.folder / "x.cchc", home=home).code == "enrol.not_enrolled"


def test_the_same_file_again_needs_no_passphrase_and_has_the_same_content_code(
    parindex: Terminal, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, province = scene.home("ban-ho-ready"), scene.home("province")
    first = parindex("export", "-o", scene.folder / "a.cchc", home=home)
    monkeypatch.delenv("PARINDEX_PASSPHRASE")
    again = parindex.json("export", "-o", scene.folder / "b.cchc", home=home)
    assert (scene.folder / "a.cchc").read_bytes() == (scene.folder / "b.cchc").read_bytes()
    assert again["content_code"] in first.out
    assert again["content_code"].replace(" ", "") == again["revision"]
    (taken,) = parindex.json("import", scene.folder / "a.cchc", home=province)["bundles"]
    assert taken["revision"] == again["revision"]
    parindex.json("kit", "export", "-o", scene.folder / "kit.cchc", home=province)
