"""Looking at evidence: by content alone, under a name of our own, never the stored file itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.documents import Document, Form
from parindex_desktop.domain.units import Level
from parindex_desktop.services import evidence, founding
from parindex_desktop.services.files import FileNotWritten
from parindex_desktop.services.received import EvidenceNotHere

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from parindex_desktop.services.homes import Office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Any office: only its store is looked at."""
    home = tmp_path_factory.mktemp("office") / "home"
    with founding.found(home, founding.NewOffice(Level.COMMUNE, "Xã Bản Hồ", "demo")) as made:
        yield made


def kept(office: Office, folder: Path, content: bytes, name: str = "Báo cáo.pdf") -> Document:
    source = folder / "source"
    source.write_bytes(content)
    stored = office.evidence.add(source)
    return Document("1", Form.FILE, subject="Báo cáo", name=name, sha256=stored.sha256, size=stored.size)


@pytest.mark.parametrize(
    ("head", "ending"),
    [
        (b"%PDF-1.4\n", ".pdf"),
        (b"\x89PNG\r\n\x1a\n", ".png"),
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b"GIF89a", ".gif"),
        (b"II*\x00", ".tif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", ".webp"),
    ],
)
def test_pdf_and_pictures_are_known_by_their_content(
    office: Office, tmp_path: Path, head: bytes, ending: str
) -> None:
    document = kept(office, tmp_path, head + b"content", name="virus.exe")
    assert evidence.is_viewable(office, document)
    copy = evidence.viewable_copy(office, document)
    assert copy.suffix == ending
    assert copy.read_bytes() == head + b"content"
    assert evidence.viewable_copy(office, document) == copy


@pytest.mark.parametrize(
    "content", [b"MZ", b"<svg/>", b" %PDF-1.4", b"RIFF\x10\x00\x00\x00WAVE", b"PK\x03\x04", b"x"]
)
def test_anything_else_is_not_opened_whatever_its_name(
    office: Office, tmp_path: Path, content: bytes
) -> None:
    document = kept(office, tmp_path, content)
    assert not evidence.is_viewable(office, document)
    with pytest.raises(evidence.NotViewable):
        evidence.viewable_copy(office, document)


def test_what_a_viewer_does_never_reaches_the_store(office: Office, tmp_path: Path) -> None:
    document = kept(office, tmp_path, b"%PDF-1.4 original")
    copy = evidence.viewable_copy(office, document)
    copy.chmod(0o600)
    copy.write_bytes(b"scribbled")
    assert document.sha256 is not None
    assert office.evidence.path(document.sha256).read_bytes() == b"%PDF-1.4 original"


def test_a_copy_is_saved_where_it_is_wanted(office: Office, tmp_path: Path) -> None:
    document = kept(office, tmp_path, b"MZ")
    evidence.save_copy(office, document, tmp_path / "bản sao.bin")
    assert (tmp_path / "bản sao.bin").read_bytes() == b"MZ"
    with pytest.raises(FileNotWritten):
        evidence.save_copy(office, document, tmp_path / "no folder" / "copy.bin")


def test_a_file_that_was_left_out_is_said_to_be_not_here(office: Office, tmp_path: Path) -> None:
    missing = replace(kept(office, tmp_path, b"%PDF-1.4"), sha256="0" * 64)
    assert not evidence.is_viewable(office, missing)
    for use in (evidence.viewable_copy, lambda o, d: evidence.save_copy(o, d, tmp_path / "copy")):
        with pytest.raises(EvidenceNotHere):
            use(office, missing)


@pytest.mark.parametrize(
    ("number", "subject", "name", "safe"),
    [
        ("112/BC-UBND", "Báo cáo số hóa", "bao cao.PDF", "112-bc-ubnd-bao-cao-so-hoa.pdf"),
        ("", "../../etc/passwd", "x", "etc-passwd"),
        ("", "con", "con.txt", "tai-lieu-con.txt"),
        ("", "Ảnh", "a.tệp lạ", "tai-lieu-anh"),
        ("", "…", "a.docx", "0123456789abcdef.docx"),
        ("", "dài " * 60, "a.pdf", "dai-dai-dai-dai-dai-dai-dai-dai-dai-dai-dai-dai-dai-dai-dai.pdf"),
    ],
)
def test_names_of_copies_are_our_own(number: str, subject: str, name: str, safe: str) -> None:
    document = Document("1", Form.FILE, number, subject=subject, name=name, sha256="0123456789abcdef" * 4)
    assert evidence.safe_name(document) == safe
