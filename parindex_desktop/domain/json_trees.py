"""A file of ours that comes from outside as JSON: whole numbers, texts, lists and objects, every fault at its place.

Figures with decimals are texts, and there is no true or false: a file says what it means in words.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.text import clean

if TYPE_CHECKING:
    from parindex_desktop.domain.tree_shape import Fault, Path

_DEEPEST: Final = 64
"""Levels of lists and objects: a tree of thirty levels of criteria."""


class TreeUnreadable(Exception):
    """The bytes are no such file at all; `fault` says why. Whoever reads the file says which one it was."""

    def __init__(self, fault: Message) -> None:
        super().__init__(fault.code)
        self.fault = fault


class _NoInteger:
    """Stands where a number with a fraction, an exponent or too many digits stood."""


class _Object(dict[str, Any]):
    """A JSON object that remembers the keys that stood in it twice."""

    doubled: tuple[str, ...] = ()


def read_tree(document: bytes, largest: int) -> tuple[Any, list[Fault]]:
    """The tree in `document` of at most `largest` bytes, and what in it cannot be; there it has None.

    Raises `TreeUnreadable`.
    """
    faults: list[Fault] = []
    return _plain(_parsed(document, largest), (), faults), faults


def _parsed(document: bytes, largest: int) -> object:
    if len(document) > largest:
        values = {"size": len(document), "limit": largest}
        raise TreeUnreadable(
            Message("tree.too_large", "The file has {size} bytes, the limit is {limit}.", values)
        )
    try:
        return json.loads(
            document,
            object_pairs_hook=_object,
            parse_float=lambda _: _NoInteger(),
            parse_constant=lambda _: _NoInteger(),
            parse_int=lambda digits: int(digits) if len(digits) <= 15 else _NoInteger(),
        )
    except json.JSONDecodeError as fault:
        values = {"line": fault.lineno, "column": fault.colno}
        message = Message(
            "tree.not_json", "The file is not JSON text (line {line}, column {column}).", values
        )
        raise TreeUnreadable(message) from fault
    except UnicodeDecodeError as fault:
        raise TreeUnreadable(Message("tree.not_text", "The file is not text in UTF-8.")) from fault
    except RecursionError as fault:
        raise TreeUnreadable(_too_deep()) from fault


def _too_deep() -> Message:
    return Message(
        "tree.too_deep", "The lists and objects are nested deeper than {limit}.", {"limit": _DEEPEST}
    )


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    result = _Object(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _ in pairs]
        result.doubled = tuple(key for key in result if keys.count(key) > 1)
    return result


def _plain(node: object, path: Path, faults: list[Fault]) -> Any:
    """`node` as plain JSON values; what cannot be one is a fault, and None in the result."""
    if len(path) > _DEEPEST:
        raise TreeUnreadable(_too_deep())
    match node:
        case _Object():
            for key in node.doubled:
                message = Message(
                    "tree.key_twice", "The field “{field}” stands here twice.", {"field": key[:60]}
                )
                faults.append((path, message))
            return {key: _plain(value, (*path, key), faults) for key, value in node.items()}
        case list():
            return [_plain(value, (*path, index), faults) for index, value in enumerate(node)]
        case str():
            tidy = clean(node, limit=3 * len(node))
            if tidy != node:
                message = Message(
                    "tree.text_not_clean",
                    "The text “{text}” is not in the agreed form: composed letters (NFC), "
                    "no blanks at the ends, no invisible signs.",
                    {"text": tidy[:60]},
                )
                faults.append((path, message))
            return tidy
        case bool() | _NoInteger():
            message = Message(
                "tree.not_integer_or_text",
                "Only whole numbers and texts are allowed: write a figure with decimals as text, "
                "true and false as a word.",
            )
            faults.append((path, message))
            return None
        case _:
            return node
