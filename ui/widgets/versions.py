"""What a version of a criteria set is called in a choice: versions of one set differ in their number alone.

The number stands first: whatever is cut where the room is short, it is not. Sets that even have that in common, which
older registers may hold, are told apart by the beginning of their digests.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from resources import msgid
from ui.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN = 8
"""Digits of a digest that tell sets apart."""

K = TypeVar("K")


def shared(keys: Iterable[K]) -> frozenset[K]:
    """Those of the keys that several have."""
    return frozenset(key for key, count in Counter(keys).items() if count > 1)


def version_words(version: int, name: str, digest: str = "") -> str:
    """Among the sets of one year; with the `digest` of one that has a twin."""
    template = (
        msgid("version {version} ({digest}) · {name}") if digest else msgid("version {version} · {name}")
    )
    return tr(template, version=str(version), name=name, digest=digest[:_SHOWN])


def dated_words(year: int, version: int, name: str, *, draft: bool = False, digest: str = "") -> str:
    """Among the sets of all years; a `draft` is told from what is published, one that has a twin by its `digest`."""
    template = msgid("{year}, version {version} · {name}")
    if draft:
        template = msgid("{year}, version {version} (draft) · {name}")
    elif digest:
        template = msgid("{year}, version {version} ({digest}) · {name}")
    return tr(template, year=str(year), version=str(version), name=name, digest=digest[:_SHOWN])
