"""The bundles among the files and folders that somebody names, and what in the folders is none."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from exports.bundles.reading import begins_as_bundle
from parindex_desktop.services.files import is_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SUFFIX: Final = ".cchc"

_MOST_LOOKED_INTO: Final = 2_000
"""Files of other endings whose content is looked at: opening one takes a stick a millisecond or two."""

_SYSTEM_FOLDERS: Final = frozenset({"system volume information", "$recycle.bin", "lost+found"})
_SYSTEM_FILES: Final = frozenset({"desktop.ini", "thumbs.db"})
"""What systems leave on a stick by themselves (and names that begin with a dot): nobody meant to send it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look through files and folders came upon.

    `passed_over` counts the files in the folders that are no bundles, by their ending (in small letters, without the
    dot; empty where there is none); `unread` names folders that could not be looked into.
    """

    bundles: tuple[Path, ...]
    passed_over: Mapping[str, int]
    unread: tuple[str, ...]


def look_through(paths: Iterable[Path]) -> Found:
    """The files that were named, and every bundle in the folders that were, also a renamed one; each file once."""
    search = _Search()
    for path in paths:
        if is_folder(path):
            search.folder(path)
        else:
            search.bundles[path] = None
    return Found(tuple(search.bundles), search.passed_over, tuple(search.unread))


def bundles_in(paths: Iterable[Path]) -> list[Path]:
    """The bundles alone of `look_through`."""
    return list(look_through(paths).bundles)


@dataclass(slots=True)
class _Search:
    """What was found so far; a file that is found twice is one."""

    bundles: dict[Path, None] = field(default_factory=dict)
    passed_over: Counter[str] = field(default_factory=Counter)
    unread: list[str] = field(default_factory=list)
    looked_into: int = 0

    def folder(self, folder: Path) -> None:
        """Look into a folder and those below it, in the order of their names."""
        for path in sorted(self._files(folder)):
            if self._is_bundle(path):
                self.bundles[path] = None
            else:
                self.passed_over[path.suffix.lower().lstrip(".")] += 1

    def _is_bundle(self, path: Path) -> bool:
        """By its ending, or by its content where a mailer or somebody has given it another."""
        # A stick formatted as FAT may say the ending in capitals.
        if path.suffix.lower() == SUFFIX:
            return True
        self.looked_into += 1
        return self.looked_into <= _MOST_LOOKED_INTO and begins_as_bundle(path)

    def _files(self, folder: Path) -> Iterator[Path]:
        for place, folders, names in os.walk(folder, onerror=self._not_read):
            folders[:] = [name for name in folders if not _of_the_system(name)]
            paths = (Path(place, name) for name in names if not _of_the_system(name))
            yield from filter(_is_file, paths)

    def _not_read(self, fault: OSError) -> None:
        self.unread.append(Path(fault.filename).name)


def _is_file(path: Path) -> bool:
    """Whether it can be read at all; what cannot even be looked at is named when it is read."""
    try:
        return path.is_file()
    except OSError:
        return True


def _of_the_system(name: str) -> bool:
    return name.startswith(".") or name.lower() in _SYSTEM_FOLDERS | _SYSTEM_FILES
