"""A sentence that is not yet in a language: a stable code, an English template, values.

Domain and services never build sentences. They hand a `Message` (or raise an error that carries one) to
the edge, where `resources.say` looks the template up in the catalogue and fills the values in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def msgid(template: str) -> str:
    """Mark `template` for the catalogue where it is neither a `Message` nor said at once."""
    return template


@dataclass(frozen=True, slots=True)
class Message:
    """A computed sentence, still to be said in the reader's language.

    `code` is stable (scripts may rely on it), `template` is English with ``{named}`` places and is the key
    in the catalogue, `values` fill the places: text, integers (grouped when said), `Decimal` (said with all
    their places), dates, aware times, or further messages.
    """

    code: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
