"""What commands say, in words that fit who reads them and where the work stands."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.cli.commands import parser_in
from resources import Language
from tests.offices import light_keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene


def options(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """Everything that can be given to any command, with what its help says."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from options(below)
        else:
            yield f"{parser.prog} {action.option_strings or action.dest}", action.help or ""


def test_every_argument_is_told_in_the_language_of_the_reader() -> None:
    said = dict(options(parser_in(Language.VI)))
    english = dict(options(parser_in(Language.EN)))
    silent = {name for name, words in said.items() if not words}
    # “-h” is argparse's own, which asks gettext when a parser is made.
    untranslated = {name for name, words in said.items() if words == english[name] and "--help" not in name}
    assert (silent, untranslated) == (set(), set())


@pytest.mark.parametrize("typed", ["hai", "-1", "9" * 40])
def test_a_number_of_a_list_is_asked_for_without_the_words_of_programmers(
    parindex: Terminal, typed: str
) -> None:
    ran = parindex("differences", "settle", "answer/x/figures", typed)
    assert (ran.status, ran.code) == (2, "usage.arguments")
    assert "int" not in ran.err.split()


def test_a_kit_is_not_handed_over(parindex: Terminal, scene: Scene) -> None:
    home, kit = scene.home("stranger"), scene.file("kit.cchc")
    code = parindex.json("kit", "export", "-o", kit, home=scene.home("province"))["key_code"]
    parindex.json("kit", "import", kit, "--trust", code, home=home)
    parindex("import", kit, home=home)
    for language in Language:
        said = parindex("--lang", language.value, "inbox", "list", home=home).out.splitlines()
        again, first = said
        assert not any(words in first for words in ("Nộp", "Handed over"))
        assert ("First kit of the province" in first) is (language is Language.EN)
        assert again != first
    arrivals = parindex.json("inbox", "list", home=home)["arrivals"]
    assert {each["kind"] for each in arrivals} == {"kit"}


def test_kits_and_hand_overs_of_one_batch_are_counted_apart(parindex: Terminal, scene: Scene) -> None:
    folder = scene.folder / "stick"
    folder.mkdir()
    for name in ("kit.cchc", "ban-ho-1.cchc"):
        (folder / name).write_bytes(scene.file(name).read_bytes())
    said = parindex("--lang", "en", "import", folder, home=scene.home("province")).out.splitlines()
    assert said[-1] == "Handed over for the first time: 1; Already taken in: 1"


def test_what_in_a_folder_is_no_bundle_is_told(parindex: Terminal, scene: Scene) -> None:
    folder = scene.folder / "stick"
    folder.mkdir()
    (folder / "ban-ho.cchc").write_bytes(scene.file("ban-ho-1.cchc").read_bytes())
    for name in ("a.docx", "b.docx", "readme", "nested.zip"):
        (folder / name).write_bytes(b"x")
    home = scene.home("province")
    told = parindex.json("import", "--dry-run", folder, home=home)
    assert told["passed_over"] == {"docx": 2, "": 1, "zip": 1}
    assert told["unread"] == []
    last = parindex("--lang", "en", "import", folder, home=home).out.splitlines()[-1]
    assert last.endswith("no bundles: 4 file(s) (2 .docx; 1; 1 .zip).")
    assert "no bundles" not in parindex("--lang", "en", "import", folder / "ban-ho.cchc", home=home).out


def test_a_year_is_listed_with_its_deadline(parindex: Terminal, tmp_path: Path) -> None:
    with light_keys():
        parindex.json("init", "--level", "province", "--name", "Tỉnh", home=tmp_path / "tinh")
    parindex.options += ["--home", str(tmp_path / "tinh")]
    shipped = parindex.json("criteria", "list")["shipped"][0]
    digest = parindex.json("criteria", "import", shipped)["set"]["digest"]
    parindex.json("period", "open", "2026", "--criteria", digest)
    assert parindex.json("period", "list")["periods"][0]["until"] is None
    assert "without a deadline" in parindex("--lang", "en", "period", "list").out
    parindex.json("period", "open", "2026", "--criteria", digest, "--until", "15/12/2026")
    assert parindex.json("period", "list")["periods"][0]["until"] == "2026-12-15"
    assert "15/12/2026" in parindex("period", "list").out


@pytest.mark.parametrize(
    ("office", "stage", "words"),
    [
        ("ban-ho", "filling", "Self-scoring"),
        ("ban-ho-ready", "signed", "Signed, to be handed over"),
        ("ban-ho-handed-over", "handed_over", "Handed over (hand-over 2)"),
    ],
)
def test_the_form_says_how_far_it_has_come(
    parindex: Terminal, scene: Scene, office: str, stage: str, words: str
) -> None:
    home = scene.home(office)
    assert parindex.json("form", "show", home=home)["stage"] == stage
    assert parindex("--lang", "en", "form", "show", home=home).out.splitlines()[-1].endswith(f", {words}.")


def test_after_the_hand_over_a_change_is_work_again(parindex: Terminal, scene: Scene) -> None:
    home = scene.home("ban-ho-handed-over")
    parindex.json("unlock", "--reason", "Bổ sung", home=home)
    assert parindex.json("form", "show", home=home)["stage"] == "filling"


def test_what_is_open_is_not_opened_again(parindex: Terminal, scene: Scene) -> None:
    ran = parindex("--lang", "en", "unlock", "--reason", "x", home=scene.home("ban-ho"))
    assert (ran.status, ran.code) == (3, "lock.already_open")
    assert "signed" not in ran.err


def test_the_province_is_not_told_to_open_a_kit(parindex: Terminal, scene: Scene) -> None:
    home = scene.home("province")
    for command in (["form", "check"], ["form", "show"], ["lock"]):
        ran = parindex(*command, home=home)
        assert (ran.status, ran.code) == (3, "period.province_not_assessed")
    for command in (["report", "self-summary", "-o", scene.folder / "th.pdf"],):
        ran = parindex("--period", "2031", *command, home=home)
        assert (ran.status, ran.code) == (3, "period.not_open")


def test_before_any_year_is_open_the_province_is_told_so(parindex: Terminal, tmp_path: Path) -> None:
    home = tmp_path / "tinh"
    with light_keys():
        parindex.json("init", "--level", "province", "--name", "Tỉnh", home=home)
    assert parindex("--lang", "en", "period", "list", home=home).out == "No year is open yet.\n"
    assert parindex("report", "self-summary", "-o", tmp_path / "th.pdf", home=home).code == "period.none_open"
    assert parindex("form", "check", home=home).code == "period.province_not_assessed"


def test_a_check_does_not_count_kits_as_hand_overs(parindex: Terminal, scene: Scene) -> None:
    said = parindex("check", home=scene.home("stranger")).out
    assert "Bản đã ký (bản nộp, bản nháp, kit): 0." in said
    assert "Bản đã ký (bản nộp, bản nháp, kit): 1." in parindex("check", home=scene.home("ban-ho")).out
