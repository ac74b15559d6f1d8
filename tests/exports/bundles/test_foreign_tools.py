"""Anyone can check a bundle without this program: with unzip, sha256sum, a BagIt validator and openssl."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding

from exports.bundles import bag

from .conftest import NOW, TOP
from .test_documents import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Desk


def run(folder: Path, *command: str) -> bytes:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def openssl(root: str, moment: datetime) -> list[str]:
    command = f"openssl cms -verify -binary -inform DER -in {bag.SIGNATURE} -content {bag.TAG_MANIFEST}"
    # The time of signing, so that neither the clock of this machine nor the years count.
    return [*command.split(), "-CAfile", root, "-purpose", "any", "-attime", str(int(moment.timestamp()))]


def test_a_complete_bundle_is_checked_without_us(desk: Desk) -> None:
    path, _ = desk.write(desk.revision(desk.attach(b"", b"%PDF-1.7", b"z" * 3_000_000)))
    folder = desk.folder / "elsewhere"
    folder.mkdir()
    (folder / "root.pem").write_bytes(desk.office.root.public_bytes(Encoding.PEM))
    run(folder, "unzip", "-t", str(path))
    run(folder, "unzip", "-q", str(path))
    opened = folder / TOP
    told = run(opened, "sha256sum", "--strict", "-c", bag.MANIFEST, bag.TAG_MANIFEST)
    assert told.count(b": OK\n") == 4 + 3
    run(opened, sys.executable, "-m", "bagit", "--validate", "--quiet", ".")
    content = run(opened, *openssl("../root.pem", NOW))
    assert content == (opened / bag.TAG_MANIFEST).read_bytes()
    assert (opened / bag.REVISION).read_bytes() == desk.stage(path).revision.document()


def test_the_example_of_the_documentation_is_checked_without_us(desk: Desk) -> None:
    """The commands of docs/format.md, on the file that stands beside it."""
    folder = desk.folder
    run(folder, "unzip", "-q", str(EXAMPLES / "example.cchc"))
    (opened,) = folder.glob("xa-*")
    run(opened, "sha256sum", "--strict", "-c", bag.MANIFEST, bag.TAG_MANIFEST)
    run(opened, sys.executable, "-m", "bagit", "--validate", "--quiet", ".")
    run(opened, *openssl(str(EXAMPLES / "root.pem"), datetime(2026, 7, 1, tzinfo=UTC)))
