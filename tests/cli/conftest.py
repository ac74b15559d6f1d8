"""What the tests of the command line share."""

from __future__ import annotations

from tests.cli.running import parindex
from tests.offices import made_scene, scene

__all__ = ["made_scene", "parindex", "scene"]
