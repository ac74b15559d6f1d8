"""Evidence is streamed: what a bundle holds does not lie in memory."""

from __future__ import annotations

import hashlib
import tracemalloc
from typing import TYPE_CHECKING

from parindex_desktop.domain.revisions import Attachment

if TYPE_CHECKING:
    from .conftest import Desk

MB = 1024 * 1024


def test_300_megabytes_pass_through_60(desk: Desk) -> None:
    piece = bytes(range(256)) * (MB // 256)
    digest = hashlib.sha256()
    with (desk.store / "new").open("wb") as file:
        for _ in range(300):
            file.write(piece)
            digest.update(piece)
    (desk.store / "new").rename(desk.evidence(digest.hexdigest()))
    revision = desk.revision([Attachment(digest.hexdigest(), 300 * MB)])
    tracemalloc.start()
    try:
        path, written = desk.write(revision)
        staged = desk.stage(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert staged.seal == written.seal
    assert peak < 60 * MB
