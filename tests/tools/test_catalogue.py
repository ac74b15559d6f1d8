"""The catalogue of sentences: what is extracted, merged, refused. The shipped one is for `./run check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tools import catalogue

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = """
class Refused(Exception):
    template = msgid(
        "The file “{name}” is refused. "
        "Nothing was taken in."
    )

def explain(part):
    tr("Close")
    resources.say("Open {name}", language, name="a text that is a value")
    say(message, language)
    return Message("rule.yes", "Reached", {"part": part, "other": "not a template"})
"""


def test_extraction_finds_what_is_marked_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(SOURCE, "utf-8")
    assert catalogue.templates([tmp_path]) == {
        "The file “{name}” is refused. Nothing was taken in.",
        "Close",
        "Open {name}",
        "Reached",
    }


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    entries = {"a\nb “{x}”": "một\nhai “{x}”", 'with "quotes" and \\': "có “ngoặc” và \\", "zero": ""}
    catalogue.write(tmp_path / "a.po", entries)
    assert catalogue.read(tmp_path / "a.po") == entries


def test_the_form_of_the_file_depends_on_its_words_alone(tmp_path: Path) -> None:
    catalogue.write(tmp_path / "a.po", {"b": "bê", "a": "a"})
    catalogue.write(tmp_path / "b.po", {"a": "a", "b": "bê"})
    assert (tmp_path / "a.po").read_bytes() == (tmp_path / "b.po").read_bytes()


def test_updating_keeps_translations_adds_new_templates_and_drops_old_ones(tmp_path: Path) -> None:
    source = tmp_path / "vi.po"
    catalogue.write(source, {"kept": "giữ", "gone": "bỏ"})
    assert catalogue.update(source, {"kept", "new"}) == []
    assert catalogue.read(source) == {"kept": "giữ", "new": ""}


def test_merging_takes_fragments_over_and_tells_what_it_replaced_or_left_out(tmp_path: Path) -> None:
    source, fragment = tmp_path / "vi.po", tmp_path / "part.po"
    catalogue.write(source, {"one": "một", "two": "hai", "three": "ba"})
    fragment.write_text(
        'msgid "one"\nmsgstr "mo\u0323\u0302t"\n\nmsgid "two"\nmsgstr "đôi"\n\n'
        'msgid "three"\nmsgstr ""\n\nmsgid "four"\nmsgstr "bốn"\n',
        "utf-8",
    )
    notes = catalogue.update(source, {"one", "two", "three"}, [fragment])
    assert catalogue.read(source) == {"one": "một", "two": "đôi", "three": "ba"}
    assert sorted(notes) == [
        "part.po: left out, not in the source: four",
        "part.po: “đôi” in place of “hai”: two",
    ]


@pytest.mark.parametrize(
    ("template", "translation", "fault"),
    [
        ("Close", "", "not translated"),
        ("Close", "  ", "not translated"),
        ("{count} files", "Các tệp", "other places than the template"),
        ("{count} files", "{so} tệp", "other places than the template"),
        ("%(prog)s: error", "%(chương)s: lỗi", "other places than the template"),
        ("needs %s", "cần", "other places than the template"),
        ("{count:d} files", "{count:d} tệp", "“{count}” is not a plain place"),
        ("{0} files", "{0} tệp", "“{0}” is not a plain place"),
        ("{one.two}", "{one.two}", "“{one.two}” is not a plain place"),
        ("Close", "Đo\u0301ng", "not NFC"),
        ("Evidence", "Bằng chứng", "a word that officers do not use for it"),
        ("Approved", "Đã duyệt", "a word that officers do not use for it"),
        ("usage: ", "cách dùng:", "other blanks at the ends than the template"),
    ],
)
def test_a_faulty_entry_is_named(template: str, translation: str, fault: str) -> None:
    assert catalogue.faults({template: translation}, [template]) == [f"{fault}: {template}"]


@pytest.mark.parametrize(
    ("template", "translation"),
    [
        ("{done} of {all} files", "{all} tệp, đã xong {done}, còn lại của {all}"),
        ("{percent}% so far", "Đến nay {percent}%"),
        ("%(prog)s: error: %(message)s\n", "%(prog)s: lỗi: %(message)s\n"),
        ("browser", "trình duyệt"),
    ],
)
def test_a_right_entry_passes(template: str, translation: str) -> None:
    assert catalogue.faults({template: translation}, [template]) == []


def test_missing_and_obsolete_templates_and_disorder_are_named() -> None:
    assert catalogue.faults({"b": "bê", "a": "a"}, ["b", "c"]) == [
        "not in the catalogue: c",
        "no longer in the source: a",
        "not sorted: ./run catalogue does it",
    ]
