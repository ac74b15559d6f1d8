"""A full disk, and a plug that is pulled, at every step: nothing that was saved is lost, and nothing is half done."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import upkeep
from tests.faults.breaking import KILLED, broken_at, die_at, no_room
from tests.faults.operations import OPERATIONS, Failed, loose_ends, opened
from tests.offices import key_code

if TYPE_CHECKING:
    from pathlib import Path

    from tests.offices import Scene

FORKS = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
if os.name == "posix":
    # What the operations would import when they need it, in each process anew.
    FORKS.set_forkserver_preload(["tests.faults.breaking", "jsonschema_rs", "pyhanko.sign.signers.pdf_cms"])


def prepared(scene: Scene, name: str, number: int) -> Path:
    """A new folder with the home and the files of an operation."""
    operation = OPERATIONS[name]
    folder = scene.folder / str(number)
    folder.mkdir()
    shutil.copytree(scene.made / operation.home, folder / "home")
    for file in operation.files:
        if (scene.made / file).is_dir():
            shutil.copytree(scene.made / file, folder / file)
        elif file != "code":
            shutil.copy(scene.made / file, folder / file)
    if "code" in operation.files:
        (folder / "code").write_text(key_code(scene.office("province")), "utf-8")
    with opened(folder / "home") as office:
        operation.before(office, folder)
    return folder


def states(scene: Scene, name: str) -> tuple[Any, Any]:
    """What is seen before the operation and after it."""
    operation = OPERATIONS[name]
    folder = prepared(scene, name, 0)
    with opened(folder / "home") as office:
        before = operation.seen(office, folder)
        operation.act(office, folder)
        after = operation.seen(office, folder)
    assert before != after
    return before, after


def judge(name: str, folder: Path, before: Any, after: Any) -> None:
    """The home is whole, in one of the two states, and the operation can be done again."""
    operation = OPERATIONS[name]
    with opened(folder / "home") as office:
        assert upkeep.check(office).sound
        assert loose_ends(office.home) == []
        assert operation.seen(office, folder) in (before, after)
        operation.act(office, folder)
        again = operation.seen(office, folder)
        assert upkeep.check(office).sound
    assert loose_ends(folder / "home") == []
    assert again == after


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_disk_that_is_full_at_any_step(scene: Scene, name: str) -> None:
    before, after = states(scene, name)
    for step in itertools.count(1):
        folder = prepared(scene, name, step)
        with (
            opened(folder / "home") as office,
            broken_at(step, no_room, statements=False) as steps,
            suppress(ParIndexError, Failed),
        ):
            OPERATIONS[name].act(office, folder)
        judge(name, folder, before, after)
        if len(steps) < step:
            break
    assert step > 1 or name in {"answer", "undo a move"}


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_plug_that_is_pulled_at_any_step(scene: Scene, name: str) -> None:
    before, after = states(scene, name)
    for step in itertools.count(1):
        folder = prepared(scene, name, step)
        process = FORKS.Process(target=die_at, args=(step, name, str(folder / "home"), str(folder)))
        process.start()
        process.join(60)
        assert process.exitcode in {0, KILLED}
        judge(name, folder, before, after)
        if process.exitcode == 0:
            break
    assert step > 5
