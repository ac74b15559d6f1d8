"""Criteria sets on the command line: as files, as workbooks, out of a published table, beside each other."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook

import resources
from tests.cli.test_bad_input import judged, nothing_changes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene

SHIPPED = [path.name for path in resources.files("criteria", ".json")]


@pytest.fixture
def book(parindex: Terminal, tmp_path: Path) -> Path:
    """The shipped set of communes as a workbook."""
    parindex.json("criteria", "export", "commune-2026.json", tmp_path / "bo.xlsx")
    return tmp_path / "bo.xlsx"


def edited(book: Path, sheet: str, place: str, value: Any) -> None:
    opened = load_workbook(book)
    opened[sheet][place].value = value
    opened.save(book)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_set_goes_through_a_workbook_and_comes_back_the_same(
    parindex: Terminal, tmp_path: Path, name: str
) -> None:
    told = parindex.json("criteria", "export", name, tmp_path / "bo.xlsx")
    back = parindex.json("criteria", "import", tmp_path / "bo.xlsx", tmp_path / "bo.json")
    assert back["set"] == told["set"]
    assert json.loads((tmp_path / "bo.json").read_text("utf-8")) == resources.tree(f"criteria/{name}")
    assert parindex.json("criteria", "check", tmp_path / "bo.json")["set"] == told["set"]
    assert parindex.json("criteria", "check", tmp_path / "bo.xlsx")["set"] == told["set"]


def test_a_workbook_goes_into_the_register_and_out_again(
    parindex: Terminal, scene: Scene, book: Path, tmp_path: Path
) -> None:
    home = scene.home("province")
    edited(book, "Bộ tiêu chí", "B1", "Bộ tiêu chí của tỉnh")
    assert "criteria.version_held" in [
        each["code"] for each in parindex.json("criteria", "check", book, home=home)["hints"]
    ]
    judged(parindex("criteria", "import", book, home=home), "criteria.version_taken")
    edited(book, "Bộ tiêu chí", "B4", 2)
    digest = parindex.json("criteria", "import", book, home=home)["set"]["digest"]
    assert digest in {each["digest"] for each in parindex.json("criteria", "list", home=home)["sets"]}
    for wanted in (digest, "Bộ tiêu chí của tỉnh"):
        told = parindex.json("criteria", "export", wanted, tmp_path / "ra.xlsx", home=home)
        assert told["set"]["digest"] == digest
    found = parindex.json("criteria", "compare", digest[:12], tmp_path / "ra.xlsx", home=home)
    assert (found["head"], found["criteria"]) == ([], [])


def test_two_sets_are_compared_in_words_and_for_scripts(parindex: Terminal, book: Path) -> None:
    edited(book, "Bộ tiêu chí", "B4", 2)
    edited(book, "Tiêu chí", "D3", "Tên mới")
    found = parindex.json("criteria", "compare", "commune-2026.json", book)
    assert found["head"] == ["version"]
    assert [(each["code"], each["change"], each["differs"]) for each in found["criteria"]] == [
        ("1.1", "changed", ["title"])
    ]
    (change,) = found["criteria"][0]["changes"]
    assert change["code"] == "change.turned"
    assert change["message"].endswith("→ “Tên mới”")
    said = parindex("--lang", "en", "criteria", "compare", "commune-2026.json", book).out.splitlines()
    assert said[0] == "version 1 → 2"
    assert said[1].startswith("Changed: 1.1 Tên mới: What it is called: “")
    assert parindex("criteria", "compare", book, book).out == "Hai bộ tiêu chí không khác nhau.\n"


def test_what_is_new_and_what_is_gone_is_named(parindex: Terminal, book: Path) -> None:
    opened = load_workbook(book)
    sheet = opened["Tiêu chí"]
    ids = next(cell.column for cell in sheet[1] if cell.value == "Mã định danh")
    sheet.cell(3, ids).value = None
    opened.save(book)
    said = parindex("--lang", "en", "criteria", "compare", "commune-2026.json", book).out
    title = sheet["D3"].value
    assert f"New: 1.1 {title}" in said
    assert f"Taken out: 1.1 {title}" in said


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_fault_is_told_with_sheet_row_and_column(
    parindex: Terminal, scene: Scene, book: Path, tmp_path: Path, lang: str
) -> None:
    home = scene.home("province")
    edited(book, "Bộ tiêu chí", "B2", "hai nghìn")
    edited(book, "Tiêu chí", "E3", "nhiều")
    (tmp_path / "bo.json").write_text("cũ", "utf-8")
    with nothing_changes(home):
        for arguments in (("check", book), ("import", book), ("import", book, tmp_path / "bo.json")):
            ran = parindex("--lang", lang, "--json", "criteria", *arguments, home=home)
            assert (ran.status, ran.data["error"]["code"]) == (3, "criteria.faulty")
            said = " ".join(each["message"] for each in ran.data["faults"])
            for word in ("Bộ tiêu chí", "B2", "“Năm”", "Tiêu chí", "E3", "“Điểm tối đa”"):
                assert word in said
        assert "- " in parindex("criteria", "check", book).out
    assert (tmp_path / "bo.json").read_text("utf-8") == "cũ"


def with_part(name: str, data: bytes) -> Callable[[Path], None]:
    def change(book: Path) -> None:
        with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, data)

    return change


def empty_workbook(book: Path) -> None:
    Workbook().save(book)


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "macros": (with_part("xl/vbaProject.bin", b"x"), "spreadsheet.macros"),
    "a zip bomb": (with_part("xl/media/zeros.bin", bytes(33 * 2**20)), "spreadsheet.too_large"),
    "an entity": (with_part("xl/x.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), "spreadsheet.not_xlsx"),
    "cut short": (
        lambda book: book.write_bytes(book.read_bytes()[:2000]),
        "spreadsheet.not_xlsx",
    ),
    "an old .xls": (
        lambda book: book.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600)),
        "spreadsheet.old_or_protected",
    ),
    "larger than anything": (lambda book: book.write_bytes(bytes(9 * 2**20)), "file.too_large"),
    "another workbook": (empty_workbook, "book.not_criteria"),
    "not there": (lambda book: book.unlink(), "file.not_read"),
}


@pytest.mark.parametrize(("spoil", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_workbook(
    parindex: Terminal, scene: Scene, book: Path, spoil: Callable[[Path], object], code: str
) -> None:
    home = scene.home("province")
    spoil(book)
    with nothing_changes(home):
        for arguments in (
            ("import", book),
            ("import", book, book.with_suffix(".json")),
            ("check", book),
            ("export", book, book.with_name("ra.xlsx")),
            ("compare", "commune-2026.json", book),
        ):
            judged(parindex("criteria", *arguments, home=home), code)
    assert {path.name for path in book.parent.iterdir()} <= {"bo.xlsx", home.name}


def table(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    for row in (("STT", "Tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng", "Ghi chú"), *rows):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_published_table_becomes_a_workbook_to_complete(parindex: Terminal, tmp_path: Path) -> None:
    source, target = tmp_path / "bang.xlsx", tmp_path / "de-xuat.xlsx"
    source.write_bytes(
        table(
            ("I", "Chỉ đạo", "2,5"),
            ("1", "Kế hoạch", "2,5", "Kế hoạch"),
            (None, "Đạt: 2,5; không đạt: 0"),
        )
    )
    told = parindex.json("criteria", "propose", source, target)
    assert [(row["row"], row["criterion"], row["meaning"]) for row in told["rows"]] == [
        (2, "I", "criterion"),
        (3, "I.1", "criterion"),
        (4, "", "detail"),
    ]
    assert told["ignored"] == ["Ghi chú"]
    said = parindex("--lang", "en", "criteria", "propose", source, target).out
    assert "Row 3, “1 Kế hoạch”: Put the question" in said
    ran = parindex("--lang", "en", "criteria", "check", target)
    assert (ran.status, "Câu hỏi" in ran.out) == (3, True)


def test_a_workbook_without_a_table_is_refused(parindex: Terminal, tmp_path: Path) -> None:
    empty_workbook(tmp_path / "a.xlsx")
    judged(parindex("criteria", "propose", tmp_path / "a.xlsx", tmp_path / "b.xlsx"), "table.not_found")
    judged(parindex("criteria", "propose", tmp_path / "c.xlsx", tmp_path / "b.xlsx"), "file.not_read")
    assert not (tmp_path / "b.xlsx").exists()


@pytest.mark.parametrize(
    ("choice", "title"), [("convert", "Ban hành kế hoạch"), ("keep", "Ban hµnh kÕ ho¹ch")]
)
def test_texts_in_old_fonts_are_named_converted_or_kept(
    parindex: Terminal, book: Path, tmp_path: Path, choice: str, title: str
) -> None:
    edited(book, "Tiêu chí", "D3", "Ban hµnh kÕ ho¹ch")
    asked = parindex("--json", "criteria", "import", book, tmp_path / "a.json")
    assert asked.status == 3
    (fault,) = asked.data["faults"]
    assert (fault["code"], "Ban hành kế hoạch" in fault["message"]) == ("book.old_font", True)
    parindex.json("criteria", "import", book, tmp_path / "a.json", "--old-fonts", choice)
    tree = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert tree["criteria"][0]["children"][0]["title"] == title


def test_a_set_that_nobody_knows_is_refused_by_name(parindex: Terminal, scene: Scene, tmp_path: Path) -> None:
    home = scene.home("province")
    for arguments in (
        ("export", "Bộ nào đó", tmp_path / "a.xlsx"),
        ("compare", "commune-2026.json", "Bộ nào đó"),
    ):
        judged(parindex("criteria", *arguments, home=home), "criteria.not_found")


def test_a_faulty_set_is_not_written_to_a_workbook(parindex: Terminal, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"format": 1}', "utf-8")
    ran = parindex("--json", "criteria", "export", tmp_path / "a.json", tmp_path / "a.xlsx")
    assert (ran.status, ran.data["error"]["code"], len(ran.data["faults"]) > 3) == (
        3,
        "criteria.faulty",
        True,
    )
    assert not (tmp_path / "a.xlsx").exists()


def test_a_place_that_cannot_be_written_is_named(parindex: Terminal, book: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "none" / "a.xlsx"
    for command in (("export", "commune-2026.json"), ("import", book)):
        ran = parindex("criteria", *command, nowhere)
        assert (ran.status, ran.code) == (2, "usage.folder_missing")
        assert str(nowhere.parent) in ran.err


def raised(book: Path) -> None:
    """Criterion 1.2 gets a floor of 85, which its guidance does not tell."""
    opened = load_workbook(book)
    sheet = opened["Cách chấm"]
    titles = {cell.value: cell.column for cell in sheet[1]}
    row = next(cells[0].row for cells in sheet.iter_rows(2) if "1.2" in {cell.value for cell in cells})
    cell = next(sheet.cell(row, column) for title, column in titles.items() if "sàn" in str(title).lower())
    assert str(cell.value) == "80"
    cell.value = 85
    opened.save(book)


def test_guidance_that_tells_an_older_figure_is_named_and_refuses_nothing(
    parindex: Terminal, scene: Scene, book: Path, tmp_path: Path
) -> None:
    assert parindex.json("criteria", "check", book)["hints"] == []
    raised(book)
    told = parindex.json("criteria", "check", book)["hints"]
    assert [each["code"] for each in told] == ["draft.guidance_stale"]
    said = parindex("criteria", "check", book).out.splitlines()
    assert said[-1] == "Cần xem lại: Tiêu chí 1.2: Hướng dẫn nhắc đến 80, cách chấm không còn số này."
    assert parindex.json("criteria", "check", book, "--since", book)["hints"] == []
    assert parindex.json("criteria", "check", book, "--since", "commune-2026.json")["hints"] == told
    home = scene.home("province")
    edited(book, "Bộ tiêu chí", "B4", 2)
    assert parindex.json("criteria", "import", book, home=home)["hints"] == told
    assert parindex.json("criteria", "check", book, home=home)["hints"] == [], "beside itself in the register"


def test_a_register_that_is_open_elsewhere_is_not_asked(parindex: Terminal, scene: Scene, book: Path) -> None:
    with scene.office("province") as office:
        told = parindex.json("criteria", "check", book, home=office.home)["hints"]
    assert [each["code"] for each in told] == ["criteria.register_not_asked"]
