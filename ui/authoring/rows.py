"""How drafts and published sets stand in the list."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, repeat
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.criteria_fields import Form
from resources import msgid
from ui.authoring.values import LEVELS_IN_SHORT, field_text
from ui.form.wording import NOTHING
from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.cells import PAD_X, Column
from ui.widgets.chips import chip_width
from ui.widgets.rows import Cell
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.domain.drafting import Tree
    from parindex_desktop.services.authoring import Draft


@dataclass(frozen=True, slots=True)
class SetRow:
    """A draft with the number of its faults, or a published set with its digest and the years that use it."""

    tree: Tree
    draft: Draft | None = None
    faults: int = 0
    digest: str = ""
    years: tuple[str, ...] = ()
    twin: bool = False
    """Whether another published set has its year, version and name."""

    @property
    def names(self) -> tuple[int, int, str]:
        """Year, version and name, by which people know a set that is complete."""
        return self.tree["year"], self.tree["version"], self.name

    @property
    def key(self) -> str:
        """Names the row."""
        return self.draft.id if self.draft else self.digest

    @property
    def name(self) -> str:
        """What the set is called."""
        return str(self.tree.get("name") or tr("(no name yet)"))

    @property
    def sign(self) -> Sign:
        """Where it stands."""
        if self.draft is None:
            return _used(self.years) if self.years else _PUBLISHED
        return _drafted(self.faults) if self.faults else _DRAFTED


_PUBLISHED: Final = Sign(msgid("Published, not used yet"), Tone.ACCENT, Icon.LOCKED)
_DRAFTED: Final = Sign(msgid("Draft, can be published"), Tone.GOOD, Icon.WRITE_SET)


def _used(years: Sequence[str]) -> Sign:
    return Sign(msgid("Used in {years}"), Tone.GOOD, Icon.COMPLETE, {"years": ", ".join(years)})


def _drafted(count: int) -> Sign:
    return Sign(msgid("Draft, {count} to mend"), Tone.CARE, Icon.MISSING_REASON, {"count": count})


def columns() -> list[tuple[str, Column]]:
    """Titles and widths; the widest state is never cut."""
    widest = (_DRAFTED, _drafted(99), _PUBLISHED, _used(("2026", "2027")))
    state = max(map(chip_width, widest)) + 2 * PAD_X + 1
    return [
        (tr("Criteria set"), Column(230, 3, least=130)),
        (tr("Kind"), Column(92, least=76)),
        (tr("Year"), Column(52)),
        (tr("Version"), Column(62, 0, numeric=True, least=58)),
        (tr("Digest"), Column(82)),
        (tr("State"), Column(state)),
    ]


def cells(row: SetRow) -> Sequence[Cell]:
    """One draft or set."""
    level = LEVELS_IN_SHORT.get(str(row.tree.get("level")))
    draft = row.draft
    # What tells two of one name apart.
    apart = tr("digest {digest}", digest=row.digest[:8]) if row.twin else ""
    changed = tr("last changed {time}", time=draft.changed) if draft else apart
    return (
        Cell(row.name, note=changed, strong=draft is not None),
        Cell(tr(level) if level else NOTHING, second=True),
        Cell(str(row.tree.get("year", NOTHING))),
        Cell(str(row.tree.get("version", NOTHING))),
        Cell(row.digest[:8] or NOTHING, second=True),
        Cell(tr(row.sign), row.sign),
    )


def facts(row: SetRow) -> list[tuple[str, str]]:
    """What is known of it, line by line."""
    changed = row.draft.changed if row.draft else None
    return [
        (tr("Maximum points"), field_text(Form.POINTS, row.tree.get("maximum"))),
        (tr("Digest"), " ".join(row.digest[at : at + 8] for at in range(0, len(row.digest), 8))),
        (tr("Used in"), ", ".join(row.years)),
        (tr("Last changed"), tr("{time}", time=changed) if changed else ""),
        *zip(chain([tr("Legal basis")], repeat("")), row.tree.get("legal_basis", ()), strict=False),
    ]
