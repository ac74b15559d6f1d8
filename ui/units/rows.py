"""How units and their keys stand in lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.text import folded
from resources import msgid
from ui.form.wording import NOTHING
from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.cells import Column
from ui.widgets.dates import date_text
from ui.widgets.rows import Cell
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.enrolling import Enrolled

NO_KEY: Final = Sign(msgid("No key yet"), Tone.NEUTRAL, Icon.UNSCORED)
ENROLLED: Final = Sign(msgid("Enrolled"), Tone.GOOD, Icon.COMPLETE)
REVOKED: Final = Sign(msgid("Revoked"), Tone.WRONG, Icon.REFUSED)


def columns() -> list[tuple[str, Column]]:
    """Titles and widths of the list of units."""
    return [
        (tr("Code"), Column(70, least=58)),
        (tr("Name"), Column(220, 4, least=130)),
        (tr("Kind"), Column(150, least=90)),
        (tr("Key"), Column(150, 0, least=124)),
        (tr("Since"), Column(90)),
    ]


def cells(row: Enrolled) -> Sequence[Cell]:
    """One unit with the state of its newest key."""
    sign = key_sign(row)
    valid = usable(row)
    machines = tr("{count} machines", count=len(valid)) if len(valid) > 1 else ""
    dates = [key.valid_from for key, _ in row.keys]
    return (
        Cell(row.unit.code, second=True),
        Cell(row.unit.name),
        Cell(tr(row.unit.level.words), second=True),
        Cell(tr(sign), sign, machines),
        Cell(date_text(max(dates)) if dates else NOTHING, second=not dates),
    )


def key_sign(row: Enrolled) -> Sign:
    """Whether anybody can speak for the unit."""
    if not row.keys:
        return NO_KEY
    return ENROLLED if usable(row) else REVOKED


def usable(row: Enrolled) -> list[str]:
    """Fingerprints of the keys of a unit that are not revoked."""
    return [key.fingerprint for key, revocation in row.keys if revocation is None]


def matching(units: Iterable[Unit], text: str) -> list[Unit]:
    """Units whose code or name has every word of `text`, however accented."""
    words = folded(text).split()
    return [unit for unit in units if all(word in folded(f"{unit.code} {unit.name}") for word in words)]


def best_match(units: Iterable[Unit], claimed: str) -> Unit | None:
    """The one unit whose name is the `claimed` one; None where none or several are."""
    wanted = folded(" ".join(claimed.split()))
    found = [unit for unit in units if folded(unit.name) == wanted]
    return found[0] if len(found) == 1 else None
