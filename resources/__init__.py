"""Data that ships with the program, and `say`, which puts a message into the reader's language.

This package imports nothing of ours and nothing heavy: every other one may open it first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from resources.language import DEFAULT_LANGUAGE, CatalogueNotCompiled, Language, Sayable, msgid, say

__all__ = [
    "DEFAULT_LANGUAGE",
    "CatalogueNotCompiled",
    "Language",
    "Sayable",
    "file",
    "files",
    "msgid",
    "say",
    "text",
    "tree",
]

_FOLDER: Final = Path(__file__).parent


def file(name: str) -> Path:
    """Path of the shipped file `name`, such as ``fonts/Tinos-Regular.ttf``.

    Raises `FileNotFoundError` where the program was installed without it.
    """
    path = _FOLDER / name
    if not path.is_file():
        raise FileNotFoundError(path)
    return path


def files(folder: str, suffix: str) -> list[Path]:
    """Paths of the shipped files in `folder` whose names end in `suffix`, sorted by name."""
    return sorted(path for path in (_FOLDER / folder).iterdir() if path.name.endswith(suffix))


def text(name: str) -> str:
    """Content of the shipped UTF-8 file `name`."""
    return file(name).read_text("utf-8")


def tree(name: str) -> Any:
    """Content of the shipped JSON file `name`."""
    import json  # noqa: PLC0415 (a quarter of this package's import time, and most callers want words only)

    return json.loads(text(name))
