"""What was copied from last year, part by part, until somebody has looked at it.

Beside each copied part of an answer, ``answer/<criterion>/<part>`` or ``link/<criterion>/<part>``, stands a mark: the
entry ``confirm/<criterion>/<part>``, whose value is the digest of the set that the part was entered under. Who confirms
the part clears its mark (null), as does whoever enters the part anew. One mark for each part, so that two machines that
confirm different parts do not contradict each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parindex_desktop.domain.revisions import Value


def mark_of(key: str) -> str | None:
    """Key of the mark beside an entry; None for one that is no part of an answer."""
    kind, _, part = key.partition("/")
    return f"confirm/{part}" if kind in {"answer", "link"} else None


def unconfirmed(values: Mapping[str, Value]) -> dict[str, tuple[str, ...]]:
    """The parts that wait for a confirmation, by criterion, figures first; a mark beside nothing says nothing."""
    waiting: dict[str, list[str]] = {}
    for key in sorted(values, key=lambda key: (not key.endswith("/figures"), key)):
        mark = mark_of(key)
        if mark is not None and values[key] is not None and values.get(mark) is not None:
            _, criterion, part = mark.split("/")
            waiting.setdefault(criterion, []).append(part)
    return {criterion: tuple(parts) for criterion, parts in waiting.items()}


def without_marks(entered: Mapping[str, Value], standing: Iterable[str]) -> dict[str, Value]:
    """The entries that somebody `entered` anew, and the marks beside them cleared where they are `standing`."""
    marks = {mark_of(key) for key in entered}
    cleared: dict[str, Value] = {key: None for key in standing if key in marks}
    return {**cleared, **entered}
