"""Evidence that is missing or damaged here comes back with any bundle that brings it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db import revisions as kept
from exports.bundles.writing import make_seal, write_bundle
from parindex_desktop.domain.revisions import digest_of
from parindex_desktop.services import received, receiving, register, sealing, upkeep
from parindex_desktop.services.received import Arrived
from tests.offices import NOW, PASSPHRASE, YEAR, files_of, revision_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


@pytest.fixture
def partial(scene: Scene, tmp_path: Path) -> Path:
    """`ban-ho-1.cchc` without its evidence."""
    unit, revision = scene.office("ban-ho-ready"), revision_in(scene.file("ban-ho-1.cchc"))
    sign = sealing.signer(unit, register.current_kit(unit), PASSPHRASE)
    left_out = [each.sha256 for each in revision.attachments]
    seal = make_seal("part", revision.document(), made=NOW.date(), sign=sign, left_out=left_out)
    write_bundle(tmp_path / "part.cchc", seal, evidence=unit.evidence.path)
    return tmp_path / "part.cchc"


def arrived(province: Office) -> Arrived:
    (row,) = (row for row in received.overview(province, YEAR) if row.times)
    return row.arrived


def test_the_complete_bundle_brings_what_the_incomplete_one_left_out(
    scene: Scene, province: Office, partial: Path
) -> None:
    (first,) = receiving.take_in(province, [partial])
    assert (first.outcome, first.complete, first.restored) == ("first", False, 0)
    assert arrived(province) is Arrived.INCOMPLETE
    (again,) = receiving.take_in(province, [partial])
    assert (again.outcome, again.complete) == ("held", False)
    (told,) = receiving.take_in(province, [scene.file("ban-ho-1.cchc")], dry_run=True)
    assert (told.outcome, told.restored) == ("held", 1)
    (whole,) = receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    assert (whole.outcome, whole.complete, whole.restored) == ("held", True, 1)
    assert arrived(province) is Arrived.WHOLE
    assert upkeep.check(province).sound
    (newest, *_) = upkeep.read_inbox(province)
    assert newest.details["restored"] == 1


def test_the_fuller_of_two_bundles_is_the_one_that_is_kept(
    scene: Scene, province: Office, partial: Path, tmp_path: Path
) -> None:
    digest = digest_of(revision_in(partial).document())
    for bundle in (partial, scene.file("ban-ho-1.cchc"), partial):
        receiving.take_in(province, [bundle])
    with province.read() as session:
        seal = kept.seal(session, digest)
    assert seal is not None
    write_bundle(tmp_path / "passed-on.cchc", seal, evidence=province.evidence.path)
    assert (tmp_path / "passed-on.cchc").read_bytes() == scene.file("ban-ho-1.cchc").read_bytes()


def test_a_kept_seal_that_is_damaged_heals_too(scene: Scene, province: Office) -> None:
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    digest = digest_of(revision_in(scene.file("ban-ho-1.cchc")).document())
    with province.begin() as session:
        whole = kept.seal(session, digest)
        kept.put_seal(session, digest, b"cut", NOW)
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    with province.read() as session:
        assert kept.seal(session, digest) == whole


def test_what_was_left_out_is_complete_once_it_is_here(scene: Scene, province: Office, partial: Path) -> None:
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    for dry_run in (True, False):
        (again,) = receiving.take_in(province, [partial], dry_run=dry_run)
        assert (again.outcome, again.complete, again.restored) == ("held", True, 0)


def test_left_out_evidence_that_is_gone_from_the_store_is_not_here(
    scene: Scene, province: Office, partial: Path
) -> None:
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    (sha256,) = (each.sha256 for each in revision_in(partial).attachments)
    province.evidence.path(sha256).write_bytes(b"cut sh")
    assert not receiving.take_in(province, [partial])[0].complete


DAMAGES: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "one byte flipped": lambda path: path.write_bytes(b"X" + path.read_bytes()[1:]),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
@pytest.mark.parametrize(
    ("name", "outcome", "restored"), [("ban-ho-1.cchc", "held", 1), ("ban-ho-2.cchc", "later", 0)]
)
def test_damaged_evidence_heals_by_importing_again(
    scene: Scene,
    province: Office,
    damage: Callable[[Path], object],
    name: str,
    outcome: str,
    restored: int,
) -> None:
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    before = files_of(province.home / "evidence")
    (path,) = (province.home / "evidence" / each for each in before)
    damage(path)
    assert not upkeep.check(province).sound
    (second,) = receiving.take_in(province, [scene.file(name)])
    assert (second.outcome, second.restored, second.complete) == (outcome, restored, True)
    assert files_of(province.home / "evidence") == before
    assert upkeep.check(province).sound
