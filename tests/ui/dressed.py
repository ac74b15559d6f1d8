"""The application as an office sees it: dressed in the light look, speaking Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from resources import Language
from ui import language, theme
from ui.theme.tokens import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    """The one application of the session."""
    language.use(Language.VI, qapp)
    theme.apply(qapp, Theme.LIGHT)
    return qapp
