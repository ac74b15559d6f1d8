"""The command line itself: help in both languages, exit statuses, one JSON object, no traceback whatever is typed."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parindex_desktop import __version__
from parindex_desktop.cli.commands import parser_in
from parindex_desktop.cli.main import main
from resources import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.running import Terminal
    from tests.offices import Scene

ROOT = Path(__file__).resolve().parent.parent.parent


def commands(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and its actions."""
    yield path
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from commands(below, (*path, name))


COMMANDS = list(commands(parser_in(Language.EN)))


def test_all_of_the_design_is_there() -> None:
    names = {path[0] for path in COMMANDS if path}
    assert names >= {
        "gui", "demo", "init", "office", "enrol", "units", "criteria", "period", "kit", "form", "lock", "unlock",
        "signed", "export", "verify", "import", "inbox", "differences", "report", "journal", "check",
    }  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_tells_its_use_in_both_languages(parindex: Terminal, command: tuple[str, ...]) -> None:
    said = {}
    for language in Language:
        ran = parindex("--lang", language.value, *command, "--help")
        assert (ran.status, ran.err) == (0, "")
        assert "--help" in ran.out
        said[language] = ran.out
    assert said[Language.VI] != said[Language.EN]
    assert "usage:" not in said[Language.VI]


@pytest.mark.parametrize("command", [path for path in COMMANDS if path], ids=" ".join)
def test_every_command_has_a_word_about_it_in_the_list_above(command: tuple[str, ...]) -> None:
    parser = parser_in(Language.VI)
    for name in command:
        (subparsers,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
        assert {each.dest: each.help for each in subparsers._choices_actions}[name]
        parser = subparsers.choices[name]


def test_the_version_is_told(parindex: Terminal) -> None:
    assert parindex("--version").out == f"parindex {__version__}\n"


WRONG = {
    "no such command": ["frobnicate"],
    "a command without its action": ["enrol"],
    "no such action": ["kit", "burn"],
    "no such option": ["lock", "--now"],
    "an option without its value": ["unlock", "--reason"],
    "a missing option": ["unlock"],
    "a missing argument": ["form", "answer"],
    "a number that is none": ["differences", "settle", "x", "hai"],
    "no such level": ["init", "--level", "village", "--name", "x"],
    "no such language": ["--lang", "fr", "check"],
    "a language without its name": ["check", "--lang"],
    "a home without its name": ["--home"],
    "too much": ["lock", "again"],
    "both at once": ["form", "answer", "1.2", "--na", "x", "--nothing-arose"],
    "no such report": ["report", "weather"],
    "a year after the command": ["lock", "--period", "2026"],
}


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_command_is_told_in_one_sentence(parindex: Terminal, arguments: list[str]) -> None:
    ran = parindex(*arguments)
    assert (ran.status, ran.out, ran.code) == (2, "", "usage.arguments")
    told = parindex("--json", *arguments)
    assert told.status == told.data["status"] == 2
    assert told.data["error"]["code"] == "usage.arguments"


OWN_WORDS = sorted(
    {word for path in COMMANDS for word in path} | {"-o", "--input", "--json", "--", "-", "--lang"}
)
ODD_WORDS = [
    "-1",
    "1.2",
    "--na=",
    "--input==",
    "--home=",
    "%s",
    "{x}",
    "%(prog)s",
    "../..",
    "~nobody/x",
    "\udcff",
]
WORDS = st.one_of(
    st.sampled_from(OWN_WORDS),
    st.sampled_from(ODD_WORDS),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=6))
@example(["--home", "~nobody/x", "check"])
@example(["verify", "\udcff.cchc"])
@example(["--json", "verify", "\udcff.cchc"])
@example(["criteria", "check", "x" * 300])
@example(["--home", "x" * 300, "check"])
@example(["form", "answer", "1.2", "--input", "%(x)s"])
def test_whatever_is_typed_ends_in_a_status_and_a_sentence(
    parindex: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """No office is set up here, and nothing is left behind but what a command was told to make."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PARINDEX_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("ui.app.run", lambda *_: 0)
    monkeypatch.setattr("parindex_desktop.services.demonstration.play", lambda *_: None)
    ran = parindex(*words)
    assert ran.status in {0, 2, 3}, (words, ran)
    if ran.status and "--json" not in words:
        assert ran.code or ran.out


@pytest.mark.parametrize("language", list(Language))
def test_json_is_one_object_whatever_happens(parindex: Terminal, scene: Scene, language: Language) -> None:
    home = scene.home("ban-ho-handed-over")
    for command, status in (
        (["form", "show"], 0),
        (["form", "check"], 0),
        (["inbox", "list"], 0),
        (["units", "list"], 0),
        (["differences", "list"], 0),
        (["check"], 0),
        (["form", "show", "extra"], 2),
        (["lock"], 3),
        (["verify", scene.file("ban-ho-1.cchc"), scene.file("ban-ho.csr")], 3),
    ):
        ran = parindex("--lang", language.value, "--json", *command, home=home)
        assert ran.status == ran.data["status"] == status, ran


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "parindex_desktop", *map(str, arguments)],
        capture_output=True,
        check=False,
        env=os.environ | environment,
    )


def test_vietnamese_comes_out_of_a_machine_that_does_not_speak_unicode(scene: Scene) -> None:
    """Windows gives a pipe the code page of the machine."""
    home = scene.home("ban-ho")
    done = run("--home", home, "form", "check", PYTHONIOENCODING="cp1252", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert "Kế hoạch CCHC năm" in done.stdout.decode()


def test_a_process_of_its_own_speaks_vietnamese_by_default_and_english_when_asked(tmp_path: Path) -> None:
    home = tmp_path / "none"
    vietnamese, english = run("--home", home, "check"), run("--home", home, "--lang", "en", "check")
    assert vietnamese.returncode == english.returncode == 3
    assert b"There is no office" in english.stderr
    assert (
        english.stderr.rpartition(b"[")[2] == vietnamese.stderr.rpartition(b"[")[2] == b"home.not_set_up]\n"
    )
    assert vietnamese.stderr != english.stderr
    told = run("--home", home, "--json", "check")
    assert json.loads(told.stdout)["error"]["code"] == "home.not_set_up"


def test_who_has_read_enough_of_the_output_is_not_told_of_a_fault() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "parindex_desktop", "report", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.stderr.read(), process.wait(60)) == (b"", 0)


def test_stopping_it_is_told_and_is_no_fault(
    parindex: Terminal, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("parindex_desktop.cli.intake.receiving.take_in", pressed)
    ran = parindex("import", scene.file("ban-ho-1.cchc"), home=scene.home("province"))
    assert (ran.status, ran.out, ran.code) == (130, "", "interrupted")
    assert parindex("check", home=scene.home("province")).status == 0


def test_a_passphrase_comes_from_a_file_or_the_environment(
    parindex: Terminal, scene: Scene, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = scene.home("ban-ho-ready")
    monkeypatch.delenv("PARINDEX_PASSPHRASE")
    ran = parindex("export", "-o", tmp_path / "a.cchc", home=home)
    assert (ran.status, ran.code) == (2, "usage.passphrase_needed")
    for number, content in enumerate((b"mat khau", b"mat khau\r\n", b"\xef\xbb\xbfmat khau\n")):
        (tmp_path / "secret").write_bytes(content)
        target = tmp_path / f"{number}.cchc"
        options = ("--passphrase-file", tmp_path / "secret")
        assert parindex(*options, "enrol", "request", "-o", target, home=home).status == 0
    ran = parindex("--passphrase-file", tmp_path / "none", "enrol", "request", "-o", target, home=home)
    assert (ran.status, ran.code) == (3, "file.not_read")


def test_the_command_that_sentences_name_is_there_once_the_program_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert entry_point(project["scripts"]["parindex"]) is main


def test_an_installed_program_has_all_its_data() -> None:
    """Whatever lies in `resources` and is no source is named to the installer."""
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    folder = ROOT / "resources"
    shipped = {path for pattern in setuptools["package-data"]["resources"] for path in folder.glob(pattern)}
    sources = {".py", ".pyc", ".po"}
    assert shipped == {path for path in folder.rglob("*") if path.is_file() and path.suffix not in sources}


def entry_point(reference: str) -> object:
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)


def test_no_argument_takes_a_passphrase(parindex: Terminal) -> None:
    for command in COMMANDS:
        told = parindex("--lang", "en", *command, "--help").out
        assert "--passphrase " not in told
        assert "--password" not in told
