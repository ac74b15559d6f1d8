"""Handing over a gigabyte of evidence, against `zip -0` and `sha256sum` of the same files; what the store takes.

Ours is the whole process `parindex export`: key, signature, bundle, and the read-back past the cache.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks import making
from benchmarks.measuring import (
    PARINDEX,
    Side,
    at_most,
    compared,
    fresh,
    in_turn,
    options,
    run,
    show,
    work_folder,
)
from parindex_desktop.services.receiving import take_in

if TYPE_CHECKING:
    from pathlib import Path

TIMES = 3
"""To how many criteria each file is attached."""


def occupied(folder: Path) -> int:
    """Bytes of the disk that a folder takes, as du counts them."""
    return int(run("du", "-s", "--block-size=1", folder).split()[0])


def province_with(work: Path, evidence: dict[str, Path], units: int) -> Path:
    """A province that has taken in the same evidence from several units."""
    office, criteria, senders = making.province(work / "province-home", units)
    with office:
        for sender in senders:
            making.bundle(work / "each.cchc", criteria, sender, office, evidence, TIMES)
            (taken,) = take_in(office, [work / "each.cchc"])
            assert taken.outcome.is_new, taken
    (work / "each.cchc").unlink()
    return office.home


def main() -> None:
    chosen = options(__doc__, files=1000, size=1_000_000)
    with work_folder(chosen.work) as work:
        evidence = making.random_files(work / "evidence", chosen.files, chosen.size)
        total = chosen.files * chosen.size
        office = making.commune(work / "office", evidence, TIMES, locked=True)
        home, bundle = work / "home", work / "bundle.cchc"
        (work / "passphrase").write_text(making.PASSPHRASE, encoding="utf-8")

        def start() -> None:
            fresh(office, home)
            bundle.unlink(missing_ok=True)

        command = (
            *PARINDEX,
            "--home",
            home,
            "--passphrase-file",
            work / "passphrase",
            "export",
            "-o",
            bundle,
        )
        tool = "zip -0 -q -r bundle.zip evidence; sha256sum bundle.zip"
        ours, tools = in_turn(
            [
                Side(start, partial(run, *command)),
                Side(
                    lambda: (work / "bundle.zip").unlink(missing_ok=True),
                    partial(run, "sh", "-ec", tool, cwd=work),
                ),
            ],
            chosen.rounds,
        )
        # A home's copies for the rounds share their evidence with it and are gone before it is weighed.
        run("rm", "-r", home, bundle, work / "bundle.zip")
        store = occupied(office) / total
        received = occupied(province_with(work, evidence, 2)) / total
    lines = [
        compared("export / zip -0 + sha256sum", ours, tools, 1.2),
        at_most(f"home of the unit / evidence, each file attached {TIMES} times", store, 1.05, ""),
        at_most("home of the province / evidence, the same from two units", received, 1.05, ""),
    ]
    show(f"Handing over {total / 1e9:g} GB in {chosen.files} files, {chosen.rounds} rounds", lines)


if __name__ == "__main__":
    main()
