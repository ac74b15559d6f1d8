"""Sets are begun, published and compared from one list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import resources
from parindex_desktop.domain import drafting
from parindex_desktop.domain.drafting import HEAD_ID
from parindex_desktop.domain.rule_ways import way_named
from parindex_desktop.domain.units import Level
from parindex_desktop.services import authoring, register
from tests.ui.authoring.desk import Desk, begun
from tests.ui.hands import answer, offered, press, write
from ui.authoring import new_dialog
from ui.authoring.new_dialog import NewSetDialog
from ui.language import tr
from ui.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


@pytest.fixture
def bare(scene: Scene) -> Office:
    """A province at its very beginning."""
    return scene.new("new", Level.PROVINCE, "Sở Nội vụ tỉnh Lai Châu")


def rows(desk: Desk) -> list[tuple[str, str]]:
    """Name and state of what the list shows."""
    shown = desk.page.overview.table.rows.rows()
    return [(row.name, tr(row.sign)) for row in shown]


def test_a_province_without_sets_is_told_how_to_begin(qtbot: QtBot, bare: Office, dressed: object) -> None:
    desk = Desk(qtbot, bare)
    assert offered(desk.page, "New set…")
    assert rows(desk) == []


def test_the_list_shows_what_is_published_and_where_it_is_used(
    qtbot: QtBot, province: Office, dressed: object
) -> None:
    (published,) = register.sets(province)
    desk = Desk(qtbot, province)
    assert rows(desk) == [(published.name, tr("Used in {years}", years="2026"))]
    assert not offered(desk.page, "Go on writing")
    press(desk.page, "Write a new version")
    assert desk.tree["version"] == 2
    press(desk.page, "‹ Back to the list")
    assert rows(desk)[0] == (published.name, tr("Draft, can be published"))
    assert offered(desk.page, "Go on writing")


def test_enter_opens_a_draft(qtbot: QtBot, province: Office, dressed: object) -> None:
    draft = begun(province, Level.COMMUNE)
    desk = Desk(qtbot, province)
    desk.page.overview.table.choose(draft.id)
    QTest.keyClick(desk.page.overview.table, Qt.Key.Key_Return)
    assert desk.editor.work.draft.id == draft.id
    assert QApplication.focusWidget() is desk.editor.tree.view


def test_a_draft_is_begun_in_a_small_window(
    qtbot: QtBot, province: Office, monkeypatch: pytest.MonkeyPatch, dressed: object
) -> None:
    desk = Desk(qtbot, province)
    draft = begun(province, Level.COMMUNE)
    sources: list[str] = []

    def ask(_parent: object, _office: object, source: str = "") -> authoring.Draft | None:
        sources.append(source)
        return draft if len(sources) > 1 else None

    monkeypatch.setattr(new_dialog, "ask_new", ask)
    press(desk.page, "New set…")
    assert desk.page.editor is None, "cancelled"
    press(desk.page, "Copy for another year…")
    assert desk.editor.work.draft == draft
    assert sources == ["", register.sets(province)[0].digest]


def test_publishing_is_asked_for_and_leads_to_the_years(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = desk.tree
    asked = answer(monkeypatch, yes=False)
    desk.top("Publish…")
    assert asked == [tr("Publish the criteria set")]
    assert desk.page.editor is not None
    answer(monkeypatch, yes=True)
    desk.top("Publish…")
    assert desk.page.editor is None
    assert authoring.all_drafts(desk.office) == []
    newest = register.sets(desk.office)[0]
    assert authoring.tree_of(desk.office, newest.digest) == tree
    current = desk.page.overview.table.current()
    assert current is not None
    assert current.digest == newest.digest
    press(desk.page, "Years and kit")
    assert desk.asked == ["periods"]


def test_a_draft_with_faults_cannot_be_published(desk: Desk) -> None:
    desk.line("Name of the criteria set", "")
    step = desk.page.top_line().step
    assert step is not None
    assert not step.enabled
    assert step.hint == tr("Mend what is wrong first: {count}.", count=1)
    desk.top("Undo")
    step = desk.page.top_line().step
    assert step is not None
    assert step.enabled


def test_a_version_that_was_published_meanwhile_is_named(desk: Desk) -> None:
    authoring.publish(desk.office, desk.editor.work.draft)
    other = authoring.draft_of_tree(desk.office, desk.editor.work.tree)
    desk.page.edit(other)
    assert [fault.field for fault in desk.editor.work.faults] == [("version",)]
    desk.figure("Version", "3")
    assert desk.editor.work.faults == []


@pytest.mark.parametrize("yes", [True, False])
def test_a_draft_is_deleted_only_after_a_question(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, yes: bool
) -> None:
    press(desk.page, "‹ Back to the list")
    answer(monkeypatch, yes=yes)
    press(desk.page, "Delete the draft…")
    assert (authoring.all_drafts(desk.office) == []) is yes
    assert len(rows(desk)) == (1 if yes else 2)


# The window that begins a set.


@pytest.fixture
def dialog(qtbot: QtBot, province: Office, dressed: object) -> NewSetDialog:
    (published,) = register.sets(province)
    made = NewSetDialog(None, province, published.digest)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_the_next_year_is_proposed(dialog: NewSetDialog, province: Office) -> None:
    (published,) = register.sets(province)
    assert dialog.year.value() == str(published.year + 1)
    assert dialog.name.value() == published.name.replace("2026", "2027")
    dialog.accept()
    assert dialog.draft is not None
    assert dialog.draft.based_on == published.digest
    assert dialog.draft.tree["year"] == 2027


def test_a_set_from_nothing_needs_its_name_and_year(dialog: NewSetDialog, province: Office) -> None:
    dialog.source.setCurrentIndex(0)
    dialog.accept()
    assert dialog.fault() == tr("Enter the name of the set.")
    write(dialog.name, "Bộ tiêu chí mới")
    write(dialog.year, "27")
    dialog.accept()
    assert "27" in dialog.fault()
    write(dialog.year, "2027")
    assert dialog.fault() == ""
    dialog.accept()
    assert authoring.all_drafts(province) == [dialog.draft]


# Two versions.


@pytest.fixture
def compared(desk: Desk) -> Desk:
    """The draft with one criterion changed, one gone and one new, beside the set that it began from."""
    work = desk.editor.work
    first, second, third = (desk.id(code) for code in ("1.2", "1.3", "1.1"))
    work.do(lambda tree: drafting.set_value(tree, first, ("title",), "Tên khác"), first, first)
    work.do(lambda tree: drafting.set_way(tree, third, way_named("yes_no")), third, third)
    question = way_named("yes_no").fields[0]
    work.do(lambda tree: drafting.set_rule_value(tree, third, question, "Đã ban hành?"), third, third)
    work.do(lambda tree: drafting.add_below(tree, authoring.new_id(), second), second, second)
    work.do(lambda tree: drafting.set_value(tree, HEAD_ID, ("notice",), "Lưu ý khác"), HEAD_ID, HEAD_ID)
    press(desk.page, "‹ Back to the list")
    press(desk.page, "What has changed…")
    return desk


def signs(desk: Desk) -> list[tuple[str, str]]:
    """The rows that differ: code and how."""
    model = desk.page.comparison.table.rows
    found = []
    for row in range(model.rowCount()):
        before, _, after, _, sign = (model.cell(row, column).spoken() for column in range(5))
        if sign:
            found.append(((before if after == "–" else after).split()[0], sign))
    return found


def test_what_differs_stands_side_by_side(compared: Desk) -> None:
    head = tr("General information").split()[0]
    assert signs(compared) == [
        (head, tr("Changed")),
        ("1.1", tr("Changed")),
        ("1.2", tr("Changed")),
        ("1.3", tr("Added")),
        ("1.3.1", tr("Changed")),
    ]
    facts = compared.page.comparison.facts.text()
    assert facts == tr("{added} added, {removed} taken out, {changed} changed", added=1, removed=0, changed=4)


def test_the_selected_criterion_shows_what_both_versions_say(compared: Desk) -> None:
    view = compared.page.comparison
    line = next(each for each in view.table.rows.rows() if each.new and each.new.get("code") == "1.1")
    view.table.choose(line.id)
    said = [each.text() for each in view.card.findChildren(WrapLabel) if each.isVisible()]
    assert f"{tr('Yes / no')}\n{tr('Question')}: Đã ban hành?" in said
    (changes,) = (each for each in said if each.startswith(f"{tr('Way of scoring')}: "))
    assert f"{tr('Question')}: " in changes
    before = next(each for each in said if each.startswith(tr("Deadline after an event")))
    assert f"{tr('Days after the event')}: 30" in before


def test_all_criteria_are_shown_when_wanted_and_the_versions_can_be_swapped(compared: Desk) -> None:
    view = compared.page.comparison
    differing = view.table.rows.rowCount()
    view.only.button.setFocus()
    QTest.keyClick(view.only.button, Qt.Key.Key_Space)
    assert view.table.rows.rowCount() > differing
    old, new = view.old.currentIndex(), view.new.currentIndex()
    view.old.setCurrentIndex(new)
    view.new.setCurrentIndex(old)
    view.new.activated.emit(old)
    assert ("1.3", tr("Taken out")) in signs(compared)
    press(compared.page, "‹ Back to the list")
    assert compared.page.overview.isVisible()


def test_the_comparison_begins_with_the_set_that_is_selected(
    qtbot: QtBot, province: Office, dressed: object
) -> None:
    first = next(iter(register.sets(province)))
    department = register.import_set(province, resources.file("criteria/department-2026.json").read_bytes())
    tree = authoring.tree_of(province, first.digest) | {"version": 2}
    second = register.import_set(province, json.dumps(tree, ensure_ascii=False).encode())
    desk = Desk(qtbot, province)
    view = desk.page.comparison
    for selected, old, new in (
        (first, first, second),
        (second, first, second),
        (department, None, department),
    ):
        desk.page.overview.table.choose(selected.digest)
        press(desk.page, "Compare two versions…")
        chosen = [view._versions[combo.currentIndex()].key for combo in (view.old, view.new)]
        assert chosen[1] == new.digest
        assert chosen[0] == (old.digest if old else chosen[0])
        press(desk.page, "‹ Back to the list")


def test_one_set_alone_cannot_be_compared(qtbot: QtBot, province: Office, dressed: object) -> None:
    desk = Desk(qtbot, province)
    assert not offered(desk.page, "Compare two versions…")
    press(desk.page, "What has changed…")
    assert desk.page.overview.banner.text() == tr("Two sets without faults are needed to compare them.")
