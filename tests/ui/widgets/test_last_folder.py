"""Questions about files begin where the officer last was for the same purpose, also after a restart."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from ui.settings import FILE, Memory
from ui.widgets import dialogs
from ui.widgets.dialogs import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator


class Officer:
    """Answers the system's dialogs with `answer`, and notes where each one began."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answer = ""
        self.began: list[str] = []
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", self.open)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", self.folder)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", self.save)

    def open(self, _parent: object, _title: str, place: str, _kinds: str) -> tuple[list[str], str]:
        self.began.append(place)
        return [self.answer] if self.answer else [], ""

    def folder(self, _parent: object, _title: str, place: str) -> str:
        self.began.append(place)
        return self.answer

    def save(self, _parent: object, _title: str, place: str, _kinds: str) -> tuple[str, str]:
        self.began.append(place)
        return self.answer, ""


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    memory = Memory(tmp_path / FILE)
    dialogs.remember_in(memory)
    yield memory
    dialogs.remember_in({})


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's documents, which are there."""
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(folder))
    return folder


@pytest.fixture
def officer(monkeypatch: pytest.MonkeyPatch, memory: Memory) -> Officer:
    return Officer(monkeypatch)


def test_at_first_the_documents_are_offered(officer: Officer, documents: Path, tmp_path: Path) -> None:
    assert dialogs.choose_files(None, "Chọn tệp") == []
    assert dialogs.choose_folder(None, "Chọn thư mục") is None
    assert dialogs.choose_target(None, "Lưu", tmp_path / "a.pdf") is None
    assert officer.began == [str(documents), str(documents), str(documents / "a.pdf")]


@pytest.mark.parametrize("missing", ["", "gone"])
def test_without_documents_the_own_folder_is_offered(
    officer: Officer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    place = str(tmp_path / missing) if missing else ""
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: place)
    dialogs.choose_files(None, "Chọn tệp")
    dialogs.choose_folder(None, "Chọn thư mục")
    dialogs.choose_target(None, "Lưu", tmp_path / missing / "a.pdf")
    assert officer.began == [str(Path.home()), str(Path.home()), str(Path.home() / "a.pdf")]


def test_each_purpose_has_its_own_folder_and_cancelling_changes_none(
    officer: Officer, tmp_path: Path
) -> None:
    stick, papers = tmp_path / "usb", tmp_path / "giấy tờ"
    stick.mkdir()
    papers.mkdir()
    officer.answer = str(stick / "a.cchc")
    assert dialogs.choose_files(None, "", "", Purpose.BUNDLES) == [stick / "a.cchc"]
    officer.answer = str(papers / "b.pdf")
    assert dialogs.choose_target(None, "", tmp_path / "c.pdf", "", Purpose.PAPERS) == papers / "b.pdf"
    officer.answer = ""
    officer.began.clear()
    dialogs.choose_folder(None, "", Purpose.BUNDLES)
    dialogs.choose_target(None, "", tmp_path / "c.pdf", "", Purpose.PAPERS)
    dialogs.choose_files(None, "", "", Purpose.BUNDLES)
    assert officer.began == [str(stick), str(papers / "c.pdf"), str(stick)]


def test_the_folder_is_known_after_a_restart(officer: Officer, tmp_path: Path) -> None:
    officer.answer = str(tmp_path)
    dialogs.choose_folder(None, "", Purpose.SENDING)
    dialogs.remember_in(Memory(tmp_path / FILE))
    dialogs.choose_folder(None, "", Purpose.SENDING)
    assert officer.began[-1] == str(tmp_path)


def test_a_folder_that_is_gone_is_not_offered(officer: Officer, documents: Path, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    officer.answer = str(stick)
    dialogs.choose_folder(None, "", Purpose.SENDING)
    shutil.rmtree(stick)
    dialogs.choose_folder(None, "", Purpose.SENDING)
    assert officer.began[-1] == str(documents)
