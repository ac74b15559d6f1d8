"""The revision inside: the frozen form, its published schema, example and test vectors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

import resources
from exports.bundles.documents import checked_revision, packed, unpacked
from exports.bundles.errors import DigestMismatch, TooLarge
from exports.bundles.reading import verify_bundle
from parindex_desktop.domain.errors import BundleRefused
from parindex_desktop.domain.revisions import (
    LARGEST_DOCUMENT,
    FormatTooNew,
    RevisionMalformed,
    RevisionNotCanonical,
    canonical,
    digest_of,
)

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
EXAMPLE = (EXAMPLES / "revision.json").read_bytes()
TREE: dict[str, Any] = json.loads(EXAMPLE)
HASH = "ab" * 32


def test_the_published_example_is_read_and_named_as_published() -> None:
    revision = checked_revision(EXAMPLE)
    assert revision.document() == EXAMPLE
    assert (EXAMPLES / "revision.sha256").read_text("ascii") == f"{digest_of(EXAMPLE)}  revision.json\n"


def test_a_bundle_of_this_format_is_read_for_ever() -> None:
    """A file kept from the first release, whose keys are gone: it cannot be made again to please a change."""
    staged = verify_bundle(EXAMPLES / "example.cchc", judge=lambda _claims, _signer: None)
    assert staged.revision.document() == EXAMPLE
    assert [file.sha256 for file in staged.files] == [a.sha256 for a in staged.revision.attachments]


@pytest.mark.parametrize(
    "vector",
    json.loads((EXAMPLES / "canonical-vectors.json").read_bytes()),
    ids=lambda vector: vector["what"],
)
def test_canonical_bytes_are_as_published(vector: dict[str, str]) -> None:
    value = json.loads(vector["json"])
    assert canonical(value).hex() == vector["canonical_hex"]
    assert digest_of(canonical(value)) == vector["sha256"]


def test_the_schema_needs_no_network() -> None:
    schema = resources.tree("schemas/revision.schema.json")
    assert schema["$id"].startswith("urn:")
    assert set(schema["required"]) == set(schema["properties"]) == set(TREE)


def changed(**fields: Any) -> bytes:
    return rfc8785.dumps(TREE | fields)


def entries(key: str, value: Any, writers: Any = ("self",)) -> dict[str, Any]:
    return {"entries": {key: {"value": value, "writers": list(writers)}}}


ANCESTOR = TREE["ancestors"][0]


@pytest.mark.parametrize(
    "fields",
    [
        {"format": 0},
        {"format": "1"},
        {"format": True},
        {"kind": "rumour"},
        {"author": "7D3A0C52-1a44-4f7a-9b62-0a5f6f6f0001"},
        {"author": 7},
        {"period": "26"},
        {"period": 2026},
        {"period": "2026\n"},
        {"subject": ""},
        {"subject": "Đơn vị"},
        {"audience": "above"},
        {"audience": ["above", "above"]},
        {"sequence": -1},
        {"sequence": "2"},
        {"sequence": True},
        {"sequence": 3},
        {"parents": [[1]]},
        {"parents": [HASH]},
        {"parents": [ANCESTOR["digest"]] * 2},
        {"ancestors": [ANCESTOR, ANCESTOR]},
        {"ancestors": [ANCESTOR, ANCESTOR | {"sequence": 2}]},
        {"ancestors": [ANCESTOR | {"more": 1}]},
        {"ancestors": [ANCESTOR | {"state": "lost"}]},
        {"key": HASH.upper()},
        {"kit": ""},
        {"set": 1},
        {"state": "maybe"},
        {"mode": "demo"},
        {"journal": None},
        {"entries": []},
        {"attachments": [{"sha256": HASH, "size": -1}]},
        {"attachments": [{"sha256": HASH, "size": 1}, {"sha256": HASH, "size": 2}]},
        {"attachments": [{"sha256": "../" + HASH[3:], "size": 1}]},
        {"more": 1},
        entries("Answer/x", 1),
        entries("answer//x", 1),
        entries("answer/x/y/z/more", 1),
        entries("answer/../x y", 1),
        entries("trả-lời/x", 1),
        entries("answer/x", True),
        entries("answer/x", [False]),
        entries("answer/x", {"khóa": 1}),
        entries("answer/x", {"a b": 1}),
        entries("answer/x", 1, []),
        entries("answer/x", 1, ["self", "self"]),
        entries("answer/x", 1, [HASH]),
        entries("answer/x", 1, "self"),
    ],
    ids=lambda fields: rfc8785.dumps(fields).decode()[:50],
)
def test_anything_else_is_malformed(fields: dict[str, Any]) -> None:
    with pytest.raises(RevisionMalformed):
        checked_revision(changed(**fields))


@pytest.mark.parametrize("field", sorted(TREE))
def test_every_field_is_needed(field: str) -> None:
    with pytest.raises(RevisionMalformed):
        checked_revision(rfc8785.dumps({name: value for name, value in TREE.items() if name != field}))


def test_keys_of_entries_may_name_up_to_three_things() -> None:
    for key in ("lock", "task/1.2-a_B", "link/a/b", "a_b/1/2/3"):
        checked_revision(changed(**entries(key, {"a": [None, -5, "ữ", {"b": {}}]})))


@pytest.mark.parametrize("number", ["1.0", "1.5", "1e3", "NaN", "Infinity", "9007199254740992", "1" * 5000])
def test_numbers_are_integers_that_every_program_holds(number: str) -> None:
    document = EXAMPLE.replace(b'"page":3', b'"page":' + number.encode())
    assert document != EXAMPLE
    with pytest.raises(RevisionMalformed):
        checked_revision(document)


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"{",
        b"\xff\xfe{\x00}\x00",
        b"[" * 100_000,
        b'{"format":1,"entries":' + b'{"a":' * 5000,
        b'{"format":1,"value":' + b"[" * 400 + b"]" * 400 + b"}",
        EXAMPLE.replace(b"12/BC-UBND", b"\xc3"),
        EXAMPLE.replace(b"12/BC-UBND", b"\\ud800"),
    ],
    ids=[
        "nothing",
        "null",
        "list",
        "text",
        "cut",
        "utf-16",
        "deep",
        "deep cut",
        "deep whole",
        "no utf-8",
        "surrogate",
    ],
)
def test_what_is_no_json_object_is_malformed(document: bytes) -> None:
    with pytest.raises(RevisionMalformed):
        checked_revision(document)


@pytest.mark.parametrize("depth", [50, 150, 250, 900])
def test_depth_ends_in_a_revision_or_a_refusal(depth: int) -> None:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    try:
        checked_revision(changed(**entries("answer/x", value)))
    except RevisionMalformed:
        assert depth > 100


@pytest.mark.parametrize(
    "document",
    [
        EXAMPLE + b"\n",
        b"\xef\xbb\xbf" + EXAMPLE,
        EXAMPLE.replace(b"12/BC", b"12\\/BC"),
        EXAMPLE.replace(b'"page":3', b'"page":3,"page":3'),
        EXAMPLE.replace(b'"page":3', b'"page":-0'),
        changed(audience=["b", "a"]),
        changed(**entries("answer/x", 1, [ANCESTOR["digest"], "self"][::-1])),
        changed(**entries("answer/x", "Mu\u031bo\u031b\u0300ng")),
    ],
    ids=["line end", "mark", "escape", "key twice", "minus zero", "audience", "writers", "NFD"],
)
def test_other_bytes_for_the_same_are_refused(document: bytes) -> None:
    with pytest.raises(RevisionNotCanonical):
        checked_revision(document)


@pytest.mark.parametrize("fields", [{"format": 2}, {"format": 10**15, "kind": "new", "more": 1}])
def test_a_newer_format_is_named(fields: dict[str, Any]) -> None:
    with pytest.raises(FormatTooNew):
        checked_revision(changed(**fields))


@given(st.binary(max_size=5000))
def test_what_is_packed_comes_back(document: bytes) -> None:
    assert unpacked(packed(document), len(document)) == document


@given(st.binary(min_size=1, max_size=200), st.integers(0, 400))
def test_nothing_but_the_stated_size_comes_out(document: bytes, size: int) -> None:
    if size == len(document):
        return
    with pytest.raises((DigestMismatch, TooLarge)):
        unpacked(packed(document), size)


@given(st.binary(max_size=300))
def test_unpacking_garbage_is_refused_or_exact(data: bytes) -> None:
    try:
        assert len(unpacked(data, 10)) == 10
    except BundleRefused:
        return


def test_a_size_beyond_the_limit_is_not_even_tried() -> None:
    with pytest.raises(TooLarge):
        unpacked(b"", LARGEST_DOCUMENT + 1)
