"""What the measurements share: a folder on the disk of the checkout, sides that run in turn, one table."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PARINDEX = (sys.executable, "-P", "-m", "parindex_desktop")
"""The program as `./run --` starts it."""

_PEAK = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


@dataclass(frozen=True)
class Side:
    """One side of a comparison: `prepare` is not timed, `work` is, until all that it wrote is on the disk."""

    prepare: Callable[[], object]
    work: Callable[[], object]

    def seconds(self) -> float:
        self.prepare()
        os.sync()
        begin = time.perf_counter()
        self.work()
        os.sync()
        return time.perf_counter() - begin


@dataclass(frozen=True)
class Line:
    """A row of the table; `met` is None where no goal is set."""

    what: str
    ours: str
    tool: str = ""
    ratio: str = ""
    goal: str = ""
    met: bool | None = None


def in_turn(sides: Sequence[Side], rounds: int) -> list[list[float]]:
    """Seconds of each side, round by round: A B A B, after a round that only warms up."""
    measured = [[side.seconds() for side in sides] for _ in range(rounds + 1)]
    return [list(column) for column in zip(*measured[1:], strict=True)]


def compared(what: str, ours: Sequence[float], tool: Sequence[float], most: float | None = None) -> Line:
    """The median of the ratios of the rounds, with the lowest and the highest of them."""
    ratios = sorted(a / b for a, b in zip(ours, tool, strict=True))
    middle = median(ratios)
    return Line(
        what,
        f"{median(ours):.2f} s",
        f"{median(tool):.2f} s",
        f"{middle:.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})",
        f"at most {most:.2f}" if most else "",
        middle <= most if most else None,
    )


def at_most(what: str, value: float, most: float, unit: str) -> Line:
    """A figure that must not be exceeded."""
    return Line(
        what, f"{value:.{2 if most < 10 else 0}f} {unit}".strip(), goal=f"at most {most:g}", met=value <= most
    )


def at_least(what: str, values: Sequence[float], least: float, unit: str) -> Line:
    """The median of figures that must not fall short."""
    middle = median(values)
    shown = f"{middle:.0f} ({min(values):.0f}-{max(values):.0f}) {unit}"
    return Line(what, shown, goal=f"at least {least:g}", met=middle >= least)


def show(title: str, lines: Sequence[Line]) -> None:
    """Print the table."""
    met = {True: "met", False: "MISSED", None: ""}
    rows = [("measured", "ours", "tool", "ratio", "goal", "")]
    rows += [(line.what, line.ours, line.tool, line.ratio, line.goal, met[line.met]) for line in lines]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    print(f"\n{title}   (load {os.getloadavg()[0]:.1f})")
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    sys.stdout.flush()


def options(description: str | None, **sizes: int) -> argparse.Namespace:
    """The arguments: rounds, the folder to work in, and `sizes` by name with what holds unless told."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "--rounds", type=int, default=5, help="measured rounds after the warm-up (%(default)s)"
    )
    parser.add_argument("--work", type=Path, help="folder to work in (beside the checkout)")
    for name, usual in sizes.items():
        parser.add_argument(f"--{name}", type=int, default=usual, help="(%(default)s)")
    return parser.parse_args()


@contextmanager
def work_folder(work: Path | None) -> Iterator[Path]:
    """A new folder on the disk of the checkout, removed at the end."""
    with tempfile.TemporaryDirectory(
        prefix="parindex-bench-", dir=work or Path(__file__).parents[2]
    ) as folder:
        yield Path(folder)


def run(*command: str | Path, cwd: Path | None = None, **environment: str) -> str:
    """Run a command that must end well; returns what it says."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **environment},
    )
    if done.returncode:
        sys.exit(f"{command}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def peak_mb(*command: str | Path) -> float:
    """Megabytes that a command held at most.

    A small process starts it, since a child is charged with what its parent held when it was started.
    """
    return int(run(sys.executable, "-S", "-c", _PEAK, *command)) * 1024 / 1e6


def fresh(source: Path, target: Path) -> None:
    """A copy of a home in the place of `target`; its evidence, which never changes, by hard links."""

    def copy(one: str, other: str) -> None:
        if "evidence" in Path(one).relative_to(source).parts:
            os.link(one, other)
        else:
            shutil.copy2(one, other)

    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, copy_function=copy)
