"""Two versions side by side: what each of them changed against what both had, and what both did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parindex_desktop.services import filling, locking, received, receiving, register
from tests.offices import YEAR, answer, figures_of, hand_over

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.forks import Fork
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def other(scene: Scene, tmp_path: Path) -> Path:
    """What the second machine hands over beside `ban-ho-2.cchc`: 1.2 and 1.6 otherwise."""
    office = scene.office("ban-ho-2")
    receiving.take_in(office, [scene.file("ban-ho-1.cchc")])
    form = locking.unlock(office, filling.open_form(office), "Sửa")
    form = answer(office, form, "1.2", **figures_of(form, "1.2", "30"))
    answer(office, form, "1.6", **figures_of(form, "1.6", "1"))
    return hand_over(office, tmp_path / "other.cchc")


def fork_at(province: Office) -> Fork:
    unit = register.current_kit(province).unit_of_code("03001")
    fork = received.details(province, unit, YEAR).fork
    assert fork is not None
    return fork


def test_one_version_is_no_fork(scene: Scene) -> None:
    province = scene.office("province")
    receiving.take_in(province, [scene.file("ban-ho-1.cchc"), scene.file("ban-ho-2.cchc")])
    unit = register.current_kit(province).unit_of_code("03001")
    assert received.details(province, unit, YEAR).fork is None


def test_each_change_stands_beside_what_both_had(scene: Scene, other: Path) -> None:
    province = scene.office("province")
    receiving.take_in(province, [scene.file("ban-ho-1.cchc"), scene.file("ban-ho-2.cchc"), other])
    fork = fork_at(province)
    assert [branch.sequence for branch in fork.branches] == [2, 2]
    assert fork.branches[0].key != fork.branches[1].key
    rows = {row.criterion.code: row for row in fork.rows if row.criterion}
    assert list(rows) == ["1.2", "1.6"]
    assert rows["1.2"].unsettled
    assert [side.as_before for side in rows["1.2"].sides] == [False, False]
    assert not rows["1.6"].unsettled
    assert sorted(side.as_before for side in rows["1.6"].sides) == [False, True]


def test_without_the_common_one_nothing_is_called_as_before(scene: Scene, other: Path) -> None:
    province = scene.office("province")
    receiving.take_in(province, [scene.file("ban-ho-2.cchc"), other])
    assert not any(side.as_before for row in fork_at(province).rows for side in row.sides)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_batch_tells_the_fork_within_itself(scene: Scene, other: Path, dry_run: bool) -> None:
    province = scene.office("province")
    batch = [scene.file("ban-ho-1.cchc"), scene.file("ban-ho-2.cchc"), other]
    taken = receiving.take_in(province, batch, dry_run=dry_run)
    assert [each.outcome for each in taken] == ["first", "later", "forked"]
    brought = taken[-1].brought
    assert brought is not None
    assert brought.fork is not None
    assert [branch.claimed is not None for branch in brought.fork.branches] == [True, True]
    assert taken[-1].differences == 1


def advised(fork: Fork) -> list[str]:
    return [each.code for each in fork.advice(same_key=False)]


def test_what_no_signed_paper_says_is_told_with_its_points(scene: Scene, other: Path) -> None:
    province = scene.office("province")
    receiving.take_in(province, [scene.file("ban-ho-1.cchc"), scene.file("ban-ho-2.cchc"), other])
    fork = fork_at(province)
    assert advised(fork) == ["fork.both", "fork.on_no_paper"]
    unit = register.current_kit(province).unit_of_code("03001")
    merged = received.received_form(province, unit, YEAR)
    assert merged.reopened
    assert fork.advice(same_key=True)[-1].values["points"] == merged.totals.overall.points


def test_versions_of_which_one_says_all_need_no_new_paper(scene: Scene, tmp_path: Path) -> None:
    """The second machine handed the same figures over once more, with a lock of its own."""
    province, two = scene.office("province"), scene.office("ban-ho-2")
    receiving.take_in(two, [scene.file("ban-ho-1.cchc")])
    locking.unlock(two, filling.open_form(two), "Ký lại")
    hand_over(two, tmp_path / "same.cchc")
    batch = [scene.file("ban-ho-1.cchc"), scene.file("ban-ho-2.cchc"), tmp_path / "same.cchc"]
    receiving.take_in(province, batch)
    fork = fork_at(province)
    assert not fork.on_no_paper
    assert advised(fork) == ["fork.fits"]


def test_one_version_is_on_its_paper(scene: Scene) -> None:
    province = scene.office("province")
    receiving.take_in(province, [scene.file("ban-ho-2.cchc")])
    unit = register.current_kit(province).unit_of_code("03001")
    assert not received.received_form(province, unit, YEAR).reopened
