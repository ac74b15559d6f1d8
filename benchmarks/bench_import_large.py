"""Taking in one bundle with a gigabyte of evidence, against foreign tools that check the same file.

Ours is the whole process `parindex import`, from its start to its end; theirs too. The same call in a warm process
(what the window does) stands beside it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import making
from benchmarks.measuring import (
    PARINDEX,
    Line,
    Side,
    at_most,
    compared,
    fresh,
    in_turn,
    options,
    peak_mb,
    run,
    show,
    work_folder,
)
from parindex_desktop.services.homes import open_home
from parindex_desktop.services.receiving import take_in

SHAPES = ((1000, 1_000_000), (40, 25_000_000))

TOOLS = """
unzip -q bundle.cchc -d out
cd out/*
"$PYTHON" -m bagit --validate --quiet .
openssl cms -verify -binary -inform DER -in signature.p7s -content tagmanifest-sha256.txt \
    -CAfile ../../root.pem -purpose any -out /dev/null
"""
COPY = """
cp -r unpacked copy
cd copy/*
sha256sum --quiet --strict -c manifest-sha256.txt
"""


def measured(work: Path, count: int, size: int, rounds: int) -> list[Line]:
    home = work / "home"
    _make(work, count, size)
    start = partial(fresh, work / "office", home)

    def in_process() -> None:
        with open_home(home) as office:
            (taken,) = take_in(office, [work / "bundle.cchc"])
            assert taken.outcome.is_new, taken

    def tool(script: str, made: str) -> Side:
        return Side(
            partial(shutil.rmtree, work / made, ignore_errors=True),
            partial(run, "sh", "-ec", script, cwd=work, PYTHON=sys.executable),
        )

    command = (*PARINDEX, "--home", home, "import", work / "bundle.cchc")
    sides = [
        Side(start, partial(run, *command)),
        Side(start, in_process),
        tool(TOOLS, "out"),
        tool(COPY, "copy"),
    ]
    ours, service, tools, copy = in_turn(sides, rounds)
    start()
    shape = f"{count} x {size / 1e6:g} MB"
    return [
        compared(f"{shape}: import / unzip + bagit.py + openssl cms", ours, tools, 0.35),
        compared(f"{shape}: import / cp -r + sha256sum -c", ours, copy, 0.9),
        compared(f"{shape}: the same in a warm process / unzip + ...", service, tools),
        compared(f"{shape}: the same in a warm process / cp -r + ...", service, copy),
        at_most(f"{shape}: peak memory of the process", peak_mb(*command), 200, "MB"),
    ]


def _make(work: Path, count: int, size: int) -> None:
    office, criteria, (sender,) = making.province(work / "office", 1)
    with office:
        evidence = making.random_files(work / "evidence", count, size)
        making.bundle(work / "bundle.cchc", criteria, sender, office, evidence)
    shutil.rmtree(work / "evidence")
    making.root_certificate(sender, work / "root.pem")
    run("unzip", "-q", "bundle.cchc", "-d", "unpacked", cwd=work)


def main() -> None:
    chosen = options(__doc__, files=0, size=1_000_000)
    shapes = [(chosen.files, chosen.size)] if chosen.files else SHAPES
    lines = []
    with work_folder(chosen.work) as work:
        for count, size in shapes:
            with tempfile.TemporaryDirectory(dir=work) as folder:
                lines += measured(Path(folder), count, size, chosen.rounds)
    show(
        f"One bundle with {shapes[0][0] * shapes[0][1] / 1e9:g} GB of evidence, {chosen.rounds} rounds", lines
    )


if __name__ == "__main__":
    main()
