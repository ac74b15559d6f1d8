"""From the start of the process to the first frame and to a key in the last criterion, against a bare window."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import making
from benchmarks.measuring import Line, at_most, compared, options, show, work_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent

LAPTOP = {"name": "laptop", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "dpr": 1}
"""The screen that Qt's offscreen platform shall have."""


def start(script: str, *arguments: str | Path, **environment: str) -> dict[str, float | str]:
    """What a script told of its start: seconds since the process began, by name."""
    begin = time.monotonic()
    command = [sys.executable, "-P", str(HERE / script), *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env=os.environ | environment
    )
    if done.returncode:
        sys.exit(f"{script}: status {done.returncode}\n{done.stdout}{done.stderr}")
    told: dict[str, float | str] = {}
    for line in done.stdout.splitlines():
        what, _, value = line.partition(" ")
        told[what] = value if what == "heavy" else float(value) - begin
    return told


@contextmanager
def display() -> Iterator[dict[str, str] | None]:
    """A virtual screen of an office laptop, where Xvfb and the libraries of X11 are installed; None elsewhere."""
    if shutil.which("Xvfb") is None:
        yield None
        return
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    try:
        select.select([reading], [], [], 10)
        environment = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{os.read(reading, 16).decode().strip()}"}
        probe = [sys.executable, "-P", str(HERE / "bare_window.py")]
        shown = subprocess.run(probe, capture_output=True, check=False, env=os.environ | environment)
        yield environment if shown.returncode == 0 else None
    finally:
        server.terminate()
        server.wait()


def measured(name: str, home: Path, environment: dict[str, str], rounds: int) -> list[Line]:
    told = [
        (start("first_frame.py", "--home", home, **environment), start("bare_window.py", **environment))
        for _ in range(rounds + 1)
    ]
    ours, bare = zip(*told[1:], strict=True)
    behind = [float(a["typed"]) - float(b["painted"]) for a, b in zip(ours, bare, strict=True)]
    heavy = sorted({word for each in ours for word in str(each["heavy"]).split()})
    return [
        compared(
            f"{name}: first painted frame / bare QMainWindow",
            [float(each["painted"]) for each in ours],
            [float(each["painted"]) for each in bare],
            1.5,
        ),
        at_most(f"{name}: a key in the last criterion, after the bare window", median(behind), 0.6, "s"),
        Line(f"{name}: alembic, reportlab, openpyxl, pyhanko imported", ", ".join(heavy) or "none"),
    ]


def main() -> None:
    chosen = options(__doc__, files=20)
    with work_folder(chosen.work) as work:
        evidence = making.random_files(work / "evidence", chosen.files, 10_000)
        home = making.commune(work / "office", evidence, 3, locked=False)
        screen = work / "screen.json"
        screen.write_text(json.dumps({"screens": [LAPTOP]}), "utf-8")
        offscreen = {"QT_QPA_PLATFORM": f"offscreen:configfile={screen}"}
        lines = measured("offscreen", home, offscreen, chosen.rounds)
        with display() as environment:
            if environment is None:
                lines.append(Line("X11: not measured, Xvfb or the libraries for it are missing", ""))
            else:
                lines += measured("X11", home, environment, chosen.rounds)
    show(f"Start of the window on a filled office, {chosen.rounds} rounds", lines)


if __name__ == "__main__":
    main()
