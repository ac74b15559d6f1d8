"""Criteria sets as workbooks: drafts with gaps go out, published tables come in with their doubts."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from parindex_desktop.domain import drafting
from parindex_desktop.domain.criteria_fields import HEAD, LEAF, Form
from parindex_desktop.domain.criteria_reading import CriteriaSetFaulty
from parindex_desktop.domain.drafting import HEAD_ID, places
from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.domain.rule_ways import WAYS
from parindex_desktop.domain.units import Level
from parindex_desktop.services import authoring, register, set_books
from parindex_desktop.services.set_books import BookFaulty

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table as a province publishes it, with a sum that is wrong and words that are no rule."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("STT", "Tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng", "Đơn vị chủ trì"),
        ("I", "CHỈ ĐẠO, ĐIỀU HÀNH", 5, None, None),
        ("1", "Ban hành kế hoạch trước ngày 31/12", 2, "Kế hoạch", None),
        ("2", "Công tác khác", 2, None, None),
        (None, "Nội dung giải thích", None, None, None),
    ):
        sheet.append(row)
    book.save(tmp_path / "bang.xlsx")
    return tmp_path / "bang.xlsx"


def written(draft: drafting.Tree, folder: Path) -> Path:
    set_books.write_tree(draft, folder / "bo.xlsx")
    return folder / "bo.xlsx"


def test_a_draft_comes_back_from_its_workbook_as_it_went(province: Office, tmp_path: Path) -> None:
    (published,) = register.sets(province)
    draft = authoring.next_version(province, published.digest)
    tree = set_books.tree_in(written(draft.tree, tmp_path))
    assert tree == draft.tree
    assert authoring.version_before(province, tree) == published.digest


@pytest.mark.parametrize("seed", range(12))
def test_a_draft_with_any_gaps_can_be_written_and_every_gap_is_named(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    tree = authoring.tree_of(None, authoring.shipped_sets()[0].digest)
    leaves = [place.node["id"] for place in places(tree) if "rule" in place.node]
    for leaf in dice.sample(leaves, 20):
        way = dice.choice(WAYS)
        tree = drafting.set_way(tree, leaf, way)
        for field in dice.sample(way.fields, len(way.fields) // 2):
            if field.form in {Form.LINE, Form.WHOLE, Form.PERCENT, Form.POINTS, Form.MONTH_DAY}:
                tree = drafting.set_rule_value(tree, leaf, field, dice.choice([None, "chưa rõ", "=1+1"]))
        gone = dice.choice([each for each in LEAF if each.form is not Form.TABLE])
        tree = drafting.set_value(tree, leaf, gone.key, None)
    tree = drafting.set_value(tree, HEAD_ID, dice.choice(HEAD).key, None)
    with pytest.raises(BookFaulty) as refused:
        set_books.tree_in(written(tree, tmp_path))
    assert all("sheet" in fault.values for fault in refused.value.faults)


def test_a_set_file_with_faults_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bo.json").write_text('{"format": 1}', "utf-8")
    with pytest.raises(CriteriaSetFaulty):
        set_books.tree_in(tmp_path / "bo.json")


def test_old_fonts_are_told_apart_from_other_faults(province: Office, tmp_path: Path) -> None:
    (published,) = register.sets(province)
    book = written(authoring.tree_of(province, published.digest), tmp_path)
    opened = load_workbook(book)
    opened["Tiêu chí"]["D3"].value = "Ban hµnh kÕ ho¹ch"
    opened.save(book)
    with pytest.raises(BookFaulty) as refused:
        set_books.tree_in(book)
    assert refused.value.old_fonts
    converted = set_books.tree_in(book, OldFonts.CONVERT)
    assert converted["criteria"][0]["children"][0]["title"] == "Ban hành kế hoạch"
    opened["Tiêu chí"]["E3"].value = "nhiều"
    opened.save(book)
    with pytest.raises(BookFaulty) as refused:
        set_books.tree_in(book, OldFonts.CONVERT)
    assert not refused.value.old_fonts


def test_every_row_of_a_table_is_told_with_its_criterion(table: Path) -> None:
    read = set_books.look_at_table(table, OldFonts.ASK)
    ids = {place.node["code"]: place.node["id"] for place in places(read.tree)}
    assert [(row.number, row.code, row.criterion) for row in read.rows] == [
        ("2", "I", ids["I"]),
        ("3", "I.1", ids["I.1"]),
        ("4", "I.2", ids["I.2"]),
        ("5", "", ids["I.2"]),
    ]
    assert [each.code for each in read.doubts] == ["table.ignored"]
    assert not read.old_fonts


def test_the_doubts_of_a_table_stay_with_the_draft_until_each_is_settled(
    province: Office, scene: Scene, table: Path
) -> None:
    read = set_books.look_at_table(table, OldFonts.ASK)
    draft = set_books.begin_proposed(province, read, " Bộ của tỉnh ", 2027, Level.COMMUNE)
    assert (draft.name, draft.tree["year"], draft.tree["level"]) == ("Bộ của tỉnh", 2027, "commune")
    expected = len(read.doubts) + sum(len(row.doubts) for row in read.rows)
    assert len(draft.doubts) == expected > 2
    first = draft.doubts[1]
    assert first.criterion == draft.tree["criteria"][0]["id"]
    assert first.message.values["text"] == "I CHỈ ĐẠO, ĐIỀU HÀNH"
    edited = authoring.save(province, draft, drafting.set_value(draft.tree, HEAD_ID, ("version",), 2))
    left = authoring.settle(province, edited, first)
    assert left.doubts == tuple(each for each in draft.doubts if each != first)
    assert authoring.all_drafts(scene.office("province")) == [left]


def test_the_version_before_is_the_newest_that_is_no_later(province: Office) -> None:
    (published,) = register.sets(province)
    second = authoring.publish(province, authoring.next_version(province, published.digest))
    tree = authoring.tree_of(province, second.digest)
    assert authoring.version_before(province, tree) == second.digest
    assert authoring.version_before(province, tree | {"version": 7}) == second.digest
    assert authoring.version_before(province, tree | {"version": 1}) == published.digest
    assert authoring.version_before(province, tree | {"id": authoring.new_id()}) is None
    assert authoring.version_before(None, tree) == published.digest, "it ships, too"
    assert authoring.earlier(None, second.digest) == []
