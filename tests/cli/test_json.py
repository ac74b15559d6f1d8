"""--json: one shape for everything that is refused, and values that scripts need not translate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.cli.main import main

if TYPE_CHECKING:
    import pytest

    from tests.cli.running import Terminal
    from tests.offices import Scene


def test_yes_and_no_are_json_s_own(parindex: Terminal, scene: Scene) -> None:
    home = scene.home("province")
    assert parindex.json("check", home=home)["sound"] is True
    assert parindex.json("import", "--dry-run", scene.file("ban-ho-1.cchc"), home=home)["dry_run"] is True
    assert parindex.json("import", scene.file("ban-ho-1.cchc"), home=home)["dry_run"] is False


def test_whatever_is_refused_is_told_in_the_same_place(parindex: Terminal, scene: Scene) -> None:
    home = scene.home("stranger")
    for command, code in (
        (("lock",), "kit.none_yet"),
        (("kit", "import", scene.file("kit.cchc")), "kit.not_trusted"),
        (("import", scene.file("ban-ho-1.cchc")), "bundle.signer_unknown"),
        (("verify", scene.file("ban-ho.csr")), "bundle.not_a_bundle"),
    ):
        ran = parindex("--json", *command, home=home)
        assert ran.status == 3
        assert set(ran.data["error"]) == {"code", "message"}
        assert ran.data["error"]["code"] == code
        assert all(each["error"] == ran.data["error"] for each in ran.data.get("bundles", ()))


def test_a_sound_bundle_has_no_error_beside_a_refused_one(parindex: Terminal, scene: Scene) -> None:
    both = (scene.file("ban-ho-1.cchc"), scene.file("ban-ho.csr"))
    told = parindex("--json", "import", *both, home=scene.home("province")).data
    assert [each["error"] for each in told["bundles"]] == [None, told["error"]]


def test_a_fault_of_the_program_is_told_to_scripts_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, parindex: Terminal, scene: Scene
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("parindex_desktop.cli.papers.upkeep.check", broken)
    home = str(scene.home("province"))
    assert main(["--home", home, "--json", "check"]) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith('{"status": 1, "error": {"code": "bug", "message": "')
    assert shown.out.count("\n") == 1
    assert "ZeroDivisionError" in shown.err
