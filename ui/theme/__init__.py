"""How the window looks: one set of colours, one face, one style sheet."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

import resources
from ui.theme import tokens
from ui.theme.fonts import body_font
from ui.theme.tokens import TOKENS, Theme, Tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_theme = Theme.LIGHT


def application(program: str) -> QApplication:
    """The application, drawn the same on every system."""
    return QApplication([program, "-style", "fusion"])


def apply(app: QApplication, theme: Theme) -> None:
    """Give the application the look `theme`; widgets already shown follow."""
    global _theme  # noqa: PLW0603 (an application has one look at a time)
    _theme = theme
    app.setFont(body_font())
    app.setPalette(palette(colours()))
    app.setStyleSheet(style_sheet(colours()))


def current() -> Theme:
    """The look applied last."""
    return _theme


def colours() -> Tokens:
    """The colours of the current look, for widgets that paint themselves."""
    return TOKENS[_theme]


def colour(name: str) -> QColor:
    """The colour of the current look that a field of `Tokens` names."""
    return QColor(getattr(colours(), name))


def font(*, size: int = tokens.BODY, strong: bool = False) -> QFont:
    """The window's font at `size` (one of `tokens`), for widgets that paint themselves."""
    made = QFont(QApplication.font())
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return made


def style_sheet(colour: Tokens) -> str:
    """The one style sheet, in these colours."""
    measures = {name.lower(): value for name, value in vars(tokens).items() if isinstance(value, int)}
    shades = {name: getattr(colour, name) for name in Tokens.__slots__}
    return Template(resources.text("style/window.qss")).substitute(shades, **measures)


def palette(colour: Tokens) -> QPalette:
    """The same colours for what Fusion draws itself: scroll bars, ticks, calendars."""
    made = QPalette()
    role = QPalette.ColorRole
    for part, shade in {
        role.Window: colour.ground,
        role.Base: colour.panel,
        role.AlternateBase: colour.band,
        role.Button: colour.panel,
        role.ToolTipBase: colour.text,
        role.ToolTipText: colour.panel,
        role.WindowText: colour.text,
        role.Text: colour.text,
        role.ButtonText: colour.text,
        role.BrightText: colour.on_accent,
        role.PlaceholderText: colour.second,
        role.Highlight: colour.accent,
        role.HighlightedText: colour.on_accent,
        role.Accent: colour.accent,
        role.Link: colour.accent,
        role.LinkVisited: colour.accent,
        role.Light: colour.panel,
        role.Midlight: colour.hover,
        role.Mid: colour.line,
        role.Dark: colour.field_line,
        role.Shadow: colour.text,
    }.items():
        made.setColor(part, QColor(shade))
    for part in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, part, QColor(colour.disabled))
    return made


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Set the property `name` of `widget`, by which the style sheet knows it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    from PySide6.QtCore import Qt  # noqa: PLC0415 (10 ms of names, which the first frame does without)

    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # the style sheet has not looked at it yet
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
