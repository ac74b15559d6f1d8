from __future__ import annotations

import json
from dataclasses import replace

import pytest

from parindex_desktop.domain.revisions import (
    Ancestor,
    Attachment,
    Entry,
    FormatTooNew,
    Kind,
    Mode,
    Revision,
    RevisionMalformed,
    RevisionNotCanonical,
    Series,
    State,
    digest_of,
    read_revision,
)

A, B = "a" * 64, "b" * 64
FIRST = Revision(
    series=Series(Kind.ASSESSMENT, "unit", "2026", "unit"),
    audience=("province",),
    sequence=1,
    parents=(),
    ancestors=(),
    key=A,
    kit=None,
    criteria_set=B,
    state=State.FINAL,
    mode=Mode.REAL,
    journal=B,
    entries={"answer/x/explanation": Entry("Đã làm", ("self",)), "answer/y/figures": Entry(None, ("self",))},
    attachments=(Attachment(B, 5), Attachment(A, 3)),
)
SECOND = replace(
    FIRST, sequence=2, parents=(A,), ancestors=(Ancestor(A, 1, State.FINAL), Ancestor(B, 0, State.DRAFT))
)


def changed(revision: Revision, **changes: object) -> bytes:
    return json.dumps(
        json.loads(revision.document()) | changes, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


@pytest.mark.parametrize("revision", [FIRST, SECOND])
def test_reading_gives_back_what_was_written(revision: Revision) -> None:
    document = revision.document()
    assert read_revision(document).document() == document
    assert digest_of(read_revision(document).document()) == digest_of(document)


def test_the_order_in_memory_does_not_matter() -> None:
    turned = replace(
        SECOND,
        ancestors=SECOND.ancestors[::-1],
        attachments=SECOND.attachments[::-1],
        entries=dict(reversed(SECOND.entries.items())),
    )
    assert turned.document() == SECOND.document()


@pytest.mark.parametrize(
    "document",
    [
        FIRST.document() + b"\n",
        b" " + FIRST.document(),
        json.dumps(
            json.loads(FIRST.document()), ensure_ascii=True, sort_keys=True, separators=(",", ":")
        ).encode(),
        json.dumps(json.loads(FIRST.document()), ensure_ascii=False).encode(),
        changed(FIRST, more="x"),
        FIRST.document().replace(b'"format":1', b'"format":1,"format":1'),
    ],
    ids=["line end", "blank", "escaped letters", "spaced", "unknown field", "doubled key"],
)
def test_the_same_in_other_bytes_is_refused(document: bytes) -> None:
    with pytest.raises(RevisionNotCanonical):
        read_revision(document)


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"format":1}',
        b'{"format":"1"}',
        b"[" * 100_000,
        FIRST.document()[:-1],
        changed(FIRST, sequence=1.0),
        changed(FIRST, sequence=2),
        changed(FIRST, sequence="1"),
        changed(FIRST, kind="letter"),
        changed(FIRST, state="finished"),
        changed(FIRST, parents=[A]),
        changed(FIRST, entries={"k": {"value": 1.5, "writers": ["self"]}}),
        changed(FIRST, entries={"k": {"value": 2**60, "writers": ["self"]}}),
        changed(FIRST, entries={"k": {"value": "x", "writers": [A]}}),
        changed(FIRST, entries={"k": "x"}),
        changed(FIRST, entries=None),
        changed(FIRST, attachments=[{"sha256": A}]),
        changed(FIRST, series=None).replace(b"NaN", b""),
        FIRST.document().replace(b'"sequence":1', b'"sequence":NaN'),
    ],
)
def test_anything_that_is_not_a_revision_is_refused_by_name(document: bytes) -> None:
    with pytest.raises((RevisionMalformed, RevisionNotCanonical)):
        read_revision(document)


def test_a_newer_format_is_refused_before_anything_else_is_judged() -> None:
    with pytest.raises(FormatTooNew) as refused:
        read_revision(b'{"format":2,"anything":"else"}')
    assert refused.value.values == {"format": "2", "known": "1"}
