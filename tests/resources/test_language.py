"""How sentences are said, in Vietnamese and in English."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources import CatalogueNotCompiled, Language, say
from resources.language import open_catalogue, speak_in_argparse
from tools import catalogue

if TYPE_CHECKING:
    from pathlib import Path

VI, EN = Language.VI, Language.EN


class Field(StrEnum):
    ONE = "một"


@dataclass
class Sentence:
    template: str
    values: dict[str, object] = field(default_factory=dict)


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1200, "1.200", "1,200"),
        (-1234567, "-1.234.567", "-1,234,567"),
        (Decimal("13.76"), "13,76", "13.76"),
        (Decimal("1.50"), "1,50", "1.50"),
        (Decimal(100), "100", "100"),
        (Decimal("1234567.5"), "1.234.567,5", "1,234,567.5"),
        (Decimal("1E+4"), "10.000", "10,000"),
        ("2026", "2026", "2026"),
        ("1,5 {x}", "1,5 {x}", "1,5 {x}"),
        (Field.ONE, "một", "một"),
        (date(2026, 3, 5), "05/03/2026", "05/03/2026"),
        (datetime(2026, 12, 31, 17, 5, tzinfo=UTC), "00:05 01/01/2027", "00:05 01/01/2027"),
        (
            datetime(2026, 1, 2, 9, 30, tzinfo=timezone(timedelta(hours=9))),
            "07:30 02/01/2026",
            "07:30 02/01/2026",
        ),
        (["một", 2, Decimal("3.0")], "một; 2; 3,0", "một; 2; 3.0"),
        ((), "", ""),
        (Sentence("{n} of {all}", {"n": 1000, "all": Decimal("2.5")}), "1.000 of 2,5", "1,000 of 2.5"),
        ([Sentence("a"), Sentence("{b}", {"b": [Sentence("c"), 1000]})], "a; c; 1.000", "a; c; 1,000"),
    ],
)
def test_values_are_written_as_the_reader_writes_them(value: object, vietnamese: str, english: str) -> None:
    assert say("{value}", value=value) == vietnamese
    assert say("{value}", VI, value=value) == vietnamese
    assert say("{value}", EN, value=value) == english


def test_a_sentence_is_looked_up_by_its_template_also_within_another_one() -> None:
    cancelled = Sentence("Cancelled. Nothing has changed.")
    assert say("Cancelled. Nothing has changed.") == "Đã hủy. Không có gì thay đổi."
    assert say(cancelled) == "Đã hủy. Không có gì thay đổi."
    assert say("{why}", why=cancelled) == "Đã hủy. Không có gì thay đổi."
    assert say("{why}", EN, why=cancelled) == "Cancelled. Nothing has changed."


def test_text_among_the_values_is_never_looked_up() -> None:
    assert say("{name}", name="Cancelled. Nothing has changed.") == "Cancelled. Nothing has changed."


def test_the_catalogues_header_is_no_sentence() -> None:
    assert say("") == ""


@pytest.mark.parametrize("language", Language)
def test_doubled_braces_stand_for_themselves(language: Language) -> None:
    assert say("{{{name}}}", language, name="tên") == "{tên}"


def test_a_place_without_a_value_is_a_bug_that_names_its_sentence() -> None:
    with pytest.raises(KeyError, match="limit") as caught:
        say(Sentence("from {start} to {limit}", {"start": 1}))
    assert "from {start} to {limit}" in caught.value.__notes__[0]


def test_a_time_without_a_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        say("{at}", at=datetime(2026, 1, 1))  # noqa: DTZ001 (that is the point)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15))
def test_a_decimal_keeps_all_its_places_in_both_languages(figure: Decimal) -> None:
    english = say("{figure}", EN, figure=figure)
    assert Decimal(english.replace(",", "")) == figure
    assert say("{figure}", VI, figure=figure) == english.translate({ord(","): ".", ord("."): ","})
    assert len(english.partition(".")[2]) == 2


def source_in(folder: Path) -> Path:
    source = folder / "vi" / "LC_MESSAGES" / "parindex.po"
    source.parent.mkdir(parents=True)
    return source


def test_a_catalogue_that_nobody_compiled_is_not_read_as_english(tmp_path: Path) -> None:
    source = source_in(tmp_path)
    catalogue.write(source, {"Yes": "Có"})
    with pytest.raises(CatalogueNotCompiled, match=r"\./run catalogue"):
        open_catalogue(tmp_path, VI)
    catalogue.compile_if_stale(source)
    assert open_catalogue(tmp_path, VI).gettext("Yes") == "Có"


def test_a_catalogue_older_than_its_source_is_refused_until_it_is_compiled(tmp_path: Path) -> None:
    source = source_in(tmp_path)
    compiled = source.with_suffix(".mo")
    catalogue.write(source, {"Yes": "Vâng"})
    catalogue.compile_if_stale(source)
    catalogue.write(source, {"Yes": "Có"})
    later = compiled.stat().st_mtime + 10
    os.utime(source, (later, later))
    with pytest.raises(CatalogueNotCompiled):
        open_catalogue(tmp_path, VI)
    catalogue.compile_if_stale(source)
    assert open_catalogue(tmp_path, VI).gettext("Yes") == "Có"


def test_an_installed_program_has_no_source_of_its_catalogue(tmp_path: Path) -> None:
    source = source_in(tmp_path)
    catalogue.write(source, {"Yes": "Có"})
    catalogue.compile_if_stale(source)
    source.unlink()
    assert open_catalogue(tmp_path, VI).gettext("Yes") == "Có"


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="parindex")
    made.add_argument("--level", choices=["commune"], required=True)
    made.add_argument("rest", nargs="?", help="…")
    return made


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "lỗi: còn thiếu tham số bắt buộc: --level"),
        (["--level"], "lỗi: tham số --level: cần đúng một giá trị"),
        (["--level", "x"], "tham số --level: giá trị không có trong danh sách: 'x'"),
        (["--level", "commune", "a", "b"], "lỗi: không nhận ra tham số: b"),
    ],
)
def test_the_command_lines_own_complaints_are_vietnamese(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    speak_in_argparse(VI)
    with pytest.raises(SystemExit):
        parser().parse_args(arguments)
    said = capsys.readouterr().err
    assert said.startswith("cách dùng: parindex ")
    assert complaint in said


@pytest.mark.parametrize(("language", "title"), [(VI, "cách dùng:"), (EN, "usage:")])
def test_help_follows_the_language(language: Language, title: str) -> None:
    speak_in_argparse(language)
    words = parser().format_help()
    assert words.startswith(title)
    assert ("show this help" in words) is (language is EN)


def test_saying_needs_nothing_but_template_and_values() -> None:
    anything: Any = type("Error", (Exception,), {"template": "{x}", "values": {"x": 1}})()
    assert say(anything, EN) == "1"
