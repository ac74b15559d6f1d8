"""Reading a criteria set that comes from outside: every fault is named at its place, then it is refused.

Three looks at one document: its values (integers and clean text only), its shape (the published JSON
Schema, which the caller hands in, because this layer opens no files), its meaning (`criteria_meaning`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.criteria import CriteriaSet
from parindex_desktop.domain.criteria_meaning import meaning_faults
from parindex_desktop.domain.criteria_shape import pointer, shape_faults
from parindex_desktop.domain.errors import ManyFaults, UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.criteria_shape import Fault, Path

FORMAT: Final = 1
"""The newest format of a set that this program reads."""

LARGEST_DOCUMENT: Final = 4 * 1024 * 1024
"""Bytes of the largest set that is read; the shipped ones have about 50 thousand."""

_DEEPEST = 64  # levels of lists and objects: a tree of thirty levels of criteria


class CriteriaSetFaulty(ManyFaults):
    """The document is no criteria set; `faults` names everything that is wrong, each at its place."""

    code = "criteria.faulty"
    template = msgid(
        "The criteria set was refused and nothing was taken over. Faults: {count}. The first: {first}"
    )


class CriteriaFormatTooNew(UserError):
    """The set was written by a newer program."""

    code = "criteria.format_too_new"
    template = msgid(
        "The criteria set has format {format}, this program reads up to format {known}. "
        "Nothing was taken over; install the newer program, then open the set again."
    )


class _NoInteger:
    """Stands where a number with a fraction, an exponent or too many digits stood."""


class _Object(dict[str, Any]):
    """A JSON object that remembers the keys that stood in it twice."""

    doubled: tuple[str, ...] = ()


def read_criteria_set(document: bytes, schema: Mapping[str, Any]) -> CriteriaSet:
    """The set that `document` holds; `schema` is the published JSON Schema of a set.

    Raises `CriteriaSetFaulty` with every fault, or `CriteriaFormatTooNew`.
    """
    read = _parsed(document)
    declared = read.get("format") if isinstance(read, dict) else None
    if type(declared) is int and declared > FORMAT:
        raise CriteriaFormatTooNew(format=str(declared), known=str(FORMAT))
    faults: list[Fault] = []
    tree = _plain(read, (), faults)
    known = {path for path, _ in faults}
    faults += [fault for fault in shape_faults(tree, schema) if fault[0] not in known]
    faults += meaning_faults(tree, {path for path, _ in faults})
    if faults:
        faults.sort(key=lambda fault: [step if isinstance(step, int) else -1 for step in fault[0]])
        raise CriteriaSetFaulty(tuple(_placed(tree, path, message) for path, message in faults))
    return CriteriaSet.from_tree(tree)


def _parsed(document: bytes) -> object:
    if len(document) > LARGEST_DOCUMENT:
        values = {"size": len(document), "limit": LARGEST_DOCUMENT}
        raise _refused(
            Message("criteria.too_large", "The file has {size} bytes, the limit is {limit}.", values)
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
            "criteria.not_json", "The file is not JSON text (line {line}, column {column}).", values
        )
        raise _refused(message) from fault
    except UnicodeDecodeError as fault:
        raise _refused(Message("criteria.not_text", "The file is not text in UTF-8.")) from fault
    except RecursionError as fault:
        raise _refused(_too_deep()) from fault


def _refused(message: Message) -> CriteriaSetFaulty:
    return CriteriaSetFaulty((message,))


def _too_deep() -> Message:
    return Message(
        "criteria.too_deep", "The lists and objects are nested deeper than {limit}.", {"limit": _DEEPEST}
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
        raise _refused(_too_deep())
    match node:
        case _Object():
            for key in node.doubled:
                message = Message(
                    "criteria.key_twice", "The field “{field}” stands here twice.", {"field": key[:60]}
                )
                faults.append((path, message))
            return {key: _plain(value, (*path, key), faults) for key, value in node.items()}
        case list():
            return [_plain(value, (*path, index), faults) for index, value in enumerate(node)]
        case str():
            tidy = clean(node, limit=2 * LARGEST_DOCUMENT)
            if tidy != node:
                message = Message(
                    "criteria.text_not_clean",
                    "The text “{text}” is not in the agreed form: composed letters (NFC), "
                    "no blanks at the ends, no invisible signs.",
                    {"text": tidy[:60]},
                )
                faults.append((path, message))
            return tidy
        case bool() | _NoInteger():
            message = Message(
                "criteria.not_integer_or_text",
                "Only whole numbers and texts are allowed: write a figure with decimals as text, "
                "true and false as a word.",
            )
            faults.append((path, message))
            return None
        case _:
            return node


def _placed(tree: object, path: Path, fault: Message) -> Message:
    """`fault` with its place: the path in the document and, below a criterion, its printed code."""
    code = ""
    node: Any = tree
    for step in path:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(node, dict) and isinstance(node.get("code"), str):
            code = node["code"][:60]
    values = {"place": pointer(path), "fault": fault}
    if code:
        return Message(fault.code, "Criterion {criterion} ({place}): {fault}", {**values, "criterion": code})
    return Message(fault.code, "{place}: {fault}", values)
