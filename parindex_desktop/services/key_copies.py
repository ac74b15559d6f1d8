"""Copies of an office's keys on another medium: the province's cannot be made again.

Whoever holds a copy still needs the passphrase, which stands in no file.
"""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import journal
from exports.bundles.sticks import said, verified_write
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.text import folded
from parindex_desktop.services.files import read_small
from resources.language import day_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from parindex_desktop.services.homes import Office


class CopyBesideKeys(UserError):
    """A copy that is lost together with the keys is none."""

    code = "keys.copy_beside"
    template = msgid(
        "“{folder}” lies in the folder of the office's data, so the copy would be lost together with the keys. "
        "Nothing was copied; choose a stick or another disk."
    )


@dataclass(frozen=True, slots=True)
class KeysCopy:
    """A copy of the keys: when it was made, and into which folder."""

    at: datetime
    folder: str


def copy_keys(office: Office, folder: Path) -> Path:
    """Copy the key files into a new folder in `folder`, each flushed, read back and compared; returns that folder.

    Raises `CopyBesideKeys`, `FileNotRead`, and the errors of `verified_write`.
    """
    if folder.resolve().is_relative_to(office.home.resolve()):
        raise CopyBesideKeys(folder=folder.name)
    sources = [path for path in (office.signing_key, office.root_key) if path.is_file()]
    copies = folder / _folder_name(office)
    try:
        copies.mkdir(exist_ok=True)
    except OSError as fault:
        raise said(fault, folder, copies.name, 0) from fault
    for source in sources:
        data = read_small(source)
        with verified_write(copies / source.name, len(data), lambda _done: None) as sink:
            sink.write(data)
        # A stick formatted as FAT knows no owners; the passphrase protects the copy there.
        with contextlib.suppress(OSError):
            (copies / source.name).chmod(0o600)
    with office.begin() as session:
        office.write(session, "keys.copied", {"folder": str(copies)})
    return copies


def last_copy(office: Office) -> KeysCopy | None:
    """The newest copy that was made by `copy_keys`; of those made by hand nothing is known."""
    with office.read() as session:
        made = journal.entries(session, "keys.copied")
    return KeysCopy(made[-1].at, json.loads(made[-1].details)["folder"]) if made else None


def _folder_name(office: Office) -> str:
    """A name that every system can write: Khoa-So-Noi-Vu-Tinh-Lao-Cai-20261120."""
    words = re.findall(r"[A-Za-z0-9]+", folded(office.record.name).title())
    return f"{'-'.join(['Khoa', *words])[:60].rstrip('-')}-{day_of(office.clock()):%Y%m%d}"
