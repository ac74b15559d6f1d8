"""Evidence: attached as a file or named without one, described, shared, looked at, taken away."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from parindex_desktop.domain.assessments import Linked
from parindex_desktop.domain.documents import AttachedAlready, Document, Form
from parindex_desktop.domain.errors import Cancelled
from parindex_desktop.domain.needs import Need
from tests.ui.form.desk import CONTROL
from ui.background import Task
from ui.form import document_dialog, file_work, known_documents
from ui.form.document_dialog import Described, DocumentDialog
from ui.form.known_documents import KnownDocumentsDialog
from ui.language import tr
from ui.widgets import dialogs
from ui.widgets.labels import CopyLabel, FieldError
from ui.widgets.progress import size_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.ui.form.desk import Desk

PDF = b"%PDF-1.7 ".ljust(4096)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return written(tmp_path / "Báo cáo số hóa.pdf", PDF)


def written(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


@pytest.fixture
def choosing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Answers the file dialog."""

    def answer(*paths: Path) -> None:
        monkeypatch.setattr(dialogs, "choose_files", lambda *_: list(paths))

    return answer


@pytest.fixture
def describing(monkeypatch: pytest.MonkeyPatch) -> list[Described]:
    """Answers the dialog of document data: cancelled, unless the test puts an answer first."""
    asked: list[Described] = []
    monkeypatch.setattr(document_dialog, "describe", lambda _parent, linked, *_a, **_k: asked.append(linked))
    return asked


def answered(monkeypatch: pytest.MonkeyPatch, **data: object) -> None:
    def describe(_parent: object, linked: Described, *_a: object, **_k: object) -> Described:
        page = str(data.get("page", linked.page))
        changes = {name: value for name, value in data.items() if name != "page"}
        return Described(replace(linked.document, **changes), page)  # type: ignore[arg-type]  # its own fields

    monkeypatch.setattr(document_dialog, "describe", describe)


def attach(desk: Desk, code: str, choosing: Callable[..., None], *files: Path) -> None:
    desk.go(code)
    choosing(*files)
    desk.press(Qt.Key.Key_O, CONTROL)
    desk.qtbot.waitUntil(lambda: not desk.page.form.pane.busy)
    desk.settle()


def names(desk: Desk, code: str) -> list[str]:
    return [each.document.name for each in desk.stored(code).evidence]


def test_a_chosen_file_is_attached_and_its_data_are_asked_for(
    desk: Desk, report: Path, choosing: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(monkeypatch, number="112/BC-UBND", date=dt.date(2026, 11, 5), issuer="UBND xã", page="3")
    attach(desk, "3.7", choosing, report)
    (linked,) = desk.stored("3.7").evidence
    assert (linked.document.number, linked.page) == ("112/BC-UBND", "3")
    assert linked.document.subject == "Báo cáo số hóa"
    assert linked.document.sha256 is not None
    assert desk.session.office.evidence.path(linked.document.sha256).read_bytes() == PDF
    assert desk.view.evidence is not None
    assert desk.view.evidence.table.current() == linked


def test_dropped_files_are_attached(desk: Desk, tmp_path: Path, describing: list[Described]) -> None:
    desk.go("3.7")
    files = [written(tmp_path / f"Ảnh {n}.png", PDF + bytes([n])) for n in range(3)]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    assert desk.view.evidence is not None
    zone = desk.view.evidence.zone
    no = Qt.MouseButton.NoButton
    zone.dropEvent(
        QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, no, Qt.KeyboardModifier.NoModifier)
    )
    desk.qtbot.waitUntil(lambda: not desk.page.form.pane.busy)
    assert sorted(names(desk, "3.7")) == ["Ảnh 0.png", "Ảnh 1.png", "Ảnh 2.png"]
    assert describing == []


def test_a_file_that_cannot_be_attached_is_told_and_the_others_come_in(
    desk: Desk, report: Path, tmp_path: Path, choosing: Callable[..., None], describing: list[Described]
) -> None:
    attach(desk, "3.7", choosing, written(tmp_path / "rỗng.pdf", b""), report, tmp_path / "không có.pdf")
    assert names(desk, "3.7") == ["Báo cáo số hóa.pdf"]
    (faults,) = desk.faults()
    assert "rỗng.pdf" in faults
    assert "không có.pdf" in faults
    desk.go("3.4")
    assert desk.faults() == []


def test_a_file_comes_to_its_criterion_though_the_officer_has_gone_on(
    desk: Desk, report: Path, choosing: Callable[..., None], describing: list[Described]
) -> None:
    desk.go("3.7")
    choosing(report)
    QTest.keyClick(desk.focused(), Qt.Key.Key_O, CONTROL)
    QTest.keyClick(desk.focused(), Qt.Key.Key_Down, CONTROL)
    desk.qtbot.waitUntil(lambda: not desk.page.form.pane.busy)
    assert desk.current() == "3.8"
    assert names(desk, "3.7") == ["Báo cáo số hóa.pdf"]
    assert names(desk, "3.8") == []
    assert describing == []


def test_attaching_a_file_again_keeps_its_page(
    desk: Desk, report: Path, choosing: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(monkeypatch, page="12")
    attach(desk, "3.7", choosing, report)
    monkeypatch.setattr(document_dialog, "describe", lambda *_a, **_k: None)
    attach(desk, "3.7", choosing, report)
    assert [each.page for each in desk.stored("3.7").evidence] == ["12"]


def test_one_content_under_two_names_comes_in_once_and_the_first_name_is_told(
    desk: Desk, report: Path, choosing: Callable[..., None], describing: list[Described], tmp_path: Path
) -> None:
    attach(desk, "3.7", choosing, report)
    copy, other = (
        written(tmp_path / "bản sao.pdf", report.read_bytes()),
        written(tmp_path / "khác.pdf", PDF + b" "),
    )
    attach(desk, "3.7", choosing, copy, other)
    assert sorted(names(desk, "3.7")) == sorted([report.name, "khác.pdf"])
    (fault,) = desk.faults()
    assert fault == tr(AttachedAlready(name="bản sao.pdf", first=report.name))


def test_evidence_takes_the_place_of_the_explanation(
    desk: Desk, report: Path, choosing: Callable[..., None], describing: list[Described]
) -> None:
    desk.go("1.3")
    desk.write("4")
    desk.press(Qt.Key.Key_Tab)
    assert desk.stored("1.3").needs == (Need.EVIDENCE,)
    attach(desk, "1.3", choosing, report)
    assert desk.stored("1.3").needs == ()


def test_evidence_without_a_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    answered(monkeypatch, form=Form.CLASSIFIED, number="05-BC/TU", subject="Báo cáo mật", place="Văn thư")
    desk.go("3.7")
    desk.button(tr("Document without a file…")).setFocus()
    desk.press(Qt.Key.Key_Space)
    (linked,) = desk.stored("3.7").evidence
    assert linked.document.form is Form.CLASSIFIED
    assert linked.document.sha256 is None
    assert not any(
        link.isVisible() for link in desk.page.findChildren(QAbstractButton) if link.text() == tr("Open")
    )


def test_a_document_proves_another_criterion_too_and_is_described_once(
    desk: Desk,
    report: Path,
    choosing: Callable[..., None],
    describing: list[Described],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attach(desk, "3.7", choosing, report)
    monkeypatch.setattr(known_documents, "choose", lambda _parent, documents: (documents[0], "7"))
    desk.go("3.4")
    desk.button(tr("Use a document that is here already…")).click()
    (here,) = desk.stored("3.4").evidence
    (there,) = desk.stored("3.7").evidence
    assert here.document == there.document
    assert (here.page, there.page) == ("7", "")
    answered(monkeypatch, number="9/BC-UBND", page="8")
    desk.button(tr("Edit the data…")).click()
    assert desk.stored("3.7").evidence[0].document.number == "9/BC-UBND"
    assert [desk.stored(code).evidence[0].page for code in ("3.4", "3.7")] == ["8", ""]


def test_a_document_is_taken_away_and_brought_back(
    desk: Desk, report: Path, choosing: Callable[..., None], describing: list[Described]
) -> None:
    attach(desk, "3.7", choosing, report)
    assert desk.view.evidence is not None
    desk.view.evidence.table.setFocus()
    desk.press(Qt.Key.Key_Delete)
    assert names(desk, "3.7") == []
    assert desk.focused() is desk.view.evidence.zone.button
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert names(desk, "3.7") == ["Báo cáo số hóa.pdf"]


def test_enter_on_a_row_asks_for_its_data(
    desk: Desk, report: Path, choosing: Callable[..., None], describing: list[Described]
) -> None:
    attach(desk, "3.7", choosing, report)
    describing.clear()
    assert desk.view.evidence is not None
    desk.view.evidence.table.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert [each.document.name for each in describing] == ["Báo cáo số hóa.pdf"]


def test_only_what_is_a_pdf_or_a_picture_by_its_content_is_opened(
    desk: Desk,
    report: Path,
    tmp_path: Path,
    choosing: Callable[..., None],
    describing: list[Described],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(file_work, "open_file", lambda path: opened.append(path) or True)
    attach(desk, "3.7", choosing, report)
    desk.button(tr("Open")).click()
    desk.qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].suffix == ".pdf"
    assert opened[0].read_bytes() == PDF
    attach(desk, "3.4", choosing, written(tmp_path / "chương trình.pdf", b"MZ"))
    assert not any(
        link.isVisible() for link in desk.page.findChildren(QAbstractButton) if link.text() == tr("Open")
    )
    target = tmp_path / "bản sao.bin"
    monkeypatch.setattr(dialogs, "choose_target", lambda *_: target)
    desk.button(tr("Save a copy…")).click()
    desk.qtbot.waitUntil(lambda: target.exists() and not desk.page.form.pane.busy)
    assert target.read_bytes() == b"MZ"


def test_a_viewer_that_is_not_there_is_told(
    desk: Desk,
    report: Path,
    choosing: Callable[..., None],
    describing: list[Described],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(file_work, "open_file", lambda _path: False)
    attach(desk, "3.7", choosing, report)
    desk.button(tr("Open")).click()
    desk.qtbot.waitUntil(lambda: bool(desk.faults()))
    assert desk.faults() == [tr("No program on this machine opens this file. Save a copy instead.")]


def test_a_jump_to_missing_evidence_leads_to_the_way_in(desk: Desk) -> None:
    desk.page.jump(desk.id("2.1"), Need.EVIDENCE)
    assert desk.view.evidence is not None
    assert desk.focused() is desk.view.evidence.zone.button


# The two dialogs.


def said_wrong(dialog: DocumentDialog) -> list[str]:
    return [each.text() for each in dialog.findChildren(FieldError) if not each.isHidden()]


def test_the_data_of_a_document_are_asked_with_what_identifies_it(dressed: object) -> None:
    dialog = DocumentDialog(None, Described(Document("1", Form.PAPER), ""), choose_form=True)
    dialog.accept()
    assert dialog.result() == 0
    assert said_wrong(dialog) == [
        tr("Write what the document is about."),
        tr("Write where it can be found."),
    ]
    dialog.subject.setPlainText("Sổ theo dõi hồ sơ")
    assert said_wrong(dialog) == [tr("Write where it can be found.")]
    dialog.accept()
    assert dialog.result() == 0
    dialog.place.setText("Tủ 2, Văn phòng")
    assert said_wrong(dialog) == []
    dialog.date.field.setText("31/2/2026")
    dialog.accept()
    assert dialog.result() == 0
    dialog.date.field.setText("28/2/2026")
    dialog.page.setText(" 2-3 ")
    dialog.accept()
    assert dialog.result() == 1
    given = dialog.described()
    assert given.page == "2-3"
    assert given.document == Document(
        "1", Form.PAPER, date=dt.date(2026, 2, 28), subject="Sổ theo dõi hồ sơ", place="Tủ 2, Văn phòng"
    )


@pytest.mark.parametrize("number", range(4))
def test_each_form_without_a_file_can_be_chosen(dressed: object, number: int) -> None:
    dialog = DocumentDialog(None, Described(Document("1", Form.PAPER), ""), choose_form=True)
    dialog.findChildren(QAbstractButton)[number].click()
    forms = (Form.PAPER, Form.EXTRACT, Form.LINK, Form.CLASSIFIED)
    assert dialog.described().document.form is forms[number]


def test_the_data_can_be_read_and_copied_only(desk: Desk) -> None:
    document = Document("1", Form.LINK, subject="Trang công khai", place="https://banho.laocai.gov.vn")
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        seen.extend(label.text() for label in dialog.findChildren(CopyLabel))
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(0, look)
    document_dialog.show(desk.window, Linked(document, ""))
    assert "https://banho.laocai.gov.vn" in seen


def test_known_documents_are_found_without_accents(dressed: object) -> None:
    documents = [
        Document("1", Form.PAPER, number="1/KH", subject="Kế hoạch số hóa", place="Tủ 1"),
        Document("2", Form.PAPER, number="2/BC", subject="Báo cáo đào tạo", place="Tủ 1"),
    ]
    dialog = KnownDocumentsDialog(None, documents)
    assert dialog.chosen() == (documents[0], "")
    dialog.search.setText("dao tao")
    assert dialog.chosen() == (documents[1], "")
    dialog.search.setText("không có")
    dialog.accept()
    assert dialog.result() == 0
    assert dialog.chosen() is None


# A large file on its way in.


class StopsAfter(Task):
    """Work that the officer cancels once more than so many bytes are done."""

    def __init__(self, most: int) -> None:
        self.told: list[tuple[int, int]] = []
        super().__init__(lambda done, total: self.told.append((done, total)))
        self.most = most

    def progress(self, done: int, total: int) -> None:
        super().progress(done, total)
        if done > self.most:
            self.stop()


MEGABYTE = 1024 * 1024


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [
        written(tmp_path / name, PDF + bytes([number]) * (number * MEGABYTE))
        for number, name in enumerate(("nhỏ.pdf", "vừa.pdf", "lớn.pdf"))
    ]


def test_bytes_of_all_files_are_told(desk: Desk, files: list[Path]) -> None:
    sizes = [file.stat().st_size for file in files]
    task = StopsAfter(sum(sizes))
    work = desk.page.form.pane._work
    assert len(work._keep(task, files)) == 3
    assert task.told[0][1] == task.told[-1][0] == sum(sizes)


def test_a_cancelled_file_leaves_nothing_and_those_before_it_are_attached(
    desk: Desk, files: list[Path]
) -> None:
    desk.go("3.7")
    work = desk.page.form.pane._work
    sizes = [file.stat().st_size for file in files]
    kept = work._keep(StopsAfter(sizes[0] + sizes[1]), files)
    work._link(desk.session.form.criteria.by_code("3.7"), kept, len(files))
    assert sorted(names(desk, "3.7")) == ["nhỏ.pdf", "vừa.pdf"]
    assert desk.faults() == []
    assert desk.page.form.pane._note.isVisible()
    assert desk.page.form.pane._note.text() == tr(
        "Cancelled: {left} of {count} files were not attached any more.", left=1, count=3
    )
    store = desk.session.office.home / "evidence"
    assert len([path for path in store.rglob("*") if path.is_file()]) == 2


def test_the_only_file_cancelled_changes_nothing(desk: Desk, files: list[Path]) -> None:
    work = desk.page.form.pane._work
    with pytest.raises(Cancelled):
        work._keep(StopsAfter(0), files[2:])
    assert [path for path in (desk.session.office.home / "evidence").rglob("*") if path.is_file()] == []


def test_the_officer_sees_the_bytes_and_can_cancel_in_the_middle_of_a_file(
    desk: Desk, tmp_path: Path, choosing: Callable[..., None]
) -> None:
    desk.go("3.7")
    large = tmp_path / "lớn.pdf"
    with large.open("wb") as file:
        file.truncate(2_000_000_000)  # takes no room on the disk, and a second at least to copy
    choosing(large)
    desk.press(Qt.Key.Key_O, CONTROL)
    strip = desk.page.form.pane._work._strip
    assert strip.isVisible()
    before = desk.focused()
    strip.advance(MEGABYTE, 3 * MEGABYTE)
    assert tr("{done} / {total}", done=size_text(MEGABYTE), total=size_text(3 * MEGABYTE)) in strip.text()
    desk.button(tr("Cancel")).setFocus()
    desk.press(Qt.Key.Key_Space)
    desk.qtbot.waitUntil(lambda: not desk.page.form.pane.busy)
    assert not strip.isVisible()
    assert desk.focused() is before
    assert desk.faults() == []
    assert desk.page.form.pane._note.text() == tr("Cancelled. Nothing has changed.")
    desk.go("3.8")
    assert not desk.page.form.pane._note.isVisible()
    assert names(desk, "3.7") == []
    assert [path for path in (desk.session.office.home / "evidence").rglob("*") if path.is_file()] == []
