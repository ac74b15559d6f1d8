"""A hand-over that is signed but says what no form can: refused at its place, and the batch goes on."""

from __future__ import annotations

import dataclasses
import logging
from typing import TYPE_CHECKING, Any

import pytest

from parindex_desktop.domain.assessments import LONGEST_PAGE
from parindex_desktop.domain.closing import LONGEST_REASON
from parindex_desktop.domain.documents import LONGEST_ISSUER, LONGEST_NUMBER, LONGEST_PLACE, LONGEST_SUBJECT
from parindex_desktop.domain.figures import LONGEST_GROUND
from parindex_desktop.domain.revisions import Ancestor, Attachment, State, digest_of
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.text import LONGEST_TEXT
from parindex_desktop.services import attaching, filling, locking, received, receiving, reporting, upkeep
from parindex_desktop.services.entitlement import MOST_ANCESTORS, MOST_ENTRIES
from parindex_desktop.services.homes import open_home
from parindex_desktop.services.series import attachments_of
from tests.offices import (
    YEAR,
    Clock,
    changed,
    content_of,
    fill,
    forged,
    hand_over,
    holdings,
    leaf,
    paper_at,
    revision_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from parindex_desktop.domain.revisions import Revision
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

A_LEAF = "903fd3ee-a9d2-41a9-91c0-513ab352f6eb"
SHA256 = "a" * 64
PAPER = {"form": "paper", "number": "1", "date": None, "issuer": "x", "subject": "y", "place": "z"}
FILE = PAPER | {"form": "file", "name": "a.pdf", "sha256": SHA256, "size": 1}
FIGURES = {"applicability": "applicable", "ground": "", "inputs": {}}


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


def entry(revision: Revision, key: str, **others: Any) -> Any:
    return {**revision.entries[key].value, **others}


def of_signed(**others: Any) -> Callable[[Revision], dict[str, Any]]:
    return lambda revision: {"signed": entry(revision, "signed", **others)}


def of_lock(**others: Any) -> Callable[[Revision], dict[str, Any]]:
    return lambda revision: {"lock": entry(revision, "lock", **others)}


def only(key: str, value: Any) -> Callable[[Revision], dict[str, Any]]:
    return lambda _: {key: value}


ENTRIES: dict[str, Callable[[Revision], dict[str, Any]]] = {
    "a link with a digest and no size": only(f"link/{A_LEAF}/x", {"page": "1", "sha256": SHA256}),
    "a link with a page that is a number": only(f"link/{A_LEAF}/x", {"page": 1}),
    "a page with a sign of direction": only(f"link/{A_LEAF}/x", {"page": "\u202e1"}),
    "a page that is too long": only(f"link/{A_LEAF}/x", {"page": "1" * (LONGEST_PAGE + 1)}),
    "a digest that is a list": only("document/x", FILE | {"sha256": [SHA256]}),
    "a digest that is none": only("document/x", FILE | {"sha256": "A" * 64}),
    "a size that is a text": only("document/x", FILE | {"size": "1"}),
    "a file without its size": only("document/x", {k: v for k, v in FILE.items() if k != "size"}),
    "a paper with a file": only("document/x", FILE | {"form": "paper"}),
    "an issuer that is a list": only("document/x", PAPER | {"issuer": ["a", {"b": 1}]}),
    "a field too many": only("document/x", PAPER | {"secret": "1"}),
    "a control sign": only("document/x", PAPER | {"subject": "s\x01"}),
    "a number with a blank at its end": only("document/x", PAPER | {"number": "1 "}),
    "a date in words": only("document/x", PAPER | {"date": "today"}),
    "a date of another form": only("document/x", PAPER | {"date": "20261105"}),
    "a date in the year 1": only("document/x", PAPER | {"date": "0001-01-01"}),
    "a form that is a list": only("document/x", PAPER | {"form": ["paper"]}),
    "a ground that is a number": only(f"answer/{A_LEAF}/figures", FIGURES | {"ground": 1}),
    "a ground that is too long": only(f"answer/{A_LEAF}/figures", FIGURES | {"ground": "x" * (LONGEST_GROUND + 1)}),
    "an input that is a number": only(f"answer/{A_LEAF}/figures", FIGURES | {"inputs": {"count": 5}}),
    "inputs that are a list": only(f"answer/{A_LEAF}/figures", FIGURES | {"inputs": []}),
    "a figure given that is none of the inputs": only(f"answer/{A_LEAF}/figures", FIGURES | {"given": ["x"]}),
    "no figure given": only(f"answer/{A_LEAF}/figures", FIGURES | {"given": []}),
    "figures given that are a text": only(f"answer/{A_LEAF}/figures", FIGURES | {"given": "count"}),
    "an applicability nobody knows": only(f"answer/{A_LEAF}/figures", FIGURES | {"applicability": "maybe"}),
    "an explanation of six megabytes": only(f"answer/{A_LEAF}/explanation", "A " * 3_000_000),
    "an explanation with a null": only(f"answer/{A_LEAF}/explanation", "a\x00b"),
    "a report's text that is hidden": only("report/signer", "An\u200b"),
    "a set that is no digest": only("set", 5),
    "a mark of what was copied that is no digest": only(f"confirm/{A_LEAF}/figures", "x"),
    "a mark beside no criterion": only("confirm/x/figures", SHA256),
    "a mark without a part": only(f"confirm/{A_LEAF}", SHA256),
    "a signature's reason with a control sign": of_signed(without="không có\x0b"),
    "a signature's reason that is too long": of_signed(without="x" * (LONGEST_REASON + 1)),
    "a signature's number that is a list": of_signed(number=["5"]),
    "a signature with a field too many": of_signed(name="a.pdf"),
    "a signature's date of the year 9999": of_signed(date="9999-12-31"),
    "a lock's time without a zone": of_lock(at="2026-11-20T00:00:00"),
    "a lock's time that no clock says": of_lock(at="9999-12-31T23:59:59+00:00"),
    "a lock's time far east": of_lock(at="0001-01-01T00:00:00+14:00"),
    "a lock's author that is a number": of_lock(by=7),
    "a lock's digest in capitals": of_lock(digest="A" * 64),
}  # fmt: skip


@pytest.mark.parametrize("tamper", ENTRIES.values(), ids=ENTRIES.keys())
def test_an_entry_that_no_form_writes_is_refused_and_stops_nobody(
    scene: Scene, province: Office, tmp_path: Path, tamper: Callable[[Revision], dict[str, Any]]
) -> None:
    revision = revision_in(scene.file("ta-van-1.cchc"))
    bad = forged(scene.office("ta-van"), changed(revision, tamper(revision)), tmp_path / "a.cchc")
    before = holdings(province.home)
    (taken,) = receiving.take_in(province, [bad])
    assert taken.problem is not None
    assert taken.problem.code == "assessment.malformed"
    assert holdings(province.home) == before


def test_only_documents_and_the_signed_copy_name_files() -> None:
    file = {"sha256": SHA256, "size": 1}
    assert attachments_of({"document/x": file, "document/y": None, "document/z": PAPER}) == (
        Attachment(SHA256, 1),
    )
    assert attachments_of({"signed": file | {"sha256": "b" * 64}, "document/x": file}) == (
        Attachment(SHA256, 1),
        Attachment("b" * 64, 1),
    )
    assert attachments_of({"link/c/x": file, "answer/c/figures": file, "lock": file, "set/x": file}) == ()


def test_the_longest_that_the_form_takes_is_taken_in(scene: Scene, province: Office, tmp_path: Path) -> None:
    unit = scene.office("ta-van")
    form = fill(unit, filling.open_form(unit))
    for name in ("explanation", "reason", "note"):
        form = filling.set_text(unit, form, leaf(form, "1.2"), name, "x" * LONGEST_TEXT)
    form = filling.set_report_text(unit, form, "proposals", "x" * LONGEST_TEXT)
    document = paper_at().described(
        number="1" * LONGEST_NUMBER,
        issuer="x" * LONGEST_ISSUER,
        subject="x\n" * (LONGEST_SUBJECT // 2 - 1) + "xy",
        place="x" * LONGEST_PLACE,
    )
    form = attaching.add_document(unit, form, leaf(form, "1.2"), document, "9" * LONGEST_PAGE)
    ground = Answer(Applicability.NOT_APPLICABLE, "x" * LONGEST_GROUND)
    form = filling.answer(unit, form, leaf(form, "4.4"), ground)
    form = filling.answer(unit, form, leaf(form, "1.3"), Answer())
    form = locking.lock(unit, form, "x" * LONGEST_REASON)
    locking.record_signed(
        unit, form, locking.SignedPaper("1" * 100, None, "x" * 200, without="x" * LONGEST_REASON)
    )
    (taken,) = receiving.take_in(province, [hand_over(unit, tmp_path / "a.cchc")])
    assert (taken.outcome, taken.problem) == ("first", None)


@pytest.mark.parametrize(
    "tamper",
    [
        only("signed", None),
        lambda revision: {"lock": None, "signed": None},
        of_lock(digest="0" * 64),
        of_signed(lock="0" * 64),
        only(f"answer/{A_LEAF}/note", "changed after the lock"),
    ],
    ids=["not signed", "not locked", "another lock", "another lock signed", "changed since"],
)
def test_a_hand_over_that_is_not_locked_and_signed_is_refused(
    scene: Scene, province: Office, tmp_path: Path, tamper: Callable[[Revision], dict[str, Any]]
) -> None:
    revision = revision_in(scene.file("ta-van-1.cchc"))
    bundle = forged(scene.office("ta-van"), changed(revision, tamper(revision)), tmp_path / "a.cchc")
    before = holdings(province.home)
    (taken,) = receiving.take_in(province, [bundle])
    assert taken.problem is not None
    assert taken.problem.code == "bundle.not_locked"
    assert holdings(province.home) == before


def test_a_draft_between_two_machines_need_not_be_locked(scene: Scene) -> None:
    (taken,) = receiving.take_in(scene.office("ban-ho-2"), [scene.file("ban-ho-draft.cchc")])
    assert (taken.outcome, taken.problem) == ("first", None)


def lie(revision: Revision, *ancestors: Ancestor) -> Revision:
    parent = max(ancestors, key=lambda each: each.sequence)
    return dataclasses.replace(
        revision, ancestors=ancestors, parents=(parent.digest,), sequence=parent.sequence + 1
    )


def test_a_lie_about_a_hand_over_held_here_is_refused(scene: Scene, province: Office, tmp_path: Path) -> None:
    receiving.take_in(province, [scene.file("ta-van-1.cchc")])
    revision = revision_in(scene.file("ta-van-1.cchc"))
    claimed = Ancestor(digest_of(revision.document()), 2**53 - 3, State.FINAL)
    (taken,) = receiving.take_in(
        province, [forged(scene.office("ta-van"), lie(revision, claimed), tmp_path / "a.cchc")]
    )
    assert taken.problem is not None
    assert taken.problem.code == "revision.malformed"


@pytest.mark.parametrize("beyond", [0, 1])
def test_more_ancestors_than_a_year_has_are_refused(
    scene: Scene, province: Office, tmp_path: Path, beyond: int
) -> None:
    revision = revision_in(scene.file("ta-van-1.cchc"))
    made_up = [Ancestor(f"{n:064x}", n, State.FINAL) for n in range(1, MOST_ANCESTORS + 1 + beyond)]
    bundle = forged(scene.office("ta-van"), lie(revision, *made_up), tmp_path / "a.cchc")
    (taken,) = receiving.take_in(province, [bundle])
    assert (taken.problem is None) is not bool(beyond)
    if not beyond:
        (row,) = (row for row in received.overview(province, YEAR) if row.times)
        _, (summary,) = reporting.summarise(province)
        (remark,) = (line.remark for line in summary.rows if line.code == row.unit.code)
        assert remark.startswith(f"Chưa nhận lần 1, 2, 3, 4, 5 và {MOST_ANCESTORS - 5} lần khác;")


def test_more_entries_than_a_form_has_are_refused(scene: Scene, province: Office, tmp_path: Path) -> None:
    revision = revision_in(scene.file("ta-van-1.cchc"))
    many = changed(revision, {f"document/d{number}": None for number in range(MOST_ENTRIES)})
    (taken,) = receiving.take_in(province, [forged(scene.office("ta-van"), many, tmp_path / "a.cchc")])
    assert taken.problem is not None
    assert taken.problem.code == "revision.malformed"


class StopsOnce(Clock):
    """A clock whose battery fails once, while a bundle is being kept."""

    armed = False

    def __call__(self) -> Any:
        if self.armed:
            self.armed = False
            raise RuntimeError("no clock")
        return super().__call__()


def test_a_bug_in_one_bundle_stops_no_other(
    scene: Scene, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = StopsOnce()
    province = open_home(scene.home("province"), clock, "lan")
    scene.opened.append(province)

    def arm_for_the_first(number: int, _total: int) -> None:
        clock.armed = number == 0

    before = content_of(province.home)
    with caplog.at_level(logging.ERROR):
        (failed,) = receiving.take_in(province, [scene.file("ban-ho-1.cchc")], progress=arm_for_the_first)
    assert failed.outcome == "failed"
    assert failed.problem is not None
    assert failed.problem.code == "bundle.bug"
    assert [record.exc_info is not None for record in caplog.records if record.name == "parindex.bug"] == [
        True
    ]
    assert [each.code for each in upkeep.read_inbox(province)] == ["bundle.bug"]
    assert content_of(province.home) == before
    assert receiving.take_in(province, [scene.file("ban-ho-1.cchc")])[0].outcome == "first"


def test_a_batch_goes_on_after_a_bug(scene: Scene) -> None:
    clock = StopsOnce()
    province = open_home(scene.home("province"), clock, "lan")
    scene.opened.append(province)

    def arm_for_the_first(number: int, _total: int) -> None:
        clock.armed = number == 0

    taken = receiving.take_in(
        province, [scene.file("ban-ho-1.cchc"), scene.file("ta-van-1.cchc")], progress=arm_for_the_first
    )
    assert [each.outcome for each in taken] == ["failed", "first"]
