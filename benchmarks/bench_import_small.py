"""Taking in many small bundles (sixty answers each, no files) on one core, also where thousands are held already."""

from __future__ import annotations

import os
import re
import shutil
import time
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import making
from benchmarks.measuring import PARINDEX, Line, at_least, at_most, fresh, options, run, show, work_folder
from parindex_desktop.services.homes import open_home
from parindex_desktop.services.receiving import take_in

if TYPE_CHECKING:
    from pathlib import Path

LEAST = 80
FEW = 50


def rates(home: Path, folder: Path, rounds: int) -> list[list[float]]:
    """Bundles a second, each round from a fresh copy of `home`: all, the first fifty, the last fifty."""
    found = []
    for _ in range(rounds + 1):
        fresh(home, folder.parent / "filled")
        os.sync()
        with open_home(folder.parent / "filled") as office:
            begun: dict[int, float] = {}

            def note(number: int, _count: int, begun: dict[int, float] = begun) -> None:
                begun.setdefault(number, time.perf_counter())

            begin = time.perf_counter()
            taken = take_in(office, [folder], progress=note)
            seconds = time.perf_counter() - begin
        assert all(each.outcome.is_new for each in taken)
        count = len(taken)
        found.append(
            [count / seconds, FEW / (begun[FEW] - begun[0]), FEW / (begun[count] - begun[count - FEW])]
        )
    return [list(column) for column in zip(*found[1:], strict=True)]


def flushes(home: Path, folder: Path) -> float | None:
    """fsync and fdatasync for each bundle, all threads, what the batch does once included; None without strace."""
    if shutil.which("strace") is None:
        return None
    fresh(home, folder.parent / "filled")
    counted = folder.parent / "strace.txt"
    trace = ("strace", "-f", "-qq", "-e", "trace=fsync,fdatasync,sync,syncfs", "-o", counted)
    run(*trace, *PARINDEX, "--home", folder.parent / "filled", "import", folder)
    calls = re.findall(r"\b(?:fsync|fdatasync|sync|syncfs)\(", counted.read_text(encoding="utf-8"))
    return len(calls) / len(list(folder.iterdir()))


def measured(what: str, home: Path, folder: Path, rounds: int) -> list[Line]:
    every, first, last = rates(home, folder, rounds)
    ratios = [a / b for a, b in zip(first, last, strict=True)]
    return [
        at_least(f"{what}: all", every, LEAST, "a second"),
        Line(f"{what}: first {FEW}, last {FEW}", f"{median(first):.0f}, {median(last):.0f} a second"),
        at_most(f"{what}: time of the last {FEW} / of the first", median(ratios), 1.1, ""),
    ]


def main() -> None:
    chosen = options(__doc__, files=500, held=3000)
    with work_folder(chosen.work) as work:
        office, criteria, senders = making.province(work / "office", chosen.files + chosen.held)
        with office:
            for folder, some in (("new", senders[: chosen.files]), ("old", senders[chosen.files :])):
                (work / folder).mkdir()
                for sender in some:
                    making.bundle(work / folder / f"{sender.unit.code}.cchc", criteria, sender, office, {})
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        lines = measured("none held", work / "office", work / "new", chosen.rounds)
        flushed = flushes(work / "office", work / "new")
        counted = f"{flushed:.2f}" if flushed is not None else "not counted: strace is not installed"
        lines.append(Line("none held: fsync and fdatasync for each bundle", counted))
        if chosen.held:
            with open_home(work / "office") as office:
                take_in(office, [work / "old"])
            lines += measured(f"{chosen.held} held", work / "office", work / "new", chosen.rounds)
    show(f"{chosen.files} bundles of 60 answers, one core, {chosen.rounds} rounds", lines)


if __name__ == "__main__":
    main()
