"""The kit of the province: which one is held here, and taking in the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from parindex_desktop.domain.attention import messages
from parindex_desktop.domain.errors import ParIndexError, UserError
from parindex_desktop.services import filling, kits, moving, receiving, register, years
from parindex_desktop.services.receiving import Outcome
from ui.language import tr
from ui.moving.notice import newer_words
from ui.office import trust, units
from ui.theme.tokens import Tone
from ui.widgets.buttons import link_button, plain_button
from ui.widgets.dialogs import Purpose
from ui.widgets.dropzone import DropZone
from ui.widgets.labels import FieldError, Role, SectionTitle, WrapLabel
from ui.widgets.notices import Banner
from ui.widgets.panels import Panel
from ui.widgets.places import set_shown
from ui.widgets.reveal import reveal

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.kits import KitPreview
    from parindex_desktop.services.receiving import Taken
    from parindex_desktop.services.standing import Standing
    from ui.widgets.work import WorkStrip


class KitCard(Panel):
    """Takes kits in; the first of a province only with its key code."""

    learned = Signal()
    """A kit was taken in, or the unit was chosen: what the office knows has changed."""

    form_asked = Signal()
    """The officer wants to see to what the kit brought for the form."""

    def __init__(self, office: Office, work: WorkStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._work = work
        self._held = WrapLabel()
        self._believed = WrapLabel("", Role.SECOND)
        self._choose = plain_button(tr("Choose this office's unit…"), self.choose_unit)
        self.zone = DropZone(
            tr("Open the province's kit"),
            tr("Kit of the province") + f" (*{receiving.SUFFIX})",
            choose=tr("Open a kit…"),
            single=True,
            purpose=Purpose.KIT,
        )
        self.zone.chosen.connect(lambda paths: self.take(paths[0]))
        self.result = Banner()
        self.to_form = link_button(tr("To the self-assessment"), self.form_asked.emit)
        set_shown(self.to_form, shown=False)
        self.fault = FieldError()
        self.content.addWidget(SectionTitle(tr("Kit of the province")))
        for part in (
            self._held,
            self._believed,
            self.zone,
            self._choose,
            self.result,
            self.to_form,
            self.fault,
        ):
            self.content.addWidget(part)

    def show_standing(self, standing: Standing) -> None:
        """Show which kit is held."""
        kit = standing.kit
        if kit is None:
            self._held.setText(
                tr(
                    "No kit yet. The kit brings the criteria set, the list of units and the year. "
                    "The province sends it."
                )
            )
        else:
            self._held.setText(
                tr(
                    "Kit number {number} of “{province}”, signed {claimed}, taken in {received}. Years: {years}.",
                    number=kit.sequence,
                    province=standing.province,
                    claimed=kit.claimed or "–",
                    received=kit.received or "–",
                    years=", ".join(standing.years),
                )
            )
        self._believed.setText(
            tr("Only kits of the province with the key code {code} are taken in", code=standing.trusted)
        )
        set_shown(self._believed, shown=bool(standing.trusted))
        set_shown(self._choose, shown=kit is not None and standing.unit is None)

    def take(self, kit: Path) -> None:
        """Take a kit in; without a province that is believed, look into it and ask first."""
        if self._work.busy:
            return
        self.fault.show_fault("")
        self.result.hide()
        set_shown(self.to_form, shown=False)
        if self._office.record.anchor is None:
            self._work.do(
                tr("Checking the kit…"),
                lambda _task: kits.peek_kit(kit),
                lambda preview: self._ask(kit, preview),
                self._failed,
                cancellable=False,
            )
        else:
            self._take(kit, None)

    def choose_unit(self) -> None:
        """Ask which unit this office is."""
        self.fault.show_fault("")
        self.result.hide()
        unit = units.ask_unit(self, register.units(self._office))
        if unit is None:
            return
        try:
            kits.claim_unit(self._office, unit.code)
        except ParIndexError as error:
            self._failed(error)
            return
        self.learned.emit()

    def _ask(self, kit: Path, preview: KitPreview) -> None:
        heard = trust.ask_trust(self, preview)
        if heard is not None:
            self._take(kit, heard)

    def _take(self, kit: Path, heard: str | None) -> None:
        office = self._office
        before = years.open_years(office)
        self._work.do(
            tr("Taking the kit in…"),
            lambda _task: receiving.take_in(office, [kit], trust=heard),
            lambda taken: self._taken(taken, before),
            self._failed,
            cancellable=False,
        )

    def _taken(self, taken: list[Taken], before: frozenset[str]) -> None:
        (one,) = taken
        if one.problem is not None:
            self.fault.show_fault(tr(one.problem))
            reveal(self.fault)
            return
        brought, of_form = self._brought(before) if one.outcome.is_new else ([], False)
        tone = Tone.CARE if of_form else _TONES.get(one.outcome, Tone.GOOD)
        self.result.tell(tr("{value}", value="\n".join([_said(one), *brought])), tone)
        set_shown(self.to_form, shown=of_form)
        reveal(self.result)
        self.learned.emit()

    def _brought(self, before: frozenset[str]) -> tuple[list[str], bool]:
        """What is new with the kit, beside the years open `before`; and whether the form must be seen to."""
        news = years.news(self._office, before)
        said = [tr(news)] if news else []
        try:
            form = filling.open_form(self._office)
        except UserError:
            return said, False
        newer = moving.newer_set(form)
        attention = messages(form.assessment, own=True)
        if newer is not None:
            said.append(newer_words(form, newer))
        return [*said, *map(tr, attention)], newer is not None or bool(attention)

    def _failed(self, error: ParIndexError) -> None:
        self.fault.show_fault(tr(error))
        reveal(self.fault)


_TONES: Final = {Outcome.HELD: Tone.ACCENT, Outcome.OLDER: Tone.ACCENT, Outcome.FORKED: Tone.CARE}


def _said(taken: Taken) -> str:
    match taken.outcome:
        case Outcome.HELD:
            return tr("This kit was taken in before. Nothing had to be changed.")
        case Outcome.OLDER:
            return tr("This kit is older than the one held here. Nothing had to be changed.")
        case Outcome.FORKED:
            return tr(
                "The kit is taken in beside the one held here: neither continues the other, and nothing in them "
                "contradicts. The province must send a newer kit that continues both; tell it so."
            )
    return tr("Kit number {number} was taken in.", number=taken.sequence)
