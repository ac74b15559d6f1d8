"""Looking at evidence: what may be opened is known by its content, everything else is only saved as a copy.

A file came from an office, so neither its name nor its ending is believed: what is opened is a read-only copy
under a generated name with the ending of its content, in the staging folder, which is emptied when the home is
opened the next time.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.errors import UserError, reason_of
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.text import folded
from parindex_desktop.services.files import FileNotRead, FileNotWritten, new_file
from parindex_desktop.services.received import EvidenceNotHere, evidence_file

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.domain.documents import Document
    from parindex_desktop.services.homes import Office

_SIGNATURES: Final = (
    (b"%PDF-", ".pdf"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
)
_LONGEST_NAME: Final = 60


class NotViewable(UserError):
    """The content is neither a PDF nor a picture."""

    code = "evidence.not_viewable"
    template = msgid(
        "“{name}” is neither a PDF nor a picture, so it is not opened here. Nothing was changed; save a copy and "
        "open that with care."
    )


def is_viewable(office: Office, document: Document) -> bool:
    """Whether a document's file is here and is a PDF or a picture."""
    try:
        return _ending(evidence_file(office, document.sha256)) is not None
    except (EvidenceNotHere, FileNotRead):
        return False


def viewable_copy(office: Office, document: Document) -> Path:
    """A read-only copy of a document's file that a viewer of PDF or pictures may be handed.

    Raises `NotViewable`, `EvidenceNotHere`, `FileNotRead` or `FileNotWritten`.
    """
    source = evidence_file(office, document.sha256)
    ending = _ending(source)
    if ending is None:
        raise NotViewable(name=document.name or document.subject)
    folder = office.staging / "opened"
    target = folder / f"{source.parent.name}{source.name[:14]}{ending}"
    if not target.is_file():  # a viewer may still hold the copy that was made before
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise FileNotWritten(name=target.name, reason=reason_of(fault)) from fault
        _copy(source, target)
        target.chmod(0o400)
    return target


def save_copy(office: Office, document: Document, target: Path) -> None:
    """Write a document's file to `target`. Raises `EvidenceNotHere`, `FileNotRead` or `FileNotWritten`."""
    _copy(evidence_file(office, document.sha256), target)


def safe_name(document: Document) -> str:
    """A file name for a copy: words of the document's own data, and its ending where it is an ordinary one."""
    words = re.findall(r"[a-z0-9]+", folded(f"{document.number} {document.subject}"))
    ending = re.search(r"\.[A-Za-z0-9]{1,5}$", document.name)
    stem = "-".join(words)[:_LONGEST_NAME].rstrip("-") or (document.sha256 or document.id)[:16]
    # Windows knows names such as “con” and “nul” as devices, whatever their ending.
    stem = f"tai-lieu-{stem}" if len(stem) <= 4 else stem
    return stem + (ending.group().lower() if ending else "")


def _ending(file: Path) -> str | None:
    try:
        with file.open("rb") as stream:
            head = stream.read(16)
    except OSError as fault:
        raise FileNotRead(name=file.name[:12], reason=reason_of(fault)) from fault
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ".webp"
    return next((ending for signature, ending in _SIGNATURES if head.startswith(signature)), None)


def _copy(source: Path, target: Path) -> None:
    with new_file(target) as file:
        shutil.copyfile(source, file)
