"""people: the staff list, its duties, and work that passes on, from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from exports.signing import keys
from parindex_desktop.services.homes import open_home
from tests.offices import PASSPHRASE, fill, holdings, light_keys
from tests.papers import flat, pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene

LAN = "Nguyễn Thị Lan"
BINH = "Trần Văn Bình"


@pytest.fixture
def home(scene: Scene, parindex: Terminal) -> Iterator[Path]:
    home = scene.home("ban-ho")
    parindex.options += ["--home", str(home)]
    parindex.json("people", "add", LAN, "--title", "công chức", "--room", "Văn phòng")
    parindex.json("people", "add", BINH, "--title", "Phó Chủ tịch")
    with light_keys():
        yield home


def actors(parindex: Terminal, folder: Path) -> list[tuple[str, str]]:
    parindex.json("journal", "export", "-o", folder / "journal")
    rows = [json.loads(line) for line in (folder / "journal").read_text("utf-8").splitlines()]
    return [(row["actor"], row["action"]) for row in rows]


def test_the_list_is_kept_by_commands(home: Path, parindex: Terminal) -> None:
    changed = parindex.json("people", "change", "tran van binh", "--room", "Lãnh đạo")["person"]
    assert changed == {
        "name": BINH,
        "title": "Phó Chủ tịch",
        "room": "Lãnh đạo",
        "since": changed["since"],
        "until": None,
        "pin": False,
    }
    parindex.json("people", "end", BINH)
    listed = parindex.json("people", "list")["people"]
    assert [(each["name"], each["until"] is None) for each in listed] == [(LAN, True), (BINH, False)]
    assert parindex("--lang", "en", "people", "list").out.splitlines()[0] == f"{LAN}, công chức – Văn phòng"


def test_a_command_says_who_works(
    home: Path, parindex: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parindex.json("--as", "nguyen thi lan", "form", "answer", "1.3", "--input", "count=1")
    monkeypatch.setenv("PARINDEX_PERSON", BINH)
    parindex.json("form", "answer", "1.3", "--input", "count=2")
    monkeypatch.delenv("PARINDEX_PERSON")
    parindex.json("form", "answer", "1.3", "--input", "count=3")
    found = [actor for actor, action in actors(parindex, tmp_path) if action == "form.changed"]
    assert found[-3:-1] == [f"{LAN}, công chức", f"{BINH}, Phó Chủ tịch"]
    assert BINH not in found[-1]


def test_a_pin_comes_from_the_environment(
    home: Path, parindex: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert parindex("people", "pin", LAN).code == "usage.pin_needed"
    monkeypatch.setenv("PARINDEX_NEW_PIN", "2468")
    assert parindex.json("people", "pin", LAN)["pin"] is True
    assert parindex("--as", LAN, "form", "check").code == "usage.pin_needed"
    monkeypatch.setenv("PARINDEX_PIN", "1111")
    assert parindex("--as", LAN, "form", "check").code == "people.pin_wrong"
    monkeypatch.setenv("PARINDEX_PIN", "2468")
    assert parindex("--as", LAN, "form", "check").status == 0
    assert parindex.json("people", "pin", LAN, "--clear")["pin"] is False
    monkeypatch.setenv("PARINDEX_NEW_PIN", "1")
    assert parindex("people", "pin", LAN).code == "people.pin_too_short"


def test_duties_are_assigned_and_listed(home: Path, parindex: Terminal) -> None:
    parindex.json("people", "assign", "1", "--to", LAN)
    parindex.json("people", "assign", "1.2", "1.3", "--room", "văn phòng")
    parindex.json("people", "assign", "1.5", "--nobody")
    duties = {each["code"]: each for each in parindex.json("people", "duties")["duties"]}
    assert duties["1.1"] == {"code": "1.1", "person": LAN, "room": None}
    assert duties["1.2"] == {"code": "1.2", "person": None, "room": "văn phòng"}
    assert duties["1.5"] == {"code": "1.5", "person": None, "room": None}
    mine = parindex.json("--as", LAN, "people", "duties", "--mine")["duties"]
    assert {"1.1", "1.2", "1.3"} <= {each["code"] for each in mine}
    assert "1.5" not in {each["code"] for each in mine}
    assert parindex.json("--as", BINH, "people", "duties", "--mine")["duties"] == []


def test_the_list_goes_to_the_other_machine(
    scene: Scene, home: Path, parindex: Terminal, tmp_path: Path
) -> None:
    parindex.json("people", "assign", "1", "--to", LAN)
    parindex.json("people", "export", "-o", tmp_path / "can-bo.xlsx")
    other = ["--home", scene.home("ban-ho-2")]
    seen = parindex.json(*other, "people", "import", tmp_path / "can-bo.xlsx", "--dry-run")
    assert {each["happens"] for each in seen["people"]} == {"added"}
    assert parindex.json(*other, "people", "list")["people"] == []
    taken = parindex.json(*other, "people", "import", tmp_path / "can-bo.xlsx")
    assert {**taken, "dry_run": True} == seen
    assert len(parindex.json(*other, "people", "list")["people"]) == 2


def test_who_entered_looked_through_and_signed_is_told(
    scene: Scene, home: Path, parindex: Terminal, tmp_path: Path
) -> None:
    with open_home(home) as office:
        from parindex_desktop.services import filling, people

        people.identify(office, people.find(office, LAN))
        fill(office, filling.open_form(office))
    locked = parindex.json("--as", LAN, "lock", "--checked-by", "Lò Văn Minh, Chủ tịch")
    assert (locked["entered"], locked["approved"]) == ([f"{LAN}, công chức"], "Lò Văn Minh, Chủ tịch")
    parindex.json("signed", "--number", "5", "--date", "1/12/2026", "--by", "Lò Văn Minh", "--without", "x")
    shown = parindex.json("form", "show")
    assert (shown["approved"], shown["signer"]) == ("Lò Văn Minh, Chủ tịch", "Lò Văn Minh")
    parindex.json("report", "self-assessment", "-o", tmp_path / "bc.pdf")
    text = flat("".join(pages(tmp_path / "bc.pdf")))
    assert "NGƯỜI LẬP BIỂU NGƯỜI KIỂM TRA Nguyễn Thị Lan, công chức Lò Văn Minh, Chủ tịch" in text
    parindex.json("export", "-o", tmp_path / "a.cchc")
    province = ["--home", scene.home("province")]
    parindex.json(*province, "import", tmp_path / "a.cchc")
    (row, *_) = parindex.json(*province, "inbox", "units")["units"]
    assert (row["entered"], row["approved"], row["signer"]) == (
        [f"{LAN}, công chức"],
        "Lò Văn Minh, Chủ tịch",
        "Lò Văn Minh",
    )


def test_work_passes_on(
    home: Path, parindex: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parindex.json("people", "assign", "1", "--to", LAN)
    hand_over = ("people", "hand-over", LAN, BINH, "-o", tmp_path / "bb.pdf")
    before = holdings(home)
    assert parindex(*hand_over).code == "usage.new_passphrase_needed"
    (tmp_path / "moi").write_text("abc\n", "utf-8")
    assert parindex(*hand_over, "--new-passphrase-file", tmp_path / "moi").code == "passphrase.too_short"
    monkeypatch.setenv("PARINDEX_NEW_PASSPHRASE", PASSPHRASE)
    assert parindex(*hand_over).code == "passphrase.same"
    assert (
        parindex("people", "hand-over", LAN, LAN, "-o", "x.pdf", "--keep-passphrase").code
        == "work.same_person"
    )
    assert holdings(home) == before
    monkeypatch.setenv("PARINDEX_NEW_PASSPHRASE", "mật khẩu mới")
    done = parindex.json(*hand_over, "--note", "Chìa khóa tủ")
    assert done["passphrase_changed"] is True
    assert done["duties"][:2] == ["1.1", "1.2"]
    keys.load_key(home / "keys" / "signing.p12", "mật khẩu mới")
    assert "Chìa khóa tủ" in flat("".join(pages(tmp_path / "bb.pdf")))
    assert parindex("--as", LAN, "form", "check").code == "people.unknown"


def test_the_passphrase_may_stay(home: Path, parindex: Terminal, tmp_path: Path) -> None:
    ran = parindex.json("people", "hand-over", LAN, BINH, "-o", tmp_path / "bb.pdf", "--keep-passphrase")
    assert ran["passphrase_changed"] is False
    keys.load_key(home / "keys" / "signing.p12", PASSPHRASE)


@pytest.mark.parametrize(
    ("command", "status", "code"),
    [
        (("people", "add", " "), 2, "people.name_missing"),
        (("people", "add", "x" * 200), 2, "text.too_long"),
        (("people", "add", LAN.upper()), 3, "people.name_taken"),
        (("people", "change", "Ai đó", "--title", "x"), 2, "people.unknown"),
        (("people", "end", "Ai đó"), 2, "people.unknown"),
        (("people", "assign", "9.9", "--to", LAN), 2, "criteria.unknown_code"),
        (("people", "assign", "1.10", "--to", LAN), 3, "form.not_self_scored"),
        (("people", "assign", "1.2", "--to", "Ai đó"), 2, "people.unknown"),
        (("people", "assign", "1.2"), 2, "usage.arguments"),
        (("people", "duties", "--mine"), 2, "people.nobody_said"),
        (("people", "import", "không có.xlsx"), 3, "file.not_read"),
        (("people", "hand-over", LAN, BINH, "-o", "bb.txt", "--keep-passphrase"), 2, "report.format_unknown"),
        (("--as", "Ai đó", "people", "list"), 2, "people.unknown"),
    ],
)
def test_bad_input_is_met_by_a_sentence(
    home: Path, parindex: Terminal, command: tuple[str, ...], status: int, code: str
) -> None:
    before = holdings(home)
    ran = parindex(*command)
    assert (ran.status, ran.code) == (status, code)
    assert holdings(home) == before


def test_every_fault_of_a_list_is_told(home: Path, parindex: Terminal, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    parindex.json("people", "export", "-o", tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    book["Cán bộ"]["A2"], book["Phân công"]["C4"] = "=1", "Ai đó"
    book.save(tmp_path / "a.xlsx")
    ran = parindex("--json", "people", "import", tmp_path / "a.xlsx")
    assert ran.status == 3
    assert ran.data["error"]["code"] == "people.faulty"
    assert [each["code"] for each in ran.data["faults"]] == ["units.formula", "people.not_listed"]
    lines = parindex("--lang", "en", "people", "import", tmp_path / "a.xlsx").out.splitlines()
    assert lines[2].startswith("- Sheet “Cán bộ”, cell A2")
