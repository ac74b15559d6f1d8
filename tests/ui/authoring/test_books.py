"""Sets go out of the page as workbooks and come back as drafts; a published table becomes a draft with its doubts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from parindex_desktop.domain import drafting
from parindex_desktop.domain.drafting import HEAD_ID
from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.domain.revisions import canonical
from parindex_desktop.domain.units import Level
from parindex_desktop.services import authoring, register, set_books
from tests.ui.authoring.desk import Desk
from tests.ui.hands import answer, offered, press, write
from ui.authoring import proposal_dialog, rows
from ui.authoring.new_dialog import NewSetDialog
from ui.authoring.proposal_dialog import Answered, ProposalDialog
from ui.language import tr
from ui.widgets import dialogs, faults
from ui.widgets.cells import CellRole
from ui.widgets.fields import TextArea
from ui.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.domain.messages import Message
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

WORKBOOK, TABLE = 0, 1
"""The ways of the button “From a file”."""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table as a province publishes it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("STT", "Tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng"),
        ("I", "CHỈ ĐẠO, ĐIỀU HÀNH", 5, None),
        ("1", "Ban hành kế hoạch trước ngày 31/12", 2, "Kế hoạch"),
        ("2", "Công tác khác", 3, None),
    ):
        sheet.append(row)
    book.save(tmp_path / "bang.xlsx")
    return tmp_path / "bang.xlsx"


def begin(qtbot: QtBot, desk: Desk, way: int) -> None:
    """Choose a way of the button, and wait for its end."""
    assert offered(desk.page, "From a file")
    desk.page.overview.take.menu().actions()[way].trigger()
    qtbot.waitUntil(lambda: not desk.page.books.busy)


def sent(qtbot: QtBot, desk: Desk, target: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The draft in hand as a workbook."""
    press(desk.page, "‹ Back to the list")
    answer(monkeypatch, target=target)
    press(desk.page, "Write to a workbook…")
    qtbot.waitUntil(lambda: not desk.page.books.busy)
    return target.with_suffix(".xlsx")


def edited(book: Path, sheet: str, place: str, value: object) -> None:
    opened = load_workbook(book)
    opened[sheet][place].value = value
    opened.save(book)


def test_a_draft_goes_out_and_comes_back_into_itself_as_one_step(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.line("Name of the criteria set", "Bộ của tỉnh")
    tree = desk.tree
    book = sent(qtbot, desk, tmp_path / "bo", monkeypatch)
    said = desk.page.overview.banner.text()
    assert str(book) in said
    edited(book, "Tiêu chí", "D3", "Tên mới")
    answer(monkeypatch, files=(book,))
    begin(qtbot, desk, WORKBOOK)
    assert desk.node("1.1")["title"] == "Tên mới"
    assert len(authoring.all_drafts(desk.office)) == 1
    taken = "“{name}” was taken over into this draft. Undo brings back what stood here."
    assert desk.editor.banner.text() == tr(taken, name="bo.xlsx")
    desk.top("Undo")
    assert desk.tree == tree
    desk.top("Redo")
    press(desk.page, "‹ Back to the list")
    begin(qtbot, desk, WORKBOOK)
    assert desk.editor.banner.text() == tr("“{name}” says what this draft says already.", name="bo.xlsx")


def test_a_published_set_goes_out_and_its_workbook_begins_a_draft(
    qtbot: QtBot, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dressed: object
) -> None:
    desk = Desk(qtbot, scene.office("province"))
    (published,) = register.sets(desk.office)
    answer(monkeypatch, target=tmp_path / "bo.xlsx", files=(tmp_path / "bo.xlsx",))
    press(desk.page, "Write to a workbook…")
    qtbot.waitUntil(lambda: not desk.page.books.busy)
    edited(tmp_path / "bo.xlsx", "Bộ tiêu chí", "B4", 2)
    begin(qtbot, desk, WORKBOOK)
    (draft,) = authoring.all_drafts(desk.office)
    assert desk.editor.work.draft == draft
    assert (draft.based_on, draft.tree["version"]) == (published.digest, 2)


def test_a_workbook_with_faults_changes_nothing_and_names_each_at_its_cell(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[Message, ...]] = []
    monkeypatch.setattr(faults, "show_faults", lambda *said, **_named: told.append(said[3]))
    tree = desk.tree
    book = sent(qtbot, desk, tmp_path / "bo", monkeypatch)
    edited(book, "Tiêu chí", "E3", "nhiều")
    answer(monkeypatch, files=(book,))
    begin(qtbot, desk, WORKBOOK)
    assert "E3" in tr(told[0][0])
    assert desk.page.editor is None
    assert [each.tree for each in authoring.all_drafts(desk.office)] == [tree]


def test_old_fonts_are_converted_when_the_officer_says_so(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def show(*_said: object, old_fonts: bool) -> OldFonts:
        asked.append(old_fonts)
        return OldFonts.CONVERT

    monkeypatch.setattr(faults, "show_faults", show)
    book = sent(qtbot, desk, tmp_path / "bo", monkeypatch)
    edited(book, "Tiêu chí", "D3", "Ban hµnh kÕ ho¹ch")
    answer(monkeypatch, files=(book,))
    begin(qtbot, desk, WORKBOOK)
    assert asked == [True]
    assert desk.node("1.1")["title"] == "Ban hành kế hoạch"


def test_files_that_cannot_be_read_or_written_are_named(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    banner = desk.page.overview.banner
    sent(qtbot, desk, tmp_path / "none" / "bo", monkeypatch)
    assert "bo.xlsx" in banner.text()
    answer(monkeypatch, files=(tmp_path / "gone.xlsx",))
    for way in (WORKBOOK, TABLE):
        begin(qtbot, desk, way)
        assert "gone.xlsx" in banner.text()
    answer(monkeypatch)
    begin(qtbot, desk, TABLE)
    assert "gone.xlsx" in banner.text(), "no file was chosen"


# A published table.


@pytest.fixture
def proposal(qtbot: QtBot, scene: Scene, table: Path, dressed: object) -> ProposalDialog:
    read = set_books.look_at_table(table, OldFonts.ASK)
    dialog = ProposalDialog(None, scene.office("province"), read, table.name)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_what_is_doubtful_stands_first_and_all_rows_can_be_seen(
    proposal: ProposalDialog, qtmodeltester: ModelTester
) -> None:
    doubtful = proposal.table.rows.rowCount()
    assert all(proposal.table.rows.cell(row, 3).text for row in range(doubtful))
    QTest.keyClick(proposal.only.button, Qt.Key.Key_Space)
    assert proposal.table.rows.rowCount() == 3 > doubtful
    qtmodeltester.check(proposal.table.rows)


def test_a_proposal_needs_the_name_of_the_set(proposal: ProposalDialog) -> None:
    assert QApplication.focusWidget() is proposal.name
    proposal.accept()
    assert proposal.fault() == tr("Enter the name of the set.")
    write(proposal.name, "Bộ của tỉnh")
    proposal.accept()
    assert proposal.draft is not None
    assert (proposal.draft.tree["name"], proposal.draft.tree["level"]) == ("Bộ của tỉnh", "commune")


def proposed(office: Office, table: Path) -> authoring.Draft:
    read = set_books.look_at_table(table, OldFonts.ASK)
    return set_books.begin_proposed(office, read, "Bộ của tỉnh", 2027, Level.COMMUNE)


def test_a_table_opens_as_a_draft_whose_doubts_are_settled_one_by_one(
    qtbot: QtBot, scene: Scene, table: Path, monkeypatch: pytest.MonkeyPatch, dressed: object
) -> None:
    desk = Desk(qtbot, scene.office("province"))
    monkeypatch.setattr(
        proposal_dialog,
        "ask_proposal",
        lambda _parent, office, _table, _name: Answered(proposed(office, table)),
    )
    answer(monkeypatch, files=(table,))
    begin(qtbot, desk, TABLE)
    hints = desk.editor.work.hints
    count = len(hints)
    assert count > 1
    assert desk.editor.hints.accessibleName() == tr("{count} to look at", count=count)
    desk.editor.jump(hints[-1])
    assert desk.current() == "I.2"
    shown = [each.text() for each in desk.editor.pane.hints.findChildren(WrapLabel) if each.isVisible()]
    assert shown == [tr(each.message) for each in hints if each.criterion == hints[-1].criterion]
    for _ in shown:
        press(desk.editor.pane, "Looked at")
    assert not desk.editor.pane.hints.isVisible()
    assert QApplication.focusWidget() is desk.editor.tree.view
    left = count - len(shown)
    assert len(authoring.all_drafts(desk.office)[0].doubts) == left
    press(desk.page, "‹ Back to the list")
    press(desk.page, "Go on writing")
    assert len(desk.editor.work.hints) == left


def test_a_doubt_of_a_criterion_that_is_gone_stands_at_the_head(
    qtbot: QtBot, scene: Scene, table: Path, dressed: object
) -> None:
    desk = Desk(qtbot, scene.office("province"))
    desk.page.edit(proposed(desk.office, table))
    desk.go("I.2")
    desk.key(Qt.Key.Key_Delete)
    assert HEAD_ID in {each.criterion for each in desk.editor.work.hints}
    desk.go("")
    first = desk.editor.work.hints[0]
    press(desk.editor.pane, "Looked at")
    assert first not in desk.editor.work.hints


def test_the_table_is_read_again_when_its_old_fonts_are_to_be_converted(
    qtbot: QtBot, scene: Scene, table: Path, monkeypatch: pytest.MonkeyPatch, dressed: object
) -> None:
    edited(table, "Sheet", "B3", "Ban hµnh kÕ ho¹ch tr­íc ngµy 31/12")
    office = scene.office("province")
    read = set_books.look_at_table(table, OldFonts.ASK)
    dialog = ProposalDialog(None, office, read, table.name)
    qtbot.addWidget(dialog)
    dialog.show()
    press(dialog, "Convert old fonts")
    assert dialog.again
    titles: list[str] = []

    def ask(_parent: object, _office: object, found: set_books.TableRead, _name: str) -> Answered:
        titles.append(found.rows[1].text)
        return Answered(again=len(titles) == 1)

    monkeypatch.setattr(proposal_dialog, "ask_proposal", ask)
    desk = Desk(qtbot, office)
    answer(monkeypatch, files=(table,))
    begin(qtbot, desk, TABLE)
    qtbot.waitUntil(lambda: len(titles) == 2)
    assert titles[1].startswith("1 Ban hành kế hoạch")


# Guidance that does not fit the rule any more.


def test_guidance_that_tells_an_older_figure_is_pointed_out_until_it_is_mended(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not desk.editor.hints.isVisible()
    desk.go("1.2")
    desk.figure("No points below (%)", "85")
    (hint,) = desk.editor.work.hints
    template = "The guidance mentions {figures}; the way of scoring does not say that any more."
    assert tr(hint.message) == tr(template, figures="80")
    assert (hint.criterion, hint.field) == (desk.id("1.2"), ("guidance",))
    assert not offered(desk.editor.pane, "Looked at"), "it goes when the words are mended"
    asked: list[str] = []
    monkeypatch.setattr(
        dialogs, "ask", lambda _parent, _title, sentence, **_named: bool(asked.append(sentence))
    )
    desk.top("Publish…")
    assert tr(hint.message) in asked[0]
    desk.editor.list_hints()
    QTest.keyClick(desk.editor._list.view, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is desk.shown(TextArea, "Guidance")
    desk.area("Guidance", "Từ 85% trở lên tính theo tỷ lệ.")
    assert desk.editor.work.hints == []
    desk.top("Publish…")
    assert tr(hint.message) not in asked[1]


# Which draft is in hand.


def test_the_head_and_the_list_name_the_draft_and_when_it_was_changed(desk: Desk) -> None:
    desk.line("Name of the criteria set", "Bộ của tỉnh, bản thứ hai")
    assert desk.editor.name.text() == "Bộ của tỉnh, bản thứ hai"
    changed = tr("last changed {time}", time=desk.editor.work.draft.changed)
    assert desk.editor._saved.text() == changed
    press(desk.page, "‹ Back to the list")
    cell = desk.page.overview.table.rows.cell(0, 0)
    assert (cell.text, cell.note) == ("Bộ của tỉnh, bản thứ hai", changed)


def test_versions_of_one_name_are_told_apart_by_what_stands_first(desk: Desk) -> None:
    press(desk.page, "‹ Back to the list")
    press(desk.page, "What has changed…")
    view = desk.page.comparison
    name = drafting.holder(desk.page._works.popitem()[1].tree, HEAD_ID)["name"]
    words = "{year}, version {version} · {name}"
    drafted = "{year}, version {version} (draft) · {name}"
    assert view.old.currentText() == tr(words, year="2026", version="1", name=name)
    assert view.new.currentText() == tr(drafted, year="2026", version="2", name=name)


def test_a_narrow_list_keeps_the_points_in_view_and_says_below_what_is_wrong(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.go("1.1")
    desk.figure("Maximum points", "1,50")
    tree = desk.editor.tree
    for width, wide in ((380, False), (520, True), (380, False)):
        tree.setFixedWidth(width)
        qtbot.waitUntil(lambda wide=wide: tree.view.isColumnHidden(2) is not wide)
        assert not tree.view.isColumnHidden(1)
        index = tree.model.index_of(desk.id("1"))
        assert index.data(CellRole.NOTE) == ("" if wide else tr("Adds up to {sum}", sum="16,50"))


def test_published_sets_of_one_name_and_version_are_told_apart(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A register from before may hold them."""
    monkeypatch.setattr(register, "is_taken", lambda *_known: False)
    held = register.sets(desk.office)
    first = held[0]
    tree = {**authoring.tree_of(desk.office, first.digest), "notice": "khác"}
    twin = register.import_set(desk.office, canonical(tree))
    press(desk.page, "‹ Back to the list")
    notes = {
        row.digest: rows.cells(row)[0].note for row in desk.page.overview.table.rows.rows() if not row.draft
    }
    same = {each.digest: tr("digest {digest}", digest=each.digest[:8]) for each in (first, twin)}
    assert notes == {each.digest: "" for each in held} | same
    dialog = NewSetDialog(desk.page, desk.office)
    words = [dialog.source.itemText(row) for row in range(dialog.source.count())]
    assert len(set(words)) == len(words)
    assert sum(each.digest[:8] in word for each in (first, twin) for word in words) == 2
    dialog.deleteLater()
