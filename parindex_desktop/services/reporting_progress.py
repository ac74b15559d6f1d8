"""Handing over what an office reports of a year's plans: one bundle, at any time of the year, never locked.

Each hand-over is the whole of the year, so that whoever has the newest has everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.domain import merge
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.revisions import State
from parindex_desktop.domain.units import Level
from parindex_desktop.services import series_export
from parindex_desktop.services.progressing import open_progress
from parindex_desktop.services.settling_progress import about

if TYPE_CHECKING:
    from pathlib import Path

    from exports.bundles.writing import Progress
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.progressing import YearProgress
    from parindex_desktop.services.series_export import HandedOver


class ProgressOfProvince(UserError):
    """Nobody takes it in."""

    code = "progress.of_province"
    template = msgid(
        "The province's own office reports its progress to nobody, so there is nothing to hand over. What it enters "
        "stays here; its plans go out with the kit."
    )


class NothingReported(UserError):
    """Nothing was said yet."""

    code = "progress.nothing"
    template = msgid("Nothing was reported for {year} yet, so there is nothing to hand over.")


class ProgressUnsettled(UserError):
    """Two machines of the office reported differently."""

    code = "progress.unsettled"
    template = msgid(
        "The machines of this office have reported different things ({count}: {first}). Nothing was written. "
        "Settle each of them (“parindex differences list” and “differences settle”), then hand over."
    )


def must_sign(office: Office, progress: YearProgress, state: State = State.FINAL) -> bool:
    """Whether a passphrase is needed.

    Raises, before anybody is asked for one, what keeps it from being handed over:
    `ProgressOfProvince`, `NothingReported`, `ProgressUnsettled`, `NotEnrolled` or `KeyRevoked`.
    """
    _check_ready(office, progress)
    return series_export.must_sign(office, progress.series, progress.kit, state)


def hand_over(
    office: Office,
    progress: YearProgress,
    passphrase: str,
    target: Path,
    state: State = State.FINAL,
    tick: Progress = lambda _done, _total: None,
) -> tuple[YearProgress, HandedOver]:
    """Make the bundle and write it to `target`; unchanged since the last time it is the same file again.

    A draft is for the office's other machine. Raises as `must_sign`, and what `seal_next` and `write_bundle` name.
    """
    _check_ready(office, progress)
    done = series_export.export_series(
        office,
        progress.series,
        progress.kit,
        passphrase,
        target,
        state,
        criteria_set=None,
        progress=tick,
    )
    return open_progress(office, progress.year), done


def _check_ready(office: Office, progress: YearProgress) -> None:
    if office.level is Level.PROVINCE:
        raise ProgressOfProvince
    state = progress.series.state()
    if not state:
        raise NothingReported(year=progress.year)
    if open_keys := merge.conflicts(state):
        raise ProgressUnsettled(count=len(open_keys), first=about(progress, open_keys[0]))
