"""people: the staff list, its duties, and work that passes on, from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from exports.signing import keys
from parindex_desktop.services.homes import now, open_home
from resources.language import day_of
from tests.offices import PASSPHRASE, fill, holdings, light_keys
from tests.papers import flat, pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene

TODAY = f"{day_of(now()):%d/%m/%Y}"
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
    found = [actor for actor, action in actors(parindex, tmp_path) if action == "form.changed"]
    assert found[-2:] == [f"{LAN}, công chức", f"{BINH}, Phó Chủ tịch"]


@pytest.mark.parametrize(
    "command",
    [
        ("form", "answer", "1.3", "--input", "count=3"),
        ("form", "copy-forward"),
        ("lock", "--incomplete", "x"),
        ("unlock", "--reason", "x"),
        ("signed", "--without", "x"),
        ("report", "self-assessment", "-o", "x.pdf"),
        ("export", "-o", "x.cchc"),
        ("import", "x.cchc"),
        ("kit", "import", "x.cchc"),
        ("office", "text", "signer", "x"),
        ("office", "passphrase"),
        ("enrol", "request", "-o", "x.csr"),
        ("people", "assign", "1", "--to", LAN),
        ("people", "duties", "--mine"),
        ("people", "hand-over", LAN, BINH, "-o", "x.pdf", "--keep-passphrase"),
        ("free",),
    ],
)
def test_what_is_recorded_with_a_person_needs_one_where_a_list_is_kept(
    home: Path, parindex: Terminal, command: tuple[str, ...]
) -> None:
    before = holdings(home)
    ran = parindex("--lang", "en", *command)
    assert (ran.status, ran.code) == (2, "people.nobody_said")
    assert "--as" in ran.err
    assert LAN in ran.err
    assert holdings(home) == before


@pytest.mark.parametrize(
    "command",
    [
        ("form", "show"),
        ("form", "check"),
        ("form", "export", "-o", "{folder}/phieu.xlsx"),
        ("office", "show"),
        ("people", "list"),
        ("people", "duties"),
        ("people", "export", "-o", "{folder}/can-bo.xlsx"),
        ("people", "hand-over", LAN, BINH, "--dry-run"),
        ("people", "change", LAN, "--title", "Văn thư"),
        ("inbox", "list"),
        ("differences", "list"),
        ("journal",),
        ("journal", "check"),
        ("journal", "export", "-o", "{folder}/nhat-ky"),
        ("check",),
    ],
)
def test_whoever_only_looks_or_keeps_the_list_need_not_be_named(
    home: Path, parindex: Terminal, tmp_path: Path, command: tuple[str, ...]
) -> None:
    parindex.json(*(each.replace("{folder}", str(tmp_path)) for each in command))


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
    parindex.options += ["--as", BINH]
    parindex.json("people", "assign", "1", "--to", LAN)
    parindex.json("people", "assign", "1.2", "1.3", "--room", "văn phòng")
    parindex.json("people", "assign", "1.5", "--nobody")
    assert parindex.json("people", "assign", "1.6", "--to", "van phong")["to"] == "Văn phòng"
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
    parindex.json("--as", LAN, "people", "assign", "1", "--to", LAN)
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
    parindex.options += ["--as", LAN]
    parindex.json("signed", "--number", "5", "--date", TODAY, "--by", "Lò Văn Minh", "--without", "x")
    shown = parindex.json("form", "show")
    assert (shown["approved"], shown["signer"]) == ("Lò Văn Minh, Chủ tịch", "Lò Văn Minh")
    parindex.json("report", "self-assessment", "-o", tmp_path / "bc.pdf")
    text = flat("".join(pages(tmp_path / "bc.pdf")))
    assert "NGƯỜI LẬP BIỂU NGƯỜI KIỂM TRA Nguyễn Thị Lan, công chức Lò Văn Minh, Chủ tịch" in text
    parindex.json("export", "-o", tmp_path / "a.cchc")
    province = ["--home", scene.home("province")]
    parindex.options = parindex.options[:-2]
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
    parindex.options += ["--as", BINH]
    parindex.json("people", "assign", "1", "--to", LAN)
    ahead = parindex.json("people", "hand-over", LAN, BINH, "--dry-run")
    assert parindex("people", "hand-over", LAN, BINH).code == "usage.arguments"
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
    (work,) = done["years"]
    assert ahead["years"] == [work]
    assert (work["year"], work["duties"][:2], work["standing"]) == ("2026", ["1.1", "1.2"], "not_begun")
    assert work["lacking"] == work["duties"]
    keys.load_key(home / "keys" / "signing.p12", "mật khẩu mới")
    assert "Chìa khóa tủ" in flat("".join(pages(tmp_path / "bb.pdf")))
    looked = parindex("--as", LAN, "form", "check")
    assert (looked.code, len(looked.err.splitlines())) == (None, 1)
    assert "PARINDEX_PERSON" in looked.err
    monkeypatch.setenv("PARINDEX_PERSON", LAN)
    parindex.options[:] = parindex.options[: parindex.options.index("--as")]
    for command in (("people", "list"), ("journal",), ("form", "show")):
        assert parindex(*command).code is None
    refused = parindex("form", "text", "proposals", "x")
    assert (refused.status, refused.code) == (2, "usage.not_at_work")
    assert "PARINDEX_PERSON" in refused.err


def test_the_passphrase_may_stay(home: Path, parindex: Terminal, tmp_path: Path) -> None:
    parindex.options += ["--as", LAN]
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
        (("people", "assign", "1.2", "--to", "Ai đó"), 2, "duties.assignee_unknown"),
        (("people", "assign", "1.2"), 2, "usage.arguments"),
        (("people", "import", "không có.xlsx"), 3, "file.not_read"),
        (("people", "hand-over", LAN, BINH, "-o", "bb.txt", "--keep-passphrase"), 2, "report.format_unknown"),
        (("--as", "Ai đó", "people", "list"), 2, "usage.not_at_work"),
        (("journal", "--since", "hôm qua"), 2, "input.not_a_date"),
        (("journal", "--limit", "-1"), 2, "usage.arguments"),
    ],
)
def test_bad_input_is_met_by_a_sentence(
    home: Path, parindex: Terminal, command: tuple[str, ...], status: int, code: str
) -> None:
    parindex.options += ["--as", BINH]
    before = holdings(home)
    ran = parindex(*command)
    assert (ran.status, ran.code) == (status, code)
    assert holdings(home) == before


def test_the_passphrase_is_changed_by_itself(
    home: Path, parindex: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parindex.options += ["--as", LAN]
    assert parindex("office", "passphrase").code == "usage.new_passphrase_needed"
    monkeypatch.setenv("PARINDEX_NEW_PASSPHRASE", "abc")
    assert parindex("office", "passphrase").code == "passphrase.too_short"
    (tmp_path / "moi").write_text("mật khẩu mới\n", "utf-8")
    change = ("office", "passphrase", "--new-passphrase-file", tmp_path / "moi")
    assert parindex.json(*change)["passphrase_changed"] is True
    keys.load_key(home / "keys" / "signing.p12", "mật khẩu mới")
    assert parindex(*change).code == "key.wrong_passphrase"
    assert actors(parindex, tmp_path)[-1] == (f"{LAN}, công chức", "keys.passphrase")


def test_a_new_passphrase_is_typed_twice(
    home: Path, parindex: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    parindex.options += ["--as", LAN]
    typed = ["mật khẩu mới", "mật khẩu moi", "mật khẩu mới", "mật khẩu mới"]
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _prompt, stream: typed.pop(0))
    assert parindex("office", "passphrase").code == "usage.passphrases_differ"
    keys.load_key(home / "keys" / "signing.p12", PASSPHRASE)
    parindex.json("office", "passphrase")
    keys.load_key(home / "keys" / "signing.p12", "mật khẩu mới")


def test_the_journal_is_read_in_words(home: Path, parindex: Terminal) -> None:
    parindex.json("--as", LAN, "form", "answer", "1.3", "--input", "count=1")
    parindex.json("--as", LAN, "people", "assign", "1.3", "--to", BINH)
    parindex.json("--as", BINH, "lock", "--incomplete", "Thử")
    everything = parindex.json("journal", "--limit", "0")
    numbers = [line["number"] for line in everything["lines"]]
    assert numbers == list(range(1, everything["found"] + 1))
    own = parindex.json("--lang", "en", "journal", "--person", "nguyen thi lan")
    assert [line["action"] for line in own["lines"]] == ["form.changed", "duty.assigned"]
    assert own["lines"][0]["words"] == "entered in the form of 2026: 1.3 Figures"
    said = parindex("--lang", "en", "journal", "--limit", "2").out.splitlines()
    assert said[0] == f"The newest 2 of {everything['found']} lines; --limit 0 shows all."
    assert f"{LAN}, công chức: put in charge of 1.3 (2026): {BINH}" in said[1]
    assert "locked the figures of 2026, matching code" in said[2]
    assert parindex.json("journal", "--since", "01/01/2099") == {"status": 0, "found": 0, "lines": []}
    assert parindex.json("journal", "--since", TODAY)["found"] > 3


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
