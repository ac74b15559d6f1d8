"""Beginning a set: from nothing, or with the criteria of another one.

Pages call `ask_new` through the module, so that a test can answer instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from parindex_desktop.services import authoring, register
from ui.authoring.begin_dialog import BeginDialog
from ui.language import tr
from ui.widgets.combo import ComboBox
from ui.widgets.labelled import Labelled
from ui.widgets.versions import dated_words, shared

if TYPE_CHECKING:
    from parindex_desktop.domain.units import Level
    from parindex_desktop.services.authoring import Draft
    from parindex_desktop.services.homes import Office


class NewSetDialog(BeginDialog):
    """Asks for what a set begins with."""

    def __init__(self, parent: QWidget | None, office: Office, source: str = "") -> None:
        super().__init__(
            parent,
            office,
            tr("New criteria set"),
            tr(
                "Begin with the set of this year and change what is new: criteria keep their identity, so that years "
                "can be compared and answers carried over."
            ),
        )
        self.source = ComboBox(tr("Begin with"))
        self.source.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source.addItem(tr("Nothing: an empty set"), None)
        held = register.sets(office)
        twins = shared((each.year, each.version, each.name) for each in held)
        for each in held:
            names = each.year, each.version, each.name
            words = dated_words(*names, digest=each.digest if names in twins else "")
            self.source.addItem(words, each)
        known = {each.digest for each in held}
        for each in authoring.shipped_sets():
            if each.digest not in known:
                self.source.addItem(tr("{name} (of the program)", name=each.name), each)
        self.content.addWidget(Labelled(tr("Begin with"), self.source))
        self.ask_head()
        self.source.currentIndexChanged.connect(lambda _row: self._propose())
        digests = [getattr(self.source.itemData(row), "digest", "") for row in range(self.source.count())]
        self.source.setCurrentIndex(digests.index(source) if source in digests else 0)
        self._propose()

    def begin(self, name: str, year: int, level: Level) -> Draft:
        """Begin the draft with what is chosen."""
        source = self.source.currentData()
        if source is None:
            return authoring.new_draft(self._office, name, year, level)
        return authoring.copied(self._office, source.digest, name, year, level)

    def _propose(self) -> None:
        """The next year, and the name with that year in it."""
        source = self.source.currentData()
        if source is None:
            self.year.setText(str(self._office.clock().year + 1))
            self.name.setText("")
            return
        year = source.year + 1
        self.year.setText(str(year))
        self.level.setCurrentIndex(self.level.findData(source.level))
        self.name.setText(source.name.replace(str(source.year), str(year)))


def ask_new(parent: QWidget | None, office: Office, source: str = "") -> Draft | None:
    """The draft that was begun, or None when cancelled; `source` is the digest of the set proposed to begin with."""
    dialog = NewSetDialog(parent, office, source)
    return dialog.draft if dialog.exec() == QDialog.DialogCode.Accepted else None
